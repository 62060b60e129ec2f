"""Any SPARQL client works: each asks a real server for the same drug."""

import json
import shutil
import subprocess
from io import StringIO
from urllib.parse import quote

import pytest

from tests.server.conftest import Server

PREFIXES = (
    "PREFIX rkg: <https://w3id.org/releasekg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
SELECT = PREFIXES + "SELECT ?drug ?name { ?drug a rkg:Drug ; skos:prefLabel ?name }"
CONSTRUCT = PREFIXES + "CONSTRUCT { ?d skos:prefLabel ?n } WHERE { ?d a rkg:Drug ; skos:prefLabel ?n }"
DRUG = "https://w3id.org/releasekg/id/drug/ex-101"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: Server, method: str) -> None:
    """SPARQLWrapper: JSON by GET and by POST."""
    from SPARQLWrapper import JSON, SPARQLWrapper

    wrapper = SPARQLWrapper(server.url + "sparql")
    wrapper.setMethod(method)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(SELECT)
    (row,) = wrapper.query().convert()["results"]["bindings"]
    assert (row["drug"]["value"], row["name"]["value"]) == (DRUG, "EX-101")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper 2.0 makes one
def test_sparqlwrapper_graphs_and_xml(server: Server) -> None:
    """SPARQLWrapper: a CONSTRUCT becomes an rdflib graph, XML a document, ASK a value, an error its exception."""
    from SPARQLWrapper import JSON, RDFXML, XML, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    wrapper = SPARQLWrapper(server.url + "sparql")
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(RDFXML)
    assert len(wrapper.query().convert()) == 1
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(XML)
    assert "EX-101" in wrapper.query().convert().toxml()
    wrapper.setQuery("ASK { ?s ?p ?o }")
    wrapper.setReturnFormat(JSON)
    assert wrapper.query().convert()["boolean"] is True
    wrapper.setQuery("SELECT nonsense")
    with pytest.raises(QueryBadFormed):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib(server: Server, method: str) -> None:
    """rdflib's SPARQLStore: queries, pattern matching, and a graph of the dataset, by each of its methods."""
    from rdflib import Graph, URIRef
    from rdflib.namespace import SKOS
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(server.url + "sparql", method=method))
    assert [str(row["name"]) for row in graph.query(SELECT)] == ["EX-101"]  # type: ignore[index]
    assert str(graph.value(URIRef(DRUG), SKOS.prefLabel)) == "EX-101"
    assert len(graph.query(CONSTRUCT).graph or ()) == 1
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True


def test_rdflib_reads_linked_data(server: Server) -> None:
    """rdflib's parser dereferences an entity."""
    from rdflib import Graph, URIRef

    graph = Graph().parse(server.url + "id/drug/ex-101")
    assert (URIRef(DRUG), None, None) in graph


def test_pandas(server: Server) -> None:
    """pandas reads the CSV of a query's address."""
    import pandas as pd

    frame = pd.read_csv(f"{server.url}sparql?query={quote(SELECT)}&format=csv")
    assert frame.to_dict("records") == [{"drug": DRUG, "name": "EX-101"}]
    plain = pd.read_csv(StringIO(server.get(f"sparql?query={quote(SELECT)}", Accept="text/csv")[1]))
    assert plain.equals(frame)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(server: Server) -> None:
    """curl: a form, a query as a body, a header for the format."""

    def curl(*arguments: str) -> str:
        command = [
            "curl",
            "--silent",
            "--show-error",
            "--fail",
            "--noproxy",
            "*",
            *arguments,
            server.url + "sparql",
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout

    assert json.loads(curl("--data-urlencode", f"query={SELECT}"))["results"]["bindings"]
    assert "EX-101" in curl(
        "-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv", "--data", SELECT
    )
    assert "EX-101" in curl("-H", "Accept: text/turtle", "--get", "--data-urlencode", f"query={CONSTRUCT}")
