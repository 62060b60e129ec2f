"""HTTP done right, for queries and pages alike: codings, conditions, formats, downloads, other origins."""

import gzip
import json
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from server.answers import unreadable_end
from server.clients import RateLimit
from server.negotiation import BY_NAME, GRAPHS, RESULTS, Format, disposition
from tests.server.conftest import application

ALL = "SELECT * { ?s ?p ?o }"
PAGES = ["/", "/id/drug/ex-101", "/id/release/r1", "/query", "/search?q=ex", "/validation", "/ontology"]


@pytest.mark.parametrize(("accept", "coding"), [("gzip", "gzip"), ("br", "br"), ("gzip, br", "br")])
@pytest.mark.parametrize("query", [ALL, f"{ALL} LIMIT 50"], ids=["long", "short"])
def test_codings(client: FlaskClient, accept: str, coding: str, query: str) -> None:
    """A result is compressed as the client likes it, and is the same afterwards."""
    plain = client.get("/sparql.nt", query_string={"query": query.replace("SELECT *", "CONSTRUCT WHERE")})
    packed = client.get(
        "/sparql.nt",
        query_string={"query": query.replace("SELECT *", "CONSTRUCT WHERE")},
        headers={"Accept-Encoding": accept},
    )
    assert packed.headers["Content-Encoding"] == coding
    assert {"Accept", "Accept-Encoding"} <= set(packed.headers["Vary"].split(", "))
    unpacked = gzip.decompress(packed.data) if coding == "gzip" else brotli.decompress(packed.data)
    assert unpacked == plain.data
    assert len(packed.data) < len(plain.data) / 2


@pytest.mark.parametrize("accept", ["", "identity", "gzip;q=0, br;q=0", "identity, gzip;q=0.5", "deflate"])
def test_no_coding(client: FlaskClient, accept: str) -> None:
    """A client that does not ask for a coding, or likes none better, gets the plain bytes."""
    response = client.get("/", headers={"Accept-Encoding": accept})
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response.headers["Vary"]


