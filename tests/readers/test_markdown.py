"""Markdown → text: what it stands for, not how it is written."""

from __future__ import annotations

import pytest

from kg.errors import UnreadableRelease
from kg.readers.markdown import read

SOURCE = b"""---
title: "Unused"
---
# Acme *Announces* CLR\\_131

BOSTON, Jan. 5, 2021 -- Acme said
that [it](https://x.org) works (p<0.001).

* one
* two

12. May 2021

| | Drug | Placebo |
|---|---|---|
| ORR | 45% | 12% |
"""


def test_structure() -> None:
    """Headings, wrapped lines, lists and tables come out in the one manner of all readers."""
    assert read("a.md", SOURCE) == (
        "Acme Announces CLR_131\n\nBOSTON, Jan. 5, 2021 -- Acme said that it works (p<0.001).\n\n- one\n- two\n\n"
        "12. May 2021\n\n|  | Drug | Placebo |\n| ORR | 45% | 12% |",
        "utf-8",
    )


def test_title_of_the_front_matter() -> None:
    """It is the headline where the text has none."""
    assert read("a.md", b"---\ntitle: Acme Wins\n---\nText.\n")[0] == "Acme Wins\n\nText."


def test_nothing_to_read() -> None:
    """Markup alone is no release."""
    with pytest.raises(UnreadableRelease, match="without text"):
        read("a.md", b"---\n\n***\n")


def test_deep_nesting() -> None:
    """Quotes in quotes in quotes overflow nothing, and take nothing else with them."""
    assert read("a.md", b">" * 20_000 + b" x\n\nAfter")[0] == "After"
