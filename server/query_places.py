"""Who may run now: the places of the query pool, and the queue before them.

A query starts in one of a few fresh places.  When its slice is over it moves to one of as many long places; when
those are taken it goes on while no fresh query waits, and is ended when one does.  A text that has overstayed before
goes to a long place from the start.  So cheap queries find a fresh place free while hostile ones run, wait and come
again.  Among those that wait, a client with nothing at work goes first, then the last to come: whoever has waited
long has likely given up already.  A client that has had a long query is not given the last fresh place for a while.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from typing import Final

_REMEMBERED: Final = 1024
_LONGEST: Final = 4096
#: Seconds after which a client's last long query is forgotten.
_SUSPICION: Final = 30.0


def _known_by(text: str) -> str:
    """What a query is remembered by: its text with white space collapsed, of a long one a digest."""
    if len(text) > _LONGEST:
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()
    return " ".join(text.split())


class NoPlace(Exception):
    """There is no room for a query; the message says why."""


@dataclass(slots=True, eq=False)
class Turn:
    """A query on its way through the places.

    Attributes:
        text: what the query is remembered by if it is a slow one.
        client: who asks.
        since: when it came, and from then on when it got its place (monotonic seconds).
        place: "fresh", "long", or "" for neither.
    """

    text: str
    client: str
    since: float
    place: str = ""
    granted: threading.Event = field(default_factory=threading.Event)


class Places:
    """The places and the queue; safe to use from many threads.

    Args:
        places: fresh places, and again as many long ones.
        queue: how many may wait.
        slice_: seconds after which a query counts as a long one.
        patience: seconds that a query waits.
    """

    def __init__(self, *, places: int, queue: int, slice_: float, patience: float) -> None:
        self._places = places
        self._queue = queue
        self._slice = slice_
        self._patience = patience
        self._lock = threading.Lock()
        self._taken: dict[str, set[Turn]] = {"fresh": set(), "long": set()}
        self._waiting: list[Turn] = []
        self._slow: OrderedDict[str, None] = OrderedDict()
        self._overstayed: OrderedDict[str, float] = OrderedDict()  # when each client did so last

    def enter(self, text: str, client: str = "") -> Turn:
        """Wait for a place.

        Raises:
            NoPlace: too many wait, or none came free in time.
        """
        turn = Turn(_known_by(text), client, time.monotonic())
        with self._lock:
            taken = len(self._taken["fresh"]) + self.is_suspect(client)
            if self._waiting or turn.text in self._slow or taken >= self._places:
                self._waiting.append(turn)
                self._admit()
            else:  # nothing to weigh: as a rule, a query finds a place free
                turn.place = "fresh"
                self._taken["fresh"].add(turn)
                return turn
            if not turn.place and len(self._waiting) > self._queue:
                self._send_away()
        if turn.granted.wait(self._patience) and turn.place:
            return turn
        with self._lock:
            if turn.place:  # granted just now
                return turn
            if turn not in self._waiting:
                raise NoPlace("too many queries are waiting")
            self._waiting.remove(turn)
        raise NoPlace("no place came free in time")

    def leave(self, turn: Turn) -> None:
        """Give the place back."""
        with self._lock:
            if turn.place:
                self._taken[turn.place].remove(turn)
                turn.place = ""
            if time.monotonic() - turn.since < self._slice:
                self._slow.pop(turn.text, None)
            if self._waiting:
                self._admit()

    def review(self, turn: Turn) -> bool:
        """Look at a query at work; True when its slice is over and it has just moved to a long place.

        Raises:
            NoPlace: there is no room for another long query, and a fresh one waits.
        """
        if turn.place != "fresh" or time.monotonic() - turn.since < self._slice:
            return False
        with self._lock:
            self._slow[turn.text] = None
            self._slow.move_to_end(turn.text)
            self._overstayed[turn.client] = time.monotonic()
            self._overstayed.move_to_end(turn.client)
            for memory in (self._slow, self._overstayed):
                if len(memory) > _REMEMBERED:
                    memory.popitem(last=False)
            if self._move(turn):
                return True
            if any(waiting.text not in self._slow for waiting in self._waiting):
                raise NoPlace(
                    f"all places for queries that take longer than {self._slice:g} s are taken, and others wait"
                )
        return False

    def _move(self, turn: Turn) -> bool:
        """Move a query to a long place, if there is one; the lock is held."""
        if len(self._taken["long"]) == self._places:
            return False
        self._taken["fresh"].remove(turn)
        self._taken["long"].add(turn)
        turn.place = "long"
        self._admit()
        return True

    def count(self, place: str) -> int:
        """How many queries are in the places of one sort."""
        with self._lock:
            return len(self._taken[place])

    def waiting(self) -> int:
        """How many queries wait."""
        with self._lock:
            return len(self._waiting)

    def _send_away(self) -> None:
        """Take the last comer of the client that has most queries waiting out of the queue; the lock is held.

        So a client that fills the queue keeps itself out of it, and nobody else.
        """
        shares = Counter(turn.client for turn in self._waiting)
        most = max(shares.values())
        turn = max((t for t in self._waiting if shares[t.client] == most), key=lambda t: t.since)
        self._waiting.remove(turn)
        turn.granted.set()

    def is_suspect(self, client: str) -> bool:
        """Whether a client had a query that overstayed, a moment ago: the last fresh place is kept for others."""
        if not client or self._places == 1:
            return False
        return time.monotonic() - self._overstayed.get(client, -_SUSPICION) < _SUSPICION

    def _admit(self) -> None:
        """Give the free places to those that wait; the lock is held."""
        while True:
            at_work = Counter(turn.client for taken in self._taken.values() for turn in taken)
            quick = [turn for turn in self._waiting if turn.text not in self._slow]
            slow = [turn for turn in self._waiting if turn.text in self._slow]
            free = {place: self._places - len(taken) for place, taken in self._taken.items()}
            if free["fresh"] == 1:
                quick = [turn for turn in quick if not self.is_suspect(turn.client)]
            if quick and free["fresh"]:
                self._give(min(quick, key=lambda turn: (at_work[turn.client], -turn.since)), "fresh")
            elif slow and free["long"]:
                self._give(min(slow, key=lambda turn: (at_work[turn.client], turn.since)), "long")
            elif slow and free["fresh"] > 1:  # the last one is kept for a quick query
                self._give(min(slow, key=lambda turn: (at_work[turn.client], turn.since)), "fresh")
            else:
                return

    def _give(self, turn: Turn, place: str) -> None:
        self._waiting.remove(turn)
        turn.place = place
        turn.since = time.monotonic()
        self._taken[place].add(turn)
        turn.granted.set()
