"""What it takes for a drug to be an organisation's own: the ground for saying so, and what tells against it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.inn import is_established, known_names
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Entity, Mention, Modality


@dataclass(frozen=True, slots=True)
class Ownership:
    """One ground for saying that a drug is an organisation's.

    Attributes:
        organization: whose.
        drug: what.
        sentence: where it says so.
        rule: which rule read it.
        confidence: 0 to 1.
        modality: a drug not yet developed is planned.
    """

    organization: Entity
    drug: Entity
    sentence: LinkedSentence
    rule: str
    confidence: float = 0.95
    modality: Modality = Modality.ASSERTED


NOT_OWN: Final = Pattern(
    r"\b(?:no(?!\s+objection)|control|comparator|combination|combined with|combining"
    r"|collaborat|partner's|competit"
    r"|licen[sc]ed to"
    r"|placebo|trade ?marks? of (?:their|other|its)"
    r"|sold|(?<!commercial )(?<!first )sale of|divest\w*|transferred|versus|vs|alone|background"
    r"|standard[- ]of[- ]care|linker\s+and)\b",
    re.IGNORECASE,
)


#: Grounds that leave a drug with its originator too.
SHARED: Final = frozenset({"licensee", "rights", "partner", "in-licensed", "by", "acquired"})


def may_be_own(document: LinkedDocument, drug: Entity) -> bool:
    """An established drug is somebody's only by a brand or code of theirs, or as what the release is about."""
    return not is_common(drug) or drug == document.subject


def is_common(drug: Entity) -> bool:
    """Whether a drug is an established one, given with others or compared to; a code says that it is a new form."""
    return any(is_established(n) for n in drug.names) and not any(
        re.fullmatch(r"[A-Z]{2,5}-?\d{3,5}", n) for n in drug.names
    )


def is_branded(drug: Entity) -> bool:
    """Whether an established drug goes by a name of its own too: "HUALINSU (adalimumab)", somebody's biosimilar."""
    return any(is_established(n) for n in drug.names) and any(
        not is_established(n) and not any(is_established(word) for word in n.lower().split())
        for n in drug.names
    )


def is_others(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether the words around a drug speak of a sale, a comparison or a partner's drug."""
    at, end = mention.start - sentence.start, mention.end - sentence.start
    return NOT_OWN.search(sentence.text, max(0, at - 60), min(len(sentence.text), end + 40)) is not None


#: Before a company: the drug came from there.
COMES_FROM: Final = Pattern(
    r"\b(?:from|originators?,?|licensors?,?|with\s+offices|at)\s+(?:(?:the|its)\s+)?(?:[\w-]+\s+){0,3}$"
)
#: What two drugs differ in that are one molecule, for imaging and for treatment: "*64Cu*-AB-1", "[*177Lu*]Lu-AB-1".
ISOTOPE: Final = Pattern(
    r"^(?:\[\d{2,3}m?[A-Z][a-z]?\](?:[A-Z][a-z]?-)?|\d{2,3}m?[A-Z][a-z]?-|[A-Z][a-z]?-\d{2,3}-)"
)


def letters_of_codes(drug: Entity) -> list[str]:
    """The letters that the codes of a drug begin with: "SLR" of "SLR-101", "SLR-GD2"."""
    found = (
        re.match(r"([A-Z]{2,5})[-\s]?(?:\d|[A-Z]{1,6}\d?)", ISOTOPE.sub("", name)) for name in drug.names
    )
    return [
        m[1]
        for m in found
        if m is not None and (m.string.find("-") > 0 or any(c.isdigit() for c in m.string))
    ]


def is_new(drug: Entity) -> bool:
    """Whether a drug goes by a code or by a nonproprietary name that no list of known drugs has."""
    return bool(letters_of_codes(drug)) or any(
        n[:1].islower() and n.split()[0] not in known_names()[1] for n in drug.names
    )
