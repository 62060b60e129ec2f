"""owlrl, the reference for `kg.entailment`, behind the same face: axioms and facts → what follows; its one home.

It tries every rule on every triple, so it is given little and asked for little: no conclusion that says nothing.
The rules are those of https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, TypeAlias

import owlrl
import rdflib
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.util import from_n3

from kg.entailment import Contradiction
from kg.owl_rules import Triple

_Node: TypeAlias = rdflib.term.Node
_RdfTriple: TypeAlias = tuple[_Node, _Node, _Node]

_HIERARCHY: Final = frozenset({RDFS.subClassOf, RDFS.subPropertyOf})
#: Axioms over a list, and the axiom between two of its members that says the same.
_PAIRWISE: Final = {
    OWL.AllDisjointClasses: OWL.disjointWith,
    OWL.AllDisjointProperties: OWL.propertyDisjointWith,
    OWL.AllDifferent: OWL.differentFrom,
}


def reference_closure(
    axioms: Iterable[Triple], facts: Iterable[Triple]
) -> tuple[frozenset[Triple], tuple[Contradiction, ...]]:
    """All triples, given and concluded, and what contradicts itself, with the given facts behind it."""
    facts = frozenset(facts)
    graph = rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
    for triple in axioms:
        graph.add(_to_rdflib(triple))
    _pair_lists(graph)
    for triple in facts:
        graph.add(_to_rdflib(triple))
    closure = _Closure(graph)
    closure.closure()
    closed = frozenset(_from_rdflib(triple) for triple in graph)
    return closed, tuple(_contradiction(message, closed, facts) for message in closure.error_messages)


class _Closure(owlrl.OWLRL_Semantics):  # type: ignore[misc] # owlrl has no types
    """owlrl's rules, without the conclusions that say nothing, which are nine of ten."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(graph, axioms=False, daxioms=False)

    def store_triple(self, t: _RdfTriple) -> None:
        subject, predicate, object_ = t
        if isinstance(subject, rdflib.Literal) or isinstance(predicate, (rdflib.Literal, rdflib.BNode)):
            return
        if subject == object_ and (
            predicate == OWL.sameAs or predicate in _HIERARCHY or _is_equivalence(predicate)
        ):
            return
        if object_ in (OWL.Thing, RDFS.Resource):
            return
        super().store_triple(t)

    def one_time_rules(self) -> None:
        """Nothing: they state that OWL's terms are OWL's, and type every literal."""

    def _equality(self, triple: _RdfTriple, cycle_num: int) -> None:
        if (
            triple[1] == OWL.sameAs
        ):  # of the others owlrl only says that each thing is the same as itself (eq-ref)
            super()._equality(triple, cycle_num)

    def _properties(self, triple: _RdfTriple, cycle_num: int) -> None:
        if triple[1] == OWL.hasKey:
            self._same_by_key(triple[0], self._list(triple[2]))
        else:
            super()._properties(triple, cycle_num)

    def _same_by_key(self, class_: _Node, keys: list[_Node]) -> None:
        """Rule prp-key: members of a class that share a value for every key are the same.

        owlrl does not compare the last key, so that with one key all members become one.
        """
        if not keys:
            return
        members = set(self.graph.subjects(RDF.type, class_))
        for x in members:
            candidates = set(members)
            for key in keys:
                candidates &= {y for v in self.graph.objects(x, key) for y in self.graph.subjects(key, v)}
            for y in candidates - {x}:
                self.store_triple((x, OWL.sameAs, y))


def _is_equivalence(predicate: _Node) -> bool:
    return predicate in (OWL.equivalentClass, OWL.equivalentProperty)


def _pair_lists(graph: rdflib.Graph) -> None:
    """Write lists of disjoint or different things pair by pair: owlrl forgets the last member of such a list."""
    for class_, predicate in _PAIRWISE.items():
        for axiom in list(graph.subjects(RDF.type, class_)):
            for members in (OWL.members, OWL.distinctMembers):
                for head in list(graph.objects(axiom, members)):
                    for one, other in combinations(list(graph.items(head)), 2):
                        graph.add((one, predicate, other))
            graph.remove((axiom, None, None))


def _contradiction(message: str, closed: frozenset[Triple], facts: frozenset[Triple]) -> Contradiction:
    """What owlrl reports, with the given facts behind it."""
    words = re.findall(r"[^\s(),']+", message)
    terms = [term for term in dict.fromkeys(words) if ":" in term]
    if "Nothing" in words:  # the one term that owlrl does not spell out
        terms.append(str(OWL.Nothing))
    behind = {
        fact
        for fact in facts
        if (fact[0] in terms and (fact[1] in terms or fact[2] in terms))
        or (fact[1] in terms and fact[2] in terms)
    }
    type_ = str(RDF.type)
    for individual in terms:
        for class_ in terms:
            if (individual, type_, class_) in closed:
                behind |= set(_causes(individual, class_, closed, facts))
    return Contradiction(message, tuple(sorted(behind)))


def _causes(
    individual: str, class_: str, closed: frozenset[Triple], facts: frozenset[Triple]
) -> Iterator[Triple]:
    """The facts that make something a member of a class: types, domains and ranges, by the closed axioms."""
    below = {class_, *(s for s, p, o in closed if p == str(RDFS.subClassOf) and o == class_)}
    makes_subject = {s for s, p, o in closed if p == str(RDFS.domain) and o in below}
    makes_object = {s for s, p, o in closed if p == str(RDFS.range) and o in below}
    for subject, predicate, object_ in facts:
        stated = subject == individual and predicate == str(RDF.type) and object_ in below
        by_domain = subject == individual and predicate in makes_subject
        by_range = object_ == individual and predicate in makes_object
        if stated or by_domain or by_range:
            yield subject, predicate, object_


def _to_rdflib(triple: Triple) -> _RdfTriple:
    s, p, o = (_node(term) for term in triple)
    return s, p, o


def _node(term: str) -> _Node:
    if term.startswith("_:"):
        return rdflib.BNode(term[2:])
    if term.startswith('"'):
        literal = from_n3(term)
        assert isinstance(literal, rdflib.Literal)
        return literal
    return rdflib.URIRef(term)


def _from_rdflib(triple: _RdfTriple) -> Triple:
    s, p, o = (term.n3() if not isinstance(term, rdflib.URIRef) else str(term) for term in triple)
    return s, p, o
