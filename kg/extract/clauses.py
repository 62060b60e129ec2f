"""Linked sentences → one verb (or noun) with what it owns of its sentence: whose act it is, of which drug, when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.deciders import Office, deciders
from kg.extract.decisions import drug_meant, given_too, is_future, is_news, said
from kg.extract.distribution import Share, happened, shares
from kg.extract.frames import frame, pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.stretches import SUBJECT, Span, stretches
from kg.model import Entity, Kind, Modality

#: What patterns see as things here; actions and designations stay words.
THINGS: Final = (Kind.DRUG, Kind.DISEASE, Kind.AGENCY, Kind.ORGANIZATION)
_BE: Final = Pattern(
    r"\b(?:is|was|were|are|been|being|be|get|gets|got)(?:\s+(?:\w+ly"
    r"|now|also|first|already|not|today|yet|previously|still))*\s+$",
    re.IGNORECASE,
)
_OF_DRUG: Final = Pattern(
    r"[^.;]*?\b(?:of|for|to|on|with|in|into)\s+(?:(?!treatment)[\w'’/-]+,?\s+){0,9}[\"“]?"
    r"|\s*(?:(?:an?|the|its|our)\s+)?(?:\([^()]*\)\s*)?"
)
#: "dosed in May, after receiving clearance": the date is not that of the clearance
_AFTERWARDS: Final = Pattern(r"\b(?:after|following)\b", re.IGNORECASE)
_AN_AGENCY: Final = pattern("{agency}")


def words_of(sentence: LinkedSentence) -> str:
    """The frame of a sentence in which only drugs, diseases, agencies and organisations are replaced."""
    return frame(sentence.text, sentence.start, sentence.of_kind(*THINGS))


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb in its sentence.

    Attributes:
        document, sentence: where it stands.
        text: the sentence's frame (see `words_of`).
        start, end: the verb's offsets in it.
        owned: what it owns of the sentence: the part before it, then the parts after it.
    """

    document: LinkedDocument
    sentence: LinkedSentence
    text: str
    start: int
    end: int
    owned: tuple[Span, ...]

    @property
    def left(self) -> int:
        """Where what the verb owns begins."""
        return self.owned[0][0]

    @property
    def right(self) -> int:
        """Where what the verb owns ends."""
        return self.owned[-1][1]

    def subject(self) -> re.Match[str] | None:
        """The agencies that are the verb's subject ("the FDA has cleared"), as a match with the group "list"."""
        found = SUBJECT.search(self.text[: self.start])
        return None if found is None or _BE.search(self.text[found.end("list") : self.start]) else found

    def deciders(self, start: int, end: int, office: Office) -> tuple[Entity, ...]:
        """The agencies between two offsets."""
        found = deciders(self.document, self.sentence, start, end, office)
        return tuple(dict.fromkeys(d.agency for d in found))

    def shares(self, office: Office) -> tuple[Share, ...]:
        """What stands behind the verb, put together."""
        return shares(self.document, self.sentence, self.owned[1:], office)

    def agencies(self, office: Office) -> tuple[Entity, ...]:
        """Whose act it is: the subject, who stands in the verb, behind it, before it; empty where nobody is named."""
        subject = self.subject()
        if subject is not None and (named := self.deciders(*subject.span("list"), office)):
            return named
        if _AN_AGENCY.search(self.text, self.start, self.end) and (
            named := self.deciders(self.start, self.end, office)
        ):
            return named
        behind = tuple(
            dict.fromkeys(a for start, end in self.owned[1:] for a in self.deciders(start, end, office))
        )
        return behind or self.deciders(*self.owned[0], office)[-1:]

    def recent_agency(self) -> Entity | None:
        """The agency named last before in the paragraph."""
        index = self.document.index(self.sentence)
        number = self.sentence.sentence.paragraph
        while index and self.document.sentences[index - 1].sentence.paragraph == number:
            index -= 1
            named = self.document.sentences[index].of_kind(Kind.AGENCY)
            if named:
                return named[-1].entity
        return None

    def drug(self) -> Entity | None:
        """The drug that it is about: "clearance of the IND for ABC-1", the subject, else what was spoken of before."""
        offset = self.sentence.start
        drugs = [m for m in self.sentence.of_kind(Kind.DRUG) if not given_too(self.sentence, m)]
        inside = [m for m in drugs if self.start <= m.start - offset < self.end]
        right = [m for m in drugs if self.end <= m.start - offset < self.right]
        left = [m for m in drugs if m.end - offset <= self.start]
        if inside or (right and _OF_DRUG.fullmatch(self.text[self.end : right[0].start - offset])):
            return (inside or right)[0].entity
        own = [m for m in left if m.start - offset >= self.left] or left
        if own or right:
            return (own[-1:] or right)[0].entity
        return drug_meant(self.document, self.sentence, self.start)

    def modality(self) -> Modality:
        """How it is said."""
        return said(self.sentence, self.start, self.end, within=(0, self.right))

    def date(self, share: Share, *, place: int = 0, news: bool = True) -> tuple[str | None, bool]:
        """When, and whether that is only the date of the release.

        Args:
            share: what stands with the verb; its date counts first, then one before the verb.
            place: which of several dates ("respectively").
            news: whether it may be what the release announces.
        """
        published = self.document.published
        past = [d for d in share.dates if not is_future(d, published)]
        if past:
            return past[min(place, len(past) - 1)], False
        left = [
            iso
            for at, iso in happened(self.document, self.sentence, *self.owned[0])
            if not is_future(iso, published) and not _AFTERWARDS.search(self.text, at, self.start)
        ]
        if left:
            return left[-1], False
        if news and published is not None and is_news(self.sentence, self.document):
            return published, True
        return None, False


def clauses(
    document: LinkedDocument,
    sentence: LinkedSentence,
    text: str,
    verbs: list[Span],
    *,
    to_evidence: bool = True,
) -> list[Clause]:
    """One clause for each verb, in order.

    Args:
        document, sentence: where they stand.
        text: the sentence's frame.
        verbs: their offsets in it, in order, without overlap.
        to_evidence: see `kg.extract.stretches`.
    """
    return [
        Clause(document, sentence, text, start, end, owned)
        for (start, end), owned in zip(verbs, stretches(text, verbs, to_evidence=to_evidence), strict=True)
    ]
