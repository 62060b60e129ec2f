"""The pool of processes that evaluate users' queries, and may be killed: no query can take the server down.

Oxigraph cannot be interrupted, overflows its stack on deep nesting and may plan for minutes, so a query is parsed,
evaluated and serialised in a process of its own (`server.query_evaluation`).  The deadline, the memory limit and a
crash end that process, for one client only, and another one takes its place.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from typing import IO, Final

from server.query_jobs import (
    CHUNK,
    END,
    ERROR,
    Head,
    Job,
    QueryFailed,
    Reason,
    in_units,
)
from server.query_nursery import Nursery, NurseryLost
from server.query_places import NoPlace, Places, Turn
from server.running_queries import RunningQueries
from server.settings import Settings
from server.worker_processes import Gone, WorkerProcess

_LOG: Final = logging.getLogger(__name__)
#: Seconds after the deadline at which a worker whose parent was killed ends itself.
_ORPHAN: Final = 2


class Answer:
    """A result that is sure to come (`length` is known), or that is still being streamed.

    Iterate once; it is in memory up to `buffer` bytes, and on disk beyond.  When a streamed result fails, iterating
    raises `QueryFailed`, and whoever sends it on must break off so that the client sees it.
    """

    def __init__(self, head: Head, *, buffer: int, limit: int) -> None:
        self.head = head
        self.length: int | None = None
        self._buffer = buffer
        self._limit = limit
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._size = 0
        self._closed = False
        self._failure: QueryFailed | None = None
        self._changed = threading.Condition()

    def __iter__(self) -> Iterator[bytes]:
        sent = 0
        try:
            while True:
                with self._changed:
                    while self._size == sent and self._failure is None and self.length is None:
                        self._changed.wait()
                    if self._failure is not None:
                        raise self._failure
                    if self._size == sent or self._closed:
                        return
                    if self._file is None:
                        chunk = bytes(self._memory[sent : sent + CHUNK])
                    else:
                        chunk = os.pread(self._file.fileno(), CHUNK, sent)
                sent += len(chunk)
                yield chunk
        finally:
            self.close()

    def read(self) -> bytes:
        """All of it."""
        return b"".join(self)

    def close(self) -> None:
        """Give back the space, and end the query if it is still at work; werkzeug closes what it iterates."""
        with self._changed:
            self._closed = True
            if self._file is not None:
                self._file.close()

    @property
    def size(self) -> int:
        """Bytes that have arrived."""
        return self._size

    def add(self, chunk: bytes) -> None:
        """Take in a chunk.

        Raises:
            QueryFailed: the result grows over the limit, or nobody wants it any more.
        """
        if self._size + len(chunk) > self._limit:
            raise QueryFailed(
                Reason.TOO_LARGE,
                f"the result is larger than the limit of {in_units(self._limit)}: add LIMIT, or ask for less",
            )
        with self._changed:
            if self._closed:
                raise QueryFailed(Reason.ABANDONED, "the client went away")
            if self._file is None and self._size + len(chunk) <= self._buffer:
                self._memory += chunk
            else:
                if self._file is None:
                    self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the answer
                    self._file.write(self._memory)
                self._file.write(chunk)
                self._file.flush()
            self._size += len(chunk)
            self._changed.notify_all()

    def finish(self, failure: QueryFailed | None = None) -> None:
        """Say that no more will come, or why no more will come."""
        with self._changed:
            if failure is None:
                self.length = self._size
            self._failure = failure
            self._changed.notify_all()


class QueryPool:
    """Evaluates queries in worker processes; safe to use from many threads.

    The processes start with the first query; `close` ends them.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._idle: list[WorkerProcess] = []
        self._workers: set[WorkerProcess] = set()
        self._places = Places(
            places=settings.query_workers,
            queue=settings.query_queue,
            slice_=settings.query_slice,
            patience=settings.query_timeout,
        )
        self.running = RunningQueries.shared()
        self._dataset = ""
        self._closed = False
        self._wanted = threading.Event()
        self._keeper: threading.Thread | None = None
        self._nursery: Nursery | None = None
        self._nursery_lock = threading.Lock()

    def run(self, job: Job, *, client: str = "") -> Answer:
        """Evaluate a query; returns once the result is sure, or too long to be held back.

        Args:
            job: the query.
            client: who asks; those that ask little go before those that ask much.

        Raises:
            QueryFailed: there is no result; see its reason.
        """
        self._dataset = job.dataset
        try:
            turn = self._places.enter(job.query, client)
        except NoPlace as error:
            raise _busy(str(error)) from error
        try:
            worker = self._start(job, spare=self._places.is_suspect(turn.client))
        except BaseException:
            self._leave(turn, None, usable=False)
            raise
        return _Run(self, job.query, turn, worker, self._settings).answer()

    def warm_up(self, dataset: str = "") -> None:
        """Start the processes now, not with the first query, and have them open the dataset in this directory."""
        self._dataset = dataset or self._dataset
        with self._lock:
            self._keep()

    def close(self) -> None:
        """Kill every worker; queries at work fail."""
        with self._lock:
            self._closed = True
            idle, busy = list(self._idle), self._workers.difference(self._idle)
            self._workers.clear()
            self._idle.clear()
            self._wanted.set()
        for worker in idle:
            worker.dispose()
        for worker in busy:  # the threads that read from them dispose of them
            worker.end()
        with self._nursery_lock:
            if self._nursery is not None:
                self._nursery.close()

    def pids(self) -> list[int]:
        """Process ids of the workers that live."""
        with self._lock:
            return [worker.pid for worker in self._workers]

    def at_work(self) -> int:
        """How many queries are being evaluated."""
        return self._places.count("fresh") + self._places.count("long")

    def waiting(self) -> int:
        """How many queries wait for a place."""
        return self._places.waiting()

    def check_open(self) -> None:
        """Raise `QueryFailed` when the pool has been closed."""
        if self._closed:
            raise _busy("it is going down")

    def _leave(self, turn: Turn, worker: WorkerProcess | None, *, usable: bool) -> None:
        if turn.place == "long":  # its lowered priority cannot be raised again
            usable = False
        if worker is not None and not usable:
            worker.dispose()  # before the place is given on, so that there are never more processes than places
        with self._lock:
            keep = usable and not self._closed and len(self._idle) < self._settings.query_workers
            if worker is not None and keep:
                self._idle.append(worker)
            elif worker is not None:
                self._workers.discard(worker)
        if worker is not None and not keep:
            worker.dispose()
        self._places.leave(turn)
        if not usable or self._missing():
            with self._lock:
                self._keep()

    def _missing(self) -> bool:
        """Whether a fresh query that came now might find no process."""
        return self._places.count("fresh") + len(self._idle) < self._settings.query_workers

    def _review(self, turn: Turn, worker: WorkerProcess) -> bool:
        """Called by a query at work: see whether it has to move (True: it has) or to make room.

        Raises:
            QueryFailed: it has to make room.
        """
        try:
            moved = self._places.review(turn)
        except NoPlace as error:
            raise _busy(str(error)) from error
        if moved:
            worker.lower_priority()
            with self._lock:
                self._keep()
        return moved

    # Processes

    def _start(self, job: Job, *, spare: bool) -> WorkerProcess:
        """Hand a query to a worker; with `spare` it leaves the last idle one to others."""
        while True:
            with self._lock:
                worker = self._idle.pop() if len(self._idle) > spare else None
            worker = worker or self._spawn()
            try:
                worker.send(job)
            except Gone:
                pass
            else:
                return worker
            self._drop(worker)  # killed while it was idle, by the system or by an operator

    def _spawn(self) -> WorkerProcess:
        try:
            worker = WorkerProcess(self._nursery_at_hand())
        except NurseryLost as error:
            self.check_open()
            _LOG.error("a query worker cannot start: %s", error)
            raise QueryFailed(Reason.CRASH, "the process that evaluates queries cannot start") from error
        with self._lock:
            closed = self._closed
            self._workers.add(worker)
        if not closed and worker.wait_until_ready(self._dataset):
            return worker
        words = worker.last_words()
        self._drop(worker)
        self.check_open()
        _LOG.error("a query worker cannot start: %s", words)
        raise QueryFailed(Reason.CRASH, "the process that evaluates queries cannot start")

    def _nursery_at_hand(self) -> Nursery:
        with self._nursery_lock:
            if self._closed:
                raise NurseryLost("the server is going down")
            if self._nursery is None or self._nursery.lost:
                if self._nursery is not None:
                    self._nursery.close()
                alarm = int(self._settings.query_timeout) + _ORPHAN
                self._nursery = Nursery(self._settings.query_memory, alarm)
            return self._nursery

    def _drop(self, worker: WorkerProcess) -> None:
        worker.dispose()
        with self._lock:
            self._workers.discard(worker)

    def _keep(self) -> None:
        """Have the keeper look whether a worker is missing; the lock is held."""
        if self._keeper is None and not self._closed:
            self._keeper = threading.Thread(target=self._keep_spares, name="query-workers", daemon=True)
            self._keeper.start()
        self._wanted.set()

    def _keep_spares(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            while True:
                with self._lock:
                    if self._closed:
                        return
                    missing = self._missing()
                if not missing:
                    break
                try:
                    self._offer(self._spawn())
                except QueryFailed:  # logged where it happened; the next query tries again
                    break

    def _offer(self, worker: WorkerProcess) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(worker)
                return
        worker.dispose()


class _Run:
    """One query at work: takes in the worker's frames until the end, the deadline or the worker's death."""

    def __init__(
        self, pool: QueryPool, query: str, turn: Turn, worker: WorkerProcess, settings: Settings
    ) -> None:
        self._pool = pool
        self._turn = turn
        self._worker = worker
        self._settings = settings
        turn.since = time.monotonic()
        self._deadline = turn.since + settings.query_timeout
        self._id = pool.running.enter(query, turn.client)
        if turn.place == "long":
            worker.lower_priority()

    def answer(self) -> Answer:
        """The result, complete or of more than `buffer` bytes."""
        answer: Answer | None = None
        try:
            _, payload = self._frame()
            answer = Answer(
                Head.from_bytes(payload), buffer=self._settings.buffer, limit=self._settings.max_result
            )
            finished = self._take(answer, until=self._settings.buffer)
        except BaseException as error:
            if answer is not None:
                answer.close()
            self._end(error)
            raise
        if finished:
            self._end()
            answer.finish()
        else:  # from here on a slow client must not hold the worker: the rest goes to disk
            threading.Thread(target=self._take_rest, args=(answer,), name="query-result", daemon=True).start()
        return answer

    def _take(self, answer: Answer, *, until: int | None = None) -> bool:
        """Take in data up to the end (True) or until there is more than `until` bytes (False)."""
        while until is None or answer.size <= until:
            kind, payload = self._frame()
            if kind == END:
                return True
            answer.add(payload)
        return False

    def _take_rest(self, answer: Answer) -> None:
        try:
            self._take(answer)
        except QueryFailed as failure:
            self._end(failure)
            answer.finish(failure)
        else:
            self._end()
            answer.finish()

    def _frame(self) -> tuple[bytes, bytes]:
        """The next frame of the worker.

        Raises:
            QueryFailed: the worker says so, the deadline has passed, it died, or it has to make room.
        """
        while True:
            left = self._deadline - time.monotonic()
            if left <= 0:
                limit = self._settings.query_timeout
                raise QueryFailed(
                    Reason.TIMEOUT,
                    f"the query was ended after {limit:g} s, the limit of this server: make it more "
                    "selective, add LIMIT, or run it on your own copy (kg query)",
                )
            if self._pool.running.is_cancelled(self._id):
                raise QueryFailed(Reason.CANCELLED, "the query was ended by whoever runs this server")
            if self._pool._review(self._turn, self._worker):
                self._pool.running.tell(self._id)
            try:
                frame = self._worker.receive()
            except Gone:
                self._pool.check_open()
                raise self._worker.cause_of_death(self._settings.query_memory) from None
            if frame is None:
                continue
            if frame[0] == ERROR:
                raw = json.loads(frame[1])
                raise _Reported(Reason(raw["reason"]), raw["message"], line=raw["line"], column=raw["column"])
            return frame

    def _end(self, error: BaseException | None = None) -> None:
        self._pool.running.leave(self._id)
        usable = error is None or (isinstance(error, _Reported) and error.reason is not Reason.MEMORY)
        self._pool._leave(self._turn, self._worker, usable=usable)


class _Reported(QueryFailed):
    """The worker itself said what is wrong, and is ready for the next query."""


def _busy(why: str) -> QueryFailed:
    return QueryFailed(Reason.BUSY, f"the server is busy: {why}; try again in a moment")
