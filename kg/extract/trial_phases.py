"""A sentence → the phases in it that are those of trials, and those that have a cell of a row to themselves."""

from __future__ import annotations

import re
from typing import Final

from kg.extract import values
from kg.extract.patterns import Pattern

_TRIAL_NOUN = r"(?:trials?|stud(?:y|ies)|programs?|programmes?|development|testing|investigation|evaluation)"
_TRIAL_AFTER = Pattern(
    # Possessive: a word is taken whole, or its splits would multiply.
    rf"(?:[\s,/()+-]*+(?!(?:which|that|is|are|was|were|has|have)\b)[\w.'/*-]++){{0,9}}?[\s,"
    rf"()-]*\b{_TRIAL_NOUN}\b",
    re.IGNORECASE,
)
_TRIAL_BEFORE = Pattern(
    r"\b(?:in|into|enter(?:ed|ing|s)?|through|complet(?:ed|ing|es)|initiat(?:ed|ing|es|e)|start(?:ed|ing)?"
    r"|begin|began|from"
    r"|ongoing|to)\s+(?:(?:a|an|the|our|its|for)\s+)*(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_DATA_AFTER = Pattern(
    r"\s+(?:[\w-]+\s+){0,2}?(?:data|results|read-?outs?|cohorts?|patients|participants|arm|initiation|start"
    r"|enrol?lment|recruitment|dosing|top-?line|dose[\s-](?:escalation|expansion|ranging|finding))\b",
    re.IGNORECASE,
)
#: "AB-1: Phase 1 in combination with rituximab to begin": a line of a list that opens with its phase.
_OPENS_LINE = Pattern(r"(?:^|[:;•·▪●–—]|\s-|(?:^|\s)o(?=\s))\s*(?:\w+\s)?$", re.NOFLAG)
_GOES_ON_AS_TRIAL = Pattern(
    r"\s+(?:in|for|with|monotherapy|combination|expansion|escalation|ongoing|initiated|completed|recruiting|enrolling"
    r"|planned|to\s+(?:begin|start))\b",
    re.IGNORECASE,
)
#: "is in Phase 3 for ulcerative colitis and *Phase 2 for* Crohn's disease"
_AFTER_ANOTHER = Pattern(
    r"\bphase\s+[\dIVab/]+\s+(?:in|for|trials?\s+(?:in|for)|stud(?:y|ies)\s+(?:in|for))\s[^.;]{3,80}?(?:,|\band|\bor)\s+(?:in\s+)?$",
    re.IGNORECASE,
)
_NOT_A_TRIAL_BEFORE = Pattern(r"\bend[- ]of[- ]$", re.IGNORECASE)
_NOT_A_TRIAL_AFTER = Pattern(
    r"[- ](?:ready|enabling|unit|clinic\b|company|biotech|biopharma|meeting|asset)|-stage"
    r"|\s+(?:[\w-]+\s+){0,2}?(?:portions?|parts?|component|stage|segment)\b(?!\s+of\s+(?:the\s+)?"
    r"(?-i:[A-Z]{3}))"
    r"|\s+(?:recommended\s+)?dose\b(?!\s*-|\s+(?:escalation|expansion|ranging|finding))",
    re.IGNORECASE,
)
_PART_OF_TRIAL = Pattern(
    r"\s+(?:[\w-]+\s+){0,2}?(?:portions?|parts?|component|segment)\s+of\s+(?:the\s+|its\s+|our\s+)?"
    r"(?:ongoing\s+|pivotal\s+|current\s+)?[A-Z][A-Z]{2}",
    re.NOFLAG,
)
_RECOMMENDED: Final = Pattern(r"recommended\s+$", re.IGNORECASE)
#: "(Phase 2)", "(SURETY, Phase 3, 1,392 patients)": the state of what stands before the parenthesis.
ASIDE_PHASE = Pattern(
    r"\((?:[A-Z][\w-]{2,20}(?:\s\d)?,\s+|[^();:.]{3,60}[,;]\s+)?(?:currently\s+|now\s+)?(?:in\s+)?(?:a\s+)?$",
    re.NOFLAG,
)
_ASIDE_GOES_ON = Pattern(
    r"\s*(?:\)|[,;]\s|\s(?:in|ongoing|planned|completed|recruiting|enrolling|for|underway)\b)"
)
#: "WRD-77, a Phase 1 siRNA": a drug that is in this phase.
_OF_NATURE = Pattern(
    r"\s+(?:[\w/-]+\s+){0,3}?(?:siRNA|antibody|candidate|vaccine|inhibitor|agonist|antagonist|degrader"
    r"|conjugate|therapy|radioligand|peptide"
    r"|oligonucleotide|ADC|CAR-T|molecule|compound|drug|program(?:me)?)\b",
    re.IGNORECASE,
)
_APPOSED_DRUG = Pattern(r"\w(?:\s*\([^)]*\))?,\s+(?:an?|its|our|the)\s+(?:[\w-]+\s+){0,2}?$", re.IGNORECASE)


