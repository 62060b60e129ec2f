"""Markdown → text, by way of the HTML that it stands for."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import UnreadableRelease
from kg.readers import html
from kg.readers.decoding import decode

_DEEPEST: Final = 60  # what is nested deeper is left out; the parser recurses
_FRONT_MATTER: Final = re.compile(
    r"---[ \t]*\r?\n(.{0,8000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_TITLE: Final = re.compile(r"^title:[ \t]*([\"']?)(.+?)\1[ \t]*$", re.MULTILINE)
_HEADING: Final = re.compile(r"^(?:#\s|.+\n=+\s*$)", re.MULTILINE)


def read(name: str, data: bytes) -> tuple[str, str]:
    """Text and encoding; a title of the front matter is the headline where the text has none.

    Raises:
        UnreadableRelease: the bytes are no text, or there is nothing to read in them.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - needed for Markdown alone

    source, encoding = decode(name, data)
    front = _FRONT_MATTER.match(source)
    if front is not None:
        source = source[front.end() :]
        title = _TITLE.search(front[1])
        if title is not None and not _HEADING.search(source):
            source = f"# {title[2]}\n\n{source}"
    markup = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").render(source)
    text = html.text_of(markup)
    if not text:
        raise UnreadableRelease(name, "is Markdown without text")
    return text, encoding
