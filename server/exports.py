"""What `kg export` writes, over HTTP: the graph or a part of it, in every format, also as of a day; a page to choose.

`kg export` itself runs in a process of its own, which the server kills at its deadline, and whose output it hands on
as it comes.  The server imports neither what infers nor what extracts, which the graph as of a day needs.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from flask import Blueprint, Response, render_template, request

from server.answers import unreadable_end
from server.negotiation import GRAPHS, HTML, Format, choose, disposition, listed
from server.problems import Problem
from server.settings import Settings
from server.site import site
from server.tokens import VARIABLE

blueprint = Blueprint("exports", __name__)
_LOG: Final = logging.getLogger(__name__)

TABLES: Final = ("pipeline", "designations", "trials", "deals", "milestones")
#: Graphs that may be added; "evidence" goes with one thing.
ADDED: Final = ("ontology", "vocabulary", "queries", "inferred", "conflicts", "report", "evidence")
_GRAPHML: Final = Format("graphml", "GraphML", ("application/graphml+xml",))
_TABULAR: Final = (
    Format("csv", "CSV", ("text/csv",), charset=True),
    Format("parquet", "Parquet", ("application/vnd.apache.parquet",)),
)
FORMATS: Final = (*GRAPHS, _GRAPHML)
#: Extension → the name that `kg export` has for a format.
_NAMES: Final = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml"}
_PARAMETERS: Final = ("format", "graph", "with", "entity", "depth", "table", "as-of", "download")
#: Exports at work at once in one server process.
_AT_ONCE: Final = 2
_PLACES: Final = threading.BoundedSemaphore(_AT_ONCE)
_CHUNK: Final = 64 * 1024
#: Exports go after queries on the processor.
_NICENESS: Final = 5


@blueprint.get("/export")
def export() -> Response:
    """A part of the graph by `format`, `graph`, `with`, `entity`, `depth`, `table`, `as-of`, as `kg export` takes them.

    Without any, a browser gets a page with a form.
    """
    given = {name: value for name, value in request.args.items() if value}
    if unknown := [name for name in given if name not in _PARAMETERS]:
        raise _bad(f"{unknown[0]}: no such parameter; there are {', '.join(_PARAMETERS)}")
    offered = _TABULAR if "table" in given else FORMATS
    if "format" not in given and choose(request.accept_mimetypes, (*offered, HTML)) == choose(
        request.accept_mimetypes, (HTML,)
    ):
        return _page(given)
    choice = choose(request.accept_mimetypes, offered, wanted=given.get("format"))
    if choice is None:
        raise Problem(
            406,
            "not-acceptable",
            "None of the accepted formats is available",
            f"exports are available in {listed(offered)}",
            more={"available": [format_.media_type for format_ in offered]},
        )
    if request.method == "HEAD":
        response = Response(content_type=choice.content_type)
    else:
        response = Response(
            _Body(_arguments(given, choice.format), choice.format), content_type=choice.content_type
        )
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    if "download" in request.args:
        response.headers["Content-Disposition"] = disposition(given.get("download", "export"), choice.format)
    return response


def _page(given: Mapping[str, str]) -> Response:
    """The form, filled with what the address says."""
    graph = site().graph()
    page = render_template(
        "export.html",
        given=given,
        formats=FORMATS,
        tables=TABLES,
        table_formats=_TABULAR,
        added=ADDED,
        manifest=graph.snapshot.manifest,
        snapshot=graph.snapshot.id,
    )
    response = Response(page, content_type=HTML.content_type())
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _arguments(given: Mapping[str, str], format_: Format) -> list[str]:
    """The arguments of `kg export`.

    Raises:
        Problem: one is not what it takes.
    """
    arguments = [f"--format={_NAMES.get(format_.name, format_.name)}"]
    if not re.fullmatch(r"[1-9]\d?", given.get("depth", "1")):
        raise _bad("depth: a number from 1 to 99 is needed")
    if given.get("table", TABLES[0]) not in TABLES:
        raise _bad(f"table: there are {', '.join(TABLES)}")
    for name in ("graph", "entity", "depth", "table", "as-of"):
        if name in given:
            arguments.append(f"--{name}={given[name]}")
    if names := ",".join(request.args.getlist("with")):
        arguments.append(f"--with={names}")
    return arguments


class _Body:
    """What an export writes, as it comes; one that fails on its way ends so that no one takes it for whole."""

    def __init__(self, arguments: list[str], format_: Format) -> None:
        if not _PLACES.acquire(blocking=False):
            raise Problem(
                503,
                "busy",
                "The server is busy",
                f"{_AT_ONCE} exports are at work; try again in a moment",
                headers={"Retry-After": "10"},
            )
        self._format = format_
        self._closed = False
        self._words: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `close`
        try:
            self._process = _started(site().snapshots.data, arguments, self._words, site().settings)
        except BaseException:
            self._words.close()
            _PLACES.release()
            raise
        self._timer = threading.Timer(site().settings.write_timeout, self._process.kill)
        self._timer.daemon = True
        self._timer.start()
        try:
            self._first = self._read()
            if not self._first and (failed := self._failed()) is not None:
                raise failed
        except BaseException:
            self.close()
            raise

    def _read(self) -> bytes:
        assert self._process.stdout is not None
        content: bytes = self._process.stdout.read1(_CHUNK)  # type: ignore[attr-defined]  # a BufferedReader
        return content

    def _failed(self) -> Problem | None:
        """What went wrong, once the output has ended."""
        code = self._process.wait()
        if code == 0:
            return None
        self._words.seek(0)
        words = self._words.read(_CHUNK).decode(errors="replace").strip().splitlines()
        said = words[-1].removeprefix("Error: ") if words else ""
        if code == -signal.SIGKILL:
            return Problem(504, "timeout", "The export took too long", "ask for less of the graph")
        if code != 2 or not said:
            _LOG.error("an export failed: %s", said or code)
            return Problem(
                500,
                "crash",
                "The export could not be made",
                said or "it ended without a word, for want of memory perhaps",
            )
        return _bad(said)

    def __iter__(self) -> Iterator[bytes]:
        try:
            chunk = self._first
            while chunk:
                yield chunk
                chunk = self._read()
            if (failed := self._failed()) is not None:
                _LOG.warning("an export was broken off: %s", failed)
                yield unreadable_end(self._format)
                # Servers close the connection on this one without a word to the client or the log.
                raise ConnectionResetError(errno.ECONNRESET, str(failed)) from None
        finally:
            self.close()

    def close(self) -> None:
        """Give up what has not been sent."""
        if self._closed:
            return
        self._closed = True
        self._timer.cancel()
        self._process.kill()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()
        self._words.close()
        _PLACES.release()


def _started(
    data: Path, arguments: list[str], words: IO[bytes], settings: Settings
) -> subprocess.Popen[bytes]:
    code = str(Path(__file__).resolve().parent.parent)
    environment: dict[str, Any] = {name: value for name, value in os.environ.items() if name != VARIABLE}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (code, environment.get("PYTHONPATH"))))
    # -P: a folder `kg` where the server was started is not to be imported.
    process = subprocess.Popen(
        [
            *(sys.executable, "-P", "-c", "from kg.cli import main; main()"),
            *("export", f"--data={data}", *arguments),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=words,
        env=environment,
    )
    resource.prlimit(process.pid, resource.RLIMIT_AS, (settings.write_memory, settings.write_memory))
    os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    return process


def _bad(detail: str) -> Problem:
    return Problem(400, "input", "This cannot be exported", detail)
