"""One sentence → the figures of outcomes in it, each with what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from kg.extract import values
from kg.extract.lexicon import table
from kg.extract.linking import LinkedSentence
from kg.extract.outcomes import phrases
from kg.extract.outcomes.arms import in_other_arm, is_compared, of_control
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
    PEOPLE,
    Endpoint,
    Outcome,
    adverse,
    called,
    covering,
    head_kind,
    lower_first,
)
from kg.extract.outcomes.ratios import multiples, ratios, times
from kg.model import Kind, Quantity

#: Endpoints whose figures are findings of safety, or no outcomes at all.
_NO_OUTCOME: Final = frozenset(
    {
        "endpoint:adverse-events",
        "endpoint:safety-and-tolerability",
        "endpoint:dose-limiting-toxicity",
        "endpoint:maximum-tolerated-dose",
        "endpoint:recommended-phase-2-dose",
        "endpoint:pharmacokinetics",
        "endpoint:pharmacodynamics",
        "endpoint:biodistribution",
        "endpoint:immunogenicity",
    }
)
_LEFT_OF_FIGURE = re.compile(
    r"\s*\)?\s*(?:\((?:[\w\s-]+)\)\s*)?(?:rates?\s+)?(?:(?:[\w-]+\s+){0,8}?(?:of|was|is|were|at|reached|by"
    r"|in)|:|=)?\s*"
    r"(?:approximately|about|at\s+least|more\s+than|over|up\s+to)?\s*\(?"
    r"|[^.;()%]{0,90}\((?:[A-Z][\w-]*(?:\s\d+)?:\s*)?"
    r"|\s*\)?\s*(?:rates?\s+)?(?:was|were)\s+(?:achieved|reached|seen|observed)\s+(?:by|in)\s+\w+\s+of\s+"
    r"(?:the\s+)?\w+\s+[\w\s]{0,50}?\("
)
_RIGHT_OF_FIGURE = re.compile(
    r"\s*\)?\s*(?:\([^)]*\)\s*)?(?:(?:of\s+(?:[\w-]+\s+){0,5}?(?:patients|participants|subjects|adults|children"
    r"|individuals|those)\s+)?(?:\([^)]*\)\s*)?"
    r"(?:[\w/-]+\s+){0,4}?(?:achiev\w+|had|have|show\w+|experienc\w+|reach\w+|attain\w+|demonstrat\w+"
    r"|were\s+in)\s+)?"
    r"(?:an?\s+|the\s+|overall\s+|confirmed\s+|objective\s+|unconfirmed\s+|investigator-assessed\s+)*"
)
_THRESHOLD_AFTER = re.compile(
    r"\s*(?:or\s+(?:greater|more|higher|better|less)|reduction\s+or)\b", re.IGNORECASE
)
_THRESHOLD_BEFORE = re.compile(
    r"(?:[≥≤]|>=|<=|at\s+least\s+an?|at\s+least|achiev\w+\s+an?)\s*$", re.IGNORECASE
)
_RATE_OF = re.compile(
    r"\b(?:proportion|percentage|share|rates?)\b(?:\s+(?:of|for)\b[^.;%]{0,60})?[^.;]{0,140}\s(?:was|were"
    r"|of)\s+(?:about\s+|approximately\s+)?$",
    re.IGNORECASE,
)
#: What a sentence with an outcome has; most have none of it.
_HAS_FIGURE: Final = re.compile(
    rf"\d|fold\b|per\s?cent|doubl|tripl|quadrupl|{values.NUMBER_WORD}\s+(?:out\s+)?of\b", re.IGNORECASE
)
#: "This is compared to a 74% response rate …": all that follows is the other arm's.
_ALL_CONTROL = re.compile(
    r"\s*(?:this|these|that)\s+(?:is|are|was|were|compares?|compared)\s+(?:compared\s+)?(?:to|with"
    r"|favou?rably)\b",
    re.IGNORECASE,
)
#: What others are known to reach, why patients left, what a trial was planned to show.
_NO_FINDING = re.compile(
    r"^\W*(?:(?:with|for|under|the)\s+)*(?:(?:current|existing|available|approved|conventional)(?:ly)?\s+)+"
    r"(?:standard(?:[- ]of[- ]care)?\b|(?:[a-z]+\s+)?(?:therap|treatment|drug|option|medicine)\w*)"
    r"|^\W*(?:the\s+)?(?:standard[- ]of[- ]care\s+(?:has|have|yield|achiev|offer|produc|is)|historical(?:ly)?\b)"
    r"|\breasons?\s+for\s+(?:\w+\s+)?(?:discontinu|withdraw|drop|stopping|leaving)"
    r"|\b\d+\s?%\s+power\b|\bpowered\s+(?:at|to)\b|\bconditional\s+power\b",
    re.IGNORECASE,
)
_MOST_COMMON = re.compile(
    r"\b(?:most\s+(?:common|frequent(?:ly)?)|commonest|adverse\s+(?:events?|reactions?|drug\s+reactions?)"
    r"|side\s+effects?|TEAEs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that may be an outcome's."""

    start: int
    end: int
    quantity: Quantity

    @property
    def unit(self) -> str:
        return self.quantity.unit


