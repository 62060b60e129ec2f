"""`kg.extract.patterns`: expressions that are tried where their words are."""

from __future__ import annotations

import re

import pytest

from kg.extract.patterns import Pattern
from kg.pattern_words import Sample, needed


def _pattern(expression: str, flags: int = 0) -> Pattern:
    """A pattern whose words are known, as if the file had them."""
    pattern = Pattern(expression, flags)
    pattern.needs = needed(expression, flags, Sample(["the end"]))
    return pattern


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
    pattern = _pattern(expression, re.IGNORECASE)
    match = pattern.search(text)
    assert match is not None
    assert match[0] == found
    assert [m[0] for m in pattern.finditer(text)] == [
        m[0] for m in re.finditer(expression, text, re.IGNORECASE)
    ]


def test_a_text_without_the_words_is_not_tried() -> None:
    """The expression is not even compiled; replacing and splitting leave the text whole."""
    pattern = _pattern(r"\bapproved\b")
    assert pattern.search("it was granted") is None
    assert list(pattern.finditer("it was granted")) == []
    assert pattern.sub("", "it was granted") == "it was granted"
    assert pattern.split("it was granted") == ["it was granted"]
    assert pattern.findall("it was granted") == []
    assert "compiled" not in vars(pattern)


def test_bounds_are_those_of_the_text() -> None:
    """Between two offsets, with sight of what stands before them."""
    pattern = _pattern(r"(?<!not )approved")
    assert pattern.search("not approved, approved", 4) is not None
    assert pattern.search("not approved, approved", 4, 12) is None
    assert pattern.match("approved", 1) is None
    assert pattern.fullmatch("approved") is not None


def test_paragraphs_are_tried_one_by_one() -> None:
    """Places are those of the text, what stands before a paragraph can be asked for, and no match holds two."""
    pattern = _pattern(r"(?:^|\n\s*|\s)approved\s+\w+")
    text = "approved once\n \nnothing\n\napproved twice, approved\n\nthrice"
    assert [m[0].strip() for m in pattern.in_paragraphs(text)] == ["approved once", "approved twice"]
    assert [m.start() for m in pattern.in_paragraphs(text)] == [0, text.index("\n\napproved")]
    assert list(pattern.in_paragraphs("")) == []


def test_what_the_file_does_not_know_is_tried_everywhere() -> None:
    """An expression made while the program runs finds what it would find anyway, at once and again."""
    pattern = Pattern(r"(?:colour|color)less zebra")
    assert pattern.needs == ()
    for _ in range(2):
        assert pattern.findall("a colorless zebra, a colourless zebra") == [
            "colorless zebra",
            "colourless zebra",
        ]
