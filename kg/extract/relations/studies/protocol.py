"""Linked mentions → how a trial is laid out: its cohorts, endpoints and response criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract import values
from kg.extract.focus import unique
from kg.extract.linked import LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context, evidence_of
from kg.extract.trial_sizes import SUBJECTS
from kg.model import Entity, Fact, Kind, Mention, Modality

_COHORT = Pattern(
    r"\b(?P<label>[Cc]ohorts?\s+(?:\d+[A-Za-z]?(?:\s?[-–]\s?\d+)?|[A-H]\b|[IVX]+\b)(?:\s+(?:and|to"
    r"|through)\s+(?:\d+|[A-H]\b))?)"
    r"|\b(?P<of>(?:[\w/()-]+\s+){1,5}?)(?P<noun>cohort|arm)\b",
)
_EXPANDED = Pattern(
    r"\b(?:expand\w*|enrol\w*|increas\w*|includ\w*)\b[^.;]{0,40}?(?P<n>\d[\d,]*)\s+(?:[\w-]+\s+){0,3}?"
    + SUBJECTS,
    re.IGNORECASE,
)


def cohort_facts(context: Context) -> Iterator[Fact]:
    """Every cohort that has a label or is named by its disease."""
    previous: tuple[int, str] | None = None
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if drug is None:
            continue
        text = sentence.text
        names: list[tuple[str, int, int]] = []
        for found in _COHORT.finditer(text):
            if found["label"]:
                names.append((" ".join(found["label"].split()), found.start(), found.end()))
            else:
                names += _described_cohort(sentence, found)
        expanded = _EXPANDED.search(text)
        if (
            expanded
            and not names
            and previous
            and re.search(r"\bthe\s+(?:cohort|arm)\b", text, re.IGNORECASE)
        ):
            names = [(previous[1], expanded.start(), expanded.end())]
        for name, start, end in {n[0]: n for n in names}.values():
            kind = modality(text, start, end)
            enrollment = None
            if expanded and len(names) == 1:
                enrollment = int(values.decimal(expanded["n"].rstrip(",")))
                kind = (
                    Modality.PLANNED if re.search(r"\b(?:will|to|plans?)\b", text[: expanded.end()]) else kind
                )
            yield Fact(
                "trial_cohort",
                drug,
                name,
                modality=kind,
                confidence=0.8,
                evidence=evidence_of(context, sentence, "cohort"),
            ).with_qualifiers({"trial": context.trial(sentence, drug), "enrollment": enrollment})
            previous = (sentence.sentence.paragraph, name)


def _described_cohort(sentence: LinkedSentence, found: re.Match[str]) -> list[tuple[str, int, int]]:
    """ "the relapsed multiple myeloma (MM) cohort": the disease that stands before the noun names it."""
    start = found.start("noun")
    for mention in sentence.of_kind(Kind.DISEASE):
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if high <= start and re.fullmatch(r"[\s)(]*(?:\([\w/ ]+\)\s*)?", sentence.text[high:start]):
            return [(f"{mention.entity.label} {found['noun']}", low, found.end())]
    fractionated = re.search(
        r"\b(?P<rank>(?:first|second|third|fourth|fifth)\s+)?fractionated\s+dose\s+$", found["of"] or ""
    )
    if fractionated:
        name = " ".join(f"{fractionated['rank'] or ''}fractionated dose {found['noun']}".split())
        return [(name, found.start(), found.end())]
    return []


_ENDPOINT_CUE = Pattern(
    r"\b(?P<kind>(?:co-?)?primary(?:\s+and\s+(?:key\s+)?secondary)?|(?:key\s+)?secondary|additional|other"
    r"|exploratory|tertiary)\s+"
    r"(?:(?:efficacy|safety|clinical|study|outcome|trial|composite|and|key|secondary|exploratory)\s+){0,3}"
    r"(?:end\s?-?points?|outcomes?(?:\s+measures?)?|objectives?)\b",
    re.IGNORECASE,
)
_ENDPOINT_KINDS: Final = {"additional": "secondary", "other": "secondary", "tertiary": "exploratory"}
_BARE_OBJECTIVE = Pattern(
    r"\b(?:objectives?|endpoints?)\s+(?:of\s+(?:the|this)\s+[^.;]{0,80}?)?(?:is|are|was|were|include[sd]?)\b",
    re.IGNORECASE,
)


def endpoint_facts(context: Context) -> Iterator[Fact]:
    """Every endpoint of a trial, primary or secondary where the words tell."""
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence):
            continue
        text = sentence.text
        cues = [(m.start(), m.end(), m["kind"]) for m in _ENDPOINT_CUE.finditer(text)]
        bare = None if cues else _BARE_OBJECTIVE.search(text)
        for mention in sentence.of_kind(Kind.ENDPOINT):
            low, high = mention.start - sentence.start, mention.end - sentence.start
            if _abbreviates_previous(sentence, mention):
                continue
            cue = _endpoint_cue(text, cues, low, high)
            if cue is None and not (bare and bare.end() <= low):
                continue
            kind = None
            if cue is not None:
                word = re.sub(r"^(?:co-?|key\s+)", "", cue.casefold()).split()[0]
                kind = _ENDPOINT_KINDS.get(word, word)
            stated = modality(text, low, high)
            yield Fact(
                "trial_endpoint",
                drug,
                mention.entity,
                modality=stated if stated is Modality.HYPOTHETICAL else Modality.ASSERTED,
                confidence=0.9,
                evidence=evidence_of(context, sentence, "endpoint"),
            ).with_qualifiers(
                {
                    "kind": Entity(Kind.ENDPOINT_KIND, kind, concept=f"endpoint-kind:{kind}")
                    if kind
                    else None,
                    "trial": context.trial(sentence, drug),
                }
            )


def _abbreviates_previous(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether an endpoint only abbreviates the longer one before it: "median overall survival (OS)"."""
    return any(
        other.entity != mention.entity
        and other.entity.label.casefold().endswith(mention.entity.label.casefold())
        and re.fullmatch(
            r"\s*\(\s*", sentence.text[other.end - sentence.start : mention.start - sentence.start]
        )
        for other in sentence.of_kind(Kind.ENDPOINT)
    )


