"""Sentences → figures of outcomes: response rates, survival times, hazard ratios, changes of a measure.

Between linking and relations: what a figure is *of*; whose it is, the rules on studies decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.extract import values
from kg.extract.linking import LinkedSentence
from kg.model import Entity, Kind, Quantity


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure of one outcome.

    Attributes:
        start, end: offsets of the figure in the sentence.
        name: what was measured: "ORR", "median PFS", "tumor burden reduction", "hazard ratio for PFS".
        endpoint: the endpoint, where the vocabulary knows it.
        quantity: the figure.
    """

    start: int
    end: int
    name: str
    endpoint: Entity | None
    quantity: Quantity


_DIRECTIONS: Final = {
    "reduc": "reduction", "increas": "increase", "decreas": "decrease", "improv": "improvement", "declin": "decline",
    "inhibit": "inhibition", "regress": "regression", "lower": "reduction", "shr": "reduction", "rise": "increase",
    "rose": "increase", "fell": "reduction", "fall": "reduction", "drop": "reduction", "gain": "gain",
    "chang": "change",
    "cut": "reduction",
    "grew": "increase", "elevat": "increase", "slow": "slowing", "deplet": "depletion", "loss": "loss",
}  # fmt: skip
_DIRECTION = (
    r"(?P<direction>reduc(?:tions?|ed|es|ing)|increas(?:es?|ed|ing)|decreas(?:es?|ed|ing)|improv(?:ements?"
    r"|ed|es|ing)"
    r"|declin(?:es?|ed|ing)|inhibit(?:ion|ed|s)|regress(?:ion|ed)|lower(?:ed|ing|s)?|shr[aiu]nk(?:age)?"
    r"|rise|rose|fell|falls?"
    r"|drop(?:ped|s)?|gains?|changed?|cuts?|grew|elevat(?:ed|ion)|slow(?:ed|ing)|deplet(?:ion|ed))"
)
_VERB = (
    r"(?P<direction>reduced|increased|decreased|improved|declined|inhibited|regressed|lowered|shrank"
    r"|shrunk|rose|fell"
    r"|dropped|grew|slowed|depleted)"
)
_ABOUT = (
    r"(?:a\s+|an\s+)?(?:(?:mean|median|average|total|maximum|relative|placebo-adjusted)\s+(?:of\s+)?"
    r"|up\s+to\s+|approximately\s+|about"
    r"\s+|more\s+than\s+|over\s+|nearly\s+|at\s+least\s+|as\s+much\s+as\s+)*[-−–+]?"
)
_THING = r"[A-Za-z](?:[\w/'’-]|\((?:[a-z]|\d)\)|\s(?!(?:was|were|is|and\s+was)\s))*"
_BOUND = (
    r"(?=\s*(?:[.,;:]|\((?![a-z\d]\))|$|\s(?:compared|versus|vs|over|relative|from|at|after|in\s+the"
    r"|in\s+patients|in\s+mice|in"
    r"\s+participants|for|with|through|observed|by|was|were|when|and|among|following|between|on|than|that"
    r"|which)\b))"
)
_CHANGE_AFTER = re.compile(
    rf"[\s-]*(?:(?:[\w-]+\s+){{0,2}}?){_DIRECTION}\s+(?:from\s+baseline\s+)?(?:in|of)\s+(?P<measure>"
    rf"(?:the\s+)?{_THING}?){_BOUND}",
    re.IGNORECASE,
)
_CHANGE_VERB = re.compile(
    rf"(?:^|[,;:]|\b(?:and|that|while|which)\s)[-•*–\s]*(?P<measure>{_THING})\s+(?:\([A-Z][\w-]*\)\s+)?(?:was\s+|were\s+|is\s+|has\s+"
    rf"|have\s+|had\s+)?(?:been\s+)?"
    rf"(?:significantly\s+|further\s+|also\s+)?{_VERB}\s+(?:from\s+baseline\s+)?(?:by\s+)?{_ABOUT}$",
    re.IGNORECASE,
)
_CHANGE_NOUN = re.compile(
    rf"(?:^|[,;:]|\b(?:and|with|showed|a|an|the|mean|median)\s)\s*(?P<measure>[A-Za-z0-9][\w-]*(?:\s(?!and\b|with\b|in\b|of\b|a\b)[\w-]+){{0,2}})\s+{_DIRECTION}"
    rf"\s+(?:from\s+baseline\s+)?(?:of|was|were)\s+{_ABOUT}$",
    re.IGNORECASE,
)
_CHANGE_BY = re.compile(
    rf"{_DIRECTION}\s+(?P<measure>(?!by\b|from\b){_THING})\s+by\s+{_ABOUT}$", re.IGNORECASE
)
_CHANGE_OF = re.compile(
    rf"{_DIRECTION}\s+(?:from\s+baseline\s+)?(?:in|of)\s+(?P<measure>{_THING})\s*(?:\("
    rf"(?P<short>[A-Z][\w-]*)\)\s*)?(?:from\s+baseline\s+)?"
    rf"(?:at\s+\w+\s+\d+\s+)?(?:of|was|were|by|reached)\s+{_ABOUT}$",
    re.IGNORECASE,
)
#: "improvement of 44 meters in 6MWD", "reduction of 57% in LDL-C": what it is of stands behind the figure.
_CHANGE_AROUND = re.compile(rf"{_DIRECTION}\s+(?:from\s+baseline\s+)?of\s+{_ABOUT}$", re.IGNORECASE)
_AROUND_MEASURE = re.compile(
    rf"\s+(?:from\s+baseline\s+)?(?:in|on)\s+(?P<measure>(?:the\s+)?(?:[A-Za-z0-9]){_THING}?){_BOUND}",
    re.IGNORECASE,
)
#: "reduced clinical decline on the global scale, CDR-SB, by 27%"
_CHANGE_BY_LONG = re.compile(
    rf"{_DIRECTION}\s+(?P<measure>[^.;%]{{3,140}}?),?\s+by\s+{_ABOUT}$", re.IGNORECASE
)
_LOST = re.compile(
    r"\blost\s+(?:an?\s+)?(?:(?:average|mean|median)\s+(?:of\s+)?|up\s+to\s+|approximately\s+)*$",
    re.IGNORECASE,
)
_OF_WEIGHT = re.compile(
    r"\s+(?:of\s+)?(?:their\s+|total\s+|initial\s+|baseline\s+)*(?:body\s*)?weight\b", re.IGNORECASE
)
_MEDIAN_TIME = re.compile(
    r"\bmedian\s+(?P<name>(?:time\s+to|duration\s+of)\s+[a-z](?:[\w-]|\s(?!was|of|is)){2,50})\s+(?:was|of|is)\s+(?:approximately\s+|about\s+)?$",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"^(?:the\s+)?(?:(?:expected|observed|initial|mean|median)\s+)*(?:[\d.]+-fold\s+)?(?:increase|growth"
    r"|rise|progression)\s+"
    r"(?:in|of)\s+",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:and|the|a|an|this|these|its|in|of|mean|median|overall|plasma|serum|average\s+levels?\s+of"
    r"|levels?\s+of|with|by|patients'?)\s+",
    re.IGNORECASE,
)
_NOT_A_MEASURE = re.compile(
    r"\b(?:we|it|they|company|patients?|participants?|risk\s+that|enrol\w+|dose|costs?|time\s+from"
    r"|review)\b|^(?:to|from|and|or)\b",
    re.IGNORECASE,
)
_CONTROL_ARM = re.compile(
    r"\b(?:control|placebo|vehicle|sham|untreated|comparator|chemotherapy|standard[- ]of[- ]care)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compared?\s+(?:to|with)|versus|vs\.?|relative\s+to|over|than|against|as\s+opposed\s+to)\s+",
    re.IGNORECASE,
)
_ADVERSE = re.compile(
    r"\b(?:adverse|side\s+effects?|reactions?|toxicit\w+|discontinu\w+|nausea|fatigue|vomiting|neutropenia"
    r"|cytokine\s+release|"
    r"bleeding(?!\s+rates?)|infections?|headache|Grade\s+[1-5])\b",
    re.IGNORECASE,
)
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
_AMOUNT = re.compile(
    r"(?P<number>[-−–+]?\d[\d,]*(?:\.\d+)?)\s?(?P<unit>mL|meters|metres|m\b|points?|mmHg|mm\s?Hg|kg|pounds"
    r"|mg/dL|mmol/mol|mmol/L|nmol/L|"
    r"percentage\s+points|letters|microns|µm|IU/dL|units)(?![\w/])"
)
_LEFT_OF_FIGURE = re.compile(
    r"\s*\)?\s*(?:\((?:[\w\s-]+)\)\s*)?(?:rates?\s+)?(?:(?:[\w-]+\s+){0,8}?(?:of|was|is|were|at|reached|by"
    r"|in)|:|=)?\s*"
    r"(?:approximately|about|at\s+least|more\s+than|over|up\s+to)?\s*\(?"
    r"|[^.;()%]{0,90}\((?:[A-Z][\w-]*(?:\s\d+)?:\s*)?"
    r"|\s*\)?\s*(?:rates?\s+)?(?:was|were)\s+(?:achieved|reached|seen|observed)\s+(?:by|in)\s+\w+\s+of\s+"
    r"(?:the\s+)?\w+\s+[\w\s]{0,50}?\("
)
_THRESHOLD_AFTER = re.compile(
    r"\s*(?:or\s+(?:greater|more|higher|better|less)|reduction\s+or)\b", re.IGNORECASE
)
_THRESHOLD_BEFORE = re.compile(r"(?:≥|≤|at\s+least\s+an?|at\s+least|achiev\w+\s+an?)\s*$", re.IGNORECASE)
_RATE_OF = re.compile(
    r"\b(?:proportion|percentage|share|rates?)\b(?:\s+(?:of|for)\b[^.;%]{0,60})?[^.;]{0,140}\s(?:was|were"
    r"|of)\s+(?:about\s+|approximately\s+)?$",
    re.IGNORECASE,
)
_PLAIN_RATE = re.compile(
    r"(?P<name>(?:[A-Za-z][\w-]*\s+){0,3}?(?:response|responder|remission|efficacy|avoidance"
    r"|seroconversion|seroprotection|cure|clearance|cessation|healing)"
    r"(?:\s+rates?)?)\s+(?:(?:at|for|after|in|against|among)\s+[^.;%]{1,70}?\s)?(?:was|of|is|were"
    r"|reached)\s+(?:approximately\s+|about\s+)?$",
    re.IGNORECASE,
)
_RIGHT_OF_FIGURE = re.compile(
    r"\s*\)?\s*(?:\([^)]*\)\s*)?(?:(?:of\s+(?:[\w-]+\s+){0,5}?(?:patients|participants|subjects|adults|children"
    r"|individuals|those)\s+)?(?:\([^)]*\)\s*)?"
    r"(?:[\w/-]+\s+){0,4}?(?:achiev\w+|had|have|show\w+|experienc\w+|reach\w+|attain\w+|demonstrat\w+"
    r"|were\s+in)\s+)?"
    r"(?:an?\s+|the\s+|overall\s+|confirmed\s+|objective\s+|unconfirmed\s+|investigator-assessed\s+)*"
)
_TIME_ENDPOINT = re.compile(r"surviv|PFS|\bOS\b|DO[RS]|duration|time\s+to|TTP|TTNT", re.IGNORECASE)


