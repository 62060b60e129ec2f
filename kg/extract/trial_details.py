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
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.trial_names import REGISTRY, names_in
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
#: People in trials, as a pattern.
SUBJECTS: Final = (
    r"(?:patients?|participants?|subjects?|adults?|children|volunteers?|people|individuals|persons|women"
    r"|men|adolescents"
    r"|infants|boys|girls|males|females|newborns|toddlers|recipients)"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_N = rf"(?<![\w.-])(?P<n>{_DIGITS}|{values.NUMBER_WORD})"
_ABOUT_N = (
    r"(?:up\s+to\s+|approximately\s+|approx\.\s+|about\s+|around\s+|as\s+many\s+as\s+|over\s+|more\s+than\s+"
    r"|at\s+least\s+|nearly\s+|some\s+"
    r"|its\s+|all\s+(?:of\s+)?(?:its\s+|the\s+)?|a\s+total\s+of\s+|an\s+additional\s+|an\s+estimated\s+|the\s+first\s+)*"
)
_ENROLLMENT = (
    # "the 4,500th participant has been randomised", "~640 treatment-naive patients, 120+ sites"
    Pattern(
        rf"\b(?P<n>{_DIGITS})(?:st|nd|rd|th)\s+(?:and\s+(?:last|final)\s+)?{SUBJECTS}\s+(?:(?:has|have|was|were|is|been|now)\s+)+"
        r"(?:randomi[sz]ed|enrol?led|recruited|dosed|included|treated)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"(?:^|[:•*–—-]\s|\bo\s+)\W*(?:~|approx\.\s|approximately\s|about\s)\s?(?P<n>{_DIGITS})\s+(?:(?!\d)[\w/-]+\s+){{0,3}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    # "plans to treat 6-18 children", "has 71 of 100 patients on board", "want of recruitment (612 of 2,100)"
    Pattern(
        rf"\b(?:enrol|treat|recruit|randomi[sz]e|includ|dos)\w*\s+(?:about\s+|between\s+)?\d+\s?(?:-|–|to|and)\s?(?P<n>{_DIGITS})\s+"
        rf"(?:(?!\d)[\w/-]+\s+){{0,3}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b{_DIGITS}\s+(?:out\s+)?of\s+(?:an?\s+|the\s+|its\s+)?(?:planned\s+|intended\s+|targeted\s+)?(?P<n>{_DIGITS})\s+{SUBJECTS}\s+"
        r"(?:on\s+board|in|already|so\s+far)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:recruitment|enrol?lment|accrual|recruited|enrol?led)\b[^.;()]{{0,40}}\((?P<n>{_DIGITS})\s+of\s+(?:the\s+|an?\s+)?(?:planned\s+)?{_DIGITS}\b",
        re.IGNORECASE,
    ),
    # "(target: 40)", "planned number of patients: 220", "Target enrollment is 540"
    Pattern(
        r"\(\s*(?:[^()]*[;,]\s*)?target(?:ed)?(?:\s+(?:enrol?lment|size|n))?:?\s*(?:of\s+|=\s*)?"
        + _ABOUT_N
        + rf"(?P<n>{_DIGITS})\s*(?:{SUBJECTS}\s*)?[);,]",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b[Oo]f\s+(?:the\s+)?(?P<n>{_DIGITS})\s+{SUBJECTS}\s+(?:who\s+were\s+)?"
        r"(?:enrolled|randomi[sz]ed|treated|dosed|recruited|infused)\b"
    ),
    Pattern(
        r"\b(?:planned|target(?:ed)?|total|intended)\s+(?:number\s+of\s+(?:patients|participants|subjects)"
        r"|(?:sample\s+)?size|enrol?lment)\s*(?::|\bis\b|\bof\b|\bwas\b)?\s*"
        + _ABOUT_N
        + rf"(?P<n>{_DIGITS})\b",
        re.IGNORECASE,
    ),
    Pattern(
        r"(?:[(;]|,\s)\s*(?:target:?\s+|up\s+to\s+|about\s+|some\s+|approximately\s+)?(?:[nN]\s?=\s?)?"
        rf"(?P<n>{_DIGITS})\s+(?:(?!\d+\s)[\w-]+\s+){{0,2}}?"
        rf"{SUBJECTS}\b(?:\s+(?:planned|randomi[sz]ed|enrol?led|dosed|treated|recruited|expected|to\s+date|so\s+far))*"
        r"\s*(?=[);,]|\s(?:in|aged|at|treated|with|dosed|from)\s)"
    ),
    # "continues to enroll, with a goal of 160"
    Pattern(
        rf"\b(?:enrol|recruit)\w*\b[^.;]{{0,60}}?\b(?:goal|target)\s+of\s+{_ABOUT_N}(?P<n>{_DIGITS})\b",
        re.IGNORECASE,
    ),
    # "85 patients were screened and 54 enrolled"
    Pattern(
        rf"\bscreened\b[^.;]{{0,30}}?\b(?:and|which|whom|with)\s+(?P<n>{_DIGITS})\s+(?:{SUBJECTS}\s+)?"
        r"(?:were\s+|have\s+been\s+|had\s+been\s+)?(?:enrol?led|randomi[sz]ed|treated|dosed)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\bfully\s+enrol?led\s*(?:in\s+[A-Z]?\w+(?:\s+\d{{4}})?\s+)?(?:,\s*|\(\s*)?(?:(?:with|at)\s+)?{_ABOUT_N}(?:n\s?=\s?)?(?P<n>{_DIGITS})\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b{_N}\s+of\s+(?:a\s+|the\s+)?(?:planned\s+|targeted\s+|intended\s+|expected\s+|required\s+|projected\s+)?(?P<whole>\d[\d,]*"
        rf"|{values.NUMBER_WORD})\s+{SUBJECTS}\s+"
        r"(?:have\s+been|had\s+been|were|to\s+be)\s+(?:included|enrolled|randomi[sz]ed|recruited|dosed|treated)",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:enrol?lment|recruitment)\b[^.;()]{{0,160}}?\b(?:with|at|of|to|include|includes|total|totals|comprise)\s+{_ABOUT_N}(?P<n>{_DIGITS})\s+"
        rf"(?:(?!\d+\s)[\w-]+\s+){{0,3}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"(?:\b(?:trials?|stud(?:y|ies))\s*(?:[A-Z][\w-]*\d[\w-]*\s+)?(?:\([^()]*\)\s*)?,?\s*|\)\s)(?:of|in|with|among)\s+{_ABOUT_N}{_N}\s+"
        rf"(?:(?!\d+\s)[\w/-]+\s+){{0,5}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\btarget(?:ing|s|ed)?:?\s+{_ABOUT_N}(?P<n>{_DIGITS})\s+(?:(?!\d+\s)[\w/-]+\s+){{0,3}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    Pattern(
        r"\b(?:planned|target(?:ed)?|expected|total|projected)\s+enrol?lment\s+(?:of|is|was)\s+"
        + _ABOUT_N
        + rf"(?P<n>{_DIGITS})",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b\d[\d,]*\s+of\s+(?:a|the)\s+(?:planned|targeted?)\s+(?P<n>{_DIGITS})\s+{SUBJECTS}", re.IGNORECASE
    ),
    Pattern(
        r"\b(?:enrol(?:l(?:ed|ing|s|ment\s+of)?|s|ling|led|ment\s+of)?|recruit(?:ed|ing|s|ment\s+of)?|randomi[sz]"
        r"(?:e[sd]?|ing)"
        r"|includ(?:e[sd]?|ing)|compris(?:e[sd]?|ing)|(?:given|administered)\s+to|involv(?:e[sd]?|ing)|total\s+of|evaluat(?:e[sd]?|ing)|dos(?:e[sd]?|ing)"
        r"|treat(?:ed|ing)?"
        r"|(?:trial|study)\s+(?:of|with|among)|in|in\s+which|across|among)\s+"
        + _ABOUT_N
        + rf"{_N}\s+(?:(?!\d+\s)[\w/-]+\s+){{0,5}}?{SUBJECTS}\b",
        re.IGNORECASE,
    ),
    # "In the Phase 1b study, 27 participants who …"; "with 72 patients to be randomized"
    Pattern(
        rf"\b(?:trials?|stud(?:y|ies))(?:\s*\([^()]*\))?,\s+{_ABOUT_N}{_N}\s+(?:(?!\d+\s)[\w/-]+\s+){{0,4}}?{SUBJECTS}\b"
        r"(?!\s+(?:\([\d.]+\s?%\)|on|achieved|had|reached|responded|showed|experienced|discontinued|died))",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\bwith\s+{_ABOUT_N}(?P<n>{_DIGITS})\s+(?:(?!\d+\s)[\w/-]+\s+){{0,3}}?{SUBJECTS}\s+(?:to\s+be\s+)?"
        r"(?:enrol?led|randomi[sz]ed|recruited|planned|dosed|treated)\b",
        re.IGNORECASE,
    ),
    # "will enrol 360."; "has enrolled 231 of 350 patients"
    Pattern(
        rf"\b(?:enrol?led|randomi[sz]ed|recruited|dosed)\s+{_ABOUT_N}{_N}\s+of\s+(?:(?:an?|the|its|up|to|about|some)\s+)*"
        rf"(?:planned\s+|target(?:ed)?\s+)?(?P<whole>{_DIGITS})\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?:will|to|has|have)\s+(?:now\s+)?(?:enrol?l?|recruit|randomi[sz]e|includ)(?:ed|e)?\s+{_ABOUT_N}(?P<n>{_DIGITS})"
        r"(?=\s*(?:[.;)]|,\s(?!\d)|$|\s(?:in|at|across|from)\s))",
        re.IGNORECASE,
    ),
    Pattern(rf"\b(?P<n>{_DIGITS})[-\s](?:patient|subject|participant|person)\b(?!s)", re.IGNORECASE),
    Pattern(
        rf"\b{_N}\s+(?:(?!\d+\s)[\w/-]+\s+){{0,4}}?{SUBJECTS}\s+(?:were|was|have\s+(?:now\s+|already\s+|since\s+)?been|has\s+been"
        rf"|had\s+been|are"
        rf"|will\s+be|(?:are|is)\s+to\s+be)\s+"
        r"(?:enrolled|randomi[sz]ed|recruited|treated|dosed|given|included|vaccinated|assigned)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"(?:^|[.,;:)]\s|\b(?:to\s+date|so\s+far|which|where)\s)\s*{_ABOUT_N}{_N}\s+"
        rf"(?:(?!\d+\s)[\w/-]+\s+){{0,4}}?{SUBJECTS}\s+(?:(?:with|aged|who|from|whose|previously|inadequately)\s+[^.;,]{{3,80}}?\s+)?"
        r"(?:(?:have\s+|had\s+)?(?:received|got|took|been\s+dosed|been\s+treated|been\s+enrolled)"
        r"|(?:are|is)\s+to\s+be\s+(?:enrol?led|randomi[sz]ed|treated|dosed|recruited)"
        r"|(?:were|was|have\s+been|will\s+be)\s+(?:enrol?led|randomi[sz]ed|recruited))\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"\b(?P<n>{_DIGITS})\s+(?:(?!\d+\s)[\w/-]+\s+){{0,3}}?{SUBJECTS}\b[^.;]{{0,160}}?\b(?:were|was)\s+"
        rf"(?:enrolled|randomi[sz]ed|recruited)\b",
        re.IGNORECASE,
    ),
    Pattern(
        rf"(?<!group )(?<!arm )(?<!cohort )(?<!dose )\((?:[^()]*[;,]\s*)?[nN]\s?=\s?(?P<n>{_DIGITS})\s*[),;]"
    ),
)
SITES = Pattern(
    rf"\b(?P<n>\d[\d,]*|{values.NUMBER_WORD})\+?\s+(?:(?!\d|in\b|at\b|and\b|patients\b|of\b)[\w.-]+\s+){{0,4}}?"
    r"(?:sites|cent(?:er|re)s|hospitals|institutions|clinics)\b",
    re.IGNORECASE,
)
_SINGLE_SITE: Final = Pattern(r"\bsingle[- ](?:cent(?:er|re)|site|institution)\b", re.IGNORECASE)
#: "26 countries", "eleven European countries"
_COUNTRIES: Final = Pattern(
    rf"\b(?:\d{{1,3}}|{values.NUMBER_WORD})\s+(?:(?:European|Asian|African|other|different)\s+)?countries\b",
    re.IGNORECASE,
)
_PLACED = Pattern(
    rf"\b(?:sites?|cent(?:er|re)s?|hospitals?|conducted|enrol\w+|recruit\w+|randomi[sz]\w+|countries|{SUBJECTS})\b",
    re.IGNORECASE,
)
_MARKET = Pattern(
    r"\b(?:approv\w+|market\w*|licen[cs]\w+|rights|designat\w+|headquarter\w*|sold|commerciali\w+|common"
    r"|incidence|diagnosed)\b",
    re.IGNORECASE,
)
_COMBINATION = Pattern(
    r"\b(?:in\s+combination\s+with|combined\s+with|together\s+with|plus|added\s+to|with\s+or\s+without"
    r"|alongside|(?:as\s+)?(?:an?\s+)?add-on(?:\s+(?:therapy|treatment))?\s+to|given\s+with|combines\s+it\s+with"
    r"|co-?administered\s+with|on\s+top\s+of|on\s+(?:a\s+)?background(?:\s+of)?)\s+"
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
        return None
    end_of, order, status, start_of = max(hits)
    if status in ("recruiting", "active") and _STARTS.match(text, start_of):
        return "planned" if _EXPECTED.search(text, stop, start_of) else status
    expected = modality(text, end_of - 1, end_of) is Modality.PLANNED or re.search(
        r"\b(?:expect|anticipat|await)\w*\b[^.;]{0,90}$", text[:end_of], re.IGNORECASE
    )
    return "active" if expected and status == "completed" else status


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
    if status in ("planned", "completed") and _DATA_OF.search(before):
        return "active" if status == "planned" else status
    step = _RECRUITMENT_IN.search(before)
    if step is None or status not in ("planned", "completed", "active"):
        return status
    return {"completed": "active", "active": "recruiting"}.get(status, status)


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


_ARM_SIZE: Final = Pattern(r"\([nN]\s?=\s?\d+\)")
#: Before a year: "in January 2026 the first patient"
_OF_DATE: Final = Pattern(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Q[1-4]|quarter\s+of"
    r"|half\s+of|late|early|mid|end\s+of|since|by|in)\s*$"
)


def size_details(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """Enrolment, sites and countries stated between two offsets."""
    out: list[tuple[str, Value]] = []
    stretch = text[start:end]
    arms = len(_ARM_SIZE.findall(stretch)) > 1
    for pattern in _ENROLLMENT:
        if arms and pattern is _ENROLLMENT[-1]:
            break  # "AB-1 (N=365) or placebo (N=184)": sizes of arms
        found = pattern.search(stretch)
        if found and not re.search(
            r"(?<![-\w])(?:cohort|arm|portion)\b",
            stretch[max(0, found.start() - 45) : found.end() + 26],
            re.IGNORECASE,
        ):
            number = int(values.decimal((found.groupdict().get("whole") or found["n"]).rstrip(",")))
            year = 1990 <= number <= 2040 and _OF_DATE.search(stretch, 0, found.start("n")) is not None
            if number > 2 and not year:  # "the first patient", "one in three patients"
                out.append(("enrollment", number))
                break
    for found in SITES.finditer(stretch):
        try:
            number = int(values.decimal(found["n"]))
        except ValueError:
            continue
        if number < 3000:
            out.append(("sites", number))
            break
    if _SINGLE_SITE.search(stretch) and not any(name == "sites" for name, _ in out):
        out.append(("sites", 1))
    countries_before = len(out)
    if _PLACED.search(stretch) or not _MARKET.search(stretch):
        out += [
            ("country", c.label)
            for c in values.terms(stretch, "countries")
            if (
                re.search(
                    r"(?:\b(?:in|across|throughout|and|from|within)|[,;(])\s*(?:the\s+)?$",
                    stretch[: c.start],
                    re.IGNORECASE,
                )
                and not re.match(r"\s+(?:Food|FDA|Securities|Patent|National|Department)", stretch[c.end :])
                and not _MARKET.search(stretch, max(0, c.start - 25), c.start)
            )
            or re.match(r"\s+(?:[\w-]+\s+)?(?:sites|cent(?:er|re)s|hospitals)\b", stretch[c.end :])
        ]
    if len(out) == countries_before and "countries" in stretch and (counted := _COUNTRIES.search(stretch)):
        out.append(("country", " ".join(counted[0].split())))
    return out


_OF_NATION = Pattern(
    r"[\s,]*(?:(?!and\b|or\b|in\b|of\b|for\b|FDA\b|IND\b)[\w/,-]+\s+){0,3}?(?:phase|trial|study|sites?|cent"
    r"(?:re|er)s?)\b",
    re.IGNORECASE,
)


#: "a *global* Phase 3 trial"
_GLOBAL: Final = Pattern(
    r"\b(?P<where>global|worldwide|multinational|international|multi-?national)\b(?!\s+(?:rights|leader|compan|health))",
    re.IGNORECASE,
)


def countries_told(text: str, start: int, end: int) -> list[tuple[str, Value]]:
    """The countries that adjectives tell: "a European Phase 2 trial", "a study in Japanese patients"."""
    return [
        ("country", found.label)
        for found in values.terms(text[start:end], "nationalities")
        if _OF_NATION.match(text, start + found.end)
        or re.match(rf"\s+(?:[\w-]+\s+)?{SUBJECTS}\b", text[start + found.end :])
    ] + [
        ("country", found["where"].lower())
        for found in _GLOBAL.finditer(text, start, end)
        if _OF_NATION.match(text, found.end())
    ]


def combinations_in(sentence: LinkedSentence, start: int, end: int, drug: Entity) -> Iterator[Entity]:
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
        if last is None and _IN_TRIAL_WITH.search(sentence.text, start, low):
            before = "in combination with "
        chained = last is not None and re.fullmatch(
            r"\s*(?:\([^)]*\)\s*)?(?:,|and|,\s*and|plus|/|with\s+or\s+without)\s*", sentence.text[last:low]
        )
        if _COMBINATION.search(before) or chained:
            last = high
            if mention.entity.kind is not Kind.DRUG_CLASS:
                yield mention.entity


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
