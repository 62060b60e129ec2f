"""Doc → candidate names of diseases that no vocabulary lists, known by their form.

A component of the pipeline; spans in `doc.spans["diseases"]`, those that the vocabulary covers left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.extract.abbreviations import Definition
from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

Place = tuple[int, int]

_GENE: Final = r"[A-Z][A-Z0-9]{2,8}"
_ILLNESS: Final = (
    r"(?:disorders?|disease|syndrome|epilepsy|encephalopathy|dystrophy|cardiomyopathy|neuropathy"
    r"|retinopathy|retinitis\s+pigmentosa|overgrowth\s+spectrum"
    r"|ataxia|amyloidosis|nephropathy|myopathy|dementia|hearing\s+loss|deficiency|anemia|anaemia)"
)
_GERM: Final = (
    r"(?:(?:(?!(?:two|three|four|five|six|oral|live|novel|new|combined|our|its|the|an?|major|common|seasonal|pandemic|various"
    r"|[a-z]+valent|inactivated|attenuated|recombinant|inject\w+|intranasal|first|investigational|all|other|such"
    r"|of|for|to|in|with|by|and|or|against|from|on|as|treat\w*|prevent\w*|severe|serious|acute|chronic|recurrent|active)\s)[a-z]+\s+)?"
    r"[a-z]*virus(?:\s+type\s+\d)?|[a-z]+coccus|[A-Z]\s[Ss]treptococcus|[A-Z][a-z]+(?:ella|bacter"
    r"|ococcus|monas|idium|oides|ida|illus)(?:\s[a-z]{4,})?)"
)
_FORMS: Final = (
    # "SYNGAP1-related disorder", "KCNT1-associated epilepsy"
    Pattern(
        rf"(?<![\w-]){_GENE}[- ](?:related|associated|mediated"
        rf"|linked)\s+(?:[a-z]+\s+){{0,3}}?{_ILLNESS}(?![\w-])"
    ),
    # "vaccine against human metapneumovirus", "prevention of group B streptococcus"
    Pattern(
        r"\b(?:vaccines?(?:\s+candidates?)?\s+(?:against|for|targeting)|(?:prevent|prevention\s+of"
        r"|protection\s+against|infections?\s+(?:by|with|caused\s+by|due\s+to)"
        r"|(?:disease|illness)\s+caused\s+by)(?:\s+invasive)?)\s+(?:the\s+)?"
        r"(?P<name>(?:(?:human|respiratory|[Gg]roup|enteric|avian"
        rf"|maternal)\s+)*{_GERM}(?:(?:\s+\([A-Za-z]+\))?\s+(?:infections?|disease))?)(?![\w-])"
    ),
    # "a combined RSV/hMPV vaccine", "Group B Streptococcus vaccine"
    Pattern(rf"(?<![\w-])(?P<name>(?:(?:human|[Gg]roup|avian)\s+)*{_GERM})\s+(?:vaccine|infections?)\b"),
    # "and parainfluenza virus type 3" behind another germ
    Pattern(rf"virus\s*(?:\([A-Za-z0-9]+\))?\s+(?:and|or)\s+(?P<name>{_GERM})(?![\w-])"),
    # "AB-1 (group B streptococcus)"
    Pattern(r"\((?P<name>[Gg]roup\s[A-Z]\s[Ss]treptococcus)\)"),
    # "infections caused by multidrug-resistant Gram-negative bacteria", "resistant Gram-negative infections"
    Pattern(
        r"(?<![\w-])(?P<name>(?:serious\s+)?infections\s+caused\s+by\s+(?:[\w-]+-resistant\s+)?Gram-(?:negative|positive)"
        r"\s+(?:bacteria|pathogens)"
        r"|(?:[\w-]+-resistant\s+)?(?:Gram-(?:negative|positive)|Enterobacterales)(?:\s+bacterial)?\s+infections?)(?![\w-])"
    ),
    # "Fielding-Marsh syndrome", "Okamoto disease"
    Pattern(
        r"(?<![\w'-])(?P<name>(?!Rare|Chronic|Infectious|Autoimmune|The|This|A|About|Down"
        r"|Our)[A-Z][a-z]{3,}(?:[-–][A-Z][a-z]{3,})+(?:'s)?\s+(?:syndrome|disease))(?![\w-])"
    ),
)
_TYPE: Final = Pattern(r"\s+[Tt]ype\s+(?:[IVX]{1,4}|\d{1,2})[a-z]?(?![\w-])")

#: What a name of a disease ends in; of those that the vocabulary lists only such as many diseases share.
_HEAD: Final = (
    r"(?:[A-Z]?[a-z]*(?:emia|aemia|uria|opathy)"
    r"|[a-z]*(?:opathies|phyria|itis|iasis|osis|plasia|trophy|dystrophies|algia|plegia|oma|omas)"
    r"|(?:skin\s+and\s+)?(?:soft\s+tissue|skin\s+structure)\s+infections?"
    r"|[\w-]+-(?:associated|acquired)\s+(?:bacterial\s+)?(?:pneumonia|diarrho?ea)"
    r"|deficiency|syndromes?|(?:antibody|IgG\d|[\w-]+)-(?:related|associated|induced|mediated)\s+(?:disease|disorder)"
    r"|(?:liver|heart|kidney|renal|hepatic|respiratory|ovarian|intestinal|marrow)\s+failure"
    r"|(?:transplant|allograft|graft|antibody-mediated|organ)\s+rejection"
    r"|(?:kidney|lung|cord|brain|nerve|reperfusion|liver)\s+injury"
    r"|suicidal\s+ideation|(?:[a-z]+\s)?envenom(?:ation|ing)|poisoning|angina|urticaria|malformations?|dyskinesia"
    r"|psychosis|agitation|eczema|cough|palsy|cataplexy"
    r"|ataxia|dementia|neuropathic\s+pain|(?:vision|sleep|gait|balance)\s+disturbances?|cognitive\s+impairment)"
)
_MODIFIER: Final = (
    r"(?!(?:of|in|for|with|and|or|to|by|on|from|at|as|is|are|was|have|has|had|who|that|the|an?)\b)"
    r"[A-Za-z][\w'’/-]*"
)
#: A disease where something is said to be for it.
_TREATED: Final = Pattern(
    r"\b(?:for|in|with|against|treat|treating|treats|prevent|preventing|(?:treatment|prevention|management)\s+of)\s+"
    rf"(?P<name>(?:{_MODIFIER}\s+){{0,4}}?{_HEAD})(?![\w-])"
)
_MARKED: Final = Pattern(
    r".*-(?:positive|negative|mutant|mutated|high|low|driven|amplified|altered|deleted|expressing|naive|line|dependent|sensitive)",
    re.IGNORECASE,
)
_LONGEST: Final = 9  # words of a name


@cache
def _qualifiers() -> frozenset[str]:
    """The words of `lexicon/disease_qualifiers.tsv`."""
    return frozenset(row["word"] for row in table("disease_qualifiers"))


@cache
def _no_diseases() -> frozenset[str]:
    """The words of `lexicon/not_diseases.tsv`."""
    return frozenset(row["word"] for row in table("not_diseases"))


@cache
def _modifiers() -> frozenset[str]:
    """The words of `lexicon/disease_modifiers.tsv`."""
    return frozenset(row["word"] for row in table("disease_modifiers"))


@dataclass(slots=True)
class DiseaseFinder:
    """Finds diseases by the form of their names: a gene and what it causes, a germ that is fought, two eponyms.

    Hits: "SYNGAP1-related disorder"; "a vaccine against human metapneumovirus"; "infections by Pseudomonas aeruginosa";
    "glycogen storage disease *type Ia*"; "for *acute-on-chronic* liver failure"; "*chronic hand* eczema";
    "idiopathic inflammatory myopathy (IIM)".
    Near misses: "PD-L1-related toxicity"; "adeno-associated virus"; "the virus vaccine market"; "severe eczema";
    "relapsed multiple myeloma (RMM)".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        text = doc.user_data["layout"].text
        listed = _Listed.of(doc)
        found: set[Place] = set()
        for form in _FORMS:
            for match in form.in_paragraphs(text):
                place = match.span("name") if "name" in match.re.groupindex else match.span()
                if not listed.covers(place) and all(s != place[0] for s, _ in listed.inside(place)):
                    found.add(place)
        for start, end in listed.places:
            more = _TYPE.match(text, end)
            if more is not None:
                found.add((start, more.end()))
        found.update(_treated(text, listed))
        found.update(_extended(text, listed.places))
        found.update(_defined(text, doc.user_data["definitions"], listed))
        doc.spans["diseases"] = [
            span
            for start, end in sorted(found)
            if (span := doc.char_span(start, end, label=Kind.DISEASE.value, alignment_mode="expand"))
        ]
        return doc


