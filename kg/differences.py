"""Two states of the graph → what was added, withdrawn and changed, in words with the sentences behind them.

A side is a snapshot, a data directory, a file of RDF or a file of `kg facts`.  Facts are compared as the fact view has
them, triples graph by graph; where one side knows nothing of graphs, both are taken as triples.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import InputError, NoSnapshot
from kg.fact_view import facts
from kg.namespaces import (
    CONFLICTS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    QUERIES_GRAPH,
    REPORT_GRAPH,
    VOCABULARY,
    VOCABULARY_GRAPH,
    compact,
    expand,
)
from kg.ontology import vocabulary_quads
from kg.rdf_files import read_rdf
from kg.snapshots import Snapshot, Snapshots
from kg.store import Dataset, canonical

#: A line of `kg facts`.
Line = dict[str, Any]

#: What may differ between two versions of one fact, in the order in which it is told.
FIELDS: Final = ("s", "o", "q", "modality", "confidence", "evidence")
_FACT_FILES: Final = (".jsonl", ".ndjson", ".json")
_SHOWN_TRIPLES: Final = 20
_SPECIAL: Final = {
    ONTOLOGY_GRAPH,
    VOCABULARY_GRAPH,
    QUERIES_GRAPH,
    INFERRED_GRAPH,
    CONFLICTS_GRAPH,
    REPORT_GRAPH,
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two states.

    Attributes:
        name: as the user gave it.
        lines: the facts.
        dataset: the graph, None for a file of facts.
        has_graphs: whether the dataset knows which graph a triple is of.
    """

    name: str
    lines: tuple[Line, ...]
    dataset: Dataset | None = None
    has_graphs: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One fact in both states, and the names of the `FIELDS` in which it differs."""

    before: Line
    after: Line
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What leads from one state to the other.

    Attributes:
        added, withdrawn: facts, by release, then in the order of the text.
        changed: facts that are in both, in other words or with other particulars.
        renamed: IRI, old and new preferred name of things that are in both.
        quads_added, quads_removed: None where one side is a file of facts; without the validation report.
    """

    added: tuple[Line, ...] = ()
    withdrawn: tuple[Line, ...] = ()
    changed: tuple[Change, ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()
    quads_added: tuple[ox.Quad, ...] | None = None
    quads_removed: tuple[ox.Quad, ...] | None = None

    def __bool__(self) -> bool:
        return any(
            (self.added, self.withdrawn, self.changed, self.renamed, self.quads_added, self.quads_removed)
        )

    def summary(self) -> str:
        """One line."""
        if not self:
            return "no difference"
        told = [
            f"{len(found)} {what}"
            for found, what in (
                (self.added, "added"),
                (self.withdrawn, "withdrawn"),
                (self.changed, "changed"),
            )
            if found
        ]
        if self.renamed:
            told.append(f"{len(self.renamed)} renamed")
        text = f"facts: {', '.join(told) or 'the same'}"
        if self.quads_added is not None and self.quads_removed is not None:
            text += f"; triples: {len(self.quads_added):,} added, {len(self.quads_removed):,} removed"
        return text

    def as_text(self) -> str:
        """For people: + added, - withdrawn, ~ changed, under each the sentence."""
        out = [f"{compact(iri)}\n  ~ name: {old} → {new}\n" for iri, old, new in self.renamed]
        entries = [
            *((_order(line), "+", line, line, ()) for line in self.added),
            *((_order(line), "-", line, line, ()) for line in self.withdrawn),
            *(
                (_order(change.after), "~", change.before, change.after, change.fields)
                for change in self.changed
            ),
        ]
        release = None
        for _, sign, before, after, fields in sorted(
            entries, key=lambda entry: (entry[0], "-+~".index(entry[1]))
        ):
            if release != after["release"]:
                release = after["release"]
                out.append(f"{release}\n")
            out.append(f"  {sign} {in_words(after)}\n")
            out += [f"      {name}: {old} → {new}\n" for name, old, new in _told(before, after, fields)]
            if words := _words(after):
                out.append(f"      “{words}”\n")
        if not out and self.quads_added is not None and self.quads_removed is not None:
            triples = [("-", q) for q in self.quads_removed] + [("+", q) for q in self.quads_added]
            out += [f"  {sign} {_triple(quad)}\n" for sign, quad in triples[:_SHOWN_TRIPLES]]
            if len(triples) > _SHOWN_TRIPLES:
                out.append(f"  … and {len(triples) - _SHOWN_TRIPLES:,} more\n")
        return "".join(out) + self.summary() + "\n"

    def as_json(self) -> str:
        """One object: facts as lines of `kg facts`, triples as numbers."""
        raw: dict[str, Any] = {
            "same": not self,
            "added": list(self.added),
            "withdrawn": list(self.withdrawn),
            "changed": [
                {"fields": list(change.fields), "before": change.before, "after": change.after}
                for change in self.changed
            ],
            "renamed": [{"iri": iri, "before": old, "after": new} for iri, old, new in self.renamed],
        }
        if self.quads_added is not None and self.quads_removed is not None:
            raw["triples"] = {"added": len(self.quads_added), "removed": len(self.quads_removed)}
        return json.dumps(raw, indent=2, ensure_ascii=False) + "\n"

    def as_patch(self) -> str:
        """RDF Patch (https://afs.github.io/rdf-patch/): one transaction that makes the first state the second.

        Raises:
            InputError: one side is a file of facts, which holds no triples.
        """
        if self.quads_added is None or self.quads_removed is None:
            raise InputError("an RDF patch needs the triples of both sides: one is a file of facts")
        lines = [f"D {_patch_terms(quad)} .\n" for quad in self.quads_removed]
        lines += [f"A {_patch_terms(quad)} .\n" for quad in self.quads_added]
        return "TX .\n" + "".join(lines) + "TC .\n"


def open_side(name: str, data: Path) -> Side:
    """What the user means by a name: a data directory, a file by its extension, else a snapshot of `data`.

    A snapshot is named by its id, or by the number that the id begins with ("12" for 000012-…).

    Raises:
        InputError: it is nothing of that, or a file cannot be read.
        StoreError: the snapshot cannot be opened.
    """
    path = Path(name)
    if path.is_dir():
        if path.parent.name == "snapshots":
            return side_of(name, Snapshots(path.parent.parent).find(path.name))
        return side_of(name, Snapshots(path).current())
    if path.suffix.casefold() in _FACT_FILES:
        return Side(name, tuple(_fact_file(path)))
    if path.suffix:
        return _of_quads(name, read_rdf(path))
    try:
        return side_of(name, Snapshots(data).find(name))
    except NoSnapshot as error:
        raise InputError(f"no file {name}, and {error}") from error


def compare(
    before: Side, after: Side, *, release: str | None = None, ignore: Collection[str] = ()
) -> Difference:
    """What leads from one state to the other.

    Args:
        before, after: the states.
        release: id of a release, to compare what it states alone; triples are not compared then.
        ignore: names of `FIELDS` that make no difference.

    Raises:
        InputError: `ignore` names something else.
    """
    if unknown := sorted(set(ignore) - set(FIELDS)):
        raise InputError(f"--ignore {unknown[0]}: there are {', '.join(FIELDS)}")
    lines = before.lines, after.lines
    if before.dataset is not None and after.dataset is not None and before.has_graphs != after.has_graphs:
        # Without graphs, what several releases say of one node is one: the other side is read like that too.
        lines = _merged(before), _merged(after)
    old, new = ([line for line in side if release in (None, line["release"])] for side in lines)
    difference = _facts(old, new, [name for name in FIELDS if name not in ignore])
    if before.dataset is None or after.dataset is None or release is not None or ignore:
        return difference
    removed, added = _quads(before, after)
    return replace(difference, quads_added=added, quads_removed=removed)


def in_words(line: Line) -> str:
    """A fact in one line: relation, subject, object, qualifiers, and the modality where it is not asserted."""
    ends = " → ".join(text for text in (line["s"], _shown(line["o"])) if text)
    particulars = [f"{name} {_shown(value)}" for name, value in line.get("q", {}).items()]
    if line.get("modality", "asserted") != "asserted":
        particulars.insert(0, line["modality"])
    return f"{line['rel']}: {ends}" + (f" ({', '.join(particulars)})" if particulars else "")


# --- facts ------------------------------------------------------------------------------------------------


def _facts(before: Sequence[Line], after: Sequence[Line], fields: Sequence[str]) -> Difference:
    """Pair what is the same, then what is the same but for particulars, then what was read anew from the same words."""

    def ends(line: Line) -> tuple[object, ...]:
        return line["release"], line["rel"], _end(line, "s"), _end(line, "o")

    def same(line: Line) -> tuple[object, ...]:
        return *ends(line), *(json.dumps(_compared(line, name), sort_keys=True) for name in fields)

    def words(line: Line) -> tuple[object, ...]:
        return line["release"], line["rel"], _end(line, "s"), _words(line)

    changed = []
    old, new = list(before), list(after)
    for key in (same, ends, words):
        pairs, old, new = _paired(old, new, key)
        for one, other in pairs:
            differing = tuple(name for name in fields if _compared(one, name) != _compared(other, name))
            if differing:
                changed.append(Change(one, other, differing))
    changed.sort(key=lambda change: _order(change.after))
    names, new_names = _names(before), _names(after)
    renamed = [(iri, names[iri], name) for iri, name in new_names.items() if names.get(iri, name) != name]
    return Difference(
        tuple(sorted(new, key=_order)),
        tuple(sorted(old, key=_order)),
        tuple(changed),
        tuple(sorted(renamed)) if "s" in fields and "o" in fields else (),
    )


def _names(lines: Iterable[Line]) -> dict[str, str]:
    return {line[f"{end}_iri"]: line[end] for line in lines for end in "so" if line.get(f"{end}_iri")}


def _paired(
    old: Sequence[Line], new: Sequence[Line], key: Callable[[Line], object]
) -> tuple[list[tuple[Line, Line]], list[Line], list[Line]]:
    waiting: dict[object, list[Line]] = defaultdict(list)
    for line in old:
        waiting[key(line)].append(line)
    pairs, left = [], []
    for line in new:
        candidates = waiting[key(line)]
        if not candidates:
            left.append(line)
            continue
        best = max(range(len(candidates)), key=lambda i: _likeness(candidates[i], line))
        pairs.append((candidates.pop(best), line))
    return pairs, [line for lines in waiting.values() for line in lines], left


def _likeness(one: Line, other: Line) -> int:
    q, r = one.get("q", {}), other.get("q", {})
    alike = sum(1 for name in q if q[name] == r.get(name))
    return 2 * alike + int(one.get("modality") == other.get("modality")) + int(_words(one) == _words(other))


def _end(line: Line, which: str) -> object:
    """What identifies subject or object: its IRI, so that a new name is a change of the same fact."""
    return line.get(f"{which}_iri") or line[which]


def _compared(line: Line, name: str) -> object:
    if name == "evidence":
        return _words(line)
    return _end(line, name) if name in ("s", "o") else line.get(name)


def _words(line: Line) -> str:
    return " ".join(line.get("evidence", {}).get("text", "").split())


def _order(line: Line) -> tuple[object, ...]:
    return (
        line["release"],
        line.get("evidence", {}).get("start", -1),
        line["rel"],
        line["s"],
        _shown(line["o"]),
    )


def _told(before: Line, after: Line, fields: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for name in fields:
        if name == "q":
            old, new = before.get("q", {}), after.get("q", {})
            for key in dict.fromkeys((*old, *new)):
                if old.get(key) != new.get(key):
                    yield key, _shown(old.get(key)), _shown(new.get(key))
        elif name == "evidence":
            yield "sentence", f"“{_words(before)}”", "below"
        else:
            yield (
                {"s": "subject", "o": "object"}.get(name, name),
                _shown(before.get(name)),
                _shown(after.get(name)),
            )


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


# --- triples ----------------------------------------------------------------------------------------------


def _quads(before: Side, after: Side) -> tuple[tuple[ox.Quad, ...], tuple[ox.Quad, ...]]:
    """Removed and added; graph by graph, so that no more than one of them is held in memory."""
    assert before.dataset is not None
    assert after.dataset is not None
    there = [side.dataset.graphs() if side.has_graphs else [] for side in (before, after) if side.dataset]
    pairs: Iterable[tuple[Sequence[str | None], Sequence[str | None]]]
    as_triples = not (before.has_graphs and after.has_graphs)
    if not as_triples:
        # An export leaves ontology, vocabulary and so on out; that is no difference.
        lacking = (set(there[0]) ^ set(there[1])) & _SPECIAL | {REPORT_GRAPH}
        pairs = [([name], [name]) for name in sorted({*there[0], *there[1]} - lacking)]
    else:
        stated = [[name for name in names if name not in _SPECIAL] for names in there]
        pairs = [(stated[0] if before.has_graphs else [None], stated[1] if after.has_graphs else [None])]
    removed: list[ox.Quad] = []
    added: list[ox.Quad] = []
    for old_names, new_names in pairs:
        old = _union(before.dataset, old_names, as_triples=as_triples)
        new = _union(after.dataset, new_names, as_triples=as_triples)
        removed += sorted(old - new, key=str)
        added += sorted(new - old, key=str)
    return tuple(removed), tuple(added)


def _union(dataset: Dataset, names: Sequence[str | None], *, as_triples: bool) -> set[ox.Quad]:
    """The quads of one graph, or the triples of several."""
    if len(names) == 1 and not as_triples:
        quads = set(dataset.quads(names[0]))
    else:
        quads = {ox.Quad(q.subject, q.predicate, q.object) for name in names for q in dataset.quads(name)}
    if any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        return set(canonical(quads))
    return quads


def _triple(quad: ox.Quad) -> str:
    terms = (quad.subject, quad.predicate, quad.object)
    return " ".join(compact(term.value) if isinstance(term, ox.NamedNode) else str(term) for term in terms)


def _patch_terms(quad: ox.Quad) -> str:
    terms = [quad.subject, quad.predicate, quad.object]
    if isinstance(quad.graph_name, (ox.NamedNode, ox.BlankNode)):
        terms.append(quad.graph_name)
    return " ".join(map(str, terms))


# --- sides ------------------------------------------------------------------------------------------------


def side_of(name: str, snapshot: Snapshot) -> Side:
    """A snapshot as one of two states."""
    dataset = snapshot.open()
    return Side(name, tuple(line.as_json() for line in facts(dataset)), dataset, has_graphs=True)


def _of_quads(name: str, quads: Sequence[ox.Quad]) -> Side:
    has_graphs = any(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads)
    return Side(name, _lines(quads, has_graphs=has_graphs), Dataset.in_memory(quads), has_graphs=has_graphs)


def _merged(side: Side) -> tuple[Line, ...]:
    if not side.has_graphs or side.dataset is None:
        return side.lines
    stated = [graph for graph in side.dataset.graphs() if graph not in _SPECIAL]
    return _lines(list(_union(side.dataset, stated, as_triples=True)), has_graphs=False)


def _lines(quads: Sequence[ox.Quad], *, has_graphs: bool) -> tuple[Line, ...]:
    # A file seldom brings the vocabulary, whose labels the facts are told with.
    used = {
        compact(iri) for quad in quads if (iri := getattr(quad.object, "value", "")).startswith(VOCABULARY)
    }
    view = Dataset.in_memory([*(quads if has_graphs else _by_release(quads)), *vocabulary_quads(used)])
    return tuple(line.as_json() for line in facts(view))


def _by_release(quads: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
    """Triples put back into the graphs of their releases, which the fact view reads: see docs/model.md."""
    about: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        about[quad.subject].append(quad)
    stated_in = ox.NamedNode(expand("rkg:statedIn"))
    parts = {
        ox.NamedNode(expand(curie))
        for curie in ("rdf:object", "rkg:evidence", "rkg:qualification", "oa:hasSelector")
    }
    for quad in quads:
        yield ox.Quad(quad.subject, quad.predicate, quad.object)
    for subject in [quad.subject for quad in quads if quad.predicate == stated_in]:
        graphs = [
            q.object
            for q in about[subject]
            if q.predicate == stated_in and isinstance(q.object, ox.NamedNode)
        ]
        waiting: list[object] = [subject]
        seen: set[object] = {subject}
        while waiting:
            for quad in about.get(waiting.pop(), ()):
                for graph in graphs:
                    yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                if quad.predicate in parts and quad.object not in seen:
                    seen.add(quad.object)
                    waiting.append(quad.object)


def _fact_file(path: Path) -> Iterator[Line]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    for number, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
        except ValueError as error:
            raise InputError(f"{path}:{number}: no JSON: {error}") from error
        if not isinstance(line, dict) or not {"release", "rel", "s", "o"} <= line.keys():
            raise InputError(f"{path}:{number}: no line of `kg facts`: release, rel, s and o are needed")
        yield line
