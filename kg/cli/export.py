"""`kg export`: the graph as RDF files, or as tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import as_of_option, as_thing, chosen, data_option
from kg.cli.terminal import counted, track, writing_to
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.snapshots import Manifest, Snapshot

_EXPORTS: Final = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
_TABLE_NAMES: Final = ("pipeline", "designations", "trials", "deals", "milestones")
_TABLE_FORMATS: Final = ("csv", "parquet")
_SPECIAL: Final = ("ontology", "vocabulary", "queries", "inferred", "conflicts", "report")


@click.command(short_help="Write the graph as RDF, the same bytes each time, or as tables.")
@data_option
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_EXPORTS, "graphml", *_TABLE_FORMATS]),
    help="[default: as the extension of --output says, else turtle]",
)
@click.option(
    "--graph", metavar="NAME", help="One graph alone: a release's id, " + ", ".join(_SPECIAL) + ", or an IRI."
)
@click.option(
    "--with",
    "include",
    metavar="NAMES",
    default="",
    help="Also write these graphs beside the releases: "
    + ", ".join(_SPECIAL)
    + "; joined by commas.  With --entity "
    "also evidence: the assertions behind its statements, and their sentences, which are written anyway without.",
)
@click.option(
    "--entity", metavar="IRI", help="Only what is linked to this thing: an IRI, a CURIE, or drug/clr-131."
)
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How many links away, with --entity.",
)
@click.option(
    "--table",
    type=click.Choice(_TABLE_NAMES),
    help="One table, each row with its sentence.  [default with csv and parquet: all, into the folder --output]",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="File to write, compressed if its name ends in .gz, .bz2, .xz or .zst (which needs pyarrow); standard "
    "output by default.",
)
@as_of_option
def export(
    data: Path,
    format_: str | None,
    graph: str | None,
    include: str,
    entity: str | None,
    depth: int,
    table: str | None,
    output: Path | None,
    as_of: str | None,
) -> None:
    """Write the graph as RDF: by default everything that the releases state.  Or as tables for a spreadsheet.

    The same graph gives the same bytes, in every format.  Turtle, N-Triples, JSON-LD and RDF/XML hold the union of
    the graphs, each triple once; TriG and N-Quads say which release each triple is from; GraphML holds the things and
    the links between them.  Tables hold what is stated as fact or plan, never hopes or denials.

    \b
    Examples:
      kg export -o graph.ttl.gz
      kg export --format trig --with ontology,vocabulary,inferred > everything.trig
      kg export --graph 003_7b5957f874c521c6
      kg export --entity drug/clr-131 --depth 1 --with evidence
      kg export --entity drug/clr-131 -o clr-131.graphml
      kg export --table designations -o designations.csv
      kg export --format csv -o tables/
      kg export --as-of 2018-06 -o june.ttl.xz
    """
    from kg.export import selected
    from kg.graphml import write_graphml
    from kg.rdf_writing import format_of, packed, write

    names = [name.strip() for name in include.split(",") if name.strip()]
    allowed = (*_SPECIAL, "evidence")
    if unknown := [name for name in names if name not in allowed]:
        raise InputError(f"--with {unknown[0]}: there are {', '.join(allowed)}")
    if names and graph is not None:
        raise click.UsageError("--graph is one graph alone; --with adds to all of them.")
    if format_ is None and output is not None:
        suffix = packed(output)[0].suffix.casefold().removeprefix(".")
        if suffix in ("graphml", "parquet"):
            format_ = suffix
    if table is not None or format_ in _TABLE_FORMATS:
        if format_ not in (None, *_TABLE_FORMATS) or graph or names or entity:
            raise click.UsageError(
                "Tables are CSV or Parquet of the whole graph: no other --format, --graph, --with, --entity."
            )
        _export_tables(chosen(data, as_of), table, format_ or "csv", output)
        return
    kind = format_ or ("turtle" if output is None else format_of(output))
    snapshot = chosen(data, as_of)
    iri = None if entity is None else as_thing(entity, snapshot.manifest.base)
    dataset = snapshot.open()
    quads = selected(dataset, graph=graph, include=names, entity=iri, depth=depth)
    if graph is None and entity is None:
        quads = track(quads, "Exporting", _size(snapshot.manifest, names))
    with writing_to(output) as out:
        written = sum(write_graphml(dataset, quads, out)) if kind == "graphml" else write(quads, kind, out)
    if output is not None:
        click.echo(f"Wrote {counted(written, 'statement')} to {output}.", err=True)


def _size(manifest: Manifest, include: Sequence[str]) -> int:
    """Statements of the releases' graphs and of special ones."""
    from kg.export import SPECIAL_GRAPHS

    left_out = {iri for name, iri in SPECIAL_GRAPHS.items() if name not in include}
    return sum(count for iri, count in manifest.graphs if iri not in left_out)


def _export_tables(snapshot: Snapshot, table: str | None, format_: str, output: Path | None) -> None:
    from kg.fact_view import facts as read
    from kg.tables import WRITERS

    if table is None and output is None:
        raise click.UsageError("All tables need a folder: --output; or name one: --table.")
    lines = tuple(track(read(snapshot.open()), "Reading", snapshot.manifest.facts))
    for name in (table,) if table else _TABLE_NAMES:
        path = output
        if table is None and output is not None:
            output.mkdir(parents=True, exist_ok=True)
            path = output / f"{name}.{format_}"
        with writing_to(path) as out:
            rows = WRITERS[format_](name, lines, out)
        if path is not None:
            click.echo(f"Wrote {counted(rows, 'row')} to {path}.", err=True)
