"""The ontology under a description logic reasoner, and its profiles by the OWL API; both need Java.

HermiT, and the OWL API with it, come inside owlready2.  Where Java is missing the tests are skipped; `ontology/checks/`
and `test_ontology.py` hold the ontology to the same as far as queries can.
"""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

FOLDER = Path(__file__).parent.parent / "ontology"
PROFILES = Path(__file__).parent / "ontology" / "Profiles.java"
ROOT = URIRef("https://w3id.org/releasekg/ontology")

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
    pytest.mark.skipif(
        find_spec("owlready2") is None, reason="owlready2, which brings HermiT, is not installed"
    ),
]


def one_file(path: Path, *more: tuple[URIRef, URIRef, URIRef]) -> Path:
    """The whole ontology as one RDF/XML file without imports."""
    graph = Graph()
    for file in FOLDER.glob("*.ttl"):
        if file.name != "vocabulary.ttl":
            graph.parse(file)
    for head in list(graph.subjects(RDF.type, OWL.Ontology)):
        graph.remove((head, OWL.imports, None))
        if head != ROOT:
            graph.remove((head, None, None))
    for triple in more:
        graph.add(triple)
    graph.serialize(path, format="xml")
    return path


def test_it_is_consistent_and_every_class_may_have_members(tmp_path: Path) -> None:
    """HermiT finds no unsatisfiable class but the one that is put there to show that it looks."""
    import owlready2

    impossible = URIRef("urn:test:impossible")
    rkg = "https://w3id.org/releasekg/ontology#"
    path = one_file(
        tmp_path / "ontology.owl",
        (impossible, RDF.type, OWL.Class),
        (impossible, RDFS.subClassOf, URIRef(rkg + "Conjugate")),
        (impossible, RDFS.subClassOf, URIRef(rkg + "Disease")),
    )
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    owlready2.sync_reasoner_hermit(world, debug=0)  # raises where the ontology is inconsistent
    unsatisfiable = {class_.iri for class_ in world.inconsistent_classes()}
    assert unsatisfiable - {str(OWL.Nothing)} == {str(impossible)}
    world.close()


def test_it_is_in_owl_2_dl_and_rl(tmp_path: Path) -> None:
    """The OWL API's own profile checkers find nothing."""
    import owlready2

    if shutil.which("javac") is None:
        pytest.skip("the JDK, which runs Java from its source, is not installed")
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    path = one_file(tmp_path / "ontology.owl")
    run = subprocess.run(
        ["java", "-cp", str(jar), str(PROFILES), str(path)], capture_output=True, text=True, check=True
    )
    assert run.stdout == ""
