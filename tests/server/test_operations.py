"""What an operator needs: health, readiness, metrics, the access log, the queries at work, descriptions."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from kg.namespaces import PREFIXES, expand
from server.openapi import description
from server.settings import Settings
from tests.server.conftest import AUTHORISED, HOSTILE, TOKEN, application


def test_ready(app: Flask) -> None:
    """Ready once the workers are up; not without a snapshot."""
    client = app.test_client()
    deadline = time.monotonic() + 20
    while (response := client.get("/ready")).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    body = json.loads(response.data)
    assert body["ready"] is True
    assert body["workers"] > 0


def test_not_ready(tmp_path: Path) -> None:
    """Without a snapshot the server lives and is not ready."""
    with application(tmp_path) as app:
        response = app.test_client().get("/ready")
        assert response.status_code == 503
        assert "kg build" in json.loads(response.data)["detail"]
        assert app.test_client().get("/health").status_code == 200


def samples(client: FlaskClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def test_metrics(client: FlaskClient) -> None:
    """Requests, queries by outcome, the pool and the snapshot are counted, in Prometheus' format."""

    def counted(name: str, **labels: str) -> float:
        return samples(client).get((name, frozenset(labels.items())), 0)

    ok, malformed = (counted("releasekg_queries_total", outcome=o) for o in ("ok", "syntax"))
    asked = counted("releasekg_requests_total", handler="sparql.query", method="GET", status="200")
    client.get("/sparql?query=ASK{?some%20?thing%20?new}").get_data()
    client.get("/sparql?query=nonsense").get_data()
    assert counted("releasekg_queries_total", outcome="ok") == ok + 1
    assert counted("releasekg_queries_total", outcome="syntax") == malformed + 1
    assert (
        counted("releasekg_requests_total", handler="sparql.query", method="GET", status="200") == asked + 1
    )
    assert counted("releasekg_query_workers") >= 1
    assert counted("releasekg_snapshot_readable") == 1
    assert counted("releasekg_snapshot_releases") == 2
    assert client.get("/metrics").headers["Content-Type"].startswith("text/plain; version=0.0.4")


def test_the_access_log(data: Path, tmp_path: Path) -> None:
    """A line of JSON for each response: who, what, how long; of a query the digest, never its text or a token."""
    log = tmp_path / "access.log"
    query = "ASK { ?secret ?secret ?secret }"
    with application(data, access_log=str(log)) as app:
        client = app.test_client()
        headers = {"User-Agent": "tester", **AUTHORISED}
        client.get("/sparql", query_string={"query": query}, headers=headers).get_data()
        headers = {"Accept": "text/html", "Cookie": "secret=secret"}
        client.get("/id/drug/ex-101?password=secret", headers=headers).get_data()
        client.get("/nowhere").get_data()
    first, second, third = (json.loads(line) for line in log.read_text().splitlines())
    assert (first["path"], first["status"], first["method"], first["agent"]) == (
        "/sparql",
        200,
        "GET",
        "tester",
    )
    assert first["query"] == hashlib.sha256(query.encode()).hexdigest()[:16]
    assert first["client"] == "127.0.0.1"
    assert first["seconds"] > 0
    assert first["bytes"] > 0
    assert (second["path"], third["status"]) == ("/id/drug/ex-101", 404)
    assert "secret" not in log.read_text()
    assert TOKEN not in log.read_text()


