"""Who works with whom: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Entity, Fact, Value

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Acme entered into a license agreement with Halden Pharma AG.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme acquired Halden Pharma AG for $5 million.", {("Acme Therapeutics", "Halden Pharma")}),
        ("It is made by our partner Halden Pharma AG under a 2020 supply agreement.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme granted Halden Pharma AG an exclusive option to AB-101.", {("Acme Therapeutics", "Halden Pharma")}),
        ("In China, licensee Halden Pharma AG filed an application.", {("Acme Therapeutics", "Halden Pharma")}),
        ("AB-202 (partner: Halden Pharma AG) is in Phase 1.", {("Acme Therapeutics", "Halden Pharma")}),
        ("AB-101 was discovered by Halden Chemistry, which Acme acquired in 2020 for $930 million.", {("Acme Therapeutics", "Halden Chemistry")}),
        ("With the Karolinska Institutet, Acme entered into a research collaboration.", {("Acme Therapeutics", "Karolinska Institutet")}),
        ("In Brazil it will be distributed by Laboratorios Almar, to which Acme granted exclusive rights.", {("Acme Therapeutics", "Laboratorios Almar")}),
        ("Acme received a milestone payment of $10 million from Halden Pharma AG.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Halden Pharma AG exercised its option to license AB-101.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme sold its nasal spray business to Halden Consumer Health for $9 million.", {("Acme Therapeutics", "Halden Consumer Health")}),
        ("Acme licensed AB-101 from Saltmarsh University spin-off Halden Pharma AG in 2018.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Distribution there has been entrusted to Halden Pharma AG.", {("Acme Therapeutics", "Halden Pharma")}),
        ("AB-202 was returned by Halden Pharma AG when the parties ended their 2021 license agreement.", {("Acme Therapeutics", "Halden Pharma")}),
        ("With the University of Foo, Acme is studying delivery under a research collaboration.", {("Acme Therapeutics", "University of Foo")}),
        ("Acme has strategic collaborations with Roche, Pfizer and Merck to discover new medicines.", {("Acme Therapeutics", "Roche"), ("Acme Therapeutics", "Pfizer"), ("Acme Therapeutics", "Merck")}),
        ("Acme signed an agreement under which Halden Isotopes GmbH of Bonn will supply lutetium-177.", {("Acme Therapeutics", "Halden Isotopes")}),
        ("Under a separate agreement of May 2020 Halden Pharma AG provides its inhibitor.", {("Acme Therapeutics", "Halden Pharma")}),
        ("In co-development with Halden Cell Works of Barcelona.", {("Acme Therapeutics", "Halden Cell Works")}),
        ("Rights in Japan are held by Halden Pharma AG.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Halden Pharma has elected to terminate the collaboration agreement.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Halden Pharma and Acme share costs and profits equally in Europe.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme, Halden Pharma and Merlin Bio announced a three-way collaboration on AB-101.", {("Acme Therapeutics", "Halden Pharma"), ("Acme Therapeutics", "Merlin Bio")}),
        ("Revenue came from our agreements with Halden Pharma and Merlin Bio.", {("Acme Therapeutics", "Halden Pharma"), ("Acme Therapeutics", "Merlin Bio")}),
        ("Acme was spun out of the University of Foo in 2015 and holds an exclusive licence.", {("Acme Therapeutics", "University of Foo")}),
        ("Halden Pharma (our partner for Greater China) began the trial.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Halden Pharma will distribute AB-101 in Norway under an exclusive agreement.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme and Halden Pharma will present at the congress.", set()),
        ("Acme does not intend to apply in Europe, where AB-101 is partnered with Halden Pharma under a license.", {("Acme Therapeutics", "Halden Pharma")}),
        ("AB-202 was returned to Acme by Halden Pharma on termination of the agreement.", {("Acme Therapeutics", "Halden Pharma")}),
        ("AB-202 has been developed since 2020 with the Institut Pasteur.", {("Acme Therapeutics", "Institut Pasteur")}),
        ("A second filling site is at Halden Sterile Services, with which it entered into a manufacturing agreement.", {("Acme Therapeutics", "Halden Sterile Services")}),
        ("It makes vaccines under contract for AstraZeneca.", {("Acme Therapeutics", "AstraZeneca")}),
        ("Acme closed the sale of its eye franchise to Halden Pharma for €85 million.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme has contracted Halden CDMO GmbH for the commercial manufacture of AB-101.", {("Acme Therapeutics", "Halden CDMO")}),
        ("Halden Pharma and its partner Acme presented data.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme completed the sale of its shares to Halden Pharma.", set()),
        ("The acquired Haldenia portfolio sold well.", {("Acme Therapeutics", "Haldenia")}),
        ("Acme announced the acquisition from Halden Pharma of the IND for AB-101.", {("Acme Therapeutics", "Halden Pharma")}),
        ("Acme, Halden Pharma and Merlin Bio are working together to develop AB-101.", {("Acme Therapeutics", "Halden Pharma"), ("Acme Therapeutics", "Merlin Bio"), ("Halden Pharma", "Merlin Bio")}),
        ("Acme was founded on science licensed from Foo University and Saltmarsh Health & Science University.", {("Acme Therapeutics", "Foo University"), ("Acme Therapeutics", "Saltmarsh Health & Science University")}),
        ("Lipids are made by the contract manufacturer Halden Chemie AG.", set()),
        ("Merlin Pharma AG licensed XY-12 from Halden Pharma AG.", set()),
        ("Acme raised $5 million from Halden Capital and Merlin Ventures.", set()),
        ("Acme has collaborated with the FDA on it.", set()),
        ("Acme has a loan agreement with Halden Capital.", set()),
        ("Acme entered into a sales agreement with Jefferies LLC for an at-the-market offering.", set()),
        ("Acme signed a lease agreement with Halden Real Estate AG.", set()),
        ("Acme develops drugs through collaborative R&D efforts.", set()),
    ],
)  # fmt: skip
def test_collaborations(states: States, text: str, pairs: set[tuple[str, str]]) -> None:
    """Agencies and lenders are no partners."""
    assert states("collaboration", ACME + text) == pairs


@pytest.mark.parametrize(
    ("text", "kind", "date", "amount"),
    [
        ("Acme signed a license agreement with Halden Pharma AG in 2019. Halden paid $35 million upfront and may pay up to $210 million in milestones.", "licence", "2019", "35000000"),
        ("Under the 2018 option agreement with Halden Pharma AG, Acme received nothing.", "option", "2018", None),
        ("Acme bought Halden Bio, Inc. in 2020 for $930 million.", "acquisition", "2020", "930000000"),
        ("Acme today announced that it will acquire Halden Bio, Inc. for $18.50 per share in cash, or approximately $1.4 billion.", "acquisition", "2021-05-04", "1400000000"),
        ("Acme today announced a clinical trial collaboration and supply agreement with Halden Pharma AG.", "clinical collaboration", "2021-05-04", None),
        ("Acme has a supply agreement with Halden Pharma AG.", "supply", None, None),
        ("Acme has entered into a definitive agreement to be acquired by Halden Pharma AG for €28.50 per share in cash, or approximately €1.1 billion.", "acquisition", None, "1100000000"),
        ("In March 2020 licensee Halden Pharma AG filed an application. Under the licence agreement of May 2018, Halden paid $5 million upon signature.", "licence", "2018-05", "5000000"),
        ("Acme acquired AB-202 from Halden Pharma AG in December 2020 for $12 million upfront.", "asset purchase", "2020-12", "12000000"),
    ],
)  # fmt: skip
def test_terms(
    extract: Callable[[str], tuple[Fact, ...]], text: str, kind: str, date: str | None, amount: str | None
) -> None:
    """The kind by its most telling word, the date of signing, the sum paid at the start rather than the total."""
    facts = extract(
        f"Acme Therapeutics Provides Update\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- {ACME}{text}\n"
    )
    (fact,) = [f for f in facts if f.relation == "collaboration"]
    told = {slot: "".join(map(show, fact.qualifier(slot))) or None for slot in ("kind", "date", "amount")}
    assert told == {"kind": kind, "date": date, "amount": amount}


def show(value: Value | None) -> str:
    return value.label if isinstance(value, Entity) else str(value or "")
