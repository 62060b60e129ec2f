"""Which words each expression of the extractor needs, read from the expressions (`make patterns`).

`python -m kg.pattern_words` extracts the bundled releases, so that every module is loaded and every expression
made, and writes what each of them needs to lexicon/pattern_words.json.  Expressions are read as Python's own parser
gives them (`re._parser`), which has no public name; only this script uses it, never the extractor.
"""

from __future__ import annotations

import argparse
import gc
import json
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import kg.extract
from kg.extract import Extractor
from kg.extract.patterns import DIGIT, Needs, Pattern, fold, key
from kg.model import Release
from kg.ontology import load_vocabulary
from kg.releases import find_releases, read_release
from kg.resources import data_folder

_parser: Any = import_module("re._parser")
_codes: Any = import_module("re._constants")

#: Words of which a text must have one.
Words = frozenset[str]

#: How many of the needed groups of words are looked for.
_ENOUGH: Final = 8
#: What to look for one word costs, and what a group must save to be worth it: in shares of what an expression costs.
_COST_OF_WORD: Final = 0.0003
_WORTH: Final = 0.0005
_MOST_CHARACTERS: Final = 10
_FILE: Final = Path(kg.extract.__file__).parent / "lexicon" / "pattern_words.json"


def main() -> None:
    """Write the file anew; with `--check`, end with an error if that would change it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail if the file is not up to date"
    )
    checks = parser.parse_args().check
    text = as_json(expressions(), Sample(sentences()))
    if not checks:
        _FILE.write_text(text, "utf-8")
    elif text != _FILE.read_text("utf-8"):
        sys.exit(f"{_FILE.name} is not that of the expressions: run `make patterns`")


def expressions() -> list[Pattern]:
    """Every pattern of the extractor, including those that only reading a release makes."""
    for module in pkgutil.walk_packages(kg.extract.__path__, "kg.extract."):
        import_module(module.name)
    for release in releases():
        extractor().extract(release)
    return [thing for thing in gc.get_objects() if isinstance(thing, Pattern)]


def sentences() -> Iterator[str]:
    """The sentences of the bundled releases, as they are printed and with letters for what they name."""
    for release in releases():
        for sentence in extractor().read(release).sentences:
            yield from (sentence.text, sentence.frame)


@cache
def extractor() -> Extractor:
    """One that knows the bundled vocabulary."""
    return Extractor(load_vocabulary())


@cache
def releases() -> tuple[Release, ...]:
    """Those that are bundled."""
    return tuple(map(read_release, find_releases([data_folder("seeds")])))


def as_json(patterns: Iterable[Pattern], sample: Sample) -> str:
    """The needs of patterns by their keys, a line each, sorted; patterns that need no words are left out."""
    needs = {key(p.pattern, p.flags): needed(p.pattern, p.flags, sample) for p in patterns}
    lines = [f'"{name}": {json.dumps(words)}' for name, words in sorted(needs.items()) if words]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def needed(pattern: str, flags: int, sample: Sample) -> Needs:
    """The words that a text must have for an expression to match in it: one of each tuple, in small letters.

    Of all that it needs those are taken which together spare the most sentences of the sample.
    """
    groups = {frozenset(_shortest(words)) for words in _words_of(_parser.parse(pattern, flags), sample)}
    left = sample.all
    chosen: list[tuple[str, ...]] = []
    while groups and len(chosen) < _ENOUGH:
        costs = {
            words: len(left & sample.having(words)) / len(sample.all) + _COST_OF_WORD * len(words)
            for words in groups
        }
        best = min(groups, key=lambda words: (costs[words], sorted(words)))
        if costs[best] > len(left) / len(sample.all) - _WORTH:
            break
        groups.remove(best)
        chosen.append(tuple(sorted(best)))
        left &= sample.having(best)
    return tuple(chosen)


class Sample:
    """Sentences in which words are counted."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._sentences = tuple(fold(s) + DIGIT * any(map(str.isdecimal, s)) for s in sentences)
        self._having: dict[str, frozenset[int]] = {}
        #: The numbers of all sentences.
        self.all: Final = frozenset(range(len(self._sentences)))

    def having(self, words: Words) -> frozenset[int]:
        """The numbers of the sentences that have one of some words."""
        return frozenset().union(*map(self._having_word, words))

    def _having_word(self, word: str) -> frozenset[int]:
        if word not in self._having:
            self._having[word] = frozenset(n for n, text in enumerate(self._sentences) if word in text)
        return self._having[word]


def _shortest(words: Words) -> Iterator[str]:
    """Those that do not contain another."""
    return (w for w in words if not any(o != w and o in w for o in words))


def _words_of(items: Any, sample: Sample) -> list[Words]:
    """For each part of an expression that must match: the words of which it has one."""
    found: list[Words] = []
    word = ""
    for code, value in [*items, (None, None)]:
        if code is _codes.LITERAL and _is_plain(chr(value)):
            word += chr(value).lower()
            continue
        found += (frozenset((piece,)) for piece in word.split())
        word = ""
        if code is _codes.IN:
            found += _one_of(value)
        elif code is _codes.SUBPATTERN:
            found += _words_of(value[3], sample)
        elif code is _codes.ATOMIC_GROUP:
            found += _words_of(value, sample)
        elif (
            code is _codes.ASSERT and value[0] > 0
        ):  # what stands before the place may stand before the bounds
            found += _words_of(value[1], sample)
        elif code in (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT):
            found += _words_of(value[2], sample) if value[0] else []
        elif code is _codes.BRANCH:
            branches = [
                min(_words_of(branch, sample), key=lambda words: len(sample.having(words)), default=None)
                for branch in value[1]
            ]
            if None not in branches:
                found.append(frozenset().union(*(b for b in branches if b is not None)))
    return found


def _one_of(items: Any) -> list[Words]:
    """What a set of characters needs: one of a few, or a digit; nothing where it has many."""
    out: set[str] = set()
    for code, value in items:
        if code is _codes.LITERAL:
            out.add(chr(value).lower())
        elif code is _codes.RANGE and value == (ord("0"), ord("9")):
            out.add(DIGIT)
        elif code is _codes.RANGE and value[1] - value[0] < _MOST_CHARACTERS:
            out.update(chr(c).lower() for c in range(value[0], value[1] + 1))
        elif code is _codes.CATEGORY and value is _codes.CATEGORY_DIGIT:
            out.add(DIGIT)
        else:
            return []
    wanted = len(out) <= _MOST_CHARACTERS and all(_is_plain(c) and not c.isspace() for c in out)
    return [frozenset(out)] if wanted else []


def _is_plain(character: str) -> bool:
    """Whether it has no other cases than small and capital."""
    return character.isascii() or character.lower() == character.upper()


if __name__ == "__main__":
    main()
