"""Deals on a drug → who develops it: both parties of a licence, from then on.

Between `kg.extract.partnerships`, which knows the deals, and the rules on drugs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.extract.bonds import Bond
from kg.extract.deal_terms import kind_of_deal
from kg.extract.focus import is_partner
from kg.extract.linked import LinkedDocument
from kg.extract.organizations import INSTITUTION
from kg.extract.own_drugs import Ownership, is_branded, is_common
from kg.extract.partnerships import bonds_told
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind

#: Kinds of deals after which both parties have to do with the drug.
_SHARING: Final = frozenset({"licence", "commercialization", "co-development", "distribution"})
_OVER: Final = Pattern(
    r"\b(?:no\s+(?:rights|licen\w+)|not|option|terminat\w+|return\w*|reacquir\w*|regain\w*|divest\w*|sale\s+of"
    r"|sold|platform|discover\w*|targets|(?:its|their)\s+own)\b"
)


def of_the_deals(document: LinkedDocument, owned: Sequence[Ownership]) -> list[Ownership]:
    """The drugs that a licence, co-development or distribution agreement is about are both parties'.

    Hit: "Acme grants Foo the exclusive right to sell AB-1 in Canada".
    Near misses: options, acquisitions, supply; deals that are over; several drugs in one sentence.
    """
    known = {(own.organization, own.drug) for own in owned}
    out: list[Ownership] = []
    for bonds in bonds_told(document).values():
        if kind_of_deal(list(bonds)) not in _SHARING or any(bond.past for bond in bonds):
            continue
        for bond in bonds:
            parties = (bond.one, bond.other)
            if _OVER.search(bond.sentence.text) or any(INSTITUTION.search(p.label) for p in parties):
                continue
            for drug in _drugs(bond):
                for party in parties:
                    if (party, drug) not in known:
                        known.add((party, drug))
                        out.append(Ownership(party, drug, bond.sentence, "deal", 0.75))
    return out


def _drugs(bond: Bond) -> list[Entity]:
    """The one or two new drugs that a bond is told of."""
    low, high = bond.sentence.start + bond.start, bond.sentence.start + bond.end + 90
    others = [
        m for m in bond.sentence.of_kind(Kind.ORGANIZATION) if m.start >= bond.sentence.start + bond.end
    ]
    high = min([high, *(m.start for m in others if m.entity not in (bond.one, bond.other))])
    drugs = [m for m in bond.sentence.of_kind(Kind.DRUG) if low <= m.start < high]
    own = list(dict.fromkeys(m.entity for m in drugs if not is_partner(bond.sentence, m)))
    own = [drug for drug in own if not is_common(drug) or is_branded(drug)]
    return own if len(own) < 3 and len(own) == len({m.entity for m in drugs}) else []
