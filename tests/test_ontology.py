"""Ontology, vocabulary and lexicon agree with the relation table, with each other and with the standards they reuse."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SKOS, VANN, XSD, DefinedNamespace

from kg import ontology
from kg.errors import VocabularyError
from kg.model import Concept, Kind
from kg.namespaces import ONTOLOGY, PREFIXES, SCHEMES, VOCABULARY, compact, expand, slug
from kg.ontology import load_vocabulary, ontology_quads, shape_files, vocabulary_quads
from kg.schema import CLASS_OF_KIND, RELATIONS, Range

FOLDER = Path(__file__).parent.parent / "ontology"
FILES = sorted(path for path in FOLDER.glob("*.ttl") if path.name != "vocabulary.ttl")
SUBJECTS = {
    "releases",
    "organizations",
    "drugs",
    "diseases",
    "regulation",
    "studies",
    "alignment",
    "ontology",
}

DATATYPE = {
    Range.TEXT: XSD.string,
    Range.QUANTITY: XSD.string,
    Range.DATE: RDFS.Literal,  # date, gYearMonth, gYear or string
    Range.INTEGER: XSD.integer,
    Range.DECIMAL: XSD.decimal,
    Range.BOOLEAN: XSD.boolean,
}


@cache
def terms() -> Graph:
    """Every file of the ontology but the vocabulary."""
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


@cache
def vocabulary() -> dict[str, Concept]:
    return load_vocabulary().by_curie()


def iri(curie: str) -> URIRef:
    return URIRef(expand(curie))


def superclasses(cls: URIRef) -> set[URIRef]:
    return {c for c in terms().transitive_objects(cls, RDFS.subClassOf) if isinstance(c, URIRef)}


def uses() -> list[tuple[str, str, tuple[str, ...] | Range]]:
    """(subject class, predicate, classes or literal range of the object) for every cell of the relation table."""

    def classes(kinds: tuple[Kind, ...] | Range) -> tuple[str, ...] | Range:
        return kinds if isinstance(kinds, Range) else tuple(CLASS_OF_KIND[kind] for kind in kinds)

    found: list[tuple[str, str, tuple[str, ...] | Range]] = []
    for relation in RELATIONS.values():
        subjects = [CLASS_OF_KIND[kind] for kind in relation.subject] or ["rkg:PressRelease"]
        if relation.node is None:
            found += [(subject, relation.predicate, classes(relation.object)) for subject in subjects]
            continue
        found += [(subject, relation.predicate, (relation.node,)) for subject in subjects]
        found.append((relation.node, relation.object_predicate, classes(relation.object)))
        found += [(relation.node, slot.predicate, classes(slot.range)) for slot in relation.slots]
        found += [
            (relation.node, outcome.predicate, classes(relation.object)) for outcome in relation.outcomes
        ]
    return found


def test_one_file_for_each_subject() -> None:
    """The files are those that the layout names."""
    assert {path.stem for path in FILES} == SUBJECTS


@pytest.mark.parametrize("path", [*FILES, FOLDER / "vocabulary.ttl"], ids=lambda path: path.stem)
def test_head_of_file(path: Path) -> None:
    """Each file is an ontology with title, licence, author, dates, version and preferred prefix."""
    graph = Graph().parse(path)
    (head,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(graph.value(head, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert str(graph.value(head, DCTERMS.creator)) == "The releasekg authors"
    assert str(graph.value(head, OWL.versionIRI)).startswith(str(head))
    for predicate in (DCTERMS.title, DCTERMS.created, DCTERMS.modified, OWL.versionInfo):
        assert graph.value(head, predicate) is not None
    assert graph.value(head, VANN.preferredNamespacePrefix) is not None
    assert graph.value(head, VANN.preferredNamespaceUri) is not None


def test_root_imports_every_file() -> None:
    """Whoever loads the root gets the whole."""
    imported = {str(o) for o in terms().objects(URIRef(ONTOLOGY), OWL.imports)}
    assert imported == {f"{ONTOLOGY}/{stem}" for stem in SUBJECTS - {"ontology"}}


def test_every_term_is_described() -> None:
    """One English label, one English definition, an example, and the file that declares it."""
    graph = terms()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {term for kind in kinds for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}
    assert len(declared) > 120
    for term in declared:
        (label,) = graph.objects(term, RDFS.label)
        (definition,) = graph.objects(term, SKOS.definition)
        (_,) = graph.objects(term, RDFS.isDefinedBy)
        assert list(graph.objects(term, SKOS.example)), term
        assert getattr(label, "language", None) == getattr(definition, "language", None) == "en", term


def test_table_and_ontology_agree_on_types() -> None:
    """Classes are classes, predicates of entities object properties, the others datatype properties."""
    graph = terms()
    for subject, predicate, range_ in uses():
        assert (iri(subject), RDF.type, OWL.Class) in graph, subject
        kind = OWL.DatatypeProperty if isinstance(range_, Range) else OWL.ObjectProperty
        assert (iri(predicate), RDF.type, kind) in graph, f"{predicate} is no {kind}"


def test_domains_and_ranges_infer_nothing_wrong() -> None:
    """A domain or range holds for every use of the property in the table: in OWL RL it infers types."""
    graph = terms()
    for subject, predicate, range_ in uses():
        for domain in graph.objects(iri(predicate), RDFS.domain):
            assert domain in superclasses(iri(subject)), f"{predicate} of {subject}"
        for target in graph.objects(iri(predicate), RDFS.range):
            if isinstance(range_, Range):
                assert target == DATATYPE[range_], predicate
            else:
                assert all(target in superclasses(iri(cls)) for cls in range_), predicate


def test_property_of_one_class_has_a_domain() -> None:
    """Where only one class uses a property, the ontology says so."""
    graph = terms()
    subjects: dict[str, set[str]] = {}
    for subject, predicate, _ in uses():
        subjects.setdefault(predicate, set()).add(subject)
    for predicate, classes in subjects.items():
        if len(classes) == 1 and predicate.startswith("rkg:"):
            assert list(graph.objects(iri(predicate), RDFS.domain)), predicate


def test_no_dead_term() -> None:
    """Each class and property of ours is used by the table of the extractor, a shape or a question.

    What the vocabulary states serves questions by a property chain; terms of others describe ours, or are what ours
    are narrower than.
    """
    graph = terms()
    used_in = (*shape_files(), FOLDER / "vocabulary.ttl", *(FOLDER / "queries").glob("*.rq"))
    text = "".join(path.read_text("utf-8") for path in used_in)
    written = {*re.findall(r"\b[a-z]+:[A-Za-z]\w*", text), *CLASS_OF_KIND.values()}
    written |= {name for use in uses() for name in use[:2]}
    steps = {
        compact(str(step))
        for term, chain in graph.subject_objects(OWL.propertyChainAxiom)
        if compact(str(term)) in written
        for step in Collection(graph, chain)
    }
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf)
    for term in set(graph.subjects(RDFS.isDefinedBy)):
        curie = compact(str(term))
        if curie.startswith("rkg:"):
            assert curie in written | steps, curie
        else:
            described = (None, term, None) in graph or any((None, axiom, term) in graph for axiom in axioms)
            assert curie in written | steps or described, curie


def test_chains_and_inverses_are_of_declared_properties() -> None:
    """Property chains join what fits: the range of one step and the domain of the next are one line of classes."""
    graph = terms()
    for term, chain in graph.subject_objects(OWL.propertyChainAxiom):
        first, second = Collection(graph, chain)
        for step in (first, second):
            assert (step, RDF.type, OWL.ObjectProperty) in graph, term
        for domain in graph.objects(second, RDFS.domain):
            for range_ in graph.objects(first, RDFS.range):
                assert domain in superclasses(range_) or range_ in superclasses(domain), term
    for term, other in graph.subject_objects(OWL.inverseOf):
        for domain in graph.objects(term, RDFS.domain):
            assert all(domain == r for r in graph.objects(other, RDFS.range)), term


def test_reused_terms_exist() -> None:
    """Terms of other vocabularies are spelt as those vocabularies spell them."""
    closed: tuple[type[DefinedNamespace], ...] = (DCTERMS, FOAF, ORG, OWL, PROV, RDFS, SKOS, VANN)
    graph = Graph().parse(FOLDER / "vocabulary.ttl") + terms()
    for term in {t for triple in graph for t in triple if isinstance(t, URIRef)}:
        for namespace in closed:
            local = str(term).removeprefix(str(namespace))
            if local and local != str(term):
                assert local in namespace, term


def test_ontology_is_consistent_and_closes() -> None:
    """OWL RL finds no contradiction in the axioms themselves: no class is below two disjoint ones."""
    graph = terms()
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = set(Collection(graph, graph.value(axiom, OWL.members)))
        assert len(members) > 1
        for cls in graph.subjects(RDF.type, OWL.Class):
            if isinstance(cls, URIRef):
                assert len(superclasses(cls) & members) <= 1, cls


def test_reading_is_repeatable() -> None:
    """Blank nodes have the same names each time, so that two builds are the same bytes."""
    assert list(ontology_quads()) == list(ontology_quads())
    assert list(vocabulary_quads(["disease:gliosarcoma"])) == list(vocabulary_quads(["disease:gliosarcoma"]))


# vocabulary


def test_every_scheme_has_concepts() -> None:
    """The schemes of kg/namespaces.py are those of the vocabulary, each described and filled."""
    graph = Graph().parse(FOLDER / "vocabulary.ttl")
    schemes = {str(s) for s in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {VOCABULARY + scheme for scheme in SCHEMES}
    for scheme in schemes:
        assert graph.value(URIRef(scheme), RDFS.label)
        assert graph.value(URIRef(scheme), SKOS.definition)
        assert any(graph.subjects(SKOS.inScheme, URIRef(scheme))), scheme


def test_every_curated_concept_is_defined() -> None:
    """A concept has one English label and definition; data and vocabulary agree on the language."""
    graph = Graph().parse(FOLDER / "vocabulary.ttl")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 1000
    for concept in concepts:
        (_,) = graph.objects(concept, SKOS.definition)
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition):
            for text in graph.objects(concept, predicate):
                assert getattr(text, "language", None) == "en", f"{concept} {text}"
                assert str(text) == str(text).strip() != "", concept


def test_conventions_of_the_fact_view() -> None:
    """Preferred labels are what the fact view shows."""
    labels = {
        "designation:orphan-drug": "orphan drug",
        "agency:fda": "FDA",
        "payload:iodine-131": "iodine-131",
        "platform:phospholipid-drug-conjugate": "phospholipid drug conjugate",
        "phase:1-2": "1/2",
        "disease:multiple-myeloma": "multiple myeloma",
        "response-criteria:lugano": "Lugano criteria",
        "collaboration-kind:licence": "licence",
    }
    assert {curie: vocabulary()[curie].label for curie in labels} == labels


@pytest.mark.parametrize(
    "name", ["177Lu", "¹⁷⁷Lu", "Lu-177", "lutetium-177", "lutetium Lu 177", "lutetium 177"]
)
def test_isotopes_go_by_all_their_names(name: str) -> None:
    """A radionuclide is found in every usual spelling."""
    concept = vocabulary()["payload:lutetium-177"]
    assert name in (concept.label, *concept.alt)


def test_no_name_means_two_things_of_one_kind() -> None:
    """Within a kind, a curated name belongs to one concept."""
    owners: dict[tuple[Kind, str], str] = {}
    for concept in ontology._curated_concepts(FOLDER / "vocabulary.ttl").values():
        for name in (concept.label, *concept.alt, *concept.hidden):
            assert owners.setdefault((concept.kind, name), concept.curie) == concept.curie, name


def test_broader_concepts_make_no_circle() -> None:
    """Going up always ends, and stays within the kind."""
    concepts = vocabulary()
    for start in concepts.values():
        level, seen = set(start.broader), set()
        while level:
            assert start.curie not in level, start.curie
            seen |= level
            level = {b for curie in level for b in concepts[curie].broader} - seen
        assert all(concepts[b].kind is start.kind for b in start.broader)


def test_no_broader_concept_twice_over() -> None:
    """Seeds' diseases climb to their groups."""
    concepts = vocabulary()

    def above(curie: str) -> set[str]:
        return {curie}.union(*(above(b) for b in concepts[curie].broader))

    assert "disease:b-cell-malignancies" in above("disease:mantle-cell-lymphoma")
    assert "disease:hematologic-malignancies" in above("disease:multiple-myeloma")
    assert "disease:solid-tumors" in above("disease:rhabdomyosarcoma")
    assert "payload:radioisotope" in above("payload:iodine-131")


