"""Whose drug is it: the organisations that develop, own or market the drugs of a release."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.drug_names import is_established
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.model import Entity, Kind, Mention, Modality


@dataclass(frozen=True, slots=True)
class Ownership:
    """One ground for saying that a drug is an organisation's.

    Attributes:
        organization: whose.
        drug: what.
        sentence: where it says so.
        rule: which rule read it.
        confidence: 0 to 1.
        modality: a drug not yet developed is planned.
    """

    organization: Entity
    drug: Entity
    sentence: LinkedSentence
    rule: str
    confidence: float = 0.95
    modality: Modality = Modality.ASSERTED


_GAP: Final = (
    r"(?:(?!of\b|with\b|for\b|to\b|in\b|from\b|and\b|is\b|was\b|has\b|plus\b|against\b"
    r"|versus\b)(?:[\w/+-]+|{platform}|{payload}|(?:anti-)?{target}[\w-]*|{disease}|{drug_class}"
    r"|{designation}),? ){0,9}?"
)
_NOUN: Final = (
    r"(?:candidates?|compounds?|therap(?:y|ies|eutics?)|treatments?|inhibitors?|antagonists?|agonists?"
    r"|antibod(?:y|ies)|vaccines?|"
    r"conjugates?|ADCs?|molecules?|agents?|drugs?|products?|programs?|assets?|medicines?"
    r"|immunotherap(?:y|ies)|biosimilars?|radiopharmaceuticals?|"
    r"degraders?|platform|pdcs?|{platform}|{drug_class})"
)
_LIST: Final = r"(?:(?:,| and| or|, and| &|;|/| \(| as well as)? ?{drug}\)?)*"
_OWN: Final = (
    # Acme's lead candidate, ABC-1 · Acme's ABC-1 · the company's product candidates ABC-1 and ABC-2
    ("possessive", pattern(rf"(?P<org>{{organization}})(?:'s|') {_GAP}(?P<drug>{{drug}}{_LIST})")),
    # ABC-1, Acme's lead candidate · ABC-1 is the company's investigational therapy
    (
        "apposition",
        pattern(
            rf"(?P<drug>{{drug}}{_LIST})\)?(?: \([^()]*\))?(?:,| is| are|, which is"
            rf"|, is)? (?P<org>{{organization}})(?:'s|') (?:(?:[\w/+-]+|{{platform}}|{{payload}}"
            rf"|{{target}}[\w-]*|{{disease}}),? ){{0,10}}?{_NOUN}"
        ),
    ),
    # Acme is developing / markets ABC-1
    (
        "develops",
        pattern(
            rf"(?P<org>{{organization}})(?: \([^()]*\))?,? (?:(?:has|have|is|are|been|was|also"
            rf"|currently|will|now|who|which|continues to|expects to|plans to|that) ){{0,4}}"
            r"(?:develop(?:s|ed|ing)?|advanc(?:es|ed|ing)|market(?:s|ed|ing)?|commerciali[sz](?:es|ed"
            r"|ing)|discover(?:ed|s)|launch(?:ed|es)|sell(?:s|ing)?|studying|testing|owns?|invented"
            r"|evaluat(?:es|ing)"
            r"|manufactures and markets) "
            rf"(?:(?!with\b|from\b|against\b|versus\b|combin\w+|including in\b)(?:[\w/+-]+|{{platform}}"
            rf"|{{payload}}|{{target}}|{{drug_class}}),? ){{0,8}}?(?P<drug>{{drug}}{_LIST})"
        ),
    ),
    # Acme's pipeline includes ABC-1, ABC-2; two preclinical programs (ABC-1 and ABC-2)
    (
        "pipeline",
        pattern(
            rf"(?P<org>{{organization}})(?:'s|')? [^.;]{{0,60}}?\b(?:pipeline|portfolio|candidates"
            rf"|programs)\b[^.;]{{0,60}}?\b(?:includ\w+|compris\w+|consists? of|contains?|features?"
            rf"|led by|are|is)\b [^.;]{{0,80}}?(?P<drug>{{drug}}{_LIST})"
        ),
    ),
    # The company is developing PDCs …, such as paclitaxel (ABC-1), a preclinical stage product candidate
    (
        "candidate",
        pattern(
            r"(?P<org>{organization})[^.;]{0,200}?(?P<drug>{drug})\)?,? (?:an?|its|the|our"
            r"|their) (?:[\w/+-]+,? ){0,6}?(?:candidate|asset|program|product)\b"
        ),
    ),
    # Acme's Phase 3 trial of ABC-1; Acme's new drug application for ABC-1
    (
        "sponsor",
        pattern(
            r"(?P<org>{organization})(?:'s|') (?:(?!with\b|in\b)(?:[\w/().+-]+|{disease}"
            r"|{platform}),? ){0,8}?"
            r"(?:trials?|study|studies|applications?|submission|filing|NDA|BLA|MAA|IND"
            r"|CTA) (?:\([^()]*\) )?(?:of|for|evaluating|with) (?P<drug>{drug})"
        ),
    ),
    # Acme holds the exclusive commercial rights to ABC-1
    ("rights", pattern(
        r"(?P<org>{organization}),? (?:which |who |that )?(?:has(?! no\b)|have(?! no\b)|holds?|owns?"
        r"|retains?) [^.;]{0,50}?\brights (?:to|for|of) (?:(?:co-?)?(?:commerciali[sz]e|market|sell"
        r"|develop|manufacture)(?:,| and|, and)? ){0,3}(?P<drug>{drug})")),
    # Acme has licensed rights to ABC-1 in Europe to Foo: Foo's too
    ("licensee", pattern(
        r"\b(?:licen[sc]ed|granted|out-licensed)\b[^.;]{0,80}?(?P<drug>{drug})[^.;]{0,60}?\bto "
        r"(?P<org>{organization})")),
    ("licensee", pattern(
        r"(?P<drug>{drug})[^.;]{0,60}?\b(?:is|was|has been) (?:out-)?licen[sc]ed to "
        r"(?P<org>{organization})")),
    ("in-licensed", pattern(
        r"(?P<org>{organization}) (?:in-)?licen[sc]ed (?:[\w-]+ ){0,5}?"
        r"(?P<drug>{drug})[^.;]{0,40}?\bfrom\b")),
    ("licensee", pattern(
        r"(?P<org>{organization})[^.;]{0,60}?\b(?:obtain|receiv|gain|acquir"
        r"|in-licens)\w* [^.;]{0,60}?\b(?:rights|licen[sc]e) (?:to"
        r"|for)(?: [\w-]+){0,6}? (?P<drug>{drug})")),
    # ABC-1, which is being developed by Acme
    ("by", pattern(
        r"(?P<drug>{drug})[^.;]{0,80}?\b(?:developed|owned|marketed|discovered|invented|sponsored"
        r"|commerciali[sz]ed) by (?:the )?(?P<org>{organization})")),
)  # fmt: skip
_OUR: Final = (
    # sales of ABC-1; ABC-1 … had sales of
    pattern(r"\b(?:sales|revenues?) (?:of|from) (?P<drug>{drug})"),
    pattern(
        r"(?P<drug>{drug})[^.;]{0,90}? (?:had|with|generated|recorded) (?:[\w-]+ ){0,3}?(?:sales"
        r"|revenues?)\b"
    ),
    # its Phase 3 trial of ABC-1; our new drug application for ABC-1
    pattern(
        r"\b(?:its|our) (?:(?!with\b|in\b)(?:[\w/().+-]+|{disease}|{platform}),? ){0,8}?"
        r"(?:trials?|study|studies|applications?|submission|filing|NDA|BLA|MAA|IND"
        r"|CTA) (?:\([^()]*\) )?(?:of|for|evaluating|with) (?P<drug>{drug})"
    ),
    # It markets ABC-1; we are developing ABC-2 and ABC-3; the company sells ABC-4
    pattern(
        r"(?:^[^\w\ue000-\ue0ff]*|[.] )(?:it|we) (?:(?:also|currently|now|have|has|are|is"
        r"|further) ){0,3}(?:develop|advanc|market|commerciali[sz]|sell|launch|own)\w* "
        rf"(?:(?!with\b|from\b|against\b|versus\b|combin\w+)(?:[\w/+-]+|{{platform}}|{{payload}}"
        rf"|{{target}}|{{drug_class}}|{{disease}}),? ){{0,8}}?(?P<drug>{{drug}}{_LIST})"
    ),
    pattern(
        rf"\b(?:its|our) (?:[\w-]+ ){{0,3}}?(?:products?|medicines?|programmes?|programs?|candidates?"
        rf"|assets?)(?: [\w-]+){{0,3}} (?:is|are|include|comprise|includes) (?P<drug>{{drug}}{_LIST})"
    ),
    pattern(rf"\b(?:our|its) {_GAP}(?P<drug>{{drug}})"),
    pattern(
        r"\b(?:its|our|the company's) (?:[\w-]+ ){0,3}?(?:pipeline"
        r"|portfolio) [^.;]{0,30}?\b(?:includ\w+|compris\w+|consists of"
        r"|contains) (?:[\w-]+ ){0,6}?(?P<drug>{drug})"
    ),
    pattern(
        r"\b(?:a|its|our|the|another) (?:second|third|lead|other|next"
        r"|further) (?:[\w-]+ ){0,3}?(?:candidate|program(?:me)?|product|asset|conjugate|medicine|compound"
        r"|vaccine|therapy),? (?P<drug>{drug})"
    ),
    pattern(r"\bhas an? (?:[\w-]+ ){0,4}?(?:program(?:me)?|candidate|asset|compound),? (?P<drug>{drug})"),
    pattern(
        rf"(?P<drug>{{drug}})(?: [a-z]+){{0,3}}\)?, (?:its|our) (?:(?:[\w/+-]+|{{platform}}|{{target}}"
        rf"|{{disease}}),? ){{0,7}}?{_NOUN}"
    ),
)
_NOT_OWN: Final = re.compile(
    r"\b(?:no|control|comparator|combination|combined with|collaborat|partner(?:'s|ed)|competit"
    r"|licen[sc]ed to"
    r"|placebo|sold|sale of|divest\w*|transferred|versus|vs|alone|background|standard[- ]of[- ]care)\b",
    re.IGNORECASE,
)


#: Grounds that leave a drug with its originator too.
_SHARED: Final = frozenset({"licensee", "rights", "partner", "in-licensed", "by"})


def ownerships(document: LinkedDocument) -> list[Ownership]:
    """Every ground in the release, the surest first.

    Near misses: a comparator ("a control group of I-127-CLR 1404"), a partner in a combination ("with
    dexamethasone"), a supplier's product.
    """
    found: list[Ownership] = []
    for sentence in document.statements():
        kinds = {m.entity.kind for m in sentence.mentions}
        if Kind.DRUG not in kinds:
            continue
        for rule, form in _OWN if Kind.ORGANIZATION in kinds else ():
            for match in form.finditer(sentence.frame):
                organization = sentence.mention(match, "org").entity
                before = (
                    sentence.text[match.end("org") : match.start("drug")]
                    if match.start("org") < match.start("drug")
                    else ""
                )
                if _NOT_OWN.search(before) or _supplies(sentence, organization):
                    continue
                for mention in sentence.at(match.start("drug"), match.end("drug")):
                    if mention.entity.kind is Kind.DRUG and _may_be_own(document, mention.entity):
                        found.append(Ownership(organization, mention.entity, sentence, rule))
        if document.issuer is not None and sentence.section.kind is not SectionKind.HEADLINE:
            for match in (m for form in _OUR for m in form.finditer(sentence.frame)):
                before = sentence.text[match.start() : match.start("drug")]
                organization_ = _speaker(document, sentence)
                for mention in sentence.at(match.start("drug"), match.end("drug")):
                    if (
                        organization_ is not None
                        and mention.entity.kind is Kind.DRUG
                        and not _NOT_OWN.search(before)
                        and _may_be_own(document, mention.entity)
                    ):
                        found.append(Ownership(organization_, mention.entity, sentence, "our", 0.85))
    # that another holds a licence says nothing against the issuer
    found += _of_the_headline(document, _settled(document, found))
    found += _of_the_section(document, {o.drug for o in found})
    found += _of_the_target(document, {o.drug for o in found if o.rule not in _SHARED})
    found += _of_the_series(document, found)
    found += _of_the_issuer(document, _settled(document, found))
    found += _of_the_partners(document)
    found += _of_the_licensees(document)
    return found


def _settled(document: LinkedDocument, found: Sequence[Ownership]) -> set[Entity]:
    """The drugs that are said to be the issuer's, or somebody else's own: a partner's work on it settles nothing."""
    return {
        o.drug
        for o in found
        if o.organization == document.issuer or o.rule in ("possessive", "apposition", "candidate")
    }


def _speaker(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """Whom "it", "its", "our" mean: who is quoted, whom the sentence before begins with, else the section's topic."""
    quoted = _QUOTED.search(sentence.frame)
    if quoted is not None and sentence.frame.lstrip()[:1] in '"\u201c':
        return sentence.mention(quoted, "org").entity
    own = sentence.of_kind(Kind.ORGANIZATION)
    if own and own[0].start - sentence.start < 4:
        return own[0].entity  # "Foo … its ABC-1"
    index = document.index(sentence)
    if index and document.sentences[index - 1].sentence.paragraph == sentence.sentence.paragraph:
        before = document.sentences[index - 1]
        first = before.of_kind(Kind.ORGANIZATION)
        if first and first[0].start - before.start < 4:
            return first[0].entity
    return document.organization_of(sentence)


#: "…," said Ana Roth, Foo's CEO; said Ana Roth, CEO of Foo
_QUOTED: Final = pattern(
    r"(?:said|says|stated|added|adds|commented|noted|explained) {person},?[^.;]{0,90}?(?P<org>{organization})"
)

_AGREEMENT: Final = r"\b(?:licen[sc]\w+|sub-?licen[sc]\w+)\b"
_TO_DEVELOP: Final = (
    r"\b(?:to|for the) (?:[\w-]+ ){0,2}?(?:co-?)?(?:develop|commerciali[sz]|market)\w*[^.;]{0,70}?"
)
_PARTNERS: Final = (
    # Acme entered into an exclusive licence agreement with Foo to commercialise ABC-1
    pattern(
        rf"{_AGREEMENT}[^.;]{{0,60}}?\bwith (?:[\w-]+ ){{0,5}}?"
        rf"(?P<org>{{organization}})[^.;]{{0,80}}?{_TO_DEVELOP}(?P<drug>{{drug}})"
    ),
    # Acme and Foo enter into a licensing partnership to develop ABC-1
    pattern(
        rf"{{organization}}[^.;]{{0,20}}? and (?P<org>{{organization}})(?: ?\([^()]*\))*(?:, "
        rf"[^;]{{3,90}}?,)? (?:today |have |has )*(?:announce|enter"
        rf"|sign)\w*[^.;]{{0,90}}?{_AGREEMENT}[^.;]{{0,80}}?{_TO_DEVELOP}(?P<drug>{{drug}})"
    ),
    # Acme has granted an exclusive licence to Foo for the development of ABC-1
    pattern(
        rf"{_AGREEMENT}[^.;]{{0,30}}? to (?P<org>{{organization}})[^.;]{{0,40}}?{_TO_DEVELOP}"
        rf"(?P<drug>{{drug}})"
    ),
    # Foo, which holds rights to ABC-1 in Japan; Foo has the right to commercialise ABC-1 in Asia
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:which |who |that )?(?:has|have|holds?|hold|owns?"
        r"|retains?|obtained|has obtained|received|will have)"
        r" (?:an? |the )?(?:[\w-]+ ){0,5}?(?:rights?|licen[sc]e)\b (?:to|for)"
        r"(?: (?:co-?)?(?:develop|commerciali[sz]e|market|sell|manufactur)\w*(?:,| and"
        r"|, and)?){0,4} (?P<drug>{drug})"
    ),
    # Foo is conducting a Phase 1/2 bridging study of ABC-1 in Japan; Foo filed an NDA for ABC-1 in China
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:is |has |have |will |also |currently |be "
        r"|been )*(?:conduct|initiat|start|run|sponsor)\w*"
        r" [^.;]{0,60}?\b(?:study|trial|studies|trials) (?:of|with|evaluating|in which) (?P<drug>{drug})"
    ),
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:has |have |also |recently "
        r"|subsequently )*(?:submit|fil|withdr)\w* [^.;]{0,50}?"
        r"\b(?:application|NDA|BLA|MAA|IND|CTA|submission)\b [^.;]{0,40}?(?:for|of) (?P<drug>{drug})"
    ),
    # our partner Foo …, licensee Foo filed … ABC-1
    pattern(
        r"\b(?:partner|licen[sc]ee),? (?P<org>{organization})(?: \([^()]*\))*,?[^.;]{0,90}?(?P<drug>{drug})"
    ),
    # Acme's partner for ABC-1, Foo; ABC-1 (partner: Foo)
    pattern(r"\b(?:partner|licen[sc]ee) for (?P<drug>{drug})(?: [^.;,]{0,40})?,? (?P<org>{organization})"),
    pattern(r"(?P<drug>{drug}) \((?:partner|partnered with|licensed to):? (?P<org>{organization})"),
    # Acme granted Foo a licence for ABC-1
    pattern(
        r"\b(?:granted|gave|grants|granting|gives|giving|licensed) (?P<org>{organization})(?: "
        r"\([^()]*\))* (?:an? "
        r"|the )?(?:[\w-]+ ){0,5}?(?:licen[sc]e|rights)\b"
        r" (?:to|for)(?: (?:co-?)?(?:develop|commerciali[sz]e|market|sell|manufactur)\w*(?:,| and"
        r"|, and)?){0,4} (?P<drug>{drug})"
    ),
    # the Group has licensed ABC-1 to Foo; rights from Foo …; Foo is developing the compound in Japan
    pattern(r"\b(?:licensed|out-licensed|licenced) (?P<drug>{drug}) to (?P<org>{organization})"),
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:is|are|continues to"
        r"|will) (?:also )?develop(?:ing)? (?P<drug>{drug}) (?:in|for) "
    ),
    # ABC-1, to which the company licensed rights to Foo; ABC-1, developed together with Foo
    pattern(
        r"(?P<drug>{drug})[^.;]{0,120}?\b(?:to|for) which {organization} (?:has )?licensed "
        r"[^.;]{0,40}?\bto (?P<org>{organization})"
    ),
    pattern(
        r"(?P<drug>{drug})[^.;]{0,90}?\b(?:developed|co-developed) (?:together|jointly|in partnership"
        r"|in collaboration) with (?P<org>{organization})"
    ),
    # Foo will develop and commercialize ABC-1
    pattern(
        r"(?P<org>{organization}) (?:will|shall|is to|is responsible for) (?:be responsible for )?"
        r"(?:further )?(?:co-?)?(?:develop|commerciali[sz])\w*"
        r"(?:(?:,| and|, and) (?:co-?)?(?:develop|commerciali[sz]|manufactur|market"
        r"|sell)\w*){0,3} (?P<drug>{drug})"
    ),
    # Foo, our development partner for ABC-1 in Greater China
    pattern(
        r"(?P<org>{organization}),? (?:is )?(?:the company's |our |its "
        r"|{organization}'s? )(?:[\w-]+ ){0,4}?(?:partner|licensee) for (?:[\w-]+ ){0,4}?"
        r"(?P<drug>{drug})"
    ),
)


