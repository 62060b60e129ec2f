"""Linked sentences → who has a disease that a drug is for: age, marker, stage, line of treatment.

Between linking and relations; `kg.extract.indications` asks it for the diseases of one list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.values import populations, terms
from kg.model import Kind, Mention

_PEOPLE: Final = Pattern(
    r"\b(?:patients?|adults?|children|people|subjects|individuals|men|women|participants|adolescents"
    r"|infants)\b",
    re.IGNORECASE,
)
#: "FAP-positive", "EGFR T790M-positive", "MYC-driven", "CCNE1-amplified", "FGFR2 fusion-positive".
_MARKER: Final = Pattern(
    r"(?<![\w-])(?:[A-Z][\w./]{1,12}(?:[-*][\w*:]{2,8})?(?:\s(?:[A-Z]\d+[A-Z]|fusion|\d+(?:\.\d)?))?|[a-z]+)[-–](?:positive"
    r"|negative|mutant|mutated"
    r"|driven|amplified|altered|expressing|low|high|deficient|rearranged|seronegative|seropositive"
    r"|dependent)\b(?<!dose-dependent)(?<!time-dependent)"
    r"|(?<![\w-])(?:[A-Z][\w/]*\s(?:inhibitor|antibody|agonist)|(?!well\b|placebo\b|radio|previously\b)[A-Za-z][\w/]{1,14}(?:-[A-Z]{2,5})?)[-–](?:na[iï]ve|refractory|resistant"
    r"|failure|experienced|intolerant|pretreated|ineligible|eligible|recurrent|insufficient|inadequate)\b"
)
_AGE: Final = Pattern(
    r"(?:aged?\s+|ages\s+)?(?:from\s+)?\d+(?:\s*(?:to|-|–)\s*\d+)?\s+(?:years|months"
    r"|weeks)(?:\s+of\s+age)?(?:\s+(?:and|or)\s+(?:older|over|above|younger|under))?"
    r"|(?:aged\s+)?\d+\s+(?:and|or)\s+(?:older|over|above)",
    re.IGNORECASE,
)
_AGED: Final = Pattern(r"\bage[ds]?\b|\bolder\b|\bover\b|\babove\b|\byounger\b|\bunder\b", re.IGNORECASE)
#: Behind a disease: in whom, and what they have.
_BEHIND: Final = pattern(
    r"\ue0ff*\)?,? (?P<who>(?:in|among|for) (?P<people>(?:[\w/-]+ ){0,4}?(?:adults?|children|patients|people"
    r"|women|men"
    r"|adolescents|infants|individuals)(?:[^.;,()\ue000]{0,60}))"
    r"|(?:with|harbou?ring|due to|caused by|carrying|bearing|who (?:have|are|had|has)|that (?:have|are|has|is)"
    r"|whose tumou?rs (?:have|are|harbou?r)) (?P<what>[^.;,()]{3,70}))"
)
#: What those who take part have been through, or lack: "who have progressed on a BTK inhibitor", "without diabetes".
_COURSE: Final = Pattern(
    r"\b(?P<phrase>(?:(?:(?<=who\s)|(?<=have\s)|(?<=had\s))(?:failed|undergone)\s+|(?<=with\s)(?:an?\s+)?(?:history\s+of\s+|elevated\s+|BMI\s+(?:of|over|above)\s+)"
    r"|(?:receiving|undergoing)\s+(?=(?:[\w-]+\s+)?(?:dialysis|ha?emodialysis|transplant\w*|surgery|chemotherapy|radiotherapy)\b)"
    r"|(?:whose\s+disease\s+(?:has\s+)?|who(?:se)?\s+(?:have\s+|has\s+|had\s+|are\s+|were\s+)?)?(?:disease\s+)?"
    r"(?:progress(?:ed|ing|ion)\s+(?:on|after|following|despite|during)|previously\s+(?:treated|exposed)\s+(?:with|to)"
    r"|(?:pre-?treated|heavily\s+pre-?treated)\s+with|inadequately\s+controlled\s+(?:with|by|on|despite)"
    r"|not\s+(?:adequately\s+|well\s+)?controlled\s+(?:with|by|on)|(?:inadequate|insufficient|incomplete)\s+response\s+to"
    r"|(?:refractory|intolerant|resistant|na[iï]ve|ineligible|unsuitable|unfit|eligible|relapsed)\s+(?:to|for|after)"
    r"|(?:not\s+)?eligible\s+for|unable\s+to\s+(?:take|tolerate)|after\s+(?:at\s+least\s+|failure\s+of\s+)?(?:(?:one|two|three)\s+(?:or\s+more|prior|previous|lines?)|prior|previous|platinum|chemotherapy|surgery)"
    r"|(?:with\s+)?(?:at\s+least\s+)?(?:one|two|three|1|2|3)(?:\s+(?:to|or|and)\s+(?:two|three|four|five|more|2|3|4))?\s+(?:prior|previous)|at\s+(?:high|increased|elevated)?\s*risk\s+of"
    r"|without(?!\s+(?:worsening|the|an?|any|serious|transfusions?|change))|on\s+(?:stable|background|maximally|standard))\s+)(?:[\w./+\[\]-]+\s?){1,8})",
    re.IGNORECASE,
)
_COURSE_ENDS: Final = Pattern(
    r"\s+(?:is|are|was|were|will|to\s+be|to\s+receive|in\s+(?:a|the|whom)|at\s+(?:\d|sites?|cent)|has|have(?!\s+(?:progressed|received|failed))|compar\w+|versus|vs|received?|"
    r"started|began|took|rose|fell|reached|increased|decreased|had|got|met|completed|randomi[sz]ed|enrol\w+|evaluat\w+|who|which|across|conducted|expected|planned|that|as\s+well|over|for\s+\d+"
    r"|through|showed|demonstrated|with\s+(?:data|results|topline)|and\s+(?:is|are|was|has|will|in\s+\w+\s+with|a))\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_COURSE_LEAD: Final = Pattern(
    r"(?:whose\s+disease\s+(?:has\s+|had\s+)?|who(?:se)?\s+(?:(?:have|has|had|are|were)\s+)?)", re.IGNORECASE
)
_FIRST_WORD: Final = Pattern(r"^(?:of|from|with|between)\s+(?=\d|one|two|three|at\s)", re.IGNORECASE)
_STAGED: Final = Pattern(
    r"\b(?P<phrase>(?:stages?|grades?|NYHA\s+class|class)\s+(?:[IVF]{1,3}[\dabc]{0,2}|\d[abc]?)(?:\s*(?:or|to|and|/|–|-)\s*(?:stage\s+)?(?:[IVF]{1,3}[\dabc]{0,2}|\d[abc]?))*"
    r"(?:\s+(?:fibrosis|disease|heart\s+failure))?)(?![\w-])"
)
_MUTATED: Final = Pattern(
    r"\b(?:with|harbou?ring|carrying|bearing|carry|have|having)\s+(?:an?\s+|the\s+)?(?P<phrase>[A-Z][\w*/:.-]*(?:\s[\w-]+){0,3}?\s(?:mutations?|insertions?|fusions?|deletions?|amplifications?|alterations?"
    r"|variants?|rearrangements?|genotype|genes?|alleles?|overexpression|expression))\b"
)
_AGED_FROM: Final = Pattern(
    r"\b(?P<phrase>(?:(?:aged|ages|age)\s+|from\s+|of\s+|between\s+)?\d+\s*(?:(?:months|years|weeks|days)\s+)?(?:to|–|-|through|and)\s*\d+\s+(?:years|months|weeks|days)"
    r"|(?:aged\s+)?\d+\s+(?:years|months)(?:\s+of\s+age)?(?:\s+(?:and|or)\s+(?:older|over|above|younger|under|up))"
    r"|aged\s+\d+\s+(?:to|–|-)\s*\d+|(?:aged\s+)?\d+\s+(?:and|or)\s+(?:older|over|above)|from\s+(?:\w+|\d+)\s+(?:months|years)(?:\s+of\s+age)?(?=\s*(?:[,.;)]|$|in\s|with\s)))(?![\w-])"
)
_OF_PEOPLE: Final = Pattern(
    r"\b(?:patients?|adults?|children|people|subjects|individuals|men|women|boys|girls|participants|adolescents|infants|volunteers|toddlers)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 8  # words of a phrase that is kept as printed
_OTHERS: Final = Pattern(r"\b(?:range|variety|other|others|select|certain)\b", re.IGNORECASE)
_GENETIC: Final = Pattern(
    r"\b(?:mutations?|fusions?|variants?|deletions?|rearrangements?|amplifications?|overexpression|genotype"
    r"|dialysis|inhibitors?|[A-Z][A-Z0-9]{2,}\s[A-Z]\d+[A-Z]"
    r"|(?:inadequate|insufficient|incomplete|poor|no|prior|suboptimal|partial|complete)\s+response)\b"
)


def who_has(
    document: LinkedDocument, sentence: LinkedSentence, listed: Sequence[Mention]
) -> list[tuple[str, ...]]:
    """For each disease of a list, who has it.

    "*pediatric* patients with neuroblastoma, sarcomas" and "*advanced* ovarian cancer, renal cell carcinoma" hold for
    all; "patients with *R/R* MM and a range of B-cell malignancies" for the first; "*severe* asthma" says it itself.
    """
    everyone, carried = _before(document, sentence, listed[0])
    everyone = (*everyone, *_people_behind(sentence, listed[-1]))
    out: list[tuple[str, ...]] = []
    last = listed[0].start
    for mention in listed:
        low, at = last - sentence.start, mention.start - sentence.start
        gap = sentence.text[low:at]
        own = _words(sentence, low, at)
        if own or _OTHERS.search(gap):
            carried = own if mention is not listed[0] else carried
        told = (*everyone, *carried, *own, *populations(mention.text), *told_behind(sentence, mention))
        out.append(tuple(dict.fromkeys(told)))
        last = mention.end
    return out


def _words(sentence: LinkedSentence, low: int, high: int) -> tuple[str, ...]:
    """The known words of a stretch, mentions apart, and the markers that mentions take part in."""
    return (
        *populations(sentence.unnamed(low, high)),
        *(m[0] for m in _MARKER.finditer(sentence.text, low, high)),
    )


def _before(
    document: LinkedDocument, sentence: LinkedSentence, first: Mention
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the words before a list say of all that have one of its diseases, and of those who have the first."""
    start = first.start - sentence.start
    before = [
        m.end - sentence.start for m in sentence.of_kind(Kind.DISEASE, Kind.DRUG) if m.end <= first.start
    ]
    low = max([start - 90, *before[-1:], 0, sentence.text.rfind(";", 0, start)])
    people = list(_PEOPLE.finditer(sentence.text, low, start))
    if people:
        last = people[-1].end()
        return (*_words(sentence, low, last), *_said_to_be_aged(sentence, low, last)), (
            *_words(sentence, last, start),
            *_ages(sentence, last, start),
        )
    if re.search(r"\bbeing (?:studied|evaluated)\b[^.;]*\binclud", sentence.text, re.IGNORECASE):
        # "The cancers being studied include …" goes on from the sentence before.
        index = document.index(sentence)
        if index and document.sentences[index - 1].sentence.paragraph == sentence.sentence.paragraph:
            return populations(document.sentences[index - 1].text), _words(sentence, low, start)
    return (), _words(sentence, low, start)


