"""Linked mentions → what is studied and how: trials, cohorts, endpoints, doses, results, preclinical studies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.extract import values
from kg.extract.document import SectionKind
from kg.extract.focus import Focus, identity, is_control, is_partner, same, unique
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.outcomes import comparator_of, lower_first, outcomes
from kg.extract.tables import Table, tables
from kg.extract.trials import SUBJECTS, Trial, find_trials, trial_phases, without_trial_names
from kg.model import Entity, Evidence, Fact, Kind, Mention, Modality, Quantity


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """Every statement of a release about studies of drugs."""
    document = without_trial_names(document)
    focus = Focus(document)
    trials = find_trials(document, focus)
    yield from (trial.fact(document) for trial in trials)
    context = _Context(document, focus, trials)
    for rule in (
        _cohorts,
        _endpoints,
        _response_criteria,
        _doses,
        _results,
        _table_results,
        _qualitative_results,
        _safety_findings,
        _publications,
    ):
        yield from _merged(rule(context))
    yield from _merged(_preclinical_studies(context))


# --- what else is said of studies -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Context:
    """What the rules below share."""

    document: LinkedDocument
    focus: Focus
    trials: list[Trial]

    def sentences(self) -> Iterator[LinkedSentence]:
        return self.document.statements()

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return tuple(tables(self.document.release.text))

    @cached_property
    def disease_names(self) -> frozenset[str]:
        """Every name of every disease that the release speaks of, in small letters."""
        entities = {m.entity for m in self.document.mentions(Kind.DISEASE)}
        return frozenset(name.casefold() for entity in entities for name in entity.names)

    def in_table(self, at: int) -> bool:
        return any(t.start <= at < t.end for t in self.tables)

    def names_another(self, column: str) -> bool:
        """Whether a column's heading names a drug that is not the release's own."""
        return any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", column, re.IGNORECASE)
            for m in self.document.mentions(Kind.DRUG)
            if not self.focus.is_own(m.entity)
            for name in m.entity.names
        )

    def trial(self, sentence: LinkedSentence, drug: Entity) -> str | None:
        """How the trial of a sentence is called: its phase, if sentence, title or neighbourhood leaves one."""
        phases = trial_phases(sentence.text) or values.phases(sentence.section.topic)
        if phases:
            return f"Phase {phases[0].phase}" if phases[0].phase != "pivotal" else "pivotal"
        held = [
            t
            for t in self.trials
            if same(t.drug, drug)
            and any(r.sentence.sentence.paragraph == sentence.sentence.paragraph for r in t.references)
        ]
        return f"Phase {held[0].phase}" if len(held) == 1 else None

    def trial_of_cohorts(self, sentence: LinkedSentence, drug: Entity) -> str | None:
        """The trial whose cohorts a sentence speaks of: the one that the sentence before it calls by its phase."""
        if not _COHORT_LABEL.search(sentence.text):
            return None
        before = [s for s in self.sentences() if s.end <= sentence.start]
        if not before or before[-1].sentence.paragraph != sentence.sentence.paragraph:
            return None
        named = {f"Phase {p.phase}" for p in trial_phases(before[-1].text)}
        return named.pop() if len(named) == 1 and same(self.focus.drug(before[-1]), drug) else None

    def about_disease(self, sentence: LinkedSentence) -> bool:
        """Whether the section describes a disease and not a drug."""
        topic = re.sub(r"\s*\(.*\)$", "", sentence.section.topic).casefold()
        return topic.removeprefix("the ") in self.disease_names and self.focus.named_in(topic) is None


def _merged(found: Iterable[Fact]) -> Iterator[Fact]:
    """Facts that say the same, made one with the evidence of all."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in found:
        target: object = fact.object
        if isinstance(fact.object, Entity):
            target = identity(fact.object)
        elif isinstance(fact.object, Quantity):
            target = fact.object.text
        told = tuple(
            (n, str(v))
            for n, v in fact.qualifiers
            if n in ("kind", "schedule", "cell_line", "endpoint", "cohort", "population")
        )
        key = (
            fact.relation,
            identity(fact.subject) if fact.subject else None,
            target,
            told,
            fact.modality.is_claim_only,
        )
        if key in kept:
            first = kept[key]
            more = {n: v for n, v in fact.qualifiers if not first.qualifier(n)}
            kept[key] = Fact(
                first.relation,
                first.subject,
                first.object,
                first.qualifiers,
                first.modality,
                max(first.confidence, fact.confidence),
                tuple(dict.fromkeys(first.evidence + fact.evidence)),
            ).with_qualifiers(more)
        else:
            kept[key] = fact
    yield from kept.values()


def _evidence(context: _Context, sentence: LinkedSentence, rule: str) -> tuple[Evidence, ...]:
    return (context.document.evidence(sentence, f"studies.{rule}"),)


def _statement_modality(text: str, start: int, end: int) -> Modality:
    """The modality of a part of a protocol: what patients "will receive" is how the trial is, not a plan for one."""
    kind = modality(text, start, end)
    return Modality.ASSERTED if kind is Modality.PLANNED else kind


# --- cohorts

