"""The query operation of the SPARQL 1.1 Protocol, case by case."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, PREFIXES, Minter
from server.negotiation import GRAPHS, RESULTS, Format
from tests.server.conftest import HOSTILE, TRICKY, application

DRUGS = f"SELECT ?d ?n {{ ?d a <{PREFIXES['rkg']}Drug> ; <{PREFIXES['skos']}prefLabel> ?n }}"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def test_get(client: FlaskClient) -> None:
    """§2.1.1: a GET with `query`."""
    response = client.get("/sparql", query_string={"query": DRUGS})
    assert response.status_code == 200
    assert response.mimetype == "application/sparql-results+json"
    (row,) = json.loads(response.data)["results"]["bindings"]
    assert row["n"] == {"type": "literal", "value": "EX-101"}


def test_post_form(client: FlaskClient) -> None:
    """§2.1.2: a POST with a form."""
    response = client.post("/sparql", data={"query": DRUGS})
    assert len(json.loads(response.data)["results"]["bindings"]) == 1


def test_post_direct(client: FlaskClient) -> None:
    """§2.1.3: a POST with the query as its body."""
    response = client.post("/sparql", data=DRUGS, content_type=QUERY)
    assert len(json.loads(response.data)["results"]["bindings"]) == 1


def test_head(client: FlaskClient) -> None:
    """HEAD answers as GET, without the body."""
    response = client.head("/sparql", query_string={"query": DRUGS})
    assert (response.status_code, response.data) == (200, b"")
    assert response.content_length == len(client.get("/sparql", query_string={"query": DRUGS}).data)


@pytest.mark.parametrize("format_", RESULTS, ids=lambda f: f.name)
@pytest.mark.parametrize("query", [DRUGS, "ASK { ?s ?p ?o }"], ids=["select", "ask"])
def test_result_formats(client: FlaskClient, format_: Format, query: str) -> None:
    """SELECT and ASK in every W3C format, each readable again."""
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": format_.media_type})
    assert response.status_code == 200
    assert response.mimetype == format_.media_type
    assert format_.results is not None
    if format_.name == "csv":
        assert next(csv.reader(io.StringIO(response.text))) in (["d", "n"], ["true"])
    else:
        result = ox.parse_query_results(response.data, format=format_.results)
        assert result if isinstance(result, ox.QueryBoolean) else len(list(result)) == 1


@pytest.mark.parametrize("format_", GRAPHS, ids=lambda f: f.name)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }", f"DESCRIBE <{Minter().entity('drug', 'ex-101')}>"]
)
def test_graph_formats(client: FlaskClient, format_: Format, query: str) -> None:
    """CONSTRUCT and DESCRIBE in every RDF format, the same triples in each."""
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": format_.media_type})
    assert response.mimetype == format_.media_type
    assert format_.rdf is not None
    triples = {quad.triple for quad in ox.parse(response.data, format=format_.rdf)}
    reference = client.get("/sparql", query_string={"query": query, "format": "nt"})
    assert triples == {quad.triple for quad in ox.parse(reference.data, format=ox.RdfFormat.N_TRIPLES)}
    assert triples


def test_the_default_graph_is_the_union(client: FlaskClient) -> None:
    """Without a dataset, a triple of two named graphs is found once."""
    query = f"SELECT (COUNT(*) AS ?n) {{ <{Minter().entity('drug', 'ex-101')}> a ?class }}"
    response = client.get("/sparql", query_string={"query": query, "format": "csv"})
    assert response.text.split() == ["n", "1"]


def test_named_graphs_are_seen(client: FlaskClient) -> None:
    """GRAPH reaches each release's graph."""
    query = "SELECT ?g { GRAPH ?g { ?r a <https://w3id.org/releasekg/ontology#PressRelease> } }"
    response = client.get("/sparql", query_string={"query": query, "format": "csv"})
    assert Minter().release(TRICKY.id) in response.text.split()
    assert len(response.text.split()) == 3


