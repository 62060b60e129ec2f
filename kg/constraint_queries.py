"""The query of a SPARQL constraint: as a pattern for a screen, and the triples that its verdict rests on.

Only queries of one group are understood, with OPTIONAL, EXISTS and NOT EXISTS inside: there the focus node is bound
from the start, as SHACL wants it, wherever the pattern is put.  See https://www.w3.org/TR/shacl/#sparql-constraints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from kg.namespaces import expand
from kg.screens import Step, Unknown, Watch

_ONE_GROUP: Final = re.compile(
    r"\s*SELECT\s+(?:DISTINCT\s+)?[^{}]*?WHERE\s*\{(.*)\}\s*", re.DOTALL | re.IGNORECASE
)
#: What would have its own scope, in which the focus node is not yet bound.
_SCOPED: Final = re.compile(r"\b(?:UNION|MINUS|SELECT|VALUES|GRAPH|SERVICE|GROUP|HAVING)\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_BRACE: Final = re.compile(r"(\bEXISTS|\bOPTIONAL)?\s*\{", re.IGNORECASE)
_NAME: Final = re.compile(
    r"(?:<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|([A-Za-z][\w.-]*)?:([\w-]+(?:\.[\w-]+)*)"
)
_TOKEN: Final = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<iri><[^<>\s]*>)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<literal>(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')(?:@[\w-]+|\^\^<[^<>\s]*>)?|[+-]?[0-9.]*[0-9])"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_TYPE: Final = ox.NamedNode(expand("rdf:type"))


def pattern(select: str, prefixes: Mapping[str, str], focus: str) -> str:
    """The pattern of a query, with IRIs for prefixed names: these have no declarations inside a query of ours.

    Args:
        select: the query.
        prefixes: those declared for it.
        focus: the variable that takes the place of `$this`.

    Raises:
        Unknown: the query is not of one group, or is told more than the focus node.
    """
    text = re.sub(r"(?m)^\s*#.*$", "", select)
    found = _ONE_GROUP.fullmatch(text)
    bare = _QUOTED.sub('""', found[1]) if found else ""
    if not found or _SCOPED.search(bare) or any(not brace[1] for brace in _BRACE.finditer(bare)):
        raise Unknown("a query of more than one group")
    if "$PATH" in bare or re.search(r"[$?](?:currentShape|shapesGraph)\b", bare):
        raise Unknown("a query that is told more than the focus node")

    def iri(name: re.Match[str]) -> str:
        if name[2] is None:
            return name[0]  # a string or an IRI
        if (name[1] or "") not in prefixes:
            raise Unknown(f"prefix {name[1]}")
        return f"<{prefixes[name[1] or '']}{name[2]}>"

    return re.sub(r"[$?]this\b", focus, _NAME.sub(iri, found[1]))


def rests_on(body: str, focus: str) -> tuple[Watch, ...] | None:
    """The triples that may change what a pattern says of a focus node; None where they cannot be told.

    From each triple of a match the others lead to the focus node.  Where some of these came or went too, the one
    nearest to the focus node still leads there, so that looking at the graph after the change is enough.

    Args:
        body: as `pattern` gives it.
        focus: its variable for the focus node.
    """
    try:
        groups = _Parser(body).groups()
        return tuple(dict.fromkeys(watch for group in groups for watch in _watches(group, focus)))
    except Unknown:
        return None


@dataclass(frozen=True, slots=True)
class _Edge:
    """A triple pattern; None for a predicate that is a variable."""

    subject: str
    predicate: ox.NamedNode | None
    object: str


@dataclass(slots=True)
class _Group:
    """A group of triple patterns within another one."""

    around: _Group | None = None
    edges: list[_Edge] = field(default_factory=list)

    def visible(self) -> Iterator[_Edge]:
        """The patterns that a match of this group matches, with those around."""
        yield from self.edges
        if self.around is not None:
            yield from self.around.visible()


def _watches(group: _Group, focus: str) -> Iterator[Watch]:
    back = _ways_back(list(group.visible()), focus)
    for edge in group.edges:
        ways = [
            (back[end], at_object)
            for end, at_object in ((edge.subject, False), (edge.object, True))
            if end in back
        ]
        if not ways:
            raise Unknown("a triple that nothing leads to")
        way, at_object = min(ways, key=lambda found: len(found[0]))
        yield Watch(edge.predicate, at_object, way)


def _ways_back(edges: list[_Edge], focus: str) -> dict[str, tuple[Step, ...]]:
    """By variable, the shortest way to the focus node."""
    ways: dict[str, tuple[Step, ...]] = {focus: ()}
    waiting = [focus]
    for variable in waiting:
        for edge in edges:
            if edge.predicate is None:
                continue
            for here, there, step in (
                (edge.subject, edge.object, Step(edge.predicate, inverse=True)),
                (edge.object, edge.subject, Step(edge.predicate)),
            ):
                # A constant leads to everything that names it.
                if here == variable and there not in ways and there.startswith("?"):
                    ways[there] = (step, *ways[variable])
                    waiting.append(there)
    return ways


class _Parser:
    """Reads the part of SPARQL's group patterns that constraints are mostly written in."""

    def __init__(self, text: str) -> None:
        self._tokens = [(m.lastgroup or "", m[0]) for m in _TOKEN.finditer(text) if m.lastgroup != "space"]
        self._groups: list[_Group] = []
        self._fresh = 0

    def groups(self) -> list[_Group]:
        """All groups.

        Raises:
            Unknown: something is not understood.
        """
        self._tokens.reverse()
        self._group(None)
        if self._tokens:
            raise Unknown("a brace too many")
        return self._groups

    def _group(self, around: _Group | None) -> None:
        group = _Group(around)
        self._groups.append(group)
        while self._tokens and self._next() != "}":
            kind, text = self._tokens[-1]
            word = text.upper() if kind == "word" else ""
            if self._next() == ".":
                self._tokens.pop()
            elif word == "OPTIONAL":
                self._tokens.pop()
                self._braces(group)
            elif word == "BIND":
                self._tokens.pop()
                self._parentheses()
            elif word == "FILTER":
                self._tokens.pop()
                self._filter(group)
            else:
                self._triples(group)

    def _braces(self, around: _Group) -> None:
        self._take("{")
        self._group(around)
        self._take("}")

    def _filter(self, group: _Group) -> None:
        if self._next().upper() == "NOT":
            self._tokens.pop()
        if self._next().upper() == "EXISTS":
            self._tokens.pop()
            self._braces(group)
            return
        if self._next() != "(":  # the name of a function
            self._tokens.pop()
        self._parentheses()

    def _parentheses(self) -> None:
        """Pass over an expression: it looks at bound values alone."""
        depth = 0
        while True:
            kind, text = self._pop()
            if kind == "sign" and text in "{}":
                raise Unknown("a pattern inside an expression")
            if kind == "sign":
                depth += {"(": 1, ")": -1}.get(text, 0)
            if depth == 0:
                return

    def _triples(self, group: _Group) -> None:
        subject = self._term()
        while True:
            steps = self._path()
            while True:
                self._add(group, subject, steps, self._term())
                if self._next() != ",":
                    break
                self._tokens.pop()
            if self._next() != ";":
                return
            while self._next() == ";":
                self._tokens.pop()
            if self._next() in (".", "}", ""):
                return

    def _add(self, group: _Group, subject: str, steps: list[Step | None], end: str) -> None:
        for number, step in enumerate(steps, 1):
            self._fresh += 1
            there = end if number == len(steps) else f"?.{self._fresh}"
            one, other = (there, subject) if step is not None and step.inverse else (subject, there)
            group.edges.append(_Edge(one, None if step is None else step.predicate, other))
            subject = there

    def _path(self) -> list[Step | None]:
        """Steps in a row, or None alone for a variable."""
        if self._tokens and self._tokens[-1][0] == "variable":
            self._tokens.pop()
            return [None]
        steps: list[Step | None] = []
        while True:
            inverse = self._next() == "^"
            if inverse:
                self._tokens.pop()
            kind, text = self._pop()
            if kind == "iri":
                steps.append(Step(ox.NamedNode(text[1:-1]), inverse))
            elif text == "a":
                steps.append(Step(_TYPE, inverse))
            else:
                raise Unknown("a path of alternatives or repetitions")
            if self._next() != "/":
                return steps
            self._tokens.pop()

    def _term(self) -> str:
        kind, token = self._pop()
        if kind == "variable":
            return f"?{token[1:]}"
        if kind in ("iri", "literal") or token in ("true", "false"):
            return token
        raise Unknown(f"{token} for a term")

    def _next(self) -> str:
        return self._tokens[-1][1] if self._tokens else ""

    def _pop(self) -> tuple[str, str]:
        if not self._tokens:
            raise Unknown("a pattern that ends too soon")
        return self._tokens.pop()

    def _take(self, token: str) -> None:
        if self._pop()[1] != token:
            raise Unknown(f"no {token} where it should be")
