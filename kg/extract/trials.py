"""Linked sentences → the clinical trials that a release speaks of, each once, however often it is mentioned.

A mention is a phase ("a Phase 2 study of AB-1 in glioma"), a trial's name ("EMBARK-2") or "the study"; mentions
are placed by name, drug, phase, disease and by whether they speak of a plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from kg.extract import values
from kg.extract.document import SectionKind
from kg.extract.focus import Focus, identity, is_partner, same, unique
from kg.extract.lexicon import table
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.model import Entity, Evidence, Fact, Kind, Mention, Modality, Value

_TRIAL_NOUN = r"(?:trials?|stud(?:y|ies)|programs?|programmes?|development|testing|investigation|evaluation)"
_TRIAL_AFTER = re.compile(
    # Possessive: a word is taken whole, or its splits would multiply.
    rf"(?:[\s,/()+-]*+(?!(?:which|that|is|are|was|were|has|have)\b)[\w.'/*-]++){{0,9}}?[\s,"
    rf"()-]*\b{_TRIAL_NOUN}\b",
    re.IGNORECASE,
)
_TRIAL_BEFORE = re.compile(
    r"\b(?:in|into|enter(?:ed|ing|s)?|through|complet(?:ed|ing|es)|initiat(?:ed|ing|es|e)|start(?:ed|ing)?"
    r"|begin|began|from"
    r"|ongoing|to)\s+(?:(?:a|an|the|our|its|for)\s+)*(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_DATA_AFTER = re.compile(
    r"\s+(?:\w+\s+)?(?:data|results|readout|cohorts?|patients|participants|arm)\b", re.IGNORECASE
)
_NOT_A_TRIAL_BEFORE = re.compile(r"\bend[- ]of[- ]$", re.IGNORECASE)
_NOT_A_TRIAL_AFTER = re.compile(
    r"[- ](?:ready|enabling|unit|clinic\b|company|biotech|biopharma|meeting|asset)|-stage"
    r"|\s+(?:[\w-]+\s+){0,2}?(?:portions?|parts?|component|stage|segment)\b(?!\s+of\s+(?:the\s+)?(?-i:[A-Z]{3}))"
    r"|\s+(?:recommended\s+)?dose\b(?!\s*-|\s+(?:escalation|expansion|ranging|finding))",
    re.IGNORECASE,
)
_PART_OF_TRIAL = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:portions?|parts?|component|segment)\s+of\s+(?:the\s+)?[A-Z][A-Z]{2}", re.NOFLAG
)
_RECOMMENDED: Final = re.compile(r"recommended\s+$", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:the|our|its|their|this|these|ongoing|current|completed|from|'s)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"[\s,;]*(?:\b(?:and|or|as\s+well\s+as|plus|followed\s+by|along\s+with|then|both|while|with)\b[\s,]*)*"
    r"(?:\b(?:in|into|for|of|the|its|our|a|an|second|third|separate|another|additional|first|new|is|are"
    r"|currently|also|planned"
    r"|ongoing|upcoming|pivotal|global|company|initiated|has|to|initiate|start|randomized)\b[\s,]*)*$",
    re.IGNORECASE,
)
#: What ends the stretch of a trial in its sentence: a new clause with a subject of its own.
_CLAUSE_END = re.compile(
    r";|,\s+(?:the|this|these|those|we|it|they)\s+(?:[\w'-]+\s+){0,6}?(?:is|are|was|were|has|have|had|will"
    r"|indicates?|show(?:s|ed)?|provides?|plans?"
    r"|expects?|believes?|demonstrated|continues?)\b"
    r"|,\s+(?:while|although|but|with\s+the\s+option)\s|,\s+and\s+(?:the|we|it|has|have|is|are|will|plans?"
    r"|expects?|intends?|provide|was|were)\s"
    r"|\s-{1,2}\s|\s[—–]\s",
    re.IGNORECASE,
)
_NO_INDICATION = re.compile(
    r"\b(?:designat\w+|approv\w+|clear(?:ed|ance)|grant(?:ed|s)|orphan|caused\s+by|history\s+of|incidence"
    r"|hold"
    r"|leading\s+cause|compared|met\s+its|failed|such\s+as\s+prior|prior\s+treatment)\b",
    re.IGNORECASE,
)
_REGISTRY = re.compile(
    r"\bNCT\s?\d{8}\b|\bISRCTN\d{8}\b|\b20\d\d-\d{6}-\d{2}(?:-\d\d)?\b|\bChiCTR\d{10}\b|\bACTRN\d{14}\b"
    r"|\bjRCT\w?\d{9,10}\b"
)
#: People in trials, as a pattern.
SUBJECTS: Final = (
    r"(?:patients?|participants?|subjects?|adults?|children|volunteers?|people|individuals|persons|women|men|adolescents"
    r"|infants|boys|girls|males|females|newborns|toddlers|recipients)"
)
_N = rf"(?P<n>\d[\d,]*|{values.NUMBER_WORD})"
_ABOUT_N = (
    r"(?:up\s+to\s+|approximately\s+|about\s+|around\s+|as\s+many\s+as\s+|over\s+|more\s+than\s+|at\s+least\s+|nearly\s+|some\s+"
    r"|a\s+total\s+of\s+|an\s+additional\s+|an\s+estimated\s+|the\s+first\s+)*"
)
_ENROLLMENT = (
    re.compile(
        r"[(;,]\s*(?:[nN]\s?=\s?)?(?P<n>\d[\d,]*)\s+(?:patients|participants|subjects|adults|children)\s*[);]"
    ),
    re.compile(
        r"\b(?:planned|target(?:ed)?|expected|total|projected)\s+enrol?lment\s+(?:of|is|was)\s+"
        + _ABOUT_N
        + r"(?P<n>\d[\d,]*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b\d[\d,]*\s+of\s+(?:a|the)\s+(?:planned|targeted?)\s+(?P<n>\d[\d,]*)\s+{SUBJECTS}", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:enrol(?:l(?:ed|ing|s|ment\s+of)?|s|ling|led|ment\s+of)?|recruit(?:ed|ing|s)?|randomi[sz](?:e[sd]?|ing)"
        r"|includ(?:e[sd]?|ing)|involv(?:e[sd]?|ing)|total\s+of|evaluat(?:e[sd]?|ing)|dos(?:e[sd]?|ing)|treat(?:ed|ing)?"
        r"|(?:trial|study)\s+(?:of|with|among)|in|in\s+which|across|among)\s+"
        + _ABOUT_N
        + rf"{_N}\s+(?:[\w/-]+\s+){{0,5}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<n>\d[\d,]*)[-\s](?:patient|subject|participant|person)\b(?!s)", re.IGNORECASE),
    re.compile(
        rf"\b{_N}\s+(?:[\w/-]+\s+){{0,4}}?{SUBJECTS}\s+(?:were|was|have\s+been|has\s+been|had\s+been|are|will\s+be)\s+"
        r"(?:enrolled|randomi[sz]ed|recruited|treated|dosed)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<n>\d[\d,]*)\s+(?:[\w/-]+\s+){{0,3}}?{SUBJECTS}\b[^.;]{{0,160}}?\b(?:were|was)\s+(?:enrolled|randomi[sz]ed|recruited)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\(\s*[nN]\s?=\s?(?P<n>\d[\d,]*)\s*\)"),
)
_SITES = re.compile(
    rf"\b(?P<n>\d[\d,]*|{values.NUMBER_WORD})\s+(?:(?!\d|in\b|at\b|and\b|patients\b|of\b)[\w.-]+\s+){{0,4}}?"
    r"(?:sites|cent(?:er|re)s|hospitals|institutions|clinics)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:sites?|cent(?:er|re)s?|hospitals?|conducted|enrol\w+|recruit\w+|patients|countries)\b",
    re.IGNORECASE,
)
_MARKET = re.compile(
    r"\b(?:approv\w+|market\w*|licen[cs]\w+|rights|designat\w+|headquarter\w*|sold|commerciali\w+|common"
    r"|incidence|diagnosed)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-Z]-[A-Z]{3,}|[A-Z]{3,}[a-z]?[A-Za-z0-9]*|[A-Z][a-z]+[A-Z][A-Za-z]+"
    r"|[A-Z]{2,}[a-z]{2,}\d+)"
    r"(?:-(?:[A-Z][A-Za-z0-9]{0,8}|\d{1,4}[A-Z]?)){0,3}(?:\s\d{1,4}(?!\d|[.,]\d|\s*(?:mg|patients|%)))?)"
    r"(?![\w-])"
)
_NAME_BEFORE_TRIAL = re.compile(
    r"\s*(?:[™®]\s*)?(?:\((?:[^()]{0,80})\)\s*)?(?:(?:,|\s[-–—])\s*(?:a|an|its|the|our)\s+"
    r"(?:[\w/,-]+\s+){0,8}?|is\s+(?:a|an|the)\s+(?:[\w/,-]+\s+){0,8}?"
    r"|(?:clinical\s+|pivotal\s+|registrational\s+|global\s+|extension\s+|Phase\s+\S+\s+|research\s+){0,2}?)"
    r"(?:(?i:phase)\s+[\dI]|(?:(?i:clinical\s+)?(?i:trials?|study|studies|programme|program)\b))"
)
_TRIAL_BEFORE_NAME = re.compile(
    r"(?:\b(?:trials?|stud(?:y|ies)|programme|program)\b,?\s*(?:\(|called|named|known\s+as|dubbed|titled"
    r"|referred\s+to\s+as|[-–—])?\s*[\"'(]?"
    r"|\bphase\s+[\dIVab/]+,?\s*[\"'(]?)$",
    re.IGNORECASE,
)
_SECOND_WORD: Final = re.compile(
    r"\s(?!NCT|IND\b|II|IV\b|SC\b)([A-Z]{3,})(?![\w-])(?=\s+(?i:(?:clinical\s+)?(?:trial|study)\b))"
)
_CODE: Final = re.compile(r"[A-Z]{2,4}[- ]?\d{2,6}[A-Z]?")
_SECOND = re.compile(
    r"\b(?:second|third|another|separate|additional|different)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_SPEAKS_OF_TRIAL = re.compile(
    r"\b(?:the|this|that)\s+(?:[\w/-]+\s+){0,5}?(?:trial|study)\b|\b(?:trial|study)'s\b|\b(?:trial"
    r"|study)\s+(?:is|was|will|has)\b"
    r"|\bbeing\s+(?:studied|enrolled)\b|\b(?:patients|participants|subjects)\s+(?:[\w/-]+\s+){0,3}?(?:will"
    r"|are|were)\b",
    re.IGNORECASE,
)
_NAMES_INDICATIONS = re.compile(
    r"\b(?:being\s+(?:studied|evaluated|investigated|enrolled)|eligible|enrol\w+|studied)\b[^.]*?\b"
    r"(?:include[sd]?|are|with|:)",
    re.IGNORECASE,
)
_COMBINATION = re.compile(
    r"\b(?:in\s+combination\s+with|combined\s+with|together\s+with|plus|added\s+to|with\s+or\s+without"
    r"|alongside"
    r"|co-?administered\s+with|on\s+top\s+of)\s+(?:[\w-]+\s+){0,3}?$",
    re.IGNORECASE,
)
_IN_ADDITION = re.compile(
    r"\b(?:in\s+addition\s+to|along\s+with|together\s+with|concomitant(?:ly)?|co-?administered)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:cancers?|malignanc(?:y|ies)|tumou?rs?|neoplasms?|hematolog\w+|blood\s+cancers?|disorders?"
    r"|diseases?|lymphoproliferative)\b",
    re.IGNORECASE,
)
_PEDIATRIC: Final = frozenset({"pediatric", "infants", "adolescent"})

#: Phases of `ontology/vocabulary.ttl` that are printed otherwise than they are called there.
_PHASE_CURIES: Final = {"0": "early-1", "2b/3": "2-3", "1b/3": "1-3"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where a release speaks of a trial.

    Attributes:
        sentence: where.
        start, end: offsets in the sentence of the stretch that is about this trial.
        at: offset in the sentence of the phase itself.
        phase: as in `values.phase`.
        drug: the studied drug.
        named: whether the sentence itself names that drug.
        another: whether it is said to be another trial than the one before ("a second Phase 1 study").
        status: as in the vocabulary's `trial-status`; None where nothing is said.
        modality: asserted, or hypothetical or negated where no trial is claimed.
        indications: the diseases studied.
        details: (qualifier, value) pairs.
        date: when it is to begin, or began.
        several: whether the words speak of several trials at once, by their names.
        sponsor: who conducts it, where that is said to be another than the release's issuer.
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
    several: bool = False
    sponsor: Entity | None = None

    def detail(self, name: str) -> tuple[Value, ...]:
        """The values of one qualifier."""
        return tuple(v for n, v in self.details if n == name)


@dataclass(slots=True)
class Trial:
    """References that speak of one trial.

    Attributes:
        references: where it is spoken of.
        inferred: its diseases where no reference names one: those of its drug around it.
    """

    references: list[Reference] = field(default_factory=list)
    inferred: tuple[Entity, ...] = ()

    @property
    def drug(self) -> Entity:
        """The studied drug."""
        return self.references[0].drug

    @property
    def phase(self) -> str:
        """Its phase, as in `values.phase`; "pivotal" where it has no number."""
        return next((r.phase for r in self.references if r.phase != "pivotal"), "pivotal")

    @property
    def indications(self) -> tuple[Entity, ...]:
        """The diseases studied, each once."""
        return unique(i for r in self.references for i in r.indications)

    @property
    def status(self) -> str | None:
        """The state that its references tell; an end outweighs a course, a course outweighs a plan."""
        found = [r.status for r in self.references if r.status]
        for status in ("terminated", "suspended", "recruiting", "completed", "active", "planned"):
            if status in found:
                return status
        return None

    def details(self, name: str) -> tuple[Value, ...]:
        """The values of one qualifier, each once."""
        return tuple(dict.fromkeys(v for r in self.references for v in r.detail(name)))

    def _tacit_status(self) -> str:
        """A trial whose results are told without a word that it goes on is over; else it goes on."""
        return "completed" if any(_RESULTS_OF.search(r.sentence.text) for r in self.references) else "active"

    def fact(self, document: LinkedDocument) -> Fact:
        """The trial as a statement with all its evidence."""
        first = self.references[0]
        # a trial that is spoken of without a word on its state goes on, as far as the release tells
        status = self.status or (None if first.modality.is_claim_only else self._tacit_status())
        dates = [r.date for r in self.references if r.date]
        kind = first.modality if first.modality.is_claim_only else Modality.ASSERTED
        if kind is Modality.ASSERTED and status == "planned":
            kind = Modality.PLANNED
        elif kind is Modality.ASSERTED and status in ("completed", "terminated"):
            kind = Modality.HISTORICAL
        qualifiers: dict[str, Value | tuple[Value, ...] | None] = {
            "indications": self.indications or self.inferred,
            "status": Entity(Kind.TRIAL_STATUS, status, concept=f"trial-status:{status}") if status else None,
            "date": max(dates, key=len) if dates else None,
        }
        for name in ("population", "country", "design", "combination"):
            qualifiers[name] = self.details(name)
        for name in ("nct", "name", "enrollment", "sites"):
            qualifiers[name] = next(iter(self.details(name)), None)
        ranked = sorted(self.references, key=lambda r: (not r.named, -len(r.indications), -len(r.details)))
        evidence: dict[tuple[int, int], Evidence] = {}
        for reference in ranked:
            sentence = reference.sentence
            rule = f"studies.trial.{reference.status or 'mentioned'}"
            evidence.setdefault((sentence.start, sentence.end), document.evidence(sentence, rule))
        return Fact(
            "trial",
            self.drug,
            phase_entity(self.phase),
            modality=kind,
            confidence=0.95 if any(r.named for r in self.references) else 0.8,
            evidence=tuple(evidence.values()),
        ).with_qualifiers({k: v for k, v in qualifiers.items() if v not in ((), None)})


def phase_entity(phase: str) -> Entity:
    """The vocabulary's concept for a phase in its arabic form."""
    curie = _PHASE_CURIES.get(phase, phase.replace("/", "-"))
    return Entity(Kind.PHASE, phase, concept=f"phase:{curie}")


