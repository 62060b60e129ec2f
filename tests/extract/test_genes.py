"""Symbols and names of human proteins."""

from __future__ import annotations

import pytest

from kg.extract import genes


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("Nav1.6", "SCN8A"),
        ("IL-4R", "IL4R"),
        ("PCSK9", "PCSK9"),
        ("Janus kinase 1", "JAK1"),
        ("factor XI", "F11"),
        ("complement factor B", "CFB"),
        ("menin", "MEN1"),
    ],
)
def test_what_a_name_means(printed: str, symbol: str) -> None:
    """By symbol, by name, by the name without its usual opening."""
    gene = genes.named(printed)
    assert gene is not None
    assert gene.symbol == symbol
    assert gene.code.startswith("HGNC:")


@pytest.mark.parametrize("printed", ["was", "patients", "rest", "kinase", "XQZ9"])
def test_words_that_are_no_genes(printed: str) -> None:
    """Small letters make no symbol, though some gene is called so."""
    assert genes.named(printed) is None
