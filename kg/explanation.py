"""Why a triple is in the graph: the sentences that state it, or the OWL 2 RL rule and its premises, down to sentences.

Nothing was recorded while inferring: the rule is searched for afterwards, among the axioms of the ontology and the
triples that are there, so that an explanation does not depend on which engine inferred.  The rules tried are those
that the ontology uses (classes, properties, inverses, chains, restrictions); where none fits, that is said.
Rules are named as in https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.fact_view import FactLine, facts
from kg.model import Modality, Release
from kg.namespaces import (
    CONFLICTS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    QUERIES_GRAPH,
    REPORT_GRAPH,
    VOCABULARY_GRAPH,
    compact,
    expand,
)
from kg.store import Dataset

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Object: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
#: Stretches of a line of output, each with a style of rich ("" for none).
Line: TypeAlias = tuple[tuple[str, str], ...]

_PROLOGUE: Final = "".join(
    f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("rkg", "rdf", "rdfs", "skos", "oa", "dcterms")
)
_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_SPECIAL: Final = {
    ONTOLOGY_GRAPH: "axiom of the ontology",
    VOCABULARY_GRAPH: "from the vocabulary",
    QUERIES_GRAPH: "a named query",
    CONFLICTS_GRAPH: "found by comparing the releases",
    REPORT_GRAPH: "from the validation report",
}
#: Rules from a statement down to what is stated; longer chains of them are not looked for.
_DEEPEST: Final = 6
_SENTENCES_SHOWN: Final = 3


def _iri(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


@dataclass(frozen=True, slots=True)
class Said:
    """One assertion with one stretch of text that makes it.

    Attributes:
        release: id of the release.
        source: name of its file.
        line, column: where the words begin, both from 1.
        text: the words.
        modality: as the release states it.
        confidence: 0 to 1.
        rules: names of the extraction rules.
        assertion: IRI of the assertion.
    """

    release: str
    source: str
    line: int
    column: int
    text: str
    modality: str
    confidence: float
    rules: tuple[str, ...]
    assertion: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A triple and why it is there.

    Attributes:
        triple: what is explained.
        rule: name of an OWL RL rule; "stated" where a release states it; otherwise the graph it comes from in words.
        axiom: the axiom that the rule applied, as text.
        said: the sentences, best first, where it is stated.
        premises: what the rule was applied to.
    """

    triple: ox.Triple
    rule: str
    axiom: str = ""
    said: tuple[Said, ...] = ()
    premises: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
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
            elif p == "rdf:type" and o == _iri("owl:SymmetricProperty"):
                schema.symmetric.add(s)
            elif p == "rdf:type" and o == _iri("owl:TransitiveProperty"):
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
            head = self.about[head].get("rdf:rest", _iri("rdf:nil"))
        return out


