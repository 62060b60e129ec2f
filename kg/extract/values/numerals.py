"""Numbers in digits and words, and what is said of them: more than, about, how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
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


DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
POWER = r"(?:\s?[x×*]\s?10\s?(?:\^\s?\{?\d{1,2}\}?|\*\*\s?\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|e\d{1,2}|\d{1,2})|[eE]\+?\d{1,2})"
#: The first character is looked at before what surrounds a number: at most places of a text it is another.
NUMBER = rf"(?=[\d.])(?:(?<![\w.,])|(?<=[~∼≈<>≤≥=$€£¥(\[/–-]))(?<![A-Za-z][-–])(?<!\d[.,]){DIGITS}{POWER}?"
MAGNITUDES: Final = {
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
_FIRST_LETTERS: Final = "".join(sorted({word[0] for word in _WORD_VALUES}))
WORD = (
    rf"\b(?=[{_FIRST_LETTERS}])(?:"
    + "|".join(sorted(map(re.escape, _WORD_VALUES), key=len, reverse=True))
    + r")\b"
)
#: One number in words, as a pattern.
NUMBER_WORD: Final = WORD
SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
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
        mantissa, power = found[1], int(found[2].translate(SUPERSCRIPT))
    elif found := re.fullmatch(r"([\d.]+)e\+?(\d+)", text):
        mantissa, power = found[1], int(found[2])
    if not re.fullmatch(r"\d*\.?\d+|\d+\.", mantissa):
        raise ValueError(f"{printed!r} is not a number")
    return Decimal(mantissa).scaleb(power)


@cache
def _comparators() -> tuple[Pattern, Pattern, dict[str, str]]:
    rows = table("comparators")
    forms: dict[str, list[str]] = {"before": [], "after": []}
    for row in rows:
        form = row["form"]
        forms[row["where"]].append((rf"\b{form}" if form[0].isalpha() else form).replace(" ", r"\s+"))
    before = Pattern(
        r"(" + "|".join(sorted(forms["before"], key=len, reverse=True)) + r")\s*(?:a|an|the|only)?\s*[(\[]?$",
        re.I,
    )
    after = Pattern(r"\s*(" + "|".join(forms["after"]) + r")\b", re.I)
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


_NUMBERS = Pattern(
    rf"(?P<digits>{NUMBER})(?:\s?(?P<magnitude>thousand|million|billion|trillion)\b)?"
    rf"|(?P<word>{WORD})(?:\s(?P<word_magnitude>hundred|thousand|million|billion)\b)?",
    re.I,
)


def numbers(text: str) -> Iterator[NumberMatch]:
    """Every number, in digits or words; numbers inside names ("CLR 131") are numbers too."""
    for found in _NUMBERS.finditer(text):
        printed = found["digits"] or found["word"]
        magnitude = (found["magnitude"] or found["word_magnitude"] or "").casefold()
        value = decimal(printed).scaleb(2 if magnitude == "hundred" else MAGNITUDES.get(magnitude, 0))
        sign, approximate = comparator(text, found.start(), found.end())
        yield NumberMatch(
            found.start(), found.end(), plain(value), f"{printed} {magnitude}".strip(), sign, approximate
        )


_SAMPLE = Pattern(
    r"\b[nN]\s?=\s?(?P<count>\d[\d,]*)(?:\s?/\s?(?P<whole>\d[\d,]*))?|\(\s*(?P<part>\d{1,4})\s?/\s?"
    r"(?P<of>\d{1,5})\s*(?=[,;)])"
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
    pattern = Pattern(
        rf"\b(?P<top>one|two|three|four|a)[-\s](?P<name>{names})\b(?!\s*(?:of\s+)?(?:of\s+)?\d{{4}})"
        rf"|\b(?P<half>half)\s+of\b(?!\s*\d{{4}})"
        rf"|\b(?P<one>one|1|two|2|three|3)\s+(?:in|out\s+of)\s+(?P<of>every\s+)?(?P<many>{WORD}|\d[\d,]*)\b"
        rf"(?!\s*(?:%|percent))",
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
        quantity = Quantity(f"{top}/{plain(bottom)}", round(top / bottom, 6), "")
        yield QuantityMatch(found.start(), found.end(), quantity, sign, approximate)


def plain(value: Decimal) -> Decimal:
    """Without an exponent, as a person writes it: 1E+6 → 1000000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