@dataclass(frozen=True, slots=True)
class _Last:
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


def outcomes(
    sentence: LinkedSentence,
    *,
    drugs: Drugs | None = None,
    said: Outcome | None = None,
    arms: int = 0,
) -> Iterator[Outcome]:
    """The figures of a sentence, those of control arms and of adverse events left out.

    Hits: "an ORR of 83.6%"; "30% of patients achieved a complete response"; "median PFS was 9.2 months"; "66 percent
    reduction in tumor burden"; "LDL cholesterol fell by 18%"; "hazard ratio 0.62".
    Near misses: "versus 20% with placebo"; "the 25-fold increase in the control arm"; "nausea (52%)"; "95% CI".

    Args:
        sentence: what is read.
        drugs: where it names drugs.
        said: the outcome told before, which "the reduction was 11%" goes on with.
        arms: how many doses were listed before, to which "20% and 40%, respectively" may belong.
    """
    text = sentence.text
    drugs = drugs or Drugs()
    if not _HAS_FIGURE.search(text) or _ALL_CONTROL.match(text) or _NO_FINDING.search(text):
        return
    endpoints: list[Endpoint] = [
        (m.start - sentence.start, m.end - sentence.start, m.entity)
        for m in sentence.of_kind(Kind.ENDPOINT)
        if m.entity.concept not in _NO_OUTCOME
    ]
    figures = sorted((*_figures(text), *_levels(text)), key=lambda f: f.start)
    used: set[tuple[int, int]] = set()
    last: _Last | None = None
    seen_control = False
    dealt = _dealt(text, figures)
    for index, figure in enumerate(figures):
        if _THRESHOLD_AFTER.match(text, figure.end) or _is_threshold(text, figure):
            continue
        goes_on = last is not None and _goes_on(text, last, figure, endpoints)
        if last is not None and goes_on:
            before = last.outcome
            found: tuple[Outcome, int] | None = (
                replace(before, start=figure.start, end=figure.end, quantity=figure.quantity),
                figure.end,
            )
        else:
            found = _name(text, figure, endpoints, used, last.outcome if last else said)
        if found is None:
            continue
        compared = is_compared(text, figure.start)
        control = of_control(text, figure.start, figure.end, drugs.others)
        if last is not None and goes_on:
            control = _continued(text, last, figure, drugs, control=control, compared=compared)
            if seen_control and not last.control and _BARE.fullmatch(text[last.reach : figure.start]):
                control = control or not _ARM_BEHIND.match(text, figure.end)  # the same two arms as before
            control = control or (arms != 2 and _second_of_pair(text, figures, index, last))
        if figure.start in dealt:
            control = dealt[figure.start]
        last = _Last(found[0], found[1], control, compared)
        seen_control = seen_control or control
        if not control and not _is_baseline(text, figure):
            yield found[0]
    yield from times(text, endpoints, drugs.others)
    yield from ratios(text, endpoints)
    yield from multiples(text, endpoints, drugs.others)


#: "in the placebo, 0.3 mg/kg and 0.5 mg/kg cohorts, respectively", "for placebo and 10 mg, respectively"
_CONTROL_LISTED_FIRST = re.compile(
    r"\b(?:placebo|vehicle|control|sham)\b(?:\s+(?:group|arm))?\s*(?:,|\band\b|\bor\b)(?!\s*respectively)"
    r"[^.;%]{0,160}?"
    r"(?:[.](?=\d)[^.;%]{0,60}?){0,4},?\s*respectively\b",
    re.IGNORECASE,
)


_CONTROL_LISTED_LAST = re.compile(
    r"\b(?:and|or)\s+(?:the\s+)?(?:placebo|vehicle|control|sham)(?:\s+(?:groups?|arms?|patients))?,?\s*respectively\b",
    re.IGNORECASE,
)


