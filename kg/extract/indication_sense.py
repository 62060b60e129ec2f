"""A disease in its sentence → whether the words around it make it no indication: met with, a field, a part of a name.

Before `kg.extract.indications`, which holds every other disease of a drug's sentence for one.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention

_LABORATORY: Final = Pattern(
    r"\b(?:mice|mouse|rats?|murine|xenografts?|cell lines?|in vitro)\b", re.IGNORECASE
)
#: What warns of a drug: the diseases of such a sentence are those that it is not for.
_WARNING: Final = Pattern(
    r"\b(?:contraindicat\w+|hypersensitiv\w+|not\s+recommended|exclusion\s+criteria|(?:were"
    r"|are)\s+excluded|should\s+(?:not\s+be\s+(?:used|given|taken)|be\s+avoided)"
    r"|do\s+not\s+(?:use|take)|caution|(?:increases?|raises?)\s+(?:your|the)\s+(?:chances?|risk)\s+of"
    r"|may\s+lower\s+the\s+ability)\b",
    re.IGNORECASE,
)


def tells_of_no_treatment(sentence: LinkedSentence) -> bool:
    """Whether a sentence is of the laboratory, or warns of a drug: none of its diseases is one that a drug is for."""
    return _LABORATORY.search(sentence.text) is not None or _WARNING.search(sentence.text) is not None


#: What is said of a disease where no drug is spoken of.
_UNSAID: Final = Pattern(
    r"\b(?:incidence|prevalence|survival rate|diagnosed each year|worldwide|deaths?|characteri[sz]ed by"
    r"|is a (?:rare|common|chronic|serious))\b",
    re.IGNORECASE,
)


def tells_of_the_disease(sentence: LinkedSentence) -> bool:
    """Whether a sentence says what a disease is, how many have it, how many die of it."""
    return _UNSAID.search(sentence.text) is not None


#: Behind a disease: what makes it the first word of something else.
_NOT_AFTER: Final = Pattern(
    r"[-\s]*(?:cells?\b|cell[- ](?!lung|carcinoma|lymphoma|leuk|tumou?r|malignan)|stem\b|targeting"
    r"|cent(?:er|re)s?\b|research|society|(?:disease\s+)?(?:reduction|progression|worsening"
    r"|clearance)\b|growth|models?\b|xenograft|biology|drugs\b|medicines\b|membrane|types?\b|burden"
    r"|levels?\b|coronavirus|(?:virus\s+)?(?:thymidine|vectors?|promoter|genes?|proteins?)\b"
    r"|market|responses?\b(?!\s+to))",
    re.IGNORECASE,
)


def begins_another_name(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a disease is only how something else begins: "*tumor* cells", "*cancer* research"."""
    return _NOT_AFTER.match(sentence.text, mention.end - sentence.start) is not None


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


def is_general(entity: Entity) -> bool:
    """Whether a disease is a chapter of medicine rather than something a drug is tested in."""
    return entity.label in _GENERAL or entity.label.endswith(("system disease", "system disorder"))


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


