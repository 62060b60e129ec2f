"""What follows from facts by the rules of an ontology (`kg.owl_rules`); on strings, no RDF library, no dataset.

Each fact is joined with those that are there, and each new conclusion likewise (semi-naive evaluation).  Facts are held
in memory, or looked up where they are (`Facts`), so that a few new ones cost as much as they touch and not as much as
there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from kg.owl_rules import (
    EVERYTHING,
    LANGUAGE,
    NOTHING,
    SAME,
    SUBCLASS,
    SUBPROPERTY,
    TYPE,
    Rules,
    Triple,
)

#: A conclusion and what it was drawn from.
Step: TypeAlias = tuple[Triple, tuple[Triple, ...]]


class Facts(Protocol):
    """Facts that are looked up where they are."""

    def holds(self, triple: Triple) -> bool:
        """Whether it is a fact."""

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        """What the subject has for the predicate."""

    def subjects(self, predicate: str, object_: str) -> Iterable[str]:
        """What has the object for the predicate."""

    def about(self, term: str) -> Iterable[Triple]:
        """Every fact with the term as subject or object."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot hold together.

    Attributes:
        message: which rule they break, terms as full IRIs.
        facts: those that meet; they may be conclusions themselves (see `Closure.origins`).
    """

    message: str
    facts: tuple[Triple, ...]


class Closure:
    """Facts and what follows from them.

    Attributes:
        derived: the conclusions, each with its premises, in the order in which they were drawn.
    """

    def __init__(
        self, rules: Rules, background: Facts | None = None, *, without: Container[Triple] = ()
    ) -> None:
        """Start with no facts, or with those of `background`.

        Args:
            rules: what is concluded.
            background: facts whose consequences are among them already.
            without: those of the background that do not count.
        """
        self._rules = rules
        self._background = background
        self._without = without
        self._objects: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._subjects: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._facts: dict[Triple, None] = {}
        self._waiting: list[Triple] = []
        self._equality = rules.equality
        self.derived: dict[Triple, tuple[Triple, ...]] = {}

    def learn(self, facts: Iterable[Triple]) -> None:
        """Take facts in; `close` draws the conclusions."""
        for fact in facts:
            if fact not in self._facts:
                self._index(fact)
                self._waiting.append(fact)

    def remember(self, facts: Iterable[Triple]) -> None:
        """Take facts in that only serve as premises for others."""
        for fact in facts:
            self._index(fact)

    def close(self) -> None:
        """Draw every conclusion."""
        waiting = self._waiting
        while waiting:
            self.draw(waiting.pop())

    def draw(self, fact: Triple) -> None:
        """Draw what follows at once from a fact that holds, and note it for `close`."""
        for conclusion, premises in list(self.follows(fact)):
            # A class without a name may hold already without its consequences being there: none was written down.
            known = conclusion in self._facts if _is_hidden(conclusion) else self.holds(conclusion)
            if not known and _says_something(conclusion):
                self.derived[conclusion] = premises
                self._index(conclusion)
                self._waiting.append(conclusion)

    def facts(self) -> Iterable[Triple]:
        """Every fact in memory, conclusions included."""
        return self._facts

    def origins(self, facts: Iterable[Triple]) -> Iterator[Triple]:
        """The facts from which these were concluded in the end, each once."""
        seen: set[Triple] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact not in seen:
                seen.add(fact)
                premises = self.derived.get(fact)
                if premises is None:
                    yield fact
                else:
                    waiting += premises

    # --- looking up ---------------------------------------------------------------------------------------

    def holds(self, triple: Triple) -> bool:
        """Whether it is a fact by now."""
        if triple in self._facts:
            return True
        if self._background is None:
            return False
        if _is_hidden(triple):
            return self._is_member(triple[0], triple[2])
        return triple not in self._without and self._background.holds(triple)

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        """What the subject has for the predicate."""
        own = self._objects.get((predicate, subject), {})
        if self._background is None:
            return own
        found = dict.fromkeys(own)
        for other in self._background.objects(subject, predicate):
            if (subject, predicate, other) not in self._without:
                found[other] = None
        return found

    def subjects(self, predicate: str, object_: str) -> Iterable[str]:
        """What has the object for the predicate."""
        own = self._subjects.get((predicate, object_), {})
        if self._background is None:
            return own
        found = dict.fromkeys(own)
        for other in self._background.subjects(predicate, object_):
            if (other, predicate, object_) not in self._without:
                found[other] = None
        return found

    def _is_member(self, one: str, class_: str) -> bool:
        """Whether something is a member of a class without a name, which no background holds."""
        rules = self._rules
        if any(
            self.holds((one, TYPE, below)) for below in rules.subclasses.get(class_, ()) if below[:2] != "_:"
        ):
            return True
        for property_, entries in rules.some.items():
            for filler, restriction in entries:
                if restriction == class_:
                    values = self.objects(one, property_)
                    return any(filler in EVERYTHING or self.holds((v, TYPE, filler)) for v in values)
        for (property_, value), restrictions in rules.value.items():
            if class_ in restrictions:
                return self.holds((one, property_, value))
        for wholes in rules.meets.values():
            for whole, parts in wholes:
                if whole == class_:
                    return all(self.holds((one, TYPE, part)) for part in parts)
        return any(
            self._is_member(one, below) for below in rules.subclasses.get(class_, ()) if below[:2] == "_:"
        )

    def _index(self, fact: Triple) -> None:
        s, p, o = fact
        self._facts[fact] = None
        self._objects[p, s][o] = None
        self._subjects[p, o][s] = None
        if p == SAME:
            self._equality = True

    # --- the rules ----------------------------------------------------------------------------------------

    def follows(self, fact: Triple) -> Iterator[Step]:
        """What follows at once from a fact together with the others."""
        s, p, o = fact
        if p == TYPE:
            yield from self._from_type(fact)
        else:
            rules, one = self._rules, (fact,)
            for q in rules.superproperties.get(p, ()):  # prp-spo1, prp-eqp
                yield (s, q, o), one
            for q in rules.flipped.get(p, ()):  # prp-inv, prp-symp
                yield (o, q, s), one
            for class_ in rules.domains.get(p, ()):  # prp-dom
                yield (s, TYPE, class_), one
            for class_ in rules.ranges.get(p, ()):  # prp-rng
                yield (o, TYPE, class_), one
            if p in rules.transitive:  # prp-trp
                for z in self.objects(o, p):
                    yield (s, p, z), (fact, (o, p, z))
                for x in self.subjects(p, s):
                    yield (x, p, o), ((x, p, s), fact)
            for target, chain, at in rules.chains.get(p, ()):  # prp-spo2
                for x, before in self._paths(s, chain[:at], backward=True):
                    for z, after in self._paths(o, chain[at + 1 :]):
                        yield (x, target, z), (*before, fact, *after)
            yield from self._memberships(fact)
        if self._equality:
            yield from self._equalities(fact)

    def _from_type(self, fact: Triple) -> Iterator[Step]:
        s, _, class_ = fact
        rules = self._rules
        for above in rules.superclasses.get(class_, ()):  # cax-sco, cax-eqc, cls-int2, cls-uni
            yield (s, TYPE, above), (fact,)
        for p, restriction in rules.some_of.get(class_, ()):  # cls-svf1
            for x in self.subjects(p, s):
                yield (x, TYPE, restriction), ((x, p, s), fact)
        for whole, parts in rules.meets.get(class_, ()):  # cls-int1
            premises = tuple((s, TYPE, part) for part in parts)
            if all(premise == fact or self.holds(premise) for premise in premises):
                yield (s, TYPE, whole), premises
        for p, filler in rules.every.get(class_, ()):  # cls-avf
            for y in self.objects(s, p):
                yield (y, TYPE, filler), (fact, (s, p, y))
        for p, value in rules.value_of.get(class_, ()):  # cls-hv1
            yield (s, p, value), (fact,)

    def _memberships(self, fact: Triple) -> Iterator[Step]:
        s, p, o = fact
        rules = self._rules
        for filler, restriction in rules.some.get(p, ()):  # cls-svf1, cls-svf2
            if filler in EVERYTHING:
                yield (s, TYPE, restriction), (fact,)
            elif self.holds((o, TYPE, filler)):
                yield (s, TYPE, restriction), (fact, (o, TYPE, filler))
        for restriction, filler in rules.every_of.get(p, ()):  # cls-avf
            if self.holds((s, TYPE, restriction)):
                yield (o, TYPE, filler), ((s, TYPE, restriction), fact)
        for restriction in rules.value.get((p, o), ()):  # cls-hv2
            yield (s, TYPE, restriction), (fact,)

    def _paths(
        self, start: str, chain: Sequence[str], *, backward: bool = False
    ) -> Iterator[tuple[str, tuple[Triple, ...]]]:
        """Where a chain of properties leads from a thing, with the facts on the way; backward from its end."""
        if not chain:
            yield start, ()
        elif backward:
            for x in self.subjects(chain[-1], start):
                for end, facts in self._paths(x, chain[:-1], backward=True):
                    yield end, (*facts, (x, chain[-1], start))
        else:
            for z in self.objects(start, chain[0]):
                for end, facts in self._paths(z, chain[1:]):
                    yield end, ((start, chain[0], z), *facts)

    def _equalities(self, fact: Triple) -> Iterator[Step]:
        s, p, o = fact
        rules = self._rules
        if p in rules.functional:  # prp-fp
            for other in self.objects(s, p):
                yield from _same(o, other, (fact, (s, p, other)))
        if p in rules.inverse_functional:  # prp-ifp
            for other in self.subjects(p, o):
                yield from _same(s, other, (fact, (other, p, o)))
        for class_, key in (entry for entries in rules.keys.values() for entry in entries):  # prp-key
            if (p in key or (p == TYPE and o == class_)) and self.holds((s, TYPE, class_)):
                yield from self._same_by_key(s, class_, key)
        if p == SAME:
            yield (o, SAME, s), (fact,)  # eq-sym
            for x, q, y in [f for f in self._facts if s in (f[0], f[2])]:  # eq-trans, eq-rep-s, eq-rep-o
                yield (o if x == s else x, q, o if y == s else y), (fact, (x, q, y))
        else:
            for other in self.objects(s, SAME):
                yield (other, p, o), (fact, (s, SAME, other))
            for other in self.objects(o, SAME):
                yield (s, p, other), (fact, (o, SAME, other))

    def _same_by_key(self, one: str, class_: str, key: Sequence[str]) -> Iterator[Step]:
        candidates: dict[str, tuple[Triple, ...]] | None = None
        for p in key:
            sharing: dict[str, tuple[Triple, ...]] = {
                other: ((one, p, value), (other, p, value))
                for value in self.objects(one, p)
                for other in self.subjects(p, value)
            }
            if candidates is None:
                candidates = sharing
            else:
                candidates = {o: (*candidates[o], *facts) for o, facts in sharing.items() if o in candidates}
        for other, premises in (candidates or {}).items():
            if self.holds((other, TYPE, class_)):
                yield from _same(one, other, premises)

    # --- contradictions -----------------------------------------------------------------------------------

    def contradictions(self, facts: Iterable[Triple]) -> Iterator[Contradiction]:
        """What breaks with any of the facts."""
        rules = self._rules
        for fact in facts:
            s, p, o = fact
            if p == TYPE:
                for other in rules.disjoint.get(o, ()):  # cax-dw, cax-adc, cls-com
                    if self.holds((s, TYPE, other)):
                        one, two = sorted((o, other))
                        yield Contradiction(
                            f"Disjoint classes {one} and {two} have a common individual {s}",
                            ((s, TYPE, one), (s, TYPE, two)),
                        )
                if o == NOTHING:  # cls-nothing2
                    yield Contradiction(f"{s} is in owl:Nothing, the class without members", (fact,))
                continue
            if s == o and p in rules.irreflexive:  # prp-irp
                yield Contradiction(f"Irreflexive property {p} leads from {s} to itself", (fact,))
            if p in rules.asymmetric and self.holds((o, p, s)):  # prp-asyp
                one, two = sorted((s, o))
                yield Contradiction(
                    f"The asymmetric property {p} leads both ways between {one} and {two}", (fact, (o, p, s))
                )
            for q in rules.disjoint_properties.get(p, ()):  # prp-pdw, prp-adp
                if self.holds((s, q, o)):
                    one, two = sorted((p, q))
                    yield Contradiction(
                        f"The disjoint properties {one} and {two} both lead from {s} to {o}",
                        ((s, one, o), (s, two, o)),
                    )
            if p == SAME and o in rules.different.get(s, ()):  # eq-diff
                one, two = sorted((s, o))
                yield Contradiction(f"owl:sameAs and owl:differentFrom between {one} and {two}", (fact,))


def _same(one: str, other: str, premises: tuple[Triple, ...]) -> Iterator[Step]:
    if one != other and not one.startswith('"') and not other.startswith('"'):
        yield (one, SAME, other), premises
        yield (other, SAME, one), premises


def _is_hidden(triple: Triple) -> bool:
    return triple[1] == TYPE and triple[2].startswith("_:")


def _says_something(triple: Triple) -> bool:
    s, p, o = triple
    if s.startswith('"') or o in EVERYTHING:
        return False
    return not (p == SAME and s == o)


def is_useful(triple: Triple) -> bool:
    """Whether a conclusion is worth a place in the graph: IRIs throughout, nothing about RDF's and OWL's own terms."""
    s, p, o = triple
    if s.startswith(("_:", '"')) or o.startswith(("_:", '"')):
        return False
    if s.startswith(LANGUAGE) or o.startswith(LANGUAGE):
        return False
    if p == TYPE:
        return True
    if p in (SAME, SUBCLASS, SUBPROPERTY):
        return s != o
    return not p.startswith(LANGUAGE)
