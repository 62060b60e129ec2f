"""Linked sentences → holds: agency → "clinical hold", "partial clinical hold", placed or lifted, with drug, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.clauses import Clause, clauses, words_of
from kg.extract.deciders import Office
from kg.extract.distribution import Share
from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.extract.stretches import Span
from kg.model import Entity, Fact, Modality

_HOLD: Final = r"(?:(?:partial |full )?clinical holds?|(?:the |that |this )?(?:partial )?hold)\b"
_NP: Final = r"(?:[\w'’/()-]+ |{organization}(?:'s)? |{drug}(?:'s)? |{disease} |{agency}(?:'s)? )"
_LIFT: Final = r"(?:lift(?:s|ed|ing)?|remov(?:es|ed|ing|al)|releas(?:es|ed)|resolv(?:es|ed)|resolution)"
_PLACE: Final = r"(?:plac(?:es|ed|ing)|impos(?:es|ed|ition)|puts?|issu(?:es|ed)|initiat(?:es|ed))"
_FORMS: Final = (
    ("lifted", rf"\b{_LIFT} (?:of )?(?:the |its |a |an )?(?:{{agency}}(?:'s)? )?(?:(?:full|partial) )?{_HOLD}"),
    (
        "lifted",
        rf"{_HOLD}[^.;]{{0,80}}?\b(?:has been|was|had been|is|have been"
        rf"|were) (?:now |also |fully )?{_LIFT}\b",
    ),
    ("lifted", rf"{_HOLD} (?:lifted|removed|removal|released|resolved)\b"),
    ("lifted", r"(?<=\band\s)(?:(?:was|were|has been) )?(?:\w+ly )?(?:lifted|removed)\b(?! (?:the|its|an?|all)\b)"),
    ("in-effect", rf"{_HOLD} (?:placed|imposed|put) (?:on|by|in)\b"),
    ("in-effect", rf"\b{_PLACE} {_NP}{{0,7}}?(?:on )?(?:a |the )?{_HOLD}"),
    (
        "in-effect",
        rf"{_HOLD}[^.;]{{0,80}}?\b(?:has been|was|had been|is|have been"
        rf"|were) (?:\w+ly )?(?:placed|imposed|put|issued|instituted)\b",
    ),
    ("in-effect", rf"{_HOLD}[^.;]{{0,60}}?\b(?:remains?|is|are) (?:still |currently )?in (?:effect|place)\b"),
    (
        "in-effect",
        r"\b(?:was|were|had been|has been|is|been|remains?) (?:placed "
        r"|put )?on (?:a )?(?:full |partial )?clinical hold\b",
    ),
    ("in-effect", r"\b(?:put|placed) on hold(?= by (?:the )?(?:[A-Z][\w']* )?{agency})"),
    ("in-effect", r"\bannounc(?:es|ed) (?:an? |{agency} |partial |full )*clinical hold\b"),
    (
        "in-effect",
        rf"\b(?:received|notified of|informed of|notification of|subject to|hit with) {_NP}{{0,6}}?{_HOLD}(?! letter)",
    ),
    (
        "in-effect",
        rf"\b(?:informed|notified|advised) {_NP}{{1,9}}?of (?:an? |the )?(?:full |partial )?clinical holds?\b",
    ),
    # behind one that was lifted: "removed the clinical hold *placed* on the IND in May"
    ("in-effect", r"(?<=\bhold) (?:(?:which|that) (?:was|had been) )?(?:placed|imposed|put)(?= (?:on|by|in)\b)"),
    ("in-effect", r"(?<=\bhold) (?:(?:which|that) (?:was|had been|has been) )?(?:in (?:place|effect|force)"
    r"|effective)(?= (?:since|from)\b)"),
    ("in-effect", r"\bthat (?:was|had been|has been) (?:\w+ly )?(?:imposed|placed)\b"),
)  # fmt: skip
_ONCE_LIFTED: Final = Pattern(
    r"\b(?:after|following|since|because|now that|as)\s+(?:[^\s;]+\s+){0,9}$", re.IGNORECASE
)
_PAST: Final = Pattern(r"\b(?:lifted|removed|released|resolved|lifting|removal)\b", re.IGNORECASE)
_EFFORT: Final = Pattern(
    r"\b(?:efforts?|work\w*|request\w*|seek\w*|to\s+have|in\s+order\s+to"
    r"|needed|required|towards?|resolve\s+the)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


@cache
def _forms() -> tuple[tuple[str, Pattern], ...]:
    return tuple((status, pattern(words)) for status, words in _FORMS)


@dataclass(frozen=True, slots=True)
class _Hold:
    """A hold as one clause tells of it."""

    clause: Clause
    status: str
    agency: Entity
    drug: Entity | None
    kind: Entity
    disease: Entity | None
    date: str | None
    by_release: bool


def clinical_holds(document: LinkedDocument) -> Iterator[tuple[Fact, bool]]:
    """Holds placed and lifted; each fact with whether its date is only that of the release.

    Where a release tells that a hold was lifted, that it had been placed is the past: it is told only with its date.

    Hits: "the FDA has lifted the clinical hold on the trial of ABC-1"; "on clinical hold since May 2024"; "the partial
    clinical hold … that had been imposed in February".
    Near misses: "efforts to have the hold lifted"; "a formal clinical hold letter"; "the hold does not affect ABC-2".
    """
    told: list[_Hold] = []
    for sentence in document.statements():
        if "hold" in sentence.text.lower() and re.search(
            r"\bclinical\s+hold|\bhold\b", sentence.text, re.IGNORECASE
        ):
            told += _of_sentence(document, sentence, told)
    lifted = {(h.kind, h.drug) for h in told if h.status == "lifted"}
    for hold in told:
        over = hold.status == "in-effect" and (hold.kind, hold.drug) in lifted
        if over and (hold.date is None or hold.by_release):
            continue
        yield statement(
            document, hold.clause.sentence, f"regulation.action.{hold.status}",
            "regulatory_action", hold.agency, hold.kind,
            {
                "drug": hold.drug,
                "indication": hold.disease,
                "date": hold.date,
                "status": None if over else document.concept(f"regulatory-status:{hold.status}"),
            },
            modality=Modality.HISTORICAL if over else Modality.ASSERTED,
            confidence=0.9,
        ), hold.by_release  # fmt: skip


def _of_sentence(document: LinkedDocument, sentence: LinkedSentence, before: list[_Hold]) -> Iterator[_Hold]:
    text = words_of(sentence)
    found = _found(text)
    here: list[_Hold] = []
    for clause, status in zip(
        clauses(document, sentence, text, [span for span, _ in found], to_evidence=False),
        (s for _, s in found),
        strict=True,
    ):
        words = clause.text[clause.start : clause.end]
        known = here or before
        if "hold" not in words.lower() and not here:
            continue  # "that had been imposed": of what was named before in the sentence
        by_agency = " on hold" in words.lower()
        if (
            "clinical" not in words.lower()
            and "partial" not in words.lower()
            and not known
            and not by_agency
            and not _names_hold(document)
        ):
            continue
        how = clause.modality()
        once = _ONCE_LIFTED.search(text[: clause.start]) and _PAST.search(words)
        if (status == "lifted" and once) or (status != "lifted" and here and here[-1].status == "lifted"):
            how = Modality.ASSERTED  # "may resume dosing after the FDA removed the hold"
        if how in (Modality.PLANNED, Modality.HYPOTHETICAL, Modality.NEGATED) or _EFFORT.search(
            text[max(0, clause.start - 60) : clause.start]
        ):
            continue
        partial = "partial" in words.lower() or (
            "clinical" not in words.lower() and bool(known) and "partial" in known[-1].kind.label
        )
        kind = document.concept(f"regulatory-action:{'partial-' if partial else ''}clinical-hold")
        agencies = clause.agencies(Office.REVIEWS)
        recent = known[-1].agency if known else clause.recent_agency() or document.concept("agency:fda")
        share = next(iter(clause.shares(Office.REVIEWS)), Share())
        date, by_release = clause.date(share, news=sentence.section.kind is not SectionKind.ABOUT)
        hold = _Hold(
            clause,
            status,
            agencies[0] if agencies else recent,
            here[-1].drug if here else clause.drug(),
            kind,
            share.diseases[0].entity if len(share.diseases) == 1 else None,
            date,
            by_release,
        )
        here.append(hold)
        yield hold


def _names_hold(document: LinkedDocument) -> bool:
    return re.search(r"\bclinical\s+hold", document.text, re.IGNORECASE) is not None


def _found(text: str) -> list[tuple[Span, str]]:
    spans = [(m.span(), status) for status, form in _forms() for m in form.finditer(text)]
    out: list[tuple[Span, str]] = []
    # "lifted the hold that had been imposed" is two: what was lifted counts first
    for span, status in sorted(spans, key=lambda s: (s[1] != "lifted", s[0][0] - s[0][1], s[0][0])):
        if not any(span[0] < o[1] and o[0] < span[1] for o, _ in out):
            out.append((span, status))
    return sorted(out)
