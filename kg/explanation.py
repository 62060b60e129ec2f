"""Why a triple is in the graph: the sentences that state it, or the OWL 2 RL rule and its premises, down to sentences.

Nothing was recorded while inferring: the rule is searched for afterwards, among the axioms of the ontology and the
triples that are there, so that an explanation does not depend on which engine inferred.  The rules tried are those
that the ontology uses (classes, properties, inverses, chains, restrictions); where none fits, that is said.
Rules are named as in https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.fact_view import FactLine, facts
from kg.model import Modality, Release
from kg.namespaces import (
    CONFLICTS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    PREFIXES,
    QUERIES_GRAPH,
    REPORT_GRAPH,
    VOCABULARY_GRAPH,
    compact,
    expand,
)
from kg.rule_search import RuleSearch, from_curie, parts
from kg.store import Dataset

_PROLOGUE: Final = "".join(
    f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("rkg", "rdf", "rdfs", "skos", "oa", "dcterms")
)
_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_SPECIAL: Final = {
    ONTOLOGY_GRAPH: "axiom of the ontology",
    VOCABULARY_GRAPH: "from the vocabulary",
    QUERIES_GRAPH: "a named query",
    CONFLICTS_GRAPH: "found by comparing the releases",
    REPORT_GRAPH: "from the validation report",
}
#: Rules from a statement down to what is stated; longer chains of them are not looked for.
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Said:
    """One assertion with one stretch of text that makes it.

    Attributes:
        release: id of the release.
        source: name of its file.
        line, column: where the words begin, both from 1.
        text: the words.
        modality: as the release states it.
        confidence: 0 to 1.
        rules: names of the extraction rules.
        assertion: IRI of the assertion.
    """

    release: str
    source: str
    line: int
    column: int
    text: str
    modality: str
    confidence: float
    rules: tuple[str, ...]
    assertion: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A triple and why it is there.

    Attributes:
        triple: what is explained.
        rule: name of an OWL RL rule; "stated" where a release states it; otherwise the graph it comes from in words.
        axiom: the axiom that the rule applied, as text.
        said: the sentences, best first, where it is stated.
        premises: what the rule was applied to.
    """

    triple: ox.Triple
    rule: str
    axiom: str = ""
    said: tuple[Said, ...] = ()
    premises: tuple[Reason, ...] = ()


