"""Populations as printed → the line of therapy that they tell of, as a concept beside the words; after merging."""

from __future__ import annotations

import re

from kg.extract.patterns import Pattern
from kg.model import Entity, Fact, Kind, Vocabulary
from kg.schema import RELATIONS


class TherapyLines:
    """Adds the qualifier `line` to facts whose `population` speaks of earlier treatment."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        concepts = tuple(vocabulary.of_kind(Kind.LINE_OF_THERAPY))
        self._of = {_plain(n): Entity.from_concept(c) for c in concepts for n in (c.label, *c.alt, *c.hidden)}
        names = sorted(self._of, key=lambda name: (-len(name), name))
        self._name = Pattern(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    def __call__(self, fact: Fact) -> Fact:
        """The fact with its lines: those of the narrowest concepts that its populations name, longest name first.

        "relapsed or refractory" → second line or later; "after at least two prior lines" → third line or later;
        "adults" → none.
        """
        if self._name is None or "line" not in {slot.name for slot in RELATIONS[fact.relation].slots}:
            return fact
        found = {
            self._of[match[0]].concept: self._of[match[0]]
            for population in fact.qualifier("population")
            for match in self._name.finditer(_plain(str(population)))
        }
        if not found:
            return fact
        return fact.with_qualifiers({"line": tuple(found[concept] for concept in sorted(map(str, found)))})


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("‑", " ").split())
