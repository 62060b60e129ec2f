"""Linked mentions → doses, each with its drug and schedule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final

from kg.extract import values
from kg.extract.focus import identity, is_partner, same
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.relations.studies.context import COHORT_LABEL, Context, evidence_of, statement_modality
from kg.extract.relations.studies.dosed_arms import doses_of_tables, is_arm_of_figure, strengths
from kg.extract.relations.studies.rhythms import LOOSE, TREATED_FOR, rhythm
from kg.model import Entity, Fact, Kind, Modality, Quantity

_NO_DOSE_UNIT = Pattern(r"^(?:uL|kg|kg/m2|Gy|cGy|L|mEq|mmol)$|/(?:mL|dL|L|min)(?:$|/)")
#: "was lower by 1,480 mg", "a reduction of 10 mg": a difference, not what was given
_BY_HOW_MUCH: Final = Pattern(
    r"\b(?:lower|higher|less|more|fewer|reduc\w+|decreas\w+|increas\w+|differ\w+|chang\w+|declin\w+|f[ae]ll|rose)"
    r"\s+(?:by|of)\s+(?:about\s+|approximately\s+|nearly\s+|up\s+to\s+)?$",
    re.IGNORECASE,
)
#: Units of much else: a dose only where the words say so.
_LOOSE_UNIT = Pattern(r"^(?:mL|g)$")
_SAYS_DOSE = Pattern(
    r"\s*(?:\([^()]*\)\s*)?(?:(?:single|oral|intravenous|intramuscular|subcutaneous)\s+)?(?:doses?"
    r"|infusions?|injections?|tablets?|capsules?|once|twice"
    r"|three\s+times|every|daily|weekly|monthly|IV|b\.i\.d|BID|QD|per\s+day|a\s+day)\b",
    re.IGNORECASE,
)
_DOSING = Pattern(
    r"\b(?:dos(?:e|es|ed|ing|age)|(?:trials?|study|studies)\s+of|cohorts?|escalat\w*|cycles?|arms?|groups?|once|twice|daily|weekly"
    r"|receiv\w+|administ\w+|inject\w+|infus\w+|given|treat(?:ed|ment)|tablets?"
    r"|capsules?|regimen|formulations?)\b",
    re.IGNORECASE,
)
_AFTER_DOSE = Pattern(
    r"\s*(?:\(|of\s+|doses?\s+of\s+|doses?\s+|infusions?\s+of\s+|injections?\s+of\s+)*"
    r"(?:(?:oral|intravenous|subcutaneous|intramuscular|IV|SC|once|twice|daily|weekly|monthly|the|of|low"
    r"|high|dose|a|an|single)\s+){0,4}$",
    re.IGNORECASE,
)
_BEFORE_DOSE = Pattern(
    r"\s*(?:(?:is|was|were|are)\s+(?:to\s+be\s+|also\s+)?(?:given|administered|dosed|infused|injected|taken)\s+(?:(?:orally|intravenously|subcutaneously|IV)\s+)?)?"
    r"(?:[(,:]|at|at\s+a\s+dose\s+of|at\s+doses\s+of|doses?\s+of|treatment\s+with)?\s*(?:"
    r"(?:approximately|about|of|up\s+to)\s+)*(?:\d[\d.,]*\s*(?:\w+\s*)?(?:,|or|and|to|-|–)\s*)*",
    re.IGNORECASE,
)
_ROUTE = Pattern(
    r"\b(oral(?:ly)?|intravenous(?:ly)?|subcutaneous(?:ly)?|intramuscular(?:ly)?|intravitreal(?:ly)?"
    r"|intrathecal(?:ly)?|inhaled|topical(?:ly)?)\b",
    re.IGNORECASE,
)


def dose_facts(context: Context) -> Iterator[Fact]:
    """Every dose of a drug; a schedule that is told of one dose alone, or of none, is that of the others too."""
    found = list(_dose_facts(context))
    found += _arms(context, found)
    told: dict[tuple[str, str], dict[str, str]] = {}
    for fact in found:
        if fact.subject is not None:
            rhythms = told.setdefault(identity(fact.subject), {})
            for schedule in map(str, fact.qualifier("schedule")):
                if not LOOSE.fullmatch(schedule):
                    rhythms.setdefault(rhythm(schedule), schedule)
    without = {drug for drug, rhythms in told.items() if not rhythms}
    regimens = _regimens(context, without) if without else {}
    for fact in found:
        known: dict[str, str] = {}
        if fact.subject is not None:
            known = told[identity(fact.subject)] or regimens.get(identity(fact.subject), {})
        own = next(map(str, fact.qualifier("schedule")), None)
        alone = (
            len(known) == 1
            and (own is None or LOOSE.fullmatch(own))
            and not _ONE_OF_SEVERAL.search(next(iter(known.values())))
        )
        yield fact.with_qualifiers({"schedule": next(iter(known.values()))}) if alone else fact


def _arms(context: Context, told: list[Fact]) -> Iterator[Fact]:
    """The doses that only a table of results tells."""
    known = {
        (identity(f.subject), f.object.text)
        for f in told
        if f.subject is not None and isinstance(f.object, Quantity)
    }
    for drug, quantity, schedule, evidence in doses_of_tables(context):
        if (identity(drug), quantity.text) not in known:
            fact = Fact("dose", drug, quantity, confidence=0.7, evidence=(evidence,))
            yield fact.with_qualifiers({"schedule": schedule})


#: "is infused every three weeks", "given as a single injection": how a drug is given, whatever the dose.
_IS_GIVEN: Final = Pattern(
    r"\b(?:given|administered|infused|injected|taken|dosed|delivered|receiv\w+|dosing|inject\w+|infusions?|oral|subcutaneous(?:ly)?|tablets?|capsules?|therapy|treatments?|candidate|inhibitor|agonist|antibody|analogue?|doses?\s+of)\b",
    re.IGNORECASE,
)
_ONLY_WHEN: Final = Pattern(r"\b(?:days?|weeks|months|cycles?)\s+\d", re.IGNORECASE)


def _regimens(context: Context, drugs: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    """The schedules that sentences without a dose tell of some drugs."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for sentence in context.sentences():
        text = sentence.text
        drug = context.focus.drug(sentence)
        if drug is None or identity(drug) not in drugs or not _IS_GIVEN.search(text):
            continue
        if any(same(_dosed(context, sentence, dose)[0], drug) for dose in values.doses(text)):
            continue
        for schedule in values.schedules(text):
            if not _ONLY_WHEN.match(schedule.schedule) and not _NO_SCHEDULE.search(text[: schedule.start]):
                words = TREATED_FOR.sub("", schedule.schedule).replace("-", " ")
                found.setdefault(identity(drug), {}).setdefault(rhythm(words), words)
    return found


