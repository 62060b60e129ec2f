"""Partners and licensees → the drugs that they develop from the deal on."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument
from kg.extract.own_drugs import Ownership, may_be_own
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind

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
        r" [^.;]{0,60}?\b(?:study|trial|studies|trials) (?:of|for|with|evaluating|in which) (?P<drug>{drug})"
    ),
    # Acme and Foo initiated two studies of ABC-1: Acme's too
    pattern(
        r"(?P<org>{organization}) and {organization} (?:are |have |will |also |currently |be |been )*"
        r"(?:conduct|initiat|start|run|sponsor)\w*"
        r" [^.;]{0,60}?\b(?:study|trial|studies|trials) (?:of|for|evaluating) (?P<drug>{drug})"
    ),
    # Acme and Foo announced that the companies have amended their collaboration to develop ABC-1
    pattern(
        r"(?:{organization}[^;]{0,160}?\band )?(?P<org>{organization})[^;]{0,160}?\b(?:they|(?:the )?(?:two )?companies"
        r"|(?:the )?parties) (?:have |has )?(?:amended|expanded|extended|revised|broadened) [^.;]{0,60}?"
        r"\b(?:collaboration|partnership|agreement) [^.;]{0,30}?\bto (?:[\w-]+,? ){0,2}?(?:co-?)?(?:develop"
        r"|commerciali[sz]e)(?:,? (?:and )?[\w-]+){0,3} (?P<drug>{drug})"
    ),
    # Acme and Foo enter into an agreement to jointly develop ABC-1: both
    *(
        pattern(
            rf"{before}(?: ?\([^()]*\))*(?:, [^;]{{3,90}}?,)?{behind} (?:today |have |has )*"
            r"(?:announce|enter|sign|agree|execut)\w*"
            r"[^.;]{0,120}?\b(?:collaboration|partnership|agreement) [^.;]{0,30}?\bto (?:jointly |co-)"
            r"(?:develop|commerciali[sz]e)(?:,? (?:and )?[\w-]+){0,3}? (?P<drug>{drug})"
        )
        for before, behind in (
            (r"(?P<org>{organization})", r" and {organization}(?: ?\([^()]*\))*"),
            (r"{organization}(?: ?\([^()]*\))* and (?P<org>{organization})", ""),
        )
    ),
    # Foo will lead the worldwide development and commercialisation of ABC-1
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:will |to |is to |has agreed to )(?:continue to |also |further )?"
        r"(?:lead|co-lead|assume|take over) [^.;]{0,60}?\b(?:development|commerciali[sz]ation) of (?P<drug>{drug})"
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
        r"\b(?:granted|gave|grants|granting|gives|giving|licensed|awarded|assigned) (?:to )?(?P<org>{organization})(?: "
        r"\([^()]*\))* (?:an? "
        r"|the )?(?:[\w-]+ ){0,5}?(?:licen[sc]e|rights?)\b"
        r" (?:to|for)(?: (?:co-?)?(?:develop|commerciali[sz]e|market|sell|manufactur)\w*(?:,| and"
        r"|, and)?){0,4} (?P<drug>{drug})"
    ),
    # the Group has licensed ABC-1 to Foo; rights from Foo …; Foo is developing the compound in Japan
    pattern(r"\b(?:licensed|out-licensed|licenced) (?P<drug>{drug}) to (?P<org>{organization})"),
    pattern(
        r"(?P<org>{organization})(?: \([^()]*\))*,? (?:is|are|continues to"
        r"|will) (?:also )?develop(?:ing)? (?P<drug>{drug}) (?:in|for) "
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
    # Acme …, and Foo … announced that the companies have entered into a licence agreement to develop ABC-1
    pattern(
        r"{organization}[^;]{0,260}?\band (?P<org>{organization})[^;]{0,260}?\b(?:they|(?:the )?(?:two "
        r")?companies|(?:the )?parties)"
        r" (?:have |has )?entered into [^.;]{0,60}?licen[sc]\w+ [^.;]{0,30}?\bagreement "
        r"[^.;]{0,60}?(?:develop|commerciali)\w*"
        r"[^.;]{0,60}? (?P<drug>{drug})"
    ),
    # rights to ABC-1 in Japan are held by Foo
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,90}?\brights (?:[^.;,]{0,40}? )?(?:are|were|is|remain) "
        r"(?:held|owned) by "
        r"(?P<org>{organization})"
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
    # Acme and Foo share the costs of developing ABC-1
    pattern(
        r"{organization} and (?P<org>{organization}) (?:will |equally |to )*shar(?:e|es|ing) [^.;]{0,60}?\b"
        r"(?:develop\w+|commerciali\w+|profits?|costs?)\b[^.;]{0,60}?(?:of|for|from|on) (?P<drug>{drug})"
    ),
    # ABC-1 (siRNA) – Phase 2 – partner: Foo; Acme is co-developing ABC-1 with Foo
    pattern(
        r"(?P<drug>{drug})(?:(?!{drug})[^.;]){0,90}?(?: [–|-]|,|\(|;) ?partner(?:ed with)?:? (?P<org>{organization})"
    ),
    pattern(r"\bco-?develop\w* (?:[\w-]+ ){0,3}?(?P<drug>{drug})[^.;]{0,40}? with (?P<org>{organization})"),
    # Foo is responsible for the development of ABC-1 in China
    pattern(
        r"(?P<org>{organization}) (?:is|will be|becomes|shall be) (?:solely )?responsible for (?:the |all"
        r" )?(?:[\w-]+ ){0,3}?"
        r"(?:(?:development|commerciali[sz]ation)(?:,? and [\w-]+)? of|(?:developing|commerciali[sz]ing|marketing)"
        r"(?:(?:,|,? and) [\w-]+ing)*) (?P<drug>{drug})"
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
        r"|the )?(?:exclusive )?(?:[\w-]+ ){0,6}?(?:licen[sc]e|rights)\b(?! to| for)"
    ),
    # out-licensed it for Greater China to Foo; rights are held by Foo; in co-development with Foo
    pattern(
        r"\b(?:out-?)?licen[sc]ed (?:it|the (?:drug|product|compound|programme?))(?: for| in)? [^.;]{0,40}? ?to "
        r"(?P<org>{organization})"
    ),
    pattern(r"\brights (?:[^.;,]{0,40}? )?(?:are|were|is|remain) (?:held|owned) by (?P<org>{organization})"),
    pattern(r"^\W*in co-?development with (?P<org>{organization})"),
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
