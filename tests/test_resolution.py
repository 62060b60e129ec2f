"""Who is who across releases: careful, and independent of the order of reading."""

from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kg.model import Concept, Entity, Fact, Kind, Modality, Vocabulary
from kg.resolution import name_key, resolve
from tests import facts as given

B_CELL = Entity(Kind.DISEASE, "B-cell malignancies", concept="disease:b-cell-malignancies")
VOCABULARY = Vocabulary(
    (
        Concept("disease:b-cell-malignancies", Kind.DISEASE, "B-cell malignancies"),
        Concept(
            "disease:multiple-myeloma",
            Kind.DISEASE,
            "multiple myeloma",
            broader=("disease:b-cell-malignancies",),
        ),
    )
)


def org(label: str, *keys: str, alt: tuple[str, ...] = (), hidden: tuple[str, ...] = ()) -> Entity:
    return Entity(Kind.ORGANIZATION, label, alt, hidden, keys=keys)


def ticker(entity: Entity) -> Fact:
    return replace(given.TICKER, subject=entity)


def subjects(documents: dict[str, list[Fact]]) -> dict[str, Entity]:
    return {r: facts[0].subject for r, facts in resolve(documents).items() if facts[0].subject}


def test_one_ticker_is_one_company() -> None:
    """Misspelt names with one ticker are one node, named by the spelling that most releases use."""
    found = subjects(
        {
            "a": [ticker(org("Novara Biosciences", "ticker:NASDAQ:NVRA"))],
            "b": [ticker(org("Novarra Biosciences", "ticker:NASDAQ:NVRA"))],
            "c": [ticker(org("Novara Biosciences", "ticker:NASDAQ:NVRA"))],
        }
    )
    assert {e.label for e in found.values()} == {"Novara Biosciences"}
    assert {e.slug for e in found.values()} == {"novara-biosciences"}


def test_a_misspelling_is_never_the_preferred_label() -> None:
    """What one release knows to be a misspelling does not win by numbers."""
    found = subjects(
        {
            "a": [ticker(org("Novarra", "ticker:X:N"))],
            "b": [ticker(org("Novarra", "ticker:X:N"))],
            "c": [ticker(org("Novara", "ticker:X:N", hidden=("Novarra",)))],
        }
    )
    assert {(e.label, e.hidden) for e in found.values()} == {("Novara", ("Novarra",))}


def test_two_tickers_are_two_companies() -> None:
    """The same name with different tickers is not merged, and the two get different IRIs."""
    found = subjects(
        {
            "a": [ticker(org("Apex Bio", "ticker:NASDAQ:APX"))],
            "b": [ticker(org("Apex Bio", "ticker:ASX:AXB"))],
        }
    )
    assert len({e.slug for e in found.values()}) == 2


def test_one_symbol_on_two_exchanges_is_one_company() -> None:
    """A release names the listing in London, a later one that in New York."""
    found = subjects(
        {
            "a": [ticker(org("Apex Bio", "ticker:AIM:APX"))],
            "b": [ticker(org("Apex Bio", "ticker:NASDAQ:APX"))],
        }
    )
    assert len({e.slug for e in found.values()}) == 1


def test_a_symbol_alone_makes_no_company() -> None:
    """Two firms have the same letters on two exchanges."""
    found = subjects(
        {
            "a": [ticker(org("Apex Bio", "ticker:AIM:APX"))],
            "b": [ticker(org("Apollo Rx", "ticker:NASDAQ:APX"))],
        }
    )
    assert len({e.slug for e in found.values()}) == 2


def test_a_legal_form_is_no_difference() -> None:
    """With and without "Inc." is one company."""
    found = subjects({"a": [ticker(org("Acme Pharma, Inc."))], "b": [ticker(org("Acme Pharma"))]})
    assert len({e.slug for e in found.values()}) == 1


def test_a_short_abbreviation_does_not_join() -> None:
    """Three letters mean different things in different releases."""
    found = subjects(
        {
            "a": [ticker(org("Centre for Probes", alt=("CFP",)))],
            "b": [ticker(org("Council of Free Pharmacists", alt=("CFP",)))],
        }
    )
    assert len({e.slug for e in found.values()}) == 2


@pytest.mark.parametrize(
    ("kind", "a", "b", "same"),
    [
        (Kind.DRUG, "CLR 131", "CLR131", True),
        (Kind.DRUG, "I-127-CLR 1404", "CLR 131", False),
        (Kind.PERSON, "Jim Smith", "James Smith", True),
        (Kind.PERSON, "James R. Smith", "James Smith", True),
        (Kind.PERSON, "James Smith", "Jane Smith", False),
        (Kind.ORGANIZATION, "Acme Co., Ltd.", "Acme", True),
    ],
)
def test_name_keys(kind: Kind, a: str, b: str, same: bool) -> None:
    """Spellings of one name meet, different names do not."""
    assert (name_key(kind, a) == name_key(kind, b)) is same


def trial(*diseases: Entity, nct: str = "", modality: Modality = Modality.ASSERTED) -> Fact:
    qualifiers = [("indications", d) for d in diseases] + ([("nct", nct)] if nct else [])
    return replace(given.TRIAL, qualifiers=tuple(qualifiers), modality=modality)


def nodes(documents: dict[str, list[Fact]]) -> dict[str, set[str]]:
    return {r: {f.node.slug for f in facts if f.node} for r, facts in resolve(documents, VOCABULARY).items()}


def test_one_trial_across_releases() -> None:
    """A wider and a narrower name of the disease make one trial, which its number names."""
    found = nodes(
        {
            "a": [trial(B_CELL)],
            "b": [trial(given.MYELOMA, nct="NCT01234567")],
            "c": [trial(given.MYELOMA, given.LYMPHOMA)],
        }
    )
    assert found == {r: {"nct01234567"} for r in "abc"}


