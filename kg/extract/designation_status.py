"""The words around designations → what has become of them ("granted", "denied", …), and whether it is so or hoped."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.decisions import said
from kg.extract.designation_place import TAKEN_IN, Place
from kg.extract.frames import pattern
from kg.extract.patterns import Pattern
from kg.model import Modality

_DENIED: Final = (
    r"den(?:y|ied|ies)|reject(?:ed|s)|(?:refus(?:ed|es|al)|declin(?:ed|es))(?:\s+to\s+(?:grant|award|give|confer|designate))?"
    r"|did\s+not\s+(?:grant|award|give|confer|designate)|turned\s+down"
)
_WITHDRAWN: Final = (
    r"withdr(?:aw|awn|ew|aws|awing)|revok(?:ed|es)|rescind(?:ed|s)"
    r"|(?:g[ia]ve|given|giving)\s+(?:back|up)|relinquish\w*|surrender\w*"
)
_REQUESTED: Final = (
    r"request(?:s|ed|ing)?|ask(?:s|ed)?(?: (?:the )?{agency})? for"
    r"|appl(?:y|ied|ies|ying|ication)\s+(?:for|to)|applications?|submi(?:t"
    r"|ts|tted|ssion)"
    r"|seek(?:s|ing)?|sought|filed|sent\s+in"
)
_STRONG_GRANTED: Final = (
    r"grant(?:s|ed|ing)?|receiv(?:e|ed|es|ing)|receipt|award(?:s|ed)?"
    r"|designat(?:ed|es|ing)|obtain(?:ed|s)?|secur(?:ed|es)"
    r"|confer(?:s|red)|recogni[sz]ed|existing|issu(?:ed|es)|gain(?:s"
    r"|ed)|g[ai]ven?|earn(?:ed|s)|holds?|assigned|admit(?:s|ted)"
    r"|accept(?:s|ed)\s+(?:it\s+|{drug}\s+)?(?:in)?to|access\s+to|enter(?:ed"
    r"|s)|maintain(?:ed|s)|confirm(?:ed|s)|select(?:ed|s)"
    r"|made(?= (?:an? )?(?:positive )?$)|announc(?:es|ed|ing)(?= (?:(?:the|an?|its|our|receipt of|U\.S\."
    r"|{agency}(?:'s)?) )*(?:[\w-]+ )?$)"
    r"|carr(?:y|ies|ied)|enjoy(?:s|ed)?|bears|boasts|benefits?\s+from|won|wins|gets?|got|lands|landed|nabs|nabbed"
    r"|scores|scored|bags|bagged|reviewed\s+under"
    r"|includ(?:ed|es)\s+in|ke(?:eps?|pt)|ret(?:ains?|ained)"
)
_WEAK_GRANTED: Final = r"has|have|had|held|with|under"
_STATUS_VERBS: Final = tuple(
    (status, strong, pattern(rf"\b(?:{words})\b"))
    for status, strong, words in (
        ("denied", True, _DENIED),
        ("withdrawn", True, _WITHDRAWN),
        ("requested", True, _REQUESTED),
        ("granted", True, _STRONG_GRANTED),
        ("granted", False, _WEAK_GRANTED),
    )
)
_AFTER_BE: Final = tuple(
    (
        status,
        pattern(
            r"[^.;]{0,70}?\b(?:was|were|has|have|had|is|are|being|will|to)\s+(?:(?:also"
            r"|be|been|previously|recently|still|now|soon|being)\s+)*"
            rf"(?:{words})\b"
        ),
    )
    for status, words in (
        ("denied", _DENIED),
        ("withdrawn", _WITHDRAWN),
        ("requested", _REQUESTED + r"|(?:under\s+review|pending)"),
        ("granted", _STRONG_GRANTED),
    )
)
#: "was applied for in 2019 and turned down"
UNDONE: Final = Pattern(
    r"[^.;]{0,110}?\b(?:was|were|has\s+been|have\s+been|is|and)\s+(?:later\s+|subsequently\s+|then\s+)?"
    r"(?:(?P<denied>(?:not|never)\s+granted|denied|rejected|refused|declined|turned\s+down)|withdrawn|revoked|rescinded)\b"
)
_PLANNED_AFTER: Final = Pattern(
    r"[^.;]{0,60}?\b(?:is|are|being)\s+(?:also\s+)?(?:planned|intended|prepared|anticipated)\b"
)
#: "the FDA's answer to a Fast Track request is expected"
_ANSWER: Final = Pattern(r"\b(?:answer|decision|response|outcome)\b", re.IGNORECASE)
_PENDING_AFTER: Final = Pattern(
    r"[^.;]{0,60}?\b(?:is|are|remains?)\s+(?:still\s+)?(?:pending|awaited|under\s+review)\b"
)
_REQUEST_GRANTED: Final = Pattern(
    r"\b(?:grant(?:ed|s)|approved)\b[^.;]{0,30}\b(?:request|application)\b", re.IGNORECASE
)
_REQUEST_DENIED: Final = Pattern(
    rf"\b(?:{_DENIED})\b[^.;]{{0,60}}\b(?:request|application)s?\b", re.IGNORECASE
)
#: "Accelerated assessment granted", "Fast Track requested in May", "orphan designation for ABC-1 granted last month"
_SHORT: Final = (
    r"\s*(?:(?:designations?|status|scheme)\s+)?(?:(?:for|to)\s+{drug}(?:\s+in\s+{disease})?\s+)?"
    r"(?:\([^()]*\)\s+)?"
)
_HEADLINE: Final = tuple(
    (status, pattern(rf"{_SHORT}(?:{words})\b"))
    for status, words in (
        (
            "granted",
            r"granted|awarded|received|obtained|secured|conferred|confirmed|stands|remains|continues|(?:is"
            r"|are) (?:unaffected|not affected|in place)",
        ),
        ("requested", r"requested|applied\s+for|sought|submitted|pending"),
        ("denied", r"denied|refused|rejected|not\s+granted"),
        ("withdrawn", r"withdrawn|revoked|lost"),
    )
)
#: "the FDA denied the …"
_REFUSED: Final = Pattern(
    rf"\b(?:{_DENIED})\s+(?:(?:the|its|our|an?)\s+)?(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE
)
#: "a Fast Track request"
#: "*no* Breakthrough Therapy designation has been requested"
_NONE: Final = Pattern(r"\bno\s+(?:other\s+|such\s+)?$", re.IGNORECASE)
_ASKED_IN: Final = Pattern(
    r"[^()]*\b(?:request|plan|pending|appli|sought|submi|intend|denied)", re.IGNORECASE
)
IS_REQUEST: Final = Pattern(r"\s*(?:designations?\s+)?(?:requests?|applications?)\b", re.IGNORECASE)
OPINION: Final = Pattern(r"\bopinions?\s+(?:on|for|recommending|regarding|to)\b[^.;]{0,60}$", re.IGNORECASE)
FOLLOWED_BY: Final = pattern(r"\bfollowed by (?:the )?(?={agency}(?:'s)? (?:decision|grant|designation))")
_REQUEST_WITHDRAWN: Final = Pattern(
    r"\b(?:withdr[ae]wn?|withdrew|withdraws)\s+(?:its\s+|the\s+|our\s+)?(?:application|request)\b",
    re.IGNORECASE,
)
#: "the application is *under* Priority Review", "accepted under the fast-track procedure"
REVIEWED_UNDER: Final = pattern(r"\b(?:under|with|via|through) (?:the |its |an? )?(?:{agency}(?:'s)? )?$")
_REVIEW: Final = Pattern(
    r"\b(?:(?:start|proceed|continu|advanc|conduct)\w*(?=[^.;]* under\b)|is|are|been|being|currently|review\w*"
    r"|accept\w*|validat\w*|approv\w*|authori[sz]\w*|register\w*)\b",
    re.IGNORECASE,
)
#: "accepted the application with Priority Review"
REVIEWED_WITH: Final = Pattern(
    r"\b(?:accept\w*|validat\w*|review\w*)\b[^;]{0,200}\b(?:with|under|for)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_DRUG: Final = r"{drug}[®™]?(?: \([^()]*\))?(?:, (?:an?|the|its|our) [^.;]{3,120}?,)?"
HAS: Final = pattern(
    rf"(?:{_DRUG}|\bit|\bwhich|\bthat|\bwho|\b(?:the|our|its|this) (?:[\w-]+ )?(?:program(?:me)?|drug|product|compound"
    r"|candidate|molecule|vaccine|therapy|treatment|asset))(?: [a-z]+)?(?: \([^()]*\))?,? (?:also "
    r"|currently |already |now |previously )?(?:has|have|had|with|holds|held|carries|enjoys)"
    r"(?: both| also| been granted| received| [\w-]+){0,3} (?:{designation}|{agency})"
)
#: "AB-1, an antibody in Phase 2 for X, *with FDA Fast Track designation*"
_WITH_IT: Final = pattern(
    r"{drug}[^.;]{0,160}, (?:and )?with (?:an? )?(?:{agency}(?:'s)? )?(?:[\w-]+ )?{designation}"
)
#: "ABC-1 *(orphan drug designation* in the EU)"
_BRACKETED: Final = pattern(r"{drug}[®™]?(?: ?\([^()]*\))? ?\((?:[^()]{0,60}[,;] ?)?$")
#: "which has *PRIME status*": held, whatever was asked for elsewhere in the sentence
_NOW_HELD: Final = pattern(
    rf"(?:{_DRUG}|\bit|\bwhich|\bthat|\band)(?: \([^()]*\))?,? (?:also |currently |already |now )?"
    r"(?:has|have|had|holds|held|carries|enjoys) (?:(?:an?|the|both|its|already|{agency}(?:'s)?) )*$"
)
_HAPPENED: Final = Pattern(
    r"(?<!be )(?<!to )\b(?:granted|received|awarded|obtained|secured|designated)\b", re.IGNORECASE
)
_HELD: Final = Pattern(
    r"\b(?:granted|received|awarded|obtained|secured|designated|holds?|has|have|gained|with)\b", re.IGNORECASE
)
_WAS_REQUESTED: Final = Pattern(
    r"[^.;,]{0,40}\b(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:\w+\s+)?(?:requested|submitted|filed|applied)\b"
)
_REVIEW_GIVEN: Final = Pattern(
    r"grant|receiv|award|under|with|assigned|accept|designat|den(?:y"
    r"|ied)|request|ask|appl|refus|declin|seek|reject|obtain|given",
    re.IGNORECASE,
)


#: "was designated as a product *subject to* the SAKIGAKE designation system": so it is, and no condition
_SUBJECT_TO: Final = Pattern(
    r"\b(?:designated|selected|certified|recogni[sz]ed|chosen)\b[^.;]{0,70}\b(?:subject to|eligible for"
    r"|under)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def status_of(place: Place) -> str | None:
    """What has become of it, by the verb nearest before it in its clause, or after it."""
    text, start, end = place.text, place.group.start, place.group.end
    before, after = (
        text[max(place.left, text.rfind(";", 0, start), start - 200) : start],
        text[end : end + 110],
    )
    if _NONE.search(before):
        return None
    undone = UNDONE.match(after)
    if undone:
        return "denied" if undone["denied"] else "withdrawn"
    if _REQUEST_WITHDRAWN.search(before):
        return "withdrawn"
    if _NOW_HELD.search(text[max(0, start - 200) : start]) and not UNDONE.match(after):
        return "granted"
    if OPINION.search(before) and not FOLLOWED_BY.search(text, end):
        return None
    if place.named(
        "designation:priority-review", "designation:accelerated-assessment"
    ) and REVIEWED_WITH.search(text[max(0, start - 260) : start]):
        return "granted"
    if REVIEWED_UNDER.search(text[max(0, start - 12) : start]) and _REVIEW.search(text[:start]):
        return "granted"
    for status, form in _HEADLINE:
        if form.match(after):
            return status
    if TAKEN_IN.search(place.sentence.text[:start]) or (
        _BRACKETED.search(text[:start]) and not _ASKED_IN.match(after)
    ):
        return "granted"
    if IS_REQUEST.match(after) and not re.search(r"\bgranted\b", place.text):
        return "denied" if _REFUSED.search(before) else "requested"
    best: tuple[int, str] | None = None
    for status, strong, form in _STATUS_VERBS:
        for match in form.finditer(before):
            rank = (len(before) - match.end() + (0 if strong else 1000), status)
            best = min(best, rank) if best else rank
    for status, form in _AFTER_BE:
        found = form.match(after)
        if found:
            rank = (found.end(), status)
            best = min(best, rank) if best else rank
    if best is not None and best[0] >= 1000 and not (HAS.search(text) or _WITH_IT.search(text)):
        best = None
    if best is None:
        if _PENDING_AFTER.match(after) or _PLANNED_AFTER.match(after):
            return "requested"
        if place.before is not None:
            return place.before.status
        return "granted" if place.is_line() else None
    if best[1] == "requested" and _REQUEST_GRANTED.search(before):
        return "granted"
    return "denied" if best[1] == "requested" and _REQUEST_DENIED.search(before) else best[1]


def is_review(place: Place, status: str) -> bool:
    """Whether "priority review" is more than a word of the sentence."""
    return not place.named("designation:priority-review") or bool(
        _REVIEW_GIVEN.search(place.sentence.text) or status == "denied"
    )


def modality_of(place: Place, status: str) -> Modality:
    """Whether the status is told as so, planned or hoped for."""
    start, end = place.group.start, place.group.end
    before = place.text[max(place.left, start - 60) : start]
    # "holds Fast Track designation …, is not affected": what was granted stays so whatever is said behind it
    how = said(place.sentence, start, end, only_before=status == "granted" and bool(_HELD.search(before)))
    if status == "requested" and _WAS_REQUESTED.match(place.text, end):
        return Modality.ASSERTED  # "was requested, which, if granted, …"
    if (
        status == "granted"
        and how is Modality.PLANNED
        and _HAPPENED.search(place.text[max(0, start - 60) : start])
    ):
        return Modality.ASSERTED
    if status == "denied" and how is Modality.NEGATED:
        return Modality.ASSERTED
    if status == "granted" and _SUBJECT_TO.search(place.text, 0, start):
        return Modality.ASSERTED
    if status == "requested" and (
        _PENDING_AFTER.match(place.text, end) or _ANSWER.search(place.text, max(0, start - 60), end + 60)
    ):
        return Modality.ASSERTED
    if (
        status == "granted"
        and place.named("designation:priority-review", "designation:accelerated-assessment")
        and how is Modality.PLANNED
        and REVIEWED_WITH.search(place.text[:start])
    ):
        return Modality.ASSERTED  # "the review, which will be carried out under accelerated assessment"
    return how
