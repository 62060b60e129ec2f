"""Active moieties: what a prodrug becomes and what a salt is of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "moiety"),
    [
        ("ABC-101 is an oral prodrug of treprostinil.", "treprostinil"),
        (
            "ABC-101, which is converted in the liver to its active metabolite, gemcitabine, is given daily.",
            "gemcitabine",
        ),
        ("Fingolimod is the active ingredient in ABC-101.", "fingolimod"),
        ("The active moiety of ABC-101 is paclitaxel.", "paclitaxel"),
        ("ABC-101 is a deuterated form of sorafenib.", "sorafenib"),
    ],
)
def test_moiety(text: str, moiety: str, states: States) -> None:
    """However it is said which of the two is the drug and which does the work."""
    found = {
        (drug, what.casefold())
        for drug, what in states("active_moiety", f"Acme is developing ABC-101. {text}")
    }
    assert found == {("ABC-101", moiety)}


@pytest.mark.parametrize(
    ("text", "moieties"),
    [
        ("Patients received fingolimod hydrochloride.", {"fingolimod"}),
        ("Patients received dabigatran etexilate.", {"dabigatran"}),
        ("Patients received trastuzumab deruxtecan.", set()),
        ("Patients received sodium acetate.", set()),
        ("ABC-101 is not a prodrug of gemcitabine.", set()),
        ("ABC-101 contains two active ingredients.", set()),
        ("Unlike the prodrug of tenofovir, ABC-101 is given once.", set()),
    ],
)
def test_moiety_of_a_name(text: str, moieties: set[str], states: States) -> None:
    """A salt or a group that is taken off is no part of it; a payload is no ending, a metal no drug."""
    assert {what for _, what in states("active_moiety", f"Acme is developing ABC-101. {text}")} == moieties
