"""Linked sentences → who decided what for which disease and when, where one verb has several of each.

"granted by the FDA in 2019 and by the EMA in 2020", "for ITP in 2021 and for CIDP in 2023": each share goes
together; what a share leaves out it has in common with its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.deciders import Office, deciders
from kg.extract.decisions import OTHER_DATE, disease_lists
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.values import dates
from kg.model import Entity, Kind, Mention


@dataclass(frozen=True, slots=True)
class Share:
    """What goes together.

    Attributes:
        agencies: those that decided.
        diseases: what for.
        dates: when, ISO 8601; more than one only in a list ("in May 2020 and June 2021, respectively").
        drugs: which drug, where there are several: "to ABC-1 for X and to ABC-2 for Y".
    """

    agencies: tuple[Entity, ...] = ()
    diseases: tuple[Mention, ...] = ()
    dates: tuple[str, ...] = ()
    drugs: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    slot: str  # a field of Share
    value: Entity | Mention | str


#: Before a date that is a goal, a term or an expectation.
_GOAL: Final = Pattern(
    r"\b(?:PDUFA|goal|target|action|expect\w*|anticipat\w*|decision\s+(?:date"
    r"|by|due)|expir\w*|opinion|extended)\b[^.;()]{0,40}$"
    r"|\b(?:until|through)\s+(?:the\s+)?$"
    # "was denied, Acme announced on May 3"
    r"|,\s+(?:\S+\s+){1,4}?(?:announced|said|reported|disclosed)\s+(?:\w+\s+)?(?:on\s+)?$",
    re.IGNORECASE,
)
_YEAR: Final = Pattern(r"(?:(?<=\()|(?<=,\s))(?P<year>(?:19|20)\d\d)(?=\))")


def shares(
    document: LinkedDocument,
    sentence: LinkedSentence,
    stretches: Iterable[tuple[int, int]],
    office: Office,
    *,
    drugs: bool = False,
) -> tuple[Share, ...]:
    """What stands in some stretches of a sentence (start, end), put together by the order in which it is said.

    Hits: "from the FDA and the EMA in 2020, and, for sarcoidosis, from the FDA in 2022" (two); "the United States
    (FDA, December 2021), Switzerland (Swissmedic, February 2023)".
    Near misses: "accepted in June 2025; PDUFA date: April 10, 2026" (a goal is no date of what happened).
    """
    items: list[_Item] = []
    for start, end in stretches:
        items += [
            _Item(d.start, "agencies", d.agency) for d in deciders(document, sentence, start, end, office)
        ]
        items += [
            _Item(m.start - sentence.start, "diseases", m)
            for listed in disease_lists(sentence, start, end)
            for m in listed
        ]
        items += [_Item(at, "dates", iso) for at, iso in happened(document, sentence, start, end)]
        if drugs:
            items += _given_to(sentence, start, end)
    return _common(_gathered(sorted(items, key=lambda i: i.start)))


def happened(
    document: LinkedDocument, sentence: LinkedSentence, start: int, end: int
) -> tuple[tuple[int, str], ...]:
    """The dates between two offsets, goals and terms left out: (offset, ISO 8601)."""
    text = sentence.text[:end]
    found = [
        (d.start, d.iso)
        for d in dates(text, on=document.published)
        if d.start >= start and not _GOAL.search(text, max(start, d.start - 60), d.start)
    ]
    known = {at for at, _ in found}
    found += [
        (m.start(), m["year"]) for m in _YEAR.finditer(text, start) if not {m.start(), m.start() - 1} & known
    ]
    return tuple(sorted((at, date) for at, date in found if OTHER_DATE.search(text, 0, at) is None))


def _given_to(sentence: LinkedSentence, start: int, end: int) -> list[_Item]:
    """The drugs of "to ABC-1 …  and to ABC-2 …"; none where there is but one."""
    found = [
        _Item(m.start - sentence.start, "drugs", m.entity)
        for m in sentence.of_kind(Kind.DRUG)
        if start <= m.start - sentence.start < end
        and _TO.search(sentence.text, max(0, m.start - sentence.start - 12), m.start - sentence.start)
    ]
    return found if len({item.value for item in found}) > 1 else []


_TO: Final = Pattern(r"\b(?:to|for)\s+(?:the\s+)?$")


def _gathered(items: Iterable[_Item]) -> list[Share]:
    """Items in order → shares: a kind of thing that comes again after another kind begins a new one."""
    out: list[Share] = []
    last = ""
    for item in items:
        if not out or (getattr(out[-1], item.slot) and last != item.slot):
            out.append(Share())
        held = getattr(out[-1], item.slot)
        if item.value not in held:
            out[-1] = replace(out[-1], **{item.slot: (*held, item.value)})
        last = item.slot
    return out


def _common(found: list[Share]) -> tuple[Share, ...]:
    """Agencies and diseases that a share leaves out are its neighbour's: the one before, else the one after."""
    for slot in ("agencies", "diseases"):
        for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
            for index in order:
                neighbour = found[index - 1 if order.step > 0 else index + 1]
                if not getattr(found[index], slot):
                    found[index] = replace(found[index], **{slot: getattr(neighbour, slot)})
    return tuple(found)
