"""Who may write and what becomes of it: tokens and scopes, refusals with the report, releases, writers in turn."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.errors import InputError
from kg.namespaces import PREFIXES
from server.settings import Settings
from server.tokens import Scope, Tokens
from tests import facts as given
from tests.server.conftest import AUTHORISED, TOKEN, application, publish

UPDATE = "application/sparql-update"
NEWS = """Newco Announces FDA Orphan Drug Designation for NC-77 for Glioblastoma

BOSTON, May 3, 2024 -- Newco Inc. announced today that the FDA has granted orphan drug designation to NC-77 for the
treatment of glioblastoma.
"""
BREAKING = f"INSERT DATA {{ <http://x/drug> a <{PREFIXES['rkg']}Drug> }}"


def update(client: FlaskClient, text: str, **headers: str):  # type: ignore[no-untyped-def]
    return client.post("/sparql", data=text, content_type=UPDATE, headers=headers)


def test_read_only_unless_told(client: FlaskClient) -> None:
    """Without tokens an update is 403, and says what the operator has to do."""
    for response in (update(client, "CLEAR ALL"), client.post("/sparql", data={"update": "CLEAR ALL"})):
        assert response.status_code == 403
        assert "KG_WRITE_TOKEN" in json.loads(response.data)["detail"]


@pytest.mark.parametrize("header", [None, "Basic abc", "Bearer", "Bearer "])
def test_a_token_is_needed(writable: Flask, header: str | None) -> None:
    """No bearer token: 401 that asks for one."""
    headers = {} if header is None else {"Authorization": header}
    response = update(writable.test_client(), "CLEAR ALL", **headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="releasekg"'


@pytest.mark.parametrize("token", ["wrong", TOKEN[:-1], TOKEN + "x", "\udcff"])
def test_a_wrong_token(writable: Flask, token: str) -> None:
    """401 that says so, and nothing of the token."""
    header = f"Bearer {token}".encode("utf-8", "surrogateescape").decode("latin-1")
    response = update(writable.test_client(), "CLEAR ALL", Authorization=header)
    assert response.status_code == 401
    assert "invalid_token" in response.headers["WWW-Authenticate"]
    assert token not in response.text


def test_queries_need_no_token(writable: Flask) -> None:
    """A wrong token does not keep anyone from reading."""
    client = writable.test_client()
    response = client.post("/sparql", data={"query": "ASK {}"}, headers={"Authorization": "Bearer wrong"})
    assert response.status_code == 200


def test_scopes(writable: Flask, tmp_path: Path) -> None:
    """A token is good for its scopes alone; each is named in the refusal."""
    file = tmp_path / "tokens.toml"
    file.write_text(f'[reader]\ntoken = "{TOKEN}"\nscopes = ["queries"]\n')
    site = writable.extensions["releasekg"]
    before, site.tokens = site.tokens, Tokens.configured(Settings(tokens=str(file)))
    try:
        client = writable.test_client()
        for response in (
            update(client, "CLEAR ALL", **AUTHORISED),
            client.delete("/store?default", headers=AUTHORISED),
            client.post("/releases", data="text", content_type="text/plain", headers=AUTHORISED),
        ):
            assert response.status_code == 403
            assert "insufficient_scope" in response.headers["WWW-Authenticate"]
    finally:
        site.tokens = before


def test_tokens_from_environment_and_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Both count; the file may hold digests instead of tokens."""
    import hashlib

    monkeypatch.setenv("KG_WRITE_TOKEN", TOKEN)
    file = tmp_path / "tokens.toml"
    file.write_text(f'[curator]\nsha256 = "{hashlib.sha256(b"y" * 20).hexdigest()}"\nscopes = ["graphs"]\n')
    tokens = Tokens.configured(Settings(tokens=str(file)))
    first, second = tokens.find(TOKEN), tokens.find("y" * 20)
    assert first is not None
    assert (first.name, first.scopes) == ("default", frozenset(Scope))
    assert second is not None
    assert (second.name, second.scopes) == ("curator", frozenset({Scope.GRAPHS}))
    assert tokens.find("") is None


@pytest.mark.parametrize(
    "text",
    [
        '[a]\ntoken = "short"',
        "[a]\nscopes = []",
        f'[a]\ntoken = "{TOKEN}"\nscopes = ["all"]',
        f'[a]\ntoken = "{TOKEN}"\nsha256 = "{"0" * 64}"',
        '[a]\nsha256 = "zz"',
        f'[a]\ntoken = "{TOKEN}"\nscope = []',
        'a = "b"',
        "not toml",
    ],
)
def test_a_bad_token_file(tmp_path: Path, text: str) -> None:
    """A mistake in the file is an error of one line at the start, not a surprise later."""
    file = tmp_path / "tokens.toml"
    file.write_text(text)
    with pytest.raises(InputError, match="tokens"):
        Tokens.configured(Settings(tokens=str(file)))


def test_an_update(writer: FlaskClient) -> None:
    """An update is answered with the new snapshot, which the next query sees."""
    done = update(writer, "INSERT DATA { <a:s> <a:p> 'new' }")
    body = json.loads(done.data)
    assert (done.status_code, body["changed"]) == (200, True)
    assert body["snapshot"] == done.headers["Releasekg-Snapshot"]
    assert json.loads(writer.get("/health").data)["snapshot"] == body["snapshot"]
    assert json.loads(writer.get("/sparql?query=ASK{<a:s><a:p>'new'}").data)["boolean"] is True
    assert json.loads(update(writer, "INSERT DATA { <a:s> <a:p> 'new' }").data)["changed"] is False


