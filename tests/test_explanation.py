"""`kg.explanation`: stated triples down to their sentences, inferred ones down to premises, by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.explanation import Explainer, Reason
from kg.explanation_lines import Line, entity_lines, reason_lines
from kg.model import Modality
from kg.namespaces import (
    CONFLICTS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    PROJECT,
    VOCABULARY_GRAPH,
    Minter,
    compact,
    expand,
)
from kg.ontology import ontology_quads, vocabulary_quads
from kg.quads import release_quads
from kg.reasoning import infer
from kg.resolution import resolve
from kg.store import Dataset
from tests import facts as given

DRUG = PROJECT + "id/drug/ex-101"
COMPANY = PROJECT + "id/organization/example-therapeutics"
PREFIX = (
    "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    + "@prefix : <https://example.org/> .\n"
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """The hand-made facts with the project's ontology, closed."""
    facts = resolve({given.RELEASE.id: given.ALL})[given.RELEASE.id]
    known = {expand(curie) for curie in ("agency:fda", "designation:orphan-drug", "disease:multiple-myeloma")}
    concepts = [q for q in vocabulary_quads() if q.subject.value in known]
    dataset = Dataset.in_memory(
        [*ontology_quads(), *concepts, *release_quads(given.RELEASE, facts, Minter())]
    )
    dataset.add(infer(dataset).quads)
    return dataset


@pytest.fixture(scope="module")
def explainer(dataset: Dataset) -> Explainer:
    return Explainer(dataset)


def plain(line: Line) -> str:
    """A line without styles."""
    return "".join(text for text, _ in line).rstrip()


def triple(s: str, p: str, o: str) -> ox.Triple:
    return ox.Triple(*(ox.NamedNode(t if "://" in t else expand(t)) for t in (s, p, o)))


def leaves(reason: Reason) -> Iterator[Reason]:
    if not reason.premises:
        yield reason
    for premise in reason.premises:
        yield from leaves(premise)


def test_stated_triple_is_explained_by_its_sentence(explainer: Explainer) -> None:
    """A direct relation: file, line, column, words, rule, modality, confidence."""
    reason = explainer.triple(triple(COMPANY, "rkg:develops", DRUG))
    assert reason is not None
    [said] = reason.said
    assert (reason.rule, said.source, said.line, said.column) == ("stated", "r1.txt", 1, 100)
    assert (said.text, said.rules, said.modality, said.confidence) == (
        "EX-101",
        ("test.rule",),
        "asserted",
        1.0,
    )


def test_hopes_come_after_what_is_asserted() -> None:
    """What puts a triple into the graph stands before a hope of an earlier release that says the same."""
    hoped = replace(given.DEVELOPS, modality=Modality.HYPOTHETICAL)
    earlier = replace(given.RELEASE, id="r0")
    moved = replace(hoped, evidence=tuple(replace(e, release="r0") for e in hoped.evidence))
    facts = resolve({"r0": (moved,), given.RELEASE.id: (given.DEVELOPS,)})
    quads = [q for r in (earlier, given.RELEASE) for q in release_quads(r, facts[r.id], Minter())]
    reason = Explainer(Dataset.in_memory(quads)).triple(triple(COMPANY, "rkg:develops", DRUG))
    assert reason is not None
    assert [said.modality for said in reason.said] in (["asserted"], ["asserted", "hypothetical"])


def test_property_of_a_node_is_explained_by_the_node_s_assertion(
    explainer: Explainer, dataset: Dataset
) -> None:
    """An agency stands on the designation's node, whose assertion has the sentence."""
    pattern = (ox.NamedNode(DRUG), ox.NamedNode(expand("rkg:hasDesignation")), None, ox.DefaultGraph())
    [node] = [q.object for q in dataset.quads_for(*pattern)]
    assert isinstance(node, ox.NamedNode)
    reason = explainer.triple(triple(node.value, "rkg:agency", "agency:fda"))
    assert reason is not None
    assert "has granted orphan drug designation" in reason.said[0].text


