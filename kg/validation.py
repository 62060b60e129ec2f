"""SHACL: data + shapes → `Report`.

What a graph violates is a result; being unable to check it is an error.  Queries over the whole graph find the nodes
that a shape may object to (`kg.screening`), and pySHACL judges these (`kg.shacl`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH

from kg.errors import InputError, QueryError
from kg.findings import Finding, Report, Severity, order
from kg.namespaces import PREFIXES, compact
from kg.rdflib_graphs import Graph, copied, from_rdflib, looked_up
from kg.screening import screens
from kg.screens import Node, Screen, Value
from kg.shacl import found, quiet
from kg.shapes_graph import aim, flattened, read_shapes, shacl_names
from kg.store import Dataset

_SUBCLASS: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")


def validate(
    data: Dataset | Iterable[ox.Quad],
    *,
    shapes: Sequence[Path] = (),
    ontology: Iterable[ox.Quad] = (),
    severities: Mapping[str, Severity | None] | None = None,
) -> Report:
    """Check data against shapes.

    Args:
        data: a dataset, of which the default graph is checked, or quads, whose graph names are ignored.
        shapes: shape files; none for those that ship with the project.
        ontology: classes and concepts that the data may refer to without holding them; the class hierarchy is
            taken from it, and what it says of terms that occur in the data and of what these lead to.
        severities: by IRI of a shape or a kind of constraint, shapes first: the severity that its findings get
            instead of the shape's own, None to leave them out.

    Raises:
        InputError: a shape file cannot be read, or `severities` names a shape that there is not.
        CheckError: the shapes cannot be used: there are none, or they are malformed.
    """
    severities = severities or {}
    with quiet():
        rules = read_shapes(shapes)
        _check_severities(rules, severities)
        checked = _checked(data, ontology)
        flat = flattened(rules)
        if checked.dataset is not None:
            aim(flat, _suspects(flat, checked.dataset))
        findings = set(found(checked.graph, flat, rules))
    return report_of(findings, checked.triples, severities)


def report_of(
    findings: Iterable[Finding], triples: int, severities: Mapping[str, Severity | None] | None = None
) -> Report:
    """Findings in their order, with severities of the user's own."""
    return Report(tuple(sorted(_weighed(findings, severities or {}), key=order)), triples)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What is checked.

    Attributes:
        graph: for pySHACL.
        dataset: the same for screens; None where it would not be the same to the letter.
        triples: its size, without what was taken from the ontology.
    """

    graph: Graph
    dataset: Dataset | None
    triples: int


def _checked(data: Dataset | Iterable[ox.Quad], ontology: Iterable[ox.Quad]) -> _Checked:
    if isinstance(data, Dataset):
        more = list(_needed(data, ontology))
        dataset = Dataset.in_memory([*data.quads(), *more]) if more else data
        return _Checked(looked_up(dataset), dataset, data.count())
    triples = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in data}
    dataset = Dataset.in_memory()
    dataset.bulk_add(triples)
    # Oxigraph writes "007"^^xsd:integer as 7, which a shape must not see.
    is_faithful = all(quad in triples for quad in dataset.quads())
    more = list(_needed(dataset, ontology))
    if not is_faithful:
        return _Checked(copied([*triples, *more]), None, len(triples))
    dataset.bulk_add(more)
    return _Checked(looked_up(dataset), dataset, len(triples))


def screened(shapes: rdflib.Graph, dataset: Dataset) -> dict[Node, Screen]:
    """The screens of shapes (`kg.screening`) for a dataset."""
    quads = (ox.Quad(*map(from_rdflib, triple)) for triple in shapes)  # type: ignore[arg-type]
    return screens(Dataset.in_memory(quads), dataset)


def _suspects(shapes: rdflib.Graph, dataset: Dataset) -> dict[Node, set[Value]]:
    """By shape that has a screen, the nodes that it may object to."""
    suspects = {}
    for shape, screen in screened(shapes, dataset).items():
        with suppress(QueryError):  # pySHACL says what is the matter
            suspects[shape] = screen.candidates(dataset)
    return suspects


def _weighed(findings: Iterable[Finding], severities: Mapping[str, Severity | None]) -> Iterator[Finding]:
    for finding in findings:
        name = finding.shape if finding.shape in severities else finding.constraint
        severity = severities.get(name, finding.severity)
        if severity is not None:
            yield replace(finding, severity=severity)


def _check_severities(shapes: rdflib.Graph, severities: Mapping[str, Severity | None]) -> None:
    for iri in severities:
        is_constraint = iri.startswith(str(SH)) and iri.endswith("ConstraintComponent")
        if not (is_constraint and iri in shacl_names()) and (rdflib.URIRef(iri), None, None) not in shapes:
            raise InputError(
                f"severity of {compact(iri)}: the shapes have no such shape or kind of constraint"
            )


def _needed(data: Dataset, ontology: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The class hierarchy, and what the ontology says of the terms of the data and of what these lead to."""
    about: dict[object, list[ox.Quad]] = {}
    for quad in ontology:
        triple = ox.Quad(quad.subject, quad.predicate, quad.object)
        about.setdefault(triple.subject, []).append(triple)
        if triple.predicate == _SUBCLASS:
            yield triple
    waiting: list[object] = [node for node in about if _occurs(node, data)]
    while waiting:
        for quad in about.pop(waiting.pop(), ()):
            yield quad
            waiting.append(quad.object)


def _occurs(node: object, data: Dataset) -> bool:
    default = ox.DefaultGraph()
    assert isinstance(node, (ox.NamedNode, ox.BlankNode))
    return any(data.quads_for(None, None, node, default)) or any(data.quads_for(node, None, None, default))
