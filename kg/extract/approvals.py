"""Linked sentences → approvals and applications for them: drug → disease, with agency, status, date.

Each sentence is read verb by verb.  A verb (or noun) that tells of an approval, of an application or of what became of
one owns a stretch of the sentence; who decided, for which disease and when is looked for there, and where it is not
said it is taken from the verb before, from the sentences before, or from what kind of application it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.applications import Application, applications
from kg.extract.deciders import Office, deciders
from kg.extract.decisions import (
    disease_lists,
    disease_spoken_of,
    drug_meant,
    given_too,
    is_future,
    is_news,
    not_past,
    said,
    settled,
)
from kg.extract.distribution import Share, happened, shares
from kg.extract.frames import frame, pattern
from kg.extract.linking import LinkedDocument, LinkedSentence
from kg.extract.statements import statement
from kg.extract.stretches import SUBJECT, Span, stretches
from kg.extract.values import populations
from kg.model import Entity, Fact, Kind, Mention, Modality

#: What patterns see as things; designations and actions stay words ("accelerated approval").
_THINGS: Final = (Kind.DRUG, Kind.DISEASE, Kind.AGENCY, Kind.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class _Verb:
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


# --- words --------------------------------------------------------------------------------------------------

_MAY_TELL: Final = re.compile(
    r"approv|authori|licen[sc]|regist|indicat|submi|filed?\b|filing"
    r"|lodg|appl(?:y|ied|ies|ic)|accept|validat|review|NDA|BLA|MAA"
    r"|NDS\b|response letter|CRL|reject|refus|declin|withdr|compliance|label|pending",
    re.IGNORECASE,
)
_LEAVE: Final = (
    r"(?:(?:(?:full|accelerated|conditional|regular|traditional|regulatory"
    r"|provisional|first|initial|manufacturing and"
    r"|supplemental|final|standard|new|expanded) )*(?:(?<!use\s)(?<!trial\s)(?<!CTA\s)(?<!IND\s)(?<!to\s)"
    r"(?:marketing |market |product |label )?(?:approvals?|authori[sz]ations?|licensure|registration)"
    r"|(?:marketing|product) licen[cs]es?)|notices? of compliance)\b"
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
    ("approved", "verb", r"\bincluded (?:in|on) the (?:[\w-]+ ){0,3}register\b"),
    # "received marketing approval", "has accelerated approval"
    (
        "approved",
        "noun",
        r"\b(?:receiv(?:es|ed)|receipt of|obtain(?:s|ed|ing)|gain(?:s"
        r"|ed)|won|wins|secur(?:es|ed)|grant(?:s|ed)|issu(?:ed|es)"
        r"|award(?:s|ed)|giv(?:en|es)|g[ae]ve|adopt(?:s|ed)|announc(?:es"
        r"|ed|ing)|follow(?:s|ed|ing)|since|after)"
        r" (?:(?!appl|seek|recommend|opinion|toward|designat|feedback"
        r"|clinical|trial|study|negative|path|right|licen|patent|brought"
        r"|submi|fil(?:ed|ing)|plan)(?:[\w'’/-]+,?|{agency}(?:'s)?|{drug}(?:'s)?"
        r"|{organization}(?:'s)?|\([^()]*\)) ){0,7}?"
        + _LEAVE,
    ),
    (
        "approved",
        "noun",
        r"\b(?:has|have|had|holds?|held|with|under) (?:(?:also|now|an?|the|both|{agency}(?:'s)?) ){0,4}?" + _LEAVE,
    ),
    # "FDA approval of X", "approval of X in Japan"
    (
        "approved",
        "noun",
        rf"(?:{{agency}}(?:'s)? |^\W*|: |\band |\bannounces |\b[A-Z][a-z]+an ){_LEAVE}(?= (?:of"
        rf"|for) (?:[\w'’-]+ ){{0,3}}?{{drug}})",
    ),
    ("approved", "noun", r"\b(?:date of approval|approved indications?)\b"),
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
        r"\b(?:re-?)?(?:submission|filing)s?\b"
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
    (
        "submitted",
        "plan",
        r"\b(?:is|are) (?:also |now )?(?:planned|expected|anticipated"
        r"|scheduled|targeted|to (?:follow|be (?:filed|submitted|lodged"
        r"|made)))\b(?! to (?!be (?:filed|submitted|lodged|made)))",
    ),
    (
        "accepted",
        "verb",
        r"\b(?:accept(?:s|ed|ance)|validat(?:es|ed|ion))\b(?: for (?:(?:priority"
        r"|standard|substantive|full|filing and) )?(?:filing|review))?",
    ),
    ("accepted", "verb", r"\bgrant(?:ed|s) (?:the |its )?(?:application )?priority review\b(?= (?:for|to|of)\b)"),
    (
        "accepted",
        "state",
        r"\b(?:under|in|undergoing)(?: (?:active|regulatory|priority|standard|accelerated|expedited|substantive|rolling"
        r"|{agency}(?:'s)?)){0,2}? review\b(?! (?:article|board|committee))"
     r"|\b(?:under|undergoing)(?: regulatory)? (?:evaluation|assessment)(?= (?:by|at|with) (?:the )?{agency})"),
    ("accepted", "state", r"\b(?:is|are|being|currently|now) (?:also |currently |now |being )*review(?:ing|ed)\b"),
    ("accepted", "state", r"\bpending (?:with|at|before)\b"),
    ("rejected", "verb", r"\b(?:complete response letters?(?: \(CRL\))?|CRLs?)\b"),
    (
        "rejected",
        "verb",
        r"\b(?:refus(?:ed|es) (?:to approve|approval|the)|reject(?:s"
        r"|ed)|declin(?:ed|es) to approve|did not approve)\b",
    ),
    ("withdrawn", "verb", r"\bwithdr(?:ew|awn|aws|awing)\b|\brevok(?:ed|es)\b"),
)  # fmt: skip


@cache
def _verbs() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((status, form, pattern(words)) for status, form, words in _VERBS)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a verb was found to tell, for the verbs after it."""

    drugs: tuple[Entity, ...]
    agencies: tuple[Entity, ...]
    diseases: tuple[Entity, ...]
    application: Application | None


