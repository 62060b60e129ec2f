"""Doc → candidate names of molecular targets that no vocabulary lists, known by what is said to act on them.

A component of the pipeline; spans in `doc.spans["targets"]`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.extract import genes
from kg.extract.lexicon import table
from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A symbol in capitals, which names a molecule wherever something acts on it.
_CAPITALS: Final = re.compile(r"[A-Z][A-Z0-9]{1,6}(?:-?[A-Zα-ω0-9]{1,5})?(?:\.\d)?")
#: Any word with a capital or a figure, which must be looked at: "Nav1.6", "LpxC", "cMet".
_SYMBOL: Final = r"(?=[^\s,;()]{0,11}[A-Z0-9])[A-Za-zα-ω][\wα-ω]{0,8}(?:[-.][\wα-ω]{1,7}){0,2}"
_MIXED: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*(?:\d|[a-z][A-Z]))[A-Za-z][\w.]{2,8}")
_ACTOR: Final = (
    r"(?:inhibitors?|antagonists?|agonists?|degraders?|blockers?|activators?|modulators?|openers?"
    r"|stabili[sz]ers?|correctors?"
    r"|potentiators?|inverse\s+agonists?|mimetics?|silencers?|traps?|ligands?)"
)
_ACTING: Final = (
    r"(?:targets?|targeting|against|inhibits?|inhibiting|silenc(?:es?|ing)"
    r"|binds?(?:\s+(?:selectively\s+|specifically\s+)?to)?|binding"
    r"|blocks?|blocking|antibod(?:y|ies)\s+to|degrad(?:es?|ing)|edits?|editing(?:\s+of)?"
    r"|inactivat(?:es?|ing)|neutrali[sz](?:es?|ing)"
    r"|activat(?:es?|ing)|modulat(?:es?|ing)|stabili[sz](?:es?|ing)|potentiat(?:es?|ing)"
    r"|directed\s+(?:at|against|to|towards?)|knock(?:s|ing)?\s+(?:out|down)"
    r"|antagoni[sz](?:es?|ing)"
    rf"|agoni[sz](?:es?|ing)|{_ACTOR}\s+(?:of|for|at)|(?:inhibition|antagonism|agonism|activation"
    r"|blockade)\s+of)"
)
_DETERMINER: Final = (
    r"(?:(?:the|human|both|mutant|soluble|membrane-bound|plasma|circulating|intracellular|enzymes?"
    r"|receptors?|proteins?|kinases?)\s+){0,3}"
)
#: What a drug is, behind the molecule that it is made against: "c-Kit antibody", "STAT6 degrader".
_MADE: Final = (
    r"(?:antibod(?:y|ies)(?![\s-]*(?:positiv|negativ|tit|level|test))|ADCs?|CAR[- ]?Ts?|bispecifics?"
    r"|siRNAs?|radioligands?"
    r"|engagers?|nanobod(?:y|ies))"
)
_TARGETS: Final = (
    re.compile(rf"\b[Aa]nti-({_SYMBOL})(?![\w-])"),
    re.compile(
        rf"(?<![\w-])({_SYMBOL})[- ](?:directed|targeted|targeting|specific|binding|lowering"
        r"|silencing)\b"
    ),
    re.compile(
        rf"(?<![\w-])({_SYMBOL})\)?\s+(?:receptor\s+|protein\s+|kinase\s+|channel\s+"
        rf"|allosteric\s+)?{_ACTOR}\b"
    ),
    re.compile(rf"\b{_ACTING}\s+{_DETERMINER}({_SYMBOL})(?![\w-])(?!\s+(?:trial|study|cells?))"),
    # "targeting Death Receptor 5 (DR5)"
    re.compile(rf"\b{_ACTING}\s+(?:[\w-]+\s+){{1,6}}?\(\s*\"?({_SYMBOL})\"?\s*\)"),
)
_MADE_AGAINST: Final = re.compile(rf"(?<![\w-])({_SYMBOL})\s+(?:monoclonal\s+)?{_MADE}\b")
#: Where a molecule may be named in words: behind what acts, before who acts.
_BEHIND: Final = re.compile(rf"\b{_ACTING}\s+(?P<first>){_DETERMINER}(?=[a-zA-Z])")
#: "against human metapneumovirus (hMPV)": what is fought there is a disease.
_PATHOGEN: Final = re.compile(
    r"vir(?:us|al)|infection|disease|syndrome|bacteri|coccus|plasmodium|influenza|cancer|tumou?r"
    r"|lymphoma|leuk|toxin",
    re.IGNORECASE,
)
_NOUN: Final = re.compile(rf"\s+{_ACTOR}\b")
_MORE: Final = re.compile(
    r"\s*(?:\([^()]{1,20}\))?\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|/\s*"
    r"|as\s+well\s+as\s+)(?:the\s+)?"
)
_WORD: Final = re.compile(r"[\wα-ω]+(?:[-/.'][\wα-ω]+)*")
#: "a selective glycolate oxidase inhibitor", "binds penicillin-binding proteins": names that end in what they are.
_HEAD: Final = (
    r"(?:receptors?(?:[- ](?:alpha|beta|gamma|delta|\d[a-z]?|[α-ω]))?|channels?|transporters?"
    r"|co-?transporters?|exchangers?"
    r"|[a-z]{2,}ase(?:\s?-?\d[A-Za-z]?)?|[a-z-]+-binding\s+proteins?|integrins?(?:\s+[\wßα-ω]{2,6})?)"
)
_WORDY_TARGET: Final = re.compile(
    r"(?:(?:\b(?:an?|the|our|its|oral|dual|selective|potent|novel|investigational|inhaled|topical"
    r"|reversible|irreversible|covalent"
    r"|non-?steroidal|first-in-class|small[- ]molecule|specific|allosteric|peripherally|brain-penetrant"
    r"|daily|long-acting"
    r"|partial|full)\s*,?\s+)|\b(?:inhibits|blocks|activates|targets|inhibitor of|agonist of"
    r"|antagonist of|modulator of)\s+(?:the\s+)?)"
    r"((?:(?!selective|potent|novel|oral|dual|investigational|and|of"
    rf"|the)[A-Za-z0-9][\w/α-ω-]*\s+){{1,3}}{_HEAD}"
    r"|(?!protein|increase|decrease|disease|release|purchase"
    r"|database)[a-z]{3,}(?<!\bkin)(?<!\bprote)(?<!\bre)ase)"
    rf"(?=\s+{_ACTOR}\b)"
)
#: "inhibitor of the integrin avß6", "inhibits penicillin-binding proteins".
_WORDY_BEHIND: Final = re.compile(
    rf"\b(?:inhibits|blocks|activates|antagoni[sz]es|{_ACTOR}\s+of)\s+(?:the\s+|bacterial\s+|viral\s+)*"
    rf"((?:(?!and\b|of\b|the\b|in\b|for\b)[A-Za-z0-9][\w/α-ω-]*\s+){{0,3}}?{_HEAD})(?![\w-])"
)
_NOT_WORDY: Final = frozenset(
    [
        "protein kinase",
        "tyrosine kinase",
        "serine protease",
        "viral protease",
        "immune disease",
        "rare disease",
    ]
)


@cache
def _no_targets() -> frozenset[str]:
    """The words of `lexicon/not_targets.tsv`."""
    return frozenset(row["word"] for row in table("not_targets"))


def _is_molecule(symbol: str) -> bool:
    """Whether a word with a capital or a figure names a molecule: by capitals, by gene, by mixed letters."""
    if symbol.upper() in _no_targets() or symbol.isdigit():
        return False
    if _CAPITALS.fullmatch(symbol) or genes.by_symbol(symbol) is not None:
        return True
    return _MIXED.fullmatch(symbol) is not None


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Molecules named in words that the genes list: "inhibitor of Janus kinase 1 (JAK1) and tyrosine kinase 2"."""
    for match in _BEHIND.finditer(text):
        position = match.end() if _longest_from(text, match.start("first")) is None else match.start("first")
        for _ in range(4):
            end = _longest_from(text, position)
            if end is None:
                break
            yield position, end
            more = _MORE.match(text, end)
            if more is None:
                break
            position = more.end()
    for match in _NOUN.finditer(text):
        start = _longest_before(text, match.start())
        if start is not None:
            yield start, match.start()


