"""`kg.screening` and `kg.screens`: which shapes have screens, and that these pass over nothing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH

from kg import validation
from kg.namespaces import PREFIXES, expand
from kg.screening import screens
from kg.screens import Screen
from kg.shapes_graph import flattened, read_shapes
from kg.store import Dataset
from kg.validation import screened, validate

_CLASSES = [ox.NamedNode(expand(f"rkg:{name}")) for name in ("Drug", "ClinicalTrial", "Release", "Evidence")]


SHAPES = f"""@prefix sh: <{PREFIXES["sh"]}> . @prefix xsd: <{PREFIXES["xsd"]}> . @prefix e: <urn:e:> .
"""


DATA = """@prefix e: <urn:e:> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:a a e:C ; e:p 1, 2, "x"@en, "y"@en, e:b ; e:q 3, "long text" ; e:r e:b , e:c .
e:b a e:C, e:D ; e:p "x" ; e:q "a b", "2020-02-30"^^xsd:date ; e:r e:a .
e:c a e:D ; e:p e:a , e:d ; e:q 2.5 ; e:r _:x . _:x a e:C ; e:p "tab\\there" .
e:d a e:C ; e:q "n" ; e:p true .
"""


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:path e:p ; sh:minCount 2",
        "sh:path e:p ; sh:maxCount 2",
        "sh:path e:p ; sh:datatype xsd:integer",
        "sh:path e:q ; sh:datatype xsd:date",
        "sh:path e:p ; sh:class e:D",
        "sh:path (e:r e:p) ; sh:nodeKind sh:Literal",
        "sh:path [ sh:inversePath e:r ] ; sh:minCount 1",
        "sh:path [ sh:alternativePath (e:p e:q) ] ; sh:maxCount 1",
        "sh:path [ sh:zeroOrMorePath e:r ] ; sh:class e:C",
        "sh:path e:p ; sh:pattern '^\\\\S+$'",
        "sh:path e:p ; sh:pattern '^X' ; sh:flags 'i'",
        "sh:path e:q ; sh:minLength 3 ; sh:maxLength 5",
        "sh:path e:q ; sh:minInclusive 2.5",
        "sh:path e:q ; sh:maxExclusive '2020-01-01'^^xsd:date",
        "sh:path e:p ; sh:in (1 2 e:b)",
        "sh:path e:p ; sh:hasValue e:b",
        "sh:path e:p ; sh:hasValue 1",
        "sh:path e:p ; sh:languageIn ('en')",
        "sh:path e:p ; sh:uniqueLang true",
        "sh:path e:p ; sh:equals e:q",
        "sh:path e:p ; sh:disjoint e:r",
        "sh:path e:p ; sh:lessThan e:q",
        "sh:path e:r ; sh:node [ sh:property [ sh:path e:p ; sh:maxCount 1 ] ]",
        "sh:path e:r ; sh:property [ sh:path e:q ; sh:maxCount 1 ]",
        "sh:path e:p ; sh:or ([ sh:class e:D ] [ sh:datatype xsd:integer ])",
        "sh:path e:p ; sh:and ([ sh:nodeKind sh:Literal ] [ sh:minLength 2 ])",
        "sh:path e:p ; sh:not [ sh:datatype xsd:integer ]",
        "sh:path e:r ; sh:qualifiedValueShape [ sh:class e:D ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
        "sh:path e:r ; sh:qualifiedValueShape [ sh:property [ sh:path e:p ; sh:minCount 2 ] ] ; sh:qualifiedMaxCount 0",
    ],
)  # fmt: skip
def test_each_constraint_finds_what_it_finds_without_a_screen(
    constraint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen, where the constraint has one, changes no finding."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        SHAPES + f"e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ {constraint} ] .", "utf-8"
    )
    data = list(ox.parse(DATA, ox.RdfFormat.TURTLE))
    with_screens = validate(data, shapes=[path])
    monkeypatch.setattr(validation, "screens", lambda shapes, data: {})
    assert validate(data, shapes=[path]) == with_screens
    assert with_screens.findings


def test_another_class_hierarchy_leaves_nothing_as_it_was() -> None:
    """A new subclass may make anything an instance of anything."""
    below = ox.NamedNode(expand("rdfs:subClassOf"))
    changed = {below: [ox.Triple(_CLASSES[0], below, _CLASSES[1])]}
    assert Screen((), ()).affected(changed, Dataset.in_memory()) is None


def test_the_projects_shapes_have_screens() -> None:
    """A shape without one, or that looks at all its nodes after each change, is slow, and nobody would notice."""
    flat = flattened(read_shapes())
    targeted = {shape for shape, _, _ in flat.triples((None, SH.targetClass, None))}
    found = screened(flat, Dataset.in_memory())
    assert len(found) >= len(targeted) > 100
    assert [shape for shape, screen in found.items() if screen.watches is None] == []


def test_a_switched_off_shape_has_no_screen() -> None:
    """It is left to pySHACL, which passes over it."""
    text = SHAPES + "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:deactivated true ; sh:nodeKind sh:Literal ."
    shapes = Dataset.in_memory(ox.parse(text, ox.RdfFormat.TURTLE))
    assert screens(shapes, Dataset.in_memory()) == {}
