"""A release as the relation rules read it: sentences with their linked mentions, and who and what it is about.

Below `kg.extract.linking`, which makes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.extract.document import Section, SectionKind, Sentence
from kg.extract.entities import Alias
from kg.model import Concept, Entity, Evidence, Kind, Mention, Release

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
    """A sentence with the mentions in it, in order and without overlap.

    Attributes:
        sentence: where it stands.
        mentions: what it names.
        frame: its text with every mention replaced by a letter for its kind (see `kg.extract.frames`).
        text: the normalised text; `text[i]` stands at `start + i` of the release.
        start, end: offsets of its first character and after its last.
        section: that it stands in.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...] = ()
    frame: str = ""
    text: str = field(init=False, repr=False, compare=False)
    start: int = field(init=False, repr=False, compare=False)
    end: int = field(init=False, repr=False, compare=False)
    section: Section = field(init=False, repr=False, compare=False)
    _of_kinds: dict[tuple[Kind, ...], tuple[Mention, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        # Kept here: rules ask for them too often to ask the sentence each time.
        for name in ("text", "start", "end", "section"):
            object.__setattr__(self, name, getattr(self.sentence, name))

    @property
    def in_quote(self) -> bool:
        """Whether most of it is between quotation marks."""
        return self.sentence.in_quote

    def of_kind(self, *kinds: Kind) -> tuple[Mention, ...]:
        """Its mentions of some kinds, in order."""
        found = self._of_kinds.get(kinds)
        if found is None:
            found = self._of_kinds[kinds] = tuple(m for m in self.mentions if m.entity.kind in kinds)
        return found

    def at(self, start: int, end: int) -> tuple[Mention, ...]:
        """Its mentions between two offsets into the *sentence's* text."""
        low, high = self.start + start, self.start + end
        return tuple(m for m in self.mentions if m.start >= low and m.end <= high)

    def unnamed(self, start: int, end: int) -> str:
        """The text between two offsets into it, what its mentions cover left out ("rare *pediatric* disease")."""
        return re.sub("[\ue000-\ue0ff]", " ", self.frame[start:end])

    def mention(self, match: re.Match[str], group: int | str) -> Mention:
        """The mention that a group of a match over `frame` begins with."""
        return self.at(match.start(group), match.end(group))[0]


@dataclass(frozen=True, slots=True, eq=False)
class LinkedDocument:
    """A release with its structure and its linked mentions: what the relation rules read.

    Each is itself alone (`eq=False`), so that what is read from it once can be kept by it.

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
        topics: what the "About …" sections are about, where that is a drug, an organisation or a disease.
        headings: the drug that a line of its own put above a paragraph names, by the paragraph's number.
        aliases: places where the text gives a drug another name.
        tickers: (organisation, "NASDAQ:ACME", start, end) as the text has them.
        concepts: the vocabulary by CURIE.
        target_names: names of molecular targets, in small letters, and their CURIEs.
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
    topics: Mapping[Section, Entity] = field(default_factory=dict)
    headings: Mapping[int, Entity] = field(default_factory=dict)
    aliases: tuple[Alias, ...] = ()
    tickers: tuple[tuple[Entity, str, int, int], ...] = ()
    concepts: Mapping[str, Concept] = field(default_factory=dict, repr=False, compare=False)
    target_names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def concept(self, curie: str) -> Entity:
        """The entity of a vocabulary concept ("regulatory-status:granted").

        Raises:
            KeyError: the vocabulary has no such concept.
        """
        return Entity.from_concept(self.concepts[curie])

    def above(self, curie: str) -> set[str]:
        """A concept of the vocabulary and all broader ones; empty where it has no such concept."""
        found: set[str] = set()
        todo = [curie]
        while todo:
            concept = self.concepts.get(todo.pop())
            if concept is not None and concept.curie not in found:
                found.add(concept.curie)
                todo += concept.broader
        return found

    def targets_named(self, words: str) -> tuple[Entity, ...]:
        """The targets that words name, also with a noun that two share: "GIP/GLP-1 receptor" names both receptors."""
        whole = self.target_names.get(words.casefold())
        if whole is not None:
            return (self.concept(whole),)
        noun = words.rpartition(" ")[2]
        parts = re.split(r"\s*/\s*|\s+and\s+|,\s+", words)
        names = [p if p.endswith(noun) else f"{p} {noun}" for p in parts] if len(parts) > 1 else []
        curies = [
            self.target_names.get(name.casefold()) or self.target_names.get(part.casefold())
            for name, part in zip(names, parts, strict=False)
        ]
        return tuple(self.concept(curie) for curie in curies if curie is not None)

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

    def index(self, sentence: LinkedSentence) -> int:
        """The number of a sentence of this document."""
        return bisect_left(self.sentences, sentence.start, key=lambda s: s.start)

    def drug_of(self, sentence: LinkedSentence) -> Entity | None:
        """The drug that a sentence is about where a rule needs one and the sentence may not name it.

        The sentence's only drug; else the last one before it in its paragraph; else its section's
        topic; else the release's subject.
        """
        own = list(dict.fromkeys(m.entity for m in sentence.of_kind(Kind.DRUG)))
        if own:
            return own[0] if len(own) == 1 or self.subject not in own else self.subject
        index = self.index(sentence)
        while index and self.sentences[index - 1].sentence.paragraph == sentence.sentence.paragraph:
            index -= 1
            before = [m.entity for m in self.sentences[index].of_kind(Kind.DRUG)]
            if before:
                return self.subject if self.subject in before else before[0]
        heading = self.headings.get(sentence.sentence.paragraph)
        if heading is not None:
            return heading
        topic = self.topics.get(sentence.section)
        if topic is not None and topic.kind is Kind.DRUG:
            return topic
        return self.subject

    def organization_of(self, sentence: LinkedSentence) -> Entity | None:
        """Whom "the company", "we" and "our" mean there: the topic of an "About …" section, else the issuer."""
        topic = self.topics.get(sentence.section)
        return topic if topic is not None and topic.kind is Kind.ORGANIZATION else self.issuer

    def evidence(self, sentence: LinkedSentence, rule: str) -> Evidence:
        """A whole sentence as evidence."""
        return self.evidence_at(sentence.start, sentence.end, rule, sentence)

    def evidence_at(self, start: int, end: int, rule: str, sentence: LinkedSentence) -> Evidence:
        """A stretch of the release as evidence; offsets are the release's, `sentence` tells the section."""
        section = "quote" if sentence.in_quote else _EVIDENCE_SECTION[sentence.section.kind]
        return Evidence(self.release.id, start, end, self.release.text[start:end], rule, section)
