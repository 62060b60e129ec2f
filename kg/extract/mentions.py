"""Doc → candidate mentions: the pipeline's components; each puts its spans into `doc.spans` under its own name.

A candidate says only *what it looks like*; which of overlapping ones counts, and what it names, is for
`kg.extract.linking` to decide.
"""

# ruff: noqa: E501 - patterns are read whole

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.extract.abbreviations import Definition, definitions
from kg.extract.lexicon import table
from kg.model import Concept, Kind, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Kinds whose concepts are read off values and trigger words, not off their labels.
_NOT_IN_TEXT: Final = frozenset(
    {
        Kind.PHASE,
        Kind.TRIAL_STATUS,
        Kind.REGULATORY_STATUS,
        Kind.ENDPOINT_KIND,
        Kind.COLLABORATION_KIND,
        Kind.DEVELOPMENT_STAGE,
    }
)
#: Capitals that are words too: they name a thing only where the text says so.
_WORDS_IN_CAPITALS: Final = frozenset(
    ["ALL", "AIDS", "ACT", "COMP", "TIL", "PAIN", "ARM", "HIT", "CAP", "SAD", "MAD", "CAN", "AGE"]
)

# --- folding --------------------------------------------------------------------------------------------

_DROPPED: Final = frozenset("-–—™®©*'\"_‑")
_SPELLINGS: Final = (
    ("tumour", "tumor"), ("leukaem", "leukem"), ("haem", "hem"), ("oedem", "edem"), ("anaem", "anem"),
    ("paed", "ped"), ("oesoph", "esoph"), ("ischaem", "ischem"), ("aemi", "emi"), ("foet", "fet"), ("isation", "ization"),
    ("diarrhoea", "diarrhea"), ("neutropaen", "neutropen"), ("coeliac", "celiac"), ("faec", "fec"),
)  # fmt: skip
_GREEK: Final = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "κ": "kappa",
    "λ": "lambda",
    "µ": "mu",
}


@cache
def _fold_word(word: str) -> str:
    """A word without what spellings differ in: case, plural, British and American forms."""
    if re.fullmatch(r"[A-Z0-9]{2,}s", word):
        return word[:-1].lower()
    low = _GREEK.get(word) or word.lower()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    if len(low) > 4:
        for british, american in _SPELLINGS:
            if british in low:
                low = low.replace(british, american)
        if low.endswith("ies"):
            low = low[:-3] + "y"
        elif low.endswith("s") and not low.endswith(("ss", "us", "is")):
            low = low[:-1]
    return low


def fold(tokens: Iterable[str]) -> tuple[str, list[int]]:
    """Folded words joined by single blanks, one in front; and the index of the token that each came from.

    Hyphens, apostrophes, possessive "s" and trademark signs are left out; other punctuation separates.
    """
    words: list[str] = []
    origin: list[int] = []
    previous = ""
    for index, token in enumerate(tokens):
        if token in _DROPPED or token.isspace() or (token == "s" and previous == "'"):  # noqa: S105 - a word, no secret
            previous = token
            continue
        words.append(_fold_word(token))
        origin.append(index)
        previous = token
    return " " + " ".join(words) + " ", origin


_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]|_")


