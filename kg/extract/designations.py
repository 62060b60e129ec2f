"""Sentences → designations: drug → "orphan drug", "fast track", …, with agency, disease, status, date."""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

from kg.extract.decisions import (
    APPROVALS_BY_NAME,
    ONLY_AGENCY,
    REGIONS,
    agency_of,
    date_of,
    diseases_after,
    fact_of,
)
from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.values import dates, populations
from kg.model import Entity, Fact, Kind, Mention, Modality

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


def designations(document: LinkedDocument) -> Iterator[Fact]:
    """The designations that a release tells of."""
    for sentence in document.statements():
        yield from _told(document, sentence)


def _told(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
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
        if mention.entity.concept in APPROVALS_BY_NAME:
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
        agency = agency_of(document, sentence, mention)
        after = max(end, drug_at) if drug_at < end + 60 else end
        diseases = diseases_after(sentence, after) or diseases_after(sentence, end)
        if not diseases and drug_at < at:
            # "ABC-1 for the treatment of X has been granted …"
            diseases = [d for d in diseases_after(sentence, max(0, drug_at)) if d.end <= mention.start]
        if mention.entity.concept == "designation:priority-review" and not re.search(
            r"grant|receiv|award|under|with|assigned|accept|designat", sentence.text, re.IGNORECASE
        ):
            continue
        shared = (
            populations(sentence.unnamed(end, diseases[0].start - sentence.start))
            if diseases and diseases[0].start - sentence.start > end
            else ()
        )
        only = ONLY_AGENCY.get(mention.entity.concept or "")  # no other agency has such a programme
        behind = max((d.end for d in diseases), default=sentence.start) - sentence.start
        told = _agencies(document, sentence, end) or (
            _agencies(document, sentence, behind) if end < behind < end + 120 else []
        )
        several = [a for a in told if only in (None, a.concept)]
        deciders: list[Entity | None] = [*several] or [agency]
        for decider, disease in product(deciders, diseases or (None,)):
            yield fact_of(
                document, sentence, f"designation.{status}", "designation", drug, mention.entity,
                {
                    "agency": decider,
                    "indication": disease.entity if disease else None,
                    "population": shared or None,
                    "status": document.concept(f"regulatory-status:{status}"),
                    "date": date_of(document, sentence, at),
                },
                modality=how,
                confidence=0.95 if sentence.of_kind(Kind.DRUG) else 0.8,
            )  # fmt: skip
        for further, date in _more_diseases(document, sentence, diseases):
            for decider in deciders:
                yield fact_of(
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
            for form, curie in REGIONS
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
