"""The whole flow once, release files to published snapshot; the only place where the stages meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final, Protocol, TypeVar

import pyoxigraph as ox

from kg.annotation import Line, annotated
from kg.changes import Changes, changes
from kg.conflicts import conflict_quads
from kg.errors import InputError, PublishRefused, StoreError, UnreadableRelease
from kg.fact_cache import FactCache
from kg.fact_view import FactLine, facts
from kg.findings import Report, Severity
from kg.model import Entity, Fact, Release, Vocabulary
from kg.namespaces import INFERRED_GRAPH, PROJECT, REPORT_GRAPH, Minter
from kg.ontology import ImportedVocabulary, load_vocabulary, ontology_quads, vocabulary_quads
from kg.quads import release_quads
from kg.query_examples import query_quads
from kg.reasoning import Inconsistency, Reasoner, infer, revise
from kg.releases import find_releases, read_release
from kg.resolution import entities_of, resolve
from kg.revalidation import read_report, revalidate, rules_digest
from kg.snapshots import KEEP, Draft, Manifest, ReleaseRecord, Snapshot, Snapshots, ValidationSummary
from kg.store import Dataset
from kg.validation import validate
from kg.vocabularies import load_imported
from kg.withholding import Withheld, withheld
from kg.written import Kept, kept

T = TypeVar("T")

#: One part in so many having changed, validating everything is not slower.
_MUCH: Final = 4
#: One part in so many having changed, inferring everything is not slower.
_MANY: Final = 20


class Track(Protocol):
    """Wraps a long loop, to show how far it is."""

    def __call__(self, iterable: Iterable[T], description: str, total: int) -> Iterable[T]:
        """Yield the same items, telling somebody about it."""


def untracked(iterable: Iterable[T], description: str, total: int) -> Iterable[T]:  # noqa: ARG001
    """Track nothing."""
    return iterable


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        snapshot: what was published.
        read: number of releases that were read.
        failed: those that could not be, with their reasons.
        undated: ids of releases in which no date was found; they are in the graph, but not in any "as of".
        withheld: statements left out because a shape objects to them.
        report: the validation report: it conforms, warnings may be in it.
        kept: what was written over HTTP and is in the snapshot too.
    """

    snapshot: Snapshot
    read: int
    failed: tuple[UnreadableRelease, ...]
    undated: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    report: Report
    kept: Kept = field(default_factory=Kept)

    @property
    def facts(self) -> int:
        """Statements extracted."""
        return self.snapshot.manifest.facts

    @property
    def triples(self) -> int:
        """Distinct triples published."""
        return self.snapshot.manifest.triples


def build(
    paths: Sequence[Path],
    data: Path,
    *,
    base: str = PROJECT,
    strict: bool = False,
    full: bool = False,
    reasoner: Reasoner = Reasoner.RULES,
    keep: int = KEEP,
    discard_written: bool = False,
    track: Track = untracked,
) -> BuildReport:
    """Read releases, extract, resolve, compare, infer, validate, publish.

    A statement that a shape objects to is withheld, reported, and the graph made anew without it.

    Args:
        paths: release files, or folders of them.
        data: where snapshots live.
        base: base of instance IRIs; ends in "/".
        strict: whether one release that cannot be read, or one statement that violates a shape, stops the build.
        full: infer and validate everything, also what has not changed since the published snapshot was made.
        reasoner: what infers.
        keep: how many snapshots stay, the new one included.
        discard_written: whether to leave out what was written over HTTP, which stays otherwise (`kg.written`).
        track: shows progress.

    Raises:
        InputError: a path is missing, no release could be read, or `strict` and one could not; or a graph that the
            build makes was edited over HTTP.
        VocabularyError: an imported vocabulary of the data directory is damaged.
        PublishRefused: the graph is inconsistent, or violates a shape by what no single statement is to blame for
            (by anything, if `strict`); the published snapshot stays.
        StoreError: the data directory cannot be written or is in use by another build.
    """
    if not base.endswith(("/", "#")):
        raise InputError(f"--base {base}: the base of IRIs must end in / or #")
    try:
        ox.NamedNode(base)
    except ValueError as error:
        raise InputError(f"--base {base}: no IRI: {error}") from error
    files = find_releases(paths)
    with Snapshots(data).draft() as draft:
        releases, failed = _read(files, strict=strict, track=track)
        written = Kept() if discard_written else kept(data, {release.id for release in releases})
        report = build_draft(
            draft,
            sorted((*releases, *written.releases), key=lambda release: release.id),
            data,
            base=base,
            strict=strict,
            full=full,
            reasoner=reasoner,
            keep=keep,
            others=written.quads,
            posted=[release.id for release in written.releases],
            track=track,
        )
        return replace(report, read=len(releases), failed=tuple(failed), kept=written)


