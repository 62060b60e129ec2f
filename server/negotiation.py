"""Media types ↔ formats: one table, and the choice of a format by the `Accept` header (RFC 9110 §12.5.1).

No header, like `*/*`, means the first format offered; `?format=` beats the header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from werkzeug.datastructures import MIMEAccept


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """One way of writing a result, a graph or a page; there is one object of each, compared by identity.

    Attributes:
        name: what `?format=` takes, and the file extension.
        label: for people.
        media_types: the registered type first, then the others that clients ask for.
        results: the serialiser of SELECT and ASK results.
        rdf: the serialiser of graphs.
        charset: whether the type has a charset parameter; it is always UTF-8.
    """

    name: str
    label: str
    media_types: tuple[str, ...]
    results: ox.QueryResultsFormat | None = None
    rdf: ox.RdfFormat | None = None
    charset: bool = False

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return self.media_types[0]

    @property
    def is_xml(self) -> bool:
        """Whether its documents are XML."""
        return any(type_.endswith("xml") for type_ in self.media_types)

    def content_type(self, media_type: str = "") -> str:
        """The value of `Content-Type`; a client that asked for one of the other types is answered in it."""
        return (media_type or self.media_type) + ("; charset=utf-8" if self.charset else "")


_ANY_XML: Final = ("application/xml", "text/xml")

#: SELECT and ASK, the default first.
RESULTS: Final = (
    Format(
        "json",
        "JSON",
        ("application/sparql-results+json", "application/json"),
        results=ox.QueryResultsFormat.JSON,
    ),
    Format("xml", "XML", ("application/sparql-results+xml", *_ANY_XML), results=ox.QueryResultsFormat.XML),
    Format("csv", "CSV", ("text/csv",), results=ox.QueryResultsFormat.CSV, charset=True),
    Format("tsv", "TSV", ("text/tab-separated-values",), results=ox.QueryResultsFormat.TSV, charset=True),
)

#: CONSTRUCT, DESCRIBE and the graphs behind IRIs, the default first.
GRAPHS: Final = (
    Format("ttl", "Turtle", ("text/turtle", "application/x-turtle"), rdf=ox.RdfFormat.TURTLE, charset=True),
    Format("nt", "N-Triples", ("application/n-triples",), rdf=ox.RdfFormat.N_TRIPLES),
    Format("rdf", "RDF/XML", ("application/rdf+xml", *_ANY_XML), rdf=ox.RdfFormat.RDF_XML),
    Format("jsonld", "JSON-LD", ("application/ld+json", "application/json"), rdf=ox.RdfFormat.JSON_LD),
    Format("trig", "TriG", ("application/trig",), rdf=ox.RdfFormat.TRIG),
    Format("nq", "N-Quads", ("application/n-quads",), rdf=ox.RdfFormat.N_QUADS),
)

HTML: Final = Format("html", "HTML", ("text/html", "application/xhtml+xml"), charset=True)

#: Errors, the default first (RFC 9457).
PROBLEMS: Final = (
    Format("problem", "problem", ("application/problem+json", "application/json")),
    HTML,
    Format("text", "text", ("text/plain",), charset=True),
)

BY_NAME: Final[dict[str, Format]] = {format_.name: format_ for format_ in (*RESULTS, *GRAPHS, HTML)}

_NOT_IN_NAME: Final = re.compile(r"[^A-Za-z0-9_.-]+")
#: Other names that `?format=` takes.
_SYNONYMS: Final = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "json-ld": "jsonld", "nquads": "nq"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A format, and the media type by which the client knows it."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`."""
        return self.format.content_type(self.media_type)


@lru_cache(maxsize=1024)
def accepted(header: str | None) -> MIMEAccept:
    """The parsed `Accept` header; clients send the same few again and again."""
    # Imported here: query workers need the formats, and werkzeug takes longer to import than all else they need.
    from werkzeug.datastructures import MIMEAccept  # noqa: PLC0415
    from werkzeug.http import parse_accept_header  # noqa: PLC0415

    return parse_accept_header(header, MIMEAccept)


@lru_cache(maxsize=1024)
def choose(accept: MIMEAccept, offered: tuple[Format, ...], *, wanted: str | None = None) -> Choice | None:
    """The format that the client likes best among those offered, or None when it takes none of them.

    Args:
        accept: the parsed header.
        offered: formats, the default first.
        wanted: the value of `?format=`, a name or a media type; it leaves the header no say.
    """
    if wanted:
        key = _SYNONYMS.get(wanted.casefold(), wanted.casefold())
        for format_ in offered:
            # "json" for a graph and "xml" for one mean the format of that family.
            if key == format_.name or any(
                key in (type_, type_.split("/")[-1]) for type_ in format_.media_types
            ):
                return Choice(format_, format_.media_type)
        return None
    if not accept:
        return Choice(offered[0], offered[0].media_type)
    # Registered types come before the others, so that `text/*` means text/csv rather than text/xml.
    media_types: dict[str, Format] = {}
    for format_ in offered:
        media_types[format_.media_type] = format_
    for format_ in offered:
        for other in format_.media_types:
            media_types.setdefault(other, format_)
    # Parameters (`charset`, `profile`) choose nothing here, and werkzeug would look for a type that has them too.
    plain = type(accept)([(value.partition(";")[0].strip(), quality) for value, quality in accept])
    best = plain.best_match(list(media_types))
    return None if best is None else Choice(media_types[best], best)


def listed(offered: tuple[Format, ...]) -> str:
    """The media types offered, for a message."""
    return ", ".join(format_.media_type for format_ in offered)


def disposition(name: str, format_: Format) -> str:
    """The value of `Content-Disposition` that saves a document as a file (RFC 6266).

    Args:
        name: what the client wants it called, without extension; only letters, digits, "-", "_" and "." of it stay.
        format_: gives the extension.
    """
    kept = _NOT_IN_NAME.sub("-", name.removesuffix(f".{format_.name}")).strip("-.")[:100]
    return f'attachment; filename="{kept or "result"}.{format_.name}"'
