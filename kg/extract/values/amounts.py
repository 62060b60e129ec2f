"""Amounts of money: from "$1.2 billion" to number and currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.extract.values.numerals import DIGITS, MAGNITUDES, NUMBER, Match, comparator, decimal, plain


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


@cache
def _money_pattern() -> tuple[Pattern, dict[str, str]]:
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
    return Pattern(
        rf"\\?(?P<lead>{lead})\s?(?P<number>{DIGITS})(?P<magnitude>{magnitude})?"
        rf"|(?P<number2>{NUMBER})(?P<magnitude2>{magnitude})?\s(?P<tail>{tail})(?![A-Za-z])"
    ), codes


#: What follows an amount whose magnitude stands behind the next: "$40 to $50 million".
_SHARED_MAGNITUDE: Final = Pattern(
    rf"\s?(?:-|–|to|and|or)\s?\\?(?:[A-Z]{{0,3}}[$€£¥])?(?:{DIGITS})\s?(million|billion|thousand)"
)
_SYMBOL: Final = Pattern(r"[$€£¥]")
_DIGITS: Final = Pattern(DIGITS)


def money(text: str) -> tuple[MoneyMatch, ...]:
    """Every amount of money: "$1.2 billion", "\\$2 million", "2,282 million euros", "HK$", "¥"."""
    pattern, codes = _money_pattern()
    found_all = list(pattern.finditer(text))
    out = []
    for index, found in enumerate(found_all):
        number = found["number"] or found["number2"]
        magnitude = _magnitude(found)
        currency = _currency(found["lead"] or found["tail"], codes)
        shared = _SHARED_MAGNITUDE.match(text, found.end())
        if not magnitude and shared and decimal(number) < 1000:
            magnitude = shared[1]  # "$40 to $50 million"
        sign, approximate = comparator(text, found.start())
        amount = plain(decimal(number).scaleb(MAGNITUDES.get(magnitude, 0)))
        out.append(MoneyMatch(found.start(), found.end(), amount, currency, sign, approximate))
        if shared and not _SYMBOL.search(shared[0]):
            following = found_all[index + 1].start() if index + 1 < len(found_all) else len(text)
            end = shared.end()
            if following >= end:
                second = _DIGITS.search(shared[0])
                assert second is not None
                amount = plain(decimal(second[0]).scaleb(MAGNITUDES[shared[1]]))
                out.append(
                    MoneyMatch(shared.start() + second.start(), end, amount, currency, sign, approximate)
                )
    return tuple(out)


def _magnitude(found: re.Match[str]) -> str:
    return (found["magnitude"] or found["magnitude2"] or "").strip(" -").casefold()


def _currency(printed: str, codes: dict[str, str]) -> str:
    if printed in codes:
        return codes[printed]
    pattern = next(form for form in codes if re.fullmatch(form, printed))
    return codes[pattern]
