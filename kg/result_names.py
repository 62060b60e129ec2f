"""Other wordings of a result: "LDL-C reduction 57%" is "reduction in LDL-C 57%" and "LDL-C change 57%" too.

The fact view lists them as alternative names, so that who looks for a result finds it whatever word a release has
for it. Each is as true as the wording it is made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

#: Name and figure; the figure is the last number with its unit.
_RESULT: Final = re.compile(
    r"(?P<name>.+?)\s+(?P<figure>(?:[-+]?\d[\d.,]*(?:\s?%|-fold|\s?/\s?\d+|\s+[A-Za-zµ][^\s]*(?:\s+[A-Za-z][^\s]*){0,3})?"
    r"|(?:[A-Za-z]+|\d+)\s+(?:out\s+)?of\s+(?:the\s+)?(?:[A-Za-z]+|\d+)))"
)
#: What says how a figure was formed, or of what kind it is, and may be left unsaid.
_LEAD: Final = re.compile(
    r"(?:geometric mean|LS mean|least[- ]squares mean|mean|median|average|overall|confirmed|best|estimated|relative"
    r"|absolute|placebo-adjusted|adjusted|maximum|maximal|max\.|serum|plasma|circulating|free|monthly|total|annuali[sz]ed|objective"
    r"|sustained|vaccine|durable|\d+-\w+(?=\s[a-z]))\s+",
    re.IGNORECASE,
)
_WAYS: Final = {
    "reduction": ("reduction", "decrease", "change"),
    "decrease": ("reduction", "decrease", "change"),
    "decline": ("reduction", "decline", "change"),
    "increase": ("increase", "change"),
    "improvement": ("improvement", "change"),
    "drop": ("reduction", "decrease", "decline", "drop", "change"),
    "fall": ("reduction", "decrease", "decline", "fall", "change"),
    "gain": ("increase", "gain", "change"),
    "loss": ("loss", "reduction", "change"),
    "change": ("change",),
    "suppression": ("suppression", "reduction"),
    "silencing": ("silencing", "reduction"),
    "inhibition": ("inhibition", "reduction"),
    "slowing": ("slowing", "reduction"),
    "difference": ("difference",),
}
_WAY: Final = re.compile(rf"(?P<measure>.+?)\s+(?P<way>{'|'.join(_WAYS)})")
_RATE: Final = re.compile(r"(?P<measure>.+?)\s+rates?")
#: "NT-proBNP level reduction", "MADRS total score change", "PASI 90 response rate"
_LAST_WORD: Final = re.compile(r"(?<=\w)\s+(?:levels?|(?:total\s+)?scores?|total|responses?|responders?)$")
_RESPONSE: Final = re.compile(r"(?:(?:overall|objective|confirmed) )*response(?:s| rates?)?", re.IGNORECASE)
_RATIO: Final = re.compile(r"(?P<kind>hazard|odds|risk|rate) ratio(?: for (?P<of>.+))?")
_SHORT_RATIO: Final = {"hazard": "HR", "odds": "OR", "risk": "RR", "rate": "RR"}
#: "mADL11 improvement difference": the distance between two changes.
_OF_CHANGES: Final = re.compile(
    r"(?P<measure>.+) (?:improvement|reduction|increase|decrease|decline|gain|change) difference"
)
#: "mPFS" is "median PFS"
_MEDIAN: Final = re.compile(r"^m(?=(?:r?PFS|OS|D[Oo]R|TTP|DFS|EFS|RFS)\b)")
_WHEN: Final = re.compile(r"(?P<number>\d+)-(?P<unit>month|year|week) (?P<what>.+)")
_BOUND: Final = re.compile(
    r"(?P<what>.+?) of (?:(?:at least |≥\s?|>=\s?|more than )(?P<low>\S+(?: \S+)?)"
    r"|(?P<low2>\S+(?: \S+)?) or (?:more|greater))"
)
#: "PSA decline of at least 50%" is PSA50.
_OF_PSA: Final = re.compile(
    r"(?:PSA|prostate-specific antigen) (?:levels? )?(?:decline|reduction|decrease|drop|fall|response)",
    re.IGNORECASE,
)
_YEARS: Final = 5
_OF_RISK: Final = re.compile(
    r"(?P<lead>annuali[sz]ed )?(?P<kind>risk|rate|incidence|frequency|number|use|consumption) of (?P<what>.+)"
)
_CLAUSE: Final = re.compile(r"(?<=\w\w)\s+(?:without|with|against|within|among|through|by)\s.+$")
#: "annualised height velocity (AHV) change"
_SHORT_ASIDE: Final = re.compile(r".+ \((?P<short>[A-Z][\w-]+)\)(?P<tail>.*)")
_EACH: Final = re.compile(r" (?:per|a|each) (?:day|night|week|month|year)\b")
_ASIDE: Final = re.compile(r"\s*\([^()]*\)")
#: "improvement by >=1 NYHA class"
_BY_STEPS: Final = re.compile(
    r"(?P<way>improvement|reduction|increase|decrease|decline)s? (?:of|by) (?:>=|≥|at least )?\s?\w+ "
    r"(?P<what>[A-Za-z].+)"
)
_SCORE_OF: Final = re.compile(r"\s+(?:score\s+)?(?:of\s+)?0\s+or\s+1\b")
#: Words that hold a measure together, so that none of it can be left out.
_HELD_TOGETHER: Final = re.compile(r"\b(?:of|to|in|without|with|on|for|or|and|from)\b|\d")
_COUNT: Final = re.compile(r"(?P<part>\w+)\s*(?:\s(?:out\s+)?of\s(?:the\s+)?|/)\s*(?P<whole>\w+)")
_WORDS: Final = ("zero one two three four five six seven eight nine ten eleven twelve").split()  # noqa: SIM905 - a row
#: A figure whose unit its measure tells: "sleep latency change 19.8 minutes".
_BARE_UNIT: Final = re.compile(r"(?P<number>[-+]?\d[\d.,]*) (?!of\b)[A-Za-zµ].*")
#: What went down by a figure changed by minus that figure.
_FALLEN: Final = re.compile(r"\b(?:reduction|decrease|decline|drop|fall|loss)(?: (?:in|of) .+)?$")
#: Units that are printed in several ways.
_UNITS: Final = {
    "meters": ("m", "metres"),
    "m": ("meters", "metres"),
    "cm/year": ("cm/yr", "cm per year"),
    "microns": ("µm", "um"),
    "µm": ("microns", "um"),
    "mmHg": ("mm Hg",),
    "minutes": ("min",),
    "months": ("mo", "mos"),
    "mL": ("ml",),
    "units": ("points",),
    "ms": ("msec", "milliseconds"),
}
#: Changes that may be printed with a plus.
_SIGNED: Final = re.compile(r"\b(?:change|increase|gain|improvement|difference)$")
_MOST: Final = 60


def other_names(result: str, endpoints: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The other wordings of a result, none of them the one given.

    Args:
        result: its name and figure ("ORR 41%").
        endpoints: the names of each endpoint that it is linked to, under which it is known too.
    """
    found = _RESULT.fullmatch(result)
    if found is None:
        return tuple(n for n in _by_endpoint(result, endpoints) if n != result)
    names: dict[str, None] = {}
    share = found["figure"].endswith("%")
    for known in _by_endpoint(found["name"], endpoints):
        names |= dict.fromkeys((known, *_wordings(known, share=share)))
    figures = tuple(
        dict.fromkeys(_figures(found["figure"], signed=_SIGNED.search(found["name"]) is not None))
    )
    if _FALLEN.search(found["name"]) and not found["figure"].startswith(("-", "+")):
        figures = (*figures, *(f"-{figure}" for figure in figures if figure[0].isdigit()))
    out = dict.fromkeys(f"{name} {figure}" for name in list(names)[:_MOST] for figure in figures)
    if found["figure"].startswith("-") and found["name"] in ("body weight change", "weight change"):
        out |= dict.fromkeys(f"weight loss {figure}" for figure in figures)
    if between := _OF_CHANGES.fullmatch(found["name"]):
        out |= dict.fromkeys(
            f"{between['measure']} {way} {figures[0]}" for way in ("difference", "change difference")
        )
    if found["name"].endswith("difference"):
        out |= dict.fromkeys(f"{name} {figures[0]}" for name in ("treatment difference", "difference"))
    return tuple(n for n in out if n != result)


