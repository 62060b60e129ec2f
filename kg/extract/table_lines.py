"""Lines of a text → cells and where they stand, in blocks that may be tables: set with blanks, tabs or bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.table_cells import is_figure


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and where it stands in its line: counted in cells where bars or tabs part them, else in characters."""

    text: str
    left: int
    right: int

    @property
    def middle(self) -> float:
        """The middle of it, by which it finds its column."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its offsets in the text, and its cells."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def left(self) -> int:
        """Where its first words stand."""
        return next((c.left for c in self.cells if c.text), 0)

    @property
    def is_parted(self) -> bool:
        """Whether bars or tabs part its cells."""
        return all(c.left == c.right for c in self.cells)

    @property
    def figures(self) -> tuple[Cell, ...]:
        """The figures that end the line, with the cells left empty among them."""
        at = len(self.cells)
        while at and (not self.cells[at - 1].text or is_figure(self.cells[at - 1].text)):
            at -= 1
        found = self.cells[at:]
        return found if any(c.text for c in found) else ()

    @property
    def label(self) -> tuple[Cell, ...]:
        """What stands before them."""
        return self.cells[: len(self.cells) - len(self.figures)]


_GAP: Final = Pattern(r"\t+|\s{2,}")
#: "Total fat mass, change (%) -0.8        -2.6": a long label leaves its first figure but one blank.
_TIGHT: Final = Pattern(
    r"\s*(?P<label>[A-Za-z](?:\S|\s(?!\s))*(?:\)|[A-Za-z](?=\s[-−–+]?\d[\d.,]*%)))\s"
    r"(?=[-−–+]?\d[\d.,]*\s?%?\s{2,}[-−–+<>]?\d)"
    r"|\s{2,}(?P<label2>[A-Za-z\d](?:\S|\s(?!\s))*[A-Za-z)])\s(?=[-−+]\d[\d.,]*\s?(?:%|[A-Za-z/]+)?\s*$)"
)
_RULE: Final = Pattern(r"[-+=|_:\s]+$")


def blocks(text: str) -> Iterator[list[Line]]:
    """The runs of lines of a text that may be a table each, with what stands right above it."""
    return _joined(_parted(text))


def _parted(text: str) -> Iterator[list[Line]]:
    """Lines that no blank line parts."""
    block: list[Line] = []
    position = 0
    for line in [*text.splitlines(keepends=True), "\n\n"]:
        start, position = position, position + len(line)
        bare = line.strip()
        if bare and _RULE.match(bare):
            continue
        if bare:
            block.append(Line(start, start + len(line.rstrip("\r\n")), tuple(_cells(line.rstrip("\r\n")))))
            continue
        if block:
            yield _spaced(text, block)
        block = []


def _joined(blocks: Iterable[list[Line]]) -> Iterator[list[Line]]:
    """Blocks with those put together that are one table: a heading and rows, rows and rows with blank lines between."""
    held: list[Line] = []
    for block in blocks:
        if held and _goes_on(held, block):
            held = held + block
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _goes_on(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a block is more of the table above it."""
    if not all(_is_tabular(line) for line in above[-1:]) or any(is_prose(line) for line in below):
        return False
    if all(
        _is_tabular(line) and all(_SIZE_CELL.fullmatch(c.text) for c in line.cells if c.text)
        for line in below
    ):
        return not any(line.figures and line.label for line in above)  # "(n=52)   (n=51)" under names of arms
    rows = [line for line in below if len(line.figures) > 1 and line.label]
    if not rows or len(below) > 2 * len(rows) or (not below[0].figures and _is_tabular(below[0])):
        return False
    width = max((len(line.figures) for line in above if line.label), default=0)
    if not width:
        return len([c for c in above[-1].cells if c.text]) >= len(rows[0].figures)
    return all(len(line.figures) == width for line in rows)


_SIZE_CELL: Final = Pattern(r"\(?[nN]\s?=\s?\d[\d,]*\)?|n\s?\(%\)|\(?%\)?")


def is_prose(line: Line) -> bool:
    """Whether a line is a long sentence and no row or heading."""
    return len(line.cells) == 1 and len(line.cells[0].text) > 60


def _is_tabular(line: Line) -> bool:
    return len([c for c in line.cells if c.text]) > 1


#: The figures that end a line whose cells but one blank parts.
_ENDS_IN_FIGURES: Final = Pattern(
    r"(?P<label>\S.*?[A-Za-z)%\d])\s(?P<figures>(?:(?:[-−–+<>]?\d[\d.,]*%?(?:\s?\([^()]*\))?[*†‡]*|N[RE]|NA|[-–—])(?:\s|$)){2,})$"
)
_ONE_FIGURE: Final = Pattern(r"(?:[-−–+<>]?\d[\d.,]*%?(?:\s?\([^()]*\))?[*†‡]*|N[RE]|NA|[-–—])(?=\s|$)")
#: "NVX-204 (n=44)": how wide the heading of an arm is where only its size ends it.
_SIZED_HEADING: Final = Pattern(r"\S[^()]*\([nN]\s?=\s?\d[\d,]*\)")


