"""Lines of a release → cells, and what the heads of tables and sheets of trials say that the cells are.

Under `kg.extract.trial_tables`, which reads trials off them, and `kg.extract.context_names`, which reads drugs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.extract.patterns import Pattern

#: What the head of a column, or the word before a colon, says that the cells are.
_HEADS: Final = (
    ("nct", Pattern(r"(?:NCT|registry|identifier|ClinicalTrials)\b", re.IGNORECASE)),
    ("status", Pattern(r"(?:current\s+)?(?:status|state|progress|stage\s+of\s+trial|recruitment)\b", re.IGNORECASE)),
    ("phase", Pattern(r"(?:clinical\s+|development\s+|current\s+)?(?:phase|stage)\b", re.IGNORECASE)),
    ("sites", Pattern(r"(?:number\s+of\s+)?(?:sites|cent(?:er|re)s|clinics|hospitals)\b", re.IGNORECASE)),
    (
        "country",
        Pattern(
            r"(?:countr(?:y|ies)|regions?|where|locations?|geograph\w+|sites?\s+in|conducted\s+in)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "size",
        Pattern(
            r"(?:(?:planned|target|total|number\s+of|no\.\s+of|#\s+of)\s+)*(?:patients|participants|subjects|volunteers"
            r"|enrol?lment|(?:sample\s+)?size|n)\b(?!\s+population)",
            re.IGNORECASE,
        ),
    ),
    (
        "disease",
        Pattern(
            r"(?:lead\s+|target\s+|primary\s+)?(?:indications?|disease(?:\s+area)?|conditions?|(?:patient\s+)?population|tumou?r\s+types?"
            r"|therapeutic\s+area)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "drug",
        Pattern(
            r"(?:(?:investigational|study|drug|product|lead|medicinal|experimental|test)\s+)*(?:products?|drugs?|candidates?|compounds?"
            r"|program(?:me)?s?|assets?|molecules?|medicines?|treatments?|interventions?|regimens?|therap(?:y|ies)|vaccines?|agents?|IMP)\b",
            re.IGNORECASE,
        ),
    ),
    ("trial", Pattern(r"(?:clinical\s+)?(?:trials?|stud(?:y|ies)|acronym|protocol|short\s+title)\b", re.IGNORECASE)),
    ("design", Pattern(r"(?:trial\s+|study\s+)?(?:design|type|control)\b", re.IGNORECASE)),
)  # fmt: skip
_GAP: Final = Pattern(r"\t+|\s{2,}")
_LINE_OF_SHEET: Final = Pattern(
    r"[ \t]*(?:[•·▪●*–—-]\s*|o\s+)?(?P<head>[A-Za-z][\w /-]{0,34}?)\s*:\s+(?P<cell>\S.*)"
)
_LEAST: Final = 3  # columns of a table of trials, lines of a sheet


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands in the release, and its text."""

    start: int
    end: int
    text: str


def cells_of(at: int, line: str) -> list[Cell]:
    """The cells of a line that begins at an offset: between bars, tabs or wide blanks; none where it has no such."""
    if line.count("|") > 1:
        bounds = [-1, *(i for i, c in enumerate(line) if c == "|"), len(line)]
        raw = [(low + 1, high) for low, high in pairwise(bounds)]
        if not line[: bounds[1]].strip():
            raw = raw[1:]
        if not line[bounds[-2] + 1 :].strip():
            raw = raw[:-1]
    elif "\t" in line or "  " in line.strip():
        raw, low = [], len(line) - len(line.lstrip())
        for gap in _GAP.finditer(line, low):
            raw.append((low, gap.start()))
            low = gap.end()
        if line[low:].strip():
            raw.append((low, len(line)))
    else:
        return []
    out = []
    for low, high in raw:
        inner = line[low:high]
        lead = len(inner) - len(inner.lstrip())
        out.append(Cell(at + low + lead, at + low + len(inner.rstrip()), inner.strip()))
    return out


def kind_of(head: str) -> str | None:
    """What the head of a column, or the word before a colon, says that its cells are; None where it says nothing."""
    words = head.strip()
    return next((kind for kind, form in _HEADS if form.match(words)), None) if len(words) < 40 else None


def tabled(text: str) -> Iterator[dict[str, Cell]]:
    """The rows of the tables of trials or products of a text: kinds and their cells."""
    head: list[str | None] = []
    for at, line in lines_of(text):
        cells = cells_of(at, line)
        if len(cells) < _LEAST:
            head = [] if line.strip() else head
            continue
        kinds = [kind_of(cell.text) for cell in cells]
        known = {kind for kind in kinds if kind}
        if (
            sum(kind is not None for kind in kinds) * 2 > len(cells)
            and len(known) >= _LEAST - 1
            and {"phase", "trial"} & known
            and {"drug", "disease", "status", "size"} & known
            and "NCT0" not in line
        ):
            head = kinds
        elif len(cells) == len(head):
            yield {kind: cell for kind, cell in zip(head, cells, strict=True) if kind}


def sheets(text: str) -> Iterator[dict[str, Cell]]:
    """The lines "Phase: 2b" that stand together and tell of one trial: kinds and their cells."""
    block: dict[str, Cell] = {}
    for at, line in (*lines_of(text), (len(text), "")):
        found = _LINE_OF_SHEET.fullmatch(line) if ":" in line else None
        if found is not None:
            kind = kind_of(found["head"])
            if kind is not None:
                block.setdefault(kind, Cell(at + found.start("cell"), at + found.end("cell"), found["cell"]))
            continue
        if len(block) >= _LEAST and {"phase", "design", "trial"} & block.keys():
            yield block
        block = {}


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each with its offset."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


#: One name, and what may follow it in its cell: "AB-101 (anti-OX40L)", "LUMERIQ®, oral capsules".
_NAME: Final = Pattern(
    r"(?P<name>[A-Za-z][\w-]*[A-Za-z0-9](?:\s(?:[a-z]{5,}(?:tin|can|cin|cel|vec|siran|rsen|tecan|sine)|alfa|beta|gamma)(?![\w-]))?)(?=[®™]|\s*(?:$|[(,;/+|]))"
)
_NO_NAME: Final = Pattern(
    r"(?:oral|placebo|vaccines?|undisclosed|various|multiple|none|other|combination|monotherapy|adults?|children|patients|antibod\w+|siRNA|CAR-T|ADC"
    r"|discovery|preclinical|research|platform|gene|cell|small|bispecific|n/?a|tbd)\b",
    re.IGNORECASE,
)


def drugs_in_cells(text: str) -> Iterator[tuple[int, int]]:
    """The names that stand in the cells of drugs of tables and sheets of trials."""
    if "hase" not in text:
        return
    for told in (*tabled(text), *sheets(text)):
        cell = told.get("drug")
        found = _NAME.match(cell.text) if cell is not None else None
        if cell is not None and found is not None and _NO_NAME.match(cell.text) is None:
            yield cell.start + found.start("name"), cell.start + found.end("name")
