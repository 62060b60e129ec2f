"""What releases say of agencies' programmes in general, apart from any drug."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from kg.extract.linked import LinkedDocument
from kg.extract.programs import sales_of_vouchers, terms_of_programs
from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers, show

Read = Callable[[str], LinkedDocument]


def release(text: str) -> str:
    return f"Acme Therapeutics Provides Update\n\n{DATELINE}Acme Therapeutics reports news. {text}\n"


def stated(facts: Iterable[Fact]) -> list[tuple[str, object, str]]:
    return [(show(f.subject), qualifiers(f)["kind"], show(f.object)) for f in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The FDA grants RPDD for diseases that primarily affect children, and affect fewer than 200,000 persons. "
            "This program is intended to encourage development of new drugs.",
            [
                ("rare pediatric disease", "criterion", "primarily affect children"),
                ("rare pediatric disease", "criterion", "affect fewer than 200,000 persons"),
                ("rare pediatric disease", "purpose", "encourage development of new drugs"),
            ],
        ),
        (
            "Orphan Drug Designation is given to drugs intended to treat diseases rare in the U.S.",
            [("orphan drug", "criterion", "drugs intended to treat diseases rare in the U.S.")],
        ),
        (
            "Fast Track is a process designed to facilitate the review of drugs for serious conditions.",
            [("fast track", "purpose", "facilitate the review of drugs for serious conditions")],
        ),
    ],
)
def test_rules_of_a_programme(read: Read, text: str, expected: list[tuple[str, str, str]]) -> None:
    """Who qualifies for a designation and what it is for, in the words of the release."""
    assert stated(terms_of_programs(read(release(text)))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The FDA has granted RPDD to AB-101 for the treatment of neuroblastoma.",
        "The rare pediatric disease designation may enable Acme to receive a priority review voucher.",
        "This program is intended to show the safety of AB-101.",
    ],
)
def test_one_drug_s_designation_is_no_rule(read: Read, text: str) -> None:
    """What happens to one drug says nothing of the programme; "this program" needs one before it."""
    assert stated(terms_of_programs(read(release(text)))) == []


def test_sales_of_vouchers(read: Read) -> None:
    """Number, prices and period; the period counts back from the release."""
    text = "Over the last 16 months, five priority review vouchers were sold for between $110 million to $150 million."
    (fact,) = sales_of_vouchers(read(release(text)))
    assert (show(fact.subject), fact.object) == ("priority review voucher", "5 sold")
    assert {n: str(v) for n, v in qualifiers(fact).items()} == {
        "count": "5",
        "lowest": "110000000",
        "highest": "150000000",
        "currency": "USD",
        "period": "2020-01/2021-05",
    }


@pytest.mark.parametrize(
    "text",
    [
        "These vouchers can also be transferred or sold to another entity for up to $110 million.",
        "Five priority review vouchers could be sold for $110 million.",
    ],
)
def test_what_may_be_sold_is_not_sold(read: Read, text: str) -> None:
    """A possibility is no sale."""
    assert not list(sales_of_vouchers(read(release(text))))
