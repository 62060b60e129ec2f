"""Rules about the release itself."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

from kg.model import Fact

Extract = Callable[[str], tuple[Fact, ...]]


def one(facts: tuple[Fact, ...], relation: str) -> Fact:
    (fact,) = [f for f in facts if f.relation == relation]
    return fact


def test_date_and_headline_have_their_words_as_evidence(extract: Extract) -> None:
    """The headline with its line breaks joined, the evidence as it is printed."""
    facts = extract(
        "Acme Announces a Long Title That Is Wrapped\nby the Printer\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics, Inc. announced it.\n"
    )
    assert one(facts, "release_date").object == "2021-05-04"
    assert one(facts, "release_date").evidence[0].text == "May 4, 2021"
    assert one(facts, "headline").object == "Acme Announces a Long Title That Is Wrapped by the Printer"
    assert "\n" in one(facts, "headline").evidence[0].text


def test_a_date_line_above_the_text_is_the_date(extract: Extract) -> None:
    """As continental Europe writes it, too."""
    facts = extract(
        "06.05.2019\n\nAcme Announces Good News\n\nBASEL--(BUSINESS WIRE)--Acme Pharma AG today announced good news for all of its patients.\n"
    )
    assert one(facts, "release_date").object == "2019-05-06"


def test_a_text_without_a_date_has_none(extract: Extract) -> None:
    """Nothing is invented."""
    assert not [
        f
        for f in extract("Acme Announces Good News\n\nAcme Therapeutics, Inc. has announced news.\n")
        if f.relation == "release_date"
    ]


def test_a_quotation_has_speaker_words_and_topic(extract: Extract) -> None:
    """Both halves of it; a word in quotation marks is none."""
    facts = extract(
        'Acme Announces Good News\n\nBOSTON, May 4, 2021 -- Acme Therapeutics, Inc. (the "company") announced news of XB-101.\n\n'
        '"We are very glad to treat patients with XB-101," said Jane Doe, CEO of Acme. "It has been worth all of the long work."\n'
    )
    fact = one(facts, "quote")
    assert fact.subject is not None
    assert (fact.subject.label, fact.object) == ("Jane Doe", "XB-101")
    assert fact.qualifier("text") == (
        "We are very glad to treat patients with XB-101, It has been worth all of the long work.",
    )
