"""What commands write with: bytes on stdout, whole files, progress and numbers in words."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.explanation_lines import Line
    from kg.fact_view import FactLine

T = TypeVar("T")


def track(iterable: Iterable[T], description: str, total: int) -> Iterable[T]:
    """A progress bar where somebody is looking."""
    if not sys.stderr.isatty():
        return iterable
    from rich.console import Console
    from rich.progress import track

    return track(iterable, description, total=total, console=Console(stderr=True), transient=True)


def stdout() -> BinaryIO:
    """Bytes, so that data is UTF-8 whatever the locale."""
    return sys.stdout.buffer


def print_facts(lines: Iterable[FactLine]) -> None:
    """One JSON object a line."""
    out = stdout()
    for line in lines:
        out.write(json.dumps(line.as_json(), ensure_ascii=False).encode() + b"\n")


def print_lines(lines: Iterable[Line]) -> None:
    """Styled where somebody is looking, plain in a pipe."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False)
        for line in lines:
            console.print(Text.assemble(*line), soft_wrap=True)
        return
    for line in lines:
        stdout().write("".join(text for text, _ in line).rstrip().encode() + b"\n")


@contextmanager
def killable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: while Oxigraph evaluates, Python would not see it until the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def writing_to(path: Path | None) -> Iterator[BinaryIO]:
    """Where to write; a file appears under its name only when it is whole."""
    if path is None:
        yield stdout()
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield from _packing(path.suffix.casefold(), file)
        beside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _packing(extension: str, file: BinaryIO) -> Iterator[BinaryIO]:
    """The file, or what compresses into it: the same content gives the same bytes, whatever the name and the time."""
    if extension == ".gz":
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
            yield packed  # type: ignore[misc]  # a file that is written: typeshed gives the module its own base
    elif extension == ".bz2":
        with bz2.BZ2File(file, "wb") as packed:
            yield packed  # type: ignore[misc]  # a file that is written: typeshed gives the module its own base
    elif extension == ".xz":
        with lzma.LZMAFile(file, "wb") as packed:
            yield packed  # type: ignore[misc]  # a file that is written: typeshed gives the module its own base
    elif extension == ".zst":
        with _zstd(file) as packed:
            yield packed
    else:
        yield file


def _zstd(file: BinaryIO) -> BinaryIO:
    """What compresses into a file; Python itself knows Zstandard from 3.14 on only, pyarrow brings it.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise InputError(
            "files that end in .zst need pyarrow: pip install 'releasekg[parquet]'; .gz, .bz2 and .xz do not"
        ) from error
    packed: BinaryIO = pa.CompressedOutputStream(file, "zstd")
    return packed


def counted(count: int, noun: str) -> str:
    """ "1 fact", "1,234 facts"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(names: Sequence[str]) -> str:
    """The first ten names, and how many more there are."""
    shown = ", ".join(names[:10])
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")