def test_the_dataset_of_the_protocol(client: FlaskClient) -> None:
    """§2.1.4: default-graph-uri and named-graph-uri say what the query sees, in GET and in POST."""
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    ontology = {"default-graph-uri": ONTOLOGY_GRAPH, "format": "csv"}
    inside = client.get("/sparql", query_string={"query": count, **ontology}).text.split()[1]
    everything = client.get("/sparql", query_string={"query": count, "format": "csv"}).text.split()[1]
    assert 0 < int(inside) < int(everything)
    assert client.post("/sparql", data={"query": count, **ontology}).text.split()[1] == inside
    assert (
        client.post("/sparql", data=count, content_type=QUERY, query_string=ontology).text.split()[1]
        == inside
    )
    assert client.get("/sparql", query_string={"query": named, **ontology}).text.split()[1] == "0"
    only = {"named-graph-uri": ONTOLOGY_GRAPH, "format": "csv"}
    assert client.get("/sparql", query_string={"query": named, **only}).text.split()[1] == inside
    assert client.get("/sparql", query_string={"query": count, **only}).text.split()[1] == "0"


def test_the_dataset_of_the_protocol_beats_the_query(client: FlaskClient) -> None:
    """§2.1.4: FROM in the query gives way."""
    query = f"SELECT (COUNT(*) AS ?n) FROM <{INFERRED_GRAPH}> {{ ?s ?p ?o }}"
    response = client.get(
        "/sparql", query_string={"query": query, "default-graph-uri": ONTOLOGY_GRAPH, "format": "csv"}
    )
    assert int(response.text.split()[1]) > 0


def test_a_relative_iri_is_one_of_ours(client: FlaskClient) -> None:
    """Relative IRIs are resolved against the base of the instances."""
    response = client.get("/sparql", query_string={"query": "ASK { <id/drug/ex-101> ?p ?o }"})
    assert json.loads(response.data)["boolean"] is True


def test_a_syntax_error(client: FlaskClient) -> None:
    """A malformed query is a 400 with line and column, as a problem document."""
    response = client.get("/sparql", query_string={"query": "SELECT * {\n ?s ?p }"})
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    problem = json.loads(response.data)
    assert (problem["status"], problem["line"]) == (400, 2)
    assert problem["column"] > 0
    assert problem["type"].endswith("/problem/syntax")


def test_a_problem_as_text(client: FlaskClient) -> None:
    """A client that wants text gets a line of text."""
    response = client.get("/sparql", query_string={"query": "nonsense"}, headers={"Accept": "text/plain"})
    assert response.status_code == 400
    assert response.mimetype == "text/plain"
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("body", "type_", "status"),
    [
        (b"", FORM, 400),
        (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        (b"update=CLEAR%20ALL", FORM, 403),
        (b"LOAD <http://127.0.0.1:9/>", "application/sparql-update", 403),
        (b"query=LOAD%20%3Chttp%3A%2F%2F127.0.0.1%3A9%2F%3E", FORM, 400),
        (b"ASK { SERVICE <http://127.0.0.1:9/> {} }", QUERY, 400),
        (b"\xff\xfe", QUERY, 400),
        (b"{}", "application/json", 415),
        (b"ASK {}", "", 415),
        (b"#" + b"x" * 1024**2, QUERY, 413),
        (b"query=" + b"x" * 1024**2, FORM, 413),
    ],
)
def test_bad_posts(client: FlaskClient, body: bytes, type_: str, status: int) -> None:
    """Each wrong way of sending a query has its status and a problem document."""
    response = client.post("/sparql", data=body, content_type=type_)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert json.loads(response.data)["status"] == status


def test_two_queries(client: FlaskClient) -> None:
    """More than one `query` is a 400 in a GET too."""
    assert client.get("/sparql?query=ASK{}&query=ASK{}").status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client: FlaskClient, method: str) -> None:
    """405 with the methods that there are."""
    response = client.open("/sparql", method=method)
    assert response.status_code == 405
    assert {"GET", "POST", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].replace(" ", "").split(","))


@pytest.mark.parametrize("query", [DRUGS, "CONSTRUCT WHERE { ?s a ?t }"])
def test_nothing_acceptable(client: FlaskClient, query: str) -> None:
    """406 lists what there is for this form of query."""
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert ("text/turtle" if "CONSTRUCT" in query else "text/csv") in json.loads(response.data)["detail"]


def test_an_unknown_format(client: FlaskClient) -> None:
    """`?format=` with a name that is none is a 406 too."""
    assert client.get("/sparql", query_string={"query": DRUGS, "format": "png"}).status_code == 406


