"""A start of a trial that no verb tells → whether it is yet to come, by its date or the heading above it."""

from __future__ import annotations

import re
from typing import Final

from kg.extract import values
from kg.extract.document import SectionKind
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern


def is_ahead(
    document: LinkedDocument, sentence: LinkedSentence, begin: int, phase: values.PhaseMatch, end: int
) -> bool:
    """Whether a start told without a verb is yet to come: "start of Phase 2b trial (Q3 2031)"; below "Next milestones".

    Near misses: "initiation of the Phase 2 trial in May 2020"; "first patient dosed in Phase 1, data in Q4 2031".
    """
    text = sentence.text
    opening = max(begin, text.rfind(";", 0, phase.start), text.rfind("•", 0, phase.start))
    start = _START_OF.search(text, opening, phase.start)
    behind = None if start else _START_BEHIND.match(text, phase.end)
    if start is None and behind is None:
        return False
    begun = start.start() if start else phase.start
    told = behind.end() if behind else phase.end
    if _AHEAD.search(_heading(document, sentence)) or _AHEAD.search(text[opening:begun]):
        return True
    for date in values.dates(text, on=document.published):
        between = text[told : date.start] if date.start >= told else text[date.end : begun]
        if opening <= date.start and date.end <= max(end, told) + 60 and not _OTHER_EVENT.search(between):
            return values.begins_after(date.iso, document.published)
    return False


def is_awaited(
    document: LinkedDocument, sentence: LinkedSentence, begin: int, phase: values.PhaseMatch
) -> bool:
    """Whether results are yet to come that an item of a list tells without a verb: "topline data from Phase 3 (Q2)"."""
    return (
        _DATA_OF.search(sentence.text, begin, phase.start) is not None
        and _AHEAD.search(_heading(document, sentence)) is not None
    )


_DATA_OF: Final = Pattern(
    r"\b(?:data|results|read-?outs?|completion)\s+(?:from|of|for|in)\s[^.;]{0,60}$", re.IGNORECASE
)


def _heading(document: LinkedDocument, sentence: LinkedSentence) -> str:
    """The line above the list that a sentence is an item of; else the title of its section."""
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return ""
    lines = document.text[max(0, sentence.start - 1500) : sentence.start].splitlines()
    if not lines or not _ITEM.match(lines[-1] + sentence.text):
        return sentence.section.title
    above = next((line for line in reversed(lines[:-1]) if line.strip() and not _ITEM.match(line)), "")
    above = re.split(r"[.!?]\s+(?=[A-Z])", above.rstrip())[-1]
    return above if len(above) < _LONGEST_HEADING else ""


_ITEM: Final = Pattern(r"\s*(?:[•·▪●○►–—*-]|o\s)")
_LONGEST_HEADING: Final = 160  # characters
_START_OF: Final = Pattern(
    r"\b(?:start|initiation|commencement|launch|begin|initiate|commence|(?:first|initial)\s+(?:[\w-]+\s+)?(?:patients?|participants?"
    r"|subjects?|volunteers?)(?:\s+(?:dosed|treated|enrol?led|screened|randomi[sz]ed|in))?|first\s+dosing|dosing)\b"
    r"(?:\s+(?:of|in|into|the|a|an|its|our|for|with|[A-Z][\w-]+|pivotal|global|registrational|clinical|potentially|patients?))*\s+$",
    re.IGNORECASE,
)
#: "Phase 2 *start*: Q4 2031"
_START_BEHIND: Final = Pattern(
    r"\s+(?:(?:trial|study|program(?:me)?|clinical)\s+)*(?:start|initiation|launch|commencement|FPI|first\s+patient\s+(?:in|dosed|dosing))\b",
    re.IGNORECASE,
)
_AHEAD: Final = Pattern(
    r"\b(?:upcoming|anticipate[sd]?|expect(?:s|ed)?|planned|next\s+(?:milestones?|events?|steps?|catalysts?|twelve|six|12|18|6)|future|forthcoming|ahead|outlook|catalysts|coming)\b",
    re.IGNORECASE,
)
_OTHER_EVENT: Final = Pattern(
    r"[;.]\s|\b(?:data|results|read-?outs?|complet\w+|approv\w+|submi\w+|announced|reported|since|was|were|has|have)\b",
    re.IGNORECASE,
)
