"""Errors as the client wants them: an RFC 9457 problem document, a page, or a line of text; never a stack trace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import NoSnapshot, QueryError, StoreError
from kg.namespaces import PROJECT
from server.negotiation import PROBLEMS, Choice, choose

_KEPT: Final = ("Allow", "Retry-After", "Accept-Post")


class Problem(Exception):
    """An error with all that its document says (RFC 9457 §3.1).

    Attributes:
        status: HTTP status code.
        code: names the kind of problem; last segment of its `type`.
        title: the same for every problem of the kind.
        detail: what is wrong this time, and the remedy.
        more: extension members.
        headers: for the response.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str,
        *,
        more: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.more = dict(more or {})
        self.headers = dict(headers or {})

    def response(self) -> Response | None:
        """A response of its own kind for the request at work; None for one in the form of a problem."""
        return None


def respond(problem: Problem) -> Response:
    """The response for a problem, in the form that the client prefers."""
    special = problem.response()
    if special is not None:
        return _never_stored(special, problem)
    choice = choose(request.accept_mimetypes, PROBLEMS) or Choice(PROBLEMS[0], PROBLEMS[0].media_type)
    name = choice.format.name
    if name == "html":
        body = render_template("problem.html", problem=problem, phrase=HTTPStatus(problem.status).phrase)
    elif name == "text":
        place = "".join(
            f" {name} {problem.more[name]}" for name in ("line", "column") if name in problem.more
        )
        body = f"{problem.title}{':' if place else ''}{place}\n{problem.detail}\n"
    else:
        document = {
            "type": f"{PROJECT}problem/{problem.code}",
            "title": problem.title,
            "status": problem.status,
            "detail": problem.detail,
            **problem.more,
        }
        body = json.dumps(document, ensure_ascii=False) + "\n"
    return _never_stored(Response(body, problem.status, content_type=choice.content_type), problem)


def _never_stored(response: Response, problem: Problem) -> Response:
    response.headers.update(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def register(app: Flask) -> None:
    """Have every error of the app answered by `respond`."""
    app.register_error_handler(Problem, respond)
    app.register_error_handler(HTTPException, _http_exception)
    app.register_error_handler(NoSnapshot, _no_snapshot)
    app.register_error_handler(StoreError, _store_error)
    app.register_error_handler(QueryError, _query_error)


def _http_exception(error: HTTPException) -> Response:
    status = error.code or 500
    phrase = HTTPStatus(status).phrase
    headers = {name: value for name, value in error.get_headers() if name in _KEPT}
    return respond(
        Problem(
            status, phrase.lower().replace(" ", "-"), phrase, error.description or phrase, headers=headers
        )
    )


def _no_snapshot(error: NoSnapshot) -> Response:
    return respond(
        Problem(503, "no-snapshot", "Nothing has been built yet", str(error), headers={"Retry-After": "30"})
    )


def _store_error(error: StoreError) -> Response:
    return respond(Problem(503, "store", "The graph cannot be read", str(error)))


def _query_error(error: QueryError) -> Response:
    return respond(Problem(400, "query", "The query is refused", str(error)))
