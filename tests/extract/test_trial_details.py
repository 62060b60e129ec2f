"""`kg.extract.trial_details`: what a sentence says of the state of a trial."""

from __future__ import annotations

import pytest

from kg.extract import values
from kg.extract.focus import Focus
from kg.extract.trial_details import status_told
from kg.extract.trials import find_trials
from tests.extract.relations.linked import linked
from tests.extract.trial_statements import details


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
        "The Phase 2 trial of ABC-1 will not begin before 2026.",
        "No patients have been dosed in the Phase 2 trial of ABC-1.",
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


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The approval of AB-101 rests on a Phase 3 trial in glioma.", "completed"),
        ("In the Phase 3 trial in glioma AB-101 cut the risk of relapse by 57% versus placebo.", "completed"),
        ("Acme has ended a Phase 2 trial of AB-101 for futility.", "terminated"),
        ("Acme expects to dose the first participant in a Phase 1 trial of AB-101 in May.", "planned"),
        ("A Phase 3 trial of AB-101 would require a partner.", "planned"),
        (
            "The FDA agreed to a single Phase 3 trial of AB-101; the trial is expected to start in 2030.",
            "planned",
        ),
        ("Acme has initiated patient dosing in its Phase 2 trial of AB-101.", "recruiting"),
        ("A Phase 2 trial of AB-101 has enrolled its first patient.", "recruiting"),
        ("Results of the Phase 2 trial of AB-101 are due in mid-2030.", "active"),
        ("The agency based its decision on NORTH, a Phase 3 trial of AB-101.", "completed"),
        ("In NORTH, a Phase 2 study in 27 people, AB-101 reduced relapses by 12%.", "completed"),
        ("We intend to discuss with the FDA a Phase 3 trial of AB-101 in adults.", "planned"),
        ("Acme completed a meeting with the FDA on the design of the Phase 2 trial of AB-101.", "planned"),
        ("The cleared Phase 1 trial of AB-101 will test three doses.", "planned"),
        ("The Phase 2 study of AB-101 in glioma will be terminated.", "terminated"),
        ("We are aiming to start dosing patients in the Phase 1 trial of AB-101.", "planned"),
        ("AB-101: Phase 2 data in glioma expected in 2030.", "active"),
        ("We have finalised the protocol of a Phase 3 trial of AB-101.", "planned"),
        (
            "A Phase 3 trial of AB-101, comparing it with placebo, has been recruiting since 2022.",
            "recruiting",
        ),
        ("Phase 2 trial of AB-101 in glioma: first patient dosed in May", "recruiting"),
        ("Phase 2 trial of AB-101 in glioma: enrollment completed in May", "active"),
        ("Acme presented interim data from a Phase 3 trial of AB-101.", "active"),
        ("In the ongoing Phase 2 trial AB-101 reduced relapses by 57% versus placebo.", "active"),
    ],
)
def test_status(text: str, status: str) -> None:
    """What was shown in a late trial is over; what is being prepared is a plan."""
    ((_, told),) = details(text)
    assert told["status"] == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Topline data from the Phase 2 trial of AB-101 in glioma are expected in 2019.", "active"),
        ("Enrollment in the Phase 2 trial of AB-101 in glioma has been completed.", "active"),
        ("The first part of the Phase 2 trial of AB-101 in glioma is completed.", "active"),
        ("Screening has begun for the Phase 2 trial of AB-101 in glioma.", "recruiting"),
        ("AB-101 met the primary endpoint in the Phase 2 trial in glioma.", "completed"),
        ("The Phase 2 trial (EudraCT 2020-001234-12; jRCT2031200123) of AB-101 in glioma is enrolling.", "recruiting"),
        ("A Phase 2 trial of AB-101 in glioma is expected to begin in 2019.", "planned"),
        ("In the Phase 2 trial of AB-101 in 121 adults with glioma, it improved survival by 2.4 months.", "completed"),
        ("In the dose-escalation part of the Phase 2 trial in glioma, AB-101 was tolerated.", "active"),
        (
            "Acme announced positive results from two cohorts of the Phase 2 trial of AB-101 in glioma. "
            "The ongoing Phase 2 trial of AB-101 in glioma is led by Dr. Roe.",
            "active",
        ),
        ("AB-101 met the safety objectives of the Phase 2 trial in glioma.", "completed"),
        ("In a Phase 2 trial completed in March 2018, AB-101 was given to patients with glioma.", "completed"),
        ("The FDA has placed the Phase 2 trial of AB-101 in glioma on clinical hold.", "suspended"),
    ],
)  # fmt: skip
def test_states_of_steps(text: str, status: str) -> None:
    """Data that are expected are no plan for a trial, recruitment that is completed is not its end."""
    ((_, told),) = details(text)
    assert told["status"] == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Acme expects the first patient to be dosed in the Phase 1 trial of AB-101 in glioma in May.",
            "planned",
        ),
        (
            "The Phase 1 trial of AB-101 is to test safety. The first patient is expected to be dosed soon.",
            "planned",
        ),
        ("The first patient has been dosed in the Phase 1 trial of AB-101 in glioma.", "recruiting"),
        ("The Phase 2 trial of AB-101, which completed enrolment in May, will report next year.", "active"),
        (
            "Enrolment in NORTH, a randomized Phase 2 trial of AB-101 in glioma, was completed in May.",
            "active",
        ),
        ("The Phase 2 trial of AB-101 in glioma will not be continued.", "terminated"),
        (
            "A Phase 1 trial of AB-101 in glioma, completed in 2020 at five sites, enrolled 24 adults.",
            "completed",
        ),
        ("The application rests chiefly on NORTH, a Phase 3 trial of AB-101 in glioma.", "completed"),
        (
            "In the Phase 2 trial of AB-101 (NORTH; n=52) in glioma, sleep latency increased by 14 minutes.",
            "completed",
        ),
        ("A Phase 1b study of AB-101 in glioma is to follow.", "planned"),
        ("Subject to advice, a Phase 3 trial of AB-101 in glioma will open next year.", "planned"),
        ("Part 1 (dose escalation) of the Phase 1/2 trial of AB-101 in glioma has been completed.", "active"),
        ("AB-101 was generally well tolerated in a Phase 1 study in healthy volunteers.", "completed"),
        ("Enrolment in the Phase 2 trial of AB-101 in glioma remains open at 30 sites.", "recruiting"),
        ("The Phase 2 trial of AB-101 in glioma was withdrawn before anyone was enrolled.", "terminated"),
        ("A Phase 3 trial of AB-101 is to enrol 250 men with glioma.", "planned"),
        ("The NDA contains data of a Phase 3 trial of AB-101 in glioma.", "completed"),
        (
            "NORTH is over (NCT01234567), completed in May. This study was a Phase 2 trial of AB-101 in glioma.",
            "completed",
        ),
    ],
)
def test_state_told(text: str, status: str) -> None:
    """A start that is expected is a plan; a step that is over is not the trial's end."""
    document = linked(text)
    (trial,) = find_trials(document, Focus(document))
    told = trial.fact(document).qualifier("status")[0]
    assert told.concept == f"trial-status:{status}"


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("AB-101, in a Phase 2 trial in glioma, is not affected by the hold.", True),
        ("The hold does not affect AB-101, which remains in a Phase 2 trial in glioma.", True),
        ("The Phase 2 trial of AB-101 in glioma failed to reach its primary endpoint.", True),
        (
            "In the Phase 2 part of NORTH, a Phase 2/3 trial of AB-101 in glioma, 60 patients were treated.",
            True,
        ),
        ("Acme will not go on to a Phase 2 trial of AB-101 in glioma.", False),
        ("No further Phase 2 trial of AB-101 in glioma is needed.", False),
    ],
)
def test_what_is_denied(text: str, claimed: bool) -> None:
    """A trial is denied where its beginning is, not where something else in the sentence is."""
    (trial,) = find_trials(document := linked(text), Focus(document))
    assert trial.references[0].modality.is_claim_only is not claimed


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("All patients also receive AB-202.", ["AB-202"]),
        (
            "Patients were randomized to AB-101 plus AB-202 or placebo plus AB-202.",
            ["AB-202"],
        ),
        ("In the trial, AB-101 is combined with the antibody AB-202.", ["AB-202"]),
        (
            "The trial has two arms: AB-101 as a single agent and AB-101 with AB-202.",
            ["AB-202"],
        ),
        ("AB-202 is approved in combination with AB-303.", []),
        ("Patients could receive AB-101 in combination with AB-202 in future.", []),
    ],
)
def test_what_is_given_too(text: str, partners: list[str]) -> None:
    """What is given with the drug counts where a sentence behind tells it of the trial's patients."""
    document = linked(f"Acme started a Phase 2 trial of AB-101 in glioma. {text}")
    (trial,) = find_trials(document, Focus(document))
    assert [getattr(c, "label", c) for c in trial.details("combination")] == partners
