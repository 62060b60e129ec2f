"""OWL 2 RL: domain triples + ontology → what follows, and what contradicts itself.

`kg.entailment` does the inferring, by rules that `kg.owl_rules` compiles from the ontology; owlrl
(`kg.reference_reasoning`) can be chosen instead, gives the same, and is slow.  Both see the same facts: no assertions,
evidence or texts, literals only where a rule reads them.  After a change to the releases, `revise` finds what the
change adds to the inferred graph and takes from it, at the cost of the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.entailment import Closure, Contradiction, is_useful
from kg.namespaces import (
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    QUERIES_GRAPH,
    REPORT_GRAPH,
    VOCABULARY_GRAPH,
    compact,
    expand,
)
from kg.owl_rules import LANGUAGE, SAME, TYPE, Rules, Triple, compiled
from kg.store import Dataset

Node: TypeAlias = ox.NamedNode | ox.BlankNode

#: Classes of nodes that say who said what; nothing follows from them.
_PROVENANCE: Final = frozenset(
    expand(curie)
    for curie in (
        "rkg:Assertion",
        "rkg:Qualification",
        "rkg:Evidence",
        "oa:SpecificResource",
        "oa:TextPositionSelector",
        "oa:TextQuoteSelector",
    )
)
#: Ontology triples that feed no rule but the trivial ones (scm-cls, scm-op, scm-dp: everything subsumes itself).
_DECLARATIONS: Final = frozenset(
    expand(curie)
    for curie in (
        "owl:Class",
        "owl:Restriction",
        "owl:ObjectProperty",
        "owl:DatatypeProperty",
        "owl:AnnotationProperty",
        "owl:Ontology",
        "owl:NamedIndividual",
        "rdf:Property",
        "rdfs:Datatype",
    )
)
_ANNOTATIONS: Final = frozenset(
    expand(curie)
    for curie in (
        "rdfs:isDefinedBy",
        "rdfs:seeAlso",
        "owl:imports",
        "owl:versionIRI",
        "owl:versionInfo",
        "owl:priorVersion",
        "owl:deprecated",
    )
)
#: Graphs that state nothing about the world.
_NOT_STATED: Final = frozenset({ONTOLOGY_GRAPH, QUERIES_GRAPH, INFERRED_GRAPH, REPORT_GRAPH})
#: Predicates of axioms, which the rules have in themselves.
_ABOUT_TERMS: Final = frozenset({expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")})
#: Stands for any literal where a rule only asks whether there is one (prp-dom).
_SOME_LITERAL: Final = '""'
_TYPE: Final = ox.NamedNode(TYPE)
_INFERRED: Final = ox.NamedNode(INFERRED_GRAPH)


class Reasoner(StrEnum):
    """What infers; the result is the same."""

    RULES = "rules"  # compiled from the ontology
    OWLRL = "owlrl"  # the reference


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
        """The message, below it what is stated and in which words, one a line."""
        stated = (" ".join(_short(term) for term in triple) for triple in self.statements)
        said = (f"{release}: “{sentence}”" for release, sentence in self.sentences)
        return "\n".join([self.message, *(f"  {line}" for line in (*stated, *said))])


@dataclass(frozen=True, slots=True)
class Inference:
    """What follows from a dataset.

    Attributes:
        quads: new triples in the graph of inferred ones, sorted; none of them is in the dataset already.
        inconsistencies: sorted by message; empty for a consistent dataset.
    """

    quads: tuple[ox.Quad, ...]
    inconsistencies: tuple[Inconsistency, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """What a change of the stated triples does to the inferred ones.

    Attributes:
        added: quads for the graph of inferred triples, sorted.
        removed: quads of that graph that no longer follow, or that are stated by now; sorted.
        inconsistencies: sorted by message; empty for a consistent dataset.
    """

    added: tuple[ox.Quad, ...]
    removed: tuple[ox.Quad, ...]
    inconsistencies: tuple[Inconsistency, ...]


def infer(dataset: Dataset, *, reasoner: Reasoner = Reasoner.RULES) -> Inference:
    """Close a dataset under OWL 2 RL.

    Reads every graph but those of inferred triples and reports.  Only useful conclusions come back: IRIs in all
    places, nothing about RDF's and OWL's own terms, no `x owl:sameAs x`, no class that is everything's.

    Raises:
        VocabularyError: the ontology uses what the compiled rules do not cover; owlrl may.
    """
    axioms = _Axioms(dataset)
    find = _by_reference if reasoner is Reasoner.OWLRL else _by_rules
    conclusions, contradictions = find(axioms, dataset)
    new = {t for t in conclusions if is_useful(t) and not any(dataset.quads_for(*map(ox.NamedNode, t)))}
    told = {_inconsistency(one.message, one.facts, dataset) for one in contradictions}
    return Inference(_quads(new), tuple(sorted(told, key=str)))


def _by_rules(axioms: _Axioms, dataset: Dataset) -> tuple[Iterable[Triple], Iterable[Contradiction]]:
    rules = compiled(axioms.triples)
    closure = Closure(rules)
    closure.learn(rules.stated)
    # With equality, what is said of one name holds for the other, whatever it is.
    equality = rules.equality or _has_equality(dataset)
    closure.learn(axioms.facts(dataset, None if equality else rules.predicates))
    closure.close()
    found = [
        Contradiction(one.message, tuple(closure.origins(one.facts)))
        for one in closure.contradictions(closure.facts())
    ]
    return (*closure.derived, *rules.hierarchy()), found


def _by_reference(axioms: _Axioms, dataset: Dataset) -> tuple[Iterable[Triple], Iterable[Contradiction]]:
    from kg.reference_reasoning import reference_closure  # noqa: PLC0415 - owlrl and rdflib are heavy

    return reference_closure(axioms.triples, axioms.facts(dataset))


def _has_equality(dataset: Dataset) -> bool:
    return any(dataset.quads_for(predicate=ox.NamedNode(SAME)))


def revise(dataset: Dataset, *, added: Iterable[ox.Quad], removed: Iterable[ox.Quad] = ()) -> Revision:
    """What to change in the graph of inferred triples after the stated ones have changed.

    What may no longer follow is taken back first, as far as it goes, and concluded anew where it still follows
    (delete and rederive); then what is new is joined with what is there.  The cost is that of what the change
    touches.  A change of the ontology, or equality of names, is worked out from the start.

    Args:
        dataset: its named graphs as they are after the change, but with the inferred graph of before.
        added: stated quads that were not there before.
        removed: stated quads that are gone.

    Raises:
        VocabularyError: the ontology uses what the compiled rules do not cover.
    """
    added, removed = tuple(added), tuple(removed)
    axioms = _Axioms(dataset)
    rules = compiled(axioms.triples)
    changes_ontology = any(q.graph_name == ox.NamedNode(ONTOLOGY_GRAPH) for q in (*added, *removed))
    if changes_ontology or rules.equality or _has_equality(dataset):
        return _worked_out_anew(dataset)
    view = _View(dataset, axioms, rules)
    new = view.facts(added)
    gone = [fact for fact in view.facts(removed) if not view.is_stated(fact)]

    before = Closure(rules, view)
    before.remember(gone)
    doomed = set(gone)
    waiting = list(gone)
    while waiting:
        for conclusion, _ in list(before.follows(waiting.pop())):
            if conclusion not in doomed and (_is_hidden(conclusion) or view.is_inferred(conclusion)):
                doomed.add(conclusion)
                waiting.append(conclusion)

    after = Closure(rules, view, without=doomed)
    for fact in _touching(doomed, view):
        after.draw(fact)
    for fact in new:
        after.draw(fact)
    after.close()
    found = list(after.contradictions((*new, *after.derived)))
    if found:
        return _worked_out_anew(dataset)  # which tells the stated triples behind it
    useful = [triple for triple in after.derived if is_useful(triple)]
    concluded = {t for t in useful if not view.is_inferred(t) and not _is_known(dataset, t)}
    dropped = {t for t in doomed if view.is_inferred(t) and t not in after.derived}
    dropped |= {t for t in new if view.is_inferred(t)}
    return Revision(_quads(concluded), _quads(dropped), ())


def _worked_out_anew(dataset: Dataset) -> Revision:
    """The revision as the difference of two whole inferences."""
    stated = Dataset.in_memory(
        quad for graph in dataset.graphs() if graph != INFERRED_GRAPH for quad in dataset.quads(graph)
    )
    inference = infer(stated)
    had, has = set(dataset.quads(INFERRED_GRAPH)), set(inference.quads)
    return Revision(
        tuple(sorted(has - had, key=str)), tuple(sorted(had - has, key=str)), inference.inconsistencies
    )


def _is_known(dataset: Dataset, triple: Triple) -> bool:
    """Whether a graph other than that of inferred triples has it."""
    quads = dataset.quads_for(*map(ox.NamedNode, triple))
    return any(isinstance(q.graph_name, ox.NamedNode) and q.graph_name != _INFERRED for q in quads)


def _touching(doomed: Iterable[Triple], view: _View) -> Iterator[Triple]:
    """The facts that may conclude a doomed triple once more: each rule has a premise about its subject."""
    doomed = set(doomed)
    for subject in sorted({s for s, _, _ in doomed}):
        for fact in view.about(subject):
            if fact not in doomed:
                yield fact


class _Axioms:
    """The axioms of a dataset's ontology, and how they make facts be read.

    Attributes:
        triples: without annotations and mere declarations.
        spoken_of: every term in them.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.triples = tuple(_axioms(dataset.quads(ONTOLOGY_GRAPH)))
        self.spoken_of = frozenset({TYPE, SAME, *(term for triple in self.triples for term in triple)})
        domain = expand("rdfs:domain")
        self._of_provenance = frozenset(s for s, p, o in self.triples if p == domain and o in _PROVENANCE)
        self._compared = frozenset(_compared(self.triples))

    def fact(self, quad: ox.Quad) -> Triple | None:
        """A quad as the rules read it; None where none does, or where it tells who said what."""
        predicate, value = quad.predicate.value, quad.object
        if predicate in self._of_provenance:
            return None
        if isinstance(value, ox.Literal) and predicate not in self._compared:
            return _text(quad.subject), predicate, _SOME_LITERAL
        object_ = _text(value)
        if predicate == TYPE and (object_ in _PROVENANCE or object_.startswith(LANGUAGE)):
            return None
        return _text(quad.subject), predicate, object_

    def facts(self, dataset: Dataset, predicates: Iterable[str] | None = None) -> Iterator[Triple]:
        """What is stated about things, with these predicates only; with None, with every one that may matter."""
        provenance = {
            quad.subject
            for class_ in _PROVENANCE
            for quad in dataset.quads_for(predicate=_TYPE, object_=ox.NamedNode(class_))
        }
        quads = self._quads(dataset) if predicates is None else _quads_with(dataset, predicates)
        for quad in quads:
            if quad.subject not in provenance and quad.object not in provenance:
                fact = self.fact(quad)
                if fact is not None:
                    yield fact

    def _quads(self, dataset: Dataset) -> Iterator[ox.Quad]:
        for graph in dataset.graphs():
            if graph not in _NOT_STATED:
                for quad in dataset.quads(graph):
                    known = quad.predicate.value in self.spoken_of
                    if known or (graph != VOCABULARY_GRAPH and not isinstance(quad.object, ox.Literal)):
                        yield quad


