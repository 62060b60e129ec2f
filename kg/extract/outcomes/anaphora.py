"""Figures whose own words name no outcome, and sentences that name one without a figure: "The endpoint was ORR"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.extract.outcomes import phrases
from kg.extract.outcomes.changes import change_told
from kg.extract.outcomes.figures import ABOUT, DOSE, PEOPLE, Endpoint
from kg.extract.outcomes.wording import NAMELESS, Named
from kg.extract.patterns import Pattern

#: "and in the 10 mg cohort (n=8) it was", "the one-year figures had been", "The endpoint was met by"
_AGAIN: Final = Pattern(
    r"(?:^|[.;:,–—•]\s*|\b(?:and|while|whereas|but|that)\s+)(?:(?:and|while|whereas|but)\s+)?"
    r"(?:(?:in|at|for|on|with|among|by|after|under)\s(?:[^.;:]|\.(?=\d)){2,70}?,?\s+)?"
    rf"(?:{NAMELESS.pattern.removesuffix('$').removeprefix('^')}|(?:the|this|that|their)\s+(?:corresponding\s+)?(?:response\s+)?rates?)(?:\s+(?:at|in|for|with|on|among)\s[^.;:,%]{{2,40}}?)?\s+"
    r"(?:also\s+)?(?:was|were|is|had\s+been|has\s+been|reached|stood\s+at|came\s+to|amounted\s+to|rose\s+to|averaged)\s+"
    rf"(?:(?:also\s+)?(?:met|achieved|reached|attained|seen|observed|true)\s+(?:by|in|for|of)\s+)?{ABOUT}$",
    NAMELESS.flags,
)
#: "At 2.4 mg/kg, 5 out of 6.": an arm and its figure, and nothing else.
_ARM_ALONE: Final = Pattern(
    rf"^\W*(?:(?:and|while)\s+)?(?:In|At|With|On|For|Among|in|at|with|on)\s(?=[^,;%]*(?:{DOSE}|\b(?:cohort|arm|group|dose|level)s?\b))"
    rf"(?:[^.;:,%]|\.(?=\d)){{2,60}}?(?:\s*\([^()]*\))?,\s+{ABOUT}$"
)
_NOTHING_ELSE: Final = Pattern(r"\s*(?:\([^()]*\)\s*)?(?:[.;,](?!\d)|$|(?:versus|vs|compared|against)\b)")
#: "3 of 6 did so"
_DID_SO: Final = Pattern(rf"(?:\s+of\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE})?\s+did(?:\s+so)?\b")


def is_said_again(left: str, right: str) -> bool:
    """Whether the words around a figure refer to what was told before instead of naming an outcome."""
    if _AGAIN.search(left) or _DID_SO.match(right):
        return True
    return _NOTHING_ELSE.match(right) is not None and _ARM_ALONE.search(left) is not None


#: "The primary endpoint was the proportion of patients achieving X at Week 16."
_ENDPOINT: Final = Pattern(
    r"\b(?:end\s?points?|outcome\s+measures?|(?:primary|secondary)\s+(?:outcomes?|objectives?))\b(?:[^.;:,]|\.(?=\d)){0,60}?"
    r"(?:\s(?:was|were|is|being|of)|,|:)\s+(?:to\s+\w+\s+)?(?:the\s+|an?\s+)?(?=[A-Za-z≥\d])"
)


#: "met its primary endpoint of X at week 12, with 45%", "the primary endpoint, X, was 1.4"
_ENDPOINT_HERE: Final = Pattern(
    r"(?:\bendpoints?\b(?:\s+(?:of|was|is|for|in)|:)|(?:^|[.:;•]\s+)(?:the|its|our)\s+(?:[\w-]+\s+){0,3}endpoint,)\s+(?:the\s+|an?\s+)?(?P<what>(?!(?:also\s+|not\s+)?(?:met|achieved|reached|missed|statistically|with|had|has|which|in)\b)[A-Za-z≥\d](?:[^.;:()]|\.(?=\d)){2,120}?)"
    r"(?:,?\s+(?:(?:was|were)\s+)?(?:also\s+)?(?:met|achieved|reached))?(?:,?\s+with|\s+\(|:|,(?:\s+(?:was|were|at))?|\s+(?:was|were))\s*"
    rf"(?:an?\s+(?:(?:mean|median|LS)\s+)*(?:change|improvement|reduction|difference)\s+of\s+)?{ABOUT}$",
    re.IGNORECASE,
)


def endpoint_here(text: str, start: int, endpoints: Sequence[Endpoint]) -> Named | None:
    """The endpoint of a figure whose own words name nothing: "met the endpoint of X, with 45% of patients"."""
    found = _ENDPOINT_HERE.search(text, 0, start)
    return phrases.named_in(text, *found.span("what"), endpoints) if found else None


def outcome_told(text: str, endpoints: Sequence[Endpoint]) -> str | None:
    """The outcome or change that a sentence without a figure tells: "The primary endpoint was ORR"."""
    if change := change_told(text):
        return change
    found = _ENDPOINT.search(text)
    if found is None:
        return None
    end = len(text.rstrip(" ."))
    named = phrases.named_in(text, found.end(), end, endpoints)
    return named.name if named else None
