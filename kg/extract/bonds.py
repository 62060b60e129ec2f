"""Sentences about two organisations → bonds: who works with whom by which words, one for each place that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.extract.bond_forms import ASIDE, NO_PARTNER, OVER, PAIRS, B, W
from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.single_bond_forms import SINGLE
from kg.model import Entity, Kind


@dataclass(frozen=True, slots=True)
class Bond:
    """A place that tells of a bond between two organisations.

    Attributes:
        one, other: who.
        sentence: where it says so.
        start, end: the words that say it, offsets into the sentence.
        kind: what the form itself tells of the kind; empty where only the words do.
        past: whether it is said to be over.
    """

    one: Entity
    other: Entity
    sentence: LinkedSentence
    start: int
    end: int
    kind: str = ""
    past: bool = False


def bonds_in(document: LinkedDocument, sentence: LinkedSentence) -> list[Bond]:
    """The bonds that a sentence tells of; a form that names both parties goes before one that names one."""
    bonds = [b for b in _bonds_of_named(sentence) if concerns(document, b)]
    bonds += _bonds_of_all(document, sentence)
    told = {party.label for b in bonds for party in (b.one, b.other)}
    for others in (_bonds_of_speaker(document, sentence), _bonds_of_sellers(document, sentence)):
        bonds += [b for b in others if b.other.label not in told and concerns(document, b)]
    return bonds


def concerns(document: LinkedDocument, bond: Bond) -> bool:
    """Whether a bond is one of those whom the release is about, with somebody who may be a partner."""
    parties = (bond.one, bond.other)
    return (
        bond.one != bond.other
        and not any(NO_PARTNER.search(p.label) for p in parties)
        and any(p in parties for p in (*_principals(document), document.organization_of(bond.sentence)))
    )


_BUYS: Final = Pattern(r"\b(?:acquire|merge|acquisition\s+of|merger)\b")


def _principals(document: LinkedDocument) -> set[Entity]:
    """Whom the release is about: its issuer, and who stands in its headline or is told to be bought by it."""
    named = {
        m.entity for s in document.of_section(SectionKind.HEADLINE) for m in s.of_kind(Kind.ORGANIZATION)
    }
    opening = next((s for s in document.of_section(SectionKind.BODY) if s.of_kind(Kind.ORGANIZATION)), None)
    if opening is not None and _BUYS.search(opening.text):
        named |= {m.entity for m in opening.of_kind(Kind.ORGANIZATION)}
    return named if document.issuer is None else named | {document.issuer}


def _bonds_of_named(sentence: LinkedSentence) -> Iterator[Bond]:
    """Bonds whose two parties are named."""
    if len({m.entity for m in sentence.of_kind(Kind.ORGANIZATION)}) < 2:
        return
    for kind, form in PAIRS:
        for match in form.finditer(sentence.frame):
            if match["a"] and match["b"]:
                one, other = sentence.mention(match, "a").entity, _party(sentence, match)
                yield Bond(
                    one, other, sentence, match.start(), match.end(), kind, is_over(sentence, *match.span())
                )


#: "Acme, Foo and Bar are working together to develop": each works with each.
_TOGETHER: Final = pattern(
    rf"(?P<list>{{organization}}{ASIDE}(?:, {{organization}}{ASIDE})+,? and {{organization}}{ASIDE}),? "
    r"(?:(?:are|have|been|will|be|now) )*"
    r"(?:working together|work together|worked together|jointly|collaborat\w+|co-?develop\w*)"
)


def _bonds_of_all(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Bond]:
    """Bonds of three or more that work together, the issuer among them."""
    for match in _TOGETHER.finditer(sentence.frame):
        parties = dict.fromkeys(
            m.entity for m in sentence.at(*match.span("list")) if m.entity.kind is Kind.ORGANIZATION
        )
        if document.issuer in parties:
            for one, other in combinations(parties, 2):
                yield Bond(one, other, sentence, match.start(), match.end(), "co-development")


def _bonds_of_speaker(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Bond]:
    """Bonds of the company that speaks with one that is named."""
    own = _spoken_of(document, sentence) or document.organization_of(sentence)
    if own is None:
        return
    for kind, form in SINGLE:
        for match in form.finditer(sentence.frame):
            other = _party(sentence, match)
            before = sentence.at(0, match.start())
            speaker = [m.entity for m in before if m.entity.kind is Kind.ORGANIZATION and m.entity != other]
            if speaker and own not in speaker and not _OF_ITSELF.match(sentence.text):
                continue  # "pelacarsen, which Foo licensed from Bar"
            told = kind or _kind_of_role(match)
            if told == "manufacturing" and _CONTRACTOR.search(sentence.text):
                continue
            for party in (other, *_more_parties(sentence, match)):
                yield Bond(
                    own, party, sentence, match.start(), match.end(), told, is_over(sentence, *match.span())
                )


def _spoken_of(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The other firm of the headline, where the sentence before tells of it alone: "Foo's portfolio includes AB-1."."""
    index = document.index(sentence)
    named: set[Entity] = set()
    while (
        not named
        and index
        and document.sentences[index - 1].sentence.paragraph == sentence.sentence.paragraph
    ):
        index -= 1
        named = {m.entity for m in document.sentences[index].of_kind(Kind.ORGANIZATION)}
    here = {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)}
    if len(named) != 1 or document.issuer in named | here or named & here:
        return None
    return next(iter(named & _principals(document)), None)


