"""Drugs: develops, drug_alias, drug_class, drug_platform, drug_payload, drug_target, drug_indication, combination."""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence, as_kind
from kg.extract.mentions import is_established
from kg.extract.modality import modality
from kg.extract.ownership import ownerships
from kg.extract.values import populations
from kg.model import Entity, Fact, Kind, Mention, Modality, Value


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """What the release says that its drugs are and what they are for."""
    for own in ownerships(document):
        yield _fact(
            document, own.sentence, f"develops.{own.rule}", "develops", own.drug, own.organization,
            confidence=own.confidence, turned=True,
        )  # fmt: skip
    yield from _aliases(document)
    told: list[Fact] = []
    for sentence in document.statements():
        yield from _natures(document, sentence)
        told += _payloads(document, sentence)
        yield from _indications(document, sentence)
        yield from _combinations(document, sentence)
    exact = {f.subject for f in told if _label(f) not in _GENERAL_PAYLOADS}
    yield from (f for f in told if f.subject not in exact or _label(f) not in _GENERAL_PAYLOADS)


def _fact(  # noqa: PLR0917 - the parts of a fact in the order in which it is said
    document: LinkedDocument,
    sentence: LinkedSentence,
    rule: str,
    relation: str,
    drug: Entity,
    object_: Entity | str,
    qualifiers: dict[str, Value | tuple[Value, ...] | None] | None = None,
    *,
    modality: Modality = Modality.ASSERTED,
    confidence: float = 0.95,
    turned: bool = False,
) -> Fact:
    """A fact about a drug; `turned` where the drug is the object."""
    subject: Entity = drug
    if turned:
        assert isinstance(object_, Entity)
        subject, object_ = object_, drug
    fact = Fact(
        relation,
        subject,
        object_,
        modality=modality,
        confidence=confidence,
        evidence=(document.evidence(sentence, f"drugs.{rule}"),),
    )
    return fact.with_qualifiers(qualifiers or {})


def _aliases(document: LinkedDocument) -> Iterator[Fact]:
    """Hits: "Keytruda (pembrolizumab)"; "ABC-1, formerly known as XYZ-9". Near miss: "paclitaxel (CLR 1602-PTX)"."""
    for alias in document.aliases:
        sentence = next(
            (s for s in document.statements() if s.start <= alias.start and alias.end <= s.end), None
        )
        if sentence is not None:
            yield _fact(document, sentence, "alias", "drug_alias", alias.drug, alias.name)


# --- platform, class, target ------------------------------------------------------------------------------

