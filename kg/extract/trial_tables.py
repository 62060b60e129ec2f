"""Tables of trials and sheets of "Phase: 2b" lines → references to the trials that their rows and lines describe.

Beside `kg.extract.trial_references`, which reads prose; `kg.extract.trials` tells trials apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from kg.extract import values
from kg.extract.focus import Focus
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patients import described
from kg.extract.patterns import Pattern
from kg.extract.trial_columns import Cell, sheets, tabled
from kg.extract.trial_model import Reference
from kg.extract.trial_names import NAME, REGISTRY, names_in
from kg.extract.trial_phases import is_trial
from kg.model import Entity, Kind, Mention, Modality, Value

#: What a cell tells of a trial's state; the first that fits.
_STATES: Final = (
    ("terminated", Pattern(r"\b(?:terminat|discontinu|stopp?ed|withdrawn|closed\s+early)\w*", re.IGNORECASE)),
    ("suspended", Pattern(r"\b(?:on\s+(?:clinical\s+)?hold|paus|suspend|halt)\w*", re.IGNORECASE)),
    (
        "active",
        Pattern(
            r"\b(?:fully\s+enrol|(?:enrol?lment|recruitment|dosing|accrual)\s+(?:is\s+|now\s+)?(?:complete|closed|concluded|finished)"
            r"|(?:complet\w+|closed|concluded)\s+(?:enrol|recruit)|in\s+follow-?up|treatment\s+ongoing|last\s+patient)\w*",
            re.IGNORECASE,
        ),
    ),
    (
        "planned",
        Pattern(
            r"\b(?:plan(?:ned|ning)|not\s+yet|to\s+(?:start|begin|open|initiate)|prepar|start(?:ing|s)?\s+(?:in|Q|H|20|expected)|starts\b|initiation"
            r"|(?:first\s+patient|FPI|start)\s+(?:expected|planned|Q|H|in\s+20)|upcoming|set-?up|IND\b|CTA\b)",
            re.IGNORECASE,
        ),
    ),
    ("recruiting", Pattern(r"\b(?:recruit|enrol|screening|open\b|dosing|first\s+patient)\w*", re.IGNORECASE)),
    ("completed", Pattern(r"\b(?:complet|conclud|finish|read\s?out|reported|met\s|final)\w*", re.IGNORECASE)),
    (
        "active",
        Pattern(r"\b(?:ongoing|on-going|active|under\s?way|running|in\s+progress|data\s+(?:in|expected))\b", re.I),
    ),
)  # fmt: skip
_BARE_PHASE: Final = Pattern(r"(?:IV|I{1,3}|[1-4])[ab]?(?:\s?/\s?(?:IV|I{1,3}|[1-4])?[ab]?)?", re.IGNORECASE)
_NUMBER: Final = Pattern(r"(?<![\w.])\d{1,3}(?:,\d{3})+|(?<![\w.])\d+(?![\w%]|[.]\d)")


def described_trials(
    document: LinkedDocument, focus: Focus, names: tuple[str, ...]
) -> dict[int, list[Reference]]:
    """The references that rows and sheets make, by where the sentence begins that they stand in.

    Hits: a row "ASPEN-1 | AB-101 | 3 | asthma | 450 | Recruiting" below "Trial | Drug | Phase | …"; the lines "Product:
    AB-101", "Phase: 2b", "Where: Spain and Poland (31 centres)".
    Near misses: a table of results; a row without a phase.
    """
    text = document.text
    if "phase" not in text.casefold() or not (":" in text or "|" in text or "  " in text or "\t" in text):
        return {}
    reader = _Reader(document, focus, names)
    out: dict[int, list[Reference]] = {}
    for reference in reader.references():
        out.setdefault(reference.sentence.start, []).append(reference)
    return out


class _Reader:
    def __init__(self, document: LinkedDocument, focus: Focus, names: tuple[str, ...]) -> None:
        self._document = document
        self._focus = focus
        self._names = names
        self._sentences = list(document.statements())
        self._starts = [s.start for s in self._sentences]

    def references(self) -> Iterator[Reference]:
        """Those of the rows, then those of the sheets."""
        for told in (*tabled(self._document.release.text), *sheets(self._document.release.text)):
            start, end = min(c.start for c in told.values()), max(c.end for c in told.values())
            reference = self._reference(told, start, end)
            if reference is not None:
                yield reference

    def _reference(self, told: dict[str, Cell], start: int, end: int) -> Reference | None:
        sentence = self._sentence(told["phase"].start if "phase" in told else start)
        phase = _phase(told) or (self._only_phase() if "phase" not in told else None)
        if sentence is None or phase is None:
            return None
        drug = self._drug(told, sentence, start, end)
        if drug is None:
            return None
        low, high = (told["disease"].start, told["disease"].end) if "disease" in told else (start, end)
        diseases = [m for m in self._mentions(low, high) if m.entity.kind is Kind.DISEASE]
        details = list(self._details(told, start, end))
        return Reference(
            sentence=sentence,
            start=0,
            end=len(sentence.text),
            at=0,
            phase=phase,
            drug=drug,
            named=True,
            another=False,
            status=_status(told),
            modality=Modality.ASSERTED,
            indications=tuple(dict.fromkeys(m.entity for m in diseases)),
            details=tuple(details),
        )

    def _only_phase(self) -> str | None:
        """The phase of the release where it speaks of one alone: that of a sheet which tells none."""
        found = {p.phase for s in self._sentences for p in values.phases(s.text) if is_trial(s.text, p)}
        return found.pop() if len(found) == 1 else None

    def _sentence(self, at: int) -> LinkedSentence | None:
        index = bisect_right(self._starts, at) - 1
        return self._sentences[index] if index >= 0 and at < self._sentences[index].end else None

    def _mentions(self, low: int, high: int) -> Iterator[Mention]:
        index = max(0, bisect_right(self._starts, low) - 1)
        for sentence in self._sentences[index:]:
            if sentence.start >= high:
                return
            yield from (m for m in sentence.mentions if low <= m.start < high)

    def _drug(self, told: dict[str, Cell], sentence: LinkedSentence, start: int, end: int) -> Entity | None:
        for low, high in (
            *((told[kind].start, told[kind].end) for kind in ("drug", "trial") if kind in told),
            (start, end),
        ):
            found = [m.entity for m in self._mentions(low, high) if m.entity.kind is Kind.DRUG]
            own = [drug for drug in found if self._focus.is_own(drug)] or found
            if own:
                return own[0]
        return None if "drug" in told else self._focus.drug(sentence) or self._document.subject

    def _details(self, told: dict[str, Cell], start: int, end: int) -> Iterator[tuple[str, Value]]:
        text = self._document.text[start:end]
        cell = told.get("trial")
        named = names_in(cell.text if cell else text, self._names)
        if named:
            yield "name", named[0][2]
        elif (
            cell is not None
            and (alone := NAME.match(cell.text))
            and cell.text[alone.end() :].strip()[:1] in ("", "(")
            and not any(m.entity.kind is Kind.DRUG for m in self._mentions(cell.start, cell.start + 1))
        ):
            yield "name", alone["name"]
        if (number := REGISTRY.search(text)) is not None:
            yield "nct", number[0].replace(" ", "")
        for kind in ("size", "design"):
            if kind in told and (count := _count(told[kind].text, kind)):
                yield "enrollment", count
                break
        for kind in ("sites", "country"):
            if kind in told:
                sites = (
                    _SITES.search(told[kind].text) if kind == "country" else _NUMBER.search(told[kind].text)
                )
                if sites is not None:
                    yield "sites", int(re.sub(r"\D", "", sites[0]))
                    break
        if "country" in told:
            yield from (("country", place.label) for place in values.terms(told["country"].text, "countries"))
        for kind in ("disease", "size", "design"):
            if kind in told:
                yield from (
                    ("population", p)
                    for p in (*values.populations(told[kind].text), *described(told[kind].text))
                )
        yield from (("design", d.label) for d in values.terms(text, "study_designs"))


_SITES: Final = Pattern(r"\d[\d,]*(?=\s+(?:[\w-]+\s+){0,2}?(?:sites|cent(?:er|re)s|clinics|hospitals))")
_OF_PEOPLE: Final = Pattern(
    r"(?:[nN]\s?=\s?|\b)(?P<n>\d[\d,]*)(?:\s+(?:[\w-]+\s+){0,3}?(?:patients|participants|subjects|adults|children|volunteers|women|men|people)\b|$|\))"
)


def _count(cell: str, kind: str) -> int | None:
    """How many take part: of "203 / 400" all that are meant to."""
    if kind == "design":
        found = _OF_PEOPLE.search(cell)
        return int(found["n"].replace(",", "")) if found is not None else None
    numbers = [int(n[0].replace(",", "")) for n in _NUMBER.finditer(cell)]
    return max(numbers[:2], default=None)


def _phase(told: dict[str, Cell]) -> str | None:
    for kind in ("phase", "trial", "design", "status"):
        cell = told.get(kind)
        if cell is None:
            continue
        if found := values.phases(cell.text):
            return found[0].phase
        if kind == "phase" and (bare := _BARE_PHASE.match(cell.text.strip())):
            try:
                return values.phase(bare[0])
            except ValueError:
                return None
    return None


def _status(told: dict[str, Cell]) -> str | None:
    for kind in ("status", "phase", "size"):
        cell = told.get(kind)
        if cell is not None:
            for status, form in _STATES:
                if form.search(cell.text):
                    return status
    return None
