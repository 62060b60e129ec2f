"""Facts that say the same → one fact with all its evidence; the last stage of extraction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.model import Entity, Fact, Modality, Quantity, Value
from kg.schema import RELATIONS, Range, Relation

_RANK: Final = {
    Modality.ASSERTED: 0,
    Modality.HISTORICAL: 1,
    Modality.PLANNED: 2,
    Modality.HYPOTHETICAL: 3,
    Modality.NEGATED: 4,
}
#: Here a description that leaves something out may be of another one: two phase 1 trials of a drug.
_TOLD_APART: Final = frozenset({"trial", "trial_cohort", "result", "preclinical_study"})


def merged(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Unite facts with the same claim, in the order of their first evidence.

    Two facts of one relation, subject and object are one where no qualifier of theirs disagrees; what one of
    them leaves unsaid the other supplies.  What is hoped or denied stays apart from what is stated.
    """
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        claim = fact.modality if fact.modality.is_claim_only else None
        same = groups.setdefault((fact.relation, _key(fact.subject), _key(fact.object), claim), [])
        relation = RELATIONS[fact.relation]
        for index, other in enumerate(same):
            if _agree(other, fact, relation):
                same[index] = _united(other, fact, relation)
                break
        else:
            same.append(fact)
    found = [fact for group in groups.values() for fact in group]
    return tuple(
        sorted(found, key=lambda f: (min(e.start for e in f.evidence), f.relation, repr(_key(f.object))))
    )


def _key(value: Value | None) -> object:
    if isinstance(value, Entity):
        return (value.kind, value.concept or value.label)
    return value.text if isinstance(value, Quantity) else value


def _agree(a: Fact, b: Fact, relation: Relation) -> bool:
    for slot in relation.slots:
        one, other = {_key(v) for v in a.qualifier(slot.name)}, {_key(v) for v in b.qualifier(slot.name)}
        if slot.name in relation.identity and relation.name in _TOLD_APART:
            if one != other:
                return False
        elif slot.many or not one or not other or one == other:
            continue
        elif slot.range is not Range.TEXT or slot.name in relation.identity:
            return False  # other texts are words about it: two wordings of one purpose
    return True


def _united(a: Fact, b: Fact, relation: Relation) -> Fact:
    if (_RANK[b.modality], -b.confidence) < (_RANK[a.modality], -a.confidence):
        a, b = b, a
    qualifiers: dict[str, Value | tuple[Value, ...] | None] = {}
    for slot in relation.slots:
        values = tuple(
            {repr(_key(v)): v for v in (*a.qualifier(slot.name), *b.qualifier(slot.name))}.values()
        )
        if values:
            qualifiers[slot.name] = values if slot.many else values[0]
    evidence = tuple(dict.fromkeys((*a.evidence, *b.evidence)))
    return replace(
        a.with_qualifiers(qualifiers), confidence=max(a.confidence, b.confidence), evidence=evidence
    )
