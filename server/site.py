"""What all requests share: the settings, the published snapshot and the query pool."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import current_app

from kg.columns import FOLDER, Columns
from kg.errors import StoreError
from kg.namespaces import PROJECT
from kg.snapshots import Snapshot, Snapshots
from kg.store import Dataset
from server.presentation import Reader
from server.query_workers import QueryPool
from server.settings import Settings
from server.tokens import Tokens
from server.writing import Writer

_LOG: Final = logging.getLogger(__name__)
#: Seconds after which a snapshot that could not be read is tried again.
_LOOK_AGAIN: Final = 5.0
#: How often what is published is looked up for one request, if it is removed while it is opened.
_TRIES: Final = 4
#: Where the app keeps its site.
EXTENSION: Final = "releasekg"


class _Removed(Exception):
    """A snapshot was removed while it was opened."""


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

    def __init__(self, data: Path, settings: Settings, pool: QueryPool | None = None) -> None:
        self.settings = settings
        self.snapshots = Snapshots(data)
        self.pool = pool or QueryPool(settings)
        self.tokens = Tokens.configured(settings)
        self.writer = Writer(data, settings)
        #: Why the published snapshot is not the one that is served; empty when it is.
        self.trouble = ""
        self._columns: tuple[str, Columns | None] = ("", None)
        self._graph: Graph | None = None
        self._refused = ""
        self._again = 0.0
        self._lock = threading.Lock()

    def graph(self, current: str = "") -> Graph:
        """The published snapshot; a request calls this once, so that it sees one state throughout.

        A new one that cannot be read does not end the service: the one before stays until there is a better one.

        Args:
            current: its id, if the request has looked it up already.

        Raises:
            NoSnapshot: nothing has been published.
            StoreError: the snapshot is corrupt, and none has been served before.
        """
        graph = self._graph
        if graph is not None and current is not None and graph.snapshot.id == current:
            return graph
        for _ in range(_TRIES):
            try:
                return self._newest()
            except _Removed as error:
                why = str(error)  # while it was opened; another has been published since
        if self._graph is None:
            raise StoreError(why)
        return self._graph

    def _newest(self) -> Graph:
        """What is published now, opened if need be; or the graph before, if that cannot be read.

        Raises:
            _Removed: what was published could not be read, and is published no more.
            StoreError: it is corrupt, and none has been served before.
        """
        snapshot: Snapshot | None = None
        graph = self._graph
        try:
            if graph is not None and graph.snapshot.id == self.snapshots.current_id():
                return graph
            with self._lock:
                graph = self._graph
                current = self.snapshots.current_id()
                if graph is None or (graph.snapshot.id != current and not self._is_refused(current)):
                    snapshot = self.snapshots.current()
                    dataset = snapshot.open()
                    self._graph = graph = Graph(snapshot, dataset, Reader(dataset))
                    self.trouble = ""
                return graph
        except StoreError as error:
            if snapshot is not None and self._is_replaced(snapshot.id):
                raise _Removed(str(error)) from error
            if graph is None:
                raise
            self._refuse(str(error))
            return graph

    def _is_replaced(self, tried: str) -> bool:
        """Whether another snapshot has been published since one was tried."""
        try:
            return self.snapshots.current_id() != tried
        except StoreError:
            return False

    def prepare_columns(self, graph: Graph) -> None:
        """Open the columns of a snapshot, so that `columns` has them; takes a tenth of a second the first time.

        Raises:
            StoreError: they are damaged.
        """
        self._columns = (graph.snapshot.id, Columns.of(graph.snapshot.path / FOLDER))

    def columns(self, graph: Graph) -> Columns | None:
        """The columns of a snapshot, if they have been prepared."""
        id_, columns = self._columns
        return columns if id_ == graph.snapshot.id else None

    def _is_refused(self, current: str) -> bool:
        """Whether this one could not be read just now; the lock is held."""
        return self._refused == current and time.monotonic() < self._again

    def _refuse(self, why: str) -> None:
        """Note that what is published cannot be read, say so once, and look again in a while."""
        if why != self.trouble:
            _LOG.error("the published snapshot cannot be read, the one before is served on: %s", why)
        self.trouble = why
        self._again = time.monotonic() + _LOOK_AGAIN
        with suppress(StoreError):
            self._refused = self.snapshots.current_id()


def site() -> Site:
    """The site of the app at work."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Site)
    return found
