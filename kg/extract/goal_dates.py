"""Linked sentences → when an agency means to decide: agency → "PDUFA date", with the date and the drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.decisions import drug_meant, given_too
from kg.extract.frames import frame, pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.extract.values import DateMatch, dates
from kg.model import Entity, Fact, Kind, Modality

_ACT: Final = (
    r"(?:PDUFA|Prescription Drug User Fee Act|BsUFA|user fee)\)?(?: ?\(\"?(?:PDUFA|BsUFA)\"?\))?(?: act)?"
)
#: The date by its name, and what says of the FDA by when it will decide.
_NAMED: Final = rf"\b{_ACT}\)? (?:(?:target|action|goal|review|decision|due) ){{0,3}}(?:date|deadline)s?\b"
_UNNAMED: Final = (
    r"\b(?:target )?(?:action|goal|decision|review goal|target action) (?:goal )?(?:date|deadline)\b"
)
_DECIDES: Final = (
    r"(?:{agency}|\bthe agency)(?:'s)? (?:(?:approval )?(?:decision|action|ruling|verdict)\b[^.;]{0,80}?"
    r"|(?:is|has|plans|intends|aims|expects|said it)(?: \w+){0,3}? to (?:rule|decide|act|complete (?:its|the) review"
    r"|(?:make|reach|render|issue|announce|give|take) (?:a |an |its |the |final ){0,2}(?:decision|action|ruling)"
    r"|respond"
    r"|finish (?:its|the) review)\b[^.;]{0,80}?|(?:will|should) (?:rule|decide|act)\b[^.;]{0,80}?)"
)


@cache
def _forms() -> tuple[Pattern, Pattern, Pattern]:
    return pattern(_NAMED), pattern(_UNNAMED), pattern(_DECIDES)


_MAY_TELL: Final = Pattern(
    r"PDUFA|user fee|BsUFA|(?:action|goal|decision) (?:goal )?date|deadline|\b(?:decision|action|ruling|verdict)\b"
    r"|\b(?:rule|decide|act|review|respond)\b",
    re.IGNORECASE,
)
#: From the words to the date: "date of", "date, for the NDA, is", "decision on ABC-1 in asthma –"
_TO_DATE: Final = pattern(
    r"(?:(?!\bfrom\b)[^.;•]){0,130}?(?:\b(?:of|is|was|on|by|for|as|to|at|before|around|in|be|set|:)"
    r"|[-–—:,(])? ?(?:the )?$"
)
#: "the goal date … from *March 22* to June 22": what it was, and what it is
_FROM_TO: Final = Pattern(r"\bfrom\b[^.;]{0,40}$", re.IGNORECASE)
_INSTEAD: Final = Pattern(
    r"\s*(?:,\s+)?(?:to|until)\s+(?:the\s+)?(?:new\s+(?:date|goal\s+date)\s+of\s+)?", re.IGNORECASE
)
#: Before the words: "with 14 July 2021 *as* action date", "by June 28, 2021, *the* PDUFA date"
_BACK: Final = Pattern(
    r"[,)]?\s*(?:(?:as|is|was|remains|for)\s+)?(?:[-–—]\s*)?(?:(?:an?|the|its|our|new|target)\s+){0,3}$",
    re.IGNORECASE,
)
#: "expects *to be assigned* a PDUFA date in early 2027"
_TO_BE_SET: Final = Pattern(
    r"\b(?:to|would|could|might|may)\s+(?:then\s+)?(?:be\s+(?:assigned|given)|receive|get|assign|set)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_WHOLE: Final = len("2020-01-01")
#: Who speaks of an application to the FDA
_AMERICAN: Final = Pattern(r"\b(?:FDA|USFDA|Food and Drug Administration|PDUFA|s?NDA|s?BLA|User Fee)\b")
_OTHER_AGENCY: Final = frozenset(
    f"agency:{a}" for a in ("ema", "ec", "chmp", "comp", "mhra", "pmda", "mhlw", "nmpa", "tga")
)


def goal_dates(document: LinkedDocument) -> Iterator[tuple[Fact, bool]]:
    """When the FDA is to decide, for each date that is told; the flag as for other actions (never the release's date).

    Hits: "a PDUFA target action date of August 14, 2021"; "with 14 July 2021 as action date"; "moved the goal date from
    March 22 to June 22"; "FDA decision on ABC-1 in asthma – June 19, 2021".
    Near misses: "the decision date of the board"; "an EMA decision is expected in 2022"; "the FDA decided to extend".
    """
    fda = "agency:fda"
    if fda not in document.concepts:
        return
    told: set[tuple[Entity | None, str]] = set()
    for sentence in document.statements():
        if not _MAY_TELL.search(sentence.text):
            continue
        for date, start, was in _of_sentence(document, sentence):
            drug = _drug(document, sentence, start)
            if (drug, date) in told:
                continue
            told.add((drug, date))
            yield statement(
                document, sentence, "regulation.action.in-effect", "regulatory_action",
                document.concept(fda), document.concept("regulatory-action:pdufa-date"),
                {"drug": drug, "date": date},
                modality=Modality.HISTORICAL if was else Modality.ASSERTED,
                confidence=0.9,
            ), False  # fmt: skip


def _of_sentence(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[tuple[str, int, bool]]:
    """(date, offset of the words, whether it holds no more) of each goal that a sentence names."""
    published = document.published
    given = dates(sentence.text, on=published)
    if not given:
        return
    text = frame(sentence.text, sentence.start, sentence.of_kind(Kind.DRUG, Kind.DISEASE, Kind.AGENCY))
    named, unnamed, decides = _forms()
    agencies = {m.entity.concept for m in sentence.of_kind(Kind.AGENCY)}
    found = [(m, True) for m in named.finditer(text)]
    if not agencies & _OTHER_AGENCY or "agency:fda" in agencies:
        if _AMERICAN.search(document.text):
            found += [(m, True) for m in unnamed.finditer(text)]
        found += [(m, False) for m in decides.finditer(text) if _fda_decides(document, sentence, m.start())]
    taken: set[str] = set()
    for match, by_name in sorted(found, key=lambda f: f[0].start()):
        if _TO_BE_SET.search(text, 0, match.start()):
            continue
        for date, was in _dates(text, given, match, by_name=by_name):
            if date.iso in taken or (
                not by_name and (len(date.iso) < _WHOLE or (published or "") >= date.iso)
            ):
                continue
            taken.add(date.iso)
            yield date.iso, match.start(), was


def _fda_decides(document: LinkedDocument, sentence: LinkedSentence, at: int) -> bool:
    """Whether it is the FDA that stands at an offset, or "the agency" where the release names no other."""
    named = [m.entity.concept for m in sentence.of_kind(Kind.AGENCY) if m.start - sentence.start == at]
    known = {m.entity.concept for m in (sentence.of_kind(Kind.AGENCY) or document.mentions(Kind.AGENCY))}
    return named == ["agency:fda"] if named else known == {"agency:fda"}


def _dates(
    text: str, given: tuple[DateMatch, ...], match: re.Match[str], *, by_name: bool
) -> list[tuple[DateMatch, bool]]:
    """The date that belongs to the words, and before it the one that it takes the place of."""
    behind = [d for d in given if d.start >= match.end()]
    if behind:
        first = behind[0]
        between = text[match.end() : first.start]
        if (
            len(behind) > 1
            and _FROM_TO.search(between)
            and _INSTEAD.fullmatch(text, first.end, behind[1].start)
        ):
            return [(behind[1], False), (first, True)]
        if _TO_DATE.fullmatch(between) and len(between) < 150:
            return [(first, False)]
    before = [d for d in given if d.end <= match.start()]
    if by_name and before and _BACK.fullmatch(text, before[-1].end, match.start()):
        return [(before[-1], False)]
    return []


def _drug(document: LinkedDocument, sentence: LinkedSentence, at: int) -> Entity | None:
    """The drug that the sentence names, the one behind the words first; else what was spoken of before."""
    drugs = [m for m in sentence.of_kind(Kind.DRUG) if not given_too(sentence, m)]
    behind = [m for m in drugs if m.start - sentence.start >= at]
    if drugs:
        return (behind or drugs[-1:])[0].entity
    return drug_meant(document, sentence, at)
