"""Words that a lexicon knows, found in a text; who a text is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
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


@lru_cache(maxsize=4096)  # the rules of several relations ask for the words of one sentence
def terms(text: str, name: str) -> tuple[TermMatch, ...]:
    """Every hit of a lexicon with the columns `form` and `label`, such as "populations", "study_designs"."""
    words, labels = _terms(name)
    return tuple(TermMatch(hit.start, hit.end, labels[hit.form]) for hit in words.find(text))


_DIGIT = Pattern(r"\d")
_BIOMARKER = Pattern(
    r"(?<![\w-])[A-Z][A-Za-z0-9/]*(?:-?\d[A-Za-z0-9]*)?"
    # "RET fusion-positive", "KRAS G12C-mutated", "EGFR exon 20-mutant"
    r"(?:[ -](?:fusion|[A-Z]\d{1,4}[A-Z]?|exon[ -]\d\d))?[- ]"
    r"(?:positive|negative|mutant|mutated|expressing|overexpressing|amplified|deleted|altered|driven|deficient|rearranged|seronegative|low|high)\b"
)
#: Stages, and what patients may not have: "stage III", "ineligible for autologous stem cell transplantation".
_STAGED = Pattern(
    r"\b(?:[Ss]tages?\s(?:I{1,3}|IV|[1-4])[A-Ca-c]?(?:(?:/|\sor\s|\sand\s|-|\sto\s)(?:I{1,3}|IV|[1-4])[A-Ca-c]?)?"
    r"|(?:ineligible|unfit|unsuitable|not\s+eligible|not\s+candidates)\s+for\s+(?:[\w-]+\s+){0,4}?"
    r"(?:transplant(?:ation)?|chemotherapy|surgery|resection|cisplatin|therapy|treatment))\b"
)
_AGED = Pattern(
    r"\b(?:(?P<who>children|adults|adolescents|infants|boys|girls|women|men|volunteers"
    r"|patients|participants|people|subjects|individuals)\s+)?"
    r"(?P<from>(?:(?:aged|ages|from|between|at\s+least)\s+)*)"
    r"\d{1,2}(?P<to>\s?(?:-|–|to|through|and)\s?(?:under\s+)?\d{1,2})?"
    r"(?P<years>[-\s](?:years?|months?)(?:\s+of\s+age|\s+old)?)?"
    r"(?:\s+(?:and|or)\s+(?P<up>older|over|above|up))?(?![\w%])",
    re.I,
)
#: Who is no one in particular: "*patients* aged 6 years and older".
_ANYONE = Pattern(r"(?:patients|participants|people|subjects|individuals)\s+", re.I)


def _ages(text: str) -> Iterator[TermMatch]:
    """Ages: "aged 6 years and older", "adults aged 60 or older", "from 6 years of age"; not "for 2 years"."""
    for found in _AGED.finditer(text):
        years = (found["years"] or "").lower()
        aged = "aged" in (found["from"] or "").lower() or "ages" in (found["from"] or "").lower()
        of_age = "age" in years or "old" in years or (years and found["up"])
        if (
            of_age
            or (aged and (years or found["up"] or found["to"]))
            or (found["who"] and years and found["to"])
        ):
            words = " ".join(_ANYONE.sub("", found[0], count=1).split())
            yield TermMatch(found.start(), found.end(), words)


def populations(text: str) -> tuple[str, ...]:
    """Who a text is about apart from the disease: "relapsed or refractory", "FAP-positive"; in order, each once."""
    known = terms(text, "populations")
    printed = [
        TermMatch(found.start(), found.end(), re.sub(r" (?=[a-z]+$)", "-", found[0]))
        for found in _BIOMARKER.finditer(text)
        if not any(k.start < found.end() and found.start() < k.end for k in known)
        and not found[0][1].islower()
    ]
    if "tage" in text or " for " in text:
        printed += [TermMatch(m.start(), m.end(), " ".join(m[0].split())) for m in _STAGED.finditer(text)]
    aged = _ages(text) if _DIGIT.search(text) else ()
    return tuple(
        dict.fromkeys(match.label for match in sorted((*known, *printed, *aged), key=lambda m: m.start))
    )
