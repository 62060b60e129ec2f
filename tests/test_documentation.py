"""What the documentation says of the ontology: every term, in words, with what checks it and what asks for it."""

import pytest

from kg.documentation import Documentation, Words, core_diagram, documentation
from kg.namespaces import ONTOLOGY, expand
from kg.ontology import named_queries, ontology_quads


@pytest.fixture(scope="module")
def described() -> Documentation:
    return documentation()


def said(described: Documentation, name: str, axiom: str) -> set[str]:
    """The values of one axiom of a term, as text."""
    axioms = dict(described.terms[f"{ONTOLOGY}#{name}"].axioms)
    return {text(words) for words in axioms.get(axiom, ())}


def text(words: Words) -> str:
    return "".join(part for part, _ in words)


def test_every_term_is_there(described: Documentation) -> None:
    """Each class and property that the ontology defines, once, under its subject."""
    kinds = {expand(f"owl:{kind}") for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
    defined = {
        quad.subject.value  # type: ignore[union-attr]
        for quad in ontology_quads()
        if quad.predicate.value == expand("rdf:type")
        and quad.object.value in kinds  # type: ignore[union-attr]
        and quad.subject.value.startswith(f"{ONTOLOGY}#")  # type: ignore[union-attr]
    }
    assert set(described.terms) >= defined
    assert len(described.terms) == sum(len(subject.terms) for subject in described.subjects)
    assert all(term.definition for term in described.terms.values())


def test_a_class(described: Documentation) -> None:
    """Wider classes and properties, each with its link."""
    assert said(described, "Drug", "is a kind of") >= {"intervention"}
    assert "has designation" in said(described, "Drug", "has the properties")
    [wider, *_] = dict(described.terms[f"{ONTOLOGY}#Treatment"].axioms)["is a kind of"]
    assert wider == (("intervention", f"{ONTOLOGY}#Intervention"),)


def test_a_property(described: Documentation) -> None:
    """Domain, range, inverse."""
    assert said(described, "develops", "of") == {"organization"}
    assert said(described, "developedBy", "is the inverse of") == {"develops"}


def test_a_chain_is_said_step_by_step(described: Documentation) -> None:
    """From what a derived property follows."""
    assert "develops then studied for" in said(described, "developsFor", "follows from")


def test_checks_and_queries(described: Documentation) -> None:
    """What SHACL checks of a term, the gravest first, and the queries that use it."""
    disease = described.terms[f"{ONTOLOGY}#disease"]
    assert any("exactly one disease" in check.message for check in disease.constraints)
    assert {check.severity for term in described.terms.values() for check in term.constraints} <= {
        "violation",
        "warning",
        "info",
    }
    assert set(disease.queries) <= {query.name for query in named_queries()}
    assert disease.queries


def test_elsewhere(described: Documentation) -> None:
    """Terms of other vocabularies, with how they stand to ours."""
    assert ("closely", "https://schema.org/Drug") in described.terms[f"{ONTOLOGY}#Drug"].mappings


def test_the_core(described: Documentation) -> None:
    """The diagram has the classes that hold the graph together, and none that only says who said what."""
    dot = core_diagram()
    for name in ("Drug", "Organization", "Disease", "ClinicalTrial", "RegulatoryDesignation"):
        assert f'"rkg:{name}" [label="{described.terms[f"{ONTOLOGY}#{name}"].label}"' in dot
    assert "rkg:Assertion" not in dot
    assert core_diagram() == dot
