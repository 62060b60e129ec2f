"""Release → its structure: sections, paragraphs, sentences; the first stage of extraction.

The trick that everything after relies on: `Layout.text` is a copy of the release's text with *one character
for one character* (line breaks inside a paragraph become spaces, typographic quotes straight ones), so
that an offset into it is an offset into the stored text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kg.extract.capitals import in_usual_case
from kg.extract.datelines import BROKEN_DATE, DATE_LINE, dateline_end
from kg.extract.exchanges import VENUE
from kg.extract.lines import Line
from kg.extract.lines import lines as lines_of
from kg.extract.patterns import Pattern
from kg.extract.sentences import mostly_quoted, quotes, sentence_pieces, sentences


class SectionKind(StrEnum):
    """What a stretch of a release is."""

    METADATA = "metadata"  # a date line, "PRESS RELEASE", a repeated title
    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    DATELINE = "dateline"  # place, date and wire, up to the dash
    BODY = "body"
    ABOUT = "about"
    BOILERPLATE = "boilerplate"  # forward-looking statements, copyright
    CONTACTS = "contacts"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes:
        kind: what it is.
        title: heading as printed, lines joined ("About CLR 131"); empty where there is none.
        start, end: character offsets of its content, heading not included.
    """

    kind: SectionKind
    title: str
    start: int
    end: int

    @property
    def topic(self) -> str:
        """What an "About …" section is about; empty for other sections."""
        return _topic(self.title) if self.kind is SectionKind.ABOUT else ""


@lru_cache(64)  # each rule asks for that of each sentence
def _topic(title: str) -> str:
    match = re.match(r"about\s+(?:the\s+)?(.+?)[\s:.]*$", title, re.IGNORECASE)
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        start, end: character offsets.
        text: normalised text; as long as the slice, so `text[i]` stands at `start + i`.
        section: where it stands.
        paragraph: running number of its paragraph.
        in_quote: whether most of it is between quotation marks.
    """

    start: int
    end: int
    text: str
    section: Section
    paragraph: int = 0
    in_quote: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The structure of one release.

    Attributes:
        text: normalised text, character for character.
        sections: in order.
        sentences: in order; headline and subheadline are one each.
        quotes: (start, end) of stretches between double quotation marks, the marks not included.
    """

    text: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[tuple[int, int], ...]

    def first(self, kind: SectionKind) -> Section | None:
        """The first section of a kind."""
        return next((s for s in self.sections if s.kind is kind), None)


# --- characters -----------------------------------------------------------------------------------------

_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u00ad\u2043", "-"),
        **dict.fromkeys("\u2012\u2212", "-"),
        **dict.fromkeys(
            "\t\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
            "\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff\x1c\x1d\x1e\x1f\x85\u2028\u2029",
            " ",
        ),
        "\u03bc": "\u00b5",  # Greek mu and micro sign are one unit prefix
    }
)


def plain(text: str) -> str:
    """The text with typographic characters replaced by plain ones, one for one; line ends stay."""
    out = text.translate(_PLAIN)
    return _SYMBOL_FONT.sub(lambda m: "™" if m[0] == "Ô" else "®", out) if "Ô" in out or "Ò" in out else out


#: Signs of a trademark as the Symbol font codes them, behind a word: "OnriginÔ", "ZYLVEXAÒ".
_SYMBOL_FONT = Pattern(r"(?<=[A-Za-z]{3})[ÔÒ](?![a-zA-Z])")


# --- lines and paragraphs -------------------------------------------------------------------------------

