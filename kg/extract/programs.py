"""Sentences → what the programmes of agencies are: who qualifies, what they are for, what their vouchers fetched.

Between linking and relations: general statements about a programme, never about one drug's designation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract import values
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.model import Entity, Fact, Kind, Modality

_WHOM: Final = (
    r"(?:(?P<head>(?:investigational )?(?:diseases|conditions|disorders"
    r"|drugs and biologics|drugs|products|therapies"
    r"|medicines|treatments|biologics)) )"
)
_NAMED: Final = r"{designation}(?: \([^()]*\))?(?: designation| status)?"
#: The FDA grants RPDD for diseases that …; Orphan Drug Designation is given to drugs intended to …
_CRITERION: Final = (
    pattern(
        r"{agency}(?:'s [^.;,]{0,40}?)? (?:grants|awards|gives|assigns|confers|provides) (?:an? )?"
        rf"{_NAMED},? (?:for|to) {_WHOM}(?P<what>[^;\"]+)"
    ),
    pattern(
        rf"{_NAMED} is (?:granted|given|awarded|available|reserved|provided"
        rf"|assigned)(?: by (?:the )?{{agency}})?"
        rf" (?:for|to) {_WHOM}(?P<what>[^;\"]+)"
    ),
)
#: … designation is intended to …; Fast Track is a process designed to …
_PURPOSE: Final = pattern(
    rf"(?:{_NAMED}|(?P<this>\bthis (?:program|programme|designation"
    rf"|status|pathway)))(?: program| programme)? is "
    r"(?:an? (?:[\w-]+ ){0,3}?(?:process|program|programme|pathway)(?: that is)? )?(?:intended"
    r"|designed|meant) to "
    r"(?P<what>[^;\"]+)"
)
_ALSO: Final = Pattern(r",\s+and\s+(?=[a-z]+\s)")
_SOLD: Final = pattern(
    r"\b(?P<n>\d+|[a-z]+(?:-[a-z]+)?) (?:[\w-]+ ){0,2}?(?P<what>{regulatory_action})"
    r" (?:were|was|have been|has been) (?:re)?sold\b(?P<price>[^;]*)"
)
_VOUCHERS: Final = "regulatory-action:priority-review-voucher"
_LAST: Final = Pattern(
    r"\b(?:over|in|during|within)\s+the\s+(?:last|past)\s+(?P<n>\d+|[a-z]+)\s+(?P<unit>months|years)\b",
    re.IGNORECASE,
)


def terms_of_programs(document: LinkedDocument) -> Iterator[Fact]:
    """Criteria and purposes of designations.

    Hits: "The FDA grants RPDD for diseases that primarily affect children, and affect fewer than 200,000 persons in the
    U.S. This program is intended to encourage development of new drugs"; "Orphan Drug Designation is given to drugs
    intended to treat diseases that affect fewer than 200,000 people".
    Near misses: "the FDA has granted RPDD to ABC-1"; "the designation may enable Acme to receive a voucher".
    """
    last: tuple[int, Entity] | None = None
    for sentence in document.statements():
        for form in _CRITERION:
            for match in form.finditer(sentence.frame):
                named = _designation(sentence, match)
                last = (sentence.sentence.paragraph, named)
                for words in _ALSO.split(_words(sentence, match, whole="head")):
                    yield _term(document, sentence, named, "criterion", words)
        for match in _PURPOSE.finditer(sentence.frame):
            if match["this"]:
                if last is None or last[0] != sentence.sentence.paragraph:
                    continue
                named = last[1]
            else:
                named = _designation(sentence, match)
            yield _term(document, sentence, named, "purpose", _words(sentence, match))


def _designation(sentence: LinkedSentence, match: re.Match[str]) -> Entity:
    return next(
        m.entity for m in sentence.at(match.start(), match.end()) if m.entity.kind is Kind.DESIGNATION
    )


def _words(sentence: LinkedSentence, match: re.Match[str], *, whole: str = "") -> str:
    """The rule as printed: after "diseases that", else with the noun that it begins with."""
    text = " ".join(sentence.text[match.start("what") : match.end("what")].split())
    relative = re.match(r"(?:that|which)\s+", text)
    if relative:
        text = text[relative.end() :]
    elif whole:
        text = f"{match[whole]} {text}"
    return text if re.search(r"\b[A-Z]\.[A-Z]\.$", text) else text.rstrip(" .,")


def _term(document: LinkedDocument, sentence: LinkedSentence, named: Entity, kind: str, words: str) -> Fact:
    return Fact(
        "designation_term",
        named,
        words,
        confidence=0.85,
        evidence=(document.evidence(sentence, f"regulation.term.{kind}"),),
    ).with_qualifiers({"kind": kind})


def sales_of_vouchers(document: LinkedDocument) -> Iterator[Fact]:
    """What vouchers were sold for.

    Hits: "Over the last 16 months, five priority review vouchers were sold for between $110 million to $150 million".
    Near misses: "vouchers can be sold to another entity"; "Acme sold its voucher" (no number of them).
    """
    for sentence in document.statements():
        for match in _SOLD.finditer(sentence.frame):
            voucher = sentence.mention(match, "what").entity
            count = next((n for n in values.numbers(match["n"])), None)
            prices = [
                m.amount for m in values.money(sentence.text[match.start("price") : match.end("price")])
            ]
            stated = modality(sentence.text, match.start("what"), match.end("what"))
            if voucher.concept != _VOUCHERS or count is None or not prices or stated.is_claim_only:
                continue
            currencies = {m.currency for m in values.money(sentence.text)}
            yield Fact(
                "voucher_sale",
                voucher,
                f"{int(count.value)} sold",
                modality=Modality.ASSERTED,
                confidence=0.85,
                evidence=(document.evidence(sentence, "regulation.voucher-sale"),),
            ).with_qualifiers(
                {
                    "count": int(count.value),
                    "lowest": min(prices),
                    "highest": max(prices),
                    "currency": currencies.pop() if len(currencies) == 1 else None,
                    "period": _period(sentence.text, document.published),
                }
            )


def _period(text: str, published: str | None) -> str | None:
    """ "over the last 16 months" as an interval that ends with the month of the release."""
    found = _LAST.search(text)
    count = next((n for n in values.numbers(found["n"])), None) if found else None
    if found is None or count is None or published is None or len(published) < 7:
        return None
    months = int(count.value) * (12 if found["unit"].casefold() == "years" else 1)
    end = int(published[:4]) * 12 + int(published[5:7]) - 1
    return f"{(end - months) // 12:04}-{(end - months) % 12 + 1:02}/{published[:7]}"
