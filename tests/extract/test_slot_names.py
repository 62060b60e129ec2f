"""`kg.extract.slot_names`: names of drugs known by where they stand."""

from __future__ import annotations

import pytest

from kg.extract.slot_names import slot_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("granted orphan drug designation to QBKR03 for Krabbe disease", {"QBKR03"}),
        ("cleared the IND application for its lead candidate Z-MUC1C-ALLO1.", {"Z-MUC1C-ALLO1"}),
        ("a Phase 1/2 dose-escalation study of LentiMab in adults", {"LentiMab"}),
        ("B-XEC, a topical gene therapy, is easy to give. B-XEC heals.", {"B-XEC"}),
        ("patients treated with 5F7", {"5F7"}),
        ("the safety of V214 was good. V214 was well tolerated.", {"V214"}),
        ("the safety of V214 was good", set()),
        ("Results:\n- 5F7 (asthma): Phase 2 completed\n- Cash of $5 million", {"5F7"}),
        ("- VELAR-2: Phase 3 trial of the vaccine", set()),
        ("Royalties on D-Xi rose.", {"D-Xi"}),
        ("FEV1 rose with U4-1402 50 mg.", {"U4-1402"}),
        ("given as Q2W 300 mg", set()),
        ("VELAR-2 300 mg", set()),
        ("treatment with PD-7 inhibitors", set()),
        ("a Phase 3 study of VISTA-2 trial sites", set()),
        ("patients treated with BTK-7", set()),
        ("The antigen is CDCP1, a protein on tumor cells", set()),
        ("designation for COVID-19", set()),
        ("The agency has approved QUMERIQ for adults.", {"QUMERIQ"}),
        ("FDA HAS APPROVED QUMERIQ FOR ADULTS", set()),
        ("a Phase 3 study of Vexoria in adults with gout", {"Vexoria"}),
        ("Quvoria is being studied in two Phase 3 trials", {"Quvoria"}),
        ("a trial comparing QUVORIA with placebo", {"QUVORIA"}),
        ("a Phase 3 study of Japanese patients", set()),
        ("QB-7B4 was granted Fast Track designation", {"QB-7B4"}),
        ("FDA Approves QBKR03 for Krabbe disease", {"QBKR03"}),
        ("QBKR03 is approved in Japan", {"QBKR03"}),
        ("The MHRA has awarded QBKR03 an Innovation Passport", {"QBKR03"}),
        ("QurLis has several employees", set()),
    ],
)
def test_a_name_is_known_by_the_slot_that_it_fills(text: str, names: set[str]) -> None:
    """Once where only drugs stand, twice where most do; never what the vocabulary knows as something else."""
    taken = [(at, at + 5)] if (at := text.find("BTK-7")) >= 0 else []
    assert {text[start:end] for start, end in slot_names(text, taken)} == names


def test_all_places_of_a_name_are_given() -> None:
    """Wherever it is printed as a word."""
    text = "QBKR03 is new. Orphan drug designation for QBKR03. QBKR03-like"
    assert list(slot_names(text, [])) == [(0, 6), (43, 49)]


def test_what_is_for_a_disease_may_be_a_drug() -> None:
    """One such place is a hint; with another it is enough."""
    text = "QXR20 for severe asthma is new. The potency of QXR20 was high."
    ill = [text.index("asthma")]
    assert {text[start:end] for start, end in slot_names(text, [], ill)} == {"QXR20"}
    assert list(slot_names(text.partition(".")[0], [], ill)) == []
