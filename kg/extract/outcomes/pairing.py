"""Names and figures told side by side: "the ORR and DCR were 41% and 77%, respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from kg.extract.outcomes import phrases
from kg.extract.outcomes.figures import (
    ABOUT,
    TIME_ENDPOINT,
    Endpoint,
    Outcome,
    called,
    head_kind,
    is_adverse,
    lower_first,
)
from kg.extract.outcomes.wording import called_within
from kg.extract.patterns import Pattern
from kg.model import Entity, Quantity

_UNITS: Final = r"(?:\s?%|\s(?:months|years|weeks|days))"
_ASIDE: Final = r"(?:\s*\([^()]*\))?"
#: Two to four figures in a row that "respectively" deals out; only the last need have its unit.
_ROW: Final = Pattern(
    rf"(?P<row>\d[\d.]*{_UNITS}?{_ASIDE}(?:,\s+\d[\d.]*{_UNITS}?{_ASIDE}){{0,2}},?\s+and\s+\d[\d.]*(?P<unit>{_UNITS}))"
    rf"{_ASIDE}(?P<behind>[^.;%]{{0,70}}?),?\s*\brespectively\b"
)
_IN_ROW: Final = Pattern(rf"(?P<number>\d[\d.]*\d|\d){_UNITS}?(?=$|,|\s)")
_COPULA: Final = Pattern(
    rf"\s+(?:was|were|of|is|are|reached|at)\s+(?:(?:achieved|reached|attained|seen|observed|met|reported)\s+(?:by|in)\s+)?{ABOUT}$",
    re.IGNORECASE,
)
_CONTROL: Final = Pattern(
    r"\b(?:placebo|vehicle|control|sham|versus|vs|compared|comparator)\b", re.IGNORECASE
)
#: "12-, 24- and 36-month OS", "12-month and 24-month overall survival"
_TIMES_BEFORE: Final = Pattern(
    r"(?<!at\s)(?<!after\s)(?<!by\s)\b"
    r"(?P<times>\d{1,2}(?:[- ](?:month|year)s?|-)?(?:,\s+\d{1,2}(?:[- ](?:month|year)s?|-)?)*,?\s+and\s+\d{1,2}"
    r"[- ](?P<unit>month|year))s?\s+(?=\S)"
)
#: "at 12 and 24 months", "at months 12 and 24"
_TIMES_APART: Final = Pattern(
    r"\b(?:[Aa]t|[Aa]fter|[Bb]y)\s+(?:(?:month|year)s?\s+)?(?P<times>\d{1,2}(?:,\s+\d{1,2})*,?\s+and\s+\d{1,2})"
    r"(?:\s+(?:month|year)s?)?(?![\d.%])"
)
_UNIT_OF_TIME: Final = Pattern(r"month|year")
_BETWEEN_NAMES: Final = Pattern(
    r"\s*(?:rates?)?\s*\)?(?:\s*\([^()]*\))?\s*(?:,|,?\s*and)\s+(?:(?:the|a|an|median|mean|overall|confirmed)\s+)*",
    re.IGNORECASE,
)
_BEHIND_NAMES: Final = Pattern(
    r"\)?\s*(?:\([^()]*\)\s*)?(?P<tail>(?:responses?|rates?|response\s+rates?|responders?)?)[^.;%()]{0,60}",
    re.IGNORECASE,
)


def paired(
    text: str, endpoints: Sequence[Endpoint], others: Sequence[tuple[int, int]] = ()
) -> tuple[Outcome, ...]:
    """The figures that "respectively" deals to as many names, or to several times or own arms of one outcome."""
    if "respectively" not in text:
        return (
            *_before_names(text, endpoints),
            *_two_and_two(text, endpoints),
            *_at_times(text, endpoints),
            *_of_levels(text),
        )
    out: list[Outcome] = [*_before_names(text, endpoints)]
    for row in _ROW.finditer(text):
        copula = _COPULA.search(text, 0, row.start())
        numbers = list(_IN_ROW.finditer(re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), row["row"])))
        if copula is None or copula.end() != row.start() or _CONTROL.search(row["behind"]):
            continue
        unit = row["unit"].strip()
        names = _names(text, copula.start(), endpoints, len(numbers)) or _timed(
            text, row, endpoints, len(numbers)
        )
        names = names or (_worded(text, copula.start()) if len(numbers) == 2 else ())
        if not names and unit != "%" and not others and not _CONTROL.search(text):
            names = _alike(text, row.start(), endpoints, len(numbers))
        median = unit != "%" and re.search(r"\bmedian\b", text[: row.start()], re.IGNORECASE)
        for number, (name, endpoint) in zip(numbers, names, strict=False):
            start = row.start() + number.start("number")
            shown = f"{number['number']}%" if unit == "%" else f"{number['number']} {unit}"
            full = f"median {name}" if median and not name.startswith("median") else name
            quantity = Quantity(shown, Decimal(number["number"]), unit)
            out.append(Outcome(start, row.start() + number.end(), full, endpoint, quantity))
    return tuple(out)


#: "12-month PFS and OS rates were 58% and 81%": two names and two figures need no "respectively".
_TWO: Final = Pattern(
    rf"(?:was|were|of)\s+(?P<row>(?P<one>\d[\d.]*){_UNITS}?{_ASIDE}\s+and\s+(?P<two>\d[\d.]*)(?P<unit>{_UNITS}))(?![^.;]{{0,60}}\b(?:versus|vs)\b)"
)


def _two_and_two(text: str, endpoints: Sequence[Endpoint]) -> Iterator[Outcome]:
    """Two figures of two endpoints that one "and" joins."""
    if " and " not in text:
        return
    for found in _TWO.finditer(text):
        names = _names(text, found.start() - 1, endpoints, 2) or _worded(text, found.start() - 1)
        if not names or names[0] == names[1]:
            continue
        if found["unit"].strip() != "%" and _MEDIAN.search(text, 0, found.start()):
            names = tuple((n if n.startswith("median") else f"median {n}", e) for n, e in names)
        unit = found["unit"].strip()
        for number, (name, endpoint) in zip(("one", "two"), names, strict=True):
            shown = f"{found[number]}%" if unit == "%" else f"{found[number]} {unit}"
            yield Outcome(
                found.start(number),
                found.end(number),
                name,
                endpoint,
                Quantity(shown, Decimal(found[number]), unit),
            )


_MEDIAN: Final = Pattern(r"\bmedian\b", re.IGNORECASE)
#: "sensitivity and specificity", "overall and complete responses"
_TWO_WORDED: Final = Pattern(
    r"(?P<one>[A-Za-z≥][\w/≥-]*(?:\s[\w/≥-]+){0,3}?)\s+and\s+(?P<two>[A-Za-z≥][\w/≥-]*(?:\s[\w/≥-]+){0,3})"
)
_ADJECTIVE: Final = Pattern(
    r"(?:overall|complete|partial|objective|clinical|endoscopic|histologic\w*|confirmed|cytogenetic|molecular|hemoglobin|spleen"
    r"|cognitive|systolic|diastolic|primary|intracranial|systemic|virologic\w*|major)",
    re.IGNORECASE,
)


def _worded(text: str, end: int) -> tuple[tuple[str, Entity | None], ...]:
    """Two outcomes that one "and" joins, by their words; what the first leaves out it has from the second."""
    found = _TWO_WORDED.fullmatch(phrases.core_before(text, end))
    if found is None or is_adverse(found[0]):
        return ()
    one, two = found["one"], found["two"]
    head = two.split()[-1].removesuffix("s")
    if head_kind(head) is None:
        return ()
    if _ADJECTIVE.fullmatch(one) and len(two.split()) > 1:
        one, two = f"{one} {head}", " ".join((*two.split()[:-1], head))
    elif head_kind(one.split()[-1]) is None:
        return ()
    return (lower_first(one), None), (lower_first(two), None)


#: "ACR20/50/70 responses were 61%, 38% and 21%"
_LEVELS: Final = Pattern(
    r"\b(?P<stem>[A-Z][A-Za-z]{1,6}[- ]?)(?P<levels>\d{2,3}(?:\s?/\s?\d{2,3}){1,3})\s+"
    r"(?:(?:responses?|responders?|rates?)\s+){0,2}"
    r"(?:[^.;%\d]{0,40}\s)?(?:was|were|of|in|by|:)\s+(?P<row>\d[\d.]*\s?%?(?:(?:,\s|\s?/\s?|,?\s+and\s)\d[\d.]*\s?%?){1,3})"
)


def _of_levels(text: str) -> Iterator[Outcome]:
    """The shares of patients that reached each of several levels of one scale."""
    for found in _LEVELS.finditer(text) if "/" in text and "%" in text else ():
        levels = re.findall(r"\d+", found["levels"])
        numbers = list(_SHARE_ALONE.finditer(text, found.start("row"), found.end("row")))
        for level, number in zip(levels, numbers, strict=True) if len(levels) == len(numbers) else ():
            quantity = Quantity(f"{number[0]}%", Decimal(number[0]), "%")
            yield Outcome(number.start(), number.end(), f"{found['stem']}{level}", None, quantity)


_SHARE_ALONE: Final = Pattern(r"\d+(?:\.\d+)?")
#: "PFS rates at 6, 12 and 18 months were 74%, 51% and 38%": as many times as figures need no "respectively".
_BARE_ROW: Final = Pattern(
    r"(?:(?<=was\s)|(?<=were\s))(?P<row>\d[\d.]*\s?%(?:,\s+\d[\d.]*\s?%)*,?\s+and\s+\d[\d.]*(?P<unit>\s?%))(?P<behind>)(?![^.;]{0,60}\b(?:versus|vs)\b)"
)


def _at_times(text: str, endpoints: Sequence[Endpoint]) -> Iterator[Outcome]:
    """The shares of one outcome at as many times."""
    if text.count("%") < 2 or not _UNIT_OF_TIME.search(text):
        return
    for row in _BARE_ROW.finditer(text):
        numbers = list(_SHARE_IN_ROW.finditer(text, row.start("row"), row.end("row")))
        for number, (name, endpoint) in zip(
            numbers, _timed(text, row, endpoints, len(numbers)), strict=False
        ):
            quantity = Quantity(f"{number['number']}%", Decimal(number["number"]), "%")
            yield Outcome(number.start(), number.end(), name, endpoint, quantity)


#: "71%, 44% and 89% of patients had reached PASI 90, PASI 100 and PASI 75": figures first, as many names behind.
_FIGURES_FIRST: Final = Pattern(
    r"(?P<row>\d[\d.]*\s?%(?:,\s+\d[\d.]*\s?%)*,?\s+and\s+\d[\d.]*\s?%)\s+of\s+[^.;%]{3,60}?\s(?:had\s+)?"
    r"(?:achieved|reached|attained|had|showed)\s+(?:an?\s+|the\s+)?"
)
_SHARE_IN_ROW: Final = Pattern(r"(?P<number>\d[\d.]*\d|\d)\s?%")


def _before_names(text: str, endpoints: Sequence[Endpoint]) -> tuple[Outcome, ...]:
    """Shares whose outcomes follow them in the same order."""
    if text.count("%") < 2 or not endpoints:
        return ()
    out: list[Outcome] = []
    for found in _FIGURES_FIRST.finditer(text):
        numbers = list(_SHARE_IN_ROW.finditer(found["row"]))
        row = [e for e in endpoints if e[0] >= found.end()][: len(numbers)]
        if len(row) < len(numbers) or row[0][0] != found.end():
            continue
        if not all(_joined(text, one, other) for one, other in pairwise(row)):
            continue
        for number, endpoint in zip(numbers, row, strict=True):
            start = found.start("row") + number.start()
            quantity = Quantity(f"{number['number']}%", Decimal(number["number"]), "%")
            end = found.start("row") + number.end()
            out.append(Outcome(start, end, called(text, endpoint), endpoint[2], quantity))
    return tuple(out)


def _joined(text: str, one: Endpoint, other: Endpoint) -> bool:
    """Whether two endpoints stand in one list, what belongs to the first's name apart ("PASI 90")."""
    gap = text[one[1] : other[0]]
    digits = re.match(r"[- ]?\d{2,3}\b", gap)
    return _BETWEEN_NAMES.fullmatch(gap[digits.end() :] if digits else gap) is not None


