"""Which of the drugs that a sentence names or means a disease belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]
GIVEN = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. Patients received XB-101 or XB-102. "


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("The FDA granted it Fast Track designation in asthma.", {"asthma"}),
        ("The hold on XB-101 does not affect XB-102, a gene therapy for hemophilia A.", set()),
        ("Acme develops XB-202 and XB-101. XB-202 plus XB-101 is tested in patients with gout.", {"gout"}),
        ("Acme develops XB-202 and XB-101. XB-202 is for gout and XB-101 for asthma.", {"asthma"}),
        ("Acme is working on an mRNA vaccine against Lassa fever, XB-101, which is new.", {"Lassa fever"}),
        ("Acme reported the approval of XB-101, positive new data in gout and a strong cash position.", set()),
        ("XB-101 is for gout; and a programme in asthma is run with Foo.", {"gout"}),
    ],
)  # fmt: skip
def test_whose_disease_it_is(states: States, text: str, diseases: set[str]) -> None:
    """The last one before it that is given with no other, the one right behind it, the one that is meant."""
    assert {o for s, o in states("drug_indication", GIVEN + text) if s == "XB-101"} == diseases