def build_draft(
    draft: Draft,
    releases: Sequence[Release],
    data: Path,
    *,
    base: str,
    strict: bool = False,
    full: bool = False,
    reasoner: Reasoner = Reasoner.RULES,
    keep: int = KEEP,
    others: Sequence[ox.Quad] = (),
    posted: Iterable[str] = (),
    prune: bool = True,
    track: Track = untracked,
) -> BuildReport:
    """`build` for releases that have been read: fill the draft, and publish it.

    Args:
        draft: empty.
        releases: all of them, each once.
        data: where the draft is; its imported vocabularies and its cache are used.
        base: base of instance IRIs.
        strict: whether a statement that violates a shape stops the build.
        full: infer and validate everything, whatever was before.
        reasoner: what infers.
        keep: how many snapshots stay.
        others: quads of further named graphs.
        posted: ids of those of the releases that were taken in over HTTP.
        prune: whether to forget the facts of releases that are not among these.
        track: shows progress.

    Raises:
        VocabularyError, PublishRefused, StoreError: as `build`.
    """
    imported = load_imported(data)
    vocabulary = load_vocabulary(*imported)
    cache = FactCache(data, vocabulary)
    extracted = _extract(releases, vocabulary, cache=cache, track=track)
    if prune:
        cache.prune()
    documents = resolve(extracted, vocabulary)
    minter = Minter(base)
    rules = rules_digest()
    before = None if full else _validated_before(data, rules)
    left_out: list[Withheld] = []
    while True:
        _fill(draft.dataset, releases, documents, minter, imported, track=track)
        draft.dataset.bulk_add(others)
        report = complete(draft.dataset, minter, before=before, reasoner=reasoner, track=track)
        if report.conforms:
            break
        wrong = None if strict else withheld(report, draft.dataset, releases, documents, minter)
        if not wrong:
            raise not_conforming(report)
        left_out += wrong
        documents = _without(documents, wrong)
        draft.restart()
    draft.dataset.bulk_add(report.quads())
    snapshot = _publish(
        draft, releases, documents, report, left_out, base=base, rules=rules, posted=posted, keep=keep
    )
    return BuildReport(
        snapshot=snapshot,
        read=len(releases),
        failed=(),
        undated=tuple(
            id_ for id_, facts in documents.items() if not any(f.relation == "release_date" for f in facts)
        ),
        withheld=tuple(left_out),
        report=report,
    )


def complete(
    dataset: Dataset,
    minter: Minter,
    *,
    before: Dataset | None = None,
    reasoner: Reasoner = Reasoner.RULES,
    track: Track = untracked,
) -> Report:
    """Add to what is stated what is made from it (disagreements, inferences), and validate the whole.

    Args:
        dataset: what is stated.
        minter: mints the IRIs of disagreements.
        before: a dataset that was completed by the same rules and holds the report; what has not changed since is
            neither inferred nor validated again.
        reasoner: what infers.
        track: shows progress.

    Raises:
        PublishRefused: it is inconsistent.
    """
    dataset.bulk_add(list(conflict_quads(dataset, minter)))
    [(told, changed)] = [_inferred(dataset, before, reasoner) for dataset in track([dataset], "Inferring", 1)]
    if told:
        raise _refusal("is inconsistent", [one.message for one in told], "\n".join(map(str, told)))
    [report] = [
        _validated(dataset, before, changed) for dataset in track([dataset], "Checking the shapes", 1)
    ]
    return report


def _inferred(
    dataset: Dataset, before: Dataset | None, reasoner: Reasoner
) -> tuple[tuple[Inconsistency, ...], Changes | None]:
    """Add what follows from what is stated; what contradicts itself, and what changed, unless it is much or unknown."""
    stated = None if before is None else changes(before, dataset, without=(INFERRED_GRAPH, REPORT_GRAPH))
    size = dataset.count()
    if (
        before is not None
        and stated is not None
        and reasoner is Reasoner.RULES
        and len(stated) * _MANY < size
    ):
        dataset.bulk_add(before.quads(INFERRED_GRAPH))
        revision = revise(dataset, added=stated.added, removed=stated.removed)
        dataset.remove(revision.removed)
        dataset.add(revision.added)
        return revision.inconsistencies, stated + Changes(revision.added, revision.removed)
    inference = infer(dataset, reasoner=reasoner)
    dataset.bulk_add(inference.quads)
    if before is None or stated is None or len(stated) * _MUCH >= size:
        return inference.inconsistencies, None
    others = {*dataset.graphs(), *before.graphs()} - {INFERRED_GRAPH}
    return inference.inconsistencies, stated + changes(before, dataset, without=others)


def _validated(dataset: Dataset, before: Dataset | None, changed: Changes | None) -> Report:
    if before is None or changed is None:
        return validate(dataset)
    return revalidate(dataset, read_report(before), changed.triples(before, dataset))


def _validated_before(data: Path, rules: str) -> Dataset | None:
    """What is published, if it was validated by the same rules."""
    try:
        current = Snapshots(data).current()
        return current.open() if current.manifest.rules == rules else None
    except StoreError:
        return None  # nothing is published yet, or it is damaged: a build is the remedy


