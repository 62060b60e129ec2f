"""SHACL: data + shapes → `Report`; the one home of pySHACL.

What a graph violates is a result; being unable to check it is an error.  pySHACL works on an rdflib graph, so the
data is copied into one; rdflib is slow at parsing SPARQL, so that each constraint's query is parsed once.
Shapes are checked first: that each name of SHACL's namespace exists (a misspelt one would be a constraint that never
fires), and, for shapes that are not the project's own, that they conform to SHACL's shapes of shapes.
"""

from __future__ import annotations

import difflib
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ValidationFailure
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH

from kg.errors import CheckError, InputError, QueryError
from kg.namespaces import PREFIXES, REPORT_GRAPH, compact, digest, expand
from kg.places import Place, locate, mentions
from kg.rdflib_graphs import Graph, copied, from_rdflib, looked_up, to_rdflib
from kg.resources import data_folder
from kg.screening import Node, Screen, Value, screens
from kg.store import Dataset

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

_SUBCLASS: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
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
        said: where these words begin: the release's file as it was named when read, line, column.
        anchor: IRI of the focus node, or of the nearest named node that leads to it.
        place: where the anchor stands in the RDF file that was checked; None for a snapshot.
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
    said: Place | None = None
    anchor: str | None = None
    place: Place | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same finding in another run: places, wording and blank nodes' labels do not count."""
        value = "" if self.value is None or isinstance(self.value, ox.BlankNode) else str(self.value)
        focus = self.anchor or ("" if isinstance(self.focus, ox.BlankNode) else str(self.focus))
        return digest("\n".join((focus, self.path or "", value, self.shape, self.constraint)))


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, the worst first, then by shape and node.

    Attributes:
        findings: everything that a shape objects to, of any severity.
        triples: size of what was checked, the ontology not counted.
        known: number of findings left out because a baseline knows them (`kg.triage`).
        gone: number of findings of the baseline that are no more.
    """

    findings: tuple[Finding, ...]
    triples: int = 0
    known: int = 0
    gone: int = 0

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
        known = f"; {self.known:,} known from the baseline" if self.known else ""
        gone = f"; {self.gone:,} of the baseline mended, write it anew" if self.gone else ""
        return f"{verdict}: {found or 'no findings'} in {self.triples:,} triples{known}{gone}"

    def with_sources(self, folder: Path) -> Report:
        """The same with the release files named as they lie in a folder."""
        return replace(
            self,
            findings=tuple(
                f if f.said is None else replace(f, said=replace(f.said, file=str(folder / f.said.file)))
                for f in self.findings
            ),
        )

    def located(self, files: Sequence[Path]) -> Report:
        """The same with the places in the RDF files that were checked.

        A node without a name, and without a named one that leads to it, stands at the start of the first file.
        """
        places = locate(files, {f.anchor for f in self.findings if f.anchor is not None})
        start = Place(str(files[0]), 1, 1)
        return replace(
            self,
            findings=tuple(
                replace(f, place=start if f.anchor is None else places.get(f.anchor, start))
                for f in self.findings
            ),
        )

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
            if finding.place is not None:
                out.append(f"    place     {finding.place}\n")
            if finding.sentence is not None:
                out.append(f"    sentence  {_cut(finding.sentence)} ({finding.said or finding.release})\n")
            out.append("\n")
        return "".join(out) + self.summary() + "\n"

    def as_json(self) -> str:
        """One object, the findings under "findings"."""
        raw = {
            "conforms": self.conforms,
            "triples": self.triples,
            "counts": {s.name.lower(): self.count(s) for s in reversed(Severity)},
            "known": self.known,
            "gone": self.gone,
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
                    "said": _place_as_json(finding.said),
                    "place": _place_as_json(finding.place),
                    "fingerprint": finding.fingerprint,
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


def read_shapes(paths: Sequence[Path] = ()) -> Graph:
    """Shapes that can be used, prefixes imported; those of the project for no paths.

    Raises:
        InputError: a file cannot be read.
        CheckError: there are no shapes with a target, or they are malformed.
    """
    files = tuple(paths) or tuple(sorted(data_folder("shapes").glob("*.ttl")))
    shapes = copied(quad for file in files for quad in read_rdf(file))
    _check_names(shapes, files)
    if not _has_targets(shapes):
        raise CheckError(f"{', '.join(map(str, files)) or 'shapes/'}: no shape with a target in here")
    _check_references(shapes)
    _import_prefixes(shapes)
    if paths:  # the project's own are checked by its tests: it takes longer than checking a small graph
        _check_wellformed(shapes, files)
    _check_queries(shapes)
    return shapes


def found(data: rdflib.Graph, aimed: Graph, shapes: Graph) -> Iterator[Finding]:
    """What pySHACL objects to; the same thing may come twice.

    Args:
        data: what is checked.
        aimed: the shapes, as `flattened` and `aim` leave them.
        shapes: as they were read, for their names.

    Raises:
        CheckError: the shapes cannot be used.
    """
    if _has_targets(aimed):
        results = _run(data, aimed)
        for result in results.objects(None, SH.result):
            yield _finding(results, result, data, shapes)


def report_of(
    findings: Iterable[Finding], triples: int, severities: Mapping[str, Severity | None] | None = None
) -> Report:
    """Findings in their order, with severities of the user's own."""
    return Report(tuple(sorted(_weighed(findings, severities or {}), key=_order)), triples)


