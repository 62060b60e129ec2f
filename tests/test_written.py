"""What is written over HTTP stays when the graph is built anew from files."""

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build import build
from kg.errors import InputError
from kg.findings import Report
from kg.namespaces import ONTOLOGY_GRAPH, WRITTEN_GRAPH, Minter
from kg.snapshots import Snapshot, Snapshots
from kg.updates import Document, GraphWrite, ReleaseFiles, SparqlUpdate, write
from kg.written import Kept, kept
from tests.used_vocabulary import build_with_used_vocabulary

NOTES = "https://kg.example/notes"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with releases, and a data directory that was built from them, and written to since."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "releases").mkdir()
    for name, place in (("releases/first", "Boston"), ("posted", "Madison")):
        text = f"March 4, 2024\n\nNorvane Therapeutics Moves\n\nNorvane is headquartered in {place}.\n"
        (folder / f"{name}.txt").write_text(text)
    (folder / "notes.ttl").write_text("<a:s> <a:p> 'note' .")
    with pytest.MonkeyPatch.context() as patch:
        without_checks(patch)
        data = folder / "data"
        build([folder / "releases"], data)
        document = Document(folder / "notes.ttl", "text/turtle", "http://x/")
        write(data, GraphWrite(NOTES, (document,)))
        write(data, SparqlUpdate("INSERT DATA { <a:s> <a:p> 'written' }"))
        write(data, ReleaseFiles((folder / "posted.txt",)))
    return folder


def without_checks(patch: pytest.MonkeyPatch) -> None:
    """Leave out ontology, inference and validation, seconds each time, which are not what is tested."""
    build_with_used_vocabulary(patch)
    for module in ("kg.build", "kg.updates"):
        patch.setattr(f"{module}.complete", lambda dataset, minter, **_: Report(()))
        patch.setattr(f"{module}.rules_digest", lambda: "rules")
    for name in ("ontology_quads", "query_quads", "vocabulary_quads"):
        patch.setattr(f"kg.build.{name}", lambda *_: [])


def built(folder: Path, tmp_path: Path, *, discard: bool = False) -> tuple[Snapshot, Kept]:
    data = shutil.copytree(folder / "data", tmp_path / "data")
    report = build([folder / "releases"], data, discard_written=discard)
    return report.snapshot, report.kept


def test_a_build_keeps_what_was_written(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Graphs that were put, what was inserted, and releases that were posted are in the new snapshot too; and told."""
    without_checks(monkeypatch)
    snapshot, told = built(written, tmp_path)
    dataset = snapshot.open()
    assert {NOTES, WRITTEN_GRAPH, Minter().release("posted")} < set(dataset.graphs())
    assert ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("note")) in dataset
    assert [record.id for record in snapshot.manifest.releases] == ["first", "posted"]
    assert snapshot.manifest.posted == ("posted",)
    assert (told.graphs, [release.id for release in told.releases]) == ((NOTES, WRITTEN_GRAPH), ["posted"])
    again, _ = build_again(tmp_path / "data", written)
    assert again.manifest.content_hash == snapshot.manifest.content_hash


def build_again(data: Path, folder: Path) -> tuple[Snapshot, Kept]:
    report = build([folder / "releases"], data)
    return report.snapshot, report.kept


def test_a_build_discards_it_if_told(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the graph is what the files state."""
    without_checks(monkeypatch)
    snapshot, told = built(written, tmp_path, discard=True)
    assert not {NOTES, WRITTEN_GRAPH} & set(snapshot.open().graphs())
    assert ([record.id for record in snapshot.manifest.releases], told) == (["first"], Kept())


def test_a_posted_release_gives_way_to_its_file(written: Path) -> None:
    """A file with its name takes its place."""
    assert kept(written / "data", {"first", "posted"}).releases == ()


@pytest.mark.parametrize("graph", [Minter().release("first"), ONTOLOGY_GRAPH])
def test_edits_of_what_a_build_makes_stop_it(written: Path, tmp_path: Path, graph: str) -> None:
    """A graph that would be made anew without the edit is named, and the build refuses."""
    data = shutil.copytree(written / "data", tmp_path / "data")
    with pytest.MonkeyPatch.context() as patch:
        without_checks(patch)
        write(data, SparqlUpdate(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> 'edit' }} }}"))
    manifest = Snapshots(data).current().path / "manifest.json"
    assert json.loads(manifest.read_text())["edited"] == [graph]
    with pytest.raises(InputError, match=f"<{graph}>.*--discard-written"):
        build([written / "releases"], data)


def test_nothing_published(tmp_path: Path) -> None:
    """Then nothing is kept."""
    assert kept(tmp_path, ()) == Kept()
