"""`kg explain`: why a statement is in the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.failures import CouldNotTell, Refused
from kg.cli.options import as_thing, as_thing_or_none, data_option
from kg.cli.terminal import print_lines
from kg.namespaces import compact

if TYPE_CHECKING:
    from kg.explanation import Explainer


@click.command(short_help="Show why a statement is in the graph.")
@click.argument("subject", metavar="IRI")
@click.argument("predicate_and_object", nargs=-1, metavar="[PREDICATE OBJECT]")
@data_option
def explain(subject: str, predicate_and_object: tuple[str, ...], data: Path) -> None:
    """Show what a thing's statements, or one triple, rest on: the sentences, or the rule and its premises.

    With IRI alone: what the releases say about it, each statement with its sentences (file:line:column).  With
    PREDICATE and OBJECT: why that triple is there; for an inferred one the OWL 2 RL rule and its premises, down to
    sentences.  Terms are IRIs, CURIEs (agency:fda, rkg:develops), or paths below the base (drug/clr-131); an OBJECT
    that is none of them is a literal.

    Exit code 0 when it is explained, 1 when it is not in the graph, 2 when that cannot be told.

    \b
    Examples:
      kg explain drug/clr-131
      kg explain drug/clr-131 rkg:studiedFor disease:multiple-myeloma
    """
    from kg.explanation import Explainer
    from kg.explanation_lines import entity_lines
    from kg.snapshots import Snapshots

    if len(predicate_and_object) not in (0, 2):
        raise click.UsageError("Give an IRI alone, or subject, predicate and object.")
    snapshot = Snapshots(data).current()
    explainer = Explainer(snapshot.open())
    base = snapshot.manifest.base
    iri = as_thing(subject, base)
    if predicate_and_object:
        _explain_triple(explainer, iri, *predicate_and_object, base=base)
    elif explainer.mentions(iri) == 0:
        raise Refused(f"{compact(iri)}: not in the graph")
    else:
        print_lines(entity_lines(explainer, iri))


def _explain_triple(explainer: Explainer, subject: str, predicate: str, object_: str, *, base: str) -> None:
    import pyoxigraph as ox

    from kg.explanation_lines import claim_lines, reason_lines

    s, p = ox.NamedNode(subject), ox.NamedNode(as_thing(predicate, base))
    triple = explainer.find(s, p, object_, as_thing_or_none(object_, base))
    shown = f"{compact(s.value)} {compact(p.value)} {object_}"
    if triple is None:
        target = as_thing_or_none(object_, base)
        claims = () if target is None else explainer.claims(ox.Triple(s, p, ox.NamedNode(target)))
        if claims:
            print_lines(claim_lines(claims))
            raise Refused(f"{shown}: not in the graph, only said to be {claims[0].modality}")
        raise Refused(f"{shown}: not in the graph")
    reason = explainer.triple(triple)
    if reason is None:
        raise CouldNotTell(f"{shown}: in the graph, but by no statement or rule known here")
    print_lines(reason_lines(explainer, reason))
