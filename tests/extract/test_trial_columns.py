"""`kg.extract.trial_columns`: rows and sheets of trials, and the names of drugs in them."""

from __future__ import annotations

from kg.extract.trial_columns import drugs_in_cells, sheets, tabled

TABLE = """Trial | Drug | Phase | Indication | Patients | Status
NORTH-1 | Quvoria | 3 | gout | 450 | Recruiting
SOUTH | XB-101 (anti-IL-6) | 1b | asthma | 24 | Completed
"""
SHEET = """Product: Quvoria
Indication: gout
Phase: 2b
Where: Spain and Poland (31 centres)
"""


def test_rows_of_a_table_of_trials() -> None:
    """Each cell goes by the head of its column; a table of results has no such heads."""
    rows = [{kind: cell.text for kind, cell in row.items()} for row in tabled(TABLE)]
    assert rows[0] == {
        "trial": "NORTH-1",
        "drug": "Quvoria",
        "phase": "3",
        "disease": "gout",
        "size": "450",
        "status": "Recruiting",
    }
    assert list(tabled("Endpoint      Drug      Placebo\nACR20         45%       20%\n")) == []


def test_rows_set_with_blanks() -> None:
    """Wide gaps part cells as bars do."""
    (row,) = tabled("Product      Indication      Phase\nXB-101      asthma      Phase 2\n")
    assert row["phase"].text == "Phase 2"


def test_lines_of_a_sheet() -> None:
    """At least three lines of known heads, one of them on the trial."""
    (sheet,) = sheets(SHEET)
    assert {kind: cell.text for kind, cell in sheet.items()} == {
        "drug": "Quvoria",
        "disease": "gout",
        "phase": "2b",
        "country": "Spain and Poland (31 centres)",
    }
    assert list(sheets("Contact: Jo Doe\nPhone: 123\nPhase: 2\n")) == []


def test_names_in_cells_of_drugs() -> None:
    """A name alone, or with words behind it; what is no name is left out."""
    text = TABLE + "\n" + SHEET.replace("Quvoria", "oral vaccine")
    assert [text[start:end] for start, end in drugs_in_cells(text)] == ["Quvoria", "XB-101"]