def not_conforming(report: Report) -> PublishRefused:
    """The error for a graph that violates a shape."""
    broken = [f.message for f in report.findings if f.severity is Severity.VIOLATION]
    return _refusal("does not conform", broken, report.as_text(), report)


def summary(report: Report) -> ValidationSummary:
    """A report as the manifest has it."""
    return ValidationSummary(
        conforms=report.conforms,
        violations=report.count(Severity.VIOLATION),
        warnings=report.count(Severity.WARNING),
        infos=report.count(Severity.INFO),
    )


def read_facts(
    releases: Sequence[Release], *, data: Path | None = None, track: Track = untracked
) -> Iterator[FactLine]:
    """What releases state, nothing published: written as RDF in memory and read back, as `build` does.

    Args:
        releases: what to read.
        data: a data directory whose imported vocabularies are used; it need not exist.
        track: shows progress.

    Raises:
        VocabularyError: an imported vocabulary is damaged.
    """
    imported = () if data is None else load_imported(data)
    vocabulary = load_vocabulary(*imported)
    documents = resolve(_extract(releases, vocabulary, track=track), vocabulary)
    dataset = Dataset.in_memory()
    _fill(dataset, releases, documents, Minter(), imported, track=track)
    yield from facts(dataset)


def explained_text(releases: Sequence[Release], *, data: Path | None = None) -> Iterator[Line]:
    """The text of releases with what was found in it, for people (`kg.annotation`); `data` as for `read_facts`."""
    from kg.extract import Extractor  # noqa: PLC0415 - spaCy takes a second to import

    imported = () if data is None else load_imported(data)
    extractor = Extractor(load_vocabulary(*imported))
    for number, release in enumerate(releases):
        if number:
            yield ()
        yield from annotated(extractor.read(release), extractor.extract(release))


def _read(
    files: Sequence[Path], *, strict: bool, track: Track
) -> tuple[list[Release], list[UnreadableRelease]]:
    releases, failed = [], []
    for path in track(files, "Reading releases", len(files)):
        try:
            releases.append(read_release(path))
        except UnreadableRelease as error:
            if strict:
                raise
            failed.append(error)
    if not releases:
        reasons = "; ".join(str(error) for error in failed)
        raise InputError(f"no release could be read: {reasons}")
    return releases, failed


def _extract(
    releases: Sequence[Release], vocabulary: Vocabulary, *, cache: FactCache | None = None, track: Track
) -> dict[str, tuple[Fact, ...]]:
    """The facts of each release by its id; what the cache knows is not read again."""
    found = {r.id: None if cache is None else cache.get(r) for r in releases}
    new = [r for r in releases if found[r.id] is None]
    if new:
        from kg.extract import Extractor  # noqa: PLC0415 - spaCy takes a second to import

        extractor = Extractor(vocabulary)
        for release in track(new, "Extracting facts", len(new)):
            stated = extractor.extract(release)
            found[release.id] = stated
            if cache is not None:
                cache.put(release, stated)
    return {id_: stated for id_, stated in found.items() if stated is not None}


def _fill(
    dataset: Dataset,
    releases: Sequence[Release],
    documents: Mapping[str, Sequence[Fact]],
    minter: Minter,
    imported: Sequence[ImportedVocabulary],
    *,
    track: Track,
) -> None:
    used = {
        entity.concept
        for facts in documents.values()
        for fact in facts
        for entity in entities_of(fact)
        if isinstance(entity, Entity) and entity.concept is not None
    }
    written = track(releases, "Writing RDF", len(releases))
    stated = (quad for r in written for quad in release_quads(r, documents[r.id], minter))
    dataset.bulk_add(chain(ontology_quads(), query_quads(), vocabulary_quads(used, *imported), stated))


def _without(
    documents: Mapping[str, Sequence[Fact]], wrong: Iterable[Withheld]
) -> dict[str, tuple[Fact, ...]]:
    out = {id_: tuple(facts) for id_, facts in documents.items()}
    for left in wrong:
        out[left.release.id] = tuple(fact for fact in out[left.release.id] if fact is not left.fact)
    return out


def _publish(
    draft: Draft,
    releases: Sequence[Release],
    documents: Mapping[str, Sequence[Fact]],
    report: Report,
    left_out: Sequence[Withheld],
    *,
    base: str,
    rules: str,
    posted: Iterable[str],
    keep: int,
) -> Snapshot:
    manifest = Manifest.of(
        draft.dataset,
        base=base,
        releases=[ReleaseRecord(r.id, r.sha256) for r in releases],
        facts=sum(len(facts) for facts in documents.values()),
        validation=summary(report),
        withheld=[str(left) for left in left_out],
        rules=rules,
        posted=tuple(posted),
    )
    return draft.publish(manifest, keep=keep)


def _refusal(what: str, reasons: Sequence[str], details: str, report: Report | None = None) -> PublishRefused:
    more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
    message = f"the graph {what}, nothing was published: {reasons[0]}{more}"
    return PublishRefused(message, details=details, report=report)
