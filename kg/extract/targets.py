"""Doc → candidate names of molecular targets that no vocabulary lists, known by what is said to act on them.

A component of the pipeline; spans in `doc.spans["targets"]`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.extract import genes
from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: A symbol in capitals, which names a molecule wherever something acts on it.
_CAPITALS: Final = Pattern(r"[A-Z][A-Z0-9]{1,6}(?:-?[A-Zα-ω0-9]{1,5})?(?:\.\d)?")
#: Any word with a capital or a figure, which must be looked at: "Nav1.6", "LpxC", "cMet".
_SYMBOL: Final = r"(?=[^\s,;()]{0,11}[A-Z0-9])[A-Za-zα-ω][\wα-ω]{0,8}(?:[-.][\wα-ω]{1,7}){0,2}"
_MIXED: Final = Pattern(r"(?=.*[a-z])(?=.*[A-Z])(?=.*(?:\d|[a-z][A-Z]))[A-Za-z][\w.]{2,8}")
_ACTOR: Final = (
    r"(?:inhibitors?|antagonists?|agonists?|degraders?|blockers?|activators?|modulators?|openers?"
    r"|stabili[sz]ers?|correctors?|binders?|enhancers?|stimulators?|suppressors?"
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
    r"(?:(?:the|human|both|mutant|soluble|membrane-bound|plasma|circulating|intracellular|extracellular|enzymes?"
    r"|receptors?|proteins?|kinases?|fungal|bacterial|viral|parasitic|microbial|mitochondrial|lysosomal|nuclear|cardiac"
    r"|neuronal|hepatic|wild-type|endogenous|aggregated|misfolded|oncogenic|pathogenic|platelet|surface|antigens?|cytokines?"
    r"|chemokines?|molecules?|genes?|hormones?|proteases?|phosphatases?|oncoproteins?|interleukins?|transporters?|channels?"
    r"|transcription\s+factors?|checkpoints?|mRNAs?|messenger\s+RNA|tumou?r-associated)\s+){0,3}"
)
#: What a drug is, behind the molecule that it is made against: "c-Kit antibody", "STAT6 degrader".
_MADE: Final = (
    r"(?:antibod(?:y|ies)(?![\s-]*(?:positiv|negativ|tit|level|test))|ADCs?|CAR[- ]?Ts?|bispecifics?"
    r"|siRNAs?|RNAi|radioligands?|radioconjugates?|radiopharmaceuticals?|immunoconjugates?|mAbs?|antisense|ASOs?|gapmers?|PMOs?"
    r"|PROTACs?|molecular\s+glues?|aptamers?|TCR[- ]?Ts?|CAR[- ]?NKs?|TCEs?|BiTEs?"
    r"|(?:base|gene|RNA|epigenetic)[- ]edit(?:ors?|ing)"
    r"|engagers?|nanobod(?:y|ies)|DARPins?|shRNAs?|trispecifics?)"
)
#: Where something is said to act on what follows; titles print it with a capital.
_ACTS: Final = Pattern(rf"\b{_ACTING}\s+", re.IGNORECASE)
_SYMBOL_THERE: Final = Pattern(rf"{_DETERMINER}({_SYMBOL})(?![\w-])(?!\s+(?:trial|study|cells?))")
#: "targeting Death Receptor 5 (DR5)"
_SYMBOL_IN_BRACKETS: Final = Pattern(rf"(?:[\w-]+\s+){{1,6}}?\(\s*\"?({_SYMBOL})\"?\s*\)")
_WORDS_THERE: Final = Pattern(rf"{_DETERMINER}(?=[a-zA-Z])")
#: A symbol that must be a gene's, where something weaker is said: "corrects SERPINA1", "target is LAG-3".
_TOUCHED: Final = Pattern(
    r"\b(?:corrects?|cuts?|traps?|captures?|lower(?:s|ing)|(?:expression|production|levels)\s+of|selective\s+for|soaks\s+up|seeks\s+out|switch(?:es|ing)\s+off|edit\s+in"
    r"|acts?\s+(?:on|through|via)"
    r"|(?:mutations?|variants?|defects?)\s+in(?:\s+the\s+gene)?|upregulates|upregulat(?:es|ing)\s+the\s+expression\s+of|gene\s+for|express(?:es|ing)?|targets?(?:\s+of\s+[\w-]+)?\s+(?:is|are)|hits|opens)"
    rf"\s+(?:the\s+|both\s+)*({_SYMBOL})(?![\w-])"
)
_BESIDE: Final = (
    Pattern(rf"\b[Aa]nti-({_SYMBOL})(?![\w-])"),
    Pattern(
        rf"(?<![\w-])({_SYMBOL})[- ](?:directed|targeted|targeting|specific|selective|seeking|binding|lowering"
        r"|silencing)\b"
    ),
    Pattern(
        rf"(?<![\w-])({_SYMBOL})\)?\s+(?:(?:receptor|integrin|protein|tyrosine|kinase|channel|positive|negative|allosteric"
        rf"|signal|signaling|pain|pathway|enzyme|ligand|muscarinic|peptide|partial|full|inverse)\s+){{0,3}}{_ACTOR}\b"
    ),
)
_INTEGRIN: Final = Pattern(r"(?<!\w)α[\wα-ω]{1,3}β\d(?:\s+integrin)?(?!\w)")
#: "an inhibitor of miR-17"
_MICRO_RNA: Final = Pattern(r"(?<![\w-])mi(?:cro)?R(?:NA)?-\d+[a-z]?(?:-[35]p)?(?![\w-])")
#: "a dual amylin and calcitonin receptor agonist", "agonist of the GLP-1, GIP and amylin receptors"
_OF_RECEPTORS: Final = Pattern(rf"\s+and\s+[\w-]{{2,16}}\s+receptors?\b(?P<actor>\s+{_ACTOR}\b)?")
#: "AB-1 (HAO1)", "AB-2 (C1s/FXIIa)"
_IN_BRACKETS: Final = Pattern(
    rf" \(({_SYMBOL}?)(?:(?:\s?[x×]\s?|/)({_SYMBOL}?))?(?:(?:\s?[x×]\s?|/)({_SYMBOL}))?\)"
)
#: A cell that holds one word, with another cell behind it; lines and tabs are blanks here.
_CELL: Final = Pattern(rf"(?<=\s\s)({_SYMBOL})(?=\s\s)")
_ROW: Final = 160  # characters
_BINDING_PROTEIN: Final = Pattern(rf"(?<![\w-])({_SYMBOL}\s+binding\s+protein)(?![\w-])")
_BEFORE_THEM: Final = Pattern(
    r"(?<![\w-])(?:(?P<first>[A-Za-z][\w-]{2,15}),\s+)?(?P<second>[A-Za-z][\w-]{2,15}),?$"
)
_ON_THEM: Final = Pattern(r"(?:the\s+|both\s+)*")
#: Two molecules or more in one word: "an FcRH5xCD3 engager", "KLK5/7 inhibitor", "the CDH3 x 4-1BB antibody".
_JOINED: Final = Pattern(
    r"(?<![\w/-])(?P<first>[A-Zα-ω][\w.α-ω-]{1,9}?)(?:\s?[x×]\s?|/)(?P<second>[A-Zα-ω\d][\wα-ω-]{0,9}?)"
    r"(?:(?:\s?[x×]\s?|/)(?P<third>[A-Zα-ω\d][\wα-ω-]{0,9}?|[a-z]{5,12}))?"
    r"(?=[- ](?:directed|targeted|targeting)\b|\)?\s+(?:receptor\s+|dual\s+|[Bb]ispecific|[Tt]rispecific|T[- ]"
    rf"|NK[- ]|monoclonal\s+)*(?:{_ACTOR}|[Aa]ntibod(?:y|ies)|ADCs?|[Ee]ngagers?|CAR\b|[Cc]onjugates?"
    r"|degrad|[Bb]i|[Tt]ri))"
)
_MADE_AGAINST: Final = Pattern(
    rf"(?<![\w-])({_SYMBOL})\s+(?:(?:monoclonal|bispecific|neutrali[sz]ing|blocking|humani[sz]ed|T[- ]cell|NK[- ]cell"
    rf"|autologous|allogeneic|in\s+vivo)\s+)?{_MADE}\b"
)
#: "against human metapneumovirus (hMPV)": what is fought there is a disease.
_PATHOGEN: Final = Pattern(
    r"vir(?:us|al)|infection|disease|syndrome|bacteri|coccus|plasmodium|influenza|cancer|tumou?r(?!\s+necrosis)"
    r"|lymphoma|leuk|toxin",
    re.IGNORECASE,
)
_NOUN: Final = Pattern(rf"\s+{_ACTOR}\b")
_MORE: Final = Pattern(
    r"\s*(?:\([^()]{1,20}\))?\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|/\s*"
    r"|as\s+well\s+as\s+)(?:the\s+)?"
)
_WORD: Final = Pattern(r"[\wα-ω]+(?:[-/.'][\wα-ω]+)*")
#: "a selective glycolate oxidase inhibitor", "binds penicillin-binding proteins": names that end in what they are.
_HEAD: Final = (
    r"(?:receptors?(?:[- ](?:alpha|beta|gamma|delta|\d[a-z]?|[α-ω]))?|channels?|transporters?"
    r"|co-?transporters?|exchangers?"
    r"|[a-z]{2,}ase(?:\s?-?\d[A-Za-z]?)?|[a-z-]+-binding\s+proteins?|integrins?(?:\s+[\wßα-ω]{2,6})?)"
)
_WORDY_TARGET: Final = Pattern(
    r"(?:(?:\b(?:an?|the|our|its|oral|dual|selective|potent|novel|investigational|inhaled|topical"
    r"|reversible|irreversible|covalent"
    r"|non-?steroidal|first-in-class|small[- ]molecule|specific|allosteric|peripherally|brain-penetrant"
    r"|daily|long-acting"
    r"|partial|full)\s*,?\s+)|\b(?:inhibits|blocks|activates|targets|inhibitor of|agonist of"
    r"|antagonist of|modulator of)\s+(?:the\s+)?)"
    r"((?:(?!selective|potent|novel|oral|dual|investigational|and|of|three|two|four|several|multiple|different|key"
    rf"|specific|certain|various|locally|the)[A-Za-z0-9][\w/α-ω-]*\s+){{1,3}}{_HEAD}"
    r"|(?!protein|increase|decrease|disease|release|purchase"
    r"|database)[a-z]{3,}(?<!\bkin)(?<!\bprote)(?<!\bre)ase"
    r"|(?:(?!selective|potent|novel|oral|dual)[a-z-]{4,}\s+){0,2}(?!protein|vitamin|insulin|toxin|brain|pain|skin|statin|main|certain|chain)[a-z]{3,}in)"
    rf"(?=\s+{_ACTOR}\b)"
)
#: "inhibitor of the integrin avß6", "inhibits penicillin-binding proteins".
_WORDY_BEHIND: Final = Pattern(
    rf"\b(?:inhibits|blocks|activates|antagoni[sz]es|{_ACTOR}\s+of)\s+(?:the\s+|bacterial\s+|viral\s+)*"
    rf"((?:(?!and\b|of\b|the\b|in\b|for\b|two\b|three\b|several\b|multiple\b|different\b|key\b|specific\b)[A-Za-z0-9][\w/α-ω-]*\s+){{0,3}}?{_HEAD})(?![\w-])"
)
_NOT_WORDY: Final = frozenset(
    [
        "receptor",
        "receptors",
        "channel",
        "channels",
        "transporter",
        "protein kinase",
        "tyrosine kinase",
        "serine protease",
        "viral protease",
        "immune disease",
        "rare disease",
    ]
)


_CROSSED: Final = Pattern(r"[A-Z0-9][x×][A-Z]")  # "PD-1xVEGF"


@cache
def _no_targets() -> frozenset[str]:
    """The words of `lexicon/not_targets.tsv`."""
    return frozenset(row["word"] for row in table("not_targets"))


def _is_molecule(symbol: str) -> bool:
    """Whether a word with a capital or a figure names a molecule: by capitals, by gene, by mixed letters."""
    if symbol.upper() in _no_targets() or symbol.isdigit() or _CROSSED.search(symbol):
        return False
    if _CAPITALS.fullmatch(symbol) or _NO_GENE.fullmatch(symbol) or genes.by_symbol(symbol) is not None:
        return True
    return _MIXED.fullmatch(symbol) is not None


def _symbols_there(text: str, behind: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The symbols at the offsets where something acts on what follows, or in brackets behind their long form."""
    for start in behind:
        for form in (_SYMBOL_THERE, _SYMBOL_IN_BRACKETS):
            found = form.match(text, start)
            if (
                found is not None
                and _is_molecule(found[1])
                and not _PATHOGEN.search(text, start, found.start(1))
            ):
                yield found.span(1)


