"""Whatever is sent to the protocol layer, and to the JSON routes: the answer is a documented one, never a failure."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.negotiation import GRAPHS, RESULTS
from server.openapi import description
from tests.server.conftest import application

#: What a client may be answered: the documented limits among them, an unexplained 500 not.
DOCUMENTED = {
    200,
    201,
    204,
    303,
    304,
    400,
    401,
    403,
    404,
    405,
    406,
    409,
    412,
    413,
    415,
    422,
    429,
    501,
    503,
    504,
}

_TYPES = [f.media_type for f in (*RESULTS, *GRAPHS)]
_HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
_ACCEPT = st.one_of(
    _HEADER,
    st.lists(st.sampled_from([*_TYPES, "text/html", "*/*", "text/*", "image/png"]), max_size=4).map(
        ", ".join
    ),
    st.tuples(st.sampled_from(_TYPES), st.floats(allow_nan=True, allow_infinity=True)).map(
        lambda pair: f"{pair[0]};q={pair[1]}"
    ),
)
_QUERY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["ASK {}", "SELECT * { ?s ?p ?o } LIMIT 2", "CONSTRUCT WHERE { ?s ?p ?o }", "SELECT (1/0 AS ?x) {}"]
    ),
)
_PARAMETER = st.tuples(
    st.sampled_from(
        ["query", "update", "format", "default-graph-uri", "named-graph-uri", "download", "graph", "x"]
    ),
    _QUERY,
)
_QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@_QUICK
@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY"]),
    st.sampled_from(
        ["/sparql", "/sparql.csv", "/store", "/store/x", "/query", "/id/x", "/resource", "/releases"]
    ),
    st.lists(_PARAMETER, max_size=4),
    _ACCEPT,
    st.one_of(
        _HEADER,
        st.sampled_from(
            ["application/sparql-query", "application/x-www-form-urlencoded", "multipart/form-data"]
        ),
    ),
    st.binary(max_size=60),
    _HEADER,
)
def test_any_request(
    app: Flask,
    method: str,
    path: str,
    parameters: list[tuple[str, str]],
    accept: str,
    type_: str,
    body: bytes,
    header: str,
) -> None:
    """Any method, parameters, headers and body."""
    headers = {
        "Accept": accept,
        "If-None-Match": header,
        "If-Match": header,
        "Accept-Encoding": header,
        "Range": header,
    }
    response = app.test_client().open(
        path, method=method, query_string=parameters, headers=headers, content_type=type_, data=body
    )
    assert response.status_code in DOCUMENTED, response.text
    if response.status_code >= 400 and response.mimetype == "application/problem+json" and method != "HEAD":
        assert json.loads(response.data)["status"] == response.status_code
    assert "Traceback" not in response.text


@_QUICK
@given(
    st.text(max_size=30),
    st.lists(st.sampled_from(["{", "}", "ASK", "?s", '"', "'''", "<", ">", "\\", "#", "\n"]), max_size=25),
)
def test_any_query(client: FlaskClient, text: str, parts: list[str]) -> None:
    """Anything that is like a query is answered, or is a 400."""
    response = client.post("/sparql", data={"query": " ".join(["ASK", *parts, text])})
    assert response.status_code in (200, 400), response.text


@schemathesis.serializer(
    "application/sparql-query", "application/sparql-update", "application/pdf", "text/markdown"
)
def as_bytes(context: schemathesis.SerializationContext, value: object) -> bytes:
    """The bodies that are no JSON, as they are."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


schema = schemathesis.openapi.from_dict(description("http://localhost"))


@pytest.fixture(scope="module")
def described(data: Path) -> Iterator[Flask]:
    with application(data, query_timeout=5) as app:
        yield app


@schema.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_description_holds(case: schemathesis.Case[Any], described: Flask) -> None:
    """What the OpenAPI description says of statuses, types and bodies is so."""
    response = case.call(app=described)
    case.validate_response(
        response, checks=[status_code_conformance, content_type_conformance, response_schema_conformance]
    )