# --- vocabulary -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one concept.

    Attributes:
        exact: how it must be printed; empty where case does not matter.
        defined_only: whether it counts only where the text defines it or uses a longer name too.
    """

    curie: str
    kind: Kind
    exact: str = ""
    defined_only: bool = False


def is_acronym(label: str) -> bool:
    """Whether capitals are part of a name ("FDA", "PD-1", "mCRC", "R/R MM"), not of its place in a sentence."""
    letters = [c for c in label if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return (
        bool(letters)
        and len(label) <= 9
        and (capitals == len(letters) or (capitals >= 2 and len(label) <= 7))
    )


#: A tumour with its stage or line of treatment: the stage is told of the patients, the tumour is what they have.
_STAGED: Final = re.compile(
    r"(?:relapsed|refractory|resectable|advanced|early)\b.*\b(?:leuk\w+|lymphomas?|cancer|neoplasm|mesothelioma|carcinoma|myeloma)\b",
    re.IGNORECASE,
)


#: Heads that several diseases of a list share, and what stands between their other words.
_HEADS: Final = re.compile(
    r"(?:cancer|carcinoma|adenocarcinoma|lymphoma|leuka?emia|sarcoma|melanoma|tumou?r|neoplasm|malignanc(?:y|ies))s?",
    re.IGNORECASE,
)
_BETWEEN_HEADS: Final = re.compile(r",|and|or|/", re.IGNORECASE)


@dataclass(slots=True)
class VocabularyMatcher:
    """Finds the names of vocabulary concepts; spans in `doc.spans["vocabulary"]`, `kb_id_` is the CURIE."""

    _automaton: object = None
    _names: list[list[_Name]] = field(default_factory=list)
    _by_words: dict[str, list[_Name]] = field(default_factory=dict)

    def initialize(self, vocabulary: Vocabulary) -> None:
        """Build the automaton of all names; 12,000 take a tenth of a second."""
        import ahocorasick_rs  # noqa: PLC0415

        by_name: dict[str, dict[str, _Name]] = {}
        for concept in vocabulary.concepts:
            if concept.kind in _NOT_IN_TEXT:
                continue
            for label in (concept.label, *concept.alt, *concept.hidden):
                folded = fold(_TOKEN.findall(label))[0].rstrip()
                name = _name(concept, label)
                if len(folded) > 2 and name is not None and not _STAGED.match(label):
                    by_name.setdefault(folded, {}).setdefault(concept.curie, name)
        self._names = [list(names.values()) for names in by_name.values()]
        self._by_words = dict(zip(by_name, self._names, strict=True))
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(by_name), matchkind=ahocorasick_rs.MatchKind.Standard
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add the hits of one document, those without a ground in it left out."""
        from spacy.tokens import Span  # noqa: PLC0415

        hits = self._hits(doc)
        hits += self._sharing_their_head(doc, hits)
        text = doc.user_data["layout"].text  # `doc.text` would be put together from the tokens each time
        defined = list(definitions(text))
        shorts = {d.short: d for d in defined}
        long_named = {name.curie for start, end, name in hits if not name.exact}
        long_named |= {
            n.curie
            for s, _, n in hits
            if n.kind is Kind.DISEASE and _AFFLICTED.search(text[max(0, doc[s].idx - 40) : doc[s].idx])
        }
        ends: dict[int, list[_Name]] = {}
        for _, end, name in hits:
            if not name.exact:
                last = doc[end - 1]
                ends.setdefault(last.idx + len(last), []).append(name)
        rivals: dict[tuple[int, int], list[_Name]] = {}
        for start, end, name in hits:
            rivals.setdefault((start, end), []).append(name)
        spans = []
        for start, end, name in hits:
            if name.exact:
                meaning = shorts.get(name.exact)
                if meaning is not None and not _may_mean(meaning, name, ends):
                    continue
                grounded = name.curie in long_named or meaning is not None
                if name.defined_only and not grounded:
                    continue
                if not grounded and any(r.curie in long_named for r in rivals[start, end]):
                    continue  # another meaning of the same short form has its ground here
            spans.append(Span(doc, start, end, label=name.kind.value, kb_id=name.curie))
        doc.spans["vocabulary"] = spans
        return doc

    def _sharing_their_head(
        self, doc: Doc, hits: list[tuple[int, int, _Name]]
    ) -> list[tuple[int, int, _Name]]:
        """ "ovarian, endometrial and testicular cancers": each word that makes a disease with the last one's head."""
        found: list[tuple[int, int, _Name]] = []
        for begin, end, name in hits:
            head = doc[end - 1].text
            if name.kind is not Kind.DISEASE or end - begin < 2 or not _HEADS.fullmatch(head):
                continue
            at = begin
            while at > 1 and _BETWEEN_HEADS.fullmatch(doc[at - 1].text):
                stop = at
                while stop > 0 and _BETWEEN_HEADS.fullmatch(doc[stop - 1].text):
                    stop -= 1
                start = next(
                    (
                        low
                        for low in range(max(0, stop - 3), stop)
                        if self._disease([t.text for t in doc[low:stop]] + [head])
                    ),
                    None,
                )
                if start is None:
                    break
                named = self._disease([t.text for t in doc[start:stop]] + [head])
                assert named is not None
                found.append((start, stop, named))
                at = start
        return found

    def _disease(self, words: list[str]) -> _Name | None:
        """The disease of exactly these words."""
        names = self._by_words.get(fold(words)[0].rstrip(), ())
        return next((n for n in names if n.kind is Kind.DISEASE and not n.exact), None)

    def _hits(self, doc: Doc) -> list[tuple[int, int, _Name]]:
        folded, origin = fold(token.text for token in doc)
        index_at: dict[int, int] = {}
        position = 0
        for number, word in enumerate(folded.split()):
            index_at[position] = number
            position += len(word) + 1
        hits: list[tuple[int, int, _Name]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):  # type: ignore[attr-defined]
            if folded[end] != " ":
                continue
            first, after = index_at[start], index_at.get(end)
            last = origin[(after if after is not None else len(origin)) - 1]
            begin = origin[first]
            printed = ""
            for name in self._names[pattern]:
                if name.exact:
                    printed = printed or " ".join(doc[begin : last + 1].text.split())
                    if printed not in (name.exact, name.exact + "s"):
                        continue
                hits.append((begin, last + 1, name))
        return hits


#: Before a short form, these show that a disease is meant: "relapsed or refractory (R/R) MM".
_AFFLICTED: Final = re.compile(
    r"(?:R/R\s?\)?|relapsed|refractory|metastatic|advanced|newly diagnosed|patients with|adults with|children with|people with|"
    r"treatment of|diagnosed with|moderate|severe|active|chronic)\s*$",
    re.IGNORECASE,
)


def _may_mean(meaning: Definition, name: _Name, ends: dict[int, list[_Name]]) -> bool:
    """Whether a definition in the text agrees with the concept that the vocabulary gives to a short form."""
    if name.kind is Kind.AGENCY:
        return True  # "orphan designation (FDA)" defines nothing
    known = ends.get(meaning.long_end)
    if known:
        return any(n.curie == name.curie for n in known)
    return meaning.long_start == meaning.long_end  # an unknown long form makes it another thing


