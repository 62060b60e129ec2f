"""Figures told in a row: which goes on with the one before, and which of them are the control's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.outcomes.arms import arms_dealt, in_other_arm
from kg.extract.outcomes.candidates import LEVEL, Figure
from kg.extract.outcomes.changes import WAYS
from kg.extract.outcomes.figures import DIFFERENCE, DOSE, PEOPLE, Endpoint, Outcome, adverse, head_kind
from kg.extract.outcomes.next_changes import next_change, next_measure
from kg.extract.outcomes.phrases import PROGRESSED, SHORT_RESPONSE
from kg.extract.outcomes.wording import STATE_BEHIND
from kg.extract.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Last:
    """The figure before, to which the next may belong: how far its words reach, and whether it was a control's."""

    outcome: Outcome
    reach: int
    control: bool
    compared: bool


@dataclass(frozen=True, slots=True)
class Drugs:
    """Where a sentence names drugs, as offsets in it.

    Attributes:
        own: those that the release is about.
        others: comparators, partners, competitors.
    """

    own: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()


_VERB = Pattern(
    r"\b(?:was|were|is|are|had|has|have|achiev\w+|reach\w+|show\w+|experienc\w+|fell|rose|improv\w+"
    r"|declin\w+|worsen\w+|increas\w+|decreas\w+|reduc\w+"
    r"|respond\w+|report\w+|occurr\w+|met|led|remained|became|maintained)\b",
    re.IGNORECASE,
)
_JOINS = Pattern(r",|;|:|\band\b|\bor\b|\bversus\b|\bvs\b|\bcompared\b|\bagainst\b|\bthan\b|/", re.IGNORECASE)
BARE = Pattern(
    r"\s*(?:\([^()]*\)\s*)?(?:,|/|,?\s*(?:and|or)\b)\s*(?:by\s+|of\s+|in\s+)?[-−–+]?\s*", re.IGNORECASE
)
_NEW_NAME = Pattern(
    r"[\s-]*(?:[\w-]+\s+){0,2}?(?:reductions?|increases?|decreases?|improvements?|declines?)"
    r"(?:\s+(?:from\s+baseline\s+)?(?:in|of|over|versus|compared|relative)\b|(?=\s*(?:[.;,)]|$)))",
    re.IGNORECASE,
)
_CONTROL_BEHIND = Pattern(r"(?:[^.;,]|\.(?=\d)){0,40}\b(?:placebo|control|vehicle|sham)\b", re.IGNORECASE)
ARM_BEHIND = Pattern(r"\s*(?:\([^()]*\)\s*)?(?:with|on|for|in|at|of)\s", re.IGNORECASE)


_NAMED_ANEW: Final = Pattern(
    r"(?:,|\band|\bwith)\s+(?:an?|the)\s+(?!(?:[\w/.-]+\s+){0,3}(?:groups?|arms?|cohorts?|doses?|levels?|patients|placebo|control|vehicle|other|others|second|same|remaining|highest|lowest)\b)"
    r"(?:[A-Za-z][\w/-]*\s+){1,5}(?:of\s+(?:0\s+or\s+1\s+(?:in|was)\s+)?|was\s+|in\s+|rate\s+)$"
)
_LABEL = Pattern(
    r"(?:[;,]|\s--?|[•*])\s+[A-Za-z][^;,:]{0,60}:\s*(?:(?:an?\s+)?(?:(?:LS|adjusted|mean|median)\s+)*"
    r"(?:change|reduction|increase|decrease|improvement)\s+(?:from\s+baseline\s+)?of\s+)?[-−+]?$"
)
_ENDPOINT_AT = Pattern(r"(?:\band|,)\s+(?:the\s+)?[A-Z]{2,}[\w-]*\s+(?:rate\s+)?at\s")
_PASSED = Pattern(
    r"\s+(?:at\s+least|more\s+than|over|≥)\s?\d+\s?%(?:\s+of\b|\s*(?:[.,;(]|$)|\s+and\b)|\)?\s+(?:had\s+|showed\s+)?an?\s+(?:drop|decline|reduction|fall|decrease|increase|improvement|gain)\s+of\s+(?:at\s+least|(?:more|greater)\s+than|over|≥)"
)
_PART_OF_THEM = Pattern(
    r"\s+(?:lower|higher|greater|fewer|less|reduced)\b|\s+of\s+(?:the\s+|these\s+|all\s+)?(?:responses|responders|remissions)\b|\)?\s*(?:an?\s+)?(?:complete|partial)\b"
)
_RESPONSE_NEXT = Pattern(r"\s+[≥>]?\s?s?(?:CR|VGPR|PR|ORR|DCR)\b")
#: What stands between a figure and the endpoint that it is of.
_TO_ENDPOINT = Pattern(
    r"\s*\)?\s*(?:\([^()]*\)\s*)?(?:(?:an?|the|confirmed|unconfirmed|had|achieved|with)\s+)*"
)


