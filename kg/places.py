"""Where in an RDF file a node is written: file, line and column, so that a finding can be shown beside the words.

Parsers forget places, so the file is read a second time, for its tokens alone.  Turtle, TriG, N-Triples and N-Quads
are told apart token by token (a node's place is its first occurrence as a subject, else its first one at all);
RDF/XML by the element that is about the node; JSON-LD by the first "@id" that is the node's IRI, written out or with
a prefix of the file's own context.  The file is expected to be well-formed: it was parsed before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urljoin
from xml.parsers import expat

from kg.namespaces import PREFIXES

_RDF: Final = PREFIXES["rdf"]
_XML_BASE: Final = "http://www.w3.org/XML/1998/namespace base"
_LOCAL_CHARACTER = r"(?:[\w:·\-]|%[0-9A-Fa-f]{2}|\\.)"
_TOKEN: Final = re.compile(
    rf"""
      (?P<skip>[ \t\r\n]+|\#[^\r\n]*)
    | (?P<text>\"\"\"(?:[^"\\]|\\.|"{{1,2}}(?!"))*\"\"\"|'''(?:[^'\\]|\\.|'{{1,2}}(?!'))*'''
              |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><[^<>"{{}}|^`\s]*>)
    | (?P<blank>_:[\w](?:[\w.·\-]*[\w·\-])?)
    | (?P<name>(?:[^\W\d_](?:[\w.·\-]*[\w·\-])?)?:
               (?:{_LOCAL_CHARACTER}(?:(?:{_LOCAL_CHARACTER}|\.)*{_LOCAL_CHARACTER})?)?)
    | (?P<word>@?[A-Za-z][\w\-]*)
    | (?P<number>[+\-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+)?(?<!\.))
    | (?P<mark>\^\^|<<\(?|\)?>>|\{{\||\|\}}|[.;,\[\](){{}}~])
    """,
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_XML: Final = (".rdf", ".xml", ".owl")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def locate(files: Iterable[Path], wanted: Collection[str]) -> dict[str, Place]:
    """The places of nodes in files that were parsed before; a node that stands nowhere is left out.

    Args:
        files: RDF files; what is a subject in one of them goes before what is only mentioned in another.
        wanted: IRIs.
    """
    subjects: dict[str, Place] = {}
    mentions: dict[str, Place] = {}
    missing = set(wanted)
    for file in files:
        if not missing:
            break
        for iri, is_subject, line, column in _occurrences(file):
            if iri in missing:
                mentions.setdefault(iri, Place(str(file), line, column))
                if is_subject:
                    subjects[iri] = Place(str(file), line, column)
                    missing.discard(iri)
                    if not missing:
                        break
    return mentions | subjects


def mentions(file: Path, namespace: str) -> Iterator[tuple[str, Place]]:
    """Every occurrence of an IRI of a namespace in a file, in the order of the text."""
    for iri, _, line, column in _occurrences(file):
        if iri.startswith(namespace):
            yield iri, Place(str(file), line, column)


def _occurrences(file: Path) -> Iterator[tuple[str, bool, int, int]]:
    """IRI, whether it is a subject, line, column."""
    content = file.read_bytes()
    base = file.absolute().as_uri()
    suffix = file.suffix.casefold()
    if suffix == ".jsonld":
        return _in_json(content.decode("utf-8-sig"))
    # An .owl file may be Turtle.
    if suffix in _XML and content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<rdf:", b"<!")):
        return _in_xml(content, base)
    return _in_turtle(content.decode("utf-8-sig", errors="replace"), base)


def _in_turtle(text: str, base: str) -> Iterator[tuple[str, bool, int, int]]:
    """The grammar needs no more than this: a subject follows the start, a full stop, or the brace of a graph."""
    lines = _Lines(text)
    prefixes: dict[str, str] = {}
    depth = 0  # of [] and ()
    start = True  # whether a subject is expected
    directive: list[str] = []  # the words of @prefix or @base so far
    pending: tuple[str, int] | None = None  # a first term, which is a graph's name if a brace follows
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:  # no Turtle; it is not for us to say so
            position += 1
            continue
        position = found.end()
        kind, written = found.lastgroup, found[0]
        if kind == "skip":
            continue
        if pending is not None and written != "{":
            yield pending[0], True, *lines.at(pending[1])
        pending = None
        if directive:
            directive.append(written)
            if kind == "iri":
                iri = urljoin(base, _unescaped(written[1:-1]))
                if directive[0] == "base":
                    base = iri
                else:
                    prefixes[directive[1]] = iri
                directive = []
            continue
        if kind == "word":
            lower = written.lstrip("@").casefold()
            if lower in ("prefix", "base") and start:
                directive = [lower]
            elif lower == "graph" and start:
                start = False
        elif kind in ("iri", "name"):
            if kind == "iri":
                iri = _resolved(_unescaped(written[1:-1]), base)
            else:
                prefix, _, local = written.partition(":")
                iri = prefixes.get(prefix + ":", "") + re.sub(r"\\(.)", r"\1", local)
            if start and depth == 0:
                pending, start = (iri, found.start()), False
            else:
                yield iri, False, *lines.at(found.start())
        elif kind == "mark":
            if written in ("[", "("):
                depth, start = depth + 1, False
            elif written in ("]", ")"):
                depth -= 1
            elif written in (".", "{", "}") and depth == 0:
                start = True
        else:
            start = False
    if pending is not None:
        yield pending[0], True, *lines.at(pending[1])


def _in_xml(content: bytes, base: str) -> Iterator[tuple[str, bool, int, int]]:
    found: list[tuple[str, bool, int, int]] = []
    bases = [base]
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        here = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        bases.append(urljoin(bases[-1], attributes.get(_XML_BASE, "")))
        found.append((name.replace(" ", ""), False, *here))
        for attribute, value in attributes.items():
            local = attribute.removeprefix(f"{_RDF} ")
            if local == "ID":
                found.append((_resolved(f"#{value}", bases[-1]), True, *here))
            elif local in ("about", "resource"):
                found.append((_resolved(value, bases[-1]), local == "about", *here))

    def end(_: str) -> None:
        bases.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(content, True)
    yield from found


def _in_json(text: str) -> Iterator[tuple[str, bool, int, int]]:
    lines = _Lines(text)
    context = {
        name + ":": iri
        for name, iri in re.findall(
            r'"([\w.\-]+)"\s*:\s*(?:\{\s*"@id"\s*:\s*)?"((?:https?|urn):[^"]*[/#:_])"', text
        )
    }
    # "id" is the usual alias of "@id", and ours.
    for found in re.finditer(r'("@?id"\s*:\s*)?"([^"\\\s]+)"(\s*:)?', text):
        iri = found[2]
        prefix, colon, local = iri.partition(":")
        if colon and prefix + ":" in context:
            iri = context[prefix + ":"] + local
        yield iri, found[1] is not None, *lines.at(found.start(2))


class _Lines:
    """Offsets to lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _resolved(reference: str, base: str) -> str:
    """Most IRIs are absolute, and `urljoin` is slow."""
    return reference if "://" in reference else urljoin(base, reference)


def _unescaped(iri: str) -> str:
    return _CODE_POINT.sub(lambda found: chr(int(found[1] or found[2], 16)), iri) if "\\" in iri else iri
