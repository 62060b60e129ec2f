"""References to trials → which trial each speaks of, and which trials are one.

Used by `kg.extract.trials`, which finds the references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.focus import same
from kg.extract.patterns import Pattern
from kg.extract.trial_details import is_generic
from kg.extract.trial_model import Reference, Trial
from kg.extract.trial_names import names_in, programme_of
from kg.model import Entity


def joined(trials: list[Trial]) -> list[Trial]:
    """The trials of a release, those that are one joined, programmes beside their trials left out."""
    return [
        t for t in _join_headlines(_join_pivotal(_join_parts(_without_programmes(trials)))) if t.references
    ]


_PEDIATRIC: Final = frozenset({"pediatric", "infants", "adolescents"})


def _says_nothing(trial: Trial) -> bool:
    return not (trial.indications or trial.details("nct") or trial.details("enrollment"))


def _without_programmes(trials: list[Trial]) -> list[Trial]:
    """Leave out "the BALANCE programme" where its trials BALANCE-1 and BALANCE-2 are known."""
    names = {str(n) for t in trials for n in t.details("name")}
    stems = {programme_of(n) for n in names if programme_of(n) != n}
    return [
        t
        for t in trials
        if not (
            t.details("name")
            and all(str(n) in stems for n in t.details("name"))
            and (_says_nothing(t) or _is_programme(t))
        )
    ]


def _is_programme(trial: Trial) -> bool:
    """Whether a release calls a programme what it names: "the Phase 3 BALANCE programme"."""
    return any(
        re.match(r"[™®]?\s+(?:[\w-]+\s+)?program(?:me)?\b", r.sentence.text[end:])
        for r in trial.references
        for _, end, _ in names_in(r.sentence.text, tuple(map(str, trial.details("name"))))
    )


def place(reference: Reference, trials: list[Trial], same_sentence: list[Trial]) -> Trial:
    """The trial that a reference speaks of: one that is known, or a new one, which is added."""
    scores = [
        (_agreement(reference, trial), index)
        for index, trial in enumerate(trials)
        if not (reference.another and trial in same_sentence)
    ]
    best = max(((s, i) for s, i in scores if s > 0), default=None)
    if best is None:
        trials.append(Trial([reference]))
        return trials[-1]
    trials[best[1]].references.append(reference)
    return trials[best[1]]


def _agreement(reference: Reference, trial: Trial) -> int:
    """How well a reference fits a trial; 0 where it speaks of another one."""
    if not same(reference.drug, trial.drug) or reference.phase != trial.phase:
        return 0
    if reference.modality.is_claim_only != trial.references[0].modality.is_claim_only:
        return 0
    planned = [s for s in (reference.status, trial.status) if s]
    if len(planned) == 2 and (planned[0] == "planned") != (planned[1] == "planned"):
        return 0
    sponsors = {r.sponsor for r in trial.references}
    if reference.sponsor is not None and reference.sponsor not in sponsors:
        return 0
    for name in ("nct", "name"):
        mine, theirs = set(reference.detail(name)), set(trial.details(name))
        if mine and theirs:
            return 9 if mine & theirs else 0
    mine_pediatric = _PEDIATRIC & set(map(str, reference.detail("population")))
    theirs_pediatric = _PEDIATRIC & set(map(str, trial.details("population")))
    if reference.indications and trial.indications:
        shared = _overlap(reference.indications, trial.indications)
        if shared:
            return 6
        if mine_pediatric and theirs_pediatric:
            return 4
        generic = is_generic(reference.indications) or is_generic(trial.indications)
        # plans are told apart by their diseases; a running trial is often named by a wider term
        return (
            3 if generic and reference.status != "planned" and not (mine_pediatric ^ theirs_pediatric) else 0
        )
    return 2


def _overlap(left: Iterable[Entity], right: Iterable[Entity]) -> bool:
    right = tuple(right)
    if any(same(a, b) for a in left for b in right):
        return True
    words = [{w for name in (e.label,) for w in _stems(name)} for e in right]
    return any(
        mine and (mine <= theirs or theirs <= mine)
        for a in left
        for mine in [set(_stems(a.label))]
        for theirs in words
        if theirs
    )


def _stems(name: str) -> list[str]:
    return [
        w.rstrip("s")
        for w in re.findall(r"[a-z]{4,}", name.casefold())
        if w not in ("cell", "disease", "cancer", "tumor", "tumors", "syndrome")
    ]


def _join_parts(trials: list[Trial]) -> list[Trial]:
    """The "Phase 2 part of NORTH" is the Phase 2/3 trial NORTH."""
    for trial in trials:
        names = set(trial.details("name"))
        is_part = all(_PART_OF.match(r.sentence.text, r.at) for r in trial.references)
        whole = next(
            (
                t
                for t in trials
                if t is not trial
                and _is_coarser(trial.phase, t.phase, named=bool(names & set(t.details("name"))))
                and same(t.drug, trial.drug)
                and (is_part or names & set(t.details("name")))
            ),
            None,
        )
        if whole is not None:
            whole.references += [replace(r, phase=whole.phase) for r in trial.references]
            trial.references = []
    return [t for t in trials if t.references]


def _is_coarser(phase: str, whole: str, *, named: bool) -> bool:
    """Whether a phase is one of those of a trial of two, or, under one name, the same without its letter."""
    parts = whole.split("/")
    if len(parts) > 1 and phase in (*parts, *(p.rstrip("abc") for p in parts)):
        return True
    return named and phase != whole and phase == re.sub(r"[abc]", "", whole)


_PART_OF: Final = Pattern(
    r"phase\s+\S+\s+(?:(?:[\w-]+\s+)?(?:part|portion|stage|segment|component)\s+of\b"
    r"|of\s+(?:the|this|our)\s+(?:[\w-]+\s+){0,2}(?:study|trial)\b)",
    re.IGNORECASE,
)


def _join_pivotal(trials: list[Trial]) -> list[Trial]:
    """A "pivotal trial" is the one late trial of the same drug that the release gives a number, if there is one."""
    for trial in trials:
        if trial.phase != "pivotal":
            continue
        names = set(trial.details("name"))
        namesake = next((t for t in trials if t is not trial and names & set(t.details("name"))), None)
        if namesake is not None:
            namesake.references += [
                replace(r, status=None) if r.status == "active" else r for r in trial.references
            ]
            trial.references = []
            continue
        late = [
            t
            for t in trials
            if t is not trial
            and same(t.drug, trial.drug)
            and t.phase in ("2", "2b", "2/3", "3")
            and (t.status == "planned") == (trial.status == "planned")
            and (not t.indications or not trial.indications or _overlap(t.indications, trial.indications))
        ]
        marked = [
            t for t in late if {"pivotal", "registrational"} & set(map(str, t.details("design")))
        ] or late
        if len(marked) == 1:
            marked[0].references += trial.references
            trial.references = []
    return trials


def _may_be_one(trial: Trial, other: Trial) -> bool:
    """Whether nothing tells two trials of one drug apart."""
    for detail in ("name", "nct", "enrollment"):
        mine, theirs = set(trial.details(detail)), set(other.details(detail))
        if mine and theirs and not mine & theirs:
            return False
    return not (
        trial.indications and other.indications and not _overlap(trial.indications, other.indications)
    )


def _join_headlines(trials: list[Trial]) -> list[Trial]:
    """A "Phase 2 trial" of the headline alone is the Phase 2b trial of the text; "1/2" anywhere is its "1/2a"."""
    titles = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    for trial in trials:
        if not trial.references:
            continue
        titled = all(r.sentence.section.kind in titles for r in trial.references)
        finer = [
            t
            for t in trials
            if t is not trial
            and t.references
            and t.phase != trial.phase == re.sub(r"[abc]", "", t.phase)
            and (titled or ("/" in t.phase and _may_be_one(trial, t)))
            and same(t.drug, trial.drug)
            and (t.status == "planned") == (trial.status == "planned")
        ]
        if len(finer) == 1:
            finer[0].references += [replace(r, phase=finer[0].phase) for r in trial.references]
            trial.references = []
    return trials
