"""Outcomes and tables → results, each with its drug, the number analysed and the population."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from kg.extract import values
from kg.extract.document import Section
from kg.extract.focus import is_partner
from kg.extract.linked import LinkedSentence
from kg.extract.outcomes import (
    Arms,
    Drugs,
    Group,
    Outcome,
    arms_dealt,
    arms_in,
    comparator_of,
    counted,
    dealt_by_row,
    group_in,
    is_item,
    lead_of,
    listed_doses,
    outcome_told,
    outcomes,
    people,
    scopes,
)
from kg.extract.outcomes.figures import Endpoint
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.animals import cell_line_around, size_around
from kg.extract.relations.studies.context import Context, evidence_of, statement_modality
from kg.model import Entity, Fact, Kind, Mention, Modality, Quantity

_NO_FIGURE: Final = Quantity("", Decimal(0), "%")
_NOBODY: Final = Group(None, ())
_POPULATION_SHARE = Pattern(
    r"\b(?:(?<!reduced\sthe\s)(?<!lowered\sthe\s)(?<!reducing\sthe\s)(?<!reduction\sin\sthe\s)(?<!cut\sthe\s)(?<!decreased\sthe\s)incidence|prevalence|accounts?\s+for|of\s+all\s+(?:cancer|cases)|worldwide|(?:five"
    r"|5)-year\s+survival\s+rate|\w+-year\s+(?:relative\s+|overall\s+)?survival\s+(?:rates?\s+)?(?:of\s+patients\s[^.;]{0,60})?"
    r"(?:is|are|remains|drops|falls|lies|stands)|(?:five|5)-year\s+survival\b[^.;]{0,90}\s(?:is|are|remains)"
    r"|(?:mortality|fatality)\s+rates?\b[^.;]{0,60}\s(?:is|are|remains|ranging|estimated)|case\s+fatality|in\s+the\s+(?:U\.?S\.?|United\s+States)\s+alone"
    r"|million\s+(?:[\w.]+\s+){0,2}(?:adults|Americans|people|patients|men|women|children|individuals)\b[^.;]{0,60}\b(?:have|live|suffer|are|with)"
    r"|(?:has|have|had)\s+an?\s+[\w.-]+[- ]fold\s+(?:greater|higher|increased)\s+risk|by\s+\d{2}\s+years\s+old"
    r"|according\s+to\s+(?:the\s+)?(?:American|Centers\s+for|World\s+Health|National|CDC|WHO|GLOBOCAN|U\.S\.|United\s+States))\b",
    re.IGNORECASE,
)
_MONEY_TALK = Pattern(
    r"\b(?:revenues?|owned|stake|royalt\w+|discount|expenses?|net\s+loss|(?:net|product)\s+sales|annual\s+growth\s+rate|CAGR|year-over-year|interest\s+rate"
    r"|employees|market\s+share)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sentences before one tell, so that it need not.

    Attributes:
        section, paragraph: where they stand.
        outcome: the one told last, which "the reduction was 11%" goes on with.
        group: the patients that the paragraph counts.
        arms: the doses that it lists, which "61%, 84% and 93%, respectively" follows.
        lead: the patients of a list, told in the line that leads in to it.
        row: the arms told last, control and all, in whose order "6.9%, 10.4% and 2.8%" may stand.
        listed: those that sentences or items have told one by one.
    """

    section: Section
    paragraph: int
    outcome: Outcome | None = None
    group: Group = _NOBODY
    arms: tuple[Group, ...] = ()
    lead: Group = _NOBODY
    row: Arms = ()
    listed: Arms = ()


