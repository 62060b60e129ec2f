"""What the endpoint is measured beside: a constant answer, rdflib-endpoint and Oxigraph's own server.

The two foreign ones run from an environment of their own, which is made on the first use.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
_PACKAGES: Final = ("rdflib-endpoint==0.6.*", "oxrdflib==0.5.*", "oxigraph==0.5.*", "uvicorn==0.*")
_START: Final = 120.0

#: A Flask application whose one route answers always the same, under the settings of `kg serve`.
_CONSTANT: Final = """
import sys
from flask import Flask, Response
from server.serving import gunicorn_settings
from server.settings import Settings
from gunicorn.app.base import BaseApplication

app = Flask("constant")
BODY = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'

@app.get("/sparql")
def constant():
    return Response(BODY, content_type="application/sparql-results+json")

class Server(BaseApplication):
    def load_config(self):
        for name, value in gunicorn_settings(Settings(), workers=int(sys.argv[2])).items():
            self.cfg.set(name, value)
        self.cfg.set("worker_class", "gthread")  # what ours is based on
        self.cfg.set("bind", "127.0.0.1:" + sys.argv[1])
    def load(self):
        return app

Server().run()
"""

#: rdflib-endpoint over Oxigraph's own files, which is its best store.
_RDFLIB: Final = """
import sys, pyoxigraph, uvicorn
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint

graph = Dataset(store=OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[2])), default_union=False)
app = SparqlEndpoint(graph=graph, path="/sparql")
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", timeout_keep_alive=60)
"""


@dataclass(frozen=True, slots=True)
class System:
    """A running server."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor time that it and the processes below it have had, those that ended included."""
        parents: dict[int, list[int]] = {}
        used: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            pid = int(stat.parent.name)
            parents.setdefault(int(fields[1]), []).append(pid)
            used[pid] = sum(map(int, fields[11:15]))
        found, waiting = 0, [self.pid]
        while waiting:
            pid = waiting.pop()
            found += used.get(pid, 0)
            waiting += parents.get(pid, [])
        return found / os.sysconf("SC_CLK_TCK")


def environment(folder: Path) -> Path:
    """The folder of the peers' commands, made if it is not there.

    Raises:
        SystemExit: it cannot be made; the message says what to do.
    """
    binaries = folder / "bin"
    if not (binaries / "oxigraph").exists():
        print(f"installing the peers into {folder}: {', '.join(_PACKAGES)}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        done = subprocess.run([str(binaries / "pip"), "install", "--quiet", *_PACKAGES], check=False)
        if done.returncode:
            sys.exit("the peers cannot be installed: give --peers FOLDER an environment that has them")
    return binaries


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def constant(*, workers: int = 1) -> Iterator[System]:
    """The ceiling."""
    port = free_port()
    with _running([sys.executable, "-c", _CONSTANT, str(port), str(workers)], port, root=True) as system:
        yield system


@contextmanager
def rdflib_endpoint(binaries: Path, dataset: Path) -> Iterator[System]:
    """rdflib-endpoint over a dataset's directory."""
    port = free_port()
    with _running([str(binaries / "python"), "-c", _RDFLIB, str(port), str(dataset)], port) as system:
        yield system


@contextmanager
def oxigraph(binaries: Path, dataset: Path) -> Iterator[System]:
    """`oxigraph serve-read-only` over a dataset's directory."""
    port = free_port()
    arguments = ["serve-read-only", "--location", str(dataset), "--bind", f"127.0.0.1:{port}"]
    with _running([str(binaries / "oxigraph"), *arguments], port) as system:
        yield system


@contextmanager
def ours(data: Path, *options: str) -> Iterator[System]:
    """`kg serve` over a data directory."""
    port = free_port()
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--data", str(data)]
    with _running([*command, "--port", str(port), *options], port, root=True) as system:
        yield system


@contextmanager
def _running(command: Sequence[str], port: int, *, root: bool = False) -> Iterator[System]:
    with tempfile.TemporaryFile() as log:
        environ = {**os.environ, "PYTHONPATH": str(_ROOT)} if root else dict(os.environ)
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environ)
        try:
            wait_for(port, process)
            yield System(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a port is listened on.

    Raises:
        RuntimeError: the process ended, or is not there in time.
    """
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)  # polls the port until the deadline
        else:
            return
    raise RuntimeError(f"{process.args} does not listen on port {port}")
