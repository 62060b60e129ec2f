"""Linked sentences → what a drug carries: the toxin of a conjugate, the isotope of a radioligand.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.loads import FOR_IMAGING, by_its_name, loads_beside, oligonucleotides, unlisted_loads
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.pronouns import resolved
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Modality

_PAYLOAD: Final = (
    # ABC-1 utilizes iodine-131, …, as its payload; ABC-1 … deliver …, iodine-131; ABC-1 is conjugated to MMAE
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,140}?\b(?:utili[sz]es?|uses?|us(?:es|ing)|deliver\w*"
        r"|carr(?:y|ies"
        r"|ying)|conjugated|linked|attached|coupled|contain\w*|compris\w+|consist\w+|payload\w*|warhead"
        r"|(?:radio)?labell?(?:ed|ing)|brings?|emits?|loaded|armed|made (?:up )?of|incorporat\w+|composed|releas\w+"
        r"|links?|couples?|pairs?|joins?|combines?)\b(?P<what>[^.;]{0,120}?{payload}"
        r"(?:[^.;]{0,40}?{payload})?)"
    ),
    # ABC-1 (kit for the preparation of gallium-68 PSMA-11)
    pattern(
        r"(?P<drug>{drug}) ?\((?:a )?kit for (?:the )?(?:preparation|labelling|radiolabeling) of (?P<what>{payload})"
    ),
    # ABC-1 ([177Lu]Lu-edonatate)
    pattern(r"(?P<drug>{drug}) ?\((?P<what>{payload})-[a-z]"),
    # ABC-1 is an ADC of a CD123 antibody and a PBD dimer
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:is |was )?an? (?:(?:[\w-]+"
        r"|{target}[\w-]*) ){0,5}?{platform} (?:of|with|comprising|containing"
        r"|bearing) (?P<what>[^.;]{0,80}?{payload})"
    ),
    # ABC-1, a conjugate with a topoisomerase I inhibitor payload; ABC-1, a novel 177Lu-labelled peptide
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,140}?\bwith (?:an? )?(?:[\w-]+ ){0,3}?"
        r"(?P<what>{payload}) (?:payload"
        r"|warhead)"
    ),
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:is )?(?:an?|the) (?:[\w-]+,? ){0,5}?"
        r"(?P<what>{payload})[- ]?(?:labell?ed|radiolabell?ed|based|conjugated)\b"
    ),
    # radioiodinated ABC-1; lutetium-177-labeled ABC-1; iodine-131 ABC-1
    pattern(
        r"(?P<what>{payload})(?:-|-? ?)(?:labell?ed|conjugated|based|radiolabell?ed"
        r"|containing)? ?(?P<drug>{drug})"
    ),
    # chemotherapeutics such as paclitaxel (ABC-1)
    pattern(
        r"\b(?:deliver\w*|payloads?|conjugat\w+|linked)[^.;]{0,80}?(?P<what>{payload}) \((?P<drug>{drug})\)"
    ),
    # ABC-1 is Acme's investigational radioiodinated PDC therapy
    pattern(
        r"(?P<drug>{drug}),? (?:is )?(?:an?|the|our|its|{organization}(?:'s"
        r"|')) (?:[\w/-]+,? ){0,4}?(?P<what>{payload})(?:[- ]labell?ed|[- ]based)?"
        r" (?:(?:[\w/-]+|{platform}|{target}|{drug_class}) ){0,3}?(?:therapy|compound|conjugate"
        r"|candidate|agent|antibody|drug|ligand|{platform}|{drug_class})"
    ),
    # the payload of ABC-1 is MMAE; MMAE payload of ABC-1
    pattern(
        r"(?:\bpayload|{payload}) of (?P<drug>{drug})[^.;]{0,30}?\b(?:is|,) (?:[\w-]+ ){0,3}?(?P<what>{payload})"
    ),
)
_TRADED: Final = Pattern(
    r"\b(?:in\s+combination|combined\s+with|plus|versus|compared|followed by|prior|after|in addition"
    r"|control|such as)\b",
    re.IGNORECASE,
)


def _payloads_of(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug carries; the general word is left out where the sentence gives the thing itself.

    Hits: "CLR 131 utilizes iodine-131, a cytotoxic radioisotope, as its payload"; "ABC-1 … conjugated to MMAE".
    Near misses: "CLR 131 … in addition to paclitaxel"; "PDCs deliver paclitaxel" (no drug).
    """
    if not (sentence.of_kind(Kind.PAYLOAD) and sentence.of_kind(Kind.DRUG)) or "vaccine" in sentence.text:
        return
    for form in _PAYLOAD:
        for match in form.finditer(sentence.frame):
            if _TRADED.search(match["what"]) or _TRADED.search(
                sentence.text[match.end("drug") : match.start("what")]
            ):
                continue
            named = [
                by_its_name(sentence, m)
                for m in sentence.at(match.start("what"), match.end("what"))
                if m.entity.kind is Kind.PAYLOAD
            ]
            drug = sentence.mention(match, "drug").entity
            if any(m.entity.kind is Kind.DRUG and m.entity != drug for m in sentence.at(*match.span())):
                continue
            how = modality(sentence.text, match.start("what"), match.end("what"))
            for payload in _specific(document, named):
                yield statement(
                    document, sentence, "drugs.payload",
                    "drug_payload", drug, payload,
                    modality=Modality.ASSERTED if how is Modality.PLANNED else how,
                )  # fmt: skip


