"""`kg.export`: every format holds the same graph, and the same graph gives the same bytes."""

from __future__ import annotations

import io
import random
from pathlib import PurePath

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.export import SPECIAL_GRAPHS, export
from kg.namespaces import ONTOLOGY_GRAPH, PREFIXES, PROJECT, expand
from kg.rdf_writing import FORMATS, format_of
from kg.store import Dataset, canonical
from tests.turtle_text import trig, turtle

RELEASE_A, RELEASE_B = (ox.NamedNode(f"{PROJECT}id/release/{stem}") for stem in ("001_a", "002_b"))
DRUG = ox.NamedNode(PROJECT + "id/drug/clr-131")

OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def quads() -> list[ox.Quad]:
    """Two releases that share a triple, and an ontology with a property chain in blank nodes."""
    first, second = ox.BlankNode(), ox.BlankNode()
    ontology = ox.NamedNode(ONTOLOGY_GRAPH)
    return [
        ox.Quad(DRUG, node("rdf:type"), node("rkg:Drug"), RELEASE_A),
        ox.Quad(DRUG, node("rdf:type"), node("rkg:Drug"), RELEASE_B),
        ox.Quad(DRUG, node("skos:altLabel"), ox.Literal('CLR "131"'), RELEASE_A),
        ox.Quad(DRUG, node("rkg:payload"), node("payload:iodine-131"), RELEASE_A),
        ox.Quad(RELEASE_A, node("rdf:type"), node("rkg:PressRelease"), RELEASE_A),
        ox.Quad(RELEASE_A, node("rkg:text"), ox.Literal("A line,\r\nanother \\ line\n"), RELEASE_A),
        ox.Quad(
            RELEASE_A, node("dcterms:issued"), ox.Literal("2017-05-18", datatype=node("xsd:date")), RELEASE_A
        ),
        ox.Quad(node("rkg:p"), node("owl:propertyChainAxiom"), first, ontology),
        ox.Quad(first, node("rdf:first"), node("rkg:q"), ontology),
        ox.Quad(first, node("rdf:rest"), second, ontology),
        ox.Quad(second, node("rdf:first"), node("rkg:r"), ontology),
        ox.Quad(second, node("rdf:rest"), node("rdf:nil"), ontology),
    ]


def exported(
    format_: str,
    graph: str | None = None,
    include: tuple[str, ...] = (),
    content: list[ox.Quad] | None = None,
) -> bytes:
    out = io.BytesIO()
    export(
        Dataset.in_memory(quads() if content is None else content), format_, out, graph=graph, include=include
    )
    return out.getvalue()


