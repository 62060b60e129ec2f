"""Partners and licensees → the drugs that they develop from the deal on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from kg.extract.frames import pattern
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.organizations import INSTITUTION
from kg.extract.own_drugs import COMES_FROM, Ownership, is_branded, may_be_own
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention

_PARTNERS: Final = (
    # Foo is conducting a Phase 1/2 bridging study of ABC-1 in Japan; Foo filed an NDA for ABC-1 in China
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:is |has |have |will |also |currently |be "
        r"|been )*(?:conduct|initiat|start|run|sponsor|dos|enrol)\w*"
        r" [^.;]{0,60}?\b(?:study|trial|studies|trials) (?:of|for|with|evaluating|in which) (?P<drug>{drug})"
    ),
    # our partner Foo …, licensee Foo filed … ABC-1
    pattern(
        r"\b(?:partner|licen[sc]ee),? (?P<org>{organization})(?: \([^()]*\))*,?[^.;]{0,90}?(?P<drug>{drug})"
    ),
    # Acme granted Foo a licence for ABC-1
    pattern(
        r"\b(?:granted|gave|grants|granting|gives|giving|licensed|awarded|assigned) (?:to )?(?P<org>{organization})(?: "
        r"\([^()]*\))* (?:an? "
        r"|the )?(?:[\w-]+ ){0,5}?(?:licen[sc]e|rights?)\b"
        r" (?:to|for)(?: (?:co-?)?(?:develop|commerciali[sz]e|market|sell|manufactur)\w*(?:,| and"
        r"|, and)?){0,4} (?P<drug>{drug})"
    ),
    # ABC-1, directed at FOO1: partnered with Foo; ABC-1 was licensed to Foo of Shanghai
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,120}?(?:,|:| is| are| was| has been| \() "
        r"?(?:exclusively |jointly |being )*(?:out-?)?(?:partnered with|licensed to"
        r"|in partnership with|in co-?development with|co-?developed with|(?:being )?(?:jointly "
        r")?developed (?:and [a-z]+ )?(?:in|through|under) [^.;,]{0,40}?(?:collaboration|partnership"
        r"|agreement) with) (?:the )?(?P<org>{organization})"
    ),
    # Acme and Foo enter licence agreement for ABC-1
    pattern(
        r"{organization}(?: ?\([^()]*\))* and (?P<org>{organization})[^.;]{0,90}?\blicen[sc]\w+ (?:and "
        r"[\w-]+ )?agreement "
        r"(?:for|on|to|covering)(?:(?!option|suppl|distribut|platform|technolog)[^.;]){0,90}?(?P<drug>{drug})"
    ),
    # ABC-1, an antibody that Acme licensed to Foo
    pattern(
        r"(?P<drug>{drug})[^.;]{0,90}?\b(?:that|which) {organization} (?:has |had )?(?:out-?)?licen[sc]ed "
        r"(?:[^.;,]{0,40} )?to "
        r"(?P<org>{organization})"
    ),
    pattern(
        r"(?P<drug>{drug})[^.;]{0,90}?\b(?:developed|co-developed) (?:together|jointly|in partnership"
        r"|in collaboration) with (?P<org>{organization})"
    ),
)


def of_the_partners(document: LinkedDocument) -> list[Ownership]:
    """Who takes a licence develops from then on.  Near miss: "collaboration with Foo to test ABC-1 with FOO-2"."""
    out: list[Ownership] = []
    for sentence in document.statements():
        if not (sentence.of_kind(Kind.DRUG) and sentence.of_kind(Kind.ORGANIZATION)):
            continue
        for match in (m for form in _PARTNERS for m in form.finditer(sentence.frame)):
            drug = sentence.mention(match, "drug").entity
            if may_be_own(document, drug) and not re.search(
                r"\b(?:no|option|combin\w+|distribut\w+|supply)\b",
                sentence.text[match.start() : match.end()],
                re.IGNORECASE,
            ):
                organization = sentence.mention(match, "org").entity
                out.append(Ownership(organization, drug, sentence, "partner", 0.85))
                more = _AND_ANOTHER.match(sentence.frame, match.end("drug"))
                if more is not None and may_be_own(document, sentence.mention(more, "drug").entity):
                    drug = sentence.mention(more, "drug").entity
                    out.append(Ownership(organization, drug, sentence, "partner", 0.8))
    return out


def of_one_partner(document: LinkedDocument) -> list[Ownership]:
    """The only other company that a sentence on one drug names, where it speaks of rights, royalties or sales.

    Hits: "Royalties on AB-1, marketed by Foo, rose"; "sale of the US rights in AB-1 to Foo"; "Foo sells AB-1".
    Near misses: what came from Foo; Foo as distributor, supplier, holder of an option; a combination with FOO-2.
    """
    out: list[Ownership] = []
    for sentence in document.statements():
        named = sentence.of_kind(Kind.DRUG)
        others = [m for m in sentence.of_kind(Kind.ORGANIZATION) if m.entity != document.issuer]
        if (
            not named
            or not _is_one_list(sentence, named)
            or len({m.entity for m in others}) != 1
            or _SHARES.search(sentence.text) is None
            or _SHARES_NOT.search(sentence.text) is not None
        ):
            continue
        other = others[0]
        before = sentence.text[: other.start - sentence.start]
        low, high = sorted((named[0].start, other.start))
        if (
            not INSTITUTION.search(other.entity.label)
            and COMES_FROM.search(before) is None
            and ";" not in _IN_BRACKETS.sub("", document.text[low:high])
        ):
            drugs = dict.fromkeys(m.entity for m in named if _is_somebodys(document, m.entity))
            both = any(m.entity == document.issuer for m in sentence.of_kind(Kind.ORGANIZATION))
            shared = _OUR_PARTNER.search(before) or (both and _JOINTLY.search(sentence.text))
            ours = shared and _ITS_OWN.search(sentence.text) is None
            for drug in drugs:
                out.append(Ownership(other.entity, drug, sentence, "partner", 0.75))
                if ours and document.issuer is not None:
                    out.append(Ownership(document.issuer, drug, sentence, "our", 0.7))
    return out


def _is_somebodys(document: LinkedDocument, drug: Entity) -> bool:
    """Whether a drug may be one company's: a new one, the release's, or a brand of an established one."""
    return may_be_own(document, drug) or (is_branded(drug) and not is_established(drug.label))


#: "our partner Foo sells *its own* AB-1"
_ITS_OWN: Final = Pattern(r"\b(?:its|their)\s+own\b")
_JOINTLY: Final = Pattern(r"\b(?:jointly|co-?develop|(?:collaboration|together)\s+with)", re.IGNORECASE)


def _is_one_list(sentence: LinkedSentence, drugs: Sequence[Mention]) -> bool:
    """Whether only one drug is named, or two or three in one list: "AB-1, AB-2 and AB-3"."""
    gaps = (
        sentence.text[one.end - sentence.start : other.start - sentence.start]
        for one, other in pairwise(drugs)
        if one.entity != other.entity
    )
    return all(_LISTED.fullmatch(_IN_BRACKETS.sub("", gap)) for gap in gaps)


#: "in Germany by *our licensee* Foo": it is ours too.
_OUR_PARTNER: Final = Pattern(
    r"\b(?:our|its|the\s+(?:company|group)'s)\s+(?:[\w-]+\s+){0,3}(?:partner|licen[sc]ee),?\s+$",
    re.IGNORECASE,
)
_LISTED: Final = Pattern(r"[®™\s]*(?:for\s[^.;]{3,100}?)?(?:,|and|or|,\s+and|/|&)\s*")
_IN_BRACKETS: Final = Pattern(r"\([^()]*\)")
_SHARES: Final = Pattern(
    r"\b(?:technology\s+(?:export|transfer)|(?:sub-?|out-?)?licen[sc](?:ed?|es|ing|ee)\b|rights\b|royalt|partner(?:ed)?\b|co-?(?:develop|promot|commerciali)|jointly"
    r"|commerciali[sz]|marketed|sold\b|sells\b|milestone\s+payment|in\s+(?:collaboration|partnership)\s+with|together\s+with|exercised\s+its\s+option)",
    re.IGNORECASE,
)
_SHARES_NOT: Final = Pattern(
    r"\b(?:distribut|supply|suppli|manufactur(?!\w+,?\s+and\s+(?:sell|market|commerciali))|platform|technolog(?!y\s+(?:export|transfer))|discover|research|undisclosed|biomarker|seek"
    r"|no\s+rights|combin|compar|versus|vs\b|non-inferior|superior|patent|litigation|settle|analyst|fund|bank|if\b|could\b"
    r"|(?:the|an|no|to|of)\s+option\b|option\s+(?:to|agreement)\b(?<!its option to)|(?-i:may)\b|plus\b|competit"
    r"|clinical\s+(?:trial\s+)?collaboration|s?he\b|his\b|her\b|formerly|previously|acqui)",
    re.IGNORECASE,
)
_AND_ANOTHER: Final = pattern(r"(?: \([^()]*\))? and (?P<drug>{drug})")


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
        r"|sell|commerciali|develop|received|withdr|obtain|owe"
        r"|complet|enrol|dos|initiat|run|start|recruit)\w*"
    ),
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:the company's|its|our|{organization}(?:'s"
        r"|')) (?:[\w-]+ ){0,3}?(?:licen[sc]ee|licen[sc]e partner)\b"
    ),
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:which )?(?:holds|has|owns|acquired|obtains?"
        r"|obtained|receives?|received|gains?|gained|secured?) (?:an? "
        r"|the )?(?:exclusive )?(?:[\w-]+ ){0,6}?(?:licen[sc]e|rights)\b"
        r"(?! to| for (?:its|another|an?|other)\b)"
    ),
    # out-licensed it for Greater China to Foo; rights are held by Foo; in co-development with Foo
    pattern(
        r"\b(?:out-?)?licen[sc]ed (?:it|the (?:drug|product|compound|programme?))(?: for| in)? [^.;]{0,40}? ?to "
        r"(?P<org>{organization})"
    ),
    pattern(r"\brights (?:[^.;,]{0,40}? )?(?:are|were|is|remain) (?:held|owned) by (?P<org>{organization})"),
    pattern(r"^\W*in co-?development with (?P<org>{organization})"),
    pattern(r"\bpartnered with (?P<org>{organization})(?! to\b)"),
    # Acme's partner, Foo, licensee for Europe; Foo makes and sells the product in other countries
    pattern(
        r"\b(?:partner|licen[sc]ee),? (?P<org>{organization})(?: \([^()]*\))*, (?:the |its )?licen[sc]ee\b"
    ),
    pattern(
        r"(?P<org>{organization}) (?:also |now |already )*(?:makes and sells|develops|sells|markets|commerciali[sz]es)"
        r" (?:it|the (?:drug|product|medicine|compound))\b"
    ),
    # licensor Foo goes on: "Foo retains rights in China, where it markets the product"
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:retains?|keeps?) (?:[\w-]+ ){0,3}?rights (?:in|for) "
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
_NO_LICENSEE: Final = Pattern(
    r"\b(?:distribut\w+|supply|manufactur\w+|platform|discovery|option|clinical trial collaboration)\b",
    re.IGNORECASE,
)


def of_the_licensees(document: LinkedDocument) -> list[Ownership]:
    """A licensee or regional partner of a release that is mainly about one drug develops that drug.

    Hits: "in Greater China, Foo holds an exclusive licence"; "Our European partner, Foo, expects to file an MAA".
    Near misses: a distribution or supply partner; a sentence on another drug.
    """
    out: list[Ownership] = []
    for sentence in document.statements():
        if (
            any(m.entity != document.subject for m in sentence.of_kind(Kind.DRUG))
            or not sentence.of_kind(Kind.ORGANIZATION)
            or _NO_LICENSEE.search(sentence.text)
        ):
            continue
        for match in (m for form in _LICENSEE for m in form.finditer(sentence.frame)):
            organization, drug = sentence.mention(match, "org").entity, document.drug_of(sentence)
            if drug is not None and organization != document.issuer and may_be_own(document, drug):
                out.append(Ownership(organization, drug, sentence, "licensee", 0.75))
    return out


#: Who a licence is from or to, with the drug.
_PARTY: Final = (
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,80}?\b(?:in-?|out-?)?licen[sc]ed (?:[\w-]+ ){0,4}?(?:from|to) "
        r"(?P<org>{organization})"
    ),
    pattern(
        r"\b(?:rights|licen[sc]e)\b[^.;]{0,40}?\b(?:to|for) (?P<drug>{drug})[^.;]{0,40}? (?:from|to) "
        r"(?P<org>{organization})"
    ),
)
#: What a party does that develops the drug itself.
_WORKS_ON: Final = pattern(
    r"(?P<org>{organization})(?: \([^()]*\))*,? (?:is |has |at present |currently |also |now "
    r")*(?:(?:conduct|run|recruit|start|complet"
    r"|initiat|plan)\w* [^.;]{0,40}?\b(?:trials?|study|studies)|develop(?:s|ing|ed) |market(?:s|ing|ed)? "
    r"|sells |launched "
    r"|submitted |filed |obtained approval)"
)


def of_the_parties(document: LinkedDocument) -> list[Ownership]:
    """Licensors and licensees that are told to work on the drug themselves.

    Hit: "AB-1 was in-licensed from Foo in 2019. Foo is conducting a Phase 1 trial in Japan."
    Near miss: "AB-1 was in-licensed from Foo in 2019."
    """
    parties: dict[Entity, Entity] = {}
    for sentence in document.statements():
        if _LICENCE.search(sentence.text) is None:
            continue
        for match in (m for form in _PARTY for m in form.finditer(sentence.frame)):
            parties.setdefault(sentence.mention(match, "org").entity, sentence.mention(match, "drug").entity)
    if document.issuer is not None:
        parties.pop(document.issuer, None)
    out: list[Ownership] = []
    for sentence in document.statements() if parties else ():
        for match in _WORKS_ON.finditer(sentence.frame):
            organization = sentence.mention(match, "org").entity
            drug = parties.get(organization)
            others = {m.entity for m in sentence.of_kind(Kind.DRUG)} - {drug}
            if drug is not None and not others and may_be_own(document, drug):
                out.append(Ownership(organization, drug, sentence, "party", 0.75))
    return out


_LICENCE: Final = Pattern(r"\blicen[sc]e|\brights\b", re.IGNORECASE)