def _name(concept: Concept, label: str) -> _Name | None:
    bare = [c for c in label if c.isalnum()]
    if is_acronym(label):
        lexicon = concept.kind is Kind.DISEASE and not concept.curie.startswith("disease:")
        defined_only = (
            label in _WORDS_IN_CAPITALS
            or (len(bare) <= 2 and concept.kind is not Kind.AGENCY)
            or (len(bare) <= 2 and concept.kind is Kind.AGENCY)
            or (lexicon and len(bare) <= 5)
        )
        return _Name(concept.curie, concept.kind, label, defined_only)
    if len(bare) <= 3 or (concept.kind is Kind.TARGET and len(bare) <= 5 and " " not in label):
        return _Name(concept.curie, concept.kind, label, len(bare) <= 3)
    return _Name(concept.curie, concept.kind)


# --- drugs ----------------------------------------------------------------------------------------------


@cache
def _not_codes() -> frozenset[str]:
    """The words of `lexicon/not_drug_codes.tsv`."""
    return frozenset(row["word"] for row in table("not_drug_codes"))


_RADIO: Final = r"(?:\[\s?\d{2,3}m?[A-Z][a-z]?\s?\][-\s]?(?:[A-Z][a-z]?-)?|\d{2,3}m?[A-Z][a-z]?-|[A-Z][a-z]?-\d{2,3}-|\d{2,3}m?-?(?:Lu|Ac|I|Y|Ga|Pb|Cu|Zr|At|Tb)-)"
_CODE: Final = re.compile(
    rf"(?<![\w.@-])(?<![^A-Z0-9]/)(?:{_RADIO})?"
    r"(?:"
    r"[A-Z][A-Za-z]{0,5}\d?[-\s]\d{3,8}[A-Za-z]?(?:-[A-Z0-9]{1,5})?"  # CLR 131, DS-8201a, CLR 1602-PTX, mRNA-1273
    r"|[A-Z]{2,6}[-]\d{1,2}[A-Za-z]?(?:-[A-Z0-9]{1,5})?"  # XY-12
    r"|[A-Z]{2,6}\d{3,8}[A-Za-z]?\d?(?:-[A-Z0-9]{1,5})?"  # ARX788
    r"|\d{1,2}[A-Z]{2,3}\d{3,5}"  # 9MW2821
    r"|[a-z]{1,4}[A-Z]{0,3}[-]?\d{3,5}[a-z]?"  # bb2121, mRNA-1273
    r"|[A-Z]{2,4}-[A-Z]{2,6}\d{0,4}[a-z]{0,2}\d{0,2}"  # ALN-TTRsc02, AMT-UC; needs support by its context
    r"|[A-Z]{2,6}-[A-Z]?\d{2,4}[A-Z]{0,3}"
    r"|[A-Z]{3,6}-[A-Z]\d{1,3}"
    r"|[A-Z]{3}\d{2,3}[a-z]\d{0,2}"  # BNT162b2
    r"|[A-Z]-[A-Z]{2,5}\d{2,4}[A-Z]?"  # Q-CAR088
    r"|[A-Z]{2,5}-[A-Z]{1,4}\d{1,4}[A-Z]\d{1,2}"  # QEO-CM04S1
    r")(?![\w]|-\d|\.\d|-(?:directed|targeted|targeting|specific|positive|negative|mutant|mutated|expressing|dependent|driven|binding))"
)
_MORE_NUMBERS: Final = re.compile(
    r"(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*/\s*|,\s+and\s+)(\d{3,5})(?![\w%.,]\d|\w|%|\s*(?:mg|patients|people|m[lL]|days))"
)
_YEAR: Final = re.compile(r"(?:199\d|20[0-3]\d)$")
_DRUG_NOUN: Final = (
    r"(?:drugs?|candidates?|compounds?|therap(?:y|ies|eutics?)|treatments?|inhibitors?|agonists?|antagonists?|"
    r"antibod(?:y|ies)|vaccines?|conjugates?|ADCs?|PDCs?|RDCs?|molecules?|agents?|products?|biologics?|degraders?|activators?|blockers?|"
    r"modulators?|engagers?|bispecifics?|peptides?|proteins?|enzymes?|oligonucleotides?|siRNAs?|RNAi|CAR-?T|T[- ]cells?|"
    r"radioligands?|radiopharmaceuticals?|medicines?|immunotherap(?:y|ies)|chemotherap(?:y|ies|eutics?)|biosimilars?|"
    r"formulations?|injections?|tablets?|capsules?|assets?)"
)
_BEFORE: Final = re.compile(
    rf"(?:(?:\(|\b(?:treatment with|treated with|doses? of|dosing (?:of|with)|stud(?:y|ies) of|trials? of|evaluat(?:e|es|ed|ing)|investigat(?:e|es|ing)|"
    rf"develop(?:s|ing|ment of)?|application for|designation (?:to|for)|(?:awarded|granted|given) to|approv(?:al|ed) (?:of|for)?|candidates?,?|{_DRUG_NOUN}(?:\s\([A-Za-z-]{{2,8}}\))?,?|safety of|efficacy of|"
    rf"received?|receiving|infusions? of|administration of|combin(?:e|ed|ing|ation) (?:of|with)|combination with|plus|known as|called|named|supply of|suppliers? of|manufacturers? of|treat(?:ing|s)?(?: \w+){0, 3} with|rights to|licen[sc]e (?:to|for)|"
    rf"data (?:for|on|from)|(?:sales|revenues?|launch|prescriptions|uptake) (?:of|for|from)|potential (?:of|for)|studying|testing|advanc(?:e|es|ing)|assets?,?|about|program(?:me)?s?,?))\s*(?:an? |its |our |the )?\s*)$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"\s*[™®]?\s*(?:\([^()]{{1,60}}\))?\s*(?:,|is|was|are|has|in|for)?\s*(?:\b(?:an?|the|our|its)\b|[A-Z][\w-]*'s)?\s*(?:[\w'®™-]+[,\s]+){{0,7}}?(?:{_DRUG_NOUN}\b|investigational|in (?:patients|combination|adults|children|subjects)|s?BLA\b|s?NDA\b|MAA\b|"
    rf"(?:is|was|has been) (?:being |currently being |under |also |currently |well |generally )*(?:evaluated|studied|investigated|developed|designed|designated|granted|approved|administered|indicated|tolerated)|"
    r"for the (?:treatment|prevention)|(?:Phase|phase)\b|utilizes|targets|monotherapy|arm|dos(?:e|es|ing)|infusion|trial|stud(?:y|ies)|plus\b|cohort)",
)
_GIVEN: Final = re.compile(
    r"\s*[™®]?\s*(?:\([^()]{1,60}\))?\s+(?:(?:has|have|had|also|recently|previously)\s+)*(?:received|obtained|was\s+granted|(?:been|was)\s+awarded)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:Orphan|Fast|Breakthrough|RMAT|PRIME|Priority|orphan|fast|breakthrough|accelerated|approval|marketing|designation)"
)
_REGISTERED: Final = re.compile(
    r"(?:,?\s+(?:its|an?|the|our)\s+(?:(?!in\b|of\b|for\b)[\w/-]+,?\s+){0,8}?(?:trial|study)\b)|\s*[,(]+\s*(?:NCT|EudraCT|EU\s?CT|ISRCTN|jRCT|ACTRN|CTR\d|ClinicalTrials|ChiCTR)",
    re.IGNORECASE,
)
#: "the VELA-7 Phase 1b clinical trial of …": the study's name, not the drug's.
_STUDY_OF: Final = re.compile(
    r"[™®]?,?\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?[Pp]hase\s+[\w/]+\s+(?:[\w-]+\s+){0,4}?(?:[Tt]rial|[Ss]tudy)\s+"
    r"(?:of|with|evaluating|investigating|assessing|testing)\b",
    re.IGNORECASE,
)
_STUDY_BEFORE: Final = re.compile(
    r"\b(?:trials?|study|studies)\s*,?\s*(?:called\s+|named\s+)?$", re.IGNORECASE
)
_TRIAL_NAME: Final = re.compile(
    r"\s*(?:\(?NCT\d{8}\)?\s*)?(?:[\w-]+\s+){0,3}?(?:clinical\s+)?(?:trial|study|studies)\b"
)
_NAMED_DRUG: Final = (
    # "lead product candidate, Multikine," "Multikine, an investigational immunotherapy"
    re.compile(
        r"\b(?:[Ll]ead|[Pp]roduct|[Dd]rug|[Cc]linical|[Vv]accine|[Tt]herapeutic|[Ii]nvestigational|[Pp]rimary)\s+(?:[\w-]+\s+){0,4}?"
        r"(?:candidate|asset|compound|product|drug|vaccine|therapy|antibody|program),?\s+(?:called |named )?([A-Z][\w-]{3,}(?:\s[A-Z]?\d+)?)[™®]?(?=[\s,.;)(])(?!\s[A-Z][a-z]+\s)"
    ),
    re.compile(
        r"\b([A-Z][A-Za-z-]{3,}[a-z]\w*)[™®]?\s*(?:\([^()]{2,60}\))?,?\s+(?:is\s+)?(?:an?|the\s+[Cc]ompany's|its|our)\s+"
        r"(?:(?!compan|biotech|firm\b|leader|provider|developer|organi|institute|developing|that\b|which\b|of\b|for\b)[\w/-]+[,\s]+){0,9}?"
        r"(?:candidate|inhibitor|antagonist|agonist|antibody|vaccine|conjugate|immunotherapy|gene therapy|cell therapy|radiopharmaceutical|biosimilar|small molecule|peptide|oligonucleotide|fusion protein)\b"
    ),
)
#: A name in small letters by what stands in apposition to it; it must also begin a sentence somewhere.
_SMALL_NAME: Final = re.compile(
    r"\b(?:of|with|for|evaluating|evaluates|plus|and|candidate,?|developing)\s+([a-z]{6,14})[™®]?(?:\s\([A-Z][\w-]+\))?,\s+(?:an?|its|our|the\s+[Cc]ompany's|[A-Z]\w+'s)\s+"
    r"(?:(?!drug\b|disease|cancer|condition)[\w/'-]+[,\s]+){0,8}?(?:inhibitor|antagonist|agonist|antibody|conjugate|degrader|modulator|vaccine|radioligand|small molecule|peptide|radiopharmaceutical|engager)\b"
)
_CAPITAL_NAME: Final = re.compile(
    rf"(?<![\w-])([A-Z]{{5,}})[™®]?\s*(?:\([^()]{{2,60}}\))?,\s+(?:an?|the\s+[Cc]ompany's|its|our)\s+(?:[\w/-]+\s+){{0,5}}?{_DRUG_NOUN}\b"
)
_BRAND: Final = re.compile(
    r"\b([A-Z][A-Za-z]{2,}?(?:[- ][A-Z0-9][\w]*)?)(?:\s?(?:®|™|\(TM\)|\(R\))|TM\b)(?!\s?[A-Z]{1,6}-?[A-Z]{0,5}\d)"
)
#: Names of technologies and of classes made with them: "the Tessera and Volant platforms", "a Tessera® that binds".
_TECHNOLOGY: Final = re.compile(
    r"(?<![\w-])([A-Z][A-Za-z]{3,}[A-Za-z0-9]*)\s?(?:[®™]|\((?:TM|R)\))?(?:(?:,|\s+and|\s+or|,\s+and)\s+([A-Z][A-Za-z0-9]{3,})\s?(?:[®™]|\((?:TM|R)\))?)?"
    r"\s+(?:[\w-]+\s+){0,2}?(?:platforms?|technolog(?:y|ies)|engine|library)\b"
)
_CLASS_NAME: Final = re.compile(
    r"(?:\b(?:an?|two|three|several|our|its)\s+([A-Z][A-Za-z]{3,}[A-Za-z0-9]*)\s?[®™]\s*(?:that\b|targeting\b|directed\b|against\b|(?:[\w-]+\s+){0,4}?antibod)"
    r"|\b(?:antibodies|conjugates|engagers|bispecifics|peptides|cells|degraders|molecules|therapies)\s+\(([A-Z][A-Za-z]{3,}[A-Za-z0-9]*)\s?[®™])"
)
_BRAND_INN: Final = re.compile(
    r"\b([A-Z][A-Za-z]{3,})\s?[®™]?\"?\s*\(\s*([a-z][\w-]{6,}(?:\s+[a-z][\w-]{4,})?)"
)
_INN_BRAND: Final = re.compile(
    r"\(\s*(?:marketed (?:as|under the (?:brand|trade) name)\s+|brand name:?\s+)?([A-Z][A-Za-z]{3,})\s?®?\s*\)"
)
_CODE_WORD: Final = re.compile(r"\s?[™®]?\s*\(\s*([a-z]{6,}(?:\s[a-z]{5,})?)\s*(?=[),])")
_WORD_LOW_CODE: Final = re.compile(r"(?<![\w-])([a-z]{7,})\s*\(\s*")
_FORMULATION: Final = r"(?:extended|delayed|sustained|immediate|injection|tablets?|capsules?|ophthalmic|topical|cream|solution|oral|release|for|powder|suspension|gel)"
_BRAND_PAREN: Final = re.compile(
    rf"(?<![\w-])([A-Z][A-Za-z]{{3,}})\s?[®™]\s*\(\s*(?:generic\s+name:?\s+)?([a-z]{{6,}}(?:\s(?!{_FORMULATION})[a-z]{{5,}})?)\b"
)
#: Endings of ordinary words, which are no names that stand before or in a parenthesis.
_COMMON_WORD: Final = re.compile(
    r"(?:tion|tions|ment|ments|ing|ed|er|ers|or|ors|ate|ates|ase|ases|ness|ity|ies|ous|ive|ives|able|ical|ically|ly|body|bodies|proteins?|"
    r"peptides?|vaccines?|therap\w+|candidates?|compounds?|drugs?|products?|programs?|agents?|inhibitors?|molecules?|(?<![a-z]{4})genes?|cells?|"
    r"patients?|cohorts?|groups?|studies|trials?|assets?|capsules?|tablets?|conjugates?|medicines?|degraders?|analogs?|analogues?|together|formerly|previously|including|single|double|twice|called|known)$"
)
_WORD_CODE: Final = re.compile(r"(?<![\w-])([A-Z][a-z]{3,}(?:-[a-z]+)?)\s?[™®]?\s*\(\s*")
_INN_WORD: Final = re.compile(r"(?:(?<![\w-])|(?<=\bnab-)|(?<=[0-9][A-Z][a-z]-))[A-Za-z][a-z]{5,}(?![\w])")
#: Short names of cell therapies: "ide-cel", "satri-cel".
#: A short form with a hyphen that begins like the name before it.
_SHORT_NAME: Final = re.compile(
    r"(?<![\w-])(?=([A-Za-z]))([A-Za-z][a-z]{5,})(?:\s([a-z]{5,}))?\s*[™®]?\s*\(\s*\"?((?i:\1)[A-Za-z]{0,5}-[A-Z]{0,4}[a-z]{0,2}[A-Z0-9]{0,3})\"?\s*(?=[,;)])"
)
_CELL_NAME: Final = re.compile(r"(?<![\w-])[A-Za-z][a-z]{1,6}-cel(?![\w-])")
#: Two-word names of gene therapies: "onasemnogene abeparvovec".
_GENE_NAME: Final = re.compile(
    r"(?<![\w-])[A-Za-z][a-z]{4,}gene\s+[a-z]{4,}(?:vec|cel|plasmid)(?:-[a-z]{4})?(?![\w-])"
)
_NOT_INN: Final = re.compile(
    r"(?:nucleotide|peptide|bromide|sterol|globulin|tubulin|(?:con|inter|per|pre|ac|ex|trans|de|re)cept|harlequin|cocaine|choir|reservoir|(?<!r)sen|(?:and|pet|ped|ket|iv|halv|mort|torg|gund|hal)[eo]rsen)$"
)
_NOT_NAMES: Final = frozenset(
    [
        "The",
        "This",
        "These",
        "Those",
        "That",
        "There",
        "Company",
        "Phase",
        "Therapy",
        "Drug",
        "Product",
        "Program",
        "Platform",
        "About",
        "And",
        "For",
        "With",
        "Patients",
        "Treatment",
        "Study",
        "Trial",
        "Clinical",
        "Data",
        "Results",
        "Our",
        "Its",
        "Their",
        "Each",
        "Such",
        "Vaccine",
        "Designation",
        "Application",
        "Cancer",
        "Disease",
        "Investigational",
        "Additionally",
        "Currently",
        "Together",
        "Both",
        "Other",
        "Rare",
        "Orphan",
        "Fast",
        "Breakthrough",
        "Priority",
    ]
)
_CONJUGATE_TAIL: Final = re.compile(
    r"\s+([a-z]{4,}(?:tin|can|cin|sine|tox|pegol|parvovec|autoleucel|leucel|tansine)(?:-[a-z]{4})?)\b"
)


