"""Tables of a release, set with blanks, tabs or bars: lines of text → rows with a label and cells.

Read off the stored text, because only there lines are lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.table_cells import CELL_UNITS, is_figure
from kg.extract.table_lines import Cell, Line, blocks, is_prose


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        start, end: offsets of its line in the text.
        label: first cells, without the unit ("Median PFS").
        unit: unit that the label gives ("months", "%"); empty where it gives none.
        cells: the others as printed, one for each column; empty where there is none.
        group: the line without figures that this row stands under ("Subgroup: age", "ORR").
    """

    start: int
    end: int
    label: str
    unit: str
    cells: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        start, end: offsets of its lines in the text.
        caption: the line above it; empty where there is none.
        columns: headings of the cells, lines joined ("4.8 mg/kg (n=29)").
        rows: the rows under the heading.
        by_arm: whether the columns are known to be arms.
    """

    start: int
    end: int
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    by_arm: bool = False


#: What stands above a list of results without headings.
_TELLS_RESULTS: Final = Pattern(r"\b(?:results|efficacy|outcomes|endpoints)\b", re.IGNORECASE)
#: The unit of "14 (41)": patients, and their share.
COUNT_AND_SHARE: Final = "n (%)"
#: Words that a figure is counted in, as labels have them behind a comma or in a parenthesis.
_UNIT_WORDS: Final = (
    r"(?:%|n\s?/\s?N|[nN]|(?:log10?|log₁₀)(?:\s[\w/µ]+)?|mm\s?Hg|[A-Za-zµ%][\w.²³µ%]{0,9}(?:\s?/\s?[\w.²³µ%]{1,12}){1,3}"
    rf"|{CELL_UNITS}|(?:min|hrs?|sec|ms|msec|mins|yr|mg|g|mm|m|dB|Hz|bpm|IU|U|units?|copies|cells|eos/hpf|episodes?|attacks?|events?|steps?|voids?|ratio|x|HR|OR|RR"
    r"|score|(?:ETDRS\s+)?letters(?:\s+(?:gained|lost))?|percent(?:age(?:\s+points?)?)?|pp)(?:\s+(?:per|a|each)\s+\w+)?)"
)
_UNIT: Final = Pattern(
    rf"\s*(?:,?\s*(?<![A-Za-z])(?P<share>[nN]\s?\(%\))|,\s*(?P<comma>{_UNIT_WORDS}(?:\s+of\s+\w+)?)|\((?:in\s+)?(?P<paren>{_UNIT_WORDS}|%\s+of\s+\w+)\))\s*$"
)
_INTERVAL: Final = Pattern(r"\s*[\[(]\s*\d{2}\s?%\s?CI\s*[\])]|,\s*\d{2}\s?%\s?CI\s*$", re.IGNORECASE)
_FOOTNOTE: Final = Pattern(r"\s?[*†‡§¹²³]+(?=$|,)|(?<=[a-z%)])\s?\((?:[a-e1-5])\)$")


def tables(text: str) -> Iterator[Table]:
    """The tables of a text: at least two lines, one after the other, with a label and figures."""
    caption = ""
    for block in blocks(text):
        table = _table(block, caption)
        if table:
            yield table
        caption = " ".join(text[block[-1].start : block[-1].end].split())


def _table(block: Sequence[Line], caption: str) -> Table | None:
    block = _without_empty_columns(block)
    body = [i for i, line in enumerate(block) if line.figures and any(c.text for c in line.label)]
    while body and not _is_body(block, body):
        body = body[1:]
    if len(body) < 2:
        return None
    rows = [block[i] for i in body]
    places = _places(rows)
    first = body[0]
    edge = max((c.right for line in rows for c in line.label if c.text), default=0)
    head = [
        i
        for i, line in enumerate(block[:first])
        if not is_prose(line)
        and (
            len([c for c in line.cells if c.text]) >= (2 if len(places) > 1 else 1)
            or (not line.is_parted and line.left > edge)
        )
    ]
    if len(places) < 2 and not (head or _TELLS_RESULTS.search(caption) or _told_changes(rows, caption)):
        return None
    columns = _headings([block[i] for i in head], places, rows)
    above = [
        i
        for i in range(first)
        if i not in head and not (len(places) > 1 and head and i > head[-1] and i == first - 1)
    ]
    if above:
        caption = " ".join(" ".join(c.text for c in block[i].cells) for i in above)
    made = []
    group = _Group()
    begun = max([*head, *above], default=-1) + 1
    for index in body:
        line = block[index]
        label, used = _whole_label(block, index, first)
        for between in range(begun, index):
            if between not in used:
                group = _group_of(block[between]) or group
        begun = max(used) + 1
        if group.inside and line.left <= group.left:
            group = _Group()
        group = replace(group, inside=group.inside or line.left > group.left)
        label, unit = label_and_unit(label)
        cells = [""] * len(places)
        whole = len(line.figures) == len(places)
        for number, cell in enumerate(line.figures):
            at = number if whole else min(range(len(places)), key=lambda i: abs(places[i] - cell.middle))
            cells[at] = cell.text
        made.append(Row(line.start, line.end, label, unit, tuple(cells), group.text))
    return Table(block[0].start, block[-1].end, caption, columns, tuple(made))


def _told_changes(rows: Sequence[Line], caption: str) -> bool:
    """Whether lines are the changes that the words above them announce: "Trends at 18 months were:", "+2.2 points"."""
    return caption.endswith(":") and all(_SIGNED.match(line.figures[0].text) for line in rows)


_SIGNED: Final = Pattern(r"[-−–+]\s?\d")


@dataclass(frozen=True, slots=True)
class _Group:
    """A line above rows that says what they are of; `inside` where they stand farther right than it."""

    text: str = ""
    left: int = 0
    inside: bool = False


def _group_of(line: Line) -> _Group | None:
    """A line between rows as what those below it stand under; a note or a number is none."""
    words = [c for c in line.cells if c.text]
    if len(words) != 1 or is_prose(line) or not _LETTERS.search(words[0].text):
        return None
    return _Group(words[0].text.rstrip(" :"), line.left)


_LETTERS: Final = Pattern(r"^\W?[A-Za-z]{2}")


def _without_empty_columns(block: Sequence[Line]) -> Sequence[Line]:
    """A block without the columns, set with bars or tabs, that are empty in every row."""
    rows = [line for line in block if line.figures and line.is_parted]
    filled = {c.left for line in rows for c in line.cells if c.text}
    if not rows or all(c.left in filled for line in rows for c in line.cells):
        return block
    return [
        replace(line, cells=tuple(c for c in line.cells if c.left in filled)) if line in rows else line
        for line in block
    ]


#: A line of a label that is not at its end: "Change in pre-bronchodilator", "MRD-negative, among".
_GOES_ON_BELOW: Final = Pattern(r"(?:,|\b(?:in|of|with|and|or|to|from|for|at|by|among)(?:\s[\w-]+)?|-)$")


def _whole_label(block: Sequence[Line], index: int, first: int) -> tuple[str, set[int]]:
    """The label of a row and its lines: those above and below it that hold no figures and are parts of it."""
    label = _label(block[index])
    used = {index}
    if index and not block[index - 1].figures and not _TIME_LABEL.fullmatch(label):
        above = _label(block[index - 1])
        lower = index > first and _GOES_ON_ABOVE.match(label) and not above.endswith((":", "."))
        if above and (lower or (_GOES_ON_BELOW.search(above) and len(block[index - 1].cells) == 1)):
            label = f"{above} {label}"
            used.add(index - 1)
    if index + 1 < len(block) and not block[index + 1].figures:
        below = _label(block[index + 1])
        if _WORD_FIRST.match(below) and len(below) < _WRAPPED and not _GOES_ON_BELOW.search(below):
            label = f"{label}{'' if label.endswith('-') else ' '}{below}"
            used.add(index + 1)
    return label, used


#: A row that is a time stands under what it is of.
_TIME_LABEL: Final = Pattern(r"(?:at\s)?(?:week|month|day|year|visit)s?\s\d+", re.IGNORECASE)
#: A longer line under a row is a note and no part of its label.
_WRAPPED: Final = 40
#: "(>=30% reduction), %", "baseline to week 12": a label that began in the line above.
_GOES_ON_ABOVE: Final = Pattern(r"[a-z]+(?![a-z]*[A-Z\d])|\(")
_WORD_FIRST: Final = Pattern(r"[a-z]{3}")


def _label(line: Line) -> str:
    return " ".join(c.text for c in line.label if c.text)


def label_and_unit(printed: str) -> tuple[str, str]:
    """A label without footnotes, and the unit that it gives: "Median PFS, months¹" is "Median PFS", "months"."""
    label = _FOOTNOTE.sub("", _INTERVAL.sub("", printed))
    unit = _UNIT.search(label)
    if unit is None:
        return label.strip(), ""
    named = COUNT_AND_SHARE if unit["share"] else unit["comma"] or unit["paren"]
    return label[: unit.start()].strip(), named.strip()


def _is_body(block: Sequence[Line], body: Sequence[int]) -> bool:
    """Whether the first of these lines is a row, and no heading that ends in a figure ("Week 24")."""
    width = max(len(block[i].figures) for i in body)
    return len(block[body[0]].figures) >= min(2, width)


def _places(rows: Sequence[Line]) -> list[float]:
    """Where the columns stand: the middles of the figures in the widest row."""
    widest = max(rows, key=lambda line: len(line.figures))
    return [cell.middle for cell in widest.figures]


def _headings(head: Sequence[Line], places: Sequence[float], rows: Sequence[Line]) -> tuple[str, ...]:
    """The heading of each column; one that spans several is said of each."""
    columns: list[list[str]] = [[] for _ in places]
    left = max((c.right for line in rows for c in line.label if c.text), default=0)
    for line in head:
        cells = [c for c in line.cells if c.text]
        if len(cells) == len(places) > 1 and not _HEADS_LABELS.fullmatch(cells[0].text):
            pass
        elif len(cells) > len(places) or (
            cells and cells[0].middle < min(left, places[0]) and len(cells) > 1
        ):
            cells = cells[-len(places) :] if len(cells) > len(places) else cells[1:]
        if len(cells) == len(places):
            for column, cell in zip(columns, cells, strict=True):
                column.append(cell.text)
            continue
        if all(columns):  # more of some headings that the lines above began
            for cell in cells:
                nearest = min(range(len(places)), key=lambda i: _apart(cell, places[i]))
                columns[nearest].append(cell.text)
            continue
        for column, place in zip(columns, places, strict=True):
            if cells:
                column.append(min(cells, key=lambda c: _apart(c, place)).text)
    return tuple(" ".join(parts) for parts in columns)


#: What stands above labels and not above figures.
_HEADS_LABELS: Final = Pattern(
    r"(?:(?:primary|secondary|efficacy|key)\s+)*(?:endpoints?|parameters?|measures?|outcomes?|variables?|assessments?|dose(?:\s+level)?|cohorts?|arms?|groups?"
    r"|treatments?|characteristics?|populations?|subgroups?|category|trials?|study|studies|week|visit|region|strain|biomarker)s?(?:\s+(?:at|name|level|by|and|or|of)\b.*|\s*\(.*)?",
    re.IGNORECASE,
)


def _apart(cell: Cell, place: float) -> float:
    return 0.0 if cell.left <= place <= cell.right else min(abs(cell.left - place), abs(cell.right - place))


# --- lists of figures --------------------------------------------------------------------------------------

_LISTED: Final = Pattern(
    rf"^\s*(?:(?:[-•*·–▪]|o(?=\s+[A-Za-z\d]))\s+)?(?P<label>(?:[^:.;=]|\.(?=\d)|(?<=[nN])\s?=(?=\s?\d)){{2,70}}?)(?::|\s?=|\s[-–—]|\s?\.{{3,}})\s+"
    rf"(?P<figure>(?:N[RE]|[Nn]ot\s(?:yet\s)?(?:reached|estimable|mature))\b|(?:(?:HR|OR|RR)\s)?[-−–+]?\d[\d.,]*\s?(?:%|{CELL_UNITS}\b)?(?:\s?[(\[][^()\[\]]*[)\]])?"
    rf"(?:\s(?:vs\.?|versus)\s[-−–+]?\d[\d.,]*\s?(?:%|{CELL_UNITS}\b)?)?)(?P<rest>[^\r\n]{{0,60}})$"
)


_WORDS_BEHIND: Final = Pattern(r"\s*[a-z]{3}")
_UNIT_LAST: Final = Pattern(rf"(?<=\d)\s?(?:%|{CELL_UNITS})$")
#: Characters of a line that may be an item of such a list.
_LONGEST_LINE: Final = 400
#: "38 patients, ORR 60.5%, mDOR 9.8 months": a line of several figures is read as a sentence.
_MORE_FIGURES: Final = Pattern(
    r"(?:patients|participants|subjects|evaluable)\b[^\r\n]*,\s[^\r\n]*\d|(?:,|;)\s(?:and\s)?(?:confirmed\s|median\s)?m?[A-Z][A-Za-z]{1,4}(?:\srate)?\s(?:of\s|was\s)?\d"
)


def lists(text: str) -> Iterator[Table]:
    """Runs of lines such as "50 mg Q12W: -78.6%" as tables of one column; the line above is the caption."""
    run: list[Row] = []
    caption, above = "", ""
    position = 0
    for line in [*text.splitlines(keepends=True), ""]:
        start, position = position, position + len(line)
        bare = line.rstrip("\r\n")
        found = _LISTED.search(bare) if len(bare) < _LONGEST_LINE else None
        if found and "=" in found["label"] and _WORDS_BEHIND.match(found["rest"]):
            found = None  # "AB-1 (n=706): 27.4% placebo-adjusted reduction"
        if found and not _MORE_FIGURES.match(found["rest"]):
            if not run:
                caption = above
            figure = found["figure"].strip()
            if not is_figure(figure):
                parts = re.split(r"[(\[]|\sv(?:s|ersus)\b\.?", figure)
                figure = parts[0].strip()
                if len(parts) == 2 and (shared := _UNIT_LAST.search(parts[1])) and figure[-1].isdigit():
                    figure += shared[0]  # "9.2 vs 5.9 months"
            label, unit = label_and_unit(found["label"].strip())
            run.append(Row(start, start + len(bare), label, unit, (figure,)))
            continue
        if len(run) >= 2:
            yield Table(run[0].start, run[-1].end, caption, ("",), tuple(run))
        run = []
        if bare.strip():
            above = " ".join(bare.split())
