"""`kg.extract.trials`: the names of trials, and which words are one trial."""

from __future__ import annotations

import pytest

from kg.extract.focus import Focus
from kg.extract.trial_model import phase_entity
from kg.extract.trial_names import trial_names
from kg.extract.trial_references import trial_phases
from kg.extract.trials import find_trials
from tests.extract.relations.linked import linked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Phase 3 EMBARK-2 trial of AB-101 is ongoing.", ("EMBARK-2",)),
        ("AURELIA, a Phase 2b, double-blind trial of AB-101, is ongoing.", ("AURELIA",)),
        ("A Phase 3 trial, MERIDIAN-3, is planned.", ("MERIDIAN-3",)),
        ("The CheckPoint-214 study is ongoing.", ("CheckPoint-214",)),
        ("The AB-101 Phase 2 trial is ongoing.", ()),
        ("The FDA reviewed the NSCLC trial.", ()),
        ("NCT01234567 is a trial.", ()),
    ],
)
def test_trial_names(text: str, names: tuple[str, ...]) -> None:
    """A name stands in capitals beside "trial", "study" or a phase; drugs, agencies and registries do not count."""
    assert trial_names(linked(text)) == names


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("a Phase 2 clinical study", ["2"]),
        ("is in Phase 3 for glioma", ["3"]),
        ("the End-of-Phase 2 meeting", []),
        ("a Phase 3-ready asset", []),
        ("the recommended Phase 2 dose", []),
        ("the Phase 2 portion of the study", []),
        ("the Phase 1b portion of MERIDIAN-1", ["1b"]),
    ],
)
def test_trial_phases(text: str, phases: list[str]) -> None:
    """A phase is a trial's where a trial is spoken of."""
    assert [p.phase for p in trial_phases(text)] == phases


def test_phase_entity() -> None:
    """Phases are concepts of the vocabulary."""
    assert phase_entity("1b/2a").concept == "phase:1b-2a"
    assert phase_entity("0").concept == "phase:early-1"


def test_pivotal_trial_is_the_numbered_one() -> None:
    """A "pivotal trial" beside one Phase 3 trial is that trial."""
    document = linked(
        "The pivotal trial of AB-101 in glioma is ongoing. The Phase 3 trial of AB-101 in glioma "
        "enrolled 300 patients."
    )
    (trial,) = find_trials(document, Focus(document))
    assert trial.phase == "3"


def test_members_of_a_programme() -> None:
    """Sister trials are trials of their own."""
    document = linked(
        "The Phase 3 EMBARK program of AB-101 is planned to start in 2019. EMBARK-1, in about "
        "3,000 patients with glioma, and EMBARK-2, "
        "in about 1,000 patients with sarcoma, are planned to start in 2019."
    )
    found = find_trials(document, Focus(document))
    assert [(t.details("name"), t.details("enrollment"), t.status) for t in found] == [
        (("EMBARK-1",), (3000,), "planned"),
        (("EMBARK-2",), (1000,), "planned"),
    ]


def test_an_eponym_is_no_owner() -> None:
    """ "Crohn's disease" does not make the trial another company's."""
    document = linked("Crohn's disease: the Phase 2b trial is ongoing.")
    assert [t.phase for t in find_trials(document, Focus(document))] == ["2b"]
