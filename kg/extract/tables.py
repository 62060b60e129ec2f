"""Tables of a release, set with blanks, tabs or bars: lines of text → rows with a label and cells.

Read off the stored text, because only there lines are lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        start, end: offsets of its line in the text.
        label: first cells, without the unit ("Median PFS").
        unit: unit that the label gives ("months", "%"); empty where it gives none.
        cells: the others as printed, one for each column; empty where there is none.
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
        caption: the line above it; empty where there is none.
        columns: headings of the cells, lines joined ("4.8 mg/kg (n=29)").
        rows: the rows under the heading.
    """

    start: int
    end: int
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell and where it stands in its line: counted in cells where bars or tabs part them, else in characters."""

    text: str
    left: int
    right: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    cells: tuple[_Cell, ...]

    @property
    def figures(self) -> tuple[_Cell, ...]:
        """The figures that end the line, with the cells left empty among them."""
        at = len(self.cells)
        while at and (not self.cells[at - 1].text or _FIGURE.fullmatch(self.cells[at - 1].text)):
            at -= 1
        found = self.cells[at:]
        return found if any(c.text for c in found) else ()

    @property
    def label(self) -> tuple[_Cell, ...]:
        """What stands before them."""
        return self.cells[: len(self.cells) - len(self.figures)]


_GAP: Final = Pattern(r"\t+|\s{2,}")
#: "Total fat mass, change (%) -0.8        -2.6": a long label leaves its first figure but one blank.
_TIGHT: Final = Pattern(
    r"\s*(?P<label>[A-Za-z](?:\S|\s(?!\s))*(?:\)|[A-Za-z](?=\s[-−–+]?\d[\d.,]*%)))\s"
    r"(?=[-−–+]?\d[\d.,]*\s?%?\s{2,}[-−–+<>]?\d)"
)
#: What stands above a list of results without headings.
_TELLS_RESULTS: Final = Pattern(r"\b(?:results|efficacy|outcomes|endpoints)\b", re.IGNORECASE)
_RULE: Final = Pattern(r"[-+=|_:\s]+$")
_NUMBER: Final = r"[-−–+<>≥≤~]?\s?\$?\(?\d[\d.,]*\s?(?:%|[x×])?\)?"
#: Units printed with the figure and not in the heading; none that a dose has.
CELL_UNITS: Final = (
    r"(?:mL/min(?:/1\.73\s?m(?:2|²))?(?:/(?:year|yr)|\s+per\s+year)?|log10\s(?:IU|copies|CFU)/(?:mL|g)|percentage\s+points"
    r"|copies/mL|cells/[µu]L|mEq/L|ng/dL|[µu]g/L|[µu]g/mL|mIU/mL|m[²2]|mm[²2]|seconds|minutes|hours|metres|meters|microns|µm"
    r"|months?|mos?|weeks?|years?|points?|letters|days|[µu]mol/[lL]|mmol/[lL]|nmol/[lL]|[µu]M|nM|mL|cm|kg|mm\s?Hg|ng/mL|pg/mL"
    r"|g/dL|g/L|mg/dL|mg/g|IU/mL|IU/dL|U/L|-?fold)"
)
_FIGURE: Final = Pattern(
    rf"[<>]?\s?{_NUMBER}(?:\s?{CELL_UNITS}\b)?(?:\s?(?:/|of)\s?\d+)?(?:\s?[(\[]\s?(?:\d{{2}}\s?%\s?CI[:,;]?\s?)?[-−–]?\d[\d.,]*\s?%?(?:\s?(?:/|of|-|−|–|—"
    rf"|to|,|;)\s?(?:[-−–]?\d[\d.,]*\s?%?|NE|NR))?\s?[)\]])*(?:[*†‡§#]+|[a-d])?(?:\s?\(\s?p\s?[<=>]\s?[\d.]+\s?\))?(?:[,;]\s?(?:p\s?[<=>]\s?[\d.]+[*†‡§]?"
    rf"|not\s+significant|NS))?"
    r"|\d{1,2}\s(?:u|c)?(?:CR|PR|SD)s?"
    r"|(?:NE|NR|NA|N/A|n/a|n\.a\.|[-–—−]{1,2}|"
    r"[Nn]ot (?:reached|estimable|evaluable|mature|available|yet mature)|[Ii]mmature|[Pp]ending|[Oo]ngoing)"
    r"(?:\s?[(\[][^()]*[)\]])?"
)
#: The unit of "14 (41)": patients, and their share.
COUNT_AND_SHARE: Final = "n (%)"
_UNIT: Final = Pattern(
    r"\s*(?:,?\s*(?<![A-Za-z])(?P<share>[nN]\s?\(%\))|,\s*(?!(?:investigator|central|local|mean|median|average|overall|any|blood|serum|plasma|skin|tissue)\b)(?P<comma>%|n/N|n|log10\s[\w/]+|mm\s?Hg|[A-Za-z/µ%]{1,12}(?:\s+of\s+\w+)?)|\((?P<paren>%|"
    r"(?![^()]*\bCI\b|[a-z]\)|safety|geometric|mean|median|range|investigator|independent|central|local|BICR|IRC)[A-Za-zµ0-9%/.\s]{1,22})\))\s*$"
)
_INTERVAL: Final = Pattern(r"\s*[\[(]\s*\d{2}\s?%\s?CI\s*[\])]|,\s*\d{2}\s?%\s?CI\s*$", re.IGNORECASE)
_FOOTNOTE: Final = Pattern(r"\s?[*†‡§¹²³]+(?=$|,)|(?<=[a-z%)])\s?\((?:[a-e1-5])\)$")


def tables(text: str) -> Iterator[Table]:
    """The tables of a text: at least two lines, one after the other, with a label and figures."""
    block: list[_Line] = []
    caption = ""
    position = 0
    for line in [*text.splitlines(keepends=True), "\n\n"]:
        start, position = position, position + len(line)
        bare = line.strip()
        if bare and _RULE.match(bare):
            continue
        if bare:
            block.append(_Line(start, start + len(line.rstrip("\r\n")), tuple(_cells(line.rstrip("\r\n")))))
            continue
        table = _table(block, caption)
        if table:
            yield table
        if block:
            caption = " ".join(text[block[-1].start : block[-1].end].split())
        block = []


def _cells(line: str) -> Iterator[_Cell]:
    if line.lstrip().startswith("|"):
        for index, cell in enumerate(line.strip().strip("|").split("|")):
            yield _Cell(cell.strip(), 10 * index, 10 * index)
        return
    if " | " in line and not _GAP.search(line.strip()):
        for index, cell in enumerate(line.split("|")):
            yield _Cell(cell.strip(), 10 * index, 10 * index)
        return
    if "\t" in line.strip():
        for index, cell in enumerate(line.strip("\r\n").split("\t")):
            yield _Cell(cell.strip(), 10 * index, 10 * index)
        return
    at = len(line) - len(line.lstrip())
    if (tight := _TIGHT.match(line)) and tight["label"].count("(") == tight["label"].count(")"):
        yield _Cell(tight["label"].strip(), tight.start("label"), tight.end("label"))
        at = tight.end("label") + 1
    for gap in [*_GAP.finditer(line, at), None]:
        end = gap.start() if gap else len(line.rstrip())
        if line[at:end].strip():
            yield _Cell(line[at:end].strip(), at, end)
        if gap is None or gap.start() >= len(line.rstrip()):
            return
        at = gap.end()


def _table(block: Sequence[_Line], caption: str) -> Table | None:
    body = [i for i, line in enumerate(block) if line.figures and any(c.text for c in line.label)]
    while body and not _is_body(block, body):
        body = body[1:]
    if len(body) < 2:
        return None
    rows = [block[i] for i in body]
    places = _places(rows)
    first = body[0]
    head = [
        line
        for line in block[:first]
        if len([c for c in line.cells if c.text]) >= (2 if len(places) > 1 else 1)
    ]
    head = [line for line in head if not _is_prose(line)]
    if len(places) < 2 and not (head or _TELLS_RESULTS.search(caption)):
        return None
    columns = _headings(head, places, rows)
    above = [line for line in block[:first] if line not in head]
    if above:
        caption = " ".join(" ".join(c.text for c in line.cells) for line in above)
    made = []
    for at_line, line in zip(body, rows, strict=True):
        label = _whole_label(block, at_line, first)
        label, unit = label_and_unit(label)
        cells = [""] * len(places)
        whole = len(line.figures) == len(places)
        for index, cell in enumerate(line.figures):
            at = index if whole else min(range(len(places)), key=lambda i: abs(places[i] - cell.middle))
            cells[at] = cell.text
        made.append(
            Row(
                line.start,
                line.end,
                label,
                unit,
                tuple(cells),
            )
        )
    return Table(block[0].start, block[-1].end, caption, columns, tuple(made))


#: A line of a label that is not at its end: "Change in pre-bronchodilator", "MRD-negative, among".
_GOES_ON_BELOW: Final = Pattern(r"(?:,|\b(?:in|of|with|and|or|to|from|for|at|by|among)(?:\s[\w-]+)?)$")


def _whole_label(block: Sequence[_Line], index: int, first: int) -> str:
    """The label of a row, with the lines above and below it that hold no figures and are parts of it."""
    label = _label(block[index])
    if index and not block[index - 1].figures:
        above = _label(block[index - 1])
        lower = index > first and label[:1].islower() and not above.endswith(":")
        if above and (lower or (_GOES_ON_BELOW.search(above) and len(block[index - 1].cells) == 1)):
            label = f"{above} {label}"
    if index + 1 < len(block) and not block[index + 1].figures:
        below = _label(block[index + 1])
        if _WORD_FIRST.match(below) and len(below) < _WRAPPED and not _GOES_ON_BELOW.search(below):
            label = f"{label} {below}"
    return label


#: A longer line under a row is a note and no part of its label.
_WRAPPED: Final = 40
_WORD_FIRST: Final = Pattern(r"[a-z]{3}")


def _label(line: _Line) -> str:
    return " ".join(c.text for c in line.label if c.text)


def label_and_unit(printed: str) -> tuple[str, str]:
    """A label without footnotes, and the unit that it gives: "Median PFS, months¹" is "Median PFS", "months"."""
    label = _FOOTNOTE.sub("", _INTERVAL.sub("", printed))
    unit = _UNIT.search(label)
    if unit is None:
        return label.strip(), ""
    named = COUNT_AND_SHARE if unit["share"] else unit["comma"] or unit["paren"]
    return label[: unit.start()].strip(), named.strip()


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure, or says that there is none."""
    return _FIGURE.fullmatch(cell) is not None


