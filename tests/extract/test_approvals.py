"""Approvals and applications for them: who, for what, when; each sentence invented."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers

Extract = Callable[[str], tuple[Fact, ...]]
Told = set[tuple[str, str, str, str | None, str | None, str | None]]


def told(extract: Extract, text: str) -> Told:
    """(drug, disease, status, agency, date, modality where it is not asserted) of each approval told."""
    facts = extract(
        "Acme Therapeutics Provides Update\n\n"
        f"{DATELINE}Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "
        f"Acme is developing XB-101 for asthma.\n\n{text}\n"
    )
    return {
        (
            f.subject.label if f.subject else "",
            str(getattr(f.object, "label", f.object)),
            str(qualifiers(f).get("status")),
            qualifiers(f).get("agency"),
            qualifiers(f).get("date"),
            None if f.modality == "asserted" else str(f.modality),
        )
        for f in facts
        if f.relation == "approval" and not f.modality.is_claim_only
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Marketing authorization was granted to XB-101 by the Saudi Food and Drug Authority in 2020 for asthma.",
            {("approved", "SFDA", "2020")},
        ),
        ("Acme plans regulatory submissions in the United States in the first half of 2026.", {("planned", "FDA", "2026-H1")}),
        ("Filings in the US, EU and Japan are planned for 2026.", {("planned", "FDA", "2026"), ("planned", "EMA", "2026"), ("planned", "MHLW", "2026")}),
        ("Acme is moving toward an NDA submission, which it anticipates in the fourth quarter of 2026.", {("planned", "FDA", "2026-Q4")}),
        ("Acme said it would seek U.S. approval in 2026.", {("planned", "FDA", "2026")}),
        ("A filing is planned for the first half of 2026.", {("planned", None, "2026-H1")}),
        ("Next step: BLA submission, first half of 2026.", {("planned", "FDA", "2026-H1")}),
        ("XB-101 is expected to be submitted to the FDA in 2026.", {("planned", "FDA", "2026")}),
        ("Acme does not plan to seek approval in the U.S. on these data.", set()),
        ("XB-101 also gained approval in the EU in 2018 for gout in patients who are completing allopurinol therapy.", {("approved", "European Commission", "2018")}),
        ("Acme announced submission to the FDA of a development plan for XB-101.", set()),
        ("Acme received ethics committee approval and, for XB-101, an emergency use authorisation.", set()),
        ("The FDA moved the goal date for XB-101 after Acme filed additional manufacturing data.", set()),
        ("It brings ten years of exclusivity once XB-101 is authorised.", set()),
        ("The BLA for XB-101 had been under review by the FDA.", set()),
        ("Acme plans to apply to the Ministry of Health, Labour and Welfare for manufacturing and marketing approval.", {("planned", "MHLW", None)}),
        ("Submission of an MAA to the European Medicines Agency is expected in the fourth quarter of 2025.", {("planned", "EMA", "2025-Q4")}),
        ("XB-101 was submitted to the MHRA in February 2020 by Acme's partner.", {("submitted", "MHRA", "2020-02")}),
        ("XB-101's marketing authorisation in the EU, received in 2019, is not affected.", {("approved", "European Commission", "2019")}),
        ("In the United States the product is under review by the FDA.", {("accepted", "FDA", None)}),
        ("XB-101 was approved by INFARMED, the Portuguese agency, for asthma.", {("approved", "INFARMED", None)}),
        ("XB-101 is approved in the European Union, Iceland and Norway for asthma.", {("approved", "European Commission", None)}),
        ("XB-101 got the MFDS nod for a Phase 1b/2a trial in asthma.", set()),
        ("The news follows FDA approval of Acme's petition on XB-101.", set()),
        ("The MHRA gave XB-101 the green light for asthma in May 2020.", {("approved", "MHRA", "2020-05")}),
        ("The medicine was authorised by the European Commission in 2019.", {("approved", "European Commission", "2019")}),
        ("Acme's product was authorised in the EU in 2019.", {("approved", "European Commission", "2019")}),
        ("The drug stays approved in the U.S. for gout.", {("approved", "FDA", None)}),
        ("Health Canada approved it in 2020; Swissmedic followed in January 2021.", {("approved", "Health Canada", "2020"), ("approved", "Swissmedic", "2021-01")}),
        ("Marketing authorisation in the UK followed in May 2020.", {("approved", "MHRA", "2020-05")}),
        ("Approval by the FDA was based on a trial in 402 patients.", {("approved", "FDA", None)}),
        ("In January 2021, Acme withdrew its European application.", {("withdrawn", "EMA", "2021-01")}),
        ("The FDA refused approval in 2018.", {("rejected", "FDA", "2018")}),
        ("The company plans to apply in Malaysia.", {("planned", "National Pharmaceutical Regulatory Agency", None)}),
        ("The pending BLA is being reviewed by the FDA.", {("accepted", "FDA", None)}),
        ("Filing of an MAA is foreseen for the fourth quarter of 2021.", {("planned", "EMA", "2021-Q4")}),
        ("The first medicine was only approved by the FDA in 2017.", set()),
        ("The FDA turned down the request for Fast Track designation for XB-101 in asthma.", set()),
        ("The FDA cleared for marketing XB-101 for asthma in 2020.", {("approved", "FDA", "2020")}),
        ("XB-101 won U.S. approval for asthma in 2020.", {("approved", "FDA", "2020")}),
        ("XB-101 received a UK marketing authorisation for asthma.", {("approved", "MHRA", None)}),
        ("The TGA has entered XB-101 tablets, 20 mg, on the ARTG for asthma.", {("approved", "TGA", None)}),
        ("XB-101 was OK'd by the FDA for asthma in 2020.", {("approved", "FDA", "2020")}),
        (
            "The European application for XB-101 in asthma is being examined under accelerated assessment.",
            {("accepted", "EMA", None)},
        ),
        ("XB-101 was cleared for use in asthma and later got the nod from the FDA.", {("approved", "FDA", None)}),
        ("XB-101 is the only FDA-approved therapy for asthma.", {("approved", "FDA", None)}),
        ("XB-101 became the first drug approved by the FDA for asthma in 2020.", {("approved", "FDA", "2020")}),
        ("Acme's FDA-approved drug XB-101 treats asthma.", {("approved", "FDA", None)}),
        ("XB-101 received a Notice of Compliance for asthma in 2020.", {("approved", "Health Canada", "2020")}),
        ("The Thai FDA approved XB-101 for asthma in 2019.", {("approved", "Thai FDA", "2019")}),
        ("Acme's partner Orbix received approval in China for XB-101 in asthma.", {("approved", "NMPA", None)}),
        ("The EMA has started its review of the MAA for XB-101 in asthma.", {("accepted", "EMA", None)}),
        (
            "Applications for XB-101 in asthma are pending in the UK and Switzerland.",
            {("accepted", "MHRA", None), ("accepted", "Swissmedic", None)},
        ),
        ("The FDA turned down the NDA for XB-101 in asthma.", {("rejected", "FDA", None)}),
        (
            "XB-101, our medicine for asthma, was approved by the FDA in 2019 and by the European Commission in 2020.",
            {("approved", "FDA", "2019"), ("approved", "European Commission", "2020")},
        ),
        (
            "XB-101 is today approved in 34 countries, among them the United States (FDA, December 2019), Switzerland "
            "(Swissmedic, February 2020) and Japan (MHLW, March 2021) – in each for adults with asthma.",
            {
                ("approved", "FDA", "2019-12"),
                ("approved", "Swissmedic", "2020-02"),
                ("approved", "MHLW", "2021-03"),
            },
        ),
        (
            "XB-101 is approved in the EU, the UK and Canada for asthma.",
            {
                ("approved", "European Commission", None),
                ("approved", "MHRA", None),
                ("approved", "Health Canada", None),
            },
        ),
        ("First approved in 2015 for asthma, XB-101 has been given to many.", {("approved", None, "2015")}),
        ("XB-101 is indicated for the treatment of adults with asthma.", {("approved", None, None)}),
        ("Health Canada issued a Notice of Compliance for XB-101 for asthma.", {("approved", "Health Canada", None)}),
        (
            "Acme also markets XB-101, a tablet that the FDA approved in 2019 for asthma.",
            {("approved", "FDA", "2019")},
        ),
        (
            "XB-101 was approved by the TGA in 2020 for asthma and is under review by the EMA.",
            {("approved", "TGA", "2020"), ("accepted", "EMA", None)},
        ),
        (
            "Applications for asthma are under review by the FDA (sNDA accepted in March 2021; PDUFA date: January 10, 2022) "
            "and by the MHRA.",
            {("accepted", "FDA", "2021-03"), ("accepted", "MHRA", None)},
        ),
        (
            "• NDA submitted in December 2020, accepted in February 2021",
            {("submitted", "FDA", "2020-12"), ("accepted", "FDA", "2021-02")},
        ),
        ("– Japan: our partner filed with the PMDA in March 2021", {("submitted", "PMDA", "2021-03")}),
        ("Submission to Health Canada is planned for the fourth quarter of 2021.", {("planned", "Health Canada", "2021-Q4")}),
        ("In the European Union an application is planned for 2022.", {("planned", "EMA", "2022")}),
        ("NDA submission for XB-101 remains on track for 2021.", {("planned", "FDA", "2021")}),
        ("Acme withdrew its marketing authorisation application for XB-101 in the EU.", {("withdrawn", "EMA", None)}),
        ("Acme withdrew the U.S. accelerated approval of XB-101 for asthma.", {("withdrawn", "FDA", None)}),
        (
            "The TGA registered XB-101 for asthma on 12 December 2020, where it will be marketed by Roe Pharma, Inc.",
            {("approved", "TGA", "2020-12-12")},
        ),
        (
            "A BLA for XB-101 is under review by the FDA, with a target action date of January 30, 2022.",
            {("accepted", "FDA", None)},
        ),
        ("A submission to Health Canada is in preparation.", {("planned", "Health Canada", None)}),
        ("A BLA filing is expected in 2022.", {("planned", "FDA", "2022")}),
        ("If the trial succeeds, Acme expects to submit a BLA for XB-101 in 2024.", {("planned", "FDA", "2024")}),
        (
            "The EMA is examining the Marketing Authorisation Application since November 2020.",
            {("accepted", "EMA", "2020-11")},
        ),
        ("The MHRA has granted a licence for XB-101 in asthma.", {("approved", "MHRA", None)}),
        ("The FDA accepted the resubmission of the NDA for XB-101.", {("accepted", "FDA", None)}),
        ("XB-101 is FDA-approved for asthma.", {("approved", "FDA", None)}),
        ("The FDA converted the accelerated approval of XB-101 in asthma to a full approval.", {("approved", "FDA", None)}),
        ("The European Commission refused marketing authorisation for XB-101 in asthma.", {("rejected", "European Commission", None)}),
        (
            "Acme filed an application with the MHLW for manufacturing and marketing approval of XB-101 for asthma.",
            {("submitted", "MHLW", None)},
        ),
        (
            "XB-101 was included on the Australian Register of Therapeutic Goods for asthma in 2020.",
            {("approved", "TGA", "2020")},
        ),
        (
            "The NDA for XB-101 was accepted by the Center for Drug Evaluation of the National Medical Products Administration of China.",
            {("accepted", "CDE", None)},
        ),
        ("Hong Kong's Department of Health approved XB-101 for asthma.", {("approved", "Department of Health of Hong Kong", None)}),
        (
            "XB-101 received EMA approval in 2006 and FDA approval in 2009 for asthma.",
            {("approved", "European Commission", "2006"), ("approved", "FDA", "2009")},
        ),
        (
            "Health Canada issued a Notice of Non-compliance-Withdrawal for its New Drug Submission for XB-101 for asthma.",
            {("rejected", "Health Canada", None)},
        ),
        ("A Biologics License Application for XB-101 in asthma is being prepared.", {("planned", "FDA", None)}),
        ("We are well-positioned to submit our NDA for XB-101 in asthma in 2030.", {("planned", "FDA", "2030")}),
        (
            "Acme plans to submit XB-101 to the FDA in 2030, using a voucher, and to the EMA in 2031.",
            {("planned", "FDA", "2030"), ("planned", "EMA", "2031")},
        ),
        ("Acme plans to submit XB-101 for asthma to the FDA in 2030.", {("planned", "FDA", "2030")}),
        ("Regulatory submissions for XB-101 in asthma in the U.S. are expected in 2030.", {("planned", "FDA", "2030")}),
        (
            "Acme received approval from the NMPA for its product, XB-101. This new treatment is approved for asthma.",
            {("approved", "NMPA", None)},
        ),
        ("XB-101 is approved for children with asthma in the European Union.", {("approved", "European Commission", None)}),
        (
            "On May 1, 2021, Acme was sent a complete response letter by the FDA on the NDA for XB-101 in asthma. "
            "Acme today announced the receipt of the complete response letter from the FDA for XB-101.",
            {("rejected", "FDA", "2021-05-01")},
        ),
        (
            "XB-101 was approved in the United States, not in the European Union, for asthma but not for gout.",
            {("approved", "FDA", None)},
        ),
        ("The company has received approval in Japan for asthma.", {("approved", "MHLW", None)}),
        (
            "Regulatory filings in the U.S., Europe and Japan are under review.",
            {("accepted", "FDA", None), ("accepted", "EMA", None), ("accepted", "MHLW", None)},
        ),
    ],
)  # fmt: skip
def test_who_decided_and_when(
    extract: Extract, text: str, expected: set[tuple[str, str | None, str | None]]
) -> None:
    """Lists of agencies and countries, each with its own date; what is left out comes from what was said before."""
    assert {(status, agency, date) for _, _, status, agency, date, _ in told(extract, text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "The board approved the transaction; XB-101 is a tablet.",
        "XB-101 was approved by the FDA as an investigational new drug in 2019 for asthma.",
        "The IND for XB-101 was submitted to the Taiwan FDA, and the approval was received in 2020.",
        "XB-101 has received conditional approval from the U.S. Department of Agriculture for asthma of dogs.",
        "XB-101 is for those for whom the current authorized asthma vaccines are insufficient.",
        "The FDA gave Acme the green light to start a study of XB-101 in asthma.",
        "Once Acme submits its application for XB-101, review will be faster.",
        "XB-101 has an orphan designation in asthma, with applications pending in other indications.",
        "Six drugs are approved for asthma.",
        "XB-101 may be used with FDA-approved drugs for asthma.",
        "The CHMP adopted a positive opinion recommending that XB-101 be granted a marketing authorisation for asthma.",
        "Acme granted Roe Pharma a licence for XB-101 in Japan for asthma.",
        "XB-101 is licensed to Roe Pharma, Inc. in Japan for asthma.",
        "XB-101 was licensed in 2019 to Roe Pharma, Inc. for Greater China, and the CDE knows it.",
        "The Israeli Ministry of Health has authorized compassionate use of XB-101 in asthma since 2019.",
        "The clearances of the study of XB-101 by the FDA, coinciding with the approval by the CDE, are good news.",
        "Provided the NDA for XB-101 is accepted for FDA review, Acme anticipates action in 2030.",
        "Acme received approvals for further trials of XB-101 in asthma from the TGA.",
        "This step is vital to obtaining final regulatory approval of XB-101 for asthma from the TGA.",
        "The Science Park in Taiwan approved Acme's plan to produce XB-101 for asthma.",
        "Acme receives FDA Fast Track approval for XB-101 in asthma.",
        "The study of XB-101 in asthma was originally approved by the China CDE in 2020.",
        "If approved, XB-101 may become the first tablet for asthma.",
        "The MHRA authorised the trial of XB-101 in asthma.",
        "The designation allows Acme to submit an application for XB-101 to the FDA.",
        "Enrolment of XB-101 in asthma will be done by the time of BLA submission.",
        "Acme filed a registration statement with the SEC for XB-101.",
        "Acme expects an answer to that data submission on XB-101 from the FDA in September.",
        "The hold followed the submission of a safety report on XB-101 to the FDA.",
        "The CTA for XB-101 was approved by the MHRA in March 2021.",
        "Acme expects to file with Asian and European agencies to begin studies of XB-101 in asthma.",
        "The FDA issued a Refuse-to-File letter regarding the BLA for XB-101.",
        "The FDA approved a companion diagnostic for XB-101.",
        "A voucher is awarded when a company gains approval for a drug that treats a rare disease.",
        "For our clients we received two ANDA approvals from the US FDA.",
        "Companies that have won FDA approval of asthma drugs are many.",
        "The FDA grants approval when the benefit outweighs the risk.",
        "The FDA has approved the brand name Asmora for XB-101.",
        "The agreement provides for payments on acceptance of the BLA for XB-101 in asthma by the FDA.",
    ],
)
def test_what_is_no_approval(extract: Extract, text: str) -> None:
    """Boards, classes of drugs, advice, licences, trials, hopes, securities."""
    assert told(extract, text) == set()


def test_label_extensions(extract: Extract) -> None:
    """What a label is extended to is what was approved."""
    text = "The European Commission has approved a label extension for XB-101 to include eczema."
    assert {disease for _, disease, *_ in told(extract, text)} == {"atopic dermatitis"}


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("XB-101 was approved for asthma, a rare lung disease that causes wheezing, in Japan.", {"asthma"}),
        ("Beyond its approved indication, the FDA approved XB-101 for asthma.", {"asthma"}),
        ("The European Commission authorised XB-101, the first drug for asthma.", {"asthma"}),
        ('Acme obtained approval in Japan for XB-101 for the indication of "Asthma."', {"asthma"}),
        ("The FDA approved XB-101, a vaccine for active immunization to prevent influenza.", {"influenza"}),
        ("The FDA approved XB-101 for anemia in certain rare blood disorders.", {"anemia"}),
        ("The FDA approved XB-101 for the treatment of asthma with radiographic evidence of bone disease.", {"asthma"}),
        (
            "The FDA approved ZYLVEXA (tolvamarin) for the treatment of pre-operative and post-operative shaking events.",
            {"pre-operative and post-operative shaking events"},
        ),
    ],
)  # fmt: skip
def test_what_is_treated(extract: Extract, text: str, diseases: set[str]) -> None:
    """No apposition, no umbrella, nothing that patients only show; what no vocabulary knows is told in its words."""
    assert {disease for _, disease, *_ in told(extract, text)} == diseases


def test_patients_deny_nothing(extract: Extract) -> None:
    """ "… whose disease is not controlled" is no denial."""
    text = "The FDA accepted the NDA for XB-101 for adults with asthma whose disease is not adequately controlled."
    assert {status for _, _, status, *_ in told(extract, text)} == {"accepted"}


def test_who_regulates_elsewhere(extract: Extract) -> None:
    """A relative clause about a country denies nothing of another agency's decision."""
    text = "In China, where XB-101 is not approved, the NMPA accepted the NDA for XB-101 for asthma in January 2021."
    assert {(a, d) for _, _, _, a, d, _ in told(extract, text)} == {("NMPA", "2021-01")}