def outcomes(sentence: LinkedSentence) -> Iterator[Outcome]:
    """The figures of a sentence, those of control arms and of adverse events left out.

    Hits: "an ORR of 83.6%"; "30% of patients achieved a complete response"; "median PFS was 9.2 months"; "66 percent
    reduction in tumor burden"; "LDL cholesterol fell by 18%"; "hazard ratio 0.62".
    Near misses: "versus 20% with placebo"; "the 25-fold increase in the control arm"; "nausea (52%)"; "95% CI".
    """
    text = sentence.text
    if _ALL_CONTROL.match(text):
        return
    endpoints = [
        (m.start - sentence.start, m.end - sentence.start, m.entity)
        for m in sentence.of_kind(Kind.ENDPOINT)
        if m.entity.concept not in _NO_OUTCOME
    ]
    last: Outcome | None = None
    used: set[tuple[int, int]] = set()
    for share in sorted((*values.percentages(text), *values.folds(text)), key=lambda q: q.start):
        if _of_control(text, share.start, share.end) or _THRESHOLD_AFTER.match(text, share.end):
            continue
        if last is not None and _NEXT_OF_LIST.fullmatch(text[last.end : share.start]):
            # "were 41%, 51% and 61%, respectively": one figure for each arm
            outcome: Outcome | None = Outcome(
                share.start, share.end, last.name, last.endpoint, share.quantity
            )
        else:
            outcome = _share(text, share, endpoints, used)
        if outcome is not None:
            yield outcome
        last = outcome
    yield from _times(text, endpoints)
    yield from _hazards(text, endpoints)
    yield from _ratios(text)
    yield from _amounts(text, endpoints)
    yield from _multiples(text, endpoints)


