"""`kg.turtle` and `kg.external_sort`: the same bytes however the graph comes; round trips through other tools."""

from __future__ import annotations

import hashlib
import io
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from bench import synthetic
from kg.export import export
from kg.external_sort import sorted_lines
from kg.namespaces import ONTOLOGY_GRAPH
from kg.ontology import ontology_quads
from kg.rdf_writing import FORMATS
from kg.store import Dataset, canonical
from kg.turtle import write_turtle
from tests.turtle_text import turtle

SCRIPT = """
import hashlib, random, sys
import pyoxigraph as ox
from tests.turtle_text import turtle
quads = list(ox.parse(path=sys.argv[2]))
random.Random(int(sys.argv[1])).shuffle(quads)
print(hashlib.sha256(turtle(quads).encode()).hexdigest())
"""
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def graph() -> list[ox.Quad]:
    return list(synthetic.quads(releases=5))


def test_lines_are_sorted_through_files_as_in_memory() -> None:
    """Each line once, whatever part of them memory holds."""
    chance = random.Random(1)
    lines = [str(chance.randrange(3000)).encode() for _ in range(5000)]
    assert list(sorted_lines(lines, run=2_000)) == list(sorted_lines(lines)) == sorted(set(lines))


@pytest.mark.parametrize("lines", [[], [b""], [b"x"], [b"b", b"a", b"b"]])
def test_a_few_lines_are_sorted(lines: list[bytes]) -> None:
    """Also when one fills a run, and when there is none."""
    assert list(sorted_lines(lines, run=1)) == sorted(set(lines))


@pytest.mark.parametrize("with_graphs", [False, True])
def test_a_graph_larger_than_memory_is_written_as_a_small_one(
    graph: list[ox.Quad], with_graphs: bool
) -> None:
    """The temporary files leave no trace in the text."""
    small, large = io.BytesIO(), io.BytesIO()
    count = write_turtle(graph, small, with_graphs=with_graphs)
    assert write_turtle(graph[::-1], large, with_graphs=with_graphs, run=20_000) == count
    assert large.getvalue() == small.getvalue()


def test_ten_hash_seeds_and_orders_give_the_same_bytes(graph: list[ox.Quad], tmp_path: Path) -> None:
    """Nothing depends on the order of a set, or of the quads."""
    path = tmp_path / "graph.nq"
    ox.serialize(graph, str(path), ox.RdfFormat.N_QUADS)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(seed), str(path)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for seed in range(10)
    ]
    digests = {run.communicate()[0] for run in runs}
    assert all(run.returncode == 0 for run in runs)
    assert digests == {hashlib.sha256(turtle(graph).encode()).hexdigest().encode() + b"\n"}


def test_parsed_and_written_again_it_is_the_same(graph: list[ox.Quad]) -> None:
    """A fixpoint, so that an edited file can be brought into order."""
    text = turtle([*graph, *canonical(ox.Quad(*quad.triple) for quad in ontology_quads())])
    again = turtle(canonical(ox.parse(text.encode(), ox.RdfFormat.TURTLE)))
    assert again == text


def test_one_fact_changes_its_own_lines_only(graph: list[ox.Quad]) -> None:
    """A value replaced is one line less and one more."""
    old = next(quad for quad in graph if quad.predicate.value.endswith("confidence"))
    new = ox.Quad(old.subject, old.predicate, ox.Literal("changed"), old.graph_name)
    before, after = (turtle(quads).splitlines() for quads in (graph, [new if q == old else q for q in graph]))
    assert len(after) == len(before)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


# Inside rdflib.
@pytest.mark.filterwarnings(
    "ignore:(Dataset.default_context|ConjunctiveGraph) is deprecated:DeprecationWarning"
)
@pytest.mark.parametrize("format_", FORMATS)
def test_an_export_is_the_graph_in_other_tools(graph: list[ox.Quad], format_: str) -> None:
    """Read by a fresh store and by rdflib, what was written is the same graph."""
    dataset = Dataset.in_memory([*graph, *ontology_quads()])
    out = io.BytesIO()
    export(dataset, format_, out, include=["ontology"])
    triples = {ox.Quad(*quad.triple) for quad in (*graph, *dataset.quads(ONTOLOGY_GRAPH))}
    kinds = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    fresh = Dataset.in_memory(ox.parse(out.getvalue(), kinds[format_]))
    assert canonical(fresh.quads()) == canonical(triples)
    theirs = rdflib.Dataset()  # JSON-LD is read by test_jsonld.py
    if format_ != "jsonld":
        names = {"rdfxml": "xml", "ntriples": "nt"}
        theirs.parse(data=out.getvalue(), format=names.get(format_, format_))
        ours = rdflib.Graph().parse(data="".join(f"{q.triple} .\n" for q in triples), format="nt")
        read, graphs = rdflib.Graph(), set()
        for subject, predicate, object_, name in theirs.quads():
            read.add((subject, predicate, object_))
            graphs.add(str(name))
        assert isomorphic(read, ours)
        assert format_ not in ("trig", "nquads") or graphs == set(dataset.graphs())


OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


@pytest.mark.skipif(OXIGRAPH is None, reason="the program `oxigraph` is not installed")
def test_an_export_is_the_graph_in_oxigraph_serve(graph: list[ox.Quad], tmp_path: Path) -> None:
    """Loaded by the server through the Graph Store Protocol, and asked back."""
    assert OXIGRAPH is not None
    out = io.BytesIO()
    export(Dataset.in_memory(graph), "nquads", out)
    port = free_port()
    with subprocess.Popen(
        [OXIGRAPH, "serve", "--location", str(tmp_path / "db"), "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            url = f"http://127.0.0.1:{port}/store"
            request = urllib.request.Request(url, out.getvalue(), {"Content-Type": "application/n-quads"})
            deadline = time.monotonic() + 20
            while True:
                try:
                    with urllib.request.urlopen(request, timeout=20):
                        break
                except urllib.error.URLError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
            back = urllib.request.Request(url, headers={"Accept": "application/n-quads"})
            with urllib.request.urlopen(back, timeout=20) as answer:
                content = answer.read()
        finally:
            server.terminate()
    assert set(ox.parse(content, ox.RdfFormat.N_QUADS)) == set(Dataset.in_memory(graph).quads_for()) - set(
        Dataset.in_memory(graph).quads()
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
