"""Sentences → what an organisation says it will do by a certain time: "expects to report topline data in 2026".

Between linking and relations; a plan without a date is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract import values
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.model import Entity, Fact, Kind, Modality

#: What is done, as an infinitive, by the forms that a plan may have.
_VERBS: Final = {
    form: verb
    for verb in (
        "report", "announce", "present", "publish", "release", "share", "provide", "disclose", "initiate", "begin",
        "start", "commence", "launch", "complete", "submit", "file", "enroll", "dose", "deliver", "advance",
    )
    for form in (verb, {"begin": "beginning", "submit": "submitting"}.get(verb, re.sub("e$", "", verb) + "ing"))
}  # fmt: skip
_PLANNED: Final = Pattern(
    r"\b(?:expects?|plans?|anticipates?|intends?|aims?|looks?\s+forward"
    r"|looking\s+forward|(?:is|are|remains?)\s+on\s+track)"
    rf"\s+(?:to\s+)?(?P<verb>{'|'.join(sorted(_VERBS, key=len, reverse=True))})\s+(?P<what>[^.;]{{3,160}}?)\s*$",
    re.IGNORECASE,
)
#: What leads to a date: "… data in the", "… by the end of"
_TO_DATE: Final = Pattern(
    r"[\s,(]*(?:\b(?:in|by|during|around|at|for|within|before|on|as\s+early\s+as"
    r"|no\s+later\s+than|late|early|mid)\b[\s-]*)?"
    r"(?:\b(?:the|end\s+of|beginning\s+of|middle\s+of|course\s+of|fiscal(?:\s+year)?)\s*)*$",
    re.IGNORECASE,
)


def milestones(document: LinkedDocument) -> Iterator[Fact]:
    """What is to be done, by whom, and when.

    Hits: "we look forward to reporting additional data from these studies next year"; "Acme expects to initiate a
    Phase 3 trial in the second half of 2026".
    Near misses: "Acme reported data in 2025"; "Acme may initiate a trial in 2026"; "Acme plans to initiate a trial".
    """
    for sentence in document.statements():
        for date in values.dates(sentence.text, on=document.published):
            if (
                document.published is None
                or date.iso[: len(document.published)] < document.published[: len(date.iso)]
            ):
                continue  # what lies behind the release is no plan
            lead = _TO_DATE.search(sentence.text[: date.start])
            before = sentence.text[: lead.start()] if lead else sentence.text[: date.start]
            found = _PLANNED.search(before)
            who = _who(document, sentence, found.start()) if found else None
            if found is None or who is None or values.dates(found["what"], on=document.published):
                continue
            stated = modality(sentence.text, found.start("verb"), found.end("verb"))
            if stated.is_claim_only or re.search(r"\bif\b", found["what"]):
                continue
            yield Fact(
                "planned_milestone",
                who,
                f"{_VERBS[found['verb'].casefold()]} {' '.join(found['what'].split())}",
                modality=Modality.PLANNED,
                confidence=0.8,
                evidence=(document.evidence(sentence, "organizations.milestone"),),
            ).with_qualifiers({"date": date.iso})


def _who(document: LinkedDocument, sentence: LinkedSentence, at: int) -> Entity | None:
    """Whose plan it is: the organisation named last before it, else "we" and "the company"."""
    named = [m for m in sentence.of_kind(Kind.ORGANIZATION) if m.end - sentence.start <= at]
    return named[-1].entity if named else document.organization_of(sentence)
