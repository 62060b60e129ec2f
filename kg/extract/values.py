"""Dates, phases, doses, money, shares and counts: from the words of a release to their normal forms.

Pure functions from a text to matches with offsets into that text; they know nothing of entities.  The
words themselves (units, currencies, comparators) are tables in `kg/extract/lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.model import Quantity


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of the text with a value.

    Attributes:
        start, end: offsets into the text that was searched.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateMatch(Match):
    """A point in time.

    Attributes:
        iso: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or a part of a year: "2018-H2", "2025-Q4".
    """

    iso: str


@dataclass(frozen=True, slots=True)
class PhaseMatch(Match):
    """A phase of clinical development.

    Attributes:
        phase: arabic: "1", "1b", "1/2", "1b/2a", "2/3", "pivotal".
    """

    phase: str


@dataclass(frozen=True, slots=True)
class NumberMatch(Match):
    """A bare number, in digits or words.

    Attributes:
        value: the number; "1.2 million" is 1200000.
        printed: digits as printed.
        sign: ">", ">=", "<", "<=" where the words around it say so, else empty.
        approximate: whether the words around it say so.
    """

    value: Decimal
    printed: str
    sign: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class QuantityMatch(Match):
    """A number with a unit: a dose, a share, a stretch of time, a factor.

    Attributes:
        quantity: its normal form ("25.0 mCi/m2", "83.6%", "9 months", "10.75-fold").
        sign, approximate: as in `NumberMatch`.
    """

    quantity: Quantity
    sign: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class MoneyMatch(Match):
    """An amount of money.

    Attributes:
        amount: in whole units of the currency.
        currency: ISO 4217.
        sign, approximate: as in `NumberMatch`.
    """

    amount: Decimal
    currency: str
    sign: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleMatch(Match):
    """How often and when a dose is given.

    Attributes:
        schedule: the words, blanks and line breaks joined ("weekly for up to 12 weeks", "single dose").
    """

    schedule: str


# --- numbers -------------------------------------------------------------------------------------------

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_POWER = r"(?:\s?[x×*]\s?10\s?(?:\^\s?\{?\d{1,2}\}?|\*\*\s?\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|e\d{1,2}|\d{1,2})|[eE]\+?\d{1,2})"
_NUMBER = rf"(?:(?<![\w.,])|(?<=[~∼≈<>≤≥=$€£¥(\[/–-]))(?<![A-Za-z][-–])(?<!\d[.,]){_DIGITS}{_POWER}?"
_MAGNITUDES: Final = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "mn": 6, "bn": 9, "mm": 6, "m": 6, "b": 9, "k": 3,
}  # fmt: skip
_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORD_VALUES: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{
        f"{ten}{join}{one}": 10 * t + o
        for t, ten in enumerate(_TENS, 2)
        for o, one in enumerate(_SMALL[1:10], 1)
        for join in ("-", " ")
    },
    "one hundred": 100,
    "a hundred": 100,
}
_WORD = r"\b(?:" + "|".join(sorted(map(re.escape, _WORD_VALUES), key=len, reverse=True)) + r")\b"
#: One number in words, as a pattern.
NUMBER_WORD: Final = _WORD
_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FRACTIONS: Final = {
    "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fifth": 5, "fifths": 5, "tenth": 10,
    "half": 2, "sixth": 6, "eighth": 8,
}  # fmt: skip


def decimal(printed: str) -> Decimal:
    """The value of a number in digits or words: "1,000", "1x10^13", "10⁶", "2E8", "twenty-five".

    Raises:
        ValueError: it is not a number.
    """
    text = printed.strip().casefold()
    if text in _WORD_VALUES:
        return Decimal(_WORD_VALUES[text])
    text = text.replace(",", "").replace("×", "x").replace("*", "x").replace("xx", "^").replace(" ", "")
    mantissa, power = text, 0
    if found := re.fullmatch(r"([\d.]+)x10(?:\^?\{?|e)?([\d⁰¹²³⁴⁵⁶⁷⁸⁹]+)\}?", text):
        mantissa, power = found[1], int(found[2].translate(_SUPERSCRIPT))
    elif found := re.fullmatch(r"([\d.]+)e\+?(\d+)", text):
        mantissa, power = found[1], int(found[2])
    if not re.fullmatch(r"\d*\.?\d+|\d+\.", mantissa):
        raise ValueError(f"{printed!r} is not a number")
    return Decimal(mantissa).scaleb(power)


@cache
def _comparators() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    rows = table("comparators")
    forms: dict[str, list[str]] = {"before": [], "after": []}
    for row in rows:
        form = row["form"]
        forms[row["where"]].append((rf"\b{form}" if form[0].isalpha() else form).replace(" ", r"\s+"))
    before = re.compile(
        r"(" + "|".join(sorted(forms["before"], key=len, reverse=True)) + r")\s*(?:a|an|the|only)?\s*[(\[]?$",
        re.I,
    )
    after = re.compile(r"\s*(" + "|".join(forms["after"]) + r")\b", re.I)
    signs = {row["form"].replace("\\", ""): row["sign"] for row in rows}
    return before, after, signs


def comparator(text: str, start: int, end: int | None = None) -> tuple[str, bool]:
    """What the words around a number at `start` say of it: a sign (may be empty), and whether it is approximate.

    "at least approximately 40" is both.
    """
    before, after, signs = _comparators()
    sign, approximate = "", False
    left = text[max(0, start - 40) : start]
    while found := before.search(left):
        found_sign = signs[re.sub(r"\s+", " ", found[1].casefold())]
        if found_sign == "~":
            approximate = True
        else:
            sign = sign or found_sign
        left = left[: found.start()]
    if end is not None and not sign and (found := after.match(text, end)):
        sign = signs[re.sub(r"\s+", " ", found[1].casefold())]
    return sign, approximate


_NUMBERS = re.compile(
    rf"(?P<digits>{_NUMBER})(?:\s?(?P<magnitude>thousand|million|billion|trillion)\b)?"
    rf"|(?P<word>{_WORD})(?:\s(?P<word_magnitude>hundred|thousand|million|billion)\b)?",
    re.I,
)


def numbers(text: str) -> Iterator[NumberMatch]:
    """Every number, in digits or words; numbers inside names ("CLR 131") are numbers too."""
    for found in _NUMBERS.finditer(text):
        printed = found["digits"] or found["word"]
        magnitude = (found["magnitude"] or found["word_magnitude"] or "").casefold()
        value = decimal(printed).scaleb(2 if magnitude == "hundred" else _MAGNITUDES.get(magnitude, 0))
        sign, approximate = comparator(text, found.start(), found.end())
        yield NumberMatch(
            found.start(), found.end(), _plain(value), f"{printed} {magnitude}".strip(), sign, approximate
        )


_SAMPLE = re.compile(
    r"\b[nN]\s?=\s?(?P<count>\d[\d,]*)(?:\s?/\s?(?P<whole>\d[\d,]*))?|\(\s*(?P<part>\d{1,4})\s?/\s?(?P<of>\d{1,5})\s*(?=[,;)])"
)


def sample_sizes(text: str) -> Iterator[NumberMatch]:
    """ "N=8", "(n = 1,204)", "(n=16/43)", "(36/145)": how many a figure rests on; "(1/2)" may be anything."""
    for found in _SAMPLE.finditer(text):
        if found["part"] and not (int(found["part"]) <= int(found["of"]) and int(found["of"]) > 4):
            continue
        printed = (found["whole"] or found["count"] or found["of"]).rstrip(",")
        yield NumberMatch(found.start(), found.end(), decimal(printed), printed)


def fractions(text: str) -> Iterator[QuantityMatch]:
    """ "one-third", "two thirds", "half of", "one in five", "1 in 8" as "1/3", "2/3", "1/2", "1/5", "1/8"."""
    names = "|".join(_FRACTIONS)
    pattern = re.compile(
        rf"\b(?P<top>one|two|three|four|a)[-\s](?P<name>{names})\b(?!\s*(?:of\s+)?(?:of\s+)?\d{{4}})"
        rf"|\b(?P<half>half)\s+of\b(?!\s*\d{{4}})"
        rf"|\b(?P<one>one|1|two|2|three|3)\s+(?:in|out\s+of)\s+(?P<of>every\s+)?(?P<many>{_WORD}|\d[\d,]*)\b(?!\s*(?:%|percent))",
        re.I,
    )
    for found in pattern.finditer(text):
        if found["name"]:
            top = 1 if found["top"].casefold() == "a" else int(decimal(found["top"]))
            bottom = Decimal(_FRACTIONS[found["name"].casefold()])
        elif found["half"]:
            top, bottom = 1, Decimal(2)
        else:
            top, bottom = int(decimal(found["one"])), decimal(found["many"])
            if bottom <= top or 1900 < bottom < 2100:  # "one in 2018" is a year
                continue
        sign, approximate = comparator(text, found.start())
        quantity = Quantity(f"{top}/{_plain(bottom)}", round(top / bottom, 6), "")
        yield QuantityMatch(found.start(), found.end(), quantity, sign, approximate)


def _plain(value: Decimal) -> Decimal:
    """Without an exponent, as a person writes it: 1E+6 → 1000000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


