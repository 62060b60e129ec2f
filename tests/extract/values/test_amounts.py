"""`kg.extract.values.amounts`: money."""

from __future__ import annotations

import pytest

from kg.extract import values


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("approximately \\$2 million", [(2_000_000, "USD")]),
        ("$1.2 billion", [(1_200_000_000, "USD")]),
        ("€25 million", [(25_000_000, "EUR")]),
        ("2,282 million euros", [(2_282_000_000, "EUR")]),
        ("US$5M", [(5_000_000, "USD")]),
        ("HK$3.2 billion", [(3_200_000_000, "HKD")]),
        ("¥100 million", [(100_000_000, "JPY")]),
        ("$40-50 million", [(40_000_000, "USD"), (50_000_000, "USD")]),
        ("between \\$110 million to \\$150 million", [(110_000_000, "USD"), (150_000_000, "USD")]),
        ("$25,000,000", [(25_000_000, "USD")]),
    ],
)
def test_money(text: str, amounts: list[tuple[int, str]]) -> None:
    """Amounts are plain numbers with an ISO 4217 code."""
    assert [(m.amount, m.currency) for m in values.money(text)] == amounts
