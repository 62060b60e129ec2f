"""Linked sentences → what a company says of its technology: what it is for, where it was tested, where it goes.

Between linking and relations; `kg.extract.relations.organizations` hands its facts on.  What is said of a named drug is
told by other rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.frames import pattern
from kg.extract.linked import LinkedDocument
from kg.extract.modality import modality
from kg.extract.patterns import Pattern
from kg.extract.statements import statement
from kg.model import Fact, Kind

_THING: Final = (
    r"(?:{platform}|\b(?:platforms?|technolog(?:y|ies)|systems?|carriers?|conjugates?|vectors?|(?:nano)?particles?|librar(?:y|ies)"
    r"|chemistry|molecules?|compounds?|analog(?:ue)?s?|constructs?|antibodies|peptides?|capsids?)\b)"
)
_GIST: Final = r"(?:discovery|development|design|creation|generation|delivery)"
_FORMS: Final = (
    # its carrier platform to be coupled with a variety of payloads to facilitate diagnostic applications
    (
        "purpose",
        pattern(
            _THING
            + r"[^.;]{0,80}?\b(?:to be|(?:can|may|could) be|is|are) (?:coupled|combined|conjugated|linked|loaded|paired"
            r"|joined|armed|equipped) (?:with|to)\b[^.;]{0,80}?\bto (?:facilitate|enable|allow|support|create|generate"
            rf"|provide|make|yield) (?:for )?(?:both )?(?:the {_GIST}(?: (?:and|or) {_GIST})? of )?"
            r"(?P<what>[^.;]{5,120})"
        ),
    ),
    # our conjugates have been tested in more than 80 different xenograft models
    (
        "tested in",
        pattern(
            _THING + r"[^.;]{0,40}?\b(?:has|have) been (?:tested|evaluated|studied|validated|examined) in "
            r"(?P<what>(?:(?:more than|over|at least|nearly|about|approximately) )?\d[\d,]* (?:[\w-]+ ){0,3}?"
            r"(?:models?|tumou?r types|cancer types|{disease} types|cell lines|species))\b"
        ),
    ),
    # these molecules have demonstrated selective uptake in a broad range of cancers
    (
        "uptake",
        pattern(
            _THING + r"[^.;]{0,30}?\b(?:demonstrated?|shown?|showed|exhibit(?:s|ed)?|display(?:s|ed)?) "
            r"(?P<what>(?:[\w-]+ ){0,3}(?:uptake|accumulation|retention|penetration|biodistribution|tropism)\b"
            r"[^.;]{0,160})"
        ),
    ),
    # Acme's pipeline includes product candidates for cancer therapy and imaging
    (
        "pipeline",
        pattern(
            r"\bpipeline (?:also )?(?:includes|comprises|consists of|spans|covers|contains) (?P<what>(?:[\w-]+ ){0,3}"
            r"(?:candidates|programs|programmes|medicines|therapies|compounds|products) (?:for|in) [^.;]{5,140})"
        ),
    ),
)
_SIGN: Final = Pattern(
    r"\b(?:coupled|combined|conjugated|linked|loaded|paired|joined|armed|equipped|tested|evaluated|studied|validated"
    r"|examined|uptake|accumulation|retention|penetration|biodistribution|tropism|pipeline)\b",
    re.IGNORECASE,
)


def technologies(document: LinkedDocument) -> Iterator[Fact]:
    """What the release says of its company's technology and pipeline as a whole.

    Hits: "Acme designed its carrier platform to be coupled with a variety of payloads to facilitate diagnostic
    applications"; "PDCs have been tested in more than 80 xenograft models"; "These molecules have demonstrated
    selective uptake in tumors"; "Acme's pipeline includes product candidates for cancer imaging".
    Near misses: "ABC-1 has been tested in 12 models" (a drug); "the pipeline includes ABC-1"; "tested in 300 patients".
    """
    for sentence in document.statements():
        if sentence.in_quote or not _SIGN.search(sentence.text):
            continue
        organization = document.organization_of(sentence)
        if organization is None:
            continue
        for kind, form in _FORMS:
            match = form.search(sentence.frame)
            if match is None or any(m.entity.kind is Kind.DRUG for m in sentence.at(0, match.end("what"))):
                continue
            words = sentence.text[match.start("what") : match.end("what")]
            yield statement(
                document, sentence, f"organizations.technology.{kind.replace(' ', '-')}", "technology_feature",
                organization, " ".join(words.split()).rstrip(" ,"), {"kind": kind},
                modality=modality(sentence.text, match.start("what"), match.end("what")), confidence=0.85,
            )  # fmt: skip
