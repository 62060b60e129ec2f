"""Text → its lines, those of a page that was saved without its line breaks told apart by what begins them.

Part of `kg.extract.document`, which puts them together again to paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.firm_words import LEGAL_FORM
from kg.extract.patterns import Pattern

_LINE: Final = Pattern(r"[^\r\n]+")
#: A heading within a line: "… in 2026. *About Acme* Acme is a company", the name said again behind it.
_ABOUT_WITHIN: Final = Pattern(
    r"(?<=[.!?\"™®)])\s*(?P<heading>About (?:the )?(?P<name>(?:[A-Z0-9][\w.&'-]*\s?){1,6}?)"
    rf"(?:,?\s{LEGAL_FORM}\.?)?[™®]?(?:\s*\([^()]{{2,20}}\))?)\s*(?=(?:The )?(?P=name)\b)"
)
#: "… in 2026. *Forward-Looking Statements* This release contains …".
_FORWARD_WITHIN: Final = Pattern(
    r"(?<=[.!?\")])\s*(?P<heading>(?:Special Note Regarding |Cautionary (?:Note|Statement) (?:Regarding|on"
    r"|Concerning) )?"
    r"(?:(?i:Forward[- ]Looking Statements?|Safe Harbou?r Statements?))(?: Disclaimer)?:?)\s*(?=[A-Z][a-z]+ )"
)
#: A record of a news service: "Headline: … Source: … Company: … Date: … Content: …".
_RECORD: Final = Pattern(r"\s*(?:Headline|Title)\s*:\s")
_FIELD: Final = Pattern(
    r"(?:(?<=\s)|^)(?P<label>Headline|Title|Source|Company|Companies|Date|Published|Author|Category|Tags|Summary"
    r"|Content|Body"
    r"|Text)\s*:\s+"
)
#: Fields whose label is no part of what they hold.
_BARE: Final = frozenset({"Headline", "Title", "Date", "Published", "Summary", "Content", "Body", "Text"})
#: Subtitles set between hyphens: "-Study met its endpoint- -Submission planned- Acme today announced".
_SUBTITLES: Final = Pattern(r"(?:-(?=\S)(?:[^-]|-(?!\s)){10,220}-\s+)+(?=[A-Z])")
_SUBTITLE: Final = Pattern(r"-(?=\S)(?:[^-]|-(?!\s)){10,220}-(?=\s)")
#: Shorter lines were set as lines.
_LONG: Final = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a visible character, trimmed.

    Attributes:
        start, end: offsets in the text.
        text: what it says.
        blank_before: whether a blank line stands before it, or it is one of those found within a line.
    """

    start: int
    end: int
    text: str
    blank_before: bool


def lines(text: str) -> list[Line]:
    """The lines of a text, in order."""
    out: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        raw = match[0]
        if not raw.strip():
            continue
        breaks = text[last : match.start()].replace("\r\n", "\n").replace("\r", "\n").count("\n")
        for number, (low, high) in enumerate(_within(raw, record=not out)):
            part = raw[low:high].strip()
            if not part:
                continue
            start = match.start() + low + len(raw[low:high]) - len(raw[low:high].lstrip())
            out.append(Line(start, start + len(part), part, not out or number > 0 or breaks > 1))
            last = start + len(part)
    return out


def _within(line: str, *, record: bool) -> Iterator[tuple[int, int]]:
    """The stretches of a line that were lines of their own; `record`: whether it is the first of the text."""
    if len(line) < _LONG:
        yield 0, len(line)
        return
    low = 0
    if record and _RECORD.match(line):
        fields = list(_FIELD.finditer(line, 0, 1500))
        seen: set[str] = set()
        for field in fields:
            if field["label"] in seen:
                continue
            seen.add(field["label"])
            yield low, field.start()
            low = field.end() if field["label"] in _BARE else field.start()
        subtitles = _SUBTITLES.match(line, low)
        if subtitles is not None:
            yield from (m.span() for m in _SUBTITLE.finditer(line, low, subtitles.end()))
            low = subtitles.end()
    found = [*_ABOUT_WITHIN.finditer(line, low), *_FORWARD_WITHIN.finditer(line, low)]
    for heading in sorted(found, key=lambda m: m.start()):
        if heading.start() < low:
            continue
        yield low, heading.start("heading")
        yield heading.span("heading")
        low = heading.end("heading")
    yield low, len(line)
