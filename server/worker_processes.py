"""A query worker as the server sees it: a process and the socket to it."""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
import struct
import tempfile
import threading
import time
from contextlib import suppress
from typing import Final

from server.query_jobs import CHUNK, FRAME, OPEN, REQUEST, Job, QueryFailed, Reason, out_of_memory
from server.query_nursery import Nursery, NurseryLost

_LOG: Final = logging.getLogger(__name__)
#: Seconds that a process may take to start, on a machine that has much else to do.
_START: Final = 60.0
#: Microseconds after which whoever waits for a frame looks at the clock.
_TICK: Final = 50_000
#: Long queries go last on the processor.
_LONG_NICENESS: Final = 12


class Gone(Exception):
    """The worker closed its end."""


class WorkerProcess:
    """One process and the socket to it.

    Args:
        nursery: forks it.

    Raises:
        NurseryLost: it cannot.
    """

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `dispose`
        self._socket, theirs = socket.socketpair()
        # The kernel keeps the time: a timeout of Python's would cost a system call more, and the GIL another time.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, _TICK))
        try:
            self.pid = nursery.fork(theirs.fileno(), theirs.fileno(), self._stderr.fileno())
        except NurseryLost:
            self._close()
            raise
        finally:
            theirs.close()
        self._ended = threading.Lock()
        self._has_ended = False
        self._code: int | None = None
        self._buffer = bytearray()

    def wait_until_ready(self, dataset: str = "") -> bool:
        """Wait until it takes queries, so that its start is not counted as a query's time; False if it ended.

        Args:
            dataset: the directory that the first query will likely be about; opened now if it is one.
        """
        deadline = time.monotonic() + _START
        try:
            self._send(OPEN, dataset.encode())
            while self.receive() is None:
                if time.monotonic() > deadline:
                    return False
        except Gone:
            return False
        return True

    def send(self, job: Job) -> None:
        """Hand over a query.

        Raises:
            Gone: it died while it was idle.
        """
        self._send(REQUEST, job.as_bytes())

    def _send(self, kind: bytes, payload: bytes) -> None:
        try:
            self._socket.sendall(FRAME.pack(kind, len(payload)) + payload)
        except OSError as error:
            raise Gone from error

    def receive(self) -> tuple[bytes, bytes] | None:
        """The next frame, or None when there is none for a twentieth of a second.

        Raises:
            Gone: it died.
        """
        while True:
            if len(self._buffer) >= FRAME.size:
                kind, length = FRAME.unpack_from(self._buffer)
                end = FRAME.size + length
                if len(self._buffer) >= end:
                    payload = bytes(self._buffer[FRAME.size : end])
                    del self._buffer[:end]
                    return kind, payload
            try:
                read = self._socket.recv(CHUNK)
            except BlockingIOError:
                return None
            except OSError as error:
                raise Gone from error
            if not read:
                raise Gone
            self._buffer += read

    def lower_priority(self) -> None:
        """Let fresh queries go first on the processor."""
        with suppress(OSError):  # it may just have ended
            os.setpriority(os.PRIO_PROCESS, self.pid, _LONG_NICENESS)

    def cause_of_death(self, memory: int) -> QueryFailed:
        """What its last words and its exit code say."""
        code = self._wait()
        words = self.last_words()
        if "overflowed its stack" in words or code == -signal.SIGSEGV:
            return QueryFailed(
                Reason.NESTING, "the query is nested too deeply to be evaluated: write it with fewer levels"
            )
        if "memory allocation" in words or "MemoryError" in words or code == -signal.SIGKILL:
            return out_of_memory(memory)
        _LOG.error("a query worker ended with code %s: %s", code, words)
        return QueryFailed(Reason.CRASH, "the query ended the process that evaluated it")

    def last_words(self) -> str:
        """What it wrote to its standard error."""
        self._stderr.seek(0)
        return self._stderr.read().decode(errors="replace").strip()[-2000:]

    def end(self) -> None:
        """End it, whatever it is doing, and wait until it is gone."""
        with self._ended:
            # Not reaped yet, so that the number is still its own; without a nursery nobody knows.
            if not self._has_ended and (not self._nursery.lost or not self._hung_up()):
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
        self._wait()

    def dispose(self) -> None:
        """`end`, and close the socket; for the thread that reads them."""
        self.end()
        self._close()

    def _wait(self) -> int | None:
        with self._ended:
            if not self._has_ended:
                self._code = self._nursery.reap(self.pid)
                self._has_ended = True
            return self._code

    def _hung_up(self) -> bool:
        poll = select.poll()
        poll.register(self._socket, select.POLLHUP)
        return bool(poll.poll(0))

    def _close(self) -> None:
        self._socket.close()
        self._stderr.close()
