"""Sentences → what every decision of an agency has: who decided, when, for which disease.

Common ground of `kg.extract.designations`, `approvals` and `agency_actions`.
"""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.values import DateMatch, dates
from kg.model import Entity, Fact, Kind, Mention, Modality, Value


def fact_of(  # noqa: PLR0917 - the parts of a fact in the order in which it is said
    document: LinkedDocument,
    sentence: LinkedSentence,
    rule: str,
    relation: str,
    subject: Entity,
    object_: Entity,
    qualifiers: dict[str, Value | tuple[Value, ...] | None],
    *,
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.95,
) -> Fact:
    """A fact that a whole sentence tells."""
    fact = Fact(
        relation,
        subject,
        object_,
        modality=modality,
        confidence=confidence,
        evidence=(document.evidence(sentence, f"regulation.{rule}"),),
    )
    return fact.with_qualifiers(qualifiers)


#: Programmes that only one agency runs.
ONLY_AGENCY: Final = {
    "designation:fast-track": "agency:fda",
    "designation:breakthrough-therapy": "agency:fda",
    "designation:breakthrough-device": "agency:fda",
    "designation:rare-pediatric-disease": "agency:fda",
    "designation:rmat": "agency:fda",
    "designation:qualified-infectious-disease": "agency:fda",
    "designation:national-priority-voucher": "agency:fda",
    "designation:prime": "agency:ema",
    "designation:accelerated-assessment": "agency:ema",
    "designation:innovative-licensing": "agency:mhra",
    "designation:promising-innovative-medicine": "agency:mhra",
    "designation:sakigake": "agency:mhlw",
    "regulatory-action:pdufa-date": "agency:fda",
    "regulatory-action:complete-response-letter": "agency:fda",
    "regulatory-action:ind-clearance": "agency:fda",
    "regulatory-action:import-alert": "agency:fda",
    "regulatory-action:positive-opinion": "agency:chmp",
    "regulatory-action:emergency-use-authorization": "agency:fda",
    "regulatory-action:priority-review-voucher": "agency:fda",
}


#: Whose decision it is where only the country is named.
REGIONS: Final = (
    (re.compile(r"\b(?:European Union|E\.?U\.?|Europe)(?!\w)"), "agency:ema"),
    (re.compile(r"\b(?:United States|U\.S\.|USA|US)(?!\w)"), "agency:fda"),
    (re.compile(r"\bJapan\b"), "agency:mhlw"),
    (re.compile(r"\bChina\b"), "agency:nmpa"),
    (re.compile(r"\b(?:United Kingdom|U\.K\.|UK)(?!\w)"), "agency:mhra"),
    (re.compile(r"\bCanada\b"), "agency:health-canada"),
    (re.compile(r"\bAustralia\b"), "agency:tga"),
    (re.compile(r"\bSwitzerland\b"), "agency:swissmedic"),
)


def agency_of(document: LinkedDocument, sentence: LinkedSentence, at: Mention) -> Entity | None:
    """The agency that acts: the nearest in the sentence; else the only one that has such a programme."""
    agencies = sentence.of_kind(Kind.AGENCY)
    curie = ONLY_AGENCY.get(at.entity.concept or "")
    for mention in agencies:
        gap = sentence.text[max(0, at.end - sentence.start) : max(0, mention.start - sentence.start)]
        if (
            mention.start >= at.end
            and re.fullmatch(r"[^.;,]{0,40}?\b(?:by|from)\s+(?:the\s+)?", gap)
            and not re.search(r"\band\b", gap)
        ):
            return mention.entity
    for mention in agencies:
        if mention.entity.concept == curie:
            return mention.entity
    if not agencies and curie is None:
        curie = next((c for form, c in REGIONS if form.search(sentence.text)), None)
    if agencies:
        return min(agencies, key=lambda m: min(abs(m.start - at.end), abs(at.start - m.end))).entity
    return document.concept(curie) if curie is not None and curie in document.concepts else None


def date_of(document: LinkedDocument, sentence: LinkedSentence, at: int) -> str | None:
    """The date of what stands at an offset of the sentence: a date that the sentence gives, or "today".

    A statement of background has none: that the release says it is no date of the event.
    """
    given = [
        d
        for d in dates(sentence.text, on=document.published)
        if not is_future(d.iso, document.published)
        and (len(d.iso) >= 7 or re.match(r"(?:in|since)\s", sentence.text[d.start : d.end], re.IGNORECASE))
    ]
    if given:
        # Of several dates in a list, each stands after what it dates: "ODD in June 2020 and BTD in March 2021".
        following = len(sentence.text)
        last = at
        for mention in sentence.of_kind(Kind.DESIGNATION, Kind.REGULATORY_ACTION):
            start, end = mention.start - sentence.start, mention.end - sentence.start
            if start > at and not _SIDE_BY_SIDE.fullmatch(sentence.text[last:start]):
                following = start
                break
            last = max(last, end)
        own = _respective(sentence, at, given) or [d for d in given if at < d.start < following]
        if not own:
            # A date before counts unless something else happened between: "approved in May and has Fast Track".
            given = [
                d
                for d in given
                if d.start < at
                and not re.search(
                    r"\band\s+(?:also\s+)?(?:(?:the|its|our|an?)\s+(?:[\w()-]+\s+){1,6})?(?:has|have|is|was|holds?|received)\b",
                    sentence.text[d.end : at],
                )
            ]
            if not given:
                return None
        return (own[0] if own else min(given, key=lambda d: min(abs(d.start - at), abs(d.end - at)))).iso
    return document.published if _is_news(sentence) else None


