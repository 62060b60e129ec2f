"""Runs pySHACL, of which this is the one home, and makes findings of its results.

A finding is told with the shape's name, its path in SPARQL's syntax, and the words of the release behind its node.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH

from kg.errors import CheckError
from kg.findings import Finding, Severity, one_line
from kg.namespaces import PREFIXES, compact
from kg.places import Place
from kg.rdflib_graphs import Graph, from_rdflib, to_rdflib

_RKG: Final = rdflib.Namespace(PREFIXES["rkg"])
_OA: Final = rdflib.Namespace(PREFIXES["oa"])
TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def found(data: rdflib.Graph, aimed: Graph, shapes: Graph) -> Iterator[Finding]:
    """What pySHACL objects to; the same thing may come twice.

    Args:
        data: what is checked.
        aimed: the shapes, as `flattened` and `aim` leave them.
        shapes: as they were read, for their names.

    Raises:
        CheckError: the shapes cannot be used.
    """
    if has_targets(aimed):
        results = run(data, aimed)
        for result in results.objects(None, SH.result):
            yield finding_of(results, result, data, shapes)


def told_anew(finding: Finding, data: rdflib.Graph) -> Finding:
    """A finding with what the data says of its node by now."""
    focus = to_rdflib(finding.focus)
    release, sentence, said = _sentence(data, focus)
    anchor = named(data, focus)
    return replace(
        finding,
        release=release,
        sentence=sentence,
        said=said,
        anchor=None if anchor is None else str(anchor),
    )


def run(graph: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The report of pySHACL.

    Raises:
        CheckError: the shapes cannot be used.
    """
    try:
        _, results, text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    except (ReportableRuntimeError, ValueError, TypeError, RuntimeError, re.error) as error:
        raise CheckError(f"the shapes cannot be used: {one_line(error)}") from error
    if isinstance(results, ValidationFailure):
        raise CheckError(f"the shapes cannot be used: {one_line(results.message)}")
    if not isinstance(results, rdflib.Graph):
        raise CheckError(f"the validation gave no report: {one_line(text)}")
    return results


def has_targets(shapes: rdflib.Graph) -> bool:
    """Whether anything is checked; a shape that is a class too has its members for targets."""
    return any((None, target, None) in shapes for target in (*TARGETS, SH.target)) or any(
        (shape, RDF.type, kind) in shapes
        for kind in (RDFS.Class, OWL.Class)
        for of in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, of)
    )


def finding_of(
    results: rdflib.Graph, result: rdflib.term.Node, data: rdflib.Graph, shapes: rdflib.Graph
) -> Finding:
    """One result of a report, with what the data says of its node."""
    focus = results.value(result, SH.focusNode)
    shape = results.value(result, SH.sourceShape)
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    severity = str(results.value(result, SH.resultSeverity))
    assert focus is not None
    assert shape is not None
    release, sentence, said = _sentence(data, focus)
    anchor = named(data, focus)
    return Finding(
        focus=from_rdflib(focus),
        path=None if path is None else path_of(results, path),
        value=None if value is None else from_rdflib(value),
        shape=name_of(shapes, shape),
        constraint=str(results.value(result, SH.sourceConstraintComponent)),
        # A severity of a user's own counts as the worst.
        severity=next((s for s in Severity if s.iri == severity), Severity.VIOLATION),
        message=_message(results, result),
        release=release,
        sentence=sentence,
        said=said,
        anchor=None if anchor is None else str(anchor),
    )


def name_of(shapes: rdflib.Graph, shape: rdflib.term.Node) -> str:
    """IRI under which the findings of a shape are told: its own, or that of the nearest shape around it."""
    return str(named(shapes, shape) or SH.Shape)


def path_of(graph: rdflib.Graph, node: rdflib.term.Node) -> str:
    """A property path in SPARQL's syntax (https://www.w3.org/TR/shacl/#property-paths)."""
    if isinstance(node, rdflib.URIRef):
        return compact(str(node))
    for predicate, form in (
        (SH.inversePath, "^{}"),
        (SH.zeroOrMorePath, "{}*"),
        (SH.oneOrMorePath, "{}+"),
        (SH.zeroOrOnePath, "{}?"),
    ):
        inner = graph.value(node, predicate)
        if inner is not None:
            return form.format(path_of(graph, inner))
    alternatives = graph.value(node, SH.alternativePath)
    members = graph.items(node if alternatives is None else alternatives)
    return (
        "(" + ("/" if alternatives is None else "|").join(path_of(graph, member) for member in members) + ")"
    )


def _message(results: rdflib.Graph, result: rdflib.term.Node) -> str:
    messages = sorted(
        (
            message
            for message in results.objects(result, SH.resultMessage)
            if isinstance(message, rdflib.Literal)
        ),
        key=lambda message: (message.language not in ("en", None), str(message)),
    )
    return one_line(messages[0]) if messages else ""


def named(graph: rdflib.Graph, node: rdflib.term.Node) -> rdflib.URIRef | None:
    """The node itself, or the nearest named one that leads to it."""
    seen, level = {node}, [node]
    while level:
        for found in sorted(level, key=str):
            if isinstance(found, rdflib.URIRef):
                return found
        level = [s for found in level for s in graph.subjects(None, found) if s not in seen]
        seen.update(level)
    return None


def _sentence(data: rdflib.Graph, focus: rdflib.term.Node) -> tuple[str | None, str | None, Place | None]:
    """The release and the words that speak of a node: its assertion's evidence, or the evidence that it is part of."""
    if isinstance(focus, rdflib.Literal):
        return None, None, None
    assertions = sorted(
        {focus, *data.subjects(RDF.subject, focus), *data.subjects(RDF.object, focus)}
        | set(data.subjects(_RKG.qualification, focus)),
        key=str,
    )
    evidence = [e for assertion in assertions for e in data.objects(assertion, _RKG.primaryEvidence)]
    evidence += [focus, *data.subjects(_OA.hasSelector, focus)]
    for node in evidence:
        source = data.value(node, _OA.hasSource)
        quotes = [q for s in data.objects(node, _OA.hasSelector) for q in data.objects(s, _OA.exact)]
        if source is not None and quotes:
            id_ = str(data.value(source, DCTERMS.identifier, default=source))
            return id_, one_line(min(map(str, quotes))), _said(data, source, node, id_)
    return None, None, None


def _said(data: rdflib.Graph, source: rdflib.term.Node, evidence: rdflib.term.Node, id_: str) -> Place | None:
    """Where a release has the words of a piece of evidence."""
    text = data.value(source, _RKG.text)
    starts = sorted(
        int(str(start))
        for selector in data.objects(evidence, _OA.hasSelector)
        for start in data.objects(selector, _OA.start)
        if str(start).isdecimal()
    )
    if text is None or not starts:
        return None
    file = str(data.value(source, _RKG.source) or id_)
    before = str(text)[: starts[0]]
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib and pySHACL from logging what the report says anyway (an ill-typed literal, a bad shape)."""
    loggers = [logging.getLogger(name) for name in ("rdflib.term", "pyshacl", "pyshacl-validate")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