_COHORT = re.compile(
    r"\b(?P<label>[Cc]ohorts?\s+(?:\d+[A-Za-z]?(?:\s?[-–]\s?\d+)?|[A-H]\b|[IVX]+\b)(?:\s+(?:and|to"
    r"|through)\s+(?:\d+|[A-H]\b))?)"
    r"|\b(?P<of>(?:[\w/()-]+\s+){1,5}?)(?P<noun>cohort|arm)\b",
)
_EXPANDED = re.compile(
    r"\b(?:expand\w*|enrol\w*|increas\w*|includ\w*)\b[^.;]{0,40}?(?P<n>\d[\d,]*)\s+(?:[\w-]+\s+){0,3}?"
    + SUBJECTS,
    re.IGNORECASE,
)


def _cohorts(context: _Context) -> Iterator[Fact]:
    previous: tuple[int, str] | None = None
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if drug is None:
            continue
        text = sentence.text
        names: list[tuple[str, int, int]] = []
        for found in _COHORT.finditer(text):
            if found["label"]:
                names.append((" ".join(found["label"].split()), found.start(), found.end()))
            else:
                names += _described_cohort(sentence, found)
        expanded = _EXPANDED.search(text)
        if (
            expanded
            and not names
            and previous
            and re.search(r"\bthe\s+(?:cohort|arm)\b", text, re.IGNORECASE)
        ):
            names = [(previous[1], expanded.start(), expanded.end())]
        for name, start, end in {n[0]: n for n in names}.values():
            kind = modality(text, start, end)
            enrollment = None
            if expanded and len(names) == 1:
                enrollment = int(values.decimal(expanded["n"].rstrip(",")))
                kind = (
                    Modality.PLANNED if re.search(r"\b(?:will|to|plans?)\b", text[: expanded.end()]) else kind
                )
            yield Fact(
                "trial_cohort",
                drug,
                name,
                modality=kind,
                confidence=0.8,
                evidence=_evidence(context, sentence, "cohort"),
            ).with_qualifiers({"trial": context.trial(sentence, drug), "enrollment": enrollment})
            previous = (sentence.sentence.paragraph, name)


def _described_cohort(sentence: LinkedSentence, found: re.Match[str]) -> list[tuple[str, int, int]]:
    """ "the relapsed multiple myeloma (MM) cohort": the disease that stands before the noun names it."""
    start = found.start("noun")
    for mention in sentence.of_kind(Kind.DISEASE):
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if high <= start and re.fullmatch(r"[\s)(]*(?:\([\w/ ]+\)\s*)?", sentence.text[high:start]):
            return [(f"{mention.entity.label} {found['noun']}", low, found.end())]
    fractionated = re.search(
        r"\b(?P<rank>(?:first|second|third|fourth|fifth)\s+)?fractionated\s+dose\s+$", found["of"] or ""
    )
    if fractionated:
        name = " ".join(f"{fractionated['rank'] or ''}fractionated dose {found['noun']}".split())
        return [(name, found.start(), found.end())]
    return []


# --- endpoints

_ENDPOINT_CUE = re.compile(
    r"\b(?P<kind>(?:co-?)?primary(?:\s+and\s+(?:key\s+)?secondary)?|(?:key\s+)?secondary|additional|other"
    r"|exploratory|tertiary)\s+"
    r"(?:(?:efficacy|safety|clinical|study|outcome|trial|composite|and|key|secondary|exploratory)\s+){0,3}"
    r"(?:end\s?-?points?|outcomes?(?:\s+measures?)?|objectives?)\b",
    re.IGNORECASE,
)
_ENDPOINT_KINDS: Final = {"additional": "secondary", "other": "secondary", "tertiary": "exploratory"}
_BARE_OBJECTIVE = re.compile(
    r"\b(?:objectives?|endpoints?)\s+(?:of\s+(?:the|this)\s+[^.;]{0,80}?)?(?:is|are|was|were|include[sd]?)\b",
    re.IGNORECASE,
)


def _endpoints(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence):
            continue
        text = sentence.text
        cues = [(m.start(), m.end(), m["kind"]) for m in _ENDPOINT_CUE.finditer(text)]
        bare = None if cues else _BARE_OBJECTIVE.search(text)
        for mention in sentence.of_kind(Kind.ENDPOINT):
            low, high = mention.start - sentence.start, mention.end - sentence.start
            if _abbreviates_previous(sentence, mention):
                continue
            cue = _endpoint_cue(text, cues, low, high)
            if cue is None and not (bare and bare.end() <= low):
                continue
            kind = None
            if cue is not None:
                word = re.sub(r"^(?:co-?|key\s+)", "", cue.casefold()).split()[0]
                kind = _ENDPOINT_KINDS.get(word, word)
            stated = modality(text, low, high)
            yield Fact(
                "trial_endpoint",
                drug,
                mention.entity,
                modality=stated if stated is Modality.HYPOTHETICAL else Modality.ASSERTED,
                confidence=0.9,
                evidence=_evidence(context, sentence, "endpoint"),
            ).with_qualifiers(
                {
                    "kind": Entity(Kind.ENDPOINT_KIND, kind, concept=f"endpoint-kind:{kind}")
                    if kind
                    else None,
                    "trial": context.trial(sentence, drug),
                }
            )


