"""A table → its figures: which side names the outcomes, which the arms, and what each cell is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract import values
from kg.extract.outcomes import counted, head_kind, is_adverse, lower_first, people
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context
from kg.extract.relations.studies.table_names import RATIO, WHEN, outcome_name, ratio_first, ratio_for
from kg.extract.table_cells import CellValue, cell_values, is_figure
from kg.extract.tables import COUNT_AND_SHARE, Row, Table, label_and_unit

_NO_OUTCOME: Final = Pattern(
    r"\bat\s+baseline\b|^baseline\b|\b(?:age|sex|male|female|race|prior|baseline\s+(?:characteristics|values?|mean)|ECOG|revenue"
    r"|expenses?|net\s+loss|EBIT|operating|discontinu\w+|loss\s+from|cash|income|assets|liabilities|shares?"
    r"|tax|equity"
    r"|infections|patients\s+(?:enrol\w+|randomi[sz]ed|treated|dosed|evaluable)|p[- ]?value"
    r"|disease\s+duration|duration\s+of\s+(?:disease|illness|follow-?up|treatment|exposure)|(?:time|years)\s+since|BMI\s*(?:$|\()"
    r"|(?-i:C|T)\s?(?:max|min|trough)|^AUC|half-life|t½|(?:apparent|oral|renal|systemic|plasma|total|drug|intrinsic)\s+clearance\b|^clearance\b|bioavailability|volume\s+of\s+distribution"
    r"|syndrome|progressive\s+disease|follow-up|(?<!first\s)events?(?!-free))\b|^(?-i:PD|NE)$|^(?:number\s+of\s+)?(?:patients|participants|subjects)$"
    r"|\(safety\)|^95",
    re.IGNORECASE,
)
OTHER_ARM: Final = Pattern(
    r"\b(?:placebo(?!-)|control|vehicle|sham|comparator|p[- ]?value|95\s?%\s?CI|difference"
    r"|standard(?:[- ]of[- ]|\s+)care|SoC|usual\s+care|licen[sc]ed"
    r"|active\s+control|reference|observation|best\s+available|BAT"
    r"|(?:physician|investigator)['’]?s['’]?\s+choice|TPC|historical|natural\s+history|untreated"
    r"|chemotherapy|untreated|best\s+supportive)\b",
    re.IGNORECASE,
)
_ARM: Final = Pattern(
    r"\d[\d.,]*\s?(?:[x×]\s?10\S*\s?)?(?:mg|[µu]g|mcg|g|MBq|GBq|kBq|mCi|IU|IEQ|pfu|PFU|CFU|vp|copies|cells|vg|mL|units|million|billion)\b"
    r"|\b(?:cohort|arm|group|dose|placebo|vehicle|control"
    r"|(?:overall|total|pooled)(?=\s*(?:$|\())|all\s+(?:patients|participants|doses)|Q\d+W|part)\b",
    re.IGNORECASE,
)
TOLD_CHANGE: Final = Pattern(
    r"\b(?:change|reduction|increase|decrease|improvement|decline|difference|slope|loss|gain|score|log10)\b",
    re.IGNORECASE,
)
COUNT: Final = Pattern(
    r"(?:n|N|patients|participants|subjects|number of \w+|evaluable(?: patients)?)(?:\s*\(n\)|,?\s*n)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TableFigure:
    """One figure of a table.

    Attributes:
        row: where it stands.
        outcome: heading or label that names the outcome, as printed.
        unit: that this gives.
        arm: label or heading that names the arm, as printed; empty where it is of both arms or none is named.
        value: the figure itself.
        n: how many patients it rests on.
        between: "difference" or "ratio" where it says how far apart the arms are; else empty.
        population: patients that a line above the row or the caption names.
    """

    row: Row
    outcome: str
    unit: str
    arm: str
    value: CellValue
    n: int | None
    between: str = ""
    population: tuple[str, ...] = ()


def figures(context: Context, table: Table) -> Iterator[TableFigure]:
    """The figures of a table, whichever side names the arms; those of arms compared with are among them."""
    by_row = False if table.by_arm else _rows_are_arms(context, table)
    if by_row is None:
        return
    captioned = None if by_row else _outcome_of_caption(context, table)
    sizes = {
        i: _whole(row.cells[i])
        for row in table.rows
        if COUNT.fullmatch(row.label + (f" ({row.unit})" if row.unit else ""))
        for i in range(len(row.cells))
    }
    shares = any(row.unit == COUNT_AND_SHARE for row in table.rows)
    of_all = counted(table.caption) if len(table.columns) == 1 else None
    group = _people(table.caption) if len(table.columns) == 1 else ()
    for row in table.rows:
        counts = (_whole(c) for h, c in zip(table.columns, row.cells, strict=True) if COUNT.fullmatch(h))
        told = next((n for n in counts if n), None)
        for index, (heading, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            if not cell or _NOT_READ.match(heading) or COUNT.fullmatch(heading):
                continue
            figure = _said(context, table, row, heading, cell, by_row=by_row, captioned=captioned)
            if shares and not figure.unit and _COUNT_AND_SHARE.fullmatch(cell):
                figure = replace(figure, unit=COUNT_AND_SHARE)  # "Confirmed CR" under "ORR, n (%)"
            if (
                _NO_OUTCOME.search(figure.outcome)
                or COUNT.fullmatch(figure.outcome)
                or is_adverse(figure.outcome)
            ):
                continue
            own = next(iter(values.sample_sizes(row.label if by_row else figure.arm or heading)), None)
            size = (
                int(own.value) if own else told or sizes.get(index) or _size_above(table, heading) or of_all
            )
            for value in cell_values(_of_own_arm(cell, heading)):
                if value.bound:
                    continue
                yield _with_ratio(
                    replace(
                        figure,
                        value=value,
                        n=value.counted or value.of or size,
                        population=(*figure.population, *group),
                    )
                )


def _size_above(table: Table, heading: str) -> int | None:
    """The size of an arm as the caption gives it: "(AB-101, n=112; placebo, n=56)"."""
    at = table.caption.casefold().find(heading.casefold()) if heading else -1
    found = _SIZE_BEHIND.match(table.caption, at + len(heading)) if at >= 0 else None
    return int(found["n"].replace(",", "")) if found else None


_SIZE_BEHIND: Final = Pattern(r"\s*[,:(]?\s*[nN]\s?=\s?(?P<n>\d[\d,]*)")
_NO_VALUE: Final = CellValue("", "", 0, "", False, 0, "", False)


def _said(
    context: Context,
    table: Table,
    row: Row,
    heading: str,
    cell: str,
    *,
    by_row: bool,
    captioned: tuple[str, str] | None,
) -> TableFigure:
    """What a cell is of, by its row, its column and what stands above them."""
    population: tuple[str, ...] = ()
    if by_row:
        outcome, unit = _with_unit(heading or _caption(table.caption))
        arm = row.label + (f" ({row.unit})" if row.unit else "")
    elif captioned:
        outcome, unit = captioned
        arm = heading
        if _is_population(context, _NOTE_BEHIND.sub("", row.label)):
            population = (_NOTE_BEHIND.sub("", row.label),) if _is_people(row.label) else ()
        elif not _TIME_ROW.match(row.label):
            outcome = f"{_NOTE_BEHIND.sub('', row.label)} {outcome}"
    else:
        outcome, unit, arm = row.label, row.unit or _unit_above(table, row), heading
        if not table.by_arm and (behind := _arm_behind(context, row.label)) is not None:
            outcome, arm = behind[0], f"{behind[1]} {heading}".strip()
        elif (people_ := _people_behind(context, row.label)) is not None:
            outcome, population = people_[0], (people_[1],)
        elif (ahead := _people_ahead(context, row.label)) is not None:
            outcome, population = ahead[1], (ahead[0],)
        elif row.group and _is_arm(context, row.label) and _tells_outcome(context, row.group):
            outcome, unit = label_and_unit(row.group)
            arm = f"{row.label} {heading}".strip()
        elif whole := _of_group(context, table, row):
            outcome, group_unit = whole
            unit = unit or group_unit
        elif row.group and _is_people(row.group):
            population = (row.group,)
        if not unit:
            unit = _unit_of(table, outcome, heading)
    outcome, unit = (
        (ratio_first(f"{outcome}, {unit}"), "")
        if unit in ("HR", "OR", "RR")
        else (ratio_first(outcome), unit)
    )
    figure = TableFigure(row, outcome, unit, arm, _NO_VALUE, None, population=population)
    if RATIO.search(outcome):
        return replace(figure, between="ratio")
    if by_row:
        return figure
    if column := _RATIO_COLUMN.match(heading):
        return replace(figure, outcome=_of_ratio(column["kind"], outcome), unit="", between="ratio")
    if _VERSUS.search(heading) and not _DIFFERENCE_WORD.search(heading) and _is_pair(cell):
        arms = _VERSUS.split(heading)
        return replace(figure, arm=next((a for a in arms if not OTHER_ARM.search(a)), ""))
    if _DIFFERENCE.search(heading):
        unit = "%" if figure.unit == COUNT_AND_SHARE else figure.unit
        return replace(figure, unit=unit, between="difference")
    return figure


_DIFFERENCE_WORD: Final = Pattern(r"\b(?:difference|effect|change)\b", re.IGNORECASE)


def _is_pair(cell: str) -> bool:
    """Whether a cell holds the figures of two arms: "9.5 vs. 6.0"."""
    parts = _VERSUS.split(cell)
    return len(parts) == 2 and all(is_figure(p) for p in parts)


def _of_ratio(kind: str, outcome: str) -> str:
    if kind.upper().startswith("GM"):
        return f"{outcome.removesuffix(' GMT')} {kind}"
    return ratio_for(kind, outcome)


def _with_ratio(figure: TableFigure) -> TableFigure:
    """A figure that its cell calls a ratio ("HR 0.68") as one."""
    if not figure.value.ratio or figure.between == "ratio":
        return figure
    return replace(figure, outcome=ratio_for(figure.value.ratio, figure.outcome), unit="", between="ratio")


#: Columns that hold no results: p-values, intervals, what patients had before treatment.
_NOT_READ: Final = Pattern(
    r"\W*(?:(?:nominal\s+|one-sided\s+|two-sided\s+|adjusted\s+)?p(?:[- ]?values?)?(?!\w)|95\s?%"
    r"|responders?\s?/\s?N\b|.*\b(?:day\s+0|pre-?vaccination|pre-?dose)\b(?!.*\b(?:change|rise|increase)\b)"
    r"|(?:at\s+)?(?:baseline|screening|pre-?treatment|pre-?dose|day\s+1)\b(?!.*\bchange))",
    re.IGNORECASE,
)
#: "HR (95% CI); p value", "GMT ratio" above a column.
_RATIO_COLUMN: Final = Pattern(
    r"\W*(?:(?:stratified|adjusted)\s+)?(?P<kind>HR|OR|RR|IRR|(?:hazard|odds|rate|risk)\s+ratio|relative\s+risk(?!\s+reduction)"
    r"|GM[TCR]*\s+ratio|GMR)(?!\w)",
    re.IGNORECASE,
)
#: The column that says how far apart the arms are.
_DIFFERENCE: Final = Pattern(
    r"\bdifference\b|\btreatment\s+effect\b|^\W*(?:Δ|delta)(?!\w)|\bplacebo[- ](?:adjusted|corrected|subtracted)\b"
    r"|\s(?:vs\.?|versus|minus)\s+(?:placebo|control|vehicle|sham)\b",
    re.IGNORECASE,
)
#: "9.5 vs. 6.0" in one cell.
_VERSUS: Final = Pattern(r"\s?(?:\b(?:vs?\.?|versus)|(?<=\s)/(?=\s))\s?")


def _of_own_arm(cell: str, heading: str) -> str:
    """The part of a cell of two arms that is the own one's: the first, where the heading does not say otherwise."""
    if not _is_pair(cell):
        return cell
    parts = _VERSUS.split(cell)
    arms = _VERSUS.split(heading)
    second = len(arms) == 2 and OTHER_ARM.search(arms[0]) and not OTHER_ARM.search(arms[1])
    own, other = (parts[1], parts[0]) if second else (parts[0], parts[1])
    values_, others = cell_values(own), cell_values(other)
    if values_ and others and not values_[0].unit and others[0].unit:
        return f"{values_[0].number} {others[0].unit}"
    return own


