"""What machines read about the server: VoID at its well-known address, OpenAPI of its JSON routes."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request

from server import openapi, void
from server.caching import fresh, tag_of
from server.negotiation import GRAPHS, choose, listed
from server.problems import Problem
from server.site import site

blueprint = Blueprint("descriptions", __name__)


@blueprint.get("/.well-known/void")
def void_description() -> Response:
    """What is in the graph (https://www.w3.org/TR/void/#well-known)."""
    choice = choose(request.accept_mimetypes, GRAPHS, wanted=request.args.get("format"))
    if choice is None:
        raise Problem(
            406,
            "not-acceptable",
            "None of the accepted formats is available",
            f"this description is available in {listed(GRAPHS)}",
            more={"available": [format_.media_type for format_ in GRAPHS]},
        )
    graph = site().graph()
    tag = tag_of(graph.snapshot.id, "void", request.url_root, choice.content_type)
    if fresh(tag):
        response = Response(status=304)
    else:
        body = void.serialise(request.url_root, graph, choice.format)
        response = Response(body, content_type=choice.content_type)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    return response


@blueprint.get("/openapi.json")
def openapi_description() -> Response:
    """The routes that speak JSON."""
    body = json.dumps(openapi.description(request.url_root.rstrip("/")), ensure_ascii=False, indent=1)
    response = Response(body + "\n", content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response
