"""Figures of a change → what changed, and which way: "LDL-C fell by 18%", "a 66 percent reduction in tumor burden"."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.abbreviations import definitions
from kg.extract.outcomes.figures import ABOUT, PEOPLE, Endpoint, adverse, head_kind, lower_first
from kg.extract.patterns import Pattern

DIRECTIONS: Final = {
    "reduc": "reduction", "increas": "increase", "decreas": "decrease", "improv": "improvement", "declin": "decline",
    "inhibit": "inhibition", "regress": "regression", "lower": "reduction", "shr": "reduction", "rise": "increase",
    "rose": "increase", "fell": "reduction", "fall": "reduction", "drop": "reduction", "gain": "gain",
    "chang": "change", "differ": "difference",
    "suppress": "suppression", "silenc": "silencing", "went up": "increase",
    "cut": "reduction", "came": "reduction", "come": "reduction", "went": "reduction", "rais": "increase",
    "grew": "increase", "worsen": "worsening",
    "length": "increase", "doubl": "increase", "boost": "increase",
    "climb": "increase", "plung": "reduction", "eas": "reduction",
    "deteriorat": "worsening", "progress": "worsening", "elevat": "increase", "slow": "slowing", "deplet": "depletion",
    "shorten": "reduction", "prolong": "increase", "extend": "increase", "delay": "increase",
    "down": "reduction",
    "knock": "knockdown", "up": "increase", "risen": "increase", "brought": "reduction", "loss": "loss", "lost": "loss",
}  # fmt: skip
#: The nouns themselves, in which the name of a change ends.
WAYS: Final = frozenset(DIRECTIONS.values())


def direction_of(word: str) -> str:
    """The noun for the way that a word says something went: "shrank" a reduction, "rose" an increase."""
    folded = word.casefold()
    return next(noun for stem, noun in DIRECTIONS.items() if folded.startswith(stem))


_DIRECTION = (
    r"(?P<direction>reduc(?:tions?|ed|es|ing)|increas(?:es?|ed|ing)|decreas(?:es?|ed|ing)|improv(?:ements?"
    r"|ed|es|ing)"
    r"|declin(?:es?|ed|ing)|inhibit(?:ion|ed|s)|regress(?:ion|ed)|lower(?:ed|ing|s)?|shr[aiu]nk(?:age)?"
    r"|rise|rose|fell|falls?|suppress(?:ion|ed)|silenc(?:ing|ed)"
    r"|drop(?:ped|s)?|gains?|changed?|cuts?|grew|elevat(?:ed|ion)|slow(?:ed|ing)|deplet(?:ion|ed)"
    r"|lengthen(?:ed|ing)|boosted|shorten(?:ed|ing)|prolong(?:ed|ation)|extended)"
)
VERB = (
    r"(?P<direction>reduced|increased|decreased|improved|declined|inhibited|regressed|lowered|shrank"
    r"|shrunk|rose|risen|fell|fallen|cut|changed|suppressed|silenced|went\s+up"
    r"|knocked\s+down|lengthened|boosted|climbed|plunged|eased|raised|elevated|dropped|grew|slowed|depleted|shortened|prolonged|extended|gained|worsened|came\s+down|come\s+down|went\s+down)"
)
_THING = (
    r"(?:\d{1,3}-?(?=[A-Z]))?[A-Za-z](?:[\w/'’-]|\((?:[a-z]|\d)\)|\.(?=\d)|(?<=\b[A-Z])\.(?=\s[a-z])"
    r"|\s(?!(?:was|were|is|and\s+was)\s|(?:by|of)\s+[-−~]?\d|[-−]?\d[\d.]*\s?%))*"
)
_BOUND = (
    r"(?=\s*(?:[.,;:]|\((?![a-z\d]\))|$|\s(?:upon|compared|versus|vs|over|relative|from|at|after|in\s+the"
    r"|in\s+patients|in\s+mice|in"
    r"\s+participants|for|with|through|observed|by|was|were|when|and|among|following|between|on|than|that"
    r"|which)\b))"
)
_CHANGE_AFTER = Pattern(
    rf"[\s-]*(?:\([^()]*\)\s*)?(?:(?:[\w-]+\s+){{0,2}}?){_DIRECTION}\s+(?:from\s+baseline\s+"
    r"|(?:over|versus|vs\.?|relative\s+to|compared\s+(?:with|to))\s+(?:placebo|vehicle|sham|control)\s+)?"
    rf"(?:in|of|on)\s+(?P<measure>"
    rf"(?:the\s+)?{_THING}?){_BOUND}",
    re.IGNORECASE,
)
#: "a 4.4% weight reduction", "12.3% mean weight loss": the measure stands between the figure and its way.
_CHANGE_BETWEEN = Pattern(
    r"[\s-]*(?:\([^()]*\)\s*)?(?P<measure>(?:(?!(?:of|in|on|and|or|with|to|from|by|than|for|had|has|have|was|were|showed|achieved|experienced|patients|participants|subjects)\b)[A-Za-z](?:[\w/-]|\([a-z]\))*\s){1,5}?)"
    r"(?P<direction>reduction|loss|improvement|increase|decrease|decline|slowing|lowering|knockdown|inhibition|suppression|gain)s?"
    r"(?=\s*(?:[.,;:()]|$)|\s(?:compared|versus|vs|over|relative|from|at|after|when|with|than|through|by|and|among|following|on|for|that"
    r"|was|were|in\s(?:(?:the\s)?(?:[\w.,/-]+\s){0,4}?(?:patients|participants|subjects|adults|mice|animals|children|those|group|arm|cohort|trial"
    r"|study)\b|both|all))\b)"
)
#: "98%, with reductions of up to 81%": the figure of another change.
_AMOUNT_NEXT = Pattern(
    r"(?:up|about|approximately|at|more|over|nearly|greater|an?\s+average|mean|median)\b(?=.*\d|\s+to$|$)"
)
_CHANGE_VERB = Pattern(
    rf"(?:^|[,;:]|\b(?:and|that|while|which)\s)[-•*–\s]*(?P<measure>(?:\d+-[a-z]+\s+)?{_THING})\s+"
    rf"(?:\([A-Z\d][\w/ -]{{0,30}}\)\s+)?(?:(?:for|in)\s+(?:all\s+)?[a-z]+\s+)?(?:was\s+|were\s+|is\s+|has\s+"
    rf"|have\s+|had\s+)?(?:been\s+)?"
    rf"(?:significantly\s+|further\s+|also\s+)?{VERB}\s+(?:from\s+baseline\s+|(?:from\s)?[^;:%]{{0,40}}?\d[^;:%]{{0,30}}?,?\s(?:or|i\.e\.,?|that\s+is,?)\s)?(?:by\s+)?{ABOUT}$",
    re.IGNORECASE,
)
_CHANGE_NOUN = Pattern(
    rf"(?:^|[,;:]|\b(?:and|with|showed|a|an|the|mean|median)\s)\s*(?P<measure>[A-Za-z0-9][\w-]*(?:\s"
    rf"(?!and\b|with\b|in\b|of\b|a\b)[\w-]+){{0,2}})\s+{_DIRECTION}"
    rf"\s+(?:from\s+baseline\s+)?(?:(?:to|at|by|through)\s+(?:week|month|day)\s+\d+\s+)?(?:of|was|were)\s+{ABOUT}$",
    re.IGNORECASE,
)
#: "in mean serum phosphorus change (-1.4 mg/dL"
_CHANGE_OPENS_LS: Final = Pattern(
    rf"\b(?P<direction>change|reduction|increase|improvement|decrease)\s+(?:from\s+baseline\s+)?in\s+(?:mean\s+|median\s+|the\s+)?(?P<measure>{_THING})\s+"
    r"\((?:(?:LS|least[- ]squares|adjusted)\s+(?:\(LS\)\s+)?)*mean(?:\s+change)?\s*[:=,]?\s*(?:of\s+)?$",
    re.IGNORECASE,
)
_CHANGE_OPENS: Final = Pattern(
    r"\b(?:mean|median|in)\s+(?P<measure>(?!the\b)[A-Za-z][\w-]*(?:\s(?!in\b|of\b|mean\b)[\w-]+){0,3})\s+(?P<direction>change|reduction|increase|improvement|decrease)"
    r"\s*\($"
)
_CHANGE_BY = Pattern(
    rf"{_DIRECTION}\s+(?P<measure>(?!by\b|from\b)(?:\d+-[a-z]+\s+)?{_THING})\s+(?:\((?P<short>[A-Za-z][\w/-]*)\)\s+)?"
    rf"by\s+{ABOUT}$",
    re.IGNORECASE,
)
#: "patients saw their seizure frequency drop by"
_CHANGE_SEEN = Pattern(
    rf"(?:^|[,;:]|\band\s|\bwhile\s)\s*(?P<gone>{_THING})\s+(?:was|were)\s+(?P<way>down|up)\s+(?:by\s+)?{ABOUT}$|(?:,|\band)\s+(?P<also>[A-Za-z][\w/-]*(?:\s(?!up|down|makes?|made|goes|sets?|takes?|holds?)[\w/-]+){{0,3}})\s+(?P<way2>down|up)\s+(?:by\s+)?{ABOUT}$|\b(?P<brought>brought)\s+(?P<thing>{_THING})\s+down\s+by\s+{ABOUT}$|\b(?:saw|seen|had)\s+(?:an?\s+|their\s+|the\s+)?(?P<measure>{_THING})\s+(?P<direction>drop|fall|decline|decrease"
    rf"|rise|increase|improve)\s+by\s+{ABOUT}$",
    re.IGNORECASE,
)
#: "a 44% lower risk of death", "70% fewer attacks"
_LOWER = Pattern(
    rf"\s+(?P<way>lower|reduced|decreased|higher|increased|greater)\s+(?:relative\s+)?(?P<measure>(?:risk|rate|odds|incidence"
    rf"|frequency|probability|likelihood|hazard|levels?|mean|number)\s+of\s+{_THING}?){_BOUND}"
    rf"|\s+(?P<fewer>fewer|more)\s+(?P<counted>(?!than\b|patients\b|participants\b|people\b){_THING}?){_BOUND}",
    re.IGNORECASE,
)
#: "was 9% below baseline", "were 70% fewer than in the year before"
_FROM_BASELINE = Pattern(
    r"\s+(?:(?P<pace>slower|shorter|smaller|longer|larger)\b|(?P<way>below|lower|less|fewer|above|higher|greater)\s+"
    r"(?:(?:(?:with|in|on|for|among)\s[^.;,%]{2,45}?\s)?than\b|(?:the\s+)?(?:baseline|pre-?treatment)\b))",
    re.IGNORECASE,
)
_WAS = Pattern(
    rf"(?:^|[,;:]|\b(?:and|that|while)\s)\s*(?P<measure>{_THING})\s+(?:was|were)\s+{ABOUT}$", re.IGNORECASE
)
#: "with a mean 24-hour urinary copper excretion 62% below baseline"
_WITH_A: Final = Pattern(
    rf"\bwith\s+(?:an?\s+)?(?:mean\s+|median\s+)(?P<measure>(?:\d+-[a-z]+\s+)?{_THING})\s+$", re.IGNORECASE
)
#: "gained 9.2 letters in BCVA", "improved by 2.4 points on the HFMSE": patients, by a measure named behind
_GAINED = Pattern(
    rf"\b{PEOPLE}\b[^.;:%]{{0,60}}?\s(?P<direction>gained|lost|improved|declined|worsened)\s+(?:by\s+)?{ABOUT}$",
    re.IGNORECASE,
)
#: "Patients on X improved by": of the measure told before.
_PEOPLE_MOVED: Final = Pattern(
    rf"(?:^|[.;,:•]\s+|\b(?:and|while|whereas)\s+)(?:(?:the|those|all)\s+)?(?:[\w-]+\s+){{0,2}}?{PEOPLE}"
    r"(?:\s+(?:on|in|with|treated|receiving|given|taking|who|randomi[sz]ed|assigned)\b[^.;:,%]{0,50}?)?\s+(?:also\s+|had\s+)?"
    rf"(?P<direction>improved|declined|worsened|decreased|increased|deteriorated|progressed|fell|rose|changed)\s+(?:on\s+average\s+)?(?:by\s+)?{ABOUT}$",
    re.IGNORECASE,
)
_CHANGE_OF = Pattern(
    rf"{_DIRECTION}\s+(?:from\s+baseline\s+)?(?:in|of)\s+(?P<measure>(?:\d+-[a-z]+\s+)?{_THING})\s*(?:\("
    rf"(?P<short>[A-Z][\w-]*)\)\s*)?(?P<tail>(?:total\s+)?(?:scores?|levels?)\s+)?(?:from\s+baseline\s+)?,?\s*"
    rf"(?:at\s+\w+\s+\d+\s+)?(?:of|was|were|by|reached|averaged|amounting\s+to|(?<=,\s)(?:reaching|averaging|peaking\s+at|amounting\s+to|as\s+high\s+as|of|by"
    rf"|with\s+(?:an?\s+)?(?:maximum|peak|mean|median|average)\s+(?:reduction\s+)?of))\s+{ABOUT}$",
    re.IGNORECASE,
)
#: "raised geometric mean titres 9.8-fold": the figure follows at once.
_CHANGE_RAISED = Pattern(
    r"\b(?P<direction>raised|increased|reduced|lowered|decreased|improved|elevated)\s+(?P<measure>(?!by\b"
    r"|from\b|to\b|in\b|at\b|on\b)"
    rf"{_THING})\s+(?:by\s+)?{ABOUT}$",
    re.IGNORECASE,
)
#: "improvement of 44 meters in 6MWD", "reduction of 57% in LDL-C": what it is of stands behind the figure.
_CHANGE_AROUND = Pattern(rf"{_DIRECTION}\s+(?:from\s+baseline\s+)?of\s+{ABOUT}$", re.IGNORECASE)
AROUND_MEASURE = Pattern(
    rf"(?:\s*[\[(][^\])]*[\])])?\s+(?:from\s+baseline\s+)?(?:in|on)\s+(?P<measure>(?:the\s+)?(?:[A-Za-z0-9]){_THING}?){_BOUND}",
    re.IGNORECASE,
)
#: "reduced clinical decline on the global scale, CDR-SB, by 27%"
CHANGE_BY_LONG = Pattern(rf"{_DIRECTION}\s+(?P<measure>[^.;%]{{3,140}}?),?\s+by\s+{ABOUT}$", re.IGNORECASE)
LOST = Pattern(
    r"\blost\s+(?:on\s+average\s+)?(?:an?\s+)?(?:(?:average|mean|median)\s+(?:of\s+)?|up\s+to\s+|approximately\s+)*$",
    re.IGNORECASE,
)
_OF_WEIGHT = Pattern(
    r"\s+(?:of\s+)?(?:their\s+|total\s+|initial\s+|baseline\s+)*(?:body\s*)?weight\b", re.IGNORECASE
)
_EXPECTED = Pattern(
    r"^(?:the\s+)?(?:(?:expected|observed|initial|mean|median)\s+)*(?:[\d.]+-fold\s+)?(?:increase|growth"
    r"|rise|progression)\s+"
    r"(?:in|of)\s+",
    re.IGNORECASE,
)
_LEADING = Pattern(
    r"^(?:and|which|where|that|whose|including|the|a|an|this|these|its|their|in|of|o(?=\s+(?:the|mean|median)\b)|mean|median|overall|average"
    r"|(?:they|we|researchers|investigators|it|results|data)\s+(?:also\s+)?(?:found|reported|observed|showed|saw)(?:\s+that)?|(?:has|have|had)\s+shown|shown"
    r"|average\s+levels?\s+of"
    r"|levels?\s+of|with|by|patients'?)\s+",
    re.IGNORECASE,
)
_NOT_A_MEASURE = Pattern(
    r"\b(?:we|it|they|those|company|patients?|participants?|eyes|shares?|stocks?|risk\s+that|enrol\w+|(?<!steroid\s)(?<!glucocorticoid\s)(?<!corticoid\s)(?<!prednisone\s)(?<!prednisolone\s)(?<!insulin\s)(?<!opioid\s)(?<!levodopa\s)dose|costs?|time\s+from"
    r"|review|workforce|headcount|staff|burn|spend\w*|to\s+be|sales|revenues?|turnover|prices?)\b|^(?:to"
    r"|from|and|or|(?-i:[Oo]n)|with|in|at|for|by)\b",
    re.IGNORECASE,
)


def by_endpoint(change: str, text: str, endpoints: list[Endpoint]) -> str:
    """ "decline on the CDR-SB slowing" → "CDR-SB slowing": a long measure that holds an endpoint is called by it."""
    measure, direction = change.rsplit(" ", 1)
    for (
        low,
        high,
        _,
    ) in endpoints:  # "Positive and Negative Syndrome Scale", of which the measure is but a part
        whole = " ".join(text[low:high].split())
        if (
            len(whole) > len(measure)
            and whole.rsplit(" ", 1)[-1] not in WAYS
            and whole.casefold().startswith(f"{measure.casefold()} ")
        ):
            return f"{lower_first(whole)} {direction}"
    if (
        len(measure.split()) > 3
        and _INVOLVED.search(measure)
        and not measure.startswith(("risk of", "composite"))
    ):
        for low, high, _ in endpoints:
            if text[low:high] in measure:
                return f"{text[low:high]} {direction}"
    return change


#: A measure that is told with how it was measured, and not only with modifiers before it.
_INVOLVED = Pattern(r"\b(?:on|of|in|by|for|with|as|using|per|the|and)\b")
#: "LDL cholesterol, a secondary endpoint, fell": what stands between measure and verb.
_ASIDE = Pattern(
    r",\s+(?:an?|the|as|which|defined|our|its|one)\s[^,;]{3,90},(?=\s+(?:was|were|fell|rose|had|has|did"
    r"|decreas|increas|improv|declin|drop|reduc|came|went))",
    re.IGNORECASE,
)
#: "dropped by half (49%)"
_FRACTION = Pattern(
    r"\bby\s+(?:(?:about|almost|nearly|some|roughly|more\s+than|over)\s+)?(?:half|an?\s+(?:third|quarter)|two[- ]thirds"
    r"|three[- ]quarters)\s*\($"
)
#: "lesion growth (square root of area) over 12 months", "responder rate (≥50% reduction)": how it was reckoned.
_RECKONED = Pattern(r"\s\((?:[a-z][a-z ]+[a-z]|(?!\d\))[^()]*[\d≥≤<>=%][^()]*)\)(?=\s)")
#: "Pruritus, measured by the WI-NRS, fell": the scale names the outcome.
_MEASURED = Pattern(
    r"(?:^|(?<=[;:]\s)|(?<=\.\s))[^,;:]{3,60},\s+(?:as\s+)?(?:measured|assessed|scored|rated)\s+(?:by|on"
    r"|with|using)\s+(?:the\s+)?(?P<scale>[^,;]{2,60}),",
    re.IGNORECASE,
)


#: "In the 120 mg cohort (n=12) mHTT was", "At week 108 proteinuria had": arm and time, with no comma behind them.
_FRONT = Pattern(
    r"^\W*(?:In\s+the\s+(?:first\s+)?\w+\s+(?:weeks|months|years)\s+(?:on|of|after|following)\s+(?:treatment|therapy|dosing)|(?:In|At|Among|For)\s+(?:the\s+)?[^,;()]{2,40}?\b(?:cohort|arm|group|dose|level)s?(?:\s+[A-H\d]\b)?"
    r"\s*(?:\([nN]\s?=\s?\d+\))?|(?:Compared\s+(?:with|to)|Versus|Relative\s+to|Against)\s+(?:placebo|vehicle|sham|control)(?=,?\s+(?:the|mean|median)\b)"
    r"|(?:At|By|After|Over|Through)\s+(?:(?:[Ww]eek|[Mm]onth|[Dd]ay|[Yy]ear)s?\s+\d+"
    r"|\d+\s+(?:weeks|months|days|years)))\s+(?!(?:of|in|and|or|with|to|receiv\w+|treat\w+)\b)(?=[A-Za-z])",
)


def without_asides(left: str) -> str:
    """The words before a figure without what only explains its measure."""
    left = _FRACTION.sub("by ", left)
    if ")" in left:
        left = _abbreviated(left)
    plain = _RECKONED.sub("", _FRONT.sub("", _ASIDE.sub("", left.replace('"', ""))))
    return _MEASURED.sub(lambda found: found["scale"], plain)


def _abbreviated(left: str) -> str:
    """Words with the short form in place of each long one: "Epworth Sleepiness Scale (ESS) score" as "ESS score"."""
    for found in reversed(list(definitions(left))):
        if found.long_start < found.long_end and left[found.short_end : found.short_end + 1] == ")":
            left = f"{left[: found.long_start]}{found.short}{left[found.short_end + 1 :]}"
    return left


_NO_MEASURE = Pattern(
    rf"(?:^|\b(?:the|a|an|this|that|mean|median|average|maximum|peak|maximal)\s+|:\s+)(?:placebo-adjusted\s+)?(?P<direction>reductions?|decreases?|declines?"
    rf"|increases?|improvements?|changes?|benefits?)\s+"
    rf"(?:from\s+baseline\s+)?(?:(?:in|at|with|for)\s+the\s(?:[^.;,%]|\.(?=\d)){{2,30}}?\s(?:cohort|arm|group|dose)\s+)?"
    rf"(?:was|of|were|averaged|reached|amounted\s+to)\s+{ABOUT}$",
    re.IGNORECASE,
)


#: "On the cough severity visual analog scale (VAS), LS mean change was": the measure is told first.
_TOPIC = Pattern(
    r"(?:\b(?:For|On|In|Based\s+on|Using)\s+(?:the\s+)?|^\W*(?:o\s+)?)(?:(?:key\s+|co-?)?(?:primary|secondary)\s+endpoint\s+of\s+)?(?:\d+\s?mm\s+)?"
    r"(?P<measure>[A-Za-z][^,;:%()]{1,80}?)(?:\s\((?P<short>[A-Z][\w-]*)\))?(?P<tail>(?:\s(?:total|score|index|scale))*)(?:[,:]|(?=\s[A-Z]))\s+"
    r"(?:(?:the\s+|an?\s+)?(?:least[- ]squares\s+)?(?:\(LS\)\s+)?(?:LS\s+)?(?:adjusted\s+)?(?:mean|median)\s+"
    r"|[^,;:%]{3,60}?\s(?:showed|had|demonstrated|experienced|achieved|produced|reported|saw|resulted\s+in|led\s+to)\s+(?:an?\s+)?"
    r"(?:(?:statistically|significant|clinically|meaningful|and|LS|mean|median|average|adjusted|placebo-adjusted|placebo-corrected"
    r"|least[- ]squares)\s+)*)"
    r"(?P<direction>change|reduction|improvement|increase|decrease|decline|difference|drop|fall|rise|gain)\s+"
    rf"(?:from\s+baseline\s+|(?:versus|vs\.?|over|from)\s+placebo\s+)?(?:was|of)\s+{ABOUT}$"
)
#: "On the MADRS, patients receiving X improved by"
_TOPIC_MOVED = Pattern(
    r"(?:\b(?:On|As\s+measured\s+by|As\s+assessed\s+by|Measured\s+by)\s+)(?:the\s+)?(?P<measure>[A-Za-z][^,;:%()]{1,80}?)(?:\s\((?P<short>[A-Z][\w-]*)\))?,\s+"
    rf"[^,;:%]{{3,70}}?\s(?P<direction>improved|declined|worsened|increased|decreased|dropped|fell|rose|gained|lost)\s+(?:on\s+average\s+)?(?:by\s+)?{ABOUT}$"
)
_TOPIC_END: Final = ("of ", "was ", "of -", "was -", "of −", "was −", "of +", "was +")


def change_of_topic(left: str) -> str | None:
    """The change of a measure that begins its sentence: "For X total score, the mean change from baseline was"."""
    found = _TOPIC.search(left) if left.endswith(_TOPIC_END) else None
    if found is None and "," in left and (moved := _TOPIC_MOVED.search(left)):
        name = moved["short"] or moved["measure"]
        return None if NO_NEXT_MEASURE.search(name) else change_name(name, moved["direction"])
    if found is None or NO_NEXT_MEASURE.search(found["measure"]):
        return None
    measure = found["measure"]
    if found["short"]:
        measure = _abbreviated(f"{measure} ({found['short']})").removesuffix(f" ({found['short']})")
    elif head_kind(measure.split()[-1]) is None:
        return None
    return change_name(f"{measure}{found['tail']}", found["direction"])


#: "(relative reduction 36.9%)": the change that was told before, against the control.
_RELATIVE = Pattern(
    rf"[(,;]\s*(?:a\s+)?(?:relative|placebo-adjusted|absolute|risk|rate)\s+(?P<direction>reductions?"
    rf"|improvements?|decreases?|increases?)\s*"
    rf"(?:of|was|:|=)?\s*{ABOUT}$",
    re.IGNORECASE,
)


#: "27.4% placebo-adjusted reduction"
_BARE_BEHIND = Pattern(
    r"\s+(?:placebo-adjusted|relative|mean|median|absolute|overall)?\s*(?:risk\s+|rate\s+)?(?P<way>reduction|improvement|decrease"
    r"|increase|decline)(?=\s*(?:[.,;(]|$)|\s+(?:versus|vs|compared|relative|at|with|over)\b)",
    re.IGNORECASE,
)
_TOLD = Pattern(
    rf"\b(?P<direction>reduced|lowered|decreased|improved|increased|raised)\s+(?:the\s+)?(?P<measure>"
    rf"(?:\d+-[a-z]+\s+)?{_THING}?)"
    r"(?=\s+(?:relative|compared|versus|vs|from|in\s+(?:both|all|patients|adults)|at\s+(?:week|month)|over"
    r"|by)\b|\s*[:.,;]|$)",
    re.IGNORECASE,
)


def change_told(text: str) -> str | None:
    """The change that a sentence without its figure tells: "reduced cough frequency relative to placebo"."""
    if found := _TOLD.search(text):
        return change_name(found["measure"], found["direction"])
    if ("change" in text or "reduction" in text) and (found := _ENDPOINT_TOLD.search(text)):
        measure = f"{found['measure']} ({found['short']})" if found["short"] else found["measure"]
        return change_name(_abbreviated(measure), found["direction"])
    return None


#: "its primary endpoint of change from baseline on the modified Rating Scale (UMSARS)"
_ENDPOINT_TOLD: Final = Pattern(
    r"\bendpoint\b[^.;:]{0,30}\s(?:was|of|is|,)\s+(?:the\s+)?(?:(?:mean|median|absolute|percent(?:age)?|LS)\s+)*"
    r"(?P<direction>change|reduction|improvement)\s+(?:from\s+baseline\s+)?(?:to\s+\w+\s+\d+\s+)?(?:in|on|of)\s+(?:the\s+)?"
    r"(?P<measure>[A-Za-z][\w' -]{1,80}?)(?:\s\((?P<short>[A-Z][\w-]+)\))?"
    r"(?=\s+(?:at|from|versus|compared|over|after|between|to|score)\b|\s*[.,;]|$)"
)


def way_behind(right: str) -> str | None:
    """Which way a bare change behind a figure went: "a 54% relative reduction"."""
    found = _BARE_BEHIND.match(right)
    return found["way"].casefold() if found and not _OVER_OTHERS.match(right, found.end()) else None


#: "a 45% improvement over current practice"
_OVER_OTHERS: Final = Pattern(
    r"\s+(?:over|versus|vs\.?|compared\s+\w+|relative\s+to)\s+(?:current|standard|historical|existing"
    r"|the\s+standard)\b"
)


def _measure_behind(right: str) -> re.Match[str] | None:
    """What a figure is told to be of by the words behind it; an arm or people are none."""
    found = AROUND_MEASURE.match(right)
    return None if found and NO_NEXT_MEASURE.search(found["measure"]) else found


def is_bare_change(left: str, right: str) -> bool:
    """Whether words tell a change without what changed: "the reduction was 11%"."""
    if _BARE_BEHIND.match(right) and not _measure_behind(right) and not _CHANGE_AFTER.match(right):
        return True
    told = _NO_MEASURE.search(left) or _RELATIVE.search(left)
    return told is not None and _measure_behind(right) is None


def people_moved(left: str, right: str) -> str | None:
    """Which way patients went by a figure whose measure stands elsewhere: "Patients on X improved by"."""
    found = _PEOPLE_MOVED.search(left)
    return direction_of(found["direction"]) if found and not _measure_behind(right) else None


def of_weight(right: str) -> int:
    """How far the words behind a figure reach that say it is a share of the body's weight."""
    found = _OF_WEIGHT.match(right)
    return found.end() if found else 0


