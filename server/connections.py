"""gunicorn's threads, guarded: slow clients are cut off, what is no request is answered with a problem.

gunicorn itself waits for as long as a client takes to send its headers, each client in a thread of its own.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from http import HTTPStatus
from typing import Any, Final

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from kg.namespaces import PROJECT

_TICK: Final = 0.5
#: Bytes a second that the body of a request must bring, beside the time that every request has.
_SLOWEST: Final = 16 * 1024
#: Bytes of a body that are taken in at a time when nobody wants them.
_PIECE: Final = 256 * 1024

_MALFORMED: Final = {
    errors.LimitRequestLine: (414, "send a long query by POST"),
    errors.LimitRequestHeaders: (431, "send fewer or shorter header fields"),
    errors.UnsupportedTransferCoding: (501, "send the body with a length, or chunked"),
    errors.InvalidRequestLine: (400, "the request line is malformed"),
    errors.InvalidRequestMethod: (400, "the method is malformed"),
    errors.InvalidHTTPVersion: (400, "the version of HTTP is malformed"),
    errors.InvalidHeader: (400, "a header field is malformed"),
    errors.InvalidHeaderName: (400, "the name of a header field is malformed"),
}


class Watch:
    """Shuts down connections that take longer than they may to send a request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: dict[socket.socket, float] = {}
        self._thread: threading.Thread | None = None

    def until(self, connection: socket.socket, deadline: float) -> None:
        """Watch a connection until `forget`; a deadline in monotonic seconds."""
        with self._lock:
            self._until[connection] = deadline
            if self._thread is None:  # after the fork, not before: threads do not survive it
                self._thread = threading.Thread(target=self._run, name="slow-clients", daemon=True)
                self._thread.start()

    def forget(self, connection: socket.socket) -> None:
        """The request is there."""
        with self._lock:
            self._until.pop(connection, None)

    def _run(self) -> None:
        while True:
            time.sleep(_TICK)
            now = time.monotonic()
            with self._lock:
                late = [connection for connection, deadline in self._until.items() if deadline < now]
                for connection in late:
                    del self._until[connection]
                    with contextlib.suppress(OSError):  # it has gone away by itself
                        connection.shutdown(socket.SHUT_RDWR)


class _WatchedBody:
    """The body of a request, whose connection is watched until it has been read."""

    def __init__(self, body: Any, length: int | None, watch: Watch, connection: socket.socket) -> None:
        self._body = body
        self._left = length
        self._watch = watch
        self._connection = connection

    def read(self, size: int | None = None) -> bytes:
        return self._seen(self._body.read(size))

    def readline(self, size: int | None = None) -> bytes:
        return self._seen(self._body.readline(size))

    def _seen(self, data: bytes) -> bytes:
        if self._left is not None:
            self._left -= len(data)
        if not data or (self._left is not None and self._left <= 0):
            self._watch.forget(self._connection)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._body, name)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker of threads with patience for `io_timeout` seconds."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._watch = Watch()

    @property
    def _patience(self) -> float:
        patience: float = self.wsgi.extensions["releasekg"].settings.io_timeout
        return patience

    def handle(self, conn: Any) -> Any:
        """Read and answer a request; not longer than it may take to come."""
        connection = conn.sock
        self._watch.until(connection, time.monotonic() + self._patience)
        try:
            return super().handle(conn)
        finally:
            self._watch.forget(connection)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose headers are there."""
        length = _length(req)
        if length == 0:
            self._watch.forget(conn.sock)
        else:
            allowed = self._patience + (length or 0) / _SLOWEST
            self._watch.until(conn.sock, time.monotonic() + allowed)
            req.body = _WatchedBody(req.body, length, self._watch, conn.sock)
        conn.sock.settimeout(self._patience)  # for each chunk that is sent, the whole of it
        try:
            return super().handle_request(req, conn)
        except TimeoutError:
            raise StopIteration from None  # gunicorn closes the connection at this one, and says nothing

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """Whether another request may come over the connection; what the app left of a body is taken in first.

        Most clients read no answer before they have sent all of their request: one that is refused for its size would
        be told of a broken connection instead.  What is larger than anyone may send, or slow, is not waited for.
        """
        body = getattr(conn.parser.mesg, "body", None)
        if body is None:
            return keepalive
        left: int = self.wsgi.extensions["releasekg"].settings.max_upload
        self._watch.until(conn.sock, time.monotonic() + self._patience)
        while left > 0 and not body.failed:
            try:
                piece = len(body.read(_PIECE))
            except TimeoutError:
                return False
            if not piece:
                return keepalive
            left -= piece
        return False

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what is no request, as a problem document."""
        found = next((answer for kind, answer in _MALFORMED.items() if isinstance(exc, kind)), None)
        if found is None:
            super().handle_error(req, client, addr, exc)
            return
        status, remedy = HTTPStatus(found[0]), found[1]
        problem = {
            "type": f"{PROJECT}problem/{status.phrase.lower().replace(' ', '-')}",
            "title": status.phrase,
            "status": status.value,
            "detail": remedy,
        }
        body = json.dumps(problem).encode() + b"\n"
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\n"
            "Content-Type: application/problem+json\r\n"
            f"Access-Control-Allow-Origin: *\r\nCache-Control: no-store\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with contextlib.suppress(OSError):
            client.sendall(head.encode() + body)


def _length(req: Any) -> int | None:
    """Bytes of the body, None for one in chunks."""
    for name, value in req.headers:
        if name == "TRANSFER-ENCODING":
            return None
        if name == "CONTENT-LENGTH" and value.isdigit():
            return int(value)
    return 0
