"""What companies say of their technology as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]
ABOUT = "Acme Therapeutics, Inc. (Nasdaq: ACME) develops medicines. "


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        (
            "The company designed its lipid carrier platform to be coupled with a variety of payloads to facilitate "
            "both therapeutic and diagnostic applications.",
            "therapeutic and diagnostic applications",
        ),
        (
            "Our conjugates are loaded with toxins to enable the discovery and development of medicines for lupus.",
            "medicines for lupus",
        ),
        (
            "Its conjugates have been tested in more than 80 different xenograft models of cancer.",
            "more than 80 different xenograft models",
        ),
        (
            "These particles have demonstrated selective uptake in a broad range of tissues.",
            "selective uptake in a broad range of tissues",
        ),
        (
            "Acme's pipeline includes product candidates for cancer therapy and cancer imaging.",
            "product candidates for cancer therapy and cancer imaging",
        ),
    ],
)
def test_features(text: str, feature: str, states: States) -> None:
    """Of the company, in the words of the release."""
    assert states("technology_feature", ABOUT + text) == {("Acme Therapeutics", feature)}


@pytest.mark.parametrize(
    "text",
    [
        "ABC-101 has been tested in 12 xenograft models.",
        "The platform has been tested in 300 patients.",
        "Acme's pipeline includes ABC-101 for lupus.",
        "The company is linked to two universities to support education.",
        '"Our platform has been tested in more than 80 xenograft models," said Jane Doe, its CEO.',
    ],
)
def test_no_features(text: str, states: States) -> None:
    """What is said of one drug, or by somebody."""
    assert states("technology_feature", ABOUT + text) == set()
