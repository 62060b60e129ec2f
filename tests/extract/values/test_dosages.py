"""`kg.extract.values.dosages`: numbers with a unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract import values


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("a single 25.0 mCi/m² dose", ["25.0 mCi/m2"]),
        ("(95.7 μ Ci and 109.0 μ Ci on day 0)", ["95.7 uCi", "109.0 uCi"]),
        ("(approximately 110µCi)", ["110 uCi"]),
        ("ranging from 12.5 mCi/m2 to 31.25 mCi/m2", ["12.5 mCi/m2", "31.25 mCi/m2"]),
        ("12.5 to 25 mg/kg/day", ["12.5 mg/kg/day", "25 mg/kg/day"]),
        ("10, 20 and 40 mg", ["10 mg", "20 mg", "40 mg"]),
        ("doses of 3.2, 4.8 or 6.4 mg/kg", ["3.2 mg/kg", "4.8 mg/kg", "6.4 mg/kg"]),
        ("a 40-mg dose", ["40 mg"]),
        ("from 5 mg to 10 mg per day", ["5 mg", "10 mg"]),
        ("1x10^13 vg/kg", ["1x10^13 vg/kg"]),
        ("300 x 10⁶ CAR+ T cells", ["300x10^6 CAR+ T cells"]),
        ("4.1 to 11.6 x 10^6 cells/kg", ["4.1x10^6 cells/kg", "11.6x10^6 cells/kg"]),
        ("7.4 GBq", ["7.4 GBq"]),
        ("in 2018 and 10 mg", ["10 mg"]),
        ("20 mice with 300 cells", []),
        ("at the 1x10^8 cell dose", ["1x10^8 cells"]),
        ("randomized 2:1 to 1.5x10^11 vg/eye", ["1.5x10^11 vg/eye"]),
    ],
)
def test_dose(text: str, doses: list[str]) -> None:
    """A dose keeps its number as printed, one blank, a unit in plain letters; ranges give both ends."""
    assert [d.quantity.text for d in values.doses(text)] == doses


def test_dose_value_and_offsets() -> None:
    """A power of ten is counted out, and the offsets point at what was printed."""
    text = "a dose of 1.5 × 10¹³ vg/kg"
    (dose,) = values.doses(text)
    assert dose.quantity.value == Decimal(15_000_000_000_000)
    assert text[dose.start : dose.end] == "1.5 × 10¹³ vg/kg"
