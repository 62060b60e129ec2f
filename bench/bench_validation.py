"""Validating the bundled releases several times over, as a ratio to pySHACL as it is, on the same data and shapes.

Both check the same graph in the same process, one after the other; the numbers of their findings must be the same.
Where pyrudof is installed, it is run too; it passes over some SPARQL, so that its number may be another.
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from kg.build import build
from kg.export import selected
from kg.namespaces import PROJECT
from kg.ontology import ontology_quads, shape_files, vocabulary_quads
from kg.resources import data_folder
from kg.snapshots import Snapshots
from kg.validation import validate

COPIES = 4
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds and result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def triples(copies: int) -> list[ox.Quad]:
    """What the bundled releases state, in copies whose things are apart."""
    with tempfile.TemporaryDirectory() as folder:
        build([data_folder("seeds")], Path(folder))
        dataset = Snapshots(Path(folder)).current().open()
        one = [ox.Quad(q.subject, q.predicate, q.object) for q in selected(dataset)]
    out = set()
    for number in range(copies):

        def moved(term: ox.NamedNode, number: int = number) -> ox.NamedNode:
            if not isinstance(term, ox.NamedNode):
                return term
            return ox.NamedNode(term.value.replace(f"{PROJECT}id/", f"{PROJECT}{number}/id/"))

        out |= {ox.Quad(moved(q.subject), q.predicate, moved(q.object)) for q in one}
    return sorted(out, key=str)


def main() -> None:
    """Print the table."""
    data = triples(COPIES)
    ontology = [ox.Quad(q.subject, q.predicate, q.object) for q in (*ontology_quads(), *vocabulary_quads())]
    print(f"{5 * COPIES} releases, {len(data):,} triples, {len(ontology):,} of ontology and vocabulary")

    ours, report = timed(lambda: validate(data, ontology=ontology))
    print(
        f"{'kg validate':<12} {ours:7.2f} s CPU  {len(report.findings)} findings  what is needed of the ontology"
    )
    whole, report = timed(lambda: validate([*data, *ontology]))
    print(
        f"{'kg validate':<12} {whole:7.2f} s CPU  {len(report.findings)} findings  ontology and all, as the peers"
    )

    text = b"".join(f"{quad.triple} .\n".encode() for quad in (*data, *ontology))
    shapes = rdflib.Graph()
    for path in shape_files():
        shapes.parse(path)

    def plain() -> int:
        graph = rdflib.Graph().parse(data=text, format="nt")
        _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
        assert isinstance(results, rdflib.Graph)
        return len(
            {
                tuple(
                    str(results.value(r, p))
                    for p in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
                )
                for r in results.subjects(RDF.type, SH.ValidationResult)
            }
        )

    peer, found = timed(plain)
    print(
        f"{'pySHACL':<12} {peer:7.2f} s CPU  {found} findings  {peer / ours:.1f} and {peer / whole:.1f} times ours"
    )
    if importlib.util.find_spec("pyrudof") is None:
        print("pyrudof      not installed")
        return
    import pyrudof  # noqa: PLC0415 - an optional peer

    shapes_text = shapes.serialize(format="turtle")

    def rudof() -> int:
        engine = pyrudof.Rudof(pyrudof.RudofConfig())
        engine.read_data(text.decode(), format=pyrudof.RDFFormat.NTriples)
        engine.read_shacl(shapes_text)
        return len(engine.validate_shacl())

    other, found = timed(rudof)
    print(
        f"{'pyrudof':<12} {other:7.2f} s CPU  {found} findings  {other / ours:.2f} and {other / whole:.2f} times ours"
    )


if __name__ == "__main__":
    main()
