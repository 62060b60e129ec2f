"""`kg.extract.relations.studies.publications`: where a study is shown."""

from __future__ import annotations

from tests.extract.relations.studies.reading import found, shown


def test_publication() -> None:
    """A meeting's proceedings are a venue with a year; a talk to investors is none."""
    (fact,) = found(
        "Data on AB-101 were published as part of the 2017 ASCO Annual Meeting Proceedings.", "publication"
    )
    assert (shown(fact), fact.qualifier("date")) == ("2017 ASCO Annual Meeting Proceedings", ("2017",))
    assert not found("AB-101 was presented at the Global Healthcare Investor Conference.", "publication")
