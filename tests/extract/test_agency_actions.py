"""Leave to begin trials and clinical holds; each sentence invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers

Extract = Callable[[str], tuple[Fact, ...]]


def told(extract: Extract, text: str) -> set[tuple[str, str, str | None, str | None]]:
    """(agency, act, status, date) of each act told."""
    facts = extract(
        "Acme Therapeutics Provides Update\n\n"
        f"{DATELINE}Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "
        f"Acme is developing XB-101 for asthma.\n\n{text}\n"
    )
    return {
        (
            f.subject.label if f.subject else "",
            str(getattr(f.object, "label", f.object)),
            qualifiers(f).get("status"),
            qualifiers(f).get("date"),
        )
        for f in facts
        if f.relation == "regulatory_action" and not f.modality.is_claim_only
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The MHRA and Swissmedic have authorised the clinical trial applications for XB-101.",
            {("MHRA", "CTA approval", "granted", None), ("Swissmedic", "CTA approval", "granted", None)},
        ),
        (
            "A second trial, EDGE-2, was cleared by the FDA in March 2021.",
            {("FDA", "IND clearance", "granted", "2021-03")},
        ),
        (
            "An IND for the U.S. part of the trial of XB-101 was cleared by the FDA on 22 March 2021.",
            {("FDA", "IND clearance", "granted", "2021-03-22")},
        ),
        (
            "In February 2021 Health Canada issued a No Objection Letter for the study.",
            {("Health Canada", "CTA approval", "granted", "2021-02")},
        ),
        (
            "Acme received approval from the NMPA to begin a Phase 3 trial of XB-101.",
            {("NMPA", "CTA approval", "granted", None)},
        ),
        (
            "The FDA placed a clinical hold on XB-101 in May 2019 and lifted it in July 2020.",
            {("FDA", "clinical hold", None, "2019-05"), ("FDA", "clinical hold", "lifted", "2020-07")},
        ),
        (
            "In March, the FDA lifted the partial clinical hold on XB-101 that had been imposed in July 2020.",
            {
                ("FDA", "partial clinical hold", "lifted", "2021-03"),
                ("FDA", "partial clinical hold", None, "2020-07"),
            },
        ),
        (
            "Acme announces that the FDA removed the clinical hold placed on the IND for XB-101 on 11 December 2020.",
            {
                ("FDA", "clinical hold", "lifted", "2021-05-04"),
                ("FDA", "clinical hold", None, "2020-12-11"),
            },
        ),
        (
            "The trial of XB-101 is expected to start under the IND that the FDA cleared in March 2021.",
            {("FDA", "IND clearance", "granted", "2021-03")},
        ),
        (
            "The study of XB-101 was originally approved by the China CDE in 2020.",
            {("CDE", "CTA approval", "granted", "2020")},
        ),
        (
            "The FDA has set a new PDUFA action date of May 12 for its review of XB-101.",
            {("FDA", "PDUFA date", None, "2021-05-12")},
        ),
        (
            "The FDA moved the goal date for the NDA of XB-101 from July 22 to October 22, 2021.",
            {("FDA", "PDUFA date", None, "2021-07-22"), ("FDA", "PDUFA date", None, "2021-10-22")},
        ),
        ("The NDA for XB-101 has 14 July 2021 as action date.", {("FDA", "PDUFA date", None, "2021-07-14")}),
        ("FDA decision on XB-101 in asthma – June 19, 2021", {("FDA", "PDUFA date", None, "2021-06-19")}),
        ("The FDA rules on XB-101 in 2022; a decision of the board is due on June 19, 2021.", set()),
        (
            "Acme may begin human testing of XB-101 following the review by the FDA of its IND.",
            {("FDA", "IND clearance", "granted", None)},
        ),
        (
            'Acme received a "study may proceed" letter from the FDA for XB-101 in March 2021.',
            {("FDA", "IND clearance", "granted", "2021-03")},
        ),
        (
            "XB-101: orphan status granted (EU, April); IND now open",
            {("FDA", "IND clearance", "granted", None)},
        ),
        (
            "Acme may resume dosing after the FDA on March 2, 2021 removed the partial clinical hold "
            "in place since July 2020.",
            {
                ("FDA", "partial clinical hold", "lifted", "2021-03-02"),
                ("FDA", "partial clinical hold", None, "2020-07"),
            },
        ),
        (
            "Approval of XB-101 followed the CHMP's recommendation of 15 January 2021.",
            {("CHMP", "positive opinion", "granted", "2021-01-15")},
        ),
        (
            "With the approval of XB-101 by the FDA came a priority review voucher.",
            {("FDA", "priority review voucher", "granted", None)},
        ),
        (
            "A Phase 1 trial of XB-101 was put on hold by Health Canada in March 2021.",
            {("Health Canada", "clinical hold", "in effect", "2021-03")},
        ),
        (
            "The IND for XB-101 has been on clinical hold since May 2020; the FDA has asked for an assay.",
            {("FDA", "clinical hold", "in effect", "2020-05")},
        ),
    ],
)
def test_leave_and_holds(
    extract: Extract, text: str, expected: set[tuple[str, str, str | None, str | None]]
) -> None:
    """Who let a trial begin, or stopped it, and when."""
    assert told(extract, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ethics committee approved the protocol of the trial of XB-101.",
        "XB-101 is in IND-enabling studies; clearance was 20 mL/min.",
        "Acme expects clearance of the IND for XB-101 by the FDA in 2022.",
        "The FDA sent a formal letter; the hold does not affect XB-101.",
        "Acme expects to be assigned a PDUFA date in early 2022 for XB-101.",
        "A positive CHMP opinion on XB-101 in asthma is hoped for in 2022.",
        "The FDA did not issue a complete response letter for XB-101.",
    ],
)
def test_what_is_neither(extract: Extract, text: str) -> None:
    """Committees, preparations, hopes."""
    assert told(extract, text) == set()
