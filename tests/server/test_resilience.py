"""What happens around the server does not stop it: new snapshots, dead workers, broken files, hostile clients."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.snapshots import Manifest, Snapshot, Snapshots
from tests.server.conftest import AUTHORISED, HOSTILE, Server, application, lives, serving
from tests.server.test_serve import children


def publish_version(data: Path, version: int, things: int = 20) -> None:
    """A snapshot in which each of many things has the same version: a mixture would show."""
    import pyoxigraph as ox

    name, graph = ox.NamedNode("http://x/version"), ox.NamedNode("http://x/graph")
    with Snapshots(data).draft() as draft:
        draft.dataset.add(
            ox.Quad(ox.NamedNode(f"http://x/{n}"), name, ox.Literal(version), graph) for n in range(things)
        )
        draft.publish(Manifest.of(draft.dataset, base="http://x/"), keep=1)


def test_snapshots_change_under_load(tmp_path: Path) -> None:
    """While snapshots are published, and the ones before removed, every request is answered from one of them alone."""
    publish_version(tmp_path, 0)
    answers: list[tuple[int, str]] = []
    stop = threading.Event()
    query = f"/sparql.csv?query={quote('SELECT ?v (COUNT(*) AS ?n) { ?s ?p ?v } GROUP BY ?v # ')}"
    with application(tmp_path, query_timeout=10, query_workers=2) as app:

        def ask(number: int) -> None:
            client = app.test_client()
            turn = 0
            while not stop.is_set():
                turn += 1
                response = client.get(f"{query}{number}-{turn}")
                answers.append((response.status_code, response.text))

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for version in range(1, 11):
            publish_version(tmp_path, version)
        stop.set()
        for thread in threads:
            thread.join()
    assert {status for status, _ in answers} == {200}
    assert all(re.fullmatch(r"v,n\r\n\d+,20\r\n", text) for _, text in answers)
    assert len({text for _, text in answers}) > 2


def test_a_snapshot_removed_while_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two publications in the time of one look: the request is answered from the later one, which is not refused."""
    publish_version(tmp_path, 1)
    with application(tmp_path, query_timeout=5) as app:
        client = app.test_client()
        client.get("/health")
        publish_version(tmp_path, 2)
        look = Snapshots.current
        looks: list[str] = []

        def current(snapshots: Snapshots) -> Snapshot:
            found = look(snapshots)
            looks.append(found.id)
            if len(looks) == 1:
                publish_version(tmp_path, 3)  # which removes the second
            return found

        monkeypatch.setattr(Snapshots, "current", current)
        health = json.loads(client.get("/health").data)
        assert len(set(looks)) > 1
        assert (health["status"], health["snapshot"]) == ("ok", Snapshots(tmp_path).current_id())


def test_a_corrupt_new_snapshot(tmp_path: Path) -> None:
    """A new snapshot that cannot be read leaves the one before in service; health tells, and a good one is taken."""
    publish_version(tmp_path, 1)
    with application(tmp_path, query_timeout=5) as app:
        client = app.test_client()

        def version() -> str:
            return str(json.loads(client.get("/health").data)["snapshot"])

        good = version()
        publish_version(tmp_path, 2)
        bad = Snapshots(tmp_path).current()
        shutil.rmtree(bad.dataset_path)
        assert version() == good
        assert json.loads(client.get("/health").data)["status"] == "degraded"
        (tmp_path / "current").write_text("rubbish")
        assert version() == good
        (tmp_path / "current").write_text(bad.id)
        publish_version(tmp_path, 3)
        assert version() == Snapshots(tmp_path).current_id()
        assert json.loads(client.get("/health").data)["status"] == "ok"


