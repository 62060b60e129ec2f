"""The ontology's documentation as page and as files."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kg.errors import CheckError
from kg.namespaces import ONTOLOGY
from server.cli import docs
from server.negotiation import GRAPHS
from server.ontology_documentation import DIAGRAM, is_up_to_date, read_documentation, write_diagram


class Links(HTMLParser):
    """Ids and targets of links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note them."""
        found = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag == "a" and found.get("href"):
            self.targets.append(str(found["href"]))


def test_the_page_has_every_term(client: FlaskClient) -> None:
    """One anchor each, to which the term's IRI leads, and no link within the page that leads nowhere."""
    links = Links(client.get("/ontology", headers={"Accept": "text/html"}).text)
    assert {term.anchor for term in read_documentation().terms.values()} <= set(links.ids)
    assert len(links.ids) == len(set(links.ids))
    assert {target[1:] for target in links.targets if target.startswith("#")} <= set(links.ids)


def test_entity_pages_lead_to_terms(client: FlaskClient) -> None:
    """A class on an entity's page is a link into the documentation."""
    page = client.get("/id/drug/ex-101", headers={"Accept": "text/html"}).text
    assert 'href="/ontology#Drug"' in page


def test_the_diagram_is_of_the_ontology_as_it_is() -> None:
    """After a change of classes or properties: `make diagram`."""
    assert is_up_to_date(DIAGRAM.read_text(encoding="utf-8")), "run make diagram (it needs Graphviz)"


def test_without_graphviz(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is written, and the message says what to install."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(CheckError, match="install it"):
        write_diagram(tmp_path / "new.svg")
    assert not list(tmp_path.iterdir())


def test_a_diagram_stands_in_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the colours of the text, without the names that Graphviz gives to its parts."""
    svg = '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<!-- Generated -->\n<svg width="9pt"><g><title>core</title>'
    svg += '<path stroke="black"/><text x="1">drug</text></g></svg>\n'
    monkeypatch.setattr(shutil, "which", lambda _: "dot")
    done = subprocess.CompletedProcess(["dot"], 0, svg, "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    write_diagram(tmp_path / "new.svg")
    written = (tmp_path / "new.svg").read_text(encoding="utf-8")
    assert is_up_to_date(written)
    assert not is_up_to_date(re.sub(r"made from \w", "made from x", written))
    assert "black" not in written
    assert "<title>" not in written
    assert 'role="img"' in written


def test_files(tmp_path: Path) -> None:
    """`kg docs` writes a page whose links stay within the folder, and the same ontology in each format."""
    result = CliRunner().invoke(docs, ["-o", str(tmp_path / "public")])
    assert result.exit_code == 0, result.output
    links = Links((tmp_path / "public" / "index.html").read_text(encoding="utf-8"))
    assert {target[1:] for target in links.targets if target.startswith("#")} <= set(links.ids)
    for target in links.targets:
        if not target.startswith(("#", "http")):
            assert (tmp_path / "public" / target).is_file()
    sizes = set()
    for format_ in GRAPHS:
        content = (tmp_path / "public" / f"ontology.{format_.name}").read_bytes()
        assert format_.rdf is not None
        triples = {quad.triple for quad in ox.parse(content, format=format_.rdf)}
        sizes.add(len(triples))
        assert any(str(t.subject) == f"<{ONTOLOGY}#Drug>" for t in triples)
    assert len(sizes) == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """An error that names it."""
    (tmp_path / "file").touch()
    result = CliRunner().invoke(docs, ["-o", str(tmp_path / "file" / "public")])
    assert result.exit_code == 2
    assert "file" in result.output
