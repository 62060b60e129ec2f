"""By which quads two datasets differ: what a build has to infer and to validate anew."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store import Dataset


@dataclass(frozen=True, slots=True)
class Changes:
    """The quads of named graphs that came and that went.

    Attributes:
        added: in the later dataset only.
        removed: in the earlier dataset only.
    """

    added: tuple[ox.Quad, ...] = ()
    removed: tuple[ox.Quad, ...] = ()

    def __len__(self) -> int:
        """How many quads changed."""
        return len(self.added) + len(self.removed)

    def __add__(self, other: Changes) -> Changes:
        """Both, of different graphs."""
        return Changes(self.added + other.added, self.removed + other.removed)

    def triples(self, before: Dataset, after: Dataset) -> list[ox.Triple]:
        """The triples by which the default graphs differ: a triple that another graph holds too is none of them."""
        differing = dict.fromkeys(
            quad.triple
            for quads, there in ((self.added, before), (self.removed, after))
            for quad in quads
            if ox.Quad(quad.subject, quad.predicate, quad.object) not in there
        )
        return list(differing)


def changes(before: Dataset, after: Dataset, *, without: Container[str] = ()) -> Changes:
    """The changes from one dataset to another, `without` some graphs.

    Graph by graph, so that no more than one of them is held in memory.
    """
    added: list[ox.Quad] = []
    removed: list[ox.Quad] = []
    for graph in sorted({*before.graphs(), *after.graphs()}):
        if graph not in without:
            old, new = set(before.quads(graph)), set(after.quads(graph))
            added += new - old
            removed += old - new
    return Changes(_sorted(added), _sorted(removed))


def _sorted(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    return tuple(sorted(quads, key=str))
