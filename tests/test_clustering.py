"""`kg.clustering`: what is one because it must be, and because it may be."""

from hypothesis import given as for_all
from hypothesis import strategies as st

from kg.clustering import cluster


@for_all(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_clusters_are_a_partition_that_respects_keys(groups: list[tuple[int, int]]) -> None:
    """Every item is in one cluster, and no cluster holds two different keys."""
    items = list(range(10))
    keys = {0: frozenset("a"), 1: frozenset("b"), 2: frozenset("a")}
    clusters = cluster(items, lambda i: keys.get(i, frozenset()), groups)
    assert sorted(i for c in clusters for i in c) == items
    for members in clusters:
        assert len({k for i in members for k in keys.get(i, ())}) <= 1
    assert any({0, 2} <= set(c) for c in clusters)
