"""Linked sentences → the drug that each is about, also where it says "the study" or nothing at all.

Between linking and relations: the rules on studies ask it whose trial, dose or result a sentence speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.genes import by_symbol
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention

_ADJECTIVES = (
    r"(?:\s+(?:the|a|an|of|oral|intravenous|subcutaneous|weekly|daily|standard|approved|marketed|current"
    r"|anti-?\w[\w-]*|inhibitors?|[\w&.-]+['’]s?"
    r"|antibody|drug|therapy|treatment))*"
)
#: What stands right before a drug that is given with the studied one, or against it, but is not it.
_PARTNER: Final = Pattern(
    r"(?:in\s+combination\s+with|combin(?:ed|ing|ation)\s+(?:with|of)|together\s+with|along\s+with"
    r"|added\s+to|in\s+addition\s+to"
    r"|addition\s+of|plus|\+|versus|vs\.?|compared?\s+(?:to|with)|comparison\s+(?:to|with)|relative\s+to"
    r"|against|background"
    r"|(?:formulation|version|form|prodrug|derivative|biosimilar)s?\s+(?:of|to)"
    r"|with\s+or\s+without|without|such\s+as|na[iï]ve\s+to|refractory\s+to|exposed\s+to|progressed\s+on"
    r"|supply"
    r"|controls?(?:\s+(?:group|arm))?(?:\s+of)?|comparator|placebo\s+or|comparing\s+[\w-]+\s+"
    r"(?:plus\s+[\w-]+\s+)?with)" + _ADJECTIVES + r"\s*[(]?$",
    re.IGNORECASE,
)
#: "in combination with *Partner's anti-PD-1 therapy*", where no other drug comes between.
_FAR_PARTNER: Final = Pattern(
    r"\b(?:in\s+combination\s+with|combin(?:ed|ing)\s+with|in\s+conjunction\s+with|together\s+with|alongside"
    r"|co-?administered\s+with)\s+"
    r"(?:(?!and\b|or\b|in\b|for\b|to\b|by\b|as\b|is\b)[\w'’®™&/.-]+(?:(?<=Inc\.),|(?<=Co\.),)?\s+){0,8}\(?$",
    re.IGNORECASE,
)
#: "AB-1 *with* XY-2 is studied in"
_WITH: Final = Pattern(r"[®™]?(?:\s*\([^()]*\))?\s+with" + _ADJECTIVES + r"\s*")
#: What may stand before a partner, but also before the only drug of a sentence.
_WEAK_PARTNER: Final = Pattern(
    r"\b(?:following|after|prior|over|than|standard|including|receive[sd]?(?:\s+[\w.,/-]+){0,4}|mg|or|and"
    r"|treated\s+with\s+prior)" + _ADJECTIVES + r"\s*[(]?$",
    re.IGNORECASE,
)
_POSSESSED: Final = Pattern(
    r"(?:(?:'s|'|’s|’|[™®])\s+(?:[\w/-]+\s+){0,4}|\s+(?:(?!(?:to|for|and|of|on|in|with|will|is|are|was|has|have|had|that|which|who|today|by|from|as|at)\b"
    r"|\w+(?:ing|ed|es)\b)[\w/-]+\s+){0,4})",
    re.IGNORECASE,
)
_CODE_NAME: Final = Pattern(r"[A-Z]{1,5}[-\s]?[A-Z]?\d{1,6}")
#: A heading that a code begins: "BT-200 in von Willebrand disease", not "Responses by RECIST 1.1".
_CODE_FIRST: Final = Pattern(r"\W*(?P<code>[A-Z]{1,6}-[A-Z]?\d{2,6}[A-Za-z]?|[A-Z]{2,6}\d{2,6})(?![\w-])")
_OWN_BEFORE: Final = Pattern(
    r"\b(?:evaluat(?:e|es|ing)|(?:trials?|study|studies)\s+(?:\([^)]*\)\s+)?of|testing|studying|application\s+for)\s+$|"
    r"\b(?:candidates?|programs?|programmes?|compound|product|therapy|vaccine|our|asset"
    r"|pipeline\s+includes|develops|developing|advancing)\s*,?\s*$"
    r"|\b(?:program(?:me)?|candidate|product|asset|compound)s?\s+(?:is|are)\s+$",
    re.IGNORECASE,
)
_OWN_AFTER: Final = Pattern(
    r"[™®]?(?:\s*\([^)]*\))?\s*(?:,\s+(?:an?|our|its|the\s+company's|the)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:investigational|candidate|novel|proprietary|experimental|first-in-class)"
    r"|is\s+(?:an?|the\s+company's|our)\s+(?:[\w-]+,?\s+){0,3}?(?:investigational|candidate|novel"
    r"|proprietary|experimental|oral|selective))",
    re.IGNORECASE,
)
#: "- AB-1 (asthma): Phase 2", "AB-1: Phase 2": what a line of a list is about
_OPENS_LINE: Final = Pattern(r"\W*(?:o\s+)?")
_LISTED: Final = Pattern(r"[™®]?\s*(?:\([^()]*\)\s*)?(?::|[-–—]\s|\|)")
_CONTROL: Final = Pattern(
    r"(?:controls?(?:\s+(?:group|arm))?(?:\s+of)?|comparator|versus|vs\.?|compared?\s+(?:to|with)|against)"
    + _ADJECTIVES
    + r"\s*$",
    re.IGNORECASE,
)


def same(left: Entity | None, right: Entity | None) -> bool:
    """Whether two entities of one release are one thing."""
    if left is None or right is None:
        return left is right
    return identity(left) == identity(right)


def identity(entity: Entity) -> tuple[str, str]:
    """What tells an entity of one release from its others."""
    return entity.kind.value, entity.concept or entity.label.casefold()


@dataclass(frozen=True)
class Focus:
    """The drugs that the sentences of a release are about.

    Attributes:
        document: the release.
    """

    document: LinkedDocument

    @cached_property
    def _drugs(self) -> tuple[Entity, ...]:
        seen: dict[tuple[str, str], Entity] = {}
        for mention in self.document.mentions(Kind.DRUG):
            seen.setdefault(identity(mention.entity), mention.entity)
        return tuple(seen.values())

    @cached_property
    def _foreign(self) -> frozenset[tuple[str, str]]:
        """Drugs that only other companies' names stand with: "Amgen's siRNA olpasiran", "mosunetuzumab (Genentech)"."""
        foreign: set[tuple[str, str]] = set()
        own: set[tuple[str, str]] = set()
        issuer = self.document.issuer
        for sentence in self.document.statements():
            others = [m for m in sentence.of_kind(Kind.ORGANIZATION) if not same(m.entity, issuer)]
            for mention in sentence.of_kind(Kind.DRUG):
                owners = [
                    other
                    for other in others
                    if (
                        0 <= mention.start - other.end < 60
                        and _POSSESSED.fullmatch(self.document.text[other.end : mention.start])
                    )
                    or (
                        0 <= other.start - mention.end < 30
                        and re.fullmatch(
                            r"[™®]?\s*\((?:[\w®™-]+,\s*)?", self.document.text[mention.end : other.start]
                        )
                    )
                ]
                (foreign if owners else own).add(identity(mention.entity))
        return frozenset(foreign - own)

    def is_foreign(self, drug: Entity) -> bool:
        """Whether a drug is another company's, which the release mentions in passing."""
        return identity(drug) in self._foreign and not same(drug, self.document.subject)

    @cached_property
    def _by_sentence(self) -> dict[int, Entity | None]:
        out: dict[int, Entity | None] = {}
        last: tuple[int, Entity | None] = (-1, None)
        heading: tuple[object, Entity | None, bool] = (None, None, False)
        for sentence in self.document.statements():
            paragraph = sentence.sentence.paragraph
            own = self.studied(sentence)
            if _is_subheading(sentence):
                # a heading with a code that was not taken for a drug leaves what follows without one
                code = _CODE_FIRST.match(sentence.text)
                unknown = own is None and code is not None and by_symbol(code["code"]) is None
                heading = (sentence.section, own, unknown)
            elif (headed := _heading_with_bullet(sentence) or self._heads_items(sentence)) is not None:
                heading = (sentence.section, headed, False)
            drug = own or (last[1] if last[0] == paragraph else None)
            drug = drug or (heading[1] if heading[0] == sentence.section else None)
            if drug is None and heading[0] == sentence.section and heading[2]:
                continue
            drug = drug or self.named_in(sentence.section.topic) or self.document.subject
            if own or last[0] != paragraph:
                last = (paragraph, own)
            out[sentence.start] = drug
        return out

    def _heads_items(self, sentence: LinkedSentence) -> Entity | None:
        """The drug that opens an item of a list under which items stand further in, or marked otherwise."""
        drugs = sentence.of_kind(Kind.DRUG)
        text = self.document.text
        mark = _MARK.search(text, max(0, sentence.start - 40), drugs[0].start) if drugs else None
        if mark is None:
            return None
        below = _ITEM_BELOW.match(text, sentence.end)
        return (
            drugs[0].entity
            if below is not None
            and (below["mark"] != mark["mark"] or len(below["indent"]) > len(mark["indent"]))
            else None
        )

    def drug(self, sentence: LinkedSentence) -> Entity | None:
        """The drug that a sentence is about: its own, the previous sentence's, the section's, the release's."""
        return self._by_sentence.get(sentence.start)

    def named_in(self, title: str) -> Entity | None:
        """The drug that a section's title names."""
        if title not in self._titles:
            self._titles[title] = self._first_named(title.casefold())
        return self._titles[title]

    @cached_property
    def _titles(self) -> dict[str, Entity | None]:
        """The drugs of titles already read: every sentence of a section asks for that of its title."""
        return {"": None}

    def _first_named(self, folded: str) -> Entity | None:
        for drug in self._drugs:
            for name in drug.names:
                at = folded.find(name.casefold())
                if at >= 0 and not (
                    folded[at - 1 : at].isalnum() or folded[at + len(name) : at + len(name) + 1].isalnum()
                ):
                    return drug
        return None

    @cached_property
    def _own(self) -> frozenset[tuple[str, str]]:
        """Drugs that the release speaks of as its own: by a title, a code for a name, or as its candidate."""
        own: set[tuple[str, str]] = set()
        if self.document.subject is not None:
            own.add(identity(self.document.subject))
        for drug in self._drugs:
            if any(_CODE_NAME.search(name) for name in drug.names):
                own.add(identity(drug))
        for sentence in self.document.statements():
            for mention in sentence.of_kind(Kind.DRUG):
                titled = sentence.section.kind in (
                    SectionKind.HEADLINE,
                    SectionKind.SUBHEADLINE,
                ) or _is_subheading(sentence)
                about = self.named_in(sentence.section.topic)
                before = sentence.text[
                    max(0, mention.start - sentence.start - 60) : mention.start - sentence.start
                ]
                after = sentence.text[mention.end - sentence.start :][:80]
                if (
                    (titled and not is_partner(sentence, mention))
                    or (about is not None and same(about, mention.entity))
                    or _OWN_BEFORE.search(before)
                    or _OWN_AFTER.match(after)
                    or (
                        _OPENS_LINE.fullmatch(sentence.text, 0, mention.start - sentence.start)
                        and _LISTED.match(after)
                        and not is_established(mention.entity.label)
                    )
                ):
                    own.add(identity(mention.entity))
        return frozenset(own) - self._foreign

    def is_own(self, drug: Entity) -> bool:
        """Whether a drug is one that the release is about, and no comparator, background or combination partner."""
        return identity(drug) in self._own

    def studied(self, sentence: LinkedSentence) -> Entity | None:
        """The drug that a sentence names as the one studied; partners and controls are none."""
        mentions = studied_mentions(sentence)
        mentions = tuple(m for m in mentions if self.is_own(m.entity)) or (
            mentions if self.document.subject is None else ()
        )
        if not mentions:
            return None
        subject = self.document.subject
        about = self.named_in(sentence.section.topic)
        for preferred in (about, subject):
            if preferred is not None and any(same(m.entity, preferred) for m in mentions):
                return preferred
        return mentions[0].entity