def _abbreviates_previous(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether an endpoint only abbreviates the longer one before it: "median overall survival (OS)"."""
    return any(
        other.entity != mention.entity
        and other.entity.label.casefold().endswith(mention.entity.label.casefold())
        and re.fullmatch(
            r"\s*\(\s*", sentence.text[other.end - sentence.start : mention.start - sentence.start]
        )
        for other in sentence.of_kind(Kind.ENDPOINT)
    )


def _endpoint_cue(text: str, cues: list[tuple[int, int, str]], low: int, high: int) -> str | None:
    """The kind that is said of an endpoint: before it, or behind it ("PFS as the primary endpoint")."""
    before = [(end, kind) for _, end, kind in cues if end <= low]
    if before and low - before[-1][0] < 220:
        gap = text[before[-1][0] : low]
        if not re.search(r"[;]|\b(?:following|after|who|whose)\b", gap, re.IGNORECASE):
            return before[-1][1]
    after = [(start, kind) for start, _, kind in cues if start >= high]
    if after and re.fullmatch(
        r"[\s,()\w-]{0,30}?\b(?:as|was|is|were|are|\()\s*(?:the|a|an|its|both)?\s*",
        text[high : after[0][0]],
        re.IGNORECASE,
    ):
        return after[0][1]
    return None


# --- response criteria

#: Scales for the severity of adverse events are no criteria of response.
_GRADING: Final = frozenset({"response-criteria:ctcae", "response-criteria:astct"})


def _response_criteria(context: _Context) -> Iterator[Fact]:
    previous: tuple[int, tuple[Entity, ...]] = (-1, ())
    for sentence in context.sentences():
        diseases = unique(m.entity for m in sentence.of_kind(Kind.DISEASE))
        paragraph = sentence.sentence.paragraph
        drug = context.focus.drug(sentence)
        for mention in sentence.of_kind(Kind.RESPONSE_CRITERIA):
            if drug is None or mention.entity.concept in _GRADING:
                continue
            population = diseases or (
                previous[1] if previous[0] == paragraph and len(previous[1]) == 1 else ()
            )
            yield Fact(
                "response_criteria",
                drug,
                mention.entity,
                confidence=0.9,
                evidence=_evidence(context, sentence, "response-criteria"),
            ).with_qualifiers({"population": tuple(d.label for d in population)})
        if diseases:
            previous = (paragraph, diseases)


# --- doses

_NO_DOSE_UNIT = re.compile(r"^(?:mL|uL|kg|Gy|cGy|L|g|mEq)$|/(?:mL|dL|L)$")
_DOSING = re.compile(
    r"\b(?:dos(?:e|es|ed|ing|age)|receiv\w+|administ\w+|inject\w+|infus\w+|given|treat(?:ed|ment)|tablets?"
    r"|capsules?|regimen)\b",
    re.IGNORECASE,
)
_AFTER_DOSE = re.compile(
    r"\s*(?:\(|of\s+|doses?\s+of\s+|doses?\s+|infusions?\s+of\s+|injections?\s+of\s+)*"
    r"(?:(?:oral|intravenous|subcutaneous|intramuscular|IV|SC|once|twice|daily|weekly|monthly|the|of|low"
    r"|high|dose|a|an|single)\s+){0,4}$",
    re.IGNORECASE,
)
_BEFORE_DOSE = re.compile(
    r"\s*(?:[(,:]|at|at\s+a\s+dose\s+of|at\s+doses\s+of|doses?\s+of|treatment\s+with)?\s*(?:"
    r"(?:approximately|about|of|up\s+to)\s+)*(?:\d[\d.,]*\s*(?:\w+\s*)?(?:,|or|and|to|-|–)\s*)*",
    re.IGNORECASE,
)
_COHORT_LABEL = re.compile(r"\b[Cc]ohorts?\s+(\d+[A-Za-z]?(?:\s?[-–]\s?\d+)?|[A-H]\b)")
_ROUTE = re.compile(
    r"\b(oral(?:ly)?|intravenous(?:ly)?|subcutaneous(?:ly)?|intramuscular(?:ly)?|intravitreal(?:ly)?"
    r"|intrathecal(?:ly)?|inhaled|topical(?:ly)?)\b",
    re.IGNORECASE,
)


def _doses(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        text = sentence.text
        doses = [d for d in values.doses(text) if not _NO_DOSE_UNIT.search(d.quantity.text.split(" ", 1)[-1])]
        if not doses:
            continue
        schedules = _schedules(text, doses)
        shown: dict[tuple[tuple[str, str], str], list[str | None]] = {}
        for index, dose in enumerate(doses):
            drug, sure = _dosed(context, sentence, dose)
            if drug is None:
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
            route = _ROUTE.search(text[max(0, dose.start - 25) : dose.end + 40])
            yield Fact(
                "dose",
                drug,
                dose.quantity,
                modality=_dose_modality(context, sentence, dose),
                confidence=0.92 if sure else 0.75,
                evidence=_evidence(context, sentence, "dose"),
            ).with_qualifiers(
                {
                    "schedule": schedules[index],
                    "cohort": _cohort_of(text, doses, index),
                    "trial": context.trial(sentence, drug) or context.trial_of_cohorts(sentence, drug),
                    "route": _route(route[1]) if route else None,
                }
            )


#: with the option for a second 25 mg dose …; an optional second dose of …
_OPTIONAL_DOSE: Final = re.compile(
    r"\b(?:option(?:al)?\s+(?:for|of|to\s+receive)?\s*)(?:an?\s+)?(?P<rank>second|third|additional|further)\s+"
    r"(?:dose\s+of\s+)?$",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"\s*(?:dose\s+)?(?P<when>(?:approximately\s+|about\s+)?\d+(?:\s?(?:-|–|to)\s?\d+)?\s+(?:days|weeks|months)\s+later)\b"
)


def _optional_schedule(text: str, optional: re.Match[str], dose: values.QuantityMatch) -> str:
    """ "with the option for a second 25 mg dose 75-180 days later" as "optional second dose, 75-180 days later"."""
    later = _LATER.match(text, dose.end)
    return f"optional {optional['rank'].casefold()} dose" + (
        f", {' '.join(later['when'].split())}" if later else ""
    )


def _route(word: str) -> str:
    return re.sub(r"(?<=[lsr])ly$", "", word.casefold())


def _dosed(
    context: _Context, sentence: LinkedSentence, dose: values.QuantityMatch
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
    focus = context.focus.drug(sentence)
    before = [m for m in drugs if m.end - sentence.start <= dose.start]
    for mention in reversed(before):
        gap = text[mention.end - sentence.start : dose.start]
        tight = bool(_BEFORE_DOSE.fullmatch(gap))
        if not tight and (is_partner(sentence, mention) or not same(mention.entity, focus)):
            continue
        return mention.entity, True
    if not _DOSING.search(text) or context.about_disease(sentence):
        return None, False
    return focus, False


def _dose_modality(context: _Context, sentence: LinkedSentence, dose: values.QuantityMatch) -> Modality:
    """The modality of a dose: planned where the only trial of its sentence is."""
    kind = _statement_modality(sentence.text, dose.start, dose.end)
    here = [t for t in context.trials if any(r.sentence is sentence for r in t.references)]
    if kind is Modality.ASSERTED and here and all(t.status == "planned" for t in here):
        return Modality.PLANNED
    return kind


def _schedules(text: str, doses: list[values.QuantityMatch]) -> list[str | None]:
    """The schedule of each dose of a sentence."""
    out: list[str | None] = [None] * len(doses)
    found = [
        s for s in values.schedules(text) if not re.search(r"\bone\s+of\s+$", text[: s.start], re.IGNORECASE)
    ]
    for index, dose in enumerate(doses):
        low = doses[index - 1].end if index else 0
        high = doses[index + 1].start if index + 1 < len(doses) else len(text)
        after = [s for s in found if dose.end <= s.start < min(high, dose.end + 110)]
        before = [s for s in found if max(low, dose.start - 80) <= s.start and s.end <= dose.start]
        single = re.search(
            r"\b(?:single|one-time)\s+(?:[\w-]+\s+){0,2}$", text[low : dose.start], re.IGNORECASE
        )
        if single and re.match(r"\s*(?:[\w-]+\s+)?(?:dose|infusion|injection)", text[dose.end :]):
            out[index] = "single dose"
        elif after and not re.search(r"[.;]|,\s*(?:with|and)\s", text[dose.end : after[0].start]):
            out[index] = after[0].schedule
        elif before:
            out[index] = before[-1].schedule
        elif single:
            out[index] = "single dose"
    # a range shares its schedule; "respectively" deals schedules out
    for index in range(len(doses) - 1, 0, -1):
        joined = re.fullmatch(
            r"\s*(?:-|–|to|and|or|,|,\s*and|,\s*or)\s*(?:approximately\s+)?",
            text[doses[index - 1].end : doses[index].start],
        )
        if joined and out[index] and not out[index - 1]:
            out[index - 1] = out[index]
        elif joined and out[index - 1] and not out[index]:
            out[index] = out[index - 1]
    for index in range(1, len(doses)):
        joined = re.fullmatch(
            r"\s*(?:-|–|to|and|or|,|,\s*and|,\s*or)\s*(?:approximately\s+)?",
            text[doses[index - 1].end : doses[index].start],
        )
        if joined and out[index] is None:
            out[index] = out[index - 1]
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
    return out


def _cohort_of(text: str, doses: list[values.QuantityMatch], index: int) -> str | None:
    dose = doses[index]
    high = doses[index + 1].start if index + 1 < len(doses) else len(text)
    after = re.match(r"[^.;]{0,80}?\b(?:in|for|to)\s+(?P<label>[Cc]ohorts?\s+\S+)", text[dose.end : high])
    if after and (label := _COHORT_LABEL.search(after["label"])):
        return label[1]
    before = list(_COHORT_LABEL.finditer(text, 0, dose.start))
    return before[-1][1] if before else None


# --- results

_POPULATION_SHARE = re.compile(
    r"\b(?:incidence|prevalence|accounts?\s+for|of\s+all\s+(?:cancer|cases)|worldwide|(?:five"
    r"|5)-year\s+survival\s+rate)\b",
    re.IGNORECASE,
)
_MONEY_TALK = re.compile(
    r"\b(?:revenues?|owned|stake|royalt\w+|discount|expenses?|net\s+loss|net\s+sales|interest\s+rate"
    r"|employees|market\s+share)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\b(?:among|in|of|from)\s+(?:the\s+|all\s+|first\s+)*(?P<n>\d[\d,]*)\s+(?:[\w/-]+\s+){0,4}?"
    r"(?:patients|participants|subjects|adults)\b",
    re.IGNORECASE,
)


def _results(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        text = sentence.text
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence) or context.focus.is_foreign(drug):
            continue
        if _POPULATION_SHARE.search(text) or _MONEY_TALK.search(text):
            continue
        for outcome in outcomes(sentence):
            if context.in_table(sentence.start + outcome.start):
                continue
            before = [m for m in sentence.of_kind(Kind.DRUG) if m.end - sentence.start <= outcome.start]
            if (
                before
                and not context.focus.is_own(before[-1].entity)
                and not is_partner(sentence, before[-1])
            ):
                continue
            kind = _statement_modality(text, outcome.start, outcome.end)
            if kind is Modality.HISTORICAL:
                kind = Modality.ASSERTED
            quantity = outcome.quantity
            yield Fact(
                "result",
                drug,
                Quantity(f"{outcome.name} {quantity.text}", quantity.value, quantity.unit),
                modality=kind,
                confidence=0.8,
                evidence=_evidence(context, sentence, "result"),
            ).with_qualifiers(
                {
                    "endpoint": outcome.endpoint,
                    "n": _sample(context, sentence, outcome.end),
                    "population": values.populations(text) or None,
                    "trial": context.trial(sentence, drug),
                    "comparator": comparator_of(sentence, outcome.end),
                    "cell_line": _cell_line_of_paragraph(context, sentence),
                }
            )


_NO_RESULT_ROW = re.compile(
    r"\b(?:adverse|vomiting|nausea|diarrh\w+|constipation|(?<!-)fatigue|headache|rash|pyrexia|xerostomia"
    r"|neutropenia|anemia|cytopenia|grade|discontinu\w+"
    r"|deaths?|reactions?|infections?|syndrome|age|sex|male|female|prior|revenue|expenses?|net\s+loss"
    r"|loss\s+from|cash|income|assets|liabilities|shares?|tax|equity)\b",
    re.IGNORECASE,
)
_OTHER_COLUMN = re.compile(
    r"\b(?:placebo|control|vehicle|sham|comparator|p[- ]?value|95%\s?CI|difference|standard\s+of\s+care"
    r"|chemotherapy|total)\b",
    re.IGNORECASE,
)
_CELL = re.compile(
    r"(?P<sign>[-−–+]?)\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>%)?(?:\s?\(\s?"
    r"(?P<share>\d[\d.]*)\s?%\s?\))?$"
)
_SHORT_UNITS = {"mo": "months", "mos": "months", "month": "months", "yrs": "years"}


def _table_results(context: _Context) -> Iterator[Fact]:
    """The figures of a table's rows, one for each column that is not a control's."""
    document = context.document
    for table in context.tables:
        for row in table.rows:
            sentence = next((s for s in context.sentences() if s.start < row.end and row.start < s.end), None)
            if (
                sentence is None
                or _NO_RESULT_ROW.search(row.label)
                or row.unit.split(" ")[0].casefold() in ("n", "$", "usd")
            ):
                continue
            drug = context.focus.drug(sentence) or document.subject
            if drug is None:
                continue
            for column, cell in zip(table.columns, row.cells, strict=False):
                found = _CELL.match(cell)
                if found is None or _OTHER_COLUMN.search(column) or context.names_another(column):
                    continue
                quantity = _cell_quantity(found, row.unit)
                if quantity is None:
                    continue
                size = next(iter(values.sample_sizes(column)), None)
                arm = re.sub(r"\s*\(\s*[nN]\s?=\s?\d+\s*\)\s*", "", column).strip()
                yield Fact(
                    "result",
                    drug,
                    Quantity(f"{_row_name(row.label)} {quantity.text}", quantity.value, quantity.unit),
                    confidence=0.7,
                    evidence=(document.evidence_at(row.start, row.end, "studies.result.table", sentence),),
                ).with_qualifiers(
                    {
                        "n": int(size.value) if size else None,
                        "population": arm or None,
                        "trial": context.trial(sentence, drug),
                    }
                )


def _cell_quantity(found: re.Match[str], unit: str) -> Quantity | None:
    unit = unit.split(" ", maxsplit=1)[0]
    if found["share"]:
        return Quantity(f"{found['share']}%", values.decimal(found["share"]), "%")
    sign = "-" if found["sign"] in ("-", "−", "–") else ""
    number = f"{sign}{found['number']}"
    value = values.decimal(found["number"]) * (-1 if sign else 1)
    if found["percent"] or unit == "%":
        return Quantity(f"{number}%", value, "%")
    if not unit:
        return None  # a bare number of a table may be anything
    shown = _SHORT_UNITS.get(unit, unit)
    return Quantity(f"{number} {shown}", value, shown)


def _row_name(label: str) -> str:
    words = re.sub(
        r"^(?:confirmed|best|investigator-assessed)\s+", "", " ".join(label.split()), flags=re.IGNORECASE
    )
    words = re.sub(
        r",\s*(?:any|overall|mean change)$", lambda m: " change" if "change" in m[0] else "", words
    )
    return lower_first(words)


def _sample(context: _Context, sentence: LinkedSentence, at: int) -> int | None:
    """How many a figure rests on: "(n=36)", "among 41 patients", else what the paragraph's animal study says."""
    sizes = sorted(values.sample_sizes(sentence.text), key=lambda s: abs(s.start - at))
    if sizes:
        return int(sizes[0].value)
    if found := _AMONG.search(sentence.text):
        return int(values.decimal(found["n"].rstrip(",")))
    size = _size_of_paragraph(context, sentence)
    return int(size.value) if size else None


# --- results without a figure

_EFFECT: Final = (
    r"(?P<what>(?:[a-z][\w-]*\s+){0,4}?(?:benefits?|advantages?|efficacy|activity)"
    r"(?:\s+over\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+)?)?)"
)
_SEEN: Final = re.compile(
    r"\b(?:demonstrat(?:e|es|ed|ing)|observ(?:e|es|ed|ing)|show(?:s|n|ed|ing)?|see(?:s|n|ing)?|saw|exhibit(?:s|ed|ing)?)\s+(?:an?\s+|the\s+)?"
    + _EFFECT
    + r"(?=\s*(?:[.,;\"]|$|\b(?:with|in|for|to|and|when|across|as|at|from|compared|that|while)\b))",
    re.IGNORECASE,
)
_MAY_GIVE: Final = re.compile(
    r"\b(?:may|could|might|can|potential\s+to)\s+(?:also\s+)?(?:provide|offer|deliver|confer|bring)\s+"
    r"(?:(?:[a-z]+\s+)?(?:patients|people)\s+(?:with\s+)?)?"
    r"(?:an?\s+)?(?P<what>(?:[a-z][\w-]*\s+){0,3}?(?:benefits?|advantages?))\b",
    re.IGNORECASE,
)


_HOPED_FOR: Final = re.compile(
    r"\bpotential\s+(?P<what>(?:[a-z-]+\s+)?benefits?\s+of\s+(?:an?\s+|the\s+)?[\w-]+(?:\s+(?:regimen|treatment|therapy|dosing))?)"
    r"|\b(?P<promise>promise\s+(?:in|for)\s+[a-z][\w\s-]{2,40}?)(?=\s*(?:[.,;\"]|$|\band\b))",
    re.IGNORECASE,
)


def _qualitative_results(context: _Context) -> Iterator[Fact]:
    """What is said of effects without a figure.

    Hits: "the PDC molecules have demonstrated a clear cancer targeting advantage over the unconjugated payloads";
    "we see clinical benefit with AB-1"; "AB-1 may provide patients with therapeutic benefits" (a hypothesis).
    Near misses: "an ORR of 40% showed activity" (it has its figure); "showed no benefit"; a disease's section.
    """
    for sentence in context.sentences():
        if context.about_disease(sentence) or not context.document.subject:
            continue
        for form in (_SEEN, _MAY_GIVE, _HOPED_FOR):
            for found in form.finditer(sentence.text):
                group = "what" if found["what"] else "promise"
                stated = modality(sentence.text, found.start(group), found.end(group))
                subject = _of_effect(context, sentence, found.start())
                if (
                    subject is None
                    or re.match(r"no\b|not\b|any\b", found[group])
                    or stated is Modality.NEGATED
                ):
                    continue
                yield Fact(
                    "qualitative_result",
                    subject,
                    lower_first(" ".join(found[group].split())),
                    modality=Modality.HYPOTHETICAL
                    if form is not _SEEN or stated is Modality.HYPOTHETICAL
                    else Modality.ASSERTED,
                    confidence=0.75,
                    evidence=_evidence(context, sentence, "qualitative-result"),
                )


def _of_effect(context: _Context, sentence: LinkedSentence, at: int) -> Entity | None:
    """What has an effect: the platform or drug named before the verb, else the drug that the sentence is about."""
    named = [m for m in sentence.of_kind(Kind.DRUG, Kind.PLATFORM) if m.end - sentence.start <= at]
    own = [m.entity for m in named if m.entity.kind is Kind.PLATFORM or context.focus.is_own(m.entity)]
    return own[-1] if own else context.focus.drug(sentence)


# --- preclinical studies

_ANIMAL_STUDY = re.compile(
    r"\b(?:xenograft\w*|inject\w+|inoculat\w+|implant\w+|bearing|model\w*|in\s*vivo|treated|receiving"
    r"|received|dosed|studied|tested|knock-?out|transgenic|PDX)\b",
    re.IGNORECASE,
)
_CELL_LINE = (
    re.compile(
        r"\b(?P<line>[A-Z][A-Za-z0-9]*(?:[ -](?=[A-Z0-9])[A-Za-z0-9]+)*(?:/[A-Za-z0-9]+)?(?:-\d+)?)\s+"
        r"(?:tumou?r\s+)?(?:cell\s+lines?|cells|xenografts?|tumou?rs)\b"
    ),
    re.compile(
        r"\b(?:cells|cell\s+line|xenografts?|tumou?rs|model)\s+\((?P<line>[A-Z][A-Za-z0-9]*[-/"
        r" ]?[A-Za-z0-9/-]*\d[A-Za-z0-9/-]*)\)"
    ),
)
_CONTROL_NAME = re.compile(
    r"\bcontrols?\s+(?:groups?|arms?|cohorts?)?\s*(?:of|with|receiving|treated\s+with)\s+(?P<name>[\w-]+"
    r"(?:\s+[\w-]+){0,3})",
    re.IGNORECASE,
)
_ORDINAL_STUDY = re.compile(
    r"\b(?:first|second|third|fourth|final|last|another|other|separate)\s+(?:[\w-]+\s+)?(?:study"
    r"|experiment|model)\b",
    re.IGNORECASE,
)


def _cell_line(text: str) -> str | None:
    for pattern in _CELL_LINE:
        for found in pattern.finditer(text):
            line = re.sub(r"^(?:In|The|A|With)\s+", "", found["line"].strip())
            if re.search(r"\d", line) and not re.match(r"(?:CAR|CD|HER|PD|Phase|T|NK|B)\b", line):
                return line
    return None


def _animal_paragraphs(context: _Context) -> Iterator[tuple[LinkedSentence, ...]]:
    """Runs of sentences that report one study in animals, the first naming the animal."""
    run: list[LinkedSentence] = []
    for sentence in context.sentences():
        animal = bool(values.terms(sentence.text, "organisms")) and bool(_ANIMAL_STUDY.search(sentence.text))
        if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE) or values.phases(
            sentence.text
        ):
            animal = False
        begins = animal and (
            not run
            or sentence.sentence.paragraph != run[0].sentence.paragraph
            or bool(_ORDINAL_STUDY.search(sentence.text))
        )
        if begins or (
            run
            and sentence.sentence.paragraph != run[0].sentence.paragraph
            and not _goes_on(run[0], sentence)
        ):
            if run:
                yield tuple(run)
            run = []
        if begins or run:
            run.append(sentence)
    if run:
        yield tuple(run)