def change_of(left: str, right: str) -> str | None:
    """What changed, and which way: "tumor burden reduction"; None where the figure is of no change."""
    left = without_asides(left)
    if (compared := compared_with_before(left, right)) or (compared := _risk_lowered(left, right)):
        return compared
    if (between := _CHANGE_BETWEEN.match(right)) and (
        measure := _WITHOUT_ADJECTIVES.sub("", between["measure"]).strip()
    ):
        return change_name(measure, between["direction"])
    found = _CHANGE_AFTER.match(right)
    if found and not _AMOUNT_NEXT.match(found["measure"]):
        return change_name(found["measure"], found["direction"])
    if found := _CHANGE_OF.search(left):
        if found["short"]:
            return change_name(f"{found['short']} {found['tail'] or ''}", found["direction"])
        return change_name(found["measure"], found["direction"])
    if (found := _CHANGE_NOUN.search(left)) and not _JUST_AN_ADJECTIVE.fullmatch(found["measure"]):
        return change_name(found["measure"], found["direction"])
    if (found := _GAINED.search(left)) and (behind := AROUND_MEASURE.match(right)):
        return change_name(behind["measure"], found["direction"])
    if found := _CHANGE_VERB.search(left):
        return change_name(found["measure"], found["direction"])
    if "mean" in left[-20:] and (found := _CHANGE_OPENS_LS.search(left)):
        return change_name(found["measure"], found["direction"])
    if left.endswith("(") and (found := _CHANGE_OPENS.search(left)):
        return change_name(found["measure"], found["direction"])
    if found := _CHANGE_BY.search(left) or _CHANGE_SEEN.search(left):
        told = found.groupdict()
        measure = next(told[k] for k in ("short", "thing", "gone", "also", "measure") if told.get(k))
        return change_name(
            measure, next(told[k] for k in ("brought", "way", "way2", "direction") if told.get(k))
        )
    if (found := _CHANGE_AROUND.search(left)) and (behind := AROUND_MEASURE.match(right)):
        return change_name(behind["measure"], found["direction"])
    if LOST.search(left) and _OF_WEIGHT.match(right):
        return "weight loss"
    if (found := _CHANGE_RAISED.search(left)) and not re.match(r"\s+(?:of|in)\b", right):
        return change_name(found["measure"], found["direction"])
    # "The increase in tumor burden observed in the control arm was reduced by 50 percent"
    if found := re.search(
        rf"^(?P<measure>[^;]{{3,200}}?)\s+(?:was|were)\s+{VERB}\s+by\s+{ABOUT}$", left, re.IGNORECASE
    ):
        return change_name(found["measure"], found["direction"])
    return None