#: "Annual relapse rate, AB-101", "ORR – placebo": the arm stands behind the outcome.
_BEHIND: Final = Pattern(
    r"(?P<outcome>.*[A-Za-z)%\d])(?:,\s+|\s+[-–—]\s+|:\s+|\s+\((?=[^()]*\)$))(?P<arm>[^,()]+)\)?"
)


def _arm_behind(context: Context, label: str) -> tuple[str, str] | None:
    """Outcome and arm of a label that names both."""
    found = _BEHIND.fullmatch(label)
    if found is None or not _is_arm(context, found["arm"]) or _MEASURES.search(found["arm"]):
        return None
    return found["outcome"], found["arm"]


def _people_behind(context: Context, label: str) -> tuple[str, str] | None:
    """Outcome and patients of a label that names both: "Median PFS, PIK3CA-mutated"."""
    found = _BEHIND.fullmatch(label)
    if found is None or not _PEOPLE_GROUP.search(found["arm"]) or _PATIENTS_OF.search(found["outcome"]):
        return None
    return (found["outcome"], found["arm"]) if _is_outcome(context, found["outcome"]) else None


def _people_ahead(context: Context, label: str) -> tuple[str, str] | None:
    """Patients and outcome of a label that names both: "Lower cohorts, height velocity change"."""
    who, comma, outcome = label.partition(", ")
    if not comma or not _WHO.fullmatch(who) or not _is_outcome(context, outcome):
        return None
    return who, outcome