def test_a_large_update(writer: FlaskClient, client: FlaskClient) -> None:
    """A writer may send more than a reader."""
    text = "INSERT DATA { <a:s> <a:p> '" + "x" * 1024**2 + "' }"
    assert update(writer, text).status_code == 200
    assert writer.post("/sparql", data={"update": text}).status_code == 200
    assert client.post("/sparql", data={"query": text}).status_code == 413


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        ("INSERT DATA {\n <a:s> <a:p> }", 400, "line 2"),
        ("LOAD <http://127.0.0.1:1/>", 400, "LOAD"),
        ("INSERT { ?s ?p 1 } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "SERVICE"),
        ("", 200, ""),
    ],
)
def test_bad_updates(writer: FlaskClient, text: str, status: int, word: str) -> None:
    """Malformed and refused updates are 400 with the place or the word."""
    response = update(writer, text)
    assert response.status_code == status
    assert word in response.text


def test_two_operations(writer: FlaskClient) -> None:
    """A query and an update in one request are neither."""
    assert writer.post("/sparql", data={"update": "CLEAR ALL", "query": "ASK {}"}).status_code == 400
    assert update(writer, "CLEAR ALL", **{"If-Match": '"nonsense"'}).status_code == 412


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app whose writes are carried out as an operator has them: in a process, with inference and validation."""
    folder = tmp_path_factory.mktemp("guarded")
    publish(folder, second=False, terms=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_WRITE_TOKEN", TOKEN)
        with application(folder, query_timeout=5) as app:
            yield app


def test_shapes_guard_the_graph(guarded: Flask) -> None:
    """What would break a shape is 422 with the report, as JSON, as text, or as Turtle; nothing has changed."""
    client = guarded.test_client()
    before = json.loads(client.get("/health").data)["snapshot"]
    response = update(client, BREAKING, **AUTHORISED)
    assert response.status_code == 422
    problem = json.loads(response.data)
    assert problem["report"]["conforms"] is False
    assert any("http://x/drug" in finding["focus"] for finding in problem["report"]["findings"])
    turtle = update(client, BREAKING, Accept="text/turtle", **AUTHORISED)
    assert (turtle.status_code, turtle.mimetype) == (422, "text/turtle")
    assert "ValidationReport" in turtle.text
    assert json.loads(client.get("/health").data)["snapshot"] == before


def test_releases(guarded: Flask) -> None:
    """A release that is posted is read with the others; what it states is in the graph, its page is there."""
    client = guarded.test_client()
    response = client.post(
        "/releases",
        data=NEWS,
        content_type="text/plain",
        headers={"Slug": "newco%201", **AUTHORISED},
    )
    assert response.status_code == 201, response.text
    body = json.loads(response.data)
    assert body["releases"][0]["id"] == "newco-1"
    assert response.headers["Location"].endswith("/id/release/newco-1")
    assert client.get(response.headers["Location"]).status_code == 200
    listed = [line["id"] for line in json.loads(client.get("/releases").data)["releases"]]
    assert {"newco-1", given.RELEASE.id} <= set(listed)
    stated = (
        f"ASK {{ GRAPH <{body['releases'][0]['iri']}> {{ ?who <{PREFIXES['skos']}prefLabel> 'Newco' }} }}"
    )
    assert json.loads(client.get("/sparql", query_string={"query": stated}).data)["boolean"] is True
    other = client.post(
        "/releases?name=newco-1", data="Another text.", content_type="text/plain", headers=AUTHORISED
    )
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("type_", "body", "status"),
    [("application/json", b"{}", 415), ("text/plain", b" ", 400), ("application/pdf", b"no pdf", 400)],
)
def test_bad_releases(writer: FlaskClient, type_: str, body: bytes, status: int) -> None:
    """What cannot be read is refused with its reason."""
    response = writer.post("/releases", data=body, content_type=type_)
    assert response.status_code == status


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c.txt", "x" * 300, "...", "a\r\nb"])
def test_names_of_releases_are_made_safe(name: str) -> None:
    """A name from outside never leaves the folder."""
    from server.submissions import _name

    made = _name(name, b"content")
    assert 0 < len(made) <= 80
    assert not {"/", "\\", "\n", "\r"} & set(made)
    assert not made.startswith(".")


def test_writers_take_turns(writable: Flask) -> None:
    """Of writers that come at once none is lost, and of those that saw the same state one alone succeeds."""
    seen = writable.test_client().get("/store?default").headers["ETag"]
    statuses: list[int] = []

    def one(number: int, headers: dict[str, str]) -> None:
        text = f"INSERT DATA {{ GRAPH <a:turns> {{ <a:s> <a:p> {number} }} }}"
        statuses.append(update(writable.test_client(), text, **AUTHORISED, **headers).status_code)

    for headers, expected in (({"If-Match": seen}, [200, 412, 412]), ({}, [200, 200, 200])):
        statuses.clear()
        threads = [threading.Thread(target=one, args=(n, headers)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == expected
    held = writable.test_client().get("/store?graph=a:turns&format=nt").text
    assert len(held.splitlines()) == 3


def test_the_server_does_not_load_what_writes_need() -> None:
    """Neither the language pipeline nor the reasoner is imported by the server, also where it takes writes."""
    code = (
        "import server.application, sys; "
        "print(sorted({'spacy', 'rdflib', 'pyshacl', 'owlrl', 'kg.build'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
