"""What the pages show, read from the graph: names, statements put together, the overview and the search index."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.fact_view import EvidenceLine, FactLine, facts, facts_stated, stated_about
from kg.namespaces import PREFIXES, PROJECT, compact, expand
from kg.schema import CLASS_OF_KIND
from kg.store import Dataset

_PROLOGUE: Final = "".join(
    f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n"
    for prefix in ("rkg", "rdf", "rdfs", "skos", "dcterms", "schema", "owl", "sh")
)
#: Kind of entity → its class, for people.
KIND_NAMES: Final = {expand(curie): str(kind).replace("-", " ") for kind, curie in CLASS_OF_KIND.items()}
_RELEASE_CLASS: Final = expand("rkg:PressRelease")
_LABELS: Final = ("skos:prefLabel", "rdfs:label", "dcterms:title")
#: relation → how its object is shown; a phase is a bare number in the fact view.
_SHOWN: Final = {"trial": "Phase {}"}
#: Triples that are looked at for those that point to a thing; every statement may point to a modality.
_LOOKED_AT: Final = 20_000
#: Designations that the home page shows.
_DESIGNATIONS: Final = 50
#: Predicates that the table of a resource's triples leaves out: too long for a cell, and shown elsewhere.
_NOT_IN_TABLE: Final = frozenset({expand("rkg:text")})


def relation_name(relation: str) -> str:
    """The name of a relation of the fact view, for people: "Drug payload"."""
    return relation.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Term:
    """A value on a page.

    Attributes:
        text: its label, or the literal's text.
        iri: where it leads; None for a literal.
        note: language or datatype of a literal, when it is not a plain string.
    """

    text: str
    iri: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One qualifier of a statement: its name, and its values."""

    name: str
    values: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement stands: the release, its date and headline, and the words."""

    release: str
    date: str
    headline: str
    evidence: EvidenceLine


@dataclass(slots=True)
class Statement:
    """The same statement, with every sentence of every release that makes it."""

    fact: FactLine
    subject: Term
    object: Term
    qualifiers: tuple[Qualifier, ...]
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in a list."""

    id: str
    iri: str
    date: str
    headline: str
    facts: int


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity in a list, with the number of statements about it."""

    iri: str
    label: str
    kind: str
    facts: int
    alt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the SHACL report."""

    severity: str
    focus: Term
    path: Term | None
    message: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the graph.

    Attributes:
        releases: all of them, the latest first.
        drugs: all of them, those that most is said about first.
        designations: the first ones by the name of the drug.
        designated: how many designations there are.
        kinds: how many entities of each kind are spoken of.
    """

    releases: tuple[ReleaseLine, ...]
    drugs: tuple[EntityLine, ...]
    designations: tuple[dict[str, Term], ...]
    designated: int
    kinds: tuple[tuple[str, int], ...]


def statements(
    lines: Iterable[FactLine], releases: Mapping[str, ReleaseLine], names: Mapping[str, str]
) -> tuple[Statement, ...]:
    """Facts put together: what several releases, or several sentences, state alike is one statement.

    Args:
        lines: the facts.
        releases: the releases by id, for dates and headlines.
        names: a name for each IRI that is a qualifier.
    """
    merged: dict[tuple[object, ...], Statement] = {}
    for line in lines:
        key = (line.relation, line.s_iri, line.o_iri or line.o, line.node, line.modality, repr(line.q))
        statement = merged.get(key)
        if statement is None:
            statement = merged[key] = Statement(
                line,
                Term(line.s or "this release", line.s_iri),
                Term(_SHOWN.get(line.relation, "{}").format(line.o), line.o_iri),
                _qualifiers(line, names),
            )
        release = releases.get(line.release)
        date, headline = ("", line.release) if release is None else (release.date, release.headline)
        statement.sources += [Source(line.release, date, headline, piece) for piece in line.evidence]
    for statement in merged.values():
        statement.sources.sort(key=lambda source: (source.date, source.release), reverse=True)
    return tuple(merged.values())


def _qualifiers(line: FactLine, names: Mapping[str, str]) -> tuple[Qualifier, ...]:
    out = []
    for name, value in line.q.items():
        values = value if isinstance(value, list) else [value]
        iris = line.q_iris.get(name, [])
        # A slot holds entities or literals, never both.
        terms = [Term(names[iri], iri) for iri in iris] if iris else [Term(_text(v)) for v in values]
        terms.sort(key=lambda term: term.text.casefold())
        out.append(Qualifier(name.replace("_", " "), tuple(terms)))
    return tuple(out)


def _text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


class Reader:
    """Reads one snapshot for the pages; what is costly is read once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        # The snapshot never changes, and neighbouring pages show the same releases.
        self._facts = lru_cache(maxsize=512)(self._read_facts)
        self._overview: Overview | None = None
        self._index: tuple[tuple[str, EntityLine], ...] | None = None
        self._preparing = threading.RLock()

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """A name for each IRI: its label, or its CURIE."""
        wanted = sorted(set(iris))
        values = " ".join(str(ox.NamedNode(iri)) for iri in wanted)
        # Not by a second VALUES: the store would then look at every label there is.
        query = (
            f"{_PROLOGUE}SELECT ?x ?p ?label {{ VALUES ?x {{ {values} }} ?x ?p ?label "
            f"FILTER(?p IN ({', '.join(_LABELS)})) }}"
        )
        rank = {expand(curie): position for position, curie in enumerate(_LABELS)}
        best: dict[str, tuple[int, str]] = {}
        for row in self._dataset.select(query):
            found = (rank[_value(row["p"])], _value(row["label"]))
            iri = _value(row["x"])
            best[iri] = min(best.get(iri, found), found)
        return {iri: best[iri][1] if iri in best else _short(iri) for iri in wanted}

    def releases(self) -> dict[str, ReleaseLine]:
        """Every release by id, the latest first."""
        return {release.id: release for release in self.overview().releases}

    def of_release(self, release: str) -> tuple[Statement, ...]:
        """What one release states."""
        return self._statements(self._facts(release))

    def text(self, release_iri: str) -> str | None:
        """The text of a release; None when there is no such release."""
        found = self._dataset.quads_for(
            ox.NamedNode(release_iri), ox.NamedNode(expand("rkg:text")), None, ox.DefaultGraph()
        )
        return next((_value(quad.object) for quad in found), None)

    def of_entity(self, iri: str, *, releases: int = 100) -> tuple[tuple[Statement, ...], int]:
        """Every statement that an entity takes part in, and how many releases were left out.

        Args:
            iri: the entity, concept or domain node.
            releases: at most so many are read, the latest ones.
        """
        stated = stated_about(self._dataset, iri)
        latest = [release for release in self.releases().values() if release.iri in stated]
        lines = (
            line
            for release in sorted(latest[:releases], key=lambda release: release.id)
            for line in facts_stated(
                self._dataset, stated[release.iri], release=release.id, graph=release.iri
            )
        )
        found = self._statements(line for line in lines if _takes_part(iri, line))
        return found, len(latest[releases:])

    def _statements(self, lines: Iterable[FactLine]) -> tuple[Statement, ...]:
        found = list(lines)
        names = self.labels(iri for line in found for iris in line.q_iris.values() for iri in iris)
        return statements(found, self.releases(), names)

    def triples(self, iri: str) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
        """The triples with an IRI as subject, grouped by predicate, with names."""
        quads = [
            quad
            for quad in self._dataset.quads_for(ox.NamedNode(iri), None, None, ox.DefaultGraph())
            if quad.predicate.value not in _NOT_IN_TABLE
        ]
        return self._grouped((quad.predicate.value, quad.object) for quad in quads)

    def incoming(self, iri: str, *, limit: int = 200) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
        """Up to `limit` triples with an IRI as object, grouped by predicate, with names."""
        query = (
            f"{_PROLOGUE}SELECT ?s ?p {{ {{ SELECT ?s ?p {{ ?s ?p {ox.NamedNode(iri)} }} LIMIT {_LOOKED_AT} }} "
            f"FILTER NOT EXISTS {{ ?s a rkg:Assertion }} FILTER NOT EXISTS {{ ?s a rkg:Qualification }} }} "
            f"ORDER BY ?p ?s LIMIT {limit}"
        )
        return self._grouped((_value(row["p"]), row["s"]) for row in self._dataset.select(query))

    def uses(self, iri: str) -> int:
        """In how many triples an IRI is the predicate."""
        [row] = self._dataset.select(f"SELECT (COUNT(*) AS ?n) {{ ?s {ox.NamedNode(iri)} ?o }}")
        return int(_value(row["n"]))

    def inferred(self, iri: str, graph: str) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
        """What inference adds about an IRI."""
        quads = self._dataset.quads_for(ox.NamedNode(iri), None, None, ox.NamedNode(graph))
        return self._grouped((quad.predicate.value, quad.object) for quad in quads)

    def findings(self, graph: str, *, limit: int = 500) -> tuple[Finding, ...]:
        """Up to `limit` results of the SHACL report in a graph, the gravest first."""
        rows = list(
            self._dataset.select(
                f"{_PROLOGUE}SELECT ?result ?severity ?focus ?path ?message {{ GRAPH <{graph}> {{ "
                "?result a sh:ValidationResult ; sh:resultSeverity ?severity ; sh:focusNode ?focus . "
                "OPTIONAL { ?result sh:resultPath ?path FILTER(isIRI(?path)) } "
                "OPTIONAL { ?result sh:resultMessage ?message } } }"
            )
        )
        names = self.labels(t.value for row in rows for t in row.values() if isinstance(t, ox.NamedNode))
        found = [
            Finding(
                _value(row["severity"]).rpartition("#")[2].lower(),
                _named(row["focus"], names),
                _named(row["path"], names) if "path" in row else None,
                _optional(row, "message"),
            )
            for row in rows
        ]
        rank = {"violation": 0, "warning": 1}
        found.sort(key=lambda f: (rank.get(f.severity, 2), f.focus.text, f.message))
        return tuple(found[:limit])

    def overview(self) -> Overview:
        """What is in the graph; read once."""
        if self._overview is None:
            with self._preparing:  # once, however many ask
                self._overview = self._overview or self._read_overview()
        return self._overview

    def prepare(self) -> None:
        """Read now what the first pages would have to wait for."""
        self.overview()

    def search(self, text: str, *, kind: str = "", limit: int = 200) -> tuple[EntityLine, ...]:
        """Entities and releases whose name has every word of `text`; whole names and beginnings first.

        Args:
            text: words; empty finds everything of the kind.
            kind: only this kind; any when empty.
            limit: how many at most.
        """
        words = text.casefold().split()
        whole = " ".join(words)
        found: dict[str, tuple[int, EntityLine]] = {}
        for name, line in self._names():
            if (kind and line.kind != kind) or not all(word in name for word in words):
                continue
            rank = 0 if name == whole else 1 if name.startswith(whole) else 2
            if line.iri not in found or rank < found[line.iri][0]:
                found[line.iri] = (rank, line)
        ranked = sorted(found.values(), key=lambda pair: (pair[0], -pair[1].facts, pair[1].label.casefold()))
        return tuple(line for _, line in ranked[:limit])

    def _grouped(
        self, pairs: Iterable[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]
    ) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
        groups: dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = defaultdict(list)
        for predicate, value in pairs:
            groups[predicate].append(value)
        iris = [
            *groups,
            *(t.value for values in groups.values() for t in values if isinstance(t, ox.NamedNode)),
        ]
        names = self.labels(iris)
        out = []
        for predicate, values in groups.items():
            terms = sorted((_named(value, names) for value in values), key=lambda term: term.text.casefold())
            out.append((Term(names[predicate], predicate), tuple(terms)))
        return tuple(sorted(out, key=lambda group: group[0].text.casefold()))

    def _read_facts(self, release: str) -> tuple[FactLine, ...]:
        return tuple(facts(self._dataset, release=release))

    def _read_overview(self) -> Overview:
        counts = self._counted("rkg:statedIn")
        rows = self._dataset.select(
            _PROLOGUE + "SELECT ?r ?id (MIN(STR(?d)) AS ?date) (MIN(?h) AS ?headline) { "
            "?r a rkg:PressRelease ; dcterms:identifier ?id . "
            "OPTIONAL { ?r dcterms:issued ?d } OPTIONAL { ?r schema:headline ?h } } GROUP BY ?r ?id"
        )
        releases = [
            ReleaseLine(
                _value(row["id"]),
                _value(row["r"]),
                _optional(row, "date"),
                _optional(row, "headline") or _value(row["id"]),
                counts[_value(row["r"])],
            )
            for row in rows
        ]
        releases.sort(key=lambda release: (release.date, release.id), reverse=True)
        entities = list({line.iri: line for _, line in self._names()}.values())
        kinds = Counter(line.kind for line in entities if line.facts and line.kind != "release")
        drugs = [line for line in entities if line.kind == "drug"]
        drugs.sort(key=lambda line: (-line.facts, line.label.casefold()))
        designated = list(
            self._dataset.quads_for(None, ox.NamedNode(expand("rkg:hasDesignation")), None, ox.DefaultGraph())
        )
        labels = {line.iri: line.label.casefold() for line in drugs}
        designated.sort(key=lambda quad: (labels.get(_value(quad.subject), ""), _value(quad.object)))
        return Overview(
            tuple(releases),
            tuple(drugs),
            self._designations(_value(quad.object) for quad in designated[:_DESIGNATIONS]),
            len(designated),
            tuple(sorted(kinds.items())),
        )

    def _designations(self, nodes: Iterable[str]) -> tuple[dict[str, Term], ...]:
        values = " ".join(str(ox.NamedNode(node)) for node in nodes)
        rows = list(
            self._dataset.select(
                _PROLOGUE + "SELECT DISTINCT ?node ?drug ?type ?disease ?agency ?status (STR(?d) AS ?date) { "
                f"VALUES ?node {{ {values} }} ?drug rkg:hasDesignation ?node . ?node rkg:designationType ?type . "
                "OPTIONAL { ?node rkg:disease ?disease } OPTIONAL { ?node rkg:agency ?agency } "
                "OPTIONAL { ?node rkg:regulatoryStatus ?status } OPTIONAL { ?node rkg:date ?d } }"
            )
        )
        names = self.labels(t.value for row in rows for t in row.values() if isinstance(t, ox.NamedNode))
        out = [{name: _named(term, names) for name, term in row.items()} for row in rows]
        empty = Term("")
        return tuple(
            sorted(
                out,
                key=lambda r: [r.get(k, empty).text.casefold() for k in ("drug", "type", "disease", "date")],
            )
        )

    def _counts(self) -> Counter[str]:
        """How many statements each entity takes part in, and each release makes."""
        # One by one, and counted by the store: joined in one query, they take ten times as long.
        releases, subjects, objects = (
            self._counted(predicate) for predicate in ("rkg:statedIn", "rdf:subject", "rdf:object")
        )
        found = Counter({iri: n for iri, n in (subjects + objects).items() if iri not in releases})
        found.update(releases)
        # What a node says is part of the statements whose object it is; their subjects have been counted.
        parts = self._dataset.select(
            f"{_PROLOGUE}SELECT DISTINCT ?node ?x {{ "
            "{ SELECT DISTINCT ?node ?s { ?a rdf:object ?node ; rdf:subject ?s FILTER(isIRI(?node)) } } "
            "?node ?p ?x FILTER(?p != rdf:type && isIRI(?x) && ?x != ?s) }"
        )
        for row in parts:
            found[_value(row["x"])] += objects[_value(row["node"])]
        return found

    def _counted(self, predicate: str) -> Counter[str]:
        """How often each IRI is the object of a predicate."""
        query = f"{_PROLOGUE}SELECT ?x (COUNT(?a) AS ?n) {{ ?a {predicate} ?x }} GROUP BY ?x"
        rows = self._dataset.select(query)
        return Counter(
            {_value(row["x"]): int(_value(row["n"])) for row in rows if isinstance(row["x"], ox.NamedNode)}
        )

    def _names(self) -> tuple[tuple[str, EntityLine], ...]:
        """Every name of every entity and release; read once."""
        if self._index is None:
            with self._preparing:
                self._index = self._index or tuple(self._read_names(self._counts()))
        return self._index

    def _read_names(self, counts: Counter[str]) -> list[tuple[str, EntityLine]]:
        classes = " ".join(f"<{iri}>" for iri in (*KIND_NAMES, _RELEASE_CLASS))
        rows = self._dataset.select(
            f"{_PROLOGUE}SELECT DISTINCT ?x ?class ?p ?name {{ VALUES ?class {{ {classes} }} ?x a ?class . "
            "VALUES ?p { skos:prefLabel skos:altLabel skos:hiddenLabel } ?x ?p ?name }"
        )
        kinds: dict[str, str] = {}
        names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            iri = _value(row["x"])
            kinds[iri] = KIND_NAMES.get(_value(row["class"]), "release")
            names[iri][_value(row["p"]).rpartition("#")[2]].append(_value(row["name"]))
        out = []
        for iri, by_property in names.items():
            preferred = sorted(by_property["prefLabel"])
            label = preferred[0] if preferred else compact(iri)
            alt = tuple(sorted(set(by_property["altLabel"])))
            line = EntityLine(iri, label, kinds[iri], counts[iri], alt)
            for name in (*preferred, *alt, *by_property["hiddenLabel"]):
                out.append((" ".join(name.casefold().split()), line))
        return out


def _takes_part(iri: str, line: FactLine) -> bool:
    return iri in (line.s_iri, line.o_iri, line.node) or any(iri in iris for iris in line.q_iris.values())


def _named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, names: dict[str, str]) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term(names.get(term.value, term.value), term.value)
    if isinstance(term, ox.Literal):
        datatype = compact(term.datatype.value)
        return Term(term.value, None, term.language or ("" if datatype == "xsd:string" else datatype))
    return Term(str(term))


def _short(iri: str) -> str:
    """A name for an IRI that has none: its CURIE, or what tells it from its neighbours."""
    curie = compact(iri)
    return curie if curie != iri else iri.removeprefix(PROJECT).removeprefix("id/")


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _optional(row: dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple], name: str) -> str:
    return _value(row[name]) if name in row else ""
