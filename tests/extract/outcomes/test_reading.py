"""`kg.extract.outcomes.reading`: what the figures of a sentence are of, and which of them are no outcomes."""

from __future__ import annotations

import pytest

from tests.extract.outcomes.told import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ORR was 83.6%.", ["ORR 83.6%"]),
        ("In those with metastases the hazard ratio for PFS was 0.62.", ["hazard ratio for PFS 0.62"]),
        ("The 30.2-month median PFS and a 62% CR/sCR are new.", ["CR/sCR 62%", "median PFS 30.2 months"]),
        ("They told of a 45% ORR and a 50% ORR in patients with many copies.", ["ORR 45%", "ORR 50%"]),
        ("The median PFS was ~12.0 months.", ["median PFS 12.0 months"]),
        (
            "The percentage of patients alive 12 months after randomization was 41.5% on AB-101.",
            ["12-month OS rate 41.5%"],
        ),
        ("Weight loss was 9.1% with 2.4 mg at week 16 (placebo: 1.2%).", ["weight loss 9.1%"]),
        ("The DFS rate was 93.9% and the DFS rate for the placebo arm was 91.6%.", ["DFS rate 93.9%"]),
        ("The OS HR (46% of target OS events reached) is awaited.", []),
        (
            "The vaccine succeeded by preventing 80% of symptomatic dengue cases.",
            ["prevention of symptomatic dengue 80%"],
        ),
        ("Remission was seen in 42%, a 45% improvement over current practice.", ["remission 42%"]),
        (
            "On the 100 mm cough severity visual analog scale (VAS), LS mean change was -37.2 mm.",
            ["cough severity VAS change -37.2 mm"],
        ),
        ("In the 50 mg group, the mean change was -37.2 mm.", []),
        (
            "Compared with placebo the mean monthly attack rate was reduced by 79%.",
            ["monthly attack rate reduction 79%"],
        ),
        (
            "Serum TTR fell by 58%. At month 6 the reduction in the 0.3 mg/kg cohort was 56%.",
            ["serum TTR reduction 58%", "serum TTR reduction 56%"],
        ),
        (
            "At two hours 31% of patients were free of pain (p<0.01), and 52% were free of their nausea at night.",
            ["free of pain 31%"],
        ),
        ("AB-101 achieved an 83.6% overall response rate.", ["ORR 83.6%"]),
        ("The ORR was 27.1% and 10.4%, respectively.", ["ORR 27.1%"]),
        (
            "Reductions in tumor volume were 41%, 51% and 61%.",
            ["tumor volume reduction 41%", "tumor volume reduction 51%", "tumor volume reduction 61%"],
        ),
        ("Plasma lyso-Gb3 declined by a mean of 58%.", ["plasma lyso-Gb3 decline 58%"]),
        (
            "The mean change in forced vital capacity (FVC) was -12 mL versus -98 mL for placebo.",
            ["FVC change -12 mL"],
        ),
        ("Vaccine efficacy was 94.1%.", ["vaccine efficacy 94.1%"]),
        ("Antibody titers increased 14-fold.", ["antibody titer increase 14-fold"]),
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
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cytokine release syndrome occurred in 66% of patients.",
        "In all, 12% of patients discontinued treatment.",
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
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Patients treated with AB-101 lived a median of 18.5 months, versus 12.1 months with standard of care.",
            ["median OS 18.5 months"],
        ),
        (
            "The ORR in the 30 mg cohort was 55% (11/20), compared with 32% (6/19) in the 10 mg cohort.",
            ["ORR 55%", "ORR 32%"],
        ),
        ("The six-month PFS rate was 48%, exceeding the historical control of 15%.", ["6-month PFS 48%"]),
        (
            "Spleen volume reduction of 35% or greater (SVR35) at week 24 was achieved by 65.9% of patients.",
            ["SVR35 65.9%"],
        ),
        (
            "The responder rate (≥50% reduction in seizures) was 43% with AB-101 compared to 20% with placebo.",
            ["responder rate 43%"],
        ),
        (
            "AB-101 achieved pain freedom in 24.3% of patients, and 38.9% achieved freedom from most "
            "bothersome symptom.",
            ["pain freedom 24.3%", "freedom from most bothersome symptom 38.9%"],
        ),
        (
            "The Epworth Sleepiness Scale (ESS) score improved by 6.4 points from a baseline of 17.1.",
            ["ESS score improvement 6.4 points"],
        ),
        (
            "NSAA total score difference versus placebo was 1.0 points (p=0.24).",
            ["NSAA total score difference 1.0 points"],
        ),
        ("6MWD increased by 40.8 meters over placebo (p<0.001).", ["6MWD increase 40.8 meters"]),
        ("The KCCQ score improved by 9.1 points more than placebo.", ["KCCQ score improvement 9.1 points"]),
        (
            "Triglycerides fell 62% and non-HDL cholesterol fell 33%.",
            ["triglycerides reduction 62%", "non-HDL cholesterol reduction 33%"],
        ),
        ("92% of patients achieved an A1C of less than 7%.", ["A1C of less than 7% 92%"]),
        (
            "77% of patients had a mean reduction of 2.6 mg/dL in serum phosphorus.",
            ["serum phosphorus reduction 2.6 mg/dL"],
        ),
        (
            "24% of patients had ≥1-stage improvement in fibrosis with no worsening of NAS versus 14% on placebo.",
            ["≥1-stage improvement in fibrosis with no worsening of NAS 24%"],
        ),
        ("A ≥2-step improvement in DRSS was seen in 35% of eyes.", ["≥2-step improvement in DRSS 35%"]),
        (
            "78.7% of patients, compared to 4.8% of patients in the control group, achieved serum calcium "
            "levels in the normal range.",
            ["serum calcium levels in the normal range 78.7%"],
        ),
        ("Lumbar spine BMD Z-score improved by 0.9.", ["lumbar spine BMD Z-score improvement 0.9"]),
        (
            "The mean SNOT-22 score decreased by 21.1 points, and nasal polyp score by 1.8 points.",
            ["SNOT-22 score decrease 21.1 points", "nasal polyp score decrease 1.8 points"],
        ),
        (
            "Attack rate per month fell by 87% compared to placebo, and 60% of patients were attack-free.",
            ["attack rate per month reduction 87%", "attack-free 60%"],
        ),
        (
            "Total IgA reductions of 68% and Gd-IgA1 reductions of 65% were observed.",
            ["total IgA reduction 68%", "Gd-IgA1 reduction 65%"],
        ),
        ("AB-101 was 82.6% efficacious in preventing lower respiratory tract disease.", ["efficacy 82.6%"]),
        ("41% of patients gained 15 or more letters.", ["gain of at least 15 letters 41%"]),
        (
            "90.9% of patients were free of vaso-occlusive crises for at least 12 consecutive months.",
            ["free of vaso-occlusive crises 90.9%"],
        ),
        (
            "51% of infants treated were able to sit without support for at least five seconds.",
            ["able to sit without support 51%"],
        ),
        (
            "Serum testosterone was suppressed to castrate levels in 96.7% of men through week 48.",
            ["serum testosterone suppressed to castrate levels 96.7%"],
        ),
        (
            "The odds of improvement were higher (odds ratio for clinical improvement 2.2).",
            ["odds ratio for clinical improvement 2.2"],
        ),
        (
            "Median time to recovery was 10 days for AB-101 (OR 2.7, 95% CI 1.6-4.3).",
            ["median time to recovery 10 days", "odds ratio 2.7"],
        ),
        (
            "AB-101 reduced time in hypoglycemia (<70 mg/dL) by 51% relative to standard of care "
            "(p=0.004), and weekly hypoglycemic events by 43%.",
            ["time in hypoglycemia reduction 51%", "weekly hypoglycemic events reduction 43%"],
        ),
        (
            "Vaccine efficacy against Lyme disease, from one month after the third dose, was 78.4% overall.",
            ["vaccine efficacy 78.4%"],
        ),
        (
            "The mean change from baseline in P. aeruginosa burden in sputum was -2.3 log10 CFU/g with AB-101.",
            ["P. aeruginosa burden in sputum change -2.3 log10 CFU/g"],
        ),
        (
            "25% of patients on AB-101 converted to culture-negative, vs. 4% on placebo.",
            ["culture-negative conversion 25%"],
        ),
        (
            "PET had a sensitivity of 87.4% and a specificity of 89.1%.",
            ["sensitivity 87.4%", "specificity 89.1%"],
        ),
        (
            "Serum potassium declined from 5.9 mEq/L to 4.8 mEq/L within 48 hours.",
            ["serum potassium 4.8 mEq/L"],
        ),
        ("Patients gained an average of 9.9 ETDRS letters from baseline.", ["BCVA gain 9.9 letters"]),
        (
            "Time in range improved by 9.5 percentage points.",
            ["time in range improvement 9.5 percentage points"],
        ),
        (
            "The proportion of subjects with weight loss of 15% or more was 30.6% and 48.3% for 4 mg and 6 "
            "mg, versus 0.5% for placebo.",
            ["weight loss of 15% or more 30.6%", "weight loss of 15% or more 48.3%"],
        ),
        ("The time to 10% improvement was shorter.", []),
    ],
)
def test_wordings_of_results(text: str, expected: list[str]) -> None:
    """Scales, bounds that patients pass, states that they are in, measures told by a verb said before."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hazard ratio for death was 0.68 (95% CI 0.52 to 0.89).", ["hazard ratio for OS 0.68"]),
        (
            "AB-101 met both endpoints: 44.1% of patients achieved remission (vs. 11.3% with placebo) and "
            "65.7% achieved an ORR (vs. 19.8%).",
            ["remission 44.1%", "ORR 65.7%"],
        ),
        (
            "A clinical remission rate of 31.4% was observed with the 200 mg dose and 24.8% with the 100 "
            "mg dose, compared with 9.7% for placebo.",
            ["clinical remission rate 31.4%", "clinical remission rate 24.8%"],
        ),
        (
            "Seizure frequency was reduced by a median of 46% and 9 of 38 patients (24%) became seizure-free.",
            ["seizure frequency reduction 46%", "seizure-free 24%"],
        ),
        (
            "Patients had on average 4.2 fewer monthly migraine days than at baseline.",
            ["monthly migraine days reduction 4.2"],
        ),
        (
            "The percentage of patients with at least a 50% reduction in monthly migraine days was 49.3% "
            "versus 26.1%.",
            ["at least a 50% reduction in monthly migraine days 49.3%"],
        ),
        (
            "Vaccine efficacy was 72.4% against moderate disease and 91.6% against severe disease.",
            ["vaccine efficacy 72.4%", "vaccine efficacy 91.6%"],
        ),
        (
            "Neutralizing titers rose 14-fold over baseline in younger adults and 9-fold in those aged 65 and over.",
            ["neutralizing titer increase 14-fold", "neutralizing titer increase 9-fold"],
        ),
        (
            "HBV DNA became undetectable in 88% of patients, and 19% lost HBsAg.",
            ["HBV DNA undetectable 88%", "HBsAg loss 19%"],
        ),
        (
            "Serum urate fell below 6 mg/dL in 73% of patients taking 10 mg.",
            ["serum urate below 6 mg/dL 73%"],
        ),
        (
            "Peak itch improved by at least four points in 54% of patients.",
            ["peak itch improvement of at least four points 54%"],
        ),
        (
            "The change in CDR-SB at 76 weeks was 1.20 with AB-101 and 1.88 with placebo.",
            ["CDR-SB change 1.20"],
        ),
        (
            "AB-101 achieved a 2.9-point greater improvement on the MADRS than placebo at week 4.",
            ["MADRS improvement 2.9 points"],
        ),
        ("The response was 66.8% with AB-101 against 78.6%.", ["response 66.8%"]),
        (
            "The median PFS and median OS were seen. The 30.2-month median PFS is new.",
            ["median PFS 30.2 months"],
        ),
        (
            "15 of 18 patients (83%) had a reduction in attack rate of at least 50%.",
            ["attack rate reduction of at least 50% 83%"],
        ),
        (
            "Glioma, accounting for approximately 80% of patients with brain tumors, has a median survival "
            "of 12 months.",
            [],
        ),
        (
            "There was a difference in mean serum phosphorus change (-1.4 mg/dL, p<0.0001).",
            ["serum phosphorus change -1.4 mg/dL"],
        ),
        ("As the standard first-line therapy, they offer inadequate responses, with an ORR of just 30%.", []),
        ("24% had a response with no worsening of PFS.", ["response with no worsening of PFS 24%"]),
        ("The ORR and PFS rates were 58% and 81%.", ["ORR 58%", "PFS 81%"]),
        (
            "AB-101 had a mean improvement change from baseline of -9.28 points [95% CI: -10.23 to -8.32] "
            "on the HAM-A total score.",
            ["HAM-A total score change -9.28 points"],
        ),
        (
            "The hazard ratio was 0.69, which represents a 31% reduction in the risk of death.",
            ["risk of death reduction 31%", "hazard ratio 0.69"],
        ),
        (
            "Median PFS, as assessed by blinded independent central review, was 5.3 months versus 2.8 "
            "months (HR 0.58).",
            ["median PFS 5.3 months", "hazard ratio for PFS 0.58"],
        ),
        ("At month 36, 95.8% of those vaccinated remained seropositive.", ["seropositivity 95.8%"]),
        (
            "The seropositivity rate was 99.1%, and non-inferior to that of a licensed comparator given "
            "three times (98.7%).",
            ["seropositivity rate 99.1%"],
        ),
        (
            "Central subfield thickness fell by a mean of 61 um in the 1% group (n=12).",
            ["central subfield thickness reduction 61 µm"],
        ),
        ("The trial will enrol adults with an eGFR of at least 45 mL/min/1.73 m².", []),
        ("96% of patients in the 150 mg group reached Lp(a) below 50 mg/dL.", ["Lp(a) below 50 mg/dL 96%"]),
        (
            "In the 9 mg cohort, 81% of participants lost at least 5% and 56% at least 10% of their body weight.",
            ["weight loss of at least 5% 81%", "weight loss of at least 10% 56%"],
        ),
        (
            "Seroprotection (PRNT50 of 1:10 or more) was reached in 37 of 40 adults (92.5%).",
            ["seroprotection 92.5%"],
        ),
        (
            "Patients went on, with a mean 24-hour urinary copper excretion 62% below baseline.",
            ["24-hour urinary copper excretion reduction 62%"],
        ),
        ("Across all dose levels, 22 of 31 evaluable patients responded (71%).", ["ORR 71%"]),
        (
            "AB-101 extended median PFS to 14.2 months from 8.9 months with chemotherapy.",
            ["median PFS 14.2 months"],
        ),
        (
            "AB-101 improved median OS by 4.6 months (19.9 vs. 15.3 months; HR 0.72).",
            ["median OS 19.9 months", "hazard ratio for OS 0.72"],
        ),
        (
            "Of those with baseline pain, 48% reported a reduction of at least 2 points on the NRS.",
            ["reduction of at least 2 points on the NRS 48%"],
        ),
        (
            "Alpha-galactosidase A activity rose to 42% of normal at month 6.",
            ["alpha-galactosidase A activity 42%"],
        ),
        ("PFS at 6 months was 71% and OS at 12 months 84%.", ["6-month PFS 71%", "12-month OS 84%"]),
        ("The primary endpoint of change from baseline in UPDRS Part III at week 24 was met.", []),
    ],
)
def test_second_figures_and_bounds(text: str, expected: list[str]) -> None:
    """Second arms and measures, bounds told by a verb, what is no finding of the drug."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Best responses were 5 CRs (8%), 21 PRs (33%) and 27 SDs (43%).", ["CR 8%", "PR 33%", "SD 43%"]),
        (
            "Improvements in FEV1 of 9.1 points and 6MWD of 31 meters were seen.",
            ["FEV1 improvement 9.1 points", "6MWD improvement 31 meters"],
        ),
        ("AB-101 reached >90% receptor occupancy at trough.", ["receptor occupancy 90%"]),
        (
            "Remission rates at 6, 12 and 18 months were 74%, 51% and 38%.",
            ["remission rates 74%", "remission rates 51%", "remission rates 38%"],
        ),
        (
            "The flare index fell 92% from 14.1 to 1.1.",
            ["flare index reduction 92%", "flare index 1.1"],
        ),
        (
            "The mean change in the CGI score was -12.1 with 20 mg (p=0.01) and -13.4 with 40 mg (p=0.003).",
            ["CGI score change -12.1", "CGI score change -13.4"],
        ),
        ("The 50% responder rate was 48% on AB-101.", ["responder rate 48%"]),
    ],
)
def test_short_names_and_levels_in_rows(text: str, expected: list[str]) -> None:
    """Depths of response by their abbreviations, measures listed with their figures, several times of one outcome."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PFS probability of 68.6% was seen, at 24 months.", ["PFS 68.6%"]),
        ("PFS was 61% and ORR 40%.", ["PFS 61%", "ORR 40%"]),
        ("At 24 months, PFS was 61%.", ["24-month PFS 61%"]),
        ("PFS was 61% at two years.", ["2-year PFS 61%"]),
        ("AB-101 prolonged PFS: 36-month rates of 70% were seen.", ["36-month PFS rate 70%"]),
        ("The PFS for the two cohorts was 8.0 months and 9.6 months.", ["PFS 8.0 months", "PFS 9.6 months"]),
        ("The ORR by IRR 42% came late.", ["ORR 42%"]),
        ("The ORR, the primary endpoint, in 41 patients was 63%, exceeding the hurdle of 20%.", ["ORR 63%"]),
        ("One patient had a decline in PSA of more than 50 percent.", []),
        ("ORR was seen in 9 (30%) and PD in 6 (20%).", ["ORR 30%"]),
        ("The median PFS was 9.8 mos.", ["median PFS 9.8 months"]),
    ],
)
def test_oncology(text: str, expected: list[str]) -> None:
    """Shares with their times, assessors between name and figure, arms in a row, those who were not helped."""
    assert told(text) == expected
