"""Evaluates the queries of `kg.column_queries` over `kg.columns`, whole columns at a time.

Nothing here is an approximation: the answer is the one that SPARQL defines, and the tests hold it to Oxigraph's.
What would need too much space, or an order among values of different kinds, is left to Oxigraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.column_queries import Beginning, Count, Pattern, Select, Variable
from kg.columns import IRI, OTHER, TAGGED, Columns, Predicate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.columns import Numbers

#: Rows that a table may have on the way.
_MOST_ROWS: Final = 4_000_000
#: The same, and patterns and bytes, of what takes a millisecond or two.
_FEW_ROWS: Final = 5_000
_FEW_PATTERNS: Final = 8
_FEW_BYTES: Final = 256 * 1024
#: Rows of the first pattern that are joined at a time where a query wants only so many results; then twice as many.
_BLOCK: Final = 256
#: Rows of a result that are written at a time.
_CHUNK: Final = 2_000
#: Bytes of a text that a condition looks at as soon as at a row.
_BYTES_A_ROW: Final = 200
#: Letters that others are folded to beside their own capitals.
_FOLDED: Final = {"s": b"\xc5\xbf", "k": b"\xe2\x84\xaa"}
_COUNT: Final = b'{"type":"literal","value":"%d","datatype":"http://www.w3.org/2001/XMLSchema#integer"}'


class TooMuch(Exception):
    """This is better left to Oxigraph."""


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query.

    Attributes:
        names: of the columns.
        columns: the values, all equally long: numbers of terms, or counts.
        counts: which of them are counts.
        source: has the terms.
    """

    names: tuple[str, ...]
    columns: tuple[Numbers, ...]
    counts: tuple[bool, ...]
    source: Columns

    def as_json(self, most: int | None = None) -> Iterator[bytes]:
        """The SPARQL 1.1 JSON results, piece by piece.

        Args:
            most: bytes that the terms may take.

        Raises:
            TooMuch: they take more; no piece that is past it was made.
        """
        heads = b",".join(b'"%s"' % name.encode() for name in self.names)
        yield b'{"head":{"vars":[' + heads + b']},"results":{"bindings":['
        row = b"{" + b",".join(b'"%s":%%b' % name.encode() for name in self.names) + b"}"
        size = len(self.columns[0])
        for start in range(0, size, _CHUNK):
            parts = [column[start : start + _CHUNK] for column in self.columns]
            spans = {at: self.source.spans(part) for at, part in enumerate(parts) if not self.counts[at]}
            if most is not None:
                most -= sum(sum(ends) - sum(starts) for starts, ends in spans.values())
                if most < 0:
                    raise TooMuch
            texts = [
                self.source.texts(spans[at]) if at in spans else [_COUNT % value for value in part.tolist()]
                for at, part in enumerate(parts)
            ]
            yield (b"," if start else b"") + b",".join([row % values for values in zip(*texts, strict=True)])
        yield b"]}}"


def evaluate(select: Select, columns: Columns) -> Result | None:
    """The result of a query, or None where it is better left to Oxigraph."""
    try:
        return _Evaluation(select, columns, _MOST_ROWS).result()
    except TooMuch:
        return None


def answer_little(select: Select, columns: Columns) -> bytes | None:
    """The SPARQL 1.1 JSON results of a query that takes little, or None.

    How much each step takes is known before it is begun: no more than some thousand rows are ever looked at, and no
    more than some hundred kilobytes written.  So this may be done where nothing may take long.
    """
    if len(select.patterns) > _FEW_PATTERNS or any(pattern.closure for pattern in select.patterns):
        return None
    try:
        return b"".join(_Evaluation(select, columns, _FEW_ROWS).result().as_json(_FEW_BYTES))
    except TooMuch:
        return None


#: Variable → its values; all equally long.
_Table: TypeAlias = "dict[str, Numbers]"


