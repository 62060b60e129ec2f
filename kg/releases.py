"""Release files → `Release`: which files there are, and their text exactly as decoded; first stage of the flow."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.errors import InputError, UnreadableRelease
from kg.model import Release

#: A press release has a few thousand characters; what is larger than this is something else.
LARGEST: Final = 20 * 1024 * 1024

_SUFFIX: Final = ".txt"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


def find_releases(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The release files among files and folders, sorted by stem; a folder gives its `*.txt` files.

    Raises:
        InputError: a path does not exist, a folder holds no release, or two files would be one release
            because they have the same stem.
    """
    found: dict[Path, Path] = {}  # resolved → as given, so that a file named twice is read once
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.iterdir() if p.suffix.lower() == _SUFFIX and p.is_file())
            if not files:
                raise InputError(f"{path}: no release here: looked for files named *{_SUFFIX}")
        elif path.exists():
            files = [path]
        else:
            raise InputError(f"{path}: no such file or folder")
        for file in files:
            found.setdefault(file.resolve(), file)
    by_stem: dict[str, Path] = {}
    for file in found.values():
        other = by_stem.setdefault(file.stem, file)
        if other is not file:
            raise InputError(
                f"{other} and {file}: both would be the release {file.stem!r}; rename or leave out one of them"
            )
    return tuple(by_stem[stem] for stem in sorted(by_stem))


def read_release(path: Path) -> Release:
    """Read one release; its text keeps every character and line end of the file, without the byte-order mark.

    Raises:
        UnreadableRelease: the file cannot be opened, is empty, binary or too large.
    """
    name = str(path)
    try:
        path.stem.encode()
    except UnicodeEncodeError as error:
        raise UnreadableRelease(
            name, "its name, which becomes the release's id, is not UTF-8; rename it"
        ) from error
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableRelease(
                name,
                f"has {size / 1024**2:.0f} MB, more than the {LARGEST // 1024**2} MB a release may have;"
                " split it into one file for each release",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableRelease(name, f"cannot be read: {error.strerror or error}") from error
    text, encoding = _decode(name, data)
    if not text.strip():
        raise UnreadableRelease(name, "is empty")
    return Release(path.stem, path.name, text, encoding, hashlib.sha256(data).hexdigest())


def _decode(name: str, data: bytes) -> tuple[str, str]:
    """Text and encoding: by byte-order mark, else UTF-8, else what the bytes look like."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(name, data.decode(encoding)), encoding
            except UnicodeDecodeError as error:
                raise UnreadableRelease(
                    name, f"is not the {encoding} text that it begins as: {error}"
                ) from error
    if b"\0" in data:
        raise UnreadableRelease(name, "is not text (it contains NUL bytes); save it as plain text")
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
    controls = sum(1 for c in text if ord(c) in _CONTROLS)
    if "\0" in text or controls > len(text) // 100:
        raise UnreadableRelease(name, "is not text (it contains control characters); save it as plain text")
    return text
