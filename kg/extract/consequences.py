"""Facts of one release → what they say together: a drug is for what its trial is in, where nothing else tells it.

Between the rules of `kg.extract.relations` and `kg.extract.merging`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.focus import identity
from kg.extract.trial_details import is_generic
from kg.model import Entity, Fact, Modality

_CONFIDENCE = 0.75


def with_consequences(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, and the diseases of trials as indications of drugs that have none.

    Hits: "has completed recruitment for the Phase 3 trial of AB-1. In all, 60 patients with gout were included."
    Near misses: a trial in solid tumours; a drug that the release says to be for something; one of several diseases,
    which the words about the trial do not name.
    """
    told: set[tuple[str, str]] = set()
    trials: list[Fact] = []
    for fact in facts:
        yield fact
        if fact.subject is None or fact.modality.is_claim_only:
            continue
        if fact.relation == "drug_indication":
            told.add(identity(fact.subject))
        elif fact.relation == "trial":
            trials.append(fact)
    one_disease = len({disease for trial in trials for disease in trial.qualifier("indications")}) == 1
    for trial in trials:
        if trial.subject is None or identity(trial.subject) in told:
            continue
        for disease in trial.qualifier("indications"):
            if not isinstance(disease, Entity) or is_generic((disease,)):
                continue
            if one_disease or _is_named(disease, trial):
                planned = trial.modality is Modality.PLANNED
                yield Fact(
                    "drug_indication",
                    trial.subject,
                    disease,
                    modality=Modality.PLANNED if planned else Modality.ASSERTED,
                    confidence=_CONFIDENCE,
                    evidence=trial.evidence[:1],
                )


def _is_named(disease: Entity, trial: Fact) -> bool:
    """Whether the words about a trial name a disease."""
    words = " ".join(e.text for e in trial.evidence).casefold()
    return any(name.casefold() in words for name in disease.names)
