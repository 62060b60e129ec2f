"""SHACL: data + shapes → `Report`; the one home of pySHACL.

What a graph violates is a result; being unable to check it is an error.  pySHACL works on an rdflib graph, so the
data is copied into one; rdflib is slow at parsing SPARQL, so that each constraint's query is parsed once.
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final, TypeAlias
from xml.parsers import expat

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from kg.errors import CheckError, InputError, QueryError
from kg.namespaces import PREFIXES, REPORT_GRAPH, compact, digest, expand
from kg.resources import data_folder
from kg.store import Dataset

Triple: TypeAlias = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]

_FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".owl": None,  # RDF/XML or Turtle: told by the first character
}

_RKG: Final = rdflib.Namespace(PREFIXES["rkg"])
_OA: Final = rdflib.Namespace(PREFIXES["oa"])
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_LONGEST_VALUE: Final = 200


class Severity(Enum):
    """How bad a finding is; the values are ordered."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def iri(self) -> str:
        """SHACL's name of it."""
        return f"{PREFIXES['sh']}{self.name.capitalize()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape objects to.

    Attributes:
        focus: the node that was checked.
        path: the property, as a CURIE or a SPARQL path of CURIEs; None where the node itself is at fault.
        value: the value at fault, if it is one value.
        shape: IRI of the shape, or of the named shape around it.
        constraint: IRI of the kind of constraint ("…shacl#MinCountConstraintComponent").
        severity: as the shape says.
        message: what to do about it.
        release: id of a release that speaks of the focus node, if one does.
        sentence: the words it does so with.
    """

    focus: ox.NamedNode | ox.BlankNode | ox.Literal
    path: str | None
    value: ox.NamedNode | ox.BlankNode | ox.Literal | None
    shape: str
    constraint: str
    severity: Severity
    message: str
    release: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, the worst first, then by shape and node.

    Attributes:
        findings: everything that a shape objects to, of any severity.
        triples: size of what was checked, the ontology not counted.
    """

    findings: tuple[Finding, ...]
    triples: int = 0

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos are allowed."""
        return self.conforms_at(Severity.VIOLATION)

    def conforms_at(self, severity: Severity) -> bool:
        """Whether nothing as bad as this, or worse, was found."""
        return all(finding.severity.value < severity.value for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """Number of findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def summary(self) -> str:
        """One line."""
        verdict = "conforms" if self.conforms else "does not conform"
        counts = [f"{self.count(s)} {s.name.lower()}" for s in reversed(Severity) if self.count(s)]
        found = ", ".join(f"{text}{'' if text.startswith('1 ') else 's'}" for text in counts)
        return f"{verdict}: {found or 'no findings'} in {self.triples:,} triples"

    def as_text(self) -> str:
        """For people: grouped by shape, under each finding the remedy and the release's sentence."""
        out = []
        group = None
        sizes = Counter((finding.severity, finding.shape) for finding in self.findings)
        for finding in self.findings:
            if group != (finding.severity, finding.shape):
                group = (finding.severity, finding.shape)
                out.append(f"{finding.severity.name} {compact(finding.shape)} ({sizes[group]})\n")
            out.append(f"  {_plain(finding.focus)}\n")
            if finding.path is not None:
                out.append(f"    path      {finding.path}\n")
            if finding.value is not None and finding.value != finding.focus:
                out.append(f"    value     {_cut(_plain(finding.value))}\n")
            out.append(f"    remedy    {finding.message}\n")
            if finding.sentence is not None:
                out.append(f"    sentence  {_cut(finding.sentence)} ({finding.release})\n")
            out.append("\n")
        return "".join(out) + self.summary() + "\n"

    def as_json(self) -> str:
        """One object, the findings under "findings"."""
        raw = {
            "conforms": self.conforms,
            "triples": self.triples,
            "counts": {s.name.lower(): self.count(s) for s in reversed(Severity)},
            "findings": [
                {
                    "severity": finding.severity.name.lower(),
                    "focus": _plain(finding.focus),
                    "path": finding.path,
                    "value": None if finding.value is None else _plain(finding.value),
                    "shape": finding.shape,
                    "constraint": finding.constraint,
                    "message": finding.message,
                    "release": finding.release,
                    "sentence": finding.sentence,
                }
                for finding in self.findings
            ],
        }
        return json.dumps(raw, indent=2, ensure_ascii=False) + "\n"

    def quads(self) -> Iterator[ox.Quad]:
        """The report in SHACL's own terms, in the graph of reports, without blank nodes.

        `sh:conforms` is SHACL's: true only where nothing at all was found.  A path that is more than one property
        would need blank nodes and is left out.  See https://www.w3.org/TR/shacl/#validation-report.
        """
        graph, report = ox.NamedNode(REPORT_GRAPH), ox.NamedNode(REPORT_GRAPH + "#report")

        def quad(
            subject: ox.NamedNode, predicate: str, object_: ox.NamedNode | ox.BlankNode | ox.Literal
        ) -> ox.Quad:
            return ox.Quad(subject, ox.NamedNode(expand(predicate)), object_, graph)

        yield quad(report, "rdf:type", ox.NamedNode(expand("sh:ValidationReport")))
        yield quad(report, "sh:conforms", ox.Literal(not self.findings))
        for finding in self.findings:
            content = "\n".join(map(str, (finding.focus, finding.path, finding.value, finding.shape)))
            result = ox.NamedNode(f"{REPORT_GRAPH}#{digest(content + finding.constraint + finding.message)}")
            yield quad(report, "sh:result", result)
            yield quad(result, "rdf:type", ox.NamedNode(expand("sh:ValidationResult")))
            yield quad(result, "sh:focusNode", finding.focus)
            yield quad(result, "sh:sourceShape", ox.NamedNode(finding.shape))
            yield quad(result, "sh:sourceConstraintComponent", ox.NamedNode(finding.constraint))
            yield quad(result, "sh:resultSeverity", ox.NamedNode(finding.severity.iri))
            yield quad(result, "sh:resultMessage", ox.Literal(finding.message))
            if finding.value is not None:
                yield quad(result, "sh:value", finding.value)
            if finding.path is not None and (iri := _iri_of_path(finding.path)) is not None:
                yield quad(result, "sh:resultPath", ox.NamedNode(iri))


