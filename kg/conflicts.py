"""Where releases disagree: values that a later one supersedes and values that conflict, as nodes of their own graph.

Nothing is overwritten: each release's graph keeps what it states.  A node here links the two assertions and
their sentences.  A *supersession* is a change: the later release tells a value that may change over
time, and no release after it goes back to the earlier one.  Everything else is a *conflict*: the dates of the
releases do not order them, the value cannot change, or it goes back and forth.

What may be compared is listed in `kg.answers`: a question has one answer at a time, and each answer knows which others
go together with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from kg.answers import (
    HYPOTHETICAL,
    NEGATED,
    PLANNED,
    Answer,
    Question,
    Reader,
    Statement,
    Value,
    equal,
    iri,
)
from kg.namespaces import CONFLICTS_GRAPH, Minter, digest
from kg.store import Dataset

#: Relations whose plans are those of a trial, which is compared itself.
_FOLLOWING: Final = frozenset({"drug_indication"})
#: How far along a status is: from one to a lower one, or between two final ones, there is no way.
_RANKS: Final[Mapping[str, int]] = {
    "trial-status:planned": 0,
    "trial-status:recruiting": 1,
    "trial-status:active": 1,
    "trial-status:suspended": 1,
    "trial-status:completed": 2,
    "trial-status:terminated": 2,
    "trial-status:withdrawn": 2,
}
_FINAL: Final = 2
_RANK_OF: Final = {iri(curie): rank for curie, rank in _RANKS.items()}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two assertions of different releases that do not go together.

    Attributes:
        supersedes: whether the second replaces the first; they conflict otherwise.
        about: what both are about.
        predicate: property whose values differ.
        first, second: IRIs of the assertions: the one of the earlier release first.
        first_value, second_value: a value of each; the second is None where the later release no longer gives any.
        as_of: date of the second release; empty for a conflict.
    """

    supersedes: bool
    about: ox.NamedNode
    predicate: ox.NamedNode
    first: ox.NamedNode
    second: ox.NamedNode
    first_value: Value
    second_value: Value | None
    as_of: str


def disagreements(dataset: Dataset) -> tuple[Disagreement, ...]:
    """What the releases of a dataset disagree about, sorted.

    Reads the releases' graphs and the vocabulary; nothing inferred is needed.
    """
    reader = Reader(dataset)
    found = {d for question, answers in reader.answers().items() for d in _compared(question, answers)}
    told = {(d.first, d.second) for d in found}
    found |= {d for d in _fulfilled(reader) if (d.first, d.second) not in told}
    return tuple(sorted(found, key=str))


def conflict_quads(dataset: Dataset, minter: Minter) -> Iterator[ox.Quad]:
    """The disagreements of a dataset as quads of `graph/conflicts`, sorted by node; IRIs depend on content alone."""
    reader = Reader(dataset)
    graph = ox.NamedNode(CONFLICTS_GRAPH)
    for one in disagreements(dataset):
        kind = "supersession" if one.supersedes else "conflict"
        parts = (one.about, one.predicate, one.first, one.second, one.first_value, one.second_value)
        node = ox.NamedNode(minter.entity(kind, digest("\n".join(map(str, parts)))))
        first = reader.label(one.first_value)
        second = "no longer given" if one.second_value is None else reader.label(one.second_value)
        arrow = "→" if one.supersedes else "or"
        label = f"{reader.label(one.about)}: {reader.label(one.predicate)} {first} {arrow} {second}"
        triples: list[tuple[str, Value]] = [
            ("rdf:type", iri("rkg:Supersession" if one.supersedes else "rkg:Conflict")),
            ("skos:prefLabel", ox.Literal(" ".join(label.split()))),
            ("rkg:concerns", one.about),
            ("rkg:onProperty", one.predicate),
            ("rkg:firstAssertion", one.first),
            ("rkg:secondAssertion", one.second),
            ("rkg:firstEvidence", reader.evidence(one.first, first)),
            ("rkg:secondEvidence", reader.evidence(one.second, second if one.second_value else first)),
            ("rkg:firstValue", one.first_value),
        ]
        if one.second_value is not None:
            triples.append(("rkg:secondValue", one.second_value))
        if one.supersedes:
            triples.append(("rkg:asOf", _date(one.as_of)))
        for predicate, value in triples:
            yield ox.Quad(node, iri(predicate), value, graph)


