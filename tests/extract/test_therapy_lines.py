"""Words about earlier treatment and the lines of therapy that they tell of."""

from __future__ import annotations

import pytest

from kg.extract.therapy_lines import TherapyLines
from kg.model import Entity, Fact, Kind, Vocabulary
from kg.ontology import load_vocabulary

DRUG = Entity(Kind.DRUG, "XB-101")
MYELOMA = Entity(Kind.DISEASE, "multiple myeloma", concept="disease:multiple-myeloma")


@pytest.fixture(scope="module")
def lines() -> TherapyLines:
    return TherapyLines(load_vocabulary())


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        ("relapsed or refractory", ["second line or later"]),
        ("newly diagnosed", ["first line"]),
        ("treatment-naïve", ["first line"]),
        ("Previously untreated", ["first line"]),
        ("no prior therapy", ["first line"]),
        ("second-line", ["second line"]),
        ("at least three prior lines of therapy", ["third line or later"]),
        ("first-line maintenance", ["first line", "maintenance"]),
        ("neoadjuvant", ["neoadjuvant"]),
        ("adults", []),
        ("FGFR inhibitor-naive", []),
    ],
)
def test_line(lines: TherapyLines, population: str, expected: list[str]) -> None:
    """The longest name counts, and no part of another word."""
    fact = lines(Fact("drug_indication", DRUG, MYELOMA, (("population", population),)))
    assert sorted(str(getattr(v, "label", v)) for v in fact.qualifier("line")) == expected


def test_only_where_the_relation_has_it(lines: TherapyLines) -> None:
    """A result keeps its words only; so does everything where the vocabulary has no lines."""
    result = Fact("result", DRUG, "ORR 30%", (("population", "second-line"),))
    assert lines(result) is result
    indication = Fact("drug_indication", DRUG, MYELOMA, (("population", "second-line"),))
    assert TherapyLines(Vocabulary(()))(indication) is indication
