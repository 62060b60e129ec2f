"""What the phrases before and behind a figure share: the name of an outcome, and the words that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract import values
from kg.extract.lexicon import table
from kg.extract.outcomes.figures import TIME_ENDPOINT, Endpoint, called
from kg.extract.patterns import Pattern
from kg.model import Entity


@dataclass(frozen=True, slots=True)
class Named:
    """What a figure is of.

    Attributes:
        name: as results are known by.
        endpoint: where the vocabulary knows it.
        end: offset in the sentence where the words end that name it; the figure's own end where they stand before it.
    """

    name: str
    endpoint: Entity | None
    end: int


#: What stands for an outcome told elsewhere.
NAMELESS: Final = Pattern(
    r"^(?:it|this|that|they|these|those|which|(?:(?:the|its|this|that|these|corresponding|respective)\s+)*"
    r"(?:(?:(?:co-)?primary|key|secondary|main|overall|study|trial|same|corresponding|comparable|respective|[\w-]+-(?:year|month|week))\s+)*"
    r"(?:results?|figures?|values?|percentages?|proportions?|shares?|numbers?|end\s?points?|criteri(?:on|a)|outcomes?|goals?|objectives?))$",
    re.IGNORECASE,
)
#: "week 16": a time, and no name.
TIME_ALONE: Final = Pattern(r"(?:week|month|day|year|visit)s?\s+\d+", re.IGNORECASE)
LEADING_WORDS = Pattern(
    r"^(?:(?!at\s+least\b|(?:more|higher|greater)\s+than\b)"
    r"(?:and|but|for|the|an?|its|this|their|also|with|in|of|at|by|mean|average|geometric\s+mean(?!\s+(?:tit|conc|fold|ratio|anti))|overall"
    r"(?=\s+(?:rate|vaccine))"
    r"|corresponding|observed|adjusted|least[- ]squares|(?:kaplan-meier\s+)?estimates?(?=\s+of\b)"
    r"|(?:kaplan-meier\s+)?estimated"
    r"|respective|same|best|i\.e\.,?|namely|resulting|(?:(?:key|co-?primary|primary|secondary|composite|exploratory|efficacy)\s+)*(?:end\s?point|outcome)(?:\s+measure)?(?:\s+of)?|numerically|significantly|statistically|more|higher|greater"
    r")\s+)+",
    re.IGNORECASE,
)
NO_OUTCOME_WORDS = Pattern(
    r"\b(?:we|they|company|follow-up|doses?|age|revenues?|sales|costs?|expenses?|enrol\w+|difference|power"
    r"|probability|confidence"
    r"|stake|price|workforce|headcount|staff|personnel|overheads?|budget|jobs|historical|benchmark|hurdle|prevalence|population|cash|loss\s+per|net\s+loss|operating|interest|margin|tax|market"
    r"|drug-to-antibody|share(?:s|holders?)?|premium|royalt\w+|discount|received|(?:had\s+)?previously|prior\s+(?:lines?|therap\w+|treatments?|regimens?|systemic)"
    r"|lines\s+of\s+therapy)\b",
    re.IGNORECASE,
)
MODIFIERS = Pattern(
    r"^(?:(?:confirmed|unconfirmed|interim|radiographic|landmark|IRC-assessed|BICR-assessed|centrally|locally|median|mean|overall|best|estimated|objective|investigator-assessed"
    r"|independently|assessed|blinded|observed|kaplan-meier"
    r"|(?:\d{1,2}|one|two|three|four|five|six|twelve)[- ](?:month|year|week))\s*)*$",
    re.IGNORECASE,
)
TAIL = Pattern(
    r"^\)?\s*(?:(?:\([^)]*\)\s*)?(?:rates?|responses?|scores?|or\s+better|responders?|estimates?|probabilit(?:y|ies)))?\s*$",
    re.IGNORECASE,
)
OF_TREATMENT = Pattern(
    r"\b(?:treatment|study|trial|therapy|drug|dosing|participation|medication)\b", re.IGNORECASE
)
#: "77% had a mean reduction of 2.6 mg/dL": the figure is that of the change.
MEAN_CHANGE: Final = Pattern(
    r"(?:mean|median|average)\s+(?:reduction|increase|decrease|improvement|decline|change)\s+(?:in\s+[\w\s-]{2,40}?\s+)?of\s+\d",
    re.IGNORECASE,
)
#: "overall survival at 24 months stood at"
MONTHS_BEHIND = Pattern(
    r"\)?\s+(?:rates?\s+)?at\s+(\d{1,2}|one|two|three|four|five|six|nine|twelve)\s+(month|year)s?\b"
)
MONTHS_BEFORE = Pattern(
    r"\b(\d{1,2}|one|two|three|four|five|six|nine|twelve|eighteen|twenty-four|thirty-six)[- ](month|year|mo|yr)\s+"
    r"(?:[a-z]+\s+)?$",
    re.IGNORECASE,
)


def called_within(text: str, endpoint: Endpoint) -> str:
    """An endpoint by its usual name, with "12-month" or "responders" where these belong to it."""
    name = called(text, endpoint)
    responders = re.match(
        r"\)?\s+(responders?|response(?:\s+rate)?|responder\s+rate|or\s+better)\b", text[endpoint[1] :]
    )
    if responders and not name.casefold().endswith(responders[1].casefold()):
        name += f" {' '.join(responders[1].split())}"
    if re.match(r"[-\s]+negativ(?:e|ity)\b", text[endpoint[1] :]):
        name += " negativity"
    months = MONTHS_BEFORE.search(text[: endpoint[0]])
    if months is None and TIME_ENDPOINT.search(name) and (later := MONTHS_BEHIND.match(text, endpoint[1])):
        number = later[1] if later[1].isdigit() else str(values.decimal(later[1]))
        return f"{number}-{later[2].lower()} {name}"
    if months is None:
        return name
    number = months[1] if months[1].isdigit() else str(values.decimal(months[1]))
    return f"{number}-{'month' if months[2][0] in 'mM' else 'year'} {name}"


_NUMBER: Final = (
    r"(?P<number>\d{1,2}|one|two|three|four|five|six|nine|twelve|eighteen|twenty-four|thirty-six)"
)
#: "68.6% and OS probability of 85.7% at 24 months"
_AT_BEHIND: Final = Pattern(
    rf"\s*(?:\([^()]*\)\s*)?(?:,?\s*and\s+(?:an?\s+)?[^.;%\d]{{0,40}}"
    rf"\d[\d.]*\s?%\s*(?:\([^()]*\)\s*)?)?at\s+{_NUMBER}[\s-](?P<unit>month|year)s?\b",
    re.IGNORECASE,
)
#: "At 24 months, PFS was", "the OS estimate at three years was"
_AT_BEFORE: Final = Pattern(
    rf"(?:^|[.;]\s+)\W*at\s+{_NUMBER}[\s-](?P<unit>month|year)s?,\s(?:[^.;]|\.(?=\d))*$"
    rf"|\bat\s+{_NUMBER.replace('number', 'number2')}[\s-](?P<unit2>month|year)s?"
    r"(?:\s+(?:was|were|of|stood\s+at|reached)\s+(?:estimated\s+at\s+)?|:\s+)(?:about\s+|approximately\s+)?$",
    re.IGNORECASE,
)


def timed(left: str, right: str) -> str:
    """The time of a share, told before or behind it, as it begins a name: "24-month "; else nothing."""
    found = _AT_BEHIND.match(right)
    if found is None:
        found = _AT_BEFORE.search(left)
        if found is None:
            return ""
        number, unit = found["number"] or found["number2"], found["unit"] or found["unit2"]
    else:
        number, unit = found["number"], found["unit"]
    return f"{values.decimal(number)}-{unit.lower()} "


STATE = Pattern(
    r"\w+[-\s](?:free|negative|independent|positive|na[iï]ve)$|^(?:independent\s+of|free\s+of|off|alive|progression-free|relapse-free"
    r"|seizure-free|ambulatory)\b"
)
#: "8% seizure-free"
STATE_BEHIND = Pattern(
    r"\)?\s+(?P<state>[A-Za-z]+(?:-[a-z]+)?-free|seronegative|alive\s+and\s+[\w-]+-free)"
    r"(?=\s*[.,;)(]|\s+(?:at|for|by|after|and|versus|vs)\b|$)"
)
ACHIEVING = Pattern(r"achiev|reach|attain|met|maintain|kept|retain|gained|obtained|demonstrat", re.IGNORECASE)


def outcome_of(verb: str) -> str:
    """The outcome that a verb tells: "responded" an ORR."""
    folded = " ".join(verb.casefold().split())
    return next(row["outcome"] for row in table("outcome_verbs") if row["verb"] == folded)
