"""`kg.extract.values.date_forms`: days, months, halves and quarters, and what only looks like them."""

from __future__ import annotations

import pytest

from kg.extract import values

ON = "2018-06-06"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("October 10, 2017", "2017-10-10"),
        ("on Oct. 10, 2017 the", "2017-10-10"),
        ("Dec. 06, 2017", "2017-12-06"),
        ("10 October 2017", "2017-10-10"),
        ("2018-06-06", "2018-06-06"),
        ("on 2018/06/06", "2018-06-06"),
        ("in May 2018", "2018-05"),
        ("Last month, the company", "2018-05"),
        ("earlier this year", "2018"),
        ("early next year", "2019"),
        ("in the second half of 2018", "2018-H2"),
        ("Q4 2025", "2025-Q4"),
        ("4Q25", "2025-Q4"),
        ("1H26", "2026-H1"),
        ("in Q3", "2018-Q3"),
        ("by September", "2018-09"),
        ("the fourth quarter of 2025", "2025-Q4"),
        ("the first quarter of next year", "2019-Q1"),
        ("in the fourth quarter", "2018-Q4"),
        ("by year-end", "2018"),
        ("in mid-2026", "2026"),
        ("December 6-9, 2025", "2025-12-06"),
        ("on November 11 the", "2018-11-11"),
        ("In 2016, revenue", "2016"),
    ],
)
def test_date(text: str, iso: str) -> None:
    """A date has the precision that the text gives, relative ones resolved against the release's."""
    assert [d.iso for d in values.dates(text, on=ON)] == [iso]


@pytest.mark.parametrize(
    "text",
    ["may 2018 be", "February 30, 2018", "2017 ASCO Annual Meeting", "CLR 1900", "Q3W", "of H1 receptors"],
)
def test_no_date(text: str) -> None:
    """A modal verb, an impossible day, a year inside a name, a code: no dates."""
    assert values.dates(text, on=ON) == ()


def test_relative_date_needs_the_release_date() -> None:
    """Without a release date, what is relative to it is no date."""
    assert values.dates("last month, by year-end, on May 5") == ()
