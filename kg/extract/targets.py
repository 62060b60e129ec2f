"""Doc → candidate names of molecular targets that no vocabulary lists, known by what is said to act on them.

A component of the pipeline; spans in `doc.spans["targets"]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.extract.lexicon import table
from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SYMBOL: Final = r"[A-Z][A-Z0-9]{1,6}(?:-?[A-Zα-ω0-9]{1,5})?(?:\.\d)?"
_TARGETS: Final = (
    re.compile(rf"\banti-({_SYMBOL})(?![\w])"),
    re.compile(rf"(?<![\w-])({_SYMBOL})[- ](?:directed|targeted|targeting|specific|binding)\b"),
    re.compile(
        rf"(?<![\w-])({_SYMBOL})\s+(?:receptor\s+)?(?:inhibitors?|antagonists?|agonists?|degraders?"
        r"|blockers?|activators?|modulators?|stabili[sz]ers?)\b"
    ),
    re.compile(
        r"\b(?:targets?|targeting|against|inhibits?|inhibiting|silenc(?:es?|ing)|binds?(?:\s+to)?"
        r"|blocks?|blocking|antibody\s+to|degrad(?:es?|ing)|edits?|editing|inactivat(?:es?"
        rf"|ing))\s+(?:the\s+|human\s+)?({_SYMBOL})(?![\w-])(?!\s+(?:trial|study|cells?))"
    ),
    # "targeting Death Receptor 5 (DR5)"
    re.compile(
        r"\b(?:targets?|targeting|against|inhibits?|inhibiting|binds?(?:\s+to)?|blocks?|blocking"
        r"|directed\s+(?:at|against|to))\s+"
        rf"(?:[\w-]+\s+){{1,6}}?\(\s*\"?({_SYMBOL})\"?\s*\)"
    ),
    re.compile(
        r"\b(?:inhibitor|antagonist|agonist|degrader|blocker|activator|modulator"
        rf"|opener)s?\s+of\s+(?:the\s+)?({_SYMBOL})(?![\w-])"
    ),
)
#: "a selective glycolate oxidase inhibitor": molecules whose names end in what they are.
_WORDY_TARGET: Final = re.compile(
    r"(?:(?:\b(?:an?|the|our|its|oral|dual|selective|potent|novel|investigational|inhaled|topical"
    r"|reversible|irreversible|covalent"
    r"|non-?steroidal|first-in-class|small[- ]molecule|specific|allosteric|peripherally|brain-penetrant"
    r"|daily|long-acting|partial|full)\s*,?\s+)"
    r"|\b(?:inhibits|blocks|activates|targets|inhibitor of|agonist of|antagonist of"
    r"|modulator of)\s+(?:the\s+)?)"
    r"((?:(?!selective|potent|novel|oral|dual|investigational|and|of|the)[A-Za-z0-9][\w/α-ω-]*\s+){1,3}"
    r"(?:receptor(?:[- ](?:alpha|beta|gamma|delta|\d[a-z]?|[α-ω]))?|channel|transporter|co-?transporter"
    r"|exchanger|[a-z]{2,}ase(?:\s?-?\d[A-Za-z]?)?))"
    r"(?=\s+(?:inhibitors?|antagonists?|agonists?|blockers?|modulators?|activators?|openers?"
    r"|stabili[sz]ers?|degraders?)\b)"
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
        found = {m.span(1) for form in _TARGETS for m in form.finditer(text)}
        found |= {
            m.span(1)
            for m in _WORDY_TARGET.finditer(text)
            if m[1].lower() not in _NOT_WORDY and "disease" not in m[1]
        }
        for start, end in sorted(found):
            symbol = text[start:end]
            if (
                symbol.upper() in _no_targets()
                or symbol.isdigit()
                or any(s < end and start < e for s, e in known | drugs)
            ):
                continue
            span = doc.char_span(start, end, label=Kind.TARGET.value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["targets"] = spans
        return doc
