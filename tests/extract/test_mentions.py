"""Mentions: vocabulary, organisations, people."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.extract.mentions import fold, is_acronym
from kg.model import Kind

Read = Callable[[str], LinkedDocument]


def named(document: LinkedDocument, kind: Kind) -> list[str]:
    return list(dict.fromkeys(m.entity.label for m in document.mentions(kind)))


def test_folding_forgets_what_spellings_differ_in() -> None:
    """Case, hyphens, plurals, possessives, British spellings, Greek letters."""
    assert fold(["Hodgkin", "'", "s", "-", "Lymphomas"])[0] == fold(["hodgkin", "lymphoma"])[0]
    assert fold(["tumour"])[0] == fold(["tumors"])[0]
    assert fold(["TNF", "-", "α"])[0] == fold(["tnf", "alpha"])[0]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("FDA", True), ("mCRC", True), ("PD-1", True), ("Fast Track", False), ("asthma", False)],
)
def test_acronyms(label: str, expected: bool) -> None:
    """Their capitals matter."""
    assert is_acronym(label) is expected


def test_a_short_form_counts_only_where_the_text_gives_a_ground(read: Read) -> None:
    """Two letters need a definition, or "R/R" before them."""
    assert named(read("It was seen in MM and elsewhere."), Kind.DISEASE) == []
    assert named(read("It was seen in relapsed or refractory (R/R) MM patients."), Kind.DISEASE) == [
        "multiple myeloma"
    ]
    assert named(read("In multiple myeloma (MM) it works; MM is bad."), Kind.DISEASE) == ["multiple myeloma"]


def test_a_definition_in_the_text_beats_the_vocabulary(read: Read) -> None:
    """PDC is another conjugate where the text says so."""
    assert named(read("It is a peptide-drug conjugate (PDC). The PDC works."), Kind.PLATFORM) == [
        "peptide-drug conjugate"
    ]
    assert "phospholipid drug conjugate" in named(
        read("The phospholipid drug conjugate (PDC) works."), Kind.PLATFORM
    )


def test_a_denied_beginning_is_left_out(read: Read) -> None:
    """ "Non-squamous NSCLC" is no squamous one; a name that begins with "non-" stays whole."""
    found = named(read("Acme studies ACM-101 in non-squamous non-small cell lung cancer.\n"), Kind.DISEASE)
    assert found == ["non-small cell lung cancer"]


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("a trial in alcohol and opioid use disorders", {"alcohol use disorder", "opioid use disorder"}),
        ("Gaucher, Fabry and Pompe diseases", {"Gaucher disease", "Fabry disease", "Pompe disease"}),
        ("liver and heart failure", {"heart failure"}),
    ],
)
def test_diseases_that_share_their_last_words(read: Read, text: str, diseases: set[str]) -> None:
    """Each word of a list counts with the words of the last one's end, where that names a disease."""
    assert {m.entity.label for m in read(text).mentions(Kind.DISEASE)} == diseases