class _Evaluation:
    def __init__(self, select: Select, columns: Columns, most: int) -> None:
        import numpy as np  # noqa: PLC0415  # a tenth of a second to import

        self._np = np
        self._select = select
        self._columns = columns
        self._most = most
        self._predicates: dict[object, Predicate | None] = {}
        self._triples = columns.triples
        if select.graph is not None:
            graph = columns.graph(select.graph)
            self._check(graph.stop - graph.start)
            self._triples = columns.triples_of(graph)

    def result(self) -> Result:
        select = self._select
        if select.counts:
            table, size = self._counted()
        elif select.limit is not None and not select.order:
            table, size = self._first(select.offset + select.limit)
        else:
            table, size = self._joined()
            if select.distinct:
                table, size = self._distinct(table, size)
        chosen = self._sorted(table, size)
        end = None if select.limit is None else select.offset + select.limit
        rows = chosen[select.offset : end]
        names = [column.name if isinstance(column, Count) else column for column in select.columns]
        return Result(
            names=tuple(names),
            columns=tuple(table[name][rows] for name in names),
            counts=tuple(isinstance(column, Count) for column in select.columns),
            source=self._columns,
        )

    # Counting, sorting, cutting

    def _counted(self) -> tuple[_Table, int]:
        np = self._np
        table, size = self._joined()
        groups = self._select.groups
        out: _Table = {}
        if groups:
            _, first, keys = np.unique(
                self._keys([table[name] for name in groups], size), return_index=True, return_inverse=True
            )
            amount = len(first)
            out = {name: table[name][first] for name in groups}
        else:
            keys, amount = np.zeros(size, np.int64), 1
        for count in self._select.counts:
            if count.distinct:
                _, first = np.unique(self._keys([keys, table[count.of]], size), return_index=True)
                out[count.name] = np.bincount(keys[first], minlength=amount)
            else:
                out[count.name] = np.bincount(keys, minlength=amount)
        return out, amount

    def _keys(self, columns: Sequence[Numbers], size: int) -> Numbers:
        """A number for each row, the same for equal rows."""
        np = self._np
        keys: Numbers = np.zeros(size, np.int64)
        width = max(len(self._columns), size) + 1  # above every value
        room = 1
        for column in columns:
            if room * width >= 1 << 62:
                _, keys = np.unique(keys, return_inverse=True)
                room = size
            keys = keys * width + column
            room *= width
        return keys

    def _distinct(self, table: _Table, size: int) -> tuple[_Table, int]:
        np = self._np
        names = [column for column in self._select.columns if isinstance(column, str)]
        _, first = np.unique(self._keys([table[name] for name in names], size), return_index=True)
        first.sort()
        return {name: table[name][first] for name in names}, len(first)

    def _first(self, wanted: int) -> tuple[_Table, int]:
        """Rows until there are enough; the first pattern's are taken block by block."""
        np = self._np
        found: list[_Table] = []
        start, block = 0, _BLOCK
        names = [column for column in self._select.columns if isinstance(column, str)]
        while True:
            table, size, more = self._joined_from(start, block)
            found.append({name: table[name] for name in names})
            whole = {name: np.concatenate([one[name] for one in found]) for name in names}
            size = len(whole[names[0]])
            if self._select.distinct:
                whole, size = self._distinct(whole, size)
                found = [whole]
            if size >= wanted or not more:
                return whole, size
            start, block = start + block, block * 4

    def _sorted(self, table: _Table, size: int) -> Numbers:
        """The rows in their order.

        Raises:
            TooMuch: values of different kinds, or of one without an order, are to be sorted.
        """
        np = self._np
        if not self._select.order or not size:
            return self._numbered(size)
        keys = []
        counts = {count.name for count in self._select.counts}
        for name, descending in reversed(self._select.order):
            values = table[name].astype(np.int64)
            if name not in counts:
                kinds = {self._columns.kind(int(value)) for value in (values.min(), values.max())}
                if len(kinds) != 1 or kinds == {OTHER}:
                    raise TooMuch
            keys.append(-values if descending else values)
        rows: Numbers = np.lexsort(keys)
        return rows

    def _numbered(self, size: int) -> Numbers:
        rows: Numbers = self._np.arange(size)
        return rows

    # Joins

    def _joined(self) -> tuple[_Table, int]:
        table, size, _ = self._joined_from(0, None)
        return table, size

    def _joined_from(self, start: int, block: int | None) -> tuple[_Table, int, bool]:
        """The rows of all patterns, or those that come of some rows of the first; whether there are more of them."""
        table: _Table = {}
        size, more = 1, False
        waiting = list(self._select.conditions)
        for number, pattern in enumerate(self._order()):
            table, size = self._step(pattern, table, size)
            if number == 0 and block is not None:
                more = size > start + block
                table = {name: values[start : start + block] for name, values in table.items()}
                size = max(0, min(size - start, block)) if table else size
            for condition in [one for one in waiting if one.variable in table]:
                waiting.remove(condition)
                table, size = self._met(condition, table)
        return table, size, more

    def _order(self) -> Iterator[Pattern]:
        """The patterns, each joined to those before, the most selective first.

        Raises:
            TooMuch: some are not joined to others.
        """
        waiting = [(pattern, _variables(pattern)) for pattern in self._select.patterns]
        bound: set[str] = set()
        while waiting:
            joined = [one for one in waiting if not bound or not one[1] or bound & one[1]]
            if not joined:
                raise TooMuch
            best = joined[0]
            if len(joined) > 1:
                best = min(joined, key=lambda one: self._expected(one[0], bound) if one[1] else 0.0)
            waiting.remove(best)
            bound |= best[1]
            yield best[0]

    def _expected(self, pattern: Pattern, bound: set[str]) -> float:
        """Rows that come of one row, about."""
        if isinstance(pattern.predicate, Variable):  # as late as can be
            return float(len(self._triples.things))
        predicate = self._predicate(pattern)
        if predicate is None:
            return 0
        rows = float(predicate.size)
        if not isinstance(pattern.subject, Variable) or pattern.subject.name in bound:
            rows /= predicate.subjects
        if not isinstance(pattern.object, Variable) or pattern.object.name in bound:
            rows /= predicate.objects
        if pattern.closure:
            rows *= 4
        if not bound and not isinstance(pattern.object, Variable) and not pattern.closure:
            start, end = self._run(pattern, self._number(pattern.object), by_object=True)
            rows = end - start
        return rows

    def _predicate(self, pattern: Pattern) -> Predicate | None:
        assert not isinstance(pattern.predicate, Variable)
        iri = pattern.predicate
        if iri not in self._predicates:
            number = self._columns.number(iri)
            self._predicates[iri] = None if number is None else self._triples.predicates.get(number)
        return self._predicates[iri]

    def _number(self, node: object) -> int:
        """The number of a term; -1 where the graph does not have it."""
        number = self._columns.number(node)  # type: ignore[arg-type]  # no variable
        return -1 if number is None else number

    def _run(self, pattern: Pattern, number: int, *, by_object: bool) -> tuple[int, int]:
        predicate = self._predicate(pattern)
        if predicate is None:
            return 0, 0
        keys, _ = self._sides(predicate, by_object=by_object)
        return _span(keys, number)

    def _sides(self, predicate: Predicate, *, by_object: bool) -> tuple[Numbers, Numbers]:
        """The triples of a predicate sorted by one end; that end, and the other."""
        part = slice(predicate.start, predicate.end)
        triples = self._triples
        if by_object:
            return triples.objects_first[part], triples.subjects_last[part]
        return triples.subjects[part], triples.objects[part]

    def _step(self, pattern: Pattern, table: _Table, size: int) -> tuple[_Table, int]:
        """Join with a pattern."""
        np = self._np
        if isinstance(pattern.predicate, Variable):
            return self._described(pattern, pattern.predicate, table, size)
        if pattern.closure:
            return self._close(pattern, table, size)
        predicate = self._predicate(pattern)
        subject, object_ = pattern.subject, pattern.object
        if predicate is None:
            empty = np.zeros(0, np.int64)
            return dict.fromkeys({*table, *_variables(pattern)}, empty), 0
        known = [self._known(node, table, size) for node in (subject, object_)]
        if known[0] is None and known[1] is None:
            if table:
                raise TooMuch
            self._check(predicate.size)
            keys, values = self._sides(predicate, by_object=False)
            assert isinstance(subject, Variable)
            assert isinstance(object_, Variable)
            return {subject.name: keys, object_.name: values}, len(keys)
        if known[0] is not None and known[1] is not None:
            self._check(predicate.size)
            return self._kept(table, self._holds(predicate, known[0], known[1]))
        by_object = known[0] is None
        keys, values = self._sides(predicate, by_object=by_object)
        given = known[1] if by_object else known[0]
        new = subject if by_object else object_
        assert given is not None
        assert isinstance(new, Variable)
        rows, at = self._found(keys, given)
        out = {name: column[rows] for name, column in table.items()}
        out[new.name] = values[at]
        return out, len(at)

    def _found(self, keys: Numbers, given: Numbers) -> tuple[Numbers, Numbers]:
        """Where some sorted numbers have some given ones: for each match the index of the given one, and the place.

        Raises:
            TooMuch: there are too many.
        """
        np = self._np
        if len(given) == 1:
            start, end = _span(keys, int(given[0]))
            self._check(end - start)
            return np.zeros(end - start, np.int64), np.arange(start, end)
        lowest, highest = keys.searchsorted(given, "left"), keys.searchsorted(given, "right")
        amounts = highest - lowest
        total = int(amounts.sum())
        self._check(total)
        starts = np.repeat(lowest - (np.cumsum(amounts) - amounts), amounts)
        return np.repeat(np.arange(len(given)), amounts), starts + np.arange(total)

    def _check(self, rows: int) -> None:
        """See that a table does not grow too large.

        Raises:
            TooMuch: it would.
        """
        if rows > self._most:
            raise TooMuch

    def _known(self, node: object, table: _Table, size: int) -> Numbers | None:
        """The values of one end of a pattern, row by row, if they are known."""
        if isinstance(node, Variable):
            return table.get(node.name)
        # Of the columns' own type: a search converts all that it searches otherwise.
        values: Numbers = self._np.full(size, self._number(node), self._triples.subjects.dtype)
        return values

    def _described(
        self, pattern: Pattern, property_: Variable, table: _Table, size: int
    ) -> tuple[_Table, int]:
        """Join with whatever is said of things that are known.

        Raises:
            TooMuch: they are not.
        """
        triples = self._triples
        given = self._known(pattern.subject, table, size)
        if given is None:
            raise TooMuch
        rows, at = self._found(triples.things, given)
        total = len(at)
        out = {name: column[rows] for name, column in table.items()}
        out[property_.name] = triples.properties[at]
        object_ = self._known(pattern.object, out, total)
        if object_ is not None:
            return self._kept(out, triples.values[at] == object_)
        assert isinstance(pattern.object, Variable)
        out[pattern.object.name] = triples.values[at]
        return out, total

    def _holds(self, predicate: Predicate, subjects: Numbers, objects: Numbers) -> NDArray[Any]:
        """Which of some pairs are triples."""
        np = self._np
        keys, values = self._sides(predicate, by_object=False)
        width = len(self._columns)
        there = keys.astype(np.int64) * width + values
        wanted = subjects.astype(np.int64) * width + objects
        at = np.minimum(there.searchsorted(wanted), len(there) - 1)
        found: NDArray[Any] = (there[at] == wanted) & (subjects >= 0) & (objects >= 0)
        return found

    def _kept(self, table: _Table, which: NDArray[Any]) -> tuple[_Table, int]:
        return {name: column[which] for name, column in table.items()}, int(which.sum())

    def _close(self, pattern: Pattern, table: _Table, size: int) -> tuple[_Table, int]:
        """Join with a path of any length, one end of which is a term.

        Raises:
            TooMuch: both ends are open, or none is, or no such step begins or ends at the term: it may not be in the
                graph, and what SPARQL gives then (§9.3), Oxigraph does not; one server is not to answer in two ways.
        """
        np = self._np
        ends = (pattern.subject, pattern.object)
        terms = [not isinstance(node, Variable) for node in ends]
        if terms[0] is terms[1]:
            raise TooMuch
        backward = terms[1]
        number = self._number(ends[1] if backward else ends[0])
        if all(
            start == end for start, end in (self._run(pattern, number, by_object=b) for b in (False, True))
        ):
            raise TooMuch
        reached = self._reached(pattern, number, backward=backward)
        variable = ends[0] if backward else ends[1]
        assert isinstance(variable, Variable)
        if variable.name in table:
            return self._kept(table, np.isin(table[variable.name], reached))
        self._check(size * len(reached))
        out = {name: np.repeat(column, len(reached)) for name, column in table.items()}
        out[variable.name] = np.tile(reached, size)
        return out, size * len(reached)

    def _reached(self, pattern: Pattern, number: int, *, backward: bool) -> Numbers:
        """What a term reaches, each once; itself too if no step is a way."""
        np = self._np
        start: Numbers = np.array([number], self._triples.subjects.dtype)
        predicate = self._predicate(pattern)
        seen: Numbers = start if pattern.closure == "*" else start[:0]
        if predicate is None:
            return seen
        keys, values = self._sides(predicate, by_object=backward)
        front = start
        while len(front):
            _, at = self._found(keys, front)
            front = np.setdiff1d(values[at], seen)
            seen = np.union1d(seen, front)
        return seen

    # Conditions

    def _met(self, condition: Beginning, table: _Table) -> tuple[_Table, int]:
        np = self._np
        values = np.unique(table[condition.variable])
        # Of a term that is no text, the condition is an error, which holds as little as false.
        first, last = self._columns.kinds[IRI], self._columns.kinds[TAGGED]
        texts = values[(values >= first) & (values < last)]
        self._check(self._columns.size(texts) // _BYTES_A_ROW)
        begins = _beginning(condition).match
        found = [
            number
            for number, text in zip(
                texts.tolist(), self._columns.texts(self._columns.spans(texts)), strict=True
            )
            if begins(text)
        ]
        return self._kept(table, np.isin(table[condition.variable], np.array(found, np.int64)))


def _span(keys: Numbers, number: int) -> tuple[int, int]:
    """Where a number begins and ends among sorted ones.

    Not by numpy, which lets other threads go first, and waits for them, whatever little it has to search.
    """
    found = memoryview(keys)  # type: ignore[arg-type]  # of one dimension, which numpy's types do not tell
    return bisect_left(found, number), bisect_right(found, number)


def _variables(pattern: Pattern) -> set[str]:
    nodes = (pattern.subject, pattern.predicate, pattern.object)
    return {node.name for node in nodes if isinstance(node, Variable)}


def _beginning(condition: Beginning) -> re.Pattern[bytes]:
    """What a literal in the form of the JSON results looks like that begins so."""
    letters = [re.escape(letter).encode() for letter in condition.letters]
    if condition.folded:
        letters = [
            b"(?:%b|%b)" % (plain, _FOLDED[letter.lower()]) if letter.lower() in _FOLDED else plain
            for letter, plain in zip(condition.letters, letters, strict=True)
        ]
    flags = re.IGNORECASE if condition.folded else re.NOFLAG
    return re.compile(rb'\{"type":"literal","value":"' + b"".join(letters), flags)
