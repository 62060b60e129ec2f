"""Releases over HTTP: which there are, and new ones, which are read, validated and published."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from flask import Blueprint, Response, request

from kg.namespaces import Minter
from server.problems import Problem
from server.site import site
from server.tokens import Scope
from server.writing import SNAPSHOT

blueprint = Blueprint("submissions", __name__)

#: Media type → suffix, by which the reader is chosen.
_SUFFIXES: Final = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
}
_NOT_IN_NAME: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_NAME: Final = 80


@blueprint.get("/releases")
def releases() -> Response:
    """The releases of the graph, the newest first."""
    graph = site().graph()
    body = {
        "snapshot": graph.snapshot.id,
        "releases": [
            {"id": line.id, "iri": line.iri, "date": line.date or None, "headline": line.headline}
            for line in graph.reader.overview().releases
        ],
    }
    return _json(body)


@blueprint.post("/releases")
def submit() -> Response:
    """Take in releases: one as the body, named by `Slug` or `?name=`; or several as the files of a form.

    `?strict=true` refuses what has a statement that violates a shape; otherwise the statement is withheld.
    `?replace=true` lets a release take the place of one with its name.
    """
    site().tokens.check(Scope.RELEASES, what="new releases")
    request.max_content_length = request.max_form_memory_size = site().settings.max_upload
    with tempfile.TemporaryDirectory(prefix="releasekg-") as folder:
        paths = []
        for name, content in _files():
            path = Path(folder) / name
            if path.exists():
                raise Problem(400, "names", "Two releases have one name", f"{path.stem!r} comes twice")
            path.write_bytes(content)
            paths.append(str(path))
        done = site().writer.write(
            "releases", paths=paths, replace=_is_set("replace"), strict=_is_set("strict")
        )
    minter = Minter(site().graph().base)
    read = [{"id": id_, "iri": minter.release(id_)} for id_ in done["releases"]]
    body = {
        "snapshot": done["snapshot"],
        "changed": done["changed"],
        "releases": read,
        "withheld": done["withheld"],
    }
    response = _json(body, 201 if done["created"] else 200)
    response.headers[SNAPSHOT] = done["snapshot"]
    if done["created"] and len(read) == 1:
        response.headers["Location"] = request.url_root + read[0]["iri"].removeprefix(minter.base)
    return response


def _is_set(name: str) -> bool:
    return request.args.get(name, "").casefold() in ("true", "1", "yes")


def _json(body: object, status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False) + "\n"
    response = Response(text, status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _files() -> Iterator[tuple[str, bytes]]:
    """File names, made safe, and contents.

    Raises:
        Problem: there is none, or one is of a type that is not read.
    """
    if request.mimetype == "multipart/form-data":
        found = list(request.files.values())
        if not found:
            raise Problem(400, "no-file", "There is no file", "the form has no file in it")
        for file in found:
            content = file.read()
            suffix = Path(file.filename or "").suffix.lower()
            if suffix not in _SUFFIXES.values():
                suffix = _suffix(file.mimetype)
            yield _name(file.filename or "", content) + suffix, content
        return
    content = request.get_data()
    given = request.args.get("name") or unquote(request.headers.get("Slug", ""))
    yield _name(given, content) + _suffix(request.mimetype), content


def _suffix(mimetype: str) -> str:
    suffix = _SUFFIXES.get(mimetype)
    if suffix is None:
        raise Problem(
            415,
            "media-type",
            "The body is of another type",
            f"releases are sent as {', '.join(_SUFFIXES)}, not {mimetype or 'untyped'}",
            headers={"Accept-Post": ", ".join(_SUFFIXES)},
        )
    return suffix


def _name(given: str, content: bytes) -> str:
    """A stem: what was given, made safe, or one made from the content."""
    name = given.replace("\\", "/").rpartition("/")[2]
    for suffix in _SUFFIXES.values():
        name = name.removesuffix(suffix)
    name = _NOT_IN_NAME.sub("-", name).strip("-.")[:_LONGEST_NAME]
    return name or f"release-{hashlib.sha256(content).hexdigest()[:10]}"
