"""Frames of sentences → the verbs and nouns that tell of an approval, of an application or of what became of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.applications import applications
from kg.extract.frames import pattern
from kg.extract.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that tells of a decision.

    Attributes:
        start, end: offsets in the sentence.
        status: what it says has become of the application.
        form: how it says so: "verb" ("approved"), "noun" ("received approval"), "label" ("indicated for").
        state: whether it tells a state, whose date is not that of the release ("is under review").
    """

    start: int
    end: int
    status: str
    form: str = "verb"
    state: bool = False


#: What a sentence must hold before it is searched.
MAY_TELL: Final = Pattern(
    r"approv|authori|licen[sc]|regist|indicat|submi|filed?\b|filing"
    r"|lodg|appl(?:y|ied|ies|ic)|accept|validat|review|NDA|BLA|MAA"
    r"|NDS\b|response letter|CRL|reject|refus|declin|withdr|compliance|label|pending"
    r"|green-?\s?li|go-ahead|\bnod\b|thumbs|clear(?:ed|s|ance)\b|turned down|not approve|\bARTG\b|blessing|\bOK\b"
    r"|OK['’]?[ds]"
    r"|okay|sign-off|(?:examin|assess|evaluat|consider)ed\b",
    re.IGNORECASE,
)
#: A drug with what a label prints behind it: "LUMERIQ® (tavolimod) tablets, 20 mg and 40 mg"
_DRUG: Final = (
    r"{drug}[®™]?(?: ?\([^()]*\))?"
    r"(?: (?:(?!for\b|in\b|to\b|as\b|by\b|and\b|was\b|is\b)[\w-]+ ){0,3}?(?:for )?(?:tablets?|capsules?|injections?"
    r"|infusions?|solution|suspension"
    r"|sprays?|creams?|gel|ointment|lotion|foam|patch(?:es)?|powder|film|implants?|drops|syrup|granules|sachets?"
    r"|vaccine|inhaler|kit|pens?|vials?)(?: USP)?)?(?:,? \d[\d.,]* ?(?:m?c?g|µg|mL|IU|%)(?:/\w+)?(?:,? and(?= \d))?)*"
)
#: Whose leave it is, by the country: "U.S.", "European"
_OF_PLACE: Final = (
    r"(?:U\.?S\.?A?\.?|U\.K\.|UK|E\.U\.|EU|EEA|Union|Canadian|Swiss|Japanese|Chinese|European|British"
    r"|[A-Z][a-z]+i?an|"
    r"{agency}(?:'s)?)"
)
_LEAVE: Final = (
    r"(?:(?:(?:full|accelerated|conditional|regular|traditional|regulatory|tentative|sanitary|centrali[sz]ed|national"
    r"|provisional|first|initial|manufacturing and|early|final|conditional"
    rf"|supplemental|standard|new|expanded|{_OF_PLACE}) )*(?:(?<!use\s)(?<!trial\s)(?<!CTA\s)(?<!IND\s)(?<!to\s)"
    r"(?:marketing |market |product |label )?(?:approvals?|authori[sz]ations?|licensure|registration)"
    r"|(?:marketing|product) licen[cs]es?|market(?:ing)? clearance)|notices? of compliance)\b"
    r"(?! (?:applications?|pathways?|process|procedures?|requirements?"
    r"|dossiers?|submissions?|studies|study|trials?"
    r"|holders?|agreements?|decisions?|path\b|fees?|revenue))"
)
_VERBS: Final = (
    # "approved", "registers"; not "FDA-approved"
    ("approved", "verb", r"(?<![\w-])(?:approv(?:ed|es)|authori[sz](?:ed|es)|licen[sc]ed|registers|registered)\b"),
    ("approved", "verb", r"\bapproves?(?= (?:the )?{drug})"),
    # "has extended the marketing authorisation", "label expanded"
    (
        "approved",
        "verb",
        r"\b(?:extend(?:ed|s)|expand(?:ed|s)|broaden(?:ed|s)) (?:the "
        r"|its )?(?:[\w-]+ ){0,3}?(?:label|indications?"
        r"|marketing authori[sz]ation|approval|licen[cs]e)\b",
    ),
    (
        "approved",
        "verb",
        rf"\b(?:includ|add|list|enter|register)(?:ed|s)?(?: {_DRUG},?)? (?:in|on|to|into|onto) the "
        r"(?:[\w-]+ ){0,3}(?:register\b(?! of orphan)|ARTG\b)",
    ),
    # "the label of X was extended to …"
    (
        "approved",
        "verb",
        r"\b(?:label|indications?|marketing authori[sz]ation|approval|licen[cs]e) (?:(?:of"
        r"|for) {drug}[®™]?(?: \([^()]*\))? )?"
        r"(?:was|were|has been|have been) (?:\w+ly |also )?(?:extended|expanded|broadened)\b",
    ),
    # "received marketing approval", "has accelerated approval"
    (
        "approved",
        "noun",
        r"\b(?:receiv(?:es|ed)|receipt of|got|gets|obtain(?:s|ed)|gain(?:s"
        r"|ed)|won|wins|secur(?:es|ed)|grant(?:s|ed)|issu(?:ed|es)"
        r"|award(?:s|ed)|giv(?:en|es)|g[ae]ve|adopt(?:s|ed)|announc(?:es"
        r"|ed|ing)|follow(?:s|ed|ing)|since|after)"
        r" (?:(?!appl|seek|recommend|opinion|toward|designat|feedback"
        r"|clinical|trial|study|negative|path|right|licen|patent|brought"
        r"|submi|fil(?:ed|ing)|plan|consideration|under\b|upon\b|until\b|before\b|exclusiv)(?:[\w'’/-]+,?"
        r"|U\.?[SK]\.?|E\.U\.|{agency}(?:'s)?|{drug}(?:'s)?"
        r"|{organization}(?:'s)?|\([^()]*\)) ){0,7}?"
        + _LEAVE,
    ),
    (
        "approved",
        "noun",
        r"\b(?:has|have|had|holds?|held|with|under(?! (?:the )?notice)) "
        r"(?:(?:also|now|an?|the|both|U\.?[SK]\.?|E\.U\.|{agency}(?:'s)?) ){0,4}?" + _LEAVE,
    ),
    # "received EMA approval in 2006 and FDA approval in 2009"
    ("approved", "noun", r"(?<=\band\s){agency}(?:'s)? " + _LEAVE),
    # "FDA approval of X", "approval of X in Japan"
    (
        "approved",
        "noun",
        rf"(?:{{agency}}(?:'s)? |^\W*|: |(?<!manufacturing\s)\band |\bannounces |\b[A-Z][a-z]+an ){_LEAVE}(?= (?:of"
        rf"|for) (?:[\w'’-]+ ){{0,3}}?{{drug}})",
    ),
    # "a licence", where an agency gives it
    (
        "approved",
        "licence",
        r"\b(?:grant(?:ed|s)|issu(?:ed|es)|receiv(?:ed|es)|obtain(?:ed|s)) (?:an? |the |its"
        r" )?licen[cs]e\b(?= (?:for|to|in|from)\b)",
    ),
    ("approved", "noun", r"{agency}-(?:approved|authori[sz]ed|licensed)(?= (?:for|to|in|as|since)\b)"),
    # "converted the accelerated approval to a full approval"
    (
        "approved",
        "noun",
        r"\bconver(?:ted|ts|sion)\b[^.;]{0,90}?\bto (?:an? )?(?:full|regular|traditional"
        r"|standard) (?:marketing )?(?:approval|authori[sz]ation)\b",
    ),
    (
        "approved",
        "noun",
        r"\b(?:approval|authori[sz]ation|licen[cs]e)\b[^.;]{0,60}? (?:was|has been"
        r"|is being) converted (?:in)?to (?:an? )?"
        r"(?:full|regular|traditional|standard|unconditional)\b",
    ),
    ("approved", "noun", r"\b(?:date of approval|approved indications?)\b"),
    # "marketing authorisation in the UK followed in 2020", "U.S. approval came on May 1"
    (
        "approved",
        "noun",
        _LEAVE + r"(?: \([^()]*\))?(?: (?:of|for|in|by|from) (?:[^.;,]{1,60}? )?)? ?(?:came|followed"
        r"|arrived)\b(?! (?:by|a|an|the)\b)",
    ),
    # "Approval by the FDA was based on …"
    ("approved", "noun", rf"(?:^\W*|\bthe |\bthis |\bits ){_LEAVE} (?:by|from) (?:the )?{{agency}}(?= (?:was|is based"
    rf"|came|marks|makes|followed)\b)"),
    ("approved", "verb", r"(?<=\ue0ff\s)followed(?: suit)?(?= (?:in|on|a|with)\b|[,.;]|$)"),
    # "marketing authorisation was granted to X by Y"
    (
        "approved",
        "noun",
        _LEAVE + r"(?: \([^()]*\))?(?: (?:of|for|in|by) (?:[^.;]{1,80}?)?)?"
        r"(?:,(?! given)|,? (?:which )?(?:was|were|has been|have been)) (?:\w+ly |also |first )?"
        r"(?:granted|given|issued|received|obtained|secured|awarded|won)\b",
    ),
    # "gave X the green light", "got the nod", "green-lit"
    (
        "approved",
        "noun",
        r"\b(?:g[ai]ve[ns]?|grant(?:ed|s)|got|gets|receiv(?:ed|es)|w[oi]ns?|secur(?:ed|es)|obtain(?:ed|s)|earn(?:ed"
        r"|s))"
        rf" (?:{_DRUG} )?(?:(?:the|its|an?|{{agency}}(?:'s)?|U\.?[SK]\.?|EU|European|final|tentative|regulatory"
        rf"|marketing) ){{0,3}}"
        r"(?:green[- ]light|go-ahead|nod\b|thumbs[- ]up|blessing|sign-off|OK\b|clearance(?= to (?:market|sell"
        r"|commerciali[sz]e"
        r"|launch)))"
        r"|\b(?:green-?(?:lit|lights|lighted)|OK['’]?(?:s|d|ed)|okay(?:s|ed)|blesse[sd])(?= (?:the )?{drug})"
                r"|\b(?:OK['’]?d|okayed|green-?lit)(?= by (?:the )?{agency})",
    ),
    # "the MHRA cleared X for use in adults", never "cleared the IND"
    (
        "approved",
        "verb",
        rf"\bclear(?:ed|s)(?= (?:the )?{_DRUG} (?:for (?:marketing|sale|use|the treatment|general)|to treat)\b)"
        rf"|\bclear(?:ed|s) for (?:marketing|sale|use)(?= (?:the )?{{drug}}| in\b| by\b)",
    ),
    # "X, the first and only FDA-approved treatment for Y"
    (
        "approved",
        "noun",
        r"{drug}[®™]?(?: ?\([^()]*\))?(?:,| (?:is|was|are|recently|now|became|remains|[-–—]))+ (?:(?:an?|the|our|its"
        r"|currently|still|first|only|and|sole|one"
        r"|of|few|two|three|other|novel|oral|new) ){1,6}(?:(?:{agency}|[a-z]+-)(?:,? and |/|, "
        r"|-and-))*{agency}[- ]?(?:approved|licensed|authori[sz]ed)\b",
    ),
    # "our FDA-approved product X"
    (
        "approved",
        "noun",
        r"(?<!\w)(?:our|its|the company's|{organization}'s) (?:(?:first|only|lead|flagship|second|newly|own) )*"
        r"{agency}[- ](?:approved|licensed|authori[sz]ed) (?:[\w-]+ ){0,3}?"
        r"(?:drug|product|therapy|treatment|medicine|vaccine|medication|antibiotic|tablet|injection),? {drug}",
    ),
    ("approved", "label", r"\bindicated (?:for|as|in|to|,)"),
    (
        "submitted",
        "verb",
        r"\b(?:re-?)?(?:submi(?:t|ts|tted|tting)|fil(?:e|es|ed|ing)|lodg(?:e"
        r"|es|ed|ing))\b(?! (?:review|accept|date))",
    ),
    (
        "submitted",
        "verb",
        r"(?<!data\s)(?<!safety\s)(?<!IND\s)(?<!CTA\s)\b(?:re-?)?(?:submission|filing)s?\b"
        r"(?! of (?:an? |the |our |its )?(?:safety|data|reports?|responses?|results|additional|protocol"
        r"|information))"
        r"(?= (?:of|to|with|in|planned|expected|anticipated|targeted|on (?:track|course)|by|completed|remains?"
     r"|is (?:planned|expected|anticipated|on|targeted)|are (?:planned|expected|on)|was)\b)"),
    (
        "submitted",
        "verb",
        r"\b(?:for|completed?|planned|rolling) (?:re-?)?(?:submission"
        r"|filing)\b|\bre-?submissions?\b",
    ),
    ("submitted", "verb", r"(?<=NDA\s|BLA\s|MAA\s|NDS\s)(?:re-?)?(?:submission|filing)s?\b"),
    ("submitted", "verb", r"\bappl(?:y|ies|ied|ying) (?:to|for|in)\b"),
    # "plans to seek approval in Japan"
    (
        "submitted",
        "intent",
        r"\b(?:plan(?:s|ning)?|intend(?:s|ing)?|expect(?:s|ing)?|aim(?:s|ing)?|prepar(?:es|ing)"
        r"|anticipate(?:s)?|propos(?:es|ing)|will|would|on track)"
        r" (?:to )?(?:also |now )?(?:seek(?:ing)?|pursu(?:e|ing)|(?:apply|fil|submit)(?:e|ing)? for|request(?:ing)?) "
        rf"(?:(?:an?|the|full|first|conditional|accelerated|provisional|regulatory|marketing|manufacturing|and|{_OF_PLACE})"
        r" ){0,4}(?:approvals?|authori[sz]ations?|licensure|licen[cs]e|registration)\b",
    ),
    # "plans regulatory submissions in Europe", "now guides to an NDA"
    (
        "submitted",
        "plan",
        r"\b(?:(?:plan(?:s|ning)?|expect(?:s|ing)?|anticipat(?:es?|ing)|target(?:s|ing)?|foresees?|guides|aim(?:s|ing)?"
        r"|intend(?:s|ing)?|prepar(?:es?|ing)|mov(?:es|ing)(?: \w+)?|will|on (?:track|course))"
        r"(?: (?:to|for|toward|with|on|make|begin|start|initiate|complete|proceed to|prepare))*|planned|next steps?:)"
        r" (?:(?:an?|the|its|our|their|two|rolling|first|initial|global|planned) ){0,3}"
        r"(?=(?:(?:regulatory|registration|marketing) (?:applications?|filings?|submissions?)|s?NDAs?|s?BLAs?|MAAs?"
        r"|(?:s?NDA|s?BLA|MAA) (?:submission|filing))\b(?! (?:approval|accept|review)|[^.;]{0,90}\b(?:submi"
        r"|fil(?:e|ed)\b)))",
    ),
    (
        "submitted",
        "plan",
        r"\b(?:will (?:begin|start|commence|follow)|(?:is|are) (?:also |now )?(?:planned|expected|anticipated|foreseen"
        r"|scheduled|targeted|being prepared|in preparation|to (?:follow|start|begin|be (?:filed|submitted|lodged"
        r"|made))))\b(?! to\b)",
    ),
    (
        "accepted",
        "verb",
        r"\b(?:accept(?:s|ed|ance)|validat(?:es|ed|ion)|acknowledged (?:the )?receipt)\b(?: for (?:(?:priority"
        r"|standard|substantive|full|filing and) )?(?:filing|review))?",
    ),
    ("accepted", "verb", r"\bgrant(?:ed|s) (?:the |its )?(?:application )?priority review\b(?= (?:for|to|of)\b)"),
    (
        "accepted",
        "verb",
        r"\bgrant(?:ed|s) (?:accelerated (?:assessment|review)|expedited review)\b(?= (?:of|to) (?:its|the"
        r"|our|an?) (?:[\w-]+ ){0,3}?"
        r"(?:application|MAA|submission|dossier)\b)",
    ),
    (
        "accepted",
        "state",
        r"\b(?:under|in|undergoing)(?: (?:active|regulatory|priority|standard|accelerated|expedited"
        r"|substantive|rolling"
        r"|{agency}(?:'s)?)){0,2}? review\b(?! (?:article|board|committee))"
     r"|\b(?:under|undergoing)(?: regulatory)? (?:evaluation|assessment)(?= (?:by|at|with) (?:the )?{agency})"),
    ("accepted", "state", r"\b(?:is|are|being|currently|now) (?:also |currently |now |being )*review(?:ing|ed)\b"),
    (
        "accepted",
        "state",
        r"\b(?:examin|assess|evaluat)ing(?= (?:the|its|our|an?) (?:[\w-]+"
        r" ){0,4}?(?:applications?|MAA|s?NDA|s?BLA|submission|dossier|file)\b)",
    ),
    (
        "accepted",
        "state",
        r"\b(?:is|are) (?:currently |now |still )?(?:being )?(?:examined|assessed|evaluated|considered)"
        r"(?= (?:by (?:the )?{agency}|under (?:an? |the )?(?:accelerated|standard|priority)))",
    ),
    # "has extended the review of the NDA", "moved the goal date for the NDA"
    (
        "accepted",
        "state",
        r"\b(?:extend(?:ed|s)|prolong(?:ed|s)|lengthen(?:ed|s)) (?:the|its) review(?: period| time(?:line)?"
        r"| clock)?\b",
    ),
    (
        "accepted",
        "state",
        r"\bpending (?:with|at|before|in(?! (?:other|additional|further|several|various|multiple"
        r"|the clinic)\b))(?!\w)",
    ),
    # "has started its review of the MAA", "entered review"
    (
        "accepted",
        "verb",
        r"\b(?:start(?:ed|s)|beg[au]n|begins|initiated|commenced|opened) (?:the |its "
        r"|an? )?(?:[\w-]+ ){0,2}?(?:review|assessment|evaluation)"
        r"(?= of\b)|\bentered (?:[\w-]+ ){0,2}review\b",
    ),
    ("accepted", "state", r"\b(?:is|are|now|currently|also) (?:with|before) (?:the )?(?={agency})"),
    ("accepted", "state", r"\bpending (?=(?:s?NDA|ANDA|s?BLA|MAA|(?:new drug|marketing"
    r"|biologics license) application)\b)"),
    ("accepted", "state", r"(?<=application\s)before (?:the )?(?={agency})"),
    ("rejected", "verb", r"\b(?:complete response letters?(?: \(CRL\))?|CRLs?)\b"),
    (
        "rejected",
        "verb",
        r"\b(?:refus(?:ed|es) (?:to approve|(?:the |an? )?(?:[\w-]+ )?(?:approval|authori[sz]ation)|the)"
        r"|reject(?:s"
        r"|ed)|turn(?:ed|s) down"
        r"|declin(?:ed|es) to approve|(?:did|will|could|would|can|does) ?not (?:be able to )?approve)\b",
    ),
    # Health Canada's words for a refusal
    ("rejected", "verb", r"\bnotices? of (?:non-?compliance|deficiency)[- ]withdrawal(?: letter)?(?: \([^()]*\))?"),
    ("withdrawn", "verb", r"\bwithdr(?:ew|awn|aws|awing)\b|\b(?:will|to) (?:\w+ly )?withdraw\b|\bwithdrawal of\b"
    r"|\brevok(?:ed|es)\b"),
)  # fmt: skip


