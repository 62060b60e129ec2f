"""The cache of responses: what is kept, for whom, how much of it, and until when."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from server.application import WARMING
from server.clients import RateLimit
from server.response_cache import ResponseCache
from tests.server.conftest import application, publish


class Told:
    """An app that counts its calls and answers as it is told."""

    def __init__(self, body: bytes = b"{}", **headers: str) -> None:
        self.calls = 0
        self.body = body
        self.headers = {
            "ETag": 'W/"1-abc-x"',
            "Content-Length": str(len(body)),
            "Vary": "Accept, Accept-Encoding",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer."""
        self.calls += 1
        start_response("200 OK", list(self.headers.items()))
        return [environ["wsgi.input"].read() or self.body]


def environ(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/sparql",
        "QUERY_STRING": "query=ASK",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **changes,
    }
    return found


def ask(cache: ResponseCache, **changes: Any) -> tuple[str, bytes]:
    """Status and body."""
    seen: list[str] = []
    body = b"".join(cache(environ(**changes), lambda status, _headers, _info=None: seen.append(status)))  # type: ignore[arg-type,func-returns-value]
    return seen[0], body


def over(app: Told, *, size: int = 100_000, **more: Any) -> ResponseCache:
    return ResponseCache(app, snapshot=lambda: "1-abc", size=size, **more)  # type: ignore[arg-type]


def test_a_repeated_request_does_not_reach_the_app() -> None:
    """The second answer is the first one's bytes."""
    app = Told()
    cache = over(app)
    assert ask(cache) == ask(cache) == ("200 OK", b"{}")
    assert (app.calls, cache.hits, cache.misses) == (1, 1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"QUERY_STRING": "query=ASK2"},
        {"HTTP_ACCEPT": "text/csv"},
        {"HTTP_ACCEPT_ENCODING": "br"},
        {"HTTP_HOST": "elsewhere"},
        {"wsgi.url_scheme": "https"},
        {"SCRIPT_NAME": "/below"},
        {"PATH_INFO": "/search"},
    ],
)
def test_another_request_is_another_entry(other: dict[str, str]) -> None:
    """Whatever the response may depend on parts the entries."""
    app = Told()
    cache = over(app)
    ask(cache)
    ask(cache, **other)
    assert app.calls == 2


@pytest.mark.parametrize(
    "personal",
    ["HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_CACHE_CONTROL"],
)
def test_personal_requests_are_the_apps(personal: str) -> None:
    """Who shows a token, or asks for a part, is not answered from here."""
    app = Told()
    cache = over(app)
    ask(cache)
    ask(cache, **{personal: "x"})
    assert app.calls == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": 'W/"2-def-x"'},
        {"Cache_Control": "no-store"},
        {"Vary": "Accept, User-Agent"},
        {"Set_Cookie": "a=b"},
        {"Content_Length": ""},
    ],
)
def test_what_is_not_kept(headers: dict[str, str]) -> None:
    """Another snapshot's answer, a volatile one, one that depends on more, and one of unknown length."""
    app = Told(**headers)
    cache = over(app)
    ask(cache)
    ask(cache)
    assert app.calls == 2


def test_a_query_by_post() -> None:
    """The body is part of what an answer is kept under, and reaches the app."""
    app = Told()
    cache = over(app)

    def post(body: bytes) -> bytes:
        changes = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        return ask(cache, REQUEST_METHOD="POST", CONTENT_TYPE="application/sparql-query", **changes)[1]

    assert [post(b"ASK {}"), post(b"ASK {}"), post(b"ASK { }")] == [b"ASK {}", b"ASK {}", b"ASK { }"]
    assert app.calls == 2


def test_it_is_bounded() -> None:
    """The entry that was not asked for longest goes; one too large for its share is not kept at all."""
    app = Told(b"x" * 5_000)
    cache = over(app, size=100_000)
    for number in range(30):
        ask(cache, QUERY_STRING=f"query={number}")
        ask(cache, QUERY_STRING="query=0")
    assert cache.taken <= 100_000
    assert cache.hits == 30
    large = Told(b"x" * 50_000)
    cache = over(large)
    ask(cache)
    ask(cache)
    assert large.calls == 2


def test_the_rate_limit_counts() -> None:
    """What is answered from here counts too; beyond the limit the app is asked, and says no."""
    app = Told()
    cache = over(app, limit=RateLimit(1, 1))
    for _ in range(3):
        ask(cache)
    assert (app.calls, cache.hits) == (2, 1)


def test_a_new_snapshot_empties_it(tmp_path: Path) -> None:
    """After a publish the answer is the new snapshot's, and what was kept is gone."""
    publish(tmp_path, second=False, terms=False)
    with application(tmp_path) as app:
        query = "SELECT (COUNT(*) AS ?n) { ?r a <https://w3id.org/releasekg/ontology#PressRelease> }"
        assert _answers(app, query) == ['"1"', '"1"']
        publish(tmp_path, second=True, terms=False)
        assert _answers(app, query) == ['"2"', '"2"']


def _answers(app: Flask, query: str) -> list[str]:
    found = []
    for _ in range(2):
        response = app.test_client().get(
            f"/sparql?query={quote(query)}", headers={"Accept": "application/json"}
        )
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        found.append(f'"{response.get_json()["results"]["bindings"][0]["n"]["value"]}"')
    return found


def test_what_is_asked_for_is_made_anew(tmp_path: Path) -> None:
    """After a publish, answers that were asked for again are there before anyone asks, with the new content."""
    publish(tmp_path, second=False, terms=False)
    with application(tmp_path) as app:
        query = "SELECT (COUNT(*) AS ?n) { ?r a <https://w3id.org/releasekg/ontology#PressRelease> }"
        _answers(app, query)
        publish(tmp_path, second=True, terms=False)
        app.extensions[WARMING].look()
        pool = app.extensions["releasekg"].pool
        pool.close()  # from here on only what is there is answered
        assert _answers(app, query) == ['"2"', '"2"']


def test_a_volatile_query_is_evaluated_anew(app: Flask) -> None:
    """`UUID()` gives another value each time."""
    found = {
        app.test_client().get(f"/sparql?query={quote('SELECT (UUID() AS ?x) {}')}").data for _ in range(2)
    }
    assert len(found) == 2
