"""What a release says of itself, and what people say in it: release_date, headline, quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.model import Evidence, Fact, Kind

_SAID: Final = (
    r"(?:said|says|stated|states|added|adds|commented|comments|noted|notes|explained|explains|"
    r"remarked|continued|concluded|according to)"
)
_SPEAKER: Final = (
    pattern(rf"\b{_SAID} (?:[\w'.,-]+ ){{0,10}}?({{person}})"),
    pattern(rf"({{person}})[^\"]{{0,160}}?\b{_SAID}\b"),
)
_ABOUT: Final = (Kind.DRUG, Kind.DESIGNATION, Kind.DISEASE, Kind.PLATFORM, Kind.ORGANIZATION)


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """The release's date, its headline, its quotations."""
    yield from _release_date(document)
    yield from _headline(document)
    for _, sentences in groupby(document.of_section(SectionKind.BODY), lambda s: s.sentence.paragraph):
        yield from _quote(document, list(sentences))


def _release_date(document: LinkedDocument) -> Iterator[Fact]:
    if document.published is None:
        return
    start, end = document.published_at
    text = document.release.text[start:end]
    evidence = Evidence(document.release.id, start, end, text, "releases.release-date", "dateline")
    yield Fact("release_date", None, document.published, evidence=(evidence,))


def _headline(document: LinkedDocument) -> Iterator[Fact]:
    for sentence in document.of_section(SectionKind.HEADLINE):
        evidence = document.evidence(sentence, "releases.headline")
        yield Fact("headline", None, document.headline, evidence=(evidence,))


def _quote(document: LinkedDocument, paragraph: list[LinkedSentence]) -> Iterator[Fact]:
    """One quotation for a paragraph: who speaks, the words between the marks, what they are about.

    Hits: '"We are pleased," said Jane Doe, CEO of Acme. "It works."'.
    Near misses: 'the "exemplary" level'; '(the "company")'.
    """
    text = " ".join(s.text for s in paragraph)
    if text.count('"') < 2:
        return
    speaker = next(
        (s.mention(m, 1) for form in _SPEAKER for s in paragraph if (m := form.search(s.frame))), None
    )
    if speaker is None:
        return
    start, end = paragraph[0].start, paragraph[-1].end
    stretch = document.text[start:end]
    parts = [m for m in re.finditer(r'"([^"]+)(?:"|$)', stretch) if len(m[1]) > 30]
    if not parts:
        return
    first, last = start + parts[0].start(), start + parts[-1].end()
    words = " ".join(
        " ".join(document.release.text[start + m.start(1) : start + m.end(1)].split()) for m in parts
    )
    spoken = [
        m
        for s in paragraph
        for m in s.mentions
        if any(p.start(1) <= m.start - start < p.end(1) for p in parts)
    ]
    topic = next(
        (m.entity.label for kind in _ABOUT for m in spoken if m.entity.kind is kind), document.headline
    )
    evidence = Evidence(
        document.release.id, first, last, document.release.text[first:last], "releases.quote", "quote"
    )
    yield Fact("quote", speaker.entity, topic or words[:80], (("text", words),), evidence=(evidence,))
