"""Answers what was answered before over the same snapshot: a WSGI middleware, bounded in bytes, in front of the app.

A snapshot never changes, and whatever depends on it and the request alone carries an entity tag that begins with the
snapshot's id (`server.caching`).  Such a response is kept as it left the app, under all of the request that it can
depend on: method, address, query and the headers of its `Vary`.  See docs/decisions/0017.
"""

from __future__ import annotations

import io
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.errors import StoreError
from server import metrics
from server.clients import RateLimit, client_of
from server.observation import NOTES, SNAPSHOT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Where the app keeps its cache.
CACHE: Final = "releasekg.cache"
#: What a response is known by, the snapshot first.
Key: TypeAlias = tuple[str | bytes, ...]

#: What of the environment a response may depend on, beside the body.
_OF_KEY: Final = (
    "REQUEST_METHOD",
    "wsgi.url_scheme",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "CONTENT_TYPE",
)
_VARY: Final = frozenset({"accept", "accept-encoding"})
#: Requests with one of these are the app's: it knows who asks, what the client has, and which part it wants.
_PERSONAL: Final = (
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_CACHE_CONTROL",
    "HTTP_TRANSFER_ENCODING",
    "HTTP_EXPECT",
)
#: Bytes that a body of a request may have to be part of a key.
_LONGEST_BODY: Final = 64 * 1024
#: What an entry takes beside its bytes, about.
_OVERHEAD: Final = 2048
#: Responses that are made anew for a new snapshot.
_RENEWED: Final = 64
#: Part of the cache that one response may take.
_SHARE: Final = 16


@dataclass(slots=True)
class _Entry:
    """A response.

    Attributes:
        headers: as they left the app.
        body: all of it.
        notes: what the access log tells of it.
        hits: how often it was asked for again.
    """

    headers: list[tuple[str, str]]
    body: bytes
    notes: dict[str, Any]
    hits: int = 0


class ResponseCache:
    """The middleware.

    Args:
        app: what it stands before.
        snapshot: the id of the published snapshot.
        size: bytes that it may take; 0 keeps nothing.
        limit: counts what is answered from here too; the app says so when there was too much.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        snapshot: Callable[[], str],
        size: int,
        limit: RateLimit | None = None,
    ) -> None:
        self._app = app
        self._snapshot = snapshot
        self._size = size
        self._limit = limit
        self._lock = threading.Lock()
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()
        self._of = ""
        self._wanted: tuple[Key, ...] = ()
        self._taken = 0
        self.hits = 0
        self.misses = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        key = self._key(environ) if self._size else None
        if key is None:
            return self._app(environ, start_response)
        entry = self._entries.get(key)
        if entry is None or (
            self._limit is not None and self._limit.take(client_of(environ.get("REMOTE_ADDR", "")))
        ):
            self.misses += 1
            environ[SNAPSHOT] = str(key[0])
            metrics.count_cache("miss")
            return self._answer(key, environ, start_response)
        entry.hits += 1
        self.hits += 1
        metrics.count_cache("hit")
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
        environ.setdefault(NOTES, {}).update(entry.notes)
        start_response("200 OK", entry.headers.copy())
        return (entry.body,)

    def renew(self) -> None:
        """Ask the app for what was asked for again and again before the snapshot changed."""
        snapshot = self._snapshot()
        with self._lock:
            wanted = _popular(self._entries) if self._of != snapshot else self._wanted
            self._wanted = ()
        for old in wanted:
            key: Key = (snapshot, *old[1:])
            if key not in self._entries:
                body = self._answer(key, _request_of(key), _no_start)
                close = getattr(body, "close", None)
                if close is not None:
                    close()

    @property
    def taken(self) -> int:
        """Bytes that it takes, about."""
        return self._taken

    def _key(self, environ: WSGIEnvironment) -> Key | None:
        """What the response is known by; None when it is none of this cache's business."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "POST"):
            return None
        for name in _PERSONAL:
            if name in environ:
                return None
        body = b""
        if method == "POST":
            length = environ.get("CONTENT_LENGTH") or ""
            if not length.isdecimal() or int(length) > _LONGEST_BODY or environ["PATH_INFO"] != "/sparql":
                return None
            body = environ["wsgi.input"].read(int(length))
            environ["wsgi.input"] = io.BytesIO(body)
            if len(body) != int(length):  # the client went away
                return None
        try:
            snapshot = self._snapshot()
        except StoreError:  # the app says what is wrong
            return None
        return (snapshot, body, *[environ.get(name, "") for name in _OF_KEY])

    def _answer(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The app's response, kept on its way if it may be."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started.append((status, headers))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        chunks = self._app(environ, start)
        if len(started) != 1 or not self._may_be_kept(key, *started[0]):
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        notes = {name: value for name, value in environ.get(NOTES, {}).items() if name in _KEPT_NOTES}
        self._keep(key, _Entry(started[0][1].copy(), body, notes))
        return (body,)

    def _may_be_kept(self, key: Key, status: str, headers: list[tuple[str, str]]) -> bool:
        if status != "200 OK":
            return False
        of = {name.lower(): value for name, value in headers}
        vary = {name.strip().lower() for name in of.get("vary", "").split(",")} - {""}
        length = of.get("content-length", "")
        return (
            of.get("etag", "").startswith(f'W/"{key[0]!s}-')  # of this snapshot, not of one published since
            and vary <= _VARY
            and "no-store" not in of.get("cache-control", "")
            and "set-cookie" not in of
            and length.isdecimal()
            and int(length) <= self._size // _SHARE
        )

    def _keep(self, key: Key, entry: _Entry) -> None:
        with self._lock:
            if key[0] != self._of:  # a new snapshot: whatever was kept is of no use any more
                self._wanted = _popular(self._entries)
                self._entries.clear()
                self._taken = 0
                self._of = str(key[0])
            if key in self._entries:
                return
            self._entries[key] = entry
            self._taken += _weight(key, entry)
            while self._taken > self._size:
                self._taken -= _weight(*self._entries.popitem(last=False))


#: What the access log tells of a response whoever asks for it.
_KEPT_NOTES: Final = frozenset({"handler", "text"})


def _weight(key: Key, entry: _Entry) -> int:
    return sum(map(len, key)) + len(entry.body) + _OVERHEAD


def _popular(entries: Mapping[Key, _Entry]) -> tuple[Key, ...]:
    asked = [(entry.hits, key) for key, entry in entries.items() if entry.hits]
    return tuple(key for _, key in nlargest(_RENEWED, asked, key=lambda pair: pair[0]))


def _request_of(key: Key) -> WSGIEnvironment:
    """The request that a response is kept under."""
    body = key[1]
    assert isinstance(body, bytes)
    environ: WSGIEnvironment = {name: value for name, value in zip(_OF_KEY, key[2:], strict=True) if value}
    environ |= {
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "PATH_INFO": environ.get("PATH_INFO", ""),
        "REMOTE_ADDR": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    return environ


def _no_start(
    _status: str, _headers: list[tuple[str, str]], _exc_info: Any = None
) -> Callable[[bytes], object]:
    """For a response that nobody waits for."""
    return lambda _: None
