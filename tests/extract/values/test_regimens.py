"""`kg.extract.values.regimens`: how often a dose is given."""

from __future__ import annotations

import pytest

from kg.extract import values


@pytest.mark.parametrize(
    ("text", "schedules"),
    [
        ("40 mg weekly for up to 12 weeks", ["weekly for up to 12 weeks"]),
        ("given twice over seven days", ["twice over seven days"]),
        ("every three weeks", ["every three weeks"]),
        ("10 mg on days 1 to 14 of each cycle", ["days 1 to 14"]),
        ("20 mcg on day 1, 30 mcg on day 8", ["day 1", "day 8"]),
        ("is infused once, into the liver", ["once"]),
        ("at eight-week intervals", ["at eight-week intervals"]),
        ("used as needed", ["as needed"]),
        ("single doses of", ["single dose"]),
        ("10 mg once daily", ["once daily"]),
        ("days 1, 8 and 15 of each 28-day cycle", ["days 1, 8 and 15 of each 28-day cycle"]),
        ("a one- or two-dose treatment", ["one- or two-dose"]),
        ("Q3W", ["Q3W"]),
        ("240 mg b.i.d., is", ["b.i.d."]),
        ("0.1 mg QW", ["QW"]),
        ("10 mg per day", ["per day"]),
        ("two attacks per day", []),
        ("one drop every evening", ["every evening"]),
    ],
)
def test_schedule(text: str, schedules: list[str]) -> None:
    """Schedules keep their words; one dose is a "single dose" however it is written."""
    assert [s.schedule for s in values.schedules(text)] == schedules


def test_distributed_schedule() -> None:
    """ "respectively" gives each dose its own day."""
    assert [
        [s.schedule for s in group] for group in values.distributed("at days 0 and 20, respectively")
    ] == [["day 0", "day 20"]]
