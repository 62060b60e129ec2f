"""The words for applications for leave to sell a medicine, and who usually gets each kind; read from the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import table
from kg.extract.word_forms import WordForms


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
def _words() -> tuple[WordForms, tuple[str, ...]]:
    rows = table("applications")
    forms = [row["form"].replace(" ", r"\s+") for row in rows]
    return WordForms(forms, before=r"(?<![\w-])", after=r"(?!\w)"), tuple(row["agency"] for row in rows)


def applications(text: str, start: int = 0, end: int | None = None) -> Iterator[Application]:
    """The applications that a text names between two offsets, in order."""
    words, agencies = _words()
    for hit in words.find(text, start, end):
        agency = None if agencies[hit.form] == "-" else f"agency:{agencies[hit.form]}"
        yield Application(hit.start, hit.end, agency, hit.form < len(agencies) - 1)
