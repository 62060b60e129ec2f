"""Words that a lexicon knows, found in a text; who a text is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import table
from kg.extract.values.numerals import Match
from kg.extract.word_forms import WordForms


@dataclass(frozen=True, slots=True)
class TermMatch(Match):
    """Words that a lexicon knows.

    Attributes:
        label: the form that we show ("relapsed or refractory").
    """

    label: str


@cache
def _terms(name: str) -> tuple[WordForms, tuple[str, ...]]:
    rows = sorted(table(name), key=lambda row: -len(row["form"]))
    # a hyphen may end a line: "open-" and "label"
    forms = [
        row["form"].replace("[- ]", r"(?:-\s?|\s)").replace(" ", r"\s+").replace(r"\s+?", r"\s?")
        for row in rows
    ]
    flags = (
        re.NOFLAG if name in ("countries", "nationalities") else re.IGNORECASE
    )  # "us" and "turkey" are words
    words = WordForms(forms, before=r"(?<![\w-])", after=r"(?!\w)", flags=flags)
    return words, tuple(row["label"] for row in rows)


def terms(text: str, name: str) -> tuple[TermMatch, ...]:
    """Every hit of a lexicon with the columns `form` and `label`, such as "populations", "study_designs"."""
    words, labels = _terms(name)
    return tuple(TermMatch(hit.start, hit.end, labels[hit.form]) for hit in words.find(text))


_BIOMARKER = re.compile(
    r"(?<![\w-])[A-Z][A-Za-z0-9/]*(?:-?\d[A-Za-z0-9]*)?[- ]"
    r"(?:positive|negative|mutant|mutated|expressing|amplified|deficient|low)\b"
)
_AGED = re.compile(
    r"\b(?:children|adults|adolescents|infants|boys|girls|women|men|patients|participants|people)\s+"
    r"(?:aged\s+)?(?:at\s+least\s+)?"
    r"\d{1,2}(?:\s?(?:-|–|to|through)\s?\d{1,2})?(?:\s+years)(?:\s+of\s+age)?(?:\s+(?:and|or)\s+older)?"
    r"|\b(?:children|adults|adolescents|infants|boys|girls|women|men)\s+aged\s+\d{1,2}\s?(?:-|–|to)\s?\d{1,2}",
    re.I,
)


def populations(text: str) -> tuple[str, ...]:
    """Who a text is about apart from the disease: "relapsed or refractory", "FAP-positive"; in order, each once."""
    known = terms(text, "populations")
    printed = [
        TermMatch(found.start(), found.end(), found[0].replace(" ", "-"))
        for found in _BIOMARKER.finditer(text)
        if not any(k.start < found.end() and found.start() < k.end for k in known)
        and not found[0][1].islower()
    ]
    aged = [TermMatch(f.start(), f.end(), " ".join(f[0].split())) for f in _AGED.finditer(text)]
    return tuple(
        dict.fromkeys(match.label for match in sorted((*known, *printed, *aged), key=lambda m: m.start))
    )
