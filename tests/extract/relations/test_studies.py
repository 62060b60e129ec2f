"""`kg.extract.relations.studies`: trials, doses, endpoints, results and preclinical "
"studies of invented releases."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.relations.studies import facts
from kg.model import Entity, Fact, Modality, Quantity
from tests.extract.relations.linked import DRUG, linked


def found(text: str, relation: str) -> list[Fact]:
    return [f for f in facts(linked(text)) if f.relation == relation]


def shown(fact: Fact) -> str:
    return (
        fact.object.label
        if isinstance(fact.object, Entity)
        else getattr(fact.object, "text", str(fact.object))
    )


def values(fact: Fact, name: str) -> list[object]:
    return [v.label if isinstance(v, Entity) else v for v in fact.qualifier(name)]


def trials(text: str) -> list[tuple[str, list[object], list[object]]]:
    return [(shown(f), values(f, "indications"), values(f, "status")) for f in found(text, "trial")]


# --- trials


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


# --- doses


def doses(text: str) -> list[tuple[str, str, list[object]]]:
    return [
        (f.subject.label if f.subject else "", shown(f), values(f, "schedule")) for f in found(text, "dose")
    ]


def test_dose_of_a_partner() -> None:
    """ "40 mg oral dexamethasone" is a dose of dexamethasone."""
    assert doses(
        "In addition to AB-101, patients will receive 40 mg oral dexamethasone weekly for up to 12 weeks."
    ) == [("dexamethasone", "40 mg", ["weekly for up to 12 weeks"])]


def test_distributed_doses_and_a_control() -> None:
    """ "respectively" deals the days out; the control has no dose."""
    assert doses(
        "Mice with glioma received two doses of AB-101 (95.7 µCi and 109.0 µCi on day 0 and day 7, "
        "respectively) or a control "
        "group of AB-000 (N=8 per group)."
    ) == [("AB-101", "95.7 uCi", ["day 0"]), ("AB-101", "109.0 uCi", ["day 7"])]


def test_range_and_cohorts() -> None:
    """Both ends of a range share schedule and cohort; the next dose has its own."""
    facts_ = found(
        "Patients in Cohorts 1-4 received single doses of AB-101 ranging from 12.5 mg/m2 to 31.25 "
        "mg/m2 as well as a dose of "
        "15.625 mg/m2 given twice over seven days in Cohort 5.",
        "dose",
    )
    assert [(shown(f), values(f, "schedule"), values(f, "cohort")) for f in facts_] == [
        ("12.5 mg/m2", ["single dose"], ["1-4"]),
        ("31.25 mg/m2", ["single dose"], ["1-4"]),
        ("15.625 mg/m2", ["twice over seven days"], ["5"]),
    ]
    assert all(f.modality is Modality.HISTORICAL for f in facts_)


def test_a_concentration_is_no_dose() -> None:
    """Laboratory values and volumes are no doses."""
    assert not doses("Patients on AB-101 had hemoglobin of 12 g/dL and received 5 mL.")


# --- endpoints, criteria


def test_endpoints() -> None:
    """Each endpoint has the kind that was said last before it."""
    found_ = found(
        "The primary endpoint of the Phase 2 trial of AB-101 is overall response rate, with "
        "additional endpoints of "
        "progression-free survival and overall survival.",
        "trial_endpoint",
    )
    assert [(shown(f), values(f, "kind")) for f in found_] == [
        ("overall response rate", ["primary"]),
        ("progression-free survival", ["secondary"]),
        ("overall survival", ["secondary"]),
    ]


def test_a_benefit_is_no_endpoint() -> None:
    """What a drug may provide is no endpoint of its trial."""
    assert not found("AB-101 may provide benefits, including overall survival.", "trial_endpoint")


def test_response_criteria() -> None:
    """Criteria know the disease that they are used for."""
    (fact,) = found(
        "Response of lymphoma patients to AB-101 was assessed by RECIST v1.1.", "response_criteria"
    )
    assert (shown(fact), values(fact, "population")) == ("RECIST 1.1", ["lymphoma"])


# --- results


def results(text: str) -> list[str]:
    return [shown(f) for f in found(text, "result")]


def test_results() -> None:
    """Rates, times and changes are results; the control's figures and adverse events are not."""
    assert results(
        "AB-101 showed an ORR of 45% (95% CI: 30-60) versus 20% for placebo; nausea occurred in 12%."
    ) == ["ORR 45%"]
    assert results(
        "Median PFS was 9.2 months with AB-101 compared with 4.7 months with placebo (HR 0.48)."
    ) == [
        "median PFS 9.2 months",
        "hazard ratio for PFS 0.48",
    ]
    assert results(
        "AB-101 led to a 66 percent reduction of the expected 21-fold increase in tumor burden."
    ) == ["tumor burden reduction 66%"]


def test_result_knows_how_many() -> None:
    """The sample that stands with a figure is its n."""
    (fact,) = found("Among 42 evaluable patients on AB-101, the ORR was 38%.", "result")
    assert fact.qualifier("n") == (42,)


def test_figures_of_a_disease_are_no_results() -> None:
    """Survival in general is not the drug's."""
    assert not results(
        "About Glioma\n\nGlioma has a 64% five-year survival. The median overall survival is 9 months."
    )


