"""Sees every response go out: counts it, and writes the access log, one JSON object a line.

The log has no query strings, bodies, tokens or cookies: of a query it has a digest, by which the same one is known
again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import logging.handlers
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask import request

from server import metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Where a request leaves what is to be told of it.
NOTES: Final = "releasekg.notes"
#: Where a request has the id of what is published, once it was looked up.
SNAPSHOT: Final = "releasekg.snapshot"


def note(**facts: object) -> None:
    """Have the access log tell more of the request at work."""
    request.environ.setdefault(NOTES, {}).update(facts)


def note_query(text: str) -> None:
    """Have the access log tell a query by its digest."""
    request.environ.setdefault(NOTES, {})["text"] = text


class Observation:
    """WSGI middleware around the app."""

    def __init__(self, app: WSGIApplication, access_log: str = "") -> None:
        self._app = app
        self._log = _logger(access_log) if access_log else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """As every WSGI application (PEP 3333)."""
        started = time.monotonic()
        notes: dict[str, Any] = environ.setdefault(NOTES, {})

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            notes["status"] = int(status[:3])
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        body = self._app(environ, start)
        wrapper = environ.get("wsgi.file_wrapper")
        if wrapper is not None and isinstance(wrapper, type) and isinstance(body, wrapper):
            self._sent(environ, notes, started, None)
            return body
        return _Body(body, lambda size: self._sent(environ, notes, started, size))

    def _sent(
        self, environ: WSGIEnvironment, notes: dict[str, Any], started: float, size: int | None
    ) -> None:
        seconds = time.monotonic() - started
        method, status = environ["REQUEST_METHOD"], notes.get("status", 0)
        handler = notes.get("handler", "none")
        metrics.count_request(handler, method if method in _METHODS else "other", status, seconds)
        if self._log is None:
            return
        text = notes.pop("text", None)
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": notes.pop("client", environ.get("REMOTE_ADDR", "")),
            "method": method,
            "path": environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace"),
            "status": status,
            "bytes": size,
            "seconds": round(seconds, 6),
            "query": hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16] if text else None,
            "agent": environ.get("HTTP_USER_AGENT"),
            **{name: value for name, value in notes.items() if name not in ("status", "handler")},
        }
        self._log.info("%s", json.dumps({name: value for name, value in line.items() if value is not None}))


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})


class _Body:
    """A response body that tells when it has been sent, whole or not, and how much of it."""

    def __init__(self, body: Iterable[bytes], sent: Any) -> None:
        self._body = body
        self._sent = sent
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._body:
            self._size += len(chunk)
            yield chunk
        self._tell()

    def close(self) -> None:
        """Called by the server at the end, also at an early one."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._tell()

    def _tell(self) -> None:
        sent, self._sent = self._sent, None
        if sent is not None:
            sent(self._size)


def note_handler() -> None:
    """Before each request: who will answer it."""
    note(handler=request.endpoint or "none", client=request.remote_addr)


def _logger(target: str) -> logging.Logger:
    """A logger of whole lines; a file that is moved away by a log rotation is made anew."""
    logger = logging.getLogger(f"releasekg.access.{target}")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    if not logger.handlers:
        handler = (
            logging.StreamHandler(sys.stdout)
            if target == "-"
            else logging.handlers.WatchedFileHandler(target, encoding="utf-8", delay=True)
        )
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
    return logger
