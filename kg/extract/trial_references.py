"""Linked sentences → the places where a release speaks of a trial, each with what it says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extract import values
from kg.extract.focus import Focus, is_partner, same, unique
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patients import described, told_behind
from kg.extract.patterns import Pattern
from kg.extract.trial_details import (
    CLAUSE_END,
    aside_details,
    combinations_in,
    indications_before,
    indications_in,
    registry_details,
    status_behind,
    status_of_subject,
    status_told,
)
from kg.extract.trial_model import Reference, Trial
from kg.extract.trial_names import names_in, programme_of
from kg.extract.trial_outlook import is_ahead, is_awaited
from kg.extract.trial_phases import ASIDE_PHASE, cell_of, is_trial, state_of, trial_phases
from kg.extract.trial_shares import each_apart, named_apart, sized
from kg.extract.trial_sizes import countries_told, size_details
from kg.model import Entity, Kind, Mention, Modality, Value

_DEFINITE = Pattern(
    r"\b(?:the|our|its|their|this|these|ongoing|current|completed|from|'s)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_CONNECTIVE = Pattern(
    r"[\s,;]*(?:\b(?:and|or|as\s+well\s+as|plus|followed\s+by|along\s+with|then|both|while|with)\b[\s,]*)*"
    r"(?:\b(?:in|into|for|of|the|its|our|a|an|second|third|separate|another|additional|first|new|is|are"
    r"|currently|also|planned"
    r"|ongoing|upcoming|pivotal|global|company|initiated|has|to|initiate|start|randomized)\b[\s,]*)*$",
    re.IGNORECASE,
)
_SECOND = Pattern(
    r"\b(?:second|third|another|separate|additional|different)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)


def sisters(sentence: LinkedSentence, names: tuple[str, ...], trials: list[Trial]) -> Iterator[Reference]:
    """Trials that only their names tell from their programme: "BALANCE-1, in 3,000 adults, and BALANCE-2"."""
    text = sentence.text
    found = names_in(text, names)
    known = {str(n) for t in trials for n in t.details("name")}
    for index, (start, end, name) in enumerate(found):
        if name in known:
            continue
        base = next((t for t in trials if programme_of(name) in map(str, t.details("name"))), None)
        if base is None:
            continue
        high = found[index + 1][0] if index + 1 < len(found) else len(text)
        status = status_of_subject(text, tuple(n for _, _, n in found)) or base.status
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
            indications=indications_in(sentence, end, high),
            details=(
                ("name", name),
                *size_details(text, end, high),
                *(("population", p) for p in values.populations(text[end:high])),
            ),
        )


#: "if the Phase 3 trial succeeds": no word on whether there is one.
_ON_CONDITION: Final = Pattern(
    r"\b(?:if|should|whether|assuming(?:\s+that)?|provided\s+that)\s+(?:the|an?|our|this|any)\s+(?:[\w/-]+\s+){0,3}$",
    re.IGNORECASE,
)


#: "omitting *Phase 1 and Phase 2 trials*"; "*pivotal* studies required for approval"
_LEFT_OUT: Final = Pattern(
    r"\b(?:omit(?:s|ting)?|skip(?:s|ping)?|bypass(?:es|ing)?|for(?:e)?go(?:es|ing)?|(?:eliminat\w+|obviat\w+"
    r"|without|avoid\w*)\s+the\s+need\s+for|instead\s+of"
    r"|rather\s+than)\s+(?:(?:an?|the|any|further|additional|traditional|separate)\s+)*(?:phase\s+\S+\s+(?:and"
    r"|or)\s+)?$",
    re.IGNORECASE,
)
_REQUIRED: Final = Pattern(
    r"\s+(?:[\w-]+\s+){0,2}?(?:trials?|studies|study)\s+(?:(?:that|which)\s+(?:is|are|would\s+be"
    r"|will\s+be)\s+)?(?:required|necessary|needed)\b",
    re.IGNORECASE,
)
_ASIDE = Pattern(r"\([^()]*\)")


#: What a company does in general: "a clinical-stage company focused on … trials through Phase 2"
_FIRM_DESCRIBED: Final = Pattern(
    r"\b(?:trials|studies)\s+through\s+phase\s+\w+\s+of\s+(?:the\s+)?(?:clinical\s+)?development\b|"
    r"\bcompany\s+(?:focus(?:ed|ing)|that|which|dedicated|engaged|utili[sz]ing|speciali[sz]ing)\b",
    re.IGNORECASE,
)
#: A list of references, and what someone did in an earlier post: no trials of the release
_CITED: Final = Pattern(r"\bet al\b|\bdoi:|\b(?:19|20)\d\d(?:\s[A-Z][a-z]{2})?;\s?\d+(?:\([^()]*\))?:\d")
_CAREER: Final = Pattern(
    r"\b(?:he|she)\s+(?:(?:was|also|has|had|successfully)\s+){0,3}(?:designed|oversaw|overseen|led|managed"
    r"|directed|served|worked|supervised|held"
    r"|responsible|conducted|headed|played)\b",
    re.IGNORECASE,
)


def references_in(
    document: LinkedDocument, focus: Focus, sentence: LinkedSentence, names: tuple[str, ...]
) -> Iterator[Reference]:
    """What a sentence says of trials, one reference for each phase or name."""
    text = sentence.text
    around = document.text[max(0, sentence.start - 60) : sentence.end + 60]
    if _CITED.search(around) or _CAREER.search(text):
        return
    if _FIRM_DESCRIBED.search(text) and not sentence.of_kind(Kind.DRUG):
        return
    clauses = _ASIDE.sub(lambda found: found[0].replace(";", ","), text)
    phases = [
        p
        for p in values.phases(text)
        if is_trial(text, p)
        and not _ON_CONDITION.search(text[: p.start])
        and not _LEFT_OUT.search(text, max(0, p.start - 60), p.start)
        and not _REQUIRED.match(text, p.end)
    ]
    if text.count("|") > 1 and len({p.phase for p in phases}) == 1:
        del phases[1:]  # "ZENITH-1 | Phase 2 | Lymphoma | Phase 2 enrolling"
    ends: list[int] = []
    for index, phase in enumerate(phases):
        following = phases[index + 1].start if index + 1 < len(phases) else len(text)
        if cell_of(text, phase) is not None:
            drugs = (m.start - sentence.start for m in sentence.of_kind(Kind.DRUG))
            following = min(following, next((at for at in drugs if at > phase.end), following))
        cut = _CONNECTIVE.search(text[phase.end : following]) if following < len(text) else None
        end = phase.end + cut.start() if cut else following
        clause = CLAUSE_END.search(clauses, phase.end, end)
        closed = text.find(")", phase.end, end) if following < len(text) and _aside_of(text, phase) else -1
        ends.append(clause.start() if clause else closed if closed > 0 else end)
    # "Phase 1 and Phase 2 trials for glioma": what follows the last is said of all
    for index in range(len(phases) - 2, -1, -1):
        if not text[phases[index].end : ends[index]].strip(" ,") and ends[index] <= phases[index + 1].start:
            ends[index] = ends[index + 1]
    together = [
        status_behind(text, p, ends[i])
        if re.match(r"[^.;]*?\bare\b|[^.;]*?\bwill\b", text[p.end : ends[i]])
        else None
        for i, p in enumerate(phases)
    ]
    bound = _bind(text, phases, ends, names_in(text, names))
    for index, phase in enumerate(phases):
        begin = phases[index - 1].end if index else 0
        begin = max(begin, ends[index - 1] if index and ends[index - 1] <= phase.start else begin)
        if index and (text[phase.start - 1] == "(" or _aside_of(text, phase) is not None):
            begin = phases[index - 1].end  # "in glioma (Phase 2) and sarcoma (Phase 1)"
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
        following = phases[index + 1].start if index + 1 < len(phases) else len(text)
        apart = named_apart(
            focus, sentence, reference, phase.end, names_in(text, names, phase.end, following)
        )
        if apart:
            yield from apart
            continue
        called = bound.get(index, [])
        if not called:
            yield from each_apart(focus, sentence, reference, phase.end)
        several = len(called) > 1
        shared = tuple(
            d for d in reference.details if not several or d[0] not in ("enrollment", "sites", "nct")
        )
        named_ones = [
            replace(
                reference,
                details=(*shared, ("name", name), *(aside_details(text, name) if several else [])),
            )
            for name in called
        ]
        yield from sized(named_ones, text)


_APPOSED = Pattern(
    r"\s*(?:(?:clinical\s+)?(?:trial|study|program(?:me)?)\b)?[\s,:–—-]*(?:\([^)]*\)\s*)?(?:[,:(–—-]|is"
    r"|was)?\s*"
    r"(?:(?:a|an|its|the|our|ongoing|which\s+is\s+a|(?:one|part)\s+of(?:\s+the|\s+its|\s+our)?)\s+)?(?:(?!and\b"
    r"|or\b|follow|build|extend|after\b"
    r"|than\b)[\w,/-]+\s+){0,7}",
    re.IGNORECASE,
)


#: "ZENITH-1 | Refractory lymphoma | Phase 2"
_NEXT_CELLS = Pattern(r"(?:\s?\([^()|]*\))?\s?\|(?:[^|.;]*\|){0,2}\s?")
_AND = Pattern(r"\s*(?:\([^()]*\)\s*)?(?:,|and|,\s*and|&|/)\s*", re.IGNORECASE)
_FOREIGN = Pattern(
    r"\b(?:like|following|follows|from|based\s+on|supported\s+by|than|extension\s+of|after)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def _bind(
    text: str, phases: list[values.PhaseMatch], ends: list[int], names: list[tuple[int, int, str]]
) -> dict[int, list[str]]:
    """The names of trials in a sentence, dealt out to its phases."""
    out: dict[int, list[str]] = {}
    waiting: list[tuple[int, int, str]] = []
    last: tuple[int, int, int] | None = None
    for start, end, name in names:
        costs: list[tuple[int, int]] = []
        for index, phase in enumerate(phases):
            if phase.end <= start:
                gap = text[phase.end : start]
                foreign = _FOREIGN.search(gap)
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
                apposed = _APPOSED.fullmatch(gap) or _NEXT_CELLS.fullmatch(gap)
                between = any(end <= p.start < phase.start for p in phases)
                if len(gap) < 200 and apposed and not between and ". " not in gap:
                    costs.append((len(gap) // (3 if apposed else 1), index))
        if costs:
            at = min(costs)[1]
        elif out and last and _AND.fullmatch(text[last[1] : start]):
            at = last[2]
        else:
            waiting.append((start, end, name))
            last = None
            continue
        called = out.setdefault(at, [])
        for _, high, earlier in waiting:  # "MERIDIAN and ZENITH, two Phase 3 trials"
            if _AND.fullmatch(text[high:start]) and earlier not in called:
                called.append(earlier)
        waiting = []
        if name not in called:
            called.append(name)
        last = (start, end, at)
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
    opened = _aside_of(text, phase)
    aside = opened is not None
    told_before, low = indications_before(sentence, begin, phase.start) if aside else ((), phase.start)
    if (
        opened is not None
        and opened > begin
        and (within := indications_before(sentence, opened, phase.start))[0]
    ):
        told_before, low = within  # "AB-1 (asthma, Phase 2)"
    # "in glioma (Phase 2), sarcoma (Phase 1)": what stands before the parenthesis
    indications = told_before or indications_in(sentence, phase.end, end)
    low = low if told_before else phase.start
    if not indications:
        indications, low = indications_before(sentence, begin, phase.start)
    elif arm := re.search(r"\b(?:cohort|arm)\b", text[begin : phase.start], re.IGNORECASE):
        before, low = indications_before(sentence, begin, begin + arm.end())
        indications = unique((*before, *indications))
    status = status_told(text, begin, phase, end)
    if (cell := cell_of(text, phase)) is not None and (told := state_of(cell)):
        status = told
    alone = len(trial_phases(text)) == 1
    if status is None and alone:
        # "agreed to a single Phase 3 trial; the trial is expected to start in 2026"
        status = status_of_subject(text, ())
    about = text[phase.start : end]
    populations = values.populations(text[low:end]) if indications else values.populations(about)
    suffered = [
        m
        for m in sentence.of_kind(Kind.DISEASE)
        if m.entity in indications and low <= m.start - sentence.start < end
    ]
    populations = (
        *populations,
        *(p for m in suffered for p in told_behind(sentence, m)),
        *described(text[low:end]),
    )
    details: list[tuple[str, Value]] = [("population", p) for p in populations]
    details += [
        ("design", d.label) for d in values.terms(text[max(begin, phase.start - 60) : end], "study_designs")
    ]
    details += registry_details(text, max(begin, phase.start - 100), end)
    sizes = size_details(text, phase.start, end)
    if alone and len({name for name, _ in sizes}) < _SIZES:
        # "intends to enroll 200 patients in its Phase 2 trial in Canada"
        known = {name for name, _ in sizes}
        sizes += [d for d in size_details(text, begin, len(text)) if d[0] not in known]
    if not any(name == "country" for name, _ in sizes) and (where := _IN_COUNTRY.match(text, 0, phase.start)):
        # "In China, the partner is conducting a Phase 3 trial"
        sizes += [("country", c.label) for c in values.terms(where[0], "countries")]
    elif not any(name == "country" for name, _ in sizes) and (where := _WHERE.search(text, 0, phase.start)):
        # "We retain Korea, where we expect to initiate a Phase 2b trial"
        places = values.terms(text[: where.start()], "countries")
        sizes += [("country", c.label) for c in places if c.end == where.start()]
    details += sizes
    details += countries_told(text, max(begin, phase.start - 40), end)
    details += [("combination", c) for c in combinations_in(sentence, begin, end, drug)]
    kind = modality(text, phase.start, phase.end)
    if kind is Modality.NEGATED and not _NO_TRIAL.search(text[max(0, phase.start - 90) : phase.start]):
        kind = Modality.ASSERTED  # "ABC-1, in a Phase 1 trial, is not affected"
    if kind is Modality.NEGATED and _NOT_STARTED.search(text, 0, phase.start):
        status = None
    elif _MAY_FOLLOW.match(text, phase.end):
        kind, status = Modality.HYPOTHETICAL, None
    elif (
        not kind.is_claim_only
        or _DEFINITE.search(text[: phase.start])
        or (
            status == "planned"
            and (_FIRM_PLAN.search(text[: phase.start]) or _WILL_START.search(text, phase.end, end))
        )
    ):
        kind = Modality.ASSERTED
    if status in (None, "recruiting", "active") and is_ahead(document, sentence, begin, phase, end):
        status = "planned"
    if status == "completed" and is_awaited(document, sentence, begin, phase):
        status = "active"
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


#: Enrolment, sites and country: the kinds of detail that `size_details` tells.
_SIZES: Final = 3
_IN_COUNTRY: Final = Pattern(
    r"\W*In\s+(?:the\s+|mainland\s+|Greater\s+)?[A-Z][\w.]*(?:[\s,]+(?:and\s+)?(?:the\s+)?[A-Z][\w.]*){0,4},\s"
)
_WHERE: Final = Pattern(r",?\s+where\b[^.;]{0,80}$")
#: "has not begun *the Phase 2 trial*", "no further Phase 3 trial"
_NO_TRIAL: Final = Pattern(
    r"\b(?:not|never|no\s+longer|n't|without|nor|unable\s+to|failed\s+to|rather\s+than"
    r"|instead\s+of)\b(?:\s+[\w'-]+){0,3}?\s+"
    r"(?:initiat|start|begin|began|begun|conduct|plan|run|pursu|advanc|enter|mov|go|proceed|need|requir|launch"
    r"|open|continu)\w*"
    r"(?:\s+[\w'-]+){0,5}\s+$|\bno\s+(?:[\w'-]+\s+){0,2}$",
    re.IGNORECASE,
)
#: "will not initiate the Phase 3 trial"
_NOT_STARTED: Final = Pattern(
    r"\b(?:not|no\s+longer)\s+(?!yet\b)(?:[\w'-]+\s+){0,3}?(?:initiat|start|begin|conduct|pursu|launch"
    r"|proceed\s+with|go\s+ahead\s+with)\w*\s+"
    r"(?:(?:the|an?|its|our|this|any|planned)\s+)*$",
    re.IGNORECASE,
)
_MAY_FOLLOW = Pattern(
    r"[^.;,]{0,80}?\b(?:could|may|might|would)\s+(?:be\s+|also\s+)?(?:start|begin|initiat|commenc|follow"
    r"|open|launch|conduct|support)",
    re.IGNORECASE,
)
_WILL_START = Pattern(
    r"\b(?:will\s+(?:also\s+)?(?:begin|start|open|commence|be\s+(?:initiated|started|launched|conducted|opened))"
    r"|(?:is|are)\s+(?:planned|expected|scheduled|due|to\s+(?:start|begin|open)))\b(?![^.;]*\bif\b)",
    re.IGNORECASE,
)
_FIRM_PLAN = Pattern(r"\b(?:plans?|intends?|expects?|will|aims?)\b", re.IGNORECASE)
_POSSESSOR = Pattern(r"\b(?P<who>[A-Z][\w&.-]+)(?:'s|(?<=s)')\s")
_EPONYM = Pattern(
    r"(?:disease|syndrome|lymphoma|sarcoma|tumou?r|palsy|ataxia|thyroiditis|granulomatosis)\b", re.IGNORECASE
)
_OURSELVES: Final = frozenset(
    {"company", "today", "group", "corporation", "it", "let", "what", "year", "partner"}
)
_CONDUCTS = Pattern(
    r"\s*(?:\([^)]*\)\s*)*(?:,\s+(?:which|who)\s+)?(?:[^.;,]{0,40}?,\s+which\s+)?(?:is|are|has|have|also"
    r"|currently|recently|\s)*\s*(?:conducting|running|began|begun|"
    r"started|initiated|sponsor(?:s|ing)|evaluating|studying|completed|dosed|enrolling)\b",
    re.IGNORECASE,
)


def _of_others(focus: Focus, sentence: LinkedSentence, at: int) -> bool:
    """Whether another company's doings are told before an offset: "Rival is developing …, with Phase 3 results"."""
    issuer = focus.document.issuer
    named = [m for m in sentence.of_kind(Kind.ORGANIZATION) if m.end - sentence.start <= at]
    if not named or issuer is None or any(same(m.entity, issuer) for m in named):
        return False
    return _DEVELOPS.match(sentence.text, named[-1].end - sentence.start) is not None and not any(
        focus.is_own(m.entity) for m in sentence.of_kind(Kind.DRUG)
    )


