"""`kg.extract.outcomes.figures`: the names that endpoints go by."""

from __future__ import annotations

from kg.extract.outcomes import short_name
from tests.extract.relations.linked import GLIOMA, ORR


def test_short_name() -> None:
    """An endpoint is called by its abbreviation, if it has one."""
    assert short_name(ORR) == "ORR"
    assert short_name(GLIOMA) == "glioma"
