"""What an operator may set about the server: by argument, by environment variable, or in a file.

docs/deploy.md has the table; a test holds it to the fields below.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from kg.errors import InputError

T = TypeVar("T")

#: Names the file; its keys are the names of the fields.
FILE: Final = "KG_CONFIG"


def _set_by(variable: str, default: T, *, may_be_zero: bool = False) -> T:
    """A field with its environment variable."""
    default_field: T = field(default=default, metadata={"variable": variable, "may_be_zero": may_be_zero})
    return default_field


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and habits of the server.

    Attributes:
        query_timeout: seconds that a user's query may take.
        query_memory: bytes of address space that a query worker may have.
        query_workers: fresh queries evaluated at once, and again as many long ones.
        query_queue: queries that may wait for a place.
        query_slice: seconds after which a query counts as a long one.
        max_body: bytes that the body of a query may have.
        max_result: bytes that one result may have.
        buffer: bytes of a result that are held back until it is complete; longer ones are streamed.
        cache: bytes that answers kept for the next who asks may take; 0 keeps none.
        page_rows: rows that the query page shows.
        max_upload: bytes that the body of a write may have.
        write_timeout: seconds that a write may take, its validation included.
        write_memory: bytes of address space that a write may have.
        keep: snapshots that stay after a write, the new one included.
        tokens: file with the tokens of those who may write; see `server.tokens`.
        rate: requests a second that one client may send; 0 for no limit.
        rate_burst: requests that one client may send at once before the rate counts.
        proxies: how many proxies in front are trusted to name client, host and scheme (`X-Forwarded-…`).
        io_timeout: seconds that a client may take to send a request, or to take a chunk of 64 KiB.
        access_log: file of the access log, one JSON object a line; "-" for standard output, empty for none.
    """

    query_timeout: float = _set_by("KG_QUERY_TIMEOUT", 10.0)
    query_memory: int = _set_by("KG_QUERY_MEMORY", 2 * 1024**3)
    query_workers: int = _set_by("KG_QUERY_WORKERS", 4)
    query_queue: int = _set_by("KG_QUERY_QUEUE", 64, may_be_zero=True)
    query_slice: float = _set_by("KG_QUERY_SLICE", 0.5)
    max_body: int = _set_by("KG_MAX_BODY", 1024**2)
    max_result: int = _set_by("KG_MAX_RESULT", 1024**3)
    buffer: int = _set_by("KG_BUFFER", 1024**2)
    cache: int = _set_by("KG_CACHE", 64 * 1024**2, may_be_zero=True)
    page_rows: int = _set_by("KG_PAGE_ROWS", 1000)
    max_upload: int = _set_by("KG_MAX_UPLOAD", 64 * 1024**2)
    write_timeout: float = _set_by("KG_WRITE_TIMEOUT", 600.0)
    write_memory: int = _set_by("KG_WRITE_MEMORY", 8 * 1024**3)
    keep: int = _set_by("KG_KEEP", 5)
    tokens: str = _set_by("KG_TOKENS", "")
    rate: float = _set_by("KG_RATE", 0.0, may_be_zero=True)
    rate_burst: int = _set_by("KG_RATE_BURST", 100)
    proxies: int = _set_by("KG_PROXIES", 0, may_be_zero=True)
    io_timeout: float = _set_by("KG_IO_TIMEOUT", 30.0)
    access_log: str = _set_by("KG_ACCESS_LOG", "")

    def __post_init__(self) -> None:
        for field_ in fields(self):
            value = getattr(self, field_.name)
            if isinstance(value, str) or value > 0 or (value == 0 and field_.metadata["may_be_zero"]):
                continue
            raise InputError(f"{field_.name} must be above zero, not {value}")

    @classmethod
    def from_environment(cls, **overrides: float | str | None) -> Settings:
        """The settings of the file that `KG_CONFIG` names, then of the environment, then every override.

        An override that is None changes nothing.

        Raises:
            InputError: a value is of the wrong kind or out of range, or the file cannot be read or has another key.
        """
        file = os.environ.get(FILE)
        found = {} if not file else _of_file(Path(file))
        for field_ in fields(cls):
            text = os.environ.get(field_.metadata["variable"])
            if text:
                found[field_.name] = _number(text, type(field_.default), field_.metadata["variable"])
        found |= {name: value for name, value in overrides.items() if value is not None}
        return replace(cls(), **found)


def _number(text: str, kind: type, source: str) -> Any:
    try:
        return kind(text)
    except ValueError as error:
        raise InputError(f"{source}={text}: is not a number") from error


def _of_file(path: Path) -> dict[str, Any]:
    raw = read_toml(path)
    kinds = {field_.name: type(field_.default) for field_ in fields(Settings)}
    for name, value in raw.items():
        kind = kinds.get(name)
        if kind is None:
            raise InputError(f"{path}: {name}: no such setting; there are {', '.join(kinds)}")
        if isinstance(value, bool) or not isinstance(value, (kind, int) if kind is float else kind):
            raise InputError(f"{path}: {name} = {value!r}: must be {'text' if kind is str else 'a number'}")
    return dict(raw)


def read_toml(path: Path) -> Mapping[str, Any]:
    """A TOML file.

    Raises:
        InputError: it cannot be read, or is none.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{path}: no TOML: {error}") from error
