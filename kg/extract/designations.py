"""Linked sentences → designations: drug → "orphan drug", "fast track", …, with agency, disease, status, date.

Designations named side by side are told together: they own the same stretch of the sentence,
and share what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.applications import applications
from kg.extract.deciders import ADVISERS, Office, deciders, last_listed, same_place
from kg.extract.decisions import (
    ONLY_AGENCIES,
    disease_in_words,
    disease_lists,
    disease_spoken_of,
    drug_meant,
    given_too,
    is_future,
    is_news,
    respective,
    settled,
)
from kg.extract.designation_place import Place, Told, groups
from kg.extract.designation_status import (
    FOLLOWED_BY,
    HAS,
    IS_REQUEST,
    OPINION,
    REVIEWED_UNDER,
    REVIEWED_WITH,
    UNDONE,
    is_review,
    modality_of,
    status_of,
)
from kg.extract.distribution import Share, happened, shares
from kg.extract.document import SectionKind
from kg.extract.frames import frame, pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.sole_diseases import SoleDiseases, only_disease
from kg.extract.statements import statement
from kg.extract.stretches import SUBJECT, Span, stretches
from kg.extract.values import dates, populations
from kg.model import Entity, Fact, Kind, Mention, Modality

_THINGS: Final = (Kind.DRUG, Kind.DISEASE, Kind.AGENCY, Kind.ORGANIZATION, Kind.DESIGNATION)


# --- words ------------------------------------------------------------------------------------------------------

_FOR_DISEASES_THAT: Final = Pattern(
    r"\bfor\s+(?:diseases|drugs|products|therapies|medicines|conditions"
    r"|treatments|biologics)\s+(?:that|which|intended|to|for)\b"
    r"|\b(?:drugs|products|therapies|medicines|treatments|biologics)\s+(?:so\s+designated"
    r"|(?:with|in)\s+(?:this|the|such))\b",
    re.IGNORECASE,
)
#: "a *ghrelin* antagonist": a class, not a drug
_ITS_CLASS: Final = Pattern(r"\s+(?:receptor\s+)?(?:ant)?agonist|\s+(?:inhibitor|receptor|analog(?:ue)?)\b")
_TO_DRUGS: Final = Pattern(
    r"\b(?:drugs?|products?|therap(?:y|ies)|medicines?|treatments?"
    r"|biologics|sponsors?|candidates?|diseases?|conditions?)\s+"
    r"(?:(?:candidates?|products?|and|or|biologics)\s+)*(?:that|which"
    r"|with|intended|designed|for|to|aimed|addressing)\b",
    re.IGNORECASE,
)
#: "Fast Track designation *to drugs that* fill a need"
_AT_LARGE: Final = Pattern(
    r"(?:\s+designations?)?\s+to\s+(?:drugs|products|therapies|medicines|treatments|biologics|candidates)\s+"
    r"(?:that|which|intended|designed|aimed)\b"
)
_AGENCY_ACTS: Final = Pattern(
    r"\b(?:denied|declined|rejected|refused|turned\s+down|(?<!is )(?<!are )granted"
    r"|awarded|assigned|designated|accepted|admitted)\b"
)
_ASKED_FOR: Final = pattern(
    r"\b(?:designations?|application|request)\b[^.;]{0,80}\b(?:pending|requested|sought|applied for"
    r"|planned|submitted|filed|received|granted|sent|denied|under\s+review)\b"
    r"|\b(?:intends?|plans?|expects?|will)\s+(?:to\s+)?(?:\w+\s+)?(?:seek|request|apply|pursue)\b"
    r"|\b(?:asked|applied|apply)\s+(?:to\s+the\s+[\w ]+\s+)?for\b"
)
_GIVEN_AFTER: Final = pattern(
    r"(?: designation| status)? (?:stands|remains|continues)\b|[^.;]{0,70}?\b(?:was|were|has been|have been"
    r"|had been) (?:also "
    r"|previously )?(?:granted|awarded|maintained|confirmed|received"
    r"|obtained|given|denied|refused|conferred|assigned|withdrawn|requested)\b"
)
_OURS: Final = Pattern(
    r"\b(?:it|its|the (?:[\w-]+ ){0,2}(?:company|corporation|drug|therapy"
    r"|treatment|candidate|compound|product|vaccine|application|NDA"
    r"|BLA|MAA"
    r"|submission|filing)|we|our)\b",
    re.IGNORECASE,
)
_SPONSORS: Final = Pattern(
    r"\b(?:drugs|products|therapies|medicines|sponsors?) (?:that|which|with|intended)\b"
)
_OF_DRUG: Final = Pattern(
    r"[^.;]*?\b(?:of|for|to|on)\s+(?:(?!treatment|with|which)[\w'’-]+,?\s+){0,7}[\"“]?|\s*(?:\([^()]*\)\s*)?"
)
_BOTH: Final = Pattern(r"\b(?:both|each|all)\b(?=[^.;]{0,12}\b(?:in|on)\b)")
_IN_PARENTHESIS: Final = Pattern(r"(?:\s+designations?)?\s*\((?P<in>[^()]*)\)")
#: "the same indication": what was spoken of
_SAME_DISEASE: Final = Pattern(
    r"\b(?:this|the\s+same|that|these|both)\s+(?:indications?|diseases?|conditions?|disorders?)\b",
    re.IGNORECASE,
)
#: "• ABC-1, asthma: Fast Track requested"
_HEADED: Final = pattern(
    r"\W*{drug}[®™]?(?: ?\([^()]*\))?(?:,| in| for| \("
    r"| [-–—]) ?(?:[\w-]+ ){0,4}?(?P<disease>{disease})\)?[^.;:]{0,20}: "
)
#: Where designations of the Union stand
_REGISTER: Final = Pattern(r"\b(?:Community|Union)\s+[Rr]egister\b")
_FOR_WHICH: Final = pattern(r"(?P<disease>{disease})(?: ?\([^()]*\))?,? for which\b[^.;]*$")


# --- reading ----------------------------------------------------------------------------------------------------


def designations(document: LinkedDocument) -> Iterator[Fact]:
    """The designations that a release tells of.

    Hits: "the FDA has granted Rare Pediatric Disease Designation (RPDD) to CLR 131 … for the treatment of …";
    "ABC-1 has been designated as an orphan drug by the EMA"; "received Fast Track designation for ABC-1"; "Orphan Drug
    Designation: FDA (2019); European Commission (2020)".
    Near misses: "The FDA grants RPDD for diseases that primarily affect children"; "orphan designated cancers";
    "vouchers can be used to receive priority review"; "the designation may enable".
    """
    yield from settled(_all(document), final=frozenset({"granted", "denied", "withdrawn"}))


def _all(document: LinkedDocument) -> Iterator[tuple[Fact, bool]]:
    sole = SoleDiseases(document)
    for sentence in document.statements():
        if sentence.of_kind(Kind.DESIGNATION) and not _FOR_DISEASES_THAT.search(sentence.text):
            yield from _of_sentence(document, sentence, sole)


def _of_sentence(
    document: LinkedDocument, sentence: LinkedSentence, sole: SoleDiseases
) -> Iterator[tuple[Fact, bool]]:
    """The facts of a sentence, each with whether its date is only that of the release."""
    found = groups(sentence)
    if not found:
        return
    text = frame(sentence.text, sentence.start, sentence.of_kind(*_THINGS))
    owned = stretches(text, [(g.start, g.end) for g in found])
    readings: list[tuple[_Reading, Told]] = []
    for group, own in zip(found, owned, strict=True):
        reading = _Reading(document, sentence, text, group, own, readings[-1][1] if readings else None, sole)
        if len(found) == 1 and reading.is_line():
            # "Orphan Drug Designation: FDA (2019); European Commission (2020)"
            reading = replace(reading, owned=((0, group.start), (group.end, len(text))))
        decided = FOLLOWED_BY.search(text, group.end)
        if decided is not None and OPINION.search(text[: group.start]):
            # "a positive opinion on orphan designation (July), followed by the Commission's decision in September"
            reading = replace(reading, owned=((0, group.start), (decided.end(), len(text))))
        told = reading.told()
        if told is not None:
            readings.append((reading, told))
    for index, (reading, told) in enumerate(readings):
        # "orphan drug designation from the FDA and orphan designation from the Commission for X"
        later = next((t.diseases for _, t in readings[index + 1 :] if t.drug == told.drug and t.diseases), ())
        shared = next((d for r, _ in readings[index + 1 :] if (d := r.date_of_both()) is not None), None)
        yield from reading.facts(told, told.diseases or later, shared)


@dataclass(frozen=True, slots=True)
class _Reading(Place):
    """A place read: whose designation, by whom, for what, when."""

    def told(self) -> Told | None:
        """What the group is said of; None where nothing is said to have been granted, asked for or refused."""
        status = status_of(self)
        if status is None or not is_review(self, status):
            return None
        drug = self._drug()
        if drug is None:
            return None
        how = modality_of(self, status)
        found = tuple(m for share in self._shares() for m in share.diseases)
        return Told(
            drug, status, how, self._agencies(), found or self._diseases_left() or self._diseases_between()
        )

    def facts(
        self, told: Told, diseases: tuple[Mention, ...], shared: str | None
    ) -> Iterator[tuple[Fact, bool]]:
        """One fact for each designation, agency and disease, with whether its date is only the release's.

        Args:
            told: what the group tells.
            diseases: those that it is for where its shares do not say.
            shared: a date that a later group has in common with it ("…, both in 2019").
        """
        status = (
            "planned"
            if told.how is Modality.PLANNED and told.status in ("requested", "granted")
            else told.status
        )
        how = told.how
        if status == "planned":
            how = Modality.PLANNED
        spoken_of = self._disease_meant(told.drug) if not diseases else None
        for mention in self.group.mentions:
            own_agencies, own_diseases = self._agencies_behind(mention), self._diseases_behind(mention)
            for share in self._shares() or (Share(),):
                agencies = self._allowed(mention, own_agencies or share.agencies or told.agencies)
                drug = share.drugs[0] if share.drugs else told.drug
                own: tuple[Entity | None, ...] = (
                    own_diseases or tuple(m.entity for m in share.diseases or diseases) or (spoken_of,)
                )
                each = len(share.dates) == len(agencies) > 1
                for position, agency in enumerate(agencies or (None,)):
                    date, by_release = self._date(mention, share, position if each else 0, status)
                    if date is None and shared is not None and status != "planned":
                        date = shared
                    for disease in own:
                        yield statement(
                            self.document, self.sentence, f"regulation.designation.{told.status}",
                            "designation", drug, mention.entity,
                            {
                                "agency": agency,
                                "indication": disease,
                                "population": self._population(share) or None,
                                "status": self.document.concept(f"regulatory-status:{status}"),
                                "date": date,
                            },
                            modality=how,
                            confidence=0.95 if self.sentence.of_kind(Kind.DRUG) else 0.8,
                        ), by_release  # fmt: skip

    # --- whose

    def _drug(self) -> Entity | None:
        """The drug that the designations are given to; None where they are given to drugs at large."""
        if _AT_LARGE.match(self.text, self.group.end) is not None:
            return None
        offset = self.sentence.start
        drugs = [
            m
            for m in self.sentence.of_kind(Kind.DRUG)
            if not given_too(self.sentence, m) and not _ITS_CLASS.match(self.sentence.text, m.end - offset)
        ]
        right = [m for m in drugs if self.group.end <= m.start - offset < self.right]
        left = [m for m in drugs if m.end - offset <= self.group.start]
        if right and _OF_DRUG.fullmatch(self.text[self.group.end : right[0].start - offset]):
            return right[0].entity
        own = [m for m in left if m.start - offset >= self.left]
        if own:
            return own[-1].entity
        if self.before is not None:
            return self.before.drug
        if left:
            return left[-1].entity
        further = [m for m in drugs if m.start - offset >= self.group.end]
        if further and _OF_DRUG.fullmatch(self.text[self.group.end : further[0].start - offset]):
            return further[0].entity
        return self._drug_meant()

    def _drug_meant(self) -> Entity | None:
        """The drug that the sentences before speak of, where this one goes on about it."""
        text, sentence, document = self.sentence.text, self.sentence, self.document
        issuer = document.issuer in {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)}
        if (
            (issuer and not re.search(r"\b(?:drugs|products|therapies|medicines)\b", text))
            or (sentence.of_kind(Kind.AGENCY) and _AGENCY_ACTS.search(text) and not _TO_DRUGS.search(text))
            or _ASKED_FOR.search(text)
            or _GIVEN_AFTER.match(text, self.group.end)
            or IS_REQUEST.match(text, self.group.end)
            or HAS.search(self.text)
            or REVIEWED_UNDER.search(self.text[: self.group.start])
            or (_OURS.search(text) and not _SPONSORS.search(text))
            or REVIEWED_WITH.search(text[: self.group.start])
            or self.is_line()
        ):
            return drug_meant(document, sentence, self.group.start)
        if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
            return document.subject
        return None

    # --- by whom, for what, when

    def _shares(self) -> tuple[Share, ...]:
        return shares(self.document, self.sentence, self.owned[1:], Office.DESIGNATES, drugs=True)

    def _deciders(self, start: int, end: int) -> tuple[Entity, ...]:
        found = deciders(self.document, self.sentence, start, end, Office.DESIGNATES)
        return tuple(dict.fromkeys(d.agency for d in found))

    def _agencies(self) -> tuple[Entity, ...]:
        """Who decides, where no share says it: who stands in the list, right before it, before it; else as before."""
        subject = SUBJECT.search(self.text[: self.group.start])
        between = self._deciders(self.group.start, self.group.end)
        adjacent = self._deciders(*subject.span("list")) if subject else ()
        behind = tuple(dict.fromkeys(a for share in self._shares() for a in share.agencies))
        if between or adjacent or behind:
            return between or adjacent or behind
        left = self._subjects_left() or self._deciders(0, self.group.start)[-1:]
        if left:
            return left
        if self.before is not None and self.before.agencies:
            return self.before.agencies
        return self._of_fellows() or self._recent()

    def _subjects_left(self) -> tuple[Entity, ...]:
        """The agencies of the stretch before: all of a coordinated subject, else the last."""
        found = deciders(self.document, self.sentence, *self.owned[0], Office.DESIGNATES)
        return tuple(dict.fromkeys(d.agency for d in last_listed(found, self.sentence.text)))

    def _recent(self) -> tuple[Entity, ...]:
        """The agency of the sentence before in the paragraph, or the only one of the release."""
        index = self.document.index(self.sentence)
        if (
            index
            and self.document.sentences[index - 1].sentence.paragraph == self.sentence.sentence.paragraph
        ):
            named = self.document.sentences[index - 1].of_kind(Kind.AGENCY)
            if named:
                return (named[-1].entity,)
        if self.named("designation:priority-review"):
            usual = next((a.agency for a in applications(self.sentence.text) if a.agency is not None), None)
            if usual is not None and usual in self.document.concepts:
                return (self.document.concept(usual),)
        if _REGISTER.search(self.sentence.text):
            return (self.document.concept("agency:ema"),)
        every = list(dict.fromkeys(m.entity for m in self.document.mentions(Kind.AGENCY)))
        return tuple(every[:1]) if all(same_place(every[0], a) for a in every) else ()

    def _allowed(self, mention: Mention, agencies: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Of some agencies those that have such a programme; a committee stands for its agency."""
        only = ONLY_AGENCIES.get(mention.entity.concept or "")
        meant = tuple(
            dict.fromkeys(
                self.document.concept("agency:ema") if a.concept in ADVISERS else a for a in agencies
            )
        )
        if only is None:
            return meant
        fitting = tuple(a for a in meant if a.concept in only)
        return fitting or (self.document.concept(only[0]),)

    def _of_fellows(self) -> tuple[Entity, ...]:
        """Whose all of the list must be where one of it is a programme of one agency alone."""
        only = {
            agencies
            for m in self.group.mentions
            if len(agencies := ONLY_AGENCIES.get(m.entity.concept or "", ())) == 1
        }
        return (self.document.concept(only.pop()[0]),) if len(only) == 1 else ()

    def _diseases_left(self) -> tuple[Mention, ...]:
        """ "ABC-1 for the treatment of X was granted …", "in X, for which it received …"."""
        match = _FOR_WHICH.search(self.text[: self.group.start])
        if match:
            return self.sentence.at(match.start("disease"), match.end("disease"))[:1]
        left = [m for listed in disease_lists(self.sentence, *self.owned[0]) for m in listed]
        if left:
            return tuple(left)
        if self.before is not None:
            return self.before.diseases
        return ()

    def _diseases_between(self) -> tuple[Mention, ...]:
        """What stands between the group and what it owns behind it."""
        listed = disease_lists(self.sentence, self.group.end, self.owned[1][0]) if self.owned[1:] else ()
        return tuple(m for diseases in listed for m in diseases)

    def date_of_both(self) -> str | None:
        """The date of "…, both in 2019"."""
        both = _BOTH.search(self.text, self.group.end, self.right)
        found = happened(self.document, self.sentence, both.end(), self.right) if both else ()
        return found[0][1] if found else None

    def _disease_meant(self, drug: Entity) -> Entity | None:
        """What "this indication" is; else what words say that no vocabulary knows, else the drug's one disease."""
        if self.named("designation:priority-review", "designation:accelerated-assessment"):
            return disease_spoken_of(self.document, self.sentence, drug)  # that of the application
        if not _SAME_DISEASE.search(self.sentence.text, self.left, self.right):
            headed = _HEADED.match(self.text)
            if headed is not None:
                return self.sentence.mention(headed, "disease").entity
            said = disease_in_words(self.sentence.text, self.group.end, self.right)
            if said is not None or self.sentence.of_kind(Kind.DISEASE):
                return said
            return self.sole.of(drug) or self._disease_of_headline(drug) or only_disease(self.document, drug)
        index = self.document.index(self.sentence)
        if (
            index
            and self.document.sentences[index - 1].sentence.paragraph == self.sentence.sentence.paragraph
        ):
            last = [m for listed in disease_lists(self.document.sentences[index - 1], 0) for m in listed]
            if last:
                return last[-1].entity
        return disease_spoken_of(self.document, self.sentence, drug)

    def _disease_of_headline(self, drug: Entity) -> Entity | None:
        """The one disease that the release's headlines name, for the drug that the release is about."""
        if drug != self.document.subject:
            return None
        titles = self.document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
        named = {m.entity for title in titles for m in title.of_kind(Kind.DISEASE)}
        return next(iter(named)) if len(named) == 1 else None

    def _date(self, mention: Mention, share: Share, place: int, status: str) -> tuple[str | None, bool]:
        """When, and whether that is only the date of the release."""
        if status == "planned":
            return None, False
        published = self.document.published
        in_turn = self._respective(mention) or self._behind(mention)
        if in_turn is not None:
            return in_turn, False
        undone = UNDONE.match(self.text, self.group.end)
        if undone and status in ("denied", "withdrawn"):
            # "was applied for in 2019 and turned down": that was not in 2019
            later = happened(self.document, self.sentence, undone.end(), max(undone.end(), self.right))
            return (later[0][1] if later else None), False
        past = [d for d in share.dates if not is_future(d, published)]
        if past:
            return past[min(place, len(past) - 1)], False
        left = [
            iso
            for _, iso in happened(
                self.document,
                self.sentence,
                max(self.left, self.text.rfind(";", 0, self.group.start)),
                self.group.start,
            )
            if not is_future(iso, published)
        ]
        if left:
            return left[-1], False
        if (
            self.before is not None
            or not is_news(self.sentence, self.document)
            or HAS.search(self.text[self.left : self.group.end])
        ):
            return None, False
        return published, published is not None

    def _brackets(self, mention: Mention) -> Iterator[Span]:
        """The parentheses behind a designation of a list and behind those after it: "(FDA)", "(in asthma)"."""
        listed = self.group.mentions if len(self.group.mentions) > 1 else ()
        for later in listed[self.group.mentions.index(mention) :]:
            match = _IN_PARENTHESIS.match(self.sentence.text, later.end - self.sentence.start)
            if match:
                yield match.span("in")

    def _agencies_behind(self, mention: Mention) -> tuple[Entity, ...]:
        """The agencies in a parenthesis behind a designation of a list: "orphan drug (FDA, EMA), PRIME (EMA)"."""
        return next((found for span in self._brackets(mention) if (found := self._deciders(*span))), ())

    def _diseases_behind(self, mention: Mention) -> tuple[Entity, ...]:
        """The diseases in it: "priority review (in asthma) and orphan drug (in COPD)"."""
        inside = (self.sentence.at(*span) for span in self._brackets(mention))
        return next(
            filter(None, (tuple(m.entity for m in i if m.entity.kind is Kind.DISEASE) for i in inside)), ()
        )

    def _behind(self, mention: Mention) -> str | None:
        """The date behind a designation of a list: "Fast Track (2019) and Breakthrough Therapy (2021)"."""
        start, end = mention.start - self.sentence.start, mention.end - self.sentence.start
        later = [m.start - self.sentence.start for m in self.group.mentions if m.start > mention.start]
        found = happened(self.document, self.sentence, start, later[0] if later else end)
        return found[0][1] if found else None

    def _respective(self, mention: Mention) -> str | None:
        """ "… in April 2024 and December 2023, respectively": to each its own."""
        if "respectively" not in self.sentence.text:
            return None
        given = [
            d for d in dates(self.sentence.text, on=self.document.published) if d.start > self.group.start
        ]
        found = respective(self.sentence, mention.start - self.sentence.start, given)
        return found[0].iso if found else None

    def _population(self, share: Share) -> tuple[str, ...]:
        if not share.diseases or share.diseases[0].start - self.sentence.start <= self.group.end:
            return ()
        return populations(
            self.sentence.unnamed(self.group.end, share.diseases[0].start - self.sentence.start)
        )
