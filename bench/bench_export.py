"""Stable Turtle of thousands of releases, as a ratio to Oxigraph's own dump in the order of its indexes; memory too.

Each is written by a process of its own from the same snapshot.  `--releases N` (default 1,000, about 200,000 quads).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import synthetic
from kg.snapshots import Snapshots

OURS = """
from kg.export import export
count = export(dataset, "turtle", out)
"""
PEER = """
import pyoxigraph as ox
special = ("ontology", "vocabulary", "queries")
graphs = [g for g in dataset.graphs() if not g.endswith(special)]
triples = (q.triple for g in graphs for q in dataset.quads(g))
ox.serialize(triples, out, ox.RdfFormat.TURTLE)
count = None
"""
FRAME = """
import json, resource, sys, time
from pathlib import Path
from kg.store import Dataset
dataset = Dataset.open(Path(sys.argv[1]))
import kg.export
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[2], "wb") as out:
    start = time.process_time()
    {work}
    seconds = time.process_time() - start
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, count, after // 1024]))
"""


def run(work: str, dataset: Path, out: Path) -> tuple[float, int | None, int]:
    """CPU seconds, statements written, and the most memory in MB."""
    code = FRAME.replace("{work}", work.strip().replace("\n", "\n    "))
    done = subprocess.run(
        [sys.executable, "-c", code, str(dataset), str(out)], capture_output=True, check=True, text=True
    )
    seconds, count, memory = json.loads(done.stdout)
    return seconds, count, memory


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=1_000)
    parser.add_argument("--data", type=Path, help="a data directory that is there already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = options.data or Path(folder) / "data"
        if options.data is None:
            synthetic.publish(data, releases=options.releases)
        snapshot = Snapshots(data).current()
        ours, count, memory = run(OURS, snapshot.dataset_path, Path(folder) / "ours.ttl")
        peer, _, other = run(PEER, snapshot.dataset_path, Path(folder) / "peer.ttl")
        size = (Path(folder) / "ours.ttl").stat().st_size >> 20
    print(f"{len(snapshot.manifest.releases):,} releases, {count:,} triples, {size} MB of Turtle")
    print(f"{'kg export':<10} {ours:7.1f} s CPU {memory:6,} MB  sorted, the same bytes each time")
    print(
        f"{'Oxigraph':<10} {peer:7.1f} s CPU {other:6,} MB  unsorted; ours takes {ours / peer:.1f} times as long"
    )


if __name__ == "__main__":
    main()
