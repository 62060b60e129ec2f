"""Tables of a release → results: for each arm that is no control's, and for what lies between the arms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.outcomes import short_name
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context
from kg.extract.relations.studies.table_layout import OTHER_ARM, TOLD_CHANGE, TableFigure, figures
from kg.extract.relations.studies.table_names import RATIO, outcome_name, quantity_of
from kg.extract.tables import Row, Table
from kg.model import Entity, Fact, Quantity

_FINANCE: Final = Pattern(
    r"\b(?:revenues?|net\s+loss|EBIT|operating\s+(?:result|expenses|loss)|cash|total\s+assets|liabilities"
    r"|research\s+and\s+development)\b",
    re.IGNORECASE,
)


def table_result_facts(context: Context) -> Iterator[Fact]:
    """The figures of tables and lists, one for each arm that is not a control's."""
    document = context.document
    for table in context.tables:
        if any(_FINANCE.search(row.label) for row in table.rows):
            continue
        for figure in figures(context, table):
            row = figure.row
            sentence = context.sentence_at(row.start, row.end)
            if sentence is None:
                continue
            if not figure.between and _is_others(context, table, figure.arm):
                continue
            named = context.named_own(table.columns[0] if figure.between else figure.arm)
            drug = named or context.focus.drug(sentence) or document.subject
            quantity = quantity_of(
                figure.value, figure.unit, figure.outcome, apart=figure.between == "difference"
            )
            name = _name(table, figure, quantity)
            if drug is None or quantity is None or not name:
                continue
            arm = "" if figure.between else _arm_of(drug, figure.arm)
            yield Fact(
                "result",
                drug,
                Quantity(f"{name} {quantity.text}", quantity.value, quantity.unit),
                confidence=0.7,
                evidence=(document.evidence_at(row.start, row.end, "studies.result.table", sentence),),
            ).with_qualifiers(
                {
                    "endpoint": _endpoint(context, table, name),
                    "n": None if figure.between else figure.n,
                    "population": tuple(p for p in (arm, *figure.population) if p) or None,
                    "trial": context.trial(sentence, drug),
                }
            )


def _name(table: Table, figure: TableFigure, quantity: Quantity | None) -> str:
    """What a figure is called."""
    name = outcome_name(figure.outcome)
    if not name or quantity is None:
        return ""
    if figure.value.signed and not TOLD_CHANGE.search(name) and not _DIFFERENCE_ROW.fullmatch(name):
        name = f"{name} change"  # "HbA1c, %": -1.4
    if figure.between == "difference":
        name = f"{name} difference"
    if RATIO.search(name):
        name = _of_row_before(table, figure.row, name)
    if _DIFFERENCE_ROW.fullmatch(name) and (above := _row_above(table, figure.row)):
        told = outcome_name(above.label)
        adjusted = name.startswith("placebo-adjusted") and TOLD_CHANGE.search(told)
        name = f"placebo-adjusted {told}" if adjusted else f"{told} difference"
    return name


def _is_others(context: Context, table: Table, arm: str) -> bool:
    """Whether an arm is a control's or another drug's."""
    control = OTHER_ARM.search(arm)
    if control and not (_ADDED_TO.search(arm, 0, control.start()) and context.named_own(arm)):
        return True
    return not control and _of_another(context, table, arm)


#: "AB-101 + SoC", "AB-101 with chemotherapy": what the drug is given with.
_ADDED_TO: Final = Pattern(
    r"(?:\+|\b(?:plus|with|and|added\s+to|on)\b|/)\s*(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
#: A heading that is but a name with a capital, a dose behind it at most.
_BARE_NAME: Final = Pattern(
    r"(?!(?:Overall|Total|All|Pooled|Combined|Adults|Children|Adolescents|Responders|Week|Month|Day|Year|Result|Value)\b)"
    r"[A-Z][a-z]{3,}(?:-[A-Z]{2,5})?[®™]?(?:\s+(?:\d.*|vaccine|alone|monotherapy|group|arm))?|[A-Z]{2,6}-[a-z]{6,}.*"
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


#: The number of a cohort before the dose that it got: "1 15 mg".
_ROW_NUMBER: Final = Pattern(r"^\d{1,2}\s+(?=\d[\d.,]*\s?[A-Za-zµ]|[A-Z])")
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
    arm = _ROW_NUMBER.sub("", _ARM_WORDS.sub("", label).strip(" ,"))
    return f"{arm})" if arm.count("(") > arm.count(")") else arm  # "Cohort 1 (10 mg, n=3)"


#: A row that says how far apart the arms are in the row above it.
_DIFFERENCE_ROW: Final = Pattern(
    r"(?:(?:placebo-adjusted|placebo-corrected|adjusted|treatment|LS|mean|absolute)\s+)*difference(?:\s+(?:vs\.?|versus|from)\s+placebo)?|(?:vs\.?|versus|difference\s+(?:vs\.?|versus|from))\s+(?:placebo|vehicle|sham|control|comparator)",
    re.IGNORECASE,
)


def _row_above(table: Table, row: Row) -> Row | None:
    return next((r for r in reversed(table.rows) if r.start < row.start), None)


def _of_row_before(table: Table, row: Row, name: str) -> str:
    """A ratio that has no endpoint of its own is that of the row above: "median PFS", "hazard ratio"."""
    above = [r for r in table.rows if r.start < row.start and not RATIO.search(r.label)]
    if " for " in name or " of " in name or not above:
        return name
    return f"{name} for {re.sub(r'^(?:median|mean) ', '', outcome_name(above[-1].label))}"


def _endpoint(context: Context, table: Table, name: str) -> Entity | None:
    """The endpoint that a table names by a name."""
    held = [
        m.entity for m in context.endpoints_in(table.start, table.end) if m.text.casefold() in name.casefold()
    ]
    return max(held, key=lambda e: len(short_name(e)), default=None)
