"""OWL 2 RL: domain triples + ontology → what follows, and what contradicts itself; the one home of owlrl.

owlrl is the reference and tries every rule on every triple, so it is given little and asked for little: no
assertions, evidence or texts, literals only where a rule reads them, and no conclusion that says nothing.
The rules are those of https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import owlrl
import pyoxigraph as ox
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, REPORT_GRAPH, VOCABULARY_GRAPH, compact, expand
from kg.store import Dataset

Triple: TypeAlias = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]

#: Classes of nodes that say who said what; nothing follows from them.
_PROVENANCE: Final = frozenset(
    ox.NamedNode(expand(curie))
    for curie in (
        "rkg:Assertion",
        "rkg:Qualification",
        "rkg:Evidence",
        "oa:SpecificResource",
        "oa:TextPositionSelector",
        "oa:TextQuoteSelector",
    )
)
#: Namespaces whose own terms are never spoken of in a conclusion.
_LANGUAGE: Final = (str(RDF), str(RDFS), str(OWL), str(XSD))
#: What the ontology may conclude about itself.
_HIERARCHY: Final = frozenset({RDFS.subClassOf, RDFS.subPropertyOf})
#: Ontology triples that feed no rule but the trivial ones (scm-cls, scm-op, scm-dp: everything subsumes itself).
_DECLARATIONS: Final = frozenset(
    {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology, RDF.Property}
)
_ANNOTATIONS: Final = frozenset(
    {RDFS.isDefinedBy, RDFS.seeAlso, OWL.imports, OWL.versionIRI, OWL.priorVersion}
)
#: Axioms over a list, and the axiom between two of its members that says the same.
_PAIRWISE: Final = {
    OWL.AllDisjointClasses: OWL.disjointWith,
    OWL.AllDisjointProperties: OWL.propertyDisjointWith,
    OWL.AllDifferent: OWL.differentFrom,
}
#: Stands for any literal where a rule only asks whether there is one (prp-dom).
_SOME_LITERAL: Final = rdflib.Literal("")


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A contradiction, which is a result and not an error.

    Attributes:
        message: what contradicts what, in one line.
        statements: the triples stated (not inferred) that cause it.
        sentences: the words they were read from, as (release id, sentence).
    """

    message: str
    statements: tuple[ox.Triple, ...] = ()
    sentences: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        said = "; ".join(f"{release}: “{sentence}”" for release, sentence in self.sentences)
        return f"{self.message} ({said})" if said else self.message


@dataclass(frozen=True, slots=True)
class Inference:
    """What follows from a dataset.

    Attributes:
        quads: new triples in the graph of inferred ones, sorted; none of them is in the dataset already.
        inconsistencies: sorted by message; empty for a consistent dataset.
    """

    quads: tuple[ox.Quad, ...]
    inconsistencies: tuple[Inconsistency, ...]


def infer(dataset: Dataset) -> Inference:
    """Close a dataset under OWL 2 RL.

    Reads every graph but those of inferred triples and reports.  Only useful conclusions come back: IRIs in all
    places, nothing about RDF's and OWL's own terms, no `x owl:sameAs x`, no class that is everything's.
    """
    schema = set(_schema(dataset.quads(ONTOLOGY_GRAPH)))
    with_literals = _properties_read_with_literals(schema)
    facts = dict(_facts(dataset, schema, with_literals))
    graph = rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
    for triple in schema | facts.keys():
        graph.add(triple)
    closure = _Closure(graph)
    closure.closure()
    known = {quad.triple for quad in dataset.quads()}
    target = ox.NamedNode(INFERRED_GRAPH)
    new = (_to_oxigraph(triple) for triple in graph if _is_useful(triple))
    quads = sorted((ox.Quad(*_parts(triple), target) for triple in new if triple not in known), key=str)
    told = [_inconsistency(m, graph, facts, dataset) for m in closure.error_messages]
    return Inference(tuple(quads), tuple(sorted(set(told), key=lambda one: one.message)))


