"""`kg.conflicts`: what two releases tell differently, and what only looks so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.conflicts import conflict_quads, disagreements
from kg.model import Entity, Evidence, Fact, Kind, Modality, Release, Value
from kg.namespaces import CONFLICTS_GRAPH, PREFIXES, Minter, expand
from kg.ontology import vocabulary_quads
from kg.quads import release_quads
from kg.resolution import resolve
from kg.store import Dataset
from tests import facts as given

COMPANY, DRUG, FDA, MYELOMA = given.COMPANY, given.DRUG, given.FDA, given.MYELOMA
PERSON = Entity(Kind.PERSON, "Jo Doe")
SCHEMES = ("trial-status", "payload", "development-stage", "regulatory-status")


def concept(curie: str, kind: Kind) -> Entity:
    return Entity(kind, curie.partition(":")[2], concept=curie)


def place(label: str) -> Entity:
    return Entity(Kind.PLACE, label)


def payload(name: str) -> Entity:
    return concept(f"payload:{name}", Kind.PAYLOAD)


def trial(
    status: str | None = None, modality: Modality = Modality.ASSERTED, **qualifiers: Value | tuple[Value, ...]
) -> Fact:
    fact = Fact("trial", DRUG, given.PHASE_2, (("indications", MYELOMA),), modality)
    state = None if status is None else concept(f"trial-status:{status}", Kind.TRIAL_STATUS)
    return fact.with_qualifiers({**qualifiers, "status": state})


def role(title: str, organization: Entity = COMPANY) -> Fact:
    return Fact("role", PERSON, organization, (("title", title),))


def designation(status: str, date: str | None = None) -> Fact:
    fact = Fact("designation", DRUG, given.ORPHAN, (("agency", FDA), ("indication", MYELOMA)))
    state = concept(f"regulatory-status:{status}", Kind.REGULATORY_STATUS)
    return fact.with_qualifiers({"status": state, "date": date})


def figure(value: str, **qualifiers: Value) -> Fact:
    fact = Fact("org_fact", COMPANY, f"employees {value}", (("kind", "employees"), ("value", value)))
    return fact.with_qualifiers(qualifiers)


@pytest.fixture(scope="module")
def concepts() -> Sequence[ox.Quad]:
    names = tuple(PREFIXES[scheme] for scheme in SCHEMES)
    return [quad for quad in vocabulary_quads() if quad.subject.value.startswith(names)]


def dataset(concepts: Sequence[ox.Quad], **dated: Sequence[Fact]) -> Dataset:
    """Releases named by their dates: `d2018_05="..."` is of May 2018; the text of each is its own."""
    documents, releases = {}, {}
    for name, facts in dated.items():
        date = name[1:].partition("__")[0].replace("_", "-")
        text = f"Words of {name}."
        words = Evidence(name, 0, len(text), text, "test.rule")
        issued = [Fact("release_date", None, date)] if date else []
        documents[name] = [
            Fact(f.relation, f.subject, f.object, f.qualifiers, f.modality, evidence=(words,))
            for f in (*issued, *facts)
        ]
        releases[name] = Release(name, f"{name}.txt", text, sha256="0" * 64)
    resolved = resolve(documents)
    stated = (q for name, r in releases.items() for q in release_quads(r, resolved[name], Minter()))
    return Dataset.in_memory([*concepts, *stated])


def labels(data: Dataset) -> list[str]:
    label = ox.NamedNode(expand("skos:prefLabel"))
    quads = conflict_quads(data, Minter())
    return sorted(
        f"{q.subject.value.split('/')[-2]} {q.object.value}"
        for q in quads
        if q.predicate == label and isinstance(q.object, ox.Literal)
    )


def headquarters(name: str) -> Fact:
    return Fact("headquarters", COMPANY, place(name))


TRIAL = "EX-101: phase 2 trial in multiple myeloma"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            headquarters("Madison, Wis."),
            headquarters("Florham Park, N.J."),
            "supersession Example Therapeutics: headquarters Madison, Wis. → Florham Park, N.J.",
        ),
        (trial(enrollment=30), trial(enrollment=40), f"supersession {TRIAL}: enrollment 30 → 40"),
        (
            trial("recruiting"),
            trial("completed"),
            f"supersession {TRIAL}: trialStatus recruiting → completed",
        ),
        (
            trial("planned", Modality.PLANNED),
            trial("active"),
            f"supersession {TRIAL}: trialStatus planned → active",
        ),
        (trial("completed"), trial("recruiting"), f"conflict {TRIAL}: trialStatus completed or recruiting"),
        (
            trial("planned", Modality.PLANNED, date="2018-H2"),
            trial("planned", Modality.PLANNED, date="2019-H1"),
            f"supersession {TRIAL}: date 2018-H2 → 2019-H1",
        ),
        (
            trial("planned", Modality.PLANNED, date="2018-H2"),
            trial("planned", Modality.PLANNED),
            f"supersession {TRIAL}: date 2018-H2 → no longer given",
        ),
        (
            trial(design="single dose"),
            trial(design="fractionated dosing"),
            f"supersession {TRIAL}: studyDesign single dose → fractionated dosing",
        ),
        (
            trial(nct="NCT01234567"),
            replace(trial(nct="NCT01234567"), object=concept("phase:2-3", Kind.PHASE)),
            f"supersession {TRIAL} (NCT01234567): phase 2 → 2-3",
        ),
        (
            role("chief medical officer"),
            role("president and CEO"),
            "supersession Jo Doe: positionTitle chief medical officer → president and CEO",
        ),
        (
            designation("requested"),
            designation("granted", "2018-05"),
            "supersession EX-101: orphan drug (FDA, multiple myeloma): regulatoryStatus requested → granted",
        ),
        (
            designation("granted", "2018-04"),
            designation("granted", "2018-05-02"),
            "conflict EX-101: orphan drug (FDA, multiple myeloma): date 2018-04 or 2018-05-02",
        ),
        (
            Fact("drug_payload", DRUG, payload("iodine-131")),
            Fact("drug_payload", DRUG, payload("lutetium-177")),
            "conflict EX-101: payload iodine-131 or lutetium-177",
        ),
        (
            Fact("ticker", COMPANY, "NASDAQ:EXMP"),
            Fact("ticker", COMPANY, "NASDAQ:EXTX"),
            "supersession Example Therapeutics: ticker NASDAQ:EXMP → NASDAQ:EXTX",
        ),
        (figure("100"), figure("120"), "supersession Example Therapeutics: figureValue 100 → 120"),
        (
            figure("100", year=2016),
            figure("120", year=2016),
            "conflict Example Therapeutics: figureValue 100 or 120",
        ),
        (
            Fact("develops", COMPANY, DRUG, modality=Modality.PLANNED),
            Fact("develops", COMPANY, DRUG),
            "supersession Example Therapeutics: modality planned → asserted",
        ),
        (
            Fact("combination", DRUG, Entity(Kind.DRUG, "EX-102")),
            Fact("combination", DRUG, Entity(Kind.DRUG, "EX-102"), modality=Modality.NEGATED),
            "supersession EX-101: EX-102: modality asserted → negated",
        ),
    ],
)
def test_disagreement(first: Fact, second: Fact, expected: str, concepts: Sequence[ox.Quad]) -> None:
    """A later release tells another value: a change where it may change, otherwise a conflict."""
    assert labels(dataset(concepts, d2018_06_06=[first], d2018_11_12=[second])) == [expected]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (trial("recruiting", enrollment=40), trial("active", enrollment=40)),
        (headquarters("Madison, Wis."), headquarters("Madison, Wisconsin")),
        (headquarters("Basel, Switzerland"), headquarters("Switzerland")),
        (role("president and CEO"), role("chief executive officer")),
        (role("professor of medicine"), role("principal investigator")),
        (role("president"), role("director", Entity(Kind.ORGANIZATION, "Other Pharma"))),
        (designation("granted", "2018-05"), designation("granted", "2018-05-02")),
        (designation("requested", "2018-04"), designation("requested")),
        (
            Fact("drug_payload", DRUG, payload("iodine-131")),
            Fact("drug_payload", DRUG, payload("radioisotope")),
        ),
        (Fact("ticker", COMPANY, "NASDAQ:EXMP"), Fact("ticker", COMPANY, "TSX:EXM")),
        (trial(design=("open-label", "randomized")), trial(design=("multicenter", "randomized"))),
        (trial("active", date="2018-05"), trial("active")),
        (figure("100", comparator=">"), figure("120")),
        (figure("100", year=2016), figure("120", year=2017)),
        (Fact("develops", COMPANY, DRUG), Fact("develops", COMPANY, DRUG, modality=Modality.HISTORICAL)),
        (trial("active"), trial("completed", Modality.HYPOTHETICAL)),
        (
            Fact("drug_indication", DRUG, MYELOMA, modality=Modality.PLANNED),
            Fact("drug_indication", DRUG, MYELOMA),
        ),
    ],
)
def test_compatible(first: Fact, second: Fact, concepts: Sequence[ox.Quad]) -> None:
    """Both may hold: one broader, more precise, another wording, of something else, or only a hope."""
    assert labels(dataset(concepts, d2018_06_06=[first], d2018_11_12=[second])) == []


@pytest.mark.parametrize(
    "names", [("d2018_06_06__a", "d2018_06_06__b"), ("d2018_06_06", "d2018"), ("d2018_06_06", "d")]
)
def test_without_an_order_it_is_a_conflict(names: tuple[str, str], concepts: Sequence[ox.Quad]) -> None:
    """Same date, a date inside the other, or none: neither release is the later one."""
    data = dataset(concepts, **{names[0]: [trial(enrollment=30)], names[1]: [trial(enrollment=40)]})
    [found] = labels(data)
    assert found.startswith("conflict ")


def test_back_and_forth_is_a_conflict(concepts: Sequence[ox.Quad]) -> None:
    """A value that returns was not superseded: one conflict, not two changes."""
    there, back = headquarters("Madison, Wis."), headquarters("Chicago")
    data = dataset(concepts, d2018_01_01=[there], d2018_02_01=[back], d2018_03_01=[there])
    assert labels(data) == ["conflict Example Therapeutics: headquarters Madison, Wis. or Chicago"]


def test_repeated_value_is_one_change(concepts: Sequence[ox.Quad]) -> None:
    """From the last release with the old value to the first with the new one."""
    old, new = headquarters("Madison, Wis."), headquarters("Florham Park, N.J.")
    data = dataset(concepts, d2018_01_01=[old], d2018_02_01=[old], d2018_03_01=[new], d2018_04_01=[new])
    [one] = disagreements(data)
    assert ("d2018_02_01" in str(one.first), "d2018_03_01" in str(one.second)) == (True, True)
    assert (one.supersedes, one.as_of) == (True, "2018-03-01")


def test_one_release_does_not_disagree_with_itself(concepts: Sequence[ox.Quad]) -> None:
    """Two places in one dateline are two places."""
    assert labels(dataset(concepts, d2018_01_01=[headquarters("Madison"), headquarters("Basel")])) == []


def test_quads(concepts: Sequence[ox.Quad]) -> None:
    """One named node in a graph of its own, both assertions linked, the same in any order of the releases."""
    first, second = [trial(enrollment=30)], [trial(enrollment=40)]
    quads = list(conflict_quads(dataset(concepts, d2018_01_01=first, d2018_02_01=second), Minter()))
    again = conflict_quads(dataset(concepts, d2018_02_01=second, d2018_01_01=first), Minter())
    assert quads == list(again)
    assert {q.graph_name for q in quads} == {ox.NamedNode(CONFLICTS_GRAPH)}
    assert len({q.subject for q in quads}) == 1
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in q.triple)
    said: Mapping[str, object] = {q.predicate.value.rpartition("#")[2]: q.object for q in quads}
    assert str(said["type"]).endswith("#Supersession>")
    assert str(said["asOf"]).startswith('"2018-02-01"')
    assert "/d2018_01_01/assertion/" in str(said["firstAssertion"])
    assert "/d2018_02_01/assertion/" in str(said["secondAssertion"])


def test_evidence_is_the_sentence_that_gives_the_value() -> None:
    """Not always the best one of the assertion."""
    text = "EX-101 is in a Phase 2 trial. The Phase 2 trial enrols {} patients."
    documents, releases = {}, {}
    for name, count in (("d1", "30"), ("d2", "40")):
        said = text.format(count)
        middle = said.index(" The") + 1
        words = [
            Evidence(name, a, b, said[a:b], "test.rule") for a, b in ((0, middle - 1), (middle, len(said)))
        ]
        fact = trial(enrollment=int(count))
        documents[name] = [Fact("trial", DRUG, fact.object, fact.qualifiers, evidence=tuple(words))]
        releases[name] = Release(name, f"{name}.txt", said, sha256="0" * 64)
    resolved = resolve(documents)
    data = Dataset.in_memory(q for n, r in releases.items() for q in release_quads(r, resolved[n], Minter()))
    quads = list(conflict_quads(data, Minter()))
    found = {q.predicate.value.rpartition("#")[2]: str(q.object) for q in quads}
    assert (found["firstEvidence"][-7:], found["secondEvidence"][-7:]) == ("/30-67>", "/30-67>")
