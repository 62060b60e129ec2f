"""What the server and its query workers say to each other: jobs, heads of results, failures, in frames.

A frame is one byte for its kind, a length of four bytes, and a payload.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kg.errors import QueryError

FRAME: Final = struct.Struct(">cI")
OPEN, READY, REQUEST, HEADER, DATA, END, ERROR = b"O", b"R", b"Q", b"H", b"D", b"E", b"X"
CHUNK: Final = 64 * 1024


class Reason(StrEnum):
    """Why a query has no result."""

    SYNTAX = "syntax"
    REFUSED = "refused"
    NOT_ACCEPTABLE = "not-acceptable"
    TIMEOUT = "timeout"
    BUSY = "busy"
    MEMORY = "memory"
    NESTING = "nesting"
    FORMAT = "format"
    TOO_LARGE = "too-large"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"
    CRASH = "crash"
    STORE = "store"


class QueryFailed(QueryError):
    """A query has no result; the message says what to do about it."""

    def __init__(
        self, reason: Reason, message: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, line=line, column=column)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Job:
    """One query to evaluate.

    Attributes:
        query: its text.
        dataset: directory of the dataset.
        results: format for SELECT and ASK, by name; None when the client takes none.
        graph: format for CONSTRUCT and DESCRIBE, likewise.
        rows: give at most so many rows as JSON for the query page, instead of a standard format.
        base: IRI that relative IRIs are resolved against.
        default_graphs: IRIs whose union is the default graph; None for the dataset's own.
        named_graphs: IRIs that `GRAPH` may see; None for all.
    """

    query: str
    dataset: str
    results: str | None = None
    graph: str | None = None
    rows: int | None = None
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None

    @classmethod
    def from_bytes(cls, payload: bytes) -> Job:
        """Read what `as_bytes` wrote."""
        query, dataset, results, graph, rows, base, default, named = json.loads(payload)
        return cls(
            query,
            dataset,
            results,
            graph,
            rows,
            base,
            None if default is None else tuple(default),
            None if named is None else tuple(named),
        )

    def as_bytes(self) -> bytes:
        """The payload of a frame."""
        # Not by `asdict`, which copies deeply: this is on the way of every query.
        fields = (self.query, self.dataset, self.results, self.graph, self.rows, self.base)
        return json.dumps((*fields, self.default_graphs, self.named_graphs)).encode()


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a result before its bytes.

    Attributes:
        form: "select", "ask" or "graph".
        format: name of the format; empty for the rows of the query page.
        volatile: another evaluation may give another result.
    """

    form: str
    format: str
    volatile: bool

    @classmethod
    @lru_cache(maxsize=64)
    def from_bytes(cls, payload: bytes) -> Head:
        """Read what `as_bytes` wrote."""
        return cls(*json.loads(payload))

    @lru_cache(maxsize=64)  # noqa: B019  # there are few, and they are small
    def as_bytes(self) -> bytes:
        """The payload of a frame."""
        return json.dumps((self.form, self.format, self.volatile)).encode()


def out_of_memory(memory: int) -> QueryFailed:
    """The failure of a query that needs more than `memory` bytes."""
    return QueryFailed(
        Reason.MEMORY,
        f"the query needs more memory than the limit of {in_units(memory)}: make it more selective, or avoid "
        "ORDER BY, DISTINCT and GROUP BY over large intermediate results",
    )


def in_units(size: int) -> str:
    """A number of bytes, for people: "2 GiB"."""
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:g} {unit}"
        size //= 1024
    return f"{size} GiB"
