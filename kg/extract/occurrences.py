"""Where a name stands in a text as a whole word, without a pattern made for each name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.patterns import Pattern


def occurrences(text: str, name: str) -> Iterator[int]:
    """Offsets at which `name` stands, no letter, digit or hyphen at either end.

    Hits: "Acme" in "Acme's trial", in "(BUSINESS WIRE)--Acme".  Near misses: "Acmed"; "non-Acme"; "Acme-like".
    """
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[max(0, at - 2) : at], text[end : end + 1]
        hyphened = before[-1:] == "-" and before[:1].isalnum()
        if (
            not hyphened
            and not (before and _is_letter(before[-1]))
            and not (after == "-" or _is_letter(after))
        ):
            yield at
        at = text.find(name, at + 1)


def occurs(text: str, name: str) -> bool:
    """Whether a name stands anywhere in a text as a whole word."""
    return next(occurrences(text, name), None) is not None


def single_spaced(text: str) -> tuple[str, list[int] | None]:
    """A text with one blank for each run of white space, and where each character of it stood; None if nowhere else."""
    if _RUN.search(text) is None:
        return _BLANK.sub(" ", text), None
    out: list[str] = []
    origin: list[int] = []
    last = 0
    for run in _RUN.finditer(text):
        out += (text[last : run.start()], " ")
        origin += range(last, run.start() + 1)
        last = run.end()
    out.append(text[last:])
    origin += range(last, len(text))
    return _BLANK.sub(" ", "".join(out)), origin


_RUN: Final = Pattern(r"\s{2,}")
_BLANK: Final = Pattern(r"\s")


def _is_letter(character: str) -> bool:
    return character == "_" or character.isalnum()
