"""Phases of clinical development: "Phase Ib/IIa" → "1b/2a"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.values.numerals import Match


@dataclass(frozen=True, slots=True)
class PhaseMatch(Match):
    """A phase of clinical development.

    Attributes:
        phase: arabic: "1", "1b", "1/2", "1b/2a", "2/3", "pivotal".
    """

    phase: str


_PHASE_NUMBER = r"(?:IV|III|II|I|[0-4])\s?[abcABC]?(?![A-Za-z0-9])"
_PHASE = Pattern(
    rf"\bphases?[\s\-–]*(?P<first>{_PHASE_NUMBER})(?P<rest>(?:\s?[/\-–]\s?(?:phase\s?)?{_PHASE_NUMBER})?)"
    rf"(?P<more>(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|&)\s+){_PHASE_NUMBER}(?:/{_PHASE_NUMBER})?"
    r"(?!\s*(?:%|mg\b|mCi|patients|cohort|sites|years|months|weeks|days|trials\s+in|other)))?",
    re.I,
)
_PIVOTAL = Pattern(
    r"\b(?:pivotal|registration(?:al|[- ]enabling|[- ]directed)|potentially\s+registrational)\b"
    r"(?=[\w\s,/()-]{0,60}?\b(?:trials?|stud(?:y|ies)|program(?:me)?|cohorts?)\b)",
    re.I,
)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def phase(printed: str) -> str:
    """The normal form of one phase without the word: "II" → "2", "Ib/IIa" → "1b/2a".

    Raises:
        ValueError: it is not one.
    """
    parts = []
    for part in re.split(r"\s*[/\-–]\s*(?:phase\s*)?", printed.strip(), flags=re.I):
        found = re.fullmatch(r"(iv|iii|ii|i|[0-4])\s?([abc]?)", part.strip().casefold())
        if not found:
            raise ValueError(f"{printed!r} is not a phase")
        parts.append(_ROMAN.get(found[1], found[1]) + found[2])
    return "/".join(parts)


@lru_cache(maxsize=2048)  # the rules of several relations ask for the phases of one sentence
def phases(text: str) -> tuple[PhaseMatch, ...]:
    """Every phase, in order; "Phases 1 and 2" are two, "pivotal Phase 3" is the one with the number."""
    out: list[PhaseMatch] = []
    for found in _PHASE.finditer(text):
        end = found.end("rest")
        out.append(PhaseMatch(found.start(), end, phase(found["first"] + found["rest"])))
        if found["more"]:
            more = re.sub(r"^[\s,]*(?:and|or|&)?\s+", "", found["more"], flags=re.I)
            # "Phase 1 and I" would be a pronoun: a roman one alone must follow a roman one
            if not (re.fullmatch(r"i", more, re.I) and not re.match(r"[iv]", found["first"], re.I)):
                out.append(PhaseMatch(found.end() - len(more), found.end(), phase(more)))
    for found in _PIVOTAL.finditer(text):
        numbered = any(p.phase != "pivotal" and abs(p.start - found.end()) < 60 for p in out)
        if not numbered:
            out.append(PhaseMatch(found.start(), found.end(), "pivotal"))
    return tuple(sorted(out, key=lambda p: p.start))