@cache
def _stem_pattern() -> re.Pattern[str]:
    stems = sorted((row["stem"] for row in table("inn_stems")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(stems)})$")


@cache
def _known_drugs() -> frozenset[str]:
    return frozenset(row["name"].lower() for row in table("drugs"))


@cache
def is_inn(word: str) -> bool:
    """Whether a word is a nonproprietary name: an established drug's, or one with a stem of the INN system.

    Hits: "dexamethasone", "osimertinib", "ciltacabtagene" (with its second word), "Lecanemab".
    Near misses: "cholesterol", "nucleotide", "concept", "Andersen".
    """
    low = word.lower()
    if low in _known_drugs():
        return True
    return len(low) >= 7 and bool(_stem_pattern().search(low)) and not _NOT_INN.search(low)


@dataclass(slots=True)
class DrugFinder:
    """Finds drugs that no vocabulary lists, by the form of their names; spans in `doc.spans["drugs"]`.

    Hits: "CLR 131", "CLR 1602-PTX", "9MW2821", "trastuzumab deruxtecan", "Keytruda® (pembrolizumab)", the
    second number of "CLR 1700 and 1900".
    Near misses: "COVID-19", "Form 10-K", "ASCO 2017", "the KEYNOTE-024 trial", "CD19", "Madison, WI 53719".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        text = doc.user_data["layout"].text  # `doc.text` would be put together from the tokens each time
        codes = set(_codes(text))
        found = codes | set(_nonproprietary(text)) | set(_named(text, codes))
        spans = []
        for start, end in sorted(found):
            span = doc.char_span(start, end, label=Kind.DRUG.value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["drugs"] = spans
        return doc


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Codes; one that is printed several times needs support by its context in one place only."""
    places: dict[str, list[tuple[int, int]]] = {}
    support: dict[str, int] = {}
    series: dict[str, str] = {}
    for match in _CODE.finditer(text):
        code = match[0]
        letters = re.match(rf"(?:{_RADIO})?\d{{0,2}}([A-Za-z]*)", code)
        assert letters is not None
        head = letters[1].upper()
        plain = re.match(rf"(?:{_RADIO})?[A-Za-z]*[\s-]?\d", code) is not None  # a number follows the letters
        number = re.search(r"\d+", code)
        counted = number is not None and number[0].startswith("0") and "-" in code  # "CD-001" is no antigen
        counted = counted or (head == "MRNA" and number is not None and len(number[0]) > 3)  # "mRNA-1345"
        if (plain and head in _not_codes() and not counted) or (
            number and " " in code and _YEAR.match(number[0])
        ):
            continue
        if re.match(r"[A-Z][a-z]{2,}[\s-]", code) and not re.match(r"[A-Z][a-z]*-\d{2,3}-", code):
            continue  # "Day 100", "Suite 300", "Table 12"
        key = re.sub(r"[\s-]", "", code).upper()
        places.setdefault(key, []).append(match.span())
        # What stands in another paragraph says nothing of it.
        before = text[max(0, match.start() - 50) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + 110].partition("\n")[0]
        points = 0
        if _REGISTERED.match(after) or _STUDY_OF.match(after) or _STUDY_BEFORE.search(before):
            support[key] = support.get(key, 0) - 3
            series[key] = head
            continue
        if (
            _TRIAL_NAME.match(after)
            and not re.match(r"\s*(?:[Pp]hase|hematology)", after)
            and not _BEFORE.search(before)
        ):
            points -= 1
        elif _BEFORE.search(before) or _AFTER.match(after) or _GIVEN.match(after):
            points += 1
        support[key] = support.get(key, 0) + points
        series[key] = head
    # Codes of one series support each other: "CLR 131" and the control "I-127-CLR 1404".
    heads = {head for key, head in series.items() if support[key] > 0 and len(head) > 1}
    for key, spans in places.items():
        often = (
            len(spans) > 1 and re.fullmatch(r"[A-Z]{2,6}\d{2,}[A-Z]?", key) is not None
        )  # "XB101" for XB-101
        if support[key] < 0 or (support[key] == 0 and series[key] not in heads and not often):
            continue
        for start, end in spans:
            yield start, end
            last_digits = re.search(r"\d+$", text[start:end])
            position = end
            while last_digits and (more := _MORE_NUMBERS.match(text, position)):
                if abs(len(more[1]) - len(last_digits[0])) > 1 or (
                    _YEAR.match(more[1]) and not _YEAR.match(last_digits[0])
                ):
                    break
                yield more.span(1)
                position = more.end(1)


