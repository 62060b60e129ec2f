"""`kg.shapes_graph`: shapes that could check nothing, or not what is meant, are refused with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import CheckError
from kg.namespaces import expand
from kg.validation import validate
from tests.shacl_examples import GOOD_DOSE, PREFIX, check, quads, shapes_in


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return shapes_in(tmp_path)


@pytest.mark.parametrize(
    ("shape", "conforms"),
    [
        ("sh:property [ sh:path rkg:unit ; sh:minCount 1 ]", False),
        ("sh:deactivated true ; sh:property [ sh:path rkg:unit ; sh:minCount 1 ]", True),
        ("sh:property [ sh:path rkg:unit ; sh:minCount 1 ; sh:deactivated true ]", True),
        ("sh:closed true ; sh:ignoredProperties (rdf:type) ; sh:property [ sh:path rkg:schedule ]", True),
        ("sh:closed true ; sh:ignoredProperties (rdf:type) ; sh:property [ sh:path rkg:unit ]", False),
        ("sh:property [ sh:path rkg:schedule ; sh:property [ sh:path rkg:unit ; sh:minCount 1 ] ]", False),
    ],
)
def test_property_shapes_keep_their_meaning(tmp_path: Path, shape: str, conforms: bool) -> None:
    """Run apart from their node shape for speed, they find what they would find inside it."""
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIX + f"rkg:S a sh:NodeShape ; sh:targetClass rkg:DosingRegimen ; {shape} .")
    assert check("<urn:d> a rkg:DosingRegimen ; rkg:schedule 'once' .", path).conforms is conforms


def test_a_shape_that_another_refers_to_is_checked_there_too(tmp_path: Path) -> None:
    """Its property shapes count also where it is asked for by sh:node."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        PREFIX
        + "rkg:S a sh:NodeShape ; sh:targetNode <urn:other> ; sh:property [ sh:path rkg:unit ; sh:minCount 1 ] ."
        "rkg:T a sh:NodeShape ; sh:targetClass rkg:DosingRegimen ; sh:node rkg:S ."
    )
    report = check("<urn:d> a rkg:DosingRegimen .", path)
    assert {(str(f.focus), f.shape) for f in report.findings} == {
        ("<urn:d>", expand("rkg:T")),
        ("<urn:other>", expand("rkg:S")),
    }


def test_shapes_without_a_target_check_nothing(tmp_path: Path) -> None:
    """Data given as shapes would conform to anything."""
    path = tmp_path / "data.ttl"
    path.write_text(PREFIX + GOOD_DOSE)
    with pytest.raises(CheckError, match=r"data\.ttl: no shape with a target"):
        check(GOOD_DOSE, path)


@pytest.mark.parametrize(
    "shape",
    [
        "sh:property [ sh:path rkg:p ; sh:minCount 'three' ]",
        "sh:property [ sh:minCount 3 ]",
        "sh:property rkg:DefinedElsewhere",
        "sh:property [ sh:path rkg:p ; sh:pattern '(' ]",
        "sh:sparql [ sh:select 'SELECT nothing' ]",
        "sh:sparql [ sh:select 'SELECT $this { $this undeclared:p ?o }' ]",
    ],
)
def test_malformed_shapes_cannot_check(tmp_path: Path, shape: str) -> None:
    """Could not tell is neither conforms nor does not."""
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIX + f"rkg:S a sh:NodeShape ; sh:targetClass rkg:DosingRegimen ; {shape} .")
    with pytest.raises(CheckError, match=r"shapes cannot be used|no well-formed shape") as caught:
        check(GOOD_DOSE, path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("shape", "name", "suggestion"),
    [
        ("sh:property [ sh:path rkg:p ; sh:minCuont 1 ]", "sh:minCuont", "sh:minCount"),
        ("sh:nodeKind sh:Iri", "sh:Iri", "sh:IRI"),
        ("sh:property [ a sh:PropertyShap ; sh:path rkg:p ]", "sh:PropertyShap", "sh:PropertyShape"),
    ],
)
def test_a_name_that_shacl_does_not_have(tmp_path: Path, shape: str, name: str, suggestion: str) -> None:
    """Such a constraint would never fire; the error names file, line and column, and the likely name."""
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIX + f"rkg:S a sh:NodeShape ; sh:targetClass rkg:C ;\n    {shape} .")
    with pytest.raises(CheckError) as error:
        validate(quads(GOOD_DOSE), shapes=[path])
    line = PREFIX.count("\n") + 2
    column = 5 + shape.index(name)
    assert str(error.value) == f"{path}:{line}:{column}: SHACL has no {name}, did you mean {suggestion}?"


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ("sh:property [ sh:path rkg:p ; sh:minCount 1, 2 ]", "sh:minCount"),
        ("sh:nodeKind 'IRI'", "sh:nodeKind"),
        ("sh:property [ sh:path rkg:p ; sh:datatype 'string' ]", "sh:datatype"),
        ("sh:severity 'bad'", "sh:severity"),
    ],
)
def test_shapes_are_checked_against_the_shapes_of_shapes(tmp_path: Path, shape: str, reason: str) -> None:
    """A shape of the user's that is none is an error with its place: https://www.w3.org/TR/shacl/#shacl-shacl."""
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIX + f"\nrkg:S a sh:NodeShape ; sh:targetClass rkg:C ; {shape} .")
    with pytest.raises(CheckError) as error:
        validate(quads(GOOD_DOSE), shapes=[path])
    line = PREFIX.count("\n") + 2
    assert str(error.value).startswith(f"{path}:{line}:1: rkg:S is no well-formed shape: {reason}: ")


def test_prefixes_of_imported_ontologies(tmp_path: Path) -> None:
    """Declared there, they count in the queries of the importing one."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        PREFIX + "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "rkg:S a sh:NodeShape ; sh:targetClass rkg:DosingRegimen ; sh:sparql [ sh:prefixes <urn:a> ; "
        "sh:message 'm' ; sh:select 'SELECT $this { $this k:schedule ?value }' ] . <urn:a> owl:imports <urn:b> .\n"
        "<urn:b> sh:declare [ sh:prefix 'k' ; sh:namespace 'https://w3id.org/releasekg/ontology#'^^xsd:anyURI ] ."
    )
    assert len(check(GOOD_DOSE, path).findings) == 1
