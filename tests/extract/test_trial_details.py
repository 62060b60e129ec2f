"""`kg.extract.trial_details`: what a sentence says of the state of a trial."""

from __future__ import annotations

import pytest

from kg.extract import values
from kg.extract.trial_details import status_told


def _status(text: str) -> str | None:
    phase = next(iter(values.phases(text)))
    return status_told(text, 0, phase, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "The company plans to evaluate ABC-1 in a Phase 2 trial in psoriasis.",
        "With this clearance, the company can begin a Phase 2 trial.",
        "The proceeds will be used to fund a Phase 2 trial of ABC-1.",
        "The data support advancing ABC-1 into a Phase 2 trial.",
        "Planning for a Phase 2 trial of ABC-1 is under way.",
        "Site selection for the Phase 2 trial of ABC-1 is under way.",
        "We aim to bring ABC-1 into a Phase 2 trial next year.",
        "The MHRA has approved a Phase 2 trial of ABC-1.",
        "A Phase 2 program is being designed.",
        "Acme proposes to run a Phase 2 trial in adolescents.",
        "The 50 mg dose has been chosen for the Phase 2 study of ABC-1.",
        "The start of the Phase 2 trial of ABC-1 has been postponed to 2026.",
        "The Phase 2 trial has not yet started.",
        "The results pave the way for a Phase 2 trial of ABC-1.",
        "The next step is a Phase 2 trial of ABC-1.",
        "The FDA requires a further Phase 2 study of ABC-1.",
        "A Phase 2 trial of ABC-1 is warranted.",
        "Acme is recruiting sites for a Phase 2 trial of ABC-1.",
        "Acme is eligible for a milestone on dosing of the first patient in a Phase 2 trial.",
        "The trial will be followed by a Phase 2 study of ABC-1.",
        "A Phase 2 trial of ABC-1 is under consideration.",
        "The Phase 2 trial of ABC-1 has been delayed until 2026.",
    ],
)
def test_what_is_not_there_yet_is_planned(text: str) -> None:
    """Plans, leave, means, conditions and steps that come before a trial."""
    assert _status(text) == "planned"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The grant supports the ongoing Phase 2 trial of ABC-1.", "active"),
        ("Acme has started a Phase 2 trial with dosing once a day.", "active"),
        ("Readout of the Phase 2 trial of ABC-1 is delayed until 2026.", "active"),
        ("Recruitment for the Phase 2 trial of ABC-1 is ongoing.", "recruiting"),
        ("Enrollment in the Phase 2 trial of ABC-1 is ongoing.", "recruiting"),
        ("The FDA approved a protocol amendment to the Phase 2 trial.", None),
        ("The company will amend the protocol of its Phase 2 trial.", None),
        ("Acme expects to report data from its Phase 2 trial in 2026.", None),
        ("We will apply for designation once the Phase 1 data are at hand.", None),
        ("The Phase 2 trial of ABC-1 has been delayed by slow recruitment.", None),
    ],
)
def test_what_is_planned_for_a_running_trial_is_no_plan_of_it(text: str, status: str | None) -> None:
    """Near misses: data, amendments and delays of a trial that has begun."""
    assert _status(text) == status
