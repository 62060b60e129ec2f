"""Puts the Flask application together: blueprints, errors, headers, and the end of the query workers."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import Any, Final

import flask
from flask import Flask, Response, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.utils import cached_property

from server import (
    descriptions,
    exports,
    graph_store,
    linked_data,
    operations,
    pages,
    problems,
    sparql,
    submissions,
)
from server.caching import page_tag
from server.clients import RateLimit
from server.compression import compress
from server.negotiation import accepted
from server.observation import Observation, note_handler
from server.query_lane import QueryLane
from server.query_workers import QueryPool
from server.response_cache import CACHE, ResponseCache
from server.response_headers import CORS, SECURITY
from server.settings import Settings
from server.site import EXTENSION, Site
from server.warming import Warming

#: Where the app keeps what prepares a new snapshot.
WARMING: Final = "releasekg.warming"


class Request(flask.Request):
    """A request; its `Accept` header is parsed once for all that have the same."""

    @cached_property
    def accept_mimetypes(self) -> MIMEAccept:
        """What the client takes."""
        return accepted(self.headers.get("Accept"))

    def get_data(self, cache: bool = True, as_text: bool = False, parse_form_data: bool = False) -> Any:
        """The body.

        Raises:
            RequestEntityTooLarge: it is larger than it may be; werkzeug itself cuts one that comes in chunks.
        """
        data = super().get_data(cache, as_text, parse_form_data)  # type: ignore[call-overload]  # for literals
        limit = self.max_content_length
        if (
            self.content_length is None
            and limit is not None
            and len(data) >= limit
            and self.environ["wsgi.input"].read(1)
        ):
            raise RequestEntityTooLarge
        return data


def build(data: Path, settings: Settings, *, pool: QueryPool | None = None) -> Flask:
    """The application over a data directory; with a pool that evaluates its queries, if there is one already."""
    app = Flask("server")
    app.request_class = Request
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the default provider
    site = app.extensions[EXTENSION] = Site(data, settings, pool)
    atexit.register(site.pool.close)
    for module in (sparql, graph_store, submissions, exports, operations, descriptions, pages, linked_data):
        app.register_blueprint(module.blueprint)
    problems.register(app)
    app.before_request(note_handler)
    limit = RateLimit(settings.rate, settings.rate_burst) if settings.rate else None
    if limit is not None:
        app.before_request(limit.check)
    app.after_request(_finish)
    app.wsgi_app = QueryLane(app.wsgi_app, site, limit=limit)  # type: ignore[method-assign]  # as Flask has it
    cache = ResponseCache(app.wsgi_app, snapshot=site.snapshots.current_id, size=settings.cache, limit=limit)
    app.wsgi_app = cache  # type: ignore[method-assign]  # as Flask has it
    app.extensions[CACHE] = cache
    app.extensions[WARMING] = Warming(site, cache)
    app.wsgi_app = Observation(app.wsgi_app, settings.access_log)  # type: ignore[method-assign]  # as Flask has it
    if settings.proxies:
        count = settings.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # as Flask's documentation has it
    return app


def _finish(response: Response) -> Response:
    """What every response goes through, errors included."""
    _allow_other_origins(response)
    page_tag(response)
    _secure(response)
    return compress(response)


def _allow_other_origins(response: Response) -> None:
    for name, value in CORS:
        response.headers[name] = value
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
        response.headers["Access-Control-Allow-Headers"] = (
            "Accept, Authorization, Content-Type, If-Match, If-None-Match, Slug"
        )
        response.headers["Access-Control-Max-Age"] = "86400"


def _secure(response: Response) -> None:
    headers = response.headers
    present = {name.lower() for name in headers.keys()}  # noqa: SIM118  # of a list of pairs
    for name, value in SECURITY:
        if name.lower() not in present:
            headers.add(name, value)
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
