"""Text → names of firms that nothing in them tells to be names, known by what is said of them: "Acme expects …".

Before `kg.extract.names`, which knows names by their form, and `kg.extract.organizations`, which asks whose the release
is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Set
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.occurrences import occurrences
from kg.extract.patterns import Pattern

_NAME: Final = r"(?<![\w'.-])(?P<name>[A-ZÀ-Þ][\w-]{2,}(?:\s[A-ZÀ-Þ][a-z][\w-]+)?)"
#: What firms do, and neither people, drugs, trials nor agencies.
_DOES: Final = (
    r"(?:(?:today|recently|also|currently|has|have|had|will|is)\s+){0,3}"
    r"(?:announced|expects|anticipates|plans\s+to|intends\s+to|believes|reported\s+(?:a\s+)?(?:net|revenue|cash"
    r"|total)|retains"
    r"|entered\s+into|receive\s+(?:an?\s+)?(?:upfront|milestone|royalt)|host\s+(?:an?|its)\s|ended\s+the|entitled\s+to"
    r"|eligible\s+to\s+receive|in-licensed|out-licensed|acquired|developing|owns|signed\s+(?:an?|the)"
    r"|undertakes\s+no|disclaims"
    r"|advancing|expanding\s+its|collaborating|partnered|headquartered|committed\s+to)\b"
)
_HAS: Final = (
    r"(?:'s|s')\s+(?:own\s+|first\s+|most\s+advanced\s+|wholly[- ]owned\s+|current\s+|broader\s+)*"
    r"(?:pipeline|lead\s|management|proprietary|[Bb]oard|Chief|CEO|President|website|common\s+stock|shares"
    r"|product|technology|platform"
    r"|business|cash|strategy|partner|collaborat|investigational|portfolio|shareholders|stockholders|Vice)"
)
_CUE: Final = Pattern(
    rf"{_NAME}(?:\s+{_DOES}|{_HAS}|\s+(?:management|shareholders|stockholders|executives)\b)"
)
_JOINED: Final = Pattern(
    r"\b(?:joined|joins|joining|prior\s+to\s+joining|Officer\s+(?:of|at)|CEO\s+(?:of|at)|President\s+(?:of|at))\s+"
    rf"{_NAME}(?=\s+(?:as|in|from|and|today)\b|[,.;])"
)
_PERSON: Final = Pattern(r"(?:\b(?:Dr|Mr|Ms|Mrs|Prof|Professor)\.?\s+|\b[A-Z]\.\s+)$")
_TRIAL: Final = Pattern(r"(?:-\d+)?\s+(?:trial|study|program|registry)\b")
_NO_NAME: Final = Pattern(
    r"(?:The|This|These|We|It|Our|Its|Company|Management|Patients|Investigators|Study|Trial|Results|Data|Phase"
    r"|Congress|Medicare"
    r"|Board|Directors|Shareholders|Parties|Partner|Group|Corporation|Investors|Officer|President|Chairman|Each"
    r"|Both|They|Under|In"
    r"|Following|Who|Which|Also|Additionally|Agency|Committee|Department|Government|January|February|March"
    r"|April|May|June|July|August"
    r"|September|October|November|December|Europe|Japan|China|America|Canada|Germany|France|Australia)\b"
)


def spoken_of(text: str) -> dict[str, Counter[str]]:
    """Names of whom a text speaks as it speaks of firms → how often it does so in which words.

    Hits: "Stoke expects a meeting … Stoke's pipeline"; "joined Stoke as".
    Near misses: "Dr. Doe plans to leave"; "AURORA's portfolio" beside "the AURORA trial"; "The Company expects".
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for form in (_CUE, _JOINED):
        for match in form.finditer(text):
            name = match["name"]
            if _NO_NAME.match(name) and " " in name:
                name = name.split()[-1]  # "Additionally Acme expects"
            if not (_NO_NAME.match(name) or _PERSON.search(text, 0, match.start("name"))):
                found[name][" ".join(match[0][match.end("name") - match.start() :].split())] += 1
    return found


def bare_names(text: str, known: Set[str]) -> list[tuple[int, int]]:
    """Where the names stand that are told twice to be those of firms.

    Args:
        text: of the release.
        known: words that other names begin with, and words that are no names.
    """
    out: list[tuple[int, int]] = []
    for name, told in spoken_of(text).items():
        if name.split()[0] in known or name.split()[0] in _given_names():
            continue
        at = tuple(occurrences(text, name))
        if sum(told.values()) < 2 and len(at) < 4:
            continue
        if any(_PERSON.search(text, 0, start) or _TRIAL.match(text, start + len(name)) for start in at):
            continue
        if not _in_addresses(text, name.lower()):
            continue
        out += [(start, start + len(name)) for start in at]
    return out


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in table("given_names"))


def _in_addresses(text: str, word: str) -> bool:
    """Whether a word in small letters is printed nowhere but in addresses: "ir.acme.com"."""
    return all(
        text[at - 1 : at] in ("@", ".", "/") or re.match(r"\w*\.[a-z]", text[at + len(word) :])
        for at in occurrences(text, word)
    )
