"""OWL 2 RL on terms as strings: axioms → rules, rules and facts → what follows; no RDF library, no dataset.

The axioms are closed first and compiled into look-ups by predicate and class; then each fact is joined with those
that are there, and each new conclusion likewise (semi-naive evaluation).  Facts are held in memory, or looked up where
they are (`Facts`), so that a few new ones cost as much as they touch and not as much as there is.

A term is an IRI as it stands, `_:name` for a class without a name, or a literal beginning with `"`.
Rules are named as in https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules; those on
literals and datatypes and those that conclude nothing but that a thing is itself are left out on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Final, Protocol, TypeAlias, TypeVar

from kg.errors import VocabularyError
from kg.namespaces import PREFIXES, compact

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)
Triple: TypeAlias = tuple[str, str, str]
#: A conclusion and what it was drawn from.
Step: TypeAlias = tuple[Triple, tuple[Triple, ...]]

_RDF: Final = PREFIXES["rdf"]
_RDFS: Final = PREFIXES["rdfs"]
_OWL: Final = PREFIXES["owl"]

TYPE: Final = _RDF + "type"
SAME: Final = _OWL + "sameAs"
SUBCLASS: Final = _RDFS + "subClassOf"
SUBPROPERTY: Final = _RDFS + "subPropertyOf"
NOTHING: Final = _OWL + "Nothing"
#: Namespaces whose own terms are never spoken of in a conclusion.
LANGUAGE: Final = (_RDF, _RDFS, _OWL, PREFIXES["xsd"])

_EVERYTHING: Final = frozenset({_OWL + "Thing", _RDFS + "Resource"})
#: Predicates of axioms that the compiler reads, and annotations, from which nothing follows.
_READ: Final = frozenset(
    _OWL + name
    for name in (
        "equivalentClass", "equivalentProperty", "inverseOf", "propertyChainAxiom", "hasKey", "disjointWith",
        "propertyDisjointWith", "complementOf", "differentFrom", "sameAs", "onProperty", "hasValue", "someValuesFrom",
        "allValuesFrom", "intersectionOf", "unionOf", "oneOf", "members", "distinctMembers",
        "imports", "versionIRI", "versionInfo", "priorVersion", "deprecated", "backwardCompatibleWith",
        "incompatibleWith",
    )
)  # fmt: skip


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


class _Axioms:
    """Axioms by predicate, and their lists."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.by: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for s, p, o in sorted(set(triples)):
            self.by[p].append((s, o))
        self._first = dict(self.by[_RDF + "first"])
        self._rest = dict(self.by[_RDF + "rest"])

    def pairs(self, curie: str) -> list[tuple[str, str]]:
        prefix, _, name = curie.partition(":")
        return self.by.get(PREFIXES[prefix] + name, [])

    def typed(self, name: str) -> frozenset[str]:
        return frozenset(s for s, o in self.by.get(TYPE, []) if o == _OWL + name)

    def members(self, head: str) -> tuple[str, ...]:
        out = []
        while head in self._first:
            out.append(self._first[head])
            head = self._rest.get(head, "")
        return tuple(out)


@dataclass(slots=True)
class Rules:
    """An ontology as look-ups; see `compiled`.

    Attributes:
        stated: what the ontology itself says about individuals.
        superclasses, superproperties: all of them, the term itself not.
        predicates: those from whose facts something follows.
        equality: whether two names may turn out to be one thing's.
    """

    stated: tuple[Triple, ...] = ()
    superclasses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    subclasses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    superproperties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    flipped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    domains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: dict[str, tuple[str, ...]] = field(default_factory=dict)
    transitive: frozenset[str] = frozenset()
    functional: frozenset[str] = frozenset()
    inverse_functional: frozenset[str] = frozenset()
    irreflexive: frozenset[str] = frozenset()
    asymmetric: frozenset[str] = frozenset()
    chains: dict[str, tuple[tuple[str, tuple[str, ...], int], ...]] = field(default_factory=dict)
    some: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    some_of: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    every: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    every_of: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    value: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    value_of: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    meets: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)
    keys: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)
    disjoint: dict[str, frozenset[str]] = field(default_factory=dict)
    disjoint_properties: dict[str, frozenset[str]] = field(default_factory=dict)
    different: dict[str, frozenset[str]] = field(default_factory=dict)
    predicates: frozenset[str] = frozenset()
    equality: bool = False

    def hierarchy(self) -> Iterator[Triple]:
        """Every subclass and subproperty axiom that holds, between terms with a name."""
        for predicate, above in ((SUBCLASS, self.superclasses), (SUBPROPERTY, self.superproperties)):
            for term, supers in above.items():
                for other in supers:
                    if not term.startswith("_:") and not other.startswith("_:"):
                        yield term, predicate, other


