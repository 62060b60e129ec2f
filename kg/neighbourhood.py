"""What is said of a thing and of what is linked to it, with or without the assertions and sentences behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.namespaces import VOCABULARY, VOCABULARY_GRAPH, expand
from kg.schema import RELATIONS
from kg.store import Dataset, Term

_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_Node = ox.NamedNode | ox.BlankNode
_NODE_CLASSES: Final = {ox.NamedNode(expand(r.node)) for r in RELATIONS.values() if r.node is not None}
_TEXT: Final = ox.NamedNode(expand("rkg:text"))
_SUBJECT, _OBJECT = ox.NamedNode(expand("rdf:subject")), ox.NamedNode(expand("rdf:object"))
#: How assertions and disagreements point to what they speak of.
_SAYING: Final = tuple(
    ox.NamedNode(expand(curie))
    for curie in (
        "rdf:subject",
        "rdf:object",
        "rkg:value",
        "rkg:statedIn",
        "oa:hasSource",
        "rdf:type",
        "rkg:concerns",
    )
)
#: From an assertion down to the quote.
_PARTS: Final = tuple(
    ox.NamedNode(expand(curie))
    for curie in ("rkg:evidence", "rkg:primaryEvidence", "rkg:qualification", "oa:hasSelector")
)
_NAMING: Final = tuple(ox.NamedNode(expand(curie)) for curie in ("rdf:type", "rdfs:label", "skos:prefLabel"))


def neighbourhood(
    dataset: Dataset, entity: str, *, depth: int, graphs: Sequence[str], evidence: bool = False
) -> set[ox.Quad]:
    """What is said of a thing, and of what is said to be linked to it, in so many steps.

    One step is from a thing to what its triples, in either direction, name: a drug, its designation; two, the
    designation's agency and disease.  Concepts of the vocabulary are reached but not passed, since a phase or an agency
    leads to everything.  What is reached last comes with its classes and names.

    Args:
        dataset: where to look.
        entity: IRI.
        depth: number of steps, from 1.
        graphs: IRIs of the graphs to look in.
        evidence: whether to add the assertions of the triples found, with their evidence.
    """
    wanted = set(graphs)
    start = ox.NamedNode(entity)
    found: set[ox.Quad] = set()
    reached: set[_Node] = {start}
    edge: set[_Node] = {start}
    passed: set[_Node] = set()
    for _ in range(depth):
        touching = {quad for node in edge for quad in _touching(dataset, node, wanted)}
        found |= touching
        ends = {end for quad in touching if quad.predicate != _TYPE for end in (quad.subject, quad.object)}
        reached |= {end for end in ends if isinstance(end, (ox.NamedNode, ox.BlankNode))}
        passed |= edge
        edge = {node for node in reached - passed if not str(node).startswith(f"<{VOCABULARY}")}
    if not found:
        return found
    for node in reached:
        for predicate in _NAMING:
            # Names of concepts stand in the vocabulary's graph, whether that was chosen or not.
            found.update(_in(dataset.quads_for(node, predicate), wanted | {VOCABULARY_GRAPH}))
    if evidence:
        found |= _evidence(dataset, found, wanted)
    return found


def _touching(dataset: Dataset, node: _Node, graphs: Collection[str]) -> Iterator[ox.Quad]:
    """The triples about a node, those that only say where it is said left out."""
    yield from (quad for quad in _in(dataset.quads_for(node), graphs) if quad.predicate != _TEXT)
    for quad in _in(dataset.quads_for(None, None, node), graphs):
        if quad.predicate not in _SAYING:
            yield quad


def _evidence(dataset: Dataset, quads: Collection[ox.Quad], graphs: Collection[str]) -> set[ox.Quad]:
    """The assertions of triples and of the nodes among them, and all that hangs on them down to the quotes."""
    nodes = {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object in _NODE_CLASSES}
    triples = {(quad.subject, quad.object) for quad in quads}
    assertions: set[_Node] = set()
    for object_ in nodes | {object_ for _, object_ in triples}:
        if not isinstance(object_, ox.Triple):
            for quad in _in(dataset.quads_for(None, _OBJECT, object_), graphs):
                subjects = (q.object for q in dataset.quads_for(_node(quad.subject), _SUBJECT))
                if object_ in nodes or any((subject, object_) in triples for subject in subjects):
                    assertions.add(_node(quad.subject))
    found: set[ox.Quad] = set()
    waiting = list(assertions)
    while waiting:
        for quad in _in(dataset.quads_for(waiting.pop()), graphs):
            found.add(quad)
            if (
                quad.predicate in _PARTS
                and isinstance(quad.object, ox.NamedNode)
                and quad.object not in assertions
            ):
                assertions.add(quad.object)
                waiting.append(quad.object)
    return found


def _node(term: Term) -> _Node:
    assert isinstance(term, (ox.NamedNode, ox.BlankNode))
    return term


def _in(quads: Iterable[ox.Quad], graphs: Collection[str]) -> Iterator[ox.Quad]:
    return (q for q in quads if isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value in graphs)
