"""Dereferences IRIs: every IRI that we minted is a path below the server's root, any other goes by `/resource?iri=`.

A page and the RDF behind it share the IRI; the client's `Accept` header, or `?format=`, decides between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, unquote

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kg.namespaces import ONTOLOGY, ONTOLOGY_GRAPH, PREFIXES, expand
from kg.store import Dataset
from server import pages
from server.negotiation import GRAPHS, HTML, Choice, Format, choose, disposition, listed
from server.problems import Problem
from server.site import Graph

blueprint = Blueprint("linked_data", __name__)

_FORMATS: Final = (HTML, *GRAPHS)
_DATASETS: Final = (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS, ox.RdfFormat.JSON_LD)
_PREFIXED: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
_RELEASE: Final = re.compile(r"id/release/([^/]+)")
_QUERY: Final = re.compile(r"query/([^/]+)")
_PART_OF_RELEASE: Final = re.compile(r"(id/release/[^/]+)/(evidence|assertion)/([^/]+)")


@blueprint.get("/id/<path:rest>")
@blueprint.get("/vocab")
@blueprint.get("/vocab/<path:rest>")
@blueprint.get("/graph/<path:rest>")
@blueprint.get("/query/<path:rest>")
@blueprint.get("/prefixes")
@blueprint.get("/ontology", endpoint="ontology")
@blueprint.get("/ontology/<path:rest>")
def dereference(rest: str = "") -> AnyResponse:  # noqa: ARG001  # the path as it was sent is read instead
    """An IRI of ours, by its path."""
    # Werkzeug decodes the path; the minter's IRIs have everything encoded but letters, digits, "_.-~" and "/".
    path = quote(request.path.removeprefix("/"), safe="/")
    graph = pages.current()
    path, extension = _split(graph, path)
    iri = graph.iri_of(path)
    choice = _choice(extension)
    if choice.format is not HTML:
        return _rdf(iri, path, choice.format, choice.content_type)
    if iri == ONTOLOGY:
        return _page(pages.ontology_page(), iri)
    if path.startswith("graph/"):
        return _page(pages.graph_page(iri), iri)
    if named := _QUERY.fullmatch(path):
        if not _about(graph.dataset, iri):
            raise _unknown(iri)
        return redirect(url_for("pages.query", example=named[1]), 303)
    if release := _RELEASE.fullmatch(path):
        return _page(pages.release_page(iri, unquote(release[1])), iri)
    if part := _PART_OF_RELEASE.fullmatch(path):
        release_path, kind, name = part.groups()
        if not _about(graph.dataset, iri):
            raise _unknown(iri)
        chosen = f"?evidence={name}" if kind == "evidence" else ""
        # 303: the page is about the release, not the part itself (RFC 9110 §15.4.4).
        return redirect(f"{request.script_root}/{release_path}{chosen}#{kind}-{name}", 303)
    return _page(pages.resource_page(iri), iri)


@blueprint.get("/resource")
def resource() -> AnyResponse:
    """Any IRI, by the parameter `iri`."""
    iri = request.args.get("iri", "")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+", iri):
        raise Problem(400, "iri", "This is no IRI", "the parameter `iri` must be an absolute IRI")
    choice = _choice()
    if choice.format is not HTML:
        return _rdf(iri, "", choice.format, choice.content_type)
    path = pages.current().path_of(iri)
    if (
        path is not None
        and "#" not in path
        and re.match(r"/(id|vocab|graph|ontology|query)/|/(ontology|vocab|prefixes)$", path)
    ):
        return redirect(request.script_root + path, 302)
    return _page(pages.resource_page(iri), iri)


def _split(graph: Graph, path: str) -> tuple[str, str | None]:
    """Part a format's extension from a path; one that belongs to a name of ours stays."""
    stem, dot, extension = path.rpartition(".")
    if not dot or extension not in {format_.name for format_ in _FORMATS}:
        return path, None
    named = ox.NamedNode(graph.iri_of(path))
    is_name = next(iter(graph.dataset.quads_for(named)), None) is not None
    return (path, None) if is_name else (stem, extension)


