"""Both parties of a deal on a drug develop it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE


def _developers(facts: tuple[Fact, ...]) -> set[str]:
    return {f.subject.label for f in facts if f.relation == "develops" and f.subject is not None}


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("Acme Pharma has out-licensed AB-1234 to Foobar Bio for Canada.", {"Acme Pharma", "Foobar Bio"}),
        ("Acme Pharma has an option agreement with Foobar Bio on AB-1234.", {"Acme Pharma"}),
    ],
)
def test_parties(extract: Callable[[str], tuple[Fact, ...]], sentence: str, parties: set[str]) -> None:
    """A licence makes the other party a developer, an option does not."""
    text = (
        f"Acme Pharma Provides Update\n\n{DATELINE}Acme Pharma today announced news of AB-1234. {sentence}\n"
    )
    assert _developers(extract(text)) == parties


def test_a_partners_own_drug(extract: Callable[[str], tuple[Fact, ...]]) -> None:
    """What a partner has of its own is not the issuer's."""
    text = (
        f"Acme Pharma Provides Update\n\n{DATELINE}Acme Pharma today announced news of AB-1234. Our partner Foobar Bio"
        " K.K. received approval for its own product Lumivora in gout.\n"
    )
    told = [f for f in extract(text) if f.relation == "develops" and "Lumivora" in str(f.object)]
    assert {f.subject.label for f in told if f.subject is not None} == {"Foobar Bio"}
