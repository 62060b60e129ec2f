"""`kg diff`: exit codes and forms."""

from __future__ import annotations

import json
from pathlib import Path

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
