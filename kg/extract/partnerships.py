"""Sentences about two organisations → who works with whom, in what kind of deal, for how much.

Between linking and relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.statements import statement
from kg.extract.values import dates, money
from kg.model import Entity, Fact, Mention, Value

_KINDS: Final = (
    # the first that fits wins: the more telling word before the general one
    (
        "acquisition",
        (
            r"\bacqui(?:re[sd]?|sition|ring)\b(?! of (?:data|images|rights|exclusive))|\bto be acquired\b|"
            r"\btakeover\b"
        ),
    ),
    ("merger", r"\b(?:reverse )?merg(?:er|e[sd]?|ing)\b"),
    ("joint-venture", r"\bjoint venture\b"),
    ("option", r"\boption (?:and licen[sc]e|agreement)\b"),
    (
        "clinical-collaboration",
        (
            r"\bclinical (?:trial |study |research |development )?(?:collaboration|partnership)|"
            r"\bclinical trial collaboration"
        ),
    ),
    ("licence", r"\b(?:sub)?licen[sc](?:e|es|ed|ing)\b(?! application)"),
    ("co-development", r"\bco-?develop\w*|\bjoint(?:ly)? develop\w*"),
    ("supply", r"\bsuppl(?:y|ies|ied) (?:agreement|collaboration)\b|\bsupply\b"),
    ("manufacturing", r"\bmanufactur\w+ (?:agreement|partnership|collaboration|services)"),
    ("distribution", r"\bdistribution (?:agreement|rights|partnership)"),
    (
        "commercialization",
        r"\b(?:co-)?(?:commerciali[sz]ation|promotion) (?:agreement|partnership|collaboration)",
    ),
    (
        "research-collaboration",
        (
            r"\b(?:research|discovery)(?: and (?:development|option|discovery))? (?:collaboration|"
            r"agreement|partnership|alliance|program)|\bcollaborat\w+ (?:to|on) (?:research|discover|"
            r"explore)"
        ),
    ),
)
_KIND_PATTERNS: Final = tuple((curie, re.compile(form, re.IGNORECASE)) for curie, form in _KINDS)
_BOND: Final = (
    r"(?:collaborat\w+|partnership|partner(?:s|ed|ing)?|alliance|agreements?|deal|joint venture|"
    r"licen[sc]\w+|acqui\w+|merg\w+|joint forces)"
)
_TOGETHER: Final = (
    # A and B announce … collaboration
    pattern(
        rf"({{organization}})(?: \([^()]*\))?(?:,(?:[^.;\"]|\((?:the )?\"[\w ]+\"\)){{0,160}}?)?,? "
        rf"(?:and|together with|along with|jointly with) (?:[\w-]+ ){{0,5}}?({{organization}})(?: \([^"
        rf"()]*\))?,?(?: [\w-]+){{0,6}}? (?:announc\w*|enter\w*|sign\w*|extend\w*|expand\w*|form\w*|"
        rf"agree\w*|establish\w*|partner|collaborate|join)\b[^.;\"]{{0,160}}?\b{_BOND}"
    ),
    pattern(rf"({{organization}}) and ({{organization}}) (?:[\w-]+ ){{0,3}}?{_BOND}"),
    # A … collaboration with B
    pattern(
        rf"({{organization}})[^.;\"]{{0,200}}?\b{_BOND}(?: [\w-]+){{0,5}}? (?:with|between (?:the "
        rf"company|{{organization}}) and) (?:[\w,-]+ ){{0,5}}?({{organization}})"
    ),
    pattern(rf"\b{_BOND} (?:[\w-]+ )?between ({{organization}}) and ({{organization}})"),
    # A acquires B; A licensed … from/to B
    pattern(
        r"({organization})(?: \([^()]*\))? (?:(?:has|have|had|will|today|announced|that|it|agreed|to|"
        r"an agreement|completed|the|entered|into|definitive|a) ){0,8}(?:acquir(?:e|es|ed|ing)|"
        r"acquisition of) (?:[\w-]+ ){0,4}?({organization})"
    ),
    pattern(
        r"({organization})[^.;\"]{0,140}?\b(?:in-?licensed|out-?licensed|licen[sc]ed|licen[sc]e|"
        r"rights)\b[^.;\"]{0,120}?\b(?:from|to) (?:[\w-]+ ){0,3}?({organization})"
    ),
)
#: "made by our partner B under a supply agreement", "provided by B under a … agreement".
_UNDER: Final = pattern(
    r"\b(?:by|from|with|our|its|the company's) (?:(?:partner|licensee|collaborator|distributor|"
    rf"manufacturer|supplier),? )?({{organization}})[^.;]{{0,50}}?\bunder (?:an?|the|its|our) "
    rf"(?:[\w'-]+ ){{0,4}}?{_BOND}"
)
_WORKING: Final = pattern(
    r"\b(?:working|works|development|created|co-?developed|discovered|developed|collaborating|"
    r"partnering) (?:together |jointly |closely )?with (?:the )?({organization})"
)
_HOLDS: Final = pattern(
    r"({organization})(?: \([^()]*\))?,? (?:which )?(?:holds?|has|owns) (?:an? |the )?"
    r"(?:exclusive |commercial |worldwide )*(?:licen[sc]e|rights)\b"
)
_PARTNERED: Final = pattern(
    r"\b(?:our|its|the company's) (?:[\w-]+ ){0,3}?(?:partner|licensee|collaborator|"
    r"distributor)s?,? ({organization})"
)
_LICENSED: Final = pattern(r"\blicen[sc]ed (?:[\w-]+ ){0,3}?(?:to|from) (?:[\w-]+ ){0,3}?({organization})")
_PARTNER_OF: Final = pattern(
    r"({organization})(?:'s|') (?:[\w-]+ ){0,4}?(?:partner|licensee|collaborator)(?: (?:in|for) "
    r"[\w, ]{2,40}?)?,? ({organization})"
)
#: "our collaboration with B", "in collaboration with B", where nobody else is named.
_WITH: Final = pattern(
    rf"\b(?:our|its|the company's|their|in|this|a|an|ongoing|[\w-]+) (?:[\w-]+ ){{0,4}}?{_BOND}(?: "
    rf"agreement)? with (?:[\w-]+ ){{0,4}}?({{organization}})"
)
_DISMISSED: Final = re.compile(
    r"\b(?:investor\s+relations|royalty\s+(?:financing|agreement)|loan\s+agreement|credit\s+"
    r"(?:facility|agreement)|underwrit\w+|"
    r"book-?running|placement\s+agent|purchase\s+agreement\s+with\s+(?:certain\s+)?"
    r"(?:institutional\s+)?investors)\b",
    re.IGNORECASE,
)


def collaborations(document: LinkedDocument) -> Iterator[Fact]:
    """Who works with whom, the kind decided over all sentences about the two.

    Hits: "Acme and Foo Extend Collaboration"; "a license agreement with Foo"; "Acme acquired Foo".
    Near misses: "has collaborated with the FDA"; "collaborative R&D efforts"; "works with Foo to …".
    """
    found: dict[frozenset[str], list[tuple[LinkedSentence, Mention, Mention, int]]] = {}
    for sentence in document.statements():
        if not re.search(rf"{_BOND}|\bwith\b|\brights\b", sentence.text, re.IGNORECASE) or _DISMISSED.search(
            sentence.text
        ):
            continue
        pairs: list[tuple[Mention, Mention, int]] = []
        for form in (*_TOGETHER, _PARTNER_OF):
            for match in form.finditer(sentence.frame):
                pairs.append((sentence.mention(match, 1), sentence.mention(match, 2), match.start(2)))
        if not pairs and document.issuer is not None:
            for match in (
                *_WITH.finditer(sentence.frame),
                *_LICENSED.finditer(sentence.frame),
                *_UNDER.finditer(sentence.frame),
                *_PARTNERED.finditer(sentence.frame),
                *_WORKING.finditer(sentence.frame),
                *_HOLDS.finditer(sentence.frame),
            ):
                partner = sentence.mention(match, 1)
                own = document.organization_of(sentence)
                if own is not None:
                    pairs.append((Mention(partner.start, partner.start, "", own), partner, match.start(1)))
        for one, other, at in pairs:
            if one.entity != other.entity and not _is_adviser(other.entity) and not _is_adviser(one.entity):
                key = frozenset((one.entity.label, other.entity.label))
                found.setdefault(key, []).append((sentence, one, other, at))
    for mentions in found.values():
        yield from _collaboration(document, mentions)


def _is_adviser(entity: Entity) -> bool:
    return bool(
        re.search(
            r"\b(?:Investor|Relations|Communications|LLP|Securities|Exchange Commission)\b",
            " ".join(entity.names),
        )
    )


def _collaboration(
    document: LinkedDocument, mentions: list[tuple[LinkedSentence, Mention, Mention, int]]
) -> Iterator[Fact]:
    kind = next((c for c, form in _KIND_PATTERNS if any(form.search(s.text) for s, *_ in mentions)), None)
    generic = any(
        re.search(r"\bcollaborat|\bresearch\b|\bdiscover", s.text, re.IGNORECASE) for s, *_ in mentions
    )
    if kind is None and generic:
        kind = "research-collaboration"
    paragraphs = {s.sentence.paragraph for s, *_ in mentions}
    upfront = next(
        (
            m
            for s in document.statements()
            if s.section.kind is not SectionKind.ABOUT or s.sentence.paragraph in paragraphs
            for m in money(s.text)
            if re.search(
                r"up-?front (?:cash )?(?:payment|fee|consideration)",
                s.text[max(0, m.start - 60) : m.end + 40],
                re.IGNORECASE,
            )
        ),
        None,
    )
    for number, (sentence, one, other, at) in enumerate(mentions):
        if number and sentence is mentions[0][0]:
            continue
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "kind": document.concept(f"collaboration-kind:{kind}") if kind else None,
            "date": _announced(document, sentence),
        }
        amounts = [a for a in money(sentence.text) if not re.match(r"\s+per\b", sentence.text[a.end :])]
        best = upfront
        if best is None or kind == "acquisition":
            best = max(amounts, key=lambda a: a.amount, default=None)
        if best is not None:
            qualifiers |= {"amount": best.amount, "currency": best.currency}
        purpose = re.search(
            (
                r"\b(?:to (?:develop|co-?develop|discover|research|evaluate|explore|commerciali[sz]e|"
                r"advance|identify|design)|for (?:the )?(?:development|discovery|commerciali[sz]ation|"
                r"research|manufactur\w+))\b[^.;]{8,200}"
            ),
            sentence.text,
            re.IGNORECASE,
        )
        if purpose:
            qualifiers["purpose"] = " ".join(purpose[0].split()).strip(" ,")
        how = modality(sentence.text, at, at + 1)
        subject = one.entity if other.entity != document.issuer or kind == "acquisition" else other.entity
        partner = other.entity if subject is one.entity else one.entity
        yield statement(
            document,
            sentence,
            "collaboration",
            "collaboration",
            subject,
            partner,
            qualifiers,
            modality=how,
            confidence=0.9,
        )


_ANNOUNCES: Final = re.compile(r"\b(?:today|announces?)\b", re.IGNORECASE)


def _announced(document: LinkedDocument, sentence: LinkedSentence) -> str | None:
    """The date that a sentence gives an event: its own, or the release's where it announces."""
    for found in dates(sentence.text, on=document.published):
        if document.published is None or found.iso <= document.published[: len(found.iso)]:
            return found.iso
    title = sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    return (
        document.published
        if title or (_ANNOUNCES.search(sentence.text) and sentence.section.kind is SectionKind.BODY)
        else None
    )
