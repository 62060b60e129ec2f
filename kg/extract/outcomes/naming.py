"""A figure of a sentence → what it is of: a change, a difference, a rate, a level, or what was told before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kg.extract import values
from kg.extract.outcomes import phrases
from kg.extract.outcomes.anaphora import endpoint_here, is_said_again
from kg.extract.outcomes.candidates import COUNTED, LEVEL, THINGS, THRESHOLD_BEFORE, Figure
from kg.extract.outcomes.changes import (
    CHANGE_BY_LONG,
    LOST,
    WAYS,
    by_endpoint,
    change_of,
    change_of_topic,
    compared_with_before,
    direction_of,
    is_bare_change,
    of_weight,
    people_moved,
    singular,
    way_behind,
    without_asides,
)
from kg.extract.outcomes.events_told import event_told
from kg.extract.outcomes.figures import (
    ABOUT,
    DIFFERENCE,
    LEFT_OF_FIGURE,
    PEOPLE,
    TIME_ENDPOINT,
    Endpoint,
    Outcome,
    adverse,
    called,
    covering,
    head_kind,
    lower_first,
)
from kg.extract.outcomes.next_changes import next_change, next_measure
from kg.extract.outcomes.phrases import PROGRESSED
from kg.extract.outcomes.phrases_behind import behind
from kg.extract.outcomes.shares_aside import share_aside
from kg.extract.outcomes.wording import Named, called_within, timed
from kg.extract.patterns import Pattern
from kg.model import Entity, Quantity

_RIGHT_OF_FIGURE = Pattern(
    r"\s*\)?\s*(?:\([^)]*\)\s*)?(?:(?:of\s+(?:[\w-]+\s+){0,5}?(?:patients|participants|subjects|adults|children"
    r"|individuals|those)\s+)?(?:\([^)]*\)\s*)?"
    r"(?:[\w/-]+\s+){0,4}?(?:achiev\w+|had|have|show\w+|experienc\w+|reach\w+|attain\w+|demonstrat\w+"
    r"|were\s+in)\s+)?"
    r"(?:an?\s+|the\s+|overall\s+|confirmed\s+|objective\s+|unconfirmed\s+|investigator-assessed\s+)*"
)

_RATE_OF = Pattern(
    r"\b(?:proportion|percentage(?!\s+(?:change|reduction|increase|decrease|improvement))|share|rates?)\b(?:\s+(?:of|for)\b[^.;%]{0,60})?[^.;]{0,140}\s(?:was|were"
    r"|of)\s+(?:about\s+|approximately\s+)?$",
    re.IGNORECASE,
)

#: "a reduction in the relapse rate of", "the relapse rate fell by a mean of"
_RATE_MOVED = Pattern(
    r"(?:reduction|decrease|decline|increase|improvement)s?\s+(?:from\s+baseline\s+)?in\s+[^.;,%]{0,60}\brates?\s+(?:at\s+\w+\s+\d+\s+)?of\s[^.;,%]{0,20}$"
    r"|\brates?\s+(?:was\s+|were\s+)?(?:fell|declined|decreased|dropped|rose|increased|reduced|lowered)\s[^.;,%]{0,40}$",
    re.IGNORECASE,
)
_MOST_COMMON = Pattern(
    r"\b(?:most\s+(?:common|frequent(?:ly)?)|commonest|adverse\s+(?:events?|reactions?|drug\s+reactions?)"
    r"|side\s+effects?|TEAEs?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure in its sentence.

    Attributes:
        text: the sentence.
        figure: the figure.
        endpoints: those that the sentence names.
        used: places of endpoints that have their figure; a rule that uses one adds it.
        said: the outcome told before, with which this figure may go on.
        left, right: the words before and behind the figure.
    """

    text: str
    figure: Figure
    endpoints: list[Endpoint]
    used: set[tuple[int, int]]
    said: Outcome | None
    left: str
    right: str

    def outcome(self, name: str, endpoint: Entity | None = None) -> Outcome:
        """The figure under a name, a share of those who lived on with its time."""
        if self.figure.unit == "%" and TIME_ENDPOINT.search(name) and not _TIMED.search(name):
            name = f"{timed(self.left, self.right)}{name}"
        entity = endpoint or covering(self.endpoints, self.text, name)
        return Outcome(self.figure.start, self.figure.end, name, entity, self.figure.quantity)

    def again(self, said: Outcome) -> Outcome:
        """The figure as another one of an outcome told before."""
        return replace(self.outcome(said.name), endpoint=said.endpoint)

    def plain(self, outcome: Outcome) -> Outcome:
        """A bare number without the mark that it is one."""
        return replace(outcome, quantity=Quantity(self.figure.quantity.text, self.figure.quantity.value, ""))


