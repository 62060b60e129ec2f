"""`kg.extract.tables`: tables set with blanks and with bars."""

from __future__ import annotations

from kg.extract.tables import tables

BLANKS = """Results of the study.

                      Placebo     10 mg
                      (n=30)      (n=31)
ORR, %                12.0        41.4
Median PFS, months    3.1         6.9

The end.
"""

BARS = """| Endpoint               | AB-101 (n=72) | Placebo (n=36) |
|------------------------|---------------|----------------|
| Response (%)           | 83            | 14             |
| Mean change (g/dL)     | +4.1          | +0.6           |
"""


def test_blanks() -> None:
    """Columns are known by their headings over several lines, rows by label and unit."""
    (table,) = tables(BLANKS)
    assert table.columns == ("Placebo (n=30)", "10 mg (n=31)")
    assert [(r.label, r.unit, r.cells) for r in table.rows] == [
        ("ORR", "%", ("12.0", "41.4")),
        ("Median PFS", "months", ("3.1", "6.9")),
    ]
    assert all(BLANKS[r.start : r.end].startswith(r.label) for r in table.rows)


def test_bars() -> None:
    """Bars and rules are no cells."""
    (table,) = tables(BARS)
    assert table.columns == ("AB-101 (n=72)", "Placebo (n=36)")
    assert [(r.label, r.unit, r.cells) for r in table.rows] == [
        ("Response", "%", ("83", "14")),
        ("Mean change", "g/dL", ("+4.1", "+0.6")),
    ]


def test_prose_is_no_table() -> None:
    """Paragraphs with figures make no table."""
    assert list(tables("We saw 12 and 14.\nThere were 2  spaces  here.\n\nNext.")) == []
