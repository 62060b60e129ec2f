"""The ontology as a reader wants it explained: its terms by subject, with axioms, checks and queries in words.

Read from `ontology/`, `shapes/` and the named queries alone, so that the documentation says what they say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.model import Kind
from kg.namespaces import ONTOLOGY, PREFIXES, SCHEMES, compact, expand
from kg.ontology import named_queries, ontology_quads, shape_files
from kg.schema import CLASS_OF_KIND
from kg.store import Dataset

_Node: TypeAlias = ox.NamedNode | ox.BlankNode

#: Words of an axiom: text, and the IRI that it names, if it names one.
Words: TypeAlias = tuple[tuple[str, str | None], ...]

_KINDS: Final = {
    expand("owl:Class"): "class",
    expand("owl:ObjectProperty"): "object property",
    expand("owl:DatatypeProperty"): "datatype property",
    expand("owl:AnnotationProperty"): "annotation property",
}
_CHARACTERISTICS: Final = {
    expand(f"owl:{name}Property"): name.lower()
    for name in (
        "Functional",
        "InverseFunctional",
        "Transitive",
        "Symmetric",
        "Asymmetric",
        "Reflexive",
        "Irreflexive",
    )
}
_MAPPINGS: Final = {
    "skos:exactMatch": "exactly",
    "skos:closeMatch": "closely",
    "skos:broadMatch": "narrower than",
    "skos:narrowMatch": "broader than",
    "skos:relatedMatch": "related to",
}
#: Keyword of OWL's Manchester syntax for each restriction on a property.
_RESTRICTIONS: Final = {
    "owl:someValuesFrom": "some",
    "owl:allValuesFrom": "only",
    "owl:hasValue": "value",
    "owl:minCardinality": "min",
    "owl:maxCardinality": "max",
    "owl:cardinality": "exactly",
    "owl:minQualifiedCardinality": "min",
    "owl:maxQualifiedCardinality": "max",
    "owl:qualifiedCardinality": "exactly",
}


#: Classes of nodes that only say who said what, or how two statements stand to each other.
_APART: Final = frozenset(
    f"{ONTOLOGY}#{name}"
    for name in ("Assertion", "Evidence", "Qualification", "Disagreement", "Conflict", "Supersession")
)
_BREAK: Final = "\\n"


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a shape checks of a term: the message of the shape, and how bad it is to break it."""

    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class DocumentedTerm:
    """A class or property of the ontology.

    Attributes:
        iri: its IRI; the anchor is what follows the "#".
        label: its label.
        kind: "class", "object property", "datatype property" or "annotation property".
        definition: one sentence.
        examples, notes: further sentences.
        axioms: (name, values): what OWL says of it, each value in words with links.
        mappings: (how, IRI): terms of other vocabularies.
        constraints: what the shapes check.
        queries: names of the queries that use it.
    """

    iri: str
    label: str
    kind: str
    definition: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    axioms: tuple[tuple[str, tuple[Words, ...]], ...]
    mappings: tuple[tuple[str, str], ...]
    constraints: tuple[Constraint, ...]
    queries: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The fragment of its IRI."""
        return self.iri.rpartition("#")[2]

    @property
    def is_class(self) -> bool:
        """Whether it is a class."""
        return self.kind == "class"


@dataclass(frozen=True, slots=True)
class Subject:
    """The terms of one file of the ontology, classes first, each kind by label."""

    stem: str
    title: str
    description: str
    terms: tuple[DocumentedTerm, ...]


@dataclass(frozen=True, slots=True)
class Documentation:
    """The whole ontology, explained.

    Attributes:
        iri: of the ontology.
        facts: (name, values) of its metadata, in words with links.
        subjects: in the order in which the root imports them.
    """

    iri: str
    title: str
    description: str
    version: str
    facts: tuple[tuple[str, tuple[Words, ...]], ...]
    subjects: tuple[Subject, ...]

    @property
    def terms(self) -> Mapping[str, DocumentedTerm]:
        """Every term by its IRI."""
        return {term.iri: term for subject in self.subjects for term in subject.terms}


def documentation() -> Documentation:
    """Read the ontology, its shapes and its queries.

    Raises:
        VocabularyError: a file is malformed; names file and line.
    """
    return _Reader().read()


def core_diagram() -> str:
    """The classes that hold the graph together, and the properties between them, in the DOT language.

    A class is at the core when at least two properties of the ontology lead to it or from it.  What follows from others
    (inverses, property chains) is left out, as are mere values (statuses, kinds) and the nodes that say who said what.

    Raises:
        VocabularyError: a file is malformed; names file and line.
    """
    reader = _Reader()
    return reader.diagram()


class _Reader:
    """Answers what the documentation asks of the ontology."""

    def __init__(self) -> None:
        self._data = Dataset.in_memory(ontology_quads())
        self._labels = {
            quad.subject.value: quad.object.value
            for quad in self._data.quads_for(None, _iri("rdfs:label"), None, ox.DefaultGraph())
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        }

    def read(self) -> Documentation:
        root = ox.NamedNode(ONTOLOGY)
        constraints = _constraints(_shapes())
        queries = _uses_by_queries()
        by_module: dict[str, list[DocumentedTerm]] = defaultdict(list)
        for type_, kind in _KINDS.items():
            for quad in self._data.quads_for(None, _iri("rdf:type"), ox.NamedNode(type_), ox.DefaultGraph()):
                term = quad.subject
                if isinstance(term, ox.NamedNode) and term.value.startswith(f"{ONTOLOGY}#"):
                    home = next(iter(self._iris(term, "rdfs:isDefinedBy")), ONTOLOGY)
                    described = self._term(
                        term, kind, constraints.get(term.value, ()), queries.get(term.value, ())
                    )
                    by_module[home].append(described)
        modules = [root.value, *self._imports(root), *sorted(by_module)]
        subjects = tuple(
            self._subject(module, by_module[module])
            for module in dict.fromkeys(modules)
            if by_module.get(module)
        )
        return Documentation(
            iri=root.value,
            title=self._text(root, "dcterms:title"),
            description=self._text(root, "dcterms:description"),
            version=self._text(root, "owl:versionInfo"),
            facts=self._metadata(root),
            subjects=subjects,
        )

    def diagram(self) -> str:
        links = {link for link in self._links() if not _APART & {link[0], link[2]}}
        degree = Counter(end for source, _, target in links for end in {source, target})
        sources = {source for source, _, _ in links}
        # What only has values (statuses, kinds) is left to the lists: it would be most of the arrows.
        values = {iri for iri in degree if iri not in sources and iri in self._concepts()}
        core = {iri for iri, count in degree.items() if count > 1} - values
        kinds = {
            (quad.subject.value, quad.object.value)
            for quad in self._data.quads_for(None, _iri("rdfs:subClassOf"), None, ox.DefaultGraph())
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
        }
        # Two classes may be linked in several ways: one arrow each, with all the names.
        named: dict[tuple[str, str], list[str]] = defaultdict(list)
        for source, name, target in sorted(links):
            if {source, target} <= core:
                named[source, target].append(name)
        return "\n".join(
            [
                "digraph core {",
                '  graph [rankdir=TB, nodesep=0.2, ranksep=0.5, bgcolor="transparent", pad=0.2];',
                '  node [shape=box, style="rounded", fontname="sans-serif", fontsize=13, margin="0.16,0.09"];',
                '  edge [fontname="sans-serif", fontsize=10, arrowsize=0.7];',
                *(
                    f'  "{compact(iri)}" [label="{self._name(iri)}", href="#{iri.rpartition("#")[2]}"];'
                    for iri in sorted(core)
                ),
                *(
                    f'  "{compact(source)}" -> "{compact(target)}" [label="{_BREAK.join(names)}"];'
                    for (source, target), names in named.items()
                ),
                *(
                    f'  "{compact(kind)}" -> "{compact(wider)}" [arrowhead=empty, style=dashed];'
                    for kind, wider in sorted(kinds)
                    if {kind, wider} <= core
                ),
                "}",
                "",
            ]
        )

    def _links(self) -> Iterator[tuple[str, str, str]]:
        """Class, name of a property that is not derived, class; as axioms or shapes have it."""
        for quad in self._data.quads_for(
            None, _iri("rdf:type"), _iri("owl:ObjectProperty"), ox.DefaultGraph()
        ):
            term = quad.subject
            if isinstance(term, ox.NamedNode) and not self._is_derived(term):
                for source in self._own(term, "rdfs:domain"):
                    for target in self._own(term, "rdfs:range"):
                        yield source, self._name(term.value), target
        for row in _shapes().select(_LINKS):
            from_, property_, to = (row[name] for name in ("from", "property", "to"))
            assert isinstance(from_, ox.NamedNode)
            assert isinstance(property_, ox.NamedNode)
            assert isinstance(to, ox.NamedNode)
            if not self._is_derived(property_):
                yield from_.value, self._name(property_.value), to.value

    def _concepts(self) -> set[str]:
        """The classes whose members are concepts of the vocabulary."""
        return {expand(CLASS_OF_KIND[Kind(scheme)]) for scheme in SCHEMES if scheme in set(Kind)} - {
            expand("rkg:Disease")
        }

    def _own(self, term: ox.NamedNode, curie: str) -> list[str]:
        return [iri for iri in self._iris(term, curie) if iri.startswith(f"{ONTOLOGY}#")]

    def _is_derived(self, term: ox.NamedNode) -> bool:
        return bool(self._objects(term, "owl:propertyChainAxiom") or self._objects(term, "owl:inverseOf"))

    # --- terms --------------------------------------------------------------------------------------------

    def _term(
        self, term: ox.NamedNode, kind: str, constraints: Iterable[Constraint], queries: Iterable[str]
    ) -> DocumentedTerm:
        return DocumentedTerm(
            iri=term.value,
            label=self._name(term.value),
            kind=kind,
            definition=self._text(term, "skos:definition"),
            examples=self._texts(term, "skos:example"),
            notes=self._texts(term, "skos:scopeNote") + self._texts(term, "rdfs:comment"),
            axioms=tuple((name, values) for name, values in self._axioms(term, kind) if values),
            mappings=tuple(
                (how, iri) for curie, how in _MAPPINGS.items() for iri in sorted(self._iris(term, curie))
            ),
            constraints=tuple(constraints),
            queries=tuple(queries),
        )

    def _axioms(self, term: ox.NamedNode, kind: str) -> Iterator[tuple[str, tuple[Words, ...]]]:
        if kind == "class":
            yield "is a kind of", self._words(self._objects(term, "rdfs:subClassOf"))
            yield "has the kinds", self._words(self._subjects("rdfs:subClassOf", term))
            yield "is the same as", self._words(self._objects(term, "owl:equivalentClass"))
            yield "is never also", self._words(self._disjoint(term))
            yield "has the properties", self._words(self._subjects("rdfs:domain", term))
            yield "is the value of", self._words(self._subjects("rdfs:range", term))
            return
        yield "of", self._words(self._objects(term, "rdfs:domain"))
        yield "to", self._words(self._objects(term, "rdfs:range"))
        yield "is a kind of", self._words(self._objects(term, "rdfs:subPropertyOf"))
        yield "has the kinds", self._words(self._subjects("rdfs:subPropertyOf", term))
        inverse = [*self._objects(term, "owl:inverseOf"), *self._subjects("owl:inverseOf", term)]
        yield "is the inverse of", self._words(inverse)
        chains = [self._members(chain) for chain in self._objects(term, "owl:propertyChainAxiom")]
        yield "follows from", tuple(sorted(_joined(map(self._word, chain), " then ") for chain in chains))
        types = {t.value for t in self._objects(term, "rdf:type") if isinstance(t, ox.NamedNode)}
        yield "is", tuple(((name, None),) for iri, name in _CHARACTERISTICS.items() if iri in types)

    def _disjoint(self, term: ox.NamedNode) -> list[_Node | ox.Literal]:
        found = [*self._objects(term, "owl:disjointWith"), *self._subjects("owl:disjointWith", term)]
        all_different = _iri("owl:AllDisjointClasses")
        for quad in self._data.quads_for(None, _iri("rdf:type"), all_different, ox.DefaultGraph()):
            assert not isinstance(quad.subject, ox.Triple)
            members = [
                m for list_ in self._objects(quad.subject, "owl:members") for m in self._members(list_)
            ]
            if term in members:
                found += [member for member in members if member != term]
        return found

    def _words(self, values: Iterable[_Node | ox.Literal]) -> tuple[Words, ...]:
        return tuple(
            sorted({self._word(value) for value in values}, key=lambda words: words[0][0].casefold())
        )

    def _word(self, value: _Node | ox.Literal) -> Words:
        if isinstance(value, ox.NamedNode):
            return ((self._name(value.value), value.value),)
        if isinstance(value, ox.Literal):
            return ((value.value, None),)
        return self._expression(value)

    def _expression(self, node: ox.BlankNode) -> Words:
        """A class expression in the words of OWL's Manchester syntax (https://www.w3.org/TR/owl2-manchester-syntax/)."""
        for curie, joint in (("owl:unionOf", " or "), ("owl:intersectionOf", " and "), ("owl:oneOf", ", ")):
            for list_ in self._objects(node, curie):
                return _joined(map(self._word, self._members(list_)), joint)
        for complement in self._objects(node, "owl:complementOf"):
            return (("not ", None), *self._word(complement))
        for property_ in self._objects(node, "owl:onProperty"):
            for curie, keyword in _RESTRICTIONS.items():
                for filler in self._objects(node, curie):
                    qualified = [
                        word for class_ in self._objects(node, "owl:onClass") for word in self._word(class_)
                    ]
                    words = (*self._word(property_), (f" {keyword} ", None), *self._word(filler))
                    return (*words, (" ", None), *qualified) if qualified else words
        return (("an expression", None),)

    # --- metadata -----------------------------------------------------------------------------------------

    def _metadata(self, root: ox.NamedNode) -> tuple[tuple[str, tuple[Words, ...]], ...]:
        names = {
            "owl:versionInfo": "Version",
            "owl:versionIRI": "This version",
            "dcterms:created": "Created",
            "dcterms:modified": "Changed",
            "dcterms:creator": "By",
            "dcterms:license": "Licence",
            "vann:preferredNamespacePrefix": "Prefix",
            "vann:preferredNamespaceUri": "Namespace",
        }
        found = ((name, self._words(self._objects(root, curie))) for curie, name in names.items())
        return tuple((name, values) for name, values in found if values)

    def _imports(self, root: ox.NamedNode) -> list[str]:
        """In the order of the file, which blank nodes do not disturb: the store keeps none, so by name of the file."""
        return sorted(self._iris(root, "owl:imports"), key=lambda iri: (iri.endswith("/alignment"), iri))

    def _subject(self, module: str, terms: list[DocumentedTerm]) -> Subject:
        node = ox.NamedNode(module)
        stem = module.rpartition("/")[2]
        return Subject(
            stem=stem,
            title=self._text(node, "dcterms:title").rpartition(": ")[2].capitalize(),
            description=self._text(node, "dcterms:description"),
            terms=tuple(sorted(terms, key=lambda t: (not t.is_class, t.label.casefold(), t.iri))),
        )

    # --- the graph ----------------------------------------------------------------------------------------

    def _name(self, iri: str) -> str:
        if iri in self._labels and iri.startswith(ONTOLOGY):
            return self._labels[iri]
        return compact(iri)

    def _objects(self, node: _Node, curie: str) -> list[_Node | ox.Literal]:
        found = self._data.quads_for(node, _iri(curie), None, ox.DefaultGraph())
        return sorted((q.object for q in found if not isinstance(q.object, ox.Triple)), key=str)

    def _subjects(self, curie: str, node: ox.NamedNode) -> list[_Node | ox.Literal]:
        found = self._data.quads_for(None, _iri(curie), node, ox.DefaultGraph())
        return sorted((q.subject for q in found if isinstance(q.subject, ox.NamedNode)), key=str)

    def _iris(self, node: _Node, curie: str) -> list[str]:
        return [term.value for term in self._objects(node, curie) if isinstance(term, ox.NamedNode)]

    def _texts(self, node: _Node, curie: str) -> tuple[str, ...]:
        return tuple(term.value for term in self._objects(node, curie) if isinstance(term, ox.Literal))

    def _text(self, node: _Node, curie: str) -> str:
        return next(iter(self._texts(node, curie)), "")

    def _members(self, node: _Node | ox.Literal) -> list[_Node | ox.Literal]:
        """An RDF list."""
        out: list[_Node | ox.Literal] = []
        while isinstance(node, ox.BlankNode):
            out += self._objects(node, "rdf:first")
            node = next(iter(self._objects(node, "rdf:rest")), _iri("rdf:nil"))
        return out