#: A contract manufacturer named in passing is a supplier of services.
_CONTRACTOR: Final = Pattern(r"^(?!.*\bagreement\b).*\bcontract\s+manufactur", re.IGNORECASE | re.DOTALL)
#: "collaborations with Foo, *Bar and Baz* to …"
_MORE: Final = pattern(
    rf"{ASIDE}(?P<more>(?:(?:,|,? and|,? as well as) (?:the )?{{organization}}{ASIDE})+)"
    r"(?= ?[.;:)]|, (?:which|to|for|under|in)\b| (?:to|for|on|in|under|that|signed|dated|entered|announced)\b|$)"
)


def _more_parties(sentence: LinkedSentence, match: re.Match[str]) -> Iterator[Entity]:
    """The organisations that follow the other party in a list."""
    more = _MORE.match(sentence.frame, match.end("b"))
    if more is not None:
        yield from (m.entity for m in sentence.at(*more.span("more")) if m.entity.kind is Kind.ORGANIZATION)


_OF_ITSELF: Final = Pattern(r"[\W_]*(?:It|Its|We|Our|The\s+[Cc]ompany|The\s+[Gg]roup|In\s+addition|Under)\b")
_OFFSHOOT: Final = pattern(
    r"'?s? (?:spin-?(?:off|out)|subsidiary|affiliate|unit|group|company),? (?P<b>{organization})"
)


def _party(sentence: LinkedSentence, match: re.Match[str]) -> Entity:
    """Who is meant by the other party: "from Foo University's spin-off Bar" means Bar."""
    offshoot = _OFFSHOOT.match(sentence.frame, match.end("b"))
    return sentence.mention(offshoot or match, "b").entity


_SOLD_BY: Final = (
    pattern(
        rf"(?P<drug>{{drug}})(?:(?!{{organization}})[^.;\"]){{0,60}}?\b(?:marketed|"
        r"commerciali[sz]ed|distributed|promoted|sold|launched)\b"
        rf"(?:(?!{{organization}})[^.;\"]){{0,40}}?\bby (?:the )?{B}"
    ),
    pattern(
        rf"{B}{ASIDE} (?:also |currently |now |exclusively |has |is |will )*(?:markets?|"
        r"commerciali[sz]es?|distributes?|promotes?|sells?|launched|marketing|commerciali[sz]ing)"
        rf" (?:{W} ){{0,3}}?(?P<drug>{{drug}})"
    ),
)


_IN_COUNTRY: Final = Pattern(r"\b[Ii]n\s+(?:the\s+)?[A-Z]")


def _bonds_of_sellers(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Bond]:
    """Who sells the company's drug besides it, where the sentence says in which country."""
    for match in (m for form in _SOLD_BY for m in form.finditer(sentence.frame)):
        other = sentence.mention(match, "b").entity
        own = document.issuer
        drug = sentence.mention(match, "drug").entity
        if own is None or own == other or drug != document.subject:
            continue
        if _IN_COUNTRY.search(sentence.text):
            yield Bond(own, other, sentence, match.start(), match.end(), "commercialization", past=False)


def _kind_of_role(match: re.Match[str]) -> str:
    groups = match.re.groupindex
    return next((k for k in ("licence", "distribution", "manufacturing") if k in groups and match[k]), "")


def is_over(sentence: LinkedSentence, start: int, end: int) -> bool:
    """Whether the words around a bond say that it ended."""
    return bool(OVER.search(sentence.text[max(0, start - 40) : end + 80]))
