"""Importing and loading a vocabulary of 100,000 names, as a ratio to spaCy's PhraseMatcher over the same names.

Both end where text can be searched for the names; both run on one core in the same run.  The peer is given the names
ready in memory, ours starts from an OBO file (import) and from the data directory (load).
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher

from kg.extract.mentions import VocabularyMatcher
from kg.model import Vocabulary
from kg.vocabularies import import_vocabulary, load_imported

TERMS = 40_000
ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def obo(terms: int) -> str:
    """An OBO file of invented terms with two or three names each, as MONDO has them."""
    chance = random.Random(7)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "os")]

    def word() -> str:
        return "".join(chance.choices(syllables, k=3))

    lines = ["format-version: 1.2", "data-version: bench", ""]
    for number in range(terms):
        name = f"{word()} {word()} syndrome"
        lines += [
            "[Term]",
            f"id: MONDO:{number:07}",
            f"name: {name}",
            f'synonym: "{word()}-{word()} disease" EXACT []',
        ]
        if number % 2:
            lines.append(f'synonym: "{word()} {word()} {word()} deficiency" EXACT [OMIM:{number}]')
        lines += [f"is_a: MONDO:{number // 3:07} ! parent", ""]
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        data, file = Path(folder), Path(folder) / "bench.obo"
        file.write_text(obo(TERMS), encoding="utf-8")
        importing = min(seconds(lambda: import_vocabulary(file, data)) for _ in range(ROUNDS))
        [imported] = load_imported(data)
        names = [name for concept in imported.concepts for name in (concept.label, *concept.alt)]

        def ours() -> None:
            [vocabulary] = load_imported(data)
            VocabularyMatcher().initialize(Vocabulary(vocabulary.concepts))

        def peer() -> None:
            nlp = spacy.blank("en")
            matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
            matcher.add("DISEASE", list(nlp.tokenizer.pipe(names)))

        pairs = [(seconds(peer), seconds(ours)) for _ in range(ROUNDS)]
    peers, loads = zip(*pairs, strict=True)
    print(f"{len(names):,} names of {len(imported.concepts):,} concepts, {ROUNDS} rounds, one core")
    print(f"import of the OBO file            {importing:8.2f} s")
    print(f"load, ready to search             {min(loads):8.2f} s")
    print(f"spaCy PhraseMatcher, same names   {min(peers):8.2f} s")
    print(f"ratio, peer to load               {min(peers) / min(loads):8.1f}")
    print(f"ratio, peer to import and load    {min(peers) / (importing + min(loads)):8.1f}")


if __name__ == "__main__":
    main()
