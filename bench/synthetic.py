"""Invented releases by the thousand, about 200 quads each, for benchmarks and tests: the same every time.

They are made of `kg.model.Release` and `Fact` and written by `kg.quads`, so that they follow the model whatever it
becomes: text, evidence, assertions, hopes, plans and all.  Companies issue several releases, drugs come back in
many, diseases, agencies and designations are the vocabulary's.  Release number n is the same however many are
asked for, so that `releases(1_001)` is `releases(1_000)` and one more.

Text made of templates is no measure of extraction; measure that on real releases.

    from bench import synthetic
    quads = list(synthetic.quads(releases=1_000))
    snapshot = synthetic.publish(Path("data"), releases=1_000)
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.model import Concept, Entity, Evidence, Fact, Kind, Modality, Node, Quantity, Release, Value
from kg.namespaces import PROJECT, Minter, slug
from kg.ontology import load_vocabulary, ontology_quads, vocabulary_quads
from kg.quads import release_quads
from kg.snapshots import Manifest, ReleaseRecord, Snapshot, Snapshots

#: A release with its facts, as `kg.resolution` would give them.
Document: TypeAlias = tuple[Release, tuple[Fact, ...]]

_RELEASES_OF_A_COMPANY: Final = 8
_DRUGS_OF_A_COMPANY: Final = 3
_FIRST_DAY: Final = date(2012, 1, 2)
_DAYS: Final = 5_000
_SYLLABLES: Final = ("ar", "bel", "cor", "dan", "el", "fen", "gal", "hor", "ist", "jun", "kel", "lum", "mar", "nov",
                     "ost", "pel", "quin", "ros", "sel", "tor", "ul", "ven", "wex", "yar", "zan")  # fmt: skip
_FIRST_NAMES: Final = ("Ada", "Boris", "Clara", "David", "Elena", "Frank", "Greta", "Hugo", "Iris", "Jonas")
_TITLES: Final = ("Chief Executive Officer", "Chief Medical Officer", "Chief Financial Officer")
_PLACES: Final = (
    "Boston, Mass.",
    "San Diego, Calif.",
    "Basel, Switzerland",
    "Madison, Wis.",
    "Leiden, Netherlands",
)
_DISEASES: Final = (
    "disease:multiple-myeloma", "disease:mantle-cell-lymphoma", "disease:neuroblastoma", "disease:glioblastoma",
    "disease:melanoma", "disease:ovarian-cancer", "disease:prostate-cancer", "disease:osteosarcoma",
    "disease:acute-myeloid-leukemia", "disease:rhabdomyosarcoma",
)  # fmt: skip
_PLATFORMS: Final = ("platform:phospholipid-drug-conjugate", "platform:antibody-drug-conjugate",
                     "platform:small-molecule", "platform:bispecific-antibody")  # fmt: skip
_PAYLOADS: Final = (
    "payload:iodine-131",
    "payload:lutetium-177",
    "payload:mmae",
    "payload:dxd",
    "payload:actinium-225",
)
_PHASES: Final = ("phase:1", "phase:1-2", "phase:2", "phase:3")
_TRIAL_STATUSES: Final = ("trial-status:planned", "trial-status:recruiting", "trial-status:completed")
_DESIGNATIONS: Final = ("designation:orphan-drug", "designation:fast-track", "designation:breakthrough-therapy",
                        "designation:rare-pediatric-disease")  # fmt: skip
_AGENCIES: Final = ("agency:fda", "agency:ema", "agency:pmda")
_APPLICATIONS: Final = (
    "regulatory-status:submitted",
    "regulatory-status:under-review",
    "regulatory-status:approved",
)
_AGREEMENTS: Final = (
    "collaboration-kind:licence",
    "collaboration-kind:co-development",
    "collaboration-kind:supply",
)


@dataclass(frozen=True, slots=True)
class _Drug:
    """A drug and all that does not change from release to release."""

    entity: Entity
    owner: Entity
    disease: Entity
    platform: Entity
    payload: Entity | None
    partner: Entity
    phase: Entity
    number: str
    agency: Entity
    designation: Entity


def quads(*, releases: int, first: int = 0, minter: Minter | None = None) -> Iterator[ox.Quad]:
    """The named graphs of invented releases, without ontology and vocabulary (see `background`).

    Args:
        releases: how many.
        first: number of the first one; `quads(releases=1, first=1_000)` is what the thousand-and-first adds.
        minter: mints the IRIs.
    """
    minter = minter or Minter()
    for release, facts in documents(releases=releases, first=first):
        yield from release_quads(release, facts, minter)


def background() -> Iterator[ox.Quad]:
    """The graphs of the ontology and of the vocabulary, with what the releases use of it."""
    yield from ontology_quads()
    yield from vocabulary_quads((*_DISEASES, *_PLATFORMS, *_PAYLOADS))


def documents(*, releases: int, first: int = 0) -> Iterator[Document]:
    """Invented releases with their facts: each fact has its sentence in the text."""
    for number in range(first, first + releases):
        yield _document(number)


def publish(folder: Path, *, releases: int, base: str = PROJECT, extra: Iterable[ox.Quad] = ()) -> Snapshot:
    """Publish invented releases as a snapshot, unchecked and without inference; `kg` commands then work on the folder.

    Args:
        folder: the data directory.
        releases: how many.
        base: base of instance IRIs.
        extra: further quads, such as inferred ones.
    """
    minter = Minter(base)
    records: list[ReleaseRecord] = []
    facts = 0

    def stated() -> Iterator[ox.Quad]:
        nonlocal facts
        for release, found in documents(releases=releases):
            records.append(ReleaseRecord(release.id, release.sha256))
            facts += len(found)
            yield from release_quads(release, found, minter)

    with Snapshots(folder).draft() as draft:
        # At once, as a build does: each load of its own would leave a file of its own.
        draft.dataset.bulk_add(chain(background(), stated(), extra))
        return draft.publish(Manifest.of(draft.dataset, base=base, releases=records, facts=facts))


# --- the world --------------------------------------------------------------------------------------------


@cache
def _concept(curie: str) -> Entity:
    entity = Entity.from_concept(_concepts()[curie])
    return Entity(entity.kind, entity.label, concept=curie, slug=curie.partition(":")[2])


@cache
def _concepts() -> dict[str, Concept]:
    return load_vocabulary().by_curie()


def _chance(*seed: object) -> random.Random:
    """Random choices that depend on the seed alone, not on the order in which they are asked for."""
    return random.Random(":".join(map(str, seed)))


def _named(kind: Kind, name: str, *alt: str) -> Entity:
    return Entity(kind, name, alt=alt, slug=slug(name))


def _word(number: int, salt: str) -> str:
    """A different word for each number: its digits to the base of the syllables, and one syllable by chance."""
    out, rest = _chance(salt, number).choice(_SYLLABLES), number
    while True:
        rest, digit = divmod(rest, len(_SYLLABLES))
        out += _SYLLABLES[digit]
        if not rest:
            return out.capitalize()


def _company(number: int) -> Entity:
    return _named(Kind.ORGANIZATION, f"{_word(number, 'company')} Therapeutics")


def _person(number: int, post: int) -> Entity:
    first = _chance("person", number, post).choice(_FIRST_NAMES)
    return _named(Kind.PERSON, f"{first} {_word(3 * number + post, 'person')}")


@cache
def _drug(company: int, number: int) -> _Drug:
    chance = _chance("drug", company, number)
    platform = chance.choice(_PLATFORMS)
    owner = _company(company)
    code = f"{owner.label[:3].upper()}-{1000 + _DRUGS_OF_A_COMPANY * company + number}"
    return _Drug(
        entity=_named(Kind.DRUG, code, code.replace("-", " ")),
        owner=owner,
        disease=_concept(chance.choice(_DISEASES)),
        platform=_concept(platform),
        payload=_concept(chance.choice(_PAYLOADS)) if platform.endswith("conjugate") else None,
        partner=_company(chance.randrange(company) if company else 1),
        phase=_concept(chance.choice(_PHASES)),
        number=f"NCT{10_000_000 + _DRUGS_OF_A_COMPANY * company + number}",
        agency=_concept(chance.choice(_AGENCIES)),
        designation=_concept(chance.choice(_DESIGNATIONS)),
    )


class _Writer:
    """Writes one release: a sentence for each fact, and the fact with the sentence as its evidence."""

    def __init__(self, id_: str) -> None:
        self.id = id_
        self.text = ""
        self.facts: list[Fact] = []

    def say(
        self,
        sentence: str,
        relation: str,
        subject: Entity | None,
        object_: Entity | Quantity | str,
        qualifiers: Sequence[tuple[str, Value]] = (),
        *,
        node: Node | None = None,
        modality: Modality = Modality.ASSERTED,
        confidence: float = 0.9,
        section: str = "body",
    ) -> None:
        start = len(self.text)
        self.text += sentence + "\n"
        evidence = Evidence(
            self.id,
            start,
            start + len(sentence),
            sentence,
            f"synthetic.{relation.replace('_', '-')}",
            section,
        )
        self.facts.append(
            Fact(
                relation, subject, object_, tuple(sorted(qualifiers, key=lambda pair: pair[0])),
                modality, confidence, (evidence,), node,
            )
        )  # fmt: skip


def _node(*parts: str) -> Node:
    return Node(slug(" ".join(parts)), f"{parts[0]}: {', '.join(parts[1:])}")


def _document(number: int) -> Document:
    chance = _chance("release", number)
    company = chance.randrange(number // _RELEASES_OF_A_COMPANY + 1)
    drug = _drug(company, chance.randrange(_DRUGS_OF_A_COMPANY))
    issued = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    name, owner, disease = drug.entity.label, drug.owner.label, drug.disease.label
    release_id = f"{number:06}_{hashlib.sha256(str(number).encode()).hexdigest()[:8]}"
    out = _Writer(release_id)
    headline = f"{owner} Reports Progress With {name} in {disease.title()} (No. {number})"
    out.say(headline, "headline", None, headline, section="headline")
    out.say(f"{issued:%B %d, %Y}", "release_date", None, issued.isoformat(), section="dateline")
    out.say(f"{owner} develops {name}.", "develops", drug.owner, drug.entity)
    out.say(
        f"{name} is a {drug.platform.label}.", "drug_platform", drug.entity, drug.platform, confidence=0.95
    )
    if drug.payload is not None:
        out.say(f"It carries {drug.payload.label}.", "drug_payload", drug.entity, drug.payload)

    out.say(
        f"{name} is studied in {disease}.",
        "drug_indication", drug.entity, drug.disease, node=_node(name, "indication", disease),
    )  # fmt: skip
    later: list[Callable[[], None]] = [
        lambda: _trial(out, drug, chance),
        lambda: _designation(out, drug),
        lambda: _application(out, drug, chance),
        lambda: _agreement(out, drug, chance),
        lambda: _post(out, drug, company, chance),
        lambda: _result(out, drug, chance),
    ]
    for statement in chance.sample(later, k=2):
        statement()
    digest = hashlib.sha256(out.text.encode()).hexdigest()
    return Release(release_id, f"{release_id}.txt", out.text, "utf-8", digest), tuple(out.facts)


def _trial(out: _Writer, drug: _Drug, chance: random.Random) -> None:
    status = _concept(chance.choice(_TRIAL_STATUSES))
    planned = status.concept == "trial-status:planned"
    out.say(
        f"The phase {drug.phase.label} trial of {drug.entity.label} in {drug.disease.label} ({drug.number}) is "
        f"{status.label}.",
        "trial", drug.entity, drug.phase,
        [("nct", drug.number), ("indications", drug.disease), ("status", status)],
        node=Node(slug(drug.number), f"{drug.entity.label}: phase {drug.phase.label} trial ({drug.number})"),
        modality=Modality.PLANNED if planned else Modality.ASSERTED,
    )  # fmt: skip


def _designation(out: _Writer, drug: _Drug) -> None:
    out.say(
        f"The {drug.agency.label} granted {drug.entity.label} {drug.designation.label} designation for "
        f"{drug.disease.label}.",
        "designation", drug.entity, drug.designation,
        [("agency", drug.agency), ("indication", drug.disease), ("status", _concept("regulatory-status:granted"))],
        node=_node(drug.entity.label, drug.designation.label, drug.agency.label, drug.disease.label),
    )  # fmt: skip


def _application(out: _Writer, drug: _Drug, chance: random.Random) -> None:
    """Half of the approvals are hopes, which are no applications of the graph."""
    status = _concept(chance.choice(_APPLICATIONS))
    hoped = status.concept == "regulatory-status:approved" and chance.random() < 0.5
    out.say(
        f"{'If it is' if hoped else 'It is'} {status.label} by the {drug.agency.label}: {drug.entity.label} for "
        f"{drug.disease.label}.",
        "approval", drug.entity, drug.disease, [("agency", drug.agency), ("status", status)],
        node=_node(drug.entity.label, "application", drug.disease.label, drug.agency.label, status.label),
        modality=Modality.HYPOTHETICAL if hoped else Modality.ASSERTED,
    )  # fmt: skip


def _agreement(out: _Writer, drug: _Drug, chance: random.Random) -> None:
    kind = _concept(chance.choice(_AGREEMENTS))
    amount = 5_000_000 * chance.randrange(1, 40)
    out.say(
        f"{drug.owner.label} and {drug.partner.label} agreed on a {kind.label} for {drug.entity.label}, worth "
        f"${amount:,}.",
        "collaboration", drug.owner, drug.partner,
        [("kind", kind), ("drug", drug.entity), ("amount", Decimal(amount)), ("currency", "USD")],
        node=_node(drug.owner.label, drug.partner.label, kind.label),
    )  # fmt: skip


def _post(out: _Writer, drug: _Drug, company: int, chance: random.Random) -> None:
    post = chance.randrange(len(_TITLES))
    person, title = _person(company, post), _TITLES[post]
    place = _named(Kind.PLACE, _chance("place", company).choice(_PLACES))
    out.say(
        f"{person.label} is {title} of {drug.owner.label}.",
        "role", person, drug.owner, [("title", title)], node=_node(person.label, drug.owner.label, title),
    )  # fmt: skip
    out.say(f"{drug.owner.label} has its headquarters in {place.label}.", "headquarters", drug.owner, place)


def _result(out: _Writer, drug: _Drug, chance: random.Random) -> None:
    rate = f"{chance.randrange(100, 900) / 10}"
    endpoint = _concept("endpoint:overall-response-rate")
    out.say(
        f"{drug.entity.label} showed an {endpoint.label} of {rate}% in {chance.randrange(10, 300)} patients.",
        "result", drug.entity, Quantity(f"{endpoint.label} {rate}%", Decimal(rate), "%"), [("endpoint", endpoint)],
        node=_node(drug.entity.label, endpoint.label, rate),
    )  # fmt: skip
