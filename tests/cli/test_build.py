"""`kg build`: what it says, what it leaves out, what it refuses."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg import build as build_module
from kg.snapshots import Snapshots
from tests import facts as given
from tests.cli.running import fails, kg


def test_two_builds_at_once(tmp_path: Path, sources: Path, extractor: None) -> None:
    """The second is refused, the first goes on."""
    with Snapshots(tmp_path / "data").draft():
        fails(kg("build", sources, data=tmp_path / "data"), "another build is at work here")


def test_build_publishes_and_sums_up(tmp_path: Path, sources: Path, extractor: None) -> None:
    """stdout stays empty; stderr says what was read and published."""
    result = kg("build", sources, data=tmp_path / "data")
    assert (result.exit_code, result.stdout) == (0, "")
    snapshot = Snapshots(tmp_path / "data").current()
    assert re.match(r"Read 1 release: 8 facts, [\d,]+ triples; conforms", result.stderr)
    assert f"Published {snapshot.id}" in result.stderr


def test_build_names_what_it_leaves_out(tmp_path: Path, sources: Path, extractor: None) -> None:
    """An unreadable release is a warning and the build goes on."""
    (sources / "empty.txt").touch()
    (sources / "binary.txt").write_bytes(bytes(range(256)) * 8)
    result = kg("build", sources, data=tmp_path / "data")
    assert result.exit_code == 0
    assert re.search(r"Warning: .*empty\.txt: is empty: left out", result.stderr)
    assert re.search(r"Warning: .*binary\.txt: .*: left out", result.stderr)
    assert "Read 1 release, 2 left out" in result.stderr


def test_a_file_name_that_is_not_utf_8(tmp_path: Path, sources: Path, extractor: None) -> None:
    """It would be the release's id, so the release is left out."""
    try:
        (sources / os.fsdecode(b"\xff.txt")).write_text(given.TEXT)
    except OSError:
        pytest.skip("the file system refuses such names itself")
    result = kg("build", sources, data=tmp_path / "data")
    assert result.exit_code == 0
    assert "not UTF-8; rename it: left out" in result.stderr


def test_build_strict_stops_at_an_unreadable_release(tmp_path: Path, sources: Path, extractor: None) -> None:
    """Exit code 2, and what was published stays."""
    kg("build", sources, data=tmp_path / "data")
    before = Snapshots(tmp_path / "data").current_id()
    (sources / "empty.txt").touch()
    fails(kg("build", "--strict", sources, data=tmp_path / "data"), r"empty\.txt: is empty")
    assert Snapshots(tmp_path / "data").current_id() == before


def test_build_withholds_what_does_not_conform(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning with the place; with --strict exit code 1, the findings above the error, nothing published."""
    facts = (replace(given.TICKER, object="no ticker at all"),)
    monkeypatch.setattr(
        build_module, "_extract", lambda releases, vocabulary, *, cache=None, track: {"r1": facts}
    )
    result = kg("build", sources, data=tmp_path / "withheld")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "ticker of Example Therapeutics withheld" in result.stderr
    result = kg("build", sources, "--strict", data=tmp_path / "data")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "VIOLATION" in result.stderr
    assert result.stderr.splitlines()[-1].startswith(
        "Error: the graph does not conform, nothing was published"
    )
    fails(kg("facts", data=tmp_path / "data"), "nothing has been built here yet")


@pytest.mark.parametrize(
    ("path", "message"), [("missing", "missing: no such file or folder"), ("empty", "empty: no release here")]
)
def test_build_of_nothing(tmp_path: Path, path: str, message: str) -> None:
    """A missing path and an empty folder are named."""
    (tmp_path / "empty").mkdir()
    fails(kg("build", tmp_path / path, data=tmp_path / "data"), message)


@pytest.mark.parametrize("base", ["https://example.org", "not an IRI/"])
def test_build_with_a_base_that_makes_no_iris(base: str, tmp_path: Path, sources: Path) -> None:
    """Told before anything is read."""
    fails(kg("build", sources, "--base", base, data=tmp_path / "data"), f"--base {base}: ")


def test_build_into_a_place_that_cannot_be_written(tmp_path: Path, sources: Path, extractor: None) -> None:
    """The data directory is a file."""
    (tmp_path / "data").touch()
    fails(kg("build", sources, data=tmp_path / "data"), "data")
