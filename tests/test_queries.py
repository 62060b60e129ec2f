"""Each example query parses, keeps its header's promise, and answers on a small graph as written beside it."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import VocabularyError
from kg.ontology import NamedQuery, _named_query, named_queries, ontology_quads, vocabulary_quads
from kg.reasoning import infer
from kg.store import Dataset

HERE = Path(__file__).parent / "queries"
SMALL = [query for query in named_queries() if (HERE / f"{query.name}.csv").is_file()]


@pytest.fixture(scope="module")
def asserted() -> Dataset:
    """The two invented releases with vocabulary and ontology."""
    dataset = Dataset.in_memory(ox.parse(path=str(HERE / "data.trig"), format=ox.RdfFormat.TRIG))
    dataset.add(vocabulary_quads())
    dataset.add(ontology_quads())
    return dataset


@pytest.fixture(scope="module")
def inferred(asserted: Dataset) -> Dataset:
    """The same with what follows from it."""
    dataset = Dataset.in_memory(quad for graph in asserted.graphs() for quad in asserted.quads(graph))
    dataset.add(infer(asserted).quads)
    return dataset


def rows(dataset: Dataset, query: NamedQuery) -> list[dict[str, str]]:
    found = dataset.select(query.text)
    return [{name: term.value for name, term in row.items() if term.value} for row in found]


@pytest.mark.parametrize("query", SMALL, ids=lambda q: q.name)
def test_answer(query: NamedQuery, asserted: Dataset, inferred: Dataset) -> None:
    """The rows are those of the CSV file beside the data, in that order."""
    with (HERE / f"{query.name}.csv").open(encoding="utf-8", newline="") as file:
        expected = [{name: text for name, text in row.items() if text} for row in csv.DictReader(file)]
    assert expected, "a query that finds nothing here is not tested"
    assert rows(inferred, query) == expected
    if query.needs_inference:
        assert rows(asserted, query) != expected
    else:
        assert rows(asserted, query) == expected


@pytest.mark.parametrize("query", named_queries(), ids=lambda q: q.name)
def test_header(query: NamedQuery, asserted: Dataset) -> None:
    """The columns are those that the query returns; the question is one."""
    result = asserted.query(query.text)
    assert isinstance(result, ox.QuerySolutions)
    assert tuple(variable.value for variable in result.variables) == query.columns
    assert query.question.endswith("?")


def test_answers_and_queries_match() -> None:
    """No query without an answer, here or among the competency questions; no answer left over."""
    small = {path.stem for path in HERE.glob("*.csv")}
    asked = {
        path.read_text(encoding="utf-8").splitlines()[0] for path in (HERE / "competency").glob("q*.csv")
    }
    assert {q.name for q in named_queries()} == small | {line.removeprefix("# query: ") for line in asked}


def test_header_is_needed(tmp_path: Path) -> None:
    """A query without its header is an error that names file and line to add."""
    path = tmp_path / "bare.rq"
    path.write_text("# question: What?\nSELECT * {}", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"bare\.rq: line 1: .*# columns: "):
        _named_query(path)
    path.write_text("# question: What?\n# columns: a\n# inference: perhaps\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="yes or no"):
        _named_query(path)