def _respective(sentence: LinkedSentence, at: int, given: list[DateMatch]) -> list[DateMatch]:
    """ "ODD and Fast Track designation … in April 2024 and December 2023, respectively": to each its own."""
    named = [
        m for m in sentence.of_kind(Kind.DESIGNATION) if given and m.end - sentence.start <= given[0].start
    ]
    if "respectively" not in sentence.text or len(named) < len(given) or len(given) < 2:
        return []
    place = next((i for i, m in enumerate(named[-len(given) :]) if m.start - sentence.start == at), None)
    return [] if place is None else [given[place]]


_SIDE_BY_SIDE: Final = re.compile(
    r"(?:\s*designations?)?(?:\s*,)?(?:\s*(?:and|or|as\s+well\s+as|both|/))?\s*", re.IGNORECASE
)


def is_future(iso: str, published: str | None) -> bool:
    """Whether a date lies after the release: a goal or a plan, not when something was decided."""
    return published is not None and iso > published[: len(iso)]


def _is_news(sentence: LinkedSentence) -> bool:
    """Whether the sentence is the release's own announcement: its headline, or "announces today"."""
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return True
    return (
        sentence.section.kind is SectionKind.BODY
        and not sentence.in_quote
        and bool(re.search(r"\btoday\b|\bannounces?\b(?! (?:on|in|that it (?:will|plans)))", sentence.text))
        and not re.search(
            r"\b(?:last|previously|earlier|in (?:January|February|March|April|May|June|July|August|September|October|November|December))\b",
            sentence.text,
        )
    )


def diseases_after(sentence: LinkedSentence, start: int) -> list[Mention]:
    """The diseases that "for the treatment of …" names after an offset of the sentence; a list counts whole."""
    for match in _FOR_DISEASE.finditer(sentence.frame, start):
        if _NEXT_CLAUSE.search(sentence.text, start, match.start()):
            return []
        listed = [
            m for m in sentence.at(match.start("list"), match.end("list")) if m.entity.kind is Kind.DISEASE
        ]
        # "tumors including melanoma and sarcoma": the umbrella is no disease beside those that it covers
        covers = listed[1:] and re.match(
            r",?\s+(?:including|such as|specifically|namely)\b",
            sentence.text[listed[0].end - sentence.start :],
        )
        return listed[1:] if covers else listed
    return []


#: "designated as an orphan drug and is being evaluated in …": what follows is said of something else
_NEXT_CLAUSE: Final = re.compile(
    r"\band\s+(?:is|are|was|were)\s+(?:also\s+)?(?:currently\s+|now\s+)?(?:being\s+)?(?:evaluated|studied|investigated"
    r"|tested|in)\b",
    re.IGNORECASE,
)
_LISTED: Final = (
    # "rhabdomyosarcoma, a rare pediatric cancer" is one disease
    r"{disease}(?:(?!, an? (?:[\w-]+ ){0,4}?{disease}(?:[,.;]|$))(?:,|/| \(| and| or|, and|, or| as well as)+ ?(?:[\w/-]+ ){0,4}?{disease}){0,8}"
)
_FOR_DISEASE: Final = pattern(
    r"\b(?:for(?! the (?:reduction|control|improvement))|in|(?<!reduction\s)(?<!control\s)of|with|to treat|treating|against)(?: the)?(?: (?:potential |possible )?(?:treatment|therapy|management|prevention) of| (?:use|patients|adults?|children) (?:[\w-]+ ){0,6}?(?:with|in))?"
    rf" (?:(?!combination\b|study\b|trial\b)(?:[\w/+'*:-]+|{{target}}[\w/+-]*),? |\([^()\ue000-\ue0ff]*\) ?|[\w-]+/(?={{disease}})){{0,9}}?(?P<list>{_LISTED})"
)


#: Named programmes whose grant is an approval.
APPROVALS_BY_NAME: Final = frozenset(
    {
        "designation:conditional-marketing-authorisation",
        "designation:conditional-early-approval",
        "regulatory-action:accelerated-approval",
        "regulatory-action:full-approval",
        "regulatory-action:label-expansion",
        "regulatory-action:filing-acceptance",
    }
)