#: "the lesion grew 34% more slowly"
_SLOWLY: Final = Pattern(r"\s+(?:more\s+slowly|slower)\b")
_GREW: Final = Pattern(
    rf"(?:^|[,;:]|\b(?:and|that|while)\s)\s*(?P<measure>{_THING})\s+(?P<verb>grew|declined|progressed|worsened|deteriorated|lost|fell)\s+{ABOUT}$",
    re.IGNORECASE,
)
_PACES: Final = {
    "grew": "growth",
    "declined": "decline",
    "progressed": "progression",
    "worsened": "worsening",
}


def compared_with_before(left: str, right: str) -> str | None:
    """ "a 44% lower risk of death", "70% fewer attacks", "was 9% below baseline"."""
    if _SLOWLY.match(right) and (grew := _GREW.search(left)):
        return change_name(f"{grew['measure']} {_PACES.get(grew['verb'].casefold(), 'decline')}", "slowing")
    if found := _LOWER.match(right):
        if found["fewer"]:
            return change_name(found["counted"], "reduction" if found["fewer"] == "fewer" else "increase")
        way = "increase" if found["way"].casefold() in ("higher", "increased", "greater") else "reduction"
        return change_name(found["measure"], way)
    if (found := _FROM_BASELINE.match(right)) and (measured := _WAS.search(left) or _WITH_A.search(left)):
        told = (found["way"] or found["pace"]).casefold()
        lower = told in ("below", "lower", "less", "fewer", "shorter", "smaller")
        return change_name(
            measured["measure"], "slowing" if told == "slower" else "reduction" if lower else "increase"
        )
    return None


