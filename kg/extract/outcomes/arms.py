"""Whose a figure is: the studied drug's or that of the arm compared with; which patients it was seen in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from kg.extract import values
from kg.extract.linked import LinkedSentence
from kg.extract.outcomes.figures import DIFFERENCE, DOSE, PEOPLE
from kg.extract.patterns import Pattern

CONTROL_ARM: Final = Pattern(
    r"\b(?:(?<!disease\s)control(?!\s+rate)|placebo|vehicle|sham"
    r"|untreated|comparator|(?<![-\w])(?<!prior\s)(?<!previous\s)(?<!after\s)chemotherapy(?![-\w])"
    r"|standard[- ]of[- ]care|(?:investigator|physician)s?['’]?s?['’]?\s+choice|best\s+available\s+therapy"
    r"|best\s+supportive\s+care|reference(?=\s+(?:product|arm|group|[a-z]+mab|[a-z]+cept|[a-z]+ab)\b))\b",
    re.IGNORECASE,
)
COMPARED: Final = Pattern(
    r"\b(?:compared?\s+(?:to|with)|versus|vs\.?|relative\s+to|over(?!\s+\d)|(?<!\bmore\s)(?<!\bless\s)(?<!\bgreater\s)(?<!\bfewer\s)than"
    r"|against(?=\s+(?:an?\s+|the\s+|only\s+|just\s+|about\s+)*(?:[-−–+~(]?(?:\d|$)|placebo|control|vehicle|sham|comparator|standard|chemo|baseline))"
    r"|as\s+opposed\s+to)\s+(?!(?:the\s+)?(?:baseline|pre-?treatment|screening)\b)",
    re.IGNORECASE,
)
_GIVEN_TOO = Pattern(
    r"(?:\b(?:plus|in\s+combination\s+with|combined\s+with|added\s+to|on\s+top\s+of)|\+)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_ARM_LINK = Pattern(
    r"(?:^|\s)(?:with|on|for|in|receiving|received|given|under|taking)\s+(?:the\s+)?(?:[\w/.-]+\s+){0,3}$",
    re.IGNORECASE,
)
_MORE_TO_COME = Pattern(r"[,;]|\b(?:was|were)\b", re.IGNORECASE)
_CHANGE_BETWEEN = Pattern(r"\b(?:reduc|increas|decreas|improv)\w*\b", re.IGNORECASE)
_OPENED = Pattern(r"\(|[:,–—]\s*$")
_SECOND_OF_LIST = Pattern(
    r"\s*(?:\([^()]*\)\s*)?(?:of\s[^.;,%]{3,40}?\s)?(?:(?:with|on|for|in)\s[^.;,%]{2,40}?\s)?,?\s*(?:vs?\.?|versus|compared\s+(?:with|to)|against)\s",
    re.IGNORECASE,
)


#: "In untreated fellow eyes, acuity changed by", "in the placebo group, remission was"
_CONTROL_FIRST = Pattern(
    r"(?:^|[;,]\s+(?:and\s+|while\s+|whereas\s+)?)(?:In|in|For|for|Among|among)\s+(?:the\s+)?(?:untreated|placebo|control"
    r"|vehicle|sham)(?:-treated)?\s+(?:fellow\s+)?(?:eyes?|group|arm|patients|participants|subjects|recipients|mice"
    r"|animals)\b[^.;\d]{0,70}[-−]?$"
    r"|\band\s+(?:with|in|on|for)\s+(?:the\s+)?(?:reference|placebo|control|vehicle|sham|comparator)(?:\s+(?!and\b|had\b)[\w-]+){0,4}\s+(?:it\s+)?(?:was\s+|by\s+)?[-−]?$"
    r"|(?:^|[;,]\s+(?:and\s+|while\s+|whereas\s+|but\s+)?)(?:[Ww]ith|[Oo]n|[Uu]nder)\s+(?:the\s+)?(?:placebo|vehicle|sham)\b,?\s+"
    r"(?:it|this|they|that|the\s+\w+)\s+(?:was|were|fell|rose|went|had|declined|decreased|increased|dropped|improved|worsened|changed)\b[^.;\d]{0,50}[-−]?$"
)


#: "The group that received the placebo had an", "while placebo-treated patients lost": the control is the subject.
_CONTROL_SUBJECT = Pattern(
    r"(?:^|[.;:•*–-]\s+|,\s+(?:and\s+|while\s+|whereas\s+|but\s+)?|\b(?:while|whereas)\s+)"
    r"(?:(?:in\s+contrast|by\s+(?:comparison|contrast)|conversely|however|meanwhile),?\s+)?(?:the\s+|those\s+|all\s+)?"
    r"(?:(?:group|arm|patients|participants|subjects|people|individuals|adults|children|infants|eyes|those)\s+(?:(?:that|who|which)\s+)?(?:(?:were|was)\s+)?"
    r"(?:received|receiving|given|on|in|taking|treated\s+with|administered|randomi[sz]ed\s+to|assigned\s+to|allocated\s+to)\s+(?:the\s+|an?\s+)?)?"
    r"(?:placebo|control|vehicle|sham|comparator|standard[- ]of[- ]care)"
    r"(?:[- ](?:treated|controls?|injections?|groups?|arms?|patients|participants|subjects|recipients"
    r"|eyes|animals|mice|cohort))*\s+"
    r"(?:had|has|showed|shows|saw|experienced|achieved|reached|lost|gained|reported|demonstrated|recorded|declined|improved|worsened|responded)\b"
    r"[^.;\d]{0,80}[-−~]?$",
    re.IGNORECASE,
)


def of_control(text: str, start: int, end: int, others: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether a figure is that of the arm compared with: "versus 20% for placebo", "21-fold in the control group".

    `others` are the places of drugs that are not the release's own: "36.0% with ciprofloxacin".
    """
    if DIFFERENCE.search(text[:start]):
        return False  # the distance between two arms is of both
    if text[:start].endswith("/ ") and _SLASHED.search(text, 0, start):
        return True
    if _CONTROL_FIRST.search(text[:start]) or _CONTROL_SUBJECT.search(text[:start]):
        return True
    before = text[max(0, start - 45) : start]
    if _CONTROL_WORDS.search(before) and _CONTROL_JUST_BEFORE.search(before):
        return True
    compared = list(COMPARED.finditer(before))
    if compared and not OWN_DOSE_BEHIND.match(text, end):
        between = before[compared[-1].end() :]
        listed = _OPENED.search(between) and _SECOND_OF_LIST.match(
            text, end
        )  # "than placebo (A-1: 40% vs 12%)"
        closed = between.count(")") > between.count("(")  # "(vs. 11.3% with placebo) and 65.7% achieved"
        closed = closed or _OWN_DOSE_FIRST.match(between) is not None  # "versus the 40 mcg cohort (ORR 6%)"
        closed = (
            closed or _CONTROL_AND.fullmatch(between) is not None
        )  # "vs placebo and 61% of patients were"
        if (
            not listed
            and not closed
            and not _MORE_TO_COME.search(between)
            and not _CHANGE_BETWEEN.search(between)
        ):
            return True
    if _with_other(text, end, others):
        return True
    after = re.match(r"(?:[^.;,]|\.(?=\d)){0,70}", text[end:])
    window = after[0] if after else ""
    control = CONTROL_ARM.search(window)
    if control is None:
        return False
    ahead = window[: control.start()]
    if ahead.rstrip().endswith("(") and _ITS_FIGURE.match(window, control.end()):
        return False  # "-20.4 (placebo -9.1)"
    if _WAS_ITS_FIGURE.match(text, end + control.end()):
        return False  # "93.9% and the rate for the placebo arm was 91.6%"
    if _GIVEN_TOO.search(ahead):
        return False  # "14.9 months with AB-1 plus chemotherapy"
    another = re.search(r"\d|(?:\band|\bwhile|,)\s+(?:with|in|on|for)\s", _BRACKETS.sub("", ahead))
    return not (
        COMPARED.search(ahead)
        or _THAN.search(ahead)
        or another
        or re.search(r"\breduc\w+\b|[- ]adjusted", window[: control.end() + 10])
    )