def result_facts(context: Context) -> Iterator[Fact]:
    """Every figure of an outcome that running text gives."""
    told: _Told | None = None
    for sentence in context.sentences():
        text = sentence.text
        if told is None or told.section is not sentence.section:
            row = told.row if told else ()
            told = _Told(
                sentence.section, sentence.sentence.paragraph, row=row, listed=told.listed if told else ()
            )
        elif told.paragraph != sentence.sentence.paragraph:
            lead = told.lead if is_item(text) else _NOBODY
            told = replace(told, paragraph=sentence.sentence.paragraph, group=lead, lead=lead)
        before = told
        row = _arms_told(context, sentence)
        if len(row) > 1:
            told = replace(told, row=row, listed=())
        elif row:
            listed = (*(a for a in told.listed if a != row[0]), *row)
            told = replace(told, row=listed if len(listed) > 1 else told.row, listed=listed)
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence) or context.focus.is_foreign(drug):
            continue
        if _POPULATION_SHARE.search(text) or _MONEY_TALK.search(text):
            continue
        found = _outcomes(context, sentence, before)
        groups = _groups(sentence, found, before, _of_diseases(sentence, found))
        for outcome, group in zip(found, groups, strict=True):
            kind = statement_modality(text, outcome.start, outcome.end)
            if kind in (Modality.HISTORICAL, Modality.NEGATED):
                kind = (
                    Modality.ASSERTED
                )  # what has a figure was seen: "time without dyskinesia rose by 2.4 hours"
            if kind is Modality.HYPOTHETICAL and _WAS_SEEN.search(text, 0, outcome.start):
                kind = Modality.ASSERTED
            animals = size_around(context, sentence) if group.n is None else None
            yield Fact(
                "result",
                drug,
                Quantity(
                    f"{outcome.name} {outcome.quantity.text}", outcome.quantity.value, outcome.quantity.unit
                ),
                modality=kind,
                confidence=0.8,
                evidence=evidence_of(context, sentence, "result"),
            ).with_qualifiers(
                {
                    "endpoint": outcome.endpoint,
                    "n": int(animals.value) if animals else group.n,
                    "population": _population(outcome, group, drug) or None,
                    "trial": context.trial(sentence, drug),
                    "comparator": comparator_of(sentence, outcome.end),
                    "cell_line": cell_line_around(context, sentence),
                }
            )
        last = next((o for o in reversed(found) if o.quantity.unit), told.outcome)
        if not found and (named := outcome_told(text, _endpoints(sentence))):
            last = Outcome(0, 0, named, None, _NO_FIGURE)
        stated = Group(counted(text) or told.group.n, people(text) or told.group.population)
        leading = lead_of(text, stated) if not found else None
        told = replace(
            told,
            outcome=last,
            group=stated,
            arms=listed_doses(text) or told.arms,
            lead=leading or told.lead,
        )


def _arms_told(context: Context, sentence: LinkedSentence) -> Arms:
    """The arms that a sentence tells."""
    drugs = [m for m in sentence.of_kind(Kind.DRUG) if not _is_level(sentence, m)]
    own = [m for m in drugs if context.focus.is_own(m.entity)]
    others = [m for m in drugs if m not in own and not _joins(sentence, m, own)]
    return arms_in(sentence.text, _places(sentence, own), _places(sentence, others))


def _outcomes(context: Context, sentence: LinkedSentence, told: _Told) -> list[Outcome]:
    """The figures of a sentence that are the studied drug's; those in a table are read with it."""
    drugs = [m for m in sentence.of_kind(Kind.DRUG) if not _is_level(sentence, m)]
    own = [m for m in drugs if context.focus.is_own(m.entity)]
    others = [m for m in drugs if m not in own and not _joins(sentence, m, own)]
    places = Drugs(_places(sentence, own), _places(sentence, others))
    kept: list[Outcome] = []
    for outcome in outcomes(sentence, drugs=places, said=told.outcome, arms=len(told.arms)):
        before = [m for m in drugs if m.end - sentence.start <= outcome.start]
        if _OF_BOTH.search(outcome.name) and (own or kept):
            before = []  # a ratio is of both arms
        asked = before[-1:] if own else before  # a sentence of other drugs alone is about the first of them
        foreign = any(
            m in others
            and not is_partner(sentence, m)
            and not _given_together(sentence, m, own)
            and not _had_before(sentence, m)
            and not _is_measured(m, outcome)
            for m in asked
        ) and not any(0 <= low - outcome.end < 60 for low, _ in places.own)
        if not foreign and not context.in_table(sentence.start + outcome.start):
            kept.append(outcome)
    kept.sort(key=lambda o: o.start)
    if len(kept) > 2 and _PLACEBO_LAST.search(sentence.text) and len({o.name for o in kept}) == 1:
        kept.pop()  # "changed by -1.5%, -1.9% and -0.3%, respectively" with 1.5 mg, 3 mg or placebo
    dealt = dealt_by_row(sentence.text, told.row, (o.start for o in kept)) if kept and not drugs else {}
    if len({o.name for o in kept if o.start in dealt}) == 1:
        kept = [o for o in kept if dealt.get(o.start, "") is not None]
    return kept