def _is_subheading(sentence: LinkedSentence) -> bool:
    """Whether a "sentence" of the body is a heading: short, without a full stop, alone, no bullet."""
    text = sentence.text.strip()
    return (
        sentence.section.kind is SectionKind.BODY
        and len(text) < 110
        and not re.search(r"[.!?;,\"]\)?$", text)
        and not re.match(r"[-–—•*·]", text)
        and (text[:1].isupper() or any(m.start == sentence.start for m in sentence.of_kind(Kind.DRUG)))
        and not re.search(r"\b(?:is|are|was|were|has|have|will)\b", text)
        and not re.search(r"\S\s{3,}\S|\t|\|", text)  # a row of a table
        and not _FIGURES.search(text)
    )


_MARK: Final = Pattern(r"(?:^|\n)(?P<indent>[ \t]*)(?P<mark>[•·▪●○►–—*-]|o(?=\s))\s+$")
_ITEM_BELOW: Final = Pattern(r"[ \t]*\n(?:[ \t]*\n)?(?P<indent>[ \t]*)(?P<mark>[•·▪●○►–—*-]|o(?=\s))\s")
#: "Previously treated: 38 patients, ORR 60.5 %": a line of figures.
_FIGURES: Final = Pattern(r"\d\s?%|\d\s(?:mos?|months)\b|:\s[^:]*,\s[^:]*\d")
#: "AB-1 (a T-cell engager)   o In July": a heading and the first bullet under it, run together.
_TO_BULLET: Final = Pattern(r"[™®]?(?:\s*\([^()]*\))?\s+(?:o|[•·▪])\s+(?=[A-Z])")


