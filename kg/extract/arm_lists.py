"""Lines that tell the figures of several arms in words → tables of one row, with an arm above each figure.

EASI-75 at week 4: 1% group 51.7%, 0.3% group 43.1%, vehicle group 15.8%
CDR-SB, adjusted mean change: +1.31 (AB-1 600 mg Q4W), +1.74 (placebo); difference -0.43
SALT score ≤10 (8 mg/4 mg/placebo): 37.0%/20.6%/1.2%
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.patterns import Pattern
from kg.extract.table_cells import CELL_UNITS
from kg.extract.tables import Row, Table, label_and_unit

_LONGEST: Final = 320
_LONGEST_LINE: Final = 2500
_BULLET: Final = r"\s*(?:(?:-{1,2}|[–—•*·▪◦‣>]|o(?=\s)|\(?[a-z\d]{1,2}[.)](?=\s))\s*)?"
_FIGURE: Final = (
    rf"[-−–+~≈]?\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|per\s?cent(?:age\s+points)?|{CELL_UNITS})(?![A-Za-z]))?"
)
#: An interval, a size or a p-value behind a figure.
_NOTE: Final = (
    r"(?:\s?[(\[](?:[^()\[\]]*(?:\bp\s?[<=>]|CI\b|[nN]\s?=|\d/\d)[^()\[\]]*|[-−\d., –to%;]+)[)\]]"
    r"|,?\s[pP]\s?[<=>≤]\s?0?\.\d+)"
)
_DOSE: Final = (
    r"\d[\d.,]*\s?(?:[x×]\s?10\S*\s?)?(?:mg|[µμu]g|mcg|g|IU|MBq|GBq|vg|mL|units|%(?=\s+(?:group|arm|cream|ointment|gel|solution|drops|foam|lotion)))"
    r"(?:/(?:kg|m2|m²|day|mL))?(?:\s+(?:QD|BID|TID|Q\d*[WMD]|[a-z]+\s+(?:daily|weekly|monthly)|daily|weekly|monthly|every\s+\w+\s+\w+))?"
)
_CONTROL: Final = (
    r"(?:(?:matching\s+)?placebo|vehicle|sham|control|standard[- ]of[- ]care|SoC|usual\s+care|comparator)"
)
_GROUP: Final = r"(?:\s+(?:groups?|arms?|cohort|dose|patients|recipients|ointment|cream|gel|solution|drops))?"
#: Who got what: a dose, a control, a name with a capital or of a drug, each with its group.
_ARM: Final = (
    rf"(?:the\s+)?(?:{_DOSE}(?:\s+[a-z]{{7,}}|\s+[A-Z][\w-]+)?{_GROUP}|{_CONTROL}{_GROUP}"
    rf"|(?:low|mid|medium|high|lower|higher|top)(?:er)?[- ]dose{_GROUP}|(?:[Cc]ohort|[Aa]rm|[Gg]roup)\s[A-H\d]\w?"
    rf"|(?!(?:Week|Month|Day|Year|Difference|Mean|Median|Change|The|At|In|From|Baseline|Phase|CI|HR|OR|RR|LS|VE)\b)"
    rf"(?:[A-Z][\w-]*[\w®™]|[a-z]{{8,}})(?:\s(?:{_DOSE}|alone|(?:plus|\+)\s[\w-]+)){{0,2}}{_GROUP})"
)
_SIZE: Final = r"(?:\s?\(\s?[nN]\s?=\s?\d[\d,]*\))?"
_BETWEEN: Final = (
    r"(?:an?\s+)?(?:(?:(?:LS|adjusted|absolute|estimated|between-group|placebo-adjusted|placebo-corrected"
    r"|least[- ]squares)\s+)*(?:mean\s+)?(?:treatment\s+)?"
    r"(?:difference|delta|diff\.?)(?:\s(?:vs\.?|versus|from)\s+placebo)?(?:\s(?:of|was))?)"
)
_RATIO: Final = r"(?P<ratio>hazard\s+ratio|odds\s+ratio|rate\s+ratio|risk\s+ratio|HR|OR|RR)(?:\s(?:of|was))?"
_WHEN: Final = r"(?:\s(?:at|after|through|over|during|by|from)\s(?!\d+(?:\.\d+)?\s?%)(?:[\w-]+\s?){1,4})?"
_ITEM: Final = Pattern(
    rf"(?:{_BETWEEN}\s*[,:=]?\s*(?P<apart>{_FIGURE})"
    rf"|{_RATIO}\s*[,:=]?\s*(?P<of>\d*\.\d+)"
    rf"|(?:in|on|for|with)?\s?(?P<arm>{_ARM}{_SIZE})(?:,|:|\s=|\s[-–])?\s+(?P<figure>{_FIGURE})"
    rf"|(?P<figure2>{_FIGURE}){_NOTE}?\s?(?:\((?:for\s|with\s|on\s|in\s)?(?P<arm2>{_ARM})(?:[;,]\s?(?:[nN]\s?=\s?\d+|p\s?[<=>]\s?[\d.]+))?\)"
    rf"|(?:with|for|on|in|among|at)\s+(?P<arm3>{_ARM}{_SIZE}))"
    rf"|(?P<plain>{_FIGURE})){_NOTE}{{0,2}}{_WHEN}"
)
_JOIN: Final = Pattern(
    r"\s*(?:[;,/]\s*(?:and\s+|or\s+|while\s+|versus\s+|vs\.?\s+|compared\s+(?:with|to)\s+|against\s+)?|,?\s(?:and|versus|vs\.?|against|compared\s+(?:with|to))\s+)"
)
#: What may follow the figures and tells none.
_TAIL: Final = Pattern(
    r"(?:[,;]?\s*\(?(?:all\s+|both\s+|nominal\s+)?[pP][- ]?(?:values?\s*)?\s?[<=>≤]\s?0?\.\d+[^.;]{0,40}\)?"
    r"|[,;]\s+or\s+[^.;]{3,40}|[,;]\s*(?:not\s+(?:statistically\s+)?significant|n\.?s\.?)|,\s+respectively)*\s*[.;,]?\s*$"
)
_LABEL: Final = Pattern(
    rf"{_BULLET}(?P<label>(?=[^:]*[A-Za-z]{{2}})[^:;\n]{{2,110}}?)\s?(?::|\s[–—-]|\s=)\s+(?=\S)"
)
#: "8 mg/4 mg/placebo": whose figures the lines below give, in this order.
_HEADED: Final = Pattern(rf"(?P<arms>{_ARM}(?:\s?/\s?{_ARM}){{1,4}})\)?\s*:?\s*$")
_SLASHED: Final = Pattern(
    rf"{_BULLET}(?P<label>(?=[^:]*[A-Za-z]{{2}})[^:\n]{{2,90}}?):\s+(?P<row>{_FIGURE}(?:\s?/\s?{_FIGURE}){{1,4}})\s*[.;]?\s*$"
)
#: "2.08% in the 5 mg group": a line that begins with its figure.
_FIGURE_FIRST: Final = Pattern(
    rf"{_BULLET}(?P<figure>{_FIGURE}){_NOTE}?\s+(?:(?:with|for|on|in|among|at)\s+|\((?=[^()]*\)?[^()]*\)))"
    rf"(?P<arm>{_ARM}{_SIZE}){_NOTE}?\)?\s*(?:,?\s*(?:and|or))?\s*[.;,]?\s*$"
)
#: What stands above such lines: "Mean reductions in HbA1c from baseline were:"
_OPENS: Final = Pattern(
    r"(?P<label>[^.:]{4,140}?)\s*(?:\b(?:was|were|are|is)\b(?:\s+as\s+follows)?)?\s*:?\s*$"
)
_VERB: Final = Pattern(
    r"\b(?:was|were|is|are|has|have|had|announced|reported|will|received|enrolled|includ\w+|showed|met|against)\b|\bvs\b"
)
_NO_LABEL: Final = Pattern(
    r"https?|www\.|\b(?:Nasdaq|NASDAQ|NYSE|Tel|Phone|Fax|E-?mail|[Rr]andomi[sz]ed|enrol\w+|[Dd]os(?:e|ing|age)s?|adverse|safety|price|shares?|[Nn]ote)\b"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One figure of a line: its arm, the figure as a cell, and the ratio or difference that it is."""

    arm: str
    cell: str


