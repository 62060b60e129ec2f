"""The parts of a statement → a fact whose evidence is the sentence: what the rules of all subjects share."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.model import Entity, Fact, Modality, Value


def statement(  # noqa: PLR0917 - the parts of a fact in the order in which it is said
    document: LinkedDocument,
    sentence: LinkedSentence,
    rule: str,
    relation: str,
    subject: Entity,
    object_: Entity | str,
    qualifiers: Mapping[str, Value | tuple[Value, ...] | None] | None = None,
    *,
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.95,
) -> Fact:
    """A fact that a whole sentence tells; `rule` is what told it, its subject first ("drugs.payload")."""
    fact = Fact(
        relation,
        subject,
        object_,
        modality=modality,
        confidence=confidence,
        evidence=(document.evidence(sentence, rule),),
    )
    return fact.with_qualifiers(dict(qualifiers or {}))
