"""Whose a figure is: the studied drug's, or that of the arm compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

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
#: Up to a figure: digits of a name ("SRI-4", "week 52") are no figure
_UP_TO: Final = r"(?:[^.;\d]|(?<=[A-Za-z])-?\d{1,3}|(?<=[Ww]eek\s)\d{1,3}){0,80}"
#: "In untreated fellow eyes, acuity changed by", "in the placebo group, remission was"
_CONTROL_FIRST = Pattern(
    r"(?:^|[;,]\s+(?:and\s+|while\s+|whereas\s+)?)(?:In|in|For|for|Among|among)\s+(?:the\s+)?(?:(?:untreated|placebo|control"
    r"|vehicle|sham)(?:-treated)?\s+(?:fellow\s+)?(?:eyes?|group|arm|patients|participants|subjects|recipients|mice"
    r"|animals)|(?:historical|external|matched)\s+controls?|(?:patients|participants|subjects|those)\s+(?:given|on|receiving|treated\s+with"
    rf"|who\s+received)\s+placebo)\b{_UP_TO}[-−]?$"
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
    r"(?:placebo|controls?|vehicle|sham|comparator|chemotherapy|standard[- ]of[- ]care)"
    r"(?:[- ](?:treated|controls?|injections?|groups?|arms?|patients|participants|subjects|recipients"
    r"|eyes|animals|mice|cohort))*\s+"
    r"(?:had|has|showed|shows|saw|experienced|achieved|reached|lost|gained|reported|demonstrated|recorded|declined|improved|worsened|responded)\b"
    rf"{_UP_TO}[-−~]?$",
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


LISTED_DOSE = Pattern(rf"(?P<dose>{DOSE})(?:\s*\([nN]\s?=\s?(?P<n>\d+)\))?(?![\w/])")
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
            doses = [LISTED_DOSE.search(arm) for arm in arms]
            named = [" ".join(d["dose"].split()) if d else arm for d, arm in zip(doses, arms, strict=True)]
            out |= {
                start: None if _CONTROL_NAME.fullmatch(arm) else label
                for start, arm, label in zip(figures, arms, named, strict=True)
            }
    return out
