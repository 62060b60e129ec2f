"""Linked sentences → the diseases that a drug is studied, designated or approved for, and in whom.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.indication_drugs import (
    STUDY,
    drug_for,
    drug_near,
    drug_of_disease,
    heading_drug,
    is_of_next_clause,
)
from kg.extract.indication_sense import (
    begins_another_name,
    is_general,
    is_had_too,
    is_no_indication,
    is_only_met,
    only_says_in_whom,
    tells_of_no_treatment,
    tells_of_the_disease,
)
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patients import who_has
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Mention, Modality

_LEAD: Final = (
    r"(?:(?:treatment|therapy|management|prevention|prophylaxis|care|diagnosis|detection|imaging"
    r"|visuali[sz]ation|staging|mitigation"
    r"|relief|reversal|alleviation) (?:option )?(?:of|for|in)|(?:to"
    r"|for) (?:treat|treating|prevent|preventing)|treats|"
    r"(?:patients?|adults?|children|people|subjects?|individuals?|those|men|women|participants"
    r"|adolescents|infants) (?:(?:aged|ages|\d+|years?|older|and|or|of|age|,|who|have"
    r"|had) ?){0,8}?(?:with|suffering from|living with|diagnosed with|having|at risk (?:of|for))|"
    r"indicated (?:for|in)|(?:efficacy|activity|evaluated|studied|investigated|approved|developed"
    r"|tested|trials?|stud(?:y|ies)|dosing|designation|status|therapy|indications?|option|candidate"
    r"|cohorts?) (?:(?:[\w-]+|in (?:the )?(?:u\.s\.|eu|us|united states|european union|europe|japan"
    r"|china|canada)|by (?:the )?{agency}) ){0,2}?(?:in|for|of|against)|"
    r"(?:disease|illness|infections?)s? (?:caused by|due to)|vaccines? (?:candidates? )?(?:against|for)"
    r"|(?:development|phase (?:[1-4]|i{1,3})[ab]?(?:/(?:[1-4]|i{1,3})[ab]?)?) (?:for|in)|{platform} (?:for"
    r"|against)"
    r"|"
    r"(?:stud(?:y|ies)|trials?) (?:of|with|evaluating) {drug}(?: [^.;]{0,60}?)? (?:in|for)|"
    r"{drug},? (?:[\w-]+ ){0,2}?(?:in|for)|intended for|(?:stage|development|inhibitors?|antagonists?"
    r"|agonists?|antibod(?:y|ies)|conjugates?|cocktail|candidate|program(?:me)?|medicines?|{drug_class}"
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
#: "Both *small cell lung cancer* and *melanoma* were enrolled"
_ENROLLED: Final = pattern(
    rf"(?P<list>{{disease}}\)?(?:{_GLUE}{{disease}}\)?){{0,6}})(?: (?:patients|participants|subjects|tumou?rs))?"
    r" (?:was|were|are|is|can be) (?:being )?(?:enrolled|included|recruited|studied|evaluated|examined|investigated)\b"
)
_NAMED_FOR: Final = pattern(
    r"(?P<list>{disease}) (?:{platform}|vaccine|drug|therapy|treatment"
    r"|gene therapy)(?: (?:product )?candidate| program)?,? {drug}"
)
#: What may stand between two diseases of one list.
_LISTED: Final = pattern(rf"\)?{_GLUE}\(?")
_WITH: Final = Pattern(r"\)?\s+with\s+(?!(?:an?|the|or)\s)")
_POTENTIALLY: Final = Pattern(r"\bpotentially\s+$")
_DENIED: Final = Pattern(
    r"\b(?:not|never|n't)\s+(?:[\w-]+\s+){0,4}?(?:approved|authori[sz]ed|indicated|intended|studied"
    r"|tested|evaluated"
    r"|developed|developing|recommended|licensed|designated|pursue|pursuing|for|in)\b[^,;]*$",
    re.IGNORECASE,
)
#: Between two diseases of which the second is told as the first.
_AND_NEXT: Final = Pattern(r"\)?(?:,|,?\s+(?:and|or))\s+(?:[\w-]+\s+)?")
#: "…; and a programme in asthma": what follows is of another one.
_ANOTHER: Final = Pattern(
    r"[;,]\s+and\s+an?\s+(?:[\w-]+\s+){0,2}program|\band\s+(?:we|it|they|the\s+company)\s+\w+", re.IGNORECASE
)


#: "3. Indication: moderate to severe asthma": a line of a form, which tells what the release's drug is for
INDICATION_LINE: Final = Pattern(
    r"\W*(?:\(?\d{1,2}[.)]\s*)?(?:(?:proposed|target|approved|planned|lead"
    r"|intended)\s+)?(?:clinical\s+)?indications?\s*:",
    re.IGNORECASE,
)


def indications(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """The diseases that a drug is studied, designated or approved for.

    In a sentence that names the drug every disease counts that stands for nothing else; in one that only goes on
    about it, the words before the disease must say that it is treated.

    Hits: "CLR 131 … in a Phase 1 study in patients with relapsed or refractory multiple myeloma"; "AB-1, an oral
    typhoid vaccine"; "a Phase 1 study in combination with external beam radiation for head and neck cancer" (planned).
    Near misses: "focused on drugs for the treatment of cancer" (no drug); "tumor cells"; "mice were injected with
    glioma cells"; "AB-1 may cause anemia"; "Acme, a company developing AB-1 and other drugs for cancer".
    """
    diseases = sentence.of_kind(Kind.DISEASE)
    if not diseases or tells_of_no_treatment(sentence):
        return
    topic = document.topics.get(sentence.section)
    if topic is not None and topic.kind is Kind.DISEASE and not sentence.of_kind(Kind.DRUG):
        return
    under = heading_drug(document, sentence)
    if under is None and INDICATION_LINE.match(sentence.text) and not sentence.of_kind(Kind.DRUG):
        under = document.drug_of(sentence)
    drug = drug_for(document, sentence) or under
    if drug is None:
        return
    seen: set[int] = set()
    spoken_of = None if sentence.of_kind(Kind.DRUG) else drug  # "the FDA granted it … designations in asthma"
    if not tells_of_the_disease(sentence):
        for match in _said_to_be_treated(sentence.frame):
            by_study = match.re is _ADJECTIVE.compiled
            if by_study and not (STUDY.search(sentence.text) and sentence.of_kind(Kind.DRUG)):
                continue
            listed = [
                m
                for m in sentence.at(match.start("list"), match.end("list"))
                if m.entity.kind is Kind.DISEASE
            ]
            near = drug_near(sentence, match)
            yield from _of_list(document, sentence, listed, seen, drug, near=near)
    if sentence.of_kind(Kind.DRUG, Kind.DESIGNATION) or (
        under is not None and not tells_of_the_disease(sentence)
    ):
        for listed in _lists(sentence):
            if is_no_indication(sentence, listed[0]):
                continue
            told = [m for m in listed if m.start not in seen and not is_no_indication(sentence, m)]
            if told:
                yield from _of_list(document, sentence, listed, seen, spoken_of, only=told)


@lru_cache(256)  # several rules ask for the indications of one sentence
def _said_to_be_treated(frame: str) -> tuple[re.Match[str], ...]:
    return tuple(m for form in (_TREATED, _ENROLLED, _ADJECTIVE, _NAMED_FOR) for m in form.finditer(frame))


#: Between two drugs that are spoken of in one breath.
_TOGETHER: Final = Pattern(
    r"[™®\s]*(?:\([^()]*\)\s*)?(?:,[^.;]{3,90},\s*)?(?:and|plus|\+|(?:in\s+combination|combined"
    r"|together)\s+with)\s+"
    r"(?:[\w'’-]+\s+){0,2}"
)


def shared(sentence: LinkedSentence, told: Sequence[Fact], own: Set[Entity]) -> Iterator[Fact]:
    """What a sentence tells of one drug of the issuer, told of the other that it names in the same breath.

    Hits: "AB-1 plus AB-2 in gout".
    Near misses: "AB-1 in gout and AB-2 in asthma"; "AB-1 plus pembrolizumab in melanoma".

    Args:
        sentence: where the indications were found.
        told: what `indications` found in it.
        own: the drugs of the issuer.
    """
    drugs = sentence.of_kind(Kind.DRUG) if told else ()
    for one, other in pairwise(drugs):
        gap = sentence.text[one.end - sentence.start : other.start - sentence.start]
        if (
            one.entity == other.entity
            or not {one.entity, other.entity} <= own
            or not _TOGETHER.fullmatch(gap)
        ):
            continue
        if any(one.end <= disease.start < other.start for disease in sentence.of_kind(Kind.DISEASE)):
            continue  # "AB-1 (Phase 2, asthma) and AB-2"
        for subject, missing in ((one.entity, other.entity), (other.entity, one.entity)):
            known = {f.object for f in told if f.subject == missing}
            yield from (
                replace(f, subject=missing) for f in told if f.subject == subject and f.object not in known
            )


def _of_list(
    document: LinkedDocument,
    sentence: LinkedSentence,
    listed: Sequence[Mention],
    seen: set[int],
    fallback: Entity | None,
    *,
    near: Entity | None = None,
    only: Sequence[Mention] | None = None,
) -> Iterator[Fact]:
    """The facts of diseases that stand side by side.

    Args:
        document: the release.
        sentence: where they stand.
        listed: the diseases, in order.
        seen: offsets of those that are told already; this adds to them.
        fallback: the drug where the sentence names none before the disease.
        near: the drug that the words around the list name.
        only: those of the list that count; all where it is None.
    """
    who_of = dict(zip(listed, who_has(document, sentence, listed), strict=True))
    last = listed[0].start
    accompanied = beside = False
    for mention in listed:
        gap = document.text[last : mention.start] if mention is not listed[0] else ""
        last = mention.end
        accompanied = accompanied or _WITH.match(gap) is not None
        if accompanied or mention.start in seen or (only is not None and mention not in only):
            continue  # "amyloidosis with cardiomyopathy or polyneuropathy" is one disease
        if begins_another_name(sentence, mention) or is_general(mention.entity):
            continue
        if is_only_met(sentence, mention):
            beside = True
            continue
        beside = beside and _AND_NEXT.fullmatch(gap) is not None
        if beside:
            continue  # "a history of stroke or *heart attack*"
        if only_says_in_whom(sentence, mention, seen) or is_had_too(sentence, mention):
            continue
        if _ANOTHER.search(gap):
            return
        if is_of_next_clause(sentence, mention):
            continue
        if re.match(r"\)?,\s+(?:which\s+is\s+)?(?:an?|the)\s", gap):
            continue  # "rhabdomyosarcoma, a rare pediatric cancer" names one disease
        said = drug_of_disease(document, sentence, mention, near=near, fallback=fallback)
        if said is None or (any(is_established(n) for n in said.names) and said != document.subject):
            continue
        seen.add(mention.start)
        yield statement(
            document, sentence, "drugs.indication", "drug_indication", said, mention.entity,
            {"population": who_of[mention] or None}, modality=_modality(sentence, mention), confidence=0.9,
        )  # fmt: skip


def _lists(sentence: LinkedSentence) -> list[list[Mention]]:
    """The diseases of a sentence, those together that only commas, "and" and words of a list part."""
    out: list[list[Mention]] = []
    for mention in sentence.of_kind(Kind.DISEASE):
        if out and _LISTED.fullmatch(
            sentence.frame, out[-1][-1].end - sentence.start, mention.start - sentence.start
        ):
            out[-1].append(mention)
        else:
            out.append([mention])
    return out


def _modality(sentence: LinkedSentence, mention: Mention) -> Modality:
    """How it is told that a drug is for a disease: what ended or failed was for it too."""
    at = mention.start - sentence.start
    how = modality(sentence.text, at, mention.end - sentence.start)
    if _POTENTIALLY.search(sentence.text, 0, at):
        return Modality.HYPOTHETICAL
    if how is Modality.NEGATED and not _DENIED.search(sentence.text, 0, at):
        return Modality.ASSERTED  # "the trial in asthma did not meet its endpoint"
    return Modality.ASSERTED if how is Modality.HISTORICAL else how


#: Signs of diseases, and chapters of medicine: "kidney diseases", "inherited metabolic disorders", "blood cancers".
_UMBRELLA: Final = Pattern(
    r"proteinuria|albuminuria|ha?ematuria|"
    r"(?:(?:inherited|genetic|rare|serious|severe|orphan|human|other|acute)\s+)*"
    r"(?:(?:autoimmune|allergic|inflammatory|immune-mediated|immunological|cardiovascular|cardiometabolic"
    r"|metabolic|kidney"
    r"|renal|liver|lung|respiratory|pulmonary|retinal|eye|ocular|ophthalmic|skin|dermatological|neurological"
    r"|neurodegenerative|neuromuscular|psychiatric|mental|blood|hematologic(?:al)?|bleeding"
    r"|gastrointestinal|bone|muscle"
    r"|heart|complement-mediated|endocrine|genetic|infectious|viral|bacterial|kidney system"
    r"|connective tissue)\s+"
    r"(?:system\s+)?(?:diseases?|disorders?|conditions?|infections?)"
    r"|(?:(?:blood|ha?ematologic(?:al)?|epithelial|advanced)\s+)?(?:cancers?|malignanc(?:y|ies)"
    r"|neoplasms?)|carcinomas?|disease\s+of\s+(?:metabolism|mental\s+health|cellular\s+proliferation|anatomical\s+entity))",
    re.IGNORECASE,
)


def without_umbrellas(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Indications without the chapters of medicine that stand beside the disease itself.

    Hits: "AB-1 is for IgA nephropathy and other *kidney diseases*". Near miss: "AB-1 is for autoimmune diseases".
    """
    precise = {f.subject for f in facts if f.modality in _TOLD and not _UMBRELLA.fullmatch(_name(f.object))}
    yield from (f for f in facts if f.subject not in precise or not _UMBRELLA.fullmatch(_name(f.object)))


