"""`kg.entailment` by itself: what is looked up, what a conclusion came from.

That each rule concludes what it should, and what owlrl concludes, is tested in test_reasoning.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.entailment import Closure, is_useful
from kg.namespaces import expand
from kg.owl_rules import NOTHING, SUBCLASS, TYPE, Triple, compiled

A, B, C = "urn:A", "urn:B", "urn:C"
ON, SOME, RANGE = (expand(curie) for curie in ("owl:onProperty", "owl:someValuesFrom", "rdfs:range"))


class Remembered:
    """Facts that are looked up, and what was looked up."""

    def __init__(self, *facts: Triple) -> None:
        self.all = facts
        self.asked: list[str] = []

    def holds(self, triple: Triple) -> bool:
        """Whether it is among them."""
        return triple in self.all

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        """Noted and looked up."""
        self.asked.append(subject)
        return [o for s, p, o in self.all if (s, p) == (subject, predicate)]

    def subjects(self, predicate: str, object_: str) -> Iterable[str]:
        """Noted and looked up."""
        self.asked.append(object_)
        return [s for s, p, o in self.all if (p, o) == (predicate, object_)]

    def about(self, term: str) -> Iterable[Triple]:
        """Both sides."""
        return [fact for fact in self.all if term in (fact[0], fact[2])]


def test_origins_are_what_was_given() -> None:
    """However many rules lie between."""
    closure = Closure(compiled([("urn:p", RANGE, A), (A, SUBCLASS, B), (B, SUBCLASS, NOTHING)]))
    closure.learn([("urn:x", "urn:p", "urn:y")])
    closure.close()
    [told] = closure.contradictions(closure.facts())
    assert list(closure.origins(told.facts)) == [("urn:x", "urn:p", "urn:y")]


def test_a_new_fact_is_joined_with_those_that_are_looked_up() -> None:
    """Nothing is concluded from them alone, and only what the new one touches is looked up."""
    chain = expand("owl:propertyChainAxiom")
    lists = [
        ("_:1", expand("rdf:first"), "urn:p"),
        ("_:1", expand("rdf:rest"), "_:2"),
        ("_:2", expand("rdf:first"), "urn:q"),
    ]
    known = Remembered(("urn:y", "urn:q", "urn:z"), ("urn:far", "urn:p", "urn:away"))
    closure = Closure(compiled([("urn:r", chain, "_:1"), *lists]), known)
    closure.learn([("urn:x", "urn:p", "urn:y")])
    closure.close()
    assert set(closure.derived) == {("urn:x", "urn:r", "urn:z")}
    assert "urn:far" not in known.asked


def test_a_class_without_a_name_is_worked_out_where_it_is_needed() -> None:
    """It is never written down, so what is looked up cannot hold it."""
    axioms = [
        ("_:some", ON, "urn:p"), ("_:some", SOME, B), (C, expand("owl:intersectionOf"), "_:1"),
        ("_:1", expand("rdf:first"), A), ("_:1", expand("rdf:rest"), "_:2"), ("_:2", expand("rdf:first"), "_:some"),
    ]  # fmt: skip
    closure = Closure(compiled(axioms), Remembered(("urn:x", "urn:p", "urn:y"), ("urn:y", TYPE, B)))
    closure.learn([("urn:x", TYPE, A)])
    closure.close()
    assert set(filter(is_useful, closure.derived)) == {("urn:x", TYPE, C)}


def test_what_does_not_count_is_not_found() -> None:
    """Facts that are on their way out conclude nothing and hinder nothing."""
    gone = ("urn:x", TYPE, B)
    closure = Closure(compiled([(A, SUBCLASS, B)]), Remembered(gone), without={gone})
    closure.learn([("urn:x", TYPE, A)])
    closure.close()
    assert gone in closure.derived


def test_useful() -> None:
    """Names throughout, nothing about the language itself, nothing that is merely itself."""
    assert is_useful((A, TYPE, B))
    assert not is_useful(("_:x", TYPE, B))
    assert not is_useful((A, "urn:p", '"text"'))
    assert not is_useful((A, SUBCLASS, A))
    assert not is_useful((A, TYPE, expand("owl:Class")))