_WHO: Final = Pattern(
    r"(?:(?:lower|higher|low|high|all|both|other)\s)?(?:dose\s)?(?:cohorts?|arms?|groups?)(?:\s[A-H\d]\w?)?|(?:adults|children|adolescents|infants|women|men)",
    re.IGNORECASE,
)
#: Before a comma, what goes on behind it: "Patients with LDL-C <70 mg/dL, …".
_PATIENTS_OF: Final = Pattern(r"\b(?:patients|participants|subjects)\b", re.IGNORECASE)
_MEASURES: Final = Pattern(
    r"\b(?:change|difference|total|overall|CI|dose reduction|mean|median|score)\b", re.IGNORECASE
)


def _is_arm(context: Context, label: str) -> bool:
    return bool(_ARM.search(label) or OTHER_ARM.search(label)) or any(context.named_drugs(label))


def _tells_outcome(context: Context, label: str) -> bool:
    return _is_outcome(context, label) and not _OF_RANK.match(label)


#: "Primary endpoint", "Efficacy", "Subgroups": lines above rows that name nothing themselves.
_OF_RANK: Final = Pattern(
    r"(?:(?:key|co-?primary|primary|secondary|exploratory|other|efficacy|safety|clinical|additional)\s*)*(?:endpoints?|outcomes?|efficacy|results?|measures?|analys[ei]s|subgroups?)?\W*$",
    re.IGNORECASE,
)
#: Rows that only say how the outcome above them was summed up.
_SUMMED: Final = Pattern(
    r"(?P<whole>n|%|n\s?/\s?N|(?:at\s)?(?:week|month|day|year)s?\s\d+|rates?|responders?|proportion|value|result)|(?P<lead>medians?|(?:LS\s+)?means?|geometric\s+mean|\d+-(?:month|year|week)(?:\s+rate)?)"
    r"|(?P<ratio>(?:stratified\s+)?(?:hazard\s+ratio|HR|odds\s+ratio|OR|rate\s+ratio|RR))"
    r"|(?:LS\s+|mean\s+|absolute\s+|%\s+)*(?P<way>change|difference|reduction|increase)(?:\s+from\s+baseline)?(?:\s+(?:vs\.?|versus|from)\s+placebo)?",
    re.IGNORECASE,
)


