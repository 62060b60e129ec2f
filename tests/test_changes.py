"""`kg.changes`: by which quads two datasets differ, and by which triples their default graphs do."""

import pyoxigraph as ox

from kg.changes import Changes, changes
from kg.store import Dataset

A, B, P = (ox.NamedNode(f"urn:{name}") for name in "abp")
ONE, TWO = ox.NamedNode("urn:one"), ox.NamedNode("urn:two")
IN_ONE, IN_TWO, OTHER = ox.Quad(A, P, B, ONE), ox.Quad(A, P, B, TWO), ox.Quad(B, P, A, TWO)


def test_what_came_and_what_went() -> None:
    """Quad by quad, whatever graphs there are."""
    before, after = Dataset.in_memory([IN_ONE]), Dataset.in_memory([IN_TWO, OTHER])
    assert changes(before, after) == Changes((IN_TWO, OTHER), (IN_ONE,))
    assert changes(before, after, without=("urn:two",)) == Changes((), (IN_ONE,))


def test_a_triple_that_another_graph_holds_has_not_changed() -> None:
    """The default graph has it before and after."""
    before, after = Dataset.in_memory([IN_ONE]), Dataset.in_memory([IN_TWO, OTHER])
    assert changes(before, after).triples(before, after) == [OTHER.triple]
    assert changes(after, before).triples(after, before) == [OTHER.triple]
