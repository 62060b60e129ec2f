"""Facts of single releases → facts over one set of things: who is who across the corpus.

The extractor knows one release at a time; here its entities are joined over all of them, get one preferred label
and the slug of their IRI, and the facts that have a node of their own (a designation, a trial) learn which.
Everything is a pure function of the set of releases: the order in which files were read does not matter.

Joining is careful: strong keys (ticker, registry number) decide first, then names; where names would join things
whose strong keys differ, they do not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.clustering import cluster
from kg.model import Entity, Fact, Kind, Modality, Node, Quantity, Value, Vocabulary
from kg.namespaces import digest, slug
from kg.schema import RELATIONS, Relation
from kg.trial_nodes import trial_nodes

#: Short forms of given names; a press release uses either.
_GIVEN_NAMES: Final = {
    "alex": "alexander", "andy": "andrew", "ben": "benjamin", "bill": "william", "bob": "robert",
    "chris": "christopher", "dan": "daniel", "dave": "david", "don": "donald", "ed": "edward", "fred": "frederick",
    "greg": "gregory", "jeff": "jeffrey", "jim": "james", "joe": "joseph", "kate": "katherine", "ken": "kenneth",
    "larry": "lawrence", "liz": "elizabeth", "matt": "matthew", "mike": "michael", "nick": "nicholas",
    "pat": "patrick", "pete": "peter", "rich": "richard", "rick": "richard", "rob": "robert", "ron": "ronald",
    "sam": "samuel", "steve": "steven", "sue": "susan", "ted": "edward", "tim": "timothy", "tom": "thomas",
    "tony": "anthony",
}  # fmt: skip
_CORPORATE: Final = re.compile(
    r"[\s,]+(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|ag|s\.?a|se|n\.?v|b\.?v|gmbh|kgaa|"
    r"ab|a/s|s\.?p\.?a|k\.?k)\.?$"
)
_WORD: Final = re.compile(r"[^\W_]+")


def resolve(
    documents: Mapping[str, Sequence[Fact]], vocabulary: Vocabulary | None = None
) -> dict[str, tuple[Fact, ...]]:
    """Join the entities and nodes of all releases.

    Args:
        documents: the facts of each release, by its id.
        vocabulary: for the disease hierarchy, by which trials are recognised ("multiple myeloma" in one
            release, "B-cell malignancies" in another).

    Returns:
        The same facts with canonical entities (slug set) and nodes, sorted, facts that turn out to say the
        same thing of the same node merged.
    """
    canonical = _canonical_entities(documents)
    resolved = {
        release: [_with_entities(fact, canonical, release) for fact in documents[release]]
        for release in sorted(documents)
    }
    nodes = trial_nodes(resolved, vocabulary)
    placed = {
        release: [replace(f, node=nodes.get((release, i)) or _node(f)) for i, f in enumerate(facts)]
        for release, facts in resolved.items()
    }
    return {release: _merged(facts) for release, facts in _in_one_spelling(placed).items()}


# --- entities --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """One entity as one release has it."""

    release: str
    entity: Entity


def _canonical_entities(documents: Mapping[str, Sequence[Fact]]) -> dict[_Occurrence, Entity]:
    weights: Counter[_Occurrence] = Counter()
    for release in sorted(documents):
        for fact in documents[release]:
            for entity in entities_of(fact):
                weights[_Occurrence(release, entity)] += 1
    by_kind: dict[Kind, list[_Occurrence]] = defaultdict(list)
    for occurrence in sorted(weights, key=lambda o: (o.release, repr(o.entity))):
        if occurrence.entity.concept is None:
            by_kind[occurrence.entity.kind].append(occurrence)

    canonical = {
        o: replace(o.entity, slug=o.entity.concept.partition(":")[2])
        for o in weights
        if o.entity.concept is not None
    }
    for occurrences in by_kind.values():
        clusters = cluster(occurrences, lambda o: _strong_keys(o.entity), _namesakes(occurrences))
        merged = [(members, _merge_entities(members, weights)) for members in clusters]
        taken = Counter(slug(entity.label) for _, entity in merged)
        for members, entity in merged:
            own = slug(entity.label)
            if taken[own] > 1:  # two things of one name: the other names and the keys tell them apart
                own = f"{own}-{digest(repr(sorted((*entity.names, *entity.keys))))}"
            canonical |= dict.fromkeys(members, replace(entity, slug=own))
    return canonical


def _strong_keys(entity: Entity) -> frozenset[str]:
    """The keys of an entity; a company that bears its name and symbol on two exchanges is one company."""
    name = name_key(entity.kind, entity.label)
    symbols = {key.rpartition(":")[2] for key in entity.keys if key.startswith("ticker:")}
    return frozenset((*entity.keys, *(f"symbol:{symbol} {name}" for symbol in symbols)))


def entities_of(fact: Fact) -> Iterable[Entity]:
    """Every entity that a fact speaks of: subject, object, qualifiers."""
    for value in (fact.subject, fact.object, *(v for _, v in fact.qualifiers)):
        if isinstance(value, Entity):
            yield value


def name_key(kind: Kind, name: str) -> str:
    """What two spellings of one name have in common.

    Case, punctuation and accents of blanks never matter; a company's legal form does not; in a drug's name,
    neither do blanks and hyphens ("CLR 131", "CLR-131", "CLR131"); a person's short given name is its long one.
    """
    text = name.casefold().strip()
    if kind is Kind.ORGANIZATION:
        previous = ""
        while text != previous:
            previous, text = text, _CORPORATE.sub("", text).strip(" ,.")
    words = _WORD.findall(text)
    if kind is Kind.DRUG:
        return "".join(words)
    if kind is Kind.PERSON and words:
        words[0] = _GIVEN_NAMES.get(words[0], words[0])
        return " ".join([words[0], *(w for w in words[1:] if len(w) > 1)])  # a middle initial may be left out
    return " ".join(words)


def _namesakes(occurrences: Sequence[_Occurrence]) -> list[list[_Occurrence]]:
    by_name: dict[str, list[_Occurrence]] = defaultdict(list)
    shortened: dict[str, list[tuple[str, _Occurrence]]] = defaultdict(list)
    for occurrence in occurrences:
        entity = occurrence.entity
        label = name_key(entity.kind, entity.label)
        full = {label, *(name_key(entity.kind, n) for n in entity.hidden)}
        # An abbreviation is good within its release; across releases three letters may mean two things.
        full |= {k for k in (name_key(entity.kind, n) for n in entity.alt) if len(k) > 4}
        for key in full - {""}:
            if entity.kind is Kind.ORGANIZATION and label.startswith(f"{key} "):
                shortened[key].append((label[len(key) :].replace(" ", "")[:5], occurrence))
            else:
                by_name[key].append(occurrence)
    for key, found in shortened.items():
        # "Acme" is good for "Acme Pharma" and "Acme Pharmaceuticals", but not if there is an "Acme Diagnostics" too.
        rests = sorted({rest for rest, _ in found}, key=len)
        if all(rest.startswith(rests[0]) for rest in rests):
            by_name[key] += [occurrence for _, occurrence in found]
    return list(by_name.values())


def _merge_entities(members: Sequence[_Occurrence], weights: Mapping[_Occurrence, int]) -> Entity:
    hidden = {n for o in members for n in o.entity.hidden}
    votes: Counter[str] = Counter()
    releases: dict[str, set[str]] = defaultdict(set)
    for occurrence in members:
        votes[occurrence.entity.label] += weights[occurrence]
        releases[occurrence.entity.label].add(occurrence.release)
    label = min(
        votes,
        key=lambda n: (
            n in hidden,
            n.partition(" ")[0].casefold() in _GIVEN_NAMES,
            -len(releases[n]),
            -votes[n],
            -len(n),
            n,
        ),
    )
    names = {n for o in members for n in (o.entity.label, *o.entity.alt)}
    hidden -= {label}
    return Entity(
        members[0].entity.kind,
        label,
        alt=tuple(sorted(names - hidden - {label})),
        hidden=tuple(sorted(hidden)),
        keys=tuple(sorted({k for o in members for k in o.entity.keys})),
    )


def _with_entities(fact: Fact, canonical: Mapping[_Occurrence, Entity], release: str) -> Fact:
    def replaced(value: Value) -> Value:
        return canonical[_Occurrence(release, value)] if isinstance(value, Entity) else value

    subject, object_ = fact.subject, fact.object
    return replace(
        fact,
        subject=None if subject is None else canonical[_Occurrence(release, subject)],
        object=canonical[_Occurrence(release, object_)] if isinstance(object_, Entity) else object_,
        qualifiers=tuple((name, replaced(value)) for name, value in fact.qualifiers),
    )


# --- nodes -----------------------------------------------------------------------------------------------


def _text(value: Value) -> str:
    if isinstance(value, Entity):
        return value.label
    return value.text if isinstance(value, Quantity) else str(value)


def _node(fact: Fact) -> Node | None:
    """The node of a fact, from its subject, object and what its relation says tells nodes apart."""
    relation = RELATIONS[fact.relation]
    if relation.node is None:
        return None
    subject = "" if fact.subject is None else fact.subject.label
    parts = [_text(v) for name in relation.identity for v in sorted(fact.qualifier(name), key=_text)]
    label = f"{subject}: {_text(fact.object)}" + (f" ({', '.join(parts)})" if parts else "")
    own = "" if fact.subject is None else fact.subject.slug
    return Node(slug(" ".join([own, _text(fact.object), *parts])), label)


def _in_one_spelling(documents: Mapping[str, Sequence[Fact]]) -> dict[str, list[Fact]]:
    """Facts on one node, its texts and its label spelt as most of them have it: "Chief Executive Officer".

    A node stands on words with neither case nor punctuation, and has one text and one label.
    """
    spellings: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for facts in documents.values():
        for fact in facts:
            for key, text in _texts(fact).items():
                spellings[key][text] += 1
    usual = {
        key: min(texts, key=lambda t: (-texts[t], t)) for key, texts in spellings.items() if len(texts) > 1
    }

    def respelt(fact: Fact) -> Fact:
        changed = {name: usual[key] for key in _texts(fact) if (name := key[2]) and key in usual}
        if fact.node is None or not changed:
            return fact
        node = replace(fact.node, label=changed.get("label", fact.node.label))
        object_ = changed.get("object", fact.object)
        if isinstance(fact.object, Quantity) and isinstance(object_, str):
            object_ = replace(fact.object, text=object_)
        qualifiers = tuple((name, changed.get(name, value)) for name, value in fact.qualifiers)
        return replace(fact, node=node, object=object_, qualifiers=qualifiers)

    return {release: [respelt(fact) for fact in facts] for release, facts in documents.items()}


def _texts(fact: Fact) -> dict[tuple[str, str, str], str]:
    """What is written on the node of a fact, by relation, node and place: its label, its object, what is its own."""
    if fact.node is None:
        return {}
    relation = RELATIONS[fact.relation]
    many = {s.name for s in relation.slots if s.many}
    out = {"label": fact.node.label}
    if isinstance(fact.object, (str, Quantity)):
        out["object"] = _text(fact.object)
    for name in relation.identity:
        values = fact.qualifier(name)
        if name not in many and len(values) == 1 and isinstance(values[0], str):
            out[name] = values[0]
    # what differs by more than its spelling is another text: "EMBARK-1" and "EMBARK-2" of one drug and disease
    return {
        (relation.name, fact.node.slug if place == "label" else f"{fact.node.slug} {slug(text)}", place): text
        for place, text in out.items()
    }


# --- merging ---------------------------------------------------------------------------------------------


_MODALITY_RANK: Final = {
    Modality.ASSERTED: 0,
    Modality.HISTORICAL: 1,
    Modality.PLANNED: 2,
    Modality.HYPOTHETICAL: 3,
    Modality.NEGATED: 4,
}


def _merged(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts of one release, those that say the same merged; those that contradict each other kept apart."""
    out: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in sorted(
        facts, key=lambda f: (f.relation, _MODALITY_RANK[f.modality], -f.confidence, f.evidence, repr(f))
    ):
        relation = RELATIONS[fact.relation]
        # What is stated outright also bears what is planned of the same thing; a hope or a denial never joins.
        claim = fact.modality if fact.modality.is_claim_only else None
        same = out[relation.name, claim, _identity(fact.subject), fact.node or _identity(fact.object)]
        for i, other in enumerate(same):
            if not _contradicts(other, fact, relation):
                same[i] = _united(other, fact, relation)
                break
        else:
            if same and fact.node is not None:
                own = digest(repr(fact.qualifiers))
                fact = replace(fact, node=Node(f"{fact.node.slug}-{own}", fact.node.label))  # noqa: PLW2901
            same.append(fact)
    return tuple(f for group in out.values() for f in group)


def _identity(value: Value | None) -> str:
    return f"{value.kind}/{value.slug}" if isinstance(value, Entity) else repr(value)


def _contradicts(a: Fact, b: Fact, relation: Relation) -> bool:
    return any(
        a.qualifier(s.name) and b.qualifier(s.name) and a.qualifier(s.name) != b.qualifier(s.name)
        for s in relation.slots
        if not s.many
    )


def _united(a: Fact, b: Fact, relation: Relation) -> Fact:
    qualifiers = {}
    for slot in relation.slots:
        values = tuple(dict.fromkeys((*a.qualifier(slot.name), *b.qualifier(slot.name))))
        if values:
            qualifiers[slot.name] = values
    return replace(
        a.with_qualifiers(qualifiers),
        confidence=max(a.confidence, b.confidence),
        evidence=tuple(dict.fromkeys((*a.evidence, *b.evidence))),
    )
