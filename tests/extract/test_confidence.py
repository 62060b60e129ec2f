"""`kg.extract.confidence`: the narrowest measurement that speaks of a fact decides."""

from __future__ import annotations

from kg.extract.confidence import ANY, Key, calibrated, keys
from kg.extract.lexicon import table
from kg.schema import RELATIONS
from tests import facts as given

FACT = given.DESIGNATION
WIDE: Key = ("designation", ANY, ANY, ANY)
RULE: Key = ("designation", "test.rule", ANY, ANY)
NARROW: Key = ("designation", "test.rule", "asserted", "0.97")


def test_narrowest_row_decides() -> None:
    """Relation, then rule, then modality and the number written."""
    assert keys(FACT) == (WIDE, RULE, (*RULE[:2], "asserted", ANY), NARROW)
    for rows, expected in (
        ({WIDE: 0.5}, 0.5),
        ({WIDE: 0.5, RULE: 0.6}, 0.6),
        ({WIDE: 0.5, RULE: 0.6, NARROW: 0.7}, 0.7),
    ):
        [fact] = calibrated([FACT], rows)
        assert fact.confidence == expected


def test_without_a_row_the_rule_s_own_number_stays() -> None:
    """A relation that no annotation covers."""
    assert calibrated([FACT], {("trial", ANY, ANY, ANY): 0.5}) == (FACT,)


def test_lexicon() -> None:
    """Each relation measured has a row of its own; confidences are chances short of certainty; no row twice."""
    rows = table("confidence")
    assert {row["relation"] for row in rows} <= RELATIONS.keys()
    assert all(0 < float(row["confidence"]) < 1 for row in rows)
    names = [(row["relation"], row["rule"], row["modality"], row["written"]) for row in rows]
    assert len(set(names)) == len(names)
    assert {name[0] for name in names} == {name[0] for name in names if name[1] == ANY}
