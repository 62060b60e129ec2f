"""Abbreviations that a text defines."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

import pytest

from kg.extract.abbreviations import definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in multiple myeloma (MM) today", [("MM", "multiple myeloma")]),
        ("antibody-drug conjugates (ADCs) are", [("ADC", "antibody-drug conjugates")]),
        ("the Centre for Probe Development and Commercialization (CPDC), which", [("CPDC", "Centre for Probe Development and Commercialization")]),
        ("chronic lymphocytic leukemia/small lymphocytic lymphoma (CLL/SLL)", [("CLL", "chronic lymphocytic leukemia"), ("SLL", "small lymphocytic lymphoma")]),
        ("in patients (N=8) it was seen (see below)", []),
        ("a risk in gout (Gormley, J Rheumatol 2011; Ottesen, Lancet 2006)", []),
        ("glioma (brain) tumor cells", []),
    ],
)  # fmt: skip
def test_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    """Hits and near misses of the Schwartz–Hearst rule."""
    assert [(d.short, text[d.long_start : d.long_end]) for d in definitions(text)] == expected
