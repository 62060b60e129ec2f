"""`kg query`: tables for people, formats for machines, questions that come with the graph."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import PROJECT
from tests.cli.running import fails, kg

SELECT = "SELECT ?drug ?name { ?drug a rkg:Drug ; skos:prefLabel ?name }"


def test_a_table_for_people(data: Path) -> None:
    """Aligned, IRIs shortened, the count on stderr; our prefixes need no declaration."""
    result = kg(
        "query", "SELECT ?a ?n { ?d rkg:hasDesignation ?x . ?x rkg:agency ?a BIND(1 AS ?n) }", data=data
    )
    assert result.stdout == "a           n\n----------  -\nagency:fda  1\n"
    assert result.stderr == "(1 row)\n"


def test_csv_and_json(data: Path) -> None:
    """Machine formats are complete."""
    rows = list(csv.DictReader(io.StringIO(kg("query", SELECT, "--format", "csv", data=data).stdout)))
    assert rows == [{"drug": PROJECT + "id/drug/ex-101", "name": "EX-101"}]
    raw = json.loads(kg("query", SELECT, "--format", "json", data=data).stdout)
    assert raw["results"]["bindings"][0]["name"]["value"] == "EX-101"


def test_ask(data: Path) -> None:
    """true or false, and JSON."""
    assert kg("query", "ASK { ?d a rkg:Drug }", data=data).stdout == "true\n"
    assert json.loads(kg("query", "ASK {}", "--format", "json", data=data).stdout)["boolean"] is True


def test_construct_is_turtle(data: Path) -> None:
    """A graph is written as one, the same bytes each time."""
    query = "CONSTRUCT WHERE { ?d rkg:hasDesignation ?x }"
    result = kg("query", query, data=data)
    assert len(list(ox.parse(result.stdout, format=ox.RdfFormat.TURTLE))) == 1
    assert result.stdout == kg("query", query, data=data).stdout


@pytest.mark.parametrize(
    ("query", "format_", "message"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "gives a graph; choose turtle"),
        ("SELECT * {}", "turtle", "gives no graph; choose table"),
        ("ASK {}", "csv", "cannot hold"),
    ],
)
def test_a_format_that_does_not_fit(data: Path, query: str, format_: str, message: str) -> None:
    """The message names those that do."""
    fails(kg("query", query, "--format", format_, data=data), message)


def test_a_query_from_a_file_or_a_pipe(data: Path, tmp_path: Path) -> None:
    """--file, and - for standard input."""
    path = tmp_path / "q.rq"
    path.write_text("ASK {}")
    assert kg("query", "--file", path, data=data).stdout == "true\n"
    assert kg("query", "-f", "-", data=data, stdin="ASK {}").stdout == "true\n"
    path.write_bytes(b"ASK {} # \xff")
    fails(kg("query", "--file", path, data=data), r"q\.rq: not UTF-8 text, at byte 9")
    fails(kg("query", "--file", tmp_path / "missing.rq", data=data), r"missing\.rq: No such file")


def test_a_malformed_query(data: Path) -> None:
    """Line and column, one line."""
    fails(
        kg("query", "SELECT * {\n ?s x:p ?o }", data=data), "line 2, column 5: the prefix x: is not declared"
    )


def test_questions_that_come_with_the_graph(data: Path) -> None:
    """Listed by name; each of them runs by its name; an unknown one is told."""
    names = [line.split()[0] for line in kg("query", "--list").stdout.splitlines()]
    for name in names:
        result = kg("query", name, data=data)
        assert result.exit_code == 0, f"{name}: {result.stderr}"
    fails(kg("query", "no-such-question", data=data), "no question of this name; `kg query --list`")
