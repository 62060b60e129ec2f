"""`kg.jsonld`: reads like JSON, means the same triples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from kg.jsonld import context_of, context_text, jsonld
from kg.namespaces import PROJECT, Minter, expand
from kg.ontology import ontology_quads, vocabulary_quads
from kg.places import Place, locate
from kg.quads import release_quads
from kg.resolution import resolve
from kg.store import canonical
from tests import facts as given

ROOT = Path(__file__).parent.parent


def stated() -> list[ox.Quad]:
    """Those of one subject together."""
    quads = release_quads(given.RELEASE, resolve({"r1": given.ALL})["r1"], Minter())
    return sorted(quads, key=lambda quad: str(quad.subject))


def objects(quads: list[ox.Quad]) -> dict[str, Any]:
    loaded = json.loads("".join(jsonld(quads)))
    return {node["id"]: node for node in loaded["@graph"]}


def test_the_published_context_is_the_ontology_s() -> None:
    """A new property is in it; where this fails, write the text below into ontology/context.jsonld."""
    assert (ROOT / "ontology" / "context.jsonld").read_text() == context_text(context_of(ontology_quads()))


@pytest.mark.parametrize("source", [stated, ontology_quads, vocabulary_quads], ids=lambda f: f.__name__)
def test_the_triples_are_the_same(source: Any) -> None:
    """Read back by Oxigraph, literal by literal."""
    quads = [ox.Quad(q.subject, q.predicate, q.object) for q in source()]
    text = "".join(jsonld(quads))
    assert set(canonical(ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD))) == set(canonical(quads))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # inside rdflib
def test_rdflib_reads_the_same() -> None:
    """Another parser, another reading of the standard."""
    quads = stated()
    lines = "".join(f"{q.triple} .\n" for q in quads)
    ours = rdflib.Graph().parse(data="".join(jsonld(quads)), format="json-ld")
    assert rdflib.compare.isomorphic(ours, rdflib.Graph().parse(data=lines, format="nt"))


def test_it_reads_naturally() -> None:
    """Bare names, values without wrapping, numbers and concepts that are short."""
    found = objects(stated())
    drug = found["thing:drug/ex-101"]
    assert (drug["type"], drug["name"], drug["otherNames"]) == ("Drug", "EX-101", "EX101")
    trial = found[drug["studiedIn"]]
    assert (trial["phase"], trial["enrollment"]) == ("vocab:phase/2", 40)
    assert trial["disease"] == ["vocab:disease/lymphoma", "vocab:disease/multiple-myeloma"]
    assert found[f"thing:release/{given.RELEASE.id}"]["issued"] == "2024-03-01"


@pytest.mark.parametrize(
    "term",
    [
        ox.Literal("007", datatype=ox.NamedNode(expand("xsd:integer"))),
        ox.Literal("1", datatype=ox.NamedNode(expand("xsd:boolean"))),
        ox.Literal("0.70", datatype=ox.NamedNode(expand("xsd:decimal"))),
        ox.Literal("2024", datatype=ox.NamedNode(expand("xsd:gYear"))),
        ox.Literal("text", language="en"),
        ox.Literal("99999999999999999999", datatype=ox.NamedNode(expand("xsd:integer"))),
        ox.NamedNode("urn:x"),
        ox.NamedNode(expand("DOID:9538")),
        ox.BlankNode("b"),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "predicate", ["skos:prefLabel", "dcterms:issued", "rkg:agency", "rkg:amount", "dcterms:title"]
)
def test_whatever_stands_where_it_is_not_expected(predicate: str, term: ox.Literal) -> None:
    """A term's datatype is a short way to write, never a reason to change a value."""
    quad = ox.Quad(ox.NamedNode("http://e.x/s"), ox.NamedNode(expand(predicate)), term)
    (back,) = ox.parse("".join(jsonld([quad])).encode(), format=ox.RdfFormat.JSON_LD)
    if isinstance(term, ox.BlankNode):
        assert isinstance(back.object, ox.BlankNode)
    else:
        assert back == quad


def test_places_are_found_in_it(tmp_path: Path) -> None:
    """`kg validate` points into a file that `kg export` wrote."""
    path = tmp_path / "x.jsonld"
    path.write_text("".join(jsonld(stated())))
    drug = f"{PROJECT}id/drug/ex-101"
    line = path.read_text().splitlines().index(' "id": "thing:drug/ex-101",') + 1
    assert locate([path], [drug]) == {drug: Place(str(path), line, 9)}