def test_table() -> None:
    """Each column that is not the control's gives a figure for each row."""
    text = (
        "AB-101 was compared with placebo.\n\n"
        "                      Placebo     10 mg\n"
        "                      (n=30)      (n=31)\n"
        "ORR, %                12.0        41.4\n"
        "Median PFS, months    3.1         6.9\n"
        "Nausea, %             3.0         9.0\n"
    )
    facts_ = [f for f in found(text, "result") if isinstance(f.object, Quantity)]
    assert [(shown(f), f.qualifier("n"), f.qualifier("population")) for f in facts_] == [
        ("ORR 41.4%", (31,), ("10 mg",)),
        ("median PFS 6.9 months", (31,), ("10 mg",)),
    ]


# --- preclinical


def test_preclinical_study() -> None:
    """A paragraph about animals is one study with its cell line, sample, doses, control and results."""
    (fact,) = found(
        "In the first study, 20 mice were injected with glioma cells (U87-MG). They received "
        "AB-101 (5 mg/kg) or a control group of "
        "AB-000 (N=8 per group). Tumor burden was reduced by 50 percent in the AB-101 arm.",
        "preclinical_study",
    )
    assert shown(fact) == "glioma"
    assert {n: values(fact, n) for n in ("cell_line", "organism", "n", "dose", "control", "result")} == {
        "cell_line": ["U87-MG"],
        "organism": ["mouse"],
        "n": [8],
        "dose": ["5 mg/kg"],
        "control": ["AB-000"],
        "result": ["tumor burden reduction 50%"],
    }


def test_preclinical_study_is_no_trial() -> None:
    """Mice make no clinical trial."""
    assert not trials("Mice bearing glioma tumors were treated with AB-101.")


# --- publications


def test_publication() -> None:
    """A meeting's proceedings are a venue with a year; a talk to investors is none."""
    (fact,) = found(
        "Data on AB-101 were published as part of the 2017 ASCO Annual Meeting Proceedings.", "publication"
    )
    assert (shown(fact), fact.qualifier("date")) == ("2017 ASCO Annual Meeting Proceedings", ("2017",))
    assert not found("AB-101 was presented at the Global Healthcare Investor Conference.", "publication")


def test_evidence_is_exact() -> None:
    """Every fact quotes the release letter by letter."""
    document = linked("AB-101 is in a Phase 2 trial in glioma at a dose of 5 mg/kg weekly.")
    for fact in facts(document):
        for evidence in fact.evidence:
            assert document.release.text[evidence.start : evidence.end] == evidence.text


def test_abbreviation_of_a_longer_endpoint(states: Callable[[str, str], set[tuple[str, str]]]) -> None:
    """ "median overall survival (OS)" is one endpoint."""
    assert states(
        "trial_endpoint",
        "Acme is developing AB-101. The primary endpoint of its Phase 2 trial is median overall survival (OS).",
    ) == {("AB-101", "median overall survival")}


def test_optional_dose() -> None:
    """A second dose that is an option has a schedule that says so."""
    assert doses(
        "The endpoint is read after a single 25.0 mg/m2 dose of AB-101, with the option for a second 25.0 mg/m2 dose "
        "approximately 75-180 days later."
    ) == [
        ("AB-101", "25.0 mg/m2", ["single dose"]),
        ("AB-101", "25.0 mg/m2", ["optional second dose, approximately 75-180 days later"]),
    ]


def test_trial_of_a_cohort_s_dose() -> None:
    """The sentence before cohorts says whose they are, if it stands in the same paragraph."""
    text = "The Phase 1b trial of AB-101 studies safety.{}Patients in Cohort 5 received a dose of 15 mg/m2."
    (fact,) = found(text.format(" "), "dose")
    assert values(fact, "trial") == ["Phase 1b"]
    (fact,) = found(text.format("\n\n"), "dose")
    assert values(fact, "trial") == []


def test_rank_of_a_fractionated_cohort() -> None:
    """The second cohort is not any cohort."""
    (fact,) = found(
        "Acme is preparing to dose patients in the second fractionated dose cohort of AB-101.", "trial_cohort"
    )
    assert fact.object == "second fractionated dose cohort"


def test_multiples_of_survival() -> None:
    """ "doubling the survival time" is an increase; other things that double are no outcomes."""
    assert results("This resulted in nearly doubling the survival time for mice receiving AB-101.") == [
        "survival time increase 2-fold"
    ]
    assert not results("AB-101 grew, doubling the size of the company.")


def test_animals_and_resistance_of_a_model() -> None:
    """All animals beside those of a group; why the model resists."""
    (fact,) = found(
        "In the study, 20 mice were injected with sarcoma cells (XX-12) and received AB-101 (N=8 per group). "
        "The model was selected for the resistance mechanisms these cells exhibit, specifically P-gp efflux pumps.",
        "preclinical_study",
    )
    assert (values(fact, "n"), values(fact, "animals")) == ([8], [20])
    assert values(fact, "mechanism") == ["P-gp efflux pumps"]


def effects(text: str) -> list[tuple[str, Modality]]:
    return [(shown(f), f.modality) for f in found(text, "qualitative_result")]


def test_effects_without_a_figure() -> None:
    """What was seen is stated, what a drug may give is hoped for."""
    assert effects("AB-101 has demonstrated a clear targeting advantage over the unconjugated payloads.") == [
        ("clear targeting advantage over the unconjugated payloads", Modality.ASSERTED)
    ]
    assert effects("We continue to see clinical benefit with AB-101 in both studies.") == [
        ("clinical benefit", Modality.ASSERTED)
    ]
    assert effects("AB-101 may provide patients with therapeutic benefits, including survival.") == [
        ("therapeutic benefits", Modality.HYPOTHETICAL)
    ]
    assert not effects("AB-101 showed no benefit in patients.")