def _of_the_partners(document: LinkedDocument) -> list[Ownership]:
    """Who takes a licence develops from then on.  Near miss: "collaboration with Foo to test ABC-1 with FOO-2"."""
    out: list[Ownership] = []
    for sentence in document.statements():
        if not (sentence.of_kind(Kind.DRUG) and sentence.of_kind(Kind.ORGANIZATION)):
            continue
        for match in (m for form in _PARTNERS for m in form.finditer(sentence.frame)):
            drug = sentence.mention(match, "drug").entity
            if _may_be_own(document, drug) and not re.search(
                r"\b(?:no|option|combin\w+|distribut\w+|supply)\b",
                sentence.text[match.start() : match.end()],
                re.IGNORECASE,
            ):
                organization = sentence.mention(match, "org").entity
                out.append(Ownership(organization, drug, sentence, "partner", 0.85))
    return out


#: A partner or licensee with a territory, told in a sentence that names no drug.
_LICENSEE: Final = (
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? is developing (?:the|this) "
        r"(?:compound|drug|product|molecule|candidate|antibody|vaccine)"
    ),
    pattern(
        r"\b(?:partner|licen[sc]ee|licen[sc]e partner)(?: (?:for"
        r"|in) [^.;,]{2,40})?,? (?P<org>{organization})(?: \([^()]*\))*,? (?:is |has |have |will |also "
        r"|which "
        r"|who |in \d{4} |plans |expects |intends |to )*(?:submit|fil|acquir|plan|conduct|launch|market"
        r"|sell|commerciali|develop|received|withdr|obtain|owe)\w*"
    ),
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:the company's|its|our|{organization}(?:'s"
        r"|')) (?:[\w-]+ ){0,3}?(?:licen[sc]ee|licen[sc]e partner)\b"
    ),
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:which )?(?:holds|has|owns|acquired) (?:an? "
        r"|the )?(?:exclusive )?(?:[\w-]+ ){0,3}?(?:licen[sc]e|rights)\b(?! to| for)"
    ),
    pattern(
        r"\blicen[sc]ed (?:the )?(?:[\w-]+ ){0,3}?rights (?:[\w ,.-]{0,40}? )?to "
        r"(?P<org>{organization})"
    ),
    pattern(
        r"\bpartner,? (?P<org>{organization})(?: \([^()]*\))*,? [^.;]{0,60}?\b(?:rights|MAA|NDA|BLA"
        r"|application)\b"
    ),
)
_NO_LICENSEE: Final = re.compile(
    r"\b(?:distribut\w+|supply|manufactur\w+|platform|discovery|option|clinical trial collaboration)\b",
    re.IGNORECASE,
)