_TIMED: Final = Pattern(
    r"^\d|\b(?:change|reduction|increase|improvement|difference|ratio)\b|\btime\s+to\b", re.IGNORECASE
)


def name_of(
    text: str,
    figure: Figure,
    endpoints: list[Endpoint],
    used: set[tuple[int, int]],
    said: Outcome | None,
) -> tuple[Outcome, int] | None:
    """What a figure is of, and where the words end that say so; endpoints that have their figure are in `used`."""
    left = text[: figure.start]
    if figure.unit not in (LEVEL, COUNTED, THINGS) and (low := _RANGED.search(left)):
        left = left[: low.start("low")]  # "by 63% to 73%" has gone by 73% too
    place = _Place(text, figure, endpoints, used, said, left, text[figure.end :])
    if PROGRESSED.search(left):
        return None
    if place.right.startswith(" of ") and _SHARE_OF_ALL.search(place.left):
        return None
    if (topic := change_of_topic(place.left)) is not None:
        return place.outcome(topic), figure.end
    if is_bare_change(place.left, place.right):
        outcome = _change_told_before(place)
        return (outcome, figure.end) if outcome else None
    aside = share_aside(text, figure.start, figure.end, endpoints) if figure.unit in ("%", COUNTED) else None
    if aside is not None:
        used.update(e[:2] for e in endpoints if e[2] == aside.endpoint and figure.start - e[0] < 160)
        return place.outcome(aside.name, aside.endpoint), figure.end
    outcome = _share_past(place) or _difference(place) or _said_again(place)
    if outcome is None and figure.unit == LEVEL:
        outcome = _level(place)
        return (outcome, figure.end) if outcome else None
    if outcome is not None:
        return (place.plain(outcome) if figure.unit == LEVEL else outcome), figure.end
    if level := _came_to(place):
        return level, figure.end
    if change := _change(place):
        return None if THRESHOLD_BEFORE.search(place.left) else change
    if (
        figure.unit == THINGS
        and _PER.search(figure.quantity.text)
        and _LABELLED.search(place.left)
        and "%" not in place.left
    ):
        return _by_phrase(place)  # "Exacerbations: 0.51 per year"
    if figure.unit in ("{fold}", THINGS):
        return None
    if (long := _long_change(place)) is not None:
        return long, figure.end
    if _MOST_COMMON.search(place.left) and not endpoints:
        return None
    return _by_phrase(place) or (_by_endpoint(place) if figure.unit == "%" else None)


#: The lower end of a range of shares, the figure that follows being its upper end.
_RANGED: Final = Pattern(
    rf"(?:\bby\s+{ABOUT}(?=\d[\d.]*\s[A-Za-z/]+\sto\b)|\b(?:by|of|in)\s+{ABOUT}(?=\d[\d.]*\s?%?\s?(?:to\b|[-–—]))|\bbetween\s+(?=\d[\d.]*\s?%?\s?and\b))"
    r"(?P<low>\d[\d.]*\s?(?:%|(?!to\b|and\b)[A-Za-z/]+)?\s?(?:to|and|-|–|—)\s?)$"
)
#: "accounting for approximately 80% of patients": how many there are of a kind.
_SHARE_OF_ALL: Final = Pattern(
    rf"\b(?:account(?:s|ed|ing)?\s+for|represent(?:s|ing)?|compris(?:es|ing)|affect(?:s|ing)|make\s+up)\s+{ABOUT}$"
)


