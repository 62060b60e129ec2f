"""Doses: numbers with a unit of mass, activity, radiation, volume, vectors or cells."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.extract.values.numerals import (
    MAGNITUDES,
    NUMBER,
    POWER,
    SUPERSCRIPT,
    QuantityMatch,
    comparator,
    decimal,
    plain,
)
from kg.model import Quantity

_CELLS = (
    r"(?:(?:(?:CAR|TCR)[-+\s]?(?:positive)?\s?[-+]?\s?)?(?:viable\s+|edited\s+|modified\s+|engineered\s+"
    r"|total\s+|live\s+)?"
    r"(?:CAR\+?[-\s]?)?(?:CD\d+\+\s?)?(?:T|NK|TIL|iPSC|stem|Treg)?[-\s]?cells?)"
)


#: A power of ten alone: "10^8 pfu"
_BARE = r"(?<![\w.,^×x*])(?<![×x*]\s)10\s?(?:\^\s?\d{1,2}(?!\d)|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"


@cache
def _dose_pattern() -> Pattern:
    units = "|".join(f"(?:{row['form']})" for row in table("units"))
    per = "|".join(f"(?:{row['form']})" for row in table("denominators"))
    return Pattern(
        rf"(?P<number>{_BARE}|{NUMBER})(?:\s(?P<magnitude>million|billion|trillion))?(?:\s|-|–)?\s?"
        rf"(?:(?P<unit>{units})(?P<per>(?:\s?(?:/|per)\s?(?:{per})){{0,2}})|(?P<cells>{_CELLS})"
        rf"(?P<cells_per>(?:\s?(?:/|per)\s?(?:{per}))?))(?![\w²])"
    )


@cache
def _unit_forms() -> tuple[tuple[Pattern, str, str], ...]:
    return tuple(
        (Pattern(row["form"]), row["text"], row["ucum"])
        for name in ("units", "denominators")
        for row in table(name)
    )


def _unit(printed: str) -> tuple[str, str]:
    for pattern, text, ucum in _unit_forms():
        if pattern.fullmatch(printed):
            return text, ucum
    raise ValueError(f"{printed!r} is not a unit")


_IN_WORDS = Pattern(r"\s?per\s(?:day|d)$")
_LINK = Pattern(
    rf"(?P<number>{_BARE}|{NUMBER})(?P<magnitude>\s(?:million|billion))?(?P<join>\s*(?:-|–|—|to|and|or|,|,\s*and"
    rf"|,\s*or|/|through|versus|vs\.?)\s*)$",
    re.I,
)
_NAMED_NUMBER = Pattern(
    r"(?:phase|cohorts?|days?|weeks?|months?|cycles?|figure|table|part|arm|group|type|stage|grade|level"
    r"|age[sd]?|in|by|since|(?-i:[A-Z]{2,})[\s-]?|\d\s?:)\s*$",
    re.I,
)


_POWER = Pattern(rf"(?:{POWER}|{_BARE})$")


def doses(text: str) -> tuple[QuantityMatch, ...]:
    """Every number with a unit of mass, activity, radiation, volume, vectors or cells.

    A unit is shared by the numbers joined to it: "10, 20 and 40 mg", "12.5 to 31.25 mCi/m2".  A
    concentration ("mg/mL") is given as such; it is for the caller to leave it out.
    """
    out: list[QuantityMatch] = []
    for found in _dose_pattern().finditer(text):
        if found["unit"]:
            name, ucum = _unit(found["unit"])
            per = found["per"] or ""
            stop = found.end()
            if daily := _IN_WORDS.search(per):  # "10 mg per day": what is told in words is the schedule
                per, stop = per[: daily.start()], found.start("per") + daily.start()
            for part in re.findall(r"(?:/|per)\s?((?:(?!\s?/|\s?per\s).)+)", per):
                per_name, per_ucum = _unit(part.strip())
                name, ucum = f"{name}/{per_name}", f"{ucum}/{per_ucum}"
        else:
            if not (found["magnitude"] or _POWER.search(found["number"])):
                continue  # "20 cells" is a count, not a dose
            stop = found.end()
            name, ucum = re.sub(r"\bcell$", "cells", " ".join(found["cells"].split())), "{cells}"
            if found["cells_per"]:
                per_name, per_ucum = _unit(re.split(r"/|per", found["cells_per"])[-1].strip())
                name, ucum = f"{name}/{per_name}", f"{ucum}/{per_ucum}"
        chain = [(found.start(), stop, found["number"], found["magnitude"])]
        left = text[: found.start()]
        while link := _LINK.search(left[-60:]):
            at = max(0, len(left) - 60) + link.start()
            if _NAMED_NUMBER.search(text[max(0, at - 14) : at]):
                break
            chain.insert(0, (at, at + len(link["number"]), link["number"], (link["magnitude"] or "").strip()))
            left = text[:at]
        last = _POWER.search(found["number"])
        shared = last[0] if last else ""  # "4.1 to 11.6 x 10^6 cells/kg"
        for start, end, number, magnitude in chain:
            power = magnitude or found["magnitude"] or ""
            whole = number if power or _POWER.search(number) else number + shared
            out.append(_dose(text, start, end, number=whole, magnitude=power, unit=(name, ucum)))
    return tuple(out)


def _dose(
    text: str, start: int, end: int, *, number: str, magnitude: str, unit: tuple[str, str]
) -> QuantityMatch:
    name, ucum = unit
    printed = re.sub(r"\s?[×*]\s?", "x", number) if "×" in number or "*" in number else number
    printed = re.sub(r"\s?x\s?", "x", printed)
    if superscript := re.search(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", printed):
        printed = printed[: superscript.start(1)] + "^" + superscript[1].translate(SUPERSCRIPT)
    bare = (
        re.fullmatch(r"10\s?\^?\s?([\d⁰¹²³⁴⁵⁶⁷⁸⁹]+)", number)
        if re.match(r"10\s?[\^⁰¹²³⁴⁵⁶⁷⁸⁹]", number)
        else None
    )
    value = plain(
        decimal(f"1x10^{bare[1].translate(SUPERSCRIPT)}" if bare else number).scaleb(
            MAGNITUDES.get(magnitude, 0)
        )
    )
    shown = f"{printed} {magnitude}".strip()
    sign, approximate = comparator(text, start)
    return QuantityMatch(start, end, Quantity(f"{shown} {name}", value, ucum), sign, approximate)