@dataclass(frozen=True, slots=True)
class _Listed:
    """The places of diseases that the vocabulary lists, in order.

    Attributes:
        places: (start, end).
        starts: the first halves.
    """

    places: Sequence[Place]
    starts: Sequence[int]

    @classmethod
    def of(cls, doc: Doc) -> _Listed:
        """Those of a document."""
        places = sorted(
            (s.start_char, s.end_char) for s in doc.spans["vocabulary"] if s.label_ == Kind.DISEASE.value
        )
        return cls(places, [start for start, _ in places])

    def inside(self, place: Place) -> list[Place]:
        """Those that share a character with a place."""
        start, end = place
        low = bisect_left(self.starts, start)
        return [(s, e) for s, e in self.places[max(0, low - 3) : low + 4] if s < end and start < e]

    def covers(self, place: Place) -> bool:
        """Whether one of those in a place is as long as it."""
        return any(e - s >= place[1] - place[0] for s, e in self.inside(place))


def _unqualified(text: str, start: int, end: int) -> int:
    """Where a name begins without the words that tell of patients, stage or the speaker's mind."""
    while True:
        word = _WORD.match(text, start, end)
        if word is None or word.end() >= end:
            return start
        known = word[0].casefold() in _qualifiers() or _MARKED.fullmatch(word[0]) or _DOING.fullmatch(word[0])
        if not known:
            return start
        start = word.end() + (len(text[word.end() : end]) - len(text[word.end() : end].lstrip()))


