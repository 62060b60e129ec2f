"""The cases of the W3C test suite of the SPARQL 1.1 Protocol, stated anew, each under the suite's name for it.

The suite itself runs in tests/conformance.
"""

import json
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
G1, G2, G3, NEW = (f"http://example.org/{name}" for name in ("g1", "g2", "g3", "new"))
#: Three graphs with a document each.
GRAPHS = " ".join(f"GRAPH <{g}> {{ <{g}> a <http://example.org/Document> }}" for g in (G1, G2, G3))
BOTH = f"ASK {{ <{G1}> a ?t . <{G2}> a ?t }}"
APART = f"ASK {{ GRAPH ?g {{ <{G1}> a ?t }} GRAPH ?h {{ <{G2}> a ?t }} }}"


@dataclass(frozen=True)
class Case:
    """A request and what it is answered."""

    name: str
    method: str = "GET"
    query: list[tuple[str, str]] = field(default_factory=list)
    body: str | bytes = ""
    type: str | None = None
    ok: bool = True
    boolean: bool | None = None
    mimetypes: tuple[str, ...] = ()


def form(**fields: str) -> str:
    return urlencode(fields)


QUERIES = [
    Case("query_get", query=[("query", "ASK {}")], boolean=True),
    Case(
        "query_post_form",
        "POST",
        [("default-graph-uri", "http://x/none")],
        form(query="ASK {}"),
        FORM,
        boolean=True,
    ),
    Case("query_post_direct", "POST", body="ASK {}", type=QUERY, boolean=True),
    Case(
        "query_dataset_default_graphs_get",
        query=[("query", BOTH), ("default-graph-uri", G1), ("default-graph-uri", G2)],
        boolean=True,
    ),
    Case(
        "query_dataset_default_graphs_post",
        "POST",
        [("default-graph-uri", G1), ("default-graph-uri", G2)],
        BOTH,
        QUERY,
        boolean=True,
    ),
    Case(
        "query_dataset_named_graphs_get",
        query=[("query", APART), ("named-graph-uri", G1), ("named-graph-uri", G2)],
        boolean=True,
    ),
    Case(
        "query_dataset_named_graphs_post",
        "POST",
        [("named-graph-uri", G1), ("named-graph-uri", G2)],
        APART,
        QUERY,
        boolean=True,
    ),
    Case(
        "query_dataset_full",
        "POST",
        [("default-graph-uri", G3), ("named-graph-uri", G1), ("named-graph-uri", G2)],
        f"ASK {{ <{G3}> a ?t {APART[5:-1]} FILTER NOT EXISTS {{ <{G1}> a ?t }} }}",
        QUERY,
        boolean=True,
    ),
    Case(
        "query_multiple_dataset",
        "POST",
        [("named-graph-uri", G1), ("named-graph-uri", G2)],
        APART.replace("ASK", f"ASK FROM <{G3}>"),
        QUERY,
        boolean=True,
    ),
    Case(
        "query_content_type_select",
        "POST",
        body="SELECT (1 AS ?value) {}",
        type=QUERY,
        mimetypes=("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    ),
    Case(
        "query_content_type_ask",
        "POST",
        body="ASK {}",
        type=QUERY,
        mimetypes=("application/sparql-results+json", "application/sparql-results+xml"),
    ),
    Case(
        "query_content_type_describe",
        "POST",
        body="DESCRIBE <http://example.org/>",
        type=QUERY,
        mimetypes=("text/turtle", "application/rdf+xml", "application/n-triples"),
    ),
    Case(
        "query_content_type_construct",
        "POST",
        body="CONSTRUCT { <s> <p> 1 } WHERE {}",
        type=QUERY,
        mimetypes=("text/turtle", "application/rdf+xml", "application/n-triples"),
    ),
    Case("bad_query_method", "PUT", body=form(query="ASK {}"), type=FORM, ok=False),
    Case("bad_multiple_queries", query=[("query", "ASK {}"), ("query", "SELECT * {}")], ok=False),
    Case("bad_query_wrong_media_type", "POST", body="ASK {}", type="text/plain", ok=False),
    Case("bad_query_missing_form_type", "POST", body=form(query="ASK {}"), ok=False),
    Case("bad_query_missing_direct_type", "POST", body="ASK {}", ok=False),
    Case(
        "bad_query_non_utf8",
        "POST",
        body="ASK {}".encode("utf-16"),
        type=f"{QUERY}; charset=UTF-16",
        ok=False,
    ),
    Case("bad_query_syntax", query=[("query", "ASK {")], ok=False),
    Case("bad_update_get", query=[("update", "CLEAR ALL")], ok=False),
    Case(
        "bad_multiple_updates",
        "POST",
        body="update=CLEAR%20NAMED&update=CLEAR%20DEFAULT",
        type=FORM,
        ok=False,
    ),
    Case("bad_update_wrong_media_type", "POST", body="CLEAR NAMED", type="text/plain", ok=False),
    Case("bad_update_missing_form_type", "POST", body=form(update="CLEAR NAMED"), ok=False),
    Case(
        "bad_update_non_utf8",
        "POST",
        body="CLEAR NAMED".encode("utf-16"),
        type=f"{UPDATE}; charset=UTF-16",
        ok=False,
    ),
    Case("bad_update_syntax", "POST", body=form(update="CLEAR XYZ"), type=FORM, ok=False),
    Case(
        "bad_update_dataset_conflict",
        "POST",
        [("using-named-graph-uri", G1)],
        f"WITH <{G2}> DELETE {{ ?s ?p 'Bill' }} INSERT {{ ?s ?p 'William' }} WHERE {{ ?s ?p 'Bill' }}",
        UPDATE,
        ok=False,
    ),
]

INTO_NEW = f"INSERT {{ GRAPH <{NEW}> {{ ?s a <http://example.org/Found> }} }} WHERE"
FOUND = "<http://example.org/Found>"
#: Name, parameters, the last operation, and what of it must be found, and not be found, in the new graph.
UPDATES = [
    ("update_dataset_default_graph", [("using-graph-uri", G1)], "{ ?s a ?t }", [G1], [G2, G3]),
    (
        "update_dataset_default_graphs",
        [("using-graph-uri", G1), ("using-graph-uri", G2)],
        "{ ?s a ?t }",
        [G1, G2],
        [G3],
    ),
    (
        "update_dataset_named_graphs",
        [("using-named-graph-uri", G1), ("using-named-graph-uri", G2)],
        "{ GRAPH ?g { ?s a ?t } }",
        [G1, G2],
        [G3],
    ),
    (
        "update_dataset_full",
        [("using-graph-uri", G1), ("using-named-graph-uri", G2)],
        "{ { GRAPH ?g { ?s a ?t } } UNION { ?s a ?t } }",
        [G1, G2],
        [G3],
    ),
]


@pytest.fixture(scope="module", autouse=True)
def graphs(writable: object) -> None:
    """The graphs that the queries ask for."""
    from tests.server.conftest import AUTHORISED

    response = writable.test_client().post(  # type: ignore[attr-defined]
        "/sparql", data=f"INSERT DATA {{ {GRAPHS} }}", content_type=UPDATE, headers=AUTHORISED
    )
    assert response.status_code == 200


def send(client: FlaskClient, case: Case) -> None:
    # No content type at all where the case has none: the client would make one up.
    response = client.open(
        "/sparql?" + urlencode(case.query, quote_via=quote),
        method=case.method,
        data=case.body,
        content_type=case.type,
    )
    if not case.ok:
        assert 400 <= response.status_code < 500
        return
    assert response.status_code in range(200, 400)
    if case.boolean is not None:
        assert json.loads(response.data)["boolean"] is case.boolean
    if case.mimetypes:
        assert response.mimetype in case.mimetypes


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case.name)
def test_query(writer: FlaskClient, case: Case) -> None:
    """A case of the query operation, or of a malformed update."""
    send(writer, case)


@pytest.mark.parametrize(
    ("name", "parameters", "where", "there", "absent"), UPDATES, ids=lambda v: str(v)[:30]
)
def test_update_dataset(
    writer: FlaskClient,
    name: str,
    parameters: list[tuple[str, str]],
    where: str,
    there: list[str],
    absent: list[str],
) -> None:
    """The dataset of the protocol for an update."""
    update = f"DROP ALL ; INSERT DATA {{ {GRAPHS} }} ; {INTO_NEW} {where}"
    send(writer, Case(name, "POST", parameters, update, UPDATE))
    patterns = " . ".join(f"<{g}> a {FOUND}" for g in there)
    never = " ".join(f"FILTER NOT EXISTS {{ GRAPH <{NEW}> {{ <{g}> a {FOUND} }} }}" for g in absent)
    send(
        writer, Case("", "POST", [], f"ASK {{ GRAPH <{NEW}> {{ {patterns} }} {never} }}", QUERY, boolean=True)
    )


def test_update_base_uri(writer: FlaskClient) -> None:
    """A relative IRI in an update is resolved against the server's base."""
    update = (
        f"CLEAR SILENT GRAPH <{NEW}> ; INSERT DATA {{ GRAPH <{NEW}> {{ <http://x/s> <http://x/p> <test> }} }}"
    )
    send(writer, Case("update_base_uri", "POST", [], update, UPDATE))
    ask = f'ASK {{ GRAPH <{NEW}> {{ <http://x/s> <http://x/p> ?o FILTER(isIRI(?o) && STR(?o) != "test") }} }}'
    send(writer, Case("", "POST", [], ask, QUERY, boolean=True))


@pytest.mark.parametrize(
    "case",
    [
        Case("update_post_form", "POST", body="update=CLEAR+ALL", type=FORM),
        Case("update_post_direct", "POST", body="CLEAR ALL", type=UPDATE),
    ],
    ids=lambda case: case.name,
)
def test_update(writer: FlaskClient, case: Case) -> None:
    """The two ways of sending an update."""
    send(writer, case)
