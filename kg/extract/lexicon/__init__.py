"""The words that the extraction stages know, as tab-separated files, and the one function that reads them."""

from __future__ import annotations

from functools import cache
from importlib import resources

from kg.errors import VocabularyError


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.tsv`, keyed by its first line; blank lines and lines that begin with "#" are skipped.

    Raises:
        VocabularyError: a row has more or fewer cells than the first line.
    """
    text = (resources.files(__name__) / f"{name}.tsv").read_text("utf-8")
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    head = lines[0][1].split("\t")
    rows = []
    for number, line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(head):
            raise VocabularyError(f"{name}.tsv:{number}: {len(cells)} cells where the head has {len(head)}")
        rows.append(dict(zip(head, cells, strict=True)))
    return tuple(rows)
