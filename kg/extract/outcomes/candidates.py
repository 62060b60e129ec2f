"""A sentence → every figure in it that may be an outcome's, and which of them are mere bounds or baselines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from kg.extract import values
from kg.extract.lexicon import table
from kg.extract.outcomes.figures import ABOUT, PEOPLE, SIGN, TIME_ENDPOINT, Endpoint
from kg.extract.patterns import Pattern
from kg.model import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be an outcome's."""

    start: int
    end: int
    quantity: Quantity

    @property
    def unit(self) -> str:
        """As in its quantity."""
        return self.quantity.unit


def candidates(text: str, endpoints: Sequence[Endpoint] = ()) -> list[Figure]:
    """Every figure that may be an outcome's, in the order of the text; bare numbers only where no unit follows."""
    with_unit = list(_figures(text))
    taken = {f.start for f in with_unit}
    bare = {f.start: f for f in (*_levels(text), *_levels_of(text, endpoints)) if f.start not in taken}
    for figure in tuple(bare.values()):
        bare |= {f.start: f for f in _more_levels(text, figure) if f.start not in taken}
    return sorted((*with_unit, *bare.values()), key=lambda f: f.start)


@cache
def _amount_pattern() -> Pattern:
    units = "|".join(f"(?P<u{i}>{row['form']})" for i, row in enumerate(table("outcome_units")))
    return Pattern(rf"(?<![\w.,])(?P<number>[-−–+]?\s?\d[\d,]*+(?:\.\d++)?+)[\s-]?(?:{units})(?![\w/²])")


def _figures(text: str) -> Iterator[Figure]:
    """Shares, factors and amounts in units of outcomes, in the order of the text, none inside another."""
    found = [_signed(text, q) for q in values.percentages(text)]
    found += [
        Figure(s.start, s.end, Quantity(f"{s.quantity.value}%", s.quantity.value, "%"))
        for f in tuple(found)
        for s in _sharing(text, f.start, "%")
        if _COMPARED_BEFORE.search(text, 0, f.start)
    ]
    found += [Figure(q.start, q.end, q.quantity) for q in values.folds(text)]
    for match in _amount_pattern().finditer(text):
        row = next(r for i, r in enumerate(table("outcome_units")) if match[f"u{i}"])
        number = match["number"].replace(" ", "").replace("−", "-").replace("–", "-").lstrip("+")
        unit = row["text"]
        quantity = Quantity(f"{number} {unit}", Decimal(number.replace(",", "")), unit)
        found.append(Figure(match.start("number"), match.end(), quantity))
        found += _sharing(text, match.start("number"), unit)
    for match in _SIGNED_AMOUNT.finditer(text):
        number = match["number"].replace("−", "-").replace("–", "-").lstrip("+")
        quantity = Quantity(f"{number} {match['unit']}", Decimal(number), match["unit"])
        found.append(Figure(match.start(), match.end(), quantity))
    for match in _COUNT.finditer(text):
        part, whole = values.decimal(match["part"]), values.decimal(match["whole"])
        shown = f"{part} of {whole}"  # "seven of 12" is 7 of 12
        if 0 < part <= whole and not _OF_SHARE.search(text, max(0, match.start() - 90), match.start()):
            found.append(Figure(match.start(), match.end(), Quantity(shown, round(part / whole, 4), COUNTED)))
    for match in _THINGS.finditer(text):
        shown = match["shown"] or match["counted"] or match["fewer"]
        number = (match["number"] or match["number2"] or match["fewer"]).replace("−", "-")
        start = match.start("shown") if match["shown"] else match.start()
        shown = shown.replace("−", "-")
        found.append(Figure(start, match.end(), Quantity(shown, Decimal(number), THINGS)))
    last_end = 0
    for figure in sorted(found, key=lambda f: (f.start, -f.end)):
        if figure.start >= last_end:
            yield figure
            last_end = figure.end


