"""Linked sentences → what a drug is: its platform, its class and, where that says so, its targets.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from kg.extract import molecules
from kg.extract.frames import pattern
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.own_drugs import is_common
from kg.extract.patterns import Pattern
from kg.extract.pronouns import TELLING
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Mention

_WORDS: Final = (
    r"(?:(?!and\b(?! only\b)|with\b|than\b|versus\b|plus\b|in combination\b|or\b)(?:[\w/+'®™-]+"
    r"|{payload|disease}[\w/-]*),? ){0,8}?"
)
_THING: Final = r"(?:anti-|non-|[a-z]+-)?{platform|drug_class|target|payload}"
_TARGETS: Final = r"{target}(?:(?:/| ?[x×] ?| and |-){target}){0,3}"
_LIST: Final = r"(?:(?:,| and| or|, and| &|/) ?{drug})*"
_BETWEEN: Final = r"(?:[\w ,/'()-]|{payload}|{disease}(?= {platform}))"
_NATURE: Final = (
    # ABC-1, the company's lead ADC candidate; ABC-1 is an investigational HER2-directed antibody
    pattern(
        rf"(?P<drug>{{drug}})(?: \([^()]*\)|, or {{drug}}|, (?:an?|after|when|once) [^,;.]{{3,60}}"
        rf"(?=, is\b))?\)?,?(?:,| is| are| was|, which is|, is)? (?:currently |also )?(?:an?|the|its|our"
        rf"|{{organization}}'s?|one of) (?P<what>{_WORDS}{_THING}(?:{_BETWEEN}{{0,60}}?{_THING}){{0,4}})"
    ),
    # "GTW-1 (partner: Acme): base editing of PCSK9 in …"
    pattern(
        rf"(?P<drug>{{drug}})(?: \([^()]*\))? ?[:–] (?P<what>(?:[\w/-]+ ){{0,4}}?{_THING}(?:[\w"
        rf" ,/'()-]{{0,40}}?{_THING}){{0,3}})"
    ),
    # "ABC-1, CD20xCD3 bispecific T-cell engager" as a line of its own
    pattern(
        rf"^[^\w\ue000-\ue0ff]*(?P<drug>{{drug}})(?: \([^()]*\))? ?[,:–—-]+ (?P<what>(?:[\w/-]+,? "
        rf"){{0,4}}?{_THING}(?:[\w ,/'()-]{{0,40}}?{_THING}){{0,3}}) ?[\w -]{{0,30}}?(?=$| ?\(| for | in | to |;)"
    ),
    # a pipeline with ABC-1, allogeneic NK cells for hepatocellular carcinoma
    pattern(
        rf"(?P<drug>{{drug}})(?: \([^()]*\))?, (?P<what>(?:(?!and\b|or\b)[\w-]+,? ){{0,4}}?(?:{{target}}[\w-]* )?"
        rf"{_THING})(?= (?:for|that|targeting|against|designed|which)\b)"
    ),
    # ABC-1 (oral TYK2 inhibitor)
    pattern(
        rf"(?P<drug>{{drug}})(?: (?:injection|tablets?|capsules?|infusion))? \((?:{{drug}}[,;] ?)*"
        r"(?:{organization}'s? )?"
        rf"(?P<what>(?:(?:[\w/-]+|{{disease}}),? ){{0,5}}?{_THING}(?:[\w "
        rf",/'-]{{0,30}}?{_THING}){{0,3}})(?: (?:inhibitor|antagonist|agonist"
        rf"|antibody))?(?:[;,][^()]{{0,60}})?\)"
    ),
    # the company's lead therapeutic PDC, ABC-1; its lead ADC candidate ABC-1
    pattern(
        rf"(?P<what>(?:(?:anti-)?{_TARGETS}(?:-(?:directed|targeted|targeting|specific|binding))? )?{_THING})"
        r"(?:-selective)?"
        rf"(?: \([^()]*\))?(?: (?!and\b|or\b|with\b|to\b)(?:[\w/-]+"
        rf"|{{payload|disease}})){{0,4}}?(?:,| \(| -|:)? ?(?:called |named "
        rf"|known as )?(?P<drug>{{drug}}{_LIST})"
    ),
    # our STAT6 programme, ABC-1
    pattern(
        r"(?:our|its|the|lead|'s) (?P<what>{target}) program(?:me)?,? (?P<drug>{drug})(?=,|\.|;| is| was| has| entered)"
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
    # approved ABC-1 as the first and only specific IL-23 inhibitor
    pattern(
        r"(?P<drug>{drug})(?: \([^()]*\))?,? as (?:an?|the) "
        rf"(?P<what>(?:(?!to\b|for\b|of\b|with\b|and\b(?! only\b)|or\b|in\b)[\w-]+ ){{0,6}}?{_THING})"
    ),
    # the ABC-1 gene therapy; ABC-1 CAR-T cells
    pattern(
        r"(?P<drug>{drug}) (?P<what>{platform})(?! ?(?:platform|technology|trial|study|arm|group|or\b"
        r"|and\b|,))"
    ),
    # "*The* (ABC-1) oral TYK2 inhibitor is given once a day"
    pattern(
        rf"^[^\w\ue000-\ue0ff]*(?P<drug>{{drug}}) (?P<what>(?:[a-z-]+,? ){{0,4}}?"
        rf"{_THING}(?:[\w ,/'()-]{{0,30}}?{_THING}){{0,2}})(?:-[a-z]+)?(?: [\w-]+){{0,2}}? {TELLING}"
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
    # the ABC-1 CXCR4 programme
    pattern(r"(?P<drug>{drug}) (?P<what>{target}) (?:program(?:me)?|antibody)\b"),
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
        r"|degrader|opener|corrector|stabili[sz]er|stimulator|enhancer|binder|silencer|suppressor)s? of "
        r"(?:[\w-]+ ){0,4}?(?P<what>{target}(?:[\w "
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
_BEFORE_DRUG: Final = 5  # the form of `_NATURE` in which the thing stands before the drug
_NEXT_NAME: Final = Pattern(r"\s+[a-z]{7,}(?:an|mab|nib|ide|ine|ant|sen|cel|vec)\s+\(")
_NEXT_DRUG: Final = pattern(r"(?: (?:inhibitor|antagonist|agonist|antibody|candidate|therapy))? {drug}")
_ACTS: Final = Pattern(
    r"(?:[-\s]+receptor)?\s+(?:inhibitor|antagonist|agonist|degrader|activator|modulator|blocker"
    r"|stimulator)s?\b"
)
_RELATION: Final = {
    Kind.PLATFORM: "drug_platform",
    Kind.DRUG_CLASS: "drug_class",
    Kind.TARGET: "drug_target",
}


_ACTING: Final = Pattern(
    r"(?<!-)\b(?:target(?:s|ing)|bind(?:s|ing)?|inhibit(?:s|ing)|block(?:s|ing)|silenc(?:es|ing)|degrad(?:es"
    r"|ing)|directed (?:at|against|to)|against)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_ANTIBODY_CONCEPT: Final = "platform:monoclonal-antibody"
_ANTIBODY: Final = Pattern(
    r"(?:[-\s](?:directed|targeted|targeting|specific|binding|blocking))?(?:\s+(?:receptor|agonist(?:ic)?|antagonist(?:ic)?"
    r"|neutrali[sz]ing|blocking|humani[sz]ed))?\s+(?:antibod(?:y|ies)|mAbs?)\b(?![-–]|\s+fragment)"
)
_ENGAGER: Final = Pattern(r"\s+(?:bispecific\s+)?engagers?\b")


def _made_as(sentence: LinkedSentence, thing: Mention) -> str:
    """The platform that the bare word behind a target or class names ("a PD-1 antibody"); else ""."""
    if thing.entity.kind is Kind.DRUG_CLASS:
        return (
            _ANTIBODY_CONCEPT
            if re.search(r"antibod(?:y|ies)$|\bmAbs?$", thing.text)
            or (thing.text.startswith("anti-") and _ANTIBODY.match(sentence.text, thing.end - sentence.start))
            else ""
        )
    if thing.entity.kind is not Kind.TARGET:
        return ""
    if _ENGAGER.match(sentence.text, thing.end - sentence.start) and thing.text.startswith("CD3"):
        return "platform:t-cell-engager"
    return _ANTIBODY_CONCEPT if _ANTIBODY.match(sentence.text, thing.end - sentence.start) else ""


def natures(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What a drug is, by apposition or by what it uses.

    Hits: "the company's lead therapeutic PDC, CLR 131"; "ABC-1, a HER2-directed antibody-drug conjugate";
    "CLR 131 utilizes the company's PDC tumor targeting delivery platform"; "PDC programs (CLR 1 and CLR 2)".
    Near misses: "ABC-1 in combination with a checkpoint inhibitor"; "ABC-1 and the antibody XYZ-2".
    """
    if not sentence.of_kind(Kind.DRUG):
        yield from _unnamed(document, sentence)
        return
    if "ntibody" in sentence.text or "mAb" in sentence.text:
        yield from _antibodies(document, sentence)
    if not sentence.of_kind(*_RELATION, Kind.PAYLOAD):
        return
    for number, form in enumerate(_NATURE):
        for match in form.finditer(sentence.frame):
            drugs = _described(document, sentence, match, before=number == _BEFORE_DRUG)
            if not drugs:
                continue
            for thing in _things(sentence, match, before=number == _BEFORE_DRUG):
                for relation, what, rule, confidence in _told_by(document, sentence, match, thing):
                    for drug in drugs:
                        yield statement(
                            document, sentence, f"drugs.{rule}", relation, drug, what, confidence=confidence
                        )


