"""`kg.extract.patterns`: expressions that are tried where their words are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from kg.extract import patterns
from kg.extract.patterns import Pattern, key
from kg.pattern_words import Sample, needed

_KEPT = (
    patterns._bits,
    patterns._by_opening,
    patterns._of_token,
    patterns._of_sentence,
    patterns._of_release,
    patterns._paragraphs,
)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Pattern]]:
    """Makes a pattern whose words are known, as if the file had it and nothing else."""

    def pattern(expression: str, flags: int = 0) -> Pattern:
        groups = needed(expression, flags, Sample(["the end"]))
        monkeypatch.setattr(patterns, "_known_needs", lambda: {key(expression, flags): groups})
        forget()
        return Pattern(expression, flags)

    def forget() -> None:
        for function in _KEPT:
            function.cache_clear()

    yield pattern
    monkeypatch.undo()
    forget()


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
def test_what_stands_in_a_text_is_found(
    known: Callable[..., Pattern], expression: str, text: str, found: str
) -> None:
    """Search and iteration find what `re` finds, whatever the case."""
    pattern = known(expression, re.IGNORECASE)
    match = pattern.search(text)
    assert match is not None
    assert match[0] == found
    assert [m[0] for m in pattern.finditer(text)] == [
        m[0] for m in re.finditer(expression, text, re.IGNORECASE)
    ]


def test_a_text_without_the_words_is_not_tried(known: Callable[..., Pattern]) -> None:
    """The expression is not even compiled; replacing and splitting leave the text whole."""
    pattern = known(r"\bapproved\b")
    assert pattern.search("it was granted") is None
    assert list(pattern.finditer("it was granted")) == []
    assert pattern.sub("", "it was granted") == "it was granted"
    assert pattern.split("it was granted") == ["it was granted"]
    assert pattern.findall("it was granted") == []
    assert "compiled" not in vars(pattern)


def test_bounds_are_those_of_the_text(known: Callable[..., Pattern]) -> None:
    """Between two offsets, with sight of what stands before them."""
    pattern = known(r"(?<!not )approved")
    assert pattern.search("not approved, approved", 4) is not None
    assert pattern.search("not approved, approved", 4, 12) is None
    assert pattern.match("approved", 1) is None
    assert pattern.fullmatch("approved") is not None


def test_paragraphs_are_tried_one_by_one(known: Callable[..., Pattern]) -> None:
    """Places are those of the text, what stands before a paragraph can be asked for, and no match holds two."""
    pattern = known(r"(?:^|\n\s*|\s)approved\s+\w+")
    text = "approved once\n \nnothing\n\napproved twice, approved\n\nthrice"
    assert [m[0].strip() for m in pattern.in_paragraphs(text)] == ["approved once", "approved twice"]
    assert [m.start() for m in pattern.in_paragraphs(text)] == [0, text.index("\n\napproved")]
    assert list(pattern.in_paragraphs("")) == []


def test_what_the_file_does_not_know_is_tried_everywhere() -> None:
    """An expression made while the program runs finds what it would find anyway, at once and again."""
    pattern = Pattern(r"(?:colour|color)less zebra")
    assert not pattern.needs
    for _ in range(2):
        assert pattern.findall("a colorless zebra, a colourless zebra") == [
            "colorless zebra",
            "colourless zebra",
        ]


@pytest.mark.parametrize("text", ["in 12 weeks", "weeks_12", "an 1 x", "٣ weeks"])
def test_a_digit_is_known_within_a_token(known: Callable[..., Pattern], text: str) -> None:
    """Any decimal digit, as `\\d` has it."""
    assert known(r"\d").search(text) is not None


def test_a_word_over_a_blank_is_sought_as_its_parts(known: Callable[..., Pattern]) -> None:
    """Between parts may stand any blank; a text that has them apart is tried, and has no match."""
    pattern = known(r"head of (?:the )?unit")
    assert pattern.search("the head of the unit") is not None
    assert pattern.search("the unit of a head") is None
    assert pattern.search("nothing") is None


def test_part_of_a_long_text_is_looked_at_alone(known: Callable[..., Pattern]) -> None:
    """Words elsewhere in a release are none of the part."""
    text = "approved. " + "nothing. " * 1000 + "approved."
    pattern = known(r"approved")
    assert pattern.search(text, 20, 200) is None
    assert len(pattern.findall(text)) == 2
    assert [m.start() for m in pattern.finditer(text, 20)] == [len(text) - 9]
