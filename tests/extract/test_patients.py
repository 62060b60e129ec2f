"""Who has the diseases of a list."""

# ruff: noqa: E501 - sentences are read whole

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.linked import LinkedDocument
from kg.extract.patients import described, who_has
from kg.model import Kind

Read = Callable[[str], LinkedDocument]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A trial in patients with advanced ovarian cancer, renal cell carcinoma and sarcoma.", [{"advanced"}, {"advanced"}, {"advanced"}]),
        ("A trial in pediatric patients with neuroblastoma and sarcoma.", [{"pediatric"}, {"pediatric"}]),
        ("A trial in patients with relapsed myeloma and a range of lymphomas.", [{"relapsed"}, set()]),
        ("A trial in patients with FGFR2-altered cholangiocarcinoma.", [{"FGFR2-altered"}]),
        ("A gene therapy for Leber congenital amaurosis due to GUCY2D mutations, in the clinic.", [{"GUCY2D mutations"}]),
        ("Responses lasted up to 17 months in patients with myeloma.", [set()]),
        ("It gave patients with melanoma an overall response rate of 17%.", [set()]),
        ("A trial in human epidermal growth factor receptor 2-negative myeloma.", [set()]),
        ("AB-1 is a vaccine for respiratory syncytial virus (RSV) in adults aged 60 years and over.", [{"aged 60 years and over"}, {"aged 60 years and over"}]),
        ("A trial in patients with myeloma that is locally advanced or metastatic.", [{"locally advanced or metastatic"}]),
        ("It is for asthma with an inadequate response to the best of the current standards of care.", [{"inadequate response"}]),
        ("A trial in asthma.", [set()]),
    ],
)  # fmt: skip
def test_who_has(read: Read, text: str, expected: list[set[str]]) -> None:
    """What holds for all, for the first, for one; markers and mutations as printed."""
    document = read(text)
    sentence = next(s for s in document.sentences if s.of_kind(Kind.DISEASE))
    told = who_has(document, sentence, sentence.of_kind(Kind.DISEASE))
    assert [want <= set(got) for want, got in zip(expected, told, strict=True)] == [True] * len(expected)
    assert all(got == () for want, got in zip(expected, told, strict=True) if not want)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "trial in children aged 3 months to 12 years with glioma",
            ("aged 3 months to 12 years", "children"),
        ),
        ("trial in 20 patients with JAK inhibitor-naïve myelofibrosis", ("JAK inhibitor-naïve",)),
        ("trial in patients who failed an anthracycline", ("failed an anthracycline",)),
        ("trial in patients with a history of stroke", ("a history of stroke",)),
        ("trial in 126 patients with MASH and stage F2 or F3 fibrosis", ("stage F2 or F3 fibrosis",)),
        ("trial in patients who have progressed on a BTK inhibitor", ("progressed on a BTK inhibitor",)),
        ("trial in patients with one to three prior lines is planned", ("one to three prior lines",)),
        ("trial in people with obesity without diabetes will enrol 90", ("without diabetes",)),
        ("trial completed without a serious adverse event after two weeks", ()),
    ],
)
def test_described(text: str, who: tuple[str, ...]) -> None:
    """Ages, stages and earlier treatment of those who take part are kept as printed."""
    assert described(text) == who
