"""Statements → Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML: the same bytes for the same graph.

Turtle and TriG are written by `kg.turtle`, JSON-LD by `kg.jsonld`, RDF/XML by Oxigraph; N-Triples and N-Quads are
sorted lines.  All are written in bounded memory.  Blank nodes (only the ontology has any) are named by RDFC-1.0.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from kg.errors import InputError
from kg.external_sort import sorted_lines
from kg.jsonld import jsonld
from kg.namespaces import PREFIXES, expand
from kg.store import canonical
from kg.turtle import write_turtle

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: Format → usual extension.
FORMATS: Final = {
    "turtle": ".ttl",
    "trig": ".trig",
    "ntriples": ".nt",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
#: Extensions of compressed files.
COMPRESSIONS: Final = (".gz", ".bz2", ".xz", ".zst")
_WITH_GRAPHS: Final = ("trig", "nquads")
_TYPE: Final = ox.NamedNode(expand("rdf:type"))
# A property is an XML element, named by what its IRI ends in.
_XML_NAME_AT_END = re.compile(r"[^\W\d][\w.\-]*\Z")
# What XML 1.0 cannot hold, not even as a character reference (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(quads: Iterable[ox.Quad | ox.Triple], format_: str, out: BinaryIO) -> int:
    """Write statements; returns their number, each counted once.

    Args:
        quads: in any order; graph names are left out where the format has none.
        format_: a key of `FORMATS`.
        out: where to; bytes, in UTF-8.

    Raises:
        InputError: no such format, or it cannot hold a literal.
    """
    if format_ not in FORMATS:
        raise InputError(f"{format_}: no such format; there are {', '.join(FORMATS)}")
    with_graphs = format_ in _WITH_GRAPHS
    content = _relabelled(quads, with_graphs=with_graphs)
    if format_ in ("turtle", "trig"):
        return write_turtle(content, out, with_graphs=with_graphs)
    if format_ in ("ntriples", "nquads"):
        return _write_lines(content, out)
    return _write_jsonld(content, out) if format_ == "jsonld" else _write_rdfxml(content, out)


def packed(path: PurePath) -> tuple[PurePath, str]:
    """A file's name without the extension of its compression, and that extension ("" for none)."""
    extension = path.suffix.casefold()
    return (path.with_suffix(""), extension) if extension in COMPRESSIONS else (path, "")


def format_of(path: PurePath) -> str:
    """The format that a file name's extension asks for; one of `COMPRESSIONS` after it is compression.

    Raises:
        InputError: the extension is not one of ours.
    """
    named, _ = packed(path)
    for name, extension in FORMATS.items():
        if named.suffix.casefold() == extension:
            return name
    raise InputError(f"{path}: cannot tell the format from {path.suffix or 'a name without extension'!r}")


def _relabelled(quads: Iterable[ox.Quad | ox.Triple], *, with_graphs: bool) -> Iterator[ox.Quad]:
    """The quads, their blank nodes named by RDFC-1.0; these names depend on the quads with blank nodes alone."""
    blank = set()
    for quad in quads:
        graph = quad.graph_name if with_graphs and isinstance(quad, ox.Quad) else ox.DefaultGraph()
        told = ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        if isinstance(told.subject, ox.BlankNode) or isinstance(told.object, ox.BlankNode):
            blank.add(told)
        else:
            yield told
    if blank:
        yield from canonical(blank)


def _write_lines(quads: Iterable[ox.Quad], out: BinaryIO) -> int:
    """N-Triples or N-Quads, a statement a line."""
    count = 0
    for line in sorted_lines(str(quad).encode() for quad in quads):
        out.write(line + b" .\n")
        count += 1
    return count


class _Sorted:
    """Statements in the order of their lines, each once, counted as they pass."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.count = 0
        self._lines = sorted_lines(str(quad).encode() for quad in quads)
        #: Sorting reads them all before it gives the first.
        self._first = next(self._lines, None)

    def __iter__(self) -> Iterator[ox.Quad]:
        if self._first is None:
            return
        lines = chain([self._first], self._lines)
        file = io.BufferedReader(_Readable(line + b" .\n" for line in lines), 1 << 16)
        for quad in ox.parse(file, ox.RdfFormat.N_QUADS):
            self.count += 1
            yield quad


class _Readable(io.RawIOBase):
    """Lines as a file, for a parser."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        parts, size = [self._rest], len(self._rest)
        while size < len(view) and (line := next(self._lines, None)) is not None:
            parts.append(line)
            size += len(line)
        content = b"".join(parts)
        view[: len(content)] = content[: len(view)]
        self._rest = content[len(view) :]
        return min(len(content), len(view))


def _write_jsonld(quads: Iterable[ox.Quad], out: BinaryIO) -> int:
    ordered = _Sorted(quads)
    for piece in jsonld(ordered):
        out.write(piece.encode())
    return ordered.count


def _write_rdfxml(quads: Iterable[ox.Quad], out: BinaryIO) -> int:
    """RDF/XML: nothing is written before it is sure that everything can be."""
    elements: set[str] = set()
    ordered = _Sorted(_checked_for_xml(quads, elements))
    prefixes = {
        prefix: iri for prefix, iri in PREFIXES.items() if any(name.startswith(iri) for name in elements)
    }
    ox.serialize((quad.triple for quad in ordered), out, ox.RdfFormat.RDF_XML, prefixes=prefixes)
    return ordered.count


def _checked_for_xml(quads: Iterable[ox.Quad], elements: set[str]) -> Iterator[ox.Quad]:
    """The quads; notes the IRIs that become names of XML elements: predicates and classes.

    Raises:
        InputError: one would be no XML, or not the same text: Oxigraph writes it without a word.
    """
    for quad in quads:
        reason = ""
        if isinstance(quad.object, ox.Literal) and _NOT_XML.search(quad.object.value):
            reason = "the text holds a control character that XML cannot"
        elif not _XML_NAME_AT_END.search(quad.predicate.value):
            reason = "the property's IRI ends in no name for an XML element"
        if reason:
            raise InputError(f"{quad.subject} {quad.predicate}: {reason}; choose another format")
        elements.add(quad.predicate.value)
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            elements.add(quad.object.value)
        yield quad