def compiled(axioms: Iterable[Triple]) -> Rules:
    """Close the axioms of an ontology and make rules of them.

    Raises:
        VocabularyError: it has an axiom that is not covered here (cardinalities, negative assertions, self).
    """
    ontology = _Axioms(axioms)
    for predicate in ontology.by:
        if predicate.startswith(_OWL) and predicate not in _READ:
            raise VocabularyError(
                f"the ontology uses {compact(predicate)}, which the compiled rules do not cover: take another reasoner"
            )
    properties = _closed(
        {*ontology.pairs("rdfs:subPropertyOf"), *_both_ways(ontology.pairs("owl:equivalentProperty"))}
    )
    classes = _closed_classes(ontology, properties)
    rules = Rules(
        stated=tuple(
            (s, p, o)
            for p, pairs in ontology.by.items()
            for s, o in pairs
            if p in (TYPE, SAME) or not p.startswith(LANGUAGE)
            if not o.startswith(LANGUAGE)
        ),
        superclasses=classes,
        subclasses=_turned(classes),
        superproperties=properties,
        domains=_grouped(ontology.pairs("rdfs:domain")),
        ranges=_grouped(ontology.pairs("rdfs:range")),
        transitive=ontology.typed("TransitiveProperty"),
        functional=ontology.typed("FunctionalProperty"),
        inverse_functional=ontology.typed("InverseFunctionalProperty"),
        irreflexive=ontology.typed("IrreflexiveProperty"),
        asymmetric=ontology.typed("AsymmetricProperty"),
    )
    _compile_properties(rules, ontology)
    _compile_classes(rules, ontology)
    _compile_contradictions(rules, ontology)
    rules.equality = bool(
        rules.functional
        or rules.inverse_functional
        or rules.keys
        or any(p == SAME for _, p, _ in rules.stated)
    )
    rules.predicates = frozenset(
        {
            TYPE, SAME, *rules.superproperties, *rules.flipped, *rules.domains, *rules.ranges, *rules.transitive,
            *rules.functional, *rules.inverse_functional, *rules.irreflexive, *rules.asymmetric, *rules.chains,
            *rules.some, *rules.every_of, *rules.disjoint_properties, *(p for p, _ in rules.value),
            *(p for keys in rules.keys.values() for _, key in keys for p in key),
        }
    )  # fmt: skip
    return rules


def _compile_properties(rules: Rules, ontology: _Axioms) -> None:
    inverse = _both_ways(ontology.pairs("owl:inverseOf"))
    rules.flipped = _grouped([*inverse, *((p, p) for p in ontology.typed("SymmetricProperty"))])
    chains: list[tuple[str, tuple[str, tuple[str, ...], int]]] = []
    for target, head in ontology.pairs("owl:propertyChainAxiom"):
        chain = ontology.members(head)
        chains += [(step, (target, chain, at)) for at, step in enumerate(chain)]
    rules.chains = _grouped(chains)


def _compile_classes(rules: Rules, ontology: _Axioms) -> None:
    on = dict(ontology.pairs("owl:onProperty"))
    some = [(on[r], filler, r) for r, filler in ontology.pairs("owl:someValuesFrom") if r in on]
    rules.some = _grouped([(p, (filler, r)) for p, filler, r in some])
    rules.some_of = _grouped([(filler, (p, r)) for p, filler, r in some if filler not in _EVERYTHING])
    every = [(on[r], filler, r) for r, filler in ontology.pairs("owl:allValuesFrom") if r in on]
    rules.every = _grouped([(r, (p, filler)) for p, filler, r in every])
    rules.every_of = _grouped([(p, (r, filler)) for p, filler, r in every])
    values = [(on[r], value, r) for r, value in ontology.pairs("owl:hasValue") if r in on]
    rules.value = _grouped([((p, value), r) for p, value, r in values])
    rules.value_of = _grouped([(r, (p, value)) for p, value, r in values])
    meets: list[tuple[str, tuple[str, tuple[str, ...]]]] = []
    for class_, head in ontology.pairs("owl:intersectionOf"):
        parts = ontology.members(head)
        meets += [(part, (class_, parts)) for part in parts]
    rules.meets = _grouped(meets)
    rules.stated += tuple(
        (one, TYPE, class_)
        for class_, head in ontology.pairs("owl:oneOf")
        for one in ontology.members(head)
        if not one.startswith('"')
    )
    rules.keys = _grouped(
        [(class_, (class_, ontology.members(head))) for class_, head in ontology.pairs("owl:hasKey")]
    )


