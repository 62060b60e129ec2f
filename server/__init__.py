"""The web face of releasekg: SPARQL endpoint, linked data and pages.

`create_app` is the application factory (`flask --app server run`); each subject has its blueprint.  Nothing heavy is
imported before it is called: the command line and the query workers import this package too.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app(
    data: Path | None = None,
    *,
    query_timeout: float | None = None,
    query_memory: int | None = None,
    query_workers: int | None = None,
    query_queue: int | None = None,
) -> Flask:
    """The application.

    Args:
        data: the data directory; by default `KG_DATA`, or `./data`.
        query_timeout: seconds that a user's query may take.
        query_memory: bytes of address space that a query worker may have.
        query_workers: fresh queries evaluated at once, and again as many long ones.
        query_queue: queries that may wait for a place.

    Raises:
        InputError: a setting is out of range, or no number in the environment.
    """
    from server.application import build  # noqa: PLC0415  # Flask takes a tenth of a second to import
    from server.settings import Settings  # noqa: PLC0415

    settings = Settings.from_environment(
        query_timeout=query_timeout,
        query_memory=query_memory,
        query_workers=query_workers,
        query_queue=query_queue,
    )
    return build(data or Path(os.environ.get("KG_DATA") or "data"), settings)
