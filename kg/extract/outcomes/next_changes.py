"""Changes told in a row → what the second is of: "A decreased 44% and B 61%", "1.9% in HbA1c and 9.6 kg in weight"."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.outcomes.changes import AROUND_MEASURE, NO_NEXT_MEASURE, VERB, WAYS, change_name
from kg.extract.outcomes.figures import Outcome
from kg.extract.patterns import Pattern

#: "decreased 44% and serum bile acids 61%": another measure, with the verb said once.
_NEXT_MEASURE = Pattern(
    r"(?:\d-?\s?fold|%|per\s?cent|\d\s(?:points|kg|letters)|percentage\s+points|\d(?=(?:,|\s+and)\s[^.;%]{3,50}\sby\s$))\s*(?:,?\s*and|,)\s+(?!(?:and|in|at|with|for|on|to|by|of|from|versus|against|compared|among|the|an?)\s)"
    r"(?P<measure>(?:\d+-(?-i:[a-z]+)\s|\d{1,3}-(?=[A-Z]))?[A-Za-z](?:[\w/-]|\([a-z]\))*(?:\s[\w/-]+){0,3}?)\s+(?:by\s+)?$",
    re.IGNORECASE,
)
#: "reduced A by 51% compared with placebo (p=0.004), and B by 43%": the verb is said once, other words between.
_NEXT_BY = Pattern(
    r"\d\s?%?[^;%]{0,90}?(?:,\s+and|,|\s+and)\s+(?!(?:and|in|at|with|for|on|to|by|of|from|versus|against|compared|among)\s)"
    r"(?P<measure>(?:\d+-(?-i:[a-z]+)\s|\d{1,3}-(?=[A-Z]))?[A-Za-z](?:[\w/-]|\([a-z]\))*(?:\s[\w/-]+){0,4})\s+by\s+$"
)
#: "and HDL cholesterol fell", "and IgA reductions of": a statement of its own.
_STATED_ANEW = Pattern(
    rf"\b(?:of|was|were|(?:was|were)\s+(?:down|up)|exceeded|reached|averaged|{VERB.replace('?P<direction>', '?:')})$",
    re.IGNORECASE,
)


def next_measure(text: str, end: int) -> re.Match[str] | None:
    """The measure before an offset that takes its verb from the one before: "decreased 44% and bile acids" 61%."""
    found = _NEXT_MEASURE.search(text, 0, end)
    if found is None and text.endswith("by ", 0, end):
        found = _NEXT_BY.search(text, 0, end)
        if found and NO_NEXT_MEASURE.search(found["measure"]):
            return None
    if found is None or _MOVING.search(found["measure"]) or _SHARE_OF.search(found["measure"]):
        return None
    return None if _STATED_ANEW.search(found["measure"]) else found


#: "and hematuria resolved in": a share of patients.
_SHARE_OF: Final = Pattern(r"\s(?:in|by|of|for|among)$")
_MOVING: Final = Pattern(VERB.replace("?P<direction>", "?:"), re.IGNORECASE)
_AND_NEXT = Pattern(r"(?:,|,?\s+and)\s+(?:(?:an?\s+)?(?:mean|median)\s+(?:of\s+)?)?$", re.IGNORECASE)


def next_change(text: str, said: Outcome, start: int, end: int) -> str | None:
    """ "a reduction of 1.9% in HbA1c and 9.6 kg in body weight": the second goes the way of the first.

    Args:
        text: the sentence.
        said: the outcome of the first figure, which stands in it.
        start, end: offsets of the second.
    """
    if not said.end < start or said.name.rsplit(" ", 1)[-1] not in WAYS or not _AND_NEXT.search(text[:start]):
        return None
    first, second = AROUND_MEASURE.match(text[said.end : start]), AROUND_MEASURE.match(text[end:])
    if first is None or second is None or NO_NEXT_MEASURE.search(second["measure"]):
        return None
    if first["measure"].casefold() not in said.name.casefold():
        return None  # "121 microns in one trial and 137 in the other"
    return change_name(second["measure"], said.name.rsplit(" ", 1)[-1])
