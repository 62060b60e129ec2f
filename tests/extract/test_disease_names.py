"""Names of diseases that no vocabulary lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.model import Kind

Read = Callable[[str], LinkedDocument]


@pytest.mark.parametrize(
    ("text", "diseases"),
    [
        ("AB-1 is intended for SYNGAP9-related disorder.", ["SYNGAP9-related disorder"]),
        ("a vaccine against human mimivirus (hMV) in infants", ["human mimivirus"]),
        ("patients with Fielding-Marsh syndrome", ["Fielding-Marsh syndrome"]),
        ("children with glycogen storage disease type Ia", ["glycogen storage disease type Ia"]),
        ("patients with idiopathic fibrosing aortitis (IFA)", ["idiopathic fibrosing aortitis"]),
        ("AB-1 for acute-on-chronic intestinal failure", ["acute-on-chronic intestinal failure"]),
        ("a cream for chronic scalp psoriasis", ["chronic scalp psoriasis"]),
        ("a trial in severe adult asthma", ["asthma"]),
        ("relapsed multiple myeloma (RMM)", ["multiple myeloma"]),
        ("for a first diagnosis and two doses", []),
        ("adults with pesticide-induced asthma", ["pesticide-induced asthma"]),
        ("the treatment of adenovirus infection", ["adenovirus"]),
        (
            "infections caused by multidrug-resistant Gram-positive bacteria",
            ["infections caused by multidrug-resistant Gram-positive bacteria"],
        ),
        ("for complicated skin and soft tissue infections", ["complicated skin and soft tissue infections"]),
        ("patients with Halycinemia Type I", ["Halycinemia Type I"]),
        ("the treatment of agitation in adults", ["agitation"]),
        ("fat in HIV-infected patients with lipodystrophy", ["lipodystrophy"]),
        ("HIV-infected patients with low counts", ["HIV infection"]),
        ("in Bohemia and with Academia", []),
        ("an adeno-associated virus vector and PD-L1-related toxicity", []),
        ("About Rare Disease and the Data Safety group", []),
    ],
)
def test_diseases_by_their_form(read: Read, text: str, diseases: list[str]) -> None:
    """By gene, germ, eponyms, type; near misses are vectors, markers and headings."""
    found = dict.fromkeys(m.entity.label for m in read(text).mentions(Kind.DISEASE))
    assert list(found) == diseases
