"""The values that flow through the pipeline: `Release`, `Mention`, `Entity`, `Fact`, `Evidence`, `Concept`.

Frozen, without RDF and without spaCy.  A term of the vocabulary is a CURIE here ("phase:2"); `kg.quads`
makes IRIs of CURIEs, and an undeclared prefix is an error there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Modality(StrEnum):
    """How a release stands to what it says (medspaCy's ConText calls these modifiers)."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    NEGATED = "negated"

    @property
    def is_claim_only(self) -> bool:
        """Whether the statement may exist as an assertion only, never as a plain domain triple."""
        return self in (Modality.HYPOTHETICAL, Modality.NEGATED)


class Kind(StrEnum):
    """The kinds of entity; the value is the path segment of their IRIs (`…/id/<kind>/<slug>`)."""

    ORGANIZATION = "organization"
    PERSON = "person"
    PLACE = "place"
    DRUG = "drug"
    TREATMENT = "treatment"  # given with a drug but not one: external beam radiation, surgery
    DISEASE = "disease"
    AGENCY = "agency"
    PLATFORM = "platform"
    PAYLOAD = "payload"
    LINKER = "linker"  # what joins a payload to its carrier
    CARRIER = "carrier"  # what brings a payload to where it acts
    ACTIVE_MOIETY = "active-moiety"  # the substance that does the work, whatever form it is given in
    TARGET = "target"
    LINE_OF_THERAPY = "line-of-therapy"  # where a treatment stands among those that a patient is given
    DRUG_CLASS = "drug-class"
    DESIGNATION = "designation"
    REGULATORY_ACTION = "regulatory-action"
    REGULATORY_STATUS = "regulatory-status"
    PHASE = "phase"
    TRIAL_STATUS = "trial-status"
    ARM_KIND = "arm-kind"
    ENDPOINT = "endpoint"
    ENDPOINT_KIND = "endpoint-kind"
    RESPONSE_CRITERIA = "response-criteria"
    COLLABORATION_KIND = "collaboration-kind"
    DEVELOPMENT_STAGE = "development-stage"
    VENUE = "venue"
    PROGRAM = "program"  # a programme that is not one named drug: "PDC chemotherapeutics"
    MODEL = "model"  # what a preclinical study is done on when it is not a disease


@dataclass(frozen=True, slots=True)
class Concept:
    """One SKOS concept of the vocabulary, as the extractor sees it.

    Attributes:
        curie: its compact IRI, the prefix naming the scheme ("phase:2").
        kind: the kind of entity that it is.
        label: `skos:prefLabel`, the name shown in the fact view.
        alt: `skos:altLabel`s: abbreviations, spellings, plurals that occur in text.
        hidden: `skos:hiddenLabel`s: misspellings and forms that are matched but never shown.
        broader: CURIEs of its broader concepts.
        codes: CURIEs of exactly or closely matching terms elsewhere ("DOID:9538").
    """

    curie: str
    kind: Kind
    label: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts, in the order of their CURIEs."""

    concepts: tuple[Concept, ...]

    def of_kind(self, kind: Kind) -> Iterator[Concept]:
        """The concepts of one kind."""
        return (c for c in self.concepts if c.kind is kind)

    def by_curie(self) -> dict[str, Concept]:
        """An index for repeated look-ups."""
        return {c.curie: c for c in self.concepts}


@dataclass(frozen=True, slots=True)
class Release:
    """One press release as it was read.

    Attributes:
        id: the source file's stem; names the release in IRIs and in the fact view.
        source: the source file's name, for messages.
        text: the text as stored; every offset in the project counts its characters (code points).
        encoding: the encoding that the bytes were read with; "pdf" for a PDF, each font of which has its own.
        sha256: hex digest of the source file's bytes.
    """

    id: str
    source: str
    text: str
    encoding: str = "utf-8"
    sha256: str = ""

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of a character offset into the stored text, for messages.

        They are those of the source file where that is plain text; of a page or a PDF, those of what was read out.
        """
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a release speaks of.

    Two entities are the same thing when `kg.resolution` says so; before it, names are as the release
    has them.

    Attributes:
        kind: what sort of thing.
        label: preferred name.
        alt: other correct names seen or known: abbreviations, codes, brands.
        hidden: misspellings.
        concept: CURIE of the vocabulary concept that it is, if it is one.
        keys: strong keys that decide identity before any name does ("ticker:NASDAQ:CLRB", "nct:NCT02952508").
        slug: last segment of its IRI; set by `kg.resolution`, empty before.
    """

    kind: Kind
    label: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    concept: str | None = None
    keys: tuple[str, ...] = ()
    slug: str = ""

    @classmethod
    def from_concept(cls, concept: Concept) -> Entity:
        """The entity that a vocabulary concept stands for."""
        return cls(
            concept.kind,
            concept.label,
            concept.alt,
            concept.hidden,
            concept=concept.curie,
            keys=concept.codes,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the preferred one first."""
        return (self.label, *self.alt, *self.hidden)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and the words it was printed in.

    Attributes:
        text: normal form for the fact view: number as printed, space, unit ("25.0 mCi/m2", "ORR 83.6%").
        value: the number.
        unit: UCUM code ("mCi/m2", "mg", "%", "mo"), ISO 4217 code for money, empty for a bare count.
    """

    text: str
    value: Decimal | None = None
    unit: str = ""


#: What a qualifier or an object may be.  `str` is text or a date in ISO 8601 at the precision known.
Value: TypeAlias = Entity | Quantity | str | int | Decimal | bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the release that names an entity.

    Attributes:
        start, end: character offsets into the release's text.
        entity: what it names, after linking.
        text: the exact slice.
    """

    start: int
    end: int
    text: str
    entity: Entity


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words that state a fact.

    Attributes:
        release: id of the release.
        start, end: character offsets into its text.
        text: exactly that slice.
        rule: dotted name of the rule that read it ("regulation.designation.granted-to").
        section: where it stands: headline, dateline, body, quote, about, boilerplate.
    """

    release: str
    start: int
    end: int
    text: str = field(compare=False)
    rule: str = ""
    section: str = "body"


@dataclass(frozen=True, slots=True)
class Node:
    """The domain node that a fact stands on (a designation, a trial): what its IRI and its name are made of.

    Attributes:
        slug: last segment of the IRI.
        label: preferred name, a pure function of what tells the node from others.
    """

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one release, with its evidence; never without.

    Attributes:
        relation: a name in `kg.schema.RELATIONS`.
        subject: what it is about; None for relations about the release itself.
        object: the other side.
        qualifiers: (name, value) pairs, names as in `kg.schema`, a list-valued one repeated; sorted by name.
        modality: asserted, planned, hypothetical, historical, negated.
        confidence: 0 to 1.
        evidence: best first.
        node: set by `kg.resolution` for relations that have a node of their own.
    """

    relation: str
    subject: Entity | None
    object: Entity | Quantity | str
    qualifiers: tuple[tuple[str, Value], ...] = ()
    modality: Modality = Modality.ASSERTED
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    node: Node | None = None

    def qualifier(self, name: str) -> tuple[Value, ...]:
        """Every value of one qualifier, in the order stated."""
        return tuple(v for n, v in self.qualifiers if n == name)

    def with_qualifiers(self, values: Mapping[str, Value | tuple[Value, ...] | None]) -> Fact:
        """A copy with these qualifiers set (a tuple sets a list; None removes)."""
        kept = [(n, v) for n, v in self.qualifiers if n not in values]
        for name, value in values.items():
            if value is None:
                continue
            kept += [(name, v) for v in (value if isinstance(value, tuple) else (value,))]
        return replace(self, qualifiers=tuple(sorted(kept, key=lambda pair: pair[0])))
