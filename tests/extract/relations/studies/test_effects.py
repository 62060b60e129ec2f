"""`kg.extract.relations.studies.effects`: effects without a figure."""

from __future__ import annotations

from kg.model import Modality
from tests.extract.relations.studies.reading import found, shown


def effects(text: str) -> list[tuple[str, Modality]]:
    return [(shown(f), f.modality) for f in found(text, "qualitative_result")]


def test_effects_without_a_figure() -> None:
    """What was seen is stated, what a drug may give is hoped for."""
    assert effects("AB-101 has demonstrated a clear targeting advantage over the unconjugated payloads.") == [
        ("clear targeting advantage over the unconjugated payloads", Modality.ASSERTED)
    ]
    assert effects("We continue to see clinical benefit with AB-101 in both studies.") == [
        ("clinical benefit", Modality.ASSERTED)
    ]
    assert effects("AB-101 may provide patients with therapeutic benefits, including survival.") == [
        ("therapeutic benefits", Modality.HYPOTHETICAL)
    ]
    assert not effects("AB-101 showed no benefit in patients.")
