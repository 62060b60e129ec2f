"""Linked sentences → the names of trials: what stands in capitals beside "trial", "study" or a phase."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.linking import LinkedDocument
from kg.model import Kind

REGISTRY = re.compile(
    r"\bNCT\s?\d{8}\b|\bISRCTN\s?\d{8}\b|\bCTR\s?\d{8}\b|\b(?:DRKS|UMIN|KCT|TCTR|SLCTR|PACTR)\s?\d{7,15}\b"
    r"|\b20\d\d-\d{6}-\d{2}(?:-\d\d)?\b|\bChiCTR\d{10}\b|\bACTRN\d{14}\b"
    r"|\bjRCT\w?\d{9,10}\b"
)
NAME = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-Z]-[A-Z]{3,}|[A-Z]{3,}[a-z]?[A-Za-z0-9]*|[A-Z][a-z]+[A-Z][A-Za-z]+"
    r"|[A-Z]{2,}[a-z]{2,}\d+)"
    r"(?:-(?:[A-Z][A-Za-z0-9]{0,8}|\d{1,4}[A-Z]?)){0,3}(?:\s\d{1,4}(?!\d|[.,]\d|\s*(?:mg|patients|%)))?)"
    r"(?![\w-])"
)
_NAME_BEFORE_TRIAL = re.compile(
    r"\s*(?:[™®]\s*)?(?:\((?:[^()]{0,80})\)\s*)?(?:(?:,|\s[-–—])\s*(?:a|an|its|the|our)\s+"
    r"(?:[\w/,-]+\s+){0,8}?|is\s+(?:a|an|the)\s+(?:[\w/,-]+\s+){0,8}?"
    r"|(?:clinical\s+|pivotal\s+|registrational\s+|global\s+|extension\s+|Phase\s+\S+\s+|research\s+){0,2}?)"
    r"(?:(?i:phase)\s+[\dI]|(?:(?i:clinical\s+)?(?i:trials?|study|studies|programme|program)\b))"
)
_TRIAL_BEFORE_NAME = re.compile(
    r"(?:\b(?:trials?|stud(?:y|ies)|programme|program)\b,?\s*(?:\(|called|named|known\s+as|dubbed|titled"
    r"|referred\s+to\s+as|[-–—])?\s*[\"'(]?"
    r"|\bphase\s+[\dIVab/]+,?\s*[\"'(]?)$",
    re.IGNORECASE,
)
_SECOND_WORD: Final = re.compile(
    r"\s(?!NCT|IND\b|II|IV\b|SC\b)([A-Z]{3,})(?![\w-])(?=\s+(?i:(?:clinical\s+)?(?:trial|study)\b))"
)
_CODE: Final = re.compile(r"[A-Z]{2,4}[- ]?\d{2,6}[A-Z]?")


def trial_names(document: LinkedDocument) -> tuple[str, ...]:
    """The names of trials: what stands in capitals beside "trial", "study" or a phase, somewhere in the release.

    Hits: "the Phase 3 EMBARK-2 trial"; "AURELIA, a Phase 2b, double-blind trial"; "a Phase 3 trial, MERIDIAN-3,".
    Near misses: "the AB-101 Phase 2 trial" (a drug's code); "the FDA"; "NSCLC trial".
    """
    out: dict[str, None] = {}
    never_given = _never_given(document)
    for sentence in document.statements():
        text = sentence.text
        if text.isupper():
            continue
        taken = [
            (m.start - sentence.start, m.end - sentence.start, m.entity.kind)
            for m in sentence.mentions
            if m.entity.concept or m.entity.kind in (Kind.DRUG, Kind.AGENCY)
        ]
        for found in NAME.finditer(text):
            name = found["name"]
            if len(name) < 4 or name.upper() in _not_names() or _CODE.fullmatch(name):
                continue
            free = name in never_given  # "MOSAIC-1" is no drug's code, whoever takes it for one
            if any(
                a <= found.start() and found.end() <= b and not (free and kind is Kind.DRUG)
                for a, b, kind in taken
            ):
                continue
            if REGISTRY.match(name):
                continue
            second = _SECOND_WORD.match(text, found.end())
            if (
                second
                and not any(a <= second.start(1) < b for a, b, _ in taken)
                and second[1] not in _not_names()
            ):
                out[f"{name} {second[1]}"] = None  # "the ADAPT SERON study"
                continue
            if _NAME_BEFORE_TRIAL.match(text, found.end()) or _TRIAL_BEFORE_NAME.search(
                text[max(0, found.start() - 40) : found.start()]
            ):
                out[name] = None
    stems = {programme_of(name) for name in out}
    for sentence in document.statements():
        for found in NAME.finditer(sentence.text):  # a sister of a known name: "EMBARK-1 and EMBARK-2"
            if programme_of(found["name"]) in stems and programme_of(found["name"]) != found["name"]:
                out[found["name"]] = None
    return tuple(sorted(out, key=lambda n: (-len(n), n)))


def _never_given(document: LinkedDocument) -> frozenset[str]:
    """Names taken for drugs' that stand beside "trial" or "study" and that no words treat as a drug's."""
    text = document.text
    drugs = {m.text for m in document.mentions(Kind.DRUG)}
    out = set()
    for name in drugs:
        if not re.fullmatch(r"[A-Z][A-Za-z]{3,}-\d|[A-Z][A-Za-z]{4,}-\d{2,3}", name):
            continue
        printed = re.escape(name)
        beside = re.search(
            rf"(?<![\w-]){printed}\s+(?:\w+\s+)?(?:trials?|study|studies|and\s+[\w-]+\s+(?:\w+\s+)?"
            rf"(?:trials|studies))\b"
            rf"|\b(?:trial|study|program|programme),?\s*\(?{printed}(?![\w-])|"
            rf"(?<![\w-]){printed}\s+is\s+an?\s+[^.]{{0,80}}?\b(?:trial|study)\b",
            text,
        )
        if beside and not re.search(_GIVEN.format(name=printed), text):
            out.add(name)
    return frozenset(out) if drugs - out else frozenset()


#: Words that treat a name as a drug's.
_GIVEN: Final = (
    r"\b(?:with|evaluating|receive[sd]?|plus|candidate,?|dosed|mg|testing|designation\s+(?:for|to)|granted"
    r"|approval\s+of|doses?\s+of"
    r"|treatment\s+with|develop\w*|infusion\s+of)\s+{name}(?![\w-])"
    r"|\b(?:trial|study|trials|studies|evaluation|development|data|safety|efficacy)\s+(?:of|for|with"
    r"|evaluating)\s+{name}(?![\w-])"
    r"|(?<![\w-]){name}(?:\s*\(|\s+is|,)\s*(?:an?\s+)?(?:[\w-]+\s+){{0,4}}?(?:inhibitor|antibody|vaccine"
    r"|agonist|candidate|therapy|conjugate)"
    r"|(?<![\w-]){name}(?:'s)?\s+(?:may|binds|targets|inhibits|has\s+(?:the\s+potential|shown"
    r"|been\s+granted|received)|was\s+(?:granted|well|safe)"
    r"|monotherapy|treatment|therapy|doses?|infusion|mg)\b"
)


def programme_of(name: str) -> str:
    """What the trials of one programme share: "EMBARK-2" → "EMBARK"."""
    return re.sub(r"(?:[- ]?\d{1,3}|[- ](?:I{1,3}|IV|[A-F]))$", "", name)


def names_in(
    text: str, names: tuple[str, ...], start: int = 0, end: int | None = None
) -> list[tuple[int, int, str]]:
    """Where the names of trials stand in a text, the longest first where one contains another."""
    out: list[tuple[int, int, str]] = []
    for name in names:
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text[:end]):
            if found.start() >= start and not any(a < found.end() and found.start() < b for a, b, _ in out):
                out.append((found.start(), found.end(), name))
    return sorted(out)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(row["word"] for row in table("not_trial_names"))
