"""Why a triple is in the graph, as a page: its sentences, or the rule and its premises down to sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.explanation import Explainer, Reason, Said
from kg.store import Dataset
from server.presentation import Reader, Term

_SENTENCES_SHOWN: Final = 3
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One step of an explanation, with names.

    Attributes:
        triple: what is explained.
        rule: name of the OWL 2 RL rule, or where the triple comes from.
        axiom: what the rule applied; empty where none was.
        sentences: the first of those that state it.
        more: how many others do.
        premises: what the rule was applied to.
    """

    triple: tuple[Term, Term, Term]
    rule: str
    axiom: str
    sentences: tuple[Said, ...]
    more: int
    premises: tuple[ShownReason, ...]


def is_iri(text: str) -> bool:
    """Whether a parameter is an absolute IRI."""
    return _IRI.fullmatch(text) is not None


def explained(dataset: Dataset, reader: Reader, s: str, p: str, o: str) -> ShownReason | None:
    """Why a triple of three IRIs is in the graph; None where it is not, or no explanation was found.

    Args:
        dataset: the published graph.
        reader: of the same, for names.
        s, p, o: absolute IRIs.
    """
    explainer = Explainer(dataset)
    triple = ox.Triple(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o))
    reason = explainer.triple(triple) if explainer.holds(triple) else None
    if reason is None:
        return None
    names = reader.labels(term.value for term in _terms(reason))
    return _shown(reason, names)


def _terms(reason: Reason) -> Iterator[ox.NamedNode]:
    yield from (term for term in reason.triple if isinstance(term, ox.NamedNode))
    for premise in reason.premises:
        yield from _terms(premise)


def _shown(reason: Reason, names: dict[str, str]) -> ShownReason:
    s, p, o = (
        Term(names[term.value], term.value)
        if isinstance(term, ox.NamedNode)
        else Term(getattr(term, "value", ""))
        for term in reason.triple
    )
    return ShownReason(
        triple=(s, p, o),
        rule=reason.rule,
        axiom=reason.axiom,
        sentences=reason.said[:_SENTENCES_SHOWN],
        more=max(0, len(reason.said) - _SENTENCES_SHOWN),
        premises=tuple(_shown(premise, names) for premise in reason.premises),
    )