#: "This is compared to a 74% response rate …": all that follows is the other arm's.
_ALL_CONTROL = re.compile(
    r"\s*(?:this|these|that)\s+(?:is|are|was|were|compares?|compared)\s+(?:compared\s+)?(?:to|with|favou?rably)\b",
    re.IGNORECASE,
)
_RISK_OF_PROGRESSION = re.compile(
    r"\brisk\s+of\s+(?:disease\s+)?(?:progression|recurrence|relapse|death|disease)(?:\s*(?:,|or|and)\s+(?:of\s+)?(?:disease\s+)?(?:progression|recurrence|relapse|death))?",
    re.IGNORECASE,
)
_RISK_OF: Final = (
    (re.compile(r"progression", re.IGNORECASE), "PFS"),
    (re.compile(r"recurrence|relapse", re.IGNORECASE), "RFS"),
    (re.compile(r"death", re.IGNORECASE), "OS"),
)
_NEXT_OF_LIST = re.compile(
    r"\s*(?:(?:of\s+(?:patients|participants|subjects)\s+)?(?:in|on|at)\s+(?:the\s+)?(?!patients\s+with)[\w.\s/-]{1,40}?)?"
    r"(?:,|\band|\bor|,\s*and|,\s*or)\s*(?:by\s+|of\s+)?[-−–+]?"
    r"|\s*(?:vs\.?|versus)\s+[\d.]+\s?%(?:\s+(?:for|with|on)\s+placebo)?;\s+"
    r"(?:and\s+)?[A-Z][\w-]*(?:\s\d+)?:\s*"  # "A-1: 40% vs 12%; A-2: 29%"
)


