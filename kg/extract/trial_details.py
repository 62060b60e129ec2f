"""Linked sentences → what is said of a trial: its state, size, places, diseases and what is given too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract import values
from kg.extract.focus import same, unique
from kg.extract.lexicon import table
from kg.extract.linked import LinkedSentence
from kg.extract.modality import cues, modality
from kg.extract.patterns import Pattern
from kg.extract.trial_names import REGISTRY, names_in
from kg.extract.trial_sizes import size_details
from kg.model import Entity, Kind, Modality, Value

#: What ends the stretch of a trial in its sentence: a new clause with a subject of its own.
CLAUSE_END = Pattern(
    r";|,\s+(?:the|this|these|those|we|it|they)\s+(?:[\w'-]+\s+){0,6}?(?:is|are|was|were|has|have|had|will"
    r"|indicates?|show(?:s|ed)?|provides?|plans?"
    r"|expects?|believes?|demonstrated|continues?)\b"
    r"|,\s+(?:while|although|but|with\s+the\s+option)\s|,\s+and\s+(?:the|we|it|has|have|is|are|will|plans?"
    r"|expects?|intends?|provide|was|were)\s"
    r"|\s-{1,2}\s|\s[—–]\s",
    re.IGNORECASE,
)
NO_INDICATION = Pattern(
    r"\b(?:designat\w+|approv\w+|clear(?:ed|ance)|grant(?:ed|s)|orphan|caused\s+by|history\s+of|incidence"
    r"|hold"
    r"|leading\s+cause|compared|met\s+its|failed|such\s+as\s+prior|prior\s+treatment)\b",
    re.IGNORECASE,
)
_COMBINATION = Pattern(
    r"\b(?:in\s+combination\s+with|combined\s+with|together\s+with|plus|added\s+to|with\s+or\s+without"
    r"|alongside|(?:as\s+)?(?:an?\s+)?add-on(?:\s+(?:therapy|treatment))?\s+to|given\s+with|combines\s+it\s+with"
    r"|co-?administered\s+with|on\s+top\s+of|on\s+(?:a\s+)?background(?:\s+of)?|also\s+(?:receive[sd]?|get|given))\s+"
    r"(?:(?!and\b|or\b|in\b|for\b|of\b|versus\b)[\w'’-]+\s+){0,7}?$"
    r"|\s\+\s*$|\bsuppl(?:y|ies)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_IN_ADDITION = Pattern(
    r"\b(?:in\s+addition\s+to|along\s+with|together\s+with|concomitant(?:ly)?|co-?administered)\b",
    re.IGNORECASE,
)
#: What a trial in many diseases is told to be in; what else a name may have leaves it wide
_GENERIC = Pattern(
    r"(?:(?:advanced|solid|ha?ematologic(?:al)?|ha?emato-?oncologic(?:al)?|blood|metastatic|(?:mature\s+)?[BT][- ]cell"
    r"|myeloid|lymphoid|lymphoproliferative|rare|autoimmune|inflammatory|gastrointestinal|gynaecologic(?:al)?"
    r"|gynecologic(?:al)?|genitourinary|thoracic|gastroesophageal|digestive|urologic(?:al)?|neurologic(?:al)?"
    r"|neurodegenerative|cardiovascular|metabolic|respiratory|infectious|genetic|liver|kidney|lung|skin|eye|retinal|heart"
    r"|malignant|relapsed|refractory|and|or)\s+)*"
    r"(?:cancers?|tumou?rs?|malignanc(?:y|ies)|neoplasms?|(?:non-Hodgkin\s+)?lymphomas?|leuka?emias?|disorders?|diseases?)",
    re.IGNORECASE,
)


def purposes(sentence: LinkedSentence) -> Iterator[Entity]:
    """The diseases that a sentence names as what is treated: "for glioma", "in patients with IPF"."""
    for mention in sentence.of_kind(Kind.DISEASE):
        before = sentence.text[: mention.start - sentence.start]
        if re.search(
            r"\b(?:for|in|with|of|to\s+treat|against|treating)\s+(?:(?!and\b|or\b)[\w/,()-]+\s+){0,7}$",
            before,
            re.IGNORECASE,
        ):
            yield mention.entity


@cache
def _glue() -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in table("disease_list_glue"))


_MEETING = Pattern(
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


def indications_in(sentence: LinkedSentence, start: int, end: int) -> tuple[Entity, ...]:
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
        if not out and (NO_INDICATION.search(gap) or len(gap) > 260):
            break
        if out and not _is_glue(gap):
            break
        if not re.search(
            r"\b(?:potentially|possibly|excluding|except|without)\b[\w\s-]*$", gap, re.IGNORECASE
        ):
            out.append(mention.entity)
        at = high
    return unique(out)


def indications_before(sentence: LinkedSentence, begin: int, at: int) -> tuple[tuple[Entity, ...], int]:
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
            or NO_INDICATION.search(gap)
            or NO_INDICATION.search(text[max(begin, start - 60) : start])
            or CLAUSE_END.search(gap)
        ):
            break
        out.append(mention.entity)
        low = start
    return unique(reversed(out)), max(begin, low - 40)


@cache
def _status_forms() -> dict[str, tuple[tuple[Pattern, str], ...]]:
    out: dict[str, list[tuple[Pattern, str]]] = {"adjacent": [], "before": [], "after": []}
    for row in table("trial_statuses"):
        form = row["form"].rstrip().replace(" ", r"\s+").replace(r"\s+?", r"\s*")
        pattern = rf"\b{form}(?!\w)"
        if row["where"] == "adjacent":
            pattern += r"\s*,?\s*(?:[\w/.,-]+\s+){0,5}$"
        out[row["where"]].append((Pattern(pattern, re.IGNORECASE), row["status"]))
    return {where: tuple(rows) for where, rows in out.items()}


def status_told(text: str, begin: int, phase: values.PhaseMatch, end: int) -> str | None:
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
    if behind := status_behind(text, phase, end):
        return behind
    stop = max((m.end() for m in re.finditer(r";|\.\s|\bwhile\b|,\s+but\b", before)), default=0)
    hits: list[tuple[int, int, str, int]] = []
    for order, (pattern, status) in enumerate(forms["before"]):
        for found in pattern.finditer(before, stop):
            hits.append((found.end(), -order, status, found.start()))
    if not hits:
        return "planned" if _is_planned(text, phase) else None
    end_of, order, status, start_of = max(hits)
    if status in ("recruiting", "active") and _STARTS.match(text, start_of):
        return "planned" if _EXPECTED.search(text, stop, start_of) else status
    expected = modality(text, end_of - 1, end_of) is Modality.PLANNED or re.search(
        r"\b(?:expect|anticipat|await)\w*\b[^.;]{0,90}$", text[:end_of], re.IGNORECASE
    )
    return "active" if expected and status == "completed" else status


def _is_planned(text: str, phase: values.PhaseMatch) -> bool:
    """Whether a plan leads to the trial itself: "plans to study ABC-1 in a Phase 2 trial", not "to report data of"."""
    return modality(text, phase.start, phase.end) is Modality.PLANNED and any(
        cue.modality is Modality.PLANNED
        and cue.end <= phase.start < cue.scope_end
        and not _OF_A_RUNNING_TRIAL.search(text, cue.end, phase.start)
        and not _DATA_BEHIND.match(text, phase.end)
        for cue in cues(text)
    )


#: What is done with a trial that has begun.
_OF_A_RUNNING_TRIAL: Final = Pattern(
    r"\b(?:data|results|read-?outs?|analys\w+|report\w*|complet\w+|conclud\w+|finish\w*|present\w*|publish\w*|announc\w+|shar\w+|provid\w+|releas\w+|updat\w+"
    r"|continu\w+|expand\w*|extend\w*|amend\w*|resum\w+|stop\w*|clos\w+|discontinu\w+|terminat\w+|last|ongoing|current\w*|recruit\w*|enrol\w+|follow\w*|based"
    r"|submi\w+|fil(?:e|ing)|approv\w+|the|its|our|their|whose|which|that|once|when|after|until|complement\w*|supply)\b",
    re.IGNORECASE,
)
_DATA_BEHIND: Final = Pattern(r"\s+(?:[\w-]+\s+){0,2}?(?:data|results|read-?outs?)\b", re.IGNORECASE)
#: "we expect *the first patient to be dosed in* the Phase 1 trial"
_STARTS: Final = Pattern(
    r"\W*(?:(?:first|initial)\b|dosing\s+of\s+(?:the\s+)?first|(?:start|initiation|commencement|launch)\s+of\b|"
    r"entry\s+into\b)",
    re.IGNORECASE,
)
_EXPECTED: Final = Pattern(
    r"\b(?:expect(?:s|ed|ing)?|anticipat(?:e|es|ed|ing)|plan(?:s|ned|ning)?|intend(?:s|ed)?|aim(?:s|ing)?|on\s+track|will|scheduled|looks?\s+forward"
    r"|prepar(?:es?|ing)|ahead\s+of|towards?|before|ready\s+for)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def status_behind(text: str, phase: values.PhaseMatch, end: int) -> str | None:
    """The status that the words behind a phase tell: "a Phase 2 trial is planned"."""
    after = text[phase.end : end]
    bare = _BRACKETED.sub(lambda aside: aside[0].replace(";", ","), after)
    for pattern, status in _status_forms()["after"]:
        found = pattern.search(after)
        if found and not _NOT_OF_TRIAL.search(bare[: found.start()]):
            if status == "planned" and _DATA_COME.match(after):
                return "active"  # "Phase 2 data in asthma are expected in 2026"
            return _of_step(text[: phase.start], status)
    return None


def _of_step(before: str, status: str) -> str | None:
    """What the state of a step says of the trial: its data expected, its recruitment completed or begun."""
    if status == "active" and _PREPARATION_OF.search(before):
        return "planned"
    if status in ("planned", "completed") and _DATA_OF.search(before):
        return "active" if status == "planned" else status
    step = _RECRUITMENT_IN.search(before)
    if step is None or status not in ("planned", "completed", "active"):
        return status
    return {"completed": "active", "active": "recruiting"}.get(status, status)


#: "Preparations for *the Phase 2 trial* are under way"
_PREPARATION_OF: Final = Pattern(
    r"\b(?:planning|preparations?|site\s+(?:selection|activation)|start-?up(?:\s+activities)?|feasibility|protocol\s+development)\s+(?:for|of)"
    r"\s+(?:(?!(?:is|are|has|have|and)\b)[\w'-]+\s+){0,5}$",
    re.IGNORECASE,
)
#: "Topline data from *the Phase 2 trial* are expected"
_DATA_OF: Final = Pattern(
    r"\b(?:data|results|readouts?|completion|findings|analys[ie]s)\s+(?:from|of|for|in)\s+(?:(?:the|our|its|this|both|two)\s+)*"
    r"(?:(?!(?:is|are|was|were|has|have|will|and)\b)[\w'-]+,?\s+){0,7}$",
    re.IGNORECASE,
)
#: "Enrolment in *the Phase 2 trial* has been completed"
_RECRUITMENT_IN: Final = Pattern(
    r"\b(?:enrol?lment|recruitment|screening|dosing|accrual|portion|part|stage)\s+(?:\d?[A-D]?\s*(?:\([^()]*\)\s*)?)(?:in|of|for|to|into)\s+(?:(?:the|our|its|this|both|two)\s+)*"
    r"(?:(?!(?:is|are|was|were|has|have|will)\b)[\w'-]+,?\s+){0,9}$",
    re.IGNORECASE,
)
_DATA_COME: Final = Pattern(
    r"\s+(?:[\w/-]+\s+){0,4}?(?:data|results|read-?outs?|completion|top-?line)\b", re.IGNORECASE
)
_BRACKETED: Final = Pattern(r"\([^()]*\)")


_NOT_OF_TRIAL = Pattern(r";|\bwho\b|\b(?:data|results|readout|completion|enrol\w+)\s*$", re.IGNORECASE)


def registry_details(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """Registry identifiers, those in the parenthesis right behind the stretch included."""
    found = [f[0].replace(" ", "") for f in REGISTRY.finditer(text, start, min(len(text), end + 40))]
    found.sort(key=lambda identifier: not identifier.startswith("NCT"))
    return [("nct", found[0])] if found else []


def combinations_in(sentence: LinkedSentence, start: int, end: int, drug: Entity) -> Iterator[Entity]:
    """What is given with the studied drug in a trial: "in combination with carboplatin and pemetrexed"."""
    text = sentence.text
    last: int | None = None
    classes: list[Entity] = []
    specific = False
    ends = [m.end - sentence.start for m in sentence.of_kind(Kind.DRUG) if same(m.entity, drug)]
    for mention in sentence.of_kind(Kind.DRUG, Kind.TREATMENT, Kind.DRUG_CLASS):
        low, high = mention.start - sentence.start, mention.end - sentence.start
        if low < start or high > end or same(mention.entity, drug) or "placebo" in mention.text.casefold():
            continue
        chained = last is not None and _CHAIN.fullmatch(text, last, low)
        if (
            chained
            or _COMBINATION.search(text, max(0, low - 60), low)
            or _COMBINATION_OF.search(text, 0, low)
            or any(_BESIDE.fullmatch(text, e, low) for e in ends)
            or (last is None and _IN_TRIAL_WITH.search(text, start, low))
        ):
            last = high
            if mention.entity.kind is Kind.DRUG_CLASS:
                classes.append(Entity(Kind.TREATMENT, mention.entity.label))
                continue
            specific = True
            yield mention.entity
    if not specific:
        yield from classes


_CHAIN: Final = Pattern(r"\s*(?:\([^)]*\)\s*)?(?:,|and|or|,\s*(?:and|or)|plus|/|\+|with\s+or\s+without)\s*")
_COMBINATION_OF: Final = Pattern(
    r"\b(?:combination|doublet|regimen|trial|study)\s+of\s+(?!patients|people)[^.,;]{2,60}?\s(?:and|with|plus)\s+(?:[\w-]+\s+){0,2}$"
)
#: "AB-1 *with* cetuximab", "AB-1 (10 mg) + the PD-1 antibody tislelizumab"
_BESIDE: Final = Pattern(
    r"[®™]?(?:\s*\([^()]*\))?(?:\s+(?:is|was|given|administered|dosed|combined|(?:\d[\d.,]*\s?[a-z/]+)))*\s*"
    r"(?:\s(?:with|plus|alongside)\s|\+\s?)(?:(?!and\b|or\b)[\w'’-]+\s+){0,4}?",
    re.IGNORECASE,
)
#: "a Phase 1b trial with *semaglutide*", "a trial of AB-1 with *daratumumab*"; what is compared is not given too.
_IN_TRIAL_WITH: Final = Pattern(
    r"\b(?:trials?|study|studies)\b(?!\s+of\s+(?:patients|people))(?:\s*\([^()]*\))?,?(?:\s+(?:of|evaluating|testing|for)\s+[\w-]+(?:\s*\([^()]*\))?)?,?"
    r"\s+with\s+(?:(?:the|our|its|an?|company's|partner's|oral|intravenous)\s+)*(?:[\w-]+\s+){0,2}"
    r"(?:(?:antibody|inhibitor|agonist|antagonist|chemotherapy|blocker|degrader|therapy|agent|drug),?\s+)?$",
    re.IGNORECASE,
)


def status_of_subject(text: str, names: tuple[str, ...]) -> str | None:
    """What is said of a trial as a subject: "the study is enrolling", "EMBARK met its primary endpoint"."""
    ends = [found.end() for found in _SUBJECT.finditer(text)] + [end for _, end, _ in names_in(text, names)]
    for end in sorted(ends):
        aside = _PASSED_OVER.match(text, end)
        at = aside.end() if aside else end
        for pattern, status in _status_forms()["after"]:
            if pattern.match(text, at):
                return status
    return None


_SUBJECT = Pattern(r"\b(?:the|this|our|that)\s+(?:[\w/-]+\s+){0,4}?(?:trial|study)(?![\w-])", re.IGNORECASE)
_PASSED_OVER = Pattern(r"(?:\s+(?:trial|study)\b)?(?:\s*\([^)]*\))?[\s,]*", re.IGNORECASE)


def given_too(sentence: LinkedSentence, drug: Entity) -> Iterator[Entity]:
    """ "In addition to AB-1, patients will receive 40 mg oral dexamethasone": dexamethasone."""
    if _IN_ADDITION.search(sentence.text):
        for mention in sentence.of_kind(Kind.DRUG, Kind.TREATMENT):
            before = sentence.text[: mention.start - sentence.start]
            if not same(mention.entity, drug) and re.search(
                r"\b(?:receive[sd]?|given|administered|with)\b[^.;]{0,50}$", before, re.IGNORECASE
            ):
                yield mention.entity


def is_generic(entities: tuple[Entity, ...]) -> bool:
    """Whether one of the diseases is a wide term: "cancer", "solid tumours"."""
    return any(_GENERIC.fullmatch(e.label) for e in entities)


def aside_details(text: str, name: str) -> list[tuple[str, Value]]:
    """What the parenthesis behind a trial's name tells of it: "REPIGMENT 1 (NCT05511909; n=338)"."""
    for _, end, _ in names_in(text, (name,)):
        aside = _BEHIND_NAME.match(text, end)
        if aside:
            low, high = aside.span("aside")
            return [*registry_details(text[:high], low, high), *size_details(text, low - 1, high + 1)]
    return []


_BEHIND_NAME = Pattern(r"[™®]?(?:\s+(?:trial|study))?\s*\((?P<aside>[^()]*(?:\([^()]*\)[^()]*)*)\)")