def _change_told_before(place: _Place) -> Outcome | None:
    """ "the reduction was 11%": a change without what changed goes on with the one told before."""
    said = place.said
    if said is None or _QUOTE.match(place.text):
        return None  # what people say of a result repeats it
    if _tells_change(said):
        return place.again(said)
    if way := _WAY.search(place.left):
        return place.outcome(f"{said.name} {direction_of(way[0])}")
    behind = way_behind(place.right) if said.end <= place.figure.start else None
    return place.outcome(f"{said.name} {behind}") if behind else None


def _share_past(place: _Place) -> Outcome | None:
    """A share of patients past a bound: "PSA declined by at least 50% in 41%"."""
    found = _FALLEN_BY.search(place.left) if place.figure.unit in ("%", COUNTED) else None
    if found is None:
        return None
    bound = f"at least {found['share']}" if found["share"] else f"{found['share2']} or more"
    bound = bound.replace("half", "50%")
    return place.outcome(
        f"{lower_first(found['short'] or found['measure'])} {direction_of(found['direction'])} of {bound}"
    )


def _difference(place: _Place) -> Outcome | None:
    """ "(difference 12%)": the distance between the arms; of what was told before where it names nothing itself."""
    if place.figure.unit == "{fold}" or not _SAYS_DIFFERENCE.search(place.left):
        return None
    if found := _DIFFERENCE_IN.search(without_asides(place.left)):
        told = found["what"] or found["label"] or found["before"]
        if head_kind(told.split()[-1]) or covering(place.endpoints, place.text, told):
            return place.outcome(f"{lower_first(told)} difference")
    if not DIFFERENCE.search(place.left):
        return None
    said = place.said
    if (measure := _DIFFERENCE_BEHIND.match(place.right)) and DIFFERENCE.search(place.left):
        held = [e for e in place.endpoints if e[0] == place.figure.end + measure.start("what")]
        if held or head_kind(measure["what"].split()[-1]):
            what = called(place.text, held[0]) if held else lower_first(measure["what"])
            return place.outcome(f"{what} difference", held[0][2] if held else None)
    unit = "" if place.figure.unit == LEVEL else place.figure.unit
    here = (
        said is not None and unit == "" and said.quantity.text.split()[0] in place.left
    )  # "1.2 L; mean diff: 0.53"
    if (
        said is None
        or (said.quantity.unit.replace(LEVEL, "") != unit and not here)
        or said.name.endswith("difference")
    ):
        before = [e for e in place.endpoints if e[1] <= place.figure.start]
        name = f"{called(place.text, before[-1])} difference" if before else "treatment difference"
        return place.outcome(name, before[-1][2] if before else None)
    of, _, way = said.name.rpartition(" ")
    of = of if way in _ONE_WAY and of else said.name
    return place.again(replace(said, name=f"{of} difference"))


#: Ways that an arm went, of which two arms' distance is none.
_ONE_WAY: Final = frozenset({"improvement", "reduction", "increase", "decrease", "decline", "gain"})


