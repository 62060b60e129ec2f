"""`kg.extract.tables`: tables set with blanks and with bars."""

from __future__ import annotations

from kg.extract.tables import lists, tables

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


def test_long_label() -> None:
    """A label that fills its column leaves its first figure but one blank; a number in a label is no figure."""
    text = (
        "                                 10 mg       30 mg\n"
        "Visceral fat, change (%)         -1.9        -5.2\n"
        "Total fat mass, all changes (%) -0.8        -2.6\n"
        "Response, IGA 0 or 1             41          52\n"
    )
    (table,) = tables(text)
    assert [(r.label, r.cells) for r in table.rows] == [
        ("Visceral fat, change", ("-1.9", "-5.2")),
        ("Total fat mass, all changes", ("-0.8", "-2.6")),
        ("Response, IGA 0 or 1", ("41", "52")),
    ]


def test_prose_is_no_table() -> None:
    """Paragraphs with figures make no table."""
    assert list(tables("We saw 12 and 14.\nThere were 2  spaces  here.\n\nNext.")) == []


SPANNING = """                   TRIAL 1                 TRIAL 2
               AB-101     Vehicle      AB-101     Vehicle
               (n=338)    (n=168)      (n=337)    (n=169)
Response       33.7%      8.3%         31.5%      9.5%
Clearance      17.2%      2.4%                    1.8%
"""

ARMS = """Arm                    n      Change in LDL-C, %
75 mg every 12 weeks   60     -71.3
Placebo                60     -

"""


def test_heading_over_several_columns() -> None:
    """A heading that spans columns is said of each; a cell that is missing leaves its column empty."""
    (table,) = tables(SPANNING)
    assert table.columns[0] == "TRIAL 1 AB-101 (n=338)"
    assert table.columns[3] == "TRIAL 2 Vehicle (n=169)"
    assert table.rows[1].cells == ("17.2%", "2.4%", "", "1.8%")


def test_arms_in_rows() -> None:
    """A row's label may be of several words and figures, and a cell a dash."""
    (table,) = tables(ARMS)
    assert table.columns == ("n", "Change in LDL-C, %")
    assert [(r.label, r.cells) for r in table.rows] == [
        ("75 mg every 12 weeks", ("60", "-71.3")),
        ("Placebo", ("60", "-")),
    ]


def test_list_of_figures() -> None:
    """Lines with a colon are a table of one column under the line above; one line alone is none."""
    (table,) = lists("Results (change in LDL-C)\n\n50 mg: -78.6%\n150 mg: -91.3%\n\nTel: 12 345\n")
    assert table.caption == "Results (change in LDL-C)"
    assert [(r.label, r.cells) for r in table.rows] == [("50 mg", ("-78.6%",)), ("150 mg", ("-91.3%",))]


def test_figures_with_intervals_and_counts() -> None:
    """A cell may carry its interval, a count of patients, or a p-value; a label's note on intervals is no unit."""
    (table,) = tables(
        "                          90 mg n=31       Placebo\n"
        "Median DOR, months (95% CI)   12.7 (8.4-NE)    NE (7.1-NE)\n"
        "MRD negativity, n/N       15/18            6/9\n"
        "Hazard ratio (95% CI)     0.58 (0.43-0.79), p=0.0004\n"
        "Median PFS, investigator  8.1 months (95% CI: 7, 9)   5.2 months\n\n"
    )
    assert [(r.label, r.unit, r.cells[0]) for r in table.rows] == [
        ("Median DOR", "months", "12.7 (8.4-NE)"),
        ("MRD negativity", "n/N", "15/18"),
        ("Hazard ratio", "", "0.58 (0.43-0.79), p=0.0004"),
        ("Median PFS, investigator", "", "8.1 months (95% CI: 7, 9)"),
    ]


def test_wrapped_labels_and_empty_cells() -> None:
    """A label may begin in the line above its figures or end in that below; a cell without figure is a cell."""
    text = (
        "                                 50 mg       150 mg      All\n"
        "Change in pre-dose\n"
        " FEV1, mL                        +96         +71         +80\n"
        "Responders among those\n"
        "  tested                         2/3         15/17       17/20\n"
        "Peak itch, 4-point               50%         60%         not mature\n"
        "  improvement\n\n"
        "| Endpoint     | 50 mg | 150 mg | All |\n"
        "| Degradation  | 93%   | 97%    |     |\n"
        "| EASI-75      | 30%   | 47%    | 40% |\n"
    )
    wrapped, barred = tables(text)
    assert [r.label for r in wrapped.rows] == [
        "Change in pre-dose FEV1",
        "Responders among those tested",
        "Peak itch, 4-point improvement",
    ]
    assert [r.cells for r in barred.rows] == [("93%", "97%", ""), ("30%", "47%", "40%")]


def test_groups() -> None:
    """A line without figures above rows is what they stand under, as long as they stand farther right."""
    text = (
        "                       AB-101     Placebo\n"
        "Objective response\n"
        "  n (%)                12 (40)    3 (10)\n"
        "Median PFS, months     6.9        4.1\n"
    )
    (table,) = tables(text)
    assert [(r.label, r.unit, r.group) for r in table.rows] == [
        ("", "n (%)", "Objective response"),
        ("Median PFS", "months", ""),
    ]