#: "84% of those who could be assessed … and the PFS rate was": a figure that was seen is no hope.
_WAS_SEEN: Final = Pattern(
    r"\b(?:was|were|reached|achieved|had|showed|demonstrated|observed)\b(?:(?!\b(?:would|could|may|might|if|should|can)\b)[^.;,]){0,40}$"
)
#: "previously treated with X", "X-experienced": what patients had before the study.
_HAD: Final = Pattern(
    r"\b(?:previously|prior|earlier|before|after|failed|failing|refractory|resistant|intolerant|exposed|inadequate\s+response|switched|switching|progress(?:ed|ing|ion)|relapsed)"
    r"(?:\s+(?:treated|therapy|treatment|use|exposure|received|receiving|on|to|with|from|of|an?|the|anti-\w+|at\s+least|one))*\s+\(?$",
    re.IGNORECASE,
)
_EXPERIENCED: Final = Pattern(
    r"[\s-]+(?:experienced|exposed|refractory|resistant|na[iï]ve|failures?|pre-?treated|treated\s+before)\b"
)


def _had_before(sentence: LinkedSentence, drug: Mention) -> bool:
    """Whether a drug is told as one that patients had had before."""
    at = drug.start - sentence.start
    return _HAD.search(sentence.text, 0, at) is not None or (
        _EXPERIENCED.match(sentence.text, drug.end - sentence.start) is not None
    )


#: "an increase in total testosterone", "serum calcium": hormones and salts that are also given.
_MEASURED_AHEAD: Final = Pattern(
    r"\b(?:total|serum|plasma|free|urinary|blood|fasting|mean|median|trough|endogenous|circulating"
    r"|(?:reduction|increase|decrease|change|improvement|rise|fall|decline)s?\s+(?:from\s+baseline\s+)?in)\s+(?:mean\s+|the\s+)?$",
    re.IGNORECASE,
)
_MEASURED_BEHIND: Final = Pattern(r"\s+(?:levels?|concentrations?|secretion|production|excretion)\b")


def _is_level(sentence: LinkedSentence, drug: Mention) -> bool:
    """Whether the name of a drug stands for what is measured in the body."""
    low = sentence.start
    return (
        _MEASURED_AHEAD.search(sentence.text, 0, drug.start - low) is not None
        or _MEASURED_BEHIND.match(sentence.text, drug.end - low) is not None
    )


#: What is of two arms at once.
_OF_BOTH: Final = Pattern(r"ratio|difference$")


def _is_measured(drug: Mention, outcome: Outcome) -> bool:
    """Whether a drug's name is that of what was measured: "testosterone" of "testosterone increase"."""
    return drug.text.casefold() in outcome.name.casefold()


#: "KLV-101 with gemcitabine and nab-paclitaxel": from the release's own drug to one given with it.
_TOGETHER: Final = Pattern(
    r"[®™]?\s*(?:\([^()]*\)\s*)?(?:with|plus|\+|and|in\s+combination\s+with|combined\s+with|added\s+to|on\s+top\s+of)\s+(?:[\w-]+(?:,\s+|\s+(?:and|plus|\+)\s+|\s+)){0,4}"
)


def _joins(sentence: LinkedSentence, drug: Mention, own: list[Mention]) -> bool:
    """Whether a drug is given with one of the release's own, or is what that is made of: no arm of another."""
    low = sentence.start
    if _MADE_OF.match(sentence.text, drug.end - low):
        return True
    return any(
        m.end <= drug.start
        and (
            _TOGETHER.fullmatch(sentence.text, m.end - low, drug.start - low)
            or _EXPLAINED.fullmatch(sentence.text, m.end - low, drug.start - low)
        )
        for m in own
    )


#: "AB-101, a topical minocycline-loaded gel", "AB-101, an oral form of testosterone,"
_MADE_OF: Final = Pattern(r"-(?:loaded|based|containing|eluting|releasing|derived|coated|like)\b")
_EXPLAINED: Final = Pattern(
    r"[®™]?\s*(?:\([^()]*\))?,?\s+(?:is\s+)?(?:an?|the|its|our)\s+(?:[\w-]+\s+){0,5}(?:formulation|form|version|prodrug|analog(?:ue)?|derivative|salt|isomer|enantiomer|biosimilar|combination)\s+(?:of|to)\s+"
)


def _given_together(sentence: LinkedSentence, drug: Mention, own: list[Mention]) -> bool:
    """Whether a bar joins a drug to one of the release's own: "in the AB-101/azacitidine arm"."""
    joint = drug.start - 1
    return any(m.end == joint and sentence.text[joint - sentence.start] in "/+" for m in own)


