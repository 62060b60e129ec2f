"""PDF → text: lines, paragraphs, lists and tables put together again; whatever is no readable PDF refused."""

from __future__ import annotations

import pytest

from kg.errors import UnreadableRelease
from kg.readers.pdf import read
from tests.pdf_writer import Line, pdf, typeset

LONG = "The study met its primary endpoint in patients who had received two prior lines of treatment, as it was hoped. "


def text(*lines: Line) -> str:
    padding = Line(72, 60, "End of this page of the release, so that there is a text layer.", 8)
    return read("a.pdf", pdf([[*lines, padding]]))[0].rsplit("\n\n", 1)[0]


def test_paragraphs() -> None:
    """Wrapped lines are one, a greater distance parts paragraphs, and the headline stands alone."""
    blocks = ["Acme Announces Results", LONG * 2, "About Acme", LONG]
    assert read("a.pdf", typeset(blocks)) == ("\n\n".join(b.strip() for b in blocks), "pdf")


def test_furniture_of_pages() -> None:
    """Headers, footers and page numbers go; a paragraph goes on over the page."""
    out = read("a.pdf", typeset([LONG * 60], header="Acme, 5 January 2021"))[0]
    assert out == (LONG * 60).strip()


def test_items_and_rows() -> None:
    """A bullet makes a list item, a gap in several lines makes a table whose headings stand over their figures."""
    lines = [
        Line(72, 700, "\u2022"), Line(90, 700, "First item"), Line(72, 685, "\u2022 Second item"),
        Line(220, 640, "Drug"), Line(330, 640, "Placebo"),
        Line(72, 625, "Median PFS, months"), Line(220, 625, "4.1"), Line(330, 625, "2.2"),
        Line(72, 610, "ORR"), Line(220, 610, "45%"), Line(330, 610, "12%"),
    ]  # fmt: skip
    assert text(*lines) == (
        "- First item\n- Second item\n\n|  | Drug | Placebo |\n| Median PFS, months | 4.1 | 2.2 |\n| ORR | 45% | 12% |"
    )


@pytest.mark.parametrize(
    ("end", "begin", "joined"),
    [
        ("a new treat-", "ment for", "treatment for"),
        ("of late-", "stage disease", "late-stage disease"),
        ("with HER2-", "positive disease", "HER2-positive disease"),
        ("a first-in-", "class drug", "first-in-class drug"),
        ("of Acme-", "Beta today", "Acme-Beta today"),
    ],
)
def test_parted_words(end: str, begin: str, joined: str) -> None:
    """A word that the line's end parted is made whole; a hyphen of its own stays."""
    pad = "The company said today that all of this is the result of many years of work on "
    lines = [Line(72, 700, pad + end, 10, "F3"), Line(72, 687, begin, 10, "F3")]
    assert joined in text(*lines)


def test_raised_characters() -> None:
    """An isotope's number belongs to its element, a footnote's to nothing."""
    lines = [Line(72, 706, "177", 6), Line(83, 700, "Lu-AB-12 works"), Line(162, 706, "1", 6)]
    assert text(*lines) == "177Lu-AB-12 works[1]"


LOCK = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O ("
    + "o" * 32
    + ") /U ("
    + "u" * 32
    + ") >> /ID [(a) (b)]"
)
WHOLE = typeset([LONG] * 3)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]]), "without a text layer.*OCR"),
        (pdf([[Line(72, 700, LONG)]], trailer=LOCK), "locked with a password.*qpdf"),
        (b"PK\x03\x04" + b"x" * 500, "zip archive or an office document; unpack it"),
        (b"<html><p>Not found</p>", "not a PDF, despite its name; rename"),
        (b"%PDF-1.7\n" + b"\xff" * 2000, "damaged PDF.*download it again"),
        (WHOLE[:60], "damaged PDF.*download it again"),
        (pdf([[]] * 401), "401 pages, more than the 400"),
    ],
)
def test_unreadable(data: bytes, reason: str) -> None:
    """A scan, a locked or damaged file, or something else altogether is one line with the remedy."""
    with pytest.raises(UnreadableRelease, match=f"^a.pdf: .*{reason}") as error:
        read("a.pdf", data)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("position", range(0, len(WHOLE), 97))
def test_damage_anywhere(position: int) -> None:
    """Bytes lost or spoilt anywhere give a text or that one line, nothing else."""
    for data in (WHOLE[:position], WHOLE[:position] + b"\0<(\xff" * 3 + WHOLE[position + 12 :]):
        try:
            read("a.pdf", data)
        except UnreadableRelease as error:
            assert error.reason  # noqa: PT017 - either outcome is right