def find_trials(document: LinkedDocument, focus: Focus) -> list[Trial]:
    """Every trial of a drug that the release speaks of, each once."""
    names = trial_names(document)
    found = [(s, list(_references(document, focus, s, names))) for s in document.statements()]
    of_name = {str(n): r.drug for _, refs in found for r in refs if r.named for n in r.detail("name")}
    trials: list[Trial] = []
    placed_at: dict[int, list[Trial]] = {}
    for sentence, references in found:
        placed: list[Trial] = []
        for reference in references:
            known = [of_name[str(n)] for n in reference.detail("name") if str(n) in of_name]
            if known and not reference.named:
                reference = replace(reference, drug=known[0])  # noqa: PLW2901
            if focus.is_foreign(reference.drug):
                continue
            placed.append(_place(reference, trials, placed))
        if placed:
            placed_at[sentence.start] = placed
    main = _main_trial(trials)
    last: tuple[object, int, list[Trial]] = (None, -1, [])
    for sentence, _ in found:
        paragraph = sentence.sentence.paragraph
        here = [t for t in placed_at.get(sentence.start, []) if not t.references[0].modality.is_claim_only]
        if here:
            last = (sentence.section, paragraph, here)
            continue
        for reference in _members(sentence, names, trials):
            trials.append(Trial([reference]))
        named = _of_names(sentence.text, names, trials)
        titled = _of_title(document, focus, sentence, trials)
        carried = (
            last[2]
            if last[0] == sentence.section
            else main
            if _ABOUT_TRIAL.match(sentence.section.topic) or not last[2]
            else []
        )
        more = _continuation(sentence, named or titled or carried, sure=bool(named) or last[1] == paragraph)
        if more is not None:
            (named or titled or carried)[0].references.append(more)
        if named:
            last = (sentence.section, paragraph, named)
    kept = [t for t in _join_headlines(_join_pivotal(_without_programmes(trials))) if t.references]
    for trial in kept:
        if not trial.indications and not _HEALTHY & set(map(str, trial.details("population"))):
            trial.inferred = _indications_around(document, focus, trial)
    return kept


