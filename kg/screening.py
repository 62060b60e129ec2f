"""Shapes → SPARQL that finds, over a whole dataset at once, the nodes that a shape may object to.

A SHACL processor asks about each node by itself.  Most constraints can be asked of all nodes in one query, and on a
sound graph the answer is next to nothing; `kg.validation` then lets pySHACL look at those nodes alone and say what is
wrong.
A screen may name too many nodes, never too few: a constraint that is not understood here, or not in exactly SHACL's
sense, leaves the shape without a screen, and pySHACL looks at all of its nodes.

A screen also knows on which triples its verdicts rest (`kg.screens.Watch`), so that after a change only the nodes are
looked at whose verdict may be another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import pyoxigraph as ox

from kg.constraint_queries import pattern, rests_on
from kg.errors import QueryError
from kg.namespaces import PREFIXES, expand
from kg.screens import Node, Screen, Step, Unknown, Value, Watch, along, moved, node_of, path_text, value_of
from kg.store import Dataset
from kg.value_tests import iri_of, list_test, literal_of, number_of, same_term, value_test

_SH: Final = PREFIXES["sh"]
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
        node_of(quad.subject)
        for target in _TARGETS
        for quad in shapes.quads_for(None, target, None, ox.DefaultGraph())
    }
    for shape in targeted:
        try:
            found[shape] = reader.screen(shape)
        except Unknown:
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
            Unknown: it has none.
        """
        if any(
            node_of(quad.object) in (ox.NamedNode(expand("rdfs:Class")), ox.NamedNode(expand("owl:Class")))
            for quad in self._shapes.quads_for(shape, _TYPE)
        ):
            raise Unknown("a shape that is a class has its members for targets too")
        targets = list(self._targets(shape))
        queries, watches = [], [watch for _, watch in targets]
        known = True
        for objection, what in self._objections(shape, "?this"):
            queries += [f"SELECT DISTINCT ?this WHERE {{ {target} {objection} }}" for target, _ in targets]
            if what is None:
                known = False
            else:
                watches += what
        for query in queries:
            try:
                self._empty.query(query)
            except QueryError as error:
                raise Unknown(str(error)) from error
        return Screen(tuple(queries), tuple(dict.fromkeys(watches)) if known else None)

    # targets ------------------------------------------------------------------------------------------

    def _targets(self, shape: Node) -> Iterator[tuple[str, Watch]]:
        for value in self._values(shape, "targetClass"):
            yield self._instance("?this", iri_of(value)), Watch(_TYPE, False)
        for value in self._values(shape, "targetSubjectsOf"):
            yield f"?this {value} {self._new()} .", Watch(iri_of(value), False)
        for value in self._values(shape, "targetObjectsOf"):
            yield f"{self._new()} {value} ?this .", Watch(iri_of(value), True)
        if self._values(shape, "targetNode"):
            raise Unknown("sh:targetNode: a few nodes, which need no screen")

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
                    below = node_of(quad.subject)
                    if below not in found:
                        found[below] = None
                        waiting.append(below)
            for below in found:
                if isinstance(below, ox.BlankNode) and any(self._data.quads_for(None, _TYPE, below)):
                    raise Unknown("members of a class without a name")
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
                reach = "" if path is None else f"{focus} {path_text(steps)} {value} . "
                for objection, beyond in self._objections(node_of(parameter), value):
                    all_of_it = None if beyond is None else (*along(steps), *moved(beyond, steps))
                    yield reach + objection, all_of_it
            elif name == "sparql":
                yield self._sparql(node_of(parameter), focus)
            elif name in ("minCount", "maxCount", "hasValue", "uniqueLang", "equals", "disjoint", "lessThan",
                          "qualifiedValueShape"):  # fmt: skip
                patterns, rests_on = self._of_all(name, parameter, shape, steps, focus)
                for pattern in patterns:
                    yield pattern, rests_on
            else:
                value = focus if path is None else self._new()
                holds, beyond = self._holds(name, parameter, shape, value)
                reach = "" if path is None else f"{focus} {path_text(steps)} {value} . "
                yield (
                    f"{reach}FILTER (!COALESCE({holds}, false))",
                    (*along(steps), *moved(beyond, steps)),
                )

    def _of_all(
        self, name: str, parameter: Value, shape: Node, steps: tuple[Step, ...], focus: str
    ) -> tuple[tuple[str, ...], tuple[Watch, ...]]:
        """Patterns of constraints on the set of values; one that matches is an objection."""
        rests_on = along(steps)
        path = path_text(steps)
        if not steps and name != "hasValue":
            raise Unknown(name)
        if name == "minCount":
            return (f"FILTER NOT EXISTS {{ {self._several(focus, path, number_of(parameter))} }}",), rests_on
        if name == "maxCount":
            return (self._several(focus, path, number_of(parameter) + 1),), rests_on
        if name == "hasValue":
            same = same_term(parameter)
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
            return self._qualified(node_of(parameter), shape, steps, focus)
        # equals, disjoint, lessThan: values of another property of the focus node.
        one, other, predicate = self._new(), self._new(), iri_of(parameter)
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
            raise Unknown("qualifiedValueShapesDisjoint")
        highest = [number_of(n) + 1 for n in self._values(shape, "qualifiedMaxCount")]
        if highest and any(name not in _EXACT for name, _ in self._parameters(wanted)):
            raise Unknown("at most so many values that conform, where it is not exactly known which do")
        lowest = [number_of(n) for n in self._values(shape, "qualifiedMinCount")]
        patterns, rests_on = [], list(along(steps))
        for sign, numbers in (("NOT EXISTS", lowest), ("EXISTS", highest)):
            for number in numbers:
                variables = self._variables(number)
                conform = ["true"]
                for variable in variables:
                    holds, beyond = self._conforms(wanted, variable)
                    conform.append(f"COALESCE({holds}, false)")
                    rests_on += moved(beyond, steps)
                pattern = self._several(focus, path_text(steps), number, variables)
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
            raise Unknown(f"{number} values")
        return [self._new() for _ in range(number)]

    # values -------------------------------------------------------------------------------------------

    def _conforms(self, shape: Node, value: str) -> tuple[str, tuple[Watch, ...]]:
        """An expression that is true only where a value surely conforms to a shape, and what it rests on."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unknown("shapes that lead to themselves")
        try:
            return self._conforms_now(shape, value)
        finally:
            self._depth -= 1

    def _conforms_now(self, shape: Node, value: str) -> tuple[str, tuple[Watch, ...]]:
        if self._values(shape, "deactivated"):
            raise Unknown("a shape that is switched off")
        tests: list[str] = ["true"]
        watches: list[Watch] = []
        steps = self._path(shape)
        if steps is None:
            for name, parameter in self._parameters(shape):
                if name == "property":
                    holds, rests_on = self._conforms(node_of(parameter), value)
                else:
                    holds, rests_on = self._holds(name, parameter, shape, value)
                tests.append(holds)
                watches += rests_on
            return f"({' && '.join(tests)})", tuple(watches)
        if self._values(shape, "sparql"):
            raise Unknown("a query inside a shape inside a shape")
        for objection, what in self._objections(shape, value):
            assert what is not None  # only queries may rest on what cannot be told
            tests.append(f"NOT EXISTS {{ {objection} }}")
            watches += what
        return f"({' && '.join(tests)})", tuple(watches)

    def _holds(self, name: str, parameter: Value, shape: Node, value: str) -> tuple[str, tuple[Watch, ...]]:
        """An expression that is true only where a value surely conforms to a constraint, and what it rests on."""
        of_type = (Watch(_TYPE, False),)
        if name == "class":
            return f"EXISTS {{ {self._instance(value, iri_of(parameter))} }}", of_type
        if name in ("in", "languageIn"):
            return list_test(name, self._list(parameter), value), ()
        if name == "node":
            return self._conforms(node_of(parameter), value)
        if name in ("and", "or"):
            parts = [self._conforms(node_of(member), value) for member in self._list(parameter)]
            sign = " || " if name == "or" else " && "
            # `||` gets over an error on one side, so that none of the members hides another.
            return f"({sign.join(holds for holds, _ in parts)})", tuple(w for _, more in parts for w in more)
        if name == "pattern" and self._values(shape, "flags"):
            raise Unknown("flags of a pattern")
        return value_test(name, parameter, value), ()

    def _sparql(self, constraint: Node, focus: str) -> tuple[str, tuple[Watch, ...] | None]:
        """The pattern of a SPARQL constraint that is one group, and what it rests on."""
        queries = self._values(constraint, "select")
        if len(queries) != 1 or self._values(constraint, "deactivated"):
            raise Unknown("a constraint without one SELECT")
        prefixes = {
            literal_of(prefix).value: literal_of(namespace).value
            for declared in self._values(constraint, "prefixes")
            for declaration in self._values(node_of(declared), "declare")
            for prefix in self._values(node_of(declaration), "prefix")
            for namespace in self._values(node_of(declaration), "namespace")
        }
        body = pattern(literal_of(queries[0]).value, prefixes, focus)
        return body, rests_on(body, focus)

    # the shapes graph ---------------------------------------------------------------------------------

    def _parameters(self, shape: Node) -> Iterator[tuple[str, Value]]:
        for quad in self._shapes.quads_for(shape, None, None, ox.DefaultGraph()):
            predicate = quad.predicate.value
            if predicate == _SH + "deactivated":
                raise Unknown("a shape that is switched off")
            if predicate.startswith(_SH) and predicate not in _SILENT:
                yield predicate.removeprefix(_SH), value_of(quad.object)

    def _values(self, node: Node, name: str) -> list[Value]:
        quads = self._shapes.quads_for(node, ox.NamedNode(_SH + name), None, ox.DefaultGraph())
        return sorted((value_of(quad.object) for quad in quads), key=str)

    def _list(self, head: Value) -> list[Value]:
        found = []
        first, rest, nil = (ox.NamedNode(expand(f"rdf:{name}")) for name in ("first", "rest", "nil"))
        while head != nil:
            items = list(self._shapes.quads_for(node_of(head), first))
            rests = list(self._shapes.quads_for(node_of(head), rest))
            if len(items) != 1 or len(rests) != 1:
                raise Unknown("a malformed list")
            found.append(value_of(items[0].object))
            head = value_of(rests[0].object)
        if not found:
            raise Unknown("an empty list")
        return found

    def _path(self, shape: Node) -> tuple[Step, ...] | None:
        paths = self._values(shape, "path")
        if not paths:
            return None
        if len(paths) > 1:
            raise Unknown("a shape with several paths")
        return tuple(self._steps(paths[0]))

    def _steps(self, path: Value) -> Iterator[Step]:
        if isinstance(path, ox.NamedNode):
            yield Step(path)
            return
        quads = list(self._shapes.quads_for(node_of(path), None, None, ox.DefaultGraph()))
        form = {quad.predicate.value for quad in quads}
        if form == {_SH + "inversePath"} and len(quads) == 1:
            inner = list(self._steps(value_of(quads[0].object)))
            yield from (Step(step.predicate, not step.inverse) for step in reversed(inner))
        elif form == {expand("rdf:first"), expand("rdf:rest")}:
            for member in self._list(path):
                yield from self._steps(member)
        else:
            raise Unknown("a path of alternatives or repetitions")

    def _new(self) -> str:
        self._fresh += 1
        return f"?screen{self._fresh}"
