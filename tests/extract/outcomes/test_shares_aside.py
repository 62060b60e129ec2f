"""`kg.extract.outcomes.shares_aside`: shares in a parenthesis behind what patients reached."""

from __future__ import annotations

import pytest

from kg.extract.outcomes.shares_aside import share_aside


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("More patients on AB-1 achieved an HbA1c below 7% (61.4% vs 18.2%).", "HbA1c below 7%"),
        (
            "Patients on AB-1 were more likely to achieve weight loss of at least 15% (61.4% vs 18.2%).",
            "weight loss of at least 15%",
        ),
        (
            "More patients had complete hair regrowth at week 12 than on placebo (61.4% versus 18.2%).",
            "complete hair regrowth",
        ),
    ],
)
def test_share_of_what_was_reached(text: str, name: str) -> None:
    """The share is named by all that patients reached."""
    start = text.index("61.4%")
    named = share_aside(text, start, start + 5, ())
    assert named is not None
    assert named.name == name


@pytest.mark.parametrize(
    "text",
    ["More patients had nausea (61.4% vs 18.2%).", "HbA1c fell by more than half (61.4% vs 18.2%)."],
)
def test_other_shares(text: str) -> None:
    """Safety findings and shares of something else are not named so."""
    start = text.index("61.4%")
    assert share_aside(text, start, start + 5, ()) is None
