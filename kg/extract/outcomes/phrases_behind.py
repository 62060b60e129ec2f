"""Words behind a figure → what it is of: "94% of participants stopped prophylaxis", "57% were on an interval"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from kg.extract import values
from kg.extract.lexicon import table
from kg.extract.outcomes.figures import ABOUT, PEOPLE, Endpoint, adverse, head_kind, lower_first
from kg.extract.outcomes.wording import (
    ACHIEVING,
    LEADING_WORDS,
    MEAN_CHANGE,
    MODIFIERS,
    MONTHS_BEHIND,
    NO_OUTCOME_WORDS,
    OF_TREATMENT,
    STATE,
    STATE_BEHIND,
    TAIL,
    Named,
    called_within,
    outcome_of,
)
from kg.extract.patterns import Pattern

_OF_THEM = (
    rf"(?:\s+of\s+(?:(?:the|all|those|these|evaluable|treated|\d+)\s+)*(?:[\w/%.+'-]+\s+){{0,5}}?{PEOPLE}\b)?"
)
_WHO: Final = (
    r"(?:\s+(?:in|on|at|with|who|vaccinated|immuni[sz]ed|evaluable|treated|receiving|given|dosed|aged|randomi[sz]ed|switched|taking|from"
    r"|of\s+(?=the\s))\b[^.;%]{0,90}?)?"
)
_AND_OTHERS = (
    r"(?:\s*(?:,|,?\s*(?:and|versus|vs\.?|(?:as\s+)?compared\s+(?:with"
    r"|to)))\s+(?:[^.;%()]{1,50}\(\s?)?\d[\d.]*\s?%[^.;%]{0,60}?,?){0,3}"
)
_ACHIEVED: Final = (
    r"(?P<verb>achiev\w+|reach\w+|attain\w+|show\w*|had|have|has|experienc\w+|met|maintain\w+|kept"
    r"|retain\w+|demonstrat\w+|reported"
    r"|gained|obtained|recorded|registered|displayed|exhibited|presented|enjoyed|sustained|saw|remained|remain|remaining|having|become|became|were|are|stopped|discontinued|came\s+off|eliminated)"
)
_TO_OBJECT = Pattern(
    rf"(?:[;,][^();%]{{1,40}}(?=\)))?\)?\s*(?:\([^()]*\))?{_OF_THEM}(?:\s*\([^()]*\))?{_WHO}{_AND_OTHERS}(?:,\s+respectively,)?\s+"
    rf"(?:had\s+|have\s+|has\s+|who\s+|also\s+)*{_ACHIEVED}\s+"
    r"(?:(?:also|still|already|had|been|in|on|at(?!\s+least)|off|free\s+of|free\s+from|an?|the|their|with)\s+)*"
    r"(?P<what>[A-Za-z0-9≥>≤<\"](?:[^.;,()]|\([a-z]\))*?(?:\.\d+[^.;,()]*?)?)"
    r"(?=\s*(?:\.(?!\d)|[;,)]|\((?![a-z]\))|$)|\s+(?:\w+\s+(?:weeks|months|days|years)\s+(?:after|following|later)|at(?!\s+least\b)|by|after"
    r"|within(?!\s+(?:the\s+)?normal\b)|throughout|through|versus|vs\.?|compared|in(?!\s+(?:the\s+)?normal\b)|on|with(?!\s+no\s)|during|over|following|and|while|(?<!freedom\s)from|for|as|per|when"
    r"|who|which"
    r"|based|according|(?<!less\s)(?<!more\s)(?<!lower\s)(?<!higher\s)(?<!greater\s)(?<!fewer\s)than|against)\b)",
)
#: "were free of attacks", "remained free from pain"
_FREE_OF: Final = Pattern(r"\bfree\s+(?:of|from)\s+(?:their\s+|the\s+)?$")
#: "remained seropositive": a rate of seropositivity.
_SERO: Final = Pattern(r"(?P<what>sero(?:positiv|negativ))e")
#: "gained 15 or more letters"
_LETTERS: Final = Pattern(
    r"(?P<low>\d+)\s+or\s+more\s+(?:ETDRS\s+)?letters|(?:at\s+least\s+|≥\s?)(?P<low2>\d+)\s+(?:ETDRS\s+)?letters"
)
#: "were virologically suppressed", "were cured"
_STATES: Final = Pattern(
    r"(?:[a-z]+ly\s+)?(?:suppressed|cured|healed|controlled|protected|undetectable|well-controlled|symptom-free|in\s+remission|normali[sz]ed|disease-free|pain-free|eligible\s+for\s+discharge)"
)
_POSSESSIVE: Final = Pattern(r"^(?:their|the)\s+")
_IMPROVED = Pattern(
    r"\b(?:≥|>=|at\s+least|or\s+(?:more|better|greater|less|lower|higher)|(?:less|more|lower|higher|greater|fewer)\s+than"
    r"|improvement|reduction|increase|decrease|decline|fall|gain)\b|[≥≤]|[<>=]\s?\d"
)
_PART_OF = Pattern(
    r"\s+of\s+(?:the\s+|their\s+|that\s+)?(?P<what>(?:[\w-]+\s+){0,3}?[\w-]+)(?=\s*(?:[.;,]|$)|\s+(?:they"
    r"|that|which|at|by|achieved|after|through)\b)"
)
_KEPT = Pattern(r"\b(?:maintained|retained|kept|preserved)\s+(?:about\s+|approximately\s+)?$", re.IGNORECASE)
_CHANGED_BY: Final = Pattern(
    r"(?:reduction|improvement|increase|decrease|decline|gain)\s+of\s+(?:at\s+least|more\s+than|≥)"
)
#: "preventing 80.2% of symptomatic dengue cases"
_PREVENTED: Final = Pattern(rf"\bprevent(?:ed|ing)\s+{ABOUT}$")
_CASES: Final = Pattern(r"\s+of\s+(?P<what>(?:[\w-]+\s){0,4}?[\w-]+?)\s+(?:cases|infections)\b")
#: "a 79% survival rate at 12 months", "a 62% sustained remission rate"
_RATE_BEHIND: Final = Pattern(
    r"\s+(?P<name>(?:(?!of\b|in\b|at\b|and\b|or\b|with\b|had\b|were\b|was\b|to\b|for\b|lower\b|higher\b|reduction\b|increase\b)[A-Za-z][\w/-]*\s+){1,4}?rate)\b(?!\s+(?:was|were|of)\b)"
)
_NO_RATE: Final = Pattern(
    r"\b(?:responder|success|enrol\w+|screen\w*|drop-?out|discontinuation|retention|completion|compliance|growth|tax|interest|withdrawal|mortality|failure|royalty|discount"
    r"|participation|incidence|prevalence|default|retention|hit|conversion\s+into)\b",
    re.IGNORECASE,
)
#: "90% receptor occupancy", "54% dystrophin expression"
_MEASURE_BEHIND: Final = Pattern(
    r"\s+(?:(?:mean|median|complete|near-complete|sustained)\s+)*(?P<name>(?:(?!of\b|in\b|at\b|and\b|or\b|with\b|had\b|were\b|was\b|to\b|for\b|achiev|reach|attain|show|experienc|maintain|demonstrat)[A-Za-z][\w/-]*\s+){1,3}?"
    r"(?:occupancy|expression|editing|inhibition|knockdown|suppression|engagement|chimerism|degradation|depletion|saturation|transduction|engraftment"
    r"|efficacy|survival|clearance|seroconversion|seroprotection))(?=\s*(?:[.,;()]|$)|\s(?:at|in|with|by|after|for|on|across|through|from|versus|vs|compared|and"
    r"|over|was|were|among)\b)"
)
#: "62% CR/sCR", "46% ≥CR"
_DEPTH: Final = Pattern(r"\s+(?P<name>[≥>]\s?s?(?:CR|VGPR|PR)|s?CR/s?CR)\b")
#: "had a reduction in attack rate of at least 50%"
_CHANGE_PAST: Final = Pattern(
    r"(?P<way>reduction|improvement|increase|decrease|decline|drop|fall|rise|gain)s?\s+(?:from\s+baseline\s+)?in\s+(?:the\s+|their\s+)?"
    r"(?P<measure>[A-Za-z][\w-]*(?:\s[\w-]+){0,4}?)\s+(?:of|by)\s+(?:at\s+least|more\s+than|greater\s+than|over|≥|>)\s*(?P<low>\d[\d.]*(?:\s?%|\s\w+)?)"
)
_CHANGED = Pattern(r"\b(?:reduction|improvement|increase|decrease|decline)$")
_IN_MEASURE = Pattern(
    r"\s+(?:in|on)\s+(?!patients|participants)(?:the\s+|their\s+)?(?P<measure>[A-Za-z][\w-]*(?:\s[\w-]+){0,5}?"
    r"(?:\s(?:with\s+no|without)\s+worsening(?:\s+(?:of|in)\s+[\w-]+)?)?)(?=\s*(?:[.;,(]|$)|\s+(?:at|by|from|versus|vs"
    r"|compared|with|after|over|and|on|during|within|through|in|for)\b)"
)
_PEOPLE_COUNTED = Pattern(rf"\s+(?:[\w/-]+\s+){{0,4}}?{PEOPLE}\b", re.IGNORECASE)
#: Skin that is "clear or almost clear".
_CLEAR = Pattern(r"^(?:completely\s+)?(?:clear|almost\s+clear|clear(?:ed)?\s+or\s+almost\s+clear)\s+skin$")
_RESPONDERS: Final = Pattern(r"(?:[\w-]+\s+){0,3}responders", re.IGNORECASE)
_ALIVE_AT: Final = Pattern(
    rf"\s+(?:at|after|for\s+at\s+least)\s+(?:the\s+)?(?P<number>\d{{1,2}}|{values.NUMBER_WORD})[\s-](?P<unit>month|year)s?\b",
    re.IGNORECASE,
)
_ALIVE_THEN: Final = Pattern(
    rf"(?:^|[.;,]\s)(?:at|after)\s+(?P<number>\d{{1,2}}|{values.NUMBER_WORD})[\s-](?P<unit>month|year)s?,?\s[^.;]*$",
    re.IGNORECASE,
)


def _alive_when(text: str, start: int, end: int) -> str | None:
    """When patients were alive: "12-month" of "alive at 12 months"."""
    found = _ALIVE_AT.match(text, end) or _ALIVE_THEN.search(text, 0, start)
    return f"{values.decimal(found['number'])}-{found['unit'].lower()}" if found else None


@cache
def _verbs() -> Pattern:
    forms = "|".join(row["verb"].replace(" ", r"\s+") for row in table("outcome_verbs"))
    return Pattern(
        rf"\)?\s*(?:\([^()]*\))?{_OF_THEM}{_WHO}{_AND_OTHERS}\s+(?:had\s+|have\s+)?(?P<verb>{forms})"
        rf"(?=\s*(?:[.,;(:–—]|$)|\s+(?:to|and|or|with|at|by|after|within|in|on|across|during|over|overall|when|while|following|through|throughout"
        rf"|among|as|for|per|but|versus|vs|compared|than|against)\b)"
    )


#: "converted to culture-negative"
_CONVERTED_TO: Final = Pattern(r"\s+to\s+(?P<what>[A-Za-z-]+[- ](?:negative|positive))\b")
#: "51% avoided transfusions", "14% cleared chronic infection"
_DEEDS: Final = {
    "avoid": "avoidance",
    "clear": "clearance",
    "eradicat": "eradication",
    "regain": "recovery",
    "normali": "normalization",
}
_DEED: Final = Pattern(
    rf"\)?(?:\s*\([^()]*\))?{_OF_THEM}{_WHO}\s+(?:(?:had|have|completely|fully|successfully)\s+)*(?P<verb>avoided|cleared|eradicated|regained|normali[sz]ed)\s+"
    r"(?P<what>[A-Za-z][\w-]*(?:\s(?!at\b|by\b|in\b|after\b|within\b|with\b|from\b|and\b|for\b|through\b|during\b|versus\b|vs\b|compared\b)[\w-]+){0,3})"
)
#: "19% lost HBsAg"
_LOST_MARKER: Final = Pattern(
    rf"\)?(?:\s*\([^()]*\))?{_OF_THEM}{_WHO}\s+(?:had\s+)?lost\s+(?P<what>[A-Z][A-Za-z]*[A-Z]\w*)\b"
)
#: "an 85 percent efficacy"
_EFFICACY: Final = Pattern(
    r"\s+(?P<name>(?:vaccine\s+)?efficacy)\b|\s+(?:effective|efficacious)\s+(?:against|in\s+preventing)\b"
)
#: "36% of patients lost at least 25% of their body weight"
_LOST_WEIGHT: Final = Pattern(
    rf"\)?{_OF_THEM}{_WHO}{_AND_OTHERS}\s+lost\s+(?:(?:at\s+least|more\s+than|over|≥)\s?(?P<share>\d+\s?%)|(?P<share2>\d+\s?%)\s+or\s+more)"
    r"\s+of\s+(?:their\s+)?(?:initial\s+|baseline\s+)?(?:body\s*)?weight"
    rf"|{_OF_THEM}{_WHO}\s+lost\s+(?:at\s+least|more\s+than|over|≥)\s?(?P<share3>\d+\s?%)(?=\s+and\s+\d[^.;]*\bweight)"
    r"|\s+(?:at\s+least|more\s+than|over|≥)\s?(?P<share4>\d+\s?%)\s+of\s+(?:their\s+)?(?:initial\s+|baseline\s+)?(?:body\s*)?weight"
)


#: "and 62% at least 10%", of the weight that was lost before.
_AT_LEAST: Final = Pattern(
    r"\s+(?:lost\s+)?(?:at\s+least|more\s+than|≥)\s?(?P<share>\d+\s?%)(?=\s*(?:[.,;(]|$)|\s+and\b)"
)
_WEIGHT_LOST: Final = Pattern(r"\blost\b[^.]*\bweight\b|\bweight\s+loss\b")


def behind(text: str, start: int, end: int, endpoints: Sequence[Endpoint]) -> Named | None:
    """What the words behind a figure say that it is of."""
    if " of " in text[start:end] and (counted := _PEOPLE_COUNTED.match(text, end)):
        end = counted.end()  # "4 of 10 patients achieved"
    right = text[end:]
    if (kept := _KEPT.search(text[:start])) and (part := _PART_OF.match(right)):
        del kept
        return Named(f"{lower_first(part['what'])} maintained", None, end + part.end())
    if state := STATE_BEHIND.match(right):
        return Named(state["state"], None, end + state.end())
    if found := _verbs().match(right):
        if became := _CONVERTED_TO.match(right, found.end("verb")):
            return Named(f"{became['what']} {outcome_of(found['verb'])}", None, end + became.end())
        return Named(outcome_of(found["verb"]), None, end + found.end())
    if _PREVENTED.search(text[:start]) and (cases := _CASES.match(right)):
        return Named(f"prevention of {cases['what']}", None, end + cases.end())
    if (
        (rate := _RATE_BEHIND.match(right))
        and not any(end <= e[0] < end + rate.end() for e in endpoints)
        and not adverse().search(rate["name"])
        and not _NO_RATE.search(rate["name"])
    ):
        name = " ".join(rate["name"].split())
        when = MONTHS_BEHIND.match(text, end + rate.end())
        name = f"{values.decimal(when[1])}-{when[2].lower()} {name}" if when and "survival" in name else name
        return Named(lower_first(name), None, end + rate.end())
    if (measure := _MEASURE_BEHIND.match(right)) and not any(
        end <= e[0] < end + measure.end() for e in endpoints
    ):
        return Named(lower_first(" ".join(measure["name"].split())), None, end + measure.end())
    if depth := _DEPTH.match(right):
        return Named(depth["name"], None, end + depth.end())
    if deed := _DEED.match(right):
        noun = next(noun for stem, noun in _DEEDS.items() if deed["verb"].casefold().startswith(stem))
        if not (adverse().search(deed["what"]) or OF_TREATMENT.search(deed["what"])):
            what = lower_first(_POSSESSIVE.sub("", deed["what"]))
            what = what.removesuffix("s") if what.endswith("ns") else what  # "transfusions", but "sepsis"
            return Named(f"{what} {noun}", None, end + deed.end())
    if gone := _LOST_MARKER.match(right):
        return Named(f"{gone['what']} loss", None, end + gone.end())
    if (further := _AT_LEAST.match(right)) and _WEIGHT_LOST.search(text, 0, start):
        return Named(f"weight loss of at least {further['share']}", None, end + further.end())
    if efficacy := _EFFICACY.match(right):
        return Named(" ".join((efficacy["name"] or "efficacy").split()), None, end + efficacy.end())
    if lost := _LOST_WEIGHT.match(right):
        share = next(part for part in lost.groups() if part)
        return Named(f"weight loss of at least {share}", None, end + lost.end())
    found = _TO_OBJECT.match(right)
    if found is None:
        return None
    low, high = end + found.start("what"), end + found.end("what")
    if past := _CHANGE_PAST.match(text, low):
        return Named(
            f"{lower_first(past['measure'])} {past['way']} of at least {past['low']}", None, past.end()
        )
    if (way := _CHANGED.search(found["what"])) and (changed := _IN_MEASURE.match(text, high)):
        if way.start() == 0:  # "had a reduction in tumor size"
            return Named(f"{lower_first(changed['measure'])} {way[0]}", None, changed.end())
        high = changed.end()  # "at least a 30% reduction in pain"
    elif _CHANGED_BY.match(found["what"]) and (changed := _IN_MEASURE.match(text, high)):
        high = changed.end()  # "an improvement of at least 2 points in the CDLQI"
    words = " ".join(text[low:high].replace('"', "").split())
    verb = found["verb"].casefold()
    if (
        not words
        or len(words.split()) > 12
        or MEAN_CHANGE.match(words)
        or NO_OUTCOME_WORDS.search(words)
        or adverse().search(text, low, high)
    ):
        return None
    if adverse().search(found[0]):
        return None
    named_behind = next((e for e in endpoints if e[0] == high + 2 and text[high : high + 2] == " ("), None)
    if named_behind and text[named_behind[1] : named_behind[1] + 1] == ")":
        return Named(called_within(text, named_behind), named_behind[2], named_behind[1])
    if _FREE_OF.search(found[0][: found.start("what") - found.start()]):
        return Named(f"free of {lower_first(_POSSESSIVE.sub('', words))}", None, high)
    if verb == "gained" and (letters := _LETTERS.fullmatch(words)):
        return Named(f"gain of at least {letters['low'] or letters['low2']} letters", None, high)
    for endpoint in endpoints:
        if low <= endpoint[0] < high and MODIFIERS.match(LEADING_WORDS.sub("", text[low : endpoint[0]])):
            reach = max(high, endpoint[1])
            if TAIL.match(text[endpoint[1] : reach]):
                return Named(called_within(text, endpoint), endpoint[2], reach)
    if verb in ("stopped", "discontinued") or verb.startswith("came"):
        return None if OF_TREATMENT.search(words) else Named(f"stopped {lower_first(words)}", None, high)
    if verb in ("were", "are", "become", "became", "remained", "remain", "remaining"):
        on = re.search(r"\b(?:on|in|at)\s+(?:an?\s+|the\s+)?$", found[0][: found.start("what")])
        known = on and (head_kind(words.split()[-1]) or re.search(r"\binterval\b", words))
        if sero := _SERO.fullmatch(words):
            return Named(f"{sero['what']}ity", None, high)
        able = words.startswith("able to ") or _STATES.fullmatch(words) is not None
        if _RESPONDERS.fullmatch(words):
            return Named("ORR" if words.casefold() == "responders" else lower_first(words), None, high)
        if words.casefold() == "alive" and (alive_at := _alive_when(text, start, high)):
            return Named(f"{alive_at} OS rate", None, high)
        return Named(lower_first(words), None, high) if STATE.search(words) or known or able else None
    if (
        ACHIEVING.match(verb)
        or (words.startswith("no ") and head_kind(words.split()[-1]))
        or head_kind(words.split()[-1])
        or head_kind(words.split()[0])
        or head_kind(words.split(" of ")[0].split()[-1])
        or _IMPROVED.search(words)
        or _CLEAR.match(words)
    ):
        return Named(lower_first(words), None, high)
    return None
