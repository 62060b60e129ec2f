"""One figure of one outcome, and the names that endpoints and measures go by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.model import Entity, Quantity

#: An endpoint in a sentence: offsets and what it is.
Endpoint = tuple[int, int, Entity]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure of one outcome.

    Attributes:
        start, end: offsets of the figure in the sentence.
        name: what was measured: "ORR", "median PFS", "tumor burden reduction", "hazard ratio for PFS".
        endpoint: the endpoint, where the vocabulary knows it.
        quantity: the figure.
    """

    start: int
    end: int
    name: str
    endpoint: Entity | None
    quantity: Quantity


@cache
def adverse() -> Pattern:
    """Words for findings of safety."""
    forms = "|".join(row["form"].replace(" ", r"\s+") for row in table("adverse_events"))
    return Pattern(rf"\b(?:{forms})(?!\w)", re.IGNORECASE)


def is_adverse(words: str) -> bool:
    """Whether words speak of safety."""
    return adverse().search(words) is not None


@cache
def heads() -> dict[str, str]:
    """Nouns that end the name of an outcome, each with its kind: event or measure."""
    return {row["noun"]: row["kind"] for row in table("outcome_heads")}


def head_kind(word: str) -> str | None:
    """The kind of outcome that a noun ends, in the singular or plural: "responses" an event, "titres" a measure."""
    folded = word.casefold()
    return heads().get(folded) or heads().get(folded.removesuffix("s"))


#: The sign that may stand right before a figure.
SIGN: Final = "[-−–+~≈>]?"
#: About how much: what stands between a verb and its figure.
ABOUT: Final = (
    r"(?:a\s+|an\s+|the\s+)?(?:(?:mean|median|average|total|maximum|relative|absolute|placebo-adjusted"
    r"|adjusted)\s+(?:of\s+)?"
    r"|up\s+to\s+|approximately\s+|about\s+|around\s+|roughly\s+|some\s+"
    r"|more\s+than\s+|over\s+|nearly\s+|almost\s+|at\s+least\s+|as\s+much\s+as\s+|only\s+|just\s+)*" + SIGN
)
#: People whose share a figure may be, as a pattern.
PEOPLE: Final = (
    r"(?:patients?|participants?|subjects?|adults?|children|volunteers?|people|individuals|women|men"
    r"|adolescents|infants"
    r"|boys|girls|recipients|responders|non-responders|vaccinees|completers|eyes|lesions|males|females"
    r"|those|them|cases|mice|animals)"
)
_DOSE_UNIT: Final = (
    r"(?:mg|[µμ]g|ug|mcg|g|MBq|GBq|kBq|mCi|IU|vg|cells?|mL|units)(?:/(?:kg|m2|m²|eye|day|dose))*"
)
#: A dose with its schedule, as a pattern.
DOSE: Final = (
    rf"\d[\d,.]*(?:\s?[x×]\s?10\^?\d+)?(?:\s(?:million|billion|trillion))?\s?{_DOSE_UNIT}(?:\s+per\s+\w+)?"
    r"(?:\s+(?:Q\d+[WD]|QD|BID|TID|(?:once|twice|three\s+times)[-\s](?:daily|weekly|monthly|a\s+day"
    r"|a\s+week)|every\s+(?:\w+\s+){1,2}?(?:days|weeks|months)"
    r"|every\s+(?:day|week|month|other\s+\w+)|daily|weekly|monthly))?"
    r"(?:\s+(?:and\s+above|and\s+higher|or\s+(?:more|above|higher)))?"
)
TIME_ENDPOINT = Pattern(r"surviv|\w*[PREDM]FS\b|\bOS\b|DO[RS]|duration|time\s+to|TTP|TTNT", re.IGNORECASE)


def covering(endpoints: Sequence[Endpoint], text: str, name: str) -> Entity | None:
    """The endpoint that the name of an outcome holds."""
    return next((e for low, high, e in endpoints if text[low:high].casefold() in name.casefold()), None)


def called(text: str, endpoint: Endpoint) -> str:
    """How a result calls its endpoint: by the abbreviation that stands there or is usual ("ORR", "EASI-75")."""
    low, high, entity = endpoint
    if text[max(0, low - 1) : low] == "-":  # "micro-dystrophin expression"
        low = len(re.sub(r"[\w-]*$", "", text[:low]))
    printed = " ".join(text[low:high].split())
    digits = re.match(r"[- ]\d{2,3}\b(?![\d.]*\s*%|\.\d)", text[high:])
    if median := re.fullmatch(r"m(PFS|OS|DO[RS]|TTP)", printed):
        return f"median {median[1]}"
    if re.fullmatch(r"[a-z]?[A-Z][A-Za-z0-9/-]{1,9}", printed) and sum(c.isupper() for c in printed) >= 2:
        if entity.label.startswith(printed) and re.search(r"\d", entity.label[len(printed) :]):
            return entity.label  # "IGA 0/1"
        return printed + (digits[0] if digits else "")
    if low != endpoint[0]:
        return printed
    if re.fullmatch(r"[A-Z]{3,}[\s-]\d[\d/]*", printed):
        return printed  # "IGA 0/1"
    short = short_name(entity)
    if not _abbreviates(short, printed):
        return lower_first(printed)
    more = re.search(r"\s(?:negativity|slope)$", printed)
    if more and not short.casefold().endswith(more[0].strip()):  # "eGFR slope" is no eGFR
        before = printed[: more.start()]
        return (before if re.search(r"[A-Z]{2}", before) else short) + more[0]
    return lower_first(printed) if short == entity.label and short.casefold() != printed.casefold() else short


