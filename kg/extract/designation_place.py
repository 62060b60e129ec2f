"""Designations in their sentence: those named side by side, what they own of it, what was told before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.deciders import Office, deciders
from kg.extract.decisions import APPROVALS_BY_NAME, lead_in
from kg.extract.document import SectionKind
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.sole_diseases import SoleDiseases
from kg.extract.stretches import Span
from kg.extract.values import dates
from kg.model import Entity, Kind, Mention, Modality

#: The programme, not its grant: explained, or as part of a name.
_PROGRAM_TOLD: Final = Pattern(
    r"\s+(?:program(?:me)?\b|is\s+(?:granted|intended|designed|given"
    r"|awarded|available|a\b|an\b|meant)|provides?|qualif|may|can|allows?"
    r"|enables?|offers?|are\s+(?:granted|intended)|aims?|helps?|includes?"
    r"|was\s+(?:launched|established|created|introduced))"
    r"|[\s-]*(?:(?:market\s+)?exclusivity|voucher|designated\s+(?:cancers?|diseases?|indications?))"
    r"|\s+authori[sz]ation\s+procedure|\s+pathway\s+offers"
)
#: Between designations of one list
_SIDE_BY_SIDE: Final = Pattern(
    r"(?:\s*\([^()]*\))?(?:\s*(?:designations?|status))?(?:\s*\([^()]*\))?(?:\s*,)?(?:\s*(?:and"
    r"|or|as\s+well\s+as|both|&|/|plus))?"
    r"(?:\s+(?:an?|the))?\s*",
    re.IGNORECASE,
)
#: "Regenerative Medicine Advanced Therapy (RMAT)"
_ECHO: Final = Pattern(r"[®™]?(?:\s+designations?)?\s*\(\s*[\"“]?", re.IGNORECASE)
#: "has included ABC-1 in the breakthrough therapy program"
TAKEN_IN: Final = Pattern(
    r"\b(?:includ|admit|select|accept|enrol|enter|add|plac)\w*\b[^.;]{0,60}\b(?:in(?:to)?|to|on)\s+(?:its"
    r"|the|their)\s+(?:\w+['’]s\s+)?$"
)
#: A line that names a designation and whose it is, without a verb: "Orphan Drug Designation: FDA (2019)"
_ANY_VERB: Final = Pattern(
    r"\b(?:is|are|was|were|has|have|had|did|will|may|can|could|would|plans?"
    r"|expects?|intends?|appl\w+|request\w*|submi\w+|expected|planned"
    r"|decision|seek\w*|anticipated|pending|if)\b",
    re.IGNORECASE,
)


_NAMES_IT: Final = Pattern(r"\b(?:designation|status)\w*\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """Designations named side by side, with what they own of the sentence (offsets) and where they stand in it."""

    mentions: tuple[Mention, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a group was found to tell, for the groups after it."""

    drug: Entity
    status: str
    how: Modality
    agencies: tuple[Entity, ...]
    diseases: tuple[Mention, ...]


def groups(sentence: LinkedSentence) -> list[Group]:
    """The designations of a sentence, those together that are named side by side; no explanations of a programme."""
    out: list[Group] = []
    for mention in sentence.of_kind(Kind.DESIGNATION):
        start, end = mention.start - sentence.start, mention.end - sentence.start
        told_of = _PROGRAM_TOLD.match(sentence.text, end) and not TAKEN_IN.search(sentence.text[:start])
        if mention.entity.concept in APPROVALS_BY_NAME or told_of:
            continue
        last = out[-1] if out else None
        gap = sentence.text[last.end : start] if last is not None else ""
        if last is not None and mention.entity == last.mentions[-1].entity and _ECHO.fullmatch(gap):
            out[-1] = Group(last.mentions, last.start, end + (sentence.text[end : end + 1] == ")"))
        elif last is not None and _SIDE_BY_SIDE.fullmatch(gap):
            out[-1] = Group((*last.mentions, mention), last.start, end)
        else:
            out.append(Group((mention,), start, end))
    return out


@dataclass(frozen=True, slots=True)
class Place:
    """One group of designations in its sentence, with what it owns of it and what the group before told."""

    document: LinkedDocument
    sentence: LinkedSentence
    text: str
    group: Group
    owned: tuple[Span, ...]
    before: Told | None
    sole: SoleDiseases

    @property
    def left(self) -> int:
        """Where what the group owns begins."""
        return self.owned[0][0]

    @property
    def right(self) -> int:
        """Where what the group owns ends."""
        return self.owned[-1][1]

    def is_line(self) -> bool:
        """Whether the sentence is a line without a verb that names the designation, and by whom or when."""
        return (
            self.sentence.section.kind in (SectionKind.BODY, SectionKind.ABOUT)
            and self.group.start < 25
            and len(self.text) < 200
            and not _ANY_VERB.search(self.text)
            and bool(
                ((lead := lead_in(self.document, self.sentence)) is not None and _NAMES_IT.search(lead.text))
                or self.sentence.of_kind(Kind.AGENCY)
                or dates(self.sentence.text)
                or deciders(self.document, self.sentence, 0, len(self.text), Office.DESIGNATES)
            )
        )

    def named(self, *curies: str) -> bool:
        """Whether one of these designations is in the group."""
        return any(m.entity.concept in curies for m in self.group.mentions)
