"""`kg` from Python: the published graph into dicts, pandas and rdflib."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg import build as build_module
from kg.errors import InputError, NoSnapshot, QueryError
from kg.namespaces import PREFIXES, PROJECT, expand
from kg.python import Graph
from kg.snapshots import Manifest, Snapshots
from tests import facts as given

DRUG = ox.NamedNode(PROJECT + "id/drug/clr-131")


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(expand(datatype)))


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    values: dict[str, ox.Literal | ox.NamedNode] = {
        "skos:prefLabel": ox.Literal("CLR 131"),
        "rkg:enrollment": ox.Literal(40),
        "rkg:confidence": _typed("0.97", "xsd:decimal"),
        "rkg:figureValue": _typed("1.5", "xsd:double"),
        "rkg:approximate": ox.Literal(True),
        "rkg:date": _typed("2017-05-18", "xsd:date"),
        "dcterms:issued": _typed("2017-05", "xsd:gYearMonth"),
        "rkg:year": _typed("soon", "xsd:integer"),
        "rkg:payload": ox.NamedNode(expand("payload:iodine-131")),
    }
    release = ox.NamedNode(PROJECT + "id/release/r1")
    with Snapshots(tmp_path).draft() as draft:
        draft.dataset.add(ox.Quad(DRUG, ox.NamedNode(expand(p)), o, release) for p, o in values.items())
        draft.publish(Manifest.of(draft.dataset, base=PROJECT))
    return kg.open(tmp_path)


def test_rows_are_dicts_of_python_values(graph: Graph) -> None:
    """Numbers, dates and truths come typed; what Python has no type for, or is ill-typed, as it is written."""
    rows = {row["p"]: row["o"] for row in graph.query("SELECT ?p ?o { ?s ?p ?o }")}
    assert rows == {
        expand("skos:prefLabel"): "CLR 131",
        expand("rkg:enrollment"): 40,
        expand("rkg:confidence"): Decimal("0.97"),
        expand("rkg:figureValue"): 1.5,
        expand("rkg:approximate"): True,
        expand("rkg:date"): date(2017, 5, 18),
        expand("dcterms:issued"): "2017-05",
        expand("rkg:year"): "soon",
        expand("rkg:payload"): PREFIXES["payload"] + "iodine-131",
    }


def test_an_unbound_variable_is_none(graph: Graph) -> None:
    """Every row has every variable."""
    assert list(graph.query("SELECT ?s ?x { ?s skos:prefLabel ?l OPTIONAL { ?s rkg:nothing ?x } }")) == [
        {"s": DRUG.value, "x": None}
    ]


def test_ask_is_true_or_false(graph: Graph) -> None:
    """An ASK is a truth value, and only an ASK."""
    assert graph.query("ASK { ?s skos:prefLabel 'CLR 131' }")
    assert not graph.query("ASK { ?s skos:prefLabel 'other' }")
    with pytest.raises(QueryError, match="ASK"):
        bool(graph.query("SELECT * {}"))


def test_pandas_has_a_column_for_each_variable(graph: Graph) -> None:
    """Also where there are no rows."""
    frame = graph.query("SELECT ?s ?n { ?s rkg:enrollment ?n }").to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert frame.to_dict("records") == [{"s": DRUG.value, "n": 40}]
    assert list(graph.query("SELECT ?s ?n { ?s rkg:nothing ?n }").to_pandas().columns) == ["s", "n"]


def test_rdflib_has_the_constructed_graph(graph: Graph) -> None:
    """With our prefixes bound, so that it serialises readably."""
    constructed = graph.query("CONSTRUCT WHERE { ?s rkg:enrollment ?n }").to_rdflib()
    assert list(constructed) == [
        (rdflib.URIRef(DRUG.value), rdflib.URIRef(expand("rkg:enrollment")), rdflib.Literal(40))
    ]
    assert "rkg:enrollment" in constructed.serialize(format="turtle")


@pytest.mark.parametrize("query", ["ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_only_a_select_has_rows(graph: Graph, query: str) -> None:
    """The message says which form is needed."""
    with pytest.raises(QueryError, match="SELECT"):
        list(graph.query(query))


def test_only_construct_has_a_graph(graph: Graph) -> None:
    """The message says which form is needed."""
    with pytest.raises(QueryError, match="CONSTRUCT"):
        graph.query("SELECT * {}").to_rdflib()


def test_the_length_is_the_number_of_triples(graph: Graph) -> None:
    """As the manifest has it."""
    assert len(graph) == graph.snapshot.manifest.triples == 9


def test_nothing_built(tmp_path: Path) -> None:
    """The same error as on the command line."""
    with pytest.raises(NoSnapshot, match="kg build"):
        kg.open(tmp_path / "missing")


def test_an_empty_text_is_an_input_error() -> None:
    """Nothing was given to read."""
    with pytest.raises(InputError, match="empty"):
        kg.extract_facts("  \n")


def test_a_text_is_read_without_a_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of `kg facts`, for one text; the language pipeline is stood in for."""
    monkeypatch.setattr(
        build_module, "_extract", lambda releases, vocabulary, *, cache=None, track: {"r1": given.ALL}
    )
    lines = kg.extract_facts(given.TEXT, name="r1")
    assert {line["rel"] for line in lines} == {fact.relation for fact in given.ALL}
    assert all(line["release"] == "r1" for line in lines)


def test_every_public_name_is_there() -> None:
    """`__all__` tells the truth, and anything else is an AttributeError."""
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="nothing_like_it"):
        kg.nothing_like_it  # noqa: B018