def is_trial(text: str, phase: values.PhaseMatch) -> bool:
    """Whether a phase is that of a trial.

    Hits: "Phase 2 clinical study"; "is in Phase 3 for"; "Phase 1 data".
    Near misses: "End-of-Phase 2 meeting"; "Phase 2-ready"; "a Phase 3 company"; "recommended Phase 2 dose".
    """
    before, after = text[max(0, phase.start - 60) : phase.start], text[phase.end :]
    if _PART_OF_TRIAL.match(after) or cell_of(text, phase) is not None:
        return True
    if _NOT_A_TRIAL_BEFORE.search(before) or _NOT_A_TRIAL_AFTER.match(after) or _RECOMMENDED.search(before):
        return False
    if ASIDE_PHASE.search(before) and _ASIDE_GOES_ON.match(after):
        return True
    if _OF_NATURE.match(after) and _APPOSED_DRUG.search(before):
        return True
    if _GOES_ON_AS_TRIAL.match(after) and _OPENS_LINE.search(before):
        return True
    if _GOES_ON_AS_TRIAL.match(after) and _AFTER_ANOTHER.search(text, 0, phase.start):
        return True
    return bool(
        _TRIAL_AFTER.match(after) or _TRIAL_BEFORE.search(before) or _DATA_AFTER.match(after)
    ) or bool(re.match(r"\s*(?:,|/|and|or)\s*(?:in\s+)?(?:a\s+)?phase", after, re.IGNORECASE))


#: Behind a phase that has a cell of a table to itself, or shares it with its state.
_END_OF_CELL = Pattern(
    r"\s{2}|$|,?\s(?P<state>ongoing|recruiting|enrolling|completed|planned)\b"
    r"|(?:\s[Pp]ivotal|\s\([^()|]{1,40}\))?\s?\|(?:[^|]*\|)*?\s?(?:[Pp]hase\s\S+\s)?(?:[Cc]urrently\s|[Nn]ow\s"
    r"|[Aa]ctively\s)?"
    r"(?P<told>(?i:ongoing|recruiting|enrolling|completed?|planned|active|terminated|paused|on\shold|fully\senrolled"
    r"|in\sprogress|start|initiation|initiating))\b"
    r"|(?:\s[Pp]ivotal|\s\([^()|]{1,40}\))?\s?\|",
    re.NOFLAG,
)
_BEFORE_CELL = Pattern(r"(?:\s{2}|\|\s?)(?:[Pp]ivotal\s)?$", re.NOFLAG)


_STATES: Final = {
    "ongoing": "active",
    "active": "active",
    "fully enrolled": "active",
    "in progress": "active",
    "recruiting": "recruiting",
    "enrolling": "recruiting",
    "completed": "completed",
    "complete": "completed",
    "planned": "planned",
    "start": "planned",
    "initiation": "planned",
    "initiating": "planned",
    "terminated": "terminated",
    "paused": "suspended",
    "on hold": "suspended",
}


def state_of(cell: re.Match[str]) -> str | None:
    """The status that a row tells beside its phase, if it does."""
    told = cell["state"] or cell["told"]
    return _STATES[" ".join(told.casefold().split())] if told else None


def cell_of(text: str, phase: values.PhaseMatch) -> re.Match[str] | None:
    """What ends the cell of a phase in a row, if it has one: "AB-101   Dravet syndrome   Phase 1   Japan"."""
    opens_row = phase.start == 0 and " | " in text[phase.end : phase.end + 20]
    if not opens_row and not _BEFORE_CELL.search(text, 0, phase.start):
        return None
    return _END_OF_CELL.match(text, phase.end)


def trial_phases(text: str) -> tuple[values.PhaseMatch, ...]:
    """The phases of a text that are those of trials."""
    return tuple(p for p in values.phases(text) if is_trial(text, p))
