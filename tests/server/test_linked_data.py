"""Every IRI that we minted is dereferenced: a page for people, RDF for programs, under the same address."""

import json
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.namespaces import ONTOLOGY, ONTOLOGY_GRAPH, Minter, expand
from server.negotiation import GRAPHS, Format
from tests import facts as given
from tests.server.conftest import TRICKY

DRUG = Minter().entity("drug", "ex-101")


def triples(client: FlaskClient, path: str, format_: Format = GRAPHS[0]) -> set[ox.Triple]:
    response = client.get(path, headers={"Accept": format_.media_type})
    assert response.status_code == 200, response.text
    assert response.mimetype == format_.media_type
    assert format_.rdf is not None
    return {quad.triple for quad in ox.parse(response.data, format=format_.rdf)}


@pytest.mark.parametrize("format_", GRAPHS, ids=lambda f: f.name)
def test_every_format(client: FlaskClient, format_: Format) -> None:
    """An entity comes in each RDF format, the same triples in each, by header and by `?format=`."""
    found = triples(client, "/id/drug/ex-101", format_)
    assert found == triples(client, "/id/drug/ex-101")
    response = client.get(f"/id/drug/ex-101?format={format_.name}", headers={"Accept": "text/html"})
    assert response.mimetype == format_.media_type


def test_an_entity_comes_with_its_assertions(client: FlaskClient) -> None:
    """What is said about it, and the assertions that say so, with the words."""
    found = triples(client, "/id/drug/ex-101")
    assert (
        ox.Triple(ox.NamedNode(DRUG), ox.NamedNode(expand("skos:prefLabel")), ox.Literal("EX-101")) in found
    )
    quotes = {
        t.object.value
        for t in found
        if t.predicate.value == expand("oa:exact") and isinstance(t.object, ox.Literal)
    }
    assert {evidence.text for evidence in given.DESIGNATION.evidence} <= quotes


def test_a_release_is_its_graph(client: FlaskClient) -> None:
    """A release's IRI is its graph's: all that it states, text included; N-Quads name the graph."""
    path = "/id/release/" + quote(TRICKY.id, safe="")
    texts = [
        t.object.value
        for t in triples(client, path)
        if t.predicate.value == expand("rkg:text") and isinstance(t.object, ox.Literal)
    ]
    assert texts == [TRICKY.text]
    response = client.get(path + "?format=nq")
    names = {str(quad.graph_name) for quad in ox.parse(response.data, format=ox.RdfFormat.N_QUADS)}
    assert names == {f"<{Minter().release(TRICKY.id)}>"}


def test_every_iri_is_dereferenced(client: FlaskClient) -> None:
    """Each IRI of ours that is the subject of a triple answers, as a page and as RDF that speaks of it."""
    nquads = client.get("/id/release/r1?format=nq").data
    subjects = {
        q.subject.value
        for q in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
        if isinstance(q.subject, ox.NamedNode)
    }
    assert len(subjects) > 20
    for iri in sorted(subjects):
        path = "/" + iri.removeprefix(Minter().base)
        page = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert page.status_code == 200, iri
        assert any(t.subject == ox.NamedNode(iri) for t in triples(client, path)), iri


def test_evidence_leads_to_the_release(client: FlaskClient) -> None:
    """For people, evidence and assertions are places on the release's page; 303, for they are other things."""
    (evidence,) = given.DESIGNATION.evidence
    path = f"/id/release/r1/evidence/{evidence.start}-{evidence.end}"
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 303
    assert response.headers["Location"].endswith(
        f"?evidence={evidence.start}-{evidence.end}#evidence-{evidence.start}-{evidence.end}"
    )
    assert expand("oa:exact") in {t.predicate.value for t in triples(client, path)}


def test_the_ontology(client: FlaskClient) -> None:
    """The ontology's address gives its graph, and anchors for its terms."""
    found = triples(client, "/ontology")
    assert any(t.subject == ox.NamedNode(ONTOLOGY + "#Drug") for t in found)
    assert 'id="Drug"' in client.get("/ontology", headers={"Accept": "text/html"}).text


def test_a_graph(client: FlaskClient) -> None:
    """A graph's address gives all its triples."""
    assert len(triples(client, "/graph/ontology")) > 100
    response = client.get("/graph/ontology?format=nq")
    assert {str(q.graph_name) for q in ox.parse(response.data, format=ox.RdfFormat.N_QUADS)} == {
        f"<{ONTOLOGY_GRAPH}>"
    }


def test_a_named_query(client: FlaskClient) -> None:
    """Its description for programs, the query page with it for people; a query that is none is not found."""
    found = triples(client, "/query/timeline")
    assert {t.predicate.value for t in found} >= {expand("sh:select"), expand("rdfs:comment")}
    response = client.get("/query/timeline", headers={"Accept": "text/html"})
    assert (response.status_code, response.location) == (303, "/query?example=timeline")
    assert client.get("/query/none").status_code == 404
    assert any(t.predicate.value == expand("sh:declare") for t in triples(client, "/prefixes"))


def test_a_concept(client: FlaskClient) -> None:
    """A concept of the vocabulary answers under its path."""
    concept = expand("disease:multiple-myeloma")
    assert any(t.subject == ox.NamedNode(concept) for t in triples(client, "/vocab/disease/multiple-myeloma"))


def test_any_other_iri(client: FlaskClient) -> None:
    """An IRI that is not ours goes by its parameter; ours is sent to its path."""
    term = quote(ONTOLOGY + "#Drug", safe="")
    assert any(
        t.subject == ox.NamedNode(ONTOLOGY + "#Drug") for t in triples(client, f"/resource?iri={term}")
    )
    response = client.get(f"/resource?iri={quote(DRUG, safe='')}", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Location"]) == (302, "/id/drug/ex-101")
    assert client.get("/resource?iri=http://example.com/none").status_code == 404


@pytest.mark.parametrize("iri", ["", "no iri", "http://a b", "javascript:<x>", 'http://a"b'])
def test_no_iri(client: FlaskClient, iri: str) -> None:
    """What is no IRI is a 400."""
    assert client.get("/resource", query_string={"iri": iri}).status_code == 400


def test_nothing_acceptable(client: FlaskClient) -> None:
    """406 lists what there is."""
    response = client.get("/id/drug/ex-101", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in json.loads(response.data)["detail"]


def test_alternates_are_linked(client: FlaskClient) -> None:
    """The headers name the other formats, and that the answer depends on Accept."""
    response = client.get("/id/drug/ex-101", headers={"Accept": "text/html"})
    assert '</id/drug/ex-101?format=ttl>; rel="alternate"; type="text/turtle"' in response.headers["Link"]
    assert "Accept" in response.headers["Vary"]
    assert f'<{DRUG}>; rel="canonical"' in response.headers["Link"]
