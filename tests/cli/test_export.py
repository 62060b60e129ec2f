"""`kg export`: RDF by format and extension, neighbourhoods, tables, compression."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pyarrow
import pytest

from kg.namespaces import PROJECT
from tests.cli.running import fails, kg


def test_the_extension_tells_the_format(data: Path, tmp_path: Path) -> None:
    """-o graph.nq is N-Quads; the summary goes to stderr."""
    result = kg("export", "-o", tmp_path / "graph.nq", data=data)
    assert (result.exit_code, result.stdout) == (0, "")
    count = len((tmp_path / "graph.nq").read_text().splitlines())
    assert f"Wrote {count:,} statements" in result.stderr


def test_export_adds_graphs_on_demand(data: Path) -> None:
    """By default what the releases state; --with adds the others."""
    plain = kg("export", "--format", "nquads", data=data).stdout
    more = kg("export", "--format", "nquads", "--with", "ontology, inferred", data=data).stdout
    assert "graph/ontology" not in plain
    assert {line.split()[-2] for line in more.splitlines()} == {
        f"<{PROJECT}{name}>" for name in ("id/release/r1", "graph/ontology", "graph/inferred")
    }


def test_export_of_an_unknown_graph(data: Path, tmp_path: Path) -> None:
    """Named, and no file is left behind."""
    fails(kg("export", "--graph", "r9", "-o", tmp_path / "x.ttl", data=data), "r9: no such graph")
    fails(kg("export", "--with", "everything", data=data), "--with everything: there are ontology")
    assert list(tmp_path.iterdir()) == []


def test_export_into_a_missing_folder(data: Path, tmp_path: Path) -> None:
    """The system's reason, one line."""
    fails(kg("export", "-o", tmp_path / "no" / "x.ttl", data=data), r"no/x\.ttl: No such file or directory")


def test_export_of_a_neighbourhood(data: Path) -> None:
    """From a drug one link reaches its trial by name, two the trial's diseases; evidence on demand."""
    one, two, three = (
        kg("export", "--entity", "drug/ex-101", "--depth", depth, data=data).stdout for depth in "123"
    )
    assert "rkg:enrollment" not in one
    assert "rkg:studiedIn" in one
    assert "rkg:enrollment 40" in two
    assert "NASDAQ" in two
    assert set(one.splitlines()) < set(two.splitlines()) <= set(three.splitlines())
    assert "oa:exact" not in three
    evidence = kg(
        "export", "--entity", "disease:lymphoma", "--depth", "1", "--with", "evidence", data=data
    ).stdout
    assert 'oa:exact "EX-101 is in a Phase 2 trial."' in evidence
    assert "orphan" not in evidence
    fails(
        kg("export", "--entity", "drug/none", data=data),
        "id/drug/none: nothing in the graphs chosen speaks of it",
    )


def test_export_compressed(data: Path, exported: Path, tmp_path: Path) -> None:
    """By the file's name; the same bytes each time."""
    packed = tmp_path / "graph.ttl.gz"
    assert kg("export", "-o", packed, data=data).exit_code == 0
    first = packed.read_bytes()
    assert gzip.decompress(first) == exported.read_bytes()
    assert kg("export", "-o", packed, data=data).exit_code == 0
    assert packed.read_bytes() == first


def test_export_of_tables(data: Path, tmp_path: Path) -> None:
    """One to stdout or a file, all of them into a folder."""
    text = kg("export", "--table", "designations", data=data).stdout
    assert "the FDA has granted orphan drug designation to EX-101" in text
    assert kg("export", "--format", "csv", "-o", tmp_path / "tables", data=data).exit_code == 0
    names = ["deals.csv", "designations.csv", "milestones.csv", "pipeline.csv", "trials.csv"]
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == names
    assert kg("export", "--format", "csv", data=data).exit_code == 2
    assert kg("export", "--table", "deals", "--graph", "r1", data=data).exit_code == 2


def test_export_of_a_picture(data: Path, tmp_path: Path) -> None:
    """GraphML by its extension, the whole or the neighbourhood of a thing."""
    path = tmp_path / "g.graphml"
    assert kg("export", "-o", path, data=data).exit_code == 0
    assert b"EX-101" in path.read_bytes()
    near = kg("export", "--entity", "drug/ex-101", "--depth", "1", "--format", "graphml", data=data).stdout
    assert 0 < near.count("<edge") < path.read_text().count("<edge")


def zstd(path: Path) -> IO[bytes]:
    return pyarrow.input_stream(path, compression="zstd")


@pytest.mark.parametrize(
    ("extension", "opened"), [(".gz", gzip.open), (".bz2", bz2.open), (".xz", lzma.open), (".zst", zstd)]
)
def test_an_export_is_packed_by_its_extension(
    extension: str, opened: Callable[[Path], IO[bytes]], data: Path, tmp_path: Path
) -> None:
    """The content is that without compression, and the bytes are the same each time."""
    paths = [tmp_path / f"graph{number}.ttl{extension}" for number in (1, 2)]
    for path in paths:
        assert kg("export", "-o", path, data=data).exit_code == 0
    with opened(paths[0]) as file:
        assert file.read().decode() == kg("export", data=data).stdout
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_zstandard_without_pyarrow(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The remedy, and no file is left behind."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    fails(kg("export", "-o", tmp_path / "x.ttl.zst", data=data), r"\.zst need pyarrow: pip install")
    assert list(tmp_path.iterdir()) == []


def test_export_as_parquet(data: Path, tmp_path: Path) -> None:
    """All tables into a folder, one into a file."""
    assert kg("export", "--format", "parquet", "-o", tmp_path / "tables", data=data).exit_code == 0
    assert len(list((tmp_path / "tables").glob("*.parquet"))) == 5
    path = tmp_path / "trials.parquet"
    assert kg("export", "--table", "trials", "-o", path, data=data).exit_code == 0
    assert path.read_bytes().startswith(b"PAR1")