_FINAL = Pattern(r"[.!?:;][\"')\]*]*$")
_BULLET = Pattern(r"(?:[•·▪●○◦‣∙*–—-]|\d{1,2}[.)])\s")
_HEADING = Pattern(
    r"(?:about|more about|for (?:more|further) information|forward[- ]looking|cautionary|safe harbou?r|"
    r"notes? to editors?|disclaimer|media contacts?|investor contacts?|contacts?|source|"
    r"references?|disclosure)\b",
    re.IGNORECASE,
)
_ABOUT = Pattern(r"About (?:the )?[\"'(]?[A-Z0-9α-ωΑ-Ω]|ABOUT [A-Z0-9]")
_OPEN_END = Pattern(
    r"(?:,|\b(?:a|an|the|of|to|in|on|for|with|and|or|by|at|from|as|that|which|is|are|was|were|has|"
    r"have|will|be|"
    r"its|their|our|than|into|between|(?:said|says|added|commented)(?: (?:Dr|Prof)\.?)?(?: (?-i:[A-Z])\w+)?))$",
    re.IGNORECASE,
)


#: Cells with wide gaps between them; "Phase: 2b".
_PARTED = Pattern(r"\S(?:\s{3,}|\t)\S.*\S(?:\s{3,}|\t)\S")
_KEYED = Pattern(r"[A-Z][\w /&()-]{1,34}:\s+\S")


