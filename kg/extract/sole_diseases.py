"""Linked sentences → the drugs that a release says are for one disease and no other: what a silent sentence means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.extract.indications import diseases_named, indications
from kg.extract.linked import LinkedDocument
from kg.model import Entity, Kind


@dataclass(frozen=True)
class SoleDiseases:
    """The drugs that a release says are for one disease and no other; read when first asked for.

    Attributes:
        document: the release.
    """

    document: LinkedDocument

    def of(self, drug: Entity) -> Entity | None:
        """The one disease that a drug is for; None where the release names several or none."""
        told = self._told.get(drug, set())
        return next(iter(told)) if len(told) == 1 else None

    @cached_property
    def _told(self) -> Mapping[Entity, set[Entity]]:
        told: dict[Entity, set[Entity]] = {}
        for sentence in self.document.statements():
            for fact in indications(self.document, sentence):
                drug, disease = fact.subject, fact.object
                if drug is not None and isinstance(disease, Entity) and not fact.modality.is_claim_only:
                    told.setdefault(drug, set()).add(disease)
        return told


def only_disease(document: LinkedDocument, drug: Entity) -> Entity | None:
    """The one disease that a release names at all, for its one drug or the one that it is about."""
    if drug != document.subject and any(m.entity != drug for m in document.mentions(Kind.DRUG)):
        return None
    named = {mention.entity for _, mention in diseases_named(document)}
    return next(iter(named)) if len(named) == 1 else None