def validate(
    data: Dataset | Iterable[ox.Quad], *, shapes: Sequence[Path] = (), ontology: Iterable[ox.Quad] = ()
) -> Report:
    """Check data against shapes.

    Args:
        data: a dataset, of which the default graph is checked, or quads, whose graph names are ignored.
        shapes: shape files; none for those that ship with the project.
        ontology: classes and concepts that the data may refer to without holding them; the class hierarchy is
            taken from it, and what it says of terms that occur in the data and of what these lead to.

    Raises:
        InputError: a shape file cannot be read.
        CheckError: the shapes cannot be used: there are none, or they are malformed.
    """
    files = tuple(shapes) or tuple(sorted(data_folder("shapes").glob("*.ttl")))
    with _quiet():
        shape_graph = _to_rdflib(quad for file in files for quad in read_rdf(file))
        if not any((None, target, None) in shape_graph for target in _TARGETS):
            raise CheckError(f"{', '.join(map(str, files)) or 'shapes/'}: no shape with a target in here")
        _check_references(shape_graph)
        _check_queries(shape_graph)
        graph = _to_rdflib(data.quads() if isinstance(data, Dataset) else data)
        triples = len(graph)
        for triple in list(_needed(graph, ontology)):
            graph.add(triple)
        results = _run(graph, _flattened(shape_graph))
    findings = {_finding(results, result, graph, shape_graph) for result in results.objects(None, SH.result)}
    return Report(tuple(sorted(findings, key=_order)), triples)


