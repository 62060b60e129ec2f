"""The pages: home, search, entity, release, query, ontology and validation; they work without JavaScript."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from markupsafe import Markup, escape

import kg
from kg.errors import StoreError
from kg.namespaces import INFERRED_GRAPH, PREFIXES, PROJECT, REPORT_GRAPH, compact, expand
from kg.ontology import NamedQuery, named_queries
from kg.schema import RELATIONS
from server import answers
from server.clients import client
from server.explanations import explained, is_iri
from server.highlighting import Span, segments
from server.negotiation import GRAPHS, RESULTS, Format
from server.ontology_documentation import diagram, read_documentation
from server.presentation import KIND_NAMES, Statement, Term, relation_name
from server.problems import Problem
from server.query_jobs import Job, QueryFailed
from server.query_workers import Answer
from server.site import Graph, site

blueprint = Blueprint("pages", __name__)

_ORDER: Final = {name: position for position, name in enumerate(RELATIONS)}
_EDITOR: Final = Path("vendor") / "yasgui.min.js"
#: The editor writes style attributes; the plain query page needs none.
_EDITOR_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
_LONGEST_LINK: Final = 4000
_CONCEPT: Final = expand("skos:Concept")


def current() -> Graph:
    """The graph that this request sees, the same one throughout."""
    if "graph" not in g:
        g.graph = site().graph()
    graph: Graph = g.graph
    return graph


@blueprint.app_template_global()
def link(iri: str) -> str:
    """Where an IRI leads on this server."""
    path = current().path_of(iri)
    return url_for("linked_data.resource", iri=iri) if path is None else request.script_root + path


@blueprint.app_template_global()
def sentence_link(release: str, start: int, end: int) -> str:
    """The place of a sentence on its release's page, the sentence marked."""
    page = link(current().base + "id/release/" + quote(release, safe=""))
    return f"{page}?evidence={start}-{end}#evidence-{start}-{end}"


@blueprint.app_template_filter("short")
@blueprint.app_template_filter()
def curie(iri: str) -> str:
    """The short form of an IRI."""
    return compact(iri)


