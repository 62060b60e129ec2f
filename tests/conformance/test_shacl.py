"""The W3C test suite of SHACL, core and SPARQL, through `kg.validation`: every finding, not only the verdict.

Run where the environment variable RELEASEKG_SHACL_SUITE names a checkout of https://github.com/w3c/data-shapes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kg.errors import CheckError
from kg.rdf_files import read_rdf
from kg.rdflib_graphs import copied, from_rdflib
from kg.shacl import path_of
from kg.validation import validate

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
SUITE = os.environ.get("RELEASEKG_SHACL_SUITE")
TESTS = Path(SUITE or ".") / "data-shapes-test-suite" / "tests"

#: Case → why it is not as the suite has it.
DEVIATIONS: Final = {
    "core/misc/severity-002": "a severity of one's own counts as a violation, so that it fails a check",
    "core/path/path-strange-002": "refused: by SHACL-SHACL a path that is a list and an inverse path is none",
    "core/property/qualifiedValueShape-001": "refused: the shape uses sh:nodeShape, which SHACL does not have",
    "core/property/uniqueLang-002": 'pySHACL takes "1"^^xsd:boolean for sh:uniqueLang true',
    "sparql/pre-binding/shapesGraph-001": "pySHACL has no $shapesGraph, which SHACL leaves optional",
}
#: Cases that want a finding several times; `kg validate` tells what is the same in every word once.
REPEATED: Final = (
    "core/node/class-003",
    "core/property/lessThan-002",
    "core/property/property-001",
    "core/property/uniqueLang-001",
    "core/validation-reports/shared",
)


def cases() -> Iterator[tuple[str, Path, rdflib.term.Node]]:
    """Name, file and node of every test that the manifests include."""
    waiting = [TESTS / "manifest.ttl"]
    while waiting:
        path = waiting.pop()
        graph = rdflib.Graph().parse(path, publicID=path.absolute().as_uri())
        waiting += [
            Path(str(included).removeprefix("file://")) for included in graph.objects(None, MF.include)
        ]
        for entries in graph.objects(None, MF.entries):
            for entry in Collection(graph, entries):
                if (entry, RDF.type, SHT.Validate) in graph:
                    yield path.relative_to(TESTS).with_suffix("").as_posix(), path, entry


def parameters() -> list[object]:
    if SUITE is None:
        skip = pytest.mark.skip(reason="RELEASEKG_SHACL_SUITE names no checkout of w3c/data-shapes")
        return [pytest.param("", Path(), rdflib.RDF.nil, id="suite", marks=skip)]
    return [
        pytest.param(
            *case,
            id=case[0],
            marks=[pytest.mark.xfail(reason=DEVIATIONS[case[0]], strict=True)]
            if case[0] in DEVIATIONS
            else [],
        )
        for case in sorted(cases())
    ]


def told(term: rdflib.term.Node | None) -> str:
    """A term as N-Triples has it; blank nodes are all alike."""
    return "_" if isinstance(term, rdflib.BNode) else "" if term is None else str(from_rdflib(term))


def expected(graph: rdflib.Graph, report: rdflib.term.Node) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for result in graph.objects(report, SH.result):
        path = graph.value(result, SH.resultPath)
        found[
            told(graph.value(result, SH.focusNode)),
            "" if path is None else path_of(graph, path),
            told(graph.value(result, SH.value)),
            str(graph.value(result, SH.sourceConstraintComponent)),
            str(graph.value(result, SH.resultSeverity)),
        ] += 1
    return found


@pytest.mark.parametrize(("name", "path", "entry"), parameters())
def test_case(name: str, path: Path, entry: rdflib.term.Node) -> None:
    """The findings of the suite's report, or a failure where it wants one."""
    graph = copied(read_rdf(path))  # rdflib's own parser would write literals anew
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    files = [
        Path(str(graph.value(action, which)).removeprefix("file://"))
        for which in (SHT.dataGraph, SHT.shapesGraph)
    ]
    if result == SHT.Failure:
        with pytest.raises(CheckError):
            validate(read_rdf(files[0]), shapes=[files[1]])
        return
    assert result is not None
    report = validate(read_rdf(files[0]), shapes=[files[1]])
    got = Counter(
        (
            "_" if str(f.focus).startswith("_:") else str(f.focus),
            f.path or "",
            "" if f.value is None else "_" if str(f.value).startswith("_:") else str(f.value),
            f.constraint,
            f.severity.iri,
        )
        for f in report.findings
    )
    wanted = expected(graph, result)
    assert (not report.findings) == (str(graph.value(result, SH.conforms)) == "true")
    if name in REPEATED:
        assert got != wanted
        wanted = Counter(set(wanted))
    assert got == wanted
