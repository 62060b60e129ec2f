"""`kg.reasoning`: each rule that the ontology counts on, and nothing that says nothing.

Rules are named as in https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
"""

from __future__ import annotations

import os
import random

import owlrl
import pyoxigraph as ox
import pytest
import rdflib

from bench import synthetic
from kg.entailment import is_useful
from kg.errors import VocabularyError
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, PREFIXES, PROJECT, VOCABULARY_GRAPH, compact
from kg.reasoning import Inference, Reasoner, infer, revise
from kg.store import Dataset
from tests.used_vocabulary import with_used_vocabulary

PREFIX = (
    "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    + "@prefix : <https://example.org/> .\n"
)
RELEASE = PROJECT + "id/release/003_x"


each_reasoner = pytest.mark.parametrize("reasoner", Reasoner)


def quads(turtle: str, graph: str) -> list[ox.Quad]:
    return [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph))
        for q in ox.parse((PREFIX + turtle).encode(), format=ox.RdfFormat.TURTLE)
    ]


def inferred(
    ontology: str, data: str, vocabulary: str = "", reasoner: Reasoner = Reasoner.RULES
) -> Inference:
    return infer(
        Dataset.in_memory(
            [
                *quads(ontology, ONTOLOGY_GRAPH),
                *quads(data, RELEASE),
                *quads(vocabulary, VOCABULARY_GRAPH),
            ]
        ),
        reasoner=reasoner,
    )


def says(ontology: str, data: str, vocabulary: str = "", reasoner: Reasoner = Reasoner.RULES) -> set[str]:
    """The inferred triples as CURIEs; names of the example namespace bare."""
    result = inferred(ontology, data, vocabulary, reasoner)
    assert result.inconsistencies == ()
    return {
        " ".join(compact(t.value).replace("https://example.org/", "") for t in q.triple) for q in result.quads
    }


