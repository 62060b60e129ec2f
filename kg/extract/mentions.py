"""Doc → candidate mentions of what the vocabulary lists; spans in `doc.spans["vocabulary"]`.

The first of the pipeline's components; each puts its spans into `doc.spans` under its own name.  A candidate says only
*what it looks like*; which of overlapping ones counts, and what it names, is for `kg.extract.linking` to decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.extract.abbreviations import Definition, definitions
from kg.extract.patterns import Pattern
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
        Kind.LINE_OF_THERAPY,
        Kind.CARRIER,
        Kind.ARM_KIND,
    }
)
#: Capitals that are words too: they name a thing only where the text says so.
_WORDS_IN_CAPITALS: Final = frozenset(
    [
        "ALL",
        "AIDS",
        "ACT",
        "COMP",
        "TIL",
        "PAIN",
        "ARM",
        "HIT",
        "CAP",
        "SAD",
        "MAD",
        "CAN",
        "AGE",
        "AUD",
        "CAD",
    ]
)

# --- folding --------------------------------------------------------------------------------------------

_DROPPED: Final = frozenset("-–—™®©*'\"_‑")
_SPELLINGS: Final = (
    ("tumour", "tumor"), ("leukaem", "leukem"), ("haem", "hem"), ("oedem", "edem"), ("anaem", "anem"),
    ("paed", "ped"), ("oesoph", "esoph"), ("ischaem", "ischem"), ("aemi", "emi"), ("foet", "fet"),
    ("isation", "ization"), ("diarrhoea", "diarrhea"), ("neutropaen", "neutropen"), ("coeliac", "celiac"),
    ("faec", "fec"),
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
    words, origin = _folded_words(tokens)
    return " " + " ".join(words) + " ", origin


def _folded_words(tokens: Iterable[str]) -> tuple[list[str], list[int]]:
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
    return words, origin


LONGEST_BRACKET: Final = 8  # tokens


def _without_brackets(
    texts: Sequence[str], words: list[str], origin: list[int]
) -> tuple[list[str], list[int]]:
    """The words that stand in no short pair of brackets, and their tokens."""
    dropped: set[int] = set()
    opened: int | None = None
    if "(" not in texts:
        return words, origin
    for index, text in enumerate(texts):
        if text == "(":
            opened = index
        elif text == ")" and opened is not None:
            if index - opened <= LONGEST_BRACKET:
                dropped.update(range(opened, index + 1))
            opened = None
    if not dropped:
        return words, origin
    kept = [(word, at) for word, at in zip(words, origin, strict=True) if at not in dropped]
    return [word for word, _ in kept], [at for _, at in kept]


_TOKEN: Final = Pattern(r"[^\W_]+|[^\w\s]|_")


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
    if len(label) > 9:
        return False
    letters = [c for c in label if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return bool(letters) and (capitals == len(letters) or (capitals >= 2 and len(label) <= 7))


#: A tumour with its stage or line of treatment: the stage is told of the patients, the tumour is what they have.
_STAGED: Final = Pattern(
    r"(?:relapsed|refractory|resectable|advanced|early|adult(?! T-cell)|childhood|pediatric)\b"
    r".*\b(?:leuk\w+|lymphomas?|cancer|neoplasm"
    r"|mesothelioma|carcinoma|myeloma)\b",
    re.IGNORECASE,
)


#: Heads that several diseases of a list share, and what stands between their other words.
_HEADS: Final = Pattern(
    r"(?:cancer|carcinoma|adenocarcinoma|lymphoma|leuka?emia|sarcoma|melanoma|tumou?r|neoplasm"
    r"|malignanc(?:y|ies)|diabete|disorder|disease|infection|dystroph(?:y|ies)|failure|arthritis|hepatitis|pneumonia|allerg(?:y|ies)"
    r"|epileps(?:y|ies)|anemia|neuropath(?:y|ies))s?",
    re.IGNORECASE,
)
_LETTER: Final = Pattern(r"[A-Z]|[IVX]{1,4}|\d")
_BETWEEN_HEADS: Final = Pattern(r",|and|or|/|&", re.IGNORECASE)


@dataclass(slots=True)
class VocabularyMatcher:
    """Finds the names of vocabulary concepts; spans in `doc.spans["vocabulary"]`, `kb_id_` is the CURIE."""

    _automaton: object = None
    _names: list[list[_Name]] = field(default_factory=list)
    _by_words: dict[str, list[_Name]] = field(default_factory=dict)

    def initialize(self, vocabulary: Vocabulary) -> None:
        """Build the automaton of all names; 12,000 take a tenth of a second."""
        import ahocorasick_rs  # noqa: PLC0415

        by_name: dict[str, dict[tuple[str, str], _Name]] = {}
        for concept in vocabulary.concepts:
            if concept.kind in _NOT_IN_TEXT:
                continue
            for label in (concept.label, *concept.alt, *concept.hidden):
                folded = fold(_TOKEN.findall(label))[0].rstrip()
                name = _name(concept, label)
                told = len(folded) > 2 or (concept.kind is Kind.ENDPOINT and label.isupper())  # "OS"
                if told and name is not None and not _STAGED.match(label):
                    by_name.setdefault(folded, {}).setdefault((concept.curie, name.exact), name)
        self._names = [list(names.values()) for names in by_name.values()]
        self._by_words = dict(zip(by_name, self._names, strict=True))
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(by_name), matchkind=ahocorasick_rs.MatchKind.Standard
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add the hits of one document, those without a ground in it left out."""
        from spacy.tokens import Span  # noqa: PLC0415

        hits = self._hits(doc)
        hits += [
            *self._sharing_their_head(doc, hits),
            *self._sharing_their_words(doc, hits),
            *self._further_types(doc, hits),
        ]
        text = doc.user_data["layout"].text  # `doc.text` would be put together from the tokens each time
        defined = doc.user_data["definitions"] = list(definitions(text))
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
        diseases = {doc[start].idx for start, _, name in hits if name.kind is Kind.DISEASE}
        for start, end, name in hits:
            carried = name.kind is Kind.DISEASE and _CARRIED.match(text, doc[end - 1].idx + len(doc[end - 1]))
            if carried and carried.end() in diseases:
                continue
            if name.exact:
                meaning = shorts.get(name.exact)
                if meaning is not None and not _may_mean(meaning, name, ends):
                    continue
                grounded = (
                    name.curie in long_named
                    or meaning is not None
                    or _has_figure(doc, start, end, name, text)
                )
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
            heads = [[head], [doc[end - 2].text, head]] if end - begin > 2 else [[head]]
            at = begin
            while at > 1 and _BETWEEN_HEADS.fullmatch(doc[at - 1].text):
                stop = at
                while stop > 0 and _BETWEEN_HEADS.fullmatch(doc[stop - 1].text):
                    stop -= 1
                places = [(low, tail) for tail in heads for low in range(max(0, stop - 5), stop)]
                named = ((low, self._disease([t.text for t in doc[low:stop]] + tail)) for low, tail in places)
                other = next(((low, name_) for low, name_ in named if name_ is not None), None)
                if other is not None:
                    found.append((other[0], stop, other[1]))
                    at = other[0]
                elif doc[stop - 1].text.isupper():
                    at = stop - 1  # "gastric/GEJ & colorectal cancers"
                else:
                    break
        return found

    def _sharing_their_words(
        self, doc: Doc, hits: list[tuple[int, int, _Name]]
    ) -> list[tuple[int, int, _Name]]:
        """ "hemophilia A and B": each letter or number that makes a disease with the words before the first one."""
        found: list[tuple[int, int, _Name]] = []
        for begin, end, name in hits:
            if name.kind is not Kind.DISEASE or end - begin < 2 or not _LETTER.fullmatch(doc[end - 1].text):
                continue
            if (
                end + 1 < len(doc)
                and _BETWEEN_HEADS.fullmatch(doc[end].text)
                and _LETTER.fullmatch(doc[end + 1].text)
            ):
                other = self._disease([t.text for t in doc[begin : end - 1]] + [doc[end + 1].text])
                if other is not None:
                    found.append((end + 1, end + 2, other))
        return found

    def _further_types(
        self, doc: Doc, hits: list[tuple[int, int, _Name]]
    ) -> Iterator[tuple[int, int, _Name]]:
        """ "hyperoxaluria type 1 (PH1) and type 2 (PH2)": each type that follows a disease of the first."""
        for begin, end, name in hits:
            if name.kind is not Kind.DISEASE or end - begin < 3 or doc[end - 2].lower_ != "type":
                continue
            at = end
            while True:
                at = _behind_brackets(doc, at)
                more = at
                while more < len(doc) and more - at < 2 and _BETWEEN_HEADS.fullmatch(doc[more].text):
                    more += 1
                number = more + 1 if more < len(doc) and doc[more].lower_ == "type" else more
                if more == at or number >= len(doc) or not _NUMBER.fullmatch(doc[number].text):
                    break
                other = self._disease([t.text for t in doc[begin : end - 1]] + [doc[number].text])
                if other is None:
                    break
                yield more, number + 1, other
                at = number + 1

    def _disease(self, words: list[str]) -> _Name | None:
        """The disease of exactly these words."""
        names = self._by_words.get(fold(words)[0].rstrip(), ())
        return next((n for n in names if n.kind is Kind.DISEASE and not n.exact), None)

    def _hits(self, doc: Doc) -> list[tuple[int, int, _Name]]:
        texts = [token.text for token in doc]
        words, origin = _folded_words(texts)
        hits = self._found(doc, words, origin)
        bare, kept = _without_brackets(texts, words, origin)
        if len(kept) < len(origin):
            # "transthyretin (ATTR) amyloidosis": names that go on behind a short form in brackets
            inside = set(origin) - set(kept)
            hits += [
                (begin, end, name)
                for begin, end, name in self._found(doc, bare, kept)
                if not name.exact and not inside.isdisjoint(range(begin, end))
            ]
        return hits

    def _found(self, doc: Doc, words: list[str], origin: list[int]) -> list[tuple[int, int, _Name]]:
        folded = " " + " ".join(words) + " "
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
            if (
                doc[begin].lower_ == "severe"
                and begin > 1
                and _MODERATE_TO.search(doc[max(0, begin - 4) : begin].text_with_ws)
            ):
                continue  # "moderate-to-severe asthma" is no "severe asthma"
            denied = begin > 1 and doc[begin - 1].text in _HYPHENS and doc[begin - 2].lower_ == "non"
            alike = last + 2 < len(doc) and doc[last + 1].text in _HYPHENS and doc[last + 2].lower_ == "like"
            printed = ""
            for name in self._names[pattern]:
                if name.exact:
                    printed = printed or " ".join(doc[begin : last + 1].text.split())
                    if printed not in (name.exact, name.exact + "s"):
                        continue
                if denied and name.kind is Kind.DISEASE:
                    continue  # "non-squamous NSCLC" is no "squamous NSCLC"
                if alike and name.kind is Kind.TARGET:
                    continue  # "tumor necrosis factor-like ligand 1A" is not TNF
                hits.append((begin, last + 1, name))
        return hits


