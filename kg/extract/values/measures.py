"""Shares, stretches of time, factors, ratios and their intervals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.values.numerals import NUMBER, WORD, QuantityMatch, comparator, decimal, plain
from kg.model import Quantity

_PERCENT = Pattern(
    rf"(?P<number>{NUMBER}|{WORD})(?P<ci>)\s?(?:%|percent\b|per\s?cent\b)(?:-?\s?points?\b)?", re.I
)
_INTERVAL = Pattern(
    r"(?P<level>\d{2}(?:\.\d)?)\s?%\s?(?:CI|confidence\s+interval)\s?(?:\[CI\]|\(CI\))?\s?[:,=]?\s?[\[(]?\s?"
    r"(?P<low>-?\d+(?:\.\d+)?)\s?%?\s?(?:-|–|—|to|,|;)\s?(?P<high>-?\d+(?:\.\d+)?|NE|NR|not\s+(?:reached"
    r"|estimable))\s?%?",
    re.I,
)
_HAZARD = Pattern(
    r"\b(?:hazard\s+ratio|HR)\s?(?:\((?:HR)\)|\[HR\])?\s?"
    r"(?:for\s(?:the\s)?[A-Za-z][\w -]{1,45}?(?:\s\([A-Za-z]+\))?\s?(?=(?:of|was|is)\s|[:=,]\s?\d?\.\d|\d?\.\d))?"
    r"(?:of|was|:|=|,)?\s?(?P<value>\d?\.\d+)",
    re.I,
)
_FOLD = Pattern(
    rf"(?P<number>{NUMBER}|{WORD})\s?[-‑–]?\s?fold\b|(?P<times>{NUMBER})\s?times\b(?=\s+(?:higher|lower"
    rf"|more|greater|increase))|\ba\s+factor\s+of\s+(?P<factor>{NUMBER})",
    re.I,
)
_DURATION = Pattern(
    rf"(?P<number>{NUMBER}|{WORD})[\s-]?(?P<unit>years?|months?|weeks?|days?|hours?|minutes?|(?-i:mos?|mths?|yrs?|wks?))\b",
    re.I,
)
#: What each has in it: looked for first, because most sentences hold none.
_PERCENT_SIGN: Final = Pattern(r"%|per\s?cent", re.I)
_FOLD_SIGN: Final = Pattern(r"fold|times|factor of", re.I)
_DURATION_SIGN: Final = Pattern(r"year|month|week|day|hour|minute|mo|mth|yr|wk", re.I)
_DURATION_SHORT: Final = {"mo": "month", "mth": "month", "yr": "year", "wk": "week"}
_DURATION_UNITS: Final = {
    "year": "a",
    "month": "mo",
    "week": "wk",
    "day": "d",
    "hour": "h",
    "minute": "min",
}


def percentages(text: str) -> tuple[QuantityMatch, ...]:
    """Every percentage: "83.6%", "66 percent", "fifty per cent"; the level of a confidence interval is none."""
    if not _PERCENT_SIGN.search(text):
        return ()
    intervals = [(i.start(), i.end()) for i in _INTERVAL.finditer(text)]
    out: list[QuantityMatch] = []
    for found in _PERCENT.finditer(text):
        if any(a <= found.start() < b for a, b in intervals) or re.match(
            r"\s?(?:CI\b|confidence)", text[found.end() :], re.I
        ):
            continue
        chain = [(found.start(), found.end(), found["number"])]
        # "45 to 60%", "5% and 10%": only a range or list that shares the sign
        if link := re.search(rf"(?P<number>{NUMBER})\s?(?:-|–|to|and)\s?$", text[: found.start()][-20:]):
            at = max(0, found.start() - 20) + link.start()
            if not re.search(r"(?:phase|day|week|month|cohort|grade)s?\s*$", text[:at], re.I):
                chain.insert(0, (at, at + len(link["number"]), link["number"]))
        for start, end, number in chain:
            value = decimal(number)
            printed = number if number[0].isdigit() or number[0] == "." else str(value)
            sign, approximate = comparator(text, start)
            out.append(
                QuantityMatch(start, end, Quantity(f"{printed}%", plain(value), "%"), sign, approximate)
            )
    return tuple(out)


def durations(text: str) -> tuple[QuantityMatch, ...]:
    """Every stretch of time: "nine months" → "9 months", "12-week" → "12 weeks"."""
    if not _DURATION_SIGN.search(text):
        return ()
    out = []
    for found in _DURATION.finditer(text):
        unit = found["unit"].casefold().rstrip("s")
        unit = _DURATION_SHORT.get(unit, unit)
        value = decimal(found["number"])
        printed = found["number"] if found["number"][0].isdigit() else str(value)
        sign, approximate = comparator(text, found.start(), found.end())
        quantity = Quantity(f"{printed} {unit}{'' if value == 1 else 's'}", value, _DURATION_UNITS[unit])
        out.append(QuantityMatch(found.start(), found.end(), quantity, sign, approximate))
    return tuple(out)


def folds(text: str) -> tuple[QuantityMatch, ...]:
    """Every factor: "10.75-fold", "two-fold", "3 times higher", "a factor of 14"."""
    if not _FOLD_SIGN.search(text):
        return ()
    out = []
    for found in _FOLD.finditer(text):
        number = found["number"] or found["times"] or found["factor"]
        value = decimal(number)
        printed = number if number[0].isdigit() else str(value)
        sign, approximate = comparator(text, found.start())
        out.append(
            QuantityMatch(
                found.start(), found.end(), Quantity(f"{printed}-fold", value, "{fold}"), sign, approximate
            )
        )
    return tuple(out)


def hazard_ratios(text: str) -> tuple[QuantityMatch, ...]:
    """Every "hazard ratio (HR) of 0.70", "HR=0.65", as the quantity "0.70"."""
    return tuple(
        QuantityMatch(f.start(), f.end(), Quantity(f["value"], Decimal(f["value"]), ""))
        for f in _HAZARD.finditer(text)
    )
