"""Linked mentions → what is studied and how: trials, cohorts, endpoints, doses, results, preclinical studies, publications."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kg.extract import values
from kg.extract.document import SectionKind
from kg.extract.focus import Focus, identity, is_control, is_partner, same, studied_mentions, unique
from kg.extract.lexicon import table
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.model import Entity, Evidence, Fact, Kind, Mention, Modality, Quantity, Value


def facts(document: LinkedDocument) -> Iterator[Fact]:
    """Every statement of a release about studies of drugs."""
    focus = Focus(document)
    trials = _trials(document, focus)
    yield from (trial.fact(document) for trial in trials)
    context = _Context(document, focus, trials)
    for rule in (_cohorts, _endpoints, _response_criteria, _doses, _results, _safety_findings, _publications):
        yield from _merged(rule(context))
    yield from _merged(_preclinical_studies(context))


# --- trials --------------------------------------------------------------------------------------------

_TRIAL_NOUN = r"(?:trials?|stud(?:y|ies)|programs?|programmes?|development|testing|investigation|evaluation)"
_TRIAL_AFTER = re.compile(
    rf"(?:[\s,/()+-]*(?!(?:which|that|is|are|was|were|has|have)\b)[\w.'/*-]+){{0,9}}?[\s,()-]*\b{_TRIAL_NOUN}\b",
    re.IGNORECASE,
)
_TRIAL_BEFORE = re.compile(
    r"\b(?:in|into|enter(?:ed|ing|s)?|through|complet(?:ed|ing|es)|initiat(?:ed|ing|es|e)|start(?:ed|ing)?|begin|began|from"
    r"|ongoing|to)\s+(?:(?:a|an|the|our|its|for)\s+)*(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_DATA_AFTER = re.compile(
    r"\s+(?:\w+\s+)?(?:data|results|readout|cohorts?|patients|participants|arm)\b", re.IGNORECASE
)
_NOT_A_TRIAL_BEFORE = re.compile(r"\bend[- ]of[- ]$", re.IGNORECASE)
_NOT_A_TRIAL_AFTER = re.compile(
    r"[- ](?:ready|enabling|unit|clinic\b|company|biotech|biopharma|meeting|asset)|-stage"
    r"|\s+(?:dose[- ]\w+\s+|single[- ]dose\s+|randomized\s+)?(?:portion|part|component|stage|segment)\s+of\s+(?:the|its|our|this|a)\b"
    r"|\s+(?:portion|part|component|segment)\b"
    r"|\s+(?:recommended\s+)?dose\b(?!\s*-|\s+(?:escalation|expansion|ranging|finding))",
    re.IGNORECASE,
)
_RECOMMENDED: Final = re.compile(r"recommended\s+$", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:the|our|its|their|this|these|ongoing|current|completed|from|'s)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"[\s,;]*(?:\b(?:and|or|as\s+well\s+as|plus|followed\s+by|along\s+with|then|both|while|with)\b[\s,]*)*"
    r"(?:\b(?:in|into|for|of|the|its|our|a|an|second|third|separate|another|additional|first|new|is|are|currently|also|planned"
    r"|ongoing|upcoming|pivotal|global|company|initiated|has|to|initiate|start|randomized)\b[\s,]*)*$",
    re.IGNORECASE,
)
#: What ends the stretch of a trial in its sentence: a new clause with a subject of its own.
_CLAUSE_END = re.compile(
    r";|,\s+(?:the|this|these|those|we|it|they|while|although|but|with\s+the\s+option)\s|,\s+and\s+(?:the|we|it|has|have|is|are|will|plans?"
    r"|expects?|intends?|provide|was|were)\s|\s-{1,2}\s|\s[—–]\s",
    re.IGNORECASE,
)
_NO_INDICATION = re.compile(
    r"\b(?:designat\w+|approv\w+|clear(?:ed|ance)|grant(?:ed|s)|orphan|caused\s+by|history\s+of|incidence|hold"
    r"|leading\s+cause|compared|met\s+its|failed|such\s+as\s+prior|prior\s+treatment)\b",
    re.IGNORECASE,
)
_REGISTRY = re.compile(
    r"\bNCT\s?\d{8}\b|\b20\d\d-\d{6}-\d{2}(?:-\d\d)?\b|\bChiCTR\d{10}\b|\bACTRN\d{14}\b|\bjRCT\w?\d{9,10}\b"
)
_SUBJECTS = r"(?:patients?|participants?|subjects?|adults?|children|volunteers?|people|individuals|women|men|adolescents|infants)"
_ENROLLMENT = (
    re.compile(
        rf"\b(?:enrol(?:l(?:ed|ing|s|ment\s+of)?|s|ment\s+of)?|recruit(?:ed|ing|s)?|randomi[sz](?:e[sd]?|ing)|includ(?:e[sd]?|ing)"
        rf"|involv(?:e[sd]?|ing)|total\s+of|target\s+enrollment\s+of|evaluat(?:e[sd]?|ing)|dos(?:e[sd]?|ing)|treat(?:ed|ing)?|in)\s+"
        rf"(?:up\s+to\s+|approximately\s+|about\s+|as\s+many\s+as\s+|over\s+|more\s+than\s+|at\s+least\s+|a\s+total\s+of\s+|an\s+additional\s+)*"
        rf"(?P<n>\d[\d,]*)\s+(?:[\w/-]+\s+){{0,5}}?{_SUBJECTS}\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<n>\d[\d,]*)[-\s](?:patient|subject|participant|person)\b(?!s)", re.IGNORECASE),
    re.compile(
        rf"\b(?P<n>\d[\d,]*)\s+(?:[\w/-]+\s+){{0,4}}?{_SUBJECTS}\s+(?:were|was|have\s+been|had\s+been|are|will\s+be)\s+"
        rf"(?:enrolled|randomi[sz]ed|recruited|treated|dosed)\b",
        re.IGNORECASE,
    ),
)
_SITES = re.compile(
    r"\b(?P<n>\d[\d,]*|[a-z]+(?:-[a-z]+)?)\s+(?:[\w.-]+\s+){0,4}?(?:sites|cent(?:er|re)s|hospitals|institutions|clinics)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:sites?|cent(?:er|re)s?|hospitals?|conducted|enrol\w+|recruit\w+|patients|countries)\b",
    re.IGNORECASE,
)
_NAME = (
    re.compile(
        r"\b(?P<name>[A-Z][A-Z]{3,}[\w]*(?:[- ]?\d{1,4}[A-Z]?)?|[A-Z]{3,}[- ]\d{1,4}|[A-Z][a-z]+[A-Z]\w*[- ]?\d{1,4})\b"
    ),
    re.compile(
        r"\b(?P<name>[A-Z]{3,}[A-Za-z]*(?:\s(?:[A-Z][A-Za-z]+))?[- ]?\d{0,3})(?=\s+(?:trial|study|Trial|Study)\b)"
    ),
)
_NOT_A_NAME: Final = frozenset(
    "PHASE NCT FDA EMA PMDA NMPA MHRA IND NDA BLA CTA COVID SARS COV NEWSWIRE GLOBE NASDAQ NYSE HIV AIDS DNA RNA MRNA SIRNA USA"
    " ASCO ASH ESMO AACR EHA SITC RECIST IMWG CEO CMO ORR PFS TRIAL STUDY CAR NSCLC SCLC CLL AML DLBCL HER2 EGFR KRAS BRCA PD-L1"
    " PD-1 CD19 CD20 BCMA FLT3 MDS ALS DMD NASH MASH COPD CKD IGAN FORWARD-LOOKING ABOUT SOURCE RMAT PRIME MAA NIH NCI DSMB IDMC"
    " HBA1C LDL UMRR CLINICAL TOPLINE POSITIVE NEWS".split()
)
_SECOND = re.compile(
    r"\b(?:second|third|another|separate|additional|different)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_SPEAKS_OF_TRIAL = re.compile(
    r"\b(?:the|this|that)\s+(?:[\w/-]+\s+){0,5}?(?:trial|study)\b|\b(?:trial|study)'s\b|\b(?:trial|study)\s+(?:is|was|will|has)\b"
    r"|\bbeing\s+(?:studied|enrolled)\b|\b(?:patients|participants|subjects)\s+(?:[\w/-]+\s+){0,3}?(?:will|are|were)\b",
    re.IGNORECASE,
)
_NAMES_INDICATIONS = re.compile(
    r"\b(?:being\s+(?:studied|evaluated|investigated|enrolled)|eligible|enrol\w+|studied)\b[^.]*?\b(?:include[sd]?|are|with|:)",
    re.IGNORECASE,
)
_COMBINATION = re.compile(
    r"\b(?:in\s+combination\s+with|combined\s+with|together\s+with|plus|added\s+to|with\s+or\s+without|alongside"
    r"|co-?administered\s+with|on\s+top\s+of)\s+(?:[\w-]+\s+){0,3}?$",
    re.IGNORECASE,
)
_IN_ADDITION = re.compile(
    r"\b(?:in\s+addition\s+to|along\s+with|together\s+with|concomitant(?:ly)?|co-?administered)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:cancers?|malignanc(?:y|ies)|tumou?rs?|neoplasms?|hematolog\w+|blood\s+cancers?|disorders?|diseases?|lymphoproliferative)\b",
    re.IGNORECASE,
)
_PEDIATRIC: Final = frozenset({"pediatric", "infants", "adolescent"})

#: Phases of `ontology/vocabulary.ttl` that are printed otherwise than they are called there.
_PHASE_CURIES: Final = {"0": "early-1", "2b/3": "2-3", "1b/3": "1-3"}


@dataclass(frozen=True, slots=True)
class _Reference:
    """One place where a release speaks of a trial.

    Attributes:
        sentence: where.
        start, end: offsets in the sentence of the stretch that is about this trial.
        at: offset in the sentence of the phase itself.
        phase: as in `values.phase`.
        drug: the studied drug.
        named: whether the sentence itself names that drug.
        another: whether it is said to be another trial than the one before ("a second Phase 1 study").
    """

    sentence: LinkedSentence
    start: int
    end: int
    at: int
    phase: str
    drug: Entity
    named: bool
    another: bool
    status: str | None
    modality: Modality
    indications: tuple[Entity, ...]
    details: tuple[tuple[str, Value], ...]
    date: str | None = None

    def detail(self, name: str) -> tuple[Value, ...]:
        return tuple(v for n, v in self.details if n == name)


@dataclass(slots=True)
class _Trial:
    """References that speak of one trial."""

    references: list[_Reference] = field(default_factory=list)

    @property
    def drug(self) -> Entity:
        return self.references[0].drug

    @property
    def phase(self) -> str:
        return next((r.phase for r in self.references if r.phase != "pivotal"), "pivotal")

    @property
    def indications(self) -> tuple[Entity, ...]:
        return unique(i for r in self.references for i in r.indications)

    @property
    def status(self) -> str | None:
        found = [r.status for r in self.references if r.status]
        for status in ("terminated", "suspended", "recruiting", "completed", "active", "planned"):
            if status in found:
                return status
        return None

    def details(self, name: str) -> tuple[Value, ...]:
        return tuple(dict.fromkeys(v for r in self.references for v in r.detail(name)))

    def fact(self, document: LinkedDocument) -> Fact:
        status = self.status
        first = self.references[0]
        dates = [r.date for r in self.references if r.date]
        kind = first.modality if first.modality.is_claim_only else Modality.ASSERTED
        if kind is Modality.ASSERTED and status == "planned":
            kind = Modality.PLANNED
        elif kind is Modality.ASSERTED and status in ("completed", "terminated"):
            kind = Modality.HISTORICAL
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "indications": self.indications,
            "status": Entity(Kind.TRIAL_STATUS, status, concept=f"trial-status:{status}") if status else None,
            "date": max(dates, key=len) if dates else None,
        }
        for name in ("population", "country", "design", "combination"):
            qualifiers[name] = self.details(name)
        for name in ("nct", "name", "enrollment", "sites"):
            qualifiers[name] = next(iter(self.details(name)), None)
        ranked = sorted(self.references, key=lambda r: (not r.named, -len(r.indications), -len(r.details)))
        evidence = dict.fromkeys(
            document.evidence(r.sentence, f"studies.trial.{r.status or 'mentioned'}") for r in ranked
        )
        confidence = 0.95 if any(r.named for r in self.references) else 0.8
        return Fact(
            "trial",
            self.drug,
            phase_entity(self.phase),
            modality=kind,
            confidence=confidence,
            evidence=tuple(evidence),
        ).with_qualifiers({k: v for k, v in qualifiers.items() if v not in ((), None)})


def phase_entity(phase: str) -> Entity:
    """The vocabulary's concept for a phase in its arabic form."""
    curie = _PHASE_CURIES.get(phase, phase.replace("/", "-"))
    return Entity(Kind.PHASE, phase, concept=f"phase:{curie}")


