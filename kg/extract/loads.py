"""Linked sentences → what a drug carries, where toxin, isotope or oligonucleotide only stands beside it.

Between linking and `kg.extract.payloads`, which has the forms that say so outright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.frames import pattern
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Mention, Modality

#: Isotopes by which a drug is seen rather than acts.
FOR_IMAGING: Final = frozenset(
    f"payload:{isotope}"
    for isotope in (
        "gallium-68", "gallium-67", "fluorine-18", "zirconium-89", "copper-64", "copper-61", "technetium-99m",
        "indium-111", "iodine-124", "iodine-123", "rubidium-82", "lead-203",
    )
)  # fmt: skip
#: Payloads that are drugs or classes of drugs too: such a word must be said to be a load.
_DRUGS_TOO: Final = frozenset(
    f"payload:{name}"
    for name in (
        "chemotherapeutic", "cytotoxic-payload", "paclitaxel", "docetaxel", "doxorubicin", "gemcitabine", "melphalan",
        "eribulin", "belotecan", "exatecan", "tubulin-inhibitor", "topoisomerase-i-inhibitor", "ksp-inhibitor",
        "rna-polymerase-ii-inhibitor", "nampt-inhibitor", "bcl-xl-inhibitor", "sting-agonist-payload",
        "tlr-agonist-payload", "radioisotope", "radioiodine", "alpha-emitter", "beta-emitter", "diphtheria-toxin",
        "dm1", "pbd",
    )
)  # fmt: skip
_GENERAL: Final = frozenset(
    f"payload:{name}"
    for name in ("radioisotope", "chemotherapeutic", "cytotoxic-payload", "alpha-emitter", "beta-emitter")
)
#: "the topoisomerase I inhibitor deruxilan": a payload that no vocabulary lists, behind what it is.
_NAMED_LOAD: Final = Pattern(
    r"\s+(?:payload\s+)?([a-z]{6,}(?:can|lan|tin|sine|cin|ine|tan|kin|lin|side))(?![\w-])"
)


def by_its_name(sentence: LinkedSentence, mention: Mention) -> Entity:
    """The payload of a mention, by the name that stands right behind where the mention says only what it is."""
    found = _NAMED_LOAD.match(sentence.text, mention.end - sentence.start)
    if found is None or not mention.text.casefold().endswith(("inhibitor", "toxin", "agent")):
        return mention.entity
    return Entity(Kind.PAYLOAD, found[1])


#: What a sentence says that speaks of loads.
_LOADED: Final = Pattern(
    r"payload|warhead|conjugat|linke[dr]|linking|toxin|armed|attached|coupl|\bADCs?\b|\bloaded|label|\bfus(?:ed|ion)"
)
#: Between a drug and what stands behind it: something else is spoken of.
_ELSEWHERE: Final = Pattern(
    r"\b(?:in\s+combination|combined\s+with|plus|versus|vs\b|compared|followed\s+by|prior|previous\w*|pre-?treated|after"
    r"|progress\w*|refractory|resistan\w+|instead|rather|unlike|than|control|such\s+as|without|not|no|neither|while"
    r"|(?:studied|given|tested|evaluated|treated|dosed|used|administered|received|receiving|scanned|imaged|measured)\s+"
    r"(?:\w+\s+)?(?:with|by|using)|patients\s+with|vaccines?|whereas|suppl(?:y|ies|ier)|agreement|production|producer|acquir\w+|facility|pipeline|platform|answer|alternative)\b|;",
    re.IGNORECASE,
)
#: Isotopes that patients are also scanned with: the gap must say that the drug is labelled so.
_IMAGED: Final = Pattern(r"label|tracer|agent|diagnostic|radioligand|^\s?\(|,\s+an?\s|\bis\s+an?\s")
#: Behind a payload: it is only the first word of another name.
_PART_OF_NAME: Final = Pattern(
    r"(?:[-\s]\(?|\]|\))(?:DOTA|PSMA|FAP|(?!antibod|payload|warhead|toxin|deriv|linker|based|label|radiolabel|emitt|conj)"
    r"[a-z]{4,}(?:tide|tate|toc|noc|tan|tin|mab))",
)
#: Drugs told in one breath: "AB-1, AB-2 and AB-3".
_AND: Final = Pattern(r"\s*(?:\([^()]*\))?\s*(?:,|,?\s*\band\b|&)\s*")
#: Between a name and the load that it is said to be, and before such a name.
_IS_LOAD: Final = Pattern(r"[™®]?,?\s+(?:an?|the|its|our|is\s+an?)\s+(?:[\w-]+\s+){0,4}")
_CARRIED: Final = Pattern(
    r"payload|warhead|\bcarr(?:y|ies|ying)\b|conjugat|linke|deliver|armed|toxin|attached|with|linker"
)
_NEAR: Final = 170  # characters


def loads_beside(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Isotopes and toxins of the drug that stands before them in the sentence.

    Hits: "AB-1, a targeted alpha therapy based on *lead-212*"; "AB-1 … releases *MMAE*, which disrupts microtubules";
    "AB-1 and AB-2, both with a *tubulysin* payload".
    Near misses: "AB-1 in patients previously treated with *lutetium-177*"; "AB-1 versus *eribulin*".
    """
    loads = sentence.of_kind(Kind.PAYLOAD)
    drugs = [
        m
        for m in (sentence.of_kind(Kind.DRUG) if loads else ())
        if m.entity == document.subject or not any(is_established(n) for n in m.entity.names)
    ]
    if not drugs or "accin" in sentence.text:
        return  # "a ricin toxin vaccine"
    spoken_of = _LOADED.search(sentence.text) is not None
    yield from _loads_before(document, sentence)
    for load in loads:
        if load.entity.concept in _GENERAL or (load.entity.concept in _DRUGS_TOO and not spoken_of):
            continue
        if load.entity.concept in FOR_IMAGING and _IMAGED.search(_gap(sentence, drugs, load)) is None:
            continue
        if _PART_OF_NAME.match(sentence.text, load.end - sentence.start):
            continue
        topic = document.topics.get(sentence.section)
        meant = topic if topic is not None and topic.kind is Kind.DRUG else None
        for drug, what in _carriers(sentence, drugs, load, meant):
            how = modality(sentence.text, load.start - sentence.start, load.end - sentence.start)
            yield statement(
                document, sentence, "drugs.payload-beside", "drug_payload", drug, what,
                modality=Modality.ASSERTED if how is Modality.PLANNED else how,
                confidence=0.75,
            )  # fmt: skip


