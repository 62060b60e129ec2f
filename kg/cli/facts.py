"""`kg facts`: the graph read back, one JSON line for each statement."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import as_iri, as_of_option, chosen, data_option
from kg.cli.terminal import listed, print_facts
from kg.errors import InputError


@click.command(short_help="Print what the graph states, one JSON line each.")
@data_option
@click.option("--release", metavar="ID", help="Only of this release (its file's name without extension).")
@click.option(
    "--entity", metavar="IRI", help="Only about this thing; a CURIE such as agency:fda does as well."
)
@as_of_option
def facts(data: Path, release: str | None, entity: str | None, as_of: str | None) -> None:
    """Print what the graph states, one JSON object a line, read back out of the RDF.

    Each line has the release, the relation (rel), subject and object (s, o) with their IRIs and other names,
    qualifiers (q), modality, confidence, and the evidence: character offsets into the release and the words.

    \b
    Example:
      kg facts | jq -r 'select(.rel == "designation") | [.s, .o, .q.agency] | @tsv'
    """
    from kg.fact_view import facts as read

    snapshot = chosen(data, as_of)
    ids = [record.id for record in snapshot.manifest.releases]
    if release is not None and release not in ids:
        raise InputError(f"{release}: no such release in {data}; there are {listed(ids)}")
    print_facts(read(snapshot.open(), release=release, entity=None if entity is None else as_iri(entity)))