# --- dates ---------------------------------------------------------------------------------------------

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_RELATIVE_YEAR = (
    r"(?P<relative>this(?:\s+(?:coming\s+)?year)?|next(?:\s+year)?|last(?:\s+year)?"
    r"|the\s+(?:following\s+)?year)"
)
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_DATE_PATTERNS: Final = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\b", 0),
        (
            "month_day",
            rf"\b{_MONTH}\s+(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
            rf"(?:\s?[-–—]\s?(?:(?:[A-Z][a-z]+\.?)\s+)?\d{{1,2}})?(?:,?\s+{_YEAR})?(?![\w%]|,\d|\.\d)",
            0,
        ),
        (
            "day_month",
            rf"\b(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
            0,
        ),
        ("month", rf"\b{_MONTH}(?:\s+of)?,?\s+{_YEAR}\b", 0),
        (
            "bare_month",
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Ee]arly|[Mm]id-?|[Ll]ate)\s+{_MONTH}\b(?!\s*(?:\d|,\s*\d))",
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
            r"\b(?:(?P<letter>[QH])(?P<n>[1-4])|(?P<n2>[1-4])(?P<letter2>[QH]))[\s-]?(?:of\s+)?(?:FY)?['’]?(?P<short>(?:20)?\d\d)\b",
            0,
        ),
        (
            "year",
            rf"\b(?:in|during|by|before|since|until|through|of|for|from|early|mid|late|end|fiscal|year|FY|calendar"
            rf"|end\s+of|year[-\s]?end|throughout|later\s+in|beginning\s+of|middle\s+of)[-\s]{_YEAR}\b(?!\s+(?:ASCO|ASH|AACR|ESMO|Annual|[A-Z]\w+\s+Annual))",
            re.I,
        ),
        (
            "relative",
            r"\b(?P<which>last|this|next|earlier\s+this|later\s+this|early\s+this|late\s+this|early\s+next|mid\s+next|late\s+next"
            r"|late\s+last|previous|prior|current|the\s+end\s+of\s+the|the\s+end\s+of\s+this|the\s+end\s+of\s+next|end\s+of)"
            r"[-\s]+(?P<what>week|month|quarter|year)\b(?!['’]s)",
            re.I,
        ),
        ("year_end", r"\b(?:(?:by|before|at)\s+)?(?:the\s+)?year[-\s]?end\b(?!\s+(?:results?|cash))", re.I),
        ("day", r"\b(?P<which>today|yesterday)\b", re.I),
    )
)


