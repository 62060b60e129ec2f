"""Doc → candidate names of diseases that no vocabulary lists, known by their form.

A component of the pipeline; spans in `doc.spans["diseases"]`, those that the vocabulary covers left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_GENE: Final = r"[A-Z][A-Z0-9]{2,8}"
_ILLNESS: Final = (
    r"(?:disorders?|disease|syndrome|epilepsy|encephalopathy|dystrophy|cardiomyopathy|neuropathy"
    r"|retinopathy|retinitis\s+pigmentosa"
    r"|ataxia|amyloidosis|nephropathy|myopathy|dementia|hearing\s+loss|deficiency|anemia|anaemia)"
)
_GERM: Final = (
    r"(?:[a-z]*virus(?:\s+type\s+\d)?|[a-z]+coccus|[A-Z]\s[Ss]treptococcus|[A-Z][a-z]+(?:ella|bacter"
    r"|ococcus|monas|idium|oides|ida|illus)(?:\s[a-z]{4,})?)"
)
_FORMS: Final = (
    # "SYNGAP1-related disorder", "KCNT1-associated epilepsy"
    re.compile(
        rf"(?<![\w-]){_GENE}[- ](?:related|associated|mediated"
        rf"|linked)\s+(?:[a-z]+\s+){{0,3}}?{_ILLNESS}(?![\w-])"
    ),
    # "vaccine against human metapneumovirus", "prevention of group B streptococcus"
    re.compile(
        r"\b(?:vaccines?(?:\s+candidates?)?\s+(?:against|for|targeting)|(?:prevent|prevention\s+of"
        r"|protection\s+against|infections?\s+(?:by|with|caused\s+by|due\s+to)"
        r"|(?:disease|illness)\s+caused\s+by)(?:\s+invasive)?)\s+(?:the\s+)?"
        r"(?P<name>(?:(?:human|respiratory|[Gg]roup|enteric|avian"
        rf"|maternal)\s+)*{_GERM}(?:(?:\s+\([A-Za-z]+\))?\s+(?:infections?|disease))?)(?![\w-])"
    ),
    # "a combined RSV/hMPV vaccine", "Group B Streptococcus vaccine"
    re.compile(rf"(?<![\w-])(?P<name>(?:(?:human|[Gg]roup|avian)\s+)*{_GERM})\s+(?:vaccine|infections?)\b"),
    # "and parainfluenza virus type 3" behind another germ
    re.compile(rf"virus\s*(?:\([A-Za-z0-9]+\))?\s+(?:and|or)\s+(?P<name>{_GERM})(?![\w-])"),
    # "Fielding-Marsh syndrome", "Okamoto disease"
    re.compile(
        r"(?<![\w'-])(?P<name>(?!Rare|Chronic|Infectious|Autoimmune|The|This|A|About|Down"
        r"|Our)[A-Z][a-z]{3,}(?:[-–][A-Z][a-z]{3,})+(?:'s)?\s+(?:syndrome|disease))(?![\w-])"
    ),
)
_TYPE: Final = re.compile(r"\s+type\s+(?:[IVX]{1,4}|\d{1,2})[a-z]?(?![\w-])")


@dataclass(slots=True)
class DiseaseFinder:
    """Finds diseases by the form of their names: a gene and what it causes, a germ that is fought, two eponyms.

    Hits: "SYNGAP1-related disorder"; "a vaccine against human metapneumovirus"; "infections by Pseudomonas aeruginosa";
    "glycogen storage disease *type Ia*".
    Near misses: "PD-L1-related toxicity"; "adeno-associated virus"; "the virus vaccine market".
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates of one document."""
        text = doc.user_data["layout"].text
        listed = sorted(
            (s.start_char, s.end_char) for s in doc.spans["vocabulary"] if s.label_ == Kind.DISEASE.value
        )
        starts = [start for start, _ in listed]
        found: set[tuple[int, int]] = set()
        for form in _FORMS:
            for match in form.finditer(text):
                start, end = match.span("name") if "name" in form.groupindex else match.span()
                low = bisect_left(starts, start)
                inside = [(s, e) for s, e in listed[max(0, low - 3) : low + 4] if s < end and start < e]
                if not any(e - s >= end - start for s, e in inside):
                    found.add((start, end))
        for start, end in listed:
            more = _TYPE.match(text, end)
            if more is not None:
                found.add((start, more.end()))
        doc.spans["diseases"] = [
            span
            for start, end in sorted(found)
            if (span := doc.char_span(start, end, label=Kind.DISEASE.value, alignment_mode="expand"))
        ]
        return doc
