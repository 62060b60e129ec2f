"""Figures in a row whose arms an earlier sentence tells: "5 mg, 10 mg or placebo … fell by 6.9%, 10.4% and 2.8%"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.extract.outcomes.figures import DOSE
from kg.extract.patterns import Pattern

#: Arms in the order in which they are told: a dose, an empty name for the drug itself, None for a control.
Arms = tuple[str | None, ...]

_DOSED: Final = Pattern(rf"(?<![\w.])(?P<dose>{DOSE})(?![\w/])")
_CONTROL: Final = Pattern(
    r"(?<![-\w])(?:placebo|vehicle|sham|control(?=\s+(?:arm|group))|usual\s+care|standard[- ]of[- ]care"
    r"|investigator['’]s\s+choice|comparator)\b(?![-\w])",
    re.IGNORECASE,
)
#: Words of arms, by which a sentence needs none of those told before.
_ARM_NAMED: Final = Pattern(
    r"\b(?:cohorts?|arms?|subgroups?|alone|versus|vs|compared|against|months?\s+\d|weeks?\s+\d+\s+and)\b|(?<!two\s)(?<!three\s)(?<!four\s)(?<!both\s)\bgroups?\b",
    re.IGNORECASE,
)
_NUMBER: Final = r"[-−–+]?\d[\d,]*(?:\.\d+)?"
_ROW: Final = Pattern(
    rf"(?<![\w.,/-]){_NUMBER}(?:\s?%|\s[a-z]+)?(?:\s?\([^()]*\))?(?:,\s{_NUMBER}(?:\s?%|\s[a-z]+)?(?:\s?\([^()]*\))?)*,?\s(?:and|or)\s{_NUMBER}(?:\s?%|\s[A-Za-z]+)?"
)
_IN_ROW: Final = Pattern(rf"(?<![\w.]){_NUMBER}(?!\)|\s?(?:CI|mg)\b)")


def arms_in(text: str, own: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> Arms:
    """The arms that a sentence tells, each once, in its order."""
    found: list[tuple[int, str | None]] = [
        (m.start(), " ".join(m["dose"].split())) for m in _DOSED.finditer(text)
    ]
    if not found:
        found = [(low, "") for low, _ in own]
    found += [(m.start(), None) for m in _CONTROL.finditer(text)]
    for low, high in others:  # "dulaglutide 1.5 mg" is one arm
        found = [f for f in found if not 0 <= f[0] - high < 3]
        found.append((low, None))
    return tuple(dict.fromkeys(label for _, label in sorted(found, key=lambda f: f[0])))


def dealt_by_row(text: str, arms: Arms, figures: Iterable[int]) -> dict[int, str | None]:
    """The arm of each figure of a row that tells none itself, by the figure's start; None is the control."""
    if (
        len(arms) < 2
        or None not in arms
        or _ARM_NAMED.search(text)
        or _DOSED.search(text)
        or _CONTROL.search(text)
    ):
        return {}
    starts = set(figures)
    for row in _ROW.finditer(text):
        places = [m.start() for m in _IN_ROW.finditer(_BRACKETS.sub(lambda m: " " * len(m[0]), row[0]))]
        at = [row.start() + p for p in places]
        if len(at) == len(arms) and starts & set(at) and not _APART_BEHIND.match(text, row.end()):
            return dict(zip(at, arms, strict=True))
    return {}


#: "42% and 29% in women and men": those whom the figures are of.
_APART_BEHIND: Final = Pattern(
    r"\s*(?:of\s+\w+\s+)?(?:in|among|for|with)\s+(?!the\s+(?:two|three|four|both|same)\b|both\b)"
)
_BRACKETS: Final = Pattern(r"\([^()]*\)")
