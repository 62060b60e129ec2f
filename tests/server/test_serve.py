"""`kg serve` and `kg up` as processes: they start, say where, refuse clearly, and leave nothing behind."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.conftest import HOSTILE, Server, command, free_port, lives, serving


def children(pid: int) -> set[int]:
    """The processes below one, at any depth."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found


def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(name, *arguments), capture_output=True, text=True, timeout=60, check=False)


def test_it_serves(server: Server) -> None:
    """The process answers over HTTP."""
    status, body = server.get("health")
    assert (status, json.loads(body)["releases"]) == (200, 2)


def test_a_long_get_query(server: Server) -> None:
    """A request line of nearly 8,190 bytes is taken."""
    query = "ASK {} #" + "x" * 7900
    assert server.get(f"sparql?query={quote(query)}")[0] == 200


def test_others_are_served_while_a_query_is_ended(server: Server) -> None:
    """A query without end gets its problem document at the deadline; meanwhile others are answered."""
    server.get("id/drug/ex-101", Accept="text/html")
    answers: list[tuple[int, str]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(server.get(f"sparql?query={quote(HOSTILE)}")))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    served = 0  # requests answered while the hostile queries ran
    while any(thread.is_alive() for thread in threads):
        assert server.get("id/drug/ex-101", Accept="text/html")[0] == 200
        assert server.get(f"sparql?query={quote('ASK {}')}")[0] == 200
        served += 2
    assert served >= 4
    assert {status for status, _ in answers} <= {503, 504}
    assert any(status == 504 and "limit of this server" in body for status, body in answers)


def test_a_broken_off_result_is_seen(server: Server) -> None:
    """A result that fails after its first bytes ends without its last chunk: no client takes it for whole."""
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    connection.request("GET", f"/sparql?query={quote(query)}")
    response = connection.getresponse()
    assert response.status == 200
    with pytest.raises(http.client.IncompleteRead):
        response.read()
    connection.close()


def test_the_end_is_clean(data: Path) -> None:
    """SIGTERM ends the server, its processes and its query workers, with exit code 0."""
    with serving(data) as server:
        server.get(f"sparql?query={quote('ASK {}')}")
        below = children(server.process.pid)
        assert len(below) >= 2
    assert server.process.returncode == 0
    assert not any(lives(pid) for pid in below)


def test_control_c(data: Path) -> None:
    """Ctrl-C does the same as SIGTERM, and prints no traceback."""
    with serving(data) as server:
        below = children(server.process.pid)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert server.process.stderr is not None
        assert "Traceback" not in server.process.stderr.read()
    assert not any(lives(pid) for pid in below)


def test_the_address_is_printed(data: Path) -> None:
    """When it is ready, standard error says where."""
    with serving(data) as server:
        assert server.process.stderr is not None
        assert server.process.stderr.readline().strip() == f"releasekg is ready: {server.url}"


@pytest.mark.parametrize("name", ["serve", "up"])
def test_a_port_in_use(data: Path, name: str) -> None:
    """A port in use is one line and exit code 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(name, "--data", str(data), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "Address already in use" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_built(tmp_path: Path) -> None:
    """`serve` without a snapshot is one line that says what to run."""
    done = run("serve", "--data", str(tmp_path / "none"), "--port", str(free_port()))
    assert done.returncode == 2
    assert "kg build" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_corrupt_snapshot(tmp_path: Path) -> None:
    """A snapshot that has lost a file is one line, not a page of errors."""
    from tests.server.conftest import publish

    snapshot = publish(tmp_path, second=False, terms=False)
    next(snapshot.dataset_path.glob("*.sst")).unlink()
    done = run("serve", "--data", str(tmp_path), "--port", str(free_port()))
    assert done.returncode == 2
    assert "corrupt" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["--port", "0"], "--port"), (["--timeout", "0"], "--timeout"), (["--host", "no host"], "--host")],
)
def test_bad_options(data: Path, arguments: list[str], word: str) -> None:
    """A bad option is named, with exit code 2."""
    done = run("serve", "--data", str(data), "--port", str(free_port()), *arguments)
    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_token_file(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the file of tokens is one line and exit code 2, and no server that nobody can write to."""
    file = tmp_path / "tokens.toml"
    file.write_text('[a]\ntoken = "short"\n')
    monkeypatch.setenv("KG_TOKENS", str(file))
    done = run("serve", "--data", str(data), "--port", str(free_port()))
    assert done.returncode == 2
    assert "[a]: a token must have at least 16 characters" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_up_on_a_built_graph(data: Path) -> None:
    """`up` builds nothing where something is built: it says only that it is ready."""
    with serving(data, name="up") as server:
        assert server.process.stderr is not None
        assert server.process.stderr.readline().startswith("releasekg is ready")


def test_flask_runs_it_too(data: Path) -> None:
    """`flask --app server run` works."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "server", "run", "--port", str(port)],
        env={**os.environ, "KG_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}/", process)  # type: ignore[arg-type]
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                assert server.get(f"sparql?query={quote('ASK {}')}")[0] == 200
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        below = children(process.pid)
    finally:
        process.terminate()
        process.wait(20)
    deadline = time.monotonic() + 5
    while any(lives(pid) for pid in below):
        assert time.monotonic() < deadline, "query workers outlive the server"
        time.sleep(0.05)


def test_importing_the_commands_is_light() -> None:
    """`kg --help` lists these commands: nothing heavy may come with them."""
    code = "import server.cli, sys; print(sorted({'flask', 'gunicorn', 'pyoxigraph', 'kg.store'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
