"""The one reader of `ontology/`, its `queries/` and its disease lexicon, and of `shapes/`: files → terms and quads.

Nothing is kept between calls: a caller that needs a vocabulary twice keeps the one it has.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.model import Concept, Kind, Vocabulary
from kg.namespaces import ONTOLOGY_GRAPH, PREFIXES, SCHEMES, VOCABULARY, VOCABULARY_GRAPH, compact, expand
from kg.resources import data_folder
from kg.schema import CLASS_OF_KIND

_KIND_OF_CLASS: Final = {expand(curie): kind for kind, curie in CLASS_OF_KIND.items()}
#: No release speaks *of* a modality or a jurisdiction.
_SCHEMES_WITHOUT_KIND: Final = frozenset({VOCABULARY + "modality", VOCABULARY + "jurisdiction"})

_TYPE: Final = expand("rdf:type")
_CONCEPT: Final = expand("skos:Concept")
_PREF: Final = expand("skos:prefLabel")
_ALT: Final = expand("skos:altLabel")
_HIDDEN: Final = expand("skos:hiddenLabel")
_IN_SCHEME: Final = expand("skos:inScheme")
_BROADER: Final = expand("skos:broader")
_EXACT: Final = expand("skos:exactMatch")
_CLOSE: Final = expand("skos:closeMatch")

_SOURCE: Final = expand("dcterms:source")

_LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One competency question of `ontology/queries/`, as the site offers it.

    Attributes:
        name: the file's stem ("drugs-by-phase").
        question: what it answers, in plain words.
        columns: names of the variables that it returns, in order.
        needs_inference: whether its answer is complete only with the inferred graph.
        text: the whole file, header included.
    """

    name: str
    question: str
    columns: tuple[str, ...]
    needs_inference: bool
    text: str


@dataclass(frozen=True, slots=True)
class ImportedVocabulary:
    """A user's vocabulary, beside those that come with the project (see `kg.vocabularies`).

    Attributes:
        name: what the user calls it.
        source: file and version that it was made from, for the graph.
        concepts: their `codes` are exact matches, the term's own code or IRI first.
    """

    name: str
    source: str
    concepts: tuple[Concept, ...]


def load_vocabulary(*imported: ImportedVocabulary) -> Vocabulary:
    """The curated concepts of `ontology/vocabulary.ttl`, united with the disease lexicon and with what users imported.

    A lexicon disease that shares a code or its label with a curated one gives its names to that one; so does an
    imported concept, to the first one that was there.  A name that a concept has keeps its meaning: no import
    gives it another.  Alternative labels keep the order of the file, the usual abbreviation first.

    Raises:
        VocabularyError: a file is malformed or contradicts itself; names file and line.
    """
    curated = _curated_concepts(data_folder("ontology") / "vocabulary.ttl")
    concepts, _ = _extended(_united(curated, _lexicon()), curated, imported)
    return Vocabulary(tuple(sorted(concepts.values(), key=lambda c: c.curie)))


def vocabulary_quads(used: Iterable[str] = (), *imported: ImportedVocabulary) -> Iterator[ox.Quad]:
    """The graph `graph/vocabulary`: the curated vocabulary, and those other concepts that are used.

    Args:
        used: CURIEs of the concepts that the data speaks of; lexicon diseases and imported concepts among them come
            with all their broader ones, so that a query can go up the hierarchy.
        imported: the vocabularies that `load_vocabulary` was given; their concepts name them by `dcterms:source`.

    Raises:
        VocabularyError: a file is malformed or contradicts itself; names file and line.
    """
    graph = ox.NamedNode(VOCABULARY_GRAPH)
    path = data_folder("ontology") / "vocabulary.ttl"
    triples = list(_triples(path))
    curated = _curated_concepts(path, triples)
    for triple in triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    used = set(used)
    concepts, sources = _extended(_united(curated, _lexicon()), curated, imported)
    wanted: set[str] = set()
    waiting = [*curated, *(curie for curie in used if curie in concepts)]
    while waiting:
        curie = waiting.pop()
        if curie not in wanted:
            wanted.add(curie)
            waiting += concepts[curie].broader
    exact = {code for vocabulary in imported for concept in vocabulary.concepts for code in concept.codes}
    for curie in sorted(wanted):
        yield from _concept_quads(concepts[curie], curated.get(curie), graph, exact)
        for source in sources.get(curie, ()):
            node, text = ox.NamedNode(expand(curie)), ox.Literal(source)
            yield ox.Quad(node, ox.NamedNode(_SOURCE), text, graph)


