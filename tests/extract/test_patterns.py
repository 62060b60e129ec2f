"""`kg.extract.patterns`: expressions that are tried where their words are."""

from __future__ import annotations

import re

import pytest

from kg.extract.patterns import Pattern, needed


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"\b(?:was|were)\s+approved\s+by", {("approved",)}),
        (r"approv(?:ed|al)", {("approv",)}),
        (r"grants?|awarded", {("awarded", "grant")}),
        (r"(?:cash|cash equivalents)", {("cash",)}),
        (r"(?=.*licen[cs]e)Acme", {("licen",), ("acme",)}),
        (r"\d+ ?%", {("%",), ("\0",)}),
        (r"(?:orphan )?[A-Z]\w+", set()),
        (r"(?!merger)(?:deal)*", set()),
        (r"merger|\w+", set()),
    ],
)
def test_an_expression_tells_which_words_it_needs(expression: str, words: set[tuple[str, ...]]) -> None:
    """Of each part that must match: its words; nothing of what may be left out, or of what must not stand there."""
    assert set(needed(expression)) == words


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        (r"approv(?:ed|al)\b", "it was Approved", "Approved"),
        (r"\d{2}\s*patients", "in 12 patients", "12 patients"),
        (r"[a-z]+skip", "Islip or ıſKip: a Kskip", "ıſKip"),
        (r"≥\s*\d", "≥ 3", "≥ 3"),
        (r"über", "ÜBER", "ÜBER"),
    ],
)
def test_what_stands_in_a_text_is_found(expression: str, text: str, found: str) -> None:
    """Search and iteration find what `re` finds, whatever the case."""
    pattern = Pattern(expression, re.IGNORECASE)
    match = pattern.search(text)
    assert match is not None
    assert match[0] == found
    assert [m[0] for m in pattern.finditer(text)] == [
        m[0] for m in re.finditer(expression, text, re.IGNORECASE)
    ]


def test_a_text_without_the_words_is_not_tried() -> None:
    """The expression is not even compiled; replacing and splitting leave the text whole."""
    pattern = Pattern(r"\bapproved\b")
    assert pattern.search("it was granted") is None
    assert list(pattern.finditer("it was granted")) == []
    assert pattern.sub("", "it was granted") == "it was granted"
    assert pattern.split("it was granted") == ["it was granted"]
    assert "compiled" not in vars(pattern)


def test_bounds_are_those_of_the_text() -> None:
    """Between two offsets, with sight of what stands before them."""
    pattern = Pattern(r"(?<!not )approved")
    assert pattern.search("not approved, approved", 4) is not None
    assert pattern.search("not approved, approved", 4, 12) is None
    assert pattern.match("approved", 1) is None
    assert pattern.fullmatch("approved") is not None
