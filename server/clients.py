"""Who asks: clients by their address, and how many requests each may send."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from functools import lru_cache
from typing import Final

from flask import request

from server.problems import Problem

_REMEMBERED: Final = 10_000


def client() -> str:
    """The client of this request."""
    return client_of(request.remote_addr or "")


@lru_cache(maxsize=1024)
def client_of(text: str) -> str:
    """The client behind an address: the IPv4 address, or the IPv6 network of 64 bits, which one household has."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return text


class RateLimit:
    """A bucket of tokens for each client of this process: `burst` of them, refilled at `rate` a second."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = burst
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # left, since when

    def take(self, name: str, now: float | None = None) -> float:
        """Take a token; 0 when there was one, otherwise the seconds until there is."""
        now = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._buckets.pop(name, (float(self._burst), now))
            left = min(self._burst, left + (now - since) * self._rate)
            wait = 0.0 if left >= 1 else (1 - left) / self._rate
            self._buckets[name] = (left if wait else left - 1, now)
            if len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        return wait

    def check(self) -> None:
        """Count the request at work.

        Raises:
            Problem: its client has sent too many.
        """
        wait = self.take(client())
        if wait:
            raise Problem(
                429,
                "too-many-requests",
                "Too many requests",
                f"one client may send {self._rate:g} requests a second here, {self._burst} at once; wait a moment",
                headers={"Retry-After": str(math.ceil(wait))},
            )
