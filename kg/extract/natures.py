"""Linked sentences → what a drug is: its platform, class, target and payload.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.drug_facts import drug_fact
from kg.extract.drug_names import is_established
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.model import Entity, Fact, Kind, Mention, Modality

_WORDS: Final = (
    r"(?:(?!and\b|with\b|than\b|versus\b|plus\b|in combination\b|or\b)(?:[\w/+'®™-]+"
    r"|{payload}[\w-]*),? ){0,8}?"
)
_THING: Final = "(?:anti-|non-)?{platform|drug_class|target}"
_LIST: Final = r"(?:(?:,| and| or|, and| &|/) ?{drug})*"
_NATURE: Final = (
    # ABC-1, the company's lead ADC candidate; ABC-1 is an investigational HER2-directed antibody
    pattern(
        rf"(?P<drug>{{drug}})(?: \([^()]*\)|, or {{drug}}|, an? [^,;.]{{3,60}}(?=, is\b))?,?(?:,| is"
        rf"| are| was|, which is|, is)? (?:currently |also )?(?:an?|the|its|our|{{organization}}'s?"
        rf"|one of) (?P<what>{_WORDS}{_THING}(?:[\w ,/'()-]{{0,60}}?{_THING}){{0,4}})"
    ),
    # "ABC-1, CD20xCD3 bispecific T-cell engager" as a line of its own
    pattern(
        rf"^[^\w\ue000-\ue0ff]*(?P<drug>{{drug}})(?: \([^()]*\))? ?[,:–-]+ (?P<what>(?:[\w/-]+ "
        rf"){{0,4}}?{_THING}(?:[\w ,/'()-]{{0,40}}?{_THING}){{0,3}}) ?[\w -]{{0,30}}$"
    ),
    # ABC-1 (oral TYK2 inhibitor)
    pattern(
        rf"(?P<drug>{{drug}}) \((?P<what>(?:[\w/-]+,? ){{0,5}}?{_THING}(?:[\w "
        rf",/'-]{{0,30}}?{_THING}){{0,3}})(?: (?:inhibitor|antagonist|agonist|antibody))?\)"
    ),
    # the company's lead therapeutic PDC, ABC-1; its lead ADC candidate ABC-1
    pattern(
        rf"(?P<what>(?:{{target}}-(?:directed|targeted|targeting) "
        rf"|anti-{{target}} )?{_THING})(?: \([^()]*\))?(?: (?!and\b|or\b|with\b)(?:[\w/-]+"
        rf"|{{payload}})){{0,4}}?(?:,| \(| -|:)? ?(?:called |named "
        rf"|known as )?(?P<drug>{{drug}}{_LIST})"
    ),
    # ABC-1 utilizes the company's patented PDC platform; ABC-1 is based on / was built with / targets
    pattern(
        rf"(?P<drug>{{drug}})\)?,? (?:(?:carr|compris|contain|consist)[^.;]{{0,80}}? and )?(?:which "
        r"|that |also |is |was |are |has been )*(?:utili[sz]es?|uses?|us(?:es|ing)|employs?|leverag\w+"
        r"|based on|built (?:on|with|using)|developed (?:using|with|from)|derived from"
        r"|generated (?:using|with)|designed using|comprises|consists of|composed of|targets?"
        r"|targeting|binds? to|binds|directed (?:at|against|to)|inhibits?"
        rf"|blocks?) (?P<what>{_WORDS}{_THING}(?:[\w ,/'()-]{{0,40}}?{_THING})?)"
    ),
    # ABC-1 is a first-in-class dual inhibitor of the enzymes PDE3 and PDE4
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,?(?: is| are|,)? (?:an?|the|its"
        r"|our) (?:[\w/-]+,? ){0,8}?(?:inhibitor|antagonist|agonist|blocker|modulator|activator"
        r"|degrader|opener)s? of (?:[\w-]+ ){0,4}?(?P<what>{target}(?:[\w "
        r",/'()\"-]{0,30}?{target}){0,3})"
    ),
    # ABC-1 is designed to lower the body's production of / to inactivate the … gene
    pattern(
        r"(?P<drug>{drug})(?: is| are| was|,)? (?:[a-z]+ )?(?:{platform} )?(?:that is )?(?:[a-z]+ly )?"
        r"(?:designed|intended|engineered|aims) to (?:[\w-]+ ){0,2}?(?:inactivate|inhibit|block|silence"
        r"|knock (?:out|down)|reduce|lower|suppress|disrupt|edit|degrade|target|bind(?: to)?"
        r"|neutrali[sz]e|activate|restore)\b (?:(?!and\b|by\b|with\b)[\w'-]+ ){0,6}?(?P<what>{target})"
    ),
    pattern(
        r"(?P<drug>{drug})[^.;]{0,60}? by (?:targeting|silencing|inhibiting|blocking|degrading"
        r"|editing) (?:(?!and\b)[\w'-]+ |{platform} ){0,5}?(?P<what>{target})"
    ),
    # ABC-1, a Dyadic targeting the epidermal growth factor receptor (EGFR) and LGR5
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:is )?an? (?:[\w®™-]+ ){0,4}?(?:that (?:targets|binds)"
        r"|targeting|directed (?:at|against|to)|against) (?:[\w-]+ ){0,6}?\(?(?P<what>{target}(?:[\w "
        r",/'()-]{0,40}?{target}){0,3})"
    ),
    # PDCs for targeted delivery of chemotherapeutics such as paclitaxel (ABC-1)
    pattern(
        r"(?P<what>{platform}) for (?:[\w-]+ ){0,5}?(?:delivery|treatment) of (?:[\w-]+ "
        r"|{payload} ){0,4}?(?:such as|including|like) (?:{payload}|{drug}) \((?P<drug>{drug})\)"
    ),
)
_ACTS: Final = re.compile(
    r"(?:[-\s]+receptor)?\s+(?:inhibitor|antagonist|agonist|degrader|activator|modulator|blocker"
    r"|stimulator)s?\b"
)
_RELATION: Final = {
    Kind.PLATFORM: "drug_platform",
    Kind.DRUG_CLASS: "drug_class",
    Kind.TARGET: "drug_target",
}


_ACTING: Final = re.compile(
    r"\b(?:target(?:s|ing)|bind(?:s|ing)?|inhibit(?:s|ing)|block(?:s|ing)|silenc(?:es|ing)|degrad(?:es"
    r"|ing)|directed (?:at|against|to))\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_CLASS_OF: Final = re.compile(
    r"(?P<target>.+?)[-\s]+(?:(?:co-?)?agonist|(?:inverse\s+)?agonist|antagonist|inhibitor|blocker"
    r"|modulator|activator|degrader|opener)s?",
    re.IGNORECASE,
)


def _targets_of_class(document: LinkedDocument, thing: Mention) -> tuple[Entity, ...]:
    """What a class of drugs acts on, where its name says so: "factor B inhibitor"; not "kinase inhibitor"."""
    named = (
        _CLASS_OF.fullmatch(" ".join(thing.text.split())) if thing.entity.kind is Kind.DRUG_CLASS else None
    )
    return document.targets_named(named["target"]) if named else ()


def natures(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug is, by apposition or by what it uses.

    Hits: "the company's lead therapeutic PDC, CLR 131"; "ABC-1, a HER2-directed antibody-drug conjugate";
    "CLR 131 utilizes the company's PDC tumor targeting delivery platform"; "PDC programs (CLR 1 and CLR 2)".
    Near misses: "ABC-1 in combination with a checkpoint inhibitor"; "ABC-1 and the antibody XYZ-2".
    """
    if not sentence.of_kind(*_RELATION):
        return
    for number, form in enumerate(_NATURE):
        for match in form.finditer(sentence.frame):
            drugs = [
                m.entity
                for m in sentence.at(match.start("drug"), match.end("drug"))
                if m.entity.kind is Kind.DRUG
            ]
            between = sentence.text[
                min(match.end("drug"), match.start("what")) : max(match.start("drug"), match.start("what"))
            ]
            if re.search(
                r"\b(?:combin\w+|plus|versus|compared|control|collaborat\w+)\b", between + match["what"]
            ):
                continue
            if number == 3 and _is_list_item(sentence, match):
                continue
            drugs = [d for d in drugs if not any(is_established(n) for n in d.names) or d == document.subject]
            things = [
                m for m in sentence.at(match.start("what"), match.end("what")) if m.entity.kind in _RELATION
            ]
            for thing in things:
                if thing.entity.kind is Kind.TARGET and number == 3 and not _directed(sentence, thing):
                    continue
                if thing.entity.kind is Kind.PLATFORM and _ACTING.search(
                    sentence.text[match.end("drug") : thing.start - sentence.start]
                    if match.end("drug") <= thing.start - sentence.start
                    else ""
                ):
                    continue  # "targets the messenger RNA of …": no modality of its own
                acts = _ACTS.match(sentence.text, thing.end - sentence.start)
                if thing.entity.kind is Kind.TARGET and acts:
                    label = " ".join(document.text[thing.start : sentence.start + acts.end()].split())
                    named = Entity(Kind.DRUG_CLASS, label.removesuffix("s"))
                    for drug in drugs:
                        yield drug_fact(
                            document, sentence, "class-of-target", "drug_class", drug, named, confidence=0.85
                        )
                how = modality(sentence.text, match.start("what"), match.end("what"))
                if how.is_claim_only:
                    continue
                for acted_on in _targets_of_class(document, thing):
                    for drug in drugs:
                        yield drug_fact(
                            document,
                            sentence,
                            "target-of-class",
                            "drug_target",
                            drug,
                            acted_on,
                            confidence=0.85,
                        )
                for drug in drugs:
                    yield drug_fact(
                        document,
                        sentence,
                        "nature",
                        _RELATION[thing.entity.kind],
                        drug,
                        thing.entity,
                        confidence=0.9,
                    )


