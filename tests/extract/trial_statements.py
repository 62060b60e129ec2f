"""The trials that a text tells of, as the tests of the stages around `kg.extract.trials` show them."""

from __future__ import annotations

from kg.extract.focus import Focus
from kg.extract.trials import find_trials
from tests.extract.relations.linked import linked


def details(text: str) -> list[tuple[str, dict[str, object]]]:
    """The trials of a release: phase, and what is told of each."""
    document = linked(text)
    names = ("name", "nct", "enrollment", "sites", "country", "status")
    out = []
    for trial in find_trials(document, Focus(document)):
        fact = trial.fact(document)
        told = {n: [getattr(v, "label", v) for v in fact.qualifier(n)] for n in names}
        out.append((trial.phase, {n: v if len(v) > 1 else v[0] for n, v in told.items() if v}))
    return out
