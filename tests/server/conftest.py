"""A published graph of two small releases, an app over it, and a real server process."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.model import Fact, Modality, Release
from kg.namespaces import Minter
from kg.ontology import ontology_quads, vocabulary_quads
from kg.quads import release_quads
from kg.query_examples import query_quads
from kg.resolution import resolve
from kg.snapshots import Manifest, ReleaseRecord, Snapshot, Snapshots
from server.writing import Writer
from tests import facts as given

#: A text with everything that HTML could spoil, and evidence that overlaps.
TRICKY = Release(
    "r 2 & co",
    "r 2 & co.txt",
    "EX-101 <script>alert(1)</script> & friends\r\nwill be studied in a Phase 2 trial in lymphoma. “Fine”, it said.",
    sha256="1" * 64,
)
PLANNED = Fact(
    "trial",
    given.DRUG,
    given.PHASE_2,
    (("indications", given.LYMPHOMA),),
    Modality.PLANNED,
    0.9,
    (given.evidence("will be studied in a Phase 2 trial in lymphoma.", release=TRICKY),),
)
STUDIED = Fact(
    "drug_indication",
    given.DRUG,
    given.LYMPHOMA,
    evidence=(given.evidence("in a Phase 2 trial in lymphoma. “Fine”", release=TRICKY),),
)
HEADLINE = Fact(
    "headline", None, 'Second <b>"release"</b>', evidence=(given.evidence("EX-101", release=TRICKY),)
)
LATER = Fact("release_date", None, "2024-05-02", evidence=(given.evidence("EX-101", release=TRICKY),))

#: Runs for longer than anyone would wait: a product of all triples with themselves, four times.
HOSTILE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def publish(data: Path, *, second: bool = True, terms: bool = True) -> Snapshot:
    """Publish a graph made by hand, of one release or of two, with or without vocabulary and ontology."""
    stated = {given.RELEASE.id: (*given.ALL,)}
    releases = [given.RELEASE]
    if second:
        stated[TRICKY.id] = (PLANNED, STUDIED, HEADLINE, LATER)
        releases.append(TRICKY)
    resolved = resolve(stated)
    with Snapshots(data).draft() as draft:
        for release in releases:
            draft.dataset.add(release_quads(release, resolved[release.id], Minter()))
        if terms:
            draft.dataset.bulk_add(chain(vocabulary_quads(), ontology_quads(), query_quads()))
        manifest = Manifest.of(
            draft.dataset,
            base=Minter().base,
            releases=[ReleaseRecord(release.id, release.sha256) for release in releases],
            facts=sum(map(len, stated.values())),
        )
        return draft.publish(manifest)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a published snapshot; read only."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder)
    return folder


@contextmanager
def application(data: Path, **settings: float | str) -> Iterator[Flask]:
    """An app whose query workers end with the block."""
    from server import create_app

    app = create_app(data, **settings)
    try:
        yield app
    finally:
        app.extensions["releasekg"].pool.close()


@pytest.fixture(scope="session")
def app(data: Path) -> Iterator[Flask]:
    """An app over the published graph."""
    with application(data, query_timeout=5) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    process: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body of a GET."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path.lstrip("/"), headers=names)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def lives(pid: int) -> bool:
    """Whether a process is there and not just waiting to be reaped.

    Its first thread may be dead before the others, which still hold what it has open.
    """
    try:
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        return threads > 1 or Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def command(name: str, *arguments: str) -> list[str]:
    """The command line of `kg serve` or `kg up`."""
    return [sys.executable, "-c", f"from server.cli import {name}; {name}()", *arguments]


@contextmanager
def serving(data: Path, *arguments: str, name: str = "serve") -> Iterator[Server]:
    """A server process that answers, ended by SIGTERM."""
    port = free_port()
    process = subprocess.Popen(
        command(name, "--data", str(data), "--port", str(port), *arguments),
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH")))),
        },
    )
    try:
        yield _ready(Server(f"http://127.0.0.1:{port}/", process))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def _ready(server: Server) -> Server:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended: {server.process.communicate()[1]}")
        try:
            server.get("health")
        except OSError:
            time.sleep(0.05)
        else:
            return server
    raise RuntimeError("the server does not answer")


@pytest.fixture(scope="session")
def server(data: Path) -> Iterator[Server]:
    """A real server process; queries end after a second."""
    with serving(data, "--timeout", "1") as server:
        yield server


#: A token with every scope.
TOKEN = "correct-horse-battery-staple"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app that takes writes, over a graph of its own, without inference and validation, which take a second."""
    from kg.findings import Report
    from kg.update_job import carry_out

    folder = tmp_path_factory.mktemp("writable")
    publish(folder, second=False, terms=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.updates.complete", lambda dataset, minter, **_: Report(()))
        patch.setattr("kg.updates.rules_digest", lambda: "rules")
        tokens = folder / "tokens.toml"
        tokens.write_text(f'[tester]\ntoken = "{TOKEN}"\n')
        with application(folder, query_timeout=5, tokens=str(tokens)) as app:
            site = app.extensions["releasekg"]
            site.writer = Writer(folder, site.settings, carry_out)
            yield app


@pytest.fixture
def writer(writable: Flask) -> FlaskClient:
    """A client of it that has the token."""
    client = writable.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = AUTHORISED["Authorization"]
    return client
