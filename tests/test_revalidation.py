"""`kg.revalidation` and `kg.screening`: the same findings as looking at everything, on many changes and many faults."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH

from bench import synthetic
from kg import validation
from kg.conflicts import conflict_quads
from kg.findings import Finding, Report
from kg.namespaces import PREFIXES, Minter, expand
from kg.revalidation import read_report, revalidate, rules_digest
from kg.screening import screens
from kg.screens import Screen
from kg.shapes_graph import flattened, read_shapes
from kg.store import Dataset
from kg.validation import validate

_TYPE = ox.NamedNode(expand("rdf:type"))


@pytest.fixture(scope="module")
def graph() -> tuple[ox.Quad, ...]:
    """Some releases with their vocabulary, as triples."""
    dataset = Dataset.in_memory([*synthetic.background(), *synthetic.quads(releases=6)])
    dataset.add(list(conflict_quads(dataset, Minter())))
    return tuple(sorted(dataset.quads(), key=str))


def damaged(graph: tuple[ox.Quad, ...], chance: random.Random, faults: int) -> set[ox.Quad]:
    """The triples after some were taken away, got another end, another type, or a second value."""
    out = set(graph)
    # A start that is no number is an error for rdflib's SUBSTR, not a finding.
    data = [q for q in graph if "/id/" in str(q.subject) and not q.predicate.value.startswith(PREFIXES["oa"])]
    for quad in chance.sample(data, faults):
        other = chance.choice(data)
        out.discard(quad)
        match chance.randrange(5):
            case 0:
                out.add(ox.Quad(quad.subject, quad.predicate, other.object))
            case 1:
                out |= {quad, ox.Quad(quad.subject, quad.predicate, ox.Literal("x\n"))}
            case 2:
                out |= {quad, ox.Quad(quad.subject, other.predicate, quad.object)}
            case 3:
                out |= {quad, ox.Quad(quad.subject, _TYPE, chance.choice(_CLASSES))}
    return out


_CLASSES = [ox.NamedNode(expand(f"rkg:{name}")) for name in ("Drug", "ClinicalTrial", "Release", "Evidence")]


def of(triples: set[ox.Quad]) -> Dataset:
    dataset = Dataset.in_memory()
    dataset.bulk_add(triples)
    return dataset


def counted(report: Report) -> Counter[Finding]:
    return Counter(report.findings)


@pytest.mark.parametrize("seed", range(2))
def test_a_change_gives_the_report_of_a_full_run(graph: tuple[ox.Quad, ...], seed: int) -> None:
    """What is validated after a change, with what was found before, is what validating everything finds."""
    chance = random.Random(seed)
    old = damaged(graph, chance, 30)
    before = validate(of(old))
    new = damaged(tuple(sorted(old, key=str)), chance, 15)
    changed = [quad.triple for quad in old ^ new]
    full = validate(of(new))
    assert before.findings
    assert full.findings != before.findings
    assert revalidate(of(new), before, changed) == full


def test_screens_pass_over_nothing(graph: tuple[ox.Quad, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """What pySHACL finds when it looks at every node, it finds when it looks at those of the screens."""
    data = of(damaged(graph, random.Random(5), 60))
    found = validate(data)
    monkeypatch.setattr(validation, "screens", lambda shapes, data: {})
    assert counted(validate(data)) == counted(found)
    assert len({finding.constraint for finding in found.findings}) > 5


def test_the_projects_shapes_have_screens() -> None:
    """A shape without one is slow, and would be noticed by nobody."""
    flat = flattened(read_shapes())
    targeted = {shape for shape, _, _ in flat.triples((None, SH.targetClass, None))}
    assert len(validation.screened(flat, Dataset.in_memory())) >= len(targeted) > 100


def test_a_report_is_read_back_from_its_graph(graph: tuple[ox.Quad, ...]) -> None:
    """What a snapshot says of itself serves the next build."""
    old = of(damaged(graph, random.Random(7), 30))
    report = validate(old)
    old.add(report.quads())
    again = revalidate(old, read_report(old), [])
    assert again.findings == report.findings


def test_another_class_hierarchy_leaves_nothing_as_it_was() -> None:
    """A new subclass may make anything an instance of anything."""
    below = ox.NamedNode(expand("rdfs:subClassOf"))
    changed = {below: [ox.Triple(_CLASSES[0], below, _CLASSES[1])]}
    assert Screen((), ()).affected(changed, Dataset.in_memory()) is None


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


def test_the_digest_of_rules_is_that_of_their_content(tmp_path: Path) -> None:
    """Read twice the same, though blank nodes are named anew; another number is another digest."""
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    shape = "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:minCount %s ] ."
    one.write_text(SHAPES + shape % 1, "utf-8")
    other.write_text(SHAPES + shape % 2, "utf-8")
    assert rules_digest([one]) == rules_digest([one]) != rules_digest([other])


def test_a_switched_off_shape_has_no_screen() -> None:
    """It is left to pySHACL, which passes over it."""
    text = SHAPES + "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:deactivated true ; sh:nodeKind sh:Literal ."
    shapes = Dataset.in_memory(ox.parse(text, ox.RdfFormat.TURTLE))
    assert screens(shapes, Dataset.in_memory()) == {}