def _abbreviates(short: str, printed: str) -> bool:
    """Whether an abbreviation in capitals is that of the words printed: "SVR12" is none of "virologic response"."""
    if not re.fullmatch(r"[A-Z][A-Z-]+\d*", short) or " " not in printed:
        return True
    letters = iter(printed.casefold())
    named = re.sub(r"[\d-]", "", short).casefold()
    if not any(word.startswith(named[0]) for word in re.split(r"[\s-]", printed.casefold())):
        return False
    return all(letter in letters for letter in named) and (short[-1:].isalpha() or short[-1] in printed)


def short_name(entity: Entity) -> str:
    """The usual abbreviation of an endpoint, if it has one ("ORR"), else its label."""
    return next(
        (
            a
            for a in entity.alt
            if re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,6}", a) and sum(c.isupper() for c in a) >= 2
        ),
        entity.label,
    )


def lower_first(words: str) -> str:
    """Words as in the middle of a sentence: "Tumor burden" → "tumor burden", "HbA1c" as it is."""
    return words[0].lower() + words[1:] if re.match(r"[A-Z][a-z]+(?![A-Za-z0-9(]|-[A-Z])", words) else words


#: What stands before a figure that is the distance between two arms.
DIFFERENCE: Final = Pattern(
    rf"(?:\(|\btreatment\s+|\brisk\s+|[,;]\s+(?:for\s+|with\s+|representing\s+|resulting\s+in\s+|corresponding\s+to\s+)?an?\s+"
    rf"(?:(?:placebo-adjusted|placebo-corrected|statistically|significant|absolute|adjusted|mean|LS|between-group|net|clinically|meaningful|highly|and)"
    rf"\s+)*|(?:[(;,]\s*|^)(?:The\s+)?(?:(?:LS|adjusted|treatment|placebo-adjusted|estimated|between-group"
    rf"|mean|least[- ]squares)\s+)*)(?:difference|diff\b\.?|delta|Δ)\s*"
    rf"(?:(?:versus|vs\.?|from|over|compared\s+(?:with|to))\s+placebo"
    rf"\s+|between\s+(?:the\s+)?(?:two\s+)?(?:groups|arms|treatments)\s+)?(?:of|was|:|,|=)?\s*{ABOUT}$",
    re.IGNORECASE,
)
#: What may stand between an endpoint and the figure behind it.
LEFT_OF_FIGURE: Final = Pattern(
    r"\s*\)?\s*(?:\((?:[\w\s-]+|[≥>][^()]{1,30})\)\s*)?(?:rates?\s+)?(?:(?:[\w-]+\s+){0,8}?(?:of|was|is|were|at|reached|by"
    r"|came\s+to|amounted\s+to|averaged|in)|:|=)?\s*"
    r"(?:approximately|about|at\s+least|more\s+than|over|up\s+to)?\s*[~≈]?\(?"
    r"|(?:[^.;()%]|\.(?=\d)){0,90}\((?:median\s+|[A-Z][\w-]*(?:\s\d+)?:\s*)?"
    r"|(?:\s+(?:at\s+(?:week|month|day|year)\s+\d+|at\s+\d+\s+(?:weeks|months|years)|(?:by|per)\s+(?:blinded\s+)?(?:[A-Z]{3,5}|independent\s+review|investigators?|central\s+review"
    r"|m?RECIST|i?RECIST|RANO|Lugano|IMWG|iwCLL|Cheson)(?:\s+(?:v(?:ersion)?\s?)?[\d.]+)?(?:\s+criteria)?)){0,3},?\s+(?:(?:was|were|of)\s+)?"
    r"|\s+(?:in|for)\s+(?:(?!patients|was|were|of)[A-Za-z][\w-]*\s+){1,3}"
    r"|\s+by\s+[\d.]+\s+(?:months|weeks|years|days),?\s+to\s+(?:a\s+median\s+of\s+)?"
    r"|\s*\)?\s*(?:rates?\s+)?(?:was|were)\s+(?:achieved|reached|seen|observed)\s+(?:by|in)\s+\w+\s+of\s+"
    r"(?:the\s+)?\w+\s+[\w\s]{0,50}?\("
)
