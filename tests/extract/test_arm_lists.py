"""Lines that are the figures of arms, read as tables of one row."""

from __future__ import annotations

import pytest

from kg.extract.arm_lists import arm_lists


@pytest.mark.parametrize(
    ("text", "label", "columns", "cells"),
    [
        (
            "- EASI-75 at week 4: 1% group 51.7%, 0.3% group 43.1%, vehicle group 15.8%\n",
            "EASI-75 at week 4",
            ("1% group", "0.3% group", "vehicle group"),
            ("51.7%", "43.1%", "15.8%"),
        ),
        (
            "CDR-SB, mean change: +1.31 (bepratoumab 600 mg Q4W), +1.74 (placebo); difference -0.43, p=0.02\n",
            "CDR-SB, mean change",
            ("bepratoumab 600 mg Q4W", "placebo", "difference"),
            ("+1.31", "+1.74", "-0.43"),
        ),
        (
            "Seated pressure: 5 mg 5.8, 10 mg 7.0 and placebo 3.1 mmHg.\n",
            "Seated pressure",
            ("5 mg", "10 mg", "placebo"),
            ("5.8 mmHg", "7.0 mmHg", "3.1 mmHg"),
        ),
        (
            "Other figures, 8 mg/4 mg/placebo:\n- SALT ≤10: 37.0%/20.6%/1.2%\n",
            "SALT ≤10",
            ("8 mg", "4 mg", "placebo"),
            ("37.0%", "20.6%", "1.2%"),
        ),
        (
            "Mean reductions in HbA1c were:\n• 2.1% in the 5 mg group\n• 2.3% in the 10 mg group\n\n",
            "Mean reductions in HbA1c",
            ("5 mg group", "10 mg group"),
            ("2.1%", "2.3%"),
        ),
    ],
)
def test_figures_of_arms(text: str, label: str, columns: tuple[str, ...], cells: tuple[str, ...]) -> None:
    """Each figure stands under the arm that the line gives it."""
    (table,) = arm_lists(text)
    assert (table.columns, table.rows[0].label, table.rows[0].cells) == (columns, label, cells)
    assert table.by_arm


@pytest.mark.parametrize(
    "text",
    [
        "Dosing: 5 mg 10, placebo 20\n",
        "In the study: nausea was seen in 12% of patients on AB-1 and in 8% on placebo.\n",
        "Quarterly Activities Report – September 2024\n",
        "Contact: Tel 030 12 34\n",
        "Response: 45%\n",
    ],
)
def test_other_lines(text: str) -> None:
    """Sentences, doses, dates and a figure without an arm are no such lines."""
    assert not list(arm_lists(text))


def test_efficacy_of_vaccine() -> None:
    """What a vaccine protects from stands in the label; the figures of later seasons have no arm."""
    (table,) = arm_lists(
        "- hMPV disease: VE 58.8% (95% CI 40.1–72.3) through season one; 41.3% over both seasons\n"
    )
    assert (table.rows[0].label, table.rows[0].cells) == ("VE against hMPV disease", ("58.8%", "41.3%"))
