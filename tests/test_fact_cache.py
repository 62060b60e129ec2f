"""What a build need not read again: facts come back as they were, and only while nothing that decides them changed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.build import build
from kg.errors import StoreError
from kg.fact_cache import FactCache
from kg.model import Concept, Entity, Evidence, Fact, Kind, Modality, Quantity, Release, Vocabulary
from kg.snapshots import Snapshots
from tests.used_vocabulary import build_with_used_vocabulary

VOCABULARY = Vocabulary((Concept("phase:2", Kind.PHASE, "2", alt=("Phase 2",)),))
RELEASE = Release("one", "one.txt", "Norvane gave 25 mg of NVT-210 to 12 people.", sha256="0")
DRUG = Entity(Kind.DRUG, "NVT-210", alt=("NVT 210",), hidden=("NTV-210",), keys=("code:nvt210",))
EVIDENCE = Evidence("one", 0, 19, RELEASE.text[:19], "studies.dose", "body")
FACTS = (
    Fact(
        "dose",
        DRUG,
        Quantity("25 mg", Decimal("25.0"), "mg"),
        (("note", "once"), ("number", 3), ("share", Decimal("0.50")), ("sure", True), ("target", DRUG)),
        Modality.PLANNED,
        0.873,
        (EVIDENCE,),
    ),
    Fact("release_date", None, "2024-03-04", evidence=(EVIDENCE,)),
)


@pytest.fixture
def cache(tmp_path: Path) -> FactCache:
    return FactCache(tmp_path, VOCABULARY)


def test_facts_come_back_as_they_were(cache: FactCache) -> None:
    """Entities, quantities, numbers, modality and evidence included."""
    assert cache.get(RELEASE) is None
    cache.put(RELEASE, FACTS)
    assert cache.get(RELEASE) == FACTS


def test_another_text_is_read(cache: FactCache) -> None:
    """A release that changed is another release; so is one under another name."""
    cache.put(RELEASE, FACTS)
    assert cache.get(replace(RELEASE, text=RELEASE.text + " ")) is None
    assert cache.get(replace(RELEASE, id="two")) is None


def test_another_vocabulary_reads_anew(cache: FactCache, tmp_path: Path) -> None:
    """An imported name may be found in any release."""
    cache.put(RELEASE, FACTS)
    assert FactCache(tmp_path, Vocabulary(())).get(RELEASE) is None
    assert FactCache(tmp_path, VOCABULARY).get(RELEASE) == FACTS


def test_a_damaged_entry_is_read_anew(cache: FactCache, tmp_path: Path) -> None:
    """A cut or overwritten file costs time, nothing else."""
    cache.put(RELEASE, FACTS)
    [path] = (tmp_path / "cache").iterdir()
    for content in (path.read_bytes()[:40], b"", b"{}"):
        path.write_bytes(content)
        assert cache.get(RELEASE) is None


def test_prune_keeps_what_was_asked_for(cache: FactCache, tmp_path: Path) -> None:
    """Releases that are gone do not stay for ever."""
    cache.put(RELEASE, FACTS)
    cache.put(replace(RELEASE, id="gone"), FACTS)
    later = FactCache(tmp_path, VOCABULARY)
    later.get(RELEASE)
    later.prune()
    assert later.get(RELEASE) == FACTS
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_data_directory_that_cannot_be_written(tmp_path: Path) -> None:
    """An error that names it."""
    (tmp_path / "cache").touch()
    with pytest.raises(StoreError, match="cache"):
        FactCache(tmp_path, VOCABULARY).put(RELEASE, FACTS)


def test_a_build_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build gives the same graph, and reads the one release that was added."""
    build_with_used_vocabulary(monkeypatch)
    sources = tmp_path / "releases"
    sources.mkdir()
    text = "BOSTON, March 4, 2024 -- Norvane Therapeutics, Inc. (Nasdaq: NVNT) today announced news of NVT-210.\n"
    (sources / "first.txt").write_text(text, encoding="utf-8")
    first = build([sources], tmp_path / "data").snapshot.manifest.content_hash
    read: list[str] = []

    def watched(items: object, description: str, total: int) -> object:
        if description == "Extracting facts":
            read.extend(r.id for r in items)  # type: ignore[attr-defined]
        return items

    again = build([sources], tmp_path / "data", track=watched).snapshot.manifest.content_hash  # type: ignore[arg-type]
    assert (again, read) == (first, [])
    (sources / "second.txt").write_text(text.replace("March 4", "May 6"), encoding="utf-8")
    grown = build([sources], tmp_path / "data", track=watched).snapshot  # type: ignore[arg-type]
    assert read == ["second"]
    assert grown.manifest.content_hash == build([sources], tmp_path / "fresh").snapshot.manifest.content_hash
    assert Snapshots(tmp_path / "data").current().id == grown.id
