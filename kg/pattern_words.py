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
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import kg.extract
from kg.extract import Extractor
from kg.extract.patterns import DIGIT, Needs, Pattern, key
from kg.ontology import load_vocabulary
from kg.releases import find_releases, read_release
from kg.resources import data_folder

_parser: Any = import_module("re._parser")
_codes: Any = import_module("re._constants")

#: Words of which a text must have one.
Words = frozenset[str]

#: How many of the needed words are looked for: those least likely to stand in a text of another matter.
_ENOUGH: Final = 3
#: What stands in more than this share of sentences tells nothing.
_FREQUENT: Final = 0.6
_EVERYWHERE: Final = frozenset(
    [
        *("the", "and", "for", "with", "has", "been", "from", "was", "were", "are", "have", "that", "this"),
        *("trial", "study", "phase", "patients", "treatment"),
    ]
)
#: About how many sentences have a given word, by its length.
_SHARES: Final = {1: 0.95, 2: 0.6, 3: 0.3, 4: 0.12, 5: 0.06}
_SHARE_OF_LONGER: Final = 0.03
_SHARE_OF_SIGN: Final = 0.2
_MOST_CHARACTERS: Final = 10
_FILE: Final = Path(kg.extract.__file__).parent / "lexicon" / "pattern_words.json"


def main() -> None:
    """Write the file anew; with `--check`, end with an error if that would change it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail if the file is not up to date"
    )
    checks = parser.parse_args().check
    text = as_json(expressions())
    if not checks:
        _FILE.write_text(text, "utf-8")
    elif text != _FILE.read_text("utf-8"):
        sys.exit(f"{_FILE.name} is not that of the expressions: run `make patterns`")


def expressions() -> list[Pattern]:
    """Every pattern of the extractor, including those that only reading a release makes."""
    for module in pkgutil.walk_packages(kg.extract.__path__, "kg.extract."):
        import_module(module.name)
    extractor = Extractor(load_vocabulary())
    for path in find_releases([data_folder("seeds")]):
        extractor.extract(read_release(path))
    return [thing for thing in gc.get_objects() if isinstance(thing, Pattern)]


def as_json(patterns: Iterable[Pattern]) -> str:
    """The needs of patterns by their keys, a line each, sorted; patterns that need no words are left out."""
    needs = {key(p.pattern, p.flags): needed(p.pattern, p.flags) for p in patterns}
    lines = [f'"{name}": {json.dumps(words)}' for name, words in sorted(needs.items()) if words]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def needed(pattern: str, flags: int = 0) -> Needs:
    """The words that a text must have for an expression to match in it: one of each tuple, in small letters."""
    return _needed(_parser.parse(pattern, flags))


def _needed(tree: Any) -> Needs:
    found: dict[tuple[str, ...], float] = {}
    for words in _words_of(tree):
        shortest = tuple(sorted(w for w in words if not any(o != w and o in w for o in words)))
        found[shortest] = _share(words)
    telling = [words for words, share in found.items() if share < _FREQUENT]
    return tuple(sorted(telling, key=lambda words: found[words])[:_ENOUGH])


def _words_of(items: Any) -> list[Words]:
    """For each part of an expression that must match: the words of which it has one."""
    found: list[Words] = []
    word = ""
    for code, value in [*items, (None, None)]:
        if code is _codes.LITERAL and _is_plain(chr(value)):
            word += chr(value).lower()
            continue
        if word:
            found.append(frozenset((word,)))
            word = ""
        if code is _codes.IN:
            found += _one_of(value)
        elif code is _codes.SUBPATTERN:
            found += _words_of(value[3])
        elif code is _codes.ATOMIC_GROUP:
            found += _words_of(value)
        elif (
            code is _codes.ASSERT and value[0] > 0
        ):  # what stands behind the place; before it, bounds are no bounds
            found += _words_of(value[1])
        elif code in (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT):
            found += _words_of(value[2]) if value[0] else []
        elif code is _codes.BRANCH:
            branches = [min(_words_of(branch), key=_share, default=None) for branch in value[1]]
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
    return [frozenset(out)] if len(out) <= _MOST_CHARACTERS and all(map(_is_plain, out)) else []


def _is_plain(character: str) -> bool:
    """Whether it has no other cases than small and capital."""
    return character.isascii() or character.lower() == character.upper()


def _share(words: Words) -> float:
    """About how many sentences have one of these words."""
    without = 1.0
    for word in words:
        without *= 1 - _share_of_one(word)
    return 1 - without


def _share_of_one(word: str) -> float:
    if word.strip() in _EVERYWHERE:
        return 0.8
    if len(word) == 1 and word != DIGIT and not word.isalnum() and word not in " ,.-()":
        return _SHARE_OF_SIGN
    if word == DIGIT:
        return 0.5
    return _SHARES.get(len(word), _SHARE_OF_LONGER)


if __name__ == "__main__":
    main()
