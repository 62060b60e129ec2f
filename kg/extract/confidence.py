"""Confidence as written in the rules → confidence as measured: the share of such facts that is right.

`lexicon/confidence.tsv` is made by `python -m kg.calibration` from annotated releases.  A row speaks of the facts of a
relation, of a rule, of a rule and a modality, of these and the number that the rule itself wrote; the narrowest row
decides.  Facts of relations that no annotation covers keep what the rule wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.model import Fact

ANY: Final = "*"
#: Relation, rule, modality, confidence as written.
Key = tuple[str, str, str, str]


def keys(fact: Fact) -> tuple[Key, ...]:
    """What rows may speak of a fact, the widest first; its rule is that of its best evidence."""
    rule = fact.evidence[0].rule
    return (
        (fact.relation, ANY, ANY, ANY),
        (fact.relation, rule, ANY, ANY),
        (fact.relation, rule, fact.modality, ANY),
        (fact.relation, rule, fact.modality, f"{fact.confidence:g}"),
    )


def calibrated(facts: Iterable[Fact], measured: Mapping[Key, float] | None = None) -> tuple[Fact, ...]:
    """The facts with the confidence of the narrowest row that speaks of them.

    Args:
        facts: as the rules made them.
        measured: confidence by key; that of the lexicon by default.
    """
    rows = _lexicon() if measured is None else measured
    return tuple(
        replace(fact, confidence=next((rows[k] for k in reversed(keys(fact)) if k in rows), fact.confidence))
        for fact in facts
    )


@cache
def _lexicon() -> Mapping[Key, float]:
    return {
        (row["relation"], row["rule"], row["modality"], row["written"]): float(row["confidence"])
        for row in table("confidence")
    }
