"""The text of a release is cut, never changed."""

from hypothesis import given
from hypothesis import strategies as st

from server.highlighting import Span, segments

TEXT = "0123456789"
SPANS = st.builds(Span, st.integers(-2, 12), st.integers(-2, 12))


@given(st.text(max_size=30), st.lists(SPANS, max_size=8))
def test_the_pieces_are_the_text(text: str, spans: list[Span]) -> None:
    """Joined, the pieces are the text, whatever the spans are."""
    assert "".join(segment.text for segment in segments(text, spans)) == text


@given(st.lists(SPANS, max_size=8))
def test_every_character_knows_its_spans(spans: list[Span]) -> None:
    """A piece has exactly the spans that cover it, and a span begins once."""
    inside = {span for span in spans if 0 <= span.start < span.end <= len(TEXT)}
    offset = 0
    begun = []
    for segment in segments(TEXT, spans):
        for position in range(offset, offset + len(segment.text)):
            assert set(segment.spans) == {s for s in inside if s.start <= position < s.end}
        begun += segment.begins
        offset += len(segment.text)
    assert sorted(begun) == sorted(inside)


def test_overlapping_spans() -> None:
    """Two spans that overlap give three pieces; the shorter one comes first."""
    found = segments(TEXT, [Span(1, 5), Span(3, 9)])
    assert [(s.text, [span.id for span in s.spans]) for s in found] == [
        ("0", []),
        ("12", ["1-5"]),
        ("34", ["1-5", "3-9"]),
        ("5678", ["3-9"]),
        ("9", []),
    ]
