"""`kg.extract.relations.studies.rhythms`: which schedules are one."""

from __future__ import annotations

import pytest

from kg.extract.relations.studies.rhythms import rhythm


@pytest.mark.parametrize(
    "schedules",
    [
        ("once daily", "QD", "daily", "once a day", "every day", "once-daily"),
        ("Q3W", "every 3 weeks", "once every three weeks", "every 21 days"),
        ("twice daily", "BID", "twice a day", "b.i.d."),
        ("monthly", "once a month", "every 4 weeks", "Q4W"),
        ("single dose", "once", "single infusion"),
    ],
)
def test_one_rhythm(schedules: tuple[str, ...]) -> None:
    """However a schedule is told, it is one rhythm."""
    assert len({rhythm(s) for s in schedules}) == 1


def test_two_rhythms() -> None:
    """Every other week is not every week."""
    assert rhythm("every other week") != rhythm("weekly")
