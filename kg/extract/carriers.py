"""Linked sentences → what brings a drug's payload to where it acts: its antibody, its lipid particle, its virus.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.  What follows from the platform alone
(an antibody-drug conjugate has an antibody) is left to inference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Concept, Fact, Kind, Modality

#: Carriers that hold what they carry: their name suffices where something is in them, or delivered by them.
_HOLDERS: Final = (
    "carrier:nanoparticle",
    "carrier:viral-vector",
    "carrier:exosome",
    "carrier:red-blood-cell",
)
_MADE: Final = Pattern(
    r"\b(?:consist\w*|compos\w+|compris\w+|made\s+up|combin\w+|pairs?|joins?|link\w*|coupl\w+|conjugat\w+|attach\w*"
    r"|fus\w+|carr(?:y|ies|ied|ying)|deliver\w*|pack\w*|formulat\w+|encapsulat\w+|load\w*|in|uses?|utili[sz]\w+|based)\b",
    re.IGNORECASE,
)
_COMPOSED: Final = Pattern(
    r"(?:\b(?:consist(?:s|ing)?\s+of|composed\s+of|compris\w+|made\s+up\s+of|combin(?:es|ing)|pair(?:s|ing)|join(?:s|ing)"
    r"|links?|linking|coupl(?:es|ing)|in\s+which|which|is\s+an?)|,\s+an?)\s",
    re.IGNORECASE,
)
#: What says that the part before it carries the part behind it.
_JOINED: Final = Pattern(
    r"\b(?:link(?:ed|er)|coupled|conjugated|attached|joined|tethered|bound|fused|chelator|payload|warhead|carries"
    r"|carrying|label?led|radiolabel?led|armed)\b",
    re.IGNORECASE,
)
_HELD: Final = (
    r"\b(?:in|into|inside|within|by|with|via|using|uses|utili[sz]es|employs)\s+(?:(?:an?|the|its|our)\s+)?"
    r"(?:(?!and\b|or\b|on\b|\d)[\w-]+,?\s+){0,3}?(?P<name>NAMES)\b"
)
_ADJECTIVE: Final = (
    r"(?:\bis|,)\s+(?:an?|the|its|our)\s+(?:[\w-]+,?\s+){0,3}?(?P<name>NAMES)[- ]"
    r"(?:delivered|formulated|based|encapsulated|mediated|vectored|enabled)\b"
)
_CONTRASTED: Final = Pattern(
    r"\b(?:unlike|instead\s+of|rather\s+than|compared|versus|in\s+contrast|than|not|without|transduced)\b",
    re.IGNORECASE,
)
_NOT_OF_A_DRUG: Final = (Kind.TARGET, Kind.DISEASE, Kind.ORGANIZATION)
_FAR: Final = 220


def carriers(document: LinkedDocument, sentences: Iterable[LinkedSentence]) -> Iterator[Fact]:
    """By what a drug's payload is brought to where it acts.

    Hits: "ABC-1 is composed of a humanized antibody linked through a peptide to exatecan"; "ABC-1 consists of mRNA in a
    lipid nanoparticle"; "ABC-1, an LNP-delivered base editor"; "ABC-1 uses the AAV8 capsid".
    Near misses: "ABC-1 is an antibody against CD19" (it carries nothing); "ABC-1, unlike liposomes, …"; "Acme's lipid
    nanoparticle technology" (no drug); "in combination with an antibody".
    """
    told = [s for s in sentences if s.of_kind(Kind.DRUG) and _MADE.search(s.text)]
    if not told:
        return
    names = _names(_Same(document.concepts))
    forms = _forms(tuple(names), tuple(name for name, curie in names.items() if _is_holder(document, curie)))
    for sentence in told:
        if forms.name.search(sentence.text):
            yield from _carriers_in(document, sentence, names, forms)


@dataclass(frozen=True, slots=True)
class _Forms:
    """Patterns for the names of carriers.

    Attributes:
        name: any carrier.
        joined: one that is no part of the name of a conjugate.
        held: a holder that something is in; a holder by which something is delivered.
    """

    name: Pattern
    joined: Pattern
    held: tuple[Pattern, ...]


@cache
def _forms(names: tuple[str, ...], holders: tuple[str, ...]) -> _Forms:
    return _Forms(
        Pattern(_any(names), re.IGNORECASE),
        Pattern(rf"(?<![\w-])(?P<name>{_any(names)})(?![\w-]*-drug)\b", re.IGNORECASE),
        tuple(Pattern(form.replace("NAMES", _any(holders)), re.IGNORECASE) for form in (_HELD, _ADJECTIVE)),
    )


def _carriers_in(
    document: LinkedDocument, sentence: LinkedSentence, names: Mapping[str, str], forms: _Forms
) -> Iterator[Fact]:
    drugs = sentence.of_kind(Kind.DRUG)
    text = sentence.text
    for other in sentence.of_kind(*_NOT_OF_A_DRUG):  # "a gastrin-releasing peptide receptor" is no peptide
        low, high = other.start - sentence.start, other.end - sentence.start
        text = text[:low] + "_" * (high - low) + text[high:]
    for number, mention in enumerate(drugs):
        start = mention.end - sentence.start
        end = drugs[number + 1].start - sentence.start if number + 1 < len(drugs) else len(text)
        clause = re.match(r"(?:[^.;]|\.(?=\S))*", text[start : min(end, start + _FAR)])
        assert clause is not None
        held = next((m for form in forms.held if (m := form.search(clause[0]))), None)
        found = held or _composed(clause[0], forms)
        if found is None or _CONTRASTED.search(clause[0], 0, found.start("name")):
            continue
        low, high = found.span("name")
        carrier = document.concept(_curie(found["name"], names))
        how = modality(sentence.text, start + low, start + high)
        yield statement(
            document, sentence, "drugs.carrier", "drug_carrier", mention.entity, carrier,
            modality=Modality.ASSERTED if how is Modality.PLANNED else how, confidence=0.9,
        )  # fmt: skip


def _composed(clause: str, forms: _Forms) -> re.Match[str] | None:
    """The carrier of what is said to be made of it and something joined to it."""
    made = _COMPOSED.search(clause)
    if made is None or not _JOINED.search(clause, made.end()):
        return None
    return forms.joined.search(clause, made.end())


def _is_holder(document: LinkedDocument, curie: str) -> bool:
    concept = document.concepts[curie]
    return curie in _HOLDERS or any(_is_holder(document, wider) for wider in concept.broader)


class _Same:
    """A vocabulary as a key: the same one, not an equal one; to look at all its concepts for each release is slow."""

    __slots__ = ("concepts",)

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self.concepts = concepts

    def __hash__(self) -> int:
        return id(self.concepts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.concepts is self.concepts


@lru_cache(maxsize=4)
def _names(vocabulary: _Same) -> dict[str, str]:
    """Names in small letters and their concepts."""
    own = [concept for concept in vocabulary.concepts.values() if concept.kind is Kind.CARRIER]
    return {name.casefold(): concept.curie for concept in own for name in (concept.label, *concept.alt)}


def _any(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first; "AAV" may have its serotype behind it."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(rf"{re.escape(n)}\w*(?:-like)?" if n == "aav" else re.escape(n) for n in ordered)


def _curie(text: str, names: Mapping[str, str]) -> str:
    low = text.casefold()
    return names.get(low) or names["aav"]