# codes and lexicon


@cache
def lexicon() -> dict[str, dict[str, str]]:
    """The lines of the disease lexicon by DOID."""
    with (FOLDER / "lexicon" / "diseases.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["codes"].partition("|")[0]: row for row in rows}


def test_each_doid_is_of_the_disease_it_stands_with() -> None:
    """A curated disease's DOID exists, and the two share a name."""
    checked = 0
    for concept in ontology._curated_concepts(FOLDER / "vocabulary.ttl").values():
        for code in concept.codes:
            if code.startswith("DOID:"):
                row = lexicon()[code]
                names = {n.casefold() for n in (row["label"], *row["synonyms"].split("|"))}
                assert names & {n.casefold() for n in (concept.label, *concept.alt)}, concept.curie
                checked += 1
    assert checked > 100


def test_no_code_is_claimed_by_two_concepts() -> None:
    """Codes decide identity, so that two concepts never share one."""
    owners: dict[str, str] = {}
    for concept in vocabulary().values():
        for code in concept.codes:
            assert owners.setdefault(code, concept.curie) == concept.curie, code
            assert code.partition(":")[0] in PREFIXES


def test_lexicon_is_clean() -> None:
    """Slugs are unique and slugs; parents exist; no everyday word is a disease."""
    rows = lexicon().values()
    slugs = [row["slug"] for row in rows]
    assert len(set(slugs)) == len(slugs) > 7000
    assert all(s == slug(s) for s in slugs)
    assert {p for row in rows for p in row["parents"].split("|") if p} <= set(slugs)
    names = {n.casefold() for row in rows for n in (row["label"], *row["synonyms"].split("|"))}
    assert names.isdisjoint({"disease", "syndrome", "cold", "all", "con", "lord", "cancers", "ms"})
    assert "cancer" in names


def test_curated_disease_takes_the_lexicon_names_over() -> None:
    """A lexicon disease with a curated one's DOID is that one: one concept with the names of both."""
    concepts = vocabulary()
    hodgkin = concepts["disease:hodgkin-lymphoma"]
    assert "disease:hodgkins-lymphoma" not in concepts
    assert "Hodgkin's sarcoma" in hodgkin.alt
    assert hodgkin.codes[0] == "DOID:8567"
    assert any(c.label == "gliosarcoma" for c in concepts.values())


def test_curated_names_are_not_shared_with_the_lexicon() -> None:
    """What a curated disease is called, no lexicon disease is called too."""
    concepts = [c for c in vocabulary().values() if c.kind is Kind.DISEASE]
    curated = ontology._curated_concepts(FOLDER / "vocabulary.ttl")
    owned = {
        n.casefold(): c.curie
        for c in concepts
        if c.curie in curated
        for n in (c.label, *curated[c.curie].alt)
    }
    for concept in concepts:
        for name in (concept.label, *concept.alt):
            assert owned.get(name.casefold(), concept.curie) == concept.curie, name


def test_vocabulary_graph_holds_used_diseases_with_their_ancestors() -> None:
    """Only the lexicon diseases that data speaks of come in, and the way up from them."""
    few = {q.subject.value for q in vocabulary_quads()}
    more = {q.subject.value for q in vocabulary_quads(["disease:gliosarcoma", "drug:unknown"])}
    assert expand("disease:gliosarcoma") in more - few
    assert len(more - few) < 10
    concepts = vocabulary()
    for curie in concepts["disease:gliosarcoma"].broader:
        assert expand(curie) in more


def test_cross_references_of_the_lexicon_are_close_matches() -> None:
    """DOID codes are exact matches; what DOID refers to is near, not the same."""
    exact = {q.object.value for q in vocabulary_quads() if q.predicate.value == str(SKOS.exactMatch)}
    close = {q.object.value for q in vocabulary_quads() if q.predicate.value == str(SKOS.closeMatch)}
    assert expand("DOID:9538") in exact
    assert expand("mesh:D009101") in close - exact


# errors


def vocabulary_file(tmp_path: Path, body: str) -> Path:
    prefixes = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("rkg", "skos", "phase", "DOID"))
    path = tmp_path / "vocabulary.ttl"
    path.write_text(prefixes + body, encoding="utf-8")
    return path


