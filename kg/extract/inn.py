"""Words → whether they are nonproprietary names of drugs: established ones, and those with a stem of the INN system."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern

_NOT_INN: Final = Pattern(
    r"(?:nucleotide|^peptide|(?:neuro|poly|oligo|di|tri|tetra|penta|hexa|deca|lipo|glyco|macro|nona|octa|phospho|endo|pro|natriuretic)peptide|bromide|sterol|globulin|tubulin|(?:con|inter|per|pre|ac|ex|trans|de|re)cept"
    r"|carbapenem|cephalosporin|anthracycline|ghrelin|aldosterone|corticosterone|^(?:triptan|gliptin|statin)|(?:time|home|frame)line|interleukin|castine|chancel|(?:rapa|puro)mycin"
    r"|thermostat|rheostat|h(?:a)?emostat|cryostat|humidistat|bacteriostat"
    r"|harlequin|cocaine|choir|reservoir|(?<!r)sen|(?:and|pet|ped|ket|iv|halv|mort|torg|gund"
    r"|hal)[eo]rsen)$"
)
#: The stems that begin a name: cephalosporins.
_FIRST_STEMS: Final = ("cefa", "cefd", "cefe", "cefi", "cefm", "cefo", "cefp", "ceft", "cefu")


@cache
def _stem_pattern() -> Pattern:
    stems = sorted((row["stem"] for row in table("inn_stems")), key=len, reverse=True)
    return Pattern(rf"(?:{'|'.join(stems)})$")


@cache
def _known_drugs() -> frozenset[str]:
    return frozenset(row["name"].lower() for row in table("drugs"))


@cache
def is_inn(word: str) -> bool:
    """Whether a word is a nonproprietary name: an established drug's, or one with a stem of the INN system.

    Hits: "dexamethasone", "osimertinib", "ciltacabtagene" (with its second word), "Lecanemab".
    Near misses: "cholesterol", "nucleotide", "concept", "Andersen".
    """
    low = word.lower()
    if low in _known_drugs():
        return True
    return (
        len(low) >= 7
        and (_stem_pattern().search(low) is not None or low.startswith(_FIRST_STEMS))
        and not _NOT_INN.search(low)
    )


def is_established(name: str) -> bool:
    """Whether a name is that of an established drug (`lexicon/drugs.tsv`), which is a comparator or a partner."""
    return name.lower() in _known_drugs()


@cache
def known_names() -> tuple[frozenset[str], frozenset[str]]:
    """Brands and nonproprietary names of `lexicon/drug_names.tsv`, in small letters."""
    rows = table("drug_names")
    return (
        frozenset(row["name"] for row in rows if row["kind"] == "brand"),
        frozenset(row["name"] for row in rows if row["kind"] == "generic"),
    )
