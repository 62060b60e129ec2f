"""Linked sentences → the agencies that a stretch names, or the places whose agencies it means.

Between linking and the rules on decisions: "by the FDA and the EMA", "in the EU, the UK and Canada".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.word_forms import WordForms
from kg.model import Entity, Kind, Mention


class Office(StrEnum):
    """What is asked of an agency; in the European Union it decides which one is meant."""

    AUTHORISES = "authorises"
    REVIEWS = "reviews"
    DESIGNATES = "designates"


@dataclass(frozen=True, slots=True)
class Decider:
    """An agency that a sentence names, by its name or by that of its country.

    Attributes:
        start, end: offsets in the sentence.
        agency: the agency.
        named: whether by its own name.
    """

    start: int
    end: int
    agency: Entity
    named: bool


@dataclass(frozen=True, slots=True)
class _Place:
    form: Pattern
    agency_by_office: dict[Office, str]
    bodies: frozenset[str]


@cache
def _places() -> tuple[_Place, ...]:
    return tuple(
        _Place(
            Pattern(rf"(?<![\w-])(?:{row['form']})(?!\w)"),
            {office: f"agency:{row[office]}" for office in Office},
            frozenset(f"agency:{name}" for name in row["bodies"].split()),
        )
        for row in table("jurisdictions")
    )


@cache
def _any_place() -> WordForms:
    return WordForms([row["form"] for row in table("jurisdictions")], before=r"(?<![\w-])", after=r"(?!\w)")


#: Committees that advise: what they grant is their agency's, what they recommend is not yet decided.
ADVISERS: Final = frozenset({"agency:chmp", "agency:comp"})
#: "in the US, *not in the EU*"
_NOT_THIS: Final = r"(?:\b(?:but|and|yet)|,)\s+not\s+(?:yet\s+)?(?:(?:in|by|from|to)\s+)?(?:the\s+)?$|"
#: Before an agency that is only heard, or that the place of a trial or a right belongs to.
_ONLY_HEARD: Final = Pattern(
    _NOT_THIS + r"\b(?:opinion|recommendation|advice|meetings?|discussions?|consultation"
    r"|feedback|guidance|agreement|interactions?"
    r"|dialogue|aligned|alignment|(?<!objection\s)(?<!proceed\s)(?<!proceed\W\s)letter|minutes|response|questions?"
    r"|request)s?\s+(?:of|by|from|with)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: Between two names of one decider: "the CDE of the NMPA", "Swissmedic, the Swiss Agency for …".
_OF_ONE: Final = Pattern(
    r"[)\"”]*\s*(?:\(\s*|,\s*(?:the\s+|or\s+)?|['’]s?\s+|of\s+)(?:(?:of\s+)?(?:the\s+|an?\s+)?[\"“]?)"
    r"(?:(?:[A-Z]\w+['’]s|division|part|cent(?:er|re))\s+(?:of\s+(?:the\s+)?)?)?"
)
#: A place that says where patients, trials, rights or sales are, not whose decision it is.
_OTHER_PLACE: Final = Pattern(
    _NOT_THIS + r"\b(?:stud(?:y|ies)|trials?|sites?|hospitals?|cent(?:er|re)s|rights?"
    r"|people|live|lives|living|affects?|diagnosed|sales|launch\w*"
    r"|commerciali[sz]\w+|outside|ex-|based|headquartered)\b[^.;]{0,50}$"
    r"|\b(?:partners?|licensees?|subsidiary)\b(?![^.;]*\b(?:approv|receiv|obtain|won\b|submi|fil(?:ed|ing)|authori))[^.;]{0,50}$"
    r"|\b(?:patients|adults|men|women|children)\s+(?:living\s+)?(?:in|across|throughout|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FOLLOWED: Final = Pattern(
    r"(?:\s+(?:patients?|rights|partners?|licensees?|sites|subsidiary"
    r"|sales|launch|stud(?:y|ies)|trials?|markets?\b(?!\s+(?:approv|authori))|territor))",
    re.IGNORECASE,
)


def deciders(
    document: LinkedDocument, sentence: LinkedSentence, start: int, end: int, office: Office
) -> tuple[Decider, ...]:
    """Who decides, by what stands between two offsets of a sentence; each once where two names mean one.

    A place counts only where no agency of it is named in that stretch.
    """
    named = list(_named(document, sentence, start, end, office))
    concepts = {d.agency.concept for d in named}
    text = _without_mentions(sentence)
    shouted = text.isupper()  # a headline in capitals: "AUSTRALIAN APPROVAL"
    found = [*_any_place().find(text, start, end)]
    for hit in found or ([*_any_place().find(text.title(), start, end)] if shouted else []):
        place = _places()[hit.form]
        curie = place.agency_by_office[office]
        if (
            curie in document.concepts
            and place.bodies.isdisjoint(concepts)
            and not _OTHER_PLACE.search(text, max(0, hit.start - 70), hit.start)
            and not _FOLLOWED.match(text, hit.end)
        ):
            named.append(Decider(hit.start, hit.end, document.concept(curie), named=False))
            concepts.add(curie)  # "the European Union, Iceland and Norway" is one
    return tuple(sorted(named, key=lambda d: d.start))


def last_listed(found: Sequence[Decider], text: str) -> list[Decider]:
    """The last of some deciders of a text, with those of the list that it ends: "in the U.S., the EU and Japan"."""
    out = list(found[-1:])
    for decider in reversed(found[:-1]):
        if not _GLUE.fullmatch(text, decider.end, out[0].start):
            break
        out.insert(0, decider)
    return out


_GLUE: Final = Pattern(
    r"\s*(?:\([^()]*\))?[,)]*\s*(?:and|&|as well as)?\s*(?:(?:by|in)\s+)?(?:the\s+)?(?:U\.?S\.?\s+)?"
)


def _without_mentions(sentence: LinkedSentence) -> str:
    """The sentence with agencies, organisations, drugs and trials blanked: no place is read out of their names."""
    out = list(sentence.text)
    for m in sentence.of_kind(Kind.AGENCY, Kind.ORGANIZATION, Kind.DRUG):
        out[m.start - sentence.start : m.end - sentence.start] = "\ue0ff" * (m.end - m.start)
    return "".join(out)


def _named(
    document: LinkedDocument, sentence: LinkedSentence, start: int, end: int, office: Office
) -> Iterator[Decider]:
    last: Mention | None = None
    for mention in sentence.of_kind(Kind.AGENCY):
        at, stop = mention.start - sentence.start, mention.end - sentence.start
        if at < start or stop > end:
            continue
        glued = last is not None and _OF_ONE.fullmatch(sentence.text[last.end - sentence.start : at])
        one = glued and last is not None and same_place(last.entity, mention.entity)
        last = mention
        if one or _ONLY_HEARD.search(sentence.text, max(0, at - 40), at):
            continue
        if office is Office.AUTHORISES and mention.entity.concept in ADVISERS:
            continue
        # who writes that the EMA approved a medicine means the Union
        meant = (
            "agency:ec" if office is Office.AUTHORISES and mention.entity.concept == "agency:ema" else None
        )
        yield Decider(at, stop, document.concept(meant) if meant else mention.entity, named=True)


def same_place(one: Entity, other: Entity) -> bool:
    """Whether two agencies act for the same country: the CDE and the NMPA, the EMA and the Commission."""
    if one == other:
        return True
    return any({one.concept, other.concept} <= place.bodies for place in _places())
