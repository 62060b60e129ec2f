"""Over columns a query has the answer that Oxigraph gives."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import column_evaluation
from kg.column_evaluation import Result, answer_little, evaluate
from kg.column_queries import read
from kg.columns import Columns, write
from kg.store import Dataset

X = "http://x/"
PREFIX = f"PREFIX x: <{X}> "
GRAPHS = ("graph", "graph", "other")
PREDICATES = ("p", "q", "r", "label", "date", "size")


def rows_of(result: Result) -> list[Mapping[str, Mapping[str, str]]]:
    """The rows, each value in the form of the JSON results."""
    found: list[Mapping[str, Mapping[str, str]]] = json.loads(b"".join(result.as_json()))["results"][
        "bindings"
    ]
    return found


def graph() -> list[ox.Quad]:
    """Some forty things, joined at random, with labels in two languages, dates and sizes."""
    chance = random.Random(5)

    def thing() -> ox.NamedNode:
        return ox.NamedNode(f"{X}{chance.randrange(40)}")

    def typed(text: object, name: str) -> ox.Literal:
        return ox.Literal(str(text), datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}"))

    def quad(name: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(thing(), ox.NamedNode(X + name), value, ox.NamedNode(X + chance.choice(GRAPHS)))

    words = ("alpha", "Alpha", "beta", "ſunset", "Sunset", "Kelvin", "kelp", "Kraft", "ünder", 'quo"te\n')
    return [
        *(quad(name, thing()) for name in "ppppqqrrr" for _ in range(12)),
        *(
            quad("label", ox.Literal(chance.choice(words), language=chance.choice((None, "en"))))
            for _ in range(50)
        ),
        *(
            quad("date", typed(f"20{chance.randrange(10, 30)}-01-0{chance.randrange(1, 9)}", "date"))
            for _ in range(40)
        ),
        *(quad("size", typed(chance.randrange(-20, 200), "integer")) for _ in range(30)),
        *(quad("size", ox.Literal("unknown")) for _ in range(3)),
    ]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset.in_memory(graph())


@pytest.fixture(scope="module")
def columns(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Columns:
    folder = tmp_path_factory.mktemp("columns") / "columns"
    assert write(dataset.quads_for(), folder)
    return Columns(folder)


def rows(found: Iterable[Mapping[str, Any]]) -> Counter[str]:
    return Counter(json.dumps(row, sort_keys=True) for row in found)


def of_oxigraph(dataset: Dataset, text: str) -> list[dict[str, Any]]:
    result = dataset.query(text)
    assert isinstance(result, ox.QuerySolutions)
    told = result.serialize(format=ox.QueryResultsFormat.JSON)
    assert told is not None
    found: list[dict[str, Any]] = json.loads(told)["results"]["bindings"]
    return found


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """A query without and with its end (LIMIT, OFFSET), and the names that it sorts by."""
    names = [f"v{number}" for number in range(4)]
    described = st.sampled_from(names[:2])
    variable = st.sampled_from([f"?{name}" for name in names])
    term = st.sampled_from([*(f"x:{n}" for n in range(0, 40, 3)), "x:nowhere", '"alpha"', '"Alpha"@en'])
    step = st.builds(
        "{}x:{}{}".format,
        st.sampled_from(["", "", "", "^"]),
        st.sampled_from((*PREDICATES, "never")),
        st.sampled_from(["", "", "", "", "*", "+"]),
    )
    paths = st.lists(step, min_size=1, max_size=2)
    patterns = [
        f"{draw(variable)} {'/'.join(draw(paths))} {draw(st.one_of(variable, variable, term))}"
        for _ in range(draw(st.integers(1, 3)))
    ]
    if draw(st.integers(0, 3)) == 0:
        patterns.append(f"?{draw(described)} ?property {draw(st.one_of(variable, term))}")
        names.append("property")
    used = [name for name in names if any(f"?{name}" in pattern for pattern in patterns)]
    where = " . ".join(patterns)
    if draw(st.integers(0, 3)) == 0:
        letters = draw(st.sampled_from(["a", "S", "k", "Al", "sun"]))
        flags = draw(st.sampled_from(["", ', "i"']))
        where += f' FILTER(REGEX(?{draw(st.sampled_from(used))}, "^{letters}"{flags}))'
    where = draw(st.sampled_from(["{}", "{}", "GRAPH x:graph {{ {} }}", "GRAPH x:none {{ {} . }}"])).format(
        where
    )
    order: list[str] = []
    if draw(st.booleans()):
        groups = draw(st.lists(st.sampled_from(used), unique=True, max_size=2))
        of = draw(
            st.sampled_from(["*", "DISTINCT *", *(f"?{n}" for n in used), *(f"DISTINCT ?{n}" for n in used)])
        )
        text = f"SELECT {' '.join(f'?{n}' for n in groups)} (COUNT({of}) AS ?n) {{ {where} }}"
        if groups:
            text += " GROUP BY " + " ".join(f"?{n}" for n in groups)
        sortable = ["n", *groups]
    else:
        shown = draw(st.lists(st.sampled_from(used), unique=True, min_size=1))
        distinct = draw(st.sampled_from(["", "DISTINCT "]))
        text = f"SELECT {distinct}{' '.join(f'?{n}' for n in shown)} {{ {where} }}"
        sortable = shown
    if draw(st.booleans()):
        order = draw(st.lists(st.sampled_from(sortable), unique=True, min_size=1, max_size=2))
        text += " ORDER BY " + " ".join(draw(st.sampled_from([f"?{n}", f"DESC(?{n})"])) for n in order)
    end = draw(st.sampled_from(["", "", " LIMIT 7", " LIMIT 5 OFFSET 3", " OFFSET 4", " LIMIT 0"]))
    return PREFIX + text, end, order


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(queries())
def test_answers_are_those_of_oxigraph(
    dataset: Dataset, columns: Columns, query: tuple[str, str, list[str]]
) -> None:
    """The same rows as often, in an order that is no other where one is asked for."""
    text, end, order = query
    select = read(text + end)
    if select is None:
        return
    result = evaluate(select, columns)
    if result is None:
        return
    little = answer_little(select, columns)
    assert little is None or little == b"".join(result.as_json())
    found, whole, theirs = rows_of(result), of_oxigraph(dataset, text), of_oxigraph(dataset, text + end)
    assert len(found) == len(theirs)
    assert rows(found) <= rows(whole)
    if not end:
        assert rows(found) == rows(whole)
    for name in order[:1]:
        mine, other = ([row[name]["value"] for row in found_] for found_ in (found, theirs))
        tags = {row[name].get("xml:lang") for row in whole}
        assert mine == other or len(tags) > 1


def answered(columns: Columns, text: str) -> list[Mapping[str, Mapping[str, str]]] | None:
    select = read(PREFIX + text)
    assert select is not None
    result = evaluate(select, columns)
    return None if result is None else rows_of(result)


def test_most_queries_of_this_kind_are_answered(columns: Columns) -> None:
    """Joins, closures from a term, counts and orders within a kind need no other engine."""
    for text in (
        "SELECT ?a ?c { ?a x:p ?b . ?b x:q ?c }",
        "SELECT (COUNT(*) AS ?n) { ?a x:p* x:3 }",
        "SELECT ?a ?d { ?a x:date ?d } ORDER BY DESC(?d) LIMIT 3",
        "SELECT ?d (COUNT(?a) AS ?n) { ?a x:label ?d } GROUP BY ?d ORDER BY ?n",
        "SELECT ?a { ?a x:nowhere ?b }",
        "SELECT ?a ?p ?c { GRAPH x:other { ?a x:p ?b ; ?p ?c } }",
    ):
        assert answered(columns, text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a { ?a x:p ?b . ?c x:q ?d }",
        "SELECT ?a { ?a x:p* ?b }",
        "SELECT ?a { ?a x:p* x:nowhere }",
        "SELECT ?a { ?a x:p* x:label }",
        "SELECT ?a { ?a x:size ?b } ORDER BY ?b",
    ],
    ids=["product", "open path", "unknown start", "start of no step", "values of several kinds"],
)
def test_what_is_left_to_oxigraph(columns: Columns, text: str) -> None:
    """What is not joined, has no start, or sorts values of several kinds."""
    assert answered(columns, text) is None


def test_large_joins_are_left_to_oxigraph(columns: Columns, monkeypatch: pytest.MonkeyPatch) -> None:
    """A join of more rows than a worker should hold is not begun."""
    monkeypatch.setattr(column_evaluation, "_MOST_ROWS", 10)
    assert answered(columns, "SELECT ?a ?c { ?a x:p ?b . ?c x:p ?b }") is None


def test_a_long_result_comes_in_pieces(columns: Columns, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows are written some at a time, and are a whole together."""
    monkeypatch.setattr(column_evaluation, "_CHUNK", 7)
    assert len(answered(columns, "SELECT ?a ?b { ?a x:p ?b }") or []) == len(
        answered(columns, "SELECT DISTINCT ?a ?b { ?a x:p ?b }") or []
    )


def test_no_columns_are_left_without_rows(columns: Columns, tmp_path: Path) -> None:
    """A graph that lacks a predicate has no row, and a count of it is none."""
    assert answered(columns, "SELECT ?a { ?a x:never ?b ; x:p ?c }") == []
    assert (answered(columns, "SELECT (COUNT(*) AS ?n) { ?a x:never ?b }") or [{}])[0]["n"] == {
        "type": "literal",
        "value": "0",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
