"""Deals told in words that no form foresees: hits and near misses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]
ACME = (
    "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news on its inhibitor AB-101. "
    "AB-101 is being developed by Acme. "
)


@pytest.mark.parametrize(
    "text",
    [
        "Revenue came mainly from the Halden Pharma collaboration.",
        "Halden Pharma returned all rights to AB-101 in 2023.",
        "Acme shares profits and losses equally with Halden Pharma in the United States.",
        "Acme and Halden Pharma have broadened their 2021 pact to include two more targets.",
        "Rights to AB-101 outside Japan are with Halden Pharma.",
        "Acme entrusted Halden Pharma with the commercialisation of AB-101 in Japan.",
        "Acme purchased AB-101 from Halden Pharma for EUR 30 million.",
        "Acme chose Halden Pharma as its CDMO.",
        "AB-101 came out of a research alliance between Acme and Halden Pharma.",
        "Acme's partners include Halden Pharma.",
        "Distribution in the Nordic countries is handled by Halden Pharma.",
        "AB-101 comes from the laboratories of Halden Pharma, from which Acme took an exclusive licence in 2019.",
        "AB-101 is partnered with Halden Pharma, a Merlin company.",
    ],
)
def test_deals_in_other_words(states: States, text: str) -> None:
    """A word for a deal near the company and another tells of one."""
    assert ("Acme Therapeutics", "Halden Pharma") in states("collaboration", ACME + text)


@pytest.mark.parametrize(
    "text",
    [
        "Merlin Bio's drug, which Merlin Bio licensed from Halden Pharma, is in Phase 3.",
        "Tirzepatide is sold by Halden Pharma only in injectable formats.",
        "Dr. Jo Doe joined from Halden Pharma, where she led the acquisition of Merlin Bio.",
        "Halden Pharma is responsible for the production and distribution of this content.",
        "The financing was led by Halden Partners, with participation of existing partners.",
        "Acme may license AB-101 to companies like Halden Pharma.",
    ],
)
def test_no_deal_of_the_company(states: States, text: str) -> None:
    """Deals of two others, posts held, money raised and possibilities are none."""
    assert states("collaboration", ACME + text) == set()


def test_each_of_a_list_is_a_partner(states: States) -> None:
    """Who follows in a list is told of as the first."""
    text = ACME + "Acme's partners include Halden Pharma, Merlin Bio and Solent Laboratories."
    assert {other for _, other in states("collaboration", text)} == {
        "Halden Pharma",
        "Merlin Bio",
        "Solent Laboratories",
    }