#: "a mean difference of -0.8 points on the NPRS"
_DIFFERENCE_BEHIND: Final = Pattern(
    r"\s+(?:\([^()]*\)\s+)?(?:from\s+baseline\s+)?(?:on|in)\s+(?:the\s+)?(?P<what>[A-Za-z][\w-]*(?:\s(?!at\b|from\b|versus\b|vs\b|compared\b|between\b|in\b)[\w-]+){0,4}?)"
    r"(?=\s*(?:[.,;(]|$)|\s(?:at|from|versus|vs|compared|between|over|after)\b)"
)
_SAYS_DIFFERENCE: Final = Pattern(r"ifference|[Dd]iff\b|[Dd]elta\b|Δ")
#: "the difference in eGFR slope was 0.9", "Low luminance visual acuity: difference of 3.2 letters"
_DIFFERENCE_IN: Final = Pattern(
    rf"(?:^|[,;:]\s+|\b[Tt]he\s+)(?:(?:LS|mean|adjusted|placebo-adjusted)\s+)*(?P<before>[A-Za-z][^.;:,()%]{{1,50}}?)\s+difference\s+"
    rf"(?:(?:versus|vs\.?|from|over|compared\s+(?:with|to))\s+placebo\s+)?(?:was|of)\s+{ABOUT}$"
    rf"|\bdifferences?\s+(?:(?:from|versus|vs\.?|over)\s+placebo\s+)?(?:in|for|on)\s+(?:the\s+)?(?P<what>(?:\d+-[a-z]+\s)?[A-Za-z](?:[^.;:,()%\d]|(?<=[A-Za-z])\d){{1,60}}?)"
    rf"(?:\s+at\s+\w+\s+\d+)?(?:\s+between\s+[^.;:,()%]{{3,60}}?\sand\s[^.;:,()%]{{3,40}}?|\s+(?:versus|vs\.?|compared\s+(?:with|to))\s+[\w-]+)?(?:\s+at\s+\w+\s+\d+)?\s+(?:was|were|of)\s+{ABOUT}$"
    rf"|(?:^|[•·*-])\s*(?P<label>[A-Za-z][^.;:()%]{{2,60}}):\s+(?:an?\s+)?(?:mean\s+|LS\s+mean\s+)?difference\s+(?:of|was)\s+"
    rf"{ABOUT}$",
    re.IGNORECASE,
)


def _said_again(place: _Place) -> Outcome | None:
    """ "and in the 10 mg cohort it was 31%": another figure of what was told before, or a bare number's change."""
    figure, said = place.figure, place.said
    if figure.unit == LEVEL and (moved := change_of(place.left, place.right)):
        return place.plain(place.outcome(by_endpoint(moved, place.text, place.endpoints)))
    if said is None:
        return None
    alike = (
        said.quantity.unit == figure.unit
        or not said.quantity.text
        or {said.quantity.unit, figure.unit} == _SHARES
    )
    if not alike or not is_said_again(place.left, place.right):
        return None
    if time := _TIME_OF_IT.search(place.left):  # "The one-year figures had been"
        named = _TIME_FIRST.sub("", said.name)
        return place.again(
            replace(said, name=f"{values.decimal(time['number'])}-{time['unit'].lower()} {named}")
        )
    return place.again(said)


_TIME_OF_IT: Final = Pattern(
    rf"\bthe\s+(?P<number>\d+|{values.NUMBER_WORD})-(?P<unit>month|year|week)\s+[^.;%\d]{{2,60}}$",
    re.IGNORECASE,
)


_SHARES: Final = {"%", COUNTED}