def _quads_with(dataset: Dataset, predicates: Iterable[str]) -> Iterator[ox.Quad]:
    """The stated quads with some predicates, each triple once if nothing was inferred yet."""
    fresh = not any(dataset.quads_for(graph=_INFERRED))
    for predicate in sorted(set(predicates) - _ABOUT_TERMS):
        node = ox.NamedNode(predicate)
        if fresh:
            yield from dataset.quads_for(predicate=node, graph=ox.DefaultGraph())
        else:
            yield from (quad for quad in dataset.quads_for(predicate=node) if _is_stated(quad))


def _is_stated(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value not in _NOT_STATED


class _View:
    """The stated and inferred triples of a dataset, looked up as facts."""

    def __init__(self, dataset: Dataset, axioms: _Axioms, rules: Rules) -> None:
        self._dataset = dataset
        self._axioms = axioms
        self._rules = rules
        self._provenance: dict[str, bool] = {}

    def facts(self, quads: Iterable[ox.Quad]) -> list[Triple]:
        """The facts among the quads of a change."""
        quads = [quad for quad in quads if _is_stated(quad)]
        for quad in quads:  # of what is gone, nothing but these tells what it was
            if quad.predicate == _TYPE and _text(quad.object) in _PROVENANCE:
                self._provenance[_text(quad.subject)] = True
        return list(dict.fromkeys(self._read(quads)))

    def is_stated(self, triple: Triple) -> bool:
        """Whether some graph states it."""
        return any(_is_stated(quad) for quad in self._matching(triple))

    def is_inferred(self, triple: Triple) -> bool:
        """Whether it is in the graph of inferred triples."""
        return is_useful(triple) and any(quad.graph_name == _INFERRED for quad in self._matching(triple))

    def holds(self, triple: Triple) -> bool:
        """Whether it is stated or was inferred."""
        return triple in self._read(self._matching(triple))

    def objects(self, subject: str, predicate: str) -> Iterable[str]:
        """What the subject has for the predicate."""
        quads = self._dataset.quads_for(_node(subject), ox.NamedNode(predicate))
        return [o for _, _, o in self._read(quads)]

    def subjects(self, predicate: str, object_: str) -> Iterable[str]:
        """What has the object for the predicate."""
        if object_.startswith('"'):
            return []
        quads = self._dataset.quads_for(None, ox.NamedNode(predicate), _node(object_))
        return [s for s, _, _ in self._read(quads)]

    def about(self, term: str) -> Iterable[Triple]:
        """Every fact with the term as subject or object."""
        node = _node(term)
        yield from self._read(self._dataset.quads_for(node))
        yield from self._read(self._dataset.quads_for(None, None, node))

    def _matching(self, triple: Triple) -> Iterator[ox.Quad]:
        s, p, o = triple
        if s.startswith('"'):
            return iter(())
        return self._dataset.quads_for(_node(s), ox.NamedNode(p), None if o.startswith('"') else _node(o))

    def _read(self, quads: Iterable[ox.Quad]) -> Iterator[Triple]:
        for quad in quads:
            if quad.predicate.value not in self._rules.predicates:
                continue
            if quad.graph_name != _INFERRED and not _is_stated(quad):
                continue
            fact = self._axioms.fact(quad)
            if fact is None or self._is_provenance(fact[0]):
                continue
            if fact[1] == TYPE or not self._is_provenance(fact[2]):
                yield fact

    def _is_provenance(self, term: str) -> bool:
        if term.startswith('"'):
            return False
        known = self._provenance.get(term)
        if known is None:
            types = self._dataset.quads_for(_node(term), _TYPE)
            known = any(_text(quad.object) in _PROVENANCE for quad in types)
            self._provenance[term] = known
        return known


def _axioms(quads: Iterable[ox.Quad]) -> Iterator[Triple]:
    for quad in quads:
        predicate = quad.predicate.value
        if isinstance(quad.object, ox.Literal) and not predicate.startswith(PREFIXES["owl"]):
            continue
        if predicate in _ANNOTATIONS or (predicate == TYPE and _text(quad.object) in _DECLARATIONS):
            continue
        if predicate.startswith(LANGUAGE):
            yield _text(quad.subject), predicate, _text(quad.object)


def _compared(axioms: Iterable[Triple]) -> Iterator[str]:
    """Properties of which a rule compares the literals: keys (prp-key, prp-ifp) and fixed values (cls-hv)."""
    by: dict[str, list[tuple[str, str]]] = {}
    for s, p, o in axioms:
        by.setdefault(p, []).append((s, o))
    first, rest = (dict(by.get(expand(curie), ())) for curie in ("rdf:first", "rdf:rest"))
    yield from (s for s, o in by.get(TYPE, ()) if o == expand("owl:InverseFunctionalProperty"))
    for _, head in by.get(expand("owl:hasKey"), ()):
        while head in first:
            yield first[head]
            head = rest.get(head, "")  # noqa: PLW2901
    with_literal = {s for s, o in by.get(expand("owl:hasValue"), ()) if o.startswith('"')}
    yield from (o for s, o in by.get(expand("owl:onProperty"), ()) if s in with_literal)


# --- contradictions ---------------------------------------------------------------------------------------


def _inconsistency(message: str, facts: Iterable[Triple], dataset: Dataset) -> Inconsistency:
    """A contradiction with the stated triples behind it and their sentences."""
    triples = sorted({t for fact in facts for t in _triples_of(fact, dataset)}, key=str)
    for term in sorted(re.findall(r"\b[a-z][a-z0-9+.-]*:[^\s(),']+", message), key=len, reverse=True):
        message = message.replace(term, compact(term))
    sentences = dict.fromkeys(pair for triple in triples for pair in _sentences(triple, dataset))
    return Inconsistency(message, tuple(triples), tuple(sentences))


def _triples_of(fact: Triple, dataset: Dataset) -> Iterator[ox.Triple]:
    """The stated triples that the rules saw as this fact: a literal with its value."""
    s, p, o = fact
    for quad in dataset.quads_for(_node(s), ox.NamedNode(p), None if o.startswith('"') else _node(o)):
        if _is_stated(quad) and (not o.startswith('"') or isinstance(quad.object, ox.Literal)):
            yield quad.triple


def _sentences(triple: ox.Triple, dataset: Dataset) -> Iterator[tuple[str, str]]:
    """The evidence of a statement: of its assertion, or for a type of any assertion about the thing."""
    if triple.predicate == _TYPE:
        pattern = f"?assertion (rdf:subject|rdf:object) {triple.subject} ."
    else:
        pattern = (
            f"{{ ?assertion rdf:subject {triple.subject} ; rdf:object {triple.object} }} UNION "
            f"{{ ?assertion rdf:object {triple.subject} }}"
        )
    prefixes = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in ("rdf", "rkg", "oa", "dcterms"))
    rows = dataset.select(
        f"""{prefixes}
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


# --- terms ------------------------------------------------------------------------------------------------


def _text(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)  # _:name of a blank node, "…" of a literal


def _node(text: str) -> Node:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)


def _short(term: object) -> str:
    """A term for people."""
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _is_hidden(triple: Triple) -> bool:
    """Whether it is a conclusion that serves for others only and is never written down."""
    return triple[2].startswith("_:")


def _quads(triples: Iterable[Triple]) -> tuple[ox.Quad, ...]:
    found = (ox.Quad(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o), _INFERRED) for s, p, o in triples)
    return tuple(sorted(found, key=str))
