"""The structure of a release: datelines, titles, sections, paragraphs, sentences; offsets are the stored text's."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.datelines import dateline_end
from kg.extract.document import SectionKind, plain, read_layout
from kg.extract.sentences import sentence_pieces
from kg.releases import find_releases, read_release
from kg.resources import data_folder


def sentences(text: str) -> list[str]:
    return [" ".join(s.text.split()) for s in read_layout(text).sentences]


def kinds(text: str) -> list[tuple[str, str]]:
    layout = read_layout(text)
    return [(s.kind.value, " ".join(layout.text[s.start : s.end].split())[:40]) for s in layout.sections]


def test_trademark_signs_of_the_symbol_font() -> None:
    """As word processors of old wrote them; a letter within a word stays."""
    assert plain("VelvaÔ and TYVEXÒ, not CÔTE") == "Velva™ and TYVEX®, not CÔTE"


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_has_a_layout_of_the_same_length(text: str) -> None:
    """Character for character, and no sentence reaches outside."""
    layout = read_layout(text)
    assert len(layout.text) == len(text) == len(plain(text))
    for sentence in layout.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert sentence.text == layout.text[sentence.start : sentence.end]


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("MADISON, Wis. and CASTRES, France, Oct. 10, 2017 (GLOBE NEWSWIRE) -- Acme Biosciences, Inc. today", "MADISON, Wis. and CASTRES, France, Oct. 10, 2017 (GLOBE NEWSWIRE) -- "),
        ("BOSTON--(BUSINESS WIRE)--Acme Therapeutics today announced results of its trial", "BOSTON--(BUSINESS WIRE)--"),
        ("BOSTON--(BUSINESS WIRE)--Jul. 7, 2022--Acme Therapeutics today announced results", "BOSTON--(BUSINESS WIRE)--Jul. 7, 2022--"),
        ("Lyon, France – 12 April 2021 – Acme SA today announced that its vaccine was approved", "Lyon, France – 12 April 2021 – "),
        ("HOUSTON, TX / ACCESSWIRE / January 14, 2026 / Acme Pharma Inc., a company", "HOUSTON, TX / ACCESSWIRE / January 14, 2026 / "),
        ("Köln, 4 September 2024, 18:12 CEST – Acme Therapeutics SE today received notice", "Köln, 4 September 2024, 18:12 CEST – "),
        ("Basel, Switzerland, 27 May 2025. Acme Pharma AG announced today that it", "Basel, Switzerland, 27 May 2025. "),
        ("LONDON, UK, 3 November 2022: Acme Bio plc, the cell therapy company, announces", "LONDON, UK, 3 November 2022: "),
        ("AARHUS, Denmark; November 3, 2022 – Acme A/S (Nasdaq: ACME) announced today that", "AARHUS, Denmark; November 3, 2022 – "),
        ("Melbourne, Australia: Acme Limited is pleased to announce that it has been paid", "Melbourne, Australia: "),
        ("(OXFORD, England & RADNOR, Penn., US, 8 September 2021) Acme plc (Nasdaq: ACME), a company, today", "(OXFORD, England & RADNOR, Penn., US, 8 September 2021) "),
        ("(FOO - GlobeNewswire - Nasdaq) SYDNEY, Australia, Oct. 09, 2023 (GLOBE NEWSWIRE) -- Acme Ltd today announced", "(FOO - GlobeNewswire - Nasdaq) SYDNEY, Australia, Oct. 09, 2023 (GLOBE NEWSWIRE) -- "),
        ("[Boston, MA – September 8, 2021] – Acme Therapeutics (Nasdaq: ACME) today announced news", "[Boston, MA – September 8, 2021] – "),
        ("BOSTON (Sept. 8, 2021) Acme Therapeutics (Nasdaq: ACME) today announced that the trial", "BOSTON (Sept. 8, 2021) "),
        ("Mainz, Germany, September 8, 2021 Acme Therapeutics (Nasdaq: ACME) today announced it", "Mainz, Germany, September 8, 2021 "),
        ("Mainz, Germany, September 8, 2021 Meeting of the shareholders who have registered for it", ""),
        ("Paris, September 8, 2021, 7:30am – Acme Therapeutics (Paris: ACM) today announced that", "Paris, September 8, 2021, 7:30am – "),
        ("September 8, 2021, Boston, MA – Acme Therapeutics (Nasdaq: ACME) today announced that", "September 8, 2021, Boston, MA – "),
        ("BOSTON, MA -- (Marketwire) -- 09/08/21 -- Acme Therapeutics today announced that its trial", "BOSTON, MA -- (Marketwire) -- 09/08/21 -- "),
        ("Press release – Lund, Sweden, September 8, 2021. Acme AB (publ) today announced that its", "Press release – Lund, Sweden, September 8, 2021. "),
        ("Saint Herblain (France), August 18, 2025 Valneva SE (Nasdaq: VALN), a company, today announced", "Saint Herblain (France), August 18, 2025 "),
        ("U.S., UK and Japan: In June, Acme announced completion of enrollment of 162 patients in them", ""),
        ("(See the results of September 8, 2021) Acme Therapeutics today announced that its trial", ""),
        ("Acme Biosciences (Nasdaq: ACME) - a biotechnology company - today announced its results", ""),
        ("On May 3, 2021, Acme announced that the first patient had been treated in its trial", ""),
        ("The trial began on 3 May 2021 - and it was completed on time by the investigators", ""),
    ],
)  # fmt: skip
def test_datelines(paragraph: str, dateline: str) -> None:
    """Places, date and wire, in the forms of the wires; a sentence with a date is none."""
    assert paragraph[: dateline_end(plain(paragraph))] == dateline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme, Inc. has grown. It is big.", ["Acme, Inc. has grown.", "It is big."]),
        ("The U.S. Food and Drug Administration agreed. Good.", ["The U.S. Food and Drug Administration agreed.", "Good."]),
        ("Cases rose in the U.S. This is news.", ["Cases rose in the U.S.", "This is news."]),
        ("It is 4.5 cases per million. Dr. Doe vs. Mr. Roe.", ["It is 4.5 cases per million.", "Dr. Doe vs. Mr. Roe."]),
        ('"We are glad," said Jane Doe, M.D. "It works."', ['"We are glad," said Jane Doe, M.D.', '"It works."']),
        ('"Good," said Jane Doe, Ph. D., head of it.', ['"Good," said Jane Doe, Ph. D., head of it.']),
        ("So it is.[1] Next.", ["So it is.[1]", "Next."]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    """Abbreviations do not end one, unless a new sentence plainly begins."""
    padding = "Acme Announces News\n\nBOSTON, May 4, 2021 -- Acme Biosciences, Inc. said that it has news for all.\n\n"
    assert sentences(padding + text)[3:] == expected


@pytest.mark.parametrize("words", ["gout ", "gout, ", "gout", "gout; and then "])
def test_what_goes_on_without_end_is_cut_in_pieces(words: str) -> None:
    """No piece is longer than anybody writes, and no word is lost."""
    text = words * (12_000 // len(words))
    pieces = list(sentence_pieces(text, 0, len(text)))
    assert max(end - start for start, end in pieces) <= 3000
    assert "".join(text[start:end] for start, end in pieces).replace(" ", "") == text.replace(" ", "")


def test_a_sentence_torn_by_a_blank_line_is_joined() -> None:
    """As a page break leaves it."""
    text = "Acme News Today\n\nBOSTON, May 4, 2021 -- Acme has improved targeted novel\n\ntherapeutic compounds for all patients.\n"
    assert sentences(text)[-1] == "Acme has improved targeted novel therapeutic compounds for all patients."


def test_hard_wrapped_lines_are_joined_and_headings_stay_apart() -> None:
    """A heading ends the paragraph before it and is no part of the one after."""
    text = (
        "Acme Announces a Long Title That Is Wrapped\nby the Printer of This\nA Subtitle That Is Set Smaller and So Much Wider Than It\n\n"
        "BOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- Acme Biosciences, Inc. has announced that its\ndrug works in people and in mice alike, and will go\non.\n\n"
        "About Acme Biosciences, Inc.\nAcme is a company that is focused on many drugs for the treatment\nof cancer.\n"
    )
    layout = read_layout(text)
    assert kinds(text) == [
        ("headline", "Acme Announces a Long Title That Is Wrap"),
        ("subheadline", "A Subtitle That Is Set Smaller and So Mu"),
        ("dateline", "BOSTON, May 4, 2021 (GLOBE NEWSWIRE) --"),
        ("body", "Acme Biosciences, Inc. has announced tha"),
        ("about", "Acme is a company that is focused on man"),
    ]
    assert layout.sections[-1].topic == "Acme Biosciences, Inc"
    assert sentences(text)[0] == "Acme Announces a Long Title That Is Wrapped by the Printer of This"


def test_quotes_are_known() -> None:
    """Most of the sentence stands between quotation marks, straight or not."""
    text = "Acme News Today\n\nBOSTON, May 4, 2021 -- Acme said so. It was “exemplary” in all that it did.\n\n“We are very pleased with this,” said Jane Doe.\n"
    assert [s.in_quote for s in read_layout(text).sentences][-3:] == [False, False, True]


def test_boilerplate_contacts_and_source_are_told_apart() -> None:
    """Nothing in them is a statement."""
    text = (
        "Acme News Today\n\nBOSTON, May 4, 2021 -- Acme said that its drug works well in patients.\n\nForward-Looking Statements\n\n"
        "This release contains forward-looking statements about the drug of Acme.\n\nCONTACT:\n\nJane Doe\n\nSource: Acme, Inc.\n"
    )
    assert [k for k, _ in kinds(text)][-3:] == ["boilerplate", "contacts", "source"]


def test_who_signs_is_no_part_of_what_is_told_about_another() -> None:
    """Place and date at the end close an "About …" section; so does the list of directors."""
    text = (
        "Acme News Today\n\nBOSTON, May 4, 2021 -- Acme said that its drug works well in patients.\n\nAbout Foo Inc.\n\n"
        "Foo is a company.\n\nSuzhou, the PRC, 19 November 2025\n\nAs at the date of this announcement, the Board is Ann Roe.\n"
    )
    assert [k for k, _ in kinds(text)][-3:] == ["about", "dateline", "body"]


def test_a_dateline_broken_over_two_lines() -> None:
    """Its date ends on the next line; a title above a dateline is no part of it."""
    text = "Acme Doses First Patient\nBOSTON, Mass., Oct. 31,\n2022 /PRNewswire/ -- Acme, Inc. has dosed the first\npatient in its trial of a drug.\n"
    assert kinds(text)[:3] == [
        ("headline", "Acme Doses First Patient"),
        ("dateline", "BOSTON, Mass., Oct. 31, 2022 /PRNewswire"),
        ("body", "Acme, Inc. has dosed the first patient i"),
    ]


def test_a_release_without_a_title_begins_with_its_text() -> None:
    """What is announced is no title, however short the rest is; a long title still is one."""
    first = (
        "Acme Pharma, Inc. (Nasdaq: ACME), a company that makes medicines for rare diseases of the eye and the ear, "
        "today announced that the first patient was treated in its trial."
    )
    assert kinds(f"{first}\n\nThe trial is held in Spain.\n")[0][0] == "body"
    title = first.removesuffix(".").replace("today announced", "announces")
    assert (
        kinds(f"{title}\n\nThe trial is held in Spain, and that is all that the company would say of it.\n")[
            0
        ][0]
        == "headline"
    )


def test_every_seed_has_headline_dateline_body_and_abouts() -> None:
    """The structure that all rules rely on."""
    for path in find_releases([data_folder("seeds")]):
        found = {s.kind for s in read_layout(read_release(path).text).sections}
        assert {
            SectionKind.HEADLINE,
            SectionKind.DATELINE,
            SectionKind.BODY,
            SectionKind.ABOUT,
            SectionKind.BOILERPLATE,
        } <= found


def test_items_of_a_list_without_bullets_are_apart() -> None:
    """Lines of which each names a product or a label are not joined to a paragraph."""
    text = (
        "Acme at a glance\n\nFounded: 2011\nLead compound: AB-1 for asthma\nSecond compound: AB-2 for gout\n"
    )
    assert "Lead compound: AB-1 for asthma" in sentences(text)
    assert "Second compound: AB-2 for gout" in sentences(text)


def test_a_line_of_a_date_alone_may_end_a_sentence() -> None:
    """What the line above it waits for is no dateline: "with a goal date of / December 28, 2025."."""
    text = "Acme Update\n\nThe FDA accepted the application of Acme with a goal date of\nDecember 28, 2025.\n"
    assert any(
        s.endswith("goal date of December 28, 2025.") for s in map(" ".join, map(str.split, sentences(text)))
    )
