"""Who may write: bearer tokens (RFC 6750) with names and scopes, from `KG_WRITE_TOKEN` and from a file.

The file is TOML, one table for each token, named as the access log will name its holder:

    [curator]
    sha256 = "9f86d081884c7d65…"           # of the token; or `token = "…"` with the token itself
    scopes = ["update", "graphs"]          # see `Scope`; all of them when left out
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from flask import request

from kg.errors import InputError
from server.observation import note
from server.problems import Problem
from server.settings import Settings, read_toml

#: The variable of a token that may do everything.
VARIABLE: Final = "KG_WRITE_TOKEN"
_SHORTEST: Final = 16
_REALM: Final = 'Bearer realm="releasekg"'
_BASIC: Final = 'Basic realm="releasekg", charset="UTF-8"'


class Scope(StrEnum):
    """What a token may be good for."""

    UPDATE = "update"
    """SPARQL Update."""
    GRAPHS = "graphs"
    """Writes by the Graph Store Protocol."""
    RELEASES = "releases"
    """New releases."""
    QUERIES = "queries"
    """Seeing and cancelling the queries of others."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        name: of its holder.
        digest: SHA-256 of the token; the token itself is not kept.
        scopes: what it is good for.
    """

    name: str
    digest: bytes
    scopes: frozenset[Scope]


class Tokens:
    """The tokens that the server knows; none means that it is read-only."""

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        self._tokens = tuple(tokens)

    @classmethod
    def configured(cls, settings: Settings) -> Tokens:
        """Those of the environment and of the file in the settings.

        Raises:
            InputError: one is too short or malformed, or the file cannot be read.
        """
        found = []
        if text := os.environ.get(VARIABLE):
            found.append(Token("default", _digest(text, VARIABLE), frozenset(Scope)))
        if settings.tokens:
            path = Path(settings.tokens)
            found += [_from_table(path, name, table) for name, table in read_toml(path).items()]
        return cls(found)

    def __bool__(self) -> bool:
        return bool(self._tokens)

    def find(self, text: str) -> Token | None:
        """The token with this text; takes as long whichever it is, and if there is none."""
        digest = hashlib.sha256(text.encode(errors="surrogateescape")).digest()
        found = None
        for token in self._tokens:
            if hmac.compare_digest(token.digest, digest):
                found = token
        return found

    def allow(self, scope: Scope) -> bool:
        """Whether the request at work has a token that is good for `scope`."""
        token = self.find(_sent())
        return token is not None and scope in token.scopes

    def check(self, scope: Scope, *, what: str, basic: bool = False) -> Token:
        """The token of the request at work, if it is good for `scope`.

        Args:
            scope: what is asked for.
            what: the same for people ("updates").
            basic: whether a browser may send it as the password of a login (RFC 7617), with any name.

        Raises:
            Problem: 403 when the server is read-only or the scope is lacking, 401 without a valid token.
        """
        if not self._tokens:
            raise Problem(
                403,
                "read-only",
                "This endpoint is read-only",
                f"{what} are refused: to allow them, start the server with {VARIABLE} or KG_TOKENS set "
                "(docs/deploy.md)",
            )
        text = _sent(basic=basic)
        realm = f"{_REALM}, {_BASIC}" if basic else _REALM
        if not text:
            raise Problem(
                401,
                "token-needed",
                "A token is needed",
                f"{what} need the header `Authorization: Bearer TOKEN`",
                headers={"WWW-Authenticate": realm},
            )
        token = self.find(text)
        if token is None:
            raise Problem(
                401,
                "token-unknown",
                "The token is not known here",
                "ask the operator for one",
                headers={
                    "WWW-Authenticate": f'{_REALM}, error="invalid_token"' + (f", {_BASIC}" if basic else "")
                },
            )
        if scope not in token.scopes:
            raise Problem(
                403,
                "token-scope",
                "The token is not good for this",
                f"{what} need the scope {scope!r}; the token {token.name!r} has {', '.join(sorted(token.scopes))}",
                headers={"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{scope}"'},
            )
        note(token=token.name)
        return token


def _sent(*, basic: bool = False) -> str:
    login = request.authorization
    if basic and login is not None and login.type == "basic":
        return login.password or ""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.casefold() == "bearer" else ""


def _digest(text: str, where: str) -> bytes:
    if len(text) < _SHORTEST:
        raise InputError(f"{where}: a token must have at least {_SHORTEST} characters")
    return hashlib.sha256(text.encode()).digest()


def _from_table(path: Path, name: str, table: Any) -> Token:
    where = f"{path}: [{name}]"
    if not isinstance(table, dict) or not {"token", "sha256"} & set(table) or not _only_known(table):
        raise InputError(f"{where}: needs `token` or `sha256`, may have `scopes`, and nothing else")
    scopes = table.get("scopes", list(Scope))
    known = {str(scope) for scope in Scope}
    if not isinstance(scopes, list) or not set(map(str, scopes)) <= known:
        raise InputError(f"{where}: scopes are a list of {', '.join(sorted(known))}")
    if "token" in table:
        digest = _digest(str(table["token"]), where)
    elif re.fullmatch(r"[0-9a-fA-F]{64}", str(table["sha256"])):
        digest = bytes.fromhex(table["sha256"])
    else:
        raise InputError(f"{where}: sha256 is 64 hexadecimal digits")
    return Token(name, digest, frozenset(map(Scope, scopes)))


def _only_known(table: dict[str, Any]) -> bool:
    return set(table) <= {"token", "sha256", "scopes"} and not {"token", "sha256"} <= set(table)