#: "for *treating* liver failure"
_DOING: Final = Pattern(
    r"(?:treat|alleviat|reduc|manag|prevent|improv|controll|fight|combat+|address|cur|halt|slow|reliev|evaluat|study|test"
    r"|investigat|target|revers|delay|eas|lessen|resolv)ing"
)
_WORD: Final = Pattern(r"[^\s,;()]+")


def _treated(text: str, listed: _Listed) -> Iterator[Place]:
    """Names with the head of a disease, where something is said to be for it, that end in nothing listed."""
    for match in _TREATED.in_paragraphs(text):
        start, end = match.span("name")
        start = _unqualified(text, start, end)
        words = text[start:end].casefold().split()
        if words[-1] in _no_diseases() or len(words[-1]) < 5 or any(w in _qualifiers() for w in words):
            continue
        if end + 1 in listed.starts:
            continue  # "noncystic fibrosis *bronchiectasis*"
        if len(words) == 1 and not _ALONE.fullmatch(words[0]):
            continue
        if not any(e == end for _, e in listed.inside((start, end))) and not listed.covers((start, end)):
            more = _TYPE.match(text, end)
            yield start, more.end() if more else end


#: A head that is a disease's name without any word before it.
_ALONE: Final = Pattern(
    r"[a-z]{4,}(?:opathy|itis|osis|emia|aemia|uria|oma)|urticaria|cataplexy|agitation|psychosis"
)


def _extended(text: str, places: Iterable[Place]) -> Iterator[Place]:
    """Listed diseases with the words before them that make others of them: "chronic *hand* eczema"."""
    for start, end in places:
        begin = start
        for _ in range(3):
            before = _BEFORE.search(text, max(0, begin - 30), begin)
            word = before[1] if before is not None else ""
            if before is None or not (word.casefold() in _modifiers() or _CAUSED.fullmatch(word)):
                break
            begin = before.start(1)
        if begin < start:
            before = _BEFORE.search(text, max(0, begin - 30), begin)
            if before is not None and before[1].casefold() in ("chronic", "acute"):
                begin = before.start(1)
            yield begin, end


_BEFORE: Final = Pattern(r"(?<![\w-])([A-Za-z][\w-]+)\s$")
#: "*heparin-induced* thrombocytopenia": what causes a disease makes another of it; a gene only says in whom it is.
_CAUSED: Final = Pattern(
    r"(?!treatment|age|immune)[a-z][\w-]+-(?:induced|acquired|associated|related|mediated)"
)


def _defined(text: str, definitions: Iterable[Definition], listed: _Listed) -> Iterator[Place]:
    """Long forms that the text gives a short one: "idiopathic inflammatory myopathy (IIM)"."""
    for definition in definitions:
        place = definition.long_start, definition.long_end
        if place[0] == place[1] or not _ENDS_AS_DISEASE.search(text, place[0], place[1]):
            continue
        words = text[place[0] : place[1]].split()
        if len(words) < 2 or len(words) > _LONGEST or words[-1].casefold() in _no_diseases():
            continue
        first = words[0].casefold()
        if first in _qualifiers() or _MARKED.fullmatch(first) or listed.covers(place):
            continue
        if any(s < place[0] for s, _ in listed.inside(place)) or _GATHERING.search(text, *place):
            continue
        yield place


#: "15th International Conference on Malignant Lymphoma (ICML)"
_GATHERING: Final = Pattern(
    r"\b(?:Conference|Congress|Society|Symposium|Foundation|Association|Meeting|Workshop|Institute|Network|Trial|Study|Group"
    r"|[Ss]core|[Ii]ndex|[Ss]cale)\b"
)


_ENDS_AS_DISEASE: Final = Pattern(
    rf"(?:{_HEAD}|disease|disorder|cancer|tumou?rs?|infections?|cardiomyopathy|hearing\s+loss|hemorrhage|pain|spectrum)$"
)