def _beside_drugs(text: str, ends: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Genes that stand right behind a drug: "AB-1 (C1s/FXIIa)", or in the row of a table that it opens."""
    for end in ends:
        bracket = _IN_BRACKETS.match(text, end)
        if bracket is not None:
            places = [bracket.span(n) for n in range(1, 4) if bracket[n]]
            if all(genes.by_symbol(text[a:b]) is not None for a, b in places):
                yield from places
        elif text.startswith("  ", end):
            for cell in _CELL.finditer(text, end, end + _ROW):
                if _MICRO_RNA.fullmatch(cell[1]) or genes.by_symbol(cell[1]) is not None:
                    yield cell.span(1)


def _named(text: str, behind: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Molecules named in words that the genes list: "inhibitor of Janus kinase 1 (JAK1) and tyrosine kinase 2"."""
    for start in behind:
        match = _WORDS_THERE.match(text, start)
        if match is None:
            continue
        position = match.end() if _longest_from(text, start) is None else start
        for _ in range(4):
            end = _longest_from(text, position)
            if end is None:
                break
            yield position, end
            more = _MORE.match(text, end)
            if more is None:
                break
            position = more.end()
    for match in _NOUN.in_paragraphs(text):
        begin = _longest_before(text, match.start())
        if begin is not None:
            yield begin, match.start()


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


#: Molecules whose symbols no gene has, in a list: "αvβ1", "CK1-epsilon".
_NO_GENE: Final = Pattern(
    r"α[\wα-ω]{1,3}β\d|[A-Z][A-Z0-9]{1,6}-?(?:alpha|beta|gamma|delta|epsilon|zeta|kappa|[α-ω])"
)
_NEXT: Final = Pattern(
    rf"\)?\s*(?:\([^()]{{1,30}}\)\s*)?(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|&\s*|/\s*|as\s+well\s+as\s+)"
    rf"(?:the\s+)?({_SYMBOL})(?![\w-])(?!\s+(?:trial|study|cells?|in|for|was|were|is|are|as)\b)"
)


def _listed_behind(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The symbols of genes in one list with one that something acts on: "targets TSLP, *IL13* and *OX40L*"."""
    for _ in range(4):
        more = _NEXT.match(text, end)
        if more is None or more[1].upper() in _no_targets():
            return
        if genes.by_symbol(more[1]) is None and not _NO_GENE.fullmatch(more[1]):
            return
        yield more.span(1)
        end = more.end(1)


def _sharing_receptors(text: str, behind: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The molecules that share the word "receptors" with the last of a list that something acts on."""
    for match in _OF_RECEPTORS.in_paragraphs(text):
        before = _BEFORE_THEM.search(text, max(0, match.start() - 40), match.start())
        if before is None:
            continue
        begin = before.start()
        acting = (_ON_THEM.match(text, place, begin) for place in behind if begin - 20 < place <= begin)
        if match["actor"] or any(there is not None and there.end() == begin for there in acting):
            yield before.span("second")
            if before["first"]:
                yield before.span("first")


def _names_more(text: str, start: int, end: int, around: list[tuple[int, int]]) -> bool:
    """Whether a candidate is the name of a gene of which the vocabulary knows a part: "anti-*IL-4*Ralpha"."""
    inside = [(s, e) for s, e in around if s < end and start < e]
    covers = all(start <= s and e <= end and e - s < end - start for s, e in inside)
    return covers and (genes.named(text[start:end]) is not None or _MICRO_RNA.match(text, start) is not None)


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
        behind = [m.end() for m in _ACTS.in_paragraphs(text)]
        found = {m.span(1) for form in _BESIDE for m in form.in_paragraphs(text) if _is_molecule(m[1])}
        found.update(_symbols_there(text, behind))
        found.update(_beside_drugs(text, (end for _, end in drugs)))
        found |= {m.span(1) for m in _TOUCHED.in_paragraphs(text) if genes.by_symbol(m[1]) is not None}
        if "β" in text:
            found |= {m.span() for m in _INTEGRIN.in_paragraphs(text)}
        if "miR-" in text or "microRNA-" in text:
            found |= {m.span() for m in _MICRO_RNA.in_paragraphs(text)}
        if " binding protein" in text:
            found |= {m.span(1) for m in _BINDING_PROTEIN.in_paragraphs(text)}
        if " receptor" in text:
            found.update(_sharing_receptors(text, behind))
        found |= {place for end in {e for _, e in found} for place in _listed_behind(text, end)}
        found |= {
            m.span(name)
            for m in _JOINED.in_paragraphs(text)
            for name in ("first", "second", "third")
            if m[name] and (_is_molecule(m[name]) or (name == "third" and genes.by_name(m[name]) is not None))
        }
        found |= {
            m.span(1)
            for m in _MADE_AGAINST.in_paragraphs(text)
            if m[1].upper() not in _no_targets() and genes.by_symbol(m[1]) is not None
        }
        found |= {
            m.span(1)
            for form in (_WORDY_TARGET, _WORDY_BEHIND)
            for m in form.in_paragraphs(text)
            if m[1].lower() not in _NOT_WORDY and "disease" not in m[1]
        }
        found |= set(_named(text, behind))
        taken = sorted(known | drugs)
        starts = [s for s, _ in taken]
        for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
            low = bisect_right(starts, start)
            around = taken[max(0, low - 8) : bisect_left(starts, end)]
            if any(s < end and start < e for s, e in around) and not _names_more(text, start, end, around):
                continue
            span = doc.char_span(start, end, label=Kind.TARGET.value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["targets"] = spans
        return doc