def arm_lists(text: str) -> Iterator[Table]:
    """The lines of a text that are the figures of arms and nothing else, each a table of one row.

    Hits: "IGA success: 10 mg 36%, placebo 9%"; "2.1% in the 5 mg group" under "Reductions in HbA1c were:".
    Near misses: "Doses: 5 mg, 10 mg"; "Nausea was seen with AB-1 (12%) and placebo (8%)", a sentence.
    """
    position = 0
    above = ""
    headed: tuple[str, ...] = ()
    run: list[tuple[int, int, _Told]] = []
    opener = ""
    for line in [*text.splitlines(keepends=True), ""]:
        start, position = position, position + len(line)
        bare = line.rstrip()
        first = _FIGURE_FIRST.match(bare) if bare and len(bare) < _LONGEST else None
        if first:
            if not run:
                opener = above
            run.append((start, start + len(bare), _Told(_plain(first["arm"]), first["figure"])))
            continue
        if len(run) > 1 and (found := _under(opener, run)) is not None:
            yield found
        run = []
        if not bare.strip() or len(bare) > _LONGEST_LINE:
            continue
        if headed and len(bare) < _LONGEST and (slashed := _slashed(bare, start, headed)) is not None:
            yield slashed
            continue
        rows = list(_rows(bare, start, above))
        yield from rows
        if rows and rows[0].start <= start + 8:
            continue  # the line above stays that of the rows below
        arms = _HEADED.search(bare) if "/" in bare else None
        headed = tuple(_plain(a) for a in re.split(r"\s?/\s?(?=[A-Za-z\d])", arms["arms"])) if arms else ()
        above = " ".join(bare.split())