def _of_group(context: Context, table: Table, row: Row) -> tuple[str, str] | None:
    """The outcome of a row that only sums up the line above it: "Median" under "Progression-free survival, months"."""
    found = _SUMMED.fullmatch(_NOTE_BEHIND.sub("", row.label) or row.unit)
    above = row.group or (table.caption if len(table.caption) < _SHORT_CAPTION else "")
    if (
        found is None
        or not above
        or (found["whole"] and not row.group)
        or _OF_RANK.match(above)
        or not (row.group or _is_outcome(context, above))
    ):
        return None
    told, unit = label_and_unit(lower_first(WHEN.sub("", _TABLE_NUMBER.sub("", above.rstrip(" :")))))
    if found["way"] and (named := outcome_name(told)) and TOLD_CHANGE.search(told):
        told = re.sub(r"\s(?:change|reduction|improvement|increase|decrease)$", "", named)
    if found["ratio"]:
        return ratio_for(found["ratio"], told), ""
    if found["lead"]:
        lead = re.sub(r"\s+rate$", "", found["lead"])
        return f"{lead} {told}", unit
    return (f"{told} {found['way'].lower()}", unit) if found["way"] else (told, unit)


_SHORT_CAPTION: Final = 70
#: Whether a caption says that its figures are shares of patients.
_OF_SHARES: Final = Pattern(
    r"\(%\)|\(%\s+of\b|\b(?:percent(?:age)?s?|proportions?|shares?|%)\s+(?:\(%\)\s+)?of\b|^\W*%|\brates\b",
    re.IGNORECASE,
)
_HEADED_UNIT: Final = Pattern(r"(?:,\s*|\s|\()(?P<unit>n\s?\(%\)|%)\)?$")


