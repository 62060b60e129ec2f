"""`kg update`: the published graph changed by SPARQL."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.findings import Report
from kg.namespaces import Minter
from kg.snapshots import Manifest, Snapshots
from tests.cli.running import fails, kg


def test_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new snapshot has the change; what is malformed is told by its place; what changes nothing publishes nothing."""
    monkeypatch.setattr("kg.updates.complete", lambda dataset, minter, **_: Report(()))
    data, file = tmp_path / "data", tmp_path / "update.ru"
    file.write_text("INSERT DATA { <a:s> <a:p> 'new' }")
    with Snapshots(data).draft() as draft:
        draft.publish(Manifest.of(draft.dataset, base=Minter().base))
    assert "Published 000002-" in kg("update", str(file), data=data).stderr
    assert "Nothing changes: 000002-" in kg("update", str(file), data=data).stderr
    new = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("new"))
    assert new in Snapshots(data).current().open()
    file.write_text("INSERT DATA {")
    fails(kg("update", str(file), data=data), "syntax error at line 1")
