"""Inference over 1,000 releases and after one more, as ratios to `reasonable` and owlrl in the same run.

All take the whole graph: ontology, vocabulary and invented releases; `reasonable` with and without reading them, owlrl
what `kg.reasoning` gives it, which is what ours gets.  With owlrl the conclusions must be equal.  `reasonable` knows no
property chains, and concludes about assertions and classes without a name too: what it misses and what it has besides
is counted by property.  It is skipped where it is not installed.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from bench import synthetic
from kg.entailment import is_useful
from kg.namespaces import INFERRED_GRAPH, compact, expand
from kg.owl_rules import TYPE, Triple
from kg.reasoning import Reasoner, infer, revise
from kg.store import Dataset

RELEASES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
ROUNDS = 3
PROVENANCE = {
    expand(curie)
    for curie in (
        "rkg:Assertion",
        "rkg:Qualification",
        "rkg:Evidence",
        "oa:TextPositionSelector",
        "oa:TextQuoteSelector",
    )
}
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds and result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def filled(releases: int) -> Dataset:
    """Ontology, vocabulary and invented releases."""
    dataset = Dataset.in_memory()
    dataset.bulk_add(synthetic.background())
    dataset.bulk_add(synthetic.quads(releases=releases))
    return dataset


def beside_reasonable(dataset: Dataset, ours: set[Triple]) -> tuple[float, float]:
    """CPU seconds that `reasonable` needs to read the graph, and to close it."""
    import reasonable  # type: ignore[import-untyped] # noqa: PLC0415 - an optional peer

    engine = reasonable.PyReasoner()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{quad.triple} .\n" for quad in dataset.quads())
        reading, _ = timed(lambda: engine.load_file(str(path)))
    closing, closed = timed(engine.reason)
    stated = {as_text(quad) for quad in dataset.quads()}
    found_all = {(str(s), str(p), str(o)) for s, p, o in closed}
    theirs = {triple for triple in found_all if is_useful(triple) and triple not in stated}
    apart = {s for s, p, o in stated if p == TYPE and o in PROVENANCE}
    theirs = {(s, p, o) for s, p, o in theirs if not {s, o} & apart and ":" in s and ":" in o}
    for name, found in (("misses", ours - theirs), ("has besides", theirs - ours)):
        by_property = Counter(compact(p) for _, p, _ in found)
        told = ", ".join(f"{number:,} {p}" for p, number in by_property.most_common())
        print(f"of {len(ours):,} conclusions reasonable {name} {len(found):,}: {told}")
    return reading, closing


def as_text(quad: ox.Quad) -> Triple:
    """As `kg.entailment` has it, near enough to compare."""
    s, p, o = (str(getattr(term, "value", term)) for term in quad.triple)
    return s, p, o


def main() -> None:
    """Print the table."""
    dataset = filled(RELEASES)
    print(f"{RELEASES:,} releases, {sum(1 for _ in dataset.quads()):,} triples, {ROUNDS} rounds, CPU seconds")
    rounds = [timed(lambda: infer(dataset)) for _ in range(ROUNDS)]
    full, inference = statistics.median(seconds for seconds, _ in rounds), rounds[0][1]
    print(f"compiled rules, all of it            {full:9.3f} s  {len(inference.quads):,} triples")

    one_more = list(synthetic.quads(releases=1, first=RELEASES))
    dataset.bulk_add(inference.quads)
    dataset.add(one_more)
    rounds_after = [timed(lambda: revise(dataset, added=one_more)) for _ in range(ROUNDS)]
    after, revision = statistics.median(seconds for seconds, _ in rounds_after), rounds_after[0][1]
    print(f"compiled rules, one release more     {after:9.3f} s  1/{full / after:.0f} of the whole")
    whole = infer(filled(RELEASES + 1))
    assert set(whole.quads) == (set(inference.quads) | set(revision.added)) - set(revision.removed)
    taken = revise(without(dataset, one_more, revision.added), added=(), removed=one_more)
    assert {*taken.removed} == {*revision.added}
    assert {*taken.added} == {*revision.removed}

    if importlib.util.find_spec("reasonable") is None:
        print("reasonable                           not installed")
    else:
        reading, closing = beside_reasonable(filled(RELEASES), {as_text(q) for q in inference.quads})
        print(f"reasonable, closing                  {closing:9.3f} s  {closing / full:.1f} times ours")
        both = reading + closing
        print(f"reasonable, reading and closing      {both:9.3f} s  {both / full:.1f} times ours")

    again = filled(RELEASES)
    theirs, by_owlrl = timed(lambda: infer(again, reasoner=Reasoner.OWLRL))
    assert by_owlrl == inference, "owlrl concludes something else"
    print(f"owlrl, the same conclusions          {theirs:9.3f} s  {theirs / full:.1f} times ours")


def without(dataset: Dataset, stated: list[ox.Quad], inferred: tuple[ox.Quad, ...]) -> Dataset:
    """The dataset after the release is taken out again, what was inferred still there."""
    gone = set(stated)
    quads = {q for graph in dataset.graphs() for q in dataset.quads(graph)} - gone
    quads |= {q for q in inferred if q.graph_name == ox.NamedNode(INFERRED_GRAPH)}
    out = Dataset.in_memory()
    out.bulk_add(quads)
    return out


if __name__ == "__main__":
    main()
