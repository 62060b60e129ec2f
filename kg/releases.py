"""Release files → `Release`: which files there are, and their text as read out; first stage of the flow."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from kg.errors import InputError, UnreadableRelease
from kg.model import Release
from kg.readers import html, markdown, pdf, plain

#: A press release has a few thousand characters; what is larger than this is something else.
LARGEST: Final = 20 * 1024 * 1024

_READERS: Final[dict[str, Callable[[str, bytes], tuple[str, str]]]] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".pdf": pdf.read,
}
#: The suffixes of the files that a folder is searched for.
SUFFIXES: Final = tuple(_READERS)


def find_releases(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The release files among files and folders, sorted by stem; a folder gives those with a known suffix.

    Raises:
        InputError: a path does not exist, a folder holds no release, or two files would be one release
            because they have the same stem.
    """
    found: dict[Path, Path] = {}  # resolved → as given, so that a file named twice is read once
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.iterdir() if p.suffix.lower() in _READERS and p.is_file())
            if not files:
                raise InputError(f"{path}: no release here: looked for files named *{', *'.join(SUFFIXES)}")
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
    """Read one release, by the suffix of its file; one with another suffix, or none, is taken for plain text.

    Plain text keeps every character and line end of the file, without the byte-order mark.  Of other formats the text
    is what was read out of them (see `kg.readers`).

    Raises:
        UnreadableRelease: the file cannot be opened, is empty, damaged, locked, too large, or something else.
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
    if not data.strip():
        raise UnreadableRelease(name, "is empty")
    text, encoding = _READERS.get(path.suffix.lower(), plain.read)(name, data)
    if not text.strip():
        raise UnreadableRelease(name, "is empty")
    return Release(path.stem, path.name, text, encoding, hashlib.sha256(data).hexdigest())
