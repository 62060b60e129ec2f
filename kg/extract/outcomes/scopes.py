"""A sentence or an item of a list → the arms that its clauses begin with: whose the figures behind them are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract import values
from kg.extract.outcomes.arms import CONTROL_ARM
from kg.extract.outcomes.figures import DOSE, PEOPLE, Endpoint, head_kind
from kg.extract.outcomes.groups import Group, group_of, population_in
from kg.extract.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of a sentence whose figures are those of one arm.

    Attributes:
        start, end: offsets of the stretch, the arm's own words included.
        group: the arm, and how many it has where that is told beside it.
    """

    start: int
    end: int
    group: Group


_BULLET: Final = r"[\s•*·▪◦●■○–—-]*"
#: Where a clause begins.
_BEGIN: Final = Pattern(
    rf"^{_BULLET}|(?:[.;:]|\s[–—])\s+(?:and\s+|while\s+|whereas\s+|but\s+)?|,\s+(?:and\s+|while\s+|whereas\s+|but\s+)?"
    r"|\s(?:and|while|whereas|but)\s+",
)
_SIZE: Final = (
    r"\s*[(\[,]\s*(?:(?:[^()=,;]{1,30}[,;]\s*)?(?:total\s+)?[nN]\s?=\s?(?P<n>\d[\d,]*)(?:\s*/\s*(?P<whole>\d+))?"
    r"|(?P<n2>\d+)\s+(?:[\w-]+\s+)?(?:patients|participants|subjects|pts|evaluable|men|women))[^()]{0,30}[)\]]"
)
_COUNT: Final = rf"(?:(?P<count>\d[\d,]*|{values.NUMBER_WORD})\s+(?!(?:months|weeks|years|days)\b))?"
#: What follows an arm that begins a clause: a comma, or its outcome.
_ITS_OUTCOME: Final = (
    r"(?=,|:|\s+(?:it|the|there|this|an?|we|one|confirmed|median|mean|response|responses|complete|[A-Za-z]?[A-Z]{2,4}\d{0,2}|m(?:PFS|OS|DO[RS])|was|were|about|approximately|~?\d[\d.]*\s?%)\b"
    r"|\s+~?\d[\d.]*\s?%)"
)
#: "In Cohort A (n=25), ORR was"; "at 600 mg (n=15) it was"; "Among patients with liver metastases (n=22), the ORR"
_IN_ARM: Final = Pattern(
    rf"(?:[Ii]n|[Aa]t|[Aa]mong|[Ff]or|[Ww]ith|[Oo]f|[Aa]cross)\s+(?:the\s+|all\s+|these\s+|those\s+)*{_COUNT}"
    rf"(?P<who>[A-Za-z0-9≥><](?:[^,;:()%]|\([A-Za-z][^()%=\d]{{1,30}}\)){{1,110}}?)(?:{_SIZE})?{_ITS_OUTCOME}"
)
#: "Treatment-naive (n=24): ORR 67%", "FGFRi-pretreated: 47 patients, ORR 23.4 %"
_LABEL: Final = Pattern(
    rf"{_COUNT}(?P<who>[A-Za-z0-9≥><](?:[^;:%()]|\((?!\s*[nN]\s?=)[^()%]{{1,40}}\)){{1,110}}?)(?:{_SIZE})?\s*(?::|\s[–—-])\s+"
    r"(?:(?P<behind>\d[\d,]*)\s+(?:[\w-]+\s+)?(?:patients|participants|subjects|pts|evaluable)\b|(?=\S))"
)
#: "BTKi-naive patients (n=30) had an ORR of 90%"
_WHO_HAD: Final = Pattern(
    rf"(?:[Tt]he\s+|[Aa]ll\s+)?{_COUNT}(?P<who>(?:(?!\d|of\b|in\b)[\w/+-]+\s+){{0,5}}?(?:{PEOPLE}|group|arm|cohort)(?:\s+(?:with|treated\s+with|receiving|on|given|who\s+(?:had|have|were|was)(?:\s+(?:received|been|had))?)\s+[^,;:()%]{{3,60}}?)?)"
    rf"(?:{_SIZE})?\s+(?:had|has|have|achieved|showed|reached|demonstrated|experienced|saw|attained|recorded|obtained|one\s+of)\b"
)
#: What tells that a phrase is that of an arm.
_ARM_WORD: Final = Pattern(
    rf"\b(?:{PEOPLE}|groups?|[Cc]ohorts?|arms?|[Aa]rm|[Pp]art\s[A-D1-4]|subgroups?|subset|tiers?|populations?|dose\s+levels?|tumou?rs|na[iï]ve"
    r"|exposed|(?:pre-?)?treated|refractory|relapsed|positive|negative|mutant|mutated|mutations?|metastases|ITT)\b"
    rf"|(?<![\d.]){DOSE}(?!\w)",
)
#: Words of a label that names an outcome, a time or a heading and no arm.
_NO_LABEL: Final = Pattern(
    r"\b(?:rates?|responses?|survival|remissions?|median|mean|duration|change|reduction|increase|improvement|score|efficacy|safety|events?|findings?|results?|data|endpoints?"
    r"|follow-?up|tolerability|conference|presentation|title|abstract|poster|session|date|time|note|contact|source|status|phase\s[\dI]|week|month|day|year|highlights?|update|cash)\b"
    r"|\b(?:ORR|DCR|CBR|CR|PR|PFS|OS|DO[RS]|EFS|DFS|RFS|MRD|pCR|CRR|TTR|HR)\b",
    re.IGNORECASE,
)
_TIME: Final = Pattern(
    r"(?:an?\s+)?(?:median\s+)?(?:follow-?up|baseline|week|month|day|year|data|(?:\w+|\d+)[\s-](?:weeks?|months?|years?|days?)\b|(?:the\s+)?(?:time|date)\b|addition|contrast|total|fact|turn|this|both)",
    re.IGNORECASE,
)