def _dealt(text: str, figures: Sequence[_Figure]) -> dict[int, bool]:
    """Which figures are the control's where "respectively" names it before or after the other arms, by their start."""
    last = _CONTROL_LISTED_LAST.search(text)
    listed = last or _CONTROL_LISTED_FIRST.search(text)
    ahead = [f for f in figures if listed and f.end <= listed.start()]
    if not ahead:
        return {}
    run = [ahead[-1]]
    for figure in reversed(ahead[:-1]):
        if not _BARE.fullmatch(text[figure.end : run[0].start]):
            break
        run.insert(0, figure)
    control = len(run) - 1 if last else 0
    return {f.start: i == control for i, f in enumerate(run)} if len(run) > 1 else {}


def _continued(
    text: str, last: _Last, figure: _Figure, drugs: Drugs, *, control: bool, compared: bool
) -> bool:
    """Whether a figure that goes on with a list is the control's, given whose the one before was."""
    gap = text[last.reach : figure.start]
    if last.control:
        if control and compared and not last.compared:
            return bool(
                _CONTROL_BEHIND.match(text, figure.end)
            )  # "36.8% on placebo …, against 24.5% on 80 mg"
        if not control and _BARE.fullmatch(gap):
            return not _ARM_BEHIND.match(text, figure.end)  # "versus 23.9% and 21.7%"
        return control
    if not control and any(last.reach <= low < figure.start for low, _ in drugs.own):
        return in_other_arm(text, figure.end, drugs.own)
    return control


# --- figures


@cache
def _amount_pattern() -> re.Pattern[str]:
    units = "|".join(f"(?P<u{i}>{row['form']})" for i, row in enumerate(table("outcome_units")))
    return re.compile(rf"(?<![\w.,])(?P<number>[-−–+]?\s?\d[\d,]*(?:\.\d+)?)[\s-]?(?:{units})(?![\w/²])")


def _figures(text: str) -> Iterator[_Figure]:
    """Shares, factors and amounts in units of outcomes, in the order of the text, none inside another."""
    found = [_signed(text, q) for q in values.percentages(text)]
    found += [_Figure(q.start, q.end, q.quantity) for q in values.folds(text)]
    for match in _amount_pattern().finditer(text):
        row = next(r for i, r in enumerate(table("outcome_units")) if match[f"u{i}"])
        number = match["number"].replace(" ", "").replace("−", "-").replace("–", "-").lstrip("+")
        unit = row["text"]
        quantity = Quantity(f"{number} {unit}", Decimal(number.replace(",", "")), unit)
        found.append(_Figure(match.start("number"), match.end(), quantity))
    for match in _COUNT.finditer(text):
        shown = f"{match['part']} of {match['whole']}"
        part, whole = values.decimal(match["part"]), values.decimal(match["whole"])
        if 0 < part <= whole:
            found.append(
                _Figure(match.start(), match.end(), Quantity(shown, round(part / whole, 4), _COUNTED))
            )
    last_end = 0
    for figure in sorted(found, key=lambda f: (f.start, -f.end)):
        if figure.start >= last_end:
            yield figure
            last_end = figure.end


def _signed(text: str, share: values.QuantityMatch) -> _Figure:
    """A share with the minus sign that stands before it: "changed by -1.5%"."""
    quantity = share.quantity
    if _MINUS.search(text[: share.start]) and quantity.value is not None:
        quantity = Quantity(f"-{quantity.text}", -quantity.value, quantity.unit)
    return _Figure(share.start, share.end, quantity)


_MINUS = re.compile(r"(?:^|[\s(:])[-−]$")
#: The unit of a share that is told as a count: "seven of 12 patients".
_COUNTED: Final = "{of}"
_COUNT = re.compile(
    rf"(?<![\w.,-])(?P<part>\d{{1,4}}|{values.NUMBER_WORD})\s+(?:of|out\s+of)\s+(?:the\s+)?(?:first\s+)?"
    rf"(?P<whole>\d{{1,4}}|{values.NUMBER_WORD})"
    rf"(?=\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE}\b)(?![^.;%]{{0,90}}\d\s?%\s?[),])",
    re.IGNORECASE,
)


