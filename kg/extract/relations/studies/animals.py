"""The paragraphs that report a study in animals, and the cells and numbers they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import values
from kg.extract.document import SectionKind
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context

_ANIMAL_STUDY = Pattern(
    r"\b(?:xenograft\w*|inject\w+|inoculat\w+|implant\w+|bearing|model\w*|in\s*vivo|treated|receiving"
    r"|received|dosed|studied|tested|knock-?out|transgenic|PDX)\b",
    re.IGNORECASE,
)
_CELL_LINE = (
    Pattern(
        r"\b(?P<line>[A-Z][A-Za-z0-9]*(?:[ -](?=[A-Z0-9])[A-Za-z0-9]+)*(?:/[A-Za-z0-9]+)?(?:-\d+)?)\s+"
        r"(?:tumou?r\s+)?(?:cell\s+lines?|cells|xenografts?|tumou?rs)\b"
    ),
    Pattern(
        r"\b(?:cells|cell\s+line|xenografts?|tumou?rs|model)\s+\((?P<line>[A-Z][A-Za-z0-9]*[-/"
        r" ]?[A-Za-z0-9/-]*\d[A-Za-z0-9/-]*)\)"
    ),
)
_ORDINAL_STUDY = Pattern(
    r"\b(?:first|second|third|fourth|final|last|another|other|separate)\s+(?:[\w-]+\s+)?(?:study"
    r"|experiment|model)\b",
    re.IGNORECASE,
)


def cell_line(text: str) -> str | None:
    """The cell line that a text names: "MDA-MB-231 cells", "xenografts (HT-29)"."""
    for pattern in _CELL_LINE:
        for found in pattern.finditer(text):
            line = re.sub(r"^(?:In|The|A|With)\s+", "", found["line"].strip())
            if re.search(r"\d", line) and not re.match(r"(?:CAR|CD|HER|PD|Phase|T|NK|B)\b", line):
                return line
    return None


def animal_studies(context: Context) -> Iterator[tuple[LinkedSentence, ...]]:
    """Runs of sentences that report one study in animals, the first naming the animal."""
    run: list[LinkedSentence] = []
    for sentence in context.sentences():
        animal = bool(values.terms(sentence.text, "organisms")) and bool(_ANIMAL_STUDY.search(sentence.text))
        if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE) or values.phases(
            sentence.text
        ):
            animal = False
        begins = animal and (
            not run
            or sentence.sentence.paragraph != run[0].sentence.paragraph
            or bool(_ORDINAL_STUDY.search(sentence.text))
        )
        if begins or (
            run
            and sentence.sentence.paragraph != run[0].sentence.paragraph
            and not _goes_on(run[0], sentence)
        ):
            if run:
                yield tuple(run)
            run = []
        if begins or run:
            run.append(sentence)
    if run:
        yield tuple(run)


def _goes_on(first: LinkedSentence, sentence: LinkedSentence) -> bool:
    """A paragraph that a page break cut goes on in lower case."""
    return sentence.section == first.section and sentence.text[:1].islower()


def _paragraph_run(context: Context, sentence: LinkedSentence) -> tuple[LinkedSentence, ...]:
    return next((run for run in animal_studies(context) if sentence in run), ())


def cell_line_around(context: Context, sentence: LinkedSentence) -> str | None:
    """The cell line of the study in animals whose paragraph a sentence stands in."""
    return next((line for s in _paragraph_run(context, sentence) if (line := cell_line(s.text))), None)


def size_around(context: Context, sentence: LinkedSentence) -> values.NumberMatch | None:
    """How many animals the study counts whose paragraph a sentence stands in."""
    return next((n for s in _paragraph_run(context, sentence) for n in values.sample_sizes(s.text)), None)