def _is_body(block: Sequence[_Line], body: Sequence[int]) -> bool:
    """Whether the first of these lines is a row, and no heading that ends in a figure ("Week 24")."""
    width = max(len(block[i].figures) for i in body)
    return len(block[body[0]].figures) >= min(2, width)


def _is_prose(line: _Line) -> bool:
    return len(line.cells) == 1 and len(line.cells[0].text) > 60


def _places(rows: Sequence[_Line]) -> list[float]:
    """Where the columns stand: the middles of the figures in the widest row."""
    widest = max(rows, key=lambda line: len(line.figures))
    return [cell.middle for cell in widest.figures]


def _headings(head: Sequence[_Line], places: Sequence[float], rows: Sequence[_Line]) -> tuple[str, ...]:
    """The heading of each column; one that spans several is said of each."""
    columns: list[list[str]] = [[] for _ in places]
    left = max((c.right for line in rows for c in line.label if c.text), default=0)
    for line in head:
        cells = [c for c in line.cells if c.text]
        if len(cells) > len(places) or (cells and cells[0].middle < min(left, places[0]) and len(cells) > 1):
            cells = cells[-len(places) :] if len(cells) > len(places) else cells[1:]
        if len(cells) == len(places):
            for column, cell in zip(columns, cells, strict=True):
                column.append(cell.text)
            continue
        for column, place in zip(columns, places, strict=True):
            if cells:
                column.append(min(cells, key=lambda c: _apart(c, place)).text)
    return tuple(" ".join(parts) for parts in columns)


