"""Dataset → Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML: the same bytes for the same graph.

Turtle and TriG are written here, one triple a line, subjects grouped by kind, so that a diff shows what changed;
JSON-LD in `kg.jsonld`; the other formats are Oxigraph's, over sorted quads.  Blank nodes (only the ontology has any)
are named by RDFC-1.0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import BinaryIO, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import InputError
from kg.jsonld import jsonld
from kg.namespaces import (
    CONFLICTS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    QUERIES_GRAPH,
    REPORT_GRAPH,
    VOCABULARY,
    VOCABULARY_GRAPH,
    compact,
    expand,
)
from kg.schema import CLASS_OF_KIND, RELATIONS
from kg.store import Dataset, Term, canonical

#: The graphs that are not a release's, by the names that `graph` and `include` take.
SPECIAL_GRAPHS: Final = {
    "ontology": ONTOLOGY_GRAPH,
    "vocabulary": VOCABULARY_GRAPH,
    "queries": QUERIES_GRAPH,
    "inferred": INFERRED_GRAPH,
    "conflicts": CONFLICTS_GRAPH,
    "report": REPORT_GRAPH,
}

#: Format → usual extension.
FORMATS: Final = {
    "turtle": ".ttl",
    "trig": ".trig",
    "ntriples": ".nt",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
_WITH_GRAPHS: Final = ("trig", "nquads")

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
_Node = ox.NamedNode | ox.BlankNode
_NODE_CLASSES: Final = {ox.NamedNode(expand(r.node)) for r in RELATIONS.values() if r.node is not None}
_TEXT: Final = ox.NamedNode(expand("rkg:text"))
_SUBJECT, _OBJECT = ox.NamedNode(expand("rdf:subject")), ox.NamedNode(expand("rdf:object"))
#: How assertions and disagreements point to what they speak of.
_SAYING: Final = tuple(
    ox.NamedNode(expand(curie))
    for curie in (
        "rdf:subject",
        "rdf:object",
        "rkg:value",
        "rkg:statedIn",
        "oa:hasSource",
        "rdf:type",
        "rkg:concerns",
    )
)
#: From an assertion down to the quote.
_PARTS: Final = tuple(
    ox.NamedNode(expand(curie))
    for curie in ("rkg:evidence", "rkg:primaryEvidence", "rkg:qualification", "oa:hasSelector")
)
_NAMING: Final = tuple(ox.NamedNode(expand(curie)) for curie in ("rdf:type", "rdfs:label", "skos:prefLabel"))
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
# A property is an XML element, named by what its IRI ends in.
_XML_NAME_AT_END = re.compile(r"[^\W\d][\w.\-]*\Z")
# What XML 1.0 cannot hold, not even as a character reference (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def export(
    dataset: Dataset,
    format_: str,
    out: BinaryIO,
    *,
    graph: str | None = None,
    include: Sequence[str] = (),
    entity: str | None = None,
    depth: int = 2,
) -> int:
    """Write what a dataset holds; returns the number of statements written.

    Turtle, N-Triples, JSON-LD and RDF/XML hold the union of the graphs chosen, each triple once; TriG and
    N-Quads say which graph each comes from.

    Args:
        dataset: what to write.
        format_: a key of `FORMATS`.
        out: where to; bytes, in UTF-8.
        graph: one graph alone: a name of `SPECIAL_GRAPHS`, a release's id, or an IRI.
        include: names of `SPECIAL_GRAPHS` to write beside the releases (without `graph`), or "evidence": with
            `entity`, the assertions behind the statements, with their sentences; without it they are written anyway.
        entity: IRI of a thing, to write its neighbourhood alone (`neighbourhood`).
        depth: how far that reaches.

    Raises:
        InputError: no such format, graph or entity, or the format cannot hold a literal.
    """
    return write(selected(dataset, graph=graph, include=include, entity=entity, depth=depth), format_, out)


def selected(
    dataset: Dataset,
    *,
    graph: str | None = None,
    include: Sequence[str] = (),
    entity: str | None = None,
    depth: int = 2,
) -> Iterable[ox.Quad]:
    """What `export` writes, for other formats; the arguments are its.

    Raises:
        InputError: no such graph or entity.
    """
    chosen = _graphs(dataset, graph, [name for name in include if name != "evidence"])
    if entity is None:
        return (quad for name in chosen for quad in dataset.quads(name))
    found = neighbourhood(dataset, entity, depth=depth, graphs=chosen, evidence="evidence" in include)
    if not found:
        raise InputError(f"{compact(entity)}: nothing in the graphs chosen speaks of it")
    return found


def neighbourhood(
    dataset: Dataset, entity: str, *, depth: int, graphs: Sequence[str], evidence: bool = False
) -> set[ox.Quad]:
    """What is said of a thing, and of what is said to be linked to it, in so many steps.

    One step is from a thing to what its triples, in either direction, name: a drug, its designation; two, the
    designation's agency and disease.  Concepts of the vocabulary are reached but not passed, since a phase or an agency
    leads to everything.  What is reached last comes with its classes and names.

    Args:
        dataset: where to look.
        entity: IRI.
        depth: number of steps, from 1.
        graphs: IRIs of the graphs to look in.
        evidence: whether to add the assertions of the triples found, with their evidence.
    """
    wanted = set(graphs)
    start = ox.NamedNode(entity)
    found: set[ox.Quad] = set()
    reached: set[_Node] = {start}
    edge: set[_Node] = {start}
    passed: set[_Node] = set()
    for _ in range(depth):
        touching = {quad for node in edge for quad in _touching(dataset, node, wanted)}
        found |= touching
        ends = {end for quad in touching if quad.predicate != _TYPE for end in (quad.subject, quad.object)}
        reached |= {end for end in ends if isinstance(end, (ox.NamedNode, ox.BlankNode))}
        passed |= edge
        edge = {node for node in reached - passed if not str(node).startswith(f"<{VOCABULARY}")}
    if not found:
        return found
    for node in reached:
        for predicate in _NAMING:
            # Names of concepts stand in the vocabulary's graph, whether that was chosen or not.
            found.update(_in(dataset.quads_for(node, predicate), wanted | {VOCABULARY_GRAPH}))
    if evidence:
        found |= _evidence(dataset, found, wanted)
    return found


def _touching(dataset: Dataset, node: _Node, graphs: Collection[str]) -> Iterator[ox.Quad]:
    """The triples about a node, those that only say where it is said left out."""
    yield from (quad for quad in _in(dataset.quads_for(node), graphs) if quad.predicate != _TEXT)
    for quad in _in(dataset.quads_for(None, None, node), graphs):
        if quad.predicate not in _SAYING:
            yield quad


def _evidence(dataset: Dataset, quads: Collection[ox.Quad], graphs: Collection[str]) -> set[ox.Quad]:
    """The assertions of triples and of the nodes among them, and all that hangs on them down to the quotes."""
    nodes = {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object in _NODE_CLASSES}
    triples = {(quad.subject, quad.object) for quad in quads}
    assertions: set[_Node] = set()
    for object_ in nodes | {object_ for _, object_ in triples}:
        if not isinstance(object_, ox.Triple):
            for quad in _in(dataset.quads_for(None, _OBJECT, object_), graphs):
                subjects = (q.object for q in dataset.quads_for(_node(quad.subject), _SUBJECT))
                if object_ in nodes or any((subject, object_) in triples for subject in subjects):
                    assertions.add(_node(quad.subject))
    found: set[ox.Quad] = set()
    waiting = list(assertions)
    while waiting:
        for quad in _in(dataset.quads_for(waiting.pop()), graphs):
            found.add(quad)
            if (
                quad.predicate in _PARTS
                and isinstance(quad.object, ox.NamedNode)
                and quad.object not in assertions
            ):
                assertions.add(quad.object)
                waiting.append(quad.object)
    return found


def _node(term: Term) -> _Node:
    assert isinstance(term, (ox.NamedNode, ox.BlankNode))
    return term


def _in(quads: Iterable[ox.Quad], graphs: Collection[str]) -> Iterator[ox.Quad]:
    return (q for q in quads if isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value in graphs)


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
    content = _ordered(quads, with_graphs=format_ in _WITH_GRAPHS)
    if format_ == "turtle":
        out.write(turtle(content).encode())
    elif format_ == "trig":
        out.write(trig(content).encode())
    elif format_ == "jsonld":
        for piece in jsonld(content):
            out.write(piece.encode())
    else:
        _write_with_oxigraph(content, format_, out)
    return len(content)


def format_of(path: PurePath) -> str:
    """The format that a file name's extension asks for; ".gz" after it is compression.

    Raises:
        InputError: the extension is not one of ours.
    """
    named = PurePath(path.stem) if path.suffix.casefold() == ".gz" else path
    for name, extension in FORMATS.items():
        if named.suffix.casefold() == extension:
            return name
    raise InputError(f"{path}: cannot tell the format from {path.suffix or 'a name without extension'!r}")


def turtle(quads: Iterable[ox.Quad]) -> str:
    """Turtle, the same text for the same triples; graph names are left out.

    Blank nodes keep their labels: pass them through `kg.store.canonical` first.
    """
    writer = _Writer()
    return _with_prefixes(writer, writer.graph(quads))


def trig(quads: Iterable[ox.Quad]) -> str:
    """TriG, the same text for the same quads; as `turtle`, the graphs by their IRIs, the default one first."""
    writer = _Writer()
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else writer.term(quad.graph_name)
        graphs.setdefault(name, []).append(quad)
    blocks = []
    for name, content in sorted(graphs.items()):
        body = writer.graph(content)
        blocks.append(f"GRAPH {name} {{\n{body.rstrip()}\n}}\n" if name else body)
    return _with_prefixes(writer, "\n".join(blocks))


class _Writer:
    """Terms and triples as Turtle, remembering which prefixes were used."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._iris: dict[str, str] = {}
        # The longest namespace first, so that DOID: is taken before obo:.
        self._namespaces = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))

    def graph(self, quads: Iterable[ox.Quad]) -> str:
        subjects: dict[Term, list[ox.Quad]] = {}
        for quad in quads:
            subjects.setdefault(quad.subject, []).append(quad)
        groups: dict[tuple[bool, int, str], list[tuple[str, list[ox.Quad]]]] = {}
        for subject, content in subjects.items():
            groups.setdefault(self._kind(subject, content), []).append((self.term(subject), content))
        out: list[str] = []
        for (_, _, kind), members in sorted(groups.items()):
            out.append(f"# {compact(kind) if kind else 'without a class'}\n\n")
            for subject_text, content in sorted(members, key=lambda member: member[0]):
                out += [subject_text, "\n", *self._predicates(content), "    .\n\n"]
        return "".join(out)

    def term(self, term: Term | ox.DefaultGraph) -> str:
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return str(term)

    def _kind(self, subject: Term, content: Iterable[ox.Quad]) -> tuple[bool, int, str]:
        """Where a subject's group stands: named nodes first, the known classes in their order, then by name."""
        classes = [
            q.object.value for q in content if q.predicate == _TYPE and isinstance(q.object, ox.NamedNode)
        ]
        ranked = [(_CLASS_ORDER.get(iri, len(_CLASS_ORDER)), iri) for iri in classes]
        rank, iri = min(ranked, default=(len(_CLASS_ORDER) + 1, ""))
        return isinstance(subject, ox.BlankNode), rank, iri

    def _predicates(self, content: Iterable[ox.Quad]) -> Iterator[str]:
        lines = set()
        for quad in content:
            predicate = quad.predicate.value
            rank = _PREDICATE_ORDER.get(predicate, len(_PREDICATE_ORDER))
            name = "a" if quad.predicate == _TYPE else self._iri(predicate)
            lines.add((rank, name, self.term(quad.object)))
        for _, name, object_ in sorted(lines):
            yield f"    {name} {object_} ;\n"

    def _iri(self, iri: str) -> str:
        if iri not in self._iris:
            self._iris[iri] = self._shortened(iri)
        return self._iris[iri]

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


