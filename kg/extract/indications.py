"""Linked sentences → the diseases that a drug is studied, designated or approved for, and in whom.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import pattern
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.modality import modality
from kg.extract.patients import who_has
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Mention, Modality

_LEAD: Final = (
    r"(?:(?:treatment|therapy|management|prevention|prophylaxis|care|diagnosis|detection|imaging"
    r"|visuali[sz]ation|staging|mitigation"
    r"|relief|reversal|alleviation) (?:option )?(?:of|for|in)|(?:to"
    r"|for) (?:treat|treating|prevent|preventing)|treats|"
    r"(?:patients?|adults?|children|people|subjects?|individuals?|those|men|women|participants"
    r"|adolescents|infants) (?:(?:aged|ages|\d+|years?|older|and|or|of|age|,|who|have"
    r"|had) ?){0,8}?(?:with|suffering from|living with|diagnosed with|having|at risk (?:of|for))|"
    r"indicated (?:for|in)|(?:efficacy|activity|evaluated|studied|investigated|approved|developed"
    r"|tested|trials?|stud(?:y|ies)|dosing|designation|status|therapy|indications?|option|candidate"
    r"|cohorts?) (?:(?:[\w-]+|in (?:the )?(?:u\.s\.|eu|us|united states|european union|europe|japan"
    r"|china|canada)|by (?:the )?{agency}) ){0,2}?(?:in|for|of|against)|"
    r"(?:disease|illness|infections?)s? (?:caused by|due to)|vaccines? (?:candidates? )?(?:against|for)"
    r"|(?:development|phase (?:[1-4]|i{1,3})[ab]?(?:/(?:[1-4]|i{1,3})[ab]?)?) (?:for|in)|{platform} (?:for"
    r"|against)"
    r"|"
    r"(?:stud(?:y|ies)|trials?) (?:of|with|evaluating) {drug}(?: [^.;]{0,60}?)? (?:in|for)|"
    r"{drug},? (?:[\w-]+ ){0,2}?(?:in|for)|intended for|(?:stage|development|inhibitors?|antagonists?"
    r"|agonists?|antibod(?:y|ies)|conjugates?|cocktail|candidate|program(?:me)?|medicines?|{drug_class}"
    r"|{target}|{payload}) (?:for|against)|designation (?:to|of) {drug} (?:for|in)|(?:being|diseases"
    r"|cancers|indications) (?:studied|evaluated)?,? ?includ(?:e|es|ing)|"
    r"(?:radiation|therapy|chemotherapy|immunotherapy|surgery|{treatment}|{drug}) for|designated for"
    r"|for use in)"
)
_BETWEEN: Final = (
    r"(?:(?!with\b|who\b|that\b|which\b|by\b|to\b(?! severe)|where\b|compared\b)(?:[\w/+'’%-]+"
    r"|{target}[\w/+-]*),? |\([^()\ue000]*\),? ?)"
)
_GLUE: Final = (
    r"(?:(?:,|;|/| \(|\)|\),|:)? ?(?:(?:and|or|as well as|including|such as|e\.g\.|both|either|also"
    r"|potentially|select|certain|other|of|a|an|range|variety|the|in|for|with|patients|\(?[a-z/]+\)?) "
    r"|[\w/+-]+ ){0,6}?)"
)
_TREATED: Final = pattern(
    rf"(?<!\w){_LEAD} {_BETWEEN}{{0,9}}?\(?(?P<list>{{disease}}\)?(?:{_GLUE}{{disease}}\)?){{0,14}})"
)
_ADJECTIVE: Final = pattern(
    r"(?P<list>{disease})(?:/{disease})? (?:[\w-]+ ){0,2}?(?:cohorts?|arms?|patients|stud(?:y|ies)"
    r"|trials?|program|indications?|setting|population)\b"
)
_NAMED_FOR: Final = pattern(
    r"(?P<list>{disease}) (?:{platform}|vaccine|drug|therapy|treatment"
    r"|gene therapy)(?: (?:product )?candidate| program)?,? {drug}"
)
_NOT_AFTER: Final = Pattern(
    r"[-\s]*(?:cells?\b|cell[- ](?!lung|carcinoma|lymphoma|leuk|tumou?r|malignan)|stem\b|targeting"
    r"|cent(?:er|re)s?\b|research|society|(?:disease\s+)?(?:reduction|progression|worsening"
    r"|clearance)\b|growth|models?\b|xenograft|biology|drugs\b|medicines\b|membrane|types?\b|burden"
    r"|levels?\b|coronavirus|(?:virus\s+)?(?:thymidine|vectors?|promoter|genes?|proteins?)\b"
    r"|market|responses?\b(?!\s+to))",
    re.IGNORECASE,
)
_LABORATORY: Final = Pattern(
    r"\b(?:mice|mouse|rats?|murine|xenografts?|cell lines?|in vitro)\b", re.IGNORECASE
)
#: What may stand between two diseases of one list.
_LISTED: Final = pattern(rf"\)?{_GLUE}\(?")
_WITH: Final = Pattern(r"\)?\s+with\s+(?!(?:an?|the|or)\s)")
_POTENTIALLY: Final = Pattern(r"\bpotentially\s+$")
_DENIED: Final = Pattern(
    r"\b(?:not|never|n't)\s+(?:[\w-]+\s+){0,4}?(?:approved|authori[sz]ed|indicated|intended|studied"
    r"|tested|evaluated"
    r"|developed|developing|recommended|licensed|designated|pursue|pursuing|for|in)\b[^,;]*$",
    re.IGNORECASE,
)
#: Behind a disease: the name of something else.
_NO_CASE: Final = Pattern(
    r"(?i:\s+(?:(?:numerical|numeric|rating|symptoms?|severity|assessment|total|daily|quality|intensity"
    r"|questionnaire)\s+)+"
    r"(?:scales?|scores?|index|diary)\b)"
    r"|\s+of\s+any\s+grade\b|\s+(?:was|were)\s+(?:reported|observed|seen|noted)\s+in\s+\d"
    r"|[-\s]*(?:\w+\s+)?(?:(?:Area|Severity|Impact|Activity|Disability|Quality)\b|scor(?:e|ing)\b"
    r"|index\b|scale\b"
    r"|(?:Foundation|Society|Association|Alliance|Network|Institute|Group|Clinic|Congress|Conference"
    r"|Consortium)\b"
    r"|-?free\b|-?related (?:death|mortality)|franchise\b|portfolio\b|compan(?:y|ies)\b|specialists?\b"
    r"|(?:space|landscape|field|community|communities|arena)\b)"
)
#: Before a disease: what is not treated, or a name.
_NOT_BEFORE: Final = Pattern(
    r"(?i:,\s+(?:which\s+is\s+)?(?:an?|one\s+of\s+the)\s+(?:[\w-]+\s+){0,3}(?:forms?|types?|subtypes?"
    r"|kinds?|subsets?|variants?)"
    r"\s+of\s+(?:the\s+)?$"
    r"|\bno\s+(?:[\w-]+\s+){1,2}$|\b(?:had|with)\s+baseline\s+$"
    r"|\b(?:no|complications?\s+of|manifestations?\s+of|without|with\s+or\s+without|history\s+of|excluding"
    r"|irrespective\s+of|regardless\s+of|independent(?:ly)?\s+of|other\s+than|unrelated\s+to|cases?\s+of"
    r"|risks?\s+of(?!\s+developing)|events?\s+of|episodes?\s+of|incidence\s+of|rates?\s+of|signs?\s+of"
    r"|symptoms\s+of|caus(?:es?|ing|ed)|leading\s+to|led\s+to|died\s+of|role\s+in|roles?\s+of\s+\w+\s+in"
    r"|expressed\s+(?:in|on|by)|found\s+in|involved\s+in|implicated\s+in|drivers?\s+of|hallmark\s+of"
    r"|biology\s+of|burden\s+of|prevalence\s+of|understanding\s+of|done\s+for|evidence\s+of|experienced"
    r"|developed|comorbid|concomitant|underlying|residual|persistent|worsening|associated\s+with"
    r"|metasta\w+\s+from|respond\w*\s+to|\d\s?%\s+of|\bany\s+(?:[\w-]+\s+){1,4}in|reduc(?:e|es|ed|ing"
    r"|tions?)(?:\s+(?:in|of))?|\bas\s+in)"
    r"(?:\s+(?:an?|the|severe|serious|grade\s+\S+|other|some|many|several|various|multiple|late-stage"
    r"|human|more|large|wide|broad|variety|range|number|types?"
    r"|than|\d[\d.%]*|of|up|to|all)\b)*\s*$)"
    r"|[A-Z0-9]-$|\b[A-Za-z]+:\s*$|\.\s?\d*$"
    r"|\b(?:Conference|Congress|Society|Association|Foundation|Institute|Journal|Academy|Alliance|Department"
    r"|Head|Director|Professor|President|Chief|Cent(?:er|re)|Division|Chair)\b[^.,;]{0,50}$"
)
#: A sentence on what went wrong with patients rather than on what they were treated for.
_SAFETY: Final = Pattern(
    r"\b(?:adverse|deaths\s+(?:in|among|includ\w+|occur\w+|due)|side effects?|most common|contraindicat\w+"
    r"|(?:tell|ask|call) your"
    r"|your\s+(?:chance|risk|doctor|immune|body)|healthcare provider|warnings?"
    r"|may cause"
    r"|serious infections?|discontinu\w+ (?:due|because)|hypersensitivity|boxed|(?:neuro|cardio"
    r"|hepato)?toxicit\w+)\b",
    re.IGNORECASE,
)
#: Whose field a disease is: no drug is said to be for it.
_FIELD: Final = Pattern(
    r"\b(?:(?<!the )(?<!our )compan(?:y|ies)\b(?!')|biotech\w*|firm\b|leaders?\s+in|specialist|pioneer"
    r"|start-?up"
    r"|committed\s+to|dedicated\s+to|devoted\s+to|(?<!with\sa\s)(?<!primary\s)(?<!initial\s)focus(?:ed|es"
    r"|ing)?\s+(?:[\w-]+\s+){0,2}?on|speciali[sz]\w+\s+in)\b[^.;]*$",
    re.IGNORECASE,
)
_AND_ALSO: Final = Pattern(
    r"\b(?:who\s+(?:also\s+)?|also\s+)(?:have|had|has|suffer(?:s|ed)?\s+from"
    r"|live\s+with)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
#: Between the disease that is treated and another that only says in whom, or why.
_IN_THOSE_WITH: Final = pattern(
    r"\ue0ff*\)?,? (?:(?:in|among|for) (?:[\w\ue000-\ue0ff-]+ ){0,5}?"
    r"(?:patients|people|adults|children|women|men|individuals|those)"
    r"(?: [\w-]+){0,3}? (?:with|who have|suffering from|living with)"
    r"|(?:due|secondary) to|caused by|resulting from|associated with|related to) (?:[\w-]+ ){0,4}?"
)
#: Between two diseases of which the second is told as the first.
_AND_NEXT: Final = Pattern(r"\)?(?:,|,?\s+(?:and|or))\s+(?:[\w-]+\s+)?")
#: "methotrexate, which is approved for gout": of something that is not known as a drug.
_OF_ANOTHER: Final = Pattern(
    r"\b(?!candidate|drug|vaccine|therapy|medicine|compound|antibody|product|treatment"
    r"|conjugate)[a-z]{6,}(?<!s),"
    r"\s+which\s+"
    r"(?:is|was)\s+(?:\w+\s+)?(?:used|approved|indicated|licensed|given|marketed)\b[^.;,]{0,30}$"
)
_DRUG_BEHIND: Final = pattern(
    r"\ue0ff*(?:(?: (?:patients?|participants?|cohort|subjects?) (?:was |were |has been "
    r"|have been )?(?:treated "
    r"|dosed )?(?:with|on|of|in)"
    r"| (?:vaccine|drug|therapy|treatment|candidate|program(?:me)?|trial|study"
    r"|{platform})(?: candidate)?(?: of|,)?)"
    r" (?:an? |the )?(?P<drug>{drug})|, (?P<named>{drug})(?=,| is\b| was\b| has\b))"
)
_STUDY: Final = Pattern(
    r"\b(?:phase\s+(?:[1-4]|I{1,3}V?)|stud(?:y|ies)|trials?|cohorts?|program|enrol\w*|recruit\w*"
    r"|randomi[sz]\w+)\b",
    re.IGNORECASE,
)
_DRUG_WORD: Final = Pattern(
    r"^(?:it|this (?:drug|therapy|compound|candidate|vaccine|antibody|treatment)|the (?:drug|therapy"
    r"|compound|candidate|vaccine|antibody|treatment|product))\b",
    re.IGNORECASE,
)
_UNSAID: Final = Pattern(
    r"\b(?:incidence|prevalence|survival rate|diagnosed each year|worldwide|deaths?|characteri[sz]ed by"
    r"|is a (?:rare|common|chronic|serious))\b",
    re.IGNORECASE,
)
_GENERAL: Final = frozenset(
    {
        "viral infectious disease",
        "disease by infectious agent",
        "infectious disease",
        "allergic disease",
        "disease",
        "cancer",
        "syndrome",
        "rare diseases",
        "rare disease",
        "genetic disease",
        "oncology",
    }
)


#: What warns of a drug: the diseases of such a sentence are those that it is not for.
_WARNING: Final = Pattern(
    r"\b(?:contraindicat\w+|hypersensitiv\w+|not\s+recommended|exclusion\s+criteria|(?:were"
    r"|are)\s+excluded|should\s+(?:not\s+be\s+(?:used|given|taken)|be\s+avoided)"
    r"|do\s+not\s+(?:use|take)|caution|(?:increases?|raises?)\s+(?:your|the)\s+(?:chances?|risk)\s+of"
    r"|may\s+lower\s+the\s+ability)\b",
    re.IGNORECASE,
)
#: "PRAME, a protein expressed in a variety of solid tumors": said of a molecule, not of the drug.
_OF_A_MOLECULE: Final = Pattern(
    r"\b(?:proteins?|antigens?|enzymes?|receptors?|genes?|cytokines?|hormones?|molecules?|pathways?"
    r"|ligands?)\s+"
    r"(?:(?:that|which)\s+(?:is|are)\s+)?(?:\w+ly\s+)?(?:found|expressed|over-?expressed|present|involved"
    r"|implicated|mutated"
    r"|elevated)\b[^.;,]*$",
    re.IGNORECASE,
)
#: "…; and a programme in asthma": what follows is of another one.
_ANOTHER: Final = Pattern(
    r"[;,]\s+and\s+an?\s+(?:[\w-]+\s+){0,2}program|\band\s+(?:we|it|they|the\s+company)\s+\w+", re.IGNORECASE
)


def indications(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """The diseases that a drug is studied, designated or approved for.

    In a sentence that names the drug every disease counts that stands for nothing else; in one that only goes on
    about it, the words before the disease must say that it is treated.

    Hits: "CLR 131 … in a Phase 1 study in patients with relapsed or refractory multiple myeloma"; "AB-1, an oral
    typhoid vaccine"; "a Phase 1 study in combination with external beam radiation for head and neck cancer" (planned).
    Near misses: "focused on drugs for the treatment of cancer" (no drug); "tumor cells"; "mice were injected with
    glioma cells"; "AB-1 may cause anemia"; "Acme, a company developing AB-1 and other drugs for cancer".
    """
    diseases = sentence.of_kind(Kind.DISEASE)
    if not diseases or _LABORATORY.search(sentence.text) or _WARNING.search(sentence.text):
        return
    topic = document.topics.get(sentence.section)
    if topic is not None and topic.kind is Kind.DISEASE and not sentence.of_kind(Kind.DRUG):
        return
    under = _heading(document, sentence)
    drug = _drug_for(document, sentence) or under
    if drug is None:
        return
    seen: set[int] = set()
    spoken_of = None if sentence.of_kind(Kind.DRUG) else drug  # "the FDA granted it … designations in asthma"
    if not _UNSAID.search(sentence.text):
        for form in (_TREATED, _ADJECTIVE, _NAMED_FOR):
            for match in form.finditer(sentence.frame):
                if form is _ADJECTIVE and not (_STUDY.search(sentence.text) and sentence.of_kind(Kind.DRUG)):
                    continue
                listed = [
                    m
                    for m in sentence.at(match.start("list"), match.end("list"))
                    if m.entity.kind is Kind.DISEASE
                ]
                near = _drug_near(sentence, match)
                yield from _of_list(document, sentence, listed, seen, drug, near=near)
    if sentence.of_kind(Kind.DRUG, Kind.DESIGNATION) or (
        under is not None and not _UNSAID.search(sentence.text)
    ):
        for listed in _lists(sentence):
            if _is_no_indication(sentence, listed[0]):
                continue
            told = [m for m in listed if m.start not in seen and not _is_no_indication(sentence, m)]
            if told:
                yield from _of_list(document, sentence, listed, seen, spoken_of, only=told)


#: Between two drugs that are spoken of in one breath.
_TOGETHER: Final = Pattern(
    r"[™®\s]*(?:\([^()]*\)\s*)?(?:,[^.;]{3,90},\s*)?(?:and|plus|\+|(?:in\s+combination|combined"
    r"|together)\s+with)\s+"
    r"(?:[\w'’-]+\s+){0,2}"
)


def shared(sentence: LinkedSentence, told: Sequence[Fact], own: Set[Entity]) -> Iterator[Fact]:
    """What a sentence tells of one drug of the issuer, told of the other that it names in the same breath.

    Hits: "AB-1 plus AB-2 in gout".
    Near misses: "AB-1 in gout and AB-2 in asthma"; "AB-1 plus pembrolizumab in melanoma".

    Args:
        sentence: where the indications were found.
        told: what `indications` found in it.
        own: the drugs of the issuer.
    """
    drugs = sentence.of_kind(Kind.DRUG) if told else ()
    for one, other in pairwise(drugs):
        gap = sentence.text[one.end - sentence.start : other.start - sentence.start]
        if (
            one.entity == other.entity
            or not {one.entity, other.entity} <= own
            or not _TOGETHER.fullmatch(gap)
        ):
            continue
        if any(one.end <= disease.start < other.start for disease in sentence.of_kind(Kind.DISEASE)):
            continue  # "AB-1 (Phase 2, asthma) and AB-2"
        for subject, missing in ((one.entity, other.entity), (other.entity, one.entity)):
            known = {f.object for f in told if f.subject == missing}
            yield from (
                replace(f, subject=missing) for f in told if f.subject == subject and f.object not in known
            )


def _heading(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The drug under whose heading a sentence without a drug stands: what it tells is told of that drug."""
    if sentence.of_kind(Kind.DRUG):
        return None
    return document.headings.get(sentence.sentence.paragraph)


