"""Mentions → linked entities: one `Entity` for all mentions of a thing inside one release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.document import Section, SectionKind, Sentence
from kg.model import Entity, Evidence, Kind, Mention, Release

_EVIDENCE_SECTION = {
    SectionKind.METADATA: "dateline",
    SectionKind.HEADLINE: "headline",
    SectionKind.SUBHEADLINE: "headline",
    SectionKind.DATELINE: "dateline",
    SectionKind.BODY: "body",
    SectionKind.ABOUT: "about",
    SectionKind.BOILERPLATE: "boilerplate",
    SectionKind.CONTACTS: "boilerplate",
    SectionKind.SOURCE: "boilerplate",
}


@dataclass(frozen=True, slots=True)
class LinkedSentence:
    """A sentence with the mentions in it, in order and without overlap."""

    sentence: Sentence
    mentions: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        """The normalised text; `text[i]` stands at `start + i` of the release."""
        return self.sentence.text

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.sentence.start

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.sentence.end

    @property
    def section(self) -> Section:
        """The section that it stands in."""
        return self.sentence.section

    @property
    def in_quote(self) -> bool:
        """Whether most of it is between quotation marks."""
        return self.sentence.in_quote

    def of_kind(self, *kinds: Kind) -> tuple[Mention, ...]:
        """Its mentions of some kinds, in order."""
        return tuple(m for m in self.mentions if m.entity.kind in kinds)

    def at(self, start: int, end: int) -> tuple[Mention, ...]:
        """Its mentions between two offsets into the *sentence's* text."""
        low, high = self.start + start, self.start + end
        return tuple(m for m in self.mentions if m.start >= low and m.end <= high)


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A release with its structure and its linked mentions: what the relation rules read.

    Attributes:
        release: the release.
        text: normalised text, character for character with `release.text`.
        sections: in order.
        sentences: in order, with their mentions.
        issuer: the organisation that issued it ("the company").
        published: date of the release, ISO 8601; None where it has none.
        published_at: (start, end) of the words that give that date.
        headline: title as printed, lines joined; empty where there is none.
        subject: the drug that the release is mainly about, if it names any.
    """

    release: Release
    text: str
    sections: tuple[Section, ...]
    sentences: tuple[LinkedSentence, ...]
    issuer: Entity | None = None
    published: str | None = None
    published_at: tuple[int, int] = (0, 0)
    headline: str = ""
    subject: Entity | None = None

    def mentions(self, *kinds: Kind) -> Iterator[Mention]:
        """All mentions, or those of some kinds, in order."""
        for sentence in self.sentences:
            yield from sentence.of_kind(*kinds) if kinds else sentence.mentions

    def of_section(self, *kinds: SectionKind) -> Iterator[LinkedSentence]:
        """The sentences that stand in sections of some kinds."""
        return (s for s in self.sentences if s.section.kind in kinds)

    def statements(self) -> Iterator[LinkedSentence]:
        """The sentences that may state facts: headline to "About …", without boilerplate and contacts."""
        return self.of_section(
            SectionKind.HEADLINE, SectionKind.SUBHEADLINE, SectionKind.BODY, SectionKind.ABOUT
        )

    def evidence(self, sentence: LinkedSentence, rule: str) -> Evidence:
        """A whole sentence as evidence."""
        return self.evidence_at(sentence.start, sentence.end, rule, sentence)

    def evidence_at(self, start: int, end: int, rule: str, sentence: LinkedSentence) -> Evidence:
        """A stretch of the release as evidence; offsets are the release's, `sentence` tells the section."""
        section = "quote" if sentence.in_quote else _EVIDENCE_SECTION[sentence.section.kind]
        return Evidence(self.release.id, start, end, self.release.text[start:end], rule, section)