def _with_prefixes(writer: _Writer, body: str) -> str:
    # `@prefix` rather than SPARQL's `PREFIX`: the oldest tools read it too.
    head = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in PREFIXES if p in writer.used)
    return f"{head}\n{body}".rstrip("\n") + "\n" if body else ""


def _graphs(dataset: Dataset, graph: str | None, include: Sequence[str]) -> list[str]:
    there = dataset.graphs()
    if graph is None:
        special = set(SPECIAL_GRAPHS.values())
        return [iri for iri in there if iri not in special] + [SPECIAL_GRAPHS[name] for name in include]
    ending = f"/id/release/{quote(graph, safe='')}"
    for iri in there:
        if iri in (graph, SPECIAL_GRAPHS.get(graph)) or iri.endswith(ending):
            return [iri]
    raise InputError(
        f"{graph}: no such graph; name a release by its id, or one of "
        + ", ".join(name for name, iri in SPECIAL_GRAPHS.items() if iri in there)
    )


def _ordered(quads: Iterable[ox.Quad | ox.Triple], *, with_graphs: bool) -> list[ox.Quad]:
    content = {
        quad
        if with_graphs and isinstance(quad, ox.Quad)
        else ox.Quad(quad.subject, quad.predicate, quad.object)
        for quad in quads
    }
    if any(isinstance(term, ox.BlankNode) for quad in content for term in (quad.subject, quad.object)):
        content = set(canonical(content))
    return sorted(content, key=str)