#: Schedules that belong to one dose and not to the regimen.
_ONE_OF_SEVERAL: Final = Pattern(r"\b(?:day|week|optional|loading|starting|initial|step-up)\b", re.IGNORECASE)


def _dose_facts(context: Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        text = sentence.text
        doses = [
            d
            for d in sorted(
                (*values.doses(text), *_exposures(text), *strengths(text, _ends_of_drugs(sentence))),
                key=lambda d: d.start,
            )
            if not _NO_DOSE_UNIT.search(d.quantity.text.split(" ", 1)[-1])
            and not _BY_HOW_MUCH.search(text, max(0, d.start - 40), d.start)
        ]
        if not doses:
            continue
        schedules = _schedules(text, doses)
        shown: dict[tuple[tuple[str, str], str], list[str | None]] = {}
        for index, dose in enumerate(doses):
            drug, sure = _dosed(context, sentence, dose)
            loose = _LOOSE_UNIT.match(dose.quantity.text.split(" ", 1)[-1])
            if drug is None or (loose and not _SAYS_DOSE.match(text, dose.end)):
                continue
            if context.focus.is_foreign(drug):
                continue
            optional = _OPTIONAL_DOSE.search(text, 0, dose.start)
            if optional and optional.end() == dose.start:
                schedules[index] = _optional_schedule(text, optional, dose)
            told = shown.setdefault((identity(drug), dose.quantity.text), [])
            if told and (schedules[index] is None or schedules[index] in told):
                continue  # "a second 25.0 mCi/m2 dose": the regimen has been told
            told.append(schedules[index])
            schedule = TREATED_FOR.sub("", schedules[index] or "") or None
            route = _ROUTE.search(text[max(0, dose.start - 25) : dose.end + 40])
            yield Fact(
                "dose",
                drug,
                dose.quantity,
                modality=_dose_modality(context, sentence, dose),
                confidence=0.92 if sure else 0.75,
                evidence=evidence_of(context, sentence, "dose"),
            ).with_qualifiers(
                {
                    "schedule": schedule,
                    "cohort": _cohort_of(text, doses, index),
                    "trial": context.trial(sentence, drug) or context.trial_of_cohorts(sentence, drug),
                    "route": _route(route[1]) if route else None,
                }
            )


def _ends_of_drugs(sentence: LinkedSentence) -> tuple[int, ...]:
    """Where the names of drugs end in a sentence, and the words in brackets behind them."""
    ends = [m.end - sentence.start for m in sentence.of_kind(Kind.DRUG)] if "%" in sentence.text else []
    return (*ends, *(f.end() for end in ends if (f := _BRACKET.match(sentence.text, end)) is not None))


def _exposures(text: str) -> Iterator[values.QuantityMatch]:
    """Doses told by what they lead to: "carboplatin (AUC 5)"."""
    for found in _EXPOSURE.finditer(text) if "AUC" in text else ():
        number = found["number"]
        quantity = Quantity(f"AUC {number}", Decimal(number), "mg/mL.min")
        yield values.QuantityMatch(found.start("what"), found.end(), quantity)


_EXPOSURE: Final = Pattern(
    r"platin[,\s]*\(?(?:at\s+|dosed\s+to\s+)?(?:an?\s+)?(?P<what>AUC\s?(?:of\s+|=\s?)?(?P<number>\d(?:\.\d)?))(?!\w|[.]\d|\s?%)"
)
_BRACKET: Final = Pattern(r"[®™]?\s*\([^()]*\)")
#: with the option for a second 25 mg dose …; an optional second dose of …
_OPTIONAL_DOSE: Final = Pattern(
    r"\b(?:option(?:al)?\s+(?:for|of|to\s+receive)?\s*)(?:an?\s+)?(?P<rank>second|third|additional|further)\s+"
    r"(?:dose\s+of\s+)?$",
    re.IGNORECASE,
)
_LATER: Final = Pattern(
    r"\s*(?:dose\s+)?(?P<when>(?:approximately\s+|about\s+)?\d+(?:\s?(?:-|–|to)\s?\d+)?\s+(?:days|weeks"
    r"|months)\s+later)\b"
)


def _optional_schedule(text: str, optional: re.Match[str], dose: values.QuantityMatch) -> str:
    """ "with the option for a second 25 mg dose 75-180 days later" as "optional second dose, 75-180 days later"."""
    later = _LATER.match(text, dose.end)
    return f"optional {optional['rank'].casefold()} dose" + (
        f", {' '.join(later['when'].split())}" if later else ""
    )


def _route(word: str) -> str:
    return re.sub(r"(?<=[lsr])ly$", "", word.casefold())


#: "dovamertinib mesylate (brand name: X), at 80 mg": what may stand between a drug and its dose.
_ASIDE: Final = Pattern(
    r"^\s+(?:mesylate|hydrochloride|sodium|tosylate|citrate|pivoxil|etzadroxil)\b|\s*\([^()]*\)|,(?=\s+at\s)"
)


def _dosed(
    context: Context, sentence: LinkedSentence, dose: values.QuantityMatch
) -> tuple[Entity | None, bool]:
    """The drug that a dose is of, and whether the sentence names it.

    Hits: "a 25 mg dose of AB-1"; "40 mg oral dexamethasone"; "AB-1 (95 uCi)"; "received AB-1 at 5 mg/kg".
    """
    text = sentence.text
    treatments = sentence.of_kind(Kind.TREATMENT)
    drugs = sentence.of_kind(Kind.DRUG)
    for mention in (*drugs, *treatments):
        if dose.end <= mention.start - sentence.start and _AFTER_DOSE.fullmatch(
            text[dose.end : mention.start - sentence.start]
        ):
            return (mention.entity, True) if mention.entity.kind is Kind.DRUG else (None, True)
    another = _WITH_ANOTHER.search(text, 0, dose.start)
    if another and not any(m.end - sentence.start > another.start() for m in drugs):
        return None, False
    focus = context.focus.drug(sentence)
    before = [m for m in drugs if m.end - sentence.start <= dose.start]
    for mention in reversed(before):
        gap = _ASIDE.sub("", text[mention.end - sentence.start : dose.start])
        tight = bool(_BEFORE_DOSE.fullmatch(gap))
        if _FORM_OF.search(text, 0, mention.start - sentence.start):
            continue
        if mention.start == sentence.start and context.focus.is_own(mention.entity):
            return mention.entity, True
        if not tight and (is_partner(sentence, mention) or not same(mention.entity, focus)):
            continue
        return mention.entity, True
    if context.about_disease(sentence) or dose.quantity.text.startswith("AUC"):
        return None, False
    said = _DOSING.search(text) or values.schedules(text) or _in_cell(text, dose)
    if (
        not said
        and not ("%" in text and _WITH.search(text, 0, dose.start))
        and not is_arm_of_figure(text, dose.start)
    ):
        return None, False
    return focus, False


def _in_cell(text: str, dose: values.QuantityMatch) -> bool:
    """Whether a dose has a cell of a row to itself, but for how many got it: "1   0.3 mg/kg (n=3)   none"."""
    if text.casefold().count("(n") > 1:
        return False  # the head of a table: its columns are arms, whose drugs stand above
    return (
        _CELL_BEGINS.search(text, 0, dose.start) is not None and _CELL_ENDS.match(text, dose.end) is not None
    )


_CELL_BEGINS: Final = Pattern(r"(?:^|\s{2}|\t|\|\s?)$")
_CELL_ENDS: Final = Pattern(
    r"(?:\s(?:[Qq]\d{0,2}[WDM]|[BT]ID|(?:once|twice)\s\w+|daily|weekly|monthly|every\s\w+\s\w+))?"
    r"\s*(?:\([^()|]*\))?\s*(?:\s{2}|\t|\||$)"
)
#: "combined with peginterferon alfa-2a 180 ug": of a drug whose name is not known.
_WITH_ANOTHER: Final = Pattern(
    r"\b(?:combined\s+with|in\s+combination\s+with|plus|added\s+to|together\s+with)\s+(?:(?!the\b|an?\b|placebo\b)[a-z][\w-]*\s+){0,3}(?-i:[A-Z][\w-]*|[a-z][\w-]*),?\s+(?:at\s+|\()?$"
)
#: "weight loss was 9.1% with 40 mg": a dose for the arm.
_WITH: Final = Pattern(r"\b(?:with|on|at)\s+(?:the\s+)?$")
#: "AB-1, a once-daily formulation of": the drug that is meant stands before.
_FORM_OF: Final = Pattern(r"\b(?:formulation|form|version|salt|prodrug)\s+of\s+(?:the\s+)?$")
#: What a protocol provides for is planned, and what was not tolerated was given.
_MAY_RECEIVE: Final = Pattern(
    r"\b(?:patients|participants|subjects|cohorts?)\b[^.;]{0,40}\bmay\s+(?:also\s+|then\s+)?(?:receive"
    r"|be\s+given)\b[^.;]*$|\b(?:may|could|can)\s+be\s+(?:increased|titrated|up-?titrated|escalated|raised|adjusted)\b[^.;]*$",
    re.IGNORECASE,
)
#: "no dose-limiting toxicities up to 4.5 mg/kg", "the maximum tolerated dose was not reached at": these were given.
_NOT_OF_DOSE: Final = Pattern(
    r"\b(?:no|not|without|nor|never)\b[^.;]{0,120}\b(?:up\s+to|at|through|with|to)\s+(?:(?:doses?|dose\s+levels?)\s+)?(?:(?:of|up\s+to|as\s+high\s+as)\s+)?"
    r"(?:the\s+)?(?:highest\s+(?:tested\s+)?dose\s+(?:of\s+|tested,?\s+)?)?\(?$",
    re.IGNORECASE,
)
_GIVEN_UP: Final = Pattern(r"[^.;]{0,30}\b(?:not\s+tolerated|no\s+longer)\b", re.IGNORECASE)


def _dose_modality(context: Context, sentence: LinkedSentence, dose: values.QuantityMatch) -> Modality:
    """The modality of a dose: planned where the only trial of its sentence is."""
    kind = statement_modality(sentence.text, dose.start, dose.end)
    if kind is Modality.HYPOTHETICAL and _MAY_RECEIVE.search(sentence.text[: dose.start]):
        return Modality.PLANNED
    if kind is Modality.NEGATED and _GIVEN_UP.match(sentence.text, dose.end):
        return Modality.HISTORICAL
    if kind is Modality.NEGATED and _NOT_OF_DOSE.search(sentence.text, 0, dose.start):
        return Modality.ASSERTED
    here = [t for t in context.trials if any(r.sentence is sentence for r in t.references)]
    if kind is Modality.ASSERTED and here and all(t.status == "planned" for t in here):
        return Modality.PLANNED
    return kind


#: "*Three doses* of AB-1 (1, 3 and 10 mg)": so many are tried, not given
_LEVELS: Final = Pattern(r"\s+of\s+[\w-]+\s*(?:\(|,\s*\d)")
_NO_SCHEDULE: Final = Pattern(r"\b(?:one\s+of|phase|at\s+least|or\s+more|first|cohort)\s+$", re.IGNORECASE)
_JOINED: Final = Pattern(
    r"\)?\s*(?:\([^()]*\)\s*)?(?:-|–|to|and|or|via|then|,|,\s*and|,\s*or)\s*(?:approximately\s+)?"
    r"(?:[A-Za-z][\w®™-]{2,}\s+)?\(?",
    re.IGNORECASE,
)
_SINGLE: Final = Pattern(
    r"\b(?:single|one|one-time)\s+(?:[a-z]+\s+)?(?P<noun>dose|infusion|injection|administration)\b"
    r"(?!\s+levels?|[-\s]limiting)",
    re.IGNORECASE,
)
_KIND_BEFORE: Final = Pattern(
    r"\b(?P<kind>loading|starting|initial|maintenance|step-up|priming)\s+doses?\s*(?:of|is|was|:|\()?\s*$",
    re.IGNORECASE,
)
_KIND_BEHIND: Final = Pattern(
    r"\s+(?:[a-z]+\s+)?(?P<kind>loading|starting|initial|step-up|priming)\s+dose\b", re.IGNORECASE
)


_OF_ALL: Final = Pattern(
    r"[,(]\s*(?:both|all|each)\s+(?:given\s+|administered\s+|taken\s+|dosed\s+)?(?:(?:orally|subcutaneously|intravenously)\s+)?"
)
#: "two 25 ug doses 28 days apart", "25 ug in two doses, 28 days apart"
_SEVERAL: Final = Pattern(r"\b(?P<many>two|three|four|[2-4])\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
_APART: Final = Pattern(
    r"\s+(?:(?:as|in|for)\s+)?(?:(?P<many>two|three|four|[2-4])\s+)?(?:[a-z]+\s+)?(?P<noun>doses|injections"
    r"|infusions|vaccinations)\s*(?:of\s+[\w-]+\s*)?,?\s*(?:(?:given|administered|separated|spaced)\s+)?"
    r"(?P<apart>(?:\d+|[a-z]+)\s+(?:days|weeks|months)\s+apart)\b",
    re.IGNORECASE,
)


#: "two injections of 300 mg three months apart"
_SEVERAL_TOLD: Final = Pattern(r"(?:two|three|four|[2-4])\s.*(?:doses|injections|infusions)$", re.IGNORECASE)
_JUST_APART: Final = Pattern(
    r",?\s+(?:each,?\s+)?(?:given\s+|administered\s+)?(?P<apart>(?:\d+|[a-z]+)\s+(?:days|weeks|months)\s+apart)\b"
)


def _schedules(text: str, doses: list[values.QuantityMatch]) -> list[str | None]:
    """The schedule of each dose of a sentence."""
    out: list[str | None] = [None] * len(doses)
    found = [
        s
        for s in values.schedules(text)
        if not _NO_SCHEDULE.search(text[: s.start])
        and not (s.schedule.endswith("doses") and _LEVELS.match(text, s.end))
    ]
    for index, dose in enumerate(doses):
        low = doses[index - 1].end if index else 0
        last = index  # "150 mg or 300 mg every four weeks": what follows the last of a list is said of each
        while last + 1 < len(doses) and _JOINED.fullmatch(text[doses[last].end : doses[last + 1].start]):
            last += 1
        high = doses[last + 1].start if last + 1 < len(doses) else len(text)
        after = [s for s in found if doses[last].end <= s.start < min(high, doses[last].end + 110)]
        before = [s for s in found if max(low, dose.start - 80) <= s.start and s.end <= dose.start]
        single = re.search(
            r"\b(?:single|one-time)\s+(?:[\w-]+\s+){0,2}$", text[low : dose.start], re.IGNORECASE
        )
        if single and re.match(r"\s*(?:[\w-]+\s+)?(?:dose|infusion|injection)", text[dose.end :]):
            out[index] = "single dose"
        elif after and not re.search(r"[.;]|,\s*(?:with|and)\s", text[doses[last].end : after[0].start]):
            out[index] = after[0].schedule
        elif before:
            out[index] = before[-1].schedule
        elif single:
            out[index] = "single dose"
    # a range shares its schedule; "respectively" deals schedules out
    for index in range(len(doses) - 1, 0, -1):
        joined = _JOINED.fullmatch(text[doses[index - 1].end : doses[index].start])
        if joined and out[index] and not out[index - 1]:
            out[index - 1] = out[index]
        elif joined and out[index - 1] and not out[index]:
            out[index] = out[index - 1]
    for index in range(1, len(doses)):
        joined = _JOINED.fullmatch(text[doses[index - 1].end : doses[index].start])
        if joined and out[index] is None:
            out[index] = out[index - 1]
    for shared in _OF_ALL.finditer(
        text
    ):  # "14.8 minutes with 2 mg and 21.3 minutes with 5 mg, both once daily"
        told = next((s.schedule for s in found if s.start == shared.end()), None)
        for index, dose in enumerate(doses):
            if told is not None and dose.end <= shared.start() and out[index] is None:
                out[index] = told
    for group in values.distributed(text):
        before_group = [i for i, dose in enumerate(doses) if dose.end <= group[0].start][-len(group) :]
        if len(before_group) == len(group):
            for i, schedule in zip(before_group, group, strict=True):
                out[i] = schedule.schedule
    if (
        len(doses) > 1
        and out[0]
        and not out[1]
        and re.search(r"\branging\s+from\s+$", text[: doses[0].start])
    ):
        out[1] = out[0]
    for index, dose in enumerate(doses):
        apart = _APART.match(text, dose.end)
        several = _SEVERAL.search(text[: dose.start])
        if apart and (several or apart["many"]):
            many = (several or apart)["many"].casefold()
            out[index] = f"{many} {apart['noun']} {' '.join(apart['apart'].split())}"
        elif (
            (told := out[index]) and _SEVERAL_TOLD.match(told) and (gap := _JUST_APART.match(text, dose.end))
        ):
            out[index] = f"{told} {' '.join(gap['apart'].split())}"
    single = _SINGLE.search(text)
    for index, dose in enumerate(doses):
        kind = _KIND_BEHIND.match(text, dose.end) or _KIND_BEFORE.search(text[: dose.start])
        alone = len(doses) == 1 or (kind and kind["kind"].casefold() not in ("loading", "initial"))
        if kind and not alone and index and not out[index - 1]:
            out[index - 1] = out[index]  # "300 mg (initial dose 600 mg) once every two weeks"
        if kind and (out[index] is None or not alone):
            out[index] = f"{kind['kind'].casefold()} dose"
        elif out[index] is None and single and not _NO_SCHEDULE.search(text[: single.start()]):
            out[index] = f"single {single['noun'].casefold()}"
    return out


def _cohort_of(text: str, doses: list[values.QuantityMatch], index: int) -> str | None:
    dose = doses[index]
    high = doses[index + 1].start if index + 1 < len(doses) else len(text)
    after = re.match(r"[^.;]{0,80}?\b(?:in|for|to)\s+(?P<label>[Cc]ohorts?\s+\S+)", text[dose.end : high])
    if after and (label := COHORT_LABEL.search(after["label"])):
        return label[1]
    before = list(COHORT_LABEL.finditer(text, 0, dose.start))
    return before[-1][1] if before else None