def _plain(arm: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(arm.split()))


def _under(opener: str, run: list[tuple[int, int, _Told]]) -> Table | None:
    """Lines that begin with their figures, under the words that tell what these are of."""
    found = _OPENS.search(opener)
    if found is None or _NO_LABEL.search(opener):
        return None
    label, unit = label_and_unit(found["label"].split(". ")[-1].strip())
    start, end = run[0][0], run[-1][1]
    row = Row(start, end, label, unit, tuple(told.cell for *_, told in run))
    return Table(start, end, "", tuple(told.arm for *_, told in run), (row,), by_arm=True)


def _slashed(line: str, start: int, arms: tuple[str, ...]) -> Table | None:
    """A line of figures parted by bars, in the order of the arms that a line above names."""
    found = _SLASHED.match(line)
    cells = re.split(r"\s?/\s?", found["row"]) if found else []
    if found is None or len(cells) != len(arms):
        return None
    label, unit = label_and_unit(found["label"].strip())
    row = Row(start, start + len(line), label, unit, tuple(cells))
    return Table(start, start + len(line), "", arms, (row,), by_arm=True)


def _rows(line: str, start: int, above: str) -> Iterator[Table]:
    """The sentences of a line that are a label and the figures of arms."""
    if ":" not in line and " = " not in line and " – " not in line and " - " not in line:
        return
    at = 0
    for cut in [*_SENTENCE.finditer(line), None]:
        end = cut.start() if cut else len(line)
        if (row := _row(line[at:end], start + at, above)) is not None:
            yield row
        at = cut.end() if cut else end


_SENTENCE: Final = Pattern(r"(?<=[^A-Z\s]\.)\s+(?=[A-Z])")


