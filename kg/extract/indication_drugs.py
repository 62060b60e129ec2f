"""A disease in its sentence → the drug that it belongs to: of several the right one, or one that is only meant.

Before `kg.extract.indications`, which asks for it.
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention

#: Words for a study, by which a sentence that names no drug tells of one that is tested.
STUDY: Final = Pattern(
    r"\b(?:phase\s+(?:[1-4]|I{1,3}V?)|stud(?:y|ies)|trials?|cohorts?|program|enrol\w*|recruit\w*"
    r"|randomi[sz]\w+)\b",
    re.IGNORECASE,
)
_DRUG_WORD: Final = Pattern(
    r"^(?:it|this (?:drug|therapy|compound|candidate|vaccine|antibody|treatment)|the (?:drug|therapy"
    r"|compound|candidate|vaccine|antibody|treatment|product))\b",
    re.IGNORECASE,
)


def drug_for(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The drug of a sentence that speaks of treatment, if it speaks of one.

    A sentence that names no drug counts where "it" is one, or where a study of the section's drug is spoken of.
    """
    own = sentence.of_kind(Kind.DRUG)
    if own:
        return document.drug_of(sentence)
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return None
    if sentence.of_kind(Kind.DESIGNATION, Kind.REGULATORY_ACTION):
        return document.drug_of(sentence)
    if _DRUG_WORD.search(sentence.text) or (
        STUDY.search(sentence.text)
        and not re.search(r"\b(?:studies|trials) (?:have|has|show)", sentence.text)
    ):
        return document.drug_of(sentence)
    topic = document.topics.get(sentence.section)
    listed = re.search(r"\b(?:being|are|were) (?:studied|evaluated|enrolled|treated)\b", sentence.text)
    return topic if listed and topic is not None and topic.kind is Kind.DRUG else None