# --- comparing --------------------------------------------------------------------------------------------


def _compared(question: Question, answers: Iterable[Answer]) -> Iterator[Disagreement]:
    """Neighbours in time that do not go together; what is said again later is no change of what came between."""
    ordered = sorted(answers, key=lambda a: (a.when, str(a.statement.iri)))
    i = 0
    while i + 1 < len(ordered):
        first, second = ordered[i], ordered[i + 1]
        i += 1
        if first.statement.release == second.statement.release or _go_together(first, second):
            continue
        back = next(
            (
                n
                for n, later in enumerate(ordered[i + 1 :], i + 1)
                if second.values and _go_together(first, later)
            ),
            None,
        )
        supersedes = (
            second.changing and back is None and _is_before(first, second) and _may_follow(first, second)
        )
        if not second.values and not supersedes:
            continue  # a date left out contradicts nothing
        yield _disagreement(question, first, second, supersedes=supersedes)
        if back is not None:
            i = back


def _disagreement(question: Question, first: Answer, second: Answer, *, supersedes: bool) -> Disagreement:
    one, other = _differing(first, second)
    return Disagreement(
        supersedes,
        question.about,
        question.predicate,
        first.statement.iri,
        second.statement.iri,
        one,
        other,
        second.statement.issued if supersedes else "",
    )


def _differing(first: Answer, second: Answer) -> tuple[Value, Value | None]:
    return min(first.values, key=str), min(second.values, key=str, default=None)


def _go_together(a: Answer, b: Answer) -> bool:
    """Whether some value of one is compatible with some value of the other; no value goes only with no value."""
    if not a.values or not b.values:
        return not a.values
    return any(a.compatible(x, y) for x in a.values for y in b.values)


def _is_before(a: Answer, b: Answer) -> bool:
    """Whether the dates of the releases order them: not if one is missing, or a year that the other is a day of."""
    one, other = a.statement.issued, b.statement.issued
    return bool(one and other) and not one.startswith(other) and not other.startswith(one)


def _may_follow(a: Answer, b: Answer) -> bool:
    """Whether the way leads from one status to the other: a trial that is completed is not recruiting afterwards."""
    for one in a.values:
        for other in b.values:
            if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode):
                before, after = _RANK_OF.get(one), _RANK_OF.get(other)
                if before is not None and after is not None and (after < before or before == _FINAL):
                    return False
    return True


def _fulfilled(reader: Reader) -> Iterator[Disagreement]:
    """Plans that a later release reports as done or drops, and statements that one takes back."""
    same: dict[tuple[ox.NamedNode, str, Value], list[Statement]] = defaultdict(list)
    for statement in reader.statements:
        if statement.modality != HYPOTHETICAL and statement.relation.name not in _FOLLOWING:
            same[statement.subject, statement.relation.name, statement.object].append(statement)
    for (subject, _, object_), statements in same.items():
        ordered = sorted(statements, key=lambda s: (s.issued, s.release.value, s.iri.value))
        about = object_ if isinstance(object_, ox.NamedNode) and statements[0].relation.node else subject
        question = Question(about, iri("rkg:modality"))
        for first, second in pairwise(ordered):
            if first.modality == second.modality or first.release == second.release:
                continue
            if NEGATED not in (first.modality, second.modality) and first.modality != PLANNED:
                continue  # asserted, later historical or planned again: both hold
            one = Answer(first, (first.modality,), equal)
            other = Answer(second, (second.modality,), equal)
            yield _disagreement(question, one, other, supersedes=_is_before(one, other))


def _date(text: str) -> ox.Literal:
    kinds = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}
    return ox.Literal(text, datatype=iri(kinds.get(len(text), "xsd:string")))