def _longest_from(text: str, position: int) -> int | None:
    """Where the longest name of a protein that begins here ends."""
    found: int | None = None
    for count, word in enumerate(_WORD.finditer(text, position, position + 80)):
        if count >= genes.LONGEST_NAME or (count == 0 and word.start() != position):
            break
        if genes.by_name(text[position : word.end()]) is not None:
            found = word.end()
    return found


def _longest_before(text: str, end: int) -> int | None:
    """Where the longest name of a protein that ends here begins."""
    words = list(_WORD.finditer(text, max(0, end - 80), end))[-genes.LONGEST_NAME :]
    return next((w.start() for w in words if genes.by_name(text[w.start() : end]) is not None), None)


@dataclass(slots=True)
class TargetFinder:
    """Finds molecular targets that no vocabulary lists, by what is said to act on them.

    Hits: "a CDH17-directed ADC"; "an antibody against APRIL"; "anti-TSLP"; "inhibitor of PCSK9".
    Near misses: "CAR-directed"; "targets 40 patients"; "against COVID-19".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        known = {(s.start_char, s.end_char) for s in doc.spans["vocabulary"]}
        drugs = {(s.start_char, s.end_char) for s in doc.spans["drugs"]}
        spans = []
        text = doc.user_data["layout"].text  # `doc.text` would be put together from the tokens each time
        found = {
            m.span(1)
            for form in _TARGETS
            for m in form.finditer(text)
            if _is_molecule(m[1]) and not _PATHOGEN.search(text, m.start(), m.start(1))
        }
        found |= {
            m.span(1)
            for m in _MADE_AGAINST.finditer(text)
            if m[1].upper() not in _no_targets() and genes.by_symbol(m[1]) is not None
        }
        found |= {
            m.span(1)
            for form in (_WORDY_TARGET, _WORDY_BEHIND)
            for m in form.finditer(text)
            if m[1].lower() not in _NOT_WORDY and "disease" not in m[1]
        }
        found |= set(_named(text))
        taken = sorted(known | drugs)
        starts = [s for s, _ in taken]
        for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
            low = bisect_right(starts, start)
            around = taken[max(0, low - 8) : bisect_left(starts, end)]
            if any(s < end and start < e for s, e in around):
                continue
            span = doc.char_span(start, end, label=Kind.TARGET.value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["targets"] = spans
        return doc