def _share(
    text: str,
    share: values.QuantityMatch,
    endpoints: list[tuple[int, int, Entity]],
    used: set[tuple[int, int]],
) -> Outcome | None:
    """What a percentage or a factor is of; endpoints that have their figure are in `used`."""
    left = text[: share.start]
    fold = share.quantity.unit == "{fold}"
    change = None if _RATE_OF.search(left) else _change(left, text[share.end :])
    if change:
        change = _of_endpoint(change, text, endpoints)
        if _THRESHOLD_BEFORE.search(left) or (fold and re.search(r"\bexpected\s*$", left)):
            return None
        return Outcome(share.start, share.end, change, _covering(endpoints, text, change), share.quantity)
    if fold:
        return None
    long = _CHANGE_BY_LONG.search(left)
    held = [e for e in endpoints if long and long.start("measure") <= e[0] and e[1] <= long.end("measure")]
    if long and held:
        direction = next(
            n for stem, n in _DIRECTIONS.items() if long["direction"].casefold().startswith(stem)
        )
        return Outcome(
            share.start, share.end, f"{_called(text, held[-1])} {direction}", held[-1][2], share.quantity
        )
    near = _endpoint_of(text, endpoints, share.start, share.end)
    if near is not None and near[:2] not in used:
        used.add(near[:2])
        called = _called(text, near)
        used |= {
            e[:2]
            for e in endpoints
            if e[2] == near[2] and abs(e[0] - near[0]) < 60 and _called(text, e) == called
        }
        responders = re.match(r"\)?\s+(responders?|response(?:\s+rate)?|responder\s+rate)\b", text[near[1] :])
        name = called + (f" {' '.join(responders[1].split())}" if responders else "")
        if re.match(r"[-\s]+negativ(?:e|ity)\b", text[near[1] :]):
            name += " negativity"
        months = re.search(
            r"\b(\d{1,2}|one|two|three|four|five)[- ](month|year)\s+(?:[a-z]+\s+)?$", text[: near[0]]
        )
        if months and _TIME_ENDPOINT.search(near[2].label):
            name = f"{months[1]}-{months[2]} {name}"
        return Outcome(share.start, share.end, name, near[2], share.quantity)
    if near is None and _RESPONDED.match(text[share.end :]):
        return Outcome(share.start, share.end, "ORR", None, share.quantity)
    rate = _PLAIN_RATE.search(left) if near is None else None
    if rate is None:
        return None
    name = _ARTICLES.sub(
        "", re.sub(r"^.*\b(?:showed|demonstrated|achieved|had)\s+", "", " ".join(rate["name"].split()))
    )
    return (
        None
        if _ADVERSE.search(name)
        else Outcome(share.start, share.end, lower_first(name), None, share.quantity)
    )


