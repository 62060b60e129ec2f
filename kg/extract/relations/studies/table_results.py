"""Tables of a release → results: which side names the outcomes, which the arms, and what each cell says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract import values
from kg.extract.outcomes import head_kind, is_adverse, lower_first, short_name
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context
from kg.extract.tables import CELL_UNITS, COUNT_AND_SHARE, Row, Table
from kg.model import Entity, Fact, Kind, Quantity

_NO_OUTCOME: Final = Pattern(
    r"\b(?:age|sex|male|female|race|prior|baseline\s+(?:characteristics|values?|mean)|ECOG|revenue"
    r"|expenses?|net\s+loss|EBIT|operating|discontinu\w+|loss\s+from|cash|income|assets|liabilities|shares?"
    r"|tax|equity"
    r"|infections|patients\s+(?:enrol\w+|randomi[sz]ed|treated|dosed|evaluable)|p[- ]?value"
    r"|syndrome|follow-up|events?(?!-free))\b|^(?:number\s+of\s+)?(?:patients|participants|subjects)$"
    r"|\(safety\)|^95",
    re.IGNORECASE,
)
#: The column that says how far apart the arms are.
_DIFFERENCE: Final = Pattern(r"\bdifference\b", re.IGNORECASE)
_TOLD_CHANGE: Final = Pattern(
    r"\b(?:change|reduction|increase|decrease|improvement|decline|difference|slope|loss|gain|score|log10)\b",
    re.IGNORECASE,
)
_P_COLUMN: Final = Pattern(r"^\W*(?:nominal\s+)?p(?:[- ]?value)?\b|^95\s?%", re.IGNORECASE)
_FINANCE: Final = Pattern(
    r"\b(?:revenues?|net\s+loss|EBIT|operating\s+(?:result|expenses|loss)|cash|total\s+assets|liabilities"
    r"|research\s+and\s+development)\b",
    re.IGNORECASE,
)
_OTHER_ARM: Final = Pattern(
    r"\b(?:placebo(?!-)|control|vehicle|sham|comparator|p[- ]?value|95\s?%\s?CI|difference"
    r"|standard\s+of\s+care|SoC"
    r"|chemotherapy|untreated|best\s+supportive)\b",
    re.IGNORECASE,
)
_ARM: Final = Pattern(
    r"\d[\d.,]*\s?(?:[x×]\s?10\S*\s?)?(?:mg|[µu]g|mcg|g|MBq|GBq|kBq|mCi|IU|vg|mL|units|million|billion)\b"
    r"|\b(?:cohort|arm|group|dose|placebo|vehicle|control"
    r"|(?:overall|total|pooled)(?=\s*(?:$|\())|all\s+(?:patients|participants|doses)|Q\d+W|part)\b",
    re.IGNORECASE,
)
_COUNT: Final = Pattern(
    r"(?:n|N|patients|participants|subjects|number of \w+|evaluable(?: patients)?)(?:\s*\(n\)|,?\s*n)?$",
    re.IGNORECASE,
)
_CELL: Final = Pattern(
    rf"(?P<sign>[-−–+]?)\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>%)?(?:(?P<unit>{CELL_UNITS})(?!\w))?(?:\s?/\s?(?P<of>\d+))?"
    r"(?:\s?[(\[]\s?(?:\d\d\s?%\s?CI[:,;]?\s?)?(?:(?P<share>\d[\d.]*)\s?%|[-−–]?[\d.,]+\s?%?\s?(?:/|of|-|−|–|—|to|,|;)\s?"
    r"(?:[-−–]?[\d.,]+|NE|NR)\s?%?|[\d.]+)\s?[)\]])*(?:[*†‡§#]+|[a-d])?(?:\s?\(\s?p\s?[<=>][^()]*\))?(?:[,;]\s?(?:p\s?[<=>].*|not\s.*|NS))?$"
)
_SHORT_UNITS: Final = {
    "mo": "months",
    "mos": "months",
    "month": "months",
    "yrs": "years",
    "wk": "weeks",
    "wks": "weeks",
    "min": "minutes",
}
_NOTE: Final = Pattern(
    r"\s*\((?:(?:co-)?primary|(?:key\s+)?secondary|\d{2}\s?%\s?CI|range|[nN]\s?=\s?\d[\d,]*|SD|SE|%"
    r"|n)[^()]*\)|\s*[*†‡§]+|\s*\[[^\]]*\]|\s*\(10[^()]*\)|\s*\(geometric mean\)",
    re.IGNORECASE,
)
_WHEN: Final = Pattern(
    r",?\s*(?:at|by|after|from\s+baseline(?:\s+to)?|to)?\s*\b(?:week|month|day|year|wk)s?\s?\d+\b.*$"
    r"|\s+from\s+baseline\b|,\s*(?:any|overall|n|%|investigator(?:[- ]assessed)?|(?:central|local)(?:\s+review)?)$"
    r"|,?\s+among\s.*$|,\s*(?:(?:geometric|LS|adjusted)\s+)?(?:mean|median|average)$",
    re.IGNORECASE,
)
_STATISTIC: Final = Pattern(
    r"^(?:(?:confirmed|best|investigator-assessed|mean|average|percent(?:age)?|LS|least[- ]squares|adjusted"
    r"|absolute)\s+)+",
    re.IGNORECASE,
)
_CHANGE_IN: Final = Pattern(
    r"^(?:(?P<lead>median|placebo-adjusted)\s+)?(?:mean\s+)?(?:%\s+|percent(?:age)?\s+)?(?P<way>change|reduction"
    r"|increase|decrease|improvement|decline)\s+(?:in|of)\s+(?:the\s+)?(?P<what>.+)$",
    re.IGNORECASE,
)
#: "MWT, change in mean sleep latency": the scale, and what it measures.
_SCALE_CHANGE: Final = Pattern(r"(?P<scale>[A-Z][\w-]*[A-Z\d][\w-]*),\s+(?:mean\s+)?change\s+in\s")
_MEAN_CHANGE: Final = Pattern(
    r",\s*(?:max(?:imum|\.)?\s+)?(?:mean|median)?\s*(?P<way>change|reduction|increase|decrease)"
    r"(?:\s+(?:vs\.?|versus|from|over)\s+baseline\b.*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """One cell as a result.

    Attributes:
        row: where it stands.
        outcome: heading or label that names the outcome, as printed.
        unit: that this gives.
        arm: label or heading that names the arm, as printed.
        cell: as printed.
        n: how many patients it rests on.
    """

    row: Row
    outcome: str
    unit: str
    arm: str
    cell: str
    n: int | None


def table_result_facts(context: Context) -> Iterator[Fact]:
    """The figures of tables and lists, one for each arm that is not a control's."""
    document = context.document
    for table in context.tables:
        if any(_FINANCE.search(row.label) for row in table.rows):
            continue
        for printed in _figures(context, table):
            figure = _as_ratio(printed) if _RATIO_COLUMN.match(printed.arm) else printed
            row = figure.row
            sentence = next((s for s in context.sentences() if s.start < row.end and row.start < s.end), None)
            found = _CELL.match(figure.cell)
            if sentence is None or found is None:
                continue
            apart = _DIFFERENCE.search(figure.arm)
            ratio = apart or _HAZARD.search(figure.outcome)  # of both arms, whichever column it stands in
            if _P_COLUMN.search(figure.arm):
                continue
            if not ratio and (_OTHER_ARM.search(figure.arm) or _of_another(context, table, figure.arm)):
                continue
            named = context.named_own(table.columns[0] if ratio else figure.arm)
            drug = named or context.focus.drug(sentence) or document.subject
            quantity = _quantity(found, figure.unit, figure.outcome)
            name = outcome_name(figure.outcome)
            if drug is None or quantity is None or not name:
                continue
            if quantity.text[0] in "+-" and not _TOLD_CHANGE.search(name):
                name = f"{name} change"  # "HbA1c, %": -1.4
            if apart:
                name = f"{name} difference"
            if _HAZARD.search(name):
                name = _of_row_before(table, row, name)
            if _DIFFERENCE_ROW.fullmatch(name) and (above := _row_above(table, row)):
                told = outcome_name(above.label)
                adjusted = name.startswith("placebo-adjusted") and _TOLD_CHANGE.search(told)
                name = f"placebo-adjusted {told}" if adjusted else f"{told} difference"
            endpoint = _endpoint(context, table, name)
            arm = _arm_of(drug, figure.arm)
            yield Fact(
                "result",
                drug,
                Quantity(f"{name} {quantity.text}", quantity.value, quantity.unit),
                confidence=0.7,
                evidence=(document.evidence_at(row.start, row.end, "studies.result.table", sentence),),
            ).with_qualifiers(
                {
                    "endpoint": endpoint,
                    "n": None if ratio else figure.n,
                    "population": None if ratio else arm or None,
                    "trial": context.trial(sentence, drug),
                }
            )


