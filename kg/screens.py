"""What is known of a shape beforehand: queries that find its suspects, and the triples that its verdicts rest on.

`kg.screening` makes screens of shapes; here is how they are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.namespaces import expand
from kg.store import Dataset

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
_SUBCLASS: Final = ox.NamedNode(expand("rdfs:subClassOf"))


class Unknown(Exception):
    """A shape says something that cannot be asked here."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: along a predicate, or against it."""

    predicate: ox.NamedNode
    inverse: bool = False

    def __str__(self) -> str:
        return f"^{self.predicate}" if self.inverse else str(self.predicate)


@dataclass(frozen=True, slots=True)
class Watch:
    """Triples that a verdict rests on.

    Attributes:
        predicate: of the triples; None for any.
        at_object: whether the way back begins at their object.
        back: the steps from there to the focus node.
    """

    predicate: ox.NamedNode | None
    at_object: bool
    back: tuple[Step, ...] = ()

    def focus_nodes(self, changed: Iterable[ox.Triple], dataset: Dataset) -> Iterator[Value]:
        """The nodes whose verdict may be another after these triples, with the predicate, came or went."""
        reached: set[Value] = {value_of(t.object if self.at_object else t.subject) for t in changed}
        for step in self.back:
            reached = {other for node in reached for other in _ends(node, step, dataset)}
        yield from reached


@dataclass(frozen=True, slots=True)
class Screen:
    """How to find the nodes that a shape may object to.

    Attributes:
        queries: SELECT queries whose `?this` are these nodes.
        watches: the triples that verdicts rest on; None where they cannot be told.
    """

    queries: tuple[str, ...]
    watches: tuple[Watch, ...] | None

    def candidates(self, dataset: Dataset, *, among: Sequence[Value] | None = None) -> set[Value]:
        """The nodes of a dataset's default graph that the shape may object to.

        Args:
            dataset: what is checked.
            among: look at these alone; none of them is blank.

        Raises:
            QueryError: a query cannot be evaluated.
        """
        nodes = "" if among is None else f"VALUES ?this {{ {' '.join(map(str, among))} }} "
        queries = (query.replace("{ ", f"{{ {nodes}", 1) for query in self.queries)
        return {value_of(row["this"]) for query in queries for row in dataset.select(query)}

    def affected(
        self, changed: Mapping[ox.NamedNode, Sequence[ox.Triple]], dataset: Dataset
    ) -> set[Value] | None:
        """The nodes whose verdict a change may have changed; None for "all of them".

        Args:
            changed: triples that were added or removed, by predicate.
            dataset: as it is after the change.
        """
        if self.watches is None or _SUBCLASS in changed:
            return None
        return {
            node
            for watch in self.watches
            for triples in (
                changed.values() if watch.predicate is None else [changed.get(watch.predicate, ())]
            )
            for node in watch.focus_nodes(triples, dataset)
        }


def along(steps: Sequence[Step]) -> tuple[Watch, ...]:
    """The triples of a path from the focus node."""
    return tuple(
        Watch(step.predicate, step.inverse, tuple(_reversed(steps[:number])))
        for number, step in enumerate(steps)
    )


def moved(watches: Iterable[Watch], steps: Sequence[Step]) -> tuple[Watch, ...]:
    """What a verdict on a value rests on, as seen from the focus node."""
    back = tuple(_reversed(steps))
    return tuple(Watch(watch.predicate, watch.at_object, (*watch.back, *back)) for watch in watches)


def _reversed(steps: Sequence[Step]) -> Iterator[Step]:
    return (Step(step.predicate, not step.inverse) for step in reversed(steps))


def path_text(steps: Sequence[Step]) -> str:
    """A path as SPARQL writes it."""
    return "/".join(map(str, steps))


def _ends(node: Value, step: Step, dataset: Dataset) -> Iterator[Value]:
    """Where a step leads."""
    if step.inverse:
        for quad in dataset.quads_for(None, step.predicate, node, ox.DefaultGraph()):
            yield value_of(quad.subject)
    elif not isinstance(node, ox.Literal):
        for quad in dataset.quads_for(node, step.predicate, None, ox.DefaultGraph()):
            yield value_of(quad.object)


def node_of(term: object) -> Node:
    """The term as what may be a subject.

    Raises:
        Unknown: it is none.
    """
    if not isinstance(term, (ox.NamedNode, ox.BlankNode)):
        raise Unknown(str(term))
    return term


def value_of(term: object) -> Value:
    """The term as what may be a value.

    Raises:
        Unknown: it is a triple.
    """
    if not isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)):
        raise Unknown(str(term))
    return term
