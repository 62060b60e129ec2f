"""The SPARQL 1.1 Service Description of the endpoint (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.namespaces import PREFIXES, expand
from kg.snapshots import Manifest
from server.negotiation import GRAPHS, RESULTS, Format


def serialise(endpoint: str, manifest: Manifest, format_: Format, *, writable: bool = False) -> bytes:
    """The description in an RDF format.

    Args:
        endpoint: IRI of the endpoint, as the client knows it.
        manifest: of the snapshot that it serves.
        format_: one of `GRAPHS`.
        writable: whether there are clients that may update.
    """
    assert format_.rdf is not None
    prefixes = {name: PREFIXES[name] for name in ("dcterms", "rdf", "sd", "void", "xsd")}
    triples = description(endpoint, manifest, writable=writable)
    body = ox.serialize(triples, format=format_.rdf, prefixes=prefixes)
    assert body is not None
    return body


def description(endpoint: str, manifest: Manifest, *, writable: bool = False) -> Iterator[ox.Triple]:
    """The triples of the description; fragments of the endpoint's IRI name its parts."""
    service, dataset, default = (
        ox.NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset", "default")
    )

    def say(subject: ox.NamedNode, predicate: str, object_: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(expand(predicate)), object_)

    def term(curie: str) -> ox.NamedNode:
        return ox.NamedNode(expand(curie))

    def count(number: int) -> ox.Literal:
        return ox.Literal(str(number), datatype=term("xsd:integer"))

    yield say(service, "rdf:type", term("sd:Service"))
    yield say(service, "sd:endpoint", ox.NamedNode(endpoint))
    yield say(service, "sd:supportedLanguage", term("sd:SPARQL11Query"))
    if writable:
        yield say(service, "sd:supportedLanguage", term("sd:SPARQL11Update"))
        for format_ in GRAPHS:
            assert format_.rdf is not None
            yield say(service, "sd:inputFormat", ox.NamedNode(format_.rdf.iri))
    yield say(service, "sd:feature", term("sd:UnionDefaultGraph"))
    for format_ in (*RESULTS, *GRAPHS):
        iri = (format_.results or format_.rdf).iri  # type: ignore[union-attr]  # one of the two is there
        yield say(service, "sd:resultFormat", ox.NamedNode(iri))
    yield say(service, "sd:defaultDataset", dataset)
    yield say(service, "sd:availableGraphs", dataset)
    yield say(dataset, "rdf:type", term("sd:Dataset"))
    yield say(dataset, "rdf:type", term("sd:GraphCollection"))
    yield say(dataset, "dcterms:title", ox.Literal("Knowledge graph of press releases", language="en"))
    yield say(dataset, "dcterms:modified", ox.Literal(manifest.created, datatype=term("xsd:dateTime")))
    yield say(dataset, "sd:defaultGraph", default)
    yield say(default, "rdf:type", term("sd:Graph"))
    yield say(default, "void:triples", count(manifest.triples))
    for number, (name, triples) in enumerate(manifest.graphs, 1):
        part, graph = (ox.NamedNode(f"{endpoint}#{what}-{number}") for what in ("graph", "triples"))
        yield say(dataset, "sd:namedGraph", part)
        yield say(part, "rdf:type", term("sd:NamedGraph"))
        yield say(part, "sd:name", ox.NamedNode(name))
        yield say(part, "sd:graph", graph)
        yield say(graph, "rdf:type", term("sd:Graph"))
        yield say(graph, "void:triples", count(triples))