def _unit_of(table: Table, outcome: str, heading: str) -> str:
    """The unit that the heading of a column, or the caption, gives to a row that has none of its own."""
    if found := _HEADED_UNIT.search(heading):
        return COUNT_AND_SHARE if found["unit"] != "%" else "%"
    if _OF_SHARES.search(table.caption) and not TOLD_CHANGE.search(outcome) and not RATIO.search(outcome):
        return "%"
    return ""


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
    if (
        not table.caption
        or _SENTENCE.search(table.caption)
        or any(r.unit or _is_outcome(context, r.label) for r in table.rows)
    ):
        return None
    if any(r.group and _is_arm(context, r.label) for r in table.rows):
        return None
    words, unit = _with_unit(_TABLE_NUMBER.sub("", table.caption.rstrip(" :")))
    if not _is_outcome(context, words) or _OF_RANK.match(WHEN.sub("", words)):
        return None
    named = [r for r in table.rows if not _is_population(context, r.label) and not _TIME_ROW.match(r.label)]
    if _OF_SHARES.search(words) and named:
        return None  # the rows name what the share of patients reached
    if measure := _GEOMETRIC.search(words):
        return f"GM{(measure['what'] or 'titer')[0].upper()}".replace("GMF", "GMFR"), unit
    short = _SHORT_FORM.search(words)
    return (short["short"] if short else _MEASURED_BY.sub("", WHEN.sub("", words))), unit


