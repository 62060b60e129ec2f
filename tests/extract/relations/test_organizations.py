"""Rules about organisations: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Acme will receive approximately $2 million in a grant from the National Cancer Institute.", {("National Cancer Institute", "Acme Therapeutics")}),
        ("CARB-X awarded Acme a $5.5 million grant.", {("CARB-X", "Acme Therapeutics")}),
        ("CEPI will provide up to $25 million to support it.", {("Coalition for Epidemic Preparedness Innovations", "Acme Therapeutics")}),
        ("The FDA has granted Acme an orphan drug designation.", set()),
        ("Acme is eligible for milestone payments of $5 million from Pfizer.", set()),
    ],
)  # fmt: skip
def test_funding(states: States, text: str, pairs: set[tuple[str, str]]) -> None:
    """Money given, not earned."""
    assert states("funding", ACME + text) == pairs


def test_supplier_and_owner(states: States) -> None:
    """The supplier of a drug does not develop it."""
    text = (
        ACME
        + "Halden Isotopes Ltd (HIL), the sole supplier of the AC-101 for patients, is 86 percent-owned by the Halden Foundation."
    )
    assert states("supplier", text) == {("Halden Isotopes", "AC-101")}
    assert ("Halden Isotopes", "AC-101") not in states("develops", text)
    assert states("owner", ACME + "Halden Pharma AG is 86 percent-owned by the Halden Foundation.") == {
        ("Halden Foundation", "Halden Pharma")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme Therapeutics, Inc. (Nasdaq: ACME), a clinical-stage biopharmaceutical company focused on cancer, reports.", {("Acme Therapeutics", "clinical-stage biopharmaceutical company")}),
        ("Acme Therapeutics, a company's subsidiary, reports.", set()),
        ("Acme Therapeutics reports that a private company called.", set()),
    ],
)  # fmt: skip
def test_descriptions(states: States, text: str, expected: set[tuple[str, str]]) -> None:
    """What an organisation calls itself."""
    assert states("org_description", text) == expected


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Acme Therapeutics is 86 percent-owned by the Merlin Foundation, and secondarily by its own employees.", {"Merlin Foundation", "Acme Therapeutics employees"}),
        ("Acme Therapeutics is 86 percent-owned by the Merlin Foundation, and its employees number 200.", {"Merlin Foundation"}),
    ],
)  # fmt: skip
def test_employees_as_owners(states: States, text: str, owners: set[str]) -> None:
    """Employees may own, too."""
    assert {s for s, o in states("owner", ACME + text)} == owners


@pytest.mark.parametrize(
    ("text", "developers"),
    [
        ("Foo Bio Inc. (Nasdaq: FOO) and Bar Pharma AG (SIX: BAR) today announced that the FDA has granted orphan drug designation to XB-101. XB-101 is in Phase 2.", {"Foo Bio", "Bar Pharma"}),
        ("Foo Bio Inc. (Nasdaq: FOO) and Boston University today announced that the FDA has granted orphan drug designation to XB-101. XB-101 is in Phase 2.", {"Foo Bio"}),
    ],
)  # fmt: skip
def test_who_announces_together_develops_together(states: States, text: str, developers: set[str]) -> None:
    """The drug of their news is both companies'; a university's it is not."""
    assert {who for who, _ in states("develops", text)} == developers
