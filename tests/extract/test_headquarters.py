"""Places of datelines: hits and near misses."""

from __future__ import annotations

import pytest

from kg.extract.headquarters import dateline_places, place


@pytest.mark.parametrize(
    ("dateline", "places"),
    [
        (
            "MADISON, Wis. and CASTRES, France, Oct. 10, 2017 (GLOBE NEWSWIRE) --",
            ["MADISON, Wis.", "CASTRES, France"],
        ),
        ("MAINZ, Germany, and NEW YORK, NY, USA, 3 May 2021 -", ["MAINZ, Germany", "NEW YORK, NY, USA"]),
        ("BOSTON--(BUSINESS WIRE)--", ["BOSTON"]),
        ("June 6, 2018 --", []),
    ],
)
def test_places_of_a_dateline(dateline: str, places: list[str]) -> None:
    """One for each city."""
    assert dateline_places(dateline) == places


@pytest.mark.parametrize(
    ("printed", "label", "other"),
    [
        ("MADISON, Wis.", "Madison, Wis.", "Madison, Wisconsin"),
        ("FLORHAM PARK, N.J.", "Florham Park, N.J.", "Florham Park, NJ"),
        ("ZUG, Switzerland", "Zug, Switzerland", "Zug"),
        ("NEW YORK, NY", "New York, NY", "New York, New York"),
    ],
)
def test_a_place_keeps_its_words_and_knows_its_state(printed: str, label: str, other: str) -> None:
    """Capitals are put right."""
    entity = place(printed)
    assert entity.label == label
    assert other in entity.alt