def _is_heading(line: str) -> bool:
    """Whether a line is a section heading.

    Hits: "About CLR 131"; "About Acme Biosciences, Inc."; "Forward-Looking Statement Disclaimer"; "CONTACTS:".
    Near misses: "About half of the patients responded."; "about the trial, including eligibility".
    """
    if len(line) > 120 or not _HEADING.match(line):
        return False
    if line[:5].lower() == "about" or line.lower().startswith("more about"):
        if not _ABOUT.match(line[line.lower().index("about") :]):
            return False
        if re.search(r"[a-z)]{4,}\.$", line) or re.search(r"\b(?:is|are|was|were|has|have|will)\b", line):
            return False
        words = re.findall(r"[A-Za-z][\w-]*", line)[1:]
        small = sum(1 for w in words if w.islower() and len(w) > 3)
        return small <= max(1, len(words) // 2)
    bare = line.rstrip(":").strip()
    if re.match(r"source", line, re.IGNORECASE):
        return bool(re.match(r"sources?\s*:?$", line, re.IGNORECASE))
    return len(bare.split()) <= 8 and not re.search(r"[a-z]{3,}\.$", line)


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines grouped into paragraphs; what a page break or hard wrapping tore apart is joined again."""
    head = next((i for i in range(min(len(lines), 60)) if _opens_with_dateline(lines, i)), 0)
    runs: list[list[Line]] = []  # lines without a blank one between them
    for index, line in enumerate(lines):
        if line.blank_before or index in (0, head):
            runs.append([])
        runs[-1].append(line)
    block: list[Line] = []
    seen = 0
    for run in runs:
        width = max(len(line.text) for line in run)
        apart = _is_list(run)
        for line in run:
            on_top = seen < max(head, 12)
            if (
                not block
                or seen == head
                or apart
                or (on_top and any(map(_stands_alone, (line.text, block[-1].text))))
            ):
                goes_on = False
            elif seen < head and not line.blank_before:
                goes_on = _title_continues(block, line)
            elif head and seen == head + 1 and not line.blank_before and not dateline_end(block[-1].text):
                goes_on = True  # what opens with a dateline only together with this line
            else:
                goes_on = _continues(block, line, width)
            if block and not goes_on:
                yield block
                block = []
            block.append(line)
            seen += 1
    if block:
        yield block


#: "Founded: 2011", "Cardalen - hypertension - 88 million": a line of a list without bullets.
_ITEM: Final = Pattern(r"[A-Z0-9\xc0-\xde\u0391-\u03a9][^:.]{1,40}:\s\S|[A-Z0-9][^.]{1,70}\s[–—-]\s\S")


def _is_list(run: list[Line]) -> bool:
    """Whether lines without a blank one between them are items of a list rather than text that was wrapped."""
    if len(run) < 3 or any(line.text[0].islower() or _OPEN_END.search(line.text) for line in run):
        return False
    items = sum(_ITEM.match(line.text) is not None for line in run)
    return items > 2 and items * 4 >= len(run) * 3


def _opens_with_dateline(lines: list[Line], index: int) -> bool:
    """Whether a dateline stands before the text of a line; it may be broken over two."""
    line = lines[index].text
    if 0 < dateline_end(line) < len(line):
        return True
    if index + 1 == len(lines) or lines[index + 1].blank_before:
        return False
    joined = f"{line} {lines[index + 1].text}"
    if BROKEN_DATE.search(line):
        return len(line) < dateline_end(joined) < len(joined)
    return 25 < len(line) < 60 and 0 < dateline_end(joined) < len(line)  # too little text behind it


def _stands_alone(line: str) -> bool:
    """Whether a line above the text is one of its own: a label, a listing ("TSX: ACM | OTCQX: ACMTF")."""
    if _LABEL_LINE.match(line) and len(line) < 80:
        return True
    return len(line) < 60 and _LISTING_LINE.match(line) is not None


def _title_continues(block: list[Line], line: Line) -> bool:
    """Whether a line goes on with the title above it: its first word would not have fitted there.

    Only the lines so far tell how wide the title was set: a subtitle is set smaller, so wider.
    """
    last = block[-1].text
    if any(DATE_LINE.match(x) or _LABEL_LINE.match(x) or _COMPANY_LINE.match(x) for x in (last, line.text)):
        return False
    if _BULLET.match(line.text):
        return False
    return len(last) + 1 + len(line.text.split(None, 1)[0]) > max(len(x.text) for x in block)


#: "Previously treated: 38 patients, ORR 60.5 %"
_LABELLED: Final = Pattern(r"[A-Za-z0-9≥<>][^.:;?!]{1,80}:\s[^.:]*\d")


#: "with a PDUFA date of", and the date on the next line
_WANTS_DATE: Final = Pattern(r"[a-z)\"”] (?:of|on|by|until|from|since|to|and|before|was|is)$")


def _continues(block: list[Line], line: Line, width: int) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    last = block[-1].text
    if not line.blank_before and (
        (line.text[0].isdigit() and BROKEN_DATE.search(last))
        or (_WANTS_DATE.search(last) and DATE_LINE.match(line.text))
    ):
        return True
    if (_is_heading(last) and len(block) == 1) or DATE_LINE.match(line.text) or DATE_LINE.match(last):
        return False
    if re.search(r"\w-$", last) and not line.blank_before:
        return True
    if not line.blank_before and (
        (" | " in last and " | " in line.text)
        or (_PARTED.search(last) and _PARTED.search(line.text))
        or (_KEYED.match(last) and _KEYED.match(line.text))
    ):
        return False  # two rows of a table, two lines of a sheet
    if _is_heading(line.text) or _BULLET.match(line.text):
        return False
    if not line.blank_before and _LABELLED.match(line.text) and _LABELLED.match(block[0].text):
        return False  # "Arm A: 38 patients, ORR 60%", an arm a line
    if line.text.endswith(":") and line.text[0].isupper() and _BULLET.match(block[0].text):
        return False  # what leads in to the next list
    ended = bool(_FINAL.search(last))
    if line.blank_before:
        if ended or len(last) < 25:
            return False
        return line.text[0].islower() or (bool(_OPEN_END.search(last)) and len(last) > 40)
    if width > 160:  # not hard-wrapped: each line is a paragraph unless a sentence is cut
        return not ended and (
            line.text[0].islower() or len(last) > 0.75 * width or bool(_OPEN_END.search(last))
        )
    # A break is meant where the next word would have fitted into the line with much room to spare.
    room = len(last) + 1 + len(line.text.split(None, 1)[0]) <= width
    if ended:
        return not (room and len(last) < 0.75 * width)
    return not (room and len(last) < 0.6 * width) or line.text[0].islower()


# --- sections -------------------------------------------------------------------------------------------

_LABEL_LINE = Pattern(
    r"(?:for immediate release|\[?(?:press|news|media|stock exchange|company|media (?:&|and) investor|"
    r"investor(?: (?:&|and) media)?|corporate) (?:release|announcement|news)\]?"
    r"(?:[\s–-]+(?:no\.?|number|#)?\s*[\d/ .-]+)?|corporate news|(?:trading|ticker|stock) symbols?\s*:.*|"
    r"(?:non-)?regulated information.*|\[?(?:english )?translation.*|"
    r"source\s*:.*|(?:released|published|posted|updated|distributed)\b.{0,20}\d.*|by [A-Z][^.]{2,50}\|.*|"
    r"(?:company(?: name)?|name of (?:the )?company|listing|contacts?|(?:media|investor|press) contacts?|tel\.?"
    r"|telephone|securities code"
    r"|isin|wkn|lei)\s*:.*|disclosure of .*|the issuer is solely responsible.*|ad[ -]hoc\b.*|"
    r"(?:eqs|dgap|pta|cision|original)[ -].*|.*key ?words?(?:\(s\))?:.*|for release.*|inside "
    r"information.*|regulatory news.*|"
    r"(?:asx|voluntary|regulatory|nasdaq|rns)\b.{0,30}(?:announcement|number\b.*|release)|"
    r"ex-?\d.*|exhibit \d.*|highlights|"
    r"the information contained (?:within|in) this announcement.*|.*take no responsibility.*|"
    r"representative\b.*|"
    r"\(?(?:stock )?code:?.*|pr newswire|business wire|globe ?newswire|accesswire|"
    r"print|share|pdf|download.*|back to .*|page \d+.*)\W*$",
    re.IGNORECASE,
)
_LISTING_LINE = Pattern(rf"[\[(]?{VENUE}\s*[:：]\s*[A-Z0-9.]{{1,9}}(?![\w])[^a-z]*$")
_COMPANY_LINE = Pattern(
    r"[A-Z][\w&.,' -]{2,60}[ ,](?:inc|ltd|limited|plc|ag|se|sa|s\.a|n\.v|ab|a/s|corp|llc|gmbh|"
    r"k\.k)\.?(?:\s*\(.*\))?$",
    re.IGNORECASE,
)
_FORWARD = Pattern(
    r"(?:this|certain|the|any|all|statements?|except)\b[^.]{0,120}\bforward[- ]looking|"
    r"forward[- ]looking statements?\b|these (?:forward[- ]looking )?statements are (?:only )?"
    r"(?:estimates|based)|"
    r"(?:safe harbor|private securities litigation)",
    re.IGNORECASE,
)
_CONTACT_HEAD = Pattern(
    r"(?:contacts?|[ei]nquiries|(?:media|investors?|press|company|corporate|ir|pr|public "
    r"relations|investor relations|"
    r"media relations|further|business)[\w\s&/,()-]{0,40}(?:contacts?|inquiries|enquiries|"
    r"relations|information))\b"
    r"[\w\s&/()-]{0,30}:?$",
    re.IGNORECASE,
)
_SOURCE = Pattern(r"source\s*:?\s+(?=\S)|view (?:original|source)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    lines: tuple[Line, ...]

    def text(self, source: str) -> str:
        return source[self.start : self.end]


def read_layout(text: str) -> Layout:
    """The structure of a release's text; any text has one."""
    clean = in_usual_case(plain(text))
    paragraphs = [_Paragraph(b[0].start, b[-1].end, tuple(b)) for b in _paragraphs(lines_of(clean))]
    joined = _join_lines(clean, paragraphs)
    sections: list[Section] = []
    pieces: list[tuple[Section, int, int]] = []  # (section, start, end) of each paragraph's content
    lead = _lead(joined, paragraphs)
    _head_sections(joined, paragraphs[: lead.index], sections, pieces)
    _body_sections(joined, paragraphs[lead.index :], lead, sections, pieces)
    quoted = tuple(q for _, start, end in pieces for q in quotes(joined, start, end))
    found: list[Sentence] = []
    starts = [q[0] for q in quoted]
    for number, (section, start, end) in enumerate(pieces):
        if section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE, SectionKind.DATELINE):
            spans: Iterator[tuple[int, int]] = sentence_pieces(joined, start, end)
        else:
            spans = sentences(joined, start, end)
        for s, e in spans:
            found.append(Sentence(s, e, joined[s:e], section, number, mostly_quoted(s, e, quoted, starts)))
    return Layout(joined, tuple(sections), tuple(found), quoted)


