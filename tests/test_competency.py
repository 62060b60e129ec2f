"""The forty competency questions, asked of the graph that the extractor makes of the bundled releases.

`queries/competency/README.md` says how the answers were written down and which questions fail, and why.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.namespaces import INFERRED_GRAPH, REPORT_GRAPH
from kg.ontology import named_queries
from kg.reasoning import Reasoner, infer
from kg.snapshots import Snapshots
from kg.store import Dataset
from tests.used_vocabulary import with_used_vocabulary

HERE = Path(__file__).parent / "queries" / "competency"
QUERIES = {query.name: query for query in named_queries()}
#: question → why the graph does not answer it yet, from the table of the README
FAILING = dict(re.findall(r"^\| (q\d\d) \| [^|]* \| (.+) \|$", (HERE / "README.md").read_text("utf-8"), re.M))


def questions() -> Iterator[object]:
    """Each file of expected rows, marked where it is known to fail."""
    for path in sorted(HERE.glob("q*.csv")):
        reason = FAILING.get(path.stem)
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(path, id=path.stem, marks=marks)


def expected(path: Path) -> tuple[str, list[str], list[tuple[str, ...]]]:
    """The query's name, its columns and the rows of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("# ")]
    columns, *rows = csv.reader(line for line in lines if not line.startswith("# "))
    return comments[0].removeprefix("# query: "), columns, [tuple(row) for row in rows]


@pytest.fixture(scope="module")
def seeds(built_seeds: Path) -> Dataset:
    """The bundled releases."""
    return Snapshots(built_seeds).current().open()


@pytest.mark.parametrize("path", list(questions()))
def test_answer(path: Path, seeds: Dataset) -> None:
    """The rows are those that an analyst wrote down, no more and no fewer."""
    name, columns, rows = expected(path)
    found = [
        tuple(str(getattr(row.get(column), "value", "")) for column in columns)
        for row in seeds.select(QUERIES[name].text)
    ]
    assert sorted(found) == sorted(rows)


def test_both_reasoners_agree(seeds: Dataset) -> None:
    """What was inferred from the releases is what the reference concludes."""
    graphs = (graph for graph in seeds.graphs() if graph not in (INFERRED_GRAPH, REPORT_GRAPH))
    stated = with_used_vocabulary(quad for graph in graphs for quad in seeds.quads(graph))
    dataset = Dataset.in_memory(stated)
    inference = infer(dataset, reasoner=Reasoner.OWLRL)
    assert inference == infer(dataset)
    assert set(inference.quads) <= set(seeds.quads(INFERRED_GRAPH))


def test_every_question_is_asked() -> None:
    """There are forty, each answered by a query with the columns of the file."""
    files = sorted(HERE.glob("q*.csv"))
    assert [path.stem for path in files] == [f"q{number:02}" for number in range(1, 41)]
    for path in files:
        name, columns, rows = expected(path)
        assert QUERIES[name].columns == tuple(columns)
        assert rows
    assert set(FAILING) <= {path.stem for path in files}
