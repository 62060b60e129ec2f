"""Immutable snapshots: build beside, then publish by one atomic rename; readers see one whole state or another.

    <data>/current                    text file with the id of the published snapshot
    <data>/lock                       held by the build that is at work, if any
    <data>/snapshots/<id>/dataset/    an Oxigraph database, never written again
    <data>/snapshots/<id>/columns/    its triples once more, sorted (`kg.columns`)
    <data>/snapshots/<id>/manifest.json
    <data>/snapshots/.draft-*         being built; gone when the build ends, swept by the next one if it was killed

An id is a running number and the start of the content hash ("000007-3f2a9c01d4"): sortable, never used twice.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import kg
from kg import columns
from kg.errors import NoSnapshot, StoreError
from kg.store import Dataset

FORMAT: Final = 1
KEEP: Final = 5

_ID = re.compile(r"(\d{6,})-[0-9a-f]{10}")
_REMEDY: Final = "build again with `kg build`"
#: Distributions whose version may change what a build gives.
_RECORDED: Final = ("owlrl", "pyoxigraph", "pyshacl", "spacy")
#: The database's files that must be there whole; logs and locks come and go.
_ESSENTIAL = re.compile(r"CURRENT|MANIFEST-\d+|\d+\.sst")


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A release that was read: its id and the SHA-256 (hex) of its source file."""

    id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ValidationSummary:
    """What SHACL said: whether the graph conforms, and the findings by severity."""

    conforms: bool = True
    violations: int = 0
    warnings: int = 0
    infos: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds and where it comes from.

    Attributes:
        base: the base IRI of instances.
        releases: the releases read, by id.
        facts: statements extracted.
        graphs: number of triples of each named graph, by IRI.
        triples: triples of the default graph, the distinct ones of all graphs.
        content_hash: see `Dataset.content_hash`; the same for the same content, whenever and wherever it is built.
        validation: the summary of the SHACL report.
        inconsistencies: one line each; empty for a consistent graph.
        withheld: statements that were left out because a shape objects to them, one line each.
        edited: IRIs of graphs that were written to since they were made, from releases or from the package.
        posted: ids of the releases that were taken in over HTTP.
        rules: digest of what it was validated by (`kg.revalidation`); empty where that was not kept.
        versions: version of each library that the result depends on.
        created: UTC, ISO 8601, to the second.
        releasekg: version of this package.
        format: version of this layout.
    """

    base: str
    releases: tuple[ReleaseRecord, ...]
    facts: int
    graphs: tuple[tuple[str, int], ...]
    triples: int
    content_hash: str
    validation: ValidationSummary
    inconsistencies: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    created: str
    withheld: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    rules: str = ""
    releasekg: str = kg.__version__
    format: int = FORMAT

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        *,
        base: str,
        releases: Sequence[ReleaseRecord] = (),
        facts: int = 0,
        validation: ValidationSummary | None = None,
        inconsistencies: Sequence[str] = (),
        withheld: Sequence[str] = (),
        edited: Sequence[str] = (),
        posted: Sequence[str] = (),
        rules: str = "",
    ) -> Manifest:
        """The manifest of a finished dataset: counts and hash are taken from it, versions and time from here."""
        return cls(
            base=base,
            releases=tuple(sorted(releases, key=lambda release: release.id)),
            facts=facts,
            graphs=tuple((graph, sum(1 for _ in dataset.quads(graph))) for graph in dataset.graphs()),
            triples=sum(1 for _ in dataset.quads()),
            content_hash=dataset.content_hash(),
            validation=validation or ValidationSummary(),
            inconsistencies=tuple(inconsistencies),
            withheld=tuple(withheld),
            edited=tuple(sorted(edited)),
            posted=tuple(sorted(posted)),
            rules=rules,
            versions=tuple((name, version(name)) for name in _RECORDED),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what `as_json` wrote.

        Raises:
            ValueError: it is something else, or of another layout; the message says what.
        """
        raw = json.loads(text)
        if not isinstance(raw, dict):
            raise ValueError("not a JSON object")
        if raw.get("format") != FORMAT:
            raise ValueError(f"format {raw.get('format')!r}, where this version reads {FORMAT}")
        try:
            return cls(
                base=_text(raw["base"]),
                releases=tuple(ReleaseRecord(_text(r["id"]), _text(r["sha256"])) for r in raw["releases"]),
                facts=int(raw["facts"]),
                graphs=tuple((_text(graph), int(count)) for graph, count in raw["graphs"].items()),
                triples=int(raw["triples"]),
                content_hash=_text(raw["content_hash"]),
                validation=ValidationSummary(**raw["validation"]),
                inconsistencies=tuple(_text(line) for line in raw["inconsistencies"]),
                withheld=tuple(_text(line) for line in raw.get("withheld", ())),
                edited=tuple(_text(graph) for graph in raw.get("edited", ())),
                posted=tuple(_text(id_) for id_ in raw.get("posted", ())),
                rules=_text(raw.get("rules", "")),
                versions=tuple((_text(name), _text(value)) for name, value in raw["versions"].items()),
                created=_text(raw["created"]),
                releasekg=_text(raw["releasekg"]),
            )
        except KeyError as error:
            raise ValueError(f"{error} is missing") from error
        except (TypeError, AttributeError) as error:
            raise ValueError(f"a value has the wrong type: {error}") from error

    def as_json(self) -> str:
        """JSON text, indented for people."""
        raw: dict[str, Any] = {"format": self.format, "releasekg": self.releasekg}
        raw |= asdict(self) | {"graphs": dict(self.graphs), "versions": dict(self.versions)}
        return json.dumps(raw, indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One finished state of the graph.

    Attributes:
        path: its directory; the name is its id.
        manifest: what it holds.
    """

    path: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """Sortable by age, never used twice in a data directory."""
        return self.path.name

    @property
    def dataset_path(self) -> Path:
        """The database's directory, for processes that open it themselves through `Dataset.open`."""
        return self.path / "dataset"

    def open(self) -> Dataset:
        """Open the dataset for reading; any number of processes may at once.

        Raises:
            StoreError: a file of it is missing or was cut, or it is corrupt.
        """
        # RocksDB takes a cut log of its own for an empty database, so the sizes are compared first.
        try:
            files = json.loads((self.path / "files.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(
                f"{self.path}: the list of its files cannot be read ({error}): {_REMEDY}"
            ) from error
        if files != _sizes(self.path):
            raise StoreError(f"{self.path}: the snapshot is corrupt, a file is missing or cut: {_REMEDY}")
        try:
            return Dataset.open(self.dataset_path)
        except StoreError as error:
            raise StoreError(f"{error}: {_REMEDY}") from error


class Draft:
    """A snapshot in the making; see `Snapshots.draft`.

    Attributes:
        dataset: on disk, for writing.
        published: the snapshot that it became, once it did.
    """

    def __init__(self, snapshots: Snapshots, folder: Path) -> None:
        self._snapshots = snapshots
        self._folder = folder
        self._attempt = 1
        self.dataset = Dataset.create(folder / "work")
        self.published: Snapshot | None = None

    def restart(self) -> None:
        """Begin anew with an empty dataset; the one before stays readable for whoever holds it, until the end."""
        self._attempt += 1
        self.dataset = Dataset.create(self._folder / f"work-{self._attempt}")

    def publish(self, manifest: Manifest, *, keep: int = KEEP) -> Snapshot:
        """Make the draft the current snapshot, and remove old ones.

        Args:
            manifest: see `Manifest.of`.
            keep: how many snapshots stay, this one included.

        Raises:
            StoreError: it cannot be written, or holds something else than the manifest says; what was current
                stays current.
        """
        if keep < 1:
            raise StoreError(f"keep {keep}: at least the new snapshot must be kept")
        finished = self._folder / "finished"
        with _explained(self._folder):
            self.dataset.flush()
            finished.mkdir()
            self.dataset.backup(finished / "dataset")
            held = sum(count for _, count in manifest.graphs) + manifest.triples
            if len(Dataset.open(finished / "dataset")) != held:
                raise StoreError(f"{finished}: the dataset was changed after its manifest was made")
            (finished / "manifest.json").write_text(manifest.as_json(), encoding="utf-8")
            columns.write(self.dataset.quads_for(), finished / columns.FOLDER)
            (finished / "files.json").write_text(json.dumps(_sizes(finished)), encoding="utf-8")
            _sync_tree(finished)
            self.published = self._snapshots._adopt(finished, manifest)
        self._snapshots._prune(keep)
        return self.published


class Snapshots:
    """The snapshots of one data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._folder = data / "snapshots"
        self._pointer = data / "current"
        self._seen: tuple[tuple[int, ...], str] = ((), "")

    def current_id(self) -> str:
        """The id of the published snapshot: looks at one small file, cheap enough for every request.

        Raises:
            NoSnapshot: nothing has been published here.
            StoreError: the pointer is corrupt.
        """
        try:
            found = self._pointer.stat()
            state = (
                found.st_ino,
                found.st_mtime_ns,
                found.st_ctime_ns,
            )  # of this file: it is replaced, not changed
            known, text = self._seen
            if known == state:
                return text
            text = self._pointer.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NoSnapshot(
                f"{self.data}: nothing has been built here yet: run `kg build PATH… --data {self.data}`"
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self._pointer}: cannot be read ({error}): {_REMEDY}") from error
        if not _ID.fullmatch(text):
            raise StoreError(f"{self._pointer}: does not name a snapshot: {_REMEDY}")
        self._seen = (state, text)
        return text

    def current(self) -> Snapshot:
        """The published snapshot.

        Raises:
            NoSnapshot: nothing has been published here.
            StoreError: the pointer or the manifest is corrupt.
        """
        id_ = self.current_id()
        try:
            return self._read(id_)
        except StoreError:
            # A build may have published a newer one, and removed this one, between the two reads.
            newer = self.current_id()
            if newer == id_:
                raise
            return self._read(newer)

    def all(self) -> tuple[Snapshot, ...]:
        """Every snapshot that is kept, oldest first.

        Raises:
            StoreError: a manifest is corrupt.
        """
        return tuple(self._read(id_) for id_ in self._ids())

    def find(self, name: str) -> Snapshot:
        """A snapshot by its id, or by the number that the id begins with ("12" for 000012-…).

        Raises:
            NoSnapshot: nothing has been published here, or there is no such snapshot.
            StoreError: a manifest is corrupt.
        """
        self.current_id()  # says what to do where nothing has been built
        kept = self._ids()
        for id_ in kept:
            if name == id_ or (name.isdecimal() and int(id_.partition("-")[0]) == int(name)):
                return self._read(id_)
        raise NoSnapshot(f"{name}: no snapshot of {self.data}; there are {', '.join(kept)}")

    def publish_again(self, name: str | None = None) -> Snapshot:
        """Make a snapshot that is kept the current one; without a name, the one before the current one.

        Raises:
            NoSnapshot: there is no such snapshot.
            StoreError: it is damaged, a build is at work, or the directory cannot be written to.
        """
        with self._locked():
            current = self.current_id()
            if name is None:
                older = [id_ for id_ in self._ids() if _number(id_) < _number(current)]
                if not older:
                    raise NoSnapshot(f"{self.data}: there is no snapshot before {current}")
                name = older[-1]
            snapshot = self.find(name)
            snapshot.open()  # a damaged one is not published
            with _explained(self.data):
                self._point_to(snapshot.id)
            return snapshot

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """A new snapshot to fill and publish; left unpublished it vanishes, whatever the reason.

        Raises:
            StoreError: another build is at work in this data directory, or it cannot be written to.
        """
        with _explained(self.data):
            self._folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            with _explained(self._folder):
                for leftover in self._folder.glob(".*"):
                    shutil.rmtree(leftover)
                folder = Path(tempfile.mkdtemp(prefix=".draft-", dir=self._folder))
            try:
                yield Draft(self, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)  # what stays is swept by the next build

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with _explained(self.data):
            lock = (self.data / "lock").open("a+", encoding="utf-8")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                lock.seek(0)
                holder = lock.read().strip() or "unknown"
                raise StoreError(
                    f"{self.data}: another build is at work here (process {holder}): wait for it, or use "
                    "another --data directory"
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def _ids(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted(
            (path.name for path in self._folder.iterdir() if _ID.fullmatch(path.name)),
            key=_number,
        )

    def _read(self, id_: str) -> Snapshot:
        path = self._folder / id_
        try:
            return Snapshot(path, Manifest.from_json((path / "manifest.json").read_text(encoding="utf-8")))
        except OSError as error:
            raise StoreError(f"{path}: the snapshot is not there or cannot be read: {_REMEDY}") from error
        except ValueError as error:
            raise StoreError(f"{path / 'manifest.json'}: corrupt manifest ({error}): {_REMEDY}") from error

    def _adopt(self, finished: Path, manifest: Manifest) -> Snapshot:
        last = max((int(id_.partition("-")[0]) for id_ in self._ids()), default=0)
        with suppress(StoreError):  # numbers go on where they were, even if the directory was emptied by hand
            last = max(last, int(self.current_id().partition("-")[0]))
        path = self._folder / f"{last + 1:06}-{manifest.content_hash[:10]}"
        finished.rename(path)
        _sync(self._folder)
        self._point_to(path.name)
        return Snapshot(path, manifest)

    def _point_to(self, id_: str) -> None:
        beside = self.data / ".current.new"
        with beside.open("w", encoding="utf-8") as file:
            file.write(id_ + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._pointer)  # the one moment at which the new snapshot becomes the current one
        _sync(self.data)

    def _prune(self, keep: int) -> None:
        current = self.current_id()
        old = [id_ for id_ in self._ids() if id_ != current]
        for id_ in old[: max(0, len(old) - (keep - 1))]:
            # Renamed first, so that a half-removed one is never taken for a snapshot.
            gone = self._folder / f".old-{id_}"
            with suppress(OSError):
                (self._folder / id_).rename(gone)
            shutil.rmtree(gone, ignore_errors=True)


def _number(id_: str) -> int:
    return int(id_.partition("-")[0])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is needed, not {value!r}")
    return value


def _sizes(snapshot: Path) -> dict[str, int]:
    dataset, beside = snapshot / "dataset", snapshot / columns.FOLDER
    found = [file for file in sorted(dataset.glob("*")) if _ESSENTIAL.fullmatch(file.name)]
    sizes = {file.name: file.stat().st_size for file in found}
    return sizes | {f"{beside.name}/{file.name}": file.stat().st_size for file in sorted(beside.glob("*"))}


def _sync_tree(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def _sync(path: Path) -> None:
    """Force a file's or a directory's content to the disk, so that the rename after it cannot overtake it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror or error}") from error
