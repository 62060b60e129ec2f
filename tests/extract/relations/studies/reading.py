"""What the rules on studies find in an invented release, in short forms that tests compare."""

from __future__ import annotations

from kg.extract.relations.studies import facts
from kg.model import Entity, Fact
from tests.extract.relations.linked import linked


def found(text: str, relation: str) -> list[Fact]:
    return [f for f in facts(linked(text)) if f.relation == relation]


def shown(fact: Fact) -> str:
    return (
        fact.object.label
        if isinstance(fact.object, Entity)
        else getattr(fact.object, "text", str(fact.object))
    )


def values(fact: Fact, name: str) -> list[object]:
    return [v.label if isinstance(v, Entity) else v for v in fact.qualifier(name)]
