"""The queries at work: what they are, since when, and how they are ended by hand.

A server has several processes, and whoever asks reaches one of them.  A query that has become a long one is therefore
told in a folder that they share; a request to end it is a file beside it, which its process sees within a tick.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

#: Names the folder that the processes of one server share; without it each knows its own queries alone.
FOLDER: Final = "KG_RUNTIME"
_ID: Final = re.compile(r"\d+-\d+")


@dataclass(frozen=True, slots=True)
class Running:
    """A query at work.

    Attributes:
        id: process and number; names it in `cancel`.
        query: its text.
        client: who asked.
        started: seconds since the epoch.
        long: whether it has overstayed its first slice.
    """

    id: str
    query: str
    client: str
    started: float
    long: bool = False

    @property
    def seconds(self) -> float:
        """How long it has been at work."""
        return max(0.0, time.time() - self.started)


class RunningQueries:
    """The queries at work; safe to use from many threads."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._mine: dict[str, Running] = {}
        self._ended: set[str] = set()
        self._number = itertools.count(1)

    @classmethod
    def shared(cls) -> RunningQueries:
        """Those of the server that this process is part of."""
        folder = os.environ.get(FOLDER)
        return cls(Path(folder) if folder else None)

    def enter(self, query: str, client: str) -> str:
        """A query begins; its id."""
        id_ = f"{os.getpid()}-{next(self._number)}"
        with self._lock:
            self._mine[id_] = Running(id_, query, client, time.time())
        return id_

    def tell(self, id_: str) -> None:
        """A query has become a long one: let the other processes know."""
        with self._lock:
            running = self._mine[id_] = replace(self._mine[id_], long=True)
        if self._folder is not None:
            beside = self._folder / f".{id_}"
            beside.write_text(json.dumps(asdict(running)), encoding="utf-8")
            beside.replace(self._folder / f"{id_}.query")

    def leave(self, id_: str) -> None:
        """A query has ended."""
        with self._lock:
            running = self._mine.pop(id_)
            self._ended.discard(id_)
        if running.long and self._folder is not None:
            for suffix in ("query", "cancel"):
                with suppress(FileNotFoundError):
                    (self._folder / f"{id_}.{suffix}").unlink()

    def is_cancelled(self, id_: str) -> bool:
        """Whether somebody wants it ended; asked at every tick."""
        if id_ in self._ended:
            return True
        return self._folder is not None and self._mine[id_].long and (self._folder / f"{id_}.cancel").exists()

    def all(self, *, alive: Callable[[int], bool] | None = None) -> tuple[Running, ...]:
        """The queries at work here, and the long ones of the other processes; the oldest first.

        Args:
            alive: whether a process lives; what a dead one has left is swept.
        """
        alive = alive or _lives
        with self._lock:
            found = dict(self._mine)
        for path in sorted(self._folder.glob("*.query")) if self._folder is not None else ():
            if path.stem in found:
                continue
            if not alive(int(path.stem.partition("-")[0])):
                path.unlink(missing_ok=True)
                continue
            with suppress(FileNotFoundError, ValueError, TypeError):  # it has just ended
                found[path.stem] = Running(**json.loads(path.read_text(encoding="utf-8")))
        return tuple(sorted(found.values(), key=lambda running: running.started))

    def cancel(self, id_: str) -> bool:
        """Have a query ended; False when there is none with this id."""
        if not _ID.fullmatch(id_):
            return False
        with self._lock:
            if id_ in self._mine:
                self._ended.add(id_)
                return True
        if self._folder is None or not (self._folder / f"{id_}.query").exists():
            return False
        (self._folder / f"{id_}.cancel").touch()
        return True


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
