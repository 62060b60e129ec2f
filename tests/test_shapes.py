"""Every shape accepts what it should, reports what it should, and is alive."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDFS

from kg import validation
from kg.namespaces import SHAPES
from kg.ontology import shape_files
from kg.schema import CLASS_OF_KIND, RELATIONS

FIXTURES = Path(__file__).parent / "shapes"
RKGS = Namespace(SHAPES + "#")
ONTOLOGY = Path(__file__).parent.parent / "ontology"


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in shape_files():
        graph.parse(path)
    return graph


@cache
def fired(path: Path) -> frozenset[URIRef]:
    """The shapes and constraints that report a fixture."""
    conforms, report, text = validate(
        Graph().parse(path), shacl_graph=shapes(), advanced=True, inplace=True, do_owl_imports=False
    )
    assert isinstance(report, Graph), text
    found = {*report.objects(None, SH.sourceShape), *report.objects(None, SH.sourceConstraint)}
    assert conforms == (not found)
    return frozenset(term for term in found if isinstance(term, URIRef))


def node_shapes() -> list[URIRef]:
    return sorted(s for s in shapes().subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef))


def fixture(shape: URIRef, which: str) -> Path:
    (path,) = FIXTURES.glob(f"*/{shape.removeprefix(RKGS)}-{which}.ttl")
    return path


def named(shape: URIRef) -> str:
    return shape.removeprefix(RKGS)


@pytest.mark.parametrize("shape", node_shapes(), ids=named)
def test_valid_example_conforms(shape: URIRef) -> None:
    """What is right raises nothing, not even a warning."""
    assert fired(fixture(shape, "valid")) == set()


@pytest.mark.parametrize("shape", node_shapes(), ids=named)
def test_invalid_example_is_reported_by_its_shape(shape: URIRef) -> None:
    """Every part of the shape that is not shared with others reports the broken example."""
    graph = shapes()
    parts = {*graph.objects(shape, SH.property), *graph.objects(shape, SH.sparql)}
    shared = {RKGS.label, RKGS["alternative-labels"], RKGS["node-modality"]}
    assert parts & fired(fixture(shape, "invalid"))
    assert parts - shared <= fired(fixture(shape, "invalid"))


def test_shared_parts_are_reported_too() -> None:
    """The property shapes that many node shapes use fire somewhere."""
    everything = frozenset().union(*(fired(path) for path in FIXTURES.glob("*/*-invalid.ttl")))
    assert {RKGS.label, RKGS["alternative-labels"], RKGS["node-modality"]} <= everything


def test_fixtures_and_shapes_match() -> None:
    """No fixture is left over from a shape that is gone."""
    names = {f"{named(shape)}-{which}" for shape in node_shapes() for which in ("valid", "invalid")}
    assert {path.stem for path in FIXTURES.glob("*/*.ttl")} == names


def test_every_shacl_term_exists() -> None:
    """No misspelt `sh:` term, which a validator would pass over in silence."""
    used = {t for triple in shapes() for t in triple if isinstance(t, URIRef) and t.startswith(str(SH))}
    for term in used:
        assert SH[term.removeprefix(str(SH))] == term  # a closed namespace: KeyError where there is none


def test_every_shape_can_be_acted_on() -> None:
    """Property shapes and constraints are named and have one English message; property shapes a severity too."""
    graph = shapes()
    for kind in (SH.PropertyShape, SH.SPARQLConstraint):
        for part in graph.subjects(RDF.type, kind):
            assert isinstance(part, URIRef)
            (message,) = graph.objects(part, SH.message)
            assert getattr(message, "language", None) == "en"
            assert len(str(message)) > 40
    for part in graph.subjects(RDF.type, SH.PropertyShape):
        assert graph.value(part, SH.severity) in (SH.Violation, SH.Warning, SH.Info)


def test_every_part_is_used() -> None:
    """Each property shape and constraint belongs to a node shape, and each that is referred to exists."""
    graph = shapes()
    used = {*graph.objects(None, SH.property), *graph.objects(None, SH.sparql)}
    declared = {
        *graph.subjects(RDF.type, SH.PropertyShape),
        *graph.subjects(RDF.type, SH.SPARQLConstraint),
    }
    assert used == declared


def test_no_shape_is_dead() -> None:
    """What the shapes target, point to and walk along is declared in the ontology or reused on purpose."""
    known = Graph()
    for path in ONTOLOGY.glob("*.ttl"):
        known.parse(path)
    graph = shapes()
    declared = {
        term
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for term in known.subjects(RDF.type, kind)
    }
    standard = ("http://www.w3.org/2004/02/skos/core#", str(OWL), str(RDF), str(RDFS))
    others = ("http://purl.org/dc/terms/", "http://purl.org/vocab/vann/")
    terms = {*graph.objects(None, SH.targetClass), *graph.objects(None, SH["class"])}
    for path_ in graph.objects(None, SH.path):
        terms |= {
            t for t in (path_, *graph.transitive_objects(path_, SH.inversePath)) if isinstance(t, URIRef)
        }
    assert {t for t in terms - declared if not str(t).startswith((*standard, *others))} == set()


def test_every_class_has_a_shape() -> None:
    """Each class that the data uses is the target of a node shape."""
    targets = {str(t).partition("#")[2] for t in shapes().objects(None, SH.targetClass)}
    classes = {*CLASS_OF_KIND.values(), *(r.node for r in RELATIONS.values() if r.node)}
    assert {c.removeprefix("rkg:") for c in classes} <= targets


def test_every_qualifier_is_checked() -> None:
    """Each predicate of the relation table stands in a property shape of its node."""
    graph = shapes()
    for relation in RELATIONS.values():
        if relation.node is None:
            continue
        shape = RKGS[relation.node.removeprefix("rkg:") + "Shape"]
        paths = {str(graph.value(part, SH.path)) for part in graph.objects(shape, SH.property)}
        locals_ = {re.split("[#/]", path)[-1] for path in paths}
        predicates = {relation.object_predicate, *(slot.predicate for slot in relation.slots)}
        assert {p.partition(":")[2] for p in predicates} <= locals_, relation.name


def test_the_shapes_conform_to_the_shapes_of_shapes() -> None:
    """The shapes are shapes (https://www.w3.org/TR/shacl/#shacl-shacl); `kg validate` asks it only of a user's own."""
    assert validation.validate([], shapes=shape_files()).conforms
