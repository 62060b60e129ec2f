"""`kg build`: releases → a published snapshot."""

from __future__ import annotations

import time
from pathlib import Path

import click

from kg.cli.options import data_option
from kg.cli.terminal import counted, track
from kg.namespaces import PROJECT


@click.command(short_help="Read releases and publish their graph.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@data_option
@click.option(
    "--base", default=PROJECT, show_default=True, help="Base of the IRIs of what the releases speak of."
)
@click.option(
    "--strict",
    is_flag=True,
    help="Stop at a release that cannot be read and at a statement that violates a shape, instead of leaving it out.",
)
@click.option(
    "--full",
    is_flag=True,
    help="Infer and validate everything, also what has not changed since the last build by the same rules.",
)
@click.option(
    "--reasoner",
    type=click.Choice(["rules", "owlrl"]),
    default="rules",
    show_default=True,
    help="What infers: rules compiled from the ontology, or owlrl, the reference; the result is the same.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Snapshots to keep, the new one included.",
)
@click.option(
    "--discard-written",
    is_flag=True,
    help="Leave out what was written over HTTP since; it stays otherwise.",
)
def build(
    paths: tuple[Path, ...],
    data: Path,
    base: str,
    strict: bool,
    full: bool,
    reasoner: str,
    keep: int,
    discard_written: bool,
) -> None:
    """Read releases and publish the graph of what they state.

    PATH is a release (.txt, .md, .html, .pdf) or a folder of them.  The graph is built beside the published one,
    checked against ontology and shapes, and takes its place in one step only when it conforms.  A statement that
    violates a shape is withheld, with a warning that names its file and line.  Where no statement is to blame, or
    with --strict: exit code 1, the findings on stderr, and nothing has changed.

    \b
    Example:
      kg build seeds --data data
    """
    from kg.build import build as run
    from kg.reasoning import Reasoner

    started = time.monotonic()
    engine = Reasoner(reasoner)
    report = run(
        paths,
        data,
        base=base,
        strict=strict,
        full=full,
        reasoner=engine,
        keep=keep,
        discard_written=discard_written,
        track=track,
    )
    for failed in report.failed:
        click.echo(f"Warning: {failed}: left out", err=True)
    for left in report.withheld:
        click.echo(f"Warning: {left}", err=True)
    for release in report.undated:
        click.echo(f"Warning: {release}: no date found; in no view as of a date", err=True)
    if report.kept.releases or report.kept.quads:
        graphs, posted = report.kept.graphs, [release.id for release in report.kept.releases]
        what = [f"graph {graph}" for graph in graphs] + [f"release {id_}" for id_ in posted]
        click.echo(
            f"Kept what was written over HTTP ({', '.join(what)}); --discard-written leaves it out.", err=True
        )
    left_out = f", {len(report.failed)} left out" if report.failed else ""
    click.echo(
        f"Read {counted(report.read, 'release')}{left_out}: {counted(report.facts, 'fact')}, "
        f"{counted(report.triples, 'triple')}; {report.report.summary()}.\n"
        f"Published {report.snapshot.id} in {data} after {time.monotonic() - started:.1f} s.",
        err=True,
    )
