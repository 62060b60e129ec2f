"""A user's own vocabularies: OBO, OWL and SKOS files → `DATA/vocabularies/NAME.tsv`, read by the next build.

    <data>/vocabularies/<name>.tsv    first line: "#" and a JSON object about the whole; then one concept a line

Importing does the slow and careful work once: it picks English names, drops those that would find anything but
the thing meant, and makes the concepts' own CURIEs.  What then unites them with the vocabulary that comes with the
project is `kg.ontology.load_vocabulary`.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import InputError, VocabularyError
from kg.model import Concept, Kind
from kg.namespaces import PREFIXES, SCHEMES, compact, slug
from kg.ontology import ImportedVocabulary
from kg.resources import data_folder
from kg.schema import CLASS_OF_KIND

_FOLDER: Final = "vocabularies"
_FORMAT: Final = 1
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

#: Kinds of concept whose names releases print; those of the others are read off trigger words.
KINDS: Final = tuple(
    Kind(scheme)
    for scheme in SCHEMES
    if scheme
    in (
        "agency",
        "designation",
        "disease",
        "drug-class",
        "endpoint",
        "payload",
        "platform",
        "regulatory-action",
        "response-criteria",
        "target",
        "treatment",
    )
)
_FORMATS: Final[dict[str, ox.RdfFormat]] = {
    ".owl": ox.RdfFormat.RDF_XML,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".ttl": ox.RdfFormat.TURTLE,
    ".skos": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

_LONGEST_NAME: Final = 120
_ENOUGH: Final = re.compile(r"(?:[^\W_][\W_]*){3}")
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a file.

    Attributes:
        name: what the vocabulary is called.
        source: the file's name, and the version that it states.
        concepts, names: how many there are now.
        obsolete: terms that their authors withdrew.
        unnamed: terms of which no usable English name is left.
        ambiguous: names dropped because several terms have them.
        hopeless: names dropped because they are plain English, or have less than three letters and digits.
        long: names dropped because no release prints one so long.
    """

    name: str
    source: str
    concepts: int = 0
    names: int = 0
    obsolete: int = 0
    unnamed: int = 0
    ambiguous: int = 0
    hopeless: int = 0
    long: int = 0


@dataclass(slots=True)
class _Term:
    """What a file says of one term."""

    iri: str
    labels: list[str] = field(default_factory=list)
    synonyms: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    kind: Kind | None = None
    obsolete: bool = False


def import_vocabulary(
    file: Path, data: Path, *, kind: Kind = Kind.DISEASE, name: str | None = None
) -> Summary:
    """Make a vocabulary of a file and keep it in a data directory; one of that name is replaced.

    Args:
        file: OBO, or RDF with OWL classes or SKOS concepts; the format is told by the suffix.
        data: the data directory; made if it is not there.
        kind: what the terms are, where the file does not say so by one of the project's classes.
        name: what to call it; the file's stem by default.

    Raises:
        InputError: the file is missing, malformed or without terms; names file, line and remedy.
    """
    chosen = file.stem if name is None else name
    path = _path(data, chosen)
    if kind not in KINDS:
        raise InputError(f"--kind {kind}: there are {', '.join(KINDS)}")
    if not file.is_file():
        raise InputError(f"{file}: no such file")
    suffix = file.suffix.lower()
    if suffix == ".obo":
        terms, version = _read_obo(file)
    elif suffix in _FORMATS:
        terms, version = _read_rdf(file, _FORMATS[suffix])
    else:
        known = " ".join((".obo", *_FORMATS))
        raise InputError(
            f"{file}: the format is told by the suffix, and {suffix or 'none'} is not one of {known}"
        )
    if not terms:
        raise InputError(f"{file}: no term in it: neither OBO [Term], owl:Class nor skos:Concept")
    source = f"{file.name} ({version})" if version else file.name
    concepts, summary = _concepts(terms, kind, chosen, source)
    if not concepts:
        raise InputError(
            f"{file}: none of {len(terms):,} terms has a usable English name; nothing was imported"
        )
    _write(path, concepts, summary)
    return summary


def list_vocabularies(data: Path) -> tuple[Summary, ...]:
    """What has been imported, sorted by name.

    Raises:
        VocabularyError: a file is not what an import writes.
    """
    return tuple(_summary(path) for path in _files(data))


def remove_vocabulary(data: Path, name: str) -> None:
    """Forget a vocabulary; the next build does without it.

    Raises:
        InputError: there is none of this name.
    """
    try:
        _path(data, name).unlink()
    except FileNotFoundError as error:
        names = ", ".join(path.stem for path in _files(data)) or "none"
        raise InputError(f"{name}: no such vocabulary in {data}; there are: {names}") from error