def _heading_with_bullet(sentence: LinkedSentence) -> Entity | None:
    """The drug of a heading that runs into its first bullet."""
    drugs = sentence.of_kind(Kind.DRUG)
    if not drugs or drugs[0].start != sentence.start:
        return None
    return drugs[0].entity if _TO_BULLET.match(sentence.text, drugs[0].end - sentence.start) else None


def is_partner(sentence: LinkedSentence, mention: Mention, *, surely: bool = False) -> bool:
    """Whether a drug is named as given with another, or against it.

    Hits: "in combination with dexamethasone"; "40 mg oral dexamethasone"; "a control group of I-127-CLR 1404".
    Near misses: "a trial of AB-1"; "AB-1 in combination with radiation".  Words that may stand before the only
    drug of a sentence too ("received AB-1") do where it need not be `surely`.
    """
    before = _before(sentence, mention)
    if _PARTNER.search(before) or (not surely and _WEAK_PARTNER.search(before)):
        return True
    if "with" not in before and "alongside" not in before:
        return False
    earlier = [m for m in sentence.of_kind(Kind.DRUG) if m.end <= mention.start][-1:]
    at = mention.start - sentence.start
    if any(not same(m.entity, mention.entity) for m in earlier) and _WITH.fullmatch(
        sentence.text, earlier[0].end - sentence.start, at
    ):
        return True
    far = _FAR_PARTNER.search(before)
    if far is None:
        return False
    begin = mention.start - len(before) + far.start()
    between = [m for m in sentence.of_kind(Kind.DRUG) if begin <= m.start < mention.start]
    return all(same(m.entity, mention.entity) for m in between)


def _before(sentence: LinkedSentence, mention: Mention) -> str:
    return sentence.text[max(0, mention.start - sentence.start - 90) : mention.start - sentence.start]


def is_control(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a drug is named as what the studied one is compared with."""
    before = sentence.text[max(0, mention.start - sentence.start - 50) : mention.start - sentence.start]
    return bool(_CONTROL.search(before))


def studied_mentions(sentence: LinkedSentence) -> tuple[Mention, ...]:
    """The drug mentions of a sentence that may be the studied drug, in order."""
    drugs = sentence.of_kind(Kind.DRUG)
    free = tuple(m for m in drugs if not is_partner(sentence, m))
    if free or len({identity(m.entity) for m in drugs}) != 1:
        return free
    return tuple(m for m in drugs if not _PARTNER.search(_before(sentence, m)))[:1]


def unique(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each thing once, in order."""
    return tuple({identity(e): e for e in reversed(tuple(entities))}.values())[::-1]
