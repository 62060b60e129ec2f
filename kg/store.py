"""The RDF dataset: the one home of Oxigraph's `Store`.

The default graph holds each published triple once (it is materialised: docs/decisions/0002), the named graphs
say where a triple comes from.  Other modules use pyoxigraph's *terms* freely; only this one opens a store.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.namespaces import PREFIXES

QueryResult = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_SYNTAX_ERROR: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHOWN_TOKENS: Final = 8
#: IRIs, strings and comments: what may hold colons that are not prefixed names.
_NO_NAMES: Final = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
_PREFIXED: Final = re.compile(r"(?<![\w:?$-])([A-Za-z][\w.-]*):(?=\w)")


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
        with _explained(path, "cannot create the dataset"):
            if path.exists() and any(path.iterdir()):
                raise StoreError(f"{path}: is not empty; a new dataset needs a new directory")
            return cls(ox.Store(str(path)))

    @classmethod
    def open(cls, path: Path) -> Dataset:
        """Open a dataset for reading; any number of processes may.

        Raises:
            StoreError: there is none, or it is corrupt.
        """
        if not path.is_dir():
            raise StoreError(f"{path}: no dataset here")
        with _explained(path, "cannot open the dataset"):
            return cls(ox.Store.read_only(str(path)))

    @classmethod
    def edit(cls, path: Path) -> Dataset:
        """Open a dataset for writing; nobody else may have it open.

        Raises:
            StoreError: there is none, it is corrupt, or somebody has it open for writing.
        """
        if not path.is_dir():
            raise StoreError(f"{path}: no dataset here")
        with _explained(path, "cannot open the dataset"):
            return cls(ox.Store(str(path)))

    def __contains__(self, quad: object) -> bool:
        """Whether exactly this quad is there."""
        with _explained(None, "cannot read"):
            return isinstance(quad, ox.Quad) and quad in self._store

    def __len__(self) -> int:
        """Quads of all graphs, the default graph included; looks at each, so not for hot paths."""
        with _explained(None, "cannot count"):
            return len(self._store)

    def count(self) -> int:
        """Triples of the default graph; looks at each."""
        [row] = self.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert isinstance(row["n"], ox.Literal)
        return int(row["n"].value)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, each also as a triple of the default graph; all or none of them.

        Raises:
            StoreError: the disk is full, or the dataset is open for reading only.
        """
        with _explained(None, "cannot write"):
            self._store.extend(_materialised(quads))

    def bulk_add(self, quads: Iterable[ox.Quad]) -> None:
        """`add` for large amounts: faster, not atomic."""
        with _explained(None, "cannot write"):
            self._store.bulk_extend(_materialised(quads))

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads of named graphs, and from the default graph each triple that no named graph has any more."""
        with _explained(None, "cannot write"):
            for quad in quads:
                self._store.remove(quad)
                triple = quad.triple
                elsewhere = self._store.quads_for_pattern(
                    triple.subject, triple.predicate, triple.object, None
                )
                if all(isinstance(other.graph_name, ox.DefaultGraph) for other in elsewhere):
                    self._store.remove(ox.Quad(triple.subject, triple.predicate, triple.object))

    def change(self, *, add: Iterable[ox.Quad] = (), remove: Iterable[ox.Quad] = ()) -> None:
        """Add and remove exactly these quads: the default graph is not brought up to date."""
        with _explained(None, "cannot write"):
            for quad in remove:
                self._store.remove(quad)
            self._store.extend(add)

    def add_graph(self, graph: str) -> None:
        """Have a named graph be there even if it is empty."""
        with _explained(None, "cannot write"):
            self._store.add_graph(ox.NamedNode(graph))

    def update(self, sparql: str, *, base: str | None = None) -> None:
        """Evaluate a SPARQL 1.1 update, all of it or nothing; the default graph is not brought up to date.

        `LOAD` and `SERVICE` reach out to the network: see `kg.sparql_tokens`.

        Args:
            sparql: the update.
            base: IRI that relative IRIs are resolved against.

        Raises:
            QueryError: the update is malformed (carries line and column), or cannot be carried out.
        """
        try:
            self._store.update(sparql, base_iri=base)
        except SyntaxError as error:
            raise query_error(error, sparql) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the update cannot be carried out: {_one_line(error)}") from error

    def flush(self) -> None:
        """Make everything durable and compact; the last step before a snapshot is published."""
        with _explained(None, "cannot write"):
            self._store.optimize()
            self._store.flush()

    def backup(self, path: Path) -> None:
        """Copy a dataset that is on disk into a new directory: hard links where the file system has them.

        The copy does not depend on whether this one is still open, or written to afterwards.

        Raises:
            StoreError: the directory exists, the disk is full, or the dataset is in memory.
        """
        with _explained(path, "cannot copy the dataset here"):
            self._store.backup(str(path))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or those of the default graph."""
        return self.quads_for(graph=ox.DefaultGraph() if graph is None else ox.NamedNode(graph))

    def quads_for(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Quads that match; None matches anything."""
        with _explained(None, "cannot read"):
            yield from self._store.quads_for_pattern(subject, predicate, object_, graph)

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        with _explained(None, "cannot read"):
            return sorted(g.value for g in self._store.named_graphs() if isinstance(g, ox.NamedNode))

    def query(
        self,
        sparql: str,
        *,
        base: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        default_graphs: list[str] | None = None,
        named_graphs: list[str] | None = None,
    ) -> QueryResult:
        """Evaluate a SPARQL 1.1 query.

        Args:
            sparql: the query.
            base: IRI that relative IRIs are resolved against.
            prefixes: declared beforehand; what the query declares itself wins.
            default_graphs: IRIs whose union is the default graph; None for the materialised one.
            named_graphs: IRIs that `GRAPH` may see; None for all.

        Raises:
            QueryError: the query is malformed (carries line and column), or cannot be evaluated.
        """
        try:
            return self._store.query(
                sparql,
                base_iri=base,
                prefixes=None if prefixes is None else dict(prefixes),
                default_graph=None if default_graphs is None else [ox.NamedNode(g) for g in default_graphs],
                named_graphs=None if named_graphs is None else [ox.NamedNode(g) for g in named_graphs],
            )
        except SyntaxError as error:
            raise query_error(error, sparql, prefixes or ()) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be evaluated: {_one_line(error)}") from error

    def select(
        self,
        sparql: str,
        *,
        default_graphs: list[str] | None = None,
        named_graphs: list[str] | None = None,
    ) -> Iterator[dict[str, Term]]:
        """Rows of a SELECT query as dicts of the bound variables.

        Raises:
            QueryError: malformed, or not a SELECT.
        """
        result = self.query(sparql, default_graphs=default_graphs, named_graphs=named_graphs)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        names = [v.value for v in result.variables]
        try:
            for row in result:
                yield {name: row[name] for name in names if row[name] is not None}
        except (OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be evaluated: {_one_line(error)}") from error

    def content_hash(self) -> str:
        """A digest of the named graphs that depends on neither order nor storage.

        The sum of the SHA-256 of every quad, so that nothing need be sorted or held in memory; blank nodes
        are named by RDFC-1.0 first.  It tells versions apart; it is no defence against a forger.
        """
        total = 0
        for graph in self.graphs():
            quads: Iterable[ox.Quad] = self.quads(graph)
            if any(_has_blank_node(quad) for quad in self.quads(graph)):
                quads = canonical(quads)
            for quad in quads:
                total += int.from_bytes(hashlib.sha256(str(quad).encode()).digest())
        return f"{total % 2**256:064x}"


def serialized(result: QueryResult, format_: str) -> bytes:
    """Rows or a truth value in a format of SPARQL results: json, xml, csv, tsv.

    Raises:
        QueryError: the format cannot hold this kind of result, or the evaluation failed on the way.
    """
    if isinstance(result, ox.QueryTriples) or (
        isinstance(result, ox.QueryBoolean) and format_ not in ("json", "xml")
    ):
        raise QueryError(f"{format_} cannot hold the result of this kind of query")
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    try:
        content = result.serialize(format=formats[format_])
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be evaluated: {_one_line(error)}") from error
    assert content is not None
    return content


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """The quads with blank nodes named by RDFC-1.0, the same for isomorphic graphs.

    See https://www.w3.org/TR/rdf-canon/.
    """
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def query_error(error: SyntaxError, sparql: str, declared: Iterable[str] = ()) -> QueryError:
    """What Oxigraph says of a malformed query, in one line and with its place.

    Its own message lists every token that the grammar allows there, character classes included, with the one
    sentence that matters ("Duplicated variable name in SELECT") somewhere among them.

    Args:
        error: as raised.
        sparql: the query.
        declared: prefixes that were declared beforehand.
    """
    found = _SYNTAX_ERROR.match(str(error.msg))
    if not found:
        return QueryError(f"syntax error: {_one_line(error.msg)}")
    line, column = int(found[1]), int(found[2])
    expected = re.sub(r"\[[^\]]*\]", "", _one_line(found[3]).removeprefix("expected one of "))
    tokens = [token.strip(" |,") for token in re.split(r', (?=["\w])', expected.removeprefix("expected "))]
    tokens = [token for token in tokens if token]
    sentences = [token for token in tokens if " " in token and not token.startswith('"')]
    undeclared = _undeclared_prefix(sparql, declared)
    if undeclared is not None:
        line, column, prefix = undeclared
        iri = PREFIXES.get(prefix, "…")
        reason = f"the prefix {prefix}: is not declared, add PREFIX {prefix}: <{iri}>"
    elif sentences:
        reason = "; ".join(sentences)
    elif 0 < len(tokens) <= _SHOWN_TOKENS and all(token.startswith('"') for token in tokens):
        reason = f"expected {' or '.join(tokens)}"
    else:
        # To try a keyword, the parser reads as many characters as it has: the place is then past the error.
        reason = "here or shortly before, the text is no SPARQL"
    return QueryError(f"syntax error at line {line}, column {column}: {reason}", line=line, column=column)


def _undeclared_prefix(sparql: str, declared: Iterable[str]) -> tuple[int, int, str] | None:
    """Line, column and name of the first undeclared prefix; the grammar only says that it could not go on."""
    bare = _NO_NAMES.sub(lambda found: " " * len(found[0]), sparql)
    known = {*declared, *re.findall(r"prefix\s+([\w.-]*):", bare, re.IGNORECASE)}
    for found in _PREFIXED.finditer(bare):
        if found[1] not in known:
            before = bare[: found.start()]
            return before.count("\n") + 1, found.start() - before.rfind("\n"), found[1]
    return None


@contextmanager
def _explained(path: Path | None, what: str) -> Iterator[None]:
    """Turn what RocksDB raises (corruption is a RuntimeError) into a StoreError of one line."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        where = "" if path is None else f"{path}: "
        raise StoreError(f"{where}{what}: {_one_line(error)}") from error


def _one_line(error: object) -> str:
    return " ".join(str(error).split())


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _materialised(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
