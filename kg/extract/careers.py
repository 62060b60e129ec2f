"""Careers told without a title for each place → posts: seats on boards, lists of former places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.posts import Post
from kg.model import Entity, Kind

_ONE: Final = r"(?:the )?{organization}(?: \([^()]*\))?"
_PLACES: Final = rf"(?P<places>{_ONE}(?:(?:, and|, as well as|,| and| as well as|;) {_ONE})*)"
_SEAT: Final = (
    r"(?P<title>(?-i:(?:[A-Za-z]+ ){0,3}?"
    r"(?:[Aa]dvisory [Bb]oards?|[Bb]oards? of (?:[Dd]irectors|[Tt]rustees)|[Bb]oards?))"
    r"(?: and (?:[\w-]+ )?committees?)?)"
)
_AMONG: Final = r"(?:[^.;\"\ue000-\ue0ff]{0,90}?\b(?:including|such as|namely),? )?"
#: "sits on the boards of two listed companies, including Foo and Bar"
_ON_BOARDS: Final = pattern(
    r"\b(?P<verb>sits?|serves?|served|sat|serving|sitting)(?: [a-z]+){0,2}? on (?:the |both the |several )?"
    rf"{_SEAT}(?: (?:of|for|at))? {_AMONG}{_PLACES}"
)
_FORMERLY: Final = (
    # "Her prior roles include CFO positions at Foo and Bar"
    pattern(
        r"\b(?:prior|previous|past|earlier|former) (?:[\w-]+ ){0,2}?(?:roles?|positions?|experience|posts?)"
        r" (?:includes?|included|span(?:s|ned)?)"
        r" (?:(?P<title>(?-i:C[EFMSOBT]O|Chief [A-Z]\w+ Officer|Vice President)) )?"
        rf"(?:[\w-]+ ){{0,6}}?(?:roles?|positions?|posts?|leadership)? ?(?:at|with) {_PLACES}"
    ),
    # "with previous roles at Foo, Bar and Baz"; "following senior positions at Foo and Bar"
    pattern(
        r"\b(?:with|after|following|having held|from|brings|including) (?:[\w-]+,? ){0,8}?"
        rf"(?:prior|previous|past|earlier|former|senior|leadership|executive|management) (?:[\w-]+ ){{0,3}}?"
        rf"(?:roles?|positions?|posts?|tenures?|stints)(?: of [\w -]{{4,40}}?)? (?:at|with|in) {_PLACES}"
    ),
)
#: "with 20 years of experience from roles at Foo and Bar"
_EXPERIENCE: Final = pattern(
    r"\bexperience (?:from|in|across|spanning|including|through|gained) (?:[\w-]+ ){0,4}?(?:roles?|positions?"
    r"|posts?|tenures?) "
    rf"(?:at|with) {_PLACES}"
)
#: "co-founded Foo in 2006 and served as its President"
_FOUNDED: Final = pattern(
    rf"\b(?:co-)?found(?:ed|er of|ing) (?P<places>{_ONE})[^.;\"\ue000-\ue0ff]{{0,40}}?,? (?:and|where (?:she"
    rf"|he)) (?:has |also |previously )?"
    r"(?P<verb>served|serves|was|is|acted) (?:as )?(?:its |the |an? )?(?P<title>(?-i:C[EFMSOBT]O|Chief"
    r"|President|Chair\w*|Director|Managing"
    r"|Executive|Vice|Head)[^.;,\"\ue000-\ue0ff]{0,60}?)(?= (?:from|until|through|since|for|before|and (?:has"
    r"|was|is|led))\b|,| ?[.;]|$)"
)
#: "Jane Doe joins Acme from Foo"
_FROM: Final = pattern(
    r"\b(?:joins|joined|comes to|came to|moves to|moved to|(?:she|he|who) (?:came|comes))"
    r"(?: us| the company| {organization})?(?: (?:as|in|on) [^.;\"\ue000-\ue0ff]{3,80}?)? from"
    rf" (?P<places>{_ONE})"
)
_TELLS: Final = Pattern(
    r"\b(?:(?:co-)?found(?:ed|er|ing)|[Bb]oards?|roles?|positions?|posts?|tenures?"
    r"|stints|from)\b"
)
_PRONOUN: Final = Pattern(r"\b(?:she|he|her|his)\b", re.IGNORECASE)


def careers(sentence: LinkedSentence, last: Entity | None) -> Iterator[Post]:
    """Posts at places that a sentence lists for the person whom it names, or for `last` where it says "she" or "her".

    Hits: "Doe serves on the boards of two firms, including Foo and Bar"; "Her prior roles include CFO positions at Foo
    and Bar"; "with previous roles at Foo and Bar"; "Jane Doe joins us from Foo".
    Near misses: "the trial's positions at Foo"; "a role in Foo's approval".
    """
    if not sentence.of_kind(Kind.ORGANIZATION) or not _TELLS.search(sentence.text):
        return
    for match in _ON_BOARDS.finditer(sentence.frame):
        title = " ".join(sentence.text[match.start("title") : match.end("title")].split())
        yield from _posts(sentence, match, last, title, former=match["verb"].lower() in ("served", "sat"))
    for match in _FOUNDED.finditer(sentence.frame):
        title = " ".join(sentence.text[match.start("title") : match.end("title")].split())
        yield from _posts(sentence, match, last, title, former=match["verb"].lower() not in ("serves", "is"))
    for form in (*_FORMERLY, _EXPERIENCE, _FROM):
        for match in form.finditer(sentence.frame):
            groups = match.re.groupindex
            title = (
                sentence.text[match.start("title") : match.end("title")]
                if "title" in groups and match["title"]
                else ""
            )
            yield from _posts(sentence, match, last, title, former=True)


def _posts(
    sentence: LinkedSentence, match: re.Match[str], last: Entity | None, title: str, *, former: bool
) -> Iterator[Post]:
    before = [m.entity for m in sentence.of_kind(Kind.PERSON) if m.end <= sentence.start + match.end()]
    person = before[-1] if before else last if _PRONOUN.search(sentence.text) else None
    if person is None:
        return
    for mention in sentence.at(*match.span("places")):
        if mention.entity.kind is Kind.ORGANIZATION:
            yield Post(person, mention.entity, title, former, "career")
