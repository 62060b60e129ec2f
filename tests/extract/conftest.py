"""What the tests of the extractor share: one extractor, and short ways to read a text with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract import Extractor
from kg.extract.linked import LinkedDocument
from kg.model import Entity, Fact, Quantity, Release, Value
from kg.ontology import load_vocabulary
from kg.schema import RELATIONS

DATELINE = "BOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- "


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(load_vocabulary())


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Callable[[str], LinkedDocument]:
    """Link a text."""
    return lambda text: extractor.read(Release("sample", "sample.txt", text))


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Callable[[str], tuple[Fact, ...]]:
    """The facts of a text; a text without a dateline gets one."""

    def run(text: str) -> tuple[Fact, ...]:
        return extractor.extract(Release("sample", "sample.txt", text))

    return run


@pytest.fixture(scope="session")
def states(extract: Callable[[str], tuple[Fact, ...]]) -> Callable[[str, str], set[tuple[str, str]]]:
    """(subject, object) of the facts of one relation that a paragraph under a dateline states or plans."""

    def run(relation: str, text: str) -> set[tuple[str, str]]:
        facts = extract(f"Acme Therapeutics Provides Update\n\n{DATELINE}{text}\n")
        return {
            (show(f.subject), show(f.object))
            for f in facts
            if f.relation == relation and not f.modality.is_claim_only
        }

    return run


def show(value: Value | None) -> str:
    if isinstance(value, Entity):
        return value.label
    return value.text if isinstance(value, Quantity) else str(value or "")


def qualifiers(fact: Fact) -> dict[str, object]:
    """The qualifiers of a fact as the fact view shows them."""
    out: dict[str, object] = {}
    for slot in RELATIONS[fact.relation].slots:
        values = [show(v) if isinstance(v, Entity | Quantity) else v for v in fact.qualifier(slot.name)]
        if values:
            out[slot.name] = values if slot.many else values[0]
    return out