#: An application, but for something else than leave to sell.
_OTHER_ASKED: Final = re.compile(
    r"\b(?:INDs?|investigational|clinical trial|CTAs?|CTN|orphan|designations?"
    r"|PRIME|patents?|trademark|grant|listing|protocol"
    r"|breakthrough|fast[- ]track|passport|advice|meeting|ethics|registration statement"
    r"|shelf|tax|import|IDE|abstract|manuscript|scheme)\b",
    re.IGNORECASE,
)
_OTHER_ASKED_AFTER: Final = re.compile(
    r"(?: \([^()]*\))? (?:for|of|to|with|by|under)(?: [\w'’-]+){0,5}? (?:designations?"
    r"|orphan|PRIME|fast[- ]track|breakthrough|clinical|stud(?:y|ies)"
    r"|trials?|INDs?|scheme|advice|a phase)\b",
    re.IGNORECASE,
)
#: What is filed, submitted or approved by others than agencies.
_NO_AGENCY: Final = re.compile(
    r"\b(?:SEC|Securities|tender offer|Schedule|Form (?:8|10|20|6|S"
    r"|F)|prospectus|stockholders|shareholders|boards?|patents?|trademarks?"
    r"|court|lawsuit|abstracts?|for publication|proposals?|annual report"
    r"|for release|registered office|direct offering|capital|merger"
    r"|transaction"
    r"|NICE|reimbursement|Conduct Authority|Stock Exchange)\b"
)
#: "recommending that ABC-1 be approved", "the first to be approved"
_TO_BE: Final = re.compile(r"\bbe(?:\s+\w+ly)?\s+$", re.IGNORECASE)
_THAT: Final = re.compile(r"\b(?:that|which)\s+(?:the\s+)?(?:U\.?S\.?\s+)?$", re.IGNORECASE)
_TO_STUDY: Final = re.compile(
    r"[^.;,]{0,110}?\bto\s+(?:initiate|commence|start|begin|conduct"
    r"|proceed|enter|advance|enrol|run|dose)\w*\b"
    r"|[^.;]{0,40}?\b(?:(?:for|in)\s+clinical\s+(?:use|trials?|stud(?:y"
    r"|ies))|(?:a|the|its|our)\s+(?:[\w/-]+\s+){0,3}(?:trial|study"
    r"|protocol|IND|CTA|amendment)\b"
    r"|(?:IND|CTA)s?\b|clinical trial)",
    re.IGNORECASE,
)
#: "no approved therapy", "approved treatments include": drugs in general, not one of them
_IN_GENERAL: Final = re.compile(
    r"\b(?:products?|therap(?:y|ies)|drugs?|treatments?|medicines?"
    r"|options?|agents?|vaccines?|antibodies|inhibitors|standard|none"
    r"|no|nothing|several"
    r"|others?|few|many|countries|medications|programs?)\s+(?:(?:that"
    r"|which|currently|now|also|is|are|was|were|has|have|been|yet|specifically"
    r"|ever)\s+)*$",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(
    r"\s+(?!by\b|in\b|for\b|as\b|on\b|since\b|under\b|at\b|to\b|and\b"
    r"|with\b|across\b|today\b|following\b|based\b|last\b|first\b|via\b"
    r"|through\b|from\b|or\b|but\b|this\b|label\b|only\b|earlier\b"
    r"|throughout\b)[a-z]"
)
#: "a positive opinion recommending approval"
_ADVICE: Final = re.compile(
    r"\b(?:recommend\w*|opinion|support\w*|toward\w*|seek\w*|pursu\w*"
    r"|potential|upon|prior to|before|until|path\w*|if|ahead of)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
#: "If ABC-1 is approved" is a hope of its own, and told as one; "if approved" only goes with another statement.
_IF: Final = re.compile(r"\bif\b(?=[^.;,]*\b(?:is|are|was|were|gets?)\s+(?:\w+ly\s+)?$)", re.IGNORECASE)
_BE: Final = re.compile(
    r"\b(?:is|was|were|are|been|being|be|get|gets|got)(?:\s+(?:\w+ly"
    r"|now|also|first|already|not|today|yet|previously|still))*\s+$",
    re.IGNORECASE,
)
_A_DRUG: Final = pattern("{drug}")
_AN_AGENCY: Final = pattern("{agency}")
#: Verbs that say something else unless an agency or a country is named.
_WITH_PLACE: Final = frozenset({"licensed", "licenced", "registered", "registers"})
#: "is licensed to Acme in Japan": a right, no leave to sell.
_TO_FIRM: Final = pattern(
    r"(?: \w+ly)? (?:to|from|by) (?:the |its |our |an? )?(?:[\w-]+ ){0,4}?(?:{organization}|partners?\b|licensees?\b)"
)
_BE_OR_NOUN: Final = re.compile(
    r"\b(?:is|are|was|were|been|vaccines?|medicines?|products?|also|now|first)\s*$", re.IGNORECASE
)
_LETTER_COMES: Final = re.compile(
    r"\b(?:subject of|receiv\w+|receipt of|issu\w+|sent|got)\b[^.;]{0,60}$", re.IGNORECASE
)
_LETTER_CAME: Final = re.compile(r"[^.;]{0,30}\b(?:received|issued|from)\b", re.IGNORECASE)
_ENABLED: Final = re.compile(
    r"\b(?:allow\w*|enabl\w+|permit\w*|eligible|entitl\w+|required"
    r"|needed|ability|opportunity|support\w*|basis for|path\w*|toward\w*"
    r"|time of|prior to|ahead of|before|until|upon)\b[^.;]{0,45}$",
    re.IGNORECASE,
)
_TRIAL_BEFORE: Final = re.compile(
    r"\b(?:IND|CTA|trial|study|protocol|amendment)s?(?:\s+application)?s?(?:\s+\([^()]*\))?(?:,?\s+(?:which\s+)?(?:was"
    r"|were|has|have|is|are|had))?(?:\s+been)?(?:\s+\w+ly)?\s+$"
)
_TRIAL_NAME: Final = re.compile(r"\s+[A-Z][A-Z-]+[A-Z\d](?:-\d+)?\b(?! (?:for|in|as)\b)")
#: What an agency may approve of a drug that the sentence does not name.
_LEAVE_GIVEN: Final = re.compile(
    r"\s+(?:it\b|(?:(?:an?|the|its|our|their|this)\s+)?(?:[\w'’-]+\s+){0,5}?(?:drug"
    r"|product|vaccine|medicine|therapy|treatment|tablets?|capsules?"
    r"|injection|use"
    r"|label|registration|marketing|extension|indication|application|s?NDA|s?BLA|MAA|formulation)\b)",
    re.IGNORECASE,
)
_FOR_LEAVE: Final = re.compile(
    r"[^.;,]{0,50}?\bfor\s+(?:(?:full|regular|conditional|accelerated"
    r"|provisional)\s+)?(?:marketing\s+|regulatory\s+)?(?:approval"
    r"|authori[sz]ation|registration)\b",
    re.IGNORECASE,
)
#: Between an application and "is planned"
_ONLY_PLANNED: Final = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s+(?:in|to|with|for)\s+(?:the\s+)?[^.;,]{1,50})?\s+"
)
#: "First approved in 2015 for X, ABC-1 …"
_FRONTED: Final = re.compile(r"\W*(?:\w+\s+){0,2}(?:approved|authori[sz]ed|licensed)\b", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"\b(?:label\w*|indications?|extension|expan\w+|extend\w*)\b", re.IGNORECASE)
#: What a label is extended to
_WIDER: Final = pattern(
    r"\bto (?:also )?(?:include |cover |treat )?(?:(?!the fda|{agency})[\w-]+ ){0,4}?(?P<disease>{disease})"
)
_IN_BRACKETS: Final = re.compile(r"\([^()]*$")
#: What is treated, in words: up to where something else begins
_FOR_WORDS: Final = re.compile(
    r"\b(?:(?:for|in)\s+the\s+(?:\w+\s+)?(?:treatment|prevention|prophylaxis"
    r"|management)\s+of|to\s+(?:treat|prevent)|indicated\s+for)\s+"
    r"(?:(?:(?:adult|pediatric|paediatric|adolescent|female|male|certain"
    r"|some)\s+)*(?:adults|patients|children|adolescents|people|individuals"
    r"|women|men|subjects|infants)(?:\s+and\s+\w+)?\s+(?:aged\s+[\w ]+\s+)?(?:with"
    r"|who\s+have|suffering\s+from|living\s+with)\s+)?"
    r"(?:(?:the|a|an|invasive|severe|moderate|mild|moderate[- ]to[- ]severe"
    r"|chronic|acute|refractory|relapsed|advanced|recurrent|primary"
    r"|newly"
    r"|diagnosed|unresectable|metastatic|or|and)\s+)*"
    r"(?P<words>(?!disease|disorder|condition|symptoms|signs|pain\b)[A-Za-z][\w'’/-]*(?:\s+(?!in\b"
    r"|who\b|whose\b|that\b|which\b|with\b|at\b|as\b|by\b"
    r"|and\b|or\b|based\b|under\b|to\b|from\b|on\b|following\b|caused\b"
    r"|for\b|after\b|is\b|was\b|due\b)[A-Za-z(][\w'’/)-]*){0,5})"
)
_INVESTIGATIONAL: Final = re.compile(r"\binvestigational\s+$", re.IGNORECASE)
#: Agencies that take in a "New Drug Application" or a "Biologics License Application".
_TAKE_NEW_DRUG_APPLICATIONS: Final = frozenset(
    f"agency:{a}" for a in ("fda", "nmpa", "cde", "pmda", "mhlw", "mfds", "tfda")
)
_SIDE_BY_SIDE: Final = re.compile(r"[®™]?(?:\s*\([^()]*\)?)?[)®™]*\s*(?:,\s*(?:and\s+)?|and\s+)")
_LINKED: Final = re.compile(
    r"[^.;]*?\b(?:of|for|on|to|regarding|as)\s+(?:(?!treatment|with)[\w'’-]+,?\s+){0,6}"
    r"|\s*(?:(?:the|its|our)\s+)?[\"“]?"
)
_STANDS_FOR_DRUG: Final = re.compile(
    r"\b(?:it|which|this (?:\w+ ){0,2}\w+|the (?:[\w-]+ ){0,2}(?:drug"
    r"|product|medicine|therapy|vaccine|treatment|tablets?|application"
    r"|s?NDA|BLA|MAA))"
    r"\b[^.;]{0,60}$",
    re.IGNORECASE,
)


