"""The W3C test suites of SPARQL 1.1 over HTTP: the Protocol, the Graph Store Protocol, and query evaluation.

Run where the environment variable RELEASEKG_SPARQL_SUITE names a checkout of https://github.com/w3c/rdf-tests.  The
server is a process of its own; the data of each query test is published as a snapshot, as a build would.
"""

from __future__ import annotations

import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS

from kg.namespaces import Minter
from kg.snapshots import Manifest, Snapshots
from tests.server.conftest import Server, serving

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DAWGT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")

SUITE = os.environ.get("RELEASEKG_SPARQL_SUITE")
SPARQL11 = Path(SUITE or ".") / "sparql" / "sparql11"
TOKEN: Final = "correct-horse-battery-staple"

#: Case of the Graph Store Protocol → why it is not as the suite has it.
PROTOCOL_DEVIATIONS: Final = {
    "put_get_default": "the default graph reads as the merge of all graphs, what is made from them included",
}
_ZERO_LENGTH: Final = "Oxigraph finds no path of length zero from a value that is not in the graph"
_IN_GRAPH: Final = "Oxigraph does not evaluate what is inside GRAPH ?g for each graph by itself"
#: Query test → why it is not as the suite has it; each is the engine's own, and the same without the server.
DEVIATIONS: Final = {
    "property-path/zero_or_more_set_start": _ZERO_LENGTH,
    "property-path/zero_or_more_set_end": _ZERO_LENGTH,
    "property-path/zero_or_one_set_start": _ZERO_LENGTH,
    "property-path/zero_or_one_set_end": _ZERO_LENGTH,
    "negation/graph-minus": _IN_GRAPH,
    "bindings/graph": _IN_GRAPH,
    "aggregates/agg-empty-group-count-graph": _IN_GRAPH,
    "syntax-query/test_4": "Oxigraph refuses a query with a function that it does not know",
    "functions/bnode01": "Oxigraph gives the same blank node for one label in every solution",
    "aggregates/agg-groupconcat-04": "Oxigraph keeps the language that all values of GROUP_CONCAT share",
    "aggregates/agg-groupconcat-06": "Oxigraph keeps the language that all values of GROUP_CONCAT share",
}


def manifests(start: Path) -> Iterator[tuple[Path, rdflib.Graph]]:
    waiting = [start]
    while waiting:
        path = waiting.pop()
        graph = rdflib.Graph().parse(path, publicID=path.absolute().as_uri())
        for included in graph.objects(None, MF.include):
            if isinstance(included, rdflib.URIRef):
                waiting.append(local(included))
            else:
                waiting += [local(each) for each in Collection(graph, included)]
        yield path, graph


def local(iri: rdflib.term.Node | None) -> Path:
    return Path(urllib.request.url2pathname(str(iri).removeprefix("file://")))


def members(graph: rdflib.Graph, listed: rdflib.term.Node | None) -> Iterator[rdflib.term.Node]:
    yield from Collection(graph, RDF.nil if listed is None else listed)


