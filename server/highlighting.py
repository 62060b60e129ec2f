"""Cuts a release's text at the borders of its evidence, so that a page can mark it without changing a character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, in character offsets."""

    start: int
    end: int

    @property
    def id(self) -> str:
        """The last segment of the evidence's IRI."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text that the same spans cover throughout.

    Attributes:
        text: the exact characters.
        spans: what covers it, the shortest first; empty for plain text.
        begins: the spans that begin with it.
    """

    text: str
    spans: tuple[Span, ...]
    begins: tuple[Span, ...]


def segments(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    """The text in pieces; joined, they are the text again.

    Spans may overlap, nest and coincide; what lies outside the text, or is empty, is left out.
    """
    inside = sorted({span for span in spans if 0 <= span.start < span.end <= len(text)})
    borders = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    out = []
    active: list[Span] = []
    waiting = iter([*inside, None])
    upcoming = next(waiting)
    for start, end in pairwise(borders):
        active = [span for span in active if span.end > start]
        begins = []
        while upcoming is not None and upcoming.start == start:
            begins.append(upcoming)
            upcoming = next(waiting)
        active += begins
        covering = sorted(active, key=lambda span: (span.end - span.start, span.start))
        out.append(Segment(text[start:end], tuple(covering), tuple(begins)))
    return tuple(out)
