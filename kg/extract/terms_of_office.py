"""Facts on posts → the same with when the post was taken up and left, where their sentence says so.

Between `kg.extract.roles` and relations.  A date counts for a post where nothing stands between them that is another
post or another person, and its words say which of the two it is: "effective", "since", "until", "will retire on".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.extract import values
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Fact, Kind, Modality

_TAKES_UP: Final = Pattern(
    r"\b(?:appoint\w*|names?|named|naming|elect(?:s|ed|ion)|hir(?:e|es|ed)|promot(?:e|es|ed|ion)|join(?:s|ed|ing)?"
    r"|becom(?:e|es|ing)|became|assum(?:e|es|ed)|succeed(?:s|ed)?|replac(?:e|es|ed)|t(?:akes?|ook)\s+(?:office|over|up)"
    r"|transition(?:s|ed)?|hand\w*\s+over\s+to|welcom\w+)\b",
    re.IGNORECASE,
)
_LEAVES: Final = Pattern(
    r"\b(?:leav(?:e|es|ing)|left|retir(?:e|es|ed|ing|ement)|depart(?:s|ed|ing|ure)?|resign(?:s|ed|ing|ation)?"
    r"|step(?:s|ped|ping)?\s+down|st(?:ands|ood)\s+down)\b",
    re.IGNORECASE,
)
#: What stands right before a date, and which end of the time it gives; None: the verb before it tells.
_LEADS: Final = (
    ("from", Pattern(r"\bsince\s+(?:early|mid|late)?[\s-]*$", re.IGNORECASE)),
    (
        "to",
        Pattern(r"\b(?:until|till|through)\s+(?:early|mid|late|the\s+end\s+of)?[\s-]*$", re.IGNORECASE),
    ),
    (
        "from",
        Pattern(
            r"\b(?:from|(?:beginning|starting|commencing)(?:\s+(?:on|in|from))?|with\s+effect\s+from)\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        None,
        Pattern(
            r"\b(?:effective(?:\s+(?:as\s+of|on|from|in))?|as\s+of|on|in|at\s+the\s+end\s+of)\s*$",
            re.IGNORECASE,
        ),
    ),
)
_IMMEDIATELY: Final = Pattern(
    r"\b(?:effective\s+(?:immediately|today)|with\s+immediate\s+effect)\b", re.IGNORECASE
)
_YEARS: Final = Pattern(
    r"(?:\bfrom\s+|\bbetween\s+|\()(?P<from>(?:19|20)\d\d)\s*(?:to|until|through|and|-|–|—)\s*"
    r"(?P<to>(?:19|20)\d\d|present|today|now)\b",
    re.IGNORECASE,
)
#: Another post or another place, so that what follows is no longer said of this one.
_ANOTHER: Final = Pattern(
    r"[;:]|\.\s|\b(?:which|where|formerly|previously|Officer|President|Director|Chair(?:man|woman|person)?|Head|Manager"
    r"|Professor|Partner|C[A-Z]O|founded|company\s+was)\b"
)
_BEFORE: Final = Pattern(r"[\s,()]*(?:an?\s+|the\s+|as\s+|their\s+|its\s+)*")
_STARTS: Final = Pattern(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d")
_FAR: Final = 140


def dated(document: LinkedDocument, posts: Iterable[Fact]) -> Iterator[Fact]:
    """The posts, with qualifiers `from` and `to` where the release gives them.

    Hits: "was appointed Chief Commercial Officer, effective January 5, 2026"; "a director since 2017"; "was, until
    2023, Chief Commercial Officer of Foo"; "Jane Doe, Chief Financial Officer, will retire on June 30, 2026"; "CFO of
    Foo (2015–2019)".
    Near misses: "said Jane Doe, CEO. Approval is expected in 2026"; "CTO of Foo, which he joined in 2017" (the place,
    not the post); "CMO since the company was founded in 2016".
    """
    told = list(posts)
    titles: dict[tuple[int, int], list[Fact]] = {}
    for fact in told:
        titles.setdefault((fact.evidence[0].start, fact.evidence[0].end), []).append(fact)
    sentences = {(s.start, s.end): s for s in document.sentences}
    for fact in told:
        place = (fact.evidence[0].start, fact.evidence[0].end)
        sentence = sentences.get(place)
        found = {} if sentence is None else _dates(document, sentence, fact, titles[place])
        yield fact.with_qualifiers(found) if found else fact


def _dates(
    document: LinkedDocument, sentence: LinkedSentence, fact: Fact, beside: Sequence[Fact]
) -> dict[str, str]:
    """When the post of a fact was taken up and left."""
    at = _place(sentence, _title(fact))
    if at is None:
        return {}
    low, high = at
    others = [m for m in sentence.of_kind(Kind.PERSON) if m.entity != fact.subject]
    stops = [m.start - sentence.start for m in others]
    stops += [p[0] for other in beside if other is not fact and (p := _place(sentence, _title(other)))]
    end = min([stop for stop in stops if stop > high], default=len(sentence.text))
    gap = _ANOTHER.search(sentence.text, high, min(end, high + _FAR))
    end = gap.start() if gap else min(end, high + _FAR)
    start = max(
        [m.end - sentence.start for m in sentence.of_kind(Kind.PERSON) if m.end - sentence.start <= low],
        default=0,
    )
    text, out = sentence.text, dict[str, str]()
    gone = fact.modality is Modality.HISTORICAL and _LEAVES.search(text, start, end)
    if years := _YEARS.search(text, high, end):
        out["from"] = years["from"]
        if years["to"][0].isdigit():
            out["to"] = years["to"]
        return out
    for date in values.dates(text, on=document.published):
        begins = _STARTS.search(text, date.start, date.end)
        if begins is None:
            continue  # "next year": too little to date a post by
        behind = high <= date.start < end
        before = start <= date.start and date.end <= low and _BEFORE.fullmatch(text[date.end : low])
        side = _side(text, start, begins.start(), bool(gone)) if behind or before else None
        if side is not None:
            out.setdefault(side, date.iso)
    if (found := _IMMEDIATELY.search(text, high, end)) and document.published:
        out.setdefault(
            "to" if gone and _LEAVES.search(text, start, found.start()) else "from", document.published
        )
    return out


def _side(text: str, start: int, at: int, gone: bool) -> str | None:
    """Which end of the time a date at an offset gives; None where its words do not say."""
    for side, lead in _LEADS:
        if lead.search(text[max(start, at - 30) : at]):
            if side is not None:
                return side
            verbs = [(m.start(), "from") for m in _TAKES_UP.finditer(text, 0, at)]
            verbs += [(m.start(), "to") for m in _LEAVES.finditer(text, start, at)] if gone else []
            return max(verbs)[1] if verbs else None
    return None


def _title(fact: Fact) -> str:
    return " ".join(map(str, fact.qualifier("title")))


def _place(sentence: LinkedSentence, title: str) -> tuple[int, int] | None:
    """Where the words of a title stand in a sentence."""
    if not title:
        return None
    found = re.search(r"\s+".join(map(re.escape, title.split())), sentence.text, re.IGNORECASE)
    return None if found is None else found.span()
