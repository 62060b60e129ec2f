"""A figure of a sentence → what it is of: a change, a difference, a rate, a level, or what was told before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.outcomes import phrases
from kg.extract.outcomes.candidates import COUNTED, LEVEL, THRESHOLD_BEFORE, Figure
from kg.extract.outcomes.changes import (
    CHANGE_BY_LONG,
    DIRECTIONS,
    by_endpoint,
    change_of,
    is_bare_change,
    of_weight,
    singular,
)
from kg.extract.outcomes.figures import (
    ABOUT,
    DIFFERENCE,
    LEFT_OF_FIGURE,
    Endpoint,
    Outcome,
    adverse,
    called,
    covering,
    lower_first,
)
from kg.model import Quantity

_RIGHT_OF_FIGURE = re.compile(
    r"\s*\)?\s*(?:\([^)]*\)\s*)?(?:(?:of\s+(?:[\w-]+\s+){0,5}?(?:patients|participants|subjects|adults|children"
    r"|individuals|those)\s+)?(?:\([^)]*\)\s*)?"
    r"(?:[\w/-]+\s+){0,4}?(?:achiev\w+|had|have|show\w+|experienc\w+|reach\w+|attain\w+|demonstrat\w+"
    r"|were\s+in)\s+)?"
    r"(?:an?\s+|the\s+|overall\s+|confirmed\s+|objective\s+|unconfirmed\s+|investigator-assessed\s+)*"
)

_RATE_OF = re.compile(
    r"\b(?:proportion|percentage|share|rates?)\b(?:\s+(?:of|for)\b[^.;%]{0,60})?[^.;]{0,140}\s(?:was|were"
    r"|of)\s+(?:about\s+|approximately\s+)?$",
    re.IGNORECASE,
)

_MOST_COMMON = re.compile(
    r"\b(?:most\s+(?:common|frequent(?:ly)?)|commonest|adverse\s+(?:events?|reactions?|drug\s+reactions?)"
    r"|side\s+effects?|TEAEs?)\b",
    re.IGNORECASE,
)


def name_of(
    text: str,
    figure: Figure,
    endpoints: list[Endpoint],
    used: set[tuple[int, int]],
    said: Outcome | None,
) -> tuple[Outcome, int] | None:
    """What a figure is of, and where the words end that say so; endpoints that have their figure are in `used`."""
    left = text[: figure.start]
    right = text[figure.end :]

    def outcome(name: str, endpoint: Endpoint | None = None) -> Outcome:
        entity = endpoint[2] if endpoint else covering(endpoints, text, name)
        return Outcome(figure.start, figure.end, name, entity, figure.quantity)

    if is_bare_change(left, right):
        if _QUOTE.match(text):
            return None  # what people say of a result repeats it
        if said and not _tells_change(said) and (way := _WAY.search(left)):
            named_way = next(n for stem, n in DIRECTIONS.items() if way[0].casefold().startswith(stem))
            return outcome(f"{said.name} {named_way}"), figure.end
        return (
            (replace(outcome(said.name), endpoint=said.endpoint), figure.end)
            if said and _tells_change(said)
            else None
        )
    if figure.unit in ("%", COUNTED) and (past := _share_past(text, figure)):
        return outcome(past), figure.end
    if figure.unit != "{fold}" and DIFFERENCE.search(left):
        return outcome("treatment difference"), figure.end
    if figure.unit == LEVEL and (moved := change_of(left, right)):
        plain = Quantity(figure.quantity.text, figure.quantity.value, "")
        return replace(outcome(by_endpoint(moved, text, endpoints)), quantity=plain), figure.end
    if said is not None and said.quantity.unit == figure.unit and _IT_WAS.search(left):
        return replace(outcome(said.name), endpoint=said.endpoint), figure.end
    if figure.unit == LEVEL:
        level = _level(text, figure, endpoints)
        return (level, figure.end) if level else None
    if (
        figure.unit == "{fold}"
        and (again := _SAME_CHANGE.search(left))
        and said is not None
        and _tells_change(said)
    ):
        return outcome(f"{singular(again['measure'])} {said.name.rsplit(' ', 1)[-1]}"), figure.end
    change = None if _RATE_OF.search(left) else change_of(left, right)
    if change:
        change = by_endpoint(change, text, endpoints)
        if THRESHOLD_BEFORE.search(left) or (figure.unit == "{fold}" and re.search(r"\bexpected\s*$", left)):
            return None
        return outcome(change), figure.end + (of_weight(right) if change == "weight loss" else 0)
    if figure.unit == "{fold}":
        return None
    long = CHANGE_BY_LONG.search(left)
    held = [e for e in endpoints if long and long.start("measure") <= e[0] and e[1] <= long.end("measure")]
    if long and held:
        direction = next(n for stem, n in DIRECTIONS.items() if long["direction"].casefold().startswith(stem))
        return outcome(f"{called(text, held[-1])} {direction}", held[-1]), figure.end
    if _MOST_COMMON.search(left) and not endpoints:
        return None
    named = phrases.before(text, figure.start, endpoints)
    if named is None and figure.unit in ("%", COUNTED):
        named = phrases.behind(text, figure.start, figure.end, endpoints)
    story = figure.unit == COUNTED and named is not None and named.endpoint is None
    if named is not None and story and not _RATE_LIKE.search(named.name):
        return None  # "five of eight patients stopped prophylaxis" is a story, no rate
    if named is not None:
        entity = named.endpoint or covering(endpoints, text, named.name)
        used |= {e[:2] for e in endpoints if e[2] == entity and abs(e[0] - figure.start) < 160}
        return Outcome(figure.start, figure.end, named.name, entity, figure.quantity), max(
            named.end, figure.end
        )
    if figure.unit == "%":
        near = _endpoint_of(text, endpoints, figure.start, figure.end)
        if near is not None and near[:2] not in used:
            used.add(near[:2])
            name = phrases.called_within(text, near)
            used |= {
                e[:2]
                for e in endpoints
                if e[2] == near[2] and abs(e[0] - near[0]) < 60 and called(text, e) == called(text, near)
            }
            return outcome(name, near), max(near[1], figure.end)
        if said is not None and said.quantity.unit == "%" and _ONLY_FIGURE.search(left):
            return replace(outcome(said.name), endpoint=said.endpoint), figure.end
    return None


#: "and in the 10 mg cohort (n=8) it was": another arm's figure of what was told before.
_IT_WAS = re.compile(
    rf"\b(?:in|at|for|among|with)\s[^.;]{{3,60}}?(?:\([^()]*\))?,?\s+(?:it|this)\s+(?:was|reached)\s+{ABOUT}$",
    re.IGNORECASE,
)
#: "A did not meet the criterion for non-inferiority: 66.8% against 78.6%": what was told before is gone on with.
_ONLY_FIGURE = re.compile(
    r"\b(?:non-?inferiority|endpoint|criterion|significance)\s*(?::|\()\s*$", re.IGNORECASE
)


#: "raised RSV-A titres 9.8-fold and RSV-B titres 8.1-fold": the verb is said once.
_SAME_CHANGE = re.compile(
    r"(?:\d-?\s?fold|%)\s*(?:,|,?\s*and)\s+(?P<measure>[A-Za-z][\w/-]*(?:\s[\w/-]+){0,3}?)\s+(?:by\s+)?$",
    re.IGNORECASE,
)


_RATIO_BEFORE = re.compile(r"\b(?:hazard|odds|rate|risk|incidence)\s+ratio\b[^.;]{0,30}$", re.IGNORECASE)
_STARTED = re.compile(
    r"\s+(?:has\s+|had\s+)?(?:fell|fallen|declined|decreased|dropped|rose|risen|increased|improved|went"
    r"|came\s+down"
    r"|reduced|changed)\s+(?:significantly\s+)?(?:from\s[^;]*|to\s+(?:a\s+(?:mean|median)\s+of\s+)?)$",
    re.IGNORECASE,
)
#: "a reduction of": which way what was told before has gone.
_WAY = re.compile(
    r"\b(?:reduction|decrease|decline|increase|improvement)(?=\s+of\s+[^.;]{0,20}$)", re.IGNORECASE
)
_RATE_LIKE = re.compile(
    r"\b(?:respon\w+|remissions?|increase|decrease|reduction|improvement|seroconversion|clearance|negativity"
    r"|or\s+more)\b|[≥≤]",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"\s*[\"“]")


def _tells_change(said: Outcome) -> bool:
    return said.name.rsplit(" ", 1)[-1] in set(DIRECTIONS.values())


def _level(text: str, figure: Figure, endpoints: list[Endpoint]) -> Outcome | None:
    """What a bare number is a level of."""
    left = text[: figure.start]
    if _RATIO_BEFORE.search(left):
        return None
    started = _STARTED.search(left)
    if started:
        named = phrases.before(f"{left[: started.start()]} was 0", started.start() + 5, endpoints)
    else:
        named = phrases.before(text, figure.start, endpoints)
    if named is None:
        return None
    entity = named.endpoint or covering(endpoints, text, named.name)
    quantity = Quantity(figure.quantity.text, figure.quantity.value, "")
    return Outcome(figure.start, figure.end, named.name, entity, quantity)


#: "PSA declined by at least 50% in", "spleen volume shrank by 35% or more in": whose share follows.
_FALLEN_BY = re.compile(
    r"(?:^|[,;:]\s+(?:and\s+)?|\b(?:and|that|while)\s+)(?P<measure>[A-Z][\w-]*(?:\s[\w-]+){0,3}?|[a-z][\w-]+"
    r"(?:\s[\w-]+){0,3}?)\s+(?:levels?\s+)?(?:was\s+|were\s+)?(?P<direction>reduced|decreased|declined|increased"
    r"|improved|fell|rose|dropped|shrank|lowered)\s+(?:from\s+baseline\s+)?by\s+(?:(?:at\s+least|more\s+than|over"
    r"|≥|>)\s*(?P<share>\d[\d.]*\s?%)|(?P<share2>\d[\d.]*\s?%)\s+or\s+(?:more|greater))\s+"
    r"(?:from\s+baseline\s+)?in\s+$"
)


def _share_past(text: str, figure: Figure) -> str | None:
    """What a share of patients has passed: "at least 50% PSA decline"."""
    found = _FALLEN_BY.search(text[: figure.start])
    if found is None:
        return None
    way = next(n for stem, n in DIRECTIONS.items() if found["direction"].casefold().startswith(stem))
    bound = found["share"] or found["share2"]
    return f"{lower_first(found['measure'])} {way} of at least {bound}"


def _endpoint_of(text: str, endpoints: list[Endpoint], start: int, end: int) -> Endpoint | None:
    """The endpoint that a percentage is of: behind it ("30% achieved a CR") or before ("an ORR of 83.6%")."""
    for low, high, entity in endpoints:
        gap = text[end:low]
        if low >= end and len(gap) < 120 and _RIGHT_OF_FIGURE.fullmatch(gap) and not adverse().search(gap):
            return low, high, entity
    for low, high, entity in reversed(endpoints):
        gap = text[high:start]
        if high <= start and len(gap) < 100 and LEFT_OF_FIGURE.fullmatch(gap) and not adverse().search(gap):
            return low, high, entity
    return None
