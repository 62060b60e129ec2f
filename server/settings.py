"""What an operator may set about the server, each by argument or by environment variable."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from typing import Final

from kg.errors import InputError

_ENVIRONMENT: Final = {
    "query_timeout": "KG_QUERY_TIMEOUT",
    "query_memory": "KG_QUERY_MEMORY",
    "query_workers": "KG_QUERY_WORKERS",
    "query_queue": "KG_QUERY_QUEUE",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of the server.

    Attributes:
        query_timeout: seconds that a user's query may take (`KG_QUERY_TIMEOUT`).
        query_memory: bytes of address space that a query worker may have (`KG_QUERY_MEMORY`).
        query_workers: fresh queries evaluated at once, and again as many long ones (`KG_QUERY_WORKERS`).
        query_queue: queries that may wait for a place (`KG_QUERY_QUEUE`).
        query_slice: seconds after which a query counts as a long one.
        max_body: bytes that the body of a request may have.
        max_result: bytes that one result may have.
        buffer: bytes of a result that are held back until it is complete; longer ones are streamed.
        page_rows: rows that the query page shows.
    """

    query_timeout: float = 10.0
    query_memory: int = 2 * 1024**3
    query_workers: int = 4
    query_queue: int = 64
    query_slice: float = 0.5
    max_body: int = 1024**2
    max_result: int = 1024**3
    buffer: int = 1024**2
    page_rows: int = 1000

    def __post_init__(self) -> None:
        for field in fields(self):
            if not getattr(self, field.name) > 0 and field.name != "query_queue":
                raise InputError(f"{field.name} must be above zero, not {getattr(self, field.name)}")

    @classmethod
    def from_environment(cls, **overrides: float | None) -> Settings:
        """The settings of the environment, replaced by every override that is not None.

        Raises:
            InputError: a variable is not a number, or a value is out of range.
        """
        found: dict[str, float] = {}
        for name, variable in _ENVIRONMENT.items():
            text = os.environ.get(variable)
            if text:
                try:
                    found[name] = float(text) if name == "query_timeout" else int(text)
                except ValueError as error:
                    raise InputError(f"{variable}={text}: is not a number") from error
        found |= {name: value for name, value in overrides.items() if value is not None}
        return replace(cls(), **found)  # type: ignore[arg-type]  # the keys are field names
