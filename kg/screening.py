"""Shapes → SPARQL that finds, over a whole dataset at once, the nodes that a shape may object to.

A SHACL processor asks about each node by itself.  Most constraints can be asked of all nodes in one query, and on a
sound graph the answer is next to nothing; `kg.validation` then lets pySHACL look at those nodes alone and say what is
wrong.
A screen may name too many nodes, never too few: a constraint that is not understood here, or not in exactly SHACL's
sense, leaves the shape without a screen, and pySHACL looks at all of its nodes.

A screen also knows on which triples its verdicts rest (`Watch`), so that after a change only the nodes are looked at
whose verdict may be another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError
from kg.namespaces import PREFIXES, expand
from kg.store import Dataset

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_SH: Final = PREFIXES["sh"]
_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = ox.NamedNode(expand("rdf:type"))
_SUBCLASS: Final = ox.NamedNode(expand("rdfs:subClassOf"))
_TARGETS: Final = tuple(
    ox.NamedNode(_SH + name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)
#: Parameters that constrain nothing, or that others read.
_SILENT: Final = frozenset(
    _SH + name
    for name in (
        "path", "message", "severity", "name", "description", "order", "group", "defaultValue", "flags",
        "qualifiedMinCount", "qualifiedMaxCount",
        "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf",
    )
)  # fmt: skip
#: Constraints whose expression is true just where a value conforms.
_EXACT: Final = ("class", "nodeKind", "hasValue")
_DEEPEST: Final = 5
#: The most values that are told apart one by one in a query.
_MOST_COUNTED: Final = 3
#: Lexical forms that are surely well-formed; others are left to pySHACL, as are datatypes that are not here.
_WELL_FORMED: Final = {
    _XSD + "integer": r"^[+-]?[0-9]+$",
    _XSD + "nonNegativeInteger": r"^[0-9]+$",
    _XSD + "positiveInteger": r"^[1-9][0-9]*$",
    _XSD + "decimal": r"^[+-]?[0-9]+([.][0-9]+)?$",
    _XSD + "boolean": r"^(true|false)$",
    _XSD + "date": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
    _XSD + "gYear": r"^[0-9]{4}$",
    _XSD + "gYearMonth": r"^[0-9]{4}-(0[1-9]|1[0-2])$",
    _XSD + "string": "",
    _XSD + "anyURI": "^[!-~]*$",
    PREFIXES["rdf"] + "langString": "",
}
_NUMERIC: Final = (_XSD + "integer", _XSD + "decimal")
_KINDS: Final = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "(isBlank({0}) || isIRI({0}))",
    "BlankNodeOrLiteral": "(isBlank({0}) || isLiteral({0}))",
    "IRIOrLiteral": "(isIRI({0}) || isLiteral({0}))",
}
_BOUNDS: Final = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
#: What regular expressions of Python and of Oxigraph have in common: classes, escapes, groups without a meaning.
_PATTERN_PART: Final = re.compile(
    r"(?P<class>\[\^?(?:\\[nrtd.\\/+*?()|$^\[\]{}-]|[^\[\]\\&~-]|&(?!&)|(?<=\w)-(?=\w)|-(?=\]))+\])"
    r"|(?P<space>\\[sS])|\\[nrtd.\\/+*?()|$^\[\]{}-]|\((?!\?)|[^\\(\[]"
)
_ONE_GROUP: Final = re.compile(
    r"\s*SELECT\s+(?:DISTINCT\s+)?[^{}]*?WHERE\s*\{(.*)\}\s*", re.DOTALL | re.IGNORECASE
)
#: What would have its own scope, in which the focus node is not yet bound.
_SCOPED: Final = re.compile(r"\b(?:UNION|MINUS|SELECT|VALUES|GRAPH|SERVICE|GROUP|HAVING)\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_BRACE: Final = re.compile(r"(\bEXISTS|\bOPTIONAL)?\s*\{", re.IGNORECASE)


class _Unknown(Exception):
    """A shape says something that cannot be asked here."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: along a predicate, or against it."""

    predicate: ox.NamedNode
    inverse: bool = False

    def __str__(self) -> str:
        return f"^{self.predicate}" if self.inverse else str(self.predicate)


