"""Verbs that tell what became of a finding, with the share of patients behind: "hematuria resolved in 75%"."""

from __future__ import annotations

import re
from typing import Final

from kg.extract import values
from kg.extract.outcomes.figures import ABOUT, PEOPLE, adverse, lower_first
from kg.extract.outcomes.wording import LEADING_WORDS, NO_OUTCOME_WORDS, Named
from kg.extract.patterns import Pattern

_TOLD: Final = Pattern(
    r"(?:^|[.,;:•-]\s+(?:and\s+|while\s+)?|\b(?:and|while|that)\s+)(?P<what>[A-Za-z][\w/-]*(?:\s(?!and\b|in\b|of\b|with\b|had\b|has\b|have\b|was\b|were\b|that\b)[\w/-]+){0,4})"
    r"(?:\s+\([A-Za-z][\w-]{1,8}\))?\s+(?:had\s+|has\s+|have\s+)?(?:fully\s+|completely\s+|already\s+)?"
    r"(?P<verb>converted|resolved|normali[sz]ed|disappeared|cleared|healed|stabili[sz]ed|closed|(?P<back>recurred|relapsed|come\s+back|came\s+back|returned|reappeared))"
    rf"\s+(?:\([^()]*\)\s+)?in\s+(?:(?:\d[\d,]*|{values.NUMBER_WORD})\s+(?:out\s+)?(?:of|/)\s+(?:the\s+)?(?:\d[\d,]*|{values.NUMBER_WORD})(?:\s+(?:[\w-]+\s+){{0,2}}?{PEOPLE})?\s*\(\s*)?{ABOUT}$"
)
#: "Epworth scores normalised (ESS ≤10) in": the parenthesis says what was reached.
_REACHED: Final = Pattern(r"\((?P<what>[A-Z][\w-]*\s?[≤≥<>=]\s?\d[\d.]*)\)\s+in\s+")


_PERSONS: Final = Pattern(rf"\b{PEOPLE}$", re.IGNORECASE)


def event_told(text: str, start: int) -> Named | None:
    """What became of a finding in the share of patients that follows.

    Hits: "hematuria resolved in 75%"; "CDI had come back in 9 of 62 patients (14.5%".
    Near misses: "nausea resolved in all"; "shares recurred".
    """
    found = _TOLD.search(text, 0, start)
    if found is None:
        return None
    what = LEADING_WORDS.sub("", " ".join(found["what"].split()))
    if not what or _PERSONS.search(what) or adverse().search(what) or NO_OUTCOME_WORDS.search(what):
        return None
    if reached := _REACHED.search(text, found.start(), start):
        return Named(reached["what"], None, start)
    verb = "recurrence" if found["back"] else "conversion" if found["verb"] == "converted" else found["verb"]
    return Named(f"{lower_first(what)} {verb}", None, start)
