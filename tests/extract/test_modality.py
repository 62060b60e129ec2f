"""`kg.extract.modality`: the traps of plans, hopes, negation and the past, one by one."""

from __future__ import annotations

import pytest

from kg.extract.modality import cues, modality
from kg.model import Modality


@pytest.mark.parametrize(
    ("sentence", "at", "expected"),
    [
        ("The designation may enable Acme to receive a voucher.", "voucher", "hypothetical"),
        ("The FDA granted the designation in May 2018.", "designation", "asserted"),
        ("In May 5 trials began with AB-1.", "AB-1", "asserted"),
        ("Approval of AB-1 would trigger a milestone payment.", "Approval", "hypothetical"),
        ("Acme is preparing an application for PRIME.", "PRIME", "planned"),
        ("If AB-1 is approved for glioma, Acme will receive a voucher.", "voucher", "hypothetical"),
        ("AB-1, if approved, is a new therapy.", "new therapy", "hypothetical"),
        ("Treatment could improve survival.", "survival", "hypothetical"),
        ("It is studied in MZL and potentially diffuse lymphoma.", "diffuse lymphoma", "hypothetical"),
        ("It is studied in MZL and potentially diffuse lymphoma.", "MZL", "asserted"),
        ("Acme plans to initiate a Phase 1 study.", "Phase 1", "planned"),
        ("Acme intends to submit an NDA.", "NDA", "planned"),
        ("Acme expects to file in 2019.", "2019", "planned"),
        ("Patients will receive 40 mg.", "40 mg", "planned"),
        ("A Phase 3 trial is planned.", "Phase 3", "planned"),
        ("Acme awaits authorization from the FDA.", "FDA", "planned"),
        ("The trial is designed to evaluate safety.", "safety", "asserted"),
        ("AB-1 has been granted fast track designation.", "fast track", "asserted"),
        ("The study did not meet its primary endpoint.", "primary endpoint", "negated"),
        ("There was no serious toxicity.", "toxicity", "negated"),
        ("No dose-limiting toxicity was seen, but nausea occurred.", "nausea", "asserted"),
        ("AB-1 was not only safe; it was effective.", "safe", "asserted"),
        ("AB-1 was previously studied in glioma.", "glioma", "historical"),
        ("The Phase 1 trial was completed.", "Phase 1", "historical"),
        ("Acme plans to expand; AB-1 is in Phase 2.", "Phase 2", "asserted"),
        ("AB-1 may help patients but is in Phase 2.", "Phase 2", "asserted"),
        ("AB-1 may not be approved.", "approved", "negated"),
        ("It does not cover AB-1, for which Acme intends to ask for leave.", "leave", "planned"),
        ("Acme has yet to begin a trial.", "trial", "negated"),
    ],
)
def test_modality(sentence: str, at: str, expected: str) -> None:
    """A place takes the modality of the scopes that it lies in."""
    start = sentence.index(at)
    assert modality(sentence, start, start + len(at)) is Modality(expected)


def test_scope_ends_at_a_stop() -> None:
    """The scope of a cue does not cross "but"."""
    (cue,) = cues("It may help but it is early")
    assert (cue.modality, cue.scope_end) == (Modality.HYPOTHETICAL, len("It may help "))


def test_a_code_in_capitals_is_no_verb() -> None:
    """ "CAN-7731" names a drug."""
    text = "CAN-7731 treats asthma"
    assert modality(text, 16, 22) is Modality.ASSERTED
