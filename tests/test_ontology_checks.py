"""The checks of `ontology/checks/`: the project's own ontology passes each, and each finds the fault that it is for.

All but the last two ask what ROBOT's report asks, under ROBOT's names (https://robot.obolibrary.org/report), with the
properties that this ontology uses: skos:definition for definitions, SKOS labels for synonyms, mappings for references.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import PREFIXES, compact
from kg.store import Dataset

ONTOLOGY = Path(__file__).parent.parent / "ontology"
CHECKS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ONTOLOGY / "checks").glob("*.rq"))}
OURS = {"outside_owl_2_rl", "undeclared_entity"}

#: check → entities that it reports rightly, and why they stay.
ACCEPTED = {
    "multiple_asserted_superclasses": {"rkg:Drug"},  # given to patients, and developed by a company
    "missing_superclass": {
        "rkg:StudyModel"
    },  # a study's model may also be a disease, so nothing leads to it alone
}

#: check → Turtle with one fault of its kind.
BROKEN = {
    "annotation_whitespace": ':x skos:definition "A thing. " .',
    "deprecated_boolean_datatype": ':x owl:deprecated "true" .',
    "deprecated_class_reference": ":Old a owl:Class ; owl:deprecated true . :p rdfs:range :Old .",
    "deprecated_property_reference": ":old a owl:ObjectProperty ; owl:deprecated true . :p rdfs:subPropertyOf :old .",
    "duplicate_definition": ':x skos:definition "A thing."@en . :y skos:definition "A thing."@en .',
    "duplicate_exact_synonym": ':x skos:inScheme :s ; skos:altLabel "T" . :y skos:inScheme :s ; skos:altLabel "T" .',
    "duplicate_label": ':X a owl:Class ; rdfs:label "x"@en . :Y a owl:Class ; rdfs:label "x"@en .',
    "duplicate_label_synonym": ':x skos:inScheme :s ; skos:prefLabel "T" . :y skos:inScheme :s ; skos:altLabel "T" .',
    "duplicate_scoped_synonym": ':x skos:altLabel "T"@en ; skos:hiddenLabel "T"@en .',
    "equivalent_class_axiom_no_genus": """:X owl:equivalentClass [ owl:intersectionOf (
        [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :Y ] ) ] .""",
    "equivalent_pair": ":X owl:equivalentClass :Y .",
    "illegal_use_of_built_in_vocabulary": "rdf:type rdfs:range :X .",
    "invalid_entity_uri": "<https://w3id.org/releasekg/ontology#Two-words> a owl:Class .",
    "invalid_xref": ":x skos:exactMatch <http://purl.obolibrary.org/obo/DOID:9538> .",
    "label_formatting": ':x rdfs:label "two\\nlines"@en .',
    "label_whitespace": ':x rdfs:label " thing"@en .',
    "lowercase_definition": ':x skos:definition "a thing."@en .',
    "missing_definition": ":x a owl:Class .",
    "missing_label": ":x a owl:Class .",
    "missing_obsolete_label": ':x owl:deprecated true ; rdfs:label "thing"@en .',
    "missing_ontology_description": ":o a owl:Ontology .",
    "missing_ontology_license": ":o a owl:Ontology .",
    "missing_ontology_title": ":o a owl:Ontology .",
    "missing_subset_declaration": ":x skos:inScheme :nowhere .",
    "missing_superclass": "rkg:Lonely a owl:Class .",
    "missing_synonymtype_declaration": ':x a owl:Class ; :note "?" .',
    "misused_obsolete_label": ':x rdfs:label "obsolete thing"@en .',
    "misused_replaced_by": ":x dcterms:isReplacedBy :y .",
    "multiple_asserted_superclasses": "rkg:X rdfs:subClassOf rkg:Y , rkg:Z .",
    "multiple_definitions": ':x skos:definition "A thing."@en , "A being."@en .',
    "multiple_equivalent_class_definitions": """:X owl:equivalentClass [ owl:intersectionOf ( :A :B ) ] ,
        [ owl:intersectionOf ( :A :C ) ] .""",
    "multiple_equivalent_classes": ":X owl:equivalentClass :Y , :Z .",
    "multiple_labels": ':x rdfs:label "thing"@en , "being"@en .',
    "outside_owl_2_rl": ":X rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :Y ] .",
    "undeclared_entity": ":p rdfs:domain :Nowhere .",
}  # fmt: skip


@cache
def ontology() -> Dataset:
    """Every file of ontology and vocabulary; the lexicon, which has no definitions, is not theirs."""
    graph = ox.NamedNode("urn:ontology")
    return Dataset.in_memory(
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for path in ONTOLOGY.glob("*.ttl")
        for quad in ox.parse(path=str(path))
    )


def entities(check: str, dataset: Dataset) -> set[str]:
    return {
        compact(str(getattr(row["entity"], "value", row["entity"]))) for row in dataset.select(CHECKS[check])
    }


@pytest.mark.parametrize("check", CHECKS)
def test_the_ontology_passes(check: str) -> None:
    """Nothing is found but what was looked at and stays."""
    assert entities(check, ontology()) == ACCEPTED.get(check, set())


@pytest.mark.parametrize("check", CHECKS)
def test_the_check_finds_its_fault(check: str) -> None:
    """A broken example is reported."""
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    text = f"{prefixes}@prefix : <https://example.org/> .\n{BROKEN[check]}"
    quads = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    assert entities(check, Dataset.in_memory(quads))


def test_the_checks_are_those_of_the_report() -> None:
    """Each has a severity and says what the problem is; thirty-three are ROBOT's."""
    assert set(CHECKS) == set(BROKEN)
    assert len(set(CHECKS) - OURS) == 33
    for text in CHECKS.values():
        severity, problem = text.splitlines()[:2]
        assert severity.removeprefix("# severity: ") in ("violation", "warning", "info")
        assert len(problem.removeprefix("# problem: ")) > 20
