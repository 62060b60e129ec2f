"""What is done in the background: a new snapshot is prepared for its first pages and for what was asked for most."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from kg.errors import StoreError
from server import metrics

if TYPE_CHECKING:
    from server.response_cache import ResponseCache
    from server.site import Site

_LOG: Final = logging.getLogger(__name__)
#: Seconds between two looks at what is published; one file's state is all that is looked at.
_TICK: Final = 0.25
#: Seconds for the first requests after the start to go first.
_START: Final = 2.0


class Warming:
    """Prepares each snapshot once.

    Args:
        site: what is served.
        cache: knows what was asked for.
    """

    def __init__(self, site: Site, cache: ResponseCache) -> None:
        self._site = site
        self._cache = cache
        self._seen = ""
        self._stopped = threading.Event()

    def start(self) -> None:
        """Look from now on, until the process ends."""
        threading.Thread(target=self._run, name="warming", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def look(self) -> None:
        """Prepare what is published, if it is new."""
        try:
            if self._site.snapshots.current_id() == self._seen:
                return
            graph = self._site.graph()
        except StoreError:  # told to whoever asks
            return
        self._seen = graph.snapshot.id
        self._site.pool.warm_up(str(graph.snapshot.dataset_path))
        try:
            self._site.prepare_columns(graph)
            graph.reader.prepare()
        except StoreError as error:  # the pages say so too
            _LOG.warning("snapshot %s could not be prepared: %s", self._seen, error)
            return
        self._cache.renew()

    def _run(self) -> None:
        wait = _START
        while not self._stopped.wait(wait):
            self.look()
            metrics.look_at(self._site.pool, self._cache)
            wait = _TICK
