"""Writes to the published graph: SPARQL Update, graphs put or removed, releases added.

Each makes a new snapshot, validated like that of a build, or changes nothing (docs/decisions/0013).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import sparql_tokens
from kg.build import build_draft, complete, not_conforming, summary
from kg.errors import InputError, QueryError, StoreError
from kg.namespaces import DERIVED_GRAPHS, WRITTEN_GRAPH, Minter, expand
from kg.releases import read_release
from kg.revalidation import rules_digest
from kg.snapshots import KEEP, Draft, Manifest, ReleaseRecord, Snapshot, Snapshots
from kg.store import Dataset
from kg.written import MADE_GRAPHS, releases_of, stated

#: How often a folder is tried to be removed while a store may still write into it.
_REMOVALS: Final = 20
_SMALL: Final = 20_000
_FACTS: Final = f"SELECT (COUNT(DISTINCT ?a) AS ?n) {{ ?a a <{expand('rkg:Assertion')}> }}"


class Changed(StoreError):
    """What the writer knew is not what is published any more, or is not as the writer expects it."""


class NotWritable(InputError):
    """The graph cannot be written: it is made from the others."""


@dataclass(frozen=True, slots=True)
class SparqlUpdate:
    """A SPARQL 1.1 Update.

    Attributes:
        text: its operations.
        using: `using-graph-uri` of the protocol.
        using_named: `using-named-graph-uri`.
    """

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An RDF document.

    Attributes:
        path: the file.
        media_type: its format.
        base: IRI that relative IRIs are resolved against.
    """

    path: Path
    media_type: str
    base: str


@dataclass(frozen=True, slots=True)
class GraphWrite:
    """A graph put, added to, or removed.

    Attributes:
        graph: its IRI; None for what was written to the default graph.
        documents: its triples; None to remove the graph.
        replace: whether they take the place of what is there.
        present: refuse unless the graph is there (True) or is not (False).
    """

    graph: str | None
    documents: tuple[Document, ...] | None
    replace: bool = False
    present: bool | None = None


@dataclass(frozen=True, slots=True)
class ReleaseFiles:
    """Releases added to those that are there.

    Attributes:
        paths: the files.
        replace: whether they may take the place of releases with their names, and undo what was edited in the graphs
            of releases.
        strict: whether a statement that violates a shape refuses them all, instead of being withheld.
    """

    paths: tuple[Path, ...]
    replace: bool = False
    strict: bool = False


