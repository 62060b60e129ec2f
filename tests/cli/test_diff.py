"""`kg diff`: exit codes and forms."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import PROJECT
from kg.snapshots import Manifest, Snapshots
from tests.cli.running import fails, kg


def test_diff_exit_codes(data: Path, exported: Path, tmp_path: Path) -> None:
    """0 the same, 1 differ, 2 could not tell."""
    assert kg("diff", data, exported).exit_code == 0
    other = tmp_path / "other.ttl"
    other.write_text(exported.read_text().replace('"NASDAQ:EXMP"', '"NYSE:EXMP"'))
    result = kg("diff", "1", other, "--format", "json", data=data)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["same"] is False
    assert kg("diff", exported, other, "--format", "patch").stdout.startswith("TX .\nD <")
    fails(kg("diff", exported, tmp_path / "none.ttl"), r"none\.ttl: No such file")
    fails(kg("diff", "12", exported, data=data), "no file 12, and 12: no snapshot of")


def test_diff_between_days(
    data: Path, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month or a day is the graph as of then; a year alone is a number of a snapshot."""
    later = tmp_path / "later"
    with Snapshots(later).draft() as draft:
        draft.dataset.bulk_add(
            ox.Quad(q.subject, q.predicate, ox.Literal("NYSE:EXMP"), q.graph_name)
            if q.object == ox.Literal("NASDAQ:EXMP")
            else q
            for q in Snapshots(data).current().open().quads_for()
        )
        draft.publish(Manifest.of(draft.dataset, base=PROJECT))
    views = {"2024-03": data, "2024-04-30": later}
    monkeypatch.setattr("kg.as_of.as_of", lambda folder, day, **_: Snapshots(views[day]).current())
    assert kg("diff", "2024-03", "2024-03", data=data).exit_code == 0
    result = kg("diff", "2024-03", "2024-04-30", data=data)
    assert (result.exit_code, "NYSE:EXMP" in result.stdout) == (1, True)
    fails(kg("diff", "2024", "2024-03", data=data), "no file 2024, and 2024: no snapshot of")
