"""A triple → the OWL 2 RL rules that would give it, each with the axiom and the premises that it takes.

Rules are those that the ontology uses (classes, properties, inverses, chains, restrictions), named as in
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.namespaces import ONTOLOGY_GRAPH, compact, expand
from kg.store import Dataset

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Object: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_TYPE: Final = ox.NamedNode(expand("rdf:type"))


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that would give a triple, if the premises hold."""

    rule: str
    axiom: str
    premises: tuple[ox.Triple, ...]


@dataclass(slots=True)
class _Schema:
    """The axioms, by what they conclude."""

    subclasses: dict[Node, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))
    subproperties: dict[Node, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))
    inverses: dict[Node, list[tuple[str, Node, str]]] = field(default_factory=lambda: defaultdict(list))
    with_domain: dict[Node, list[Node]] = field(default_factory=lambda: defaultdict(list))
    with_range: dict[Node, list[Node]] = field(default_factory=lambda: defaultdict(list))
    chains: dict[Node, list[list[Node]]] = field(default_factory=lambda: defaultdict(list))
    #: of each class, those that are it and something else besides
    wholes: dict[Node, list[Node]] = field(default_factory=lambda: defaultdict(list))
    symmetric: set[Node] = field(default_factory=set)
    transitive: set[Node] = field(default_factory=set)
    about: dict[Node, dict[str, Object]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> _Schema:
        schema = cls()
        lists: list[tuple[Node, Node]] = []
        intersections: list[tuple[Node, Node]] = []
        for quad in quads:
            s, p, o = quad.subject, compact(quad.predicate.value), quad.object
            if not isinstance(s, (ox.NamedNode, ox.BlankNode)) or isinstance(o, ox.Triple):
                continue
            schema.about[s].setdefault(p, o)
            if isinstance(o, ox.Literal):
                continue
            if p == "rdfs:subClassOf":
                schema.subclasses[o].append(("cax-sco", s))
            elif p == "owl:equivalentClass":
                schema.subclasses[o].append(("cax-eqc1", s))
                schema.subclasses[s].append(("cax-eqc2", o))
            elif p == "rdfs:subPropertyOf":
                schema.subproperties[o].append(("prp-spo1", s))
            elif p == "owl:equivalentProperty":
                schema.subproperties[o].append(("prp-eqp1", s))
                schema.subproperties[s].append(("prp-eqp2", o))
            elif p == "owl:inverseOf":
                axiom = f"{_short(s)} owl:inverseOf {_short(o)}"
                schema.inverses[o].append(("prp-inv1", s, axiom))
                schema.inverses[s].append(("prp-inv2", o, axiom))
            elif p == "rdfs:domain":
                schema.with_domain[o].append(s)
            elif p == "rdfs:range":
                schema.with_range[o].append(s)
            elif p == "owl:propertyChainAxiom":
                lists.append((s, o))
            elif p == "owl:intersectionOf":
                intersections.append((s, o))
            elif p == "rdf:type" and o == from_curie("owl:SymmetricProperty"):
                schema.symmetric.add(s)
            elif p == "rdf:type" and o == from_curie("owl:TransitiveProperty"):
                schema.transitive.add(s)
        for property_, head in lists:
            schema.chains[property_].append(schema.members(head))
        for class_, head in intersections:
            for part in schema.members(head):
                schema.wholes[part].append(class_)
        return schema

    def members(self, head: Object) -> list[Node]:
        """The members of an RDF list that are things."""
        out: list[Node] = []
        while isinstance(head, ox.BlankNode) and "rdf:first" in self.about[head]:
            first = self.about[head]["rdf:first"]
            if not isinstance(first, ox.Literal):
                out.append(first)
            head = self.about[head].get("rdf:rest", from_curie("rdf:nil"))
        return out


class RuleSearch:
    """Looks for rules among the axioms and the triples of one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._schema = _Schema.of(dataset.quads(ONTOLOGY_GRAPH))

    def holds(self, triple: ox.Triple) -> bool:
        """Whether the graph has it."""
        return any(True for _ in self._dataset.quads_for(*parts(triple), ox.DefaultGraph()))

    def found(self, s: ox.NamedNode | None, p: Node, o: Object | None) -> list[ox.Quad]:
        """The triples of the graph of this form, sorted."""
        if not isinstance(p, ox.NamedNode):
            return []
        return sorted(self._dataset.quads_for(s, p, o, ox.DefaultGraph()), key=str)

    def steps(self, triple: ox.Triple) -> Iterator[Step]:
        """The last steps by which a triple may have been inferred; whether their premises hold is another question."""
        s, p, o = parts(triple)
        if not isinstance(s, ox.NamedNode) or not isinstance(o, ox.NamedNode):
            return  # literals are never inferred
        if p == _TYPE:
            yield from self._type_steps(s, o)
        elif p in (from_curie("rdfs:subClassOf"), from_curie("rdfs:subPropertyOf")):
            yield from self._hierarchy_steps(s, p, o)
        else:
            yield from self._property_steps(s, p, o)

    def _type_steps(self, s: ox.NamedNode, class_: ox.NamedNode) -> Iterator[Step]:
        for rule, below in self._schema.subclasses[class_]:
            if isinstance(below, ox.NamedNode):
                axiom = (
                    f"{_short(below)} rdfs:subClassOf {_short(class_)}"
                    if rule == "cax-sco"
                    else f"{_short(class_)} owl:equivalentClass {_short(below)}"
                )
                yield Step(rule, axiom, (ox.Triple(s, _TYPE, below),))
            else:
                for how, text, premises in self._memberships(s, below):
                    yield Step(f"{how}, {rule}", f"{_short(class_)}: {text}", premises)
        for property_ in self._schema.with_domain[class_]:
            for quad in self.found(s, property_, None):
                yield Step("prp-dom", f"{_short(property_)} rdfs:domain {_short(class_)}", (quad.triple,))
        for property_ in self._schema.with_range[class_]:
            for quad in self.found(None, property_, s):
                yield Step("prp-rng", f"{_short(property_)} rdfs:range {_short(class_)}", (quad.triple,))

    def _memberships(
        self, s: ox.NamedNode, class_: ox.BlankNode
    ) -> Iterator[tuple[str, str, tuple[ox.Triple, ...]]]:
        """How something is a member of a class without a name: rule, the class as text, premises."""
        about = self._schema.about[class_]
        property_ = about.get("owl:onProperty")
        if isinstance(property_, ox.NamedNode):
            if (value := about.get("owl:hasValue")) is not None:
                for quad in self.found(s, property_, value):
                    yield "cls-hv2", f"{_short(property_)} value {_short(value)}", (quad.triple,)
            filler = about.get("owl:someValuesFrom")
            if isinstance(filler, ox.NamedNode):
                for quad in self.found(s, property_, None):
                    text = f"{_short(property_)} some {_short(filler)}"
                    if filler == from_curie("owl:Thing"):
                        yield "cls-svf2", text, (quad.triple,)
                    elif isinstance(quad.object, ox.NamedNode):
                        yield "cls-svf1", text, (quad.triple, ox.Triple(quad.object, _TYPE, filler))
        if "owl:intersectionOf" in about:
            all_parts = [
                self._part(s, member) for member in self._schema.members(about["owl:intersectionOf"])
            ]
            if all_parts and None not in all_parts:
                chosen = [part for part in all_parts if part is not None]
                text = " and ".join(part[0] for part in chosen)
                yield "cls-int1", text, tuple(t for part in chosen for t in part[1])
        if "owl:unionOf" in about:
            for member in self._schema.members(about["owl:unionOf"]):
                part = self._part(s, member)
                if part is not None:
                    yield "cls-uni", f"{part[0]} or others", part[1]

    def _part(self, s: ox.NamedNode, member: Node) -> tuple[str, tuple[ox.Triple, ...]] | None:
        """One member of an intersection or union; None where the thing is none of its members."""
        if isinstance(member, ox.NamedNode):
            triple = ox.Triple(s, _TYPE, member)
            return (_short(member), (triple,)) if self.holds(triple) else None
        found = next(self._memberships(s, member), None)
        return None if found is None else (found[1], found[2])

    def _hierarchy_steps(self, s: ox.NamedNode, p: ox.NamedNode, o: ox.NamedNode) -> Iterator[Step]:
        classes = p == from_curie("rdfs:subClassOf")
        direct = self._schema.subclasses if classes else self._schema.subproperties
        for rule, below in direct[o]:
            if below == s and rule.endswith(("eqc1", "eqc2", "eqp1", "eqp2")):
                equivalent = "owl:equivalentClass" if classes else "owl:equivalentProperty"
                name = "scm-eqc1" if classes else "scm-eqp1"
                yield Step(name, f"{_short(s)} {equivalent} {_short(o)}", ())
            elif below != s and isinstance(below, ox.NamedNode):
                text = f"{_short(below)} {compact(p.value)} {_short(o)}"
                yield Step("scm-sco" if classes else "scm-spo", text, (ox.Triple(s, p, below),))
        for whole in self._schema.wholes[o] if classes else ():
            for named in (s for _, s in self._schema.subclasses[whole] if isinstance(s, ox.NamedNode)):
                text = f"{_short(named)} owl:equivalentClass {_short(o)} and more"
                yield Step("scm-int", text, () if named == s else (ox.Triple(s, p, named),))

    def _property_steps(self, s: ox.NamedNode, p: ox.NamedNode, o: ox.NamedNode) -> Iterator[Step]:
        schema = self._schema
        for rule, below in schema.subproperties[p]:
            axiom = "rdfs:subPropertyOf" if rule == "prp-spo1" else "owl:equivalentProperty"
            if isinstance(below, ox.NamedNode):
                yield Step(rule, f"{_short(below)} {axiom} {_short(p)}", (ox.Triple(s, below, o),))
        for rule, other, axiom in schema.inverses[p]:
            if isinstance(other, ox.NamedNode):
                yield Step(rule, axiom, (ox.Triple(o, other, s),))
        if p in schema.symmetric:
            yield Step("prp-symp", f"{_short(p)} a owl:SymmetricProperty", (ox.Triple(o, p, s),))
        for chain in schema.chains[p]:
            axiom = f"{_short(p)} owl:propertyChainAxiom ( {' '.join(map(_short, chain))} )"
            for path in self._paths(s, chain, o):
                yield Step("prp-spo2", axiom, path)
        if p in schema.transitive:
            axiom = f"{_short(p)} a owl:TransitiveProperty"
            for quad in self.found(s, p, None):
                between = quad.object
                if isinstance(between, ox.NamedNode) and between not in (s, o):
                    yield Step("prp-trp", axiom, (quad.triple, ox.Triple(between, p, o)))

    def _paths(
        self, s: ox.NamedNode, chain: Sequence[Node], o: ox.NamedNode
    ) -> Iterator[tuple[ox.Triple, ...]]:
        first, rest = chain[0], chain[1:]
        for quad in self.found(s, first, None if rest else o):
            if not rest:
                yield (quad.triple,)
            elif isinstance(quad.object, ox.NamedNode):
                for path in self._paths(quad.object, rest, o):
                    yield (quad.triple, *path)


def parts(triple: ox.Triple) -> tuple[Node, ox.NamedNode, Object]:
    """Subject, predicate and object; none of them is a triple here."""
    s, p, o = triple
    assert not isinstance(s, ox.Triple)
    assert not isinstance(o, ox.Triple)
    return s, p, o


def _short(term: object) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(term)


def from_curie(curie: str) -> ox.NamedNode:
    """The term of a CURIE."""
    return ox.NamedNode(expand(curie))
