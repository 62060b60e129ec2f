"""Triples → Turtle and TriG for people and for git: the same bytes for the same graph, however large it is.

One triple a line, subjects grouped by kind, so that a diff shows what changed.  The order is made by sorting lines,
which goes through temporary files where they are many: memory does not grow with the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.external_sort import RUN, sorted_lines
from kg.namespaces import PREFIXES, compact, expand
from kg.schema import CLASS_OF_KIND, RELATIONS
from kg.store import Term

#: The order in which kinds of subject are written; other classes follow by name, untyped subjects last.
_CLASS_ORDER: Final = {
    expand(curie): rank
    for rank, curie in enumerate(
        (
            "owl:Ontology",
            "rkg:PressRelease",
            *dict.fromkeys(CLASS_OF_KIND.values()),
            *(relation.node for relation in RELATIONS.values() if relation.node),
            "rkg:Assertion",
            "rkg:Qualification",
            "rkg:Evidence",
            "rkg:Supersession",
            "rkg:Conflict",
            "oa:TextPositionSelector",
            "oa:TextQuoteSelector",
            "skos:ConceptScheme",
            "owl:Class",
            "owl:ObjectProperty",
            "owl:DatatypeProperty",
            "owl:AnnotationProperty",
        )
    )
}
_PREDICATE_ORDER: Final = {
    expand(curie): rank
    for rank, curie in enumerate(
        ("rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:definition")
    )
}

_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_XSD: Final = PREFIXES["xsd"]
# A part of what Turtle's PN_LOCAL allows, without escapes (https://www.w3.org/TR/turtle/#grammar-production-PN_LOCAL).
_LOCAL = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
# Literals that Turtle abbreviates; the lexical form is kept as it is.
_BARE: Final = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f"}
# What an editor or a line-based tool would lose or break a line at; fixed ranges, not Unicode categories,
# which differ between versions of Python.
_UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_SHORT = re.compile(rf'[\\"\t\n{_UNSAFE}]')
_LONG = re.compile(rf'\\|"(?="|\Z)|[{_UNSAFE}]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
#: Parts the fields of a line that is sorted, and stands for a line feed within one: both are escaped in any term.
_PART, _FEED = "\x00", "\x01"
#: IRIs whose short form is remembered.
_MOST_REMEMBERED: Final = 100_000


def write_turtle(
    quads: Iterable[ox.Quad], out: BinaryIO, *, with_graphs: bool = False, run: int = RUN
) -> int:
    """Write Turtle or TriG in UTF-8; returns the number of statements, each counted once.

    Args:
        quads: in any order.  Blank nodes keep their labels.
        out: where to.
        with_graphs: TriG, with the graphs by their IRIs, the default one first; else graph names are left out.
        run: how many bytes are sorted at once in memory.
    """
    writer = _Writer()
    count = 0

    def subjects() -> Iterator[bytes]:
        nonlocal count
        lines = (
            line.decode() for line in sorted_lines(writer.lines(quads, with_graphs=with_graphs), run=run)
        )
        for (graph, subject), content in groupby(
            (line.split(_PART) for line in lines), key=lambda f: (f[0], f[1])
        ):
            predicates = []
            kinds = []
            for _, _, _, name, object_, kind in content:
                predicates.append(f"    {name} {object_} ;{_FEED}")
                kinds += [kind] if kind else []
            count += len(predicates)
            block = f"{subject}{_FEED}{''.join(predicates)}    ."
            yield _PART.join(
                (graph, "1" if subject.startswith("_:") else "0", min(kinds, default=_LAST), subject, block)
            ).encode()

    blocks = sorted_lines(subjects(), run=run)
    first = next(blocks, None)
    if first is None:
        return 0
    # By now every term has been written once, and the prefixes that were used are known.
    for prefix in PREFIXES:
        if prefix in writer.used:
            # `@prefix` rather than SPARQL's `PREFIX`: the oldest tools read it too.
            out.write(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n".encode())
    before: tuple[str, str, str] | None = None
    for line in _chained(first, blocks):
        graph, is_blank, kind, _, block = line.decode().split(_PART)
        if before is not None and before[0] not in ("", graph):
            out.write(b"}\n")
        out.write(b"\n")
        if graph and (before is None or before[0] != graph):
            out.write(f"GRAPH {graph} {{\n".encode())
        if before != (graph, is_blank, kind):
            name = kind[_RANK_DIGITS:]
            out.write(f"# {compact(name) if name else 'without a class'}\n\n".encode())
            before = graph, is_blank, kind
        out.write(block.replace(_FEED, "\n").encode() + b"\n")
    if before is not None and before[0]:
        out.write(b"}\n")
    return count


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


class _Writer:
    """Terms and triples as Turtle, remembering which prefixes were used."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._iris: dict[str, str] = {}
        # The longest namespace first, so that DOID: is taken before obo:.
        self._namespaces = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))

    def lines(self, quads: Iterable[ox.Quad], *, with_graphs: bool) -> Iterator[bytes]:
        """A line for each statement, in whose order a subject's statements stand together, and in theirs."""
        for quad in quads:
            in_graph = with_graphs and not isinstance(quad.graph_name, ox.DefaultGraph)
            graph = self.term(quad.graph_name) if in_graph else ""
            predicate = quad.predicate.value
            rank = _PREDICATE_ORDER.get(predicate, len(_PREDICATE_ORDER))
            kind = ""
            if predicate == _TYPE.value:
                name = "a"
                if isinstance(quad.object, ox.NamedNode):
                    kind = _ranked(quad.object.value)
            else:
                name = self._iri(predicate)
            fields = (graph, self.term(quad.subject), f"{rank:02}", name, self.term(quad.object), kind)
            yield _PART.join(fields).replace("\n", _FEED).encode()

    def term(self, term: Term | ox.DefaultGraph) -> str:
        """A term as Turtle writes it."""
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return str(term)

    def _iri(self, iri: str) -> str:
        short = self._iris.get(iri)
        if short is None:
            if len(self._iris) >= _MOST_REMEMBERED:
                self._iris.clear()
            short = self._iris[iri] = self._shortened(iri)
        return short

    def _shortened(self, iri: str) -> str:
        for prefix, namespace in self._namespaces:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{_NOT_IN_IRI.sub(_code_point, iri)}>"

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(literal.value):
            return literal.value
        if "\n" in literal.value:  # the text of a release reads, and is compared, line by line
            text = f'"""{_LONG.sub(_escape, literal.value)}"""'
        else:
            text = f'"{_SHORT.sub(_escape, literal.value)}"'
        if literal.language is not None:
            direction = literal.direction
            return f"{text}@{literal.language}" + (f"--{direction.value}" if direction is not None else "")
        return text if datatype == _XSD + "string" else f"{text}^^{self._iri(datatype)}"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or _code_point(found)


def _code_point(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"


def _ranked(class_: str) -> str:
    """A class so written that the known ones come in their order, then the others by name."""
    return f"{_CLASS_ORDER.get(class_, len(_CLASS_ORDER)):0{_RANK_DIGITS}}{class_}"


_RANK_DIGITS: Final = 4
_LAST: Final = f"{len(_CLASS_ORDER) + 1:0{_RANK_DIGITS}}"
