"""The graph as of a day: what the releases dated until then would have given alone.

It is not a part of the published graph but made like it, from those releases only: things have the names that they had
by then, nothing is resolved, inferred or in conflict by what came later.  Each is a snapshot of its own, made once and
kept beside the published one, for as long as that one is kept, the last few that were asked for:

    <data>/as-of/<id of the snapshot>/<digest of the releases>/     a data directory
"""

from __future__ import annotations

import os
import re
import shutil
from calendar import monthrange
from contextlib import suppress
from pathlib import Path
from typing import Final

from kg.build import Track, build_draft, untracked
from kg.errors import InputError, NoSnapshot
from kg.model import Release
from kg.namespaces import digest, expand
from kg.snapshots import Snapshot, Snapshots
from kg.store import Dataset

#: A year, a month or a day.
DAY: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
#: Views that are kept, the one that is asked for included: anybody may ask for many over HTTP.
_MOST_KEPT: Final = 12
_RELEASES: Final = (
    f"SELECT ?id ?source ?text ?encoding ?sha ?issued {{ ?r a <{expand('rkg:PressRelease')}> ; "
    f"<{expand('dcterms:identifier')}> ?id ; <{expand('rkg:source')}> ?source ; <{expand('rkg:text')}> ?text ; "
    f"<{expand('rkg:encoding')}> ?encoding ; <{expand('rkg:sha256')}> ?sha ; <{expand('dcterms:issued')}> ?issued }}"
)


def as_of(data: Path, day: str, *, track: Track = untracked) -> Snapshot:
    """The graph as of the end of a day, month or year; made if it is not there yet.

    Releases without a date are in none, nor is what was written to the graph by hand.

    Args:
        data: the data directory.
        day: "2018-05-04", "2018-05" or "2018".
        track: shows progress.

    Raises:
        InputError: that is no day, or no release is dated until then.
        NoSnapshot: nothing has been published yet.
        StoreError: the data directory cannot be written to, or is damaged.
        PublishRefused: the graph of these releases alone would be inconsistent.
    """
    if not DAY.fullmatch(day):
        raise InputError(f"{day}: a day is needed (2018-05-04), a month (2018-05) or a year (2018)")
    current = Snapshots(data).current()
    dated = _dated(current.open())
    releases = [release for release, issued in dated if _end(issued) <= _end(day)]
    if not releases:
        first = min((issued for _, issued in dated), default=None)
        there = "no release has a date" if first is None else f"the first release is of {first}"
        raise InputError(f"{day}: no release is dated until then; {there}")
    key = digest("\n".join(f"{release.id} {release.sha256}" for release in releases))
    _sweep(data, key)
    snapshots = Snapshots(data / "as-of" / current.id / key)
    with suppress(NoSnapshot):
        found = snapshots.current()
        with suppress(OSError):  # the folder may be of another user
            os.utime(snapshots.data)
        return found
    with snapshots.draft() as draft:
        return build_draft(
            draft, releases, data, base=current.manifest.base, keep=1, prune=False, track=track
        ).snapshot


def _dated(dataset: Dataset) -> list[tuple[Release, str]]:
    """The releases that have a date, with it; one that has several has the first of them."""
    found: dict[str, tuple[Release, str]] = {}
    for row in dataset.select(_RELEASES):
        id_, source, text, encoding, sha, issued = (
            getattr(row[name], "value", "") for name in ("id", "source", "text", "encoding", "sha", "issued")
        )
        if DAY.fullmatch(issued) and (id_ not in found or issued < found[id_][1]):
            found[id_] = Release(id_, source, text, encoding, sha), issued
    return [found[id_] for id_ in sorted(found)]


def _end(day: str) -> str:
    """The last day of a day, month or year."""
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    month = month or "12"
    return f"{year}-{month}-{number or monthrange(int(year), int(month))[1]}"


def _sweep(data: Path, wanted: str) -> None:
    """Remove the views of snapshots that are kept no more, and of the others those not asked for since many others."""
    folder = data / "as-of"
    if folder.is_dir():
        kept = {snapshot.id for snapshot in Snapshots(data).all()}
        views = []
        for path in folder.iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
            else:
                views += [(view.stat().st_mtime_ns, view) for view in path.iterdir() if view.name != wanted]
        for _, view in sorted(views)[: -(_MOST_KEPT - 1)]:
            shutil.rmtree(view, ignore_errors=True)
