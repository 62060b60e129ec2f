"""Words per second of the whole extraction, as a ratio to a bare spaCy tokenizer with sentencizer.

Both read the same text in the same run on one core; absolute figures are of this machine and this moment.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from kg.extract import Extractor
from kg.ontology import load_vocabulary
from kg.releases import find_releases, read_release
from kg.resources import data_folder

ROUNDS = 5
GOLD = Path(__file__).parents[1] / "tests" / "gold"
EVERY = {"development": 6, "test": 3}  # releases of a half: enough for a measure, not all for a long wait


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call, garbage collected before."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compared(what: str, paths: Sequence[Path], extractor: Extractor, bare: Language) -> None:
    """Print how fast both read some releases."""
    releases = [read_release(path) for path in paths]
    words = sum(len(r.text.split()) for r in releases)

    def peer() -> None:
        for release in releases:
            bare(release.text)

    def ours() -> None:
        for release in releases:
            extractor.extract(release)

    peer()  # warm up both
    ours()
    pairs = [(seconds(peer), seconds(ours)) for _ in range(ROUNDS)]
    ratio = statistics.median(p / o for p, o in pairs)
    print(f"{what}: {len(releases)} releases, {words:,} words, {ROUNDS} rounds, one core")
    print(f"  bare tokenizer + sentencizer  {words / min(p for p, _ in pairs):12,.0f} words/s")
    print(f"  releasekg extraction          {words / min(o for _, o in pairs):12,.0f} words/s")
    print(f"  ratio to the peer             {ratio:12.3f}")


def main() -> None:
    """Print the tables."""
    bare = spacy.blank("en")
    bare.add_pipe("sentencizer")
    extractor = Extractor(load_vocabulary())
    compared("bundled releases", find_releases([data_folder("seeds")]), extractor, bare)
    for half, every in EVERY.items():
        compared(f"{half} half", sorted((GOLD / half).glob("*.txt"))[::every], extractor, bare)


if __name__ == "__main__":
    main()
