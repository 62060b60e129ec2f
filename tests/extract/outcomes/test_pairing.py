"""`kg.extract.outcomes.pairing`: names and figures told side by side."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import outcomes
from tests.extract.outcomes.told import told
from tests.extract.relations.linked import linked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The PFS and OS were 5.6 and 12.3 months, respectively.", ["PFS 5.6 months", "OS 12.3 months"]),
        (
            "At 12 and 24 months, the PFS was 71% and 58%, respectively.",
            ["12-month PFS 71%", "24-month PFS 58%"],
        ),
        (
            "The 12- and 24-month PFS rates were 71% and 58%, respectively.",
            ["12-month PFS 71%", "24-month PFS 58%"],
        ),
        ("The ORR was 41% and 22%, respectively, for AB-101 and placebo.", ["ORR 41%"]),
        ("Twelve-month PFS was 66%.", ["12-month PFS 66%"]),
    ],
)
def test_dealt_out(text: str, expected: list[str]) -> None:
    """ "Respectively" deals figures to names or times; what it deals to placebo is none of the drug's."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sensitivity and specificity were 94% and 88%.", ["sensitivity 94%", "specificity 88%"]),
        (
            "Overall and complete responses of 88% and 62% were seen.",
            ["overall response 88%", "complete response 62%"],
        ),
        ("ACR20/50/70 responses were 61%, 38% and 21%.", ["ACR20 61%", "ACR50 38%", "ACR70 21%"]),
        ("Weight loss averaged 6.2 kg (5.9%).", ["weight loss 6.2 kg", "weight loss 5.9%"]),
        ("Patients on AB-101 improved by 5.6 points.", []),
        ("More patients achieved remission with AB-101 than with placebo: 61% vs 19%.", ["remission 61%"]),
        ("Responses came in 9 of 21 patients (43%).", ["responses 43%"]),
        ("HbA1c below 7% at week 16 was reached by 61% of patients.", ["HbA1c below 7% 61%"]),
    ],
)
def test_names_shared_and_bounds(text: str, expected: list[str]) -> None:
    """Two names with one noun, levels of a scale, one change in two units, bounds as parts of names."""
    found = [o for sentence in linked(text).statements() for o in outcomes(sentence)]
    assert [f"{o.name} {o.quantity.text}" for o in found] == expected
