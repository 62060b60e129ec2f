"""Sentences → other acts of agencies: agency → "clinical hold", "IND clearance", …, with drug, scope, status, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.clinical_holds import clinical_holds
from kg.extract.decisions import APPROVALS_BY_NAME, agency_of, date_of, diseases_after, settled
from kg.extract.frames import pattern
from kg.extract.goal_dates import goal_dates
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.extract.trial_leave import trial_leave
from kg.extract.values import dates
from kg.model import Entity, Fact, Kind, Mention, Modality

#: Actions told by a phrase rather than by a name in the vocabulary.
_PHRASES: Final = (
    (
        "shipment-authorization",
        "requested",
        pattern(
            r"\b(?P<act>authori[sz]ation) (?:from|by|of) (?:the )?{agency} (?:for|of) "
            r"(?:any |all |the |its |future |further |additional )*shipments?\b"
        ),
    ),
    (
        "ind-submission",
        "submitted",
        pattern(
            r"\b(?:submi(?:t|ts|tted|ssion)|fil(?:e|es|ed|ing)(?: of)?) [^.;]{0,50}?\b"
            r"(?P<act>ind\b|investigational new drug)"
        ),
    ),
    (
        "positive-opinion",
        "granted",
        pattern(
            r"(?:{agency}(?:'s)?(?: ?\([^()]*\))?\)?,? (?:also |then |previously |today )?|^\W*|\bhas |\bhave |\bhad )"
            r"(?P<act>recommend(?:ed|s))"
            r"(?! (?:against|not|(?:the )?refus|(?:the )?revo|(?:the )?withdraw|that [^.;]{0,40}not\b))"
            r" [^.;]{0,60}?\b(?:approv\w+|(?:marketing )?authori[sz]ations?|extension|granting|licen[cs]e|orphan)\b"
        ),
    ),
    (
        "positive-opinion",
        "granted",
        pattern(
            # "the CHMP's recommendation of 15 October", "backed by the human medicines committee"
            r"\b(?:favou?rable|positive) (?:{agency}(?:'s)? )?(?P<act>(?:opinion|recommendation))\b(?! (?:of|from"
            r"|by) [^.;]{0,30}\b(?i:ethics|IRB))"
            r"|{agency}(?:'s)? (?P<noun>recommendation)\b(?! (?:against|not|to (?:refuse|reject)))"
            r"|\b(?:following|after|based on|upon|on) (?:the |a )?(?P<of>recommendation) (?:of|by"
            r"|from) (?:the )?{agency}"
        ),
    ),
    (
        "negative-opinion",
        "granted",
        pattern(
            r"(?P<act>recommend(?:ed|s)) (?:against |not |(?:the )?refus)[^.;]{0,60}?"
            r"\b(?:approv\w+|authori[sz]ations?)\b"
        ),
    ),
    (
        "refuse-to-file",
        "granted",
        pattern(
            r"\b(?P<act>(?:refused|declined) to (?:file|accept for filing)|(?:refused|declined) the filing)\b"
        ),
    ),
)
_ETHICS: Final = Pattern(r"\bethics\b|\bH?REC\b|\bIRB\b", re.IGNORECASE)
_GRANTED: Final = Pattern(
    r"\b(?:grant(?:s|ed|ing)?|provid(?:ed|es|ing)|receiv(?:ed|es)|award(?:ed"
    r"|s)|was sent|sent (?=us|the company|a\b)|receipt of|issu(?:ed|es|ing)|adopt(?:ed|s)|obtain(?:ed|s)|secur(?:ed"
    r"|es)|accept(?:ed|s)|effective|in effect|resulted in|approv(?:ed"
    r"|es))\b",
    re.IGNORECASE,
)
_REQUESTED: Final = Pattern(
    r"\b(?:to (?:secure|obtain|seek|request|receive|get)|seek(?:s|ing)?"
    r"|request(?:s|ed|ing)?|await(?:s|ing)?|appl(?:y|ied|ying) for"
    r"|possible|concerning)\b",
    re.IGNORECASE,
)
_LIFTED: Final = Pattern(r"\b(?:lift(?:ed|s|ing)|removed|resolved)\b", re.IGNORECASE)
_IMPOSED: Final = Pattern(
    r"\b(?:plac(?:ed|es|ing)|impos(?:ed|es)|issu(?:ed|es)|inform(?:ed"
    r"|s)|notif(?:ied|ies)|received|subject to|put)\b",
    re.IGNORECASE,
)
#: Actions that burden; what is granted here is not the action but relief from it.
_BURDENS: Final = frozenset(
    f"regulatory-action:{n}" for n in ("import-alert", "warning-letter", "boxed-warning")
)
#: What `kg.extract.trial_leave`, `kg.extract.clinical_holds` and `kg.extract.goal_dates` read.
_READ_ELSEWHERE: Final = frozenset(
    f"regulatory-action:{n}"
    for n in (
        "ind-clearance",
        "cta-approval",
        "clinical-hold",
        "partial-clinical-hold",
        "clinical-hold-lifted",
        "pdufa-date",
        "study-may-proceed",
    )
)
#: Actions whose names in the vocabulary hold the verb: "cleared the IND", "lifted the clinical hold".
_TOLD_BY_NAME: Final = {
    "regulatory-action:ind-submission": "submitted",
}
#: Actions that say by their name what has become of the application.
_LETTERS: Final = frozenset(
    f"regulatory-action:{n}"
    for n in (
        "complete-response-letter",
        "refuse-to-file",
        "notice-of-deficiency",
        "warning-letter",
    )
)
#: Letters that answer an application.
_ANSWERS: Final = frozenset(
    f"regulatory-action:{n}" for n in ("complete-response-letter", "refuse-to-file", "notice-of-deficiency")
)
#: "with the approval *came* a voucher", "the FDA also *awarded* Acme a voucher", "Acme *earned* a voucher"
_VOUCHER_CAME: Final = Pattern(
    r"\b(?:grant(?:ed|s)|award(?:ed|s)|receiv(?:ed|es)|issu(?:ed|es)|c[ao]mes?|came|earn(?:ed|s)|obtain(?:ed|s)|secured"
    r"|gained|won|(?:along|together)\s+with|accompanied\s+by)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_VOUCHER_GIVEN: Final = Pattern(
    r"\s*(?:\([A-Z]+\)\s*)?,?\s*(?:which\s+)?(?:was|has\s+been|were)\s+(?:also\s+)?(?:granted|awarded|received"
    r"|issued)\b"
)
_VOTED: Final = Pattern(r"\b(?:voted|recommend(?:s|ed)|supported|backed|endorsed)\b", re.IGNORECASE)
_LETTER_TOLD: Final = Pattern(
    r"\b(?:subject\s+of|address\w*|respon\w+\s+to|appeal\w*|following|after|since)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_SCOPE: Final = Pattern(
    r"\b(?:for|in)\s+(?:all\s+|the\s+|its\s+|our\s+|any\s+)?(?:[A-Z][\w-]*[\s-]?\d[\w-]*\s+)?(?P<scope>(?:[a-z-]+"
    r"|[A-Z][a-z]+)\s+(?:and\s+[a-z]+\s+)?(?:[Ss]tud(?:y|ies)|[Pp]rograms?"
    r"|[Tt]rials?))\b"
)
_IN_CONNECTION: Final = Pattern(
    r"\bin\s+connection\s+with\s+(?:its|the|our|any)\s+(?P<scope>(?:[Pp]hase\s+\S+\s+)?(?:clinical\s+)?(?:study"
    r"|trial|program)"
    r"(?:\s+(?:of|in)\s+\w+\s+patients)?)\b"
)
_NO_SCOPE: Final = frozenset(
    {"clinical", "future", "all", "phase", "these", "this", "such", "ongoing", "its", "the", "our"}
)


def actions(document: LinkedDocument) -> Iterator[Fact]:
    """The acts of agencies that a release tells of, apart from designations and approvals."""
    told: list[tuple[Fact, bool]] = []
    for sentence in document.statements():
        yield from _causes(document, sentence)
        yield from _possible_vouchers(document, sentence)
        told += _told(document, sentence)
    yield from _settled([*settled(told, final=frozenset())])
    yield from settled(
        (*trial_leave(document), *clinical_holds(document), *goal_dates(document)), final=frozenset()
    )


def _told(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[tuple[Fact, bool]]:
    """Acts told by their names, each with whether its date is only that of the release.

    Hits: "FDA Grants Exemption to Import Alert for ABC-1 Hematology Studies"; "informed of an FDA Import Alert"; "PDUFA
    date of March 31, 2024"; "to secure an exemption for the pediatric program" (planned).
    Near misses: "priority review vouchers can be sold"; "efforts to have the Import Alert lifted"; "the FDA review
    process".
    """
    taken: set[str] = set()
    for name, status, form in _PHRASES:
        for match in form.finditer(sentence.frame):
            curie = f"regulatory-action:{name}"
            if curie in taken or curie not in document.concepts:
                continue
            group = next(name for name, words in match.groupdict().items() if words)
            if _ETHICS.search(sentence.text, max(0, match.start() - 60), match.start()):
                continue
            if group != "act" and any(
                m.entity.concept == "agency:comp" for m in sentence.of_kind(Kind.AGENCY)
            ):
                continue  # the step before a designation
            act = Mention(
                sentence.start + match.start(group),
                sentence.start + match.end(group),
                "",
                document.concept(curie),
            )
            if (
                not act.text
                and modality(sentence.text, max(match.start(), match.end() - 3), match.end()).is_claim_only
            ):
                continue  # "file an IND and, if cleared, begin"
            taken.add(curie)
            yield from _action(document, sentence, act, status)
    for mention in sentence.of_kind(Kind.REGULATORY_ACTION):
        if mention.entity.concept in taken | APPROVALS_BY_NAME | _READ_ELSEWHERE:
            continue
        status_ = _action_status(sentence, mention)
        if status_ is not None:
            yield from _action(document, sentence, mention, status_)


def _action_status(sentence: LinkedSentence, mention: Mention) -> str | None:
    """What has become of an action, by the words around its name; None where nothing is said to have happened."""
    at, end = mention.start - sentence.start, mention.end - sentence.start
    before, after = sentence.text[max(0, at - 110) : at], sentence.text[end : end + 130]
    concept = mention.entity.concept or ""
    if concept in _TOLD_BY_NAME:
        return _TOLD_BY_NAME[concept]
    if concept in _BURDENS:
        if _LIFTED.search(after[:40]) or re.search(
            r"\b(?:lift\w*|remov\w*)\s+(?:of\s+)?(?:the\s+|its\s+)?$", before
        ):
            return (
                None
                if re.search(r"\b(?:efforts?|work\w*|request\w*|seek\w*|to have)\b", before)
                else "lifted"
            )
        return (
            "in-effect"
            if _IMPOSED.search(before) or re.match(r"\s+(?:that|which)?\s*(?:prohibit|prevent|on\b)", after)
            else None
        )
    if concept in ("regulatory-action:positive-opinion", "regulatory-action:negative-opinion"):
        return None if re.search(r"\b(?:expect\w*|anticipat\w*|await\w*|pending)\b", before) else "granted"
    if concept == "regulatory-action:advisory-committee" and _VOTED.search(after):
        return "granted"
    if concept == "regulatory-action:priority-review-voucher":
        return "granted" if _VOUCHER_CAME.search(before) or _VOUCHER_GIVEN.match(after) else None
    if concept in _ANSWERS and (
        _LETTER_TOLD.search(before) or re.match(r"\s*(?:letter\s+)?(?:\([A-Z]+\)\s+)?in\s+", after)
    ):
        return "granted"
    if concept == "regulatory-action:exemption" and mention.text.lower() == "exempted":
        return "granted"
    nearest = [
        (len(before) - m.end(), s)
        for s, f in (("granted", _GRANTED), ("requested", _REQUESTED))
        for m in f.finditer(before)
    ]
    if nearest:
        return min(nearest)[1]
    if re.match(
        r"[^.;]{0,40}\b(?:is|was|has been|are|were)\s+(?:\w+\s+)?(?:effective"
        r"|granted|issued|received|cleared|approved|adopted)\b",
        after,
    ):
        return "granted"
    return None


#: "A positive opinion on ABC-1 in gout *is hoped for*"
_HOPED_FOR: Final = Pattern(
    r"[^.;]{0,90}?\b(?:is|are|was)\s+(?:\w+\s+)?(?:hoped|expected|awaited|anticipated|looked)\b",
    re.IGNORECASE,
)


def _action(
    document: LinkedDocument, sentence: LinkedSentence, act: Mention, status: str
) -> Iterator[tuple[Fact, bool]]:
    agency = agency_of(document, sentence, act)
    if agency is None:
        known = list(dict.fromkeys(m.entity for m in document.mentions(Kind.AGENCY)))
        agency = known[0] if len(known) == 1 else None
    if agency is None:
        return
    at, end = act.start - sentence.start, act.end - sentence.start
    drugs = [m for m in sentence.of_kind(Kind.DRUG) if m.start >= act.start] or list(
        sentence.of_kind(Kind.DRUG)
    )
    how = modality(sentence.text, at, end)
    if how is Modality.HISTORICAL:
        how = Modality.ASSERTED
    if status == "requested" and how is Modality.ASSERTED:
        how = Modality.PLANNED
    elif act.entity.concept == "regulatory-action:positive-opinion" and (
        how is Modality.PLANNED or _HOPED_FOR.match(sentence.text, end)
    ):
        how = Modality.HYPOTHETICAL  # an act of another cannot be planned
    if status == "submitted" and how is Modality.PLANNED:
        status = "planned"
    scope = next(
        (
            m["scope"]
            for m in _SCOPE.finditer(sentence.text, end)
            if m["scope"].split()[0].lower() not in _NO_SCOPE
        ),
        None,
    )
    if scope is None and (linked := _IN_CONNECTION.search(sentence.text, end)):
        scope = " ".join(linked["scope"].split())
    diseases = (
        [] if scope else diseases_after(sentence, end)
    )  # a scope says more than a disease that stands near
    concept = act.entity.concept or ""
    date = None
    if status != "requested":
        date = date_of(document, sentence, at)
    yield statement(
        document, sentence, f"regulation.action.{status}", "regulatory_action", agency, act.entity,
        {
            "drug": drugs[0].entity if drugs else document.drug_of(sentence),
            "scope": scope.lower() if scope else None,
            "supplier": _supplier(sentence),
            "indication": diseases[0].entity if len(diseases) == 1 else None,
            "date": date,
            "status": None if concept in _LETTERS else document.concept(f"regulatory-status:{status}"),
        },
        modality=how,
        confidence=0.9,
    ), date is not None and date == document.published and not _gives(sentence, date, document)  # fmt: skip


#: "*today* announced that it was granted": when it is announced
_ANNOUNCED: Final = Pattern(r"today\b,?\s+(?:\w+\s+){0,2}?(?:announc|report|confirm|disclos)", re.IGNORECASE)


def _gives(sentence: LinkedSentence, date: str, document: LinkedDocument) -> bool:
    """Whether a sentence itself gives a date, which may be that of the release; "today announced" gives none."""
    return any(
        d.iso == date and not _ANNOUNCED.match(sentence.text, d.start)
        for d in dates(sentence.text, on=document.published)
    )


_CAUSED: Final = pattern(
    r"(?P<act>{regulatory_action})[^.;]{0,40}? (?:was|is|were)(?P<not> not)? (?P<un>un)?(?:related to"
    r"|caused by"
    r"|due to|the result of|attributable to) (?P<drug>{drug})"
)


def _causes(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What an action came from, or did not.

    Hits: "the Import Alert was not related to CLR 131 specifically" (negated); "the clinical hold was due to AB-1".
    Near misses: "the Import Alert was lifted"; "an exemption to CLR 131".
    """
    for match in _CAUSED.finditer(sentence.frame):
        act = sentence.mention(match, "act")
        agency = agency_of(document, sentence, act)
        if agency is None:
            continue
        how = modality(sentence.text, match.start("drug"), match.end("drug"))
        yield statement(
            document, sentence, "regulation.action.cause", "regulatory_action", agency, act.entity,
            {"cause": sentence.mention(match, "drug").entity},
            modality=Modality.NEGATED if match["not"] or match["un"] else how,
            confidence=0.85,
        )  # fmt: skip


