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
def _grammar() -> tuple[re.Pattern[str], tuple[dict[str, str], ...]]:
    # The longest cue wins where several begin at one place: "did not" before "did", "may 5" before "may".
    rows = tuple(sorted(table("modality_cues"), key=lambda row: -len(row["cue"])))
    words: list[str] = []
    marks: list[str] = []
    for index, row in enumerate(rows):
        form = row["cue"].replace(" ", r"\s+").replace(r"\s+?", r"\s?")
        right = r"(?!\w)" if re.search(r"[\w)?]$", row["cue"]) else ""
        (words if re.match(r"[\w(]", row["cue"]) else marks).append(f"(?P<c{index}>{form}{right})")
    # Most places of a sentence are no beginnings of words: seen once, not by each of the cues.
    return re.compile(rf"\b(?=\w)(?:{'|'.join(words)})|{'|'.join(marks)}", re.IGNORECASE), rows


@lru_cache(maxsize=2048)
def cues(sentence: str) -> tuple[Cue, ...]:
    """Every cue of a sentence with its scope, in order."""
    pattern, rows = _grammar()
    found: list[tuple[int, int, dict[str, str]]] = []
    for match in pattern.finditer(sentence):
        assert match.lastgroup is not None
        if match[0].isupper() and re.match(r"[-\s]?\d", sentence[match.end() :]):
            continue  # "CAN-2409", "MAY 5"
        row = rows[int(match.lastgroup[1:])]
        # the month is a name: only "May" with what makes it a date is one; "may" in lower case never is
        if row["effect"] == "none" and "May" in row["cue"] and "May" not in match[0]:
            row = next(r for r in rows if r["cue"] == "may")
        found.append((match.start(), match.end(), row))
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


def modality(sentence: str, start: int, end: int) -> Modality:
    """The modality of what stands at `start` to `end` of a sentence.

    "may enable", "if approved", "could" make a hypothesis; "plans to", "will" a plan; "did not", "no" a negation;
    "previously", "was completed" the past.  What lies in no scope is asserted.
    """
    active = {
        cue.modality
        for cue in cues(sentence)
        if cue.scope_start <= start and end <= cue.scope_end and not (start < cue.end and cue.start < end)
    }
    return next((m for m in _STRENGTH if m in active), Modality.ASSERTED)


_WORD = re.compile(r"\S+")


def _after_words(sentence: str, at: int, count: int) -> int:
    """Where `count` words after an offset end."""
    words = list(_WORD.finditer(sentence, at))
    return words[min(count, len(words)) - 1].end() if words else len(sentence)


def _before_words(sentence: str, at: int, count: int) -> int:
    """Where `count` words before an offset begin."""
    words = list(_WORD.finditer(sentence, 0, at))
    return words[-min(count, len(words))].start() if words else 0