_BRACKETS = Pattern(r"\([^()]*\)")
#: "(AB-1 / placebo): remission 28% / 10%"
_SLASHED = Pattern(r"\w\s?/\s?(?:placebo|vehicle|sham|control)\b[^.]*\d\s?%?\s/\s$")
_CONTROL_AND = Pattern(
    r"(?:the\s+)?(?:placebo|vehicle|sham|controls?|baseline)(?:\s+(?:arm|group))?\s*(?:\([^()]*\)\s*)?,?\s+and\s+(?:an?\s+|by\s+|in\s+)?"
)
#: "was 1.7 cm/year greater than placebo": the distance between the arms.
_THAN = Pattern(r"\bthan\b")
#: "compared with 32% (6/19) in the 10 mg cohort": another arm of the studied drug, by its dose.
OWN_DOSE_BEHIND: Final = Pattern(
    rf"\s*(?:\([^()]*\)\s*)?(?:in|with|on|for|at|among)\s+(?:the\s+|those\s+|patients\s+)?(?:[\w-]+\s+){{0,3}}?"
    rf"(?:{DOSE}(?!\w)|(?:low|lower|lowest|mid|middle|high|higher|highest)[- ]doses?\b)"
)
_OWN_DOSE_FIRST = Pattern(rf"(?:the\s+)?{DOSE}(?:\s+(?:dose|arm|group|cohort|dose\s+level))?\s*\(")
#: "(placebo: 1.2%)", "the rate for the placebo arm was 91.6%"
_CONTROL_WORDS = Pattern(r"placebo|vehicle|sham|control|comparator")
_CONTROL_JUST_BEFORE = Pattern(
    r"(?:(?:[(;,/]|\b(?:and|vs\.?|versus))\s*(?:placebo|vehicle|sham|control)(?:\s+(?:group|arm))?\s*[:=,]?"
    r"|\bcomparator\b[^.;,()]{0,30}\("
    r"|\b(?:for|in|with|on)\s+(?:the\s+)?(?:placebo|vehicle|sham|control)(?:\s+(?:group|arm|patients))?\s+(?:was|were))"
    r"\s*[-−+]?$"
)
_WAS_ITS_FIGURE = Pattern(r"(?:\s+(?:arm|group|patients))?\s+(?:was|were)\s+[-−+]?\d")
_ITS_FIGURE = Pattern(r"\s*[:,]?\s*[-−+]?\d")


