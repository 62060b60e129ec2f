"""Regular expressions that are tried only on texts that have the words without which they cannot match.

Hundreds of patterns look at every sentence, and nearly none of them stands in it.  To see that a sentence lacks a word
takes a hundredth of the time that an expression takes to fail at each of its places, so a `Pattern` looks first for
words that every match of it must have: "(?:was|were) approved by" can only stand where "approved" does.  The words
are read from the expression itself; whoever writes one need not think of them.

An expression that every text may satisfy by its words (capital letters, numbers) gains nothing: `re.compile` it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any, Final

# What `re` itself reads and compiles expressions with, so that each is read once; it has no public name for them.
_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")
_codes: Any = import_module("re._constants")

#: Words of which a text must have one.
Words = frozenset[str]

#: Stands behind a text that has a digit, and as the word that `\d` needs.
_DIGIT: Final = "\0"
_A_DIGIT: Final = re.compile(r"\d")
#: Of longer texts few are kept in folded form.
_SENTENCE: Final = 5000
#: How many of the needed words are looked for: those least likely to stand in a text of another matter.
_ENOUGH: Final = 3
#: What stands in more than this share of sentences tells nothing.
_FREQUENT: Final = 0.6
_EVERYWHERE: Final = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "has",
        "been",
        "from",
        "was",
        "were",
        "are",
        "have",
        "that",
        "this",
        "trial",
        "study",
        "phase",
        "patients",
        "treatment",
    ]
)
#: About how many sentences have a given word, by its length.
_SHARES: Final = {1: 0.95, 2: 0.6, 3: 0.3, 4: 0.12, 5: 0.06}
_SHARE_OF_LONGER: Final = 0.03
_SHARE_OF_SIGN: Final = 0.2
_MOST_CHARACTERS: Final = 10


class Pattern:
    """A regular expression, compiled when a text first has its words.

    Attributes:
        pattern, flags: as of `re.Pattern`.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as `re` has it."""
        compiled: re.Pattern[str] = _compiler.compile(self._tree, self.flags)
        self.__dict__.pop("_tree", None)  # needed no more
        return compiled

    @cached_property
    def _tree(self) -> Any:
        return _parser.parse(self.pattern, self.flags)

    @cached_property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """Words in small letters; a text that lacks all of one tuple has no match."""
        return _needed(self._tree)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.search(text, start, end) if self.may_stand_in(text) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As of `re.Pattern`."""
        return self.compiled.finditer(text, start, end) if self.may_stand_in(text) else iter(())

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.fullmatch(text, start, end)

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        """As of `re.Pattern`."""
        return self.compiled.sub(replacement, text, count) if self.may_stand_in(text) else text

    def split(self, text: str, maxsplit: int = 0) -> list[str | Any]:
        """As of `re.Pattern`."""
        return self.compiled.split(text, maxsplit) if self.may_stand_in(text) else [text]

    def may_stand_in(self, text: str) -> bool:
        """Whether a text has the words that each match has."""
        small = _folded(text) if len(text) < _SENTENCE else _folded_whole(text)
        for words in self.needs:
            for word in words:
                if word in small:
                    break
            else:
                return False
        return True


def needed(pattern: str, flags: int = 0) -> tuple[tuple[str, ...], ...]:
    """The words that a text must have for an expression to match in it: one of each tuple, in small letters."""
    return _needed(_parser.parse(pattern, flags))


def _needed(tree: Any) -> tuple[tuple[str, ...], ...]:
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
        elif code is _codes.ASSERT:
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
            out.add(_DIGIT)
        elif code is _codes.RANGE and value[1] - value[0] < _MOST_CHARACTERS:
            out.update(chr(c).lower() for c in range(value[0], value[1] + 1))
        elif code is _codes.CATEGORY and value is _codes.CATEGORY_DIGIT:
            out.add(_DIGIT)
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
    if len(word) == 1 and word != _DIGIT and not word.isalnum() and word not in " ,.-()":
        return _SHARE_OF_SIGN
    if word == _DIGIT:
        return 0.5
    return _SHARES.get(len(word), _SHARE_OF_LONGER)


def _fold(text: str) -> str:
    """A text in small letters as `re` compares them, with a mark behind it where it has a digit."""
    small = text.lower()
    if not text.isascii():
        # what `re.IGNORECASE` holds equal to i and s
        small = small.replace("i\u0307", "i").replace("\u0131", "i").replace("\u017f", "s")
    return small + _DIGIT if _A_DIGIT.search(text) else small


_folded = lru_cache(512)(_fold)
_folded_whole = lru_cache(2)(_fold)
