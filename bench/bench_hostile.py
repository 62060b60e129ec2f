"""Fifty hostile queries at once: how much slower a cheap one becomes, and what is left of them afterwards.

A cheap ASK, never the same twice, is asked over and over from another address, first alone, then while fifty clients
send the shapes that bring query engines down, then alone again.  Prints the p50 and p99 of each phase, their ratio to
the first, what the hostile ones were answered, the most processor time that a query worker had, and processes, file
handles and memory before and after each attack: what grows with each of several leaks.  The hostile clients are a
process of their own, as far down as priorities go.

    python bench/bench_hostile.py [--releases 200] [--data FOLDER] [--seconds 20] [--hostile 50] [--timeout 5]
                                  [--attacks 3]
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import endpoint_peers, synthetic

#: Milliseconds that the p99 of the cheap query may reach under fire, on two cores that have nothing else to do.
P99: Final = 250.0
#: Seconds that the hostile clients have to begin; the first half of one is theirs, until their queries have overstayed.
_LEAD: Final = 1.5
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}

#: Name → query; `{n}` makes each text a new one.
SHAPES: Final = {
    "product": "SELECT (COUNT(*) AS ?n{n}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}",
    "sort": "SELECT * {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?c ?f ?i # {n}",
    "regex": 'SELECT * {{ ?s ?p ?o . ?x ?y ?z FILTER(REGEX(CONCAT(STR(?o), STR(?z)), "(a|aa|b|.)+(x+x+)+y{n}$")) }}',
    "path": "SELECT * {{ ?s (!<a:a>|^!<a:a>)*/(!<a:b>|^!<a:b>)* ?o . ?o (!<a:c>)* ?x }} # {n}",
    "braces": "SELECT * " + "{{" * 1000 + "}}" * 1000 + " # {n}",
    "calls": "SELECT (" + "STR(" * 1000 + "{n}" + ")" * 1000 + " AS ?x) {{}}",
    "deep calls": "SELECT (" + "STR(" * 100_000 + "{n}" + ")" * 100_000 + " AS ?x) {{}}",
    "patterns": "SELECT * {{" + " ?s ?p ?o ." * 300 + "}} # {n}",
    "distinct": "SELECT DISTINCT ?c ?f ?i {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {n}",
    "concat": "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} # {n}",
    "construct": "CONSTRUCT {{ ?a ?e ?f }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {n}",
    "long text": "",
}
LONG: Final = b"query=ASK{}%23" + b"x" * 10 * 1024**2


@dataclass(slots=True)
class Hostile:
    """What the hostile clients did.

    Attributes:
        port: of the server.
        stop: set when they are to end.
        answers: how often each shape got which status; "broken" for a broken connection.
    """

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)

    def attack(self, number: int) -> None:
        """One client: shape after shape, until told to stop."""
        names = list(SHAPES)
        for turn in itertools.count(number):
            if self.stop.is_set():
                return
            name = names[turn % len(names)]
            text = SHAPES[name].format(n=number * 1_000_000 + turn) if name != "long text" else ""
            body = urlencode({"query": text}).encode() if text else LONG
            self.answers[name, self._send(body)] += 1

    def _send(self, body: bytes) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", "/sparql", body, FORM)
            response = connection.getresponse()
            response.read()
            return str(response.status)
        except (OSError, http.client.HTTPException):
            return "broken"
        finally:
            connection.close()


def cheap(port: int, seconds: float, start: int) -> tuple[list[float], Counter[int]]:
    """Seconds that each cheap query took, and how it was answered, from an address of its own."""
    took: list[float] = []
    statuses: Counter[int] = Counter()
    until = time.monotonic() + seconds
    for number in itertools.count(start):
        begun = time.monotonic()
        if begun > until:
            return took, statuses
        connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=60, source_address=("127.0.0.2", 0)
        )
        connection.request("GET", f"/sparql?query={quote(f'ASK {{ ?s ?p {number} }}')}")
        response = connection.getresponse()
        response.read()
        statuses[response.status] += 1
        took.append(time.monotonic() - begun)
        connection.close()
        time.sleep(0.01)  # a client, not one more flood
    raise AssertionError


def descendants(pid: int) -> list[int]:
    """The processes below one."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def footprint(pid: int) -> dict[str, float]:
    """Processes, file handles, and megabytes that nobody else shares."""
    out = {"processes": 0.0, "handles": 0.0, "megabytes": 0.0}
    for each in [pid, *descendants(pid)]:
        try:
            memory = Path(f"/proc/{each}/smaps_rollup").read_text()
            out["handles"] += sum(1 for _ in Path(f"/proc/{each}/fd").iterdir())
        except OSError:
            continue
        out["processes"] += 1
        out["megabytes"] += (
            sum(int(line.split()[1]) for line in memory.splitlines() if line.startswith("Private_")) / 1024
        )
    return out


