"""A verb in its place → whether it tells of leave to sell or an application for it, and of nothing else."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.applications import Application
from kg.extract.approval_place import BE, OTHER_ASKED, Place, has_drug
from kg.extract.approval_verbs import IS_AHEAD, ONLY_PLANNED
from kg.extract.deciders import Office, deciders
from kg.extract.frames import pattern
from kg.extract.patterns import Pattern
from kg.model import Kind

#: What is filed, submitted or approved by others than agencies.
_NO_AGENCY: Final = Pattern(
    r"\b(?:SEC|Securities|tender offer|Schedule|Form (?:8|10|20|6|S"
    r"|F)|prospectus|stockholders|shareholders|boards?|patents?|trademarks?"
    r"|court|lawsuit|abstracts?|for publication|proposals?|annual report"
    r"|for release|registered office|direct offering|capital|merger"
    r"|transaction"
    r"|NICE|reimbursement|Conduct Authority|Stock Exchange|settlements?)\b"
)
_OF_ANIMALS: Final = Pattern(r"\b(?:Department of Agriculture|USDA)\b")
#: "recommending that ABC-1 be approved", "the first to be approved"
_TO_BE: Final = Pattern(r"\bbe(?:\s+\w+ly)?\s+$", re.IGNORECASE)
_THAT: Final = Pattern(r"\b(?:that|which)\s+(?:the\s+)?(?:U\.?S\.?\s+)?$", re.IGNORECASE)
_TO_STUDY: Final = Pattern(
    r"[^.;,]{0,170}?\bto\s+(?:initiate|commence|start|begin|conduct"
    r"|proceed|enter|advance|enrol|run|dose)\w*\b"
    r"|\s+(?:for|of)\s+(?:[\w/-]+\s+){0,3}?(?:trials?|stud(?:y|ies)|protocols?|INDs?|CTAs?)\b"
    r"|[^.;]{0,120}?\b(?:of|for)\s+(?:its|the|our|an?)\s+(?:[\w-]+\s+){0,2}?(?:clinical\s+trial|CTAs?\b|INDs?\b"
    r"|investigational\s+new)"
    r"|(?:(?!\bbased\b)[^.;]){0,40}?\b(?:(?:for|in)\s+clinical\s+(?:use|trials?|stud(?:y"
    r"|ies))|(?:a|the|its|our)\s+(?:[\w/-]+\s+){0,3}(?:trial|study"
    r"|protocol|IND|CTA|amendment)\b"
    r"|(?:IND|CTA)s?\b|clinical trial)",
    re.IGNORECASE,
)
#: "no approved therapy", "approved treatments include": drugs in general, not one of them
_IN_GENERAL: Final = Pattern(
    r"\b(?:products?|therap(?:y|ies)|drugs?|treatments?|medicines?"
    r"|options?|agents?|vaccines?|antibodies|inhibitors|standard|none"
    r"|no|nothing|several"
    r"|others?|few|many|countries|medications|programs?)\s+(?:(?:that"
    r"|which|currently|now|also|is|are|was|were|has|have|been|yet|specifically"
    r"|ever)\s+)*$",
    re.IGNORECASE,
)
#: "AB-1 became *the first drug* approved by the FDA"
_THE_FIRST: Final = Pattern(
    r"(?:\b(?:is|was|are|became|becomes|remains|being|as)|[,:–])\s+(?:now\s+|currently\s+|still\s+)?(?:the|its)\s+"
    r"(?:first|only|sole|second|third|fourth|fifth|first-ever|newest|latest)\b(?:\s+and\s+only)?\s+(?:[\w/-]+\s+){0,6}?"
    r"(?:(?:that|which)\s+(?:is|was|has\s+been)\s+|to\s+(?:be|have\s+been)\s+|ever\s+|specifically\s+|currently\s+|now\s+)*$",
    re.IGNORECASE,
)
#: "*This* groundbreaking *treatment* is approved"
_THIS_ONE: Final = Pattern(
    r"(?:\bthis|\bour|\bits|\bthe(?!\s+(?:only|first))|\S+['’]s?)\s+(?:(?!only\b|first\b|no\b|an?\b|any\b|every\b"
    r"|time\b|last\b)[\w-]+\s+){0,3}?"
    r"(?:product|therapy|drug|treatment|medicine|vaccine|antibody|tablets?|capsules?|injection|solution|cream|spray)\s+"
    r"(?:is|was|are|were|have\s+been|has\s+been|had\s+been|stays|remains)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
#: What others than agencies approve, and agencies too: "approved *the plan*"
_OTHER_OBJECT: Final = pattern(
    r" (?:(?!(?:under|as|with|by|for|in) |{drug})[^\s.;,]+ ){0,4}?(?:plans?|facilit(?:y|ies)|budget|projects?|grants?"
    r"|diagnostics?|assays?|(?:manufacturing|production) (?:site|process|line)s?|names?|merger|resolutions?|financing"
    r"|dividend|issuance|funding|petition|plant)\b"
)
#: "approval *of Acme's petition*"
_OF_OTHER_OBJECT: Final = Pattern(
    r"\s+(?:of|for)\s+(?:[^\s.;,]+\s+){0,3}?(?:petition|facility|plant|protocol|plan|name)\b", re.IGNORECASE
)
#: "FDA *Fast Track* approval" is a designation
_FOR_A_TRIAL: Final = Pattern(
    r"\bINDs?\b|\bCTAs?\b|[Cc]linical [Tt]rial (?:[Aa]ppl|[Aa]pprov|[Aa]uthori|[Nn]oti)|[Ii]nvestigational [Nn]ew"
)
_ETHICAL: Final = Pattern(
    r"\b(?:ethics|h?rec|irb|institutional|emergency|compassionate|interim)\b", re.IGNORECASE
)
_OF_DESIGNATION: Final = Pattern(r"\b(?:fast[- ]track|orphan|breakthrough|rmat|designation)\b")
#: "authorised *compassionate use*"
_SPECIAL_USE: Final = Pattern(
    r"[^.;,]{0,40}?\b(?:under|by\s+way\s+of|through|via)\s+(?:an?\s+|its\s+|the\s+)?emergency\b"
    r"|[^.;,]{0,40}?\bas\s+an\s+(?:investigational|IND\b)"
    r"|\s+(?:[\w'’-]+\s+){0,3}?(?:compassionate|named[- ]patient|expanded[- ]access|early[- ]access|managed[- ]access"
    r"|emergency)\b",
    re.IGNORECASE,
)
#: "The clearances of the STAR study by the FDA, coinciding with the *approval* by the CDE"
_STUDY_CLEARED: Final = Pattern(
    r"\b(?:clear(?:ances?|ed)|authori[sz](?:ations?|ed)|approvals?|permi(?:ssion|tted))\s+(?:(?:of|for|to\s+\w+)\s+)?(?:the|our|its|this|a)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:stud(?:y|ies)|trials?|IND|CTA)\b",
    re.IGNORECASE,
)
#: "The IND was submitted, and the *approval* was received"
_TRIAL_ASKED: Final = Pattern(
    r"\b(?:INDs?|CTAs?|CTNs?|IDE|[Cc]linical [Tt]rial (?:[Aa]pplication|[Nn]otification)s?)\b(?:\s+\([^()]*\))?\s+"
    r"(?:was|were|has\s+been|had\s+been|submi|to\b|for\b|with\b)[^.;]{0,80}$"
)
#: "Patents and *FDA approvals*", as a title names them
_IN_A_LIST: Final = Pattern(r"^\W*[A-Z]\w+\s+and\s+$")
#: "its *approved* asthma indication"
_DETERMINED: Final = Pattern(
    r"\b(?:its|the|an|our|their|other|existing|currently|current|available|any|all|these|those|newly|recently)\s+$",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = Pattern(
    r"\s+(?!by\b|in\b|for\b|as\b|on\b|since\b|under\b|at\b|to\b|and\b"
    r"|with\b|across\b|today\b|following\b|based\b|last\b|first\b|via\b"
    r"|through\b|from\b|or\b|but\b|this\b|label\b|only\b|earlier\b"
    r"|throughout\b)[a-z]"
)
#: "a positive opinion recommending approval"
_ADVICE: Final = Pattern(
    r"\b(?:recommend\w*|opinion|support\w*|toward\w*|seek\w*|pursu\w*"
    r"|potential|(?:vital|essential|critical|key|crucial|necessary|important|step\w*|required) (?:to|for|in)"
    r"|upon|prior to|before|until|path\w*|if|ahead of)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
#: "If ABC-1 is approved" is a hope of its own, and told as one; "if approved" only goes with another statement.
_IF: Final = Pattern(r"\bif\b(?=[^.;,]*\b(?:is|are|was|were|gets?)\s+(?:\w+ly\s+)?$)", re.IGNORECASE)
#: "withdrew the U.S. accelerated approval"
_WITHDRAWN: Final = Pattern(
    r"(?:\s+(?!from\b|its\s+application)[\w.'’-]+){0,6}?\s+(?:approvals?|authori[sz]ations?|licen[cs]es?|indications?)\b"
)
#: Verbs that say something else unless an agency or a country is named.
_WITH_PLACE: Final = frozenset({"licensed", "licenced", "registered", "registers"})
#: "is licensed to Acme in Japan": a right, no leave to sell.
_TO_FIRM: Final = pattern(
    r"(?: \w+ly)?(?: in (?:[a-z]+ )?(?:19|20)\d\d)? (?:to|from|by) "
    r"(?:the |its |our |an? )?(?:[\w-]+ ){0,4}?(?:{organization}|partners?\b|licensees?\b)"
)
_BE_OR_NOUN: Final = Pattern(
    r"\b(?:is|are|was|were|been|vaccines?|medicines?|products?|also|now|first)\s*$", re.IGNORECASE
)
_LETTER_COMES: Final = Pattern(
    r"\b(?:subject of|receiv\w+|receipt of|issu\w+|sent|got|appeal\w*|address\w*|respon\w+)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_LETTER_CAME: Final = Pattern(r"[^.;]{0,30}\b(?:received|issued|from)\b", re.IGNORECASE)
#: "turned down *its request for Breakthrough Therapy Designation*"
_OF_REQUEST: Final = Pattern(
    r"[^.;]{0,60}?\b(?:requests?|appeals?|petitions?|designations?|orphan|fast[- ]track|breakthrough|INDs?|CTAs?"
    r"|trials?|protocols?)\b",
    re.IGNORECASE,
)
_ENABLED: Final = Pattern(
    r"\b(?:(?:payable|payments?|milestones?|due)\s+(?:\S+\s+){0,3}?(?:on|for|at)\b|allow\w*|enabl\w+|permit\w*|eligible|entitl\w+|required"
    r"|needed|ability|opportunity|support\w*|basis for|path\w*|toward\w*"
    r"|time of|prior to|ahead of|before|until|upon)\b[^.;]{0,45}$",
    re.IGNORECASE,
)
_TRIAL_BEFORE: Final = Pattern(
    r"\b(?:INDs?|CTAs?|CTNs?|[Cc]linical [Tt]rial (?:[Aa]pplications?|[Nn]otifications?)"
    r"|[Tt]he [\w-]* ?(?:study|trial))"
    r"(?:\s+\([^()]*\))?\s+(?:for|of|in|with)\s[^.;,]{1,70}?"
    r"\b(?:was|were|has\s+been|have\s+been|had\s+been)(?:\s+\w+ly)?\s+$"
    r"|\b(?:IND|CTA|trial|study|protocol|amendment)s?(?:\s+application)?s?(?:\s+\([^()]*\))?(?:,?\s+(?:which\s+)?(?:was"
    r"|were|has|have|is|are|had))?(?:\s+been)?(?:\s+\w+ly)?\s+$"
)
_TRIAL_NAME: Final = Pattern(r"\s+[A-Z][A-Z-]+[A-Z\d](?:-\d+)?\b(?! (?:for|in|as)\b)")
#: What an agency may approve of a drug that the sentence does not name.
_LEAVE_GIVEN: Final = Pattern(
    r"\s+(?:it\b|(?:(?:an?|the|its|our|their|this)\s+)?(?:[\w'’-]+\s+){0,5}?(?:drug"
    r"|product|vaccine|medicine|therapy|treatment|tablets?|capsules?"
    r"|injection|use"
    r"|label|registration|marketing|extension|indication|application|s?NDA|s?BLA|MAA|formulation)\b)",
    re.IGNORECASE,
)
#: "*the product* is under review"
_THIS_PRODUCT: Final = Pattern(
    r"\b(?:it|(?:the|this|our|its) (?:drug|product|medicine|vaccine|therapy|treatment)) (?:is |was "
    r"|remains )?(?:\w+ly )?$",
    re.IGNORECASE,
)
_TO: Final = Pattern(
    r"\b(?:plan\w*|intend\w*|expect\w*|aim\w*|anticipat\w*|track|course)\s+to\s+$", re.IGNORECASE
)
#: "plans to file *in the third quarter*"
_AT_A_TIME: Final = Pattern(
    r"\W*$|\s+(?:in|by|before|during|later|this|next|within|around|at\s+the\s+end|as\s+early)\b"
)
#: "submit *ABC-1 for X to the FDA*"
_DRUG_TO_AGENCY: Final = pattern(
    r" {drug}[®™]?(?: \([^()]*\))?(?: (?:for|in) (?:[\w-]+ ){0,4}?{disease})?"
    r" (?:to|with) (?:the )?(?:[A-Z][\w.]* )?{agency}"
)
#: "*ABC-1 for X was* submitted to the MHRA"
_DRUG_WAS: Final = pattern(
    r"{drug}[®™]?(?: [A-Z]\w+)?(?: \([^()]*\))?(?: (?:for|in) (?:[\w-]+ ){0,5}?(?:[\w-]+|{disease}))?"
    r"(?: (?:was|were|has been|had been|is being|will be|is (?:planned|expected|scheduled|to) (?:to )?be))? $"
)
_TO_AGENCY: Final = pattern(r" (?:to|with) (?:the )?(?:[A-Z][\w.]* )?{agency}")
_FOR_LEAVE: Final = Pattern(
    r"[^.;,]{0,90}?\bfor\s+(?:(?!treat|patient|the\s+treat)[\w.'’/-]+\s+){0,4}?(?:approval|authori[sz]ation"
    r"|registration|licen[cs]e)\b",
    re.IGNORECASE,
)


def is_meant(place: Place, application: Application | None) -> bool:
    """Whether a verb tells of leave to sell, of an application for it or of what became of one."""
    verb = place.verb
    if _NO_AGENCY.search(place.text[max(0, verb.start - 90) : verb.end + 90]):
        return False
    if _OF_ANIMALS.search(place.sentence.text, max(0, verb.start - 60), verb.end + 60):
        return False
    before, after = place.text[place.left : verb.start], place.text[verb.end : place.right]
    if verb.status == "approved":
        return verb.form == "label" or _is_approval(place, before, after)
    if verb.status == "rejected":
        if _OF_REQUEST.match(after):
            return False
        if "letter" in place.words or "crl" in place.words:
            return bool(_LETTER_COMES.search(before)) or bool(_LETTER_CAME.match(after))
        return (
            application is not None
            or place.drug_right() is not None
            or (place.subject() is not None and re.search(r"approv|authori", place.words) is not None)
        )
    if verb.status == "withdrawn":
        asked = application is not None and (application.strong or place.deciders(place.left, place.right))
        return bool(asked) or _WITHDRAWN.match(after) is not None
    if verb.form == "plan" and application is not None and application.start == verb.end:
        return True
    if verb.state and before.endswith("had been "):
        return False  # and is no more
    if _ENABLED.search(before[-70:]) and not IS_AHEAD.match(after):
        return False
    if verb.form == "intent":
        if OTHER_ASKED.search(place.words + after[:30]):
            return False
        whose = place.drug_right() or place.drugs_left() or not place.sentence.of_kind(Kind.DRUG)
        return bool(whose) and bool(place.deciders(verb.start, place.right) or _AT_A_TIME.match(after))
    if verb.form == "plan":
        return application is not None and bool(
            ONLY_PLANNED.fullmatch(place.text[application.end : verb.start])
        )
    if application is not None and not application.strong and place.here is None and _of_trial_before(place):
        return False
    return application is not None or _is_bare(place, before, after)


def _of_trial_before(place: Place) -> bool:
    """Whether the sentence before tells of an application for a trial: "The application was accepted on May 20"."""
    index = place.document.index(place.sentence)
    last = place.document.sentences[index - 1] if index else None
    return (
        last is not None
        and last.sentence.paragraph == place.sentence.sentence.paragraph
        and place.before is None
        and _FOR_A_TRIAL.search(last.text) is not None
    )


def _is_approval(place: Place, before: str, after: str) -> bool:
    """Whether leave to sell is told of, not leave to study, a property of some drugs, or what is asked for."""
    if _SPECIAL_USE.match(after) or _TO_STUDY.match(place.text, place.verb.end):
        return False
    if _TRIAL_NAME.match(after) and not has_drug(place.words):
        return False
    if place.verb.form == "verb" and _THE_FIRST.search(before) and place.drugs_left():
        return True
    if _TO_BE.search(before):
        return False
    if place.verb.form == "verb" and "label" not in place.words and _OTHER_OBJECT.match(after):
        return False
    if place.verb.form == "noun":
        if (
            _OF_DESIGNATION.search(place.words)
            or _ETHICAL.search(place.words)
            or _OF_OTHER_OBJECT.match(after)
        ):
            return False
        if place.drug_right() is None and (
            _TRIAL_ASKED.search(place.text, 0, place.verb.start) or _IN_A_LIST.search(before)
        ):
            return False
        if place.drug_right() is None and _STUDY_CLEARED.search(place.text, 0, place.verb.start):
            return False
        return not _ADVICE.search(before[-80:])
    if place.verb.form == "licence":
        return any(
            place.left <= m.start - place.sentence.start < place.right
            for m in place.sentence.of_kind(Kind.AGENCY)
        )
    if place.words.endswith(("followed", "suit")):
        return place.here is not None  # "The EMA approved it in 2019; Swissmedic followed in 2020"
    subject = place.subject()
    if subject is not None:
        return (
            place.drug_right() is not None
            or bool(_LEAVE_GIVEN.match(after))
            or "label" in place.words
            or has_drug(place.words)
            # "ABC-1, an antibody that the FDA approved in 2019"
            or (bool(_THAT.search(place.text[: subject.start()])) and bool(place.drugs_left()))
        )
    if _TRIAL_BEFORE.search(before) or _ADVICE.search(_IF.sub("", before[-30:])):
        return False
    if place.words in _WITH_PLACE and _TO_FIRM.match(after):
        return False
    if place.words in _WITH_PLACE and not (
        _BE_OR_NOUN.search(before)
        and deciders(place.document, place.sentence, place.verb.end, place.right, Office.AUTHORISES)
    ):
        return False
    if _IN_GENERAL.search(before[-60:]) and not _THIS_ONE.search(before[-60:]):
        return (
            bool(re.match(r"[^.;]{0,90}?(?:includ\w+|among them|:)", after))
            and place.drug_right() is not None
        )
    return bool(BE.search(before)) or not (_ATTRIBUTE.match(after) or _DETERMINED.search(before))


def _is_bare(place: Place, before: str, after: str) -> bool:
    """Whether it tells of an application without a noun for it: "filed with the PMDA", "under review by …"."""
    if place.verb.state:
        meant = has_drug(before) or place.here is not None or _THIS_PRODUCT.search(before)
        return bool(meant) and bool(place.deciders(place.left, place.right))
    if OTHER_ASKED.search(re.split(r",| and ", before[-60:])[-1] + " " + after[:60]) or _TO_STUDY.match(
        after
    ):
        return False
    if place.here is not None and place.here.application is not None and place.verb.status == "accepted":
        return True
    if (
        place.verb.status == "accepted"
        and place.words.startswith("accept")
        and place.words.endswith(("review", "filing"))
    ):
        return has_drug(before) or place.here is not None
    if re.match(r"re-?(?:submi|fil)", place.words):
        return True
    if re.fullmatch(r"file|(?:submission|filing)s?", place.words) and (
        IS_AHEAD.match(after) if place.words != "file" else _TO.search(before) and _AT_A_TIME.match(after)
    ):
        return True  # "a filing is planned", "plans to file by June"
    if place.words.endswith(" in"):
        return bool(place.deciders(place.verb.end, place.right))  # "plans to apply in Malaysia"
    if re.match(r"appl|fil|submi|lodg", place.words) and (
        _FOR_LEAVE.match(after)
        or _DRUG_TO_AGENCY.match(after)
        or (_TO_AGENCY.match(after) and _DRUG_WAS.search(before))
    ):
        return True
    if place.words.startswith("fil") and not re.search(
        r"\b(?:report|statement|form|notice|data|information|amendment|responses?|answers|documents|protocol|plan)\b",
        place.text[place.verb.end : place.verb.end + 50],
    ):
        return bool(place.deciders(place.left, place.right))
    return place.words.startswith(("submission", "planned", "for ")) and bool(
        place.deciders(place.left, place.right)
    )
