"""When posts are taken up and left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Fact
from tests.extract.conftest import DATELINE, qualifiers

Extract = Callable[[str], tuple[Fact, ...]]


def terms(extract: Extract, text: str) -> dict[str, tuple[object, object]]:
    """From and to of each post by person."""
    facts = extract(
        f"Acme Therapeutics Provides Update\n\n{DATELINE}Acme Therapeutics develops drugs. {text}\n"
    )
    posts = [(fact.subject, qualifiers(fact)) for fact in facts if fact.relation == "role"]
    assert posts
    return {s.label: (q.get("from"), q.get("to")) for s, q in posts if s and ("from" in q or "to" in q)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Susannah Prewitt was appointed Chief Commercial Officer, effective January 5, 2022.",
            ("2022-01-05", None),
        ),
        ("Jonas Feldt joined as Chief Financial Officer on April 2, 2021.", ("2021-04-02", None)),
        ("Appointed Marcus Oyelaran as Chief Medical Officer, effective June 1.", ("2021-06-01", None)),
        ("Jonas Feldt has been named Chief Financial Officer, effective immediately.", ("2021-05-04", None)),
        ("Jonas Feldt has been Chief Financial Officer of Acme since 2017.", ("2017", None)),
        ("Leonard Ip, Chief Financial Officer, will retire on June 30, 2021.", (None, "2021-06-30")),
        (
            "Mr. James Tolliver was, until 2019, Chief Commercial Officer of Neurocrine Biosciences.",
            (None, "2019"),
        ),
        (
            "Jonas Feldt was Chief Financial Officer of Bolt Biotherapeutics from 2012 to 2019.",
            ("2012", "2019"),
        ),
    ],
)
def test_when(text: str, expected: tuple[object, object], extract: Extract) -> None:
    """Dates are resolved against the release; which end they give is told by their words or by the verb."""
    assert list(terms(extract, text).values()) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        '"We expect approval in 2022," said Jane Doe, Chief Executive Officer of Acme.',
        "Jane Doe, Chief Executive Officer of Acme, founded the company in 2016.",
        "Jane Doe is Chief Technology Officer of Weir Peptides, which she joined in 2017.",
        "Jane Doe has been Chief Medical Officer since the company was founded in 2016.",
        "Jane Doe, Chief Executive Officer of Acme, will present on June 3, 2021.",
        "The paper, which was written by Jane Doe, Chief Medical Officer of Acme, will appear in June 2021.",
    ],
)
def test_not_when(text: str, extract: Extract) -> None:
    """Dates of something else."""
    assert terms(extract, text) == {}


def test_each_post_has_its_own_date(extract: Extract) -> None:
    """A date behind another person is that person's."""
    text = (
        "Ann Roe was appointed Chief Financial Officer, effective June 1, 2021, and Bob Low was appointed Chief "
        "Medical Officer, effective July 1, 2021."
    )
    assert terms(extract, text) == {"Ann Roe": ("2021-06-01", None), "Bob Low": ("2021-07-01", None)}
