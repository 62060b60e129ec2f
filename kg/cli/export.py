"""`kg export`: the graph as RDF files, or as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kg.cli.options import as_thing, data_option
from kg.cli.terminal import counted, writing_to
from kg.errors import InputError

_EXPORTS: Final = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
_TABLE_NAMES: Final = ("pipeline", "designations", "trials", "deals", "milestones")
_SPECIAL: Final = ("ontology", "vocabulary", "inferred", "conflicts", "report")


@click.command(short_help="Write the graph as RDF, the same bytes each time, or as tables.")
@data_option
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_EXPORTS, "graphml", "csv"]),
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
    "also evidence: the assertions behind its statements, and their sentences.",
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
    help="One table as CSV, each row with its sentence.  [default with csv: all of them, into the folder --output]",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="File to write, compressed if its name ends in .gz; standard output by default.",
)
def export(
    data: Path,
    format_: str | None,
    graph: str | None,
    include: str,
    entity: str | None,
    depth: int,
    table: str | None,
    output: Path | None,
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
    """
    from kg.export import export as run
    from kg.export import format_of, selected
    from kg.graphml import write_graphml
    from kg.snapshots import Snapshots

    names = [name.strip() for name in include.split(",") if name.strip()]
    allowed = _SPECIAL if entity is None else (*_SPECIAL, "evidence")
    if unknown := [name for name in names if name not in allowed]:
        raise InputError(f"--with {unknown[0]}: there are {', '.join(allowed)}")
    if names and graph is not None:
        raise click.UsageError("--graph is one graph alone; --with adds to all of them.")
    if table is not None or format_ == "csv":
        if format_ not in (None, "csv") or graph or names or entity:
            raise click.UsageError(
                "Tables are CSV of the whole graph: no other --format, --graph, --with, --entity."
            )
        _export_tables(data, table, output)
        return
    if format_ is None and output is not None and output.name.removesuffix(".gz").endswith(".graphml"):
        format_ = "graphml"
    chosen = format_ or ("turtle" if output is None else format_of(output))
    snapshot = Snapshots(data).current()
    iri = None if entity is None else as_thing(entity, snapshot.manifest.base)
    dataset = snapshot.open()
    with writing_to(output) as out:
        if chosen == "graphml":
            quads = selected(dataset, graph=graph, include=names, entity=iri, depth=depth)
            written = sum(write_graphml(dataset, quads, out))
        else:
            written = run(dataset, chosen, out, graph=graph, include=names, entity=iri, depth=depth)
    if output is not None:
        click.echo(f"Wrote {counted(written, 'statement')} to {output}.", err=True)


def _export_tables(data: Path, table: str | None, output: Path | None) -> None:
    from kg.fact_view import facts as read
    from kg.snapshots import Snapshots
    from kg.tables import write_table

    if table is None and output is None:
        raise click.UsageError("All tables need a folder: --output; or name one: --table.")
    lines = tuple(read(Snapshots(data).current().open()))
    for name in (table,) if table else _TABLE_NAMES:
        path = output
        if table is None and output is not None:
            output.mkdir(parents=True, exist_ok=True)
            path = output / f"{name}.csv"
        with writing_to(path) as out:
            rows = write_table(name, lines, out)
        if path is not None:
            click.echo(f"Wrote {counted(rows, 'row')} to {path}.", err=True)
