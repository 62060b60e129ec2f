"""`kg.extract.outcomes.arms`: what a figure is compared with."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import comparator_of
from kg.extract.outcomes.arms import of_control
from tests.extract.relations.linked import linked


def test_comparator() -> None:
    """What a figure is compared with stands behind it."""
    (sentence,) = [
        s
        for s in linked("The ORR was 45% compared with a standard dose in adults.").statements()
        if "ORR" in s.text
    ]
    assert comparator_of(sentence, sentence.text.index("45%") + 3) == "standard dose"


@pytest.mark.parametrize(
    ("text", "of_the_other"),
    [
        ("Placebo patients had an SRI-4 response rate of 32%", True),
        ("Controls reached a response rate of 32%", True),
        ("Among patients given placebo, the SRI-4 response was 32%", True),
        ("In historical controls the response rate was 32%", True),
        ("Patients given AB-101 had an SRI-4 response rate of 32%", False),
        ("Placebo patients had a rate of 12% and the others of 32%", False),
    ],
)
def test_whose_figure(text: str, of_the_other: bool) -> None:
    """A control that is the subject has the figure behind it; the digits of a name are no figure."""
    assert of_control(text, text.index("32"), len(text)) is of_the_other
