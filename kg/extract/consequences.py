"""Facts of one release → what they say together: a drug is for what it is approved for, or what its trial is in.

Between the rules of `kg.extract.relations` and `kg.extract.merging`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.focus import identity
from kg.extract.trial_details import is_generic
from kg.model import Entity, Fact, Modality, Quantity

_CONFIDENCE = 0.75


def with_consequences(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, the diseases of approvals as indications, and those of trials for drugs that have none.

    Hits: "The antibody stays approved in the U.S. for gout.";
    "has completed recruitment for the Phase 3 trial of AB-1. In all, 60 patients with gout were included."
    Near misses: a trial in solid tumours; a drug that the release says to be for something; one of several diseases,
    which the words about the trial do not name.
    """
    told: set[tuple[str, str]] = set()
    pairs: set[tuple[tuple[str, str], object]] = set()
    approved: list[Fact] = []
    trials: list[Fact] = []
    for fact in facts:
        yield fact
        if fact.subject is None or fact.modality.is_claim_only:
            continue
        if fact.relation == "drug_indication":
            told.add(identity(fact.subject))
            pairs.add((identity(fact.subject), fact.object))
        elif fact.relation == "approval":
            approved.append(fact)
        elif fact.relation == "trial":
            trials.append(fact)
    for leave in approved:
        if leave.subject is not None and (pair := (identity(leave.subject), leave.object)) not in pairs:
            pairs.add(pair)
            told.add(pair[0])
            yield _indication(leave, leave.object)
    one_disease = len({disease for trial in trials for disease in trial.qualifier("indications")}) == 1
    for trial in trials:
        if trial.subject is None or identity(trial.subject) in told:
            continue
        for disease in trial.qualifier("indications"):
            if not isinstance(disease, Entity) or is_generic((disease,)):
                continue
            if one_disease or _is_named(disease, trial):
                yield _indication(trial, disease)


def _indication(source: Fact, disease: Entity | Quantity | str) -> Fact:
    """That the drug of a trial or an approval is for a disease."""
    return Fact(
        "drug_indication",
        source.subject,
        disease,
        modality=Modality.PLANNED if source.modality is Modality.PLANNED else Modality.ASSERTED,
        confidence=_CONFIDENCE,
        evidence=source.evidence[:1],
    )


def _is_named(disease: Entity, trial: Fact) -> bool:
    """Whether the words about a trial name a disease."""
    words = " ".join(e.text for e in trial.evidence).casefold()
    return any(name.casefold() in words for name in disease.names)
