"""`kg.shacl`: how pySHACL's results become findings."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.findings import Report, Severity
from kg.namespaces import PROJECT, expand
from tests.shacl_examples import BAD_DOSE, GOOD_DOSE, PREFIX, SAID, check, shapes_in


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return shapes_in(tmp_path)


def test_a_finding_names_node_shape_and_remedy(shapes: Path) -> None:
    """Everything a curator needs, the English message among several."""
    violation, warning = check(BAD_DOSE, shapes).findings
    assert violation.focus == ox.NamedNode(PROJECT + "id/dose")
    assert (violation.path, violation.value) == ("rkg:unit", None)
    assert violation.shape == expand("rkg:DoseShape-unit")
    assert violation.constraint == expand("sh:MinCountConstraintComponent")
    assert violation.message == "A dose needs a unit: add rkg:unit."
    assert (violation.severity, warning.severity) == (Severity.VIOLATION, Severity.WARNING)


def test_an_unnamed_shape_is_told_by_the_one_around_it(shapes: Path) -> None:
    """A blank node would tell the reader nothing."""
    assert check(BAD_DOSE, shapes).findings[1].shape == expand("rkg:DoseShape")


def test_the_sentence_of_the_release_is_shown(shapes: Path) -> None:
    """A node with an assertion is shown in the words that state it."""
    report = check(BAD_DOSE + SAID, shapes)
    assert {(f.release, f.sentence) for f in report.findings} == {("003_x", "The dose is 25.")}
    assert "sentence  The dose is 25. (003_x:1:1)" in report.as_text()


def test_each_focus_node_of_a_sparql_constraint_is_judged_by_itself(shapes: Path) -> None:
    """The query is parsed once for all; its bindings must not leak from one node to the next."""
    bad = SAID.replace("oa:start 0", "oa:start 1").replace("urn:e", "urn:e2").replace("urn:p>", "urn:p2>")
    (finding,) = check(SAID + bad, shapes).findings
    assert finding.focus == ox.NamedNode("urn:e2")


def test_a_path_is_shown_in_sparql(shapes: Path) -> None:
    """Sequences and inverses read as in a query."""
    (finding,) = check(
        "<urn:d> a rkg:Drug ; rkg:payload <urn:p> . <urn:c> rkg:payload <urn:p> .", shapes
    ).findings
    assert finding.path == "(rkg:payload/^rkg:payload)"
    assert not any(q.predicate == ox.NamedNode(expand("sh:resultPath")) for q in Report((finding,)).quads())


def test_ill_typed_literals_are_no_noise(shapes: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A bad date is for the shapes to say; no library logs it to the terminal."""
    check("<urn:dose> a rkg:DosingRegimen ; rkg:unit 'u' ; rkg:date 'soon'^^xsd:date .", shapes)
    assert capfd.readouterr() == ("", "")


def test_a_string_in_a_query_is_a_string_of_the_data(tmp_path: Path) -> None:
    """rdflib tells "x" from "x"^^xsd:string, RDF does not."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        PREFIX + "rkg:S a sh:NodeShape ; sh:targetClass rkg:DosingRegimen ; sh:sparql [ sh:message 'm' ; "
        "sh:select 'SELECT $this { $this <https://w3id.org/releasekg/ontology#schedule> \"once\" }' ] ."
    )
    assert len(check(GOOD_DOSE, path).findings) == 1
