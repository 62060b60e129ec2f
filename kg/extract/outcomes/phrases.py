"""Words before a figure → what it is of.

Hits: "clinical remission at week 12 was 18.4%"; "relapse had occurred in 26%"; "complete response or better in 39%".
Near misses: "nausea was seen in 12%"; "revenues were 12%"; "the dose was 20%".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract import values
from kg.extract.outcomes.figures import ABOUT, DOSE, PEOPLE, Endpoint, adverse, head_kind, lower_first
from kg.extract.outcomes.wording import (
    ACHIEVING,
    LEADING_WORDS,
    MEAN_CHANGE,
    MODIFIERS,
    NAMELESS,
    NO_OUTCOME_WORDS,
    OF_TREATMENT,
    STATE,
    TAIL,
    TIME_ALONE,
    Named,
    called_within,
    outcome_of,
)
from kg.extract.patterns import Pattern

_COPULA = Pattern(
    rf"(?P<what>(?:\d{{1,2}}-(?=[a-z]))?[A-Za-z≥>\"](?:[^;:%]|(?<=\d)%(?=\s(?:was\b|were\b|or\s(?:more|greater|higher|better)|(?:[\w-]+\s){{0,2}}(?:reduction|improvement"
    rf"|increase|decrease|decline|loss)\b))){{1,170}}?)\s+(?:was|were|is|of|reached|exceeded|averaged|stood\s+at|came\s+to"
    r"|came\s+in\s+at|amounted\s+to|landed\s+at|ran\s+at|totall?ed|measured|had\s+been|has\s+been|at)"
    rf"\s+{ABOUT}$",
    re.IGNORECASE,
)
_PASSIVE = Pattern(
    r"(?P<what>[A-Za-z≥>\"](?:[^;:%]|(?<=\d)%(?=\s(?:was|were)\s)){2,150}?)\s+(?:was|were|had\s+been|has\s+been|have\s+been)\s+(?:also\s+)?"
    r"(?P<verb>achieved|reached|attained|seen|observed|met|maintained|obtained|stopped|discontinued|noted"
    r"|recorded|sustained|preserved|reported|generated|induced|detected|elicited|demonstrated|documented|confirmed|found|shown|evident"
    r"|experienced|produced|measured)"
    rf"\b[^.;%]{{0,110}}?\s(?:by|in|for|among)\s+{ABOUT}$",
    re.IGNORECASE,
)
#: "The percentage of patients alive 12 months after randomization was"
_ALIVE: Final = Pattern(
    rf"\b(?:percentage|proportion|share|rate)\s+of\s+(?:[\w-]+\s+)?{PEOPLE}\s+(?:who\s+were\s+)?(?:still\s+)?alive\s+(?:at\s+)?"
    rf"(?P<number>\d{{1,2}})\s+(?P<unit>month|year)s(?:\s+(?:after|from|following)\s+[\w-]+)?\s+was\s+{ABOUT}$",
    re.IGNORECASE,
)
#: "There was no relapse in"
_NONE_IN = Pattern(
    rf"\bthere\s+(?:was|were)\s+(?P<what>no\s+(?:[a-z-]+\s+)?[a-z-]+)\s+in\s+{ABOUT}$", re.IGNORECASE
)
#: "19 responded (41%)"
_NUMBER_OF_THEM = Pattern(
    rf"(?:\d+|{values.NUMBER_WORD})\s+(?:(?:[a-z-]+\s+){{0,2}}?{PEOPLE}\s+)?(?P<verb>responded|relapsed|seroconverted|recovered|survived)\s*\(\s*$",
    re.IGNORECASE,
)
#: "FVC was stable or improved in eight of nine patients"
_STABLE = Pattern(
    r"(?P<what>[A-Za-z][^,;:%]{2,90}?)\s+(?:(?:was|were|remained|stayed|became|becoming)\s+|(?=(?:fell|dropped|declined|decreased|rose|increased)\s+(?:below|above|under)\s))"
    r"(?P<how>(?:(?:fell|dropped|declined|decreased|rose|increased)\s+(?:below|above|under)\s+[^,;:%]{1,40}?|maintained\s+or\s+improved|(?:below|above|under|within)\s+[^,;:%]{2,40}?|stable|improved|stabili[sz]ed|unchanged|undetectable|negative|normal"
    r"|normali[sz]ed|controlled|cleared|eradicated|(?:completely\s+)?resolved|(?:suppressed|reduced|lowered|restored|maintained|kept"
    r"|normali[sz]ed)\s+(?:to|below|within|at|above|under)\s+[^,;:%]{3,40}?"
    rf")(?:\s+or\s+(?:improved|better|stable|unchanged|normal))?)\s+in\s+{ABOUT}$",
    re.IGNORECASE,
)
_MOVED_PAST: Final = Pattern(r"^(?:fell|dropped|declined|decreased|rose|increased)\s+")
_OCCURRED = Pattern(
    rf"(?P<what>[A-Za-z][^;:%]{{2,90}}?)\s+(?:had\s+|has\s+|have\s+)?(?:occurr?ed|came|arose|ensued)\s+in\s+{ABOUT}$",
    re.IGNORECASE,
)
_SEEN_IN = Pattern(
    rf"(?:^|[,;:]|\b(?:with|and|had|showed|including)\s)\s*(?P<what>[A-Za-z][^,;:%]{{2,60}}?)\s+in\s+{ABOUT}$",
    re.IGNORECASE,
)
_COLON = Pattern(
    rf"(?P<what>(?:\d{{1,2}}-)?[A-Za-z≥>](?:[^;:%]|(?<=\d)%(?=:|\s(?:or\s|reduction|improvement|weight|loss))){{2,80}}?)(?:\s+at\s+(?:week|month|day|year)\s+\d+)?"
    rf"(?:\s+\([^()]*\))?(?::|\s[–—-]|—)\s*{ABOUT}$",
    re.IGNORECASE,
)
#: "seven of ten evaluable patients with LN (70%)": the share in the parenthesis is that of the count.
_COUNTED = Pattern(
    rf"(?:\d[\d,]*|{values.NUMBER_WORD})\s+(?:of|out\s+of)\s+(?:the\s+|all\s+)?(?:first\s+)?(?:\d[\d,]*"
    rf"|{values.NUMBER_WORD})\b[^().;%]{{0,70}}\(\s*$"
    rf"|\d+/\d+\s*\(\s*$|(?:\d[\d,]*|{values.NUMBER_WORD})\s+(?:[\w-]+\s+){{0,2}}?{PEOPLE}\s*\(\s*$|(?<=\s)(?:\d[\d,]*"
    rf"|{values.NUMBER_WORD})\s*\(\s*$",
    re.IGNORECASE,
)
_PIECES = Pattern(
    r"[,;:]\s+(?:and\s+|with\s+)?|(?<!\b[A-Z])\.\s+|\(|\b(?:was\s+(?=[a-z])|while|whereas|that|which|where|showed|shows|demonstrated"
    r"|achieved|had|has|have|observed|reported|produced|provided|yielded|delivered|in\s+which"
    r"|resulted\s+in|led\s+to|with\s+(?=an?\s)|with\s+(?=the\s)|and\s+(?=(?:the|an?|its|median|mean"
    r"|overall)\s))\b",
    re.IGNORECASE,
)
_ARTICLE = Pattern(r"(?P<before>[\w/)-]+)\s+(?:the|an?|its)\s+(?=[a-zA-Z])")
_PREPOSITIONS: Final = frozenset(
    [
        "of",
        "in",
        "for",
        "with",
        "at",
        "by",
        "on",
        "to",
        "from",
        "against",
        "after",
        "during",
        "over",
        "within",
        "without",
        "per",
        "and",
        "or",
        "through",
        "than",
        "as",
        "be",
    ]
)
_LEADING_TIME = Pattern(
    r"^(?:at|by|in|after|through|during|over)\s+(?:(?:the\s+)?(?:week|month|day|year)s?\s+\d+|\w+\s+"
    r"(?:weeks|months|days|years))\s*,?\s+",
    re.IGNORECASE,
)
_BEHIND = Pattern(
    r"(?<!\b[Tt]ime)\s+(?:at(?!\s+least\b)|in|for|with(?!out)|after|among|by|across|on|through|from|during|over|within|versus|compared"
    r"|when|following|as|per|against|to)\s"
    r"(?!baseline\s+in).*$",
    re.IGNORECASE | re.DOTALL,
)
_SHARE_OF = Pattern(
    rf"^(?:proportion|percentage|share|fraction|number)\s+of\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE}\s+"
    rf"(?:\([^)]*\)\s*)?"
    r"(?:(?:in|on|with|treated|receiving)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:group|arm)\s+)?(?:who\s+)?(?:in\s+(?=remission)|"
    r"(?:had\s+)?(?:achiev\w+|reach\w+|attain\w+|experienc\w+|show\w+|remain\w+"
    r"|maintain\w+)|having|had|were|with)\s+(?:an?\s+)?(?P<what>.+)$",
    re.IGNORECASE,
)
#: "≥2-step improvement in DRSS": what patients reach, with the measure that it is of.
_BOUNDED_CHANGE: Final = Pattern(
    r"(?:(?:≥|>=|(?:at\s+least|more\s+than)\s+(?:an?\s+)?)\s?)?(?:\d[\d.]*|one|two|three|four)[\s-]?(?:[%﹪]|(?:step|stage|point|letter|line|grade"
    r"|class|fold)s?)\s(?:or\s+(?:greater|more)\s)?(?:improvement|reduction|increase|decrease|decline|gain)s?\s+(?:from\s+baseline\s+)?in\s+(?:the\s+)?"
    r"(?!patients\b|participants\b)[A-Za-z][\w/-]*(?:\s(?!at\b|by\b|in\b|for\b|with\b|from\b|on\b|without\b)[\w/-]+){0,3}"
    r"(?:\s(?:with\s+no|without)\s+worsening(?:\s+(?:of|in)\s+[\w-]+)?)?",
    re.IGNORECASE,
)
#: "annual rate of change in eGFR": a rate that is of no event.
_RATE_OF_CHANGE: Final = Pattern(
    r"(?:annual(?:i[sz]ed)?\s+|monthly\s+)?rate\s+of\s+(?:change|decline|loss)\s+(?:in|of)\s+[A-Za-z][\w-]*(?:\s(?:score|slope|volume|area))?",
    re.IGNORECASE,
)
#: "ratio of antibodies in cord blood to those of the mother"
_RATIO_TO: Final = Pattern(r"ratio\s+of\s+[^,;]{3,60}?\s+to\s+[^,;]{2,40}$", re.IGNORECASE)
#: "change from baseline in MADRS at week six"
_CHANGE_IN: Final = Pattern(
    r"(?P<way>changes?|reductions?|improvements?|increases?|decreases?|declines?)\s+(?:from\s+baseline\s+)?in\s+(?:the\s+)?"
    r"(?P<measure>(?!patients|participants)[A-Za-z].+)",
    re.IGNORECASE,
)
_SHARE: Final = Pattern(
    rf"\b(?:proportion|percentage|share)\s+of\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE}\s+(?:who(?:\s+were)?|with|having|achiev\w+|reach\w+)\s",
    re.IGNORECASE,
)
_COPULA_INSIDE: Final = Pattern(r"\b(?:was|were|while|whereas)\b")
#: "an IGA score of 0 or 1 and a reduction of 2 points": the second condition.
_AND_A: Final = Pattern(r"\s+(?:and|with)\s+(?:an?|at\s+least)\s.*$")
_PROBABILITY: Final = Pattern(
    r"^(?:[\w-]+\s+){0,2}?(?:probability|likelihood)\s+of\s+(?:remaining|being|staying)\s+(?=[\w-]+(?:-free|independent)\b)",
    re.IGNORECASE,
)
_RATE_OF = Pattern(r"^(?P<rate>rates?|frequency|incidence)\s+of\s+(?P<what>.+)$", re.IGNORECASE)
_PAREN = Pattern(r"\s*\((?![a-z]\))[^()]*\)")
#: How each form ends; a look at the last words spares the search of those that cannot fit.
_LONGEST_TAIL: Final = 90
_ENDS_IN: Final = Pattern(rf"\b(?:by|in|for|among)\s+{ABOUT}$", re.IGNORECASE)
_HOW: Final = Pattern(
    r"stable|improved|stabili[sz]ed|unchanged|undetectable|negative|normal|controlled|cleared|eradicated|resolved|suppressed"
    r"|reduced|lowered|restored|maintained|kept|below|above|under",
    re.IGNORECASE,
)
_ENDS: Final = {
    _PASSIVE: _ENDS_IN,
    _OCCURRED: Pattern(rf"\b(?:occ?urr?ed|came|arose|ensued)\s+in\s+{ABOUT}$", re.IGNORECASE),
    _COPULA: Pattern(
        rf"\b(?:was|were|is|of|reached|exceeded|averaged|at|to|been|totall?ed|measured)\s+{ABOUT}$",
        re.IGNORECASE,
    ),
    _COLON: Pattern(rf"(?::|\s[–—-]|—)\s*{ABOUT}$", re.IGNORECASE),
    _SEEN_IN: Pattern(rf"\bin\s+{ABOUT}$", re.IGNORECASE),
}


def before(text: str, start: int, endpoints: Sequence[Endpoint]) -> Named | None:
    """What the words before a figure say that it is of."""
    left = _PAST.sub(lambda found: found[0].replace("%", _SHARE_SIGN), text[:start].replace('"', " "))
    left = _ASIDE.sub(_blank, left)
    named = _before(left + text[start:], start, endpoints)
    return replace(named, name=named.name.replace(_SHARE_SIGN, "%")) if named else None


#: "below 7%", "at least a 50%": the bound of what patients reached, whose sign ends no phrase.
_PAST: Final = Pattern(
    r"(?:[<>≥≤]|\b(?:below|above|under|at\s+least(?:\s+an?)?|(?:less|lower|more|greater|higher)\s+than(?:\s+an?)?))\s?\d[\d.]*\s?%"
    r"|\d[\d.]*\s?%(?=\s+or\s+(?:more|greater|better|higher|less|lower|below)\b)",
    re.IGNORECASE,
)
_SHARE_SIGN: Final = "﹪"


def _before(text: str, start: int, endpoints: Sequence[Endpoint]) -> Named | None:
    left = text[:start]
    if ")" in left:
        left = _RECKONED.sub(_blank, left)
    left = _ARM_LABEL.sub(_blank, left)
    text = left + text[start:]
    if (short := _in_parenthesis(text, start, endpoints) or _of_so_many(text, start, endpoints)) is not None:
        return Named(called_within(text, short), short[2], start)
    counted = _COUNTED.search(left)
    if counted:
        left = left[: counted.start()]
    if abbreviated := SHORT_RESPONSE.search(text[:start]):
        return Named(abbreviated["name"], None, start)
    if responded := _NUMBER_OF_THEM.search(text[:start]):
        return Named(outcome_of(responded["verb"]), None, start)
    if "alive" in left and (alive := _ALIVE.search(left)):
        return Named(f"{alive['number']}-{alive['unit'].lower()} OS rate", None, start)
    if none := _NONE_IN.search(left):
        return Named(lower_first(none["what"]), None, start)
    tail = left[-_LONGEST_TAIL:]
    stable = _STABLE.search(left) if _ENDS_IN.search(tail) and _HOW.search(left) else None
    if stable:
        core = _core(text, *stable.span("what"))[0]
        how = _MOVED_PAST.sub("", stable["how"])
        if core and not NO_OUTCOME_WORDS.search(core) and not adverse().search(f"{core} {how}"):
            return Named(f"{lower_first(core)} {how}", None, start)
    for form in (_PASSIVE, _OCCURRED, _COPULA, _COLON, _SEEN_IN):
        if (counted and form in (_COPULA, _COLON)) or not _ENDS[form].search(tail):
            continue
        found = form.search(left)
        if found is None:
            continue
        low, high = found.span("what")
        if form is _PASSIVE and found["verb"].casefold() in ("stopped", "discontinued"):
            given_up = _core(text, low, high)[0]
            if adverse().search(given_up) or OF_TREATMENT.search(given_up):
                return None
            return Named(f"stopped {lower_first(given_up)}", None, start)
        reached = form is _PASSIVE and ACHIEVING.match(found["verb"]) is not None
        named = _named(text, low, high, endpoints, event=form in (_OCCURRED, _SEEN_IN), reached=reached)
        if named is not None:
            return Named(named.name, named.endpoint, start)
    return None


def _blank(found: re.Match[str]) -> str:
    """As many blanks: what is left keeps its place."""
    return " " * len(found[0])


#: "KCCQ-CSS of 9.1 points and 6MWD": the measure before has its own figure.
_LISTED_WITH: Final = Pattern(r"^.*\sof\s[-−+]?\d.*(?:,\s+(?:and\s+)?|\sand\s+)(?=[A-Za-z\d])")
#: "CR: 8%", "5 CRs (8%)", "CR in 9 (29%)": depths of response that go by their abbreviations alone
SHORT_RESPONSE: Final = Pattern(
    rf"(?:^|[\s;,(•*-])(?P<name>sCR|CRi|CRh|uCR|CR|VGPR|nPR|PR|SD)s?(?:\s+rates?)?(?:\s*[:=]\s*|\s*\(\s*|\s+in\s+(?:\d+|{values.NUMBER_WORD})(?:\s+{PEOPLE})?\s*\(\s*"
    rf"|\s+(?:(?:(?:was|were)\s+(?:achieved|observed|seen|reported|noted|recorded|documented)"
    rf"\s+)?(?:in|by)\s+|of\s+|was\s+|at\s+)?{ABOUT})$"
)
#: "PD in 6 (20%)": those whom the drug did not help are no outcome of it.
PROGRESSED: Final = Pattern(r"\b(?:PD|[Pp]rogressive\s+disease)\b[^.;,%]{0,40}$")
#: "Clinical remission at week 8: 100 mg 24%": whose figure it is stands between.
_ARM_LABEL: Final = Pattern(
    rf"(?<=:\s){DOSE}(?:\s+(?:group|arm|cohort|dose))?(?:\s*\([nN]\s?=\s?\d+\))?\s*[:=,–-]?\s+(?=[-−+]?$)"
)
#: "responder rate (≥50% reduction in seizures)": how it was reckoned.
_RECKONED: Final = Pattern(r"(?<=\s)\([^()]*[%≥≤<>=:][^()]*\)")


def measured(text: str, end: int, endpoints: Sequence[Endpoint]) -> Named | None:
    """What the noun phrase before an offset measures: "HbA1c" of "HbA1c was lowered"."""
    found = _SUBJECT.search(text, 0, end)
    if found is None:
        return None
    return _named(text, found.start("what"), end, endpoints, event=False, reached=True)


def core_before(text: str, end: int) -> str:
    """The noun phrase that ends at an offset, without what stands around it."""
    return _core(text, 0, end)[0]


def named_in(text: str, low: int, high: int, endpoints: Sequence[Endpoint]) -> Named | None:
    """The name of an outcome that a stretch of a sentence tells, such as that of an endpoint behind "was"."""
    return _named(text, low, high, endpoints, event=False)


_SUBJECT: Final = Pattern(r"(?P<what>[A-Za-z≥>][^;:%]{1,170})$")
#: "Vaccine efficacy, a secondary endpoint, was": what only explains the outcome, passed over.
_ASIDE = Pattern(
    r",\s+(?:an?|the|as|whatever|regardless|irrespective|i\.e\.|that\s+is|lasting|meaning|including|excluding|which|defined|our|its|one|from|measured|assessed|starting|beginning|after|over|during|through|by|using)"
    r"\s[^,;]{3,110},(?=\s+(?:was|were|is|had|has|did|(?:in|for|among|across|at)\s[^,;.%]{3,60}\s(?:was|were))\b)",
    re.IGNORECASE,
)
_FROM_PARENTHESIS = Pattern(
    rf"\)\s+(?:(?:rates?|responses?|scores?)\s+)?(?:of\s+0\s+or\s+1\s+)?(?:(?:at|by)\s+(?:week|month|day|year)\s+\d+\s+)?"
    rf"(?:was|were|is|of)\s+(?:(?:achieved|reached|attained|met|seen|observed)\s+(?:by|in)\s+)?{ABOUT}$",
    re.IGNORECASE,
)


def _in_parenthesis(text: str, start: int, endpoints: Sequence[Endpoint]) -> Endpoint | None:
    """The endpoint that abbreviates what a figure is of: "improvement in the Eczema Area Index (EASI-75) was 61.8%"."""
    for endpoint in reversed(endpoints):
        if endpoint[1] <= start and text[endpoint[0] - 1 : endpoint[0]] == "(":
            closing = re.match(r"[\s-]?\d{0,3}", text[endpoint[1] :])
            at = endpoint[1] + (closing.end() if closing else 0)
            if _FROM_PARENTHESIS.fullmatch(text[at:start]):
                return endpoint
    return None


#: "CR in 9 (29%)", "a partial response in 8 of 31 patients (26%)"
_IN_SO_MANY: Final = Pattern(
    rf"(?:\s+rates?)?\s+(?:(?:was|were)\s+(?:seen|observed|achieved|reported|noted)\s+)?(?:in|by)\s+(?:\d+|{values.NUMBER_WORD})(?:\s+of\s+(?:the\s+)?\d+|/\d+)?"
    rf"(?:\s+(?:evaluable\s+)?{PEOPLE})?\s*\(\s*"
)


def _of_so_many(text: str, start: int, endpoints: Sequence[Endpoint]) -> Endpoint | None:
    """The endpoint whose patients are counted right before their share."""
    return next(
        (e for e in reversed(endpoints) if e[1] <= start and _IN_SO_MANY.fullmatch(text, e[1], start)), None
    )


def _core(text: str, low: int, high: int) -> tuple[str, bool, int]:
    """The noun phrase that ends a stretch, without what stands around it; whether it was a "proportion of patients
    with"; where it begins."""
    cut = max((m.end() for m in _PIECES.finditer(text, low, high) if not _closes(text, m, high)), default=low)
    shares = list(_SHARE.finditer(text, low, high))
    if shares and not _COPULA_INSIDE.search(text, shares[-1].end(), high):
        cut = shares[-1].start()  # "the proportion of subjects with an IGA score of 0 or 1 and a reduction"
    else:
        for article in _ARTICLE.finditer(text, cut, high):
            if article["before"].casefold() not in _PREPOSITIONS:
                cut = article.end()
    words = " ".join(text[cut:high].replace('"', "").split())
    words = _PROBABILITY.sub("", LEADING_WORDS.sub("", _LEADING_TIME.sub("", words)))
    share = _SHARE_OF.match(words)
    if not share and (bounded := _BOUNDED_CHANGE.match(words)):
        return lower_first(bounded[0]), True, cut
    if not share and (change := _CHANGE_IN.match(words)):
        measure = _LISTED_WITH.sub("", change["measure"])
        words = f"{_BEHIND.sub('', measure)} {change['way'].removesuffix('s').lower()}"
    if share and (bounded := _BOUNDED_CHANGE.match(share["what"])):
        return bounded[0], True, cut
    core = _BEHIND.sub("", _PAREN.sub("", _AND_A.sub("", share["what"]) if share else words)).strip(" ,")
    if kept := _RATE_OF_CHANGE.match(words) or _RATIO_TO.match(words):
        core = kept[0]
    rate = None if kept else _RATE_OF.match(core)
    told = share is not None or (rate is not None and rate["rate"].casefold() == "rate")
    return (rate["what"] if rate else core), told, cut