def _goes_on(first: LinkedSentence, sentence: LinkedSentence) -> bool:
    """A paragraph that a page break cut goes on in lower case."""
    return sentence.section == first.section and sentence.text[:1].islower()


def _paragraph_run(context: _Context, sentence: LinkedSentence) -> tuple[LinkedSentence, ...]:
    return next((run for run in _animal_paragraphs(context) if sentence in run), ())


def _cell_line_of_paragraph(context: _Context, sentence: LinkedSentence) -> str | None:
    return next((line for s in _paragraph_run(context, sentence) if (line := _cell_line(s.text))), None)


def _size_of_paragraph(context: _Context, sentence: LinkedSentence) -> values.NumberMatch | None:
    return next((n for s in _paragraph_run(context, sentence) for n in values.sample_sizes(s.text)), None)


def _preclinical_studies(context: _Context) -> Iterator[Fact]:
    runs = tuple(_animal_paragraphs(context))
    if not runs:
        return
    dosed = list(_doses(context))
    measured = list(_results(context))
    for run in runs:
        text = " ".join(s.text for s in run)
        drug = context.focus.drug(run[0])
        if drug is None:
            continue
        model = _model(run)
        if model is None:
            continue
        spans = [(s.start, s.end) for s in run]
        doses = [f for f in dosed if same(f.subject, drug) and _within(f, spans)]
        results = [f for f in measured if same(f.subject, drug) and _within(f, spans)]
        control = _control_of(run, drug)
        sample = next(iter(values.sample_sizes(text)), None)
        animals = re.search(
            r"\b(\d[\d,]*)\s+(?:(?!of\b)[\w-]+\s+){0,2}?(?:mice|rats|monkeys|animals|dogs|pigs|rabbits|hamsters"
            r"|ferrets)\b",
            text,
        )
        schedule = _regimen(run)
        yield Fact(
            "preclinical_study",
            drug,
            model,
            modality=Modality.ASSERTED,
            confidence=0.85,
            evidence=tuple(context.document.evidence(s, "studies.preclinical") for s in run),
        ).with_qualifiers(
            {
                "cell_line": next((line for s in run if (line := _cell_line(s.text))), None),
                "organism": values.terms(text, "organisms")[0].label,
                "n": int(sample.value) if sample else int(values.decimal(animals[1])) if animals else None,
                "animals": int(values.decimal(animals[1])) if animals else None,
                "mechanism": next((m for s in run if (m := _resistance(s.text))), None),
                "dose": tuple(dict.fromkeys(f.object.text for f in doses if isinstance(f.object, Quantity))),
                "schedule": schedule,
                "control": control,
                "result": tuple(
                    dict.fromkeys(f.object.text for f in results if isinstance(f.object, Quantity))
                ),
            }
        )


