"""Sentences → what each of several verbs owns of one: "approved by the FDA in 2019 and under review by the EMA"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.extract.frames import pattern
from kg.extract.patterns import Pattern

#: (start, end) in a sentence.
Span = tuple[int, int]

#: The agency as subject: "the FDA (…), the regulator, has today …", up to the verb.
SUBJECT: Final = pattern(
    r"(?P<list>{agency}(?:(?:'s)?(?: ?\([^()]*\))?(?:,? (?:and|&|as well as)(?: the)?"
    r"|,(?: the)?| of the| of|/)"
    r" ?(?:[A-Z][\w']+ )?{agency})*)(?:'s)?(?: ?\([^()]*\))*"
    r"(?: of (?:the )?[A-Z][\w' ]{2,24}?)?(?:,(?! and\b)[^,;]{3,70},)?"
    r"(?: (?:has|have|had|today|also|both|each|recently|previously"
    r"|now|just|already|officially|formally|then|therefore"
    r"|later|first|is|are|\w+ly|on [a-z]+ \d{1,2}(?:, \d{4},?)?|in [a-z]+ \d{4}"
    r"|completed (?:its|the) [a-z ]{3,25} and"
    r"|informed \S+ that it has))* $"
)
_SEPARATOR: Final = Pattern(
    r"[;–]|,?\s+(?:(?:and|but|while|whereas|which|where|with)\s|and,)|,\s|:\s|\s[-–—]\s|\("
)
#: Where what a verb is said of ends: another predicate, another drug, the trial that it rests on.
_NEXT: Final = pattern(
    r",? (?:and|but) (?:(?:to (?!the\b)[a-z]+|has|have|is|are|was|were|plans?|expects?"
    r"|intends?|continues?|it|we|the company|its|our"
    r"|[a-z]+ed (?:it|its|the|an?))\b|{organization}|[a-z]+ed {drug}"
    r"|(?:the )?{agency}(?:'s)? (?:(?:has|had|have|also|then|subsequently|later) )*[a-z]+(?:ed|s)\b)|;"
    r"|, and (?:(?:[\w.'’/-]+|{organization}|{drug}|{agency}) ){1,12}?(?:is|are|was|were|has|have|will)\b"
    r"|, (?!including|excluding|pending|using)[a-z]+ing\b|, (?:where|which|who|whose|while|whereas)\b"
    r"|,? (?:and|while|whereas|including|among them),? {drug}"
)
#: What a decision rests on is no part of it.
_EVIDENCE: Final = pattern(
    r",? (?:based (?:up)?on|supported by|on the (?:basis|strength) of)\b"
    r"|\b(?:phase (?:[1-4]|i{1,3}v?)|trials?|data|results)\b"
)
_PARENTHESIS: Final = Pattern(r"\([^()]*\)")


def stretches(frame: str, verbs: Sequence[Span], *, to_evidence: bool = True) -> list[tuple[Span, ...]]:
    """What each verb (or noun) of a frame owns: the part before it, then the parts after it.

    A verb in a parenthesis owns the parenthesis; the others read on behind it.

    Args:
        frame: the sentence with what it names replaced (see `kg.extract.frames`).
        verbs: where they stand, in order, without overlap.
        to_evidence: whether a verb's part ends where a trial or results are named ("approved … based on data from …").
    """
    every = [m.span() for m in _PARENTHESIS.finditer(frame)]
    brackets = [b for b in every if any(_within(v, b) for v in verbs)]
    homes = [next((b for b in brackets if _within(v, b)), None) for v in verbs]
    out = []
    for (start, end), own in zip(verbs, homes, strict=True):
        peers = [v for v, home in zip(verbs, homes, strict=True) if home == own]
        place = peers.index((start, end))
        low, high = own or (0, len(frame))
        left = _break(frame, peers[place - 1][1], start) if place else low
        right = _break(frame, end, peers[place + 1][0]) if place + 1 < len(peers) else high
        further = _NEXT.search(frame, end, right)
        while further is not None and own is None and any(b[0] < further.start() < b[1] for b in every):
            further = _NEXT.search(frame, further.end(), right)
        if further is not None:
            right = further.start()
        evidence = _EVIDENCE.search(frame, end, right) if to_evidence else None
        if evidence is not None:
            right = evidence.start()
        parts = [(left, start)]
        at = end
        for opening, closing in brackets:
            if own is None and at <= opening and closing <= right:
                parts.append((at, opening))
                at = closing
        out.append((*parts, (at, right)))
    return out


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] < inner[0] and inner[1] < outer[1]


def _break(frame: str, start: int, end: int) -> int:
    """Where what one verb tells ends and what the next tells begins: the last break between the two."""
    subject = SUBJECT.search(frame[:end], start)
    if subject:
        end = max(start, subject.start())
    breaks = [m.start() for m in _SEPARATOR.finditer(frame, start, end)]
    # "; in the EU, orphan designation …": where and when belong to what follows
    while len(breaks) > 1 and _ADVERBIAL.fullmatch(frame, breaks[-2], breaks[-1]):
        breaks.pop()
    return breaks[-1] if breaks else end


_ADVERBIAL: Final = Pattern(
    r"\W*(?:(?:(?:and|but|while),?\s+)?(?:in|on|by|since|last|earlier)|(?:and|but),\s+for)\s[^,;]{2,40}",
    re.IGNORECASE,
)