def _change(place: _Place) -> tuple[Outcome, int] | None:
    """ "LDL-C fell by 18%", "titres 9.8-fold and RSV-B titres 8.1-fold"."""
    figure, left, right, said = place.figure, place.left, place.right, place.said
    if said is not None and figure.unit in ("{fold}", "%", said.quantity.unit, LEVEL) and _tells_change(said):
        bare = _UP_TO.sub("", left)
        again = next_measure(bare, len(bare))
        if again and not adverse().search(again["measure"]):
            name = f"{singular(again['measure'])} {said.name.rsplit(' ', 1)[-1]}"
            return place.outcome(name), figure.end
    if said is not None and (following := next_change(place.text, said, figure.start, figure.end)):
        return place.outcome(by_endpoint(following, place.text, place.endpoints)), figure.end
    if figure.unit == "letters" and (moved := _LETTERS_MOVED.search(left)):
        way = "loss" if moved[1].casefold().startswith("los") else "gain"
        if change_of(left, right) is None:
            return place.outcome(f"BCVA {way}"), figure.end
    if figure.unit in ("kg", "pounds") and LOST.search(left):
        return place.outcome("weight loss"), figure.end
    if gone := people_moved(left, right):
        if said is None:
            return None
        of, _, way = said.name.rpartition(" ")  # "The endpoint was the change in X.  Patients improved by"
        return place.outcome(f"{of if way in WAYS and of else said.name} {gone}"), figure.end
    told = (
        compared_with_before if _RATE_OF.search(left) and not _RATE_MOVED.search(left) else change_of
    )  # "the attack rate was 87% lower than"
    change = told(left, right)
    if change is None or (figure.unit == "{fold}" and _EXPECTED.search(left)):
        return None
    reach = figure.end + (of_weight(right) if change == "weight loss" else 0)
    return place.outcome(by_endpoint(change, place.text, place.endpoints)), reach


_UP_TO: Final = Pattern(r"(?<=\bby\s)(?:up\s+to|about|approximately|nearly|more\s+than|over)\s+$")
#: "gained an average of 9.9 letters": letters are those of a chart of visual acuity.
_LETTERS_MOVED: Final = Pattern(
    rf"\b(gain|gained|lost|loss|improved|improvement)\s+(?:by\s+|of\s+)?{ABOUT}$", re.IGNORECASE
)


def _came_to(place: _Place) -> Outcome | None:
    """A level that a measure went to: "HbA1c was lowered from 8.4% to 6.9%", "the rate rose to 71%"."""
    if place.figure.unit in ("{fold}", COUNTED) or _FROM.search(place.left):
        return None
    if raised := _RAISED_FROM.search(place.left) or _RAISED_TO.search(place.left):
        low, high = raised.span("measure")
        held = [e for e in place.endpoints if low <= e[0] and e[1] <= high]
        if held:
            return place.outcome(called_within(place.text, held[-1]), held[-1][2])
        return (
            place.outcome(lower_first(raised["measure"]))
            if head_kind(raised["measure"].split()[-1])
            else None
        )
    started = _STARTED.search(place.left)
    if started is None:
        return None
    named = phrases.measured(place.text, started.start(), place.endpoints)
    return place.outcome(named.name, named.endpoint) if named else None


#: "improved ORR from 20% to 55%", "a doubling of one-year survival from 22% to 44%"
_RAISED_FROM: Final = Pattern(
    r"\b(?:improv|increas|rais|boost|doubl|tripl|reduc|lower|decreas|cut|br(?:ing|ought)|drop|rise)\w*\s+(?:of\s+|in\s+)?(?:the\s+|an?\s+)?(?:(?:median|mean)\s+)?"
    rf"(?P<measure>[A-Za-z\d](?:(?!\band\s+an?\b)[^.;:,%]){{1,60}}?),?\s+from\s+(?:[^.;:,]|\.(?=\d)){{1,60}}?\sto\s+(?:just\s+)?{ABOUT}$",
    re.IGNORECASE,
)


#: "increased dystrophin levels to 5.9% of normal"
_RAISED_TO: Final = Pattern(
    r"\b(?:improved|increased|raised|boosted|restored|brought|reduced|lowered|decreased|cut)\s+(?:the\s+)?(?:(?:median|mean)\s+)?"
    rf"(?P<measure>(?!from\b|by\b|to\b|in\b|at\b)[A-Za-z\d][^.;:,%\d]{{1,50}}?)\s+to\s+(?:an?\s+(?:mean|median|average)\s+of\s+)?{ABOUT}$",
    re.IGNORECASE,
)


def _long_change(place: _Place) -> Outcome | None:
    """ "reduced clinical decline on the global scale, CDR-SB, by 27%": by the endpoint that it names."""
    long = CHANGE_BY_LONG.search(place.left)
    if long is None:
        return None
    low, high = long.span("measure")
    held = [e for e in place.endpoints if low <= e[0] and e[1] <= high]
    if not held:
        return None
    return place.outcome(f"{called(place.text, held[-1])} {direction_of(long['direction'])}", held[-1][2])


