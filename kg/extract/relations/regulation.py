"""What agencies decide: designation, approval, regulatory_action; designation_term, voucher_sale."""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.programs import sales_of_vouchers, terms_of_programs
from kg.extract.values import DateMatch, dates, populations
from kg.model import Entity, Fact, Kind, Mention, Modality, Value


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """What the release says of decisions of agencies, and of requests to them."""
    actions: list[Fact] = []
    for sentence in document.statements():
        yield from _designations(document, sentence)
        yield from _approvals(document, sentence)
        yield from _causes(document, sentence)
        yield from _possible_vouchers(document, sentence)
        actions += _actions(document, sentence)
    yield from _settled(actions)
    yield from terms_of_programs(document)
    yield from sales_of_vouchers(document)


def _fact(  # noqa: PLR0917 - the parts of a fact in the order in which it is said
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
    fact = Fact(
        relation,
        subject,
        object_,
        modality=modality,
        confidence=confidence,
        evidence=(document.evidence(sentence, f"regulation.{rule}"),),
    )
    return fact.with_qualifiers(qualifiers)


# --- common ground --------------------------------------------------------------------------------------

#: Programmes that only one agency runs.
_AGENCY_OF: Final = {
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
_REGIONS: Final = (
    (re.compile(r"\b(?:European Union|E\.?U\.?|Europe)(?!\w)"), "agency:ema"),
    (re.compile(r"\b(?:United States|U\.S\.|USA|US)(?!\w)"), "agency:fda"),
    (re.compile(r"\bJapan\b"), "agency:mhlw"),
    (re.compile(r"\bChina\b"), "agency:nmpa"),
    (re.compile(r"\b(?:United Kingdom|U\.K\.|UK)(?!\w)"), "agency:mhra"),
    (re.compile(r"\bCanada\b"), "agency:health-canada"),
    (re.compile(r"\bAustralia\b"), "agency:tga"),
    (re.compile(r"\bSwitzerland\b"), "agency:swissmedic"),
)


def _agency(document: LinkedDocument, sentence: LinkedSentence, at: Mention) -> Entity | None:
    """The agency that acts: the nearest in the sentence; else the only one that has such a programme."""
    agencies = sentence.of_kind(Kind.AGENCY)
    curie = _AGENCY_OF.get(at.entity.concept or "")
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
        curie = next((c for form, c in _REGIONS if form.search(sentence.text)), None)
    if agencies:
        return min(agencies, key=lambda m: min(abs(m.start - at.end), abs(at.start - m.end))).entity
    return document.concept(curie) if curie is not None and curie in document.concepts else None


def _date(document: LinkedDocument, sentence: LinkedSentence, at: int) -> str | None:
    """The date of what stands at an offset of the sentence: a date that the sentence gives, or "today".

    A statement of background has none: that the release says it is no date of the event.
    """
    given = [
        d
        for d in dates(sentence.text, on=document.published)
        if not _is_future(d.iso, document.published)
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


def _is_future(iso: str, published: str | None) -> bool:
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


def _diseases(sentence: LinkedSentence, start: int) -> list[Mention]:
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
_APPROVALS_BY_NAME: Final = frozenset(
    {
        "designation:conditional-marketing-authorisation",
        "designation:conditional-early-approval",
        "regulatory-action:accelerated-approval",
        "regulatory-action:full-approval",
        "regulatory-action:label-expansion",
        "regulatory-action:filing-acceptance",
    }
)
_APPROVAL: Final = (
    r"(?:(?:approval|marketing authori[sz]ation)(?! applications?)|{regulatory_action}|{designation})"
)

# --- designation ----------------------------------------------------------------------------------------

_STATUS_VERBS: Final = (
    ("denied", re.compile(r"\b(?:den(?:y|ied|ies)|reject(?:ed|s)|refus(?:ed|es|al)|declin(?:ed|es))\b", re.IGNORECASE)),
    ("withdrawn", re.compile(r"\b(?:withdr[ae]wn?|revok(?:ed|es)|rescind(?:ed|s))\b", re.IGNORECASE)),
    ("requested", re.compile(r"\b(?:request(?:s|ed|ing)?|ask(?:s|ed)?\s+for|appl(?:y|ied|ies|ying|ication)\s+(?:for|to)|submi(?:t|ts|tted|ssion)|seek(?:s|ing)?|sought|filed)\b", re.IGNORECASE)),
    ("granted", re.compile(r"\b(?:grant(?:s|ed|ing)?|receiv(?:e|ed|es|ing)|receipt|award(?:s|ed)?|designat(?:ed|es|ing)|obtain(?:ed|s)?|secur(?:ed|es)|confer(?:s|red)|recogni[sz]ed|existing|issu(?:ed|es)|gain(?:s|ed)|g[ai]ven?|earn(?:ed|s)|holds?|benefits?\s+from|has|have|had|assigned|with|under)\b", re.IGNORECASE)),
)  # fmt: skip
_STRONG: Final = re.compile(
    r"\b(?:grant(?:s|ed|ing)?|receiv(?:e|ed|es|ing)|receipt|award(?:s|ed)?|designat(?:ed|es)|obtain(?:ed|s)?|secur(?:ed|es)|confer(?:s|red)|recogni[sz]ed|existing|gain(?:s|ed)|given|earn(?:ed|s)|holds?|assigned)\b",
    re.IGNORECASE,
)
_HAPPENED: Final = re.compile(
    r"(?<!be )(?<!to )\b(?:granted|received|awarded|obtained|secured|designated)\b", re.IGNORECASE
)
_HAS: Final = pattern(
    r"{drug}(?: [a-z]+)?(?: \([^()]*\))?,? (?:also |currently )?(?:has|have|with|holds)(?: both| also| been granted| received| [\w-]+){0,3} (?:{designation}|{agency})"
)
_FOR_DISEASES_THAT: Final = re.compile(
    r"\bfor\s+(?:diseases|drugs|products|therapies|medicines|conditions|treatments|biologics)\s+(?:that|which|intended|to|for)\b",
    re.IGNORECASE,
)


def _designations(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "the FDA has granted Rare Pediatric Disease Designation (RPDD) to CLR 131 … for the treatment of …";
    "ABC-1 has been designated as an orphan drug by the EMA"; "received Fast Track designation for ABC-1".
    Near misses: "The FDA grants RPDD for diseases that primarily affect children"; "orphan designated cancers";
    "vouchers can be used to receive priority review"; "the designation may enable".
    """
    named = sentence.of_kind(Kind.DESIGNATION)
    if not named or _FOR_DISEASES_THAT.search(sentence.text):
        return
    for mention in named:
        at, end = mention.start - sentence.start, mention.end - sentence.start
        if mention.entity.concept in _APPROVALS_BY_NAME:
            continue
        if re.match(
            r"[\s-]*(?:voucher|designated\s+(?:cancers?|diseases?|indications?))",
            sentence.text[end:],
            re.IGNORECASE,
        ):
            continue
        if re.match(
            r"\s+(?:program(?:me)?\b|is\s+(?:granted|intended|designed|given|awarded|available)|provides?|qualif|may|can|allows?|enables?|offers?|are\s+granted)",
            sentence.text[end:],
        ):
            continue
        status = _status(sentence, at, end)
        if status is None:
            continue
        drug, drug_at = _designated(document, sentence, mention)
        if drug is None:
            continue
        how = modality(sentence.text, at, end)
        happened = status == "granted" and _HAPPENED.search(sentence.text[max(0, at - 60) : at])
        if how is Modality.HISTORICAL or (how is Modality.PLANNED and happened):
            how = Modality.ASSERTED
        if status == "requested" and how is Modality.PLANNED:
            status = "planned"
        agency = _agency(document, sentence, mention)
        after = max(end, drug_at) if drug_at < end + 60 else end
        diseases = _diseases(sentence, after) or _diseases(sentence, end)
        if not diseases and drug_at < at:
            # "ABC-1 for the treatment of X has been granted …"
            diseases = [d for d in _diseases(sentence, max(0, drug_at)) if d.end <= mention.start]
        if mention.entity.concept == "designation:priority-review" and not re.search(
            r"grant|receiv|award|under|with|assigned|accept|designat", sentence.text, re.IGNORECASE
        ):
            continue
        shared = (
            populations(sentence.unnamed(end, diseases[0].start - sentence.start))
            if diseases and diseases[0].start - sentence.start > end
            else ()
        )
        only = _AGENCY_OF.get(mention.entity.concept or "")  # no other agency has such a programme
        behind = max((d.end for d in diseases), default=sentence.start) - sentence.start
        told = _agencies(document, sentence, end) or (
            _agencies(document, sentence, behind) if end < behind < end + 120 else []
        )
        several = [a for a in told if only in (None, a.concept)]
        deciders: list[Entity | None] = [*several] or [agency]
        for decider, disease in product(deciders, diseases or (None,)):
            yield _fact(
                document, sentence, f"designation.{status}", "designation", drug, mention.entity,
                {
                    "agency": decider,
                    "indication": disease.entity if disease else None,
                    "population": shared or None,
                    "status": document.concept(f"regulatory-status:{status}"),
                    "date": _date(document, sentence, at),
                },
                modality=how,
                confidence=0.95 if sentence.of_kind(Kind.DRUG) else 0.8,
            )  # fmt: skip
        for further, date in _more_diseases(document, sentence, diseases):
            for decider in deciders:
                yield _fact(
                    document, sentence, f"designation.{status}", "designation", drug, mention.entity,
                    {
                        "agency": decider,
                        "indication": further,
                        "status": document.concept(f"regulatory-status:{status}"),
                        "date": date,
                    },
                    modality=how,
                    confidence=0.9,
                )  # fmt: skip


_AND_FOR: Final = re.compile(
    r"(?:\s*\([^()]*\))?\s+in\s+(?:[A-Z][a-z]+\s+)?\d{4},?\s+and\s+(?:for|in)\s+(?:the\s+treatment\s+of\s+)?(?:[a-z-]+\s+){0,3}?"
)


def _more_diseases(
    document: LinkedDocument, sentence: LinkedSentence, diseases: list[Mention]
) -> Iterator[tuple[Entity, str | None]]:
    """Diseases that a dated one is followed by, with their own dates: "for X in 2021 and for Y in 2023"."""
    if not diseases:
        return
    at = diseases[-1].end - sentence.start
    following = _AND_FOR.match(sentence.text, at)
    for mention in sentence.of_kind(Kind.DISEASE):
        if following is not None and mention.start - sentence.start == following.end():
            given = list(dates(sentence.text[mention.end - sentence.start :], on=document.published))
            yield mention.entity, given[0].iso if given and given[0].start < 40 else None
            return


_IN_PARENTHESIS: Final = pattern(
    r"(?: ?\(| (?:designations? |status )?(?:by|from) (?:both )?(?:the )?(?:u\.s\. |us )?)(?P<list>{agency}(?:(?:,| and|/| &|, and| as well as) ?(?:by )?(?:the )?(?:u\.s\. |us )?{agency})*)\)?"
)
_BOTH_GRANTED: Final = pattern(
    r"(?P<list>{agency}(?:(?:,| and|, and| as well as)(?: the)? (?:u\.s\. |us )?{agency})+) (?:have |has |had |both |each |also |previously )*(?:granted|awarded)\b"
)
_IN_REGIONS: Final = re.compile(
    r"\s+(?:designations?\s+|status\s+)?in\s+(?:both\s+)?(?:the\s+)?(?P<one>E\.?U\.?|U\.?S\.?A?|United States|European Union|Europe|Japan)"
    r"\s+and\s+(?:the\s+)?(?P<other>E\.?U\.?|U\.?S\.?A?|United States|European Union|Europe|Japan)\b"
)


def _agencies(document: LinkedDocument, sentence: LinkedSentence, end: int) -> list[Entity]:
    """The agencies after a designation: "orphan designation (FDA, EMA)"; "by the FDA and the EMA"; "in the EU and the US"."""
    regions = _IN_REGIONS.match(sentence.text, end)
    if regions is not None:
        return [
            document.concept(curie)
            for name in (regions["one"], regions["other"])
            for form, curie in _REGIONS
            if form.match(name)
        ]
    match = _IN_PARENTHESIS.match(sentence.frame, end) or _BOTH_GRANTED.search(sentence.frame, 0, end)
    if match is None:
        return []
    return [
        m.entity for m in sentence.at(match.start("list"), match.end("list")) if m.entity.kind is Kind.AGENCY
    ]


def _status(sentence: LinkedSentence, at: int, end: int) -> str | None:
    """What has become of a designation, by the verb nearest before it in its clause, or after it."""
    before, after = sentence.text[max(0, at - 200) : at], sentence.text[end : end + 110]
    best: tuple[int, str] | None = None
    for status, form in _STATUS_VERBS:
        for match in form.finditer(before):
            weak = status == "granted" and not _STRONG.match(match[0])
            distance = len(before) - match.end() + (1000 if weak else 0)
            if best is None or distance < best[0]:
                best = (distance, status)
        match_after = re.compile(
            rf"^[^.;]{{0,60}}?\b(?:(?:was|were|has|have|is|are)\s+(?:also\s+|been\s+|previously\s+|recently\s+)*)(?:{form.pattern})",
            re.IGNORECASE,
        ).match(after)
        if (match_after and status != "granted") or (match_after and _STRONG.search(match_after[0])):
            distance = match_after.end()
            if best is None or distance < best[0]:
                best = (distance, status)
    if re.search(
        r"\b(?:withdr[ae]wn?|withdrew|withdraws)\s+(?:its\s+|the\s+|our\s+)?(?:application|request)\b",
        before,
        re.IGNORECASE,
    ):
        return "withdrawn"
    undone = re.match(
        r"[^.;]{0,90}?\b(?:was|were|has been|have been|is)\s+(?:later\s+|subsequently\s+)?(denied|rejected|refused|withdrawn|revoked|rescinded)\b",
        after,
    )
    if undone:
        return "withdrawn" if undone[1] in ("withdrawn", "revoked", "rescinded") else "denied"
    if _REVIEWED_WITH.search(before) and re.match(r"priority review", sentence.text[at:end], re.IGNORECASE):
        return "granted"
    if best is None:
        return None
    if best[0] >= 1000 and not _HAS.search(sentence.frame):
        return None
    if best[1] == "requested" and re.search(
        r"\b(?:grant(?:ed|s)|approved)\b[^.;]{0,30}\b(?:request|application)\b", before, re.IGNORECASE
    ):
        return "granted"
    return best[1]


_TO_DRUGS: Final = re.compile(
    r"\b(?:drugs?|products?|therap(?:y|ies)|medicines?|treatments?|biologics|sponsors?|candidates?|diseases?|conditions?)\s+"
    r"(?:(?:candidates?|products?|and|or|biologics)\s+)*(?:that|which|with|intended|designed|for|to|aimed|addressing)\b",
    re.IGNORECASE,
)


#: Before a drug that is only given with the designated one.
_GIVEN_TOO: Final = re.compile(
    r"(?:\b(?:in\s+combination\s+with|combined\s+with|together\s+with|plus|versus|added\s+to)|\+)(?:\s+(?!and\b|or\b)[\w'®™/-]+){0,7}\s*\(?$",
    re.IGNORECASE,
)


#: "accepted the application with Priority Review"
_REVIEWED_WITH: Final = re.compile(
    r"\baccept\w*\b[^.;]{0,120}\b(?:with|under|for)\s+(?:an?\s+)?$", re.IGNORECASE
)


def _designated(
    document: LinkedDocument, sentence: LinkedSentence, mention: Mention
) -> tuple[Entity | None, int]:
    """The drug that a designation is given to, and where it stands in the sentence."""
    drugs = sentence.of_kind(Kind.DRUG)
    after = [m for m in drugs if m.start >= mention.end]
    before = [m for m in drugs if m.end <= mention.start]
    alone = [m for m in before if not _GIVEN_TOO.search(sentence.text[: m.start - sentence.start])]
    for candidate in (after[:1], (alone or before)[-1:]):
        for drug in candidate:
            return drug.entity, drug.end - sentence.start
    if document.issuer in {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} and not re.search(
        r"\b(?:drugs|products|therapies|medicines)\b", sentence.text
    ):
        return document.drug_of(sentence), 0
    if (
        sentence.of_kind(Kind.AGENCY)
        and re.search(
            r"\b(?:denied|declined|rejected|refused|(?<!is )(?<!are )granted|awarded|assigned|designated)\b",
            sentence.text,
        )
        and not _TO_DRUGS.search(sentence.text)
    ):
        return document.drug_of(sentence), 0
    if re.search(
        r"\b(?:designations?|application|request)\b[^.;]{0,80}\b(?:pending|planned|submitted|filed|received|granted in|under review)\b",
        sentence.text,
        re.IGNORECASE,
    ):
        return document.drug_of(sentence), 0
    if re.search(
        r"\b(?:it|its|the (?:[\w-]+ ){0,2}(?:company|drug|therapy|treatment|candidate|compound|product|vaccine|application|NDA|BLA|MAA|submission|filing)|we|our)\b",
        sentence.text,
        re.IGNORECASE,
    ) and not re.search(
        r"\b(?:drugs|products|therapies|medicines|sponsors?) (?:that|which|with|intended)\b", sentence.text
    ):
        return document.drug_of(sentence), 0
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return document.subject, 0
    return None, 0


# --- approval -------------------------------------------------------------------------------------------

_APPLICATION: Final = (
    r"(?:(?:rolling |supplemental )?(?:new drug (?:application|submission)|supplemental application|resubmission|biologics? licen[sc]e application|marketing authori[sz]ation application|s?NDA|s?BLA|MAA|JNDA|NDS|"
    r"marketing (?:authori[sz]ation )?application|regulatory submission|application for marketing (?:authori[sz]ation|approval)))"
)
_BE: Final = (
    r"(?:is|was|were|has been|have been|are|being)(?: now| also| first| currently| already| recently)?"
)
_HAVING: Final = r"(?:has |have |had |today |also |recently |previously )*"
_BY: Final = r"{agency}(?:'s)?(?: \([^()]*\))?(?: of (?:the )?[A-Z][A-Za-z' ]{2,20}?)?(?:, (?:the )?(?:{agency}|[^,;.]{3,60}),)?(?: [a-z]+ (?:its|the) [a-z ]{3,25} and)?"
_APPROVALS: Final = (
    ("approved", pattern(rf"{_BY} {_HAVING}(?:approv(?:ed|es)|granted (?:[\w-]+ ){{0,4}}?{_APPROVAL}(?: to| for| of)?|clears?) [^.;]{{0,90}}?(?P<drug>{{drug}})")),
    ("approved", pattern(rf"(?P<drug>{{drug}})[^.;]{{0,80}}?\b{_BE} (?:approved|authori[sz]ed)\b(?: (?:by|in) (?:the )?(?P<by>{{agency}}))?(?:(?: in \d{{4}})? and by (?:the )?(?P<by2>{{agency}}))?")),
    ("approved", pattern(rf"\b(?:receiv(?:es|ed)|obtain(?:s|ed)|gain(?:s|ed)|won|secur(?:es|ed)|announc\w+) [^.;]{{0,60}}?{_APPROVAL}(?! (?:of|to) (?:the )?ind\b)[^.;]{{0,80}}?\b(?:for|of) (?:[\w-]+ ){{0,4}}?(?P<drug>{{drug}})")),
    ("approved", pattern(rf"(?P<drug>{{drug}})[^.;]{{0,50}}?\b(?:receiv(?:es|ed)|obtain(?:s|ed)|gain(?:s|ed)|granted) [^.;]{{0,60}}?{_APPROVAL}")),
    ("approved", pattern(rf"(?P<drug>{{drug}})[^.;]{{0,110}}?\b(?:that|which) was granted (?:[a-z]+ ){{0,2}}?{_APPROVAL}")),
    ("submitted", pattern(rf"\b(?:submi(?:t|ts|tted|ssion)|fil(?:e|es|ed|ing)(?! review| accept))(?: of)? [^.;]{{0,70}}?\b{_APPLICATION}[^.;]{{0,120}}?(?P<drug>{{drug}})")),
    ("accepted", pattern(rf"{_BY} {_HAVING}(?:accept(?:ed|s)|validated|{{regulatory_action}})[^.;]{{0,90}}?\b{_APPLICATION}[^.;]{{0,120}}?(?P<drug>{{drug}})")),
    ("accepted", pattern(rf"{_BY} {{regulatory_action}}(?: \([^()]*\))? for (?P<drug>{{drug}})")),
    ("accepted", pattern(rf"(?P<drug>{{drug}})(?:'s)? {_APPLICATION} {_HAVING}(?:was |been )*(?:accepted|validated)\b[^.;]{{0,40}}?\bby (?:the )?{{agency}}")),
    ("accepted", pattern(rf"{_BY} (?:filing )?(?:acceptance|validation)(?: and {{designation}})? (?:of|for) [^.;]{{0,40}}?\b{_APPLICATION}[^.;]{{0,80}}?(?P<drug>{{drug}})")),
    ("accepted", pattern(rf"{_BY} {_HAVING}(?:accept(?:ed|s)|validated) (?:[\w-]+ ){{0,4}}?{{organization}}'s {_APPLICATION} [^.;]{{0,60}}?(?P<drug>{{drug}})")),
    ("accepted", pattern(rf"{_APPLICATION}[^.;]{{0,40}}?\bfor (?P<drug>{{drug}})[^.;]{{0,90}}?(?:{{regulatory_action}}|\b(?:accepted|validated)) by (?:the )?{{agency}}")),
    ("rejected", pattern(rf"{_BY} {_HAVING}(?:rejected|refused|declined to approve|did not approve) [^.;]{{0,90}}?(?P<drug>{{drug}})")),
    ("rejected", pattern(r"\b(?:receiv(?:es|ed)|issued?)\b [^.;]{0,40}?(?P<letter>{regulatory_action})[^.;]{0,140}?(?P<drug>{drug})")),
    # the drug is that of the sentences before
    ("submitted", pattern(rf"\b(?:{_APPLICATION}|applications?)\b[^.;]{{0,60}}?\b(?:was|were|has been|have been) (?:submitted|filed)\b[^.;]{{0,40}}?\b(?:to|with|in) (?:the )?{{agency}}")),
    ("submitted", pattern(rf"\b(?:submi(?:t|ts|tted)|fil(?:e|es|ed|ing))(?: of)? [^.;]{{0,60}}?\b(?:{_APPLICATION}|applications?)\b[^.;]{{0,60}}?\b(?:to|with) (?:the )?{{agency}}(?:(?: in (?:the )?[a-z]+)?(?:,| and|, and)(?: to| with)?(?: the)? {{agency}})*")),
    ("accepted", pattern(rf"{_BY}(?:,? (?:[\w' -]+ )?(?:and|,) (?:[\w' ]+ )?{{agency}})* (?:is|are) (?:also )?reviewing (?:[\w-]+ ){{0,4}}?(?:{_APPLICATION}|applications?)")),
    ("accepted", pattern(rf"\b(?:{_APPLICATION}|applications?)\b[^.;]{{0,60}}?\b(?:under review|(?:was|has been) (?:accepted|validated)|{{regulatory_action}})[^.;]{{0,30}}?\b(?:by|at|with) (?:the )?{{agency}}")),
    ("accepted", pattern(rf"{_BY} {_HAVING}(?:accept(?:ed|s)|validated|{{regulatory_action}}) (?:[\w-]+ ){{0,4}}?(?:{_APPLICATION}|applications?)")),
)  # fmt: skip
#: What an agency sends instead of an approval.
_REFUSALS: Final = frozenset(
    f"regulatory-action:{n}"
    for n in ("complete-response-letter", "refuse-to-file", "clinical-hold", "partial-clinical-hold")
)
_VERB: Final = re.compile(
    r"approv\w+|authori\w+|licen\w+|clears?|submi\w+|fil(?:e|es|ed|ing)\b|accept\w+|validated|reject\w+|refused|declined|review\w*|received?|issued?",
    re.IGNORECASE,
)
_NO_MARKETING: Final = re.compile(
    r"\b(?:INDs?|investigational new drug|orphan|designation|clinical trial applications?|CTAs?|protocol)\b",
    re.IGNORECASE,
)
#: "approved by the agency to initiate the next trial": leave for a trial, no marketing.
_TO_STUDY: Final = re.compile(
    r"[^.;]{0,40}?\b(?:to\s+(?:initiate|commence|start|begin|conduct|proceed|enter|advance)\b|(?:for|in)\s+clinical\s+(?:use|trials?|stud(?:y|ies)))",
    re.IGNORECASE,
)


def _main_disease(document: LinkedDocument, drug: Entity) -> Entity | None:
    """The disease that the release's first sentences about a drug give it for."""
    for sentence in document.of_section(SectionKind.HEADLINE, SectionKind.BODY):
        if any(m.entity == drug for m in sentence.of_kind(Kind.DRUG)) and (found := _diseases(sentence, 0)):
            return found[0].entity
    return None


def _approvals(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "the FDA approved ABC-1 for the treatment of X"; "submitted a BLA to the FDA for ABC-1 for X";
    "An application was submitted to the MHRA" (of the drug spoken of).
    Near misses: "If ABC-1 is approved …" (a hypothesis); "FDA-approved drugs"; "IND approved".
    """
    if not re.search(
        r"approv|authori|licen|applicat|NDA|BLA|MAA|response letter|reject|refus",
        sentence.text,
        re.IGNORECASE,
    ):
        return
    told: set[tuple[str | None, Entity]] = set()
    for status, form in _APPROVALS:
        for match in form.finditer(sentence.frame):
            named = [
                m.entity.concept
                for m in sentence.at(match.start(), match.end())
                if m.entity.kind in (Kind.DESIGNATION, Kind.REGULATORY_ACTION)
            ]
            if "letter" in form.groupindex and named != ["regulatory-action:complete-response-letter"]:
                continue
            if status in ("approved", "accepted") and not _REFUSALS.isdisjoint(named):
                continue
            stated = re.search(
                r"\bapproved?\b|\bapproval\b|\bapplication\b|\b[ns]?NDA\b|\bBLA\b|\bMAA\b",
                sentence.frame[match.start() : match.end()],
            )
            if (
                "letter" not in form.groupindex
                and any(n not in _APPROVALS_BY_NAME for n in named)
                and not stated
            ):
                continue
            if (
                status == "approved"
                and "regulatory-action:filing-acceptance" in named
                and not re.search(
                    r"approv|authori", sentence.frame[match.start() : match.end()], re.IGNORECASE
                )
            ):
                continue
            if status == "approved" and re.search(
                r"\brecommend|\bopinion\b", sentence.text[match.start() : match.end()], re.IGNORECASE
            ):
                continue  # "a positive opinion recommending approval of …"
            if _NO_MARKETING.search(sentence.text[match.start() : match.end()]) or (
                status == "approved" and _TO_STUDY.match(sentence.text, match.end())
            ):
                continue
            outcome = status
            if (
                status == "approved"
                and any(n not in _APPROVALS_BY_NAME for n in named)
                and not re.search(
                    r"approv|authori", sentence.frame[match.start() : match.end()], re.IGNORECASE
                )
            ):
                outcome = "accepted"  # "granted priority review for the application"
            if "drug" in form.groupindex:
                at_drug = sentence.mention(match, "drug")
                drug, after = at_drug.entity, at_drug.end - sentence.start
            else:
                meant = document.drug_of(sentence)
                if meant is None:
                    continue
                drug, after = meant, match.end()
                at_drug = Mention(sentence.start + match.start(), sentence.start + match.end(), "", meant)
            diseases = [
                m.entity
                for m in _diseases(sentence, max(match.end(), after))
                or _diseases(sentence, match.start())
                or _diseases(sentence, after)
            ]
            if not diseases and (drug == document.subject or "drug" not in form.groupindex):
                main = _main_disease(document, drug)
                diseases = [main] if main is not None else []
            verb = _VERB.search(sentence.text, match.start(), match.end())
            at = verb.start() if verb else match.start()
            how = modality(sentence.text, at, verb.end() if verb else at + 1)
            if how is Modality.NEGATED and status == "rejected":
                how = Modality.ASSERTED  # "did not approve"
            if how is Modality.PLANNED and status != "submitted":
                how = Modality.HYPOTHETICAL  # "is expected to approve"
            deciders = [
                sentence.mention(match, g).entity for g in ("by", "by2") if g in form.groupindex and match[g]
            ]
            if not deciders:
                inside = [
                    m.entity for m in sentence.at(match.start(), match.end()) if m.entity.kind is Kind.AGENCY
                ]
                deciders = list(dict.fromkeys(inside)) if "drug" not in form.groupindex else inside[:1]
            agencies: list[Entity | None] = [*deciders] or [_agency(document, sentence, at_drug)]
            inside_ends = [
                m.end - sentence.start
                for m in sentence.at(match.start(), match.end())
                if m.entity.kind is Kind.REGULATORY_ACTION
            ]
            at = max([at, *inside_ends])
            if outcome == "approved":
                agencies = [_european(document, sentence, a) for a in agencies]
            shown = "planned" if how is Modality.PLANNED else outcome
            for agency in agencies:
                for disease in diseases:
                    if ((agency.label if agency else None), disease) in told:
                        continue
                    told.add(((agency.label if agency else None), disease))
                    yield _fact(
                        document, sentence, f"approval.{outcome}", "approval", drug, disease,
                        {
                            "agency": agency,
                            "status": document.concept(f"regulatory-status:{shown}") if not how.is_claim_only else None,
                            "population": populations(sentence.unnamed(after, len(sentence.text))) or None if "drug" in form.groupindex else None,
                            "date": _approval_date(document, sentence, at, how),
                        },
                        modality=Modality.ASSERTED if how is Modality.HISTORICAL else how,
                        confidence=0.9 if "drug" in form.groupindex else 0.75,
                    )  # fmt: skip


def _european(document: LinkedDocument, sentence: LinkedSentence, agency: Entity | None) -> Entity | None:
    """The Commission where "Europe" stands for an agency: it approves what the EMA recommends."""
    named = {m.entity for m in sentence.of_kind(Kind.AGENCY)}
    if agency is not None and agency.concept == "agency:ema" and agency not in named:
        return document.concept("agency:ec")
    return agency


def _approval_date(document: LinkedDocument, sentence: LinkedSentence, at: int, how: Modality) -> str | None:
    """When it was decided, or when it is planned for."""
    if how.is_claim_only:
        return None
    if how is Modality.PLANNED:
        found = [
            d for d in dates(sentence.text, on=document.published) if _is_future(d.iso, document.published)
        ]
        return found[0].iso if found else None
    return _date(document, sentence, at)


# --- regulatory action ----------------------------------------------------------------------------------

#: Actions told by a phrase rather than by a name in the vocabulary.
_PHRASES: Final = (
    ("ind-clearance", "granted", pattern(r"{agency}(?:'s)? (?:has |have |had |today |also |recently )*(?:clear(?:ed|s|ance)|accept(?:ed|s|ance)|approv(?:ed|es|al)|allow(?:ed|s))(?: of)? [^.;]{0,80}?\b(?P<act>inds?\b|investigational new drug)")),
    ("ind-clearance", "granted", pattern(r"\b(?P<act>ind\b|investigational new drug)[^.;]{0,80}?\b(?:was |has been |is |were )*(?:cleared|accepted|approved|active|in effect|went into effect|has gone into effect)\b")),
    ("shipment-authorization", "requested", pattern(r"\b(?P<act>authori[sz]ation) (?:from|by|of) (?:the )?{agency} (?:for|of) (?:any |all |the |its |future |further |additional )*shipments?\b")),
    ("ind-clearance", "granted", pattern(r"\b(?:clearance|acceptance|approval) (?:of|for|to) [^.;]{0,60}?\b(?P<act>ind\b|investigational new drug)")),
    ("ind-clearance", "granted", pattern(r"\b(?P<act>ind|investigational new drug(?: \([^()]*\))?)(?: application)? clearance\b")),
    ("ind-submission", "submitted", pattern(r"\b(?:submi(?:t|ts|tted|ssion)|fil(?:e|es|ed|ing)(?: of)?) [^.;]{0,50}?\b(?P<act>ind\b|investigational new drug)")),
    ("cta-approval", "granted", pattern(r"{agency}(?:'s)? (?:has |have |had |today |also )*(?:clear(?:ed|s)|accept(?:ed|s)|approv(?:ed|es)|authori[sz](?:ed|es)) [^.;]{0,80}?\b(?P<act>cta\b|clinical trial (?:application|authori[sz]ation))")),
    ("cta-approval", "granted", pattern(r"\b(?P<act>cta\b|clinical trial (?:application|authori[sz]ation))[^.;]{0,60}?\b(?:was |has been |is )*(?:cleared|accepted|approved|authori[sz]ed|granted)\b")),
    ("cta-approval", "granted", pattern(r"{agency}(?:, [^,;.]{3,60},)? (?:has |have |had |also |recently )*(?:approv(?:ed|es)|authori[sz](?:ed|es)|cleared) (?:the|its|our|a) (?P<act>[^.;]{0,50}?(?:trial|study))\b")),
    ("cta-approval", "granted", pattern(r"\b(?:approval|authori[sz]ation|clearance) (?:by|from) (?:the )?{agency} (?:of|for) (?:the |its |our |a )?[^.;]{0,20}?(?P<act>clinical trial (?:application|authori[sz]ation)|cta\b|ind\b)")),
    ("cta-approval", "granted", pattern(r"{agency}[^.;]{0,30}?\bissued (?:a |its )?(?P<act>no objection letter)")),
    ("pdufa-date", "in-effect", pattern(r"\b(?P<act>(?:prescription drug user fee act|pdufa)\)? (?:target )?(?:action |goal )?date)\b")),
    ("clinical-hold", "lifted", pattern(r"\b(?:lift(?:ed|s|ing)?|remov(?:ed|es|al)|releas(?:ed|es))(?: of)? (?:(?:the|its|a|full|partial|fda|{agency}) ?){0,4}(?P<act>clinical hold|{regulatory_action})")),
)  # fmt: skip
_GRANTED: Final = re.compile(
    r"\b(?:grant(?:s|ed|ing)?|provid(?:ed|es|ing)|receiv(?:ed|es)|award(?:ed|s)|issu(?:ed|es|ing)|adopt(?:ed|s)|obtain(?:ed|s)|secur(?:ed|es)|accept(?:ed|s)|effective|in effect|resulted in|approv(?:ed|es))\b",
    re.IGNORECASE,
)
_REQUESTED: Final = re.compile(
    r"\b(?:to (?:secure|obtain|seek|request|receive|get)|seek(?:s|ing)?|request(?:s|ed|ing)?|await(?:s|ing)?|appl(?:y|ied|ying) for|possible|concerning)\b",
    re.IGNORECASE,
)
_LIFTED: Final = re.compile(r"\b(?:lift(?:ed|s|ing)|removed|resolved)\b", re.IGNORECASE)
_IMPOSED: Final = re.compile(
    r"\b(?:plac(?:ed|es|ing)|impos(?:ed|es)|issu(?:ed|es)|inform(?:ed|s)|notif(?:ied|ies)|received|subject to|put)\b",
    re.IGNORECASE,
)
#: Actions that burden; what is granted here is not the action but relief from it.
_BURDENS: Final = frozenset(
    f"regulatory-action:{n}"
    for n in ("import-alert", "clinical-hold", "partial-clinical-hold", "warning-letter", "boxed-warning")
)
#: Actions whose names in the vocabulary hold the verb: "cleared the IND", "lifted the clinical hold".
_TOLD_BY_NAME: Final = {
    "regulatory-action:ind-clearance": "granted",
    "regulatory-action:cta-approval": "granted",
    "regulatory-action:study-may-proceed": "granted",
    "regulatory-action:ind-submission": "submitted",
    "regulatory-action:clinical-hold-lifted": "lifted",
}
#: Actions that say by their name what has become of the application.
_LETTERS: Final = frozenset(
    f"regulatory-action:{n}"
    for n in (
        "complete-response-letter",
        "refuse-to-file",
        "positive-opinion",
        "negative-opinion",
        "warning-letter",
        "pdufa-date",
    )
)
_SCOPE: Final = re.compile(
    r"\b(?:for|in)\s+(?:all\s+|the\s+|its\s+|our\s+|any\s+)?(?:[A-Z][\w-]*[\s-]?\d[\w-]*\s+)?(?P<scope>(?:[a-z-]+|[A-Z][a-z]+)\s+(?:and\s+[a-z]+\s+)?(?:[Ss]tud(?:y|ies)|[Pp]rograms?|[Tt]rials?))\b"
)
_IN_CONNECTION: Final = re.compile(
    r"\bin\s+connection\s+with\s+(?:its|the|our|any)\s+(?P<scope>(?:[Pp]hase\s+\S+\s+)?(?:clinical\s+)?(?:study|trial|program)"
    r"(?:\s+(?:of|in)\s+\w+\s+patients)?)\b"
)
_NO_SCOPE: Final = frozenset(
    {"clinical", "future", "all", "phase", "these", "this", "such", "ongoing", "its", "the", "our"}
)


def _actions(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Hits: "FDA Grants Exemption to Import Alert for CLR 131 Hematology Studies"; "informed of an FDA Import Alert";
    "the FDA cleared the IND for ABC-1"; "PDUFA date of March 31, 2024"; "to secure an exemption for the pediatric program" (planned).
    Near misses: "priority review vouchers can be sold"; "efforts to have the Import Alert lifted"; "the FDA review process".
    """
    taken: set[str] = set()
    for name, status, form in _PHRASES:
        for match in form.finditer(sentence.frame):
            curie = f"regulatory-action:{name}"
            if curie in taken or curie not in document.concepts:
                continue
            act = Mention(
                sentence.start + match.start("act"),
                sentence.start + match.end("act"),
                "",
                document.concept(curie),
            )
            if name == "clinical-hold" and not re.search(
                r"hold", sentence.text[match.start() : match.end()], re.IGNORECASE
            ):
                continue
            if (
                not act.text
                and not match["act"].lower().startswith("no ")
                and modality(sentence.text, max(match.start(), match.end() - 3), match.end()).is_claim_only
            ):
                continue  # "file an IND and, if cleared, begin"
            if name == "cta-approval" and any(
                m.entity.concept == "agency:fda" for m in sentence.at(match.start(), match.end())
            ):
                act = Mention(act.start, act.end, "", document.concept("regulatory-action:ind-clearance"))
            taken.add(curie)
            yield from _action(document, sentence, act, status)
    for mention in sentence.of_kind(Kind.REGULATORY_ACTION):
        if mention.entity.concept in taken | _APPROVALS_BY_NAME or (
            "regulatory-action:clinical-hold" in taken and "hold" in mention.text.lower()
        ):
            continue
        status_ = _action_status(sentence, mention)
        if status_ is not None:
            yield from _action(document, sentence, mention, status_)


def _action_status(sentence: LinkedSentence, mention: Mention) -> str | None:
    """What has become of an action, by the words around its name; None where nothing is said to have happened."""
    at, end = mention.start - sentence.start, mention.end - sentence.start
    before, after = sentence.text[max(0, at - 110) : at], sentence.text[end : end + 130]
    concept = mention.entity.concept or ""
    if concept in _TOLD_BY_NAME:
        return _TOLD_BY_NAME[concept]
    if concept == "regulatory-action:pdufa-date":
        return "in-effect" if dates(sentence.text[end:]) or dates(before) else None
    if concept in _BURDENS:
        if _LIFTED.search(after[:40]) or re.search(
            r"\b(?:lift\w*|remov\w*)\s+(?:of\s+)?(?:the\s+|its\s+)?$", before
        ):
            return (
                None
                if re.search(r"\b(?:efforts?|work\w*|request\w*|seek\w*|to have)\b", before)
                else "lifted"
            )
        return (
            "in-effect"
            if _IMPOSED.search(before[-60:])
            or re.match(r"\s+(?:that|which)?\s*(?:prohibit|prevent|on\b)", after)
            else None
        )
    if concept in ("regulatory-action:positive-opinion", "regulatory-action:negative-opinion"):
        return None if re.search(r"\b(?:expect\w*|anticipat\w*|await\w*|pending)\b", before) else "granted"
    if concept == "regulatory-action:priority-review-voucher":
        return (
            "granted" if re.search(r"\b(?:granted|awarded|received|issued)\b[^.;]{0,40}$", before) else None
        )
    nearest = [
        (len(before) - m.end(), s)
        for s, f in (("granted", _GRANTED), ("requested", _REQUESTED))
        for m in f.finditer(before)
    ]
    if nearest:
        return min(nearest)[1]
    if re.match(
        r"[^.;]{0,40}\b(?:is|was|has been|are|were)\s+(?:\w+\s+)?(?:effective|granted|issued|received|cleared|approved|adopted)\b",
        after,
    ):
        return "granted"
    return None


def _action(document: LinkedDocument, sentence: LinkedSentence, act: Mention, status: str) -> Iterator[Fact]:
    if act.entity.concept == "regulatory-action:clinical-hold-lifted":
        act = Mention(act.start, act.end, act.text, document.concept("regulatory-action:clinical-hold"))
    agency = _agency(document, sentence, act)
    if agency is None:
        known = list(dict.fromkeys(m.entity for m in document.mentions(Kind.AGENCY)))
        agency = known[0] if len(known) == 1 else None
    if agency is None:
        return
    at, end = act.start - sentence.start, act.end - sentence.start
    drugs = [m for m in sentence.of_kind(Kind.DRUG) if m.start >= act.start] or list(
        sentence.of_kind(Kind.DRUG)
    )
    how = modality(sentence.text, at, end)
    if how is Modality.HISTORICAL:
        how = Modality.ASSERTED
    if status == "requested" and how is Modality.ASSERTED:
        how = Modality.PLANNED
    scope = next(
        (
            m["scope"]
            for m in _SCOPE.finditer(sentence.text, end)
            if m["scope"].split()[0].lower() not in _NO_SCOPE
        ),
        None,
    )
    if scope is None and (linked := _IN_CONNECTION.search(sentence.text, end)):
        scope = " ".join(linked["scope"].split())
    diseases = [] if scope else _diseases(sentence, end)  # a scope says more than a disease that stands near
    concept = act.entity.concept or ""
    date = None
    if status != "requested":
        date = _date(document, sentence, at)
        if concept == "regulatory-action:pdufa-date":
            given = [d for d in dates(sentence.text) if d.start >= end] or list(dates(sentence.text))
            date = given[0].iso if given else None
            how = Modality.ASSERTED if how is Modality.PLANNED else how
    yield _fact(
        document, sentence, f"action.{status}", "regulatory_action", agency, act.entity,
        {
            "drug": drugs[0].entity if drugs else document.drug_of(sentence),
            "scope": scope.lower() if scope else None,
            "supplier": _supplier(sentence),
            "indication": diseases[0].entity if len(diseases) == 1 else None,
            "date": date,
            "status": None if concept in _LETTERS else document.concept(f"regulatory-status:{status}"),
        },
        modality=how,
        confidence=0.9,
    )  # fmt: skip


_CAUSED: Final = pattern(
    r"(?P<act>{regulatory_action})[^.;]{0,40}? (?:was|is|were)(?P<not> not)? (?P<un>un)?(?:related to|caused by"
    r"|due to|the result of|attributable to) (?P<drug>{drug})"
)


def _causes(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What an action came from, or did not.

    Hits: "the Import Alert was not related to CLR 131 specifically" (negated); "the clinical hold was due to AB-1".
    Near misses: "the Import Alert was lifted"; "an exemption to CLR 131".
    """
    for match in _CAUSED.finditer(sentence.frame):
        act = sentence.mention(match, "act")
        agency = _agency(document, sentence, act)
        if agency is None:
            continue
        how = modality(sentence.text, match.start("drug"), match.end("drug"))
        yield _fact(
            document, sentence, "action.cause", "regulatory_action", agency, act.entity,
            {"cause": sentence.mention(match, "drug").entity},
            modality=Modality.NEGATED if match["not"] or match["un"] else how,
            confidence=0.85,
        )  # fmt: skip


_TO_RECEIVE: Final = re.compile(
    r"\b(?:receive|obtain|be\s+(?:awarded|granted|issued)|qualify\s+for|eligible\s+for)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)


def _possible_vouchers(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """A voucher that may come: a hope, whatever else is granted.

    Hits: "the designation may enable Acme to receive a priority review voucher".
    Near misses: "Acme received a priority review voucher"; "vouchers can be sold".
    """
    for mention in sentence.of_kind(Kind.REGULATORY_ACTION):
        at, end = mention.start - sentence.start, mention.end - sentence.start
        agency = _agency(document, sentence, mention)
        if (
            mention.entity.concept == "regulatory-action:priority-review-voucher"
            and agency is not None
            and _TO_RECEIVE.search(sentence.text[:at])
            and modality(sentence.text, at, end) is Modality.HYPOTHETICAL
        ):
            yield _fact(
                document, sentence, "action.possible", "regulatory_action", agency, mention.entity,
                {"drug": document.drug_of(sentence)}, modality=Modality.HYPOTHETICAL, confidence=0.85,
            )  # fmt: skip


_SUPPLIER: Final = pattern(
    r"\b(?:placed|imposed) on (?:the )?({organization})|({organization})(?: \([^()]*\))?,? (?:the |our |its )?(?:sole |exclusive )?supplier|({organization}) (?:was|were|has been) (?:informed|notified)"
)


def _supplier(sentence: LinkedSentence) -> Entity | None:
    """The supplier that an action is against: "the Import Alert placed on Acme"."""
    match = _SUPPLIER.search(sentence.frame)
    return sentence.mention(match, next(i for i in (1, 2, 3) if match[i])).entity if match else None


def _settled(actions: list[Fact]) -> Iterator[Fact]:
    """All actions but requests for what the same release says was granted."""

    def words(fact: Fact) -> set[str]:
        return {str(s).split()[0] for s in fact.qualifier("scope")}

    for fact in actions:
        status = [v.label for v in fact.qualifier("status") if isinstance(v, Entity)]
        if status == ["requested"]:
            rivals = [
                f
                for f in actions
                if f.object == fact.object
                and f is not fact
                and [v.label for v in f.qualifier("status") if isinstance(v, Entity)] == ["granted"]
            ]
            granted = {w for f in rivals for w in words(f)}
            if rivals and (not words(fact) or words(fact) & granted):
                continue
        yield fact
