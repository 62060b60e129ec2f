"""Text → names of drugs that are plain words with no known stem, known by the doses and arms beside them.

Used by `kg.extract.drug_names`: "with 4 mg danavorix", "mesarexine 7.5 mg", "emraxatine-treated patients".
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from kg.extract.lexicon import table
from kg.extract.patterns import Pattern

_NAME: Final = r"(?P<name>(?:[a-z]{7,18}|[A-Z][a-z]{6,17}))(?![\w-])"
_MASS: Final = (
    r"\d[\d.,]*(?:\s?(?:mg|mcg|[µμu]g|IU|MBq|GBq)?(?:,|,?\s(?:and|or|to)|/|-|–)\s?\d[\d.,]*)*\s?(?:mg|mcg|[µμu]g|IU|MBq|GBq)"
    r"(?:/(?:kg|m2|m²|mL|day))?(?![\w/])"
)
_SCHEDULE: Final = (
    r"(?:\s+(?:QD|BID|TID|Q\d[WMD]|once[- ]daily|twice[- ]daily|once[- ]weekly|daily|weekly|monthly))?"
)
#: Beside a dose; what stands so and twice in the text is a drug.
_STRONG: Final = (
    Pattern(rf"(?<![\w-]){_NAME}\s?[®™]?\s*(?:\([A-Z][\w-]{{2,12}}\)\s*)?[,(]?\s?{_MASS}(?!\))"),
    Pattern(rf"(?<![\w.]){_MASS}{_SCHEDULE}\s+(?:of\s+)?{_NAME}"),
)
_CLASS: Final = (
    r"(?:inhibitor|(?:ant)?agonist|modulator|antibody|activator|opener|blocker|degrader|conjugate|peptide|analog(?:ue)?"
    r"|molecule|siRNA|oligonucleotide|potentiator|corrector|stabili[sz]er)"
)
#: Where drugs mostly stand.
_WEAK: Final = (
    Pattern(
        rf"\b{_CLASS},?\s+{_NAME}(?=\s+(?:met|in|is|was|for|showed|reduced|improved|has|had|at|and)\b|[,.(]|\s\()"
    ),
    Pattern(
        rf"\b(?:with|of|for|on|by|from|to|taking|receiving|received|given)\s+{_NAME}(?=\s+(?:versus|vs\.?|compared\s+(?:with|to)|and|or|over|than)"
        r"\s+(?:\w+\s+){0,2}?placebo\b)"
    ),
    Pattern(
        r"(?<![\w-])(?P<name>[a-z]{7,18}|[A-Z][a-z]{6,17})(?:-treated\s|\s+(?:arms?|groups?|recipients|monotherapy|patients|participants)\b)"
    ),
    Pattern(
        rf"\b(?:patients|participants|subjects|those|people|adults|children|women|men|treated|treatment)\s+(?:on|with|given|receiving|taking)\s+{_NAME}(?=[.,;)]|\s+(?:and|had|were|at|in|for|versus|vs)\b)"
    ),
    Pattern(
        rf"(?:[A-Za-z]['’]s?|\b(?:its|our))\s+{_NAME}(?=\s+(?:reduc|improv|met|show|cut|low|met|slow|increas|achiev|in\s|for\s|help|keep))"
    ),
    Pattern(rf"(?:^|[.\n]\s*|\s){_NAME},\s+an?\s+(?:[\w/-]+\s+){{0,6}}?{_CLASS}\b"),
    Pattern(
        rf"(?:^|[.\n]\s*){_NAME}\s+(?:selectively\s+)?(?:activates|inhibits|blocks|binds|antagoni[sz]es|is\s+an?\s+(?:[\w/-]+\s+){{0,6}}?{_CLASS})\b"
    ),
)
#: Endings of ordinary words, and of words of diseases, techniques and people.
_ORDINARY: Final = Pattern(
    r"(?:ed|ing|ly|[^u]s|us(?<!limus)|tion|sion|ment|ness|ity|ful|able|ible|ious|al|ic|ical|ive|ary|ory|ure|age|ance|ence|ent(?<!dent)|ism|ist"
    r"|ship|hood|ward|wise|like|fold|free|time|week|month|year|day|hour|dose|dosage|label|blind|arm|group|therapy|itis|osis|emia|aemia|oma|pathy"
    r"|trophy|gram|graph|graphy|logy|cyte|kine|gen|genic|line|base|point|score|scale|weight|rate|phase|ation|ese|ian|ous|ate(?<!bate)(?<!vate)|ize|ise"
    r"|ify|er|or|ar|ow|ay|ey|ch|sh|th|ck|gh|nd|ngs?|nt(?<!ant)|lt|ct|pt(?<!ept)|st(?<!ast)|rt|ft|ll|ss|ff|ght|less|more|most|some|thing|where|ever|self|selves|ble|tle|ple|cle"
    r"|acy|oxil|etil|body|protein|peptide|vaccine|molecule|medicine|receptor|insulin|virus|cell|gene|serum|plasma|saline|tablet|capsule|ointment|cream|syringe|vial)$",
    re.IGNORECASE,
)


@cache
def _words() -> frozenset[str]:
    """Ordinary words that stand beside doses and are known by no ending."""
    return frozenset(row["word"] for row in table("not_small_names"))


def small_names(text: str) -> set[str]:
    """Words in small letters that stand beside doses, or twice where drugs do, and are no words of the language.

    Hits: "with 4 mg danavorix … Danavorix selectively activates"; "nebulised ensifentazole 3 mg".
    Near misses: "received 50 mg"; "50 mg tablets"; "placebo"; a word that is printed but once.
    """
    if not _HAS_DOSE.search(text):
        return set()
    points: Counter[str] = Counter()
    for forms, worth in ((_STRONG, 2), (_WEAK, 1)):
        for form in forms:
            for match in form.in_paragraphs(text):
                word = match["name"].lower()
                if word not in _words() and not _ORDINARY.search(word):
                    points[word] += worth
    small = text.lower()
    return {
        form
        for word, told in points.items()
        if told > 1 and small.count(word) > 1
        for form in (word, word.capitalize())
        if form in text
    }


_HAS_DOSE: Final = Pattern(r"\d\s?(?:mg|mcg|[µμu]g|IU|MBq|GBq)(?![a-z])")