def _by_phrase(place: _Place) -> tuple[Outcome, int] | None:
    """By the noun phrase before or behind the figure: "clinical remission was 18%", "94% stopped prophylaxis"."""
    text, figure = place.text, place.figure
    told = event_told(text, figure.start) if figure.unit in ("%", COUNTED) else None
    if told is None and "endpoint" in place.left:
        told = behind(text, figure.start, figure.end, place.endpoints) if figure.unit == "%" else None
        told = told or endpoint_here(text, figure.start, place.endpoints)
    named = told or phrases.before(text, figure.start, place.endpoints)
    if named is None and figure.unit in ("%", COUNTED):
        named = behind(text, figure.start, figure.end, place.endpoints)
    if named is None and figure.unit == "%" and (also := next_measure(place.left, len(place.left))):
        words = also["measure"]  # "sensitivity was 94% and specificity 89%"
        if head_kind(words.split()[-1]) and not adverse().search(words):
            named = Named(lower_first(words), None, figure.end)
    if named is None and figure.quantity.text[0] in "+-" and (label := _LABEL.search(place.left)):
        named = Named(f"{label['label']} change", None, figure.end)
    if (named is None and figure.quantity.text[0] in "+-") or place.left.endswith("+"):
        near = [e for e in place.endpoints if _JUST_BEFORE.fullmatch(text, e[1], figure.start)]
        named = Named(f"{called(text, near[-1])} change", near[-1][2], figure.end) if near else named
    if named is None:
        return None
    if figure.unit == COUNTED and named.endpoint is None and not _RATE_LIKE.search(named.name):
        return None  # "five of eight patients stopped prophylaxis" is a story, no rate
    name = named.name
    if (
        figure.quantity.text[0] in "+-"
        and _LABELLED.search(place.left)
        and name.rsplit(" ", 1)[-1] not in _NO_CHANGE
    ):
        name = f"{name} change"  # "HbA1c: -1.8%"
    if place.said is not None and _tells_change(place.said) and name.startswith(_LEVELS_OF):
        name = f"{place.said.name.rsplit(' ', 1)[0]} {name}"  # "IGF-1 fell by 62% and 78% had levels within"
    if named.endpoint is None and _GENERIC.fullmatch(name):
        before = [e for e in place.endpoints if e[1] <= figure.start]
        if not before:
            return None
        time = _TIME_FIRST.match(name)  # "prolonged PFS: 36-month rates of"
        kind = name[time.end() if time else 0 :].removesuffix("s")
        name = (
            f"{time[0] if time else ''}{called(text, before[-1])} {kind}"  # "eGFR decline, with a slope of"
        )
    outcome = place.outcome(name, named.endpoint)
    place.used.update(
        e[:2] for e in place.endpoints if e[2] == outcome.endpoint and abs(e[0] - figure.start) < 160
    )
    return outcome, max(named.end, figure.end)


_PER: Final = Pattern(r"\s(?:per|a|each)\s")
_JUST_BEFORE: Final = Pattern(r"\s*[(:]?\s*\+?")
_LABELLED: Final = Pattern(r"(?::|\s[–—-])\s*[-−+]?$")
#: What a signed figure may be of without being a change.
_NO_CHANGE: Final = WAYS | {"slope", "z-score", "t-score", "SDS", "velocity", "excess"}
#: "ApoB: -49%"
_LABEL: Final = Pattern(r"(?:^|[;,•]\s*)(?P<label>[A-Z][\w()/-]{1,20}):\s+[-−+]?$")
#: What begins the name of an outcome that leaves out its measure.
_LEVELS_OF: Final = ("levels ", "values ", "concentrations ", "a level ")
_TIME_FIRST: Final = Pattern(r"\d+-(?:month|year|week)\s+")
#: Nouns that tell nothing of what was measured.
_GENERIC: Final = Pattern(
    r"(?:\d+-(?:month|year|week)\s+)?(?:slope|score|level|change|reduction|decrease|increase|improvement|decline|rate|activity|volume|index|count|frequency"
    r"|gain|function|concentration)s?",
    re.IGNORECASE,
)


