"""From the start of `kg serve` to its first answered query, as a ratio to a bare gunicorn with a constant Flask route.

python bench/bench_server_start.py [--releases 1000] [--data FOLDER] [--rounds 5]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from itertools import repeat
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import endpoint_peers, http_load, synthetic
from bench.bench_endpoint import request

#: Seconds from the start to the first answer, on a machine that has nothing else to do.
TARGET: Final = 1.5


def seconds(start: Callable[[], AbstractContextManager[endpoint_peers.System]]) -> float:
    """Wall time until a server that is started now has answered a query."""
    begun = time.perf_counter()
    with start() as running:
        http_load.load(running.port, repeat(request("SELECT * { ?s ?p ?o } LIMIT 1")), clients=1, seconds=0)
        return time.perf_counter() - begun


def _verdict(seconds_: float) -> str:
    return "reached" if seconds_ <= TARGET else "MISSED"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--releases", type=int, default=1_000)
    parser.add_argument("--data", type=Path, help="use this data directory instead of a new one")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with ExitStack() as stack:
        data = options.data
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            synthetic.publish(data, releases=options.releases)
        rounds = [
            (seconds(endpoint_peers.constant), seconds(lambda: endpoint_peers.ours(data)))
            for _ in range(options.rounds)
        ]
    peer, ours = (min(column) for column in zip(*rounds, strict=True))
    print(f"kg serve, start to first answer   {ours:6.2f} s   target 1.50 s: {_verdict(ours)}")
    print(f"constant route, same gunicorn     {peer:6.2f} s   ratio {ours / peer:.1f}")


if __name__ == "__main__":
    main()
