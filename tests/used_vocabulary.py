"""The vocabulary as far as the rest of a graph speaks of it: nine tenths of a small graph are the other concepts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
import pytest

from kg.extract import Extractor
from kg.namespaces import VOCABULARY_GRAPH, expand
from kg.ontology import ImportedVocabulary, load_vocabulary, ontology_quads, vocabulary_quads
from kg.revalidation import rules_digest

_VOCABULARY = ox.NamedNode(VOCABULARY_GRAPH)


def with_used_vocabulary(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads without those concepts of the vocabulary that no other quad mentions, directly or by a narrower one."""
    concepts: dict[object, list[ox.Quad]] = defaultdict(list)
    out, waiting = [], list[object]()
    for quad in quads:
        if quad.graph_name == _VOCABULARY:
            concepts[quad.subject].append(quad)
        else:
            out.append(quad)
            waiting += [quad.subject, quad.object]
    return out + list(_reached(concepts, waiting))


def used_vocabulary_quads(used: Iterable[str] = (), *imported: ImportedVocabulary) -> Iterator[ox.Quad]:
    """`kg.ontology.vocabulary_quads` without the concepts that neither the ontology nor the data speaks of."""
    yield from _used(frozenset(used), imported)


@cache
def _used(used: frozenset[str], imported: tuple[ImportedVocabulary, ...]) -> list[ox.Quad]:
    concepts: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in vocabulary_quads(used, *imported):
        concepts[quad.subject].append(quad)
    named = [quad.object for quad in ontology_quads()]
    return list(_reached(concepts, [*named, *(ox.NamedNode(expand(curie)) for curie in used)]))


def _reached(concepts: dict[object, list[ox.Quad]], waiting: list[object]) -> Iterator[ox.Quad]:
    while waiting:
        for quad in concepts.pop(waiting.pop(), ()):
            yield quad
            waiting.append(quad.object)


def build_with_used_vocabulary(patch: pytest.MonkeyPatch) -> None:
    """Let builds take a second instead of seven, for tests to which a build is a means.

    Their graphs have no more of the vocabulary than they use, and what is the same in each build is read once.
    """
    patch.setattr("kg.build.vocabulary_quads", used_vocabulary_quads)
    patch.setattr("kg.build.load_vocabulary", _vocabulary)
    patch.setattr("kg.build.rules_digest", _rules_digest)
    patch.setattr("kg.extract.Extractor", _extractor)


_vocabulary = cache(load_vocabulary)
_rules_digest = cache(rules_digest)


_extractor = cache(Extractor)
