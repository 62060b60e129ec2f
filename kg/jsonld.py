"""Triples → JSON-LD 1.1 that reads like JSON written by hand, with the context that the project publishes.

The context is `ontology/context.jsonld`, made of the ontology by `context_of`: our properties by their bare names, with
the datatype or "@id" that the ontology gives them, names under "name" and "otherNames".  Files carry it inside, so that
nothing need be fetched to read them.  Concepts of the vocabulary are `vocab:agency/fda`, things `thing:drug/…`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import InputError
from kg.namespaces import PREFIXES, PROJECT, SCHEMES, VOCABULARY, expand
from kg.resources import data_folder

_RKG: Final = PREFIXES["rkg"]
_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = ox.NamedNode(expand("rdf:type"))
#: Properties of others that have a name of their own here.  Coerced ones with "@id", or the CURIE of a datatype.
_TERMS: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("skos:prefLabel", ""),
    "otherNames": ("skos:altLabel", ""),
    "misspellings": ("skos:hiddenLabel", ""),
    "definition": ("skos:definition", ""),
    "broader": ("skos:broader", "@id"),
    "inScheme": ("skos:inScheme", "@id"),
    "exactMatch": ("skos:exactMatch", "@id"),
    "closeMatch": ("skos:closeMatch", "@id"),
    "label": ("rdfs:label", ""),
    "isDefinedBy": ("rdfs:isDefinedBy", "@id"),
    "subClassOf": ("rdfs:subClassOf", "@id"),
    "subject": ("rdf:subject", "@id"),
    "predicate": ("rdf:predicate", "@id"),
    "object": ("rdf:object", "@id"),
    "identifier": ("dcterms:identifier", ""),
    "issued": ("dcterms:issued", "xsd:date"),
    "headline": ("schema:headline", ""),
    "source": ("oa:hasSource", "@id"),
    "selectors": ("oa:hasSelector", "@id"),
    "start": ("oa:start", ""),
    "end": ("oa:end", ""),
    "exact": ("oa:exact", ""),
    "organization": ("org:organization", "@id"),
}
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")


def context_of(ontology: Iterable[ox.Quad]) -> dict[str, Any]:
    """The context that an ontology gives: what `ontology/context.jsonld` holds under "@context"."""
    context: dict[str, Any] = {"@version": 1.1, "@vocab": _RKG, "id": "@id", "type": "@type"}
    prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in SCHEMES}
    for prefix, iri in (prefixes | {"vocab": VOCABULARY, "thing": f"{PROJECT}id/"}).items():
        # Only these ends make a prefix without more words (https://www.w3.org/TR/json-ld11/#compact-iris).
        context[prefix] = iri if iri.endswith(("#", "/", ":")) else {"@id": iri, "@prefix": True}
    for term, (curie, type_) in _TERMS.items():
        context[term] = {"@id": curie, "@type": type_} if type_ else curie
    objects, ranges = set(), defaultdict(set)
    for quad in ontology:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(_RKG):
            local = quad.subject.value.removeprefix(_RKG)
            if quad.predicate == _TYPE and quad.object == ox.NamedNode(expand("owl:ObjectProperty")):
                objects.add(local)
            elif quad.predicate == ox.NamedNode(expand("rdfs:range")) and isinstance(
                quad.object, ox.NamedNode
            ):
                ranges[local].add(quad.object.value)
    for local in sorted(objects):
        _define(context, local, "@id")
    for local, found in sorted(ranges.items()):
        [range_, *others] = found
        datatype = range_.removeprefix(_XSD)
        if not others and range_.startswith(_XSD) and datatype not in ("string", "integer", "boolean"):
            _define(context, local, f"xsd:{datatype}")
    return context


def _define(context: dict[str, Any], local: str, type_: str) -> None:
    """A name that is taken keeps its meaning; the property is then written with its prefix."""
    if local not in context:
        context[local] = {"@id": f"rkg:{local}", "@type": type_}


def context_text(context: Mapping[str, Any]) -> str:
    """As it stands in the file: one term a line."""
    lines = ",\n".join(f"  {json.dumps(term)}: {json.dumps(value)}" for term, value in context.items())
    return f'{{"@context": {{\n{lines}\n}}}}\n'


@cache
def published_context() -> dict[str, Any]:
    """The context that ships with the project.

    Raises:
        InputError: the installation is incomplete.
    """
    path = data_folder("ontology") / "context.jsonld"
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}; reinstall releasekg") from error
    context = loaded["@context"]
    assert isinstance(context, dict)
    return context


def jsonld(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """One document in pieces, an object for each subject; graph names are left out.

    Args:
        quads: those of one subject together.
    """
    writer = _Writer(published_context())
    yield context_text(published_context()).removesuffix("}\n") + ',\n"@graph": [\n'
    for number, (_, content) in enumerate(groupby(quads, key=lambda quad: quad.subject)):
        text = json.dumps(writer.node(content), ensure_ascii=False, indent=1)
        yield (",\n" if number else "") + text
    yield "\n]}\n"


class _Writer:
    """Terms as the context has them."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._terms: dict[str, str] = {}  # IRI → term
        self._types: dict[str, str] = {}  # term → IRI of its datatype, or "@id"
        self._taken = set(context)
        self._prefixes: dict[str, str] = {}
        for term, value in context.items():
            if term.startswith("@"):
                continue
            iri = value.get("@id", "") if isinstance(value, dict) else str(value)
            if iri.startswith(("http:", "https:")):
                self._prefixes[term] = iri
            elif ":" in iri:
                prefix, _, local = iri.partition(":")
                self._terms[PREFIXES[prefix] + local] = term
                if isinstance(value, dict):
                    self._types[term] = value["@type"] if value["@type"] == "@id" else expand(value["@type"])
        self._longest = sorted(self._prefixes.items(), key=lambda item: -len(item[1]))

    def node(self, content: Iterable[ox.Quad]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        types: list[str] = []
        values: dict[str, list[Any]] = {}
        for quad in content:
            if not out:
                out["id"] = self._id(quad.subject)
            if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
                types.append(self._named(quad.object.value))
                continue
            key = self._named(quad.predicate.value)
            values.setdefault(key, []).append(self._value(key, quad.object))
        if types:
            out["type"] = types[0] if len(types) == 1 else types
        return out | {key: found[0] if len(found) == 1 else found for key, found in values.items()}

    def _named(self, iri: str) -> str:
        """A property or class: its term, our bare name, or what else is shortest."""
        if iri in self._terms:
            return self._terms[iri]
        local = iri.removeprefix(_RKG)
        if iri.startswith(_RKG) and re.fullmatch(r"[A-Za-z]\w*", local) and local not in self._taken:
            return local
        return self._compact(iri)

    def _compact(self, iri: str) -> str:
        for prefix, namespace in self._longest:
            if iri.startswith(namespace) and not iri[len(namespace) :].startswith("//"):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def _id(self, term: object) -> str:
        return self._compact(term.value) if isinstance(term, ox.NamedNode) else str(term)

    def _value(self, key: str, term: object) -> Any:
        type_ = self._types.get(key)
        if not isinstance(term, ox.Literal):
            return self._id(term) if type_ == "@id" else {"id": self._id(term)}
        if term.language is not None:
            more = {"@direction": term.direction.value} if term.direction is not None else {}
            return {"@value": term.value, "@language": term.language} | more
        datatype = term.datatype.value
        if type_ is None:
            if datatype == _XSD + "string":
                return term.value
            if datatype == _XSD + "integer" and _INTEGER.fullmatch(term.value):
                return int(term.value)
            if datatype == _XSD + "boolean" and term.value in ("true", "false"):
                return term.value == "true"
        elif datatype == type_:
            return term.value
        if datatype == _XSD + "string":
            return {"@value": term.value}
        return {"@value": term.value, "@type": self._compact(datatype)}