class _Closure(owlrl.OWLRL_Semantics):  # type: ignore[misc] # owlrl has no types
    """owlrl's rules, without the conclusions that say nothing, which are nine of ten."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(graph, axioms=False, daxioms=False)

    def store_triple(self, t: Triple) -> None:
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

    def _equality(self, triple: Triple, cycle_num: int) -> None:
        if (
            triple[1] == OWL.sameAs
        ):  # of the others owlrl only says that each thing is the same as itself (eq-ref)
            super()._equality(triple, cycle_num)

    def _properties(self, triple: Triple, cycle_num: int) -> None:
        if triple[1] == OWL.hasKey:
            self._same_by_key(triple[0], self._list(triple[2]))
        else:
            super()._properties(triple, cycle_num)

    def _same_by_key(self, class_: rdflib.term.Node, keys: list[rdflib.term.Node]) -> None:
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


def _is_equivalence(predicate: rdflib.term.Node) -> bool:
    return predicate in (OWL.equivalentClass, OWL.equivalentProperty)


def _schema(quads: Iterable[ox.Quad]) -> Iterator[Triple]:
    """The axioms, without annotations; lists of disjoint or different things pair by pair.

    Pair by pair because owlrl forgets the last member of such a list.
    """
    graph = rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
    for quad in quads:
        predicate = quad.predicate.value
        if isinstance(quad.object, ox.Literal) and not predicate.startswith(str(OWL)):
            continue
        if predicate.startswith(_LANGUAGE) and rdflib.URIRef(predicate) not in _ANNOTATIONS:
            graph.add(_to_rdflib(quad))
    for class_, predicate_ in _PAIRWISE.items():
        for axiom in list(graph.subjects(RDF.type, class_)):
            for members in (OWL.members, OWL.distinctMembers):
                for head in list(graph.objects(axiom, members)):
                    for one, other in combinations(list(graph.items(head)), 2):
                        graph.add((one, predicate_, other))
            graph.remove((axiom, None, None))
    return (triple for triple in graph if not (triple[1] == RDF.type and triple[2] in _DECLARATIONS))


def _properties_read_with_literals(schema: set[Triple]) -> set[rdflib.term.Node]:
    """Properties of which a rule compares the literals: keys (prp-key, prp-ifp) and fixed values (cls-hv)."""
    graph = rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
    for triple in schema:
        graph.add(triple)
    found = set(graph.subjects(RDF.type, OWL.InverseFunctionalProperty))
    for head in graph.objects(None, OWL.hasKey):
        found.update(graph.items(head))
    for restriction, value in graph.subject_objects(OWL.hasValue):
        if isinstance(value, rdflib.Literal):
            found.update(graph.objects(restriction, OWL.onProperty))
    return found


def _facts(
    dataset: Dataset, schema: set[Triple], with_literals: set[rdflib.term.Node]
) -> Iterator[tuple[Triple, ox.Triple]]:
    """What is said about things, from every graph that is stated; as the rules read it, and as it stands."""
    spoken_of = {RDF.type, OWL.sameAs, *(term for triple in schema for term in triple)}
    type_ = ox.NamedNode(str(RDF.type))
    provenance = {quad.subject for class_ in _PROVENANCE for quad in dataset.quads_for(None, type_, class_)}
    for graph in dataset.graphs():
        if graph in (ONTOLOGY_GRAPH, INFERRED_GRAPH, REPORT_GRAPH):
            continue
        for quad in dataset.quads(graph):
            if quad.subject in provenance or quad.object in provenance:
                continue
            subject, predicate, object_ = _to_rdflib(quad)
            if predicate not in spoken_of and (
                graph == VOCABULARY_GRAPH or isinstance(object_, rdflib.Literal)
            ):
                continue
            if isinstance(object_, rdflib.Literal) and predicate not in with_literals:
                object_ = _SOME_LITERAL
            yield (subject, predicate, object_), quad.triple


def _is_useful(triple: Triple) -> bool:
    subject, predicate, object_ = triple
    if not all(isinstance(term, rdflib.URIRef) for term in triple):
        return False
    if str(subject).startswith(_LANGUAGE) or str(object_).startswith(_LANGUAGE):
        return False
    if predicate == RDF.type:
        return True
    if predicate == OWL.sameAs or predicate in _HIERARCHY:
        return subject != object_
    return not str(predicate).startswith(_LANGUAGE)


def _inconsistency(
    message: str, graph: rdflib.Graph, facts: dict[Triple, ox.Triple], dataset: Dataset
) -> Inconsistency:
    """What owlrl reports, with the stated triples behind it."""
    words = re.findall(r"[^\s(),']+", message)
    terms = [term for term in map(rdflib.URIRef, dict.fromkeys(words)) if ":" in term]
    if "Nothing" in words:  # the one term that owlrl does not spell out
        terms.append(rdflib.URIRef(str(OWL.Nothing)))
    statements = {
        fact
        for fact in facts
        if (fact[0] in terms and (fact[1] in terms or fact[2] in terms))
        or (fact[1] in terms and fact[2] in terms)
    }
    classes = [term for term in terms if (None, RDF.type, term) in graph]
    for individual in terms:
        for class_ in classes:
            if (individual, RDF.type, class_) in graph:
                statements |= set(_causes(individual, class_, graph, facts))
    triples = sorted((facts[triple] for triple in statements), key=str)
    for term in terms:
        message = message.replace(str(term), compact(str(term)))
    sentences = dict.fromkeys(pair for triple in triples for pair in _sentences(triple, dataset))
    return Inconsistency(message, tuple(triples), tuple(sentences))


def _causes(
    individual: rdflib.term.Node, class_: rdflib.term.Node, graph: rdflib.Graph, facts: Iterable[Triple]
) -> Iterator[Triple]:
    """The stated triples that make something a member of a class: types, domains and ranges, by the closed schema."""
    below = {class_, *graph.subjects(RDFS.subClassOf, class_)}
    makes_subject = {p for c in below for p in graph.subjects(RDFS.domain, c)}
    makes_object = {p for c in below for p in graph.subjects(RDFS.range, c)}
    for subject, predicate, object_ in facts:
        stated = subject == individual and predicate == RDF.type and object_ in below
        by_domain = subject == individual and predicate in makes_subject
        by_range = object_ == individual and predicate in makes_object
        if stated or by_domain or by_range:
            yield subject, predicate, object_


def _sentences(triple: ox.Triple, dataset: Dataset) -> Iterator[tuple[str, str]]:
    """The evidence of a statement: of its assertion, or for a type of any assertion about the thing."""
    if triple.predicate.value == str(RDF.type):
        pattern = f"?assertion (rdf:subject|rdf:object) {triple.subject} ."
    else:
        pattern = (
            f"{{ ?assertion rdf:subject {triple.subject} ; rdf:object {triple.object} }} UNION "
            f"{{ ?assertion rdf:object {triple.subject} }}"
        )
    rows = dataset.select(
        f"""PREFIX rdf: <{RDF}> PREFIX rkg: <{expand("rkg:")}> PREFIX oa: <{expand("oa:")}>
        PREFIX dcterms: <{expand("dcterms:")}>
        SELECT DISTINCT ?id ?text {{
            {pattern} ?assertion rkg:primaryEvidence ?evidence .
            ?evidence oa:hasSource/dcterms:identifier ?id ; oa:hasSelector/oa:exact ?text
        }} ORDER BY ?id ?text LIMIT 3"""
    )
    for row in rows:
        id_, text = row["id"], row["text"]
        assert isinstance(id_, ox.Literal)
        assert isinstance(text, ox.Literal)
        yield id_.value, " ".join(text.value.split())


def _to_rdflib(quad: ox.Quad) -> Triple:
    return _node(quad.subject), _node(quad.predicate), _node(quad.object)


def _node(term: object) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    assert isinstance(term, ox.BlankNode)
    return rdflib.BNode(term.value)


def _to_oxigraph(triple: Triple) -> ox.Triple:
    return ox.Triple(*(ox.NamedNode(str(term)) for term in triple))


def _parts(triple: ox.Triple) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]:
    subject, predicate, object_ = triple
    assert isinstance(subject, ox.NamedNode)
    assert isinstance(object_, ox.NamedNode)
    return subject, predicate, object_