def test_killed_workers(app: Flask) -> None:
    """Workers that are killed, idle or busy, cost no more than the query that they had."""
    client = app.test_client()
    pool = app.extensions["releasekg"].pool
    for turn in range(3):
        assert client.get(f"/sparql?query=ASK{{}}%23killed{turn}").status_code == 200
        killed = pool.pids()
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        _wait_for(lambda pids=killed: not any(lives(pid) for pid in pids))  # type: ignore[misc]
        assert client.get(f"/sparql?query=ASK{{}}%23after{turn}").status_code == 200


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_nothing_leaks(data: Path) -> None:
    """Queries that end well, badly or at the deadline, and clients that go away, leave no handle and no process."""
    with application(data, query_timeout=0.4, query_workers=2, buffer=1000) as app:
        client = app.test_client()

        def round_(number: int) -> None:
            for query in (f"ASK {{}} # {number}", "nonsense", HOSTILE, "SELECT * { ?s ?p ?o }"):
                client.get("/sparql", query_string={"query": query}).close()

        round_(0)
        pool = app.extensions["releasekg"].pool
        _wait_for(lambda: pool.at_work() == 0 and len(pool.pids()) == 2)
        before = descriptors()
        for number in range(1, 5):
            round_(number)
        _wait_for(lambda: pool.at_work() == 0 and len(pool.pids()) == 2)
        _wait_for(lambda: descriptors() <= before)
        assert pool.running.all() == ()
        below = children(os.getpid())
    _wait_for(lambda: not any(lives(pid) for pid in below & set(pool.pids())))


# Nothing goes out


@contextmanager
def listening() -> Iterator[tuple[int, list[object]]]:
    """A port, and who has connected to it."""
    found: list[object] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.1)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    connection, address = listener.accept()
                except TimeoutError:
                    continue
                connection.close()
                found.append(address)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield listener.getsockname()[1], found
        finally:
            stop.set()
            thread.join()


def test_the_listener_hears() -> None:
    """The test below would notice a connection: Oxigraph itself makes one."""
    import pyoxigraph as ox

    with listening() as (port, found):
        with pytest.raises(OSError, match=r".+"):
            ox.Store().update(f"LOAD <http://127.0.0.1:{port}/>")
        time.sleep(0.2)
        assert found


def test_no_way_out(client: FlaskClient, writer: FlaskClient) -> None:
    """No query, update, dataset or document makes the server connect to anything."""
    with listening() as (port, found):
        there = f"http://127.0.0.1:{port}/x"
        for query in (
            f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{there}> {{ ?s ?p ?o }} }}",
            f"PREFIX a: <http://127.0.0.1:{port}/> ASK {{ SERVICEa:x {{}} }}",
            f"SELECT * {{ VALUES ?g {{ <{there}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{there}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{there}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"DESCRIBE <{there}>",
            f"LOAD <{there}>",
        ):
            client.get("/sparql", query_string={"query": query})
            client.post(
                "/sparql", data={"query": query, "default-graph-uri": there, "named-graph-uri": there}
            )
            client.get("/query", query_string={"query": query})
        for update in (
            f"LOAD <{there}>",
            f"LOAD SILENT <{there}> INTO GRAPH <a:g>",
            f"loadsilent<{there}>",
            f"PREFIX a: <http://127.0.0.1:{port}/> LOADa:x",
            f"CLEAR SILENT GRAPH <a:g>;PREFIX a: <http://127.0.0.1:{port}/> LOADa:x",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
            f"INSERT {{ ?s ?p ?o }} USING <{there}> WHERE {{ ?s ?p ?o }}",
            f"COPY SILENT <{there}> TO <a:g>",
        ):
            writer.post("/sparql", data=update, content_type="application/sparql-update")
        writer.put("/store?graph=a:g", data=f'{{"@context": "{there}"}}', content_type="application/ld+json")
        writer.put(
            "/store?graph=a:g", data=f"<!DOCTYPE x SYSTEM '{there}'><x/>", content_type="application/rdf+xml"
        )
        client.get(f"/resource?iri={there}")
        time.sleep(0.2)
        assert found == []


# A real server


