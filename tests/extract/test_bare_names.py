"""Names that nothing in them tells to be those of firms."""

from __future__ import annotations

import pytest

from kg.extract.bare_names import bare_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("In June, Halden announced completion. Halden expects a meeting. www.halden.com", {"Halden"}),
        ("Jane Doe joined Halden as Chief Scientific Officer. Halden's pipeline grows.", {"Halden"}),
        ("Halden announced it. There is no other word of it.", set()),
        ("Dr. Halden announced it. Halden plans to leave.", set()),
        ("HALDEN's portfolio grew, and the HALDEN trial goes on. HALDEN retains patients.", set()),
        ("The Company announced it. The Company expects more. It retains rights.", set()),
    ],
)
def test_bare_names(text: str, names: set[str]) -> None:
    """Two things that firms do or have make a name; people, trials and the Company are none."""
    assert {text[start:end] for start, end in bare_names(text, frozenset())} == names
