"""`kg rollback`: an earlier snapshot again."""

from __future__ import annotations

from pathlib import Path

from kg.snapshots import Snapshots
from tests.cli.running import fails, kg


def test_rollback(tmp_path: Path, sources: Path, extractor: None) -> None:
    """The snapshot before is published again; before the first there is none."""
    data = tmp_path / "data"
    fails(kg("rollback", data=data), "nothing has been built here yet")
    for _ in range(2):
        assert kg("build", sources, data=data).exit_code == 0
    assert "Published 000001-" in kg("rollback", data=data).stderr
    assert Snapshots(data).current_id().startswith("000001-")
    fails(kg("rollback", data=data), "no snapshot before 000001-")
    fails(kg("rollback", "9", data=data), "9: no snapshot of")