#: "*Another BAFF antibody*, of Rival, is in Phase 1"
_ANOTHER_DRUG: Final = Pattern(
    r"\W*(?:Another|Other|Rival|Competing|A\s+(?:rival|competing|similar))\s+(?:[\w/-]+\s+){0,3}?(?:drug|antibod|molecule"
    r"|candidate|inhibitor|agonist|antagonist|vaccine|therap|radioligand|compound|agent|product)(?:y|ies|s)?\b",
)
_DEVELOPS: Final = Pattern(
    r"(?:\s*\([^)]*\))?\s+(?:(?:is|are|has|have|did|does|also|not|reported|been)\s+){0,3}"
    r"(?:develop(?:s|ed|ing)?|meet|met|report(?:s|ed|ing)?|test(?:s|ed|ing)?|advanc(?:es|ed|ing)|stud(?:ies|ied"
    r"|ying))\b"
)


def _sponsor(document: LinkedDocument, sentence: LinkedSentence, at: int) -> Entity | None:
    """Who conducts a trial, if not the issuer: "Partner began a Phase 3 trial"."""
    for mention in sentence.of_kind(Kind.ORGANIZATION):
        end = mention.end - sentence.start
        if end <= at and not same(mention.entity, document.issuer) and _CONDUCTS.match(sentence.text, end):
            return mention.entity
    return None


