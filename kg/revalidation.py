"""After a change: validate what changed and what refers to it, and keep what was found about the rest.

The result is that of `kg.validation.validate` on the whole, which the tests hold it to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, SH

from kg.errors import QueryError
from kg.findings import Finding, Report, Severity
from kg.namespaces import REPORT_GRAPH, compact, digest, expand
from kg.rdflib_graphs import Graph, looked_up, to_rdflib
from kg.screens import Node, Screen, Value
from kg.shacl import found, name_of, path_of, quiet, told_anew
from kg.shapes_graph import aim, flattened, read_shapes
from kg.store import Dataset
from kg.validation import report_of, screened

#: The modules that findings depend on, and the inferred triples that are checked with the rest.
_CHECKERS: Final = (
    *("validation.py", "revalidation.py", "shapes_graph.py", "shacl.py", "rdflib_graphs.py"),
    *("screening.py", "screens.py", "value_tests.py", "constraint_queries.py"),
    *("reasoning.py", "entailment.py", "owl_rules.py"),
)
#: How shapes lead to the shapes within them.
_INNER: Final = (
    *(SH.property, SH.node, SH["and"], SH["or"], SH["not"], SH.xone, SH.qualifiedValueShape),
    *(RDF.first, RDF.rest),
)
#: Up to so many nodes, a query is told which ones to look at; beyond, it looks at all.
_MOST_NAMED: Final = 2_000


def rules_digest(paths: Sequence[Path] = ()) -> str:
    """A digest of the shapes and of what infers and checks: the same as long as old results hold for what is unchanged.

    Raises:
        InputError: a file cannot be read.
        CheckError: the shapes cannot be used.
    """
    with quiet():
        shapes = read_shapes(paths)
    # Blank nodes have other labels each time they are read.
    terms = (tuple("_" if isinstance(t, rdflib.BNode) else t.n3() for t in triple) for triple in shapes)
    package = files("kg")
    return digest(
        "\n".join(
            (
                *sorted(" ".join(triple) for triple in terms),
                *(version(name) for name in ("pyshacl", "pyoxigraph", "rdflib")),
                *(package.joinpath(name).read_text("utf-8") for name in _CHECKERS),
            )
        )
    )


def revalidate(
    dataset: Dataset, before: Report, changed: Iterable[ox.Triple], *, shapes: Sequence[Path] = ()
) -> Report:
    """The report on a dataset, of which most was validated before.

    Args:
        dataset: as it is now; its default graph is checked.
        before: what was found by these shapes before the change.
        changed: the triples by which the default graph differs: those added and those removed.
        shapes: shape files; none for the project's own.

    Raises:
        InputError, CheckError: as `validate`.
    """
    by_predicate: dict[ox.NamedNode, list[ox.Triple]] = defaultdict(list)
    for triple in changed:
        by_predicate[triple.predicate].append(triple)
    with quiet():
        rules = read_shapes(shapes)
        flat = flattened(rules)
        data = looked_up(dataset)
        owners = _owners(flat, rules)
        affected: dict[Node, set[Value]] = {}
        aims: dict[Node, set[Value]] = {}
        for shape, screen in screened(flat, dataset).items():
            alone = all(len(owners[name]) == 1 for name in _names(to_rdflib(shape), flat, rules))
            nodes = screen.affected(by_predicate, dataset) if alone else None
            try:
                if nodes is None:
                    aims[shape] = screen.candidates(dataset)
                else:
                    aims[shape] = _among(nodes, screen, dataset)
                    affected[shape] = nodes
            except QueryError:
                continue  # pySHACL looks at all, and says what is the matter
        aim(flat, aims)
        kept = {
            told_anew(finding, data)
            for finding in before.findings
            if (owner := _owner(finding, owners)) in affected and finding.focus not in affected[owner]
        }
        return report_of(kept | set(found(data, flat, rules)), dataset.count())


def read_report(dataset: Dataset, *, shapes: Sequence[Path] = ()) -> Report:
    """The report that a snapshot holds of itself (`Report.quads`).

    Sentences and places are left out, and the size; `revalidate` finds them anew.

    Raises:
        InputError, CheckError: as `validate`.
    """
    with quiet():
        rules = read_shapes(shapes)
    return Report(tuple(_read(dataset, rules)))


def _read(dataset: Dataset, rules: Graph) -> Iterator[Finding]:
    severities = {severity.iri: severity for severity in Severity}
    names = {
        expand(f"sh:{name}"): name
        for name in (
            "focusNode", "sourceShape", "sourceConstraintComponent", "resultSeverity", "resultMessage", "value",
            "resultPath",
        )
    }  # fmt: skip
    results: dict[object, dict[str, Value]] = defaultdict(dict)
    for quad in dataset.quads(REPORT_GRAPH):
        if quad.predicate.value in names and not isinstance(quad.object, ox.Triple):
            results[quad.subject][names[quad.predicate.value]] = quad.object
    for result in results.values():
        shape = rdflib.URIRef(result["sourceShape"].value)
        path = rules.value(shape, SH.path)
        told = result.get("resultPath")
        yield Finding(
            focus=result["focusNode"],
            path=compact(told.value) if told is not None else None if path is None else path_of(rules, path),
            value=result.get("value"),
            shape=str(shape),
            constraint=result["sourceConstraintComponent"].value,
            severity=severities[result["resultSeverity"].value],
            message=result["resultMessage"].value,
        )


def _among(nodes: Iterable[Value], screen: Screen, dataset: Dataset) -> set[Value]:
    """Those of some nodes that a shape may object to."""
    nodes = set(nodes)
    if not nodes:
        return set()
    if len(nodes) > _MOST_NAMED or any(isinstance(node, ox.BlankNode) for node in nodes):
        return nodes & screen.candidates(dataset)
    return screen.candidates(dataset, among=sorted(nodes, key=str))


def _owners(flat: rdflib.Graph, rules: rdflib.Graph) -> dict[str, set[rdflib.term.Node]]:
    """By name under which findings are told: the shapes with targets that they may come from."""
    owners = defaultdict(set)
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    for shape in {shape for target in targets for shape in flat.subjects(target, None)}:
        for name in _names(shape, flat, rules):
            owners[name].add(shape)
    return owners


def _names(shape: rdflib.term.Node, flat: rdflib.Graph, rules: rdflib.Graph) -> set[str]:
    """The names under which findings of a shape, and of the shapes within it, are told."""
    inside, waiting = {shape}, [shape]
    while waiting:
        node = waiting.pop()
        for predicate in _INNER:
            for inner in flat.objects(node, predicate):
                if inner not in inside:
                    inside.add(inner)
                    waiting.append(inner)
    return {name_of(rules, node) for node in inside}


def _owner(finding: Finding, owners: dict[str, set[rdflib.term.Node]]) -> Node | None:
    found_in = owners.get(finding.shape, set())
    if (
        len(found_in) != 1
        or isinstance(finding.focus, ox.BlankNode)
        or isinstance(finding.value, ox.BlankNode)
    ):
        return None
    [shape] = found_in
    return ox.BlankNode(str(shape)) if isinstance(shape, rdflib.BNode) else ox.NamedNode(str(shape))
