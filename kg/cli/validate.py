"""`kg validate`: the graph, or RDF files, against SHACL shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import click

from kg.cli.failures import Refused
from kg.cli.options import data_option
from kg.cli.terminal import counted, stdout, writing_to
from kg.errors import InputError
from kg.namespaces import PROJECT, VOCABULARY, compact

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.findings import Report, Severity

_REPORTS: Final = ("text", "json", "turtle", "junit", "sarif", "github", "gitlab", "html")
_SEVERITIES: Final = ("violation", "warning", "info")


@click.command(short_help="Check the graph, or RDF files, against SHACL.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@data_option
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="SHACL shapes to check against, instead of those that come with the project; may be repeated.",
)
@click.option(
    "--format", "format_", type=click.Choice(_REPORTS), default="text", show_default=True, help="Of stdout."
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write the report to a file too, in any of the formats; may be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="violation",
    show_default=True,
    help="The mildest severity for which the exit code is 1.",
)
@click.option(
    "--severities",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="TOML file of severities of your own: [severity], then lines such as "
    '\'"rkgs:Cohort-name" = "warning"\'; a shape or a kind of constraint, and violation, warning, info or ignore.',
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings that are known: they are left out, so that only new ones fail.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the findings as a baseline, and exit with 0.",
)
@click.option(
    "--infer",
    "with_inference",
    is_flag=True,
    help="Check the files with what OWL 2 RL infers from them and the ontology; a snapshot holds that already.",
)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the release files, for findings to name them as they lie there.",
)
@click.pass_context
def validate(
    ctx: click.Context,
    files: tuple[Path, ...],
    data: Path,
    shapes: tuple[Path, ...],
    format_: str,
    reports: tuple[str, ...],
    fail_on: str,
    severities: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
    with_inference: bool,
    sources: Path | None,
) -> None:
    """Check the published graph, or RDF files, against the SHACL shapes.

    PATH is an RDF file, or a folder of them; all are checked together, as one graph; ontology and vocabulary need
    not be among them.  Formats are told by extension: .ttl .nt .nq .trig .rdf .xml .jsonld .owl.

    Each finding names the node, the shape, the remedy, file:line:column of the node and, where there is one, the
    release's sentence with its place.  Exit code 0 when it conforms, 1 when it does not, 2 when that cannot be told
    (a file that is no RDF, shapes that are no shapes).

    \b
    Examples:
      kg validate
      kg validate mine.ttl --fail-on warning --format github
      kg validate graph/ --report sarif=shacl.sarif --report junit=shacl.xml --baseline known.json
    """
    from kg import triage
    from kg.findings import Severity

    written = [_report_option(option) for option in reports]
    profile = {} if severities is None else triage.read_profile(severities)
    if files:
        report = _validated_files(files, shapes, profile, with_inference=with_inference)
    else:
        report = _validated_snapshot(data, shapes, profile)
    if sources is not None:
        report = report.with_sources(sources)
    if write_baseline is not None:
        triage.write_baseline(report, write_baseline)
        known = counted(len(report.findings), "finding")
        click.echo(f"Wrote {known} to {write_baseline}: from now on known.", err=True)
        return
    if baseline is not None:
        report = triage.without_known(report, baseline)
    severity = Severity[fail_on.upper()]
    for name, path in written:
        with writing_to(path) as out:
            _write_report(report, name, out, fail_on=severity)
    _write_report(report, format_, stdout(), fail_on=severity)
    if not report.conforms_at(severity):
        ctx.exit(1)


def _report_option(option: str) -> tuple[str, Path]:
    name, equals, path = option.partition("=")
    if name not in _REPORTS or not equals or not path:
        raise InputError(f"--report {option}: FORMAT=FILE is needed, with one of {', '.join(_REPORTS)}")
    return name, Path(path)


def _validated_files(
    paths: Sequence[Path],
    shapes: Sequence[Path],
    severities: Mapping[str, Severity | None],
    *,
    with_inference: bool,
) -> Report:
    from kg.ontology import ontology_quads, vocabulary_quads
    from kg.rdf_files import find_rdf, read_rdf
    from kg.validation import validate

    files = find_rdf(paths)
    quads = [quad for file in files for quad in read_rdf(file)]
    used = {
        compact(iri) for quad in quads if (iri := getattr(quad.object, "value", "")).startswith(VOCABULARY)
    }
    ontology = [*ontology_quads(), *vocabulary_quads(used)]
    if with_inference:
        quads += _inferred(quads, ontology)
    report = validate(quads, shapes=find_rdf(shapes), ontology=ontology, severities=severities)
    return report.located(files)


def _inferred(quads: Sequence[ox.Quad], ontology: Sequence[ox.Quad]) -> tuple[ox.Quad, ...]:
    import pyoxigraph as ox

    from kg.reasoning import infer
    from kg.store import Dataset

    # Triples without a graph get one: inference reads what is stated somewhere.
    graph = ox.NamedNode(f"{PROJECT}graph/files")
    stated = (
        ox.Quad(q.subject, q.predicate, q.object, graph) if isinstance(q.graph_name, ox.DefaultGraph) else q
        for q in quads
    )
    inference = infer(Dataset.in_memory([*stated, *ontology]))
    if inference.inconsistencies:
        more = len(inference.inconsistencies) - 1
        raise Refused(
            f"inconsistent: {inference.inconsistencies[0].message}" + (f" (and {more} more)" if more else "")
        )
    return inference.quads


def _validated_snapshot(
    data: Path, shapes: Sequence[Path], severities: Mapping[str, Severity | None]
) -> Report:
    from kg.rdf_files import find_rdf
    from kg.snapshots import Snapshots
    from kg.validation import validate

    return validate(Snapshots(data).current().open(), shapes=find_rdf(shapes), severities=severities)


def _write_report(report: Report, format_: str, out: BinaryIO, *, fail_on: Severity) -> None:
    from kg.rdf_writing import write
    from kg.report_formats import WRITERS

    if format_ == "turtle":
        write(report.quads(), "turtle", out)
    elif format_ in WRITERS:
        out.write(WRITERS[format_](report, fail_on=fail_on).encode())
    else:
        out.write((report.as_json() if format_ == "json" else report.as_text()).encode())