_ADJECTIVES: Final = (
    r"(?:has|have|had|shown|showed|demonstrated|achieved|overall|mean|median|maximum|maximal|peak|significant|relative|absolute|further|average|clinically|meaningful|clear|consistent"
    r"|dose-dependent|dose-related|dose-proportional|statistically|greater|larger|up|the|a|an|and|placebo-adjusted|placebo-corrected"
    r"|placebo-controlled|placebo-subtracted|additional|net|robust|rapid|sustained|within-group|between-group|durable|deep|profound"
    r"|improvement|reduction|LS|least[- ]squares|model-based|baseline-adjusted|adjusted|unadjusted|substantial|marked"
    r"|numerical|proportional|incremental|remarkable|impressive|dramatic|notable|early|initial|observed|reported|total|percentage|percent|per\s?cent|point|points"
    r"|approximate|approximately|estimated|corresponding|highly|similar|modest|nominal|nominally|strong|transient|reversible|geometric)"
)
_JUST_AN_ADJECTIVE = Pattern(rf"(?:{_ADJECTIVES}\s*)+", re.IGNORECASE)
_WITHOUT_ADJECTIVES: Final = Pattern(rf"^(?:{_ADJECTIVES}\s+)+", re.IGNORECASE)
#: "a risk reduction of 79% of disease progression or death", "a 44% risk reduction for stroke"
_RISK: Final = Pattern(rf"\b(?P<kind>risk|rate|odds|hazard)\s+reduction\s+of\s+{ABOUT}$", re.IGNORECASE)
_OF_RISK: Final = Pattern(
    rf"\s+(?:relative\s+)?(?:of|for|in)\s+(?:the\s+)?(?P<event>(?!patients|participants|the\b){_THING}?){_BOUND}",
    re.IGNORECASE,
)
_RISK_BEHIND: Final = Pattern(
    r"[\s-]*(?:relative\s+)?(?P<kind>risk|rate|hazard)\s+reduction\b|[\s-]*reduction\s+in\s+(?:the\s+)?(?:relative\s+)?(?P<kind2>risk)(?=\s+for\b)",
    re.IGNORECASE,
)


