"""`kg.owl_rules` by itself: what is compiled; what each rule concludes is tested in test_reasoning.py."""

from __future__ import annotations

from kg.namespaces import expand
from kg.owl_rules import SUBCLASS, compiled

A, B, C = "urn:A", "urn:B", "urn:C"
DOMAIN = expand("rdfs:domain")


def test_the_hierarchy_is_closed() -> None:
    """Every class above, each once, terms without a name and the class of everything left out."""
    rules = compiled(
        [(A, SUBCLASS, B), (B, SUBCLASS, C), (A, SUBCLASS, "_:x"), (C, SUBCLASS, expand("owl:Thing"))]
    )
    assert set(rules.hierarchy()) == {(A, SUBCLASS, B), (A, SUBCLASS, C), (B, SUBCLASS, C)}


def test_only_predicates_with_a_rule_are_asked_for() -> None:
    """What nothing follows from need not be read."""
    rules = compiled([("urn:p", DOMAIN, A), (A, SUBCLASS, B)])
    assert "urn:p" in rules.predicates
    assert "urn:q" not in rules.predicates