def goes_on(text: str, last: Last, figure: Figure, endpoints: Sequence[Endpoint]) -> bool:
    """Whether a figure goes on with the list of the one before: "41% (A), 51% at 20 mg and 61%, respectively"."""
    at = last.reach
    gap = text[at : figure.start]
    if (
        last.outcome.quantity.unit != figure.unit.replace(LEVEL, "")
        or _SHORT_OF.search(gap)
        or DIFFERENCE.search(gap)
    ):
        return False
    if at > figure.start or len(gap) > 120 or not _JOINS.search(gap) or re.search(r"\.\s", gap):
        return False
    if any(0 <= e[0] - figure.end < 40 and _TO_ENDPOINT.fullmatch(text, figure.end, e[0]) for e in endpoints):
        return False  # "17 (41%) had a partial response and 3 (7%) a complete response"
    if next_change(text, last.outcome, figure.start, figure.end):
        return False  # "reductions of 57% in LDL-C and 34% in ApoB"
    if PROGRESSED.search(text, 0, figure.start) or SHORT_RESPONSE.search(text[: figure.start]):
        return False  # "5 CRs (8%), 21 PRs (33%)"
    if _LABEL.search(gap):
        return False  # "LDL-C: -58%; ApoB: -49%"
    another = next_measure(text, figure.start)
    if last.outcome.name.rsplit(" ", 1)[-1] in WAYS and another and another.start("measure") > at:
        return False  # "bilirubin decreased 44% and bile acids 61%"
    if _RESPONSE_NEXT.match(text, figure.end):
        return False  # "97% ORR and 62% CR/sCR"
    if _ENDPOINT_AT.search(gap):
        return False  # "and OS at 12 months 84%"
    if _PASSED.match(text, figure.end):
        return False  # "81% lost at least 5% and 56% at least 10% of"
    if _PART_OF_THEM.match(text, figure.end) or STATE_BEHIND.match(text, figure.end):
        return False  # "74 (62%) had a response, 21 of them (18%) a complete one"
    if _NAMED_ANEW.search(gap):
        return False  # "a mean reduction of 71% and an IGA of 0 or 1 in 48%"
    plain = _WAS_SEEN.sub("", re.sub(r"\([^()]*\)", "", gap))
    if _VERB.search(plain) or adverse().search(plain) or _NEW_NAME.match(text, figure.end):
        return False
    if any(at <= e[0] < figure.start for e in endpoints):
        return False
    if _DID.search(plain):
        return False  # "remained in remission and CAR T cells persisted in 85%"
    words = re.findall(r"[A-Za-z-]+", plain)
    if words and (head_kind(words[-1]) or (words[-1] == "of" and len(words) > 1 and head_kind(words[-2]))):
        return False  # "and RSV-B titres 8.1-fold"
    if "efficacy" not in last.outcome.name and any(
        head_kind(w) == "event" or w.casefold() in ("rate", "rates", "survival", "efficacy", "score")
        for w in words
    ):
        return False
    right = re.sub(r"\s+", " ", text[figure.end : figure.end + 40])
    return not re.match(
        r"\)?\s*(?:of\s+(?:\w+\s+){0,3}"
        + PEOPLE
        + r"\s+)?(?:achiev|reach|had|show|experienc|attain|respond|remain|becam|gained|lost|convert|surviv"
        + r"|recover|relaps|stopp|maintain|kept|avoid|clear|eradicat|regain|normali|progress|stay|obtain|record"
        + r"|demonstrat|were\s+(?!treated|given|on\b|receiving"
        + r"|randomi|observed|seen|reported|noted|found|recorded|achieved))",
        right,
    )


