"""`kg.snapshots`: a build beside, one atomic step, and nothing that can hurt what is published."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import NoSnapshot, StoreError
from kg.snapshots import Manifest, ReleaseRecord, Snapshot, Snapshots, ValidationSummary

EX = "https://example.org/"


def quad(name: str) -> ox.Quad:
    node = ox.NamedNode(EX + name)
    return ox.Quad(node, node, node, ox.NamedNode(EX + "graph"))


def publish(data: Path, *names: str, keep: int = 5) -> Snapshot:
    with Snapshots(data).draft() as draft:
        draft.dataset.bulk_add(quad(name) for name in names)
        return draft.publish(Manifest.of(draft.dataset, base=EX), keep=keep)


def names(snapshot: Snapshot) -> set[str]:
    return {
        q.subject.value.removeprefix(EX)
        for q in snapshot.open().quads()
        if isinstance(q.subject, ox.NamedNode)
    }


def left_in(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "snapshots").iterdir())


def test_what_is_published_is_current(tmp_path: Path) -> None:
    """The draft becomes the current snapshot and can be opened, twice at once."""
    published = publish(tmp_path / "data", "a", "b")
    current = Snapshots(tmp_path / "data").current()
    assert current == published
    assert current.id == Snapshots(tmp_path / "data").current_id()
    first, second = current.open(), current.open()
    assert len(first) == len(second) == 4


def test_nothing_built_yet(tmp_path: Path) -> None:
    """The message says what to run."""
    with pytest.raises(NoSnapshot, match="kg build"):
        Snapshots(tmp_path / "missing").current()


def test_ids_count_up_and_name_the_content(tmp_path: Path) -> None:
    """The same content built twice: the same hash, two snapshots."""
    first, second, third = (publish(tmp_path, *content) for content in ("a", "a", "b"))
    assert [s.id[:6] for s in (first, second, third)] == ["000001", "000002", "000003"]
    assert first.id[7:] == second.id[7:] == first.manifest.content_hash[:10]
    assert third.id[7:] != first.id[7:]


def test_numbers_go_on_after_snapshots_were_removed_by_hand(tmp_path: Path) -> None:
    """An id is never used twice."""
    publish(tmp_path, "a")
    second = publish(tmp_path, "a")
    for path in (tmp_path / "snapshots").iterdir():
        path.rename(tmp_path / f"away-{path.name}")
    assert second.id[:6] == "000002"
    assert publish(tmp_path, "a").id[:6] == "000003"


def test_an_unpublished_draft_vanishes(tmp_path: Path) -> None:
    """Left without publishing, nothing stays and nothing changes."""
    published = publish(tmp_path, "a")
    with Snapshots(tmp_path).draft() as draft:
        draft.dataset.bulk_add([quad("b")])
    assert Snapshots(tmp_path).current() == published
    assert left_in(tmp_path) == [published.id]


def test_a_draft_vanishes_on_an_error(tmp_path: Path) -> None:
    """A build that fails leaves the published snapshot whole."""
    published = publish(tmp_path, "a")

    def fail() -> Manifest:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), Snapshots(tmp_path).draft() as draft:  # noqa: PT012 - the with is it
        draft.dataset.bulk_add([quad("b")])
        draft.publish(fail())
    assert left_in(tmp_path) == [published.id]
    assert names(Snapshots(tmp_path).current()) == {"a"}


@pytest.mark.parametrize("step", ["rename", "replace"])
def test_publishing_that_fails_half_way_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk at either of the two renames: the old snapshot stays current."""
    published = publish(tmp_path, "a")

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(StoreError, match="No space left on device"):
        publish(tmp_path, "b")
    monkeypatch.undo()
    assert Snapshots(tmp_path).current() == published
    assert names(publish(tmp_path, "c")) == {"c"}


def test_kill_9_in_the_middle_of_a_draft(tmp_path: Path) -> None:
    """The published snapshot is whole, and the next build sweeps what the killed one left."""
    published = publish(tmp_path, "a")
    script = (
        "import sys, time; from pathlib import Path; from tests.test_snapshots import *\n"
        "with Snapshots(Path(sys.argv[1])).draft() as draft:\n"
        "    draft.dataset.bulk_add(quad(str(i)) for i in range(1000))\n"
        "    print('ready', flush=True); time.sleep(60)\n"
    )
    root = Path(__file__).parent.parent
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, cwd=root, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(StoreError, match=f"another build is at work here \\(process {process.pid}\\)"):
            publish(tmp_path, "b")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert len(left_in(tmp_path)) == 2
    assert Snapshots(tmp_path).current() == published
    assert names(published) == {"a"}
    after = publish(tmp_path, "b")
    assert left_in(tmp_path) == [published.id, after.id]


