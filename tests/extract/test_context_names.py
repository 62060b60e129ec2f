"""`kg.extract.context_names`: names of drugs known by what stands around them."""

from __future__ import annotations

import re

import pytest

from kg.extract.context_names import context_names


def _names(text: str) -> set[str]:
    asthma = [match.start() for match in re.finditer("asthma", text)]
    taken = [(at, at + 5)] if (at := text.find("BTK-7")) >= 0 else []
    return {text[start:end] for start, end in context_names(text, {"Acme"}, taken, asthma)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("granted orphan drug designation to QBKR03 for Krabbe disease", {"QBKR03"}),
        ("cleared the IND application for its lead candidate Z-MUC1C-ALLO1.", {"Z-MUC1C-ALLO1"}),
        ("a Phase 1/2 dose-escalation study of LentiMab in adults", {"LentiMab"}),
        ("B-XEC, a topical gene therapy, is easy to give. B-XEC heals.", {"B-XEC"}),
        ("patients treated with 5F7", {"5F7"}),
        ("patients treated with eRuvax", {"eRuvax"}),
        ("patients treated with iSOVEP and sAONEQ", {"iSOVEP"}),
        ("Acme began a trial of QKM-BTK-7 in adults.", {"QKM-BTK-7"}),
        ("Designation for XRNOPC1, a cell (hESC)-based product for asthma.", {"XRNOPC1"}),
        ("the potency of V214 was good. V214 was well tolerated.", {"V214"}),
        ("Results:\n- 5F7 (asthma): Phase 2 completed\n- Cash of $5 million", {"5F7"}),
        ("Royalties on D-Xi rose.", {"D-Xi"}),
        ("FEV1 rose with U4-1402 50 mg.", {"U4-1402"}),
        ("The agency has approved QUMERIQ for adults.", {"QUMERIQ"}),
        ("a Phase 3 study of Vexoria in adults with gout", {"Vexoria"}),
        ("Quvoria is being studied in two Phase 3 trials of Quvoria", {"Quvoria"}),
        ("a trial comparing QUVORIA with placebo", {"QUVORIA"}),
        ("QB-7B4 was granted Fast Track designation", {"QB-7B4"}),
        ("FDA Approves QBKR03 for Krabbe disease", {"QBKR03"}),
        ("QBKR03 is approved in Japan", {"QBKR03"}),
        ("The MHRA has awarded QBKR03 an Innovation Passport", {"QBKR03"}),
        ("Acme dosed the first patient in its Phase 2 trial of velazitrast in asthma.", {"velazitrast"}),
        ("The response was 32% for inhaled velazitrast 90 mg twice daily.", {"velazitrast"}),
        ("Acme reported that velazitrast met the goal of a study of velazitrast in asthma.", {"velazitrast"}),
        ("Otravel tablets were launched in Spain.", {"Otravel"}),
        ("Acme began a study of ZVAX in adults.", {"ZVAX"}),
        ("The agency has approved Otravel for severe asthma.", {"Otravel"}),
        ("In Japan, Otravel was approved in 2019 for the treatment of asthma.", {"Otravel"}),
        ("- Otravel: a Phase 2 trial in asthma is enrolling.", {"Otravel"}),
        ("Patients on velazitrast improved. Acme has results of velazitrast in asthma.", {"velazitrast"}),
        ("Acme plans to file Otravel (OTR-1) for asthma next year.", {"Otravel"}),
        ("Latency rose with 4 mg danavorix. Danavorix activates it.", {"danavorix", "Danavorix"}),
        ("Women on mesarexine 7.5 mg had fewer.", {"mesarexine"}),
        ("Acme has data on vel-zora. A trial of vel-zora is open.", {"vel-zora"}),
        (
            "Acme won rights to danafimide from Foo. Danafimide is an amide for asthma.",
            {"danafimide", "Danafimide"},
        ),
        ("a Phase 1 trial of insulin velodec in adults", {"insulin velodec"}),
    ],
)
def test_a_name_is_known_by_what_is_around_it(text: str, names: set[str]) -> None:
    """Once where only drugs stand, twice where most do, whatever the name looks like."""
    assert _names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "the potency of V214 was good",
        "- VELAR-2: Phase 3 trial of the vaccine",
        "given as Q2W 300 mg",
        "VELAR-2 300 mg",
        "treatment with PD-7 inhibitors",
        "a Phase 3 study of VISTA-2 trial sites",
        "patients treated with BTK-7",
        "The antigen is CDCP1, a protein on tumor cells",
        "designation for COVID-19",
        "FDA HAS APPROVED QUMERIQ FOR ADULTS",
        "a Phase 3 study of Japanese patients",
        "QurLis has several employees",
        "Designation to VeloVax's vaccine candidate. Acme licensed VeloVax's asset.",
        "royalties from mid-single to low double digits",
        "sales of GBP14.6m",
        "Acme began a trial of exercise in adults.",
        "Adults treated with the velocipede improved.",
        "The study of multiple myeloma (ZVMM) goes on.",
        "Acme plans the launch of Barton Therapeutics.",
        "- BREEZE: a Phase 2 trial in asthma is enrolling.",
        "Acme's March 2025 results in asthma were good.",
        "Rivalta gained approval for an asthma product.",
        "Enrolment in the study of neuroplastic drugs goes on.",
        "Patients received 50 mg tablets. The tablets were taken with food; they received 50 mg.",
        "Against placebo 10 mg was better, and placebo patients fell asleep.",
        "The firm raised $50 million upfront, and upfront it was.",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    """Ordinary words, firms, trials, targets and amounts stand there too; a single hint is not enough."""
    assert _names(text) == set()


def test_all_places_of_a_name_are_given() -> None:
    """Wherever it is printed as a word."""
    text = "QBKR03 is new. Orphan drug designation for QBKR03. QBKR03-like"
    assert list(context_names(text, set(), [])) == [(0, 6), (43, 49)]


def test_what_is_for_a_disease_may_be_a_drug() -> None:
    """One such place is a hint; with another it is enough."""
    text = "QXR20 for severe asthma is new. The potency of QXR20 was high."
    assert _names(text) == {"QXR20"}
    assert _names(text.partition(".")[0]) == set()
