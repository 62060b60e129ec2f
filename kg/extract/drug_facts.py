"""One way to write a fact about a drug, for the rules of `natures`, `indications` and `relations.drugs`."""

from __future__ import annotations

from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.model import Entity, Fact, Modality, Value


def drug_fact(  # noqa: PLR0917 - the parts of a fact in the order in which it is said
    document: LinkedDocument,
    sentence: LinkedSentence,
    rule: str,
    relation: str,
    drug: Entity,
    object_: Entity | str,
    qualifiers: dict[str, Value | tuple[Value, ...] | None] | None = None,
    *,
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.95,
    turned: bool = False,
) -> Fact:
    """A fact about a drug; `turned` where the drug is the object."""
    subject: Entity = drug
    if turned:
        assert isinstance(object_, Entity)
        subject, object_ = object_, drug
    fact = Fact(
        relation,
        subject,
        object_,
        modality=modality,
        confidence=confidence,
        evidence=(document.evidence(sentence, f"drugs.{rule}"),),
    )
    return fact.with_qualifiers(qualifiers or {})
