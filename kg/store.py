"""The RDF dataset: the one home of Oxigraph's `Store`.

The default graph holds each published triple once (it is materialised: docs/decisions/0002), the named graphs
say where a triple comes from.  Other modules use pyoxigraph's *terms* freely; only this one opens a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError

QueryResult = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Dataset:
    """An RDF dataset, in memory or in a directory."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def in_memory(cls, quads: Iterable[ox.Quad] = ()) -> Dataset:
        """A dataset that lives as long as the process; the default graph is filled from `quads` too."""
        dataset = cls(ox.Store())
        dataset.add(quads)
        return dataset

    @classmethod
    def create(cls, path: Path) -> Dataset:
        """A new, empty dataset in a directory that does not exist yet.

        Raises:
            StoreError: the directory cannot be made or is not empty.
        """
        if path.exists() and any(path.iterdir()):
            raise StoreError(f"{path}: is not empty; a new dataset needs a new directory")
        try:
            return cls(ox.Store(str(path)))
        except OSError as error:
            raise StoreError(f"{path}: cannot create the dataset: {error}") from error

    @classmethod
    def open(cls, path: Path) -> Dataset:
        """Open a dataset for reading; any number of processes may.

        Raises:
            StoreError: there is none, or it is corrupt.
        """
        if not path.is_dir():
            raise StoreError(f"{path}: no dataset here")
        try:
            return cls(ox.Store.read_only(str(path)))
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: cannot open the dataset: {error}") from error

    def __len__(self) -> int:
        return len(self._store)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, each also as a triple of the default graph."""
        self._store.extend(_materialised(quads))

    def bulk_add(self, quads: Iterable[ox.Quad]) -> None:
        """`add` for large amounts: faster, not atomic."""
        self._store.bulk_extend(_materialised(quads))

    def flush(self) -> None:
        """Make everything durable and compact; the last step before a snapshot is published."""
        self._store.optimize()
        self._store.flush()

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or those of the default graph."""
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        return self._store.quads_for_pattern(None, None, None, name)

    def quads_for(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Quads that match; None matches anything."""
        return self._store.quads_for_pattern(subject, predicate, object_, graph)

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        return sorted(g.value for g in self._store.named_graphs() if isinstance(g, ox.NamedNode))

    def query(
        self,
        sparql: str,
        *,
        base: str | None = None,
        default_graphs: list[str] | None = None,
        named_graphs: list[str] | None = None,
    ) -> QueryResult:
        """Evaluate a SPARQL 1.1 query.

        Args:
            sparql: the query.
            base: IRI that relative IRIs are resolved against.
            default_graphs: IRIs whose union is the default graph; None for the materialised one.
            named_graphs: IRIs that `GRAPH` may see; None for all.

        Raises:
            QueryError: the query is malformed; carries line and column.
        """
        try:
            return self._store.query(
                sparql,
                base_iri=base,
                default_graph=None if default_graphs is None else [ox.NamedNode(g) for g in default_graphs],
                named_graphs=None if named_graphs is None else [ox.NamedNode(g) for g in named_graphs],
            )
        except SyntaxError as error:
            raise QueryError(str(error.msg), line=error.lineno, column=error.offset) from error

    def select(
        self, sparql: str
    ) -> Iterator[dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]:
        """Rows of a SELECT query as dicts of the bound variables.

        Raises:
            QueryError: malformed, or not a SELECT.
        """
        result = self.query(sparql)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        names = [v.value for v in result.variables]
        for row in result:
            yield {name: row[name] for name in names if row[name] is not None}


def _materialised(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
