"""The Graph Store HTTP Protocol; the cases of the W3C suite, stated anew, have its names."""

import json

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH
from server.negotiation import GRAPHS

TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
JOHN = '<http://x/1> <http://x/name> "John" ; <http://x/card> [ <http://x/fn> "John Doe" ] .'
JANE = '<http://x/1> <http://x/name> "Jane" ; <http://x/card> [ <http://x/fn> "Jane Doe" ] .'
BOUNDARY = "a6fe4cd6"
PARTS = "".join(
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}.ttl"; filename="{name}.ttl"\r\n'
    f'Content-Type: text/turtle; charset=utf-8\r\n\r\n<http://x/1> <http://x/{name}> "{name}" .\r\n'
    for name in ("family", "given")
)
MULTIPART = (f"{PARTS}--{BOUNDARY}--\r\n", f"multipart/form-data; boundary={BOUNDARY}")


@pytest.fixture(params=["direct", "indirect"])
def address(request: pytest.FixtureRequest) -> str:
    """A graph, named by the address or in the query."""
    name = request.node.originalname
    return f"/store/{name}.ttl" if request.param == "direct" else f"/store?graph=http://x/{name}.ttl"


def graph(turtle: bytes | str) -> ox.Dataset:
    """The triples, blank nodes named alike in isomorphic graphs."""
    found = ox.Dataset(ox.parse(turtle, ox.RdfFormat.TURTLE))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def holds(client: FlaskClient, address: str, turtle: str) -> None:
    response = client.get(address, headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert response.mimetype == "text/turtle"
    assert graph(response.data) == graph(turtle)


def test_put_get_repeat(writer: FlaskClient, address: str) -> None:
    """PUT makes a graph (201), and replaces it (204)."""
    assert writer.put(address, data=JOHN, headers=TURTLE).status_code == 201
    holds(writer, address, JOHN)
    assert writer.put(address, data=JANE, headers=TURTLE).status_code == 204
    holds(writer, address, JANE)


def test_put_delete_get_delete(writer: FlaskClient, address: str) -> None:
    """DELETE removes a graph; afterwards it is not found, nor to be removed."""
    writer.put(address, data=JOHN, headers=TURTLE)
    assert writer.delete(address).status_code == 204
    assert writer.get(address).status_code == 404
    assert writer.delete(address).status_code == 404


def test_post_get_post_get(writer: FlaskClient, address: str) -> None:
    """POST merges a document, and the files of a form, into a graph."""
    assert writer.post(address, data=JANE, headers=TURTLE).status_code == 201
    holds(writer, address, JANE)
    assert writer.post(address, data=MULTIPART[0], content_type=MULTIPART[1]).status_code == 204
    holds(writer, address, JANE + ' <http://x/1> <http://x/family> "family" ; <http://x/given> "given" .')


def test_post_get_new_graph(writer: FlaskClient) -> None:
    """POST to the store itself makes a graph, and says which."""
    response = writer.post("/store", data=JOHN, headers=TURTLE)
    assert response.status_code == 201
    holds(writer, response.headers["Location"], JOHN)
    holds(writer, f"/store?graph={response.headers['Location']}", JOHN)


def test_head(writer: FlaskClient, address: str) -> None:
    """HEAD on a graph that is there, and on one that is not."""
    writer.put(address, data=JOHN, headers=TURTLE)
    response = writer.head(address, headers={"Accept": "text/turtle; charset=utf-8"})
    assert (response.status_code, response.mimetype, response.data) == (200, "text/turtle", b"")
    assert writer.head(address + "x").status_code == 404


def test_put_get_uri_pct_encoded(writer: FlaskClient) -> None:
    """The graph's IRI is the parameter decoded once: `%2531` names another graph than `1`."""
    writer.put("/store?graph=http%3A%2F%2Fx%2Fperson%2F1", data=JOHN, headers=TURTLE)
    assert writer.put("/store?graph=http://x/person/%2531", data=JANE, headers=TURTLE).status_code == 201
    holds(writer, "/store?graph=http://x/person/1", JOHN)
    holds(writer, "/store?graph=http://x/person/%2531", JANE)


def test_put_empty(writer: FlaskClient, address: str) -> None:
    """An empty graph is there."""
    assert writer.put(address, data="", headers=TURTLE).status_code == 201
    holds(writer, address, "")


def test_the_default_graph(writer: FlaskClient) -> None:
    """What is put into the default graph is part of it, beside the named graphs; DELETE takes it out again."""
    assert writer.put("/store?default", data="<a:s> <a:p> 'new' .", headers=TURTLE).status_code == 201
    whole = writer.get("/store?default", headers={"Accept": "application/n-triples"}).text
    assert '"new"' in whole
    assert "ex-101" in whole
    assert writer.delete("/store?default").status_code == 204
    assert '"new"' not in writer.get("/store?default").text


@pytest.mark.parametrize("format_", GRAPHS, ids=lambda f: f.name)
def test_every_format(client: FlaskClient, format_: object) -> None:
    """A graph is read in every RDF format, without a token."""
    type_ = format_.media_type  # type: ignore[attr-defined]
    response = client.get(f"/store?graph={ONTOLOGY_GRAPH}", headers={"Accept": type_})
    assert (response.status_code, response.mimetype) == (200, type_)
    assert len(list(ox.parse(response.data, format_.rdf))) > 100  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "query", ["", "?graph=", "?graph=relative", "?default&graph=http://x/", "?graph=a:a&graph=b:b"]
)
def test_which_graph(client: FlaskClient, query: str) -> None:
    """No graph, two graphs or no IRI is a 400."""
    assert client.get(f"/store{query}").status_code == 400


