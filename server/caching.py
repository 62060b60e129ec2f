"""Entity tags: a snapshot never changes, so its id and the question name an answer (RFC 9110 §8.8, §13)."""

from __future__ import annotations

import hashlib

from flask import Response, g, request

import kg

_PAGES = ("pages.", "linked_data.")


def tag_of(snapshot: str, *parts: object) -> str:
    """An entity tag that changes with the snapshot and with each part."""
    digest = hashlib.sha256(repr((kg.__version__, parts)).encode()).hexdigest()[:24]
    return f"{snapshot}-{digest}"


def fresh(tag: str) -> bool:
    """Whether the client has this already, so that 304 is the answer."""
    return request.method in ("GET", "HEAD") and request.if_none_match.contains_weak(tag)


def page_tag(response: Response) -> Response:
    """Tag a page, or the RDF behind it: it depends on the snapshot and the request alone."""
    graph = g.get("graph")
    if (
        graph is not None
        and response.status_code == 200
        and request.method in ("GET", "HEAD")
        and (request.endpoint or "").startswith(_PAGES)
        and "ETag" not in response.headers
        and "Cache-Control" not in response.headers
    ):
        tag = tag_of(graph.snapshot.id, request.full_path, request.url_root, response.content_type)
        response.set_etag(tag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
    return response
