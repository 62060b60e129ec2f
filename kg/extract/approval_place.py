"""A verb that tells of an approval, in its sentence: what it owns, who and what stands where around it.

Between `kg.extract.approval_verbs`, which finds the verbs, and `approval_sense` and `approvals`, which read them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.applications import Application, applications
from kg.extract.approval_verbs import Verb
from kg.extract.deciders import Office, deciders
from kg.extract.decisions import given_too
from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.stretches import SUBJECT, Span
from kg.model import Entity, Kind, Mention

#: An application, but for something else than leave to sell.
OTHER_ASKED: Final = Pattern(
    r"\b(?:INDs?|investigational|clinical trial|CTAs?|CTN|orphan|designations?"
    r"|PRIME|patents?|trademark|grant|listing|protocol"
    r"|breakthrough|fast[- ]track|passport|advice|meeting"
    r"|development plan|investigation plan|ethics|registration statement"
    r"|shelf|tax|import|IDE|abstract|manuscript|scheme)\b",
    re.IGNORECASE,
)
_OTHER_ASKED_AFTER: Final = Pattern(
    r"(?: \([^()]*\))? (?:for|of|to|with|by|under)(?: [\w'’-]+){0,5}? (?:designations?"
    r"|orphan|PRIME|fast[- ]track|breakthrough|clinical|stud(?:y|ies)"
    r"|trials?|INDs?|scheme|advice|a phase)\b",
    re.IGNORECASE,
)
#: Before a participle: it is done to what stands before.
BE: Final = Pattern(
    r"\b(?:is|was|were|are|been|being|be|get|gets|got|stays?|remains?)(?:\s+(?:\w+ly"
    r"|now|also|first|already|not|today|yet|previously|still))*\s+$",
    re.IGNORECASE,
)
_IN_BRACKETS: Final = Pattern(r"\([^()]*$")
SIDE_BY_SIDE: Final = Pattern(r"[®™]?(?:\s*\([^()]*\)?)?[)®™]*\s*(?:,\s*(?:and\s+)?|and\s+)")
_WITH_OTHERS: Final = pattern(
    r"[®™]?(?: ?\([^()]*\))? with (?:(?:{drug}|[\w-]+)(?:,| and|, and| plus) ){0,3}(?:[\w-]+ ){0,2}"
)
_APPOSED: Final = Pattern(r"(?:[®™]|\((?:R|TM)\))?(?:\s*\([^()]*\)|[^()]*\))?[\s,]*")
_INVESTIGATIONAL: Final = Pattern(r"\binvestigational\s+$", re.IGNORECASE)
_A_DRUG: Final = pattern("{drug}")
_AN_AGENCY: Final = pattern("{agency}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a verb was found to tell, for the verbs after it."""

    drugs: tuple[Entity, ...]
    agencies: tuple[Entity, ...]
    diseases: tuple[Entity, ...]
    application: Application | None


