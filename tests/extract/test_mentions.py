"""Mentions: vocabulary, drugs, organisations, people."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linking import LinkedDocument
from kg.extract.mentions import fold, is_acronym, is_inn
from kg.model import Kind

Read = Callable[[str], LinkedDocument]


def named(document: LinkedDocument, kind: Kind) -> list[str]:
    return list(dict.fromkeys(m.entity.label for m in document.mentions(kind)))


@pytest.mark.parametrize(
    "word", ["dexamethasone", "osimertinib", "Lecanemab", "lumerasiran", "nexoprubart", "semaglutide"]
)
def test_nonproprietary_names(word: str) -> None:
    """By list or by stem."""
    assert is_inn(word)


@pytest.mark.parametrize(
    "word", ["cholesterol", "nucleotide", "concept", "Andersen", "immunoglobulin", "treatment", "peptide"]
)
def test_ordinary_words_are_no_nonproprietary_names(word: str) -> None:
    """Though they end like one."""
    assert not is_inn(word)


def test_folding_forgets_what_spellings_differ_in() -> None:
    """Case, hyphens, plurals, possessives, British spellings, Greek letters."""
    assert fold(["Hodgkin", "'", "s", "-", "Lymphomas"])[0] == fold(["hodgkin", "lymphoma"])[0]
    assert fold(["tumour"])[0] == fold(["tumors"])[0]
    assert fold(["TNF", "-", "α"])[0] == fold(["tnf", "alpha"])[0]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("FDA", True), ("mCRC", True), ("PD-1", True), ("Fast Track", False), ("asthma", False)],
)
def test_acronyms(label: str, expected: bool) -> None:
    """Their capitals matter."""
    assert is_acronym(label) is expected


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Acme is developing CLR 131 and a control, I-127-CLR 1404, in patients.", ["CLR 131", "I-127-CLR 1404"]),
        ("two preclinical programs (CLR 1700 and 1900) in its pipeline", ["CLR 1700", "CLR 1900"]),
        ("treatment with CLR 131 or CLR131 or CLR-131", ["CLR 131"]),
        ("Acme dosed patients with Q-CAR088, an autologous cell therapy.", ["Q-CAR088"]),
        ("The first patient received CD-001, an antibody; CD19 cells fell.", ["CD-001"]),
        ("patients given belomenib had responses", ["belomenib"]),
        ("Net sales of ZELVOQ® were $3 million.", ["ZELVOQ"]),
        ("Patients received VolantTM, a vaccine.", ["Volant"]),
        ("Acme's Tessera® platform made Tessera® XB-101, an antibody.", ["XB-101"]),
        ("full-length antibodies (Dyadics®); XB-101, a Dyadics® targeting EGFR, is an antibody", ["XB-101"]),
        ("results from the VELA-7 Phase 1b clinical trial of XB-101 in patients", ["XB-101"]),
        ("a submission in mid-2026, from late-2025 data", []),
        ("a trial of veltamixo, its oral inhibitor; Veltamixo is given daily", ["veltamixo"]),
        ("a study of wellness, an idea of an antibody maker; Wellness was good", []),
        ("sora-cel, an autologous CAR-T, is given once", ["sora-cel"]),
        ("patients received loritumab belotecan (lor-TBL, also known as QBN264/XB-2870)", ["loritumab belotecan"]),
        ("Known as XB112 in Asia and as QB112 in Australia, is a novel antibody", ["XB112", "QB112"]),
        ('"Rita brings a rare gift for cell therapy," he said. Rita Malone, Chief Officer, agreed.', []),
        ("patients treated with 9MW2821 had responses", ["9MW2821"]),
        ("patients received trastuzumab deruxtecan or docetaxel", ["trastuzumab deruxtecan", "docetaxel"]),
        ("treatment with Keytruda® (pembrolizumab) in adults", ["Keytruda"]),
        ("Velnacor (OM-118), an investigational drug, and Velnacor again", ["Velnacor"]),
        ("its lead product candidate, Multikine, is studied", ["Multikine"]),
        ("the KITE-101 trial enrolled patients", []),
        ("BEACON-1 (NCT05123456) is a trial of HLD-204 in patients", ["HLD-204"]),
        ("Form 10-K, ASCO 2017, COVID-19, Madison, WI 53719, ISO 26000, CD19, Day 100", []),
    ],
)  # fmt: skip
def test_drugs_that_nobody_listed(read: Read, text: str, drugs: list[str]) -> None:
    """By code, stem, brand, coordination; near misses are trials, forms, meetings, addresses."""
    assert named(read(text), Kind.DRUG) == drugs


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        ("a license agreement with Halden Oncology, Inc. and the National Cancer Institute", ["Halden Oncology", "National Cancer Institute"]),
        ("Halden (Nasdaq: HLDN) and the Centre for Probe Development and Commercialization (CPDC); CPDC agreed", ["Halden", "Centre for Probe Development and Commercialization"]),
        ("the independent Data Monitoring Committee met; MES SA/Dx5 cells; the Phase 3 Study", []),
    ],
)  # fmt: skip
def test_organizations(read: Read, text: str, organizations: list[str]) -> None:
    """By legal form, naming word, ticker."""
    padded = f"Some Title of News\n\nBOSTON, May 4, 2021 -- Today there is news of {text}.\n"
    assert named(read(padded), Kind.ORGANIZATION) == organizations


def test_a_short_form_counts_only_where_the_text_gives_a_ground(read: Read) -> None:
    """Two letters need a definition, or "R/R" before them."""
    assert named(read("It was seen in MM and elsewhere."), Kind.DISEASE) == []
    assert named(read("It was seen in relapsed or refractory (R/R) MM patients."), Kind.DISEASE) == [
        "multiple myeloma"
    ]
    assert named(read("In multiple myeloma (MM) it works; MM is bad."), Kind.DISEASE) == ["multiple myeloma"]


def test_a_definition_in_the_text_beats_the_vocabulary(read: Read) -> None:
    """PDC is another conjugate where the text says so."""
    assert named(read("It is a peptide-drug conjugate (PDC). The PDC works."), Kind.PLATFORM) == [
        "peptide-drug conjugate"
    ]
    assert "phospholipid drug conjugate" in named(
        read("The phospholipid drug conjugate (PDC) works."), Kind.PLATFORM
    )


def test_pairs_of_targets_are_split(read: Read) -> None:
    """ "CD19xCD3" names two."""
    assert set(named(read("a CD19xCD3 bispecific antibody"), Kind.TARGET)) >= {"CD19", "CD3"}


def test_unlisted_targets_are_known_by_what_acts_on_them(read: Read) -> None:
    """And not by capitals alone."""
    assert "ZNF750" in named(read("AB-101 is a ZNF750-directed antibody"), Kind.TARGET)
    assert named(read("it works against COVID-19 and in the EU"), Kind.TARGET) == []