@cache
def _verbs() -> tuple[tuple[str, str, Pattern], ...]:
    return tuple((status, form, pattern(words)) for status, form, words in _VERBS)


#: Between an application and "is planned"
ONLY_PLANNED: Final = Pattern(
    r"(?:\s*\([^()]*\))?(?:\s+(?:in|to|with|for)\s+(?:the\s+)?(?:[^.;]|(?<=[A-Z])\.){1,90})?(?:,(?:\s+which)?)?\s+"
)
#: Behind a submission that is yet to come
IS_AHEAD: Final = Pattern(
    r"(?:[^.;]|(?<=[A-Z])\.){0,140}?(?:,|\b(?:is|are|remains?)) (?:also |now |still )?(?:planned|expected"
    r"|anticipated|scheduled|targeted|projected|slated|due|foreseen|on (?:track|schedule)|to (?:follow|be (?:filed"
    r"|made|submitted)))\b"
)


def verbs_in(text: str) -> list[Verb]:
    """The verbs of a frame, in order and without overlap; the longer counts, and none inside an application's name."""
    names = [(a.start, a.end) for a in applications(text) if a.strong]
    found = [
        Verb(m.start(), m.end(), status, "verb" if form == "state" else form, form == "state")
        for status, form, words in _verbs()
        for m in words.finditer(text)
        if not (status == "submitted" and _A_FILE.search(text[: m.end()]))
    ]
    out: list[Verb] = []
    for verb in sorted(found, key=lambda v: (v.start - v.end, v.start)):
        if not any(verb.start < o.end and o.start < verb.end for o in out) and not any(
            start <= verb.start and verb.end <= end for start, end in names
        ):
            out.append(verb)
    out.sort(key=lambda v: v.start)
    return [v for i, v in enumerate(out) if not (i and _is_told_by(out[i - 1], v, text))]


