"""Sort more lines than memory holds: runs sorted in memory, written to files, merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, Final

#: Bytes of lines that are sorted at once.
RUN: Final = 48 << 20
#: Runs that are merged at once; each is an open file.
_MOST_FILES: Final = 100
_OF_A_LINE: Final = 60  # what Python adds to the bytes of a line


def sorted_lines(lines: Iterable[bytes], *, run: int = RUN) -> Iterator[bytes]:
    """The lines in the order of their bytes, each once.

    Args:
        lines: without line feeds.
        run: how many bytes to sort at once in memory; what is more goes through temporary files.

    Raises:
        OSError: the temporary files cannot be written.
    """
    lines = iter(lines)
    files: list[BinaryIO] = []
    try:
        while True:
            block = sorted(set(_taken(lines, run)))
            if not files and not (more := list(islice(lines, 1))):
                yield from block
                return
            if not block:
                break
            files.append(_written(block))
            del block
            if len(files) == 1:
                lines = _chained(more, lines)
            if len(files) >= _MOST_FILES:
                merged = _written(_merged(files))
                _close(files)
                files = [merged]
        yield from _merged(files)
    finally:
        _close(files)


def _taken(lines: Iterator[bytes], size: int) -> Iterator[bytes]:
    for line in lines:
        yield line
        size -= len(line) + _OF_A_LINE
        if size <= 0:
            return


def _chained(first: Iterable[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from first
    yield from rest


def _written(lines: Iterable[bytes]) -> BinaryIO:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is merged
    file.writelines(line + b"\n" for line in lines)
    file.seek(0)
    return file


def _merged(files: Iterable[BinaryIO]) -> Iterator[bytes]:
    last = None
    for line in heapq.merge(*files):
        if line != last:
            last = line
            yield line[:-1]


def _close(files: Iterable[BinaryIO]) -> None:
    for file in files:
        file.close()
