"""The grammar of deals between two that are named; patterns only, used by `kg.extract.bonds`.

Those that name one alone are in `kg.extract.single_bond_forms`.
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.frames import pattern
from kg.extract.patterns import Pattern

BOND: Final = (
    r"(?:collaborat\w+|partnerships?|partner(?:s|ed|ing)?|alliance|agreements?|deal|pact|contract|"
    r"joint venture|(?:sub-?|in-|out-)?licen[sc]\w+"
    r"|acqui\w+|merg\w+|joint forces|join(?:s|ed|ing)? forces|options?|co-?develop\w*|team(?:s|ed|ing)? up)"
)
_A: Final = r"(?P<a>{organization})"
B: Final = r"(?P<b>{organization})"
ASIDE: Final = r"(?: ?\([^()]*\))*(?:, (?-i:[A-Z]\w+), (?-i:[A-Z][\w. ]{2,14}?),?)?"
_BESIDE: Final = r"(?:,(?:[^.;\"]|\((?:the )?\"[\w ]+\"\)){0,160}?)?,?"
SIGN: Final = (
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
W: Final = r"(?:[\w,.'/-]+|{drug|platform|disease|target|drug_class|payload|designation}(?:'s)?,?)"
PAIRS: Final = (
    # A and B announce … collaboration; A and B agreed on an option
    (
        "",
        pattern(
            rf"{_A}{ASIDE}{_BESIDE} (?:and|together with|along with|jointly with) (?:[\w-]+ "
            rf"){{0,5}}?{B}{ASIDE}"
            rf"(?:,[^.;\"]{{0,120}}?,)?,?(?: {W}){{0,6}}? {SIGN}\b[^.;\"]{{0,160}}?\b{BOND}"
        ),
    ),
    ("", pattern(rf"{_A} and {B},? (?:{W} ){{0,3}}?(?:to )?{BOND}")),
    # A, B and C announce a collaboration
    (
        "",
        pattern(
            rf"{_A}{ASIDE}, {B}{ASIDE},? and (?:[\w-]+ ){{0,2}}{{organization}}{ASIDE},?(?: {W}){{0,4}}? {SIGN}\b"
            rf"[^.;\"]{{0,160}}?\b{BOND}"
        ),
    ),
    # A will manufacture ABC-1 for B under an agreement
    (
        "",
        pattern(
            rf"{_A}{ASIDE} (?:will |is to |has agreed to |also )*(?:manufactur|suppl|produc|distribut|market)\w* "
            rf"[^.;\"]{{2,60}}? for {B}[^.;\"]{{0,40}}? under (?:an?|the|its) (?:[\w-]+ ){{0,4}}?{BOND}"
        ),
    ),
    # A is to be acquired by B
    (
        "acquisition",
        pattern(
            rf"{_A}{ASIDE},? (?:[^.;\"]{{0,80}}? )?to be (?:acquired|bought|taken over) by (?:{W} ){{0,3}}?{B}"
        ),
    ),
    # an agreement under which B will supply …, signed by A
    (
        "",
        pattern(
            rf"{_A}[^.;\"]{{0,120}}?\b{BOND}(?: {W}){{0,3}}? (?:under|in) which {B}{ASIDE}[^.;\"]{{0,50}}?,? "
            r"(?:will|is to|shall|has agreed to|receives?|obtains?|gains?)\b"
        ),
    ),
    # A … collaboration with B
    (
        "",
        pattern(
            rf"{_A}[^.;\"]{{0,260}}?\b{BOND}(?: {W}){{0,5}}? (?:with|between (?:the company|"
            rf"{{organization}}) and)"
            rf" (?:{W} ){{0,5}}?{B}"
        ),
    ),
    ("", pattern(rf"\b{BOND} (?:{W} )?between {_A}{ASIDE} and {B}")),
    # with B, A entered into …
    (
        "",
        pattern(rf"\bwith (?:the )?{B}{ASIDE},? {_A} (?:{W} ){{0,3}}?{SIGN}\b[^.;\"]{{0,120}}?\b{BOND}"),
    ),
    # with the University of Foo, A is studying … under a research collaboration
    (
        "",
        pattern(
            rf"\bwith (?:the )?{B}{ASIDE}, {_A} (?:{W} ){{0,12}}?(?:under|in|as part of) "
            rf"(?:an?|the|its) (?:[\w-]+ ){{0,4}}?{BOND}"
        ),
    ),
    # A acquires (the rights to) ABC-1 from B
    (
        "asset-purchase",
        pattern(
            rf"{_A}{ASIDE},? {_AUX}(?:acquir(?:e|es|ed|ing)|purchas(?:e|es|ed|ing)|bought) "
            rf"(?:(?!\blicen[sc]e|\bstake|\bshares)[^.;\"]){{0,100}}?\bfrom (?:{W} ){{0,3}}?{B}"
        ),
    ),
    # B, with which A signed …
    (
        "",
        pattern(rf"{B}{ASIDE},? with (?:which|whom) {_A} (?:{W} ){{0,3}}?{SIGN}\b[^.;\"]{{0,120}}?\b{BOND}"),
    ),
    # A acquires B; A's acquisition of B; B, which A acquired; B to be acquired by A
    (
        "acquisition",
        pattern(
            rf"{_A}{ASIDE},? {_AUX}(?:acquir(?:e|es|ed|ing)|acquisition of|buy|buys|bought) "
            rf"(?:(?!option|rights|licen[sc]|stake){W} ){{0,4}}?{B}"
        ),
    ),
    ("acquisition", pattern(rf"{_A}'s? (?:{W} ){{0,4}}?acquisition of (?:{W} ){{0,4}}?{B}")),
    ("acquisition", pattern(rf"{B}{ASIDE},? which {_A} (?:{W} ){{0,2}}?(?:acquired|bought)\b")),
    ("acquisition", pattern(rf"{B}{ASIDE},? (?:{W} ){{0,6}}?acquired by {_A}")),
    ("acquisition", pattern(rf"\bacquisition of (?:{W} ){{0,3}}?{B}{ASIDE} by {_A}")),
    ("acquisition", pattern(rf"\bunder which {_A} (?:{W} ){{0,3}}?acquire (?:{W} ){{0,4}}?{B}")),
    # A licensed … from B, licensed … to B
    (
        "",
        pattern(
            rf"{_A}[^.;\"]{{0,140}}?\b(?:in-?licensed|out-?licensed|sub-?licensed|licen[sc]ed|"
            rf"licen[sc]e|rights|option)\b[^.;\"]{{0,120}}?"
            rf"\b(?:from|to) (?:{W} ){{0,3}}?{B}"
        ),
    ),
    # A granted B a licence; A gave B the rights
    (
        "",
        pattern(
            rf"{_A} (?:{W} ){{0,3}}?(?:grant(?:s|ed|ing)?|gave|gives|award(?:s|ed)|assigned|"
            rf"licen[sc]ed) (?:to )?{B}{ASIDE}"
            rf" [^.;\"]{{0,60}}?\b(?:licen[sc]e|rights|option)\b"
        ),
    ),
    # A's partner B
    (
        "",
        pattern(
            rf"{_A}(?:'s|') (?:{W} ){{0,4}}?(?:partner|licen[sc]ee|collaborator)(?: (?:in|for) "
            rf"[\w, ]{{2,40}}?)?,? {B}"
        ),
    ),
    # B, from which A licensed the drug
    ("licence", pattern(rf"{B}{ASIDE},? from (?:which|whom) {_A} (?:{W} ){{0,4}}?(?:in-)?licen[sc]ed\b")),
    # developed jointly by A and B
    (
        "co-development",
        pattern(
            r"\b(?:co-?developed|developed|jointly developed|developed jointly|co-?owned) (?:jointly )?by "
            rf"{_A}{ASIDE} and {B}"
        ),
    ),
    # A and B are jointly developing …; A and B share costs; A and B will develop …
    (
        "co-development",
        pattern(
            rf"{_A}{ASIDE} and (?:its partner |our partner |partner )?{B}{ASIDE},? (?:(?:are|is|will|have|has"
            rf"|also|now|both|"
            r"intend|plan|to) ){0,4}(?:(?:jointly|together) (?:co-?)?(?:develop|commerciali[sz]|conduct|advanc)\w*"
            r"|co-?develop\w*|(?:equally )?shar(?:e|es|ing) (?:the |all |development |equally )*(?:costs?"
            r"|profits?|expenses)"
            r"|(?:equally )?shar(?:e|es|ing) [\w ]{0,30}costs)"
        ),
    ),
    # A and B will develop a companion diagnostic
    (
        "research-collaboration",
        pattern(
            rf"{_A}{ASIDE} and {B}{ASIDE} (?:will|plan to|intend to|are) (?:develop|work|cooperate|explore"
            rf"|evaluat)\w*\b"
        ),
    ),
    # A, spun out of B, holds a licence
    (
        "licence",
        pattern(
            rf"{_A}{ASIDE},? (?:which |that )?(?:was |has been )?(?:spun (?:out|off)|a spin-?(?:out|off)) (?:of|from) "
            rf"(?:the )?{B}[^.;\"]{{0,120}}?\b(?:licen[sc]e|rights)\b"
        ),
    ),
    # B and its partner A
    (
        "",
        pattern(
            rf"{B} and (?:its|our) (?:[\w-]+ ){{0,3}}?(?:partner|licen[sc]ee|licen[sc]or|collaborator),? {_A}"
        ),
    ),
    # A sold ABC-1 to B
    (
        "asset-purchase",
        pattern(
            rf"{_A}{ASIDE},? {_AUX}(?:sold|sells|sell|divest\w*|transferred) (?:{W} ){{0,4}}?{{drug}}(?: "
            rf"(?!voucher){W}){{0,4}}? "
            rf"to (?:the )?{B}"
        ),
    ),
    # A has agreed with B to …
    (
        "",
        pattern(
            rf"{_A} (?:{W} ){{0,2}}?(?:agreed|partnered|collaborat\w+|teamed up|joined forces|"
            rf"work(?:s|ed|ing)) with (?:{W} ){{0,3}}?{B}"
        ),
    ),
)
#: Without one of these a sentence tells of no bond.
TELLS: Final = Pattern(
    rf"{BOND}|\b(?:with|rights|distributors?|manufacturer|CDMO|appointed|contracted|engaged|"
    r"selected|option|milestone|royalt\w*|up-?front|suppl\w+|provid\w+|markets?|marketed|"
    r"commerciali[sz]\w+|distribut\w+|sold|sells|divest\w*|"
    r"granted|acquir\w*|bought|together|jointly|returned|opted|sale of|contracted|costs? and profits|profits? "
    r"and costs?)\b",
    re.IGNORECASE,
)
DISMISSED: Final = Pattern(
    r"\b(?:investor\s+relations|royalty\s+(?:financing|agreement)|loan\s+agreement|credit\s+"
    r"(?:facility|agreement)|underwrit\w+|"
    r"book-?running|placement\s+agent|purchase\s+agreement\s+with\s+(?:certain\s+)?"
    r"(?:institutional\s+)?investors)\b",
    re.IGNORECASE,
)
#: Agreements that make no partners, unless the sentence tells of a deal besides.
OTHER_AGREEMENT: Final = Pattern(
    r"\b(?:settlement|lease|(?:equity\s+)?sales|equity\s+distribution|subscription|employment|confidentiality|voting|"
    r"securities\s+purchase|share\s+purchase\s+and\s+subscription|loan|standstill)\s+agreement|\bat-the-market\b",
    re.IGNORECASE,
)
DEAL: Final = Pattern(
    r"\b(?:licen[sc]|collaborat|partner|merge|acqui|suppl|research|distribut|option)", re.IGNORECASE
)
#: Who advises, invests or pays is no partner.
NO_PARTNER: Final = Pattern(
    r"\b(?:Investors?|Relations|Communications|LLP|Securities|Exchange Commission|Capital|"
    r"Ventures?|Bank|Advis[eo]rs|Equity"
    r"|Investments?|Partners LP|Fund|Society|Association|Congress|Foundation|Coalition|CEPI|BARDA|CARB-X)\b"
)
OVER: Final = Pattern(
    r"\b(?:terminat\w+|returned|expired|lapse[sd]?|ended|mutually\s+agreed\s+to\s+end|"
    r"discontinued|former|previously(?!\s+(?:announced|disclosed|reported)))\b",
    re.IGNORECASE,
)