def _choice(extension: str | None = None) -> Choice:
    choice = choose(request.accept_mimetypes, _FORMATS, wanted=extension or request.args.get("format"))
    if choice is None:
        raise Problem(
            406,
            "not-acceptable",
            "None of the accepted formats is available",
            f"this resource is available in {listed(_FORMATS)}",
            more={"available": [format_.media_type for format_ in _FORMATS]},
        )
    return choice


def _page(body: str, iri: str) -> Response:
    response = Response(body, content_type=HTML.content_type())
    return _linked(response, iri)


def _linked(response: Response, iri: str) -> Response:
    """Headers that name the IRI and the other formats (RFC 8288)."""
    response.vary.add("Accept")
    links = [f'<{iri}>; rel="canonical"']
    for format_ in GRAPHS:
        arguments = {**request.args.to_dict(), "format": format_.name}
        arguments.pop("evidence", None)
        query = "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in arguments.items())
        links.append(
            f'<{quote(request.script_root + request.path)}?{query}>; rel="alternate"; type="{format_.media_type}"'
        )
    response.headers["Link"] = ", ".join(links)
    return response


def _rdf(iri: str, path: str, format_: Format, content_type: str) -> Response:
    graph = pages.current()
    assert format_.rdf is not None
    quads = list(_described(graph.dataset, iri, path))
    if not quads:
        raise _unknown(iri)
    prefixes = _used_prefixes(quads) if format_.rdf in _PREFIXED else None
    # A format without graphs takes triples only.
    triples = None if format_.rdf in _DATASETS else dict.fromkeys(quad.triple for quad in quads)
    body = ox.serialize(quads if triples is None else triples, format=format_.rdf, prefixes=prefixes)
    response = Response(body, content_type=content_type)
    if "download" in request.args:
        name = request.args["download"] or path.rpartition("/")[2]
        response.headers["Content-Disposition"] = disposition(name, format_)
    return _linked(response, iri)


def _used_prefixes(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """The prefixes of what is said, so that a short document has a short head."""
    iris = {
        term.value
        for q in quads
        for term in (q.subject, q.predicate, q.object)
        if isinstance(term, ox.NamedNode)
    }
    iris |= {q.object.datatype.value for q in quads if isinstance(q.object, ox.Literal)}
    return {name: start for name, start in PREFIXES.items() if any(iri.startswith(start) for iri in iris)}


def _described(dataset: Dataset, iri: str, path: str) -> Iterator[ox.Quad]:
    """What is sent for an IRI: a graph's own triples, or what is said about the thing, with its assertions."""
    if path == "ontology":
        yield from _sorted(dataset.quads(ONTOLOGY_GRAPH))
        return
    if path.startswith("graph/") or _RELEASE.fullmatch(path):
        yield from _sorted(dataset.quads(iri))
        return
    about = list(_whole(dataset, iri)) if _PART_OF_RELEASE.fullmatch(path) else _about(dataset, iri)
    yield from about
    if not about:  # a foreign IRI: what refers to it is all that there is
        yield from _sorted(dataset.quads_for(None, None, ox.NamedNode(iri), ox.DefaultGraph()))
    for predicate in ("rdf:subject", "rdf:object"):
        found = dataset.quads_for(None, ox.NamedNode(expand(predicate)), ox.NamedNode(iri), ox.DefaultGraph())
        for assertion in sorted({q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}):
            yield from _whole(dataset, assertion)


def _whole(dataset: Dataset, iri: str) -> Iterator[ox.Quad]:
    """What is said about an assertion or evidence, and about the evidence, selectors and qualifications it has."""
    for quad in _about(dataset, iri):
        yield quad
        if quad.predicate.value in _PARTS and isinstance(quad.object, ox.NamedNode):
            yield from _whole(dataset, quad.object.value)


_PARTS: Final = frozenset(map(expand, ("rkg:evidence", "rkg:qualification", "oa:hasSelector")))


def _about(dataset: Dataset, iri: str) -> list[ox.Quad]:
    return _sorted(dataset.quads_for(ox.NamedNode(iri), None, None, ox.DefaultGraph()))


def _sorted(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted(quads, key=str)


def _unknown(iri: str) -> Problem:
    return Problem(404, "not-found", "Not found", f"the graph says nothing about <{iri}>")
