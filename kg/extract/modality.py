"""How a release stands to what it says at a place of a sentence: asserted, planned, hypothetical, historical, negated.

The method is ConText's (Harkema et al. 2009, as in medspaCy): cue words open a scope forward or backward that
ends at a stop word or after so many words; the place takes the modality of the scopes that it lies in.  The
cues are `lexicon/modality_cues.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.extract.word_forms import WordForms
from kg.model import Modality

#: Where scopes overlap, the first of these wins: "may not be approved" is no approval.
_STRENGTH = (Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.HISTORICAL)


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue in a sentence, with its scope.

    Attributes:
        start, end: offsets of the cue's words in the sentence.
        modality: what it says of all that lies in its scope.
        scope_start, scope_end: offsets of the scope, the cue included.
    """

    start: int
    end: int
    modality: Modality
    scope_start: int
    scope_end: int


@cache
def _grammar() -> tuple[WordForms, tuple[dict[str, str], ...]]:
    # The longest cue wins where several begin at one place: "did not" before "did", "may 5" before "may".
    rows = tuple(sorted(table("modality_cues"), key=lambda row: -len(row["cue"])))
    forms = []
    for row in rows:
        form = row["cue"].replace(" ", r"\s+").replace(r"\s+?", r"\s?")
        forms.append(form + (r"(?!\w)" if re.search(r"[\w)?]$", form) else ""))
    # a cue is a mark or begins where a word does
    return WordForms(forms, before=r"(?:\b(?=\w)|(?=[;:,]))", flags=re.IGNORECASE), rows


_NUMBERED = Pattern(r"[-\s]?\d")


@lru_cache(maxsize=2048)
def cues(sentence: str) -> tuple[Cue, ...]:
    """Every cue of a sentence with its scope, in order."""
    forms, rows = _grammar()
    found: list[tuple[int, int, dict[str, str]]] = []
    for hit in forms.find(sentence):
        printed = sentence[hit.start : hit.end]
        if printed.isupper() and _NUMBERED.match(sentence, hit.end):
            continue  # "CAN-2409", "MAY 5"
        row = rows[hit.form]
        # the month is a name: only "May" with what makes it a date is one; "may" in lower case never is
        if row["effect"] == "none" and "May" in row["cue"] and "May" not in printed:
            row = next(r for r in rows if r["cue"] == "may")
        found.append((hit.start, hit.end, row))
    stops = [(start, end) for start, end, row in found if row["effect"] == "stop"]
    out = []
    for start, end, row in found:
        if row["effect"] in ("stop", "none"):
            continue
        low, high = start, end
        reach = int(row["reach"])
        if row["direction"] in ("forward", "both"):
            high = min((s for s, _ in stops if s >= end), default=len(sentence))
            high = min(high, _after_words(sentence, end, reach)) if reach else high
        if row["direction"] in ("backward", "both"):
            low = max((e for _, e in stops if e <= start), default=0)
            low = max(low, _before_words(sentence, start, reach)) if reach else low
        out.append(Cue(start, end, Modality(row["effect"]), low, high))
    return tuple(out)


def modality(sentence: str, start: int, end: int, *, only_before: bool = False) -> Modality:
    """The modality of what stands at `start` to `end` of a sentence.

    "may enable", "if approved", "could" make a hypothesis; "plans to", "will" a plan; "did not", "no" a negation;
    "previously", "was completed" the past.  What lies in no scope is asserted.

    Args:
        sentence: what says it.
        start, end: the place.
        only_before: whether only what stands before the place counts, as for a verb in the past tense: "approved ABC-1,
            which will be sold".
    """
    active = {
        cue.modality
        for cue in cues(sentence)
        if not (only_before and cue.start >= start)
        and cue.scope_start <= start
        and end <= cue.scope_end
        and not (start < cue.end and cue.start < end)
    }
    return next((m for m in _STRENGTH if m in active), Modality.ASSERTED)


_WORD = Pattern(r"\S+")


def _after_words(sentence: str, at: int, count: int) -> int:
    """Where `count` words after an offset end."""
    words = list(_WORD.finditer(sentence, at))
    return words[min(count, len(words)) - 1].end() if words else len(sentence)


def _before_words(sentence: str, at: int, count: int) -> int:
    """Where `count` words before an offset begin."""
    words = list(_WORD.finditer(sentence, 0, at))
    return words[-min(count, len(words))].start() if words else 0
