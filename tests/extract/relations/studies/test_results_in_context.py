"""`kg.extract.relations.studies`: figures whose measure or arm the lines around them tell, and figures of safety."""

from __future__ import annotations

import pytest

from tests.extract.relations.studies.reading import found, shown


def results(text: str) -> list[str]:
    return [shown(f) for f in found(f"AB-101 was compared with placebo.\n\n{text}", "result")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "PANSS total score at Week 8\n\n                  60 mg    120 mg   Placebo\n"
            "LS mean change    -17.9    -21.2    -10.6\nDifference from placebo   -7.3   -10.6\n",
            ["PANSS total score change -17.9", "PANSS total score change -21.2"],
        ),
        (
            "                 Placebo   100 mg    200 mg\nUPCR, change from baseline\n"
            "   Week 36       -8.1%     -29.4%    -47.7%\n   Week 52       -5.3%     -31.0%    -52.6%\n",
            ["UPCR change -29.4%", "UPCR change -47.7%", "UPCR change -31.0%", "UPCR change -52.6%"],
        ),
        (
            "Clinical remission (week 8):\n- 100 mg: 24.1%\n- 200 mg: 31.7%\n- Placebo: 9.8%\n",
            ["clinical remission 24.1%", "clinical remission 31.7%"],
        ),
        (
            "Dose             Participants   Change in HbA1c, mean    Remission\n"
            "5,000 IEQ/kg     4              -0.9 percentage points   0%\n"
            "10,000 IEQ/kg    6              -1.7 percentage points   50%\n",
            ["HbA1c change -0.9 percentage points", "HbA1c change -1.7 percentage points", "remission 50%"],
        ),
        ("Remission: 3 of 9 at 60 mg, 5 of 10 at 90 mg.", ["remission 3 of 9", "remission 5 of 10"]),
    ],
)
def test_measure_told_around(text: str, expected: list[str]) -> None:
    """A caption, a line above rows or the heading of a list names what they are of."""
    assert [r for r in results(text) if "difference" not in r and not r.endswith(" 0%")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Elevated AST was seen in 61.7% and elevated ALT in 57.4% of patients on AB-101.",
        "Anti-drug antibodies were found in 7.8% of patients on AB-101.",
        "In the control arm the response rate was 21% and median PFS 4.3 months.",
        "Cmax of AB-101 increased 2.2-fold and AUC 2.4-fold.",
        "The trial of AB-101 is designed to detect a hazard ratio of 0.70.",
    ],
)
def test_no_result(text: str) -> None:
    """Findings of safety, exposure, the control's figures and what a trial was planned for are no results."""
    assert results(text) == []