def dates(text: str, *, on: str | None = None) -> tuple[DateMatch, ...]:
    """Every date, in the order of the text, at the precision that the text gives.

    Args:
        text: what to search.
        on: the date of the release (ISO 8601), against which "last month", "year-end" and days without a
            year are resolved; without it those are not dates.
    """
    today = date.fromisoformat(on) if on and len(on) == 10 else None
    out: list[DateMatch] = []
    for name, pattern in _DATE_PATTERNS:
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
        return f"{_nearest(nth * 6 - 3 if letter == 'H' else nth * 3 - 1, today)}-{letter}{nth}"
    if name == "part_short":
        letter, nth = found["letter"] or found["letter2"], int(found["n"] or found["n2"])
        if letter == "H" and nth > 2:
            return None
        return f"20{found['short'][-2:]}-{letter}{nth}"
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
        (today.year - 1, today.year, today.year + 1),
        key=lambda y: abs((y - today.year) * 12 + month - today.month),
    )


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


# --- phases --------------------------------------------------------------------------------------------

_PHASE_NUMBER = r"(?:IV|III|II|I|[0-4])\s?[abcABC]?(?![A-Za-z0-9])"
_PHASE = re.compile(
    rf"\bphases?[\s\-–]*(?P<first>{_PHASE_NUMBER})(?P<rest>(?:\s?[/\-–]\s?(?:phase\s?)?{_PHASE_NUMBER})?)"
    rf"(?P<more>(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|&)\s+){_PHASE_NUMBER}(?:/{_PHASE_NUMBER})?"
    r"(?!\s*(?:%|mg\b|mCi|patients|cohort|sites|years|months|weeks|days|trials\s+in|other)))?",
    re.I,
)
_PIVOTAL = re.compile(
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


# --- doses ---------------------------------------------------------------------------------------------

_CELLS = (
    r"(?:(?:(?:CAR|TCR)[-+\s]?(?:positive)?\s?[-+]?\s?)?(?:viable\s+|edited\s+|modified\s+|engineered\s+|total\s+|live\s+)?"
    r"(?:CAR\+?[-\s]?)?(?:CD\d+\+\s?)?(?:T|NK|TIL|iPSC|stem|Treg)?[-\s]?cells?)"
)


@cache
def _dose_pattern() -> re.Pattern[str]:
    units = "|".join(f"(?:{row['form']})" for row in table("units"))
    per = "|".join(f"(?:{row['form']})" for row in table("denominators"))
    return re.compile(
        rf"(?P<number>{_NUMBER})(?:\s(?P<magnitude>million|billion|trillion))?(?:\s|-|–)?\s?"
        rf"(?:(?P<unit>{units})(?P<per>(?:\s?(?:/|per)\s?(?:{per})){{0,2}})|(?P<cells>{_CELLS})(?P<cells_per>(?:\s?(?:/|per)\s?(?:{per}))?))(?![\w²])"
    )


@cache
def _unit_forms() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(row["form"]), row["text"], row["ucum"])
        for name in ("units", "denominators")
        for row in table(name)
    )