GOOD = f'a skos:Concept, rkg:TrialPhase ; skos:inScheme <{VOCABULARY}phase> ; skos:prefLabel "2"@en'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            f"phase:2 {GOOD} .\nphase:2b {GOOD} .",
            r"line 6: phase:2b has the same skos:prefLabel '2' as phase:2",
        ),
        ("\nphase:2 a skos:Concept .", r"line 6: phase:2 needs exactly one class"),
        (f"phase:2 {GOOD} ; skos:broader phase:0 .", r"line 5: phase:2 is narrower than phase:0"),
        (f'phase:2 {GOOD} ; skos:prefLabel "two"@en .', r"line 5: phase:2 has 2 skos:prefLabel"),
        (f"phase:2 {GOOD} ; skos:exactMatch <http://example.org/x> .", r"declares no prefix"),
        ("phase:2 a skos:Concept, rkg:TrialPhase .", r"needs skos:inScheme"),
        (f"rkg:two {GOOD} .", r"in none of the namespaces"),
        (f"phase:2 {GOOD}", r"line 5: "),
        (f"fase:2 {GOOD} .", r"line 5: .*prefix"),
    ],
)
def test_error_names_file_line_and_fault(tmp_path: Path, body: str, message: str) -> None:
    """A mistake in the vocabulary is found when it is read, with the place where it is."""
    with pytest.raises(VocabularyError, match=message) as caught:
        ontology._curated_concepts(vocabulary_file(tmp_path, body))
    assert "vocabulary.ttl" in str(caught.value)
