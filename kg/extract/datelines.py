"""Dates, wires and places that open a release → where its dateline ends.

Before `kg.extract.document`, which cuts the release there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern

MONTH: Final = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY: Final = r"\d{1,2}(?:\[?(?:st|nd|rd|th)\]?)?"
FULL_DATE: Final = (
    rf"(?:{MONTH}(?:[.,]?\s+|\.){_DAY}\s*,?\s*\d{{4}}|{_DAY}\s+(?:of\s+)?{MONTH},?\s+\d{{4}}|"
    rf"\d{{1,2}}-{MONTH}-\d{{4}}|\d{{4}}-\d\d-\d\d|(?:19|20)\d\d[/.]\d{{1,2}}[/.]\d{{1,2}}(?![\d.])|"
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|\d{1,2}/\d{1,2}/(?:(?:19|20)\d\d|\d\d(?![\d/])))"
)
_WIRE: Final = (
    r"(?:globe\s*newswire|business\s*wire|pr\s*newswire|marketwired?|access\s*wire|newsfile[\w .]*|"
    r"eqs[ -]news|cision|(?:regulated|inside)\s+information(?!\s*/)|"
    r"canada newswire|cnw|ots|dgap|actus|news\s*aktuell|xinhua|kyodo|yonhap|asianet|prweb|[A-Z][\w.]{2,20}wire)"
    r"(?:-(?:prweb|firstcall|asianet|usnewswire))?(?:\s+via\s+comtex)?"
)
_ZONE: Final = (
    r"(?:\b(?:[ap]\.?m\b\.?|[CEPMB][ES]?[SD]?T|GMT|UTC|CES?T|HKT|JST|AE[SD]T|uhr|"
    r"(?:(?:central|eastern|pacific|british|european|greenwich|daylight|standard|summer|mean) ){1,3}time)(?!\w))"
)
_HALF: Final = r"(?:[ap]\.?m\b\.?)"
_TIME: Final = (
    rf"(?:(?:\d{{1,2}}[:.]\d\d(?::\d\d)?\s*{_HALF}?|\d{{1,2}}\s?{_HALF}|T\d\d:\d\d:\d\dZ)"
    rf"(?:\s*\(?{_ZONE}\)?)*(?:\s?/\s?{_ZONE})?)"
)
DATE_LINE = Pattern(
    rf"(?:issued:\s*{FULL_DATE},\s*[A-Z][\w ]{{2,30}}$)|(?:\|\s*|[^\W\d][^\d|]{{0,30}}[|:–—]\s*)?"
    rf"(?:[A-Z][a-z]+day,?\s+)?{FULL_DATE}(?:(?:[\s,|/–—-]+(?:at\s+)?|(?=T)){_TIME})*\W*$"
    # "Press release, Uppsala, 22 August 2024, 08:00 CEST"
    r"|(?:[A-Z][\w.& -]{2,40},\s+)?(?:(?:regulatory\s+)?(?:press|media|news|company|stock\s+exchange|asx)\s+"
    r"(?:release|announcement)|for\s+immediate\s+release)[\s,:|–—-]+(?:no\.?\s*\d[\d /-]*[\s,:|–—-]+)?"
    rf"(?:[^\W\d][^\d,|]{{1,30}},\s*){{0,2}}{FULL_DATE}(?:(?:[\s,|/–—-]+(?:at\s+)?|(?=T)){_TIME})*\W*$",
    re.IGNORECASE,
)
_DATE_OR_WIRE = Pattern(rf"(?:{FULL_DATE}|\b{_WIRE}(?!\w))", re.IGNORECASE)
#: What every date and wire has; looked for first, as most paragraphs have neither.
_HINT: Final = Pattern(
    r"(?:19|20)\d\d|\d/\d\d?/\d\d|wire|cision|newsfile|cnw|ots|dgap|actus|eqs|aktuell|information"
    r"|xinhua|kyodo|yonhap|asianet|prweb",
    re.IGNORECASE,
)
#: A line that ends within a date: "BOSTON, Oct. 31,".
BROKEN_DATE: Final = Pattern(rf"(?:\b{MONTH}\s+{_DAY}\s*,?|\b{_DAY}\s+{MONTH}|\b{MONTH})$", re.IGNORECASE)
_PIECE = Pattern(rf"(?:{FULL_DATE}|\b{_WIRE}(?!\w)|{_TIME})", re.IGNORECASE)
_GAP = Pattern(r"[\s,/|()–—―:.;*_-]*(?:I\s+|via\s+(?=[A-Z])|at\s+(?=\d))?")
#: A dateline between brackets: "(OXFORD, England, 8 September 2021) Acme …".
_ENCLOSED = Pattern(
    rf"\s*(?P<open>[(\[])(?P<places>[^()\[\]\d]{{0,120}}?)[\s,;:–—-]*{FULL_DATE}(?:[\s,/–—-]+{_TIME})*\s*"
    r"[)\]][\s–—:-]*(?=[A-Z\"])",
    re.IGNORECASE,
)
#: "Press release – Lund, Sweden, 8 September 2021. Acme …": what kind of text it is, before the places.
_KIND = Pattern(
    r"(?:(?:press|news|media)\s+release|(?:regulated|inside)\s+information)(?:\s*[–—|:-]+\s*|,\s+)",
    re.IGNORECASE,
)
#: Who passed a release on, before its dateline: "(MENAFN- GlobeNewsWire - Nasdaq) SYDNEY, …".
_SYNDICATED = Pattern(
    r"\s*[(\[][^()\[\]\d]{0,40}" + _WIRE + r"[^()\[\]\d]{0,40}[)\]]\s+(?=[A-Z])", re.IGNORECASE
)
_DIVIDES = Pattern(r"--|[–—―/|]|-\s|\sI\s|[:.]\s*$")
#: "Lyon (France)": the country set in brackets.
_COUNTRY_ASIDE: Final = Pattern(r"\s*\(([A-ZÀ-Þ][\w. -]{1,25})\)")
#: What may stand between place and date: a time, the day of the week, "I" for a bar.
_BEFORE_DATE: Final = Pattern(
    rf"(?:{_TIME}|(?<=[,.] ){MONTH}\s+{_DAY}(?=[\s,]*/)|"
    r"\d{1,2}\s+[^\W\d][\w'’]+(?:\s+I{1,2})?\s+1[34]\d\d(?:\s?A?H)?(?=\s*/)|"  # "14 Rajab 1445 / 26 January 2024"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\s[I|])[\s,|/–—-]*$",
    re.IGNORECASE,
)
_FIRM: Final = Pattern(
    r"&|\b(?:AG|SE|SA|AB|PLC|INC|LTD|CORP|CO|NV|BV|ASA|GMBH|PHARMA\w*|BIO\w*|\w*THERAPEUTICS)\b"
)
_ANNOUNCED: Final = Pattern(r"\b(?:today|announce[sd]?|reports?|reported)\b")
_DASH: Final = Pattern(r"\s*(?:--|–|—)\s*|:\s+|\s+[/-]\s+|$")
_NO_PLACE = Pattern(
    r"(?:on|in|as|since|by|at|for|from|the|a|an|this|today|effective|between|after|before|during|"
    r"until|through|following|dated?|updated|published|"
    r"posted|media|news|press)\b",
    re.IGNORECASE,
)
#: "ACME N.V. - PIPELINE AS OF 31 MARCH 2023" is a title.
_TITLE_WORD: Final = Pattern(r"\bas\s+(?:of|at)\b|\b(?:pipeline|report|results)\b", re.IGNORECASE)
_SMALL_IN_PLACES: Final = frozenset(
    ["and", "de", "la", "les", "am", "im",
     "upon", "of", "the", "d'", "sur", "en", "do", "du", "le", "a.m.", "der"]
)  # fmt: skip


def dateline_end(paragraph: str) -> int:
    """Length of the dateline that a paragraph begins with, dash included; 0 where there is none.

    Hits: "BASEL, Switzerland, Jan. 5, 2021 /PRNewswire/ -- Acme"; "BOSTON--(BUSINESS WIRE)--Acme";
    "Mainz (Germany), 08:00 CEST, 3 May 2021 - Acme"; "HOUSTON, TX / ACCESSWIRE / May 3, 2021 / Acme";
    "3 May 2021 – Basel, Switzerland – Acme"; "BOSTON | May 3, 2021 | Acme"; "Basel, 27 May 2025. Acme";
    "Oslo, Norway and Bonn, Germany: Acme"; "(Foo - GlobeNewswire) BOSTON, May 3, 2021 -- Acme"; a line
    that is all dateline.
    Near misses: "Acme (Nasdaq: ACME) - a biotechnology company"; "On May 3, 2021, Acme announced".
    """
    if (source := _SYNDICATED.match(paragraph)) is not None:
        behind = dateline_end(paragraph[source.end() :])
        return source.end() + behind if behind else 0
    head = paragraph[:330]
    first = _DATE_OR_WIRE.search(head) if _HINT.search(head) else None
    if first is not None and (enclosed := _ENCLOSED.match(head)) and _are_places(enclosed["places"]):
        return enclosed.end() if len(paragraph) >= 60 else 0
    kind = _KIND.match(head) if first is not None else None
    if (
        first is None
        or first.start() > 200
        or not _are_places(head[kind.end() if kind else 0 : first.start()])
    ):
        return _place_only(head)
    end = _end_of_pieces(head, first.end())
    gap = _GAP.match(head, end)
    after = gap.end() if gap else end
    if after >= len(paragraph):
        return len(paragraph) if len(paragraph) < 120 and first.start() > 2 else 0
    if len(paragraph) < 60 or gap is None:
        return 0
    if first.start() <= 2 and (places := _PLACES_BEHIND.match(head, end)) and _are_places(places["places"]):
        return places.end()
    if not (_DIVIDES.search(gap[0]) and len(gap[0].strip(" ,()")) > 0):
        return after if _needs_no_dash(head, first, end, after) else 0
    if first.start() <= 2:  # the date first: the place may follow
        after += _place_only(head[after:])
    return after


#: "3 May 2021, London: Acme", "May 3, 2021 (Boston, MA) – Acme".
_PLACES_BEHIND = Pattern(
    r"(?:,\s+|\s+\()(?P<places>[A-ZÀ-Þ][^\d()\":;]{2,60}?)\)?\s*(?::|--|[–—]|\s-)\s+(?=[A-Z\"])"
)


def _needs_no_dash(head: str, first: re.Match[str], end: int, after: int) -> bool:
    """Whether a dateline ends without a dash: "BOSTON (May 3, 2021) Acme", "Mainz, Germany, May 3, 2021 Acme".

    Near misses: "Boston, May 3, 2021, the day of the meeting"; "Paris, France, May 3, 2021 is a date".
    """
    if first.start() <= 2 or not head[after : after + 1].isupper() or "," in head[end:after]:
        return False
    if _ANNOUNCED.search(head, after) is None:
        return False
    places = head[: first.start()].strip(" ,(")
    bracketed = head[first.start() - 1] == "(" and head[end : end + 1] == ")"
    parts = [part.strip().casefold() for part in _COUNTRY_ASIDE.sub(r", \1", places).split(",")]
    return bracketed or places.isupper() or any(p in _regions() or f"{p}." in _regions() for p in parts[1:])


def without_kind(dateline: str) -> str:
    """A dateline without "Press release –" before its places."""
    return _KIND.sub("", dateline, count=1) if _KIND.match(dateline) else dateline


def _end_of_pieces(head: str, end: int) -> int:
    """Where the dates, wires and times end that stand one after the other."""
    gap = _GAP.match(head, end)
    while (piece := _PIECE.match(head, gap.end() if gap else end)) is not None:
        end = piece.end()
        gap = _GAP.match(head, end)
    return end


def _are_places(text: str) -> bool:
    """Whether what stands before a date or wire reads as names of places; nothing does too."""
    places = _COUNTRY_ASIDE.sub(r", \1", _BEFORE_DATE.sub("", text)).strip(" ,;:.-–—/|(*_")
    if not places:
        return True
    if (
        _NO_PLACE.match(places)
        or _TITLE_WORD.search(places)
        or re.search(r"[\"(:;]|\d", places.replace("; ", ", "))
    ):
        return False
    words = re.findall(r"[^\W\d_][\w'.-]*", places)
    small = [w for w in words if w[0].islower() and w.lower() not in _SMALL_IN_PLACES]
    return not small and len(words) <= 20


@cache
def _regions() -> frozenset[str]:
    """Countries and states, as datelines write them."""
    states = {form.casefold() for row in table("states") for form in row.values()}
    return frozenset(
        states
        | {row["label"].casefold() for row in table("countries")}
        | {row["name"].casefold() for row in table("dateline_regions")}
    )


@cache
def _countries() -> frozenset[str]:
    return frozenset(
        {row["label"].casefold() for row in table("countries")}
        | {"u.s.", "us", "usa", "uk", "u.k.", "eu", "europe", "japan", "china"}
    ) - {"singapore", "hong kong", "luxembourg", "monaco"}


def _place_only(head: str) -> int:
    """Length of a dateline without date: "Melbourne, Australia: Acme", "Oxford, United Kingdom", "BOSTON – Acme"."""
    dash = _DASH.search(head, 0, 120)
    if dash is None or not head[:1].isalpha():
        return 0
    places = head[: dash.start()]
    bare = _COUNTRY_ASIDE.sub(r", \1", places)
    parts = [p.strip().casefold() for p in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*[&;/]\s*", bare)]
    # "U.S., UK and Japan: enrollment is complete" tells of countries, not of a town
    if not _are_places(places) or len(parts[0]) < 3 or parts[0] in _countries():
        return 0
    named = len(parts) > 1 and any(p in _regions() or f"{p}." in _regions() for p in parts[1:])
    shouted = (
        not dash[0].startswith(":")
        and places.isupper()
        and len(places.split()) <= 3
        and not _FIRM.search(places)
        and _ANNOUNCED.search(head, dash.end()) is not None
    )
    return dash.end() if named or shouted else 0
