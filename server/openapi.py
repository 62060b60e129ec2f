"""The OpenAPI description of the routes that speak JSON; a test holds it to the routes that there are."""

from __future__ import annotations

from typing import Any, Final

import kg

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
_NULLABLE: Final = {"type": ["string", "null"]}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {**required, **optional}, "required": sorted(required)}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_PROBLEM: Final = _object(
    {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
    },
    line={"type": "integer", "minimum": 1},
    column={"type": "integer", "minimum": 0},
    available={"type": "array", "items": _TEXT},
    report={"type": "object"},
)


def _problems(*statuses: int) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": _MEANING[status], "content": content} for status in statuses}


_MEANING: Final = {
    400: "What was sent is malformed or refused; for SPARQL with line and column.",
    401: "A token is needed.",
    403: "The server is read-only, or the token is not good for this.",
    404: "There is no such thing.",
    406: "None of the accepted formats is available; the problem lists those that are.",
    409: "The graph is not as the write expects it.",
    412: "The precondition does not hold.",
    413: "The body is larger than the limit.",
    415: "The body is of another type.",
    422: "The graph would not conform: the problem has the validation report; nothing has changed.",
    429: "One client sends too many requests.",
    500: "The query needs more memory, or its result is larger, than the limit, or it has ended its worker.",
    503: "Nothing is built yet, or the server is busy; `Retry-After` says when to try again.",
    504: "The query or the write took longer than the limit.",
}

_WRITTEN: Final = {"snapshot": _TEXT, "changed": {"type": "boolean"}}
_QUERY_PARAMETERS: Final = [
    {"name": "query", "in": "query", "required": True, "schema": _TEXT, "example": "ASK {}"},
    *(
        {
            "name": name,
            "in": "query",
            "schema": {"type": "array", "items": {"type": "string", "format": "uri"}},
        }
        for name in ("default-graph-uri", "named-graph-uri")
    ),
]
_RESULTS: Final = {
    "description": "The result, in the format that `Accept` or `format` asks for.",
    "content": {
        "application/sparql-results+json": {
            "schema": _object(
                {"head": {"type": "object"}}, results={"type": "object"}, boolean={"type": "boolean"}
            )
        },
        "text/turtle": {"schema": _TEXT},
    },
}


def description(server: str) -> dict[str, Any]:
    """The whole document (OpenAPI 3.1); `server` is the address without a slash at its end."""
    queries_of_others: dict[str, Any] = {"security": [{"token": []}, {"login": []}]}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "releasekg",
            "version": kg.__version__,
            "description": "A knowledge graph of drug-development press releases. The SPARQL 1.1 Protocol is at "
            "`/sparql`, the Graph Store Protocol at `/store`, linked data at the IRIs of the graph.",
        },
        "servers": [{"url": server}],
        "paths": {
            "/health": {
                "get": {
                    "operationId": "health",
                    "summary": "Whether the server lives",
                    "responses": {
                        "200": _json(
                            "It does.",
                            _object(
                                {"status": {"enum": ["ok", "degraded"]}, "snapshot": _NULLABLE},
                                created=_TEXT,
                                releases=_COUNT,
                                triples=_COUNT,
                                version=_TEXT,
                                detail=_TEXT,
                            ),
                        ),
                    },
                }
            },
            "/ready": {
                "get": {
                    "operationId": "ready",
                    "summary": "Whether queries are answered",
                    "responses": {
                        status: _json(
                            text,
                            _object(
                                {"ready": {"type": "boolean"}, "snapshot": _NULLABLE, "workers": _COUNT},
                                detail=_TEXT,
                            ),
                        )
                        for status, text in (("200", "They are."), ("503", "Not yet, or not now."))
                    },
                }
            },
            "/releases": {
                "get": {
                    "operationId": "releases",
                    "summary": "The releases of the graph, the newest first",
                    "responses": {
                        "200": _json(
                            "The releases.",
                            _object(
                                {
                                    "snapshot": _TEXT,
                                    "releases": {
                                        "type": "array",
                                        "items": _object(
                                            {"id": _TEXT, "iri": _TEXT, "date": _NULLABLE, "headline": _TEXT}
                                        ),
                                    },
                                }
                            ),
                        ),
                        **_problems(503),
                    },
                },
                "post": {
                    "operationId": "submitRelease",
                    "summary": "Add a release: it is read, validated and published",
                    "security": [{"token": []}],
                    "parameters": [
                        {"name": "name", "in": "query", "schema": _TEXT},
                        *(
                            {"name": name, "in": "query", "schema": {"type": "boolean"}}
                            for name in ("replace", "strict")
                        ),
                    ],
                    "requestBody": {
                        "required": True,
                        "content": {
                            type_: {"schema": _TEXT}
                            for type_ in ("text/plain", "text/markdown", "text/html", "application/pdf")
                        },
                    },
                    "responses": {
                        status: _json(
                            text,
                            _object(
                                {
                                    **_WRITTEN,
                                    "releases": {
                                        "type": "array",
                                        "items": _object({"id": _TEXT, "iri": _TEXT}),
                                    },
                                    "withheld": {"type": "array", "items": _TEXT},
                                }
                            ),
                        )
                        for status, text in (("200", "They were there."), ("201", "They are there now."))
                    }
                    | _problems(400, 401, 403, 409, 412, 413, 415, 422, 500, 503, 504),
                },
            },
            "/sparql": {
                "get": {
                    "operationId": "query",
                    "summary": "A SPARQL query",
                    "parameters": _QUERY_PARAMETERS,
                    "responses": {"200": _RESULTS, **_problems(400, 406, 500, 503, 504)},
                },
                "post": {
                    "operationId": "queryOrUpdate",
                    "summary": "A SPARQL query, or an update by a holder of a token",
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/sparql-query": {"schema": _TEXT, "example": "ASK {}"},
                            "application/sparql-update": {"schema": _TEXT},
                        },
                    },
                    "responses": {
                        "200": {
                            "description": "The result; of an update, the new snapshot.",
                            "content": {
                                **_RESULTS["content"],  # type: ignore[dict-item]
                                "application/json": {"schema": _object(_WRITTEN)},
                            },
                        },
                        **_problems(400, 401, 403, 406, 409, 412, 413, 415, 422, 500, 503, 504),
                    },
                },
            },
            "/queries": {
                "get": {
                    "operationId": "runningQueries",
                    "summary": "The queries at work",
                    **queries_of_others,
                    "responses": {
                        "200": _json(
                            "The queries, the oldest first.",
                            _object(
                                {
                                    "queries": {
                                        "type": "array",
                                        "items": _object(
                                            {
                                                "id": _TEXT,
                                                "query": _TEXT,
                                                "client": _TEXT,
                                                "started": {"type": "string", "format": "date-time"},
                                                "seconds": {"type": "number"},
                                                "long": {"type": "boolean"},
                                            }
                                        ),
                                    }
                                }
                            ),
                        ),
                        **_problems(401, 403),
                    },
                }
            },
            "/queries/{id}": {
                "delete": {
                    "operationId": "cancelQuery",
                    "summary": "End a query",
                    **queries_of_others,
                    "parameters": [{"name": "id", "in": "path", "required": True, "schema": _TEXT}],
                    "responses": {"204": {"description": "It is being ended."}, **_problems(401, 403, 404)},
                }
            },
        },
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "login": {"type": "http", "scheme": "basic", "description": "The token as the password."},
            },
        },
    }