# --- reading ------------------------------------------------------------------------------------------------


def approvals(document: LinkedDocument) -> Iterator[Fact]:
    """The approvals and applications that a release tells of.

    Hits: "the FDA approved ABC-1 for the treatment of X"; "ABC-1 was approved by the FDA in 2019 and by the European
    Commission in 2020"; "submitted a BLA to the FDA for ABC-1 for X"; "In Canada, an application is under review".
    Near misses: "If ABC-1 is approved …" (a hypothesis); "FDA-approved drugs"; "the board approved"; "IND approved";
    "recommending approval of ABC-1".
    """
    yield from settled(_all(document), final=frozenset({"approved", "accepted", "rejected", "withdrawn"}))


def _all(document: LinkedDocument) -> Iterator[tuple[Fact, bool]]:
    before: _Told | None = None
    paragraph = -1
    known: dict[Entity, set[Entity]] = {}
    for sentence in document.statements():
        if sentence.sentence.paragraph != paragraph:
            before, paragraph = None, sentence.sentence.paragraph
        if _MAY_TELL.search(sentence.text):
            before = yield from _of_sentence(document, sentence, before, known)


def _of_sentence(
    document: LinkedDocument,
    sentence: LinkedSentence,
    before: _Told | None,
    known: dict[Entity, set[Entity]],
) -> Generator[tuple[Fact, bool], None, _Told | None]:
    """The facts of a sentence, each with whether its date is only that of the release.

    Args:
        document, sentence: what is read.
        before: what was told last in the paragraph.
        known: the diseases told so far for each drug; this sentence's are added.

    Returns:
        What was told last.
    """
    text = frame(sentence.text, sentence.start, sentence.of_kind(*_THINGS))
    verbs = _found(text)
    told: set[tuple[object, ...]] = set()
    here: _Told | None = None
    for verb, owned in zip(verbs, stretches(text, [(v.start, v.end) for v in verbs]), strict=True):
        reading = _Reading(document, sentence, text, verb, owned, here, before, known)
        what = reading.told()
        if what is None:
            continue
        here = what
        for drug in what.drugs:
            known.setdefault(drug, set()).update(what.diseases)
        for fact, by_release in reading.facts(what):
            key = (fact.subject, fact.object, fact.modality, fact.qualifiers)
            if key not in told:
                told.add(key)
                yield fact, by_release
    return here or before


