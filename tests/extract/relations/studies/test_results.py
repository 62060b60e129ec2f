"""`kg.extract.relations.studies.results`: figures in running text and in tables."""

from __future__ import annotations

import pytest

from kg.model import Quantity
from tests.extract.relations.linked import DRUG
from tests.extract.relations.studies.reading import found, shown


def results(text: str) -> list[str]:
    return [shown(f) for f in found(text, "result")]


def test_results() -> None:
    """Rates, times and changes are results; the control's figures and adverse events are not."""
    assert results(
        "AB-101 showed an ORR of 45% (95% CI: 30-60) versus 20% for placebo; nausea occurred in 12%."
    ) == ["ORR 45%"]
    assert results(
        "Median PFS was 9.2 months with AB-101 compared with 4.7 months with placebo (HR 0.48)."
    ) == [
        "median PFS 9.2 months",
        "hazard ratio for PFS 0.48",
    ]
    assert results(
        "AB-101 led to a 66 percent reduction of the expected 21-fold increase in tumor burden."
    ) == ["tumor burden reduction 66%"]


def test_result_knows_how_many() -> None:
    """The sample that stands with a figure is its n."""
    (fact,) = found("Among 42 evaluable patients on AB-101, the ORR was 38%.", "result")
    assert fact.qualifier("n") == (42,)


def test_figures_of_a_disease_are_no_results() -> None:
    """Survival in general is not the drug's."""
    assert not results(
        "About Glioma\n\nGlioma has a 64% five-year survival. The median overall survival is 9 months."
    )


def test_table() -> None:
    """Each column that is not the control's gives a figure for each row."""
    text = (
        "AB-101 was compared with placebo.\n\n"
        "                      Placebo     10 mg\n"
        "                      (n=30)      (n=31)\n"
        "ORR, %                12.0        41.4\n"
        "Median PFS, months    3.1         6.9\n"
        "Nausea, %             3.0         9.0\n"
    )
    facts_ = [f for f in found(text, "result") if isinstance(f.object, Quantity)]
    assert [(shown(f), f.qualifier("n"), f.qualifier("population")) for f in facts_] == [
        ("ORR 41.4%", (31,), ("10 mg",)),
        ("median PFS 6.9 months", (31,), ("10 mg",)),
    ]


def test_table_with_arms_in_rows() -> None:
    """Where the rows are arms, the headings name the outcomes; the control's row and counts give none."""
    text = (
        "AB-101 was compared with placebo.\n\n"
        "Arm               n      Mean change in LDL-C, week 32     PFS rate\n"
        "AB-101 10 mg      68     -9.4%                             46%\n"
        "AB-101 20 mg      67     -13.8%                            69%\n"
        "Placebo           68     -2.1%                             6%\n"
    )
    assert [(shown(f), f.qualifier("n"), f.qualifier("population")) for f in found(text, "result")] == [
        ("LDL-C change -9.4%", (68,), ("10 mg",)),
        ("PFS rate 46%", (68,), ("10 mg",)),
        ("LDL-C change -13.8%", (67,), ("20 mg",)),
        ("PFS rate 69%", (67,), ("20 mg",)),
    ]


def test_list_of_arms() -> None:
    """A list of arms takes its outcome from the line above; tables of finances and of safety are none."""
    head = "AB-101 was compared with placebo.\n\n"
    assert results(
        head + "Results (percent change in LDL-C, week 36)\n\n50 mg: -78.6%\n150 mg: -91.3%\n\n"
    ) == [
        "LDL-C change -78.6%",
        "LDL-C change -91.3%",
    ]
    money = "                   2024     2023\nRevenue            10.1     9.2\nResponse costs, %  3.0      2.0\n\n"
    safety = "Adverse events\n" + money.replace("Revenue        ", "Skin response, %").replace("2024", "5 mg")
    assert results(head + money) == results(head + safety) == []


def test_figures_dealt_out() -> None:
    """ "respectively" deals figures to the doses listed before; the paragraph tells how many there were."""
    facts_ = found(
        "Adults got AB-101 at 0.3 mg/kg (n=6) or 0.9 mg/kg (n=5). The ORR was 20% and 40%, respectively.\n\n"
        "In all, 58 were evaluable. The PFS rate was 77%.",
        "result",
    )
    assert [(shown(f), f.qualifier("n"), f.qualifier("population")) for f in facts_] == [
        ("ORR 20%", (6,), ("0.3 mg/kg",)),
        ("ORR 40%", (5,), ("0.9 mg/kg",)),
        ("PFS 77%", (58,), ()),
    ]


