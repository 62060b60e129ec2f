"""Rules about decisions of agencies: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers

Extract = Callable[[str], tuple[Fact, ...]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "


def told(extract: Extract, relation: str, text: str, *, opening: str = ACME) -> list[dict[str, object]]:
    facts = extract(f"Acme Therapeutics Provides Update\n\n{DATELINE}{opening}{text}\n")
    return [
        qualifiers(f) | {"is": str(getattr(f.object, "label", f.object))}
        for f in facts
        if f.relation == relation and not f.modality.is_claim_only
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The FDA has granted Rare Pediatric Disease Designation (RPDD) to XB-101 for the treatment of neuroblastoma.",
            {"is": "rare pediatric disease", "agency": "FDA", "indication": "neuroblastoma", "status": "granted"},
        ),
        ("XB-101 has been designated as an orphan drug by the European Commission.", {"is": "orphan drug", "agency": "European Commission", "status": "granted"}),
        ("In March 2020 the FDA granted Fast Track designation to XB-101 for asthma.", {"is": "fast track", "agency": "FDA", "indication": "asthma", "status": "granted", "date": "2020-03"}),
        ("Last month, Acme announced that the FDA also granted RPDD for XB-101 for the treatment of neuroblastoma.", {"is": "rare pediatric disease", "agency": "FDA", "indication": "neuroblastoma", "status": "granted", "date": "2021-04"}),
        ("The company's request for Breakthrough Therapy designation for XB-101 in asthma was denied by the FDA.", {"is": "breakthrough therapy", "agency": "FDA", "indication": "asthma", "status": "denied"}),
    ],
)  # fmt: skip
def test_designations(extract: Extract, text: str, expected: dict[str, object]) -> None:
    """What, by whom, for which disease; a date only where one is given."""
    assert told(extract, "designation", text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The FDA grants RPDD for diseases that primarily affect children.",
        "XB-101 is under development for a range of orphan designated cancers.",
        "Vouchers can be used by the sponsor of XB-101 to receive priority review vouchers.",
        "The rare pediatric disease designation may enable Acme to grow with XB-101.",
        "The FDA has not granted XB-101 any orphan drug designation.",
    ],
)
def test_what_is_no_designation(extract: Extract, text: str) -> None:
    """Programmes explained, hopes, denials."""
    assert told(extract, "designation", text) == []


def test_news_of_the_release_has_its_date(extract: Extract) -> None:
    """ "Announces today that …"."""
    (fact,) = told(
        extract,
        "designation",
        "",
        opening="Acme Therapeutics, Inc. announces today that the FDA has granted orphan drug designation to XB-101 for asthma.",
    )
    assert fact["date"] == "2021-05-04"


def test_each_designation_of_a_list_has_its_agency(extract: Extract) -> None:
    """The one after "by"."""
    facts = told(
        extract,
        "designation",
        "XB-101 was granted RMAT designation by the FDA and PRIME designation by the European Medicines Agency.",
    )
    assert {(f["is"], f["agency"]) for f in facts} == {("RMAT", "FDA"), ("PRIME", "EMA")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "XB-101 received RMAT designation from the FDA in multiple refractory HLA-A*02:01-positive cancers, including uveal melanoma, synovial sarcoma and ovarian cancer.",
            {("FDA", "uveal melanoma"), ("FDA", "synovial sarcoma"), ("FDA", "ovarian cancer")},
        ),
        (
            "XB-101 was granted Orphan Drug Designation by the FDA and the European Commission for the treatment of asthma.",
            {("FDA", "asthma"), ("European Commission", "asthma")},
        ),
        (
            "XB-101 has been recognized as an orphan drug in the EU and US.",
            {("EMA", None), ("FDA", None)},
        ),
    ],
)  # fmt: skip
def test_designations_for_several_diseases_or_by_several_agencies(
    extract: Extract, text: str, expected: set[tuple[str, str | None]]
) -> None:
    """One for each; the umbrella over a list is none."""
    assert {(f["agency"], f.get("indication")) for f in told(extract, "designation", text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FDA approved XB-101 for the treatment of asthma in March 2020.", ("asthma", "FDA", "approved")),
        ("Acme has submitted a New Drug Application to the FDA for XB-101 for the treatment of asthma.", ("asthma", "FDA", "submitted")),
        ("The EMA validated the marketing authorisation application for XB-101 for the treatment of asthma.", ("asthma", "EMA", "accepted")),
        ("Acme plans to submit a New Drug Application to the FDA for XB-101 for the treatment of asthma in 2022.", ("asthma", "FDA", "planned")),
        ("The FDA granted Priority Review for the New Drug Application (NDA) for XB-101 for the treatment of asthma.", ("asthma", "FDA", "accepted")),
        ("The National Medical Products Administration (NMPA) of China has accepted the New Drug Application (NDA) for XB-101 for the treatment of asthma.", ("asthma", "NMPA", "accepted")),
        ("The FDA completed its filing review and accepted the company's NDA for XB-101 for the treatment of asthma.", ("asthma", "FDA", "accepted")),
        ("Acme welcomed FDA acceptance of the NDA for XB-101 for the treatment of asthma.", ("asthma", "FDA", "accepted")),
        ("The FDA accepted the NDA for XB-101 for the treatment of EGFR-positive advanced proximal/gastroesophageal junction adenocarcinoma.", ("gastroesophageal junction adenocarcinoma", "FDA", "accepted")),
    ],
)  # fmt: skip
def test_approvals(extract: Extract, text: str, expected: tuple[str, str, str]) -> None:
    """Approved, submitted, accepted, planned."""
    assert [(f["is"], f["agency"], f["status"]) for f in told(extract, "approval", text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "If XB-101 is approved by the FDA for asthma, Acme may grow.",
        "XB-101 has not been approved by the FDA for asthma.",
        "The FDA cleared the IND for XB-101 in asthma.",
        "The FDA has approved four INDs, XB-101 for asthma and XB-102 for eczema.",
        "XB-101, studied in asthma, was approved by the FDA to initiate the next trial phase.",
    ],
)
def test_what_is_no_approval(extract: Extract, text: str) -> None:
    """A hope, a denial, leave to begin."""
    assert told(extract, "approval", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FDA has cleared the IND application for XB-101 in asthma.", ("IND clearance", "granted")),
        ("The FDA has lifted the clinical hold on the trial of XB-101.", ("clinical hold", "lifted")),
        ("The FDA granted an exemption to the Import Alert for XB-101 hematology studies.", ("exemption", "granted")),
        ("Acme works with the FDA to secure an exemption for the pediatric program of XB-101.", ("exemption", "requested")),
        ("The CHMP has recommended the expanded approval of XB-101 to include eczema.", ("positive opinion", "granted")),
        ("The CHMP recommended against the approval of XB-101 in asthma.", ("negative opinion", "granted")),
        ("The FDA refused to file the NDA for XB-101.", ("refuse to file", None)),
        ("The FDA informed Acme in a call of a partial clinical hold on XB-101.", ("partial clinical hold", "in effect")),
        ("Acme received a Notice of Deficiency for its New Drug Submission for XB-101.", ("notice of deficiency", None)),
        ("The CHMP adopted a positive opinion for XB-101 in asthma.", ("positive opinion", "granted")),
        ("The application for XB-101 has a PDUFA date of August 30, 2021.", ("PDUFA date", None)),
    ],
)  # fmt: skip
def test_regulatory_actions(extract: Extract, text: str, expected: tuple[str, str | None]) -> None:
    """What was done, and its state where the name does not say it."""
    assert [(f["is"], f.get("status")) for f in told(extract, "regulatory_action", text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Priority review vouchers can be sold by the FDA's sponsors.",
        "Acme supported efforts to have the Import Alert of the FDA lifted.",
        "Acme plans to file an IND for XB-101 and, if cleared by the FDA, to begin a trial.",
    ],
)
def test_what_is_no_regulatory_action(extract: Extract, text: str) -> None:
    """Explanations, efforts, conditions."""
    assert [f for f in told(extract, "regulatory_action", text) if f["is"] not in ("IND submission",)] == []


def test_apposition_is_no_second_disease(extract: Extract) -> None:
    """ "neuroblastoma, a rare pediatric cancer" is one disease; a list is as many as it names."""
    text = "The FDA has granted Rare Pediatric Disease Designation to XB-101 for the treatment of neuroblastoma, {}."
    assert [
        f["indication"] for f in told(extract, "designation", text.format("a rare pediatric cancer"))
    ] == ["neuroblastoma"]
    assert {f["indication"] for f in told(extract, "designation", text.format("glioma and sarcoma"))} == {
        "neuroblastoma",
        "glioma",
        "sarcoma",
    }


def test_disease_of_the_next_clause(extract: Extract) -> None:
    """What a drug is studied in is not what it was designated for."""
    text = "XB-101 has been designated as an orphan drug by the FDA and is currently being evaluated in a Phase 1 study in patients with multiple myeloma."
    (fact,) = told(extract, "designation", text)
    assert "indication" not in fact


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The basis of the Import Alert was not related to XB-101 specifically.", "negated"),
        ("The clinical hold of the FDA was unrelated to XB-101.", "negated"),
        ("The FDA's clinical hold was due to XB-101.", "asserted"),
        ("The import alert was lifted for XB-101.", None),
    ],
)
def test_causes(extract: Extract, text: str, modality: str | None) -> None:
    """What gave rise to an action, or did not."""
    facts = extract(
        f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}Acme is developing XB-101. The FDA acted. {text}\n"
    )
    found = [str(f.modality) for f in facts if f.relation == "regulatory_action" and f.qualifier("cause")]
    assert found == ([modality] if modality else [])


def test_shipments_await_authorization(extract: Extract) -> None:
    """Asked for, not granted, and for which study."""
    text = "The company awaits authorization from the FDA for any future shipments of XB-101 in connection with its Phase 1 study of pediatric patients."
    (fact,) = told(extract, "regulatory_action", text)
    assert (fact["is"], fact["status"], fact["scope"]) == (
        "shipment authorization",
        "requested",
        "phase 1 study of pediatric patients",
    )


def test_designation_of_what_is_given_with_a_partner(extract: Extract) -> None:
    """The partner gets none."""
    text = "XB-101 in combination with Roe's anti-PD-1 antibody pembrolizumab was granted Breakthrough Therapy Designation by the FDA for asthma."
    facts = extract(f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}XB-101 is an antibody. {text}\n")
    assert {f.subject.label for f in facts if f.relation == "designation" and f.subject} == {"XB-101"}


def test_possible_vouchers(extract: Extract) -> None:
    """A voucher that may come is a hope; that vouchers may be sold is nothing."""
    text = "Acme is developing XB-101. The rare pediatric disease designation may enable Acme to receive a priority review voucher. Priority review vouchers can be sold."
    facts = extract(f"Acme Therapeutics Provides Update\n\n{DATELINE}{ACME}{text}\n")
    found = [f for f in facts if f.relation == "regulatory_action"]
    assert [(str(f.modality), qualifiers(f)) for f in found] == [("hypothetical", {"drug": "XB-101"})]


def test_designations_with_their_dates_in_order(extract: Extract) -> None:
    """ "… in April 2020 and December 2019, respectively"."""
    text = (
        "This complements the existing FDA Orphan Drug Designation and FDA Fast Track Designation for the treatment of asthma "
        "awarded to XB-101 in April 2020 and December 2019, respectively."
    )
    facts = told(extract, "designation", text)
    assert {(f["is"], f["date"], f["indication"]) for f in facts} == {
        ("orphan drug", "2020-04", "asthma"),
        ("fast track", "2019-12", "asthma"),
    }


def test_a_date_before_another_clause_is_not_taken_over(extract: Extract) -> None:
    """What the application underwent has no date there."""
    text = "XB-101 was granted PRIME designation in 2017 and the Marketing Authorisation Application (MAA) was reviewed under EMA's accelerated assessment."
    dates = {f["is"]: f.get("date") for f in told(extract, "designation", text)}
    assert dates == {"PRIME": "2017", "accelerated assessment": None}


def test_a_recommended_approval_is_none(extract: Extract) -> None:
    """Nor is one that the sentence only promises; one granted in a relative clause is."""
    assert (
        told(
            extract,
            "approval",
            "Acme received a positive CHMP opinion recommending approval of XB-101 for asthma.",
        )
        == []
    )
    text = "The deal will provide Acme with XB-101, an antibody that was granted accelerated approval by the FDA in March 2020 for the treatment of asthma."
    assert [(f["is"], f["agency"], f["date"]) for f in told(extract, "approval", text)] == [
        ("asthma", "FDA", "2020-03")
    ]


def test_priority_review_with_an_acceptance(extract: Extract) -> None:
    """ "accepted … with Priority Review" grants it."""
    text = "The XB-101 BLA was accepted by the FDA for asthma with Priority Review."
    assert [(f["is"], f["agency"], f["status"]) for f in told(extract, "designation", text)] == [
        ("priority review", "FDA", "granted")
    ]
    assert [(f["is"], f["status"]) for f in told(extract, "approval", text)] == [("asthma", "accepted")]
