"""Sentences → what every decision of an agency has: who decided, when, for which disease.

Common ground of `kg.extract.designations`, `approvals` and `agency_actions`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from kg.extract.deciders import Office, deciders, same_place
from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.indications import INDICATION_LINE, indications
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.values import DateMatch, dates
from kg.model import Entity, Fact, Kind, Mention, Modality

#: Programmes that only some agencies run, the usual one first.
ONLY_AGENCIES: Final = {
    f"designation:{name}": tuple(f"agency:{a}" for a in agencies.split())
    for name, agencies in {
        "fast-track": "fda swissmedic mfds",
        "breakthrough-therapy": "fda nmpa cde mfds sfda",
        "breakthrough-device": "fda",
        "rare-pediatric-disease": "fda",
        "rmat": "fda",
        "qualified-infectious-disease": "fda",
        "national-priority-voucher": "fda",
        "platform-technology": "fda",
        "prime": "ema",
        "accelerated-assessment": "ema",
        "innovative-licensing": "mhra",
        "promising-innovative-medicine": "mhra",
        "sakigake": "mhlw pmda",
        "provisional-determination": "tga",
    }.items()
}
#: Acts that one agency is known for.
ONLY_AGENCY: Final = {
    "regulatory-action:pdufa-date": "agency:fda",
    "regulatory-action:complete-response-letter": "agency:fda",
    "regulatory-action:ind-clearance": "agency:fda",
    "regulatory-action:import-alert": "agency:fda",
    "regulatory-action:notice-of-deficiency": "agency:health-canada",
    "regulatory-action:positive-opinion": "agency:chmp",
    "regulatory-action:emergency-use-authorization": "agency:fda",
    "regulatory-action:priority-review-voucher": "agency:fda",
}


#: Who gives opinions for others to follow.
GIVE_OPINIONS: Final = frozenset({"agency:chmp", "agency:comp", "agency:ema"})


def agency_of(document: LinkedDocument, sentence: LinkedSentence, at: Mention) -> Entity | None:
    """The agency that acts: the nearest in the sentence; else the only one that has such a programme."""
    agencies = sentence.of_kind(Kind.AGENCY)
    if "opinion" in (at.entity.concept or ""):
        # "the Commission approved it, following a positive opinion": who decides gives no opinion
        agencies = tuple(m for m in agencies if m.entity.concept in GIVE_OPINIONS)
        words = sentence.text[at.start - sentence.start : at.end - sentence.start].lower()
        if "opinion" not in words and not agencies:
            return None  # "the advisory committee recommends approval"
        chmp = next(
            (m.entity for m in document.mentions(Kind.AGENCY) if m.entity.concept == "agency:chmp"), None
        )
        if chmp is not None and all(m.entity.concept == "agency:ema" for m in agencies):
            return chmp  # "EMA backs AB-1" is what its committee does
    curie = ONLY_AGENCY.get(at.entity.concept or "")
    for mention in agencies:
        gap = sentence.text[max(0, at.end - sentence.start) : max(0, mention.start - sentence.start)]
        if (
            mention.start >= at.end
            and re.fullmatch(r"[^.;,]{0,40}?\b(?:by|from)\s+(?:the\s+)?", gap)
            and not re.search(r"\band\b", gap)
        ):
            return mention.entity
    for mention in agencies:
        if mention.entity.concept == curie:
            return mention.entity
    if not agencies and curie is None:
        return next(
            (d.agency for d in deciders(document, sentence, 0, len(sentence.text), Office.DESIGNATES)), None
        )
    if agencies:
        return min(agencies, key=lambda m: min(abs(m.start - at.end), abs(at.start - m.end))).entity
    return document.concept(curie) if curie is not None and curie in document.concepts else None


def date_of(document: LinkedDocument, sentence: LinkedSentence, at: int) -> str | None:
    """The date of what stands at an offset of the sentence: a date that the sentence gives, or "today".

    A statement of background has none: that the release says it is no date of the event.
    """
    given = [
        d
        for d in dates(sentence.text, on=document.published)
        if not is_future(d.iso, document.published)
        and (len(d.iso) >= 7 or re.match(r"(?:in|since)\s", sentence.text[d.start : d.end], re.IGNORECASE))
        and OTHER_DATE.search(sentence.text, 0, d.start) is None
    ]
    if given:
        # Of several dates in a list, each stands after what it dates: "ODD in June 2020 and BTD in March 2021".
        following = len(sentence.text)
        last = at
        for mention in sentence.of_kind(Kind.DESIGNATION, Kind.REGULATORY_ACTION):
            start, end = mention.start - sentence.start, mention.end - sentence.start
            if start > at and not _SIDE_BY_SIDE.fullmatch(sentence.text[last:start]):
                following = start
                break
            last = max(last, end)
        own = respective(sentence, at, given) or [d for d in given if at < d.start < following]
        if not own:
            # A date before counts unless something else happened between: "approved in May and has Fast Track".
            given = [
                d
                for d in given
                if d.start < at
                and not re.search(
                    r"\band\s+(?:also\s+)?(?:(?:the|its|our|an?)\s+(?:[\w()-]+\s+){1,6})?(?:has"
                    r"|have|is|was|holds?|received)\b",
                    sentence.text[d.end : at],
                )
            ]
            if not given:
                return None
        return (own[0] if own else min(given, key=lambda d: min(abs(d.start - at), abs(d.end - at)))).iso
    return document.published if is_news(sentence, document) else None


#: "*Established* in 1931, Acme is known for ABC-1, approved in Japan", "further to the *announcement of* May 1": when a
#: firm began or something was said
OTHER_DATE: Final = Pattern(
    r"\b(?:established|founded|incorporated|formed|set\s+up|(?:announcements?|(?:press|news)\s+releases?)"
    r"(?:\s+(?:made|issued|published|dated|of))?)\s+(?:in\s+|on\s+)?(?:[A-Z]\w+\s+\d{1,2},\s)?$",
    re.IGNORECASE,
)


def respective(sentence: LinkedSentence, at: int, given: list[DateMatch]) -> list[DateMatch]:
    """ "ODD and Fast Track designation … in April 2024 and December 2023, respectively": to each its own."""
    named = [
        m for m in sentence.of_kind(Kind.DESIGNATION) if given and m.end - sentence.start <= given[0].start
    ]
    if "respectively" not in sentence.text or len(named) < len(given) or len(given) < 2:
        return []
    place = next((i for i, m in enumerate(named[-len(given) :]) if m.start - sentence.start == at), None)
    return [] if place is None else [given[place]]


_SIDE_BY_SIDE: Final = Pattern(
    r"(?:\s*designations?)?(?:\s*,)?(?:\s*(?:and|or|as\s+well\s+as|both|/))?\s*", re.IGNORECASE
)


def is_future(iso: str, published: str | None) -> bool:
    """Whether a date lies after the release: a goal or a plan, not when something was decided."""
    return published is not None and iso > published[: len(iso)]


def not_past(iso: str, published: str | None) -> bool:
    """Whether something may still come at a date: "in 2026" said in 2026."""
    return published is None or iso >= published[: len(iso)]


#: What titles of decisions say.
_DECISION: Final = Pattern(
    r"approv|authori[sz]|designat|clear(?:s|ed|ance)|accept|\bhold\b|orphan|fast track|breakthrough|\bnod\b|licen[sc]e"
    r"|submi|\bfil(?:es|ed|ing)|grant|reject|refus|letter|\bCRL\b|opinion|\bOKs?\b|regist|go-ahead|green[- ]light"
    r"|\bINDs?\b|\bCTAs?\b|withdr",
    re.IGNORECASE,
)


def _leads(document: LinkedDocument, sentence: LinkedSentence) -> bool:
    """Whether a sentence is the first below a title that tells of a decision."""
    return next(document.of_section(SectionKind.BODY), None) is sentence and (
        _DECISION.search(document.headline) is not None
    )


def is_news(sentence: LinkedSentence, document: LinkedDocument | None = None) -> bool:
    """Whether the sentence is the release's own announcement: its headline, what leads it, or "announces today"."""
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return True
    return (
        sentence.section.kind is SectionKind.BODY
        and not sentence.in_quote
        and (
            re.search(r"\btoday\b|\bannounces?\b(?! (?:on|in|that it (?:will|plans)))", sentence.text)
            is not None
            or (document is not None and _leads(document, sentence))
        )
        and not re.search(
            r"\b(?:last|previously|earlier|in (?:January|February|March"
            r"|April|May|June|July|August|September|October|November|December))\b",
            sentence.text,
        )
    )


