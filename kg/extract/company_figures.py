"""What an organisation says of itself in numbers: revenue, employees, countries.

Between linking and relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.extract.values import comparator, money, numbers
from kg.model import Fact, Kind, Value

_YEAR: Final = Pattern(
    r"\b(?:in|for|of|during)\s+(?:fiscal\s+(?:year\s+)?|FY\s*)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_EMPLOYEES: Final = Pattern(
    (
        r"(?:employ(?:s|ing)?|counts|has|have|with|team of|workforce of)\s+(?P<words>[^.;]{0,40}?)\s*"
        r"(?:employees|people|staff|colleagues|associates)\b(?!\s+living)|(?P<words2>"
        r"(?:\w+\s+){0,2}[\d,]+)\s+employees\b"
    ),
    re.IGNORECASE,
)
_REVENUE: Final = Pattern(
    r"\b(?:in\s+)?(?:annual\s+|total\s+|net\s+|consolidated\s+)*(?:revenues?|sales|turnover)\b", re.IGNORECASE
)
_EARNED: Final = Pattern(
    (
        r"\b(?:generat\w+|report\w+|had|has|achiev\w+|record\w+|post\w+|total\w+|reach\w+|earn\w+|"
        r"with|of|were|was|realiz\w+)\b"
    ),
    re.IGNORECASE,
)
_SPEND: Final = Pattern(r"\b(?:R&D|research and development)\b", re.IGNORECASE)
_SPENT: Final = Pattern(r"\b(?:dedicat\w+|invest\w*|spen[dt]\w*|devot\w+|allocat\w+)\b", re.IGNORECASE)
_COUNTRIES: Final = Pattern(
    (
        r"\b(?P<what>subsidiaries|offices|distribut\w+|presence|operat\w+|affiliates|present|active|"
        r"available|marketed)\b(?P<gap>[^.;]{0,50}?)\bin\s+(?P<words>(?:over|more than|approximately|"
        r"about|some|nearly)?\s*[\d,]+)\s+countries\b"
    ),
    re.IGNORECASE,
)


def figures(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "generated 2,282 million euros in revenues"; "counts more than 13,000 employees";
    "offices in 47 countries".

    Near misses: "60 percent of patients"; "expected sales of the market".
    """
    if sentence.section.kind is not SectionKind.ABOUT:
        return
    organizations = sentence.of_kind(Kind.ORGANIZATION)
    topic = document.topics.get(sentence.section)
    if topic is None or topic.kind is not Kind.ORGANIZATION:
        return
    subject = organizations[0].entity if organizations else topic
    text = sentence.text
    year_match = _YEAR.search(text)
    year = int(year_match[1]) if year_match else None

    def figure(kind: str, value: str, unit: str, sign: str, approximate: bool) -> Fact:
        words = " ".join(filter(None, [kind, value, unit]))
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "kind": kind, "value": value, "unit": unit or None, "comparator": sign or None,
            "approx": True if approximate else None, "year": year,
        }  # fmt: skip
        return statement(
            document, sentence, "organizations.figure", "org_fact", subject, words, qualifiers, confidence=0.9
        )

    for amount in money(text):
        around = text[max(0, amount.start - 60) : amount.end + 45]
        if _SPEND.search(around) and _SPENT.search(around):
            yield figure("R&D spend", str(amount.amount), amount.currency, amount.sign, amount.approximate)
        elif _REVENUE.search(around) and _EARNED.search(text):
            yield figure("revenue", str(amount.amount), amount.currency, amount.sign, amount.approximate)
    if _REVENUE.search(text):
        tail = text
        for match in re.finditer(
            (
                r"(?:^|,|\band\b)\s*(?:of which\s+)?(?P<share>[\d.,]+)\s*(?:%|percent|per cent)\s+(?:"
                r"(?:came|comes|derived|is|was)\s+)?from\s+(?:its\s+|the\s+)?(?P<what>[\w-]+(?: "
                r"[\w-]+){0,3}?)\s+(?:business(?:es)?|division|sales|unit|segment|operations)\b"
            ),
            tail,
        ):
            yield figure(f"{match['what']} revenue share", match["share"], "%", "", False)
    for match in _EMPLOYEES.finditer(text):
        words = match["words"] or match["words2"] or ""
        for number in numbers(words):
            if number.value >= 2 and number.value == number.value.to_integral_value():
                sign, approximate = comparator(text, match.start() + match[0].find(number.printed))
                yield figure(
                    "employees",
                    str(int(number.value)),
                    "",
                    number.sign or sign,
                    number.approximate or approximate,
                )
                break
    for match in _COUNTRIES.finditer(text):
        what = match["what"].lower()
        kind = (
            "subsidiaries"
            if what in ("subsidiaries", "offices", "affiliates")
            else "distribution"
            if what.startswith("distribut")
            else "presence"
        )
        for number in numbers(match["words"]):
            sign, approximate = comparator(text, match.start("words") + match["words"].find(number.printed))
            kind_text = f"countries with {kind}"
            yield figure(
                kind_text,
                str(int(number.value)),
                "countries",
                number.sign or sign,
                number.approximate or approximate,
            )