def _compile_contradictions(rules: Rules, ontology: _Axioms) -> None:
    members = [*ontology.pairs("owl:members"), *ontology.pairs("owl:distinctMembers")]

    def pairwise(kind: str) -> list[tuple[str, str]]:
        axioms = ontology.typed(kind)
        return [p for s, head in members if s in axioms for p in combinations(ontology.members(head), 2)]

    def sets(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
        return {term: frozenset(others) for term, others in _grouped(_both_ways(pairs)).items()}

    rules.disjoint = sets(
        [
            *ontology.pairs("owl:disjointWith"),
            *ontology.pairs("owl:complementOf"),
            *pairwise("AllDisjointClasses"),
        ]
    )
    rules.disjoint_properties = sets(
        [*ontology.pairs("owl:propertyDisjointWith"), *pairwise("AllDisjointProperties")]
    )
    rules.different = sets([*ontology.pairs("owl:differentFrom"), *pairwise("AllDifferent")])


def _closed_classes(ontology: _Axioms, properties: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """scm-sco, scm-eqc, scm-int, scm-uni, and which restriction is narrower (scm-hv, scm-svf1/2, scm-avf1/2)."""
    edges = {*ontology.pairs("rdfs:subClassOf"), *_both_ways(ontology.pairs("owl:equivalentClass"))}
    for class_, head in ontology.pairs("owl:intersectionOf"):
        edges |= {(class_, part) for part in ontology.members(head)}
    for class_, head in ontology.pairs("owl:unionOf"):
        edges |= {(part, class_) for part in ontology.members(head)}
    on = dict(ontology.pairs("owl:onProperty"))
    restrictions = [
        _Restriction(kind, r, on[r], filler)
        for kind in ("owl:hasValue", "owl:someValuesFrom", "owl:allValuesFrom")
        for r, filler in ontology.pairs(kind)
        if r in on
    ]
    while True:
        above = _closed(edges)
        found = {
            (one.term, other.term)
            for one, other in permutations(restrictions, 2)
            if one.kind == other.kind and one.is_below(other, above, properties)
        }
        if found <= edges:
            return above
        edges |= found


@dataclass(frozen=True, slots=True)
class _Restriction:
    """A class by one property of its members."""

    kind: str
    term: str
    on: str
    filler: str

    def is_below(
        self,
        other: _Restriction,
        classes: dict[str, tuple[str, ...]],
        properties: dict[str, tuple[str, ...]],
    ) -> bool:
        """Whether one restriction is narrower than another of its kind."""
        p, q = self.on, other.on
        if self.kind == "owl:allValuesFrom":
            p, q = q, p
        values_fit = self.filler == other.filler or (
            self.kind != "owl:hasValue" and other.filler in classes.get(self.filler, ())
        )
        return values_fit and (p == q or q in properties.get(p, ()))


def _closed(edges: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """All that is above each term, sorted; owl:Thing and its like left out."""
    above: dict[str, set[str]] = defaultdict(set)
    for low, high in edges:
        if high not in _EVERYTHING:
            above[low].add(high)
    closed = {}
    for term in list(above):
        seen: set[str] = set()
        waiting = [term]
        while waiting:
            for high in above.get(waiting.pop(), ()):
                if high not in seen:
                    seen.add(high)
                    waiting.append(high)
        closed[term] = tuple(sorted(seen - {term}))
    return closed


def _both_ways(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for a, b in pairs for pair in ((a, b), (b, a))]


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Values by key, each once, in order."""
    out: dict[K, dict[V, None]] = defaultdict(dict)
    for key, value in pairs:
        out[key][value] = None
    return {key: tuple(values) for key, values in out.items()}


def _turned(above: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return _grouped([(high, low) for low, highs in above.items() for high in highs])


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
                    return any(filler in _EVERYTHING or self.holds((v, TYPE, filler)) for v in values)
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
            if filler in _EVERYTHING:
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
    if s.startswith('"') or o in _EVERYTHING:
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
