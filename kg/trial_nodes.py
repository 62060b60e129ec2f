"""Facts about trials → which of them tell of one trial, and the node that it stands on.

Between the entities and the merged facts of `kg.resolution`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from kg.clustering import cluster
from kg.model import Entity, Fact, Kind, Node, Value, Vocabulary
from kg.namespaces import slug

#: Where a fact stands: the release's id and its index among the release's facts.
At: TypeAlias = tuple[str, int]

_WORD: Final = re.compile(r"[^\W_]+")
_YOUNG: Final = frozenset({"pediatric", "paediatric", "children", "child", "adolescents"})


def trial_nodes(documents: Mapping[str, Sequence[Fact]], vocabulary: Vocabulary | None) -> dict[At, Node]:
    """One node for one trial of a drug, however differently the releases describe it.

    Args:
        documents: facts with canonical entities, by the id of their release.
        vocabulary: for the disease hierarchy: a disease in common makes one trial of two descriptions, one's under
            the other's counting too.
    """
    above = _ancestors(vocabulary)
    groups: dict[tuple[str, str, bool], list[At]] = defaultdict(list)
    numbered: dict[str, list[At]] = defaultdict(list)
    for release, facts in documents.items():
        for i, fact in enumerate(facts):
            if fact.relation == "trial" and fact.subject is not None:
                groups[fact.subject.slug, _text(fact.object), _is_pediatric(fact)].append((release, i))

    def fact_at(at: At) -> Fact:
        return documents[at[0]][at[1]]

    def numbers(at: At) -> frozenset[str]:
        return frozenset(_text(v) for name in ("nct", "name") for v in fact_at(at).qualifier(name))

    nodes: dict[At, Node] = {}
    for members in groups.values():
        named = {disease for at in members for disease in _diseases(fact_at(at))}
        shared: dict[str, list[At]] = defaultdict(list)
        for at in members:
            for disease in {d for own in _diseases(fact_at(at)) for d in (own, *above.get(own, ()))}:
                if disease in named:
                    shared[disease].append(at)
        for trial in cluster(members, numbers, shared.values()):
            releases = [release for release, _ in trial]
            # Two trials that one release tells apart are never joined by a third description.
            parts = [trial] if len(set(releases)) == len(releases) else [(at,) for at in trial]
            for part in parts:
                facts = [fact_at(at) for at in part]
                number = min((_text(v) for f in facts for v in f.qualifier("nct")), default="")
                if number:
                    numbered[number].extend(part)
                else:
                    nodes |= dict.fromkeys(part, _described(facts))
    for number, places in numbered.items():
        nodes |= _registered(number, {at: fact_at(at) for at in places})
    return nodes


def _described(facts: Sequence[Fact]) -> Node:
    """The node of a trial without a number: named by drug, phase and the disease that most releases name."""
    own = "" if facts[0].subject is None else facts[0].subject.slug
    parts = [own, "phase", _usual_phase(facts), _young(facts), _usual_disease(facts)]
    return Node(slug(" ".join(filter(None, parts))), _label(facts))


def _registered(number: str, facts: Mapping[At, Fact]) -> dict[At, Node]:
    """The nodes of what has one registry number: one for each drug, and for each phase that one release tells apart.

    Releases that differ on the phase speak of one trial: `kg.conflicts` says so.
    """
    drugs: dict[str, list[At]] = defaultdict(list)
    for at, fact in facts.items():
        drugs["" if fact.subject is None else fact.subject.slug].append(at)
    out: dict[At, Node] = {}
    for drug, places in drugs.items():
        own = number if len(drugs) == 1 else f"{number} {drug}"
        first = _usual_phase([facts[at] for at in places])
        stated: dict[str, set[str]] = defaultdict(set)
        for at in places:
            stated[at[0]].add(_text(facts[at].object))
        is_told_apart = any(len(phases) > 1 for phases in stated.values())
        parts: dict[str, list[At]] = defaultdict(list)
        for at in places:
            phase = _text(facts[at].object)
            parts[f"phase {phase}" if is_told_apart and phase != first else ""].append(at)
        for more, part in parts.items():
            told = [facts[at] for at in part]
            out |= dict.fromkeys(part, Node(slug(f"{own} {more}"), f"{_label(told)} ({number})"))
    return out


def _label(facts: Sequence[Fact]) -> str:
    subject = facts[0].subject
    where = " ".join(filter(None, [_young(facts), _usual_disease(facts)]))
    label = f"{'' if subject is None else subject.label}: phase {_usual_phase(facts)} trial"
    return f"{label} in {where}" if _usual_disease(facts) else label


def _usual_phase(facts: Sequence[Fact]) -> str:
    return _most_usual(_text(fact.object) for fact in facts)


def _usual_disease(facts: Sequence[Fact]) -> str:
    return _most_usual(_text(v) for fact in facts for v in {*fact.qualifier("indications")})


def _most_usual(texts: Iterable[str]) -> str:
    stated = Counter(texts)
    return min(stated, key=lambda text: (-stated[text], text), default="")


def _young(facts: Sequence[Fact]) -> str:
    return "pediatric" if any(map(_is_pediatric, facts)) else ""


def _is_pediatric(fact: Fact) -> bool:
    words = {w for v in fact.qualifier("population") for w in _WORD.findall(_text(v).casefold())}
    return not words.isdisjoint(_YOUNG)


def _text(value: Value) -> str:
    return value.label if isinstance(value, Entity) else str(value)


def _diseases(fact: Fact) -> list[str]:
    return sorted({v.concept or v.label for v in fact.qualifier("indications") if isinstance(v, Entity)})


def _ancestors(vocabulary: Vocabulary | None) -> dict[str, frozenset[str]]:
    if vocabulary is None:
        return {}
    parents = {c.curie: c.broader for c in vocabulary.of_kind(Kind.DISEASE)}
    above: dict[str, frozenset[str]] = {}
    for curie, direct in parents.items():
        seen: set[str] = set()
        todo = list(direct)
        while todo:
            parent = todo.pop()
            if parent not in seen:
                seen.add(parent)
                todo += parents.get(parent, ())
        above[curie] = frozenset(seen)
    return above
