"""Outcomes and tables → results, each with its drug, the number analysed and the population."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract import values
from kg.extract.document import Section
from kg.extract.focus import is_partner
from kg.extract.linking import LinkedSentence
from kg.extract.outcomes import Drugs, Outcome, comparator_of, group_of, lower_first, outcomes
from kg.extract.relations.studies.animals import cell_line_around, size_around
from kg.extract.relations.studies.context import Context, evidence_of, statement_modality
from kg.model import Fact, Kind, Mention, Modality, Quantity

_POPULATION_SHARE = re.compile(
    r"\b(?:incidence|prevalence|accounts?\s+for|of\s+all\s+(?:cancer|cases)|worldwide|(?:five"
    r"|5)-year\s+survival\s+rate)\b",
    re.IGNORECASE,
)
_MONEY_TALK = re.compile(
    r"\b(?:revenues?|owned|stake|royalt\w+|discount|expenses?|net\s+loss|net\s+sales|interest\s+rate"
    r"|employees|market\s+share)\b",
    re.IGNORECASE,
)


def result_facts(context: Context) -> Iterator[Fact]:
    """Every figure of an outcome that running text gives."""
    said: _Said | None = None
    for sentence in context.sentences():
        text = sentence.text
        if said is not None and said.section is not sentence.section:
            said = None
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence) or context.focus.is_foreign(drug):
            continue
        if not _DIGIT.search(text) or _POPULATION_SHARE.search(text) or _MONEY_TALK.search(text):
            continue
        own = [m for m in sentence.of_kind(Kind.DRUG) if context.focus.is_own(m.entity)]
        named = Drugs(_places(sentence, own), _places(sentence, set(sentence.of_kind(Kind.DRUG)) - set(own)))
        found = sorted(
            outcomes(sentence, drugs=named, said=said.outcome if said else None), key=lambda o: o.start
        )
        places = sorted(o.start for o in found)
        for outcome in found:
            if context.in_table(sentence.start + outcome.start):
                continue
            before = [m for m in sentence.of_kind(Kind.DRUG) if m.end - sentence.start <= outcome.start]
            if (
                before
                and not context.focus.is_own(before[-1].entity)
                and not is_partner(sentence, before[-1])
                and not any(0 <= m.start - sentence.start - outcome.end < 60 for m in own)
            ):
                continue
            kind = statement_modality(text, outcome.start, outcome.end)
            if kind in (Modality.HISTORICAL, Modality.NEGATED):
                kind = (
                    Modality.ASSERTED
                )  # what has a figure was seen: "time without dyskinesia rose by 2.4 hours"
            quantity = outcome.quantity
            group = group_of(
                text,
                outcome.start,
                outcome.end,
                low=max((p for p in places if p < outcome.start), default=0),
                high=min((p for p in places if p > outcome.start), default=len(text)),
            )
            size = group.n
            if size is None and said is not None and said.paragraph == sentence.sentence.paragraph:
                size = said.size
            animals = size_around(context, sentence) if size is None else None
            yield Fact(
                "result",
                drug,
                Quantity(f"{outcome.name} {quantity.text}", quantity.value, quantity.unit),
                modality=kind,
                confidence=0.8,
                evidence=evidence_of(context, sentence, "result"),
            ).with_qualifiers(
                {
                    "endpoint": outcome.endpoint,
                    "n": int(animals.value) if animals else size,
                    "population": group.population or None,
                    "trial": context.trial(sentence, drug),
                    "comparator": comparator_of(sentence, outcome.end),
                    "cell_line": cell_line_around(context, sentence),
                }
            )
        if found:
            sizes = {group_of(text, o.start, o.end, low=0, high=len(text)).n for o in found}
            size = sizes.pop() if len(sizes) == 1 else None
            if size is None and said is not None and said.paragraph == sentence.sentence.paragraph:
                size = said.size
            told = [o for o in found if o.quantity.unit] or found
            said = _Said(told[-1], sentence.section, sentence.sentence.paragraph, size)


def _places(sentence: LinkedSentence, mentions: Iterable[Mention]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((m.start - sentence.start, m.end - sentence.start) for m in mentions))


_DIGIT = re.compile(r"\d|(?:fold|per\s?cent|doubl|tripl)")


@dataclass(frozen=True, slots=True)
class _Said:
    """The outcome told last, which "the reduction was 11%" goes on with; how many patients its sentence counts."""

    outcome: Outcome
    section: Section
    paragraph: int
    size: int | None


_NO_RESULT_ROW = re.compile(
    r"\b(?:adverse|vomiting|nausea|diarrh\w+|constipation|(?<!-)fatigue|headache|rash|pyrexia|xerostomia"
    r"|neutropenia|anemia|cytopenia|grade|discontinu\w+"
    r"|deaths?|reactions?|infections?|syndrome|age|sex|male|female|prior|revenue|expenses?|net\s+loss"
    r"|loss\s+from|cash|income|assets|liabilities|shares?|tax|equity)\b",
    re.IGNORECASE,
)
_OTHER_COLUMN = re.compile(
    r"\b(?:placebo|control|vehicle|sham|comparator|p[- ]?value|95%\s?CI|difference|standard\s+of\s+care"
    r"|chemotherapy|total)\b",
    re.IGNORECASE,
)
_CELL = re.compile(
    r"(?P<sign>[-−–+]?)\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>%)?(?:\s?\(\s?"
    r"(?P<share>\d[\d.]*)\s?%\s?\))?$"
)
_SHORT_UNITS = {"mo": "months", "mos": "months", "month": "months", "yrs": "years"}


def table_result_facts(context: Context) -> Iterator[Fact]:
    """The figures of a table's rows, one for each column that is not a control's."""
    document = context.document
    for table in context.tables:
        for row in table.rows:
            sentence = next((s for s in context.sentences() if s.start < row.end and row.start < s.end), None)
            if (
                sentence is None
                or _NO_RESULT_ROW.search(row.label)
                or row.unit.split(" ")[0].casefold() in ("n", "$", "usd")
            ):
                continue
            drug = context.focus.drug(sentence) or document.subject
            if drug is None:
                continue
            for column, cell in zip(table.columns, row.cells, strict=False):
                found = _CELL.match(cell)
                if found is None or _OTHER_COLUMN.search(column) or context.names_another(column):
                    continue
                quantity = _cell_quantity(found, row.unit)
                if quantity is None:
                    continue
                size = next(iter(values.sample_sizes(column)), None)
                arm = re.sub(r"\s*\(\s*[nN]\s?=\s?\d+\s*\)\s*", "", column).strip()
                yield Fact(
                    "result",
                    drug,
                    Quantity(f"{_row_name(row.label)} {quantity.text}", quantity.value, quantity.unit),
                    confidence=0.7,
                    evidence=(document.evidence_at(row.start, row.end, "studies.result.table", sentence),),
                ).with_qualifiers(
                    {
                        "n": int(size.value) if size else None,
                        "population": arm or None,
                        "trial": context.trial(sentence, drug),
                    }
                )


def _cell_quantity(found: re.Match[str], unit: str) -> Quantity | None:
    unit = unit.split(" ", maxsplit=1)[0]
    if found["share"]:
        return Quantity(f"{found['share']}%", values.decimal(found["share"]), "%")
    sign = "-" if found["sign"] in ("-", "−", "–") else ""
    number = f"{sign}{found['number']}"
    value = values.decimal(found["number"]) * (-1 if sign else 1)
    if found["percent"] or unit == "%":
        return Quantity(f"{number}%", value, "%")
    if not unit:
        return None  # a bare number of a table may be anything
    shown = _SHORT_UNITS.get(unit, unit)
    return Quantity(f"{number} {shown}", value, shown)


def _row_name(label: str) -> str:
    words = re.sub(
        r"^(?:confirmed|best|investigator-assessed)\s+", "", " ".join(label.split()), flags=re.IGNORECASE
    )
    words = re.sub(
        r",\s*(?:any|overall|mean change)$", lambda m: " change" if "change" in m[0] else "", words
    )
    return lower_first(words)
