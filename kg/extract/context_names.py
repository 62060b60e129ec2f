"""Text → names of drugs of any form, in no list, known by what stands around them: "a trial of osanetant".

Used by `kg.extract.drug_names`, beside the names that their form gives away (`kg.extract.drug_codes`,
`kg.extract.drug_forms`).  Each place of a word adds to what speaks for its being a drug: two points where only drugs
stand, one where other things may; a name needs two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.extract.drug_codes import with_their_word
from kg.extract.drug_slots import (
    CODED_BEFORE,
    CODED_BEHIND,
    DETERMINER,
    ENDS_SMALL,
    FILED,
    GIVEN_TITLE,
    MAY_BE_BEFORE,
    MAY_BE_BEHIND,
    NO_CODE_BEHIND,
    NO_WORD_BEHIND,
    OF_A_DRUG,
    OF_A_FIRM,
    ONLY_BEFORE,
    ONLY_BEHIND,
    SOLD_AS,
    TOLD_OF,
)
from kg.extract.genes import by_symbol
from kg.extract.lexicon import table
from kg.extract.patterns import Pattern
from kg.extract.trial_columns import drugs_in_cells


class _Shape(Enum):
    """How a word is written, which says how much it takes to hold it for a drug's name."""

    CODED = auto()  # "V114", "5F9", "NurOwn", "eRapa", "D-Fi", "AAV8-RPE65"
    CAPITALS = auto()  # "GVAX", "QUMERIQ"
    CAPITALIZED = auto()  # "Otravex"
    SMALL = auto()  # "osanetant", "del-zota"


