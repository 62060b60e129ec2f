"""Sentences about two organisations → who works with whom, in what kind of deal, since when, for how much.

Between linking and relations.  A bond is found in one sentence; its kind, date and sums are read from all sentences
that tell of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.statements import statement
from kg.extract.values import MoneyMatch, dates, money
from kg.model import Entity, Fact, Kind, Modality, Value


@dataclass(frozen=True, slots=True)
class _Bond:
    """A place that tells of a bond between two organisations.

    Attributes:
        one, other: who.
        sentence: where it says so.
        start, end: the words that say it, offsets into the sentence.
        kind: what the form itself tells of the kind; empty where only the words do.
        past: whether it is said to be over.
    """

    one: Entity
    other: Entity
    sentence: LinkedSentence
    start: int
    end: int
    kind: str = ""
    past: bool = False


# --- kinds ----------------------------------------------------------------------------------------------

#: Tried in this order on the words of the bond: the more telling before the general.
_KINDS: Final = tuple(
    (kind, re.compile(form, re.IGNORECASE))
    for kind, form in (
        ("asset-purchase", r"\basset\s+purchase\s+agreement\b"),
        (
            "option",
            (
                r"\boption\s+(?:and\s+licen[sc]e\s+)?agreement\b|\bexclusive\s+option\b|\boption\s+"
                r"(?:to|for|on|deal)\b|\bthe\s+option\b"
            ),
        ),
        (
            "clinical-collaboration",
            (
                r"\bclinical\s+(?:trial\s+|study\s+|research\s+|development\s+)?(?:and\s+supply\s+)?"
                r"(?:collaborat\w+|partnership|supply)"
            ),
        ),
        (
            "acquisition",
            r"\bacqui(?:re[sd]?|sition|ring)\b(?!\s+(?:of\s+)?(?:data|images|"
            r"(?:\w+\s+){0,2}rights|an?\s+(?:\w+\s+){0,3}licen[sc]e|an?\s+option))"
            r"|\bto\s+be\s+acquired\b|\btakeover\b|\btender\s+offer\b|\bbuy(?:s|ing)?\s+out\b",
        ),
        ("merger", r"\b(?:reverse\s+)?merg(?:er|e[sd]?|ing)\b|\bbusiness\s+combination\b"),
        ("joint-venture", r"\bjoint\s+venture\b"),
        (
            "licence",
            (
                r"\b(?:sub|in-|out-)?licen[sc](?:e|es|ed|ing)\s+(?:and\s+\w+\s+)?(?:agreement|deal|"
                r"partnership|pact)\b"
            ),
        ),
        (
            "distribution",
            (
                r"\bdistribut(?:ion|or|orship)\s+(?:and\s+\w+\s+)?(?:agreement|rights|partner\w*|"
                r"deal)\b|\bdistributors?\b|\bpromoter\b"
            ),
        ),
        (
            "commercialization",
            (
                r"\b(?:co-)?(?:commerciali[sz]ation|promotion|marketing)\s+(?:agreement|partner\w*|"
                r"collaboration|rights|deal)"
            ),
        ),
        (
            "manufacturing",
            r"\bmanufactur\w+\s+(?:and\s+\w+\s+)?(?:agreement|partner\w*|collaboration|services|"
            r"contract)|\bCDMO\b|\bcontract\s+manufactur\w+"
            r"|\bmanufactures?\b",
        ),
        ("supply", r"\bsuppl(?:y|ies|ied|ier)\b"),
        (
            "co-development",
            r"\bco-?develop\w*|\bjoint(?:ly)?\s+develop\w*|\bdevelopment\s+(?:partnership|collaboration)\b",
        ),
        (
            "research-collaboration",
            r"\b(?:research|discovery)(?:\s+and\s+(?:development|option|discovery|licen[sc]e))?"
            r"\s+(?:collaboration|agreement|partnership|alliance|program)"
            r"|\bcollaborat\w+\s+(?:to|on)\s+(?:research|discover|explore)|\bstrategic\s+"
            r"(?:research\s+)?alliance\b",
        ),
        (
            "licence",
            (
                r"\b(?:sub|in-|out-)?licen[sc](?:e|es|ed|ing|ee|ees|or|ors)\b(?!\s+application)|"
                r"\blicencees?\b|\brights\b"
            ),
        ),
        (
            "research-collaboration",
            r"\bcollaborat\w+|\bresearch\b|\bdiscover\w*|\b(?:lead|pre-?clinical)\s+\w+|\btogether\b",
        ),
        ("commercialization", r"\b(?:sell|market|commerciali[sz]e|launch)\b"),
    )
)


def _kind_in(words: str) -> str:
    return next((kind for kind, form in _KINDS if form.search(words)), "")


# --- forms ----------------------------------------------------------------------------------------------

_BOND: Final = (
    r"(?:collaborat\w+|partnerships?|partner(?:s|ed|ing)?|alliance|agreements?|deal|pact|contract|"
    r"joint venture|(?:sub-?|in-|out-)?licen[sc]\w+"
    r"|acqui\w+|merg\w+|joint forces|join(?:s|ed|ing)? forces|options?|co-?develop\w*|team(?:s|ed|ing)? up)"
)
_A: Final = r"(?P<a>{organization})"
_B: Final = r"(?P<b>{organization})"
_ASIDE: Final = r"(?: ?\([^()]*\))*"
_BESIDE: Final = r"(?:,(?:[^.;\"]|\((?:the )?\"[\w ]+\"\)){0,160}?)?,?"
_SIGN: Final = (
    r"(?:announc\w*|enter\w*|sign\w*|extend\w*|expand\w*|form\w*|agree\w*|establish\w*|partner\w*|"
    r"collaborate\w*|join\w*|team\w*|conclud\w*"
    r"|reach\w*|strike|struck|ink\w*|complet\w*|to (?:co-?develop|collaborate|partner|merge|"
    r"combine|jointly)|launch\w*|initiat\w*)"
)
_AUX: Final = (
    r"(?:(?:has|have|had|will|would|is|are|was|been|today|announced|announces|that|it|they|agreed|"
    r"agrees|to|an? (?:definitive )?agreement|"
    r"completed|completes|the|its|entered|into|enters|definitive|previously|announced|"
    r"successfully|recently|also|plans|intends|now|a"
    r"|merger|under|which|for) ){0,10}"
)
#: Forms that name both; `kind` where the form itself tells it.
#: A word of a clause, or what the sentence names but for organisations.
_W: Final = r"(?:[\w,.'/-]+|{drug|platform|disease|target|drug_class|payload|designation}(?:'s)?,?)"
_PAIRS: Final = (
    # A and B announce … collaboration; A and B agreed on an option
    (
        "",
        pattern(
            rf"{_A}{_ASIDE}{_BESIDE} (?:and|together with|along with|jointly with) (?:[\w-]+ "
            rf"){{0,5}}?{_B}{_ASIDE}"
            rf"(?:,[^.;\"]{{0,120}}?,)?,?(?: {_W}){{0,6}}? {_SIGN}\b[^.;\"]{{0,160}}?\b{_BOND}"
        ),
    ),
    ("", pattern(rf"{_A} and {_B},? (?:{_W} ){{0,3}}?(?:to )?{_BOND}")),
    # A … collaboration with B
    (
        "",
        pattern(
            rf"{_A}[^.;\"]{{0,200}}?\b{_BOND}(?: {_W}){{0,5}}? (?:with|between (?:the company|"
            rf"{{organization}}) and)"
            rf" (?:{_W} ){{0,5}}?{_B}"
        ),
    ),
    ("", pattern(rf"\b{_BOND} (?:{_W} )?between {_A}{_ASIDE} and {_B}")),
    # with B, A entered into …
    (
        "",
        pattern(rf"\bwith (?:the )?{_B}{_ASIDE},? {_A} (?:{_W} ){{0,3}}?{_SIGN}\b[^.;\"]{{0,120}}?\b{_BOND}"),
    ),
    # B, with which A signed …
    (
        "",
        pattern(
            rf"{_B}{_ASIDE},? with (?:which|whom) {_A} (?:{_W} ){{0,3}}?{_SIGN}\b[^.;\"]{{0,120}}?\b{_BOND}"
        ),
    ),
    # A acquires B; A's acquisition of B; B, which A acquired; B to be acquired by A
    (
        "acquisition",
        pattern(
            rf"{_A}{_ASIDE},? {_AUX}(?:acquir(?:e|es|ed|ing)|acquisition of|buy|buys|bought) "
            rf"(?:{_W} ){{0,4}}?{_B}"
        ),
    ),
    ("acquisition", pattern(rf"{_A}'s? (?:{_W} ){{0,4}}?acquisition of (?:{_W} ){{0,4}}?{_B}")),
    ("acquisition", pattern(rf"{_B}{_ASIDE},? which {_A} (?:{_W} ){{0,2}}?(?:acquired|bought)\b")),
    ("acquisition", pattern(rf"{_B}{_ASIDE},? (?:{_W} ){{0,6}}?acquired by {_A}")),
    ("acquisition", pattern(rf"\bacquisition of (?:{_W} ){{0,3}}?{_B}{_ASIDE} by {_A}")),
    ("acquisition", pattern(rf"\bunder which {_A} (?:{_W} ){{0,3}}?acquire (?:{_W} ){{0,4}}?{_B}")),
    # A licensed … from B, licensed … to B
    (
        "",
        pattern(
            rf"{_A}[^.;\"]{{0,140}}?\b(?:in-?licensed|out-?licensed|sub-?licensed|licen[sc]ed|"
            rf"licen[sc]e|rights|option)\b[^.;\"]{{0,120}}?"
            rf"\b(?:from|to) (?:{_W} ){{0,3}}?{_B}"
        ),
    ),
    # A granted B a licence; A gave B the rights
    (
        "",
        pattern(
            rf"{_A} (?:{_W} ){{0,3}}?(?:grant(?:s|ed|ing)?|gave|gives|award(?:s|ed)|assigned|"
            rf"licen[sc]ed) (?:to )?{_B}{_ASIDE}"
            rf" [^.;\"]{{0,60}}?\b(?:licen[sc]e|rights|option)\b"
        ),
    ),
    # A's partner B
    (
        "",
        pattern(
            rf"{_A}(?:'s|') (?:{_W} ){{0,4}}?(?:partner|licen[sc]ee|collaborator)(?: (?:in|for) "
            rf"[\w, ]{{2,40}}?)?,? {_B}"
        ),
    ),
    # B, from which A licensed the drug
    ("licence", pattern(rf"{_B}{_ASIDE},? from (?:which|whom) {_A} (?:{_W} ){{0,4}}?(?:in-)?licen[sc]ed\b")),
    # developed jointly by A and B
    (
        "co-development",
        pattern(
            r"\b(?:co-?developed|developed|jointly developed|developed jointly|co-?owned) (?:jointly )?by "
            rf"{_A}{_ASIDE} and {_B}"
        ),
    ),
    # A has agreed with B to …
    (
        "",
        pattern(
            rf"{_A} (?:{_W} ){{0,2}}?(?:agreed|partnered|collaborat\w+|teamed up|joined forces|"
            rf"work(?:s|ed|ing)) with (?:{_W} ){{0,3}}?{_B}"
        ),
    ),
)
_ROLE: Final = (
    r"(?:(?P<partner>partners?|collaborators?)|(?P<licence>licen[sc]ees?|licencees?|licen[sc]ors?|"
    r"sub-?licen[sc]ees?)|(?P<distribution>distributors?)"
    r"|(?P<manufacturing>manufacturer|CDMO|manufacturing partner))"
)
_OWN: Final = r"(?:our|its|the company's|their|{organization}'s?)"
#: Forms that name one; the other is whose sentence it is.
_SINGLE: Final = (
    # our collaboration with B; a licence from B
    (
        "",
        pattern(
            r"\b(?:our|its|the company's|their|in|this|an?|the|ongoing|under|[\w-]+) (?:[\w-]+,? "
            rf"){{0,4}}?{_BOND}(?: agreement)?,?"
            rf"(?: signed| entered into| concluded| established)? with (?:{_W} ){{0,4}}?{_B}"
        ),
    ),
    (
        "licence",
        pattern(rf"\b(?:sub-?|in-?|out-?)?licen[sc]ed (?:{_W} ){{0,3}}?(?:to|from) (?:{_W} ){{0,3}}?{_B}"),
    ),
    (
        "licence",
        pattern(
            r"\b(?:exclusive |worldwide |global )*licen[sc]e (?:agreement )?(?:from|granted by) "
            rf"(?:the )?{_B}"
        ),
    ),
    # provided by B under a supply agreement
    (
        "",
        pattern(
            r"\b(?:by|from|with|our|its|the company's) (?:(?:partner|licensee|collaborator|"
            rf"distributor|manufacturer|supplier),? )?{_B}"
            rf"[^.;]{{0,50}}?\bunder (?:an?|the|its|our) (?:{_W} ){{0,4}}?{_BOND}"
        ),
    ),
    # under an agreement signed in 2022, B will manufacture …
    (
        "",
        pattern(
            rf"\bunder (?:an?|the|its|our|this) (?:{_W} ){{0,4}}?{_BOND}(?: [\w'-]+){{0,4}}?, "
            rf"{_B}{_ASIDE} [a-z]+"
        ),
    ),
    # in China, licensee B; (partner: B; its manufacturing partner is B
    (
        "",
        pattern(
            rf"\b{_ROLE}(?: for [\w ]{{2,30}}?| in (?:the )?[\w, ]{{2,40}}?)?(?:, |: | is | are |, "
            rf"which is | )(?:the )?{_B}"
        ),
    ),
    # B, our licensee in Japan
    (
        "",
        pattern(rf"{_B}{_ASIDE},? (?:which )?(?:is |are )?(?:{_OWN} |the |an? )(?:{_W} ){{0,4}}?{_ROLE}\b"),
    ),
    # developed together with B, in lead optimization together with B, in preclinical development for X with B
    (
        "research-collaboration",
        pattern(
            r"\b(?:working|works|development|optimi[sz]ation|studies|created|(?:co-)?developed|"
            r"discovered|conducted|collaborat(?:ing|es))"
            rf"(?: for (?:[\w-]+|{{disease}}|{{target}})(?: (?:[\w-]+|{{disease}})){{0,3}}?)? "
            rf"(?:together |jointly |closely )?with (?:the )?{_B}"
        ),
    ),
    (
        "",
        pattern(
            rf"{_B}{_ASIDE},? (?:which )?(?:has |have |had |also )*(?:holds?|has|owns|held|obtain"
            r"(?:s|ed)|receiv(?:es|ed)"
            r"|acquir(?:es|ed)|secur(?:es|ed)) (?:an? |the )?(?:exclusive |commercial |worldwide |"
            r"global |[\w-]+ ){0,4}?"
            r"(?:licen[sc]e|rights|option)\b(?! agreement)"
        ),
    ),
    (
        "",
        pattern(
            r"\b(?:agreed|partnered|teamed up|signed|joined forces|entered into) (?:[\w-]+ "
            rf"){{0,6}}?with (?:the )?{_B}"
        ),
    ),
    # discovered at B and licensed by us
    (
        "licence",
        pattern(
            rf"\b(?:discovered|invented|developed|originated) (?:at|by) (?:the )?{_B}{_ASIDE},? "
            rf"(?:and|from (?:which|whom)|which) [^.;\"]{{0,30}}?(?:in-)?licen[sc]ed\b"
        ),
    ),
    # acquired with B; the acquisition of B
    (
        "acquisition",
        pattern(rf"\b(?:acquired|obtained|gained) (?:with|through the acquisition of|through) (?:the )?{_B}"),
    ),
    ("acquisition", pattern(rf"\b(?:its|our|the) (?:{_W} ){{0,3}}?acquisition of (?:{_W} ){{0,3}}?{_B}")),
    # returned to B upon termination of the licence
    (
        "licence",
        pattern(
            rf"\b(?:returned|reverted) (?:{_W} ){{0,3}}?to (?:the )?{_B}[^.;\"]{{0,80}}?\b"
            r"(?:licen[sc]e|agreement)\b"
        ),
    ),
    (
        "licence",
        pattern(rf"\b(?:regain|reacquir)\w* [^.;\"]{{0,60}}?\brights [^.;\"]{{0,60}}?\bfrom (?:the )?{_B}"),
    ),
    # the option which B has held on A's drug
    (
        "option",
        pattern(
            rf"\boption (?:which |that )?{_B}{_ASIDE} (?:has |had )?(?:held|holds|received|"
            rf"acquired)\b"
        ),
    ),
    # B, to which A granted the rights
    (
        "",
        pattern(
            rf"{_B}{_ASIDE},? to (?:which|whom) [^.;\"]{{2,40}}? (?:granted|licen[sc]ed|gave|"
            rf"awarded)\b[^.;\"]{{0,60}}"
        ),
    ),
    # a supply contract to B
    ("supply", pattern(rf"\bsupply (?:contract|agreement)s? (?:to|for|with) (?:the )?{_B}")),
    # sold its business to B
    (
        "acquisition",
        pattern(
            rf"\b(?:sold|sells|divest(?:s|ed)|to sell) (?:its|the|all|our) (?:(?!voucher)[^.;\"]){{3,90}}? "
            rf"to (?:the )?{_B}"
        ),
    ),
    # B has been appointed the exclusive distributor
    (
        "",
        pattern(
            rf"{_B}{_ASIDE},? (?:(?:has|have|was|been|is|will|be) ){{1,3}}(?:appointed|named|granted) "
            rf"(?:as )?(?:the |an? |its |our )?(?:{_W} ){{0,3}}?(?:promoter|distributor|licen[sc]ee|"
            r"partner|licen[sc]e|rights)\b"
        ),
    ),
    # distributed by B under …, by its partner B
    (
        "",
        pattern(
            rf"\b(?:distributed|marketed|commerciali[sz]ed|promoted|sold) [^.;\"]{{0,60}}?by (?:its |our |"
            rf"the company's )(?:{_W} ){{0,3}}?partner,? {_B}"
        ),
    ),
    # B exercised its option
    (
        "option",
        pattern(
            rf"{_B}{_ASIDE} (?:has |have |had |recently |subsequently )*exercised (?:its|an?|the) (?:{_W} "
            rf"){{0,3}}?option\b"
        ),
    ),
    # a milestone payment from B; royalties payable to B
    (
        "",
        pattern(
            r"\b(?:milestone|up-?front|option|licen[sc]e|royalt(?:y|ies)|"
            rf"sublicen[sc]e)\b[^.;\"]{{0,50}}? (?:from|by|to) (?:the |its partner |our partner "
            rf")*{_B}"
        ),
    ),
    # B paid an upfront payment
    (
        "",
        pattern(
            rf"{_B}{_ASIDE},? (?:has |had |will |is to |made |makes )*(?:paid|pays?|made|makes?|to "
            rf"pay)\b[^.;\"]{{0,80}}?"
            rf"\b(?:up-?front|milestone|option fee|royalt(?:y|ies)|signing fee|licen[sc]e fee)"
        ),
    ),
    # the rights belong to B; B, which paid $40 million upfront; we pay B $15 million upfront
    (
        "licence",
        pattern(
            rf"\brights (?:{_W} ){{0,6}}?(?:belong|rest|lie|are held|reside) (?:to|with|by) (?:the )?{_B}"
        ),
    ),
    (
        "",
        pattern(
            rf"{_B}{_ASIDE},? which (?:has |had )?(?:paid|pays|will pay)\b[^.;\"]{{0,60}}?\b(?:up-?front|"
            r"milestone|royalt)"
        ),
    ),
    (
        "",
        pattern(
            rf"\b(?:pay|paid|pays) (?:to )?{_B} [^.;\"]{{0,60}}?\b(?:up-?front|milestones?|royalt(?:y|ies))"
        ),
    ),
    # B, with whom we have worked since 2018
    (
        "research-collaboration",
        pattern(
            rf"{_B}{_ASIDE},? with (?:which|whom) [^.;\"]{{0,30}}?(?:works?|worked|collaborat\w+|"
            r"partner\w*)\b"
        ),
    ),
    # contracted B to manufacture; appointed B as distributor
    (
        "",
        pattern(
            r"\b(?:contracted|engaged|commissioned|selected|appointed|retained|chosen|tasked) "
            rf"(?:with )?(?:the )?{_B}{_ASIDE},?"
            r" (?:to (?:manufacture|produce|distribute|commerciali[sz]e|market|supply)|as (?:its |"
            rf"the |our |an? )?(?:{_W} ){{0,3}}?"
            rf"(?:manufacturer|distributor|CDMO|partner|supplier))"
        ),
    ),
    # supplied by B; B will supply pembrolizumab
    (
        "supply",
        pattern(
            rf"\b(?:supplied|provided) (?:{_W} ){{0,3}}?by {_B}[^.;\"]{{0,60}}?\b(?:agreement|contract|"
            r"free of charge|at no cost)"
        ),
    ),
    (
        "supply",
        pattern(
            rf"{_B}{_ASIDE} (?:will |has agreed to |agreed to |is to |also )*(?:supply|supplies|supplying|"
            rf"provide|provides) (?:{_W} )?{{drug}}"
        ),
    ),
    # granted B the rights
    (
        "",
        pattern(
            rf"\b(?:grant(?:s|ed|ing)?|gave|awarded) (?:to )?{_B}{_ASIDE} [^.;\"]{{0,60}}?\b"
            r"(?:licen[sc]e|rights|option)\b"
        ),
    ),
)
#: Without one of these a sentence tells of no bond.
_TELLS: Final = re.compile(
    rf"{_BOND}|\b(?:with|rights|distributors?|manufacturer|CDMO|appointed|contracted|engaged|"
    r"selected|option|milestone|royalt\w*|up-?front|suppl\w+|provid\w+|markets?|marketed|"
    r"commerciali[sz]\w+|distribut\w+|sold|sells|divest\w*|"
    r"granted|acquir\w*|bought|together|jointly|returned)\b",
    re.IGNORECASE,
)
_DISMISSED: Final = re.compile(
    r"\b(?:investor\s+relations|royalty\s+(?:financing|agreement)|loan\s+agreement|credit\s+"
    r"(?:facility|agreement)|underwrit\w+|"
    r"book-?running|placement\s+agent|purchase\s+agreement\s+with\s+(?:certain\s+)?"
    r"(?:institutional\s+)?investors)\b",
    re.IGNORECASE,
)
#: Who advises, invests or pays is no partner.
_NO_PARTNER: Final = re.compile(
    r"\b(?:Investors?|Relations|Communications|LLP|Securities|Exchange Commission|Capital|"
    r"Ventures?|Bank|Advis[eo]rs|Equity"
    r"|Investments?|Partners LP|Fund|Society|Association|Congress|Foundation|Coalition|CEPI|BARDA|CARB-X)\b"
)
_OVER: Final = re.compile(
    r"\b(?:terminat\w+|returned|expired|lapse[sd]?|ended|mutually\s+agreed\s+to\s+end|"
    r"discontinued|former|previously)\b",
    re.IGNORECASE,
)


def collaborations(document: LinkedDocument) -> Iterator[Fact]:
    """Who works with the company, or with whom its release or section is about.

    Hits: "Acme and Foo Extend Collaboration"; "a license agreement with Foo"; "Acme acquired Foo"; "(partner: Foo)";
    "In China, licensee Foo"; "Acme granted Foo an option"; "Foo, which Acme acquired in 2020".
    Near misses: "has collaborated with the FDA"; "collaborative R&D efforts"; "a loan agreement with Foo Capital";
    a deal of two others.
    """
    found: dict[frozenset[str], list[_Bond]] = {}
    for sentence in document.statements():
        own = document.organization_of(sentence)
        if all(m.entity == own for m in sentence.of_kind(Kind.ORGANIZATION)):
            continue
        if not _TELLS.search(sentence.text) or _DISMISSED.search(sentence.text):
            continue
        bonds = [b for b in _pairs(sentence) if _counts(document, b)]
        told = {e.label for b in bonds for e in (b.one, b.other)}
        bonds += [
            b for b in _single(document, sentence) if b.other.label not in told and _counts(document, b)
        ]
        bonds += [b for b in _sold(document, sentence) if b.other.label not in told and _counts(document, b)]
        for bond in bonds:
            found.setdefault(frozenset((bond.one.label, bond.other.label)), []).append(bond)
    for bonds in found.values():
        yield from _collaboration(document, bonds, found)


def _counts(document: LinkedDocument, bond: _Bond) -> bool:
    parties = (bond.one, bond.other)
    return (
        bond.one != bond.other
        and not any(_NO_PARTNER.search(p.label) for p in parties)
        and any(p in parties for p in (document.issuer, document.organization_of(bond.sentence)))
    )


def _pairs(sentence: LinkedSentence) -> Iterator[_Bond]:
    """Bonds whose two parties are named."""
    if len({m.entity for m in sentence.of_kind(Kind.ORGANIZATION)}) < 2:
        return
    for kind, form in _PAIRS:
        for match in form.finditer(sentence.frame):
            if match["a"] and match["b"]:
                one, other = sentence.mention(match, "a").entity, _party(sentence, match)
                yield _Bond(one, other, sentence, match.start(), match.end(), kind, _is_over(sentence, match))


def _single(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[_Bond]:
    """Bonds of the company that speaks with one that is named."""
    own = document.organization_of(sentence)
    if own is None:
        return
    for kind, form in _SINGLE:
        for match in form.finditer(sentence.frame):
            other = _party(sentence, match)
            before = sentence.at(0, match.start())
            speaker = [m.entity for m in before if m.entity.kind is Kind.ORGANIZATION and m.entity != other]
            if speaker and own not in speaker and not _OF_ITSELF.match(sentence.text):
                continue  # "pelacarsen, which Foo licensed from Bar"
            told = kind or _kind_of_role(match)
            yield _Bond(own, other, sentence, match.start(), match.end(), told, _is_over(sentence, match))


_OF_ITSELF: Final = re.compile(
    r"[\W_]*(?:It|Its|We|Our|The\s+[Cc]ompany|The\s+[Gg]roup|In\s+addition|Under)\b"
)
_OFFSHOOT: Final = pattern(
    r"'?s? (?:spin-?(?:off|out)|subsidiary|affiliate|unit|group|company),? (?P<b>{organization})"
)


def _party(sentence: LinkedSentence, match: re.Match[str]) -> Entity:
    """Who is meant by the other party: "from Foo University's spin-off Bar" means Bar."""
    offshoot = _OFFSHOOT.match(sentence.frame, match.end("b"))
    return sentence.mention(offshoot or match, "b").entity


_SOLD_BY: Final = (
    pattern(
        rf"(?P<drug>{{drug}})(?:(?!{{organization}})[^.;\"]){{0,60}}?\b(?:marketed|"
        r"commerciali[sz]ed|distributed|promoted|sold|launched)\b"
        rf"(?:(?!{{organization}})[^.;\"]){{0,40}}?\bby (?:the )?{_B}"
    ),
    pattern(
        rf"{_B}{_ASIDE} (?:also |currently |now |exclusively |has |is |will )*(?:markets?|"
        r"commerciali[sz]es?|distributes?|promotes?|sells?|launched|marketing|commerciali[sz]ing)"
        rf" (?:{_W} ){{0,3}}?(?P<drug>{{drug}})"
    ),
)


_IN_COUNTRY: Final = re.compile(r"\b[Ii]n\s+(?:the\s+)?[A-Z]")


def _sold(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[_Bond]:
    """Who sells the company's drug besides it, where the sentence says in which country."""
    for match in (m for form in _SOLD_BY for m in form.finditer(sentence.frame)):
        other = sentence.mention(match, "b").entity
        own = document.issuer
        drug = sentence.mention(match, "drug").entity
        if own is None or own == other or drug != document.subject:
            continue
        if _IN_COUNTRY.search(sentence.text):
            yield _Bond(own, other, sentence, match.start(), match.end(), "commercialization", past=False)


