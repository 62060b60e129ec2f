"""`kg.findings`: a report as text, JSON and RDF, and which severities count."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.findings import Severity
from kg.namespaces import PREFIXES, PROJECT, REPORT_GRAPH, expand
from kg.rdf_files import read_rdf
from kg.store import Dataset, canonical
from kg.validation import validate
from tests.shacl_examples import BAD_DOSE, GOOD_DOSE, PREFIX, SAID, check, shapes_in


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return shapes_in(tmp_path)


@pytest.mark.parametrize(
    ("data", "violation", "warning", "info"),
    [
        (GOOD_DOSE, True, True, True),
        (GOOD_DOSE.replace("'once'", "'once', 'twice'"), True, False, False),
        ("<urn:d> a rkg:Drug ; rkg:payload <urn:p> . <urn:c> rkg:payload <urn:p> .", True, True, False),
        (BAD_DOSE, False, False, False),
    ],
)
def test_the_severity_that_counts_is_chosen(
    shapes: Path, data: str, violation: bool, warning: bool, info: bool
) -> None:
    """`--fail-on`: warnings and infos fail only where they are asked to."""
    report = check(data, shapes)
    assert [report.conforms_at(s) for s in (Severity.VIOLATION, Severity.WARNING, Severity.INFO)] == [
        violation,
        warning,
        info,
    ]


def test_the_text_groups_by_shape(shapes: Path) -> None:
    """Heading once, node and remedy under it, the summary last."""
    text = check(BAD_DOSE + BAD_DOSE.replace("id:dose", "id:dose2"), shapes).as_text()
    assert text.count("VIOLATION rkg:DoseShape-unit (2)") == 1
    assert "    remedy    A dose needs a unit: add rkg:unit.\n" in text
    assert text.endswith("does not conform: 2 violations, 2 warnings in 6 triples\n")


def test_the_json_holds_every_finding(shapes: Path) -> None:
    """Verdict, counts, findings."""
    raw = json.loads(check(BAD_DOSE, shapes).as_json())
    assert raw["conforms"] is False
    assert raw["counts"] == {"violation": 1, "warning": 1, "info": 0}
    assert [f["severity"] for f in raw["findings"]] == ["violation", "warning"]
    assert raw["findings"][0]["focus"] == PROJECT + "id/dose"


def test_the_report_as_rdf(shapes: Path) -> None:
    """SHACL's report, in the graph of reports, no blank nodes, the same for the same findings."""
    report = check(BAD_DOSE, shapes)
    written = list(report.quads())
    assert {q.graph_name for q in written} == {ox.NamedNode(REPORT_GRAPH)}
    assert not any(isinstance(t, ox.BlankNode) for q in written for t in (q.subject, q.object))
    assert canonical(written) == canonical(check(BAD_DOSE, shapes).quads())
    dataset = Dataset.in_memory(written)
    ask = f"""PREFIX sh: <{PREFIXES["sh"]}> PREFIX rkg: <{PREFIXES["rkg"]}>
        ASK {{ ?report a sh:ValidationReport ; sh:conforms false ; sh:result [ a sh:ValidationResult ;
               sh:focusNode <{PROJECT}id/dose> ; sh:resultPath rkg:unit ; sh:resultSeverity sh:Violation ;
               sh:sourceShape rkg:DoseShape-unit ; sh:resultMessage ?message ;
               sh:sourceConstraintComponent sh:MinCountConstraintComponent ] }}"""
    assert dataset.query(ask)


def test_findings_have_places(tmp_path: Path, shapes: Path) -> None:
    """Line and column of the node in the file, and of the words in the release."""
    path = tmp_path / "data.ttl"
    path.write_text(PREFIX + BAD_DOSE + SAID.replace("The dose", "Once.\\n The dose"))
    report = validate(read_rdf(path), shapes=[shapes]).located([path])
    (finding,) = (f for f in report.findings if f.path == "rkg:unit")
    assert str(finding.place) == f"{path}:{PREFIX.count(chr(10)) + 1}:1"
    assert str(finding.said) == "003_x:1:1"
    moved = report.with_sources(Path("seeds"))
    assert {str(f.said) for f in moved.findings if f.said} == {"seeds/003_x:1:1"}


def test_the_place_of_a_node_without_a_name(tmp_path: Path) -> None:
    """That of the named node that leads to it; where there is none, the start of the file."""
    shapes_, path = tmp_path / "s.ttl", tmp_path / "d.ttl"
    shapes_.write_text(
        PREFIX
        + "rkg:S a sh:NodeShape ; sh:targetClass rkg:C ; sh:property [ sh:path rkg:p ; sh:minCount 1 ] ."
    )
    path.write_text("\n<urn:a> <urn:p> [ <urn:q> [ a <%s> ] ] .\n[] a <%s> ." % ((expand("rkg:C"),) * 2))
    report = validate(read_rdf(path), shapes=[shapes_]).located([path])
    assert sorted(str(f.place) for f in report.findings) == [f"{path}:1:1", f"{path}:2:1"]
    again = validate(read_rdf(path), shapes=[shapes_])
    assert {f.fingerprint for f in report.findings} == {f.fingerprint for f in again.findings}
    assert len({f.fingerprint for f in report.findings}) == 2
