"""`kg.extract.outcomes`: what a figure is of, and which figures are no outcomes."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import (
    Drugs,
    Group,
    Outcome,
    comparator_of,
    counted,
    group_of,
    listed_doses,
    outcomes,
    short_name,
)
from kg.model import Kind
from tests.extract.relations.linked import DRUG, GLIOMA, ORR, linked


def read(text: str) -> list[str]:
    """The outcomes of each sentence, AB-101 being the studied drug; each knows the last one told before it."""
    found: list[Outcome] = []
    for sentence in linked(text).statements():
        drugs = {
            own: tuple(
                (m.start - sentence.start, m.end - sentence.start)
                for m in sentence.of_kind(Kind.DRUG)
                if (m.entity == DRUG) is own
            )
            for own in (True, False)
        }
        said = found[-1] if found else None
        found += outcomes(sentence, drugs=Drugs(drugs[True], drugs[False]), said=said)
    return [f"{o.name} {o.quantity.text}" for o in found]


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
    assert read(text) == expected


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
    assert read(text) == expected


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
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cough frequency decreased by 19% with AB-101 and by 16% with placebo.",
            ["cough frequency decrease 19%"],
        ),
        ("The ORR was 36% with dexamethasone and 63% with AB-101.", ["ORR 63%"]),
        ("The ORR was 95% with AB-101 and 43% with anti-C5.", ["ORR 95%"]),
        ("The ORR was 59% (TRIAL-1) and 55% (TRIAL-2), versus 24% and 22%.", ["ORR 59%", "ORR 55%"]),
        (
            "On placebo 36.8% of patients on placebo had at least one exacerbation, against 24.5% on 80 mg.",
            ["at least one exacerbation 24.5%"],
        ),
        (
            "The ORR was 51% with AB-101 and 4% with placebo; clinical remission was 65% and 8%.",
            ["ORR 51%", "clinical remission 65%"],
        ),
        (
            "IgG was lowered by a mean of 61%, 84% and 93%, respectively.",
            [f"igG reduction {n}%" for n in (61, 84, 93)],
        ),
    ],
)
def test_arms(text: str, expected: list[str]) -> None:
    """Each arm of the drug has its figure; the arms compared with have none."""
    assert [r.casefold() for r in read(text)] == [e.casefold() for e in expected]


def test_anaphora() -> None:
    """ "the reduction was 11%" goes on with what was told before; without that it is nothing."""
    assert read("AB-101 reduced the rate of exacerbations by 27%. In adults the reduction was 11%.") == [
        "rate of exacerbations reduction 27%",
        "rate of exacerbations reduction 11%",
    ]
    assert read("The reduction was 11%.") == []
    assert read("The relapse rate fell from 2.6 to 1.9, a reduction of 27%.") == [
        "relapse rate 1.9",
        "relapse rate reduction 27%",
    ]


def test_group() -> None:
    """A figure's patients stand behind it, before it, or as a count."""
    text = "In adolescents the ORR was 40% with 5 mg once daily (n=20) and 45% in the high-dose group."
    first, second = text.index("40%"), text.index("45%")
    assert group_of(text, first, first + 3, low=0, high=second) == Group(20, ("5 mg once daily",))
    assert group_of(text, second, second + 3, low=first + 3, high=len(text)).population == (
        "high-dose group",
    )
    assert counted("Of 62 patients randomised, 58 were evaluable.") == 58
    assert listed_doses("They got 0.3 mg/kg (n=6) or 0.9 mg/kg (n=5).") == (
        Group(6, ("0.3 mg/kg",)),
        Group(5, ("0.9 mg/kg",)),
    )
    assert listed_doses("They got 5 mg.") == ()


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
    assert read(text) == []