def _join_lines(clean: str, paragraphs: list[_Paragraph]) -> str:
    """The text with the line breaks inside paragraphs replaced by spaces."""
    out: list[str] = []
    last = 0
    for paragraph in paragraphs:
        out.append(clean[last : paragraph.start])
        out.append(re.sub(r"[\r\n]", " ", clean[paragraph.start : paragraph.end]))
        last = paragraph.end
    out.append(clean[last:])
    return "".join(out)


_NOTES: Final = Pattern(r"notes?\s+(?:to|for)\s+editors?\b", re.IGNORECASE)
#: "About Acme: Acme is a company": heading and text in one line.
_RUN_IN_ABOUT: Final = Pattern(r"(About (?:the )?[A-Z][^:.]{1,60}):\s+(?=[A-Z][^:]{20,})")
#: How a listed company of Hong Kong ends its announcement, behind all that is told about others.
_SIGNED: Final = Pattern(r"(?:by order of the board|as at the date of this announcement)\b", re.IGNORECASE)

#: How an announcement without a dateline begins, however short its first paragraph is.
_OPENS: Final = Pattern(
    r"(?:this announcement is made|the board(?: of directors)?\b|reference is made|"
    r"[^.]{2,120}\b(?:today|announces?)\b"
    rf"|[A-Z][^.()]{{2,60}}\({VENUE}\s*[:：][^()]+\)[^.]{{0,80}}\b(?:reports?|provides?|publish|informs?|presents?|has|is)\b)",
    re.IGNORECASE,
)


