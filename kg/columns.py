"""The triples of a snapshot as sorted columns of numbers, beside its database: what joins and counts run over.

Oxigraph evaluates row by row and knows no statistics.  A snapshot never changes, so its triples can be written once
more when it is published: terms numbered in the order in which SPARQL sorts them, triples of each predicate sorted by
subject and by object, all of it in files that any number of processes map into memory.  See docs/decisions/0019.

    terms.json        every term in the form of the SPARQL JSON results, one after the other
    offsets.npy       where each begins
    hashes.npy, numbers.npy    hash of a term → its number, sorted by the hash
    subjects.npy, objects.npy            the default graph, sorted by predicate, subject, object
    objects-first.npy, subjects-last.npy the default graph, sorted by predicate, object, subject
    things.npy, properties.npy, values.npy    the default graph, sorted by subject, predicate, object
    graphs.npy, graph-starts.npy    the names of the named graphs, sorted, and where the triples of each begin
    graph-predicates.npy, graph-subjects.npy, graph-objects.npy
                      those triples, sorted by graph, predicate, subject, object
    columns.json      how many terms of each kind there are, and of each predicate where it begins and what it counts
"""

from __future__ import annotations

import json
import mmap
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.errors import StoreError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.signedinteger[Any]]

FOLDER: Final = "columns"
FORMAT: Final = 3
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TABLE: Final = "columns.json"
_OF_DEFAULT: Final = (
    *("subjects", "objects", "objects-first", "subjects-last"),
    *("things", "properties", "values"),
)
_OF_GRAPHS: Final = ("graph-predicates", "graph-subjects", "graph-objects")
_ARRAYS: Final = ("offsets", "hashes", "numbers", *_OF_DEFAULT, "graphs", "graph-starts", *_OF_GRAPHS)
#: Kinds of terms, in the order of their numbers; those of one kind, but for the last, are sorted by their value.
IRI, STRING, TAGGED, INTEGER, DATE, OTHER = range(6)

#: Terms whose numbers are remembered, and triples of named graphs that stay sorted in all orders.
_REMEMBERED: Final = 10_000
_REMEMBERED_ROWS: Final = 250_000

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


class Predicate(NamedTuple):
    """Where the triples of a predicate are, and what they count.

    Attributes:
        start: index of the first.
        end: index past the last.
        subjects: distinct ones.
        objects: distinct ones.
    """

    start: int
    end: int
    subjects: int
    objects: int

    @property
    def size(self) -> int:
        """How many triples there are."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of one graph, three times; each column is an array of numbers of terms.

    Attributes:
        predicates: number of a predicate → where its triples are in the first four columns.
        subjects: sorted by predicate, subject, object.
        objects: of the same triples.
        objects_first: sorted by predicate, object, subject.
        subjects_last: of the same triples.
        things: the subjects, sorted by subject, predicate, object.
        properties: the predicates of the same triples.
        values: the objects of the same triples.
    """

    predicates: Mapping[int, Predicate]
    subjects: Numbers
    objects: Numbers
    objects_first: Numbers
    subjects_last: Numbers
    things: Numbers
    properties: Numbers
    values: Numbers


