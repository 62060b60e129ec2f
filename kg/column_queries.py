"""Reads the queries that run over columns: joins of patterns with known predicates, counted, sorted, cut.

A small part of SPARQL 1.1 (§19.8), read strictly: whatever is not surely in it is no query of this kind, and goes to
Oxigraph, which also says what is wrong with a malformed one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias

import pyoxigraph as ox

# Possessive throughout: no text takes more than one look at each character, wherever it fails.
_TOKEN: Final = re.compile(
    r"""
      (?P<space>    [\x20\t\r\n]+ | \#[^\r\n]* )
    | (?P<iri>      <[A-Za-z][A-Za-z0-9+.\-]*:[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<prefixed> (?:[A-Za-z][A-Za-z0-9_\-]*+)?+:[A-Za-z0-9_][A-Za-z0-9_\-]*+ (?![:%\\]) )
    | (?P<prefix>   (?:[A-Za-z][A-Za-z0-9_\-]*+)?+:(?=[\x20\t\r\n]{0,99}<) )
    | (?P<variable> \?[A-Za-z_][A-Za-z0-9_]*+ )
    | (?P<string>   "[^"\\\r\n]*"(?!") )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<number>   [0-9]{1,18}+ (?![\w.]) )
    | (?P<word>     [A-Za-z]++ (?![\w:\-]) )
    | (?P<stop>     \.(?=[\s}]|\Z) )
    | (?P<mark>     [{}();,/^*+] )
    | (?P<other>    . )
    """,
    re.VERBOSE | re.ASCII | re.DOTALL,
)
#: What may differ between queries that are read alike: texts, IRIs, comments.
_VARYING: Final = re.compile(
    r'"[^"\\\r\n]*"(?!")|<[A-Za-z][A-Za-z0-9+.\-]*:[^<>"{}|^`\\\x00-\x20]*>|\#[^\r\n]*'
)
#: Where texts say what is asked.
_VARYING_SENSE: Final = re.compile("regex", re.IGNORECASE)
#: Begins the IRIs that stand for others; no text of a client has it.
_SLOT: Final = f"slot-{secrets.token_hex(8)}:"
#: Kinds of tokens that are known by their letters.
_KNOWN: Final = frozenset({"mark", "stop", "word"})
#: What may stand before a query.
_PROLOGUE: Final = re.compile(
    r"(?:\s*+(?:\#[^\r\n]*+|prefix\s++(?:[^\s<]++\s*+)?+<[^>]*+>))*+", re.IGNORECASE
)
_DOTS: Final = re.compile(r"/\.\.?(?:[/?#]|\Z)")
#: A regular expression that asks for a beginning, of characters that mean themselves everywhere.
_BEGINNING: Final = re.compile(r"\^[A-Za-z0-9 _]+")
_RDF_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: What is longer, or has more patterns, has other troubles.
_LONGEST: Final = 10_000
_MOST: Final = 16
_MOST_TOKENS: Final = 500


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; those that a path makes have names that no text can have."""

    name: str


Node: TypeAlias = Variable | ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern.

    Attributes:
        subject: of it.
        predicate: of it; a variable where the subject is known, and none of the others' variables.
        object: of it.
        closure: "" for one step, "*" for any number, "+" for at least one.
    """

    subject: Node
    predicate: ox.NamedNode | Variable
    object: Node
    closure: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A condition: the text of a variable begins with these letters."""

    variable: str
    letters: str
    folded: bool


