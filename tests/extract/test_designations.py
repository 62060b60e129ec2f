"""Designations in lists: each with its agency, disease and date; each sentence invented."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers

Extract = Callable[[str], tuple[Fact, ...]]


def told(extract: Extract, text: str) -> set[tuple[str, str | None, str | None, str | None, str | None]]:
    """(designation, status, agency, disease, date) of each designation told."""
    facts = extract(
        "Acme Therapeutics Provides Update\n\n"
        f"{DATELINE}Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "
        f"Acme is developing XB-101 for asthma.\n\n{text}\n"
    )
    return {
        (
            str(getattr(f.object, "label", f.object)),
            qualifiers(f).get("status"),
            qualifiers(f).get("agency"),
            qualifiers(f).get("indication"),
            qualifiers(f).get("date"),
        )
        for f in facts
        if f.relation == "designation" and not f.modality.is_claim_only
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "XB-101 obtained orphan drug designation in asthma from the FDA and the EMA in 2018, and, for glioma, from the FDA in 2019.",
            {
                ("orphan drug", "granted", "FDA", "asthma", "2018"),
                ("orphan drug", "granted", "EMA", "asthma", "2018"),
                ("orphan drug", "granted", "FDA", "glioma", "2019"),
            },
        ),
        ("XB-101, an inhibitor given as a dry powder, has FDA Fast Track status.", {("fast track", "granted", "FDA", "asthma", None)}),
        ("The program has Fast Track designation.", {("fast track", "granted", "FDA", "asthma", None)}),
        ("The trial of XB-101 started under FDA Fast Track designation.", {("fast track", "granted", "FDA", "asthma", None)}),
        ("In the United States no Breakthrough Therapy designation has been requested for XB-101.", set()),
        ("The US orphan designation stands.", {("orphan drug", "granted", "FDA", "asthma", None)}),
        ("XB-101 (orphan drug designation in the EU) is taken once a day.", {("orphan drug", "granted", "EMA", "asthma", None)}),
        (
            "XB-101 has received special designations, including:\n\n• Fast Track Designation\n\n• Rare Pediatric Disease Designation",
            {("fast track", "granted", "FDA", "asthma", None), ("rare pediatric disease", "granted", "FDA", "asthma", None)},
        ),
        ("XB-101 carries Breakthrough Therapy designation for asthma.", {("breakthrough therapy", "granted", "FDA", "asthma", None)}),
        ("• XB-101, asthma: Fast Track requested in May 2020", {("fast track", "requested", "FDA", "asthma", "2020-05")}),
        ("The FDA's orphan designation for XB-101 granted in 2019.", {("orphan drug", "granted", "FDA", "asthma", "2019")}),
        (
            "XB-101 was designated by the MHLW in 2019 as a product subject to the SAKIGAKE Designation System, for asthma.",
            {("SAKIGAKE", "granted", "MHLW", "asthma", "2019")},
        ),
        ("In 2019, XB-101 was added to the CDE's list of breakthrough therapies for asthma.", {("breakthrough therapy", "granted", "CDE", "asthma", "2019")}),
        ("The TGA made a provisional determination in May 2020 for XB-101 in asthma.", {("provisional determination", "granted", "TGA", "asthma", "2020-05")}),
        (
            "• Orphan Drug Designation: FDA (2019); European Commission (2020)",
            {("orphan drug", "granted", "FDA", "asthma", "2019"), ("orphan drug", "granted", "European Commission", "asthma", "2020")},
        ),
        (
            "XB-101 holds Fast Track (2019) and Breakthrough Therapy (2020) designations from the FDA for asthma.",
            {("fast track", "granted", "FDA", "asthma", "2019"), ("breakthrough therapy", "granted", "FDA", "asthma", "2020")},
        ),
        (
            "The FDA granted XB-101 Orphan Drug Designation for asthma in 2020; in the EU, orphan designation for asthma was "
            "applied for in 2019 and turned down.",
            {("orphan drug", "granted", "FDA", "asthma", "2020"), ("orphan drug", "denied", "EMA", "asthma", None)},
        ),
        (
            "XB-101 has received Orphan Drug and Fast Track designations from the FDA and orphan designation from the European Commission for asthma.",
            {
                ("orphan drug", "granted", "FDA", "asthma", None),
                ("fast track", "granted", "FDA", "asthma", None),
                ("orphan drug", "granted", "European Commission", "asthma", None),
            },
        ),
        ("The EMA has turned down a request for PRIME for XB-101.", {("PRIME", "denied", "EMA", "asthma", None)}),
        ("An application for Fast Track designation with the FDA is planned.", {("fast track", "planned", "FDA", "asthma", None)}),
        ("Acme has asked the FDA for Fast Track designation for XB-101.", {("fast track", "requested", "FDA", "asthma", None)}),
        (
            "China's CDE has included XB-101 in its breakthrough therapy program for asthma.",
            {("breakthrough therapy", "granted", "CDE", "asthma", None)},
        ),
        ("The FDA denied the Fast Track designation request for XB-101.", {("fast track", "denied", "FDA", "asthma", None)}),
        (
            "XB-101 has orphan drug designation (FDA) and orphan medicinal product designation (EC), both for asthma.",
            {("orphan drug", "granted", "FDA", "asthma", None), ("orphan drug", "granted", "EMA", "asthma", None)},
        ),
        (
            "Orphan designation for asthma has been conferred by the FDA and Swissmedic.",
            {("orphan drug", "granted", "FDA", "asthma", None), ("orphan drug", "granted", "Swissmedic", "asthma", None)},
        ),
        (
            "Accelerated assessment of XB-101 had been requested but was not granted.",
            {("accelerated assessment", "denied", "EMA", "asthma", None)},
        ),
        (
            "The FDA granted XB-101 Orphan Drug designation in 2020, and the MHRA approved the clinical trial application.",
            {("orphan drug", "granted", "FDA", "asthma", "2020")},
        ),
        (
            "The FDA granted XB-101 Fast Track designation for prevention of qualmish disease in adults.",
            {("fast track", "granted", "FDA", "qualmish disease", None)},
        ),
        (
            "A supplemental New Drug Application for XB-101 in asthma is currently under Priority Review by the FDA.",
            {("priority review", "granted", "FDA", "asthma", None)},
        ),
        (
            "XB-101, which holds Fast Track designation from the FDA for asthma, is not affected by the hold.",
            {("fast track", "granted", "FDA", "asthma", None)},
        ),
        (
            "Priority Review of the NDA was requested, which, if granted, would shorten the review.",
            {("priority review", "requested", "FDA", "asthma", None)},
        ),
        ("XB-101 was approved by the TGA under Priority Review.", {("priority review", "granted", "TGA", "asthma", None)}),
        ("XB-101 has orphan drug exclusivity for asthma.", set()),
        ("XB-101 already had Fast Track designation from the FDA for asthma.", {("fast track", "granted", "FDA", "asthma", None)}),
        ("XB-101, a tablet in Phase 2 for asthma, with FDA Fast Track designation, is new.", {("fast track", "granted", "FDA", "asthma", None)}),
        ("XB-101, a ghrelin antagonist, is in Phase 2 and has Fast Track designation from the FDA for asthma.", {("fast track", "granted", "FDA", "asthma", None)}),
        ("Roe intends to seek Fast Track designation when first data are in hand.", {("fast track", "planned", "FDA", "asthma", None)}),
        ("Fast Track designation for asthma will be requested for XB-101.", {("fast track", "planned", "FDA", "asthma", None)}),
        (
            "The EMA validated the application. XB-101 was granted Orphan Drug and Rare Pediatric Disease designations for asthma.",
            {
                ("orphan drug", "granted", "FDA", "asthma", None),
                ("rare pediatric disease", "granted", "FDA", "asthma", None),
            },
        ),
        (
            "The EMA is reviewing an application for XB-101 for asthma by Roe, which has PRIME status.",
            {("PRIME", "granted", "EMA", "asthma", None)},
        ),
        (
            "XB-101 is in a trial in glioma, for which it received Fast Track designation from the FDA in 2020.",
            {("fast track", "granted", "FDA", "glioma", "2020")},
        ),
        (
            "XB-101 was granted priority review (in asthma) and breakthrough therapy designations (in COPD) by the NMPA.",
            {("priority review", "granted", "NMPA", "asthma", None), ("breakthrough therapy", "granted", "NMPA", "COPD", None)},
        ),
        (
            "XB-101 received Fast Track designation in asthma and, for glioma, orphan drug designation from the FDA.",
            {("fast track", "granted", "FDA", "asthma", None), ("orphan drug", "granted", "FDA", "glioma", None)},
        ),
        (
            "The FDA declined to grant Breakthrough Therapy designation to XB-101 for asthma but granted it Fast Track designation.",
            {("breakthrough therapy", "denied", "FDA", "asthma", None), ("fast track", "granted", "FDA", "asthma", None)},
        ),
        (
            "The FDA did not grant orphan drug designation to XB-101 in glioma, but the EMA granted it.",
            {("orphan drug", "denied", "FDA", "glioma", None)},
        ),
        (
            "Further to the announcement of May 1, 2018, the FDA granted XB-101 Fast Track designation for asthma.",
            {("fast track", "granted", "FDA", "asthma", None)},
        ),
    ],
)  # fmt: skip
def test_lists(
    extract: Extract, text: str, expected: set[tuple[str, str | None, str | None, str | None, str | None]]
) -> None:
    """Each designation has its own agencies, diseases and dates, and shares what is said once."""
    assert told(extract, text) == expected


def test_two_drugs_of_one_verb(extract: Extract) -> None:
    """ "to ABC-1 for X and to ABC-2 for Y"."""
    text = "The FDA has granted Orphan Drug Designation to XB-101 for asthma and to ZQ-202 for glioma."
    facts = extract(
        f"Acme Therapeutics Provides Update\n\n{DATELINE}Acme develops XB-101 and ZQ-202.\n\n{text}\n"
    )
    assert {
        (f.subject.label if f.subject else "", qualifiers(f).get("indication"))
        for f in facts
        if f.relation == "designation"
    } == {("XB-101", "asthma"), ("ZQ-202", "glioma")}


@pytest.mark.parametrize(
    "text",
    [
        "It has been granted Fast Track designation by the FDA for glioma, a disease for which temozolomide is approved.",
        "Like temozolomide, it received Fast Track designation for glioma.",
        "Unlike temozolomide, XB-101 has Fast Track designation for glioma from the FDA.",
    ],
)
def test_of_another_drug_only_the_disease_is_told(extract: Extract, text: str) -> None:
    """A drug that is only compared, or that the disease already has, is not the one designated."""
    facts = extract(
        f"Acme Therapeutics Provides Update\n\n{DATELINE}Acme develops XB-101 for asthma.\n\n{text}\n"
    )
    assert [f.subject.label for f in facts if f.relation == "designation" and f.subject] == ["XB-101"]


def test_no_disease_of_several(extract: Extract) -> None:
    """Where the release says that a drug is for several diseases, none is guessed."""
    text = "XB-101 is also in a Phase 2 trial in patients with glioma.\n\nThe FDA granted XB-101 Fast Track designation."
    assert told(extract, text) == {("fast track", "granted", "FDA", None, None)}


def test_opinions_are_no_grants(extract: Extract) -> None:
    """A positive opinion on a designation is not yet one."""
    assert (
        told(extract, "The COMP issued a positive opinion on orphan designation for XB-101 in asthma.")
        == set()
    )