_ABOUT_TRIAL = re.compile(r"(?:[\w/-]+\s+){0,4}?(?:trial|study)s?$|(?:trial|study)\b", re.IGNORECASE)


def _main_trial(trials: list[Trial]) -> list[Trial]:
    """The one trial that "the trial" is where nothing nearer tells: the headline's, or the only one under way."""
    firm = [t for t in trials if not t.references[0].modality.is_claim_only]
    titles = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    titled = [t for t in firm if any(r.sentence.section.kind in titles for r in t.references)]
    running = [t for t in firm if t.status != "planned"]
    return next((found for found in (titled, running, firm) if len(found) == 1), [])


_HEALTHY: Final = frozenset({"healthy volunteers", "healthy adults"})


def _indications_around(document: LinkedDocument, focus: Focus, trial: Trial) -> tuple[Entity, ...]:
    """The diseases that the paragraph of a trial names for its drug, else those of the headline."""
    paragraphs = {r.sentence.sentence.paragraph for r in trial.references}
    found: list[Entity] = []
    for sentence in document.statements():
        if (
            sentence.sentence.paragraph in paragraphs
            and same(focus.drug(sentence), trial.drug)
            and not _NO_INDICATION.search(sentence.text)
        ):
            found += _purposes(sentence)
    if not found and same(trial.drug, document.subject):
        for sentence in document.of_section(SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
            named = sentence.of_kind(Kind.DRUG)
            if not named or any(same(m.entity, trial.drug) for m in named):
                found += _purposes(sentence)
    precise = [e for e in found if not _is_generic((e,))] or found
    return unique(precise) if len({identity(e) for e in precise}) == 1 else ()


def _purposes(sentence: LinkedSentence) -> Iterator[Entity]:
    """The diseases that a sentence names as what is treated: "for glioma", "in patients with IPF"."""
    for mention in sentence.of_kind(Kind.DISEASE):
        before = sentence.text[: mention.start - sentence.start]
        if re.search(
            r"\b(?:for|in|with|of|to\s+treat|against|treating)\s+(?:(?!and\b|or\b)[\w/,()-]+\s+){0,7}$",
            before,
            re.IGNORECASE,
        ):
            yield mention.entity


def _without_programmes(trials: list[Trial]) -> list[Trial]:
    """Leave out "the BALANCE programme" where its trials BALANCE-1 and BALANCE-2 are known."""
    names = {str(n) for t in trials for n in t.details("name")}
    stems = {_stem(n) for n in names if _stem(n) != n}
    return [
        t
        for t in trials
        if not (t.details("name") and all(str(n) in stems for n in t.details("name")) and not t.indications)
    ]


def trial_names(document: LinkedDocument) -> tuple[str, ...]:
    """The names of trials: what stands in capitals beside "trial", "study" or a phase, somewhere in the release.

    Hits: "the Phase 3 EMBARK-2 trial"; "AURELIA, a Phase 2b, double-blind trial"; "a Phase 3 trial, MERIDIAN-3,".
    Near misses: "the AB-101 Phase 2 trial" (a drug's code); "the FDA"; "NSCLC trial".
    """
    out: dict[str, None] = {}
    never_given = _never_given(document)
    for sentence in document.statements():
        text = sentence.text
        if text.isupper():
            continue
        taken = [
            (m.start - sentence.start, m.end - sentence.start, m.entity.kind)
            for m in sentence.mentions
            if m.entity.concept or m.entity.kind in (Kind.DRUG, Kind.AGENCY)
        ]
        for found in _NAME.finditer(text):
            name = found["name"]
            if len(name) < 4 or name.upper() in _not_names() or _CODE.fullmatch(name):
                continue
            free = name in never_given  # "MOSAIC-1" is no drug's code, whoever takes it for one
            if any(
                a <= found.start() and found.end() <= b and not (free and kind is Kind.DRUG)
                for a, b, kind in taken
            ):
                continue
            if _REGISTRY.match(name):
                continue
            second = _SECOND_WORD.match(text, found.end())
            if (
                second
                and not any(a <= second.start(1) < b for a, b, _ in taken)
                and second[1] not in _not_names()
            ):
                out[f"{name} {second[1]}"] = None  # "the ADAPT SERON study"
                continue
            if _NAME_BEFORE_TRIAL.match(text, found.end()) or _TRIAL_BEFORE_NAME.search(
                text[max(0, found.start() - 40) : found.start()]
            ):
                out[name] = None
    stems = {_stem(name) for name in out}
    for sentence in document.statements():
        for found in _NAME.finditer(sentence.text):  # a sister of a known name: "EMBARK-1 and EMBARK-2"
            if _stem(found["name"]) in stems and _stem(found["name"]) != found["name"]:
                out[found["name"]] = None
    return tuple(sorted(out, key=lambda n: (-len(n), n)))


def _never_given(document: LinkedDocument) -> frozenset[str]:
    """Names taken for drugs' that stand beside "trial" or "study" and that no words treat as a drug's."""
    text = document.text
    drugs = {m.text for m in document.mentions(Kind.DRUG)}
    out = set()
    for name in drugs:
        if not re.fullmatch(r"[A-Z][A-Za-z]{3,}-\d|[A-Z][A-Za-z]{4,}-\d{2,3}", name):
            continue
        printed = re.escape(name)
        beside = re.search(
            rf"(?<![\w-]){printed}\s+(?:\w+\s+)?(?:trials?|study|studies|and\s+[\w-]+\s+(?:\w+\s+)?(?:trials|studies))\b"
            rf"|\b(?:trial|study|program|programme),?\s*\(?{printed}(?![\w-])|(?<![\w-]){printed}\s+is\s+an?\s+[^.]{{0,80}}?\b(?:trial|study)\b",
            text,
        )
        if beside and not re.search(_GIVEN.format(name=printed), text):
            out.add(name)
    return frozenset(out) if drugs - out else frozenset()


#: Words that treat a name as a drug's.
_GIVEN: Final = (
    r"\b(?:with|evaluating|receive[sd]?|plus|candidate,?|dosed|mg|testing|designation\s+(?:for|to)|granted|approval\s+of|doses?\s+of"
    r"|treatment\s+with|develop\w*|infusion\s+of)\s+{name}(?![\w-])"
    r"|\b(?:trial|study|trials|studies|evaluation|development|data|safety|efficacy)\s+(?:of|for|with|evaluating)\s+{name}(?![\w-])"
    r"|(?<![\w-]){name}(?:\s*\(|\s+is|,)\s*(?:an?\s+)?(?:[\w-]+\s+){{0,4}}?(?:inhibitor|antibody|vaccine|agonist|candidate|therapy|conjugate)"
    r"|(?<![\w-]){name}(?:'s)?\s+(?:may|binds|targets|inhibits|has\s+(?:the\s+potential|shown|been\s+granted|received)|was\s+(?:granted|well|safe)"
    r"|monotherapy|treatment|therapy|doses?|infusion|mg)\b"
)


def _stem(name: str) -> str:
    """What the trials of one programme share: "EMBARK-2" → "EMBARK"."""
    return re.sub(r"(?:[- ]?\d{1,3}|[- ](?:I{1,3}|IV|[A-F]))$", "", name)


def _names_in(
    text: str, names: tuple[str, ...], start: int = 0, end: int | None = None
) -> list[tuple[int, int, str]]:
    """Where the names of trials stand in a text, the longest first where one contains another."""
    out: list[tuple[int, int, str]] = []
    for name in names:
        for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text[:end]):
            if found.start() >= start and not any(a < found.end() and found.start() < b for a, b, _ in out):
                out.append((found.start(), found.end(), name))
    return sorted(out)


