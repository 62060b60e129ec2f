"""Linked documents made by hand, for tests of rules without a pipeline: names in, mentions out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.document import Sentence, read_layout
from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.model import Concept, Entity, Kind, Mention, Release

DRUG = Entity(Kind.DRUG, "AB-101")
OTHER = Entity(Kind.DRUG, "AB-202")
PARTNER = Entity(Kind.DRUG, "dexamethasone")
CONTROL = Entity(Kind.DRUG, "AB-000")
ISSUER = Entity(Kind.ORGANIZATION, "Acme Therapeutics")
GLIOMA = Entity(Kind.DISEASE, "glioma", concept="disease:glioma")
MYELOMA = Entity(Kind.DISEASE, "multiple myeloma", concept="disease:multiple-myeloma")
LYMPHOMA = Entity(Kind.DISEASE, "lymphoma", concept="disease:lymphoma")
SARCOMA = Entity(Kind.DISEASE, "sarcoma", concept="disease:sarcoma")
BLOOD = Entity(Kind.DISEASE, "blood cancers", concept="disease:hematologic-malignancies")
SLE = Entity(Kind.DISEASE, "lupus", concept="disease:lupus")
ORR = Entity(Kind.ENDPOINT, "overall response rate", alt=("ORR",), concept="endpoint:overall-response-rate")
PFS = Entity(
    Kind.ENDPOINT, "progression-free survival", alt=("PFS",), concept="endpoint:progression-free-survival"
)
OS = Entity(Kind.ENDPOINT, "overall survival", alt=("OS",), concept="endpoint:overall-survival")
RECIST = Entity(
    Kind.RESPONSE_CRITERIA, "RECIST 1.1", alt=("RECIST v1.1",), concept="response-criteria:recist-1.1"
)
PLACEBO = Entity(Kind.TREATMENT, "placebo")
RIVAL = Entity(Kind.ORGANIZATION, "Rival Pharma")

ENTITIES = (
    DRUG, OTHER, PARTNER, CONTROL, ISSUER, RIVAL, GLIOMA, MYELOMA, LYMPHOMA, SARCOMA, BLOOD, SLE, ORR, PFS, OS, RECIST,
    PLACEBO,
)  # fmt: skip

ARM_KINDS = tuple(
    Concept(f"arm-kind:{kind}", Kind.ARM_KIND, kind)
    for kind in ("experimental", "active-comparator", "placebo-comparator", "no-intervention")
)

HEAD = "Acme Therapeutics Reports News\n\nBOSTON, June 6, 2018 (GLOBE NEWSWIRE) -- Acme Therapeutics reports news.\n\n"


def linked(text: str, *, subject: Entity | None = DRUG, published: str = "2018-06-06") -> LinkedDocument:
    """A release with this body, every name of `ENTITIES` linked."""
    source = HEAD + text
    layout = read_layout(source)
    return LinkedDocument(
        Release("r1", "r1.txt", source),
        layout.text,
        layout.sections,
        tuple(LinkedSentence(s, tuple(_mentions(source, s))) for s in layout.sentences),
        issuer=ISSUER,
        published=published,
        headline="Acme Therapeutics Reports News",
        subject=subject,
        concepts={c.curie: c for c in ARM_KINDS},
    )


def _mentions(source: str, sentence: Sentence) -> Iterator[Mention]:
    found: list[tuple[int, int, Entity]] = []
    names = sorted(((n, e) for e in ENTITIES for n in e.names), key=lambda pair: -len(pair[0]))
    for name, entity in names:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}s?(?![\w])", sentence.text, re.IGNORECASE):
            if not any(a < match.end() and match.start() < b for a, b, _ in found):
                found.append((match.start(), match.end(), entity))
    for start, end, entity in sorted(found, key=lambda f: f[0]):
        low, high = sentence.start + start, sentence.start + end
        yield Mention(low, high, source[low:high], entity)
