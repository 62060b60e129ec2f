"""`kg.extract.outcomes.phrases_behind`: what the words behind a share of patients name."""

from __future__ import annotations

import pytest

from tests.extract.outcomes.told import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of those on AB-101, 94% of participants stopped prophylaxis.", ["stopped prophylaxis 94%"]),
        ("Prophylaxis was stopped by 94% of participants.", ["stopped prophylaxis 94%"]),
        ("In all, 57% of patients were on a 24-week interval.", ["24-week interval 57%"]),
        ("At week 24, 62% of patients remained seizure-free.", ["seizure-free 62%"]),
        (
            "In the 5 mg group 85% had a titre of 1:40 or more four weeks after the dose.",
            ["titre of 1:40 or more 85%"],
        ),
        ("Participants maintained 93% of the weight loss they had achieved.", ["weight loss maintained 93%"]),
        ("Five of six patients (83%) with lupus reached DORIS remission.", ["DORIS remission 83%"]),
        ("ORR in 7 of 11 patients at 8 mg.", ["ORR 7 of 11"]),
        ("In the trial, 40% of patients seroconverted.", ["seroconversion 40%"]),
        ("4 of 10 patients achieved an overall response.", ["overall response 4 of 10"]),
        ("Two of six patients at 3 mg/kg had partial responses.", ["partial responses 2 of 6"]),
        ("Three of six patients left the trial.", []),
        (
            "Response was reached by 20%, 37% and 40% in the placebo, 1 mg and 3 mg groups, respectively.",
            ["response 37%", "response 40%"],
        ),
        ("Response was reached by 20% and 5% with AB-101 and placebo, respectively.", ["response 20%"]),
        (
            "Response was reached by 20% and 37% in the 1 mg and 3 mg groups, respectively.",
            ["response 20%", "response 37%"],
        ),
        (
            "Six of nine patients had a hemoglobin increase of at least 2 g/dL.",
            ["hemoglobin increase of at least 2 g/dL 6 of 9"],
        ),
        ("Overall, 71% of participants had clear or almost clear skin.", ["clear or almost clear skin 71%"]),
        (
            "Sixty percent of patients had at least a 30% reduction in pain.",
            ["at least a 30% reduction in pain 60%"],
        ),
        ("Of them, 31% had received three or more prior lines of therapy.", []),
        ("PSA declined by at least 50% in 9 of 21 patients.", ["PSA decline of at least 50% 9 of 21"]),
        ("Spleen volume shrank by at least 35% in 48%.", ["spleen volume reduction of at least 35% 48%"]),
        ("Weight loss of at least 5% was achieved by 83%.", ["weight loss of at least 5% 83%"]),
        ("Serum urate below 6 mg/dL was reached by 74%.", ["serum urate below 6 mg/dL 74%"]),
        ("The highest dose was reached by 74%.", []),
    ],
)
def test_share_of_patients(text: str, expected: list[str]) -> None:
    """What patients reached, had, kept, stopped or became."""
    assert told(text) == expected