_RESPONDED = re.compile(
    r"\)?\s+(?:of\s+(?:[\w-]+\s+){0,4}?)?(?:\([^)]*\)\s*)?responded(?:\s+to\s+(?:treatment|therapy|[A-Z][\w-]+))?(?=\s*[.,;(]|\s+(?:and|with)\b)"
)
_ARTICLES = re.compile(
    r"^(?:(?:an?|the|in|and|with|had|had\s+an?|showed|demonstrated|its|this)\s+)+", re.IGNORECASE
)


#: "7.8 versus 5.6 months": the unit stands behind the second figure only.
_PAIRED: Final = re.compile(
    r"(?<![\d.])(?P<value>\d+(?:\.\d+)?)\s+(?:versus|vs\.?|compared\s+(?:to|with))\s+\d+(?:\.\d+)?\s+(?P<unit>months|weeks|years|days)\b"
)


def _lengths(text: str) -> Iterator[values.QuantityMatch]:
    """Stretches of time, the first figure of a pair that shares its unit among them."""
    yield from values.durations(text)
    for found in _PAIRED.finditer(text):
        quantity = Quantity(f"{found['value']} {found['unit']}", Decimal(found["value"]), found["unit"])
        yield values.QuantityMatch(found.start(), found.end("value"), quantity)


def _times(text: str, endpoints: list[tuple[int, int, Entity]]) -> Iterator[Outcome]:
    """ "median PFS of 9.2 months"; "median PFS was 7.8 versus 5.6 months"."""
    for length in _lengths(text):
        for low, high, entity in reversed(endpoints):
            if high > length.start:
                continue
            gap = text[high : length.start]
            if (
                len(gap) < 60
                and _LEFT_OF_FIGURE.fullmatch(gap)
                and _TIME_ENDPOINT.search(f"{text[low:high]} {entity.label}")
                and not _of_control(text, length.start, length.end)
                and not re.search(r"\b(?:follow-up|within|rate)\b|\b(?:at|after|over|for)\s*$", gap)
            ):
                name = _called(text, (low, high, entity))
                median = re.search(
                    r"\bmedian\b[^.,;]*$", text[max(0, low - 55) : length.start], re.IGNORECASE
                )
                if median and not name.startswith("median"):
                    name = f"median {name}"
                yield Outcome(length.start, length.end, name, entity, length.quantity)
                break
        else:
            waited = _MEDIAN_TIME.search(text[: length.start])
            if (
                waited
                and not _of_control(text, length.start, length.end)
                and not _ADVERSE.search(waited["name"])
            ):
                name = "median " + " ".join(waited["name"].split())
                yield Outcome(length.start, length.end, name, None, length.quantity)