def _row(line: str, start: int, above: str) -> Table | None:
    """A line that is a label and the figures of arms."""
    if len(line) > _LONGEST or not _HAS_TWO.search(line):
        return None
    found = _LABEL.match(line)
    if (
        found is None
        or _VERB.search(found["label"])
        or _NO_LABEL.search(line)
        or _RANK_ALONE.fullmatch(found["label"])
    ):
        return None
    if measured := _EFFICACY.match(line, found.end()):
        return _of_vaccine(line, start, found, measured)
    told = _items(line, found.end())
    if told is None or len({t.arm for t in told}) < len(told) or _MONTH.search(told[0].arm):
        return None
    if len(told) < 2 and told[0].arm != "difference" and not re.search(r"\d", told[0].arm):
        return None
    label, unit = label_and_unit(found["label"].strip())
    row = Row(start + found.start("label"), start + len(line), label, unit, tuple(t.cell for t in told))
    return Table(row.start, row.end, above, tuple(t.arm for t in told), (row,), by_arm=True)


#: "hMPV disease: VE 58.8%"
_EFFICACY: Final = Pattern(r"(?P<name>VE|(?:[Vv]accine\s+)?[Ee]fficacy|[Ee]ffectiveness)\s+(?:of\s+)?(?=\d)")


def _of_vaccine(line: str, start: int, found: re.Match[str], measured: re.Match[str]) -> Table | None:
    """A line that tells how far a vaccine protects from what its label names."""
    told = _items(line, measured.end())
    if told is None or any(t.arm for t in told):
        return None
    at = start + found.start("label")
    row = Row(
        at,
        start + len(line),
        f"{measured['name']} against {found['label'].strip()}",
        "",
        tuple(t.cell for t in told),
    )
    return Table(row.start, row.end, "", tuple("" for _ in told), (row,), by_arm=True)


#: "Primary endpoint": what stands behind it has the name.
_RANK_ALONE: Final = Pattern(
    r"(?:(?:key|co-?primary|primary|secondary|exploratory|efficacy)\s+)+endpoints?(?:\s+met)?", re.IGNORECASE
)
_MONTH: Final = Pattern(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_HAS_TWO: Final = Pattern(r":\s.*\d.*\d|\s[–—=-]\s.*\d.*\d")


def _items(line: str, at: int) -> list[_Told] | None:
    """The figures of a line from an offset on, if it holds nothing else."""
    out: list[_Told] = []
    compared = False
    while (item := _ITEM.match(line, at)) is not None:
        arm = _plain(item["arm"] or item["arm2"] or item["arm3"] or "")
        cell = item["figure"] or item["figure2"] or item["plain"] or item["apart"] or ""
        if item["apart"]:
            arm = "difference"
        elif item["ratio"]:
            arm, cell = item["ratio"], item["of"]
        if compared and not arm and len(out) == 1:
            arm = "comparator"  # "-0.04 compared with +0.09"
            if _HAS_UNIT.search(cell):
                return None  # a sentence like others
        out.append(_Told(arm, " ".join(cell.split()).lstrip("~≈")))
        if _TAIL.match(line, item.end()):
            return _with_unit(out)
        join = _JOIN.match(line, item.end())
        if join is None:
            return None
        compared = _COMPARED.search(join[0]) is not None
        at = join.end()
    return None


_HAS_UNIT: Final = Pattern(r"[%A-Za-z]")
_COMPARED: Final = Pattern(r"v(?:ersu)?s|compared|against")


def _with_unit(told: list[_Told]) -> list[_Told]:
    """Figures with the unit that only the last of them bears: "5.8, 7.0 and 3.1 mmHg"."""
    last = re.search(r"(?<=\d)\s?(?:%|[A-Za-zµμ].*)$", told[-1].cell)
    if last is None or any(re.search(r"[A-Za-z%]", t.cell) for t in told[:-1]):
        return told
    return [_Told(t.arm, t.cell if t is told[-1] else t.cell + last[0]) for t in told]