@pytest.mark.parametrize(
    ("rule", "ontology", "data", "expected"),
    [
        (
            "cax-sco: If C1 subClassOf C2, x a C1. Then x a C2.",
            ":Drug rdfs:subClassOf :Asset .",
            ":d a :Drug .",
            {"d rdf:type Asset"},
        ),
        (
            "cax-eqc1: If C1 equivalentClass C2, x a C1. Then x a C2.",
            ":Drug owl:equivalentClass schema:Drug .",
            ":d a :Drug .",
            {"d rdf:type schema:Drug", "Drug rdfs:subClassOf schema:Drug", "schema:Drug rdfs:subClassOf Drug"},
        ),
        (
            "prp-dom: If p domain C, x p y. Then x a C.",
            ":develops rdfs:domain :Developer .",
            ":o :develops :d .",
            {"o rdf:type Developer"},
        ),
        (
            "prp-dom: a literal in the place of y does as well.",
            ":ticker rdfs:domain :Listed .",
            ":o :ticker 'NASDAQ:X' .",
            {"o rdf:type Listed"},
        ),
        (
            "prp-rng: If p range C, x p y. Then y a C.",
            ":develops rdfs:range :Drug .",
            ":o :develops :d .",
            {"d rdf:type Drug"},
        ),
        (
            "prp-spo1: If p1 subPropertyOf p2, x p1 y. Then x p2 y.",
            ":develops rdfs:subPropertyOf :worksOn .",
            ":o :develops :d .",
            {"o worksOn d"},
        ),
        (
            "prp-spo2: If p chain (p1 p2), x p1 y, y p2 z. Then x p z.",
            ":investigates owl:propertyChainAxiom (:studiedIn :disease) .",
            ":d :studiedIn :t . :t :disease :m .",
            {"d investigates m"},
        ),
        (
            "prp-inv1: If p1 inverseOf p2, x p1 y. Then y p2 x.",
            ":develops owl:inverseOf :developedBy .",
            ":o :develops :d .",
            {"d developedBy o"},
        ),
        (
            "prp-inv2: If p1 inverseOf p2, x p2 y. Then y p1 x.",
            ":develops owl:inverseOf :developedBy .",
            ":d :developedBy :o .",
            {"o develops d"},
        ),
        (
            "prp-symp: If p Symmetric, x p y. Then y p x.",
            ":combinedWith a owl:SymmetricProperty .",
            ":a :combinedWith :b .",
            {"b combinedWith a"},
        ),
        (
            "prp-trp: If p Transitive, x p y, y p z. Then x p z.",
            ":partOf a owl:TransitiveProperty .",
            ":a :partOf :b . :b :partOf :c . :c :partOf :d .",
            {"a partOf c", "a partOf d", "b partOf d"},
        ),
        (
            "prp-fp: If p Functional, x p y1, x p y2. Then y1 sameAs y2.",
            ":heldBy a owl:FunctionalProperty .",
            ":d :heldBy :o1 . :d :heldBy :o2 .",
            {"o1 owl:sameAs o2", "o2 owl:sameAs o1"},
        ),
        (
            "prp-ifp: If p InverseFunctional, x1 p y, x2 p y. Then x1 sameAs x2; literals compared.",
            ":ticker a owl:InverseFunctionalProperty .",
            ":o1 :ticker 'A' . :o2 :ticker 'A' . :o3 :ticker 'B' .",
            {"o1 owl:sameAs o2", "o2 owl:sameAs o1"},
        ),
        (
            "prp-key: If C hasKey (p), x a C, y a C share p. Then x sameAs y; others do not.",
            ":Org owl:hasKey (:ticker) .",
            ":o1 a :Org ; :ticker 'A' . :o2 a :Org ; :ticker 'A' . :o3 a :Org ; :ticker 'B' . :x :ticker 'A' .",
            {"o1 owl:sameAs o2", "o2 owl:sameAs o1"},
        ),
        (
            "eq-rep-s: If s sameAs s', s p o. Then s' p o.",
            ":ticker a owl:InverseFunctionalProperty .",
            ":o1 :ticker 'A' ; :develops :d . :o2 :ticker 'A' .",
            {"o1 owl:sameAs o2", "o2 owl:sameAs o1", "o2 develops d"},
        ),
        (
            "cls-hv2: If R hasValue v onProperty p, x p v. Then x a R's superclass.",
            "[ a owl:Restriction ; owl:onProperty :phase ; owl:hasValue phase:3 ] rdfs:subClassOf :Pivotal .",
            ":t :phase phase:3 . :u :phase phase:2 .",
            {"t rdf:type Pivotal"},
        ),
        (
            "cls-svf1: If R someValuesFrom C onProperty p, x p y, y a C. Then x a R's superclass.",
            "[ a owl:Restriction ; owl:onProperty :payload ; owl:someValuesFrom :Isotope ] rdfs:subClassOf :Radio .",
            ":d :payload :i . :i a :Isotope . :e :payload :j .",
            {"d rdf:type Radio"},
        ),
        (
            "cls-int1: If C intersectionOf (C1 C2), x a C1, x a C2. Then x a C.",
            ":OrphanDrug owl:intersectionOf (:Drug :Orphan) .",
            ":d a :Drug, :Orphan . :e a :Drug .",
            {"d rdf:type OrphanDrug", "OrphanDrug rdfs:subClassOf Drug", "OrphanDrug rdfs:subClassOf Orphan"},
        ),
        (
            "scm-sco: If C1 subClassOf C2, C2 subClassOf C3. Then C1 subClassOf C3.",
            ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .",
            "",
            {"A rdfs:subClassOf C"},
        ),
    ],
    ids=lambda value: value.partition(":")[0] if isinstance(value, str) and ": " in value[:12] else "",
)  # fmt: skip
@each_reasoner
def test_rule(reasoner: Reasoner, rule: str, ontology: str, data: str, expected: set[str]) -> None:
    """If the premises, then exactly these useful conclusions."""
    assert says(ontology, data, reasoner=reasoner) == expected, rule