_TOLD: Final = (Modality.ASSERTED, Modality.PLANNED)


def diseases_named(document: LinkedDocument) -> Iterator[tuple[LinkedSentence, Mention]]:
    """The diseases that a release speaks of as ones that people are treated for, chapters of medicine apart."""
    for sentence in document.statements():
        if sentence.section.kind is SectionKind.ABOUT or tells_of_no_treatment(sentence):
            continue
        for mention in sentence.of_kind(Kind.DISEASE):
            if not (
                is_no_indication(sentence, mention)
                or is_general(mention.entity)
                or begins_another_name(sentence, mention)
                or _UMBRELLA.fullmatch(mention.entity.label)
            ):
                yield sentence, mention


_FEW: Final = 2  # diseases
_OFTEN: Final = 3  # times that a drug is named which a release is surely about


def of_subject(document: LinkedDocument, told: Sequence[Fact]) -> Iterator[Fact]:
    """What the drug that a release is about is for, where no sentence says it of any drug: what the release names.

    Hits: "Acme reports data on AB-1. … 281 patients with gout were randomized". Near misses: three diseases; another
    drug that has its own.
    """
    subject = document.subject
    titles = document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    titled = {m.entity for title in titles for m in title.of_kind(Kind.DRUG)}
    if (
        subject is None
        or any(not fact.modality.is_claim_only for fact in told)
        or any(is_established(name) for name in subject.names)
        or sum(m.entity == subject for m in document.mentions(Kind.DRUG)) < _OFTEN - (subject in titled)
    ):
        return
    named: dict[Entity, tuple[LinkedSentence, Mention]] = {}
    for sentence, mention in diseases_named(document):
        named.setdefault(mention.entity, (sentence, mention))
    for sentence, mention in named.values() if len(named) <= _FEW else ():
        yield statement(
            document, sentence, "drugs.indication.only", "drug_indication", subject, mention.entity,
            {"population": who_has(document, sentence, [mention])[0] or None}, confidence=0.8,
        )  # fmt: skip


def _name(object_: object) -> str:
    return object_.label if isinstance(object_, Entity) else ""
