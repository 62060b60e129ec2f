"""The default graph of a snapshot as sorted columns of numbers, beside its database: what joins and counts run over.

Oxigraph evaluates row by row and knows no statistics.  A snapshot never changes, so its triples can be written once
more when it is published: terms numbered in the order in which SPARQL sorts them, triples of each predicate sorted by
subject and by object, all of it in files that any number of processes map into memory.  See docs/decisions/0019.

    terms.json        every term in the form of the SPARQL JSON results, one after the other
    offsets.npy       where each begins
    hashes.npy, numbers.npy    hash of a term → its number, sorted by the hash
    subjects.npy, objects.npy            the triples, sorted by predicate, subject, object
    objects-first.npy, subjects-last.npy the triples, sorted by predicate, object, subject
    things.npy, properties.npy, values.npy    the triples, sorted by subject, predicate, object
    columns.json      how many terms of each kind there are, and of each predicate where it begins and what it counts
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from kg.errors import StoreError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.signedinteger[Any]]

FOLDER: Final = "columns"
FORMAT: Final = 2
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TABLE: Final = "columns.json"
_ARRAYS: Final = (
    *("offsets", "hashes", "numbers", "subjects", "objects", "objects-first", "subjects-last"),
    *("things", "properties", "values"),
)
#: Kinds of terms, in the order of their numbers; those of one kind, but for the last, are sorted by their value.
IRI, STRING, TAGGED, INTEGER, DATE, OTHER = range(6)

#: Terms whose numbers are remembered.
_REMEMBERED: Final = 10_000

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Predicate:
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


def write(triples: Iterable[ox.Quad], folder: Path) -> bool:
    """Write the columns of a graph; False, and nothing written, where it is empty or holds triples about triples.

    Args:
        triples: each once, the graph's name does not matter.
        folder: is made.
    """
    import numpy as np  # noqa: PLC0415  # a tenth of a second to import

    seen: dict[Term, int] = {}
    flat: list[int] = []
    for quad in triples:
        for term in (quad.predicate, quad.subject, quad.object):
            if isinstance(term, ox.Triple):
                return False
            flat.append(seen.setdefault(term, len(seen)))
    if not seen:  # nothing can be mapped into memory
        return False
    order = sorted(seen, key=_sort_key)
    numbers = np.empty(len(seen), np.int32)
    numbers[[seen[term] for term in order]] = np.arange(len(seen), dtype=np.int32)
    columns = numbers[np.array(flat, np.int64).reshape(-1, 3)]
    predicate, subject, object_ = columns[:, 0], columns[:, 1], columns[:, 2]
    by_subject = np.lexsort((object_, subject, predicate))
    by_object = np.lexsort((subject, object_, predicate))
    by_thing = np.lexsort((object_, predicate, subject))
    texts = [as_json(term) for term in order]
    hashes = np.array([_hash(text) for text in texts], np.uint64)
    by_hash = np.argsort(hashes)
    table: dict[str, list[int]] = {}
    for number in np.unique(predicate).tolist():
        start, end = (int(np.searchsorted(predicate[by_subject], number, side)) for side in ("left", "right"))
        distinct = [len(np.unique(column[by_subject[start:end]])) for column in (subject, object_)]
        table[str(number)] = [start, end, *distinct]
    kinds = [_sort_key(term)[0] for term in order]
    folder.mkdir()
    arrays: tuple[NDArray[Any], ...] = (
        np.cumsum([0, *map(len, texts)], dtype=np.int64),
        hashes[by_hash],
        by_hash.astype(np.int32),
        subject[by_subject],
        object_[by_subject],
        object_[by_object],
        subject[by_object],
        subject[by_thing],
        predicate[by_thing],
        object_[by_thing],
    )
    for name, array in zip(_ARRAYS, arrays, strict=True):
        np.save(folder / f"{name}.npy", array)
    (folder / "terms.json").write_bytes(b"".join(texts))
    heads = {"format": FORMAT, "kinds": [kinds.count(kind) for kind in range(OTHER + 1)], "predicates": table}
    (folder / _TABLE).write_text(json.dumps(heads), encoding="utf-8")
    return True


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
            self.predicates = {
                int(number): Predicate(*found) for number, found in heads["predicates"].items()
            }
            #: Number past the last term of each kind.
            self.kinds: NDArray[np.int64] = np.cumsum(heads["kinds"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{folder}: the columns cannot be read: {error}") from error
        self._found: dict[Term, int | None] = {}
        # Plain arrays over the mapping: those of `np.memmap` cost more with each slice.
        self._offsets: NDArray[np.int64] = loaded["offsets"].view(np.ndarray)
        self._hashes: NDArray[np.uint64] = loaded["hashes"].view(np.ndarray)
        self._numbers: Numbers = loaded["numbers"].view(np.ndarray)
        self.subjects: Numbers = loaded["subjects"].view(np.ndarray)
        self.objects: Numbers = loaded["objects"].view(np.ndarray)
        self.objects_first: Numbers = loaded["objects-first"].view(np.ndarray)
        self.subjects_last: Numbers = loaded["subjects-last"].view(np.ndarray)
        self.things: Numbers = loaded["things"].view(np.ndarray)
        self.properties: Numbers = loaded["properties"].view(np.ndarray)
        self.values: Numbers = loaded["values"].view(np.ndarray)

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self._offsets) - 1

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

    def jsons(self, numbers: Numbers) -> list[bytes]:
        """Several of them."""
        terms = self.terms
        starts, ends = self._offsets[numbers].tolist(), self._offsets[numbers + 1].tolist()
        return [terms[start:end] for start, end in zip(starts, ends, strict=True)]

    def size(self, numbers: Numbers) -> int:
        """Bytes of what `jsons` gives."""
        return int((self._offsets[numbers + 1] - self._offsets[numbers]).sum())

    def kind(self, number: int) -> int:
        """The kind of a term, by its number."""
        return int(self.kinds.searchsorted(number, "right"))