@dataclass(frozen=True, slots=True)
class Place:
    """One verb in its sentence, with what it owns of it and what was told before: there, in the paragraph, in all."""

    document: LinkedDocument
    sentence: LinkedSentence
    text: str
    verb: Verb
    owned: tuple[Span, ...]
    here: Told | None
    before: Told | None
    known: Mapping[Entity, set[Entity]]

    @property
    def left(self) -> int:
        """Where what the verb owns begins."""
        return self.owned[0][0]

    @property
    def right(self) -> int:
        """Where what the verb owns ends."""
        return self.owned[-1][1]

    @property
    def words(self) -> str:
        """The verb as printed, in small letters."""
        return self.text[self.verb.start : self.verb.end].lower()

    @property
    def office(self) -> Office:
        """What is asked of an agency."""
        return Office.AUTHORISES if self.verb.status == "approved" else Office.REVIEWS

    def application(self) -> Application | None:
        """The application that is submitted, accepted or under review: the nearest noun for one in the stretch."""
        verb = self.verb
        best: tuple[bool, int, Application] | None = None
        for named in applications(self.text, self.left, self.right):
            if named.start < verb.end and verb.start < named.end:
                continue
            around = self.text[max(0, named.start - 50) : named.start]
            distance = named.start - verb.end if named.start >= verb.end else verb.start - named.end
            if (
                distance > 110
                or _INVESTIGATIONAL.search(around)
                or (
                    not named.strong
                    and (
                        OTHER_ASKED.search(re.split(r"[,;]|\band\b", around)[-1])
                        or _OTHER_ASKED_AFTER.match(self.text, named.end)
                    )
                )
            ):
                continue
            rank = (not named.strong, distance, named)
            if best is None or rank[:2] < best[:2]:
                best = rank
        return best[2] if best else None

    def subject(self) -> re.Match[str] | None:
        """The agencies that are the verb's subject."""
        found = SUBJECT.search(self.text[: self.verb.start])
        if found is None or BE.search(self.text[found.end("list") : self.verb.start]):
            return None
        return None if self.verb.form == "noun" and has_agency(self.words) else found

    def deciders(self, start: int, end: int) -> tuple[Entity, ...]:
        """Who decides, by what stands between two offsets."""
        found = deciders(self.document, self.sentence, start, end, self.office)
        return tuple(dict.fromkeys(d.agency for d in found))

    def drug_right(self) -> Mention | None:
        """The first drug after the verb that is not only given with another."""
        for mention in self.sentence.of_kind(Kind.DRUG):
            at = mention.start - self.sentence.start
            if self.verb.end <= at < self.right and not given_too(self.sentence, mention):
                return mention
        return None

    def _is_with(self, mention: Mention, earlier: Sequence[Mention]) -> bool:
        """Whether a drug stands in the list behind a "with" that another drug stands before."""
        offset = self.sentence.start
        for first in reversed(earlier):
            gap = self.text[first.end - offset : mention.start - offset]
            if _WITH_OTHERS.fullmatch(gap):
                return True
        return False

    def drugs_left(self) -> tuple[Mention, ...]:
        """The drugs before the verb, a coordination whole."""
        start = self.left
        if self.text[start : start + 1] == "(":
            # "ABC-1 (approved in China for X, 2021)"
            start = max(
                (
                    m.start - self.sentence.start
                    for m in self.sentence.of_kind(Kind.DRUG)
                    if m.end - self.sentence.start <= start <= m.end - self.sentence.start + 3
                ),
                default=start,
            )
        alone = [
            m
            for m in self.sentence.of_kind(Kind.DRUG)
            if start <= m.start - self.sentence.start < self.verb.start and not given_too(self.sentence, m)
        ]
        if not alone and not self.text[start : self.verb.start].strip(" ,"):
            # "and FLONIX (ABC-2, aboctinib), approved for X"
            alone = [
                m
                for m in self.sentence.of_kind(Kind.DRUG)
                if _APPOSED.fullmatch(self.text, m.end - self.sentence.start, max(start, 0))
            ][:1]
        # "LOQTORZI with gemcitabine and cisplatin was approved"
        whole = [m for i, m in enumerate(alone) if not (i and self._is_with(m, alone[:i]))]
        alone = whole or alone
        # "ABC-1 (a tetracycline-class drug with X/Y)": the outermost name is what is approved
        outer = [
            m
            for m in alone
            if self.text[m.end - self.sentence.start : m.end - self.sentence.start + 1] not in ("-", "/")
            and not _IN_BRACKETS.search(self.text[: m.start - self.sentence.start])
        ]
        alone = outer or alone
        out = alone[-1:]
        for mention in reversed(alone[:-1]):
            gap = self.sentence.text[mention.end - self.sentence.start : out[0].start - self.sentence.start]
            if mention.entity == out[0].entity or not SIDE_BY_SIDE.fullmatch(gap):
                break
            out.insert(0, mention)
        return tuple(out)


def has_drug(text: str) -> bool:
    """Whether a part of a frame names a drug."""
    return bool(_A_DRUG.search(text))


def has_agency(text: str) -> bool:
    """Whether a part of a frame names an agency."""
    return bool(_AN_AGENCY.search(text))