def test_when_a_firm_was_founded_is_no_date_of_a_decision(extract: Extract) -> None:
    """A year that stands before the drug may be another thing's."""
    text = "Established in 1931, Acme is known for XB-101, approved in Japan for asthma."
    assert {d for _, _, _, _, d, _ in told(extract, text)} <= {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FDA approved XB-101 for asthma and ZQ-202 for glioma.", {("XB-101", "asthma"), ("ZQ-202", "glioma")}),
        (
            "Acme plans to submit an NDA for XB-101 for asthma and a BLA for ZQ-202 for glioma in 2022.",
            {("XB-101", "asthma"), ("ZQ-202", "glioma")},
        ),
        (
            "XB-101 and ZQ-202 were approved by the FDA for the treatment of asthma and glioma, respectively.",
            {("XB-101", "asthma"), ("ZQ-202", "glioma")},
        ),
        ("The FDA approved XB-101 (exbetinib) and ZQ-202 for glioma.", {("XB-101", "glioma"), ("ZQ-202", "glioma")}),
        ("The FDA approved XB-101 in combination with ZQ-202 for glioma.", {("XB-101", "glioma")}),
        ("XB-101 with ZQ-202 was approved by the FDA for glioma.", {("XB-101", "glioma")}),
        (
            "Acme sells FLONIX (XB-101, an antibody), approved for asthma, and NARVIX (ZQ-202, zequetinib), approved for glioma.",
            {("XB-101", "asthma"), ("ZQ-202", "glioma")},
        ),
    ],
)  # fmt: skip
def test_each_drug_for_its_own(extract: Extract, text: str, expected: set[tuple[str, str]]) -> None:
    """Of two drugs each is approved for what stands with it; drugs only given with another are not approved."""
    facts = extract(
        f"Acme Therapeutics Provides Update\n\n{DATELINE}Acme develops the antibody XB-101 and the antibody ZQ-202.\n\n{text}\n"
    )
    assert {
        (f.subject.label if f.subject else "", str(getattr(f.object, "label", f.object)))
        for f in facts
        if f.relation == "approval"
    } == expected
