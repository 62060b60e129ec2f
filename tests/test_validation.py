"""`kg.validation`: what shapes find, how it is told, and what cannot be checked."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg.errors import CheckError, InputError
from kg.findings import Report, Severity
from kg.namespaces import PREFIXES, PROJECT, REPORT_GRAPH, expand
from kg.rdf_files import read_rdf
from kg.store import Dataset, canonical
from kg.validation import validate

PREFIX = "".join(
    f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("rkg", "sh", "xsd", "oa", "rdf", "rdfs", "dcterms")
)
PREFIX += f"@prefix id: <{PROJECT}id/> .\n"

SHAPES = """
rkg:DoseShape a sh:NodeShape ; sh:targetClass rkg:DosingRegimen ; sh:property rkg:DoseShape-unit, [
        sh:path rkg:schedule ; sh:maxCount 1 ; sh:severity sh:Warning ; sh:message "One schedule is enough."
    ] .
rkg:DoseShape-unit a sh:PropertyShape ; sh:path rkg:unit ; sh:minCount 1 ;
    sh:message "A dose needs a unit: add rkg:unit."@en, "Eine Dosis braucht eine Einheit."@de .
rkg:EvidenceShape a sh:NodeShape ; sh:targetClass rkg:Evidence ; sh:sparql [
    sh:prefixes rkg:prefixes ; sh:message "The quote is not the text between the offsets." ;
    sh:select '''SELECT $this ?value WHERE {
        $this oa:hasSource/rkg:text ?text ; oa:hasSelector ?position, ?quote .
        ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?value .
        FILTER (SUBSTR(?text, ?start + 1, ?end - ?start) != ?value) }'''
] .
rkg:prefixes sh:declare [ sh:prefix "oa" ; sh:namespace "http://www.w3.org/ns/oa#"^^xsd:anyURI ],
    [ sh:prefix "rkg" ; sh:namespace "https://w3id.org/releasekg/ontology#"^^xsd:anyURI ] .
rkg:DrugShape a sh:NodeShape ; sh:targetClass rkg:Drug ;
    sh:property [ sh:path rkg:target ; sh:class rkg:MolecularTarget ; sh:message "Not a known target." ] ;
    sh:property [ sh:path (rkg:payload [ sh:inversePath rkg:payload ]) ; sh:maxCount 1 ; sh:severity sh:Info ] .
"""

GOOD_DOSE = "<urn:dose> a rkg:DosingRegimen ; rkg:unit 'mCi/m2' ; rkg:schedule 'once' ."
BAD_DOSE = "id:dose a rkg:DosingRegimen ; rkg:schedule 'once', 'twice' ."
SAID = """
<urn:r> dcterms:identifier "003_x" ; rkg:text "The dose is 25." .
<urn:a> a rkg:Assertion ; rdf:subject <urn:drug> ; rdf:predicate rkg:hasDosingRegimen ; rdf:object id:dose ;
    rkg:primaryEvidence <urn:e> .
<urn:e> a rkg:Evidence ; oa:hasSource <urn:r> ; oa:hasSelector <urn:p>, <urn:q> .
<urn:p> oa:start 0 ; oa:end 15 . <urn:q> oa:exact "The dose is 25." .
"""


def quads(turtle: str) -> list[ox.Quad]:
    return list(ox.parse((PREFIX + turtle).encode(), format=ox.RdfFormat.TURTLE))


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(PREFIX + SHAPES)
    return path


def check(turtle: str, shapes: Path, ontology: str = "") -> Report:
    return validate(quads(turtle), shapes=[shapes], ontology=quads(ontology))


def test_what_is_right_conforms(shapes: Path) -> None:
    """No finding, one line that says so."""
    report = check(GOOD_DOSE, shapes)
    assert report.conforms
    assert report.findings == ()
    assert report.as_text() == "conforms: no findings in 3 triples\n"


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


def test_the_sentence_of_the_release_is_shown(shapes: Path) -> None:
    """A node with an assertion is shown in the words that state it."""
    report = check(BAD_DOSE + SAID, shapes)
    assert {(f.release, f.sentence) for f in report.findings} == {("003_x", "The dose is 25.")}
    assert "sentence  The dose is 25. (003_x:1:1)" in report.as_text()


def test_the_quote_must_be_the_text_between_the_offsets(shapes: Path) -> None:
    """A SPARQL constraint: an offset that is one off is found, with the evidence's own words."""
    assert check(SAID, shapes).conforms
    (finding,) = check(SAID.replace("oa:start 0", "oa:start 1"), shapes).findings
    assert finding.focus == ox.NamedNode("urn:e")
    assert finding.value == ox.Literal("The dose is 25.")
    assert finding.sentence == "The dose is 25."


