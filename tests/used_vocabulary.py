"""The part of a dataset that matters to a test of inference: the vocabulary only as far as the rest speaks of it."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.namespaces import VOCABULARY_GRAPH

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
    while waiting:
        for quad in concepts.pop(waiting.pop(), ()):
            out.append(quad)
            waiting.append(quad.object)
    return out
