"""Linked sentences → what a drug is and acts on: its platform, class and targets.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from kg.extract import genes
from kg.extract.document import SectionKind
from kg.extract.drug_names import is_established
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Mention

_WORDS: Final = (
    r"(?:(?!and\b(?! only\b)|with\b|than\b|versus\b|plus\b|in combination\b|or\b)(?:[\w/+'®™-]+"
    r"|{payload|disease}[\w/-]*),? ){0,8}?"
)
_THING: Final = r"(?:anti-|non-|[a-z]+-)?{platform|drug_class|target}"
_LIST: Final = r"(?:(?:,| and| or|, and| &|/) ?{drug})*"
_BETWEEN: Final = r"(?:[\w ,/'()-]|{payload})"
_NATURE: Final = (
    # ABC-1, the company's lead ADC candidate; ABC-1 is an investigational HER2-directed antibody
    pattern(
        rf"(?P<drug>{{drug}})(?: \([^()]*\)|, or {{drug}}|, an? [^,;.]{{3,60}}(?=, is\b))?,?(?:,| is"
        rf"| are| was|, which is|, is)? (?:currently |also )?(?:an?|the|its|our|{{organization}}'s?"
        rf"|one of) (?P<what>{_WORDS}{_THING}(?:{_BETWEEN}{{0,60}}?{_THING}){{0,4}})"
    ),
    # "GTW-1 (partner: Acme): base editing of PCSK9 in …"
    pattern(
        rf"(?P<drug>{{drug}})(?: \([^()]*\))? ?[:–] (?P<what>(?:[\w/-]+ ){{0,4}}?{_THING}(?:[\w"
        rf" ,/'()-]{{0,40}}?{_THING}){{0,3}})"
    ),
    # "ABC-1, CD20xCD3 bispecific T-cell engager" as a line of its own
    pattern(
        rf"^[^\w\ue000-\ue0ff]*(?P<drug>{{drug}})(?: \([^()]*\))? ?[,:–-]+ (?P<what>(?:[\w/-]+ "
        rf"){{0,4}}?{_THING}(?:[\w ,/'()-]{{0,40}}?{_THING}){{0,3}}) ?[\w -]{{0,30}}$"
    ),
    # ABC-1 (oral TYK2 inhibitor)
    pattern(
        rf"(?P<drug>{{drug}}) \((?:{{drug}}[,;] ?)*(?P<what>(?:(?:[\w/-]+"
        rf"|{{disease}}),? ){{0,5}}?{_THING}(?:[\w "
        rf",/'-]{{0,30}}?{_THING}){{0,3}})(?: (?:inhibitor|antagonist|agonist"
        rf"|antibody))?(?:[;,][^()]{{0,60}})?\)"
    ),
    # the company's lead therapeutic PDC, ABC-1; its lead ADC candidate ABC-1
    pattern(
        rf"(?P<what>(?:{{target}}-(?:directed|targeted|targeting) "
        rf"|anti-{{target}} )?{_THING})(?: \([^()]*\))?(?: (?!and\b|or\b|with\b)(?:[\w/-]+"
        rf"|{{payload|disease}})){{0,4}}?(?:,| \(| -|:)? ?(?:called |named "
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
    # the ABC-1 gene therapy; ABC-1 CAR-T cells
    pattern(
        r"(?P<drug>{drug}) (?P<what>{platform})(?! ?(?:platform|technology|trial|study|arm|group|or\b"
        r"|and\b|,))"
    ),
    # ABC-1 is being developed as a vaccine; ABC-1 was designed as a long-acting antibody
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:(?:is|was|has been|which|being|also"
        r"|currently) ){0,4}(?:developed|designed|engineered"
        rf"|conceived|created|formulated) as an? (?P<what>{_WORDS}{_THING})"
    ),
    # ABC-1 and ABC-2, two bispecific antibodies; ABC-1 and ABC-2 are both siRNAs
    pattern(
        rf"(?P<drug>{{drug}}(?:,? (?:and|&) {{drug}}|, {{drug}})+),? (?:(?:which |all )?are )?(?:two"
        rf"|three|both|our two|its two)? ?(?P<what>{_WORDS}{_THING})"
    ),
    # ABC-1 belongs to a new class of radioligands; ABC-1 represents a new type of cell therapy
    pattern(
        r"(?P<drug>{drug}),? (?:belongs to|represents|is (?:one )?of) (?:an?"
        r"|the) (?:[\w-]+ ){0,2}?(?:class|type|kind|generation|family|form) of (?:[\w-]+ ){0,2}?"
        r"(?P<what>{platform})"
    ),
    # ABC-1 is based on Acme's mRNA platform; ABC-1 was created with Acme's PROTAC technology
    pattern(
        r"(?P<drug>{drug}) (?:is |was |has been )?(?:based on|built on|made with|created (?:with|using)"
        r"|generated (?:with|using|by)|derived from|a product of) "
        r"(?:the company's|{organization}(?:'s|')|its|our) (?:[\w®™-]+ ){0,4}?(?P<what>{platform})"
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
_BEFORE_DRUG: Final = 4  # the form of `_NATURE` in which the thing stands before the drug
_CLAUSE: Final = re.compile(r",\s+(?!(?:an?|the|and|or)\b)[a-z]+s\b|\bfor\b|\bstimulat|\bto\b")
_NEXT_DRUG: Final = pattern(r"(?: (?:inhibitor|antagonist|agonist|antibody|candidate|therapy))? {drug}")
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
    r"(?<!-)\b(?:target(?:s|ing)|bind(?:s|ing)?|inhibit(?:s|ing)|block(?:s|ing)|silenc(?:es|ing)|degrad(?:es"
    r"|ing)|directed (?:at|against|to))\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_CLASS_OF: Final = re.compile(
    r"anti-(?P<anti>.+?)[-\s]+(?:monoclonal\s+)?(?:antibod(?:y|ies)|therap(?:y|ies)|agents?|mAbs?"
    r"|treatments?)"
    r"|(?P<target>.+?)[-\s]+(?:(?:co-?)?agonist|(?:inverse\s+)?agonist|antagonist|inhibitor|blocker"
    r"|modulator|activator|degrader|opener)s?",
    re.IGNORECASE,
)


_ANTIBODY_CONCEPT: Final = "platform:monoclonal-antibody"
_ANTIBODY: Final = re.compile(
    r"(?:[-\s](?:directed|targeted|targeting|specific|binding|blocking))?(?:\s+receptor)?\s+antibod(?:y"
    r"|ies)\b(?![-–]|\s+fragment)"
)
#: Behind a molecule: it marks the patients or the tumour, or is a part of the drug that binds nothing.
_MARKER: Final = re.compile(
    r"[-\s]*(?:positive|negative|mutant|mutat\w+|express\w+|amplif\w+|alter\w+|altered|low\b|high\b"
    r"|driven|deficient|dependent"
    r"|rearrang\w+|fusions?|variants?|resistan\w+|related|associated|co-?stimulatory|signal\w+|transgene|\+)",
    re.IGNORECASE,
)


def _acted_on(document: LinkedDocument, sentence: LinkedSentence, thing: Mention) -> Entity:
    """The molecule that a mention means: its receptor where that word follows, "the CGRP (…) receptor"."""
    behind = _RECEPTOR.match(sentence.text, thing.end - sentence.start)
    if behind is None or "receptor" in thing.text.casefold():
        return thing.entity
    named = thing.entity.label if thing.entity.concept else " ".join(thing.text.split())
    for name in (named, *thing.entity.names):
        listed = document.targets_named(f"{name} receptor")
        if listed:
            return listed[0]
    gene = genes.named(f"{named} receptor")
    codes = (gene.code,) if gene is not None else ()
    also = (gene.symbol, gene.name, *gene.others) if gene is not None else ()
    return Entity(Kind.TARGET, f"{named} receptor", also, keys=codes)


_RECEPTOR: Final = re.compile(r"\)?\s*(?:\([^()]{1,30}\)\s*)?[Rr]eceptors?\b")


_ENGAGER: Final = re.compile(r"\s+(?:bispecific\s+)?engagers?\b")


def _made_as(sentence: LinkedSentence, thing: Mention) -> str:
    """The platform that the bare word behind a target or class names ("a PD-1 antibody"); else ""."""
    if thing.entity.kind is Kind.DRUG_CLASS:
        return _ANTIBODY_CONCEPT if re.search(r"antibod(?:y|ies)$", thing.text) else ""
    if thing.entity.kind is not Kind.TARGET:
        return ""
    if _ENGAGER.match(sentence.text, thing.end - sentence.start) and thing.text.startswith("CD3"):
        return "platform:t-cell-engager"
    return _ANTIBODY_CONCEPT if _ANTIBODY.match(sentence.text, thing.end - sentence.start) else ""


#: Before a molecule: it is what the drug makes or is made of.
_PRODUCT: Final = re.compile(
    r"\b(?:encod\w+|expressing|deliver\w+|copy\s+of|version\s+of|form\s+of|prodrugs?\s+of"
    r"|formulation\s+of|recombinant"
    r"|replac\w+)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)


def _is_marker(sentence: LinkedSentence, thing: Mention) -> bool:
    """Whether a molecule selects patients, is a part of the drug or its product: "HER2-positive"."""
    at = thing.start - sentence.start
    return (
        _MARKER.match(sentence.text, thing.end - sentence.start) is not None
        or _PRODUCT.search(sentence.text, max(0, at - 60), at) is not None
    )


_SIBLING: Final = re.compile(r"/(\d[A-Z]?|[A-Z])(?![\w])")


def _siblings(document: LinkedDocument, sentence: LinkedSentence, thing: Mention) -> tuple[Entity, ...]:
    """The second molecule of "JAK1/2", "IL-17A/F"."""
    more = _SIBLING.match(sentence.text, thing.end - sentence.start)
    if more is None:
        return ()
    name = re.sub(r"(?:\d[A-Z]?|[A-Z])$", "", thing.text) + more[1]
    listed = document.targets_named(name)
    gene = genes.named(name)
    if listed or gene is None:
        return listed
    return (Entity(Kind.TARGET, name, (gene.symbol, gene.name, *gene.others), keys=(gene.code,)),)


def _targets_of_class(document: LinkedDocument, thing: Mention) -> tuple[Entity, ...]:
    """What a class of drugs acts on, where its name says so: "factor B inhibitor"; not "kinase inhibitor"."""
    if thing.entity.kind is not Kind.DRUG_CLASS:
        return ()
    for name in dict.fromkeys((" ".join(thing.text.split()), *thing.entity.names)):
        named = _CLASS_OF.fullmatch(_QUALITY.sub("", name))
        if named is None:
            continue
        words = named["target"] or named["anti"]
        listed = document.targets_named(words)
        gene = genes.named(words) if not listed else None
        if gene is not None:
            return (Entity(Kind.TARGET, words, (gene.symbol, gene.name, *gene.others), keys=(gene.code,)),)
        return listed  # another name would say more than the text does
    return ()


_QUALITY: Final = re.compile(
    r"^(?:(?:selective|dual|oral|potent|covalent|irreversible|reversible|allosteric"
    r"|non-?steroidal)\s+)+"
)


def natures(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug is, by apposition or by what it uses.

    Hits: "the company's lead therapeutic PDC, CLR 131"; "ABC-1, a HER2-directed antibody-drug conjugate";
    "CLR 131 utilizes the company's PDC tumor targeting delivery platform"; "PDC programs (CLR 1 and CLR 2)".
    Near misses: "ABC-1 in combination with a checkpoint inhibitor"; "ABC-1 and the antibody XYZ-2".
    """
    if sentence.of_kind(Kind.DRUG) and "antibody" in sentence.text:
        yield from _antibodies(document, sentence)
    if not (sentence.of_kind(Kind.DRUG) and sentence.of_kind(*_RELATION)):
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
            if number == _BEFORE_DRUG and _is_list_item(sentence, match):
                continue
            if (
                number != _BEFORE_DRUG
                and "," in between
                and _NEXT_DRUG.match(sentence.frame, match.end("what"))
            ):
                continue  # "eculizumab, the C3 inhibitor pegcetacoplan": what the next one is
            drugs = [d for d in drugs if not any(is_established(n) for n in d.names) or d == document.subject]
            things = [
                m for m in sentence.at(match.start("what"), match.end("what")) if m.entity.kind in _RELATION
            ]
            for thing in things:
                if (
                    thing.entity.kind is Kind.TARGET
                    and number == _BEFORE_DRUG
                    and not _directed(sentence, thing)
                ):
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
                        yield statement(
                            document,
                            sentence,
                            "drugs.class-of-target",
                            "drug_class",
                            drug,
                            named,
                            confidence=0.85,
                        )
                if _is_hoped(sentence, match):
                    continue
                for acted_on in _targets_of_class(document, thing):
                    for drug in drugs:
                        yield statement(
                            document,
                            sentence,
                            "drugs.target-of-class",
                            "drug_target",
                            drug,
                            acted_on,
                            confidence=0.85,
                        )
                said = _made_as(sentence, thing)
                if said in document.concepts:
                    for drug in drugs:
                        yield statement(
                            document,
                            sentence,
                            "drugs.nature",
                            "drug_platform",
                            drug,
                            document.concept(said),
                            confidence=0.9,
                        )
                if thing.entity.kind is Kind.TARGET and _is_marker(sentence, thing):
                    continue
                if thing.entity.kind is Kind.TARGET:
                    for drug in drugs:
                        for sibling in _siblings(document, sentence, thing):
                            yield statement(
                                document,
                                sentence,
                                "drugs.nature",
                                "drug_target",
                                drug,
                                sibling,
                                confidence=0.85,
                            )
                for drug in drugs:
                    yield statement(
                        document,
                        sentence,
                        "drugs.nature",
                        _RELATION[thing.entity.kind],
                        drug,
                        _acted_on(document, sentence, thing)
                        if thing.entity.kind is Kind.TARGET
                        else thing.entity,
                        confidence=0.9,
                    )


