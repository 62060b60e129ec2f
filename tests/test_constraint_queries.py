"""`kg.constraint_queries`: which triples may change the verdict of a SPARQL constraint, and that no others may."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import shapes_graph
from kg.constraint_queries import pattern, rests_on
from kg.namespaces import PREFIXES
from kg.revalidation import revalidate
from kg.screens import Step, Unknown, Watch
from kg.store import Dataset
from kg.validation import validate

E = {"e": "urn:e:"}
PREFIX = f"""@prefix sh: <{PREFIXES["sh"]}> . @prefix xsd: <{PREFIXES["xsd"]}> . @prefix e: <urn:e:> .
e:prefixes sh:declare [ sh:prefix "e" ; sh:namespace "urn:e:"^^xsd:anyURI ] .
"""
SHAPE = "e:S%d a sh:NodeShape ; sh:targetClass e:C ; sh:sparql [ sh:prefixes e:prefixes ; sh:select '''%s''' ] .\n"
UNDERSTOOD = (
    "SELECT $this ?value WHERE { $this e:p ?value . ?other e:p ?value . FILTER (?other != $this) }",
    "SELECT $this ?value WHERE { $this e:p ?value FILTER NOT EXISTS { $this e:q ?value ; a e:D } }",
    "SELECT $this WHERE { $this e:p/^e:q ?a . ?a e:r ?b OPTIONAL { ?b e:p ?c } FILTER (!BOUND(?c)) }",
    "SELECT $this ?s WHERE { $this e:p ?s ; e:q ?o . FILTER NOT EXISTS { ?s ?any ?o } }",
    "SELECT $this WHERE { ?x e:r $this , ?y . ?y a e:D . FILTER (EXISTS { ?y e:p ?x } || true) }",
)


def step(name: str, *, inverse: bool = False) -> Step:
    return Step(ox.NamedNode(f"urn:e:{name}"), inverse)


def watch(name: str, at_object: bool, *back: Step) -> Watch:
    return Watch(ox.NamedNode(f"urn:e:{name}"), at_object, back)


def watches(select: str) -> set[Watch] | None:
    found = rests_on(pattern(select, E, "?this"), "?this")
    return None if found is None else set(found)


def test_a_value_leads_back_to_the_focus_node() -> None:
    """Another node with the same value is found by the value."""
    assert watches(UNDERSTOOD[0]) == {
        watch("p", False),
        watch("p", True, step("p", inverse=True)),
    }


def test_a_path_is_as_many_triples() -> None:
    """Each of its steps may change, and the steps before lead back."""
    found = watches("SELECT $this { $this e:p/^e:q/e:r ?x }".replace("{", "WHERE {", 1))
    assert found == {
        watch("p", False),
        watch("q", True, step("p", inverse=True)),
        watch("r", False, step("q"), step("p", inverse=True)),
    }


def test_a_variable_for_a_predicate_is_any() -> None:
    """Whatever is said of the subject counts."""
    found = watches(UNDERSTOOD[3])
    assert found is not None
    assert Watch(None, False, (step("p", inverse=True),)) in found


def test_what_an_optional_group_binds_leads_nowhere_else() -> None:
    """Where the first group does not match, the variable is free in the second, and anything may match."""
    select = "SELECT $this WHERE { $this e:p ?a OPTIONAL { ?a e:q ?b } OPTIONAL { ?b e:r ?c } }"
    assert watches(select) is None


@pytest.mark.parametrize(
    "body",
    [
        "?x e:p ?y",
        "$this e:p* ?y",
        "$this e:p|e:q ?y",
        "$this e:p [ e:q ?y ]",
        "$this e:p ?x FILTER (EXISTS { ?x e:q ?y })",
        "$this e:p e:k . e:k e:q ?y . ?y e:r ?z",
        "$this e:p",
    ],
)
def test_what_is_not_understood_may_rest_on_anything(body: str) -> None:
    """No triples are better than too few."""
    assert watches(f"SELECT $this WHERE {{ {body} }}") is None


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { { $this e:p ?x } UNION { $this e:q ?x } }",
        "SELECT $this WHERE { $this $PATH ?x }",
        "SELECT $this WHERE { $this f:p ?x }",
        "SELECT $this WHERE { GRAPH $shapesGraph { ?x e:p $currentShape } }",
    ],
)
def test_a_query_of_another_kind_has_no_pattern(select: str) -> None:
    """It is left to pySHACL."""
    with pytest.raises(Unknown):
        pattern(select, E, "?this")


def invented(chance: random.Random, size: int) -> set[ox.Quad]:
    nodes: Sequence[ox.NamedNode] = [ox.NamedNode(f"urn:e:n{number}") for number in range(7)]
    type_, classes = ox.NamedNode(PREFIXES["rdf"] + "type"), [ox.NamedNode(f"urn:e:{c}") for c in "CD"]
    properties = [ox.NamedNode(f"urn:e:{name}") for name in "pqr"]
    linked = {ox.Quad(*map(chance.choice, (nodes, properties, nodes))) for _ in range(size)}
    return linked | {ox.Quad(chance.choice(nodes), type_, chance.choice(classes)) for _ in range(size // 3)}


def of(triples: set[ox.Quad]) -> Dataset:
    dataset = Dataset.in_memory()
    dataset.bulk_add(triples)
    return dataset


def test_after_any_change_the_report_is_that_of_a_full_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links come and go together with what they lead to."""
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIX + "".join(SHAPE % item for item in enumerate(UNDERSTOOD)), "utf-8")
    monkeypatch.setattr(shapes_graph, "_check_wellformed", lambda shapes, files: None)  # takes the longest
    chance = random.Random(3)
    changed = set()
    for _ in range(12):
        old = invented(chance, chance.randrange(8, 24))
        new = {quad for quad in old if chance.random() < 0.8} | invented(chance, 3)
        before, full = validate(of(old), shapes=[path]), validate(of(new), shapes=[path])
        changed |= {finding.shape for finding in set(before.findings) ^ set(full.findings)}
        assert revalidate(of(new), before, [q.triple for q in old ^ new], shapes=[path]) == full
    assert len(changed) == len(UNDERSTOOD)
