"""`kg.extract.outcomes.events_told`: what became of a finding in a share of patients."""

from __future__ import annotations

import pytest

from kg.extract.outcomes.events_told import event_told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hematuria resolved in 75 percent of patients.", "hematuria resolved"),
        ("By week 8, CDI had come back in 9 of 62 patients (14.5%).", "CDI recurrence"),
        ("Proteinuria normalized in 41%.", "proteinuria normalized"),
        ("Epworth scores normalised (ESS ≤10) in 81%.", "ESS ≤10"),
    ],
)
def test_what_became_of_a_finding(text: str, name: str) -> None:
    """The finding and its verb name the share; a bound in a parenthesis says it better."""
    start = max(text.rfind(figure) for figure in ("75", "14.5", "41", "81"))
    named = event_told(text, start)
    assert named is not None
    assert named.name == name


@pytest.mark.parametrize("text", ["Nausea resolved in 75% of patients.", "Patients returned in 75 days."])
def test_other_verbs(text: str) -> None:
    """Findings of safety and returning people are no outcomes."""
    assert event_told(text, text.index("75")) is None