def _members(sentence: LinkedSentence, names: tuple[str, ...], trials: list[Trial]) -> Iterator[Reference]:
    """Trials that only their names tell from their programme: "BALANCE-1, in 3,000 adults, and BALANCE-2"."""
    text = sentence.text
    found = _names_in(text, names)
    known = {str(n) for t in trials for n in t.details("name")}
    for index, (start, end, name) in enumerate(found):
        if name in known:
            continue
        base = next((t for t in trials if _stem(name) in map(str, t.details("name"))), None)
        if base is None:
            continue
        high = found[index + 1][0] if index + 1 < len(found) else len(text)
        status = _status_of_subject(text, tuple(n for _, _, n in found)) or base.status
        if re.search(r"\b(?:are|is)\s+(?:planned|expected|scheduled)\s+to\s+(?:start|begin)\b", text):
            status = "planned"
        yield replace(
            base.references[0],
            sentence=sentence,
            start=start,
            end=high,
            at=start,
            named=False,
            status=status,
            indications=_indications(sentence, end, high),
            details=(
                ("name", name),
                *_size_details(text, end, high),
                *(("population", p) for p in values.populations(text[end:high])),
            ),
        )


def _of_names(text: str, names: tuple[str, ...], trials: list[Trial]) -> list[Trial]:
    """The trials that a sentence names."""
    found = [n for _, _, n in _names_in(text, names)]
    return [
        t
        for t in trials
        if set(t.details("name")) & set(found) and not t.references[0].modality.is_claim_only
    ]