def test_two_numbers_are_two_trials() -> None:
    """Registry numbers decide, whatever the diseases."""
    found = nodes(
        {
            "a": [trial(given.MYELOMA, nct="NCT00000001")],
            "b": [trial(given.MYELOMA, nct="NCT00000002")],
            "c": [trial(given.MYELOMA)],
        }
    )
    assert found["a"] == {"nct00000001"}
    assert found["b"] == {"nct00000002"}
    assert not found["c"] & (found["a"] | found["b"])


def test_children_have_trials_of_their_own() -> None:
    """A pediatric trial is not the adults' trial in the same disease."""
    young = replace(
        trial(given.MYELOMA),
        qualifiers=(("indications", given.MYELOMA), ("population", "pediatric patients")),
    )
    found = nodes({"a": [trial(given.MYELOMA)], "b": [young]})
    assert not found["a"] & found["b"]


def test_two_trials_of_one_release_stay_two() -> None:
    """A third description never joins what one release tells apart."""
    found = nodes(
        {"a": [trial(given.MYELOMA), trial(given.LYMPHOMA)], "b": [trial(given.MYELOMA, given.LYMPHOMA)]}
    )
    assert len(found["a"]) == 2


def test_two_trials_of_one_drug_and_disease_keep_their_names() -> None:
    """What differs by more than its spelling is no other spelling of one name."""
    stated = [
        replace(given.TRIAL, qualifiers=(("name", name),)) for name in ("EMBARK", "EMBARK-1", "EMBARK-2")
    ]
    found = [fact.qualifier("name") for fact in resolve({"a": stated})["a"]]
    assert sorted(found) == [("EMBARK",), ("EMBARK-1",), ("EMBARK-2",)]


def test_the_same_statement_twice_is_one_fact() -> None:
    """Evidence is gathered, qualifiers are united."""
    bare = replace(
        given.DESIGNATION,
        qualifiers=(("agency", given.FDA), ("indication", given.MYELOMA)),
        evidence=(given.evidence("today"),),
    )
    [fact] = resolve({"r1": [given.DESIGNATION, bare]})["r1"]
    assert len(fact.evidence) == 2
    assert fact.qualifier("date") == ("2024-03-01",)


def test_one_node_has_one_spelling() -> None:
    """A title in capitals and one in small letters are one post, spelt as most releases spell it."""
    person = Entity(Kind.PERSON, "Jo Doe")

    def role(title: str) -> Fact:
        return Fact("role", person, given.COMPANY, (("title", title),), evidence=given.TICKER.evidence)

    found = resolve({"a": [role("Chief Executive Officer")], "b": [role("chief executive officer")]})
    facts = [fact for facts in found.values() for fact in facts]
    assert {fact.qualifier("title") for fact in facts} == {("Chief Executive Officer",)}
    assert len({fact.node for fact in facts}) == 1


def test_a_quantity_stays_one_where_its_schedule_is_respelt() -> None:
    """What is written on a node in two ways changes nothing of the quantity on it."""

    def dose(schedule: str) -> Fact:
        return given.DOSE.with_qualifiers({"schedule": schedule})

    found = resolve({"a": [dose("once daily")], "b": [dose("once daily")], "c": [dose("Once daily")]})
    assert {fact.object for facts in found.values() for fact in facts} == {given.DOSE.object}


def test_contradictions_are_kept_apart() -> None:
    """Two dates of one designation in one release are two facts on two nodes; nothing is lost."""
    other = given.DESIGNATION.with_qualifiers({"date": "2023-01-01"})
    first, second = resolve({"r1": [given.DESIGNATION, other]})["r1"]
    assert first.node != second.node


def test_a_plan_joins_what_is_stated_outright() -> None:
    """Planned and asserted of one thing is asserted; a hope stays by itself."""
    planned = replace(given.DESIGNATION, modality=Modality.PLANNED)
    hope = replace(given.DESIGNATION, modality=Modality.HYPOTHETICAL)
    found = resolve({"r1": [planned, hope, given.DESIGNATION]})["r1"]
    assert sorted(f.modality for f in found) == ["asserted", "hypothetical"]


@for_all(st.permutations(["a", "b", "c", "d"]), st.permutations(range(3)))
def test_the_order_of_reading_does_not_matter(releases: list[str], order: list[int]) -> None:
    """Shuffled files and shuffled facts give the same result."""
    documents = {
        "a": [trial(B_CELL), ticker(org("Novara", "ticker:X:N")), given.DESIGNATION],
        "b": [trial(given.MYELOMA, nct="NCT01234567"), ticker(org("Novarra", "ticker:X:N")), given.DOSE],
        "c": [trial(given.MYELOMA), ticker(org("Novara")), given.HOPE],
        "d": [trial(given.LYMPHOMA), ticker(org("Novara", "ticker:Y:M")), given.DEVELOPS],
    }
    shuffled = {r: [documents[r][i] for i in order] for r in releases}
    assert resolve(shuffled, VOCABULARY) == resolve(documents, VOCABULARY)


def test_a_shortened_name_joins_only_where_it_is_clear() -> None:
    """ "Acme" is "Acme Pharma" or "Acme Pharmaceuticals", but with an "Acme Diagnostics" about it is nobody's."""
    pharma = ticker(org("Norane Pharma", alt=("Norane",)))
    longer = ticker(org("Norane Pharmaceuticals", alt=("Norane",)))
    sister = ticker(org("Norane Diagnostics", alt=("Norane",)))
    clear = subjects({"a": [pharma], "b": [longer]})
    assert clear["a"] == clear["b"]
    unclear = subjects({"a": [pharma], "c": [sister]})
    assert unclear["a"].slug != unclear["c"].slug