def disease_lists(sentence: LinkedSentence, start: int, end: int | None = None) -> Iterator[list[Mention]]:
    """Each list of diseases that "for the treatment of …" names between two offsets of the sentence."""
    behind = -2
    for match in _FOR_DISEASE.finditer(sentence.frame, start, len(sentence.frame) if end is None else end):
        if _NEXT_CLAUSE.search(sentence.text, start, match.start()):
            return
        # "diabetic kidney disease with chronic kidney disease stage 3": what comes with a disease is no second one
        if match[0].startswith("with") and (
            match.start() - behind in (0, 1)
            or (behind >= 0 and sentence.text[behind : match.start()].strip(" )") == "associated")
        ):
            continue
        if (
            _ONLY_MET_WITH.search(match[0])
            or _WHATEVER.search(sentence.text, 0, match.start())
            or (match.start() - behind in (0, 1) and _UMBRELLA.match(match[0]))
        ):
            continue
        behind = match.end()
        listed = [
            m
            for m in sentence.at(match.start("list"), match.end("list"))
            if m.entity.kind is Kind.DISEASE
            and not _LEFT_OUT.search(sentence.text, 0, m.start - sentence.start)
        ]
        if not listed:
            continue
        # "tumors including melanoma and sarcoma": the umbrella is no disease beside those that it covers
        covers = listed[1:] and _COVERS.match(sentence.text, listed[0].end - sentence.start)
        yield listed[1:] if covers else listed