def load_imported(data: Path) -> tuple[ImportedVocabulary, ...]:
    """The vocabularies of a data directory, sorted by name; none if it is not there.

    Raises:
        VocabularyError: a file is not what an import writes; names file and line.
    """
    return tuple(_load(path) for path in _files(data))


# --- the file -------------------------------------------------------------------------------------------


def _path(data: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r}: a vocabulary's name has letters, digits, dots, hyphens; choose one with --name"
        )
    return data / _FOLDER / f"{name}.tsv"


def _files(data: Path) -> list[Path]:
    return sorted((data / _FOLDER).glob("*.tsv"))


def _write(path: Path, concepts: Iterable[Concept], summary: Summary) -> None:
    """Write beside, then rename: a build that reads at the same time sees the old one or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            out.write(f"#{json.dumps({'format': _FORMAT} | asdict(summary), ensure_ascii=False)}\n")
            for c in concepts:
                columns = (c.curie, c.label, *map("|".join, (c.alt, c.hidden, c.codes, c.broader)))
                out.write("\t".join(columns) + "\n")
        beside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _summary(path: Path, line: str | None = None) -> Summary:
    try:
        if line is None:
            with path.open(encoding="utf-8") as file:
                line = file.readline()
        about = json.loads(line.removeprefix("#"))
        if about.pop("format") != _FORMAT:
            raise VocabularyError(f"{path}: was written by another version; import the vocabulary again")
        return Summary(**about)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VocabularyError(
            f"{path}: line 1: not written by `kg vocab import`; remove it, import again"
        ) from error


def _load(path: Path) -> ImportedVocabulary:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: cannot be read: {error}; import the vocabulary again") from error
    summary = _summary(path, lines[0])
    kinds = {kind.value: kind for kind in KINDS}
    concepts = []
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        columns = line.split("\t")
        kind = kinds.get(columns[0].partition(":")[0])
        if len(columns) != 6 or kind is None or not columns[1]:
            raise VocabularyError(f"{path}: line {number}: damaged; import the vocabulary again")
        alt, hidden, codes, broader = (tuple(c.split("|")) if c else () for c in columns[2:])
        concepts.append(Concept(columns[0], kind, columns[1], alt, hidden, broader, codes))
    return ImportedVocabulary(summary.name, summary.source, tuple(concepts))


# --- terms to concepts ----------------------------------------------------------------------------------


def _concepts(
    terms: Mapping[str, _Term], kind: Kind, name: str, source: str
) -> tuple[list[Concept], Summary]:
    """Concepts with the names that can be looked for, and what became of the others."""
    counts: Counter[str] = Counter()
    kept: dict[str, tuple[str, list[str], list[str]]] = {}  # term → label, synonyms, hidden
    labels: dict[tuple[Kind, str], str] = {}  # folded label → its term
    uses: Counter[tuple[Kind, str]] = Counter()
    common = _common_words()
    for key, term in terms.items():
        if term.obsolete:
            counts["obsolete"] += 1
            continue
        term.kind = term.kind or kind
        seen: set[str] = set()
        usable: list[list[str]] = []
        for names in (term.labels[:1], [*term.synonyms, *term.labels[1:]], term.hidden):
            usable.append([])
            for printed in names:
                text = _printable(printed)
                fold = text.casefold()
                if fold in seen:
                    continue
                seen.add(fold)
                problem = _problem(text, common)
                if problem:
                    counts[problem] += 1
                else:
                    usable[-1].append(text)
        synonyms, hidden = usable[1:]
        visible = usable[0] + synonyms
        if not visible:
            counts["unnamed"] += 1
            continue
        first, *synonyms = visible
        if (term.kind, first.casefold()) in labels:
            counts["ambiguous"] += 1
            counts["unnamed"] += 1
            continue
        labels[term.kind, first.casefold()] = key
        uses.update((term.kind, n.casefold()) for n in (*synonyms, *hidden))
        kept[key] = (first, synonyms, hidden)

    curies = _curies({key: (terms[key], label) for key, (label, _, _) in kept.items()})
    shared = Counter(code for key in kept for code in {_code(e) for e in terms[key].exact})
    concepts = []
    for key, (label, synonyms, hidden) in kept.items():
        term = terms[key]
        assert term.kind is not None
        own = _code(term.iri)
        alternatives: list[list[str]] = []
        for names in (synonyms, hidden):
            clear = [
                n
                for n in names
                if uses[term.kind, n.casefold()] == 1 and (term.kind, n.casefold()) not in labels
            ]
            counts["ambiguous"] += len(names) - len(clear)
            alternatives.append(clear)
        codes = dict.fromkeys((own, *(c for e in term.exact if shared[c := _code(e)] == 1)))
        broader = dict.fromkeys(curies[b] for b in term.broader if b in curies and b != key)
        concepts.append(
            Concept(
                curies[key],
                term.kind,
                label,
                tuple(alternatives[0]),
                tuple(alternatives[1]),
                tuple(b for b in broader if b.partition(":")[0] == term.kind),
                tuple(codes),
            )
        )
    concepts.sort(key=lambda c: c.curie)
    names_kept = sum(1 + len(c.alt) + len(c.hidden) for c in concepts)
    return concepts, Summary(name, source, len(concepts), names_kept, **counts)


def _curies(named: Mapping[str, tuple[_Term, str]]) -> dict[str, str]:
    """Term → CURIE in the project's own scheme, after its label; terms that would share one get their code added."""
    wanted = {key: f"{term.kind}:{slug(label)}" for key, (term, label) in named.items()}
    taken = Counter(wanted.values())
    return {
        key: curie if taken[curie] == 1 else f"{curie}-{slug(_code(key).rsplit('/', 1)[-1])}"
        for key, curie in wanted.items()
    }