@pytest.mark.parametrize(
    ("rule", "ontology", "data", "message", "causes"),
    [
        (
            "cax-dw: If C1 disjointWith C2, x a C1, x a C2. Then false.",
            ":Drug owl:disjointWith :Disease .",
            ":x a :Drug, :Disease .",
            "common individual",
            2,
        ),
        (
            "cax-dw: by a domain and a subclass.",
            ":Drug owl:disjointWith :Disease . :Biologic rdfs:subClassOf :Drug . :incidence rdfs:domain :Disease .",
            ":x a :Biologic ; :incidence '12%' ; :other :y .",
            "common individual",
            2,
        ),
        (
            "cax-adc: If AllDisjointClasses (C1 … Cn), x a Ci, x a Cj. Then false, the last of the list too.",
            "[ a owl:AllDisjointClasses ; owl:members (:A :B :C) ] .",
            ":x a :B, :C .",
            "common individual",
            2,
        ),
        (
            "prp-irp: If p Irreflexive, x p x. Then false.",
            ":partnerOf a owl:IrreflexiveProperty .",
            ":x :partnerOf :x .",
            "Irreflexive",
            1,
        ),
        (
            "prp-asyp: If p Asymmetric, x p y, y p x. Then false.",
            ":owns a owl:AsymmetricProperty .",
            ":x :owns :y . :y :owns :x .",
            "asymmetric",
            2,
        ),
        (
            "prp-pdw: If p1 propertyDisjointWith p2, x p1 y, x p2 y. Then false.",
            ":develops owl:propertyDisjointWith :competesWith .",
            ":x :develops :y ; :competesWith :y .",
            "disjoint properties",
            2,
        ),
        (
            "prp-adp: If AllDisjointProperties (p1 … pn), x pi y, x pj y. Then false.",
            "[ a owl:AllDisjointProperties ; owl:members (:p :q :r) ] .",
            ":x :q :y ; :r :y .",
            "disjoint properties",
            2,
        ),
        (
            "eq-diff1: If x sameAs y, x differentFrom y. Then false.",
            "[ a owl:AllDifferent ; owl:distinctMembers (:a :x :y) ] .",
            ":x owl:sameAs :y .",
            "sameAs",
            1,
        ),
        (
            "cls-nothing2: If x a owl:Nothing. Then false.",
            ":Impossible rdfs:subClassOf owl:Nothing .",
            ":x a :Impossible .",
            "Nothing",
            1,
        ),
    ],
)  # fmt: skip
@each_reasoner
def test_inconsistency(
    reasoner: Reasoner, rule: str, ontology: str, data: str, message: str, causes: int
) -> None:
    """A contradiction is told with the statements behind it, and only those."""
    found = inferred(ontology, data, reasoner=reasoner).inconsistencies
    assert found, rule
    assert message in found[0].message
    assert len(found[0].statements) == causes


def test_an_inconsistency_shows_the_sentences() -> None:
    """The words of the release that were read as a contradiction."""
    (found,) = inferred(
        ":Drug owl:disjointWith :Disease . :treats rdfs:range :Disease .",
        """:x a :Drug . :y :treats :x .
        <urn:a> a rkg:Assertion ; rdf:subject :y ; rdf:predicate :treats ; rdf:object :x ; rkg:primaryEvidence <urn:e> .
        <urn:e> a rkg:Evidence ; oa:hasSource <urn:r> ; oa:hasSelector [ oa:exact "Y treats\\nX." ] .
        <urn:r> dcterms:identifier "003_x" .""",
    ).inconsistencies
    assert found.sentences == (("003_x", "Y treats X."),)
    stated = [
        "  https://example.org/x rdf:type https://example.org/Drug",
        "  https://example.org/y https://example.org/treats https://example.org/x",
    ]
    assert str(found).splitlines() == [found.message, *stated, "  003_x: “Y treats X.”"]


def test_a_literal_that_breaks_the_ontology_is_shown_as_it_stands() -> None:
    """Rules see a placeholder; the reader sees the statement."""
    (found,) = inferred(
        ":Drug owl:disjointWith :Org . :ticker rdfs:domain :Org .", ":x a :Drug ; :ticker 'NASDAQ:X' ."
    ).inconsistencies
    assert any(triple.object == ox.Literal("NASDAQ:X") for triple in found.statements)


def test_only_proper_and_new_triples() -> None:
    """IRIs everywhere, not stated already, not about OWL itself, nothing is merely itself."""
    result = inferred(
        """:Drug a owl:Class ; rdfs:subClassOf :Asset, owl:Thing ; rdfs:label "drug"@en ; rdfs:isDefinedBy : .
        :develops a owl:ObjectProperty ; rdfs:domain [ owl:unionOf (:Org :Person) ] ; rdfs:range :Drug .
        :ticker a owl:DatatypeProperty ; rdfs:range xsd:string ; rdfs:domain :Org .
        : a owl:Ontology ; dcterms:title "t" .""",
        """:o a :Org ; :develops :d ; :ticker "N:X" ; skos:prefLabel "O" ; :founded "2001"^^xsd:gYear .
        :d a :Drug, :Asset .""",
    )
    assert result.quads == ()
    assert result.inconsistencies == ()


def test_the_inferred_graph_takes_them() -> None:
    """Asserted and inferred never mix."""
    result = inferred(":Drug rdfs:subClassOf :Asset .", ":d a :Drug .")
    assert {q.graph_name for q in result.quads} == {ox.NamedNode(INFERRED_GRAPH)}


def as_text(triple: tuple[rdflib.term.Node, ...]) -> tuple[str, str, str]:
    s, p, o = (str(term) if isinstance(term, rdflib.URIRef) else term.n3() for term in triple)
    return s, p, o