def _unit(printed: str) -> tuple[str, str]:
    for pattern, text, ucum in _unit_forms():
        if pattern.fullmatch(printed):
            return text, ucum
    raise ValueError(f"{printed!r} is not a unit")


_LINK = re.compile(
    rf"(?P<number>{_NUMBER})(?P<magnitude>\s(?:million|billion))?(?P<join>\s*(?:-|–|—|to|and|or|,|,\s*and|,\s*or|/|through|versus|vs\.?)\s*)$",
    re.I,
)
_NAMED_NUMBER = re.compile(
    r"(?:phase|cohorts?|days?|weeks?|months?|cycles?|figure|table|part|arm|group|type|stage|grade|level|age[sd]?|in|by|since|(?-i:[A-Z]{2,})[\s-]?)\s*$",
    re.I,
)


def doses(text: str) -> tuple[QuantityMatch, ...]:
    """Every number with a unit of mass, activity, radiation, volume, vectors or cells.

    A unit is shared by the numbers joined to it: "10, 20 and 40 mg", "12.5 to 31.25 mCi/m2".  A
    concentration ("mg/mL") is given as such; it is for the caller to leave it out.
    """
    out: list[QuantityMatch] = []
    for found in _dose_pattern().finditer(text):
        if found["unit"]:
            name, ucum = _unit(found["unit"])
            for part in re.findall(r"(?:/|per)\s?((?:(?!\s?/|\s?per\s).)+)", found["per"] or ""):
                per_name, per_ucum = _unit(part.strip())
                name, ucum = f"{name}/{per_name}", f"{ucum}/{per_ucum}"
        else:
            if not (found["magnitude"] or re.search(rf"{_POWER}$", found["number"])):
                continue  # "20 cells" is a count, not a dose
            name, ucum = " ".join(found["cells"].split()), "{cells}"
            if found["cells_per"]:
                per_name, per_ucum = _unit(re.split(r"/|per", found["cells_per"])[-1].strip())
                name, ucum = f"{name}/{per_name}", f"{ucum}/{per_ucum}"
        chain = [(found.start(), found.end(), found["number"], found["magnitude"])]
        left = text[: found.start()]
        while link := _LINK.search(left[-60:]):
            at = max(0, len(left) - 60) + link.start()
            if _NAMED_NUMBER.search(text[max(0, at - 14) : at]):
                break
            chain.insert(0, (at, at + len(link["number"]), link["number"], (link["magnitude"] or "").strip()))
            left = text[:at]
        for start, end, number, magnitude in chain:
            power = magnitude or found["magnitude"] or ""
            out.append(_dose(text, start, end, number=number, magnitude=power, unit=(name, ucum)))
    return tuple(out)


