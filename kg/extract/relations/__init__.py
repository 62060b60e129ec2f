"""Linked mentions → facts: one module for each subject, each with `facts(document) -> Iterator[Fact]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.extract.linked import LinkedDocument
from kg.extract.relations import diseases, drugs, organizations, regulation, releases, studies
from kg.model import Fact

#: The rules of each subject, in the order in which they run.
RULES: Final[tuple[Callable[[LinkedDocument], Iterator[Fact]], ...]] = (
    releases.facts,
    organizations.facts,
    drugs.facts,
    diseases.facts,
    regulation.facts,
    studies.facts,
)
