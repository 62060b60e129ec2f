"""The query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#query-operation).

A query that is ended at its deadline is answered 504, not 503: the server stands before its worker processes as a
gateway does, and 503 with `Retry-After`, which clients repeat by themselves, is left to "busy".
"""

from __future__ import annotations

import errno
import hashlib
import logging
from collections.abc import Iterator
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from server import pages, service_description
from server.negotiation import GRAPHS, HTML, RESULTS, Choice, choose, listed
from server.problems import Problem
from server.query_jobs import Job, QueryFailed, Reason
from server.query_workers import Answer
from server.site import Graph, site

blueprint = Blueprint("sparql", __name__)

_LOG: Final = logging.getLogger(__name__)

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"

#: reason → status, title.
_STATUS: Final[dict[Reason, tuple[int, str]]] = {
    Reason.SYNTAX: (400, "The query is malformed"),
    Reason.REFUSED: (400, "The query is refused"),
    Reason.NESTING: (400, "The query is nested too deeply"),
    Reason.NOT_ACCEPTABLE: (406, "None of the accepted formats is available"),
    Reason.FORMAT: (406, "The result cannot be written in this format"),
    Reason.TIMEOUT: (504, "The query took too long"),
    Reason.BUSY: (503, "The server is busy"),
    Reason.MEMORY: (500, "The query needs too much memory"),
    Reason.TOO_LARGE: (500, "The result is too large"),
    Reason.STORE: (503, "The graph cannot be read"),
    Reason.CRASH: (500, "The query could not be evaluated"),
    Reason.ABANDONED: (500, "The client went away"),
}


@blueprint.route("/sparql", methods=["GET", "POST"])
def query() -> Response:
    """Answer a query; without one, describe the service or show the query page."""
    parameters, text = _query_of_request()
    wanted = parameters.get("format")
    if text is None:
        return _describe(wanted)
    if wanted is None and request.method != "POST" and _prefers_page():
        return pages.query_page(text)
    graph = site().graph()
    results = choose(request.accept_mimetypes, RESULTS, wanted=wanted)
    rdf = choose(request.accept_mimetypes, GRAPHS, wanted=wanted)
    job = job_for(graph, text, results=results, rdf=rdf, parameters=parameters)
    tag = _tag(graph, job)
    if request.method != "POST" and request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        answer = evaluate(job)
        choice = rdf if answer.head.form == "graph" else results
        assert choice is not None
        response = Response(_Stream(answer), content_type=choice.content_type)
        if answer.length is not None:
            response.content_length = answer.length
        if answer.head.volatile:
            response.headers["Cache-Control"] = "no-store"
            return response
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


class _Stream:
    """The bytes of an answer; one that fails on its way breaks the connection, so that nobody takes it for whole."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer
        except QueryFailed as error:
            _LOG.warning("a result was broken off: %s", error)
            # Servers close the connection on this one without a word to the client or the log.
            raise ConnectionResetError(errno.ECONNRESET, str(error)) from None

    def close(self) -> None:
        """Give up what has not been sent."""
        self._answer.close()


@blueprint.after_request
def _allow_other_origins(response: Response) -> Response:
    """CORS: the data is public, and a browser may read it from anywhere."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    response.vary.add("Accept")
    return response


def job_for(
    graph: Graph,
    text: str,
    *,
    results: Choice | None,
    rdf: Choice | None,
    parameters: MultiDict[str, str],
) -> Job:
    """A query with the dataset that the protocol names for it (§2.1.4)."""
    default = tuple(parameters.getlist("default-graph-uri"))
    named = tuple(parameters.getlist("named-graph-uri"))
    given = bool(default or named)
    return Job(
        text,
        str(graph.snapshot.dataset_path),
        results=None if results is None else results.format.name,
        graph=None if rdf is None else rdf.format.name,
        base=graph.base,
        default_graphs=default if given else None,
        named_graphs=named if given else None,
    )


def evaluate(job: Job) -> Answer:
    """The result of a query.

    Raises:
        Problem: it has none.
    """
    try:
        return site().pool.run(job, client=request.remote_addr or "")
    except QueryFailed as error:
        raise problem_of(error) from error


def problem_of(error: QueryFailed) -> Problem:
    """The problem that a failed query is."""
    status, title = _STATUS[error.reason]
    detail = str(error)
    if error.reason is Reason.NOT_ACCEPTABLE:
        offered, what = (
            (GRAPHS, "CONSTRUCT and DESCRIBE") if detail == "graph" else (RESULTS, "SELECT and ASK")
        )
        detail = f"{what} are answered in {listed(offered)}"
    place = {"line": error.line, "column": error.column}
    return Problem(
        status,
        error.reason,
        title,
        detail,
        more={name: number for name, number in place.items() if number is not None},
        headers={"Retry-After": "2"} if error.reason is Reason.BUSY else None,
    )


def _query_of_request() -> tuple[MultiDict[str, str], str | None]:
    """The parameters, and the query; None on a GET without one.

    Raises:
        Problem: the request is none of the three of §2.1.
    """
    if request.method != "POST":
        return request.args, _only_query(request.args)
    if request.mimetype == _FORM:
        if "update" in request.form:
            raise _read_only()
        query_ = _only_query(request.form)
        if query_ is None:
            raise Problem(400, "no-query", "There is no query", "the form needs the field `query`")
        return request.form, query_
    if request.mimetype == _QUERY:
        try:
            return request.args, request.get_data().decode()
        except UnicodeDecodeError as error:
            raise Problem(
                400, "encoding", "The query is not UTF-8", f"the query must be UTF-8: {error}"
            ) from error
    if request.mimetype == _UPDATE:
        raise _read_only()
    raise Problem(
        415,
        "media-type",
        "The body is of another type",
        f"a POST carries {_FORM} or {_QUERY}, not {request.mimetype or 'an untyped body'}",
        headers={"Accept-Post": f"{_FORM}, {_QUERY}"},
    )


def _only_query(parameters: MultiDict[str, str]) -> str | None:
    queries = parameters.getlist("query")
    if len(queries) > 1:
        raise Problem(400, "many-queries", "There is more than one query", "send one `query` at a time")
    return queries[0] if queries else None


def _read_only() -> Problem:
    return Problem(
        403, "read-only", "This endpoint is read-only", "updates (LOAD, INSERT, DELETE, …) are refused"
    )


def _prefers_page() -> bool:
    choice = choose(request.accept_mimetypes, (*RESULTS, *GRAPHS, HTML))
    return choice is not None and choice.format is HTML


def _describe(wanted: str | None) -> Response:
    choice = choose(request.accept_mimetypes, (*GRAPHS, HTML), wanted=wanted)
    if choice is None:
        raise Problem(
            406,
            Reason.NOT_ACCEPTABLE,
            _STATUS[Reason.NOT_ACCEPTABLE][1],
            f"without a query, this address answers with its service description in {listed((*GRAPHS, HTML))}",
        )
    if choice.format is HTML:
        return pages.query_page("")
    body = service_description.serialise(request.base_url, site().graph().snapshot.manifest, choice.format)
    return Response(body, content_type=choice.content_type)


def _tag(graph: Graph, job: Job) -> str:
    """Changes with whatever the result of a query depends on."""
    parts = (graph.snapshot.id, job.query, job.results, job.graph, job.default_graphs, job.named_graphs)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
