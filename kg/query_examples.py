"""The named queries as RDF, so that a SPARQL editor finds them in the endpoint that it talks to.

SHACL Advanced Features §5 (SPARQL-based executables, as `sh:SPARQLSelectExecutable`) with `rdfs:comment` for the
question: the form that the editors and registries of the life sciences read (SIB's sparql-examples).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.namespaces import PREFIXES, PROJECT, QUERIES_GRAPH, expand
from kg.ontology import NamedQuery, named_queries

QUERY: Final = PROJECT + "query/"
PREFIX_SET: Final = PROJECT + "prefixes"


def query_iri(name: str) -> str:
    """The IRI of a named query."""
    return QUERY + name


def query_quads() -> Iterator[ox.Quad]:
    """The graph `graph/queries`: every named query, and the prefixes that they share.

    Raises:
        VocabularyError: a query file lacks a line of its header.
    """
    yield from _prefixes()
    for query in named_queries():
        yield from _described(query)


def _quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    node = ox.NamedNode(subject)
    return ox.Quad(node, ox.NamedNode(expand(predicate)), value, ox.NamedNode(QUERIES_GRAPH))


def _prefixes() -> Iterator[ox.Quad]:
    yield _quad(PREFIX_SET, "rdfs:label", ox.Literal("Prefixes of the named queries"))
    for prefix, namespace in PREFIXES.items():
        declaration = f"{PREFIX_SET}#{prefix}"
        yield _quad(PREFIX_SET, "sh:declare", ox.NamedNode(declaration))
        yield _quad(declaration, "rdf:type", ox.NamedNode(expand("sh:PrefixDeclaration")))
        yield _quad(declaration, "sh:prefix", ox.Literal(prefix))
        any_uri = ox.NamedNode(expand("xsd:anyURI"))
        yield _quad(declaration, "sh:namespace", ox.Literal(namespace, datatype=any_uri))


def _described(query: NamedQuery) -> Iterator[ox.Quad]:
    iri = query_iri(query.name)
    yield _quad(iri, "rdf:type", ox.NamedNode(expand("sh:SPARQLExecutable")))
    yield _quad(iri, "rdf:type", ox.NamedNode(expand("sh:SPARQLSelectExecutable")))
    yield _quad(iri, "rdfs:label", ox.Literal(query.name.replace("-", " ")))
    yield _quad(iri, "rdfs:comment", ox.Literal(query.question, language="en"))
    yield _quad(iri, "dcterms:identifier", ox.Literal(query.name))
    yield _quad(iri, "sh:prefixes", ox.NamedNode(PREFIX_SET))
    yield _quad(iri, "sh:select", ox.Literal(query.text))