Change = SparqlUpdate | GraphWrite | ReleaseFiles


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did.

    Attributes:
        snapshot: id of what is published now.
        changed: False when the graph is as it was, and no snapshot was made.
        created: IRIs of named graphs that were not there before.
        removed: whether a graph was removed.
        releases: ids of the releases that were read.
        withheld: statements of them that a shape objects to, one line each.
    """

    snapshot: str
    changed: bool = True
    created: tuple[str, ...] = ()
    removed: bool = False
    releases: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


def write(data: Path, change: Change, *, expected: Sequence[str] = (), keep: int = KEEP) -> Written:
    """Carry out a change on what is published, and publish the result.

    Args:
        data: the data directory.
        change: what to do.
        expected: ids of snapshots, of which the published one must be one; any will do when empty.
        keep: how many snapshots stay.

    Raises:
        Changed: another snapshot is published, or `GraphWrite.present` does not hold.
        QueryError: the update is malformed or refused, with line and column.
        InputError: a document or a release cannot be read, or a graph cannot be written.
        PublishRefused: the graph would violate a shape, or be inconsistent; `report` says how.
        StoreError: nothing is published yet, or another build is at work.
    """
    snapshots = Snapshots(data)
    snapshots.current_id()  # an empty directory is not to be filled with locks and folders
    with snapshots.draft() as draft:
        current = snapshots.current()
        if expected and current.id not in expected:
            raise Changed(f"the published snapshot is {current.id}, not {' or '.join(expected)}")
        if isinstance(change, ReleaseFiles):
            return _add_releases(draft, current, data, change, keep=keep)
        if isinstance(change, GraphWrite):
            return _write_graph(draft, current, change, keep=keep)
        scratch = Path(tempfile.mkdtemp(dir=data / "snapshots", prefix=".copy-"))
        try:
            return _update(draft, current, change, scratch, keep=keep)
        finally:
            _removed(scratch)


def _removed(folder: Path) -> None:
    """Remove a folder whose store may still be writing in the background; what stays the next write sweeps."""
    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


def _fill(dataset: Dataset, quads: Iterable[ox.Quad], current: Snapshot) -> None:
    """Add what is stated; for a small graph it takes longer to begin in bulk than to add it."""
    if current.manifest.triples < _SMALL:
        dataset.add(quads)
    else:
        dataset.bulk_add(quads)


def _publish(draft: Draft, current: Snapshot, *, edited: Iterable[str], keep: int) -> Written:
    """Complete, validate and publish a draft that is filled with what is stated."""
    minter = Minter(current.manifest.base)
    rules = rules_digest()
    # By the same rules, what has not changed needs no second look.
    then = current.open() if current.manifest.rules == rules else None
    report = complete(draft.dataset, minter, before=then)
    if not report.conforms:
        raise not_conforming(report)
    draft.dataset.add(report.quads())
    graphs = set(draft.dataset.graphs())
    releases = [release for release in releases_of(draft.dataset) if minter.release(release.id) in graphs]
    count = next(draft.dataset.select(_FACTS))["n"]
    assert isinstance(count, ox.Literal)
    own = {minter.release(release.id) for release in releases}
    manifest = Manifest.of(
        draft.dataset,
        base=current.manifest.base,
        releases=[ReleaseRecord(release.id, release.sha256) for release in releases],
        facts=int(count.value),
        validation=summary(report),
        withheld=current.manifest.withheld,
        rules=rules,
        edited=sorted({*own, *MADE_GRAPHS}.intersection([*edited, *current.manifest.edited])),
        posted=current.manifest.posted,
    )
    before = {graph for graph, _ in current.manifest.graphs}
    if manifest.content_hash == current.manifest.content_hash and manifest.graphs == current.manifest.graphs:
        return Written(current.id, changed=False)
    snapshot = draft.publish(manifest, keep=keep)
    created = tuple(sorted(graphs - before - set(DERIVED_GRAPHS)))
    return Written(snapshot.id, created=created, removed=bool(before - graphs - set(DERIVED_GRAPHS)))


# SPARQL Update


def _update(draft: Draft, current: Snapshot, change: SparqlUpdate, scratch: Path, *, keep: int) -> Written:
    base = current.manifest.base
    text = _checked(change, base)
    steps = _batches(text)
    current.open().backup(scratch / "work")
    work = Dataset.edit(scratch / "work")
    edited: set[str] = set()
    for number, step in enumerate(steps):
        beside = scratch / f"before-{number}"
        work.backup(beside)
        work.update(step, base=base)
        edited |= _merge(Dataset.open(beside), work)
    _fill(draft.dataset, stated(work), current)
    for graph in work.graphs():
        if graph not in DERIVED_GRAPHS:
            draft.dataset.add_graph(graph)  # also those that are empty
    return _publish(draft, current, edited=edited, keep=keep)


def _checked(change: SparqlUpdate, base: str) -> str:
    """The update with its dataset, once it is known to be well-formed and to stay here."""
    reading = sparql_tokens.read(change.text)
    if reading.loading or reading.federated:
        word = "LOAD" if reading.loading else "SERVICE"
        raise QueryError(f"{word} is refused: this endpoint does not fetch from other servers")
    # Without the dataset first, so that line and column are those of the text as it was sent.
    _parse(change.text, base)
    if not (change.using or change.using_named):
        return change.text
    for iri in (*change.using, *change.using_named):
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"using-graph-uri: {iri!r} is no IRI: {error}") from error
    text = sparql_tokens.with_dataset(change.text, change.using, change.using_named)
    _parse(text, base)
    return text


def _parse(text: str, base: str) -> None:
    """Have Oxigraph read an update; it has no parser apart, so the update meets a dataset without a quad.

    Raises:
        QueryError: it is malformed.
    """
    try:
        Dataset.in_memory().update(text, base=base)
    except QueryError as error:
        if error.line is not None:
            raise
        # To drop a graph that is not there is an error of the evaluation, and none of the text.


def _batches(text: str) -> list[str]:
    """Runs of operations that do not see what each other did: consecutive ones of data alone, and each other one."""
    out: list[str] = []
    last = ""
    for keyword, operation in sparql_tokens.operations(text):
        if keyword == last and keyword in ("insert data", "delete data"):
            out[-1] += f" ;\n{operation}"
        else:
            out.append(operation)
        last = keyword
    return out


def _merge(before: Dataset, work: Dataset) -> set[str]:
    """Have the default graph be the merge of the named ones again, after an update; the graphs that changed.

    What was taken out of the default graph goes from every named graph that had it; what was put into it goes into a
    graph of its own.
    """
    gone = [quad for quad in before.quads_for() if quad not in work]
    new = [quad for quad in work.quads_for() if quad not in before]
    default = ox.DefaultGraph()
    unsaid = {quad.triple for quad in gone if quad.graph_name == default}
    remove = [
        quad
        for triple in unsaid
        for quad in before.quads_for(triple.subject, triple.predicate, triple.object)
        if quad.graph_name != default
    ]
    work.change(remove=remove)
    written = ox.NamedNode(WRITTEN_GRAPH)
    add = []
    for quad in new:
        if quad.graph_name == default:
            if not _is_stated(work, quad.triple):
                add.append(ox.Quad(quad.subject, quad.predicate, quad.object, written))
        else:
            add.append(ox.Quad(quad.subject, quad.predicate, quad.object))
    work.change(add=add)
    stale = (quad.triple for quad in gone if quad.graph_name != default)
    work.change(
        remove=[
            ox.Quad(triple.subject, triple.predicate, triple.object)
            for triple in stale
            if not _is_stated(work, triple)
        ]
    )
    return {
        quad.graph_name.value for quad in (*gone, *new, *remove) if isinstance(quad.graph_name, ox.NamedNode)
    }


def _is_stated(dataset: Dataset, triple: ox.Triple) -> bool:
    """Whether a named graph holds the triple."""
    found = dataset.quads_for(triple.subject, triple.predicate, triple.object)
    return any(quad.graph_name != ox.DefaultGraph() for quad in found)


# Graphs


def _write_graph(draft: Draft, current: Snapshot, change: GraphWrite, *, keep: int) -> Written:
    graph = WRITTEN_GRAPH if change.graph is None else change.graph
    if graph in DERIVED_GRAPHS:
        raise NotWritable(f"<{graph}> is made from the other graphs; write to those")
    there = current.open()
    graphs = there.graphs()
    is_there = graph in graphs
    if change.present is not None and change.present is not is_there:
        raise Changed(f"the graph <{graph}> is {'there' if is_there else 'not there'}")
    if change.documents is None and not is_there:
        return Written(current.id, changed=False)
    goes = change.replace or change.documents is None
    _fill(draft.dataset, stated(there, without=[graph] if goes else []), current)
    for other in graphs:
        if other not in DERIVED_GRAPHS and other != graph:
            draft.dataset.add_graph(other)
    if change.documents is not None:
        draft.dataset.add_graph(graph)
        name = ox.NamedNode(graph)
        for document in change.documents:
            quads = read_document(document)
            _fill(draft.dataset, (ox.Quad(q.subject, q.predicate, q.object, name) for q in quads), current)
    return _publish(draft, current, edited=[graph], keep=keep)


def read_document(document: Document) -> list[ox.Quad]:
    """The triples of a document; blank nodes get names that no other document has.

    Raises:
        QueryError: it is malformed; has line and column where the format has them.
        InputError: it holds named graphs.
    """
    format_ = ox.RdfFormat.from_media_type(document.media_type)
    assert format_ is not None  # the caller knows the formats
    try:
        quads = list(
            ox.parse(document.path.read_bytes(), format_, base_iri=document.base, rename_blank_nodes=True)
        )
    except SyntaxError as error:
        line, column = error.lineno, error.offset
        raise QueryError(
            f"the document is no {format_.name}: {error.msg}", line=line, column=column
        ) from error
    except ValueError as error:
        raise QueryError(f"the document is no {format_.name}: {error}") from error
    if any(quad.graph_name != ox.DefaultGraph() for quad in quads):
        raise InputError("the document holds named graphs: send the triples of one graph")
    return quads


# Releases


def _add_releases(draft: Draft, current: Snapshot, data: Path, change: ReleaseFiles, *, keep: int) -> Written:
    there = current.open()
    releases = {release.id: release for release in releases_of(there)}
    new = [read_release(path) for path in change.paths]
    ids = [release.id for release in new]
    if len(set(ids)) != len(ids):
        raise InputError("two of the releases have the same name; rename one of them")
    clashing = [r.id for r in new if r.id in releases and releases[r.id].sha256 != r.sha256]
    if clashing and not change.replace:
        raise Changed(
            f"there is another release {clashing[0]!r}: give this one another name, or replace that one"
        )
    if all(r.id in releases and releases[r.id].sha256 == r.sha256 for r in new):
        return Written(current.id, changed=False, releases=tuple(ids))
    if current.manifest.edited and not change.replace:
        raise Changed(
            f"the graph <{current.manifest.edited[0]}> was edited since it was made from its release, and would be "
            "made anew: say that it may be replaced"
        )
    minter = Minter(current.manifest.base)
    own = {minter.release(id_) for id_ in releases}
    others = list(stated(there, without=[*own, *MADE_GRAPHS]))
    releases |= {release.id: release for release in new}
    report = build_draft(
        draft,
        [releases[id_] for id_ in sorted(releases)],
        data,
        base=current.manifest.base,
        strict=change.strict,
        keep=keep,
        others=others,
        posted={*current.manifest.posted, *ids},
    )
    return Written(
        report.snapshot.id,
        created=tuple(sorted(minter.release(id_) for id_ in ids if minter.release(id_) not in own)),
        releases=tuple(ids),
        withheld=tuple(str(left) for left in report.withheld),
    )