def _risk_lowered(left: str, right: str) -> str | None:
    """A reduction of a risk that is named behind the figure."""
    before = _RISK.search(left)
    if before is not None:
        event = _OF_RISK.match(right)
        return change_name(f"{before['kind']} of {event['event']}", "reduction") if event else None
    behind = _RISK_BEHIND.match(right)
    event = _OF_RISK.match(right, behind.end()) if behind else None
    return (
        change_name(f"{(behind['kind'] or behind['kind2'])} of {event['event']}", "reduction")
        if behind and event
        else None
    )


#: An arm or people, where a measure might stand.
NO_NEXT_MEASURE = Pattern(
    rf"\b(?:arms?|groups?|cohorts?|doses?|placebo|control|treated|baseline|{PEOPLE})\b|\d\s?(?:mg|[µu]g|mL)\b",
    re.IGNORECASE,
)


def singular(measure: str) -> str:
    """ "antibody titres", which rose, as in "antibody titre increase"."""
    head = measure.rsplit(" ", 1)[-1]
    return measure[:-1] if head.endswith("s") and head_kind(head[:-1]) == "measure" else measure


#: "KCCQ-CSS of 9.1 points and 6MWD": the measure before has its own figure.
_LISTED_WITH: Final = Pattern(r"\sof\s[-−+]?\d.*(?:,\s+(?:and\s+)?|\sand\s+)(?=[A-Za-z\d])")


