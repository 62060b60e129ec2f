"""What makes a disease in a sentence with a drug no indication."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]
GIVEN = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. Patients received XB-101 or XB-102. "


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("XB-101 may cause anemia.", set()),
        ("XB-101 binds a protein found in lung cancer and breast cancer.", set()),
        ("Foo Pharma, a company devoted to kidney disease, bought XB-101.", set()),
        ("XB-101 is tested in asthma in patients without diabetes.", {"asthma"}),
        ("The ReSET-asthma data on XB-101 came.", set()),
        ("In the trial of XB-101 no conjunctivitis was observed.", set()),
        ("XB-101 is contraindicated in patients with gout.", set()),
        ("XB-101 succeeded in reducing proteinuria in IgA nephropathy.", {"IgA nephropathy"}),
        ("XB-101 targets PRAME, a protein frequently expressed in a large variety of melanoma.", set()),
        ("XB-101 is a first for the lymphoma space.", set()),
        ("XB-101 is for gout in patients with chronic kidney disease.", {"gout"}),
        ("XB-101 is for spasticity due to multiple sclerosis.", {"spasticity"}),
        ("XB-101 is for gout in those with risk factors such as asthma or obesity, before it progresses to cirrhosis.", {"gout"}),
        ("XB-101 is for gout; most patients also have asthma.", {"gout"}),
        ("Unlike methotrexate, which is approved for asthma, XB-101 is for gout.", {"gout"}),
        ("Exclusion criteria of the XB-101 trial were asthma and gout.", set()),
        ("Patients with a history of stroke or asthma could not join the trial of XB-101 in gout.", {"gout"}),
        ("XB-101 is for gout, a form of arthritis that hurts.", {"gout"}),
        ("XB-101 achieved an asthma response in most.", set()),
        ("No delayed neurotoxicities were seen with XB-101.", set()),
        ("XB-101 changed the Hamilton Anxiety Rating Scale (HAM-A).", set()),
        ("XB-101 was shown at the 15th International Conference on Malignant Lymphoma (ICML). ICML on XB-101 went well.", set()),
        ("XB-101 gave the longest follow-up reported for any engager in a melanoma.", set()),
        ("XB-101 targets tumors with a primary focus on gout.", {"gout"}),
        ("Hyperglycemia was reported in 4.7% of patients on XB-101; asthma of any grade in 3%.", set()),
    ],
)  # fmt: skip
def test_what_is_no_indication(states: States, text: str, diseases: set[str]) -> None:
    """Side effects, names, fields, what patients have besides or have not, what a molecule is found in."""
    assert {o for s, o in states("drug_indication", GIVEN + text) if s == "XB-101"} == diseases
