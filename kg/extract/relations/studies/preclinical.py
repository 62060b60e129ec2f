"""Linked mentions → studies in cells and animals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract import values
from kg.extract.focus import is_control, same
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.animals import animal_studies, cell_line
from kg.extract.relations.studies.context import Context
from kg.extract.relations.studies.doses import dose_facts
from kg.extract.relations.studies.results import result_facts
from kg.model import Entity, Fact, Kind, Modality, Quantity

_CONTROL_NAME = Pattern(
    r"\bcontrols?\s+(?:groups?|arms?|cohorts?)?\s*(?:of|with|receiving|treated\s+with)\s+(?P<name>[\w-]+"
    r"(?:\s+[\w-]+){0,3})",
    re.IGNORECASE,
)


def preclinical_facts(context: Context) -> Iterator[Fact]:
    """Every study in animals, with its doses and results."""
    runs = tuple(animal_studies(context))
    if not runs:
        return
    dosed = list(dose_facts(context))
    measured = list(result_facts(context))
    for run in runs:
        text = " ".join(s.text for s in run)
        drug = context.focus.drug(run[0])
        if drug is None:
            continue
        model = _model(run)
        if model is None:
            continue
        spans = [(s.start, s.end) for s in run]
        doses = [f for f in dosed if same(f.subject, drug) and _within(f, spans)]
        results = [f for f in measured if same(f.subject, drug) and _within(f, spans)]
        control = _control_of(run, drug)
        sample = next(iter(values.sample_sizes(text)), None)
        animals = re.search(
            r"\b(\d[\d,]*)\s+(?:(?!of\b)[\w-]+\s+){0,2}?(?:mice|rats|monkeys|animals|dogs|pigs|rabbits|hamsters"
            r"|ferrets)\b",
            text,
        )
        schedule = _regimen(run)
        yield Fact(
            "preclinical_study",
            drug,
            model,
            modality=Modality.ASSERTED,
            confidence=0.85,
            evidence=tuple(context.document.evidence(s, "studies.preclinical") for s in run),
        ).with_qualifiers(
            {
                "cell_line": next((line for s in run if (line := cell_line(s.text))), None),
                "organism": values.terms(text, "organisms")[0].label,
                "n": int(sample.value) if sample else int(values.decimal(animals[1])) if animals else None,
                "animals": int(values.decimal(animals[1])) if animals else None,
                "mechanism": next((m for s in run if (m := _resistance(s.text))), None),
                "dose": tuple(dict.fromkeys(f.object.text for f in doses if isinstance(f.object, Quantity))),
                "schedule": schedule,
                "control": control,
                "result": tuple(
                    dict.fromkeys(f.object.text for f in results if isinstance(f.object, Quantity))
                ),
            }
        )


_RESISTANCE: Final = Pattern(
    r"\bresistan(?:ce|t)\b[^.;]{0,80}?(?:,\s+(?:specifically|namely|including|such\s+as)|\b(?:due\s+to"
    r"|through|via|by\s+means\s+of))"
    r"\s+(?:the\s+|their\s+|its\s+)?(?P<how>(?:[\w/-]+\s+){1,4}?(?:efflux\s+pumps?|pumps?|transporters?"
    r"|mutations?|amplification"
    r"|overexpression|expression|loss|deletions?))\b"
)


def _resistance(text: str) -> str | None:
    """ "expression of resistance mechanisms …, specifically P-gp efflux pumps": what makes a model resistant."""
    found = _RESISTANCE.search(text)
    return " ".join(found["how"].split()) if found else None


def _within(fact: Fact, spans: list[tuple[int, int]]) -> bool:
    return any(a <= e.start and e.end <= b for e in fact.evidence for a, b in spans)


def _model(run: tuple[LinkedSentence, ...]) -> Entity | None:
    """What a study is done on: the disease named beside the cells or the animals, else the first that is named."""
    for sentence in run:
        diseases = sentence.of_kind(Kind.DISEASE, Kind.MODEL)
        if diseases:
            return diseases[0].entity
    animals = values.terms(run[0].text, "organisms")
    return Entity(Kind.MODEL, animals[0].label) if animals else None


def _control_of(run: tuple[LinkedSentence, ...], drug: Entity) -> str | None:
    for sentence in run:
        for mention in sentence.of_kind(Kind.DRUG):
            if is_control(sentence, mention) and not same(mention.entity, drug):
                return mention.entity.label
        if found := _CONTROL_NAME.search(sentence.text):
            return re.split(r"\s+(?:at|in|on|and|or|following)\s", found["name"])[0].strip()
        if vehicle := re.search(
            r"\b(vehicle|placebo|saline|PBS|sham|untreated|isotype)(?:[- ]treated)?\s+(?:controls?|animals"
            r"|mice|group)",
            sentence.text,
            re.IGNORECASE,
        ):
            return vehicle[1].casefold()
    return None


def _regimen(run: tuple[LinkedSentence, ...]) -> str | None:
    for sentence in run:
        groups = values.distributed(sentence.text)
        if groups:
            found = [s for s in values.schedules(sentence.text) if s.start == groups[0][0].start]
            return found[0].schedule if found else ", ".join(s.schedule for s in groups[0])
    for sentence in run:
        for schedule in values.schedules(sentence.text):
            if not schedule.schedule.startswith("day"):
                return schedule.schedule
    return None