_TO_RECEIVE: Final = Pattern(
    r"\b(?:receive|obtain|be\s+(?:awarded|granted|issued)|qualify\s+for"
    r"|eligible\s+for)\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)


def _possible_vouchers(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """A voucher that may come: a hope, whatever else is granted.

    Hits: "the designation may enable Acme to receive a priority review voucher".
    Near misses: "Acme received a priority review voucher"; "vouchers can be sold".
    """
    for mention in sentence.of_kind(Kind.REGULATORY_ACTION):
        at, end = mention.start - sentence.start, mention.end - sentence.start
        agency = agency_of(document, sentence, mention)
        if (
            mention.entity.concept == "regulatory-action:priority-review-voucher"
            and agency is not None
            and _TO_RECEIVE.search(sentence.text[:at])
            and modality(sentence.text, at, end) is Modality.HYPOTHETICAL
        ):
            yield statement(
                document, sentence, "regulation.action.possible", "regulatory_action", agency, mention.entity,
                {"drug": document.drug_of(sentence)}, modality=Modality.HYPOTHETICAL, confidence=0.85,
            )  # fmt: skip


_SUPPLIER: Final = pattern(
    r"\b(?:placed|imposed) on (?:the )?({organization})|({organization})(?: \([^()]*\))?,? (?:the "
    r"|our |its )?(?:sole |exclusive )?supplier|({organization}) (?:was"
    r"|were|has been) (?:informed|notified)"
)


def _supplier(sentence: LinkedSentence) -> Entity | None:
    """The supplier that an action is against: "the Import Alert placed on Acme"."""
    match = _SUPPLIER.search(sentence.frame)
    return sentence.mention(match, next(i for i in (1, 2, 3) if match[i])).entity if match else None


def _settled(actions: list[Fact]) -> Iterator[Fact]:
    """All actions but requests for what the same release says was granted."""

    def words(fact: Fact) -> set[str]:
        return {str(s).split()[0] for s in fact.qualifier("scope")}

    for fact in actions:
        status = [v.label for v in fact.qualifier("status") if isinstance(v, Entity)]
        if status == ["requested"]:
            rivals = [
                f
                for f in actions
                if f.object == fact.object
                and f is not fact
                and [v.label for v in f.qualifier("status") if isinstance(v, Entity)] == ["granted"]
            ]
            granted = {w for f in rivals for w in words(f)}
            if rivals and (not words(fact) or words(fact) & granted):
                continue
        yield fact