def said(
    sentence: LinkedSentence,
    start: int,
    end: int,
    *,
    within: tuple[int, int] | None = None,
    only_before: bool = False,
) -> Modality:
    """The modality of a decision at two offsets of a sentence, the past being as good as the present.

    What a relative clause says of something else counts not: "In China, where ABC-1 is not approved, …"; "for patients
    whose disease is not controlled".

    Args:
        sentence: where it is said.
        start, end: the words whose modality is asked for.
        within: the part of the sentence that may say it; the whole by default.
        only_before: whether what stands behind the words says nothing of them.
    """
    text = sentence.text
    if within is not None:
        text = " " * within[0] + text[within[0] : within[1]]
    for pattern_ in (_RELATIVE, _OF_PATIENTS):
        for match in pattern_.finditer(text):
            if end <= match.start() or match.end() <= start:
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    how = modality(text, start, end, only_before=only_before)
    return Modality.ASSERTED if how is Modality.HISTORICAL else how


_RELATIVE: Final = Pattern(r"(?<=,)\s+(?:where|which|who|whose|(?:for|in|of)\s+which)\b[^,;]*(?=,)")
_OF_PATIENTS: Final = Pattern(r"\b(?:whose|who)\b[^,;]*")


def settled(told: Iterable[tuple[Fact, bool]], *, final: frozenset[str]) -> Iterator[Fact]:
    """What a release tells of decisions, put in order.

    Where a fact has only the date of the release (the flag) and the release gives another, that one counts; two
    bodies of one country that are told of for one decision (the CDE and the NMPA) are one; what was asked for and has
    no date of its own is left out where the release tells what became of it.

    Args:
        told: facts, each with whether its date is only that of the release.
        final: statuses ("granted") that what was asked for may have come to.
    """
    everything: list[tuple[Fact, bool]] = []
    alike: dict[_About, list[Fact]] = defaultdict(list)
    for fact, by_release in told:
        like = next((f for f in alike[_about(fact)] if _same_decision(f, fact)), None)
        agency = like.qualifier("agency") if like is not None else ()
        kept = fact.with_qualifiers({"agency": agency}) if agency else fact
        everything.append((kept, by_release))
        alike[_about(kept)].append(kept)
    dated: dict[_About, list[Fact]] = defaultdict(list)
    decided: dict[_About, list[Fact]] = defaultdict(list)
    for fact, by_release in everything:
        if not by_release and fact.qualifier("date"):
            dated[_about(fact)].append(fact)
        if _status(fact) in final and not fact.modality.is_claim_only:
            decided[_about(fact)].append(fact)
    for fact, by_release in everything:
        about = _about(fact)
        rivals = [other for other in dated[about] if other is not fact and _same_decision(other, fact)]
        if rivals and (by_release or any(_just_before(other, fact) for other in rivals)):
            yield fact.with_qualifiers({"date": None})
        elif (
            _status(fact) in _ASKED
            and (by_release or not fact.qualifier("date"))
            and any(_same_decision(other, fact, status=False) for other in decided[about])
        ):
            continue
        else:
            yield fact