def _named(
    text: str, low: int, high: int, endpoints: Sequence[Endpoint], *, event: bool, reached: bool = False
) -> Named | None:
    """The name of an outcome from the noun phrase that ends a stretch of a sentence; None where it is none.

    What patients have reached ("serum urate below 6 mg/dL was reached by") is one whatever its noun.
    """
    core, share, cut = _core(text, low, high)
    core = _KEPT_UP.sub("", core)
    longest = 12 if _RATIO_TO.match(core) else 9
    if not core or len(core.split()) > longest or NO_OUTCOME_WORDS.search(core) or MEAN_CHANGE.match(core):
        return None
    if _OF_SAFETY.search(text, cut, high):
        return None
    if NAMELESS.match(core) or TIME_ALONE.fullmatch(core):
        return None
    if _OR_MORE.match(core) or _SHARE_SIGN in core:  # "spleen volume reduction of 35% or greater (SVR35)"
        short = re.search(r"\((?P<short>[A-Z][\w-]+)\)", text[low:high])
        if short or _OR_MORE.match(core):
            return Named(short["short"], None, high) if short else None
    if adverse().search(core) and head_kind(core.split()[-1]) not in ("event", "measure"):
        return None
    last = next((e for e in reversed(endpoints) if low <= e[0] and e[1] <= high), None)
    if last and TAIL.match(text[last[1] : high]) and _BEGINS_ANEW.search(text, low, last[0]):
        return Named(called_within(text, last), last[2], high)  # "showed clinical activity with an ORR"
    known = _known(text, cut, high, core, endpoints)
    if known is not None:
        return Named(called_within(text, known), known[2], high)
    head = re.split(r"\s+of\s", core)[0].split()[-1]  # "IGA score of 0 or 1" is a score
    kind = head_kind(head) or head_kind(core.split()[-1])
    if kind is None and (graded := _GRADED.search(core)):  # "residual cancer burden class 0-1"
        kind = head_kind(core[: graded.start()].split()[-1])
    if event and kind and _SHRUNK.search(core):
        kind = "event"
    inside = any(cut <= e[0] and text[e[0] : e[1]].casefold() in core.casefold() for e in endpoints)
    called_so = not event and _SHORT_ENDPOINT.fullmatch(core) is not None
    if not (
        share
        or inside
        or reached
        or STATE.search(core)
        or kind == "event"
        or (kind and not event)
        or called_so
    ):
        return None
    return Named(
        _WORDED_TIME.sub(lambda m: f"{values.decimal(m[1])}-{m[2].lower()}", lower_first(core)), None, high
    )