#: A caption that tells a story is a sentence above the table and no heading of it.
_SENTENCE: Final = Pattern(r"\b(?:today|announced|reported)\b|\.\s+[A-Z]|.{180}")
_TABLE_NUMBER: Final = Pattern(r"^(?:table|figure|exhibit)\s+\d+[A-Za-z]?\s*[.:–—-]\s*", re.IGNORECASE)
#: "Neutralizing antibody titers (geometric mean)", "Geometric mean fold rise in …".
_GEOMETRIC: Final = Pattern(
    r"\bgeometric\s+mean\s+(?P<what>tit(?:er|re)|fold|concentration)|\btit(?:er|re)s?\b.*\bgeometric\s+means?\b",
    re.IGNORECASE,
)
_NOTE_BEHIND: Final = Pattern(r"\s*\([^()]*\)$")
#: "BMD Z-scores by DXA*", "Mean …": how a caption's measure was taken.
_MEASURED_BY: Final = Pattern(
    r"^(?:(?:table\s+\d+[.:]?\s+)?(?:mean|median|average)\s+)|\s+(?:by|using|per)\s.*$|[*†‡]+$|(?<=score)s\b",
    re.IGNORECASE,
)


def _is_population(context: Context, label: str) -> bool:
    names = {str(n).casefold() for t in context.trials for n in t.details("name")}
    return bool(_POPULATION.search(label)) or label.casefold() in names


_OF_BASELINE: Final = Pattern(
    r"\b(?:baseline|demographics?)\s+(?:and\s+\w+\s+)?(?:characteristics|demographics|values|features)|\bdemographics\b|\bdisposition\b|\bpharmacokinetics?(?:\s+(?:parameters|results|data|profile))?\W*$|\b(?:sales|revenues?)\b",
    re.IGNORECASE,
)
_OF_SAFETY: Final = Pattern(r"\b(?:adverse|safety|tolerability|side\s+effects?|TEAEs?)\b", re.IGNORECASE)


def _rows_are_arms(context: Context, table: Table) -> bool | None:
    """Whether rows stand for arms and columns for outcomes; None where the table tells no results."""
    if any(c.lstrip("(")[:1] in "$€£" and c for r in table.rows for c in r.cells):
        return None
    if _OF_SAFETY.search(table.caption) or _OF_BASELINE.search(table.caption):
        return None
    grouped = [
        r for r in table.rows if r.group and _is_arm(context, r.label) and _tells_outcome(context, r.group)
    ]
    if len(grouped) > 1 and not any(_is_outcome(context, c) for c in table.columns):
        return False
    arms = sum(1 for r in table.rows if _ARM.search(r.label) or any(context.named_drugs(r.label)))
    headed = sum(1 for c in table.columns if _ARM.search(c) or any(context.named_drugs(c)))
    outcomes = sum(1 for r in table.rows if _is_outcome(context, r.label) or r.unit)
    if arms * 2 > len(table.rows) and arms > headed and outcomes * 2 < len(table.rows) + arms:
        return True
    if not any(table.columns) and not outcomes:
        return None
    told = [c for c in table.columns if not COUNT.fullmatch(c) and not _NOT_READ.match(c)]
    named = sum(1 for c in told if _is_outcome(context, c) or _RESPONSE_KIND.fullmatch(c))
    return named > 0 and named == len(told) and (named > 1 or len(table.columns) > 1) and outcomes == 0


#: Responses as columns count them.
_RESPONSE_KIND: Final = Pattern(
    r"s?CR|VGPR|PR|SD|PD|MR|NE|CR\s?[+/]\s?PR|(?:complete|partial)\s+responses?|stable\s+disease|progressive\s+disease",
    re.IGNORECASE,
)


def _is_outcome(context: Context, label: str) -> bool:
    words = re.findall(r"[A-Za-z][\w-]*", label)
    return any(head_kind(w) for w in words) or any(
        name.casefold() in label.casefold() for e in context.endpoints for name in e.names
    )