def _of_title(
    document: LinkedDocument, focus: Focus, sentence: LinkedSentence, trials: list[Trial]
) -> list[Trial]:
    """The trial that a section's title names: "About the Phase 2 Study of AB-1", "About the EMBARK Trial"."""
    topic = sentence.section.topic
    if not topic:
        return []
    phases = values.phases(topic)
    drug = focus.named_in(topic) or document.subject
    by_name = [t for t in trials if any(str(n).casefold() in topic.casefold() for n in t.details("name"))]
    by_phase = [t for t in trials if phases and t.phase == phases[0].phase and same(t.drug, drug)]
    return (by_name or by_phase)[:1]


#: "if the Phase 3 trial succeeds": no word on whether there is one.
_ON_CONDITION: Final = re.compile(
    r"\b(?:if|should|whether|assuming|provided)\s+(?:that\s+)?(?:the|an?|our|this|any)\s+(?:[\w/-]+\s+){0,3}$",
    re.IGNORECASE,
)


def _references(
    document: LinkedDocument, focus: Focus, sentence: LinkedSentence, names: tuple[str, ...]
) -> Iterator[Reference]:
    text = sentence.text
    phases = [
        p for p in values.phases(text) if _is_trial(text, p) and not _ON_CONDITION.search(text[: p.start])
    ]
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
    together = [
        _status_behind(text, p, ends[i])
        if re.match(r"[^.;]*?\bare\b|[^.;]*?\bwill\b", text[p.end : ends[i]])
        else None
        for i, p in enumerate(phases)
    ]
    bound = _bind(text, phases, ends, _names_in(text, names))
    for index, phase in enumerate(phases):
        begin = phases[index - 1].end if index else 0
        begin = max(begin, ends[index - 1] if index and ends[index - 1] <= phase.start else begin)
        drug, named = _drug_of(focus, sentence, begin, phase, ends[index])
        if drug is None:
            continue
        reference = _reference(document, sentence, phase, _Stretch(begin, ends[index]), drug, named=named)
        if (
            reference.status is None
            and index + 1 < len(phases)
            and together[index + 1]
            and not together[index]
        ):
            # "a Phase 3 trial in glioma and a Phase 3 trial in sarcoma are planned to begin"
            reference = replace(reference, status=together[index + 1])
        called = bound.get(index, [])
        if not called:
            yield reference
        several = len(called) > 1
        shared = tuple(
            d for d in reference.details if not several or d[0] not in ("enrollment", "sites", "nct")
        )
        for name in called:
            yield replace(reference, details=(*shared, ("name", name)), several=several)


_APPOSED = re.compile(
    r"\s*(?:(?:clinical\s+)?(?:trial|study|program(?:me)?)\b)?[\s,:–—-]*(?:\([^)]*\)\s*)?(?:[,:–—-]|is|was)?\s*"
    r"(?:(?:a|an|its|the|our|ongoing|which\s+is\s+a)\s+)?(?:(?!and\b|or\b)[\w,/-]+\s+){0,7}",
    re.IGNORECASE,
)