_FROM_TO = re.compile(
    r"\b(?:fell|fallen|declined|decreased|dropped|rose|risen|increased|improved|went|came\s+down|reduced"
    r"|changed)\s+"
    r"(?:significantly\s+)?(?:by\s+[^.;]{1,30}?,\s+)?from\s+(?:a\s+(?:mean|median)\s+of\s+)?[-−]?\d[\d.,]*"
    r"(?!\s?%)(?:\s[^.;%]{0,80}?)?\s+to\s+"
    r"(?:a\s+(?:mean|median)\s+of\s+)?(?P<level>[-−]?\d+(?:\.\d+)?)(?!\d|[.,]\d|\s?%|\s(?:mg|million"
    r"|billion)\b)",
    re.IGNORECASE,
)
#: "fell to 1.2 from 9.8"
_TO_FROM = re.compile(
    r"\b(?:fell|fallen|declined|decreased|dropped|rose|risen|increased|improved|reduced|changed)\s+"
    r"(?:significantly\s+)?to\s+(?:a\s+(?:mean|median)\s+of\s+)?(?P<level>[-−]?\d+(?:\.\d+)?)(?!\d|[.,]\d|\s?%"
    r"|\s(?:mg|million|billion)\b)\s+(?:[^.;%\d]{0,40}\s)?from\s+(?:a\s+(?:mean|median|baseline)\s+of\s+)?[-−]?\d",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"\b(?:rate|index|ABR|AIR|AAR)(?:\s*\([A-Za-z]+\))?(?:\s+(?:for|in|of|at)\s[^.;,%]{1,50}?)?\s+(?:was|of)\s+"
    r"(?P<level>\d+\.\d+)(?!\s?%|[\d,]|\s?(?:months|years|weeks|days|per\s?cent|mg|mL|million|billion))"
)
#: "the mean change in SUDS score was -13.8"
_MOVED = re.compile(
    r"\b(?:change|reduction|increase|improvement|decrease|decline)s?\s+(?:from\s+baseline\s+)?in\s+(?:the\s+)?"
    r"[A-Za-z][^.;:%()\d]{2,60}?\s+(?:was|were)\s+(?P<level>[-−+]?\d+(?:\.\d+)?)"
    r"(?=\s*(?:\(|$|[.;,](?!\d))|\s+(?:in|on|for|with|at|versus|vs|compared|among|and)\s)"
)
#: The unit of a bare number: a rate, a score.
_LEVEL: Final = "{level}"


def _levels(text: str) -> Iterator[_Figure]:
    """Bare numbers that are a level: "the ABR was 1.6", "fell from 12.6 to 1.9"."""
    for form in (_FROM_TO, _TO_FROM, _SCORE, _MOVED):
        for match in form.finditer(text):
            number = match["level"].replace("−", "-").lstrip("+")
            yield _Figure(match.start("level"), match.end("level"), Quantity(number, Decimal(number), _LEVEL))


def _level(text: str, figure: _Figure, endpoints: list[Endpoint]) -> Outcome | None:
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


_AT_BASELINE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:at|before|prior\s+to)\s+(?:study\s+)?(?:baseline|entry|enrol?lment|screening)\b",
    re.IGNORECASE,
)
_BASELINE_BEFORE = re.compile(
    r"(?:^|[.;]\s+|,\s+(?:and\s+|while\s+))(?:at|on)\s+(?:study\s+)?(?:baseline|entry|enrol?lment|screening)\b"
    r"(?:(?!\b(?:week|month|year|after|reduc\w+|decreas\w+|increas\w+|declin\w+|fell|rose)\b)[^;])*$"
    r"|^\W*baseline\s(?:(?!\b(?:week|month|year|after|reduc\w+|decreas\w+|increas\w+|declin\w+|fell|rose)\b)[^;])*$"
    r"|\b(?:(?:mean|median|average)\s+baseline|baseline\s+(?:mean|median|average))\s+(?:[\w/-]+\s+){0,5}?"
    r"(?:was|were|of)\s+"
    rf"{ABOUT}$|\b(?:a|the)\s+baseline\s+(?:(?:level|mean|median|value|average|score)\s+)?of\s+{ABOUT}$",
    re.IGNORECASE,
)


def _is_baseline(text: str, figure: _Figure) -> bool:
    """Whether a figure is what patients had before treatment: "was 8.2% at baseline", "from a baseline of 8.2%"."""
    return bool(_AT_BASELINE.match(text, figure.end) or _BASELINE_BEFORE.search(text[: figure.start]))


