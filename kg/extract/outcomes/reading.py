"""One sentence → the figures of outcomes in it, each with what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract import values
from kg.extract.linked import LinkedSentence
from kg.extract.outcomes.arms import is_compared, of_control
from kg.extract.outcomes.candidates import COUNTED, LEVEL, Figure, candidates, is_baseline, is_threshold
from kg.extract.outcomes.changes import WAYS
from kg.extract.outcomes.figures import Endpoint, Outcome
from kg.extract.outcomes.lists import (
    ARM_BEHIND,
    BARE,
    Drugs,
    Last,
    continued,
    dealt_to_control,
    goes_on,
    second_of_pair,
)
from kg.extract.outcomes.naming import name_of
from kg.extract.outcomes.pairing import paired
from kg.extract.outcomes.ratios import multiples, ratios, times
from kg.extract.patterns import Pattern
from kg.model import Kind

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

#: What a sentence with an outcome has; most have none of it.
_HAS_FIGURE: Final = Pattern(
    rf"\d|fold\b|per\s?cent|doubl|tripl|quadrupl|{values.NUMBER_WORD}\s+(?:out\s+)?of\b", re.IGNORECASE
)
_SAFETY: Final = Pattern(
    r"\b(?:adverse\s+(?:events?|reactions?|effects?)|side\s+effects?|TEAEs?)\b", re.IGNORECASE
)
_SYMPTOM: Final = Pattern(r"[a-z]+")
#: "with no worsening of NAS": a condition, and no outcome.
_NOT_WORSE: Final = Pattern(r"\b(?:no|without)\s+worsening\s+(?:of|in)\s+(?:the\s+)?$")
#: "This is compared to a 74% response rate …": all that follows is the other arm's.
_ALL_CONTROL = Pattern(
    r"\s*(?:this|these|that)\s+(?:is|are|was|were|compares?|compared)\s+(?:compared\s+)?(?:to|with"
    r"|favou?rably)\b",
    re.IGNORECASE,
)
#: "In the control arm the response rate was 21% and median PFS 4.3 months."
_CONTROL_ALONE: Final = Pattern(
    r"^\W*(?:(?:In|For|Among|Within)\s+(?:the\s+)?(?:placebo|control|vehicle|sham|comparator|chemotherapy)\s+(?:arm|group)|(?:On|With)\s+placebo)\b"
    r"(?!.*\b(?:versus|vs|compared|while|whereas|against|treated|treatment|active|experimental)\b)"
)
#: What others are known to reach, why patients left, what a trial was planned to show.
_NO_FINDING = Pattern(
    r"^\W*(?:(?:with|for|under|the)\s+)*(?:(?:current|existing|available|approved|conventional)(?:ly)?\s+)+"
    r"(?:standard(?:[- ]of[- ]care)?\b|(?:[a-z]+\s+)?(?:therap|treatment|drug|option|medicine)\w*)"
    r"|^\W*(?:the\s+)?(?:standard[- ]of[- ]care\s+(?:has|have|yield|achiev|offer|produc|is)|historical(?:ly)?\b)"
    r"|\b(?:standard|current|existing|conventional|available)\b[^.;]{0,80}\b(?:offers?|provides?|yields?|have|has|shows?|results?\s+in)\b[^.;]{0,60}"
    r"\b(?:inadequate|limited|modest|poor|insufficient|suboptimal)\b"
    r"|\breasons?\s+for\s+(?:\w+\s+)?(?:discontinu|withdraw|drop|stopping|leaving)"
    r"|\bdesigned\s+to\s+(?:detect|show)\b|\bassum(?:es|ing|ption)\b|\bwould\s+be\s+(?:considered|clinically|regarded|needed)\b"
    r"|\b\d+\s?%\s+power\b|\bpowered\s+(?:at|to)\b|\bconditional\s+power\b",
    re.IGNORECASE,
)


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
    if not drugs.own and _CONTROL_ALONE.match(text):
        return
    endpoints: list[Endpoint] = [
        (m.start - sentence.start, m.end - sentence.start, m.entity)
        for m in sentence.of_kind(Kind.ENDPOINT)
        if m.entity.concept not in _NO_OUTCOME and not _NOT_WORSE.search(text, 0, m.start - sentence.start)
    ]
    if _SAFETY.search(text):  # "adverse events were headache (7%) and"
        endpoints = [e for e in endpoints if not _SYMPTOM.fullmatch(text, e[0], e[1])]
    dealt = paired(text, endpoints, drugs.others)
    yield from dealt
    told = {o.start for o in dealt}
    lasted = [o for o in times(text, endpoints, drugs.others) if o.start not in told]
    timed = {o.start for o in lasted}
    found = _shares_and_levels(text, endpoints, drugs, said=said, arms=arms, named=dealt)
    yield from (o for o in found if o.start not in timed)
    yield from lasted
    yield from ratios(text, endpoints)
    yield from multiples(text, endpoints, drugs.others)


#: From a figure to the same in another unit.
_SAME: Final = Pattern(r"\s*\(|,?\s+or\s+")
_CLOSED: Final = Pattern(r"\s*(?:[);,.]|(?:from|on|with|in|at|for|versus|vs|compared|and|over|after)\b|$)")


def _converted(text: str, last: Last, figure: Figure) -> bool:
    """Whether a share gives a change told in another unit once more: "6.2 kg (5.9%)"."""
    if not _SAME.fullmatch(text, last.outcome.end, figure.start):
        return False
    units = {last.outcome.quantity.unit, figure.unit}
    told = last.outcome.name.rsplit(" ", 1)[-1] in WAYS
    alike = "%" in units and len(units) == 2 and not units & _NO_UNITS
    return alike and told and _CLOSED.match(text, figure.end) is not None


_NO_UNITS: Final = frozenset({COUNTED, LEVEL, "{level}", "", "a", "mo", "wk", "d"})


def _shares_and_levels(
    text: str,
    endpoints: list[Endpoint],
    drugs: Drugs,
    *,
    said: Outcome | None,
    arms: int,
    named: Sequence[Outcome],
) -> Iterator[Outcome]:
    """Percentages, factors, amounts and bare numbers, each by its own words or as one of a list; `named` are known."""
    found = candidates(text, endpoints)
    used: set[tuple[int, int]] = set()
    last: Last | None = None
    seen_control = False
    dealt = dealt_to_control(text, found)
    known = {o.start: o for o in named}
    for index, figure in enumerate(found):
        if figure.start in known:
            last = Last(known[figure.start], figure.end, control=False, compared=False)
            continue
        if is_threshold(text, figure):
            continue
        if last is not None and _converted(text, last, figure):
            if not last.control:
                yield replace(last.outcome, start=figure.start, end=figure.end, quantity=figure.quantity)
            continue
        listed = last is not None and goes_on(text, last, figure, endpoints)
        if last is not None and listed:
            quantity = replace(figure.quantity, unit=figure.unit.replace(LEVEL, ""))
            outcome = replace(last.outcome, start=figure.start, end=figure.end, quantity=quantity)
            reach = figure.end
        elif found_name := name_of(text, figure, endpoints, used, last.outcome if last else said):
            outcome, reach = found_name
        else:
            continue
        compared = is_compared(text, figure.start)
        control = of_control(text, figure.start, figure.end, drugs.others)
        if last is not None and listed:
            control = continued(text, last, figure, drugs, control=control, compared=compared)
            if seen_control and not last.control and BARE.fullmatch(text[last.reach : figure.start]):
                control = control or not ARM_BEHIND.match(text, figure.end)  # the same two arms as before
            control = control or (arms != 2 and second_of_pair(text, found, index, last))
        control = dealt.get(figure.start, control)
        last = Last(outcome, reach, control, compared)
        seen_control = seen_control or control
        if not control and not is_baseline(text, figure):
            yield outcome
