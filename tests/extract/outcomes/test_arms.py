"""`kg.extract.outcomes.arms`: what a figure is compared with."""

from __future__ import annotations

from kg.extract.outcomes import comparator_of
from tests.extract.relations.linked import linked


def test_comparator() -> None:
    """What a figure is compared with stands behind it."""
    (sentence,) = [
        s
        for s in linked("The ORR was 45% compared with a standard dose in adults.").statements()
        if "ORR" in s.text
    ]
    assert comparator_of(sentence, sentence.text.index("45%") + 3) == "standard dose"