def _groups(text: str, *figures: str) -> list[Group]:
    places = [(text.index(f), text.index(f) + len(f)) for f in figures]
    return [
        group_of(
            text,
            start,
            end,
            low=places[i - 1][1] if i else 0,
            high=places[i + 1][0] if i + 1 < len(places) else len(text),
        )
        for i, (start, end) in enumerate(places)
    ]


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        (
            "In the 50 mg arm, A1c fell by 1.6%, and in the 100 mg arm by 2.1%.",
            ("1.6%", "2.1%"),
            [Group(None, ("50 mg",)), Group(None, ("100 mg",))],
        ),
        (
            "In the high-dose cohort (n=12), the ORR was 50%, and in the low-dose cohort (n=10) it was 20%.",
            ("50%", "20%"),
            [Group(12, ("high-dose cohort",)), Group(10, ("low-dose cohort",))],
        ),
        ("In the placebo group, the ORR was 12%; with AB-101 it was 31%.", ("31%",), [Group(None, ())]),
        ("The ORR was 42% in Cohort B.", ("42%",), [Group(None, ("Cohort B",))]),
        ("Benefit was seen in 80 percent of evaluable patients.", ("80 percent",), [Group(None, ())]),
        (
            "UPCR fell 41% at week 36 in patients receiving 400 mg.",
            ("41%",),
            [Group(None, ("400 mg",))],
        ),
        (
            "Remission was achieved in 22/60 patients (37%) in the 200 mg group and fewer patients elsewhere.",
            ("37%",),
            [Group(60, ("200 mg",))],
        ),
        (
            "The ORR was 28% in PD-1-negative patients and 44% in PD-1-positive patients.",
            ("28%", "44%"),
            [Group(None, ("PD-1-negative",)), Group(None, ("PD-1-positive",))],
        ),
    ],
)
def test_group_of_each_arm(text: str, figures: tuple[str, ...], expected: list[Group]) -> None:
    """Each figure has the patients of its own arm; shares, doses and weeks are no counts of them."""
    assert _groups(text, *figures) == expected


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
    assert read(text) == expected


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
    assert read(text) == expected


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
    assert read(text) == []


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
    assert read(text) == expected


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
    assert read(text) == expected


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
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Remission was achieved by 45%, 52% and 12% of patients given 100 mg, 200 mg and placebo.",
            ["remission 45%", "remission 52%"],
        ),
        (
            "Reductions in LDL-C of 34%, 45% and 57% were seen with the 10 mg, 20 mg and 40 mg "
            "doses, respectively, compared with 2% for placebo.",
            ["LDL-C reduction 34%", "LDL-C reduction 45%", "LDL-C reduction 57%"],
        ),
        (
            "Relapse was seen in 9% (placebo: 20%) and remission in 31% versus 12% on placebo (difference 19%).",
            ["relapse 9%", "remission 31%", "remission difference 19%"],
        ),
        (
            "It showed superiority, with a mean difference of -0.8 points on the CGI score.",
            ["CGI score difference -0.8 points"],
        ),
        ("AB-101 increased dystrophin expression to 5.9% of normal.", ["dystrophin expression 5.9%"]),
        (
            "Fasting glucose was down 12%, and urine albumin was down 31%.",
            ["fasting glucose reduction 12%", "urine albumin reduction 31%"],
        ),
        ("Of the 26 evaluable patients, 18 (69%) responded across dose levels.", ["ORR 69%"]),
        (
            "The ratio of antibodies in cord blood to those of the mother was 1.6.",
            ["ratio of antibodies in cord blood to those of the mother 1.6"],
        ),
        (
            "The daily glucocorticoid dose was reduced by 24.1% with AB-101.",
            ["daily glucocorticoid dose reduction 24.1%"],
        ),
        ("The infusion dose was reduced by 24.1% with AB-101.", []),
    ],
)
def test_figures_of_several_arms(text: str, expected: list[str]) -> None:
    """A row of figures is dealt to the arms behind it; a difference is of both arms; verbs may stand in front."""
    assert read(text) == expected


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
    assert read(text) == expected


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
    assert read(text) == expected


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
    assert read(text) == expected
