"""Every prefix, and the functions that mint our own IRIs; ground of the whole project.

IRIs are a pure function of the content: kinds and slugs in, IRI out, no counter and no clock.
Vocabulary concepts have one prefix for each scheme, so that Turtle reads `phase:2`.
The base of *instance* IRIs is a setting (`Minter`); ontology and vocabulary keep theirs.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kg.errors import VocabularyError
from kg.model import Kind

PROJECT: Final = "https://w3id.org/releasekg/"
ONTOLOGY: Final = PROJECT + "ontology"
VOCABULARY: Final = PROJECT + "vocab/"
SHAPES: Final = PROJECT + "shapes"

#: The concept schemes of the vocabulary: of kinds whose members it has, of modalities and of jurisdictions.
SCHEMES: Final = (
    "agency",
    "arm-kind",
    "carrier",
    "collaboration-kind",
    "designation",
    "development-stage",
    "disease",
    "drug-class",
    "endpoint",
    "endpoint-kind",
    "jurisdiction",
    "line-of-therapy",
    "linker",
    "modality",
    "payload",
    "phase",
    "platform",
    "regulatory-action",
    "regulatory-status",
    "response-criteria",
    "target",
    "treatment",
    "trial-status",
)

#: prefix → namespace.  Ours first, then what we reuse.
PREFIXES: Final[dict[str, str]] = {
    "rkg": ONTOLOGY + "#",
    **{scheme: f"{VOCABULARY}{scheme}/" for scheme in SCHEMES},
    "rkgs": SHAPES + "#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "vann": "http://purl.org/vocab/vann/",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "obo": "http://purl.obolibrary.org/obo/",
    "DOID": "http://purl.obolibrary.org/obo/DOID_",
    "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
    "NCIT": "http://purl.obolibrary.org/obo/NCIT_",
    "CHEBI": "http://purl.obolibrary.org/obo/CHEBI_",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "bl": "https://w3id.org/biolink/vocab/",
}

#: Graphs that are not a release's.
ONTOLOGY_GRAPH: Final = PROJECT + "graph/ontology"
VOCABULARY_GRAPH: Final = PROJECT + "graph/vocabulary"
INFERRED_GRAPH: Final = PROJECT + "graph/inferred"
REPORT_GRAPH: Final = PROJECT + "graph/report"
CONFLICTS_GRAPH: Final = PROJECT + "graph/conflicts"
QUERIES_GRAPH: Final = PROJECT + "graph/queries"
#: Holds what was written to the default graph, which is the merge of all named ones.
WRITTEN_GRAPH: Final = PROJECT + "graph/written"
#: Graphs that are made from the others, anew for each snapshot.
DERIVED_GRAPHS: Final = (INFERRED_GRAPH, REPORT_GRAPH, CONFLICTS_GRAPH)

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 80


def expand(curie: str) -> str:
    """The IRI of a CURIE.

    Raises:
        VocabularyError: the prefix is not declared here.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise VocabularyError(f"{curie!r}: prefix {prefix!r} is not declared in kg/namespaces.py")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """The shortest CURIE of an IRI, or the IRI itself where no prefix fits."""
    best = max(
        (p for p in PREFIXES if iri.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]), default=None
    )
    return iri if best is None else f"{best}:{iri[len(PREFIXES[best]) :]}"


def slug(text: str) -> str:
    """The last segment of an IRI for a name: lower-case ASCII words joined by hyphens.

    Letters lose their accents and words their apostrophes; names of which nothing is left, or that are too long,
    get a digest, so that two names of which one is cut never meet.
    """
    text = text.replace("'", "").replace("\u2019", "")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    out = _NOT_SLUG.sub("-", ascii_text).strip("-")
    if out and len(out) <= _LONGEST_SLUG:
        return out
    return f"{out[: _LONGEST_SLUG - 11].rstrip('-')}-{digest(text)}".lstrip("-")


def digest(text: str) -> str:
    """Ten hex digits of SHA-256: enough for distinct names among millions."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints the IRIs of instances under one base.

    Attributes:
        base: ends in "/"; entities are at `<base>id/<kind>/<slug>`.
    """

    base: str = PROJECT

    def entity(self, kind: Kind | str, slug_: str) -> str:
        """The IRI of an entity or of a domain node such as a designation."""
        return f"{self.base}id/{kind}/{slug_}"

    def release(self, release_id: str) -> str:
        """The IRI of a release, which is also the name of its graph."""
        return f"{self.base}id/release/{quote(release_id, safe='')}"

    def evidence(self, release_id: str, start: int, end: int) -> str:
        """The IRI of a stretch of a release's text."""
        return f"{self.release(release_id)}/evidence/{start}-{end}"

    def assertion(self, release_id: str, content: str) -> str:
        """The IRI of an assertion, from what it says (see `kg.quads`)."""
        return f"{self.release(release_id)}/assertion/{digest(content)}"