def _by_endpoint(name: str, endpoints: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """A name, and the same under the other names of its endpoint: "ORR" is "objective response rate" too."""
    out = {name: None}
    for known in endpoints:
        for printed in sorted(known, key=len, reverse=True):
            at = name.casefold().find(printed.casefold())
            if at >= 0 and not name[:at][-1:].isalnum() and not name[at + len(printed) :][:1].isalnum():
                out |= dict.fromkeys(name[:at] + n + name[at + len(printed) :] for n in known)
                break
    return tuple(out)


def _wordings(name: str, *, share: bool) -> Iterator[str]:
    """A name in other words, with what may be left unsaid left out."""
    if _RESPONSE.fullmatch(name) or name == "ORR":
        yield from (
            "ORR",
            "overall response rate",
            "objective response rate",
            "response rate",
            "response",
            "responders",
        )
    name = _MEDIAN.sub("median ", name)
    for words in dict.fromkeys(_shorter(name)):
        yield words
        yield _SCORE_OF.sub(" 0/1", words)
        yield from _ratio(words)
        yield from _timed(words)
        yield from _bounded(words)
        yield from _changed(words, share=share)


def _shorter(name: str) -> Iterator[str]:
    """A name without any of the words that lead it, without an aside, without the clause that ends it."""
    leads: list[str] = []
    bare = name
    while (lead := _LEAD.match(bare)) and len(leads) < 3:
        leads.append(lead[0])
        bare = bare[lead.end() :]
    for kept in range(2 ** len(leads) - 1, -1, -1):
        yield "".join(word for place, word in enumerate(leads) if kept >> place & 1) + bare
    if (aside := _ASIDE.sub("", bare)) != bare:
        yield aside
    if short := _SHORT_ASIDE.fullmatch(bare):
        yield f"{short['short']}{short['tail']}"
    if (pace := _EACH.sub("", bare)) != bare:
        yield pace
    if ", " in bare:
        yield bare.partition(", ")[0]
    if (clause := _CLAUSE.search(bare)) and not _WAY.fullmatch(bare):
        yield bare[: clause.start()]


def _ratio(name: str) -> Iterator[str]:
    found = _RATIO.fullmatch(name)
    if found is None:
        return
    short = _SHORT_RATIO[found["kind"]]
    yield short
    yield f"{found['kind']} ratio"
    if found["of"]:
        for kind in (short, f"{found['kind']} ratio"):
            yield f"{kind} for {found['of']}"
            yield f"{found['of']} {kind}"


def _timed(name: str) -> Iterator[str]:
    found = _WHEN.fullmatch(name)
    if found is None:
        return
    what = _RATE.fullmatch(found["what"])
    bare = what["measure"] if what else found["what"]
    time = f"{found['number']} {found['unit']}s"
    yield from (bare, f"{bare} rate", f"{found['number']}-{found['unit']} {bare}", f"{bare} at {time}")
    yield from (f"{found['number']}-{found['unit']} {bare} rate", f"{bare} rate at {time}")
    number = int(found["number"])
    if found["unit"] == "year" and number <= _YEARS:  # "2-year OS" is "24-month OS"
        yield from (f"{number * 12}-month {bare}", f"{number * 12}-month {bare} rate")
    elif found["unit"] == "month" and number % 12 == 0:
        yield from (f"{number // 12}-year {bare}", f"{number // 12}-year {bare} rate")


def _bounded(name: str) -> Iterator[str]:
    found = _BOUND.fullmatch(name)
    if found is None:
        return
    low = found["low"] or found["low2"]
    for sign in ("≥", ">=", "at least "):
        yield f"{sign}{low} {found['what']}"
        yield f"{found['what']} {sign}{low}"
    yield from (
        f"{found['what']} of at least {low}",
        f"{found['what']} of {low} or more",
        f"{low} {found['what']}",
    )
    if _OF_PSA.fullmatch(found["what"]):
        yield f"PSA{low.removesuffix('%').strip()}"
    if way := _WAY.fullmatch(found["what"]):
        yield f"{low} {way['way']} in {way['measure']}"
        yield f"{way['measure']} response"


def _changed(name: str, *, share: bool) -> Iterator[str]:
    """A change with its direction before or behind, a share with or without "rate"."""
    if steps := _BY_STEPS.fullmatch(name):
        yield f"{steps['what']} {steps['way']}"
    found = _WAY.fullmatch(name)
    if found is None:
        rate = _RATE.fullmatch(name)
        for measure in _measures(rate["measure"] if rate else name):
            yield measure
            if share:
                yield f"{measure} rate"
        return
    for measure in _measures(found["measure"]):
        for way in _WAYS[found["way"]]:
            yield f"{measure} {way}"
            if way in (found["way"], "change"):
                yield f"{way} in {measure}"
        if found["way"] == "difference":
            yield f"{measure} change difference"


def _measures(measure: str) -> Iterator[str]:
    """A measure, without its last word that says little, in the singular, its risk or rate turned round."""
    yield measure
    yield _LAST_WORD.sub("", measure)
    if measure in ("weight", "body weight"):
        yield from ("weight", "body weight")
    if measure.endswith("s") and not measure.endswith(("ss", "is", "us")):
        yield measure.removesuffix("s")
    if turned := _OF_RISK.fullmatch(measure):
        lead, what = turned["lead"] or "", turned["what"]
        yield from (
            f"{lead}{what} {turned['kind']}",
            f"{lead}{what.removesuffix('s')} {turned['kind']}",
            what,
        )
    words = measure.split()
    if len(words) > 2 and not _HELD_TOGETHER.search(measure):
        yield " ".join(words[1:])


def _figures(figure: str, *, signed: bool) -> Iterator[str]:
    """A figure, its count as a fraction and in percent, its unit left out where the scale has but one."""
    yield figure
    if bare := _BARE_UNIT.fullmatch(figure):
        yield bare["number"]
    if figure.endswith(" percentage points"):
        yield f"{figure.removesuffix(' percentage points')}%"
    for unit in _UNITS.get(figure.partition(" ")[2], ()):
        yield f"{figure.partition(' ')[0]} {unit}"
    if signed and figure[0].isdigit():
        yield f"+{figure}"
    count = _COUNT.fullmatch(figure)
    part, whole = (_whole(count["part"]), _whole(count["whole"])) if count else (None, None)
    if part is not None and whole:
        share = 100 * part / whole
        yield from (f"{part} of {whole}", f"{part}/{whole}", f"{share:.0f}%", f"{share:.1f}%")


def _whole(printed: str) -> int | None:
    if printed.isdigit():
        return int(printed)
    return _WORDS.index(printed.casefold()) if printed.casefold() in _WORDS else None