def _joined(parts: Iterable[Words], joint: str) -> Words:
    out: list[tuple[str, str | None]] = []
    for number, part in enumerate(parts):
        out += [(joint, None), *part] if number else part
    return tuple(out)


_CHECKS: Final = f"""
PREFIX sh: <{PREFIXES["sh"]}>
SELECT DISTINCT ?term ?message ?severity WHERE {{
  {{ ?shape sh:targetClass ?term ; sh:property? ?check }}
  UNION {{ ?check sh:path ?term }}
  UNION {{ ?check sh:path/sh:inversePath ?term }}
  UNION {{ ?shape sh:targetSubjectsOf|sh:targetObjectsOf ?term ; sh:property? ?check }}
  {{ ?check sh:message ?message }} UNION {{ ?check sh:sparql/sh:message ?message }}
  OPTIONAL {{ ?check sh:severity ?severity }}
  FILTER(isIRI(?term))
}}
"""


#: Which class leads to which, as far as a shape says so.
_LINKS: Final = f"""
PREFIX sh: <{PREFIXES["sh"]}>
SELECT DISTINCT ?from ?property ?to WHERE {{
  ?shape sh:targetClass ?from ; sh:property ?check .
  ?check sh:path ?property ; sh:class ?to .
  FILTER(isIRI(?property))
}}
"""


