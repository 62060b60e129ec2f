"""`kg.extract.relations.diseases`: figures of diseases in invented releases."""

from __future__ import annotations

from kg.extract.relations.diseases import facts
from tests.extract.relations.linked import linked


def figures(text: str) -> dict[str, str]:
    return {str(f.object): f.subject.label for f in facts(linked(text)) if f.subject}


ABOUT = "About Glioma\n\n"


def test_incidence() -> None:
    """An incidence has its base and its population."""
    (fact,) = facts(
        linked(
            ABOUT
            + "The annual incidence of glioma is about 4.5 cases per 1 million in children younger than 15 years."
        )
    )
    assert fact.object == "incidence 4.5 per million"
    assert fact.qualifier("unit") == ("cases per million per year",)
    assert fact.qualifier("population") == ("children younger than 15 years",)
    assert fact.qualifier("approx") == (True,)


def test_share_is_of_the_section_s_disease() -> None:
    """The whole that a share is of is not the subject."""
    text = ABOUT + "Glioma is common, accounting for approximately 40% of childhood sarcomas in the U.S."
    assert figures(text) == {"share of childhood sarcomas 40%": "glioma"}


def test_survival_and_fractions() -> None:
    """Survival, medians and fractions are figures."""
    assert figures(
        ABOUT
        + "Glioma has a 64% five-year survival, with at least one-third of all patients experiencing relapse. "
        "The median survival is approximately nine months."
    ) == {"five-year survival 64%": "glioma", "relapse 1/3": "glioma", "median survival 9 months": "glioma"}


def test_prevalence() -> None:
    """How many live with a disease is its prevalence."""
    assert figures(ABOUT + "Glioma affects approximately 30,000 people in the United States.") == {
        "prevalence 30,000 people": "glioma"
    }


def test_results_of_a_trial_are_no_figures_of_a_disease() -> None:
    """What a drug achieves is not the disease's survival."""
    assert not figures("In the Phase 2 trial of AB-101 in glioma, median survival was 14 months.")


def test_a_criterion_is_no_prevalence() -> None:
    """A figure without a disease has no subject."""
    assert not figures("The FDA grants it for diseases that affect fewer than 200,000 persons in the U.S.")


def descriptions(text: str) -> list[tuple[str, object]]:
    return [
        (f.subject.label, f.object)
        for f in facts(linked(text))
        if f.subject and f.relation == "disease_description"
    ]


def test_descriptions() -> None:
    """Kind, origin and rank, in apposition or after "is"."""
    assert descriptions(
        "AB-101 treats glioma, a rare pediatric cancer. Sarcoma, a malignant tumor of mesenchymal origin, is the most "
        "common soft tissue cancer in children, accounting for much."
    ) == [
        ("glioma", "rare pediatric cancer"),
        ("sarcoma", "malignant tumor of mesenchymal origin"),
        ("sarcoma", "most common soft tissue cancer in children"),
    ]


def test_what_does_not_describe_a_disease() -> None:
    """Drugs, trials and denials after a disease say nothing of what it is."""
    assert not descriptions(
        "AB-101 is studied in glioma, a Phase 2 trial. Glioma is not a rare disease. In glioma, a new drug is needed."
    )
