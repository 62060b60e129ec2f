"""Many forms of a lexicon sought in one pass over a text, and which of them stands at each place.

An alternation of named groups tells which form was found, but each group is entered at every place of the text; an
alternation without groups refuses most places by their first character.  So one finds the places, the other reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.patterns import Pattern


class Hit(NamedTuple):
    """Where a form stands, and which: its number in the order in which the forms were given."""

    start: int
    end: int
    form: int


class WordForms:
    """Regular expressions, of which the first that fits is taken wherever one begins."""

    def __init__(
        self,
        forms: Sequence[str],
        *,
        before: str = "",
        after: str = "",
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        """Compile the forms; `before` and `after` surround each of them, such as `(?<!\\w)` and `(?!\\w)`."""
        grouped = "|".join(f"(?P<f{index}>{form})" for index, form in enumerate(forms))
        self._places = Pattern(f"{before}(?:{'|'.join(forms)}){after}", flags)
        self._reading = Pattern(f"{before}(?:{grouped}){after}", flags)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Every place where one stands between two offsets, from left to right, none within another."""
        stop = len(text) if end is None else end
        for place in self._places.finditer(text, start, stop):
            read = self._reading.match(text, place.start(), stop)
            if read is None or read.lastgroup is None:
                raise AssertionError(f"no form stands at {place.start()} of {text!r}")
            yield Hit(read.start(), read.end(), int(read.lastgroup[1:]))