def _endpoint_cue(text: str, cues: list[tuple[int, int, str]], low: int, high: int) -> str | None:
    """The kind that is said of an endpoint: before it, or behind it ("PFS as the primary endpoint")."""
    before = [(end, kind) for _, end, kind in cues if end <= low]
    if before and low - before[-1][0] < 220:
        gap = text[before[-1][0] : low]
        if not re.search(r"[;]|\b(?:following|after|who|whose)\b", gap, re.IGNORECASE):
            return before[-1][1]
    after = [(start, kind) for start, _, kind in cues if start >= high]
    if after and re.fullmatch(
        r"[\s,()\w-]{0,30}?\b(?:as|was|is|were|are|\()\s*(?:the|a|an|its|both)?\s*",
        text[high : after[0][0]],
        re.IGNORECASE,
    ):
        return after[0][1]
    return None


#: Scales for the severity of adverse events are no criteria of response.
_GRADING: Final = frozenset({"response-criteria:ctcae", "response-criteria:astct"})


def criteria_facts(context: Context) -> Iterator[Fact]:
    """The criteria by which responses are judged: "per RECIST 1.1"."""
    previous: tuple[int, tuple[Entity, ...]] = (-1, ())
    for sentence in context.sentences():
        diseases = unique(m.entity for m in sentence.of_kind(Kind.DISEASE))
        paragraph = sentence.sentence.paragraph
        drug = context.focus.drug(sentence)
        for mention in sentence.of_kind(Kind.RESPONSE_CRITERIA):
            if drug is None or mention.entity.concept in _GRADING:
                continue
            population = diseases or (
                previous[1] if previous[0] == paragraph and len(previous[1]) == 1 else ()
            )
            yield Fact(
                "response_criteria",
                drug,
                mention.entity,
                confidence=0.9,
                evidence=evidence_of(context, sentence, "response-criteria"),
            ).with_qualifiers({"population": tuple(d.label for d in population)})
        if diseases:
            previous = (paragraph, diseases)
