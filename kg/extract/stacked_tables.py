"""Tables that a web page has lost its columns of: one cell a line → rows with a label and cells.

Endpoint
AB-1 (n=120)
Placebo (n=118)
HbA1c change
-1.8%
-0.2%
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.table_cells import is_figure
from kg.extract.tables import Row, Table, label_and_unit

_LONGEST_CELL: Final = 70
_MOST_COLUMNS: Final = 6
#: Blanks, and the bars that are left of a table's lines: "81.0*** |", "(n=416) & |".
_AROUND_CELL: Final = " \t\r\n|&\u00a0"
#: "(p<0.001)" under the figure that it belongs to.
_P_VALUE: Final = Pattern(r"\(\s?p\s?[<=>≤]\s?0?\.\d+\s?\)", re.IGNORECASE)
#: "Baseline = 88.1 kg" under the name of what was measured.
_AT_BASELINE: Final = Pattern(r"\(?(?:mean\s+|median\s+)?baseline\s*[=:]", re.IGNORECASE)
#: "(n=120)", "(%)": goes on with the cell above.
_GOES_ON: Final = Pattern(r"\(.*\)|[nN]\s?=\s?\d+")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line that may be a cell."""

    start: int
    end: int
    text: str
    figure: bool


@dataclass(frozen=True, slots=True)
class _Segment:
    """Lines of words and the figures under them."""

    words: tuple[_Cell, ...]
    figures: tuple[_Cell, ...]


def stacked_tables(text: str) -> Iterator[Table]:
    """The tables of a text whose cells stand one under the other: at least two labels with as many figures each."""
    run: list[_Cell] = []
    for cell in (*_cells(text), None):
        if cell is not None:
            run.append(cell)
            continue
        if sum(c.figure for c in run) >= 2 and (table := _table(run)) is not None:
            yield table
        run = []


def _cells(text: str) -> list[_Cell | None]:
    """The short lines; None where a longer one parts them."""
    out: list[_Cell | None] = []
    position = 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        bare = line.strip(_AROUND_CELL)
        if not bare or _P_VALUE.fullmatch(bare) or _AT_BASELINE.match(bare):
            continue
        at = start + len(line) - len(line.lstrip(_AROUND_CELL))
        last = out[-1] if out else None
        if last is not None and last.figure and (last.text.endswith(" or") or _OF_FIGURE.fullmatch(bare)):
            joined = f"{last.text}{bare}" if bare[0] in "%*†‡§" else f"{last.text} {bare}"
            out[-1] = _Cell(last.start, at + len(bare), joined, figure=True)
            continue
        figure = is_figure(bare.removesuffix(" or"))  # "-1.3 kg or", and "-1.5%" below
        long = len(bare) > _LONGEST_CELL and not (len(bare) < 2 * _LONGEST_CELL and _SIZE.search(bare))
        if figure or not (long or bare[-1] in ".;:,?!" or re.search(r"\s{3}|\t|\|", bare)):
            out.append(_Cell(at, at + len(bare), bare, figure))
        else:
            out.append(None)
    return out


#: What a page sets on a line of its own behind a figure: its sign, its interval, its share.
_OF_FIGURE: Final = Pattern(
    r"%\)?|[*†‡§]+|[(\[]\s?(?:95\s?%\s?CI[:,]?\s?)?[-−–]?\d[^A-Za-z()\[\]]*(?:N[ERA])?\s?%?\s?[)\]]|±\s?\d[\d.]*"
)


def _table(run: Sequence[_Cell]) -> Table | None:
    segments = _segments(run)
    widths = Counter(len(s.figures) for s in segments)
    if not widths:
        return None
    width, times = widths.most_common(1)[0]
    if times < 2 or width > _MOST_COLUMNS:
        return None
    body = [s for s in segments if len(s.figures) == width]
    first = body[0]
    labels = _sized(first.words, width) or _joined(first.words)
    sized = sum(_SIZE.search(label) is not None for label in labels) >= max(2, width)
    heading = labels[:-1]
    if len(heading) < width and not (width == 1 and len(body) > 2):
        return None
    columns = tuple(heading[-width:]) if len(heading) >= width else ("",)
    rows = []
    for segment in body:
        label = (
            labels[-1]
            if segment is first
            else _wrapped(segment.words)
            if sized
            else _joined(segment.words)[-1]
        )
        label, unit = label_and_unit(label)
        cells = tuple(c.text for c in segment.figures)
        rows.append(Row(segment.words[-1].start, segment.figures[-1].end, label, unit, cells))
    caption = " ".join(heading[: -width - 1]) if len(heading) > width + 1 else ""
    return Table(first.words[0].start, rows[-1].end, caption, columns, tuple(rows))


def _segments(run: Sequence[_Cell]) -> list[_Segment]:
    """The run parted where words follow figures; words without figures at its end are left."""
    out: list[_Segment] = []
    words: list[_Cell] = []
    figures: list[_Cell] = []
    for cell in run:
        if cell.figure:
            figures.append(cell)
            continue
        if figures:
            if words:
                out.append(_Segment(tuple(words), tuple(figures)))
            words, figures = [], []
        words.append(cell)
    if words and figures:
        out.append(_Segment(tuple(words), tuple(figures)))
    return out


#: "(n=120)" ends the heading of an arm.
_SIZE: Final = Pattern(r"\((?:[^()]*[;,]\s*)?[nN]\s?=\s?\d[\d,]*\)(?:\s?\([^()]*\))?$")
#: A label as long as this may have been too long for its cell.
_WRAPS: Final = 24
_ABOVE_ROWS: Final = Pattern(
    r"\b(?:endpoints?|results|efficacy|outcomes|measures|analys[ei]s)$", re.IGNORECASE
)


def _sized(words: Sequence[_Cell], width: int) -> list[str] | None:
    """Headings that each end in the size of their arm, and the label behind them; None where it is not so."""
    ends = [i for i, word in enumerate(words) if _SIZE.search(word.text)]
    if len(ends) != width or width < 2 or ends[-1] == len(words) - 1:
        return None
    out: list[str] = []
    begins = 0
    for end in ends:
        if begins == 0:  # what stands above the first arm is no part of it
            begins = end
            while begins and words[begins].text[0] in "+(":
                begins -= 1
            out += (word.text for word in words[:begins])
        out.append(" ".join(word.text for word in words[begins : end + 1]))
        begins = end + 1
    return [*out, _wrapped(words[begins:])]


def _wrapped(words: Sequence[_Cell]) -> str:
    """The label that ends the words above figures, with the lines that it was broken into."""
    at = len(words) - 1
    while at and (
        words[at].text[0].islower()
        or _GOES_ON.fullmatch(words[at].text)
        or (len(words[at - 1].text) >= _WRAPS and not _ABOVE_ROWS.search(words[at - 1].text))
    ):
        at -= 1
    return " ".join(word.text for word in words[at:])


def _joined(words: Sequence[_Cell]) -> list[str]:
    """The cells of words, "(n=120)" with the one above it."""
    out: list[str] = []
    for word in words:
        if out and _GOES_ON.fullmatch(word.text):
            out[-1] += f" {word.text}"
        else:
            out.append(word.text)
    return out
