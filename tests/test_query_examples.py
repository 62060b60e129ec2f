"""The named queries as SPARQL editors look for them."""

import pyoxigraph as ox

from kg.namespaces import PREFIXES, QUERIES_GRAPH
from kg.ontology import named_queries
from kg.query_examples import query_quads
from kg.store import Dataset

#: What SPARQL editors ask the endpoint for.
EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:label|rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
  FILTER(isLiteral(?comment) && lang(?comment) = "en")
}
"""
DECLARED = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix }
"""


def dataset() -> Dataset:
    return Dataset.in_memory(query_quads())


def test_an_editor_finds_every_query() -> None:
    """Each with its question and its text, which the endpoint can parse."""
    rows = list(dataset().select(EXAMPLES))
    found = {(row["comment"].value, row["query"].value) for row in rows}  # type: ignore[union-attr]
    assert found == {(query.question, query.text) for query in named_queries()}
    assert len(rows) == len(found) > 40
    empty = Dataset.in_memory()
    for _, text in found:
        assert isinstance(empty.query(text), ox.QuerySolutions)


def test_an_editor_finds_the_prefixes() -> None:
    """Those that the project uses."""
    found = {row["prefix"].value: row["namespace"].value for row in dataset().select(DECLARED)}  # type: ignore[union-attr]
    assert found == PREFIXES


def test_the_graph_is_the_same_each_time() -> None:
    """No blank nodes, one graph."""
    quads = list(query_quads())
    assert quads == list(query_quads())
    assert {str(quad.graph_name) for quad in quads} == {f"<{QUERIES_GRAPH}>"}
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
