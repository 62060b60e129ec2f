"""Sentences → figures of outcomes: response rates, survival times, hazard ratios, changes of a measure.

Between linking and relations: what a figure is *of*, and whether it is that of an arm compared with; which drug
had it, the rules on studies decide.
"""

from __future__ import annotations

from kg.extract.outcomes.anaphora import outcome_told
from kg.extract.outcomes.arms import arms_dealt, comparator_of
from kg.extract.outcomes.figures import Outcome, head_kind, is_adverse, lower_first, short_name
from kg.extract.outcomes.groups import Group, counted, group_of, listed_doses, people
from kg.extract.outcomes.lists import Drugs
from kg.extract.outcomes.reading import outcomes
from kg.extract.outcomes.rows import Arms, arms_in, dealt_by_row
from kg.extract.outcomes.scopes import group_in, is_item, lead_of, scopes

__all__ = [
    "Arms",
    "Drugs",
    "Group",
    "Outcome",
    "arms_dealt",
    "arms_in",
    "comparator_of",
    "counted",
    "dealt_by_row",
    "group_in",
    "group_of",
    "head_kind",
    "is_adverse",
    "is_item",
    "lead_of",
    "listed_doses",
    "lower_first",
    "outcome_told",
    "outcomes",
    "people",
    "scopes",
    "short_name",
]