def test_the_conclusions_are_those_of_plain_owlrl() -> None:
    """What is left out for speed changes no useful conclusion."""
    ontology = """
        :Biologic rdfs:subClassOf :Drug . :Drug rdfs:subClassOf :Asset ; owl:equivalentClass schema:Drug .
        :develops rdfs:domain :Org ; rdfs:range :Drug ; owl:inverseOf :developedBy ; rdfs:subPropertyOf :worksOn .
        :investigates owl:propertyChainAxiom (:studiedIn :disease) . :partOf a owl:TransitiveProperty .
        :ticker a owl:InverseFunctionalProperty ; rdfs:domain :Listed . :with a owl:SymmetricProperty .
        [ a owl:Restriction ; owl:onProperty :phase ; owl:hasValue phase:3 ] rdfs:subClassOf :Pivotal .
        [ owl:unionOf (:Drug :Org) ] rdfs:subClassOf :Thing ."""
    data = """
        :o :develops :d ; :ticker "A" . :p :ticker "A" ; :with :q . :d a :Biologic ; :studiedIn :t ; skos:prefLabel "D"
        . :t :disease :m ; :phase phase:3 . :m :partOf :n . :n :partOf :l ."""
    graph = rdflib.Graph().parse(data=PREFIX + ontology + data, format="turtle")
    stated = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    plain = {
        " ".join(term.n3() for term in triple)
        for triple in graph
        if triple not in stated and is_useful(as_text(triple))
    }
    for reasoner in Reasoner:
        found = inferred(ontology, data, reasoner=reasoner).quads
        assert {" ".join(str(term) for term in q.triple) for q in found} == plain
    assert len(plain) > 25


def test_what_was_inferred_before_is_not_a_premise() -> None:
    """A second run over its own result does not feed on it."""
    dataset = Dataset.in_memory(
        [*quads(":A rdfs:subClassOf :B .", ONTOLOGY_GRAPH), *quads(":x a :A .", INFERRED_GRAPH)]
    )
    assert infer(dataset).quads == ()


def test_assertions_and_evidence_take_no_part() -> None:
    """Nothing follows from who said what."""
    assert (
        says(
            "rdf:subject rdfs:domain :Statement . rkg:evidence rdfs:range :Thing . rkg:Assertion rdfs:subClassOf :T .",
            "<urn:a> a rkg:Assertion ; rdf:subject :d ; rkg:evidence <urn:e> . <urn:e> a rkg:Evidence .",
        )
        == set()
    )


def test_concepts_have_the_classes_of_the_vocabulary() -> None:
    """A phase is what the vocabulary says it is."""
    assert says(
        ":Phase rdfs:subClassOf :Stage . [ a owl:Restriction ; owl:onProperty :phase ; owl:someValuesFrom :Stage ] "
        "rdfs:subClassOf :Staged .",
        ":t :phase phase:2 .",
        "phase:2 a :Phase, skos:Concept ; skos:prefLabel '2'@en ; skos:inScheme : .",
    ) == {"phase:2 rdf:type Stage", "t rdf:type Staged"}


def test_the_order_of_the_result_is_stable() -> None:
    """Sorted, so that a build gives the same bytes."""
    result = inferred(":p a owl:SymmetricProperty .", ":a :p :b, :c, :d . :e :p :f .")
    assert list(result.quads) == sorted(result.quads, key=str)
    assert len(result.quads) == 4


# what a change does


CHANGING = """
    :Biologic rdfs:subClassOf :Drug . :Drug rdfs:subClassOf :Asset .
    :develops rdfs:domain :Org ; rdfs:range :Asset ; owl:inverseOf :developedBy ; rdfs:subPropertyOf :worksOn .
    :reaches owl:propertyChainAxiom (:develops :studiedIn :disease) .
    :partOf a owl:TransitiveProperty . :disease owl:propertyChainAxiom (:disease :partOf) .
    :with a owl:SymmetricProperty .
    [ a owl:Restriction ; owl:onProperty :partOf ; owl:hasValue :group ] rdfs:subClassOf :Grouped .
    :Radiant owl:equivalentClass
        [ owl:intersectionOf ( :Drug [ a owl:Restriction ; owl:onProperty :payload ; owl:someValuesFrom :Isotope ] ) ] .
    :Listed rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :with ; owl:allValuesFrom :Partner ] .
    :ticker rdfs:domain :Listed ."""