def _apart(cell: _Cell, place: float) -> float:
    return 0.0 if cell.left <= place <= cell.right else min(abs(cell.left - place), abs(cell.right - place))


# --- lists of figures --------------------------------------------------------------------------------------

_LISTED: Final = Pattern(
    rf"^\s*(?:(?:[-•*·–▪]|o(?=\s+[A-Za-z\d]))\s+)?(?P<label>(?:[^:.;]|\.(?=\d)){{2,60}}):\s*"
    rf"(?P<figure>[-−–+]?\d[\d.,]*\s?(?:%|{CELL_UNITS}\b)?)(?P<rest>[^\r\n]{{0,60}})$"
)


def lists(text: str) -> Iterator[Table]:
    """Runs of lines such as "50 mg Q12W: -78.6%" as tables of one column; the line above is the caption."""
    run: list[Row] = []
    caption, above = "", ""
    position = 0
    for line in [*text.splitlines(keepends=True), ""]:
        start, position = position, position + len(line)
        bare = line.rstrip("\r\n")
        found = _LISTED.match(bare)
        if found:
            if not run:
                caption = above
            run.append(Row(start, start + len(bare), found["label"].strip(), "", (found["figure"].strip(),)))
            continue
        if len(run) >= 2:
            yield Table(run[0].start, run[-1].end, caption, ("",), tuple(run))
        run = []
        if bare.strip():
            above = " ".join(bare.split())
