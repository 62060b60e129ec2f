"""Titles right beside a name, and lists of boards → posts: "CEO Jane Doe", "Jane Doe (CEO)", "Board: Ann Roe"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.people import TITLE_WORD
from kg.extract.posts import Post
from kg.extract.titles import (
    BOARD,
    CREDENTIALS,
    HONORIFICS,
    NO_TITLE,
    PLACE,
    TITLE,
    TITLE_NOUN,
    settled_title,
)
from kg.model import Kind

_TITLE_BEFORE: Final = (
    r"(?P<title>(?-i:(?:Chief|Board|President|Managing Director|CEO|CFO|CMO|CSO|COO|Chair(?:man|woman|person)?|Founder|"
    r"Executive|Senior|Vice|Co-[Ff]ounder"
    r"|Co-Principal|Principal|Lead|Head|Director|Interim|Medical|Scientific|General)\b|chief "
    r"(?:executive|scientific|medical|financial)|"
    r"president\b|(?:[\w&]+ )?board member\b|"
    r"(?:associate |assistant )?professor\b|(?:independent |non-executive )?director\b|(?:lead"
    r"|principal|study|chief|"
    r"co-?ordinating|trial) (?:investigator|author))"
    r"(?:[^\"\ue000-\ue0ff;:.,()]|, (?=(?-i:[A-Z]))|\(\"?(?-i:[A-Z]{2,5})\"?\)){0,70}?)"
)
BESIDE_NAME: Final = (
    # "Acme (Head Office: Osaka; President: Ana Mori)"
    (
        "before-colon",
        pattern(
            rf"(?P<of>{{organization}})(?:,? [\w.&-]+){{0,3}}?\.? [(\[](?:[^()\[\]]{{0,90}}?[,;.] )?(?:\d{{4}} )?"
            rf"(?P<title>(?-i:{TITLE_WORD})[^:;()\ue000-\ue0ff]{{0,60}}?)[:,] {HONORIFICS}(?P<person>{{person}})"
        ),
    ),
    # "Chairman of the Supervisory Board: Prof. Ulrich Dorn"
    (
        "label",
        pattern(
            rf"(?:^|[|•] |; )(?P<title>(?-i:{TITLE_WORD})[^:;()\"\ue000-\ue0ff]{{0,60}}?): {HONORIFICS}"
            rf"(?P<person>{{person}})"
        ),
    ),
    # "strengthened the Board of Directors with the appointment of Ann Roe"
    (
        "board-with",
        pattern(
            rf"\b(?P<title>{BOARD}) (?:with|by|through) (?:the )?(?:appointments?|additions?|"
            r"elections?|appointing|adding|electing)"
            rf" (?:of )?{HONORIFICS}(?P<person>{{person}})"
        ),
    ),
    # "Acme Inc. (Ana Mori, President)"
    (
        "of-bracket",
        pattern(
            rf"(?P<of>{{organization}})\.? ?\({HONORIFICS}(?P<person>{{person}}){CREDENTIALS}, {TITLE}\)"
        ),
    ),
    ("parenthesis", pattern(rf"(?P<person>{{person}}){CREDENTIALS} \({TITLE}\)")),
    (
        "possessive",
        pattern(
            rf"(?P<of>{{organization}})(?:'s|') (?:new |current |incoming )?(?P<title>"
            rf"(?-i:{TITLE_WORD})[^\"\ue000-\ue0ff;:.()]{{0,70}}?),?"
            rf" {HONORIFICS}(?P<person>{{person}})"
        ),
    ),
    # "Its chief executive is Ann Roe"
    (
        "is",
        pattern(
            rf"(?:\b(?:its|our|their|the company's|the) |(?P<of>{{organization}})(?:'s|') )(?:new |"
            rf"current )?{TITLE}"
            rf"(?: of (?:the )?(?P<of2>{{organization}}))? (?:is|remains|will be) {HONORIFICS}"
            rf"(?P<person>{{person}})"
        ),
    ),
    # "its CFO, Daniel Reyes, has resigned"; "said Acme CEO, Daniel Reyes"; "the CEO of Acme, Bob Low, said"
    (
        "before-comma",
        pattern(
            r"(?:^|\b(?:its|our|the|the company's) |(?P<of>{organization}) )"
            r"(?P<how>(?:current|former|outgoing|interim|long-time|longtime) )?"
            rf"{_TITLE_BEFORE}(?: of (?P<of2>{{organization}})|(?: \(\"?[A-Z]{{2,5}}\"?\))?), "
            rf"{HONORIFICS}(?P<person>{{person}})"
            r"(?=,| (?:has|will|is|was)\b| ?\.)"
        ),
    ),
    # "with Foo Hospital, whose Director of Cardiology, Dr. Ann Roe, is"
    (
        "whose",
        pattern(
            rf"(?P<of>{{organization}}), whose {_TITLE_BEFORE}(?: \(\"?[A-Z]{{2,5}}\"?\))?,? {HONORIFICS}"
            rf"(?P<person>{{person}})"
        ),
    ),
    # "five patients at Foo Hospital, led by Professor Ann Roe"; "treated at Foo Hospital in Bonn by Dr. Ann Roe"
    (
        "led",
        pattern(
            rf"\bat (?:the )?{PLACE}(?: in [\w ,]{{3,30}}?)?,? (?:and )?(?:(?:was |were )?(?:led|"
            r"headed|directed|conducted|treated|run) )?"
            r"(?:by|under(?: the (?:supervision|direction|care|leadership|guidance) of)?) "
            rf"(?P<title>{HONORIFICS}){HONORIFICS}(?P<person>{{person}})"
        ),
    ),
    # "the Eye Center of Foo Hospital, where Professor Ann Roe led the study"
    (
        "led",
        pattern(
            rf"{PLACE},? where (?P<title>{HONORIFICS}){HONORIFICS}(?P<person>{{person}}){CREDENTIALS},? "
            r"(?:led|leads|treated|treats|heads|headed|conducted|directs|practi[cs]es|works)\b"
        ),
    ),
    (
        "before-name",
        pattern(
            r"(?:^|[^\w] ?|\b(?:to|by|and|that|our|its|the|company's|said|says|added|with|from|"
            rf"new) ){_TITLE_BEFORE}(?:,(?= (?:dr|prof|mr|ms|mrs)\b))? {HONORIFICS}"
            rf"(?P<person>{{person}})"
        ),
    ),
)


def post_beside(sentence: LinkedSentence, rule: str, match: re.Match[str]) -> Post | None:
    """A post told right beside a name."""
    groups = match.re.groupindex
    of = next((g for g in ("of", "of2") if g in groups and match[g]), None)
    organization = sentence.mention(match, of).entity if of else None
    person = sentence.mention(match, "person")
    title = " ".join(sentence.text[match.start("title") : match.end("title")].split())
    title = re.sub(r"\s*\(\"?[A-Z]{2,5}\"?\)", "", title) if rule == "before-comma" else title
    if NO_TITLE.search(title) or re.search(
        r"\b(?:and|or|with|to|as|(?<!chaired )(?<!led )(?<!headed )by)$", title
    ):
        return None
    if rule == "label":
        before = sentence.text[: match.start("title")]
        if before.count("(") > before.count(")") or title.startswith("Representative"):
            return None  # in brackets behind a name the rule above reads it
    if rule != "whose" and sentence.text.endswith("whose ", 0, match.start("title")):
        return None  # another's, whom the rule of that name knows
    if rule == "led":
        title = re.sub(r"^(?:Dr|Prof|Mr|Ms|Mrs)\b.*$", "", title).strip()
        return Post(person.entity, organization, title, False, rule)
    title, organization = settled_title(title, organization)
    if (
        not TITLE_NOUN.search(title)
        or len(title) > 120
        or NO_TITLE.search(title)
        or title == "Representative"
    ):
        return None
    if _RANK.search(title):
        return None
    if rule == "before-name":
        if re.fullmatch(r"(?:associate |assistant )?professor", title, re.IGNORECASE):
            return None  # "Professor Jane Doe of …": the chain has it with its place
        before = sentence.text[max(0, match.start("title") - 40) : match.start("title")]
        if title == "President" and not _OF_FIRM.search(before):
            return None  # a country's
        named = sentence.of_kind(Kind.ORGANIZATION)
        near = [m for m in named if 0 <= match.start("title") - (m.end - sentence.start) <= 3]
        if near:
            before = sentence.text[: near[-1].start - sentence.start]  # "former Acme CEO Jane Doe"
        if near and organization is None:
            organization = near[-1].entity  # "Acme CEO Jane Doe", "Acme's President Jane Doe"
        former = bool(re.search(r"\b(?:former|ex-?|previous)\s*$", before, re.IGNORECASE))
        return Post(person.entity, organization, title, former, rule)
    former = rule == "before-comma" and (
        (match["how"] or "").strip() == "former"
        or _RESIGNATION.search(sentence.text[: match.start()]) is not None
    )
    return Post(person.entity, organization, title, former, rule)


#: "Chair and Brigadier General Larry Low", "Representative Ann Roe": ranks and seats of states.
_RANK: Final = Pattern(
    r"\b(?:Brigadier|Major|Lieutenant|Colonel|Admiral|Sergeant|Senator|Congress(?:wo)?man|Governor)\b"
    r"|^Representative\s+(?!Director)"
    r"|\b(?:[Cc]hanges?|[Uu]pdates?|[Aa]ppointments?|[Nn]ominations?)$"
)
_OF_FIRM: Final = Pattern(
    r"(?:\b(?:its|our|said|says|added|and|new|company's|vice)|'s?|[\w.]\s[A-Z][\w.]+)\s*$"
)
_RESIGNATION: Final = Pattern(
    r"\b(?:resignation|departure|retirement|stepping\s+down)\s+of\s+$", re.IGNORECASE
)


def board_posts(sentence: LinkedSentence) -> Iterator[Post]:
    """Members of a board listed behind its name: "Executive Board: Ann Roe (CEO), Bob Low"."""
    for match in _BOARD_LABEL.finditer(sentence.frame):
        group = match.lastgroup or "title"
        label = " ".join(sentence.text[match.start(group) : match.end(group)].split())
        label = "founder" if group == "founded" else label
        label = re.sub(r"\b([Mm]ember|[Dd]irector)s\b(?=$| of (?:the|its))", r"\1", label)
        end = len(sentence.frame)
        listed = sentence.frame[match.end() - 2 : match.end()] == ": " and group != "label"
        for stop in ("|",) if group in ("title", "new", "newly", "own", "founded") or listed else ("|", ";"):
            at = sentence.frame.find(stop, match.end())
            end = at if 0 <= at < end else end
        for mention in sentence.at(match.end(), end):
            if mention.entity.kind is Kind.PERSON:
                own = re.match(r"\s*\(([^()]{2,60})\)", sentence.text[mention.end - sentence.start :])
                title = re.sub(r"(?<=[a-z])s$", "", own[1]) if own and TITLE_NOUN.search(own[1]) else label
                yield Post(mention.entity, None, title, False, "board-list")


_BOARD_LABEL: Final = pattern(
    rf"\b(?P<members>(?:members|directors) of (?:the|its|our) (?:{BOARD}|board(?: of directors)?))"
    r" (?:now |will |currently )*are:? |"
    r"(?:{organization}'s|\bits|\bour|\bthe) (?P<own>board(?: of directors)?) (?:now |will |currently )*"
    r"(?:comprises?|consists? of|includes?|is composed of|is comprised of):? |"
    r"\b(?:the )?(?:new(?:ly appointed|ly elected)?|incoming) (?P<newly>(?:(?:independent|non-executive"
    r"|executive) )*(?:directors"
    r"|board members)) (?:are|include):? |"
    r"\b(?:co-)?(?P<founded>founded|established) (?:in \d{4} )?by |"
    # "appointed three new directors: Ann Roe, …; Bob Low"
    r"\b(?:appoint|elect|nam|add|welcom)\w* (?:[\w-]+ ){0,4}?(?P<new>(?:non-executive |independent "
    r")?(?:directors|board members"
    r"|members of (?:the|its) board(?: of directors)?))[^.;:]{0,40}: |"
    rf"(?P<title>{BOARD}) (?:members |now |will |currently )*(?:(?:is |be )?chaired by [^.;]{{5,120}}? and "
    rf")?(?:are|includes?|consists? of|"
    r"comprises?|is composed of|is comprised of)"
    rf":? |\bjoining (?:the|our|{{organization}}'s) (?P<joined>{BOARD}|board(?: of directors)?) (?:are|is) |"
    r"(?<!the\s)(?P<label>(?-i:(?:(?:Executive|Management|Supervisory|Advisory|Scientific|Non-[Ee]xecutive"
    r"|Managing) )*"
    r"(?:Board(?: of (?:Directors|Management))?|Management|Directors|Geschäftsführer|Vorstand))) ?: "
)
