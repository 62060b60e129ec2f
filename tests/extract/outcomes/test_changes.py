"""`kg.extract.outcomes.changes`: what changed, and which way."""

from __future__ import annotations

import pytest

from tests.extract.outcomes.told import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patients had a 44% lower risk of death.", ["risk of death reduction 44%"]),
        ("Attacks were 70% fewer than in the year before.", ["attacks reduction 70%"]),
        ("Neurofilament was 9% below baseline at week 24.", ["neurofilament reduction 9%"]),
        ("HbA1c was lowered from 8.4% to 6.9%.", ["HbA1c 6.9%"]),
        ("Serum urate fell from 8.4 mg/dL to 5.1 mg/dL.", ["serum urate 5.1 mg/dL"]),
        ("Weight loss went from 13.4% at week 24 to 16.8%.", ["weight loss 16.8%"]),
        (
            "The bleeding rate was reduced by 87% to a mean of 1.4.",
            ["bleeding rate reduction 87%", "bleeding rate 1.4"],
        ),
        ("Patients gained an average of 9.2 letters in visual acuity.", ["visual acuity gain 9.2 letters"]),
        ("Patients lost 3.1 letters in visual acuity.", ["visual acuity loss 3.1 letters"]),
        ("Patients saw their seizure frequency drop by 47%.", ["seizure frequency reduction 47%"]),
        ("Monthly migraine days decreased by 4.8 days.", ["monthly migraine days decrease 4.8 days"]),
        (
            "A mean reduction of 1.9% in HbA1c and 9.6 kg in body weight was seen.",
            ["HbA1c reduction 1.9%", "body weight reduction 9.6 kg"],
        ),
        (
            "Retinal thickness fell by 121 microns in ALPHA and 137 microns in BETA.",
            ["retinal thickness reduction 121 microns", "retinal thickness reduction 137 microns"],
        ),
        ("A 3.2-point improvement on the pain score was seen.", ["pain score improvement 3.2 points"]),
        ("The difference in eGFR slope was 0.9 points.", ["eGFR slope difference 0.9 points"]),
        ("Visual acuity: difference of 3.2 letters in favour.", ["visual acuity difference 3.2 letters"]),
        ("FVC was stable or improved in eight of nine patients.", ["FVC stable or improved 8 of 9"]),
        ("36% of patients lost at least 25% of their body weight.", ["weight loss of at least 25% 36%"]),
        (
            "The itch scale (PP-NRS) decreased by 4 points or more in 48%.",
            ["PP-NRS decrease of 4 points or more 48%"],
        ),
        ("Overall, 23 of 30 patients (77%) had a reduction in tumor size.", ["tumor size reduction 77%"]),
        (
            "The proportion of subjects with an IGA score of 0 or 1 and a reduction of 2 points or more was 41%.",
            ["IGA score of 0 or 1 41%"],
        ),
        ("The probability of remaining relapse-free was 96%.", ["relapse-free 96%"]),
        ("More than 90% of patients had an ORR, and 61% had a remission.", ["ORR 90%", "remission 61%"]),
        ("The GMT was 1,254.", ["GMT 1,254"]),
        ("Of 46 patients, 19 responded (41%).", ["ORR 41%"]),
        ("There was no relapse in 11 of 12 patients.", ["no relapse 11 of 12"]),
        ("AB-101 brought LDL cholesterol down by 54%.", ["LDL cholesterol reduction 54%"]),
        ("Albumin excretion dropped by half (49%).", ["albumin excretion reduction 49%"]),
        ("Patients lost 8.3 kg on average.", ["weight loss 8.3 kg"]),
        ("The attack rate was 87% lower with AB-101 than with placebo.", ["attack rate reduction 87%"]),
        ("Migraine days fell by 4.9 from a baseline of 9.2.", ["migraine days reduction 4.9"]),
        ("The endpoint, change in MADRS at week six, was -17.4.", ["MADRS change -17.4"]),
        (
            "A total of 14 patients (58%) had an improvement of at least 15 letters.",
            ["improvement of at least 15 letters 58%"],
        ),
        ("OS at 24 months was 57%.", ["24-month OS 57%"]),
        ("The mean UAS7 change was -20.4 (placebo -9.1).", ["UAS7 change -20.4"]),
        ("LDL-C: -58%; ApoB: -49%.", ["LDL-C change -58%", "ApoB change -49%"]),
        ("AB-101 extended OS by 4.1 months, to 19.3 months.", ["OS 19.3 months"]),
        ("AB-101 doubled PFS (median 9.8 vs 5.1 months).", ["median PFS 9.8 months"]),
        ("The vaccine was 78% effective against severe illness.", ["efficacy 78%"]),
        ("PFS at six months was 61%.", ["6-month PFS 61%"]),
        ("Antibody titres rose by a factor of 14.", ["antibody titre increase 14-fold"]),
        (
            "Bilirubin decreased 44% and serum bile acids 61%.",
            ["bilirubin decrease 44%", "serum bile acids decrease 61%"],
        ),
        ("Sensitivity was 94% and specificity 89%.", ["sensitivity 94%", "specificity 89%"]),
        ("Patients' weight was down 13.8% at week 40.", ["weight reduction 13.8%"]),
        ("In all, 74 (62%) had an ORR, 21 of them (18%) a complete one.", ["ORR 62%"]),
        ("Median PFS came to 8.4 months.", ["median PFS 8.4 months"]),
        (
            "Vision improved by 7.4 letters, and worsened by 1.2 letters in fellow eyes.",
            ["vision improvement 7.4 letters"],
        ),
        ("71% and 44% of patients had reached ORR and PFS.", ["ORR 71%", "PFS 44%"]),
    ],
)
def test_wordings_of_change(text: str, expected: list[str]) -> None:
    """Comparisons with before, levels reached, second measures and bounds that patients pass."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They reached the endpoint (a response and a reduction of more than 40%).",
        "There was a slope of -2.4 points.",
        "Weekly dosing fell from 8.4% to zero.",
        "Revenue rose from 8.4% to 12%.",
    ],
)
def test_no_change(text: str) -> None:
    """Criteria, bare nouns and business are no outcomes."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AB-101 achieved a 4.4% weight reduction.", ["weight reduction 4.4%"]),
        ("AB-101 gave a 55% (p<0.001) LDL-C reduction from baseline.", ["LDL-C reduction 55%"]),
        (
            "It led to a 3.7 percentage point (p<0.001)improvement in ppFEV1.",
            ["ppFEV1 improvement 3.7 percentage points"],
        ),
        (
            "AB-101 gave a meaningful risk reduction of 79% of disease progression or death.",
            ["risk of disease progression or death reduction 79%"],
        ),
        (
            "Triglycerides were lowered by 50% to 65% across doses.",
            ["triglycerides reduction 50%", "triglycerides reduction 65%"],
        ),
        ("Triglycerides were reduced by up to 60%.", ["triglycerides reduction 60%"]),
        (
            "It lowered LDL-C by 54%, ApoB by 43% and Lp(a) by 21%.",
            ["LDL-C reduction 54%", "ApoB reduction 43%", "Lp(a) reduction 21%"],
        ),
        ("AB-101 raised urine oxygenation from 20% to 55%.", ["urine oxygenation 55%"]),
        ("Serum TTR was knocked down by 93%.", ["serum TTR knockdown 93%"]),
        (
            "The urine albumin level was 55% lower in those on AB-101 than in those on placebo.",
            ["urine albumin level reduction 55%"],
        ),
        ("In all, 71% of patients were alive at one year.", ["1-year OS rate 71%"]),
        ("33% of patients were responders versus 11% on placebo.", ["ORR 33%"]),
        ("51.1% of patients avoided transfusions.", ["transfusion avoidance 51.1%"]),
        ("Event-free survival at week 12 - 24.8% vs 9.1% placebo.", ["event-free survival 24.8%"]),
        (
            "The mean change in FEV1 was 1.2 L; mean diff: 0.53 (p=0.02).",
            ["FEV1 change 1.2 L", "FEV1 change difference 0.53"],
        ),
        (
            "70% of patients reported a greater than 30% increase in function.",
            ["greater than 30% increase in function 70%"],
        ),
        ("The group that received the placebo had an 8.0% reduction in triglycerides.", []),
        ("In contrast, placebo-treated patients lost 2.1% of body weight.", []),
        ("At the start of the study, the mean systolic pressure was 151 mm Hg.", []),
        (
            "Remission rates at week 8: 100 mg 24%, 200 mg 31%, placebo 9%.",
            ["remission rates 24%", "remission rates 31%"],
        ),
    ],
)
def test_changes_ranges_and_arms_of_control(text: str, expected: list[str]) -> None:
    """A change may stand behind its figure, a range is two figures, what placebo did is no outcome."""
    assert told(text) == expected


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
    assert told(text) == expected
