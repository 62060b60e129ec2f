"""`kg.extract.table_cells`: which cells are figures, and what they say."""

from __future__ import annotations

import pytest

from kg.extract.table_cells import cell_values, is_figure


@pytest.mark.parametrize(
    "cell",
    [
        "45% (9/20)", "9.5 vs. 6.0", "62.4% ± 8.1", "HR 0.68 (0.49-0.94), p=0.019", "-25% (p<0.001)", "<0.0001",
        "p = 0.03", "NE (7.1-NE)", "61.5***", "0.78 (n.s.)", "11.6 months (95% CI, 8.8-NR)", "3 uCR", "not reached",
    ],
)  # fmt: skip
def test_figures(cell: str) -> None:
    """With intervals, counts, spreads, p-values and footnotes, alone or of two arms."""
    assert is_figure(cell)


@pytest.mark.parametrize(
    "cell", ["15 mg", "May 4", "Phase 2", "15 (three of them complete)", "1:1:1", "7 patients"]
)
def test_other_cells(cell: str) -> None:
    """Doses, dates and words with a number are no figures."""
    assert not is_figure(cell)


def test_what_a_cell_says() -> None:
    """Number with its minus and unit; count, share and ratio where it gives one; a p-value says nothing."""
    first = cell_values("9 (45.0)")[0]
    assert (first.number, first.share, first.percent) == ("9", "45.0", False)
    assert [(v.number, v.unit) for v in cell_values("-1.14 kg or -1.23% (range -6.6 to +4.6 kg)")] == [
        ("-1.14", "kg"),
        ("-1.23", "%"),
    ]
    assert cell_values("45% (9/20)")[0].counted == 20
    assert cell_values("HR 0.68 (0.49-0.94)")[0].ratio == "HR"
    assert cell_values("<0.001")[0].bound
    assert cell_values("p<0.001") == cell_values("NE (7.1-NE)") == ()