@pytest.fixture(scope="module")
def impatient(data: Path) -> Iterator[Server]:
    """A server that waits for a client for a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_IO_TIMEOUT", "1")
        with serving(data, "--timeout", "3") as server:
            yield server


def raw(server: Server) -> socket.socket:
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    return socket.create_connection((host, int(port)), timeout=15)


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 1000\r\n\r\nASK",
    ],
    ids=["headers", "body"],
)
def test_slow_clients_are_cut_off(impatient: Server, beginning: bytes) -> None:
    """A client that drips its request byte by byte is cut off, however many bytes it still has to send."""
    started = time.monotonic()
    with raw(impatient) as client:
        client.sendall(beginning)
        client.settimeout(0.2)
        while True:
            try:
                client.sendall(b"x")
                if not client.recv(4096):
                    break
            except TimeoutError:
                pass
            except OSError:
                break
            assert time.monotonic() - started < 10
    assert impatient.get("health")[0] == 200


def test_a_client_that_does_not_take_its_result(impatient: Server) -> None:
    """A client that asks for much and reads nothing is cut off, and holds neither a worker nor its place."""
    query = quote("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000")
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        host, port = impatient.url.removeprefix("http://").rstrip("/").split(":")
        client.settimeout(15)
        client.connect((host, int(port)))
        client.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert client.recv(12).startswith(b"HTTP/1.1 200")
        time.sleep(2.5)
        taken = b""
        try:
            while chunk := client.recv(65536):
                taken += chunk
        except ConnectionResetError:
            pass
    assert not taken.endswith(b"0\r\n\r\n")
    assert impatient.get("sparql?query=ASK%7B%7D%23next")[0] == 200


def test_many_slow_clients_keep_nobody_out(impatient: Server) -> None:
    """More clients that send half a request than there are threads: others are answered soon."""
    slow = [raw(impatient) for _ in range(150)]
    try:
        for client in slow:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Half: ")
        assert impatient.get("health")[0] == 200
    finally:
        for client in slow:
            client.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /sparql?query=" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + b"x" * 10000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(200)) + b"\r\n", 431),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n", 400),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n", 501),
    ],
    ids=["line", "field", "fields", "nonsense", "header", "coding"],
)
def test_what_is_no_request(impatient: Server, request_: bytes, status: int) -> None:
    """It is answered with a problem document, and the connection is closed."""
    with raw(impatient) as client:
        client.sendall(request_)
        answered = b""
        while chunk := client.recv(65536):
            answered += chunk
    head, _, body = answered.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == status


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunks"])
@pytest.mark.parametrize("path", ["/sparql", "/store?default", "/nowhere"])
def test_a_body_of_10_mb_is_answered(impatient: Server, path: str, chunked: bool) -> None:
    """A client that sends all of its request before it reads is told what is wrong, not of a broken connection."""
    host, port = impatient.url.removeprefix("http://").rstrip("/").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    body = b"ASK {} #" + b"x" * 10 * 1024**2
    headers = {"Content-Type": "application/sparql-query"}
    for _ in range(2):  # the connection is good for another request
        connection.request("POST", path, iter([body]) if chunked else body, headers, encode_chunked=chunked)
        response = connection.getresponse()
        assert response.status == {"/sparql": 413, "/store?default": 405, "/nowhere": 404}[path]
        assert response.read()
    connection.close()


def test_a_body_that_nobody_wants_is_not_waited_for(impatient: Server) -> None:
    """A client that is slow to send what is not read is cut off."""
    with raw(impatient) as client:
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\nslow")
        started = time.monotonic()
        assert client.recv(12).startswith(b"HTTP/1.1 41")
        while client.recv(65536):
            pass
        assert time.monotonic() - started < 10


def test_sigterm_drains(data: Path) -> None:
    """Whoever is being answered when the server is told to end gets the answer."""
    with serving(data, "--timeout", "1.5") as server:
        host, port = server.url.removeprefix("http://").rstrip("/").split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=20)
        connection.request("GET", f"/sparql?query={quote(HOSTILE)}")
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        response = connection.getresponse()
        assert response.status == 504
        assert json.loads(response.read())["status"] == 504
        connection.close()
        assert server.process.wait(20) == 0


def test_several_processes_are_one_server(data: Path) -> None:
    """With several server processes, metrics are of all of them, and a long query is seen and ended from any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_WRITE_TOKEN", AUTHORISED["Authorization"].removeprefix("Bearer "))
        with serving(data, "--timeout", "30", "--workers", "2") as server:
            answers: list[int] = []
            thread = threading.Thread(
                target=lambda: answers.append(server.get(f"sparql?query={quote(HOSTILE)}")[0])
            )
            thread.start()
            seen: set[str] = set()

            def all_see_it() -> bool:
                found = json.loads(server.get("queries", **AUTHORISED)[1])["queries"]
                seen.update(query["id"] for query in found if query["long"])
                return bool(seen)

            _wait_for(all_see_it)
            (id_,) = seen
            host, port = server.url.removeprefix("http://").rstrip("/").split(":")
            connection = http.client.HTTPConnection(host, int(port), timeout=10)
            connection.request("DELETE", f"/queries/{id_}", headers=AUTHORISED)
            assert connection.getresponse().status == 204
            connection.close()
            thread.join(20)
            assert answers == [503]
            for _ in range(20):
                server.get("health")
            text = server.get("metrics")[1]
            counted = re.search(
                r'releasekg_requests_total\{handler="operations.health",method="GET",status="200"\} (\d+)',
                text,
            )
            assert counted is not None
            assert int(counted[1]) >= 20


