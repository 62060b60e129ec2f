"""What a text says of the size and the places of a trial: how many it takes in, its sites, its countries."""

from __future__ import annotations

import re
from typing import Final

from kg.extract import values
from kg.extract.patterns import Pattern
from kg.model import Value

#: People in trials, as a pattern.
SUBJECTS: Final = (
    r"(?:patients?|participants?|subjects?|adults?|children|volunteers?|people|individuals|persons|women"
    r"|men|adolescents"
    r"|infants|boys|girls|males|females|newborns|toddlers|recipients)"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_N = rf"(?<![\w./-])(?P<n>{_DIGITS}|{values.NUMBER_WORD})"
_ABOUT_N = (
    r"(?:up\s+to\s+|approximately\s+|approx\.\s+|about\s+|around\s+|as\s+many\s+as\s+|over\s+|more\s+than\s+"
    r"|at\s+least\s+|nearly\s+|some\s+"
    r"|its\s+|all\s+(?:of\s+)?(?:its\s+|the\s+)?|a\s+total\s+of\s+|an\s+additional\s+|an\s+estimated\s+|the\s+first\s+)*"
)
_SOME: Final = rf"{_ABOUT_N}~?{_N}"
_KINDS: Final = (
    r"(?:(?!\d|of\b|every\b|trials?\b|stud(?:y|ies)\b|phase\b|with\b|in\b|for\b|were\b)[\w/,-]+\s+){0,5}?"
)
_TAKEN: Final = r"(?:enrol?led|randomi[sz]ed|recruited|included|dosed|treated|infused|vaccinated|assigned)"
_BY_NOW: Final = r"(?:(?:now|already|since|all|also|actually)\s+)*"
#: How many a trial takes in, in words that tell it of no less than the trial
_TOTAL = (
    # "In 76 patients with glioma, AB-1 halved relapses"
    Pattern(rf"^\W*In\s+(?:the\s+)?(?P<n>{_DIGITS})\s+{_KINDS}{SUBJECTS}\b", re.IGNORECASE),
    # "the 4,500th participant has been randomised"
    Pattern(
        rf"\b(?P<n>{_DIGITS})(?:st|nd|rd|th)\s+(?:and\s+(?:last|final)\s+)?{SUBJECTS}\s+(?:(?:has|have|was|were|is|been|now)\s+)+"
        rf"{_TAKEN}\b",
        re.IGNORECASE,
    ),
    # "plans to treat 6-18 children", "has 71 of 100 patients on board", "want of recruitment (612 of 2,100)"
    Pattern(
        rf"\b(?:enrol|treat|recruit|randomi[sz]e|includ|dos)\w*\s+(?:about\s+|between\s+)?\d+\s?(?:-|–|to|and)\s?(?P<n>{_DIGITS})\s+"
        rf"(?:(?!\d)[\w/-]+\s+){{0,3}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b{_DIGITS}\s+(?:out\s+)?of\s+(?:an?\s+|the\s+|its\s+)?(?:planned\s+|intended\s+|targeted\s+)?(?P<n>{_DIGITS})\s+{SUBJECTS}\s+"
        r"(?:on\s+board|in\s+(?:the|its|our)\s+(?:[\w/-]+\s+){0,4}?(?:trial|study)|already|so\s+far)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:recruitment|enrol?lment|accrual|recruited|enrol?led)\b[^.;()]{{0,40}}\((?P<n>{_DIGITS})\s+of\s+(?:the\s+|an?\s+)?(?:planned\s+)?{_DIGITS}\b",
        re.IGNORECASE,
    ),
    # "(target: 40)", "planned number of patients: 220", "the sample size was increased to 540"
    Pattern(
        rf"\(\s*(?:[^()]*[;,]\s*)?target(?:ed)?(?:\s+(?:enrol?lment|size|n))?:?\s*(?:of\s+|=\s*)?{_SOME}\s*(?:{SUBJECTS}\s*)?[);,]",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:number\s+of\s+(?:study\s+)?{SUBJECTS}|(?:sample|study|trial)\s+size|enrol?lment|recruitment|accrual)"
        r"(?:\s+(?:target|goal|number|total))?(?:\s+(?:in|of|for)\s+(?:the|our|its|this)\s+[^.;,()]{0,80}?)?\s*"
        r"(?:[:|=]\s*|\s(?:(?:is|was|has|has\s+been|have|had|now|currently|planned|expected|set|completed|closed|complete|stands?|reached|increased"
        r"|expanded|raised|reduced|totals?|totall?ed|of|at|to|with|from|by|between|and|be)\s+)+)"
        rf"(?:\d+\s+(?:of|to)\s+(?:an?\s+|the\s+)?(?:planned\s+)?)?{_SOME}\b(?!\s?(?:%|\d|[,.]\d|-?\s?(?:sites|cent|hospitals|countries|weeks|months|days|years)))",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:planned|target(?:ed)?|total|intended|expected|projected|enrol?lment|recruitment)\s+(?:enrol?lment|target|goal)\s+(?:is|of|was)\s+{_SOME}",
        re.IGNORECASE,
    ),
    # "the intent-to-treat population numbered 226", "in the overall population (n=688)"
    Pattern(
        r"\b(?:ITT|intent(?:ion)?-to-treat|overall|full(?:\s+analysis)?|total|entire|whole|safety|study)\s+(?:study\s+|trial\s+)?(?:population|set|cohort)\s*"
        rf"(?:\([^()\d]*|(?:of|numbered|number(?:s|ing)|includ(?:ed|es|ing)|compris(?:ed|es|ing)|consist(?:ed|s|ing)\s+of|was|with)\s+{_ABOUT_N})(?:[nN]\s?=\s?)?(?P<n>{_DIGITS})\b(?!\s?%)",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:[Oo]f|[Aa]mong)\s+(?:the\s+|all\s+)*(?P<n>{_DIGITS})\s+{SUBJECTS}\s+(?:who\s+were\s+)?{_TAKEN}\b"
    ),
    Pattern(
        r"(?:[(;]|,\s)\s*(?:target:?\s+|up\s+to\s+|about\s+|some\s+|approximately\s+)?(?:[nN]\s?=\s?)?"
        rf"(?P<n>{_DIGITS})\s+(?:(?!\d+\s)[\w-]+\s+){{0,2}}?"
        rf"{SUBJECTS}\b(?:\s+(?:planned|randomi[sz]ed|enrol?led|dosed|treated|recruited|expected|to\s+date|so\s+far))*"
        r"\s*(?=[);,]|\s(?:in|aged|at|treated|with|dosed|from)\s)"
    ),
    # "continues to enroll, with a goal of 160"
    Pattern(
        rf"\b(?:enrol|recruit)\w*\b[^.;]{{0,60}}?\b(?:goal|target)\s+of\s+{_SOME}\b",
        re.IGNORECASE,
    ),
    # "85 patients were screened and 54 enrolled"
    Pattern(
        rf"\bscreened\b[^.;]{{0,30}}?\b(?:and|which|whom|with)\s+(?P<n>{_DIGITS})\s+(?:{SUBJECTS}\s+)?"
        r"(?:were\s+|have\s+been\s+|had\s+been\s+)?(?:enrol?led|randomi[sz]ed|treated|dosed)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\bfully\s+enrol?led\s*(?:in\s+[A-Z]?\w+(?:\s+\d{{4}})?\s+)?(?:,\s*|\(\s*)?(?:(?:with|at)\s+)?{_ABOUT_N}(?:n\s?=\s?)?(?P<n>{_DIGITS})\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b{_N}\s+of\s+(?:a\s+|the\s+)?(?:planned\s+|targeted\s+|intended\s+|expected\s+|required\s+|projected\s+)?(?P<whole>\d[\d,]*"
        rf"|{values.NUMBER_WORD})\s+{SUBJECTS}\s+"
        r"(?:have\s+been|had\s+been|were|to\s+be)\s+(?:included|enrolled|randomi[sz]ed|recruited|dosed|treated)",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:(?:enrol?lment|recruitment)\b[^.;()]{{0,160}}?\b(?:with|at|of|to|in|include|includes|total|totals|comprise|reached)|(?:dosing|treatment|randomi[sz]ation|vaccination)\s+(?:of|in))\s+{_SOME}\s+"
        rf"{_KINDS}{SUBJECTS}\b(?!\s+(?:discontinu|died|experienced|responded|achieved|had\b))",
        re.IGNORECASE,
    ),
    # "will enrol 360."; "has enrolled 231 of 350 patients"
    Pattern(
        rf"\b(?:enrol?led|randomi[sz]ed|recruited|dosed)\s+{_SOME}\s+of\s+(?:(?:an?|the|its|up|to|about|some)\s+)*"
        rf"(?:planned\s+|target(?:ed)?\s+)?(?P<whole>{_DIGITS})\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:will|to|has|have|expects?|plans?)\s+(?:{_BY_NOW})(?:enrol?l?|recruit|randomi[sz]e|includ)(?:ed|e)?\s+{_SOME}"
        r"(?=\s*(?:[.;)]|,\s(?!\d)|$|\s(?:in|at|across|from)\s))",
        re.IGNORECASE,
    ),
    # "has enrolled 120 patients", "plans to treat 30 men", "a total of 40 patients", "all 60 volunteers"
    Pattern(
        rf"\b(?:(?:has|have|had|we|and|company|it|study|trial|will|to|which|that)\s+{_BY_NOW}"
        r"(?:enrol?l(?:ed)?|enrol(?:ls)?|recruit(?:ed|s)?|randomi[sz]e[ds]?|include[ds]?|dosed|treat(?:ed)?|enrol)"
        rf"|total\s+of|all(?:\s+of)?(?:\s+the)?|the\s+last\s+of)\s+{_SOME}\s+{_KINDS}{SUBJECTS}\b(?!\s+(?:responded|achieved|had\b|experienced|showed))",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?P<n>{_DIGITS})[-\s](?:patient|subject|participant|person|volunteer)\b(?!s)", re.IGNORECASE
    ),
    Pattern(
        rf"(?<!%\s)(?<!of\s){_N}\s+{_KINDS}{SUBJECTS}\s+(?:(?:with|aged|who|from|whose|previously|inadequately)\s+[^.;,]{{3,80}}?\s+)?"
        rf"(?:(?:were|was|have|has|had|are|is|will|to)\s+(?:be\s+|been\s+|to\s+(?:be\s+)?|{_BY_NOW}been\s+)?{_BY_NOW}(?:{_TAKEN}|given|take\s+part|taken\s+part|participate|studied)"
        r"|took\s+part|participated|(?:have\s+|had\s+)?(?:been\s+dosed|received|got|took)|will\s+(?:receive|get|take|inhale))\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?P<n>{_DIGITS})\s+{_KINDS}{SUBJECTS}\b[^.;]{{0,160}}?\b(?:were|was)\s+"
        rf"(?:enrolled|randomi[sz]ed|recruited)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b{SUBJECTS}\s+\((?:[nN]\s?=\s?)?(?P<n>{_DIGITS})(?:\s+in\s+(?:total|all))?\)\s+(?:(?:were|was|will\s+be|have\s+been|are)\s+(?:{_TAKEN})|received|will\s+receive)\b",
        re.IGNORECASE,
    ),
)
#: How many, in words that tell it where a trial is spoken of
_SIZE = (
    # "~640 treatment-naive patients, 120+ sites"
    Pattern(
        rf"(?:^|[:•*–—-]\s|\bo\s+)\W*(?:~|approx\.\s|approximately\s|about\s)\s?(?P<n>{_DIGITS})\s+(?:(?!\d)[\w/-]+\s+){{0,3}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"(?:\b(?:trials?|stud(?:y|ies))\s*(?:[A-Z][\w-]*\d[\w-]*\s+)?(?:\([^()]*\)\s*)?,?\s*|\)\s)(?:of|in|with|among)\s+{_ABOUT_N}{_N}\s+"
        rf"(?:(?!\d+\s)[\w/-]+\s+){{0,5}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\btarget(?:ing|s|ed)?:?\s+{_SOME}\s+{_KINDS}{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        r"\b(?:enrol(?:l(?:ed|ing|s|ment\s+of)?|s|ling|led|ment\s+of)?|recruit(?:ed|ing|s|ment\s+of)?|randomi[sz]"
        r"(?:e[sd]?|ing)"
        r"|includ(?:e[sd]?|ing)|compris(?:e[sd]?|ing)|(?:given|administered)\s+to|involv(?:e[sd]?|ing)|evaluat(?:e[sd]?|ing)|dos(?:e[sd]?|ing)"
        r"|treat(?:ed|ing)?|data\s+(?:from|on|of)|results\s+(?:from|in)"
        r"|(?:trial|study)\s+(?:of|with|among)|(?:study|trial)(?:'s|’s)|in|in\s+which|across|among)\s+"
        rf"{_SOME}\s+{_KINDS}{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    # "In the Phase 1b study, 27 participants who …"; "with 72 patients to be randomized"
    Pattern(
        rf"\b(?:trials?|stud(?:y|ies))(?:\s*\([^()]*\))?,\s+{_ABOUT_N}{_N}\s+(?:(?!\d+\s)[\w/-]+\s+){{0,4}}?{SUBJECTS}\b"
        r"(?!\s+(?:\([\d.]+\s?%\)|on|achieved|had|reached|responded|showed|experienced|discontinued|died))",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\bwith\s+{_SOME}\s+{_KINDS}{SUBJECTS}\s+(?:to\s+be\s+)?"
        r"(?:enrol?led|randomi[sz]ed|recruited|planned|dosed|treated)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"(?<!group )(?<!arm )(?<!cohort )(?<!dose )\((?:[^()]*[;,]\s*)?[nN]\s?=\s?(?P<n>{_DIGITS})\s*[),;]"
    ),
)
SITES = Pattern(
    rf"\b(?P<n>\d[\d,]*|{values.NUMBER_WORD})\+?\s+(?:(?!\d|in\b|at\b|and\b|patients\b|of\b)[\w.-]+\s+){{0,4}}?"
    r"(?:sites|cent(?:er|re)s|hospitals|institutions|clinics)\b",
    re.IGNORECASE,
)
_SINGLE_SITE: Final = Pattern(r"\bsingle[- ](?:cent(?:er|re)|site|institution)\b", re.IGNORECASE)
#: "26 countries", "eleven European countries"
_COUNTRIES: Final = Pattern(
    rf"\b(?:\d{{1,3}}|{values.NUMBER_WORD})\s+(?:(?:European|Asian|African|other|different)\s+)?countries\b",
    re.IGNORECASE,
)
_PLACED = Pattern(
    rf"\b(?:sites?|cent(?:er|re)s?|hospitals?|conducted|enrol\w+|recruit\w+|randomi[sz]\w+|countries|{SUBJECTS})\b",
    re.IGNORECASE,
)
_MARKET = Pattern(
    r"\b(?:approv\w+|market\w*|licen[cs]\w+|rights|designat\w+|headquarter\w*|sold|commerciali\w+|common"
    r"|incidence|diagnosed)\b",
    re.IGNORECASE,
)

_ARM_SIZE: Final = Pattern(r"\([nN]\s?=\s?\d+\)")
#: Before a year: "in January 2026 the first patient"
_OF_DATE: Final = Pattern(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Q[1-4]|quarter\s+of"
    r"|half\s+of|late|early|mid|end\s+of|since|by|in)\s*$"
)


def counted(text: str) -> int | None:
    """How many a trial takes in, where words tell it that need no "trial" beside them."""
    return _count(text, _TOTAL)


def _count(stretch: str, forms: tuple[Pattern, ...]) -> int | None:
    arms = len(_ARM_SIZE.findall(stretch)) > 1
    for pattern in forms:
        if arms and pattern is _SIZE[-1]:
            break  # "AB-1 (N=365) or placebo (N=184)": sizes of arms
        found = pattern.search(stretch)
        if (
            found
            and not _PART.search(stretch, max(0, found.start() - 45), found.end() + 26)
            and not _ONE_IN.search(stretch, 0, found.start("n"))
        ):
            number = int(values.decimal((found.groupdict().get("whole") or found["n"]).rstrip(",")))
            year = 1990 <= number <= 2040 and _OF_DATE.search(stretch, 0, found.start("n")) is not None
            if number > 2 and not year:  # "the first patient", "one in three patients"
                return number
    return None


#: "fewer than five in *10,000 people*"
_ONE_IN: Final = Pattern(
    rf"(?<![\w-])(?<!phase\s)(?:\d{{1,2}}|{values.NUMBER_WORD})\s+(?:in|per|(?:out\s+)?of\s+every)\s+(?:every\s+)?$",
    re.IGNORECASE,
)
_PART: Final = Pattern(r"(?<![-\w])(?:cohort|arm|portion)\b", re.IGNORECASE)


def size_details(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """Enrolment, sites and countries stated between two offsets."""
    out: list[tuple[str, Value]] = []
    stretch = text[start:end]
    if (number := _count(stretch, (*_TOTAL, *_SIZE))) is not None:
        out.append(("enrollment", number))
    for found in SITES.finditer(stretch):
        try:
            number = int(values.decimal(found["n"]))
        except ValueError:
            continue
        if number < 3000:
            out.append(("sites", number))
            break
    if _SINGLE_SITE.search(stretch) and not any(name == "sites" for name, _ in out):
        out.append(("sites", 1))
    countries_before = len(out)
    if _PLACED.search(stretch) or not _MARKET.search(stretch):
        out += [
            ("country", c.label)
            for c in values.terms(stretch, "countries")
            if (
                re.search(
                    r"(?:\b(?:in|across|throughout|and|from|within)|[,;(])\s*(?:the\s+)?$",
                    stretch[: c.start],
                    re.IGNORECASE,
                )
                and not re.match(
                    r"\s+(?:Food|FDA|CT\b|Clinical\s+Trial|MDR|GMP|Securities|Patent|National|Department)",
                    stretch[c.end :],
                )
                and not _MARKET.search(stretch, max(0, c.start - 25), c.start)
            )
            or re.match(r"\s+(?:[\w-]+\s+)?(?:sites|cent(?:er|re)s|hospitals)\b", stretch[c.end :])
        ]
    if len(out) == countries_before and "countries" in stretch and (counted := _COUNTRIES.search(stretch)):
        out.append(("country", " ".join(counted[0].split())))
    return out


_OF_NATION = Pattern(
    r"[\s,]*(?:(?!and\b|or\b|in\b|of\b|for\b|FDA\b|IND\b)[\w/,-]+\s+){0,3}?(?:phase|trial|study|sites?|cent"
    r"(?:re|er)s?)\b",
    re.IGNORECASE,
)


#: "a *global* Phase 3 trial"
_GLOBAL: Final = Pattern(
    r"\b(?P<where>global|worldwide|multinational|international|multi-?national)\b(?!\s+(?:rights|leader|compan|health))",
    re.IGNORECASE,
)


def countries_told(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """The countries that adjectives tell: "a European Phase 2 trial", "a study in Japanese patients"."""
    return [
        ("country", found.label)
        for found in values.terms(text[start:end], "nationalities")
        if _OF_NATION.match(text, start + found.end)
        or re.match(rf"\s+(?:[\w-]+\s+)?{SUBJECTS}\b", text[start + found.end :])
    ] + [
        ("country", found["where"].lower())
        for found in _GLOBAL.finditer(text, start, end)
        if _OF_NATION.match(text, found.end())
    ]
