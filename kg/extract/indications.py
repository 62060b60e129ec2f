"""Linked sentences → the diseases that a drug is studied, designated or approved for, and in whom.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.drug_facts import drug_fact
from kg.extract.drug_names import is_established
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.values import populations
from kg.model import Entity, Fact, Kind, Mention, Modality

_LEAD: Final = (
    r"(?:(?:treatment|therapy|management|prevention|prophylaxis|care) (?:option )?(?:of|for)|(?:to"
    r"|for) (?:treat|treating|prevent|preventing)|treats|"
    r"(?:patients?|adults?|children|people|subjects?|individuals?|those|men|women|participants"
    r"|adolescents|infants) (?:(?:aged|ages|\d+|years?|older|and|or|of|age|,|who|have"
    r"|had) ?){0,8}?(?:with|suffering from|living with|diagnosed with|having|at risk (?:of|for))|"
    r"indicated (?:for|in)|(?:efficacy|activity|evaluated|studied|investigated|approved|developed"
    r"|tested|trials?|stud(?:y|ies)|dosing|designation|status|therapy|indications?|option|candidate"
    r"|cohorts?) (?:(?:[\w-]+|in (?:the )?(?:u\.s\.|eu|us|united states|european union|europe|japan"
    r"|china|canada)|by (?:the )?{agency}) ){0,2}?(?:in|for|of|against)|"
    r"(?:disease|illness|infections?)s? (?:caused by|due to)|vaccines? (?:candidates? )?(?:against|for)"
    r"|(?:development|phase (?:[1-4]|i{1,3})[ab]?(?:/(?:[1-4]|i{1,3})[ab]?)?) (?:for|in)|{platform} for"
    r"|"
    r"(?:stud(?:y|ies)|trials?) (?:of|with|evaluating) {drug}(?: [^.;]{0,60}?)? (?:in|for)|"
    r"{drug},? (?:[\w-]+ ){0,2}?(?:in|for)|intended for|(?:stage|development|inhibitors?|antagonists?"
    r"|agonists?|antibod(?:y|ies)|conjugates?|cocktail|candidate|programme?|medicines?|{drug_class}"
    r"|{target}|{payload}) (?:for|against)|designation (?:to|of) {drug} (?:for|in)|(?:being|diseases"
    r"|cancers|indications) (?:studied|evaluated)?,? ?includ(?:e|es|ing)|"
    r"(?:radiation|therapy|chemotherapy|immunotherapy|surgery|{treatment}|{drug}) for|designated for"
    r"|for use in)"
)
_BETWEEN: Final = (
    r"(?:(?!with\b|who\b|that\b|which\b|by\b|to\b(?! severe)|where\b|compared\b)(?:[\w/+'’%-]+"
    r"|{target}[\w/+-]*),? |\([^()\ue000]*\),? ?)"
)
_GLUE: Final = (
    r"(?:(?:,|;|/| \(|\)|\),|:)? ?(?:(?:and|or|as well as|including|such as|e\.g\.|both|either|also"
    r"|potentially|select|certain|other|of|a|an|range|variety|the|in|for|with|patients|\(?[a-z/]+\)?) "
    r"|[\w/+-]+ ){0,6}?)"
)
_TREATED: Final = pattern(
    rf"(?<!\w){_LEAD} {_BETWEEN}{{0,9}}?\(?(?P<list>{{disease}}\)?(?:{_GLUE}{{disease}}\)?){{0,14}})"
)
_ADJECTIVE: Final = pattern(
    r"(?P<list>{disease})(?:/{disease})? (?:[\w-]+ ){0,2}?(?:cohorts?|arms?|patients|stud(?:y|ies)"
    r"|trials?|program|indications?|setting|population)\b"
)
_NAMED_FOR: Final = pattern(
    r"(?P<list>{disease}) (?:{platform}|vaccine|drug|therapy|treatment"
    r"|gene therapy)(?: (?:product )?candidate| program)?,? {drug}"
)
_NOT_AFTER: Final = re.compile(
    r"[-\s]*(?:cells?\b|cell[- ](?!lung|carcinoma|lymphoma|leuk|tumou?r|malignan)|stem\b|targeting"
    r"|cent(?:er|re)s?\b|research|society|(?:disease\s+)?(?:reduction|progression|worsening"
    r"|clearance)\b|growth|models?\b|xenograft|biology|drugs\b|medicines\b|membrane|types?\b|burden"
    r"|market)",
    re.IGNORECASE,
)
_STUDY: Final = re.compile(
    r"\b(?:phase\s+(?:[1-4]|I{1,3}V?)|stud(?:y|ies)|trials?|cohorts?|program)\b", re.IGNORECASE
)
_DRUG_WORD: Final = re.compile(
    r"^(?:it|this (?:drug|therapy|compound|candidate|vaccine|antibody|treatment)|the (?:drug|therapy"
    r"|compound|candidate|vaccine|antibody|treatment|product))\b",
    re.IGNORECASE,
)
_UNSAID: Final = re.compile(
    r"\b(?:incidence|prevalence|survival rate|diagnosed each year|worldwide|deaths?|characteri[sz]ed by"
    r"|is a (?:rare|common|chronic|serious))\b",
    re.IGNORECASE,
)
_GENERAL: Final = frozenset(
    {"disease", "cancer", "syndrome", "rare diseases", "rare disease", "genetic disease"}
)


def indications(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """The diseases that a drug is studied, designated or approved for.

    Hits: "CLR 131 … in a Phase 1 study in patients with relapsed or refractory multiple myeloma";
    "a Phase 1 study in combination with external beam radiation for head and neck cancer" (planned).
    Near misses: "focused on drugs for the treatment of cancer" (no drug); "tumor cells"; "mice were
    injected with glioma cells"; "approximately 40% of childhood soft tissue sarcomas".
    """
    diseases = sentence.of_kind(Kind.DISEASE)
    if not diseases or re.search(
        r"\b(?:mice|mouse|rats?|murine|xenografts?|cell lines?|in vitro)\b", sentence.text, re.IGNORECASE
    ):
        return
    topic = document.topics.get(sentence.section)
    if topic is not None and topic.kind is Kind.DISEASE and not sentence.of_kind(Kind.DRUG):
        return
    drug = _drug_for(document, sentence)
    if drug is None or _UNSAID.search(sentence.text):
        return
    seen: set[int] = set()
    for form in (_TREATED, _ADJECTIVE, _NAMED_FOR):
        for match in form.finditer(sentence.frame):
            if form is _ADJECTIVE and not (_STUDY.search(sentence.text) and sentence.of_kind(Kind.DRUG)):
                continue
            listed = [
                m
                for m in sentence.at(match.start("list"), match.end("list"))
                if m.entity.kind is Kind.DISEASE
            ]
            everyone, first = _populations(document, sentence, match)
            last = match.start("list") + sentence.start
            for mention in listed:
                after = sentence.text[mention.end - sentence.start :]
                if (
                    mention.start in seen
                    or _NOT_AFTER.match(after)
                    or _is_general(mention.entity)
                    or mention.text.lower() == "oncology"
                ):
                    last = mention.end
                    continue
                gap = document.text[last : mention.start] if mention is not listed[0] else ""
                if re.match(r"\)?,\s+(?:which\s+is\s+)?(?:an?|the)\s", gap):
                    last = mention.end  # "rhabdomyosarcoma, a rare pediatric cancer" names one disease
                    continue
                seen.add(mention.start)
                said = _drug_near(sentence, match) or _drug_before(document, sentence, mention) or drug
                if any(is_established(n) for n in said.names) and said != document.subject:
                    continue
                own = populations(sentence.unnamed(last - sentence.start, mention.start - sentence.start))
                if mention is listed[0]:
                    own = tuple(dict.fromkeys((*first, *own)))
                own = tuple(dict.fromkeys((*everyone, *own)))
                last = mention.end
                at = mention.start - sentence.start
                how = modality(sentence.text, at, mention.end - sentence.start)
                if re.search(r"\bpotentially\s+$", sentence.text[:at]):
                    how = Modality.HYPOTHETICAL
                if how in (Modality.HISTORICAL,):
                    how = Modality.ASSERTED
                yield drug_fact(
                    document, sentence, "indication", "drug_indication", said, mention.entity,
                    {"population": own or None}, modality=how, confidence=0.9,
                )  # fmt: skip


def _is_general(entity: Entity) -> bool:
    """Whether a disease is a chapter of medicine rather than something a drug is tested in."""
    return entity.label in _GENERAL or entity.label.endswith(("system disease", "system disorder"))


_PEOPLE: Final = re.compile(
    r"\b(?:patients?|adults?|children|people|subjects|individuals|men|women|participants|adolescents"
    r"|infants)\b",
    re.IGNORECASE,
)


def _populations(
    document: LinkedDocument, sentence: LinkedSentence, match: re.Match[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who a list of diseases is about: the words that hold for all of it, those that hold for its first.

    "*pediatric* patients with neuroblastoma, sarcomas" holds for all; "patients with *R/R* MM and a range of
    B-cell malignancies" for the first.
    """
    start = match.start("list")
    before = [m for m in sentence.of_kind(Kind.DISEASE) if m.end - sentence.start <= start]
    low = max([start - 70, *(m.end - sentence.start for m in before[-1:])], default=0)
    stretch = sentence.unnamed(max(0, low), start)
    people = list(_PEOPLE.finditer(stretch))
    everyone: tuple[str, ...] = ()
    if people:
        everyone = populations(stretch[: people[-1].end()])
        stretch = stretch[people[-1].end() :]
    elif re.search(r"\bbeing (?:studied|evaluated)\b[^.;]*\binclud", sentence.text, re.IGNORECASE):
        # "The cancers being studied include …" goes on from the sentence before.
        index = document.index(sentence)
        if index and document.sentences[index - 1].sentence.paragraph == sentence.sentence.paragraph:
            everyone = populations(document.sentences[index - 1].text)
    return everyone, populations(stretch)


