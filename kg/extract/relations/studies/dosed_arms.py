"""Arms of results → doses: columns of tables, figures with their doses in parentheses, topical strengths."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final

from kg.extract import values
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context
from kg.extract.relations.studies.table_layout import OTHER_ARM, figures
from kg.model import Entity, Evidence, Quantity

_FORM: Final = (
    r"(?:ointment|cream|gel|(?:ophthalmic|topical|nasal|otic)\s+\w+|solution|foam|lotion|(?:eye\s*)?drops"
    r"|suspension|emulsion|spray|shampoo)s?"
)
#: "0.3% ointment, 1% ointment", "cream 1.5%"
_STRENGTH: Final = Pattern(
    rf"(?<![\w.])(?P<number>\d[\d.]*)\s?%(?=\s+(?:[A-Za-z]+\s+)?{_FORM}\b)|\b{_FORM},?\s+(?P<number2>\d[\d.]*)\s?%(?!\s+(?:of|in)\b)",
    re.IGNORECASE,
)
#: "31.5% (3 mg)", "14.1 minutes with 2 mg": what a figure was seen with.
_OF_FIGURE: Final = Pattern(
    r"\d\s?(?:%|(?!(?:mg|mcg|[µu]g|g)\b)[A-Za-z][\w/²]*(?:\s(?!(?:with|on|at|for|in)\b)[a-z]+)?)?\s+(?:\((?:with\s+|for\s+|on\s+|at\s+)?|(?:with|on|at|for)\s+(?:the\s+)?)$"
)


#: "0.5% or *1.5%* cream", "0.003% *or 0.01%*": strengths that share their form, or the name before them.
_BEFORE_IT: Final = Pattern(r"(?<![\w.])(\d[\d.]*)\s?%(?:\s*,\s*(?:and|or)?|\s+(?:and|or))\s*$")
_BEHIND_IT: Final = Pattern(r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(\d[\d.]*)\s?%")
_JUST_BEHIND: Final = Pattern(
    r"[®™]?\s+(\d[\d.]*)\s?%(?=\s*(?:[,.;)]|(?:or|and|once|twice|every|daily|weekly|eye|ophthalmic|gel|cream|QD|BID)\b))"
)
_ON_SKIN: Final = Pattern(
    rf"\b(?:{_FORM}|drops?|topical(?:ly)?|appl(?:y|ied)|instil\w*|eyes?|ophthalmic|vehicle|skin)\b",
    re.IGNORECASE,
)


def strengths(text: str, drugs: Collection[int] = ()) -> tuple[values.QuantityMatch, ...]:
    """The strengths of what is put on skin or eyes: "0.3% ointment", "one drop of AB-1 0.003% or 0.01%".

    `drugs` are where the names of drugs end in the text.
    """
    if "%" not in text:
        return ()
    places: dict[int, int] = {}
    for found in _STRENGTH.finditer(text):
        name = "number" if found["number"] else "number2"
        places[found.start(name)] = found.end(name)
    if drugs and _ON_SKIN.search(text) is not None:
        for end in drugs:
            if (just := _JUST_BEHIND.match(text, end)) is not None:
                places[just.start(1)] = just.end(1)
    for start, end in tuple(places.items()):
        low, high = start, text.index("%", end) + 1
        while (before := _BEFORE_IT.search(text, max(0, low - 20), low)) is not None:
            low = before.start(1)
            places[low] = before.end(1)
        while (behind := _BEHIND_IT.match(text, high)) is not None:
            high = behind.end()
            places[behind.start(1)] = behind.end(1)
    return tuple(
        values.QuantityMatch(
            start, text.index("%", end) + 1, Quantity(f"{text[start:end]}%", Decimal(text[start:end]), "%")
        )
        for start, end in sorted(places.items())
    )


def is_arm_of_figure(text: str, start: int) -> bool:
    """Whether a dose tells with what the figure before it was seen: "31.5% (3 mg)"."""
    return _OF_FIGURE.search(text, 0, start) is not None


def doses_of_tables(context: Context) -> Iterator[tuple[Entity, Quantity, str | None, Evidence]]:
    """The doses that head the columns or rows of tables of results, with their drug and schedule."""
    shown: set[tuple[str, str]] = set()
    for table in context.tables:
        for figure in figures(context, table):
            if not figure.arm or figure.between or OTHER_ARM.search(figure.arm):
                continue
            found = values.doses(figure.arm)
            row = figure.row
            sentence = context.sentence_at(row.start, row.end)
            if len(found) != 1 or sentence is None or context.names_another(figure.arm):
                continue
            drug = context.named_own(figure.arm) or context.focus.drug(sentence) or context.document.subject
            if drug is None or (drug.label, found[0].quantity.text) in shown:
                continue
            shown.add((drug.label, found[0].quantity.text))
            schedules = values.schedules(figure.arm)
            evidence = context.document.evidence_at(row.start, row.end, "studies.dose.table", sentence)
            yield drug, found[0].quantity, schedules[0].schedule if schedules else None, evidence
