"""Names in small letters that only the doses and arms beside them tell."""

from __future__ import annotations

import pytest

from kg.extract.small_names import small_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Latency rose by 19 minutes with 4 mg danavorix. Danavorix activates a receptor.", "danavorix"),
        (
            "The rate was 0.61 with nebulised ensifentole 3 mg. Acme's ensifentole reduces attacks.",
            "ensifentole",
        ),
        ("Women on mesarexine 7.5 mg had fewer. 46% of mesarexine patients were responders.", "mesarexine"),
    ],
)
def test_word_beside_a_dose(text: str, name: str) -> None:
    """A word that stands beside a dose and once more is the name of a drug."""
    assert name in small_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Patients received 50 mg tablets. The tablets were taken with food; they received 50 mg.",
        "With 4 mg danavorix, once only.",
        "Against placebo 10 mg was better, and placebo patients fell asleep.",
        "The firm raised $50 million upfront, and upfront it was.",
    ],
)
def test_words_of_the_language(text: str) -> None:
    """Ordinary words, and a word that is printed once, are no names."""
    assert not small_names(text)
