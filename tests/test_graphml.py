"""`kg.graphml`: things, links, and nothing else."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pyoxigraph as ox

from kg.graphml import write_graphml
from kg.namespaces import PROJECT, Minter
from kg.quads import release_quads
from kg.resolution import resolve
from kg.store import Dataset
from tests import facts as given

G = "{http://graphml.graphdrawing.org/xmlns}"


def written(quads: list[ox.Quad]) -> tuple[ET.Element, tuple[int, int]]:
    out = io.BytesIO()
    counts = write_graphml(Dataset.in_memory(quads), quads, out)
    return ET.fromstring(out.getvalue()), counts


def test_things_and_their_links() -> None:
    """Nodes with name, class and IRI; edges with the property; every end is a node; evidence is left out."""
    quads = list(release_quads(given.RELEASE, resolve({"r1": given.ALL})["r1"], Minter()))
    root, (nodes, edges) = written(quads)
    found = {node.attrib["id"]: {d.attrib["key"]: d.text for d in node} for node in root.iter(f"{G}node")}
    drug, company = f"{PROJECT}id/drug/ex-101", f"{PROJECT}id/organization/example-therapeutics"
    assert found[drug] == {"label": "EX-101", "class": "rkg:Drug", "iri": drug}
    links = [(e.attrib["source"], e[0].text, e.attrib["target"]) for e in root.iter(f"{G}edge")]
    assert (company, "rkg:develops", drug) in links
    assert {end for source, _, target in links for end in (source, target)} == found.keys()
    assert (len(found), len(links)) == (nodes, edges)
    assert not [iri for iri in found if "/evidence/" in iri or "/assertion/" in iri]


def test_the_same_triples_give_the_same_bytes() -> None:
    """Whatever their order; names are text, never markup."""
    a, b, p = (ox.NamedNode(f"urn:{name}") for name in "abp")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    quads = [ox.Quad(a, p, b), ox.Quad(b, p, a), ox.Quad(a, label, ox.Literal("<A> & \x01"))]
    texts = []
    for order in (quads, quads[::-1]):
        out = io.BytesIO()
        write_graphml(Dataset.in_memory(quads), order, out)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    assert "<A> & \ufffd" in {d.text for d in ET.fromstring(texts[0]).iter(f"{G}data")}