def _nonproprietary(text: str) -> Iterator[tuple[int, int]]:
    technologies = _technologies(text)
    for match in _INN_WORD.finditer(text):
        if not is_inn(match[0]) or match[0] in technologies:
            continue
        tail = _CONJUGATE_TAIL.match(text, match.end())
        # "nab-paclitaxel", "177Lu-edotreotide": the prefix belongs to the name.
        prefix = re.search(
            r"(?:(?<![\w-])nab-|\b\d{2,3}[A-Z][a-z]?-|\b[A-Z][a-z]?-\d{2,3}[- ])$",
            text[max(0, match.start() - 8) : match.start()],
        )
        yield match.start() - (len(prefix[0]) if prefix else 0), tail.end() if tail else match.end()
    for match in _CELL_NAME.finditer(text):
        yield match.span()
    for match in _GENE_NAME.finditer(text):
        yield match.span()


_OFFICE: Final = r"(?:M\.?D\b|Ph\.?D\b|[Cc]hief\b|C[EFMSO]O\b|[Pp]resident\b|[Vv]ice\b|[Dd]irector\b|[Hh]ead\b|[Pp]rofessor\b)"


def _is_given_name(text: str, name: str) -> bool:
    """Whether a name is that of a person of the text: "Rita brings …" beside "Rita Malone, Chief Officer"."""
    if not (name.isalpha() and name.istitle()):
        return False
    return (
        re.search(rf"(?<![\w-]){name}\s+(?:[A-Z]\.\s+)?[A-Z][a-z]+(?:,|\s+as)\s+{_OFFICE}", text) is not None
    )


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["label"] for row in table("countries"))


