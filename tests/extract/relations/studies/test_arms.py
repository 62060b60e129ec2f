"""Arms of trials: who is dealt out to what, and what each arm is there for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers

Extract = Callable[[str], tuple[Fact, ...]]
States = Callable[[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (
            "In the Phase 2 trial of ABC-101, 120 adults were randomized 1:1:1 to ABC-101 40 mg, ABC-101 80 mg or "
            "placebo, each given once daily for 24 weeks.",
            {"ABC-101 40 mg", "ABC-101 80 mg", "placebo"},
        ),
        (
            "Participants were assigned to ABC-101 6 mg, 12 mg or 18 mg or placebo, by injection every four weeks.",
            {"ABC-101 6 mg", "ABC-101 12 mg", "ABC-101 18 mg", "placebo"},
        ),
        (
            "Sixty patients are to be randomized to 5 mg or 15 mg of ABC-101 or placebo, once daily for four weeks.",
            {"ABC-101 5 mg", "ABC-101 15 mg", "placebo"},
        ),
        (
            "Patients whose disease had come back after two lines of therapy were randomised 2:1 to receive "
            "ABC-101 plus docetaxel or placebo plus docetaxel.",
            {"ABC-101 plus docetaxel", "placebo plus docetaxel"},
        ),
        (
            "Patients were randomized 2:1 to ABC-101, given as four infusions of 7.4 GBq (200 mCi) every eight weeks, "
            "or to everolimus 10 mg daily.",
            {"ABC-101 7.4 GBq", "everolimus 10 mg"},
        ),
        (
            "Patients will be randomised to ABC-101 or to standard of care.",
            {"ABC-101", "standard of care"},
        ),
        ("ABC-101 lowered blood pressure more than in the placebo group.", {"placebo"}),
    ],
)
def test_arms(text: str, arms: set[str], states: States) -> None:
    """Doses without a drug are of the drug beside them; a list ends where schedules or patients begin."""
    assert states("trial_arm", f"Acme is developing ABC-101. {text}") == {("ABC-101", arm) for arm in arms}


@pytest.mark.parametrize(
    "text",
    [
        "ABC-101 is in a randomized Phase 3 trial.",
        "The patent on ABC-101 was assigned to Acme or its affiliates.",
        "ABC-101 binds two antigens in a 1:1 format.",
        "Patients were randomized 1:1 to docetaxel or placebo in an earlier trial of another company.",
        "Patients on ABC-101 may be randomized to stay in the trial.",
        "In the first study, 20 mice were injected with tumor cells; tumor burden fell by half in the ABC-101 arm.",
    ],
)
def test_no_arms(text: str, states: States) -> None:
    """No list of treatments, or none with the drug that is studied."""
    assert states("trial_arm", f"Acme is developing ABC-101. {text}") == set()


def test_what_an_arm_is_there_for(extract: Extract) -> None:
    """Its kind, what is given and how much, and the trial."""
    text = "In the Phase 3 trial, patients were randomized 1:1 to ABC-101 50 mg or everolimus 10 mg."
    facts = extract(f"Acme Reports Data on ABC-101\n\n{DATELINE}Acme is developing ABC-101. {text}\n")
    assert {str(f.object): qualifiers(f) for f in facts if f.relation == "trial_arm"} == {
        "ABC-101 50 mg": {
            "kind": "experimental",
            "given": ["ABC-101"],
            "dose": ["50 mg"],
            "trial": "Phase 3",
        },
        "everolimus 10 mg": {
            "kind": "active comparator",
            "given": ["everolimus"],
            "dose": ["10 mg"],
            "trial": "Phase 3",
        },
    }
