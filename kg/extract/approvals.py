"""Linked sentences → approvals and applications for them: drug → disease, with agency, status, date.

Each sentence is read verb by verb.  A verb (or noun) that tells of an approval, of an application or of what became of
one owns a stretch of the sentence; who decided, for which disease and when is looked for there, and where it is not
said it is taken from the verb before, from the sentences before, or from what kind of application it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.applications import Application
from kg.extract.approval_place import SIDE_BY_SIDE, Place, Told, has_agency
from kg.extract.approval_sense import is_meant
from kg.extract.approval_verbs import IS_AHEAD, MAY_TELL, verbs_in
from kg.extract.deciders import deciders, last_listed
from kg.extract.decisions import (
    disease_in_words,
    disease_lists,
    disease_spoken_of,
    drug_meant,
    given_too,
    is_future,
    is_news,
    not_past,
    said,
    settled,
)
from kg.extract.distribution import Share, happened, shares
from kg.extract.frames import frame, pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.sole_diseases import only_disease
from kg.extract.statements import statement
from kg.extract.stretches import stretches
from kg.extract.values import dates, populations
from kg.model import Entity, Fact, Kind, Mention, Modality

#: What patterns see as things; designations and actions stay words ("accelerated approval").
_THINGS: Final = (Kind.DRUG, Kind.DISEASE, Kind.AGENCY, Kind.ORGANIZATION)


# --- words --------------------------------------------------------------------------------------------------

#: What has come to pass or goes on: what stands behind it ("…, where it will be sold") makes it no plan.
_EVENT: Final = Pattern(
    r"[a-z]+ed\b|under\b|in\b|undergoing\b|(?:is|are|being|currently|now)\b|(?:review|examin|assess|evaluat)ing\b|pending\b|won\b|has\b|holds\b",
    re.IGNORECASE,
)
#: Before a disease that was studied, not approved for.
_OF_STUDIES: Final = Pattern(r"\b(?:phase|trials?|stud(?:y|ies)|data|results)\b", re.IGNORECASE)
#: Between a plan and a date: the date of something else.
_OTHER_STEP: Final = Pattern(
    r"\b(?:decision|approv\w+|launch\w*|PDUFA|opinion|results|data|readout)\b", re.IGNORECASE
)
#: "where the *gastric cancer* indication was approved"
_INDICATION: Final = pattern(r"(?P<disease>{disease}) indication (?:is|was|has been|had been)(?: \w+)? $")
#: What only the FDA sends
_CRL: Final = Pattern(r"[Cc]omplete [Rr]esponse [Ll]etter|\bCRL\b")
#: "once the product *is* authorised"
_ONCE_IT_IS: Final = Pattern(
    r"\b(?:once|when|if|until|upon|should)\s+(?:[^\s,;]+\s+){1,5}?(?:is|are|gets|be)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_NOT_PLANNED: Final = Pattern(r"(?:\b(?:not|never|no longer)|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
_A_YEAR: Final = Pattern(r"(?:19|20)\d\d|['’]\d\d")
#: "an NDA submission*, which we anticipate in the fourth quarter*"
_WHICH_COMES: Final = Pattern(
    r",\s+which\s+(?:\w+\s+){1,3}?(?:anticipat|expect|plan|target|schedul|project)\w*\b[^,;]*"
)
#: "*Next step:* BLA submission, mid-2021"
_NEXT_STEP: Final = Pattern(r"\W*(?:next|upcoming|anticipated|expected|planned)\s[^:.]{0,30}:", re.IGNORECASE)
_CONDITION: Final = Pattern(r"\W*(?:if|assuming|provided|should|subject to|pending)\b[^,;]*,", re.IGNORECASE)
_ANNOUNCES: Final = Pattern(
    r"\b(?:announc(?:ed|es|ing)|reported|reports|confirmed)\b[^.;]{0,40}?\bthat\b", re.IGNORECASE
)
#: "*Once* Acme *submits*": not yet
_ONCE: Final = Pattern(r"\b(?:once|when|until|before|whether)\s+(?:\S+\s+){1,4}$", re.IGNORECASE)
_IS_APPROVED: Final = Pattern(r"[\ue000-\uf8ff][- ](?:approved|authori[sz]ed|licensed)\b")
#: "First approved in 2015 for X, ABC-1 …"
_FRONTED: Final = Pattern(r"\W*(?:\w+\s+){0,2}(?:approved|authori[sz]ed|licensed)\b", re.IGNORECASE)
_APPROVED: Final = Pattern(r"\b(?:approv(?:al|ed|es)|authori[sz](?:ation|ed))\b", re.IGNORECASE)
_EXTENSION: Final = Pattern(r"\b(?:label\w*|indications?|extension|expan\w+|extend\w*)\b", re.IGNORECASE)
#: "approved A for X *and B for Y*"
_NEXT_DRUG: Final = pattern(r"(?:,| and|, and) (?:(?:an?|its|the) (?:[\w-]+ ){1,3}for )?{drug}")
#: What a label is extended to
_WIDER: Final = pattern(
    r"\bto (?:also )?(?:include |cover |treat )?(?:(?!the fda|{agency})[\w-]+ ){0,4}?(?P<disease>{disease})"
)
#: Agencies that take in a "New Drug Application" or a "Biologics License Application".
_TAKE_NEW_DRUG_APPLICATIONS: Final = frozenset(
    f"agency:{a}" for a in ("fda", "nmpa", "cde", "pmda", "mhlw", "mfds", "tfda")
)
#: What only one agency calls its leave so.
_OWN_WORDS: Final = (
    ("notice of compliance", "agency:health-canada"),
    ("notices of compliance", "agency:health-canada"),
    ("therapeutic goods", "agency:tga"),
)
_A_DISEASE: Final = pattern("{disease}")
_LINKED: Final = Pattern(
    r"[^.;]*?\b(?:of|for|on|to|regarding|as)\s+(?:(?!treatment|with)[\w'’-]+,?\s+){0,6}"
    r"|\s*(?:(?:the|its|our)\s+)?[\"“]?"
)
_STANDS_FOR_DRUG: Final = Pattern(
    r"(?:\b(?:it|which|this (?:\w+ ){0,2}\w+|(?:the(?! (?:first|only|last|next))|its|our) (?:[\w-]+ ){0,3}?(?:drug"
    r"|product|medicine|therapy|vaccine|treatment|tablets?|capsules?|cream|gel|spray|application|antibody|agent|compound|medication|inhibitor"
    r"|biosimilar|injection|combination|indication|s?NDA|BLA|MAA))|\S['’]s? product)"
    r"\b[^.;]{0,60}$",
    re.IGNORECASE,
)
#: "when *a company* gains approval", "only *two biologics* have gained approval", "*Companies that* won approval"
_DRUGS_AT_LARGE: Final = Pattern(
    r"(?:\b(?:an?|any|every|no|several|many|some|most|few|all|other|two|three|four|five|\d+)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:compan(?:y|ies)|sponsors?|developers?|applicants?|firms?|drugs?|products?|medicines?|biologics?|treatments?"
    r"|therap(?:y|ies)|vaccines?)|(?:^|\.\s)\W*(?:Companies|Sponsors|Developers|Drugs|Medicines))\b"
    r"(?:\s+(?:that|which|have|has|had|can|may|must|also|already|been|ever|only))*\s+$",
    re.IGNORECASE,
)
#: "approval *for a drug that treats a rare disease*"
_OF_DRUGS_AT_LARGE: Final = Pattern(
    r"\s+(?:(?:for|of|to)\s+)?(?:(?:an?|any|all|most|many|several|two|three|four|five|\d+)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:drugs?|products?|medicines?|therap(?:y|ies))\b(?!,|\s+(?:appli|submi))|(?:[^\s.;,]+\s+){0,2}drugs\b)",
    re.IGNORECASE,
)
#: "received *two ANDA approvals*"; "The FDA grants approval *when* …"
_SEVERAL: Final = Pattern(r"(?i:\bANDAs?\b|\b(?:two|three|several|multiple|\d+)\s(?:\S+\s){0,2}approvals\b)")
_AS_A_RULE: Final = Pattern(r"\b(?:when|if|only|once|typically|usually|generally|within\s+\d+)\b")


# --- reading ------------------------------------------------------------------------------------------------


def approvals(document: LinkedDocument) -> Iterator[Fact]:
    """The approvals and applications that a release tells of.

    Hits: "the FDA approved ABC-1 for the treatment of X"; "ABC-1 was approved by the FDA in 2019 and by the European
    Commission in 2020"; "submitted a BLA to the FDA for ABC-1 for X"; "In Canada, an application is under review".
    Near misses: "If ABC-1 is approved …" (a hypothesis); "FDA-approved drugs"; "the board approved"; "IND approved";
    "recommending approval of ABC-1".
    """
    yield from settled(_all(document), final=frozenset({"approved", "accepted", "rejected", "withdrawn"}))


def _all(document: LinkedDocument) -> Iterator[tuple[Fact, bool]]:
    before: Told | None = None
    paragraph = -1
    known: dict[Entity, set[Entity]] = {}
    for sentence in document.statements():
        if sentence.sentence.paragraph != paragraph:
            before, paragraph = None, sentence.sentence.paragraph
        if MAY_TELL.search(sentence.text):
            before = yield from _of_sentence(document, sentence, before, known)


def _of_sentence(
    document: LinkedDocument,
    sentence: LinkedSentence,
    before: Told | None,
    known: dict[Entity, set[Entity]],
) -> Generator[tuple[Fact, bool], None, Told | None]:
    """The facts of a sentence, each with whether its date is only that of the release.

    Args:
        document, sentence: what is read.
        before: what was told last in the paragraph.
        known: the diseases told so far for each drug; this sentence's are added.

    Returns:
        What was told last.
    """
    text = frame(sentence.text, sentence.start, sentence.of_kind(*_THINGS))
    verbs = verbs_in(text)
    told: set[tuple[object, ...]] = set()
    here: Told | None = None
    for verb, owned in zip(verbs, stretches(text, [(v.start, v.end) for v in verbs]), strict=True):
        reading = _Reading(document, sentence, text, verb, owned, here, before, known)
        what = reading.told()
        if what is None:
            continue
        here = what
        for drug in what.drugs:
            known.setdefault(drug, set()).update(what.diseases)
        for fact, by_release in reading.facts(what):
            key = (fact.subject, fact.object, fact.modality, fact.qualifiers)
            if key not in told:
                told.add(key)
                yield fact, by_release
    return here or before


@dataclass(frozen=True, slots=True)
class _Reading(Place):
    """A place read: whose approval, by whom, for what, when."""

    def told(self) -> Told | None:
        """The drugs, agencies and diseases that the verb is said of; None where it tells of no approval."""
        application = self.application()
        if not is_meant(self, application):
            return None
        each = self._each_for_its_own()
        drugs = tuple(each) or self._drugs()
        if not drugs:
            return None
        diseases = self._diseases(drugs)
        if not diseases:
            return None
        return Told(drugs, self._agencies(application), diseases, application)

    def facts(self, what: Told) -> Iterator[tuple[Fact, bool]]:
        """One fact for each drug, agency and disease, each with its date and whether that is only the release's."""
        how = self._modality()
        label = self.verb.form == "label"
        apart = self._each_for_its_own()
        shared = self._shares() or (Share(),)
        in_shares = {m.entity for share in shared for m in share.diseases}
        for share in shared:
            own = tuple(m.entity for m in share.diseases)
            beyond = share is shared[0]
            agencies: tuple[Entity | None, ...] = self._of_share(share, what) or (None,)
            each = len(share.dates) == len(agencies) > 1
            for position, agency in enumerate(agencies):
                date = share.dates[position if each else 0] if share.dates else None
                if date is not None and self._has_happened() and is_future(date, self.document.published):
                    date = None  # "is under review, with a target action date of …"
                stated = self._stated(how, date)
                status = "planned" if stated is Modality.PLANNED else self.verb.status
                date, is_news = self._date(date, stated)
                for drug in what.drugs:
                    for disease in apart.get(drug, own or what.diseases):
                        if apart and disease not in own and (disease in in_shares or not beyond):
                            continue
                        fact = statement(
                            self.document, self.sentence, f"regulation.approval.{self.verb.status}", "approval",
                            drug, disease,
                            {
                                "agency": agency,
                                "status": None if stated.is_claim_only else self._status(status),
                                "population": self._population() or None,
                                "date": date,
                            },
                            modality=stated,
                            confidence=0.8 if label else 0.9 if self._names_drug() else 0.75,
                        )  # fmt: skip
                        yield fact, is_news

    # --- who

    def _agencies(self, application: Application | None) -> tuple[Entity, ...]:
        """Who decides, where no share says otherwise: the verb's subject, who stands in it, behind it, before it; else
        whoever decided before, else who usually gets such an application.
        """
        subject = self.subject()
        named = self.deciders(*subject.span("list")) if subject else ()
        if not named and (self.verb.form in ("noun", "intent") or "register" in self.words):
            named = self.deciders(self.verb.start, self.verb.end)
        if not named:
            named = tuple(
                dict.fromkeys(a for start, end in self.owned[1:] for a in self.deciders(start, end))
            )
        named = named or self._before()
        if named or self.verb.form == "label":
            return named
        owner = next((curie for word, curie in _OWN_WORDS if word in self.words), None)
        if owner is not None:
            return (self.document.concept(owner),)
        if self.here is not None and self.here.agencies:
            return self._as_office(self.here.agencies[:1])
        return self._usual(application) or self._just_told()

    def _just_told(self) -> tuple[Entity, ...]:
        """Who decided by the sentence before, where it tells of an approval: "received approval from the FDA for A. It
        is approved for X".
        """
        index = self.document.index(self.sentence)
        if not index or self.verb.status != "approved":
            return ()
        told = self.document.sentences[index - 1]
        if told.sentence.paragraph != self.sentence.sentence.paragraph or not _APPROVED.search(told.text):
            return ()
        named = tuple(dict.fromkeys(m.entity for m in told.of_kind(Kind.AGENCY)))
        return self._as_office(named) if len(named) == 1 else ()

    def _before(self) -> tuple[Entity, ...]:
        """Who decides, by what stands before the verb: the last, or all of a list that ends it."""
        found = deciders(self.document, self.sentence, *self.owned[0], self.office)
        return tuple(dict.fromkeys(d.agency for d in last_listed(found, self.sentence.text)))

    def _as_office(self, agencies: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """In the Union one body reviews and another approves."""
        wanted = "agency:ec" if self.verb.status == "approved" else "agency:ema"
        union = ("agency:ec", "agency:ema", "agency:chmp")
        return tuple(self.document.concept(wanted) if a.concept in union else a for a in agencies)

    def _usual(self, application: Application | None) -> tuple[Entity, ...]:
        """Who gets such an application: the agency of the sentences before it if it may, else the usual one."""
        recent = self._recent()
        usual = application.agency if application else None
        if usual == "agency:fda" and recent is not None and recent.concept in _TAKE_NEW_DRUG_APPLICATIONS:
            return (recent,)
        if usual is not None and usual in self.document.concepts:
            return (self.document.concept(usual),)
        if recent is None and _CRL.search(self.sentence.text):
            return (self.document.concept("agency:fda"),)
        return self._as_office((recent,)) if recent is not None and self.verb.status != "approved" else ()

    def _recent(self) -> Entity | None:
        """The agency named last before the sentence in its paragraph, else the one named most in the release."""
        index = self.document.index(self.sentence)
        paragraph = self.sentence.sentence.paragraph
        while index and self.document.sentences[index - 1].sentence.paragraph == paragraph:
            index -= 1
            named = self.document.sentences[index].of_kind(Kind.AGENCY)
            if named:
                return named[-1].entity
        counts = Counter(m.entity for m in self.document.mentions(Kind.AGENCY))
        return counts.most_common(1)[0][0] if counts else None

    # --- what

    def _names_drug(self) -> bool:
        return bool(self.sentence.of_kind(Kind.DRUG))

    def _status(self, name: str) -> Entity:
        return self.document.concept(f"regulatory-status:{name}")

    def _drugs(self) -> tuple[Entity, ...]:
        """What is approved or applied for: "approval of X", the verb's subject, else what was spoken of before."""
        verb = self.verb
        inside = self.sentence.at(verb.start, verb.end)
        named = tuple(m.entity for m in inside if m.entity.kind is Kind.DRUG)
        if named:
            return named[:1]
        right, left = self.drug_right(), self.drugs_left()
        active = self.subject() is not None
        if right is not None and (active or not left or verb.status != "approved" or verb.form == "noun"):
            gap = self.text[verb.end : right.start - self.sentence.start]
            # "A gained approval for gout after *B*": what stands behind the disease is not it
            linked = _LINKED.fullmatch(gap) is not None and not (left and _A_DISEASE.search(gap))
            if linked or (active and verb.form == "verb"):
                return self._with_fellows(right)
        if left:
            return tuple(dict.fromkeys(m.entity for m in left))
        if right is not None and (active or _FRONTED.match(self.text)):
            return (right.entity,)
        if self.here is not None:
            return self.here.drugs
        before = self.text[: verb.start]
        if verb.status == "approved" and not (
            active or _STANDS_FOR_DRUG.search(before) or not re.search(r"\w", before) or verb.form == "noun"
        ):
            return ()
        if (
            _DRUGS_AT_LARGE.search(before)
            or _OF_DRUGS_AT_LARGE.match(self.text, verb.end)
            or _SEVERAL.search(self.words)
            or (self.words.split()[0].endswith("s") and _AS_A_RULE.search(self.text, verb.end))
        ):
            return ()
        drug = drug_meant(self.document, self.sentence, verb.start)
        return (drug,) if drug is not None else ()

    def _with_fellows(self, first: Mention) -> tuple[Entity, ...]:
        """A drug behind the verb with those that the list goes on with: "approved *A* and *B* for X"."""
        out, last = [first.entity], first
        for mention in self.sentence.of_kind(Kind.DRUG):
            if mention.start < last.end:
                continue
            gap = self.sentence.text[last.end - self.sentence.start : mention.start - self.sentence.start]
            if gap.count("(") > gap.count(")"):
                continue  # "FLONIX (aboctinib, ABC-1)": other names of it
            if not SIDE_BY_SIDE.fullmatch(gap):
                break
            out.append(mention.entity)
            last = mention
        return tuple(dict.fromkeys(out))

    def _each_for_its_own(self) -> dict[Entity, tuple[Entity, ...]]:
        """What each of several drugs is for.

        "A for asthma and B for COPD"; "A and B … for asthma and COPD, respectively".
        """
        offset = self.sentence.start
        behind = self.right
        if _NEXT_DRUG.match(self.text, behind) and not verbs_in(self.text[behind:]):
            behind = len(self.text)
        for start, end in ((self.verb.end, behind), (self.left, self.verb.start)):
            drugs = [
                m
                for m in self.sentence.of_kind(Kind.DRUG)
                if start <= m.start - offset < end and not given_too(self.sentence, m)
            ]
            if len({m.entity for m in drugs}) > 1:
                diseases = [m for listed in disease_lists(self.sentence, start, end) for m in listed]
                own: dict[Entity, list[Entity]] = {m.entity: [] for m in drugs}
                for disease in diseases:
                    before = [m for m in drugs if m.end <= disease.start]
                    if before:
                        own[before[-1].entity].append(disease.entity)
                if all(own.values()):
                    return {drug: tuple(dict.fromkeys(its)) for drug, its in own.items()}
        if "respectively" in self.text:
            left = self.drugs_left()
            told = [m.entity for share in self._shares() for m in share.diseases]
            if len(left) == len(told) > 1:
                return {m.entity: (disease,) for m, disease in zip(left, told, strict=True)}
        return {}

    def _shares(self) -> tuple[Share, ...]:
        return shares(self.document, self.sentence, self.owned[1:], self.office)

    def _of_share(self, share: Share, what: Told) -> tuple[Entity, ...]:
        by_itself = self.subject() is not None or (self.verb.form == "noun" and has_agency(self.words))
        return what.agencies if by_itself else share.agencies or what.agencies

    def _diseases(self, drugs: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """What for: as said after the verb, before it, of the verb before, in the sentences before, of the drug."""
        right = [m.entity for share in self._shares() for m in share.diseases]
        if right or self.verb.form == "label":
            return tuple(dict.fromkeys(right))
        if self.verb.status == "approved" and _EXTENSION.search(self.text, self.left, self.right + 40):
            wider = _WIDER.search(self.text, self.verb.start)
            if wider is not None:
                return (self.sentence.mention(wider, "disease").entity,)
        begin = max(self.left, self._announced())
        named = _INDICATION.search(self.text, begin, self.verb.start)
        if named is not None:
            return (self.sentence.mention(named, "disease").entity,)
        left = [
            m for listed in disease_lists(self.sentence, begin, max(begin, self.owned[0][1])) for m in listed
        ]
        if left:
            return tuple(dict.fromkeys(m.entity for m in left))
        if self.here is not None and set(drugs) & set(self.here.drugs):
            return self.here.diseases
        if self.here is None and (whole := self._diseases_around()):
            return whole
        before = self.before
        if (
            before is not None
            and set(drugs) & set(before.drugs)
            and (before.application is not None or self.verb.status == "approved")
        ):
            return before.diseases
        if not self.known.get(drugs[0]) and (
            said_so := disease_in_words(self.sentence.text, self.verb.end, self.right)
        ):
            return (said_so,)
        spoken_of = disease_spoken_of(self.document, self.sentence, drugs[0])
        told_before = self.known.get(drugs[0], set())
        if len(told_before) == 1 and spoken_of not in told_before:
            return tuple(
                told_before
            )  # the release speaks of one disease for it wherever it tells of approval
        spoken_of = spoken_of or only_disease(self.document, drugs[0])
        return (spoken_of,) if spoken_of is not None else ()

    def _announced(self) -> int:
        """Where what is announced begins: "Acme, a company in gout, today announced that …" tells of no gout."""
        return max((m.end() for m in _ANNOUNCES.finditer(self.text, 0, self.verb.start)), default=0)

    def _diseases_around(self) -> tuple[Entity, ...]:
        """What the sentence names up to the verb's end, or, with one drug, behind it: "approval of A, first for X"."""
        begin = self._announced()
        listed = [m.entity for diseases in disease_lists(self.sentence, begin, self.right) for m in diseases]
        if not listed and len({m.entity for m in self.sentence.of_kind(Kind.DRUG)}) == 1:
            behind = [m for diseases in disease_lists(self.sentence, self.right) for m in diseases]
            end = behind[-1].end - self.sentence.start if behind else self.right
            listed = [] if _OF_STUDIES.search(self.text, self.right, end) else [m.entity for m in behind]
        return tuple(dict.fromkeys(listed))

    # --- how and when

    def _modality(self) -> Modality:
        verb = self.verb
        if verb.status == "approved" and _ONCE_IT_IS.search(self.text, 0, verb.start):
            return Modality.HYPOTHETICAL
        if verb.form in ("plan", "intent") and _NOT_PLANNED.search(self.text, 0, verb.start):
            return Modality.NEGATED
        if (
            verb.form in ("plan", "intent")
            or _NEXT_STEP.match(self.text)
            or (
                verb.status == "submitted"
                and not self._has_happened()
                and IS_AHEAD.match(self.text[: self.right], verb.end)
            )
        ):
            return Modality.PLANNED
        condition = _CONDITION.match(self.text)
        if condition is not None and verb.start < condition.end():
            return Modality.HYPOTHETICAL  # "Provided the application is accepted, …"
        if (
            verb.status == "submitted"
            and self.words in ("submits", "files")
            and _ONCE.search(self.text, 0, verb.start)
        ):
            return Modality.HYPOTHETICAL
        start = max(verb.start, verb.end - 12) if verb.form == "noun" else verb.start
        how = said(self.sentence, start, verb.end, only_before=self._has_happened())
        if how is Modality.HYPOTHETICAL and verb.status == "submitted" and condition is not None:
            # "If the trial succeeds, Acme expects to submit": the plan stands
            planned = said(self.sentence, start, verb.end, within=(condition.end(), len(self.text)))
            how = planned if planned is Modality.PLANNED else how
        if how is Modality.NEGATED and verb.status == "rejected" and "not " in self.words:
            return Modality.ASSERTED  # "did not approve"
        return Modality.ASSERTED if how is Modality.HISTORICAL else how

    def _has_happened(self) -> bool:
        """Whether the verb by its form tells what has come to pass or goes on."""
        return _EVENT.match(self.text, self.verb.start) is not None or (
            self.verb.form == "noun" and self.words.endswith(("ed", "won", "given"))
        )

    def _stated(self, how: Modality, date: str | None) -> Modality:
        """A plan where the date lies ahead; a plan to be approved is a hope."""
        if how is Modality.ASSERTED and date is not None and is_future(date, self.document.published):
            how = Modality.PLANNED
        return Modality.HYPOTHETICAL if how is Modality.PLANNED and self.verb.status != "submitted" else how

    def _date(self, own: str | None, how: Modality) -> tuple[str | None, bool]:
        """When, and whether that is only the date of the release."""
        planned = how is Modality.PLANNED
        published = self.document.published
        if how.is_claim_only:
            return None, False
        if own is not None:
            return (own if not planned or not_past(own, published) else None), False
        left = happened(self.document, self.sentence, *self.owned[0])
        if left and (not_past if planned else _not_future)(left[-1][1], published):
            return left[-1][1], False
        if planned:
            return self._expected(), False
        if (
            self.verb.state
            or self.verb.form == "label"
            or self.here is not None
            or _IS_APPROVED.search(self.words)
        ):
            return None, False  # "the only FDA-approved drug" tells a state
        news = published if is_news(self.sentence, self.document) else None
        return news, news is not None

    def _expected(self) -> str | None:
        """When what is planned is expected: "a filing is expected in 2022"."""
        relative = _WHICH_COMES.match(self.text, self.right)
        text = self.text[: relative.end() if relative else self.right]
        first = next((d for d in dates(text, on=self.document.published) if d.start >= self.verb.end), None)
        if first is None or _OTHER_STEP.search(text, self.verb.end, first.start):
            return None
        iso = first.iso
        if not not_past(iso, self.document.published) and not _A_YEAR.search(text, first.start, first.end):
            iso = f"{int(iso[:4]) + 1}{iso[4:]}"  # "in September", said in October
        return iso if not_past(iso, self.document.published) else None

    def _population(self) -> tuple[str, ...]:
        return populations(self.sentence.unnamed(self.verb.end, self.right)) if self._names_drug() else ()


def _not_future(iso: str, published: str | None) -> bool:
    return not is_future(iso, published)