def _of_list(
    document: LinkedDocument,
    sentence: LinkedSentence,
    listed: Sequence[Mention],
    seen: set[int],
    fallback: Entity | None,
    *,
    near: Entity | None = None,
    only: Sequence[Mention] | None = None,
) -> Iterator[Fact]:
    """The facts of diseases that stand side by side.

    Args:
        document: the release.
        sentence: where they stand.
        listed: the diseases, in order.
        seen: offsets of those that are told already; this adds to them.
        fallback: the drug where the sentence names none before the disease.
        near: the drug that the words around the list name.
        only: those of the list that count; all where it is None.
    """
    who_of = dict(zip(listed, who_has(document, sentence, listed), strict=True))
    last = listed[0].start
    accompanied = beside = False
    for mention in listed:
        gap = document.text[last : mention.start] if mention is not listed[0] else ""
        last = mention.end
        accompanied = accompanied or _WITH.match(gap) is not None
        if accompanied or mention.start in seen or (only is not None and mention not in only):
            continue  # "amyloidosis with cardiomyopathy or polyneuropathy" is one disease
        if _NOT_AFTER.match(sentence.text, mention.end - sentence.start) or _is_general(mention.entity):
            continue
        if _is_side(sentence, mention) or _is_field(sentence, mention):
            beside = True
            continue
        beside = beside and _AND_NEXT.fullmatch(gap) is not None
        if beside:
            continue  # "a history of stroke or *heart attack*"
        if _only_says_in_whom(sentence, mention, seen) or _is_had_too(sentence, mention):
            continue
        if _ANOTHER.search(gap):
            return
        if _is_of_next_clause(sentence, mention):
            continue
        if re.match(r"\)?,\s+(?:which\s+is\s+)?(?:an?|the)\s", gap):
            continue  # "rhabdomyosarcoma, a rare pediatric cancer" names one disease
        said = (
            _drug_behind(sentence, mention)
            or near
            or _drug_before(document, sentence, mention)
            or fallback
            or _only_drug(document, sentence, mention)
        )
        if said is None or (any(is_established(n) for n in said.names) and said != document.subject):
            continue
        seen.add(mention.start)
        yield statement(
            document, sentence, "drugs.indication", "drug_indication", said, mention.entity,
            {"population": who_of[mention] or None}, modality=_modality(sentence, mention), confidence=0.9,
        )  # fmt: skip


