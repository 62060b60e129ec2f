"""`kg.extract.outcomes.phrases`: what the words before a figure name."""

from __future__ import annotations

import pytest

from tests.extract.outcomes.told import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Transfusion avoidance at week 24 was 93%.", ["transfusion avoidance 93%"]),
        ("Clinical remission, a secondary endpoint, was 18.4%.", ["clinical remission 18.4%"]),
        ("The rate of sputum conversion in 33 adults was 72.7%.", ["sputum conversion 72.7%"]),
        ("A confirmed hearing response was seen in 24% and sustained.", ["confirmed hearing response 24%"]),
        ("Relapse had occurred in 26.2% of patients.", ["relapse 26.2%"]),
        ("An IGA score of 0 or 1 was achieved by 64.9%.", ["IGA score of 0 or 1 64.9%"]),
        ("Mean factor IX activity at month 15 was 31.2 IU/dL.", ["factor IX activity 31.2 IU/dL"]),
        (
            "Retinal sensitivity by microperimetry improved by 1.9 dB.",
            ["retinal sensitivity improvement 1.9 dB"],
        ),
        ("Annualized relapse rate fell to 1.2 from 9.8.", ["annualized relapse rate 1.2"]),
        ("The index fell to 1.2 at month 6.", []),
        ("In untreated fellow eyes, acuity changed by a mean of -0.3 letters.", []),
        ("In treated eyes, acuity changed by a mean of 7.3 letters.", ["acuity change 7.3 letters"]),
        ("At 0.6 mg/kg, 24-hour oxalate fell by 68%.", ["24-hour oxalate reduction 68%"]),
        ("Mean reduction in lesion count was 19.4 (p=0.002).", ["lesion count reduction 19.4"]),
        ("BCVA gained 7.2 letters at month 6.", ["BCVA gain 7.2 letters"]),
        ("Patients gained 7.2 points.", []),
        ("MMSE worsened by 1.1 points.", ["MMSE worsening 1.1 points"]),
        ("The eGFR slope was -1.4 mL/min/1.73 m2 per year.", ["eGFR slope -1.4 mL/min/1.73 m2 per year"]),
        ("LDL-C level was 132 mg/dL at baseline and 61 mg/dL at week 12.", ["LDL-C level 61 mg/dL"]),
        ("At baseline, the mean LDL-C level was 132 mg/dL.", []),
        ("Baseline body weight was 88 kg.", []),
        (
            "The pain score fell 2.9 points, a difference of 1.1 points.",
            ["pain score reduction 2.9 points", "pain score difference 1.1 points"],
        ),
        ("The study had 90% power to detect a 30% reduction in events.", []),
        ("The current standard of care yields a response rate of 20%.", []),
        ("Reasons for discontinuation were loss of response (41%) and other (9%).", []),
        ("Pruritus, measured by the WI-NRS, fell by 3.1 points.", ["WI-NRS reduction 3.1 points"]),
        ("Proteinuria had come down by a median of 58%.", ["proteinuria reduction 58%"]),
        ("Free TL1A in serum was suppressed by 95%.", ["free TL1A suppression 95%"]),
        ("The relapse rate (ARR) fell from 2.6 before to 1.9.", ["relapse rate 1.9"]),
        ("Response at week 16: 41% of those treated.", ["response 41%"]),
        (
            "Relapse was seen in 60% and 61% (difference -0.7%; 95% CI: -7.0, 5.7).",
            ["relapse 60%", "relapse 61%", "relapse difference -0.7%"],
        ),
        (
            "A single dose raised antibody titres 9.8-fold and nasal titres 8.1-fold.",
            ["antibody titre increase 9.8-fold", "nasal titre increase 8.1-fold"],
        ),
    ],
)
def test_level_or_change(text: str, expected: list[str]) -> None:
    """What the words before a figure name, whatever stands between."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "There was a greater change in mean SUDS score (LS mean = -13.8) on AB-101.",
            ["SUDS score change -13.8"],
        ),
        (
            "The difference was seen: the SUDS score changed, for a difference between groups of -5.8.",
            ["treatment difference -5.8"],
        ),
        (
            "The behaviour score change from baseline to week 12 was -5.1 vs. -1.7.",
            ["behaviour score change -5.1"],
        ),
        ("It brought a 79% survival rate at 12 months.", ["12-month survival rate 79%"]),
        ("It brought a 79% enrollment rate at 12 months.", []),
        ("They told of a targeted workforce reduction of approximately 50 % at the site.", []),
        ("The 24-month DFS was 81.4% vs 70.2% on placebo.", ["24-month DFS 81.4%"]),
        (
            "GMT at day 57 was 299,751, 782,719 and 1,192,154, respectively.",
            ["GMT 299,751", "GMT 782,719", "GMT 1,192,154"],
        ),
        ("In those with a TPS <1%, the ORR was 21%.", ["ORR 21%"]),
        (
            "AB-101 lowered office pressure by 14.1 mmHg and 24-hour ambulatory pressure by 10.7 mmHg.",
            ["office pressure reduction 14.1 mmHg", "24-hour ambulatory pressure reduction 10.7 mmHg"],
        ),
        (
            "The proportion of patients reaching an A1 level below 7.0% was 76% on AB-101.",
            ["A1 level below 7.0% 76%"],
        ),
    ],
)
def test_rates_levels_and_titres(text: str, expected: list[str]) -> None:
    """Bare numbers in a row, rates behind their figure, abbreviated survival, bounds that are no figures."""
    assert told(text) == expected
