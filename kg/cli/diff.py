"""`kg diff`: what changed between two states of the graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_option
from kg.cli.terminal import stdout


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

    A and B are each a data directory, a snapshot of DATA (its id, or the number it begins with), a file of RDF, or a
    file of `kg facts` (.jsonl).  Facts are compared in words; where both sides are RDF, triples too, the validation
    report apart.  patch is RDF Patch, a transaction that makes B of A.

    Exit code 0 when they are the same, 1 when they differ, 2 when that cannot be told.

    \b
    Examples:
      kg diff 1 2
      kg diff last-week/ data/ --ignore confidence
      kg diff main.ttl branch.ttl --format json
    """
    from kg.differences import compare, open_side

    ignored = [name.strip() for name in ignore.split(",") if name.strip()]
    difference = compare(open_side(before, data), open_side(after, data), release=release, ignore=ignored)
    text = {"json": difference.as_json, "patch": difference.as_patch}.get(format_, difference.as_text)()
    stdout().write(text.encode())
    if difference:
        ctx.exit(1)
