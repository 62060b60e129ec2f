"""`kg.extract.outcomes`: what a figure is of, and which figures are no outcomes."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import comparator_of, outcomes, short_name
from tests.extract.relations.linked import GLIOMA, ORR, linked


def read(text: str) -> list[str]:
    document = linked(text)
    return [f"{o.name} {o.quantity.text}" for s in document.statements() for o in outcomes(s)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ORR was 83.6%.", ["ORR 83.6%"]),
        ("AB-101 achieved an 83.6% overall response rate.", ["ORR 83.6%"]),
        ("The ORR was 27.1% and 10.4%, respectively.", ["ORR 27.1%"]),
        (
            "Reductions in tumor volume were 41%, 51% and 61%.",
            ["tumor volume reduction 41%", "tumor volume reduction 51%", "tumor volume reduction 61%"],
        ),
        ("Plasma lyso-Gb3 declined by a mean of 58%.", ["lyso-Gb3 decline 58%"]),
        (
            "The mean change in forced vital capacity (FVC) was -12 mL versus -98 mL for placebo.",
            ["FVC change -12 mL"],
        ),
        ("Vaccine efficacy was 94.1%.", ["vaccine efficacy 94.1%"]),
        ("Antibody titers increased 14-fold.", ["antibody titers increase 14-fold"]),
        ("Median overall survival was 14.6 months.", ["median OS 14.6 months"]),
        (
            "Median OS was 14.9 months for patients given AB-1 plus chemotherapy versus 11.2 months for placebo.",
            ["median OS 14.9 months"],
        ),
        ("Median PFS was 7.8 versus 5.6 months.", ["median PFS 7.8 months"]),
        ("Of those treated, 81% responded to treatment.", ["ORR 81%"]),
        (
            "AB-101 cut the risk of disease progression or death (HR 0.58; 95% CI 0.4-0.8).",
            ["hazard ratio for PFS 0.58"],
        ),
        (
            "AB-101 reduced the risk of disease progression or death by 42%.",
            ["risk of disease progression or death reduction 42%"],
        ),
    ],
)
def test_outcome(text: str, expected: list[str]) -> None:
    """Rates, times, factors, lists and changes have the name that results are known by."""
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nausea occurred in 52% of patients.",
        "This is compared to an ORR of 31% in the other arm.",
        "The ORR was higher than the 20% with placebo.",
        "Patients achieving a 75% or greater improvement in skin lesions were counted.",
        "Tumors grew 25-fold in the control arm.",
        "Expenses were 18% of the total.",
    ],
)
def test_no_outcome(text: str) -> None:
    """Adverse events, comparators, thresholds, controls and money are no outcomes."""
    assert read(text) == []


def test_comparator() -> None:
    """What a figure is compared with stands behind it."""
    (sentence,) = [
        s
        for s in linked("The ORR was 45% compared with a standard dose in adults.").statements()
        if "ORR" in s.text
    ]
    assert comparator_of(sentence, sentence.text.index("45%") + 3) == "standard dose"


def test_short_name() -> None:
    """An endpoint is called by its abbreviation, if it has one."""
    assert short_name(ORR) == "ORR"
    assert short_name(GLIOMA) == "glioma"
