"""Whole words found without patterns: hits and near misses."""

from __future__ import annotations

from kg.extract.occurrences import occurrences, occurs


def test_whole_words() -> None:
    """A possessive is the word itself; parts of longer words are not."""
    text = "Acme's drug; Acmed, non-Acme, Acme-like (Acme)"
    assert [text[at : at + 5] for at in occurrences(text, "Acme")] == ["Acme'", "Acme)"]
    assert not occurs(text, "Acm")