#: "5.8, 7.0 and 3.1 mmHg": numbers that have their unit from the last of them.
_BEFORE_LAST: Final = Pattern(r"(?<![\w.,/-])(?P<number>[-−]?\d{1,4}(?:\.\d+)?)(?:,\s+|,?\s+(?:and|or)\s+)$")
_COMPARED_BEFORE: Final = Pattern(
    r"(?<![\w.,:/-])(?P<number>[-−]?\d{1,4}(?:\.\d+)?)\s+(?:versus|vs?\.?|against|compared\s+(?:with|to))\s+$"
)
_MOVED_BY: Final = Pattern(r"\b(?:by|of|was|were|averaged)\s+(?:about\s+|approximately\s+)?$")


def _sharing(text: str, start: int, unit: str) -> list[Figure]:
    """The bare numbers in a row before one with a unit, where the row follows "by", "of" or "was"."""
    row: list[Figure] = []
    if pair := _COMPARED_BEFORE.search(text, max(0, start - 34), start):  # "2.1 versus 5.0 mL/min"
        number = pair["number"].replace("−", "-")
        return [
            Figure(
                pair.start("number"), pair.end("number"), Quantity(f"{number} {unit}", Decimal(number), unit)
            )
        ]
    while before := _BEFORE_LAST.search(text, max(0, start - 16), start):
        number = before["number"].replace("−", "-")
        start = before.start("number")
        row.append(Figure(start, before.end("number"), Quantity(f"{number} {unit}", Decimal(number), unit)))
    return row if _MOVED_BY.search(text, max(0, start - 30), start) else []


def _signed(text: str, share: values.QuantityMatch) -> Figure:
    """A share with the minus sign that stands before it: "changed by -1.5%"."""
    quantity = share.quantity
    if _MINUS.search(text[: share.start]) and quantity.value is not None:
        quantity = Quantity(f"-{quantity.text}", -quantity.value, quantity.unit)
    return Figure(share.start, share.end, quantity)


_MINUS = Pattern(r"(?:^|[\s(:])[-−]$")
#: "changed by -162 mg": an amount that is no dose, because of its sign.
_SIGNED_AMOUNT: Final = Pattern(
    r"(?<![\w.])(?P<number>[-−–+]\d+(?:\.\d+)?)\s(?P<unit>mg|g|mcg|µg|cm|mm|IU|units)\b(?!/)"
)
#: "14.3% of patients (3 out of 21)": the share once more.
_OF_SHARE: Final = Pattern(r"%[^()%]*\(\s*$")
#: The unit of a share that is told as a count: "seven of 12 patients".
COUNTED: Final = "{of}"
#: The unit of a count of things: "fell by 4.8 days", "2.1 fewer attacks per month".
THINGS: Final = "{things}"
_COUNTABLE: Final = (
    r"(?:(?:migraine|headache|attack|seizure|hot|rescue|urinary|incontinence|bowel|awake|symptom-free|pain)\s)?"
    r"(?:days|nights|attacks|seizures|bleeds|episodes|events|migraines|steps|exacerbations|voids|movements|flashes|flushes|lesions"
    r"|awakenings|relapses|infections|micturitions|joints|tablets|naps|headaches|spasms|drops|cigarettes|drinks|units)"
)
_EACH: Final = r"(?:\s(?:per|a|each)\s(?:(?:patient-)?year|month|week|day|night|hour|28\sdays))"
_THINGS: Final = Pattern(
    r"\bby\s+(?:an?\s+)?(?:(?:mean|median|average)\s+(?:of\s+)?|approximately\s+|about\s+|nearly\s+)*(?P<shown>(?P<number>\d+(?:\.\d+)?)"
    rf"(?:\s{_COUNTABLE}{_EACH}?|{_EACH}))"
    rf"|(?<![\w.,])(?P<counted>(?P<number2>[-−]?\d+\.\d+|[-−]\d+)(?:\s{_COUNTABLE}{_EACH}?|{_EACH}))"
    r"|(?<![\w.])(?P<fewer>\d+(?:\.\d+)?)(?=\s(?:fewer|more)\s(?!than\b))"
)
_COUNT = Pattern(
    rf"(?<![\w.,-])(?P<part>\d{{1,4}}|{values.NUMBER_WORD})\s+(?:of|out\s+of)\s+(?:the\s+)?(?:first\s+)?"
    rf"(?P<whole>\d{{1,4}}|{values.NUMBER_WORD})"
    rf"(?=\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE}\b|\s+(?:had|were|achieved|reached|remained|showed|became)\b|\s+(?:at|on|with)\s+(?:the\s+)?\d|\s*(?:[.;)]|,\s))(?!(?:[^.;%]|\.(?=\d)){{0,90}}\d\s?%\s?[),;])",
    re.IGNORECASE,
)


