"""What the extractor adds to a process that imports spaCy: time to load it, the first release, and memory.

Each round is a new process; processor time, since others may use the machine.  The ratio is to importing spaCy itself.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from itertools import pairwise

ROUNDS = 5


def one_round() -> None:
    """Print spaCy's import, loading, first and second release in seconds, and both peaks of memory in MB."""
    marks = [time.process_time()]
    import spacy  # noqa: F401, PLC0415 - what is measured

    marks.append(time.process_time())
    peaks = [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]
    from kg.extract import Extractor  # noqa: PLC0415 - what is measured
    from kg.ontology import load_vocabulary  # noqa: PLC0415

    extractor = Extractor(load_vocabulary())
    marks.append(time.process_time())
    from kg.releases import find_releases, read_release  # noqa: PLC0415
    from kg.resources import data_folder  # noqa: PLC0415

    for path in find_releases([data_folder("seeds")])[:2]:
        extractor.extract(read_release(path))
        marks.append(time.process_time())
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    steps = (after - before for before, after in pairwise(marks))
    print(*(f"{step:.3f}" for step in steps), *(f"{peak / 1024:.0f}" for peak in peaks))


def main() -> None:
    """Print the table: medians of the rounds."""
    if sys.argv[1:] == ["--round"]:
        one_round()
        return
    rounds = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, __file__, "--round"], capture_output=True, text=True, check=True
        )
        rounds.append([float(figure) for figure in done.stdout.split()])
    bare, load, first, second, memory, more = (
        statistics.median(column) for column in zip(*rounds, strict=True)
    )
    print(f"{ROUNDS} processes, medians, processor time")
    print(f"importing spaCy                {bare:6.2f} s    {memory:5.0f} MB")
    print(f"loading the extractor          {load:6.2f} s    ratio {load / bare:.2f}")
    print(f"the first release              {first:6.2f} s    ratio {first / bare:.2f}")
    print(f"the second                     {second:6.2f} s    {more - memory:+5.0f} MB by then")


if __name__ == "__main__":
    main()
