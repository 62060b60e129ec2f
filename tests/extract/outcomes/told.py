"""The figures of outcomes that a text tells of, as the tests of this folder show them."""

from __future__ import annotations

from kg.extract.outcomes import Drugs, Outcome, outcomes
from kg.model import Kind
from tests.extract.relations.linked import DRUG, linked


def told(text: str) -> list[str]:
    """The outcomes of each sentence, AB-101 being the studied drug; each knows the last one told before it."""
    found: list[Outcome] = []
    for sentence in linked(text).statements():
        drugs = {
            own: tuple(
                (m.start - sentence.start, m.end - sentence.start)
                for m in sentence.of_kind(Kind.DRUG)
                if (m.entity == DRUG) is own
            )
            for own in (True, False)
        }
        said = found[-1] if found else None
        found += outcomes(sentence, drugs=Drugs(drugs[True], drugs[False]), said=said)
    return [f"{o.name} {o.quantity.text}" for o in found]
