"""A query worker as the server sees it: a process with a pipe to it and a pipe from it."""

from __future__ import annotations

import logging
import os
import select
import signal
import tempfile
import threading
from contextlib import suppress
from typing import Final

from server.query_jobs import CHUNK, FRAME, OPEN, REQUEST, Job, QueryFailed, Reason, out_of_memory
from server.query_nursery import Nursery, NurseryLost

_LOG: Final = logging.getLogger(__name__)
#: Seconds that a process may take to start, on a machine that has much else to do.
_START: Final = 60.0
#: Long queries go last on the processor.
_LONG_NICENESS: Final = 12


class Gone(Exception):
    """The worker closed its pipe."""


class WorkerProcess:
    """One process and its pipes.

    Args:
        nursery: forks it.

    Raises:
        NurseryLost: it cannot.
    """

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `dispose`
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        self._in = os.fdopen(ours_in, "wb", buffering=0)
        self._out = os.fdopen(ours_out, "rb", buffering=0)
        try:
            self.pid = nursery.fork(theirs_in, theirs_out, self._stderr.fileno())
        except NurseryLost:
            self._close()
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        self._ended = threading.Lock()
        self._has_ended = False
        self._code: int | None = None
        self._buffer = bytearray()
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN | select.POLLHUP)

    @property
    def alive(self) -> bool:
        """Whether it waits for a query: one that has ended hangs up."""
        return not self._poll.poll(0)

    def wait_until_ready(self, dataset: str = "") -> bool:
        """Wait until it takes queries, so that its start is not counted as a query's time; False if it ended.

        Args:
            dataset: the directory that the first query will likely be about; opened now if it is one.
        """
        try:
            self._send(OPEN, dataset.encode())
            return self.receive(_START) is not None
        except Gone:
            return False

    def send(self, job: Job) -> None:
        """Hand over a query.

        Raises:
            Gone: it died while it was idle.
        """
        self._send(REQUEST, job.as_bytes())

    def _send(self, kind: bytes, payload: bytes) -> None:
        message = memoryview(FRAME.pack(kind, len(payload)) + payload)
        try:
            while message:
                message = message[self._in.write(message) or 0 :]
        except OSError as error:
            raise Gone from error

    def receive(self, wait: float) -> tuple[bytes, bytes] | None:
        """The next frame, or None when there is none after `wait` seconds.

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
            if not self._poll.poll(max(0, int(wait * 1000))):
                return None
            read = self._out.read(CHUNK)
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
        """`end`, and close the pipes; for the thread that reads them."""
        self.end()
        self._close()

    def _wait(self) -> int | None:
        with self._ended:
            if not self._has_ended:
                self._code = self._nursery.reap(self.pid)
                self._has_ended = True
            return self._code

    def _hung_up(self) -> bool:
        return any(event & select.POLLHUP for _, event in self._poll.poll(0))

    def _close(self) -> None:
        for file in (self._in, self._out, self._stderr):
            file.close()
