"""`kg vocab`: vocabularies of one's own, for the next build."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_option
from kg.cli.terminal import counted
from kg.errors import InputError


@click.group(short_help="Bring in vocabularies of your own.")
def vocab() -> None:
    """Bring in vocabularies of your own: the next build finds their names in the releases too."""


@vocab.command("import", short_help="Import OBO, OWL or SKOS files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@data_option
@click.option(
    "--kind",
    metavar="KIND",
    default="disease",
    show_default=True,
    help="What the terms are: disease, target …",
)
@click.option("--name", metavar="NAME", help="What to call it.  [default: the file's name without extension]")
def import_vocabulary(files: tuple[Path, ...], data: Path, kind: str, name: str | None) -> None:
    """Import vocabularies: OBO, or RDF (.owl .rdf .ttl .nt .jsonld) with OWL classes or SKOS concepts.

    Labels, exact synonyms and hierarchy are kept; names that would find anything but the thing meant (plain English,
    one or two letters, one name of several terms) are dropped and counted.  A vocabulary of the same name is
    replaced.  The next `kg build` uses it.

    \b
    Examples:
      kg vocab import mondo.obo
      kg vocab import our-targets.ttl --kind target --name targets
    """
    from kg.vocabularies import KINDS
    from kg.vocabularies import import_vocabulary as run

    if kind not in set(KINDS):
        raise InputError(f"--kind {kind}: there are {', '.join(KINDS)}")
    if name is not None and len(files) > 1:
        raise click.UsageError("--name names one vocabulary; import the files one by one.")
    for file in files:
        done = run(file, data, kind=next(k for k in KINDS if k == kind), name=name)
        left_out = [
            f"{what} {count:,}"
            for count, what in (
                (done.obsolete, "obsolete terms"),
                (done.unnamed, "terms without a usable English name"),
                (done.ambiguous, "names of several terms"),
                (done.hopeless, "names too short or plain English"),
                (done.long, "names too long"),
            )
            if count
        ]
        click.echo(
            f"Imported {done.name} from {done.source}: {counted(done.concepts, 'concept')}, "
            f"{counted(done.names, 'name')}{'; left out: ' if left_out else ''}{', '.join(left_out)}.",
            err=True,
        )


@vocab.command("list", short_help="List what was imported.")
@data_option
def list_vocabularies(data: Path) -> None:
    """List the imported vocabularies: name, concepts, names and source, parted by tabs."""
    from kg.vocabularies import list_vocabularies as run

    for found in run(data):
        click.echo(f"{found.name}\t{found.concepts}\t{found.names}\t{found.source}")


@vocab.command("remove", short_help="Forget a vocabulary.")
@click.argument("name")
@data_option
def remove_vocabulary(name: str, data: Path) -> None:
    """Forget an imported vocabulary; the published graph changes with the next build."""
    from kg.vocabularies import remove_vocabulary as run

    run(data, name)
    click.echo(f"Removed {name} from {data}.", err=True)
