"""Linked mentions → what is studied and how: trials, cohorts, endpoints, doses, results, preclinical studies."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.focus import Focus
from kg.extract.linked import LinkedDocument
from kg.extract.relations.studies.arms import arm_facts
from kg.extract.relations.studies.context import Context, united
from kg.extract.relations.studies.doses import dose_facts
from kg.extract.relations.studies.effects import effect_facts, safety_facts
from kg.extract.relations.studies.preclinical import preclinical_facts
from kg.extract.relations.studies.protocol import cohort_facts, criteria_facts, endpoint_facts
from kg.extract.relations.studies.publications import publication_facts
from kg.extract.relations.studies.results import result_facts
from kg.extract.relations.studies.table_results import table_result_facts
from kg.extract.trials import find_trials, without_trial_names
from kg.model import Fact


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """Every statement of a release about studies of drugs."""
    document = without_trial_names(document)
    focus = Focus(document)
    trials = find_trials(document, focus)
    yield from (trial.fact(document) for trial in trials)
    context = Context(document, focus, trials)
    for rule in (
        cohort_facts,
        arm_facts,
        endpoint_facts,
        criteria_facts,
        dose_facts,
        result_facts,
        table_result_facts,
        effect_facts,
        safety_facts,
        publication_facts,
    ):
        yield from united(rule(context))
    yield from united(preclinical_facts(context))