def _technologies(text: str) -> frozenset[str]:
    """Names of platforms, and of what is made with one where it is spoken of as a class."""
    return frozenset(
        name.removesuffix("TM")
        for form in (_TECHNOLOGY, _CLASS_NAME)
        for found in form.findall(text)
        for name in found
        if name
    )


def _named(text: str, codes: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Brand names and names of candidates, known by what the text says that they are; then wherever printed."""
    names: set[str] = set()
    coded_starts = {start for start, _ in codes}
    for match in _BRAND_INN.finditer(text):
        if is_inn(match[2].split()[0]) or is_inn(match[2].split()[-1]):
            names.add(match[1])
    for match in _INN_BRAND.finditer(text):
        word = re.search(r"([A-Za-z-]+)\s*$", text[max(0, match.start() - 40) : match.start()])
        if word and is_inn(word[1]) and not match[1].isupper():
            names.add(match[1])
    for match in _CODE_WORD.finditer(text):
        if match.start() in {end for _, end in codes} and not _COMMON_WORD.search(match[1].split()[0]):
            names.add(match[1])  # "SYN-114 (zetagabine)"
    for match in _WORD_LOW_CODE.finditer(text):
        if match.end() in coded_starts and not _COMMON_WORD.search(match[1]):
            names.add(match[1])  # "zetagabine (SYN-114)"
    for match in _BRAND_PAREN.finditer(text):
        names.add(match[1])
        if not any(_COMMON_WORD.search(word) for word in match[2].split()):
            names.add(match[2])  # "FILORVA® (atibuxentan)"
    for match in _BRAND.finditer(text):
        if match[1].split()[0] in _NOT_NAMES:
            continue
        before, after = (
            text[max(0, match.start() - 50) : match.start()],
            text[match.end() : match.end() + 110],
        )
        if _BEFORE.search(before) or _AFTER.match(after):
            names.add(match[1])
    for pattern in (*_NAMED_DRUG, _CAPITAL_NAME):
        names.update(m[1] for m in pattern.finditer(text))
    for match in _SMALL_NAME.finditer(text):
        small = match[1]
        begins = re.search(
            rf"(?<![\w-]){small.capitalize()}[™®]?\s+(?:\([^()]*\)\s+)?(?:is|was|has|had|plus|in\s+combination)\b",
            text,
        )
        if begins and not _COMMON_WORD.search(small):
            names |= {small, small.capitalize()}
    for match in _WORD_CODE.finditer(text):
        if match.end() in coded_starts:
            names.add(match[1])  # "Velnacor (OM-118)"
    for match in _SHORT_NAME.finditer(text):
        if is_inn(match[2]) or is_inn(match[3] or ""):
            names.add(match[4])  # "sacituzumab tirumotecan (sac-TMT, also known as …)"
    names -= _NOT_NAMES | _technologies(text) | _countries()
    names = {re.sub(r"(?<=[a-z])TM$", "", name) for name in names if not _is_given_name(text, name)}
    names |= {name[0].upper() + name[1:] for name in names if name.islower()}  # where it begins a sentence
    names |= {
        n.lower()
        for n in names
        if n.istitle() and re.search(rf"(?<![\w-]){n.lower()}(?![\w-])", text) and _could_be_inn(n)
    }
    if names:
        either = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
        for match in re.finditer(rf"(?<![\w-])(?:{either})(?![\w])|(?<![\w-])(?:{either})(?=TM\b)", text):
            yield match.span()


def _could_be_inn(name: str) -> bool:
    """Whether a name that begins a sentence may stand in small letters elsewhere and still be the name."""
    return len(name) > 7 and name.isalpha() and not _COMMON_WORD.search(name.lower())


# --- targets --------------------------------------------------------------------------------------------

_SYMBOL: Final = r"[A-Z][A-Z0-9]{1,6}(?:-?[A-Zα-ω0-9]{1,5})?(?:\.\d)?"
_TARGETS: Final = (
    re.compile(rf"\banti-({_SYMBOL})(?![\w])"),
    re.compile(rf"(?<![\w-])({_SYMBOL})[- ](?:directed|targeted|targeting|specific|binding)\b"),
    re.compile(
        rf"(?<![\w-])({_SYMBOL})\s+(?:receptor\s+)?(?:inhibitors?|antagonists?|agonists?|degraders?|blockers?|activators?|modulators?|stabili[sz]ers?)\b"
    ),
    re.compile(
        rf"\b(?:targets?|targeting|against|inhibits?|inhibiting|silenc(?:es?|ing)|binds?(?:\s+to)?|blocks?|blocking|antibody\s+to|degrad(?:es?|ing)|edits?|editing|inactivat(?:es?|ing))\s+(?:the\s+|human\s+)?({_SYMBOL})(?![\w-])(?!\s+(?:trial|study|cells?))"
    ),
    # "targeting Death Receptor 5 (DR5)"
    re.compile(
        rf"\b(?:targets?|targeting|against|inhibits?|inhibiting|binds?(?:\s+to)?|blocks?|blocking|directed\s+(?:at|against|to))\s+"
        rf"(?:[\w-]+\s+){{1,6}}?\(\s*\"?({_SYMBOL})\"?\s*\)"
    ),
    re.compile(
        rf"\b(?:inhibitor|antagonist|agonist|degrader|blocker|activator|modulator|opener)s?\s+of\s+(?:the\s+)?({_SYMBOL})(?![\w-])"
    ),
)
#: "a selective glycolate oxidase inhibitor": molecules whose names end in what they are.
_WORDY_TARGET: Final = re.compile(
    r"(?:(?:\b(?:an?|the|our|its|oral|dual|selective|potent|novel|investigational|inhaled|topical|reversible|irreversible|covalent"
    r"|non-?steroidal|first-in-class|small[- ]molecule|specific|allosteric|peripherally|brain-penetrant|daily|long-acting|partial|full)\s*,?\s+)"
    r"|\b(?:inhibits|blocks|activates|targets|inhibitor of|agonist of|antagonist of|modulator of)\s+(?:the\s+)?)"
    r"((?:(?!selective|potent|novel|oral|dual|investigational|and|of|the)[A-Za-z0-9][\w/α-ω-]*\s+){1,3}"
    r"(?:receptor(?:[- ](?:alpha|beta|gamma|delta|\d[a-z]?|[α-ω]))?|channel|transporter|co-?transporter|exchanger|[a-z]{2,}ase(?:\s?-?\d[A-Za-z]?)?))"
    r"(?=\s+(?:inhibitors?|antagonists?|agonists?|blockers?|modulators?|activators?|openers?|stabili[sz]ers?|degraders?)\b)"
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
_NO_TARGETS: Final = frozenset(
    [
        "CAR",
        "RNA",
        "DNA",
        "MRNA",
        "SIRNA",
        "ADC",
        "ADCS",
        "PDC",
        "FDA",
        "EMA",
        "USA",
        "EU",
        "UK",
        "US",
        "AAV",
        "LNP",
        "IND",
        "NDA",
        "BLA",
        "IV",
        "SC",
        "HIV",
        "HBV",
        "HCV",
        "RSV",
        "CMV",
        "EBV",
        "HPV",
        "COVID",
        "SARS",
        "TCR",
        "NK",
        "JAK",
        "GLP",
        "T",
        "B",
        "II",
        "III",
        "PDUFA",
        "CTA",
        "MHRA",
        "ASO",
        "TNM",
        "ICU",
        "CNS",
        "PK",
        "PD",
        "ALS",
        "DMD",
        "CF",
        "MS",
        "NSCLC",
        "AML",
        "CLL",
        "MM",
        "SLE",
        "IPF",
        "COPD",
        "ALT",
        "AST",
        "HER",
    ]
)


@dataclass(slots=True)
class TargetFinder:
    """Finds molecular targets that no vocabulary lists, by what is said to act on them; spans in `doc.spans["targets"]`.

    Hits: "a CDH17-directed ADC"; "an antibody against APRIL"; "anti-TSLP"; "inhibitor of PCSK9".
    Near misses: "CAR-directed"; "targets 40 patients"; "against COVID-19".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        known = {(s.start_char, s.end_char) for s in doc.spans["vocabulary"]}
        drugs = {(s.start_char, s.end_char) for s in doc.spans["drugs"]}
        spans = []
        text = doc.user_data["layout"].text  # `doc.text` would be put together from the tokens each time
        found = {m.span(1) for form in _TARGETS for m in form.finditer(text)}
        found |= {
            m.span(1)
            for m in _WORDY_TARGET.finditer(text)
            if m[1].lower() not in _NOT_WORDY and "disease" not in m[1]
        }
        for start, end in sorted(found):
            symbol = text[start:end]
            if (
                symbol.upper() in _NO_TARGETS
                or symbol.isdigit()
                or any(s < end and start < e for s, e in known | drugs)
            ):
                continue
            span = doc.char_span(start, end, label=Kind.TARGET.value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["targets"] = spans
        return doc


def is_established(name: str) -> bool:
    """Whether a name is that of an established drug (`lexicon/drugs.tsv`), which is a comparator or a partner."""
    return name.lower() in _known_drugs()
