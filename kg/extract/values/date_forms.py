"""Dates: from the words of a release to ISO 8601, at the precision that they give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.values.numerals import Match


@dataclass(frozen=True, slots=True)
class DateMatch(Match):
    """A point in time.

    Attributes:
        iso: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or a part of a year: "2018-H2", "2025-Q4".
    """

    iso: str


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug"
    r"(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_MONTH_SIGN = r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_RELATIVE_YEAR = (
    r"(?P<relative>this(?:\s+(?:coming\s+)?year)?|next(?:\s+year)?|last(?:\s+year)?"
    r"|the\s+(?:following\s+)?year)"
)
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
#: What every date of a kind has in it: looked for first, because most sentences hold none.
_SIGNS: Final = {
    "iso": Pattern(r"(?:19|20)\d\d[-/.]"),
    "month_day": Pattern(_MONTH_SIGN),
    "day_month": Pattern(_MONTH_SIGN),
    "month": Pattern(_MONTH_SIGN),
    "bare_month": Pattern(_MONTH_SIGN),
    "part": Pattern(r"half|quarter", re.I),
    "part_short": Pattern(r"[QH][1-4]|[1-4][QH]"),
    "year": Pattern(r"(?:19|20)\d\d"),
    "relative": Pattern(r"week|month|quarter|year", re.I),
    "year_end": Pattern(r"year[-\s]?end", re.I),
    "day": Pattern(r"today|yesterday", re.I),
}
_DATE_PATTERNS: Final = tuple(
    (name, _SIGNS[name], Pattern(pattern, flags))
    for name, pattern, flags in (
        (
            "iso",
            r"\b(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<m>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])"
            r"\b(?![-/.]\d)",
            0,
        ),
        (
            "month_day",
            rf"\b{_MONTH}\s+(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
            rf"(?:\s?[-–—]\s?(?:(?:[A-Z][a-z]+\.?)\s+)?\d{{1,2}})?(?:,?\s+{_YEAR})?(?![\w%]|,\d|\.\d)",
            0,
        ),
        (
            "day_month",
            rf"\b(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b|(?![\w%]|\.?\s*\d))",
            0,
        ),
        ("month", rf"\b{_MONTH}(?:\s+of)?,?\s+{_YEAR}\b", 0),
        (
            "bare_month",
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Ee]arly|[Mm]id-?|[Ll]ate|[Tt]his|[Ll]ast|[Bb]y)\s+{_MONTH}\b(?!\s*(?:\d|,\s*\d))",
            0,
        ),
        (
            "part",
            rf"\b(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)[-\s]+(?P<unit>half|quarter)"
            rf"(?:(?:\s+of)?(?:\s+(?:fiscal|calendar)(?:\s+year)?)?,?\s+(?:{_YEAR}|{_RELATIVE_YEAR}))?\b",
            re.I,
        ),
        (
            "part_short",
            r"\b(?:(?P<letter>[QH])(?P<n>[1-4])|(?P<n2>[1-4])(?P<letter2>[QH]))"
            r"(?:[\s-]?(?:of\s+)?(?:FY)?['’]?(?P<short>(?:20)?\d\d)\b"
            r"|(?:(?<=\b(?:in|by)\s[QH1-4][QH1-4])|(?<=\bof\s(?:Q[1-4]|[1-4]Q)))(?![\w-]))",
            0,
        ),
        (
            "year",
            rf"\b(?:in|during|by|before|since|until|through|of|for|from|early|mid|late|end|fiscal|year|FY"
            rf"|calendar"
            rf"|end\s+of|year[-\s]?end|throughout|later\s+in|beginning\s+of|middle\s+of)[-\s]{_YEAR}\b"
            rf"(?!\s+(?:ASCO|ASH|AACR|ESMO|Annual|[A-Z]\w+\s+Annual))",
            re.I,
        ),
        (
            "relative",
            r"\b(?P<which>last|this|next|earlier\s+this|later\s+this|early\s+this|late\s+this|early\s+next"
            r"|mid\s+next|late\s+next"
            r"|late\s+last|previous|prior|current|the\s+end\s+of\s+the|the\s+end\s+of\s+this"
            r"|the\s+end\s+of\s+next|end\s+of)"
            r"[-\s]+(?P<what>week|month|quarter|year)\b(?!['’]s)",
            re.I,
        ),
        ("year_end", r"\b(?:(?:by|before|at)\s+)?(?:the\s+)?year[-\s]?end\b(?!\s+(?:results?|cash))", re.I),
        ("day", r"\b(?P<which>today|yesterday)\b", re.I),
    )
)


@lru_cache(maxsize=2048)  # the rules of several relations ask for the dates of one sentence
def dates(text: str, *, on: str | None = None) -> tuple[DateMatch, ...]:
    """Every date, in the order of the text, at the precision that the text gives.

    Args:
        text: what to search.
        on: the date of the release (ISO 8601), against which "last month", "year-end" and days without a
            year are resolved; without it those are not dates.
    """
    today = date.fromisoformat(on) if on and len(on) == 10 else None
    out: list[DateMatch] = []
    for name, sign, pattern in _DATE_PATTERNS:
        if not sign.search(text):
            continue
        for found in pattern.finditer(text):
            if any(found.start() < d.end and d.start < found.end() for d in out):
                continue
            iso = _iso(name, found, today)
            if iso:
                out.append(DateMatch(found.start(), found.end(), iso))
    return tuple(sorted(out, key=lambda d: d.start))


def _iso(name: str, found: re.Match[str], today: date | None) -> str | None:
    group = found.groupdict()
    year = group.get("year")
    if name == "iso":
        return _checked(int(found["year"]), int(found["m"]), int(found["day"]))
    if name in ("month_day", "day_month"):
        return _month_day(_month(found["month"]), int(found["day"]), year, today)
    if name == "month":
        return f"{year}-{_month(found['month']):02}"
    if name == "bare_month":
        return f"{_nearest(_month(found['month']), today)}-{_month(found['month']):02}" if today else None
    if name == "part":
        letter = "H" if found["unit"].casefold() == "half" else "Q"
        nth = _ORDINALS[found["nth"].casefold()]
        if letter == "H" and nth > 2:
            return None
        if year:
            return f"{year}-{letter}{nth}"
        if not today:
            return None
        if group.get("relative"):
            return f"{_relative_year(found['relative'], today)}-{letter}{nth}"
        return f"{_nearest_part(letter, nth, today)}-{letter}{nth}"
    if name == "part_short":
        letter, nth = found["letter"] or found["letter2"], int(found["n"] or found["n2"])
        if letter == "H" and nth > 2:
            return None
        if found["short"]:
            return f"20{found['short'][-2:]}-{letter}{nth}"
        return f"{_nearest_part(letter, nth, today)}-{letter}{nth}" if today else None
    if name == "year":
        return year
    return _relative(name, found, today) if today else None


def _relative(name: str, found: re.Match[str], today: date) -> str:
    if name == "year_end":
        return str(today.year)
    if name == "day":
        day = today if found["which"].casefold() == "today" else today - timedelta(days=1)
        return day.isoformat()
    which, what = found["which"].casefold(), found["what"].casefold()
    step = (
        -1 if re.search(r"last|previous|prior", which) else 1 if "next" in which else 0
    )  # "earlier this year" is this year
    if what == "year":
        return str(today.year + step)
    if what == "quarter":
        index = today.year * 4 + (today.month - 1) // 3 + step
        return f"{index // 4}-Q{index % 4 + 1}"
    if what == "month":
        index = today.year * 12 + today.month - 1 + step
        return f"{index // 12}-{index % 12 + 1:02}"
    return (today + timedelta(days=7 * step)).isoformat()[:7]  # a week has no form of its own here


def _relative_year(words: str, today: date) -> int:
    words = words.casefold()
    return today.year + (1 if "next" in words or "following" in words else -1 if "last" in words else 0)


def _nearest(month: int, today: date) -> int:
    """The year that puts this month nearest to the release: "in May", said in January, is the coming one."""
    return min(
        (today.year, today.year - 1, today.year + 1),
        key=lambda y: abs((y - today.year) * 12 + month - today.month),
    )


def _nearest_part(letter: str, nth: int, today: date) -> int:
    """The year of the half or quarter that is nearest to the release."""
    return _nearest(nth * 6 - 3 if letter == "H" else nth * 3 - 1, today)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _month_day(month: int, day: int, year: str | None, today: date | None) -> str | None:
    if year:
        return _checked(int(year), month, day)
    return _checked(_nearest(month, today), month, day) if today else None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # "February 30": not a date, whatever it is
        return None


def begins_after(iso: str, on: str | None) -> bool:
    """Whether a date as from `dates` lies after a day, as far as its precision tells: "2026-Q3" after "2026-05-01".

    Args:
        iso: a year, half, quarter, month or day.
        on: ISO 8601; False where it is None or too coarse.
    """
    if on is None or len(on) < 7:
        return False
    year, _, rest = iso.partition("-")
    if year != on[:4] or not rest:
        return year > on[:4]
    month = {"H": 6, "Q": 3}.get(rest[0])
    first = (int(rest[1]) - 1) * month + 1 if month else int(rest[:2])
    last = first + month - 1 if month else first
    if last > int(on[5:7]):
        return True
    return len(iso) == len(on) == 10 and iso > on
