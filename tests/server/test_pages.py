"""Pages say what the graph says, with the sentence behind it, and change no character of it."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.fact_view import facts
from kg.namespaces import REPORT_GRAPH, Minter, expand
from kg.ontology import named_queries
from kg.snapshots import Manifest, Snapshots
from kg.store import Dataset
from server.presentation import Reader
from tests import facts as given
from tests.server.conftest import TRICKY, application
from tests.used_vocabulary import with_used_vocabulary

HTML = {"Accept": "text/html"}
RELEASE = "/id/release/" + quote(TRICKY.id, safe="")


class Page(HTMLParser):
    """The parts of a page that the tests look at."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.inline: list[str] = []
        self.labels: set[str] = set()
        self.fields: set[str] = set()
        self.release_text = ""
        self.marked: dict[str, str] = {}
        self._inside = ""
        self._mark = ""
        self._title = False
        self.title = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "a":
            self.links.append(values.get("href", ""))
        if "id" in values:
            self.ids.append(values["id"])
        self.inline += [name for name in values if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in values:
            self.inline.append("script")
        if tag == "label":
            self.labels.add(values.get("for", ""))
        if tag in ("input", "textarea", "select"):
            self.fields.add(values.get("id", ""))
        if values.get("class") == "release-text":
            self._inside = tag
        if tag == "mark":
            self._mark = values.get("id", "")
        self._title = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        """See `HTMLParser`."""
        if tag == self._inside:
            self._inside = ""
        if tag == "mark":
            self._mark = ""
        self._title = False

    def handle_data(self, data: str) -> None:
        """See `HTMLParser`."""
        if self._title:
            self.title += data
        if self._inside:
            self.release_text += data
        if self._mark:
            self.marked[self._mark] = self.marked.get(self._mark, "") + data


def page(client: FlaskClient, path: str) -> Page:
    response = client.get(path, headers=HTML)
    assert response.status_code == 200, response.text
    assert response.mimetype == "text/html"
    return Page(response.text)


@pytest.fixture(scope="module")
def sound() -> set[str]:
    """Links that have been followed already."""
    return set()


PATHS = [
    "/",
    "/search",
    "/search?q=ex",
    "/id/drug/ex-101",
    "/id/organization/example-therapeutics",
    RELEASE,
    "/id/release/r1",
    "/query",
    "/query?query=ASK%20%7B%7D",
    "/query?query=nonsense",
    "/ontology",
    "/validation",
    "/export",
    "/export?entity=drug/ex-101",
    "/vocab/phase/2",
    "/vocab/phase",
    "/graph/ontology",
    "/resource?iri=https://w3id.org/releasekg/ontology%23Drug",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_page(client: FlaskClient, path: str) -> None:
    """Each page has a title, one main heading, labelled fields, distinct ids, and nothing inline."""
    found = page(client, path)
    assert found.title.strip()
    assert found.tags.count("h1") == 1
    assert found.tags.count("main") == 1
    assert found.fields <= found.labels
    assert len(found.ids) == len(set(found.ids))
    assert found.inline == []


@pytest.mark.parametrize("path", PATHS)
def test_every_link_within_the_server_leads_somewhere(
    client: FlaskClient, sound: set[str], path: str
) -> None:
    """No page has a link to an address of this server that does not exist; fragments exist too."""
    found = page(client, path)
    links = sorted(set(found.links))
    for link in links[:: 1 + len(links) // 60]:  # of the hundreds of terms of the ontology, some
        if link.startswith("#"):
            assert link[1:] in found.ids, link
        elif not link.startswith("/sparql?") and link not in sound:
            assert link.startswith("/"), link
            assert client.get(link, headers=HTML, follow_redirects=True).status_code == 200, link
            sound.add(link)


def test_security_headers(client: FlaskClient) -> None:
    """Nothing from elsewhere, no sniffing, no frames."""
    headers = client.get("/", headers=HTML).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_home(client: FlaskClient) -> None:
    """Home counts what there is, and leads to drugs, releases and designations."""
    found = page(client, "/")
    assert "/id/drug/ex-101" in found.links
    assert RELEASE in found.links
    text = client.get("/", headers=HTML).text
    assert text.index("2024-05-02") < text.index("2024-03-01")
    assert f"{len(given.ALL)} statements" in text
    assert "orphan drug" in text


@pytest.mark.parametrize("words", ["EX-101", "ex101", "example ther", "myeloma"])
def test_search(client: FlaskClient, words: str) -> None:
    """Names are found by their beginnings, other names, and whatever case."""
    expected = {
        "myeloma": "/vocab/disease/multiple-myeloma",
        "example ther": "/id/organization/example-therapeutics",
    }
    found = page(client, "/search?q=" + quote(words))
    assert expected.get(words, "/id/drug/ex-101") in found.links


def test_search_escapes(client: FlaskClient) -> None:
    """What was searched for comes back escaped."""
    response = client.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E", headers=HTML)
    assert "<script>alert" not in response.text


def test_an_entity(client: FlaskClient) -> None:
    """An entity's page has its names, its statements with their sentences, and links to the sentences."""
    text = client.get("/id/drug/ex-101", headers=HTML).text
    found = Page(text)
    assert "EX101" in text
    (evidence,) = given.DESIGNATION.evidence
    assert evidence.text in text
    assert (
        f"/id/release/r1?evidence={evidence.start}-{evidence.end}#evidence-{evidence.start}-{evidence.end}"
        in found.links
    )
    assert "/id/organization/example-therapeutics" in found.links  # an incoming statement
    assert "/id/drug/ex-101?format=ttl" in found.links


def test_hopes_are_labelled(client: FlaskClient) -> None:
    """What a release only hopes or plans is marked in words."""
    text = client.get("/id/drug/ex-101", headers=HTML).text
    assert re.search(r'class="badge hypothetical">.{0,3}hypothetical<', text)
    assert re.search(r'class="badge planned">.{0,3}planned<', text)


def test_the_text_of_a_release_is_exact(client: FlaskClient) -> None:
    """Markup, ampersands, quotes and carriage returns are shown as they are."""
    found = page(client, RELEASE)
    assert found.release_text == TRICKY.text
    assert page(client, "/id/release/r1").release_text == given.RELEASE.text


def test_evidence_is_marked(client: FlaskClient) -> None:
    """Each piece of evidence begins at a mark with its offsets as id; overlapping ones both have theirs."""
    found = page(client, RELEASE)
    for quote_ in (
        "will be studied in a Phase 2 trial in lymphoma.",
        "in a Phase 2 trial in lymphoma. “Fine”",
    ):
        start = TRICKY.text.index(quote_)
        assert f"evidence-{start}-{start + len(quote_)}" in found.ids
    start = TRICKY.text.index("will be")
    end = TRICKY.text.index("lymphoma.") + len("lymphoma.")
    assert found.marked[f"evidence-{start}-{end}"].startswith("will be studied ")


def test_the_chosen_sentence(client: FlaskClient) -> None:
    """The evidence named in the address is marked all over, across the borders of others."""
    start = TRICKY.text.index("will be")
    end = TRICKY.text.index("lymphoma.") + len("lymphoma.")
    text = client.get(f"{RELEASE}?evidence={start}-{end}", headers=HTML).text
    chosen = re.findall(r'<mark[^>]*class="chosen"[^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</mark>', text, re.DOTALL)
    assert "".join(chosen) == TRICKY.text[start:end]


def test_the_query_page_shows_a_table(client: FlaskClient) -> None:
    """The form, sent without JavaScript, gives a table with links to pages, and downloads."""
    query = f"SELECT ?d ?n {{ ?d a <{expand('rkg:Drug')}> ; <{expand('skos:prefLabel')}> ?n }}"
    response = client.post("/query", data={"query": query}, headers=HTML)
    found = Page(response.text)
    assert "EX-101" in response.text
    assert "/id/drug/ex-101" in found.links
    assert any(link.startswith("/sparql?") and "format=csv" in link for link in found.links)
    download = next(link for link in found.links if "format=csv" in link)
    assert "EX-101" in client.get(download).text


def test_the_query_page_explains_errors(client: FlaskClient) -> None:
    """A malformed query stays in the form, with the reason and the place above nothing else."""
    response = client.post("/query", data={"query": "SELECT * {\n<oops }"}, headers=HTML)
    assert response.status_code == 200
    assert "&lt;oops }" in response.text
    assert response.text.count("line 2") == 1


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_every_example_query_runs(client: FlaskClient, query: object) -> None:
    """Each example is offered, and is answered without an error, with the columns that it names."""
    from kg.ontology import NamedQuery

    assert isinstance(query, NamedQuery)
    response = client.get(f"/query?example={query.name}&run=1", headers=HTML)
    assert "No result." not in response.text
    assert f"/query?example={query.name}" in Page(client.get("/query", headers=HTML).text).links
    result = client.get("/sparql", query_string={"query": query.text})
    assert tuple(json.loads(result.data)["head"]["vars"]) == query.columns


def test_an_unknown_example(client: FlaskClient) -> None:
    """An example that is none is a 404."""
    assert client.get("/query?example=none", headers=HTML).status_code == 404


def test_not_found(client: FlaskClient) -> None:
    """What is not there is a 404, a page for people and a problem document for programs."""
    for path in (
        "/id/drug/none",
        "/id/release/none",
        "/graph/none",
        "/nowhere",
        "/vocab/none",
        "/id/release/r1/evidence/0-1",
    ):
        assert "<h1>" in client.get(path, headers=HTML).text
        response = client.get(path, headers={"Accept": "application/json"})
        assert response.status_code == 404, path
        assert json.loads(response.data)["status"] == 404


def test_health(client: FlaskClient) -> None:
    """Health names the snapshot that is served."""
    body = client.get("/health").get_json()
    assert body["status"] == "ok"
    assert body["snapshot"].startswith("000001-")
    assert body["releases"] == 2


def test_links_stay_on_this_server(client: FlaskClient) -> None:
    """IRIs of ours are linked by their path, so that a page works wherever the server runs."""
    for path in PATHS:
        assert not any(link.startswith(Minter().base) for link in page(client, path).links)


def test_findings_are_shown(tmp_path: Path) -> None:
    """The validation page lists what SHACL found, with the node, the property and what to do."""
    result = ox.NamedNode(REPORT_GRAPH + "#1")
    said = {
        "rdf:type": expand("sh:ValidationResult"),
        "sh:resultSeverity": expand("sh:Warning"),
        "sh:focusNode": Minter().entity("drug", "ex-101"),
        "sh:resultPath": expand("rkg:trialStatus"),
    }
    quads = [
        ox.Quad(result, ox.NamedNode(expand(curie)), ox.NamedNode(iri), ox.NamedNode(REPORT_GRAPH))
        for curie, iri in said.items()
    ]
    message = ox.Quad(
        result,
        ox.NamedNode(expand("sh:resultMessage")),
        ox.Literal("Look <here>."),
        ox.NamedNode(REPORT_GRAPH),
    )
    with Snapshots(tmp_path).draft() as draft:
        draft.dataset.add([*quads, message])
        draft.publish(Manifest.of(draft.dataset, base=Minter().base))
    with application(tmp_path) as app:
        text = app.test_client().get("/validation", headers=HTML).text
    assert "Look &lt;here&gt;." in text
    assert "warning" in text


def test_a_server_below_a_path(app: Flask) -> None:
    """Behind a proxy that serves it below a path, links stay below that path."""
    response = app.test_client().get(
        "/id/drug/ex-101", headers=HTML, environ_overrides={"SCRIPT_NAME": "/kg"}
    )
    assert all(link.startswith(("/kg/", "#")) for link in Page(response.text).links)


def test_the_editor_is_optional(data: Path, tmp_path: Path) -> None:
    """The editor is loaded where it is installed, with the policy that it needs on that page alone."""
    with application(data) as app:
        app.static_folder = str(tmp_path)
        plain = app.test_client().get("/query", headers=HTML)
        (tmp_path / "vendor").mkdir()
        (tmp_path / "vendor" / "yasgui.min.js").touch()
        rich = app.test_client().get("/query", headers={**HTML, "Cache-Control": "no-cache"})
        home = app.test_client().get("/", headers=HTML)
    assert "yasgui" not in plain.text
    assert "/static/vendor/yasgui.min.js" in rich.text
    assert "<textarea" in rich.text
    assert "style-src 'self' 'unsafe-inline'" in rich.headers["Content-Security-Policy"]
    assert "unsafe" not in home.headers["Content-Security-Policy"]


def test_many_releases(data: Path) -> None:
    """An entity that more releases speak of than a page can hold is read from the latest ones."""
    graph = Snapshots(data).current().open()
    found, left_out = Reader(graph).of_entity(Minter().entity("drug", "ex-101"), releases=1)
    assert left_out == 1
    assert {source.release for statement in found for source in statement.sources} == {TRICKY.id}


def test_what_is_read_does_not_grow_with_the_graph() -> None:
    """The page of a thing that every release names reads the latest ones, and their statements about it alone."""
    from bench import synthetic

    graph = Dataset.in_memory(with_used_vocabulary([*synthetic.background(), *synthetic.quads(releases=40)]))
    reader = Reader(graph)
    fda = "https://w3id.org/releasekg/vocab/agency/fda"
    found, left_out = reader.of_entity(fda, releases=2)
    whole, nothing = reader.of_entity(fda)
    assert len({source.release for statement in found for source in statement.sources}) == 2
    assert (left_out > 0, nothing) == (True, 0)
    assert {s.fact.assertion for s in found} <= {s.fact.assertion for s in whole}
    assert {line.assertion for line in facts(graph, entity=fda)} == {
        line.assertion
        for line in facts(graph)
        if fda in (line.s_iri, line.o_iri, line.node, *(iri for iris in line.q_iris.values() for iri in iris))
    }
