"""`server.exports`: what `kg export` writes, over HTTP; refusals, limits, ends that no one takes for whole."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.export import export
from kg.snapshots import Snapshots
from server import exports
from tests.server.conftest import application


@pytest.fixture(scope="module")
def hasty(data: Path) -> Iterator[Flask]:
    """An app whose exports end after half a second."""
    with application(data, write_timeout=0.5) as app:
        yield app


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets a line of Python take the place of `kg export`."""

    def replace(code: str) -> None:
        def started(
            data: Path, arguments: list[str], words: IO[bytes], settings: Any
        ) -> subprocess.Popen[bytes]:
            return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=words)

        monkeypatch.setattr(exports, "_started", started)

    return replace


def test_it_is_what_the_command_writes(client: FlaskClient, data: Path) -> None:
    """To the byte."""
    expected = io.BytesIO()
    export(Snapshots(data).current().open(), "turtle", expected)
    response = client.get("/export")
    assert (response.status_code, response.content_type) == (200, "text/turtle; charset=utf-8")
    assert response.data == expected.getvalue()


def test_a_table(client: FlaskClient) -> None:
    """CSV unless Parquet is asked for, under the name that the client wants."""
    response = client.get("/export?table=designations&download=mine")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="mine.csv"'
    assert "orphan drug" in response.text
    assert client.head("/export?table=trials&format=parquet").content_type == "application/vnd.apache.parquet"


def test_what_the_command_refuses_is_a_problem(client: FlaskClient) -> None:
    """In its words."""
    response = client.get("/export?graph=r9&format=trig")
    assert response.status_code == 400
    assert "r9: no such graph; name a release by its id" in response.json["detail"]  # type: ignore[index]


@pytest.mark.parametrize(
    "query", ["colour=red", "depth=0&entity=drug/a", "depth=a&entity=drug/a", "table=all"]
)
def test_a_wrong_parameter_is_told_before_anything_is_done(query: str, client: FlaskClient) -> None:
    """Whatever is said goes to the command as the value of an option that is there."""
    assert client.get(f"/export?{query}").status_code == 400


def test_what_is_not_offered(client: FlaskClient) -> None:
    """406 with what is."""
    response = client.get("/export?format=docx")
    assert response.status_code == 406
    assert "application/graphml+xml" in response.text


def test_every_option_is_handed_on(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the day, and several graphs to add."""
    told: list[str] = []

    def body(arguments: list[str], format_: object) -> bytes:
        told.extend(arguments)
        return b"whole"

    monkeypatch.setattr(exports, "_Body", body)
    query = "as-of=2018-06&entity=drug/a&depth=3&with=evidence&with=inferred&format=rdf&graph=--help"
    assert client.get(f"/export?{query}").data == b"whole"
    assert told == [
        *("--format=rdfxml", "--graph=--help", "--entity=drug/a", "--depth=3", "--as-of=2018-06"),
        "--with=evidence,inferred",
    ]


def test_every_page_leads_there(client: FlaskClient) -> None:
    """To a form, which knows the thing that the page is about."""
    page = {"Accept": "text/html"}
    assert 'href="/export"' in client.get("/", headers=page).text
    link = 'href="/export?entity=https://w3id.org/releasekg/id/drug/ex-101"'
    assert link in client.get("/id/drug/ex-101", headers=page).text
    form = client.get("/export?entity=drug/ex-101", headers=page)
    assert form.content_type.startswith("text/html")
    assert 'name="entity" value="drug/ex-101"' in form.text


def test_one_that_fails_on_its_way_is_not_taken_for_whole(
    client: FlaskClient, doing: Callable[[str], None]
) -> None:
    """It ends in what no parser reads, and breaks the connection."""
    doing("import sys; print('<a:> <b:> <c:> .', end='', flush=True); sys.exit('Error: the disk is full')")
    response = client.get("/export")
    chunks = response.iter_encoded()
    assert next(chunks).startswith(b"<a:>")
    assert b"broken off" in next(chunks)
    with pytest.raises(ConnectionResetError):
        next(chunks)
    response.close()


def test_one_that_takes_too_long_is_ended(hasty: Flask, doing: Callable[[str], None]) -> None:
    """504, and its place is free again."""
    doing("import time; time.sleep(60)")
    for _ in range(3):
        assert hasty.test_client().get("/export").status_code == 504


def test_only_some_at_once(client: FlaskClient, doing: Callable[[str], None]) -> None:
    """503 for one more; whoever gives up what has begun makes room."""
    doing("import time; print(1, flush=True); time.sleep(60)")
    first, second = client.get("/export"), client.get("/export")
    assert client.get("/export").headers["Retry-After"] == "10"
    first.close()
    client.get("/export").close()
    second.close()
