"""Triples → GraphML, which Gephi, yEd, Cytoscape and NetworkX open: things and the links between them.

A thing is a node with its name, its class and its IRI; a property between two things is an edge.  What has no place in
a picture is left out: texts, numbers, and the assertions with their evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.namespaces import compact, expand
from kg.store import Dataset

_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_LABELS: Final = tuple(ox.NamedNode(expand(curie)) for curie in ("skos:prefLabel", "rdfs:label"))
_LEFT_OUT: Final = {
    ox.NamedNode(expand(curie))
    for curie in (
        "rkg:Assertion",
        "rkg:Qualification",
        "rkg:Evidence",
        "oa:TextPositionSelector",
        "oa:TextQuoteSelector",
    )
}
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="class" for="node" attr.name="class" attr.type="string"/>
<key id="iri" for="node" attr.name="iri" attr.type="string"/>
<key id="property" for="edge" attr.name="label" attr.type="string"/>
<graph edgedefault="directed">
"""


def write_graphml(dataset: Dataset, quads: Iterable[ox.Quad], out: BinaryIO) -> tuple[int, int]:
    """Write the links among triples; returns the numbers of nodes and edges.

    Args:
        dataset: where names and classes are looked up.
        quads: what to write; graph names are left out, each triple is one edge.
        out: where to; bytes, in UTF-8.  The same triples give the same bytes.
    """
    edges = set()
    left_out: dict[ox.NamedNode, bool] = {}

    def shown(term: object) -> bool:
        if not isinstance(term, ox.NamedNode):
            return False
        if term not in left_out:
            left_out[term] = any(q.object in _LEFT_OUT for q in dataset.quads_for(term, _TYPE))
        return not left_out[term]

    for quad in quads:
        if quad.predicate != _TYPE and shown(quad.subject) and shown(quad.object):
            edges.add((quad.subject.value, compact(quad.predicate.value), quad.object.value))  # type: ignore[union-attr]  # nodes
    nodes = sorted({end for source, _, target in edges for end in (source, target)})
    out.write(_HEAD.encode())
    for iri in nodes:
        node = ox.NamedNode(iri)
        classes = sorted(
            {
                compact(q.object.value)
                for q in dataset.quads_for(node, _TYPE)
                if isinstance(q.object, ox.NamedNode)
            }
        )
        data = {"label": _label(dataset, node), "class": " ".join(classes), "iri": iri}
        fields = "".join(f'<data key="{key}">{_text(value)}</data>' for key, value in data.items())
        out.write(f"<node id={quoteattr(iri)}>{fields}</node>\n".encode())
    for source, label, target in sorted(edges):
        out.write(
            f"<edge source={quoteattr(source)} target={quoteattr(target)}>"
            f'<data key="property">{_text(label)}</data></edge>\n'.encode()
        )
    out.write(b"</graph>\n</graphml>\n")
    return len(nodes), len(edges)


def _label(dataset: Dataset, node: ox.NamedNode) -> str:
    for predicate in _LABELS:
        names = sorted(
            q.object.value for q in dataset.quads_for(node, predicate) if isinstance(q.object, ox.Literal)
        )
        if names:
            return names[0]
    return compact(node.value)


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", value))