#: "PSA declined by at least 50% in", "spleen volume shrank by 35% or more in": whose share follows.
_FALLEN_BY = re.compile(
    r"(?:^|[,;:]\s+(?:and\s+)?|\b(?:and|that|while)\s+)(?P<measure>[A-Z][\w-]*(?:\s[\w-]+){0,3}?|[a-z][\w-]+"
    r"(?:\s[\w-]+){0,3}?)\s+(?:levels?\s+)?(?:was\s+|were\s+)?(?P<direction>reduced|decreased|declined|increased"
    r"|improved|fell|rose|dropped|shrank|lowered)\s+(?:from\s+baseline\s+)?by\s+(?:(?:at\s+least|more\s+than|over"
    r"|≥|>)\s*(?P<share>\d[\d.]*\s?%)|(?P<share2>\d[\d.]*\s?%)\s+or\s+(?:more|greater))\s+"
    r"(?:from\s+baseline\s+)?in\s+$"
)


def _share_past(text: str, figure: _Figure) -> str | None:
    """What a share of patients has passed: "at least 50% PSA decline"."""
    found = _FALLEN_BY.search(text[: figure.start])
    if found is None:
        return None
    way = next(n for stem, n in DIRECTIONS.items() if found["direction"].casefold().startswith(stem))
    bound = found["share"] or found["share2"]
    return f"{lower_first(found['measure'])} {way} of at least {bound}"


#: "weight loss of at least 5% was achieved by", "a decline of more than 50% was seen in"
_BOUND_BEFORE = re.compile(r"\bof\s+(?:at\s+least|more\s+than|over|greater\s+than)\s+$", re.IGNORECASE)
_BOUND_BEHIND = re.compile(
    r"\s+(?:from\s+baseline\s+)?(?:was|were)\s+(?:achieved|reached|attained|seen|observed|met|recorded)\b"
)


def _is_threshold(text: str, figure: _Figure) -> bool:
    """Whether a figure only bounds what counts: "a ≥50% reduction", "at least 10% weight loss"."""
    return bool(
        re.search(r"(?:[≥≤]|>=|<=)\s*$", text[: figure.start])
        or (_BOUND_BEFORE.search(text[: figure.start]) and _BOUND_BEHIND.match(text, figure.end))
        or (
            re.search(r"\([^()]*\bat\s+least\s+$", text[: figure.start])
            and text[figure.end : figure.end + 1] == ")"
        )
        or (
            _THRESHOLD_BEFORE.search(text[: figure.start])
            and re.match(
                r"\s+(?:[\w-]+\s+){0,2}?(?:reduction|improvement|increase|decrease|decline|weight|loss|gain"
                r"|fall|rise)",
                text[figure.end :],
            )
        )
    )


# --- lists

_VERB = re.compile(
    r"\b(?:was|were|is|are|had|has|have|achiev\w+|reach\w+|show\w+|experienc\w+|fell|rose|improv\w+"
    r"|declin\w+|increas\w+|decreas\w+|reduc\w+"
    r"|respond\w+|report\w+|occurr\w+|met|led|remained|became|maintained)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r",|;|:|\band\b|\bor\b|\bversus\b|\bvs\b|\bcompared\b|\bagainst\b|\bthan\b|/", re.IGNORECASE
)
_BARE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,|/|,?\s*(?:and|or)\b)\s*(?:by\s+|of\s+|in\s+)?[-−–+]?\s*", re.IGNORECASE
)
_NEW_NAME = re.compile(
    r"[\s-]*(?:[\w-]+\s+){0,2}?(?:reductions?|increases?|decreases?|improvements?|declines?)\s+"
    r"(?:from\s+baseline\s+)?(?:in|of)\b",
    re.IGNORECASE,
)
_CONTROL_BEHIND = re.compile(r"(?:[^.;,]|\.(?=\d)){0,40}\b(?:placebo|control|vehicle|sham)\b", re.IGNORECASE)
_ARM_BEHIND = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:with|on|for|in|at|of)\s", re.IGNORECASE)


