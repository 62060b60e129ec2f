"""`kg.extract.consequences`: what a drug is for where only its trials tell."""

from dataclasses import replace

import pytest

from kg.extract.consequences import with_consequences
from kg.model import Entity, Fact
from tests import facts as given

GOUT = Entity(given.MYELOMA.kind, "gout", concept="disease:gout")
TUMOURS = Entity(given.MYELOMA.kind, "solid tumors", concept="disease:solid-tumors")


def trial(words: str, *diseases: Entity) -> Fact:
    evidence = replace(given.TRIAL.evidence[0], text=words)
    return replace(given.TRIAL, qualifiers=tuple(("indications", d) for d in diseases), evidence=(evidence,))


def indications(*facts: Fact) -> set[str]:
    return {
        fact.object.label
        for fact in with_consequences(facts)
        if fact.relation == "drug_indication" and isinstance(fact.object, Entity)
    }


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([trial("The Phase 2 trial is fully enrolled.", GOUT)], {"gout"}),
        ([trial("A trial in gout.", GOUT), trial("A trial began.", given.LYMPHOMA)], {"gout"}),
        ([trial("A trial in solid tumors.", TUMOURS)], set()),
        ([Fact("drug_indication", given.DRUG, given.MYELOMA), trial("A trial.", GOUT)], {"multiple myeloma"}),
    ],
    ids=["the only disease", "one of two that the words name", "a chapter of medicine", "told by itself"],
)
def test_a_drug_is_for_what_its_trials_are_in(facts: list[Fact], expected: set[str]) -> None:
    """Only where nothing else says what it is for."""
    assert indications(*facts) == expected
