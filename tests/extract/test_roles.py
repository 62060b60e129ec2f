"""Who holds which post: hits and near misses."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact

States = Callable[[str, str], set[tuple[str, str]]]
ACME = "Acme Therapeutics, Inc. (Nasdaq: ACME) today announced news. "


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ('"We are glad," said Jane Doe, M.D., Ph.D., chief medical officer of Acme.', {("Jane Doe", "Acme Therapeutics")}),
        ('"We are glad," said Jane Doe, our president.', {("Jane Doe", "Acme Therapeutics")}),
        ("Dr. Jane Doe, Professor of Medicine at Stanford University, led it.", {("Jane Doe", "Stanford University")}),
        ("Jane Doe joined as Chief Financial Officer on May 2.", {("Jane Doe", "Acme Therapeutics")}),
        ("Ms. Jane Doe previously served as Vice President at Pfizer.", {("Jane Doe", "Pfizer")}),
        ("The board includes Jane Doe (CEO).", {("Jane Doe", "Acme Therapeutics")}),
        ("Acme announced the appointment of Jane Doe, MD, CM, FACS, FRCSC, as Chief Medical Officer.", {("Jane Doe", "Acme Therapeutics")}),
        ('"Fine," said Jane Doe, Representative Director and Chief Strategy Officer at Acme.', {("Jane Doe", "Acme Therapeutics")}),
        ("Acme appointed Jane Doe, M.D., as Chief Medical Officer and Bob Low as Chief Financial Officer.", {("Jane Doe", "Acme Therapeutics"), ("Bob Low", "Acme Therapeutics")}),
        ("Acme strengthened its Board of Directors with the appointment of Jane Doe.", {("Jane Doe", "Acme Therapeutics")}),
        ('"Fine," said Jane Doe, Professor of Oncology at Charité – Universitätsmedizin Berlin.', {("Jane Doe", "Charité – Universitätsmedizin Berlin")}),
        ("Jane Doe M.D. appointed as Chief Development Officer, effective May 3, 2021", {("Jane Doe", "Acme Therapeutics")}),
        ("Dr. Jane Doe, President of Saltmarsh University Cancer Institute and Hospital, led it.", {("Jane Doe", "Saltmarsh University Cancer Institute and Hospital")}),
        ('"Fine," said Jane Doe, CEO of Brightfield (Suzhou) Biologics Co., Ltd.', {("Jane Doe", "Brightfield (Suzhou) Biologics")}),
        ("Acme Therapeutics, president of the market, grew.", set()),
    ],
)  # fmt: skip
def test_roles(states: States, text: str, roles: set[tuple[str, str]]) -> None:
    """Who holds which post, where."""
    assert states("role", ACME + text) == roles


def test_a_title_ends_before_a_clause(extract: Callable[[str], tuple[Fact, ...]]) -> None:
    """What somebody did before is no part of it."""
    facts = extract(
        "Acme Therapeutics Names Officer\n\nBOSTON, May 4, 2021 (GLOBE NEWSWIRE) -- Acme Therapeutics, Inc. today announced news. "
        "Jane Doe joins as Chief Commercial Officer after most recently serving as a consultant.\n"
    )
    assert {str(f.qualifier("title")[0]) for f in facts if f.relation == "role"} == {
        "Chief Commercial Officer"
    }