#: Whatever may be a name, as a whole.
_WORD: Final = Pattern(
    r"(?<![\w@./-])[A-Za-z0-9]+(?:[-.&](?!treated\b)[A-Za-z0-9&]+)*(?![\w@/]|-(?!treated\b)|\.[a-z])"
)
_CODED: Final = Pattern(
    r"(?!(?:COVID|SARS|Covid|Phase|Part|Cohort|Grade|Stage|Type|Group|Arm|Day|Week|Month|Year|Form|Class)\b)"
    r"(?!(?:ONCE|TWICE|NON|NEXT|FIRST|BEST|LONG|SHORT|LATE|EARLY|OPEN|DOUBLE|PLACEBO|HEAD|REAL|HIGH|LOW|ALL|SINGLE"
    r"|FULL|WELL)-[A-Z]{3})"
    r"(?:(?=[A-Za-z-]{0,8}\d)[A-Za-z][A-Za-z0-9]*(?:[-.&][A-Za-z0-9&]+)*"
    r"|\d{1,3}[A-Z][A-Za-z]?\d[A-Za-z0-9-]*|\d[A-Z]-\d{2,}"
    r"|[A-Z][a-z]{3,}[A-Z]|[A-Z][a-z]+[A-Z][A-Za-z0-9]+(?:-[A-Z0-9]\w*)*|[A-Z][a-z]{3,}[A-Z]|[a-z][A-Z][a-z]{3,}|[a-z][A-Z]{5,}"
    r"|[A-Z][A-Za-z0-9]*(?:-[a-z]?[A-Z][A-Za-z0-9]*)+|[A-Z]{2,5}-[a-z]{1,3}[A-Z][A-Z0-9]+)"
)
_CAMEL: Final = Pattern(r"[A-Z][a-z]+[A-Z][A-Za-z]+")
#: "B7", "2b", "Q4", "Q12W", "GBP14.6m", "alfa-2a": of letters, weeks, quarters, phases, amounts and subtypes.
_NO_CODE: Final = Pattern(
    r"[A-Za-z]\d|[QH][1-4]|[1-4][a-c]|[A-Z]\d{1,2}|H\d+N\d+|[IV]+[ab]?|[a-z]+\d?|[Qq]\d{1,2}[DWMHdwmh]"
    r"|(?:USD|EUR|GBP|CHF|JPY|CNY|RMB|AUD|CAD|HKD|SEK|DKK|NOK|US|HK)\d[\d.,]*[a-z]*|(?:alfa|beta|gamma)-\w+"
)
_CAPITALS: Final = Pattern(r"[A-Z]{4,14}")
_CAPITALIZED: Final = Pattern(r"[A-Z][a-z]{4,16}")
_SMALL: Final = Pattern(r"[a-z]{7,18}|[a-z]{2,6}-[a-z]{3,6}")
#: Endings of ordinary words, which are no names of drugs.
COMMON_WORD: Final = Pattern(
    r"(?:tion|tions|ment|ments|ing|ed|er|ers|or|ors|ate|ates|ase|ases|ness|ity|ies|ous|ive|ives|able"
    r"|ical|ically|ly|body|bodies|proteins?|"
    r"peptides?|vaccines?|therap\w+|candidates?|compounds?|drugs?|products?|programs?|agents?"
    r"|inhibitors?|(?:ant)?agonists?|modulators?|virus(?:es)?|molecules?|(?<![a-z]{4})genes?|cells?|"
    r"patients?|cohorts?|groups?|studies|trials?|assets?|capsules?|tablets?|conjugates?|medicines?"
    r"|degraders?|analogs?|analogues?|tumou?rs?|cancers?|diseases?|disorders?|symptoms?|adults?"
    r"|children|weeks?|months?|versions?|together|formerly|previously|including|single|double|twice"
    r"|called|results?|data|findings?|protocols?|readouts?|updates?|abstracts?|posters?|outcomes?"
    r"|known|syndromes?|myelomas?|carcinomas?|lymphomas?|leuka?emias?|sarcomas?|failure|injury|award|grant"
    r"|number|numbers"
    r"|protocols?|mutants?|virus|viruses|(?:ant)?agonists?|medicine|programmes?|[a-z]{3,}(?:itis|osis|pathy"
    r"|sclerosis))$"
)
#: More of them, and of words of diseases, techniques and people; a name with a capital may have them.
_ORDINARY: Final = Pattern(
    r"(?:ed|ing|ly|[^u]s|us(?<!limus)|tion|sion|ment|ness|ity|ful|able|ible|ious|al|ic|ical|ive|ary|ory|ure|age|ance|ence|ase|ent(?<!dent)|ism|ist"
    r"|ship|hood|ward|wise|like|fold|free|time|week|month|year|day|hour|dose|dosage|label|blind|arm|group|therapy|itis|osis|emia|aemia|oma|pathy"
    r"|trophy|gram|graph|graphy|logy|cyte|kine|gen|genic|line|base|point|score|scale|weight|rate|phase|ation|ese|ian|ous|ate(?<!bate)(?<!vate)|ize|ise"
    r"|ify|er|or|ar|ow|ay|ey|ch|sh|th|ck|gh|nd|ngs?|nt(?<!ant)|lt|ct|pt(?<!ept)|st(?<!ast)|rt|ft|ll|ss|ff|ght|less|more|most|some|thing|where|ever|self|selves|ble|tle|ple|cle"
    r"|acy|oxil|etil|body|protein|peptide|vaccine|molecule|medicine|receptor|insulin|virus|cell|gene|serum|plasma|saline|tablet|capsule|ointment|cream|syringe|vial)$"
)
_NEAR: Final = 110  # characters
_OPENS_ITEM: Final = Pattern(r"[ \t]*(?:[-•*·–▪●]|o)\s+")
_HEADS_ITEM: Final = Pattern(r"\s?[®™]?\s*(?:\([^()]{3,60}\)\s*)?(?::|\s[–—-])\s")
#: Behind a name that opens an item of a list: the state of its programme.
_PROGRAM: Final = Pattern(
    r"\s?[®™]?\s*(?:\([^()\n]{3,80}\)\s*)?(?::|\s[–—-])\s(?=[^\n]{0,80}?\b(?:[Pp]hase\s+[\dI]|[Pp]re-?clinical|INDs?\b|CTAs?\b|NDA\b|BLA\b"
    r"|[Dd]osing|[Ff]irst\s+(?:patient|participant)))"
)
#: Names of trials are like that too: "- VELA-2: Phase 3".
_LIKE_A_TRIAL: Final = Pattern(r"[A-Z]{4,}-(?:\d{1,3}|[A-Z])")
#: Pairs of words of the language too: "royalties from mid-single".
_LIKE_A_PAIR: Final = Pattern(r"[a-z]+-[a-z]+")
#: Names that end with what they are aimed at: "TKM-Ebola", "AAV8-RPE65"; but not "PD-L1", "anti-CD19".
_AIMED: Final = Pattern(r"(?!NON|ANTI|CAR|TCR|PRE)[A-Z]{3,}\d*-[A-Z][A-Za-z0-9-]{3,}")
_ENOUGH: Final = 2  # points
_ENOUGH_FOR_OTHERS: Final = 3
#: Between a name and a disease: "X *for* asthma", "X *was approved in Japan in 2019 for the treatment of* asthma".
_FOR_DISEASE: Final = Pattern(
    r"\s?[®™]?(?:\s*\([^()]{2,60}\))?[,:]?\s+(?:(?P<approved>(?:is|was|has\s+been|had\s+been)\s+(?:\w+\s+)?"
    r"(?:approved|authori[sz]ed|licensed|registered|indicated))\s+"
    r"|(?:received|won|gained|obtained|has|have|been|granted|under\s+review|accepted)\s+)?(?:[\w.-]+\s+){0,6}?"
    r"(?:for|in|to\s+treat|against)\s+(?:(?!its\b|our\b|an?\b)[\w-]+\s+){0,5}"
)

