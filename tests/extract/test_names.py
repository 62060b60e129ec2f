"""Names of organisations: by form and by what stands around them."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.model import Kind


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        ("a license agreement with Halden Oncology, Inc. and the National Cancer Institute", ["Halden Oncology", "National Cancer Institute"]),
        ("Halden (Nasdaq: HLDN) and the Centre for Probe Development and Commercialization (CPDC); CPDC agreed", ["Halden", "Centre for Probe Development and Commercialization"]),
        ("the independent Data Monitoring Committee met; MES SA/Dx5 cells; the Phase 3 Study", []),
    ],
)  # fmt: skip
def test_organizations(read: Callable[[str], LinkedDocument], text: str, organizations: list[str]) -> None:
    """By legal form, naming word, ticker."""
    padded = f"Some Title of News\n\nBOSTON, May 4, 2021 -- Today there is news of {text}.\n"
    found = dict.fromkeys(m.entity.label for m in read(padded).mentions(Kind.ORGANIZATION))
    assert list(found) == organizations
