"""What the rules on studies share: the release, the drug of each sentence, its trials and tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract import values
from kg.extract.arm_lists import arm_lists
from kg.extract.focus import Focus, identity, same
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.stacked_tables import stacked_tables
from kg.extract.tables import Table, lists, tables
from kg.extract.trial_model import Trial
from kg.extract.trial_phases import trial_phases
from kg.model import Entity, Evidence, Fact, Kind, Mention, Modality, Quantity


@dataclass(frozen=True)
class Context:
    """What the rules below share."""

    document: LinkedDocument
    focus: Focus
    trials: list[Trial]

    def sentences(self) -> Iterator[LinkedSentence]:
        """The sentences that state something: no contacts, no forward-looking boilerplate."""
        return iter(self._sentences)

    @cached_property
    def _sentences(self) -> tuple[LinkedSentence, ...]:
        return tuple(self.document.statements())

    def sentence_at(self, start: int, end: int) -> LinkedSentence | None:
        """The first of them that shares a character with a stretch of the release."""
        at = bisect_right(self._sentences, start, key=lambda s: s.end)
        return next((s for s in self._sentences[at : at + 1] if s.start < end), None)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the release."""
        text = self.document.release.text
        found = tuple(tables(text))
        for others in (arm_lists(text), lists(text), stacked_tables(text)):
            found += tuple(t for o in others if (t := _apart_from(o, found)) is not None)
        return found

    @cached_property
    def disease_names(self) -> frozenset[str]:
        """Every name of every disease that the release speaks of, in small letters."""
        entities = {m.entity for m in self.document.mentions(Kind.DISEASE)}
        return frozenset(name.casefold() for entity in entities for name in entity.names)

    def in_table(self, at: int) -> bool:
        """Whether an offset in the release lies in a table."""
        return any(t.start <= at < t.end for t in self.tables)

    def named_drugs(self, label: str) -> Iterator[Entity]:
        """The drugs that a heading or label of a table names."""
        folded = label.casefold()
        for drug in self._drugs:
            if any(
                name.casefold() in folded
                and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", label, re.IGNORECASE)
                for name in drug.names
            ):
                yield drug

    def named_own(self, label: str) -> Entity | None:
        """The first of them that is the release's own."""
        return next(filter(self.focus.is_own, self.named_drugs(label)), None)

    def names_another(self, label: str) -> bool:
        """Whether a heading or label names a drug, but none of the release's own."""
        named = tuple(self.named_drugs(label))
        return bool(named) and not any(map(self.focus.is_own, named))

    @cached_property
    def _drugs(self) -> tuple[Entity, ...]:
        return tuple(dict.fromkeys(m.entity for m in self.document.mentions(Kind.DRUG)))

    @cached_property
    def endpoints(self) -> tuple[Entity, ...]:
        """The endpoints that the release speaks of."""
        return tuple(dict.fromkeys(m.entity for m in self.document.mentions(Kind.ENDPOINT)))

    def endpoints_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Where a stretch of the release names endpoints."""
        low, high = (bisect_left(self._endpoint_mentions, at, key=lambda m: m.start) for at in (start, end))
        return self._endpoint_mentions[low:high]

    @cached_property
    def _endpoint_mentions(self) -> tuple[Mention, ...]:
        return tuple(self.document.mentions(Kind.ENDPOINT))

    def trial(self, sentence: LinkedSentence, drug: Entity) -> str | None:
        """How the trial of a sentence is called: its phase, if sentence, title or neighbourhood leaves one."""
        phases = trial_phases(sentence.text) or values.phases(sentence.section.topic)
        if phases:
            return f"Phase {phases[0].phase}" if phases[0].phase != "pivotal" else "pivotal"
        held = [
            t
            for t in self.trials
            if same(t.drug, drug)
            and any(r.sentence.sentence.paragraph == sentence.sentence.paragraph for r in t.references)
        ]
        return f"Phase {held[0].phase}" if len(held) == 1 else None

    def trial_of_cohorts(self, sentence: LinkedSentence, drug: Entity) -> str | None:
        """The trial whose cohorts a sentence speaks of: the one that the sentence before it calls by its phase."""
        if not COHORT_LABEL.search(sentence.text):
            return None
        before = [s for s in self.sentences() if s.end <= sentence.start]
        if not before or before[-1].sentence.paragraph != sentence.sentence.paragraph:
            return None
        named = {f"Phase {p.phase}" for p in trial_phases(before[-1].text)}
        return named.pop() if len(named) == 1 and same(self.focus.drug(before[-1]), drug) else None

    def about_disease(self, sentence: LinkedSentence) -> bool:
        """Whether the section describes a disease and not a drug."""
        topic = re.sub(r"\s*\(.*\)$", "", sentence.section.topic).casefold()
        return topic.removeprefix("the ") in self.disease_names and self.focus.named_in(topic) is None


def _apart_from(table: Table, others: tuple[Table, ...]) -> Table | None:
    """A table without the rows that are read as another's; None where these are all it has."""
    if not any(o.start < table.end and table.start < o.end for o in others):
        return table
    rows = tuple(r for r in table.rows if not any(o.start < r.end and r.start < o.end for o in others))
    if len(rows) < len(table.rows) and len(table.columns) > 1:
        return None
    return replace(table, rows=rows) if rows else None


def united(found: Iterable[Fact]) -> Iterator[Fact]:
    """Facts that say the same, made one with the evidence of all."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in found:
        target: object = fact.object
        if isinstance(fact.object, Entity):
            target = identity(fact.object)
        elif isinstance(fact.object, Quantity):
            target = fact.object.text
        told = tuple(
            (n, str(v))
            for n, v in fact.qualifiers
            if n in ("kind", "schedule", "cell_line", "endpoint", "cohort", "population")
        )
        key = (
            fact.relation,
            identity(fact.subject) if fact.subject else None,
            target,
            told,
            fact.modality.is_claim_only,
        )
        if key in kept:
            first = kept[key]
            more = {n: v for n, v in fact.qualifiers if not first.qualifier(n)}
            kept[key] = Fact(
                first.relation,
                first.subject,
                first.object,
                first.qualifiers,
                first.modality,
                max(first.confidence, fact.confidence),
                tuple(dict.fromkeys(first.evidence + fact.evidence)),
            ).with_qualifiers(more)
        else:
            kept[key] = fact
    yield from kept.values()


def evidence_of(context: Context, sentence: LinkedSentence, rule: str) -> tuple[Evidence, ...]:
    """A sentence as evidence for a fact of a rule."""
    return (context.document.evidence(sentence, f"studies.{rule}"),)


def statement_modality(text: str, start: int, end: int) -> Modality:
    """The modality of a part of a protocol: what patients "will receive" is how the trial is, not a plan for one."""
    kind = modality(text, start, end)
    return Modality.ASSERTED if kind is Modality.PLANNED else kind


COHORT_LABEL = Pattern(r"\b[Cc]ohorts?\s+(\d+[A-Za-z]?(?:\s?[-–]\s?\d+)?|[A-H]\b)")
