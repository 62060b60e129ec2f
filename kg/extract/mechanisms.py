"""Linked sentences → what a drug acts on, told by a verb or a noun of acting.

Between linking and relations; `kg.extract.relations.drugs` hands its facts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract import molecules
from kg.extract.frames import pattern
from kg.extract.inn import is_established
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Entity, Fact, Kind, Mention

_LISTED: Final = (
    r"{target}(?:(?:\)?,?(?: on (?:(?:[\w-]+|{disease}) ){0,2}?(?:cells?|tumou?rs?))?(?: and| or|/|-"
    r"| as well as| x|x|×)? ?(?:the |both |human )?(?:[a-z-]+ ){0,2}?\(?){target}){0,3}"
)
_ACTS_ON: Final = pattern(
    r"(?:\b(?:target(?:s|ing|ed at)|bind(?:s|ing)?(?: (?:selectively |specifically |directly )?to)?"
    r"|inhibit(?:s|ing)|block(?:s|ing)|silenc(?:es|ing)"
    r"|degrad(?:es|ing)|edit(?:s|ing)(?: of)?|knock(?:s|ing)? (?:out|down)|neutrali[sz](?:es|ing)"
    r"|activat(?:es|ing)|agoni[sz](?:es|ing)"
    r"|antagoni[sz](?:es|ing)|modulat(?:es|ing)|stabili[sz](?:es|ing)|potentiat(?:es|ing)"
    r"|recogni[sz](?:es|ing)|engag(?:es|ing)|disrupt(?:s|ing)|stimulat(?:es|ing)"
    r"|inactivat(?:es|ing)|antagonism of|agonism of"
    r"|inhibition of|blockade of|directed (?:at|against|to|towards?)|aimed at|against|ligands? (?:of"
    r"|for|to)|antibod(?:y|ies) (?:to|against)"
    r"|(?:inhibitor|antagonist|agonist|blocker|modulator|activator|degrader|opener"
    r"|stabili[sz]er|corrector|binder|enhancer|silencer|suppressor|stimulator|potentiator)s? "
    r"(?:of|at)|selective for|specific (?:for|to)"
    r"|correct(?:s|ing)|cut(?:s|ting)|open(?:s|ing)|trap(?:s|ping)|captur(?:es|ing)|sequest(?:ers|ering)"
    r"|soak(?:s|ing) up"
    r"|seek(?:s|ing) out|hom(?:es|ing) (?:in )?(?:on|to)|switch(?:es|ing) off|turn(?:s|ing) off|hits"
    r"|lower(?:s|ing)|edits? in|prevent(?:s|ing)|-seeking"
    r"|reduc(?:es|ing) (?:[\w-]+ ){0,2}(?:levels|expression|production) of|(?:levels|expression) of"
    r"|act(?:s|ing) (?:on|through|via|at)|(?:mutations?|variants?|defects?) in(?: the gene)?|gene for"
    r"|upregulat(?:es|ing)"
    r"|(?:production|expression|synthesis|activity) of|{platform} (?:of|against|to))) "
    r"(?:(?!patients\b|cells that\b|who\b|which\b|in\b|with\b|by\b|for\b)[\w()'’-]+,? ){0,7}?\(?\"?"
    rf"(?P<what>{_LISTED})"
)
#: "carries actinium-225 on an SSTR2-binding peptide", "made of the CD47-binding domain of …"
_MADE_AGAINST: Final = pattern(
    r"(?P<what>{target})[- ](?:binding|directed|targeted|targeting|specific|inhibition|blockade|antagonism)\b"
)
#: "pairs an anti-TROP2 antibody with exatecan"
_MADE_OF: Final = pattern(
    r"(?:pairs|fuses|links|joins|couples|combines|consists of|composed of|made (?:up )?of|comprises|contains"
    r"|built from|encod(?:es|ing)|express(?:es|ing)) (?:an? )?(?:[\w-]+ ){0,3}?"
    r"(?:anti-(?P<what>{target})"
    r"|(?P<bound>{target})(?: receptor)? (?:antagonist|agonist|inhibitor|ligand|antibody|binder|peptide))"
)
#: "AB-1 (PRAME-A02, half-life extended)", "AB-2 (oral, alpha4beta7)", "AB-3 ointment (for eczema; JAK1 inhibitor)"
_IN_BRACKET: Final = pattern(
    r"(?P<drug>{drug})(?: (?!and\b|or\b|with\b|in\b)[\w.%-]+){0,3}? \("
    r"(?:[^()\ue000-\ue0fe]|{disease|drug|platform}){0,60}?"
    r"(?<![\w-])(?:anti-)?(?P<what>{target})(?:-A\d\d)?"
    r"(?:(?:[ -](?:receptor|antagonist|agonist|inhibitor|degrader|antibody|ADC|CAR-?T|directed|targeted|targeting"
    r"|half-life|gene)|(?=[,;/)]))[^()]{0,60})?\)"
)
#: "carries exatecan to cells that express CDH17"
_DELIVERS_TO: Final = pattern(
    r"(?:deliver\w*|carr(?:y|ies|ying)|bring\w*|direct\w*) [^.;]{0,60}?to (?:[\w-]+ ){0,3}?"
    r"(?:(?:that |which )?express(?:ing)? (?P<what>{target})|(?P<before>{target})-express(?:ing)? )"
)
#: "The target of AB-1 is CDCP1"; "AB-1's target is LAG-3"; "CLDN6, the target of AB-1, …"
_IS_TARGET: Final = (
    pattern(r"targets? of (?P<drug>{drug})(?: is|,| are) (?:[\w-]+ ){0,4}?(?P<what>{target})"),
    pattern(r"(?P<drug>{drug})'s? (?:molecular )?targets? (?:is|are) (?:[\w-]+ ){0,4}?(?P<what>{target})"),
    pattern(r"(?P<what>{target})(?:,| is) (?:the |an? )?(?:\w+ )?targets? of (?P<drug>{drug})"),
)
#: "By inhibiting DHODH, AB-1 lowers …"
_BY_ACTING: Final = pattern(
    r"^[^\w\ue000-\ue0ff]*by (?:selectively |potently |specifically )?(?:inhibiting|blocking"
    r"|binding(?: to)?|targeting|activating"
    rf"|silencing|degrading|neutrali[sz]ing) (?:the )?(?P<what>{_LISTED})[^.;]{{0,60}}?, (?P<drug>{{drug}})"
)
#: Where what is said of a drug ends and something else is spoken of.
_ELSEWHERE: Final = Pattern(
    r"\b(?:(?:given|treated|administered|dosed|tested|studied|evaluated|used)\s+(?:together\s+"
    r"|alone\s+or\s+)?with|added\s+to|on\s+top\s+of"
    r"|alongside|in\s+combination|combined|plus|versus|vs\.?|compared|patients|participants|adults|people"
    r"|women|men|resistan\w+|previously|prior"
    r"|after|avoid\w*|sparing|spares|refractory|whose|collaborat\w+|unlike|company|companies"
    r"|competit\w+|other\s+than)\b|;",
    re.IGNORECASE,
)
_HOPED: Final = Pattern(
    r"\b(?:may|might|could|would|not|no|never|cannot|if|whether)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_GIVEN: Final = Pattern(
    r"\b(?:with|plus|versus|vs\.?|compared\s+(?:to|with)|than|unlike)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)


def targets(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Fact]:
    """What the drugs of a sentence act on, told by a verb or a noun of acting between drug and molecule.

    Hits: "AB-1 consists of an mRNA and a guide RNA directed to the TTR gene"; "AB-1, which edits TTR"; "AB-1 couples
    actinium-225 to a small-molecule ligand of PSMA"; "AB-1: base editing of PCSK9"; "By inhibiting DHODH, AB-1 …".
    Near misses: "AB-1 in patients resistant to inhibitors of EGFR"; "AB-1 plus an antibody against PD-1".
    """
    if not (sentence.of_kind(Kind.TARGET) and sentence.of_kind(Kind.DRUG)):
        return
    drugs = [
        m
        for m in sentence.of_kind(Kind.DRUG)
        if m.entity == document.subject or not any(is_established(n) for n in m.entity.names)
    ]
    opening = _BY_ACTING.match(sentence.frame)
    if opening is not None:
        yield from _acted_on(document, sentence, sentence.mention(opening, "drug").entity, opening)
    if "target" in sentence.text:
        for form in _IS_TARGET:
            for match in form.finditer(sentence.frame):
                yield from _acted_on(document, sentence, sentence.mention(match, "drug").entity, match)
    if " (" in sentence.text:
        for match in _IN_BRACKET.finditer(sentence.frame):
            yield from _acted_on(document, sentence, sentence.mention(match, "drug").entity, match)
    if "   " in sentence.text:
        yield from _of_rows(document, sentence, drugs)
    for index, drug in enumerate(drugs):
        low = drug.end - sentence.start
        high = drugs[index + 1].start - sentence.start if index + 1 < len(drugs) else len(sentence.text)
        stop = _ELSEWHERE.search(sentence.text, low, high)
        high = stop.start() if stop else high
        if _GIVEN.search(
            sentence.text[max(0, drug.start - sentence.start - 40) : drug.start - sentence.start]
        ):
            continue
        for form in (_ACTS_ON, _MADE_AGAINST, _MADE_OF, _DELIVERS_TO):
            for match in form.finditer(sentence.frame, low, high):
                if not _HOPED.search(sentence.text, max(low, match.start() - 40), match.start()):
                    yield from _acted_on(document, sentence, drug.entity, match)


def _of_rows(document: LinkedDocument, sentence: LinkedSentence, drugs: Sequence[Mention]) -> Iterator[Fact]:
    """The molecules that have a cell of their own in the row of a table that a drug opens."""
    text = document.text
    for index, drug in enumerate(drugs):
        end = drugs[index + 1].start if index + 1 < len(drugs) else drug.end + _ROW
        if not text.startswith("  ", drug.end):
            continue
        for thing in sentence.of_kind(Kind.TARGET):
            alone = _CELL_END.match(text, thing.end) is not None and text.endswith(
                ("  ", "  anti-"), 0, thing.start
            )
            if alone and drug.end < thing.start < end:
                yield statement(
                    document, sentence, "drugs.row", "drug_target", drug.entity, thing.entity, confidence=0.8
                )


#: What may follow in the cell of a molecule: "IL-36R antibody".
_CELL_END: Final = Pattern(
    r"(?:[ -](?:monoclonal|bispecific|receptor|antibody|inhibitor|agonist|antagonist|ADC|CAR-?T|degrader|siRNA|ASO"
    r"|modulator|directed|targeting|targeted)){0,3}(?: \([^()]{2,20}\))?  "
)
_ROW: Final = 160  # characters


def _acted_on(
    document: LinkedDocument, sentence: LinkedSentence, drug: Entity, match: re.Match[str]
) -> Iterator[Fact]:
    """The facts of the molecules that a form has found, those that mark patients left out."""
    # in "to PSMA-expressing cells" the marker is what is sought
    group = next(name for name in ("what", "before", "bound") if match.groupdict().get(name))
    for thing in sentence.at(*match.span(group)):
        if thing.entity.kind is not Kind.TARGET or (
            group != "before" and molecules.is_marker(sentence, thing)
        ):
            continue
        for molecule in molecules.meant(document, sentence, thing):
            yield statement(
                document, sentence, "drugs.acts-on", "drug_target", drug, molecule, confidence=0.85
            )
