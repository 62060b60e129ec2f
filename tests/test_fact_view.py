"""What `kg.quads` writes, `kg.fact_view` reads back."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.errors import VocabularyError
from kg.fact_view import FactLine, facts
from kg.model import Entity, Fact, Kind, Modality, Quantity
from kg.namespaces import Minter, expand
from kg.quads import iri, release_quads
from kg.resolution import resolve
from kg.schema import RELATIONS, Range
from kg.store import Dataset
from tests import facts as given

CONCEPTS = (given.FDA, given.ORPHAN, given.MYELOMA, given.LYMPHOMA, given.PHASE_2, given.GRANTED)


def dataset_of(*stated: Fact) -> Dataset:
    resolved = resolve({given.RELEASE.id: stated})[given.RELEASE.id]
    labels = [
        ox.Quad(iri(str(c.concept)), iri("skos:prefLabel"), ox.Literal(c.label, language="en"))
        for c in CONCEPTS
    ]
    return Dataset.in_memory([*release_quads(given.RELEASE, resolved, Minter()), *labels])


def one(*stated: Fact, relation: str) -> FactLine:
    return next(f for f in facts(dataset_of(*stated)) if f.relation == relation)


def test_a_direct_fact_comes_back() -> None:
    """A direct relation is one triple and one line."""
    line = one(*given.ALL, relation="ticker")
    assert (line.s, line.o, line.node) == ("Example Therapeutics", "NASDAQ:EXMP", None)


def test_a_node_fact_comes_back_with_its_qualifiers() -> None:
    """Qualifiers stand on the node and come back under their names."""
    line = one(*given.ALL, relation="designation")
    assert (line.s, line.o) == ("EX-101", "orphan drug")
    assert line.q == {
        "agency": "FDA",
        "indication": "multiple myeloma",
        "status": "granted",
        "date": "2024-03-01",
    }
    assert line.modality == "asserted"
    assert line.confidence == 0.97
    assert line.s_alt == ("EX101",)


def test_lists_and_numbers_come_back() -> None:
    """A list stays a list, an integer a number."""
    line = one(*given.ALL, relation="trial")
    assert line.q == {"indications": ["lymphoma", "multiple myeloma"], "enrollment": 40}


def test_numbers_keep_their_printed_form() -> None:
    """Oxigraph drops the zero of 25.0 in a decimal, not in the text beside it."""
    dataset = dataset_of(given.DOSE)
    line = next(facts(dataset))
    assert line.o == "25.0 mCi/m2"
    values = [
        q.object.value for q in dataset.quads_for(None, iri("rkg:numericValue"), None, ox.DefaultGraph())
    ]
    assert values == ["25"]


def test_a_hope_is_an_assertion_only() -> None:
    """A hypothetical approval is a line, and no marketing application."""
    dataset = dataset_of(*given.ALL)
    line = next(f for f in facts(dataset) if f.relation == "approval")
    assert (line.modality, line.o, line.q) == ("hypothetical", "lymphoma", {"agency": "FDA"})
    assert not list(dataset.quads_for(None, None, iri("rkg:MarketingApplication")))
    assert not list(dataset.quads_for(None, iri("rkg:hasMarketingApplication"), None))
    assert not list(dataset.quads_for(ox.NamedNode(str(line.node)), None, None))


def test_a_planned_node_says_so() -> None:
    """A planned trial is in the graph, marked as planned."""
    dataset = dataset_of(replace(given.TRIAL, modality=Modality.PLANNED))
    line = next(facts(dataset))
    assert line.modality == "planned"
    assert list(dataset.quads_for(ox.NamedNode(str(line.node)), iri("rkg:modality"), iri("modality:planned")))


def test_evidence_is_the_slice() -> None:
    """Start and end cut the quote out of the stored text."""
    dataset = dataset_of(*given.ALL)
    [text] = [q.object.value for q in dataset.quads_for(None, iri("rkg:text"), None, ox.DefaultGraph())]
    lines = list(facts(dataset))
    assert len(lines) == len(given.ALL)
    for line in lines:
        for piece in line.evidence:
            assert text[piece.start : piece.end] == piece.text


def test_support_counts_the_sentences() -> None:
    """Several sentences make one line, the best first."""
    more = replace(
        given.DESIGNATION, confidence=0.5, evidence=(given.evidence("today"), given.evidence("EX-101"))
    )
    line = one(given.DESIGNATION, more, relation="designation")
    assert line.as_json()["support"] == 3
    assert line.evidence[0].text.startswith("the FDA has granted")


def test_facts_of_an_entity() -> None:
    """An entity's facts are those it is subject, object or qualifier of, hopes included."""
    dataset = dataset_of(*given.ALL)
    myeloma = {f.relation for f in facts(dataset, entity=expand("disease:multiple-myeloma"))}
    assert myeloma == {"designation", "trial"}
    company = {
        f.relation for f in facts(dataset, entity=Minter().entity("organization", "example-therapeutics"))
    }
    assert company == {"ticker", "develops"}
    lymphoma = {f.relation for f in facts(dataset, entity=expand("disease:lymphoma"))}
    assert lymphoma == {"trial", "approval"}


