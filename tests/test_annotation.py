"""`kg.annotation`: a release's text with what was found in it."""

from __future__ import annotations

from dataclasses import replace

from kg.annotation import Line, annotated
from kg.extract.document import Section, SectionKind, Sentence
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.model import Mention
from tests import facts as given

BODY = Section(SectionKind.BODY, "", 0, len(given.TEXT))


def sentence(quote: str, *names: str) -> LinkedSentence:
    start = given.TEXT.index(quote)
    mentions = tuple(
        Mention(given.TEXT.index(name), given.TEXT.index(name) + len(name), name, entity)
        for name, entity in (("the FDA", given.FDA), ("multiple myeloma", given.MYELOMA))
        if name in names
    )
    return LinkedSentence(Sentence(start, start + len(quote), quote, BODY), mentions)


FIRST = given.TEXT[: given.TEXT.index(" EX-101 is in")]
DOCUMENT = LinkedDocument(
    given.RELEASE,
    given.TEXT,
    (BODY,),
    (
        sentence(FIRST, "the FDA", "multiple myeloma"),
        sentence("EX-101 is in a Phase 2 trial."),
        sentence("EX-101 may be approved for lymphoma."),
    ),
    published="2024-03-01",
    headline="Example Gets a Designation",
)


def plain(line: Line) -> str:
    return "".join(text for text, _ in line)


def test_sentences_facts_and_mentions() -> None:
    """Place and section, the sentence, its facts with modality, confidence and rule, its mentions with their links."""
    assert [plain(line) for line in annotated(DOCUMENT, (given.DESIGNATION, given.HOPE))] == [
        "r1.txt  Example Gets a Designation  2024-03-01",
        "2 facts in 2 sentences",
        "",
        "r1.txt:1:1  body",
        "  " + FIRST,
        "    designation  EX-101 → orphan drug  [agency FDA; date 2024-03-01; indication multiple myeloma; "
        "status granted]  asserted 0.97  test.rule",
        "    mentions",
        "      1:53  52-59  “the FDA”  agency → FDA (agency:fda)",
        "      1:111  110-126  “multiple myeloma”  disease → multiple myeloma (disease:multiple-myeloma)",
        "",
        "r1.txt:1:159  body",
        "  EX-101 may be approved for lymphoma.",
        "    approval  EX-101 → lymphoma  [agency FDA]  hypothetical 0.8  test.rule",
    ]


def test_fact_stands_under_each_of_its_sentences() -> None:
    """Two pieces of evidence, two places, one fact."""
    fact = replace(given.TRIAL, evidence=(*given.TRIAL.evidence, *given.HOPE.evidence))
    lines = [plain(line) for line in annotated(DOCUMENT, (fact,))]
    assert lines[1] == "1 fact in 2 sentences"
    assert sum(line.startswith("    trial  EX-101 → 2") for line in lines) == 2


def test_release_without_facts() -> None:
    """Nothing found is said, not hidden."""
    assert [plain(line) for line in annotated(DOCUMENT, ())][1:] == ["0 facts in 0 sentences"]
