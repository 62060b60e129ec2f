"""gunicorn's threads, guarded: slow clients are cut off, what is no request is answered with a problem.

gunicorn itself waits for as long as a client takes to send its headers, each client in a thread of its own.
"""

from __future__ import annotations

import contextlib
import json
import select
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
#: Milliseconds that a thread waits for the next request on a connection, and how many threads may do so.
_LINGER: Final = 10
_LINGERING: Final = 16
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


class _Gathering:
    """The socket of a response: its head, which gunicorn sends by itself, leaves with what comes next."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._held: bytes | None = b""

    def sendall(self, data: bytes) -> None:
        """Hold back the first bytes, send all others."""
        if self._held == b"":
            self._held = data
        else:
            held, self._held = self._held, None
            self._connection.sendall(held + data if held else data)

    def flush(self) -> None:
        """Send what is held back."""
        if self._held:
            self.sendall(b"")

    def __getattr__(self, name: str) -> Any:
        self.flush()
        return getattr(self._connection, name)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker of threads with patience for `io_timeout` seconds."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._watch = Watch()
        self._lingering = 0

    @property
    def _patience(self) -> float:
        patience: float = self.wsgi.extensions["releasekg"].settings.io_timeout
        return patience

    def handle(self, conn: Any) -> Any:
        """Read and answer a request; not longer than it may take to come."""
        connection = conn.sock
        while True:
            self._watch.until(connection, time.monotonic() + self._patience)
            try:
                kept = super().handle(conn)
            finally:
                self._watch.forget(connection)
            if kept is not True or not self._is_next_at_hand(conn):
                return kept

    def _is_next_at_hand(self, conn: Any) -> bool:
        """Whether the client's next request comes within a moment.

        To give a connection back to the thread that watches all of them, and take it up again, takes as long as a cheap
        query; only so many threads wait, so that there are always others.
        """
        if not self.alive or self._lingering >= _LINGERING or conn.parser.unreader.buf.getvalue():
            return False
        if self.tpool._work_queue.qsize():  # others wait for a thread
            return False
        self._lingering += 1  # a count that is off by one now and then does no harm
        poll = select.poll()
        poll.register(conn.sock, select.POLLIN)
        try:
            return bool(poll.poll(_LINGER))
        finally:
            self._lingering -= 1

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose headers are there."""
        length = _length(req)
        if length == 0:
            self._watch.forget(conn.sock)
        else:
            allowed = self._patience + (length or 0) / _SLOWEST
            self._watch.until(conn.sock, time.monotonic() + allowed)
            req.body = _WatchedBody(req.body, length, self._watch, conn.sock)
        connection = conn.sock
        connection.settimeout(self._patience)  # for each chunk that is sent, the whole of it
        conn.sock = gathering = _Gathering(connection)
        try:
            kept = super().handle_request(req, conn)
            gathering.flush()
        except TimeoutError:
            raise StopIteration from None  # gunicorn closes the connection at this one, and says nothing
        finally:
            conn.sock = connection
        return kept

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """Whether another request may come over the connection; what the app left of a body is taken in first.

        Most clients read no answer before they have sent all of their request: one that is refused for its size would
        be told of a broken connection instead.  What is larger than anyone may send, or slow, is not waited for.
        """
        body = conn.parser.mesg.body
        if not isinstance(body, _WatchedBody):  # the request has none
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