def _dose(
    text: str, start: int, end: int, *, number: str, magnitude: str, unit: tuple[str, str]
) -> QuantityMatch:
    name, ucum = unit
    printed = re.sub(r"\s?[×*]\s?", "x", number) if "×" in number or "*" in number else number
    printed = re.sub(r"\s?x\s?", "x", printed)
    if superscript := re.search(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", printed):
        printed = printed[: superscript.start(1)] + "^" + superscript[1].translate(_SUPERSCRIPT)
    value = _plain(decimal(number).scaleb(_MAGNITUDES.get(magnitude, 0)))
    shown = f"{printed} {magnitude}".strip()
    sign, approximate = comparator(text, start)
    return QuantityMatch(start, end, Quantity(f"{shown} {name}", value, ucum), sign, approximate)


# --- shares, stretches of time, factors ------------------------------------------------------------------

_PERCENT = re.compile(
    rf"(?P<number>{_NUMBER}|{_WORD})(?P<ci>)\s?(?:%|percent\b|per\s?cent\b)(?:-?\s?points?\b)?", re.I
)
_INTERVAL = re.compile(
    r"(?P<level>\d{2}(?:\.\d)?)\s?%\s?(?:CI|confidence\s+interval)\s?(?:\[CI\]|\(CI\))?\s?[:,=]?\s?[\[(]?\s?"
    r"(?P<low>-?\d+(?:\.\d+)?)\s?%?\s?(?:-|–|—|to|,|;)\s?(?P<high>-?\d+(?:\.\d+)?|NE|NR|not\s+(?:reached|estimable))\s?%?",
    re.I,
)
_HAZARD = re.compile(
    r"\b(?:hazard\s+ratio|HR)\s?(?:\((?:HR)\)|\[HR\])?\s?(?:of|was|:|=|,)?\s?(?P<value>\d?\.\d+)", re.I
)
_P_VALUE = re.compile(
    r"\b(?:one-sided |two-sided |nominal |log-rank )?p(?:[- ]?value)?\s?(?:of|was)?\s?(?P<sign>[<>=≤≥])?\s?"
    r"(?P<value>0?\.\d+)",
    re.I,
)
_FOLD = re.compile(
    rf"(?P<number>{_NUMBER}|{_WORD})\s?[-‑–]?\s?fold\b|(?P<times>{_NUMBER})\s?times\b(?=\s+(?:higher|lower|more|greater|increase))",
    re.I,
)
_DURATION = re.compile(
    rf"(?P<number>{_NUMBER}|{_WORD})[\s-]?(?P<unit>years?|months?|weeks?|days?|hours?|minutes?)\b", re.I
)
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
    intervals = [(i.start(), i.end()) for i in _INTERVAL.finditer(text)]
    out: list[QuantityMatch] = []
    for found in _PERCENT.finditer(text):
        if any(a <= found.start() < b for a, b in intervals) or re.match(
            r"\s?(?:CI\b|confidence)", text[found.end() :], re.I
        ):
            continue
        chain = [(found.start(), found.end(), found["number"])]
        # "45 to 60%", "5% and 10%": only a range or list that shares the sign
        if link := re.search(rf"(?P<number>{_NUMBER})\s?(?:-|–|to|and)\s?$", text[: found.start()][-20:]):
            at = max(0, found.start() - 20) + link.start()
            if not re.search(r"(?:phase|day|week|month|cohort|grade)s?\s*$", text[:at], re.I):
                chain.insert(0, (at, at + len(link["number"]), link["number"]))
        for start, end, number in chain:
            value = decimal(number)
            printed = number if number[0].isdigit() or number[0] == "." else str(value)
            sign, approximate = comparator(text, start)
            out.append(
                QuantityMatch(start, end, Quantity(f"{printed}%", _plain(value), "%"), sign, approximate)
            )
    return tuple(out)


def durations(text: str) -> tuple[QuantityMatch, ...]:
    """Every stretch of time: "nine months" → "9 months", "12-week" → "12 weeks"."""
    out = []
    for found in _DURATION.finditer(text):
        unit = found["unit"].casefold().rstrip("s")
        value = decimal(found["number"])
        printed = found["number"] if found["number"][0].isdigit() else str(value)
        sign, approximate = comparator(text, found.start(), found.end())
        quantity = Quantity(f"{printed} {unit}{'' if value == 1 else 's'}", value, _DURATION_UNITS[unit])
        out.append(QuantityMatch(found.start(), found.end(), quantity, sign, approximate))
    return tuple(out)


def folds(text: str) -> tuple[QuantityMatch, ...]:
    """Every factor: "10.75-fold", "two-fold", "3 times higher"."""
    out = []
    for found in _FOLD.finditer(text):
        number = found["number"] or found["times"]
        value = decimal(number)
        printed = number if number[0].isdigit() else str(value)
        sign, approximate = comparator(text, found.start())
        out.append(
            QuantityMatch(
                found.start(), found.end(), Quantity(f"{printed}-fold", value, "{fold}"), sign, approximate
            )
        )
    return tuple(out)


@dataclass(frozen=True, slots=True)
class IntervalMatch(Match):
    """A confidence interval.

    Attributes:
        level: in percent.
        low, high: its ends as printed.
    """

    level: Decimal
    low: str
    high: str


def confidence_intervals(text: str) -> tuple[IntervalMatch, ...]:
    """Every "95% CI: 0.50, 0.83"; an upper end may be "NE" or "not reached"."""
    return tuple(
        IntervalMatch(f.start(), f.end(), Decimal(f["level"]), f["low"], f["high"])
        for f in _INTERVAL.finditer(text)
    )


def hazard_ratios(text: str) -> tuple[QuantityMatch, ...]:
    """Every "hazard ratio (HR) of 0.70", "HR=0.65", as the quantity "0.70"."""
    return tuple(
        QuantityMatch(f.start(), f.end(), Quantity(f["value"], Decimal(f["value"]), ""))
        for f in _HAZARD.finditer(text)
    )


def p_values(text: str) -> tuple[QuantityMatch, ...]:
    """Every "p<0.001", "p-value of 0.02", as the quantity "<0.001"."""
    signs = {"≤": "<=", "≥": ">="}
    return tuple(
        QuantityMatch(
            f.start(),
            f.end(),
            Quantity(f"{'' if f['sign'] in (None, '=') else f['sign']}{f['value']}", Decimal(f["value"]), ""),
            signs.get(f["sign"] or "", (f["sign"] or "").replace("=", "")),
        )
        for f in _P_VALUE.finditer(text)
    )


# --- money ---------------------------------------------------------------------------------------------


@cache
def _money_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    before = [row["form"] for row in table("currencies") if row["where"] == "before"]
    after = [row["form"] for row in table("currencies") if row["where"] == "after"]
    lead = "|".join(
        (rf"\b{form}" if form[0].isalpha() else form) for form in sorted(before, key=len, reverse=True)
    )
    tail = "|".join(sorted(after, key=len, reverse=True))
    codes = {row["form"].replace("\\", ""): row["code"] for row in table("currencies")}
    magnitude = (
        r"(?:\s?-?\s?(?:[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion|mn|bn|MM|mm|[MBKmbk])(?![A-Za-z]))"
    )
    return re.compile(
        rf"\\?(?P<lead>{lead})\s?(?P<number>{_DIGITS})(?P<magnitude>{magnitude})?"
        rf"|(?P<number2>{_NUMBER})(?P<magnitude2>{magnitude})?\s(?P<tail>{tail})(?![A-Za-z])"
    ), codes


def money(text: str) -> tuple[MoneyMatch, ...]:
    """Every amount of money: "$1.2 billion", "\\$2 million", "2,282 million euros", "HK$", "¥"."""
    pattern, codes = _money_pattern()
    found_all = list(pattern.finditer(text))
    out = []
    for index, found in enumerate(found_all):
        number = found["number"] or found["number2"]
        magnitude = _magnitude(found)
        currency = _currency(found["lead"] or found["tail"], codes)
        shared = re.match(
            rf"\s?(?:-|–|to|and|or)\s?\\?(?:[A-Z]{{0,3}}[$€£¥])?(?:{_DIGITS})\s?(million|billion|thousand)",
            text[found.end() :],
        )
        if not magnitude and shared and decimal(number) < 1000:
            magnitude = shared[1]  # "$40 to $50 million"
        sign, approximate = comparator(text, found.start())
        amount = _plain(decimal(number).scaleb(_MAGNITUDES.get(magnitude, 0)))
        out.append(MoneyMatch(found.start(), found.end(), amount, currency, sign, approximate))
        if shared and not re.search(r"[$€£¥]", shared[0]):
            following = found_all[index + 1].start() if index + 1 < len(found_all) else len(text)
            end = found.end() + shared.end()
            if following >= end:
                second = re.search(_DIGITS, shared[0])
                assert second is not None
                amount = _plain(decimal(second[0]).scaleb(_MAGNITUDES[shared[1]]))
                out.append(MoneyMatch(found.end() + second.start(), end, amount, currency, sign, approximate))
    return tuple(out)


def _magnitude(found: re.Match[str]) -> str:
    return (found["magnitude"] or found["magnitude2"] or "").strip(" -").casefold()


def _currency(printed: str, codes: dict[str, str]) -> str:
    if printed in codes:
        return codes[printed]
    pattern = next(form for form in codes if re.fullmatch(form, printed))
    return codes[pattern]


# --- schedules -----------------------------------------------------------------------------------------

_COUNT = rf"(?:\d+(?:\.\d+)?|{_WORD})"
_PERIOD = r"(?:days?|weeks?|months?|years?|hours?|cycles?)"
_TERM = (
    rf"(?:\s+for\s+(?:up\s+to\s+|at\s+least\s+|a\s+total\s+of\s+)?(?:{_COUNT}|a|the\s+first\s+{_COUNT})\s+"
    rf"(?:consecutive\s+|\d+-\w+\s+)?(?:{_PERIOD}|doses|infusions|injections))"
)
_EVERY = rf"every\s+(?:other\s+{_PERIOD}|{_COUNT}(?:\s?(?:-|–|to)\s?{_COUNT})?\s+{_PERIOD}|{_PERIOD})"
_TIMES = rf"(?:once|twice|thrice|(?:{_COUNT})\s+times)"
_RATE = (
    rf"(?:{_TIMES}[-\s]+(?:daily|weekly|monthly|yearly|a\s+(?:day|week|month|year)|per\s+(?:day|week|month|year)"
    rf"|{_EVERY}|over\s+{_COUNT}\s+{_PERIOD})|{_EVERY}"
    r"|(?:bi-?weekly|weekly|monthly|quarterly|daily|annually)(?!\s+(?:basis|dose))"
    r"|[Qq]\d{1,2}[WDMwdm]\b|\b(?:QD|BID|TID|QID|q\.d\.|b\.i\.d\.|t\.i\.d\.|qd|bid|tid)\b)"
)
_DAYS = (
    rf"(?:(?:on|at|beginning\s+on)\s+)?(?:days?|weeks|months)\s+{_COUNT}(?!\s?%)"
    rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:(?:day|week|month)\s+)?{_COUNT}(?!\s?%|[.]\d))*"
    rf"(?:\s+(?:of\s+(?:each|a|every)\s+{_COUNT}-{_PERIOD}\s+cycle"
    rf"|and\s+every\s+{_COUNT}\s+{_PERIOD}(?:\s+thereafter)?))?"
)
_NUMBER_OF_DOSES = (
    r"(?:single|one-time|one|two|three|four|five|six|1|2|3|4|5|6)"
    r"(?:[-\s]+(?:subcutaneous|intravenous|intramuscular|intravitreal|oral|IV|SC|ascending|priming|booster"
    r"|fractionated|weekly|monthly|daily))?[-\s]+(?:doses?|infusions?|injections?|administrations?)"
    r"(?!\s+(?:cohorts?|levels?|groups?|arms?|escalation))"
)
_SCHEDULE = re.compile(
    rf"\b(?:(?P<rate>{_RATE}{_TERM}?(?:\s+thereafter)?)|(?P<days>{_DAYS})"
    rf"|(?P<option>(?:one|single)-?\s+or\s+two-dose)|(?P<doses>{_NUMBER_OF_DOSES}))(?!\w)",
    re.I,
)