def _trials(document: LinkedDocument, focus: Focus) -> list[_Trial]:
    """Every trial of the release, each once."""
    trials: list[_Trial] = []
    last: tuple[object, list[_Trial]] = (None, [])
    for sentence in document.statements():
        found = list(_references(document, focus, sentence))
        if found:
            placed: list[_Trial] = []
            for reference in found:
                trial = _place(reference, trials, placed)
                placed.append(trial)
            last = (sentence.section, [t for t in placed if not t.references[0].modality.is_claim_only])
            continue
        own = _of_title(document, focus, sentence, trials) or (last[1] if last[0] == sentence.section else [])
        more = _continuation(document, sentence, own)
        if more is not None:
            own[0].references.append(more)
    return [t for t in _join_pivotal(trials) if t.references]


def _of_title(
    document: LinkedDocument, focus: Focus, sentence: LinkedSentence, trials: list[_Trial]
) -> list[_Trial]:
    """The trial that a section's title names: "About the Phase 2 Study of AB-1", "About the EMBARK Trial"."""
    topic = sentence.section.topic
    if not topic:
        return []
    phases = values.phases(topic)
    drug = focus.named_in(topic) or document.subject
    by_phase = [t for t in trials if phases and t.phase == phases[0].phase and same(t.drug, drug)]
    by_name = [t for t in trials if any(str(n).casefold() in topic.casefold() for n in t.details("name"))]
    return (by_name or by_phase)[:1]