_FROM_TO = Pattern(
    r"\b(?:fell|fallen|declined|decreased|dropped|rose|risen|increased|improved|went|came\s+down|reduced"
    r"|changed)\s+"
    r"(?:significantly\s+)?(?:(?:by\s+)?(?:[^.;,]|\.(?=\d)){1,30},\s+)?(?:by\s+)?(?:\d[\d.]*\s?%,?\s+)?from\s+(?:a\s+(?:mean|median)\s+of\s+)?[-−]?\d[\d.,]*"
    r"(?!\s?%)(?:\s[^.;%]{0,80}?)?\s+to\s+"
    r"(?:a\s+(?:mean|median)\s+of\s+)?(?P<level>[-−]?\d+(?:\.\d+)?)(?!\d|[.,]\d|\s?%|\s(?:mg|million"
    r"|billion)\b)",
    re.IGNORECASE,
)
#: "fell to 1.2 from 9.8"
_TO_FROM = Pattern(
    r"\b(?:fell|fallen|declined|decreased|dropped|rose|risen|increased|improved|reduced|changed)\s+"
    r"(?:significantly\s+)?to\s+(?:a\s+(?:mean|median)\s+of\s+)?(?P<level>[-−]?\d+(?:\.\d+)?)(?!\d|[.,]\d|\s?%"
    r"|\s(?:mg|million|billion)\b)\s+(?:[^.;%\d]{0,40}\s)?from\s+(?:a\s+(?:mean|median|baseline)\s+of\s+)?[-−]?\d",
    re.IGNORECASE,
)
_SCORE = Pattern(
    r"\b(?:rate|index|ABR|AIR|AAR|(?<!hazard\s)(?<!risk\s)(?<!odds\s)(?<!rate\s)ratio(?=\s(?:of|was)\b))(?:\s*\([A-Za-z]+\))?(?:\s+(?:for|in|of|at)\s[^.;,%]{1,50}?)?,?\s+(?:was|of)\s+"
    r"(?P<level>\d+\.\d+)(?!\s?%|[\d,]|\s?(?:months|years|weeks|days|per\s?cent|mg|mL|million|billion))"
)
#: "reduced by 87% to a mean of 1.4"
_BY_TO = Pattern(
    r"\b(?:fell|declined|decreased|dropped|rose|increased|improved|reduced)\s+by\s+\d[\d.]*\s?%\s+to\s+(?:an?\s+(?:mean|median"
    r"|average)\s+of\s+)?(?P<level>\d+(?:\.\d+)?)(?!\d|[.,]\d|\s?%|\s(?:mg|million|billion|months?|weeks?)\b)",
    re.IGNORECASE,
)
#: "fell by 4.9 from a baseline of 9.2"
_FELL_BY = Pattern(
    r"\b(?:fell|declined|decreased|dropped|rose|increased|improved|(?:was|were)\s+(?:reduced|lowered|cut|raised))\s+by\s+(?:an?\s+(?:mean|median|average)\s+of\s+)?"
    r"(?P<level>\d{1,3}(?:\.\d+)?)(?=\s+(?:from|versus|vs|compared|with|on|among|and|at|in)\b|\s*(?:[(;]|[.,](?!\d)|$))"
)
#: "the mean UAS7 change was -20.4", "annualised relapse rate 0.12 versus 0.29"
_CHANGE_WAS = Pattern(
    r"\b(?:change|difference)\s+(?:from\s+baseline\s+|(?:versus|vs\.?|from|over)\s+placebo\s+|between\s+(?:the\s+)?(?:two\s+)?(?:groups|arms|treatments)\s+)?"
    r"(?:(?:to|at|by|through)\s+(?:[Ww]eek|[Mm]onth|[Dd]ay)\s+\d+\s+)?(?:was|of)\s+(?P<level>(?:[-−]|(?<=difference\swas\s)"
    r"|(?<=difference\sof\s)|(?<=groups\sof\s)|(?<=arms\sof\s)|(?<=groups\swas\s))\d+(?:\.\d+)?)(?!\d|[.,]\d|\s?%|\s[a-z]*/)(?!\s(?:points|kg|m))"
)
#: "; difference 2.5 (95% CI"
_DIFFERENCE_BARE = Pattern(
    r"[;(,]\s*(?:an?\s+)?(?:(?:LS|least[- ]squares|mean|treatment|adjusted|placebo-adjusted|estimated"
    r"|between-group)\s+)*"
    r"(?:[Dd]iff(?:erence|\.)?|[Dd]elta|Δ)(?:\s(?:versus|vs\.?|from)\s+placebo)?\s*(?:of\s|was\s|[:=,])?\s*(?P<level>[-−]?\d+(?:\.\d+)?)(?=\s*[(;,)]|\.(?!\d)|$)"
)
#: "greater change in mean SUDS score (LS mean = -13.8)"
_MEAN_ASIDE = Pattern(
    r"\((?:(?:LS|least[- ]squares|adjusted)\s+(?:\(LS\)\s+)?)*mean(?:\s+change)?\s*[:=,]?\s*(?:of\s+)?"
    r"(?P<level>[-−+]?\d+(?:\.\d+)?)(?=\s*[);,])"
)
_RATE_VERSUS = Pattern(
    r"\brate(?::|\s\([A-Z]+\):?)?\s+(?P<level>\d+\.\d+)(?=\s+(?:versus|vs?|against|compared)\b|\s*(?:\(|;|$))"
)
#: "with a GMT of 1,254", "the GMFR was 12.6"
_TITRE = Pattern(
    r"\b(?:GMTs?|GMFRs?|GMCs?|GMRs?|geometric\s+mean\s+(?:tit(?:er|re)\s+)?ratios?(?:\s[^.;,%\d]{1,50}?)?|geometric\s+mean\s+(?:tit(?:er|re)s?|fold\s+rises?|concentrations?))(?:\s*\([A-Z]+\))?\s+"
    r"(?:(?:on|at|by)\s(?:[Dd]ay|[Ww]eek|[Mm]onth)\s\d+\s+|(?:for|in|with|against|at|on)\s[^.;,%\d]{2,40}\s)?(?:(?:was|were|of|reached|rose\s+to)\s+|(?<=GMT\s|GMC\s|GMR\s)|(?<=GMFR\s)|[:=]\s*)(?P<level>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d,]*\s?%|[\d.]*-?fold)"
)
#: "the mean change in SUDS score was -13.8"
_MOVED = Pattern(
    r"\b(?:change|reduction|increase|improvement|decrease|decline|difference)s?\s+(?:from\s+baseline\s+|(?:from|versus|vs\.?|over)\s+placebo\s+)*in\s+(?:the\s+)?"
    r"[A-Za-z][^.;:%()\d]{2,60}?\s+(?:(?:at|by|over|after)\s+(?:(?:week|month|day)\s+\d+|\d+\s+(?:weeks|months|days))\s+)?(?:was|were)\s+(?P<level>[-−+]?\d+(?:\.\d+)?)"
    r"(?=\s*(?:\(|$|[.;,](?!\d))|\s+(?:in|on|for|with|at|versus|vs|compared|among|and)\s)"
)
#: "the mean SUVmax of metastases was 21.3"
_MEAN_WAS = Pattern(
    r"\b(?:mean|median|average)\s+[A-Za-z][^.;:,%()]{2,60}?\s+(?:was|were|of|reached|averaged)\s+(?:about\s+|approximately\s+)?(?P<level>[-−]?\d+(?:\.\d+)?)"
    r"(?=\s*(?:[;)(]|[.,](?!\d)|$)|\s+(?:in|on|for|with|versus|vs?|compared|against|and|per)\b)(?!\s+(?:and|or)\s+\d[\d.]*\s?[a-z%])",
    re.IGNORECASE,
)
#: The unit of a bare number: a rate, a score.
LEVEL: Final = "{level}"


