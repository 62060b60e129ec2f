"""Datelines and seats → the places of organisations: headquarters.

Between linking and relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.datelines import FULL_DATE, without_kind
from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.lexicon import table
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind

_PLACE_WORD: Final = r"[A-ZÀ-Þ][\w.'’-]*"
_PLACE: Final = (
    rf"{_PLACE_WORD}(?:[ ](?:(?:de|of|am|upon|la|the|do|da)[ ])?{_PLACE_WORD}){{0,3}}(?:,[ "
    rf"]{_PLACE_WORD}(?:[ ](?:of[ ])?{_PLACE_WORD}){{0,2}}){{0,2}}"
)
_SEATED: Final = (
    pattern(
        rf"({{organization}})(?:,| \([^()]*\))*,? (?:which |that )?(?:(?:is|are|was|has|have|been|"
        r"always|globally|currently|now) )*"
        rf"(?:a |an |the )?(?:[\w,-]+ ){{0,12}}?(?:headquartered|based|located|with (?:its )?"
        rf"(?:global )?headquarters) in (?P<place>(?-i:(?:the )?{_PLACE}))"
    ),
    pattern(
        rf"({{organization}})'?s? (?:global |corporate |u\.s\. )*headquarters (?:is|are) "
        rf"(?:located )?in (?P<place>(?-i:{_PLACE}))"
    ),
)


@cache
def _states() -> dict[str, dict[str, str]]:
    return {form.casefold(): row for row in table("states") for form in row.values()}


def place(printed: str) -> Entity:
    """A place as a dateline prints it: "MADISON, Wis." is Madison, Wisconsin.

    The label keeps the words with capitals put right; other ways to write the state are alternative names.
    """
    parts = [" ".join(p.split()) for p in printed.strip(" ,.;-").split(",")]
    parts = [
        _title(p) if p.isupper() and p.count(".") < 2 and (index == 0 or len(p) > 3) else p
        for index, p in enumerate(filter(None, parts))
    ]
    if printed.rstrip().endswith(".") and f"{parts[-1]}.".casefold() in _states():
        parts[-1] += "."
    alt = {parts[0]} if len(parts) > 1 else set[str]()
    state = _states().get(parts[1].casefold()) if len(parts) > 1 else None
    if state is not None:
        for form in state.values():
            alt.add(", ".join([parts[0], form]))
    label = ", ".join(parts)
    return Entity(Kind.PLACE, label, alt=tuple(sorted(alt - {label})))


def _title(name: str) -> str:
    small = {"of", "de", "la", "am", "upon", "the", "do", "da"}
    words = [w if w in small else w.capitalize() for w in name.lower().split(" ")]
    return re.sub(r"([-'.])([a-z])", lambda m: m[1] + m[2].upper(), " ".join(words))


def dateline_places(dateline: str) -> list[str]:
    """The places of a dateline.

    Hits: "MADISON, Wis. and CASTRES, France, Oct. 10, 2017 (GLOBE NEWSWIRE) --" has two;
    "MAINZ, Germany, and NEW YORK, NY, USA, 3 May 2021 -" too.  Near miss: "June 6, 2018 --" has none.
    """
    words = re.sub(FULL_DATE + r".*$", "", without_kind(dateline).lstrip(" (["), flags=re.IGNORECASE)
    words = re.split(r"\s*(?:--|—|–|\(|/\s*\w+\s*(?:newswire|wire)| - )", words, flags=re.IGNORECASE)[0]
    pieces = re.split(r",?\s+(?:and|AND|&)\s+|\s*[;&]\s*|\s+/\s+", words)
    out = [p.strip(" ,-") for p in pieces]
    return [
        p
        for p in out
        if re.match(r"[^\W\d_]", p)
        and not re.fullmatch(r"(?:for immediate release|.*\d.*)", p, re.IGNORECASE)
    ]


def headquarters(document: LinkedDocument) -> Iterator[Fact]:
    """From the dateline: as many places as announcers, one each; else all are the issuer's."""
    found: list[tuple[Entity, Entity, LinkedSentence, str]] = []
    for sentence in document.of_section(SectionKind.DATELINE):
        places = dateline_places(sentence.text)
        owners = _announcers(document)
        for number, printed in enumerate(places):
            if owners:
                owner = owners[number] if len(owners) == len(places) else owners[0]
                found.append((owner, place(printed), sentence, "dateline"))
    for sentence in document.of_section(SectionKind.BODY, SectionKind.ABOUT):
        for form in _SEATED:
            for match in form.finditer(sentence.frame):
                name = sentence.text[match.start("place") : match.end("place")].removeprefix("the ")
                owner = sentence.mention(match, 1).entity
                found.append((owner, place(name), sentence, "stated"))
    for owner, where, sentence, rule in found:
        # "Boston" and "Boston, Massachusetts" are one place; the fuller name wins, the dateline's before others.
        same = [
            p for o, p, _, _ in found if o == owner and p.label.split(",")[0] == where.label.split(",")[0]
        ]
        label = next((p.label for p in same if "," in p.label), where.label)
        alt = {n for p in same for n in p.names} - {label}
        merged = Entity(Kind.PLACE, label, alt=tuple(sorted(alt)))
        yield statement(
            document,
            sentence,
            f"organizations.headquarters.{rule}",
            "headquarters",
            owner,
            merged,
            confidence=0.9,
        )


def _announcers(document: LinkedDocument) -> list[Entity]:
    """Who announces, in the order of the first sentence: the issuer, and others up to the verb."""
    if document.issuer is None:
        return []
    out = [document.issuer]
    first = next(iter(document.of_section(SectionKind.BODY)), None)
    if first is not None:
        verb = re.search(r"\b(?:announce[sd]?|report(?:ed|s)?|today)\b", first.text)
        for mention in first.of_kind(Kind.ORGANIZATION):
            if verb is not None and mention.end <= first.start + verb.start() and mention.entity not in out:
                out.append(mention.entity)
    return out
