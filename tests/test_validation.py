"""`kg.validation`: data and shapes give the findings of plain pySHACL; what is taken from the ontology."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg.store import Dataset
from kg.validation import validate
from tests.shacl_examples import BAD_DOSE, GOOD_DOSE, PREFIX, SAID, SHAPES, check, quads, shapes_in


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return shapes_in(tmp_path)


def test_what_is_right_conforms(shapes: Path) -> None:
    """No finding, one line that says so."""
    report = check(GOOD_DOSE, shapes)
    assert report.conforms
    assert report.findings == ()
    assert report.as_text() == "conforms: no findings in 3 triples\n"


def test_the_findings_are_those_of_plain_pyshacl(shapes: Path) -> None:
    """What is done for speed (parsed queries kept, property shapes on all nodes at once) changes no finding."""
    data = (
        BAD_DOSE
        + SAID.replace("oa:start 0", "oa:start 1")
        + "<urn:d> a rkg:Drug ; rkg:target <urn:t>, <urn:u> ."
    )
    data += "<urn:d> rkg:payload <urn:p> . <urn:c> a rkg:Drug ; rkg:payload <urn:p> ; rkg:target 'text' ."
    graphs = [rdflib.Graph().parse(data=PREFIX + text, format="turtle") for text in (data, SHAPES)]
    _, results, _ = pyshacl.validate(graphs[0], shacl_graph=graphs[1])
    assert isinstance(results, rdflib.Graph)
    plain = sorted(
        (
            str(results.value(r, SH.focusNode)),
            str(results.value(r, SH.value)),
            str(results.value(r, predicate)),
        )
        for r in results.objects(None, SH.result)
        for predicate in (SH.sourceConstraintComponent, SH.resultSeverity)
    )
    ours = sorted(
        (str(f.focus).strip("<>"), "None" if f.value is None else f.value.value, text)
        for f in check(data, shapes).findings
        for text in (f.constraint, f.severity.iri)
    )
    assert ours == plain
    assert len(plain) == 2 * 8


def test_the_quote_must_be_the_text_between_the_offsets(shapes: Path) -> None:
    """A SPARQL constraint: an offset that is one off is found, with the evidence's own words."""
    assert check(SAID, shapes).conforms
    (finding,) = check(SAID.replace("oa:start 0", "oa:start 1"), shapes).findings
    assert finding.focus == ox.NamedNode("urn:e")
    assert finding.value == ox.Literal("The dose is 25.")
    assert finding.sentence == "The dose is 25."


def test_classes_come_from_the_ontology_given(shapes: Path) -> None:
    """A file that stands alone refers to concepts whose class, or superclass, the ontology knows."""
    data = "<urn:drug> a rkg:Drug ; rkg:target <urn:her2> ."
    assert not check(data, shapes).conforms
    ontology = "<urn:her2> a rkg:Receptor . rkg:Receptor rdfs:subClassOf rkg:MolecularTarget ."
    report = check(data, shapes, ontology)
    assert report.conforms
    assert report.triples == 2


def test_what_the_data_does_not_refer_to_is_not_checked(shapes: Path) -> None:
    """A file is judged by what is in it, not by the rest of the ontology; what it leads to belongs to it."""
    assert check(GOOD_DOSE, shapes, BAD_DOSE).conforms
    assert not check(
        GOOD_DOSE + "<urn:x> rkg:uses <urn:y> .", shapes, "<urn:y> rkg:uses id:dose . " + BAD_DOSE
    ).conforms


def test_subclasses_are_targets_too(shapes: Path) -> None:
    """SHACL's own notion of an instance, without inference."""
    data = BAD_DOSE.replace("rkg:DosingRegimen", "rkg:LoadingDose")
    assert check(data, shapes).conforms
    assert not check(data, shapes, "rkg:LoadingDose rdfs:subClassOf rkg:DosingRegimen .").conforms


def test_a_dataset_is_checked_by_its_default_graph(shapes: Path) -> None:
    """A triple of several graphs is one triple, found at fault once."""
    in_graphs = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(f"urn:g{i}"))
        for q in quads(BAD_DOSE)
        for i in (1, 2)
    ]
    report = validate(Dataset.in_memory(in_graphs), shapes=[shapes])
    assert report.triples == 3
    assert len(report.findings) == 2