def _flattened(shapes: rdflib.Graph) -> rdflib.Graph:
    """The same shapes for the same findings, twice as fast: property shapes get the targets of their node shape.

    pySHACL checks a shape that has targets on all its focus nodes at once, but a property shape inside a node shape
    on each node by itself.  Left alone are node shapes that others refer to, that are switched off, or whose
    property shapes mean something together (sh:closed, sh:qualifiedValueShapesDisjoint).
    """
    flat = _Graph()
    for triple in shapes:
        flat.add(triple)
    if (None, SH.qualifiedValueShapesDisjoint, None) in shapes:
        return flat
    for shape in set(shapes.subjects(SH.property, None)):
        targets = [(p, node) for p in _TARGETS for node in shapes.objects(shape, p)]
        if (shape, RDF.type, RDFS.Class) in shapes or (shape, RDF.type, OWL.Class) in shapes:
            targets.append((SH.targetClass, shape))
        kept = any((shape, p, None) in shapes for p in (SH.path, SH.deactivated, SH.closed, SH.target))
        if not targets or kept or (None, None, shape) in shapes:
            continue
        for inner in shapes.objects(shape, SH.property):
            flat.remove((shape, SH.property, inner))
            flat.add((inner, RDF.type, SH.PropertyShape))
            for predicate, node in targets:
                flat.add((inner, predicate, node))
    return flat


def _needed(data: rdflib.Graph, ontology: Iterable[ox.Quad]) -> Iterator[Triple]:
    """The class hierarchy, and what the ontology says of the terms of the data and of what these lead to."""
    about: dict[rdflib.term.Node, list[Triple]] = {}
    for quad in ontology:
        triple = _triple(quad)
        about.setdefault(triple[0], []).append(triple)
        if triple[1] == RDFS.subClassOf:
            yield triple
    waiting = [node for node in about if (None, None, node) in data or (node, None, None) in data]
    while waiting:
        for triple in about.pop(waiting.pop(), ()):
            yield triple
            waiting.append(triple[2])


def _check_references(shapes: rdflib.Graph) -> None:
    """Refuse property shapes without a path; more often than not they are defined in a file that was left out."""
    for owner, inner in shapes.subject_objects(SH.property):
        if (inner, SH.path, None) not in shapes:
            name = (
                f"{compact(str(inner))} in " if isinstance(inner, rdflib.URIRef) else "a property shape of "
            )
            raise CheckError(
                f"the shapes cannot be used: {name}{compact(str(_named(shapes, owner)))} has no sh:path; "
                "give the file that defines it too"
            )


def _check_queries(shapes: rdflib.Graph) -> None:
    """Refuse malformed SPARQL in shapes, with its place; rdflib raises a bare `Exception` for some of it."""
    empty = Dataset.in_memory()
    for predicate in (SH.select, SH.ask):
        for node, text in shapes.subject_objects(predicate):
            if "$PATH" in str(text):  # a placeholder that is not SPARQL until it is replaced
                continue
            prefixes = {
                str(shapes.value(declaration, SH.prefix)): str(shapes.value(declaration, SH.namespace))
                for declared in shapes.objects(node, SH.prefixes)
                for declaration in shapes.objects(declared, SH.declare)
            }
            try:
                empty.query(str(text), prefixes=prefixes)
            except QueryError as error:
                name = compact(str(_named(shapes, node)))
                raise CheckError(f"the shapes cannot be used: the query of {name}: {error}") from error


