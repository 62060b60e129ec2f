"""`kg.store`: the dataset, its materialised default graph, and errors in one line."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.store import Dataset, canonical

EX = "https://example.org/"
A, B = ox.NamedNode(EX + "graph-a"), ox.NamedNode(EX + "graph-b")


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def quad(s: str, p: str, o: str | ox.Literal | ox.BlankNode, graph: ox.NamedNode = A) -> ox.Quad:
    return ox.Quad(node(s), node(p), node(o) if isinstance(o, str) else o, graph)


def test_a_triple_of_two_graphs_stands_once_in_the_default_graph() -> None:
    """The default graph is materialised, so that a count over it does not multiply."""
    dataset = Dataset.in_memory([quad("s", "p", "o", A), quad("s", "p", "o", B)])
    assert len(list(dataset.quads())) == 1
    rows = list(dataset.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert rows == [{"n": ox.Literal(1)}]
    assert dataset.graphs() == [A.value, B.value]


def test_a_triple_leaves_the_default_graph_with_its_last_graph() -> None:
    """As long as another named graph has it, it stays."""
    dataset = Dataset.in_memory([quad("s", "p", "o", A), quad("s", "p", "o", B)])
    dataset.remove([quad("s", "p", "o", A)])
    assert len(list(dataset.quads())) == 1
    dataset.remove([quad("s", "p", "o", B)])
    assert not list(dataset.quads_for())


def test_a_created_dataset_is_opened_again(tmp_path: Path) -> None:
    """What was written and flushed is there for the next process."""
    dataset = Dataset.create(tmp_path / "d")
    dataset.bulk_add([quad("s", "p", "o")])
    dataset.flush()
    assert len(Dataset.open(tmp_path / "d")) == 2
    assert len(Dataset.open(tmp_path / "d")) == 2


def test_create_refuses_a_directory_that_is_not_empty(tmp_path: Path) -> None:
    """Nothing is ever written over."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="is not empty"):
        Dataset.create(tmp_path)


def test_opening_nothing_is_a_store_error(tmp_path: Path) -> None:
    """Neither a missing directory nor an empty one is a dataset."""
    with pytest.raises(StoreError, match="no dataset here"):
        Dataset.open(tmp_path / "missing")
    with pytest.raises(StoreError, match="cannot open the dataset"):
        Dataset.open(tmp_path)


def test_a_corrupt_database_is_a_store_error_of_one_line(tmp_path: Path) -> None:
    """RocksDB says corruption with a RuntimeError; the user gets one line with the path."""
    dataset = Dataset.create(tmp_path / "d")
    dataset.bulk_add([quad("s", "p", "o")])
    dataset.flush()
    del dataset
    table = next((tmp_path / "d").glob("*.sst"))
    table.write_bytes(b"\0" * table.stat().st_size)
    with pytest.raises(StoreError, match=r"cannot open the dataset") as caught:
        Dataset.open(tmp_path / "d")
    assert "\n" not in str(caught.value)


def test_a_dataset_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    """A published snapshot is immutable."""
    Dataset.create(tmp_path / "d").flush()
    with pytest.raises(StoreError, match="cannot write"):
        Dataset.open(tmp_path / "d").add([quad("s", "p", "o")])


def test_a_backup_is_independent_of_its_origin(tmp_path: Path) -> None:
    """What is written afterwards does not appear in the copy."""
    dataset = Dataset.create(tmp_path / "d")
    dataset.add([quad("s", "p", "o")])
    dataset.backup(tmp_path / "copy")
    dataset.add([quad("s", "p", "o2")])
    assert len(Dataset.open(tmp_path / "copy")) == 2
    with pytest.raises(StoreError, match="cannot copy"):
        dataset.backup(tmp_path / "copy")


@pytest.mark.parametrize(
    ("query", "line", "column", "reason"),
    [
        ("SELECT *\n{ ?s ?p", 2, 8, "here or shortly before, the text is no SPARQL"),
        ("ASK { ?s ?p ?o", 1, 15, 'expected "," or "." or ";" or "{" or "{|" or "}" or "~"'),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", 1, 30, "Duplicated variable name in SELECT"),
        ('SELECT * { ?s ?p "a:b",\n x:s }', 2, 2, "the prefix x: is not declared, add PREFIX x: <…>"),
        ("", 1, 1, "here or shortly before, the text is no SPARQL"),
    ],
)
def test_a_malformed_query_names_its_place(query: str, line: int, column: int, reason: str) -> None:
    """Line and column are attributes too, for editors."""
    with pytest.raises(QueryError) as caught:
        Dataset.in_memory().query(query)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert str(caught.value) == f"syntax error at line {line}, column {column}: {reason}"


def test_prefixes_can_be_declared_beforehand() -> None:
    """A question on the command line is short; a declaration in the query wins."""
    dataset = Dataset.in_memory([quad("s", "p", "o")])
    prefixes = {"ex": EX}
    assert dataset.query("ASK { ex:s ex:p ex:o }", prefixes=prefixes)
    assert not dataset.query("PREFIX ex: <https://else.where/> ASK { ex:s ex:p ex:o }", prefixes=prefixes)


def test_a_query_is_never_an_update() -> None:
    """The query method refuses SPARQL Update."""
    with pytest.raises(QueryError):
        Dataset.in_memory().query("INSERT DATA { <a:b> <a:b> <a:b> }")


def test_a_graph_name_that_is_no_iri_is_a_query_error() -> None:
    """The graphs of the protocol's parameters come from outside."""
    with pytest.raises(QueryError, match="cannot be evaluated"):
        Dataset.in_memory().query("ASK {}", default_graphs=["not an IRI"])


def test_select_refuses_other_forms() -> None:
    """Rows need a SELECT."""
    with pytest.raises(QueryError, match="SELECT"):
        list(Dataset.in_memory().select("ASK {}"))


def test_default_graphs_choose_the_graphs_of_a_query() -> None:
    """FROM by argument: only the named ones are seen."""
    dataset = Dataset.in_memory([quad("s", "p", "o", A), quad("s", "p", "o2", B)])
    rows = list(dataset.select("SELECT ?o { ?s ?p ?o }", default_graphs=[B.value]))
    assert rows == [{"o": node("o2")}]


def test_the_content_hash_depends_on_content_alone(tmp_path: Path) -> None:
    """Neither the order of writing, nor storage, nor the names of blank nodes change it."""

    def chain() -> list[ox.Quad]:
        blank = ox.BlankNode()
        return [quad("s", "p", blank), ox.Quad(blank, node("p"), ox.Literal("x"), A), quad("s", "p", "o", B)]

    one = Dataset.in_memory(chain())
    other = Dataset.create(tmp_path / "d")
    other.bulk_add(reversed(chain()))
    assert one.content_hash() == other.content_hash()
    other.add([quad("s", "p", "o", A)])
    assert one.content_hash() != other.content_hash()


def test_canonical_names_blank_nodes_alike() -> None:
    """RDFC-1.0: isomorphic graphs become equal."""
    first, second = (
        canonical([quad("s", "p", blank), ox.Quad(blank, node("p"), ox.Literal("x"))])
        for blank in (ox.BlankNode(), ox.BlankNode())
    )
    assert first == second