#: "…, and we initiated our BETA study in gout": what a clause of the company's tells is of another drug.
_NEXT_CLAUSE: Final = Pattern(
    r"\band\s+(?:we|the\s+company)\s+(?:have\s+|has\s+|also\s+)*\w+.*\b(?:trial|study)\b"
)


def _is_of_next_clause(sentence: LinkedSentence, disease: Mention) -> bool:
    """Whether the clause of a disease begins behind the last drug before it and tells of a study with no drug."""
    drugs = [m.end for m in sentence.of_kind(Kind.DRUG) if m.end <= disease.start]
    if not drugs or "and " not in sentence.text:
        return False
    return (
        _NEXT_CLAUSE.search(sentence.text, max(drugs) - sentence.start, disease.start - sentence.start)
        is not None
    )


def _only_says_in_whom(sentence: LinkedSentence, mention: Mention, seen: set[int]) -> bool:
    """Whether a disease is that of the people who have the one treated: "itch in patients with *cholangitis*"."""
    before = [
        m for m in sentence.of_kind(Kind.DISEASE) if m.end <= mention.start and m.entity != mention.entity
    ]
    if not before or before[-1].start not in seen:
        return False
    treated = before[-1]
    return (
        _IN_THOSE_WITH.fullmatch(sentence.frame, treated.end - sentence.start, mention.start - sentence.start)
        is not None
    )