#: Behind a brand in capitals within a sentence, not where all is in capitals.
_GOES_ON: Final = Pattern(r"\s+(?:for|in|as|to|at|and|is|was|has)\b|\s?\(|[,.]")


@cache
def plain_words() -> frozenset[str]:
    """Words of the language that no ending tells from names of drugs."""
    return frozenset(row["word"] for row in table("plain_words"))


@lru_cache(1 << 14)
def _shape(word: str) -> _Shape | None:
    """How a word is written; `None` where it can be no name."""
    if _CODED.fullmatch(word):
        return None if _NO_CODE.fullmatch(word) or by_symbol(word) is not None else _Shape.CODED
    low = word.lower()
    if low in plain_words() or COMMON_WORD.search(low) is not None:
        return None
    if _SMALL.fullmatch(word):
        parts = word.split("-")
        ordinary = _ORDINARY.search(word) is not None or not plain_words().isdisjoint(parts)
        return None if ordinary else _Shape.SMALL
    if _CAPITALIZED.fullmatch(word):
        return _Shape.CAPITALIZED
    return _Shape.CAPITALS if _CAPITALS.fullmatch(word) and by_symbol(word) is None else None


class _Place(NamedTuple):
    """One place of a word.

    Attributes:
        text: of the release.
        end: of the word.
        before: what stands before the word in its paragraph.
    """

    text: str
    end: int
    before: str


@dataclass(slots=True)
class _Word:
    """What a release says around the places of one word.

    Attributes:
        shape: how it is written.
        points: what speaks for its being the name of a drug.
        against: at how many places something speaks against it.
        of_firm: whether a place tells that it is a firm's name.
        places: where it is printed.
    """

    shape: _Shape
    points: int = 0
    against: int = 0
    of_firm: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)


def context_names(
    text: str, known: Set[str], taken: Iterable[tuple[int, int]], diseases: Iterable[int] = ()
) -> Iterator[tuple[int, int]]:
    """Every place of the words that are told to be names of drugs.

    Hits: "orphan drug designation to PBKR03"; "a Phase 2 trial of osanetant in menopause"; "Otravex tablets were
    launched"; "ensifentazole 3 mg daily"; "B-VEC, a topical gene therapy".
    Near misses: "a trial of exercise"; "treated with PD-1 inhibitors"; "the Phase 3 VISTA-2 trial"; "therapy with
    CAR-T"; "the approval of Kelvane's application".

    Args:
        text: of the release.
        known: words that are names of something else, or drugs that are known otherwise.
        taken: where the vocabulary's names stand, which are none.
        diseases: where diseases begin.
    """
    starts = dict(taken)
    ends = {end: start for start, end in starts.items()}
    ill = sorted(diseases)
    listed = {text[s:e] for s, e in drugs_in_cells(text) if s not in starts}
    words: dict[str, _Word] = {}
    for match in _WORD.in_paragraphs(text):
        name, (start, end) = match[0], match.span()
        shape = _shape(name)
        if shape is None or name in known:
            continue
        word = words.setdefault(name, _Word(shape))
        insulin = len("insulin ") if text.endswith("insulin ", 0, start) else 0  # "insulin degludec"
        word.places.append((start - insulin, end))
        if start in starts or ends.get(end, end) < (end if _AIMED.match(name) is None else start):
            continue
        if name in listed:
            word.points += 2
        place = _Place(text, end, text[max(0, start - _NEAR) : start].rpartition("\n\n")[2])
        word.of_firm |= _CAMEL.fullmatch(name) is not None and OF_A_FIRM.match(text, end) is not None
        if _is_another_thing(shape, place):
            word.against += 1
        elif shape is not _Shape.SMALL or ENDS_SMALL.match(text, end):
            word.points += _points(name, shape, place, word.points, ill)
    for name, word in words.items():
        capitalized = words.get(name.capitalize()) if word.shape is _Shape.SMALL else None
        if _is_name(name, word, capitalized, text):
            yield from with_their_word(text, word.places)
            yield from capitalized.places if capitalized is not None else ()