def _directed(sentence: LinkedSentence, thing: Mention) -> bool:
    """Whether a target is what the drug behind it is made against: "TROP2-directed ADC XB-1"."""
    before, after = sentence.text[: thing.start - sentence.start], sentence.text[thing.end - sentence.start :]
    return (
        before.endswith("anti-")
        or re.match(r"[-\s](?:directed|targeted|targeting|specific)\b", after) is not None
    )


def _is_list_item(sentence: LinkedSentence, match: re.Match[str]) -> bool:
    """Whether thing and drug stand side by side in a list: "chemotherapy, pembrolizumab"."""
    before = sentence.text[max(0, match.start() - 30) : match.start()]
    return bool(
        re.search(r"(?:\bwith|\bplus|\band|\bor|,)\s+(?:an?\s+)?(?:[\w-]+\s+)?$", before)
    ) and not re.search(r"(?:'s|lead|our|its|the)\s+(?:[\w-]+,?\s+){0,3}$", before)


# --- payload --------------------------------------------------------------------------------------------

_PAYLOAD: Final = (
    # ABC-1 utilizes iodine-131, …, as its payload; ABC-1 … deliver …, iodine-131; ABC-1 is conjugated to MMAE
    pattern(
        r"(?P<drug>{drug})[^.;]{0,140}?\b(?:utili[sz]es?|uses?|us(?:es|ing)|deliver\w*|carr(?:y|ies"
        r"|ying)|conjugated|linked|attached|coupled|contain\w*|compris\w+|consist\w+|payload\w*|warhead"
        r"|labell?ed|loaded|armed|incorporat\w+|composed|releas\w+)\b(?P<what>[^.;]{0,120}?{payload}"
        r"(?:[^.;]{0,40}?{payload})?)"
    ),
    # ABC-1, a conjugate with a topoisomerase I inhibitor payload; ABC-1, a novel 177Lu-labelled peptide
    pattern(
        r"(?P<drug>{drug})[^.;]{0,140}?\bwith (?:an? )?(?:[\w-]+ ){0,3}?(?P<what>{payload}) (?:payload"
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
    pattern(r"\bpayload of (?P<drug>{drug})[^.;]{0,30}?\b(?:is|,) (?:[\w-]+ ){0,3}?(?P<what>{payload})"),
)
_TRADED: Final = re.compile(
    r"\b(?:combin\w+|plus|versus|compared|followed by|prior|after|in addition|control|such as)\b",
    re.IGNORECASE,
)


def _payloads_of(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug carries; the general word is left out where the sentence gives the thing itself.

    Hits: "CLR 131 utilizes iodine-131, a cytotoxic radioisotope, as its payload"; "ABC-1 … conjugated to MMAE".
    Near misses: "CLR 131 … in addition to paclitaxel"; "PDCs deliver paclitaxel" (no drug).
    """
    if not sentence.of_kind(Kind.PAYLOAD):
        return
    for form in _PAYLOAD:
        for match in form.finditer(sentence.frame):
            if _TRADED.search(match["what"]) or _TRADED.search(
                sentence.text[match.end("drug") : match.start("what")]
            ):
                continue
            named = [
                m.entity
                for m in sentence.at(match.start("what"), match.end("what"))
                if m.entity.kind is Kind.PAYLOAD
            ]
            own = list(sentence.at(match.start(), match.end()))
            if (
                sum(
                    1
                    for m in own
                    if m.entity.kind is Kind.DRUG and m.entity != sentence.mention(match, "drug").entity
                )
                > 0
            ):
                continue
            how = modality(sentence.text, match.start("what"), match.end("what"))
            for payload in _specific(document, named):
                yield drug_fact(
                    document, sentence, "payload", "drug_payload", sentence.mention(match, "drug").entity, payload,
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


def payloads(document: LinkedDocument) -> Iterator[Fact]:
    """What the drugs of a release carry; the general word only where no sentence gives the thing itself."""
    told = [fact for sentence in document.statements() for fact in _payloads_of(document, sentence)]
    exact = {f.subject for f in told if _label(f) not in _GENERAL_PAYLOADS}
    yield from (f for f in told if f.subject not in exact or _label(f) not in _GENERAL_PAYLOADS)
