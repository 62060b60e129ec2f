"""Lines of a text, also of one that lost its line breaks."""

from __future__ import annotations

from kg.extract.lines import lines

FILL = "The study met its endpoint in patients with lupus and was presented at a congress. " * 6


def texts(text: str) -> list[str]:
    return [line.text for line in lines(text)]


def test_lines_know_the_blank_one_before_them() -> None:
    """Offsets are the text's."""
    text = "Acme News\r\n\r\n  Acme today\nannounced.\n"
    assert [(x.text, x.blank_before) for x in lines(text)] == [
        ("Acme News", True),
        ("Acme today", True),
        ("announced.", False),
    ]
    assert all(text[x.start : x.end] == x.text for x in lines(text))


def test_the_fields_of_a_record_are_lines() -> None:
    """A record of a news service in one line: title, labels, date, subtitles, text."""
    text = (
        "Headline: Acme Reports Data Source: News Company: Acme Date: July 20, 2020 Content: "
        "-Study met its endpoint- -Submission is planned- Acme Therapeutics today announced data. " + FILL
    )
    assert texts(text)[:6] == [
        "Acme Reports Data",
        "Source: News",
        "Company: Acme",
        "July 20, 2020",
        "-Study met its endpoint-",
        "-Submission is planned-",
    ]
    assert texts(text)[6].startswith("Acme Therapeutics today")


def test_headings_within_a_long_line_are_lines() -> None:
    """The name that is said again behind it tells a heading."""
    text = (
        FILL
        + 'It helps."About Acme BioAcme Bio is a company. Forward-Looking Statements This release may err.'
    )
    assert texts(text)[1:] == [
        "About Acme Bio",
        "Acme Bio is a company.",
        "Forward-Looking Statements",
        "This release may err.",
    ]


def test_what_is_no_heading_stays_in_its_line() -> None:
    """Near misses: a sentence that begins with "About", a short line."""
    half = FILL + "About Half of the patients responded."
    assert texts(half) == [half]
    assert texts("Good. About Acme Acme is a company.") == ["Good. About Acme Acme is a company."]
