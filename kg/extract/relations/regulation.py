"""What agencies decide: designation, approval, regulatory_action; designation_term, voucher_sale."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.agency_actions import actions
from kg.extract.approvals import approvals
from kg.extract.designations import designations
from kg.extract.linked import LinkedDocument
from kg.extract.programs import sales_of_vouchers, terms_of_programs
from kg.model import Fact


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """What the release says of decisions of agencies, and of requests to them."""
    yield from designations(document)
    yield from approvals(document)
    yield from actions(document)
    yield from terms_of_programs(document)
    yield from sales_of_vouchers(document)