def test_every_inferred_triple_comes_down_to_what_is_stated(explainer: Explainer, dataset: Dataset) -> None:
    """With the project's own ontology no conclusion is left without its rule and premises."""
    ends = {"stated", "from the vocabulary", "axiom of the ontology"}
    inferred = list(dataset.quads(INFERRED_GRAPH))
    assert len(inferred) > 20
    for quad in inferred:
        reason = explainer.triple(quad.triple)
        assert reason is not None, quad
        assert reason.axiom
        assert all(leaf.rule in ends or leaf.axiom for leaf in leaves(reason))


def closed(ontology: str, data: str) -> Explainer:
    def quads(turtle: str, graph: str) -> list[ox.Quad]:
        parsed = ox.parse((PREFIX + turtle).encode(), format=ox.RdfFormat.TURTLE)
        return [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph)) for q in parsed]

    dataset = Dataset.in_memory([*quads(ontology, ONTOLOGY_GRAPH), *quads(data, VOCABULARY_GRAPH)])
    dataset.add(infer(dataset).quads)
    return Explainer(dataset)


@pytest.mark.parametrize(
    ("rule", "ontology", "data", "goal"),
    [
        ("cax-sco", ":A rdfs:subClassOf :B .", ":x a :A .", ("x", "rdf:type", "B")),
        ("cax-eqc1", ":A owl:equivalentClass :B .", ":x a :A .", ("x", "rdf:type", "B")),
        ("cax-eqc2", ":B owl:equivalentClass :A .", ":x a :A .", ("x", "rdf:type", "B")),
        ("prp-dom", ":p rdfs:domain :B .", ":x :p :y .", ("x", "rdf:type", "B")),
        ("prp-rng", ":p rdfs:range :B .", ":x :p :y .", ("y", "rdf:type", "B")),
        ("prp-spo1", ":p rdfs:subPropertyOf :q .", ":x :p :y .", ("x", "q", "y")),
        ("prp-eqp1", ":p owl:equivalentProperty :q .", ":x :p :y .", ("x", "q", "y")),
        ("prp-inv1", ":p owl:inverseOf :q .", ":x :p :y .", ("y", "q", "x")),
        ("prp-inv2", ":q owl:inverseOf :p .", ":x :p :y .", ("y", "q", "x")),
        ("prp-symp", ":p a owl:SymmetricProperty .", ":x :p :y .", ("y", "p", "x")),
        ("prp-trp", ":p a owl:TransitiveProperty .", ":x :p :y . :y :p :z . :z :p :w .", ("x", "p", "w")),
        ("prp-spo2", ":q owl:propertyChainAxiom (:p :r) .", ":x :p :y . :y :r :z .", ("x", "q", "z")),
        (
            "scm-sco",
            ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .",
            ":x a :A .",
            ("A", "rdfs:subClassOf", "C"),
        ),
        (
            "cls-svf1, cax-sco",
            "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] rdfs:subClassOf :B .",
            ":x :p :y . :y a :A .",
            ("x", "rdf:type", "B"),
        ),
        (
            "cls-hv2, cax-eqc2",
            ":B owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :y ] .",
            ":x :p :y .",
            ("x", "rdf:type", "B"),
        ),
        (
            "cls-int1, cax-eqc2",
            ":B owl:equivalentClass [ owl:intersectionOf ( :A [ a owl:Restriction ; owl:onProperty :p ; "
            "owl:someValuesFrom :D ] ) ] .",
            ":x a :A ; :p :y . :y a :D .",
            ("x", "rdf:type", "B"),
        ),
    ],
)
def test_rule(rule: str, ontology: str, data: str, goal: tuple[str, str, str]) -> None:
    """Each rule is found by what it concludes, its premises by what is there."""
    explainer = closed(ontology, data)
    wanted = triple(*(t if ":" in t else f"https://example.org/{t}" for t in goal))
    assert explainer.holds(wanted)
    reason = explainer.triple(wanted)
    assert reason is not None
    assert reason.rule == rule
    assert {leaf.rule for leaf in leaves(reason)} <= {"from the vocabulary", "axiom of the ontology"}