def heading_drug(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The drug under whose heading a sentence without a drug stands: what it tells is told of that drug."""
    if sentence.of_kind(Kind.DRUG):
        return None
    return document.headings.get(sentence.sentence.paragraph)


def drug_of_disease(
    document: LinkedDocument,
    sentence: LinkedSentence,
    disease: Mention,
    *,
    near: Entity | None,
    fallback: Entity | None,
) -> Entity | None:
    """The drug that a disease belongs to: right behind it, else near it, else the last before it.

    Args:
        document: the release.
        sentence: where the disease stands.
        disease: what some drug is for.
        near: the drug that the words around the disease name.
        fallback: the drug where the sentence names none before the disease.
    """
    return (
        _drug_behind(sentence, disease)
        or near
        or _drug_before(document, sentence, disease)
        or fallback
        or _only_drug(document, sentence, disease)
    )


_DRUG_BEHIND: Final = pattern(
    r"\ue0ff*(?:(?: (?:patients?|participants?|cohort|subjects?) (?:was |were |has been "
    r"|have been )?(?:treated "
    r"|dosed )?(?:with|on|of|in)"
    r"| (?:vaccine|drug|therapy|treatment|candidate|program(?:me)?|trial|study"
    r"|{platform})(?: candidate)?(?: of|,)?)"
    r" (?:an? |the )?(?P<drug>{drug})|, (?P<named>{drug})(?=,| is\b| was\b| has\b))"
)


def _drug_behind(sentence: LinkedSentence, mention: Mention) -> Entity | None:
    """The drug of "treated the first lupus patient with AB-1", "a dengue vaccine, AB-2"."""
    match = _DRUG_BEHIND.match(sentence.frame, mention.end - sentence.start)
    if match is None:
        return None
    return sentence.mention(match, "drug" if match["drug"] else "named").entity


#: "BREVAIR (formoterol/ciclesonide)": what stands in the bracket is a part of what stands before it.
_COMPONENT: Final = Pattern(r"[®™)\w]\s*\([^()]*$")
#: "AB-1 is an antagonist, and AB-2 …": what has a clause of its own is given with nothing.
_OWN_CLAUSE: Final = Pattern(r"\b(?:is|are|was|were|has)\b.*(?:,|;)\s+and\s+(?:[\w-]+\s+){0,2}$", re.DOTALL)
_NEXT_ITEM: Final = Pattern(r",\s+and\s+(?:the\s+)?$")
_MADE_OF: Final = Pattern(
    r"\b(?:formulation|version|form|prodrug|analog(?:ue)?|derivative|metabolite|salt|biosimilar"
    r"|copy)s?\s+(?:of|to)\s+$",
    re.IGNORECASE,
)
_GIVEN_WITH: Final = Pattern(
    r"(?<!; )\b(?:with|plus|versus|vs\.?|than|to|or|and)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)


_RIGHT_FOR: Final = Pattern(r"[®™]?(?:\s*\([^()]*\))?\s+(?:for|in)\s+(?:[\w-]+\s+){0,4}")


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
        rest = sentence.text[mention.end - sentence.start : disease.start - sentence.start]
        if last is not None and _RIGHT_FOR.fullmatch(rest) and re.search(r"(?:,|\band) (?:\w+ )?$", before):
            own = any(last.end <= d.start and d.end <= mention.start for d in sentence.of_kind(Kind.DISEASE))
            if own:
                return mention.entity  # "A for asthma and *B* (INN) for gout"
        # "AB-1 for asthma and AB-2 for gout": what has its own disease is not given with the one before
        apart = last is not None and any(
            last.end <= d.start and d.end <= mention.start for d in sentence.of_kind(Kind.DISEASE)
        )
        apart = apart and re.search(r"\band\s+(?:[\w-]+\s+){0,2}$", before) is not None
        between = sentence.text[last.end - sentence.start : mention.start - sentence.start] if last else ""
        apart = apart or _OWN_CLAUSE.search(between) is not None
        # "AB-1 for asthma, AB-2, and AB-3 for gout": items of a list of which others have their own disease
        apart = apart or (
            _NEXT_ITEM.search(before) is not None
            and any(d.end <= mention.start for d in sentence.of_kind(Kind.DISEASE))
        )
        given = out is not None and not apart and _GIVEN_WITH.search(before)
        last = mention
        if given or _MADE_OF.search(before) or (out is not None and _COMPONENT.search(before)):
            partners.add(mention.entity)
        if mention.entity not in partners and (not established or out is None):
            out = mention.entity
    return out


def drug_near(sentence: LinkedSentence, match: re.Match[str]) -> Entity | None:
    """The drug of the match itself, unless it is only what another is given with."""
    for mention in sentence.at(match.start(), match.end()):
        if mention.entity.kind is Kind.DRUG:
            before = sentence.text[: mention.start - sentence.start]
            others = any(m.end <= mention.start for m in sentence.of_kind(Kind.DRUG))
            return None if others and _GIVEN_WITH.search(before) else mention.entity
    return None


#: "In patients with asthma, AB-1 …": what opens a sentence holds for the drug behind it.
_INTRODUCED: Final = Pattern(r"[\s\"'*•·–—-]*(?:In|For|Among|As)\b")


def _only_drug(document: LinkedDocument, sentence: LinkedSentence, mention: Mention) -> Entity | None:
    """The one drug that a sentence names, comparators and partners apart."""
    own = sentence.of_kind(Kind.DRUG)
    if own and mention.end <= own[0].start and not _INTRODUCED.match(sentence.text):
        gap = sentence.text[mention.end - sentence.start : own[0].start - sentence.start]
        if "," in gap or ";" in gap or len(gap) > 60:
            return None  # "in colorectal cancer and, in AB-1, with a second conjugate"
    drugs = dict.fromkeys(
        m.entity
        for m in own
        if m.entity == document.subject or not any(is_established(n) for n in m.entity.names)
    )
    return next(iter(drugs)) if len(drugs) == 1 else None


#: "…, and we initiated our BETA study in gout": what a clause of the company's tells is of another drug.
_NEXT_CLAUSE: Final = Pattern(
    r"\band\s+(?:we|the\s+company)\s+(?:have\s+|has\s+|also\s+)*\w+.*\b(?:trial|study)\b"
    # titles: "Approval of AB-1, Positive Phase 2 Data in gout"
    r"|,\s+(?:and\s+)?(?:[Pp]ositive|[Nn]ew|[Ff]urther|[Ii]nterim|[Tt]opline|[Ss]trong|[Ee]ncouraging)\s+"
    r"(?:[\w-]+\s+){0,4}(?:[Dd]ata|[Rr]esults)\s+(?:in|for)\b"
)


def is_of_next_clause(sentence: LinkedSentence, disease: Mention) -> bool:
    """Whether the clause of a disease begins behind the last drug before it and tells of a study with no drug."""
    drugs = [m.end for m in sentence.of_kind(Kind.DRUG) if m.end <= disease.start]
    if not drugs:
        return False
    return (
        _NEXT_CLAUSE.search(sentence.text, max(drugs) - sentence.start, disease.start - sentence.start)
        is not None
    )