def _drug_for(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The drug of a sentence that speaks of treatment, if it speaks of one.

    A sentence that names no drug counts where "it" is one, or where a study of the section's drug is spoken of.
    """
    own = sentence.of_kind(Kind.DRUG)
    if own:
        return document.drug_of(sentence)
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return None
    if _DRUG_WORD.search(sentence.text) or (
        _STUDY.search(sentence.text)
        and not re.search(r"\b(?:studies|trials) (?:have|has|show)", sentence.text)
    ):
        return document.drug_of(sentence)
    topic = document.topics.get(sentence.section)
    listed = re.search(r"\b(?:being|are|were) (?:studied|evaluated|enrolled|treated)\b", sentence.text)
    return topic if listed and topic is not None and topic.kind is Kind.DRUG else None


def _drug_before(document: LinkedDocument, sentence: LinkedSentence, disease: Mention) -> Entity | None:
    """The last drug before a disease that is not only given with, or compared to, another."""
    out: Entity | None = None
    partners: set[Entity] = set()
    last: Mention | None = None
    for mention in sentence.of_kind(Kind.DRUG):
        if mention.end > disease.start:
            break
        before = sentence.text[: mention.start - sentence.start]
        established = (
            any(is_established(n) for n in mention.entity.names) and mention.entity != document.subject
        )
        # "AB-1 for asthma and AB-2 for gout": what has its own disease is not given with the one before
        apart = last is not None and any(
            last.end <= d.start and d.end <= mention.start for d in sentence.of_kind(Kind.DISEASE)
        )
        apart = apart and re.search(r"\band\s+(?:[\w-]+\s+){0,2}$", before) is not None
        given = out is not None and not apart and _GIVEN_WITH.search(before)
        last = mention
        if given:
            partners.add(mention.entity)
        if not established and mention.entity not in partners:
            out = mention.entity
    return out


_GIVEN_WITH: Final = re.compile(
    r"(?<!; )\b(?:with|plus|versus|vs\.?|than|to|or|and)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)


def _drug_near(sentence: LinkedSentence, match: re.Match[str]) -> Entity | None:
    """The drug of the match itself, unless it is only what another is given with."""
    for mention in sentence.at(match.start(), match.end()):
        if mention.entity.kind is Kind.DRUG:
            before = sentence.text[: mention.start - sentence.start]
            others = any(m.end <= mention.start for m in sentence.of_kind(Kind.DRUG))
            return None if others and _GIVEN_WITH.search(before) else mention.entity
    return None