def _write_with_oxigraph(quads: Sequence[ox.Quad], format_: str, out: BinaryIO) -> None:
    oxigraph = {
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }[format_]
    if format_ == "rdfxml":
        _check_xml(quads)
    content: Iterable[ox.Quad] | Iterable[ox.Triple] = quads
    if format_ != "nquads":
        content = [quad.triple for quad in quads]
    ox.serialize(content, out, oxigraph, prefixes=_element_prefixes(quads) if format_ == "rdfxml" else None)


def _check_xml(quads: Iterable[ox.Quad]) -> None:
    """Refuse what would be no XML, or not the same text: Oxigraph writes it without a word."""
    for quad in quads:
        reason = ""
        if isinstance(quad.object, ox.Literal) and _NOT_XML.search(quad.object.value):
            reason = "the text holds a control character that XML cannot"
        elif not _XML_NAME_AT_END.search(quad.predicate.value):
            reason = "the property's IRI ends in no name for an XML element"
        if reason:
            raise InputError(f"{quad.subject} {quad.predicate}: {reason}; choose another format")


def _element_prefixes(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """The prefixes of the IRIs that become names of XML elements: predicates and classes."""
    names = {quad.predicate.value for quad in quads}
    names |= {q.object.value for q in quads if q.predicate == _TYPE and isinstance(q.object, ox.NamedNode)}
    return {prefix: iri for prefix, iri in PREFIXES.items() if any(name.startswith(iri) for name in names)}
