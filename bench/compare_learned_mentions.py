"""Names found by the rules against names found by a spaCy entity recogniser trained on the development half.

    python bench/compare_learned_mentions.py [TRAIN] [TEST] [--epochs N]

Both read the releases of TEST (by default tests/gold/test).  The recogniser is spaCy's own (hashed embeddings and a
convolutional encoder, no pretrained vectors: none can be had from the package index), trained on TRAIN (by default
tests/gold/development) with every occurrence of a name in the annotation as an example.

What is compared: for each release and kind of thing, the things that the annotation speaks of, found where any of
their names is found.  The annotation names only what facts are about, so that precision is a lower bound, the same
for both.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans, minibatch

from kg.extract import Extractor
from kg.model import Kind, Release
from kg.ontology import load_vocabulary
from kg.releases import read_release

GOLD: Final = Path(__file__).parents[1] / "tests" / "gold"
SEED: Final = 7
_DRUG, _ORGANIZATION, _PERSON, _DISEASE = "drug", "organisation", "person", "disease"
KINDS: Final = (_DRUG, _ORGANIZATION, _PERSON, _DISEASE)
_OUR_KINDS: Final = {
    Kind.DRUG: _DRUG,
    Kind.ORGANIZATION: _ORGANIZATION,
    Kind.PERSON: _PERSON,
    Kind.DISEASE: _DISEASE,
}
#: relation → kind of its subject, kind of its object
_ENDS: Final = {
    "develops": (_ORGANIZATION, _DRUG),
    "ticker": (_ORGANIZATION, None),
    "role": (_PERSON, _ORGANIZATION),
    "collaboration": (_ORGANIZATION, _ORGANIZATION),
    "drug_indication": (_DRUG, _DISEASE),
    "drug_platform": (_DRUG, None),
    "drug_target": (_DRUG, None),
    "designation": (_DRUG, None),
    "trial": (_DRUG, None),
    "dose": (_DRUG, None),
    "result": (_DRUG, None),
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A release and, for each thing that its annotation speaks of, the kind and every name."""

    release: Release
    things: tuple[tuple[str, frozenset[str]], ...]


def normal(name: str) -> str:
    """A name as it is compared."""
    return re.sub(r"[\s®™]+", " ", name).strip(" .,").casefold()


def read(folder: Path) -> list[Annotated]:
    """The releases of a folder with their annotation, without what is optional in it."""
    out = []
    for path in sorted(folder.glob("*.json")):
        things: dict[tuple[str, frozenset[str]], None] = {}
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            if fact.get("optional"):
                continue  # contacts, comparators
            for end, kind in zip("so", _ENDS.get(fact["rel"], (None, None)), strict=True):
                if kind is not None and fact[end]:
                    names = frozenset(map(normal, [fact[end], *fact.get(f"{end}_alt", ())]))
                    things[kind, names] = None
        out.append(Annotated(read_release(path.with_suffix(".txt")), tuple(things)))
    return out


def example(nlp: spacy.language.Language, annotated: Annotated) -> Iterator[Example]:
    """One training example for each paragraph, every occurrence of a name labelled."""
    for paragraph in re.split(r"\n\s*\n", annotated.release.text):
        text = " ".join(paragraph.split())
        if not text:
            continue
        doc = nlp.make_doc(text)
        spans = []
        for kind, names in annotated.things:
            for name in names:
                pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
                for found in re.finditer(pattern, text, re.IGNORECASE) if len(name) > 1 else ():
                    span = doc.char_span(*found.span(), label=kind, alignment_mode="expand")
                    if span is not None:
                        spans.append(span)
        entities = [(s.start_char, s.end_char, s.label_) for s in filter_spans(spans)]
        yield Example.from_dict(doc, {"entities": entities})


def trained(releases: Iterable[Annotated], epochs: int) -> spacy.language.Language:
    """A recogniser trained from nothing; the same for the same releases."""
    random.seed(SEED)
    spacy.util.fix_random_seed(SEED)
    nlp = spacy.blank("en")
    recognizer = nlp.add_pipe("ner")
    for kind in KINDS:
        recognizer.add_label(kind)
    examples = [e for annotated in releases for e in example(nlp, annotated)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(epochs):
        random.shuffle(examples)
        for batch in minibatch(examples, size=16):
            nlp.update(batch, sgd=optimizer, drop=0.2)
    return nlp


def learned_names(nlp: spacy.language.Language, release: Release) -> set[tuple[str, str]]:
    """(kind, name) of what the recogniser finds."""
    paragraphs = (" ".join(p.split()) for p in re.split(r"\n\s*\n", release.text))
    docs: Iterable[Doc] = nlp.pipe(p for p in paragraphs if p)
    return {(span.label_, normal(span.text)) for doc in docs for span in doc.ents}


def rule_names(extractor: Extractor, release: Release) -> set[tuple[str, str]]:
    """(kind, name) of what the rules find."""
    return {
        (_OUR_KINDS[mention.entity.kind], normal(name))
        for sentence in extractor.read(release).sentences
        for mention in sentence.mentions
        if mention.entity.kind in _OUR_KINDS
        for name in (mention.text, mention.entity.label)
    }


def score(releases: list[Annotated], found: list[set[tuple[str, str]]], kind: str) -> tuple[float, float]:
    """Share of the things found, and share of the names found that belong to a thing."""
    things = hits = names = right = 0
    for annotated, predicted in zip(releases, found, strict=True):
        mine = {name for k, name in predicted if k == kind}
        wanted = [aliases for k, aliases in annotated.things if k == kind]
        things += len(wanted)
        hits += sum(bool(aliases & mine) for aliases in wanted)
        names += len(mine)
        right += sum(any(name in aliases for aliases in wanted) for name in mine)
    return hits / max(things, 1), right / max(names, 1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("train", nargs="?", type=Path, default=GOLD / "development")
    parser.add_argument("test", nargs="?", type=Path, default=GOLD / "test")
    parser.add_argument("--epochs", type=int, default=20)
    arguments = parser.parse_args()
    training, test = read(arguments.train), read(arguments.test)
    extractor = Extractor(load_vocabulary())
    nlp = trained(training, arguments.epochs)
    by_rule = [rule_names(extractor, a.release) for a in test]
    learned = [learned_names(nlp, a.release) for a in test]
    both = [ours | theirs for ours, theirs in zip(by_rule, learned, strict=True)]
    print(f"trained on {len(training)} releases, compared on {len(test)}")
    print("| kind | things | rules: found | rules: right | learned: found | learned: right | either: found |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        things = sum(k == kind for a in test for k, _ in a.things)
        cells = [*score(test, by_rule, kind), *score(test, learned, kind), score(test, both, kind)[0]]
        print(f"| {kind} | {things} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")


if __name__ == "__main__":
    main()
