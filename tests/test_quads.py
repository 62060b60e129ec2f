"""What the writer adds beyond the fact view, which is tested by reading back (test_fact_view.py)."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.model import Entity, Kind, Modality
from kg.namespaces import Minter, expand
from kg.ontology import ontology_quads
from kg.quads import release_quads
from kg.reasoning import infer
from kg.resolution import resolve
from kg.store import Dataset
from tests.facts import HOPE, LYMPHOMA, MYELOMA, RELEASE, TRIAL


def treated(status: str, modality: Modality) -> set[str]:
    """The diseases that the drug treats by an application with this status, stated in this way, and a trial."""
    decision = Entity(Kind.REGULATORY_STATUS, status, concept=f"regulatory-status:{status}")
    fact = replace(HOPE, qualifiers=(("status", decision),), modality=modality)
    documents = resolve({RELEASE.id: [fact, TRIAL]})
    dataset = Dataset.in_memory([*ontology_quads(), *release_quads(RELEASE, documents[RELEASE.id], Minter())])
    pairs = {(str(q.predicate), str(q.object)) for q in infer(dataset).quads}
    assert (term("rkg:studiedFor"), term(str(MYELOMA.concept))) in pairs
    return {object_ for predicate, object_ in pairs if predicate == term("rkg:treats")}


def term(curie: str) -> str:
    return str(ox.NamedNode(expand(curie)))


@pytest.mark.parametrize("modality", [Modality.ASSERTED, Modality.HISTORICAL])
def test_an_approval_makes_a_treatment(modality: Modality) -> None:
    """Told as a fact of the present or the past."""
    assert treated("approved", modality) == {term(str(LYMPHOMA.concept))}


@pytest.mark.parametrize(
    ("status", "modality"),
    [
        ("approved", Modality.PLANNED),
        ("approved", Modality.HYPOTHETICAL),
        ("approved", Modality.NEGATED),
        ("submitted", Modality.ASSERTED),
    ],
)
def test_nothing_less_than_an_approval_does(status: str, modality: Modality) -> None:
    """Neither a plan nor a hope, a denial, an application or a trial."""
    assert treated(status, modality) == set()