def schedules(text: str) -> tuple[ScheduleMatch, ...]:
    """Every schedule of administration, in order.

    The words stay as they are, without a leading "on" or "at"; "single doses" and "single-dose" are "single dose".
    """
    out = []
    for found in _SCHEDULE.finditer(text):
        words = " ".join(found[0].split())
        if found["doses"] and re.match(r"single|one[-\s]|1[-\s]", words, re.I):
            noun = re.search(r"dose|infusion|injection|administration", words, re.I)
            assert noun is not None
            words = f"single {noun[0].casefold()}"
        elif found["days"]:
            if re.match(r"(?:on\s+|at\s+)?(?:weeks?|months?)\s+\S+$", words, re.I):
                continue  # "at week 16" is when something was measured
            words = re.sub(r"^(?:on|at)\s+", "", words, flags=re.I)
        out.append(ScheduleMatch(found.start(), found.end(), words))
    return tuple(out)


_DISTRIBUTED = re.compile(
    rf"(?:on|at)\s+(?P<unit>days?|weeks?|months?)\s+(?P<list>{_COUNT}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:(?:day|week|month)\s+)?{_COUNT})+)\s*,?\s*respectively",
    re.I,
)


def distributed(text: str) -> tuple[tuple[ScheduleMatch, ...], ...]:
    """ "on day 0 and day 7, respectively" as "day 0", "day 7": one schedule for each dose named before it."""
    out = []
    for found in _DISTRIBUTED.finditer(text):
        unit = found["unit"].casefold().rstrip("s")
        out.append(
            tuple(
                ScheduleMatch(found.start(), found.end(), f"{unit} {number}")
                for number in re.findall(rf"{_COUNT}", found["list"], re.I)
            )
        )
    return tuple(out)


