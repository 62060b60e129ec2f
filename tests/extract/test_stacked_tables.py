"""`kg.extract.stacked_tables`: tables with one cell a line."""

from __future__ import annotations

from kg.extract.stacked_tables import stacked_tables

CELLS = (
    "Efficacy",
    "Endpoint",
    "AB-1",
    "(n=120)",
    "Placebo (n=118)",
    "HbA1c change, %",
    "-1.8",
    "-0.2",
    "Weight change",
    "-6.1 kg",
    "-0.9 kg",
)


def test_cells_one_under_the_other() -> None:
    """Labels with as many figures each are rows; what stands before them is caption and headings."""
    text = "The trial is over.\n\n" + "\n\n".join(CELLS) + "\n\nThe company is glad of it.\n"
    (table,) = stacked_tables(text)
    assert table.caption == "Efficacy"
    assert table.columns == ("AB-1 (n=120)", "Placebo (n=118)")
    assert [(r.label, r.unit, r.cells) for r in table.rows] == [
        ("HbA1c change", "%", ("-1.8", "-0.2")),
        ("Weight change", "", ("-6.1 kg", "-0.9 kg")),
    ]
    assert text[table.rows[0].start : table.rows[0].end].split() == ["HbA1c", "change,", "%", "-1.8", "-0.2"]


def test_no_stacked_table() -> None:
    """One row, rows of different width without headings, and prose are none."""
    assert not list(stacked_tables("Endpoint\nAB-1\nORR\n45%\n"))
    assert not list(stacked_tables("Jane Roe\n555\nJohn Doe\n556\n"))
    assert not list(stacked_tables("The ORR was 45% in all.\nThe CR rate was 5%.\n"))


def test_arms_that_end_in_their_size() -> None:
    """Headings and labels broken over lines are joined; bars that were left and p-values are no cells."""
    (table,) = stacked_tables(
        "AB-1 200 mg\n+ MTX\n(n=41) & |\nMTX\n(n=40) & |\nResponders (%) |\n81.0*** |\n(p<0.001)\n58.1**# |\n"
        "Median reduction from baseline\nin seizures\n-52% |\n-18% |\n"
    )
    assert table.columns == ("AB-1 200 mg + MTX (n=41)", "MTX (n=40)")
    assert [(r.label, r.unit, r.cells) for r in table.rows] == [
        ("Responders", "%", ("81.0***", "58.1**#")),
        ("Median reduction from baseline in seizures", "", ("-52%", "-18%")),
    ]