def test_an_unknown_release_has_no_facts() -> None:
    """Asking for a release that is not there gives nothing, not everything."""
    assert list(facts(dataset_of(*given.ALL), release="nowhere")) == []


@pytest.mark.parametrize("name", sorted(RELATIONS))
@pytest.mark.parametrize("modality", [Modality.ASSERTED, Modality.HYPOTHETICAL])
def test_every_relation_round_trips(name: str, modality: Modality) -> None:
    """Each relation of the table, all its qualifiers set, comes back as it was stated."""
    relation = RELATIONS[name]

    def example(expected: object) -> object:
        if isinstance(expected, tuple):
            return Entity(expected[0], f"some {expected[0]}")
        return {
            Range.DATE: "2024-05",
            Range.INTEGER: 7,
            Range.DECIMAL: 7,
            Range.BOOLEAN: True,
            Range.QUANTITY: Quantity("7.0 mg", None, "mg"),
        }.get(expected, "some text")  # type: ignore[call-overload]

    fact = Fact(
        name,
        Entity(relation.subject[0], "Subject X") if relation.subject else None,
        example(relation.object),  # type: ignore[arg-type]
        tuple((s.name, example(s.range)) for s in relation.slots),  # type: ignore[misc]
        modality,
        evidence=(given.evidence("today"),),
    )
    line = next(facts(dataset_of(fact)))
    assert line.relation == name
    assert set(line.q) == {s.name for s in relation.slots}
    assert line.modality == modality
    assert line.s == ("Subject X" if relation.subject else "")


def test_an_undeclared_qualifier_is_an_error() -> None:
    """A qualifier that the table lacks is never dropped in silence."""
    with pytest.raises(VocabularyError, match="ticker has no qualifier 'colour'"):
        dataset_of(replace(given.TICKER, qualifiers=(("colour", "red"),)))


def test_a_value_of_the_wrong_kind_is_an_error() -> None:
    """A drug where an agency belongs is an error, with both named."""
    with pytest.raises(VocabularyError, match="EX-101"):
        dataset_of(replace(given.DESIGNATION, qualifiers=(("agency", given.DRUG),)))


def test_no_blank_nodes() -> None:
    """Published data has none."""
    for quad in dataset_of(*given.ALL).quads():
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_kinds_have_classes() -> None:
    """An entity that no vocabulary knows gets the class of its kind."""
    dataset = dataset_of(replace(given.DEVELOPS, subject=Entity(Kind.ORGANIZATION, "Acme")))
    assert list(dataset.quads_for(None, iri("rdf:type"), iri("rkg:Organization")))
