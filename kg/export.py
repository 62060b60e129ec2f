"""Dataset → Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML: the same bytes for the same graph.

Turtle and TriG are written by `kg.turtle`, JSON-LD by `kg.jsonld`, RDF/XML by Oxigraph; N-Triples and N-Quads are
sorted lines.  All but JSON-LD and RDF/XML are written in bounded memory.  Blank nodes (only the ontology has any) are
named by RDFC-1.0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import InputError
from kg.external_sort import sorted_lines
from kg.jsonld import jsonld
from kg.namespaces import (
    CONFLICTS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    QUERIES_GRAPH,
    REPORT_GRAPH,
    VOCABULARY,
    VOCABULARY_GRAPH,
    compact,
    expand,
)
from kg.schema import RELATIONS
from kg.store import Dataset, Term, canonical
from kg.turtle import write_turtle

#: The graphs that are not a release's, by the names that `graph` and `include` take.
SPECIAL_GRAPHS: Final = {
    "ontology": ONTOLOGY_GRAPH,
    "vocabulary": VOCABULARY_GRAPH,
    "queries": QUERIES_GRAPH,
    "inferred": INFERRED_GRAPH,
    "conflicts": CONFLICTS_GRAPH,
    "report": REPORT_GRAPH,
}

#: Format → usual extension.
FORMATS: Final = {
    "turtle": ".ttl",
    "trig": ".trig",
    "ntriples": ".nt",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
#: Extensions of compressed files.
COMPRESSIONS: Final = (".gz", ".bz2", ".xz")
_WITH_GRAPHS: Final = ("trig", "nquads")

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
# A property is an XML element, named by what its IRI ends in.
_XML_NAME_AT_END = re.compile(r"[^\W\d][\w.\-]*\Z")
# What XML 1.0 cannot hold, not even as a character reference (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def export(
    dataset: Dataset,
    format_: str,
    out: BinaryIO,
    *,
    graph: str | None = None,
    include: Sequence[str] = (),
    entity: str | None = None,
    depth: int = 2,
) -> int:
    """Write what a dataset holds; returns the number of statements written.

    Turtle, N-Triples, JSON-LD and RDF/XML hold the union of the graphs chosen, each triple once; TriG and
    N-Quads say which graph each comes from.

    Args:
        dataset: what to write.
        format_: a key of `FORMATS`.
        out: where to; bytes, in UTF-8.
        graph: one graph alone: a name of `SPECIAL_GRAPHS`, a release's id, or an IRI.
        include: names of `SPECIAL_GRAPHS` to write beside the releases (without `graph`), or "evidence": with
            `entity`, the assertions behind the statements, with their sentences; without it they are written anyway.
        entity: IRI of a thing, to write its neighbourhood alone (`neighbourhood`).
        depth: how far that reaches.

    Raises:
        InputError: no such format, graph or entity, or the format cannot hold a literal.
    """
    return write(selected(dataset, graph=graph, include=include, entity=entity, depth=depth), format_, out)


def selected(
    dataset: Dataset,
    *,
    graph: str | None = None,
    include: Sequence[str] = (),
    entity: str | None = None,
    depth: int = 2,
) -> Iterable[ox.Quad]:
    """What `export` writes, for other formats; the arguments are its.

    Raises:
        InputError: no such graph or entity.
    """
    chosen = _graphs(dataset, graph, [name for name in include if name != "evidence"])
    if entity is None:
        return (quad for name in chosen for quad in dataset.quads(name))
    found = neighbourhood(dataset, entity, depth=depth, graphs=chosen, evidence="evidence" in include)
    if not found:
        raise InputError(f"{compact(entity)}: nothing in the graphs chosen speaks of it")
    return found


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


def write(quads: Iterable[ox.Quad | ox.Triple], format_: str, out: BinaryIO) -> int:
    """Write statements; returns their number, each counted once.

    Args:
        quads: in any order; graph names are left out where the format has none.
        format_: a key of `FORMATS`.
        out: where to; bytes, in UTF-8.

    Raises:
        InputError: no such format, or it cannot hold a literal.
    """
    if format_ not in FORMATS:
        raise InputError(f"{format_}: no such format; there are {', '.join(FORMATS)}")
    with_graphs = format_ in _WITH_GRAPHS
    content = _relabelled(quads, with_graphs=with_graphs)
    if format_ in ("turtle", "trig"):
        return write_turtle(content, out, with_graphs=with_graphs)
    if format_ in ("ntriples", "nquads"):
        return _write_lines(content, out)
    ordered = sorted(set(content), key=str)
    if format_ == "jsonld":
        for piece in jsonld(ordered):
            out.write(piece.encode())
    else:
        _write_rdfxml(ordered, out)
    return len(ordered)


def packed(path: PurePath) -> tuple[PurePath, str]:
    """A file's name without the extension of its compression, and that extension ("" for none)."""
    extension = path.suffix.casefold()
    return (path.with_suffix(""), extension) if extension in COMPRESSIONS else (path, "")


