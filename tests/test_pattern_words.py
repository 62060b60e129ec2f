"""`kg.pattern_words`: which words an expression needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.extract.patterns import Pattern, key
from kg.pattern_words import Sample, as_json, needed

#: Sentences in which every word is rare but "the" and " ".
SAMPLE = Sample(
    [
        "The trial was approved by them.",
        "The cash of 12 % grows.",
        "The licence, the Acme.",
        *["The end."] * 40,
    ]
)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"\b(?:was|were)\s+approved\s+by", {("approved",)}),
        (r"approv(?:ed|al)", {("approv",)}),
        (r"grants?|awarded", {("awarded", "grant")}),
        (r"(?:cash|cash equivalents)", {("cash",)}),
        (r"(?=.*licen[cs]e)the\s+end", {("end",), ("licen",)}),
        (r"(?<=Acme).*\bcash", {("cash",)}),
        (r"\d+ ?%", {("\0",)}),
        (r"the\s+\w+", set()),
        (r"(?:orphan )?[A-Z]\w+", set()),
        (r"(?!merger)(?:deal)*", set()),
        (r"merger|\w+", set()),
    ],
)
def test_an_expression_tells_which_words_it_needs(expression: str, words: set[tuple[str, ...]]) -> None:
    """Of parts that must match: the rarest words; nothing of what may be left out, must not stand there or precedes."""
    assert set(needed(expression, 0, SAMPLE)) == words


def test_groups_that_spare_more_together_are_taken_together() -> None:
    """Two words that each stand in half of the sentences, seldom in the same."""
    halves = Sample(["a trial of it", "an arm of it"] * 30 + ["an arm of a trial"])
    assert set(needed(r"arm\b.*\btrial", 0, halves)) == {("arm",), ("trial",)}


def test_the_file_has_a_line_for_each_expression_that_needs_words() -> None:
    """Sorted, an expression once; what needs no words is left out."""
    patterns = [Pattern("approved"), Pattern("granted"), Pattern("approved"), Pattern(r"\w+")]
    lines = sorted([f'"{key("approved", 0)}": [["approved"]]', f'"{key("granted", 0)}": [["granted"]]'])
    assert as_json(patterns, SAMPLE) == "{\n" + ",\n".join(lines) + "\n}\n"


def test_the_bundled_file_is_that_of_the_expressions() -> None:
    """After a rule has changed, `make patterns` writes it anew; each expression can be read."""
    check = [sys.executable, "-m", "kg.pattern_words", "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
