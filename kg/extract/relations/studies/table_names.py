"""Headings and labels of tables → what a result is called, and its figure with its unit."""

from __future__ import annotations

import re
from typing import Final

from kg.extract import values
from kg.extract.outcomes import lower_first
from kg.extract.patterns import Pattern
from kg.extract.table_cells import CellValue
from kg.extract.tables import COUNT_AND_SHARE
from kg.model import Quantity

_SHORT_UNITS: Final = {
    "mo": "months",
    "mos": "months",
    "month": "months",
    "yrs": "years",
    "wk": "weeks",
    "wks": "weeks",
    "min": "minutes",
}
_NOTE: Final = Pattern(
    r"\s*\((?:(?:co-)?primary|(?:LS|least[- ]squares|adjusted)\s+mean|mean"
    r"|(?:key\s+)?secondary|\d{2}\s?%\s?CI|range|[nN]\s?=\s?\d[\d,]*|SD|SE|%"
    r"|n)[^()]*\)|\s*[*†‡§]+|\s*\[[^\]]*\]|\s*\(10[^()]*\)|\s*\(geometric mean\)",
    re.IGNORECASE,
)
WHEN: Final = Pattern(
    r",?\s*(?:at|by|after|through|over|during|up\s+to|from\s+baseline(?:\s+to)?|to)?\s*\b(?:week|month|day|year|wk)s?\s?\d+\b.*$"
    r"|,?\s+(?:at|by|after|through|over|during)\s+(?:\d+|one|two|three|four|six|eight|twelve)\s+(?:weeks?|months?|days?|years?)\b.*$"
    r"|\s+from\s+baseline\b|,\s*(?:any|overall|n|%|investigator(?:[- ]assessed)?|(?:central|local)(?:\s+review)?)$"
    r"|,?\s+among\s.*$|,\s*(?:(?:geometric|LS|adjusted)\s+)?(?:mean|median|average)$",
    re.IGNORECASE,
)
_STATISTIC: Final = Pattern(
    r"^(?:(?:confirmed|best|investigator-assessed|mean|average|percent(?:age)?|LS|least[- ]squares|adjusted"
    r"|absolute)\s+)+",
    re.IGNORECASE,
)
_CHANGE_IN: Final = Pattern(
    r"^(?:(?P<lead>median|placebo-adjusted)\s+)?(?:(?:mean|relative|absolute)\s+)*(?:%\s+|percent(?:age)?\s+)?(?P<way>change|reduction"
    r"|increase|decrease|improvement|decline|fall|drop|rise|gain)s?\s+(?:in|of)\s+(?:the\s+)?(?P<what>.+)$",
    re.IGNORECASE,
)
#: "PANSS response (>=30% reduction)": what counts as one.
_DEFINED: Final = Pattern(
    r"(?:(?<=response)|(?<=responder)|(?<=success)|(?<=responders)|(?<=rate))\s*\((?:[≥≤<>]|at\s+least|defined\s)[^()]*\)",
    re.IGNORECASE,
)
#: "NT-proBNP, geometric mean ratio to placebo"
_RATIO_TO: Final = Pattern(
    r",\s+(?P<kind>(?:geometric\s+mean\s+)?ratio)\s+(?:to|versus|vs\.?|over)\s+(?:placebo|baseline|vehicle|control)$",
    re.IGNORECASE,
)
#: "MWT, change in mean sleep latency": the scale, and what it measures.
_SCALE_CHANGE: Final = Pattern(r"(?P<scale>[A-Z][\w-]*[A-Z\d][\w-]*),\s+(?:mean\s+)?change\s+in\s")
_MEAN_CHANGE: Final = Pattern(
    r",\s*(?:max(?:imum|\.)?\s+)?(?:mean|median)?\s*(?P<way>change|reduction|increase|decrease)"
    r"(?:\s+(?:vs\.?|versus|from|over)\s+baseline\b.*)?$",
    re.IGNORECASE,
)


