"""Schedules in words → what they share: "QD" and "once a day" are one rhythm."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.patterns import Pattern

#: How long a trial treats is no part of how often: "once daily for 12 months".
TREATED_FOR: Final = Pattern(
    r"\s+for\s+(?:(?:\d+|[a-z]+)\s+(?:days|weeks|months|years)|(?:up\s+to\s+)?(?:\d+|[a-z]+)\s+cycles)$"
)
#: How many doses, or which of them; it tells less than how often.
LOOSE: Final = Pattern(
    r"(?:two|three|four|five|six|\d)\s(?:\w+\s)?(?:doses|injections|infusions)|(?:maintenance|starting)\sdose|weeks\s\d+\sand\s\d+",
    re.IGNORECASE,
)
_UNITS: Final = {"d": "day", "w": "week", "m": "month"}
_DAILY: Final = {
    "daily": "1 day",
    "qd": "1 day",
    "nightly": "1 day",
    "weekly": "1 week",
    "qw": "1 week",
    "biweekly": "2 week",
    "bid": "2 a day",
    "monthly": "4 week",
    "qm": "4 week",
    "quarterly": "12 week",
}
_SAME: Final = {
    "month": "4 week",
    "1 month": "4 week",
    "3 month": "12 week",
    "14 day": "2 week",
    "21 day": "3 week",
    "28 day": "4 week",
    "other week": "2 week",
}


def rhythm(schedule: str) -> str:
    """What two ways of telling one schedule share: "QD" and "once a day"; "Q3W" and "once every three weeks"."""
    text = TREATED_FOR.sub("", schedule.casefold()).replace("-", " ").replace(".", "").strip()
    text = re.sub(r"\b(?:q|every )(\d+) ?([wdm])\w*", lambda m: f"{m[1]} {m[2]}", text)
    text = re.sub(r"^(?:once|1 time) |^(?:every|each|per|an?) |^once (?:every|an?|per|each) ", "", text)
    text = " ".join(str(_NUMBERS.get(word, word)) for word in text.split())
    text = re.sub(r"^(?:every|each|per|an?) ", "", text)
    text = re.sub(r"\b(\d+) ([wdm])\w*$", lambda m: f"{m[1]} {_UNITS[m[2]]}", text)
    text = _DAILY.get(text, "1 " + text if text in ("day", "week", "month") else text)
    text = re.sub(r"^(?:twice|2 times) (?:daily|an? day|per day)$", "2 a day", text)
    if re.match(r"(?:single|one|once)\b|once$", text):
        return "once"
    return _SAME.get(text, text)


_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "six": 6, "eight": 8, "twelve": 12}