#: "A second antibody, AB-1"; "the antibody AB-1": the bare word right before a drug.
_ANTIBODY_BEFORE: Final = pattern(
    r"(?:^|[^\w-])(?:(?:an?|the|our|its|second|third|other|another|lead|human"
    r"|humani[sz]ed) )(?:[\w-]+ ){0,2}?antibody,? (?P<drug>{drug})"
)


def _antibodies(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    antibody = document.concepts.get(_ANTIBODY_CONCEPT)
    if antibody is None:
        return
    for match in _ANTIBODY_BEFORE.finditer(sentence.frame):
        drug = sentence.mention(match, "drug").entity
        if not any(is_established(n) for n in drug.names):
            yield statement(
                document, sentence, "drugs.nature", "drug_platform", drug, document.concept(antibody.curie),
                confidence=0.9,
            )  # fmt: skip


def _is_hoped(sentence: LinkedSentence, match: re.Match[str]) -> bool:
    """Whether it is only hoped or denied what a drug is; "the hold does not affect AB-1, a siRNA" denies nothing."""
    low = min(match.start("drug"), match.start("what"))
    high = max(
        match.end("drug"), match.end("what")
    )  # what follows is said of others: "whose disease is not …"
    words = sentence.text[low:high]
    return modality(words, match.start("what") - low, match.end("what") - low).is_claim_only


def _directed(sentence: LinkedSentence, thing: Mention) -> bool:
    """Whether a target is what the drug behind it is made against: "TROP2-directed ADC XB-1"."""
    before, after = sentence.text[: thing.start - sentence.start], sentence.text[thing.end - sentence.start :]
    return (
        before.endswith("anti-")
        or re.match(r"[-\s](?:directed|targeted|targeting|specific)\b|\s+antibody\b", after) is not None
        or any(m.entity.kind is Kind.PLATFORM and 0 <= m.start - thing.end <= 1 for m in sentence.mentions)
    )


def _is_list_item(sentence: LinkedSentence, match: re.Match[str]) -> bool:
    """Whether thing and drug stand side by side in a list: "chemotherapy, pembrolizumab"."""
    before = sentence.text[max(0, match.start() - 30) : match.start()]
    return bool(
        re.search(r"(?:\bwith|\bplus|\band|\bor|,)\s+(?:an?\s+)?(?:[\w-]+\s+)?$", before)
    ) and not re.search(r"(?:'s|lead|our|its|the)\s+(?:[\w-]+,?\s+){0,3}$", before)


# --- what a drug acts on ----------------------------------------------------------------------------------

_ACTS_ON: Final = pattern(
    r"(?:\b(?:target(?:s|ing|ed at)|bind(?:s|ing)?(?: (?:selectively |specifically |directly )?to)?"
    r"|inhibit(?:s|ing)|block(?:s|ing)|silenc(?:es|ing)"
    r"|degrad(?:es|ing)|edit(?:s|ing)(?: of)?|knock(?:s|ing)? (?:out|down)|neutrali[sz](?:es|ing)"
    r"|activat(?:es|ing)|agoni[sz](?:es|ing)"
    r"|antagoni[sz](?:es|ing)|modulat(?:es|ing)|stabili[sz](?:es|ing)|potentiat(?:es|ing)"
    r"|recogni[sz](?:es|ing)|engag(?:es|ing)|disrupt(?:s|ing)|stimulat(?:es|ing)"
    r"|inactivat(?:es|ing)|antagonism of|agonism of"
    r"|inhibition of|blockade of|directed (?:at|against|to|towards?)|aimed at|against|ligands? (?:of"
    r"|for|to)|antibod(?:y|ies) (?:to|against)"
    r"|(?:inhibitor|antagonist|agonist|blocker|modulator|activator|degrader|opener"
    r"|stabili[sz]er)s? (?:of|at)|selective for|specific (?:for|to)"
    r"|(?:production|expression|synthesis|activity) of|{platform} (?:of|against|to))) "
    r"(?:(?!patients\b|cells that\b|who\b|in\b|with\b|by\b|for\b)[\w()'’-]+,? ){0,7}?\(?\"?"
    r"(?P<what>{target}(?:(?:\)?,?(?: and| or|/|-| as well as| x|x|×)? ?(?:the |both "
    r"|human )?(?:[a-z]+ ){0,2}?\(?){target}){0,3})"
)
#: Where what is said of a drug ends and something else is spoken of.
_ELSEWHERE: Final = re.compile(
    r"\b(?:(?:given|treated|administered|dosed|tested|studied|evaluated|used)\s+(?:together\s+"
    r"|alone\s+or\s+)?with|added\s+to|on\s+top\s+of"
    r"|alongside|in\s+combination|combined|plus|versus|vs\.?|compared|patients|participants|adults|people"
    r"|women|men|resistan\w+|previously|prior"
    r"|after|avoid\w*|sparing|spares|refractory|whose|collaborat\w+|unlike|company|companies"
    r"|competit\w+|other\s+than)\b|;",
    re.IGNORECASE,
)


def targets(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What the drugs of a sentence act on, told by a verb or a noun of acting between drug and molecule.

    Hits: "AB-1 consists of an mRNA and a guide RNA directed to the TTR gene"; "AB-1, which edits TTR"; "AB-1 couples
    actinium-225 to a small-molecule ligand of PSMA"; "AB-1: base editing of PCSK9".
    Near misses: "AB-1 in patients resistant to inhibitors of EGFR"; "AB-1 plus an antibody against PD-1".
    """
    if not (sentence.of_kind(Kind.TARGET) and sentence.of_kind(Kind.DRUG)):
        return
    drugs = [
        m
        for m in sentence.of_kind(Kind.DRUG)
        if m.entity == document.subject or not any(is_established(n) for n in m.entity.names)
    ]
    for index, drug in enumerate(drugs):
        low = drug.end - sentence.start
        high = drugs[index + 1].start - sentence.start if index + 1 < len(drugs) else len(sentence.text)
        stop = _ELSEWHERE.search(sentence.text, low, high)
        high = stop.start() if stop else high
        if _GIVEN.search(
            sentence.text[max(0, drug.start - sentence.start - 40) : drug.start - sentence.start]
        ):
            continue
        for match in _ACTS_ON.finditer(sentence.frame, low, high):
            if _HOPED.search(sentence.text, max(low, match.start() - 40), match.start()):
                continue
            for thing in sentence.at(match.start("what"), match.end("what")):
                if thing.entity.kind is Kind.TARGET and not _is_marker(sentence, thing):
                    yield statement(
                        document,
                        sentence,
                        "drugs.acts-on",
                        "drug_target",
                        drug.entity,
                        _acted_on(document, sentence, thing),
                        confidence=0.85,
                    )


_HOPED: Final = re.compile(
    r"\b(?:may|might|could|would|not|no|never|cannot|if|whether)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_GIVEN: Final = re.compile(
    r"\b(?:with|plus|versus|vs\.?|compared\s+(?:to|with)|than|unlike)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)


#: Acme develops inhaled peptides. Its preclinical candidate ABC-1 …
_MAKER: Final = pattern(
    r"(?P<org>{organization}) (?:is |has been )?(?:develop(?:s|ing)|advancing"
    r"|pioneering) (?:[\w,-]+ ){0,5}?(?P<what>{platform})(?! (?:and|or|,))"
)
_CANDIDATE: Final = pattern(
    r"(?:\bits|\bour|{organization}(?:'s|')) (?:[\w-]+ ){0,3}?(?:candidate|program(?:me)?|medicine"
    r"|product|asset|conjugate|therapy),? (?P<drug>{drug})"
    r"|^[^\w\ue000-\ue0ff]*(?P<first>{drug})"
)


def natures_of_makers(document: LinkedDocument, known: Set[Entity]) -> Iterator[Fact]:
    """What the candidates of a company are that makes one sort of thing, told where the company is described.

    Hits: "Acme develops inhaled peptides. Its preclinical candidate AB-1 targets …".
    Near misses: "Acme develops peptides and antibodies."; a drug of which the release says what it is.

    Args:
        document: the release.
        known: the drugs that have a platform already.
    """
    made: tuple[int, Entity] | None = None
    for sentence in document.of_section(SectionKind.ABOUT):
        paragraph = sentence.sentence.paragraph
        maker = _MAKER.search(sentence.frame)
        if maker is not None:
            platforms = {m.entity for m in sentence.of_kind(Kind.PLATFORM)}
            made = (paragraph, sentence.mention(maker, "what").entity) if len(platforms) == 1 else None
            continue
        if made is None or made[0] != paragraph or sentence.of_kind(Kind.PLATFORM):
            continue
        for match in _CANDIDATE.finditer(sentence.frame):
            drug = sentence.mention(match, "drug" if match["drug"] else "first").entity
            if drug not in known and not any(is_established(n) for n in drug.names):
                known = known | {drug}
                yield statement(
                    document,
                    sentence,
                    "drugs.nature-of-maker",
                    "drug_platform",
                    drug,
                    made[1],
                    confidence=0.7,
                )


_CARRIERS: Final = frozenset(
    {"platform:drug-conjugate", "platform:cell-therapy", "platform:bispecific-antibody"}
)
_PARTS: Final = frozenset({"platform:monoclonal-antibody", "platform:antibody-fragment"})


def without_parts(document: LinkedDocument, facts: Sequence[Fact], loaded: Set[Entity]) -> Iterator[Fact]:
    """Natures without the platforms that are only a part of another: the antibody of an antibody-drug conjugate.

    Args:
        document: the release.
        facts: what `natures` found.
        loaded: the drugs that carry a payload; their antibody is a part too.
    """
    carriers = loaded | {
        f.subject for f in facts if f.relation == "drug_platform" and _is_carrier(document, f.object)
    }
    for fact in facts:
        part = isinstance(fact.object, Entity) and fact.object.concept in _PARTS
        if not (part and fact.relation == "drug_platform" and fact.subject in carriers):
            yield fact


def _is_carrier(document: LinkedDocument, platform: object) -> bool:
    todo = [platform.concept] if isinstance(platform, Entity) and platform.concept else []
    while todo:
        curie = todo.pop()
        if curie in _CARRIERS:
            return True
        concept = document.concepts.get(curie)
        todo += concept.broader if concept is not None else ()
    return False