_RESISTANCE: Final = re.compile(
    r"\bresistan(?:ce|t)\b[^.;]{0,80}?(?:,\s+(?:specifically|namely|including|such\s+as)|\b(?:due\s+to|through|via|by\s+means\s+of))"
    r"\s+(?:the\s+|their\s+|its\s+)?(?P<how>(?:[\w/-]+\s+){1,4}?(?:efflux\s+pumps?|pumps?|transporters?|mutations?|amplification"
    r"|overexpression|expression|loss|deletions?))\b"
)


def _resistance(text: str) -> str | None:
    """ "expression of resistance mechanisms …, specifically P-gp efflux pumps": what makes a model resistant."""
    found = _RESISTANCE.search(text)
    return " ".join(found["how"].split()) if found else None


def _within(fact: Fact, spans: list[tuple[int, int]]) -> bool:
    return any(a <= e.start and e.end <= b for e in fact.evidence for a, b in spans)


def _model(run: tuple[LinkedSentence, ...]) -> Entity | None:
    """What a study is done on: the disease named beside the cells or the animals, else the first that is named."""
    for sentence in run:
        diseases = sentence.of_kind(Kind.DISEASE, Kind.MODEL)
        if diseases:
            return diseases[0].entity
    animals = values.terms(run[0].text, "organisms")
    return Entity(Kind.MODEL, animals[0].label) if animals else None


