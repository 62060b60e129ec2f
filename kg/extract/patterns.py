"""Regular expressions that are compiled when a text first has the words without which they cannot match.

More than a thousand expressions look at each sentence, and nearly none of them stands in it.  To see that a sentence
lacks a word takes a hundredth of the time that an expression takes to fail at each of its places, so a `Pattern` looks
first for words that every match of it must have: "(?:was|were) approved by" can only stand where "approved" does.

Which words these are is kept in lexicon/pattern_words.json, which `make patterns` writes from the expressions
(`kg.pattern_words`); whoever writes an expression need not think of them.  One that the file does not know,
such as those made from a user's vocabulary, is tried on every text.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from importlib import resources
from itertools import pairwise
from typing import Any, Final

#: Stands behind a text that has a digit, and as the word that `\d` needs.
DIGIT: Final = "\0"
#: Groups of words in small letters: a text that lacks all of one group has no match.
Needs = tuple[tuple[str, ...], ...]

_A_DIGIT: Final = re.compile(r"\d")
#: Between paragraphs; it counts as part of both.
_BREAK: Final = re.compile(r"\n\s*\n\s*|\s{200,}")
#: Blanks of a break that a paragraph takes with it.
_BLANKS: Final = 50
#: Of longer texts few are kept in folded form.
_SENTENCE: Final = 5000


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
    def needs(self) -> Needs:
        """Groups of words, of each of which a text must have one."""
        return _known_needs().get(key(self.pattern, self.flags), ())

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As of `re.Pattern`."""
        return self.compiled.search(text, start, end) if self.may_stand_in(text[start:end]) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As of `re.Pattern`."""
        return self.compiled.finditer(text, start, end) if self.may_stand_in(text[start:end]) else iter(())

    def in_paragraphs(self, text: str) -> Iterator[re.Match[str]]:
        """As `finditer`, paragraph by paragraph: of those of a release most lack the words."""
        for start, end, paragraph in _paragraphs(text) if self.may_stand_in(text) else ():
            if self.may_stand_in(paragraph):
                yield from self.compiled.finditer(text, start, end)

    def findall(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[Any]:
        """As of `re.Pattern`."""
        return self.compiled.findall(text, start, end) if self.may_stand_in(text[start:end]) else []

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
        if not self.needs:
            return True
        small = _folded(text) if len(text) < _SENTENCE else _folded_whole(text)
        for words in self.needs:
            for word in words:
                if word in small:
                    break
            else:
                return False
        return True


_SEEKING: Final = ("search", "finditer", "findall", "sub", "split")


def key(pattern: str, flags: int) -> str:
    """Under which the words of an expression are kept: 16 hexadecimal digits."""
    return blake2b(f"{int(flags)} {pattern}".encode(), digest_size=8).hexdigest()


@cache
def _known_needs() -> dict[str, Needs]:
    text = (resources.files("kg.extract.lexicon") / "pattern_words.json").read_text("utf-8")
    return {name: tuple(map(tuple, groups)) for name, groups in json.loads(text).items()}


def fold(text: str) -> str:
    """A text in small letters as `re` compares them, with a mark behind it where it has a digit."""
    small = text.lower()
    if not text.isascii():
        # what `re.IGNORECASE` holds equal to i and s
        small = small.replace("i\u0307", "i").replace("\u0131", "i").replace("\u017f", "s")
    return small + DIGIT if _A_DIGIT.search(text) else small


@lru_cache(2)
def _paragraphs(text: str) -> tuple[tuple[int, int, str], ...]:
    """The paragraphs of a text, with some of the blanks around them: start, end and what stands between."""
    breaks = [(0, 0), *(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))]
    places = (
        (max(before, begin - _BLANKS), min(behind, stop + _BLANKS))
        for (before, begin), (stop, behind) in pairwise(breaks)
    )
    return tuple((start, end, text[start:end]) for start, end in places)


_folded = lru_cache(512)(fold)
_folded_whole = lru_cache(2)(fold)
