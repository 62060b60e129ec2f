"""Plain text → the same text, every character and line end kept."""

from __future__ import annotations

from kg.readers.decoding import decode


def read(name: str, data: bytes) -> tuple[str, str]:
    """Text and encoding.

    Raises:
        UnreadableRelease: the bytes are no text.
    """
    return decode(name, data)