def is_compared(text: str, start: int) -> bool:
    """Whether words of comparison stand right before a figure."""
    return bool(
        re.search(
            rf"(?:{COMPARED.pattern})(?:\w+\s+){{0,3}}$", text[max(0, start - 45) : start], re.IGNORECASE
        )
    )


#: "and patients who had received prior amivantamab"
_GIVEN_BEFORE = Pattern(
    r"\b(?:prior|previous(?:ly)?|earlier|after|following|failed|failing|refractory|resistant|experienced)\b[^.;]{0,30}$",
    re.IGNORECASE,
)


def _with_other(text: str, end: int, others: Iterable[tuple[int, int]]) -> bool:
    """Whether the arm named behind a figure is that of another drug."""
    for low, high in others:
        gap = text[end:low]
        if (
            0 <= low - end < 80
            and _ARM_LINK.search(gap)
            and not re.search(
                r";|\d\s?(?:%|per\s?cent|months|weeks|years)|\.\s|(?:\band|,|\bversus|\bvs\.?)\s+(?:by\s+|of\s+)?[-−+]?\d",
                gap,
            )
            and not COMPARED.search(gap)
            and not _GIVEN_TOO.search(gap)
            and not _GIVEN_BEFORE.search(gap)
            and not re.match(r"\s+(?:plus|combination|and\s+AB)\b", text[high:])
        ):
            return True
    return False


def in_other_arm(text: str, end: int, own: Iterable[tuple[int, int]]) -> bool:
    """Whether an arm is named behind a figure that is no own drug's and no dose: "42.9% with anti-C5"."""
    found = re.match(
        r"\s*(?:\([^()]*\)\s*)?(?:with|on|for|receiving)\s+(?:continued\s+|the\s+)?(?P<who>[\w-]+)",
        text[end:],
    )
    if found is None or re.match(r"\d", found["who"]) or found["who"].casefold() in _NO_ARM:
        return False
    at = end + found.start("who")
    return not any(at <= low < at + 40 for low, _ in own)


_NO_ARM: Final = frozenset(
    {
        "patients",
        "participants",
        "those",
        "subjects",
        "both",
        "all",
        "adults",
        "children",
        "week",
        "low",
        "high",
    }
)


def comparator_of(sentence: LinkedSentence, end: int) -> str | None:
    """What a figure is compared with: "a single dose of AB-1", "placebo"."""
    found = COMPARED.search(sentence.text, end)
    if not found or found.start() - end > 90:
        return None
    phrase = re.match(r"[A-Za-z][\w\s/+-]{2,60}", sentence.text[found.end() :])
    if not phrase or re.match(r"\d", phrase[0]):
        return None
    words = re.split(r"\s+(?:in|at|on|with|and|for|over)\s", phrase[0])[0]
    return re.sub(r"^(?:the|a|an)\s+", "", words.strip()) or None


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