@dataclass(frozen=True, slots=True)
class Watch:
    """Triples that a verdict rests on.

    Attributes:
        predicate: of the triples.
        at_object: whether the way back begins at their object.
        back: the steps from there to the focus node.
    """

    predicate: ox.NamedNode
    at_object: bool
    back: tuple[Step, ...] = ()

    def focus_nodes(self, changed: Iterable[ox.Triple], dataset: Dataset) -> Iterator[Value]:
        """The nodes whose verdict may be another after these triples, all with the predicate, came or went."""
        reached: set[Value] = {_value(t.object if self.at_object else t.subject) for t in changed}
        for step in self.back:
            reached = {other for node in reached for other in _ends(node, step, dataset)}
        yield from reached


@dataclass(frozen=True, slots=True)
class Screen:
    """How to find the nodes that a shape may object to.

    Attributes:
        queries: SELECT queries whose `?this` are these nodes.
        watches: the triples that verdicts rest on; None where they cannot be told.
    """

    queries: tuple[str, ...]
    watches: tuple[Watch, ...] | None

    def candidates(self, dataset: Dataset, *, among: Sequence[Value] | None = None) -> set[Value]:
        """The nodes of a dataset's default graph that the shape may object to.

        Args:
            dataset: what is checked.
            among: look at these alone; none of them is blank.

        Raises:
            QueryError: a query cannot be evaluated.
        """
        nodes = "" if among is None else f"VALUES ?this {{ {' '.join(map(str, among))} }} "
        queries = (query.replace("{ ", f"{{ {nodes}", 1) for query in self.queries)
        return {_value(row["this"]) for query in queries for row in dataset.select(query)}

    def affected(
        self, changed: Mapping[ox.NamedNode, Sequence[ox.Triple]], dataset: Dataset
    ) -> set[Value] | None:
        """The nodes whose verdict a change may have changed; None for "all of them".

        Args:
            changed: triples that were added or removed, by predicate.
            dataset: as it is after the change.
        """
        if self.watches is None or _SUBCLASS in changed:
            return None
        return {
            node
            for watch in self.watches
            if watch.predicate in changed
            for node in watch.focus_nodes(changed[watch.predicate], dataset)
        }


def screens(shapes: Dataset, data: Dataset) -> dict[Node, Screen]:
    """The screens of shapes with targets; those that cannot have one are not in it.

    Args:
        shapes: the shapes graph, as default graph.
        data: what is to be checked; the class hierarchy is taken from it.
    """
    reader = _Reader(shapes, data)
    if any(shapes.quads_for(None, _TYPE, ox.NamedNode(_SH + "ConstraintComponent"), ox.DefaultGraph())):
        return {}  # any property may be a parameter then
    found = {}
    targeted = {
        _node(quad.subject)
        for target in _TARGETS
        for quad in shapes.quads_for(None, target, None, ox.DefaultGraph())
    }
    for shape in targeted:
        try:
            found[shape] = reader.screen(shape)
        except _Unknown:
            continue
    return found


