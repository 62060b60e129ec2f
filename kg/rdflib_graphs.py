"""Terms and graphs of Oxigraph as rdflib's, for pySHACL: copied, or looked up as they are asked for.

rdflib is slow at parsing SPARQL, so that each query is parsed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.store import Store

from kg.errors import CheckError
from kg.namespaces import PREFIXES
from kg.store import Dataset

Triple: TypeAlias = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]
_STRING: Final = ox.NamedNode(PREFIXES["xsd"] + "string")


class Graph(rdflib.Graph):
    """A graph that parses each SPARQL query once: pySHACL sends the same text for every focus node."""

    def __init__(self, store: Store | None = None) -> None:
        super().__init__(store or "default", bind_namespaces="none")
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> rdflib.query.Result:
        """As rdflib's."""
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **kwargs)


class _Lookup(Store):
    """The default graph of a dataset, for reading: nothing is copied."""

    # pySHACL makes an rdflib dataset of any graph, which wants a store that knows graphs; it asks for this one alone.
    context_aware = True
    graph_aware = True

    def __init__(self, dataset: Dataset) -> None:
        super().__init__()
        self._dataset = dataset
        self.home: Graph | None = None
        self._size = dataset.count()  # pySHACL asks again and again

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Triples that match."""
        del context  # there is one graph
        subject, predicate, object_ = triple_pattern
        start = None if subject is None else from_rdflib(subject)
        if isinstance(start, ox.Literal) or not isinstance(predicate, (rdflib.URIRef, type(None))):
            return
        quads = self._dataset.quads_for(
            start,
            None if predicate is None else ox.NamedNode(str(predicate)),
            None if object_ is None else from_rdflib(object_),
            ox.DefaultGraph(),
        )
        for quad in quads:
            triple = to_triple(quad)
            # The store takes "1.0" and "1.00" for the same number, rdflib does not.
            if object_ is None or triple[2] == object_:
                yield triple, iter((self.home,))

    def __len__(self, context: Any = None) -> int:
        del context
        return self._size


def copied(quads: Iterable[ox.Quad]) -> Graph:
    """The triples of quads.

    Raises:
        CheckError: there is a statement about a statement among them, which rdflib cannot hold.
    """
    graph = Graph()
    for quad in quads:
        graph.add(to_triple(quad))
    return graph


def looked_up(dataset: Dataset) -> Graph:
    """A dataset's default graph, for reading; it is copied no further than it is asked for."""
    store = _Lookup(dataset)
    store.home = Graph(store)
    return store.home


def to_triple(quad: ox.Quad) -> Triple:
    """A statement without its graph.

    Raises:
        CheckError: it is about a statement.
    """
    return to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)


def to_rdflib(term: object) -> rdflib.term.Node:
    """A term of Oxigraph's as rdflib's.

    Raises:
        CheckError: it is a statement.
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        # rdflib's SPARQL takes "x" for no string of RDF 1.1, so a typed one would not match a pattern.
        if term.datatype == _STRING:
            return rdflib.Literal(term.value)
        # Not normalised: a shape must see "007" as it is written.
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise CheckError(f"{term}: SHACL cannot check statements about statements")


def from_rdflib(node: rdflib.term.Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of rdflib\'s as Oxigraph\'s."""
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=None if node.datatype is None else ox.NamedNode(node.datatype))
    return ox.BlankNode(str(node)) if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))