def _references(document: LinkedDocument, focus: Focus, sentence: LinkedSentence) -> Iterator[_Reference]:
    text = sentence.text
    phases = [p for p in values.phases(text) if _is_trial(text, p)]
    ends: list[int] = []
    for index, phase in enumerate(phases):
        following = phases[index + 1].start if index + 1 < len(phases) else len(text)
        cut = _CONNECTIVE.search(text[phase.end : following]) if following < len(text) else None
        end = phase.end + cut.start() if cut else following
        clause = _CLAUSE_END.search(text, phase.end, end)
        ends.append(clause.start() if clause else end)
    # "Phase 1 and Phase 2 trials for glioma": what follows the last is said of all
    for index in range(len(phases) - 2, -1, -1):
        if not text[phases[index].end : ends[index]].strip(" ,") and ends[index] <= phases[index + 1].start:
            ends[index] = ends[index + 1]
    for index, phase in enumerate(phases):
        begin = phases[index - 1].end if index else 0
        begin = max(begin, ends[index - 1] if index and ends[index - 1] <= phase.start else begin)
        drug, named = _drug_of(focus, sentence, begin, phase, ends[index])
        if drug is None:
            continue
        yield _reference(document, sentence, phase, _Stretch(begin, ends[index]), drug, named=named)


@dataclass(frozen=True, slots=True)
class _Stretch:
    begin: int
    end: int


def _reference(
    document: LinkedDocument,
    sentence: LinkedSentence,
    phase: values.PhaseMatch,
    stretch: _Stretch,
    drug: Entity,
    *,
    named: bool,
) -> _Reference:
    text = sentence.text
    begin, end = stretch.begin, stretch.end
    indications = _indications(sentence, phase.end, end)
    low = phase.start
    if not indications:
        indications, low = _indications_before(sentence, begin, phase.start)
    elif arm := re.search(r"\b(?:cohort|arm)\b", text[begin : phase.start], re.IGNORECASE):
        before, low = _indications_before(sentence, begin, begin + arm.end())
        indications = unique((*before, *indications))
    status = _status(text, begin, phase, end)
    about = text[phase.start : end]
    populations = values.populations(text[low:end]) if indications else values.populations(about)
    details: list[tuple[str, Value]] = [("population", p) for p in populations if p not in ("advanced",)]
    details += [
        ("design", d.label) for d in values.terms(text[max(begin, phase.start - 60) : end], "study_designs")
    ]
    details += _registry_details(sentence, phase.start, end)
    details += [("name", n) for n in _names(sentence, max(begin, phase.start - 60), end)[:1]]
    details += _size_details(text, phase.start, end)
    details += [("combination", c) for c in _combinations(sentence, phase.start, end, drug)]
    kind = modality(text, phase.start, phase.end)
    if not kind.is_claim_only or _DEFINITE.search(text[: phase.start]):
        kind = Modality.ASSERTED
    date = None
    if status == "planned" or (
        status == "active" and re.search(r"\b(?:initiat|began|start|commenc)\w*", text[: phase.start])
    ):
        # a date counts where no other trial of the sentence has it: "in the second half of 2018 the company plans …"
        found = [
            d for d in values.dates(text, on=document.published) if d.start < phase.start or d.end <= end
        ]
        near = [d for d in found if d.start >= begin] or found
        date = (
            near[0].iso
            if near and not re.search(r"\b(?:announced|reported)\b", text[: phase.start])
            else None
        )
    another = bool(_SECOND.search(text[: phase.start]))
    return _Reference(
        sentence,
        begin,
        end,
        phase.start,
        phase.phase,
        drug,
        named,
        another,
        status,
        kind,
        indications,
        tuple(details),
        date,
    )


def _is_trial(text: str, phase: values.PhaseMatch) -> bool:
    """Whether a phase is that of a trial.

    Hits: "Phase 2 clinical study"; "is in Phase 3 for"; "Phase 1 data".
    Near misses: "End-of-Phase 2 meeting"; "Phase 2-ready"; "a Phase 3 company"; "recommended Phase 2 dose".
    """
    before, after = text[max(0, phase.start - 60) : phase.start], text[phase.end :]
    if _NOT_A_TRIAL_BEFORE.search(before) or _NOT_A_TRIAL_AFTER.match(after) or _RECOMMENDED.search(before):
        return False
    return bool(
        _TRIAL_AFTER.match(after) or _TRIAL_BEFORE.search(before) or _DATA_AFTER.match(after)
    ) or bool(re.match(r"\s*(?:,|/|and|or)\s*(?:in\s+)?(?:a\s+)?phase", after, re.IGNORECASE))


def _drug_of(
    focus: Focus, sentence: LinkedSentence, begin: int, phase: values.PhaseMatch, end: int
) -> tuple[Entity | None, bool]:
    """The drug that a trial studies, and whether its sentence names it."""
    candidates = [m for m in sentence.of_kind(Kind.DRUG) if not is_partner(sentence, m)]
    for mention in candidates:
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if phase.end <= low and high <= end:
            gap = sentence.text[phase.end : low]
            if re.search(
                r"\b(?:of|with|evaluating|assessing|testing|studying|investigating|comparing|exploring|for|using)\s+"
                r"(?:[\w.,'-]+\s+){0,6}$",
                gap,
                re.IGNORECASE,
            ):
                return mention.entity, True
    before = [m for m in candidates if m.end - sentence.start <= phase.start]
    if before:
        near = [m for m in before if m.start - sentence.start >= begin]
        return (near or before)[-1].entity, True
    mentions = studied_mentions(sentence)
    if len({identity(m.entity) for m in mentions}) == 1:
        return mentions[0].entity, True
    return focus.drug(sentence), False


# --- the parts of a reference -----------------------------------------------------------------------------


@cache
def _glue() -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in table("disease_list_glue"))


def _is_glue(text: str) -> bool:
    """Whether what stands between two diseases joins them into one list."""
    words = re.findall(r"[A-Za-z][\w'-]*", text)
    strange = [w for w in words if not all(p.casefold() in _glue() for p in re.split(r"[-']", w) if p)]
    hyphened = [w for w in strange if "-" in w or w[0].isupper()]
    return (
        len(text) < 90
        and len(strange) <= 2
        and len(strange) == len(hyphened)
        and not re.search(r"[.;]\s", text)
    )


def _indications(sentence: LinkedSentence, start: int, end: int) -> tuple[Entity, ...]:
    """The diseases of the list that begins in a stretch; those that are only a possibility left out."""
    out: list[Entity] = []
    text = sentence.text
    at = start
    for mention in sentence.of_kind(Kind.DISEASE):
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if low < start or high > end:
            continue
        gap = text[at:low]
        if not out and (_NO_INDICATION.search(gap) or len(gap) > 260):
            break
        if out and not _is_glue(gap):
            break
        if not re.search(
            r"\b(?:potentially|possibly|excluding|except|without)\b[\w\s-]*$", gap, re.IGNORECASE
        ):
            out.append(mention.entity)
        at = high
    return unique(out)


def _indications_before(sentence: LinkedSentence, begin: int, at: int) -> tuple[tuple[Entity, ...], int]:
    """The diseases right before a phase ("the myeloma arm of this Phase 2 study"), and where they begin."""
    text = sentence.text
    out: list[Entity] = []
    low = at
    for mention in reversed(sentence.of_kind(Kind.DISEASE)):
        start, end = mention.start - sentence.start, mention.end - sentence.start
        if end > at or start < begin:
            continue
        gap = text[end:low]
        if out:
            if not _is_glue(gap):
                break
        elif (
            len(gap) > 90
            or _NO_INDICATION.search(gap)
            or _NO_INDICATION.search(text[max(begin, start - 60) : start])
            or _CLAUSE_END.search(gap)
        ):
            break
        out.append(mention.entity)
        low = start
    return unique(reversed(out)), max(begin, low - 40)