def write(quads: Iterable[ox.Quad], folder: Path) -> bool:
    """Write the columns of a dataset; False, and nothing written, where it is empty or holds triples about triples.

    Args:
        quads: each once.
        folder: is made.
    """
    import numpy as np  # noqa: PLC0415  # a tenth of a second to import

    seen: dict[Term, int] = {}
    triples, named = array("i"), array("i")
    for quad in quads:
        is_default = isinstance(quad.graph_name, ox.DefaultGraph)
        if not is_default:
            named.append(seen.setdefault(quad.graph_name, len(seen)))  # type: ignore[arg-type]  # no default graph
        into = triples if is_default else named
        for term in (quad.predicate, quad.subject, quad.object):
            if isinstance(term, ox.Triple):
                return False
            into.append(seen.setdefault(term, len(seen)))
    if not seen:  # nothing can be mapped into memory
        return False
    order = sorted(seen, key=_sort_key)
    numbers = np.empty(len(seen), np.int32)
    numbers[[seen[term] for term in order]] = np.arange(len(seen), dtype=np.int32)
    of_default = numbers[np.array(triples, np.int32).reshape(-1, 3)]
    of_default = of_default[np.lexsort(of_default.T[[2, 1, 0]])]
    default = _sorted(*of_default.T)
    texts = [as_json(term) for term in order]
    hashes = np.array([_hash(text) for text in texts], np.uint64)
    by_hash = np.argsort(hashes)
    of_graph = numbers[np.array(named, np.int32).reshape(-1, 4)]
    of_graph = of_graph[np.lexsort(of_graph.T[[3, 2, 1, 0]])]
    graphs, starts = np.unique(of_graph[:, 0], return_index=True)
    kinds = [_sort_key(term)[0] for term in order]
    folder.mkdir()
    arrays: tuple[NDArray[Any], ...] = (
        np.cumsum([0, *map(len, texts)], dtype=np.int64),
        hashes[by_hash],
        by_hash.astype(np.int32),
        default.subjects,
        default.objects,
        default.objects_first,
        default.subjects_last,
        default.things,
        default.properties,
        default.values,
        graphs,
        np.append(starts, len(of_graph)),
        *of_graph.T[1:],
    )
    for name, column in zip(_ARRAYS, arrays, strict=True):
        np.save(folder / f"{name}.npy", np.ascontiguousarray(column))
    (folder / "terms.json").write_bytes(b"".join(texts))
    heads = {
        "format": FORMAT,
        "kinds": [kinds.count(kind) for kind in range(OTHER + 1)],
        "predicates": {
            str(number): (found.start, found.end, found.subjects, found.objects)
            for number, found in default.predicates.items()
        },
    }
    (folder / _TABLE).write_text(json.dumps(heads), encoding="utf-8")
    return True


def _sorted(predicate: Numbers, subject: Numbers, object_: Numbers) -> Triples:
    """The triples of a graph, which are sorted by predicate, subject, object, in the two other orders too."""
    import numpy as np  # noqa: PLC0415  # a tenth of a second to import

    # Stable: what is equal stays in the order that it has.
    by_object = np.argsort((predicate.astype(np.int64) << 32) | object_, kind="stable")
    by_thing = np.argsort(subject, kind="stable")
    objects_first = object_[by_object]
    found, starts = np.unique(predicate, return_index=True)

    def distinct(ends: Numbers) -> list[int]:
        """How many ends the triples of each predicate have, which are sorted by them."""
        if not len(ends):
            return []
        is_new = np.ones(len(ends), np.int64)
        is_new[1:] = ends[1:] != ends[:-1]
        is_new[starts] = 1
        counted: list[int] = np.add.reduceat(is_new, starts).tolist()
        return counted

    bounds = [*starts.tolist(), len(predicate)]
    places = zip(found.tolist(), bounds, bounds[1:], distinct(subject), distinct(objects_first), strict=False)
    return Triples(
        predicates={number: Predicate(*place) for number, *place in places},
        subjects=subject,
        objects=object_,
        objects_first=objects_first,
        subjects_last=subject[by_object],
        things=subject[by_thing],
        properties=predicate[by_thing],
        values=object_[by_thing],
    )