def _bind(
    text: str, phases: list[values.PhaseMatch], ends: list[int], names: list[tuple[int, int, str]]
) -> dict[int, list[str]]:
    """The names of trials in a sentence, dealt out to its phases."""
    out: dict[int, list[str]] = {}
    for start, end, name in names:
        costs: list[tuple[int, int]] = []
        for index, phase in enumerate(phases):
            if phase.end <= start:
                gap = text[phase.end : start]
                foreign = re.search(
                    r"\b(?:like|following|from|based\s+on|supported\s+by|than|extension\s+of)\s+(?:the\s+)?$",
                    gap,
                )
                between = any(p.start < start and p.start > phase.start for p in phases)
                if (
                    len(gap) < 110
                    and start <= max(ends[index], phase.end + 60)
                    and not foreign
                    and not between
                    and ". " not in gap
                ):
                    costs.append((len(gap), index))
            elif end <= phase.start:
                gap = text[end : phase.start]
                apposed = _APPOSED.fullmatch(gap)
                between = any(end <= p.start < phase.start for p in phases)
                if len(gap) < 110 and apposed and not between and ". " not in gap:
                    costs.append((len(gap) // (3 if apposed else 1), index))
        if costs:
            called = out.setdefault(min(costs)[1], [])
            if name not in called:
                called.append(name)
    return out


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
) -> Reference:
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
    details: list[tuple[str, Value]] = [("population", p) for p in populations]
    details += [
        ("design", d.label) for d in values.terms(text[max(begin, phase.start - 60) : end], "study_designs")
    ]
    details += _registry_details(text, max(begin, phase.start - 100), end)
    alone = len(trial_phases(text)) == 1
    details += _size_details(text, phase.start, end) or (_size_details(text, begin, end) if alone else [])
    details += [("combination", c) for c in _combinations(sentence, phase.start, end, drug)]
    kind = modality(text, phase.start, phase.end)
    if _MAY_FOLLOW.match(text, phase.end):
        kind, status = Modality.HYPOTHETICAL, None
    elif (
        not kind.is_claim_only
        or _DEFINITE.search(text[: phase.start])
        or (status == "planned" and _FIRM_PLAN.search(text[: phase.start]))
    ):
        kind = Modality.ASSERTED
    date = None
    if status == "planned" or (
        status == "active" and re.search(r"\b(?:initiat|began|start|commenc)\w*", text[: phase.start])
    ):
        # a date counts where no other trial of the sentence has it: "in the second half of 2018 the company plans …"
        found = [
            d for d in values.dates(text, on=document.published) if d.start < phase.start or d.end <= end
        ]
        behind = [d for d in found if phase.end <= d.start and d.end <= end]
        near = behind or [d for d in found if d.start >= begin] or found
        told_apart = re.search(r"\b(?:announced|reported)\b", text[: phase.start])
        date = near[0].iso if near and not told_apart else None
    another = bool(_SECOND.search(text[: phase.start]))
    return Reference(
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
        sponsor=_sponsor(document, sentence, phase.start),
    )


_RESULTS_OF = re.compile(
    r"(?<!interim )(?<!initial )(?<!preliminary )(?<!updated )(?<!early )\b(?:results|findings)\s+(?:from|of|in)\b",
    re.IGNORECASE,
)
_MAY_FOLLOW = re.compile(
    r"[^.;,]{0,80}?\b(?:could|may|might|would)\s+(?:be\s+|also\s+)?(?:start|begin|initiat|commenc|follow"
    r"|open|launch|conduct|support)",
    re.IGNORECASE,
)
_FIRM_PLAN = re.compile(r"\b(?:plans?|intends?|expects?|will|aims?)\b", re.IGNORECASE)
_POSSESSOR = re.compile(r"\b(?P<who>[A-Z][\w&.-]+)(?:'s|(?<=s)')\s")
_EPONYM = re.compile(
    r"(?:disease|syndrome|lymphoma|sarcoma|tumou?r|palsy|ataxia|thyroiditis|granulomatosis)\b", re.IGNORECASE
)
_OURSELVES: Final = frozenset(
    {"company", "today", "group", "corporation", "it", "let", "what", "year", "partner"}
)
_CONDUCTS = re.compile(
    r"\s*(?:\([^)]*\)\s*)*(?:,\s+(?:which|who)\s+)?(?:[^.;,]{0,40}?,\s+which\s+)?(?:is|are|has|have|also"
    r"|currently|recently|\s)*\s*(?:conducting|running|began|begun|"
    r"started|initiated|sponsor(?:s|ing)|evaluating|studying|completed|dosed|enrolling)\b",
    re.IGNORECASE,
)


def _sponsor(document: LinkedDocument, sentence: LinkedSentence, at: int) -> Entity | None:
    """Who conducts a trial, if not the issuer: "Partner began a Phase 3 trial"."""
    for mention in sentence.of_kind(Kind.ORGANIZATION):
        end = mention.end - sentence.start
        if end <= at and not same(mention.entity, document.issuer) and _CONDUCTS.match(sentence.text, end):
            return mention.entity
    return None


def _is_trial(text: str, phase: values.PhaseMatch) -> bool:
    """Whether a phase is that of a trial.

    Hits: "Phase 2 clinical study"; "is in Phase 3 for"; "Phase 1 data".
    Near misses: "End-of-Phase 2 meeting"; "Phase 2-ready"; "a Phase 3 company"; "recommended Phase 2 dose".
    """
    before, after = text[max(0, phase.start - 60) : phase.start], text[phase.end :]
    if _PART_OF_TRIAL.match(after):
        return True
    if _NOT_A_TRIAL_BEFORE.search(before) or _NOT_A_TRIAL_AFTER.match(after) or _RECOMMENDED.search(before):
        return False
    return bool(
        _TRIAL_AFTER.match(after) or _TRIAL_BEFORE.search(before) or _DATA_AFTER.match(after)
    ) or bool(re.match(r"\s*(?:,|/|and|or)\s*(?:in\s+)?(?:a\s+)?phase", after, re.IGNORECASE))


def _drug_of(
    focus: Focus, sentence: LinkedSentence, begin: int, phase: values.PhaseMatch, end: int
) -> tuple[Entity | None, bool]:
    """The drug that a trial studies, and whether its sentence names it."""
    free = [m for m in sentence.of_kind(Kind.DRUG) if not is_partner(sentence, m)]
    candidates = [m for m in free if focus.is_own(m.entity)] or [
        m for m in free if focus.document.subject is None
    ]
    for mention in candidates:
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if phase.end <= low and high <= end:
            gap = sentence.text[phase.end : low]
            if re.search(
                r"\b(?:of|with|evaluating|assessing|testing|studying|investigating|comparing|exploring|for"
                r"|using)\s+"
                r"(?:[\w.,'-]+\s+){0,6}$",
                gap,
                re.IGNORECASE,
            ):
                return mention.entity, True
    before = [m for m in candidates if m.end - sentence.start <= phase.start]
    if before:
        near = [m for m in before if m.start - sentence.start >= begin]
        return (near or before)[-1].entity, True
    own = focus.studied(sentence)
    if own is not None:
        return own, True
    if any(m.end - sentence.start <= phase.start for m in free):
        return None, False  # the trial of a drug that is not the release's own
    issuer = " ".join(focus.document.issuer.names) if focus.document.issuer else ""
    named = [
        (m.start - sentence.start, m.end - sentence.start)
        for m in sentence.of_kind(Kind.DISEASE, Kind.PERSON, Kind.AGENCY)
    ]
    for found in _POSSESSOR.finditer(sentence.text, 0, phase.start):
        if any(a <= found.start() < b for a, b in named) or _EPONYM.match(sentence.text, found.end()):
            continue  # "Crohn's disease" is nobody's
        if found["who"] not in issuer and found["who"].casefold() not in _OURSELVES:
            return None, False  # another company's drug that has no name here
    return focus.drug(sentence), False


# --- the parts of a reference -----------------------------------------------------------------------------


@cache
def _not_names() -> frozenset[str]:
    return frozenset(row["word"] for row in table("not_trial_names"))


@cache
def _glue() -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in table("disease_list_glue"))


