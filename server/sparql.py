"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): queries, and updates where they are allowed.

A query that is ended at its deadline is answered 504, not 503: the server stands before its worker processes as a
gateway does, and 503 with `Retry-After`, which clients repeat by themselves, is left to "busy".
"""

from __future__ import annotations

import threading
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from server import answers, pages, service_description
from server.caching import fresh, tag_of
from server.clients import client
from server.negotiation import GRAPHS, HTML, RESULTS, Choice, Format, choose, disposition, listed
from server.observation import note_query
from server.problems import Problem
from server.query_jobs import Job, QueryFailed, Reason
from server.query_workers import Answer
from server.site import Graph, site
from server.tokens import Scope
from server.writing import written

blueprint = Blueprint("sparql", __name__)

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_ACCEPT_POST: Final = {"Accept-Post": f"{_FORM}, {_QUERY}, {_UPDATE}"}

#: To decode a form takes fifty times its size: of those with more bytes than this, two are decoded at a time.
_LARGE: Final = 64 * 1024
_PARSING: Final = threading.BoundedSemaphore(2)

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
    Reason.CANCELLED: (503, "The query was ended"),
    Reason.ABANDONED: (500, "The client went away"),
}


@blueprint.route("/sparql", methods=["GET", "POST"])
@blueprint.route("/sparql.<extension>", methods=["GET", "POST"])
def query(extension: str | None = None) -> Response:
    """Answer a query, or carry out an update; without either, describe the service or show the query page."""
    _check_charset()
    if _is_update():
        return _update()
    parameters, text = _query_of_request()
    wanted = extension or parameters.get("format")
    if text is None:
        return _describe(wanted)
    if wanted is None and request.method != "POST" and _prefers_page():
        return pages.query_page(text)
    graph = site().graph()
    results = choose(request.accept_mimetypes, RESULTS, wanted=wanted)
    rdf = choose(request.accept_mimetypes, GRAPHS, wanted=wanted)
    job = job_for(graph, text, results=results, rdf=rdf, parameters=parameters)
    tag = tag_of(graph.snapshot.id, job.as_bytes())
    if fresh(tag):
        response = Response(status=304)
    else:
        answer = None
        while answer is None:
            try:
                answer = evaluate(job)
            except Problem as problem:
                newer = site().graph()
                if problem.code != Reason.STORE or newer.snapshot.id == graph.snapshot.id:
                    raise
                # While it waited, its snapshot was replaced and removed.
                graph = newer
                job = job_for(graph, text, results=results, rdf=rdf, parameters=parameters)
                tag = tag_of(graph.snapshot.id, job.as_bytes())
        choice = rdf if answer.head.form == "graph" else results
        assert choice is not None
        # A body that is whole can be compressed as a whole, and kept for the next who asks.
        body = answers.Body(answer) if answer.length is None else answer.read()
        response = Response(body, content_type=choice.content_type)
        if "download" in parameters:
            response.headers["Content-Disposition"] = disposition(parameters["download"], choice.format)
        if answer.head.volatile:
            response.headers["Cache-Control"] = "no-store"
            return response
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.after_request
def _depends_on_accept(response: Response) -> Response:
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
        return answers.answer(job, client=client())
    except QueryFailed as error:
        raise problem_of(error) from error


def problem_of(error: QueryFailed) -> Problem:
    """The problem that a failed query is."""
    status, title = _STATUS[error.reason]
    detail = str(error)
    offered: tuple[Format, ...] = ()
    if error.reason is Reason.NOT_ACCEPTABLE:
        offered, what = (
            (GRAPHS, "CONSTRUCT and DESCRIBE") if detail == "graph" else (RESULTS, "SELECT and ASK")
        )
        detail = f"{what} are answered in {listed(offered)}"
    more: dict[str, object] = {"line": error.line, "column": error.column}
    if error.reason is Reason.NOT_ACCEPTABLE:
        more["available"] = [format_.media_type for format_ in offered]
    return Problem(
        status,
        error.reason,
        title,
        detail,
        more={name: value for name, value in more.items() if value is not None},
        headers={"Retry-After": "2"} if error.reason is Reason.BUSY else None,
    )


def _check_charset() -> None:
    charset = request.mimetype_params.get("charset", "utf-8").casefold()
    if request.method == "POST" and charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(
            415, "encoding", "The body is not UTF-8", "SPARQL is sent in UTF-8", headers=_ACCEPT_POST
        )


def _is_update() -> bool:
    """Whether the request is one of the two of §2.2; a token allows it a larger body."""
    if request.method != "POST":
        if "update" in request.args:
            raise Problem(
                400, "update-by-get", "Updates are sent by POST", f"POST it as {_FORM} or {_UPDATE}"
            )
        return False
    if site().tokens.allow(Scope.UPDATE):
        request.max_content_length = request.max_form_memory_size = site().settings.max_upload
    length = request.content_length
    if request.mimetype == _FORM and (length is None or length > _LARGE):
        request.get_data()  # kept: no slow client is to be waited for in the queue, and none in chunks is cut
        with _PARSING:
            request.form  # noqa: B018  # read now, and kept too
    return request.mimetype == _UPDATE or (request.mimetype == _FORM and "update" in request.form)


def _update() -> Response:
    """Carry out an update (§2.2).

    Raises:
        Problem: it is refused, malformed, or would break a shape; nothing has changed.
    """
    site().tokens.check(Scope.UPDATE, what="updates")
    if request.mimetype == _FORM:
        parameters = MultiDict([*request.args.items(multi=True), *request.form.items(multi=True)])
        text = _only("update", parameters) or ""
    else:
        parameters = request.args
        if "update" in parameters:
            raise _many("update")
        text = _body()
    if "query" in parameters:
        raise Problem(400, "two-operations", "A query and an update", "send one of the two at a time")
    note_query(text)
    done = site().writer.write(
        "update",
        text=text,
        using=parameters.getlist("using-graph-uri"),
        using_named=parameters.getlist("using-named-graph-uri"),
    )
    return written(done)


def _query_of_request() -> tuple[MultiDict[str, str], str | None]:
    """The parameters, and the query; None on a GET without one.

    Raises:
        Problem: the request is none of the three of §2.1.
    """
    if request.method != "POST":
        return request.args, _only("query", request.args)
    if request.mimetype == _FORM:
        parameters = MultiDict([*request.args.items(multi=True), *request.form.items(multi=True)])
        text = _only("query", parameters)
        if text is None:
            raise Problem(
                400, "no-query", "There is no query", "the form needs the field `query` or `update`"
            )
        return parameters, text
    if request.mimetype == _QUERY:
        if "query" in request.args:
            raise _many("query")
        return request.args, _body()
    raise Problem(
        415,
        "media-type",
        "The body is of another type",
        f"a POST carries {_FORM}, {_QUERY} or {_UPDATE}, not {request.mimetype or 'an untyped body'}",
        headers=_ACCEPT_POST,
    )


def _body() -> str:
    try:
        return request.get_data().decode()
    except UnicodeDecodeError as error:
        raise Problem(
            400, "encoding", "The body is not UTF-8", f"SPARQL is sent in UTF-8: {error}"
        ) from error


def _only(name: str, parameters: MultiDict[str, str]) -> str | None:
    given = parameters.getlist(name)
    if len(given) > 1:
        raise _many(name)
    return given[0] if given else None


def _many(name: str) -> Problem:
    return Problem(400, "many-queries", f"There is more than one {name}", f"send one `{name}` at a time")


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
            more={"available": [format_.media_type for format_ in (*GRAPHS, HTML)]},
        )
    if choice.format is HTML:
        return pages.query_page("")
    snapshot = site().graph().snapshot
    tag = tag_of(snapshot.id, request.url_root, choice.content_type)
    if fresh(tag):
        response = Response(status=304)
    else:
        body = service_description.serialise(
            f"{request.url_root}sparql", snapshot.manifest, choice.format, writable=bool(site().tokens)
        )
        response = Response(body, content_type=choice.content_type)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Link"] = f'<{request.url_root}.well-known/void>; rel="describedby"'
    return response