@lru_cache(maxsize=1 << 20)  # asked for three times while one file is imported
def _code(iri: str) -> str:
    """An IRI as a code: a CURIE where a prefix of the project fits, else the IRI itself."""
    return compact(iri)


def _printable(name: str) -> str:
    """A name on one line, without what parts the columns of our files."""
    return " ".join(name.replace("|", " ").split())


def _problem(name: str, common: frozenset[str]) -> str:
    """Why a name cannot be looked for, as the summary counts it; empty where it can."""
    if len(name) > _LONGEST_NAME:
        return "long"
    if not _ENOUGH.search(name) or not _LETTER.search(name) or name.casefold() in common:
        return "hopeless"
    return ""


def _common_words() -> frozenset[str]:
    lines = (
        (data_folder("ontology") / "lexicon" / "common_words.txt").read_text(encoding="utf-8").splitlines()
    )
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


# --- OBO ------------------------------------------------------------------------------------------------

_OBO: Final = "http://purl.obolibrary.org/obo/"
#: Spellings of prefixes in cross-references → ours.
_ALIASES: Final = {
    "nci": "NCIT",
    "ncit": "NCIT",
    "msh": "mesh",
    "mesh": "mesh",
    "doid": "DOID",
    "mondo": "MONDO",
    "chebi": "CHEBI",
}
_OBO_LINE: Final = re.compile(r"([A-Za-z_][\w-]*)\s*:\s?(.*)")
_OBO_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*([A-Z]+)?')
_OBO_ESCAPE: Final = re.compile(r"\\(.)")
_OBO_ID: Final = re.compile(r"[^\s{!]+")


def _read_obo(file: Path) -> tuple[dict[str, _Term], str]:
    """The terms of an OBO file (OBO Flat File Format 1.4), by id; of its tags those that names and hierarchy need."""
    terms: dict[str, _Term] = {}
    header: dict[str, str] = {}
    stanza, term, opened = "", None, 0

    def wrong(number: int, what: str) -> InputError:
        return InputError(f"{file}: line {number}: {what}")

    for number, raw in _numbered(file):
        line = raw.strip()
        if not line or line.startswith("!"):
            continue
        if line.startswith("["):
            if stanza == "[Term]" and term is None:
                raise wrong(opened, "a [Term] without id")
            if not line.endswith("]"):
                raise wrong(number, f"{line[:40]!r} is no stanza: the bracket is not closed")
            stanza, term, opened = line, None, number
            continue
        found = _OBO_LINE.match(line)
        if found is None:
            raise wrong(number, f"{line[:40]!r} is no 'tag: value'")
        tag, value = found[1], found[2]
        if not stanza:
            header.setdefault(tag, value)
        elif stanza == "[Term]":
            if tag == "id":
                term = terms.setdefault(_first(value), _Term(_obo_iri(_first(value))))
            elif term is None:
                raise wrong(number, f"{tag!r} before the id of its [Term]")
            elif tag == "name":
                term.labels.append(_unescaped(value))
            elif tag == "synonym":
                quoted = _OBO_QUOTED.match(value)
                if quoted is None:
                    raise wrong(number, "a synonym needs its text in double quotes")
                if quoted[2] == "EXACT":
                    term.synonyms.append(_unescaped(quoted[1]))
            elif tag == "is_a":
                term.broader.append(_first(value))
            elif tag == "is_obsolete":
                term.obsolete = value.startswith("true")
            elif tag == "xref" and "equivalentTo" in value:
                term.exact += _exact_codes(_first(value))
            elif tag == "property_value" and value.startswith(("skos:exactMatch ", "exactMatch ")):
                term.exact += _exact_codes(_first(value.split(" ", 1)[1]))
    if stanza == "[Term]" and term is None:
        raise wrong(opened, "a [Term] without id")
    return terms, header.get("data-version", "")


