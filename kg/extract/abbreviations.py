"""Abbreviations that a text defines itself: "multiple myeloma (MM)".

After A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", Pacific Symposium on Biocomputing 2003.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.patterns import Pattern

_SHORT = Pattern(r"\(\s*(?:the\s+)?\"?([A-Za-z0-9α-ωΑ-Ω][\w./+&-]{1,11})[™®]?\"?\s*(?:[,;][^()]{0,60})?\)")
#: "(Hoffner, J Hepatol 2005; Ekberg, 2006)": who wrote it
_CITED = Pattern(r"[,;][^()]*\b(?:19|20)\d\d\b")
_WORD = Pattern(r"[^\s()\[\],;:/]+")
_NOT_SHORT: Final = frozenset({"company", "e.g", "i.e", "see", "approx", "tm"})
_JOINING: Final = frozenset(
    {"and", "or", "of", "the", "for", "in", "on", "de", "to", "a", "an", "with", "by"}
)


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition.

    Attributes:
        short: the short form, plural and trademark sign taken off ("PDC" of "(PDCs™)").
        short_start, short_end: offsets of the printed short form.
        long_start, long_end: offsets of the long form; equal where the letters do not show it, then
            the long form ends at `long_end`.
    """

    short: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int


def definitions(text: str) -> Iterator[Definition]:
    """Every "long form (SHORT)" of a text, and each half of "long a/long b (SA/SB)".

    Hits: "Centre for Probe Development and Commercialization (CPDC)"; "antibody-drug conjugates (ADCs)".
    Near misses: "gout (Hoffner, J Rheumatol 2011)"; "multiple myeloma (see below)";
        "Cellect (brain) cells"; "patients (N=8)".
    """
    for match in _SHORT.finditer(text):
        printed = match[1].rstrip(".-")
        if not re.search(r"[A-Z]", printed) or printed.lower() in _NOT_SHORT or _CITED.search(match[0]):
            continue
        start, end = match.start(1), match.start(1) + len(printed)
        long_end = len(text[: match.start()].rstrip(' "™®©'))
        if "/" in printed and printed.count("/") == 1:
            first, second = printed.split("/")
            slash = text.rfind("/", max(0, long_end - 90), long_end)
            if slash > 0 and len(first) > 1 and len(second) > 1:
                begin = _long_start(text, _bare(first), slash)
                yield Definition(_bare(first), start, start + len(first), begin, slash)
                begin = _long_start(text, _bare(second), long_end)
                yield Definition(_bare(second), end - len(second), end, max(begin, slash + 1), long_end)
                continue
        short = _bare(printed)
        yield Definition(short, start, end, _long_start(text, short, long_end), long_end)


def _by_initials(words: list[re.Match[str]], letters: list[str]) -> int | None:
    """Where the words begin whose initials are the letters, joining words left out: "multiple myeloma" for MM."""
    wanted = len(letters)
    for word in reversed(words):
        if word[0].lower() in _JOINING and word[0][0].lower() != letters[wanted - 1]:
            continue
        if word[0][0].lower() != letters[wanted - 1]:
            return None
        wanted -= 1
        if not wanted:
            return word.start()
    return None


def _bare(short: str) -> str:
    """The short form in the singular."""
    return short[:-1] if re.fullmatch(r"[A-Z][\w/+&-]*[A-Z0-9]s", short) else short


def _long_start(text: str, short: str, end: int) -> int:
    """Where the long form of `short` begins that ends at `end`; `end` where there is none."""
    letters = [c.lower() for c in short if c.isalnum()]
    if len(letters) < 2 or not any(c.isalpha() for c in letters):
        return end
    window = max(0, end - 160)
    stretch = text[window:end]
    stop = max(stretch.rfind(c) for c in '()[];:"\n')
    # The algorithm's bound: min(|A| + 5, 2|A|) words; hyphenated words count as one.
    words = list(_WORD.finditer(stretch, stop + 1))[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words:
        return end
    by_initials = _by_initials(words, letters)
    if by_initials is not None:
        return window + by_initials
    low = words[0].start()
    i, j = len(stretch) - 1, len(letters) - 1
    while j >= 0:
        while i >= low and not (
            stretch[i].lower() == letters[j] and (j > 0 or i == 0 or not stretch[i - 1].isalnum())
        ):
            i -= 1
        if i < low:
            return end
        i -= 1
        j -= 1
    start = i + 1
    long_form = stretch[start:]
    if len(long_form) <= len(short) or long_form.lower() == short.lower():
        return end
    # The short form's first letter must begin a word that carries it, not a joining word.
    if (first := _WORD.match(long_form)) and first[0].lower() in _JOINING:
        return end
    return window + start