def test_circles_end() -> None:
    """Properties that imply each other do not explain each other."""
    explainer = closed(":p owl:inverseOf :q . :q rdfs:subPropertyOf :r . :r owl:inverseOf :p .", ":x :p :y .")
    reason = explainer.triple(triple(*(f"https://example.org/{t}" for t in ("y", "r", "x"))))
    assert reason is not None
    assert [leaf.rule for leaf in leaves(reason)] == ["from the vocabulary"]


def test_no_explanation_is_no_invention(dataset: Dataset) -> None:
    """A triple that no rule gives is not explained."""
    other = Dataset.in_memory(quad for graph in dataset.graphs() for quad in dataset.quads(graph))
    stray = triple(DRUG, "rkg:studiedFor", COMPANY)
    other.add([ox.Quad(*stray, ox.NamedNode(INFERRED_GRAPH))])
    assert Explainer(other).triple(stray) is None


def test_hope_is_a_claim_and_no_triple(explainer: Explainer, dataset: Dataset) -> None:
    """What is only hoped is not in the graph; the assertion is found all the same."""
    [quad] = [
        q
        for q in dataset.quads_for(
            None, ox.NamedNode(expand("rdf:object")), None, ox.NamedNode(PROJECT + "id/release/r1")
        )
        if "marketing-application" in str(q.object)
    ]
    hoped = triple(DRUG, "rkg:hasMarketingApplication", getattr(quad.object, "value", ""))
    assert not explainer.holds(hoped)
    assert [said.modality for said in explainer.claims(hoped)] == ["hypothetical"]


def test_lines_of_an_inferred_triple(explainer: Explainer) -> None:
    """Triple, rule with its axiom, premises indented, down to place and words."""
    reason = explainer.triple(triple(DRUG, "rkg:developedBy", COMPANY))
    assert reason is not None
    assert [plain(line) for line in reason_lines(explainer, reason)] == [
        "EX-101  rkg:developedBy  Example Therapeutics",
        "  inferred by prp-inv2: rkg:developedBy owl:inverseOf rkg:develops",
        "    Example Therapeutics  rkg:develops  EX-101",
        "      r1.txt:1:100  asserted 1  test.rule",
        "        “EX-101”",
    ]


def test_lines_of_an_entity(explainer: Explainer) -> None:
    """What is said about it in the order of the text, hopes included, then what follows."""
    lines = [plain(line) for line in entity_lines(explainer, DRUG)]
    assert lines[0] == f"EX-101  <{DRUG}>"
    assert any(line.startswith("designation  EX-101 → orphan drug  [agency FDA;") for line in lines)
    assert any("hypothetical 0.8" in line for line in lines)
    assert any(compact(expand("rkg:developedBy")) in line for line in lines)


def test_disagreement_shows_both_sides(dataset: Dataset) -> None:
    """The node itself and the thing that it concerns lead to both sentences."""
    node, graph = ox.NamedNode(PROJECT + "id/conflict/1"), ox.NamedNode(CONFLICTS_GRAPH)
    pattern = (None, ox.NamedNode(expand("rdf:object")), None, ox.NamedNode(PROJECT + "id/release/r1"))
    one, other = sorted(
        (q.subject for q in dataset.quads_for(*pattern) if isinstance(q.subject, ox.NamedNode)),
        key=lambda assertion: assertion.value,
    )[:2]
    told = Dataset.in_memory(quad for name in dataset.graphs() for quad in dataset.quads(name))
    told.add(
        ox.Quad(node, ox.NamedNode(expand(p)), o, graph)
        for p, o in (
            ("rkg:concerns", ox.NamedNode(DRUG)),
            ("rkg:firstAssertion", one),
            ("rkg:secondAssertion", other),
        )
    )
    explainer = Explainer(told)
    assert [said.assertion for said in explainer.assertions(node.value)] == [one.value, other.value]
    assert any("between releases" in plain(line) for line in entity_lines(explainer, DRUG))
    assert [said.assertion for said in explainer.assertions(one.value)] == [one.value]
