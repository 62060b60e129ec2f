"""Puts the Flask application together: blueprints, errors, headers, and the end of the query workers."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import Final

from flask import Flask, Response, request

from server import linked_data, pages, problems, sparql
from server.settings import Settings
from server.site import EXTENSION, Site

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY: Final = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)


def build(data: Path, settings: Settings) -> Flask:
    """The application over a data directory."""
    app = Flask("server")
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the default provider
    site = app.extensions[EXTENSION] = Site(data, settings)
    atexit.register(site.pool.close)
    for blueprint in (sparql.blueprint, pages.blueprint, linked_data.blueprint):
        app.register_blueprint(blueprint)
    problems.register(app)
    app.after_request(_secure)
    return app


def _secure(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
    return response
