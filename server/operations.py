"""What an operator asks: whether the server lives, whether it is ready, what it counts, which queries are at work."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

import kg
from kg.errors import NoSnapshot, StoreError
from server import metrics
from server.negotiation import HTML, PROBLEMS, choose
from server.problems import Problem
from server.response_cache import CACHE
from server.site import site
from server.tokens import Scope

blueprint = Blueprint("operations", __name__)


@blueprint.get("/health")
def health() -> Response:
    """Whether the server lives, and what it serves; 200 also before anything is built."""
    try:
        graph = site().graph()
    except NoSnapshot as error:
        return _json({"status": "ok", "snapshot": None, "detail": str(error)})
    except StoreError as error:
        return _json({"status": "degraded", "snapshot": None, "detail": str(error)})
    manifest = graph.snapshot.manifest
    trouble = {"detail": site().trouble} if site().trouble else {}
    return _json(
        {
            "status": "degraded" if trouble else "ok",
            "snapshot": graph.snapshot.id,
            "created": manifest.created,
            "releases": len(manifest.releases),
            "triples": manifest.triples,
            "version": kg.__version__,
            **trouble,
        }
    )


@blueprint.get("/ready")
def ready() -> Response:
    """Whether queries are answered: the snapshot can be read, and there are workers; 503 otherwise."""
    pool = site().pool
    pool.warm_up()
    state: dict[str, object] = {"snapshot": None, "workers": len(pool.pids())}
    try:
        state["snapshot"] = site().graph().snapshot.id
    except StoreError as error:
        state["detail"] = str(error)
    is_ready = state["snapshot"] is not None and state["workers"] != 0
    return _json({"ready": is_ready, **state}, 200 if is_ready else 503)


@blueprint.get("/metrics")
def prometheus() -> Response:
    """What is counted, for Prometheus."""
    response = Response(
        metrics.exposition(site(), current_app.extensions[CACHE]), content_type=metrics.CONTENT_TYPE
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/queries")
def queries() -> Response:
    """The queries at work, for a holder of a token; a browser asks for it as a password."""
    site().tokens.check(Scope.QUERIES, what="the queries of others", basic=True)
    running = site().pool.running.all()
    if _wants_page():
        response = Response(
            render_template("queries.html", running=running, started=_started),
            content_type=HTML.content_type(),
        )
        response.headers["Cache-Control"] = "no-store"
    else:
        response = _json(
            {
                "queries": [
                    {
                        "id": query.id,
                        "query": query.query,
                        "client": query.client,
                        "started": _started(query.started),
                        "seconds": round(query.seconds, 3),
                        "long": query.long,
                    }
                    for query in running
                ]
            }
        )
    response.vary.add("Accept")
    return response


@blueprint.delete("/queries/<id_>")
def cancel(id_: str) -> Response:
    """End a query."""
    _cancel(id_)
    return Response(status=204)


@blueprint.post("/queries/<id_>/cancel")
def cancel_by_form(id_: str) -> AnyResponse:
    """End a query, by the button of the page."""
    _cancel(id_)
    return redirect(url_for("operations.queries"), 303)


def _cancel(id_: str) -> None:
    _check_origin()
    site().tokens.check(Scope.QUERIES, what="cancelling queries", basic=True)
    if not site().pool.running.cancel(id_):
        raise Problem(404, "not-found", "Not found", f"no query {id_!r} is at work")


def _check_origin() -> None:
    """A browser sends a login by itself, also for a form on another site: such a form is refused.

    Raises:
        Problem: the request comes from a page of another origin.
    """
    sender = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if sender is not None and sender not in ("same-origin", "none"):
        foreign = True
    else:
        foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign:
        raise Problem(403, "origin", "This comes from another site", "use the page of this server")


def _wants_page() -> bool:
    choice = choose(request.accept_mimetypes, (PROBLEMS[0], HTML))
    return choice is not None and choice.format is HTML


def _started(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _json(body: object, status: int = 200) -> Response:
    response = Response(json.dumps(body) + "\n", status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