_About = tuple[str, object, object]


def _about(fact: Fact) -> _About:
    """What facts of one decision have in common."""
    return fact.relation, fact.subject, fact.object


def _just_before(one: Fact, other: Fact) -> bool:
    """Whether a date is some days before another: what was decided then is announced now."""
    first, then = (str(next(iter(f.qualifier("date")), "")) for f in (one, other))
    if len(first) < _WHOLE or len(then) < _WHOLE:
        return False
    return 0 < (date.fromisoformat(then) - date.fromisoformat(first)).days <= _SOON


_WHOLE: Final = len("2020-01-01")
#: Days within which a decision is announced
_SOON: Final = 10
_ASKED: Final = frozenset({"requested", "submitted"})


def _status(fact: Fact) -> str | None:
    return next((v.label for v in fact.qualifier("status") if isinstance(v, Entity)), None)


def _same_decision(one: Fact, other: Fact, *, status: bool = True) -> bool:
    """Whether two facts may tell of one decision: nothing that both say differs, dates apart."""
    if _about(one) != _about(other):
        return False
    if status and _status(one) != _status(other):
        return False
    for slot in ("indication", "drug", "scope"):
        if one.qualifier(slot) and other.qualifier(slot) and one.qualifier(slot) != other.qualifier(slot):
            return False
    agencies = [a for f in (one, other) for a in f.qualifier("agency") if isinstance(a, Entity)]
    return len(agencies) < 2 or same_place(agencies[0], agencies[1])


def drug_meant(document: LinkedDocument, sentence: LinkedSentence, before: int) -> Entity | None:
    """The drug that a sentence goes on about: the last before an offset of it or before it in its paragraph that is not
    only given or compared with another; else what its heading, its section or the release is about.
    """
    number = sentence.sentence.paragraph
    index = document.index(sentence)
    for place in range(index, -1, -1):
        told = document.sentences[place]
        if told.sentence.paragraph != number:
            break
        found = [
            m.entity
            for m in told.of_kind(Kind.DRUG)
            if (place != index or m.end - told.start <= before) and not given_too(told, m)
        ]
        if found:
            return document.subject if document.subject in found else found[0]
    lead = lead_in(document, sentence)
    if lead is not None and lead.of_kind(Kind.DRUG):
        return lead.of_kind(Kind.DRUG)[0].entity
    topic = document.topics.get(sentence.section)
    return document.headings.get(number) or (
        topic if topic is not None and topic.kind is Kind.DRUG else document.subject
    )


_ITEM: Final = Pattern(r"\s*[-–—*•·▪●○]\s")


def lead_in(document: LinkedDocument, sentence: LinkedSentence) -> LinkedSentence | None:
    """What the list that a sentence is an item of begins with: "ABC-1 has several designations, including:"."""
    index = document.index(sentence)
    while index and _ITEM.match(document.sentences[index].text):
        index -= 1
        if document.sentences[index].text.rstrip().endswith(":"):
            return document.sentences[index]
    return None


def disease_spoken_of(document: LinkedDocument, sentence: LinkedSentence, drug: Entity) -> Entity | None:
    """What a drug is for, by the sentences before in its section, else by the first of the release that says it."""
    index = document.index(sentence)
    before = [
        s
        for s in document.sentences[max(0, index - _LOOK_BACK) : index]
        if s.section == sentence.section and not _SAFETY.search(s.text)
    ]
    for told in (*reversed(before), *document.statements()):
        named = any(m.entity == drug for m in told.of_kind(Kind.DRUG)) or INDICATION_LINE.match(told.text)
        if named and not _OTHER_NEWS.search(told.text):
            found = [
                f.object
                for f in indications(document, told)
                if f.subject == drug and isinstance(f.object, Entity)
            ]
            # "for the reduction of proteinuria in IgA nephropathy" is for the nephropathy
            sure = [m.entity for listed in disease_lists(told, 0) for m in listed]
            told_of = [d for d in found if not _is_effect(told, d)]
            if told_of:
                return next((d for d in (*told_of, *sure) if d in sure), told_of[0])
    return None


def _is_effect(sentence: LinkedSentence, disease: Entity) -> bool:
    """Whether a disease is only what a drug lessens: "reduces *proteinuria*"."""
    return all(
        _LESSENS.search(sentence.text[: m.start - sentence.start])
        for m in sentence.of_kind(Kind.DISEASE)
        if m.entity == disease
    )


