"""Why a triple is in the graph, as the entity pages lead to it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.namespaces import Minter, expand
from kg.reasoning import infer
from kg.snapshots import Manifest, ReleaseRecord, Snapshots
from server import create_app
from tests import facts as given
from tests.used_vocabulary import with_used_vocabulary

DRUG = Minter().entity("drug", "ex-101")


@pytest.fixture(scope="module")
def inferring(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a graph with what follows from it."""
    folder = tmp_path_factory.mktemp("inferred")
    stated = Snapshots(data).current().open()
    with Snapshots(folder).draft() as draft:
        draft.dataset.bulk_add(with_used_vocabulary(stated.quads_for()))
        draft.dataset.bulk_add(infer(draft.dataset).quads)
        records = [ReleaseRecord(given.RELEASE.id, given.RELEASE.sha256)]
        draft.publish(Manifest.of(draft.dataset, base=Minter().base, releases=records))
    with create_app(folder).test_client() as client:
        yield client


def links(client: FlaskClient, path: str) -> list[str]:
    page = client.get(path, headers={"Accept": "text/html"}).text
    return [unescape(found) for found in re.findall(r'href="(/explain[^"]*)"', page)]


def test_each_inferred_triple_has_its_reason(inferring: FlaskClient) -> None:
    """Every link of an entity's page gives the rule, the axiom, and the words of a release in the end."""
    found = links(inferring, "/id/drug/ex-101")
    assert found
    pages = [inferring.get(link) for link in found]
    assert {page.status_code for page in pages} == {200}
    assert all("follows by <code>" in page.text for page in pages)
    assert any(given.TRIAL.evidence[0].text in unescape(page.text) for page in pages)
    assert any('href="/id/release/' in page.text for page in pages)


def test_a_stated_triple_has_its_sentence(inferring: FlaskClient) -> None:
    """What a release says needs no rule."""
    reader = {"s": DRUG, "p": expand("rdf:type"), "o": expand("rkg:Drug")}
    page = inferring.get("/explain", query_string=reader)
    assert page.status_code == 200
    assert "follows by" not in page.text


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ({}, 400),
        ({"s": DRUG, "p": "no iri", "o": DRUG}, 400),
        ({"s": DRUG, "p": expand("rdf:type"), "o": "javascript:<script>"}, 400),
        ({"s": DRUG, "p": expand("rdf:type"), "o": expand("rkg:Person")}, 404),
    ],
)
def test_what_cannot_be_explained(inferring: FlaskClient, arguments: dict[str, str], status: int) -> None:
    """No IRIs are a mistake of the client, a triple that is not there is not found."""
    assert inferring.get("/explain", query_string=arguments).status_code == status
