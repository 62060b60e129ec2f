"""A load generator that is no bottleneck: kept-alive clients over raw sockets, in one thread."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

_CHUNK: Final = 256 * 1024


class Unexpected(Exception):
    """A response that is not 200, or a connection that ends: the measure would be of something else."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a load came to.

    Attributes:
        requests: answered ones.
        seconds: wall time.
        median: seconds from request to the end of the response.
    """

    requests: int
    seconds: float
    median: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def get(path: str, parameters: dict[str, str], *, accept: str = "") -> bytes:
    """The bytes of a GET request."""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
    head = f"GET {path}{'?' if query else ''}{query} HTTP/1.1\r\nHost: localhost\r\n"
    return (head + (f"Accept: {accept}\r\n" if accept else "") + "\r\n").encode()


def load(port: int, requests: Iterator[bytes], *, clients: int = 8, seconds: float = 1.0) -> Load:
    """Send requests over kept-alive connections, each as soon as the one before is answered, for some seconds.

    Raises:
        Unexpected: a response is not 200.
    """
    sockets = {}
    poll = select.epoll()
    for _ in range(clients):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sockets[connection.fileno()] = [connection, b"", 0.0]
        poll.register(connection.fileno(), select.EPOLLIN)
    times: list[float] = []
    start = time.perf_counter()
    end = start + seconds
    for state in sockets.values():
        state[2] = time.perf_counter()
        state[0].sendall(next(requests))
    waiting = len(sockets)
    while waiting:
        for number, _ in poll.poll(60):
            state = sockets[number]
            data = state[0].recv(_CHUNK)
            if not data:
                raise Unexpected("the server closed the connection")
            if state[1]:
                data = state[1] + data
            if not _complete(data):
                state[1] = data
                continue
            now = time.perf_counter()
            times.append(now - state[2])
            state[1] = b""
            if now < end:
                state[2] = now
                state[0].sendall(next(requests))
            else:
                waiting -= 1
    elapsed = time.perf_counter() - start
    for state in sockets.values():
        state[0].close()
    poll.close()
    times.sort()
    return Load(len(times), elapsed, times[len(times) // 2])


def _complete(data: bytes) -> bool:
    """Whether a response is all there: by its length, or by its last chunk."""
    head = data.find(b"\r\n\r\n")
    if head < 0:
        return False
    if data[9:12] != b"200":
        raise Unexpected(data[:2000].decode(errors="replace"))
    lower = data[:head].lower()
    at = lower.find(b"\r\ncontent-length:")
    if at < 0:
        return data.endswith(b"0\r\n\r\n")
    stop = lower.find(b"\r\n", at + 2)
    length = int(lower[at + 17 : stop if stop > 0 else head])
    return len(data) >= head + 4 + length