_MEETING = re.compile(
    r"\b(?:Conference|Congress|Society|Association|Foundation|Institute|Symposium|Center|Workshop)\s+"
    r"(?:[A-Z]\w+\s+|of\s+|for\s+|on\s+)*$"
)


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
        if _MEETING.search(text[max(0, low - 40) : low]) and text[low].isupper():
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
    if behind := _status_behind(text, phase, end):
        return behind
    stop = max((m.end() for m in re.finditer(r";|\.\s|\bwhile\b|,\s+but\b", before)), default=0)
    hits: list[tuple[int, int, str]] = []
    for order, (pattern, status) in enumerate(forms["before"]):
        for found in pattern.finditer(before, stop):
            hits.append((found.end(), -order, status))
    if not hits:
        return None
    end_of, order, status = max(hits)
    expected = modality(text, end_of - 1, end_of) is Modality.PLANNED or re.search(
        r"\b(?:expect|anticipat|await)\w*\b[^.;]{0,90}$", text[:end_of], re.IGNORECASE
    )
    return "active" if expected and status == "completed" else status


def _status_behind(text: str, phase: values.PhaseMatch, end: int) -> str | None:
    """The status that the words behind a phase tell: "a Phase 2 trial is planned"."""
    after = text[phase.end : end]
    for pattern, status in _status_forms()["after"]:
        found = pattern.search(after)
        if found and not _NOT_OF_TRIAL.search(after[: found.start()]):
            return status
    return None


_NOT_OF_TRIAL = re.compile(r";|\bwho\b|\b(?:data|results|readout|completion|enrol\w+)\s*$", re.IGNORECASE)


