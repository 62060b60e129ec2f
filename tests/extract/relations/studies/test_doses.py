"""`kg.extract.relations.studies.doses`: whose a dose is, and its schedule."""

from __future__ import annotations

import pytest

from kg.model import Modality
from tests.extract.relations.studies.reading import found, shown, values


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


def test_a_difference_is_no_dose() -> None:
    """By how much something was lower is not what was given."""
    assert not doses("The cumulative steroid dose was lower by 1,480 mg with AB-101.")


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


def test_units_of_much_else() -> None:
    """Grams and millilitres are doses only where the words say so; a rate of filtration is none."""
    assert [d[1] for d in doses("Patients received AB-101 0.5 mL once daily.")] == ["0.5 mL"]
    assert [d[1] for d in doses("A single 1 g dose of AB-101 was given.")] == ["1 g"]
    assert doses("Patients on AB-101 drank 2 g of sugar; clearance was 30 mL/min.") == []


def test_schedule_is_shared() -> None:
    """Arms share the schedule behind them, and a drug's doses the one that is told of it."""
    assert [
        d[1:] for d in doses("Patients were randomized to AB-101 25 mg, AB-101 50 mg or placebo once daily.")
    ] == [
        ("25 mg", ["once daily"]),
        ("50 mg", ["once daily"]),
    ]
    assert [
        d[1:]
        for d in doses("Patients got AB-101 5 mg every 3 weeks.\n\nThe ORR was 20% with a dose of 9 mg.")
    ] == [
        ("5 mg", ["every 3 weeks"]),
        ("9 mg", ["every 3 weeks"]),
    ]


def test_doses_apart() -> None:
    """Doses some time apart are one schedule; a time without "apart" belongs to something else."""
    assert doses("Adults received two 25 µg doses of AB-101 28 days apart.") == [
        ("AB-101", "25 ug", ["two doses 28 days apart"])
    ]
    assert doses("Patients received two subcutaneous injections of 300 mg AB-101.") == [
        ("AB-101", "300 mg", ["two subcutaneous injections"])
    ]


def test_kinds_of_dose() -> None:
    """Loading and step-up doses are no regimen; "Phase 2 dose" and "at least one dose" tell no schedule."""
    assert [
        d[1:]
        for d in doses("Patients received 300 mg of AB-101 every four weeks, after a 600 mg loading dose.")
    ] == [
        ("300 mg", ["every four weeks"]),
        ("600 mg", ["loading dose"]),
    ]
    assert [
        d[1:]
        for d in doses(
            "In all, 66 had at least one dose at the recommended Phase 2 dose of 132 mg of AB-101."
        )
    ] == [("132 mg", [])]


def test_dose_of_a_protocol() -> None:
    """What patients of later cohorts may receive is planned; what was not tolerated was given."""
    (planned,) = found("The patients of later cohorts may receive AB-101 at 0.5 mg/kg.", "dose")
    assert planned.modality is Modality.PLANNED
    (past,) = found("The 90 mg dose was not tolerated.", "dose")
    assert past.modality is Modality.HISTORICAL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AB-101 is given once weekly. Cohort 1 got 10 mg.", [("AB-101", "10 mg", ["once weekly"])]),
        ("AB-101 is given once weekly, or monthly. Cohort 1 got 10 mg.", [("AB-101", "10 mg", [])]),
        ("Patients took AB-101 10 mg once daily for 12 months.", [("AB-101", "10 mg", ["once daily"])]),
        ("Weight loss with AB-101 was 9.1% with 40 mg.", [("AB-101", "40 mg", [])]),
        (
            "AB-101 is taken QD. Groups got 5 mg once daily or 10 mg.",
            [("AB-101", "5 mg", ["once daily"]), ("AB-101", "10 mg", ["once daily"])],
        ),
        (
            "AB-101 is given every 12 weeks. Patients got two doses of 10 mg.",
            [("AB-101", "10 mg", ["every 12 weeks"])],
        ),
        (
            "Patients received AB-101 at 10^8 or 10^9 pfu.",
            [("AB-101", "10^8 PFU", []), ("AB-101", "10^9 PFU", [])],
        ),
        (
            "On Day 1 AB-101 500 mg was given, then AB-101 150 mg or 300 mg monthly.",
            [
                ("AB-101", "500 mg", ["Day 1"]),
                ("AB-101", "150 mg", ["monthly"]),
                ("AB-101", "300 mg", ["monthly"]),
            ],
        ),
        ("AB-101 is combined with peginterferon 180 ug weekly.", []),
        (
            "Patients received AB-101 300 mg (initial dose 600 mg) or placebo every two weeks.",
            [("AB-101", "300 mg", ["every two weeks"]), ("AB-101", "600 mg", ["initial dose"])],
        ),
        (
            "AB-101, a new formulation of AB-202, is being studied at 15 mg.",
            [("AB-101", "15 mg", [])],
        ),
    ],
)
def test_regimens(text: str, expected: list[tuple[str, str, list[object]]]) -> None:
    """A regimen told without a dose is that of the doses; how long a trial treats is no part of it."""
    assert doses(text) == expected


def test_dose_that_may_be_raised_to() -> None:
    """What a protocol lets patients go on to is planned for them."""
    facts_ = found("AB-101 was started at 10 mg once daily and could be increased to 20 mg.", "dose")
    assert [(shown(f), f.modality) for f in facts_] == [
        ("10 mg", Modality.ASSERTED),
        ("20 mg", Modality.PLANNED),
    ]


def test_both_share_a_schedule() -> None:
    """ "both once daily" is told of every dose before it."""
    assert doses(
        "The score fell by 4 points with AB-101 2 mg and by 6 points with 5 mg, both once daily."
    ) == [
        ("AB-101", "2 mg", ["once daily"]),
        ("AB-101", "5 mg", ["once daily"]),
    ]


def test_dose_without_toxicity_was_given() -> None:
    """What is denied is the toxicity, not the dose."""
    (fact,) = found("No dose-limiting toxicities of AB-101 were seen at doses up to 900 mg.", "dose")
    assert fact.modality is Modality.ASSERTED


def test_centers_in_the_us_are_no_units() -> None:
    """ "69 U.S. centers" gives nothing."""
    assert not doses("AB-101 is now administered in 69 U.S. centers.")


def test_doses_by_exposure_and_in_cells() -> None:
    """What a partner is dosed to is no dose of the studied drug; a dose alone in a cell of a row is."""
    told = doses("Patients receive AB-101 200 mg with carboplatin (AUC 5) every three weeks.")
    assert ("AB-101", "AUC 5") not in [d[:2] for d in told]
    rows = "AB-101 is tested in steps.\n\nStep   Amount    Patients\n1      0.1 mg QW    3\n2      0.3 mg QW    4\n"
    assert [d[:2] for d in doses(rows)] == [("AB-101", "0.1 mg"), ("AB-101", "0.3 mg")]
