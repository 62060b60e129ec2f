"""The one place where queries are answered: whoever has a job comes here.

A job names all that its result depends on: the snapshot (by its directory), the query, the dataset of the protocol and
the formats.
"""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Iterator
from typing import Any, Final

from flask import request

from server import metrics
from server.negotiation import BY_NAME, Format
from server.observation import NOTES
from server.query_jobs import Job, QueryFailed
from server.query_workers import Answer, QueryPool
from server.site import site

_LOG: Final = logging.getLogger(__name__)

#: What follows a result that is broken off: no parser of the format takes it for the end of a document.
#: JSON and XML are unfinished anyway; formats of lines would look whole to a client that misses the broken connection.
_BROKEN_OFF: Final = {
    "csv": b'\r\n"broken off: the result is not complete\r\n',
    "tsv": b"\n<broken off: the result is not complete",
    "nt": b"\n<broken off: the result is not complete",
    "nq": b"\n<broken off: the result is not complete",
    "ttl": b"\n<broken off: the result is not complete",
    "trig": b"\n<broken off: the result is not complete",
}


#: Where a request keeps the job that has failed already, and how.
FAILED: Final = "releasekg.failed"


def answer(job: Job, *, client: str = "") -> Answer:
    """The result of a query of the request at work.

    Raises:
        QueryFailed: there is none.
    """
    failed: tuple[Job, QueryFailed] | None = request.environ.pop(FAILED, None)
    if failed is not None and failed[0] == job:
        raise failed[1]
    return run(site().pool, job, client=client, notes=request.environ.setdefault(NOTES, {}))


def run(pool: QueryPool, job: Job, *, client: str, notes: dict[str, Any]) -> Answer:
    """The result of a query.

    Args:
        pool: evaluates it.
        job: the query.
        client: who asks.
        notes: what the access log is to tell, which this adds to.

    Raises:
        QueryFailed: there is none.
    """
    started = time.monotonic()
    notes["text"] = job.query
    try:
        found = pool.run(job, client=client)
    except QueryFailed as error:
        notes["outcome"] = error.reason
        metrics.count_failure(error.reason)
        raise
    metrics.count_query(found.head.form, time.monotonic() - started)
    return found


class Body:
    """The bytes of an answer for a server to send.

    One that fails on its way gets an end that cannot be read, and breaks the connection: nobody takes it for whole.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer
        except QueryFailed as error:
            _LOG.warning("a result was broken off: %s", error)
            metrics.count_failure(error.reason)
            yield unreadable_end(BY_NAME[self._answer.head.format])
            # Servers close the connection on this one without a word to the client or the log.
            raise ConnectionResetError(errno.ECONNRESET, str(error)) from None

    def close(self) -> None:
        """Give up what has not been sent."""
        self._answer.close()


def unreadable_end(format_: Format) -> bytes:
    """What to send last when a result in this format cannot be completed."""
    return _BROKEN_OFF.get(format_.name, b"\n\x00 broken off: the result is not complete")