def test_cors(client: FlaskClient) -> None:
    """A page of any origin may query, errors included; the preflight says with which methods and headers."""
    for query in (DRUGS, "nonsense"):
        response = client.get(
            "/sparql", query_string={"query": query}, headers={"Origin": "http://elsewhere"}
        )
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(
        "/sparql", headers={"Origin": "http://x", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


def test_a_result_is_not_sent_twice(client: FlaskClient) -> None:
    """A client that has the result of this snapshot gets a 304; another query, or another format, does not."""
    first = client.get("/sparql", query_string={"query": DRUGS})
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", query_string={"query": DRUGS}, headers=again).status_code == 304
    assert client.get("/sparql", query_string={"query": DRUGS + " "}, headers=again).status_code == 200
    assert (
        client.get("/sparql", query_string={"query": DRUGS, "format": "csv"}, headers=again).status_code
        == 200
    )
    assert "Accept" in first.headers["Vary"]


def test_a_random_result_is_not_cached(client: FlaskClient) -> None:
    """What differs from one evaluation to the next has no ETag."""
    response = client.get("/sparql", query_string={"query": "SELECT (UUID() AS ?x) {}"})
    assert "ETag" not in response.headers


def test_the_query_page(client: FlaskClient) -> None:
    """A browser that comes without a query gets the query page; with one, the page with the result."""
    page = client.get("/sparql", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "<textarea" in page.text
    result = client.get("/sparql", query_string={"query": DRUGS}, headers={"Accept": "text/html,*/*;q=0.8"})
    assert "EX-101" in result.text


def test_the_service_description(client: FlaskClient) -> None:
    """Without a query, an RDF client gets the service description."""
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    triples = {quad.triple for quad in ox.parse(response.data, format=ox.RdfFormat.TURTLE)}
    sd = PREFIXES["sd"]
    said = {(t.predicate.value, str(t.object)) for t in triples}
    assert (f"{sd}endpoint", "<http://localhost/sparql>") in said
    assert (f"{sd}supportedLanguage", f"<{sd}SPARQL11Query>") in said
    assert (f"{sd}name", f"<{ONTOLOGY_GRAPH}>") in said
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_query_that_takes_too_long(data: Path) -> None:
    """The deadline is a 504 problem that names the limit and the remedy."""
    with application(data, query_timeout=0.5) as app:
        response = app.test_client().get("/sparql", query_string={"query": HOSTILE})
    assert response.status_code == 504
    problem = json.loads(response.data)
    assert "0.5 s" in problem["detail"]
    assert "LIMIT" in problem["detail"]


def test_deep_nesting(client: FlaskClient) -> None:
    """A query that overflows a stack is one client's 400; the next query is answered."""
    nested = "SELECT (" + "STR(" * 20000 + "1" + ")" * 20000 + " AS ?x) {}"
    assert client.post("/sparql", data={"query": nested}).status_code in (400, 500)
    assert client.get("/sparql", query_string={"query": "ASK {}"}).status_code == 200


def test_no_snapshot(tmp_path: Path) -> None:
    """Before the first build, everything but /health is a 503 that says what to run."""
    with application(tmp_path) as app:
        client = app.test_client()
        for path in ("/", f"/sparql?query={quote(DRUGS)}", "/id/drug/x"):
            response = client.get(path)
            assert response.status_code == 503
            assert "kg build" in response.text
        page = client.get("/", headers={"Accept": "text/html"})
        assert "kg build" in page.text
        assert client.get("/health").status_code == 200


def test_a_new_snapshot_is_served_at_once(tmp_path: Path) -> None:
    """After a publication the next request sees the new graph, and its results have other ETags."""
    from tests.server.conftest import publish

    count = "SELECT (COUNT(?r) AS ?n) { ?r a <https://w3id.org/releasekg/ontology#PressRelease> }"
    publish(tmp_path, second=False, terms=False)
    with application(tmp_path) as app:
        client = app.test_client()
        first = client.get("/sparql", query_string={"query": count, "format": "csv"})
        publish(tmp_path, terms=False)
        again = {"If-None-Match": first.headers["ETag"]}
        second = client.get("/sparql", query_string={"query": count, "format": "csv"}, headers=again)
        home = client.get("/", headers={"Accept": "text/html"})
    assert (first.text.split()[1], second.text.split()[1]) == ("1", "2")
    assert "2 press releases" in home.text


def test_a_corrupt_pointer(data: Path, app: Flask, tmp_path: Path) -> None:
    """A corrupt data directory is a 503 with one clear line."""
    (tmp_path / "current").write_text("rubbish")
    with application(tmp_path) as broken:
        response = broken.test_client().get("/sparql?query=ASK{}")
    assert response.status_code == 503
    assert "Traceback" not in response.text