def _control_of(run: tuple[LinkedSentence, ...], drug: Entity) -> str | None:
    for sentence in run:
        for mention in sentence.of_kind(Kind.DRUG):
            if is_control(sentence, mention) and not same(mention.entity, drug):
                return mention.entity.label
        if found := _CONTROL_NAME.search(sentence.text):
            return re.split(r"\s+(?:at|in|on|and|or|following)\s", found["name"])[0].strip()
        if vehicle := re.search(
            r"\b(vehicle|placebo|saline|PBS|sham|untreated|isotype)(?:[- ]treated)?\s+(?:controls?|animals"
            r"|mice|group)",
            sentence.text,
            re.IGNORECASE,
        ):
            return vehicle[1].casefold()
    return None


def _regimen(run: tuple[LinkedSentence, ...]) -> str | None:
    for sentence in run:
        groups = values.distributed(sentence.text)
        if groups:
            found = [s for s in values.schedules(sentence.text) if s.start == groups[0][0].start]
            return found[0].schedule if found else ", ".join(s.schedule for s in groups[0])
    for sentence in run:
        for schedule in values.schedules(sentence.text):
            if not schedule.schedule.startswith("day"):
                return schedule.schedule
    return None


# --- safety

_SAFE = re.compile(
    r"\b(?:(?:was|were|is|has\s+been|have\s+been|deemed|found\s+to\s+be|appears?(?:\s+to\s+be)?)\s+)?"
    r"(?:generally\s+)?(?:safe\s+and\s+)?well[- ]tolerated\b"
    r"|\bno\s+(?:dose[- ]limiting\s+toxicit\w+|(?:treatment|drug)[- ]related\s+serious\s+adverse\s+events?"
    r"|serious\s+adverse\s+events?|new\s+safety\s+signals?|unexpected\s+safety\s+\w+|deaths?)\b[^.;,]{0,60}"
    r"|\b(?:most\s+common|most\s+frequent(?:ly\s+reported)?)\s+(?:[\w-]+\s+){0,3}?(?:adverse\s+events?"
    r"|side\s+effects|adverse\s+reactions|TEAEs)\b[^.;]{0,160}",
    re.IGNORECASE,
)