class Explainer:
    """Explains the triples of one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._schema = _Schema.of(dataset.quads(ONTOLOGY_GRAPH))
        self._releases: dict[str, Release] = {}

    def triple(self, triple: ox.Triple) -> Reason | None:
        """Why a triple is in the graph; None if no explanation was found.

        A stated triple is explained by its sentences even if it could be inferred too.
        """
        stated = self._stated(triple)
        if stated is not None:
            return stated
        for depth in range(1, _DEEPEST + 1):  # the shortest explanation
            found = self._derived(triple, depth, frozenset())
            if found is not None:
                return found
        return None

    def holds(self, triple: ox.Triple) -> bool:
        """Whether the graph has it."""
        return any(True for _ in self._dataset.quads_for(*_parts(triple), ox.DefaultGraph()))

    def find(self, s: ox.NamedNode, p: ox.NamedNode, text: str, iri: str | None = None) -> ox.Triple | None:
        """The triple of the graph with this object: the IRI, or a literal with this text, whatever its datatype."""
        for quad in self._found(s, p, None):
            if isinstance(quad.object, ox.Literal):
                if quad.object.value == text:
                    return quad.triple
            elif isinstance(quad.object, ox.NamedNode) and quad.object.value == iri:
                return quad.triple
        return None

    def claims(self, triple: ox.Triple) -> tuple[Said, ...]:
        """The assertions that say it, also those that only hope or deny it, which are no triples of the graph."""
        s, p, o = _parts(triple)
        return self._said(f"?a rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} .", None)

    def statements(self, iri: str) -> Iterator[tuple[FactLine, tuple[Said, ...]]]:
        """What the releases say about a thing, each statement with its sentences, release by release."""
        for fact in facts(self._dataset, entity=iri):
            release = self._release(fact.release)
            said = []
            for piece in fact.evidence:
                line, column = release.line_column(piece.start)
                said.append(
                    Said(
                        fact.release, release.source, line, column, piece.text, fact.modality,
                        fact.confidence, fact.rules, fact.assertion,
                    )
                )  # fmt: skip
            yield fact, tuple(said)

    def assertions(self, iri: str) -> tuple[Said, ...]:
        """The sentences of an assertion, or of the two sides of a disagreement, the first side first."""
        node, out = ox.NamedNode(iri), list[Said]()
        for side in ("first", "second"):
            words = [q.object for q in self._found(node, _iri(f"rkg:{side}Evidence"), None)]
            for quad in self._found(node, _iri(f"rkg:{side}Assertion"), None):
                chosen = f" VALUES ?e {{ {' '.join(map(str, words))} }}" if words else ""
                out += self._said(f"BIND ({quad.object} AS ?a){chosen}", None)[:1]
        return tuple(out) or self._said(f"BIND ({node} AS ?a)", None)

    def disagreements(self, iri: str) -> tuple[ox.NamedNode, ...]:
        """The nodes of supersessions and conflicts about a thing."""
        found = self._found(None, _iri("rkg:concerns"), ox.NamedNode(iri))
        return tuple(quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode))

    def inferred(self, iri: str) -> tuple[ox.Triple, ...]:
        """The inferred triples that speak of a thing, sorted."""
        node, graph = ox.NamedNode(iri), ox.NamedNode(INFERRED_GRAPH)
        quads = {q.triple for q in self._dataset.quads_for(node, None, None, graph)}
        quads |= {q.triple for q in self._dataset.quads_for(None, None, node, graph)}
        return tuple(sorted(quads, key=str))

    def name(self, term: object) -> str:
        """A term for people: its preferred label, or its CURIE, or the literal."""
        if isinstance(term, ox.Literal):
            return f"“{_one_line(term.value)}”"
        if not isinstance(term, ox.NamedNode):
            return str(term)
        if not term.value.startswith(PREFIXES["rkg"]):
            for predicate in ("skos:prefLabel", "rdfs:label"):
                for quad in self._dataset.quads_for(term, _iri(predicate), None, ox.DefaultGraph()):
                    if isinstance(quad.object, ox.Literal):
                        return quad.object.value
        return compact(term.value)

    def mentions(self, iri: str) -> int:
        """In how many triples of the graph a term occurs."""
        node, default = ox.NamedNode(iri), ox.DefaultGraph()
        found = {
            *self._dataset.quads_for(node, None, None, default),
            *self._dataset.quads_for(None, node, None, default),
            *self._dataset.quads_for(None, None, node, default),
        }
        return len(found)

    # --- what is stated -----------------------------------------------------------------------------------

    def _stated(self, triple: ox.Triple) -> Reason | None:
        graphs = sorted(
            q.graph_name.value
            for q in self._dataset.quads_for(*_parts(triple), None)
            if isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value != INFERRED_GRAPH
        )
        if not graphs:
            return None
        said = tuple(s for graph in graphs if graph not in _SPECIAL for s in self._said_in(triple, graph))
        if said:
            # Of the sentences behind a node, those that name the value first.
            value = _words(self.name(triple.object))
            said = tuple(sorted(said, key=lambda one: (-len(value & _words(one.text)), -one.confidence)))
            return Reason(triple, "stated", said=said)
        special = next((_SPECIAL[graph] for graph in graphs if graph in _SPECIAL), "")
        return Reason(triple, special or "recorded when the release was read")

    def _said_in(self, triple: ox.Triple, graph: str) -> tuple[Said, ...]:
        """The assertions of a release behind a triple of its graph: of itself, of its node, or about its subject."""
        s, p, o = _parts(triple)
        if not isinstance(s, ox.NamedNode):
            return ()
        patterns = [f"?a rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} .", f"?a rdf:object {s} ."]
        if p == _TYPE or p.value.startswith(PREFIXES["skos"]):
            patterns += [f"?a rdf:subject {s} .", f"?a rdf:object/!rdf:type {s} ."]
        for pattern in patterns:
            if said := self._said(pattern, graph):
                return said
        return ()

    def _said(self, pattern: str, graph: str | None) -> tuple[Said, ...]:
        where = "?g" if graph is None else str(ox.NamedNode(graph))
        rows = self._dataset.select(
            f"""{_PROLOGUE}SELECT DISTINCT ?a ?modality ?confidence ?id ?start ?text ?best {{ GRAPH {where} {{
                {pattern} ?a a rkg:Assertion ; rkg:modality ?modality ; rkg:confidence ?confidence ; rkg:evidence ?e .
                ?e oa:hasSource/dcterms:identifier ?id ; oa:hasSelector ?position , ?quote .
                ?position oa:start ?start . ?quote oa:exact ?text .
                BIND (EXISTS {{ ?a rkg:primaryEvidence ?e }} AS ?best)
            }} }}"""
        )
        found = [{name: str(getattr(term, "value", term)) for name, term in row.items()} for row in rows]
        # Hopes and denials may speak of the same thing, but it is not they that put it into the graph.
        hopes = {f"{PREFIXES['modality']}{modality}" for modality in Modality if modality.is_claim_only}
        found.sort(
            key=lambda r: (r["modality"] in hopes, r["id"], r["a"], r["best"] != "true", int(r["start"]))
        )
        out = []
        for row in found:
            release = self._release(row["id"])
            line, column = release.line_column(int(row["start"]))
            rules = sorted(
                q.object.value
                for q in self._dataset.quads_for(
                    ox.NamedNode(row["a"]), _iri("rkg:rule"), None, ox.DefaultGraph()
                )
                if isinstance(q.object, ox.Literal)
            )
            modality = row["modality"].rpartition("/")[2]
            out.append(
                Said(
                    row["id"], release.source, line, column, row["text"], modality,
                    float(row["confidence"]), tuple(rules), row["a"],
                )
            )  # fmt: skip
        return tuple(out)

    def _release(self, id_: str) -> Release:
        if id_ not in self._releases:
            rows = self._dataset.select(
                f"{_PROLOGUE}SELECT ?source ?text {{ ?r dcterms:identifier {ox.Literal(id_)} ; rkg:text ?text ."
                " OPTIONAL { ?r rkg:source ?source } }"
            )
            row = next(rows, {})
            source, text = (str(getattr(row.get(key), "value", "")) for key in ("source", "text"))
            self._releases[id_] = Release(id_, source or id_, text)
        return self._releases[id_]

    # --- what is inferred ---------------------------------------------------------------------------------

    def _derived(self, triple: ox.Triple, depth: int, above: frozenset[ox.Triple]) -> Reason | None:
        above |= {triple}
        for step in self._steps(triple):
            premises = []
            for premise in step.premises:
                reason = None if premise in above else self._premise(premise, depth - 1, above)
                if reason is None:
                    break
                premises.append(reason)
            else:
                return Reason(triple, step.rule, step.axiom, premises=tuple(premises))
        return None

    def _premise(self, triple: ox.Triple, depth: int, above: frozenset[ox.Triple]) -> Reason | None:
        stated = self._stated(triple)
        if stated is not None or depth <= 0 or not self.holds(triple):
            return stated
        return self._derived(triple, depth, above)

    def _steps(self, triple: ox.Triple) -> Iterator[_Step]:
        s, p, o = _parts(triple)
        if not isinstance(s, ox.NamedNode) or not isinstance(o, ox.NamedNode):
            return  # literals are never inferred
        if p == _TYPE:
            yield from self._type_steps(s, o)
        elif p in (_iri("rdfs:subClassOf"), _iri("rdfs:subPropertyOf")):
            yield from self._hierarchy_steps(s, p, o)
        else:
            yield from self._property_steps(s, p, o)

    def _type_steps(self, s: ox.NamedNode, class_: ox.NamedNode) -> Iterator[_Step]:
        for rule, below in self._schema.subclasses[class_]:
            if isinstance(below, ox.NamedNode):
                axiom = (
                    f"{_short(below)} rdfs:subClassOf {_short(class_)}"
                    if rule == "cax-sco"
                    else f"{_short(class_)} owl:equivalentClass {_short(below)}"
                )
                yield _Step(rule, axiom, (ox.Triple(s, _TYPE, below),))
            else:
                for how, text, premises in self._memberships(s, below):
                    yield _Step(f"{how}, {rule}", f"{_short(class_)}: {text}", premises)
        for property_ in self._schema.with_domain[class_]:
            for quad in self._found(s, property_, None):
                yield _Step("prp-dom", f"{_short(property_)} rdfs:domain {_short(class_)}", (quad.triple,))
        for property_ in self._schema.with_range[class_]:
            for quad in self._found(None, property_, s):
                yield _Step("prp-rng", f"{_short(property_)} rdfs:range {_short(class_)}", (quad.triple,))

    def _memberships(
        self, s: ox.NamedNode, class_: ox.BlankNode
    ) -> Iterator[tuple[str, str, tuple[ox.Triple, ...]]]:
        """How something is a member of a class without a name: rule, the class as text, premises."""
        about = self._schema.about[class_]
        property_ = about.get("owl:onProperty")
        if isinstance(property_, ox.NamedNode):
            if (value := about.get("owl:hasValue")) is not None:
                for quad in self._found(s, property_, value):
                    yield "cls-hv2", f"{_short(property_)} value {_short(value)}", (quad.triple,)
            filler = about.get("owl:someValuesFrom")
            if isinstance(filler, ox.NamedNode):
                for quad in self._found(s, property_, None):
                    text = f"{_short(property_)} some {_short(filler)}"
                    if filler == _iri("owl:Thing"):
                        yield "cls-svf2", text, (quad.triple,)
                    elif isinstance(quad.object, ox.NamedNode):
                        yield "cls-svf1", text, (quad.triple, ox.Triple(quad.object, _TYPE, filler))
        if "owl:intersectionOf" in about:
            parts = [self._part(s, member) for member in self._schema.members(about["owl:intersectionOf"])]
            if parts and None not in parts:
                chosen = [part for part in parts if part is not None]
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

    def _hierarchy_steps(self, s: ox.NamedNode, p: ox.NamedNode, o: ox.NamedNode) -> Iterator[_Step]:
        classes = p == _iri("rdfs:subClassOf")
        direct = self._schema.subclasses if classes else self._schema.subproperties
        for rule, below in direct[o]:
            if below == s and rule.endswith(("eqc1", "eqc2", "eqp1", "eqp2")):
                equivalent = "owl:equivalentClass" if classes else "owl:equivalentProperty"
                name = "scm-eqc1" if classes else "scm-eqp1"
                yield _Step(name, f"{_short(s)} {equivalent} {_short(o)}", ())
            elif below != s and isinstance(below, ox.NamedNode):
                text = f"{_short(below)} {compact(p.value)} {_short(o)}"
                yield _Step("scm-sco" if classes else "scm-spo", text, (ox.Triple(s, p, below),))
        for whole in self._schema.wholes[o] if classes else ():
            for named in (s for _, s in self._schema.subclasses[whole] if isinstance(s, ox.NamedNode)):
                text = f"{_short(named)} owl:equivalentClass {_short(o)} and more"
                yield _Step("scm-int", text, () if named == s else (ox.Triple(s, p, named),))

    def _property_steps(self, s: ox.NamedNode, p: ox.NamedNode, o: ox.NamedNode) -> Iterator[_Step]:
        schema = self._schema
        for rule, below in schema.subproperties[p]:
            axiom = "rdfs:subPropertyOf" if rule == "prp-spo1" else "owl:equivalentProperty"
            if isinstance(below, ox.NamedNode):
                yield _Step(rule, f"{_short(below)} {axiom} {_short(p)}", (ox.Triple(s, below, o),))
        for rule, other, axiom in schema.inverses[p]:
            if isinstance(other, ox.NamedNode):
                yield _Step(rule, axiom, (ox.Triple(o, other, s),))
        if p in schema.symmetric:
            yield _Step("prp-symp", f"{_short(p)} a owl:SymmetricProperty", (ox.Triple(o, p, s),))
        for chain in schema.chains[p]:
            axiom = f"{_short(p)} owl:propertyChainAxiom ( {' '.join(map(_short, chain))} )"
            for path in self._paths(s, chain, o):
                yield _Step("prp-spo2", axiom, path)
        if p in schema.transitive:
            axiom = f"{_short(p)} a owl:TransitiveProperty"
            for quad in self._found(s, p, None):
                between = quad.object
                if isinstance(between, ox.NamedNode) and between not in (s, o):
                    yield _Step("prp-trp", axiom, (quad.triple, ox.Triple(between, p, o)))

    def _paths(
        self, s: ox.NamedNode, chain: Sequence[Node], o: ox.NamedNode
    ) -> Iterator[tuple[ox.Triple, ...]]:
        first, rest = chain[0], chain[1:]
        for quad in self._found(s, first, None if rest else o):
            if not rest:
                yield (quad.triple,)
            elif isinstance(quad.object, ox.NamedNode):
                for path in self._paths(quad.object, rest, o):
                    yield (quad.triple, *path)

    def _found(self, s: ox.NamedNode | None, p: Node, o: Object | None) -> list[ox.Quad]:
        if not isinstance(p, ox.NamedNode):
            return []
        return sorted(self._dataset.quads_for(s, p, o, ox.DefaultGraph()), key=str)


# --- for people -------------------------------------------------------------------------------------------


def reason_lines(explainer: Explainer, reason: Reason, *, indent: str = "") -> Iterator[Line]:
    """An explanation as lines: the triple, how it comes, what lies below it indented."""
    s, p, o = _parts(reason.triple)
    parts = (explainer.name(s), compact(p.value), explainer.name(o))
    yield ((indent, ""), (parts[0], "bold"), (f"  {parts[1]}  ", "cyan"), (parts[2], "bold"))
    if reason.said:
        yield from _said_lines(reason.said, indent + "  ")
    elif reason.axiom:
        yield ((f"{indent}  inferred by ", "dim"), (reason.rule, "magenta"), (f": {reason.axiom}", ""))
        for premise in reason.premises:
            yield from reason_lines(explainer, premise, indent=indent + "    ")
    else:
        yield ((f"{indent}  {reason.rule}", "dim"),)


def entity_lines(explainer: Explainer, iri: str) -> Iterator[Line]:
    """What is known about a thing, each statement with its sentences, then what was inferred about it."""
    yield ((explainer.name(ox.NamedNode(iri)), "bold"), (f"  <{iri}>", "dim"))
    for fact, said in explainer.statements(iri):
        qualifiers = "; ".join(
            f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
            for name, value in fact.q.items()
        )
        yield ()
        yield (
            (fact.relation, "cyan"),
            (f"  {_one_line(fact.s)}{' → ' if fact.s else ''}{_one_line(fact.o)}", "bold"),
            (f"  [{_one_line(qualifiers)}]" if qualifiers else "", ""),
        )
        yield from _said_lines(said, "  ")
    if said := explainer.assertions(iri):
        yield ()
        yield from _said_lines(said, "  ")
    for node in explainer.disagreements(iri):
        yield ()
        yield (
            ("between releases", "yellow"),
            (f"  {explainer.name(node)}", "bold"),
            (f"  <{node.value}>", "dim"),
        )
        yield from _said_lines(explainer.assertions(node.value), "  ")
    inferred = explainer.inferred(iri)
    if inferred:
        yield ()
        yield (("inferred", "magenta"), ("  (kg explain SUBJECT PREDICATE OBJECT shows from what)", "dim"))
    for triple in inferred:
        s, p, o = _parts(triple)
        yield ((f"  {explainer.name(s)}  ", ""), (compact(p.value), "cyan"), (f"  {explainer.name(o)}", ""))


def claim_lines(said: Sequence[Said]) -> Iterator[Line]:
    """What is only hoped, planned or denied."""
    yield from _said_lines(said, "  ")


def plain(line: Line) -> str:
    """A line without styles."""
    return "".join(text for text, _ in line).rstrip()


def _said_lines(said: Sequence[Said], indent: str) -> Iterator[Line]:
    for one in said[:_SENTENCES_SHOWN]:
        yield (
            (f"{indent}{one.source}:{one.line}:{one.column}", "green"),
            (f"  {one.modality} {one.confidence:g}  {' '.join(one.rules)}", "dim"),
        )
        yield ((f"{indent}  “{_one_line(one.text)}”", ""),)
    if len(said) > _SENTENCES_SHOWN:
        yield ((f"{indent}and {len(said) - _SENTENCES_SHOWN} more", "dim"),)


def _parts(triple: ox.Triple) -> tuple[Node, ox.NamedNode, Object]:
    s, p, o = triple
    assert not isinstance(s, ox.Triple)
    assert not isinstance(o, ox.Triple)
    return s, p, o


def _short(term: object) -> str:
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _one_line(text: str) -> str:
    return " ".join(text.split())