def format_of(path: PurePath) -> str:
    """The format that a file name's extension asks for; one of `COMPRESSIONS` after it is compression.

    Raises:
        InputError: the extension is not one of ours.
    """
    named, _ = packed(path)
    for name, extension in FORMATS.items():
        if named.suffix.casefold() == extension:
            return name
    raise InputError(f"{path}: cannot tell the format from {path.suffix or 'a name without extension'!r}")


def _graphs(dataset: Dataset, graph: str | None, include: Sequence[str]) -> list[str]:
    there = dataset.graphs()
    if graph is None:
        special = set(SPECIAL_GRAPHS.values())
        return [iri for iri in there if iri not in special] + [SPECIAL_GRAPHS[name] for name in include]
    ending = f"/id/release/{quote(graph, safe='')}"
    for iri in there:
        if iri in (graph, SPECIAL_GRAPHS.get(graph)) or iri.endswith(ending):
            return [iri]
    raise InputError(
        f"{graph}: no such graph; name a release by its id, or one of "
        + ", ".join(name for name, iri in SPECIAL_GRAPHS.items() if iri in there)
    )


def _relabelled(quads: Iterable[ox.Quad | ox.Triple], *, with_graphs: bool) -> Iterator[ox.Quad]:
    """The quads, their blank nodes named by RDFC-1.0; these names depend on the quads with blank nodes alone."""
    blank = set()
    for quad in quads:
        graph = quad.graph_name if with_graphs and isinstance(quad, ox.Quad) else ox.DefaultGraph()
        told = ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        if isinstance(told.subject, ox.BlankNode) or isinstance(told.object, ox.BlankNode):
            blank.add(told)
        else:
            yield told
    if blank:
        yield from canonical(blank)


def _write_lines(quads: Iterable[ox.Quad], out: BinaryIO) -> int:
    """N-Triples or N-Quads, a statement a line."""
    count = 0
    for line in sorted_lines(str(quad).encode() for quad in quads):
        out.write(line + b" .\n")
        count += 1
    return count


def _write_rdfxml(quads: Sequence[ox.Quad], out: BinaryIO) -> None:
    _check_xml(quads)
    triples = [quad.triple for quad in quads]
    ox.serialize(triples, out, ox.RdfFormat.RDF_XML, prefixes=_element_prefixes(quads))


def _check_xml(quads: Iterable[ox.Quad]) -> None:
    """Refuse what would be no XML, or not the same text: Oxigraph writes it without a word."""
    for quad in quads:
        reason = ""
        if isinstance(quad.object, ox.Literal) and _NOT_XML.search(quad.object.value):
            reason = "the text holds a control character that XML cannot"
        elif not _XML_NAME_AT_END.search(quad.predicate.value):
            reason = "the property's IRI ends in no name for an XML element"
        if reason:
            raise InputError(f"{quad.subject} {quad.predicate}: {reason}; choose another format")


def _element_prefixes(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """The prefixes of the IRIs that become names of XML elements: predicates and classes."""
    names = {quad.predicate.value for quad in quads}
    names |= {q.object.value for q in quads if q.predicate == _TYPE and isinstance(q.object, ox.NamedNode)}
    return {prefix: iri for prefix, iri in PREFIXES.items() if any(name.startswith(iri) for name in names)}
