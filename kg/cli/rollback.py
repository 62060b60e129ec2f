"""`kg rollback`: an earlier snapshot published again."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_option
from kg.cli.terminal import counted


@click.command(short_help="Publish an earlier snapshot again.")
@click.argument("snapshot", required=False)
@data_option
def rollback(snapshot: str | None, data: Path) -> None:
    """Publish a snapshot that is kept once more, at once; nothing is built or removed.

    SNAPSHOT is its id, or the number that it begins with; by default the one before what is published.

    \b
    Examples:
      kg rollback
      kg rollback 12
    """
    from kg.snapshots import Snapshots

    snapshots = Snapshots(data)
    before = snapshots.current_id()
    now = snapshots.publish_again(snapshot)
    releases = counted(len(now.manifest.releases), "release")
    click.echo(f"Published {now.id} ({releases}) in {data} again; it was {before}.", err=True)