def test_hostile_queries_leave_room(data: Path) -> None:
    """While every kind of hostile query comes again and again, a cheap one is answered; afterwards all is as before."""
    hostile = [
        HOSTILE,
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
        'SELECT * { ?s ?p ?o . ?x ?y ?z FILTER(REGEX(CONCAT(STR(?o), STR(?z)), "(a|aa|b|.)+(x+x+)+y$")) }',
        "SELECT * { ?s (!<a:a>|^!<a:a>)*/(!<a:b>|^!<a:b>)* ?o . ?o (!<a:c>)* ?x }",
        "SELECT * " + "{" * 1000 + "}" * 1000,
        "SELECT (" + "STR(" * 20000 + "1" + ")" * 20000 + " AS ?x) {}",
        "SELECT * {" + " ?s ?p ?o ." * 300 + "}",
        "#" + "x" * 2 * 1024**2,
    ]
    with application(data, query_timeout=1, query_workers=2, query_memory=512 * 1024**2) as app:
        app.test_client().get("/sparql?query=ASK{}")
        pool = app.extensions["releasekg"].pool
        stop = threading.Event()
        statuses: set[int] = set()

        def attack(number: int) -> None:
            client = app.test_client()
            for query in hostile[number:] + hostile[:number]:
                if not stop.is_set():
                    statuses.add(client.post("/sparql", data={"query": query}).status_code)

        threads = [threading.Thread(target=attack, args=(number,)) for number in range(len(hostile))]
        for thread in threads:
            thread.start()
        took, served = [], 0
        for number in range(15):
            started = time.monotonic()
            answered = app.test_client().get(
                f"/sparql?query=ASK{{}}%23{number}", environ_base={"REMOTE_ADDR": "10.0.0.9"}
            )
            took.append(time.monotonic() - started)
            served += answered.status_code == 200
        stop.set()
        for thread in threads:
            thread.join()
        assert served >= 10
        assert statuses <= {200, 400, 413, 500, 503, 504}
        _wait_for(lambda: pool.at_work() == 0 and len(pool.pids()) == 2)
        assert app.test_client().get("/sparql?query=ASK{}%23after").status_code == 200


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within twenty seconds"
        time.sleep(0.05)