@dataclass(frozen=True, slots=True)
class Count:
    """`COUNT` of a variable, or of the rows.

    Attributes:
        name: under which it is given.
        of: the variable; empty for `*`.
        distinct: whether equal ones count once, of a variable.
    """

    name: str
    of: str
    distinct: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A query.

    Attributes:
        columns: what is asked for: names of variables, and counts.
        distinct: whether equal rows come once.
        patterns: all of which hold.
        conditions: likewise.
        groups: names of the variables that rows are counted by.
        order: names, and whether they descend.
        limit: how many rows at most.
        offset: how many rows are passed over.
        graph: the named graph that the patterns are about; None for the default graph.
    """

    columns: tuple[str | Count, ...]
    distinct: bool
    patterns: tuple[Pattern, ...]
    conditions: tuple[Beginning, ...]
    groups: tuple[str, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None
    offset: int = 0
    graph: ox.NamedNode | None = None

    @property
    def counts(self) -> tuple[Count, ...]:
        """The counts that are asked for."""
        return tuple(column for column in self.columns if isinstance(column, Count))


def read(text: str) -> Select | None:
    """A query of this kind, or None for any other text.

    Who asks often asks the same of other things: queries that differ in texts, IRIs and comments alone are read once.
    """
    if len(text) > _LONGEST:
        return None
    begin = _PROLOGUE.match(text)
    assert begin is not None  # it may be empty
    values: list[str] = []

    def slot(found: re.Match[str]) -> str:
        part = found[0]
        if part[0] == "#":
            return " "
        values.append(part)
        return _slot(len(values) - 1, is_iri=part[0] == "<")

    shape = _VARYING.sub(slot, text[begin.end() :])
    try:
        if _VARYING_SENSE.search(shape):  # what it asks depends on what its texts say
            return _read(begin[0], text[begin.end() :])
        select = _template(begin[0], shape, len(values))
        return select if select is None or not values else _filled(select, values)
    except _Other:
        return None


def _read(prologue: str, body: str) -> Select:
    """A query.

    Raises:
        _Other: it is another, or none.
    """
    return _Reader(_tokens(body), prefixes=_prefixes(prologue)).query()


@lru_cache(maxsize=256)
def _template(prologue: str, shape: str, slots: int) -> Select | None:
    """A query with slots for its texts and IRIs, or None for what is no query of this kind, however they are filled."""
    try:
        found = [part for kind, part, _ in _tokens(shape) if kind in ("string", "iri")]
        if found != [_slot(number, is_iri=part[0] == "<") for number, part in enumerate(found)]:
            return None
        return _read(prologue, shape) if len(found) == slots else None
    except _Other:
        return None


def _slot(number: int, *, is_iri: bool) -> str:
    return f"<{_SLOT}{number}>" if is_iri else f'"{number}"'


def _filled(template: Select, values: Sequence[str]) -> Select:
    """The query with its texts and IRIs.

    Raises:
        _Other: with them it is none of these.
    """

    def name(node: ox.NamedNode) -> ox.NamedNode:
        if not node.value.startswith(_SLOT):
            return node
        return ox.NamedNode(_iri(values[int(node.value[len(_SLOT) :])]))

    def filled(node: Node) -> Node:
        if isinstance(node, Variable):
            return node
        if isinstance(node, ox.NamedNode):
            return name(node)
        return ox.Literal(values[int(node.value)][1:-1], language=node.language)

    patterns = []
    for pattern in template.patterns:
        predicate = pattern.predicate
        if not isinstance(predicate, Variable):
            predicate = name(predicate)
        patterns.append(Pattern(filled(pattern.subject), predicate, filled(pattern.object), pattern.closure))
        if patterns[-1].subject == patterns[-1].object:
            raise _Other
    graph = None if template.graph is None else name(template.graph)
    return replace(template, patterns=tuple(patterns), graph=graph)


def _tokens(text: str) -> list[tuple[str, str, str]]:
    """Kinds, texts, and what marks and keywords are known by, without spaces; the end is one more.

    Raises:
        _Other: something is no token of these queries.
    """
    tokens: list[tuple[str, str, str]] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "other":
            raise _Other
        if kind != "space":
            if len(tokens) == _MOST_TOKENS:
                raise _Other
            part = found[0]
            tokens.append((kind, part, part.upper() if kind in _KNOWN else ""))
    tokens.append(("end", "", ""))
    return tokens


@lru_cache(maxsize=64)
def _prefixes(prologue: str) -> Mapping[str, str]:
    """The prefixes that a prologue declares; who asks often asks with the same one.

    Raises:
        _Other: it is none of these queries'.
    """
    reader = _Reader(_tokens(prologue))
    found: dict[str, str] = {}
    while reader.tokens[reader.at][0] != "end":
        prefix, iri = reader.declaration()
        found[prefix] = iri
    return found


def _iri(text: str) -> str:
    """What stands between its brackets.

    Raises:
        _Other: a base would have it resolved.
    """
    if _DOTS.search(text):
        raise _Other
    return text[1:-1]


class _Other(Exception):
    """The text is another query, or none."""


@dataclass(slots=True)
class _Reader:
    tokens: list[tuple[str, str, str]]
    at: int = 0
    prefixes: Mapping[str, str] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    conditions: list[Beginning] = field(default_factory=list)

    # Tokens

    def _peek(self) -> str:
        """The kind of the token that comes now."""
        return self.tokens[self.at][0]

    def _next(self, *kinds: str) -> str:
        kind, text, _ = self.tokens[self.at]
        if kind not in kinds:
            raise _Other
        self.at += 1
        return text

    def _is(self, text: str) -> bool:
        """Whether this mark or word comes now; it is passed over."""
        if self.tokens[self.at][2] != text:
            return False
        self.at += 1
        return True

    def _are(self, first: str, second: str) -> bool:
        """Whether these two words come now; they are passed over."""
        if not self._is(first):
            return False
        self._need(second)
        return True

    def _need(self, *texts: str) -> None:
        for text in texts:
            if not self._is(text):
                raise _Other

    def _variable(self) -> str:
        return self._next("variable")[1:]

    def _variables(self) -> list[str]:
        found = [self._variable()]
        while self._peek() == "variable":
            found.append(self._variable())
        return found

    # The query

    def declaration(self) -> tuple[str, str]:
        """A prefix, and what it stands for."""
        self._need("PREFIX")
        return self._next("prefix"), _iri(self._next("iri"))

    def query(self) -> Select:
        self._need("SELECT")
        distinct = self._is("DISTINCT")
        columns = self._columns()
        self._is("WHERE")
        self._need("{")
        graph = None
        if self._is("GRAPH"):
            graph = self._named()
            self._need("{")
            self._group()
            self._is(".")
            self._need("}")
        else:
            self._group()
        groups = self._variables() if self._are("GROUP", "BY") else []
        order = self._order() if self._are("ORDER", "BY") else []
        limit: int | None = None
        offset = 0
        if self._is("LIMIT"):
            limit = int(self._next("number"))
        if self._is("OFFSET"):
            offset = int(self._next("number"))
        self._next("end")
        return _checked(
            Select(
                columns=tuple(columns),
                distinct=distinct,
                patterns=tuple(self.patterns),
                conditions=tuple(self.conditions),
                groups=tuple(groups),
                order=tuple(order),
                limit=limit,
                offset=offset,
                graph=graph,
            )
        )

    def _columns(self) -> list[str | Count]:
        found: list[str | Count] = []
        while True:
            if self._peek() == "variable":
                found.append(self._variable())
            elif self._is("("):
                self._need("COUNT", "(")
                distinct = self._is("DISTINCT")
                # Whether what a path passes through is part of a solution, SPARQL leaves open.
                of = "" if not distinct and self._is("*") else self._variable()
                self._need(")", "AS")
                found.append(Count(self._variable(), of, distinct))
                self._need(")")
            else:
                return found

    def _order(self) -> list[tuple[str, bool]]:
        found = []
        while True:
            if self._peek() == "variable":
                found.append((self._variable(), False))
                continue
            descending = self._is("DESC")
            if not descending and not self._is("ASC"):
                break
            self._need("(")
            found.append((self._variable(), descending))
            self._need(")")
        if not found:
            raise _Other
        return found

    def _group(self) -> None:
        """Patterns and conditions, up to the closing brace."""
        while not self._is("}"):
            if self._is("FILTER"):
                self._condition()
                self._is(".")
                continue
            self._triples()
            if not self._is(".") and self.tokens[self.at][2] not in ("}", "FILTER"):
                raise _Other

    def _condition(self) -> None:
        within = self._is("(")
        self._need("REGEX", "(")
        variable = self._variable()
        self._need(",")
        pattern = self._next("string")[1:-1]
        flags = self._next("string")[1:-1] if self._is(",") else ""
        self._need(")")
        if within:
            self._need(")")
        if not _BEGINNING.fullmatch(pattern) or flags not in ("", "i"):
            raise _Other
        self.conditions.append(Beginning(variable, pattern[1:], flags == "i"))

    def _triples(self) -> None:
        subject = self._node(literal=False)
        while True:
            path = self._path()
            while True:
                self._add(subject, path, self._node(literal=True))
                if not self._is(","):
                    break
            if not self._is(";"):
                return
            if self._peek() not in ("variable", "iri", "prefixed", "word"):
                return

    def _path(self) -> list[tuple[ox.NamedNode | Variable, bool, str]]:
        """Steps: the predicate, whether it is inverse, and its closure."""
        found: list[tuple[ox.NamedNode | Variable, bool, str]] = []
        if self._peek() == "variable":
            return [(Variable(self._variable()), False, "")]
        while True:
            inverse = self._is("^")
            kind, text, _ = self.tokens[self.at]
            if kind == "word" and text == "a":
                self.at += 1
                predicate = _RDF_TYPE
            else:
                predicate = self._named()
            closure = "*" if self._is("*") else "+" if self._is("+") else ""
            found.append((predicate, inverse, closure))
            if not self._is("/"):
                return found

    def _add(
        self, subject: Node, path: list[tuple[ox.NamedNode | Variable, bool, str]], object_: Node
    ) -> None:
        for number, (predicate, inverse, closure) in enumerate(path):
            last = number == len(path) - 1
            there: Node = object_ if last else Variable(f"/{len(self.patterns)}")
            ends = (there, subject) if inverse else (subject, there)
            self.patterns.append(Pattern(ends[0], predicate, ends[1], closure))
            subject = there

    def _node(self, *, literal: bool) -> Node:
        kind, text, _ = self.tokens[self.at]
        if kind == "variable":
            return Variable(self._variable())
        if kind == "string" and literal:
            self.at += 1
            language = self._next("language")[1:] if self._peek() == "language" else None
            # As the store has it: in small letters.
            return ox.Literal(text[1:-1], language=None if language is None else language.lower())
        return self._named()

    def _named(self) -> ox.NamedNode:
        text = self._next("iri", "prefixed")
        if text.startswith("<"):
            return ox.NamedNode(_iri(text))
        prefix, _, local = text.partition(":")
        if prefix + ":" not in self.prefixes:
            raise _Other
        return ox.NamedNode(self.prefixes[prefix + ":"] + local)


def _checked(select: Select) -> Select:
    """The query, if its variables go together.

    Raises:
        _Other: they do not, or there is nothing to join.
    """
    nodes = {
        node.name for p in select.patterns for node in (p.subject, p.object) if isinstance(node, Variable)
    }
    properties = [p.predicate.name for p in select.patterns if isinstance(p.predicate, Variable)]
    bound = nodes | set(properties)
    names = [column.name if isinstance(column, Count) else column for column in select.columns]
    plain = {column for column in select.columns if isinstance(column, str)}
    counted = {count.of for count in select.counts if count.of}
    aliases = {count.name for count in select.counts}
    usable = aliases | set(select.groups) if select.counts else plain if select.distinct else bound
    right = (
        0 < len(select.patterns) <= _MOST
        and len(set(names)) == len(names) > 0
        and not aliases & bound
        and plain | counted | set(select.groups) | {c.variable for c in select.conditions} <= bound
        and (plain <= set(select.groups) if select.counts else not select.groups)
        and len(set(select.groups)) == len(select.groups)
        and {name for name, _ in select.order} <= usable
        and not (select.counts and select.distinct)
        and all(p.subject != p.object for p in select.patterns)
        and len(set(properties)) == len(properties)
        and not nodes & set(properties)
    )
    if not right:
        raise _Other
    return select