#: Who a caption says that its figures are of: "in the 60 mg group".
_CAPTION_DOSE: Final = Pattern(
    r"\b(?:in|at|for|among|on|with)\s+(?:the\s+)?(?P<dose>\d[\d.,]*\s?(?:[x×]\s?10\S*\s?)?(?:mg|[µu]g|mcg|g|MBq|GBq|mCi|IU|vg|cells|mL)(?:/kg|/m2|/m²)?"
    r"(?:\s+(?:QD|BID|TID|Q\d?[DWM]|once\s+(?:daily|weekly|monthly)|twice\s+daily))?)(?!\w)"
)


def _people(caption: str) -> tuple[str, ...]:
    if found := _CAPTION_DOSE.search(caption):
        return (" ".join(found["dose"].split()),)
    return people(caption)


#: Lines above rows that name patients: "Cohort A", "HER2-positive", "Patients without prior therapy".
_PEOPLE_GROUP: Final = Pattern(
    r"\b(?:cohort|subgroup|patients|participants|adults|children|adolescents|arm|part|naive|naïve|refractory|resistant|sensitive|positive|negative|mutant|mutated|mutations?|amplified|wild-type|high|low|population|ITT|mITT|carriers|responders|pretreated)\b",
    re.IGNORECASE,
)


def _is_people(group: str) -> bool:
    return bool(_PEOPLE_GROUP.search(group)) and len(group) < 60 and not _OF_SHARES.search(group)


#: Rows that are times: "Week 12".
_TIME_ROW: Final = Pattern(
    r"(?:at\s+)?(?:(?:week|month|day|year|visit)s?\s*\d|\d+\s*(?:weeks?|months?|days?|years?)\b|end\s+of\s+(?:treatment|study)|EOT)",
    re.IGNORECASE,
)


def _whole(cell: str) -> int | None:
    return int(cell.replace(",", "")) if re.fullmatch(r"\d[\d,]*", cell) else None


_HEADING_UNIT: Final = Pattern(
    r"\s*(?:,\s*(?P<comma>%|log10\s[\w/]+|mm\s?Hg|[A-Za-z/µ%]{1,12})"
    r"|\((?P<paren>%|(?![a-z]\))[A-Za-zµ0-9%/.\s]{1,22})\))(?=\s*$|\s*\([nN])"
)


#: "LLVA, letters (change, month 12)"
_CHANGE_NOTE: Final = Pattern(r"\s*\((?:(?:LS|mean|median)\s+)*change\b[^()]*\)$", re.IGNORECASE)


def _with_unit(heading: str) -> tuple[str, str]:
    if change := _CHANGE_NOTE.search(heading):
        told, unit = _with_unit(heading[: change.start()])
        return f"{told} change", unit
    found = _HEADING_UNIT.search(heading)
    if found is None:
        return heading, ""
    return heading[: found.start()], (found["comma"] or found["paren"]).strip()


#: "Clinical remission (week 16)": a time, a rank or a size behind the name.
_NO_NAME_INSIDE: Final = Pattern(
    r"(?:at\s+)?(?:week|month|day|year)s?\s+\d|(?:key\s+)?(?:co-?)?(?:primary|secondary)\b(?!.*\b(?:change|response|rate)\b)|[nN]\s?=|p\s?[<=]|(?:m?ITT|FAS|%|LS\s+mean|mean|median|95)\b",
    re.IGNORECASE,
)


def _caption(caption: str) -> str:
    """What a caption says that its figures are of: "Topline results (percent change from baseline in LDL-C)"."""
    inside = re.search(r"\(([^()]*(?:\([a-z]\)[^()]*)*)\)\s*:?$", caption)
    if inside is not None and inside[1] == "%":
        return caption.rstrip(" :")
    aside = inside is not None and _NO_NAME_INSIDE.match(inside[1]) is not None
    words = (inside[1] if inside and not aside else caption[: inside.start()] if inside else caption).rstrip(
        " :"
    )
    return re.split(r",\s", words)[0]


#: A count and, in the parenthesis, its share.
_COUNT_AND_SHARE: Final = Pattern(r"\d+\s?\(\s?\d[\d.]*\s?\)")
