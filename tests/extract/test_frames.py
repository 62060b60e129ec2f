"""Frames: a sentence with its mentions replaced, as long as the sentence."""

from __future__ import annotations

from kg.extract.frames import frame, pattern
from kg.model import Entity, Kind, Mention

FDA = Entity(Kind.AGENCY, "FDA")
DRUG = Entity(Kind.DRUG, "AB-1")


def mentions(text: str, *named: tuple[str, Entity]) -> list[Mention]:
    out, last = [], 0
    for words, entity in named:
        start = text.index(words, last)
        last = start + len(words)
        out.append(Mention(start + 100, last + 100, words, entity))
    return out


def test_a_pattern_speaks_of_kinds() -> None:
    """And its groups give the places of the mentions."""
    text = "The FDA has granted it to  AB-1."
    framed = frame(text, 100, mentions(text, ("FDA", FDA), ("AB-1", DRUG)))
    match = pattern(r"{agency} has granted .{0,20}? ({drug})").search(framed)
    assert len(framed) == len(text)
    assert match is not None
    assert text[match.start(1) : match.end(1)] == "AB-1"
    assert pattern(r"{disease|drug} has").search(framed) is None


def test_a_parenthesis_that_repeats_the_mention_belongs_to_it() -> None:
    """So patterns need not provide for abbreviations and trademark signs."""
    text = "the Food and Drug Administration (FDA) granted AB-1™ it"
    framed = frame(
        text, 100, mentions(text, ("Food and Drug Administration", FDA), ("FDA", FDA), ("AB-1", DRUG))
    )
    assert pattern(r"{agency} granted {drug} it").search(framed)


def test_a_gap_crosses_numbers_but_not_sentences() -> None:
    """The full stop of "$3.5" is none."""
    assert pattern(r"a[^.;]{0,20}b").search("a $3.5 b")
    assert not pattern(r"a[^.;]{0,20}b").search("a. b")


def test_private_characters_of_the_text_are_no_mentions() -> None:
    """Text from anywhere may hold them."""
    assert pattern(r"{drug}").search(frame("x \ue003\ue0ff y", 0, [])) is None
