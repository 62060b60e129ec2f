"""`kg.places`: where a node stands in each RDF format."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import PREFIXES
from kg.places import Place, locate, mentions
from kg.rdf_files import read_rdf

TURTLE = '''@prefix ex: <http://e.x/> . # a comment with <http://e.x/a> and "quotes
PREFIX b: <http://b/>
@base <http://base/> .
ex:s ex:p ex:a, [ ex:q b:x.y ; ex:r ( ex:s 1.5 ex:c ) ] ;
    ex:text """long "text" with
<http://e.x/never> ex:never . """ .
  ex:a a ex:T . <rel> ex:p 1.0 , 'x'@en, "1"^^ex:d . b:x\\.y ex:p ex:a.
[] ex:p ex:c .
ex:c ex:p true .
'''
TRIG = """PREFIX ex: <http://e.x/>
ex:g { ex:g ex:p ex:o . }
GRAPH ex:h {
  ex:s ex:p ex:h }
ex:o ex:p ex:s .
"""
XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://e.x/" xml:base="http://base/">
  <ex:T rdf:about="http://e.x/s"><ex:p rdf:resource="http://e.x/o"/></ex:T>
  <ex:T
     rdf:ID="frag"/>
  <rdf:Description rdf:about="http://e.x/o"><ex:q>1</ex:q></rdf:Description>
</rdf:RDF>
"""
JSON = """{"@context": {"ex": "http://e.x/"},
 "@graph": [
  {"@id": "ex:s", "ex:p": {"@id": "http://e.x/o"}},
  {"@id": "http://e.x/t", "ex:p": 1}
]}
"""
E = "http://e.x/"


def found(tmp_path: Path, name: str, content: str) -> dict[str, tuple[int, int]]:
    """The places of everything that the file is about, as a parser reads it."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    wanted = {
        term.value
        for quad in read_rdf(path)
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and not term.value.endswith("#nil")
    }
    places = locate([path], wanted)
    assert places.keys() == wanted
    return {iri: (place.line, place.column) for iri, place in places.items()}


def test_turtle(tmp_path: Path) -> None:
    """The first place as a subject, whatever stands in texts, comments, lists and brackets before it."""
    assert found(tmp_path, "x.ttl", TURTLE) == {
        E + "s": (4, 1),
        E + "a": (7, 3),
        E + "T": (7, 10),
        "http://base/rel": (7, 17),
        "http://b/x.y": (7, 54),
        E + "c": (9, 1),
    }


def test_trig(tmp_path: Path) -> None:
    """The name of a graph is no subject."""
    assert found(tmp_path, "x.trig", TRIG) == {
        E + "g": (2, 8),
        E + "s": (4, 3),
        E + "h": (3, 7),
        E + "o": (5, 1),
    }


@pytest.mark.parametrize("name", ["x.nt", "x.nq"])
def test_lines_of_triples(tmp_path: Path, name: str) -> None:
    """One triple a line; escapes in IRIs are read."""
    lines = '<http://e.x/s> <http://e.x/p> <http://e.x/o> .\n<http://e.x/\\u006F> <http://e.x/p> "<x>" .\n'
    assert found(tmp_path, name, lines) == {E + "s": (1, 1), E + "o": (2, 1)}


def test_rdf_xml(tmp_path: Path) -> None:
    """The element that is about the node; relative names are resolved."""
    assert found(tmp_path, "x.rdf", XML) == {
        E + "s": (3, 3),
        E + "T": (3, 3),
        "http://base/#frag": (4, 3),
        E + "o": (6, 3),
    }


def test_json_ld(tmp_path: Path) -> None:
    """The first "@id" that is the node, with a prefix of the context or without."""
    assert found(tmp_path, "x.jsonld", JSON) == {E + "s": (3, 12), E + "o": (3, 36), E + "t": (4, 12)}


def test_a_subject_in_a_later_file_goes_before_a_mention(tmp_path: Path) -> None:
    """Where a node is described is the place to mend it."""
    first, second = tmp_path / "1.ttl", tmp_path / "2.ttl"
    first.write_text("<http://e.x/s> <http://e.x/p> <http://e.x/o>, <http://e.x/x> .")
    second.write_text("\n<http://e.x/o> <http://e.x/p> 1 .")
    places = locate([first, second], [E + "o", E + "x", E + "nowhere"])
    assert places == {E + "o": Place(str(second), 2, 1), E + "x": Place(str(first), 1, 47)}


def test_mentions_of_a_namespace(tmp_path: Path) -> None:
    """In the order of the text; the declaration of a prefix is none."""
    path = tmp_path / "x.ttl"
    path.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n<s> a sh:NodeShape ;\n sh:path <p> .")
    got = [(iri, place.line) for iri, place in mentions(path, PREFIXES["sh"])]
    assert got == [(PREFIXES["sh"] + "NodeShape", 2), (PREFIXES["sh"] + "path", 3)]
