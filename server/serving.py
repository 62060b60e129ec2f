"""How gunicorn is set for this server: `kg serve` runs by it, and so does the peer of its benchmark."""

from __future__ import annotations

from typing import Any, Final

from server.settings import Settings

_THREADS_FOR_PAGES: Final = 32


def gunicorn_settings(settings: Settings, *, workers: int) -> dict[str, Any]:
    """The settings of gunicorn that do not depend on what is served.

    Args:
        settings: of the server.
        workers: server processes.
    """
    return {
        "workers": workers,
        "worker_class": "server.connections.Worker",
        # Every query that runs or waits holds a thread; pages must find one nevertheless.
        "threads": settings.query_workers * 2 + settings.query_queue + _THREADS_FOR_PAGES,
        "limit_request_line": 8190,  # the most that gunicorn allows: real GET queries are long
        # Whoever is being answered when the server is told to end still gets the answer.
        "graceful_timeout": int(settings.query_timeout) + 5,
        "loglevel": "warning",
        "proc_name": "releasekg",
        "control_socket_disable": True,
    }