def _kind_of_role(match: re.Match[str]) -> str:
    groups = match.re.groupindex
    return next((k for k in ("licence", "distribution", "manufacturing") if k in groups and match[k]), "")


def _is_over(sentence: LinkedSentence, match: re.Match[str]) -> bool:
    around = sentence.text[max(0, match.start() - 40) : match.end() + 80]
    return bool(_OVER.search(around))


# --- what is told of a bond -------------------------------------------------------------------------------

_UPFRONT: Final = re.compile(
    r"\bup-?front\b|\binitial\s+(?:cash\s+)?payment\b|\bat\s+signing\b|\bon\s+signing\b|"
    r"\bsigning\s+(?:fee|payment)\b|\boption\s+fee\b"
    r"|\bpaid\b[^.;]{0,40}\bfor\s+(?:the\s+|which\b|an?\s+)?option\b|"
    r"\bfor\s+which\b[^.;]{0,40}\bpaid\b|\bentry\s+fee\b",
    re.IGNORECASE,
)
_PRICE: Final = re.compile(
    r"\b(?:for|per\s+(?:share|ADS)(?:\s+in\s+cash)?,?\s+or|valued\s+at|values?\s+\w+(?:\s+\w+)?\s+at|worth|consideration\s+of|"
    r"purchase\s+price\s+of|total\s+of|transaction\s+value\s+of"
    r"|equity\s+value\s+of|enterprise\s+value\s+of)\s+(?:up\s+to\s+|approximately\s+|about\s+|"
    r"an?\s+(?:aggregate|total)\s+(?:of\s+)?)*$",
    re.IGNORECASE,
)
_PER: Final = re.compile(r"\s+(?:per|a|in\s+cash\s+per)\s+(?:share|year|quarter|ADS|patient)\b")
_SIGNED: Final = re.compile(
    r"\b(?:sign(?:ed|s)|entered|enter|concluded|agreed|announced|acquired|granted|licen[sc]ed|"
    r"established|since|obtained|bought|completed)\b",
    re.IGNORECASE,
)
_YEAR_OF: Final = re.compile(
    r"\b((?:19|20)\d\d)\s+(?:[\w-]+\s+){0,4}?(?:agreement|licen[sc]e|collaboration|deal|"
    r"partnership|acquisition|alliance|contract|option)\b",
    re.IGNORECASE,
)
_PURPOSE: Final = re.compile(
    r"\b(?:to (?:develop|co-?develop|discover|research|evaluate|explore|commerciali[sz]e|"
    r"advance|identify|design)|for (?:the )?(?:development|discovery|commerciali[sz]ation|"
    r"research|manufactur\w+))\b[^.;]{8,200}",
    re.IGNORECASE,
)


