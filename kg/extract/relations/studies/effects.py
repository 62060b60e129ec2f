"""Linked mentions → what is said of a drug's effect or safety without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.linked import LinkedSentence
from kg.extract.modality import modality
from kg.extract.outcomes import lower_first
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context, evidence_of
from kg.model import Entity, Fact, Kind, Modality

_EFFECT: Final = (
    r"(?P<what>(?:[a-z][\w-]*\s+){0,4}?(?:benefits?|advantages?|efficacy|activity)"
    r"(?:\s+over\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+)?)?)"
)
_SEEN: Final = Pattern(
    r"\b(?:demonstrat(?:e|es|ed|ing)|observ(?:e|es|ed|ing)|show(?:s|n|ed|ing)?|see(?:s|n|ing)?|saw|exhibit"
    r"(?:s|ed|ing)?)\s+(?:an?\s+|the\s+)?"
    + _EFFECT
    + r"(?=\s*(?:[.,;\"]|$|\b(?:with|in|for|to|and|when|across|as|at|from|compared|that|while)\b))",
    re.IGNORECASE,
)
_MAY_GIVE: Final = Pattern(
    r"\b(?:may|could|might|can|potential\s+to)\s+(?:also\s+)?(?:provide|offer|deliver|confer|bring)\s+"
    r"(?:(?:[a-z]+\s+)?(?:patients|people)\s+(?:with\s+)?)?"
    r"(?:an?\s+)?(?P<what>(?:[a-z][\w-]*\s+){0,3}?(?:benefits?|advantages?))\b",
    re.IGNORECASE,
)
_HOPED_FOR: Final = Pattern(
    r"\bpotential\s+(?P<what>(?:[a-z-]+\s+)?benefits?\s+of\s+(?:an?\s+|the\s+)?[\w-]+(?:\s+(?:regimen"
    r"|treatment|therapy|dosing))?)"
    r"|\b(?P<promise>promise\s+(?:in|for)\s+[a-z][\w\s-]{2,40}?)(?=\s*(?:[.,;\"]|$|\band\b))",
    re.IGNORECASE,
)


def effect_facts(context: Context) -> Iterator[Fact]:
    """What is said of effects without a figure.

    Hits: "the PDC molecules have demonstrated a clear cancer targeting advantage over the unconjugated payloads";
    "we see clinical benefit with AB-1"; "AB-1 may provide patients with therapeutic benefits" (a hypothesis).
    Near misses: "an ORR of 40% showed activity" (it has its figure); "showed no benefit"; a disease's section.
    """
    for sentence in context.sentences():
        if context.about_disease(sentence) or not context.document.subject:
            continue
        for form in (_SEEN, _MAY_GIVE, _HOPED_FOR):
            for found in form.finditer(sentence.text):
                group = "what" if found["what"] else "promise"
                stated = modality(sentence.text, found.start(group), found.end(group))
                subject = _of_effect(context, sentence, found.start())
                if (
                    subject is None
                    or re.match(r"no\b|not\b|any\b", found[group])
                    or stated is Modality.NEGATED
                ):
                    continue
                yield Fact(
                    "qualitative_result",
                    subject,
                    lower_first(" ".join(found[group].split())),
                    modality=Modality.HYPOTHETICAL
                    if form is not _SEEN or stated is Modality.HYPOTHETICAL
                    else Modality.ASSERTED,
                    confidence=0.75,
                    evidence=evidence_of(context, sentence, "qualitative-result"),
                )


def _of_effect(context: Context, sentence: LinkedSentence, at: int) -> Entity | None:
    """What has an effect: the platform or drug named before the verb, else the drug that the sentence is about."""
    named = [m for m in sentence.of_kind(Kind.DRUG, Kind.PLATFORM) if m.end - sentence.start <= at]
    own = [m.entity for m in named if m.entity.kind is Kind.PLATFORM or context.focus.is_own(m.entity)]
    return own[-1] if own else context.focus.drug(sentence)


_SAFE = Pattern(
    r"\b(?:(?:was|were|is|has\s+been|have\s+been|deemed|found\s+to\s+be|appears?(?:\s+to\s+be)?)\s+)?"
    r"(?:generally\s+)?(?:safe\s+and\s+)?well[- ]tolerated\b"
    r"|\bno\s+(?:dose[- ]limiting\s+toxicit\w+|(?:treatment|drug)[- ]related\s+serious\s+adverse\s+events?"
    r"|serious\s+adverse\s+events?|new\s+safety\s+signals?|unexpected\s+safety\s+\w+|deaths?)\b[^.;,]{0,60}"
    r"|\b(?:most\s+common|most\s+frequent(?:ly\s+reported)?)\s+(?:[\w-]+\s+){0,3}?(?:adverse\s+events?"
    r"|side\s+effects|adverse\s+reactions|TEAEs)\b[^.;]{0,160}",
    re.IGNORECASE,
)


def safety_facts(context: Context) -> Iterator[Fact]:
    """What is said of safety: "well tolerated", "no dose-limiting toxicities"."""
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if (
            drug is None
            or sentence.section.kind is SectionKind.BOILERPLATE
            or context.about_disease(sentence)
        ):
            continue
        for found in _SAFE.finditer(sentence.text):
            kind = modality(sentence.text, found.start(), found.start() + 1)
            words = " ".join(found[0].split()).strip(" ,")
            words = re.sub(
                r"^(?:was|were|is|has been|have been|deemed|found to be|appears?(?: to be)?)\s+", "", words
            )
            if kind is Modality.HYPOTHETICAL:
                continue
            yield Fact(
                "safety_finding",
                drug,
                words,
                modality=Modality.ASSERTED if kind is not Modality.NEGATED else kind,
                confidence=0.8,
                evidence=evidence_of(context, sentence, "safety"),
            ).with_qualifiers({"trial": context.trial(sentence, drug)})