def test_multiples_of_survival() -> None:
    """ "doubling the survival time" is an increase; other things that double are no outcomes."""
    assert results("This resulted in nearly doubling the survival time for mice receiving AB-101.") == [
        "survival time increase 2-fold"
    ]
    assert not results("AB-101 grew, doubling the size of the company.")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "Geometric mean fold rise (GMFR) in antibodies:\n\n"
            "            AB-101 5 mg   Arivax   Placebo\n"
            "            (n=30)        (n=31)   (n=30)\n"
            "RSV-A       6.7           9.3      1.0\n"
            "RSV-B       5.9           8.1      1.1\n",
            ["RSV-A GMFR 6.7", "RSV-B GMFR 5.9"],
        ),
        (
            "Mean change in visual acuity at week 48 (letters)\n\n"
            "              AB-101    Arivax\n"
            "KESTREL-1     +7.1      +6.8\n"
            "KESTREL-2     +6.4      +6.9\n",
            ["visual acuity change 7.1 letters", "visual acuity change 6.4 letters"],
        ),
        (
            "Results at week 48\n\n"
            "    Patients with a response           8/10\n"
            "    Mean serum level                   127 mg/dL\n",
            ["response 8/10", "serum level 127 mg/dL"],
        ),
        (
            "Table 1\n\n"
            "                       AB-101     Placebo    Difference\n"
            "Change in ABC, points   +13.4      +5.2       8.2 (5.3 to 11.1)\n"
            "ORR, %                  61         29         32 (21 to 43)\n",
            ["ABC change 13.4 points", "ABC change difference 8.2 points", "ORR 61%", "ORR difference 32%"],
        ),
        (
            "Efficacy\n\n"
            "Week           4       12\n"
            "LDL-C, %      -0.6    -1.4\n"
            "DLQI, mean change   -7.1   -9.4\n",
            ["LDL-C change -0.6%", "LDL-C change -1.4%", "DLQI change -7.1", "DLQI change -9.4"],
        ),
        (
            "                 NSCLC          SCLC\n"
            "                 (n=34)         (n=18)\n"
            "ORR, n (%)       14 (41)        9 (50)\n"
            "  Confirmed PFS  12 (35)        9 (50)\n",
            ["ORR 41%", "ORR 50%", "PFS 35%", "PFS 50%"],
        ),
        (
            "Part A\n\n"
            "    Cohort   Dose      N    Total level, day 28 (mean)   Corrected level\n"
            "    1        15 mg     3         10.8 mg/dL                61%\n"
            "    2        30 mg     6         13.9 mg/dL                82%\n",
            [
                "total level 10.8 mg/dL",
                "corrected level 61%",
                "total level 13.9 mg/dL",
                "corrected level 82%",
            ],
        ),
        (
            "Among patients evaluable for response:\n\n"
            "                    N     Confirmed ORR    Response rate\n"
            "Colorectal cancer   21    38% (8/21)       90%\n"
            "Gastric cancer      9     33% (3/9)        not mature\n",
            ["ORR 38%", "response rate 90%", "ORR 33%"],
        ),
        (
            "Mean bone mineral density Z-scores by DXA\n\n"
            "Region                 n     Baseline   Week 26   Week 58\n"
            "Lumbar spine (L1-L4)   42    1.6        1.0       0.9\n"
            "Femoral neck           43    1.0        0.5       0.4\n",
            [
                "lumbar spine bone mineral density Z-score 1.0",
                "lumbar spine bone mineral density Z-score 0.9",
                "femoral neck bone mineral density Z-score 0.5",
                "femoral neck bone mineral density Z-score 0.4",
            ],
        ),
        (
            "Efficacy\n\n"
            "                         AB-101     Placebo\n"
            "EASI % change, LS mean   -74.2      -29.4\n"
            "DLQI change              -8.9       -3.2\n"
            "AER                      0.84       1.22\n",
            ["EASI change -74.2%", "DLQI change -8.9", "AER 0.84"],
        ),
        (
            "| Endpoint | STAR-1 | STAR-2 |\n"
            "| Annual relapse rate, AB-101 | 0.14 | 0.18 |\n"
            "| Annual relapse rate, placebo | 0.37 | 0.52 |\n"
            "| Hazard ratio, time to first relapse | 0.67 | 0.78 (n.s.) |\n",
            [
                "annual relapse rate 0.14",
                "annual relapse rate 0.18",
                "hazard ratio for time to first relapse 0.67",
                "hazard ratio for time to first relapse 0.78",
            ],
        ),
        (
            "Efficacy\n\n"
            "                       AB-101           Docetaxel\n"
            "                       (N=201)          (N=199)\n"
            "ORR, % (95% CI)        38.3             14.1\n"
            "                       (31.5, 45.4)     (9.6, 19.7)\n"
            "Median PFS, months     6.9              4.1\n"
            "  HR (95% CI)          0.61 (0.48, 0.77)\n"
            "  p-value              <0.0001\n",
            ["ORR 38.3%", "median PFS 6.9 months", "hazard ratio for PFS 0.61"],
        ),
        (
            "| | | AB-101 | | | Placebo | | | p-value |\n"
            "| Clinical remission | | 29.5 | % | | 11.7 | % | | 0.015 |\n"
            "| Clinical response | | 57.4 | % | | 33.3 | % | | 0.008 |\n",
            ["clinical remission 29.5%", "clinical response 57.4%"],
        ),
        (
            "Endpoint\tAB-101 vs. placebo\tp-value\n"
            "Median PFS (months)\t9.5 vs. 6.0\tp<0.001\n"
            "ORR (%)\t46 vs. 28\tp=0.002\n",
            ["median PFS 9.5 months", "ORR 46%"],
        ),
        (
            "| | AB-101 + SOC (N=302) | Placebo + SOC (N=300) | Treatment effect |\n"
            "| Primary endpoint: CV death, n (%) | 61 (20.2) | 86 (28.7) | HR 0.68 (0.49-0.94), p=0.019 |\n"
            "| Key secondary: KCCQ-TSS change (points) | +9.8 | +5.1 | 4.7 (p=0.004) |\n",
            [
                "CV death 20.2%",
                "hazard ratio for CV death 0.68",
                "KCCQ-TSS change 9.8 points",
                "KCCQ-TSS change difference 4.7 points",
            ],
        ),
        (
            "Efficacy Results AB-101 (n=44) Placebo (n=45)\n"
            "MADRS change from baseline at Day 15 -17.2 -10.9\n"
            "Response rate 59.1% 33.3%\n",
            ["MADRS change -17.2", "response rate 59.1%"],
        ),
        (
            "                       AB-101     Placebo\n"
            "                       (n=61)     (n=60)\n"
            "ORR, %                 41         12\n\n"
            "Median PFS, months     6.9        4.1\n\n"
            "Baseline characteristics\n\n"
            "                       AB-101     Placebo\n"
            "Median HbA1c, %        8.1        8.2\n"
            "Disease duration, years  9.1      8.8\n",
            ["ORR 41%", "median PFS 6.9 months"],
        ),
        (
            "                              Result          95% CI\n"
            "Objective response rate\n"
            "  AB-101 (n=120)              45.0%           36.1–54.2\n"
            "  Placebo (n=118)             12.7%           7.4–20.1\n"
            "Median PFS\n"
            "  AB-101 (n=120)              14.9 months     12.1–17.0\n"
            "  Placebo (n=118)             8.2 months      6.9–9.8\n",
            ["objective response rate 45.0%", "median PFS 14.9 months"],
        ),
        (
            "    Dose               Fibrosis improvement       MASH resolution      Relative change in\n"
            "                       ≥1 stage                   without worsening    liver fat (MRI-PDFF)\n"
            "                                                  of fibrosis\n"
            "    20 mg (n=41)       34%                        37%                  -48%\n"
            "    40 mg (n=43)       47%                        58%                  -63%\n",
            [
                "fibrosis improvement ≥1 stage 34%",
                "MASH resolution without worsening of fibrosis 37%",
                "liver fat (MRI-PDFF) change -48%",
                "fibrosis improvement ≥1 stage 47%",
                "MASH resolution without worsening of fibrosis 58%",
                "liver fat (MRI-PDFF) change -63%",
            ],
        ),
        (
            "| | AB-101 (N=247) | Chemotherapy (N=123) |\n"
            "| Progression-free survival | | |\n"
            "| Events, n (%) | 141 (57) | 96 (78) |\n"
            "| Median, months (95% CI) | 9.4 (7.9–11.1) | 4.9 (4.1–5.8) |\n"
            "| Hazard ratio (95% CI) | 0.52 (0.40–0.68) | |\n"
            "| 24-month rate, % | 44.1 | 31.7 |\n",
            [
                "median progression-free survival 9.4 months",
                "hazard ratio for progression-free survival 0.52",
                "24-month progression-free survival 44.1%",
            ],
        ),
        (
            "Endpoint\n\nAB-101\n\nN=168\n\nPlacebo\n\nN=84\n\n"
            "Clinical remission\n\n27.4\n\n%\n\n11.9\n\n%\n\n"
            "Median PFS, months\n\n9.2\n\n(8.1, 10.4)\n\n6.0\n\n(5.2, 7.7)\n\n",
            ["clinical remission 27.4%", "median PFS 9.2 months"],
        ),
        (
            "Cohort\tTumor type\tEvaluable\tPR\tORR\n1\tColorectal\t18\t3\t17%\n2\tPancreatic\t14\t4\t29%\n",
            ["ORR 17%", "ORR 29%"],
        ),
        (
            "Pharmacokinetics\n\n              25 mg      50 mg\n"
            "Cmax (ng/mL)   112        241\nHalf-life (h)  22         23\n\n"
            "Net sales\n\n| | Q1 2025 | Q1 2024 | Change |\n"
            "| Europe | $41.2 | $33.0 | 25% |\n| Asia | $12.9 | $9.1 | 42% |\n",
            [],
        ),
        (
            "Findings at the 300 mg dose (n=34):\n\no ORR: 53% (18 of 34 patients)\no Complete responses: 4 (12%)\n",
            ["ORR 53%", "complete responses 12%"],
        ),
        (
            "                         By BICR          By investigator\n"
            "Confirmed ORR, %         52.4 (41.1–63.6) 56.1 (44.7–67.0)\n"
            "UAS7 change (LS mean)    -17.9            -20.4\n",
            ["ORR 52.4%", "ORR 56.1%", "UAS7 change -17.9", "UAS7 change -20.4"],
        ),
        (
            "Results (AB-101 vs. placebo):\n\n"
            "• Change in FVC: -46 mL vs. -152 mL\n• Median DOR: not reached\n• Time to first event: HR 0.61\n",
            ["FVC change -46 mL", "hazard ratio for time to first event 0.61"],
        ),
    ],
)
def test_forms_of_table(table: str, expected: list[str]) -> None:
    """Captions and difference columns name outcomes, cells have units, and another drug's column gives none."""
    assert results(f"AB-101 was compared with placebo.\n\n{table}") == expected


