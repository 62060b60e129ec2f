"""What all requests share: the settings, the published snapshot and the query pool."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import current_app

from kg.namespaces import PROJECT
from kg.snapshots import Snapshot, Snapshots
from kg.store import Dataset
from server.presentation import Reader
from server.query_workers import QueryPool
from server.settings import Settings
from server.tokens import Tokens
from server.writing import Writer

#: Where the app keeps its site.
EXTENSION: Final = "releasekg"


@dataclass(frozen=True, slots=True)
class Graph:
    """A published snapshot, opened for reading.

    Attributes:
        snapshot: its id and manifest.
        dataset: its quads.
        reader: what the pages show of it.
    """

    snapshot: Snapshot
    dataset: Dataset
    reader: Reader

    @property
    def base(self) -> str:
        """The base IRI of the instances."""
        return self.snapshot.manifest.base

    def path_of(self, iri: str) -> str | None:
        """The path below the server's root at which an IRI of ours is dereferenced; None for a foreign one."""
        for base in (self.base, PROJECT):
            if iri.startswith(base) and len(iri) > len(base):
                return "/" + iri[len(base) :]
        return None

    def iri_of(self, path: str) -> str:
        """The IRI that a path below the server's root stands for."""
        return (self.base if path.startswith("id/") else PROJECT) + path


class Site:
    """The server's state; one for each app."""

    def __init__(self, data: Path, settings: Settings) -> None:
        self.settings = settings
        self.snapshots = Snapshots(data)
        self.pool = QueryPool(settings)
        self.tokens = Tokens.configured(settings)
        self.writer = Writer(data, settings)
        self._graph: Graph | None = None
        self._lock = threading.Lock()

    def graph(self) -> Graph:
        """The published snapshot; a request calls this once, so that it sees one state throughout.

        Raises:
            NoSnapshot: nothing has been published.
            StoreError: the snapshot is corrupt.
        """
        graph = self._graph
        if graph is not None and graph.snapshot.id == self.snapshots.current_id():
            return graph
        with self._lock:
            if self._graph is None or self._graph.snapshot.id != self.snapshots.current_id():
                snapshot = self.snapshots.current()
                dataset = snapshot.open()
                self._graph = Graph(snapshot, dataset, Reader(dataset))
            return self._graph


def site() -> Site:
    """The site of the app at work."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Site)
    return found
