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


def create_app(data: Path | None = None, **settings: float | str | None) -> Flask:
    """The application.

    Args:
        data: the data directory; by default `KG_DATA`, or `./data`.
        settings: fields of `server.settings.Settings` by name; they beat environment and file, None leaves it to them.

    Raises:
        InputError: a setting is out of range, or of the wrong kind in the environment or the file.
    """
    from server.application import build  # noqa: PLC0415  # Flask takes a tenth of a second to import
    from server.settings import Settings  # noqa: PLC0415

    return build(data or Path(os.environ.get("KG_DATA") or "data"), Settings.from_environment(**settings))
