"""Words that are names of drugs because they stand where only drugs stand."""

from __future__ import annotations

import re

import pytest

from kg.extract.patterns import Pattern
from kg.extract.word_names import word_names

_COMMON = Pattern(r"(?:tion|ing|ment|ed)$")


def _names(text: str) -> set[str]:
    asthma = [match.start() for match in re.finditer("asthma", text)]
    return {text[start:end] for start, end in word_names(text, {"Acme"}, (), asthma, _COMMON)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme dosed the first patient in its Phase 2 trial of velazitrast in asthma.", "velazitrast"),
        ("The response was 32% for inhaled velazitrast 90 mg twice daily.", "velazitrast"),
        (
            "Acme reported that velazitrast met the goal of a study evaluating velazitrast in asthma.",
            "velazitrast",
        ),
        ("Otravel tablets were launched in Spain.", "Otravel"),
        ("Acme began a study of ZVAX in adults.", "ZVAX"),
        ("The agency has approved Otravel for severe asthma.", "Otravel"),
        ("In Japan, Otravel was approved in 2019 for the treatment of asthma.", "Otravel"),
        ("- Otravel: a Phase 2 trial in asthma is enrolling.", "Otravel"),
        (
            "Patients on velazitrast improved. Acme reported Phase 2 results of velazitrast in asthma.",
            "velazitrast",
        ),
        ("Acme plans to file Otravel (OTR-1) for asthma next year.", "Otravel"),
    ],
)
def test_slot_of_a_drug_tells_its_name(text: str, name: str) -> None:
    """What is tested, dosed and sold as a drug is one, whatever it is called."""
    assert _names(text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Acme began a trial of exercise in adults.",
        "Adults treated with the velocipede improved.",
        "The study of multiple myeloma (ZVMM) goes on.",
        "Acme plans the launch of Barton Therapeutics.",
        "- BREEZE: a Phase 2 trial in asthma is enrolling.",
        "Acme's March 2025 results in asthma were good.",
        "Rivalta gained approval for an asthma product.",
        "Enrolment in the study of neuroplastic drugs goes on.",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    """Ordinary words, abbreviations, firms and adjectives stand there too."""
    assert _names(text) == set()
