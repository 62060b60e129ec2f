"""Tables of a release, set with blanks, tabs or bars: lines of text → rows with a label and cells.

Read off the stored text, because only there lines are lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        start, end: offsets of its line in the text.
        label: first cell, without the unit ("Median PFS").
        unit: unit that the label gives ("months", "%"); empty where it gives none.
        cells: the others, as printed.
    """

    start: int
    end: int
    label: str
    unit: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        start, end: offsets of its lines in the text.
        columns: headings of the cells, lines joined ("4.8 mg/kg (n=29)"); as many as the widest row has cells.
        rows: the rows under the heading.
    """

    start: int
    end: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


_SPLIT: Final = re.compile(r"\s*\|\s*|\t+|(?<=\S)\s{2,}(?=\S)")
_RULE: Final = re.compile(r"[-+=|_\s]+$")
_FIGURE: Final = re.compile(
    r"[-−–+<>≥≤]?\s?\$?\(?\d[\d.,]*\s?%?\)?(?:\s?\(\s?\d[\d.,]*\s?%?\s?\))?|NE|NR|NA|N/A|[-–—]|not reached$"
)
_UNIT: Final = re.compile(
    r"\s*(?:,\s*(?P<comma>%|n|[A-Za-z/µ%]{1,12}(?:\s+of\s+\w+)?)|\((?P<paren>%|[A-Za-z/µ0-9%]{1,12})\))\s*$"
)


def tables(text: str) -> Iterator[Table]:
    """The tables of a text: at least two lines, one after the other, with a label and two or more figures."""
    block: list[tuple[int, int, list[str]]] = []
    position = 0
    for line in [*text.splitlines(keepends=True), "\n\n"]:
        start, position = position, position + len(line)
        bare = line.strip()
        if bare and _RULE.match(bare):
            continue
        if not bare:
            table = _table(block)
            if table:
                yield table
            block = []
            continue
        barred = bare.startswith("|")
        cells = _SPLIT.split(bare.strip("|").strip() if barred else bare)
        indented = not barred and line[:1].isspace() and len(line) - len(line.lstrip()) > 12
        block.append((start, start + len(line.rstrip("\r\n")), (["", *cells] if indented else cells)))


def _table(block: list[tuple[int, int, list[str]]]) -> Table | None:
    body = [
        i
        for i, (_, _, cells) in enumerate(block)
        if len(cells) >= 3 and cells[0] and all(_FIGURE.match(c) for c in cells[1:])
    ]
    if len(body) < 2:
        return None
    width = max(len(block[i][2]) for i in body) - 1
    head = [cells for _, _, cells in block[: body[0]] if len(cells) >= 2]
    columns = []
    for index in range(width):
        parts = [cells[index + 1] if len(cells) == width + 1 else "" for cells in head]
        columns.append(" ".join(p for p in parts if p))
    rows = []
    for i in body:
        start, end, cells = block[i]
        if len(cells) != width + 1:
            continue
        unit = _UNIT.search(cells[0])
        label = cells[0][: unit.start()] if unit else cells[0]
        rows.append(
            Row(start, end, label.strip(), (unit["comma"] or unit["paren"]) if unit else "", tuple(cells[1:]))
        )
    return Table(block[0][0], block[-1][1], tuple(columns), tuple(rows))