_PATIENTS: Final = Pattern(
    r"^(?:(?:proportion|percentage|share|number|rate|%)\s+(?:\(%\)\s+)?of\s+)?(?:patients|participants|subjects|adults|children|people)\s+(?:\(%\)\s+)?"
    r"(?:at|with|achieving|reaching|attaining|who\s+(?:achieved|reached|attained|had)|having)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)


#: "Primary endpoint: ORR", "Key secondary – DOR": which of the endpoints it is.
_RANK: Final = Pattern(
    r"^(?:(?:(?:co-?)?primary|(?:key\s+)?secondary|exploratory|other)(?:\s+(?:efficacy\s+)?(?:endpoints?|outcomes?|measures?))?\s*[:–—-]\s*"
    r"|(?:(?:kaplan[- ]meier|KM)\s+)?(?:estimated|estimate\s+of)\s+|(?:kaplan[- ]meier|KM)\s+)(?=[A-Za-z0-9≥<>≤])",
    re.IGNORECASE,
)
#: "Primary endpoint (change in UPCR at Month 9)": the name is in the parenthesis.
_ENDPOINT_INSIDE: Final = Pattern(
    r"(?:(?:key|co-?primary|primary|secondary|exploratory)\s+)*endpoint\s+\((?P<name>[A-Za-z][^()]+)\)$",
    re.IGNORECASE,
)


#: "Change from baseline to week 12 in LDL-C"
_TO_TIME: Final = Pattern(
    r"\s+(?:from\s+baseline\s+)?(?:(?:to|at|through|by)\s+(?:week|month|day)\s+\d+\s+)?(?=(?:in|of)\s)",
    re.IGNORECASE,
)


def outcome_name(printed: str) -> str:
    """What a result is called by its heading: "Mean change in body weight, week 32" is "body weight change"."""
    words = _RANK.sub("", " ".join(printed.split()))
    if inside := _ENDPOINT_INSIDE.match(words):
        words = inside["name"]
    words = _PATIENTS.sub("", _NOTE.sub("", _TO_TIME.sub(" ", words))).replace(" % change", " change")
    words = _DEFINED.sub("", words)
    words = _RATIO_TO.sub(lambda m: f" {m['kind']}", words)
    words = _MEAN_CHANGE.sub(lambda m: f" {m['way']}", words)
    words = _STATISTIC.sub("", WHEN.sub("", words)).strip(" ,:")
    if scale := _SCALE_CHANGE.match(words):
        return f"{scale['scale']} change"
    if found := _CHANGE_IN.match(words):
        lead = f"{found['lead'].lower()} " if found["lead"] else ""
        return f"{lead}{lower_first(found['what'].strip())} {found['way'].lower()}"
    if re.match(r"[<>≥≤]", words) or re.search(r"[A-Za-z]{2}", words):
        return lower_first(words)
    return ""


#: "EASI % change": the unit stands before the word.
_SHARE_CHANGED: Final = Pattern(
    r"(?:%|\bpercent(?:age)?)\s(?:change|reduction|improvement|decrease|increase)\b", re.IGNORECASE
)
#: A change of a scale, which has no unit: "Mean change in DLQI".
_OF_SCALE: Final = Pattern(
    r"\b(?:change|reduction|improvement|decrease|increase)\s+(?:from\s+baseline\s+)?(?:in|of|from|at)\b|\bscore\b"
    r"|\b(?:change|reduction|improvement|decrease|increase)$"
    r"|,\s*(?:mean|median)?\s*change$",
    re.IGNORECASE,
)
_UNITLESS: Final = Pattern(
    r"\b(?:(?-i:A[A-Z]{1,2}R)|(?:annuali[sz]ed|exacerbation|relapse|bleeding|attack|event)\s.*rates?|rates?\s+of|ratio|index|[ZT]-scores?|titres?|titers?|GM[TCFR]+|fold\s+rise)\b",
    re.IGNORECASE,
)


def quantity_of(value: CellValue, unit: str, outcome: str, *, apart: bool = False) -> Quantity | None:
    """The figure of a cell; None where nothing says what a bare number is.

    A number with its sign is that of a change, and one that is `apart` the distance between two arms.
    """
    outcome = _NOTE.sub("", outcome)
    if unit == COUNT_AND_SHARE and value.unit != "%":
        return Quantity(f"{value.share}%", values.decimal(value.share), "%") if value.share else None
    if value.share and value.percent:
        return Quantity(f"{value.share}%", values.decimal(value.share), "%")
    unit = value.unit or (unit if unit != COUNT_AND_SHARE else "%")
    if not unit and _SHARE_CHANGED.search(outcome):
        unit = "%"
    first = unit.split(" ", maxsplit=1)[0]
    number = value.number
    amount = values.decimal(number.removeprefix("-")) * (-1 if number.startswith("-") else 1)
    if first == "%":
        return Quantity(f"{number}%", amount, "%")
    if value.of and first.casefold() in ("", "n/n", "n"):
        return Quantity(f"{number}/{value.of}", round(amount / value.of, 4), "{of}")
    if first in ("fold", "-fold") or (not unit and _FOLD.search(outcome)):
        return Quantity(f"{number}-fold", amount, "{fold}")
    bare = value.signed and _TELEPHONE.search(outcome) is None
    if not unit and (apart or bare or _UNITLESS.search(outcome) or _OF_SCALE.search(outcome)):
        return Quantity(number, amount, "")
    if not unit or first.casefold() in ("n", "$", "usd", "eur", "sd"):
        return None
    shown = _SHORT_UNITS.get(first.casefold()) or re.sub(r"^ETDRS\s+|\s+(?:gained|lost)$", "", unit)
    return Quantity(f"{number} {shown}", amount, shown)


_TELEPHONE: Final = Pattern(r"\+\d|\d{3}\s\d{2}")
_FOLD: Final = Pattern(r"\bfold[- ](?:change|rise|increase|reduction|over)", re.IGNORECASE)


RATIO: Final = Pattern(
    r"^(?:(?:stratified|adjusted|unadjusted)\s+)?(?:(?:hazard|odds|rate|risk|incidence|win)\s+ratio\b|(?:HR|OR|RR|IRR)\b(?!\s+rate)|relative\s+risk\b(?!\s+reduction))",
    re.IGNORECASE,
)
#: "Hazard ratio, time to first event", "HR (PFS)": and what it is of.
_RATIO_AHEAD: Final = Pattern(
    r"(?:(?:stratified|adjusted)\s+)?"
    r"(?P<kind>hazard ratio|odds ratio|rate ratio|risk ratio|relative risk|(?-i:HR|OR|RR|IRR))"
    r"(?:\s*[,:–—]\s*|\s+-\s+|\s+\((?!\d|95)|\s+(?:for|of)\s+)(?P<of>[A-Za-z0-9].*?)\)?",
    re.IGNORECASE,
)
#: "MACE, hazard ratio"
_RATIO_BEHIND: Final = Pattern(
    r"(?P<of>.+?),?\s+\(?(?P<kind>hazard ratio|odds ratio|rate ratio|relative risk|(?-i:HR|OR|RR))\)?",
    re.IGNORECASE,
)
_LONG_RATIO: Final = {"hr": "hazard ratio", "or": "odds ratio", "rr": "rate ratio", "irr": "rate ratio"}


def ratio_first(label: str) -> str:
    """ "MACE, hazard ratio" and "HR (MACE)" as "hazard ratio for MACE"."""
    if label.casefold() in _LONG_RATIO:
        return _LONG_RATIO[label.casefold()]
    found = _RATIO_AHEAD.fullmatch(label) or _RATIO_BEHIND.fullmatch(label)
    return label if found is None else ratio_for(found["kind"], found["of"])


def ratio_for(kind: str, of: str) -> str:
    """A ratio under its full name, its endpoint without how that was summed up: "Median PFS by BICR" is "PFS"."""
    folded = kind.casefold()
    return f"{_LONG_RATIO.get(folded, folded)} for {_NOT_OF_RATIO.sub('', outcome_name(of))}"


#: What a ratio's endpoint is told without.
_NOT_OF_RATIO: Final = Pattern(
    r"^(?:(?:median|mean|\d+-(?:month|year|week))\s+)+|\s+by\s.*$|,.*$|\s+rates?$",
    re.IGNORECASE,
)
