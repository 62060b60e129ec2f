"""`kg.extract.values.phase_forms`: phases in arabic and roman numbers."""

from __future__ import annotations

import pytest

from kg.extract import values


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("a Phase I/II trial", ["1/2"]),
        ("a Phase 1b/2a trial", ["1b/2a"]),
        ("the Phase IIb study", ["2b"]),
        ("a pivotal trial", ["pivotal"]),
        ("a registrational study", ["pivotal"]),
        ("a pivotal Phase III trial", ["3"]),
        ("a Phase 2/3 trial", ["2/3"]),
        ("Phases 1 and 2", ["1", "2"]),
        ("Phase 1 and Phase 2 trials", ["1", "2"]),
        ("a phase-2 study", ["2"]),
        ("Phase 2 and 40 patients", ["2"]),
        ("a pivotal moment", []),
        ("the Phase In period", []),
    ],
)
def test_phase(text: str, phases: list[str]) -> None:
    """Phases are arabic; a pivotal trial without a number is a phase of its own."""
    assert [p.phase for p in values.phases(text)] == phases
