"""Release and facts → its text for people: each sentence that states something, what it states, and by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from kg.extract.linked import LinkedDocument, LinkedSentence
from kg.model import Entity, Evidence, Fact, Mention, Quantity, Release, Value

#: Stretches of a line of output, each with a style of rich ("" for none).
Line: TypeAlias = tuple[tuple[str, str], ...]

_MODALITY_STYLE: Final = {
    "planned": "yellow",
    "hypothetical": "yellow",
    "negated": "red",
    "historical": "blue",
}

_LONGEST_QUALIFIERS: Final = 200


def annotated(document: LinkedDocument, facts: Sequence[Fact]) -> Iterator[Line]:
    """The sentences that state something, in the order of the text.

    Under a sentence stand its facts, with modality, confidence and the rule that read it there, then its mentions with
    line and column, kind, and what they were linked to.

    Args:
        document: a release as `Extractor.read` returns it.
        facts: as `Extractor.extract` returns them: names are those that the release uses.
    """
    release = document.release
    found: dict[LinkedSentence, list[tuple[Fact, Evidence]]] = defaultdict(list)
    for fact in facts:
        for evidence in fact.evidence:
            sentence = _sentence_at(document, evidence)
            if sentence is not None:
                found[sentence].append((fact, evidence))
    stated = len({id(fact) for pairs in found.values() for fact, _ in pairs})
    yield (
        (release.source, "bold"),
        (f"  {document.headline or '(no headline)'}", ""),
        (f"  {document.published or '(no date)'}", "dim"),
    )
    yield ((f"{_counted(stated, 'fact')} in {_counted(len(found), 'sentence')}", "dim"),)
    for sentence in document.sentences:
        if sentence in found:
            yield ()
            yield from _sentence_lines(release, sentence, found[sentence])


def _sentence_at(document: LinkedDocument, evidence: Evidence) -> LinkedSentence | None:
    """The sentence in which evidence begins, or else the first that it touches."""
    for sentence in document.sentences:
        if sentence.start <= evidence.start < sentence.end:
            return sentence
    touching = (s for s in document.sentences if s.start < evidence.end and evidence.start < s.end)
    return next(touching, None)


def _sentence_lines(
    release: Release, sentence: LinkedSentence, found: Sequence[tuple[Fact, Evidence]]
) -> Iterator[Line]:
    line, column = release.line_column(sentence.start)
    yield (
        (f"{release.source}:{line}:{column}", "green"),
        (
            f"  {sentence.section.kind}{f' ({title})' if (title := _one_line(sentence.section.title)) else ''}",
            "dim",
        ),
    )
    yield _marked(release, sentence)
    for fact, evidence in found:
        yield _fact_line(fact, evidence)
    if sentence.mentions:
        yield (("    mentions", "dim"),)
    for mention in sentence.mentions:
        yield _mention_line(release, mention)


def _marked(release: Release, sentence: LinkedSentence) -> Line:
    """The sentence as printed, on one line, its mentions in a style of their own."""
    parts: list[tuple[str, str]] = [("  ", "")]
    at = sentence.start
    for mention in sentence.mentions:
        parts.append((_spaced(release.text[at : mention.start]), ""))
        parts.append((_spaced(release.text[mention.start : mention.end]), "bold underline"))
        at = mention.end
    parts.append((_spaced(release.text[at : sentence.end]), ""))
    return tuple(parts)


def _fact_line(fact: Fact, evidence: Evidence) -> Line:
    subject = "" if fact.subject is None else f"{fact.subject.label} → "
    values: dict[str, list[str]] = defaultdict(list)
    for name, value in fact.qualifiers:
        values[name].append(_text(value))
    qualifiers = _cut("; ".join(f"{name} {', '.join(texts)}" for name, texts in values.items()))
    return (
        (f"    {fact.relation}", "cyan"),
        (f"  {_one_line(subject + _text(fact.object))}", "bold"),
        (f"  [{qualifiers}]" if qualifiers else "", ""),
        (f"  {fact.modality}", _MODALITY_STYLE.get(fact.modality, "dim")),
        (f" {fact.confidence:g}  ", "dim"),
        (evidence.rule, "magenta"),
    )


def _mention_line(release: Release, mention: Mention) -> Line:
    line, column = release.line_column(mention.start)
    entity = mention.entity
    linked = entity.label if entity.concept is None else f"{entity.label} ({entity.concept})"
    return (
        (f"      {line}:{column}", "green"),
        (f"  {mention.start}-{mention.end}", "dim"),
        (f"  “{_one_line(mention.text)}”  ", ""),
        (f"{entity.kind}", "cyan"),
        (f" → {linked}", ""),
    )


def _text(value: Value) -> str:
    if isinstance(value, Entity):
        return value.label
    return value.text if isinstance(value, Quantity) else str(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    text = _one_line(text)
    return text if len(text) <= _LONGEST_QUALIFIERS else text[: _LONGEST_QUALIFIERS - 1] + "…"


def _spaced(text: str) -> str:
    """Line ends and runs of blanks as one blank; those at the ends stay."""
    inner = _one_line(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