def _ages(sentence: LinkedSentence, low: int, high: int) -> tuple[str, ...]:
    return tuple(" ".join(m[0].split()) for m in _AGE.finditer(sentence.text, low, high))


def _said_to_be_aged(sentence: LinkedSentence, low: int, high: int) -> tuple[str, ...]:
    """The ages of a stretch that can be nothing else: not "responses up to *17 months* in patients"."""
    return tuple(age for age in _ages(sentence, low, high) if _AGED.search(age))


def described(text: str) -> tuple[str, ...]:
    """Who takes part in a trial, in the words of a stretch about it: ages, stages, mutations, earlier treatment.

    "in children aged 3 to 12 years with stage F2 or F3 fibrosis"; "patients who have progressed on a BTK inhibitor".
    Near miss: "after 24 weeks", "without a serious adverse event", where no people stand before.
    """
    people = _OF_PEOPLE.search(text)
    if people is None:
        return ()
    out = [m[0] for m in _MARKER.finditer(text)]
    for told in (_AGED_FROM, _STAGED, _MUTATED):
        out += [m["phrase"] for m in told.finditer(text, max(0, people.start() - 30))]
    for term in terms(text, "populations"):
        printed = " ".join(text[term.start : term.end].casefold().split())
        if _letters(printed) not in _letters(term.label):
            out.append(printed)  # "children" beside "pediatric", "relapsed/refractory"
    out += [m[0].lower() for m in _OF_ONE_SEX.finditer(text)]
    for found in _COURSE.finditer(text, people.end()):
        lead = _COURSE_LEAD.match(found["phrase"])
        phrase = _COURSE_ENDS.sub("", found["phrase"][lead.end() if lead else 0 :].rstrip())
        phrase = phrase.rstrip(" .-")
        phrase = re.sub(r"\s+(?:and|or|with|in|of|the|a|an|to|for|after|on|following)$", "", phrase)
        if 1 < len(phrase.split()) <= _LONGEST + 2:
            out.append(phrase)
    return tuple(dict.fromkeys(_FIRST_WORD.sub("", " ".join(phrase.split())) for phrase in out))


