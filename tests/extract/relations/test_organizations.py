"""Rules about organisations: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.relations.organizations import dateline_places, place
from kg.model import Fact

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "


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


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ('"We are glad," said Jane Doe, M.D., Ph.D., chief medical officer of Acme.', {("Jane Doe", "Acme Therapeutics")}),
        ('"We are glad," said Jane Doe, our president.', {("Jane Doe", "Acme Therapeutics")}),
        ("Dr. Jane Doe, Professor of Medicine at Stanford University, led it.", {("Jane Doe", "Stanford University")}),
        ("Jane Doe joined as Chief Financial Officer on May 2.", {("Jane Doe", "Acme Therapeutics")}),
        ("Ms. Jane Doe previously served as Vice President at Pfizer.", {("Jane Doe", "Pfizer")}),
        ("The board includes Jane Doe (CEO).", {("Jane Doe", "Acme Therapeutics")}),
        ("Acme announced the appointment of Jane Doe, MD, CM, FACS, FRCSC, as Chief Medical Officer.", {("Jane Doe", "Acme Therapeutics")}),
        ('"Fine," said Jane Doe, Representative Director and Chief Strategy Officer at Acme.', {("Jane Doe", "Acme Therapeutics")}),
        ("Acme appointed Jane Doe, M.D., as Chief Medical Officer and Bob Low as Chief Financial Officer.", {("Jane Doe", "Acme Therapeutics"), ("Bob Low", "Acme Therapeutics")}),
        ("Acme strengthened its Board of Directors with the appointment of Jane Doe.", {("Jane Doe", "Acme Therapeutics")}),
        ('"Fine," said Jane Doe, Professor of Oncology at Charité – Universitätsmedizin Berlin.', {("Jane Doe", "Charité – Universitätsmedizin Berlin")}),
        ("Jane Doe M.D. appointed as Chief Development Officer, effective May 3, 2021", {("Jane Doe", "Acme Therapeutics")}),
        ("Dr. Jane Doe, President of Saltmarsh University Cancer Institute and Hospital, led it.", {("Jane Doe", "Saltmarsh University Cancer Institute and Hospital")}),
        ('"Fine," said Jane Doe, CEO of Brightfield (Suzhou) Biologics Co., Ltd.', {("Jane Doe", "Brightfield (Suzhou) Biologics")}),
        ("Acme Therapeutics, president of the market, grew.", set()),
    ],
)  # fmt: skip
def test_roles(states: States, text: str, roles: set[tuple[str, str]]) -> None:
    """Who holds which post, where."""
    assert states("role", ACME + text) == roles


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


def test_a_title_ends_before_a_clause(extract: Callable[[str], tuple[Fact, ...]]) -> None:
    """What somebody did before is no part of it."""
    facts = extract(
        "Acme Therapeutics Names Officer\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics, Inc. today announced news. "
        "Jane Doe joins as Chief Commercial Officer after most recently serving as a consultant.\n"
    )
    assert {str(f.qualifier("title")[0]) for f in facts if f.relation == "role"} == {
        "Chief Commercial Officer"
    }