def _is_name(name: str, word: _Word, capitalized: _Word | None, text: str) -> bool:
    """Whether what is said around a word, or where it begins a sentence, makes it the name of a drug."""
    if word.of_firm or (word.shape is _Shape.CAPITALS and len(name) < 7 and f"({name})" in text):
        return False  # "multiple myeloma (RRMM)"
    if word.against * 2 >= len(word.places) if word.shape is _Shape.CODED else word.against:
        return False
    points = word.points + (capitalized.points if capitalized is not None else 0)
    like_others = _LIKE_A_TRIAL.fullmatch(name) or _LIKE_A_PAIR.fullmatch(name)
    return points >= (_ENOUGH_FOR_OTHERS if like_others else _ENOUGH)


def _is_another_thing(shape: _Shape, place: _Place) -> bool:
    """Whether a place tells that a word is a common noun, a firm, a trial, a target or a class."""
    if shape is _Shape.CODED:
        return NO_CODE_BEHIND.match(place.text, place.end) is not None
    if shape is _Shape.SMALL:
        return (
            ENDS_SMALL.match(place.text, place.end) is not None
            and DETERMINER.search(place.before) is not None
            and OF_A_DRUG.match(place.text, place.end) is None
        )
    return NO_WORD_BEHIND.match(place.text, place.end) is not None


def _points(name: str, shape: _Shape, place: _Place, told_before: int, ill: list[int]) -> int:
    """What a place says for a word's being the name of a drug, when others have said something or nothing."""
    told = (_points_before(shape, place), _points_behind(shape, place))
    if _LIKE_A_TRIAL.fullmatch(name):
        return sum(points for points in told if points > 1)
    points = sum(told) + _points_of_item(shape, place)
    if not points + told_before and shape is _Shape.SMALL:
        return 0
    return points + _points_of_disease(shape, place, ill)


def _points_before(shape: _Shape, place: _Place) -> int:
    """What speaks for a drug before a word."""
    coded = shape is _Shape.CODED or (
        shape is _Shape.CAPITALS
        and place.before[-2:-1].islower()
        and _GOES_ON.match(place.text, place.end) is not None
    )
    if ONLY_BEFORE.search(place.before) or (coded and CODED_BEFORE.search(place.before)):
        return 2
    if coded and GIVEN_TITLE.search(f"{place.before}\0{place.text[place.end : place.end + _NEAR]}"):
        return 2
    points = (
        1 if MAY_BE_BEFORE.search(place.before) or (not coded and CODED_BEFORE.search(place.before)) else 0
    )
    if shape is _Shape.CAPITALS and (told := TOLD_OF.search(place.before)) is not None:
        if told[0].strip(" -–—•*·▪●'s") or _HEADS_ITEM.match(place.text, place.end):
            points += 1
        points += told[0][:1].isalpha()
    return points


def _points_behind(shape: _Shape, place: _Place) -> int:
    """What speaks for a drug behind a word."""
    if ONLY_BEHIND.match(place.text, place.end) or (FILED if shape is _Shape.SMALL else SOLD_AS).match(
        place.text, place.end
    ):
        return 2
    if CODED_BEHIND.match(place.text, place.end):
        return 2 if shape is _Shape.CODED else 1
    return 1 if MAY_BE_BEHIND.match(place.text, place.end) else 0


def _points_of_item(shape: _Shape, place: _Place) -> int:
    """What an item of a list says whose head a word is: "- X (asthma): Phase 2 completed"."""
    line = place.before.rpartition("\n")[2]
    if not line or shape is _Shape.CAPITALS or not _OPENS_ITEM.fullmatch(line):
        return 0
    return (2 if shape is _Shape.CODED else 1) if _PROGRAM.match(place.text, place.end) else 0


def _points_of_disease(shape: _Shape, place: _Place, ill: list[int]) -> int:
    """What a disease behind a word says: "X for asthma", "X was approved in Japan for asthma"."""
    at = bisect_left(ill, place.end)
    if at == len(ill) or ill[at] >= place.end + _NEAR:
        return 0
    found = _FOR_DISEASE.fullmatch(place.text, place.end, ill[at])
    if found is None:
        return 0
    if found["approved"] and not place.before.endswith("and "):
        return 2
    return 0 if shape is _Shape.CAPITALS else 1  # trials are in diseases too
