"""`kg.extract.outcomes.anaphora`: figures whose outcome another sentence tells."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import outcome_told
from kg.extract.outcomes.anaphora import endpoint_here, is_said_again
from tests.extract.outcomes.told import told


def test_anaphora() -> None:
    """ "the reduction was 11%" goes on with what was told before; without that it is nothing."""
    assert told("AB-101 reduced the rate of exacerbations by 27%. In adults the reduction was 11%.") == [
        "rate of exacerbations reduction 27%",
        "rate of exacerbations reduction 11%",
    ]
    assert told("The reduction was 11%.") == []
    assert told("The relapse rate fell from 2.6 to 1.9, a reduction of 27%.") == [
        "relapse rate 1.9",
        "relapse rate reduction 27%",
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("At Week 16, this was ", "61% on AB-101."),
        ("The endpoint was met by ", " of patients on AB-101."),
        ("With 4 mg it was ", ", with placebo 3%."),
        ("The one-year figures had been ", " and 61%."),
        ("At 2.4 mg/kg, ", "."),
        ("In the placebo group, ", " did so."),
    ],
)
def test_said_again(left: str, right: str) -> None:
    """Pronouns and words for any outcome refer to the one told before, and so does an arm alone."""
    assert is_said_again(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("The ORR was ", "."), ("At week 12, ", " had a response."), ("In the 10 mg arm, ", " relapsed.")],
)
def test_not_said_again(left: str, right: str) -> None:
    """What has a name of its own refers to nothing."""
    assert not is_said_again(left, right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The primary endpoint was the proportion of patients achieving EASI-75 at Week 16.", "EASI-75"),
        ("The trial met its primary endpoint of clinical remission.", "clinical remission"),
        ("The primary endpoint was the change from baseline in CDR-SB at week 76.", "CDR-SB change"),
        ("The primary endpoint was met.", None),
        ("Patients were followed for a year.", None),
    ],
)
def test_outcome_told(text: str, expected: str | None) -> None:
    """A sentence without figures may tell what those of the next are of."""
    assert outcome_told(text, ()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "AB-101 met its primary endpoint of clinical remission at week 8, with 45% of patients",
            "clinical remission",
        ),
        ("The primary endpoint, annualized bleeding rate, was 45%", "annualized bleeding rate"),
        ("The primary endpoint was met: 45% responded", None),
        ("The response rate, the primary endpoint, in 41 patients was 45%", None),
    ],
)
def test_endpoint_here(text: str, expected: str | None) -> None:
    """The endpoint that a sentence says was met is that of the figure behind it."""
    named = endpoint_here(text, text.index("45%"), ())
    assert (named.name if named else None) == expected