def _levels(text: str) -> Iterator[Figure]:
    """Bare numbers that are a level: "the ABR was 1.6", "fell from 12.6 to 1.9"."""
    for form in (
        _FROM_TO,
        _TO_FROM,
        _BY_TO,
        _FELL_BY,
        _CHANGE_WAS,
        _DIFFERENCE_BARE,
        _MEAN_ASIDE,
        _RATE_VERSUS,
        _SCORE,
        _TITRE,
        _MOVED,
        _MEAN_WAS,
    ):
        for match in form.finditer(text):
            number = match["level"].replace("−", "-").lstrip("+")
            value = Decimal(number.replace(",", ""))
            yield Figure(match.start("level"), match.end("level"), Quantity(number, value, LEVEL))


#: What stands between an endpoint and a bare number that is its level: "SPID48 was 118.4", "Pearl Index of 2.98".
_LEVEL_BEHIND = Pattern(
    r"\)?\s*(?:\([A-Z][\w-]*\)\s*)?(?:(?:total\s+)?scores?\s+|ratio\s+)?(?:(?:on|at)\s(?:[Dd]ay|[Ww]eek|[Mm]onth)\s\d+\s|(?:in|on|for|with|at)"
    r"\s[^.;,%()\d]{2,40}\s)?(?:(?=\d+\.\d+\s+(?:on|with|for|versus|vs)\b)|(?:was|were|of|(?:(?:was|were)\s+)?(?:(?:reduced|fell|rose|declined|decreased|increased|improved|worsened|dropped|changed)\s+)?by|fell|rose|declined|decreased|increased|improved|worsened|dropped)\s+)"
    rf"{ABOUT.removesuffix(SIGN)}[~≈]?"
    r"(?P<level>[-−–+]?(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?))(?=\s*(?:\(|$|[;,](?!\d)|\.(?!\d))"
    r"|\s+(?:in|on|for|with|at|versus|vs\.?|compared|among|and|per)\s)"
)


