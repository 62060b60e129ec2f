"""What several commands take: the data directory, and things named by IRI, CURIE or path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.cli.terminal import track
from kg.errors import InputError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from kg.snapshots import Snapshot

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def data_option(command: Decorated) -> Decorated:
    """The option --data."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path),
        envvar="KG_DATA",
        default="data",
        show_default=True,
        show_envvar=True,
        help="Where the snapshots are.",
    )(command)


def as_of_option(command: Decorated) -> Decorated:
    """The option --as-of."""
    return click.option(
        "--as-of",
        metavar="DAY",
        help="The graph that the releases dated until then would have given alone: 2018-05-04, 2018-05 or 2018.",
    )(command)


def chosen(data: Path, as_of: str | None) -> Snapshot:
    """The published snapshot, or the one as of a day."""
    from kg.snapshots import Snapshots

    if as_of is None:
        return Snapshots(data).current()
    from kg.as_of import as_of as made

    return made(data, as_of, track=track)


def as_iri(text: str) -> str:
    """A CURIE with one of our prefixes, or an IRI as it is."""
    import pyoxigraph as ox

    prefix, _, local = text.partition(":")
    iri = PREFIXES[prefix] + local if prefix in PREFIXES else text
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise InputError(f"{text}: no IRI: {error}") from error


def as_thing(text: str, base: str) -> str:
    """An IRI, a CURIE, or the path of one of our things below the base."""
    return as_thing_or_none(text, base) or as_iri(text)


def as_thing_or_none(text: str, base: str) -> str | None:
    """The same, None for what can only be a literal."""
    prefix, colon, _ = text.partition(":")
    if any(c.isspace() for c in text):
        return None
    if "://" in text or (colon and prefix in PREFIXES):
        return as_iri(text)
    kind, slash, slug = text.partition("/")
    return f"{base}id/{text}" if slash and not colon and kind.replace("-", "").isalpha() and slug else None
