"""Words of a deal → its kind ("licence", "option", "acquisition")."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.patterns import Pattern

#: Tried in this order on the words of the bond: the more telling before the general.
_KINDS: Final = tuple(
    (kind, Pattern(form, re.IGNORECASE))
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
            r"|\bto\s+be\s+acquired\b|\btakeover\b|\btender\s+offer\b|\bbuy(?:s|ing)?\s+out\b"
            r"|\bpurchase\s+price\b|\bpurchase\s+of\s+(?!the\s+rights)|\b(?:bought|buys?)\b(?!\s+back)",
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
                r"deal)\b|\bdistributors?\b|\bpromoter\b|\bdistribut(?:e[sd]?|ing)\b|\bdistribution\s+(?:in|of"
                r"|and|is|will)\b"
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
            r"|\bmanufactures?\b|\bproduction\s+of\b|\bcontracted\s+out\b|\boutsourced\b"
            r"|\bagreement\b[^.;]{0,60}\bfor\s+(?:[\w-]+\s+){0,3}manufactur\w+",
        ),
        ("supply", r"\bsuppl(?:y|ies|ied|ier)\b|\bprovides?\s+(?:its|the)\s"),
        (
            "co-development",
            r"\bco-?develop\w*|\bjoint(?:ly)?\s+(?:develop|fund|financ|conduct|advanc)\w*"
            r"|\bdevelopment\s+(?:partnership|collaboration)\b"
            r"|\bopt(?:s|ed)?[- ]in\b|\bprofits?\s+and\s+loss|\bcosts\s+and\s+profits\b|\bshar(?:es?|ed"
            r"|ing)\s+(?:[\w-]+\s+){0,3}(?:costs|profits|revenues?)\b"
            r"|\b(?:development|half\s+of\s+the)\s+costs\b",
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
        ("commercialization", r"\b(?:sell|market|commerciali[sz]\w+|launch|promot\w+)\b"),
        ("co-development", r"\bteam(?:s|ed|ing)?\b|\bjoin(?:s|ed|ing)?\s+forces\b|\bdevelop\w*\b"),
        (
            "research-collaboration",
            r"\bpact\b|\bcompanion\b|\bwork(?:s|ed|ing)?\s+with\b|\bstudy\b|\bevaluation\b|\bmaterial\s+transfer\b",
        ),
    )
)


def kind_in(words: str) -> str:
    """The kind that words tell of, the most telling first; empty where they tell none."""
    return next((kind for kind, form in _KINDS if form.search(words)), "")
