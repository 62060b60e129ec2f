"""Things, what they surely share and what they only may share → which of them are one.

Under `kg.resolution` and `kg.trial_nodes`, which know what the things are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def cluster(
    items: Sequence[T], keys: Callable[[T], frozenset[str]], groups: Iterable[Sequence[T]]
) -> list[tuple[T, ...]]:
    """Partition items: shared strong keys join, and so does being in one group where that contradicts no key.

    Where groups would connect items of different keys, an item without keys goes with the keyed items of its own
    groups if these are one, and stays with its unkeyed fellows otherwise.  The result does not depend on the order
    of the groups.

    Args:
        items: what to partition.
        keys: the strong keys of an item.
        groups: items that share something weaker, such as a name.
    """
    groups = [list(group) for group in groups]
    by_key: dict[str, list[T]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            by_key[key].append(item)
    keyed = _components(items, by_key.values())
    cluster_of = {item: n for n, members in enumerate(keyed) for item in members if keys(item)}

    near: dict[T, set[int]] = defaultdict(set)
    for group in groups:
        here = {cluster_of[item] for item in group if item in cluster_of}
        for item in group:
            near[item] |= here

    out: list[tuple[T, ...]] = []
    contested: list[T] = []
    for component in _components(items, [*by_key.values(), *groups]):
        if len({cluster_of[i] for i in component if i in cluster_of}) <= 1:
            out.append(component)
        else:
            contested += component
    homes: dict[int, list[T]] = defaultdict(list)
    homeless: list[T] = []
    for item in contested:
        if item in cluster_of:
            homes[cluster_of[item]].append(item)
        elif len(near[item]) == 1:
            homes[next(iter(near[item]))].append(item)
        else:
            homeless.append(item)
    left = set(homeless)
    out += [tuple(members) for members in homes.values()]
    out += _components(homeless, [[i for i in group if i in left] for group in groups])
    return out


def _components(items: Sequence[T], groups: Iterable[Sequence[T]]) -> list[tuple[T, ...]]:
    """Connected components, in the order of their first members."""
    parent: dict[T, T] = {item: item for item in items}

    def root(item: T) -> T:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for group in groups:
        for item in group[1:]:
            parent[root(group[0])] = root(item)
    out: dict[T, list[T]] = defaultdict(list)
    for item in items:
        out[root(item)].append(item)
    return [tuple(members) for members in out.values()]