def test_two_drafts_at_once_are_refused(tmp_path: Path) -> None:
    """The second build gets a clear error, the first goes on."""
    with Snapshots(tmp_path).draft() as first:
        with (
            pytest.raises(StoreError, match=f"another build is at work.*process {os.getpid()}"),
            Snapshots(tmp_path).draft(),
        ):
            pass
        first.publish(Manifest.of(first.dataset, base=EX))
    assert Snapshots(tmp_path).current_id().startswith("000001-")


def test_old_snapshots_are_removed(tmp_path: Path) -> None:
    """`keep` counts the new one too."""
    ids = [publish(tmp_path, name, keep=2).id for name in "abcd"]
    assert [s.id for s in Snapshots(tmp_path).all()] == ids[-2:]
    with pytest.raises(StoreError, match="at least the new snapshot"):
        publish(tmp_path, "e", keep=0)


def test_a_reader_of_a_removed_snapshot_goes_on(tmp_path: Path) -> None:
    """A dataset that is open stays readable when its files are unlinked."""
    reader = publish(tmp_path, "a").open()
    publish(tmp_path, "b", keep=1)
    assert {q.subject for q in reader.quads()} == {ox.NamedNode(EX + "a")}


def test_a_draft_changed_after_its_manifest_is_refused(tmp_path: Path) -> None:
    """A manifest always tells the truth about its dataset."""
    with Snapshots(tmp_path).draft() as draft:
        manifest = Manifest.of(draft.dataset, base=EX)
        draft.dataset.add([quad("late")])
        with pytest.raises(StoreError, match="changed after its manifest"):
            draft.publish(manifest)
    with pytest.raises(NoSnapshot):
        Snapshots(tmp_path).current()


@pytest.mark.parametrize("pointer", [b"", b"../../etc", b"\xff\xfe", b"000001-zzz"])
def test_a_corrupt_pointer(tmp_path: Path, pointer: bytes) -> None:
    """The remedy is in the message; building again mends it."""
    publish(tmp_path, "a")
    (tmp_path / "current").write_bytes(pointer)
    with pytest.raises(StoreError, match="kg build"):
        Snapshots(tmp_path).current()
    assert publish(tmp_path, "b") == Snapshots(tmp_path).current()


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("", "corrupt manifest"),
        ("[]", "not a JSON object"),
        ('{"format": 99}', "format 99"),
        ('{"format": 1}', "is missing"),
        ('{"format": 1, "base": 3}', "wrong type"),
    ],
)
def test_a_corrupt_manifest(tmp_path: Path, manifest: str, message: str) -> None:
    """One line that names the file and the remedy."""
    path = publish(tmp_path, "a").path / "manifest.json"
    path.write_text(manifest)
    with pytest.raises(StoreError, match=message) as caught:
        Snapshots(tmp_path).current()
    assert str(path) in str(caught.value)
    assert "kg build" in str(caught.value)


def test_a_snapshot_whose_directory_is_gone(tmp_path: Path) -> None:
    """The pointer names a snapshot that is not there."""
    published = publish(tmp_path, "a")
    published.path.rename(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match=r"is not there.*kg build"):
        Snapshots(tmp_path).current()


@pytest.mark.parametrize("pattern", ["MANIFEST-*", "CURRENT", "*.sst"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_corrupt_dataset(tmp_path: Path, pattern: str, damage: str) -> None:
    """A cut file never reads as a smaller graph: the snapshot is refused."""
    snapshot = publish(tmp_path, "a", "b")
    file = next(snapshot.dataset_path.glob(pattern))
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(StoreError, match=r"corrupt.*kg build"):
        Snapshots(tmp_path).current().open()


def test_a_data_directory_that_is_a_file(tmp_path: Path) -> None:
    """One line, no traceback."""
    (tmp_path / "data").touch()
    with pytest.raises(NoSnapshot):
        Snapshots(tmp_path / "data").current()
    with pytest.raises(StoreError, match="data"):
        publish(tmp_path / "data", "a")


def test_the_manifest_survives_json(tmp_path: Path) -> None:
    """What is written is what is read, counts and releases included."""
    with Snapshots(tmp_path).draft() as draft:
        draft.dataset.bulk_add([quad("a"), quad("b")])
        manifest = Manifest.of(
            draft.dataset,
            base=EX,
            releases=(ReleaseRecord("b", "00"), ReleaseRecord("a", "11")),
            facts=7,
            validation=ValidationSummary(conforms=False, violations=2, warnings=1),
            inconsistencies=("a thing is two disjoint things",),
        )
        draft.publish(manifest)
    assert Snapshots(tmp_path).current().manifest == manifest
    assert [release.id for release in manifest.releases] == ["a", "b"]
    assert manifest.graphs == ((EX + "graph", 2),)
    assert manifest.triples == 2
    raw = json.loads((Snapshots(tmp_path).current().path / "manifest.json").read_text())
    assert raw["graphs"] == {EX + "graph": 2}
    assert set(raw["versions"]) == {"owlrl", "pyoxigraph", "pyshacl", "spacy"}