# --- populations ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermMatch(Match):
    """Words that a lexicon knows.

    Attributes:
        label: the form that we show ("relapsed or refractory").
    """

    label: str


@cache
def _terms(name: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = sorted(table(name), key=lambda row: -len(row["form"]))
    # a hyphen may end a line: "open-" and "label"
    forms = (row["form"].replace("[- ]", r"(?:-\s?|\s)").replace(" ", r"\s+") for row in rows)
    parts = (rf"(?P<t{i}>{form})" for i, form in enumerate(forms))
    pattern = rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)"
    flags = re.NOFLAG if name == "countries" else re.IGNORECASE  # "us" and "turkey" are words
    return re.compile(pattern.replace(r"\s+?", r"\s?"), flags), tuple(row["label"] for row in rows)


def terms(text: str, name: str) -> tuple[TermMatch, ...]:
    """Every hit of a lexicon with the columns `form` and `label`, such as "populations", "study_designs"."""
    pattern, labels = _terms(name)
    out = []
    for found in pattern.finditer(text):
        group = found.lastgroup
        assert group is not None
        out.append(TermMatch(found.start(), found.end(), labels[int(group[1:])]))
    return tuple(out)


_BIOMARKER = re.compile(
    r"(?<![\w-])[A-Z][A-Za-z0-9/]*(?:-?\d[A-Za-z0-9]*)?[- ]"
    r"(?:positive|negative|mutant|mutated|expressing|amplified|deficient|low)\b"
)


