"""`kg.trial_nodes`: one registry number, and what releases tell of it."""

from dataclasses import replace

from kg.model import Entity, Fact, Kind, Node
from kg.trial_nodes import trial_nodes
from tests import facts as given

OTHER_DRUG = Entity(Kind.DRUG, "EX-202", slug="ex-202")
DRUG = replace(given.DRUG, slug="ex-101")


def trial(phase: str, drug: Entity = DRUG, *, population: str = "") -> Fact:
    qualifiers = (("nct", "NCT01234567"), *([("population", population)] if population else []))
    return Fact("trial", drug, Entity(Kind.PHASE, phase, concept=f"phase:{phase}"), qualifiers)


def nodes(**documents: list[Fact]) -> dict[str, list[Node]]:
    found = trial_nodes(documents, None)
    return {release: [found[release, i] for i in range(len(facts))] for release, facts in documents.items()}


def test_releases_that_differ_on_the_phase_speak_of_one_trial() -> None:
    """It has one label, by the phase that most of them give."""
    found = nodes(a=[trial("1")], b=[trial("1/2")], c=[trial("1/2")])
    assert {node for told in found.values() for node in told} == {
        Node("nct01234567", "EX-101: phase 1/2 trial (NCT01234567)")
    }


def test_two_phases_of_one_release_are_two_nodes() -> None:
    """A trial that is to be continued in the next phase keeps its number."""
    [first, second] = nodes(a=[trial("1/2"), trial("2/3")])["a"]
    assert first.slug == "nct01234567"
    assert second.slug == "nct01234567-phase-2-3"


def test_each_drug_of_a_trial_has_a_node() -> None:
    """A trial belongs to one drug in the graph, and a number may be that of a combination."""
    [first, second] = nodes(a=[trial("1"), trial("1", OTHER_DRUG)])["a"]
    assert {first.slug, second.slug} == {"nct01234567-ex-101", "nct01234567-ex-202"}


def test_an_age_group_makes_no_second_trial_of_a_number() -> None:
    """One release says that the patients are children, the other does not."""
    found = nodes(a=[trial("2")], b=[trial("2", population="pediatric")])
    assert found["a"] == found["b"]
