"""`kg.extract.outcomes.lists`: figures told in a row, of several arms."""

from __future__ import annotations

import pytest

from tests.extract.outcomes.told import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cough frequency decreased by 19% with AB-101 and by 16% with placebo.",
            ["cough frequency decrease 19%"],
        ),
        ("The ORR was 36% with dexamethasone and 63% with AB-101.", ["ORR 63%"]),
        ("The ORR was 95% with AB-101 and 43% with anti-C5.", ["ORR 95%"]),
        ("The ORR was 59% (TRIAL-1) and 55% (TRIAL-2), versus 24% and 22%.", ["ORR 59%", "ORR 55%"]),
        (
            "On placebo 36.8% of patients on placebo had at least one exacerbation, against 24.5% on 80 mg.",
            ["at least one exacerbation 24.5%"],
        ),
        (
            "The ORR was 51% with AB-101 and 4% with placebo; clinical remission was 65% and 8%.",
            ["ORR 51%", "clinical remission 65%"],
        ),
        (
            "IgG was lowered by a mean of 61%, 84% and 93%, respectively.",
            [f"igG reduction {n}%" for n in (61, 84, 93)],
        ),
    ],
)
def test_arms(text: str, expected: list[str]) -> None:
    """Each arm of the drug has its figure; the arms compared with have none."""
    assert [r.casefold() for r in told(text)] == [e.casefold() for e in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Remission was achieved by 45%, 52% and 12% of patients given 100 mg, 200 mg and placebo.",
            ["remission 45%", "remission 52%"],
        ),
        (
            "Reductions in LDL-C of 34%, 45% and 57% were seen with the 10 mg, 20 mg and 40 mg "
            "doses, respectively, compared with 2% for placebo.",
            ["LDL-C reduction 34%", "LDL-C reduction 45%", "LDL-C reduction 57%"],
        ),
        (
            "Relapse was seen in 9% (placebo: 20%) and remission in 31% versus 12% on placebo (difference 19%).",
            ["relapse 9%", "remission 31%", "remission difference 19%"],
        ),
        (
            "It showed superiority, with a mean difference of -0.8 points on the CGI score.",
            ["CGI score difference -0.8 points"],
        ),
        ("AB-101 increased dystrophin expression to 5.9% of normal.", ["dystrophin expression 5.9%"]),
        (
            "Fasting glucose was down 12%, and urine albumin was down 31%.",
            ["fasting glucose reduction 12%", "urine albumin reduction 31%"],
        ),
        ("Of the 26 evaluable patients, 18 (69%) responded across dose levels.", ["ORR 69%"]),
        (
            "The ratio of antibodies in cord blood to those of the mother was 1.6.",
            ["ratio of antibodies in cord blood to those of the mother 1.6"],
        ),
        (
            "The daily glucocorticoid dose was reduced by 24.1% with AB-101.",
            ["daily glucocorticoid dose reduction 24.1%"],
        ),
        ("The infusion dose was reduced by 24.1% with AB-101.", []),
    ],
)
def test_figures_of_several_arms(text: str, expected: list[str]) -> None:
    """A row of figures is dealt to the arms behind it; a difference is of both arms; verbs may stand in front."""
    assert told(text) == expected
