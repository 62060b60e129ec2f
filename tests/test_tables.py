"""`kg.tables`: what an analyst opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.errors import InputError
from kg.fact_view import EvidenceLine, FactLine
from kg.tables import TABLES, write_parquet, write_table

SOURCE = ["modality", "confidence", "releases", "release", "released", "sentence", "start", "end"]


def fact(
    relation: str, s: str, o: str, modality: str = "asserted", release: str = "r1", **q: object
) -> FactLine:
    words = EvidenceLine(3, 9, f"{s}  {relation}\n{o}.")
    return FactLine(
        release,
        relation,
        s,
        o,
        f"urn:{s}",
        f"urn:{o}",
        (),
        (),
        q,
        modality,
        0.9,
        (words,),
        "urn:a",
        None,  # type: ignore[arg-type]
    )


def rows(name: str, facts: Sequence[FactLine]) -> list[dict[str, str]]:
    out = io.BytesIO()
    written = write_table(name, facts, out)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert len(found) == written
    return found


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_columns_and_the_source(name: str) -> None:
    """Also where there is nothing to tell."""
    out = io.BytesIO()
    assert write_table(name, [], out) == 0
    header = out.getvalue().decode("utf-8-sig").removesuffix("\r\n").split(",")
    assert header == [*TABLES[name].columns, *SOURCE, "subject_iri", "object_iri"]


def test_a_row_has_its_sentence() -> None:
    """In one line, with release, date and place."""
    line = fact("designation", "X-1", "orphan drug", agency="FDA", status="granted", date="2024-03")
    (row,) = rows("designations", [line, fact("release_date", "", "2024-03-05")])
    assert row["sentence"] == "X-1 designation orphan drug."
    assert (row["drug"], row["designation"], row["agency"], row["date"]) == (
        "X-1",
        "orphan drug",
        "FDA",
        "2024-03",
    )
    assert (row["release"], row["released"], row["start"], row["end"]) == ("r1", "2024-03-05", "3", "9")


def test_hopes_and_denials_are_no_rows() -> None:
    """A table is read without its last columns."""
    facts = [fact("trial", "X-1", "2", modality) for modality in ("hypothetical", "negated", "planned")]
    assert [row["modality"] for row in rows("trials", facts)] == ["planned"]


def test_one_statement_of_several_releases_is_one_row() -> None:
    """With their number, and the sentence of the latest."""
    one = fact("trial", "X-1", "2", indications=["lymphoma", "myeloma"])
    dates = [fact("release_date", "", "2024-01-01"), fact("release_date", "", "2023-01-01", release="r2")]
    (row,) = rows("trials", [one, replace(one, release="r2"), *dates])
    assert (row["releases"], row["release"], row["indications"]) == ("2", "r1", "lymphoma; myeloma")


def test_the_pipeline_has_the_furthest_stage_of_drug_and_disease() -> None:
    """Whoever develops the drug, on what platform, beside it."""
    facts = [
        fact("develops", "Co", "X-1"),
        fact("drug_platform", "X-1", "ADC"),
        fact("drug_indication", "X-1", "lymphoma"),
        fact("trial", "X-1", "1/2", indications=["lymphoma", "glioma"]),
        fact("trial", "X-1", "1", indications=["lymphoma"]),
        fact("trial", "X-1", "2b", indications=["glioma"]),
        fact("approval", "X-1", "myeloma", status="approved"),
    ]
    found = [(r["organization"], r["platform"], r["disease"], r["stage"]) for r in rows("pipeline", facts)]
    assert found == [
        ("Co", "ADC", "glioma", "phase 2b"),
        ("Co", "ADC", "lymphoma", "phase 1/2"),
        ("Co", "ADC", "myeloma", "approved"),
    ]


def test_deals_and_milestones() -> None:
    """Of several relations; milestones by date."""
    facts = [
        fact("collaboration", "A", "B", kind="licence", date="2024-02", amount=5),
        fact("funding", "NCI", "A", amount=2000000, currency="USD"),
        fact("regulatory_action", "FDA", "clinical hold", drug="X-1", date="2023-12-01"),
        fact("trial", "X-1", "2"),
    ]
    assert [(r["organization"], r["kind"], r["amount"]) for r in rows("deals", facts)] == [
        ("A", "licence", "5"),
        ("NCI", "funding", "2000000"),
    ]
    found = [(r["date"], r["event"], r["details"]) for r in rows("milestones", facts)]
    assert found == [
        ("2023-12-01", "regulatory action", "drug: X-1"),
        ("2024-02", "collaboration", "kind: licence; amount: 5"),
    ]


@pytest.mark.parametrize(
    ("text", "cell"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-x", "'-x"), ("-5%", "-5%"), ("a=b", "a=b")]
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    """A release must not run anything in an analyst's spreadsheet; numbers stay numbers."""
    (row,) = rows("designations", [fact("designation", text, "o")])
    assert row["drug"] == cell


def test_an_unknown_table() -> None:
    """Told with those there are."""
    with pytest.raises(InputError, match="budget: no such table; there are pipeline"):
        write_table("budget", [], io.BytesIO())


def test_parquet_holds_the_same_rows_with_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers as numbers, what is empty as null; without pyarrow the remedy is told."""
    parquet = pytest.importorskip("pyarrow.parquet")
    out, text = io.BytesIO(), io.BytesIO()
    lines = [fact("trial", "X-1", "2", nct="NCT01234567"), fact("trial", "Y-2", "1")]
    assert write_parquet("trials", lines, out) == write_table("trials", lines, text)
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    rows = list(csv.DictReader(io.StringIO(text.getvalue().decode("utf-8-sig"))))
    assert [row["drug"] for row in rows] == table.column("drug").to_pylist()
    assert [int(row["start"]) for row in rows] == table.column("start").to_pylist()
    assert [row["nct"] or None for row in rows] == table.column("nct").to_pylist()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="pip install"):
        write_parquet("trials", lines, io.BytesIO())