#: "HR (95% CI); p value" above a column.
_RATIO_COLUMN: Final = Pattern(r"\W*(?:stratified\s+)?(?:HR|hazard\s+ratio)\b", re.IGNORECASE)
#: What a ratio's endpoint is told without: "Median PFS by BICR", "ORR, measurable disease".
_NOT_OF_RATIO: Final = Pattern(r"^(?:median|mean)\s+|\s+by\s.*$|,.*$", re.IGNORECASE)


def _as_ratio(figure: _Figure) -> _Figure:
    """A cell of a column of hazard ratios as that of the endpoint of its row."""
    of = _NOT_OF_RATIO.sub("", outcome_name(figure.outcome))
    outcome = figure.outcome if _HAZARD.search(figure.outcome) else f"hazard ratio for {of}"
    return replace(figure, outcome=outcome, unit="")


#: A heading that is but a name with a capital, a dose behind it at most.
_BARE_NAME: Final = Pattern(
    r"(?!(?:Overall|Total|All|Pooled|Combined|Adults|Children|Adolescents|Responders|Week|Month|Day|Year|Result|Value)\b)"
    r"[A-Z][a-z]{3,}[®™]?(?:\s+\d.*)?"
)


def _of_another(context: Context, table: Table, arm: str) -> bool:
    """Whether an arm is another drug's: one known, or a bare name beside columns that name the release's own."""
    if context.names_another(arm):
        return True
    if context.named_own(arm):
        return False
    bare = _arm(arm)
    if bare and any(f"+ {bare}" in heading and context.named_own(heading) for heading in table.columns):
        return True  # "MTX" beside "AB-101 + MTX"
    if not _BARE_NAME.fullmatch(bare):
        return False
    return any(context.named_own(heading) for heading in table.columns)