def _spaced(text: str, block: list[Line]) -> list[Line]:
    """A block whose cells but one blank parts, with its cells; any other as it is."""
    if any(len(line.cells) > 1 for line in block) or len(block) < 3:
        return block
    printed = [text[line.start : line.end].strip() for line in block]
    found = [_ENDS_IN_FIGURES.fullmatch(p) for p in printed]
    figures = [_ONE_FIGURE.findall(f["figures"]) if f else [] for f in found]
    first = next((i for i, f in enumerate(figures) if f), 0)
    heads = _SIZED_HEADING.findall(printed[first - 1]) if first else []
    width = len(heads) or min((len(f) for f in figures if f), default=0)
    if width < 2 or sum(len(f) >= width for f in figures) < 2 or not first:
        return block
    heads = heads or printed[first - 1].split()[-width:]
    out = list(block)
    out[first - 1] = _line_of(block[first - 1], ["", *(_last_words(h) for h in heads)])
    for index, cells in enumerate(figures):
        if len(cells) >= width:
            label = printed[index]
            for cell in reversed(cells[-width:]):
                label = label[: label.rindex(cell)].rstrip()
            out[index] = _line_of(block[index], [label, *cells[-width:]])
    return out


def _last_words(heading: str) -> str:
    """ "Efficacy Results NVX-204 (n=44)" as "NVX-204 (n=44)": what stands before the first arm is no part of it."""
    words = heading.split()
    at = len(words)
    while at and (words[at - 1].startswith("(") or words[at - 1][-1] in ")="):
        at -= 1
    return " ".join(
        words[
            max(0, at - 3)
            if words[at - 1][:1].isdigit() or words[at - 1] in _DOSE_UNITS
            else max(0, at - 1) :
        ]
    )


_DOSE_UNITS: Final = frozenset({"mg", "mg/kg", "g", "µg", "mcg", "IU", "mL", "BID", "QD", "Q2W", "Q4W"})


def _line_of(line: Line, cells: Sequence[str]) -> Line:
    return Line(line.start, line.end, tuple(Cell(c.strip(), 10 * i, 10 * i) for i, c in enumerate(cells)))


def _cells(line: str) -> Iterator[Cell]:
    for mark, parted in (
        ("|", line.lstrip().startswith("|") or (" | " in line and not _GAP.search(line.strip()))),
        ("\t", "\t" in line.strip()),
    ):
        if parted:
            bare = line.strip().removeprefix("|").removesuffix("|") if mark == "|" else line.strip("\r\n")
            for index, cell in enumerate(_with_signs([c.strip() for c in bare.split(mark)])):
                yield Cell(cell, 10 * index, 10 * index)
            return
    at = len(line) - len(line.lstrip())
    if ("  " in line or "\t" in line) and (tight := _TIGHT.match(line)):
        name = "label" if tight["label"] else "label2"
        if tight[name].count("(") == tight[name].count(")"):
            yield Cell(tight[name].strip(), tight.start(name), tight.end(name))
            at = tight.end(name) + 1
    for gap in [*_GAP.finditer(line, at), None]:
        end = gap.start() if gap else len(line.rstrip())
        if line[at:end].strip():
            yield from _apart(line[at:end].strip(), at, end) if at else (Cell(line[at:end].strip(), at, end),)
        if gap is None or gap.start() >= len(line.rstrip()):
            return
        at = gap.end()


#: Where one figure ends and another begins: "52.4 (41.1–63.6) 56.1 (44.7–67.0)".
_BETWEEN_FIGURES: Final = Pattern(r"(?<=[)%\d*]) (?=[-−–+<]?\d)")


def _apart(words: str, left: int, right: int) -> Iterator[Cell]:
    """A cell, or the figures that but one blank parts in it."""
    parts = _BETWEEN_FIGURES.split(words)
    if len(parts) < 2 or is_figure(words) or not all(map(is_figure, parts)):
        yield Cell(words, left, right)
        return
    at = left
    for part in parts:
        yield Cell(part, at, at + len(part))
        at += len(part) + 1


#: What a page sets in a cell of its own behind a figure.
_OF_FIGURE: Final = Pattern(r"%\)?|\)%?|[*†‡§]+|\(\s?\d[\d.]*\s?%?\s?\)?")


def _with_signs(cells: list[str]) -> list[str]:
    """Cells with the sign that stands in one of its own ("29.5", "%") put to its figure."""
    at = -1
    for index, cell in enumerate(cells):
        if not cell:
            continue
        if at >= 0 and _OF_FIGURE.fullmatch(cell) and is_figure(cells[at].rstrip("( ") or "x"):
            cells[at] += cell if cell[0] in "%)*†‡§" else f" {cell}"
            cells[index] = ""
        else:
            at = index
    return cells
