"""Has the server give memory back: glibc keeps what each thread has freed, and a hundred threads keep a lot."""

from __future__ import annotations

import ctypes
from typing import Final

# malloc.h of glibc
_M_TRIM_THRESHOLD: Final = -1
_M_ARENA_MAX: Final = -8


def return_freed_memory() -> None:
    """Have all threads share two pools of memory, the freed end of which goes back to the system from 1 MiB on.

    To be called before there are threads.  Other C libraries than glibc have no such setting, and nothing is done.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)
        mallopt(_M_TRIM_THRESHOLD, 1024 * 1024)
