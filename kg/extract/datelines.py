"""Dates, wires and places that open a release → where its dateline ends.

Before `kg.extract.document`, which cuts the release there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.extract.lexicon import table

MONTH: Final = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
FULL_DATE: Final = (
    rf"(?:{MONTH}\s+{_DAY}\s*,?\s*\d{{4}}|{_DAY}\s+(?:of\s+)?{MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|"
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d)"
)
_WIRE: Final = (
    r"(?:globe\s*newswire|business\s*wire|pr\s*newswire|marketwired?|access\s*wire|newsfile[\w .]*|"
    r"eqs[ -]news|cision|"
    r"canada newswire|cnw|ots|dgap|actus|news\s*aktuell|[A-Z][\w.]{2,20}wire)(?:\s+via\s+comtex)?"
)
_ZONE: Final = (
    r"(?:\b(?:[ap]\.?m\b\.?|[CEPMB][ES]?[SD]?T|GMT|UTC|CES?T|HKT|JST|AE[SD]T|uhr|"
    r"(?:(?:central|eastern|pacific|british|european|greenwich|daylight|standard|summer|mean) ){1,3}time)(?!\w))"
)
_TIME: Final = rf"(?:\d{{1,2}}[:.]\d\d(?::\d\d)?(?:\s*{_ZONE})*(?:/{_ZONE})?)"
DATE_LINE = re.compile(
    rf"(?:issued:\s*{FULL_DATE},\s*[A-Z][\w ]{{2,30}}$)|(?:[^\W\d][^\d|]{{0,30}}[|:–—]\s*)?"
    rf"(?:[A-Z][a-z]+day,?\s+)?{FULL_DATE}(?:[\s,|/–—-]+(?:at\s+)?{_TIME})*\W*$",
    re.IGNORECASE,
)
_DATE_OR_WIRE = re.compile(rf"(?:{FULL_DATE}|\b{_WIRE}(?!\w))", re.IGNORECASE)
_PIECE = re.compile(rf"(?:{FULL_DATE}|\b{_WIRE}(?!\w)|{_TIME})", re.IGNORECASE)
_GAP = re.compile(r"[\s,/|()–—―:.;-]*")
_DIVIDES = re.compile(r"--|[–—―/]|-\s|[:.]\s*$")
_NO_PLACE = re.compile(
    r"(?:on|in|as|since|by|at|for|from|the|a|an|this|today|effective|between|after|before|during|"
    r"until|through|following|dated?|updated|published|"
    r"posted|media|news|press)\b",
    re.IGNORECASE,
)
_SMALL_IN_PLACES: Final = frozenset(
    ["and", "de", "la", "les", "am", "im",
     "upon", "of", "the", "d'", "sur", "en", "do", "du", "le", "a.m.", "der"]
)  # fmt: skip


def dateline_end(paragraph: str) -> int:
    """Length of the dateline that a paragraph begins with, dash included; 0 where there is none.

    Hits: "BASEL, Switzerland, Jan. 5, 2021 /PRNewswire/ -- Acme"; "BOSTON--(BUSINESS WIRE)--Acme";
    "Mainz, Germany, 3 May 2021, 12:05 CEST - Acme"; "HOUSTON, TX / ACCESSWIRE / May 3, 2021 / Acme";
    "Basel, 27 May 2025. Acme"; "Melbourne, Australia: Acme"; a line that is all dateline.
    Near misses: "Acme (Nasdaq: ACME) - a biotechnology company"; "On May 3, 2021, Acme announced".
    """
    head = paragraph[:330]
    first = _DATE_OR_WIRE.search(head)
    if first is None or first.start() > 160 or not _are_places(head[: first.start()]):
        return _place_only(head)
    end = first.end()
    gap = _GAP.match(head, end)
    while (piece := _PIECE.match(head, gap.end() if gap else end)) is not None:
        end = piece.end()
        gap = _GAP.match(head, end)
    after = gap.end() if gap else end
    if after >= len(paragraph):
        return len(paragraph) if len(paragraph) < 120 and first.start() > 2 else 0
    if len(paragraph) < 60 or gap is None or not (_DIVIDES.search(gap[0]) and len(gap[0].strip(" ,()")) > 0):
        return 0
    return after


def _are_places(text: str) -> bool:
    """Whether what stands before a date or wire reads as names of places; nothing does too."""
    places = text.strip(" ,;.-–—/|(")
    if not places:
        return True
    if _NO_PLACE.match(places) or re.search(r"[\"(:;|]|\d", places):
        return False
    words = re.findall(r"[^\W\d_][\w'.-]*", places)
    small = [w for w in words if w[0].islower() and w.lower() not in _SMALL_IN_PLACES]
    return not small and len(words) <= 16


@cache
def _regions() -> frozenset[str]:
    """Countries and states, as datelines write them."""
    states = {form.casefold() for row in table("states") for form in row.values()}
    return frozenset(
        states
        | {row["label"].casefold() for row in table("countries")}
        | {"usa", "uk", "u.k.", "u.s.", "u.s.a."}
    )


def _place_only(head: str) -> int:
    """Length of a dateline without date: "Melbourne, Australia: Acme", "Oxford, United Kingdom"."""
    match = re.match(
        r"([A-ZÀ-Þ][\w.' -]{2,40}, (?:the )?([A-ZÀ-Þ][\w. ]{1,30}?))(\s*(?:--|–|—|:)\s+|\s+-\s+|$)", head
    )
    return match.end() if match and match[2].strip().casefold() in _regions() else 0
