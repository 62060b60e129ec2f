"""Whose drug is it: the organisations that develop, own or market the drugs of a release."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.licensees import of_the_licensees, of_the_partners
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.own_drugs import NOT_OWN, SHARED, Ownership, may_be_own
from kg.extract.presumed_owners import (
    of_the_headline,
    of_the_issuer,
    of_the_section,
    of_the_series,
    of_the_target,
)
from kg.model import Entity, Kind

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
                if NOT_OWN.search(before) or _supplies(sentence, organization):
                    continue
                for mention in sentence.at(match.start("drug"), match.end("drug")):
                    if mention.entity.kind is Kind.DRUG and may_be_own(document, mention.entity):
                        found.append(Ownership(organization, mention.entity, sentence, rule))
        if document.issuer is not None and sentence.section.kind is not SectionKind.HEADLINE:
            for match in (m for form in _OUR for m in form.finditer(sentence.frame)):
                before = sentence.text[match.start() : match.start("drug")]
                organization_ = _speaker(document, sentence)
                for mention in sentence.at(match.start("drug"), match.end("drug")):
                    if (
                        organization_ is not None
                        and mention.entity.kind is Kind.DRUG
                        and not NOT_OWN.search(before)
                        and may_be_own(document, mention.entity)
                    ):
                        found.append(Ownership(organization_, mention.entity, sentence, "our", 0.85))
    # that another holds a licence says nothing against the issuer
    found += of_the_headline(document, _settled(document, found))
    found += of_the_section(document, {o.drug for o in found})
    found += of_the_target(document, {o.drug for o in found if o.rule not in SHARED})
    found += of_the_series(document, found)
    found += of_the_issuer(document, _settled(document, found))
    found += of_the_partners(document)
    found += of_the_licensees(document)
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


def owners(document: LinkedDocument) -> dict[Entity, tuple[Entity, LinkedSentence]]:
    """One owner for each drug that has any: the issuer where it is one of several."""
    out: dict[Entity, tuple[Entity, LinkedSentence]] = {}
    for own in ownerships(document):
        if own.drug not in out or (
            own.organization == document.issuer and out[own.drug][0] != document.issuer
        ):
            out[own.drug] = (own.organization, own.sentence)
    return out


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
