"""Writes over HTTP: one after another, each in a process of its own (`kg.update_job`), answered as it ended.

Whoever writes names the state that the write is meant for by `If-Match` (RFC 9110 §13.1.1), or takes any.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from flask import Response, request

from server import metrics
from server.negotiation import BY_NAME, PROBLEMS, choose
from server.problems import Problem
from server.settings import Settings
from server.tokens import VARIABLE

_LOG: Final = logging.getLogger(__name__)

#: Carries out a job of `kg.update_job` and gives its answer.
Runner = Callable[[dict[str, Any]], dict[str, Any]]

#: Names the snapshot that a write has led to; an `ETag` would say that the body was stored as it came.
SNAPSHOT: Final = "Releasekg-Snapshot"
_TICK: Final = 0.1
#: Seconds that a write waits for those before it.
_PATIENCE: Final = 60.0
_TAG: Final = re.compile(r"(\d{6,}-[0-9a-f]{10})(?:\..*)?")

_PROBLEMS: Final = {
    "syntax": (400, "What was sent is malformed"),
    "input": (400, "What was sent cannot be used"),
    "changed": (409, "The graph is not as the write expects it"),
    "not-writable": (409, "This graph is not written to"),
    "no-snapshot": (503, "Nothing has been built yet"),
    "store": (503, "The graph cannot be written now"),
    "memory": (500, "The write needs too much memory"),
    "timeout": (504, "The write took too long"),
    "crash": (500, "The write could not be carried out"),
}


class Writer:
    """Carries out the writes of one data directory; safe to use from many threads and processes."""

    def __init__(self, data: Path, settings: Settings, runner: Runner | None = None) -> None:
        self._data = data
        self._settings = settings
        self._runner = runner or self._in_a_process

    def write(self, kind: str, **job: Any) -> dict[str, Any]:
        """Carry out a change (see `kg.update_job.carry_out`) on the state that the request at work expects.

        Raises:
            Problem: nothing was changed; says why.
        """
        expected = expected_snapshots()
        whole = {
            "kind": kind,
            "data": str(self._data),
            "expected": expected,
            "keep": self._settings.keep,
            "memory": self._settings.write_memory,
            "seconds": int(self._settings.write_timeout) + 1,
            **job,
        }
        with self._alone():
            done = self._runner(whole)
        metrics.count_write(kind, done.get("error") or ("ok" if done["changed"] else "unchanged"))
        if "error" in done:
            conditional = bool(expected) or job.get("present") is not None
            raise _problem(done, conditional=conditional)
        return done

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other write is at work.

        Raises:
            Problem: that takes too long.
        """
        deadline = time.monotonic() + _PATIENCE
        descriptor = os.open(self._data / "writers", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise Problem(
                            503,
                            "busy",
                            "The server is busy",
                            "other writes are at work; try again in a moment",
                            headers={"Retry-After": "10"},
                        ) from None
                    time.sleep(_TICK)
            yield
        finally:
            os.close(descriptor)

    def _in_a_process(self, job: dict[str, Any]) -> dict[str, Any]:
        code = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (code, os.environ.get("PYTHONPATH"))))
        # -P: a folder `kg` where the server was started is not to be imported.
        with subprocess.Popen(
            [sys.executable, "-P", "-m", "kg.update_job"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name != VARIABLE}
            | {"PYTHONPATH": path},
            start_new_session=True,
        ) as process:
            try:
                out, words = process.communicate(
                    json.dumps(job).encode(), timeout=self._settings.write_timeout
                )
            except subprocess.TimeoutExpired:
                process.kill()
                return _timed_out(self._settings)
            code_ = process.returncode
        if code_ == -signal.SIGALRM:
            return _timed_out(self._settings)
        try:
            answer: dict[str, Any] = json.loads(out)
        except ValueError:
            _LOG.error("a write ended with code %s: %s", code_, words.decode(errors="replace")[-2000:])
            return {
                "error": "crash",
                "message": "the process that carries out writes has died; nothing was changed",
            }
        return answer


def expected_snapshots() -> list[str]:
    """The snapshots that `If-Match` names; empty when any will do.

    Raises:
        Problem: it names none that could be.
    """
    tags = request.if_match
    if not tags or tags.star_tag:
        return []
    found = [match[1] for tag in tags.as_set() if (match := _TAG.fullmatch(tag))]
    if not found:
        raise Problem(
            412,
            "precondition-failed",
            "The precondition does not hold",
            "If-Match names no snapshot: take the ETag of a graph, or the header Releasekg-Snapshot of a write",
        )
    return found


def written(done: Mapping[str, Any], status: int = 200, *, location: str = "") -> Response:
    """The answer to a write that was carried out."""
    body = {"snapshot": done["snapshot"], "changed": done["changed"]}
    response = Response(json.dumps(body) + "\n", status, content_type="application/json")
    if status == 204:
        response = Response(status=204)
    response.headers[SNAPSHOT] = done["snapshot"]
    response.headers["Cache-Control"] = "no-store"
    if location:
        response.headers["Location"] = location
    return response


def _timed_out(settings: Settings) -> dict[str, Any]:
    return {
        "error": "timeout",
        "message": f"the write was ended after {settings.write_timeout:g} s, the limit of this server",
    }


def _problem(done: Mapping[str, Any], *, conditional: bool) -> Problem:
    kind, message = done["error"], done["message"]
    if kind == "refused":
        return Refused(message, done)
    status, title = _PROBLEMS[kind]
    if kind == "changed" and conditional:
        status, title = 412, "The precondition does not hold"
    more = {name: done[name] for name in ("line", "column") if done.get(name) is not None}
    headers = {"Retry-After": "10"} if status == 503 else None
    return Problem(status, kind, title, message, more=more, headers=headers)


class Refused(Problem):
    """A write that would break the shapes; the report is in the problem, or is the answer where RDF is wanted."""

    def __init__(self, message: str, done: Mapping[str, Any]) -> None:
        super().__init__(
            422,
            "refused",
            "The graph would not conform",
            f"{message}\n{done.get('text', '')}".strip(),
            more={"report": done["report"]} if "report" in done else None,
        )
        self._turtle = str(done.get("turtle", ""))

    def response(self) -> Response | None:
        """The report as Turtle, if there is one and the client prefers it to the forms of a problem."""
        turtle = BY_NAME["ttl"]
        choice = choose(request.accept_mimetypes, (*PROBLEMS, turtle))
        if not self._turtle or choice is None or choice.format is not turtle:
            return None
        return Response(self._turtle, self.status, content_type=choice.content_type)
