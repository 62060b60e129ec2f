"""Layout → the day on which the release was published, wherever it is printed.

Between the structure of a release and linking, which reads relative dates against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from kg.extract.datelines import FULL_DATE, MONTH
from kg.extract.document import Layout, SectionKind
from kg.extract.patterns import Pattern

#: A hyphen joins the date to something else ("2-May 3, 2021"), a dash of two parts it: "--Jul. 7, 2022--Acme"; so does
#: the stroke before a wire: "Jul. 7, 2022/PRNewswire/".
_DATE: Final = Pattern(
    rf"(?<![\w./])(?<!(?<!-)-){FULL_DATE}(?!(?!T\d\d:)\w|/(?![a-z]{{3}}))(?!-(?!-))", re.IGNORECASE
)
_MONTH: Final = Pattern(MONTH, re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: A line of a title that carries the date: "Acme plc – 3 May 2021"; none is "Acme to Present on May 3, 2021".
_TELLS: Final = Pattern(
    r"\b(?:to|on|at|by|until|of|for|report\w*|present\w*|announc\w*|results|year|quarter|ended)\b",
    re.IGNORECASE,
)
#: What stands before the date of the announcement in running text: "announced today, May 3, 2021".
_TODAY: Final = Pattern(
    r"\b(?:today|announce[sd]?|reported|released|issued)(?:\s+today)?[,(\s]*(?:on\s+)?[(]?$"
)
#: "will host a conference call today, Tuesday, May 3, 2021".
_CALL_TODAY: Final = Pattern(r"\btoday[,(\s]+(?:[A-Z][a-z]+day,?\s+)?$")
#: "--(EQS)--Acme AG -- 3 May 2021"; "Date of occurrence of the event: 2021/05/03".
_PRINTED: Final = Pattern(
    r"(?:\s--\s*|\b[Dd]ate\s+of\s+(?:occurrence|publication|announcement|event|issue|registration)"
    r"(?:[^:\n]{0,30}:)?\s*)$"
)
#: A dateline behind a disclaimer or the firm's listing: "… announcement. *Basel, Switzerland,* 3 May 2021 - Acme".
_PLACED: Final = Pattern(r"[.)]\s+[A-ZÀ-Þ][\w.' -]{2,25}(?:,\s+[A-Z][\w.]+(?:\s[A-Z]\w+)?){0,2},\s+$")
_DASH_BEHIND: Final = Pattern(r"\s*(?:--?|[–—])\s*[A-Z]")
#: Where dates written with slashes put the month first: as the release writes its dates in words, else by the wires.
_MONTH_FIRST: Final = Pattern(rf"\b{MONTH}\s+\d{{1,2}},?\s+\d{{4}}", re.IGNORECASE)
_DAY_FIRST: Final = Pattern(rf"\b\d{{1,2}}\s+{MONTH},?\s+\d{{4}}", re.IGNORECASE)
_AMERICAN: Final = Pattern(
    r"\b(?:NASDAQ|NYSE|E[SD]?T|PR Newswire|Business Wire|GLOBE NEWSWIRE|Inc\.)", re.IGNORECASE
)


def published(layout: Layout) -> tuple[str | None, tuple[int, int]]:
    """The day (ISO 8601) and the offsets of the words that give it: dateline, date line, title, text, in this order.

    Hits: "BOSTON, May 3, 2021 --"; "RNS Number : 1234A / 03 May 2021"; "EQS-News / 03.05.2021 / 07:00 CET";
    "Acme today (May 3, 2021) announced".
    Near misses: "Acme to Present on May 3, 2021"; "in the quarter ended March 31, 2021".
    """
    for start, end in _places(layout):
        for match in _DATE.finditer(layout.text, start, end):
            day = _iso(match[0], layout.text)
            if day is not None:
                return day, match.span()
    return None, (0, 0)


def _places(layout: Layout) -> Iterator[tuple[int, int]]:
    """Stretches that may hold the date, the surest first."""
    body_at = next((s.start for s in layout.sections if s.kind is SectionKind.BODY), len(layout.text))
    # "PIPELINE (30 June 2024)" far down looks like a dateline too
    early = [s for s in layout.sections if s.start <= body_at]
    for sections in (early, layout.sections):
        for kind in (SectionKind.DATELINE, SectionKind.METADATA):
            yield from ((s.start, s.end) for s in sections if s.kind is kind)
    for section in layout.sections:
        if section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE, SectionKind.CONTACTS):
            words = layout.text[section.start : section.end]
            if len(words) < 100 and not _TELLS.search(words):
                yield section.start, section.end
    body = [s for s in layout.sentences if s.section.kind is SectionKind.BODY]
    for sentence in body[:4]:
        for match in _DATE.finditer(layout.text, sentence.start, sentence.end):
            if _TODAY.search(layout.text[sentence.start : match.start()]):
                yield match.span()
    for sentence in body[4:]:
        if "today" in sentence.text:
            for match in _DATE.finditer(layout.text, sentence.start, sentence.end):
                if _CALL_TODAY.search(layout.text[sentence.start : match.start()]):
                    yield match.span()
    for match in _DATE.finditer(layout.text, 0, 800):
        start = max(0, match.start() - 60)
        if _PRINTED.search(layout.text, start, match.start()) or (
            _DASH_BEHIND.match(layout.text, match.end()) and _PLACED.search(layout.text, start, match.start())
        ):
            yield match.span()


def _puts_month_first(text: str) -> bool:
    month, day = len(_MONTH_FIRST.findall(text)), len(_DAY_FIRST.findall(text))
    return month > day if month != day else _AMERICAN.search(text) is not None


def _iso(printed: str, text: str) -> str | None:
    """A printed day in ISO 8601; None where there is no such day.

    "06.05.2019" is the sixth of May; "06/05/2019" too, unless the release comes from the United States.
    """
    numbers = [int(n) for n in re.findall(r"\d+", printed)]
    month = _MONTH.search(printed)
    if month is not None:
        day, year = min(numbers), max(numbers)
        number = _MONTHS.index(month[0][:3].lower()) + 1
    elif numbers[0] > 31:
        year, number, day = numbers
    else:
        first, second, year = numbers
        year += 2000 if year < 100 else 0
        american = "/" in printed and first <= 12 and (second > 12 or _puts_month_first(text))
        number, day = (first, second) if american else (second, first)
    try:
        return date(year, number, day).isoformat()
    except ValueError:
        return None
