"""Queries over HTTP: as ratios to a constant answer, to rdflib-endpoint and to Oxigraph's server.

Eight analyst queries over invented releases, by eight kept-alive clients.  Each is sent in two ways: never the same
text twice, and always the same text.  "ceiling" is a constant Flask route under the same gunicorn.  Rounds of all
systems alternate, and the best of each counts, so that what else the machine does falls out; the processor time of a
request is hardly touched by it.  What a ratio is to reach stands at its row, and what it misses.

    python bench/bench_endpoint.py [--releases 10000] [--data FOLDER] [--peers FOLDER] [--seconds 2] [--rounds 3]

Never the same text: 0.5 of the ceiling where Oxigraph needs less than 2 ms; 4 times rdflib-endpoint, 1.5 times on the
lookup; 0.9 of Oxigraph's server where that needs more than 10 ms, 3 times on aggregates and on the timeline where it
needs more than 2.  The same text: 0.9 of the ceiling, and more than Oxigraph's server, but for lookups, which it
answers faster than any server in Python takes a request.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count, repeat
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import endpoint_peers, http_load, synthetic
from kg.snapshots import Snapshots

#: Milliseconds in the engine: of a lookup, of a cheap query at most, of a heavy one at least.
_LOOKUP: Final = 0.5
_CHEAP: Final = 2.0
_HEAVY: Final = 10.0

PROLOGUE: Final = """\
PREFIX rkg: <https://w3id.org/releasekg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX disease: <https://w3id.org/releasekg/vocab/disease/>
PREFIX designation: <https://w3id.org/releasekg/vocab/designation/>
"""

#: name → query; `{drug}`, `{release}` and `{start}` are filled with something that is in the graph.
QUERIES: Final = {
    "point lookup by label": 'SELECT ?drug ?p ?o { ?drug skos:prefLabel "{drug}" ; ?p ?o }',
    "orphan designations": "SELECT ?disease (COUNT(DISTINCT ?drug) AS ?n) { ?drug rkg:hasDesignation ?x . "
    "?x rkg:designationType designation:orphan-drug ; rkg:disease/skos:prefLabel ?disease } "
    "GROUP BY ?disease ORDER BY DESC(?n)",
    "trials per phase": "SELECT ?phase (COUNT(*) AS ?n) { ?trial a rkg:ClinicalTrial ; "
    "rkg:phase/skos:prefLabel ?phase } GROUP BY ?phase ORDER BY ?phase",
    "timeline with LIMIT": "SELECT ?date ?headline ?release { ?release a rkg:PressRelease ; dcterms:issued ?date ; "
    "schema:headline ?headline } ORDER BY DESC(?date) LIMIT 20",
    "four hops": "SELECT DISTINCT ?organization ?drug ?disease { ?o rkg:develops ?d ; skos:prefLabel ?organization . "
    "?d rkg:studiedIn ?trial ; skos:prefLabel ?drug . ?trial rkg:disease/skos:prefLabel ?disease } "
    "LIMIT 100",
    "evidence in a graph": "SELECT ?rule ?quote { GRAPH <https://w3id.org/releasekg/id/release/{release}> { "
    "?assertion rkg:rule ?rule ; rkg:primaryEvidence/oa:hasSelector/oa:exact ?quote } }",
    "regex on labels": "SELECT ?x ?label { ?x a rkg:Drug ; skos:prefLabel ?label "
    'FILTER(REGEX(?label, "^{start}", "i")) }',
    "skos:broader*": "SELECT (COUNT(DISTINCT ?drug) AS ?n) { ?disease skos:broader* disease:cancer . "
    "?drug rkg:hasIndication/rkg:disease ?disease }",
}


#: What column stores answer several times faster than Oxigraph.
_VIRTUOSO: Final = ("orphan designations", "trials per phase", "timeline with LIMIT")


@dataclass(frozen=True, slots=True)
class Names:
    """What the queries are filled with."""

    drugs: tuple[str, ...]
    releases: tuple[str, ...]

    @classmethod
    def of(cls, data: Path) -> Names:
        """The names in a published graph."""
        dataset = Snapshots(data).current().open()
        drugs = dataset.select(PROLOGUE + "SELECT ?x { ?d a rkg:Drug ; skos:prefLabel ?x } ORDER BY ?x")
        releases = dataset.select(PROLOGUE + "SELECT ?x { ?r dcterms:identifier ?x } ORDER BY ?x")
        return cls(tuple(r["x"].value for r in drugs), tuple(r["x"].value for r in releases))  # type: ignore[union-attr]  # text

    def fill(self, text: str, chance: random.Random) -> str:
        """A query, asked of something or other."""
        drug = chance.choice(self.drugs)
        for name, value in (("drug", drug), ("release", chance.choice(self.releases)), ("start", drug[:2])):
            text = text.replace(f"{{{name}}}", value)
        return PROLOGUE + text


def requests(text: str, names: Names, *, repeated: bool) -> Iterator[bytes]:
    """Requests of one query: each with another text, or all the same."""
    chance = random.Random(text)
    numbers = count(chance.randrange(10**12))
    if repeated:
        one = request(names.fill(text, chance))
        while True:
            yield one
    while True:
        yield request(f"{names.fill(text, chance)} # {next(numbers)}")


def request(query: str) -> bytes:
    """The request of a query."""
    return http_load.get("/sparql", {"query": query}, accept="application/sparql-results+json")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--releases", type=int, default=1_000)
    parser.add_argument("--data", type=Path, help="use this data directory instead of a new one")
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "releasekg-bench-peers")
    parser.add_argument("--seconds", type=float, default=0.7, help="of a round of one query on one system")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", default="", help="queries with this in their name")
    parser.add_argument("--no-peers", action="store_true", help="the ceiling alone")
    options = parser.parse_args()
    with ExitStack() as stack:
        data = options.data
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            print(f"making a graph of {options.releases:,} releases …", file=sys.stderr)
            synthetic.publish(data, releases=options.releases)
        snapshot = Snapshots(data).current()
        print(f"{len(snapshot.manifest.releases):,} releases, {snapshot.manifest.triples:,} triples")
        systems = {
            "ours": stack.enter_context(endpoint_peers.ours(data)),
            "ceiling": stack.enter_context(endpoint_peers.constant()),
        }
        if not options.no_peers:
            binaries = endpoint_peers.environment(options.peers)
            dataset = snapshot.dataset_path
            systems["rdflib-endpoint"] = stack.enter_context(
                endpoint_peers.rdflib_endpoint(binaries, dataset)
            )
            systems["oxigraph"] = stack.enter_context(endpoint_peers.oxigraph(binaries, dataset))
        names = Names.of(data)
        measure(systems, names, engine_times(data, names), options)


def engine_times(data: Path, names: Names) -> dict[str, float]:
    """Milliseconds that each query takes the engine alone; a question without an answer would measure nothing."""
    dataset = Snapshots(data).current().open()
    found = {}
    for name, text in QUERIES.items():
        query = names.fill(text, random.Random(text))
        took = []
        for _ in range(5):
            begun = time.perf_counter()
            rows = list(dataset.select(query))
            took.append(1000 * (time.perf_counter() - begun))
        if not rows:
            sys.exit(f"{name}: the graph has no answer")
        found[name] = min(took)
    return found


def targets(name: str, engine: float, *, repeated: bool) -> dict[str, float]:
    """System → what our rate divided by its rate is to reach."""
    if repeated:
        return {"ceiling": 0.9} | ({} if engine < _LOOKUP else {"oxigraph": 1.0})
    wanted = {"rdflib-endpoint": 1.5 if name == "point lookup by label" else 4.0}
    if engine < _CHEAP:
        wanted["ceiling"] = 0.5
    if name in _VIRTUOSO and engine > _CHEAP:
        wanted["oxigraph"] = 3.0
    elif engine > _HEAVY:
        wanted["oxigraph"] = 0.9
    return wanted


def measure(
    systems: dict[str, endpoint_peers.System],
    names: Names,
    engine: dict[str, float],
    options: argparse.Namespace,
) -> None:
    """Measure and print each query in both ways."""
    for running in systems.values():  # the first answers come while processes start and files are read
        http_load.load(running.port, repeat(request("ASK {}")), clients=options.clients, seconds=0.5)
    heads = "".join(f"{name:>8}" + ("" if name == "ours" else " " * 8) for name in systems)
    print(f"{'':24}requests a second, and milliseconds of processor for each")
    print(f"{'':24}{heads}  {heads}")
    for repeated in (False, True):
        print("the same text again and again:" if repeated else "never the same text:")
        for name, text in QUERIES.items():
            if options.only not in name:
                continue
            streams = {system: requests(text, names, repeated=repeated) for system in systems}
            rates, costs = dict.fromkeys(systems, 0.0), dict.fromkeys(systems, float("inf"))
            for _ in range(options.rounds):
                for system, running in systems.items():
                    before = running.cpu()
                    try:
                        found = http_load.load(
                            running.port, streams[system], clients=options.clients, seconds=options.seconds
                        )
                    except (http_load.Unexpected, OSError) as error:
                        sys.exit(f"{system}: {name}: {error}")
                    rates[system] = max(rates[system], found.rate)
                    costs[system] = min(costs[system], 1000 * (running.cpu() - before) / found.requests)
            print(f"  {name:22}", *_cells(rates, "{:8,.0f}"), "  ", *_cells(costs, "{:8.3f}"), flush=True)
            wanted = targets(name, engine[name], repeated=repeated)
            print(f"    engine {engine[name]:6.2f} ms   ", ", ".join(_verdicts(wanted, rates)), flush=True)
    print("in brackets: ours divided by it")


def _verdicts(wanted: dict[str, float], rates: dict[str, float]) -> Iterator[str]:
    for system, ratio in wanted.items():
        if rates.get(system):
            reached = rates["ours"] / rates[system]
            yield f"{system} {reached:.2f} of {ratio:g} {'reached' if reached >= ratio else 'MISSED'}"


def _cells(figures: dict[str, float], form: str) -> Iterator[str]:
    for system, figure in figures.items():
        ratio = "" if system == "ours" else f" ({figures['ours'] / figure:5.2f})" if figure else ""
        yield form.format(figure) + ratio


if __name__ == "__main__":
    main()