def as_json(term: Term) -> bytes:
    """A term in the form of the SPARQL 1.1 JSON results (§3.2.2)."""
    if isinstance(term, ox.NamedNode):
        found = {"type": "uri", "value": term.value}
    elif isinstance(term, ox.BlankNode):
        found = {"type": "bnode", "value": term.value}
    else:
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != _XSD + "string":
            found["datatype"] = term.datatype.value
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _hash(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


def _sort_key(term: Term) -> tuple[int, int, str]:
    """Kind and value: within a kind the order is that of SPARQL 1.1 §15.1, which leaves all others open."""
    if isinstance(term, ox.NamedNode):
        return IRI, 0, term.value
    if isinstance(term, ox.Literal) and term.language:
        return TAGGED, 0, f"{term.value}\0{term.language}"
    if isinstance(term, ox.Literal):
        type_ = term.datatype.value.removeprefix(_XSD)
        if type_ == "string":
            return STRING, 0, term.value
        if type_ == "integer" and term.value.lstrip("-").isdecimal():
            return INTEGER, int(term.value), term.value
        if type_ == "date" and len(term.value) == 10:  # without a time zone, of the years 0000 to 9999
            return DATE, 0, term.value
    return OTHER, 0, str(term)


class Columns:
    """The columns of a snapshot, mapped into memory.

    Raises:
        StoreError: a file is missing, was cut, or is of another layout.
    """

    @classmethod
    def of(cls, folder: Path) -> Columns | None:
        """Those of a snapshot; None where it was made without, or by another version of this.

        Raises:
            StoreError: they are damaged.
        """
        if not folder.is_dir():
            return None
        try:
            current = json.loads((folder / _TABLE).read_text(encoding="utf-8"))["format"] == FORMAT
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{folder}: the columns cannot be read: {error}") from error
        return cls(folder) if current else None

    def __init__(self, folder: Path) -> None:
        import numpy as np  # noqa: PLC0415  # a tenth of a second to import

        try:
            heads = json.loads((folder / _TABLE).read_text(encoding="utf-8"))
            loaded = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
            with (folder / "terms.json").open("rb") as file:
                self.terms = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if heads["format"] != FORMAT or len(self.terms) != loaded["offsets"][-1]:
                raise ValueError("they are of another layout, or were cut")
            predicates = {int(number): Predicate(*found) for number, found in heads["predicates"].items()}
            #: Number past the last term of each kind.
            self.kinds: NDArray[np.int64] = np.cumsum(heads["kinds"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{folder}: the columns cannot be read: {error}") from error
        self._found: dict[Term, int | None] = {}
        # Plain arrays over the mapping: those of `np.memmap` cost more with each slice.
        columns = {name: column.view(np.ndarray) for name, column in loaded.items()}
        self._offsets: NDArray[np.int64] = columns["offsets"]
        self._hashes: NDArray[np.uint64] = columns["hashes"]
        self._numbers: Numbers = columns["numbers"]
        #: The default graph.
        self.triples = Triples(predicates, *(columns[name] for name in _OF_DEFAULT))
        self._graphs: Numbers = columns["graphs"]
        self._graph_starts: Numbers = columns["graph-starts"]
        self._of_graphs: tuple[Numbers, ...] = tuple(columns[name] for name in _OF_GRAPHS)
        self._named: dict[int, Triples] = {}
        self._named_rows = 0

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self._offsets) - 1

    def graph(self, name: ox.NamedNode) -> slice:
        """Where the triples of a named graph are; an empty slice where there is none of the name."""
        number = self.number(name)
        if number is None:
            return slice(0, 0)
        at = int(self._graphs.searchsorted(number))
        if at == len(self._graphs) or self._graphs[at] != number:
            return slice(0, 0)
        return slice(int(self._graph_starts[at]), int(self._graph_starts[at + 1]))

    def triples_of(self, graph: slice) -> Triples:
        """The triples of a named graph: to sort them takes time, unless it was done a moment ago."""
        size = graph.stop - graph.start
        found = self._named.get(graph.start) if size else None
        if found is None:
            found = _sorted(*(column[graph] for column in self._of_graphs))
            if size:
                if self._named_rows + size > _REMEMBERED_ROWS:
                    self._named, self._named_rows = {}, 0
                self._named[graph.start] = found
                self._named_rows += size
        return found

    def number(self, term: Term) -> int | None:
        """The number of a term, or None where the graph does not have it."""
        try:
            return self._found[term]
        except KeyError:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[term] = self._find(as_json(term))
            return found

    def _find(self, text: bytes) -> int | None:
        wanted = self._hashes.dtype.type(_hash(text))
        at = int(self._hashes.searchsorted(wanted))
        while at < len(self._hashes) and self._hashes[at] == wanted:
            number = int(self._numbers[at])
            if self.json(number) == text:
                return number
            at += 1
        return None

    def json(self, number: int) -> bytes:
        """A term in the form of the JSON results."""
        return self.terms[self._offsets[number] : self._offsets[number + 1]]

    def spans(self, numbers: Numbers) -> tuple[list[int], list[int]]:
        """Where several of them begin and end, for `texts`."""
        return self._offsets[numbers].tolist(), self._offsets[numbers + 1].tolist()

    def texts(self, spans: tuple[list[int], list[int]]) -> list[bytes]:
        """Several of them."""
        terms = self.terms
        return [terms[start:end] for start, end in zip(*spans, strict=True)]

    def size(self, numbers: Numbers) -> int:
        """Bytes of several of them."""
        return int((self._offsets[numbers + 1] - self._offsets[numbers]).sum())

    def kind(self, number: int) -> int:
        """The kind of a term, by its number."""
        return int(self.kinds.searchsorted(number, "right"))