def _levels_of(text: str, endpoints: Sequence[Endpoint]) -> Iterator[Figure]:
    """Bare numbers behind an endpoint that is known."""
    for _, high, entity in endpoints:
        found = _LEVEL_BEHIND.match(text, high)
        if found and not TIME_ENDPOINT.search(entity.label):
            number = found["level"].replace("−", "-").replace("–", "-").lstrip("+")
            value = Decimal(number.replace(",", ""))
            yield Figure(found.start("level"), found.end("level"), Quantity(number, value, LEVEL))


#: ", 109,209 in the 100 µg group, and 213,526 in the 250 µg group", "299,751, 782,719 and 1,192,154"
_MORE_LEVELS = Pattern(
    r"(?:\s*\([^()]*\))?(?:\s+(?:in|for|with|on|at)\s(?:[^.;,()\d]"
    r"|(?<![\d,] )\d+(?:\.\d+)?\s?(?=[mµu]?g\b|mg/kg)){3,40}?)?"
    r"(?:\s*\([^()]*\))?(?:,\s*(?:and\s+)?|\s+and\s+)"
    r"(?P<level>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+\.\d+|\d{2,}))(?=\s*(?:\(|[;,](?!\d)|\.(?!\d)|$)|\s+(?:in|for|with|on|at|and)\s)"
)


def _more_levels(text: str, figure: Figure) -> Iterator[Figure]:
    """The bare numbers that go on with one."""
    end = figure.end
    while found := _MORE_LEVELS.match(text, end):
        number = found["level"].replace("−", "-")
        yield Figure(
            found.start("level"),
            found.end("level"),
            Quantity(number, Decimal(number.replace(",", "")), LEVEL),
        )
        end = found.end("level")


# --- figures that are no outcomes

_THRESHOLD_AFTER = Pattern(
    r"\s*(?:or\s+(?:greater|more|higher|better|less|lower|fewer|below|above)|reduction\s+or)\b", re.IGNORECASE
)
#: "in the 1% group", "2% cream": how strong a drug was.
_STRENGTH: Final = Pattern(
    r"\s+(?:group|arm|cohort|drops?|eye\s+drops|cream|gel|solution|ointment|foam|lotion|formulation|concentration|strength)\b"
)
THRESHOLD_BEFORE = Pattern(
    r"(?:[≥≤]|>=|<=|at\s+least\s+an?|at\s+least|(?:%|per\s?cent|\bhalf|\bmajority|\bproportion|\d\s(?:out\s)?of\s\w+)[^.;]{0,80}?\bachiev\w+\s+an?)\s*$",
    re.IGNORECASE,
)