def footprint_of(pid: int) -> float:
    """Megabytes of one process that nobody else shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def percentile(values: list[float], share: float) -> float:
    """Milliseconds."""
    return 1000 * sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Watch:
    """How much processor time any process below the server has had, against what a deadline allows."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._ticks = os.sysconf("SC_CLK_TCK")
        self.longest = 0.0

    def look(self) -> None:
        """Note the busiest worker."""
        for each in descendants(self._pid):
            try:
                fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
                command = Path(f"/proc/{each}/cmdline").read_text()
            except OSError:
                continue
            if "query" in command:
                self.longest = max(self.longest, (int(fields[11]) + int(fields[12])) / self._ticks)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--releases", type=int, default=200)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--hostile", type=int, default=50)
    parser.add_argument("--timeout", type=float, default=5)
    parser.add_argument(
        "--attacks", type=int, default=1, help="one after the other: what grows with each, leaks"
    )
    parser.add_argument("--only", default="", help="shapes, parted by commas")
    parser.add_argument("--attack", type=int, metavar="PORT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.attack:
        attack(options.attack, options.hostile, options.only)
        return
    with ExitStack() as stack:
        data = options.data
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            synthetic.publish(data, releases=options.releases)
        system = stack.enter_context(endpoint_peers.ours(data, "--timeout", str(options.timeout)))
        measure(system, options)


def attack(port: int, clients: int, only: str) -> None:
    """Be the hostile clients until standard input is closed; then print what they were answered."""
    os.nice(19)
    for name in [name for name in SHAPES if only and name not in only.split(",")]:
        del SHAPES[name]
    hostile = Hostile(port)
    threads = [threading.Thread(target=hostile.attack, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    hostile.stop.set()
    for thread in threads:
        thread.join()
    answers: dict[str, dict[str, int]] = {}
    for (shape, status), count in sorted(hostile.answers.items()):
        answers.setdefault(shape, {})[status] = count
    print(json.dumps(answers))


def assault(
    system: endpoint_peers.System, watch: Watch, options: argparse.Namespace, *, start: int
) -> tuple[list[float], Counter[int], dict[str, dict[str, int]]]:
    """One attack: what the cheap queries took meanwhile and how they were answered, and the hostile ones."""
    hostile = subprocess.Popen(
        [
            *(sys.executable, __file__, "--attack", str(system.port)),
            *("--hostile", str(options.hostile), "--only", options.only),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.25):
            watch.look()

    watcher = threading.Thread(target=look)
    watcher.start()
    time.sleep(_LEAD)  # until the attack is at work: the bench measures what it does
    took, statuses = cheap(system.port, options.seconds, start)
    told, _ = hostile.communicate()
    over.set()
    watcher.join()
    time.sleep(options.timeout + 2)  # until the last hostile query is past its deadline
    return took, statuses, json.loads(told)


def measure(system: endpoint_peers.System, options: argparse.Namespace) -> None:
    """The phases."""
    pid, port = system.pid, system.port
    cheap(port, 5, 0)  # what the server prepares in the background is there then
    footprints = [footprint(pid)]
    alone, _ = cheap(port, options.seconds / 4, 1_000_000)
    watch = Watch(pid)
    under: list[float] = []
    statuses: Counter[int] = Counter()
    answers: dict[str, Counter[str]] = {}
    for number in range(options.attacks):
        took, found, told = assault(system, watch, options, start=(2 + number) * 1_000_000)
        under += took
        statuses += found
        for name, counts in told.items():
            answers.setdefault(name, Counter()).update(counts)
        footprints.append(footprint(pid))
    again, _ = cheap(port, options.seconds / 4, 1_000_000_000)

    for name, took in (("alone", alone), ("under fire", under), ("afterwards", again)):
        ratio = percentile(took, 0.99) / percentile(alone, 0.99)
        print(
            f"{name:12} {len(took):6,} cheap queries   p50 {percentile(took, 0.5):7.1f} ms   "
            f"p99 {percentile(took, 0.99):7.1f} ms   p99 ratio {ratio:5.2f}"
        )
    worst = percentile(under, 0.99)
    print(f"target: p99 under fire below {P99:g} ms: {'reached' if worst < P99 else 'MISSED'}")
    print("cheap ones under fire were answered", dict(statuses))
    for name in SHAPES:
        print(f"  {name:12} {dict(answers.get(name, {}))}")
    kept = "reached" if watch.longest <= options.timeout + 2 else "MISSED"
    print(
        f"busiest query worker: {watch.longest:.1f} s of processor; the deadline is {options.timeout:g} s, "
        f"target at most 2 s past it: {kept}"
    )
    print("before, and after each attack:")
    for name in footprints[0]:
        print(f"  {name}", " → ".join(f"{found[name]:.0f}" for found in footprints))
    for each in [pid, *descendants(pid)]:
        megabytes = footprint_of(each)
        print(f"  process {each}: {megabytes:.0f} MB of its own")


if __name__ == "__main__":
    main()
