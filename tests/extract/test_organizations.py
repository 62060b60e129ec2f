"""Which names of a release are one organisation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.model import Kind

HEAD = "BOSTON, March 4, 2025 (GLOBE NEWSWIRE) -- Norvex Bio, Inc. (Nasdaq: NVXB) today announced news. "


def names(document: LinkedDocument) -> set[str]:
    return {
        mention.entity.label
        for sentence in document.sentences
        for mention in sentence.mentions
        if mention.entity.kind is Kind.ORGANIZATION
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Halden Pharma signed. Halden pays.", {"Halden Pharma"}),
        ("Halden Pharma signed. Halden Pharmaceuticals pays.", {"Halden Pharmaceuticals"}),
        ("March Biosciences signed. It pays.", {"March Biosciences"}),
        ("About Halden Pharma Halden Pharma Ltd. is a company.", {"Halden Pharma"}),
        (
            "Halden Pharma signed a deal. It buys from Halden Diagnostics.",
            {"Halden Pharma", "Halden Diagnostics"},
        ),
        ("HALDEN PHARMA signed. Halden Pharma pays Halden Pharma Group.", {"Halden Pharma Group"}),
        ("Halden Therapeutics pays. Write to Halden Therapeutics Media Relations.", {"Halden Therapeutics"}),
        (
            "Halden Therapeutics pays. Contact: QRS Investor Relations, Ann Bay.",
            {"Halden Therapeutics", "QRS Investor Relations"},
        ),
        ("The FDA granted XB-101 Regenerative Medicine Advanced Therapy designation for asthma.", set()),
        ("It was shown at the European Halden Association.", {"European Halden Association"}),
        ("7Q Molecular Therapeutics and 83halden, Inc. signed.", {"7Q Molecular Therapeutics", "83halden"}),
        (
            "In 2021 vQv Therapeutics signed with 3 Halden Pharma sites.",
            {"vQv Therapeutics", "Halden Pharma"},
        ),
        ("They make mRNA Vaccines.", set()),
        (
            "Teva pays. Teva signed. Teva Pharmaceutical Industries Ltd. is a company.",
            {"Teva Pharmaceutical Industries"},
        ),
        ("Haldena Bio plc ('Summit') signed. Summit pays. Summit is glad.", {"Haldena Bio"}),
        (
            "It pays Swedish Orphan Haldenum AB and the Orphan Drug Designation Program.",
            {"Swedish Orphan Haldenum"},
        ),
        (
            "It signed with Halden Research and Development, L.L.C. of Bonn.",
            {"Halden Research and Development"},
        ),
        ("It is sold by Haldena (Galashiels, Scotland; CEO: Bob Low) in Europe.", {"Haldena"}),
        ("Data show that Halden's XB-101 inhibits Bruton's tyrosine kinase.", {"Halden"}),
    ],
)
def test_one_distinctive_part(read: Callable[[str], LinkedDocument], text: str, found: set[str]) -> None:
    """It joins a bare name and a longer form of the same word, but not two sisters."""
    assert names(read(HEAD + text)) - {"Norvex Bio"} == found


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (
            "Walk distance improved in asthma, Acmera Reports\n\nAt week 24 the distance was 30 metres.\n\n"
            "Acmera Biosciences NV is private.\n",
            "Acmera Biosciences",
        ),
        (
            "ACMERA NEUROSCIENCE – AT A GLANCE\n\nFounded: 2011, as a spin-off of the University of Basel\n"
            "Legal form: Acmera Neuroscience AG, Bern (SIX: ACM)\nLead compound: AB-1 for asthma\n",
            "Acmera Neuroscience",
        ),
        (
            "April 8, 2019\nOtowa Regenerative K.K. (4893, TSE Mothers)\n\nNotice Regarding Designation of OTW-12\n\n"
            "We inform you that OTW-12 was designated today. A study at Kitano University Hospital is ongoing.\n",
            "Otowa Regenerative",
        ),
        (
            "NewsFlash | Bactero Inc.\n\nDurham, N.C. | Oct 2, 2018\n\nBactero has picked Meridiem Pharma to sell"
            " BCP-3017 in Europe.\n",
            "Bactero",
        ),
        (
            "Acmera announces a deal with Foo\n\nBONN, Germany, Dec. 18, 2023 – Acmera\n"
            "Therapeutics, Inc. (Nasdaq: ACME) today announced a deal"
            " with Foonyx Pharmaceutical Co., Ltd. (Foonyx).\nFoonyx pays. Foonyx is glad.\n",
            "Acmera Therapeutics",
        ),
        (
            "News\n\nSaint-Herblain (France), February 22, 2021Otowa SE ('Otowa' or 'the Company') announced today that"
            " Otowa has begun the trial.\n",
            "Otowa",
        ),
        (
            "News\n\nTokyo, March 4, 2025 – Otowa K.K. and Foonyx K.K. announced that the drug of Foonyx, which"
            " Foonyx found and Foonyx makes, was approved.\n",
            "Otowa",
        ),
    ],
)
def test_issuer_by_title(read: Callable[[str], LinkedDocument], text: str, issuer: str) -> None:
    """Who reports in a title, or begins it, has issued the release."""
    found = read(text).issuer
    assert found is not None
    assert found.label == issuer
