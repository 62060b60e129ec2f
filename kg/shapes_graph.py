"""Shape files → the shapes that pySHACL gets: checked first, then written so that it is quick with them.

A name of SHACL's namespace that does not exist is refused (a misspelt one would be a constraint that never fires), and,
of shapes that are not the project's own, what does not conform to SHACL's shapes of shapes.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

from kg.errors import CheckError, QueryError
from kg.findings import Report, Severity, order
from kg.namespaces import compact
from kg.places import mentions
from kg.rdf_files import read_rdf
from kg.rdflib_graphs import Graph, copied, to_rdflib
from kg.resources import data_folder
from kg.screens import Node, Value
from kg.shacl import TARGETS, finding_of, has_targets, named, run
from kg.store import Dataset


def read_shapes(paths: Sequence[Path] = ()) -> Graph:
    """Shapes that can be used, prefixes imported; those of the project for no paths.

    Raises:
        InputError: a file cannot be read.
        CheckError: there are no shapes with a target, or they are malformed.
    """
    files = tuple(paths) or tuple(sorted(data_folder("shapes").glob("*.ttl")))
    shapes = copied(quad for file in files for quad in read_rdf(file))
    _check_names(shapes, files)
    if not has_targets(shapes):
        raise CheckError(f"{', '.join(map(str, files)) or 'shapes/'}: no shape with a target in here")
    _check_references(shapes)
    _import_prefixes(shapes)
    if paths:  # the project's own are checked by its tests: it takes longer than checking a small graph
        _check_wellformed(shapes, files)
    _check_queries(shapes)
    return shapes


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
        targets = [(p, node) for p in TARGETS for node in shapes.objects(shape, p)]
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


def aim(shapes: Graph, nodes: Mapping[Node, Iterable[Value]]) -> None:
    """Let shapes look at some nodes alone, whatever their targets."""
    for name, targets in nodes.items():
        shape = to_rdflib(name)
        for target in TARGETS:
            shapes.remove((shape, target, None))
        for node in targets:
            shapes.add((shape, SH.targetNode, to_rdflib(node)))


@cache
def shacl_names() -> frozenset[str]:
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
        if isinstance(term, rdflib.URIRef) and term.startswith(str(SH)) and str(term) not in shacl_names()
    }
    if not unknown:
        return
    found = ((iri, place) for file in files for iri, place in mentions(file, str(SH)) if iri in unknown)
    iri, place = next(found, (min(unknown), None))
    names = {name.removeprefix(str(SH)).casefold(): name.removeprefix(str(SH)) for name in shacl_names()}
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
    results = run(shapes, flattened(rules))
    findings = sorted(
        (finding_of(results, r, shapes, rules) for r in results.objects(None, SH.result)), key=order
    )
    worst = [finding for finding in findings if finding.severity is Severity.VIOLATION]
    if worst:
        [first] = Report((worst[0],)).located(files).findings
        what = first.path and f"{first.path}: "
        raise CheckError(
            f"{first.place}: {compact(first.anchor or str(first.focus))} is no well-formed shape: {what or ''}"
            f"{first.message}{f' (and {len(worst) - 1} more)' if len(worst) > 1 else ''}"
        )


def _check_references(shapes: rdflib.Graph) -> None:
    """Refuse property shapes without a path; more often than not they are defined in a file that was left out."""
    for owner, inner in shapes.subject_objects(SH.property):
        if (inner, SH.path, None) not in shapes:
            name = (
                f"{compact(str(inner))} in " if isinstance(inner, rdflib.URIRef) else "a property shape of "
            )
            raise CheckError(
                f"the shapes cannot be used: {name}{compact(str(named(shapes, owner) or 'a shape'))} has no sh:path; "
                "give the file that defines it too"
            )


def _import_prefixes(shapes: rdflib.Graph) -> None:
    """Prefixes of imported ontologies count (https://www.w3.org/TR/shacl/#sparql-prefixes); pySHACL forgets them."""
    for declarer in set(shapes.objects(None, SH.prefixes)):
        for imported in list(shapes.transitive_objects(declarer, OWL.imports)):
            for declaration in list(shapes.objects(imported, SH.declare)):
                shapes.add((declarer, SH.declare, declaration))


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
                name = compact(str(named(shapes, node) or "a shape"))
                raise CheckError(f"the shapes cannot be used: the query of {name}: {error}") from error