def test_read_only(client: FlaskClient) -> None:
    """Without tokens, writes are 405 with what is allowed and what to do."""
    for method in ("PUT", "POST", "DELETE"):
        response = client.open("/store?graph=http://x/", method=method, data=JOHN, headers=TURTLE)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert "KG_WRITE_TOKEN" in json.loads(response.data)["detail"]


@pytest.mark.parametrize(
    ("type_", "body", "status"),
    [
        ("text/plain", JOHN, 415),
        ("", JOHN, 415),
        ("text/turtle; charset=utf-16", JOHN.encode("utf-16"), 415),
        ("text/turtle", "<a> <b>", 400),
        ("application/rdf+xml", JOHN, 400),
        ("application/trig", "GRAPH <a:g> { <a:s> <a:p> 1 }", 400),
        ("application/ld+json", '{"@context": "http://127.0.0.1:1/context", "name": "x"}', 400),
        ("multipart/form-data; boundary=x", "--x--\r\n", 400),
    ],
)
def test_bad_bodies(writer: FlaskClient, type_: str, body: str | bytes, status: int) -> None:
    """What is no RDF document of a known type changes nothing, and has its status."""
    response = writer.post("/store?graph=http://x/bad", data=body, content_type=type_)
    assert response.status_code == status
    assert json.loads(response.data)["status"] == status
    assert writer.get("/store?graph=http://x/bad").status_code == 404


def test_a_graph_that_is_made_from_others(writer: FlaskClient) -> None:
    """The inferred graph is not written to."""
    assert writer.put(f"/store?graph={INFERRED_GRAPH}", data=JOHN, headers=TURTLE).status_code == 409


def test_conditions(writer: FlaskClient) -> None:
    """If-Match refuses a write that is meant for another state, If-None-Match one that would overwrite."""
    address = "/store?graph=http://x/conditions"
    assert writer.put(address, data=JOHN, headers={**TURTLE, "If-Match": "*"}).status_code == 412
    assert writer.put(address, data=JOHN, headers={**TURTLE, "If-None-Match": "*"}).status_code == 201
    assert writer.put(address, data=JANE, headers={**TURTLE, "If-None-Match": "*"}).status_code == 412
    seen = writer.get(address).headers["ETag"]
    assert not seen.startswith("W/")
    done = writer.put(address, data=JANE, headers={**TURTLE, "If-Match": seen})
    assert done.status_code == 204
    assert writer.delete(address, headers={"If-Match": seen}).status_code == 412
    holds(writer, address, JANE)
    assert writer.delete(address, headers={"If-Match": 'W/"weak"'}).status_code == 412
    now = f'"{done.headers["Releasekg-Snapshot"]}"'
    assert writer.delete(address, headers={"If-Match": now}).status_code == 204


def test_a_graph_is_not_sent_twice(client: FlaskClient) -> None:
    """The tag of a graph belongs to snapshot, format and coding; a client that has it gets 304."""
    address = f"/store?graph={ONTOLOGY_GRAPH}"
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert first.headers["ETag"].endswith('.ttl--gzip"')
    for tag in (first.headers["ETag"], client.get(address).headers["ETag"]):
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{address}&format=nt", headers={"If-None-Match": tag}).status_code == 200