def _hazards(text: str, endpoints: list[tuple[int, int, Entity]]) -> Iterator[Outcome]:
    """ "(hazard ratio 0.48; 95% CI …)" as "hazard ratio for PFS"."""
    for ratio in values.hazard_ratios(text):
        risk = _RISK_OF_PROGRESSION.search(text[: ratio.start])
        if risk is not None and not any(risk.end() <= e[0] < ratio.start for e in endpoints):
            short = next((s for form, s in _RISK_OF if form.search(risk[0])), None)
            if short is not None:
                yield Outcome(ratio.start, ratio.end, f"hazard ratio for {short}", None, ratio.quantity)
                continue
        before = [e for e in endpoints if e[1] <= ratio.start] or endpoints
        name = f"hazard ratio for {_called(text, before[-1])}" if before else "hazard ratio"
        yield Outcome(ratio.start, ratio.end, name, before[-1][2] if before else None, ratio.quantity)


_RATIO = re.compile(
    r"\b(?P<name>(?:rate|odds|risk|incidence)\s+ratio|relative\s+risk)\s?(?:\([A-Z]{2,3}\))?\s?(?:of|was|:|=|,)?\s?(?P<value>\d?\.\d+)",
    re.IGNORECASE,
)


def _ratios(text: str) -> Iterator[Outcome]:
    """ "rate ratio 0.73" by its own name."""
    for found in _RATIO.finditer(text):
        value = found["value"]
        name = " ".join(found["name"].lower().split())
        yield Outcome(found.start(), found.end(), name, None, Quantity(value, Decimal(value), ""))


def _amounts(text: str, endpoints: list[tuple[int, int, Entity]]) -> Iterator[Outcome]:
    """ "mean change in FVC was -12 mL", "improved 6MWD by 25 meters"."""
    for found in _AMOUNT.finditer(text):
        if _of_control(text, found.start(), found.end()):
            continue
        change = _change(text[: found.start()], text[found.end() :])
        if not change:
            continue
        number = found["number"].replace("−", "-").replace("–", "-").lstrip("+")
        unit = re.sub(r"^m$", "meters", " ".join(found["unit"].split()))
        quantity = Quantity(f"{number} {unit}", Decimal(number.replace(",", "")), unit)
        yield Outcome(found.start(), found.end(), change, _covering(endpoints, text, change), quantity)


_MULTIPLE: Final = re.compile(
    r"\b(?P<verb>doubl|tripl|quadrupl)(?:ing|ed)\s+(?:the\s+)?"
    r"(?P<measure>(?:(?:median|mean|overall|average|progression-free)\s+)*(?:survival(?:\s+times?)?|half-life|lifespan))\b",
    re.IGNORECASE,
)
_MULTIPLES: Final = {"doubl": 2, "tripl": 3, "quadrupl": 4}


def _multiples(text: str, endpoints: list[tuple[int, int, Entity]]) -> Iterator[Outcome]:
    """ "nearly doubling the survival time" as "survival time increase 2-fold"."""
    for found in _MULTIPLE.finditer(text):
        if _of_control(text, found.start(), found.end()):
            continue
        stem = found["verb"].casefold()
        name = f"{lower_first(' '.join(found['measure'].split()))} increase"
        factor = _MULTIPLES[stem]
        quantity = Quantity(f"{factor}-fold", Decimal(factor), "{fold}")
        yield Outcome(found.start(), found.end(), name, _covering(endpoints, text, name), quantity)


