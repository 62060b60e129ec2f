"""Dates, phases, doses, money, shares and counts: from the words of a release to their normal forms.

Pure functions from a text to matches with offsets into that text; they know nothing of entities.  The
words themselves (units, currencies, comparators) are tables in `kg/extract/lexicon`.
"""

from __future__ import annotations

from kg.extract.values.amounts import MoneyMatch, money
from kg.extract.values.date_forms import DateMatch, begins_after, dates
from kg.extract.values.dosages import doses
from kg.extract.values.measures import (
    durations,
    folds,
    hazard_ratios,
    percentages,
)
from kg.extract.values.numerals import (
    NUMBER_WORD,
    Match,
    NumberMatch,
    QuantityMatch,
    comparator,
    decimal,
    fractions,
    numbers,
    sample_sizes,
)
from kg.extract.values.phase_forms import PhaseMatch, phase, phases
from kg.extract.values.regimens import ScheduleMatch, distributed, schedules
from kg.extract.values.wordlists import TermMatch, populations, terms

__all__ = [
    "NUMBER_WORD",
    "DateMatch",
    "Match",
    "MoneyMatch",
    "NumberMatch",
    "PhaseMatch",
    "QuantityMatch",
    "ScheduleMatch",
    "TermMatch",
    "begins_after",
    "comparator",
    "dates",
    "decimal",
    "distributed",
    "doses",
    "durations",
    "folds",
    "fractions",
    "hazard_ratios",
    "money",
    "numbers",
    "percentages",
    "phase",
    "phases",
    "populations",
    "sample_sizes",
    "schedules",
    "terms",
]
