"""What is in the published graph, in the Vocabulary of Interlinked Datasets (https://www.w3.org/TR/void/)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.namespaces import ONTOLOGY, PREFIXES, expand
from server.negotiation import GRAPHS, RESULTS, Format
from server.site import Graph

_CLASSES: Final = "SELECT ?x (COUNT(?s) AS ?n) { ?s a ?x } GROUP BY ?x"
_PROPERTIES: Final = "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"
_SUBJECTS: Final = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"
_EXAMPLE: Final = f"SELECT ?x {{ ?x a <{expand('rkg:Drug')}> }} ORDER BY ?x LIMIT 1"
_PREFIXES: Final = ("dcterms", "foaf", "rdf", "rkg", "void", "xsd")
#: What the graph is written with, beside the project's own ontology.
_VOCABULARIES: Final = ("skos", "prov", "oa", "schema", "org", "dcterms", "foaf")


class Statistics:
    """Counts of one graph, taken once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshot = ""
        self._counts: tuple[dict[str, int], dict[str, int], int, str | None] = ({}, {}, 0, None)

    def of(self, graph: Graph) -> tuple[dict[str, int], dict[str, int], int, str | None]:
        """Instances by class, triples by property, number of subjects, and an example."""
        with self._lock:
            if self._snapshot != graph.snapshot.id:
                classes, properties = (
                    {_value(row["x"]): int(_value(row["n"])) for row in graph.dataset.select(query)}
                    for query in (_CLASSES, _PROPERTIES)
                )
                subjects = int(_value(next(graph.dataset.select(_SUBJECTS))["n"]))
                example = next((_value(row["x"]) for row in graph.dataset.select(_EXAMPLE)), None)
                self._counts = (classes, properties, subjects, example)
                self._snapshot = graph.snapshot.id
            return self._counts


_STATISTICS: Final = Statistics()


def serialise(root: str, graph: Graph, format_: Format) -> bytes:
    """The description in one of `GRAPHS`; `root` is the server's address, with a slash at its end."""
    assert format_.rdf is not None
    prefixes = {name: PREFIXES[name] for name in _PREFIXES}
    body = ox.serialize(description(root, graph), format=format_.rdf, prefixes=prefixes)
    assert body is not None
    return body


def description(root: str, graph: Graph) -> Iterator[ox.Triple]:
    """The triples of the description."""
    classes, properties, subjects, example = _STATISTICS.of(graph)
    manifest = graph.snapshot.manifest
    document = f"{root}.well-known/void"
    dataset = ox.NamedNode(f"{document}#dataset")

    def say(subject: ox.NamedNode, predicate: str, object_: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(expand(predicate)), object_)

    def count(number: int) -> ox.Literal:
        return ox.Literal(str(number), datatype=ox.NamedNode(expand("xsd:integer")))

    yield say(ox.NamedNode(document), "rdf:type", ox.NamedNode(expand("void:DatasetDescription")))
    yield say(ox.NamedNode(document), "foaf:primaryTopic", dataset)
    yield say(dataset, "rdf:type", ox.NamedNode(expand("void:Dataset")))
    yield say(dataset, "dcterms:title", ox.Literal("Knowledge graph of press releases", language="en"))
    yield say(
        dataset,
        "dcterms:description",
        ox.Literal(
            "What drug-development press releases state, each statement with its sentence.", language="en"
        ),
    )
    created = ox.Literal(manifest.created, datatype=ox.NamedNode(expand("xsd:dateTime")))
    yield say(dataset, "dcterms:modified", created)
    yield say(dataset, "dcterms:identifier", ox.Literal(graph.snapshot.id))
    yield say(dataset, "foaf:homepage", ox.NamedNode(root))
    yield say(dataset, "void:sparqlEndpoint", ox.NamedNode(f"{root}sparql"))
    yield say(dataset, "void:uriLookupEndpoint", ox.NamedNode(f"{root}resource?iri="))
    yield say(dataset, "void:dataDump", ox.NamedNode(f"{root}store?default"))
    yield say(dataset, "void:uriSpace", ox.Literal(graph.base))
    yield say(dataset, "void:vocabulary", ox.NamedNode(ONTOLOGY))
    for name in _VOCABULARIES:
        yield say(dataset, "void:vocabulary", ox.NamedNode(PREFIXES[name]))
    if example is not None:
        yield say(dataset, "void:exampleResource", ox.NamedNode(example))
    for format_ in (*GRAPHS, *RESULTS):
        iri = (format_.rdf or format_.results).iri  # type: ignore[union-attr]  # one of the two is there
        yield say(dataset, "void:feature", ox.NamedNode(iri))
    yield say(dataset, "void:triples", count(manifest.triples))
    yield say(dataset, "void:entities", count(subjects))
    yield say(dataset, "void:classes", count(len(classes)))
    yield say(dataset, "void:properties", count(len(properties)))
    for what, counts, of_entities in (("class", classes, True), ("property", properties, False)):
        for number, (iri, found) in enumerate(sorted(counts.items()), 1):
            part = ox.NamedNode(f"{document}#{what}-{number}")
            yield say(dataset, f"void:{what}Partition", part)
            yield say(part, f"void:{what}", ox.NamedNode(iri))
            yield say(part, "void:entities" if of_entities else "void:triples", count(found))


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
