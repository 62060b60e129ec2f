"""Dataset → a file of RDF: which of its graphs, or what around which thing, and in which format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import InputError
from kg.namespaces import (
    CONFLICTS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    QUERIES_GRAPH,
    REPORT_GRAPH,
    VOCABULARY_GRAPH,
    compact,
)
from kg.neighbourhood import neighbourhood
from kg.rdf_writing import write
from kg.store import Dataset

#: The graphs that are not a release's, by the names that `graph` and `include` take.
SPECIAL_GRAPHS: Final = {
    "ontology": ONTOLOGY_GRAPH,
    "vocabulary": VOCABULARY_GRAPH,
    "queries": QUERIES_GRAPH,
    "inferred": INFERRED_GRAPH,
    "conflicts": CONFLICTS_GRAPH,
    "report": REPORT_GRAPH,
}


def export(
    dataset: Dataset,
    format_: str,
    out: BinaryIO,
    *,
    graph: str | None = None,
    include: Sequence[str] = (),
    entity: str | None = None,
    depth: int = 2,
) -> int:
    """Write what a dataset holds; returns the number of statements written.

    Turtle, N-Triples, JSON-LD and RDF/XML hold the union of the graphs chosen, each triple once; TriG and
    N-Quads say which graph each comes from.

    Args:
        dataset: what to write.
        format_: a key of `kg.rdf_writing.FORMATS`.
        out: where to; bytes, in UTF-8.
        graph: one graph alone: a name of `SPECIAL_GRAPHS`, a release's id, or an IRI.
        include: names of `SPECIAL_GRAPHS` to write beside the releases (without `graph`), or "evidence": with
            `entity`, the assertions behind the statements, with their sentences; without it they are written anyway.
        entity: IRI of a thing, to write its neighbourhood alone (`neighbourhood`).
        depth: how far that reaches.

    Raises:
        InputError: no such format, graph or entity, or the format cannot hold a literal.
    """
    return write(selected(dataset, graph=graph, include=include, entity=entity, depth=depth), format_, out)


def selected(
    dataset: Dataset,
    *,
    graph: str | None = None,
    include: Sequence[str] = (),
    entity: str | None = None,
    depth: int = 2,
) -> Iterable[ox.Quad]:
    """What `export` writes, for other formats; the arguments are its.

    Raises:
        InputError: no such graph or entity.
    """
    chosen = _graphs(dataset, graph, [name for name in include if name != "evidence"])
    if entity is None:
        return (quad for name in chosen for quad in dataset.quads(name))
    found = neighbourhood(dataset, entity, depth=depth, graphs=chosen, evidence="evidence" in include)
    if not found:
        raise InputError(f"{compact(entity)}: nothing in the graphs chosen speaks of it")
    return found


def _graphs(dataset: Dataset, graph: str | None, include: Sequence[str]) -> list[str]:
    there = dataset.graphs()
    if graph is None:
        special = set(SPECIAL_GRAPHS.values())
        return [iri for iri in there if iri not in special] + [SPECIAL_GRAPHS[name] for name in include]
    ending = f"/id/release/{quote(graph, safe='')}"
    for iri in there:
        if iri in (graph, SPECIAL_GRAPHS.get(graph)) or iri.endswith(ending):
            return [iri]
    raise InputError(
        f"{graph}: no such graph; name a release by its id, or one of "
        + ", ".join(name for name, iri in SPECIAL_GRAPHS.items() if iri in there)
    )
