"""Carriers of drugs: what brings the payload to where it acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

States = Callable[[str, str], set[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        (
            "ABC-101 is composed of a humanized anti-CDH6 IgG1 antibody linked through a peptide to exatecan.",
            "antibody",
        ),
        ("ABC-101 consists of a macrocyclic peptide coupled through a chelator to actinium-225.", "peptide"),
        (
            "ABC-101 consists of mRNA for a base editor and a guide RNA, in a lipid nanoparticle.",
            "lipid nanoparticle",
        ),
        ("ABC-101 is an mRNA vaccine formulated in lipid nanoparticles.", "lipid nanoparticle"),
        (
            "ABC-101, an LNP-delivered base editor directed at TTR, is in lead optimization.",
            "lipid nanoparticle",
        ),
        ("ABC-101 uses the AAVrh74-like capsid and a muscle-specific promoter.", "AAV vector"),
        ("ABC-101 is a GalNAc-conjugated siRNA that silences LPA in the liver.", "GalNAc"),
        ("ABC-101 is in a Phase 1 trial. It is delivered by lipid nanoparticle (LNP).", "lipid nanoparticle"),
    ],
)
def test_carrier(text: str, carrier: str, states: States) -> None:
    """What the payload is joined to, or what it is in."""
    assert states("drug_carrier", f"Acme is developing ABC-101. {text}") == {("ABC-101", carrier)}


@pytest.mark.parametrize(
    "text",
    [
        "ABC-101 is an antibody against CD19.",
        "ABC-101, a lutetium-177 labeled radioligand of the gastrin-releasing peptide receptor, is in Phase 2.",
        "ABC-101, unlike liposomes, crosses the blood-brain barrier.",
        "Acme's lipid nanoparticle technology is covered by patents.",
        "ABC-101 is given in combination with an antibody.",
        "ABC-101 consists of autologous T cells transduced with a lentiviral vector.",
        "The pipeline holds ABC-101 and a collaboration, signed in 2021, on AAV-vectored microRNAs.",
    ],
)
def test_no_carrier(text: str, states: States) -> None:
    """What carries nothing, belongs to nothing, or is only spoken of."""
    assert states("drug_carrier", f"Acme is developing ABC-101. {text}") == set()
