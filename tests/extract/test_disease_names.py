"""Names of diseases that no vocabulary lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linking import LinkedDocument
from kg.model import Kind

Read = Callable[[str], LinkedDocument]


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("AB-1 is intended for SYNGAP9-related disorder.", ["SYNGAP9-related disorder"]),
        ("a vaccine against human metapneumovirus (hMPV) in infants", ["human metapneumovirus"]),
        ("patients with Fielding-Marsh syndrome", ["Fielding-Marsh syndrome"]),
        ("children with glycogen storage disease type Ia", ["glycogen storage disease type Ia"]),
        ("an adeno-associated virus vector and PD-L1-related toxicity", []),
        ("About Rare Disease and the Data Safety group", []),
    ],
)
def test_diseases_by_their_form(read: Read, text: str, diseases: list[str]) -> None:
    """By gene, germ, eponyms, type; near misses are vectors, markers and headings."""
    found = dict.fromkeys(m.entity.label for m in read(text).mentions(Kind.DISEASE))
    assert list(found) == diseases