_OWN_ARM: Final = Pattern(
    r"[\s-]+(?:(?:treated|treatment|groups?|arms?|cohort|patients|participants|subjects"
    r"|recipients)\s*)+$"
)
_PLACEBO_LAST: Final = Pattern(
    r"\d\s?(?:mg|[µu]g|mg/kg|g|IU|mL)\b[^.;]{0,30}?\b(?:or|and)\s+(?:matching\s+)?(?:placebo"
    r"|vehicle)\b.{0,260}\brespectively\b",
    re.IGNORECASE,
)


_IN_DISEASE: Final = Pattern(
    r"\s*(?:\([^()]*\)\s*)?(?:in|for|among)\s+(?:the\s+)?(?:(?:patients|participants|those|subjects|people|adults|children)\s+with\s+)?"
)


def _of_diseases(sentence: LinkedSentence, found: list[Outcome]) -> dict[int, str]:
    """The disease of each figure, by its start, where a sentence tells several apart: "42% in A and 29% in B"."""
    low, out = sentence.start, {}
    for outcome in found:
        for mention in sentence.of_kind(Kind.DISEASE):
            if _IN_DISEASE.fullmatch(sentence.text, outcome.end, mention.start - low):
                out[outcome.start] = sentence.text[mention.start - low : mention.end - low]
    return out if len(set(out.values())) > 1 else {}


def _groups(
    sentence: LinkedSentence, found: list[Outcome], told: _Told, diseases: dict[int, str]
) -> list[Group]:
    """The patients of each figure of a sentence; what it leaves unsaid, the sentences before it may tell."""
    text = sentence.text
    endpoints = _endpoints(sentence)
    here = listed_doses(text, {o.start for o in found})
    dealt = here or told.arms
    if (
        len(found) > 1
        and len(dealt) == len(found)
        and (_RESPECTIVELY.search(text) or ((here or _ARMS.search(text)) and _in_a_row(text, found)))
    ):
        return list(dealt)
    arms = arms_dealt(text) or (
        {} if sentence.of_kind(Kind.DRUG) else dealt_by_row(text, told.row, (o.start for o in found))
    )
    within = scopes(text, endpoints) if found else ()
    sizes = {s.value for s in values.sample_sizes(text)}
    groups = []
    for index, outcome in enumerate(found):
        group = group_in(
            text,
            outcome.start,
            outcome.end,
            low=found[index - 1].end if index else 0,
            high=next((o.start for o in found[index + 1 :] if not _is_twin(text, outcome, o)), len(text)),
            within=within,
        )
        arm = arms.get(outcome.start) or diseases.get(outcome.start)
        population = (arm,) if arm else group.population or told.group.population
        if "ratio" in outcome.name and len(sizes) > 1:
            group = replace(group, n=None)  # both arms'
        groups.append(Group(group.n or told.group.n, population))
    return groups


def _is_twin(text: str, one: Outcome, other: Outcome) -> bool:
    """Whether two figures are one in two units: "6.2 kg (5.9%)"."""
    return one.name == other.name and _IN_OTHER_UNIT.fullmatch(text, one.end, other.start) is not None


_IN_OTHER_UNIT: Final = Pattern(r"\s*\(|,?\s+or\s+")


def _endpoints(sentence: LinkedSentence) -> list[Endpoint]:
    low = sentence.start
    return [(m.start - low, m.end - low, m.entity) for m in sentence.of_kind(Kind.ENDPOINT)]


_ARMS: Final = Pattern(r"\b(?:cohorts|arms|groups|doses|dose\s+levels)\b")
_RESPECTIVELY: Final = Pattern(r"\brespectively\b")
_BETWEEN: Final = Pattern(r"\s*(?:\([^()]*\)\s*)?(?:,|,?\s*and)\s+")


def _in_a_row(text: str, found: list[Outcome]) -> bool:
    """Whether figures stand side by side: "by 31% and 44%"."""
    return all(_BETWEEN.fullmatch(text, one.end, other.start) for one, other in pairwise(found))


def _population(outcome: Outcome, group: Group, drug: Entity) -> tuple[str, ...]:
    """The patients of a figure; a ratio is of two arms and so of neither, and the drug's own arm tells nothing more."""
    own = {name.casefold() for name in drug.names}
    if all(_OWN_ARM.sub("", p).casefold() in own for p in group.population):
        return ()
    if not re.search(r"\bratio\b", outcome.name):
        return group.population
    return tuple(p for p in group.population if not re.search(r"\b(?:arm|group)$", p))


def _places(sentence: LinkedSentence, mentions: Iterable[Mention]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((m.start - sentence.start, m.end - sentence.start) for m in mentions))