class _Reader:
    """Shapes as queries."""

    def __init__(self, shapes: Dataset, data: Dataset) -> None:
        self._shapes = shapes
        self._empty = Dataset.in_memory()
        self._below: dict[ox.NamedNode, tuple[ox.NamedNode, ...]] = {}
        self._data = data
        self._fresh = 0
        self._depth = 0

    def screen(self, shape: Node) -> Screen:
        """The screen of a shape with targets.

        Raises:
            _Unknown: it has none.
        """
        if any(
            _node(quad.object) in (ox.NamedNode(expand("rdfs:Class")), ox.NamedNode(expand("owl:Class")))
            for quad in self._shapes.quads_for(shape, _TYPE)
        ):
            raise _Unknown("a shape that is a class has its members for targets too")
        targets = list(self._targets(shape))
        queries, watches = [], [watch for _, watch in targets]
        known = True
        for objection, rests_on in self._objections(shape, "?this"):
            queries += [f"SELECT DISTINCT ?this WHERE {{ {target} {objection} }}" for target, _ in targets]
            if rests_on is None:
                known = False
            else:
                watches += rests_on
        for query in queries:
            try:
                self._empty.query(query)
            except QueryError as error:
                raise _Unknown(str(error)) from error
        return Screen(tuple(queries), tuple(dict.fromkeys(watches)) if known else None)

    # targets ------------------------------------------------------------------------------------------

    def _targets(self, shape: Node) -> Iterator[tuple[str, Watch]]:
        for value in self._values(shape, "targetClass"):
            yield self._instance("?this", _iri(value)), Watch(_TYPE, False)
        for value in self._values(shape, "targetSubjectsOf"):
            yield f"?this {value} {self._new()} .", Watch(_iri(value), False)
        for value in self._values(shape, "targetObjectsOf"):
            yield f"{self._new()} {value} ?this .", Watch(_iri(value), True)
        if self._values(shape, "targetNode"):
            raise _Unknown("sh:targetNode: a few nodes, which need no screen")

    def _instance(self, variable: str, class_: ox.NamedNode) -> str:
        """A pattern: SHACL instance of a class (https://www.w3.org/TR/shacl/#dfn-shacl-instance)."""
        classes = self._classes(class_)
        if len(classes) == 1:
            return f"{variable} {_TYPE} {class_} ."
        of = self._new()
        return f"VALUES {of} {{ {' '.join(map(str, classes))} }} {variable} {_TYPE} {of} ."

    def _classes(self, class_: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
        """A class and all below it."""
        if class_ not in self._below:
            found: dict[Node, None] = {class_: None}
            waiting: list[Node] = [class_]
            while waiting:
                for quad in self._data.quads_for(None, _SUBCLASS, waiting.pop(), ox.DefaultGraph()):
                    below = _node(quad.subject)
                    if below not in found:
                        found[below] = None
                        waiting.append(below)
            for below in found:
                if isinstance(below, ox.BlankNode) and any(self._data.quads_for(None, _TYPE, below)):
                    raise _Unknown("members of a class without a name")
            self._below[class_] = tuple(c for c in found if isinstance(c, ox.NamedNode))
        return self._below[class_]

    # objections ---------------------------------------------------------------------------------------

    def _objections(self, shape: Node, focus: str) -> Iterator[tuple[str, tuple[Watch, ...] | None]]:
        """Patterns that match where a focus node may violate the shape, and what each rests on."""
        path = self._path(shape)
        steps = () if path is None else path
        for name, parameter in self._parameters(shape):
            if name == "property":
                value = focus if path is None else self._new()
                reach = "" if path is None else f"{focus} {_text(steps)} {value} . "
                for objection, beyond in self._objections(_node(parameter), value):
                    all_of_it = None if beyond is None else (*_along(steps), *_moved(beyond, steps))
                    yield reach + objection, all_of_it
            elif name == "sparql":
                yield self._sparql(_node(parameter), focus), None
            elif name in ("minCount", "maxCount", "hasValue", "uniqueLang", "equals", "disjoint", "lessThan",
                          "qualifiedValueShape"):  # fmt: skip
                patterns, rests_on = self._of_all(name, parameter, shape, steps, focus)
                for pattern in patterns:
                    yield pattern, rests_on
            else:
                value = focus if path is None else self._new()
                holds, beyond = self._holds(name, parameter, shape, value)
                reach = "" if path is None else f"{focus} {_text(steps)} {value} . "
                yield (
                    f"{reach}FILTER (!COALESCE({holds}, false))",
                    (*_along(steps), *_moved(beyond, steps)),
                )

    def _of_all(
        self, name: str, parameter: Value, shape: Node, steps: tuple[Step, ...], focus: str
    ) -> tuple[tuple[str, ...], tuple[Watch, ...]]:
        """Patterns of constraints on the set of values; one that matches is an objection."""
        rests_on = _along(steps)
        path = _text(steps)
        if not steps and name != "hasValue":
            raise _Unknown(name)
        if name == "minCount":
            return (f"FILTER NOT EXISTS {{ {self._several(focus, path, _number(parameter))} }}",), rests_on
        if name == "maxCount":
            return (self._several(focus, path, _number(parameter) + 1),), rests_on
        if name == "hasValue":
            same = _same_term(parameter)
            if not steps:
                return (f"FILTER (!sameTerm({focus}, {same}))",), ()
            one = self._new()
            has = f"{focus} {path} {one} FILTER (sameTerm({one}, {same}))"
            return (f"FILTER NOT EXISTS {{ {has} }}",), rests_on
        if name == "uniqueLang":
            one, other = self._new(), self._new()
            clash = (
                f'LANG({one}) != "" && LCASE(LANG({one})) = LCASE(LANG({other})) && !sameTerm({one}, {other})'
            )
            return (f"{focus} {path} {one} , {other} . FILTER ({clash})",), rests_on
        if name == "qualifiedValueShape":
            return self._qualified(_node(parameter), shape, steps, focus)
        # equals, disjoint, lessThan: values of another property of the focus node.
        one, other, predicate = self._new(), self._new(), _iri(parameter)
        rests_on = (*rests_on, Watch(predicate, False))
        both = f"{focus} {path} {one} . {focus} {predicate} {other} ."
        if name == "disjoint":
            return (f"{both} FILTER (sameTerm({one}, {other}))",), rests_on
        if name == "lessThan":
            # Numbers alone are compared in the same way by everybody.
            less = f"isNumeric({one}) && isNumeric({other}) && {one} < {other}"
            return (f"{both} FILTER (!COALESCE({less}, false))",), rests_on
        lacking = f"{focus} {path} {one} FILTER NOT EXISTS {{ {focus} {predicate} {one} }}"
        extra = f"{focus} {predicate} {other} FILTER NOT EXISTS {{ {focus} {path} {other} }}"
        return (lacking, extra), rests_on

    def _qualified(
        self, wanted: Node, shape: Node, steps: tuple[Step, ...], focus: str
    ) -> tuple[tuple[str, ...], tuple[Watch, ...]]:
        """At least or at most so many values that conform to a shape."""
        if self._values(shape, "qualifiedValueShapesDisjoint"):
            raise _Unknown("qualifiedValueShapesDisjoint")
        highest = [_number(n) + 1 for n in self._values(shape, "qualifiedMaxCount")]
        if highest and any(name not in _EXACT for name, _ in self._parameters(wanted)):
            raise _Unknown("at most so many values that conform, where it is not exactly known which do")
        lowest = [_number(n) for n in self._values(shape, "qualifiedMinCount")]
        patterns, rests_on = [], list(_along(steps))
        for sign, numbers in (("NOT EXISTS", lowest), ("EXISTS", highest)):
            for number in numbers:
                variables = self._variables(number)
                conform = ["true"]
                for variable in variables:
                    holds, beyond = self._conforms(wanted, variable)
                    conform.append(f"COALESCE({holds}, false)")
                    rests_on += _moved(beyond, steps)
                pattern = self._several(focus, _text(steps), number, variables)
                patterns.append(f"FILTER {sign} {{ {pattern} FILTER ({' && '.join(conform)}) }}")
        return tuple(patterns), tuple(rests_on)

    def _several(self, focus: str, path: str, number: int, variables: Sequence[str] = ()) -> str:
        """A pattern: at least so many different values."""
        variables = variables or self._variables(number)
        pattern = " ".join(f"{focus} {path} {variable} ." for variable in variables)
        different = [f"!sameTerm({one}, {other})" for one, other in combinations(variables, 2)]
        return pattern + (f" FILTER ({' && '.join(different)})" if different else "")

    def _variables(self, number: int) -> list[str]:
        if number > _MOST_COUNTED:
            raise _Unknown(f"{number} values")
        return [self._new() for _ in range(number)]

    # values -------------------------------------------------------------------------------------------

    def _conforms(self, shape: Node, value: str) -> tuple[str, tuple[Watch, ...]]:
        """An expression that is true only where a value surely conforms to a shape, and what it rests on."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unknown("shapes that lead to themselves")
        try:
            return self._conforms_now(shape, value)
        finally:
            self._depth -= 1

    def _conforms_now(self, shape: Node, value: str) -> tuple[str, tuple[Watch, ...]]:
        if self._values(shape, "deactivated"):
            raise _Unknown("a shape that is switched off")
        tests: list[str] = ["true"]
        watches: list[Watch] = []
        steps = self._path(shape)
        if steps is None:
            for name, parameter in self._parameters(shape):
                if name == "property":
                    holds, rests_on = self._conforms(_node(parameter), value)
                else:
                    holds, rests_on = self._holds(name, parameter, shape, value)
                tests.append(holds)
                watches += rests_on
            return f"({' && '.join(tests)})", tuple(watches)
        for objection, what in self._objections(shape, value):
            if what is None:
                raise _Unknown("a query inside a shape inside a shape")
            tests.append(f"NOT EXISTS {{ {objection} }}")
            watches += what
        return f"({' && '.join(tests)})", tuple(watches)

    def _holds(self, name: str, parameter: Value, shape: Node, value: str) -> tuple[str, tuple[Watch, ...]]:
        """An expression that is true only where a value surely conforms to a constraint, and what it rests on."""
        of_type = (Watch(_TYPE, False),)
        if name == "class":
            return f"EXISTS {{ {self._instance(value, _iri(parameter))} }}", of_type
        if name == "datatype":
            datatype = _iri(parameter)
            if datatype.value not in _WELL_FORMED:
                raise _Unknown(datatype.value)
            form = _WELL_FORMED[datatype.value]
            check = f" && REGEX(STR({value}), {ox.Literal(form)})" if form else ""
            return f"(isLiteral({value}) && DATATYPE({value}) = {datatype}{check})", ()
        if name == "nodeKind":
            kind = _iri(parameter).value.removeprefix(_SH)
            if kind not in _KINDS:
                raise _Unknown(kind)
            return _KINDS[kind].format(value), ()
        if name in ("minLength", "maxLength"):
            sign = ">=" if name == "minLength" else "<="
            return f"(!isBlank({value}) && STRLEN(STR({value})) {sign} {_number(parameter)})", ()
        if name == "pattern":
            if self._values(shape, "flags"):
                raise _Unknown("flags of a pattern")
            text = _pattern(_literal(parameter).value)
            return f"(!isBlank({value}) && REGEX(STR({value}), {ox.Literal(text)}))", ()
        if name in _BOUNDS:
            bound = _literal(parameter)
            if bound.datatype.value not in _NUMERIC:
                raise _Unknown(f"{name} {bound}")
            return f"(isNumeric({value}) && {value} {_BOUNDS[name]} {bound})", ()
        if name == "in":
            return (
                f"({' || '.join(f'sameTerm({value}, {_same_term(m)})' for m in self._list(parameter))})",
                (),
            )
        if name == "languageIn":
            ranges = " || ".join(f"LANGMATCHES(LANG({value}), {_literal(m)})" for m in self._list(parameter))
            return f"(isLiteral({value}) && ({ranges}))", ()
        if name == "hasValue":
            return f"sameTerm({value}, {_same_term(parameter)})", ()
        if name == "node":
            return self._conforms(_node(parameter), value)
        if name in ("and", "or"):
            parts = [self._conforms(_node(member), value) for member in self._list(parameter)]
            sign = " || " if name == "or" else " && "
            # `||` gets over an error on one side, so that none of the members hides another.
            return f"({sign.join(holds for holds, _ in parts)})", tuple(w for _, more in parts for w in more)
        raise _Unknown(name)

    def _sparql(self, constraint: Node, focus: str) -> str:
        """The pattern of a SPARQL constraint that is one group, in which the focus node is bound from the start."""
        queries = self._values(constraint, "select")
        if len(queries) != 1 or self._values(constraint, "deactivated"):
            raise _Unknown("a constraint without one SELECT")
        text = re.sub(r"(?m)^\s*#.*$", "", _literal(queries[0]).value)
        found = _ONE_GROUP.fullmatch(text)
        bare = _QUOTED.sub('""', found[1]) if found else ""
        if not found or _SCOPED.search(bare) or any(not brace[1] for brace in _BRACE.finditer(bare)):
            raise _Unknown("a query of more than one group")
        if "$PATH" in bare or re.search(r"[$?](?:currentShape|shapesGraph)\b", bare):
            raise _Unknown("a query that is told more than the focus node")
        body = self._expanded(found[1], constraint)
        return re.sub(r"[$?]this\b", focus, body)

    def _expanded(self, body: str, constraint: Node) -> str:
        """The same with IRIs instead of prefixed names, for these have no declarations inside a query of ours."""
        prefixes = {}
        for declared in self._values(constraint, "prefixes"):
            for declaration in self._values(_node(declared), "declare"):
                for prefix in self._values(_node(declaration), "prefix"):
                    for namespace in self._values(_node(declaration), "namespace"):
                        prefixes[_literal(prefix).value] = _literal(namespace).value

        def iri(found: re.Match[str]) -> str:
            if found[1] is None:
                return found[0]  # a string or an IRI
            if found[1] not in prefixes:
                raise _Unknown(f"prefix {found[1]}")
            return f"<{prefixes[found[1]]}{found[2]}>"

        names = r"(?:<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|([A-Za-z][\w.-]*)?:([\w-]+(?:\.[\w-]+)*)"
        return re.sub(names, iri, body)

    # the shapes graph ---------------------------------------------------------------------------------

    def _parameters(self, shape: Node) -> Iterator[tuple[str, Value]]:
        for quad in self._shapes.quads_for(shape, None, None, ox.DefaultGraph()):
            predicate = quad.predicate.value
            if predicate == _SH + "deactivated":
                raise _Unknown("a shape that is switched off")
            if predicate.startswith(_SH) and predicate not in _SILENT:
                yield predicate.removeprefix(_SH), _value(quad.object)

    def _values(self, node: Node, name: str) -> list[Value]:
        quads = self._shapes.quads_for(node, ox.NamedNode(_SH + name), None, ox.DefaultGraph())
        return sorted((_value(quad.object) for quad in quads), key=str)

    def _list(self, head: Value) -> list[Value]:
        found = []
        first, rest, nil = (ox.NamedNode(expand(f"rdf:{name}")) for name in ("first", "rest", "nil"))
        while head != nil:
            items = list(self._shapes.quads_for(_node(head), first))
            rests = list(self._shapes.quads_for(_node(head), rest))
            if len(items) != 1 or len(rests) != 1:
                raise _Unknown("a malformed list")
            found.append(_value(items[0].object))
            head = _value(rests[0].object)
        if not found:
            raise _Unknown("an empty list")
        return found

    def _path(self, shape: Node) -> tuple[Step, ...] | None:
        paths = self._values(shape, "path")
        if not paths:
            return None
        if len(paths) > 1:
            raise _Unknown("a shape with several paths")
        return tuple(self._steps(paths[0]))

    def _steps(self, path: Value) -> Iterator[Step]:
        if isinstance(path, ox.NamedNode):
            yield Step(path)
            return
        quads = list(self._shapes.quads_for(_node(path), None, None, ox.DefaultGraph()))
        form = {quad.predicate.value for quad in quads}
        if form == {_SH + "inversePath"} and len(quads) == 1:
            inner = list(self._steps(_value(quads[0].object)))
            yield from (Step(step.predicate, not step.inverse) for step in reversed(inner))
        elif form == {expand("rdf:first"), expand("rdf:rest")}:
            for member in self._list(path):
                yield from self._steps(member)
        else:
            raise _Unknown("a path of alternatives or repetitions")

    def _new(self) -> str:
        self._fresh += 1
        return f"?screen{self._fresh}"


def _along(steps: Sequence[Step]) -> tuple[Watch, ...]:
    """The triples of a path from the focus node."""
    return tuple(
        Watch(step.predicate, step.inverse, tuple(_reversed(steps[:number])))
        for number, step in enumerate(steps)
    )


def _moved(watches: Iterable[Watch], steps: Sequence[Step]) -> tuple[Watch, ...]:
    """What a verdict on a value rests on, as seen from the focus node."""
    back = tuple(_reversed(steps))
    return tuple(Watch(watch.predicate, watch.at_object, (*watch.back, *back)) for watch in watches)


def _reversed(steps: Sequence[Step]) -> Iterator[Step]:
    return (Step(step.predicate, not step.inverse) for step in reversed(steps))


def _text(steps: Sequence[Step]) -> str:
    return "/".join(map(str, steps))


def _ends(node: Value, step: Step, dataset: Dataset) -> Iterator[Value]:
    """Where a step leads."""
    if step.inverse:
        for quad in dataset.quads_for(None, step.predicate, node, ox.DefaultGraph()):
            yield _value(quad.subject)
    elif not isinstance(node, ox.Literal):
        for quad in dataset.quads_for(node, step.predicate, None, ox.DefaultGraph()):
            yield _value(quad.object)


def _pattern(text: str) -> str:
    """A regular expression of Python's as Oxigraph's, which may find less but never more."""
    try:
        re.compile(text)
    except re.error as error:
        raise _Unknown(f"pattern {text}") from error
    out, end = [], 0
    for part in _PATTERN_PART.finditer(text):
        if part.start() != end:
            break
        end = part.end()
        # Python counts four separators among white space that Unicode does not.
        out.append({"\\s": r"[\s\x1c-\x1f]", "\\S": r"[^\s\x1c-\x1f]"}.get(part[0], part[0]))
    if end != len(text):
        raise _Unknown(f"pattern {text}")
    return "".join(out)


def _same_term(term: Value) -> str:
    """A term that means itself alone in a query: a number might be written in several ways."""
    if isinstance(term, ox.BlankNode):
        raise _Unknown("a blank node as a value")
    if isinstance(term, ox.Literal) and term.language is None and term.datatype.value != _XSD + "string":
        raise _Unknown(f"a value such as {term}")
    return str(term)


def _number(term: Value) -> int:
    text = _literal(term).value
    if not text.isdecimal():
        raise _Unknown(text)
    return int(text)


def _iri(term: Value) -> ox.NamedNode:
    if not isinstance(term, ox.NamedNode):
        raise _Unknown(str(term))
    return term


def _literal(term: Value) -> ox.Literal:
    if not isinstance(term, ox.Literal):
        raise _Unknown(str(term))
    return term


def _node(term: object) -> Node:
    if not isinstance(term, (ox.NamedNode, ox.BlankNode)):
        raise _Unknown(str(term))
    return term


def _value(term: object) -> Value:
    if not isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)):
        raise _Unknown(str(term))
    return term
