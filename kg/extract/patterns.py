"""Regular expressions that are compiled when a text first has the words without which they cannot match.

More than a thousand expressions look at each sentence, and nearly none of them stands in it.  To see that a sentence
lacks a word takes a hundredth of the time that an expression takes to fail at each of its places, so a `Pattern` looks
first for words that every match of it must have: "(?:was|were) approved by" can only stand where "approved" does.

Which words these are is kept in lexicon/pattern_words.json, which `make patterns` writes from the expressions
(`kg.pattern_words`); whoever writes an expression need not think of them.  One that the file does not know,
such as those made from a user's vocabulary, is tried on every text.

A text is read once for the words of all expressions: each group of words that some expression needs is a bit, a token
has the bits of the words in it, which are remembered, and a text those of its tokens.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, cached_property, lru_cache, reduce
from hashlib import blake2b
from importlib import resources
from itertools import pairwise
from operator import or_
from typing import Any, Final

#: As the word that `\d` needs: a token that has a digit has it.
DIGIT: Final = "\0"
#: Groups of words in small letters and without blanks: a text that lacks all of one group has no match.
Needs = tuple[tuple[str, ...], ...]

_A_DIGIT: Final = re.compile(r"\d")
#: Between paragraphs; it counts as part of both.
_BREAK: Final = re.compile(r"\n\s*\n\s*|\s{200,}")
#: Blanks of a break that a paragraph takes with it.
_BLANKS: Final = 50
#: Longer texts are releases: few are remembered, and of a part of one the part is looked at.
_SENTENCE: Final = 1000


class Pattern:
    """A regular expression, compiled when a text first has its words; an error in it shows itself only then.

    Attributes:
        pattern, flags: as of `re.Pattern`.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as `re` has it."""
        compiled = re.compile(self.pattern, self.flags)
        # From now on these are called without a step between.
        vars(self).update(match=compiled.match, fullmatch=compiled.fullmatch)
        if not self.needs:
            vars(self).update({name: getattr(compiled, name) for name in _SEEKING})
        return compiled

    @cached_property
    def needs(self) -> int:
        """A bit for each group of words of which a text must have one."""
        bits = _bits()
        return reduce(
            or_, (bits[group] for group in _known_needs().get(key(self.pattern, self.flags), ())), 0
        )

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        words = _of_sentence(text) if len(text) < _SENTENCE else _of_release(text[start:end])
        return self.compiled.search(text, start, end) if words & self.needs == self.needs else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As of `re.Pattern`."""
        words = _of_sentence(text) if len(text) < _SENTENCE else _of_release(text[start:end])
        return self.compiled.finditer(text, start, end) if words & self.needs == self.needs else iter(())

    def in_paragraphs(self, text: str) -> Iterator[re.Match[str]]:
        """As `finditer`, paragraph by paragraph: of those of a release most lack the words."""
        needs = self.needs
        for start, end, words in _paragraphs(text):
            if words & needs == needs:
                yield from self.compiled.finditer(text, start, end)

    def findall(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[Any]:
        """As of `re.Pattern`."""
        words = _of_sentence(text) if len(text) < _SENTENCE else _of_release(text[start:end])
        return self.compiled.findall(text, start, end) if words & self.needs == self.needs else []

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.fullmatch(text, start, end)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As of `re.Pattern`."""
        return self.compiled.sub(replacement, text, count) if self.may_stand_in(text) else text

    def split(self, text: str, maxsplit: int = 0) -> list[str | Any]:
        """As of `re.Pattern`."""
        return self.compiled.split(text, maxsplit) if self.may_stand_in(text) else [text]

    def may_stand_in(self, text: str) -> bool:
        """Whether a text has the words that each match has."""
        return words_in(text) & self.needs == self.needs


_SEEKING: Final = ("search", "finditer", "findall", "sub", "split")


def key(pattern: str, flags: int) -> str:
    """Under which the words of an expression are kept: 16 hexadecimal digits."""
    return blake2b(f"{int(flags)} {pattern}".encode(), digest_size=8).hexdigest()


@cache
def _known_needs() -> dict[str, Needs]:
    text = (resources.files("kg.extract.lexicon") / "pattern_words.json").read_text("utf-8")
    return {name: tuple(map(tuple, groups)) for name, groups in json.loads(text).items()}


@cache
def _bits() -> dict[tuple[str, ...], int]:
    """Of each group of words that is needed."""
    groups = sorted({group for needs in _known_needs().values() for group in needs})
    return {group: 1 << place for place, group in enumerate(groups)}


@cache
def _by_opening() -> dict[str, tuple[tuple[str, int], ...]]:
    """The needed words by their first three characters, or by all of them; to each the bits of its groups."""
    words: defaultdict[str, int] = defaultdict(int)
    for group, bit in _bits().items():
        for word in group:
            words[word] |= bit
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for word, bits in words.items():
        found[word[:3]].append((word, bits))
    return {opening: tuple(group) for opening, group in found.items()}


def words_in(text: str) -> int:
    """The bits of all groups of words of which a text has one, in whole tokens or within."""
    return _of_sentence(text) if len(text) < _SENTENCE else _of_release(text)


def _of_text(text: str) -> int:
    return reduce(or_, map(_of_token, fold(text).split()), 0)


@lru_cache(1 << 15)
def _of_token(token: str) -> int:
    words = _by_opening()
    bits = 0
    for start in range(len(token)):
        for stop in (start + 1, start + 2, start + 3):
            for word, of_word in words.get(token[start:stop], ()):
                if token.startswith(word, start):
                    bits |= of_word
    if _A_DIGIT.search(token):
        for _, of_digit in words.get(DIGIT, ()):
            bits |= of_digit
    return bits


_of_sentence = lru_cache(512)(_of_text)
_of_release = lru_cache(64)(_of_text)


def fold(text: str) -> str:
    """A text in small letters as `re` compares them."""
    small = text.lower()
    if not text.isascii():
        # what `re.IGNORECASE` holds equal to i and s
        small = small.replace("i\u0307", "i").replace("\u0131", "i").replace("\u017f", "s")
    return small


@lru_cache(2)
def _paragraphs(text: str) -> tuple[tuple[int, int, int], ...]:
    """The paragraphs of a text, with some of the blanks around them: start, end and the words between."""
    breaks = [(0, 0), *(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))]
    places = (
        (max(before, begin - _BLANKS), min(behind, stop + _BLANKS))
        for (before, begin), (stop, behind) in pairwise(breaks)
    )
    return tuple((start, end, words_in(text[start:end])) for start, end in places)