#: Of a type: "type 2", "type IIIb".
_NUMBER: Final = Pattern(r"(?:\d{1,2}|[IVX]{1,4})[A-Ca-c]?")
_LONGEST_ASIDE: Final = 6


def _behind_brackets(doc: Doc, at: int) -> int:
    """The token behind the brackets that open at a token, if they close soon."""
    if at < len(doc) and doc[at].text == "(":
        for close in range(at + 1, min(len(doc), at + _LONGEST_ASIDE)):
            if doc[close].text == ")":
                return close + 1
    return at


#: "HIV-infected patients with *lipodystrophy*", "those with diabetes suffering from *gout*": in whom, not what for.
_CARRIED: Final = Pattern(
    r"(?:-infected(?:\s+[a-z]+){1,3}?\s+(?:with|who\s+have|suffering\s+from)|\s+suffering\s+from)\s+"
    r"(?:severe\s+|chronic\s+)?",
    re.IGNORECASE,
)
#: "the 24-month OS rate 74%", "mature OS data", "a CR in 52%": what shows a measured outcome in two letters.
_OF_OUTCOME: Final = Pattern(
    r"(?:\b(?:median|months?|years?|hazard\s+ratio\s+(?:\([^()]*\)\s+)?(?:for|of)|HRs?\s+for|landmark|PFS|EFS|ORR|Kaplan-Meier|estimated|prolonged|improved|extended|longer|increased|improvement\s+in|ongoing|confirmed)\W+(?:and\s+|interim\s+|the\s+)?"
    r"|\b(?:achieved|had|with|reached|attained|including)\s+an?\s+)$",
    re.IGNORECASE,
)
_ITS_FIGURE: Final = Pattern(
    r"\s?(?:\([^()]{1,30}\)\s?)?(?:(?:rates?|estimates?|probabilit\w+|benefit|curves?|analysis|advantage|events?)\b|(?:was|were|of|in|at|reached|data|HR|[:=,(–-])\s*(?:about\s+|median\s+|HR\s+|an?\s+median\s+of\s+|approximately\s+)?\d|\s?\d[\d.]*\s?(?:%|mo)|at\s+\d|hazard\b)"
)