@cache
def _status_forms() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    out: dict[str, list[tuple[re.Pattern[str], str]]] = {"adjacent": [], "before": [], "after": []}
    for row in table("trial_statuses"):
        form = row["form"].rstrip().replace(" ", r"\s+").replace(r"\s+?", r"\s*")
        pattern = rf"\b{form}(?!\w)"
        if row["where"] == "adjacent":
            pattern += r"\s*,?\s*(?:[\w/.,-]+\s+){0,5}$"
        out[row["where"]].append((re.compile(pattern, re.IGNORECASE), row["status"]))
    return {where: tuple(rows) for where, rows in out.items()}


def _status(text: str, begin: int, phase: values.PhaseMatch, end: int) -> str | None:
    """What a sentence says of the state of a trial; None where it says nothing.

    Hits: "plans to initiate a Phase 1" planned; "currently enrolling Phase 2" recruiting; "is in a Phase 2" active.
    Near miss: "completed enrollment in its Phase 3" is not the end of the trial.
    """
    forms = _status_forms()
    before = text[: phase.start]
    near = before[max(begin, phase.start - 50) :]
    # an adjective belongs to this trial only where no other noun phrase has begun since
    tail = re.search(
        r"(?:\b(?:a|an|the|its|our|their|this|and|of|in|for|from|to)\s+)?((?:[\w/.,'-]+\s+){0,4})$", near
    )
    if tail:
        for pattern, status in forms["adjacent"]:
            found = pattern.search(tail[0])
            if found and not re.search(r"\b(?:of|in|for|from|to|with)\s", tail[0][found.start() :]):
                return status
    after = text[phase.end : end]
    for pattern, status in forms["after"]:
        found = pattern.search(after)
        if found and not re.search(r"[;]|\b(?:patients|which|who)\b", after[: found.start()]):
            return status
    stop = max((m.end() for m in re.finditer(r";|\.\s|\bwhile\b|,\s+but\b", before)), default=0)
    hits: list[tuple[int, int, str]] = []
    for order, (pattern, status) in enumerate(forms["before"]):
        for found in pattern.finditer(before, stop):
            hits.append((found.end(), -order, status))
    return max(hits)[2] if hits else None


def _registry_details(sentence: LinkedSentence, start: int, end: int) -> list[tuple[str, Value]]:
    return (
        [
            ("nct", m[0].replace(" ", ""))
            for m in _REGISTRY.finditer(sentence.text, start, len(sentence.text))
        ][:1]
        if end
        else []
    )


def _names(sentence: LinkedSentence, start: int, end: int) -> list[str]:
    """Names of trials in capitals beside "Phase" or "trial": "the Phase 3 EMBARK trial", "CheckMate-214"."""
    text = sentence.text
    out = []
    for pattern in _NAME:
        for found in pattern.finditer(text, start, end):
            name = found["name"].strip()
            beside = re.match(
                rf"[\s)\"',]*(?:\([^)]*\)\s*)?(?:[\w/-]+\s+){{0,2}}?(?:Phase\b|{_TRIAL_NOUN}\b)",
                text[found.end() :],
                re.I,
            )
            taken = any(
                m.start - sentence.start < found.end() and found.start() < m.end - sentence.start
                for m in sentence.mentions
            )
            if beside and not taken and name.upper() not in _NOT_A_NAME and not _REGISTRY.match(name):
                out.append(name)
    return out