def _is_told_by(before: Verb, verb: Verb, text: str) -> bool:
    """Whether a verb says nothing that the one before does not say: the object of what was done, or its plan."""
    gap = text[before.end : verb.start]
    if verb.form == "plan":  # "submission to Health Canada is planned" is told by its noun
        return ONLY_PLANNED.fullmatch(gap) is not None or _OF_WHAT.fullmatch(gap) is not None
    if before.form == "plan" and verb.status == "submitted":  # "anticipates a BLA *filing*"
        return _WHAT.fullmatch(gap) is not None
    noun = before.form == "verb" and before.status in ("accepted", "approved")
    return noun and _OBJECT.fullmatch(gap) is not None and _A_NOUN.match(text, verb.start) is not None


_WHAT: Final = Pattern(r"(?:\w+\s+)?")
#: "Filing *of an MAA* is foreseen"
_OF_WHAT: Final = Pattern(r"\s+of\s+(?:an?|the|its|our)\s+(?:[^.;,]|(?<=[A-Z])\.){1,110}\s+")
#: "accepted the *resubmission*", "approved an *expanded indication*"
_A_NOUN: Final = Pattern(r"(?:re-?)?(?:submission|filing)|(?:expanded|broadened|extended)\s", re.IGNORECASE)
_OBJECT: Final = Pattern(r"(?:\s+of)?\s+(?:(?:the|its|our|an?|this)\s+)?(?:[\w-]+\s+){0,2}")
#: "the file", "Refuse to File": no filing
_A_FILE: Final = Pattern(r"\b(?:the|this|that|on|refus\w+[\s-]+to)[\s-]+file[ds]?$", re.IGNORECASE)
