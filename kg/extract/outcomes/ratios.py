"""Stretches of time, ratios and multiples: "median PFS of 9.2 months", "hazard ratio 0.48", "doubling survival"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.extract import values
from kg.extract.outcomes.arms import OWN_DOSE_BEHIND, of_control
from kg.extract.outcomes.figures import (
    LEFT_OF_FIGURE,
    TIME_ENDPOINT,
    Endpoint,
    Outcome,
    adverse,
    called,
    covering,
    lower_first,
)
from kg.extract.patterns import Pattern
from kg.model import Quantity

_MEDIAN_TIME = Pattern(
    r"\bmedian\s+(?P<name>(?:time\s+to|duration\s+of)\s+[a-z][^.;,()]{2,60}?)\s+(?:was|of|is)\s+"
    r"(?:approximately\s+|about\s+)?$"
    r"|\b(?P<name2>(?:time\s+to|duration\s+of)\s+[a-z][^.;,()]{2,60}?)(?::|\s+was|,)\s+(?:an?\s+)?median\s+(?:of\s+)?$",
    re.IGNORECASE,
)
_RISK_OF_PROGRESSION = Pattern(
    r"\brisk\s+of\s+(?:disease\s+)?(?:progression|recurrence|relapse|death|disease)(?:\s*(?:,|or|and)\s+"
    r"(?:of\s+)?(?:disease\s+)?(?:progression|recurrence|relapse|death))?",
    re.IGNORECASE,
)
#: "the risk of stroke by 27% (HR 0.73)", "time to first exacerbation": what else a ratio is of.
_RISK_OF_EVENT = Pattern(
    r"\b(?:risk\s+of\s+(?:an?\s+|the\s+|first\s+)*(?P<event>(?:[\w-]+\s+){0,3}?[\w-]+)(?=\s+(?:by|was|in"
    r"|versus|compared|with|\()|\s*[,(]))[^.;]{0,80}$",
    re.IGNORECASE,
)
_RISK_OF: Final = (
    (Pattern(r"progression", re.IGNORECASE), "PFS"),
    (Pattern(r"recurrence|relapse", re.IGNORECASE), "RFS"),
    (Pattern(r"death", re.IGNORECASE), "OS"),
)
#: "7.8 versus 5.6 months": the unit stands behind the second figure only.
_PAIRED: Final = Pattern(
    r"(?<![\d.])(?P<value>\d+(?:\.\d+)?)\s+(?:versus|vs?\.?|against|compared\s+(?:to|with))\s+\d+(?:\.\d+)?\s+"
    r"(?P<unit>months|weeks|years|days)\b"
)


def _lengths(text: str) -> Iterator[values.QuantityMatch]:
    """Stretches of time, the first figure of a pair that shares its unit among them."""
    yield from values.durations(text)
    for found in _PAIRED.finditer(text):
        quantity = Quantity(f"{found['value']} {found['unit']}", Decimal(found["value"]), found["unit"])
        yield values.QuantityMatch(found.start(), found.end("value"), quantity)


_EXTENDING: Final = Pattern(r"\b(?:extend|improv|increas|prolong|lengthen)\w*\s+(?:the\s+)?(?:median\s+)?$")
_TO_LENGTH: Final = Pattern(r"\)?\s+(?:from\s+[\d.]+\s+(?:\w+\s+)?)?to\s+(?:a\s+median\s+of\s+)?")


def _is_extended(text: str, low: int, gap: str) -> bool:
    """Whether words say that a time was made longer: "extended median PFS to"."""
    return _TO_LENGTH.fullmatch(gap) is not None and _EXTENDING.search(text, 0, low) is not None


#: "Median PFS, as assessed by blinded review, was": what only explains the endpoint.
_ASIDE: Final = Pattern(r",\s+(?:an?|the|as|which|assessed|measured|defined|per|by)\s[^,;]{3,90},(?=\s)")
#: "patients lived a median of": survival, told by a verb.
_LIVED: Final = Pattern(r"\b(?:lived|survived)\s+(?:for\s+)?a\s+median\s+(?:of\s+)?$")
_MEDIAN_BEFORE: Final = Pattern(r"\bmedian\b(?:[^.,;]|\.(?=\d))*$", re.IGNORECASE)
_MONTHS_FIRST: Final = Pattern(
    r"(?<![\w.])(?P<value>\d+(?:\.\d+)?)-(?P<unit>month|year|week)\s+(?:median\s+)?$"
)


_NO_LENGTH: Final = Pattern(r"\b(?:follow[- ]?up|not\s+reached|within|rate)\b|\b(?:at|after|over|for|by)\s*$")
#: "DCR at 80%, and median PFS at 5.7 months"
_MEDIAN_NAME: Final = Pattern(r"[Mm]edian|\bm[A-Z]")
_MEDIAN_NEXT: Final = Pattern(r"\s+(?:median|duration|improvement|increase|extension|gain)\b")
#: "mPFS for the two cohorts was 8.0 months and 9.6 months": arms of the studied drug.
_TWO_ARMS: Final = Pattern(
    r"\b(?:(?:two|both)\s+(?:[\w-]+\s+)?|dose\s+)(?:cohorts|arms|groups|doses|dose\s+levels|levels|regimens)\b"
)
_OTHER_ARM: Final = Pattern(
    r"\s*(?:\([^()]*\)\s*)?,?\s+(?:and|against|versus|vs\.?|compared\s+(?:to|with))\s+"
)


def times(
    text: str, endpoints: Sequence[Endpoint], others: Sequence[tuple[int, int]] = ()
) -> Iterator[Outcome]:
    """ "median PFS of 9.2 months"; "median PFS was 7.8 versus 5.6 months"; "30.2-month median PFS"."""
    for low, high, entity in endpoints if "median " in text else ():
        first = _MONTHS_FIRST.search(text, max(0, low - 30), low)
        told = first and "median" in text[first.start() : high].casefold()
        if first and told and TIME_ENDPOINT.search(f"{text[low:high]} {entity.label}"):
            quantity = Quantity(
                f"{first['value']} {first['unit']}s", Decimal(first["value"]), f"{first['unit']}s"
            )
            name = f"median {called(text, (low, high, entity))}"
            if not of_control(text, first.start(), high, others):
                yield Outcome(first.start(), high, name, entity, quantity)
    known: tuple[Outcome, ...] = ()
    for length in _lengths(text):
        if "-" in text[length.start : length.end] and not _MEDIAN_NEXT.match(text, length.end):
            continue  # "36-month rates"
        if (
            known
            and _OTHER_ARM.fullmatch(text, known[-1].end, length.start)
            and (_TWO_ARMS.search(text) or OWN_DOSE_BEHIND.match(text, length.end))
        ):
            known = (replace(known[-1], start=length.start, end=length.end, quantity=length.quantity),)
            yield known[-1]
            continue
        for low, high, entity in reversed(endpoints):
            if high > length.start:
                continue
            gap = _ASIDE.sub("", text[high : length.start])
            if (
                len(gap) < 60
                and (LEFT_OF_FIGURE.fullmatch(gap) or _is_extended(text, low, gap))
                and TIME_ENDPOINT.search(f"{text[low:high]} {entity.label}")
                and not of_control(text, length.start, length.end, others)
                and ((gap == " at " and _MEDIAN_NAME.search(text, low, high)) or not _NO_LENGTH.search(gap))
            ):
                name = called(text, (low, high, entity))
                median = _MEDIAN_BEFORE.search(f"{text[max(0, low - 55) : high]}{gap}")
                if median and not name.startswith("median"):
                    name = f"median {name}"
                known = (Outcome(length.start, length.end, name, entity, length.quantity),)
                yield known[-1]
                break
        else:
            if _LIVED.search(text, 0, length.start) and not of_control(
                text, length.start, length.end, others
            ):
                yield Outcome(length.start, length.end, "median OS", None, length.quantity)
            waited = _MEDIAN_TIME.search(text[: length.start])
            if (
                waited
                and not of_control(text, length.start, length.end, others)
                and not adverse().search(waited["name"] or waited["name2"])
                and not re.search(r"\bnot\s+reached\b|\bfollow[- ]?up\b", (waited["name"] or waited["name2"]))
            ):
                name = "median " + " ".join((waited["name"] or waited["name2"]).split())
                yield Outcome(length.start, length.end, name, None, length.quantity)


def _hazards(text: str, endpoints: Sequence[Endpoint]) -> Iterator[Outcome]:
    """ "(hazard ratio 0.48; 95% CI …)" as "hazard ratio for PFS"."""
    for ratio in values.hazard_ratios(text):
        risk = _RISK_OF_PROGRESSION.search(text[: ratio.start])
        if risk is not None and not any(risk.end() <= e[0] < ratio.start for e in endpoints):
            short = next((s for form, s in _RISK_OF if form.search(risk[0])), None)
            alone = re.search(r"\b(relapse|recurrence)$", risk[0], re.IGNORECASE)
            if alone and " or " not in risk[0]:
                short = alone[1].casefold()
            if short is not None:
                yield Outcome(ratio.start, ratio.end, f"hazard ratio for {short}", None, ratio.quantity)
                continue
        told = _RISK_OF_EVENT.search(text[: ratio.start])
        if told and not any(told.end() <= e[0] < ratio.start for e in endpoints):
            event = " ".join(told["event"].split())
            yield Outcome(ratio.start, ratio.end, f"hazard ratio for {event}", None, ratio.quantity)
            continue
        held = [e for e in endpoints if ratio.start <= e[0] < ratio.end]  # "hazard ratio for PFS was"
        if not held and (named := _RATIO_FOR.search(text, ratio.start, ratio.end)):
            short = _RISK_ALONE.get(named["of"].casefold(), named["of"])
            yield Outcome(ratio.start, ratio.end, f"hazard ratio for {short}", None, ratio.quantity)
            continue
        before = held or [e for e in endpoints if e[1] <= ratio.start] or list(endpoints)
        of = called(text, before[-1]).removeprefix("median ") if before else ""
        name = f"hazard ratio for {_SHORT_FORMS.get(of, of)}" if of else "hazard ratio"
        yield Outcome(ratio.start, ratio.end, name, before[-1][2] if before else None, ratio.quantity)


_SHORT_FORMS: Final = {"overall survival": "OS", "progression-free survival": "PFS"}
#: "the hazard ratio for death was"
_RATIO_FOR: Final = Pattern(
    r"\sfor\s(?:the\s)?(?P<of>[A-Za-z][\w -]{1,45}?)(?:\s\([A-Za-z]+\))?\s?(?:(?:of|was|is)\s|[:=,]\s?\d|\d?\.\d)"
)
_RISK_ALONE: Final = {"death": "OS", "progression or death": "PFS", "disease progression or death": "PFS"}
_RATIO = Pattern(
    r"\b(?P<name>(?:rate|odds|risk|incidence)\s+ratio|relative\s+risk)\s?(?:[(\[][A-Z]{2,3}[)\]])?(?:\s+for\s+(?:the\s+)?"
    r"(?P<of>[a-z][\w -]{2,50}?))?\s?(?:of|was|:|=|,)?\s?(?P<value>\d*\.\d+)"
    r"|[(;,]\s?(?P<short>OR|RR|IRR)\s?[:=,]?\s?(?P<value2>\d*\.\d+)"
)
_LONG: Final = {"OR": "odds ratio", "RR": "rate ratio", "IRR": "rate ratio"}


def ratios(text: str, endpoints: Sequence[Endpoint]) -> Iterator[Outcome]:
    """ "hazard ratio 0.48" by its endpoint, "rate ratio 0.73" by its own name."""
    yield from _hazards(text, endpoints)
    for found in _RATIO.finditer(text):
        value = found["value"] or found["value2"]
        name = _LONG[found["short"]] if found["short"] else " ".join(found["name"].lower().split())
        if found["of"]:
            name = f"{name} for {found['of']}"
        yield Outcome(found.start(), found.end(), name, None, Quantity(value, Decimal(value), ""))


_MULTIPLE: Final = Pattern(
    r"\b(?P<verb>doubl|tripl|quadrupl)(?:ing|ed)\s+(?:the\s+)?"
    r"(?P<measure>(?:(?:median|mean|overall|average|progression-free)\s+)*(?:survival(?:\s+times?)?"
    r"|half-life|lifespan))\b",
    re.IGNORECASE,
)
_MULTIPLES: Final = {"doubl": 2, "tripl": 3, "quadrupl": 4}


def multiples(
    text: str, endpoints: Sequence[Endpoint], others: Sequence[tuple[int, int]] = ()
) -> Iterator[Outcome]:
    """ "nearly doubling the survival time" as "survival time increase 2-fold"."""
    for found in _MULTIPLE.finditer(text):
        if of_control(text, found.start(), found.end(), others):
            continue
        stem = found["verb"].casefold()
        name = f"{lower_first(' '.join(found['measure'].split()))} increase"
        factor = _MULTIPLES[stem]
        quantity = Quantity(f"{factor}-fold", Decimal(factor), "{fold}")
        yield Outcome(found.start(), found.end(), name, covering(endpoints, text, name), quantity)
