"""`kg.extract.relations.studies`: the trials of invented releases."""

from __future__ import annotations

from kg.extract.relations.studies import facts
from kg.model import Modality
from tests.extract.relations.linked import DRUG, linked
from tests.extract.relations.studies.reading import found, shown, values


def trials(text: str) -> list[tuple[str, list[object], list[object]]]:
    return [(shown(f), values(f, "indications"), values(f, "status")) for f in found(text, "trial")]


def test_two_trials_of_one_sentence() -> None:
    """Each phase has the diseases of its own stretch."""
    assert trials(
        "AB-101 is being evaluated in a Phase 1 study in patients with relapsed or refractory "
        "multiple myeloma and a "
        "Phase 2 study in glioma."
    ) == [("1", ["multiple myeloma"], ["active"]), ("2", ["glioma"], ["active"])]


def test_conjoined_phases_share_what_follows() -> None:
    """ "Phase 1 and Phase 2 trials for glioma" are two trials in glioma."""
    assert [t[:2] for t in trials("AB-101 is in Phase 1 and Phase 2 trials for glioma.")] == [
        ("1", ["glioma"]),
        ("2", ["glioma"]),
    ]


def test_one_trial_mentioned_often_is_one_fact() -> None:
    """Mentions of one trial are united, with the evidence of each; a wider disease term is no other trial."""
    (fact,) = found(
        "AB-101 is in a Phase 2 trial in multiple myeloma.\n\nAbout AB-101\n\nThe ongoing Phase 2 "
        "trial of AB-101 enrolls "
        "patients with multiple myeloma and lymphoma. AB-101 is studied in a Phase II trial in "
        "blood cancers.",
        "trial",
    )
    assert values(fact, "indications") == ["multiple myeloma", "lymphoma", "blood cancers"]
    assert len(fact.evidence) == 3


def test_planned_trials_are_told_apart_by_disease() -> None:
    """Two planned trials of one phase are two, and neither is the running one."""
    assert trials(
        "AB-101 is in a Phase 1 trial in multiple myeloma. Acme Therapeutics plans to initiate a "
        "Phase 1 study with AB-101 "
        "in lymphoma and a second Phase 1 study in glioma."
    ) == [
        ("1", ["multiple myeloma"], ["active"]),
        ("1", ["lymphoma"], ["planned"]),
        ("1", ["glioma"], ["planned"]),
    ]


def test_planned_trial_has_a_date_and_a_modality() -> None:
    """A plan is planned, with the half-year that it is planned for."""
    (fact,) = found(
        "In the second half of 2018 Acme Therapeutics plans to initiate a Phase 1 study of AB-101 in glioma.",
        "trial",
    )
    assert fact.modality is Modality.PLANNED
    assert fact.qualifier("date") == ("2018-H2",)


def test_hope_of_a_trial() -> None:
    """A trial that could begin is a hypothesis."""
    (fact,) = found("A Phase 3 trial of AB-101 in glioma could begin in 2020.", "trial")
    assert fact.modality is Modality.HYPOTHETICAL


def test_potential_disease_is_not_studied() -> None:
    """ "potentially lymphoma" is no indication of the trial."""
    assert trials(
        "The Phase 2 trial of AB-101 is in patients with glioma, sarcoma and potentially lymphoma."
    )[0][1] == [
        "glioma",
        "sarcoma",
    ]


def test_what_is_no_trial() -> None:
    """Meetings, doses and readiness have a phase and are no trials."""
    assert not trials(
        "AB-101 had an End-of-Phase 2 meeting. The recommended Phase 2 dose of AB-101 is known."
    )
    assert not trials("AB-101 is Phase 2-ready.")


def test_trial_of_another_company() -> None:
    """Another company's drug in passing gives no trial of ours."""
    assert not trials("Rival Pharma's AB-202 is in a Phase 3 trial in glioma.")


def test_name_and_details_from_later_sentences() -> None:
    """What is said of "the trial" or of its name belongs to it."""
    (fact,) = found(
        "The EMBARK-2 trial (NCT01234567) is a Phase 2, open-label study of AB-101 in glioma. The "
        "trial is enrolling at 34 sites in "
        "the United States and Spain. EMBARK-2 will enroll up to 120 patients.",
        "trial",
    )
    assert fact.qualifier("name") == ("EMBARK-2",)
    assert fact.qualifier("nct") == ("NCT01234567",)
    assert fact.qualifier("sites") == (34,)
    assert fact.qualifier("enrollment") == (120,)
    assert fact.qualifier("country") == ("United States", "Spain")
    assert values(fact, "status") == ["recruiting"]


def test_named_trials_of_one_phase_are_two() -> None:
    """Names tell trials apart; a number said of both is of neither."""
    named = found(
        "Two Phase 3 trials, EMBARK-1 and EMBARK-2, of AB-101 in glioma enrolled 1,300 patients.", "trial"
    )
    assert [f.qualifier("name") for f in named] == [("EMBARK-1",), ("EMBARK-2",)]
    assert all(not f.qualifier("enrollment") for f in named)


def test_status() -> None:
    """An end of enrollment is no end of the trial; topline results are."""
    for text, status in (
        ("Acme Therapeutics completed enrollment in its Phase 3 trial of AB-101 in glioma.", "active"),
        (
            "Acme Therapeutics announced topline results from the Phase 3 trial of AB-101 in glioma.",
            "completed",
        ),
        (
            "Acme Therapeutics expects topline results from the Phase 3 trial of AB-101 in glioma in 2019.",
            "active",
        ),
        ("The first patient has been dosed in the Phase 3 trial of AB-101 in glioma.", "recruiting"),
        ("Acme Therapeutics paused the Phase 3 trial of AB-101 in glioma.", "suspended"),
        ("Acme Therapeutics discontinued the Phase 3 trial of AB-101 in glioma.", "terminated"),
        ("The FDA lifted the clinical hold on the Phase 3 trial of AB-101 in glioma.", "active"),
    ):
        assert [t[2] for t in trials(text)] == [[status]], text


def test_combination() -> None:
    """A partner is a qualifier of the trial, not its drug."""
    (fact,) = found(
        "A Phase 2 trial of AB-101 in combination with dexamethasone in glioma is ongoing.", "trial"
    )
    assert fact.subject == DRUG
    assert values(fact, "combination") == ["dexamethasone"]


def test_evidence_is_exact() -> None:
    """Every fact quotes the release letter by letter."""
    document = linked("AB-101 is in a Phase 2 trial in glioma at a dose of 5 mg/kg weekly.")
    for fact in facts(document):
        for evidence in fact.evidence:
            assert document.release.text[evidence.start : evidence.end] == evidence.text