def _pair_aside(place: _Place) -> Outcome | None:
    """ "was more than twice that of chemotherapy (41% v 19%)": two arms behind the endpoint of a clause."""
    if place.left.rstrip()[-1:] not in "(:" or not _VERSUS.match(place.right):
        return None
    near = [e for e in place.endpoints if e[1] <= place.figure.start and e[:2] not in place.used]
    if not near or _CLAUSE_END.search(place.text, near[-1][1], place.figure.start):
        return None
    place.used.add(near[-1][:2])
    return place.outcome(called_within(place.text, near[-1]), near[-1][2])


_VERSUS: Final = Pattern(r"\s*(?:vs?\.?|versus|against|compared\s+(?:with|to))\s+\d")
_CLAUSE_END: Final = Pattern(r"[;%]|\.\s|\badverse\b")


def _by_endpoint(place: _Place) -> tuple[Outcome, int] | None:
    """By the endpoint nearest to the figure, or by the one before where nothing else is said."""
    text, figure, said = place.text, place.figure, place.said
    near = _endpoint_of(text, place.endpoints, figure.start, figure.end)
    if near is not None and near[:2] not in place.used:
        place.used.add(near[:2])
        place.used.update(
            e[:2]
            for e in place.endpoints
            if e[2] == near[2]
            and abs(e[0] - near[0]) < 60
            and called(text, e) == called(text, near)
            and not _ANOTHER.search(text, min(e[1], near[1]), max(e[0], near[0]))
            and not text[: e[0]].rstrip().endswith("%")  # "a 45% ORR confirmed by IRC and a 50% ORR in"
        )
        return place.outcome(called_within(text, near), near[2]), max(near[1], figure.end)
    if said is not None and said.quantity.unit == "%" and _ONLY_FIGURE.search(place.left):
        return place.again(said), figure.end
    pair = _pair_aside(place)
    return (pair, figure.end) if pair else None


_ANOTHER: Final = Pattern(r"\d[\d.]*\s?%")
#: "A did not meet the criterion for non-inferiority: 66.8% against 78.6%": what was told before is gone on with.
_ONLY_FIGURE = Pattern(
    r"\b(?:non-?inferiority|endpoint|criterion|significance)\s*(?::|\()\s*$", re.IGNORECASE
)


_RATIO_BEFORE = Pattern(r"\b(?:hazard|odds|rate|risk|incidence)\s+ratio\b[^.;]{0,30}$", re.IGNORECASE)
_STARTED = Pattern(
    r"\s+(?:has\s+|had\s+|have\s+|was\s+|were\s+|been\s+)*(?:fell|fallen|declined|decreased|dropped|rose|risen|increased"
    r"|improved|went|came\s+down|reduced|lowered|changed|grew|rising|falling|increasing|decreasing|declining|improving|dropping|climbed)"
    r"\s+(?:significantly\s+)?"
    r"(?:(?!by\s[\d.]+\sto\s\d)(?:by\s)?[^;]{1,30}?,?\s+)?(?:from\s[^;]*\s)?(?<!up\s)to\s+(?:an?\s+(?:mean|median|average)\s+of\s+|about\s+|approximately\s+)?[-−]?$",
    re.IGNORECASE,
)
#: "a reduction of": which way what was told before has gone.
_FROM = Pattern(
    r"\bfrom\s+(?:an?\s+)?(?:(?:mean|median|average|baseline)\s+)*(?:of\s+)?[-−]?$", re.IGNORECASE
)
_WAY = Pattern(
    r"\b(?:reduction|decrease|decline|increase|improvement)(?=\s+of\s+[^.;]{0,20}$)", re.IGNORECASE
)
_RATE_LIKE = Pattern(
    r"\b(?:respon\w+|remissions?|increase|decrease|reduction|improvement|seroconversion|clearance|negativity"
    r"|or\s+more|stable|improved|above|below|no|normal\w*|free\s+of)\b|-free\b|[≥≤]",
    re.IGNORECASE,
)
#: "the 21-fold increase expected"
_EXPECTED = Pattern(r"\bexpected\s*$", re.IGNORECASE)
_QUOTE = Pattern(r"\s*[\"“]")


