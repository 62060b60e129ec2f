"""A data directory with the hand-made facts, a folder of one release, and a vocabulary no larger than these need."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import build as build_module
from kg.model import Vocabulary
from kg.namespaces import PROJECT, Minter
from kg.ontology import ontology_quads
from kg.quads import release_quads
from kg.reasoning import infer
from kg.resolution import resolve
from kg.snapshots import Manifest, ReleaseRecord, Snapshots
from tests import facts as given
from tests.cli.running import FACTS, kg
from tests.used_vocabulary import build_with_used_vocabulary, used_vocabulary_quads

CONCEPTS = {
    "agency:fda",
    "designation:orphan-drug",
    "disease:multiple-myeloma",
    "disease:lymphoma",
    "phase:2",
}
CONCEPTS |= {"regulatory-status:granted", "modality:asserted", "modality:hypothetical"}


@pytest.fixture(scope="session")
def vocabulary() -> list[ox.Quad]:
    """The concepts that the facts speak of: the whole vocabulary would be inferred over and checked in each test."""
    return list(used_vocabulary_quads(CONCEPTS))


@pytest.fixture(autouse=True)
def small_vocabulary(vocabulary: list[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what the commands load."""
    build_with_used_vocabulary(monkeypatch)
    monkeypatch.setattr("kg.ontology.vocabulary_quads", lambda used=(): iter(vocabulary))
    monkeypatch.setattr(build_module, "vocabulary_quads", lambda used=(): iter(vocabulary))
    monkeypatch.setattr(build_module, "load_vocabulary", lambda: Vocabulary(()))


@pytest.fixture(scope="session")
def data(vocabulary: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the hand-made facts published."""
    folder = tmp_path_factory.mktemp("data")
    with Snapshots(folder).draft() as draft:
        draft.dataset.bulk_add(ontology_quads())
        draft.dataset.bulk_add(vocabulary)
        draft.dataset.bulk_add(release_quads(given.RELEASE, resolve(FACTS)[given.RELEASE.id], Minter()))
        draft.dataset.bulk_add(infer(draft.dataset).quads)
        releases = [ReleaseRecord(given.RELEASE.id, given.RELEASE.sha256)]
        draft.publish(Manifest.of(draft.dataset, base=PROJECT, releases=releases, facts=len(given.ALL)))
    return folder


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the language pipeline: every release states the hand-made facts."""
    monkeypatch.setattr(build_module, "_extract", lambda releases, vocabulary, *, cache=None, track: FACTS)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "r1.txt").write_text(given.TEXT)
    return folder


@pytest.fixture
def exported(data: Path, tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    assert kg("export", "-o", path, data=data).exit_code == 0
    return path