#: "our lead *amanitin*-based ADC candidate, AB-1"; "the 177Lu-labelled peptide AB-2"
_BEFORE: Final = pattern(
    r"(?P<what>{payload})(?:[- ](?:based|labell?ed|radiolabell?ed|containing|bearing|loaded|conjugated|armed|carrying"
    r"|derived|payload))?(?: payload)?"
    r"(?: (?!for\b|in\b|with\b|of\b|and\b|or\b|to\b|plus\b|versus\b|from\b)"
    r"(?:[\w/-]+|{target}[\w-]*|{drug_class}|{disease}),?){0,4}?"
    r" (?:{platform}|therapy|agent|conjugate|ligand|peptide|antibody|tracer|program(?:me)?|asset|compound|candidate)"
    r"(?: (?:product )?(?:candidate|program(?:me)?|asset))?(?:,| \(|:)? ?(?:called |named )?(?P<drug>{drug})"
)


def _loads_before(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """Loads that are told in the words before a drug which say what it is."""
    for match in _BEFORE.finditer(sentence.frame):
        load, drug = sentence.mention(match, "what").entity, sentence.mention(match, "drug").entity
        if load.concept not in _GENERAL and not any(is_established(n) for n in drug.names):
            yield statement(
                document, sentence, "drugs.payload-before", "drug_payload", drug, load, confidence=0.8
            )


def _gap(sentence: LinkedSentence, drugs: list[Mention], load: Mention) -> str:
    """The words between a load and the last drug before it; empty where there is none."""
    last = next((m for m in reversed(drugs) if m.end <= load.start), None)
    return sentence.text[last.end - sentence.start : load.start - sentence.start] if last is not None else ""


_IT_HOLDS: Final = Pattern(
    r"\b[Ii]t\s+(?:is\s+(?:composed|made)|consists|comprises|carries|contains|uses|couples|links|combines)\b"
)


def _carriers(
    sentence: LinkedSentence, drugs: list[Mention], load: Mention, topic: Entity | None
) -> Iterator[tuple[Entity, Entity]]:
    """The last drug before a load, those named in one breath with it, and what they carry; `topic` is what "it" is."""
    before = [m for m in drugs if m.end <= load.start]
    if not before:
        return
    last = before[-1]
    gap = _gap(sentence, drugs, load)
    if len(gap) > _NEAR or _ELSEWHERE.search(gap) or not gap.strip():
        return
    if _IS_LOAD.fullmatch(gap) is not None:
        begin = before[-2].end - sentence.start if len(before) > 1 else 0
        if _CARRIED.search(sentence.text, begin, last.start - sentence.start):
            # "AB-1 carries YQ-T1, a proprietary topoisomerase I inhibitor"
            told_of = _IT_HOLDS.search(sentence.text, begin, last.start - sentence.start)
            carrier = before[-2].entity if len(before) > 1 else topic if told_of is not None else None
            if carrier is not None and carrier != last.entity:
                names = (*last.entity.alt, *load.entity.names)
                yield carrier, Entity(Kind.PAYLOAD, last.entity.label, names)
            return
    what = by_its_name(sentence, load)
    yield last.entity, what
    for one in reversed(before[:-1]):
        if not _AND.fullmatch(sentence.text[one.end - sentence.start : last.start - sentence.start]):
            return
        yield one.entity, what
        last = one


# --- oligonucleotides -----------------------------------------------------------------------------------

#: "an antibody conjugated to an siRNA", "delivers phosphorodiamidate morpholino oligomers"
_OLIGO: Final = pattern(
    r"(?:conjugated|linked|attached|coupled|joined|bound|conjugates|links|attaches|couples|joins|delivers?|delivering|carr(?:ies|ying)"
    r"|comprising|payloads?|with)"
    r"(?: (?:[\w-]+|{target}[\w-]*),?){0,5}? (?P<what>{platform})|(?P<named>{platform})[- ]payload"
)
_CONJUGATE: Final = frozenset({"platform:antibody-oligonucleotide-conjugate"})
#: What takes an oligonucleotide to a cell: an antibody, a part of one, a peptide.
_VEHICLE: Final = Pattern(
    r"\bantibod|\bFab\b|\bmAb\b|antigen-binding|\bAOC|peptide[- ]conjugat|cell-penetrating|\bcentyrin|\bVHH\b|TfR1",
)
_OLIGO_WORDS: Final = Pattern(r"si?RNA|oligo|PMO|ASO|antisense|gapmer|RNAi", re.IGNORECASE)
#: The name printed there, in the singular: "PMOs", "siRNA-based".
_PRINTED: Final = Pattern(r"(?<=[A-Za-z]{3})s$")


def oligonucleotides(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """The oligonucleotide that an antibody or peptide takes along.

    Hits: "AB-1 consists of an antibody against TfR1 linked to a *PMO*".
    Near misses: "AB-1 is an *siRNA*"; "AB-1 is an *siRNA* conjugated to GalNAc".
    """
    if _OLIGO_WORDS.search(sentence.text) is None or not sentence.of_kind(Kind.PLATFORM):
        return
    drug = next((m for m in sentence.of_kind(Kind.DRUG)), None)
    if drug is None or _VEHICLE.search(sentence.text) is None:
        return
    for match in _OLIGO.finditer(sentence.frame, drug.end - sentence.start):
        mention = sentence.mention(match, "what" if match["what"] else "named")
        above = document.above(mention.entity.concept or "")
        if "platform:oligonucleotide" not in above or mention.entity.concept in _CONJUGATE:
            continue
        printed = " ".join(_PRINTED.sub("", mention.text).split())
        names = tuple(n for n in mention.entity.names if n != printed)
        yield statement(
            document, sentence, "drugs.payload-oligonucleotide", "drug_payload", drug.entity,
            Entity(Kind.PAYLOAD, printed, names),
            confidence=0.75,
        )  # fmt: skip
        return


# --- loads that no vocabulary lists ---------------------------------------------------------------------

_COMMON: Final = (
    r"(?:an?|the|its|our|this|that|these|novel|new|proprietary|potent|highly|cytotoxic|next-generation|differentiated"
    r"|optimi[sz]ed|clinically|validated|unique|dual|single|first|second|two|both|different|same|distinct|active|drug|linker"
    r"|linker-|toxic|small|molecule|small-molecule|therapeutic|permeable|membrane-permeable|cell-permeable|hydrophilic"
    r"|stable|cleavable|anti-cancer|anticancer|antitumor|chemotherapy|innovative|of|and|with|selected|ADC|conjugate"
    r"|genetic|gene|its|radioactive|isotope|multiple|more|less|high|higher|low|lower|free|released|intracellular|\d+)"
)
#: "a BRD4 degrader payload", "armed with a KSP-blocking toxin"
_UNLISTED: Final = Pattern(
    rf"\b(?:with|carr(?:y|ies|ying)|deliver(?:s|ing)?|uses?|using|utili[sz](?:es|ing)|bear(?:s|ing)|contain(?:s|ing)"
    rf"|featur(?:es|ing)|employ(?:s|ing)|incorporat(?:es|ing)|and|armed\s+with|compris(?:es|ing))\s+"
    rf"(?:{_COMMON},?\s+)*(?P<what>(?:(?!{_COMMON}\b)[\w/α-ω-]+\s+){{1,3}})(?:payload|warhead)s?\b"
)


def unlisted_loads(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug's payload is said to be by words that no vocabulary has.

    Hits: "AB-1, an ADC with a *BRD4 degrader* payload".
    Near misses: "AB-1 with a novel proprietary payload"; "AB-1 carries an MMAE payload" (listed).
    """
    if "payload" not in sentence.text and "warhead" not in sentence.text:
        return
    for match in _UNLISTED.finditer(sentence.text):
        inside = sentence.at(match.start("what"), match.end())
        kinds = {m.entity.kind for m in inside}
        if kinds & {Kind.PAYLOAD, Kind.DRUG} or (Kind.PLATFORM in kinds and "degrader" not in match["what"]):
            continue
        before = [m for m in sentence.of_kind(Kind.DRUG) if m.end - sentence.start <= match.start()]
        if not before:
            continue
        gap = sentence.text[before[-1].end - sentence.start : match.start()]
        if len(gap) > _NEAR or _ELSEWHERE.search(gap):
            continue
        words = " ".join(match["what"].split())
        if not re.search(r"[A-Z0-9]|inhibitor|degrader|agonist|antagonist|toxin|mycin|tin$|can$|ine$", words):
            continue
        yield statement(
            document, sentence, "drugs.payload-unlisted", "drug_payload", before[-1].entity,
            Entity(Kind.PAYLOAD, words),
            confidence=0.7,
        )  # fmt: skip