class Explainer:
    """Explains the triples of one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._rules = RuleSearch(dataset)
        self._releases: dict[str, Release] = {}

    def triple(self, triple: ox.Triple) -> Reason | None:
        """Why a triple is in the graph; None if no explanation was found.

        A stated triple is explained by its sentences even if it could be inferred too.
        """
        stated = self._stated(triple)
        if stated is not None:
            return stated
        for depth in range(1, _DEEPEST + 1):  # the shortest explanation
            found = self._derived(triple, depth, frozenset())
            if found is not None:
                return found
        return None

    def holds(self, triple: ox.Triple) -> bool:
        """Whether the graph has it."""
        return self._rules.holds(triple)

    def find(self, s: ox.NamedNode, p: ox.NamedNode, text: str, iri: str | None = None) -> ox.Triple | None:
        """The triple of the graph with this object: the IRI, or a literal with this text, whatever its datatype."""
        for quad in self._rules.found(s, p, None):
            if isinstance(quad.object, ox.Literal):
                if quad.object.value == text:
                    return quad.triple
            elif isinstance(quad.object, ox.NamedNode) and quad.object.value == iri:
                return quad.triple
        return None

    def claims(self, triple: ox.Triple) -> tuple[Said, ...]:
        """The assertions that say it, also those that only hope or deny it, which are no triples of the graph."""
        s, p, o = parts(triple)
        return self._said(f"?a rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} .", None)

    def statements(self, iri: str) -> Iterator[tuple[FactLine, tuple[Said, ...]]]:
        """What the releases say about a thing, each statement with its sentences, release by release."""
        for fact in facts(self._dataset, entity=iri):
            release = self._release(fact.release)
            said = []
            for piece in fact.evidence:
                line, column = release.line_column(piece.start)
                said.append(
                    Said(
                        fact.release, release.source, line, column, piece.text, fact.modality,
                        fact.confidence, fact.rules, fact.assertion,
                    )
                )  # fmt: skip
            yield fact, tuple(said)

    def assertions(self, iri: str) -> tuple[Said, ...]:
        """The sentences of an assertion, or of the two sides of a disagreement, the first side first."""
        node, out = ox.NamedNode(iri), list[Said]()
        for side in ("first", "second"):
            words = [q.object for q in self._rules.found(node, from_curie(f"rkg:{side}Evidence"), None)]
            for quad in self._rules.found(node, from_curie(f"rkg:{side}Assertion"), None):
                chosen = f" VALUES ?e {{ {' '.join(map(str, words))} }}" if words else ""
                out += self._said(f"BIND ({quad.object} AS ?a){chosen}", None)[:1]
        return tuple(out) or self._said(f"BIND ({node} AS ?a)", None)

    def disagreements(self, iri: str) -> tuple[ox.NamedNode, ...]:
        """The nodes of supersessions and conflicts about a thing."""
        found = self._rules.found(None, from_curie("rkg:concerns"), ox.NamedNode(iri))
        return tuple(quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode))

    def inferred(self, iri: str) -> tuple[ox.Triple, ...]:
        """The inferred triples that speak of a thing, sorted."""
        node, graph = ox.NamedNode(iri), ox.NamedNode(INFERRED_GRAPH)
        quads = {q.triple for q in self._dataset.quads_for(node, None, None, graph)}
        quads |= {q.triple for q in self._dataset.quads_for(None, None, node, graph)}
        return tuple(sorted(quads, key=str))

    def name(self, term: object) -> str:
        """A term for people: its preferred label, or its CURIE, or the literal."""
        if isinstance(term, ox.Literal):
            return f"“{one_line(term.value)}”"
        if not isinstance(term, ox.NamedNode):
            return str(term)
        if not term.value.startswith(PREFIXES["rkg"]):
            for predicate in ("skos:prefLabel", "rdfs:label"):
                for quad in self._dataset.quads_for(term, from_curie(predicate), None, ox.DefaultGraph()):
                    if isinstance(quad.object, ox.Literal):
                        return quad.object.value
        return compact(term.value)

    def mentions(self, iri: str) -> int:
        """In how many triples of the graph a term occurs."""
        node, default = ox.NamedNode(iri), ox.DefaultGraph()
        found = {
            *self._dataset.quads_for(node, None, None, default),
            *self._dataset.quads_for(None, node, None, default),
            *self._dataset.quads_for(None, None, node, default),
        }
        return len(found)

    # --- what is stated -----------------------------------------------------------------------------------

    def _stated(self, triple: ox.Triple) -> Reason | None:
        graphs = sorted(
            q.graph_name.value
            for q in self._dataset.quads_for(*parts(triple), None)
            if isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value != INFERRED_GRAPH
        )
        if not graphs:
            return None
        said = tuple(s for graph in graphs if graph not in _SPECIAL for s in self._said_in(triple, graph))
        if said:
            # Of the sentences behind a node, those that name the value first.
            value = _words(self.name(triple.object))
            said = tuple(sorted(said, key=lambda one: (-len(value & _words(one.text)), -one.confidence)))
            return Reason(triple, "stated", said=said)
        special = next((_SPECIAL[graph] for graph in graphs if graph in _SPECIAL), "")
        return Reason(triple, special or "recorded when the release was read")

    def _said_in(self, triple: ox.Triple, graph: str) -> tuple[Said, ...]:
        """The assertions of a release behind a triple of its graph: of itself, of its node, or about its subject."""
        s, p, o = parts(triple)
        if not isinstance(s, ox.NamedNode):
            return ()
        patterns = [f"?a rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} .", f"?a rdf:object {s} ."]
        if p == _TYPE or p.value.startswith(PREFIXES["skos"]):
            patterns += [f"?a rdf:subject {s} .", f"?a rdf:object/!rdf:type {s} ."]
        for pattern in patterns:
            if said := self._said(pattern, graph):
                return said
        return ()

    def _said(self, pattern: str, graph: str | None) -> tuple[Said, ...]:
        where = "?g" if graph is None else str(ox.NamedNode(graph))
        rows = self._dataset.select(
            f"""{_PROLOGUE}SELECT DISTINCT ?a ?modality ?confidence ?id ?start ?text ?best {{ GRAPH {where} {{
                {pattern} ?a a rkg:Assertion ; rkg:modality ?modality ; rkg:confidence ?confidence ; rkg:evidence ?e .
                ?e oa:hasSource/dcterms:identifier ?id ; oa:hasSelector ?position , ?quote .
                ?position oa:start ?start . ?quote oa:exact ?text .
                BIND (EXISTS {{ ?a rkg:primaryEvidence ?e }} AS ?best)
            }} }}"""
        )
        found = [{name: str(getattr(term, "value", term)) for name, term in row.items()} for row in rows]
        # Hopes and denials may speak of the same thing, but it is not they that put it into the graph.
        hopes = {f"{PREFIXES['modality']}{modality}" for modality in Modality if modality.is_claim_only}
        found.sort(
            key=lambda r: (r["modality"] in hopes, r["id"], r["a"], r["best"] != "true", int(r["start"]))
        )
        out = []
        for row in found:
            release = self._release(row["id"])
            line, column = release.line_column(int(row["start"]))
            rules = sorted(
                q.object.value
                for q in self._dataset.quads_for(
                    ox.NamedNode(row["a"]), from_curie("rkg:rule"), None, ox.DefaultGraph()
                )
                if isinstance(q.object, ox.Literal)
            )
            modality = row["modality"].rpartition("/")[2]
            out.append(
                Said(
                    row["id"], release.source, line, column, row["text"], modality,
                    float(row["confidence"]), tuple(rules), row["a"],
                )
            )  # fmt: skip
        return tuple(out)

    def _release(self, id_: str) -> Release:
        if id_ not in self._releases:
            rows = self._dataset.select(
                f"{_PROLOGUE}SELECT ?source ?text {{ ?r dcterms:identifier {ox.Literal(id_)} ; rkg:text ?text ."
                " OPTIONAL { ?r rkg:source ?source } }"
            )
            row = next(rows, {})
            source, text = (str(getattr(row.get(key), "value", "")) for key in ("source", "text"))
            self._releases[id_] = Release(id_, source or id_, text)
        return self._releases[id_]

    # --- what is inferred ---------------------------------------------------------------------------------

    def _derived(self, triple: ox.Triple, depth: int, above: frozenset[ox.Triple]) -> Reason | None:
        above |= {triple}
        for step in self._rules.steps(triple):
            premises = []
            for premise in step.premises:
                reason = None if premise in above else self._premise(premise, depth - 1, above)
                if reason is None:
                    break
                premises.append(reason)
            else:
                return Reason(triple, step.rule, step.axiom, premises=tuple(premises))
        return None

    def _premise(self, triple: ox.Triple, depth: int, above: frozenset[ox.Triple]) -> Reason | None:
        stated = self._stated(triple)
        if stated is not None or depth <= 0 or not self.holds(triple):
            return stated
        return self._derived(triple, depth, above)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def one_line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())
