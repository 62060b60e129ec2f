"""Linked sentences → leave to begin a trial: agency → "IND clearance" or "CTA approval", with drug, scope, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.extract.clauses import Clause, clauses, words_of
from kg.extract.deciders import Office
from kg.extract.distribution import Share
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.extract.stretches import Span
from kg.extract.trial_names import names_in, trial_names
from kg.model import Entity, Fact, Modality

_IND: Final = r"(?:INDs?\b|investigational new drug)"
_CTA: Final = (
    r"(?:CTAs?\b|clinical trial (?:applications?|authori[sz]ations?"
    r"|notifications?|permits?)|CTNs?\b|IMPDs?\b|trial applications?)"
)
_TRIAL: Final = r"(?:trials?|stud(?:y|ies)|protocol|clinical development|dosing)\b"
_GIVES: Final = (
    r"(?:clear(?:s|ed)|accept(?:s|ed)|approv(?:es|ed)|authori[sz](?:es"
    r"|ed)|allow(?:s|ed)|permit(?:s|ted)|endors(?:es|ed)|grant(?:s"
    r"|ed))"
)
_LEAVE: Final = (
    r"(?:clearance|acceptance|approvals?|authori[sz]ations?|go-ahead"
    r"|green light|permission|consent|allowance)"
)
_NP: Final = r"(?:[\w'’/()-]+ |{organization}(?:'s)? |{drug}(?:'s)? |{disease} |{agency}(?:'s)? )"
_BEGIN: Final = (
    r"(?:to )?(?:initiat|commenc|start|begin|conduct|proceed|enrol|run|dos|open|advanc|enter|test)\w*"
)
_EVENTS: Final = (
    # "cleared its Investigational New Drug (IND) application", "authorised the CTAs", "approved a protocol amendment"
    rf"\b{_GIVES}(?= (?:of )?{_NP}{{0,9}}?(?:{_IND}|{_CTA}))",
    # "approved the first-in-human trial", "authorised that study"
    rf"\b{_GIVES}(?= (?:the|its|our|an?|this|that|initiation of) (?:(?!for\b"
    rf"|based\b|on\b|with\b){_NP}){{0,6}}?{_TRIAL})",
    # "cleared the company to enrol patients", "cleared ABC-1 to enter the clinic"
    rf"\b(?:clear(?:s|ed)|authori[sz](?:es|ed)|allow(?:s|ed)|permit(?:s"
    rf"|ted)) {_NP}{{1,4}}?to {_BEGIN}(?= [^.;]{{0,90}}?(?:{_TRIAL}"
    rf"|patients|clinic\b))",
    # "clearance of the IND", "approval from the MHRA of the CTA", "authorisation of clinical trial"
    rf"\b{_LEAVE}(?= (?:(?:from|by|of|for|to) )?{_NP}{{0,8}}?(?:of "
    rf"|for |to )?{_NP}{{0,5}}?(?:{_IND}|{_CTA}))",
    # "received approval from the CDE to begin a Phase 3 trial"
    rf"\b{_LEAVE}(?= (?:(?:from|by) {_NP}{{1,5}})?(?:for|to|of) (?:the "
    rf"|its |our |a |an )?(?:{_BEGIN}|initiation) [^.;]{{0,80}}?{_TRIAL})",
    rf"\b{_LEAVE}(?= (?:of|for) (?:the |its |our |a |an )?(?:(?!treatment\b){_NP}){{0,4}}?(?:clinical "
    rf"|phase \S+ )(?:clinical )?{_TRIAL})",
    # "IND clearance", "CTA approval", "IND approved by", "the CTA for ABC-1 has been authorised"
    rf"(?:{_IND}|{_CTA})(?: \([^()]*\))?(?: applications?)?(?: \([^()]*\))? (?:clearances?"
    rf"|acceptances?|approvals?|authori[sz]ations?)\b",
    rf"(?:{_IND}|{_CTA})(?: \([^()]*\))?(?: (?:applications?|amendments?"
    rf"|submission))?(?: \([^()]*\))?[^.;]{{0,90}}?"
    r"(?:\b(?:was|were|has been|have been|is|are|had been|being) (?:now |also |recently )?)?"
    r"\b(?:cleared|accepted|approved|authori[sz]ed|granted|active|open(?![- ]label)|in effect"
    r"|(?:became|went into|taken|has gone into) effect(?:ive)?)\b",
    # "the trial was cleared by the FDA"
    rf"\b{_TRIAL}[^.;]{{0,90}}?\b(?:was|were|has been|have been|had been) (?:\w+ly )?(?:cleared"
    rf"|approved|authori[sz]ed|permitted)(?= by (?:the )?(?:[A-Z]\w+(?:'s)? ){{0,2}}{{agency}})",
    # "under the IND that the FDA cleared in November"
    rf"(?:{_IND}|{_CTA})(?: applications?)?,? (?:that|which) (?:the )?{{agency}} (?:has |had )?"
    r"(?:cleared|accepted|approved|authori[sz]ed|allowed)\b",
    # Health Canada and the TGA
    r"\bno[ -]objection letters?\b",
    r"\bclinical trial (?:notification|exemption)(?: \((?:CTN|CTX|CTA)\))?(?: scheme)?",
    r"\bclinical trial (?:authori[sz]ations?|approvals?|permits?)\b",
    r"\bmay (?:now )?proceed (?:with|to)\b",
    r"\b(?:study |safe to |clinical trial )?may[- ]proceed\"?”? (?:letter|notice|notification|notification letter"
    r"|communication)\b",
    # "may begin human testing, following the FDA's 30-day review of its IND"
    rf"\bmay (?:now )?(?:begin|start|initiate|commence|proceed|enrol|dose)\b(?=[^.;]{{0,160}}? (?:following|after"
    rf"|under|as)\b[^.;]{{0,120}}?(?:{_IND}|{_CTA}))",
    r"\b30-day (?:FDA |IND |safety |mandatory |statutory )*(?:review|waiting)(?: period)?(?=[^.;]{0,80}? (?:expired"
    r"|elapsed|passed|ended|concluded|completed|lapsed|without)\b)",
)  # fmt: skip
#: "authorised KINDLE-1": a trial by its name
_NAMED_TRIAL: Final = Pattern(
    r"(?P<verb>\b(?:approved|authori[sz]ed|cleared)\b)\s+(?P<name>[A-Z][A-Z]+[A-Z\d]*(?:-[A-Z\d]+)*)\b"
)
_MAY_TELL: Final = Pattern(
    r"\bINDs?\b|\bCTAs?\b|\bCTN\b|clinical trial|investigational new drug"
    r"|no[ -]objection|may[- ]proceed|30-day|clear|authori|approv|permi|allow|go-ahead"
    r"|green light|consent|may proceed|notification",
    re.IGNORECASE,
)
#: No leave: an application in preparation, a law, ethics committees, the sponsor's own words.
_NOT: Final = Pattern(
    r"\bappl(?:y|ied|ies|ying)\s+(?:to|for)\b(?:(?!\band\b)[^.;,]){0,90}$|\b(?:IND-enabling|ethics|IRB"
    r"|review board|if|upon|pending|subject to"
    r"|once|following submission|plan\w*|expect\w*|anticipat\w*"
    r"|intend\w*|seek\w*|will|toward\w*|not yet|await\w*|prepar\w+)\b[^.;]{0,90}$",
    re.IGNORECASE,
)
#: In the Union trials are authorised by another name.
_NO_INDS: Final = frozenset({"agency:ema", "agency:ec", "agency:chmp", "agency:comp"})
#: "under the IND *that the FDA cleared*": done, whatever is planned before it
_THAT_WAS: Final = Pattern(r"\b(?:that|which)\s", re.IGNORECASE)
_PHASE: Final = Pattern(
    r"\b[Pp]hase\s+(?:[1-4]|I{1,3})[ab]?(?:/(?:[1-4]|I{1,3})[ab]?)?\s+(?:clinical\s+)?(?:trial|study)\b"
)


@cache
def _events() -> tuple[Pattern, ...]:
    return tuple(pattern(words) for words in _EVENTS)


def trial_leave(document: LinkedDocument) -> Iterator[tuple[Fact, bool]]:
    """Trials that agencies let begin; each fact with whether its date is only that of the release.

    Hits: "the FDA has cleared the IND for ABC-1"; "MHRA Authorisation of Clinical Trial Application for ABC-1"; "a
    second trial, EDGE-2, was cleared by the FDA in August 2024"; "Health Canada issued a No Objection Letter".
    Near misses: "plans to file an IND and, if cleared, to begin"; "approved ABC-1 on the basis of a Phase 3 trial";
    "IND-enabling studies"; "the ethics committee approved the protocol".
    """
    names = trial_names(document)
    told: list[tuple[Fact, bool]] = []
    for sentence in document.statements():
        if not _MAY_TELL.search(sentence.text):
            continue
        text = words_of(sentence)
        for clause in clauses(document, sentence, text, _found(text, names), to_evidence=False):
            told += _facts(clause, names)
    cleared = {(f.subject, f.qualifier("drug")) for f, _ in told if _is(f, "ind-clearance")}
    for fact, by_release in told:
        # "IND Approval … in China": the same told as "approved the trial"
        if not (_is(fact, "cta-approval") and (fact.subject, fact.qualifier("drug")) in cleared):
            yield fact, by_release


def _is(fact: Fact, kind: str) -> bool:
    return isinstance(fact.object, Entity) and fact.object.concept == f"regulatory-action:{kind}"


def _found(text: str, names: Sequence[str]) -> list[Span]:
    spans = [m.span() for form in _events() for m in form.finditer(text)]
    spans += [m.span("verb") for m in _NAMED_TRIAL.finditer(text) if m["name"] in names]
    out: list[Span] = []
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if not any(start < o_end and o_start < end for o_start, o_end in out):
            out.append((start, end))
    out.sort()
    # "approved the clinical trial authorisation" is one
    return [s for i, s in enumerate(out) if not i or not _OBJECT.fullmatch(text[out[i - 1][1] : s[0]])]


_OBJECT: Final = pattern(rf" (?:(?!and\b){_NP}){{0,6}}")


def _facts(clause: Clause, names: Sequence[str]) -> Iterator[tuple[Fact, bool]]:
    document, sentence = clause.document, clause.sentence
    before = clause.text[max(clause.left, clause.start - 110) : clause.start]
    proceeds = re.search(r"\bmay\b", clause.text[clause.start : clause.end], re.IGNORECASE) is not None
    relative = _THAT_WAS.search(clause.text, clause.start, clause.end) is not None
    if not relative and (
        _NOT.search(before) or (clause.modality() is not Modality.ASSERTED and not proceeds)
    ):
        return
    own = clause.text[clause.left : clause.right]
    investigational = re.search(_IND, own, re.IGNORECASE) is not None
    trial_application = re.search(_CTA, own, re.IGNORECASE) is not None
    agencies = clause.agencies(Office.REVIEWS)
    if investigational and not trial_application:
        # "orphan drug status (EU, April); IND now open": whose orphan status it is takes in no INDs
        agencies = tuple(a for a in agencies if a.concept not in _NO_INDS)
    if not agencies:
        recent = clause.recent_agency()
        if (recent is None or recent.concept in _NO_INDS) and investigational and not trial_application:
            recent = document.concept("agency:fda")
        agencies = (recent,) if recent is not None else ()
    drug = clause.drug()
    listed = [m for share in clause.shares(Office.REVIEWS) for m in share.diseases]
    scope = (
        _scope(clause.text[clause.end : clause.right], names)
        or _scope(clause.text[clause.start : clause.end], names)
        or _scope(before, names)
        or (listed[0].entity.label if len(listed) == 1 else None)
    )
    told = clause.shares(Office.REVIEWS) or (Share(),)
    by_subject = clause.subject() is not None
    for share in told[:1] if by_subject else told:
        for place, agency in enumerate(agencies if by_subject else share.agencies or agencies):
            date, by_release = clause.date(share, place=place)
            yield statement(
                document, sentence, "regulation.action.granted",
                "regulatory_action", agency, _kind(document, agency, own),
                {
                    "drug": drug,
                    "scope": scope,
                    "indication": share.diseases[0].entity if len(share.diseases) == 1 else None,
                    "date": date,
                    "status": document.concept("regulatory-status:granted"),
                },
                confidence=0.9,
            ), by_release  # fmt: skip


def _kind(document: LinkedDocument, agency: Entity, own: str) -> Entity:
    """What it is called there: the FDA clears INDs; elsewhere trials are authorised, unless the text says IND."""
    is_ind = (
        agency.concept == "agency:fda"
        or (agency.concept in ("agency:nmpa", "agency:cde") and "clinical trial approval" in own.lower())
        or (re.search(_IND, own, re.IGNORECASE) is not None and re.search(_CTA, own, re.IGNORECASE) is None)
    )
    return document.concept(f"regulatory-action:{'ind-clearance' if is_ind else 'cta-approval'}")


def _scope(own: str, names: Sequence[str]) -> str | None:
    """The trial that it is for, by its name or its phase."""
    named = names_in(own, tuple(names))
    if named:
        return named[0][2]
    phase = _PHASE.search(own[:110])
    return " ".join(phase[0].split()) if phase else None
