"""What the published graph has that comes from no file: written over HTTP, and kept when files are built anew.

See docs/decisions/0013.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import InputError, NoSnapshot
from kg.model import Release
from kg.namespaces import DERIVED_GRAPHS, ONTOLOGY_GRAPH, QUERIES_GRAPH, VOCABULARY_GRAPH, Minter, expand
from kg.snapshots import Snapshots
from kg.store import Dataset

#: Graphs that every build makes from files of the package.
MADE_GRAPHS: Final = (ONTOLOGY_GRAPH, QUERIES_GRAPH, VOCABULARY_GRAPH)
_RELEASES: Final = (
    f"SELECT ?id ?source ?text ?encoding ?sha {{ ?r a <{expand('rkg:PressRelease')}> ; "
    f"<{expand('dcterms:identifier')}> ?id ; <{expand('rkg:source')}> ?source ; "
    f"<{expand('rkg:text')}> ?text ; <{expand('rkg:encoding')}> ?encoding ; <{expand('rkg:sha256')}> ?sha }}"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays through a build.

    Attributes:
        releases: those that were posted, and are not among the files.
        quads: those of graphs that were put, or written to.
    """

    releases: tuple[Release, ...] = ()
    quads: tuple[ox.Quad, ...] = ()

    @property
    def graphs(self) -> tuple[str, ...]:
        """The graphs of the quads."""
        return tuple(
            sorted({q.graph_name.value for q in self.quads if isinstance(q.graph_name, ox.NamedNode)})
        )


def kept(data: Path, files: Container[str]) -> Kept:
    """What of the published graph stays when it is built anew.

    Args:
        data: the data directory; nothing stays where nothing is published.
        files: ids of the releases that are built.

    Raises:
        InputError: a graph that the build makes was edited by hand, which would be undone.
        StoreError: what is published is damaged.
    """
    snapshots = Snapshots(data)
    try:
        current = snapshots.current()
    except NoSnapshot:
        return Kept()
    manifest = current.manifest
    if manifest.edited:
        raise InputError(
            f"the graph <{manifest.edited[0]}> was edited over HTTP since it was made, and the build would undo that: "
            "say --discard-written to build nevertheless"
        )
    minter = Minter(manifest.base)
    made = {minter.release(release.id) for release in manifest.releases}
    dataset = current.open()
    posted = {id_ for id_ in manifest.posted if id_ not in files}
    return Kept(
        releases=tuple(release for release in releases_of(dataset) if release.id in posted) if posted else (),
        quads=tuple(stated(dataset, without=(*made, *MADE_GRAPHS))),
    )


def stated(dataset: Dataset, *, without: Iterable[str] = ()) -> Iterator[ox.Quad]:
    """The quads of the named graphs that are not made from others."""
    left_out = {*DERIVED_GRAPHS, *without}
    for graph in dataset.graphs():
        if graph not in left_out:
            yield from dataset.quads(graph)


def releases_of(dataset: Dataset) -> list[Release]:
    """The releases that the graph was made from, as they were read."""
    found = []
    for row in dataset.select(_RELEASES):
        id_, source, text, encoding, sha = (
            getattr(row[name], "value", "") for name in ("id", "source", "text", "encoding", "sha")
        )
        found.append(Release(id_, source, text, encoding, sha))
    return sorted(found, key=lambda release: release.id)
