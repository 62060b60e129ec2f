"""Where releases disagree: values that a later one supersedes and values that conflict, as nodes of their own graph.

Nothing is overwritten: each release's graph keeps what it states.  A node here links the two assertions and
their sentences.  A *supersession* is a change: the later release tells a value that may change over
time, and no release after it goes back to the earlier one.  Everything else is a *conflict*: the dates of the
releases do not order them, the value cannot change, or it goes back and forth.

What may be compared is listed, not guessed: a question (`_Question`) has one answer at a time.  Answers that are
compatible are no disagreement: one broader than the other, a month and a day in it, a place and the town in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.namespaces import CONFLICTS_GRAPH, Minter, digest, expand
from kg.schema import RELATIONS, Relation
from kg.store import Dataset

Value: TypeAlias = ox.NamedNode | ox.Literal
#: Whether two values may both hold.
Compatible: TypeAlias = Callable[[Value, Value], bool]


def _iri(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


_DEFAULT: Final = ox.DefaultGraph()
_PLANNED: Final = _iri("modality:planned")
_NEGATED: Final = _iri("modality:negated")
_HYPOTHETICAL: Final = _iri("modality:hypothetical")
_RELATION_OF: Final = {_iri(r.predicate): r for r in RELATIONS.values()}

#: (relation, qualifier) that has one value at a time, which may change.
_CHANGING: Final = frozenset(
    {
        ("designation", "status"),
        ("owner", "share"),
        ("regulatory_action", "status"),
        ("trial", "enrollment"),
        ("trial", "sites"),
        ("trial", "status"),
        ("trial_cohort", "enrollment"),
        ("trial_cohort", "status"),
    }
)
#: (relation, qualifier) whose value is a date: it may change as long as it lies ahead of the release.
_DATED: Final = frozenset(
    {("approval", "date"), ("designation", "date"), ("regulatory_action", "date"), ("trial", "date")}
)
#: Relations whose events happen once, so that two past dates conflict; a hold may be imposed twice.
_ONCE: Final = frozenset({"approval", "designation"})
#: Relations whose plans are those of a trial, which is compared itself.
_FOLLOWING: Final = frozenset({"drug_indication"})
#: How far along a status is: from one to a lower one, or between two final ones, there is no way.
_RANKS: Final[Mapping[str, int]] = {
    "trial-status:planned": 0,
    "trial-status:recruiting": 1,
    "trial-status:active": 1,
    "trial-status:suspended": 1,
    "trial-status:completed": 2,
    "trial-status:terminated": 2,
    "trial-status:withdrawn": 2,
}
_FINAL: Final = 2
_RANK_OF: Final = {_iri(curie): rank for curie, rank in _RANKS.items()}
#: Words of a trial's design of which only one side holds at a time.
_EXCLUSIVE_DESIGNS: Final = (
    (frozenset({"single dose"}), frozenset({"fractionated dosing", "multiple dose"})),
    (frozenset({"single-arm"}), frozenset({"randomized", "three-arm", "two-arm"})),
    (frozenset({"non-randomized"}), frozenset({"randomized"})),
    (frozenset({"open-label"}), frozenset({"double-blind", "single-blind"})),
)
#: Posts that a person has one of in an organization; a professor may be much else besides.
_POST: Final = re.compile(r"\b(?:chief|president|chair\w*|director|head|officer)\b")
_ABBREVIATED: Final = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "cmo": "chief medical officer",
    "coo": "chief operating officer",
    "cso": "chief scientific officer",
    "cto": "chief technology officer",
    "cbo": "chief business officer",
    "cco": "chief commercial officer",
    "svp": "senior vice president",
    "evp": "executive vice president",
    "vp": "vice president",
    "r&d": "research and development",
}
_HALVES: Final = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
#: How a text says it.
_SPELT: Final = {"H1": "first half", "H2": "second half", "Q1": "first quarter", "Q2": "second quarter",
                 "Q3": "third quarter", "Q4": "fourth quarter"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Statement:
    """One assertion that is no mere hope, with its place in time."""

    iri: ox.NamedNode
    release: ox.NamedNode
    issued: str
    subject: ox.NamedNode
    relation: Relation
    object: Value
    modality: ox.NamedNode


@dataclass(frozen=True, slots=True)
class _Question:
    """What has one answer at a time.

    Attributes:
        about: IRI of the thing or node that it is asked of.
        predicate: property whose values answer it.
        detail: tells questions of one thing and property apart (which exchange, which figure).
    """

    about: ox.NamedNode
    predicate: ox.NamedNode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one assertion answers: several values where a release gives several; none where it leaves a date out."""

    statement: _Statement
    values: tuple[Value, ...]
    compatible: Compatible
    changing: bool = True

    @property
    def when(self) -> tuple[str, str]:
        """For sorting: date, then the release's IRI."""
        return self.statement.issued, self.statement.release.value


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two assertions of different releases that do not go together.

    Attributes:
        supersedes: whether the second replaces the first; they conflict otherwise.
        about: what both are about.
        predicate: property whose values differ.
        first, second: IRIs of the assertions: the one of the earlier release first.
        first_value, second_value: a value of each; the second is None where the later release no longer gives any.
        as_of: date of the second release; empty for a conflict.
    """

    supersedes: bool
    about: ox.NamedNode
    predicate: ox.NamedNode
    first: ox.NamedNode
    second: ox.NamedNode
    first_value: Value
    second_value: Value | None
    as_of: str


def disagreements(dataset: Dataset) -> tuple[Disagreement, ...]:
    """What the releases of a dataset disagree about, sorted.

    Reads the releases' graphs and the vocabulary; nothing inferred is needed.
    """
    reader = _Reader(dataset)
    found = {d for question, answers in reader.answers().items() for d in _compared(question, answers)}
    told = {(d.first, d.second) for d in found}
    found |= {d for d in reader.fulfilled() if (d.first, d.second) not in told}
    return tuple(sorted(found, key=str))


def conflict_quads(dataset: Dataset, minter: Minter) -> Iterator[ox.Quad]:
    """The disagreements of a dataset as quads of `graph/conflicts`, sorted by node; IRIs depend on content alone."""
    reader = _Reader(dataset)
    graph = ox.NamedNode(CONFLICTS_GRAPH)
    for one in disagreements(dataset):
        kind = "supersession" if one.supersedes else "conflict"
        parts = (one.about, one.predicate, one.first, one.second, one.first_value, one.second_value)
        node = ox.NamedNode(minter.entity(kind, digest("\n".join(map(str, parts)))))
        first = reader.label(one.first_value)
        second = "no longer given" if one.second_value is None else reader.label(one.second_value)
        arrow = "→" if one.supersedes else "or"
        label = f"{reader.label(one.about)}: {reader.label(one.predicate)} {first} {arrow} {second}"
        triples: list[tuple[str, Value]] = [
            ("rdf:type", _iri("rkg:Supersession" if one.supersedes else "rkg:Conflict")),
            ("skos:prefLabel", ox.Literal(" ".join(label.split()))),
            ("rkg:concerns", one.about),
            ("rkg:onProperty", one.predicate),
            ("rkg:firstAssertion", one.first),
            ("rkg:secondAssertion", one.second),
            ("rkg:firstEvidence", reader.evidence(one.first, first)),
            ("rkg:secondEvidence", reader.evidence(one.second, second if one.second_value else first)),
            ("rkg:firstValue", one.first_value),
        ]
        if one.second_value is not None:
            triples.append(("rkg:secondValue", one.second_value))
        if one.supersedes:
            triples.append(("rkg:asOf", _date(one.as_of)))
        for predicate, value in triples:
            yield ox.Quad(node, _iri(predicate), value, graph)


# --- comparing --------------------------------------------------------------------------------------------


def _compared(question: _Question, answers: Iterable[_Answer]) -> Iterator[Disagreement]:
    """Neighbours in time that do not go together; what is said again later is no change of what came between."""
    ordered = sorted(answers, key=lambda a: (a.when, str(a.statement.iri)))
    i = 0
    while i + 1 < len(ordered):
        first, second = ordered[i], ordered[i + 1]
        i += 1
        if first.statement.release == second.statement.release or _go_together(first, second):
            continue
        back = next(
            (
                n
                for n, later in enumerate(ordered[i + 1 :], i + 1)
                if second.values and _go_together(first, later)
            ),
            None,
        )
        supersedes = (
            second.changing and back is None and _is_before(first, second) and _may_follow(first, second)
        )
        if not second.values and not supersedes:
            continue  # a date left out contradicts nothing
        yield _disagreement(question, first, second, supersedes=supersedes)
        if back is not None:
            i = back


def _disagreement(question: _Question, first: _Answer, second: _Answer, *, supersedes: bool) -> Disagreement:
    one, other = _differing(first, second)
    return Disagreement(
        supersedes,
        question.about,
        question.predicate,
        first.statement.iri,
        second.statement.iri,
        one,
        other,
        second.statement.issued if supersedes else "",
    )


def _differing(first: _Answer, second: _Answer) -> tuple[Value, Value | None]:
    return min(first.values, key=str), min(second.values, key=str, default=None)


def _go_together(a: _Answer, b: _Answer) -> bool:
    """Whether some value of one is compatible with some value of the other; no value goes only with no value."""
    if not a.values or not b.values:
        return not a.values
    return any(a.compatible(x, y) for x in a.values for y in b.values)


def _is_before(a: _Answer, b: _Answer) -> bool:
    """Whether the dates of the releases order them: not if one is missing, or a year that the other is a day of."""
    one, other = a.statement.issued, b.statement.issued
    return bool(one and other) and not one.startswith(other) and not other.startswith(one)


def _may_follow(a: _Answer, b: _Answer) -> bool:
    """Whether the way leads from one status to the other: a trial that is completed is not recruiting afterwards."""
    for one in a.values:
        for other in b.values:
            if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode):
                before, after = _RANK_OF.get(one), _RANK_OF.get(other)
                if before is not None and after is not None and (after < before or before == _FINAL):
                    return False
    return True


def _equal(a: Value, b: Value) -> bool:
    return a == b


def _same_text(a: Value, b: Value) -> bool:
    return re.sub(r"\W", "", a.value.casefold()) == re.sub(r"\W", "", b.value.casefold())


def _same_date(a: Value, b: Value) -> bool:
    """Whether one lies in the other: 2018-11-12 in 2018-11, 2018-11 in the second half of 2018."""
    (low, high), (start, end) = _span(a.value), _span(b.value)
    return (low <= start and end <= high) or (start <= low and high <= end)


def _span(date: str) -> tuple[str, str]:
    """First and last day of a date of any precision, as text that sorts."""
    year, _, part = date.partition("-")
    if part in _HALVES:
        first, last = _HALVES[part]
        return f"{year}-{first:02}-01", f"{year}-{last:02}-31"
    return date + "0000-01-01"[len(date) :], date + "9999-12-31"[len(date) :]


# --- reading ----------------------------------------------------------------------------------------------


class _Reader:
    """What the releases state, read once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def answers(self) -> Mapping[_Question, list[_Answer]]:
        """Every question that some release answers."""
        out: dict[_Question, list[_Answer]] = defaultdict(list)
        for statement in self._statements:
            if statement.modality in (_NEGATED, _HYPOTHETICAL):
                continue
            for question, answer in self._answered(statement):
                out[question].append(answer)
        return {
            question: self._united(answers)
            for question, answers in out.items()
            if len({a.statement.release for a in answers}) > 1
        }

    def fulfilled(self) -> Iterator[Disagreement]:
        """Plans that a later release reports as done or drops, and statements that one takes back."""
        same: dict[tuple[ox.NamedNode, str, Value], list[_Statement]] = defaultdict(list)
        for statement in self._statements:
            if statement.modality != _HYPOTHETICAL and statement.relation.name not in _FOLLOWING:
                same[statement.subject, statement.relation.name, statement.object].append(statement)
        for (subject, _, object_), statements in same.items():
            ordered = sorted(statements, key=lambda s: (s.issued, s.release.value, s.iri.value))
            about = object_ if isinstance(object_, ox.NamedNode) and statements[0].relation.node else subject
            question = _Question(about, _iri("rkg:modality"))
            for first, second in pairwise(ordered):
                if first.modality == second.modality or first.release == second.release:
                    continue
                if _NEGATED not in (first.modality, second.modality) and first.modality != _PLANNED:
                    continue  # asserted, later historical or planned again: both hold
                one = _Answer(first, (first.modality,), _equal)
                other = _Answer(second, (second.modality,), _equal)
                yield _disagreement(question, one, other, supersedes=_is_before(one, other))

    def label(self, term: Value) -> str:
        """The name of a thing, the text of a literal."""
        if isinstance(term, ox.Literal):
            return term.value
        for predicate in ("skos:prefLabel", "rdfs:label"):
            for quad in self._dataset.quads_for(term, _iri(predicate), None, _DEFAULT):
                if isinstance(quad.object, ox.Literal):
                    return quad.object.value
        return re.split(r"[/#]", term.value)[-1]

    def evidence(self, assertion: ox.NamedNode, value: str) -> ox.NamedNode:
        """The evidence of an assertion whose words are nearest to a value; the primary one where none is nearer."""
        wanted = set(
            re.findall(r"\w+", " ".join([value, *(w for h, w in _SPELT.items() if h in value)]).casefold())
        )
        best: tuple[int, bool, str] | None = None
        primary = self._objects_of(assertion, "rkg:primaryEvidence")
        for place in self._objects_of(assertion, "rkg:evidence"):
            text = " ".join(
                q.value
                for selector in self._objects_of(place, "oa:hasSelector")
                for q in self._objects_of(selector, "oa:exact")
            )
            near = len(wanted & set(re.findall(r"\w+", text.casefold())))
            found = (-near, place not in primary, place.value)
            best = found if best is None else min(best, found)
        assert best is not None, "an assertion has evidence (rkgs:Assertion-evidence)"
        return ox.NamedNode(best[2])

    def _objects_of(self, subject: Value, curie: str) -> list[Value]:
        if not isinstance(subject, ox.NamedNode):
            return []
        quads = self._dataset.quads_for(subject, _iri(curie), None, _DEFAULT)
        return [q.object for q in quads if isinstance(q.object, (ox.NamedNode, ox.Literal))]

    @cached_property
    def _statements(self) -> list[_Statement]:
        issued = self._objects("dcterms:issued")
        parts = [
            self._objects(curie)
            for curie in ("rkg:statedIn", "rdf:subject", "rdf:predicate", "rdf:object", "rkg:modality")
        ]
        subjects, out = parts[1], []
        for iri in sorted(subjects, key=lambda iri: iri.value):
            release, subject, predicate, object_, modality = (part.get(iri) for part in parts)
            relation = _RELATION_OF.get(predicate) if isinstance(predicate, ox.NamedNode) else None
            if (
                relation is not None
                and object_ is not None
                and isinstance(release, ox.NamedNode)
                and isinstance(subject, ox.NamedNode)
                and isinstance(modality, ox.NamedNode)
            ):
                date = issued.get(release)
                out.append(
                    _Statement(
                        iri, release, "" if date is None else date.value, subject, relation, object_, modality
                    )
                )
        return out

    def _objects(self, curie: str) -> dict[ox.NamedNode, Value]:
        """The value of a property that has one, by subject."""
        return {
            quad.subject: quad.object
            for quad in self._dataset.quads_for(None, _iri(curie), None, _DEFAULT)
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal))
        }

    def _values(self, statement: _Statement, predicate: str) -> tuple[Value, ...]:
        """What the statement's release says of its node."""
        if not isinstance(statement.object, ox.NamedNode):
            return ()
        quads = self._dataset.quads_for(statement.object, _iri(predicate), None, statement.release)
        values = [q.object for q in quads if isinstance(q.object, (ox.NamedNode, ox.Literal))]
        return tuple(sorted(values, key=str))

    def _answered(self, statement: _Statement) -> Iterator[tuple[_Question, _Answer]]:
        relation, object_ = statement.relation, statement.object
        predicate = _iri(relation.predicate)
        if relation.name == "headquarters":
            yield _Question(statement.subject, predicate), _Answer(statement, (object_,), self._same_place)
        elif relation.name == "ticker":
            exchange = object_.value.partition(":")[0]
            yield (
                _Question(statement.subject, predicate, exchange),
                _Answer(statement, (object_,), _same_text),
            )
        elif relation.name == "drug_payload" and object_ in self._concepts:
            answer = _Answer(statement, (object_,), self._related, changing=False)
            yield _Question(statement.subject, predicate), answer
        if relation.node is None or not isinstance(object_, ox.NamedNode):
            return
        for slot in relation.slots:
            key = (relation.name, slot.name)
            if key not in _CHANGING | _DATED:
                continue
            values = self._values(statement, slot.predicate)
            question = _Question(object_, _iri(slot.predicate))
            if key in _DATED:
                yield from self._dated(statement, question, values)
            elif values:
                compatible = self._related if isinstance(values[0], ox.NamedNode) else _same_text
                yield question, _Answer(statement, values, compatible)
        if relation.name == "role":
            yield from self._post(statement)
        elif relation.name == "trial":
            phases = self._values(statement, "rkg:phase")
            yield _Question(object_, _iri("rkg:phase")), _Answer(statement, phases, self._related)
            yield from self._design(statement)
        elif relation.name == "pipeline_program":
            yield from self._grouped(statement, "rkg:programAsset", "rkg:developmentStage")
        elif relation.name == "org_fact":
            yield from self._figure(statement)

    def _dated(
        self, statement: _Statement, question: _Question, values: Sequence[Value]
    ) -> Iterator[tuple[_Question, _Answer]]:
        """A date ahead of the release may be moved; a past one is fixed, and compared only where it is of one status.

        A plan without a date answers too: a date given before has been dropped.
        """
        ahead = [v for v in values if statement.issued and _span(v.value)[1] > _span(statement.issued)[1]]
        if ahead or (not values and statement.modality == _PLANNED):
            yield question, _Answer(statement, tuple(ahead), _same_date)
        elif values and statement.relation.name in _ONCE:
            status = self._values(statement, "rkg:regulatoryStatus")
            fixed = _Question(question.about, question.predicate, " ".join(map(str, status)) or "past")
            yield fixed, _Answer(statement, tuple(values), _same_date, changing=False)

    def _post(self, statement: _Statement) -> Iterator[tuple[_Question, _Answer]]:
        titles = tuple(
            v for v in self._values(statement, "rkg:positionTitle") if _POST.search(_title(v.value))
        )
        for organization in self._values(statement, "org:organization"):
            if titles:
                question = _Question(statement.subject, _iri("rkg:positionTitle"), organization.value)
                yield question, _Answer(statement, titles, _same_post)

    def _design(self, statement: _Statement) -> Iterator[tuple[_Question, _Answer]]:
        if not isinstance(statement.object, ox.NamedNode):
            return
        said = self._values(statement, "rkg:studyDesign")
        for number, sides in enumerate(_EXCLUSIVE_DESIGNS):
            values = tuple(v for v in said if any(v.value in side for side in sides))
            if values:
                question = _Question(statement.object, _iri("rkg:studyDesign"), str(number))

                def same_side(a: Value, b: Value, sides: tuple[frozenset[str], ...] = sides) -> bool:
                    return any(a.value in side and b.value in side for side in sides)

                yield question, _Answer(statement, values, same_side)

    def _grouped(
        self, statement: _Statement, thing: str, predicate: str
    ) -> Iterator[tuple[_Question, _Answer]]:
        """A property of the nodes that stand between two things, as if it were of their pair."""
        values = self._values(statement, predicate)
        for other in self._values(statement, thing):
            if values and isinstance(other, ox.NamedNode):
                yield (
                    _Question(other, _iri(predicate), statement.subject.value),
                    _Answer(statement, values, self._related),
                )

    def _figure(self, statement: _Statement) -> Iterator[tuple[_Question, _Answer]]:
        """An exact figure: of a year it is fixed, without one it is that of the release's day."""
        if self._values(statement, "rkg:approximate") or self._values(statement, "rkg:comparator"):
            return
        kind, unit, year = (
            " ".join(v.value for v in self._values(statement, p))
            for p in ("rkg:figureKind", "rkg:unit", "rkg:year")
        )
        values = self._values(statement, "rkg:figureValue")
        if kind and values:
            question = _Question(statement.subject, _iri("rkg:figureValue"), f"{kind}|{unit}|{year}")
            yield question, _Answer(statement, values, _same_text, changing=not year)

    def _united(self, answers: Sequence[_Answer]) -> list[_Answer]:
        """One answer for each release: all its values, spoken by its first statement that has one."""
        by_release: dict[ox.NamedNode, list[_Answer]] = defaultdict(list)
        for answer in answers:
            by_release[answer.statement.release].append(answer)
        out = []
        for same in by_release.values():
            best = max(same, key=lambda a: (bool(a.values), a.statement.iri.value))
            values = tuple(sorted({v for a in same for v in a.values}, key=str))
            out.append(_Answer(best.statement, values, best.compatible, best.changing))
        return out

    @cached_property
    def _concepts(self) -> frozenset[Value]:
        """Terms of the vocabulary that stand in its hierarchy or could."""
        quads = self._dataset.quads_for(None, _iri("skos:inScheme"), None, _DEFAULT)
        return frozenset(q.subject for q in quads if isinstance(q.subject, ox.NamedNode))

    @cached_property
    def _broader(self) -> Mapping[Value, list[ox.NamedNode]]:
        out: dict[Value, list[ox.NamedNode]] = defaultdict(list)
        for quad in self._dataset.quads_for(None, _iri("skos:broader"), None, _DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                out[quad.subject].append(quad.object)
        return out

    def _related(self, a: Value, b: Value) -> bool:
        """Whether two concepts are one, or one is broader."""
        return a == b or b in self._above(a) or a in self._above(b)

    def _above(self, concept: Value) -> set[Value]:
        seen: set[Value] = set()
        todo: list[Value] = [concept]
        while todo:
            for parent in self._broader.get(todo.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
        return seen

    def _same_place(self, a: Value, b: Value) -> bool:
        """Whether two places may be one: a town and the same town with its state, or a state and a town in it."""
        one, other = (_places(self.label(term)) for term in (a, b))
        return a == b or one[0] == other[0] or one[0] in other[1:] or other[0] in one[1:]


def _places(label: str) -> list[str]:
    """The parts of a place's name, the town first."""
    return [re.sub(r"\W", "", part.casefold()) for part in label.split(",") if part.strip()] or [""]


def _title(text: str) -> str:
    words = re.findall(r"[\w&]+", text.casefold())
    return " ".join(_ABBREVIATED.get(word, word) for word in words)


def _same_post(a: Value, b: Value) -> bool:
    """Whether one title may stand for the other: a post in common, as "president and CEO" and "CEO"."""
    return not _posts(a.value).isdisjoint(_posts(b.value))


def _posts(title: str) -> set[str]:
    parts = re.split(r",|;|/|\band\b|&(?!d\b)", title, flags=re.IGNORECASE)
    return {name for part in parts if _POST.search(name := _title(part).removeprefix("the "))}


def _date(text: str) -> ox.Literal:
    kinds = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}
    return ox.Literal(text, datatype=_iri(kinds.get(len(text), "xsd:string")))
