"""The diseases that a drug is for."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "
GIVEN = ACME + "Patients received XB-101 or XB-102. "


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("XB-101 is in Phase 2 for IgA nephropathy. Acme expects results of XB-101 on proteinuria.", {"IgA nephropathy"}),
        ("Acme's XB-101 is in Phase 1. Both melanoma and gout were enrolled in the trial.", {"melanoma", "gout"}),
        ("XB-101 is in Phase 1 for gout. The antibody stays approved in the U.S. for melanoma.", {"gout", "melanoma"}),
        ("XB-101 is in a Phase 1 study in patients with relapsed or refractory multiple myeloma and a range of lymphomas.", {"multiple myeloma", "lymphoma"}),
        ("The company plans a study of XB-101 in combination with external beam radiation for head and neck cancer.", {"head and neck cancer"}),
        ("Acme is focused on drugs for the treatment of asthma.", set()),
        ("Mice with glioma were treated with XB-101.", set()),
        ("XB-101 kills melanoma cells.", set()),
    ],
)  # fmt: skip
def test_indications(states: States, text: str, diseases: set[str]) -> None:
    """What a drug is studied for in people."""
    assert {o for s, o in states("drug_indication", ACME + text) if s == "XB-101"} == diseases


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("XB-101 is studied in patients with ovarian, endometrial and testicular cancers.", {"ovarian cancer", "endometrial cancer", "testicular cancer"}),
        ("XB-101 is studied in patients with cutaneous or uveal melanoma.", {"cutaneous melanoma", "uveal melanoma"}),
        ("XB-101 is studied in advanced and testicular cancer.", {"testicular cancer"}),
        ("XB-101 is studied in primary hyperoxaluria type 1 (PH1) and type 2.", {"primary hyperoxaluria type 1", "primary hyperoxaluria type 2"}),
        ("XB-101 is studied in primary hyperoxaluria type 1 and Type B meetings.", {"primary hyperoxaluria type 1"}),
    ],
)  # fmt: skip
def test_diseases_that_share_their_head(states: States, text: str, diseases: set[str]) -> None:
    """Each word that names a disease with it."""
    assert {o for _, o in states("drug_indication", ACME + text)} == diseases


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("XB-101, an oral typhoid vaccine, is sold.", {"typhoid fever"}),
        ("The trial of XB-101 in ulcerative colitis did not meet its primary endpoint.", {"ulcerative colitis"}),
    ],
)  # fmt: skip
def test_diseases_of_a_drug_s_sentence(states: States, text: str, diseases: set[str]) -> None:
    """Every one counts, however the sentence goes on about it."""
    assert {o for s, o in states("drug_indication", GIVEN + text) if s == "XB-101"} == diseases


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("XB-101 is for gout and other autoimmune diseases.", {"gout"}),
        ("XB-101 is for autoimmune diseases.", {"autoimmune diseases"}),
    ],
)  # fmt: skip
def test_chapters_of_medicine(states: States, text: str, diseases: set[str]) -> None:
    """One that stands beside a disease of its own is left out."""
    assert {o for s, o in states("drug_indication", GIVEN + text) if s == "XB-101"} == diseases


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("XB-101 was given to 140 people. Adults with gout entered the trial. XB-101 was safe. XB-101 is owned by Acme.", {"gout"}),
        ("XB-101 was given to 140 people. Adults with gout, asthma or itch were asked. XB-101 was safe. XB-101 is owned by Acme.", set()),
    ],
)  # fmt: skip
def test_a_drug_of_which_no_sentence_says_what_it_is_for(
    states: States, text: str, diseases: set[str]
) -> None:
    """It is for the disease of the release, where that names but one or two."""
    assert {o for s, o in states("drug_indication", ACME + text) if s == "XB-101"} == diseases
