"""`kg.extract.values.measures`: shares, ratios, stretches of time."""

from __future__ import annotations

import pytest

from kg.extract import values


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("83.6% (95% CI: 76.1, 89.5)", ["83.6%"]),
        ("66 percent", ["66%"]),
        ("fifty per cent", ["50%"]),
        ("45 to 60%", ["45%", "60%"]),
        ("p<0.001", []),
    ],
)
def test_percentage(text: str, shares: list[str]) -> None:
    """The level of a confidence interval is not a result."""
    assert [p.quantity.text for p in values.percentages(text)] == shares


def test_statistics() -> None:
    """Hazard ratio and size are read from one bracket."""
    text = "(HR 0.70; 95% CI, 0.50-0.83; p<0.001; n=1,204)"
    assert [h.quantity.text for h in values.hazard_ratios(text)] == ["0.70"]
    assert [n.value for n in values.sample_sizes(text)] == [1204]


def test_durations_and_folds() -> None:
    """Number words become digits."""
    assert [d.quantity.text for d in values.durations("nine months, a 1-year, 12-week")] == [
        "9 months",
        "1 year",
        "12 weeks",
    ]
    assert [f.quantity.text for f in values.folds("two-fold or 10.75-fold")] == ["2-fold", "10.75-fold"]
