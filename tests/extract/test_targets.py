"""Names of molecular targets: listed, and known by what acts on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.model import Kind

Read = Callable[[str], LinkedDocument]


def named(document: LinkedDocument, kind: Kind) -> list[str]:
    return list(dict.fromkeys(m.entity.label for m in document.mentions(kind)))


def test_pairs_of_targets_are_split(read: Read) -> None:
    """ "CD19xCD3" names two."""
    assert set(named(read("a CD19xCD3 bispecific antibody"), Kind.TARGET)) >= {"CD19", "CD3"}


def test_unlisted_targets_are_known_by_what_acts_on_them(read: Read) -> None:
    """And not by capitals alone."""
    assert "ZNF750" in named(read("AB-101 is a ZNF750-directed antibody"), Kind.TARGET)
    assert named(read("it works against COVID-19 and in the EU"), Kind.TARGET) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "a small molecule inhibitor of Janus kinase 1 (JAK1) and tyrosine kinase 2 (TYK2)",
            ["JAK1", "TYK2"],
        ),
        ("XB-220 inhibits Nav1.6 and is new", ["NaV1.6"]),
        ("its preclinical LpxC inhibitor", ["LpxC"]),
        ("a peptide inhibitor of the integrin avß6", ["integrin avß6"]),
        ("a kinesin family member 20A inhibitor", ["kinesin family member 20A"]),
        ("it works against WAS and REST in the EU", []),
        ("the effect against Day 1 of the trial", []),
    ],
)
def test_molecules_by_their_genes(read: Read, text: str, targets: list[str]) -> None:
    """By the name or symbol of a gene where something acts on it; mixed letters count there too."""
    assert named(read(text), Kind.TARGET) == targets