#: The first row of a table: three cells or more, apart from each other.
_TABLE_HEAD: Final = Pattern(r"[A-Z][\w/-]+(?: [\w/-]+){0,3}(?:\s{3,}[\w(][^\s]*(?: [^\s]+){0,3}){2,}")
#: What no title says, but the first sentence of a release.
_ANNOUNCES: Final = Pattern(
    r"\btoday,?\s+(?:\w+\s+)?(?:announce|report|provide)[sd]?\b|\b(?:announced|reported|provided)\s+(?:today|that)\b"
    rf"|\({VENUE}\s*[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where the running text begins: index of its paragraph, end of the dateline in it (0: no dateline)."""

    index: int
    dateline_end: int = 0


def _lead(text: str, paragraphs: list[_Paragraph]) -> _Lead:
    for index, paragraph in enumerate(paragraphs[:40]):
        content = paragraph.text(text)
        end = dateline_end(content)
        if 0 < end < len(content):
            return _Lead(index, paragraph.start + end)
    # No dateline: the text begins with the first paragraph that reads as one.
    for index, paragraph in enumerate(paragraphs[:40]):
        body = paragraph.text(text)
        if index and _TABLE_HEAD.match(body):
            return _Lead(index)
        if not _FINAL.search(body):
            continue
        if index and len(body) > (70 if _OPENS.match(body) else 140):
            return _Lead(index)
        if not index and len(body) > 140 and body.endswith(".") and _ANNOUNCES.search(body):
            return _Lead(0)  # a release that was cut out of its page without its title
    return _Lead(min(1, len(paragraphs)))


def _head_sections(
    text: str,
    paragraphs: list[_Paragraph],
    sections: list[Section],
    pieces: list[tuple[Section, int, int]],
) -> None:
    """Metadata, headline and subheadlines: all that stands before the running text."""
    seen: set[str] = set()
    titles = 0
    for paragraph in paragraphs:
        content = " ".join(paragraph.text(text).split())
        key = content.casefold()
        if dateline_end(content) == len(content):
            kind = SectionKind.DATELINE
        elif key in seen or _is_furniture(content):
            kind = SectionKind.METADATA
        else:
            kind = SectionKind.SUBHEADLINE if titles else SectionKind.HEADLINE
            titles += 1
        seen.add(key)
        section = Section(kind, "", paragraph.start, paragraph.end)
        sections.append(section)
        pieces.append((section, paragraph.start, paragraph.end))


#: "(TSE Prime: 4591)", "[Translation]", "(Incorporated in Bermuda with limited liability) (Stock Code: 2603)".
_IN_BRACKETS: Final = Pattern(r"(?:[(\[][^()\[\]]{3,90}[)\]]\s*){1,3}")


def _is_furniture(content: str) -> bool:
    """Whether a line above the text is no title: a date, a label, the company's name, a disclaimer."""
    return bool(
        len(content) < 12
        or _IN_BRACKETS.fullmatch(content)
        or _LISTING_LINE.match(content)
        or DATE_LINE.match(content)
        or _LABEL_LINE.match(content)
        or _COMPANY_LINE.match(content)
        or (len(content) > 140 and re.search(r"[a-z]\.$", content))
    )


def _body_sections(
    text: str,
    paragraphs: list[_Paragraph],
    lead: _Lead,
    sections: list[Section],
    pieces: list[tuple[Section, int, int]],
) -> None:
    """Dateline, body, "About …", forward-looking statements, contacts, source."""
    kind, title = SectionKind.BODY, ""
    runs: list[tuple[SectionKind, str, list[tuple[int, int]]]] = []

    def put(kind: SectionKind, title: str, start: int, end: int, *, new: bool = False) -> None:
        if new or not runs or (runs[-1][0], runs[-1][1]) != (kind, title):
            runs.append((kind, title, []))
        runs[-1][2].append((start, end))

    for number, paragraph in enumerate(paragraphs):
        start, end = paragraph.start, paragraph.end
        if number == 0 and lead.dateline_end:
            put(SectionKind.DATELINE, "", start, lead.dateline_end)
            start = (
                lead.dateline_end
                + len(text[lead.dateline_end : end])
                - len(text[lead.dateline_end : end].lstrip())
            )
            if start >= end:
                continue
        content = " ".join(text[start:end].split())
        if DATE_LINE.match(content) or (
            number and len(content) < 120 and dateline_end(content) == len(content)
        ):
            found = SectionKind.METADATA if DATE_LINE.match(content) else SectionKind.DATELINE
            put(found, "", start, end)
            if kind is SectionKind.ABOUT and found is SectionKind.DATELINE:
                kind, title = SectionKind.BODY, ""  # signed at the end; what follows is the issuer's again
            continue
        if kind is SectionKind.ABOUT and _SIGNED.match(content):
            kind, title = SectionKind.BODY, ""
        if len(paragraph.lines) == 1 or len(content) <= 120:
            if _is_heading(content) and re.match(r"(?:more )?about\b", content, re.IGNORECASE):
                kind, title = SectionKind.ABOUT, content
                continue
            if _CONTACT_HEAD.match(content) and len(content) < 80:
                kind, title = SectionKind.CONTACTS, content
                continue
            if _is_heading(content) and re.match(
                r"forward|caution|safe|disclaim|disclos", content, re.IGNORECASE
            ):
                kind, title = SectionKind.BOILERPLATE, content
                continue
            if _SOURCE.match(content) and len(content) < 160:
                put(SectionKind.SOURCE, "", start, end)
                continue
        if kind is SectionKind.CONTACTS and (len(content) > 250 or _NOTES.match(content)):
            kind, title = SectionKind.BODY, ""
        if kind is not SectionKind.BOILERPLATE and (run_in := _RUN_IN_ABOUT.match(content)):
            kind, title = SectionKind.ABOUT, run_in[1]
        if kind is not SectionKind.BOILERPLATE and _FORWARD.match(content) and len(content) > 100:
            kind, title = SectionKind.BOILERPLATE, ""
        put(kind, title, start, end)
    for run_kind, run_title, spans in runs:
        section = Section(run_kind, run_title, spans[0][0], spans[-1][1])
        sections.append(section)
        pieces.extend((section, start, end) for start, end in spans)