#: Antibodies that patients form against the drug and raised enzymes are findings of safety.
_OF_SAFETY: Final = Pattern(
    r"anti-?drug|antibod\w+\s+(?:to|against)\s+(?:poly|PEG|the\s+drug|[A-Z]{2,}-?\d)|\b(?:elevated|raised)\s+(?:AST|ALT|transaminases|liver|lipase|CPK)",
    re.IGNORECASE,
)
#: "RR50", "SPID48", "UAS7": what only an endpoint is called like.
_SHORT_ENDPOINT: Final = Pattern(
    r"(?:[Pp]ositive|[Nn]egative)\s+predictive\s+value"
    r"|(?:[A-Z]{2,6}|[A-Z][a-z]{1,3}[A-Z]{1,4})-?(?:[1247]|[1-9]\d|100)(?:[- ]?response)?"
)
_GRADED: Final = Pattern(
    r"\s+(?:class\s+|grade\s+)?(?:\d|I{1,3}|IV)(?:\s?(?:-|–|/|or|to)\s?(?:\d|I{1,3}|IV))?$"
)
#: "Tumor reductions occurred in", "PSA declines in": what patients have, not how much.
_SHRUNK: Final = Pattern(
    r"^(?:(?:any|some|objective|radiographic|measurable)\s+)*(?:tumou?r|lesion|target\s+lesion|PSA|spleen|M-protein|ctDNA)s?\s+(?:(?:size|volume|burden)\s+)?"
    r"(?:reduction|shrinkage|regression|decrease|decline)s?$",
    re.IGNORECASE,
)
#: "two-year survival" is "2-year survival"
_WORDED_TIME: Final = Pattern(rf"^({values.NUMBER_WORD})-(year|month|week)\b", re.IGNORECASE)
_OR_MORE: Final = Pattern(r"or\s+(?:greater|more|higher|better|less|lower|fewer)\b")
#: "activity levels were sustained": the verb is no part of the name.
_KEPT_UP: Final = Pattern(
    r"\s+(?:was|were|has\s+been|have\s+been|remained)\s+(?:sustained|maintained|stable|steady|preserved"
    r"|kept)$"
)
_BEGINS_ANEW: Final = Pattern(
    r"\b(?:activity|efficacy|effect|benefit|results?|data|responses?)\b[^,;]{0,30}?\bwith\s+(?:an?\s+|the\s+)?"
    r"(?:(?:confirmed|overall|median|mean)\s+)*$"
    r"|\b(?:for|yielding|giving|corresponding\s+to|translat(?:ed|ing)\s+(?:in)?to|resulting\s+in|representing|equating\s+to)\s+(?:an?|the)\s+"
    r"(?:(?:confirmed|unconfirmed|overall|median|mean|objective)\s+)*$",
    re.IGNORECASE,
)


def _closes(text: str, piece: re.Match[str], high: int) -> bool:
    """Whether a parenthesis is closed again inside the phrase: "annualized bleeding rate (ABR) for all bleeds"."""
    return piece[0] == "(" and ")" in text[piece.end() : high]


def _known(text: str, low: int, high: int, core: str, endpoints: Sequence[Endpoint]) -> Endpoint | None:
    """The endpoint that a noun phrase is the name of, modifiers and "rate" apart."""
    for endpoint in endpoints:
        if not low <= endpoint[0] < endpoint[1] <= high:
            continue
        printed = _PAREN.sub("", " ".join(text[endpoint[0] : endpoint[1]].split()))
        at = core.find(printed)
        if at < 0:
            printed = _BEHIND.sub("", printed)  # "VCN in peripheral blood", of which the core is "VCN"
            at = core.find(printed)
        if at >= 0 and MODIFIERS.match(core[:at]) and TAIL.match(core[at + len(printed) :]):
            return endpoint
    return None