#: "announced results for *its* oral BET inhibitor", "Acme's *CDK2* degrader meets endpoint".
_ITS: Final = pattern(
    rf"(?P<drug>\b(?:its|our)|{{organization}}'s?|^[^.;]{{0,80}}?\b(?:says?|reports?|announces?|of|for)) "
    rf"(?P<what>(?:(?!with\b|and\b|or\b|for\b|of\b|in\b|to\b|prior\b|patients\b|adults\b)[\w-]+,? ){{0,4}}?"
    rf"(?:{_TARGETS}(?=(?: (?:receptor|positive|allosteric|monoclonal|bispecific))* (?:inhibitor|antibody|degrader"
    r"|blocker|modulator|activator|agonist|antagonist|ADC)\b(?!-))|{drug_class}(?!-)))"
)


def _unnamed(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What the only new drug of a release is called where it is not named: "its oral BET inhibitor"."""
    subject = document.subject
    if subject is None or is_common(subject) or not sentence.of_kind(Kind.TARGET, Kind.DRUG_CLASS):
        return
    match = _ITS.search(sentence.frame)
    new = {m.entity for m in document.mentions(Kind.DRUG) if not is_common(m.entity)} if match else set()
    if match is not None and new == {subject}:
        for thing in _things(sentence, match, before=True):
            for relation, what, rule, confidence in _told_by(document, sentence, match, thing):
                yield statement(
                    document, sentence, f"drugs.{rule}", relation, subject, what, confidence=confidence
                )


_OTHERS: Final = Pattern(r"\b(?:combin\w+|plus|versus|compared|control|collaborat\w+)\b")


def _described(
    document: LinkedDocument, sentence: LinkedSentence, match: re.Match[str], *, before: bool
) -> list[Entity]:
    """The drugs that a match speaks of; none where it speaks of what they are given with, or of the next one.

    Args:
        document: the release.
        sentence: where the match was found.
        match: of one of the forms.
        before: whether the form has the thing before the drug.
    """
    between = sentence.text[
        min(match.end("drug"), match.start("what")) : max(match.start("drug"), match.start("what"))
    ]
    if _OTHERS.search(between + match["what"]):
        return []
    if before and _is_list_item(sentence, match):
        return []
    if (
        not before
        and "," in between
        and (
            _NEXT_DRUG.match(sentence.frame, match.end("what"))
            or _NEXT_NAME.match(sentence.text, match.end("what"))
        )
    ):
        return []  # "eculizumab, the C3 inhibitor pegcetacoplan": what the next one is
    return [
        m.entity
        for m in sentence.at(match.start("drug"), match.end("drug"))
        if m.entity.kind is Kind.DRUG
        and (m.entity == document.subject or not any(is_established(n) for n in m.entity.names))
    ]


#: Of the platforms, those that say how a drug acts rather than what it is made of.
_MECHANISMS: Final = frozenset({"platform:covalent-inhibitor"})
#: "…, and a preclinical Nav1.6 program": something else.
_AND_ANOTHER: Final = Pattern(r",\s+and\s+(?:an?|the|its|our)\s")


def _things(sentence: LinkedSentence, match: re.Match[str], *, before: bool) -> Iterator[Mention]:
    """The platforms, classes and targets of a match that the drug is said to be or to act on."""
    last: int | None = None
    for thing in sentence.at(match.start("what"), match.end("what")):
        if thing.entity.kind not in _RELATION and thing.entity.kind is not Kind.PAYLOAD:
            continue
        if last is not None and _AND_ANOTHER.search(
            sentence.text, last - sentence.start, thing.start - sentence.start
        ):
            return
        last = thing.end
        if thing.entity.kind is Kind.TARGET and before and not _directed(sentence, thing):
            continue
        if thing.entity.kind is Kind.PLATFORM and (
            thing.entity.concept in _MECHANISMS or _is_part_of_another(sentence, match, thing)
        ):
            continue
        yield thing


def _is_part_of_another(sentence: LinkedSentence, match: re.Match[str], thing: Mention) -> bool:
    """Whether a modality is that of what the drug acts on, or a part of a conjugate's name.

    Hits: "targets the *messenger RNA* of …"; "an antibody-*peptide* conjugate"; "*microRNA*-17".
    """
    at, end = thing.start - sentence.start, thing.end - sentence.start
    if match.end("drug") <= at and _ACTING.search(sentence.text[match.end("drug") : at]):
        return True
    if _NUMBER.match(sentence.text, end):
        return True
    hyphened = _HYPHENED.search(sentence.text, max(0, at - 12), at) is not None
    return hyphened and _CONJUGATE.match(sentence.text, end) is not None


_HYPHENED: Final = Pattern(r"\w[-–]$")
_CONJUGATE: Final = Pattern(r"\s+conjugates?\b")
_NUMBER: Final = Pattern(r"-\d")


def _told_by(
    document: LinkedDocument, sentence: LinkedSentence, match: re.Match[str], thing: Mention
) -> Iterator[tuple[str, Entity, str, float]]:
    """What a platform, class or target says of the drug: relation, object, rule, confidence."""
    kind = thing.entity.kind
    acts = _ACTS.match(sentence.text, thing.end - sentence.start) if kind is Kind.TARGET else None
    if acts is not None:
        label = " ".join(document.text[thing.start : sentence.start + acts.end()].split())
        yield "drug_class", Entity(Kind.DRUG_CLASS, label.removesuffix("s")), "class-of-target", 0.85
    if _is_hoped(sentence, match):
        return
    if kind is Kind.PAYLOAD:
        for molecule in molecules.of_load(document, sentence, thing):
            yield "drug_target", molecule, "target-of-class", 0.85
        return
    if kind is Kind.DRUG_CLASS:
        for molecule in molecules.of_class(document, thing):
            yield "drug_target", molecule, "target-of-class", 0.85
    said = _made_as(sentence, thing)
    if said in document.concepts:
        yield "drug_platform", document.concept(said), "nature", 0.9
    vaccine = _kind_of_vaccine(sentence, thing)
    if vaccine in document.concepts:
        yield "drug_platform", document.concept(vaccine), "nature", 0.9
    elif kind is not Kind.TARGET:
        yield _RELATION[kind], thing.entity, "nature", 0.9
    elif not molecules.is_marker(sentence, thing):
        for molecule in molecules.meant(document, sentence, thing):
            yield "drug_target", molecule, "nature", 0.9


#: How a vaccine is made, told before the disease that it prevents: "a *live-attenuated* chikungunya vaccine".
_KINDS_OF_VACCINE: Final = (
    (Pattern(r"\blive[-,\s]+(?:\w+,?\s+)?attenuated\b", re.IGNORECASE), "platform:live-attenuated-vaccine"),
    (Pattern(r"\b(?:inactivated|killed)\b", re.IGNORECASE), "platform:inactivated-vaccine"),
    (Pattern(r"\b(?:bio|glyco)?conjugate\b", re.IGNORECASE), "platform:conjugate-vaccine"),
    (
        Pattern(r"\b(?:sub-?unit|recombinant|protein-based)\b", re.IGNORECASE),
        "platform:protein-subunit-vaccine",
    ),
    (Pattern(r"\bVLP\b|\bvirus-like\s+particle\b"), "platform:virus-like-particle"),
    (
        Pattern(r"\b(?:adenovirus|viral|virus|vector)-(?:based|vectored)\b|\bvectored\b"),
        "platform:viral-vector-vaccine",
    ),
    (Pattern(r"\bmRNA(?:-based)?\b"), "platform:mrna-vaccine"),
)
_VACCINE_BEFORE: Final = 60  # characters


def _kind_of_vaccine(sentence: LinkedSentence, thing: Mention) -> str:
    """The concept of a vaccine whose kind stands before the disease; "" where only "vaccine" is said."""
    if thing.entity.concept != "platform:vaccine":
        return ""
    at = thing.start - sentence.start
    words = sentence.text[max(0, at - _VACCINE_BEFORE) : at]
    words = words[max(words.rfind(mark) + 1 for mark in (";", "(", ". ", " is ", " and ", " with ")) :]
    return next((concept for form, concept in _KINDS_OF_VACCINE if form.search(words)), "")


#: "AB-1 is an anti-KIR3DL2 humanized antibody", "AB-1, a half-life extended antibody against TSLP".
_ANTIBODY_BEHIND: Final = pattern(
    r"(?P<drug>{drug})(?: \([^()]*\))?,? (?:is |was |which is )?(?:an?|the company's|its|our) "
    r"(?:(?!and\b|or\b|with\b|than\b|for\b|of\b)(?:[\w/+'-]+|(?:anti-)?{target}[\w/-]*),? ){0,7}?"
    r"(?P<what>antibody\b|mAb\b|{endpoint})"
    r"(?!-|–| (?:drug|fragment|conjugate|response|titer|titre|level|positive|test))"
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
    for match in (
        *_ANTIBODY_BEFORE.finditer(sentence.frame),
        *_ANTIBODY_BEHIND.finditer(sentence.frame),
    ):
        drug = sentence.mention(match, "drug").entity
        named = match.groupdict().get("what")  # "a neutralizing antibody" is what vaccines raise too
        if named is not None and not sentence.text.endswith(("ntibody", "mAb"), 0, match.end("what")):
            continue
        if not any(is_established(n) for n in drug.names) and not _OTHERS.search(match[0]):
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


_DIRECTED: Final = pattern(
    r"(?:(?:/| ?[x×] ?| and |-){target}){0,3}(?:[- ](?:directed|targeted|targeting|specific|selective)\b| antibody\b"
    r"|-? ?{platform}"
    r"| (?:inhibitor|antagonist|agonist|degrader|activator|modulator|blocker|stabili[sz]er|program(?:me)?)\b)"
)


def _directed(sentence: LinkedSentence, thing: Mention) -> bool:
    """Whether a target is what the drug behind it is made against: "TROP2-directed ADC XB-1", "BCL6 degrader XB-2"."""
    at, end = thing.start - sentence.start, thing.end - sentence.start
    return sentence.text.endswith("anti-", 0, at) or _DIRECTED.match(sentence.frame, end) is not None


def _is_list_item(sentence: LinkedSentence, match: re.Match[str]) -> bool:
    """Whether thing and drug stand side by side in a list: "chemotherapy, pembrolizumab"."""
    before = sentence.text[max(0, match.start() - 30) : match.start()]
    return bool(
        re.search(r"(?:\bwith|\bplus|\band|\bor|,)\s+(?:an?\s+)?(?:[\w-]+\s+)?$", before)
    ) and not re.search(r"(?:'s|lead|our|its|the)\s+(?:[\w-]+,?\s+){0,3}$", before)


#: "Acme develops inhaled peptides"; "Acme, a leading developer of RNAi therapeutics".
_MAKER: Final = pattern(
    r"{organization}[^.;]{0,90}?\b(?:develop(?:s|ing|ers? of)|development of|discovery of"
    r"|speciali[sz](?:es|ed|ing|t) in|focus(?:es|ed|ing) on|leaders? in|pioneer(?:s|ing)?(?: in| of)?|advancing)"
    r" [^.;]{0,90}?(?P<what>{platform})(?! (?:and|or|,))"
)


def natures_of_makers(document: LinkedDocument, known: Set[Entity], own: Set[Entity]) -> Iterator[Fact]:
    """What the candidates of a company are that makes one sort of thing.

    Hits: "Acme develops inhaled peptides. Its preclinical candidate AB-1 targets …".
    Near misses: "Acme develops peptides and antibodies."; a release that speaks of antibodies too; a drug of which the
    release says what it is.

    Args:
        document: the release.
        known: the drugs that have a platform already.
        own: the drugs that somebody is said to develop.
    """
    spoken_of = {m.entity.concept or "" for s in document.statements() for m in s.of_kind(Kind.PLATFORM)}
    maker = next(_makers(document), None) if spoken_of and own - known else None
    if maker is None or _several(document, spoken_of, maker[1].concept or ""):
        return
    told: set[Entity] = set()
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            drug = mention.entity
            if drug in own and drug not in known and drug not in told and not _is_established(drug):
                told.add(drug)
                yield statement(
                    document,
                    maker[0],
                    "drugs.nature-of-maker",
                    "drug_platform",
                    drug,
                    maker[1],
                    confidence=0.7,
                )


def _is_established(drug: Entity) -> bool:
    return any(is_established(name) for name in drug.names)


def _makers(document: LinkedDocument) -> Iterator[tuple[LinkedSentence, Entity]]:
    """The sentences that say what the issuer makes, with it."""
    for sentence in document.statements():
        platforms = {m.entity for m in sentence.of_kind(Kind.PLATFORM)}
        if len(platforms) != 1 or not any(
            m.entity == document.issuer for m in sentence.of_kind(Kind.ORGANIZATION)
        ):
            continue
        maker = _MAKER.search(sentence.frame)
        if maker is not None:
            yield sentence, sentence.mention(maker, "what").entity


def _several(document: LinkedDocument, spoken_of: Set[str], made: str) -> bool:
    """Whether a release speaks of platforms beside the one that its issuer makes, wider and narrower ones apart."""
    wider = document.above(made) | _FORMULATIONS | (_OF_CONJUGATES if made in _CONJUGATES else frozenset())
    return any(other not in wider and made not in document.above(other) for other in spoken_of)


#: What brings a drug where it acts, whatever it is.
_FORMULATIONS: Final = frozenset({"platform:lipid-nanoparticle", "platform:nanoparticle", "platform:mrna"})


#: Conjugates of antibodies, and what they are made of, which a release on them speaks of too.
_CONJUGATES: Final = frozenset(
    {"platform:antibody-oligonucleotide-conjugate", "platform:antibody-drug-conjugate"}
)
_OF_CONJUGATES: Final = frozenset(
    {
        "platform:monoclonal-antibody",
        "platform:antibody-fragment",
        "platform:sirna",
        "platform:antisense-oligonucleotide",
        "platform:oligonucleotide",
    }
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
        f.subject
        for f in facts
        if f.relation == "drug_platform"
        and isinstance(f.object, Entity)
        and document.above(f.object.concept or "") & _CARRIERS
    }
    for fact in facts:
        part = isinstance(fact.object, Entity) and fact.object.concept in _PARTS
        if not (part and fact.relation == "drug_platform" and fact.subject in carriers):
            yield fact
