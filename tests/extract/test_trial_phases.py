"""`kg.extract.trial_phases`: the phases that are those of trials."""

from __future__ import annotations

import pytest

from kg.extract.trial_model import phase_entity
from kg.extract.trial_phases import trial_phases


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("a Phase 2 clinical study", ["2"]),
        ("is in Phase 3 for glioma", ["3"]),
        ("AB-101, an antibody for glioma (Phase 2)", ["2"]),
        ("WRD-77, a Phase 1 siRNA", ["1"]),
        ("AB-101: Phase 1 dose escalation ongoing; Phase 2 in glioma to begin in 2030", ["1", "2"]),
        ("Our company is Phase 2 in spirit", []),
        ("a company with a Phase 1 siRNA platform", []),
        ("AB-101   Dravet syndrome   Phase 1   Japan AB-102   gout   Phase 2 completed   -", ["1", "2"]),
        ("AB-101   Phase 1 was   easy", []),
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
