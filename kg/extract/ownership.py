"""Whose drug is it: the organisations that develop, own or market the drugs of a release."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.licensees import of_one_partner, of_the_licensees, of_the_parties, of_the_partners
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.own_drugs import NOT_OWN, SHARED, Ownership, is_branded, may_be_own
from kg.extract.patterns import Pattern
from kg.extract.presumed_owners import (
    of_own_news,
    of_the_announcers,
    of_the_combination,
    of_the_headline,
    of_the_issuer,
    of_the_pipeline,
    of_the_section,
    of_the_series,
    of_the_target,
)
from kg.model import Entity, Kind

_GAP: Final = (
    r"(?:(?!of\b|with\b|for\b|to\b|in\b|from\b|and\b|is\b|was\b|has\b|plus\b|trials,|against\b"
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
_LIST: Final = (
    r"(?:(?: \([^()]{2,80}\)(?=,| and| or))?"
    r"(?:,| and| or|, and| &|;|/| \(| as well as)? ?{drug}(?:(?: [a-z]+){0,2}\))?)*"
)
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
            r"|manufactures and markets|ha(?:s|ve)(?= {drug})) "
            rf"(?:(?!with\b|from\b|against\b|versus\b|combin\w+|including in\b)(?:[\w/+-]+|{{platform}}"
            rf"|{{payload}}|{{target}}|{{drug_class}}),? ){{0,8}}?(?P<drug>{{drug}}{_LIST})"
        ),
    ),
    # Acme, Foo and Bar are working together to develop ABC-1; Acme and Foo are co-developing ABC-1
    *(
        ("develops", pattern(
            rf"{before}(?: \([^()]*\))*,? (?:are|have been) (?:currently )?"
            r"(?:(?:working|collaborating|partnering) (?:together |jointly )?to (?:jointly |co-)?"
            r"(?:develop|commerciali[sz]e|advance)|(?:jointly |co-)(?:develop|commerciali[sz])ing) "
            rf"(?:(?!with\b|from\b|against\b)[\w/,-]+ ){{0,6}}?(?P<drug>{{drug}}{_LIST})"
        ))
        for before in (
            r"(?P<org>{organization})(?: \([^()]*\))*(?:, {organization}(?: \([^()]*\))*){0,2},? and (?:its |their )?"
            r"(?:(?:[\w-]+ ){0,2}partner,? )?{organization}",
            r"{organization}(?: \([^()]*\))*, (?P<org>{organization})(?: \([^()]*\))*,? and {organization}",
            r"{organization},? and (?:its |their )?(?:(?:[\w-]+ ){0,2}partner,? )?(?P<org>{organization})",
        )
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
    # Acme has received approval from the FDA for ABC-1; Acme submitted an NDA to the EMA for ABC-1
    (
        "sponsor",
        pattern(
            r"(?P<org>{organization})(?: \([^()]*\))*,? (?:(?!{organization}|{drug}|\bpartner)[^.;]){0,120}?"
            r"\b(?:receiv|got\b|gets\b|obtain|gain|w[oi]ns?\b|secur|submi|fil(?:e|es|ed|ing)\b|lodge|withdr|resubmi"
            r"|refil)\w*"
            r" (?:(?!{organization}|{drug}|\bpartner|\bif\b)[^.;]){0,90}?\b(?:approvals?|authori[sz]ations?|clearance"
            r"|nod|designations?"
            r"|A?NDA|s?NDA|s?BLA|MAA|INDs?|CTA|[Aa]pplications?|registration)(?: \([^()]*\))?"
            r"(?: (?:from|by|to|with|in|under|dated) (?:(?!{organization}|{drug})[^.;]){1,60}?)? (?:for|of|to market"
            r"|to sell|on) (?:the |its |our )?"
            r"(?:(?!{organization}|treatment\b|patients\b)[\w-]+ ){0,3}?(?P<drug>{drug})"
        ),
    ),
    # Acme holds the exclusive commercial rights to ABC-1
    ("rights", pattern(
        r"(?P<org>{organization}),? (?:which |who |that )?(?:has(?! no\b)|have(?! no\b)|holds?|owns?"
        r"|retains?) [^.;]{0,50}?\brights (?:to|for|of) (?:(?:co-?)?(?:commerciali[sz]e|market|sell"
        r"|develop|manufacture)(?:,| and|, and)? ){0,3}(?P<drug>{drug})")),
    ("licensee", pattern(
        r"(?P<drug>{drug})[^.;]{0,60}?\b(?:is|was|were|has been|have been) (?:[a-z]+ly )?(?:out-)?licen[sc]ed"
        r"(?: [\w,-]+){0,6}? to (?P<org>{organization})")),
    ("in-licensed", pattern(
        r"(?P<org>{organization}),? (?:which |has |had |have |today |also |exclusively )*(?:in-)?licen[sc]ed "
        r"(?:[\w-]+ ){0,5}?"
        r"(?P<drug>{drug})[^.;]{0,40}?\bfrom\b")),
    ("licensee", pattern(
        r"(?P<org>{organization})[^.;]{0,60}?\b(?:obtain|receiv|gain|acquir"
        r"|in-licens)\w* [^.;]{0,60}?\b(?:rights|licen[sc]e) (?:to"
        r"|for)(?: [\w-]+){0,6}? (?P<drug>{drug})")),
    # ABC-1, which is being developed by Acme; ABC-1 is marketed in the U.S. by Acme
    ("by", pattern(
        r"(?P<drug>{drug})[^.;]{0,80}?\b(?:(?:developed|owned|marketed|discovered|invented|sponsored|sold"
        r"|commerciali[sz]ed)(?: in (?:the )?(?-i:[A-Z])[^,;()]{1,40}?)? by"
        r"|(?:discovered|originated) (?:at|from)) (?:the )?(?P<org>{organization})")),
    # ABC-1 (Acme)
    ("maker", pattern(r"(?P<drug>{drug}) \((?:[^(),;]{2,30}[,;] ?)?(?:by |from )?(?P<org>{organization})\)")),
    # ABC-1 and ABC-2 are registered trademarks of Acme
    ("trademark", pattern(
        rf"(?P<drug>{{drug}}{_LIST})(?: \([^()]*\))? (?:is|are) (?:an? )?(?:registered )?(?:trade ?marks?|brands?) of "
        r"(?:the )?(?P<org>{organization})")),
    # Acme is known for its anticoagulant ABC-1; Acme, the maker of ABC-1; Acme, which makes ABC-1
    ("develops", pattern(
        r"(?P<org>{organization})(?: \([^()]*\))?,? (?:(?:(?:is|was|are|has been) )?(?:also |best |well |widely"
        r" )*known for"
        r"|(?:is |was )?(?:the )?(?:maker|developer|originator|owner|sponsor|inventor) of"
        r"|(?:which |that |who |it )?(?:sold|launched|introduced|invented))"
        rf"(?: (?!with\b|from\b|against\b|by\b|to\b)(?:[\w/+,.-]+|{{platform}}|{{target}}[\w-]*|{{drug_class}}"
        rf"|{{disease}})){{0,6}}? (?P<drug>{{drug}}{_LIST})")),
    # Acme has developed several engagers with its platform, including ABC-1
    ("develops", pattern(
        r"(?P<org>{organization})(?: \([^()]*\))?,? (?:[^.;,]{0,80} (?:that|which) )?(?:is |has |have |are |also"
        r" |currently )*"
        r"(?:develop|advanc|discover|creat|generat|market|sell|commerciali[sz])(?:s|es|ed|ing)? (?:(?!{drug}"
        r"|with\b)[^.;]){3,140}?,? "
        rf"(?:including|such as|among them|namely|led by) (?:its |the |our )?(?:(?!combin\w+|with\b)[\w-]+"
        rf" ){{0,3}}?(?P<drug>{{drug}}{_LIST})")),
    # Acme will stop work on ABC-1; Acme discontinues ABC-1; Acme will use the proceeds for the planned ABC-1 trial
    ("develops", pattern(
        r"(?P<org>{organization}),? (?:has |have |will |is |today |also )*(?:stop\w* (?:work|development)(?: on|"
        r" of)|discontinu\w+|ceas\w+ "
        r"(?:work on|development of)|deprioriti[sz]\w+|paus\w+|resum\w+|prioriti[sz]\w+) (?:the |its |all"
        r" )?(?:(?!with\b|for\b|in\b)[\w/-]+ ){0,5}?"
        r"(?P<drug>{drug})")),
    # Acme's most advanced programme is ABC-1
    ("possessive", pattern(
        r"(?P<org>{organization})(?:'s|') (?:[\w-]+ ){0,5}?(?:program(?:me)?|candidate|product|asset|compound|medicine"
        rf"|therapy|drug)s? (?:is|are|,) (?P<drug>{{drug}}{_LIST})")),
    # Acme has acquired ABC-1 from Foo
    ("acquired", pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:has |have |had |today |also |recently |announced |that |it "
        r"|will |to |a |an |the |agreed |entered |into |definitive |agreement ){0,9}"
        r"(?:acquir(?:e|es|ed|ing)|purchas(?:e|es|ed|ing)|in-licen[sc](?:e|es|ed|ing)|gain(?:s|ed)"
        r"|add(?:s|ed)) (?:(?:the|an?|its|full|global|worldwide|exclusive|rights|to|for|of|all|assets?"
        r"|(?!maker|developer|owner|company)[\w-]+) ){0,5}?(?P<drug>{drug})")),
)  # fmt: skip
_OUR: Final = (
    # sales of ABC-1; ABC-1 … had sales of
    pattern(r"\b(?:sales|revenues?) (?:of|from|for) (?P<drug>{drug})"),
    pattern(
        r"(?P<drug>{drug})(?:'s|')? (?:(?:net|product|global|total|U\.S\.|worldwide|quarterly) )*(?:sales"
        r"|revenues?) (?:were|was|of|grew|rose|reached"
        r"|increased|decreased|totall?ed|amounted)"
    ),
    pattern(
        r"(?P<drug>{drug})(?:(?!{organization})[^.;]){0,90}? (?:had|with|generated|recorded) (?:[\w-]+ ){0,3}?(?:sales"
        r"|revenues?)\b"
    ),
    # Lead compound: ABC-1; Second programme - ABC-2
    pattern(
        r"^[^\w\ue000-\ue0ff]*(?:lead|second|third|next|first|main|most advanced|clinical|other|key) (?:[\w-]+ ){0,2}?"
        r"(?:compound|asset|program(?:me)?|candidate|product|drug|medicine|molecule)s? ?[:–—-] ?(?P<drug>{drug})"
    ),
    # expands its franchise with the addition of ABC-1
    pattern(
        r"\b(?:expands?|strengthens?|broadens?|bolsters?|deepens?|complements?) [^.;]{0,80}? with the addition"
        r" of (?P<drug>{drug})"
    ),
    # its Phase 3 trial of ABC-1; our new drug application for ABC-1
    pattern(
        r"\b(?:its|our) (?:(?!with\b|in\b)(?:[\w/().+-]+|{disease}|{platform}),? ){0,8}?"
        r"(?:trials?|study|studies|applications?|submission|filing|NDA|BLA|MAA|IND"
        r"|CTA) (?:\([^()]*\) )?(?:of|for|evaluating|with) (?P<drug>{drug})"
    ),
    # It markets ABC-1; we are developing ABC-2 and ABC-3; the company sells ABC-4
    pattern(
        r"(?:^[^\w\ue000-\ue0ff]*|[.] |\b(?:besides|in addition to|apart from|alongside|beyond) [^.;,]{3,50}?,? )"
        r"(?:it|we) (?:(?:also|currently|now|have|has|are|is"
        r"|further) ){0,3}(?:develop|advanc|market|commerciali[sz]|sell|launch|own)\w* "
        rf"(?:(?!with\b|from\b|against\b|versus\b|combin\w+)(?:[\w/+-]+|{{platform}}|{{payload}}"
        rf"|{{target}}|{{drug_class}}|{{disease}}),? ){{0,8}}?(?P<drug>{{drug}}{_LIST})"
    ),
    pattern(
        rf"\b(?:its|our) (?:[\w-]+ ){{0,3}}?(?:products?|medicines?|brands?|programmes?|programs?|candidates?"
        rf"|assets?)(?: [\w-]+){{0,3}} (?:is|are|include|comprise|includes) (?P<drug>{{drug}}{_LIST})"
    ),
    pattern(rf"\b(?:our|its) {_GAP}(?P<drug>{{drug}})"),
    pattern(
        r"(?:\b(?:its|our|the company's)|^[^\w\ue000-\ue0ff]*the) (?:[\w-]+ ){0,3}?(?:pipeline|franchise"
        r"|portfolio),? [^.;]{0,30}?\b(?:includ\w+|compris\w+|consists of|(?:headed|led|anchored) by"
        r"|contains) (?:[\w-]+ ){0,6}?(?P<drug>{drug})"
    ),
    pattern(
        r"\b(?:a|its|our|the|another) (?:second|third|lead|other|next"
        r"|further) (?:[\w-]+ ){0,3}?(?:candidate|program(?:me)?|product|asset|conjugate|medicine|compound"
        r"|vaccine|therapy),? (?P<drug>{drug})"
    ),
    pattern(r"\bhas an? (?:[\w-]+ ){0,4}?(?:program(?:me)?|candidate|asset|compound),? (?P<drug>{drug})"),
    pattern(
        rf"(?P<drug>{{drug}})(?: [a-z]+){{0,3}}\)?(?: \([^()]*\))?, (?:its|our) (?:(?:[\w/+-]+|{{platform}}|{{target}}"
        rf"|{{disease}}),? ){{0,7}}?{_NOUN}"
    ),
)


@lru_cache(maxsize=4)  # two sets of rules ask for the same release
def ownerships(document: LinkedDocument) -> tuple[Ownership, ...]:
    """Every ground in the release, the surest first.

    Near misses: a comparator ("a control group of I-127-CLR 1404"), a partner in a combination ("with
    dexamethasone"), a supplier's product.
    """
    found: list[Ownership] = []
    for sentence in document.statements():
        kinds = {m.entity.kind for m in sentence.mentions}
        if Kind.DRUG not in kinds or _OF_THEIR_OWNERS.search(sentence.text):
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
                if (
                    rule in ("by", "develops")
                    and _SPONSORED.search(match[0])
                    and _INSTITUTION.search(organization.label)
                ):
                    continue  # a hospital's own study of it
                for mention in sentence.at(match.start("drug"), match.end("drug")):
                    if mention.entity.kind is Kind.DRUG and (
                        may_be_own(document, mention.entity)
                        or (rule in _OF_A_BRAND and is_branded(mention.entity))
                    ):
                        found.append(Ownership(organization, mention.entity, sentence, rule))
        if document.issuer is not None and sentence.section.kind is not SectionKind.HEADLINE:
            for match in (m for form in _OUR for m in form.finditer(sentence.frame)):
                before = sentence.text[match.start() : match.start("drug")]
                organization_ = (
                    _described(document, sentence)
                    if _LABELLED.search(before)
                    else _speaker(document, sentence, match)
                )
                for mention in sentence.at(match.start("drug"), match.end("drug")):
                    if (
                        organization_ is not None
                        and mention.entity.kind is Kind.DRUG
                        and not NOT_OWN.search(before)
                        and may_be_own(document, mention.entity)
                        and not _OF_TWO.search(sentence.text[: mention.start - sentence.start])
                    ):
                        found.append(Ownership(organization_, mention.entity, sentence, "our", 0.85))
            found += _listed(document, sentence)
    # that another holds a licence says nothing against the issuer
    found += of_the_headline(document, _settled(document, found))
    found += of_the_section(document, {o.drug for o in found})
    found += of_the_pipeline(document, {o.drug for o in found})
    found += of_the_target(document, {o.drug for o in found if o.rule not in SHARED})
    found += of_the_series(document, found)
    found += of_the_issuer(document, _settled(document, found))
    found += of_own_news(document, {o.drug for o in found})
    found += of_the_combination(document, _settled(document, found))
    found += of_the_announcers(document)
    found += of_the_partners(document)
    found += of_one_partner(document)
    found += of_the_licensees(document)
    found += of_the_parties(document)
    return tuple(found)


#: Grounds on which a brand of an established drug is somebody's: they name the owner beside it.
_OF_A_BRAND: Final = frozenset({"possessive", "apposition", "by", "maker", "trademark"})
_SPONSORED: Final = Pattern(
    r"\b(?:sponsored|discovered|invented|evaluat\w+|studying|testing)\b", re.IGNORECASE
)
_INSTITUTION: Final = Pattern(
    r"\b(?:Universit|Hospital|Institut|Cent(?:er|re)\b|Clinic|College|School|Alliance|Group|Foundation|Trust)"
)
_OF_THEIR_OWNERS: Final = Pattern(
    r"\btrade ?marks?\b.{0,40}\b(?:their|its)\s+(?:respective\s+)?owners?\b", re.DOTALL
)
#: "Its marketed products include AB-1 (foo), an antibody for bar, AB-2 and AB-3": all that follow.
_PRODUCTS: Final = pattern(
    r"(?:(?:\b(?:its|our|the company's|the group's|it|we|has|have|markets?|sells?|commerciali[sz]es?"
    r"|(?P<org>{organization})(?:'s|')?)) |^[^\w\ue000-\ue0ff]*(?=(?:main|key|marketed|approved|commercial|current)? ?"
    r"(?:products?|pipeline|portfolio|brands?|candidates?) ?:))"
    r"(?:has |have |markets? |sells? |commerciali[sz]es? )?(?:(?!competit|partner)[\w-]+,? ){0,5}?"
    r"(?:products?|medicines?|brands?|portfolio|pipeline|therapies|candidates|programmes?|programs|assets|treatments)"
    r"(?: [\w-]+){0,6}?(?:, [^,;:.]{3,60},)?"
    r"(?:: |,? (?:includ(?:es?|ing)|compris(?:es?|ing)|are|consists? of|such as|led by|among (?:them|which)|namely) )"
)


def _listed(document: LinkedDocument, sentence: LinkedSentence) -> list[Ownership]:
    """The drugs that a list of products names, whatever is said of each between them."""
    found: list[Ownership] = []
    match = _PRODUCTS.search(sentence.frame) if _PRODUCT.search(sentence.text) else None
    if match is None:
        return found
    organization = (
        sentence.mention(match, "org").entity if match["org"] else _speaker(document, sentence, match)
    )
    for mention in sentence.at(match.end(), len(sentence.frame)):
        drug = mention.entity
        at = mention.start - sentence.start
        if (
            drug.kind is not Kind.DRUG
            or organization is None
            or _OF_TWO.search(sentence.text[max(0, at - 60) : at])
            or _WITH.search(sentence.text[max(0, at - 40) : at])
        ):
            continue
        if may_be_own(document, drug) or is_branded(drug):
            found.append(Ownership(organization, drug, sentence, "listed", 0.85))
    return found


_PRODUCT: Final = Pattern(
    r"\b(?i:products?|medicines?|brands?|portfolio|pipeline|therapies|candidates|program(?:me)?s?|assets|treatments)\b"
)
#: Before a drug: with another it is what a product consists of, "BRELTO (sormidium/formoterol)".
_OF_TWO: Final = Pattern(r"\([^()]*[a-z]\s?[/+]\s?$")
#: Before a drug: it is given with another, or compared to it.
_WITH: Final = Pattern(
    r"\b(?:with|plus|versus|vs\.?|over|against|than|placebo|targeting|inhibitors?\s+such\s+as|like"
    r"|to)\s+(?:[\w-]+\s+){0,2}$"
    r"|[+/]\s*$"
)


def _settled(document: LinkedDocument, found: Sequence[Ownership]) -> set[Entity]:
    """The drugs that are said to be the issuer's, or somebody else's own: a partner's work on it settles nothing."""
    return {
        o.drug
        for o in found
        if o.organization == document.issuer or o.rule in ("possessive", "apposition", "candidate")
    }


#: "Lead compound:"
_LABELLED: Final = Pattern(r"[a-z]\s?[:–—-]\s?$")


def _described(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """Whom a fact sheet describes: the last organisation that the lines before name, else the issuer."""
    index = document.index(sentence)
    for before in reversed(document.sentences[max(0, index - 6) : index]):
        named = before.of_kind(Kind.ORGANIZATION)
        if before.section is sentence.section and named and len(before.text) < 120:
            return named[0].entity
    return document.organization_of(sentence)


def _speaker(document: LinkedDocument, sentence: LinkedSentence, match: re.Match[str]) -> Entity | None:
    """Whom "its" and "our" mean: who is quoted, the subject, whom the sentence before begins with, else the topic."""
    quoted = _QUOTED.search(sentence.frame)
    if quoted is not None and sentence.frame.lstrip()[:1] in '"\u201c':
        return sentence.mention(quoted, "org").entity
    own = sentence.of_kind(Kind.ORGANIZATION)
    if own and own[0].start - sentence.start < 4:
        return own[0].entity  # "Foo … its ABC-1"
    if own and match[0][:3] == "its" and _PARTNER.fullmatch(sentence.text, 0, own[0].start - sentence.start):
        return own[0].entity  # "Our partner Foo … its own ABC-1"
    subject = _SUBJECT.search(sentence.frame, 0, match.start())
    if subject is not None and match[0][:3].lower() == "its":
        return sentence.mention(subject, "org").entity  # "Under the agreement, Foo provides its ABC-1"
    index = document.index(sentence)
    if (
        sentence.in_quote
        and index
        and (said := _QUOTED.search(document.sentences[index - 1].frame)) is not None
    ):
        return document.sentences[index - 1].mention(said, "org").entity
    if index and document.sentences[index - 1].sentence.paragraph == sentence.sentence.paragraph:
        before = document.sentences[index - 1]
        first = before.of_kind(Kind.ORGANIZATION)
        if first and first[0].start - before.start < 4:
            return first[0].entity
    return document.organization_of(sentence)


_PARTNER: Final = Pattern(
    r"\W*(?:[Oo]ur|[Ii]ts|[Tt]he\s+[Cc]ompany['’]s|[Aa](?:nother)?)\s+(?:[\w-]+\s+){0,3}"
    r"(?:partner|licensee|collaborator|competitor|rival|affiliate),?\s+"
)
_SUBJECT: Final = pattern(
    r"(?<!with\s)(?<!by\s)(?<!from\s)(?<!to\s)(?<!for\s)(?<!of\s)(?<!and\s)(?P<org>{organization})(?: \([^()]*\))?,? "
    r"(?:will |is |has |also |is to )*(?:provid|suppl|test|develop|evaluat|combin|contribut|market|sell|bring)\w* $"
)
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
