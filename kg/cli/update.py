"""`kg update`: a SPARQL Update on the published graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import data_option

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO


@click.command(short_help="Change the published graph by a SPARQL Update.")
@click.argument("file", type=click.File(encoding="utf-8"), default="-", metavar="[FILE]")
@data_option
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Snapshots to keep, the new one included.",
)
def update(file: TextIO, data: Path, keep: int) -> None:
    """Carry out a SPARQL 1.1 Update, from FILE or standard input, as the endpoint does for who has a token.

    The result is checked against ontology and shapes and published in one step.  Where it would not conform: exit
    code 1, the findings on stderr, and nothing has changed.

    \b
    Example:
      echo 'INSERT DATA { <http://x/a> <http://x/b> "c" }' | kg update
    """
    from kg.updates import SparqlUpdate, write

    done = write(data, SparqlUpdate(file.read()), keep=keep)
    told = (
        f"Published {done.snapshot} in {data}."
        if done.changed
        else f"Nothing changes: {done.snapshot} stays."
    )
    click.echo(told, err=True)
