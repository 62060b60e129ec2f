"""The words for applications for leave to sell a medicine, and who usually gets each kind; read from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import table


@dataclass(frozen=True, slots=True)
class Application:
    """A noun for an application in a text.

    Attributes:
        start, end: offsets.
        agency: CURIE of who usually gets one; None where many agencies know the name.
        strong: whether it is surely one for leave to sell; "application" alone is not.
    """

    start: int
    end: int
    agency: str | None
    strong: bool


@cache
def _words() -> tuple[re.Pattern[str], tuple[str, ...]]:
    rows = table("applications")
    either = "|".join(f"(?P<a{i}>{row['form']})" for i, row in enumerate(rows)).replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{either})(?!\w)"), tuple(row["agency"] for row in rows)


def applications(text: str, start: int = 0, end: int | None = None) -> Iterator[Application]:
    """The applications that a text names between two offsets, in order."""
    words, agencies = _words()
    for match in words.finditer(text, start, len(text) if end is None else end):
        assert match.lastgroup is not None
        index = int(match.lastgroup[1:])
        agency = None if agencies[index] == "-" else f"agency:{agencies[index]}"
        yield Application(match.start(), match.end(), agency, index < len(agencies) - 1)
