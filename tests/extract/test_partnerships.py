"""Who works with whom: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Acme entered into a license agreement with Halden Pharma AG.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme acquired Halden Pharma AG for $5 million.", {("Acme Therapeutics", "Halden Pharma")}),
        ("It is made by our partner Halden Pharma AG under a 2020 supply agreement.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme has collaborated with the FDA on it.", set()),
        ("Acme has a loan agreement with Halden Capital.", set()),
        ("Acme develops drugs through collaborative R&D efforts.", set()),
    ],
)  # fmt: skip
def test_collaborations(states: States, text: str, pairs: set[tuple[str, str]]) -> None:
    """Agencies and lenders are no partners."""
    assert states("collaboration", ACME + text) == pairs