def _goes_on(text: str, last: _Last, figure: _Figure, endpoints: Sequence[Endpoint]) -> bool:
    """Whether a figure goes on with the list of the one before: "41% (A), 51% at 20 mg and 61%, respectively"."""
    at = last.reach
    gap = text[at : figure.start]
    if last.outcome.quantity.unit != figure.unit or _SHORT_OF.search(gap) or _DIFFERENCE.search(gap):
        return False
    if at > figure.start or len(gap) > 120 or not _JOINS.search(gap) or re.search(r"\.\s", gap):
        return False
    plain = re.sub(r"\([^()]*\)", "", gap)
    if _VERB.search(plain) or adverse().search(plain) or _NEW_NAME.match(text, figure.end):
        return False
    if any(at <= e[0] < figure.start for e in endpoints):
        return False
    words = re.findall(r"[A-Za-z-]+", plain)
    if words and head_kind(words[-1]):
        return False  # "and RSV-B titres 8.1-fold"
    if any(
        head_kind(w) == "event" or w.casefold() in ("rate", "rates", "survival", "efficacy", "score")
        for w in words
    ):
        return False
    right = re.sub(r"\s+", " ", text[figure.end : figure.end + 40])
    return not re.match(
        r"\)?\s*(?:of\s+(?:\w+\s+){0,3}"
        + PEOPLE
        + r"\s+)?(?:achiev|reach|had|show|experienc|attain|respond)",
        right,
    )


_SHORT_OF = re.compile(
    r"\b(?:short\s+of|below|above|exceed\w*|threshold(?:\s+of)?|target(?:\s+of)?|goal(?:\s+of)?"
    r"|expected)\s+(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)


def _second_of_pair(text: str, figures: list[_Figure], index: int, last: _Last) -> bool:
    """ "27.1% and 10.4%, respectively": the second of just two is the other arm's, where an arm was compared."""
    figure = figures[index]
    if not re.match(r"[^.%]{0,20}respectively", text[figure.end :]):
        return False
    if not re.fullmatch(r"\s*(?:\([^()]*\)\s*)?,?\s*and\s+[-−–+]?", text[last.reach : figure.start]):
        return False
    row = 2
    for earlier in range(index - 1, 0, -1):
        if not _BARE.fullmatch(text[figures[earlier - 1].end : figures[earlier].start]):
            break
        row += 1
    return row == 2 and not re.search(r"\d\s?(?:mg|[µu]g|mg/kg|MBq|GBq|IU)\b.{0,40}\band\b", text)


# --- what a figure is of


def _name(
    text: str,
    figure: _Figure,
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
    if figure.unit in ("%", _COUNTED) and (past := _share_past(text, figure)):
        return outcome(past), figure.end
    if figure.unit != "{fold}" and _DIFFERENCE.search(left):
        return outcome("treatment difference"), figure.end
    if figure.unit == _LEVEL and (moved := change_of(left, right)):
        plain = Quantity(figure.quantity.text, figure.quantity.value, "")
        return replace(outcome(by_endpoint(moved, text, endpoints)), quantity=plain), figure.end
    if said is not None and said.quantity.unit == figure.unit and _IT_WAS.search(left):
        return replace(outcome(said.name), endpoint=said.endpoint), figure.end
    if figure.unit == _LEVEL:
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
        if _THRESHOLD_BEFORE.search(left) or (figure.unit == "{fold}" and re.search(r"\bexpected\s*$", left)):
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
    if named is None and figure.unit in ("%", _COUNTED):
        named = phrases.behind(text, figure.start, figure.end, endpoints)
    story = figure.unit == _COUNTED and named is not None and named.endpoint is None
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
_DIFFERENCE = re.compile(
    rf"(?:\(|\btreatment\s+|\brisk\s+|[,;]\s+(?:for\s+)?an?\s+|^(?:The\s+)?(?:(?:LS|adjusted"
    rf"|mean|least[- ]squares)\s+)*)difference\s*(?:(?:versus|vs\.?|from|over|compared\s+(?:with|to))\s+placebo"
    rf"\s+)?(?:of|was|:|,|=)?\s*{ABOUT}$",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"\s*[\"“]")


def _tells_change(said: Outcome) -> bool:
    return said.name.rsplit(" ", 1)[-1] in set(DIRECTIONS.values())


def _endpoint_of(text: str, endpoints: list[Endpoint], start: int, end: int) -> Endpoint | None:
    """The endpoint that a percentage is of: behind it ("30% achieved a CR") or before ("an ORR of 83.6%")."""
    for low, high, entity in endpoints:
        gap = text[end:low]
        if low >= end and len(gap) < 120 and _RIGHT_OF_FIGURE.fullmatch(gap) and not adverse().search(gap):
            return low, high, entity
    for low, high, entity in reversed(endpoints):
        gap = text[high:start]
        if high <= start and len(gap) < 100 and _LEFT_OF_FIGURE.fullmatch(gap) and not adverse().search(gap):
            return low, high, entity
    return None
