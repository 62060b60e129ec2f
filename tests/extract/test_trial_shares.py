"""`kg.extract.trial_shares`: what one phase says of several trials at once."""

from __future__ import annotations

import pytest

from kg.extract.focus import Focus
from kg.extract.trials import find_trials
from tests.extract.relations.linked import linked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "AB-101 and AB-202 are in Phase 2 trials in 120 and 240 patients, respectively, with glioma and sarcoma.",
            [("AB-101", "glioma", 120), ("AB-202", "sarcoma", 240)],
        ),
        (
            "Acme runs two Phase 2 trials of AB-101: one in glioma and one in sarcoma.",
            [("AB-101", "glioma", None), ("AB-101", "sarcoma", None)],
        ),
        (
            "Acme runs the Phase 3 trials NORTH-1 and NORTH-2 of AB-101 in glioma. They enrolled 612 and 598 adults.",
            [("AB-101", "glioma", 612), ("AB-101", "glioma", 598)],
        ),
        (
            "Its drugs are AB-101, an ADC in Phase 1 for glioma, and AB-202, a bispecific ADC in Phase 2 for sarcoma.",
            [("AB-101", "glioma", None), ("AB-202", "sarcoma", None)],
        ),
        (
            "AB-101 is in ongoing trials in glioma (Phase 2) and sarcoma (Phase 1).",
            [("AB-101", "glioma", None), ("AB-101", "sarcoma", None)],
        ),
        (
            "AB-101 is in Phase 3 for glioma and Phase 2 for sarcoma.",
            [("AB-101", "glioma", None), ("AB-101", "sarcoma", None)],
        ),
        (
            "Its drugs include AB-101, in Phase 1 for glioma, and AB-202, in Phase 2 for sarcoma.",
            [("AB-101", "glioma", None), ("AB-202", "sarcoma", None)],
        ),
        (
            "The combination of AB-101 and AB-202 is in a Phase 2 trial in 120 patients with glioma.",
            [("AB-101", "glioma", 120)],
        ),
        (
            "AB-101 is studied in combination with Rival's anti-PD-1 antibody AB-202 in a Phase 2 trial in glioma.",
            [("AB-101", "glioma", None)],
        ),
    ],
)
def test_several_of_one_phase(text: str, told: list[tuple[str, str, int | None]]) -> None:
    """Each of two drugs, of two diseases and of two names has its own trial; drugs given together have one."""
    document = linked(text)
    assert [
        (t.drug.label, t.indications[0].label, next(iter(t.details("enrollment")), None))
        for t in find_trials(document, Focus(document))
    ] == told


def test_trials_told_one_by_one() -> None:
    """ "One in …, the other in …" are two, and so are "trials in A and B"; of a basket there is one."""
    for text in (
        "Two Phase 3 trials of AB-101 are ongoing: one in 320 adults with glioma, and the other in sarcoma.",
        "A Phase 2 trial of AB-101 in glioma is to begin in May, and one in sarcoma by year-end.",
        "AB-101 is in Phase 2 trials in glioma and sarcoma.",
    ):
        document = linked(text)
        trials = find_trials(document, Focus(document))
        assert [[d.label for d in t.indications] for t in trials] == [["glioma"], ["sarcoma"]], text
    basket = linked("AB-101 is in Phase 1 trials in patients with glioma and sarcoma.")
    assert len(find_trials(basket, Focus(basket))) == 1


def test_named_trials_told_one_by_one() -> None:
    """Each trial of a list has what stands behind its name; names that are joined share it."""
    document = linked(
        "Two Phase 3 trials of AB-101, POLARIS-1 in 500 adults with glioma and POLARIS-2 in adolescents, are ongoing."
    )
    assert [
        (t.details("name"), t.details("population"), t.details("enrollment"))
        for t in find_trials(document, Focus(document))
    ] == [(("POLARIS-1",), ("adults",), (500,)), (("POLARIS-2",), ("adolescents",), ())]
