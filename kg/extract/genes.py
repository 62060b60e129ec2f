"""Symbols and names of human proteins → their gene, by `lexicon/genes.tsv`; read when the first one is asked for.

A gene symbol is a word of some other language more often than not, so nothing here searches text: `kg.extract.targets`
asks only for words that something is said to act on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern

_GREEK: Final = str.maketrans("αβγδεζκλ", "ABGDEZKL")
_SPELLED: Final = Pattern(r"(?<=[A-Za-z0-9])-?(alpha|beta|gamma|delta|epsilon|zeta|kappa)$", re.IGNORECASE)
_DROPPED: Final = Pattern(r"[-\s/.]")
#: "complement *factor B*", "coagulation *factor XI*": what releases leave out.
_OPENERS: Final = ("complement ", "coagulation ")
LONGEST_NAME: Final = 7  # words
_NUMBERED: Final = Pattern(r"(.+?)\s?\b([ivx]{1,5})a?")
#: "FXIa": a clotting factor, with or without its sign of activity.
_CLOTTING: Final = Pattern(r"F([IVX]{1,4})a?")
_FIGURE: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


@dataclass(frozen=True, slots=True)
class Gene:
    """One protein-coding gene.

    Attributes:
        symbol: approved symbol ("TACR2").
        name: approved name ("tachykinin receptor 2").
        others: further symbols ("NK2R").
        code: CURIE of its HGNC entry.
    """

    symbol: str
    name: str
    others: tuple[str, ...]
    code: str


def _symbol_key(symbol: str) -> str:
    spelled = _SPELLED.sub(lambda m: m[1][0], symbol.translate(_GREEK))
    return _DROPPED.sub("", spelled).upper()


def _name_key(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").replace("/", " ").split())


@cache
def _index() -> tuple[dict[str, Gene], dict[str, Gene]]:
    by_symbol: dict[str, Gene] = {}
    by_name: dict[str, Gene] = {}
    genes = [
        Gene(row["symbol"], row["name"], tuple(filter(None, row["others"].split("|"))), row["code"])
        for row in table("genes")
    ]
    for gene in genes:
        by_symbol[_symbol_key(gene.symbol)] = gene
        by_name[_name_key(gene.name)] = gene
    shorter: dict[str, set[Gene]] = {}
    for gene in genes:
        for other in gene.others:
            by_symbol.setdefault(_symbol_key(other), gene)
        name = _name_key(gene.name)
        for opener in _OPENERS:
            if name.startswith(opener):
                shorter.setdefault(name.removeprefix(opener), set()).add(gene)
        if " related peptidase " in name:
            shorter.setdefault(name.replace(" related peptidase", ""), set()).add(gene)  # "kallikrein 5"
        if " associated tyrosine kinase" in name:
            shorter.setdefault(name.replace(" associated", ""), set()).add(gene)  # "spleen tyrosine kinase"
        if name.endswith(" 1") and len(name) > 6:
            shorter.setdefault(name[:-2], set()).add(gene)  # "menin" of "menin 1"
    for name, owners in shorter.items():
        if len(owners) == 1:
            by_name.setdefault(name, next(iter(owners)))
    return by_symbol, by_name


def by_symbol(symbol: str) -> Gene | None:
    """The gene of a symbol, hyphens and Greek letters apart: "Nav1.6", "IL-4Rα"; None for words in small letters."""
    if not any(c.isupper() or c.isdigit() for c in symbol):
        return None
    index = _index()[0]
    key = _symbol_key(symbol)
    found = index.get(key)
    if found is None and symbol.startswith("c-"):
        found = index.get(_symbol_key(symbol[2:]))  # "c-Met"
    if found is None and key.endswith("RA"):
        found = index.get(key[:-1])  # "IL-4Ralpha" is "IL-4R"
    if found is None and (factor := _CLOTTING.fullmatch(symbol)):
        found = _index()[1].get(f"coagulation factor {factor[1].casefold()}")
    return found


def by_name(words: str) -> Gene | None:
    """The gene of a protein's name: "Janus kinase 1", "complement factor B", "factor XI"."""
    words = re.sub(r"\s*\([^()]*\)", "", words)  # "glucagon-like peptide-1 (GLP-1) receptor"
    names = _index()[1]
    key = _name_key(words)
    found = names.get(key)
    if found is None and (numbered := _NUMBERED.fullmatch(key)):
        # "apolipoprotein C-III" is listed with a figure, "factor XIa" without its sign of activity
        found = names.get(numbered[1] + _FIGURE.get(numbered[2], "")) or names.get(key.removesuffix("a"))
    if found is None and words.casefold().endswith(" receptor"):
        found = by_symbol(words[: -len(" receptor")] + "R")  # "GIP receptor": GIPR
    if found is None and words.casefold().endswith(" binding protein"):
        found = by_symbol(words[: -len(" binding protein")] + "BP")  # "IL-18 binding protein": IL18BP
    return found


def named(text: str) -> Gene | None:
    """The gene that a symbol or a name means."""
    return by_symbol(text) or by_name(text)
