"""Some shapes, data that conforms to them and data that does not, and a check of both."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.findings import Report
from kg.namespaces import PREFIXES, PROJECT
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


def shapes_in(folder: Path) -> Path:
    """The shapes as a file."""
    path = folder / "shapes.ttl"
    path.write_text(PREFIX + SHAPES)
    return path


def check(turtle: str, shapes: Path, ontology: str = "") -> Report:
    return validate(quads(turtle), shapes=[shapes], ontology=quads(ontology))