def test_each_focus_node_of_a_sparql_constraint_is_judged_by_itself(shapes: Path) -> None:
    """The query is parsed once for all; its bindings must not leak from one node to the next."""
    bad = SAID.replace("oa:start 0", "oa:start 1").replace("urn:e", "urn:e2").replace("urn:p>", "urn:p2>")
    (finding,) = check(SAID + bad, shapes).findings
    assert finding.focus == ox.NamedNode("urn:e2")


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


def test_a_path_is_shown_in_sparql(shapes: Path) -> None:
    """Sequences and inverses read as in a query."""
    (finding,) = check(
        "<urn:d> a rkg:Drug ; rkg:payload <urn:p> . <urn:c> rkg:payload <urn:p> .", shapes
    ).findings
    assert finding.path == "(rkg:payload/^rkg:payload)"
    assert not any(q.predicate == ox.NamedNode(expand("sh:resultPath")) for q in Report((finding,)).quads())


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


def test_ill_typed_literals_are_no_noise(shapes: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A bad date is for the shapes to say; no library logs it to the terminal."""
    check("<urn:dose> a rkg:DosingRegimen ; rkg:unit 'u' ; rkg:date 'soon'^^xsd:date .", shapes)
    assert capfd.readouterr() == ("", "")


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
    ("name", "content", "message"),
    [
        (
            "a.ttl",
            b"@prefix x: <http://e/> .\nx:a x:b\n  x:c x:d .",
            r"a\.ttl:3:7: no valid Turtle: A dot is expected",
        ),
        ("a.ttl", b"The FDA has granted a designation.", r"a\.ttl:1:1: no valid Turtle"),
        ("a.ttl", b"\x00\x01\xff", r"a\.ttl:1:1: no valid Turtle"),
        ("a.ttl", b"# nothing\n", r"a\.ttl:1: holds no RDF statement"),
        ("a.nt", b"<http://e/a> <http://e b> <http://e/c> .", r"a\.nt:1:14: no valid N-Triples"),
        ("a.rdf", b"<rdf:RDF\n><a></b></rdf:RDF>", r"a\.rdf:2:\d+: no valid RDF/XML"),
        ("a.xml", b"<html><body/></html>", r"a\.xml:1:1: no valid RDF/XML"),
        ("a.jsonld", b'{\n"@id": }', r"a\.jsonld:2:\d+: no valid JSON-LD"),
        ("a.jsonld", b'{"a": 1}', r"a\.jsonld:1: holds no RDF statement"),
        ("a.csv", b"a,b", r"a\.csv: not a known extension"),
        ("a.owl", b"@prefix x: <http://e/> .\nx:a x:b .", r"a\.owl:2:\d+: no valid Turtle"),
    ],
)
def test_a_file_that_is_no_rdf(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """File, line and column, then why."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_rdf(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    """The system's reason, in one line."""
    with pytest.raises(InputError, match=r"missing\.ttl: No such file"):
        read_rdf(tmp_path / "missing.ttl")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", b"<a> <b> <c> ."),
        ("a.trig", b"<urn:g> { <a> <b> <c> }"),
        ("a.nq", b"<urn:a> <urn:b> <urn:c> <urn:g> ."),
        ("a.owl", b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
                  b'<rdf:Description rdf:about="urn:a"><b xmlns="urn:">c</b></rdf:Description></rdf:RDF>'),
        ("a.owl", b"<urn:a> <urn:b> <urn:c> ."),
        ("A.JSONLD", b'{"@id": "urn:a", "urn:b": "c"}'),
    ],
)  # fmt: skip
def test_every_format_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    """The extension tells the format; .owl is looked into."""
    path = tmp_path / name
    path.write_bytes(content)
    assert len(read_rdf(path)) == 1


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    """`_:b` in one file is not `_:b` in another."""
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text("_:b <urn:p> <urn:o> .\n")
    assert len({read_rdf(tmp_path / name)[0].subject for name in ("a.nt", "b.nt")}) == 2


# --- shapes that are no shapes ----------------------------------------------------------------------------


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


# --- places -----------------------------------------------------------------------------------------------


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


# --- what the W3C suite found (tests/conformance) -----------------------------------------------------------


def test_a_string_in_a_query_is_a_string_of_the_data(tmp_path: Path) -> None:
    """rdflib tells "x" from "x"^^xsd:string, RDF does not."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        PREFIX + "rkg:S a sh:NodeShape ; sh:targetClass rkg:DosingRegimen ; sh:sparql [ sh:message 'm' ; "
        "sh:select 'SELECT $this { $this <https://w3id.org/releasekg/ontology#schedule> \"once\" }' ] ."
    )
    assert len(check(GOOD_DOSE, path).findings) == 1


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
