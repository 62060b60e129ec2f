"""Facts of releases that were read before, so that a build reads only what is new to it.

What a release states depends on the release, the rules and the vocabulary alone; where none of them
changed, its facts are taken from the data directory.  The cache is no source: it may be deleted at any time, and an
entry that is damaged is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from decimal import Decimal
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.model import Entity, Evidence, Fact, Kind, Modality, Quantity, Release, Value, Vocabulary

FORMAT: Final = 1
#: What decides about facts beside the rules themselves.
_GROUND: Final = ("model.py", "fact_cache.py")


class FactCache:
    """The facts of releases in `data/cache`, one compressed file for each release as it was read.

    Attributes:
        used: names of the entries that were asked for; `prune` removes the others.
    """

    def __init__(self, data: Path, vocabulary: Vocabulary) -> None:
        self._folder = data / "cache"
        self._version = _version(vocabulary)
        self.used: set[str] = set()

    def get(self, release: Release) -> tuple[Fact, ...] | None:
        """What a release states, or None where it has to be read."""
        path = self._path(release)
        self.used.add(path.name)
        try:
            raw = json.loads(gzip.decompress(path.read_bytes()))
            return tuple(_facts(raw, release))
        except FileNotFoundError:
            return None
        except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError):
            return None  # half-written or damaged: it is only a copy of what can be read again

    def put(self, release: Release, facts: Iterable[Fact]) -> None:
        """Keep what a release states, before `kg.resolution`.

        Raises:
            StoreError: the data directory cannot be written.
        """
        content = gzip.compress(json.dumps(_raw(facts), ensure_ascii=False).encode(), mtime=0)
        path = self._path(release)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        except OSError as error:
            raise StoreError(f"{self._folder}: cannot be written: {error.strerror or error}") from error

    def prune(self) -> None:
        """Remove what was not asked for: releases that are gone, and what older rules read."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in self.used:
                    path.unlink(missing_ok=True)

    def _path(self, release: Release) -> Path:
        key = "\n".join((self._version, release.id, release.source, release.encoding, release.text))
        return self._folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}.json.gz"


def _version(vocabulary: Vocabulary) -> str:
    """A digest of everything but the release that decides about its facts."""
    digest = hashlib.sha256(f"{FORMAT} {version('spacy')} {vocabulary.concepts!r}".encode())
    package = files("kg")
    for name, content in sorted(_contents(package.joinpath("extract"))):
        digest.update(name.encode() + b"\0" + content)
    for name in _GROUND:
        digest.update(package.joinpath(name).read_bytes())
    return digest.hexdigest()


def _contents(folder: Traversable, prefix: str = "") -> Iterable[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _contents(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_bytes()


def _raw(facts: Iterable[Fact]) -> dict[str, Any]:
    """JSON values; an entity is written once, and named by its number."""
    entities: dict[Entity, int] = {}

    def value(item: Value | None) -> Any:
        if isinstance(item, Entity):
            return {"e": entities.setdefault(item, len(entities))}
        if isinstance(item, Quantity):
            return {"q": [item.text, None if item.value is None else str(item.value), item.unit]}
        if isinstance(item, Decimal):
            return {"d": str(item)}
        return item

    rows = [
        [
            fact.relation,
            value(fact.subject),
            value(fact.object),
            [[name, value(item)] for name, item in fact.qualifiers],
            fact.modality.value,
            fact.confidence,
            [[e.start, e.end, e.rule, e.section] for e in fact.evidence],
        ]
        for fact in facts
    ]
    named = [[e.kind.value, e.label, e.alt, e.hidden, e.concept, e.keys] for e in entities]
    return {"entities": named, "facts": rows}


def _facts(raw: dict[str, Any], release: Release) -> Iterable[Fact]:
    entities = [
        Entity(Kind(kind), label, tuple(alt), tuple(hidden), concept, tuple(keys))
        for kind, label, alt, hidden, concept, keys in raw["entities"]
    ]

    def value(item: Any) -> Any:
        if not isinstance(item, dict):
            return item
        [(tag, content)] = item.items()
        if tag == "e":
            return entities[content]
        if tag == "q":
            text, number, unit = content
            return Quantity(text, None if number is None else Decimal(number), unit)
        return Decimal(content)

    for relation, subject, object_, qualifiers, modality, confidence, evidence in raw["facts"]:
        yield Fact(
            relation,
            value(subject),
            value(object_),
            tuple((name, value(item)) for name, item in qualifiers),
            Modality(modality),
            confidence,
            tuple(
                Evidence(release.id, start, end, release.text[start:end], rule, section)
                for start, end, rule, section in evidence
            ),
        )
