"""Dated plans of organisations: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.extract.milestones import milestones
from kg.model import Modality
from tests.extract.conftest import DATELINE, show

Read = Callable[[str], LinkedDocument]


def planned(read: Read, text: str) -> list[tuple[str, str, object]]:
    document = read(
        f"Acme Therapeutics Provides Update\n\n{DATELINE}Acme Therapeutics (Nasdaq: ACME) has news. {text}\n"
    )
    facts = list(milestones(document))
    assert all(fact.modality is Modality.PLANNED for fact in facts)
    return [(show(f.subject), show(f.object), f.qualifier("date")[0]) for f in facts]


@pytest.mark.parametrize(
    ("text", "what", "date"),
    [
        ("We look forward to reporting additional data next year.", "report additional data", "2022"),
        ("The company expects to initiate a Phase 3 trial in the second half of 2022.", "initiate a Phase 3 trial", "2022-H2"),
        ("Acme Therapeutics is on track to submit an NDA by the end of 2022.", "submit an NDA", "2022"),
    ],
)  # fmt: skip
def test_dated_plans(read: Read, text: str, what: str, date: str) -> None:
    """Who, what, the verb first, and when."""
    assert planned(read, text) == [("Acme Therapeutics", what, date)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme Therapeutics reported data in 2020.",
        "Acme Therapeutics may initiate a Phase 3 trial in 2022.",
        "The company plans to initiate a Phase 3 trial.",
        "The company expects to file an application and, if cleared, to begin a trial in 2022.",
    ],
)
def test_what_is_no_dated_plan(read: Read, text: str) -> None:
    """The past, hopes, plans without a date, plans under a condition."""
    assert planned(read, text) == []