def _letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.casefold())


#: "boys with", not "men and women".
_OF_ONE_SEX: Final = Pattern(
    r"(?<!and )(?<!or )\b(?:boys|girls|men|women|males|females|toddlers|newborns|neonates)\b(?!\s+(?:and|or)\s)",
    re.IGNORECASE,
)


def _people_behind(sentence: LinkedSentence, mention: Mention) -> tuple[str, ...]:
    """ "… in adults aged 60 years and over": told behind a list, it holds for all of it."""
    found = _BEHIND.match(sentence.frame, mention.end - sentence.start)
    if found is None or found["people"] is None:
        return ()
    low, high = found.span("people")
    phrase = " ".join(sentence.text[low:high].split())
    aged = _ages(sentence, low, high)
    told = aged or " with " in phrase  # "in people with cystic fibrosis"
    kept = (phrase,) if told and len(phrase.split()) <= _LONGEST else ()
    return (*populations(phrase), *aged, *kept)


def told_behind(sentence: LinkedSentence, mention: Mention) -> tuple[str, ...]:
    """What those who have the disease have too: "due to GUCY2D mutations", "with an inadequate response to …"."""
    found = _BEHIND.match(sentence.frame, mention.end - sentence.start)
    if found is None or found["what"] is None:
        return ()
    low, high = found.span("what")
    phrase = re.sub(r"^(?:an?|the)\s+", "", " ".join(sentence.text[low:high].split()))
    phrase = (
        re.split(r"\s+(?:and|who|which|that|in|to be|will)\b", phrase)[0]
        if len(phrase.split()) > 4
        else phrase
    )
    if len(phrase.split()) > _LONGEST:
        phrase = re.split(r"\s+(?:to|on|after|following)\s", phrase)[
            0
        ]  # "inadequate response *to the current …*"
    kept = (phrase,) if _GENETIC.search(phrase) and len(phrase.split()) <= _LONGEST else ()
    return (*_words(sentence, low, high), *kept)
