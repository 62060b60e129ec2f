"""`kg.extract.relations.studies.dosed_arms`: strengths of topical forms and doses beside figures."""

from __future__ import annotations

import pytest

from kg.extract.relations.studies.dosed_arms import is_arm_of_figure, strengths


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("applied 0.3% ointment, 1% ointment or vehicle", ["0.3%", "1%"]),
        ("AB-1 cream 1.5% twice daily", ["1.5%"]),
        ("0.003% ophthalmic solution", ["0.003%"]),
        ("0.5% or 1.5% cream", ["0.5%", "1.5%"]),
        ("one drop of AB-1 0.003% or 0.01% every evening", ["0.003%", "0.01%"]),
        ("62% of patients", []),
    ],
)
def test_strengths(text: str, expected: list[str]) -> None:
    """A share is a strength where a form to put on follows or precedes it."""
    drugs = [at + len("AB-1")] if (at := text.find("AB-1")) >= 0 else []
    assert [s.quantity.text for s in strengths(text, drugs)] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("reductions of 31.5% (3 mg)", True),
        ("rose by 14.1 minutes with 3 mg", True),
        ("a level of 3 mg", False),
    ],
)
def test_dose_of_a_figure(text: str, told: bool) -> None:
    """A dose behind a figure tells with what that was seen."""
    assert is_arm_of_figure(text, text.index("3 mg")) is told
