"""Validating invented releases, as a ratio to pySHACL on rdflib's memory store and to pyrudof: same triples and shapes.

Each runs in a process of its own, from the same N-Triples, reading included; what they find is compared first.  pyrudof
is a peer where it is installed; it passes over some SPARQL, so that it may find less.

    python bench/bench_validation.py                      # 100 and 1,000 releases
    python bench/bench_validation.py --releases 10000 --pyshacl-up-to 0 --pyrudof-up-to 0
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from bench import synthetic
from kg.conflicts import conflict_quads
from kg.namespaces import Minter
from kg.ontology import shape_files
from kg.reasoning import infer
from kg.store import Dataset

#: CPU seconds, the most memory in MB, and the findings as (focus node, constraint, value).
Outcome = tuple[float, int, set[tuple[str, str, str]]]

#: The most memory is Linux's own mark of this process: `getrusage` begins with what the parent had.
FRAME = """
import json, re, sys, time
data, shapes = sys.argv[1:]
start = time.process_time()
{work}
seconds = time.process_time() - start
memory = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(json.dumps([seconds, memory, sorted(set(found))]))
"""
OURS = """
from pathlib import Path
import pyoxigraph as ox
from kg.validation import validate
report = validate(ox.parse(path=data))
found = [
    (f.focus.value, f.constraint, "" if f.value is None else f.value.value) for f in report.findings
]
"""
SNAPSHOT = """
from pathlib import Path
from kg.store import Dataset
from kg.validation import validate
report = validate(Dataset.open(Path(data).with_name("dataset")))
found = [
    (f.focus.value, f.constraint, "" if f.value is None else f.value.value) for f in report.findings
]
"""
PYSHACL = """
import pyshacl, rdflib
from rdflib.namespace import RDF, SH
graph = rdflib.Graph().parse(data, format="nt")
_, results, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(shapes), inplace=True)
found = [
    tuple(str(results.value(r, p) or "") for p in (SH.focusNode, SH.sourceConstraintComponent, SH.value))
    for r in results.subjects(RDF.type, SH.ValidationResult)
]
"""
PYRUDOF = """
import pyrudof
engine = pyrudof.Rudof(pyrudof.RudofConfig())
engine.read_data(open(data, encoding="utf-8").read(), format=pyrudof.RDFFormat.NTriples)
engine.read_shacl(open(shapes, encoding="utf-8").read())
report = engine.validate_shacl()
found = [(str(number), "", "") for number in range(len(report))]
"""


def run(work: str, data: Path, shapes: Path) -> Outcome:
    """One engine in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", FRAME.replace("{work}", work), str(data), str(shapes)],
        capture_output=True,
        check=True,
        text=True,
    )
    seconds, memory, found = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory, {tuple(row) for row in found}


def prepared(releases: int, folder: Path) -> int:
    """Write releases, with what follows from them, as N-Triples and as a dataset; returns the number of triples."""
    dataset = Dataset.create(folder / "dataset")
    dataset.bulk_add(synthetic.background())
    dataset.bulk_add(synthetic.quads(releases=releases))
    dataset.bulk_add(list(conflict_quads(dataset, Minter())))
    dataset.bulk_add(infer(dataset).quads)
    with (folder / "data.nt").open("wb") as out:
        ox.serialize((quad.triple for quad in dataset.quads()), out, ox.RdfFormat.N_TRIPLES)
    dataset.flush()
    return dataset.count()


def compared(releases: int, left_out: Collection[str]) -> None:
    """Print the table of one size, without some peers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        triples = prepared(releases, folder)
        data, shapes = folder / "data.nt", folder / "shapes.ttl"
        shapes.write_bytes(b"\n".join(path.read_bytes() for path in shape_files()))
        ours, memory, found = run(OURS, data, shapes)
        print(f"{releases:,} releases, {triples:,} triples")
        print(f"  {'kg validate, files':<22} {ours:8.2f} s CPU {memory:7,} MB {len(found):6,} findings")
        peers = {"kg validate, snapshot": SNAPSHOT, "pySHACL": PYSHACL, "pyrudof": PYRUDOF}
        for peer, work in peers.items():
            if peer in left_out:
                print(f"  {peer:<22} left out: --{peer.casefold()}-up-to")
                continue
            try:
                seconds, memory, other = run(work, data, shapes)
            except subprocess.CalledProcessError as error:
                print(f"  {peer:<22} failed: {error.stderr.strip().splitlines()[-1]}")
                continue
            if peer == "pyrudof":
                same = "as many" if len(other) == len(found) else "another number"
            else:
                same = "the same" if other == found else f"{len(other ^ found)} differ"
            print(
                f"  {peer:<22} {seconds:8.2f} s CPU {memory:7,} MB {len(other):6,} findings ({same});"
                f" {seconds / ours:.2f} times the first"
            )


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, action="append", help="may be repeated; default 100 and 1000")
    parser.add_argument("--pyshacl-up-to", type=int, default=100, help="releases; it is the slow one")
    parser.add_argument(
        "--pyrudof-up-to", type=int, default=1_000, help="releases; it takes a gigabyte for 1,000"
    )
    options = parser.parse_args()
    limits = {"pySHACL": options.pyshacl_up_to, "pyrudof": options.pyrudof_up_to}
    for releases in options.releases or (100, 1_000):
        compared(releases, [peer for peer, limit in limits.items() if releases > limit])


if __name__ == "__main__":
    main()
