"""Facts → tables that an analyst opens in a spreadsheet, each row with the sentence that it rests on.

Rows are what the releases state (asserted, historical, planned), never hopes or denials.  The same statement in several
releases is one row, with the sentence of the latest.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from kg.errors import InputError
from kg.fact_view import FactLine

_STATED: Final = ("asserted", "historical", "planned")
_SOURCE: Final = (
    "modality",
    "confidence",
    "releases",
    "release",
    "released",
    "sentence",
    "start",
    "end",
    "subject_iri",
    "object_iri",
)
#: What a spreadsheet would take for a formula; numbers apart.
_FORMULA: Final = re.compile(r"[=+\-@\t\r](?![\d.,]+%?$)")
_NUMBER: Final = re.compile(r"\d+")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its own columns, before those of the source that all have, and how facts become rows."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Sequence[FactLine]], Iterator[tuple[Row, FactLine]]]


def write_table(name: str, facts: Iterable[FactLine], out: BinaryIO) -> int:
    """Write one of `TABLES` as CSV (RFC 4180, UTF-8 with a byte-order mark, which Excel needs); returns its rows.

    Cells that a spreadsheet would take for a formula begin with an apostrophe.

    Raises:
        InputError: there is no such table.
    """
    columns, rows = _rows(name, facts)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
    out.write(text.getvalue().encode("utf-8-sig"))
    return len(rows)


def write_parquet(name: str, facts: Iterable[FactLine], out: BinaryIO) -> int:
    """Write one of `TABLES` as Parquet; returns its rows.

    Columns are strings, empty ones null; `confidence` is a float, `releases`, `start` and `end` are integers.
    Dates stay strings, since many are years or months.

    Raises:
        InputError: there is no such table, or pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional, and heavy
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise InputError("Parquet needs pyarrow: pip install 'releasekg[parquet]'") from error
    columns, rows = _rows(name, facts)
    kinds = {"confidence": (pa.float64(), float)} | dict.fromkeys(
        ("releases", "start", "end"), (pa.int64(), int)
    )
    arrays = {}
    for column in columns:
        kind, made = kinds.get(column, (pa.string(), str))
        arrays[column] = pa.array([made(row[column]) if row.get(column) else None for row in rows], kind)
    parquet.write_table(pa.table(arrays), out)
    return len(rows)


#: Formats of tables.
WRITERS: Final[Mapping[str, Callable[[str, Iterable[FactLine], BinaryIO], int]]] = {
    "csv": write_table,
    "parquet": write_parquet,
}