def _of_endpoint(change: str, text: str, endpoints: list[tuple[int, int, Entity]]) -> str:
    """ "decline on the CDR-SB slowing" → "CDR-SB slowing": a long measure that holds an endpoint is called by it."""
    measure, direction = change.rsplit(" ", 1)
    if len(measure.split()) > 3 and not measure.startswith("risk of"):
        for low, high, _ in endpoints:
            if text[low:high] in measure:
                return f"{text[low:high]} {direction}"
    return change


def _covering(endpoints: list[tuple[int, int, Entity]], text: str, name: str) -> Entity | None:
    return next((e for low, high, e in endpoints if text[low:high].casefold() in name.casefold()), None)


def _called(text: str, endpoint: tuple[int, int, Entity]) -> str:
    """How a result calls its endpoint: by the abbreviation that stands there or is usual ("ORR", "EASI-75")."""
    low, high, entity = endpoint
    if text[max(0, low - 1) : low] == "-":  # "micro-dystrophin expression"
        low = re.search(r"[\w-]*$", text[:low]).start()  # type: ignore[union-attr]
    printed = " ".join(text[low:high].split())
    digits = re.match(r"[- ]\d{2,3}\b(?!\s*%)", text[high:])
    if re.fullmatch(r"[A-Z][A-Za-z0-9/-]{1,9}", printed) and sum(c.isupper() for c in printed) >= 2:
        if entity.label.startswith(printed) and re.search(r"\d", entity.label[len(printed) :]):
            return entity.label  # "IGA 0/1"
        return printed + (digits[0] if digits else "")
    if low != endpoint[0]:
        return printed
    short = short_name(entity)
    return lower_first(printed) if short == entity.label and short.casefold() != printed.casefold() else short


def short_name(entity: Entity) -> str:
    """The usual abbreviation of an endpoint, if it has one ("ORR"), else its label."""
    return next(
        (
            a
            for a in entity.alt
            if re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,6}", a) and sum(c.isupper() for c in a) >= 2
        ),
        entity.label,
    )


def _endpoint_of(
    text: str, endpoints: list[tuple[int, int, Entity]], start: int, end: int
) -> tuple[int, int, Entity] | None:
    """The endpoint that a percentage is of: behind it ("30% achieved a CR") or before ("an ORR of 83.6%")."""
    for low, high, entity in endpoints:
        gap = text[end:low]
        if low >= end and len(gap) < 120 and _RIGHT_OF_FIGURE.fullmatch(gap) and not _ADVERSE.search(gap):
            return low, high, entity
    for low, high, entity in reversed(endpoints):
        gap = text[high:start]
        if high <= start and len(gap) < 100 and _LEFT_OF_FIGURE.fullmatch(gap) and not _ADVERSE.search(gap):
            return low, high, entity
    return None


def _change(left: str, right: str) -> str | None:
    """What changed, and which way: "tumor burden reduction"; None where the figure is of no change."""
    if found := _CHANGE_AFTER.match(right):
        return _change_name(found["measure"], found["direction"])
    if found := _CHANGE_OF.search(left):
        if found["short"]:
            return _change_name(found["short"], found["direction"])
        return _change_name(found["measure"], found["direction"])
    if (found := _CHANGE_NOUN.search(left)) and not _JUST_AN_ADJECTIVE.fullmatch(found["measure"]):
        return _change_name(found["measure"], found["direction"])
    if found := _CHANGE_VERB.search(left):
        return _change_name(found["measure"], found["direction"])
    if found := _CHANGE_BY.search(left):
        return _change_name(found["measure"], found["direction"])
    if (found := _CHANGE_AROUND.search(left)) and (behind := _AROUND_MEASURE.match(right)):
        return _change_name(behind["measure"], found["direction"])
    if _LOST.search(left) and _OF_WEIGHT.match(right):
        return "weight loss"
    # "The increase in tumor burden observed in the control arm was reduced by 50 percent"
    if found := re.search(
        rf"^(?P<measure>[^;]{{3,200}}?)\s+(?:was|were)\s+{_VERB}\s+by\s+{_ABOUT}$", left, re.IGNORECASE
    ):
        return _change_name(found["measure"], found["direction"])
    return None


