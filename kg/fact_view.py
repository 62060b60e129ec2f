"""The graph read back by SPARQL: one flat line for each statement (the reader's half of `kg.schema`).

A line proves that the triples are there: nothing in it comes from the extractor's memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.namespaces import PREFIXES, expand
from kg.result_names import other_names
from kg.schema import RELATIONS, Range, Relation
from kg.store import Dataset

_RELATION_OF: Final = {expand(r.predicate): r for r in RELATIONS.values()}
_PROLOGUE: Final = "".join(
    f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("rkg", "rdf", "skos", "oa", "xsd", "dcterms")
)
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Row = dict[str, _Term]
QualifierValue = str | int | float | bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Character offsets into the release's text as stored, and exactly that slice."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """One statement of one release, flat (FACTS.md's line, and the IRIs behind it).

    Attributes:
        release: id of the release.
        relation: name of the relation ("rel" in JSON).
        s, o: preferred labels of subject and object; "" where the subject is the release.
        s_iri, o_iri: their IRIs; o_iri is None where the object is a literal.
        s_alt, o_alt: every other label that the graph holds for them.
        q: qualifiers; a list where the relation allows several.
        modality: asserted, planned, hypothetical, historical, negated.
        confidence: 0 to 1.
        evidence: best first.
        assertion: IRI of the assertion.
        node: IRI of the domain node, None for direct relations.
        rules: names of the extraction rules.
        q_iris: IRIs of the qualifiers that are entities.
    """

    release: str
    relation: str
    s: str
    o: str
    s_iri: str
    o_iri: str | None
    s_alt: tuple[str, ...]
    o_alt: tuple[str, ...]
    q: dict[str, QualifierValue | list[QualifierValue]]
    modality: str
    confidence: float
    evidence: tuple[EvidenceLine, ...]
    assertion: str
    node: str | None
    rules: tuple[str, ...] = field(default=())
    q_iris: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The line as `kg facts` prints it."""
        line: dict[str, Any] = {
            "release": self.release,
            "rel": self.relation,
            "s": self.s,
            "o": self.o,
            "s_iri": self.s_iri,
            "o_iri": self.o_iri,
            "s_alt": list(self.s_alt),
            "o_alt": list(self.o_alt),
            "q": self.q,
            "modality": self.modality,
            "confidence": self.confidence,
            "support": len(self.evidence),
            "rules": list(self.rules),
        }
        if self.evidence:
            line["evidence"] = asdict(self.evidence[0])
        return line


def facts(dataset: Dataset, *, release: str | None = None, entity: str | None = None) -> Iterator[FactLine]:
    """The statements of the graph, release by release in the order of their ids, then of the text.

    Args:
        dataset: what to read; a dataset that follows docs/model.md.
        release: id of one release; all by default.
        entity: IRI; only statements that it takes part in, as subject, object, qualifier or node.

    Raises:
        StoreError: the graph breaks the pattern of docs/model.md.
    """
    found = _releases(dataset, release)
    stated = None if entity is None else stated_about(dataset, entity)
    for name in sorted(found):
        graph = found[name]
        if stated is None:
            yield from _facts_of(dataset, name, graph, "?a a rkg:Assertion .")
        elif graph in stated:
            yield from facts_stated(dataset, stated[graph], release=name, graph=graph)


def facts_stated(
    dataset: Dataset, assertions: Iterable[str], *, release: str, graph: str
) -> Iterator[FactLine]:
    """The statements behind some assertions of one release, in the order of its text.

    Args:
        dataset: what to read.
        assertions: their IRIs, as from `stated_about`.
        release: id of the release.
        graph: IRI of its graph.
    """
    wanted = " ".join(str(ox.NamedNode(a)) for a in sorted(assertions))
    return _facts_of(dataset, release, graph, f"VALUES ?a {{ {wanted} }}")


def _releases(dataset: Dataset, id_: str | None) -> dict[str, str]:
    """Graph by id: of all releases, or of one, if it is there."""
    identifier = "?id" if id_ is None else str(ox.Literal(id_))
    rows = dataset.select(
        _PROLOGUE + f"SELECT * {{ ?r dcterms:identifier {identifier} ; a rkg:PressRelease }}"
    )
    return {_value(row["id"]) if id_ is None else id_: _value(row["r"]) for row in rows}


def _facts_of(dataset: Dataset, release: str, graph: str, wanted: str) -> Iterator[FactLine]:
    assertions = _assertions(dataset, graph, wanted)
    if not assertions:
        return
    evidence = _evidence(dataset, graph, wanted)
    rules = _rules(dataset, graph, wanted)
    nodes = _properties(dataset, graph, wanted)
    qualifications = _qualifications(dataset, graph, wanted)

    drafts = []
    for iri, row in assertions.items():
        relation = _RELATION_OF.get(_value(row["p"]))
        if relation is None:
            raise StoreError(f"{iri}: its predicate {_value(row['p'])} belongs to no relation")
        target = row["o"]
        node = None if relation.node is None else _value(target)
        properties: Mapping[str, list[_Term]] = {}
        if node is not None:
            properties = qualifications.get(iri) or nodes.get(node, {})
            objects = properties.get(expand(relation.object_predicate), [])
            if not objects:
                raise StoreError(f"{node}: has no {relation.object_predicate}")
            target = objects[0]
        drafts.append(
            _Draft(iri, row, relation, node, target, properties, evidence.get(iri, []), rules.get(iri, []))
        )

    labels = _labels(dataset, {t.value for d in drafts for t in d.terms() if isinstance(t, ox.NamedNode)})
    yield from sorted(
        (_line(release, draft, labels) for draft in drafts),
        key=lambda f: (
            f.evidence[0].start if f.evidence else -1,
            f.relation,
            f.s,
            f.o,
            repr(f.q),
            f.assertion,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """An assertion as the graph has it, before names are put in place of IRIs."""

    assertion: str
    row: _Row
    relation: Relation
    node: str | None
    object: _Term
    properties: Mapping[str, list[_Term]]
    evidence: list[EvidenceLine]
    rules: list[str]

    def terms(self) -> Iterator[_Term]:
        yield self.row["s"]
        yield self.object
        for values in self.properties.values():
            yield from values


def _line(release: str, draft: _Draft, labels: Mapping[str, tuple[str, ...]]) -> FactLine:
    def names(term: _Term) -> tuple[str, ...]:
        return labels.get(term.value, (term.value,)) if isinstance(term, ox.NamedNode) else (_value(term),)

    relation = draft.relation
    q: dict[str, QualifierValue | list[QualifierValue]] = {}
    q_iris: dict[str, list[str]] = {}
    for slot in relation.slots:
        terms = draft.properties.get(expand(slot.predicate), [])
        if not terms:
            continue
        values: list[QualifierValue] = [
            _python(t) if isinstance(slot.range, Range) else names(t)[0] for t in terms
        ]
        values.sort(key=str)
        q[slot.name] = values if slot.many else values[0]
        if iris := sorted(t.value for t in terms if isinstance(t, ox.NamedNode)):
            q_iris[slot.name] = iris
    subject = names(draft.row["s"]) if relation.subject else ("",)
    objects = names(draft.object)
    if relation.name == "result":
        objects += other_names(
            objects[0], [names(t) for t in draft.properties.get(expand("rkg:endpoint"), [])]
        )
    return FactLine(
        release=release,
        relation=relation.name,
        s=subject[0],
        o=objects[0],
        s_iri=_value(draft.row["s"]),
        o_iri=draft.object.value if isinstance(draft.object, ox.NamedNode) else None,
        s_alt=subject[1:],
        o_alt=objects[1:],
        q=q,
        modality=_value(draft.row["modality"]).rpartition("/")[2],
        confidence=float(_value(draft.row["confidence"])),
        evidence=tuple(draft.evidence),
        assertion=draft.assertion,
        node=draft.node,
        rules=tuple(draft.rules),
        q_iris=q_iris,
    )


# --- the queries ------------------------------------------------------------------------------------------


def stated_about(dataset: Dataset, entity: str) -> dict[str, set[str]]:
    """The assertions that an entity takes part in, by the IRI of the release."""
    e = str(ox.NamedNode(entity))
    query = f"""{_PROLOGUE}SELECT DISTINCT ?g ?a {{
        {{ ?a rdf:subject {e} ; rkg:statedIn ?g }}
        UNION {{ ?a rdf:object {e} ; rkg:statedIn ?g }}
        UNION {{ ?q rkg:value {e} . ?a rkg:qualification ?q ; rkg:statedIn ?g }}
    }}"""
    out: dict[str, set[str]] = defaultdict(set)
    for row in dataset.select(query):
        out[_value(row["g"])].add(_value(row["a"]))
    # The nodes first, then their assertions: joined in one query, the store looks at every assertion there is.
    uses = f"""{_PROLOGUE}SELECT DISTINCT ?g ?n {{
        GRAPH ?g {{ ?n ?property {e} }} FILTER(?property NOT IN (rdf:type, rkg:modality))
    }}"""
    nodes = {
        (_value(row["g"]), _value(row["n"]))
        for row in dataset.select(uses)
        if isinstance(row["n"], ox.NamedNode)
    }
    values = " ".join(f"<{node}>" for node in sorted({node for _, node in nodes}))
    query = f"""{_PROLOGUE}SELECT ?g ?a ?n ?p {{
        VALUES ?n {{ {values} }} ?a rdf:object ?n ; rdf:predicate ?p ; rkg:statedIn ?g
    }}"""
    for row in dataset.select(query) if nodes else ():
        relation = _RELATION_OF.get(_value(row["p"]))
        if (
            (_value(row["g"]), _value(row["n"])) in nodes
            and relation is not None
            and relation.node is not None
        ):
            out[_value(row["g"])].add(_value(row["a"]))
    return out


def _query(graph: str, wanted: str, variables: str, pattern: str) -> str:
    return f"{_PROLOGUE}SELECT {variables} {{ GRAPH {ox.NamedNode(graph)} {{ {wanted} {pattern} }} }}"


def _assertions(dataset: Dataset, graph: str, wanted: str) -> dict[str, _Row]:
    query = _query(
        graph,
        wanted,
        "?a ?s ?p ?o ?modality ?confidence",
        "?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rkg:modality ?modality ; rkg:confidence ?confidence",
    )
    return {_value(row["a"]): row for row in dataset.select(query)}


def _evidence(dataset: Dataset, graph: str, wanted: str) -> dict[str, list[EvidenceLine]]:
    query = _query(
        graph,
        wanted,
        "?a ?best ?start ?end ?text",
        "?a rkg:evidence ?e . ?e oa:hasSelector ?position , ?quote . ?position oa:start ?start ; oa:end ?end ."
        " ?quote oa:exact ?text . BIND(EXISTS { ?a rkg:primaryEvidence ?e } AS ?best)",
    )
    rows = sorted(dataset.select(query), key=lambda r: (_value(r["best"]) != "true", int(_value(r["start"]))))
    out: dict[str, list[EvidenceLine]] = defaultdict(list)
    for row in rows:
        piece = EvidenceLine(int(_value(row["start"])), int(_value(row["end"])), _value(row["text"]))
        out[_value(row["a"])].append(piece)
    return out


def _rules(dataset: Dataset, graph: str, wanted: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for row in dataset.select(_query(graph, wanted, "?a ?rule", "?a rkg:rule ?rule")):
        out[_value(row["a"])].append(_value(row["rule"]))
    return {assertion: sorted(names) for assertion, names in out.items()}


def _properties(dataset: Dataset, graph: str, wanted: str) -> dict[str, dict[str, list[_Term]]]:
    query = _query(graph, wanted, "DISTINCT ?n ?p ?v", "?a rdf:object ?n . ?n ?p ?v")
    return _grouped(dataset.select(query), "n")


def _qualifications(dataset: Dataset, graph: str, wanted: str) -> dict[str, dict[str, list[_Term]]]:
    query = _query(graph, wanted, "?a ?p ?v", "?a rkg:qualification [ rkg:onProperty ?p ; rkg:value ?v ]")
    return _grouped(dataset.select(query), "a")


def _grouped(rows: Iterable[_Row], key: str) -> dict[str, dict[str, list[_Term]]]:
    out: dict[str, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        out[_value(row[key])][_value(row["p"])].append(row["v"])
    return out


def _labels(dataset: Dataset, iris: set[str]) -> dict[str, tuple[str, ...]]:
    """The names of each IRI, the preferred one first."""
    values = " ".join(str(ox.NamedNode(iri)) for iri in sorted(iris))
    query = (
        # Not by a second VALUES: the store would then look at every label there is.
        f"{_PROLOGUE}SELECT ?x ?p ?v {{ VALUES ?x {{ {values} }} ?x ?p ?v "
        "FILTER(?p IN (skos:prefLabel, skos:altLabel, skos:hiddenLabel)) }"
    )
    rank = {expand(f"skos:{name}"): i for i, name in enumerate(("prefLabel", "altLabel", "hiddenLabel"))}
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in dataset.select(query):
        found[_value(row["x"])].append((rank[_value(row["p"])], _value(row["v"])))
    return {iri: tuple(dict.fromkeys(name for _, name in sorted(names))) for iri, names in found.items()}


def _value(term: _Term) -> str:
    if isinstance(term, ox.Triple):
        raise StoreError(f"{term}: a triple term where a name or a value was expected")
    return term.value


def _python(term: _Term) -> QualifierValue:
    """A literal as JSON has it."""
    text = _value(term)
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        if kind == "boolean":
            return text == "true"
        if kind == "integer":
            return int(text)
        if kind == "decimal":
            number = Decimal(text)
            return int(number) if number == number.to_integral_value() else float(number)
    return text
