"""The short way of a plain query: `GET /sparql?query=…` is answered before Flask, which takes as long as a cheap query.

Whatever is not plain goes on to the app: other parameters, conditions, a client that prefers a page, failures.  Both
ways give the same response, header for header; a test compares them.  See docs/decisions/0017.
"""

from __future__ import annotations

import binascii
import re
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg import column_evaluation, column_queries
from kg.errors import StoreError
from server import answers, metrics
from server.caching import tag_of
from server.clients import RateLimit, client_of
from server.compression import SMALLEST, chosen, compressed
from server.negotiation import GRAPHS, HTML, RESULTS, Choice, accepted, choose
from server.observation import NOTES, SNAPSHOT
from server.query_jobs import Job, QueryFailed
from server.response_headers import CORS, SECURITY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from server.site import Graph, Site

#: Requests with one of these are not plain.
_SPECIAL: Final = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MATCH",
    "HTTP_RANGE",
    "HTTP_AUTHORIZATION",
    "CONTENT_LENGTH",
)
_QUERY: Final = "query="
_MALFORMED: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_OF_ALL: Final = (("Vary", "Accept, Accept-Encoding"), *CORS, *SECURITY)


class QueryLane:
    """WSGI middleware around the app.

    Args:
        app: takes what is not plain.
        site: has the graph and the query pool.
        limit: counts what is answered here; the app says so when there was too much.
    """

    def __init__(self, app: WSGIApplication, site: Site, *, limit: RateLimit | None = None) -> None:
        self._app = app
        self._site = site
        self._limit = limit

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        text = _plain_query(environ)
        if not text:
            return self._app(environ, start_response)
        results, graph_format = _formats(environ.get("HTTP_ACCEPT"))
        if results is None:
            return self._app(environ, start_response)
        client = client_of(environ.get("REMOTE_ADDR") or "")
        if self._limit is not None and self._limit.take(client):
            return self._app(environ, start_response)
        try:
            graph = self._site.graph(environ.get(SNAPSHOT, ""))
        except StoreError:  # the app says what is wrong
            return self._app(environ, start_response)
        job = Job(
            text,
            str(graph.snapshot.dataset_path),
            results=results.format.name,
            graph=None if graph_format is None else graph_format.format.name,
            base=graph.base,
        )
        notes: dict[str, Any] = environ.setdefault(NOTES, {})
        coding = chosen(environ.get("HTTP_ACCEPT_ENCODING"))
        if results.format.name == "json":
            whole = self._at_once(graph, text, notes)
            if whole is not None:
                tag = tag_of(graph.snapshot.id, job.as_bytes())
                return _respond(start_response, results, whole, coding=coding, headers=_kept_under(tag))
        try:
            answer = answers.run(self._site.pool, job, client=client, notes=notes)
        except QueryFailed as error:
            environ[answers.FAILED] = (job, error)
            return self._app(environ, start_response)
        notes["handler"] = "sparql.query"
        choice = graph_format if answer.head.form == "graph" else results
        assert choice is not None  # otherwise the worker has refused
        if answer.head.volatile:
            headers: tuple[tuple[str, str], ...] = (("Cache-Control", "no-store"),)
        else:
            headers = _kept_under(tag_of(graph.snapshot.id, job.as_bytes()))
        body = answers.Body(answer) if answer.length is None else answer.read()
        return _respond(start_response, choice, body, coding=coding, headers=headers)

    def _at_once(self, graph: Graph, text: str, notes: dict[str, Any]) -> bytes | None:
        """The JSON results of a query of which it is known beforehand that it takes little; None for any other."""
        columns = self._site.columns(graph)
        select = None if columns is None else column_queries.read(text)
        if columns is None or select is None:
            return None
        started = time.monotonic()
        whole = column_evaluation.answer_little(select, columns)
        if whole is None:
            return None
        notes.update(handler="sparql.query", text=text)
        metrics.count_query("select", time.monotonic() - started)
        return whole


@lru_cache(maxsize=256)
def _formats(header: str | None) -> tuple[Choice | None, Choice | None]:
    """What rows and graphs are written in for a client; no rows for one that takes none, or prefers a page."""
    accept = accepted(header)
    best = choose(accept, (*RESULTS, *GRAPHS, HTML))
    if best is None or best.format is HTML:
        return None, None
    return choose(accept, RESULTS), choose(accept, GRAPHS)


def _kept_under(tag: str) -> tuple[tuple[str, str], ...]:
    return ("ETag", f'W/"{tag}"'), ("Cache-Control", "no-cache")


def _respond(
    start_response: StartResponse,
    choice: Choice,
    body: bytes | answers.Body,
    *,
    coding: str,
    headers: Iterable[tuple[str, str]],
) -> Iterable[bytes]:
    sent = [("Content-Type", choice.content_type)]
    chunks: Iterable[bytes]
    if isinstance(body, bytes):
        if len(body) < SMALLEST:
            coding = ""
        if coding:
            body = b"".join(compressed((body,), coding))
        sent.append(("Content-Length", str(len(body))))
        chunks = (body,)
    else:
        chunks = compressed(body, coding) if coding else body
    if coding:
        sent.append(("Content-Encoding", coding))
    sent += headers
    sent += _OF_ALL
    start_response("200 OK", sent)
    return chunks


def _plain_query(environ: WSGIEnvironment) -> str:
    """The query, if there is nothing else to the request; otherwise empty."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("PATH_INFO") != "/sparql":
        return ""
    sent: str = environ.get("QUERY_STRING", "")
    if not sent.startswith(_QUERY) or "&" in sent or any(environ.get(name) for name in _SPECIAL):
        return ""
    try:
        return decoded(sent[len(_QUERY) :].encode("ascii"))
    except ValueError:  # not ASCII, or not UTF-8 when decoded
        return ""


def decoded(value: bytes) -> str:
    """The value of a parameter, `+` and percent-encoding resolved.

    Raises:
        ValueError: it is malformed, or not UTF-8.
    """
    if _MALFORMED.search(value):
        raise ValueError("a percent sign without two digits")
    # With "=" for "%" this is quoted-printable, for which the standard library has a decoder in C; urllib's is in
    # Python, and takes as long as a cheap query.
    quoted = value.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")
    return binascii.a2b_qp(quoted).decode()