_BEHIND_CELL = Pattern(r"[™®]?\)?(?:\s{2}|\s?\|)", re.NOFLAG)


_CLAUSE_BEGINS: Final = Pattern(r"(?:^|;|,\s+(?:and|but|while|whereas))\s*$")
_IS_OR_HAS: Final = Pattern(r"[®™]?(?:\s*\([^()]*\))?\s+(?:is|was|has|had|entered|completed|failed)\b")


def _introduced(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a drug is the next of a list of own ones: "and CVS-107, an anti-APRIL antibody, in Phase 1"; "and CVS-107
    entering Phase 2".
    """
    low, high = mention.start - sentence.start, mention.end - sentence.start
    if (
        _AND_BEFORE.search(sentence.text, max(0, low - 12), low)
        and _DOES_ITSELF.match(sentence.text, high)
        and not _COMBINED.search(sentence.text, 0, low)
    ):
        return True
    return bool(_NEXT_OF_LIST.search(sentence.text[:low]) and _EXPLAINED.match(sentence.text, high))


_OF_NEXT = Pattern(
    r"\s+(?:[\w-]+\s+){0,3}?(?:of|evaluating|testing|with)\s+(?:(?:its|their|the)\s+)?", re.IGNORECASE
)
#: "in Phase 1 for glioma, *and* AB-2": the next of the list
_AND_ANOTHER = Pattern(r",\s+and\s|;")
_AND_BEFORE = Pattern(r"\b(?:and|while|with)\s+$", re.IGNORECASE)
_COMBINED = Pattern(r"\b(?:combin\w+|together|doublet|regimen|plus)\b", re.IGNORECASE)
_DOES_ITSELF = Pattern(
    r"[®™]?(?:\s*\([^)]*\))?,?\s+(?:(?:currently|now)\s+)?(?:entering|moving|advancing|progressing|starting|is|has|was|will|remains"
    r"|continues|entered"
    r"|advanced|completed|in\s+(?:a\s+)?phase|into\s+phase)\b",
    re.IGNORECASE,
)
_NEXT_OF_LIST = Pattern(r",\s+and\s+(?:also\s+)?$", re.IGNORECASE)
_EXPLAINED = Pattern(r"(?:\s*\([^)]*\))?,\s+(?:an?|its|our|the)\s", re.IGNORECASE)


_TO_ASIDE: Final = Pattern(r"[®™]?\s*")


def _aside_of(text: str, phase: values.PhaseMatch) -> int | None:
    """Where the parenthesis opens that a phase stands in as the state of what is before it: "(asthma, Phase 2)"."""
    opened = text.rfind("(", 0, phase.start)
    if (
        opened < 0
        or ")" in text[opened : phase.start]
        or text[phase.end : phase.end + 1] not in (")", ",", " ", ";")
    ):
        return None
    return opened if ASIDE_PHASE.search(text, 0, phase.start) is not None else None


def _drug_of(
    focus: Focus, sentence: LinkedSentence, begin: int, phase: values.PhaseMatch, end: int
) -> tuple[Entity | None, bool]:
    """The drug that a trial studies, and whether its sentence names it."""
    free = [m for m in sentence.of_kind(Kind.DRUG) if not is_partner(sentence, m) or _introduced(sentence, m)]
    if cell_of(sentence.text, phase) is not None:
        opening = [m for m in free if begin <= m.start - sentence.start < phase.start]
        alone = [m for m in opening if _BEHIND_CELL.match(sentence.text, m.end - sentence.start)]
        if alone:
            return alone[-1].entity, True  # a row speaks of the drug that opens it
    if (opened := _aside_of(sentence.text, phase)) is not None:
        for mention in sentence.of_kind(Kind.DRUG):
            high = mention.end - sentence.start
            if focus.is_foreign(mention.entity) or is_established(mention.entity.label):
                continue
            if begin <= mention.start - sentence.start and _TO_ASIDE.fullmatch(sentence.text, high, opened):
                return mention.entity, True  # "AB-1 (asthma, Phase 2) and AB-2 (asthma, Phase 1)"
    candidates = [m for m in free if focus.is_own(m.entity)] or [
        m for m in free if focus.document.subject is None
    ]
    for mention in candidates:
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if phase.end <= low and high <= end:
            gap = sentence.text[phase.end : low]
            if not _AND_ANOTHER.search(gap) and re.search(
                r"\b(?:of|with|evaluating|assessing|testing|studying|investigating|comparing|exploring|for"
                r"|using)\s+"
                r"(?:[\w.,'-]+\s+){0,6}$",
                gap,
                re.IGNORECASE,
            ):
                return mention.entity, True
    if any(
        not focus.is_own(m.entity) and _OF_NEXT.fullmatch(sentence.text, phase.end, m.start - sentence.start)
        for m in free
    ):
        return None, False  # "Phase 3 results of RV-900", a rival's
    before = [m for m in candidates if m.end - sentence.start <= phase.start]
    last = next((m for m in reversed(free) if m.end - sentence.start <= phase.start), None)
    if (
        last is not None
        and last not in candidates
        and _CLAUSE_BEGINS.search(sentence.text, 0, last.start - sentence.start)
        and _IS_OR_HAS.match(sentence.text, last.end - sentence.start)
    ):
        return None, False  # "AB-1 is in Phase 2; a rival's drug was in Phase 3"
    if before:
        near = [m for m in before if m.start - sentence.start >= begin]
        return (near or before)[-1].entity, True
    own = focus.studied(sentence)
    if own is not None:
        return own, True
    if any(m.end - sentence.start <= phase.start for m in free):
        return None, False  # the trial of a drug that is not the release's own
    if _of_others(focus, sentence, phase.start) or _ANOTHER_DRUG.match(sentence.text):
        return None, False
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
