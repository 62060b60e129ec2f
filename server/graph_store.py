"""The SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/) at `/store`.

A graph is named by `?graph=IRI`, by `?default`, or by the address itself (`/store/…`, §4.1).  The default graph that is
read is the merge of all graphs; what is written to it is kept in a graph of its own (docs/decisions/0013).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.datastructures import Headers

from server import answers
from server.negotiation import GRAPHS, Choice, Format, choose, disposition, listed
from server.problems import Problem
from server.query_jobs import Job
from server.site import site
from server.sparql import evaluate
from server.tokens import Scope
from server.writing import expected_snapshots, written

blueprint = Blueprint("graph_store", __name__)

_READ: Final = ("GET", "HEAD", "OPTIONS")
_WRITE: Final = ("DELETE", "POST", "PUT")
_METHODS: Final = ["GET", "PUT", "POST", "DELETE"]
_BY_TYPE: Final = {type_: format_ for format_ in GRAPHS for type_ in format_.media_types}


@blueprint.route("/store", methods=_METHODS)
@blueprint.route("/store/<path:rest>", methods=_METHODS)
def graph_store(rest: str = "") -> Response:
    """Read, replace, extend or remove a graph."""
    if request.method in _WRITE and not site().tokens:
        raise Problem(
            405,
            "read-only",
            "This endpoint is read-only",
            "graphs are not written here: to allow it, start the server with KG_WRITE_TOKEN or KG_TOKENS set "
            "(docs/deploy.md)",
            headers={"Allow": ", ".join(_READ)},
        )
    if request.method in ("GET", "HEAD"):
        return _get(_graph(rest))
    site().tokens.check(Scope.GRAPHS, what="writes to graphs")
    if request.method == "DELETE":
        return _delete(_graph(rest))
    request.max_content_length = request.max_form_memory_size = site().settings.max_upload
    if request.method == "POST" and not rest and not {"graph", "default"} & set(request.args):
        return _write(f"{request.url_root}store/{uuid4().hex}", new=True)
    return _write(_graph(rest))


@blueprint.after_request
def _headers(response: Response) -> Response:
    response.vary.add("Accept")
    response.headers.setdefault("Accept-Post", ", ".join(format_.media_type for format_ in GRAPHS))
    return response


def _graph(rest: str) -> str | None:
    """The graph that the request is about; None for the default graph.

    Raises:
        Problem: it names none, or two, or what it names is no IRI.
    """
    graphs = request.args.getlist("graph")
    given = len(graphs) + ("default" in request.args) + bool(rest)
    if given != 1:
        raise Problem(
            400, "which-graph", "Which graph?", "name one graph: by ?graph=IRI, ?default, or /store/NAME"
        )
    if "default" in request.args:
        return None
    iri = graphs[0] if graphs else request.base_url
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise Problem(
            400, "iri", "This is no IRI", f"graph: {iri!r} must be an absolute IRI: {error}"
        ) from error


def _get(graph: str | None) -> Response:
    """§5.2."""
    snapshot = site().graph().snapshot
    if graph is not None and graph not in dict(snapshot.manifest.graphs):
        raise _unknown(graph)
    choice = choose(request.accept_mimetypes, GRAPHS, wanted=request.args.get("format"))
    if choice is None:
        raise Problem(
            406,
            "not-acceptable",
            "None of the accepted formats is available",
            f"graphs are available in {listed(GRAPHS)}",
            more={"available": [format_.media_type for format_ in GRAPHS]},
        )
    tag = f"{snapshot.id}.{choice.format.name}"
    known = {known.partition("--")[0] for known in request.if_none_match.as_set(include_weak=True)}
    if tag in known or request.if_none_match.star_tag:
        response = Response(status=304)
    elif request.method == "HEAD":
        response = Response(content_type=choice.content_type)
    else:
        response = _contents(str(snapshot.dataset_path), graph, choice)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _contents(dataset: str, graph: str | None, choice: Choice) -> Response:
    where = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}"
    answer = evaluate(Job(query, dataset, graph=choice.format.name))
    response = Response(answers.Body(answer), content_type=choice.content_type)
    if answer.length is not None:
        response.content_length = answer.length
    if "download" in request.args:
        response.headers["Content-Disposition"] = disposition(request.args["download"], choice.format)
    return response


def _delete(graph: str | None) -> Response:
    """§5.4."""
    done = site().writer.write(
        "graph", graph=graph, documents=None, replace=True, present=_presence(remove=True)
    )
    if not done["changed"] and graph is not None:
        raise _unknown(graph)
    return written(done, 204)


def _write(graph: str | None, *, new: bool = False) -> Response:
    """§5.3 and §5.5: put a graph, or merge with it."""
    replace = request.method == "PUT"
    with _documents(graph or request.base_url) as documents:
        done = site().writer.write(
            "graph", graph=graph, documents=documents, replace=replace, present=_presence()
        )
    created = done["created"]
    if not created:
        return written(done, 204)
    return written(done, 201, location=graph or request.url if new or graph == request.base_url else "")


def _presence(*, remove: bool = False) -> bool | None:
    """What `If-Match: *` and `If-None-Match: *` say about the graph (RFC 9110 §13.1).

    Raises:
        Problem: `If-Match` names no state of ours.
    """
    expected_snapshots()
    if request.if_none_match.star_tag and not remove:
        return False
    if request.if_match.star_tag:
        return True
    return None


@contextmanager
def _documents(base: str) -> Iterator[list[dict[str, Any]]]:
    """The documents of the body, as files.

    Raises:
        Problem: one is of a type that is no RDF.
    """
    with tempfile.TemporaryDirectory(prefix="releasekg-") as folder:
        out: list[dict[str, Any]] = []

        def take(headers: Headers, mimetype: str, content: bytes) -> None:
            path = Path(folder) / str(len(out))
            path.write_bytes(content)
            out.append({"path": str(path), "media_type": _rdf(mimetype, headers).media_type, "base": base})

        if request.mimetype == "multipart/form-data" and request.method == "POST":
            for file in request.files.values():
                take(file.headers, file.mimetype, file.read())
            if not out:
                raise Problem(400, "no-file", "There is no file", "the form has no file in it")
        else:
            take(Headers(request.headers), request.mimetype, request.get_data())
        yield out


def _rdf(mimetype: str, headers: Headers) -> Format:
    format_ = _BY_TYPE.get(mimetype)
    charset = headers.get("Content-Type", "").casefold().partition("charset=")[2].strip('" ')
    if format_ is None or charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Problem(
            415,
            "media-type",
            "The body is of another type",
            f"graphs are sent as {listed(GRAPHS)} in UTF-8, not {mimetype or 'untyped'} {charset}".rstrip(),
        )
    return format_


def _unknown(graph: str) -> Problem:
    return Problem(404, "not-found", "Not found", f"there is no graph <{graph}>")