_GENERAL_PAYLOADS: Final = frozenset(
    {"radioisotope", "cytotoxic payload", "chemotherapeutic", "beta emitter", "alpha emitter"}
)


def _label(fact: Fact) -> str:
    return fact.object.label if isinstance(fact.object, Entity) else ""


def _specific(document: LinkedDocument, named: Iterable[Entity]) -> list[Entity]:
    """Those that are not only the general word for another: "a cytotoxic radioisotope, iodine-131"."""
    entities = list(dict.fromkeys(named))
    broader: set[str] = set()
    for entity in entities:
        todo = [entity.concept] if entity.concept else []
        while todo:
            concept = document.concepts.get(todo.pop() or "")
            if concept is not None:
                broader.update(concept.broader)
                todo.extend(concept.broader)
    kept = [e for e in entities if e.concept not in broader]
    exact = [e for e in kept if e.label not in _GENERAL_PAYLOADS]
    return exact or kept


#: "177Lu-edotrelix", "[225Ac]Ac-PSMA-617", "lutetium Lu 177 …": the isotope in a drug's own name.
_ISOTOPE: Final = Pattern(
    r"(?<![A-Za-z0-9])(?:\[?(?P<mass>\d{2,3})m?\s?(?P<symbol>Lu|Ac|I|Y|Ga|Pb|Cu|Zr|At|Tb|In|Tc|F|Ra|Th"
    r"|Bi|Re|Ho|Sm)\]?"
    r"|(?P<symbol2>Lu|Ac|I|Y|Ga|Pb|Cu|Zr|At|Tb|In|Tc)[- ](?P<mass2>\d{2,3}))(?=[-\s\]A-Z]|$)"
)


def _payload_names(document: LinkedDocument) -> dict[str, str]:
    return {
        name.casefold(): curie
        for curie, concept in document.concepts.items()
        if concept.kind is Kind.PAYLOAD
        for name in (concept.label, *concept.alt)
    }


def _isotopes_of_names(document: LinkedDocument) -> Iterator[Fact]:
    """The isotope that a drug's name gives: "177Lu-edotrelix" carries lutetium-177.

    Near miss: "I-127-CLR 1404", a control with the stable isotope (no payload of the vocabulary).
    """
    known: dict[str, str] | None = None  # made when the first name gives an isotope
    told: set[Entity] = set()
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            if mention.entity in told:
                continue
            told.add(mention.entity)
            for name in mention.entity.names:
                found = _ISOTOPE.search(name)
                if found is None:
                    continue
                written = (found["mass"] or found["mass2"]) + (found["symbol"] or found["symbol2"])
                known = known or _payload_names(document)
                curie = known.get(written.casefold())
                if curie is not None:
                    yield statement(
                        document, sentence, "drugs.payload-of-name", "drug_payload", mention.entity,
                        document.concept(curie),
                        confidence=0.9,
                    )  # fmt: skip
                    break


#: "AB-1, AB-2 and AB-3 all carry rezatecan": a name that looks like a drug's.
_CARRIES_DRUG: Final = pattern(
    r"(?P<drugs>{drug}(?:(?:,| and|, and) {drug}){0,3}),? (?:all |both |each )?(?:carry|carries) (?:the )?"
    r"(?P<what>{drug})(?! (?:conjugate|antibody))"
)


#: "Its payload, the topoisomerase I inhibitor exatecan, …"
_ITS_LOAD: Final = pattern(
    r"^[^\w\ue000-\ue0ff]*(?:its|the) (?:[\w-]+ )?payload(?:,| is) (?:[\w-]+ |{payload} ){0,3}?"
    r"(?P<what>{payload})(?! {payload})"
)


