"""A CONSTRUCT of a million triples over HTTP: time to the first byte and what the server's memory grows by.

The peer is `oxigraph serve-read-only` over the same files.  Memory is that of the server's own processes, without the
query workers, which have a limit of their own.

    python bench/bench_streaming.py [--releases 6000] [--data FOLDER] [--peers FOLDER]

Without `--releases` or `--data` the graph is one of plain triples, which is made in half a minute.
"""

from __future__ import annotations

import argparse
import http.client
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyoxigraph as ox

from bench import endpoint_peers, synthetic
from kg.snapshots import Manifest, Snapshots, ValidationSummary

TRIPLES: Final = 1_000_000
#: Seconds to the first byte, and MiB by which the server's own memory may grow.
FIRST: Final = 1.0
GROWTH: Final = 64
QUERY: Final = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} LIMIT {TRIPLES}"


@dataclass(frozen=True, slots=True)
class Stream:
    """What a download came to: seconds to the first byte of the body and to the end, lines, and KiB grown by."""

    first: float
    whole: float
    lines: int
    growth: int


def publish_plain(data: Path) -> None:
    """Publish a graph of things with ten properties each; its content hash, which takes long, is made up."""
    graph = ox.NamedNode("https://kg.example/graph")
    predicates = [ox.NamedNode(f"https://kg.example/property/{number}") for number in range(10)]
    quads = (
        ox.Quad(thing, predicate, ox.Literal(f"the value of {number} for {place}, in so many words"), graph)
        for number in range(TRIPLES // 10)
        for thing in (ox.NamedNode(f"https://kg.example/thing/{number}"),)
        for place, predicate in enumerate(predicates)
    )
    with Snapshots(data).draft() as draft:
        draft.dataset.bulk_add(quads)
        draft.publish(
            Manifest(
                base="https://kg.example/",
                releases=(),
                facts=0,
                graphs=((graph.value, TRIPLES),),
                triples=TRIPLES,
                content_hash="0" * 64,
                validation=ValidationSummary(),
                inconsistencies=(),
                versions=(),
                created="2024-01-01T00:00:00+00:00",
            )
        )


def download(running: endpoint_peers.System) -> Stream:
    """Get the triples as N-Triples, watching the server's memory."""
    base = memory(running.pid)
    highest = base
    done = threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.05):
            highest = max(highest, memory(running.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    begun = time.perf_counter()
    first, lines = 0.0, 0
    connection = http.client.HTTPConnection("127.0.0.1", running.port)
    try:
        connection.request(
            "GET", "/sparql?" + urlencode({"query": QUERY}), headers={"Accept": "application/n-triples"}
        )
        response = connection.getresponse()
        while data := response.read1(1 << 16):
            first = first or time.perf_counter() - begun
            lines += data.count(b"\n")
    finally:
        connection.close()
        done.set()
        watching.join()
    return Stream(first, time.perf_counter() - begun, lines, highest - base)


def memory(pid: int) -> int:
    """KiB that a process and its children hold, without query workers and the process that they are forked from."""
    found = 0
    waiting = [pid]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            if b"query_nursery" in (folder / "cmdline").read_bytes():
                continue
            status = (folder / "status").read_text()
            children = (folder / "task" / folder.name / "children").read_text()
            found += int(status.partition("RssAnon:")[2].split()[0])
            for task in (folder / "task").iterdir():
                children += " " + (task / "children").read_text()
        except (OSError, IndexError):  # it has just ended
            continue
        waiting += set(map(int, children.split()))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--releases", type=int, help="of invented releases, about 200 triples each")
    parser.add_argument("--data", type=Path, help="use this data directory instead of a new one")
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "releasekg-bench-peers")
    options = parser.parse_args()
    with ExitStack() as stack:
        data = options.data
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            print("making a graph …", file=sys.stderr)
            if options.releases:
                synthetic.publish(data, releases=options.releases)
            else:
                publish_plain(data)
        dataset = Snapshots(data).current().dataset_path
        binaries = endpoint_peers.environment(options.peers)
        ours = stack.enter_context(endpoint_peers.ours(data, "--timeout", "300"))
        peer = stack.enter_context(endpoint_peers.oxigraph(binaries, dataset))
        time.sleep(5)  # for what a server prepares in the background
        for name, running in (("ours", ours), ("oxigraph", peer)):
            found = download(running)
            print(
                f"{name:10}{found.lines:10,} triples  first byte {found.first:6.2f} s  whole {found.whole:6.1f} s"
                f"  memory +{found.growth / 1024:.0f} MiB"
            )
            if name == "ours":
                reached = found.lines == TRIPLES and found.first < FIRST and found.growth < GROWTH * 1024
                print(
                    f"  target: {TRIPLES:,} triples, first byte in {FIRST:g} s, memory by less than {GROWTH} MiB: "
                    f"{'reached' if reached else 'MISSED'}"
                )


if __name__ == "__main__":
    main()
