"""`kg.extract.outcomes`: changes of measures and counts of things, outside oncology."""

from __future__ import annotations

import pytest

from tests.extract.test_outcomes import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "AB-101 reduced monthly migraine days by 4.8 days versus 2.9 days for placebo.",
            ["monthly migraine days reduction 4.8 days"],
        ),
        (
            "Patients on AB-101 had a 7.1 per day reduction in hot flash frequency.",
            ["hot flash frequency reduction 7.1 per day"],
        ),
        (
            "AB-101 raised the platelet count by 64 x109/L.",
            ["platelet count increase 64 x10^9/L"],
        ),
        (
            "The least squares mean difference in HbA1c between AB-101 and placebo was -1.9% (95% CI -2.2 to -1.6).",
            ["HbA1c difference -1.9%"],
        ),
        (
            "On pain score, patients receiving AB-101 improved by 2.9 points compared with 1.7 points on placebo.",
            ["pain score improvement 2.9 points"],
        ),
        (
            "FEV1 rose by 110 and 147 mL with AB-101 5 mg and 10 mg, respectively.",
            ["FEV1 increase 110 mL", "FEV1 increase 147 mL"],
        ),
        ("IOP was lowered by 6.9 to 8.1 mmHg with AB-101.", ["IOP reduction 8.1 mmHg"]),
        (
            "The percentage change in bone density at week 52 was 5.31% with AB-101.",
            ["bone density change 5.31%"],
        ),
        (
            "AB-101 produced dose-dependent reductions in proteinuria, reaching 44% at the highest dose.",
            ["proteinuria reduction 44%"],
        ),
    ],
)
def test_changes_of_measures(text: str, expected: list[str]) -> None:
    """A change is told with its measure, in whatever unit."""
    assert read(text) == expected
