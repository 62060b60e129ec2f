"""The short way of plain queries gives what the long way gives."""

import random
from urllib.parse import quote, quote_plus, unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.query_lane import decoded

#: Sent with it, a request is not plain any more, and means the same.
LONG_WAY = "&long-way=1"
QUERIES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "SELECT * { ?s ?p ?o } LIMIT 300",
    "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 50",
    "DESCRIBE <https://w3id.org/releasekg/id/drug/ex-101>",
    "SELECT (NOW() AS ?now) {} LIMIT 0",
    "SELECT *\n{ ?s ?p 'a+b & c=d % ü' }",
    "SELECT {",
    "SELECT * { SERVICE <http://x/> {} }",
)
ACCEPTS = (
    "",
    "*/*",
    "application/sparql-results+json",
    "application/sparql-results+xml;q=0.5, text/csv",
    "text/html",
    "text/turtle",
    "application/rdf+xml, application/json;q=0.9",
    "image/png",
)


@pytest.mark.parametrize("accept", ACCEPTS)
def test_both_ways_are_one(client: FlaskClient, accept: str) -> None:
    """Status, headers and body are the same for every kind of query, whatever the client takes."""
    for query in QUERIES:
        for coding in ("", "br;q=0.5, gzip;q=0.1") if accept == "*/*" else ("",):
            given = {"Accept": accept, "Accept-Encoding": coding}
            headers = {name: value for name, value in given.items() if value}
            path = f"/sparql?query={quote(query)}"
            short, long = (client.get(path + more, headers=headers) for more in ("", LONG_WAY))
            assert short.status == long.status, (query, coding)
            assert sorted(short.headers) == sorted(long.headers), (query, coding)
            assert short.data == long.data or "lane" in short.text or b"NOW" in query.encode(), (
                query,
                coding,
            )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?p ?o { <https://w3id.org/releasekg/id/drug/ex-101> ?p ?o }",
        "PREFIX rkg: <https://w3id.org/releasekg/ontology#> SELECT (COUNT(*) AS ?n) { ?d a rkg:Drug }",
    ],
)
def test_what_takes_little_is_answered_at_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Once the columns are there, no worker is asked; the answer is the one that a worker gives, header for header."""
    client = app.test_client()
    site = app.extensions["releasekg"]
    path = f"/sparql?query={quote(text)}"
    long = client.get(path + LONG_WAY, headers={"Accept": "application/sparql-results+json"})
    monkeypatch.setattr(site, "_columns", ("", None))
    site.prepare_columns(site.graph())
    monkeypatch.setattr("server.query_lane.answers.run", None)
    short = client.get(path, headers={"Accept": "application/sparql-results+json"})
    assert short.status_code == 200
    assert sorted(short.headers) == sorted(long.headers)
    assert short.data == long.data


def test_a_failure_is_evaluated_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has failed on the short way is told by the app, not tried again."""
    from server.query_workers import QueryPool

    calls = []
    run = QueryPool.run
    monkeypatch.setattr(
        QueryPool, "run", lambda self, job, **more: (calls.append(job), run(self, job, **more))[1]
    )
    response = client.get(f"/sparql?query={quote('SELECT {')}", headers={"Accept": "application/json"})
    assert (response.status_code, len(calls)) == (400, 1)


def test_decoding_is_that_of_the_standard_library() -> None:
    """Whatever a form sends is read as it was meant."""
    chance = random.Random(1)
    letters = "aZ09 +%=&_~.-\n\r\t\"'<>?#{}ü€😀\x00"
    for _ in range(300):
        text = "".join(chance.choices(letters, k=chance.randrange(20)))
        for sent in (quote(text), quote(text, safe=""), quote_plus(text)):
            assert decoded(sent.encode()) == text == unquote(sent.replace("+", " "))


@pytest.mark.parametrize("sent", [b"%", b"%4", b"%zz", b"a%FFb", b"%C3"])
def test_what_is_no_text(sent: bytes) -> None:
    """Broken escapes and broken UTF-8 are left to the app."""
    with pytest.raises(ValueError, match=r"percent|utf-8"):
        decoded(sent)
