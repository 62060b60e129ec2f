"""Cells with their spans → rows of a plain grid; what HTML tables and PDF tables have in common.

Tables made by financial printers spread one column over several: blank ones for the distance, one for "$", one for
")" or "%".  Here they become one again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

Row: TypeAlias = tuple[str, ...]

_WIDEST: Final = 200  # a span beyond this is a mistake or an attack
_PREFIX: Final = re.compile(r"[$€£¥(]+$")
_SUFFIX: Final = re.compile(r"[)%]+(?:\s?[*†‡]+|\s?\(\w\))?$")
_BULLET: Final = re.compile(r"(?:[•·●▪○◦■□‣∙*–—-]|o|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: its text on one line.
        columns, rows: how many it covers.
    """

    text: str
    columns: int = 1
    rows: int = 1


def is_bullet(text: str) -> bool:
    """Whether a cell holds nothing but the mark of a list item: "•", "-", "1.", "(a)"."""
    return bool(_BULLET.match(text))


def rows_of(cells: list[list[Cell]]) -> list[Row]:
    """The rows, all of one width; a cell over several columns or rows stands in each of them."""
    grid = _spread(cells)
    for row in grid:
        _join_signs(row)
    width = max((len(row) for row in grid), default=0)
    for row in grid:
        row.extend([None] * (width - len(row)))
    kept: list[int] = []
    groups: list[list[int]] = []
    for column in range(width):
        if all(row[column] is None for row in grid):
            continue
        if kept and _same_column(grid, groups[-1], column):
            groups[-1].append(column)
            continue
        kept.append(column)
        groups.append([column])
    return [
        tuple(next((cell.text for c in group if (cell := row[c]) is not None), "") for group in groups)
        for row in grid
        if any(row)
    ]


def _spread(cells: list[list[Cell]]) -> list[list[Cell | None]]:
    """Each cell in every place that it covers; None where there is none or an empty one."""
    grid: list[list[Cell | None]] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # column → cell from a row above, rows that it still covers
    for line in cells:
        row: list[Cell | None] = []

        def put(cell: Cell, row: list[Cell | None] = row) -> None:
            row.append(cell if cell.text else None)

        def hang_down(row: list[Cell | None] = row) -> None:
            while hanging.get(len(row), (None, 0))[1]:
                column = len(row)
                above, left = hanging[column]
                hanging[column] = (above, left - 1)
                put(above, row)

        for cell in line:
            hang_down()
            for _ in range(min(cell.columns, _WIDEST - len(row))):
                hanging[len(row)] = (cell, min(cell.rows, _WIDEST) - 1)
                put(cell)
        hang_down()
        grid.append(row)
    return grid


def _join_signs(row: list[Cell | None]) -> None:
    """Join a cell that holds only "$" or "(" to the next figure, one that holds only ")" or "%" to the last."""
    last: int | None = None
    for column, cell in enumerate(row):
        if cell is None or (column and cell is row[column - 1]):
            continue
        if last is not None and last and cell.columns == 1:
            before = row[last]
            assert before is not None
            if _PREFIX.match(before.text) and cell.text[0].isdigit():
                row[last] = None
                row[column] = Cell(before.text + cell.text, cell.columns, cell.rows)
            elif _SUFFIX.match(cell.text) and before.text[-1].isdigit():
                row[last] = Cell(before.text + cell.text, before.columns, before.rows)
                row[column] = None
                continue
        last = column


def _same_column(grid: list[list[Cell | None]], group: list[int], column: int) -> bool:
    """Whether a column only widens the group before it: never both filled, unless by one and the same cell."""
    shared = False
    for row in grid:
        cell = row[column]
        if cell is None:
            continue
        for other in group:
            if row[other] is cell:
                shared = True
            elif row[other] is not None:
                return False
    return shared
