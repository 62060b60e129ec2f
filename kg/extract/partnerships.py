"""Bonds between organisations → one fact for each two: kind, date, sums.

Between linking and relations.  A bond is found in one sentence (`bonds`); its terms are read from all sentences that
tell of the two (`deal_terms`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from kg.extract.bond_forms import BOND, DEAL, DISMISSED, OTHER_AGREEMENT, TELLS
from kg.extract.bonds import Bond, bonds_in, concerns
from kg.extract.deal_clauses import bonds_by_words
from kg.extract.deal_terms import PURPOSE, date_of_deal, is_news, kind_of_deal, sum_paid
from kg.extract.linked import LinkedDocument
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Fact, Kind, Modality, Value


def collaborations(document: LinkedDocument) -> Iterator[Fact]:
    """Who works with the company, or with whom its release or section is about.

    Hits: "Acme and Foo Extend Collaboration"; "a license agreement with Foo"; "Acme acquired Foo"; "(partner: Foo)";
    "In China, licensee Foo"; "Acme granted Foo an option"; "Foo, which Acme acquired in 2020".
    Near misses: "has collaborated with the FDA"; "collaborative R&D efforts"; "a loan agreement with Foo Capital";
    a deal of two others.
    """
    found = bonds_told(document)
    for bonds in found.values():
        yield from _collaboration(document, bonds, found)


@lru_cache(maxsize=4)  # the rules on drugs ask for the same release
def bonds_told(document: LinkedDocument) -> dict[frozenset[str], list[Bond]]:
    """The bonds that a release tells of, by the names of the two parties."""
    found: dict[frozenset[str], list[Bond]] = {}
    for sentence in document.statements():
        own = document.organization_of(sentence)
        if all(m.entity == own for m in sentence.of_kind(Kind.ORGANIZATION)):
            continue
        if not TELLS.search(sentence.text) or DISMISSED.search(sentence.text):
            continue
        if OTHER_AGREEMENT.search(sentence.text) and not DEAL.search(sentence.text):
            continue
        for bond in bonds_in(document, sentence):
            found.setdefault(frozenset((bond.one.label, bond.other.label)), []).append(bond)
    for parties, bonds in _told_by_words(document, found).items():
        found.setdefault(parties, bonds)
    return found


def _told_by_words(
    document: LinkedDocument, found: Mapping[frozenset[str], list[Bond]]
) -> dict[frozenset[str], list[Bond]]:
    """Bonds that no form tells of, of pairs of which none does."""
    told: dict[frozenset[str], list[Bond]] = {}
    for sentence in document.statements():
        if len(sentence.of_kind(Kind.ORGANIZATION)) and not DISMISSED.search(sentence.text):
            for bond in bonds_by_words(document, sentence):
                parties = frozenset((bond.one.label, bond.other.label))
                if parties not in found and concerns(document, bond):
                    told.setdefault(parties, []).append(bond)
    return told


_BOND_WORD: Final = Pattern(rf"\b{BOND}", re.IGNORECASE)


_CLAUSE: Final = Pattern(r",\s+which\s+(?:holds?|has|have|is|was|will)\b")
_ASIDE: Final = Pattern(r",\s+(?:where|for\s+which|in\s+which)\b")


def _collaboration(
    document: LinkedDocument, bonds: list[Bond], others: dict[frozenset[str], list[Bond]]
) -> Iterator[Fact]:
    kind = kind_of_deal(bonds)
    sums = sum_paid(document, bonds, kind, others)
    date = date_of_deal(document, bonds)
    if date is None and any(is_news(b) for b in bonds):
        date = document.published
    seen: set[int] = set()
    for bond in bonds:
        if bond.sentence.start in seen:
            continue
        seen.add(bond.sentence.start)
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "kind": document.concept(f"collaboration-kind:{kind}") if kind else None,
            "date": date,
        }
        if sums is not None:
            qualifiers |= {"amount": sums.amount, "currency": sums.currency}
        purpose = PURPOSE.search(bond.sentence.text)
        if purpose:
            qualifiers["purpose"] = " ".join(purpose[0].split()).strip(" ,")
        subject, partner = bond.one, bond.other
        if partner == document.issuer and kind != "acquisition":
            subject, partner = partner, subject
        word = _BOND_WORD.search(bond.sentence.text, bond.start, bond.end)
        at = word.start() if word else bond.end - 1
        # "does not intend to apply in Europe, where it is partnered with Foo": what is denied is another thing
        opened = [m.end() for m in _ASIDE.finditer(bond.sentence.text, 0, at)]
        low = opened[-1] if opened else 0
        closed = _CLAUSE.search(bond.sentence.text, max(at, bond.end))
        high = closed.start() if closed else len(bond.sentence.text)
        how = modality(bond.sentence.text[low:high], at - low, at - low + 1)
        if bond.past and how is Modality.ASSERTED:
            how = Modality.HISTORICAL
        yield statement(
            document, bond.sentence, "organizations.collaboration", "collaboration", subject, partner, qualifiers,
            modality=how, confidence=0.9,
        )  # fmt: skip