_JUST_AN_ADJECTIVE = re.compile(
    r"(?:(?:overall|mean|median|maximum|significant|relative|absolute|further|average|clinically|meaningful|dose-dependent|statistically|greater|up|the|a)\s*)+",
    re.IGNORECASE,
)


def _change_name(measure: str, direction: str) -> str | None:
    words = " ".join(measure.split())
    for _ in range(3):
        words = _EXPECTED.sub("", _LEADING.sub("", words))
    words = re.split(
        r"\s+(?:observed|compared|in\s+the|in\s+patients|at\s|over\s+the|after|seen|from|with|by|area\s+under"
        r"|of\s+patients)\b",
        words,
    )[0].strip(" ,")
    if not words or len(words.split()) > 8 or _NOT_A_MEASURE.search(words) or _ADVERSE.search(words):
        return None
    name = next((n for stem, n in _DIRECTIONS.items() if direction.casefold().startswith(stem)), None)
    return f"{lower_first(words)} {name}" if name else None


def lower_first(words: str) -> str:
    """Words as in the middle of a sentence: "Tumor burden" → "tumor burden", "HbA1c" as it is."""
    return words[0].lower() + words[1:] if re.match(r"[A-Z][a-z]+(?![A-Za-z0-9])", words) else words


_GIVEN_TOO = re.compile(
    r"(?:\b(?:plus|in\s+combination\s+with|combined\s+with|added\s+to|on\s+top\s+of)|\+)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)


def _of_control(text: str, start: int, end: int) -> bool:
    """Whether a figure is that of the arm compared with: "versus 20% for placebo", "21-fold in the control group"."""
    before = text[max(0, start - 45) : start]
    compared = list(_COMPARED.finditer(before))
    if compared:
        between = before[compared[-1].end() :]
        listed = "(" in between and re.match(
            r"\s*(?:vs\.?|versus)\s", text[end:]
        )  # "than placebo (A-1: 40% vs 12%)"
        if (
            not listed
            and not re.search(r"[,;]|\b(?:was|were)\b", between)
            and not re.search(r"\b(?:reduc|increas|decreas|improv)\w*\b", between, re.IGNORECASE)
        ):
            return True
    after = re.match(r"[^.;,]{0,70}", text[end:])
    window = after[0] if after else ""
    control = _CONTROL_ARM.search(window)
    if control is None:
        return bool(
            re.search(r"\d\s?%?\s+and\s*$", before) and re.match(r"[^.]{0,20}respectively", text[end:])
        )
    ahead = window[: control.start()]
    if _GIVEN_TOO.search(ahead):
        return False  # "14.9 months with AB-1 plus chemotherapy"
    another = re.search(r"\d", ahead)
    return not (
        _COMPARED.search(ahead)
        or another
        or re.search(r"\breduc\w+\b|[- ]adjusted", window[: control.end() + 10])
    )


def comparator_of(sentence: LinkedSentence, end: int) -> str | None:
    """What a figure is compared with: "a single dose of AB-1", "placebo"."""
    found = _COMPARED.search(sentence.text, end)
    if not found or found.start() - end > 90:
        return None
    phrase = re.match(r"[A-Za-z][\w\s/+-]{2,60}", sentence.text[found.end() :])
    if not phrase or re.match(r"\d", phrase[0]):
        return None
    words = re.split(r"\s+(?:in|at|on|with|and|for|over)\s", phrase[0])[0]
    return re.sub(r"^(?:the|a|an)\s+", "", words.strip()) or None
