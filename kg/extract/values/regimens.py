"""Schedules: how often and when a dose is given."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.patterns import Pattern
from kg.extract.values.numerals import WORD, Match


@dataclass(frozen=True, slots=True)
class ScheduleMatch(Match):
    """How often and when a dose is given.

    Attributes:
        schedule: the words, blanks and line breaks joined ("weekly for up to 12 weeks", "single dose").
    """

    schedule: str


_COUNT = rf"(?:\d+(?:\.\d+)?|{WORD})"
_PERIOD = r"(?:days?|weeks?|months?|years?|hours?|cycles?|evenings?|mornings?|nights?)"
_TERM = (
    rf"(?:\s+for\s+(?:up\s+to\s+|at\s+least\s+|a\s+total\s+of\s+)?(?:{_COUNT}|a|the\s+first\s+{_COUNT})\s+"
    rf"(?:consecutive\s+|\d+-\w+\s+)?(?:{_PERIOD}|doses|infusions|injections))"
)
_EVERY = rf"every[-\s]+(?:other\s+{_PERIOD}|{_COUNT}(?:\s?(?:-|–|to)\s?{_COUNT})?[-\s]+{_PERIOD}|{_PERIOD})"
_TIMES = rf"(?:once|twice|thrice|(?:{_COUNT})\s+times)"
_RATE = (
    rf"(?:{_TIMES}[-\s]+(?:daily|weekly|monthly|yearly|a\s+(?:day|week|month|year)|per\s+(?:day|week|month"
    rf"|year)"
    rf"|{_EVERY}|over\s+{_COUNT}\s+{_PERIOD})|{_EVERY}"
    rf"|(?:at\s+)?{_COUNT}-(?:day|week|month|year)(?:ly)?\s+intervals|on\s+alternate\s+days|as[-\s]needed|on[-\s]demand"
    r"|in\s+the\s+(?:morning|evening)|(?:once[-\s]+|twice[-\s]+)?(?:nightly|yearly|annually)|(?:three|four|six|twelve)-weekly|fortnightly|semi-?annually|bi-?annually"
    r"|(?:bi-?weekly|at\s+bedtime|each\s+(?:week|month|evening|morning|night)|weekly|monthly|quarterly|daily)(?!\s+(?:basis|dose\b(?!\s+of)))"
    r"|(?<=[mkucµ]g\s)(?:per|a|each)\s+day|[Qq]\d{1,2}[WDMHwdmh]\b|\b(?:Q[WM]|QOD|QOW|[BT]IW|QD|BID|TID|QID|qd|bid|tid)\b"
    r"|\b(?:[btq]\.\s?i\.\s?d\b\.?|[oq]\.\s?[dw]\b\.))"
)
_AMOUNT = r"(?:mg|mcg|[uµμ]g|ng|g|mL|IU|[mkMG]?Bq|m?Ci|vg|cells|units)\b"
_DAYS = (
    rf"(?:(?:on|at|beginning\s+on)\s+)?(?:days?|weeks|months)\s+{_COUNT}(?!\s?%)"
    rf"(?:\s?(?:-|–|to|through)\s?{_COUNT}(?![\w%]|\s?{_AMOUNT}))?(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:(?:day|week|month)\s+)?{_COUNT}(?!\s?%|[.]\d|\s?{_AMOUNT}))*"
    rf"(?:\s+(?:(?:of|in)\s+(?:each|a|every)\s+{_COUNT}-{_PERIOD}\s+cycle"
    rf"|and\s+every\s+{_COUNT}\s+{_PERIOD}(?:\s+thereafter)?))?"
)
#: "given once", "infused one time"; not "once daily"
_ONCE = Pattern(
    r"\b(?:given|administered|infused|injected|dosed|treated|delivered|instilled|applied|transfused)\s+"
    r"(?P<once>(?:only\s+|just\s+)?(?:once|one\s+time))(?!\s*-?(?:daily|weekly|monthly|yearly|nightly|every|per|a|an|each|in|at|over|or)\b)",
    re.I,
)
_NUMBER_OF_DOSES = (
    r"(?:single|one-time|one|two|three|four|five|six|1|2|3|4|5|6)"
    r"(?:[-\s]+(?:subcutaneous|intravenous|intramuscular|intravitreal|intrathecal|subretinal|intracoronary|intratumou?ral|intra-?articular|suprachoroidal|systemic|bolus|oral|IV|SC|ascending|priming|booster"
    r"|fractionated|weekly|monthly|daily))?[-\s]+(?:doses?|infusions?|injections?|administrations?)"
    r"(?!\s+(?:cohorts?|levels?|groups?|arms?|escalation)|[-\s]limiting)"
)
_SCHEDULE = Pattern(
    rf"\b(?:(?P<rate>{_RATE}{_TERM}?(?:\s+thereafter)?)|(?P<days>{_DAYS})"
    rf"|(?P<option>(?:one|single)-?\s+or\s+two-dose)|(?P<doses>{_NUMBER_OF_DOSES}))(?!\w)",
    re.I,
)


_MEASURED = Pattern(r"\b(?:by|at|to|through|until|after|from|since)\s+$|\($", re.I)


def schedules(text: str) -> tuple[ScheduleMatch, ...]:
    """Every schedule of administration, in order.

    The words stay as they are, without a leading "on" or "at"; "single doses" and "single-dose" are "single dose".
    """
    out = []
    for found in _SCHEDULE.finditer(text):
        words = " ".join(found[0].split())
        if found["doses"] and re.match(r"single|one[-\s]|1[-\s]", words, re.I):
            noun = re.search(r"dose|infusion|injection|administration", words, re.I)
            assert noun is not None
            words = f"single {noun[0].casefold()}"
        elif found["days"]:
            if re.match(r"(?:on\s+|at\s+)?(?:weeks?|months?)\s+\S+$", words, re.I):
                continue  # "at week 16" is when something was measured
            if re.match(r"at\s+days?\s+\S+$", words, re.I) or (
                re.match(r"days?\s+(?:[89]|\d{2,})$", words, re.I)
                and _MEASURED.search(text, 0, found.start())
            ):
                continue  # "at day 28", "by day 28" likewise
            words = re.sub(r"^(?:on|at)\s+", "", words, flags=re.I)
        out.append(ScheduleMatch(found.start(), found.end(), words))
    for found in _ONCE.finditer(text) if "once" in text or "one time" in text else ():
        out.append(ScheduleMatch(found.start("once"), found.end("once"), "once"))
    return tuple(sorted(out, key=lambda s: s.start))


_DISTRIBUTED = Pattern(
    rf"(?:on|at)\s+(?P<unit>days?|weeks?|months?)\s+(?P<list>{_COUNT}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:"
    rf"(?:day|week|month)\s+)?{_COUNT})+)\s*,?\s*respectively",
    re.I,
)


def distributed(text: str) -> tuple[tuple[ScheduleMatch, ...], ...]:
    """ "on day 0 and day 7, respectively" as "day 0", "day 7": one schedule for each dose named before it."""
    out = []
    for found in _DISTRIBUTED.finditer(text):
        unit = found["unit"].casefold().rstrip("s")
        out.append(
            tuple(
                ScheduleMatch(found.start(), found.end(), f"{unit} {number}")
                for number in re.findall(rf"{_COUNT}", found["list"], re.I)
            )
        )
    return tuple(out)
