"""Facts that say the same become one."""

from __future__ import annotations

from kg.extract.merging import merged
from kg.model import Entity, Evidence, Fact, Kind, Modality

DRUG = Entity(Kind.DRUG, "AB-1")
ORPHAN = Entity(Kind.DESIGNATION, "orphan drug")
DISEASE = Entity(Kind.DISEASE, "asthma")
FDA, EMA = Entity(Kind.AGENCY, "FDA"), Entity(Kind.AGENCY, "EMA")


def designation(start: int, modality: Modality = Modality.ASSERTED, **qualifiers: Entity | str) -> Fact:
    evidence = Evidence("r", start, start + 1, "x")
    return Fact("designation", DRUG, ORPHAN, modality=modality, evidence=(evidence,)).with_qualifiers(
        qualifiers
    )


def test_what_one_leaves_unsaid_the_other_supplies() -> None:
    """Their evidence is united."""
    (fact,) = merged(
        [designation(1, agency=FDA), designation(5, agency=FDA, indication=DISEASE, date="2020")]
    )
    assert fact.qualifier("date") == ("2020",)
    assert [e.start for e in fact.evidence] == [1, 5]


def test_another_agency_makes_another_fact() -> None:
    """And another indication."""
    assert len(merged([designation(1, agency=FDA), designation(5, agency=EMA)])) == 2


def test_a_hope_does_not_join_a_statement() -> None:
    """A plan does: what is stated outright counts."""
    facts = merged([designation(1), designation(3, Modality.PLANNED), designation(5, Modality.HYPOTHETICAL)])
    assert [f.modality for f in facts] == [Modality.ASSERTED, Modality.HYPOTHETICAL]


def test_lists_are_united() -> None:
    """Each value once."""
    one = Fact(
        "drug_indication", DRUG, DISEASE, (("population", "adults"),), evidence=(Evidence("r", 1, 2, "x"),)
    )
    two = Fact(
        "drug_indication",
        DRUG,
        DISEASE,
        (("population", "adults"), ("population", "relapsed")),
        evidence=(Evidence("r", 3, 4, "x"),),
    )
    (fact,) = merged([one, two])
    assert fact.qualifier("population") == ("adults", "relapsed")
