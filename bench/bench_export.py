"""Sorted RDF of thousands of releases, as a ratio to Oxigraph's own dump in the order of its indexes; memory too.

Each is written by a process of its own from the same snapshot.  `--releases N` (default 1,000, about 200,000 quads);
`--format` may be repeated.

    python bench/bench_export.py --releases 10000 --format turtle --format trig --format nquads
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import synthetic
from kg.rdf_writing import FORMATS
from kg.snapshots import Snapshots

OURS = """
from kg.export import export
count = export(dataset, format_, out)
"""
PEER = """
import pyoxigraph as ox
special = ("ontology", "vocabulary", "queries", "inferred", "conflicts", "report")
graphs = [g for g in dataset.graphs() if not g.endswith(special)]
rdf = ox.RdfFormat.from_extension(FORMATS[format_][1:])
quads = (q for g in graphs for q in dataset.quads(g))
ox.serialize(quads if rdf.supports_datasets else (q.triple for q in quads), out, rdf)
count = None
"""
#: The most memory is Linux's own mark of this process: `getrusage` begins with what the parent had.
FRAME = """
import json, re, sys, time
from pathlib import Path
from kg.store import Dataset
dataset, format_ = Dataset.open(Path(sys.argv[1])), sys.argv[3]
import kg.export
from kg.rdf_writing import FORMATS
with open(sys.argv[2], "wb") as out:
    start = time.process_time()
    {work}
    seconds = time.process_time() - start
memory = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(json.dumps([seconds, count, memory]))
"""


def run(work: str, dataset: Path, out: Path, format_: str) -> tuple[float, int | None, int]:
    """CPU seconds, statements written, and the most memory in MB."""
    code = FRAME.replace("{work}", work.strip().replace("\n", "\n    "))
    done = subprocess.run(
        [sys.executable, "-c", code, str(dataset), str(out), format_],
        capture_output=True,
        check=True,
        text=True,
    )
    seconds, count, memory = json.loads(done.stdout)
    return seconds, count, memory


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=1_000)
    parser.add_argument(
        "--format", dest="formats", choices=list(FORMATS), action="append", help="default turtle"
    )
    parser.add_argument("--data", type=Path, help="a data directory that is there already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = options.data or Path(folder) / "data"
        if options.data is None:
            synthetic.publish(data, releases=options.releases)
        snapshot = Snapshots(data).current()
        print(f"{len(snapshot.manifest.releases):,} releases")
        for format_ in options.formats or ["turtle"]:
            path = Path(folder) / "out"
            ours, count, memory = run(OURS, snapshot.dataset_path, path, format_)
            size = path.stat().st_size >> 20
            peer, _, other = run(PEER, snapshot.dataset_path, path, format_)
            print(
                f"{format_:<8} {count:>9,} statements {size:>4} MB  kg export {ours:6.1f} s CPU {memory:>4} MB memory, "
                f"sorted, the same bytes each time; Oxigraph's dump {peer:6.1f} s CPU {other:>4} MB memory; "
                f"ratio {ours / peer:.1f}"
            )


if __name__ == "__main__":
    main()
