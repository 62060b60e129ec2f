"""`kg.extract.relations.studies.protocol`: cohorts, endpoints, response criteria."""

from __future__ import annotations

from collections.abc import Callable

from tests.extract.relations.studies.reading import found, shown, values


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


def test_abbreviation_of_a_longer_endpoint(states: Callable[[str, str], set[tuple[str, str]]]) -> None:
    """ "median overall survival (OS)" is one endpoint."""
    assert states(
        "trial_endpoint",
        "Acme is developing AB-101. The primary endpoint of its Phase 2 trial is median overall survival (OS).",
    ) == {("AB-101", "median overall survival")}


def test_rank_of_a_fractionated_cohort() -> None:
    """The second cohort is not any cohort."""
    (fact,) = found(
        "Acme is preparing to dose patients in the second fractionated dose cohort of AB-101.", "trial_cohort"
    )
    assert fact.object == "second fractionated dose cohort"
