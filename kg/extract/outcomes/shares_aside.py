"""Shares in a parenthesis behind what patients reached: "more patients achieved an HbA1c below 7% (61% vs 18%)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.extract.outcomes.figures import PEOPLE, Endpoint, adverse, lower_first
from kg.extract.outcomes.wording import LEADING_WORDS, MODIFIERS, NO_OUTCOME_WORDS, TAIL, Named, called_within
from kg.extract.patterns import Pattern

#: What patients did, up to the parenthesis that begins with its share.
_REACHED: Final = Pattern(
    r"\b(?:more|fewer|higher|greater|larger|lower|likely|majority|proportion|percentage|as\s+many)\b[^.;()]{0,90}?"
    r"\b(?:achiev(?:e|ed|ing)|reach(?:ed|ing)?|attain(?:ed|ing)?|had|have|having|experienc(?:e|ed|ing)|met|show(?:ed|ing)|maintain(?:ed|ing)?)\s+"
    r"(?P<what>(?:[^.;(),]|\.(?=\d)|\((?:[a-z]|[A-Z][\w-]*)\)){3,90}?)"
    r"(?:\s+(?:at|by|after|through|over)\s+(?:(?:week|month|day|year)s?\s+\d+|(?:\d+|\w+)\s+(?:weeks|months|days|hours|years|year)))?"
    r"(?:\s+(?:with|on|after|receiving|in\s+the)\s+[^.;(),]{2,40}?)?(?:\s+(?:than|compared|versus|vs)\b[^.;()]{2,60}?)?(?:,?\s*\(|:|,|\s[–—-])\s*$",
    re.IGNORECASE,
)
_PAIR_BEHIND: Final = Pattern(r"\s*(?:\([^()]*\)\s*)?(?:vs?\.?|versus|compared|against|and|/|,|;|\))")
#: Without a parenthesis only two arms side by side: "with X than with placebo: 61% vs 15%".
_OPENS: Final = frozenset("(:,–—-")
_VERSUS_BEHIND: Final = Pattern(
    r"\s*(?:\([^()]*\)\s*)?(?:of\s[^.;,%]{3,40}?\s)?(?:(?:with|on|for|in)\s[^.;,%]{2,40}?\s)?,?\s*(?:vs?\.?|versus|compared|against)\s"
)
_PERSONS: Final = Pattern(rf"\b{PEOPLE}$", re.IGNORECASE)


def share_aside(text: str, start: int, end: int, endpoints: Sequence[Endpoint]) -> Named | None:
    """What patients reached whose share opens a parenthesis behind it.

    Hits: "more patients achieved an HbA1c below 7% (61% vs 18%)"; "were more likely to achieve EASI-75 (".
    Near misses: "more patients had nausea (12%"; "reduced by half (49%)".
    """
    opened = text[:start].rstrip()[-1:]
    if opened not in _OPENS or not (_PAIR_BEHIND if opened == "(" else _VERSUS_BEHIND).match(text, end):
        return None
    found = _REACHED.search(text, 0, start)
    if found is None:
        return None
    low, high = found.span("what")
    words = LEADING_WORDS.sub("", " ".join(found["what"].split()))
    if (
        not words
        or len(words.split()) > 12
        or adverse().search(words)
        or NO_OUTCOME_WORDS.search(words)
        or _PERSONS.search(words)
    ):
        return None
    for endpoint in endpoints:
        if (
            low <= endpoint[0] < high
            and MODIFIERS.match(LEADING_WORDS.sub("", text[low : endpoint[0]]))
            and TAIL.match(text[endpoint[1] : max(high, endpoint[1])])
        ):
            return Named(called_within(text, endpoint), endpoint[2], end)
    return Named(lower_first(words), None, end)
