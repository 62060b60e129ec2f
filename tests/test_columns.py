"""The columns of a graph hold its terms in SPARQL's order, and are told apart from damaged ones."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import columns
from kg.errors import StoreError

XSD = "http://www.w3.org/2001/XMLSchema#"
P = ox.NamedNode("http://x/p")
S = ox.NamedNode("http://x/s")
VALUES = (
    S,
    ox.Literal("a"),
    ox.Literal('b\n"\\ü\u0001'),
    ox.Literal("a", language="en"),
    ox.Literal("-3", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("20", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("100", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("2018-05-04", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2018-05", datatype=ox.NamedNode(XSD + "gYearMonth")),
    ox.BlankNode("b"),
)


def written(folder: Path, *objects: ox.NamedNode | ox.BlankNode | ox.Literal) -> columns.Columns:
    assert columns.write((ox.Quad(S, P, value) for value in objects), folder / "columns")
    return columns.Columns(folder / "columns")


def test_terms_have_numbers_in_the_order_of_their_values(tmp_path: Path) -> None:
    """Within a kind numbers ascend as values do: -3 before 20 before 100."""
    found = written(tmp_path, *reversed(VALUES))
    numbers = [found.number(value) for value in VALUES]
    told = [number for number in numbers if number is not None]
    assert told == numbers == sorted(told)
    assert [found.kind(number) for number in told] == [
        *(columns.IRI, columns.STRING, columns.STRING, columns.TAGGED),
        *(columns.INTEGER, columns.INTEGER, columns.INTEGER, columns.DATE, columns.OTHER, columns.OTHER),
    ]
    assert found.number(ox.Literal("c")) is None


def test_terms_are_those_of_the_json_results(tmp_path: Path) -> None:
    """A term is written as Oxigraph writes it, but for the escapes, which mean the same."""
    import json

    found = written(tmp_path, *VALUES)
    for value in VALUES:
        number = found.number(value)
        assert number is not None
        told = json.loads(found.json(number))
        assert told["value"] == value.value
        assert told.get("xml:lang", "") == (getattr(value, "language", None) or "")


def test_triples_about_triples_are_left_out(tmp_path: Path) -> None:
    """A graph with a triple as an object has no columns."""
    about = ox.Quad(S, P, ox.Triple(S, P, S))
    assert not columns.write([about], tmp_path / "columns")
    assert not (tmp_path / "columns").exists()


def test_an_empty_graph(tmp_path: Path) -> None:
    """A graph without a triple has none either: there is nothing to map into memory."""
    assert not columns.write([], tmp_path / "columns")


@pytest.mark.parametrize("name", ["columns.json", "terms.json", "objects.npy", "offsets.npy"])
def test_damaged_columns_are_an_error(tmp_path: Path, name: str) -> None:
    """A file that was cut is noticed when it is opened."""
    written(tmp_path, *VALUES)
    path = tmp_path / "columns" / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(StoreError, match="columns"):
        columns.Columns(tmp_path / "columns")


def test_columns_of_another_version_are_passed_over(tmp_path: Path) -> None:
    """A snapshot that was made without, or by another version, has none that could be used."""
    written(tmp_path, *VALUES)
    folder = tmp_path / "columns"
    assert columns.Columns.of(folder) is not None
    table = folder / "columns.json"
    table.write_text(table.read_text().replace(f'"format": {columns.FORMAT}', '"format": 0'))
    assert columns.Columns.of(folder) is None
    assert columns.Columns.of(tmp_path / "none") is None


def test_named_graphs_are_apart(tmp_path: Path) -> None:
    """A named graph has its triples alone, sorted like the default graph; one that nobody named has none."""
    g, h, q = (ox.NamedNode(f"http://x/{name}") for name in "ghq")
    quads = [ox.Quad(S, P, ox.Literal("a")), ox.Quad(S, q, S, g), ox.Quad(S, P, S, g), ox.Quad(S, P, S, h)]
    assert columns.write(quads, tmp_path / "columns")
    found = columns.Columns(tmp_path / "columns")
    of_graph = found.triples_of(found.graph(g))
    assert sorted(of_graph.predicates) == [found.number(P), found.number(q)]
    assert of_graph.subjects.tolist() == of_graph.values.tolist() == [found.number(S)] * 2
    assert len(found.triples.subjects) == 1
    assert not found.triples_of(found.graph(S)).predicates
    assert not found.triples_of(found.graph(ox.NamedNode("http://x/none"))).predicates
