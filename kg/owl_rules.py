"""The axioms of an OWL 2 RL ontology → rules: closed, and compiled into look-ups by predicate and class.

Terms are strings: an IRI as it stands, `_:name` for a class without a name, or a literal beginning with `"`.
`kg.entailment` applies the rules.  They are named as in
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules; those on literals and datatypes
and those that conclude nothing but that a thing is itself are left out on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Final, TypeAlias, TypeVar

from kg.errors import VocabularyError
from kg.namespaces import PREFIXES, compact

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)
Triple: TypeAlias = tuple[str, str, str]

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
#: Classes that everything is in.
EVERYTHING: Final = frozenset({_OWL + "Thing", _RDFS + "Resource"})
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
    rules.some_of = _grouped([(filler, (p, r)) for p, filler, r in some if filler not in EVERYTHING])
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
        if high not in EVERYTHING:
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
