"""`kg.extract.values`: the printed forms of releases, and what they mean."""

from __future__ import annotations

from decimal import Decimal

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
        ("in May 2018", "2018-05"),
        ("Last month, the company", "2018-05"),
        ("earlier this year", "2018"),
        ("early next year", "2019"),
        ("in the second half of 2018", "2018-H2"),
        ("Q4 2025", "2025-Q4"),
        ("4Q25", "2025-Q4"),
        ("1H26", "2026-H1"),
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


@pytest.mark.parametrize("text", ["may 2018 be", "February 30, 2018", "2017 ASCO Annual Meeting", "CLR 1900"])
def test_no_date(text: str) -> None:
    """A modal verb, an impossible day, a year inside a name, a code: no dates."""
    assert values.dates(text, on=ON) == ()


def test_relative_date_needs_the_release_date() -> None:
    """Without a release date, what is relative to it is no date."""
    assert values.dates("last month, by year-end, on May 5") == ()


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("a Phase I/II trial", ["1/2"]),
        ("a Phase 1b/2a trial", ["1b/2a"]),
        ("the Phase IIb study", ["2b"]),
        ("a pivotal trial", ["pivotal"]),
        ("a registrational study", ["pivotal"]),
        ("a pivotal Phase III trial", ["3"]),
        ("a Phase 2/3 trial", ["2/3"]),
        ("Phases 1 and 2", ["1", "2"]),
        ("Phase 1 and Phase 2 trials", ["1", "2"]),
        ("a phase-2 study", ["2"]),
        ("Phase 2 and 40 patients", ["2"]),
        ("a pivotal moment", []),
        ("the Phase In period", []),
    ],
)
def test_phase(text: str, phases: list[str]) -> None:
    """Phases are arabic; a pivotal trial without a number is a phase of its own."""
    assert [p.phase for p in values.phases(text)] == phases


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
        ("1x10^13 vg/kg", ["1x10^13 vg/kg"]),
        ("300 x 10⁶ CAR+ T cells", ["300x10^6 CAR+ T cells"]),
        ("7.4 GBq", ["7.4 GBq"]),
        ("in 2018 and 10 mg", ["10 mg"]),
        ("20 mice with 300 cells", []),
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


@pytest.mark.parametrize(
    ("text", "schedules"),
    [
        ("40 mg weekly for up to 12 weeks", ["weekly for up to 12 weeks"]),
        ("given twice over seven days", ["twice over seven days"]),
        ("every three weeks", ["every three weeks"]),
        ("single doses of", ["single dose"]),
        ("10 mg once daily", ["once daily"]),
        ("days 1, 8 and 15 of each 28-day cycle", ["days 1, 8 and 15 of each 28-day cycle"]),
        ("a one- or two-dose treatment", ["one- or two-dose"]),
        ("Q3W", ["Q3W"]),
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
    """Interval, hazard ratio and p-value are read from one bracket."""
    text = "(HR 0.70; 95% CI, 0.50-0.83; p<0.001; n=1,204)"
    (interval,) = values.confidence_intervals(text)
    assert (interval.level, interval.low, interval.high) == (Decimal(95), "0.50", "0.83")
    assert [h.quantity.text for h in values.hazard_ratios(text)] == ["0.70"]
    assert [(p.quantity.text, p.sign) for p in values.p_values(text)] == [("<0.001", "<")]
    assert [n.value for n in values.sample_sizes(text)] == [1204]


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


def test_durations_and_folds() -> None:
    """Number words become digits."""
    assert [d.quantity.text for d in values.durations("nine months, a 1-year, 12-week")] == [
        "9 months",
        "1 year",
        "12 weeks",
    ]
    assert [f.quantity.text for f in values.folds("two-fold or 10.75-fold")] == ["2-fold", "10.75-fold"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("relapsed/refractory (R/R) myeloma", ("relapsed or refractory",)),
        ("relapsed or refractory", ("relapsed or refractory",)),
        ("paediatric patients and adults", ("pediatric", "adults")),
        ("HER2-positive metastatic", ("HER2-positive", "metastatic")),
        ("moderate-to-severe plaque psoriasis", ("moderate-to-severe",)),
        ("FAP-positive, unresectable or metastatic tumors", ("FAP-positive", "unresectable or metastatic")),
        ("children aged 4 to 17 years", ("pediatric", "children aged 4 to 17 years")),
        ("severely limited, a Positive result", ()),
    ],
)
def test_population(text: str, labels: tuple[str, ...]) -> None:
    """Spellings of one population have one label."""
    assert values.populations(text) == labels


def test_countries_are_names() -> None:
    """The pronoun is no country."""
    assert [t.label for t in values.terms("It gives us sites in the US and Turkey", "countries")] == [
        "United States",
        "Turkey",
    ]