_LISTED_DOSE = Pattern(rf"(?P<dose>{DOSE})(?:\s*\([nN]\s?=\s?(?P<n>\d+)\))?(?![\w/])")


def listed_doses(text: str, figures: Collection[int] = ()) -> tuple[Group, ...]:
    """The doses that a sentence lists, each with how many got it: "0.3 mg/kg (n=6), 0.6 mg/kg (n=6) or 0.9 mg/kg".

    Where `figures` of outcomes begin, as in "by 11.3 mL and 14.7 mL", stand no doses.
    """
    found = [f for f in _LISTED_DOSE.finditer(text) if f.start() not in figures]
    near = [
        f
        for i, f in enumerate(found)
        if any(
            0 <= i + step < len(found) and abs(found[i + step].start() - f.start()) < 50 for step in (-1, 1)
        )
    ]
    groups = {f["dose"]: Group(int(f["n"]) if f["n"] else None, (" ".join(f["dose"].split()),)) for f in near}
    return tuple(groups.values()) if len(groups) > 1 else ()


_CONTROL_NAME = Pattern(r"(?:matching\s+)?(?:placebo|vehicle|sham|control)", re.IGNORECASE)
_ARM = (
    rf"(?:(?:[A-Z][\w®™-]+\s+)?(?:{DOSE}|\d[\d.]*(?=\s*,|\s+(?:and|or)\s))(?:\s+[A-Z][\w®™-]+)?"
    rf"|(?:matching\s+)?(?:placebo|vehicle|sham|control)"
    r"|(?:low|mid|middle|medium|intermediate|high)(?:er|est)?(?:[- ]doses?)?(?=\s*,|\s+(?:and|or|dose|cohort|group)))"
)
#: "of patients treated with 100 mg, 200 mg and placebo", "in the 5 mg, 10 mg and placebo groups"
_ARMS_BEHIND = Pattern(
    rf"(?:\s*\([^()]*\))?(?:\s+(?:of|in)\s+(?:[\w-]+\s+){{0,3}}?{PEOPLE})?[^.;:%\d]{{0,50}}?\b(?:with|on|in|for|at|by|to|receiving|given|taking|under)\s+(?:the\s+)?"
    rf"(?P<arms>{_ARM}(?:\s*,\s*(?:(?:and|or)\s+)?{_ARM}|\s+(?:and|or)\s+{_ARM})+)(?!\s+(?:and|or)\b)"
)
_NEXT_OF_LIST = Pattern(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
_IN_A_ROW = Pattern(
    r"(?<![\w.,/])[-−–+]?\d[\d.]*\s?(?:%|[a-z]+)?(?:,\s+[-−–+]?\d[\d.]*\s?(?:%|[a-z]+)?)*,?\s+and\s+[-−–+]?\d[\d.]*(?:\s?%|\s[a-z]+)"
)
_OF_ROW = Pattern(r"(?<![\w.])[-−–+]?\d[\d.]*\d|(?<![\w.])[-−–+]?\d")


def arms_dealt(text: str) -> dict[int, str | None]:
    """The arm of each figure of a row that has as many arms behind it, by the figure's start; None is the control.

    Hits: "by 45%, 52% and 12% of patients treated with 100 mg, 200 mg and placebo".
    """
    out: dict[int, str | None] = {}
    for row in _IN_A_ROW.finditer(text):
        behind = _ARMS_BEHIND.match(text, row.end())
        if behind is None:
            continue
        figures = [f.start() for f in _OF_ROW.finditer(text, row.start(), row.end())]
        arms = [arm.strip() for arm in _NEXT_OF_LIST.split(behind["arms"])]
        if len(figures) == len(arms):
            doses = [_LISTED_DOSE.search(arm) for arm in arms]
            named = [" ".join(d["dose"].split()) if d else arm for d, arm in zip(doses, arms, strict=True)]
            out |= {
                start: None if _CONTROL_NAME.fullmatch(arm) else label
                for start, arm, label in zip(figures, arms, named, strict=True)
            }
    return out


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
    doses = [" ".join(f["dose"].split()) for f in _LISTED_DOSE.finditer(phrase)]
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
