"""Titles set in capitals → the same letters as the rest of the text writes these words.

Before `kg.extract.document` cuts a text: names of firms and drugs are known by their capitals, and a line without small
letters hides them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Final

from kg.extract.patterns import Pattern

#: How many lines at the top may be title and subtitles.
_TOP: Final = 14
_WORD: Final = Pattern(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_IN_CAPITALS: Final = Pattern(r"(?<![\w.-])[A-ZÀ-ÖØ-Þ]{2,}(?![\w])(?!:)")
#: What a title in small letters would not begin with a capital.
_SMALL: Final = frozenset(
    ["A", "AN", "AND", "AS", "AT", "BY", "FOR", "FROM", "IN", "ITS", "OF", "ON", "OR", "THE", "TO", "WITH"]
)
#: A title has so many letters, and words, before it is taken for one.
_LETTERS, _WORDS, _LONGEST_SIGN = 24, 4, 5


def in_usual_case(text: str) -> str:
    """A text whose first lines have no word in capitals that the rest writes otherwise; as long as it was.

    Hits: "ACME AND FOO MEDICINES ANNOUNCE LICENSE FOR ABC-1 IN ASIA" → "Acme and Foo Medicines Announce License for
    ABC-1 in Asia".
    Near misses: "NEWS RELEASE"; "ACME Announces"; "FDA" and "ZEVORA", which the text has in capitals too.
    """
    end = 0
    for _ in range(_TOP):
        end = text.find("\n", end) + 1
        if not end:
            break
    top = text[: end or len(text)]
    lines = top.splitlines(keepends=True)
    if not any(map(_is_in_capitals, lines)):
        return text
    body = "".join(line for line in lines if not _is_in_capitals(line)) + text[len(top) :]
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for word in _WORD.findall(body):
        written[word.upper()][word] += 1
    out = "".join(_recased(line, written) if _is_in_capitals(line) else line for line in lines)
    return out + text[len(top) :]


def _is_in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return (
        len(letters) >= _LETTERS
        and len(line.split()) >= _WORDS
        and sum(c.isupper() for c in letters) >= 0.9 * len(letters)
    )


def _recased(line: str, written: dict[str, Counter[str]]) -> str:
    def recased(match: re.Match[str]) -> str:
        word = match[0]
        if word in _SMALL and match.start():
            return word.lower()
        usual = written.get(word)
        if usual is not None:
            form = min(usual, key=lambda form: (-usual[form], form))
            # a plain word of the text gets the capital that a title gives it
            return form[0].upper() + form[1:] if form.islower() and len(form) == len(word) else form
        return word if len(word) <= _LONGEST_SIGN else word.capitalize()

    out = _IN_CAPITALS.sub(recased, line)
    return out if len(out) == len(line) else line