def _safety_findings(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if (
            drug is None
            or sentence.section.kind is SectionKind.BOILERPLATE
            or context.about_disease(sentence)
        ):
            continue
        for found in _SAFE.finditer(sentence.text):
            kind = modality(sentence.text, found.start(), found.start() + 1)
            words = " ".join(found[0].split()).strip(" ,")
            words = re.sub(
                r"^(?:was|were|is|has been|have been|deemed|found to be|appears?(?: to be)?)\s+", "", words
            )
            if kind is Modality.HYPOTHETICAL:
                continue
            yield Fact(
                "safety_finding",
                drug,
                words,
                modality=Modality.ASSERTED if kind is not Modality.NEGATED else kind,
                confidence=0.8,
                evidence=_evidence(context, sentence, "safety"),
            ).with_qualifiers({"trial": context.trial(sentence, drug)})


# --- publications

_VENUE = re.compile(
    r"\b(?P<verb>publi(?:shed|cation)|present(?:ed|ing|ation|ations|s)?|featured|accepted(?:\s+for\s+"
    r"(?:publication|presentation))?|poster|abstracts?|reported)\b"
    r"[^.;]{0,160}?\b(?:as\s+part\s+of|in|at|during)\s+(?:the\s+)?(?:(?:peer-reviewed|scientific|medical"
    r"|online|current|issue|edition|of|journal|upcoming)\s+|the\s+)*[*_\"]*"
    r"(?P<venue>(?:\d{4}\s+)?(?:\d+(?:st|nd|rd|th)\s+)?(?:[A-Z][\w&'.-]*|\([A-Z]{2,}\))(?:\s+"
    r"(?:[A-Z][\w&'.-]*|of|for|the|and|on|in|\([A-Z]{2,}\)|\d{4}))*)",
)
_IS_MEETING = re.compile(
    r"\b(?:Meeting|Congress|Conference|Symposium|Proceedings|Convention|Summit|Workshop|Sessions|Forum"
    r"|Week|Exposition|ASCO|ASH|ESMO|AACR|EHA|SITC|SABCS|EASL|AASLD)\b"
)
_IS_JOURNAL = re.compile(
    r"\b(?:Journal|Nature|Lancet|Science|Cell|Blood|Cancer|JAMA|NEJM|Medicine|Oncology|Letters|Reports"
    r"|Research|Annals|Proceedings|Therapy|Review|PLOS|BMJ|Circulation|Neurology|Discovery|Immunology"
    r"|Immunity|Diabetes|Leukemia)\b"
)


def _publications(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence):
            continue
        for found in _VENUE.finditer(sentence.text):
            venue = re.sub(r"^The\s+(?=[A-Z])|\s+in\s+[A-Z]\w+$", "", found["venue"].strip(" .,*_"))
            venue = re.sub(r"(?:\s+(?:of|for|the|and|on|in))+$", "", venue).strip()
            printed = found["verb"].casefold().startswith("publi")
            if not (_IS_MEETING.search(venue) or (printed and _IS_JOURNAL.search(venue))):
                continue
            if re.search(
                r"\b(?:Healthcare|Investor|Investment|J\.P\.\s*Morgan|Jefferies|Wainwright|Cowen|Growth)\b",
                venue,
            ):
                continue  # a talk to investors is no publication
            year = re.search(r"\b(?:19|20)\d\d\b", venue)
            dates = values.dates(sentence.text, on=context.document.published)
            kind = modality(sentence.text, found.start(), found.start("verb") + 1)
            yield Fact(
                "publication",
                drug,
                Entity(Kind.VENUE, venue),
                modality=kind
                if kind in (Modality.PLANNED, Modality.HYPOTHETICAL, Modality.NEGATED)
                else Modality.ASSERTED,
                confidence=0.8,
                evidence=_evidence(context, sentence, "publication"),
            ).with_qualifiers({"date": year[0] if year else _date_near(dates, found.end())})


def _date_near(dates: tuple[values.DateMatch, ...], at: int) -> str | None:
    after = [d.iso for d in dates if at - 5 <= d.start < at + 60]
    return after[0] if after else None
