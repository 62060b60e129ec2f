"""The other end of `server.query_workers`: the process that parses, evaluates and serialises one query after another.

Forked by `server.query_nursery`: it reads jobs from its standard input and answers on its
standard output, in the frames of `server.query_jobs`.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg import column_evaluation, column_queries, columns, sparql_tokens
from kg.errors import QueryError, StoreError
from kg.namespaces import PREFIXES
from kg.store import Dataset, QueryResult
from server.negotiation import BY_NAME, Format
from server.query_jobs import (
    CHUNK,
    DATA,
    END,
    ERROR,
    FRAME,
    HEADER,
    OPEN,
    READY,
    Head,
    Job,
    QueryFailed,
    Reason,
    out_of_memory,
)

#: Fresh queries give way to the server itself.
_NICENESS: Final = 4
#: Characters that no XML 1.0 document can hold (§2.2); Oxigraph writes them nevertheless.
_NOT_XML: Final = bytes([*range(9), 11, 12, *range(14, 32)])
#: What an element may be called at the end of a predicate's IRI.
_XML_NAME_AT_END: Final = re.compile(r"[^\W\d][\w.\-]*\Z")
_PREFIXED: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)


def main(arguments: Sequence[str]) -> None:
    """Answer requests from standard input until it ends.

    Args:
        arguments: bytes of address space, and seconds after which an orphan ends itself.
    """
    memory, alarm = (int(argument) for argument in arguments)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests = os.fdopen(os.dup(0), "rb")
    replies = _Replies(os.fdopen(os.dup(1), "wb", buffering=0))
    os.dup2(2, 1)  # nothing printed by a library may get between the frames
    graph = _Graph(Dataset.in_memory())
    os.setpriority(os.PRIO_PROCESS, 0, max(_NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    while (request := _next_request(requests)) is not None:
        kind, payload = request
        if kind == OPEN:
            with suppress(StoreError):  # told to whoever asks something of it
                graph = _Graph.open(payload.decode())
            replies.add(READY)
            replies.send()
            continue
        job = Job.from_bytes(payload)
        signal.alarm(alarm)  # its default action ends the process: Oxigraph would not let a handler run
        try:
            if job.dataset != graph.path:
                graph = _Graph.open(job.dataset)
            _evaluate(job, graph, replies)
        except QueryFailed as error:
            replies.fail(error)
        except QueryError as error:
            replies.fail(QueryFailed(Reason.SYNTAX, str(error), line=error.line, column=error.column))
        except StoreError as error:
            replies.fail(QueryFailed(Reason.STORE, str(error)))
        except MemoryError:
            replies.fail(out_of_memory(memory))
            return
        signal.alarm(0)


def _next_request(requests: IO[bytes]) -> tuple[bytes, bytes] | None:
    head = requests.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    kind, length = FRAME.unpack(head)
    return kind, requests.read(length)


class _Replies:
    """The frames that go back, gathered: a small result is sent at once, and wakes the server once."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._gathered = bytearray()

    def add(self, kind: bytes, payload: bytes | bytearray = b"") -> None:
        self._gathered += FRAME.pack(kind, len(payload))
        self._gathered += payload
        if len(self._gathered) >= CHUNK:
            self.send()

    def send(self) -> None:
        with memoryview(self._gathered) as message:
            sent = 0
            while sent < len(message):
                sent += self._pipe.write(message[sent:]) or 0
        self._gathered.clear()

    def fail(self, error: QueryFailed) -> None:
        """Send why there is no result, or no more of it."""
        body = {"reason": error.reason, "message": str(error), "line": error.line, "column": error.column}
        self.add(ERROR, json.dumps(body).encode())
        self.send()


class _Graph:
    """A snapshot, opened.

    Attributes:
        dataset: its quads.
        path: its dataset's directory; empty for none.
    """

    def __init__(self, dataset: Dataset, path: str = "") -> None:
        self.dataset = dataset
        self.path = path

    @classmethod
    def open(cls, path: str) -> _Graph:
        """Open the snapshot whose dataset is in this directory.

        Raises:
            StoreError: it is not there, or damaged.
        """
        return cls(Dataset.open(Path(path)), path)

    @cached_property
    def columns(self) -> columns.Columns | None:
        """Its columns; None for a snapshot that was made without.

        Raises:
            StoreError: they are damaged.
        """
        return columns.Columns.of(Path(self.path).parent / columns.FOLDER) if self.path else None


