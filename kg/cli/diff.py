"""`kg diff`: what changed between two states of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import data_option
from kg.cli.terminal import stdout, track

if TYPE_CHECKING:
    from kg.differences import Side


@click.command(short_help="Show what changed between two states.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@data_option
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "patch"]), default="text", show_default=True
)
@click.option("--release", metavar="ID", help="Only what this release states.")
@click.option(
    "--ignore",
    default="",
    metavar="F1,F2",
    help="Differences that do not count: s, o, q, modality, confidence, evidence; joined by commas.",
)
@click.pass_context
def diff(
    ctx: click.Context, before: str, after: str, data: Path, format_: str, release: str | None, ignore: str
) -> None:
    """Show what was added, withdrawn and changed from A to B, each fact with its sentence.

    A and B are each a data directory, a snapshot of DATA (its id, or the number it begins with), a file of RDF, a
    file of `kg facts` (.jsonl), or a month or day (2018-05, 2018-05-04): the graph as of then.  Facts are compared in
    words; where both sides are RDF, triples too, the validation report apart.  patch is RDF Patch, a transaction that
    makes B of A.

    Exit code 0 when they are the same, 1 when they differ, 2 when that cannot be told.

    \b
    Examples:
      kg diff 1 2
      kg diff last-week/ data/ --ignore confidence
      kg diff main.ttl branch.ttl --format json
      kg diff 2017-12 2018-12
    """
    from kg.differences import compare

    ignored = [name.strip() for name in ignore.split(",") if name.strip()]
    difference = compare(_side(before, data), _side(after, data), release=release, ignore=ignored)
    text = {"json": difference.as_json, "patch": difference.as_patch}.get(format_, difference.as_text)()
    stdout().write(text.encode())
    if difference:
        ctx.exit(1)


def _side(name: str, data: Path) -> Side:
    from kg.as_of import DAY, as_of
    from kg.differences import open_side, side_of

    # A number alone is that of a snapshot, "2018" too.
    if DAY.fullmatch(name) and "-" in name and not Path(name).exists():
        return side_of(name, as_of(data, name, track=track))
    return open_side(name, data)
