"""Explanations as lines for people: a triple with its rule and premises, a thing with what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.explanation import Explainer, Reason, Said, one_line
from kg.namespaces import compact
from kg.rule_search import parts

#: Stretches of a line of output, each with a style of rich ("" for none).
Line: TypeAlias = tuple[tuple[str, str], ...]

_SENTENCES_SHOWN: Final = 3


def reason_lines(explainer: Explainer, reason: Reason, *, indent: str = "") -> Iterator[Line]:
    """An explanation as lines: the triple, how it comes, what lies below it indented."""
    s, p, o = parts(reason.triple)
    yield (
        (indent, ""),
        (explainer.name(s), "bold"),
        (f"  {compact(p.value)}  ", "cyan"),
        (explainer.name(o), "bold"),
    )
    if reason.said:
        yield from _said_lines(reason.said, indent + "  ")
    elif reason.axiom:
        yield ((f"{indent}  inferred by ", "dim"), (reason.rule, "magenta"), (f": {reason.axiom}", ""))
        for premise in reason.premises:
            yield from reason_lines(explainer, premise, indent=indent + "    ")
    else:
        yield ((f"{indent}  {reason.rule}", "dim"),)


def entity_lines(explainer: Explainer, iri: str) -> Iterator[Line]:
    """What is known about a thing, each statement with its sentences, then what was inferred about it."""
    yield ((explainer.name(ox.NamedNode(iri)), "bold"), (f"  <{iri}>", "dim"))
    for fact, said in explainer.statements(iri):
        qualifiers = "; ".join(
            f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
            for name, value in fact.q.items()
        )
        yield ()
        yield (
            (fact.relation, "cyan"),
            (f"  {one_line(fact.s)}{' → ' if fact.s else ''}{one_line(fact.o)}", "bold"),
            (f"  [{one_line(qualifiers)}]" if qualifiers else "", ""),
        )
        yield from _said_lines(said, "  ")
    if said := explainer.assertions(iri):
        yield ()
        yield from _said_lines(said, "  ")
    for node in explainer.disagreements(iri):
        yield ()
        yield (
            ("between releases", "yellow"),
            (f"  {explainer.name(node)}", "bold"),
            (f"  <{node.value}>", "dim"),
        )
        yield from _said_lines(explainer.assertions(node.value), "  ")
    inferred = explainer.inferred(iri)
    if inferred:
        yield ()
        yield (("inferred", "magenta"), ("  (kg explain SUBJECT PREDICATE OBJECT shows from what)", "dim"))
    for triple in inferred:
        s, p, o = parts(triple)
        yield ((f"  {explainer.name(s)}  ", ""), (compact(p.value), "cyan"), (f"  {explainer.name(o)}", ""))


def claim_lines(said: Sequence[Said]) -> Iterator[Line]:
    """What is only hoped, planned or denied."""
    yield from _said_lines(said, "  ")


def _said_lines(said: Sequence[Said], indent: str) -> Iterator[Line]:
    for one in said[:_SENTENCES_SHOWN]:
        yield (
            (f"{indent}{one.source}:{one.line}:{one.column}", "green"),
            (f"  {one.modality} {one.confidence:g}  {' '.join(one.rules)}", "dim"),
        )
        yield ((f"{indent}  “{one_line(one.text)}”", ""),)
    if len(said) > _SENTENCES_SHOWN:
        yield ((f"{indent}and {len(said) - _SENTENCES_SHOWN} more", "dim"),)
