"""`kg.extract.focus`: which drug a sentence is about."""

from __future__ import annotations

import pytest

from kg.extract.focus import Focus, same
from kg.model import Entity
from tests.extract.relations.linked import DRUG, OTHER, linked


def of_last(text: str) -> Entity | None:
    document = linked(text)
    return Focus(document).drug(list(document.statements())[-1])


@pytest.mark.parametrize(
    "text",
    [
        "AB-101 is studied in combination with dexamethasone.",
        "AB-101 was compared with a control group of AB-000.",
        "AB-101 is effective. It is given weekly.",
        "The study is ongoing.",
        "Patients will receive 40 mg oral dexamethasone.",
        "The combination of AB-101 with AB-202 is studied.",
    ],
)
def test_focus_is_the_studied_drug(text: str) -> None:
    """Partners and controls are not studied; a sentence without a drug is about the one before, or the release's."""
    assert same(of_last(text), DRUG)


def test_section() -> None:
    """A section's title names the drug of what follows."""
    assert same(of_last("AB-101 is old, AB-202 is new.\n\nAbout AB-202\n\nIt is given weekly."), OTHER)


def test_other_companies_drug() -> None:
    """A drug that only another company's name stands with is foreign."""
    focus = Focus(linked("AB-101 is ours. Rival Pharma's AB-202 is theirs."))
    assert focus.is_foreign(OTHER)
    assert not focus.is_foreign(DRUG)
    assert focus.is_own(DRUG)
