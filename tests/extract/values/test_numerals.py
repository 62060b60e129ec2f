"""`kg.extract.values.numerals`: numbers in digits and words."""

from __future__ import annotations

import pytest

from kg.extract import values


@pytest.mark.parametrize(
    ("text", "value", "sign", "approximate"),
    [
        ("more than 13,000 employees", 13_000, ">", False),
        ("as many as 40 patients", 40, "<=", False),
        ("at least approximately 40 sites", 40, ">=", True),
        ("nearly 1.2 million people", 1_200_000, "", True),
        ("twenty-five patients", 25, "", False),
    ],
)
def test_number(text: str, value: int, sign: str, approximate: bool) -> None:
    """Words around a number say how firm it is."""
    (number,) = values.numbers(text)
    assert (number.value, number.sign, number.approximate) == (value, sign, approximate)


@pytest.mark.parametrize(
    ("text", "fraction"),
    [("at least one-third of all", "1/3"), ("one in five adults", "1/5"), ("half of patients", "1/2")],
)
def test_fraction(text: str, fraction: str) -> None:
    """Shares in words are fractions."""
    assert [f.quantity.text for f in values.fractions(text)] == [fraction]


def test_not_a_number() -> None:
    """What is no number is an error, not a zero."""
    with pytest.raises(ValueError, match="not a number"):
        values.decimal("many")
