"""RDF files as users give them: found in folders, read by extension, refused with line and column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import InputError

_FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".owl": None,  # RDF/XML or Turtle: told by the first character
}


def find_rdf(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The RDF files among files and folders; a folder gives all below it that have a known extension, sorted.

    Raises:
        InputError: a folder holds none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        files = [path]
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.suffix.casefold() in _FORMATS and p.is_file())
            if not files:
                raise InputError(f"{path}: no RDF file in here ({' '.join(_FORMATS)})")
        found |= dict.fromkeys(files)
    return tuple(found)


def read_rdf(path: Path) -> list[ox.Quad]:
    """The statements of one RDF file, the format told by its extension.

    Raises:
        InputError: no such file, unknown extension, no RDF (with line and column), or nothing in it.
    """
    suffix = path.suffix.casefold()
    if suffix not in _FORMATS:
        raise InputError(f"{path}: not a known extension of RDF files ({' '.join(_FORMATS)})")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    format_ = _FORMATS[suffix]
    if format_ is None:
        # `<` alone would also begin a Turtle IRI.
        is_xml = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<rdf:", b"<!"))
        format_ = ox.RdfFormat.RDF_XML if is_xml else ox.RdfFormat.TURTLE
    try:
        quads = list(
            ox.parse(content, format=format_, base_iri=path.absolute().as_uri(), rename_blank_nodes=True)
        )
    except SyntaxError as error:
        line, column = error.lineno, error.offset
        if line is None and format_ is ox.RdfFormat.RDF_XML:
            line, column = _xml_error(content)
        place = "" if line is None else f":{line}:{column}"
        reason = " ".join(error.msg.split())
        if reason.startswith("Parser error at "):
            reason = reason.partition(": ")[2]
        raise InputError(f"{path}{place}: no valid {format_.name}: {reason}") from error
    if not quads:
        raise InputError(f"{path}:1: holds no RDF statement, so there is nothing to check")
    return quads


def _xml_error(content: bytes) -> tuple[int | None, int | None]:
    """Where a text stops being well-formed XML; Oxigraph does not say."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1
    return 1, 1  # well-formed, so it is the root that is not RDF
