"""Statements of releases → the questions that they answer, each of which has one answer at a time.

Under `kg.conflicts`, which compares the answers.  What may be compared is listed, not guessed, and each answer knows
what goes together with it: one broader than the other, a month and a day in it, a place and the town in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.namespaces import expand
from kg.schema import RELATIONS, Relation
from kg.store import Dataset

Value: TypeAlias = ox.NamedNode | ox.Literal
#: Whether two values may both hold.
Compatible: TypeAlias = Callable[[Value, Value], bool]


def iri(curie: str) -> ox.NamedNode:
    """The node that a CURIE of the project's prefixes names."""
    return ox.NamedNode(expand(curie))


_DEFAULT: Final = ox.DefaultGraph()
PLANNED: Final = iri("modality:planned")
NEGATED: Final = iri("modality:negated")
HYPOTHETICAL: Final = iri("modality:hypothetical")
_RELATION_OF: Final = {iri(r.predicate): r for r in RELATIONS.values()}

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
class Statement:
    """One assertion that is no mere hope, with its place in time."""

    iri: ox.NamedNode
    release: ox.NamedNode
    issued: str
    subject: ox.NamedNode
    relation: Relation
    object: Value
    modality: ox.NamedNode


@dataclass(frozen=True, slots=True)
class Question:
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
class Answer:
    """What one assertion answers: several values where a release gives several; none where it leaves a date out."""

    statement: Statement
    values: tuple[Value, ...]
    compatible: Compatible
    changing: bool = True

    @property
    def when(self) -> tuple[str, str]:
        """For sorting: date, then the release's IRI."""
        return self.statement.issued, self.statement.release.value


