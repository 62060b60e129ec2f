"""Where a name stands in a text as a whole word, without a pattern made for each name."""

from __future__ import annotations

from collections.abc import Iterator


def occurrences(text: str, name: str) -> Iterator[int]:
    """Offsets at which `name` stands, no letter, digit or hyphen at either end.

    Hit: "Acme" in "Acme's trial".  Near misses: "Acmed"; "non-Acme"; "Acme-like".
    """
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not _joins(before) and not _joins(after):
            yield at
        at = text.find(name, at + 1)


def occurs(text: str, name: str) -> bool:
    """Whether a name stands anywhere in a text as a whole word."""
    return next(occurrences(text, name), None) is not None


def _joins(character: str) -> bool:
    return character in {"-", "_"} or character.isalnum()
