"""Which statements a violation is about, so that a build can go on without them and say so.

One mistaken value among thousands of releases must neither be published nor hold back all the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import pyoxigraph as ox

from kg.findings import Finding, Report, Severity
from kg.model import Fact, Release
from kg.namespaces import Minter
from kg.quads import assertion_iri, iri
from kg.store import Dataset


@dataclass(frozen=True, slots=True)
class Withheld:
    """A statement that was left out of the graph because a shape objects to it.

    Attributes:
        release: the release that makes it.
        fact: the statement.
        finding: what the shape says.
    """

    release: Release
    fact: Fact
    finding: Finding

    def __str__(self) -> str:
        evidence = self.fact.evidence[0]
        line, column = self.release.line_column(evidence.start)
        subject = "" if self.fact.subject is None else f" of {self.fact.subject.label}"
        words = " ".join(evidence.text.split())
        return (
            f"{self.release.source}:{line}:{column}: {self.fact.relation}{subject} withheld: "
            f'{self.finding.message} The words: "{words}"'
        )


def withheld(
    report: Report,
    dataset: Dataset,
    releases: Sequence[Release],
    documents: Mapping[str, Sequence[Fact]],
    minter: Minter,
) -> tuple[Withheld, ...] | None:
    """The statements that violations of a report are about, in the order of the releases.

    Args:
        report: validation of `dataset`.
        dataset: written from `documents` by `kg.quads`.
        releases: those of `documents`.
        documents: facts by release id.
        minter: the one that `dataset` was written with.

    Returns:
        None where a violation is about no statement of a release: it is a fault of the vocabulary, the ontology or
        the shapes, and leaving statements out would not mend it.
    """
    culprits: dict[str, Finding] = {}
    for finding in report.findings:
        if finding.severity is not Severity.VIOLATION:
            continue
        found = _assertions(finding, dataset)
        if not found:
            return None
        for assertion in found:
            culprits.setdefault(assertion, finding)
    return tuple(
        Withheld(release, fact, culprits[name])
        for release in releases
        for fact in documents[release.id]
        if (name := assertion_iri(release, fact, minter).value) in culprits
    )


def _assertions(finding: Finding, dataset: Dataset) -> set[str]:
    """IRIs of the assertions that a finding is about: the narrowest reading that gives any."""
    focus = finding.focus
    if isinstance(focus, ox.Literal):
        return set()

    def of(predicate: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> set[str]:
        found = dataset.quads_for(None, iri(predicate), value, ox.DefaultGraph())
        return {q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}

    is_assertion = next(
        dataset.quads_for(focus, iri("rdf:type"), iri("rkg:Assertion"), ox.DefaultGraph()), None
    )
    if is_assertion is not None:
        return {focus.value}
    for predicate in ("rkg:evidence", "rkg:qualification"):
        if parts := of(predicate, focus):
            return parts
    # Selectors are parts of a piece of evidence.
    for quad in dataset.quads_for(None, iri("oa:hasSelector"), focus, ox.DefaultGraph()):
        if not isinstance(quad.subject, ox.Triple) and (parts := of("rkg:evidence", quad.subject)):
            return parts
    about = of("rdf:subject", focus)
    if finding.value is not None and (exact := about & of("rdf:object", finding.value)):
        return exact
    if finding.path is not None and ":" in finding.path and " " not in finding.path:
        try:
            path = iri(finding.path)
        except ValueError:
            path = None  # a path of several steps
        if path is not None and (same := about & of("rdf:predicate", path)):
            return same
    told = of("rdf:object", focus)
    if finding.value is not None and (valued := _stating(finding.value, focus, told, dataset)):
        return valued
    return told


def _stating(
    value: ox.NamedNode | ox.BlankNode | ox.Literal,
    node: ox.NamedNode | ox.BlankNode | ox.Triple,
    assertions: Set[str],
    dataset: Dataset,
) -> set[str]:
    """Those of a node's assertions whose release says the value of the node."""
    graphs = {
        quad.graph_name.value
        for quad in dataset.quads_for(node, None, value, None)
        if isinstance(quad.graph_name, ox.NamedNode)
    }
    return {
        name
        for name in assertions
        for quad in dataset.quads_for(ox.NamedNode(name), iri("rkg:statedIn"), None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode) and quad.object.value in graphs
    }