def _found(text: str) -> list[_Verb]:
    """The verbs of a frame, in order and without overlap; the longer counts, and none inside an application's name."""
    names = [(a.start, a.end) for a in applications(text) if a.strong]
    found = [
        _Verb(m.start(), m.end(), status, "verb" if form == "state" else form, form == "state")
        for status, form, words in _verbs()
        for m in words.finditer(text)
        if not (status == "submitted" and _A_FILE.search(text[: m.end()]))
    ]
    out: list[_Verb] = []
    for verb in sorted(found, key=lambda v: (v.start - v.end, v.start)):
        if not any(verb.start < o.end and o.start < verb.end for o in out) and not any(
            start <= verb.start and verb.end <= end for start, end in names
        ):
            out.append(verb)
    out.sort(key=lambda v: v.start)
    # "submission to Health Canada is planned" is told by its noun
    return [
        v
        for i, v in enumerate(out)
        if not (v.form == "plan" and i and _ONLY_PLANNED.fullmatch(text[out[i - 1].end : v.start]))
    ]


#: "the file", "Refuse to File": no filing
_A_FILE: Final = re.compile(r"\b(?:the|this|that|on|refus\w+\s+to)\s+file[ds]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One verb in its sentence, with what it owns of it and what was told before: there, in the paragraph, in all."""

    document: LinkedDocument
    sentence: LinkedSentence
    text: str
    verb: _Verb
    owned: tuple[Span, ...]
    here: _Told | None
    before: _Told | None
    known: Mapping[Entity, set[Entity]]

    @property
    def left(self) -> int:
        """Where what the verb owns begins."""
        return self.owned[0][0]

    @property
    def right(self) -> int:
        """Where what the verb owns ends."""
        return self.owned[-1][1]

    @property
    def words(self) -> str:
        """The verb as printed, in small letters."""
        return self.text[self.verb.start : self.verb.end].lower()

    def told(self) -> _Told | None:
        """The drugs, agencies and diseases that the verb is said of; None where it tells of no approval."""
        application = self._application()
        near = self.text[max(0, self.verb.start - 90) : self.verb.end + 90]
        if _NO_AGENCY.search(near) or not self._is_meant(application):
            return None
        drugs = self._drugs()
        if not drugs:
            return None
        diseases = self._diseases(drugs)
        if not diseases:
            return None
        return _Told(drugs, self._agencies(application), diseases, application)

    def facts(self, what: _Told) -> Iterator[tuple[Fact, bool]]:
        """One fact for each drug, agency and disease, each with its date and whether that is only the release's."""
        how = self._modality()
        label = self.verb.form == "label"
        for share in self._shares() or (Share(),):
            own = tuple(m.entity for m in share.diseases)
            agencies: tuple[Entity | None, ...] = self._of_share(share, what) or (None,)
            each = len(share.dates) == len(agencies) > 1
            for position, agency in enumerate(agencies):
                date = share.dates[position if each else 0] if share.dates else None
                stated = self._stated(how, date)
                status = "planned" if stated is Modality.PLANNED else self.verb.status
                date, is_news = self._date(date, stated)
                for drug in what.drugs:
                    for disease in own or what.diseases:
                        fact = statement(
                            self.document, self.sentence, f"regulation.approval.{self.verb.status}", "approval",
                            drug, disease,
                            {
                                "agency": agency,
                                "status": None if stated.is_claim_only else self._status(status),
                                "population": self._population() or None,
                                "date": date,
                            },
                            modality=stated,
                            confidence=0.8 if label else 0.9 if self._names_drug() else 0.75,
                        )  # fmt: skip
                        yield fact, is_news

    # --- is it one at all

    def _is_meant(self, application: Application | None) -> bool:
        verb = self.verb
        before, after = self.text[self.left : verb.start], self.text[verb.end : self.right]
        if verb.status == "approved":
            return verb.form == "label" or self._is_approval(before, after)
        if verb.status == "rejected":
            if "letter" in self.words or "crl" in self.words:
                return bool(_LETTER_COMES.search(before)) or bool(_LETTER_CAME.match(after))
            return application is not None or self._drug_right() is not None
        if verb.status == "withdrawn":
            return application is not None and application.strong
        if _ENABLED.search(before[-70:]):
            return False
        if verb.form == "plan":
            return application is not None and bool(
                _ONLY_PLANNED.fullmatch(self.text[application.end : verb.start])
            )
        return application is not None or self._is_bare(before, after)

    def _is_approval(self, before: str, after: str) -> bool:
        """Whether leave to sell is told of, not leave to study, a property of some drugs, or what is asked for."""
        if _TO_STUDY.match(self.text, self.verb.end) or _TRIAL_NAME.match(after):
            return False
        if _TO_BE.search(before):
            return False
        if self.verb.form == "noun":
            return not _ADVICE.search(before[-80:])
        subject = self._subject()
        if subject is not None:
            return (
                self._drug_right() is not None
                or bool(_LEAVE_GIVEN.match(after))
                or "label" in self.words
                # "ABC-1, an antibody that the FDA approved in 2019"
                or (bool(_THAT.search(self.text[: subject.start()])) and bool(self._drugs_left()))
            )
        if _TRIAL_BEFORE.search(before) or _ADVICE.search(_IF.sub("", before[-30:])):
            return False
        if self.words in _WITH_PLACE and _TO_FIRM.match(after):
            return False
        if self.words in _WITH_PLACE and not (
            _BE_OR_NOUN.search(before)
            and deciders(self.document, self.sentence, self.verb.end, self.right, Office.AUTHORISES)
        ):
            return False
        if _IN_GENERAL.search(before[-60:]):
            return (
                bool(re.match(r"[^.;]{0,90}?(?:includ\w+|among them|:)", after))
                and self._drug_right() is not None
            )
        return bool(_BE.search(before)) or not _ATTRIBUTE.match(after)

    def _is_bare(self, before: str, after: str) -> bool:
        """Whether it tells of an application without a noun for it: "filed with the PMDA", "under review by …"."""
        if self.verb.state:
            return (_has_drug(before) or self.here is not None) and bool(
                self._deciders(self.left, self.right)
            )
        if _OTHER_ASKED.search(before[-60:] + " " + after[:60]):
            return False
        if self.here is not None and self.here.application is not None and self.verb.status == "accepted":
            return True
        if re.match(r"re-?(?:submi|fil)", self.words):
            return True
        if re.match(r"appl|fil|submi|lodg", self.words) and _FOR_LEAVE.match(after):
            return True
        if self.words.startswith("fil") and not re.search(r"\b(?:report|statement|form|notice)", after[:40]):
            return bool(self._deciders(self.left, self.right))
        return self.words.startswith(("submission", "planned", "for ")) and bool(
            self._deciders(self.left, self.right)
        )

    def _application(self) -> Application | None:
        """The application that is submitted, accepted or under review: the nearest noun for one in the stretch."""
        verb = self.verb
        best: tuple[bool, int, Application] | None = None
        for named in applications(self.text, self.left, self.right):
            if named.start < verb.end and verb.start < named.end:
                continue
            around = self.text[max(0, named.start - 50) : named.start]
            distance = named.start - verb.end if named.start >= verb.end else verb.start - named.end
            if (
                distance > 110
                or _INVESTIGATIONAL.search(around)
                or (
                    not named.strong
                    and (
                        _OTHER_ASKED.search(re.split(r"[,;]|\band\b", around)[-1])
                        or _OTHER_ASKED_AFTER.match(self.text, named.end)
                    )
                )
            ):
                continue
            rank = (not named.strong, distance, named)
            if best is None or rank[:2] < best[:2]:
                best = rank
        return best[2] if best else None

    # --- who

    def _subject(self) -> re.Match[str] | None:
        """The agencies that are the verb's subject."""
        found = SUBJECT.search(self.text[: self.verb.start])
        if found is None or _BE.search(self.text[found.end("list") : self.verb.start]):
            return None
        return None if self.verb.form == "noun" and _has_agency(self.words) else found

    def _deciders(self, start: int, end: int) -> tuple[Entity, ...]:
        office = Office.AUTHORISES if self.verb.status == "approved" else Office.REVIEWS
        found = deciders(self.document, self.sentence, start, end, office)
        return tuple(dict.fromkeys(d.agency for d in found))

    def _agencies(self, application: Application | None) -> tuple[Entity, ...]:
        """Who decides, where no share says otherwise: the verb's subject, who stands in it, behind it, before it; else
        whoever decided before, else who usually gets such an application.
        """
        subject = self._subject()
        named = self._deciders(*subject.span("list")) if subject else ()
        if not named and self.verb.form == "noun":
            named = self._deciders(self.verb.start, self.verb.end)
        if not named:
            named = tuple(
                dict.fromkeys(a for start, end in self.owned[1:] for a in self._deciders(start, end))
            )
        named = named or self._deciders(*self.owned[0])[-1:]
        if named or self.verb.form == "label":
            return named
        if self.here is not None and self.here.agencies:
            return self._as_office(self.here.agencies[:1])
        return self._usual(application)

    def _as_office(self, agencies: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """In the Union one body reviews and another approves."""
        wanted = "agency:ec" if self.verb.status == "approved" else "agency:ema"
        union = ("agency:ec", "agency:ema", "agency:chmp")
        return tuple(self.document.concept(wanted) if a.concept in union else a for a in agencies)

    def _usual(self, application: Application | None) -> tuple[Entity, ...]:
        """Who gets such an application: the agency of the sentences before it if it may, else the usual one."""
        recent = self._recent()
        usual = application.agency if application else None
        if usual == "agency:fda" and recent is not None and recent.concept in _TAKE_NEW_DRUG_APPLICATIONS:
            return (recent,)
        if usual is not None and usual in self.document.concepts:
            return (self.document.concept(usual),)
        return self._as_office((recent,)) if recent is not None and self.verb.status != "approved" else ()

    def _recent(self) -> Entity | None:
        """The agency named last before the sentence in its paragraph, else the one named most in the release."""
        index = self.document.index(self.sentence)
        paragraph = self.sentence.sentence.paragraph
        while index and self.document.sentences[index - 1].sentence.paragraph == paragraph:
            index -= 1
            named = self.document.sentences[index].of_kind(Kind.AGENCY)
            if named:
                return named[-1].entity
        counts = Counter(m.entity for m in self.document.mentions(Kind.AGENCY))
        return counts.most_common(1)[0][0] if counts else None

    # --- what

    def _drug_right(self) -> Mention | None:
        """The first drug after the verb that is not only given with another."""
        for mention in self.sentence.of_kind(Kind.DRUG):
            at = mention.start - self.sentence.start
            if self.verb.end <= at < self.right and not given_too(self.sentence, mention):
                return mention
        return None

    def _drugs_left(self) -> tuple[Mention, ...]:
        """The drugs before the verb, a coordination whole."""
        start = self.left
        if self.text[start : start + 1] == "(":
            # "ABC-1 (approved in China for X, 2021)"
            start = max(
                (
                    m.start - self.sentence.start
                    for m in self.sentence.of_kind(Kind.DRUG)
                    if m.end - self.sentence.start <= start <= m.end - self.sentence.start + 3
                ),
                default=start,
            )
        alone = [
            m
            for m in self.sentence.of_kind(Kind.DRUG)
            if start <= m.start - self.sentence.start < self.verb.start and not given_too(self.sentence, m)
        ]
        # "ABC-1 (a tetracycline-class drug with X/Y)": the outermost name is what is approved
        outer = [
            m
            for m in alone
            if self.text[m.end - self.sentence.start : m.end - self.sentence.start + 1] not in ("-", "/")
            and not _IN_BRACKETS.search(self.text[: m.start - self.sentence.start])
        ]
        alone = outer or alone
        out = alone[-1:]
        for mention in reversed(alone[:-1]):
            gap = self.sentence.text[mention.end - self.sentence.start : out[0].start - self.sentence.start]
            if mention.entity == out[0].entity or not _SIDE_BY_SIDE.fullmatch(gap):
                break
            out.insert(0, mention)
        return tuple(out)

    def _names_drug(self) -> bool:
        return bool(self.sentence.of_kind(Kind.DRUG))

    def _status(self, name: str) -> Entity:
        return self.document.concept(f"regulatory-status:{name}")

    def _drugs(self) -> tuple[Entity, ...]:
        """What is approved or applied for: "approval of X", the verb's subject, else what was spoken of before."""
        verb = self.verb
        inside = self.sentence.at(verb.start, verb.end)
        named = tuple(m.entity for m in inside if m.entity.kind is Kind.DRUG)
        if named:
            return named[:1]
        right, left = self._drug_right(), self._drugs_left()
        active = self._subject() is not None
        if right is not None and (active or not left or verb.status != "approved" or verb.form == "noun"):
            gap = self.text[verb.end : right.start - self.sentence.start]
            if _LINKED.fullmatch(gap) or (active and verb.form == "verb"):
                return (right.entity,)
        if left:
            return tuple(dict.fromkeys(m.entity for m in left))
        if right is not None and (active or _FRONTED.match(self.text)):
            return (right.entity,)
        if self.here is not None:
            return self.here.drugs
        before = self.text[: verb.start]
        if verb.status == "approved" and not (
            active or _STANDS_FOR_DRUG.search(before) or not re.search(r"\w", before) or verb.form == "noun"
        ):
            return ()
        drug = drug_meant(self.document, self.sentence, verb.start)
        return (drug,) if drug is not None else ()

    def _shares(self) -> tuple[Share, ...]:
        office = Office.AUTHORISES if self.verb.status == "approved" else Office.REVIEWS
        return shares(self.document, self.sentence, self.owned[1:], office)

    def _of_share(self, share: Share, what: _Told) -> tuple[Entity, ...]:
        return what.agencies if self._subject() is not None else share.agencies or what.agencies

    def _diseases(self, drugs: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """What for: as said after the verb, before it, of the verb before, in the sentences before, of the drug."""
        right = [m.entity for share in self._shares() for m in share.diseases]
        if right or self.verb.form == "label":
            return tuple(dict.fromkeys(right))
        if self.verb.status == "approved" and _EXTENSION.search(self.text, self.left, self.right + 40):
            wider = _WIDER.search(self.text, self.verb.start)
            if wider is not None:
                return (self.sentence.mention(wider, "disease").entity,)
        left = [m for listed in disease_lists(self.sentence, *self.owned[0]) for m in listed]
        if left:
            return tuple(dict.fromkeys(m.entity for m in left))
        if self.here is not None and set(drugs) & set(self.here.drugs):
            return self.here.diseases
        if self.here is None:
            whole = [m.entity for listed in disease_lists(self.sentence, 0, self.right) for m in listed]
            if whole:
                return tuple(dict.fromkeys(whole))
        before = self.before
        if (
            before is not None
            and set(drugs) & set(before.drugs)
            and (before.application is not None or self.verb.status == "approved")
        ):
            return before.diseases
        if not self.known.get(drugs[0]) and (said_so := self._disease_in_words()):
            return (said_so,)
        spoken_of = disease_spoken_of(self.document, self.sentence, drugs[0])
        told_before = self.known.get(drugs[0], set())
        if len(told_before) == 1 and spoken_of not in told_before:
            return tuple(
                told_before
            )  # the release speaks of one disease for it wherever it tells of approval
        return (spoken_of,) if spoken_of is not None else ()

    def _disease_in_words(self) -> Entity | None:
        """A disease that no vocabulary knows: "for the treatment of adults with unexplained tremor"."""
        match = _FOR_WORDS.search(self.sentence.text, self.verb.end, max(self.right, self.verb.end))
        words = " ".join(match["words"].split()) if match else ""
        return Entity(Kind.DISEASE, words) if words else None

    # --- how and when

    def _modality(self) -> Modality:
        verb = self.verb
        if verb.form == "plan":
            return Modality.PLANNED
        start = max(verb.start, verb.end - 12) if verb.form == "noun" else verb.start
        how = said(self.sentence, start, verb.end)
        if how is Modality.NEGATED and verb.status == "rejected":
            return Modality.ASSERTED  # "did not approve"
        return Modality.ASSERTED if how is Modality.HISTORICAL else how

    def _stated(self, how: Modality, date: str | None) -> Modality:
        """A plan where the date lies ahead; a plan to be approved is a hope."""
        if how is Modality.ASSERTED and date is not None and is_future(date, self.document.published):
            how = Modality.PLANNED
        return Modality.HYPOTHETICAL if how is Modality.PLANNED and self.verb.status != "submitted" else how

    def _date(self, own: str | None, how: Modality) -> tuple[str | None, bool]:
        """When, and whether that is only the date of the release."""
        planned = how is Modality.PLANNED
        published = self.document.published
        if how.is_claim_only:
            return None, False
        if own is not None:
            return (own if not planned or not_past(own, published) else None), False
        left = happened(self.document, self.sentence, *self.owned[0])
        if left and (not_past if planned else _not_future)(left[-1][1], published):
            return left[-1][1], False
        if planned or self.verb.state or self.verb.form == "label" or self.here is not None:
            return None, False
        news = published if is_news(self.sentence) else None
        return news, news is not None

    def _population(self) -> tuple[str, ...]:
        return populations(self.sentence.unnamed(self.verb.end, self.right)) if self._names_drug() else ()


def _not_future(iso: str, published: str | None) -> bool:
    return not is_future(iso, published)


def _has_drug(text: str) -> bool:
    return bool(_A_DRUG.search(text))


def _has_agency(text: str) -> bool:
    return bool(_AN_AGENCY.search(text))