_AGED = re.compile(
    r"\b(?:children|adults|adolescents|infants|boys|girls|women|men|patients|participants|people)\s+(?:aged\s+)?(?:at\s+least\s+)?"
    r"\d{1,2}(?:\s?(?:-|–|to|through)\s?\d{1,2})?(?:\s+years)(?:\s+of\s+age)?(?:\s+(?:and|or)\s+older)?"
    r"|\b(?:children|adults|adolescents|infants|boys|girls|women|men)\s+aged\s+\d{1,2}\s?(?:-|–|to)\s?\d{1,2}",
    re.I,
)


def populations(text: str) -> tuple[str, ...]:
    """Who a text is about apart from the disease: "relapsed or refractory", "FAP-positive"; in order, each once."""
    known = terms(text, "populations")
    printed = [
        TermMatch(found.start(), found.end(), found[0].replace(" ", "-"))
        for found in _BIOMARKER.finditer(text)
        if not any(k.start < found.end() and found.start() < k.end for k in known)
        and not found[0][1].islower()
    ]
    aged = [TermMatch(f.start(), f.end(), " ".join(f[0].split())) for f in _AGED.finditer(text)]
    return tuple(
        dict.fromkeys(match.label for match in sorted((*known, *printed, *aged), key=lambda m: m.start))
    )