def is_no_indication(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether the words around a disease make it a side effect, somebody's field, a name, what others have."""
    end = mention.end - sentence.start
    if _SAFETY.search(sentence.text) or _NO_CASE.match(sentence.text, end):
        return True
    return is_only_met(sentence, mention) or is_had_too(sentence, mention)


#: Before a disease: what is not treated, or a name.
_NOT_BEFORE: Final = Pattern(
    r"(?i:,\s+(?:which\s+is\s+)?(?:an?|one\s+of\s+the)\s+(?:[\w-]+\s+){0,3}(?:forms?|types?|subtypes?"
    r"|kinds?|subsets?|variants?)"
    r"\s+of\s+(?:the\s+)?$"
    r"|\brisk\s+factors?\s+(?:such\s+as|like|including|for)\s[^.;()]{0,60}$"
    r"|\bno\s+(?:[\w-]+\s+){1,2}$|\b(?:had|with)\s+baseline\s+$"
    r"|\b(?:no|complications?\s+of|manifestations?\s+of|without|with\s+or\s+without|history\s+of|excluding"
    r"|irrespective\s+of|regardless\s+of|independent(?:ly)?\s+of|other\s+than|unrelated\s+to|cases?\s+of"
    r"|risks?\s+of(?!\s+developing)|events?\s+of|episodes?\s+of|incidence\s+of|rates?\s+of|signs?\s+of"
    r"|symptoms\s+of|caus(?:es?|ing|ed)|leading\s+to|led\s+to|died\s+of|role\s+in|roles?\s+of\s+\w+\s+in"
    r"|expressed\s+(?:in|on|by)|found\s+in|involved\s+in|implicated\s+in|drivers?\s+of|hallmark\s+of"
    r"|biology\s+of|burden\s+of|prevalence\s+of|understanding\s+of|done\s+for|evidence\s+of|experienced"
    r"|developed|progress(?:es|ed|ing|ion)?\s+to|comorbid|concomitant|underlying|residual|persistent|worsening|associated\s+with"
    r"|metasta\w+\s+from|respond\w*\s+to|\d\s?%\s+of|\bany\s+(?:[\w-]+\s+){1,4}in|reduc(?:e|es|ed|ing"
    r"|tions?)(?:\s+(?:in|of))?|\bas\s+in)"
    r"(?:\s+(?:an?|the|partial|fatal|transient|severe|serious|grade\s+\S+|other|some|many|several|various|multiple|late-stage"
    r"|human|more|large|wide|broad|variety|range|number|types?"
    r"|than|\d[\d.%]*|of|up|to|all)\b)*\s*$)"
    r"|[A-Z0-9]-$|\b[A-Za-z]+:\s*$|\.\s?\d*$"
    r"|\b(?:Conference|Congress|Society|Association|Foundation|Institute|Journal|Academy|Alliance|Department"
    r"|Head|Director|Professor|President|Chief|Cent(?:er|re)|Division|Chair)\b[^.,;]{0,50}$"
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
#: "methotrexate, which is approved for gout": of something that is not known as a drug.
_OF_ANOTHER: Final = Pattern(
    r"\b(?!candidate|drug|vaccine|therapy|medicine|compound|antibody|product|treatment"
    r"|conjugate)[a-z]{6,}(?<!s),"
    r"\s+which\s+"
    r"(?:is|was)\s+(?:\w+\s+)?(?:used|approved|indicated|licensed|given|marketed)\b[^.;,]{0,30}$"
)
#: Whose field a disease is: no drug is said to be for it.
_FIELD: Final = Pattern(
    r"\b(?:(?<!the )(?<!our )compan(?:y|ies)\b(?!')|biotech\w*|firm\b|leaders?\s+in|specialist|pioneer"
    r"|start-?up"
    r"|committed\s+to|dedicated\s+to|devoted\s+to|(?<!with\sa\s)(?<!primary\s)(?<!initial\s)focus(?:ed|es"
    r"|ing)?\s+(?:[\w-]+\s+){0,2}?on|speciali[sz]\w+\s+in)\b[^.;]*$",
    re.IGNORECASE,
)


def is_only_met(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether the words before a disease make it a side effect, what others have, a name or somebody's field."""
    return _is_side(sentence, mention) or _is_field(sentence, mention)


def _is_side(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether the words before a disease say that it is met with, not treated: "a case of", "expressed in"."""
    at = mention.start - sentence.start
    return _makes_it_a_side(sentence.text[max(0, at - 90) : at])


@lru_cache(maxsize=256)  # several rules ask of the same disease
def _makes_it_a_side(before: str) -> bool:
    return any(form.search(before) for form in (_NOT_BEFORE, _OF_A_MOLECULE, _OF_ANOTHER))


def _is_field(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a disease is what a company works on: "Acme, a company devoted to kidney disease, …"."""
    drugs = [m.end - sentence.start for m in sentence.of_kind(Kind.DRUG) if m.end <= mention.start]
    return _FIELD.search(sentence.text, max(drugs, default=0), mention.start - sentence.start) is not None


_AND_ALSO: Final = Pattern(
    r"\b(?:who\s+(?:also\s+)?|also\s+)(?:have|had|has|suffer(?:s|ed)?\s+from"
    r"|live\s+with)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)


def is_had_too(sentence: LinkedSentence, mention: Mention) -> bool:
    """Whether a disease is one that those with the one before may have too: "patients who also have *gout*"."""
    at = mention.start - sentence.start
    earlier = any(m.end <= mention.start for m in sentence.of_kind(Kind.DISEASE))
    return earlier and _AND_ALSO.search(sentence.text[max(0, at - 90) : at]) is not None


#: Between the disease that is treated and another that only says in whom, or why.
_IN_THOSE_WITH: Final = pattern(
    r"\ue0ff*\)?,? (?:(?:in|among|for) (?:[\w\ue000-\ue0ff-]+ ){0,5}?"
    r"(?:patients|people|adults|children|women|men|individuals|those)"
    r"(?: [\w-]+){0,3}? (?:with|who have|suffering from|living with)"
    r"|(?:due|secondary) to|caused by|resulting from|associated with|related to) (?:[\w-]+ ){0,4}?"
)


def only_says_in_whom(sentence: LinkedSentence, mention: Mention, treated: Set[int]) -> bool:
    """Whether a disease is that of the people who have the one treated: "itch in patients with *cholangitis*".

    Args:
        sentence: where it stands.
        mention: the disease.
        treated: offsets of the diseases before it that a drug is for.
    """
    before = [
        m for m in sentence.of_kind(Kind.DISEASE) if m.end <= mention.start and m.entity != mention.entity
    ]
    if not before or before[-1].start not in treated:
        return False
    return (
        _IN_THOSE_WITH.fullmatch(
            sentence.frame, before[-1].end - sentence.start, mention.start - sentence.start
        )
        is not None
    )