def _evaluate(job: Job, graph: _Graph, replies: _Replies) -> None:
    reading = sparql_tokens.read(job.query)
    if reading.federated:
        raise QueryFailed(
            Reason.REFUSED, "SERVICE is refused: this endpoint does not send queries to other servers"
        )
    try:
        rows = _of_columns(job, graph)
        if rows is not None:
            replies.add(HEADER, Head("select", "json", volatile=False).as_bytes())
            output = _Chunks(replies, BY_NAME["json"])
            for piece in rows.as_json():
                output.write(piece)
            output.flush()
            replies.add(END)
            replies.send()
            return
        result = graph.dataset.query(
            job.query,
            base=job.base,
            default_graphs=None if job.default_graphs is None else list(job.default_graphs),
            named_graphs=None if job.named_graphs is None else list(job.named_graphs),
        )
        form = _form(result)
        if job.rows is not None:
            replies.add(HEADER, Head(form, "", reading.volatile).as_bytes())
            replies.add(DATA, json.dumps(_rows(result, job.rows)).encode())
        else:
            name = job.graph if form == "graph" else job.results
            if name is None:
                raise QueryFailed(Reason.NOT_ACCEPTABLE, form)
            replies.add(HEADER, Head(form, name, reading.volatile).as_bytes())
            _serialise(result, BY_NAME[name], _Chunks(replies, BY_NAME[name]))
    except OSError as error:
        raise QueryFailed(Reason.STORE, f"the graph cannot be read: {error}") from error
    except ValueError as error:  # an IRI of the protocol's dataset, or a term that the format cannot hold
        raise QueryFailed(Reason.FORMAT, str(error)) from error
    replies.add(END)
    replies.send()


def _of_columns(job: Job, graph: _Graph) -> column_evaluation.Result | None:
    """The result of a query that the columns answer."""
    if job.results != "json" or job.rows is not None or _of_dataset(job):
        return None
    select = column_queries.read(job.query)
    if select is None or graph.columns is None:
        return None
    return column_evaluation.evaluate(select, graph.columns)


def _of_dataset(job: Job) -> bool:
    """Whether the protocol names a dataset."""
    return job.default_graphs is not None or job.named_graphs is not None


def _form(result: QueryResult) -> str:
    if isinstance(result, ox.QuerySolutions):
        return "select"
    return "ask" if isinstance(result, ox.QueryBoolean) else "graph"


def _serialise(result: QueryResult, format_: Format, output: _Chunks) -> None:
    if isinstance(result, ox.QueryTriples):
        rdf = format_.rdf
        assert rdf is not None
        if rdf in _PREFIXED:
            triples = _nameable(result) if rdf == ox.RdfFormat.RDF_XML else result
            ox.serialize(triples, output, rdf, prefixes=PREFIXES)  # type: ignore[arg-type]
        else:  # without an object of Python's for each term
            result.serialize(output, format=rdf)  # type: ignore[arg-type]
    else:
        assert format_.results is not None
        result.serialize(output, format=format_.results)  # type: ignore[arg-type]
    output.flush()


def _nameable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The same triples; Oxigraph writes an element without a name for a predicate that XML cannot name."""
    for triple in triples:
        if _XML_NAME_AT_END.search(triple.predicate.value) is None:
            raise QueryFailed(
                Reason.FORMAT,
                f"RDF/XML has no way to write the predicate <{triple.predicate.value}>: ask for another format",
            )
        yield triple


class _Chunks:
    """What the serialisers write into: gathers small writes into frames."""

    def __init__(self, replies: _Replies, format_: Format) -> None:
        self._replies = replies
        self._is_xml = format_.is_xml
        self._gathered = bytearray()

    def write(self, data: bytes) -> int:
        if self._is_xml and len(data.translate(None, _NOT_XML)) != len(data):
            raise QueryFailed(
                Reason.FORMAT,
                "the result has a control character that XML cannot hold: ask for another format",
            )
        self._gathered += data
        if len(self._gathered) >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._gathered:
            self._replies.add(DATA, self._gathered)
            self._gathered.clear()


def _rows(result: QueryResult, limit: int) -> dict[str, object]:
    """A result as a table of at most `limit` rows, for the query page."""
    if isinstance(result, ox.QueryBoolean):
        return {"boolean": bool(result)}
    rows: list[list[dict[str, str] | None]] = []
    more = False
    if isinstance(result, ox.QuerySolutions):
        columns = [variable.value for variable in result.variables]
        for solution in result:
            if more := len(rows) == limit:
                break
            rows.append([None if solution[name] is None else _term(solution[name]) for name in columns])
    else:
        columns = ["subject", "predicate", "object"]
        for triple in result:
            if more := len(rows) == limit:
                break
            rows.append([_term(term) for term in (triple.subject, triple.predicate, triple.object)])
    return {"columns": columns, "rows": rows, "more": more}


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, str]:
    """A term in the manner of the SPARQL 1.1 JSON results."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        return {"type": "triple", "value": str(term)}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
