"""Linked sentences that begin with a pronoun for a drug → the same sentences with the drug in its place.

Between linking and relations: rules that look for a drug then need no rule of their own for "It binds …" and
"The vaccine is given …".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.document import SectionKind
from kg.extract.frames import frame, pattern
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.model import Entity, Kind, Mention

_NOUN: Final = (
    r"(?:(?:[\w-]+\s+){0,2}?(?:drug|compound|candidate|vaccine|antibody|conjugate|ADC|CAR-T|molecule"
    r"|medicine|therapy"
    r"|gene therapy|cell therapy|treatment|product|inhibitor|agonist|antagonist|degrader|radioligand"
    r"|peptide|siRNA"
    r"|program(?:me)?|asset))"
)
#: "It" or "The vaccine" where a sentence begins.
_OPENING: Final = Pattern(rf"[\s\"'•*·–—-]*(?P<word>It|(?:This|The|the)\s+{_NOUN})(?=\s)")
#: What is told of a drug, by its first word.
TELLING: Final = (
    r"(?:is|was|has|had|will|can|stays|remains|continues|met|showed|demonstrated|reduced|improved|achieved"
    r"|received|holds|entered)\b"
)
#: "The TYK2 inhibitor is …": the article alone stands for the drug, for what follows tells what it is.
_NAMING: Final = pattern(
    r"^[^\w\ue000-\ue0ff]*(?P<word>the|this|our) "
    r"(?:(?!(?:first|only|other|approved|available|existing|new|second|current|use|role) )[a-z-]+,? ){0,4}?"
    r"(?:anti-)?(?:{target}(?:(?:/|-|, | and ){target})?|{drug_class}|{platform})(?:-[a-z]+)?"
    r"(?: (?:(?:oral|bispecific|monoclonal|receptor|peptide|{platform}) )*(?:candidate|drug|medicine|vaccine"
    r"|antibody|ADC|mAb|inhibitor|blocker|modulator|activator|degrader|agonist|antagonist|engager|radioligand"
    rf"|CAR-T|siRNA|ASO))? {TELLING}"
)
#: What a company does, not a drug.
_OF_A_COMPANY: Final = Pattern(
    r"\s+(?:also\s+|currently\s+|now\s+|has\s+|is\s+|was\s+|will\s+|further\s+|mainly\s+)*(?:(?:develop"
    r"|market|sell|focus|employ"
    r"|advanc|commerciali[sz]|invest|plan|expect|intend|own|operat|partner|collaborat|conduct|evaluat"
    r"|discover|pursu)"
    r"(?:s|es|ed|ing)?\b|found(?:ed|s)\b|headquartered|based\s+in|listed|committed|dedicated|working"
    r"|an?\s+(?:[\w-]+\s+){0,6}?"
    r"(?:company|group|leader|firm|subsidiary|university|institute|hospital|organi[sz]ation|disease"
    r"|disorder|condition)\b"
    r"|(?:[\w-]+\s+){0,3}?(?:pipeline|employees|subsidiaries|offices)\b|estimated|believed|hoped"
    r"|not\s+known|important)"
)


def resolved(document: LinkedDocument, sentence: LinkedSentence) -> LinkedSentence:
    """The sentence with its opening "It", "This drug" or "The vaccine" as a mention of the drug that it means.

    Hits: "It binds NPR-B", after a sentence on AB-1; "The vaccine is adjuvanted".
    Near misses: "It markets AB-2" (the company); "AB-1 … It"; "It is a rare disease".
    """
    naming = None if sentence.of_kind(Kind.DRUG) else _NAMING.match(sentence.frame)
    opening = naming or _OPENING.match(sentence.text)
    if opening is None or _OF_A_COMPANY.match(sentence.text, opening.end()):
        return sentence
    low, high = sentence.start + opening.start("word"), sentence.start + opening.end("word")
    if any(m.start < high and m.entity.kind is not Kind.PLATFORM for m in sentence.mentions):
        return sentence
    drug = _meant(document, sentence)
    if drug is None:
        return sentence
    mention = Mention(low, high, document.release.text[low:high], drug)
    mentions = (mention, *(m for m in sentence.mentions if m.start >= high))
    return replace(sentence, mentions=mentions, frame=frame(sentence.text, sentence.start, mentions))


def _meant(document: LinkedDocument, sentence: LinkedSentence) -> Entity | None:
    """The drug that the sentences before it in its paragraph begin with, else that of the heading or the section.

    None where what was spoken of last is a disease or a company and no drug.
    """
    index = document.index(sentence)
    paragraph = sentence.sentence.paragraph
    while index and document.sentences[index - 1].sentence.paragraph == paragraph:
        index -= 1
        before = document.sentences[index]
        drugs = [
            m.entity
            for m in before.of_kind(Kind.DRUG)
            if m.entity == document.subject or not any(is_established(n) for n in m.entity.names)
        ]
        if drugs:
            return document.subject if document.subject in drugs else drugs[0]
        if not _OPENING.match(before.text):
            return None
    heading = document.headings.get(paragraph)
    if heading is not None:
        return heading
    topic = document.topics.get(sentence.section)
    if topic is not None:
        return topic if topic.kind is Kind.DRUG else None
    return document.subject if sentence.section.kind is SectionKind.BODY else None
