"""Bytes → characters: by byte-order mark, by what the file declares, else by what the bytes look like."""

from __future__ import annotations

import codecs
import re
from typing import Final

from kg.errors import UnreadableRelease

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x1b")
#: What files are often taken for by their suffix, and what they begin with.
_FOREIGN: Final = (
    (b"%PDF-", "a PDF", "name it .pdf"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as .txt or .pdf"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as .txt or .pdf"),
    (b"{\\rtf", "a rich-text document", "save it as .txt or .pdf"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
)
#: The WHATWG Encoding Standard (§4.2) reads these labels as Windows-1252, as browsers do.
_WESTERN_LABELS: Final = frozenset((
    "ascii", "us-ascii", "latin1", "latin-1", "iso-8859-1", "iso8859-1", "l1", "cp1252", "x-cp1252",
))  # fmt: skip
_META: Final = re.compile(
    rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
#: HTML, §13.2.3.2: the declaration must stand in the first 1,024 bytes; SEC's wrappers push it further down.
_META_WITHIN: Final = 4096


def decode(name: str, data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """Text and encoding.

    Args:
        name: the file, for messages.
        data: its bytes.
        declared: encoding that the file itself names; one that does not fit the bytes is not believed.

    Raises:
        UnreadableRelease: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(name, data.decode(encoding)), encoding
            except UnicodeDecodeError as error:
                raise UnreadableRelease(
                    name, f"is not the {encoding} text that it begins as: {error}"
                ) from error
    refuse_foreign(name, data)
    if b"\0" in data:
        raise UnreadableRelease(name, "is not text (it contains NUL bytes); save it as plain text")
    if declared is not None:
        try:
            return _checked(name, data.decode(declared)), declared
        except UnicodeDecodeError:
            pass  # declared by a template, written by another program
    try:
        return _checked(name, data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass  # an older encoding: find out which
    western = _western(data)
    if western is not None:
        return _checked(name, western), "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - costs time that UTF-8 files need not pay

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableRelease(name, "is not text in any known encoding; save it as UTF-8")
    return _checked(name, str(best)), best.encoding


def declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML page declares, by the name that Python has for it; None if it names none known."""
    found = _META.search(data[:_META_WITHIN])
    if found is None:
        return None
    label = (found[1] or found[2]).decode("ascii").lower()
    if label in _WESTERN_LABELS:
        return "cp1252"
    if label.startswith(("utf-16", "utf-32")):
        return "utf-8"  # the declaration was read as ASCII, so it cannot be true (HTML, §13.2.3.2)
    try:
        b"a".decode(label)  # only this tells encodings of text from Python's other codecs (hex, zip)
    except (LookupError, UnicodeError):
        return None
    return codecs.lookup(label).name


def refuse_foreign(name: str, data: bytes, *, known: bytes = b"") -> None:
    """Raise for bytes of a well-known format that is not the one of the file's suffix.

    Raises:
        UnreadableRelease: they are; says what to do.
    """
    for start, what, remedy in _FOREIGN:
        if start != known and data.startswith(start):
            raise UnreadableRelease(name, f"is {what}; {remedy}")


def _western(data: bytes) -> str | None:
    """The text as Windows-1252 (printable Latin-1 is part of it), if that is what it looks like.

    A statistical detector takes a page of English with five accented letters for any of a dozen code pages;
    where non-ASCII bytes are rare it is Western.
    """
    if sum(1 for byte in data if byte >= 0x80) * 10 > len(data):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _checked(name: str, text: str) -> str:
    """The text, unless control characters show that it is something else."""
    controls = sum(text.count(c) for c in _CONTROLS)
    if "\0" in text or controls > len(text) // 100:
        raise UnreadableRelease(name, "is not text (it contains control characters); save it as plain text")
    return text