def _registry_details(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """Registry identifiers, those in the parenthesis right behind the stretch included."""
    found = _REGISTRY.search(text, start, min(len(text), end + 40))
    return [("nct", found[0].replace(" ", ""))] if found else []


def _size_details(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """Enrolment, sites and countries stated between two offsets."""
    out: list[tuple[str, Value]] = []
    stretch = text[start:end]
    for pattern in _ENROLLMENT:
        found = pattern.search(stretch)
        if found and not re.search(r"\b(?:cohort|arm|portion)\b", stretch[: found.end()], re.IGNORECASE):
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
    if _PLACED.search(stretch) or not _MARKET.search(stretch):
        out += [
            ("country", c.label)
            for c in values.terms(stretch, "countries")
            if (
                re.search(
                    r"(?:\b(?:in|across|throughout|and|from|within)|,)\s*(?:the\s+)?$",
                    stretch[: c.start],
                    re.IGNORECASE,
                )
                and not re.match(r"\s+(?:Food|FDA|Securities|Patent|National|Department)", stretch[c.end :])
            )
            or re.match(r"\s+(?:[\w-]+\s+)?(?:sites|cent(?:er|re)s|hospitals)\b", stretch[c.end :])
        ]
    return out


def _combinations(sentence: LinkedSentence, start: int, end: int, drug: Entity) -> Iterator[Entity]:
    """What is given with the studied drug in a trial: "in combination with carboplatin and pemetrexed"."""
    last: int | None = None
    for mention in sentence.of_kind(Kind.DRUG, Kind.TREATMENT, Kind.DRUG_CLASS):
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if low < start or high > end or same(mention.entity, drug) or "placebo" in mention.text.casefold():
            continue
        before = sentence.text[max(0, low - 60) : low]
        if re.search(
            r"\bcombination\s+of\s+[^.;]{2,60}?\s+(?:and|with|plus)\s+(?:[\w-]+\s+){0,2}$",
            sentence.text[:low],
        ):
            before = "in combination with "
        chained = last is not None and re.fullmatch(
            r"\s*(?:\([^)]*\)\s*)?(?:,|and|,\s*and|plus|/|with\s+or\s+without)\s*", sentence.text[last:low]
        )
        if _COMBINATION.search(before) or chained:
            last = high
            if mention.entity.kind is not Kind.DRUG_CLASS:
                yield mention.entity


_CALLED = re.compile(
    rf"\b(?:trial|study)\b,?\s*(?:\(|which\s+is\s+)?(?:called|named|known\s+as|dubbed|titled)\s+[\"']?{_NAME.pattern}",
    re.NOFLAG,
)
_ADDED_IN_PASSING = re.compile(
    rf"\b\d[\d,]*\s+(?:[\w/-]+\s+){{0,4}}?{SUBJECTS}\s+(?:were|was|have\s+been|had\s+been|are"
    rf"|will\s+be)\s+(?:enrolled|randomi[sz]ed)",
    re.IGNORECASE,
)


def _continuation(sentence: LinkedSentence, trials: list[Trial], *, sure: bool) -> Reference | None:
    """What a sentence that names a trial, or says only "the study", adds to a trial.

    `sure` says that no other trial comes between.
    """
    text = sentence.text
    placed = bool(_SITES.search(text)) and bool(_ADDED_IN_PASSING.search(text))
    speaks = bool(_SPEAKS_OF_TRIAL.search(text)) or placed or (sure and bool(_ADDED_IN_PASSING.search(text)))
    by_name = len(trials) == 1 and any(str(n) in text for n in trials[0].details("name"))
    if len(trials) != 1 or not (speaks or by_name or _REGISTRY.search(text)):
        return None
    trial = trials[0]
    details = _registry_details(text, 0, len(text))
    called = _CALLED.search(text)
    if called and not trial.details("name"):
        details.append(("name", called["name"]))
    status = None
    if (speaks or by_name) and not any(_is_trial(text, p) for p in values.phases(text)):
        details += _size_details(text, 0, len(text))
        if re.search(r"\b(?:trial|study)\b", text) or by_name:
            details += [("design", d.label) for d in values.terms(text, "study_designs")]
            status = _status_of_subject(text, tuple(str(n) for n in trial.details("name")))
        details += [("combination", c) for c in _given_too(sentence, trial.drug)]
    indications: tuple[Entity, ...] = ()
    if named := _NAMES_INDICATIONS.search(text):
        indications = _indications(sentence, named.end(), len(text))
    elif by_name and not trial.indications:
        indications = _indications(sentence, 0, len(text))
    if status == "planned" and trial.status not in (None, "planned"):
        status = None  # what the trial is yet to do is no plan for a trial
    if not details and not indications and status is None:
        return None
    return Reference(
        sentence=sentence,
        start=0,
        end=len(text),
        at=0,
        phase=trial.phase,
        drug=trial.drug,
        named=False,
        another=False,
        status=status,
        modality=Modality.ASSERTED,
        indications=indications,
        details=tuple(details),
    )


def _status_of_subject(text: str, names: tuple[str, ...]) -> str | None:
    """What is said of a trial as a subject: "the study is enrolling", "EMBARK met its primary endpoint"."""
    subjects = "|".join(
        [r"(?:the|this|our)\s+(?:[\w/-]+\s+){0,4}?(?:trial|study)", *(re.escape(n) for n in names)]
    )
    for subject in re.finditer(rf"\b(?:{subjects})(?![\w-])(?:\s*\([^)]*\))?", text, re.IGNORECASE):
        for pattern, status in _status_forms()["after"]:
            found = pattern.match(
                text, subject.end() + len(text[subject.end() :]) - len(text[subject.end() :].lstrip(" ,"))
            )
            if found:
                return status
    return None


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


def _place(reference: Reference, trials: list[Trial], same_sentence: list[Trial]) -> Trial:
    """The trial that a reference speaks of: one that is known, or a new one, which is added."""
    scores = [
        (_agreement(reference, trial), index)
        for index, trial in enumerate(trials)
        if not (reference.another and trial in same_sentence)
    ]
    best = max(((s, i) for s, i in scores if s > 0), default=None)
    if best is None:
        trials.append(Trial([reference]))
        return trials[-1]
    trials[best[1]].references.append(reference)
    return trials[best[1]]


def _agreement(reference: Reference, trial: Trial) -> int:
    """How well a reference fits a trial; 0 where it speaks of another one."""
    if not same(reference.drug, trial.drug) or reference.phase != trial.phase:
        return 0
    if reference.modality.is_claim_only != trial.references[0].modality.is_claim_only:
        return 0
    planned = [s for s in (reference.status, trial.status) if s]
    if len(planned) == 2 and (planned[0] == "planned") != (planned[1] == "planned"):
        return 0
    sponsors = {r.sponsor for r in trial.references}
    if reference.sponsor is not None and reference.sponsor not in sponsors:
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


def _join_pivotal(trials: list[Trial]) -> list[Trial]:
    """A "pivotal trial" is the one late trial of the same drug that the release gives a number, if there is one."""
    for trial in trials:
        if trial.phase != "pivotal":
            continue
        names = set(trial.details("name"))
        namesake = next((t for t in trials if t is not trial and names & set(t.details("name"))), None)
        if namesake is not None:
            namesake.references += [
                replace(r, status=None) if r.status == "active" else r for r in trial.references
            ]
            trial.references = []
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


def without_trial_names(document: LinkedDocument) -> LinkedDocument:
    """The document without those drug mentions that are trials' names or registry identifiers."""
    names = set(trial_names(document))

    def is_drug(mention: Mention) -> bool:
        return mention.entity.kind is not Kind.DRUG or not (
            mention.text in names or _REGISTRY.fullmatch(mention.text)
        )

    sentences = tuple(
        replace(s, mentions=tuple(m for m in s.mentions if is_drug(m))) for s in document.sentences
    )
    subject = document.subject
    if subject is not None and (subject.label in names or _REGISTRY.fullmatch(subject.label)):
        drugs = Counter(m.entity for s in sentences for m in s.of_kind(Kind.DRUG))
        subject = drugs.most_common(1)[0][0] if drugs else None
    return replace(document, sentences=sentences, subject=subject)


def _join_headlines(trials: list[Trial]) -> list[Trial]:
    """A "Phase 2 trial" that only the headline speaks of is the Phase 2b trial of the text."""
    titles = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
    for trial in trials:
        if not trial.references or any(r.sentence.section.kind not in titles for r in trial.references):
            continue
        finer = [
            t
            for t in trials
            if t is not trial
            and re.fullmatch(rf"{re.escape(trial.phase)}[abc]", t.phase)
            and same(t.drug, trial.drug)
            and (t.status == "planned") == (trial.status == "planned")
        ]
        if len(finer) == 1:
            finer[0].references += [replace(r, phase=finer[0].phase) for r in trial.references]
            trial.references = []
    return trials


def trial_phases(text: str) -> tuple[values.PhaseMatch, ...]:
    """The phases of a text that are those of trials."""
    return tuple(p for p in values.phases(text) if _is_trial(text, p))
