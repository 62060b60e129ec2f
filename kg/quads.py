"""Facts → RDF: one named graph for each release, with the evidence of every statement (docs/model.md).

The writer's half of `kg.schema`; `kg.fact_view` is the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.model import Entity, Evidence, Fact, Modality, Quantity, Release, Value
from kg.namespaces import Minter, expand
from kg.schema import CLASS_OF_KIND, RELATIONS, Range, Relation, Slot

_DATE_TYPES: Final = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "xsd:date"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "xsd:gYearMonth"),
    (re.compile(r"\d{4}"), "xsd:gYear"),
)

_Term = ox.NamedNode | ox.Literal


def release_quads(release: Release, facts: Iterable[Fact], minter: Minter) -> Iterator[ox.Quad]:
    """Everything that one release's graph says: the release, its entities, its facts, its assertions.

    Args:
        release: the release; its text is stored.
        facts: its facts after `kg.resolution`: entities have slugs, node relations have nodes.
        minter: mints the IRIs.

    Raises:
        VocabularyError: a fact uses a prefix, relation or qualifier that is not declared.
    """
    writer = _Writer(release, minter)
    facts = list(facts)
    triples = dict.fromkeys(writer.about_release(facts))
    for fact in facts:
        triples |= dict.fromkeys(writer.about_fact(fact))
    graph = iri(minter.release(release.id))
    return (ox.Quad(s, p, o, graph) for s, p, o in triples)


def assertion_iri(release: Release, fact: Fact, minter: Minter) -> ox.NamedNode:
    """The IRI of the assertion that `release_quads` writes for a fact of a release; errors as there."""
    return _Writer(release, minter).assertion_iri(fact)


def iri(text: str) -> ox.NamedNode:
    """A term for a CURIE or a full IRI."""
    return ox.NamedNode(text if "://" in text else expand(text))


def date_literal(text: str) -> ox.Literal:
    """A date at the precision that it has: day, month, year; halves and quarters stay text."""
    for pattern, datatype in _DATE_TYPES:
        if pattern.fullmatch(text):
            return ox.Literal(text, datatype=iri(datatype))
    return ox.Literal(text)


def entity_iri(entity: Entity, minter: Minter) -> ox.NamedNode:
    """The IRI of an entity: the concept that it is, or one of ours.

    Raises:
        VocabularyError: the entity has not been through `kg.resolution`.
    """
    if entity.concept is not None:
        return iri(entity.concept)
    if not entity.slug:
        raise VocabularyError(
            f"{entity.kind} {entity.label!r} has no slug: resolve facts before writing them"
        )
    return ox.NamedNode(minter.entity(entity.kind, entity.slug))


_TYPE: Final = iri("rdf:type")
_LABEL: Final = iri("skos:prefLabel")


class _Writer:
    """Writes the triples of one release."""

    def __init__(self, release: Release, minter: Minter) -> None:
        self._release = release
        self._minter = minter
        self._iri = ox.NamedNode(minter.release(release.id))

    def about_release(self, facts: list[Fact]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, _Term]]:
        headline = next((str(f.object) for f in facts if f.relation == "headline"), self._release.id)
        yield self._iri, _TYPE, iri("rkg:PressRelease")
        yield self._iri, _LABEL, ox.Literal(headline)
        yield self._iri, iri("dcterms:identifier"), ox.Literal(self._release.id)
        yield self._iri, iri("rkg:source"), ox.Literal(self._release.source)
        yield self._iri, iri("rkg:sha256"), ox.Literal(self._release.sha256)
        yield self._iri, iri("rkg:encoding"), ox.Literal(self._release.encoding)
        yield self._iri, iri("rkg:text"), ox.Literal(self._release.text)

    def about_fact(self, fact: Fact) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, _Term]]:
        relation = self._relation(fact)
        subject, target = self._ends(fact, relation)
        if relation.node is None:
            for name, _ in fact.qualifiers:
                self._slot(relation, name)

        claim_only = fact.modality.is_claim_only or (
            relation.node is None and fact.modality is Modality.PLANNED
        )
        if fact.subject is not None:
            yield from self._entity(fact.subject)
        if isinstance(fact.object, Entity):
            yield from self._entity(fact.object)
        for _, value in fact.qualifiers:
            if isinstance(value, Entity):
                yield from self._entity(value)
        if not claim_only:
            yield subject, iri(relation.predicate), target
            if fact.node is not None and isinstance(target, ox.NamedNode):
                yield target, _TYPE, iri(str(relation.node))
                yield target, _LABEL, ox.Literal(fact.node.label)
                if fact.modality is Modality.PLANNED:
                    yield target, iri("rkg:modality"), iri("modality:planned")
                else:
                    for predicate in _outcomes(fact, relation):
                        yield target, predicate, self._terms(fact.object, relation.object)
                for _, predicate, term in self._properties(fact, relation):
                    yield target, predicate, term
        yield from self._assertion(fact, relation, subject, target, claim_only)

    def assertion_iri(self, fact: Fact) -> ox.NamedNode:
        relation = self._relation(fact)
        return self._assertion_iri(fact, relation, *self._ends(fact, relation))

    def _assertion_iri(
        self, fact: Fact, relation: Relation, subject: ox.NamedNode, target: _Term
    ) -> ox.NamedNode:
        content = "\n".join([str(subject), relation.predicate, str(target), fact.modality])
        return ox.NamedNode(self._minter.assertion(self._release.id, content))

    def _relation(self, fact: Fact) -> Relation:
        try:
            return RELATIONS[fact.relation]
        except KeyError as error:
            raise VocabularyError(f"{fact.relation!r} is not a relation of kg/schema.py") from error

    def _ends(self, fact: Fact, relation: Relation) -> tuple[ox.NamedNode, _Term]:
        """Subject and object of the statement; the object is the domain node where the relation has one."""
        subject = self._iri if fact.subject is None else entity_iri(fact.subject, self._minter)
        if relation.node is None:
            return subject, self._terms(fact.object, relation.object)
        if fact.node is None:
            raise VocabularyError(f"a {fact.relation} has no node: resolve facts before writing them")
        return subject, ox.NamedNode(self._minter.entity(relation.kind, fact.node.slug))

    def _properties(self, fact: Fact, relation: Relation) -> Iterator[tuple[str, ox.NamedNode, _Term]]:
        """What the node says, with the name of the qualifier that says it ("object" for the object)."""
        yield "object", iri(relation.object_predicate), self._terms(fact.object, relation.object)
        if isinstance(fact.object, Quantity) and relation.object is Range.QUANTITY:
            if fact.object.value is not None:
                number = _decimal(fact.object.value)
                yield "value", iri("rkg:numericValue"), ox.Literal(number, datatype=iri("xsd:decimal"))
            if fact.object.unit:
                yield "unit", iri("rkg:unit"), ox.Literal(fact.object.unit)
        for name, value in fact.qualifiers:
            slot = self._slot(relation, name)
            yield name, iri(slot.predicate), self._terms(value, slot.range)

    def _slot(self, relation: Relation, name: str) -> Slot:
        try:
            return relation.slot(name)
        except KeyError as error:
            raise VocabularyError(str(error.args[0])) from error

    def _assertion(
        self, fact: Fact, relation: Relation, subject: ox.NamedNode, target: _Term, claim_only: bool
    ) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, _Term]]:
        assertion = self._assertion_iri(fact, relation, subject, target)
        yield assertion, _TYPE, iri("rkg:Assertion")
        yield assertion, iri("rdf:subject"), subject
        yield assertion, iri("rdf:predicate"), iri(relation.predicate)
        yield assertion, iri("rdf:object"), target
        yield assertion, iri("rkg:modality"), iri(f"modality:{fact.modality}")
        confidence = _decimal(Decimal(str(round(fact.confidence, 3))))
        yield assertion, iri("rkg:confidence"), ox.Literal(confidence, datatype=iri("xsd:decimal"))
        yield assertion, iri("rkg:statedIn"), self._iri
        if claim_only and relation.node is not None:
            seen: dict[str, int] = {}
            for name, predicate, value in self._properties(fact, relation):
                seen[name] = seen.get(name, 0) + 1
                number = "" if seen[name] == 1 else f"-{seen[name]}"
                part = ox.NamedNode(f"{assertion.value}/{name}{number}")
                yield assertion, iri("rkg:qualification"), part
                yield part, _TYPE, iri("rkg:Qualification")
                yield part, iri("rkg:onProperty"), predicate
                yield part, iri("rkg:value"), value
        for rank, evidence in enumerate(fact.evidence):
            place = ox.NamedNode(self._minter.evidence(self._release.id, evidence.start, evidence.end))
            yield assertion, iri("rkg:rule"), ox.Literal(evidence.rule)
            yield assertion, iri("rkg:evidence"), place
            if rank == 0:
                yield assertion, iri("rkg:primaryEvidence"), place
            yield from self._evidence(place, evidence)

    def _evidence(
        self, place: ox.NamedNode, evidence: Evidence
    ) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, _Term]]:
        """Web Annotation Data Model §4: a specific resource with a position and a quote selector."""
        integer = iri("xsd:integer")
        position, quote = (ox.NamedNode(f"{place.value}/{name}") for name in ("position", "quote"))
        yield place, _TYPE, iri("rkg:Evidence")
        yield place, iri("oa:hasSource"), self._iri
        yield place, iri("rkg:section"), ox.Literal(evidence.section)
        yield place, iri("oa:hasSelector"), position
        yield place, iri("oa:hasSelector"), quote
        yield position, _TYPE, iri("oa:TextPositionSelector")
        yield position, iri("oa:start"), ox.Literal(str(evidence.start), datatype=integer)
        yield position, iri("oa:end"), ox.Literal(str(evidence.end), datatype=integer)
        yield quote, _TYPE, iri("oa:TextQuoteSelector")
        yield quote, iri("oa:exact"), ox.Literal(evidence.text)

    def _entity(self, entity: Entity) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, _Term]]:
        """Class and names; a concept has its own in the vocabulary."""
        if entity.concept is not None:
            return
        node = entity_iri(entity, self._minter)
        yield node, _TYPE, iri(CLASS_OF_KIND[entity.kind])
        yield node, _LABEL, ox.Literal(entity.label)
        for name in entity.alt:
            yield node, iri("skos:altLabel"), ox.Literal(name)
        for name in entity.hidden:
            yield node, iri("skos:hiddenLabel"), ox.Literal(name)

    def _terms(self, value: Value, expected: tuple[object, ...] | Range) -> _Term:
        """The RDF term of a value.

        Raises:
            VocabularyError: the value is not what the table of relations expects here.
        """
        if isinstance(value, Entity):
            if isinstance(expected, Range) or value.kind not in expected:
                raise VocabularyError(f"{value.kind} {value.label!r} stands where {expected} is expected")
            return entity_iri(value, self._minter)
        if not isinstance(expected, Range):
            raise VocabularyError(f"{value!r} stands where an entity of {expected} is expected")
        if isinstance(value, Quantity):
            return ox.Literal(value.text)
        if expected is Range.DATE:
            return date_literal(str(value))
        if expected is Range.BOOLEAN:
            return ox.Literal("true" if value else "false", datatype=iri("xsd:boolean"))
        if expected in (Range.INTEGER, Range.DECIMAL):
            if isinstance(value, str):
                raise VocabularyError(f"the text {value!r} stands where a number is expected")
            if expected is Range.INTEGER:
                return ox.Literal(str(int(value)), datatype=iri("xsd:integer"))
            return ox.Literal(_decimal(Decimal(value)), datatype=iri("xsd:decimal"))
        return ox.Literal(str(value))


def _outcomes(fact: Fact, relation: Relation) -> Iterator[ox.NamedNode]:
    """The properties that the node has with its object by what its qualifiers say."""
    for outcome in relation.outcomes:
        values = fact.qualifier(outcome.qualifier)
        if any(isinstance(value, Entity) and value.concept == outcome.value for value in values):
            yield iri(outcome.predicate)


def _decimal(number: Decimal) -> str:
    """The canonical form of XML Schema 1.1 part 2 §3.3.3, as Oxigraph stores it: no exponent, no spare zero."""
    text = format(number.normalize(), "f")
    return text if text not in ("-0", "") else "0"