def _names(
    text: str, end: int, endpoints: Sequence[Endpoint], count: int
) -> tuple[tuple[str, Entity | None], ...]:
    """As many endpoints in a row before the verb: "the ORR and DCR were"."""
    row = [e for e in endpoints if e[1] <= end][-count:]
    if len(row) < count or not _BEHIND_NAMES.fullmatch(text, row[-1][1], end):
        return ()
    if not all(_joined(text, one, other) for one, other in pairwise(row)):
        return ()
    first = called_within(text, row[0])
    time = _TIME_FIRST.match(first)  # "12-month PFS and OS rates" are both of twelve months
    return tuple((f"{time[0]}{called(text, e)}" if time else called(text, e), e[2]) for e in row)


_TIME_FIRST: Final = Pattern(r"\d+-(?:month|year|week)\s")


def _timed(
    text: str, row: re.Match[str], endpoints: Sequence[Endpoint], count: int
) -> tuple[tuple[str, Entity | None], ...]:
    """One outcome at several times: "12- and 24-month OS rates were", "at 12 and 24 months, PFS was"."""
    left = text[: row.start()]
    joined = _TIMES_BEFORE.search(left)
    if joined and len(re.findall(r"\d+", joined["times"])) != count:
        joined = None  # "at 6, 12 and 18 months" from its second on
    apart = joined or _TIMES_APART.search(left) or _TIMES_APART.search(row["behind"])
    times = re.findall(r"\d+", apart["times"]) if apart else []
    if apart is None or len(times) != count:
        return ()
    told = joined or _TIMES_APART.search(left)
    if told:  # the name alone, at its place
        left = left[: told.start()] + " " * (told.end() - told.start()) + left[told.end() :]
    named = phrases.before(left, row.start(), endpoints)
    unit = _UNIT_OF_TIME.search(apart[0])
    if named is None:
        return ()
    lasting = unit is not None and TIME_ENDPOINT.search(named.name)
    return tuple(
        (f"{t}-{unit[0]} {named.name}" if unit and lasting else named.name, named.endpoint) for t in times
    )


def _alike(
    text: str, start: int, endpoints: Sequence[Endpoint], count: int
) -> tuple[tuple[str, Entity | None], ...]:
    """One outcome in several arms: "median DOR of 8.6 months and 10.1 months"."""
    named = phrases.before(text, start, endpoints)
    lasting = named is not None and named.endpoint is not None and TIME_ENDPOINT.search(named.name)
    return ((named.name, named.endpoint),) * count if named and lasting else ()