def entries(graph: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    for listed in graph.objects(None, MF.entries):
        yield from Collection(graph, listed)


def skipped() -> list[Any]:
    skip = pytest.mark.skip(reason="RELEASEKG_SPARQL_SUITE names no checkout of w3c/rdf-tests")
    return [pytest.param(None, None, id="suite", marks=skip)]


def connections(*names: str) -> list[Any]:
    """The tests that are requests in a row."""
    if SUITE is None:
        return skipped()
    return [
        parameter(graph, entry, str(entry).rpartition("#")[2], PROTOCOL_DEVIATIONS)
        for name in names
        for _, graph in manifests(SPARQL11 / name)
        for entry in entries(graph)
        if (entry, MF.action, None) in graph
    ]


def parameter(graph: rdflib.Graph, entry: rdflib.term.Node, name: str, deviations: dict[str, str]) -> Any:
    marks = [pytest.mark.xfail(reason=deviations[name], strict=True)] if name in deviations else []
    return pytest.param(graph, entry, id=name, marks=marks)


# Requests in a row


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over an empty graph, with a token; writes are carried out as an operator has them."""
    folder = tmp_path_factory.mktemp("suite")
    publish(folder, [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_WRITE_TOKEN", TOKEN)
        with serving(folder, "--timeout", "10") as server:
            yield server


def publish(folder: Path, quads: list[ox.Quad], *, default: list[ox.Quad] | None = None) -> None:
    """A snapshot of named graphs; `default` is what its default graph holds instead of their merge."""
    with Snapshots(folder).draft() as draft:
        if default is None:
            draft.dataset.add(quads)
        else:
            draft.dataset.change(add=[*quads, *default])
        draft.publish(Manifest.of(draft.dataset, base=Minter().base))


def send(
    server: Server, method: str, path: str, headers: dict[str, str], body: bytes
) -> tuple[int, Any, bytes]:
    import http.client

    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=120)
    try:
        connection.request(method, path, body=body if method != "GET" else None, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("graph", "entry"),
    connections(
        "protocol/manifest.ttl",
        "graph-store-protocol/manifest-direct.ttl",
        "graph-store-protocol/manifest-indirect.ttl",
    ),
)
def test_protocol(writable: Server, graph: rdflib.Graph, entry: rdflib.term.Node) -> None:
    """A case of the Protocol or the Graph Store Protocol: its requests, in order, with the answers that it expects."""
    token = {"Authorization": f"Bearer {TOKEN}"}
    own = writable.url.rstrip("/")
    if "/graph-store-protocol/" in str(entry) or "gsp" in str(entry) or (None, MF.requires, None) in graph:
        send(writable, "POST", "/sparql", {**token, "Content-Type": "application/sparql-update"}, b"DROP ALL")
    for data in graph.objects(entry, UT.graphData):
        name = quote(str(graph.value(data, RDFS.label)), safe="")
        path = local(graph.value(data, UT.graph))
        status, _, _ = send(
            writable,
            "PUT",
            f"/store?graph={name}",
            {**token, "Content-Type": "application/n-triples"},
            path.read_bytes(),
        )
        assert status in (201, 204)
    variables: dict[str, str] = {}

    def filled(text: str) -> str:
        for variable, value in variables.items():
            text = text.replace(variable, value)
        return text.replace("http://www.example/gsp", f"{own}/store")

    action = graph.value(entry, MF.action)
    for asked in members(graph, graph.value(action, HT.requests)):
        address = filled(str(graph.value(asked, HT.absolutePath)))
        address = address.replace("/sparql/", "/sparql").replace("/gsp", "/store")
        address = address.replace(
            quote("http://www.example", safe="") + quote("/gsp", safe=""), quote(f"{own}/store", safe="")
        )
        headers = {
            str(graph.value(header, HT.fieldName)): str(graph.value(header, HT.fieldValue))
            for header in members(graph, graph.value(asked, HT.headers))
        }
        body = graph.value(asked, HT.body)
        content = b""
        if body is not None:
            encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8")
            content = filled(str(graph.value(body, CNT.chars))).encode(encoding)
        status, answered, found = send(
            writable, str(graph.value(asked, HT.methodName)), address, {**headers, **token}, content
        )
        expected = graph.value(asked, HT.resp)
        wanted = {str(s).rpartition("#")[2] for s in graph.objects(expected, MF.expectedStatus)}
        assert fits(status, wanted), (status, wanted, address, found[:300])
        if (boolean := graph.value(expected, MF.expectedBoolean)) is not None:
            assert json.loads(found)["boolean"] is bool(boolean.toPython())  # type: ignore[attr-defined]
        if (variable := graph.value(expected, MF.expectedLocation)) is not None:
            variables[str(variable)] = answered["Location"]
        if (told := graph.value(expected, HT.body)) is not None and graph.value(told, CNT.chars) is not None:
            assert same_graph(found.decode(), filled(str(graph.value(told, CNT.chars))), f"{own}/")


_NAMED: Final = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404, "BadRequest": 400}


def fits(status: int, wanted: set[str]) -> bool:
    return any(
        status // 100 == int(name[10]) if name.startswith("StatusCode") else status == _NAMED[name]
        for name in wanted
    )


def same_graph(found: str, expected: str, base: str) -> bool:
    def canonical(text: str) -> ox.Dataset:
        dataset = ox.Dataset(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return dataset

    return canonical(found) == canonical(expected)


# Query evaluation


def evaluations(*types: rdflib.URIRef) -> list[Any]:
    if SUITE is None:
        return skipped()
    start = SPARQL11 / "manifest-sparql11-query.ttl"
    found = []
    for path, graph in manifests(start):
        for entry in entries(graph):
            if graph.value(entry, RDF.type) not in types:
                continue
            name = f"{path.parent.name}/{str(entry).rpartition('#')[2]}"
            found.append(parameter(graph, entry, name, DEVIATIONS))
    return found


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server, and the data directory in which each test publishes its data."""
    folder = tmp_path_factory.mktemp("evaluation")
    publish(folder, [])
    with serving(folder, "--timeout", "10") as server:
        yield server, folder
    shutil.rmtree(folder)


def quads_of(path: Path, graph: ox.NamedNode | None) -> list[ox.Quad]:
    base = path.absolute().as_uri()
    format_ = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    assert format_ is not None
    return [
        ox.Quad(q.subject, q.predicate, q.object, graph or ox.DefaultGraph())
        for q in ox.parse(path.read_bytes(), format_, base_iri=base, rename_blank_nodes=True)
    ]


@pytest.mark.parametrize(("graph", "entry"), evaluations(MF.QueryEvaluationTest))
def test_evaluation(changing: tuple[Server, Path], graph: rdflib.Graph, entry: rdflib.term.Node) -> None:
    """The result of a query over the data of the test."""
    server, folder = changing
    action = graph.value(entry, MF.action)
    default = [q for data in graph.objects(action, QT.data) for q in quads_of(local(data), None)]
    named = []
    for data in graph.objects(action, QT.graphData):
        if isinstance(data, rdflib.URIRef):
            path, name = local(data), str(data)
        else:
            path, name = local(graph.value(data, QT.graph)), str(graph.value(data, RDFS.label))
        named += quads_of(path, ox.NamedNode(name))
    publish(folder, named, default=default)
    source = local(graph.value(action, QT["query"]))
    text = source.read_text(encoding="utf-8")
    if "base" not in text.casefold():
        text = f"BASE <{source.absolute().as_uri()}>\n{text}"
    result = graph.value(entry, MF.result)
    assert isinstance(result, rdflib.URIRef)
    body = urlencode({"query": text}).encode()
    request = urllib.request.Request(
        server.url + "sparql", body, {"Accept": "application/sparql-results+json, application/n-triples"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        found, type_ = response.read().decode(), response.headers.get_content_type()
    path = local(result)
    if type_ == "application/n-triples":
        expected = ox.Dataset(quads_of(path, None))
        actual = ox.Dataset(ox.parse(found, ox.RdfFormat.N_TRIPLES))
        for dataset in (expected, actual):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert actual == expected
        return
    ordered = "order by" in " ".join(text.casefold().split())
    lax = path.suffix == ".csv"  # CSV has no datatypes (SPARQL 1.1 Query Results CSV §1)
    assert same_rows(rows_of_json(found), expected_rows(path), ordered=ordered, lax=lax)


@pytest.mark.parametrize(("graph", "entry"), evaluations(MF.PositiveSyntaxTest11, MF.NegativeSyntaxTest11))
def test_syntax(changing: tuple[Server, Path], graph: rdflib.Graph, entry: rdflib.term.Node) -> None:
    """A query that is well-formed is taken, and one that is not is a 400."""
    text = local(graph.value(entry, MF.action)).read_text(encoding="utf-8")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _, answered = send(
        changing[0], "POST", "/sparql", headers, urlencode({"query": f"BASE <http://x/>\n{text}"}).encode()
    )
    refused = status == 400 and json.loads(answered)["type"].endswith("/syntax")
    assert refused is ((entry, RDF.type, MF.NegativeSyntaxTest11) in graph)


Rows = bool | list[dict[str, str]]


def rows_of_json(text: str) -> Rows:
    solutions = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    return rows_of(solutions)


def rows_of(solutions: ox.QuerySolutions | ox.QueryBoolean) -> Rows:
    if isinstance(solutions, ox.QueryBoolean):
        return bool(solutions)
    names = [v.value for v in solutions.variables]
    return [{n: str(row[n]) for n in names if row[n] is not None} for row in solutions]


def expected_rows(path: Path) -> Rows:
    formats = {
        ".srx": ox.QueryResultsFormat.XML,
        ".srj": ox.QueryResultsFormat.JSON,
        ".tsv": ox.QueryResultsFormat.TSV,
    }
    if path.suffix == ".csv":
        import csv

        with path.open(encoding="utf-8", newline="") as file:
            return [{k: v for k, v in row.items() if v} for row in csv.DictReader(file)]
    if path.suffix in formats:
        return rows_of(ox.parse_query_results(path.read_bytes(), format=formats[path.suffix]))
    graph = rdflib.Graph().parse(path)
    results = graph.value(None, RDF.type, RS.ResultSet)
    if (boolean := graph.value(results, RS.boolean)) is not None:
        return bool(boolean.toPython())  # type: ignore[attr-defined]
    rows = []
    for solution in graph.objects(results, RS.solution):
        rows.append(
            {
                str(graph.value(b, RS.variable)): graph.value(b, RS.value).n3()  # type: ignore[union-attr]
                for b in graph.objects(solution, RS.binding)
            }
        )
    return rows


def same_rows(found: Rows, expected: Rows, *, ordered: bool, lax: bool) -> bool:
    """Whether rows are the same but for the names of blank nodes."""
    if isinstance(found, bool) or isinstance(expected, bool):
        return found == expected
    if len(found) != len(expected):
        return False
    if lax:
        found = [{k: plain(v) for k, v in row.items() if plain(v)} for row in found]
        expected = [{k: plain(v) for k, v in row.items()} for row in expected]
    return matches(found, expected, {}, ordered=ordered)


def plain(term: str) -> str:
    if term.startswith("<"):
        return term[1:-1]
    if term.startswith('"'):
        parsed = next(iter(ox.parse(f"<a:a> <a:b> {term} .", ox.RdfFormat.N_TRIPLES))).object
        return str(getattr(parsed, "value", parsed))
    return term


def matches(
    found: list[dict[str, str]], expected: list[dict[str, str]], names: dict[str, str], *, ordered: bool
) -> bool:
    """Match rows one by one, the blank nodes of one side named as those of the other."""
    if not expected:
        return not found
    for position, row in enumerate(found[:1] if ordered else found):
        bound = unify(row, expected[0], dict(names))
        if bound is not None and matches(
            found[:position] + found[position + 1 :], expected[1:], bound, ordered=ordered
        ):
            return True
    return False


def unify(row: dict[str, str], expected: dict[str, str], names: dict[str, str]) -> dict[str, str] | None:
    if row.keys() != expected.keys():
        return None
    for name, value in row.items():
        wanted = expected[name]
        if value.startswith("_:") and wanted.startswith("_:"):
            if names.setdefault(wanted, value) != value or names.setdefault(f"={value}", wanted) != wanted:
                return None
        elif value != wanted and normal(value) != normal(wanted):
            return None
    return names


def normal(term: str) -> str:
    """A term as Oxigraph writes it, so that `"01"^^xsd:integer` in a file is what the store has made of it."""
    if not term.startswith('"') and not term[:1].isdigit() and term not in ("true", "false"):
        return term
    store = ox.Store()
    store.update(f"INSERT DATA {{ <a:a> <a:b> {term} }}")
    return str(next(iter(store)).object)