def _tells_change(said: Outcome) -> bool:
    return said.name.rsplit(" ", 1)[-1] in WAYS


def _level(place: _Place) -> Outcome | None:
    """What a bare number is a level of."""
    left = place.left
    if _RATIO_BEFORE.search(left):
        return None
    if near := [e for e in place.endpoints if e[1] == place.figure.start - 1]:
        return place.plain(
            place.outcome(called_within(place.text, near[0]), near[0][2])
        )  # "bleeding rate 1.3"
    started = _STARTED.search(left)
    if started:
        named = phrases.measured(place.text, started.start(), place.endpoints)
    else:
        named = phrases.before(place.text, place.figure.start, place.endpoints) or endpoint_here(
            place.text, place.figure.start, place.endpoints
        )
    if named is None or (named.endpoint is None and _GENERIC.fullmatch(named.name)):
        return None
    return place.plain(place.outcome(named.name, named.endpoint))


#: "PSA declined by at least 50% in", "spleen volume shrank by 35% or more in": whose share follows.
_FALLEN_BY = Pattern(
    r"(?:^|[,;:]\s+(?:and\s+)?|\b(?:and|that|while)\s+)(?:(?P<measure>[A-Z][\w-]*(?:\s[\w-]+){0,3}?|[a-z][\w-]+"
    r"(?:\s[\w-]+){0,3}?)|[^.;:%]{5,90}\((?P<short>[A-Z][\w-]+)\))\s+(?:levels?\s+)?(?:was\s+|were\s+)?(?P<direction>reduced|decreased|declined|increased"
    r"|improved|fell|rose|dropped|shrank|lowered)\s+(?:from\s+baseline\s+)?by\s+(?:(?:at\s+least|more\s+than|over"
    r"|≥|>)\s*(?P<share>half|(?:\d[\d.]*|one|two|three|four|five)(?:\s?%|\s(?:points?|grades?|steps?|stages?|letters|g/dL|mg/dL|mL)))"
    r"|(?P<share2>half|(?:\d[\d.]*|one|two|three|four|five)(?:\s?%|\s(?:points?|grades?|steps?|stages?|letters|g/dL|mg/dL|mL)))\s+or\s+(?:more|greater))\s+"
    rf"(?:from\s+baseline\s+)?in\s+(?:(?:\d+|{values.NUMBER_WORD})\s+of\s+(?:the\s+)?(?:\d+|{values.NUMBER_WORD})\s+(?:[\w-]+\s+){{0,2}}?{PEOPLE}\s*\(\s*)?$"
)


def _endpoint_of(text: str, endpoints: list[Endpoint], start: int, end: int) -> Endpoint | None:
    """The endpoint that a percentage is of: behind it ("30% achieved a CR") or before ("an ORR of 83.6%")."""
    for low, high, entity in endpoints:
        gap = text[end:low]
        if low >= end and len(gap) < 120 and _RIGHT_OF_FIGURE.fullmatch(gap) and not adverse().search(gap):
            return low, high, entity
    for low, high, entity in reversed(endpoints):
        gap = text[high:start]
        if high <= start and len(gap) < 100 and LEFT_OF_FIGURE.fullmatch(gap) and not adverse().search(gap):
            return low, high, entity
    return None