def _of_the_licensees(document: LinkedDocument) -> list[Ownership]:
    """A licensee or regional partner of a release that is mainly about one drug develops that drug.

    Hits: "in Greater China, Foo holds an exclusive licence"; "Our European partner, Foo, expects to file an MAA".
    Near misses: a distribution or supply partner; a sentence on another drug.
    """
    out: list[Ownership] = []
    for sentence in document.statements():
        if (
            sentence.of_kind(Kind.DRUG)
            or not sentence.of_kind(Kind.ORGANIZATION)
            or _NO_LICENSEE.search(sentence.text)
        ):
            continue
        for match in (m for form in _LICENSEE for m in form.finditer(sentence.frame)):
            organization, drug = sentence.mention(match, "org").entity, document.drug_of(sentence)
            if drug is not None and organization != document.issuer and _may_be_own(document, drug):
                out.append(Ownership(organization, drug, sentence, "licensee", 0.75))
    return out


def owners(document: LinkedDocument) -> dict[Entity, tuple[Entity, LinkedSentence]]:
    """One owner for each drug that has any: the issuer where it is one of several."""
    out: dict[Entity, tuple[Entity, LinkedSentence]] = {}
    for own in ownerships(document):
        if own.drug not in out or (
            own.organization == document.issuer and out[own.drug][0] != document.issuer
        ):
            out[own.drug] = (own.organization, own.sentence)
    return out


