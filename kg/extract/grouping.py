"""Names that are joined into groups: one group, one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator


class Groups:
    """Names joined into groups (a union-find over strings)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        """The name that stands for a name's group; a new name is a group of its own."""
        parent = self._parent.setdefault(name, name)
        while parent != self._parent[parent]:
            parent = self._parent[parent]
        self._parent[name] = parent
        return parent

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        self._parent[self.root(other)] = self.root(one)

    def __iter__(self) -> Iterator[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self._parent:
            groups[self.root(name)].append(name)
        return iter(groups.values())
