"""Whose drug is it: the organisations that develop, own or market the drugs of a release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.drug_names import is_established
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.model import Entity, Kind, Modality


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
    r"|versus\b)(?:[\w/+-]+|{platform}|{payload}|{target}|{disease}|{drug_class}"
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
            rf"|{{target}}|{{disease}}),? ){{0,10}}?{_NOUN}"
        ),
    ),
    # Acme is developing / markets ABC-1
    (
        "develops",
        pattern(
            rf"(?P<org>{{organization}})(?: \([^()]*\))?,? (?:(?:has|have|is|are|been|was|also"
            rf"|currently|will|now|who|which|continues to|expects to|plans to|that) ){{0,4}}"
            r"(?:develop(?:s|ed|ing)?|advanc(?:es|ed|ing)|market(?:s|ed|ing)?|commerciali[sz](?:es|ed"
            r"|ing)|discover(?:ed|s)|launch(?:ed|es)|owns?|invented|evaluat(?:es|ing)"
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
    # Acme holds the exclusive commercial rights to ABC-1
    ("rights", pattern(
        r"(?P<org>{organization}),? (?:which |who |that )?(?:has|have|holds?|owns?"
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
    pattern(rf"\b(?:our|its) {_GAP}(?P<drug>{{drug}})"),
    pattern(
        r"\b(?:its|our|the company's) (?:[\w-]+ ){0,3}?(?:pipeline"
        r"|portfolio) [^.;]{0,30}?\b(?:includ\w+|compris\w+|consists of"
        r"|contains) (?:[\w-]+ ){0,6}?(?P<drug>{drug})"
    ),
    pattern(
        r"\b(?:a|its|our|the|another) (?:second|third|lead|other|next"
        r"|further) (?:[\w-]+ ){0,3}?(?:candidate|programme?|product|asset|conjugate|medicine|compound"
        r"|vaccine|therapy),? (?P<drug>{drug})"
    ),
    pattern(r"\bhas an? (?:[\w-]+ ){0,4}?(?:programme?|candidate|asset|compound),? (?P<drug>{drug})"),
    pattern(
        rf"(?P<drug>{{drug}})\)?, (?:its|our) (?:(?:[\w/+-]+|{{platform}}|{{target}}"
        rf"|{{disease}}),? ){{0,7}}?{_NOUN}"
    ),
)
_NOT_OWN: Final = re.compile(
    r"\b(?:control|comparator|combination|combined|collaborat|partner(?:'s|ed)|competit|licen[sc]ed to"
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
        for rule, form in _OWN:
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
                drug = sentence.mention(match, "drug").entity
                organization_ = document.organization_of(sentence)
                if organization_ is not None and not _NOT_OWN.search(before) and _may_be_own(document, drug):
                    found.append(Ownership(organization_, drug, sentence, "our", 0.85))
    # that another holds a licence says nothing against the issuer
    found += _of_the_headline(document, {o.drug for o in found if o.rule not in _SHARED})
    found += _of_the_section(document, {o.drug for o in found})
    found += _of_the_series(document, {o.drug for o in found if o.rule not in _SHARED})
    found += _of_the_issuer(document, {o.drug for o in found if o.rule not in _SHARED})
    found += _of_the_partners(document)
    return found


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
        for match in (m for form in _PARTNERS for m in form.finditer(sentence.frame)):
            drug = sentence.mention(match, "drug").entity
            if _may_be_own(document, drug) and not re.search(
                r"\b(?:option|combin\w+|distribut\w+|supply)\b",
                sentence.text[match.start() : match.end()],
                re.IGNORECASE,
            ):
                organization = sentence.mention(match, "org").entity
                out.append(Ownership(organization, drug, sentence, "partner", 0.85))
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


def _of_the_series(document: LinkedDocument, known: set[Entity]) -> list[Ownership]:
    """Codes made of the issuer's own letters ("SLR-101" of Solara), where nothing tells of a sale or a control."""
    if document.issuer is None:
        return []
    out: list[Ownership] = []
    stem = re.sub(r"\W", "", document.issuer.label).casefold()
    for sentence in document.statements():
        for mention in sentence.of_kind(Kind.DRUG):
            head = re.match(r"[A-Z]{2,5}(?=[-\s])", mention.entity.label)
            if mention.entity in known or head is None or _NOT_OWN.search(sentence.text):
                continue
            letters = iter(stem)
            if head[0][0].casefold() == stem[:1] and all(c.casefold() in letters for c in head[0]):
                known = known | {mention.entity}
                out.append(Ownership(document.issuer, mention.entity, sentence, "series", 0.7))
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
