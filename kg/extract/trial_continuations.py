"""A sentence that names a trial, or says only "the study" → what it adds to a trial that is known."""

from __future__ import annotations

import re
from typing import Final

from kg.extract import values
from kg.extract.linked import LinkedSentence
from kg.extract.patients import described
from kg.extract.patterns import Pattern
from kg.extract.trial_details import (
    aside_details,
    combinations_in,
    given_too,
    indications_in,
    registry_details,
    status_of_subject,
)
from kg.extract.trial_model import Reference, Trial
from kg.extract.trial_names import NAME, REGISTRY
from kg.extract.trial_phases import is_trial
from kg.extract.trial_sizes import SITES, SUBJECTS, counted, countries_told, size_details
from kg.model import Entity, Modality

_SPEAKS_OF_TRIAL = Pattern(
    r"\b(?:the|this|that)\s+(?:[\w/,-]+\s+){0,5}?(?:trial|study)\b|\beach\s+(?:(?:trial|study)\s+|of\s+the\s+[\w\s]{0,12}?(?:trials|studies)\s+)?will\s+(?:enrol|randomi|includ|recruit)\w*"
    r"|\b(?:enrol?lment|recruitment|screening)\s+(?:will|is|has|was|takes|target|goal)\b"
    r"|\b(?:sites|cent(?:er|re)s|hospitals|clinics)\b[^.;]{0,60}?\s(?:are|have|were|will|participat\w+|open\w*|activ\w+)\b|\bat\s+\w+\s+of\s+\w+\s+sites\b|\d(?:st|nd|rd|th)\s+(?:patient|participant|subject|volunteer)\b|\b(?:trial|study)'s\b|\b(?:trial"
    r"|study)\s+(?:is|was|will|has)\b"
    r"|\bit\s+is\s+an?\s+(?:[\w,/-]+\s+){0,8}?(?:study|trial)\b"
    r"|\bit\s+(?:is|was)\s+(?:[\w-]+\s+){0,2}?(?:conducted|run|carried\s+out|enrolling|recruiting|performed)\b"
    r"|^\W*(?:trial|study)\s+(?:to|is|will|has)\b|\b(?:first|initial)\s+(?:[\w-]+\s+)?(?:patients?|participants?|subjects?)\s+(?:is|are|was|were|has|have)\b"
    r"|\bbeing\s+(?:studied|enrolled)\b|\b(?:patients|participants|subjects)\s+(?:[\w/-]+\s+){0,3}?(?:will"
    r"|are|were)\b",
    re.IGNORECASE,
)

_NAMES_INDICATIONS = Pattern(
    r"\b(?:being\s+(?:studied|evaluated|investigated|enrolled)|eligible|enrol\w+|studied)\b[^.]*?\b"
    r"(?:include[sd]?|are|with|:)",
    re.IGNORECASE,
)

_CALLED = Pattern(
    rf"\b(?:trial|study)\b,?\s*(?:\(|which\s+is\s+)?(?:called|named|known\s+as|dubbed"
    rf"|titled)\s+[\"']?{NAME.pattern}",
    re.NOFLAG,
)
#: "More than 1,000 patients have been dosed with AB-1 to date": in all trials
_IN_ALL: Final = Pattern(
    r"\b(?:dosed|treated|received)\b(?![^.;]*\b(?:the|this)\s+(?:[\w-]+\s+){0,3}(?:trial|study)\b)[^.;]{0,60}"
    r"\b(?:to\s+date,?\s+(?:with|across|in)|with\s+[\w-]+\s+to\s+date|worldwide|globally|across\s+(?:all|multiple|several|our))\b",
    re.IGNORECASE,
)


#: Who gets what in a trial; what is sold, hoped for or was given before is none of it.
_GIVEN: Final = Pattern(
    rf"^(?![^.;]*\b(?:could|may|might|would|approved|market\w*|potential\w*|previous\w*|prior|plans?|future|licen[cs]\w*|agreement)\b)"
    rf"[^;]*\b(?:{SUBJECTS}|trial|study|arms?|cohorts?|groups?|given|dosed|receiv\w+|administered|combined|combination|randomi[sz]ed|\+|plus)\b",
    re.IGNORECASE,
)
#: "The first patient is expected to be dosed in May"
_YET_TO_START: Final = Pattern(
    r"\b(?:first|initial)\s+(?:[\w-]+\s+)?(?:patients?|participants?|subjects?|dosing|dose)\s+(?:[\w-]+\s+)?"
    r"(?:(?:is|are)\s+(?:expected|planned|anticipated|scheduled|due|on\s+track)\b|(?:is|are)\s+to\s+be\b|will\s+be\b)"
    r"|\b(?:dosing|enrol?lment|recruitment|screening)\s+(?:(?:is|are)\s+(?:expected|planned|anticipated|scheduled|due)\s+to|will)\s+"
    r"(?:begin|start|commence|open)\b"
    r"|\b(?:expect|plan|anticipate|intend|aim)s?\s+to\s+(?:dose|enrol?l?|treat|screen)\s+(?:the|its|our|a)\s+first\b",
    re.IGNORECASE,
)


def continuation(sentence: LinkedSentence, trials: list[Trial], *, sure: bool) -> Reference | None:
    """What a sentence that names a trial, or says only "the study", adds to a trial.

    `sure` says that no other trial comes between.
    """
    if len(trials) != 1:
        return None
    text = sentence.text
    trial = trials[0]
    added = counted(text) is not None
    uncounted = not trial.details("enrollment")
    speaks = (
        bool(_SPEAKS_OF_TRIAL.search(text))
        or ((added or sure) and bool(SITES.search(text)))
        or (added and (sure or uncounted) and not _IN_ALL.search(text))
    )
    by_name = any(str(n) in text for n in trial.details("name"))
    with_it = speaks or by_name or sure
    together = (
        [*combinations_in(sentence, 0, len(text), trial.drug)] if with_it and _GIVEN.search(text) else []
    )
    if not (speaks or by_name or together or REGISTRY.search(text)):
        return None
    details = registry_details(text, 0, len(text))
    if by_name and len(REGISTRY.findall(text)) > 1:
        details = next((d for n in trial.details("name") if (d := aside_details(text, str(n)))), [])
    called = _CALLED.search(text)
    if called and not trial.details("name"):
        details.append(("name", called["name"]))
    if text.count("|") > 1 and details:
        details += size_details(text, 0, len(text))
    status = None
    if (speaks or by_name) and not any(is_trial(text, p) for p in values.phases(text)):
        sizes = size_details(text, 0, len(text)) + countries_told(text, 0, len(text))
        details += sizes
        if any(name == "enrollment" for name, _ in sizes):
            details += [("population", p) for p in (*values.populations(text), *described(text))]
        if re.search(r"\b(?:trial|study)\b", text) or by_name:
            details += [("design", d.label) for d in values.terms(text, "study_designs")]
            status = status_of_subject(text, tuple(str(n) for n in trial.details("name")))
        if status is None and _YET_TO_START.search(text):
            status = "planned"
        details += [("combination", c) for c in given_too(sentence, trial.drug)]
    if not any(is_trial(text, p) for p in values.phases(text)):
        details += [("combination", c) for c in together]
    indications: tuple[Entity, ...] = ()
    if named := _NAMES_INDICATIONS.search(text):
        indications = indications_in(sentence, named.end(), len(text))
    elif by_name and not trial.indications:
        indications = indications_in(sentence, 0, len(text))
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