_WORDS: Final = r"(?:(?!and\b|with\b|than\b|versus\b|plus\b|in combination\b|or\b)(?:[\w/+'®™-]+|{payload}[\w-]*),? ){0,8}?"
_THING: Final = "(?:anti-|non-)?{platform|drug_class|target}"
_LIST: Final = r"(?:(?:,| and| or|, and| &|/) ?{drug})*"
_NATURE: Final = (
    # ABC-1, the company's lead ADC candidate; ABC-1 is an investigational HER2-directed antibody
    pattern(
        rf"(?P<drug>{{drug}})(?: \([^()]*\)|, or {{drug}}|, an? [^,;.]{{3,60}}(?=, is\b))?,?(?:,| is| are| was|, which is|, is)? (?:currently |also )?(?:an?|the|its|our|{{organization}}'s?|one of) (?P<what>{_WORDS}{_THING}(?:[\w ,/'()-]{{0,60}}?{_THING}){{0,4}})"
    ),
    # "ABC-1, CD20xCD3 bispecific T-cell engager" as a line of its own
    pattern(
        rf"^[^\w\ue000-\ue0ff]*(?P<drug>{{drug}})(?: \([^()]*\))? ?[,:–-]+ (?P<what>(?:[\w/-]+ ){{0,4}}?{_THING}(?:[\w ,/'()-]{{0,40}}?{_THING}){{0,3}}) ?[\w -]{{0,30}}$"
    ),
    # ABC-1 (oral TYK2 inhibitor)
    pattern(
        rf"(?P<drug>{{drug}}) \((?P<what>(?:[\w/-]+,? ){{0,5}}?{_THING}(?:[\w ,/'-]{{0,30}}?{_THING}){{0,3}})(?: (?:inhibitor|antagonist|agonist|antibody))?\)"
    ),
    # the company's lead therapeutic PDC, ABC-1; its lead ADC candidate ABC-1
    pattern(
        rf"(?P<what>(?:{{target}}-(?:directed|targeted|targeting) |anti-{{target}} )?{_THING})(?: \([^()]*\))?(?: (?!and\b|or\b|with\b)(?:[\w/-]+|{{payload}})){{0,4}}?(?:,| \(| -|:)? ?(?:called |named |known as )?(?P<drug>{{drug}}{_LIST})"
    ),
    # ABC-1 utilizes the company's patented PDC platform; ABC-1 is based on / was built with / targets
    pattern(
        rf"(?P<drug>{{drug}})\)?,? (?:(?:carr|compris|contain|consist)[^.;]{{0,80}}? and )?(?:which |that |also |is |was |are |has been )*(?:utili[sz]es?|uses?|us(?:es|ing)|employs?|leverag\w+|based on|built (?:on|with|using)|developed (?:using|with|from)|derived from|generated (?:using|with)|designed using|comprises|consists of|composed of|targets?|targeting|binds? to|binds|directed (?:at|against|to)|inhibits?|blocks?) (?P<what>{_WORDS}{_THING}(?:[\w ,/'()-]{{0,40}}?{_THING})?)"
    ),
    # ABC-1 is a first-in-class dual inhibitor of the enzymes PDE3 and PDE4
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,?(?: is| are|,)? (?:an?|the|its|our) (?:[\w/-]+,? ){0,8}?(?:inhibitor|antagonist|agonist|blocker|modulator|activator|degrader|opener)s? of (?:[\w-]+ ){0,4}?(?P<what>{target}(?:[\w ,/'()\"-]{0,30}?{target}){0,3})"
    ),
    # ABC-1 is designed to lower the body's production of / to inactivate the … gene
    pattern(
        r"(?P<drug>{drug})(?: is| are| was|,)? (?:[a-z]+ )?(?:{platform} )?(?:that is )?(?:[a-z]+ly )?(?:designed|intended|engineered|aims) to (?:[\w-]+ ){0,2}?(?:inactivate|inhibit|block|silence|knock (?:out|down)|reduce|lower|suppress|disrupt|edit|degrade|target|bind(?: to)?|neutrali[sz]e|activate|restore)\b (?:(?!and\b|by\b|with\b)[\w'-]+ ){0,6}?(?P<what>{target})"
    ),
    pattern(
        r"(?P<drug>{drug})[^.;]{0,60}? by (?:targeting|silencing|inhibiting|blocking|degrading|editing) (?:(?!and\b)[\w'-]+ |{platform} ){0,5}?(?P<what>{target})"
    ),
    # ABC-1, a Dyadic targeting the epidermal growth factor receptor (EGFR) and LGR5
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:is )?an? (?:[\w®™-]+ ){0,4}?(?:that (?:targets|binds)|targeting|directed (?:at|against|to)|against) (?:[\w-]+ ){0,6}?\(?(?P<what>{target}(?:[\w ,/'()-]{0,40}?{target}){0,3})"
    ),
    # PDCs for targeted delivery of chemotherapeutics such as paclitaxel (ABC-1)
    pattern(
        r"(?P<what>{platform}) for (?:[\w-]+ ){0,5}?(?:delivery|treatment) of (?:[\w-]+ |{payload} ){0,4}?(?:such as|including|like) (?:{payload}|{drug}) \((?P<drug>{drug})\)"
    ),
)
_ACTS: Final = re.compile(
    r"(?:[-\s]+receptor)?\s+(?:inhibitor|antagonist|agonist|degrader|activator|modulator|blocker|stimulator)s?\b"
)
_RELATION: Final = {
    Kind.PLATFORM: "drug_platform",
    Kind.DRUG_CLASS: "drug_class",
    Kind.TARGET: "drug_target",
}


_ACTING: Final = re.compile(
    r"\b(?:target(?:s|ing)|bind(?:s|ing)?|inhibit(?:s|ing)|block(?:s|ing)|silenc(?:es|ing)|degrad(?:es|ing)|directed (?:at|against|to))\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_CLASS_OF: Final = re.compile(
    r"(?P<target>.+?)[-\s]+(?:(?:co-?)?agonist|(?:inverse\s+)?agonist|antagonist|inhibitor|blocker|modulator|activator|degrader|opener)s?",
    re.IGNORECASE,
)


def _targets_of_class(document: LinkedDocument, thing: Mention) -> tuple[Entity, ...]:
    """What a class of drugs acts on, where its name says so: "factor B inhibitor"; not "kinase inhibitor"."""
    named = (
        _CLASS_OF.fullmatch(" ".join(thing.text.split())) if thing.entity.kind is Kind.DRUG_CLASS else None
    )
    return document.targets_named(named["target"]) if named else ()


def _natures(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
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
                        yield _fact(
                            document, sentence, "class-of-target", "drug_class", drug, named, confidence=0.85
                        )
                how = modality(sentence.text, match.start("what"), match.end("what"))
                if how.is_claim_only:
                    continue
                for acted_on in _targets_of_class(document, thing):
                    for drug in drugs:
                        yield _fact(
                            document,
                            sentence,
                            "target-of-class",
                            "drug_target",
                            drug,
                            acted_on,
                            confidence=0.85,
                        )
                for drug in drugs:
                    yield _fact(
                        document,
                        sentence,
                        "nature",
                        _RELATION[thing.entity.kind],
                        drug,
                        thing.entity,
                        confidence=0.9,
                    )


def _directed(sentence: LinkedSentence, thing: Mention) -> bool:
    """Whether a target is what the drug behind it is made against: "TROP2-directed ADC XB-1", "anti-PD-1 antibody XB-2"."""
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
        r"(?P<drug>{drug})[^.;]{0,140}?\b(?:utili[sz]es?|uses?|us(?:es|ing)|deliver\w*|carr(?:y|ies|ying)|conjugated|linked|attached|coupled|contain\w*|compris\w+|consist\w+|payload\w*|warhead|labell?ed|loaded|armed|incorporat\w+|composed|releas\w+)\b(?P<what>[^.;]{0,120}?{payload}(?:[^.;]{0,40}?{payload})?)"
    ),
    # ABC-1, a conjugate with a topoisomerase I inhibitor payload; ABC-1, a novel 177Lu-labelled peptide
    pattern(
        r"(?P<drug>{drug})[^.;]{0,140}?\bwith (?:an? )?(?:[\w-]+ ){0,3}?(?P<what>{payload}) (?:payload|warhead)"
    ),
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:is )?(?:an?|the) (?:[\w-]+,? ){0,5}?(?P<what>{payload})[- ]?(?:labell?ed|radiolabell?ed|based|conjugated)\b"
    ),
    # radioiodinated ABC-1; lutetium-177-labeled ABC-1; iodine-131 ABC-1
    pattern(
        r"(?P<what>{payload})(?:-|-? ?)(?:labell?ed|conjugated|based|radiolabell?ed|containing)? ?(?P<drug>{drug})"
    ),
    # chemotherapeutics such as paclitaxel (ABC-1)
    pattern(
        r"\b(?:deliver\w*|payloads?|conjugat\w+|linked)[^.;]{0,80}?(?P<what>{payload}) \((?P<drug>{drug})\)"
    ),
    # ABC-1 is Acme's investigational radioiodinated PDC therapy
    pattern(
        r"(?P<drug>{drug}),? (?:is )?(?:an?|the|our|its|{organization}(?:'s|')) (?:[\w/-]+,? ){0,4}?(?P<what>{payload})(?:[- ]labell?ed|[- ]based)?"
        r" (?:(?:[\w/-]+|{platform}|{target}|{drug_class}) ){0,3}?(?:therapy|compound|conjugate|candidate|agent|antibody|drug|ligand|{platform}|{drug_class})"
    ),
    # the payload of ABC-1 is MMAE; MMAE payload of ABC-1
    pattern(r"\bpayload of (?P<drug>{drug})[^.;]{0,30}?\b(?:is|,) (?:[\w-]+ ){0,3}?(?P<what>{payload})"),
)
_TRADED: Final = re.compile(
    r"\b(?:combin\w+|plus|versus|compared|followed by|prior|after|in addition|control|such as)\b",
    re.IGNORECASE,
)


def _payloads(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
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
                yield _fact(
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


# --- indication -----------------------------------------------------------------------------------------

_LEAD: Final = (
    r"(?:(?:treatment|therapy|management|prevention|prophylaxis|care) (?:option )?(?:of|for)|(?:to|for) (?:treat|treating|prevent|preventing)|treats|"
    r"(?:patients?|adults?|children|people|subjects?|individuals?|those|men|women|participants|adolescents|infants) (?:(?:aged|ages|\d+|years?|older|and|or|of|age|,|who|have|had) ?){0,8}?(?:with|suffering from|living with|diagnosed with|having|at risk (?:of|for))|"
    r"indicated (?:for|in)|(?:efficacy|activity|evaluated|studied|investigated|approved|developed|tested|trials?|stud(?:y|ies)|dosing|designation|status|therapy|indications?|option|candidate|cohorts?) (?:(?:[\w-]+|in (?:the )?(?:u\.s\.|eu|us|united states|european union|europe|japan|china|canada)|by (?:the )?{agency}) ){0,2}?(?:in|for|of|against)|"
    r"(?:disease|illness|infections?)s? (?:caused by|due to)|vaccines? (?:candidates? )?(?:against|for)|(?:development|phase (?:[1-4]|i{1,3})[ab]?(?:/(?:[1-4]|i{1,3})[ab]?)?) (?:for|in)|{platform} for|"
    r"(?:stud(?:y|ies)|trials?) (?:of|with|evaluating) {drug}(?: [^.;]{0,60}?)? (?:in|for)|"
    r"{drug},? (?:[\w-]+ ){0,2}?(?:in|for)|intended for|(?:stage|development|inhibitors?|antagonists?|agonists?|antibod(?:y|ies)|conjugates?|cocktail|candidate|programme?|medicines?|{drug_class}|{target}|{payload}) (?:for|against)|designation (?:to|of) {drug} (?:for|in)|(?:being|diseases|cancers|indications) (?:studied|evaluated)?,? ?includ(?:e|es|ing)|"
    r"(?:radiation|therapy|chemotherapy|immunotherapy|surgery|{treatment}|{drug}) for|designated for|for use in)"
)
_BETWEEN: Final = r"(?:(?!with\b|who\b|that\b|which\b|by\b|to\b(?! severe)|where\b|compared\b)(?:[\w/+'’%-]+|{target}[\w/+-]*),? |\([^()\ue000]*\),? ?)"
_GLUE: Final = r"(?:(?:,|;|/| \(|\)|\),|:)? ?(?:(?:and|or|as well as|including|such as|e\.g\.|both|either|also|potentially|select|certain|other|of|a|an|range|variety|the|in|for|with|patients|\(?[a-z/]+\)?) |[\w/+-]+ ){0,6}?)"
_TREATED: Final = pattern(
    rf"(?<!\w){_LEAD} {_BETWEEN}{{0,9}}?\(?(?P<list>{{disease}}\)?(?:{_GLUE}{{disease}}\)?){{0,14}})"
)
_ADJECTIVE: Final = pattern(
    r"(?P<list>{disease})(?:/{disease})? (?:[\w-]+ ){0,2}?(?:cohorts?|arms?|patients|stud(?:y|ies)|trials?|program|indications?|setting|population)\b"
)
_NAMED_FOR: Final = pattern(
    r"(?P<list>{disease}) (?:{platform}|vaccine|drug|therapy|treatment|gene therapy)(?: (?:product )?candidate| program)?,? {drug}"
)
_NOT_AFTER: Final = re.compile(
    r"[-\s]*(?:cells?\b|cell[- ](?!lung|carcinoma|lymphoma|leuk|tumou?r|malignan)|stem\b|targeting|cent(?:er|re)s?\b|research|society|(?:disease\s+)?(?:reduction|progression|worsening|clearance)\b|growth|models?\b|xenograft|biology|drugs\b|medicines\b|membrane|types?\b|burden|market)",
    re.IGNORECASE,
)
_STUDY: Final = re.compile(
    r"\b(?:phase\s+(?:[1-4]|I{1,3}V?)|stud(?:y|ies)|trials?|cohorts?|program)\b", re.IGNORECASE
)
_DRUG_WORD: Final = re.compile(
    r"^(?:it|this (?:drug|therapy|compound|candidate|vaccine|antibody|treatment)|the (?:drug|therapy|compound|candidate|vaccine|antibody|treatment|product))\b",
    re.IGNORECASE,
)
_UNSAID: Final = re.compile(
    r"\b(?:incidence|prevalence|survival rate|diagnosed each year|worldwide|deaths?|characteri[sz]ed by|is a (?:rare|common|chronic|serious))\b",
    re.IGNORECASE,
)
_GENERAL: Final = frozenset(
    {"disease", "cancer", "syndrome", "rare diseases", "rare disease", "genetic disease"}
)


def _indications(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
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
                yield _fact(
                    document, sentence, "indication", "drug_indication", said, mention.entity,
                    {"population": own or None}, modality=how, confidence=0.9,
                )  # fmt: skip


def _is_general(entity: Entity) -> bool:
    """Whether a disease is a chapter of medicine rather than something a drug is tested in."""
    return entity.label in _GENERAL or entity.label.endswith(("system disease", "system disorder"))


_PEOPLE: Final = re.compile(
    r"\b(?:patients?|adults?|children|people|subjects|individuals|men|women|participants|adolescents|infants)\b",
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


# --- combination ----------------------------------------------------------------------------------------

_PARTNER: Final = "(?:{drug|treatment|payload}|{drug_class}(?! {drug}))"
_PARTNERS: Final = (
    rf"(?P<with>{_PARTNER}(?:(?:,| and| or|, and| plus|/|\+) ?(?:an? )?(?:[\w-]+ ){{0,2}}?{_PARTNER}){{0,4}})"
)
_TO_PARTNER: Final = (
    r"(?:(?:[\w,-]+|{organization}(?:'s|')|{drug_class}|{target}|{platform}|the company's) ){0,6}?"
)
_COMBINED: Final = (
    pattern(rf"(?P<drug>{{drug}})[^.;]{{0,120}}?\b(?:combin(?:ed|ation)(?: therapy| treatment)?|together|concomitantly|administered) with {_TO_PARTNER}{_PARTNERS}"),
    pattern(rf"(?P<drug>{{drug}}) (?:plus|\+|and|with) (?:(?:low|standard|high)[- ]dose |oral |weekly )?{_PARTNERS} (?:combination|in patients|arm|regimen|for the treatment)"),
    pattern(rf"\bcombination of (?P<drug>{{drug}})(?: \([^()]*\))?(?:, [^,;.]{{3,70}},)?,? (?:and|with|plus) {_TO_PARTNER}{_PARTNERS}"),
    pattern(rf"(?P<drug>{{drug}}) plus (?:[\w,-]+ ){{0,3}}?{_PARTNERS}"),
    pattern(rf"\bin addition to (?:the )?(?P<drug>{{drug}})[^.;]{{0,80}}?\breceiv\w+ (?:[\w,./-]+ ){{0,6}}?{_PARTNERS}"),
)  # fmt: skip
_BARE_COMBINED: Final = pattern(rf"\bin combination with {_TO_PARTNER}{_PARTNERS}")
_PHASE: Final = re.compile(
    r"\bphase\s+((?:[1-4]|I{1,3}V?)[ab]?(?:\s?/\s?(?:[1-4]|I{1,3})[ab]?)?)\b", re.IGNORECASE
)


def _combinations(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug is given with.

    Hits: "a second Phase 1 study in combination with external beam radiation"; "ABC-1 plus pembrolizumab in patients";
    "In addition to the CLR 131 infusion(s), MM patients will receive 40 mg oral dexamethasone".
    Near misses: "phospholipid ethers are combined with cytotoxic payloads" (no drug); "ABC-1 versus docetaxel".
    """
    if not re.search(
        r"\b(?:combin\w+|plus|together|addition|concomitantly|regimen)\b|\+", sentence.text, re.IGNORECASE
    ):
        return
    for form in (*_COMBINED, _BARE_COMBINED):
        for match in form.finditer(sentence.frame):
            drug = (
                sentence.mention(match, "drug").entity
                if form is not _BARE_COMBINED
                else document.drug_of(sentence)
            )
            if drug is None:
                continue
            phases = [p for p in _PHASE.finditer(sentence.text) if p.start() < match.end()]
            trial = _arabic(phases[-1][1]) if phases else _section_phase(sentence)
            how = modality(sentence.text, match.start("with"), match.end("with"))
            if how is Modality.PLANNED and _RECEIVE.search(sentence.text, match.start(), match.end("with")):
                how = Modality.ASSERTED  # what patients "will receive" is how the trial is
            given = [m.entity for m in _treated(sentence, match)]
            for mention in sentence.at(match.start("with"), match.end("with")):
                partner = mention.entity
                if partner.kind in (Kind.PAYLOAD, Kind.DRUG_CLASS):
                    partner = as_kind(
                        partner, Kind.TREATMENT if partner.kind is Kind.DRUG_CLASS else Kind.DRUG
                    )
                if partner.kind in (Kind.DRUG, Kind.TREATMENT) and partner != drug:
                    yield _fact(
                        document,
                        sentence,
                        "combination",
                        "combination",
                        drug,
                        partner,
                        {"trial": trial, "indication": given[0] if len(given) == 1 else None},
                        modality=how,
                        confidence=0.9,
                    )


_RECEIVE: Final = re.compile(
    r"\b(?:patients|participants|subjects|they)\s+(?:will\s+)(?:also\s+)?receive\b", re.IGNORECASE
)
#: MM patients will receive …; … with ABC-2 for head and neck cancer
_PATIENTS_OF: Final = pattern(r"{disease} (?:patients|participants|subjects) (?:will |also |may )*receiv")
_PARTNER_FOR: Final = pattern(
    r" (?:for|in)(?: the treatment of)?(?: (?:adult |pediatric )?patients with)? (?:(?:advanced|metastatic|recurrent|relapsed|refractory|or) ){0,3}?{disease}(?! or| and|,)"
)


def _treated(sentence: LinkedSentence, match: re.Match[str]) -> list[Mention]:
    """The disease of those who get the combination, where the words beside it say so."""
    found = _PATIENTS_OF.search(sentence.frame, match.start(), match.end()) or _PARTNER_FOR.match(
        sentence.frame, match.end("with")
    )
    return [m for m in sentence.at(*found.span()) if m.entity.kind is Kind.DISEASE] if found else []


def _section_phase(sentence: LinkedSentence) -> str | None:
    found = _PHASE.search(sentence.section.title)
    return _arabic(found[1]) if found else None


def _arabic(phase: str) -> str:
    out = re.sub(r"\s", "", phase)
    for roman, digit in (("III", "3"), ("II", "2"), ("IV", "4"), ("I", "1")):
        out = re.sub(rf"(?i)(?<![a-z]){roman}(?![iv])", digit, out)
    return out.lower()