def _named_loads(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What drugs carry that goes by a name of its own."""
    if "payload" in sentence.text:
        its = _ITS_LOAD.search(sentence.frame)
        drug = document.drug_of(sentence) if its is not None else None
        if its is not None and drug is not None:
            load = sentence.mention(its, "what").entity
            yield statement(document, sentence, "drugs.payload", "drug_payload", drug, load, confidence=0.8)
    if "carr" in sentence.text:
        for match in _CARRIES_DRUG.finditer(sentence.frame):
            load = sentence.mention(match, "what").entity
            named = Entity(Kind.PAYLOAD, load.label, load.alt)
            for mention in sentence.at(*match.span("drugs")):
                if mention.entity != load:
                    yield statement(
                        document,
                        sentence,
                        "drugs.payload",
                        "drug_payload",
                        mention.entity,
                        named,
                        confidence=0.8,
                    )


def payloads(document: LinkedDocument) -> Iterator[Fact]:
    """What the drugs of a release carry; the general word only where no sentence gives the thing itself."""
    told: list[Fact] = []
    for sentence in document.statements():
        if _OF_LOADS.search(sentence.text) is None and not sentence.of_kind(Kind.PAYLOAD):
            continue
        spoken = resolved(document, sentence)
        for find in (_payloads_of, loads_beside, oligonucleotides, unlisted_loads):
            told += find(document, spoken)
    told += [fact for sentence in document.statements() for fact in _named_loads(document, sentence)]
    told += _isotopes_of_names(document)
    exact = {f.subject for f in told if _label(f) not in _GENERAL_PAYLOADS}
    wider = {(f.subject, concept) for f in told for concept in _above(document, f)}
    yield from (
        f
        for f in told
        if (f.subject not in exact or _label(f) not in _GENERAL_PAYLOADS)
        and not (isinstance(f.object, Entity) and (f.subject, f.object.concept) in wider)
    )


#: What a sentence must hold that may tell of a load that no vocabulary lists.
_OF_LOADS: Final = Pattern(r"payload|warhead|oligo|PMO|ASO|RNA|antisense")


def _above(document: LinkedDocument, fact: Fact) -> set[str]:
    """The classes of what a fact says that a drug carries, without itself."""
    curie = fact.object.concept if isinstance(fact.object, Entity) else None
    return document.above(curie) - {curie} if curie else set()


#: What a drug may be called that names only what carries the load.
_VEHICLES: Final = frozenset(
    f"platform:{vehicle}"
    for vehicle in (
        "monoclonal-antibody",
        "bispecific-antibody",
        "antibody-fragment",
        "peptide",
        "small-molecule",
    )
)


def natures_of_loads(
    document: LinkedDocument, carried: Sequence[Fact], told: Sequence[Fact]
) -> Iterator[Fact]:
    """What a drug must be by what it carries, where the release gives it no word of its own.

    Hits: "AB-1, a lutetium-177 labelled peptide" (a radioligand); "gallium-68 labelled AB-2" (a radiodiagnostic);
    "AB-3, our second conjugate, carries MMAE", in a release on antibody-drug conjugates.
    Near misses: "the radiopharmaceutical AB-1"; "liposomal AB-4 carries doxorubicin".

    Args:
        document: the release.
        carried: what `payloads` found.
        told: what `kg.extract.natures` found.
    """
    platforms: dict[Entity | None, set[str]] = {}
    for fact in told:
        if fact.relation == "drug_platform" and isinstance(fact.object, Entity):
            platforms.setdefault(fact.subject, set()).add(fact.object.concept or "")
    conjugates = any(m.entity.concept == _CONJUGATE for m in document.mentions(Kind.PLATFORM))
    done: set[Entity | None] = set()
    for fact in carried:
        load = fact.object
        if not isinstance(load, Entity) or fact.subject in done:
            continue
        if platforms.get(fact.subject, set()) - _VEHICLES:
            continue  # "a phospholipid drug conjugate with iodine-131"
        if "payload:radioisotope" in document.above(load.concept or ""):
            concept = "platform:radiodiagnostic" if load.concept in FOR_IMAGING else "platform:radioligand"
        elif conjugates:
            concept = _CONJUGATE
        else:
            continue
        done.add(fact.subject)
        if concept in document.concepts:
            evidence = replace(fact.evidence[0], rule="drugs.nature-of-payload")
            yield replace(
                fact,
                relation="drug_platform",
                object=document.concept(concept),
                evidence=(evidence,),
                confidence=0.7,
            )


_CONJUGATE: Final = "platform:antibody-drug-conjugate"