def _shapes() -> Dataset:
    return Dataset.in_memory(
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(expand("rkgs:all")))
        for number, path in enumerate(shape_files())
        for quad in _apart(path.read_bytes(), number)
    )


def _constraints(shapes: Dataset) -> dict[str, tuple[Constraint, ...]]:
    """What the shapes check, by the class or property that they check it of."""
    found: dict[str, set[Constraint]] = defaultdict(set)
    for row in shapes.select(_CHECKS):
        term, message, severity = row["term"], row["message"], row.get("severity")
        assert isinstance(term, ox.NamedNode)
        assert isinstance(message, ox.Literal)
        name = (
            severity.value.rpartition("#")[2].lower() if isinstance(severity, ox.NamedNode) else "violation"
        )
        found[term.value].add(Constraint(message.value, name))
    rank = {"violation": 0, "warning": 1}
    return {
        iri: tuple(sorted(checks, key=lambda c: (rank.get(c.severity, 2), c.message)))
        for iri, checks in found.items()
    }


def _apart(content: bytes, number: int) -> Iterator[ox.Quad]:
    """A file's triples; blank nodes of two files with one label stay two nodes."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def own(node: ox.BlankNode) -> ox.BlankNode:
        return names.setdefault(node, ox.BlankNode(f"s{number}n{len(names)}"))

    for quad in ox.parse(content, format=ox.RdfFormat.TURTLE):
        s = own(quad.subject) if isinstance(quad.subject, ox.BlankNode) else quad.subject
        o = own(quad.object) if isinstance(quad.object, ox.BlankNode) else quad.object
        yield ox.Quad(s, quad.predicate, o, quad.graph_name)


def _uses_by_queries() -> dict[str, tuple[str, ...]]:
    """Names of the queries that use a term, by the term's IRI."""
    found: dict[str, set[str]] = defaultdict(set)
    for query in named_queries():
        for name in re.findall(r"\brkg:(\w+)", query.text):
            found[f"{ONTOLOGY}#{name}"].add(query.name)
    return {iri: tuple(sorted(names)) for iri, names in found.items()}


def _iri(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))