_BOND_WORD: Final = re.compile(rf"\b{_BOND}", re.IGNORECASE)


def _collaboration(
    document: LinkedDocument, bonds: list[_Bond], others: dict[frozenset[str], list[_Bond]]
) -> Iterator[Fact]:
    kind = _kind(bonds)
    sums = _sums(document, bonds, kind, others)
    date = next((d for d in (_date(document, b) for b in bonds) if d), None)
    if date is None and any(_is_news(b) for b in bonds):
        date = document.published
    seen: set[int] = set()
    for bond in bonds:
        if bond.sentence.start in seen:
            continue
        seen.add(bond.sentence.start)
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "kind": document.concept(f"collaboration-kind:{kind}") if kind else None,
            "date": date,
        }
        if sums is not None:
            qualifiers |= {"amount": sums.amount, "currency": sums.currency}
        purpose = _PURPOSE.search(bond.sentence.text)
        if purpose:
            qualifiers["purpose"] = " ".join(purpose[0].split()).strip(" ,")
        subject, partner = bond.one, bond.other
        if partner == document.issuer and kind != "acquisition":
            subject, partner = partner, subject
        word = _BOND_WORD.search(bond.sentence.text, bond.start, bond.end)
        at = word.start() if word else bond.end - 1
        how = modality(bond.sentence.text, at, at + 1)
        if bond.past and how is Modality.ASSERTED:
            how = Modality.HISTORICAL
        yield statement(
            document, bond.sentence, "organizations.collaboration", "collaboration", subject, partner, qualifiers,
            modality=how, confidence=0.9,
        )  # fmt: skip