_AT_BASELINE = Pattern(
    r"\s*(?:\([^()]*\)\s*)?(?:at|before|prior\s+to)\s+(?:(?:study\s+)?(?:baseline|entry|enrol?lment|screening)"
    r"|the\s+(?:start|beginning|outset)\s+of\s+(?:the\s+|this\s+)?(?:study|trial|treatment))\b",
    re.IGNORECASE,
)
_BASELINE_BEFORE = Pattern(
    r"(?:^|[.;]\s+|,\s+(?:and\s+|while\s+))(?:at|on)\s+(?:(?:study\s+)?(?:baseline|entry|enrol?lment|screening)"
    r"|the\s+(?:start|beginning|outset)\s+of\s+(?:the\s+|this\s+)?(?:study|trial|treatment))\b"
    r"(?:(?!\b(?:week|month|year|after|reduc\w+|decreas\w+|increas\w+|declin\w+|fell|rose)\b)[^;])*$"
    r"|^\W*baseline\s(?:(?!\b(?:week|month|year|after|reduc\w+|decreas\w+|increas\w+|declin\w+|fell|rose)\b)[^;])*$"
    r"|\b(?:(?:mean|median|average)\s+baseline|baseline\s+(?:mean|median|average))\s+(?:[\w/-]+\s+){0,5}?"
    r"(?:was|were|of)\s+"
    rf"{ABOUT}$|\b(?:a|the)\s+baseline\s+(?:(?:level|mean|median|value|average|score)\s+)?of\s+{ABOUT}$",
    re.IGNORECASE,
)


#: "fell from 8.4% to": where it began, unless a week is told ("from 13.4% at week 24 to")
_FROM = Pattern(
    r"(?<!change\s)(?<!reduction\s)(?<!improvement\s)(?<!increase\s)(?<!decrease\s)(?<!decline\s)"
    r"\bfrom\s+(?:an?\s+)?(?:(?:mean|median|average|baseline)\s+)*(?:of\s+)?[-−]?$",
    re.IGNORECASE,
)
_TO = Pattern(r"(?:(?!\bat\s+(?:week|month|day)\s+[1-9])[^.;]|\.(?=\d)){0,60}?\s+to\s+")


def is_baseline(text: str, figure: Figure) -> bool:
    """Whether a figure is what patients had before treatment: "was 8.2% at baseline", "from a baseline of 8.2%"."""
    return bool(
        _AT_BASELINE.match(text, figure.end)
        or _BASELINE_BEFORE.search(text[: figure.start])
        or (_FROM.search(text[: figure.start]) and _TO.match(text, figure.end))
    )


#: "weight loss of at least 5% was achieved by", "a decline of more than 50% was seen in"
_BOUND_BEFORE = Pattern(r"\bof\s+(?:at\s+least|more\s+than|over|greater\s+than)\s+$", re.IGNORECASE)
#: "58% showed an improvement of at least 15 letters"
_PASSED_BY_SOME = Pattern(
    r"\b(?:improvement|reduction|increase|decrease|gain|loss|decline|rise|drop|fall)\s+(?:in\s+[\w-]+(?:\s[\w-]+){0,3}?\s+)?of\s+(?:at\s+least|(?:more|greater)\s+than|over|≥)\s*$",
    re.IGNORECASE,
)
#: A share, or patients counted: "one patient had a decline in PSA of more than 50 percent".
_SOME: Final = Pattern(rf"%|\b(?:\d+|{values.NUMBER_WORD})\s+(?:[\w-]+\s+)?{PEOPLE}\b", re.IGNORECASE)
#: Words of whom a trial takes in.
_ELIGIBLE: Final = Pattern(
    r"\b(?:enrol(?:l|ling|s)?|recruit(?:s|ing)?|eligib\w+|inclusion|will\s+(?:treat|include|receive))\b"
)
#: "All had a ratio of at least 0.75 g/g"
_ALL_HAD: Final = Pattern(r"\b(?:all|each|every|required|with)\b[^.;]*$", re.IGNORECASE)
#: A share of patients, of whom the bound is told.
_SHARE_APART: Final = Pattern(
    r"\d\s?%|\bper\s?cent\b|\bhalf\b|\bthirds?\b|\b\d+\s(?:out\s)?of\s(?:the\s)?\d+\b|\b(?:majority|proportion)\b"
)
_BOUND_BEHIND = Pattern(
    r"\s+(?:from\s+baseline\s+)?(?:was|were)\s+(?:achieved|reached|attained|seen|observed|met|recorded)\b"
)