def told_anew(finding: Finding, data: rdflib.Graph) -> Finding:
    """A finding with what the data says of its node by now."""
    focus = to_rdflib(finding.focus)
    release, sentence, said = _sentence(data, focus)
    anchor = _named(data, focus)
    return replace(
        finding,
        release=release,
        sentence=sentence,
        said=said,
        anchor=None if anchor is None else str(anchor),
    )


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


def aim(shapes: Graph, nodes: Mapping[Node, Iterable[Value]]) -> None:
    """Let shapes look at some nodes alone, whatever their targets."""
    for name, targets in nodes.items():
        shape = to_rdflib(name)
        for target in _TARGETS:
            shapes.remove((shape, target, None))
        for node in targets:
            shapes.add((shape, SH.targetNode, to_rdflib(node)))


def _weighed(findings: Iterable[Finding], severities: Mapping[str, Severity | None]) -> Iterator[Finding]:
    for finding in findings:
        name = finding.shape if finding.shape in severities else finding.constraint
        severity = severities.get(name, finding.severity)
        if severity is not None:
            yield replace(finding, severity=severity)


def flattened(shapes: rdflib.Graph) -> Graph:
    """The same shapes for the same findings, twice as fast: property shapes get the targets of their node shape.

    pySHACL checks a shape that has targets on all its focus nodes at once, but a property shape inside a node shape
    on each node by itself.  Left alone are node shapes that others refer to, that are switched off, or whose
    property shapes mean something together (sh:closed, sh:qualifiedValueShapesDisjoint).
    """
    flat = Graph()
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


def _has_targets(shapes: rdflib.Graph) -> bool:
    """Whether anything is checked; a shape that is a class too has its members for targets."""
    return any((None, target, None) in shapes for target in (*_TARGETS, SH.target)) or any(
        (shape, RDF.type, kind) in shapes
        for kind in (RDFS.Class, OWL.Class)
        for of in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, of)
    )