def _lists(sentence: LinkedSentence) -> list[list[Mention]]:
    """The diseases of a sentence, those together that only commas, "and" and words of a list part."""
    out: list[list[Mention]] = []
    for mention in sentence.of_kind(Kind.DISEASE):
        if out and _LISTED.fullmatch(
            sentence.frame, out[-1][-1].end - sentence.start, mention.start - sentence.start
        ):
            out[-1].append(mention)
        else:
            out.append([mention])
    return out


def _modality(sentence: LinkedSentence, mention: Mention) -> Modality:
    """How it is told that a drug is for a disease: what ended or failed was for it too."""
    at = mention.start - sentence.start
    how = modality(sentence.text, at, mention.end - sentence.start)
    if _POTENTIALLY.search(sentence.text, 0, at):
        return Modality.HYPOTHETICAL
    if how is Modality.NEGATED and not _DENIED.search(sentence.text, 0, at):
        return Modality.ASSERTED  # "the trial in asthma did not meet its endpoint"
    return Modality.ASSERTED if how is Modality.HISTORICAL else how


def _is_no_indication(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether the words around a disease make it a side effect, somebody's field, a name, what others have."""
    end = mention.end - sentence.start
    if _SAFETY.search(sentence.text) or _NO_CASE.match(sentence.text, end):
        return True
    if _is_side(sentence, mention) or _is_field(sentence, mention):
        return True
    return _is_had_too(sentence, mention)


def _is_had_too(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a disease is one that those with the one before may have too: "patients who also have *gout*"."""
    at = mention.start - sentence.start
    earlier = any(m.end <= mention.start for m in sentence.of_kind(Kind.DISEASE))
    return earlier and _AND_ALSO.search(sentence.text[max(0, at - 90) : at]) is not None


def _is_side(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether the words before a disease say that it is met with, not treated: "a case of", "expressed in"."""
    at = mention.start - sentence.start
    before = sentence.text[max(0, at - 90) : at]
    return any(form.search(before) for form in (_NOT_BEFORE, _OF_A_MOLECULE, _OF_ANOTHER))


def _is_field(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a disease is what a company works on: "Acme, a company devoted to kidney disease, …"."""
    drugs = [m.end - sentence.start for m in sentence.of_kind(Kind.DRUG) if m.end <= mention.start]
    return _FIELD.search(sentence.text, max(drugs, default=0), mention.start - sentence.start) is not None


def _drug_behind(sentence: LinkedSentence, mention: Mention) -> Entity | None:
    """The drug of "treated the first lupus patient with AB-1", "a dengue vaccine, AB-2"."""
    match = _DRUG_BEHIND.match(sentence.frame, mention.end - sentence.start)
    if match is None:
        return None
    return sentence.mention(match, "drug" if match["drug"] else "named").entity


#: "In patients with asthma, AB-1 …": what opens a sentence holds for the drug behind it.
_INTRODUCED: Final = Pattern(r"[\s\"'*•·–—-]*(?:In|For|Among|As)\b")


def _only_drug(document: LinkedDocument, sentence: LinkedSentence, mention: Mention) -> Entity | None:
    """The one drug that a sentence names, comparators and partners apart."""
    own = sentence.of_kind(Kind.DRUG)
    if own and mention.end <= own[0].start and not _INTRODUCED.match(sentence.text):
        gap = sentence.text[mention.end - sentence.start : own[0].start - sentence.start]
        if "," in gap or ";" in gap or len(gap) > 60:
            return None  # "in colorectal cancer and, in AB-1, with a second conjugate"
    drugs = dict.fromkeys(
        m.entity
        for m in own
        if m.entity == document.subject or not any(is_established(n) for n in m.entity.names)
    )
    return next(iter(drugs)) if len(drugs) == 1 else None


def _is_general(entity: Entity) -> bool:
    """Whether a disease is a chapter of medicine rather than something a drug is tested in."""
    return entity.label in _GENERAL or entity.label.endswith(("system disease", "system disorder"))


def _drug_for(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The drug of a sentence that speaks of treatment, if it speaks of one.

    A sentence that names no drug counts where "it" is one, or where a study of the section's drug is spoken of.
    """
    own = sentence.of_kind(Kind.DRUG)
    if own:
        return document.drug_of(sentence)
    if sentence.section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEADLINE):
        return None
    if sentence.of_kind(Kind.DESIGNATION, Kind.REGULATORY_ACTION):
        return document.drug_of(sentence)
    if _DRUG_WORD.search(sentence.text) or (
        _STUDY.search(sentence.text)
        and not re.search(r"\b(?:studies|trials) (?:have|has|show)", sentence.text)
    ):
        return document.drug_of(sentence)
    topic = document.topics.get(sentence.section)
    listed = re.search(r"\b(?:being|are|were) (?:studied|evaluated|enrolled|treated)\b", sentence.text)
    return topic if listed and topic is not None and topic.kind is Kind.DRUG else None


def _drug_before(document: LinkedDocument, sentence: LinkedSentence, disease: Mention) -> Entity | None:
    """The last drug before a disease that is not only given with, or compared to, another."""
    out: Entity | None = None
    partners: set[Entity] = set()
    last: Mention | None = None
    for mention in sentence.of_kind(Kind.DRUG):
        if mention.end > disease.start:
            break
        before = sentence.text[: mention.start - sentence.start]
        established = (
            any(is_established(n) for n in mention.entity.names) and mention.entity != document.subject
        )
        # "AB-1 for asthma and AB-2 for gout": what has its own disease is not given with the one before
        apart = last is not None and any(
            last.end <= d.start and d.end <= mention.start for d in sentence.of_kind(Kind.DISEASE)
        )
        apart = apart and re.search(r"\band\s+(?:[\w-]+\s+){0,2}$", before) is not None
        between = sentence.text[last.end - sentence.start : mention.start - sentence.start] if last else ""
        apart = apart or _OWN_CLAUSE.search(between) is not None
        # "AB-1 for asthma, AB-2, and AB-3 for gout": items of a list of which others have their own disease
        apart = apart or (
            _NEXT_ITEM.search(before) is not None
            and any(d.end <= mention.start for d in sentence.of_kind(Kind.DISEASE))
        )
        given = out is not None and not apart and _GIVEN_WITH.search(before)
        last = mention
        if given or _MADE_OF.search(before) or (out is not None and _COMPONENT.search(before)):
            partners.add(mention.entity)
        if mention.entity not in partners and (not established or out is None):
            out = mention.entity
    return out


#: "BREVAIR (formoterol/ciclesonide)": what stands in the bracket is a part of what stands before it.
_COMPONENT: Final = Pattern(r"[®™)\w]\s*\([^()]*$")
#: "AB-1 is an antagonist, and AB-2 …": what has a clause of its own is given with nothing.
_OWN_CLAUSE: Final = Pattern(r"\b(?:is|are|was|were|has)\b.*(?:,|;)\s+and\s+(?:[\w-]+\s+){0,2}$", re.DOTALL)
_NEXT_ITEM: Final = Pattern(r",\s+and\s+(?:the\s+)?$")
_MADE_OF: Final = Pattern(
    r"\b(?:formulation|version|form|prodrug|analog(?:ue)?|derivative|metabolite|salt|biosimilar"
    r"|copy)s?\s+(?:of|to)\s+$",
    re.IGNORECASE,
)
_GIVEN_WITH: Final = Pattern(
    r"(?<!; )\b(?:with|plus|versus|vs\.?|than|to|or|and)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)


def _drug_near(sentence: LinkedSentence, match: re.Match[str]) -> Entity | None:
    """The drug of the match itself, unless it is only what another is given with."""
    for mention in sentence.at(match.start(), match.end()):
        if mention.entity.kind is Kind.DRUG:
            before = sentence.text[: mention.start - sentence.start]
            others = any(m.end <= mention.start for m in sentence.of_kind(Kind.DRUG))
            return None if others and _GIVEN_WITH.search(before) else mention.entity
    return None


#: Chapters of medicine: "kidney diseases", "inherited metabolic disorders", "blood cancers".
_UMBRELLA: Final = Pattern(
    r"(?:(?:inherited|genetic|rare|serious|severe|orphan|human|other|acute)\s+)*"
    r"(?:(?:autoimmune|allergic|inflammatory|immune-mediated|immunological|cardiovascular|cardiometabolic"
    r"|metabolic|kidney"
    r"|renal|liver|lung|respiratory|pulmonary|retinal|eye|ocular|ophthalmic|skin|dermatological|neurological"
    r"|neurodegenerative|neuromuscular|psychiatric|mental|blood|hematologic(?:al)?|bleeding"
    r"|gastrointestinal|bone|muscle"
    r"|heart|complement-mediated|endocrine|genetic|infectious|viral|bacterial|kidney system"
    r"|connective tissue)\s+"
    r"(?:system\s+)?(?:diseases?|disorders?|conditions?|infections?)"
    r"|(?:(?:blood|ha?ematologic(?:al)?|epithelial|advanced)\s+)?(?:cancers?|malignanc(?:y|ies)"
    r"|neoplasms?)|carcinomas?)",
    re.IGNORECASE,
)


def without_umbrellas(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Indications without the chapters of medicine that stand beside the disease itself.

    Hits: "AB-1 is for IgA nephropathy and other *kidney diseases*". Near miss: "AB-1 is for autoimmune diseases".
    """
    precise = {f.subject for f in facts if f.modality in _TOLD and not _UMBRELLA.fullmatch(_name(f.object))}
    yield from (f for f in facts if f.subject not in precise or not _UMBRELLA.fullmatch(_name(f.object)))


_TOLD: Final = (Modality.ASSERTED, Modality.PLANNED)


def _name(object_: object) -> str:
    return object_.label if isinstance(object_, Entity) else ""
