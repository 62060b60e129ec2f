"""Names of molecular targets: listed, and known by what acts on them."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.linking import LinkedDocument
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