_LESSENS: Final = Pattern(
    r"\b(?:reduc\w+|lower\w*|decreas\w+|improv\w+|chang\w+|control)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
_LOOK_BACK: Final = 4
_SAFETY: Final = Pattern(
    r"\b(?:adverse|toxicit\w+|grade\s+[1-5]|occurred|side\s+effects?|reactions?|deaths?|discontinu\w+)\b",
    re.IGNORECASE,
)
#: A headline that goes on to another drug's data
_OTHER_NEWS: Final = Pattern(r"^[^a-z]*,[^a-z]*\b(?:PHASE|DATA|RESULTS)\b[^a-z]*$")


def diseases_after(sentence: LinkedSentence, start: int) -> list[Mention]:
    """The diseases that "for the treatment of …" names after an offset of the sentence; a list counts whole."""
    return next(disease_lists(sentence, start), [])


def disease_in_words(text: str, start: int, end: int) -> Entity | None:
    """A disease that no vocabulary knows: "for the treatment of adults with unexplained tremor"."""
    match = _FOR_WORDS.search(text, start, max(start, end))
    words = " ".join(match["words"].split()) if match else ""
    return Entity(Kind.DISEASE, words) if words else None


#: What is treated, in words: up to where something else begins
_FOR_WORDS: Final = Pattern(
    r"\b(?:(?:for|in)\s+(?:the\s+)?(?:\w+\s+)?(?:treatment|prevention|prophylaxis"
    r"|management)\s+of|to\s+(?:treat|prevent)|indicated\s+for)\s+"
    r"(?:(?:(?:adult|pediatric|paediatric|adolescent|female|male|certain"
    r"|some)\s+)*(?:adults|patients|children|adolescents|people|individuals"
    r"|women|men|subjects|infants)(?:\s+and\s+\w+)?\s+(?:aged\s+[\w ]+\s+)?(?:with"
    r"|who\s+have|suffering\s+from|living\s+with)\s+)?"
    r"(?:(?:the|a|an|invasive|severe|moderate|mild|moderate[- ]to[- ]severe"
    r"|chronic|acute|refractory|relapsed|advanced|recurrent|primary"
    r"|newly"
    r"|diagnosed|unresectable|metastatic|or|and)\s+)*"
    r"(?P<words>(?:[\w-]+(?:ive|al|ary|ic|ous)\s+(?:and|or)\s+)?(?!disease|disorder|condition|symptoms|signs|pain\b)[A-Za-z][\w'’/-]*(?:\s+(?!in\b"
    r"|who\b|whose\b|that\b|which\b|with\b|at\b|as\b|by\b"
    r"|and\b|or\b|based\b|under\b|to\b|from\b|on\b|following\b|caused\b"
    r"|for\b|after\b|is\b|was\b|due\b)[A-Za-z(][\w'’/)-]*){0,5})"
)
#: "with radiographic evidence of bone disease"
_ONLY_MET_WITH: Final = Pattern(
    r"\b(?:evidence|history|signs|absence|risk|irrespective|regardless) of\b", re.IGNORECASE
)
_WHATEVER: Final = Pattern(r"\b(?:irrespective|regardless|independent(?:ly)?)\s+$", re.IGNORECASE)
#: "anemia in certain rare blood disorders"
_UMBRELLA: Final = Pattern(r"in (?:certain|rare|other|some|various|select(?:ed)?|multiple)\b", re.IGNORECASE)
#: "la/mUC, a form of *bladder cancer*", "(excluding *ventilator-associated pneumonia*)", "but not for *asthma*"
_LEFT_OUT: Final = Pattern(
    r"(?:\b(?:but|and|yet)|,)\s+not\s+(?:yet\s+)?(?:for\s+|in\s+|the\s+)*$"
    r"|\b(?:excluding|except(?:\s+for)?|other\s+than|(?:forms?|types?|kinds?|subtypes?)\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_COVERS: Final = Pattern(r",?\s+(?:including|such as|specifically|namely)\b")
#: "designated as an orphan drug and is being evaluated in …": what follows is said of something else
_NEXT_CLAUSE: Final = Pattern(
    r"\band\s+(?:is|are|was|were)\s+(?:also\s+)?(?:currently\s+|now\s+)?(?:being\s+)?(?:evaluated"
    r"|studied|investigated"
    r"|tested|in)\b",
    re.IGNORECASE,
)
_LISTED: Final = (
    # "rhabdomyosarcoma, a rare pediatric cancer" is one disease
    r"{disease}(?:(?!, an? (?:[\w-]+ ){0,4}?{disease}(?:[,.;]|$"
    r"| (?:that|which|caus|charac|affect|resulting|with)))(?: ?\((?:[a-z]+ )?(?:19"
    r"|20)\d\d\))?(?:,|/| \(| and| or|, and|, or| as well as)+ ?(?:[\w/-]+ ){0,4}?{disease}){0,8}"
)
_FOR_DISEASE: Final = pattern(
    r"\b(?:for(?! the (?:reduction|control|improvement))"
    # "for asthma in 2021 and gout is common"
    r"|in(?! (?:[a-z]+ )?(?:19|20)\d\d,? and {disease} (?:is|are|was|were|has|have|affects?|remains?)\b)"
    r"|(?<!reduction\s)(?<!control\s)of"
    r"|with|to treat|treat(?:ing|s)|to prevent|preventing|against|(?:benefit|superiority|advantage"
    r"|improvement)\s+over|than)(?: the)?(?: (?:potential |possible )?(?:treatment"
    r"|therapy|management|prevention) of| (?:use|patients|adults?|children) (?:[\w-]+ ){0,6}?(?:with"
    r"|in))?"
    rf" (?:(?!combination\b|study\b|trial\b)(?:[\w/+'*:-]+|{{target}}[\w/+-]*),? "
    rf"|\([^()\ue000-\ue0ff]*\) ?|[\w-]+/(?={{disease}})){{0,9}}?[\"“]?(?P<list>{_LISTED})"
)


#: Named programmes whose grant is an approval.
APPROVALS_BY_NAME: Final = frozenset(
    {
        "designation:conditional-marketing-authorisation",
        "designation:conditional-early-approval",
        "regulatory-action:accelerated-approval",
        "regulatory-action:full-approval",
        "regulatory-action:label-expansion",
        "regulatory-action:filing-acceptance",
    }
)


#: Before a drug that is only given with the designated one.
_GIVEN_TOO: Final = Pattern(
    r"(?:\b(?:in\s+combination\s+with|combined\s+with|together\s+with"
    r"|plus|versus|vs\.?|(?:added|add[- ]on)\s+(?:\w+\s+)?to|add-on\s+therapy\s+to"
    r"|(?:controlled|treated|maintained|managed|pretreated|progress\w*|experienced|intolerant|intolerance|refractory"
    r"|resistant|respon(?:d|ded|se|ses|ders?)|background|na[iï]ve|ineligible|failed)\s+(?:with|on|to|of|for|after|by)"
    r"|compar(?:ed|ing|ison)\s+(?:with|to)|against|(?:benefit|superiority"
    r"|advantage|improvement)\s+over|than|(?:un)?like|similar\s+to|in\s+contrast\s+to)|\+)(?:\s+(?!and\b|or\b)[\w'®™/-]+){0,7}\s*\(?$",
    re.IGNORECASE,
)


def given_too(sentence: LinkedSentence, drug: Mention) -> bool:
    """Whether a drug is only given or compared with another: "in combination with A and *B*", "over *C*"."""
    at = drug.start - sentence.start
    if _GIVEN_TOO.search(sentence.text[:at]):
        return _SPOKEN_OF.match(sentence.text, drug.end - sentence.start) is None
    earlier = [m for m in sentence.of_kind(Kind.DRUG) if m.end <= drug.start]
    glue = _COORDINATED.fullmatch(sentence.text, earlier[-1].end - sentence.start, at) if earlier else None
    if glue is None or (glue[0].strip() == "," and _FRONTED.match(sentence.text)):
        return False
    return given_too(sentence, earlier[-1])


#: "unlike A, *which is* approved for asthma, B …"
_SPOKEN_OF: Final = Pattern(
    r"[®™]?(?:\s*\([^()]*\))?,\s+(?:which|that)\s+(?:is|was|has|had|received|won|holds)\b"
)
#: "*Unlike* A, B is approved"
_FRONTED: Final = Pattern(
    r"\W*(?:(?:un)?like|compared|similar|in\s+contrast|in\s+combination|together)\b", re.IGNORECASE
)


_COORDINATED: Final = Pattern(r"[®™]?(?:\s*\([^()]*\))?\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+)")