def ontology_quads() -> Iterator[ox.Quad]:
    """The graph `graph/ontology`: every file of `ontology/` but the vocabulary.

    Blank nodes (lists of property chains) are named after file and position, so two reads are equal.

    Raises:
        VocabularyError: a file is malformed; names file and line.
    """
    graph = ox.NamedNode(ONTOLOGY_GRAPH)
    for path in sorted(data_folder("ontology").glob("*.ttl")):
        if path.name != "vocabulary.ttl":
            for triple in _triples(path):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def shape_files() -> tuple[Path, ...]:
    """The files of `shapes/`, sorted."""
    return tuple(sorted(data_folder("shapes").glob("*.ttl")))


def named_queries() -> tuple[NamedQuery, ...]:
    """The queries of `ontology/queries/`, sorted by name.

    Raises:
        VocabularyError: a file lacks a line of its header.
    """
    paths = sorted((data_folder("ontology") / "queries").glob("*.rq"))
    return tuple(_named_query(path) for path in paths)


def _named_query(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    header = {}
    for key in ("question", "columns", "inference"):
        found = re.search(rf"^# {key}: *(\S.*?) *$", text, re.MULTILINE)
        if found is None:
            raise VocabularyError(f"{path}: line 1: the header has no line '# {key}: …'")
        header[key] = found[1]
    if header["inference"] not in ("yes", "no"):
        raise VocabularyError(f"{path}: '# inference:' is {header['inference']!r}; write yes or no")
    columns = tuple(column.strip().removeprefix("?") for column in header["columns"].split(","))
    return NamedQuery(path.stem, header["question"], columns, header["inference"] == "yes", text)


def _triples(path: Path) -> Iterator[ox.Triple]:
    """The triples of a Turtle file, blank nodes renamed by their order in it."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def stable(term: ox.BlankNode) -> ox.BlankNode:
        return names.setdefault(term, ox.BlankNode(f"{path.stem}{len(names)}"))

    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, object_ = quad.subject, quad.object
            if isinstance(subject, ox.BlankNode):
                subject = stable(subject)
            if isinstance(object_, ox.BlankNode):
                object_ = stable(object_)
            yield ox.Triple(subject, quad.predicate, object_)
    except SyntaxError as error:
        raise VocabularyError(f"{path}: line {error.lineno}: {error.msg}") from error
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error}") from error


class _Draft:
    """What is known of a concept while its file is read."""

    __slots__ = ("alt", "broader", "codes", "hidden", "kinds", "pref", "schemes")

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self.schemes: list[str] = []
        self.pref: list[str] = []
        self.alt: list[str] = []
        self.hidden: list[str] = []
        self.broader: list[str] = []
        self.codes: list[str] = []


def _curated_concepts(path: Path, triples: Iterable[ox.Triple] | None = None) -> dict[str, Concept]:
    """The concepts of a vocabulary file that have a kind, by CURIE.

    Args:
        path: the file.
        triples: what it says, where the caller has read it already.

    Raises:
        VocabularyError: a concept lacks a kind, a scheme or a label, or shares its label with another.
    """
    drafts: dict[str, _Draft] = {}
    concepts: list[str] = []
    labels_of = {_PREF: "pref", _ALT: "alt", _HIDDEN: "hidden"}
    for triple in _triples(path) if triples is None else triples:
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        draft = drafts.setdefault(triple.subject.value, _Draft())
        predicate, value = triple.predicate.value, triple.object
        if predicate in labels_of and isinstance(value, ox.Literal):
            getattr(draft, labels_of[predicate]).append(value.value)
        elif not isinstance(value, ox.NamedNode):
            continue
        elif predicate == _TYPE and value.value == _CONCEPT:
            concepts.append(triple.subject.value)
        elif predicate == _TYPE and value.value in _KIND_OF_CLASS:
            draft.kinds.append(_KIND_OF_CLASS[value.value])
        elif predicate == _IN_SCHEME:
            draft.schemes.append(value.value)
        elif predicate == _BROADER:
            draft.broader.append(compact(value.value))
        elif predicate in (_EXACT, _CLOSE):
            draft.codes.append(compact(value.value))

    found: dict[str, Concept] = {}
    owners: dict[tuple[Kind, str], str] = {}
    for iri in concepts:
        draft, curie = drafts[iri], compact(iri)
        if _SCHEMES_WITHOUT_KIND.issuperset(draft.schemes) and draft.schemes:
            continue
        problem = _problem(curie, draft)
        if problem is None:
            owner = owners.setdefault((draft.kinds[0], draft.pref[0].casefold()), curie)
            if owner != curie:
                problem = f"has the same skos:prefLabel {draft.pref[0]!r} as {owner}"
        if problem is not None:
            raise VocabularyError(f"{path}: line {_line_of(path, curie)}: {curie} {problem}")
        alt = tuple(dict.fromkeys(name for name in draft.alt if name != draft.pref[0]))
        found[curie] = Concept(
            curie,
            draft.kinds[0],
            draft.pref[0],
            alt,
            tuple(dict.fromkeys(draft.hidden)),
            tuple(dict.fromkeys(draft.broader)),
            tuple(dict.fromkeys(draft.codes)),
        )
    for concept in found.values():
        for broader in concept.broader:
            if broader.partition(":")[0] in SCHEMES and broader not in found:
                where = f"{path}: line {_line_of(path, concept.curie)}"
                raise VocabularyError(
                    f"{where}: {concept.curie} is narrower than {broader}, which is not here"
                )
    return found


def _problem(curie: str, draft: _Draft) -> str | None:
    """What a reader of the file should mend in one concept, or None."""
    prefix, _, local = curie.partition(":")
    if prefix not in SCHEMES:
        return f"is in none of the namespaces of the schemes ({', '.join(SCHEMES)})"
    if not local:
        return "has no local name"
    if len(draft.kinds) != 1:
        return "needs exactly one class of an entity kind (rkg:Drug, rkg:TrialPhase, …: CLASS_OF_KIND)"
    if draft.schemes != [VOCABULARY + prefix]:
        return f"needs skos:inScheme <{VOCABULARY}{prefix}>, once"
    if len(draft.pref) != 1:
        return f"has {len(draft.pref)} skos:prefLabel; it needs one"
    for other in (*draft.broader, *draft.codes):
        if other.partition(":")[0] not in PREFIXES:
            return f"refers to <{other}>, for which kg/namespaces.py declares no prefix"
    return None


def _line_of(path: Path, curie: str) -> int:
    """The line on which the statements about a concept begin, for messages; 1 where it is not found."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.replace("\\", "").split(" ", 1)[0] == curie:
            return number
    return 1


def _lexicon() -> list[Concept]:
    """The diseases of `lexicon/diseases.tsv`; its columns are described in the README beside it.

    Raises:
        VocabularyError: a line has not the columns that it should have.
    """
    path = data_folder("ontology") / "lexicon" / "diseases.tsv"
    concepts = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if number == 1:
                continue
            if len(row) != 5 or not row[0] or not row[1]:
                raise VocabularyError(
                    f"{path}: line {number}: five columns are needed, slug and label filled"
                )
            name, label, synonyms, codes, parents = row
            concepts.append(
                Concept(
                    f"disease:{name}",
                    Kind.DISEASE,
                    label,
                    tuple(filter(None, synonyms.split("|"))),
                    broader=tuple(f"disease:{parent}" for parent in filter(None, parents.split("|"))),
                    codes=tuple(filter(None, codes.split("|"))),
                )
            )
    return concepts


def _united(curated: dict[str, Concept], lexicon: list[Concept]) -> dict[str, Concept]:
    """Curated and lexicon concepts by CURIE, a lexicon disease folded into the curated one that it is."""
    diseases = [concept for concept in curated.values() if concept.kind is Kind.DISEASE]
    by_code = {code: concept.curie for concept in diseases for code in concept.codes}
    by_label = {concept.label.casefold(): concept.curie for concept in diseases}
    owned = {
        name.casefold() for c in diseases for name in (c.label, *c.alt, *c.hidden)
    }  # curated names mean the curated disease and no other

    same: dict[str, str] = {}
    for concept in lexicon:
        doid = concept.codes[0] if concept.codes else ""
        home = by_code.get(doid) or by_label.get(concept.label.casefold())
        if home is None and concept.curie in curated:
            home = concept.curie
        if home is not None:
            same[concept.curie] = home

    out = dict(curated)
    for concept in lexicon:
        alt = tuple(name for name in concept.alt if name.casefold() not in owned)
        broader = tuple(dict.fromkeys(same.get(parent, parent) for parent in concept.broader))
        home = same.get(concept.curie)
        if home is None:
            label_taken = concept.label.casefold() in owned
            if not label_taken:
                same_parts = alt == concept.alt and broader == concept.broader
                out[concept.curie] = concept if same_parts else replace(concept, alt=alt, broader=broader)
            continue
        kept = out[home]
        names = (kept.label, *kept.alt, *kept.hidden)
        more = tuple(n for n in (concept.label, *alt) if n not in names and n.casefold() not in owned)
        out[home] = replace(
            kept,
            alt=kept.alt + more,
            broader=tuple(dict.fromkeys((*kept.broader, *(b for b in broader if b != home)))),
            codes=tuple(dict.fromkeys((*kept.codes, *concept.codes))),
        )
    for curie, concept in out.items():
        if any(b not in out for b in concept.broader):
            out[curie] = replace(concept, broader=tuple(b for b in concept.broader if b in out))
    return out


def _extended(
    known: dict[str, Concept], curated: Mapping[str, Concept], imported: Sequence[ImportedVocabulary]
) -> tuple[dict[str, Concept], dict[str, list[str]]]:
    """The concepts with those that users imported, and the sources of those that an import added or widened."""
    out = dict(known)
    sources: dict[str, list[str]] = {}
    if not imported:
        return out, sources
    by_code: dict[tuple[Kind, str], str] = {}
    owner: dict[tuple[Kind, str], str] = {}
    for concept in known.values():
        # the lexicon's own code is its first; the others are looser than a match
        for code in concept.codes if concept.curie in curated else concept.codes[:1]:
            by_code.setdefault((concept.kind, code), concept.curie)
        for name in (concept.label, *concept.alt, *concept.hidden):
            owner.setdefault((concept.kind, name.casefold()), concept.curie)
    kinds_of: dict[str, set[Kind]] = {}  # names as printed → the kinds of thing that they name already
    for concept in curated.values():
        for name in (concept.label, *concept.alt):
            kinds_of.setdefault(name, set()).add(concept.kind)

    for vocabulary in imported:
        same: dict[str, str] = {}
        for concept in vocabulary.concepts:
            codes = ((concept.kind, code) for code in concept.codes)
            home = next((by_code[code] for code in codes if code in by_code), None)
            if home is None:
                home = owner.get((concept.kind, concept.label.casefold()))
                if home is not None and _contradict(out[home], concept):
                    continue  # another thing of the same name: the one that was there keeps it
            if home is None and concept.curie in out:
                home = concept.curie
            same[concept.curie] = home or concept.curie
            names = [
                name
                for name in (concept.label, *concept.alt, *concept.hidden)
                if owner.get((concept.kind, name.casefold()), home) == home
                and kinds_of.get(name, {concept.kind}) == {concept.kind}
            ]
            if home is None and concept.label not in names:
                del same[concept.curie]
                continue
            hidden = frozenset(concept.hidden)
            base = out[home] if home else replace(concept, alt=(), hidden=(), broader=(), codes=())
            had = {base.label, *base.alt, *base.hidden}
            curie = base.curie
            out[curie] = replace(
                base,
                alt=(*base.alt, *(n for n in names if n not in had and n not in hidden)),
                hidden=(*base.hidden, *(n for n in names if n not in had and n in hidden)),
                codes=tuple(dict.fromkeys((*base.codes, *concept.codes))),
            )
            sources.setdefault(curie, []).append(vocabulary.source)
            for name in names:
                owner.setdefault((concept.kind, name.casefold()), curie)
            for code in concept.codes:
                by_code.setdefault((concept.kind, code), curie)
        for concept in vocabulary.concepts:
            if concept.curie not in same or not concept.broader:
                continue
            kept = out[same[concept.curie]]
            broader = dict.fromkeys(same[b] for b in concept.broader if b in same)
            fresh = [b for b in broader if b != kept.curie and b not in kept.broader]
            if fresh:
                out[kept.curie] = replace(kept, broader=(*kept.broader, *fresh))
    return out, sources


def _contradict(one: Concept, other: Concept) -> bool:
    """Whether two concepts have different codes of one authority, so that they are two things."""
    codes = dict(code.split(":", 1) for code in reversed(one.codes) if "://" not in code)
    return any(
        codes.get(prefix, local) != local
        for prefix, _, local in (c.partition(":") for c in other.codes if "://" not in c)
    )


def _concept_quads(
    concept: Concept, curated: Concept | None, graph: ox.NamedNode, exact: Container[str] = ()
) -> Iterator[ox.Quad]:
    """What the vocabulary file does not say of a concept: all of another, additions to a curated one."""
    node = ox.NamedNode(expand(concept.curie))

    def link(predicate: str, target: str) -> ox.Quad:
        return ox.Quad(node, ox.NamedNode(predicate), ox.NamedNode(target), graph)

    def label(predicate: str, text: str) -> ox.Quad:
        return ox.Quad(node, ox.NamedNode(predicate), ox.Literal(text, language=_LANGUAGE), graph)

    if curated is None:
        yield link(_TYPE, _CONCEPT)
        yield link(_TYPE, expand(CLASS_OF_KIND[concept.kind]))
        yield link(_IN_SCHEME, VOCABULARY + concept.curie.partition(":")[0])
        yield label(_PREF, concept.label)
    known = curated or Concept(concept.curie, concept.kind, concept.label)
    for name in concept.alt:
        if name not in known.alt:
            yield label(_ALT, name)
    for name in concept.hidden:
        if name not in known.hidden:
            yield label(_HIDDEN, name)
    for broader in concept.broader:
        if broader not in known.broader:
            yield link(_BROADER, expand(broader))
    for code in concept.codes:
        if code not in known.codes:
            # the lexicon is DOID itself; its cross-references are DOID's, and looser
            same = code.startswith("DOID:") or code in exact
            yield link(_EXACT if same else _CLOSE, code if "://" in code else expand(code))