def changing_world() -> list[ox.Quad]:
    """Every triple that the random worlds below are drawn from, each in one of two graphs or in both."""
    lines = [f":{o} :develops :{d}" for o in ("o1", "o2") for d in ("d1", "d2")]
    lines += [f":{d} :studiedIn :{t}" for d in ("d1", "d2") for t in ("t1", "t2")]
    lines += [
        ":t1 :disease :m1",
        ":t2 :disease :m2",
        ":m1 :partOf :m2",
        ":m2 :partOf :group",
        ":m1 :partOf :m3",
    ]
    lines += [
        ":m3 :partOf :group",
        ":d1 a :Biologic",
        ":d2 a :Drug",
        ":d1 a :Asset",
        ":d1 :payload :i",
        ":i a :Isotope",
    ]
    lines += [
        ":o1 :with :o2",
        ":o2 :with :o1",
        ":o1 :ticker 'A'",
        ":d1 :developedBy :o1",
        ":t1 :disease :group",
    ]
    turtle = " . ".join(lines) + " ."
    return [*quads(turtle, RELEASE), *quads(turtle, RELEASE + "-2")]


def test_a_revision_gives_what_a_whole_inference_gives() -> None:
    """Whatever triples come and go, the inferred graph is that of the stated ones."""
    world, axioms = changing_world(), quads(CHANGING, ONTOLOGY_GRAPH)
    chance = random.Random(3)
    stated = set(chance.sample(world, 30))
    had = set(infer(Dataset.in_memory([*axioms, *stated])).quads)
    for _ in range(150):
        now = (
            set(chance.sample(world, chance.randrange(len(world) + 1)))
            if chance.random() < 0.2
            else set(stated)
        )
        now ^= set(chance.sample(world, chance.randrange(1, 6)))
        revision = revise(Dataset.in_memory([*axioms, *now, *had]), added=now - stated, removed=stated - now)
        has = set(infer(Dataset.in_memory([*axioms, *now])).quads)
        assert (had - set(revision.removed)) | set(revision.added) == has
        stated, had = now, has


def test_a_revision_finds_an_inconsistency() -> None:
    """A new statement that contradicts an old one is told as after a whole inference."""
    axioms = quads(":Drug owl:disjointWith :Disease . :cures rdfs:range :Disease .", ONTOLOGY_GRAPH)
    old, new = quads(":x a :Drug .", RELEASE), quads(":y :cures :x .", RELEASE)
    dataset = Dataset.in_memory([*axioms, *old, *new])
    assert revise(dataset, added=new).inconsistencies == infer(dataset).inconsistencies != ()


@pytest.mark.parametrize("axiom", [":p a owl:FunctionalProperty .", ":A rdfs:subClassOf :B ."])
def test_what_touches_everything_is_worked_out_anew(axiom: str) -> None:
    """Equality, and axioms that are new, concern more than what the change touches; the result is right."""
    axioms = quads(axiom, ONTOLOGY_GRAPH)
    old, new = quads(":x :p :y . :y :q :z . :a a :A .", RELEASE), quads(":x :p :y2 .", RELEASE)
    dataset = Dataset.in_memory([*axioms, *old, *new])
    assert revise(dataset, added=[*axioms, *new]).added == infer(dataset).quads != ()


def test_both_reasoners_agree_on_the_project_s_own_ontology() -> None:
    """On invented releases, with the part of the vocabulary that they use; on 1,000 if the environment says so."""
    number = int(os.environ.get("RELEASEKG_OWLRL_RELEASES", "25"))
    stated = with_used_vocabulary([*synthetic.background(), *synthetic.quads(releases=number)])
    dataset = Dataset.in_memory(stated)
    by_rules = infer(dataset)
    assert by_rules == infer(dataset, reasoner=Reasoner.OWLRL)
    assert len(by_rules.quads) > 250


def test_a_release_comes_and_goes_without_a_trace() -> None:
    """With the project's own ontology: what one release adds to the inferred graph, its removal takes away."""
    with_all = with_used_vocabulary([*synthetic.background(), *synthetic.quads(releases=30)])
    one = [*synthetic.quads(releases=1, first=17)]
    rest = [quad for quad in with_all if quad.graph_name != one[0].graph_name]
    all_, some = (infer(Dataset.in_memory(quads)).quads for quads in (with_all, rest))
    assert all_ != some
    added = revise(Dataset.in_memory([*with_all, *some]), added=one)
    assert (set(some) - {*added.removed}) | {*added.added} == {*all_}
    removed = revise(Dataset.in_memory([*rest, *all_]), added=(), removed=one)
    assert (set(all_) - {*removed.removed}) | {*removed.added} == {*some}


def test_an_axiom_without_a_rule_is_refused() -> None:
    """The compiled rules say what they do not cover; the reference takes it."""
    ontology = "[ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ] rdfs:subClassOf :One ."
    with pytest.raises(VocabularyError, match="owl:maxCardinality"):
        inferred(ontology, ":x :p :y .")
    assert inferred(ontology, ":x :p :y .", reasoner=Reasoner.OWLRL).quads == ()
