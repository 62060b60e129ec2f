"""`kg.extract.outcomes.groups`: which patients a figure was seen in, and how many."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import Group, counted, group_of, listed_doses


def test_group() -> None:
    """A figure's patients stand behind it, before it, or as a count."""
    text = "In adolescents the ORR was 40% with 5 mg once daily (n=20) and 45% in the high-dose group."
    first, second = text.index("40%"), text.index("45%")
    assert group_of(text, first, first + 3, low=0, high=second) == Group(20, ("5 mg once daily",))
    assert group_of(text, second, second + 3, low=first + 3, high=len(text)).population == (
        "high-dose group",
    )
    assert counted("Of 62 patients randomised, 58 were evaluable.") == 58
    assert listed_doses("They got 0.3 mg/kg (n=6) or 0.9 mg/kg (n=5).") == (
        Group(6, ("0.3 mg/kg",)),
        Group(5, ("0.9 mg/kg",)),
    )
    assert listed_doses("They got 5 mg.") == ()


def _groups(text: str, *figures: str) -> list[Group]:
    places = [(text.index(f), text.index(f) + len(f)) for f in figures]
    return [
        group_of(
            text,
            start,
            end,
            low=places[i - 1][1] if i else 0,
            high=places[i + 1][0] if i + 1 < len(places) else len(text),
        )
        for i, (start, end) in enumerate(places)
    ]


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        (
            "In the 50 mg arm, A1c fell by 1.6%, and in the 100 mg arm by 2.1%.",
            ("1.6%", "2.1%"),
            [Group(None, ("50 mg",)), Group(None, ("100 mg",))],
        ),
        (
            "In the high-dose cohort (n=12), the ORR was 50%, and in the low-dose cohort (n=10) it was 20%.",
            ("50%", "20%"),
            [Group(12, ("high-dose cohort",)), Group(10, ("low-dose cohort",))],
        ),
        ("In the placebo group, the ORR was 12%; with AB-101 it was 31%.", ("31%",), [Group(None, ())]),
        ("The ORR was 42% in Cohort B.", ("42%",), [Group(None, ("Cohort B",))]),
        ("Benefit was seen in 80 percent of evaluable patients.", ("80 percent",), [Group(None, ())]),
        (
            "UPCR fell 41% at week 36 in patients receiving 400 mg.",
            ("41%",),
            [Group(None, ("400 mg",))],
        ),
        (
            "Remission was achieved in 22/60 patients (37%) in the 200 mg group and fewer patients elsewhere.",
            ("37%",),
            [Group(60, ("200 mg",))],
        ),
        (
            "The ORR was 28% in PD-1-negative patients and 44% in PD-1-positive patients.",
            ("28%", "44%"),
            [Group(None, ("PD-1-negative",)), Group(None, ("PD-1-positive",))],
        ),
    ],
)
def test_group_of_each_arm(text: str, figures: tuple[str, ...], expected: list[Group]) -> None:
    """Each figure has the patients of its own arm; shares, doses and weeks are no counts of them."""
    assert _groups(text, *figures) == expected
