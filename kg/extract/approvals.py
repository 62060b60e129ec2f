"""Sentences → approvals and applications for them: drug → disease, with agency, status, date."""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.decisions import APPROVALS_BY_NAME, agency_of, date_of, diseases_after, fact_of, is_future
from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.values import dates, populations
from kg.model import Entity, Fact, Kind, Mention, Modality

_APPROVAL: Final = (
    r"(?:(?:approval|marketing authori[sz]ation)(?! applications?)|{regulatory_action}|{designation})"
)
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
        if any(m.entity == drug for m in sentence.of_kind(Kind.DRUG)) and (
            found := diseases_after(sentence, 0)
        ):
            return found[0].entity
    return None


def approvals(document: LinkedDocument) -> Iterator[Fact]:
    """The approvals and applications that a release tells of."""
    for sentence in document.statements():
        yield from _told(document, sentence)


def _told(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
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
                and any(n not in APPROVALS_BY_NAME for n in named)
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
                and any(n not in APPROVALS_BY_NAME for n in named)
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
                for m in diseases_after(sentence, max(match.end(), after))
                or diseases_after(sentence, match.start())
                or diseases_after(sentence, after)
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
            agencies: list[Entity | None] = [*deciders] or [agency_of(document, sentence, at_drug)]
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
                    yield fact_of(
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
            d for d in dates(sentence.text, on=document.published) if is_future(d.iso, document.published)
        ]
        return found[0].iso if found else None
    return date_of(document, sentence, at)
