"""What is told of a bond, in its own sentence and those around it: kind, date, sums, purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.bonds import Bond
from kg.extract.deal_kinds import kind_in
from kg.extract.document import SectionKind
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.values import MoneyMatch, dates, money
from kg.model import Kind

_UPFRONT: Final = Pattern(
    r"\bup-?front\b|\binitial\s+(?:cash\s+)?payment\b|\bat\s+signing\b|\bon\s+signing\b|"
    r"\bsigning\s+(?:fee|payment)\b|\boption\s+fee\b"
    r"|\bpaid\b[^.;]{0,40}\bfor\s+(?:the\s+|which\b|an?\s+)?option\b|"
    r"\bfor\s+which\b[^.;]{0,40}\bpaid\b|\bentry\s+fee\b|\b(?:up)?on\s+(?:signature|execution|payment\s+of)\b",
    re.IGNORECASE,
)
_PRICE: Final = Pattern(
    r"\b(?:for|per\s+(?:share|ADS)(?:\s+in\s+cash)?(?:\s+at\s+closing)?,?\s+or|valued\s+at|valu(?:es?|ing)\s+\w+(?:\s+\w+)?\s+at|worth|consideration\s+of|"
    r"purchase\s+price\s+of|total\s+of|transaction\s+value\s+of"
    r"|equity\s+value\s+of|enterprise\s+value\s+of)\s+(?:up\s+to\s+|approximately\s+|about\s+|"
    r"an?\s+(?:aggregate|total)\s+(?:of\s+)?)*$",
    re.IGNORECASE,
)
_PER: Final = Pattern(r"\s+(?:per|a|in\s+cash\s+per)\s+(?:share|year|quarter|ADS|patient)\b")
_SIGNED: Final = Pattern(
    r"\b(?:sign(?:ed|s)|entered|enter|concluded|agreed|announced|acquired|granted|licen[sc]ed|"
    r"established|since|obtained|bought|completed)\b",
    re.IGNORECASE,
)
_YEAR_OF: Final = Pattern(
    r"\b((?:19|20)\d\d)\s+(?:[\w-]+\s+){0,4}?(?:agreement|licen[sc]e|collaboration|deal|"
    r"partnership|acquisition|alliance|contract|option)\b",
    re.IGNORECASE,
)
#: "the licence agreement of 2022", "the agreement with Foo was signed in November 2021", "paid upfront … in 2023"
_AGREEMENT_OF: Final = Pattern(
    r"\b(?:agreement|contract|collaboration|deal|alliance)\s+(?:of|dated|signed\s+in|begun\s+in|from)\s+(?:[A-Z][a-z]+\s+)?"
    r"((?:19|20)\d\d)\b"
)
#: What a partner does after the deal, and when: no date of the deal.
_OTHER_ACT: Final = Pattern(
    r"\b(?:filed|submitted|received|nominated|approv\w+|designation|accepted|dosed|initiated|started|launched|enrolled"
    r"|reported|presented|trial|study|PDUFA|IND|NDA|BLA|MAA|plans?|intends|expects)\b(?!.*\b(?:filed|submitted)\b)",
    re.IGNORECASE | re.DOTALL,
)
PURPOSE: Final = Pattern(
    r"\b(?:to (?:develop|co-?develop|discover|research|evaluate|explore|commerciali[sz]e|"
    r"advance|identify|design)|for (?:the )?(?:development|discovery|commerciali[sz]ation|"
    r"research|manufactur\w+))\b[^.;]{8,200}",
    re.IGNORECASE,
)


def kind_of_deal(bonds: list[Bond]) -> str:
    """The kind that the first telling sentence gives; what only a partner is called counts last."""
    for bond in bonds:
        kind = bond.kind or kind_in(bond.sentence.text[max(0, bond.start - 30) : bond.end + 90])
        if kind and kind != "research-collaboration":
            return kind
    named = [b for b in bonds if b.kind or kind_in(b.sentence.text)]
    if named:
        return (
            "research-collaboration"
            if any((b.kind or kind_in(b.sentence.text)) == "research-collaboration" for b in named)
            else kind_in(named[0].sentence.text)
        )
    words = " ".join(b.sentence.text for b in bonds)
    if re.search(r"\b(?:alliance|collaborat)", words, re.IGNORECASE):
        return "research-collaboration"
    return (
        "licence"
        if re.search(
            r"\bpartner(?:s|ed|ship)?\b|\breturned\b|\bresponsible\s+for\b|\bassigned\b|\bmilestone|\broyalt|\bup-?front",
            words,
            re.IGNORECASE,
        )
        else ""
    )


def sum_paid(
    document: LinkedDocument, bonds: list[Bond], kind: str, others: dict[frozenset[str], list[Bond]]
) -> MoneyMatch | None:
    """The sum paid at the start, or the price: in the sentences of the bond, or those that follow in its paragraph.

    In a release on this deal alone any sentence may tell it.
    """
    parties = {bonds[0].one, bonds[0].other}
    only = len(others) == 1 or any(
        b.sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE) for b in bonds
    )
    own: list[LinkedSentence] = [b.sentence for b in bonds]
    for bond in bonds:
        index = document.index(bond.sentence)
        for sentence in document.sentences[index + 1 : index + 5]:
            if sentence.sentence.paragraph != bond.sentence.sentence.paragraph:
                break
            if {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} - parties:
                break
            own.append(sentence)
    wider = [s for s in document.statements() if s.section.kind is not SectionKind.ABOUT] if only else []
    price = kind in ("acquisition", "merger", "asset-purchase")
    for sentence in (*own, *wider):
        strangers = {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} - parties
        if strangers and sentence not in own:
            continue
        for amount in money(sentence.text):
            around = sentence.text[max(0, amount.start - 60) : amount.end + 60]
            if _PER.match(sentence.text, amount.end):
                continue
            if price and _PRICE.search(sentence.text[: amount.start]) and amount.amount > 1_000_000:
                return amount
            if not price and _UPFRONT.search(_clause(sentence.text, amount)):
                return amount
            if price and re.search(r"\bup-?front\b", around, re.IGNORECASE):
                return amount
    return None


def _clause(text: str, amount: MoneyMatch) -> str:
    """The words about a sum: from the sum before it, or a comma, to the next."""
    every = money(text)
    low = max((m.end for m in every if m.end <= amount.start), default=max(0, amount.start - 70))
    high = min((m.start for m in every if m.start >= amount.end), default=min(len(text), amount.end + 60))
    return text[max(low, amount.start - 70) : min(high, amount.end + 60)]


def date_of_deal(document: LinkedDocument, bonds: list[Bond]) -> str | None:
    """When the deal was made: as any sentence on the two tells it best, "signed in 2021" before "in 2021"."""
    told = [found for bond in bonds for found in _dates(document, bond)]
    parties = {bonds[0].one, bonds[0].other} - {document.issuer}
    for sentence in document.statements():
        if _AGREEMENT_OF.search(sentence.text) is None:
            continue
        named = {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)}
        if parties & named and not named - parties - {document.issuer}:
            told += [(1, iso) for iso in _dates_of_agreement(document, sentence)]
    rank, date = min(told, key=lambda found: (found[0], -len(found[1])), default=(1000, ""))
    return date if rank < 330 else None


def _dates_of_agreement(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[str]:
    """The dates right behind a word for a deal, as exact as they are printed."""
    found = dates(sentence.text, on=document.published)
    for match in _AGREEMENT_OF.finditer(sentence.text):
        inside = [d.iso for d in found if match.start() <= d.start < match.end()]
        yield inside[0] if inside else match[1]


def _dates(document: LinkedDocument, bond: Bond) -> Iterator[tuple[int, str]]:
    """The dates in a bond's sentence, each with how far it is from telling of the deal; the future is none."""
    text = bond.sentence.text
    year = _YEAR_OF.search(text)
    if year is not None:
        yield 2, year[1]
    for found in dates(text, on=document.published):
        if document.published is not None and found.iso > document.published[: len(found.iso)]:
            continue
        before = text[max(0, found.start - 90) : found.start]
        acted = _OTHER_ACT.search(before)
        signed = _SIGNED.search(before, acted.end() if acted else 0)
        if acted is not None and signed is None:
            continue  # "licensee Foo filed an NDA in July 2023"
        distance = min(abs(found.start - bond.end), abs(bond.start - found.end))
        inside = bond.start <= found.start <= bond.end
        yield (0 if signed or inside else 200) + (0 if inside else distance), found.iso


_ANNOUNCES: Final = Pattern(r"\b(?:today|announces?)\b", re.IGNORECASE)


def is_news(bond: Bond) -> bool:
    """Whether the bond is what the release announces."""
    sentence = bond.sentence
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return True
    return bool(_ANNOUNCES.search(sentence.text) and sentence.section.kind is SectionKind.BODY)