def _figures(context: Context, table: Table) -> Iterator[_Figure]:
    """The cells of a table, whichever side names the arms."""
    by_row = _rows_are_arms(context, table)
    if by_row is None:
        return
    captioned = None if by_row else _outcome_of_caption(context, table)
    sizes = {
        i: _whole(row.cells[i])
        for row in table.rows
        if _COUNT.fullmatch(row.label + (f" ({row.unit})" if row.unit else ""))
        for i in range(len(row.cells))
    }
    shares = any(row.unit == COUNT_AND_SHARE for row in table.rows)
    for row in table.rows:
        counted = next(
            (_whole(c) for h, c in zip(table.columns, row.cells, strict=True) if _COUNT.fullmatch(h)), None
        )
        for index, (heading, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            if not cell or _BEFORE_TREATMENT.match(heading) or _COUNT.fullmatch(heading):
                continue
            if by_row:
                outcome, unit = _with_unit(heading or _caption(table.caption))
                arm, printed = row.label + (f" ({row.unit})" if row.unit else ""), row.label
            elif captioned:
                outcome, unit = captioned
                if not _is_population(context, row.label):
                    outcome = f"{_NOTE_BEHIND.sub('', row.label)} {outcome}"
                arm, printed = heading, heading
            else:
                outcome, unit, arm, printed = row.label, row.unit or _unit_above(table, row), heading, heading
            outcome, unit = (
                (_ratio_first(f"{outcome}, {unit}"), "")
                if unit in ("HR", "OR", "RR")
                else (_ratio_first(outcome), unit)
            )
            if shares and not unit and _COUNT_AND_SHARE.fullmatch(cell):
                unit = COUNT_AND_SHARE  # "Confirmed CR" under "ORR, n (%)"
            if _NO_OUTCOME.search(outcome) or _COUNT.fullmatch(outcome) or is_adverse(outcome):
                continue
            size = next(iter(values.sample_sizes(printed)), None)
            shared = re.search(r"\d\s?/\s?(\d+)\b", cell)
            if shared:
                size = next(iter(values.sample_sizes(f"n={shared[1]}")), size)
            yield _Figure(
                row, outcome, unit, arm, cell, int(size.value) if size else counted or sizes.get(index)
            )


#: A column of what patients had before treatment.
_BEFORE_TREATMENT: Final = Pattern(
    r"\W*(?:at\s+)?(?:baseline|screening|pre-?treatment|pre-?dose|day\s+1)\b(?!.*\bchange)", re.IGNORECASE
)


def _unit_above(table: Table, row: Row) -> str:
    """The unit that a median has from the median of the same endpoint above it: "Median PFS (investigator)"."""
    if not row.label.startswith("Median "):
        return ""
    name = " ".join(row.label.replace(",", " ").split()[:2])
    return next(
        (r.unit for r in table.rows if r.start < row.start and r.label.startswith(name) and r.unit), ""
    )


#: "Geometric mean fold rise (GMFR) in neutralising antibodies": the measure by its short form.
_SHORT_FORM: Final = Pattern(r"\((?P<short>[A-Z]{2,6})\)")
#: Rows that are people or trials and so name no outcome.
_POPULATION: Final = Pattern(
    r"\b(?:patients|participants|adults|children|adolescents|years|ITT|overall|all|subgroup|baseline|with|without)\b"
    r"|[≥≤<>]|^[A-Z]{4,}(?:[- ]?\d)?$"
)


def _outcome_of_caption(context: Context, table: Table) -> tuple[str, str] | None:
    """The outcome and unit that a caption gives to all rows, where no row names one itself."""
    if not table.caption or any(r.unit or _is_outcome(context, r.label) for r in table.rows):
        return None
    words, unit = _with_unit(table.caption.rstrip(" :"))
    if not _is_outcome(context, words):
        return None
    short = _SHORT_FORM.search(words)
    return (short["short"] if short else _MEASURED_BY.sub("", _WHEN.sub("", words))), unit


_NOTE_BEHIND: Final = Pattern(r"\s*\([^()]*\)$")
#: "BMD Z-scores by DXA*", "Mean …": how a caption's measure was taken.
_MEASURED_BY: Final = Pattern(
    r"^(?:(?:table\s+\d+[.:]?\s+)?(?:mean|median|average)\s+)|\s+(?:by|using|per)\s.*$|[*†‡]+$|(?<=score)s\b",
    re.IGNORECASE,
)


def _is_population(context: Context, label: str) -> bool:
    names = {str(n).casefold() for t in context.trials for n in t.details("name")}
    return bool(_POPULATION.search(label)) or label.casefold() in names


_OF_SAFETY: Final = Pattern(r"\b(?:adverse|safety|tolerability|side\s+effects?|TEAEs?)\b", re.IGNORECASE)


def _rows_are_arms(context: Context, table: Table) -> bool | None:
    """Whether rows stand for arms and columns for outcomes; None where the table tells no results."""
    if _OF_SAFETY.search(table.caption):
        return None
    arms = sum(1 for r in table.rows if _ARM.search(r.label) or context.named_drug(r.label))
    headed = sum(1 for c in table.columns if _ARM.search(c) or context.named_drug(c))
    outcomes = sum(1 for r in table.rows if _is_outcome(context, r.label) or r.unit)
    if arms * 2 > len(table.rows) and arms > headed and outcomes * 2 < len(table.rows) + arms:
        return True
    if not any(table.columns) and not outcomes:
        return None
    told = [c for c in table.columns if not _COUNT.fullmatch(c)]
    named = sum(1 for c in told if _is_outcome(context, c))
    return named > 1 and named == len(told) and outcomes == 0


def _is_outcome(context: Context, label: str) -> bool:
    words = re.findall(r"[A-Za-z][\w-]*", label)
    return any(head_kind(w) for w in words) or any(
        name.casefold() in label.casefold() for e in context.endpoints for name in e.names
    )


def _whole(cell: str) -> int | None:
    return int(cell.replace(",", "")) if re.fullmatch(r"\d[\d,]*", cell) else None


_HEADING_UNIT: Final = Pattern(
    r"\s*(?:,\s*(?P<comma>%|log10\s[\w/]+|mm\s?Hg|[A-Za-z/µ%]{1,12})"
    r"|\((?P<paren>%|(?![a-z]\))[A-Za-zµ0-9%/.\s]{1,22})\))(?=\s*$|\s*\([nN])"
)


def _with_unit(heading: str) -> tuple[str, str]:
    found = _HEADING_UNIT.search(heading)
    if found is None:
        return heading, ""
    return heading[: found.start()], (found["comma"] or found["paren"]).strip()


def _caption(caption: str) -> str:
    """What a caption says that its figures are of: "Topline results (percent change from baseline in LDL-C)"."""
    inside = re.search(r"\(([^()]*(?:\([a-z]\)[^()]*)*)\)\s*:?$", caption)
    words = (inside[1] if inside else caption).rstrip(":")
    return re.split(r",\s", words)[0]


_PATIENTS: Final = Pattern(
    r"^(?:(?:proportion|percentage|share|number)\s+of\s+)?(?:patients|participants|subjects)\s+(?:at|with"
    r"|achieving|reaching|who\s+achieved|having)\s+(?:an?\s+)?",
    re.IGNORECASE,
)


#: "Primary endpoint (change in UPCR at Month 9)": the name is in the parenthesis.
_ENDPOINT_INSIDE: Final = Pattern(
    r"(?:(?:key|co-?primary|primary|secondary|exploratory)\s+)*endpoint\s+\((?P<name>[A-Za-z][^()]+)\)$",
    re.IGNORECASE,
)


def outcome_name(printed: str) -> str:
    """What a result is called by its heading: "Mean change in body weight, week 32" is "body weight change"."""
    words = " ".join(printed.split())
    if inside := _ENDPOINT_INSIDE.match(words):
        words = inside["name"]
    words = _PATIENTS.sub("", _NOTE.sub("", words)).replace(" % change", " change")
    words = _MEAN_CHANGE.sub(lambda m: f" {m['way']}", words)
    words = _STATISTIC.sub("", _WHEN.sub("", words)).strip(" ,:")
    if scale := _SCALE_CHANGE.match(words):
        return f"{scale['scale']} change"
    if found := _CHANGE_IN.match(words):
        lead = f"{found['lead'].lower()} " if found["lead"] else ""
        return f"{lead}{lower_first(found['what'].strip())} {found['way'].lower()}"
    if re.match(r"[<>≥≤]", words) or re.search(r"[A-Za-z]{2}", words):
        return lower_first(words)
    return ""


#: "14 (41)", where the heading says that counts and shares are told.
_SHARE_BEHIND: Final = Pattern(r"\(\s?(\d[\d.]*)")
#: "EASI % change": the unit stands before the word.
_SHARE_CHANGED: Final = Pattern(
    r"(?:%|\bpercent(?:age)?)\s(?:change|reduction|improvement|decrease|increase)\b", re.IGNORECASE
)
#: A change of a scale, which has no unit: "Mean change in DLQI".
_OF_SCALE: Final = Pattern(
    r"\b(?:change|reduction|improvement|decrease|increase)\s+(?:from\s+baseline\s+)?(?:in|of|from|at)\b|\bscore\b"
    r"|\b(?:change|reduction|improvement|decrease|increase)$"
    r"|,\s*(?:mean|median)?\s*change$",
    re.IGNORECASE,
)
_UNITLESS: Final = Pattern(
    r"\b(?:(?-i:A[A-Z]{1,2}R)|(?:annuali[sz]ed|exacerbation|relapse|bleeding|attack|event)\s.*rates?|rates?\s+of|ratio|index|[ZT]-scores?|titres?|titers?|GM[TCFR]+|fold\s+rise)\b",
    re.IGNORECASE,
)


def _quantity(found: re.Match[str], unit: str, outcome: str) -> Quantity | None:
    """The figure of a cell; None where nothing says what a bare number is."""
    if unit == COUNT_AND_SHARE:
        share = _SHARE_BEHIND.search(found[0])
        return Quantity(f"{share[1]}%", values.decimal(share[1]), "%") if share else None
    unit = found["unit"] or unit
    if not unit and _SHARE_CHANGED.search(outcome):
        unit = "%"
    first = unit.split(" ", maxsplit=1)[0]
    if found["share"]:
        return Quantity(f"{found['share']}%", values.decimal(found["share"]), "%")
    sign = "-" if found["sign"] in ("-", "−", "–") else ""
    number = f"{sign}{found['number']}"
    value = values.decimal(found["number"]) * (-1 if sign else 1)
    if found["percent"] or first == "%":
        return Quantity(f"{number}%", value, "%")
    if found["of"] and first.casefold() in ("", "n/n", "n"):
        whole = values.decimal(found["of"])
        return Quantity(f"{number}/{found['of']}", round(value / whole, 4), "{of}") if whole else None
    if not unit and (_UNITLESS.search(outcome) or _OF_SCALE.search(outcome)):
        return Quantity(number, value, "")
    if first.endswith("fold"):
        return Quantity(f"{number}-fold", value, "{fold}")
    if not unit or first.casefold() in ("n", "$", "usd", "eur", "sd"):
        return None
    shown = _SHORT_UNITS.get(first.casefold()) or re.sub(r"^ETDRS\s+", "", unit)
    return Quantity(f"{number} {shown}", value, shown)


#: The number of a cohort before the dose that it got: "1 15 mg".
_ROW_NUMBER: Final = Pattern(r"^\d{1,2}\s+(?=\d[\d.,]*\s?[A-Za-zµ])")
_ARM_WORDS: Final = Pattern(
    r"\s*[(,]?\s*\b[nN]\s?=\s?\d[\d,]*\s*\)?\s*|\b(?:total|overall|all\s+patients)\b", re.IGNORECASE
)


#: "Low dose 5x10^10 vg/eye": the level says it better.
_TIME: Final = Pattern(r"(?:week|month|day|year)s?\s+\d", re.IGNORECASE)
_DOSE_WORD: Final = Pattern(
    r"^(?:low|mid|middle|medium|high|lower|higher)(?:[- ]dose)?\s+(?=\d)", re.IGNORECASE
)


def _arm_of(drug: Entity, label: str) -> str:
    """The arm without its size and without the drug, which is no subgroup of its own."""
    arm = _arm(label)
    for known in sorted(drug.names, key=len, reverse=True):
        if arm.casefold().startswith(known.casefold()) and not arm[len(known) : len(known) + 1].isalnum():
            arm = arm[len(known) :].strip(" ,:®™")
            break
    return "" if _TIME.match(arm) or arm.casefold() == "all" else _DOSE_WORD.sub("", arm)


def _arm(label: str) -> str:
    """The arm without its size; a total is none."""
    return _ROW_NUMBER.sub("", _ARM_WORDS.sub("", label).strip(" ,"))


_HAZARD: Final = Pattern(
    r"^(?:stratified\s+)?(?:hazard|odds|rate|risk)\s+ratio\b|^(?:HR|OR|RR)\b", re.IGNORECASE
)


#: A count and, in the parenthesis, its share.
_COUNT_AND_SHARE: Final = Pattern(r"\d+\s?\(\s?\d[\d.]*\s?\)")
#: "MACE, hazard ratio"
_RATIO_BEHIND: Final = Pattern(
    r"(?P<of>.+?),?\s+\(?(?P<kind>hazard ratio|odds ratio|rate ratio|relative risk|(?-i:HR|OR|RR))\)?",
    re.IGNORECASE,
)
_LONG_RATIO: Final = {"hr": "hazard ratio", "or": "odds ratio", "rr": "rate ratio"}


def _ratio_first(label: str) -> str:
    """ "MACE, hazard ratio" as "hazard ratio for MACE"."""
    found = _RATIO_BEHIND.fullmatch(label)
    if found is None:
        return label
    kind = found["kind"].casefold()
    return f"{_LONG_RATIO.get(kind, kind)} for {found['of']}"


#: A row that says how far apart the arms are in the row above it.
_DIFFERENCE_ROW: Final = Pattern(
    r"(?:(?:placebo-adjusted|placebo-corrected|adjusted|treatment|LS|mean|absolute)\s+)*difference(?:\s+(?:vs\.?|versus|from)\s+placebo)?",
    re.IGNORECASE,
)


def _row_above(table: Table, row: Row) -> Row | None:
    return next((r for r in reversed(table.rows) if r.start < row.start), None)


def _of_row_before(table: Table, row: Row, name: str) -> str:
    """A ratio that has no endpoint of its own is that of the row above: "median PFS", "hazard ratio"."""
    above = [r for r in table.rows if r.start < row.start and not _HAZARD.search(r.label)]
    if " for " in name or " of " in name or not above:
        return name
    return f"{name} for {re.sub(r'^(?:median|mean) ', '', outcome_name(above[-1].label))}"


def _endpoint(context: Context, table: Table, name: str) -> Entity | None:
    """The endpoint that a table names by a name."""
    held = [
        m.entity
        for m in context.document.mentions(Kind.ENDPOINT)
        if table.start <= m.start < table.end and m.text.casefold() in name.casefold()
    ]
    return max(held, key=lambda e: len(short_name(e)), default=None)