#: "70% of the patients report a greater than 30% increase in function and a more than 30% decrease in pain"
_SHARE_PAST = Pattern(
    rf"\d\s?%\s+of\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE}\b[^.;]*\b(?:greater|more|better)\s+than\s+(?:an?\s+)?$"
)
_CHANGE_NEXT = Pattern(
    r"\s+(?:[\w-]+\s+){0,2}?(?:reduction|improvement|increase|decrease|decline|loss|gain|fall|rise)\b"
)
#: "91% achieved an HbA1c of less than 7%"
_LEVEL_BOUND = Pattern(
    r"\d\s?%[^.;]*\b(?:achiev\w+|reach\w+|attain\w+|had|met)\s[^.;%]*\b(?:less|lower|greater|more|higher|fewer)\s+than\s+$"
)
#: "46% of the target OS events reached": how far the data have come.
_MATURITY = Pattern(
    r"\s+(?:of\s+(?:[\w-]+\s+){0,5}?events\b|(?:data\s+)?matur(?:e|ity)\b|information\s+fraction\b)"
)


#: "exceeding the agreed statistical hurdle of 20%"
_HURDLE = Pattern(
    r"\b(?:hurdle|benchmark|threshold|null\s+hypothesis|margin)\s+(?:rate\s+)?(?:of|was|for\s+\w+\s+of)\s+[-−]?$"
)


#: "HbA1c below 7%"
_BOUND_WORD: Final = Pattern(r"\b(?:below|under|above)\s+$")
#: Characters before a figure in which the words that belong to it stand.
_LOOK_BACK: Final = 300


def is_threshold(text: str, figure: Figure) -> bool:
    """Whether a figure only bounds what counts: "a ≥50% reduction", "at least 10% weight loss"."""
    before = text[max(0, figure.start - _LOOK_BACK) : figure.start]
    return bool(
        _THRESHOLD_AFTER.match(text, figure.end)
        or (figure.unit == "%" and _STRENGTH.match(text, figure.end))
        or _MATURITY.match(text, figure.end)
        or _HURDLE.search(before)
        or (
            _BOUND_WORD.search(before)
            and (_SHARE_APART.search(text, figure.end) or _SHARE_APART.search(text, 0, figure.start))
        )
        or re.search(r"(?:[≥≤<]|>=|<=|\btime\s+to\s+(?:an?\s+)?|\(defined\s+as\s[^()]*)\s*$", before)
        or (_PASSED_BY_SOME.search(before) and _SOME.search(text, 0, figure.start))
        or _LEVEL_BOUND.search(before)
        or (_CHANGE_NEXT.match(text, figure.end) and _SHARE_PAST.search(before))
        or (
            _BOUND_BEFORE.search(before)
            and (
                _BOUND_BEHIND.match(text, figure.end)
                or _ELIGIBLE.search(text)
                or (figure.unit not in ("%", "{fold}", COUNTED) and _ALL_HAD.search(before))
                or _SHARE_APART.search(text, figure.end)
                or _SHARE_APART.search(text, 0, figure.start)
            )
        )
        or (
            re.search(r"\([^()]*\b(?:at\s+least|(?:more|greater|less)\s+than)\s+$", before)
            and text[figure.end : figure.end + 1] == ")"
        )
        or (
            THRESHOLD_BEFORE.search(before)
            and re.match(
                r"\s+(?:[\w-]+\s+){0,2}?(?:reduction|improvement|increase|decrease|decline|weight|loss|gain"
                r"|fall|rise)",
                text[figure.end :],
            )
        )
    )
