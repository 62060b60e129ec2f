"""`kg.result_names`: results in other words."""

from __future__ import annotations

import pytest

from kg.result_names import other_names


@pytest.mark.parametrize(
    ("result", "other"),
    [
        ("LDL-C reduction 57%", "reduction in LDL-C 57%"),
        ("LDL-C reduction 57%", "LDL-C change 57%"),
        ("plasma urate level reduction 57%", "urate reduction 57%"),
        ("median monthly seizure frequency reduction 54%", "median seizure frequency reduction 54%"),
        ("hazard ratio for PFS 0.62", "PFS HR 0.62"),
        ("12-month PFS 71%", "PFS rate at 12 months 71%"),
        ("annualized rate of exacerbations reduction 34%", "annualized exacerbation rate reduction 34%"),
        ("weight loss of at least 15% 36%", "≥15% weight loss 36%"),
        ("body weight change -12.4%", "weight loss -12.4%"),
        ("IGA score of 0 or 1 41%", "IGA 0/1 41%"),
        ("MASH resolution without worsening of fibrosis 47%", "MASH resolution 47%"),
        ("CR five of six", "CR 83%"),
        ("ORR 12 of 27", "ORR 12/27"),
        ("KCCQ change 8.2 points", "KCCQ change 8.2"),
        ("pain score difference 1.1 points", "treatment difference 1.1 points"),
        ("remission rate 18%", "remission 18%"),
        ("ORR 41%", "response rate 41%"),
        ("hot flashes a day reduction 6.5", "hot flashes change -6.5"),
        ("annualised height velocity (AHV) change 2.4 cm/yr", "AHV change 2.4"),
        ("PANSS total difference 4.1", "PANSS change difference 4.1"),
        ("6MWD increase 41 meters", "6MWD change 41 m"),
        ("consumption of factor concentrate reduction 97%", "factor concentrate reduction 97%"),
        ("improvement by >=1 NYHA class 61%", "NYHA class improvement 61%"),
    ],
)
def test_other_wording(result: str, other: str) -> None:
    """Order, synonyms, short forms and what may be left unsaid make other names of a result."""
    assert other in other_names(result, ())


def test_names_of_the_endpoint() -> None:
    """A result is known by every name of its endpoint; none of the names is the one given."""
    names = other_names("ORR 41%", [("overall response rate", "ORR", "objective response rate")])
    assert "objective response rate 41%" in names
    assert "ORR 41%" not in names


@pytest.mark.parametrize(
    ("result", "not_meant"),
    [
        ("LDL-C reduction 57%", "LDL-C increase 57%"),
        ("ORR 41%", "ORR +41%"),
        ("time without dyskinesia increase 2.4 hours", "dyskinesia increase 2.4 hours"),
        ("ORR", "ORR rate"),
    ],
)
def test_no_other_meaning(result: str, not_meant: str) -> None:
    """The other way, a sign that is none and a part that means something else are not the same result."""
    assert not_meant not in other_names(result, ())