@cache
def _shacl_names() -> frozenset[str]:
    """The IRIs that SHACL defines, its advanced features included; from the vocabulary that pySHACL ships."""
    content = (package_files("pyshacl") / "assets" / "shacl.ttl").read_bytes()
    names = {
        quad.subject.value
        for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return frozenset(names | {str(SH), str(SH).rstrip("#")})


def _check_names(shapes: rdflib.Graph, files: Sequence[Path]) -> None:
    """Refuse names of SHACL's namespace that SHACL does not have: a constraint so written would never fire."""
    unknown = {
        str(term)
        for triple in shapes
        for term in triple
        if isinstance(term, rdflib.URIRef) and term.startswith(str(SH)) and str(term) not in _shacl_names()
    }
    if not unknown:
        return
    found = ((iri, place) for file in files for iri, place in mentions(file, str(SH)) if iri in unknown)
    iri, place = next(found, (min(unknown), None))
    names = {name.removeprefix(str(SH)).casefold(): name.removeprefix(str(SH)) for name in _shacl_names()}
    close = difflib.get_close_matches(iri.removeprefix(str(SH)).casefold(), sorted(names), n=1)
    more = f" (and {len(unknown) - 1} more)" if len(unknown) > 1 else ""
    raise CheckError(
        f"{place or ', '.join(map(str, files))}: SHACL has no {compact(iri)}"
        f"{f', did you mean sh:{names[close[0]]}?' if close else ''}{more}"
    )


def _check_wellformed(shapes: rdflib.Graph, files: Sequence[Path]) -> None:
    """Refuse shapes that do not conform to https://www.w3.org/TR/shacl/#shacl-shacl."""
    content = (package_files("pyshacl") / "assets" / "shacl-shacl.ttl").read_bytes()
    rules = copied(ox.parse(content, format=ox.RdfFormat.TURTLE))
    results = _run(shapes, flattened(rules))
    findings = sorted(
        (_finding(results, r, shapes, rules) for r in results.objects(None, SH.result)), key=_order
    )
    worst = [finding for finding in findings if finding.severity is Severity.VIOLATION]
    if worst:
        [first] = Report((worst[0],)).located(files).findings
        what = first.path and f"{first.path}: "
        raise CheckError(
            f"{first.place}: {compact(first.anchor or str(first.focus))} is no well-formed shape: {what or ''}"
            f"{first.message}{f' (and {len(worst) - 1} more)' if len(worst) > 1 else ''}"
        )


def _check_severities(shapes: rdflib.Graph, severities: Mapping[str, Severity | None]) -> None:
    for iri in severities:
        is_constraint = iri.startswith(str(SH)) and iri.endswith("ConstraintComponent")
        if not (is_constraint and iri in _shacl_names()) and (rdflib.URIRef(iri), None, None) not in shapes:
            raise InputError(
                f"severity of {compact(iri)}: the shapes have no such shape or kind of constraint"
            )


def _check_references(shapes: rdflib.Graph) -> None:
    """Refuse property shapes without a path; more often than not they are defined in a file that was left out."""
    for owner, inner in shapes.subject_objects(SH.property):
        if (inner, SH.path, None) not in shapes:
            name = (
                f"{compact(str(inner))} in " if isinstance(inner, rdflib.URIRef) else "a property shape of "
            )
            raise CheckError(
                f"the shapes cannot be used: {name}{compact(str(_named(shapes, owner) or 'a shape'))} has no sh:path; "
                "give the file that defines it too"
            )


def _import_prefixes(shapes: rdflib.Graph) -> None:
    """Prefixes of imported ontologies count (https://www.w3.org/TR/shacl/#sparql-prefixes); pySHACL forgets them."""
    for named in set(shapes.objects(None, SH.prefixes)):
        for imported in list(shapes.transitive_objects(named, OWL.imports)):
            for declaration in list(shapes.objects(imported, SH.declare)):
                shapes.add((named, SH.declare, declaration))


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
                name = compact(str(_named(shapes, node) or "a shape"))
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


def find_rdf(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The RDF files among files and folders; a folder gives all below it that have a known extension, sorted.

    Raises:
        InputError: a folder holds none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        files = [path]
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.suffix.casefold() in _FORMATS and p.is_file())
            if not files:
                raise InputError(f"{path}: no RDF file in here ({' '.join(_FORMATS)})")
        found |= dict.fromkeys(files)
    return tuple(found)


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
    release, sentence, said = _sentence(data, focus)
    anchor = _named(data, focus)
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
    return str(_named(shapes, shape) or SH.Shape)


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


def _named(graph: rdflib.Graph, node: rdflib.term.Node) -> rdflib.URIRef | None:
    """The node itself, or the nearest named one that leads to it."""
    seen, level = {node}, [node]
    while level:
        for found in sorted(level, key=str):
            if isinstance(found, rdflib.URIRef):
                return found
        level = [s for found in level for s in graph.subjects(None, found) if s not in seen]
        seen.update(level)
    return None


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


def _iri_of_path(path: str) -> str | None:
    if path.startswith(("^", "(")) or path.endswith(("*", "+", "?")):
        return None
    prefix, colon, local = path.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else path


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
            return id_, _one_line(min(map(str, quotes))), _said(data, source, node, id_)
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


def _order(finding: Finding) -> tuple[int, str, str, str, str, str, str]:
    return (
        -finding.severity.value,
        finding.shape,
        str(finding.focus),
        finding.path or "",
        str(finding.value),
        finding.message,
        finding.constraint,  # "from 0 to 1" is one message of two constraints
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


def _place_as_json(place: Place | None) -> dict[str, str | int] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def _cut(text: str) -> str:
    text = _one_line(text)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
