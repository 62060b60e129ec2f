"""Fifty snapshots published while a hundred requests a second come in: how many are lost, or mix two snapshots.

Each snapshot has the same things, all of one version: an answer that counts two versions, or fewer things, is a
mixture.  Every snapshot is removed as soon as the next one is there.  No query is sent twice; half are asked as JSON,
half as CSV, which go different ways.  The peer is the same load with nothing published.

    python bench/bench_publishing.py [--rate 100] [--swaps 50] [--clients 8]
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyoxigraph as ox

from bench import endpoint_peers
from kg.snapshots import Manifest, Snapshots

THINGS: Final = 500
QUERY: Final = "SELECT ?v (COUNT(*) AS ?n) { ?s <http://x/version> ?v } GROUP BY ?v"


def publish(data: Path, version: int) -> None:
    """A snapshot of one version; the one before is removed."""
    name, graph = ox.NamedNode("http://x/version"), ox.NamedNode("http://x/graph")
    with Snapshots(data).draft() as draft:
        draft.dataset.add(
            ox.Quad(ox.NamedNode(f"http://x/{n}"), name, ox.Literal(version), graph) for n in range(THINGS)
        )
        draft.publish(Manifest.of(draft.dataset, base="http://x/"), keep=1)


def publish_all(data: str, swaps: int) -> None:
    """One after another, as fast as they come."""
    for version in range(1, swaps + 1):
        publish(Path(data), version)


@dataclass(slots=True)
class Clients:
    """What paced clients were answered.

    Attributes:
        port: of the server.
        rate: requests a second, of all of them together.
        stop: set when they are to end.
        took: seconds of each request.
        lost: what was not answered with 200, by its status or error.
        mixed: answers that are of no one snapshot.
        versions: those that were seen.
    """

    port: int
    rate: float
    stop: threading.Event = field(default_factory=threading.Event)
    took: list[float] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    mixed: list[str] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)

    def ask(self, number: int, of: int) -> None:
        """Be one of so many clients, which keeps its connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        next_at = time.monotonic() + number / self.rate
        turn = 0
        while not self.stop.is_set():
            time.sleep(max(0.0, next_at - time.monotonic()))  # the rate of requests that is asked for
            next_at += of / self.rate
            turn += 1
            kind = "csv" if turn % 2 else "json"
            begun = time.monotonic()
            try:
                connection.request("GET", f"/sparql.{kind}?query={quote(f'{QUERY} # {number}-{turn}')}")
                response = connection.getresponse()
                body = response.read().decode()
            except (OSError, http.client.HTTPException) as error:
                self.lost[repr(error)] += 1
                connection.close()
                continue
            self.took.append(time.monotonic() - begun)
            if response.status != 200:
                self.lost[str(response.status)] += 1
            else:
                self._check(kind, body)

    def _check(self, kind: str, body: str) -> None:
        if kind == "csv":
            rows = [line.split(",") for line in body.split()[1:]]
        else:
            found = json.loads(body)["results"]["bindings"]
            rows = [[row["v"]["value"], row["n"]["value"]] for row in found]
        if len(rows) == 1 and rows[0][1] == str(THINGS):
            self.versions.add(rows[0][0])
        else:
            self.mixed.append(body)


def run(data: Path, port: int, options: argparse.Namespace, *, swaps: int) -> None:
    """Have the clients ask for as long as snapshots are published, or for five seconds, and print what came of it."""
    clients = Clients(port, options.rate)
    threads = [
        threading.Thread(target=clients.ask, args=(number, options.clients))
        for number in range(options.clients)
    ]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    if swaps:
        publishing = multiprocessing.get_context("spawn").Process(target=publish_all, args=(str(data), swaps))
        publishing.start()
        publishing.join()
        if publishing.exitcode:
            sys.exit("the snapshots could not be published")
    else:
        time.sleep(5)  # no swap to wait for: this is how long the clients go on
    clients.stop.set()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    took = sorted(clients.took)
    lost = sum(clients.lost.values())
    print(
        f"{swaps:3} snapshots in {seconds:5.1f} s   {len(took):6,} requests, {len(took) / seconds:6.1f} a second   "
        f"p50 {1000 * took[len(took) // 2]:6.1f} ms   p99 {1000 * took[int(len(took) * 0.99)]:7.1f} ms   "
        f"lost {lost} {dict(clients.lost) or ''}   mixed {len(clients.mixed)}   versions seen {len(clients.versions)}"
    )
    if swaps:
        reached = not lost and not clients.mixed and len(took) / seconds > 0.95 * options.rate
        print(
            f"target: {options.rate:g} requests a second, none lost, none mixed: {'reached' if reached else 'MISSED'}"
        )


def main() -> None:
    """Print both lines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--swaps", type=int, default=50)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        publish(data, 0)
        with endpoint_peers.ours(data) as running:
            run(data, running.port, options, swaps=0)
            run(data, running.port, options, swaps=options.swaps)


if __name__ == "__main__":
    main()