def _kind(bonds: list[_Bond]) -> str:
    """The kind that the first telling sentence gives; what only a partner is called counts last."""
    for bond in bonds:
        kind = bond.kind or _kind_in(bond.sentence.text[max(0, bond.start - 30) : bond.end + 90])
        if kind and kind != "research-collaboration":
            return kind
    named = [b for b in bonds if b.kind or _kind_in(b.sentence.text)]
    if named:
        return (
            "research-collaboration"
            if any((b.kind or _kind_in(b.sentence.text)) == "research-collaboration" for b in named)
            else _kind_in(named[0].sentence.text)
        )
    words = " ".join(b.sentence.text for b in bonds)
    if re.search(r"\b(?:alliance|collaborat)", words, re.IGNORECASE):
        return "research-collaboration"
    return (
        "licence"
        if re.search(r"\bpartner(?:s|ed)?\b|\bmilestone|\broyalt|\bup-?front", words, re.IGNORECASE)
        else ""
    )


def _sums(
    document: LinkedDocument, bonds: list[_Bond], kind: str, others: dict[frozenset[str], list[_Bond]]
) -> MoneyMatch | None:
    """The sum paid at the start, or the price: in the sentences of the bond, or those that follow in its paragraph.

    In a release on this deal alone any sentence may tell it.
    """
    parties = {bonds[0].one, bonds[0].other}
    only = len(others) == 1 or any(
        b.sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE) for b in bonds
    )
    own: list[LinkedSentence] = [b.sentence for b in bonds]
    for bond in bonds:
        index = document.index(bond.sentence)
        for sentence in document.sentences[index + 1 : index + 5]:
            if sentence.sentence.paragraph != bond.sentence.sentence.paragraph:
                break
            if {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} - parties:
                break
            own.append(sentence)
    wider = [s for s in document.statements() if s.section.kind is not SectionKind.ABOUT] if only else []
    price = kind in ("acquisition", "merger", "asset-purchase")
    for sentence in (*own, *wider):
        strangers = {m.entity for m in sentence.of_kind(Kind.ORGANIZATION)} - parties
        if strangers and sentence not in own:
            continue
        for amount in money(sentence.text):
            around = sentence.text[max(0, amount.start - 60) : amount.end + 60]
            if _PER.match(sentence.text, amount.end):
                continue
            if price and _PRICE.search(sentence.text[: amount.start]) and amount.amount > 1_000_000:
                return amount
            if not price and _UPFRONT.search(_clause(sentence.text, amount)):
                return amount
            if price and re.search(r"\bup-?front\b", around, re.IGNORECASE):
                return amount
    return None


