"""Linked mentions → where a study is published or presented."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import values
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import Context, evidence_of
from kg.model import Entity, Fact, Kind, Modality

_VENUE = Pattern(
    r"\b(?P<verb>publi(?:shed|cation)|present(?:ed|ing|ation|ations|s)?|featured|accepted(?:\s+for\s+"
    r"(?:publication|presentation))?|poster|abstracts?|reported)\b"
    r"[^.;]{0,160}?\b(?:as\s+part\s+of|in|at|during)\s+(?:the\s+)?(?:(?:peer-reviewed|scientific|medical"
    r"|online|current|issue|edition|of|journal|upcoming)\s+|the\s+)*[*_\"]*"
    r"(?P<venue>(?:\d{4}\s+)?(?:\d+(?:st|nd|rd|th)\s+)?(?:[A-Z][\w&'.-]*|\([A-Z]{2,}\))(?:\s+"
    r"(?:[A-Z][\w&'.-]*|of|for|the|and|on|in|\([A-Z]{2,}\)|\d{4}))*)",
)
_IS_MEETING = Pattern(
    r"\b(?:Meeting|Congress|Conference|Symposium|Proceedings|Convention|Summit|Workshop|Sessions|Forum"
    r"|Week|Exposition|ASCO|ASH|ESMO|AACR|EHA|SITC|SABCS|EASL|AASLD)\b"
)
_IS_JOURNAL = Pattern(
    r"\b(?:Journal|Nature|Lancet|Science|Cell|Blood|Cancer|JAMA|NEJM|Medicine|Oncology|Letters|Reports"
    r"|Research|Annals|Proceedings|Therapy|Review|PLOS|BMJ|Circulation|Neurology|Discovery|Immunology"
    r"|Immunity|Diabetes|Leukemia)\b"
)


def publication_facts(context: Context) -> Iterator[Fact]:
    """Every meeting and journal where something of a drug is shown."""
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence):
            continue
        for found in _VENUE.finditer(sentence.text):
            venue = re.sub(r"^The\s+(?=[A-Z])|\s+in\s+[A-Z]\w+$", "", found["venue"].strip(" .,*_"))
            venue = re.sub(r"(?:\s+(?:of|for|the|and|on|in))+$", "", venue).strip()
            printed = found["verb"].casefold().startswith("publi")
            if not (_IS_MEETING.search(venue) or (printed and _IS_JOURNAL.search(venue))):
                continue
            if re.search(
                r"\b(?:Healthcare|Investor|Investment|J\.P\.\s*Morgan|Jefferies|Wainwright|Cowen|Growth)\b",
                venue,
            ):
                continue  # a talk to investors is no publication
            year = re.search(r"\b(?:19|20)\d\d\b", venue)
            dates = values.dates(sentence.text, on=context.document.published)
            kind = modality(sentence.text, found.start(), found.start("verb") + 1)
            yield Fact(
                "publication",
                drug,
                Entity(Kind.VENUE, venue),
                modality=kind
                if kind in (Modality.PLANNED, Modality.HYPOTHETICAL, Modality.NEGATED)
                else Modality.ASSERTED,
                confidence=0.8,
                evidence=evidence_of(context, sentence, "publication"),
            ).with_qualifiers({"date": year[0] if year else _date_near(dates, found.end())})


def _date_near(dates: tuple[values.DateMatch, ...], at: int) -> str | None:
    after = [d.iso for d in dates if at - 5 <= d.start < at + 60]
    return after[0] if after else None