@blueprint.app_template_filter()
def carriage_returns(text: str) -> str:
    """Escaped text in which carriage returns survive: HTML would turn them into line feeds."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704  # escaped in the same line


@blueprint.app_context_processor
def _context() -> dict[str, Any]:
    try:
        manifest = current().snapshot.manifest
        snapshot = current().snapshot.id
    except StoreError:  # an error page needs no graph
        return {"manifest": None, "snapshot": None, "version": kg.__version__}
    return {"manifest": manifest, "snapshot": snapshot, "version": kg.__version__}


@blueprint.get("/")
def home() -> str:
    """What is in the graph."""
    return render_template("home.html", overview=current().reader.overview())


@blueprint.get("/search")
def search() -> str:
    """Entities and releases by name."""
    text, kind = request.args.get("q", "").strip(), request.args.get("kind", "")
    found = current().reader.search(text, kind=kind) if text or kind else ()
    kinds = sorted({*KIND_NAMES.values(), "release"})
    return render_template("search.html", text=text, kind=kind, kinds=kinds, found=found)


@blueprint.get("/explain")
def explain() -> str:
    """Why a triple of three IRIs (`s`, `p`, `o`) is in the graph."""
    s, p, o = (request.args.get(name, "") for name in "spo")
    for name, value in zip("spo", (s, p, o), strict=True):
        if not is_iri(value):
            raise Problem(400, "iri", "This is no IRI", f"the parameter `{name}` must be an absolute IRI")
    graph = current()
    steps = explained(graph.dataset, graph.reader, s, p, o)
    if steps is None:
        raise Problem(
            404, "not-found", "Not found", "the graph does not have this triple, or not by what it holds"
        )
    return render_template("explain.html", steps=steps)


@blueprint.get("/validation")
def validation() -> str:
    """What SHACL and the reasoner said of the published graph."""
    return render_template("validation.html", findings=current().reader.findings(REPORT_GRAPH))


@blueprint.route("/query", methods=["GET", "POST"])
def query() -> Response:
    """The query page: a form, and the result of what was sent with it."""
    text = request.values.get("query", "")
    example = request.values.get("example", "")
    if example and not text:
        found = next((q for q in named_queries() if q.name == example), None)
        if found is None:
            raise Problem(404, "not-found", "Not found", f"there is no example query {example!r}")
        return query_page(found.text, run="run" in request.values, chosen=found)
    return query_page(text)


def query_page(text: str, *, run: bool = True, chosen: NamedQuery | None = None) -> Response:
    """The query page, with the result of `text` if it is to be run and is not blank."""
    table: dict[str, Any] | None = None
    failure: QueryFailed | None = None
    settings = site().settings
    if run and text.strip():
        graph = current()
        job = Job(text, str(graph.snapshot.dataset_path), rows=settings.page_rows, base=graph.base)
        answer: Answer | None = None
        try:
            answer = answers.answer(job, client=client())
            table = json.loads(answer.read())
        except QueryFailed as error:
            failure = error
        finally:
            if answer is not None:
                answer.close()
    editor = (Path(current_app.static_folder or "") / _EDITOR).is_file()
    downloads: tuple[Format, ...] = RESULTS
    if table is not None and answer is not None and answer.head.form == "graph":
        downloads = GRAPHS
    response = Response(
        render_template(
            "query.html",
            text=text or _first_query(),
            asked=bool(text.strip()) and run,
            table=table,
            failure=failure,
            examples=named_queries(),
            chosen=chosen,
            downloads=downloads if len(quote(text)) < _LONGEST_LINK else (),
            editor=editor,
            limit=settings.page_rows,
            timeout=settings.query_timeout,
            prefixes=PREFIXES,
            bases=list(dict.fromkeys((current().base, PROJECT))),
        ),
        content_type="text/html; charset=utf-8",
    )
    if editor:
        response.headers["Content-Security-Policy"] = _EDITOR_POLICY
    return response


def _first_query() -> str:
    return (
        f"PREFIX rkg: <{PREFIXES['rkg']}>\nPREFIX skos: <{PREFIXES['skos']}>\n\n"
        "SELECT ?drug ?name WHERE {\n  ?drug a rkg:Drug ;\n        skos:prefLabel ?name .\n}\nORDER BY ?name\n"
    )


def resource_page(iri: str) -> str:
    """The page of anything that has an IRI: its names, statements and triples.

    Raises:
        Problem: the graph does not know the IRI.
    """
    graph = current()
    reader = graph.reader
    triples = reader.triples(iri)
    incoming = reader.incoming(iri)
    found, unread = reader.of_entity(iri)
    uses = reader.uses(iri)
    if not (triples or incoming or found or uses):
        raise Problem(404, "not-found", "Not found", f"the graph says nothing about <{iri}>")
    by_predicate = {group[0].iri: group[1] for group in triples}

    def values(curie_: str) -> tuple[Term, ...]:
        return by_predicate.get(expand(curie_), ())

    inferred = reader.inferred(iri, INFERRED_GRAPH)
    implied = {term for predicate, terms in inferred if predicate.iri == expand("rdf:type") for term in terms}
    about = [s for s in found if iri in (s.fact.s_iri, s.fact.node)]
    others = [s for s in found if iri not in (s.fact.s_iri, s.fact.node)]
    return render_template(
        "resource.html",
        iri=iri,
        title=reader.labels([iri])[iri],
        classes=[term for term in values("rdf:type") if term not in implied and term.iri != _CONCEPT],
        alt=values("skos:altLabel"),
        hidden=values("skos:hiddenLabel"),
        definition=values("skos:definition"),
        about=_by_relation(about),
        others=_by_relation(others),
        inferred=inferred,
        triples=triples,
        incoming=incoming,
        uses=uses,
        unread=unread,
        formats=GRAPHS if triples or incoming else (),
    )


def _by_relation(found: list[Statement]) -> list[tuple[str, list[Statement]]]:
    ordered = sorted(found, key=lambda s: (_ORDER[s.fact.relation], s.fact.s.casefold(), s.fact.o.casefold()))
    return [
        (relation_name(relation), list(group))
        for relation, group in groupby(ordered, lambda s: s.fact.relation)
    ]


def release_page(release_iri: str, release_id: str) -> str:
    """The page of a release: its text with the evidence marked, its statements beside it.

    Raises:
        Problem: there is no such release.
    """
    graph = current()
    text = graph.reader.text(release_iri)
    if text is None:
        raise Problem(404, "not-found", "Not found", f"there is no release {release_id!r}")
    found = graph.reader.of_release(release_id)
    by_span: dict[Span, list[Statement]] = defaultdict(list)
    for statement in found:
        for span in dict.fromkeys(Span(s.evidence.start, s.evidence.end) for s in statement.sources):
            by_span[span].append(statement)
    chosen = request.args.get("evidence", "")
    return render_template(
        "release.html",
        iri=release_iri,
        release=graph.reader.releases()[release_id],
        text=text,
        segments=segments(text, by_span),
        # The passage that the reader came for stands first beside the text, the others in its order.
        sentences=sorted(
            by_span.items(), key=lambda pair: (pair[0].id != chosen, pair[0].start, pair[0].end)
        ),
        chosen=next((span for span in by_span if span.id == chosen), None),
        statements=len(found),
        formats=GRAPHS,
        relation_name=relation_name,
    )


def graph_page(iri: str) -> str:
    """The page of a named graph that is no release's.

    Raises:
        Problem: there is no such graph.
    """
    count = dict(current().snapshot.manifest.graphs).get(iri)
    if count is None:
        raise Problem(404, "not-found", "Not found", f"there is no graph <{iri}>")
    return render_template("graph.html", iri=iri, count=count, formats=GRAPHS)


def ontology_page() -> str:
    """The ontology explained: every class and property with its axioms, checks and queries."""
    described = read_documentation()
    return render_template(
        "ontology.html",
        documentation=described,
        diagram=diagram(),
        href=lambda iri: f"#{described.terms[iri].anchor}" if iri in described.terms else link(iri),
        query_href=lambda name: url_for("pages.query", example=name),
        formats=GRAPHS,
    )
