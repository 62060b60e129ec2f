"""`kg.extract.values.wordlists`: populations and countries."""

from __future__ import annotations

import pytest

from kg.extract import values


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
        ("patients aged 6 years and older", ("aged 6 years and older",)),
        ("adults aged 60 or older", ("adults", "adults aged 60 or older")),
        ("from 6 years of age", ("from 6 years of age",)),
        ("in 24 patients 12 months after, for 2 years", ()),
        ("MTAP-deleted tumours of healthy Japanese volunteers", ("MTAP-deleted", "healthy volunteers")),
        ("RET fusion-positive, stage III, higher-risk", ("RET fusion-positive", "stage III", "higher-risk")),
        ("BCG-unresponsive, unfit for surgery", ("BCG-unresponsive", "unfit for surgery")),
        ("severely limited, a Positive result, at this stage", ()),
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