def _size_details(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """Enrolment, sites and countries stated between two offsets."""
    out: list[tuple[str, Value]] = []
    stretch = text[start:end]
    for pattern in _ENROLLMENT:
        found = pattern.search(stretch)
        if found and not re.search(r"\b(?:cohort|arm|portion)\b", stretch, re.IGNORECASE):
            out.append(("enrollment", int(values.decimal(found["n"].rstrip(",")))))
            break
    for found in _SITES.finditer(stretch):
        try:
            number = int(values.decimal(found["n"]))
        except ValueError:
            continue
        if number < 3000:
            out.append(("sites", number))
            break
    if _PLACED.search(stretch):
        out += [
            ("country", c.label)
            for c in values.terms(stretch, "countries")
            if re.search(
                r"\b(?:in|across|throughout|and|the|,|from|within)\s*(?:the\s+)?$",
                stretch[: c.start],
                re.IGNORECASE,
            )
            and not re.match(r"\s+(?:Food|FDA|Securities|Patent|National|Department)", stretch[c.end :])
        ]
    return out


def _combinations(sentence: LinkedSentence, start: int, end: int, drug: Entity) -> Iterator[Entity]:
    """What is given with the studied drug in a trial."""
    for mention in sentence.of_kind(Kind.DRUG, Kind.TREATMENT):
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if start <= low and high <= end and not same(mention.entity, drug):
            before = sentence.text[max(0, low - 60) : low]
            if _COMBINATION.search(before) and "placebo" not in mention.text.casefold():
                yield mention.entity


def _continuation(
    document: LinkedDocument, sentence: LinkedSentence, trials: list[_Trial]
) -> _Reference | None:
    """What a sentence that only says "the study" adds to the trial before."""
    text = sentence.text
    if len(trials) != 1 or not (_SPEAKS_OF_TRIAL.search(text) or _REGISTRY.search(text)):
        return None
    trial = trials[0]
    details = _registry_details(sentence, 0, len(text)) if _REGISTRY.search(text) else []
    if _SPEAKS_OF_TRIAL.search(text) and not values.phases(text):
        details += _size_details(text, 0, len(text))
        details += [
            ("design", d.label)
            for d in values.terms(text, "study_designs")
            if re.search(r"\b(?:trial|study)\b", text)
        ]
        details += [("combination", c) for c in _given_too(sentence, trial.drug)]
    indications: tuple[Entity, ...] = ()
    if _NAMES_INDICATIONS.search(text):
        named = _NAMES_INDICATIONS.search(text)
        assert named is not None
        indications = _indications(sentence, named.end(), len(text))
    if not details and not indications:
        return None
    return _Reference(
        sentence,
        0,
        len(text),
        0,
        trial.phase,
        trial.drug,
        False,
        False,
        None,
        Modality.ASSERTED,
        indications,
        tuple(details),
    )


def _given_too(sentence: LinkedSentence, drug: Entity) -> Iterator[Entity]:
    """ "In addition to AB-1, patients will receive 40 mg oral dexamethasone": dexamethasone."""
    if _IN_ADDITION.search(sentence.text):
        for mention in sentence.of_kind(Kind.DRUG, Kind.TREATMENT):
            before = sentence.text[: mention.start - sentence.start]
            if not same(mention.entity, drug) and re.search(
                r"\b(?:receive[sd]?|given|administered|with)\b[^.;]{0,50}$", before, re.IGNORECASE
            ):
                yield mention.entity


# --- one trial, many references ---------------------------------------------------------------------------


def _place(reference: _Reference, trials: list[_Trial], same_sentence: list[_Trial]) -> _Trial:
    """The trial that a reference speaks of: one that is known, or a new one, which is added."""
    scores = [
        (_agreement(reference, trial), index)
        for index, trial in enumerate(trials)
        if not (reference.another and trial in same_sentence)
    ]
    best = max(((s, i) for s, i in scores if s > 0), default=None)
    if best is None:
        trials.append(_Trial([reference]))
        return trials[-1]
    trials[best[1]].references.append(reference)
    return trials[best[1]]


def _agreement(reference: _Reference, trial: _Trial) -> int:
    """How well a reference fits a trial; 0 where it speaks of another one."""
    if not same(reference.drug, trial.drug) or reference.phase != trial.phase:
        return 0
    if reference.modality.is_claim_only != trial.references[0].modality.is_claim_only:
        return 0
    planned = [s for s in (reference.status, trial.status) if s]
    if len(planned) == 2 and (planned[0] == "planned") != (planned[1] == "planned"):
        return 0
    for name in ("nct", "name"):
        mine, theirs = set(reference.detail(name)), set(trial.details(name))
        if mine and theirs:
            return 9 if mine & theirs else 0
    mine_pediatric = _PEDIATRIC & set(map(str, reference.detail("population")))
    theirs_pediatric = _PEDIATRIC & set(map(str, trial.details("population")))
    if reference.indications and trial.indications:
        shared = _overlap(reference.indications, trial.indications)
        if shared:
            return 6
        if mine_pediatric and theirs_pediatric:
            return 4
        generic = _is_generic(reference.indications) or _is_generic(trial.indications)
        # plans are told apart by their diseases; a running trial is often named by a wider term
        return (
            3 if generic and reference.status != "planned" and not (mine_pediatric ^ theirs_pediatric) else 0
        )
    return 2


def _overlap(left: Iterable[Entity], right: Iterable[Entity]) -> bool:
    right = tuple(right)
    if any(same(a, b) for a in left for b in right):
        return True
    words = [{w for name in (e.label,) for w in _stems(name)} for e in right]
    return any(
        mine and (mine <= theirs or theirs <= mine)
        for a in left
        for mine in [set(_stems(a.label))]
        for theirs in words
        if theirs
    )


def _stems(name: str) -> list[str]:
    return [
        w.rstrip("s")
        for w in re.findall(r"[a-z]{4,}", name.casefold())
        if w not in ("cell", "disease", "cancer", "tumor", "tumors", "syndrome")
    ]


def _is_generic(entities: tuple[Entity, ...]) -> bool:
    return any(_GENERIC.search(e.label) for e in entities)


def _join_pivotal(trials: list[_Trial]) -> list[_Trial]:
    """A "pivotal trial" is the one late trial of the same drug that the release gives a number, if there is one."""
    for trial in trials:
        if trial.phase != "pivotal":
            continue
        late = [
            t
            for t in trials
            if t is not trial
            and same(t.drug, trial.drug)
            and t.phase in ("2", "2b", "2/3", "3")
            and (t.status == "planned") == (trial.status == "planned")
            and (not t.indications or not trial.indications or _overlap(t.indications, trial.indications))
        ]
        marked = [
            t for t in late if {"pivotal", "registrational"} & set(map(str, t.details("design")))
        ] or late
        if len(marked) == 1:
            marked[0].references += trial.references
            trial.references = []
    return trials


# --- what else is said of studies -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Context:
    """What the rules below share."""

    document: LinkedDocument
    focus: Focus
    trials: list[_Trial]

    def sentences(self) -> Iterator[LinkedSentence]:
        return self.document.statements()

    def trial(self, sentence: LinkedSentence, drug: Entity) -> str | None:
        """How the trial of a sentence is called: its phase, if sentence, title or neighbourhood leaves one."""
        phases = values.phases(sentence.text) or values.phases(sentence.section.topic)
        if phases:
            return f"Phase {phases[0].phase}" if phases[0].phase != "pivotal" else "pivotal"
        held = [
            t
            for t in self.trials
            if same(t.drug, drug)
            and any(r.sentence.sentence.paragraph == sentence.sentence.paragraph for r in t.references)
        ]
        return f"Phase {held[0].phase}" if len(held) == 1 else None

    def about_disease(self, sentence: LinkedSentence) -> bool:
        """Whether the section describes a disease and not a drug."""
        topic = sentence.section.topic
        return (
            bool(topic)
            and self.focus.named_in(topic) is None
            and any(
                re.fullmatch(rf"(?:the\s+)?{re.escape(name)}(?:\s*\(.*\))?", topic, re.IGNORECASE)
                for m in self.document.mentions(Kind.DISEASE)
                for name in m.entity.names
            )
        )


def _merged(found: Iterable[Fact]) -> Iterator[Fact]:
    """Facts that say the same, made one with the evidence of all."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in found:
        target = (
            fact.object
            if isinstance(fact.object, str)
            else getattr(fact.object, "text", None) or identity(fact.object)
        )  # type: ignore[arg-type]
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
    r"\b(?P<label>[Cc]ohorts?\s+(?:\d+[A-Za-z]?(?:\s?[-–]\s?\d+)?|[A-H]\b|[IVX]+\b)(?:\s+(?:and|to|through)\s+(?:\d+|[A-H]\b))?)"
    r"|\b(?P<of>(?:[\w/()-]+\s+){1,5}?)(?P<noun>cohort|arm)\b",
)
_EXPANDED = re.compile(
    r"\b(?:expand\w*|enrol\w*|increas\w*|includ\w*)\b[^.;]{0,40}?(?P<n>\d[\d,]*)\s+(?:[\w-]+\s+){0,3}?"
    + _SUBJECTS,
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
        for name, start, end in dict((n[0], n) for n in names).values():
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
    if found["of"] and re.search(r"\bfractionated\s+dose\s+$", found["of"]):
        return [("fractionated dose cohort", found.start(), found.end())]
    return []


# --- endpoints

_ENDPOINT_CUE = re.compile(
    r"\b(?P<kind>(?:co-?)?primary(?:\s+and\s+(?:key\s+)?secondary)?|(?:key\s+)?secondary|additional|other|exploratory|tertiary)\s+"
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


def _endpoint_cue(text: str, cues: list[tuple[int, int, str]], low: int, high: int) -> str | None:
    """The kind that is said of an endpoint at `low` to `high`: before it, or behind it ("PFS as the primary endpoint")."""
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
    r"\b(?:dos(?:e|es|ed|ing|age)|receiv\w+|administ\w+|inject\w+|infus\w+|given|treat(?:ed|ment)|tablets?|capsules?|regimen)\b",
    re.IGNORECASE,
)
_AFTER_DOSE = re.compile(
    r"\s*(?:\(|of\s+|doses?\s+of\s+|doses?\s+|infusions?\s+of\s+|injections?\s+of\s+)*"
    r"(?:(?:oral|intravenous|subcutaneous|intramuscular|IV|SC|once|twice|daily|weekly|monthly|the|of|low|high|dose|or|a|an|single)\s+){0,4}$",
    re.IGNORECASE,
)
_COHORT_LABEL = re.compile(r"\b[Cc]ohorts?\s+(\d+[A-Za-z]?(?:\s?[-–]\s?\d+)?|[A-H]\b)")
_ROUTE = re.compile(
    r"\b(oral(?:ly)?|intravenous(?:ly)?|subcutaneous(?:ly)?|intramuscular(?:ly)?|intravitreal(?:ly)?|intrathecal(?:ly)?|inhaled|topical(?:ly)?)\b",
    re.IGNORECASE,
)


def _doses(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        text = sentence.text
        doses = [d for d in values.doses(text) if not _NO_DOSE_UNIT.search(d.quantity.text.split(" ", 1)[-1])]
        if not doses:
            continue
        schedules = _schedules(text, doses)
        shown: dict[tuple[tuple[str, str], str], str | None] = {}
        for index, dose in enumerate(doses):
            drug, sure = _dosed(context, sentence, dose)
            if drug is None:
                continue
            key = (identity(drug), dose.quantity.text)
            if key in shown:  # "a second 25.0 mCi/m2 dose": the regimen has been told
                continue
            shown[key] = schedules[index]
            route = _ROUTE.search(text[max(0, dose.start - 25) : dose.end + 40])
            yield Fact(
                "dose",
                drug,
                dose.quantity,
                modality=_statement_modality(text, dose.start, dose.end),
                confidence=0.92 if sure else 0.75,
                evidence=_evidence(context, sentence, "dose"),
            ).with_qualifiers(
                {
                    "schedule": schedules[index],
                    "cohort": _cohort_of(text, doses, index),
                    "trial": context.trial(sentence, drug),
                    "route": _route(route[1]) if route else None,
                }
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
    before = [m for m in drugs if m.end - sentence.start <= dose.start]
    for mention in reversed(before):
        gap = text[mention.end - sentence.start : dose.start]
        if is_control(sentence, mention) and not re.fullmatch(r"\s*[(,]?\s*(?:at\s+)?", gap):
            continue
        if (
            is_partner(sentence, mention)
            and not is_control(sentence, mention)
            and not re.fullmatch(r"[\s(,]*(?:at\s+)?(?:a\s+dose\s+of\s+)?", gap)
        ):
            continue
        return mention.entity, True
    if not _DOSING.search(text):
        return None, False
    after = [m for m in drugs if m.start - sentence.start >= dose.end and not is_partner(sentence, m)]
    if after:
        return after[0].entity, True
    drug = context.focus.drug(sentence)
    if drug is not None and context.about_disease(sentence):
        return None, False
    return drug, False


def _schedules(text: str, doses: list[values.QuantityMatch]) -> list[str | None]:
    """The schedule of each dose of a sentence."""
    out: list[str | None] = [None] * len(doses)
    found = values.schedules(text)
    for index, dose in enumerate(doses):
        low = doses[index - 1].end if index else 0
        high = doses[index + 1].start if index + 1 < len(doses) else len(text)
        after = [s for s in found if dose.end <= s.start < min(high, dose.end + 110)]
        before = [s for s in found if max(low, dose.start - 80) <= s.start and s.end <= dose.start]
        single = re.search(
            r"\b(?:single|one-time)\s+(?:[\w-]+\s+){0,2}$", text[low : dose.start], re.IGNORECASE
        )
        adjacent = re.match(r"\s*(?:[\w-]+\s+){0,3}?(?:,\s*)?", text[dose.end :])
        if single and re.match(r"\s*(?:[\w-]+\s+)?(?:dose|infusion|injection)", text[dose.end :]):
            out[index] = "single dose"
        elif after and not re.search(r"[.;)]|,\s*(?:with|and)\s", text[dose.end : after[0].start]):
            out[index] = after[0].schedule
        elif before:
            out[index] = before[-1].schedule
        elif single:
            out[index] = "single dose"
        del adjacent
    # a range shares its schedule; "respectively" deals schedules out
    for index in range(len(doses) - 1, 0, -1):
        joined = re.fullmatch(
            r"\s*(?:-|–|to|and|or|,|,\s*and)\s*(?:approximately\s+)?",
            text[doses[index - 1].end : doses[index].start],
        )
        if joined and out[index] and not out[index - 1]:
            out[index - 1] = out[index]
        elif joined and out[index - 1] and not out[index]:
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
    if after := _COHORT_LABEL.search(text, dose.end, high):
        return after[1]
    before = list(_COHORT_LABEL.finditer(text, 0, dose.start))
    return before[-1][1] if before else None


# --- results

_DIRECTIONS: Final = {
    "reduc": "reduction", "increas": "increase", "decreas": "decrease", "improv": "improvement", "declin": "decline",
    "inhibit": "inhibition", "regress": "regression", "lower": "reduction", "loss": "loss", "shrink": "reduction", "rise": "increase",
}  # fmt: skip
_DIRECTION = r"(?P<direction>reduc\w+|increas\w+|decreas\w+|improv\w+|declin\w+|inhibit\w+|regress\w+|lower\w*|shrink\w*)"
_MEASURE = r"(?P<measure>(?:the\s+)?[A-Za-z][\w\s/'-]{2,70}?)"
_MEASURE_END = r"(?=\s*(?:[.,;:()]|$|\s(?:compared|versus|vs|over|relative|from|at|after|in\s+the|in\s+patients|in\s+mice|for|with|through|observed|by|was|were|when|and|among|following|between|on)\b))"
_CHANGE_AFTER = re.compile(
    rf"^[\s-]*(?:[\w-]+\s+)?{_DIRECTION}\s+(?:in|of)\s+{_MEASURE}{_MEASURE_END}", re.IGNORECASE
)
_CHANGE_BY = re.compile(
    rf"(?:(?P<subject>[A-Z]?[\w\s,/'-]{{3,160}}?)\s+(?:was|were|is)\s+(?:significantly\s+)?)?{_DIRECTION}(?P<object>\s+(?!by\b)[\w\s/'-]{{3,60}}?)?\s+by\s+(?:up\s+to\s+|approximately\s+|about\s+|more\s+than\s+|over\s+)*$",
    re.IGNORECASE,
)
_CHANGE_OF = re.compile(
    rf"{_DIRECTION}\s+(?:in|of|from\s+baseline\s+in)\s+{_MEASURE}\s+(?:of|was|were)\s+(?:up\s+to\s+|approximately\s+|about\s+|more\s+than\s+)*$",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"^(?:the\s+)?(?:(?:expected|observed|initial|mean|median)\s+)*(?:[\d.]+-fold\s+)?(?:increase|growth|rise|progression)\s+(?:in|of)\s+",
    re.IGNORECASE,
)
_CONTROL_ARM = re.compile(
    r"\b(?:control|placebo|vehicle|untreated|comparator|chemotherapy|standard[- ]of[- ]care)\b", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:compared?\s+(?:to|with)|versus|vs\.?|relative\s+to|over|than|against|as\s+opposed\s+to)\s+",
    re.IGNORECASE,
)
_POPULATION_SHARE = re.compile(
    r"\b(?:incidence|prevalence|accounts?\s+for|diagnosed|mortality\s+rate|of\s+all\s+(?:cancer|cases)|worldwide|in\s+the\s+United\s+States|five-year\s+survival|5-year\s+survival)\b",
    re.IGNORECASE,
)
_MONEY_TALK = re.compile(
    r"\b(?:revenue|owned|stake|royalt\w+|shares?|discount|expenses?|net\s+loss|sales|interest|employees|market)\b",
    re.IGNORECASE,
)


def _results(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        text = sentence.text
        drug = context.focus.drug(sentence)
        if (
            drug is None
            or context.about_disease(sentence)
            or _POPULATION_SHARE.search(text)
            or _MONEY_TALK.search(text)
        ):
            continue
        for name, entity, quantity, start, end in _measured(sentence):
            kind = _statement_modality(text, start, end)
            if kind is Modality.HISTORICAL:
                kind = Modality.ASSERTED
            size = next(iter(values.sample_sizes(text)), None) or _size_of_paragraph(context, sentence)
            compared = _comparator_of(sentence, end, drug)
            yield Fact(
                "result",
                drug,
                Quantity(f"{name} {quantity.text}", quantity.value, quantity.unit),
                modality=kind,
                confidence=0.8,
                evidence=_evidence(context, sentence, "result"),
            ).with_qualifiers(
                {
                    "endpoint": entity,
                    "n": int(size.value) if size else None,
                    "population": tuple(values.populations(text)) or None,
                    "trial": context.trial(sentence, drug),
                    "comparator": compared,
                    "cell_line": _cell_line_of_paragraph(context, sentence),
                }
            )


def _measured(sentence: LinkedSentence) -> Iterator[tuple[str, Entity | None, Quantity, int, int]]:
    """What was measured, its endpoint, the figure, and where: "ORR was 83.6%", "66 percent reduction in tumor burden"."""
    text = sentence.text
    endpoints = [
        (m.start - sentence.start, m.end - sentence.start, m.entity) for m in sentence.of_kind(Kind.ENDPOINT)
    ]
    used: set[int] = set()
    for share in (*values.percentages(text), *values.folds(text)):
        left, right = text[: share.start], text[share.end :]
        if _of_control(text, share.start, share.end):
            continue
        change = _change(left, right)
        if change:
            if share.quantity.unit == "{fold}" and re.search(r"\bexpected\s*$", left):
                continue
            yield change, None, share.quantity, share.start, share.end
            continue
        if share.quantity.unit == "{fold}":
            continue
        near = _endpoint_of(text, endpoints, share.start, share.end)
        if near is not None and near[0] not in used:
            used.add(near[0])
            yield short_name(near[2]), near[2], share.quantity, share.start, share.end
    for length in values.durations(text):
        before = text[max(0, length.start - 70) : length.start]
        for low, high, entity in endpoints:
            gap = text[high : length.start]
            if (
                high <= length.start
                and re.fullmatch(
                    r"\s*(?:\([\w\s-]+\))?\s*(?:\w+\s+){0,3}?(?:of|was|is|were|:|=|reached)?\s*(?:approximately|about|at\s+least|more\s+than)?\s*",
                    gap,
                )
                and len(gap) < 50
                and re.search(r"surviv|PFS|OS|DOR|duration|time", text[low:high], re.IGNORECASE)
                and not _of_control(text, length.start, length.end)
            ):
                median = (
                    "median "
                    if re.search(r"\bmedian\b", text[max(0, low - 12) : length.start], re.IGNORECASE)
                    else ""
                )
                name = short_name(entity)
                yield (
                    (name if name.startswith("median") else median + name),
                    entity,
                    length.quantity,
                    length.start,
                    length.end,
                )
        del before


def short_name(entity: Entity) -> str:
    """How results call an endpoint: by its usual abbreviation, if it has one ("ORR")."""
    return next(
        (
            a
            for a in entity.alt
            if re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,6}", a) and sum(c.isupper() for c in a) >= 2
        ),
        entity.label,
    )


def _endpoint_of(
    text: str, endpoints: list[tuple[int, int, Entity]], start: int, end: int
) -> tuple[int, int, Entity] | None:
    """The endpoint that a percentage is of.

    Hits: "an ORR of 83.6%"; "overall response rate (ORR) was 45%"; "an 83.6% ORR"; "30% of patients achieved a complete response".
    """
    for low, high, entity in reversed(endpoints):
        if (
            high <= start
            and re.fullmatch(
                r"\s*\)?\s*(?:\([\w\s-]+\))?\s*(?:rates?\s+)?(?:[\w-]+\s+){0,4}?(?:of|was|is|were|at|:|=|reached)?\s*"
                r"(?:approximately|about|at\s+least|more\s+than|over|up\s+to)?\s*",
                text[high:start],
            )
            and len(text[high:start]) < 60
        ):
            return low, high, entity
    for low, high, entity in endpoints:
        if (
            low >= end
            and re.fullmatch(
                r"\s*(?:\([^)]*\)\s*)?(?:of\s+(?:[\w-]+\s+){0,4}?(?:patients|participants|subjects)\s+(?:\([^)]*\)\s*)?(?:[\w-]+\s+){0,3}?"
                r"(?:achiev\w+|had|show\w+|experienc\w+|reach\w+|attain\w+|demonstrat\w+)\s+)?(?:an?\s+|the\s+|overall\s+|confirmed\s+|objective\s+)*",
                text[end:low],
            )
            and len(text[end:low]) < 110
        ):
            return low, high, entity
    return None


def _change(left: str, right: str) -> str | None:
    """What changed, and which way: "tumor burden reduction"."""
    if found := _CHANGE_AFTER.match(right):
        return _change_name(found["measure"], found["direction"])
    if found := _CHANGE_OF.search(left):
        return _change_name(found["measure"], found["direction"])
    if found := _CHANGE_BY.search(left):
        measure = found["object"] or found["subject"]
        return _change_name(measure, found["direction"]) if measure else None
    return None


def _change_name(measure: str, direction: str) -> str | None:
    words = " ".join(measure.split())
    for _ in range(2):
        words = re.sub(r"^(?:the|a|an|this|in|of|its|mean|overall)\s+", "", words, flags=re.IGNORECASE)
        words = _EXPECTED.sub("", words)
    words = re.split(
        r"\s+(?:observed|compared|in\s+the|in\s+patients|at\s|over\s+the|after|seen|from|with)\b", words
    )[0].strip(" ,")
    if (
        not words
        or len(words.split()) > 6
        or re.search(r"\b(?:we|it|company|risk\s+that)\b", words, re.IGNORECASE)
    ):
        return None
    name = next((n for stem, n in _DIRECTIONS.items() if direction.casefold().startswith(stem)), None)
    return f"{words[0].lower() + words[1:] if words[1:2].islower() else words} {name}" if name else None


def _of_control(text: str, start: int, end: int) -> bool:
    """Whether a figure is that of the arm compared with: "versus 20% for placebo", "21-fold in the control group"."""
    before = text[max(0, start - 45) : start]
    compared = list(_COMPARED.finditer(before))
    if (
        compared
        and not re.search(r"[,;]", before[compared[-1].end() :])
        and not re.search(
            r"\b(?:reduc|increas|decreas|improv)\w*\b", before[compared[-1].end() :], re.IGNORECASE
        )
    ):
        return True
    after = re.match(r"[^.;,]{0,70}", text[end:])
    window = after[0] if after else ""
    control = _CONTROL_ARM.search(window)
    return bool(
        control
        and not _COMPARED.search(window[: control.start()])
        and not re.search(r"\b(?:reduc\w+|than)\b", window[: control.start()])
    )


def _comparator_of(sentence: LinkedSentence, end: int, drug: Entity) -> str | None:
    found = _COMPARED.search(sentence.text, end)
    if not found or found.start() - end > 90:
        return None
    phrase = re.match(r"[\w\s/+-]{2,60}", sentence.text[found.end() :])
    if not phrase:
        return None
    words = re.split(r"\s+(?:in|at|on|with|and|for|over)\s", phrase[0])[0]
    return re.sub(r"^(?:the|a|an)\s+", "", words.strip()) or None


# --- preclinical studies

_ANIMAL_STUDY = re.compile(
    r"\b(?:xenograft\w*|inject\w+|inoculat\w+|implant\w+|bearing|model\w*|in\s*vivo|treated|receiving|received|dosed|studied|tested|knock-?out|transgenic|PDX)\b",
    re.IGNORECASE,
)
_CELL_LINE = (
    re.compile(
        r"\b(?P<line>[A-Z][A-Za-z0-9]*(?:[ -](?=[A-Z0-9])[A-Za-z0-9]+)*(?:/[A-Za-z0-9]+)?(?:-\d+)?)\s+(?:tumou?r\s+)?(?:cell\s+lines?|cells|xenografts?|tumou?rs)\b"
    ),
    re.compile(
        r"\b(?:cells|cell\s+line|xenografts?|tumou?rs|model)\s+\((?P<line>[A-Z][A-Za-z0-9]*[-/ ]?[A-Za-z0-9/-]*\d[A-Za-z0-9/-]*)\)"
    ),
)
_CONTROL_NAME = re.compile(
    r"\bcontrols?\s+(?:groups?|arms?|cohorts?)?\s*(?:of|with|receiving|treated\s+with)\s+(?P<name>[\w-]+(?:\s+[\w-]+){0,3})",
    re.IGNORECASE,
)
_ORDINAL_STUDY = re.compile(
    r"\b(?:first|second|third|fourth|final|last|another|other|separate)\s+(?:[\w-]+\s+)?(?:study|experiment|model)\b",
    re.IGNORECASE,
)


def _cell_line(text: str) -> str | None:
    for pattern in _CELL_LINE:
        for found in pattern.finditer(text):
            line = found["line"].strip()
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
    dosed = list(_doses(context))
    measured = list(_results(context))
    for run in _animal_paragraphs(context):
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
            rf"\b(\d[\d,]*)\s+(?:[\w-]+\s+){{0,2}}?(?:mice|rats|monkeys|animals|dogs|pigs|rabbits|hamsters|ferrets)\b",
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
                "dose": tuple(dict.fromkeys(f.object.text for f in doses if isinstance(f.object, Quantity))),
                "schedule": schedule,
                "control": control,
                "result": tuple(
                    dict.fromkeys(f.object.text for f in results if isinstance(f.object, Quantity))
                ),
            }
        )


def _within(fact: Fact, spans: list[tuple[int, int]]) -> bool:
    return any(a <= e.start and e.end <= b for e in fact.evidence for a, b in spans)


def _model(run: tuple[LinkedSentence, ...]) -> Entity | None:
    """What a study is done on: the disease named beside the cells or the animals, else the first that is named."""
    for sentence in run:
        diseases = sentence.of_kind(Kind.DISEASE, Kind.MODEL)
        if diseases:
            return diseases[0].entity
    return None


def _control_of(run: tuple[LinkedSentence, ...], drug: Entity) -> str | None:
    for sentence in run:
        for mention in sentence.of_kind(Kind.DRUG):
            if is_control(sentence, mention) and not same(mention.entity, drug):
                return mention.entity.label
        if found := _CONTROL_NAME.search(sentence.text):
            return re.split(r"\s+(?:at|in|on|and|or|following)\s", found["name"])[0].strip()
        if vehicle := re.search(
            r"\b(vehicle|placebo|saline|PBS|sham|untreated|isotype)(?:[- ]treated)?\s+(?:controls?|animals|mice|group)",
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
        for found in values.schedules(sentence.text):
            if not found.schedule.startswith("day"):
                return found.schedule
    return None


# --- safety

_SAFE = re.compile(
    r"\b(?:(?:was|were|is|has\s+been|have\s+been|deemed|found\s+to\s+be|appears?(?:\s+to\s+be)?)\s+)?(?:generally\s+)?(?:safe\s+and\s+)?well[- ]tolerated\b"
    r"|\bno\s+(?:dose[- ]limiting\s+toxicit\w+|(?:treatment|drug)[- ]related\s+serious\s+adverse\s+events?|serious\s+adverse\s+events?|new\s+safety\s+signals?|unexpected\s+safety\s+\w+|deaths?)\b[^.;,]{0,60}"
    r"|\b(?:most\s+common|most\s+frequent(?:ly\s+reported)?)\s+(?:[\w-]+\s+){0,3}?(?:adverse\s+events?|side\s+effects|adverse\s+reactions|TEAEs)\b[^.;]{0,160}",
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
    r"\b(?P<verb>publi(?:shed|cation)|present(?:ed|ing|ation|ations|s)?|featured|accepted(?:\s+for\s+(?:publication|presentation))?|poster|abstracts?|reported)\b"
    r"[^.;]{0,160}?\b(?:as\s+part\s+of|in|at|during)\s+(?:the\s+)?(?:(?:peer-reviewed|scientific|medical|online|current|issue|edition|of|journal|upcoming)\s+|the\s+)*[*_\"]*"
    r"(?P<venue>(?:\d{4}\s+)?(?:\d+(?:st|nd|rd|th)\s+)?(?:[A-Z][\w&'.-]*|\([A-Z]{2,}\))(?:\s+(?:[A-Z][\w&'.-]*|of|for|the|and|on|in|\([A-Z]{2,}\)|\d{4}))*)",
)
_IS_MEETING = re.compile(
    r"\b(?:Meeting|Congress|Conference|Symposium|Proceedings|Convention|Summit|Workshop|Sessions|Forum|Week|Exposition|ASCO|ASH|ESMO|AACR|EHA|SITC|SABCS|EASL|AASLD)\b"
)
_IS_JOURNAL = re.compile(
    r"\b(?:Journal|Nature|Lancet|Science|Cell|Blood|Cancer|JAMA|NEJM|Medicine|Oncology|Letters|Reports|Research|Annals|Proceedings|Therapy|Review|PLOS|BMJ|Circulation|Neurology|Discovery|Immunology|Immunity|Diabetes|Leukemia)\b"
)


def _publications(context: _Context) -> Iterator[Fact]:
    for sentence in context.sentences():
        drug = context.focus.drug(sentence)
        if drug is None or context.about_disease(sentence):
            continue
        for found in _VENUE.finditer(sentence.text):
            venue = re.sub(r"(?:\s+(?:of|for|the|and|on|in))+$", "", found["venue"].strip(" .,*_")).strip()
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
            ).with_qualifiers({"date": year[0] if year else _date_near(dates, found.end(), sentence.text)})


def _date_near(dates: tuple[values.DateMatch, ...], at: int, text: str) -> str | None:
    after = [d.iso for d in dates if at - 5 <= d.start < at + 60]
    return after[0] if after else None


def _mention_of(sentence: LinkedSentence, entity: Entity) -> Mention | None:
    return next((m for m in sentence.mentions if same(m.entity, entity)), None)