@pytest.fixture
def held(writable: Flask) -> Iterator[str]:
    """A query that is at work; its id."""
    pool = writable.extensions["releasekg"].pool
    client = writable.test_client()
    thread = threading.Thread(target=lambda: client.get("/sparql", query_string={"query": HOSTILE}))
    thread.start()
    deadline = time.monotonic() + 20
    while not (running := pool.running.all()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    yield running[0].id
    thread.join(20)


def test_running_queries(writable: Flask, held: str) -> None:
    """A token holder sees the queries at work, and ends one."""
    client = writable.test_client()
    assert client.get("/queries").status_code == 401
    (found,) = json.loads(client.get("/queries", headers=AUTHORISED).data)["queries"]
    assert (found["id"], found["query"], found["client"]) == (held, HOSTILE, "127.0.0.1")
    assert client.delete(f"/queries/{held}").status_code == 401
    assert client.delete("/queries/1-1", headers=AUTHORISED).status_code == 404
    assert client.delete(f"/queries/{held}", headers=AUTHORISED).status_code == 204


def test_the_page_of_running_queries(writable: Flask, held: str) -> None:
    """A browser logs in with the token as password; a form of another site ends nothing."""
    client = writable.test_client()
    login = {
        "Authorization": "Basic " + base64.b64encode(f"me:{TOKEN}".encode()).decode(),
        "Accept": "text/html",
    }
    assert "Basic" in client.get("/queries", headers={"Accept": "text/html"}).headers["WWW-Authenticate"]
    page = client.get("/queries", headers=login)
    assert "COUNT(*)" in page.text
    address = f"/queries/{held}/cancel"
    for foreign in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert client.post(address, headers={**login, **foreign}).status_code == 403
    assert client.post(address, headers={**login, "Origin": "http://localhost"}).status_code == 303


def test_a_login_does_not_write(writable: Flask) -> None:
    """What a browser sends by itself is good for the page alone, not for writes."""
    login = {"Authorization": "Basic " + base64.b64encode(f"me:{TOKEN}".encode()).decode()}
    assert writable.test_client().delete("/store?default", headers=login).status_code == 401


def test_void(client: FlaskClient) -> None:
    """The well-known address describes the graph: sizes, classes, properties, where to ask."""
    response = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    triples = list(ox.parse(response.data, ox.RdfFormat.N_TRIPLES))
    said = {(t.predicate.value, t.object.value) for t in triples if not isinstance(t.object, ox.Triple)}
    void = PREFIXES["void"]
    manifest = json.loads(client.get("/health").data)
    assert (f"{void}triples", str(manifest["triples"])) in said
    assert (f"{void}sparqlEndpoint", "http://localhost/sparql") in said
    assert (f"{void}class", expand("rkg:Drug")) in said
    assert (f"{void}property", expand("skos:prefLabel")) in said
    assert (
        client.get(
            "/.well-known/void",
            headers={"If-None-Match": response.headers["ETag"], "Accept": "application/n-triples"},
        ).status_code
        == 304
    )
    assert client.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("type_", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_the_service_description_cases(writable: Flask, client: FlaskClient, type_: str) -> None:
    """W3C cases returns-rdf, has-endpoint-triple, conforms-to-schema; updates are told of where there are any."""
    sd = PREFIXES["sd"]
    for asked, languages in (
        (client, {"SPARQL11Query"}),
        (writable.test_client(), {"SPARQL11Query", "SPARQL11Update"}),
    ):
        response = asked.get("/sparql", headers={"Accept": type_})
        assert response.mimetype == type_
        graph = ox.Dataset(ox.parse(response.data, ox.RdfFormat.from_media_type(type_)))
        services = list(graph.quads_for_object(ox.NamedNode(f"{sd}Service")))
        assert len(services) == 1
        said = [q for q in graph.quads_for_subject(services[0].subject) if q.predicate.value.startswith(sd)]
        values = {
            (q.predicate.value.removeprefix(sd), q.object.value)
            for q in said
            if isinstance(q.object, ox.NamedNode)
        }
        assert ("endpoint", "http://localhost/sparql") in values
        assert {value.removeprefix(sd) for name, value in values if name == "supportedLanguage"} == languages
        for quad in graph.quads_for_predicate(ox.NamedNode(f"{sd}namedGraph")):
            assert isinstance(quad.object, ox.NamedNode)
            of_graph = {q.predicate.value for q in graph.quads_for_subject(quad.object)}
            assert {f"{sd}name", f"{sd}graph"} <= of_graph


def test_openapi_is_of_this_server(app: Flask, client: FlaskClient) -> None:
    """Every path and method that is described is there, and every route that speaks JSON alone is described."""
    document = json.loads(client.get("/openapi.json").data)
    assert document == json.loads(json.dumps(description("http://localhost")))
    routes = {
        (rule.rule.replace("<id_>", "{id}"), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert described <= routes
    assert {
        ("/health", "get"),
        ("/ready", "get"),
        ("/releases", "post"),
        ("/queries/{id}", "delete"),
    } <= described


def test_settings_are_documented() -> None:
    """docs/deploy.md has every setting, its variable and its default."""
    text = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| `")}
    for field in fields(Settings):
        row = rows[f"`{field.name}`"]
        assert field.metadata["variable"] in row, field.name
    assert len([name for name in rows if name.strip("`") in Settings.__slots__]) == len(fields(Settings))