def parsed(text: bytes | str, format_: str) -> ox.Dataset:
    return canonical(ox.parse(text.encode() if isinstance(text, str) else text, format=OXIGRAPH[format_]))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_format_holds_the_releases(format_: str) -> None:
    """Read back, each format is the union of the release graphs; those with graphs say which."""
    with_graphs = format_ in ("trig", "nquads")
    releases = [quad for quad in quads() if quad.graph_name in (RELEASE_A, RELEASE_B)]
    expected = {quad if with_graphs else ox.Quad(*quad.triple) for quad in releases}
    assert set(parsed(exported(format_), format_)) == expected


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_graph_gives_the_same_bytes(format_: str) -> None:
    """Neither the order of the quads nor the names of blank nodes show."""
    shuffled = quads()
    random.Random(7).shuffle(shuffled)
    assert exported(format_, include=("ontology",)) == exported(
        format_, include=("ontology",), content=shuffled
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_blank_nodes_survive(format_: str) -> None:
    """The ontology's lists come back isomorphic."""
    expected = canonical(
        q if format_ in ("trig", "nquads") else ox.Quad(*q.triple)
        for q in quads()
        if q.graph_name == ox.NamedNode(ONTOLOGY_GRAPH)
    )
    assert parsed(exported(format_, graph="ontology"), format_) == expected


@pytest.mark.parametrize("format_", ["jsonld", "rdfxml"])
def test_long_texts_survive_sorting(format_: str) -> None:
    """Statements longer than what is handed on at once, among short ones."""
    content = [
        ox.Quad(DRUG, node("skos:altLabel"), ox.Literal(f"{letter}é" * size), RELEASE_A)
        for letter, size in zip("abcdef", (1, 90_000, 2, 33_333, 60_000, 3), strict=True)
    ]
    read = parsed(exported(format_, content=content), format_)
    assert set(read) == {ox.Quad(*quad.triple) for quad in content}


def test_rdflib_reads_our_turtle_as_the_same_graph() -> None:
    """A second parser: isomorphic with what it reads from N-Triples."""
    include = ("ontology",)
    ours = rdflib.Graph().parse(data=exported("turtle", include=include), format="turtle")
    reference = rdflib.Graph().parse(data=exported("ntriples", include=include), format="nt")
    assert ours.isomorphic(reference)
    assert len(ours) == 11


def test_turtle_reads_as_a_person_expects() -> None:
    """Used prefixes only, releases before drugs, the class first, one triple a line."""
    assert exported("turtle").decode() == (
        "@prefix rkg: <https://w3id.org/releasekg/ontology#> .\n"
        "@prefix payload: <https://w3id.org/releasekg/vocab/payload/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "\n"
        "# rkg:PressRelease\n"
        "\n"
        "<https://w3id.org/releasekg/id/release/001_a>\n"
        "    a rkg:PressRelease ;\n"
        '    dcterms:issued "2017-05-18"^^xsd:date ;\n'
        '    rkg:text """A line,\\r\nanother \\\\ line\n""" ;\n'
        "    .\n"
        "\n"
        "# rkg:Drug\n"
        "\n"
        "<https://w3id.org/releasekg/id/drug/clr-131>\n"
        "    a rkg:Drug ;\n"
        '    skos:altLabel "CLR \\"131\\"" ;\n'
        "    rkg:payload payload:iodine-131 ;\n"
        "    .\n"
    )


def test_one_graph_by_name_id_or_iri() -> None:
    """A release's id, a special name and an IRI all choose one graph."""
    by_id = exported("nquads", graph="002_b")
    assert by_id == exported("nquads", graph=RELEASE_B.value)
    assert by_id.count(b"\n") == 1
    assert exported("turtle", graph="ontology") == exported("turtle", graph=ONTOLOGY_GRAPH)


def test_an_unknown_graph_names_those_there_are() -> None:
    """The message lists what could have been meant."""
    with pytest.raises(InputError, match=r"003_c: no such graph; .* ontology"):
        exported("turtle", graph="003_c")


def test_an_unknown_format_names_those_there_are() -> None:
    """The message lists what could have been meant."""
    with pytest.raises(InputError, match="there are turtle, trig"):
        exported("csv")


def test_an_empty_graph_is_an_empty_file() -> None:
    """Nothing in, nothing out, in every text format."""
    assert exported("turtle", content=[]) == exported("trig", content=[]) == b""


def test_special_graphs_have_our_names() -> None:
    """Each graph of the model that is no release's can be asked for."""
    assert set(SPECIAL_GRAPHS) == {"ontology", "vocabulary", "queries", "inferred", "conflicts", "report"}


@pytest.mark.parametrize(("name", "format_"), [("a.ttl", "turtle"), ("a.NQ", "nquads"), ("a.rdf", "rdfxml")])
def test_the_extension_tells_the_format(name: str, format_: str) -> None:
    """`-o graph.ttl` needs no --format."""
    assert format_of(PurePath(name)) == format_


def test_an_unknown_extension_is_an_input_error() -> None:
    """No guess is made."""
    with pytest.raises(InputError, match=r"cannot tell the format from '\.csv'"):
        format_of(PurePath("a.csv"))


def test_xml_cannot_hold_every_character() -> None:
    """RDF/XML with U+0001 would be unreadable, so it is refused with the place."""
    literal = [ox.Quad(DRUG, node("rkg:text"), ox.Literal("a\x01"), RELEASE_A)]
    with pytest.raises(InputError, match=r"clr-131.*control character"):
        exported("rdfxml", content=literal)


def test_xml_cannot_name_every_property() -> None:
    """An element needs a name, so a property whose IRI ends in none is refused."""
    content = [ox.Quad(DRUG, ox.NamedNode("https://example.org/1"), ox.Literal("a"), RELEASE_A)]
    with pytest.raises(InputError, match=r"example\.org/1>: .*no name"):
        exported("rdfxml", content=content)


def _is_iri(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


# Every character that RDF allows in a literal; those that have gone wrong somewhere more often.
TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\"\\'\n\r\t\f\b\x00\x7f\x85\u2028\ufeff\ufffe"),
    )
)
LOCAL = st.text(st.sampled_from("aZ09_-.:~%2F/#?&=!$'()*+,;@éλ中\u00b7\u0300"), max_size=8)
IRI = st.builds(str.__add__, st.sampled_from([*PREFIXES.values(), "https://example.org/"]), LOCAL).filter(
    _is_iri
)
TERM = st.one_of(
    IRI.map(ox.NamedNode),
    TEXT.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXT, st.sampled_from(["en", "de-ch"])),
    st.builds(
        lambda text, type_: ox.Literal(text, datatype=node(type_)),
        st.sampled_from(["1", "+01", "1.", "-.5", "1.50", "true", "True", "", "2017", "1e3", " 1"]),
        st.sampled_from(["xsd:integer", "xsd:decimal", "xsd:boolean", "xsd:double", "xsd:date"]),
    ),
)
TRIPLES = st.lists(
    st.builds(lambda s, p, o: ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o), IRI, IRI, TERM), max_size=8
)


@settings(deadline=None)
@given(TRIPLES)
def test_turtle_round_trips(triples: list[ox.Quad]) -> None:
    """Whatever the literals and IRIs, Oxigraph reads back the same triples."""
    assert set(ox.parse(turtle(triples).encode(), format=ox.RdfFormat.TURTLE)) == set(triples)


@settings(deadline=None)
@given(TRIPLES, IRI)
def test_trig_round_trips(triples: list[ox.Quad], graph: str) -> None:
    """The same, in a named graph beside the default one."""
    both = [
        *triples,
        *(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph)) for quad in triples),
    ]
    assert set(ox.parse(trig(both).encode(), format=ox.RdfFormat.TRIG)) == set(both)


@settings(deadline=None)
@given(TEXT)
def test_rdflib_reads_our_strings(text: str) -> None:
    """A second parser: the string comes back character for character."""
    subject, predicate = "https://example.org/s", "https://example.org/p"
    ours = turtle([ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(text))])
    graph = rdflib.Graph().parse(data=ours.encode(), format="turtle")
    assert graph.value(rdflib.URIRef(subject), rdflib.URIRef(predicate)) == rdflib.Literal(text)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t")))
def test_rdf_xml_keeps_every_line_ending(text: str) -> None:
    """XML parsers turn a bare CR into LF, so it has to be written as a reference."""
    content = [ox.Quad(DRUG, node("rkg:text"), ox.Literal(text), RELEASE_A)]
    if "\ufffe" not in text and "\uffff" not in text:
        (read,) = parsed(exported("rdfxml", content=content), "rdfxml")
        assert read.object == ox.Literal(text)