def _clause(text: str, amount: MoneyMatch) -> str:
    """The words about a sum: from the sum before it, or a comma, to the next."""
    every = money(text)
    low = max((m.end for m in every if m.end <= amount.start), default=max(0, amount.start - 70))
    high = min((m.start for m in every if m.start >= amount.end), default=min(len(text), amount.end + 60))
    return text[max(low, amount.start - 70) : min(high, amount.end + 60)]


def _date(document: LinkedDocument, bond: _Bond) -> str | None:
    """When the bond was made, as its sentence tells it: "signed in 2021", "the 2021 agreement"; the future is none."""
    text = bond.sentence.text
    year = _YEAR_OF.search(text)
    best: tuple[int, str] | None = None
    for found in dates(text, on=document.published):
        if document.published is not None and found.iso > document.published[: len(found.iso)]:
            continue
        before = text[max(0, found.start - 90) : found.start]
        distance = min(abs(found.start - bond.end), abs(bond.start - found.end))
        inside = bond.start <= found.start <= bond.end
        rank = (0 if _SIGNED.search(before) or inside else 200) + (0 if inside else distance)
        if best is None or rank < best[0]:
            best = (rank, found.iso)
    if year is not None and (best is None or best[0] > 0):
        return year[1]
    return best[1] if best is not None and best[0] < 330 else None


_ANNOUNCES: Final = re.compile(r"\b(?:today|announces?)\b", re.IGNORECASE)


def _is_news(bond: _Bond) -> bool:
    """Whether the bond is what the release announces."""
    sentence = bond.sentence
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return True
    return bool(_ANNOUNCES.search(sentence.text) and sentence.section.kind is SectionKind.BODY)
