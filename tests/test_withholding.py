"""`kg.withholding`: whom a violation is laid to."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.findings import Finding, Report, Severity
from kg.model import Entity, Fact, Kind, Release
from kg.namespaces import Minter
from kg.quads import release_quads
from kg.resolution import resolve
from kg.store import Dataset
from kg.withholding import withheld
from tests import facts as given

SECOND = replace(given.RELEASE, id="r2", source="r2.txt")


def blamed(documents: dict[str, list[Fact]], focus: str, value: str) -> set[tuple[str, str]]:
    """Release and relation of the statements that a finding on a node and a value, but on no property, is laid to."""
    releases: list[Release] = [given.RELEASE, SECOND]
    resolved = resolve(documents)
    minter = Minter()
    dataset = Dataset.in_memory(quad for r in releases for quad in release_quads(r, resolved[r.id], minter))
    finding = Finding(
        ox.NamedNode(focus), None, ox.Literal(value), "shape", "constraint", Severity.VIOLATION, "Mend it."
    )
    found = withheld(Report((finding,)), dataset, releases, resolved, minter)
    return {(left.release.id, left.fact.relation) for left in found or ()}


def of_second(fact: Fact) -> Fact:
    return replace(fact, evidence=tuple(replace(e, release="r2") for e in fact.evidence))


@pytest.fixture
def company() -> Entity:
    return Entity(Kind.ORGANIZATION, "Second Bio")


def test_a_ticker_of_two_companies_is_laid_to_the_listings(company: Entity) -> None:
    """The finding names node and value and no property: everything else that is said of the company stays."""
    told = [given.TICKER, given.DEVELOPS]
    documents = {"r1": told, "r2": [of_second(replace(given.TICKER, subject=company))]}
    found = blamed(documents, "https://w3id.org/releasekg/id/organization/second-bio", "NASDAQ:EXMP")
    assert found == {("r2", "ticker")}


def test_a_value_is_laid_to_the_release_that_states_it() -> None:
    """Another release that tells of the same trial, without the value, keeps its statement."""
    numbered = given.TRIAL.with_qualifiers({"nct": "NCT01234567"})
    named = numbered.with_qualifiers({"name": "BAD NAME"})
    found = blamed(
        {"r1": [numbered], "r2": [of_second(named)]},
        "https://w3id.org/releasekg/id/trial/nct01234567",
        "BAD NAME",
    )
    assert found == {("r2", "trial")}
