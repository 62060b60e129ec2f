"""`kg query`: SPARQL over the published graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import as_of_option, chosen, data_option
from kg.cli.terminal import counted, killable, listed, stdout
from kg.errors import InputError, QueryError
from kg.namespaces import PREFIXES, compact

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store import QueryResult

_TABLES: Final = ("table", "json", "csv", "tsv", "xml")
_GRAPHS: Final = ("turtle", "ntriples", "jsonld", "rdfxml")
_WIDEST_CELL: Final = 80


@click.command(short_help="Ask the graph a SPARQL query.")
@click.argument("query", required=False)
@data_option
@click.option(
    "--file",
    "-f",
    "file",
    type=click.Path(path_type=Path),
    help="File that holds the query; - for standard input.",
)
@click.option("--list", "list_", is_flag=True, help="List the questions that come with the graph.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_TABLES, *_GRAPHS]),
    help="table, json, csv, tsv, xml for SELECT and ASK; turtle, ntriples, jsonld, rdfxml for CONSTRUCT and "
    "DESCRIBE.  [default: table or turtle]",
)
@as_of_option
def query(
    query: str | None, data: Path, file: Path | None, list_: bool, format_: str | None, as_of: str | None
) -> None:
    """Ask the published graph a SPARQL query.

    QUERY is SPARQL, or the name of a question that comes with the graph (--list).  The project's prefixes (rkg:,
    phase:, skos: …) need no declaration.  A table cuts long values and shortens IRIs; the other formats do not.

    \b
    Examples:
      kg query drugs-by-phase
      kg query 'SELECT ?drug ?name { ?drug a rkg:Drug ; skos:prefLabel ?name }'
      kg query -f question.rq --format csv > answer.csv
      kg query drugs-by-phase --as-of 2018-06
    """
    from kg.ontology import named_queries

    if list_:
        for named in named_queries():
            click.echo(f"{named.name:<40} {named.question}")
        return
    if (query is None) == (file is None):
        raise click.UsageError("Give a query, the name of one (--list), or --file.")
    text = _query_text(query, file)
    dataset = chosen(data, as_of).open()
    with killable():
        _print_result(dataset.query(text, prefixes=PREFIXES), format_)


def _query_text(query: str | None, file: Path | None) -> str:
    from kg.ontology import named_queries

    if file is not None:
        try:
            content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{file}: not UTF-8 text, at byte {error.start}") from error
    assert query is not None
    if query.replace("-", "").isalnum():
        for named in named_queries():
            if named.name == query:
                return named.text
        raise InputError(f"{query}: no question of this name; `kg query --list` shows those there are")
    return query


def _print_result(result: QueryResult, format_: str | None) -> None:
    import pyoxigraph as ox

    from kg.rdf_writing import write
    from kg.store import serialized

    if isinstance(result, ox.QueryTriples):
        if format_ in _TABLES:
            raise InputError(f"--format {format_}: this query gives a graph; choose {listed(_GRAPHS)}")
        write(result, format_ or "turtle", stdout())
    elif format_ in _GRAPHS:
        raise InputError(f"--format {format_}: this query gives no graph; choose {listed(_TABLES)}")
    elif format_ not in (None, "table"):
        stdout().write(serialized(result, format_))
    elif isinstance(result, ox.QueryBoolean):
        stdout().write(b"true\n" if result else b"false\n")
    else:
        _print_table(result)


def _print_table(result: ox.QuerySolutions) -> None:
    header = [variable.value for variable in result.variables]
    try:
        rows = [[_cell(row[name]) for name in header] for row in result]
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    lines = [header, ["-" * width for width in widths], *rows]
    for line in lines:
        text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        stdout().write(text.rstrip().encode() + b"\n")
    click.echo(f"({counted(len(rows), 'row')})", err=True)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    text = "" if term is None else compact(getattr(term, "value", str(term)))
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"