def test_small_bodies_stay_plain(client: FlaskClient) -> None:
    """What a coding would not make smaller is sent as it is."""
    response = client.get("/sparql?query=ASK{}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_not_sent_twice(client: FlaskClient, path: str) -> None:
    """A page has an ETag, and a client that has it gets 304 without a body."""
    first = client.get(path, headers={"Accept": "text/html"})
    assert first.status_code == 200
    again = client.get(path, headers={"Accept": "text/html", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(path, headers={"Accept": "text/html", "If-None-Match": '"other"'})
    assert other.status_code == 200


def test_page_and_rdf_have_different_tags(client: FlaskClient) -> None:
    """The tag belongs to the representation."""
    tags = {
        client.get("/id/drug/ex-101", headers={"Accept": type_}).headers["ETag"]
        for type_ in ("text/html", "text/turtle", "application/ld+json")
    }
    assert len(tags) == 3


@pytest.mark.parametrize("path", [*PAGES, "/sparql?query=ASK{}", "/sparql", "/health"])
def test_head_and_options(client: FlaskClient, path: str) -> None:
    """HEAD is GET without the body, OPTIONS says which methods there are; other origins may ask."""
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (get.status_code, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"]
    options = client.options(path, headers={"Origin": "http://x", "Access-Control-Request-Method": "GET"})
    assert options.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["Allow"].split(", "))
    assert options.headers["Access-Control-Allow-Methods"] == options.headers["Allow"]
    assert get.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", PAGES)
def test_other_methods(client: FlaskClient, path: str) -> None:
    """405 with the methods that there are, as a problem document."""
    response = client.delete(path)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("format_", RESULTS, ids=lambda f: f.name)
def test_a_format_by_extension(client: FlaskClient, format_: Format) -> None:
    """`/sparql.csv` is `/sparql?format=csv`."""
    name = format_.name
    one = client.get(f"/sparql.{name}", query_string={"query": "ASK {}"})
    other = client.get("/sparql", query_string={"query": "ASK {}", "format": name})
    assert (one.status_code, one.data, one.mimetype) == (200, other.data, other.mimetype)


@pytest.mark.parametrize("name", [f.name for f in GRAPHS])
def test_an_extension_of_an_iri(client: FlaskClient, name: str) -> None:
    """A path of ours with a format's extension is the RDF behind it."""
    response = client.get(f"/id/drug/ex-101.{name}")
    assert (response.status_code, response.mimetype) == (200, BY_NAME[name].media_type)
    assert 'rel="canonical"' in response.headers["Link"]
    assert "ex-101>;" in response.headers["Link"]


def test_an_extension_that_is_none(client: FlaskClient) -> None:
    """An unknown extension is part of a name that the graph does not know."""
    assert client.get("/id/drug/ex-101.png").status_code == 404
    assert client.get("/sparql.png?query=ASK{}").status_code == 406


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("drugs", "drugs.csv"),
        ("drugs.csv", "drugs.csv"),
        ("", "result.csv"),
        ('../../etc/"pass\r\nwd', "etc-pass-wd.csv"),
    ],
)
def test_downloads(client: FlaskClient, given: str, name: str) -> None:
    """`download` has a browser save the result under a name that cannot do harm."""
    response = client.get("/sparql", query_string={"query": ALL, "format": "csv", "download": given})
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert disposition(given, BY_NAME["csv"]).isprintable()


def test_not_acceptable_lists_what_there_is(client: FlaskClient) -> None:
    """A 406 says by media type what there is, for a query and for a page."""
    for path in ("/sparql?query=ASK{}", "/id/drug/ex-101"):
        response = client.get(path, headers={"Accept": "image/png"})
        assert response.status_code == 406
        available = json.loads(response.data)["available"]
        assert {"text/csv", "text/turtle"} & set(available)
        for type_ in available:
            assert client.get(path, headers={"Accept": type_}).status_code == 200


def test_quality_values(client: FlaskClient) -> None:
    """The format with the highest quality is chosen; q=0 rules one out."""

    def chosen(accept: str) -> str | None:
        return client.get("/sparql?query=ASK{}", headers={"Accept": accept}).mimetype

    assert chosen("text/csv;q=0.5, application/sparql-results+xml;q=0.9") == "application/sparql-results+xml"
    assert chosen("application/sparql-results+json;q=0, */*;q=0.1") == "application/sparql-results+xml"
    assert chosen("text/*") == "text/csv"


@pytest.mark.parametrize("format_", [*RESULTS, *GRAPHS], ids=lambda f: f.name)
def test_a_broken_off_document_cannot_be_read(format_: Format) -> None:
    """Whatever was sent before, with this at its end no parser takes the document for whole."""
    import csv
    import xml.etree.ElementTree as ET

    import pyoxigraph as ox

    end = unreadable_end(format_)
    if format_.rdf is not None:
        with pytest.raises(SyntaxError):
            list(ox.parse(b"<a:a> <a:b> <a:c> .\n" + end, format=format_.rdf))
    elif format_.name == "csv":
        with pytest.raises(csv.Error):
            list(csv.reader((b"x\r\n1\r\n" + end).decode().splitlines(keepends=True), strict=True))
    elif format_.name == "json":
        with pytest.raises(ValueError, match=r"Invalid|Expecting|Extra"):
            json.loads(b'{"head":{"vars":["x"]},"results":{"bindings":[' + end)
    elif format_.name == "xml":
        with pytest.raises(ET.ParseError):
            ET.fromstring(b"<sparql><results>" + end)
    else:
        assert format_.results is not None
        solutions = ox.parse_query_results(b"?x\n1\n" + end, format=format_.results)
        assert isinstance(solutions, ox.QuerySolutions)
        with pytest.raises(SyntaxError):
            list(solutions)


def test_a_rate_limit(data: Path) -> None:
    """A client over its rate gets 429 with the time to wait; without a limit nobody does."""
    limit = RateLimit(2, 3)
    assert [limit.take("a", 0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert limit.take("b", 0) == 0
    assert limit.take("a", 0.5) == 0
    with application(data, rate=0.5, rate_burst=1) as app:
        client = app.test_client()
        assert client.get("/health").status_code == 200
        refused = client.get("/health")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "2"
    assert refused.mimetype == "application/problem+json"


def test_proxy_headers_only_when_told(data: Path) -> None:
    """`X-Forwarded-…` counts only from as many proxies as the operator says there are."""
    headers = {"X-Forwarded-Host": "kg.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    for proxies, expected in ((0, "http://localhost/sparql"), (1, "https://kg.example/sparql")):
        with application(data, proxies=proxies) as app:
            body = app.test_client().get("/sparql", headers={"Accept": "text/turtle", **headers}).text
        assert f"<{expected}>" in body


@pytest.mark.parametrize(
    "path",
    [
        "/id/drug/x%0d%0aSet-Cookie:%20a=b",
        "/resource?iri=http://x/%0d%0aSet-Cookie:a",
        "/sparql?query=ASK{}&format=csv%0d%0aSet-Cookie:a",
        "/sparql?query=ASK{}&download=%0d%0aSet-Cookie:a",
        "/id/release/r1?evidence=%0d%0aSet-Cookie:a",
    ],
)
def test_no_header_is_injected(client: FlaskClient, path: str) -> None:
    """Nothing that a client sends becomes a header of the response."""
    response = client.get(path)
    assert response.status_code < 500
    assert "Set-Cookie" not in response.headers
    assert all("\n" not in value for value in response.headers.values())