def _numbered(file: Path) -> Iterator[tuple[int, str]]:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            yield from enumerate(lines, 1)
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: is not UTF-8 text: {error.reason}; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from error


def _first(value: str) -> str:
    """The id that a value begins with, without qualifiers and comment."""
    found = _OBO_ID.match(value)
    return found[0] if found else value


def _unescaped(text: str) -> str:
    return _OBO_ESCAPE.sub(lambda m: {"n": " ", "t": " ", "W": " "}.get(m[1], m[1]), text.strip())


def _obo_iri(id_: str) -> str:
    """The IRI of an OBO id (OBO Format 1.4, §5.9): of the library's namespace, unless it is an IRI already."""
    if "://" in id_:
        return id_
    prefix, colon, local = id_.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    iri = f"{_OBO}{prefix}_{local}" if colon else f"{_OBO}{id_}"
    return re.sub(r"[\s<>\"{}|\\^`]", "_", iri)


def _exact_codes(id_: str) -> list[str]:
    """A cross-reference as IRI, if it is into a namespace that the project knows."""
    prefix, _, local = id_.partition(":")
    ours = _ALIASES.get(prefix.lower())
    if ours is not None and re.fullmatch(r"[\w.-]+", local):
        return [PREFIXES[ours] + local]
    return [id_] if "://" in id_ and not re.search(r"[\s<>\"{}|\\^`]", id_) else []


# --- OWL and SKOS ---------------------------------------------------------------------------------------

_RDF, _RDFS, _OWL, _SKOS = (PREFIXES[p] for p in ("rdf", "rdfs", "owl", "skos"))
_OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
_TYPE: Final = _RDF + "type"
_CLASSES: Final = frozenset((_OWL + "Class", _RDFS + "Class", _SKOS + "Concept"))
_KIND_OF_CLASS: Final = {
    iri: kind
    for kind in KINDS
    if (prefix := CLASS_OF_KIND[kind].partition(":"))
    for iri in (PREFIXES[prefix[0]] + prefix[2],)
}
_NAMES: Final = {
    _SKOS + "prefLabel": "labels",
    _RDFS + "label": "labels",
    _SKOS + "altLabel": "synonyms",
    _OIO + "hasExactSynonym": "synonyms",
    _SKOS + "hiddenLabel": "hidden",
}
_LINKS: Final = {
    _SKOS + "broader": "broader",
    _RDFS + "subClassOf": "broader",
    _SKOS + "exactMatch": "exact",
    _OWL + "equivalentClass": "exact",
}
_DEPRECATED: Final = _OWL + "deprecated"
_VERSIONS: Final = (_OWL + "versionInfo", _OWL + "versionIRI")


def _read_rdf(file: Path, format_: ox.RdfFormat) -> tuple[dict[str, _Term], str]:
    """The classes and concepts of an RDF file, by IRI, with their English names."""
    terms: dict[str, _Term] = {}
    declared: set[str] = set()
    versions: dict[str, str] = {}
    try:
        for quad in ox.parse(path=str(file), format=format_):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode):
                continue
            iri, predicate = subject.value, quad.predicate.value
            if predicate in _VERSIONS:
                versions.setdefault(predicate, getattr(value, "value", ""))
                continue
            if predicate not in _WANTED:
                continue
            term = terms.get(iri) or terms.setdefault(iri, _Term(iri))
            if isinstance(value, ox.Literal):
                if predicate in _NAMES and _is_english(value.language):
                    names = getattr(term, _NAMES[predicate])
                    if predicate == _SKOS + "prefLabel":
                        names.insert(0, value.value)
                    else:
                        names.append(value.value)
                elif predicate == _DEPRECATED:
                    term.obsolete = value.value in ("true", "1")
            elif isinstance(value, ox.NamedNode):
                if predicate == _TYPE:
                    if value.value in _CLASSES:
                        declared.add(iri)
                    term.kind = _KIND_OF_CLASS.get(value.value, term.kind)
                elif predicate in _LINKS:
                    getattr(term, _LINKS[predicate]).append(value.value)
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno else ""
        raise InputError(f"{file}: {where}{error.msg}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: {getattr(error, 'strerror', None) or error}") from error
    version = next((versions[p] for p in _VERSIONS if p in versions), "")
    return {iri: term for iri, term in terms.items() if iri in declared}, version


_WANTED: Final = frozenset((_TYPE, _DEPRECATED, *_NAMES, *_LINKS))


def _is_english(language: str | None) -> bool:
    return language is None or language == "en" or language.startswith("en-")