def _has_figure(doc: Doc, start: int, end: int, name: _Name, text: str) -> bool:
    """Whether a figure or a word of measuring stands beside an endpoint of two letters: "OS rate", "median OS"."""
    if name.kind is not Kind.ENDPOINT or len(name.exact) > 2:
        return False
    low, high = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return bool(_OF_OUTCOME.search(text, max(0, low - 40), low) or _ITS_FIGURE.match(text, high))


_HYPHENS: Final = ("-", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{EN DASH}")
_MODERATE_TO: Final = Pattern(r"(?:moderate|mild)(?:ly)?[-\s]+to[-\s]*$", re.IGNORECASE)
#: Before a short form, these show that a disease is meant: "relapsed or refractory (R/R) MM".
_AFFLICTED: Final = Pattern(
    r"(?:R/R\s?\)?|relapsed|refractory|metastatic|advanced|newly diagnosed|patients with|adults with"
    r"|children with|people with|"
    r"treatment of|diagnosed with|moderate|severe|active|chronic)\s*$",
    re.IGNORECASE,
)


def _may_mean(meaning: Definition, name: _Name, ends: dict[int, list[_Name]]) -> bool:
    """Whether a definition in the text agrees with the concept that the vocabulary gives to a short form."""
    if name.kind is Kind.AGENCY:
        return True  # "orphan designation (FDA)" defines nothing
    if name.kind is Kind.PLATFORM and name.exact[:1].islower():
        return True  # "siRNA" has many long forms
    known = ends.get(meaning.long_end)
    if known:
        return any(n.curie == name.curie for n in known)
    return meaning.long_start == meaning.long_end  # an unknown long form makes it another thing


def _name(concept: Concept, label: str) -> _Name | None:
    bare = [c for c in label if c.isalnum()]
    if is_acronym(label):
        defined_only = label in _WORDS_IN_CAPITALS or len(bare) <= 2
        return _Name(concept.curie, concept.kind, label, defined_only)
    if len(bare) <= 3 or (concept.kind is Kind.TARGET and len(bare) <= 5 and " " not in label):
        rare = concept.kind is Kind.TARGET and label.islower()  # "tau"
        return _Name(concept.curie, concept.kind, label, len(bare) <= 3 and not rare)
    return _Name(concept.curie, concept.kind)