_DID: Final = Pattern(
    r"\b(?!(?:treated|compared|observed|reported|noted|reached|recorded|achieved|randomi[sz]ed|based|followed|matched|combined|dosed|exposed|pretreated|mutated|untreated)\b)[a-z]{3,}ed\s+(?:in|by)\s*$"
)
#: "was observed with the 200 mg dose and 24.8% with": what only says that the first was found.
_WAS_SEEN = Pattern(r"\b(?:was|were)\s+(?:observed|seen|achieved|reported|noted|reached|recorded|found)\b")
_SHORT_OF = Pattern(
    r"\b(?:short\s+of|below|above|exceed\w*|threshold(?:\s+of)?|hurdle(?:\s+of)?|benchmark(?:\s+of)?|target(?:\s+of)?|goal(?:\s+of)?"
    r"|expected)\s+(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)


def second_of_pair(text: str, figures: list[Figure], index: int, last: Last) -> bool:
    """ "27.1% and 10.4%, respectively": the second of just two is the other arm's, where an arm was compared."""
    figure = figures[index]
    if not re.match(r"[^.%]{0,20}respectively", text[figure.end :]):
        return False
    if not re.fullmatch(r"\s*(?:\([^()]*\)\s*)?,?\s*and\s+[-−–+]?", text[last.reach : figure.start]):
        return False
    row = 2
    for earlier in range(index - 1, 0, -1):
        if not BARE.fullmatch(text[figures[earlier - 1].end : figures[earlier].start]):
            break
        row += 1
    return row == 2 and not _DOSES.search(text)


#: Doses told apart: "1 mg or 2 mg", "10 mcg and 20 mcg"
_DOSES: Final = Pattern(rf"(?:{DOSE}|\d)(?!\w)[^.;]{{0,40}}?\b(?:and|or)\s+(?:[\w-]+\s+)?{DOSE}(?!\w)")
#: "in the placebo, 0.3 mg/kg and 0.5 mg/kg cohorts, respectively", "for placebo and 10 mg, respectively"
_CONTROL_LISTED_FIRST = Pattern(
    r"\b(?:placebo|vehicle|control|sham)\b(?:\s+(?:group|arm))?\s*(?:,|\band\b|\bor\b)(?!\s*respectively)"
    r"[^.;%]{0,160}?"
    r"(?:[.](?=\d)[^.;%]{0,60}?){0,4},?\s*respectively\b",
    re.IGNORECASE,
)


_CONTROL_LISTED_LAST = Pattern(
    r"\b(?:in|for|with|on)\s+(?:the\s+)?[\w-]+\s+(?:and|or|versus|vs\.?)\s+(?:the\s+)?(?:placebo|vehicle|control|sham|reference|comparator)\s+(?:groups|arms|cohorts)\b|\b(?:and|or)\s+(?:the\s+)?(?:placebo|vehicle|control|sham)(?:\s+(?:groups?|arms?|patients))?,?\s*respectively\b",
    re.IGNORECASE,
)


def dealt_to_control(text: str, figures: Sequence[Figure]) -> dict[int, bool]:
    """Which figures are the control's where "respectively" names it before or after the other arms, by their start."""
    if dealt := arms_dealt(text):
        return {f.start: dealt[f.start] is None for f in figures if f.start in dealt}
    last = _CONTROL_LISTED_LAST.search(text)
    listed = last or _CONTROL_LISTED_FIRST.search(text)
    ahead = [f for f in figures if listed and f.end <= listed.start()]
    if not ahead:
        return {}
    runs = [[ahead[-1]]]
    for figure in reversed(ahead[:-1]):
        if BARE.fullmatch(text[figure.end : runs[0][0].start]) and figure.unit == runs[0][0].unit:
            runs[0].insert(0, figure)
        elif last and "respectively" not in last[0]:
            runs.insert(0, [figure])
        else:
            break
    rows = [run for run in runs if len(run) == len(runs[-1]) > 1]
    return {f.start: i == (len(run) - 1 if last else 0) for run in rows for i, f in enumerate(run)}


def continued(text: str, last: Last, figure: Figure, drugs: Drugs, *, control: bool, compared: bool) -> bool:
    """Whether a figure that goes on with a list is the control's, given whose the one before was."""
    gap = text[last.reach : figure.start]
    if last.control:
        if control and compared and not last.compared:
            return bool(
                _CONTROL_BEHIND.match(text, figure.end)
            )  # "36.8% on placebo …, against 24.5% on 80 mg"
        if not control and BARE.fullmatch(gap):
            return not ARM_BEHIND.match(text, figure.end)  # "versus 23.9% and 21.7%"
        return control
    if not control and any(last.reach <= low < figure.start for low, _ in drugs.own):
        return in_other_arm(text, figure.end, drugs.own)
    return control
