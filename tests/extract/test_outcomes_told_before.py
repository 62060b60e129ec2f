"""`kg.extract.outcomes.anaphora`, `.rows`: figures whose outcome or arm another sentence tells."""

from __future__ import annotations

import pytest

from kg.extract.outcomes import outcome_told, outcomes
from kg.extract.outcomes.anaphora import endpoint_here, is_said_again
from kg.extract.outcomes.rows import arms_in, dealt_by_row
from tests.extract.relations.linked import linked


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


def test_row_of_arms_told_before() -> None:
    """As many figures as arms told before are dealt to them; a sentence with arms of its own needs none."""
    arms = arms_in("It fell by 12 mmHg on 1 mg, by 15 mmHg on 2 mg and by 5 mmHg on placebo.", (), ())
    assert arms == ("1 mg", "2 mg", None)
    text = "Diastolic pressure fell by 5.8, 7.0 and 3.1 mmHg."
    at = [text.index(n) for n in ("5.8", "7.0", "3.1")]
    assert dealt_by_row(text, arms, at) == dict(zip(at, arms, strict=True))
    assert not dealt_by_row("It fell by 5.8, 7.0 and 3.1 mmHg on 3 mg.", arms, [11])
    assert not dealt_by_row("It fell by 5.8 and 7.0 mmHg.", arms, [11])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sensitivity and specificity were 94% and 88%.", ["sensitivity 94%", "specificity 88%"]),
        (
            "Overall and complete responses of 88% and 62% were seen.",
            ["overall response 88%", "complete response 62%"],
        ),
        ("ACR20/50/70 responses were 61%, 38% and 21%.", ["ACR20 61%", "ACR50 38%", "ACR70 21%"]),
        ("Weight loss averaged 6.2 kg (5.9%).", ["weight loss 6.2 kg", "weight loss 5.9%"]),
        ("Patients on AB-101 improved by 5.6 points.", []),
        ("More patients achieved remission with AB-101 than with placebo: 61% vs 19%.", ["remission 61%"]),
        ("Responses came in 9 of 21 patients (43%).", ["responses 43%"]),
        ("HbA1c below 7% at week 16 was reached by 61% of patients.", ["HbA1c below 7% 61%"]),
    ],
)
def test_names_shared_and_bounds(text: str, expected: list[str]) -> None:
    """Two names with one noun, levels of a scale, one change in two units, bounds as parts of names."""
    found = [o for sentence in linked(text).statements() for o in outcomes(sentence)]
    assert [f"{o.name} {o.quantity.text}" for o in found] == expected