def scopes(text: str, endpoints: Sequence[Endpoint] = ()) -> tuple[Scope, ...]:
    """The arms that clauses of a sentence begin with, each with the stretch up to the next.

    Hits: "In Cohort A (n=25), ORR was 48%; in Cohort B (n=18), ORR was 22%"; "Treatment-naive (n=24): ORR 67%".
    Near misses: "ORR: 67%"; "At week 24, 36% of patients"; "In the placebo group, 12%", which ends the arm before it.
    """
    found = list(_openers(text, endpoints))
    ends = [*(start for start, _ in found), len(text)][1:]
    return tuple(Scope(start, end, group) for (start, group), end in zip(found, ends, strict=False) if group)


def _openers(text: str, endpoints: Sequence[Endpoint]) -> Iterator[tuple[int, Group | None]]:
    """Where clauses with an arm of their own begin; a control's without a group."""
    last = 0
    for begin in _BEGIN.finditer(text):
        at = begin.end()
        if at < last:
            continue
        found = _IN_ARM.match(text, at) or _WHO_HAD.match(text, at)
        label = None if found or (begin.start() and begin[0][0] != ";") else _LABEL.match(text, at)
        match = found or label
        if match is None:
            continue
        if not _WITH.search(match["who"]) and any(
            match.start("who") < e[1] and e[0] < match.end("who") for e in endpoints
        ):
            continue
        who = " ".join(match["who"].split())
        sized = match["n"] or match["n2"] or match["count"] or (label and label["behind"])
        if label:
            marked = begin[0].strip() or sized or _ARM_WORD.search(who)
            if not marked or _NO_LABEL.search(who) or len(who.split()) > 12 or head_kind(who.split()[-1]):
                continue
        elif _TIME.match(who) or not (match["n"] or match["n2"] or _ARM_WORD.search(who)):
            continue
        last = match.end()
        if CONTROL_ARM.search(who):
            yield at, None
            continue
        size = match["whole"] or sized
        yield at, Group(_number(size) if size else None, population_in(text[at : match.end()], who))


#: "Patients with a ctDNA response by week 9 had": an outcome that tells patients apart.
_WITH: Final = Pattern(rf"^(?:[\w/+-]+\s+)?{PEOPLE}\s+(?:with|who)\b", re.IGNORECASE)


def _number(printed: str) -> int | None:
    value = values.decimal(printed.rstrip(","))
    return int(value) if value > 1 else None


def group_in(text: str, start: int, end: int, *, low: int, high: int, within: Sequence[Scope]) -> Group:
    """The patients that a figure was seen in, by the clause that it stands in where that begins with its arm.

    Args:
        text: the sentence.
        start, end: offsets of the figure.
        low: end of the figure before it, or 0.
        high: start of the figure after it, or the sentence's end.
        within: the arms of the sentence's clauses.
    """
    scope = next((s for s in within if s.start <= start < s.end), None)
    if scope is None:
        return group_of(text, start, end, low=low, high=high)
    at = scope.start
    clause = text[at : scope.end]
    told = group_of(clause, start - at, end - at, low=max(low - at, 0), high=min(high - at, len(clause)))
    whole = _letters(" ".join(scope.group.population))
    if whole and all(_letters(p) in whole for p in told.population):
        return Group(
            told.n or scope.group.n, scope.group.population
        )  # all of its words, not the known ones alone
    return Group(told.n or scope.group.n, told.population or scope.group.population)


def _letters(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in plain if c.isalnum())


_ITEM: Final = Pattern(r"\s*(?:[•*·▪◦●■○–—-]|o\s|\(?[a-z\d]{1,2}[.)]\s)|[^.;%]{3,90}:\s")
_LEADS: Final = Pattern(r":\s*$|[^.!?:;]$")
_MOST: Final = 160  # characters of a heading


def is_item(text: str) -> bool:
    """Whether a sentence is, or begins, an item of a list."""
    return _ITEM.match(text) is not None


_SIZED: Final = Pattern(_SIZE)
_FRAME: Final = Pattern(r"^[\s•*·▪◦●■○–—-]+|\s*:?\s*$")
_LABEL_WORDS: Final = 9


def lead_of(text: str, group: Group) -> Group | None:
    """The patients that the line leading in to a list tells, for all its items: "Among 52 patients on 12 mg or above:".

    Hits: "Cohort B (n=18)", a heading; "Results in the intent-to-treat population (N=120):".
    Near misses: "The trial enrolled 120 patients."
    """
    if not _LEADS.search(text) or (len(text) > _MOST and not text.rstrip().endswith(":")):
        return None
    if is_item(text) and not text.rstrip().endswith(":"):
        return None
    who = _FRAME.sub("", _SIZED.sub("", text))
    population = group.population
    if not population and _ARM_WORD.search(who) and not CONTROL_ARM.search(who):
        population = population_in(who, "")
        if not population and len(who.split()) < _LABEL_WORDS:
            population = population_in(f"in {who}", who)
    sized = _SIZED.search(text)
    size = group.n or (_number(sized["n"] or sized["n2"]) if sized else None)
    return Group(size, population) if size or population else None
