"""Pronouns for a drug at the beginning of a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.extract.pronouns import resolved
from kg.model import Kind
from tests.extract.conftest import DATELINE

Read = Callable[[str], LinkedDocument]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news on XB-101 in patients. "


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("XB-101 is given daily. It binds EGFR.", {"XB-101"}),
        ("XB-101 is given daily. The vaccine is given once in asthma.", {"XB-101"}),
        ("XB-101 is given daily. This oral compound inhibits EGFR.", {"XB-101"}),
        ("XB-101 is given daily. It markets products for asthma.", set()),
        ("XB-101 is given daily. It is a biotechnology company in Boston.", set()),
        ("Asthma is chronic. It is a rare disease.", set()),
    ],
)
def test_what_a_sentence_begins_with(read: Read, text: str, meant: set[str]) -> None:
    """The drug of the sentence before; near misses are what companies do and what diseases are."""
    document = read(f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}{text}\n")
    last = next(s for s in document.sentences if s.text == text.split(". ")[1])
    assert {m.entity.label for m in resolved(document, last).of_kind(Kind.DRUG)} == meant
