"""`kg.extract.outcomes.scopes`: the arms that clauses begin with, and the lines that lead in to lists."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import Group, group_in, is_item, lead_of, scopes


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        (
            "In Cohort A (n=25), ORR was 48% and PFS 7 months; in Cohort B (n=18), ORR was 22%.",
            ("48%", "7 months", "22%"),
            [Group(25, ("Cohort A",)), Group(25, ("Cohort A",)), Group(18, ("Cohort B",))],
        ),
        (
            "At 400 mg (n=12) the ORR was 33%, at 600 mg (n=15) it was 47%.",
            ("33%", "47%"),
            [Group(12, ("400 mg",)), Group(15, ("600 mg",))],
        ),
        (
            "Naive patients (n=30) had an ORR of 90%, exposed patients (n=21) one of 62%.",
            ("90%", "62%"),
            [Group(30, ("Naive",)), Group(21, ("exposed",))],
        ),
        ("- Pretreated: 47 patients, ORR 23 %", ("23 %",), [Group(47, ("Pretreated",))]),
        ("At week 24 (n=12), 36% responded.", ("36%",), [Group(12, ())]),
        ("Median PFS: 9 months (n=12)", ("9 months",), [Group(12, ())]),
    ],
)
def test_group_in(text: str, figures: tuple[str, ...], expected: list[Group]) -> None:
    """A figure is that of the arm that its clause begins with; times and names of outcomes begin none."""
    within = scopes(text)
    places = [(text.index(f), text.index(f) + len(f)) for f in figures]
    ends = [0, *(end for _, end in places)]
    starts = [*(start for start, _ in places), len(text)]
    found = [
        group_in(text, start, end, low=ends[i], high=starts[i + 1], within=within)
        for i, (start, end) in enumerate(places)
    ]
    assert found == expected


def test_control_ends_an_arm() -> None:
    """What a control reached is in no stretch of another arm."""
    text = "In Cohort A (n=25), ORR was 48%; in the placebo group (n=9), it was 3%."
    assert [text[s.start : s.end] for s in scopes(text)] == ["In Cohort A (n=25), ORR was 48%; "]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cohort B (n=18)", Group(18, ("Cohort B",))),
        ("Results in the intent-to-treat population (N=120):", Group(120, ("intent-to-treat population",))),
        ("The trial enrolled 120 patients.", None),
    ],
)
def test_lead_of(text: str, expected: Group | None) -> None:
    """A heading or a line that ends in a colon tells whose the items below it are."""
    found = lead_of(text, Group(None, ()))
    assert found == expected


def test_items() -> None:
    """Bullets, numbers and labels begin items; a sentence does not."""
    assert all(map(is_item, ("- ORR 41%", "• ORR 41%", "(a) ORR 41%", "ORR: 41%")))
    assert not is_item("The ORR was 41%.")
