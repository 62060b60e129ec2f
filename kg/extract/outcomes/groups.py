"""Which patients a figure was seen in, and how many: "in the 50 mg arm (n=12)", "9 of 21", "PD-1-negative"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kg.extract import values
from kg.extract.outcomes.arms import COMPARED, CONTROL_ARM, LISTED_DOSE
from kg.extract.outcomes.figures import DOSE, PEOPLE
from kg.extract.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Group:
    """The patients that a figure was seen in.

    Attributes:
        n: how many; None where the words do not tell.
        population: dose, arm or subgroup as printed ("10 mg once daily", "low-dose group", "adolescents").
    """

    n: int | None
    population: tuple[str, ...]


_WITH_DOSE = Pattern(
    rf"(?:^|[\s(])(?:with|on|at|in|for|of|receiving|given|the|to)\s+(?:the\s+|a\s+)?(?:[\w®™-]+\s+){{0,3}}?"
    rf"(?P<dose>{DOSE})(?!\w|/[dm]?L\b|/mol\b|/min\b)",
)
_GROUP = Pattern(
    r"\b(?:in|for|of|from|across)\s+(?:the\s+|a\s+)?(?:(?:patients|participants|subjects|those|people)\s+(?:in|on|from)\s+(?:the\s+)?)?"
    r"(?!(?:addition|contrast|total|turn|fact),?\s)(?P<group>(?!(?:two|both|three|all|either|each)\s)(?:[\w.,/≥-]+\s+){0,6}?(?:group|cohort|arm"
    r"|subgroup|tier|population|dose\s+level)s?(?:\s+(?-i:[A-H]\d?|\d{1,2}[A-Za-z]?)(?![\w.]|\s?%))?)(?!\w)",
    re.IGNORECASE,
)
_SUBGROUP = Pattern(
    rf"\b(?<!proportion\s)(?<!percentage\s)(?<!share\s)(?<!number\s)(?:[Ii]n|[Aa]mong|[Ff]or|[Aa]cross|[Oo]f|[Bb]y)\s+(?:the\s+|all\s+|those\s+|these\s+)*"
    rf"(?:\d[\d,]*\s+|{values.NUMBER_WORD}\s+)?"
    rf"(?P<who>(?:(?!(?:for|in|with|to|on|at)\s)[\w/+-]+\s+){{0,4}}?{PEOPLE})(?:\s+(?:with|who\s+(?:had|have|were)|having)\s+(?:an?\s+"
    rf"|the\s+)?(?!at\s+least\b)(?P<what>(?:[^,;:()%]|(?<=\d)%){{3,80}}?))?"
    r"(?=\s*(?:[.,;:()]|$|\b(?:was|were|had|have|at|by|in|who|and|achieved|reached|compared|versus|vs|treated|receiving|showed|saw"
    r"|experienced|reported|when|after|over|the|on|it|this|that|which|c?ORR|m?PFS|m?OS|DCR|m?D[Oo]R|confirmed|median)\b|(?<![≥≤<>=])(?<![≥≤<>=]\s)(?<![\d.])\d[\d.]*\s?(?:%|per\s?cent)))",
)
_ADVERB = frozenset(
    {"evaluable", "treated", "dosed", "enrolled", "all", "the", "these", "those", "randomized", "of"}
)
_COUNT_BEFORE = Pattern(
    rf"(?<!phase\s)(?P<part>\d[\d,]*|{values.NUMBER_WORD})(?:\s+(?:of|out\s+of)\s+|\s?/\s?(?=\d))(?:the\s+|all\s+|these\s+"
    rf"|its\s+)?"
    rf"(?:first\s+)?"
    rf"(?P<n>\d[\d,]*|{values.NUMBER_WORD})\b[^.;()%]{{0,90}}\(?\s*$",
    re.IGNORECASE,
)
_COUNTED = Pattern(
    rf"\b(?:out\s+)?of\s+(?:the\s+)?(?:first\s+)?(?P<n>\d[\d,]*|{values.NUMBER_WORD})$", re.IGNORECASE
)
_COUNT_AFTER = Pattern(
    r"(?:\s+(?:of|per|by|in|among|with|on)\s+[\w\s-]{0,60}?)?\s*[(,]\s*(?:[nN]\s?=\s?)?(?P<part>\d[\d,]*)\s*(?:/|of|out\s+of)\s*"
    r"(?P<n>\d[\d,]*)(?:\s+(?:patients|participants|subjects))?\s*[);,]",
)
#: What makes a number in front of people no count of them: "80 percent of patients", "the 200 mg group".
_NO_COUNT = r"(?:per\s?cent|mg|[µμu]g|mcg|g|kg|mL|IU|units|[MG]Bq|mCi|mg/kg|days?|weeks?|months?|years?)\b"
_AMONG = Pattern(
    rf"(?<!\d\s)(?<!\bone\s)(?<!remission\s)(?<!remissions\s)(?<!response\s)(?<!responses\s)(?<!disease\s)(?<!CR\s)(?<!PR\s)(?<!SD\s)"
    rf"\b(?:among|in|of|from|across|for|by)\s+(?:the\s+|all\s+|first\s+|a\s+total\s+of\s+)*(?P<n>\d[\d,]*"
    rf"|{values.NUMBER_WORD})\s+(?!{_NO_COUNT})"
    rf"(?:[\w/-]+\s+){{0,4}}?{PEOPLE}\b(?!\s*\(\d[\d.]*\s?%)",
    re.IGNORECASE,
)
_EVALUABLE = Pattern(
    r"\b(?:of\s+whom\s+)?(?P<n>\d[\d,]*)\s+(?:patients\s+|participants\s+)?(?:were|are)\s+"
    r"(?:[\w-]+\s+)?evaluable\b"
    r"|\b(?P<n2>\d[\d,]*)\s+(?:[\w-]+-)?evaluable\s+(?:patients|participants|subjects|adults)",
    re.IGNORECASE,
)
_HELD = Pattern(
    rf"(?:^|[\s,])(?<!week\s)(?<!month\s)(?<!day\s)(?<!year\s)(?<!cohort\s)(?P<n>\d[\d,]*"
    rf"|{values.NUMBER_WORD})\s+(?!per\s?cent\b)(?:(?!(?:in|of|at|for|with|among)\s)[\w/-]+\s+){{0,3}}?(?:patients|participants"
    rf"|subjects|adults|volunteers|children)\s+"
    r"(?:who|were|treated|on|given|with|switched|receiving|enrolled|(?:of|in|from)\s+the)\b",
    re.IGNORECASE,
)


def group_of(text: str, start: int, end: int, *, low: int, high: int) -> Group:
    """The patients that a figure was seen in.

    Args:
        text: the sentence.
        start, end: offsets of the figure.
        low: end of the figure before it, or 0.
        high: start of the figure after it, or the sentence's end.
    """
    return Group(_size(text, start, end, low, high), _population(text, start, end, low, high))


def _size(text: str, start: int, end: int, low: int, high: int) -> int | None:
    if found := _COUNTED.search(text[start:end]):
        return _number(found["n"])
    if found := _COUNT_AFTER.match(text, end):
        return _number(found["n"])
    if (found := _COUNT_BEFORE.search(text[low:start])) and _number(
        found["n"]
    ) > 1:  # "IGA 0/1" counts nobody
        return _number(found["n"])
    if (whole := _whole_of(text, start, end, low, high)) is not None:
        return whole
    behind = text[end:high]
    if _ARM_FIRST.search(text[low:start]):
        behind = _NEXT_ARM.split(behind)[0]  # the next arm's size is not this one's
    if next(values.sample_sizes(text[low:start]), None) and (other := _OTHER_BEHIND.search(behind)):
        behind = behind[: other.start()]  # "AB-1 (n=158) had 7.8 months, sunitinib (n=159) 6.6 months"
    near = list(values.sample_sizes(behind))
    if near:
        return int(near[0].value)
    if low == 0 or text[low:start].strip(" ,;"):
        before = list(values.sample_sizes(text[low:start]))
        if before:
            return int(before[-1].value)
    if found := _among(text, end, high) or _among(text, 0, start) or _HELD.search(text, 0, start):
        return _number(found["n"])
    return counted(text)


_OTHER_BEHIND = Pattern(
    r",\s+(?!n\s?=)|;\s|\s(?:versus|vs\.?|compared|and|while|whereas|against)\s", re.IGNORECASE
)
_PART_OF_WHOLE = Pattern(
    r"[(\[,;]\s*(?:n\s?=\s?)?(?P<part>\d{1,4})\s*(?:/|of|out\s+of)\s*(?P<whole>\d{1,5})\b", re.IGNORECASE
)
_SHARE = Pattern(r"(?P<share>\d+(?:\.\d+)?)\s?%")
_CLOSE: Final = 0.6


def _whole_of(text: str, start: int, end: int, low: int, high: int) -> int | None:
    """How many a share is of, where a count beside it gives just that share: "80.3% had a rise (49 of 61)"."""
    share = _SHARE.match(text[start:end])
    if share is None:
        return None
    for found in (*_PART_OF_WHOLE.finditer(text, end, high), *_PART_OF_WHOLE.finditer(text, low, start)):
        part, whole = int(found["part"]), int(found["whole"])
        if 0 < part <= whole and abs(100 * part / whole - float(share["share"])) < _CLOSE:
            return whole
    return None


def _among(text: str, low: int, high: int) -> re.Match[str] | None:
    """People counted in a stretch, unless their share is told next: "14 patients (58%)" are not all."""
    return next((f for f in _AMONG.finditer(text, low, high) if not _ITS_SHARE.match(text, f.end())), None)


_ITS_SHARE = Pattern(r"\s*\(\d[\d.]*\s?%")


def counted(text: str) -> int | None:
    """How many patients a sentence counts, if it counts them once: "of whom 58 were evaluable", "in 14 adolescents"."""
    if found := _EVALUABLE.search(text):
        return _number(found["n"] or found["n2"])
    told = [int(s.value) for s in values.sample_sizes(text)]
    if len(told) > 1 and len(set(told)) == 1:
        told = []  # arms of one size
    sizes = set(told)
    sizes = sizes or {_number(f["n"]) for f in (*_AMONG.finditer(text), *_HELD.finditer(text))}
    return sizes.pop() if len(sizes) == 1 else None


def listed_doses(text: str, figures: Collection[int] = ()) -> tuple[Group, ...]:
    """The doses that a sentence lists, each with how many got it: "0.3 mg/kg (n=6), 0.6 mg/kg (n=6) or 0.9 mg/kg".

    Where `figures` of outcomes begin, as in "by 11.3 mL and 14.7 mL", stand no doses.
    """
    found = [f for f in LISTED_DOSE.finditer(text) if f.start() not in figures]
    near = [
        f
        for i, f in enumerate(found)
        if any(
            0 <= i + step < len(found) and abs(found[i + step].start() - f.start()) < 50 for step in (-1, 1)
        )
    ]
    groups = {f["dose"]: Group(int(f["n"]) if f["n"] else None, (" ".join(f["dose"].split()),)) for f in near}
    return tuple(groups.values()) if len(groups) > 1 else ()


def people(text: str) -> tuple[str, ...]:
    """Who a sentence is about, where it names no dose: "adolescents", "responders"."""
    found = _SUBGROUP.search(text)
    return _subgroup(found) if found and not _WITH_DOSE.search(text) else ()


def _number(printed: str) -> int:
    return int(values.decimal(printed.rstrip(",")))


def _population(text: str, start: int, end: int, low: int, high: int) -> tuple[str, ...]:
    after = re.match(r"(?:[^.;]|\.(?=\d))*", text[end:high])
    behind = after[0] if after else ""
    if cut := COMPARED.search(behind) or _NEXT_FIGURE.search(behind):
        behind = behind[: cut.start()]
    if _COUNTED.search(text[start:end]):
        behind = f" of{behind}"  # "two of nine patients with brain lesions"
    if high < len(text) and (another := _ARM_OF_NEXT.search(behind)):
        behind = behind[: another.start()]  # "45% (18/40) and in the 30 mg arm 52%"
    ahead = text[low:start]
    stretches: tuple[str, ...]
    if arm := _ARM_FIRST.search(ahead) or (_ARM_AT_START.match(ahead) if low == 0 else None):
        behind = _NEXT_ARM.split(behind)[0]  # "In the 5 mg arm, A fell by 3%, and in the 10 mg arm by 5%"
        stretches = (ahead[arm.start() :], behind, text[:start])
    elif _OWN_COUNT.match(behind):
        stretches = (behind,)  # "and 61% in 132 patients after platinum"
    else:
        stretches = (behind, ahead, text[:start])
    if beside := _DOSE_ASIDE.match(text, end) or _DOSE_JUST_BEFORE.search(ahead):
        return (" ".join(beside["dose"].split()),)
    for stretch in stretches:
        if who := _GROUP_WITH.search(stretch):
            return (" ".join(who["what"].split()),)
        doses = [" ".join(f["dose"].split()) for f in _WITH_DOSE.finditer(stretch)]
        if doses:
            return tuple(dict.fromkeys(doses if stretch is behind else doses[-1:]))
        if (group := _GROUP.search(stretch)) and not (
            CONTROL_ARM.search(group["group"]) or _ANY_GROUP.fullmatch(group["group"])
        ):
            return (" ".join(group["group"].split()),)
        if (who := _SUBGROUP.search(stretch)) and (named := _subgroup(who)):
            return named
    if len(stretches) == 1:
        return ()
    return tuple(p for p in values.populations(text) if p != "stable")  # "16 had stable disease"


def population_in(phrase: str, who: str) -> tuple[str, ...]:
    """The population that the words of an arm tell ("In patients with liver metastases (n=34)"), else its own words."""
    if found := _GROUP_WITH.search(phrase):
        return (" ".join(found["what"].split()),)
    doses = [" ".join(f["dose"].split()) for f in LISTED_DOSE.finditer(phrase)]
    if doses:
        return tuple(dict.fromkeys(doses))
    if (group := _GROUP.search(phrase)) and not (
        CONTROL_ARM.search(group["group"]) or _ANY_GROUP.fullmatch(group["group"])
    ):
        return (" ".join(group["group"].split()),)
    if (found := _SUBGROUP.search(phrase)) and (named := _subgroup(found)):
        return named
    words = _PEOPLE_LAST.sub("", _ARTICLE_FIRST.sub("", who)).strip()
    told = 0 < len(words.split()) <= _LONGEST and not (
        _NO_SUBGROUP.fullmatch(words) or _CUT_OFF.search(words)
    )
    return (words,) if told else ()


_OWN_COUNT: Final = Pattern(r"\s*(?:\([^()]*\)\s*)?(?:in|among)\s+(?:the\s+|all\s+)?\d+\s+(?!of\b|out\b)")
_LONGEST: Final = 10
#: Words that end in a verb, or that only say what all of them had.
_CUT_OFF: Final = Pattern(
    rf"(?:^|\s)(?:(?!treated|pretreated|exposed|mutated)[a-z]+(?:ing|ed)|who|that|were|was|in|of|on|with)$|^{PEOPLE}\s+(?:[a-z]+ing|given|on)\b"
)
#: "In the subgroup with portal vein thrombus (n=19)"
_GROUP_WITH: Final = Pattern(
    r"\b(?:subgroup|subset|subpopulation|group|cohort)s?\s+(?:of\s+patients\s+)?(?:with|having)\s+(?:an?\s+)?(?P<what>[A-Za-z][^,;:()%\d]{3,60}?)"
    r"(?=\s*[,;:()]|\s+(?:was|were|had|the|[A-Za-z]?[A-Z]{2,4}|confirmed|median|response)\b|\s*$)"
)
#: Words that tell no arm from another.
_ANY_GROUP: Final = Pattern(
    r"(?:(?:the|two|three|both|all|each|either|these|dose|treatment|study)\s+)*(?:sub)?(?:groups?|cohorts?|arms?|populations?|tiers?|dose\s+levels?)"
    r"|[^ ]+\s+and\s+(?:placebo|control|reference|vehicle|sham)\s+(?:groups|arms)|.*\bacross\s+.*",
    re.IGNORECASE,
)
_ARTICLE_FIRST: Final = Pattern(
    r"^(?:(?:the|all|an?|those|these|evaluable|treated|dosed|enrolled)\s+)+", re.IGNORECASE
)
_PEOPLE_LAST: Final = Pattern(rf"(?:^|\s)(?:{PEOPLE})$", re.IGNORECASE)
#: "45% (100 mg)", "100 mg: 45%", "and 200 mg 31%": a dose that labels the figure.
_DOSE_ASIDE = Pattern(
    rf"\s*[(\[](?:for\s+|with\s+|at\s+)?(?:the\s+)?(?:[A-Z][\w®™-]+\s+)?(?P<dose>{DOSE})(?:\s+(?:group|arm|cohort|dose))?"
    r"(?:[,;]\s?[nNp][^()]{1,12})?[)\]]"
)
_DOSE_JUST_BEFORE = Pattern(
    rf"(?:^|[,;:(/•*]|\band|\bvs\.?|\bversus)\s*(?:the\s+)?(?P<dose>{DOSE})(?:\s+(?:group|arm|cohort|dose))?(?:\s*\([nN]\s?=\s?\d+\))?\s*[:=,–-]?\s*[-−+]?$"
)
#: A clause that begins with its arm; where another such clause begins; another figure with the arm that is its own.
_ARM_FIRST = Pattern(
    rf"(?:^|[,;:]\s+(?:and\s+|while\s+|whereas\s+)?|\band\s+)(?:[Ii]n|[Aa]t|[Aa]mong|[Ff]or)\s+(?:the\s+)?"
    rf"(?:[\w/-]+\s+){{0,5}}?(?:{DOSE}(?:\s+(?:dose\s+)?(?:arm|group|cohort|dose|level))?|(?:[Aa]rm|[Gg]roup"
    rf"|[Cc]ohort)(?:\s+[A-H\d]\w?)?)(?:\s*\([^()]*\))?(?=,|\s+(?:by|it)\b)[^;]*$"
)
_ARM_AT_START = Pattern(
    rf"\W*(?:In|At|Among|For)\s+(?:the\s+)?{DOSE}\s+(?:dose\s+)?(?:arm|group|cohort|dose|level)\b(?:\s*\([^()]*\))?\s"
)
_NEXT_ARM = Pattern(r"(?:[,;]\s*(?:and\s+|while\s+|whereas\s+)?|\band\s+)(?:in|at|among|for)\s+")
_ARM_OF_NEXT = Pattern(
    r"(?:,|;|\band|\bversus|\bvs\.?|\bwhile|\bwhereas)\s+(?:while\s+|whereas\s+|and\s+)?(?:in|at|with|for|on|among)\s+[^,;()%]{2,45}?\s(?:(?:it\s+)?was\s+|by\s+)?[-−+]?$"
)
_NEXT_FIGURE = Pattern(
    r"(?<!\()(?:,|,?\s+and)\s+(?:by\s+|of\s+)?[-−+]?\d[\d.]*\s?(?:%|months|weeks|days|points)\s+(?:of\s+[\w\s-]{2,30}?)?(?:on|at|with|in)\s"
)
#: Words that tell no subgroup apart.
_NO_SUBGROUP: Final = Pattern(
    r"some|many|most|several|other|more|few|fewer|such|additional|initial|both|each", re.IGNORECASE
)
_NUMBER_WORD: Final = Pattern(values.NUMBER_WORD, re.IGNORECASE)


def _subgroup(found: re.Match[str]) -> tuple[str, ...]:
    """ "patients with moderate itch" is "moderate itch"; "adolescents" and "responders" are themselves."""
    if found["what"]:
        return (" ".join(found["what"].split()),)
    words = [w for w in found["who"].split() if w.casefold() not in _ADVERB]
    if "which" in words or "whom" in words:
        return ()
    while words and _NUMBER_WORD.fullmatch(words[0]):
        words = words[1:]  # "three of four participants"
    last = words[-1].casefold() if words else ""
    if last in ("patients", "participants", "subjects", "people", "individuals", "those", "them", "cases"):
        words = words[:-1]
    if not words or words[0].isdigit() or _NO_SUBGROUP.fullmatch(words[0]) or "of" in words:
        return ()
    return (" ".join(words),)