class Reader:
    """What the releases state, read once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def answers(self) -> Mapping[Question, list[Answer]]:
        """Every question that some release answers."""
        out: dict[Question, list[Answer]] = defaultdict(list)
        for statement in self.statements:
            if statement.modality in (NEGATED, HYPOTHETICAL):
                continue
            for question, answer in self._answered(statement):
                out[question].append(answer)
        return {
            question: self._united(answers)
            for question, answers in out.items()
            if len({a.statement.release for a in answers}) > 1
        }

    def label(self, term: Value) -> str:
        """The name of a thing, the text of a literal."""
        if isinstance(term, ox.Literal):
            return term.value
        for predicate in ("skos:prefLabel", "rdfs:label"):
            for quad in self._dataset.quads_for(term, iri(predicate), None, _DEFAULT):
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
        quads = self._dataset.quads_for(subject, iri(curie), None, _DEFAULT)
        return [q.object for q in quads if isinstance(q.object, (ox.NamedNode, ox.Literal))]

    @cached_property
    def statements(self) -> list[Statement]:
        """Every assertion of a relation that has a subject, sorted by IRI."""
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
                    Statement(
                        iri, release, "" if date is None else date.value, subject, relation, object_, modality
                    )
                )
        return out

    def _objects(self, curie: str) -> dict[ox.NamedNode, Value]:
        """The value of a property that has one, by subject."""
        return {
            quad.subject: quad.object
            for quad in self._dataset.quads_for(None, iri(curie), None, _DEFAULT)
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal))
        }

    def _values(self, statement: Statement, predicate: str) -> tuple[Value, ...]:
        """What the statement's release says of its node."""
        if not isinstance(statement.object, ox.NamedNode):
            return ()
        quads = self._dataset.quads_for(statement.object, iri(predicate), None, statement.release)
        values = [q.object for q in quads if isinstance(q.object, (ox.NamedNode, ox.Literal))]
        return tuple(sorted(values, key=str))

    def _answered(self, statement: Statement) -> Iterator[tuple[Question, Answer]]:
        relation, object_ = statement.relation, statement.object
        predicate = iri(relation.predicate)
        if relation.name == "headquarters":
            yield Question(statement.subject, predicate), Answer(statement, (object_,), self._same_place)
        elif relation.name == "ticker":
            exchange = object_.value.partition(":")[0]
            yield (
                Question(statement.subject, predicate, exchange),
                Answer(statement, (object_,), _same_text),
            )
        elif relation.name == "drug_payload" and object_ in self._concepts:
            answer = Answer(statement, (object_,), self._related, changing=False)
            yield Question(statement.subject, predicate), answer
        if relation.node is None or not isinstance(object_, ox.NamedNode):
            return
        for slot in relation.slots:
            key = (relation.name, slot.name)
            if key not in _CHANGING | _DATED:
                continue
            values = self._values(statement, slot.predicate)
            question = Question(object_, iri(slot.predicate))
            if key in _DATED:
                yield from self._dated(statement, question, values)
            elif values:
                compatible = self._related if isinstance(values[0], ox.NamedNode) else _same_text
                yield question, Answer(statement, values, compatible)
        if relation.name == "role":
            yield from self._post(statement)
        elif relation.name == "trial":
            phases = self._values(statement, "rkg:phase")
            yield Question(object_, iri("rkg:phase")), Answer(statement, phases, self._related)
            yield from self._design(statement)
        elif relation.name == "pipeline_program":
            yield from self._grouped(statement, "rkg:programAsset", "rkg:developmentStage")
        elif relation.name == "org_fact":
            yield from self._figure(statement)

    def _dated(
        self, statement: Statement, question: Question, values: Sequence[Value]
    ) -> Iterator[tuple[Question, Answer]]:
        """A date ahead of the release may be moved; a past one is fixed, and compared only where it is of one status.

        A plan without a date answers too: a date given before has been dropped.
        """
        ahead = [v for v in values if statement.issued and _span(v.value)[1] > _span(statement.issued)[1]]
        if ahead or (not values and statement.modality == PLANNED):
            yield question, Answer(statement, tuple(ahead), _same_date)
        elif values and statement.relation.name in _ONCE:
            status = self._values(statement, "rkg:regulatoryStatus")
            fixed = Question(question.about, question.predicate, " ".join(map(str, status)) or "past")
            yield fixed, Answer(statement, tuple(values), _same_date, changing=False)

    def _post(self, statement: Statement) -> Iterator[tuple[Question, Answer]]:
        titles = tuple(
            v for v in self._values(statement, "rkg:positionTitle") if _POST.search(_title(v.value))
        )
        for organization in self._values(statement, "org:organization"):
            if titles:
                question = Question(statement.subject, iri("rkg:positionTitle"), organization.value)
                yield question, Answer(statement, titles, _same_post)

    def _design(self, statement: Statement) -> Iterator[tuple[Question, Answer]]:
        if not isinstance(statement.object, ox.NamedNode):
            return
        said = self._values(statement, "rkg:studyDesign")
        for number, sides in enumerate(_EXCLUSIVE_DESIGNS):
            values = tuple(v for v in said if any(v.value in side for side in sides))
            if values:
                question = Question(statement.object, iri("rkg:studyDesign"), str(number))

                def same_side(a: Value, b: Value, sides: tuple[frozenset[str], ...] = sides) -> bool:
                    return any(a.value in side and b.value in side for side in sides)

                yield question, Answer(statement, values, same_side)

    def _grouped(self, statement: Statement, thing: str, predicate: str) -> Iterator[tuple[Question, Answer]]:
        """A property of the nodes that stand between two things, as if it were of their pair."""
        values = self._values(statement, predicate)
        for other in self._values(statement, thing):
            if values and isinstance(other, ox.NamedNode):
                yield (
                    Question(other, iri(predicate), statement.subject.value),
                    Answer(statement, values, self._related),
                )

    def _figure(self, statement: Statement) -> Iterator[tuple[Question, Answer]]:
        """An exact figure: of a year it is fixed, without one it is that of the release's day."""
        if self._values(statement, "rkg:approximate") or self._values(statement, "rkg:comparator"):
            return
        kind, unit, year = (
            " ".join(v.value for v in self._values(statement, p))
            for p in ("rkg:figureKind", "rkg:unit", "rkg:year")
        )
        values = self._values(statement, "rkg:figureValue")
        if kind and values:
            question = Question(statement.subject, iri("rkg:figureValue"), f"{kind}|{unit}|{year}")
            yield question, Answer(statement, values, _same_text, changing=not year)

    def _united(self, answers: Sequence[Answer]) -> list[Answer]:
        """One answer for each release: all its values, spoken by its first statement that has one."""
        by_release: dict[ox.NamedNode, list[Answer]] = defaultdict(list)
        for answer in answers:
            by_release[answer.statement.release].append(answer)
        out = []
        for same in by_release.values():
            best = max(same, key=lambda a: (bool(a.values), a.statement.iri.value))
            values = tuple(sorted({v for a in same for v in a.values}, key=str))
            out.append(Answer(best.statement, values, best.compatible, best.changing))
        return out

    @cached_property
    def _concepts(self) -> frozenset[Value]:
        """Terms of the vocabulary that stand in its hierarchy or could."""
        quads = self._dataset.quads_for(None, iri("skos:inScheme"), None, _DEFAULT)
        return frozenset(q.subject for q in quads if isinstance(q.subject, ox.NamedNode))

    @cached_property
    def _broader(self) -> Mapping[Value, list[ox.NamedNode]]:
        out: dict[Value, list[ox.NamedNode]] = defaultdict(list)
        for quad in self._dataset.quads_for(None, iri("skos:broader"), None, _DEFAULT):
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


# --- what goes together ------------------------------------------------------------------------------------


def equal(a: Value, b: Value) -> bool:
    """Whether two values are the same term."""
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
