"""The end of a release: filings, particular risks, contacts."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.closing import filings, press_contacts, risks
from kg.extract.linked import LinkedDocument
from kg.model import Modality
from tests.extract.conftest import DATELINE, qualifiers, show

Read = Callable[[str], LinkedDocument]
NEWS = f"Acme Therapeutics Provides Update\n\n{DATELINE}Acme Therapeutics, Inc. (Nasdaq: ACME) is developing XB-101, an antibody.\n\n"
FORWARD = "Forward-Looking Statement Disclaimer\n\nThis news release contains forward-looking statements. "


def test_filings(read: Read) -> None:
    """Periodic reports with their period; others are left out."""
    text = (
        FORWARD
        + "See our Form 10-K for the year ended December 31, 2020, our Form 10-Q for the quarterly period ended March 31, 2021 and our Form 8-K.\n"
    )
    assert [show(f.object) for f in filings(read(NEWS + text))] == [
        "Form 10-K for the year ended December 31, 2020",
        "Form 10-Q for the quarterly period ended March 31, 2021",
    ]


def test_particular_risks(read: Read) -> None:
    """Those that name a drug or a right, and they are never stated as so."""
    text = (
        FORWARD
        + "Factors that might cause such a difference include, among others, uncertainties related to the ability to raise capital, uncertainties related to the supply of XB-101, the FDA review process, the volatile market for priority review vouchers and others.\n"
    )
    found = list(risks(read(NEWS + text)))
    assert [show(f.object) for f in found] == [
        "supply of XB-101",
        "volatile market for priority review vouchers and others",
    ]
    assert {f.modality for f in found} == {Modality.HYPOTHETICAL}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Bright Investor Relations\nMiriam Weber\n212-838-3777\nmweber@example.com\n", [("Miriam Weber", {"phone": "212-838-3777", "email": "mweber@example.com", "firm": "Bright Investor Relations"})]),
        ("Investors: Lucille Benning, lbenning@example.com\n", [("Lucille Benning", {"email": "lbenning@example.com"})]),
        ("Acme Therapeutics\nwww.acme.example\n", []),
        ("Jules Abram\nJQA Partners, Inc.\n917-885-7378\n", [("Jules Abram", {"phone": "917-885-7378", "firm": "JQA Partners"})]),
        ("Media: Callum Reyes, Fathom Communications, 917-885-7378\n", [("Callum Reyes", {"phone": "917-885-7378", "firm": "Fathom Communications"})]),
        ("Beth Corrigan\nVice President, Corporate Communications\nbc@example.com\n", [("Beth Corrigan", {"email": "bc@example.com"})]),
        ("Acme Therapeutics – Investor Relations\nBeth Corrigan\nbc@example.com\n", [("Beth Corrigan", {"email": "bc@example.com", "firm": "Acme Therapeutics"})]),
        ("Beth Corrigan, VP Investor Relations\nbc@example.com\n", [("Beth Corrigan", {"email": "bc@example.com"})]),
        ("Investor Relations\nBeth Corrigan\nbc@example.com\n", [("Beth Corrigan", {"email": "bc@example.com"})]),
    ],
)  # fmt: skip
def test_press_contacts(read: Read, block: str, expected: list[tuple[str, dict[str, str]]]) -> None:
    """A person with a number or an address; no firms."""
    document = read(f"{NEWS}CONTACT:\n\n{block}")
    assert [(show(f.object), qualifiers(f)) for f in press_contacts(document)] == expected
