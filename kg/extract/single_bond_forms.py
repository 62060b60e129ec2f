"""The grammar of deals where a sentence names one partner, and the other is whose sentence it is; patterns only."""

from __future__ import annotations

from typing import Final

from kg.extract.bond_forms import ASIDE, BOND, SIGN, B, W
from kg.extract.frames import pattern

_ROLE: Final = (
    r"(?:(?P<partner>partners?|collaborators?)|(?P<licence>licen[sc]ees?|licencees?|licen[sc]ors?|"
    r"sub-?licen[sc]ees?)|(?P<distribution>distributors?)"
    r"|(?P<manufacturing>manufacturer|CDMO|manufacturing partner))"
)
_OWN: Final = r"(?:our|its|the company's|their|{organization}'s?)"
#: Forms that name one; the other is whose sentence it is.
SINGLE: Final = (
    # our collaboration with B; a licence from B
    (
        "",
        pattern(
            r"\b(?:our|its|the company's|their|in|this|an?|the|ongoing|under|[\w-]+) (?:[\w-]+,? "
            rf"){{0,4}}?{BOND}(?: agreement)?,?"
            rf"(?: signed| entered into| concluded| established)? with (?:{W} ){{0,4}}?{B}"
        ),
    ),
    (
        "licence",
        pattern(
            rf"\b(?:sub-?|in-?|out-?)?licen[sc]ed (?:{W} ){{0,3}}?(?:to|from) (?:{W} ){{0,3}}?"
            rf"(?:[\w.-]+ ){{0,5}}(?:[\w-]+: )?{B}"
        ),
    ),
    (
        "licence",
        pattern(
            r"\b(?:exclusive |worldwide |global )*licen[sc]e (?:agreement )?(?:from|granted by) "
            rf"(?:the )?{B}"
        ),
    ),
    # provided by B under a supply agreement
    (
        "",
        pattern(
            r"\b(?:by|from|with|our|its|the company's) (?:(?:partner|licensee|collaborator|"
            rf"distributor|manufacturer|supplier),? |the )?{B}"
            rf"[^.;]{{0,50}}?\bunder (?:an?|the|its|our) (?:{W} ){{0,4}}?{BOND}"
        ),
    ),
    # under an agreement signed in 2022, B will manufacture …
    (
        "",
        pattern(
            rf"\bunder (?:an?|the|its|our|this) (?:{W} ){{0,4}}?{BOND}(?: [\w'-]+){{0,5}}?,? "
            rf"{B}{ASIDE} [a-z]+"
        ),
    ),
    # an agreement under which B will supply …
    (
        "",
        pattern(
            rf"\b{BOND}(?: {W}){{0,3}}? (?:under|in) which {B}{ASIDE}[^.;\"]{{0,50}}?,? "
            r"(?:will|is to|shall|has agreed to|receives?|obtains?|gains?)\b"
        ),
    ),
    # B nominated a target in the research collaboration; B supplies it under a three-year agreement
    (
        "",
        pattern(
            rf"{B}{ASIDE} (?:has |had |also )?[a-z]+(?:s|ed|t) (?:{W} ){{0,9}}?(?:in|under|as part of|within) "
            rf"(?:the|our|its|their|an?) (?:[\w-]+ ){{0,4}}?{BOND}"
        ),
    ),
    # distribution there has been entrusted to B; the programme was returned by B
    (
        "distribution",
        pattern(
            rf"\b(?:distribution|sales?|marketing|promotion) [^.;\"]{{0,40}}?\b(?:entrusted|assigned|outsourced) to {B}"
        ),
    ),
    (
        "licence",
        pattern(
            rf"\b(?:was|were|has been|have been|being) returned (?:to (?:us|the company|it|{{organization}}) )?by {B}"
        ),
    ),
    # notice from B of the termination of the agreement
    ("", pattern(rf"\bnotice from (?:the )?{B}{ASIDE}[^.;\"]{{0,40}}?\bterminat[^.;\"]{{0,60}}?{BOND}")),
    # ABC-1 was acquired from B
    (
        "asset-purchase",
        pattern(
            rf"{{drug}}[^.;\"]{{0,60}}? (?:was|were|been) (?:acquired|purchased|bought) from (?:the )?{B}"
        ),
    ),
    # in co-development with B
    ("", pattern(rf"\bin (?:co-?development|partnership|collaboration|alliance) with (?:the )?{B}")),
    # ABC-1, partnered with B; rights are held by B
    (
        "licence",
        pattern(
            rf"{{drug}}[^.;\"]{{0,120}}?(?:,|:| is| are| \() ?(?:partnered with|licen[sc]ed to) (?:the )?{B}"
        ),
    ),
    ("licence", pattern(rf"\brights [^.;\"]{{0,60}}?\b(?:held|owned) by (?:the )?{B}")),
    # it is distributed in Australia by B
    (
        "distribution",
        pattern(rf"\bdistributed (?:exclusively )?(?:in [^.;\"]{{2,60}}? )?by {B}"),
    ),
    # out-licensed it for Greater China to B
    (
        "licence",
        pattern(rf"\b(?:out-?)?licen[sc]ed (?:it|them|the \w+)? ?(?:for|in) [^.;\"]{{2,40}}? to {B}"),
    ),
    # in China, licensee B; (partner: B; its manufacturing partner is B
    (
        "",
        pattern(
            rf"\b{_ROLE}(?: for [\w ]{{2,30}}?| in (?:the )?[\w, ]{{2,40}}?)?(?:, |: | is | are |, "
            rf"which is | )(?:the )?{B}"
        ),
    ),
    # B, our licensee in Japan
    (
        "",
        pattern(rf"{B}{ASIDE},? (?:which )?(?:is |are )?(?:{_OWN} |the |an? )(?:{W} ){{0,4}}?{_ROLE}\b"),
    ),
    # developed together with B, in lead optimization together with B, in preclinical development for X with B
    (
        "research-collaboration",
        pattern(
            r"\b(?:working|works|development|optimi[sz]ation|studies|created|(?:co-)?developed|"
            r"discovered|conducted|collaborat(?:ing|es))"
            rf"(?: for (?:[\w-]+|{{disease}}|{{target}})(?: (?:[\w-]+|{{disease}})){{0,3}}?)? "
            rf"(?:on )?(?:since (?:[a-z]+ )?\d{{4}} )?(?:together |jointly |closely )?with (?:the )?{B}"
        ),
    ),
    (
        "",
        pattern(
            rf"{B}{ASIDE},? (?:which )?(?:has |have |had |also )*(?:holds?|has|owns|held|obtain"
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
            rf"){{0,6}}?with (?:the )?{B}"
        ),
    ),
    # discovered at B and licensed by us
    (
        "licence",
        pattern(
            rf"\b(?:discovered|invented|developed|originated) (?:at|by) (?:the )?{B}{ASIDE},? "
            rf"(?:and|from (?:which|whom)|which) [^.;\"]{{0,30}}?(?:in-)?licen[sc]ed\b"
        ),
    ),
    # acquired with B; the acquisition of B
    (
        "acquisition",
        pattern(rf"\b(?:acquired|obtained|gained) (?:with|through the acquisition of|through) (?:the )?{B}"),
    ),
    (
        "acquisition",
        pattern(
            rf"\b(?:its|our|the) (?:{W} ){{0,3}}?(?:acquisition|purchase|takeover) of (?:{W} ){{0,3}}?{B}"
        ),
    ),
    # the B acquisition; the acquired B portfolio
    (
        "acquisition",
        pattern(
            rf"\b(?:the|our|its) (?:recent |recently )?acquired {B} (?:portfolio|business|products|assets)\b"
        ),
    ),
    ("acquisition", pattern(rf"\b(?:the|our|its) (?:recent )?{B} (?:acquisition|merger)\b")),
    # the acquisition from B of the application
    ("asset-purchase", pattern(rf"\b(?:acquisition|purchase) from (?:the )?{B}{ASIDE} of\b")),
    # returned to B upon termination of the licence
    (
        "licence",
        pattern(
            rf"\b(?:returned|reverted) (?:{W} ){{0,3}}?to (?:the )?{B}[^.;\"]{{0,80}}?\b"
            r"(?:licen[sc]e|agreement)\b"
        ),
    ),
    (
        "licence",
        pattern(rf"\b(?:regain|reacquir)\w* [^.;\"]{{0,60}}?\brights [^.;\"]{{0,60}}?\bfrom (?:the )?{B}"),
    ),
    # the option which B has held on A's drug
    (
        "option",
        pattern(
            rf"\boption (?:which |that )?{B}{ASIDE} (?:has |had )?(?:held|holds|received|"
            rf"acquired)\b"
        ),
    ),
    # B, to which A granted the rights
    (
        "",
        pattern(
            rf"{B}{ASIDE},? to (?:which|whom) [^.;\"]{{2,40}}? (?:granted|licen[sc]ed|gave|"
            rf"awarded)\b[^.;\"]{{0,60}}"
        ),
    ),
    # a supply contract to B
    ("supply", pattern(rf"\bsupply (?:contract|agreement)s? (?:to|for|with) (?:the )?{B}")),
    # sold its business to B
    (
        "acquisition",
        pattern(
            rf"\b(?:sold|sells|divest(?:s|ed)|to sell) (?:its|the|all|our) (?:(?!voucher)[^.;\"]){{3,90}}? "
            rf"to (?:the )?{B}"
        ),
    ),
    # B has been appointed the exclusive distributor
    (
        "",
        pattern(
            rf"{B}{ASIDE},? (?:(?:has|have|was|been|is|will|be) ){{1,3}}(?:appointed|named|granted) "
            rf"(?:as )?(?:the |an? |its |our )?(?:{W} ){{0,3}}?(?:promoter|distributor|licen[sc]ee|"
            r"partner|licen[sc]e|rights)\b"
        ),
    ),
    # distributed by B under …, by its partner B
    (
        "",
        pattern(
            rf"\b(?:distributed|marketed|commerciali[sz]ed|promoted|sold) [^.;\"]{{0,60}}?by (?:its |our |"
            rf"the company's )(?:{W} ){{0,3}}?partner,? {B}"
        ),
    ),
    # B has elected to terminate the collaboration agreement
    (
        "",
        pattern(
            rf"{B}{ASIDE} (?:has |have |had )?(?:elected|decided|chosen|opted|notified {{organization}} of its "
            rf"(?:decision|intent"
            rf"(?:ion)?)|given notice|exercised its right) (?:not )?(?:to )?(?:terminate|discontinue|end|return"
            rf"|continue)\b"
            rf"[^.;\"]{{0,60}}?(?:{BOND}|rights)"
        ),
    ),
    ("", pattern(rf"{B}{ASIDE} (?:has |have |had )?terminated (?:the|its|our) (?:{W} ){{0,4}}?{BOND}")),
    # at B, with which it entered into a manufacturing agreement
    (
        "",
        pattern(
            rf"{B}{ASIDE},? with (?:which|whom) (?:it|we|the company|{{organization}}) (?:{W} "
            rf"){{0,2}}?{SIGN}\b[^.;\"]{{0,60}}?\b{BOND}"
        ),
    ),
    # it makes vaccines under contract for B
    (
        "manufacturing",
        pattern(
            rf"\b(?:makes?|manufactur\w+|produc\w+|fills?) [^.;\"]{{2,60}}? under contract (?:for|to|with) {B}"
        ),
    ),
    # the sale of its franchise to B
    (
        "acquisition",
        pattern(
            r"\b(?:sale|divestiture|divestment) of (?:its|the|all|our) (?:(?!voucher|shares|stock)[^.;\"]){3,80}? "
            rf"to (?:the )?{B}"
        ),
    ),
    # contracted B for the commercial manufacture
    (
        "manufacturing",
        pattern(
            rf"\b(?:contracted|engaged|commissioned|selected) (?:with )?(?:the )?{B}{ASIDE},? for (?:the |its "
            rf")?(?:{W} ){{0,3}}?"
            r"(?:manufactur\w+|production|supply)\b"
        ),
    ),
    # B opted in to co-develop ABC-1
    (
        "co-development",
        pattern(rf"{B}{ASIDE} (?:has |have |had |recently )*opted[- ]in(?:to)? (?:to |on )?"),
    ),
    # B will distribute ABC-1 in the Nordics under an exclusive agreement
    (
        "distribution",
        pattern(
            rf"{B}{ASIDE} (?:will |is to |shall )(?:exclusively )?distribute [^.;\"]{{3,80}}?\bunder (?:an?|the|its)\b"
        ),
    ),
    # B's technology, used under a licence; access to B's platform under the agreement
    (
        "licence",
        pattern(
            rf"{B}'s? (?:{W} ){{1,6}}?(?:under|through|pursuant to) (?:an?|the|its|our|this) (?:[\w-]+ ){{0,4}}?"
            r"(?:licen[sc]e|agreement|collaboration)\b"
        ),
    ),
    # B (our partner for Greater China)
    (
        "licence",
        pattern(
            rf"{B} \((?:{_OWN} |the )?(?:{W} ){{0,4}}?(?:partner|licen[sc]ee|collaborator)(?: (?:for|in) "
            rf"[^()]{{2,40}})?\)"
        ),
    ),
    # B made an equity investment alongside the collaboration
    (
        "",
        pattern(
            rf"{B}{ASIDE} (?:will |has |also )*(?:made|make|makes|purchas\w+"
            rf"|invest\w*)\b[^.;\"]{{0,80}}?\b(?:equity|shares|stock)\b"
            rf"[^.;\"]{{0,60}}?\b(?:alongside|as part of|in connection with|under) (?:the|this|our|its) "
            rf"(?:[\w-]+ ){{0,3}}?{BOND}"
        ),
    ),
    # B exercised its option
    (
        "option",
        pattern(
            rf"{B}{ASIDE} (?:has |have |had |recently |subsequently )*exercised (?:its|an?|the) (?:{W} "
            rf"){{0,3}}?option\b"
        ),
    ),
    # a milestone payment from B; royalties payable to B
    (
        "",
        pattern(
            r"\b(?:milestone|up-?front|option|licen[sc]e|royalt(?:y|ies)|"
            rf"sublicen[sc]e)\b[^.;\"]{{0,50}}? (?:from|by|to) (?:the |its partner |our partner "
            rf")*{B}"
        ),
    ),
    # B paid an upfront payment
    (
        "",
        pattern(
            rf"{B}{ASIDE},? (?:has |had |will |is to |made |makes )*(?:paid|pays?|made|makes?|to "
            rf"pay)\b[^.;\"]{{0,80}}?"
            rf"\b(?:up-?front|milestone|option fee|royalt(?:y|ies)|signing fee|licen[sc]e fee)"
        ),
    ),
    # the rights belong to B; B, which paid $40 million upfront; we pay B $15 million upfront
    (
        "licence",
        pattern(rf"\brights (?:{W} ){{0,6}}?(?:belong|rest|lie|are held|reside) (?:to|with|by) (?:the )?{B}"),
    ),
    (
        "",
        pattern(
            rf"{B}{ASIDE},? which (?:has |had )?(?:paid|pays|will pay)\b[^.;\"]{{0,60}}?\b(?:up-?front|"
            r"milestone|royalt)"
        ),
    ),
    (
        "",
        pattern(
            rf"\b(?:pay|paid|pays) (?:to )?{B} [^.;\"]{{0,60}}?\b(?:up-?front|milestones?|royalt(?:y|ies))"
        ),
    ),
    # B, with whom we have worked since 2018
    (
        "research-collaboration",
        pattern(
            rf"{B}{ASIDE},? with (?:which|whom) [^.;\"]{{0,30}}?(?:works?|worked|collaborat\w+|"
            r"partner\w*)\b"
        ),
    ),
    # contracted B to manufacture; appointed B as distributor
    (
        "",
        pattern(
            r"\b(?:contracted|engaged|commissioned|selected|appointed|retained|chosen|tasked) "
            rf"(?:with )?(?:the )?{B}{ASIDE},?"
            r" (?:to (?:manufacture|produce|distribute|commerciali[sz]e|market|supply)|as (?:its |"
            rf"the |our |an? )?(?:{W} ){{0,3}}?"
            rf"(?:manufacturer|distributor|CDMO|partner|supplier))"
        ),
    ),
    # supplied by B; B will supply pembrolizumab
    (
        "supply",
        pattern(
            rf"\b(?:supplied|provided) (?:{W} ){{0,3}}?by {B}[^.;\"]{{0,60}}?\b(?:agreement|contract|"
            r"free of charge|at no cost)"
        ),
    ),
    (
        "supply",
        pattern(
            rf"{B}{ASIDE} (?:will |has agreed to |agreed to |is to |also )*(?:supply|supplies|supplying|"
            rf"provide|provides) (?:{W} )?{{drug}}"
        ),
    ),
    # granted B the rights
    (
        "",
        pattern(
            rf"\b(?:grant(?:s|ed|ing)?|gave|awarded) (?:to )?{B}{ASIDE} [^.;\"]{{0,60}}?\b"
            r"(?:licen[sc]e|rights|option)\b"
        ),
    ),
)