def test_each_figure_has_its_disease() -> None:
    """Where a sentence tells diseases apart, each is the population of its figure."""
    facts_ = found("The ORR with AB-101 was 42% (10/24) in sarcoma and 29% (5/17) in glioma.", "result")
    assert [(shown(f), f.qualifier("population")) for f in facts_] == [
        ("ORR 42%", ("sarcoma",)),
        ("ORR 29%", ("glioma",)),
    ]


def test_rows_of_figures_and_of_doses() -> None:
    """As many doses as figures deal the figures out, also before them and without "respectively"."""
    for text in (
        "AB-101 10 mg and 20 mg brought an ORR of 31% and 44%.",
        "The ORR was 31%, 44% and 9% with 10 mg, 20 mg and placebo.",
    ):
        assert [(shown(f), f.qualifier("population")) for f in found(text, "result")] == [
            ("ORR 31%", ("10 mg",)),
            ("ORR 44%", ("20 mg",)),
        ]


def test_own_arm_is_no_population() -> None:
    """The arm of the drug itself tells nothing more."""
    (fact,) = found("The ORR was 42% in the AB-101 arm versus 12% on placebo.", "result")
    assert fact.qualifier("population") == ()


def test_drug_that_patients_had_before() -> None:
    """An earlier treatment is not the drug that the figure is of."""
    (fact,) = found("In those previously treated with dexamethasone, an ORR of 50.0% was seen.", "result")
    assert fact.subject == DRUG
