"""Paragraphs → sentences, and the stretches that stand between quotation marks.

Part of `kg.extract.document`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from kg.extract.patterns import Pattern

_ABBREVIATION = Pattern(
    r"(?:\b(?:Inc|Corp|Ltd|Co|Cos|Bros|LLC|Dr|Drs|Eng|Ing|Prof|Mr|Mrs|Ms|Messrs|Jr|Sr|St|Mt|Ft|vs|v|No|"
    r"Nos|Fig|Figs|Ref|"
    r"approx|ca|cf|al|etc|e\.g|i\.e|Ph\.D|M\.D|Pharm\.D|D\.V\.M|Sc\.D|Ph|Pharm|Sc|Ch|Esq|Gen|Col|Capt|Lt|Hon|"
    r"Sen|Rep|Gov|Rev|Univ|Dept|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|"
    r"Neb|Nev|Okla|Ont|Ore|Pa|"
    r"Que|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|"
    r"[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]))\.$"
)
#: Abbreviations after which a sentence may well begin: it does where a new sentence's first word follows.
_MAY_END = Pattern(
    r"(?:\b(?:Inc|Corp|Ltd|Co|LLC|etc|al|U\.S|U\.K|E\.U|S\.A|N\.V|B\.V|A\.G|p\.m|a\.m|Ph\.D|M\.D))\.$"
)
_OPENER = Pattern(
    r"[\"'(\[]*(?:The|This|These|Those|That|It|Its|In|On|At|As|If|We|Our|For|To|An?|Under|"
    r"Following|Based|Through|"
    r"Additionally|Further|Furthermore|However|Moreover|With|While|When|Patients|They|Their|There|"
    r"He|She|All|By|From)\b"
)
#: Also with the number of a note behind the full stop: "… adults.1,2 In …".
_BREAK = Pattern(
    r"(?:[.!?][\"')\]*]*(?:,?\[\d+(?:[,-]\d+)*\])*|(?<=[a-z)\]%\"])[.][\")]*\^?\d{1,2}(?:[,–-]\d{1,2})*)"
    r"\s+(?!\([^()]{2,150}\),?\s[a-z])(?=[\"'(\[*•]*(?:[A-Z0-9À-Þ$€£]|mRNA))"
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one paragraph.

    Near misses: "Acme, Inc. Reports"; "the U.S. Food and Drug Administration"; "N.J., Nov. 12"; "4.5 cases";
    "Acme Co., Ltd. [Head Office: Tokyo. President: Ann Mori] announced"; "Acme AB. (Lund, Sweden) sells".
    What goes on without end is cut in pieces.
    """
    begin = start
    for match in _BREAK.finditer(text, start, end):
        if match.end() >= end:
            break
        if text[match.start()] == "." and not _ends_sentence(text, begin, match.start() + 1, match.end()):
            continue
        if _is_in_brackets(text, begin, match.start(), min(end, match.end() + _ASIDE)):
            continue
        stop = match.start() + len(match[0].rstrip())
        yield from sentence_pieces(text, begin, stop)
        begin = match.end()
    if begin < end:
        yield from sentence_pieces(text, begin, end)


#: Nobody writes longer sentences; what is read of one grows faster than its length.
_LONGEST: Final = 3000


def sentence_pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the pieces of one that is too long: cut behind a semicolon, a comma or a word."""
    while end - begin > _LONGEST:
        limit = begin + _LONGEST
        at = max(text.rfind(mark, begin + _LONGEST // 2, limit) for mark in ("; ", ", "))
        at = at + 1 if at >= 0 else text.rfind(" ", begin + 1, limit)
        if at <= begin:
            at = limit
        if not text[begin:at].isspace():
            yield begin, at
        begin = at + (text[at] == " ")
    if begin < end:
        yield begin, end


#: Characters that may stand between a full stop within brackets and their end.
_ASIDE: Final = 150


def _is_in_brackets(text: str, begin: int, at: int, end: int) -> bool:
    """Whether brackets that were opened in a sentence close soon behind a full stop."""
    for opening, closing in ("()", "[]"):
        opened = text.rfind(opening, begin, at)
        if opened < 0 or text.find(closing, opened, at) >= 0:
            continue
        closed = text.find(closing, at, end)
        if closed >= 0 and text.find(opening, at, closed) < 0 and closed - opened < 2 * _ASIDE:
            return True
    return False


def _ends_sentence(text: str, begin: int, dot: int, after: int) -> bool:
    """Whether the full stop before `dot` ends the sentence that begins at `begin`."""
    before = text[max(begin, dot - 24) : dot]
    if _ABBREVIATION.search(before) is None:
        return True
    return bool(_MAY_END.search(before) and _OPENER.match(text, after))


def quotes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between straight double quotes; an unclosed one runs to the end of its paragraph."""
    opened = -1
    for index in range(start, end):
        if text[index] != '"':
            continue
        if opened < 0:
            opened = index + 1
        else:
            yield opened, index
            opened = -1
    if 0 <= opened < end:
        yield opened, end


def mostly_quoted(start: int, end: int, stretches: tuple[tuple[int, int], ...], starts: list[int]) -> bool:
    """Whether most of a sentence lies in stretches between quotation marks; `starts` are where these begin."""
    index = max(0, bisect_right(starts, start) - 1)
    covered = 0
    while index < len(stretches) and stretches[index][0] < end:
        covered += max(0, min(end, stretches[index][1]) - max(start, stretches[index][0]))
        index += 1
    return covered * 2 > end - start