#: A measure that is one without the patients behind it.
_WHOLE: Final = Pattern(
    r"(?:[\w/-]+\s){0,3}?(?:latency|scores?|frequency|pressure|weight|volume|levels?|rates?|count|distance|burden|acuity|density|thickness|activity)\s+in\s",
    re.IGNORECASE,
)


def change_name(measure: str, direction: str) -> str | None:
    """What a change is called by the words for what changed and for how; None where they are of none."""
    words = " ".join(measure.split())
    for _ in range(3):
        words = _EXPECTED.sub("", _LEADING.sub("", words))
    words = re.split(
        r"\s+(?:observed|compared|relative|against|versus|in\s+(?:the|an?|serum|plasma|blood|urine|skin|liver|tissue|tumou?r"
        r"|peripheral|cerebrospinal|CSF|muscle|bone)|in\s+patients|at\s|over\s+the|after|through|seen|from|with|by|area\s+under"
        r"|of\s+patients)\b",
        words,
    )[0].strip(" ,")
    words = re.sub(r"\s+(?:had|has|have|was|were|of)$", "", words)
    if " in " in words and _WHOLE.match(words):
        words = words.split(" in ")[0]  # "sleep latency in narcolepsy type 1"
    if " of " in words and (listed := _LISTED_WITH.search(words)):
        words = words[listed.end() :]
    if (
        not words
        or len(words.split()) > 8
        or words.endswith((" in", " by", " for"))
        or _NOT_A_MEASURE.search(words)
        or adverse().search(words)
    ):
        return None
    words = singular(words)
    return f"{lower_first(words)} {direction_of(direction)}"