def _of_the_section(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """A drug that a sentence under "About Acme" begins with, where nobody else is named in it."""
    out: list[Ownership] = []
    for sentence in document.of_section(SectionKind.ABOUT):
        topic = document.topics.get(sentence.section)
        drugs = sentence.of_kind(Kind.DRUG)
        if (
            topic is None
            or topic.kind is not Kind.ORGANIZATION
            or not drugs
            or _NOT_OWN.search(sentence.text)
        ):
            continue
        drug = drugs[0]
        others = {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} - {topic}
        if (
            drug.start - sentence.start < 6
            and not others
            and drug.entity not in known
            and _may_be_own(document, drug.entity)
        ):
            known = known | {drug.entity}
            out.append(Ownership(topic, drug.entity, sentence, "about", 0.8))
    return out


def _of_the_series(document: LinkedDocument, found: Sequence[Ownership]) -> list[Ownership]:
    """Codes of a series: made of an owner's own letters ("SLR-101" of Solara), or of those of another drug of theirs.

    Near misses: a sentence that tells of a sale or a control; letters that drugs of two owners share.
    """
    if document.issuer is None:
        return []
    known = {o.drug for o in found if o.rule not in _SHARED}
    heads: dict[str, set[Entity]] = {}
    for own in found:
        for head in _heads(own.drug):
            if own.rule not in _SHARED:
                heads.setdefault(head, set()).add(own.organization)
    out: list[Ownership] = []
    stem = re.sub(r"\W", "", document.issuer.label).casefold()
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            if mention.entity in known or _is_others(sentence, mention):
                continue
            for head in _heads(mention.entity):
                owners = heads.get(head, set())
                letters = iter(stem)
                if len(owners) == 1:
                    owner, confidence = next(iter(owners)), 0.8
                elif (
                    not owners
                    and head[0].casefold() == stem[:1]
                    and all(c.casefold() in letters for c in head)
                ):
                    owner, confidence = document.issuer, 0.7
                else:
                    continue
                known.add(mention.entity)
                out.append(Ownership(owner, mention.entity, sentence, "series", confidence))
                break
    return out


def _is_others(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether the words around a drug speak of a sale, a comparison or a partner's drug."""
    at, end = mention.start - sentence.start, mention.end - sentence.start
    return _NOT_OWN.search(sentence.text, max(0, at - 60), min(len(sentence.text), end + 40)) is not None


def _heads(drug: Entity) -> list[str]:
    """The letters that the codes of a drug begin with: "SLR" of "SLR-101", "SLR-GD2"."""
    found = (re.match(r"([A-Z]{2,5})[-\s]?(?:\d|[A-Z]{1,6}\d?)", name) for name in drug.names)
    return [
        m[1]
        for m in found
        if m is not None and (m.string.find("-") > 0 or any(c.isdigit() for c in m.string))
    ]


_ACQUISITION: Final = pattern(
    r"(?:\bacquir(?:e|es|ed|ing)|\bacquisition of|\bmerge with|\bbuys?"
    r"|\btake over) (?:all [\w ]{3,40} of |the outstanding shares of )?"
    r"(?P<org>{organization})"
)


def _of_the_target(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """Coded drugs of a release on an acquisition are the bought company's, where nothing else is said."""
    titles = document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    bought = next((s.mention(m, "org").entity for s in titles for m in _ACQUISITION.finditer(s.frame)), None)
    if bought is None or bought == document.issuer:
        return []
    out: list[Ownership] = []
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            if mention.entity in known or not _heads(mention.entity) or _is_others(sentence, mention):
                continue
            known.add(mention.entity)
            out.append(Ownership(bought, mention.entity, sentence, "target", 0.8))
    return out


_DEAL: Final = re.compile(
    r"\b(?:acqui\w+|merge\w*|licen[cs]\w+|collaborat\w+|partner\w*|supply|agreement|distribut\w+|sale"
    r"|divest\w*|rights)\b",
    re.IGNORECASE,
)


def _of_the_issuer(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """The drug that a release is mainly about is its issuer's where nothing says whose and no deal is the news.

    Near misses: a release on a licence or an acquisition; a drug said to be another's or named once only.
    """
    issuer, drug = document.issuer, document.subject
    if issuer is None or drug is None or drug in known or not _may_be_own(document, drug):
        return []
    if is_common(drug) or _DEAL.search(document.headline):
        return []
    places = [s for s in document.statements() if any(m.entity == drug for m in s.of_kind(Kind.DRUG))]
    if len(places) < 2 or any(_NOT_OWN.search(s.text) for s in places[:1]):
        return []
    return [Ownership(issuer, drug, places[0], "issuer", 0.7)]


def _may_be_own(document: LinkedDocument, drug: Entity) -> bool:
    """An established drug is somebody's only by a brand or code of theirs, or as what the release is about."""
    return not is_common(drug) or drug == document.subject


def is_common(drug: Entity) -> bool:
    """Whether a drug is an established one, given with others or compared to; a code says that it is a new form."""
    return any(is_established(n) for n in drug.names) and not any(
        re.fullmatch(r"[A-Z]{2,5}-?\d{3,5}", n) for n in drug.names
    )


def _supplies(sentence: LinkedSentence, organization: Entity) -> bool:
    """Whether the sentence calls the organisation a supplier: its product is another's drug."""
    return any(
        m.entity == organization
        and re.match(
            r"(?: \([^()]*\))?,? (?:[\w-]+ ){0,3}(?:supplier|manufacturer)\b",
            sentence.text[m.end - sentence.start :],
        )
        for m in sentence.of_kind(Kind.ORGANIZATION)
    )


def _of_the_headline(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """The drugs of the titles are the issuer's where nothing says whose they are, and nobody is being acquired."""
    out: list[Ownership] = []
    issuer = document.issuer
    if issuer is None or re.search(r"\bacqui(?:re|sition)|\bmerge", document.headline, re.IGNORECASE):
        return out
    for sentence in document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        for mention in sentence.of_kind(Kind.DRUG):
            before = sentence.text[: mention.start - sentence.start]
            if mention.entity in known or is_common(mention.entity):
                continue
            if mention.entity.label.islower() and mention.entity != document.subject:
                continue  # a class of drugs or a comparator, rather than what is announced
            if (
                not re.search(
                    r"\b(?:with|plus|versus|vs\.?|and|or|'s)\s+(?:[\w-]+\s+){0,3}$", before, re.IGNORECASE
                )
                or mention.entity == document.subject
            ):
                known = known | {mention.entity}
                out.append(Ownership(issuer, mention.entity, sentence, "headline", 0.8))
    return out