def _run(graph: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    try:
        _, results, text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    except (ReportableRuntimeError, ValueError, TypeError, RuntimeError, re.error) as error:
        raise CheckError(f"the shapes cannot be used: {_one_line(error)}") from error
    if isinstance(results, ValidationFailure):
        raise CheckError(f"the shapes cannot be used: {_one_line(results.message)}")
    if not isinstance(results, rdflib.Graph):
        raise CheckError(f"the validation gave no report: {_one_line(text)}")
    return results


def read_rdf(path: Path) -> list[ox.Quad]:
    """The statements of one RDF file, the format told by its extension.

    Raises:
        InputError: no such file, unknown extension, no RDF (with line and column), or nothing in it.
    """
    suffix = path.suffix.casefold()
    if suffix not in _FORMATS:
        raise InputError(f"{path}: not a known extension of RDF files ({' '.join(_FORMATS)})")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    format_ = _FORMATS[suffix]
    if format_ is None:
        # `<` alone would also begin a Turtle IRI.
        is_xml = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<rdf:", b"<!"))
        format_ = ox.RdfFormat.RDF_XML if is_xml else ox.RdfFormat.TURTLE
    try:
        quads = list(
            ox.parse(content, format=format_, base_iri=path.absolute().as_uri(), rename_blank_nodes=True)
        )
    except SyntaxError as error:
        line, column = error.lineno, error.offset
        if line is None and format_ is ox.RdfFormat.RDF_XML:
            line, column = _xml_error(content)
        place = "" if line is None else f":{line}:{column}"
        reason = _one_line(error.msg)
        if reason.startswith("Parser error at "):
            reason = reason.partition(": ")[2]
        raise InputError(f"{path}{place}: no valid {format_.name}: {reason}") from error
    if not quads:
        raise InputError(f"{path}:1: holds no RDF statement, so there is nothing to check")
    return quads


class _Graph(rdflib.Graph):
    """A graph that parses each SPARQL query once: pySHACL sends the same text for every focus node."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> rdflib.query.Result:
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **kwargs)


def _to_rdflib(quads: Iterable[ox.Quad]) -> _Graph:
    graph = _Graph()
    for quad in quads:
        graph.add(_triple(quad))
    return graph


def _triple(quad: ox.Quad) -> Triple:
    return _node(quad.subject), _node(quad.predicate), _node(quad.object)


def _node(term: object) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        # Not normalised: a shape must see "007" as it is written.
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise CheckError(f"{term}: SHACL cannot check statements about statements")


def _term(node: rdflib.term.Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=None if node.datatype is None else ox.NamedNode(node.datatype))
    return ox.BlankNode(str(node)) if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))


def _finding(
    results: rdflib.Graph, result: rdflib.term.Node, data: rdflib.Graph, shapes: rdflib.Graph
) -> Finding:
    focus = results.value(result, SH.focusNode)
    shape = results.value(result, SH.sourceShape)
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    severity = str(results.value(result, SH.resultSeverity))
    assert focus is not None
    assert shape is not None
    release, sentence = _sentence(data, focus)
    return Finding(
        focus=_term(focus),
        path=None if path is None else _path(results, path),
        value=None if value is None else _term(value),
        shape=str(_named(shapes, shape)),
        constraint=str(results.value(result, SH.sourceConstraintComponent)),
        # A severity of a user's own counts as the worst.
        severity=next((s for s in Severity if s.iri == severity), Severity.VIOLATION),
        message=_message(results, result),
        release=release,
        sentence=sentence,
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
    return _one_line(messages[0]) if messages else ""


def _named(shapes: rdflib.Graph, shape: rdflib.term.Node) -> rdflib.term.Node:
    """The shape itself, or the nearest named one that it is part of."""
    seen, level = {shape}, [shape]
    while level:
        for node in sorted(level, key=str):
            if isinstance(node, rdflib.URIRef):
                return node
        level = [s for node in level for s in shapes.subjects(None, node) if s not in seen]
        seen.update(level)
    return rdflib.URIRef(expand("sh:Shape"))


def _path(graph: rdflib.Graph, node: rdflib.term.Node) -> str:
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
            return form.format(_path(graph, inner))
    alternatives = graph.value(node, SH.alternativePath)
    members = graph.items(node if alternatives is None else alternatives)
    return "(" + ("/" if alternatives is None else "|").join(_path(graph, member) for member in members) + ")"


def _iri_of_path(path: str) -> str | None:
    if path.startswith(("^", "(")) or path.endswith(("*", "+", "?")):
        return None
    prefix, colon, local = path.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else path


def _sentence(data: rdflib.Graph, focus: rdflib.term.Node) -> tuple[str | None, str | None]:
    """The release and the words that speak of a node: its assertion's evidence, or the evidence that it is part of."""
    if isinstance(focus, rdflib.Literal):
        return None, None
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
            return str(data.value(source, DCTERMS.identifier, default=source)), _one_line(
                min(map(str, quotes))
            )
    return None, None


def _order(finding: Finding) -> tuple[int, str, str, str, str, str]:
    return (
        -finding.severity.value,
        finding.shape,
        str(finding.focus),
        finding.path or "",
        str(finding.value),
        finding.message,
    )


def _xml_error(content: bytes) -> tuple[int | None, int | None]:
    """Where a text stops being well-formed XML; Oxigraph does not say."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return 1, 1  # well-formed, so it is the root that is not RDF


@contextmanager
def _quiet() -> Iterator[None]:
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


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def _cut(text: str) -> str:
    text = _one_line(text)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