def _rows(name: str, facts: Iterable[FactLine]) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and sorted rows of a table."""
    if name not in TABLES:
        raise InputError(f"{name}: no such table; there are {', '.join(TABLES)}")
    table = TABLES[name]
    columns = (*table.columns, *_SOURCE)
    lines = list(facts)
    released = {line.release: line.o for line in lines if line.relation == "release_date"}
    merged: dict[str, list[tuple[Row, FactLine]]] = defaultdict(list)
    for row, line in table.rows([line for line in lines if line.modality in _STATED]):
        merged[json.dumps([row, line.modality, line.s_iri, line.o_iri])].append((row, line))
    rows = []
    for found in merged.values():
        row, line = max(found, key=lambda pair: (released.get(pair[1].release, ""), pair[1].release))
        rows.append(row | _source(line, len({other.release for _, other in found}), released))
    rows.sort(key=lambda row: [row.get(column, "") for column in columns])
    return columns, rows


def _source(line: FactLine, releases: int, released: Mapping[str, str]) -> Row:
    best = line.evidence[0] if line.evidence else None
    return {
        "modality": line.modality,
        "confidence": f"{line.confidence:g}",
        "releases": str(releases),
        "release": line.release,
        "released": released.get(line.release, ""),
        "sentence": "" if best is None else " ".join(best.text.split()),
        "start": "" if best is None else str(best.start),
        "end": "" if best is None else str(best.end),
        "subject_iri": line.s_iri,
        "object_iri": line.node or line.o_iri or "",
    }


def _cell(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _q(line: FactLine, name: str) -> str:
    value = line.q.get(name, "")
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(relation: str, subject: str, object_: str, *qualifiers: str) -> Table:
    """A table of one relation, a column for each qualifier."""

    def rows(facts: Sequence[FactLine]) -> Iterator[tuple[Row, FactLine]]:
        for line in facts:
            if line.relation == relation:
                row = {subject: line.s, object_: line.o}
                yield row | {name: _q(line, name) for name in qualifiers}, line

    return Table(f"{relation}s", (subject, object_, *qualifiers), rows)


def _deals(facts: Sequence[FactLine]) -> Iterator[tuple[Row, FactLine]]:
    kinds = {"funding": "funding", "supplier": "supply", "owner": "shareholding"}
    for line in facts:
        if line.relation != "collaboration" and line.relation not in kinds:
            continue
        row = {
            "organization": line.s,
            "kind": kinds.get(line.relation) or _q(line, "kind"),
            "partner": line.o,
        }
        yield row | {name: _q(line, name) for name in ("drug", "date", "amount", "currency", "purpose")}, line


def _pipeline(facts: Sequence[FactLine]) -> Iterator[tuple[Row, FactLine]]:
    """A row for each drug and disease, with the furthest phase that a release gives for the two."""
    developers: dict[str, set[str]] = defaultdict(set)
    about: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in facts:
        if line.relation == "develops" and line.o_iri:
            developers[line.o_iri].add(line.s)
        elif line.relation in ("drug_platform", "drug_payload", "drug_target"):
            about[line.s_iri][line.relation.removeprefix("drug_")].add(line.o)
    furthest: dict[tuple[str, str], tuple[float, int, str, str, FactLine]] = {}
    for number, line in enumerate(facts):
        for disease, stage, status in _stages(line):
            rank = (_rank(stage), number, stage, status, line)
            key = line.s_iri, disease
            if key not in furthest or rank[0] >= furthest[key][0]:
                furthest[key] = rank
    for (drug, disease), (_, _, stage, status, line) in furthest.items():
        row = {
            "organization": "; ".join(sorted(developers[drug])),
            "drug": line.s,
            "disease": disease,
            "stage": stage,
            "status": status,
        }
        yield row | {k: "; ".join(sorted(about[drug][k])) for k in ("platform", "payload", "target")}, line


def _stages(line: FactLine) -> Iterator[tuple[str, str, str]]:
    """Disease, stage and status that a fact gives for its drug."""
    if line.relation == "trial":
        diseases = line.q.get("indications")
        for disease in diseases if isinstance(diseases, list) else [""]:
            yield str(disease), f"phase {line.o}" if line.o[:1].isdigit() else line.o, _q(line, "status")
    elif line.relation == "drug_indication":
        yield line.o, "", ""
    elif line.relation == "approval":
        status = _q(line, "status")
        yield line.o, "approved" if status == "approved" else "application", status


def _rank(stage: str) -> float:
    """The order of stages; a phase 1/2 is further than a phase 1."""
    named = {"": 0.0, "preclinical": 0.5, "pivotal": 3.0, "application": 8.0, "approved": 9.0}
    if stage in named:
        return named[stage]
    numbers = [int(number) for number in _NUMBER.findall(stage)]
    return sum(numbers) / len(numbers) + 0.1 * stage.endswith("b") if numbers else 0.2


def _milestones(facts: Sequence[FactLine]) -> Iterator[tuple[Row, FactLine]]:
    """Everything with a date of its own, past and planned, in order."""
    for line in facts:
        date = _q(line, "date")
        if not date:
            continue
        details = [f"{name}: {_q(line, name)}" for name in line.q if name not in ("date", "status")]
        yield (
            {
                "date": date,
                "event": line.relation.replace("_", " "),
                "subject": line.s,
                "object": line.o,
                "status": _q(line, "status"),
                "details": "; ".join(details),
            },
            line,
        )


#: The tables, by name.
TABLES: Final[Mapping[str, Table]] = {
    "pipeline": Table(
        "pipeline",
        ("organization", "drug", "disease", "stage", "status", "platform", "payload", "target"),
        _pipeline,
    ),
    "designations": _plain(
        "designation", "drug", "designation", "agency", "indication", "population", "status", "date"
    ),
    "trials": _plain(
        "trial",
        "drug",
        "phase",
        "indications",
        "population",
        "nct",
        "name",
        "status",
        "enrollment",
        "sites",
        "country",
        "design",
        "combination",
        "date",
    ),
    "deals": Table(
        "deals",
        ("organization", "kind", "partner", "drug", "date", "amount", "currency", "purpose"),
        _deals,
    ),
    "milestones": Table(
        "milestones", ("date", "event", "subject", "object", "status", "details"), _milestones
    ),
}
