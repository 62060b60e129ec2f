"""Trials that no words tell the phase of, but those on another trial of their drug that stands beside them.

Used by `kg.extract.trials`, which has placed the trials that sentences tell in full.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.extract import values
from kg.extract.focus import same
from kg.extract.linked import LinkedSentence
from kg.extract.patients import described
from kg.extract.patterns import Pattern
from kg.extract.trial_details import indications_in, status_of_subject
from kg.extract.trial_model import Trial
from kg.extract.trial_names import EXTENSION
from kg.extract.trial_sizes import size_details
from kg.model import Entity


def sibling(sentence: LinkedSentence, name: str, drug: Entity | None, trials: list[Trial]) -> Trial | None:
    """A trial that only its name and its own words tell from one of the same drug and phase.

    Hits: "BIRCH and ROWAN studies" where one of them is known; "ROWAN, in gout, was stopped" behind "BIRCH is one of
    two Phase 3 studies"; a line "ROWAN: gout; recruiting" below another.
    """
    own = [
        t
        for t in trials
        if drug is not None and same(t.drug, drug) and not t.references[0].modality.is_claim_only
    ]
    phases = {t.phase for t in own if any(t.details("name"))}
    at = sentence.text.find(name)
    line = at < _AT_START and sentence.text[at + len(name) :].lstrip().startswith((":", "(", "–"))
    beside = next((t for t in own for n in t.details("name") if _joined(sentence.text, str(n), name)), None)
    base = beside
    if (
        base is None
        and len(phases) == 1
        and (line or any(_ONE_OF.search(r.sentence.text) for t in own for r in t.references))
    ):
        base = next(t for t in own if t.details("name"))
    if base is None or EXTENSION.search(name):
        return None
    first = base.references[0]
    shared = [d for d in first.details if beside is not None and d[0] not in ("name", "nct")]
    text = sentence.text
    told = (
        []
        if beside is not None
        else [
            *size_details(text, 0, len(text)),
            *(("population", p) for p in (*values.populations(text), *described(text))),
        ]
    )
    return Trial([
        replace(
            first,
            sentence=sentence,
            named=False,
            status=(base.status if beside is not None else status_of_subject(text, (name,)) or state_in_list(text)),
            indications=base.indications if beside is not None else indications_in(sentence, at, len(text)),
            details=(*shared, ("name", name), *told),
        )
    ])  # fmt: skip


_AT_START: Final = 5  # letters before the name that opens a line
_ONE_OF: Final = Pattern(
    r"\b(?:one\s+of\s+(?:the\s+|its\s+|our\s+)?(?:two|three|four|five)|two|three|four)\b[^.;]{0,40}\b(?:trials|studies)\b"
)
_STATE_IN_LIST: Final = (
    ("terminated", Pattern(r"\b(?:stopped|terminated|discontinued)\b", re.IGNORECASE)),
    (
        "active",
        Pattern(
            r"\b(?:recruitment|enrol?lment|dosing)\s+(?:is\s+)?(?:concluded|complete[d]?|closed|finished)|\bfully\s+enrol|\bongoing\b",
            re.IGNORECASE,
        ),
    ),
    ("planned", Pattern(r"\b(?:planned|to\s+(?:start|begin)|starts?\s+in)\b", re.IGNORECASE)),
    ("recruiting", Pattern(r"\b(?:recruiting|enrolling)\b", re.IGNORECASE)),
    ("completed", Pattern(r"\bcompleted\b", re.IGNORECASE)),
)


def state_in_list(text: str) -> str | None:
    """The state that a line of a list tells of its trial in a word: "recruiting", "recruitment concluded"."""
    return next((status for status, form in _STATE_IN_LIST if form.search(text)), None)


def _joined(text: str, known: str, name: str) -> bool:
    """Whether a sentence lists two names together: "the BIRCH and ROWAN studies"."""
    first, second = text.find(known), text.find(name)
    if first < 0 or second < 0 or not _PLURAL.search(text):
        return False
    low, high = sorted(((first, first + len(known)), (second, second + len(name))))
    return re.fullmatch(r"\s*(?:\([^()]*\)\s*)?(?:,|and|,\s*and|&)\s*", text[low[1] : high[0]]) is not None


_PLURAL: Final = Pattern(r"\b(?:trials|studies|both)\b", re.IGNORECASE)
